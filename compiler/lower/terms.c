/* Conditions to unions of boxes: negations go inward to the ranges, `or` joins lists of boxes, `and` multiplies them.
 */
#include "lower/terms.h"

#include <string.h>

#define LIMIT_ABSORB 64 /* lists longer than this are not searched for boxes inside others */

struct expansion {
	struct arena *arena;
	const struct model *model;
	bool too_many;
};

static void expand(struct expansion *e, const struct cond *cond, bool negated, term_list *out);

/* ---- sets of values of one axis ---- */

static struct range axis_domain(const struct expansion *e, uint32_t axis)
{
	const struct model *m = e->model;
	if (axis < m->dim_count)
		return (struct range){ m->dims[axis].low, m->dims[axis].high };
	return (struct range){ 0, (int64_t)m->decisions[axis - m->dim_count].outcome_count - 1 };
}

static bool is_whole(const struct ranges *ranges, struct range domain)
{
	return ranges->count == 1 && ranges->items[0].low <= domain.low && ranges->items[0].high >= domain.high;
}

static struct ranges intersection(struct arena *arena, const struct ranges *a, const struct ranges *b)
{
	struct ranges out = { .items = arena_new_array(arena, struct range, a->count + b->count + 1) };
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		struct range x = a->items[i], y = b->items[k];
		int64_t low = x.low > y.low ? x.low : y.low, high = x.high < y.high ? x.high : y.high;
		if (low <= high)
			out.items[out.count++] = (struct range){ low, high };
		i += x.high <= y.high;
		k += y.high <= x.high;
	}
	return out;
}

static struct ranges complement(struct arena *arena, const struct ranges *ranges, struct range domain)
{
	struct ranges out = { .items = arena_new_array(arena, struct range, ranges->count + 1) };
	int64_t next = domain.low;
	for (size_t i = 0; i < ranges->count; i++) {
		if (ranges->items[i].low > next)
			out.items[out.count++] = (struct range){ next, ranges->items[i].low - 1 };
		if (ranges->items[i].high >= domain.high)
			return out;
		next = ranges->items[i].high + 1;
	}
	out.items[out.count++] = (struct range){ next, domain.high };
	return out;
}

static struct ranges join(struct arena *arena, const struct ranges *a, const struct ranges *b, struct range domain)
{
	struct ranges x = complement(arena, a, domain), y = complement(arena, b, domain);
	struct ranges both = intersection(arena, &x, &y);
	return complement(arena, &both, domain);
}

static bool same_ranges_inside(const struct ranges *inner, const struct ranges *outer)
{
	size_t k = 0;
	for (size_t i = 0; i < inner->count; i++) {
		while (k < outer->count && outer->items[k].high < inner->items[i].low)
			k++;
		if (k == outer->count || outer->items[k].low > inner->items[i].low ||
		    outer->items[k].high < inner->items[i].high)
			return false;
	}
	return true;
}

/* ---- boxes ---- */

static bool is_inside(const struct term *inner, const struct term *outer)
{
	size_t k = 0;
	for (size_t i = 0; i < outer->count; i++) {
		while (k < inner->count && inner->tests[k].axis < outer->tests[i].axis)
			k++;
		if (k == inner->count || inner->tests[k].axis != outer->tests[i].axis ||
		    !same_ranges_inside(&inner->tests[k].ranges, &outer->tests[i].ranges))
			return false;
	}
	return true;
}

/* false: the boxes do not meet. */
static bool meet(struct expansion *e, const struct term *a, const struct term *b, struct term *out)
{
	size_t i = 0, k = 0;
	*out = (struct term){ .tests = arena_new_array(e->arena, struct term_test, a->count + b->count + 1) };
	while (i < a->count || k < b->count) {
		struct term_test *test = &out->tests[out->count++];
		if (k == b->count || (i < a->count && a->tests[i].axis < b->tests[k].axis)) {
			*test = a->tests[i++];
		} else if (i == a->count || b->tests[k].axis < a->tests[i].axis) {
			*test = b->tests[k++];
		} else {
			test->axis = a->tests[i].axis;
			test->ranges = intersection(e->arena, &a->tests[i++].ranges, &b->tests[k++].ranges);
			if (test->ranges.count == 0)
				return false;
		}
	}
	return true;
}

static void push_term(struct expansion *e, term_list *list, struct term term)
{
	if (list->count >= LIMIT_RULE_TERMS)
		e->too_many = true;
	else
		vec_push(e->arena, list, term);
}

static void multiply(struct expansion *e, term_list *product, const term_list *by)
{
	term_list out = { 0 };
	for (size_t i = 0; i < product->count; i++) {
		for (size_t k = 0; k < by->count && !e->too_many; k++) {
			struct term term;
			if (meet(e, &product->items[i], &by->items[k], &term))
				push_term(e, &out, term);
		}
	}
	*product = out;
}

/* Tests of the same axis alone become one: `one of a, b` is one box, not two. */
static bool joined(struct expansion *e, term_list *list, const struct term *term)
{
	for (size_t i = 0; i < list->count && i < LIMIT_ABSORB && term->count == 1; i++) {
		struct term *there = &list->items[i];
		if (there->count != 1 || there->tests->axis != term->tests->axis)
			continue;
		struct range domain = axis_domain(e, term->tests->axis);
		struct term_test *test = arena_new_of(e->arena, struct term_test);
		test->axis = term->tests->axis;
		test->ranges = join(e->arena, &there->tests->ranges, &term->tests->ranges, domain);
		*there = (struct term){ test, 1 };
		if (is_whole(&test->ranges, domain))
			*there = (struct term){ 0 };
		return true;
	}
	return false;
}

static void drop_inner_boxes(term_list *list)
{
	size_t kept = 0;
	if (list->count > LIMIT_ABSORB)
		return;
	for (size_t i = 0; i < list->count; i++) {
		bool inner = false;
		for (size_t k = 0; k < list->count && !inner; k++)
			inner = (k < kept || k > i) && is_inside(&list->items[i], &list->items[k]);
		if (!inner)
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

/* ---- conditions ---- */

static void expand_test(struct expansion *e, uint32_t axis, const struct ranges *ranges, bool negated, term_list *out)
{
	struct range domain = axis_domain(e, axis);
	struct ranges whole = { .items = &domain, .count = 1 };
	struct ranges inside = intersection(e->arena, ranges, &whole);
	if (negated)
		inside = complement(e->arena, &inside, domain);
	if (inside.count == 0)
		return;
	struct term term = { 0 };
	if (!is_whole(&inside, domain)) {
		term.tests = arena_new_of(e->arena, struct term_test);
		*term.tests = (struct term_test){ .axis = axis, .ranges = inside };
		term.count = 1;
	}
	push_term(e, out, term);
}

static void expand_all(struct expansion *e, const struct cond *cond, bool negated, term_list *out)
{
	term_list product = { 0 };
	push_term(e, &product, (struct term){ 0 });
	for (size_t i = 0; i < cond->part_count && product.count > 0 && !e->too_many; i++) {
		term_list part = { 0 };
		expand(e, cond->parts[i], negated, &part);
		multiply(e, &product, &part);
	}
	drop_inner_boxes(&product);
	*out = product;
}

static void expand_any(struct expansion *e, const struct cond *cond, bool negated, term_list *out)
{
	for (size_t i = 0; i < cond->part_count && !e->too_many; i++) {
		term_list part = { 0 };
		expand(e, cond->parts[i], negated, &part);
		for (size_t k = 0; k < part.count; k++) {
			if (!joined(e, out, &part.items[k]))
				push_term(e, out, part.items[k]);
		}
	}
	drop_inner_boxes(out);
}

/* Appends to `out`, which is empty. */
static void expand(struct expansion *e, const struct cond *cond, bool negated, term_list *out)
{
	switch (cond->kind) {
	case COND_TRUE:
	case COND_FALSE:
		if ((cond->kind == COND_TRUE) != negated)
			push_term(e, out, (struct term){ 0 });
		break;
	case COND_AND:
	case COND_OR:
		if ((cond->kind == COND_AND) != negated)
			expand_all(e, cond, negated, out);
		else
			expand_any(e, cond, negated, out);
		break;
	case COND_NOT: expand(e, cond->parts[0], !negated, out); break;
	case COND_DEFINITION: expand(e, cond->parts[0], negated, out); break;
	case COND_FACT: expand_test(e, cond->dim, &cond->ranges, negated, out); break;
	case COND_DECISION:
		expand_test(e, (uint32_t)e->model->dim_count + cond->decision, &cond->ranges, negated, out);
		break;
	}
}

bool terms_expand(struct arena *arena, const struct model *model, const struct cond *cond, bool negated, term_list *out)
{
	struct expansion e = { .arena = arena, .model = model };
	*out = (term_list){ 0 };
	expand(&e, cond, negated, out);
	return !e.too_many;
}
