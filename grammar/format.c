/* The canonical layout of a file: declarations in column 1, their continuation two spaces in, one blank between words.
 * The author's line breaks, comments, numerals and prose stay. */
#include "grammar/format.h"

#include "grammar/tokens.h"

#include <string.h>

/* ---- reading tokens ---- */

static const char *spelling(const struct formatter *f, const struct keyword *k, const char *written)
{
	return f->keywords == 'z' ? k->zh : f->keywords == 'e' ? k->en : written;
}

/* Blanks and line breaks between the end of the last token and this one. */
static void look_before(const struct formatter *f, uint32_t from, struct format_token *token)
{
	unsigned breaks = 0;
	for (uint32_t i = from; i < token->at.start; i++)
		breaks += f->r->text[i] == '\n';
	token->spaced = token->at.start > from;
	token->line_first = breaks > 0;
	token->blank_lines = breaks > 1 ? breaks - 1 : 0;
}

static void read_text(struct formatter *f, struct format_token *token, const union RULEBOOK_STYPE *value)
{
	struct span at = token->at;
	const char *written = arena_strndup(f->r->arena, f->r->text + at.start, at.end - at.start);
	token->keyword = keyword_find(f->r->scan.keywords, written, at.end - at.start);
	token->text = written;
	if (token->keyword && token->kind != T_WORD)
		token->text = spelling(f, token->keyword, written);
	else
		token->keyword = NULL;
	if (token->kind == T_CLAUSE)
		token->text = value->word.text;
	if (token->kind == T_COMMENT) {
		while (at.end > at.start && strchr(" \t\r", f->r->text[at.end - 1]))
			at.end--;
		token->text = arena_strndup(f->r->arena, written, at.end - at.start);
	}
}

static bool is_amount(const struct format_token *t)
{
	return t->kind == T_NUMBER || t->kind == T_DATE;
}

static bool is_unit(const struct format_token *t)
{
	return t->kind == T_UNIT || t->kind == T_WORD;
}

/* Moves item `from` of the array to `to`, the others closing up. */
static void move_token(format_tokens *tokens, size_t from, size_t to)
{
	struct format_token moved = tokens->items[from], *items = tokens->items;
	if (from > to)
		memmove(items + to + 1, items + to, (from - to) * sizeof *items);
	else
		memmove(items + from, items + from + 1, (to - from) * sizeof *items);
	items[to] = moved;
}

/* A moved token stands on the line of those it joins. */
static void swap_layout(struct format_token *now_first, struct format_token *was_first)
{
	now_first->line_first = was_first->line_first;
	now_first->column_1 = was_first->column_1;
	now_first->blank_lines = was_first->blank_lines;
	was_first->line_first = was_first->column_1 = false;
	was_first->blank_lines = 0;
}

/* 10万人以上 → at_least 10万人 */
static void bounds_before(format_tokens *tokens)
{
	for (size_t i = 1; i < tokens->count; i++) {
		if (tokens->items[i].kind != T_POST_BOUND)
			continue;
		size_t first = i - 1;
		if (is_unit(&tokens->items[first]) && first > 0)
			first--;
		if (!is_amount(&tokens->items[first]))
			continue;
		tokens->items[i].kind = T_PRE_BOUND;
		move_token(tokens, i, first);
		swap_layout(&tokens->items[first], &tokens->items[first + 1]);
	}
}

/* at_least 10万人 → 10万人以上, where the Chinese word follows its number */
static void bounds_behind(format_tokens *tokens)
{
	for (size_t i = 0; i + 1 < tokens->count; i++) {
		struct format_token *t = &tokens->items[i];
		if (t->kind != T_PRE_BOUND || !t->keyword->follows || t->text != t->keyword->zh)
			continue;
		size_t last = i + 1;
		if (!is_amount(&t[1]))
			continue;
		if (t[1].kind == T_NUMBER && last + 1 < tokens->count && is_unit(&t[2]))
			last++;
		t->kind = T_POST_BOUND;
		swap_layout(&t[1], t);
		move_token(tokens, i, last);
	}
}

/* 栏 条目、…: fixed columns are words of the language there. */
static void translate_columns(const struct formatter *f, format_tokens *tokens)
{
	bool columns = false;
	for (size_t i = 0; i < tokens->count; i++) {
		struct format_token *t = &tokens->items[i];
		columns = t->kind == T_COLUMNS || (columns && !t->column_1);
		const struct heading_word *h = heading_find(t->text, strlen(t->text));
		if (h && columns && t->kind == T_WORD && f->keywords != 'k')
			t->text = f->keywords == 'z' ? h->zh : h->en;
	}
}

void format_read(struct formatter *f, struct span at, bool fence, format_tokens *tokens)
{
	struct reader *r = f->r;
	union RULEBOOK_STYPE value;
	uint32_t end = at.start;
	ast_passing_reset(&r->builder);
	scan_aim(&r->scan, r->text + at.start, r->copy + at.start, at.end - at.start, r->file, at.start);
	r->scan.fence = fence;
	r->scan.comments = true;
	for (;;) {
		struct format_token token = { .kind = 0 };
		token.kind = scan_raw_next(&value, &token.at, r->scan.raw);
		if (token.kind == 0)
			break;
		look_before(f, end, &token);
		token.line_first = token.line_first || tokens->count == 0;
		token.column_1 = fence && token.at.start == r->scan.line_start;
		read_text(f, &token, &value);
		end = token.at.end;
		vec_push(r->arena, tokens, token);
	}
	for (size_t i = at.end; i < at.end + 2 && i < r->size; i++)
		r->copy[i] = r->text[i];
	if (f->keywords == 'e')
		bounds_before(tokens);
	else if (f->keywords == 'z')
		bounds_behind(tokens);
	translate_columns(f, tokens);
}

/* ---- spaces ---- */

static bool is_wide(const struct format_token *t)
{
	return (unsigned char)t->text[0] >= 0x80;
}

static bool is_bound(const struct format_token *t)
{
	return t->kind == T_PRE_BOUND || t->kind == T_POST_BOUND;
}

/* 10万人以上不满100万人 is written in one piece, but only behind digits does the scanner take it apart. */
static bool joins_amount(const format_tokens *tokens, size_t right)
{
	const struct format_token *a = &tokens->items[right - 1], *b = &tokens->items[right];
	if (b->kind == T_UNIT)
		return true;
	if (is_bound(b) && is_wide(b)) {
		if (a->kind == T_NUMBER || a->kind == T_UNIT)
			return true;
		return a->kind == T_POST_BOUND && right >= 2 && joins_amount(tokens, right - 1);
	}
	return a->kind == T_PRE_BOUND && is_wide(a) && b->kind == T_NUMBER;
}

static bool space_after_mark(const struct format_token *a, const struct format_token *b, unsigned depth)
{
	if (!is_wide(a) || (a->kind == T_SEP && depth > 0))
		return true;
	bool id = b->kind == T_WORD && b->text[0] >= 'a' && b->text[0] <= 'z';
	return (a->kind == T_SEP && id) || (a->kind == T_COLON && b->kind == T_BEGIN);
}

bool format_needs_space(const format_tokens *tokens, size_t right, unsigned depth)
{
	const struct format_token *a = &tokens->items[right - 1], *b = &tokens->items[right];
	switch (b->kind) {
	case T_SEP:
	case T_SEP_REF:
	case T_COLON:
	case T_SEMICOLON:
	case T_STOP:
		return false;
	case T_COMMENT:
		return true;
	default:
		break;
	}
	switch (a->kind) {
	case T_SEP:
	case T_SEP_REF:
	case T_COLON:
	case T_SEMICOLON:
	case T_ITEM:
	case T_STOP:
		return space_after_mark(a, b, depth);
	default:
		break;
	}
	if ((a->kind == T_WORD || a->kind == T_NUMBER) && b->kind == T_LABEL)
		return b->spaced;            /* a name and its label, or two names: the author's blank tells */
	return !joins_amount(tokens, right);
}

void format_line(struct writer *w, const format_tokens *tokens, size_t from, size_t to, unsigned *depth)
{
	for (size_t i = from; i < to; i++) {
		const struct format_token *t = &tokens->items[i];
		*depth -= t->kind == T_END_OF_SET && *depth > 0;
		if (i > from && format_needs_space(tokens, i, *depth))
			write_char(w, ' ');
		write_str(w, t->text);
		*depth += t->kind == T_BEGIN;
	}
}

/* ---- fences ---- */

static void write_indent(struct writer *w, const struct format_token *first)
{
	if (first->column_1 && first->kind != T_END_OF_SET && first->kind != T_CLOSE)
		return;
	write_str(w, first->kind == T_ITEM ? "    " : "  ");
}

static void write_fence(struct formatter *f, const format_tokens *tokens)
{
	unsigned depth = 0;
	for (size_t from = 0; from < tokens->count;) {
		const struct format_token *first = &tokens->items[from];
		size_t to = from + 1;
		while (to < tokens->count && !tokens->items[to].line_first)
			to++;
		if (first->column_1)
			depth = 0;
		if (first->blank_lines > 0 && from > 0)
			write_str(f->w, f->newline);
		write_indent(f->w, first);
		format_line(f->w, tokens, from, to, &depth);
		write_str(f->w, f->newline);
		from = to;
	}
}

/* The first token of the declaration that says 见下表, or 0. */
static int table_owner(const format_tokens *tokens)
{
	int declaration = 0;
	for (size_t i = 0; i < tokens->count; i++) {
		if (tokens->items[i].column_1 && tokens->items[i].kind != T_COMMENT)
			declaration = tokens->items[i].kind;
		if (tokens->items[i].kind == T_BELOW)
			return declaration;
	}
	return 0;
}

static int format_fence(struct formatter *f, struct block_text inside)
{
	format_tokens tokens = { .items = NULL };
	format_read(f, (struct span){ f->r->file, inside.start, inside.end }, true, &tokens);
	write_fence(f, &tokens);
	return table_owner(&tokens);
}

/* ---- files ---- */

static void format_blocks(struct formatter *f, const struct block_list *list)
{
	size_t done = 0;             /* everything before it is written */
	int owner = 0;
	for (size_t i = 0; i < list->blocks.count; i++) {
		enum ast_block_kind kind = list->blocks.items[i].kind;
		struct block_text inside = list->inside.items[i];
		bool table = kind == AST_BLOCK_TABLE && owner != 0;
		if (kind != AST_BLOCK_FENCE && !table) {
			owner = 0;
			continue;
		}
		write_bytes(f->w, f->r->text + done, inside.start - done);
		if (table)
			format_table(f, inside, owner);
		owner = table ? 0 : format_fence(f, inside);
		done = inside.end;
	}
	write_bytes(f->w, f->r->text + done, f->r->size - done);
}

static struct reader *reader_of(struct arena *arena, const struct source *source)
{
	struct reader *r = arena_new_of(arena, struct reader);
	r->arena = r->builder.arena = arena;
	r->text = source->text;
	r->size = source->size;
	r->copy = arena_alloc(arena, source->size + 2);
	if (source->size)
		memcpy(r->copy, source->text, source->size);
	scan_init(&r->scan, arena, &r->builder);
	return r;
}

static const char *newline_of(const struct source *source)
{
	const char *newline = memchr(source->text, '\n', source->size);
	return newline && newline > source->text && newline[-1] == '\r' ? "\r\n" : "\n";
}

const char *format_source(struct arena *arena, const struct source *source, char keywords, size_t *size)
{
	struct writer w;
	struct block_list list = { .blocks.items = NULL };
	writer_init(&w, arena);
	struct formatter f = { reader_of(arena, source), &w, keywords, newline_of(source) };
	split_blocks(arena, NULL, 0, source->text, source->size, &list);
	format_blocks(&f, &list);
	*size = w.size;
	return writer_text(&w);
}
