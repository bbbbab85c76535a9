/* What would mend a finding, as edits of the text: the missing 优先, or the removal of a rule that does nothing. */
#include "analysis/checks.h"

#include <string.h>

enum { SEARCHED_RULES = 2000 };      /* of a larger decision no priority is proposed: circles are not looked for */

/* What 优先 names: a rule, or a table for all its rows. */
static const char *ladder_name(const struct checks *c, uint32_t rule)
{
	const struct rule_table *table = table_of(c, rule);
	return table ? table->name.id : rule_at(c, rule)->name.id;
}

static bool is_named_by(const struct checks *c, uint32_t rule, uint32_t named)
{
	return rule == named || (table_of(c, named) && table_of(c, named) == table_of(c, rule));
}

/* A way of priorities leads from `from` (its table) to `to` (its table). */
static bool leads_to(struct checks *c, uint32_t from, uint32_t to)
{
	size_t count = c->decision->rule_count;
	bool *seen = arena_new_array(c->arena, bool, count + 1);
	rule_list todo = { 0 };
	for (uint32_t i = 0; i < count; i++)
		if (is_named_by(c, i, from)) {
			seen[i] = true;
			vec_push(c->arena, &todo, i);
		}
	while (todo.count) {
		uint32_t x = todo.items[--todo.count];
		if (is_named_by(c, x, to))
			return true;
		for (uint32_t y = 0; y < count; y++) {
			if (seen[y] || !rule_is_over(c->model, c->decision->rules[x], c->decision->rules[y]))
				continue;
			seen[y] = true;
			vec_push(c->arena, &todo, y);
		}
	}
	return false;
}

static const struct source *source_at(const struct checks *c, struct span span)
{
	return c->diag->sources && span.file < c->diag->sources->count ? &c->diag->sources->items[span.file] : NULL;
}

static bool is_english(const struct source *source, struct span span)
{
	return span.start < source->size && (unsigned char)source->text[span.start] < 0x80;
}

static uint32_t next_line(const struct source *source, uint32_t at)
{
	const char *end = memchr(source->text + at, '\n', source->size - at);
	return end ? (uint32_t)(end - source->text) + 1 : (uint32_t)source->size;
}

/* After a rule a new line; before a table, since its pipe table follows it at once. */
static void insert_order(struct checks *c, struct finding *f, uint32_t later, const char *over, const char *under)
{
	const struct rule_table *table = table_of(c, later);
	struct span at = table ? table->span : rule_at(c, later)->span;
	const struct source *source = source_at(c, at);
	if (!source)
		return;
	const char *format = is_english(source, at) ? "prefer %s over %s because \"which prevails, and why\"\n" :
						      "优先 %s 于 %s 理由 「写明为什么优先」\n";
	const char *text = arena_printf(c->diag->arena, format, over, under);
	uint32_t offset = table ? at.start : next_line(source, at.end);
	if (offset > 0 && source->text[offset - 1] != '\n')
		text = arena_printf(c->diag->arena, "\n%s", text);
	diag_edit(c->diag, f, (struct span){ at.file, offset, offset }, text);
}

void mend_conflict(struct checks *c, struct finding *f, uint32_t a, uint32_t b)
{
	bool named = !rule_at(c, a)->is_default && !rule_at(c, b)->is_default && !is_named_by(c, a, b) &&
		     c->decision->rule_count <= SEARCHED_RULES;
	if (named && leads_to(c, b, a)) {
		uint32_t swap = a;
		a = b;
		b = swap;
		named = !leads_to(c, b, a);
	}
	if (!named) {
		bool defaults = rule_at(c, a)->is_default || rule_at(c, b)->is_default;
		diag_help(c->diag, f, defaults ? MESSAGE_CONFLICT_DEFAULTS_HELP : MESSAGE_CONFLICT_NARROW_HELP, NULL, NULL);
		return;
	}
	const char *over = ladder_name(c, a), *under = ladder_name(c, b);
	diag_help(c->diag, f, MESSAGE_CONFLICT_HELP, over, under);
	insert_order(c, f, a > b ? a : b, over, under);
}

/* 〃 in the line from `at` on: it takes its cell from the line above. */
static bool takes_from_above(const struct source *source, uint32_t at)
{
	static const char ditto[] = "\xe3\x80\x83";
	uint32_t end = next_line(source, at);
	for (; at + sizeof ditto - 1 <= end; at++)
		if (memcmp(source->text + at, ditto, sizeof ditto - 1) == 0)
			return true;
	return false;
}

/* The whole lines of the rule; a row's line likewise. Other declarations may name a rule, and a row may be what the next
 * one repeats: then its removal alone is no mending, and only the words say so. */
void mend_by_removal(struct checks *c, struct finding *f, uint32_t rule, enum message help)
{
	const struct rule *r = rule_at(c, rule);
	const struct source *source = source_at(c, r->span);
	diag_help(c->diag, f, help, r->id, NULL);
	for (size_t i = 0; i < c->decision->ladder_count; i++)
		if (r->rungs && r->rungs[i] != NO_RUNG)
			return;
	if (!source || r->span.end <= r->span.start)
		return;
	uint32_t start = r->span.start, end = next_line(source, r->span.end);
	if (r->table != NONE && takes_from_above(source, end))
		return;
	while (start > 0 && source->text[start - 1] != '\n')
		start--;
	diag_edit(c->diag, f, (struct span){ r->span.file, start, end }, "");
}
