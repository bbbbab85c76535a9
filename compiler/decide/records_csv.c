/* CSV records (RFC 4180; LF or CRLF; UTF-8, a byte order mark allowed). Cells are read in place: the comma or line end
 * after a cell becomes its NUL. */
#include "decide/records.h"

#include "decide/decide.h"
#include "support/intern.h"
#include "support/writer.h"

#include <string.h>

/* ---- where a record ends ---- */

/* A quote opens a quoted cell only at the cell's start; anywhere else it is a mistake that csv_record reports. */
static struct extent quoted_extent(const char *bytes, size_t size, bool ended)
{
	bool at_start = true, quoted = false;
	for (size_t i = 0; i < size; i++) {
		char c = bytes[i];
		if (quoted) {
			quoted = c != '"' || (i + 1 < size && bytes[i + 1] == '"');
			i += c == '"' && quoted;
			continue;
		}
		if (c == '\n')
			return (struct extent){ EXTENT_WHOLE, i + 1 };
		quoted = at_start && c == '"';
		at_start = c == ',';
	}
	return (struct extent){ ended && !quoted && size > 0 ? EXTENT_WHOLE : EXTENT_OPEN, size };
}

struct extent csv_extent(const char *bytes, size_t size, bool ended)
{
	const char *line_end = size > 0 ? memchr(bytes, '\n', size) : NULL;
	size_t line = line_end ? (size_t)(line_end - bytes) + 1 : size;
	if (size > 0 && memchr(bytes, '"', line))
		return quoted_extent(bytes, size, ended);
	return (struct extent){ size > 0 && (line_end || ended) ? EXTENT_WHOLE : EXTENT_OPEN, line };
}

/* ---- cells ---- */

struct cells {
	char *at, *end; /* *end may be written */
	bool more;	/* another cell follows */
	bool bad_quotes;
};

static struct cells cells_of(const struct raw_record *raw)
{
	struct cells c = { raw->bytes, raw->bytes + raw->size, raw->size > 0, false };
	if (c.end > c.at && c.end[-1] == '\n')
		c.end--;
	if (c.end > c.at && c.end[-1] == '\r')
		c.end--;
	return c;
}

/* Doubled quotes become one, in place. */
static char *quoted_cell(struct cells *c)
{
	char *out = ++c->at, *cell = out;
	for (; c->at < c->end; c->at++) {
		if (*c->at == '"') {
			if (c->at + 1 == c->end || c->at[1] != '"')
				break;
			c->at++;
		}
		*out++ = *c->at;
	}
	c->bad_quotes |= c->at == c->end; /* never closed */
	c->at += c->at < c->end;
	c->bad_quotes |= c->at < c->end && *c->at != ',';
	*out = '\0';
	return cell;
}

static char *next_cell(struct cells *c)
{
	char *cell = c->at;
	if (c->at < c->end && *c->at == '"') {
		cell = quoted_cell(c);
		while (c->at < c->end && *c->at != ',')
			c->at++;
	} else {
		while (c->at < c->end && *c->at != ',') {
			c->bad_quotes |= *c->at == '"';
			c->at++;
		}
	}
	c->more = c->at < c->end;
	*c->at = '\0';
	c->at += c->more;
	return cell;
}

/* Skips characters of one byte, eight at a time. */
static size_t ascii_run(const char *bytes, size_t size)
{
	size_t i = 0;
	for (uint64_t word; i + sizeof word <= size; i += sizeof word) {
		memcpy(&word, bytes + i, sizeof word);
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	return i;
}

/* Text in UTF-8 without NUL. */
static bool is_text(const char *bytes, size_t size)
{
	for (size_t i = ascii_run(bytes, size); i < size;) {
		size_t length = utf8_sequence_size(bytes + i, size - i);
		if (length == 0)
			return false;
		i += length;
	}
	return size == 0 || !memchr(bytes, '\0', size);
}

static const char *number_text(struct record *record, size_t number)
{
	return arena_printf(record->arena, "%zu", number);
}

/* ---- the header ---- */

static void fail_header(struct csv_header *header, const struct record *probe)
{
	if (header->failed || !probe->failed)
		return;
	header->failed = true;
	header->error = probe->error;
}

static void read_column(struct csv_header *header, const struct facts *facts, struct record *probe, struct map *copied,
			const char *name)
{
	struct csv_column column = { arena_strdup(probe->arena, name), NO_FACT, *name == '_' };
	if (column.copied) {
		if (map_put_if_absent(copied, name, (int64_t)header->count) != (int64_t)header->count) {
			struct record_error *error = record_fail(probe, RECORD_DUPLICATE, MESSAGE_DECIDE_GIVEN_TWICE);
			error->fact = column.name;
			error->args[0].zh = column.name;
		}
	} else {
		column.fact = facts_find(facts, name);
		if (column.fact == NO_FACT && !facts_passes_over(facts, name))
			record_fail_name(probe, name);
		else if (column.fact != NO_FACT)
			(void)record_name(probe, facts, column.fact);
	}
	vec_push(probe->arena, header, column);
	fail_header(header, probe);
}

/* A header that cannot be read at all has no columns, and fails. */
static void fail_whole_header(struct csv_header *header, struct record *probe, enum message message)
{
	struct record_error *error = record_fail(probe, RECORD_TYPE, message);
	error->args[0].zh = number_text(probe, DECIDE_RECORD_LIMIT);
	fail_header(header, probe);
	header->count = 0;
}

struct csv_header *csv_header_new_in(struct arena *arena, const struct facts *facts, const struct raw_record *raw)
{
	struct csv_header *header = arena_new_of(arena, struct csv_header);
	struct record probe = { .arena = arena };
	probe.named = arena_new_array(arena, uint64_t, facts_count(facts) / 64 + 1);
	if (raw->too_long || !is_text(raw->bytes, raw->size)) {
		fail_whole_header(header, &probe, raw->too_long ? MESSAGE_DECIDE_TOO_LONG : MESSAGE_DECIDE_UTF8);
		return header;
	}
	struct cells cells = cells_of(raw);
	struct map *copied = map_new_in(arena);
	while (cells.more)
		read_column(header, facts, &probe, copied, next_cell(&cells));
	if (cells.bad_quotes)
		fail_whole_header(header, &probe, MESSAGE_DECIDE_QUOTE);
	return header;
}

/* ---- records ---- */

static struct given read_set(struct record *record, char *cell)
{
	struct given set = { .shape = SHAPE_LIST, .text = arena_strdup(record->arena, cell) };
	if (strcmp(cell, "{}") == 0)
		return set;
	VEC(struct given) items = { 0 };
	for (char *at = cell, *bar; at; at = bar ? bar + 1 : NULL) {
		bar = strchr(at, '|');
		if (bar)
			*bar = '\0';
		struct given item = { .shape = SHAPE_STRING, .text = at };
		vec_push(record->arena, &items, item);
	}
	set.items = items.items;
	set.count = items.count;
	return set;
}

static struct given read_cell(struct record *record, enum guiju_kind kind, char *cell)
{
	struct given given = { .shape = *cell ? SHAPE_STRING : SHAPE_UNKNOWN, .text = cell };
	if (!*cell)
		return given;
	if (kind == GUIJU_SET)
		return read_set(record, cell);
	if (kind == GUIJU_INTEGER)
		given.shape = SHAPE_NUMBER;
	if (kind == GUIJU_BOOLEAN) {
		given.truth = strcmp(cell, "true") == 0 || strcmp(cell, "是") == 0;
		if (given.truth || strcmp(cell, "false") == 0 || strcmp(cell, "否") == 0)
			given.shape = SHAPE_BOOLEAN;
	}
	return given;
}

/* Returns how many cells there are; those without a heading are only counted. */
static size_t read_cells(struct record *record, const struct facts *facts, const struct csv_header *header,
			 struct cells *cells)
{
	size_t count = 0;
	for (; cells->more; count++) {
		char *cell = next_cell(cells);
		if (count >= header->count)
			continue;
		const struct csv_column *column = &header->items[count];
		if (column->copied) {
			struct copied copied = { column->name, cell };
			vec_push(record->arena, &record->copied, copied);
		} else if (column->fact != NO_FACT) {
			struct given given = read_cell(record, facts_kind(facts, column->fact), cell);
			record_set(record, facts, column->fact, &given);
		}
	}
	return count;
}

static bool fail_form(struct record *record, const struct csv_header *header, const struct raw_record *raw)
{
	if (raw->too_long) {
		record_fail(record, RECORD_TYPE, MESSAGE_DECIDE_TOO_LONG)->args[0].zh =
			number_text(record, DECIDE_RECORD_LIMIT);
	} else if (!is_text(raw->bytes, raw->size)) {
		record_fail(record, RECORD_TYPE, MESSAGE_DECIDE_UTF8);
	} else if (header->failed) {
		(void)record_fail(record, header->error.kind, header->error.message);
		record->error = header->error;
	} else {
		return false;
	}
	return true;
}

bool csv_record(struct record *record, const struct facts *facts, const struct csv_header *header,
		const struct raw_record *raw)
{
	struct cells cells = cells_of(raw);
	if (cells.at == cells.end && header->count > 1 && !raw->too_long)
		return false;
	bool failed = fail_form(record, header, raw);
	if (failed && (raw->too_long || record->error.message == MESSAGE_DECIDE_UTF8))
		return true;
	size_t count = read_cells(record, facts, header, &cells);
	if (cells.bad_quotes || raw->broken) {
		record->failed = false; /* what such a record says is not worth an error of its own */
		(void)record_fail(record, RECORD_TYPE, MESSAGE_DECIDE_QUOTE);
	} else if (!header->failed && count != header->count) {
		record->failed = false;
		struct record_error *error = record_fail(record, RECORD_TYPE, MESSAGE_DECIDE_CELLS);
		error->args[0].zh = number_text(record, count);
		error->args[1].zh = number_text(record, header->count);
	}
	return true;
}
