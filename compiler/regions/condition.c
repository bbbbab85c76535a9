/* Conditions prepared for boxes: negations pushed down to the tests, tests of one dimension put together, and the
 * product of sets outside which a condition cannot be true. */
#include "regions/search.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct test *constant(struct arena *arena, bool value)
{
	struct test *t = arena_new_of(arena, struct test);
	t->kind = value ? TEST_YES : TEST_NO;
	t->dims = UINT64_MAX;        /* never to be passed over: note [moved] */
	return t;
}

static struct test *of_dim(struct arena *arena, const struct model *model, uint32_t dim, struct ranges ranges)
{
	const struct dim *d = &model->dims[dim];
	if (ranges.count == 0)
		return constant(arena, false);
	if (ranges.items[0].low <= d->low && ranges.items[0].high >= d->high)
		return constant(arena, true);
	struct test *t = arena_new_of(arena, struct test);
	t->kind = TEST_ATOM;
	t->dims = dim_bit(dim);
	t->atom = atom_make(dim, ranges);
	return t;
}

static struct ranges bit_ranges(struct arena *arena, uint64_t bits)
{
	struct ranges r = { arena_new_array(arena, struct range, 33), 0 };
	for (int i = 0; i < 64; i++) {
		if (!(bits >> i & 1))
			continue;
		if (i > 0 && (bits >> (i - 1) & 1))
			r.items[r.count - 1].high = i;
		else
			r.items[r.count++] = (struct range){ i, i };
	}
	return r;
}

static struct test *of_decision(struct arena *arena, const struct model *model, uint32_t decision, uint64_t outcomes)
{
	size_t count = model->decisions[decision].outcome_count;
	uint64_t all = count >= 64 ? UINT64_MAX : ((uint64_t)1 << count) - 1;
	if ((outcomes & all) == 0 || (outcomes & all) == all)
		return constant(arena, (outcomes & all) == all);
	struct test *t = arena_new_of(arena, struct test);
	t->kind = TEST_DECISION;
	t->dims = UINT64_MAX;
	t->decision = decision;
	t->outcomes = outcomes & all;
	t->atom = atom_make(outcome_dim(model, decision), bit_ranges(arena, t->outcomes));
	return t;
}

static uint64_t outcome_bits(const struct ranges *ranges)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < ranges->count; i++)
		for (int64_t v = ranges->items[i].low; v <= ranges->items[i].high && v < 64; v++)
			bits |= (uint64_t)1 << v;
	return bits;
}

/* ---- and, or ---- */

struct joint {                       /* and, or under way: parts of parts of the same kind are parts */
	struct arena *arena;
	const struct model *model;
	enum test_kind kind;
	VEC(struct test *) parts;
	bool dominated;              /* a part decides the whole: no in an and, yes in an or */
};

static void joint_add(struct joint *j, struct test *part)
{
	if (part->kind == (j->kind == TEST_AND ? TEST_NO : TEST_YES)) {
		j->dominated = true;
	} else if (part->kind == j->kind) {
		for (size_t i = 0; i < part->part_count; i++)
			vec_push(j->arena, &j->parts, part->parts[i]);
	} else if (part->kind != TEST_YES && part->kind != TEST_NO) {
		vec_push(j->arena, &j->parts, part);
	}
}

/* Atoms first, by dimension; then decisions; the others as they were written, which `order` keeps. */
struct sorted_part {
	struct test *part;
	size_t order;
};

static int compare_parts(const void *left, const void *right)
{
	const struct sorted_part *a = left, *b = right;
	const struct test *p = a->part, *q = b->part;
	if (p->kind != q->kind)
		return p->kind < q->kind ? -1 : 1;
	if (p->kind == TEST_ATOM && p->atom.dim != q->atom.dim)
		return p->atom.dim < q->atom.dim ? -1 : 1;
	if (p->kind == TEST_DECISION && p->decision != q->decision)
		return p->decision < q->decision ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static bool is_sorted(const struct joint *j)
{
	for (size_t i = 0; i + 1 < j->parts.count; i++)
		if (compare_parts(&(struct sorted_part){ j->parts.items[i], i }, &(struct sorted_part){ j->parts.items[i + 1], i + 1 }) > 0)
			return false;
	return true;
}

static void joint_sort(struct joint *j)
{
	if (is_sorted(j))
		return;
	struct sorted_part *sorted = arena_new_array(j->arena, struct sorted_part, j->parts.count);
	for (size_t i = 0; i < j->parts.count; i++)
		sorted[i] = (struct sorted_part){ j->parts.items[i], i };
	qsort(sorted, j->parts.count, sizeof *sorted, compare_parts);
	for (size_t i = 0; i < j->parts.count; i++)
		j->parts.items[i] = sorted[i].part;
}

/* Two parts on one subject as one, or NULL. */
static struct test *put_together(const struct joint *j, const struct test *a, const struct test *b)
{
	bool both = j->kind == TEST_AND;
	if (a->kind == TEST_ATOM && b->kind == TEST_ATOM && a->atom.dim == b->atom.dim)
		return of_dim(j->arena, j->model, a->atom.dim,
			      both ? ranges_common(j->arena, &a->atom.ranges, &b->atom.ranges) :
				     ranges_either(j->arena, &a->atom.ranges, &b->atom.ranges));
	if (a->kind == TEST_DECISION && b->kind == TEST_DECISION && a->decision == b->decision)
		return of_decision(j->arena, j->model, a->decision,
				   both ? a->outcomes & b->outcomes : a->outcomes | b->outcomes);
	return NULL;
}

static struct test *joint_end(struct joint *j)
{
	size_t kept = 0;
	if (!j->dominated)
		joint_sort(j);
	for (size_t i = 0; i < j->parts.count && !j->dominated; i++) {
		struct test *one = kept ? put_together(j, j->parts.items[kept - 1], j->parts.items[i]) : NULL;
		if (!one)
			j->parts.items[kept++] = j->parts.items[i];
		else if (one->kind == (j->kind == TEST_AND ? TEST_NO : TEST_YES))
			j->dominated = true;
		else
			j->parts.items[kept - 1] = one;
	}
	if (j->dominated || kept == 0)
		return constant(j->arena, (j->kind == TEST_AND) != j->dominated);
	if (kept == 1)
		return j->parts.items[0];
	struct test *t = arena_new_of(j->arena, struct test);
	t->kind = j->kind;
	t->parts = j->parts.items;
	t->part_count = kept;
	for (size_t i = 0; i < kept; i++)
		t->dims |= t->parts[i]->dims;
	return t;
}

struct test *test_both(struct arena *arena, const struct model *model, struct test *a, struct test *b)
{
	struct joint j = { .arena = arena, .model = model, .kind = TEST_AND };
	joint_add(&j, a);
	joint_add(&j, b);
	return joint_end(&j);
}

static struct test *of_fact(struct arena *arena, const struct model *model, const struct cond *cond, bool holds)
{
	const struct dim *d = &model->dims[cond->dim];
	const struct ranges domain = { &(struct range){ d->low, d->high }, 1 };
	struct ranges within = ranges_common(arena, &cond->ranges, &domain);
	return of_dim(arena, model, cond->dim, holds ? within : ranges_outside(arena, &within, d->low, d->high));
}

/* The rows of a table share their conditions: ast/ast.h, note [cells alike]. */
static struct test *of_fact_once(struct regions *r, const struct cond *cond, bool holds)
{
	struct memo *made = r->tests[holds];
	struct test *test = memo_get(made, cond);
	if (!test) {
		test = of_fact(r->arena, r->model, cond, holds);
		memo_put(made, cond, test);
	}
	return test;
}

struct test *test_make(struct regions *r, const struct cond *cond, bool holds)
{
	struct arena *arena = r->arena;
	const struct model *model = r->model;
	uint64_t outcomes;
	switch (cond->kind) {
	case COND_TRUE: return constant(arena, holds);
	case COND_FALSE: return constant(arena, !holds);
	case COND_NOT: return test_make(r, cond->parts[0], !holds);
	case COND_DEFINITION: return test_make(r, cond->parts[0], holds);
	case COND_FACT: return of_fact_once(r, cond, holds);
	case COND_DECISION:
		outcomes = outcome_bits(&cond->ranges);
		return of_decision(arena, model, cond->decision, holds ? outcomes : ~outcomes);
	case COND_AND:
	case COND_OR: break;
	}
	struct joint j = { .arena = arena, .model = model,
			   .kind = (cond->kind == COND_AND) == holds ? TEST_AND : TEST_OR };
	for (size_t i = 0; i < cond->part_count; i++)
		joint_add(&j, test_make(r, cond->parts[i], holds));
	return joint_end(&j);
}

/* ---- the product around a condition ---- */

/* Dimensions of either with the sets in common; false: no value is left in one of them. */
static bool atoms_both(struct arena *arena, struct atoms *into, const struct atoms *more)
{
	struct atoms out = { arena_new_array(arena, struct atom, into->count + more->count), 0 };
	size_t i = 0, k = 0;
	while (i < into->count || k < more->count) {
		const struct atom *a = i < into->count ? &into->items[i] : NULL, *b = k < more->count ? &more->items[k] : NULL;
		struct atom *to = &out.items[out.count++];
		bool from_a = a && (!b || a->dim <= b->dim), from_b = b && (!a || b->dim <= a->dim);
		assert(a || b);
		*to = from_a ? *a : *b;
		if (from_a && from_b) {
			struct ranges common = ranges_common(arena, &a->ranges, &b->ranges);
			if (common.count == 0)
				return false;
			*to = atom_make(a->dim, common);
		}
		i += from_a;
		k += from_b;
	}
	*into = out;
	return true;
}

/* Dimensions of both with the sets of either. */
static void atoms_either(struct arena *arena, struct atoms *into, const struct atoms *more)
{
	size_t kept = 0;
	for (size_t i = 0, k = 0; i < into->count; i++) {
		while (k < more->count && more->items[k].dim < into->items[i].dim)
			k++;
		if (k == more->count || more->items[k].dim != into->items[i].dim)
			continue;
		into->items[kept++] = atom_make(into->items[i].dim, ranges_either(arena, &into->items[i].ranges,
										  &more->items[k].ranges));
	}
	into->count = kept;
}

static bool atoms_of_parts(struct arena *arena, const struct test *test, struct atoms *out)
{
	bool all = test->kind == TEST_AND, any = false;
	*out = (struct atoms){ NULL, 0 };
	for (size_t i = 0; i < test->part_count; i++) {
		struct atoms part;
		bool possible = test_atoms(arena, test->parts[i], &part);
		if (all && (!possible || !atoms_both(arena, out, &part)))
			return false;
		if (!all && possible && any)
			atoms_either(arena, out, &part);
		else if (!all && possible)
			*out = part;
		any |= possible;
	}
	return any || all;
}

/* The parts of a product are its atoms, in order. */
static void atoms_of_product(struct arena *arena, const struct test *test, struct atoms *out)
{
	*out = (struct atoms){ arena_new_array(arena, struct atom, test->part_count), test->part_count };
	for (size_t i = 0; i < test->part_count; i++)
		out->items[i] = test->parts[i]->atom;
}

bool test_atoms(struct arena *arena, const struct test *test, struct atoms *out)
{
	*out = (struct atoms){ NULL, 0 };
	if (test->kind == TEST_AND && test_is_product(test)) {
		atoms_of_product(arena, test, out);
		return true;
	}
	switch (test->kind) {
	case TEST_NO: return false;
	case TEST_YES:
	case TEST_DECISION: return true;
	case TEST_ATOM:
		out->items = arena_new_of(arena, struct atom);
		out->items[out->count++] = test->atom;
		return true;
	case TEST_AND:
	case TEST_OR: break;
	}
	return atoms_of_parts(arena, test, out);
}

bool test_is_product(const struct test *test)
{
	if (test->kind != TEST_AND)
		return test->kind == TEST_ATOM || test->kind == TEST_YES;
	for (size_t i = 0; i < test->part_count; i++)
		if (test->parts[i]->kind != TEST_ATOM)
			return false;
	return true;
}

bool atoms_meet(const struct atoms *a, const struct atoms *b)
{
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		if (a->items[i].dim != b->items[k].dim) {
			if (a->items[i].dim < b->items[k].dim)
				i++;
			else
				k++;
			continue;
		}
		const struct atom *one = &a->items[i++], *other = &b->items[k++];
		const struct ranges *x = &one->ranges, *y = &other->ranges;
		size_t m = 0, n = 0;
		if (one->high < other->low || other->high < one->low)
			return false;
		if (x->count == 1 && y->count == 1)
			continue;
		while (m < x->count && n < y->count &&
		       (x->items[m].high < y->items[n].low || y->items[n].high < x->items[m].low)) {
			if (x->items[m].high < y->items[n].high)
				m++;
			else
				n++;
		}
		if (m == x->count || n == y->count)
			return false;
	}
	return true;
}

/* ---- on a box ---- */

enum tri test_on(const struct test *test, const struct box *box)
{
	enum tri all = test->kind == TEST_AND ? YES : NO;
	switch (test->kind) {
	case TEST_NO: return NO;
	case TEST_YES: return YES;
	case TEST_ATOM: return atom_on(&test->atom, box->low[test->atom.dim], box->high[test->atom.dim]);
	case TEST_DECISION:
		if ((box->outcomes[test->decision] & test->outcomes) == 0)
			return NO;
		return (box->outcomes[test->decision] & ~test->outcomes) == 0 ? YES : MAYBE;
	case TEST_AND:
	case TEST_OR: break;
	}
	for (size_t i = 0; i < test->part_count; i++) {
		enum tri t = test_on(test->parts[i], box);
		if (test->kind == TEST_AND ? t < all : t > all)
			all = t;
		if (all == (test->kind == TEST_AND ? NO : YES))
			return all;
	}
	return all;
}

void test_reads(const struct test *test, bool *decisions)
{
	if (test->kind == TEST_DECISION)
		decisions[test->decision] = true;
	for (size_t i = 0; i < test->part_count; i++)
		test_reads(test->parts[i], decisions);
}

bool test_has_dim(const struct test *test, uint32_t dim)
{
	if (test->kind == TEST_ATOM)
		return test->atom.dim == dim;
	for (size_t i = 0; i < test->part_count; i++)
		if (test_has_dim(test->parts[i], dim))
			return true;
	return false;
}
