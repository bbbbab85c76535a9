/* A case for each rule that no leaf has shown: in its boxes, outside what beats it and what constraints exclude, where
 * feeding decisions give what it wants. The box is cut at bounds of these until its least case is one. */
#include "certify/maker.h"

#include <string.h>

struct search {
	struct maker *m;
	const struct plain_decision *d;
	uint32_t rule;
	int64_t *values;     /* of the case: facts, then what decisions give */
	unsigned nodes_left;
};

/* ---- one case ---- */

static bool has_case(const struct search *s, const struct plain_box *box)
{
	for (size_t i = 0; i < box->count; i++) {
		int64_t value = s->values[box->tests[i].axis];
		if (value < box->tests[i].low || value > box->tests[i].high)
			return false;
	}
	return true;
}

static bool is_beaten(const struct search *s, const struct plain_decision *d, uint32_t rule)
{
	for (size_t i = 0; i < d->boxes.count; i++) {
		if (rule_beats(s->m, d, d->boxes.items[i].rule, rule) && has_case(s, &d->boxes.items[i]))
			return true;
	}
	return false;
}

static void decide(const struct search *s, uint32_t decision)
{
	const struct plain_decision *d = &s->m->decisions[decision];
	for (size_t i = 0; i < d->boxes.count; i++) {
		const struct plain_box *box = &d->boxes.items[i];
		if (!has_case(s, box) || is_beaten(s, d, box->rule))
			continue;
		s->values[s->m->dim_count + decision] = d->rules[box->rule].outcome;
		return;
	}
}

/* Whether the rule is a reason in the least case of the node. */
static bool is_reason(const struct search *s)
{
	const struct maker *m = s->m;
	bool holds = false;
	for (size_t i = 0; i < m->axis_count; i++)
		s->values[i] = m->node[i].low;
	for (size_t i = 0; i < m->constraints.count; i++) {
		if (has_case(s, &m->constraints.items[i]))
			return false;
	}
	for (size_t i = 0; i < s->d->decision->fed_by_count; i++)
		decide(s, s->d->decision->fed_by[i]);
	for (size_t i = 0; i < s->d->boxes.count && !holds; i++)
		holds = s->d->boxes.items[i].rule == s->rule && has_case(s, &s->d->boxes.items[i]);
	return holds && !is_beaten(s, s->d, s->rule);
}

/* ---- the search ---- */

/* Boxes of rules that beat the one that is sought. */
static box_list find_beating(const struct search *s)
{
	box_list out = { 0 };
	for (size_t i = 0; i < s->d->boxes.count; i++) {
		const struct plain_box *box = &s->d->boxes.items[i];
		if (rule_beats(s->m, s->d, box->rule, s->rule) && box_meets(s->m, box))
			vec_push(s->m->arena, &out, box);
	}
	return out;
}

static bool is_hopeless(const struct search *s, const box_list *beating)
{
	for (size_t i = 0; i < beating->count; i++) {
		if (box_contains_node(s->m, beating->items[i]))
			return true;
	}
	for (size_t i = 0; i < s->d->decision->fed_by_count; i++) {
		if (node_is_void(s->m, s->d->decision->fed_by[i]))
			return true;
	}
	return node_is_excluded(s->m);
}

static bool search(struct search *s)
{
	struct maker *m = s->m;
	if (s->nodes_left == 0)
		return false;
	s->nodes_left--;
	struct arena_mark mark = arena_save(m->arena);
	box_list beating = find_beating(s);
	bool hopeless = is_hopeless(s, &beating);
	struct cut cut = find_cut(m, beating.items, beating.count);
	arena_restore(m->arena, mark);
	if (hopeless || is_reason(s))
		return !hopeless;
	if (!cut.found)
		cut = find_cut_behind(m, s->d);
	if (!cut.found)
		return false;
	struct axis_span *span = &m->node[cut.axis], before = *span;
	span->high = cut.from - 1;
	bool found = search(s);
	*span = before;
	span->low = cut.from;
	found = found || search(s);
	*span = before;
	return found;
}

static bool find_in_box(struct search *s, const struct plain_box *box)
{
	memcpy(s->m->node, s->m->all, s->m->axis_count * sizeof *s->m->node);
	for (size_t i = 0; i < box->count; i++)
		s->m->node[box->tests[i].axis] = (struct axis_span){ box->tests[i].low, box->tests[i].high };
	return search(s);
}

static void write_case(const struct search *s)
{
	const struct maker *m = s->m;
	write_str(m->w, "case");
	for (uint32_t i = 0; i < m->dim_count; i++) {
		if (s->values[i] != m->all[i].low)
			write_fmt(m->w, " %u:%lld", i, (long long)s->values[i]);
	}
	write_fmt(m->w, "\n!%u\n", s->rule);
}

bool write_cases(struct maker *m, struct plain_decision *d)
{
	struct search s = { .m = m, .d = d };
	bool all = true;
	s.values = arena_new_array(m->arena, int64_t, m->axis_count + 1);
	for (size_t i = 0; i < d->boxes.count; i++) {
		struct plain_rule *rule = &d->rules[d->boxes.items[i].rule];
		s.rule = d->boxes.items[i].rule;
		s.nodes_left = NODES_FOR_A_CASE;
		if (rule->shown || !find_in_box(&s, &d->boxes.items[i]))
			continue;
		rule->shown = true;
		write_case(&s);
	}
	for (size_t i = 0; i < d->decision->rule_count; i++)
		all = all && d->rules[i].shown;
	return all;
}
