/* The rows of a CSV file as a table: RFC 4180, UTF-8, BOM allowed. */
#include "grammar/reader.h"

#include <string.h>

struct csv {
	struct table_maker m;
	const char *text;
	size_t at, size;
};

static struct span place(const struct csv *c, size_t start, size_t end)
{
	return (struct span){ c->m.r->file, (uint32_t)start, (uint32_t)end };
}

/* Gives the text within the quotes, each doubled quote once. */
static const char *unquote(struct arena *arena, const char *text, size_t *size)
{
	char *out = arena_alloc(arena, *size + 1);
	size_t n = 0;
	for (size_t i = 0; i < *size; i++) {
		i += text[i] == '"';
		out[n++] = text[i];
	}
	*size = n;
	return out;
}

static void read_quoted(struct csv *c)
{
	size_t start = ++c->at;
	while (c->at < c->size && (c->text[c->at] != '"' || (c->at + 1 < c->size && c->text[c->at + 1] == '"')))
		c->at += c->text[c->at] == '"' ? 2 : 1;
	size_t end = c->at < c->size ? c->at : c->size, size = end - start;
	if (c->at >= c->size)
		scan_report(&c->m.r->scan, FINDING_SYNTAX, place(c, start - 1, start), MESSAGE_CSV_QUOTE);
	c->at = end < c->size ? end + 1 : end;
	const char *text = memchr(c->text + start, '"', size) ? unquote(c->m.r->arena, c->text + start, &size)
							       : c->text + start;
	table_cell(&c->m, text, size, place(c, start, end));
	size_t rest = c->at;
	while (c->at < c->size && !strchr(",\r\n", c->text[c->at]))
		c->at++;
	if (c->at > rest)
		scan_report(&c->m.r->scan, FINDING_SYNTAX, place(c, rest, c->at), MESSAGE_CSV_AFTER_QUOTE);
}

static void read_plain(struct csv *c)
{
	size_t start = c->at;
	while (c->at < c->size && c->text[c->at] != ',' && c->text[c->at] != '\n')
		c->at++;
	size_t end = c->at;
	while (end > start && (c->text[end - 1] == '\r' || c->text[end - 1] == ' ' || c->text[end - 1] == '\t'))
		end--;
	while (start < end && (c->text[start] == ' ' || c->text[start] == '\t'))
		start++;
	table_cell(&c->m, c->text + start, end - start, place(c, start, end));
}

static bool read_record(struct csv *c)
{
	size_t start = c->at;
	for (;;) {
		if (c->at < c->size && c->text[c->at] == '"')
			read_quoted(c);
		else
			read_plain(c);
		if (c->at >= c->size || c->text[c->at] != ',')
			break;
		c->at++;
	}
	size_t end = c->at;
	while (c->at < c->size && c->text[c->at] == '\r')
		c->at++;
	c->at += c->at < c->size;
	bool blank = c->m.row.count == 1 && c->m.row.items[0].text[0] == '\0';
	if (blank)
		c->m.row.count = 0;
	else
		table_row_end(&c->m, place(c, start, end));
	return c->at < c->size;
}

struct ast_pipe_table *read_csv_table(struct reader *r)
{
	struct csv c = { .m = { .r = r, .table = arena_new_of(r->arena, struct ast_pipe_table) },
			 .text = r->text, .size = r->size };
	c.m.table->span = (struct span){ r->file, 0, (uint32_t)r->size };
	c.m.table->from_csv = true;
	if (r->size >= 3 && memcmp(r->text, "\xEF\xBB\xBF", 3) == 0)
		c.at = 3;
	while (c.at < c.size && read_record(&c))
		;
	return c.m.table;
}
