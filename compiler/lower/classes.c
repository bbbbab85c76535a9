/* Priorities as classes: rules of the same rungs, of the same first-hit table or of none, defaults or not, are told
 * apart by nothing but their order in a first-hit table. So who is over whom is known once it is known between classes,
 * and a first-hit table of any length is one class, a ladder as many as it has rungs. */
#include "lower/build.h"

#include <stdlib.h>
#include <string.h>

struct ranked { /* a rule and what puts it into its class */
	const struct rule *rule;
	uint32_t place; /* among its decision's rules */
	size_t ladders;
	uint32_t table; /* its first-hit table, or NONE */
};

static int compare_classes(const struct ranked *x, const struct ranked *y)
{
	if (x->rule->is_default != y->rule->is_default)
		return x->rule->is_default ? 1 : -1;
	for (size_t i = 0; i < x->ladders; i++) {
		if (x->rule->rungs[i] != y->rule->rungs[i])
			return x->rule->rungs[i] < y->rule->rungs[i] ? -1 : 1;
	}
	return x->table < y->table ? -1 : x->table > y->table;
}

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int order = compare_classes(x, y);
	return order ? order : x->place < y->place ? -1 : x->place > y->place;
}

/* Rules sorted by class, and per class its first and last rule in order of source. */
struct sorted {
	struct builder *b;
	const struct decision *decision;
	struct ranked *rules;
	uint32_t *starts; /* per class, and the end */
	uint32_t count;
};

static void sort_rules(struct sorted *s)
{
	const struct model *m = s->b->model;
	size_t count = s->decision->rule_count;
	s->rules = arena_new_array(s->b->arena, struct ranked, count + 1);
	s->starts = arena_new_array(s->b->arena, uint32_t, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = &m->rules[s->decision->rules[i]];
		bool first_hit = rule->table != NONE && m->tables[rule->table].hit == HIT_FIRST;
		s->rules[i] =
			(struct ranked){ rule, (uint32_t)i, s->decision->ladder_count, first_hit ? rule->table : NONE };
	}
	qsort(s->rules, count, sizeof *s->rules, compare_ranked);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || compare_classes(&s->rules[i - 1], &s->rules[i]) != 0)
			s->starts[s->count++] = (uint32_t)i;
	}
	s->starts[s->count] = (uint32_t)count;
}

static bool place_is_over(const struct sorted *s, uint32_t a, uint32_t b)
{
	return rule_is_over(s->b->model, s->decision->rules[a], s->decision->rules[b]);
}

/* OVER_ALWAYS, OVER_IF_EARLIER, or NONE. */
static uint32_t mode_between(const struct sorted *s, uint32_t a, uint32_t b)
{
	uint32_t first_a = s->rules[s->starts[a]].place, last_a = s->rules[s->starts[a + 1] - 1].place;
	uint32_t first_b = s->rules[s->starts[b]].place, last_b = s->rules[s->starts[b + 1] - 1].place;
	bool earlier = first_a < last_b && place_is_over(s, first_a, last_b);
	bool later = last_a > first_b && place_is_over(s, last_a, first_b);
	return later ? OVER_ALWAYS : !earlier ? NONE : last_a < first_b ? OVER_ALWAYS : OVER_IF_EARLIER;
}

static void write_stretches(struct sorted *s, uint32_t class_index)
{
	uint32_t start = 0, mode = NONE;
	for (uint32_t other = 0; other <= s->count; other++) {
		uint32_t next = other < s->count ? mode_between(s, class_index, other) : NONE;
		if (next == mode && other < s->count)
			continue;
		if (mode != NONE) {
			build_u32(s->b, SECTION_OVER, start);
			build_u32(s->b, SECTION_OVER, other - 1);
			build_u32(s->b, SECTION_OVER, mode);
		}
		start = other;
		mode = next;
	}
}

void build_classes(struct builder *b, const struct decision *decision, struct rule_classes *out)
{
	struct sorted s = { .b = b, .decision = decision };
	sort_rules(&s);
	uint32_t *starts = arena_new_array(b->arena, uint32_t, (size_t)s.count + 1);
	out->of = arena_new_array(b->arena, uint32_t, decision->rule_count + 1);
	out->count = s.count;
	for (uint32_t c = 0; c < s.count; c++) {
		starts[c] = build_count(b, SECTION_OVER);
		write_stretches(&s, c);
		for (uint32_t i = s.starts[c]; i < s.starts[c + 1]; i++)
			out->of[s.rules[i].place] = c;
	}
	starts[s.count] = build_count(b, SECTION_OVER);
	(void)build_list(b, out->of, decision->rule_count);
	out->first_over = build_list(b, starts, (size_t)s.count + 1);
}
