/* Boxes against the node, and where to cut it. */
#include "certify/maker.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLE = 256 }; /* so many boxes are looked at to choose a cut */

bool box_meets(const struct maker *m, const struct plain_box *box)
{
	for (size_t i = 0; i < box->count; i++) {
		const struct axis_span *span = &m->node[box->tests[i].axis];
		if (box->tests[i].low > span->high || box->tests[i].high < span->low)
			return false;
	}
	return true;
}

bool box_contains_node(const struct maker *m, const struct plain_box *box)
{
	for (size_t i = 0; i < box->count; i++) {
		const struct axis_span *span = &m->node[box->tests[i].axis];
		if (box->tests[i].low > span->low || box->tests[i].high < span->high)
			return false;
	}
	return true;
}

bool rule_beats(const struct maker *m, const struct plain_decision *d, uint32_t a, uint32_t b)
{
	return d->rules[a].outcome != d->rules[b].outcome && rule_is_over(m->model, d->rules[a].index, d->rules[b].index);
}

box_list boxes_that_meet(const struct maker *m, const plain_boxes *boxes)
{
	box_list out = { 0 };
	for (size_t i = 0; i < boxes->count; i++) {
		if (box_meets(m, &boxes->items[i]))
			vec_push(m->arena, &out, &boxes->items[i]);
	}
	return out;
}

bool node_is_excluded(const struct maker *m)
{
	for (size_t i = 0; i < m->constraints.count; i++) {
		if (box_contains_node(m, &m->constraints.items[i]))
			return true;
	}
	return false;
}

static bool is_beaten_everywhere(const struct maker *m, const struct plain_decision *d, const box_list *met, uint32_t rule)
{
	for (size_t i = 0; i < met->count; i++) {
		if (rule_beats(m, d, met->items[i]->rule, rule) && box_contains_node(m, met->items[i]))
			return true;
	}
	return false;
}

bool node_is_void(const struct maker *m, uint32_t decision)
{
	const struct plain_decision *d = &m->decisions[decision];
	const struct axis_span *given = &m->node[m->dim_count + decision], *all = &m->all[m->dim_count + decision];
	if (!d->proved || (given->low == all->low && given->high == all->high))
		return false;
	struct arena_mark mark = arena_save(m->arena);
	box_list met = boxes_that_meet(m, &d->boxes);
	bool nothing = true;
	for (size_t i = 0; i < met.count && nothing; i++) {
		uint32_t rule = met.items[i]->rule, outcome = d->rules[rule].outcome;
		nothing = outcome < given->low || outcome > given->high || is_beaten_everywhere(m, d, &met, rule);
	}
	arena_restore(m->arena, mark);
	return nothing;
}

/* ---- cuts ---- */

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

struct bounds { /* of the sampled boxes on one axis, clipped to the node */
	int64_t begins[SAMPLE], ends[SAMPLE]; /* first value; first value behind */
	size_t count;
};

/* Tries every bound inside the node; `others` boxes do not test the axis and are on both sides. */
static void try_axis(const struct maker *m, uint32_t axis, struct bounds *b, size_t others, struct cut *best)
{
	size_t begun = 0, ended = 0, total = b->count + others;
	qsort(b->begins, b->count, sizeof *b->begins, by_value);
	qsort(b->ends, b->count, sizeof *b->ends, by_value);
	for (;;) {
		while (begun < b->count && b->begins[begun] <= m->node[axis].low)
			begun++;
		int64_t from = m->node[axis].high + 1;
		if (begun < b->count)
			from = b->begins[begun];
		if (ended < b->count && b->ends[ended] < from)
			from = b->ends[ended];
		if (from > m->node[axis].high)
			return;
		size_t left = begun;
		while (ended < b->count && b->ends[ended] <= from)
			ended++;
		double low = (double)(left + others), high = (double)(b->count - ended + others);
		double cost = (low * low + high * high) / ((double)total * (double)total);
		if (!best->found || cost < best->cost)
			*best = (struct cut){ axis, from, cost, true };
		while (begun < b->count && b->begins[begun] <= from)
			begun++;
	}
}

struct cut find_cut(const struct maker *m, const struct plain_box *const *boxes, size_t count)
{
	struct cut best = { .cost = 2 };
	size_t step = (count + SAMPLE - 1) / SAMPLE, next[SAMPLE] = { 0 };
	struct bounds bounds;
	for (uint32_t axis = 0; axis < m->axis_count && count > 0; axis++) {
		size_t sampled = 0;
		bounds.count = 0;
		for (size_t i = 0; i < count; i += step, sampled++) {
			const struct plain_box *box = boxes[i];
			size_t *at = &next[sampled];
			if (*at >= box->count || box->tests[*at].axis != axis)
				continue;
			const struct plain_test *test = &box->tests[(*at)++];
			const struct axis_span *span = &m->node[axis];
			if (test->low <= span->low && test->high >= span->high)
				continue;
			bounds.begins[bounds.count] = test->low > span->low ? test->low : span->low;
			bounds.ends[bounds.count++] = (test->high < span->high ? test->high : span->high) + 1;
		}
		if (bounds.count > 0)
			try_axis(m, axis, &bounds, sampled - bounds.count, &best);
	}
	return best;
}

/* Only what tells the outcomes left from the others: bounds of constraints and of feeding decisions' rules. */
struct cut find_cut_behind(const struct maker *m, const struct plain_decision *d)
{
	struct arena_mark mark = arena_save(m->arena);
	box_list met = boxes_that_meet(m, &m->constraints);
	for (size_t i = 0; i < d->decision->fed_by_count; i++) {
		box_list more = boxes_that_meet(m, &m->decisions[d->decision->fed_by[i]].boxes);
		for (size_t k = 0; k < more.count; k++)
			vec_push(m->arena, &met, more.items[k]);
	}
	struct cut cut = find_cut(m, met.items, met.count);
	arena_restore(m->arena, mark);
	return cut;
}
