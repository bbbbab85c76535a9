#include "edits.h"

#include "plain.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LINE = 2048 };

struct line {
	size_t start, end;           /* end: behind its line break */
};

static size_t below(uint64_t *state, size_t n)
{
	return n ? (size_t)(next_random(state) % n) : 0;
}

static size_t line_count(const struct edited *e)
{
	size_t count = 0;
	for (size_t i = 0; i < e->size; i++)
		count += e->text[i] == '\n';
	return count;
}

static struct line line_at(const struct edited *e, size_t number)
{
	struct line line = { 0, 0 };
	for (; number > 0; number--)
		line.start = (size_t)(strchr(e->text + line.start, '\n') - e->text) + 1;
	line.end = (size_t)(strchr(e->text + line.start, '\n') - e->text) + 1;
	return line;
}

static bool is_row(const struct edited *e, struct line line)
{
	return e->text[line.start] == '|' && e->text[line.start + 1] != '-';
}

/* Rows are wanted more often than they are met by chance. */
static struct line any_line(const struct edited *e, uint64_t *state, bool row)
{
	size_t lines = line_count(e);
	struct line line = line_at(e, below(state, lines));
	for (int tries = 0; tries < 40 && row && !is_row(e, line); tries++)
		line = line_at(e, below(state, lines));
	return line;
}

static void replace(struct edited *e, size_t start, size_t end, const char *bytes, size_t size)
{
	char copy[LINE];
	if (size > LINE || e->size - (end - start) + size >= e->capacity)
		return;
	memcpy(copy, bytes, size);
	memmove(e->text + start + size, e->text + end, e->size - end + 1);
	memcpy(e->text + start, copy, size);
	e->size = e->size - (end - start) + size;
}

/* ---- the edits ---- */

static void drop_line(struct edited *e, uint64_t *state)
{
	struct line line = any_line(e, state, below(state, 4) > 0);
	replace(e, line.start, line.end, "", 0);
}

static void copy_line(struct edited *e, uint64_t *state)
{
	struct line from = any_line(e, state, below(state, 4) > 0), to = any_line(e, state, is_row(e, from));
	replace(e, to.start, to.start, e->text + from.start, from.end - from.start);
}

/* A row under another id, as somebody adds one. */
static void add_row(struct edited *e, uint64_t *state)
{
	char row[LINE];
	struct line from = any_line(e, state, true), to = any_line(e, state, true);
	const char *bar = is_row(e, from) ? memchr(e->text + from.start + 1, '|', from.end - from.start - 1) : NULL;
	if (!bar || from.end - from.start > LINE - 40)
		return;
	int size = snprintf(row, sizeof row, "| n%zu %.*s", below(state, 1000), (int)(e->text + from.end - bar), bar);
	replace(e, to.start, to.start, row, (size_t)size);
}

static void swap_lines(struct edited *e, uint64_t *state)
{
	struct line line = any_line(e, state, below(state, 2) > 0);
	char copy[LINE];
	size_t size = line.end - line.start;
	if (size > LINE)
		return;
	memcpy(copy, e->text + line.start, size);
	replace(e, line.start, line.end, "", 0);
	if (e->size == 0)
		return;
	struct line to = any_line(e, state, copy[0] == '|');
	replace(e, to.start, to.start, copy, size);
}

/* The place of a run of bytes of one kind in the line; false: there is none. */
static bool find_run(const struct edited *e, uint64_t *state, struct line line, const char *kind, struct line *run)
{
	size_t from = line.start + below(state, line.end - line.start);
	for (size_t at = from; at < line.end; at++) {
		if (!strchr(kind, e->text[at]))
			continue;
		run->start = run->end = at;
		while (run->start > line.start && strchr(kind, e->text[run->start - 1]))
			run->start--;
		while (strchr(kind, e->text[run->end]) && e->text[run->end])
			run->end++;
		return true;
	}
	return false;
}

#define DIGITS "0123456789"
#define WORDS  "abcdefghijklmnopqrstuvwxyz_" DIGITS

static struct line other_line(const struct edited *e, uint64_t *state)
{
	struct line line = any_line(e, state, false);
	for (int tries = 0; tries < 40 && is_row(e, line); tries++)
		line = any_line(e, state, false);
	return line;
}

static void change_number(struct edited *e, uint64_t *state)
{
	struct line run;
	char number[24];
	bool row = below(state, 3) > 0;
	for (int tries = 0; tries < 20; tries++) {
		if (!find_run(e, state, row ? any_line(e, state, true) : other_line(e, state), DIGITS, &run))
			continue;
		int size = snprintf(number, sizeof number, "%zu", below(state, 40));
		replace(e, run.start, run.end, number, (size_t)size);
		return;
	}
}

static void change_word(struct edited *e, uint64_t *state)
{
	struct line to, from;
	char word[64];
	for (int tries = 0; tries < 20; tries++) {
		if (!find_run(e, state, any_line(e, state, false), WORDS, &to) ||
		    !find_run(e, state, any_line(e, state, false), WORDS, &from) || from.end - from.start >= sizeof word)
			continue;
		size_t size = from.end - from.start;
		memcpy(word, e->text + from.start, size);
		replace(e, to.start, to.end, word, size);
		return;
	}
}

/* The n-th cell of a row with its bar before it. */
static bool cell_at(const struct edited *e, struct line row, size_t n, struct line *cell)
{
	size_t at = row.start;
	for (size_t i = 0; i <= n; i++) {
		const char *bar = memchr(e->text + at, '|', row.end - at);
		const char *next = bar ? memchr(bar + 1, '|', (size_t)(e->text + row.end - bar - 1)) : NULL;
		if (!next)
			return false;
		*cell = (struct line){ (size_t)(bar - e->text), (size_t)(next - e->text) };
		at = cell->end;
	}
	return true;
}

static void change_cell(struct edited *e, uint64_t *state)
{
	char copy[256];
	struct line to, from;
	for (int tries = 0; tries < 20; tries++) {
		size_t n = 1 + below(state, 7);
		if (!cell_at(e, any_line(e, state, true), n, &to) || !cell_at(e, any_line(e, state, true), n, &from))
			continue;
		size_t size = from.end - from.start;
		if (size > sizeof copy)
			continue;
		memcpy(copy, e->text + from.start, size);
		if (below(state, 6) == 0)
			size = 1;        /* the bar: an empty cell */
		replace(e, to.start, to.end, copy, size);
		return;
	}
}

static void add_line(struct edited *e, uint64_t *state)
{
	static const char *const lines[] = { "\n", "第一条 示例。\n", "some prose\n", "    \n", "# 标题\n", "// 注\n" };
	const char *line = lines[below(state, sizeof lines / sizeof *lines)];
	replace(e, any_line(e, state, false).start, any_line(e, state, false).start, "", 0);
	size_t at = any_line(e, state, false).start;
	replace(e, at, at, line, strlen(line));
}

static void type_byte(struct edited *e, uint64_t *state)
{
	struct line line = any_line(e, state, below(state, 2) > 0);
	size_t at = line.start + below(state, line.end - line.start);
	char byte = "|a0` }"[below(state, 6)];
	if (below(state, 2))
		replace(e, at, at + ((unsigned char)e->text[at] < 0x80 && e->text[at] != '\n'), "", 0);
	else if (((unsigned char)e->text[at] & 0xc0) != 0x80)
		replace(e, at, at, &byte, 1);
}

const char *edit_text(struct edited *e, uint64_t *state)
{
	static const struct {
		const char *name;
		void (*edit)(struct edited *e, uint64_t *state);
		size_t weight;
	} kinds[] = {
		{ "drop a line", drop_line, 3 },     { "copy a line", copy_line, 2 }, { "add a row", add_row, 5 },
		{ "move a line", swap_lines, 2 },    { "change a number", change_number, 5 }, { "change a word", change_word, 2 },
		{ "change a cell", change_cell, 7 }, { "add a line", add_line, 1 },   { "type a byte", type_byte, 1 },
	};
	size_t all = 0, i = 0;
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		all += kinds[k].weight;
	for (size_t at = below(state, all); at >= kinds[i].weight; i++)
		at -= kinds[i].weight;
	if (e->size > 0)
		kinds[i].edit(e, state);
	return kinds[i].name;
}
