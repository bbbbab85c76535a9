/* Anchors cut a clause into sentences or limbs, and then these are its units. What stands outside of them would be
 * silently left out, so it is reported; a few words that join the parts (以及) are not. */
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

#define JOINING_WORDS 4 /* characters */

struct part {
	uint32_t whole;
	size_t start, end;
};

static int by_whole(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	if (x->whole != y->whole)
		return x->whole < y->whole ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

/* Letters and Han characters from start to end; marks, digits and blanks do not count. */
static size_t count_letters(const char *text, size_t start, size_t end)
{
	size_t letters = 0;
	for (size_t i = start; i < end;) {
		const unsigned char *at = (const unsigned char *)text + i;
		size_t size = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;
		bool latin = (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
		bool han = *at >= 0xe4 && *at <= 0xe9; /* U+4000 to U+9FFF */
		letters += latin || han || size == 4;
		i += size;
	}
	return letters;
}

static void check_gap(struct arena *arena, struct diag *diag, const struct text_clause *whole, size_t start, size_t end)
{
	uint32_t number;
	bool han;
	if (start == 0)
		start = opening_item(whole->text, &number, &han);
	if (start >= end || count_letters(whole->text, start, end) <= JOINING_WORDS)
		return;
	struct finding *f =
		diag_add(diag, FINDING_UNACCOUNTED, text_inside(diag, whole, start, end), MESSAGE_TEXT_OUTSIDE_PARTS);
	diag_arg(diag, f, 0, whole->id);
	diag_arg(diag, f, 1, arena_strndup(arena, whole->text + start, end - start));
	f->clauses = arena_new_array(diag->arena, const char *, 2);
	f->clauses[0] = whole->id;
	diag_help(diag, f, MESSAGE_TEXT_OUTSIDE_PARTS_HELP, whole->id, NULL);
}

static void check_whole(struct arena *arena, struct diag *diag, const struct text_clause *whole,
			const struct part *parts, size_t count)
{
	size_t covered = 0;
	for (size_t i = 0; i < count; i++) {
		if (parts[i].start > covered)
			check_gap(arena, diag, whole, covered, parts[i].start);
		covered = parts[i].end > covered ? parts[i].end : covered;
	}
	check_gap(arena, diag, whole, covered, strlen(whole->text));
}

/* A part whose quotation has drifted may be what is missing: its whole is not looked at. */
void coverage_check(struct arena *arena, struct diag *diag, const struct legal_text *text)
{
	size_t count = 0;
	struct part *parts = arena_new_array(arena, struct part, text->clauses.count + 1);
	bool *drifted = arena_new_array(arena, bool, text->clauses.count + 1);
	for (size_t i = 0; i < text->clauses.count; i++) {
		const struct text_clause *c = &text->clauses.items[i];
		if (c->parent == NO_CLAUSE)
			continue;
		drifted[c->parent] = drifted[c->parent] || c->broken;
		if (c->within_end)
			parts[count++] = (struct part){ c->parent, c->within_start, c->within_end };
	}
	if (count)
		qsort(parts, count, sizeof *parts, by_whole);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i; end < count && parts[end].whole == parts[i].whole;)
			end++;
		if (!drifted[parts[i].whole])
			check_whole(arena, diag, &text->clauses.items[parts[i].whole], parts + i, end - i);
	}
}
