/* Pipe tables as text: rows and cells, before anybody knows what the columns mean. */
#include "grammar/reader.h"

#include <assert.h>
#include <string.h>

static const char ditto[] = "〃";

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Takes the backslash of `\|` from a cell's text. */
static const char *cell_text(struct arena *arena, const char *text, size_t *size_of)
{
	size_t n = 0, size = *size_of;
	if (!size || !memchr(text, '\\', size))
		return text;
	char *out = arena_alloc(arena, size + 1);
	for (size_t i = 0; i < size; i++) {
		if (text[i] == '\\' && i + 1 < size && text[i + 1] == '|')
			i++;
		out[n++] = text[i];
	}
	*size_of = n;
	return out;
}

static void report_columns(struct table_maker *m, struct span at)
{
	struct finding *f = scan_report(&m->r->scan, FINDING_LIMIT, at, MESSAGE_LIMIT_COLUMNS);
	if (f)
		diag_arg_int(m->r->diag, f, 0, LIMIT_COLUMNS);
}

static bool is_of_ids(const struct table_maker *m, size_t column)
{
	if (!m->table->columns || column >= m->table->column_count)
		return false;
	const char *text = m->table->columns[column].name.text;
	const struct heading_word *word = heading_find(text, strlen(text));
	return word && word->kind == AST_COLUMN_ID;
}

/* note [cells alike] Of a column with very many texts those that come late are not remembered, and of ids, which differ,
 * none is. */
static struct first_text first_like(struct table_maker *m, const char *text, size_t size)
{
	struct arena *arena = m->r->arena;
	while (m->texts.count <= m->row.count)
		vec_push(arena, &m->texts,
			 ((struct column_texts){ .index = map_new_in(arena), .of_ids = is_of_ids(m, m->texts.count) }));
	struct column_texts *column = &m->texts.items[m->row.count];
	text = cell_text(arena, text, &size);
	int64_t known = map_get_part(column->index, text, size);
	if (known >= 0)
		return column->first.items[known];
	struct first_text first = { arena_strndup(arena, text, size), (uint32_t)m->table->rows.count };
	if (!column->of_ids && column->first.count < TEXTS_REMEMBERED) {
		map_put(column->index, first.text, (int64_t)column->first.count);
		vec_push(arena, &column->first, first);
	}
	return first;
}

void table_cell(struct table_maker *m, const char *text, size_t size, struct span at)
{
	if (m->row.count == LIMIT_COLUMNS) {
		if (!m->too_wide++)
			report_columns(m, at);
		return;
	}
	struct first_text first = first_like(m, text, size);
	struct ast_cell cell = { .text = first.text, .span = at, .like = first.row };
	vec_push(m->r->arena, &m->row, cell);
}

static void report_width(struct table_maker *m, struct span at)
{
	struct diag *diag = m->r->diag;
	struct finding *f = scan_report(&m->r->scan, FINDING_SYNTAX, at, MESSAGE_TABLE_WIDTH);
	if (!f)
		return;
	diag_arg_int(diag, f, 0, (int64_t)m->row.count);
	diag_arg_int(diag, f, 1, (int64_t)m->table->column_count);
}

/* 〃 takes what the cell above holds; it is parsed there once. */
static void merge_cells(struct table_maker *m, const struct ast_row *above)
{
	for (size_t i = 0; i < m->row.count; i++) {
		struct ast_cell *cell = &m->row.items[i];
		if (strcmp(cell->text, ditto) != 0)
			continue;
		cell->merged = true;
		cell->text = above ? above->cells[i].text : "";
		cell->like = above ? above->cells[i].like : cell->like;
		if (!above)
			scan_report(&m->r->scan, FINDING_SYNTAX, cell->span, MESSAGE_MERGED_FIRST);
	}
}

/* The first row is the heading. */
void table_row_end(struct table_maker *m, struct span at)
{
	struct ast_pipe_table *table = m->table;
	struct arena *arena = m->r->arena;
	if (!table->columns) {
		table->column_count = m->row.count;
		table->columns = arena_new_array(arena, struct ast_column, m->row.count + 1);
		for (size_t i = 0; i < m->row.count; i++)
			table->columns[i].name = (struct ast_word){ m->row.items[i].text, m->row.items[i].span, false };
		m->row.count = m->texts.count = 0;
		return;
	}
	if (m->row.count != table->column_count)
		report_width(m, at);
	while (m->row.count < table->column_count)
		table_cell(m, "", 0, (struct span){ at.file, at.end, at.end });
	size_t width = table->column_count;
	m->row.count = width;
	assert(width == 0 || m->row.items);
	merge_cells(m, table->rows.count ? &table->rows.items[table->rows.count - 1] : NULL);
	struct ast_row row = { arena_new_array(arena, struct ast_cell, table->column_count), at };
	if (width)
		memcpy(row.cells, m->row.items, width * sizeof *row.cells);
	vec_push(arena, &table->rows, row);
	m->row.count = 0;
}

/* Gives the end of the cell that begins at `at`: its unescaped `|`, or the end of the line. */
static size_t cell_end(const char *text, size_t at, size_t end)
{
	const char *bar = memchr(text + at, '|', end - at);
	size_t stop = bar ? (size_t)(bar - text) : end;
	if (!memchr(text + at, '\\', stop - at))
		return stop;
	while (at < end && text[at] != '|')
		at += text[at] == '\\' && at + 1 < end ? 2 : 1;
	return at < end ? at : end;
}

static void read_row(struct table_maker *m, size_t start, size_t end)
{
	const char *text = m->r->text;
	struct span row = { m->r->file, (uint32_t)start, (uint32_t)end };
	while (start < end && text[start] != '|')
		start++;
	while (end > start && is_blank(text[end - 1]))
		end--;
	for (start++; start < end;) {
		size_t stop = cell_end(text, start, end), from = start, to = stop;
		while (from < to && is_blank(text[from]))
			from++;
		while (to > from && is_blank(text[to - 1]))
			to--;
		table_cell(m, text + from, to - from, (struct span){ m->r->file, (uint32_t)from, (uint32_t)to });
		start = stop + 1;
	}
	table_row_end(m, row);
}

/* |---|:--:| */
static bool is_rule(const char *text, size_t start, size_t end)
{
	size_t dashes = 0;
	for (size_t i = start; i < end; i++) {
		dashes += text[i] == '-';
		if (!is_blank(text[i]) && text[i] != '|' && text[i] != '-' && text[i] != ':')
			return false;
	}
	return dashes > 0;
}

static void report_rule(struct reader *r, size_t start, size_t end)
{
	struct span at = { r->file, (uint32_t)start, (uint32_t)end };
	struct finding *f = scan_report(&r->scan, FINDING_SYNTAX, at, MESSAGE_TABLE_RULE);
	if (f)
		diag_arg(r->diag, f, 0, "|---|---|");
}

struct ast_pipe_table *read_pipe_table(struct reader *r, struct block_text inside, bool taken)
{
	struct table_maker m = { .r = r, .table = arena_new_of(r->arena, struct ast_pipe_table) };
	m.table->span = (struct span){ r->file, inside.start, inside.end };
	size_t line = 0, end;
	for (size_t at = inside.start; at < inside.end; at = end + 1, line++) {
		const char *newline = memchr(r->text + at, '\n', inside.end - at);
		end = newline ? (size_t)(newline - r->text) : inside.end;
		bool rule = line == 1 && is_rule(r->text, at, end);
		if (line == 1 && !rule && taken)
			report_rule(r, at, end);
		if (!rule)
			read_row(&m, at, end);
	}
	if (line == 1 && taken)
		report_rule(r, inside.start, inside.end);
	return m.table;
}

struct ast_pipe_table *read_more_rows(struct reader *r, const struct ast_pipe_table *table, struct block_text inside)
{
	struct table_maker m = { .r = r, .table = arena_new_of(r->arena, struct ast_pipe_table) };
	m.table->columns = table->columns;
	m.table->column_count = table->column_count;
	for (size_t at = inside.start, end; at < inside.end; at = end + 1) {
		const char *newline = memchr(r->text + at, '\n', inside.end - at);
		end = newline ? (size_t)(newline - r->text) : inside.end;
		read_row(&m, at, end);
	}
	return m.table;
}
