/* 原文 FILE: the prose of a file, without Markdown, must equal the untouched text, white space aside. */
#include "text/text.h"

#include <string.h>

/* One piece of text at a time; white space is passed over. */
struct piece {
	const char *text;
	size_t size;
	struct span span;
};
struct pieces {
	VEC(struct piece) items;
};

static void add_piece(struct arena *arena, struct pieces *pieces, const char *text, struct span span)
{
	if (text && *text) {
		struct piece piece = { text, strlen(text), span };
		vec_push(arena, &pieces->items, piece);
	}
}

/* The text columns of a text table are text of the law, merged cells aside: there the original has an empty cell. */
static void add_table(struct arena *arena, struct pieces *pieces, const struct ast_pipe_table *table)
{
	for (size_t c = 0; c < table->column_count; c++)
		if (table->columns[c].kind == AST_COLUMN_TEXT)
			add_piece(arena, pieces, table->columns[c].name.text, table->columns[c].name.span);
	for (size_t r = 0; r < table->rows.count; r++)
		for (size_t c = 0; c < table->column_count; c++) {
			const struct ast_cell *cell = &table->rows.items[r].cells[c];
			if (table->columns[c].kind == AST_COLUMN_TEXT && !cell->merged)
				add_piece(arena, pieces, cell->text, cell->span);
		}
}

static bool is_text_table(const struct ast_decl *decl)
{
	if (decl->kind != AST_ENUMERATION || !decl->table)
		return false;
	for (size_t c = 0; c < decl->table->column_count; c++)
		if (decl->table->columns[c].kind == AST_COLUMN_CLAUSE)
			return true;
	return false;
}

static void collect_prose(struct arena *arena, struct pieces *pieces, const struct ast_file *file)
{
	for (size_t i = 0; i < file->blocks.count; i++) {
		const struct ast_block *b = &file->blocks.items[i];
		if (b->kind == AST_BLOCK_HEADING || b->kind == AST_BLOCK_LINE)
			add_piece(arena, pieces, b->text, b->text_span);
		for (size_t d = 0; d < b->decls.count; d++)
			if (is_text_table(b->decls.items[d]))
				add_table(arena, pieces, b->decls.items[d]->table);
	}
}

/* ---- comparing ---- */

struct cursor {
	const struct pieces *pieces;
	size_t piece, at;
	bool markdown;	/* of the rulebook: `**` and backslashes before punctuation are marks, no text */
	size_t literal; /* where a character stands that a backslash made text */
};

static size_t mark_at(const char *text, size_t left)
{
	if (left >= 2 && text[0] == '*' && text[1] == '*')
		return 2;
	return left >= 2 && text[0] == '\\' && text[1] > ' ' && strchr("\\`*_{}[]()#+-.!|<>~", text[1]) ? 1 : 0;
}

/* Moves over white space and to the next piece; false at the end. */
static bool settle(struct cursor *c)
{
	while (c->piece < c->pieces->items.count) {
		const struct piece *p = &c->pieces->items.items[c->piece];
		size_t blank = blank_at(p->text + c->at, p->size - c->at);
		if (!blank && c->markdown && c->at != c->literal) {
			blank = mark_at(p->text + c->at, p->size - c->at);
			c->literal = blank == 1 ? c->at + 1 : SIZE_MAX;
		}
		if (c->at == p->size) {
			c->piece++;
			c->at = 0;
		} else if (blank) {
			c->at += blank;
		} else {
			return true;
		}
	}
	return false;
}

static size_t code_point_size(const char *text, size_t left)
{
	unsigned char lead = (unsigned char)*text;
	size_t size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	return size < left ? size : left;
}

static bool same_next(const struct cursor *a, const struct cursor *b, size_t *size)
{
	const struct piece *x = &a->pieces->items.items[a->piece], *y = &b->pieces->items.items[b->piece];
	size_t n = code_point_size(x->text + a->at, x->size - a->at);
	*size = n;
	return n <= y->size - b->at && memcmp(x->text + a->at, y->text + b->at, n) == 0;
}

/* Up to twelve characters from here, for the message. */
static const char *words_here(struct arena *arena, const struct cursor *c)
{
	if (c->piece >= c->pieces->items.count)
		return "";
	const struct piece *p = &c->pieces->items.items[c->piece];
	size_t size = 0;
	for (int i = 0; i < 12 && c->at + size < p->size && p->text[c->at + size] != '\n'; i++)
		size += code_point_size(p->text + c->at + size, p->size - c->at - size);
	return arena_strndup(arena, p->text + c->at, size);
}

static struct span place_of(const struct cursor *c, const char *words, struct span otherwise)
{
	if (c->piece >= c->pieces->items.count)
		return otherwise;
	const struct piece *p = &c->pieces->items.items[c->piece];
	size_t size = strlen(words);
	if (p->span.end - p->span.start != p->size)
		return p->span; /* the text differs from its source: a cell with `\|` */
	uint32_t start = p->span.start + (uint32_t)c->at;
	return (struct span){ p->span.file, start, start + (uint32_t)size };
}

static void report_difference(struct arena *arena, struct diag *diag, const struct ast_decl *decl,
			      const struct cursor *prose, const struct cursor *original)
{
	const char *ours = words_here(arena, prose), *theirs = words_here(arena, original);
	struct span at = place_of(prose, ours, decl->span);
	enum message message = !*ours	  ? MESSAGE_ORIGINAL_GOES_ON
			       : !*theirs ? MESSAGE_ORIGINAL_ENDS
					  : MESSAGE_ORIGINAL_DIFFERS;
	struct finding *f = diag_add(diag, FINDING_QUOTE_DRIFT, at, message);
	diag_arg(diag, f, 0, ours);
	diag_arg(diag, f, 1, theirs);
	if (*theirs)
		diag_place(diag, f, place_of(original, theirs, decl->span), "原文", "the untouched text");
}

static void compare(struct arena *arena, struct diag *diag, const struct ast_decl *decl, struct cursor *prose,
		    struct cursor *original)
{
	for (;;) {
		bool more = settle(prose), left = settle(original);
		size_t size = 0;
		if (!more && !left)
			return;
		if (more != left || !same_next(prose, original, &size)) {
			report_difference(arena, diag, decl, prose, original);
			return;
		}
		prose->at += size;
		original->at += size;
	}
}

static void compare_file(struct arena *arena, struct diag *diag, const struct ast_file *file,
			 const struct ast_decl *decl, const struct csv_loader *files)
{
	uint32_t number = 0;
	size_t size = 0;
	const char *bytes = files->load(files->context, decl->file.text, &number, &size);
	if (!bytes) {
		struct finding *f = diag_add(diag, FINDING_UNDEFINED, decl->file.span, MESSAGE_ORIGINAL_MISSING);
		diag_arg(diag, f, 0, decl->file.text);
		return;
	}
	struct pieces prose = { 0 }, original = { 0 };
	struct piece whole = { bytes, size, { number, 0, (uint32_t)size } };
	collect_prose(arena, &prose, file);
	vec_push(arena, &original.items, whole);
	struct cursor ours = { &prose, 0, 0, true, SIZE_MAX }, theirs = { &original, 0, 0, false, SIZE_MAX };
	compare(arena, diag, decl, &ours, &theirs);
}

void original_compare(struct arena *arena, struct diag *diag, const struct ast_book *book,
		      const struct csv_loader *files)
{
	for (size_t f = 0; f < book->file_count; f++)
		for (size_t b = 0; b < book->files[f].blocks.count; b++) {
			const struct ast_block *block = &book->files[f].blocks.items[b];
			for (size_t d = 0; d < block->decls.count; d++) {
				const struct ast_decl *decl = block->decls.items[d];
				if (decl->kind == AST_SOURCE_TEXT && decl->file.text)
					compare_file(arena, diag, &book->files[f], decl, files);
			}
		}
}
