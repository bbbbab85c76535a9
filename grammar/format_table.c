/* The canonical layout of a pipe table: columns aligned as they are seen, cells spaced like declarations. */
#include "grammar/format.h"
#include "grammar/tokens.h"

#include "diag/render.h"

#include <string.h>

/* Columns of long text are not padded: a viewer draws them anyway, and an editor would show nothing but blanks. */
#define WIDEST 40

struct text_piece {
	const char *text;
	size_t size;
	struct span at;
};
typedef VEC(struct text_piece) text_row;

struct table_text {
	struct formatter *f;
	VEC(text_row) rows;       /* the first is the heading, the second the rule */
	int owner;
	size_t *widths;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void read_row(struct table_text *t, size_t start, size_t end)
{
	const char *text = t->f->r->text;
	text_row row = { .items = NULL };
	while (start < end && text[start] != '|')
		start++;
	while (end > start && is_blank(text[end - 1]))
		end--;
	for (start++; start < end;) {
		size_t stop = start;
		while (stop < end && text[stop] != '|')
			stop += text[stop] == '\\' && stop + 1 < end ? 2 : 1;
		stop = stop < end ? stop : end;
		size_t from = start, to = stop;
		while (from < to && is_blank(text[from]))
			from++;
		while (to > from && is_blank(text[to - 1]))
			to--;
		struct text_piece piece = { text + from, to - from, { 0, (uint32_t)from, (uint32_t)to } };
		vec_push(t->f->r->arena, &row, piece);
		start = stop + 1;
	}
	vec_push(t->f->r->arena, &t->rows, row);
}

static void read_rows(struct table_text *t, struct block_text inside)
{
	const char *text = t->f->r->text;
	for (size_t at = inside.start, end; at < inside.end; at = end + 1) {
		const char *newline = memchr(text + at, '\n', inside.end - at);
		end = newline ? (size_t)(newline - text) : inside.end;
		read_row(t, at, end);
	}
}

static bool is_regular(const struct table_text *t)
{
	for (size_t i = 0; i < t->rows.count; i++)
		if (t->rows.items[i].count != t->rows.items[0].count)
			return false;
	return t->rows.count >= 2 && t->rows.items[0].count > 0;
}

/* Text is kept as it stands; other cells are tokens. Enumerations have clauses and ambiguities only. */
static bool is_tokens(int owner, const struct text_piece *heading)
{
	const struct heading_word *word = heading_find(heading->text, heading->size);
	bool quoted = heading->size >= 3 && memcmp(heading->text, "「", 3) == 0;
	if (quoted || (heading->size > 0 && heading->text[0] == '"'))
		return false;
	if (!word)
		return owner == T_TABLE || owner == T_CASE_TABLE;
	switch (word->kind) {
	case AST_COLUMN_THEN:
	case AST_COLUMN_CITES:
	case AST_COLUMN_CLAUSE:
	case AST_COLUMN_RESOLVES:
	case AST_COLUMN_FROM:
	case AST_COLUMN_TO:
		return true;
	default:
		return false;
	}
}

static void format_heading(struct table_text *t, struct text_piece *piece)
{
	char language = t->f->keywords;
	size_t n = 0;
	while (n < piece->size && !is_blank(piece->text[n]))
		n++;
	const struct heading_word *word = heading_find(piece->text, n);
	if (!word || language == 'k' || (n < piece->size && word->kind != AST_COLUMN_EXPECTED))
		return;
	const char *spelled = language == 'z' ? word->zh : word->en;
	while (n < piece->size && is_blank(piece->text[n]))
		n++;
	piece->text = arena_printf(t->f->r->arena, "%s%s%.*s", spelled, n < piece->size ? " " : "",
				   (int)(piece->size - n), piece->text + n);
	piece->size = strlen(piece->text);
}

static void format_cell(struct table_text *t, struct text_piece *piece)
{
	format_tokens tokens = { .items = NULL };
	struct writer w;
	unsigned depth = 0;
	if (piece->size == 0 || (piece->size == 3 && memcmp(piece->text, "〃", 3) == 0) ||
	    memchr(piece->text, '\\', piece->size))
		return;
	format_read(t->f, piece->at, false, &tokens);
	writer_init(&w, t->f->r->arena);
	format_line(&w, &tokens, 0, tokens.count, &depth);
	piece->text = writer_text(&w);
	piece->size = w.size;
}

static void format_cells(struct table_text *t)
{
	const text_row *heading = &t->rows.items[0];
	for (size_t c = 0; c < heading->count; c++) {
		bool tokens = is_tokens(t->owner, &heading->items[c]);
		for (size_t i = 2; tokens && i < t->rows.count; i++)
			format_cell(t, &t->rows.items[i].items[c]);
		format_heading(t, &heading->items[c]);
	}
}

static void measure(struct table_text *t)
{
	size_t columns = t->rows.items[0].count;
	t->widths = arena_new_array(t->f->r->arena, size_t, columns);
	for (size_t c = 0; c < columns; c++) {
		size_t widest = 3;
		for (size_t i = 0; i < t->rows.count; i++) {
			const struct text_piece *p = &t->rows.items[i].items[c];
			size_t width = i == 1 ? 0 : display_width(p->text, p->size, 0);
			widest = width > widest ? width : widest;
		}
		t->widths[c] = widest <= WIDEST ? widest : 0;
	}
}

static void write_repeated(struct writer *w, char c, size_t n)
{
	while (n-- > 0)
		write_char(w, c);
}

static void write_row(struct table_text *t, const text_row *row)
{
	struct writer *w = t->f->w;
	for (size_t c = 0; c < row->count; c++) {
		const struct text_piece *p = &row->items[c];
		size_t width = display_width(p->text, p->size, 0);
		write_str(w, "| ");
		write_bytes(w, p->text, p->size);
		write_repeated(w, ' ', (width < t->widths[c] ? t->widths[c] - width : 0) + 1);
	}
	write_str(w, "|");
	write_str(w, t->f->newline);
}

/* |:---|---:| keeps its colons. */
static void write_rule(struct table_text *t, const text_row *rule)
{
	struct writer *w = t->f->w;
	for (size_t c = 0; c < rule->count; c++) {
		const struct text_piece *p = &rule->items[c];
		const struct text_piece *heading = &t->rows.items[0].items[c];
		size_t width = t->widths[c] ? t->widths[c] : display_width(heading->text, heading->size, 0);
		bool left = p->size > 0 && p->text[0] == ':', right = p->size > 1 && p->text[p->size - 1] == ':';
		write_str(w, left ? "|:" : "|-");
		write_repeated(w, '-', width);
		write_str(w, right ? ":" : "-");
	}
	write_str(w, "|");
	write_str(w, t->f->newline);
}

void format_table(struct formatter *f, struct block_text inside, int owner)
{
	struct table_text t = { .f = f, .owner = owner };
	read_rows(&t, inside);
	if (!is_regular(&t)) {
		write_bytes(f->w, f->r->text + inside.start, inside.end - inside.start);
		return;
	}
	format_cells(&t);
	measure(&t);
	for (size_t i = 0; i < t.rows.count; i++) {
		if (i == 1)
			write_rule(&t, &t.rows.items[i]);
		else
			write_row(&t, &t.rows.items[i]);
	}
	/* the block ends before its last line break, which is copied with what follows */
	f->w->size -= strlen(f->newline);
	f->w->bytes[f->w->size] = '\0';
}
