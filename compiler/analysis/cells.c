/* What a cell allows, in a form of its own for each meaning, so that cells can be compared and hashed. */
#include "analysis/cells.h"

#include <stdlib.h>
#include <string.h>

/* ---- conditions on one value ---- */

struct subject {                     /* the one dimension or decision that a condition tests */
	uint32_t dim, decision;
	bool several;
};

static void find_subject(const struct cond *cond, struct subject *s)
{
	bool none = s->dim == NONE && s->decision == NONE;
	if (cond->kind == COND_FACT) {
		s->several |= !none && s->dim != cond->dim;
		s->dim = cond->dim;
	} else if (cond->kind == COND_DECISION) {
		s->several |= !none && s->decision != cond->decision;
		s->decision = cond->decision;
	} else if (cond->kind == COND_DEFINITION) {
		s->several = true;
	} else {
		for (size_t i = 0; i < cond->part_count; i++)
			find_subject(cond->parts[i], s);
	}
}

typedef VEC(int64_t) bound_list;

/* Values from which on a test may say something else. */
static void find_bounds(struct arena *arena, const struct cond *cond, int64_t high, bound_list *out)
{
	for (size_t i = 0; i < cond->ranges.count; i++) {
		vec_push(arena, out, cond->ranges.items[i].low);
		if (cond->ranges.items[i].high < high)
			vec_push(arena, out, cond->ranges.items[i].high + 1);
	}
	for (size_t i = 0; i < cond->part_count; i++)
		find_bounds(arena, cond->parts[i], high, out);
}

static bool allows(const struct cond *cond, int64_t value)
{
	bool in = false;
	switch (cond->kind) {
	case COND_TRUE: return true;
	case COND_AND:
		for (size_t i = 0; i < cond->part_count; i++)
			if (!allows(cond->parts[i], value))
				return false;
		return true;
	case COND_OR:
		for (size_t i = 0; i < cond->part_count; i++)
			in |= allows(cond->parts[i], value);
		return in;
	case COND_FACT:
	case COND_DECISION:
		for (size_t i = 0; i < cond->ranges.count; i++)
			in |= cond->ranges.items[i].low <= value && value <= cond->ranges.items[i].high;
		return in;
	default: return false;
	}
}

static int compare_values(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static bool lies_between(const struct ranges *r, int64_t low, int64_t high)
{
	return r->count == 0 || (r->items[0].low >= low && r->items[r->count - 1].high <= high);
}

static struct ranges values_of(struct arena *arena, const struct cond *cond, int64_t low, int64_t high)
{
	bound_list bounds = { 0 };
	struct ranges values;
	if ((cond->kind == COND_FACT || cond->kind == COND_DECISION) && lies_between(&cond->ranges, low, high))
		return cond->ranges;
	vec_push(arena, &bounds, low);
	find_bounds(arena, cond, high, &bounds);
	qsort(bounds.items, bounds.count, sizeof *bounds.items, compare_values);
	values = (struct ranges){ arena_new_array(arena, struct range, bounds.count), 0 };
	for (size_t i = 0; i < bounds.count; i++) {
		int64_t from = bounds.items[i], to = i + 1 < bounds.count ? bounds.items[i + 1] - 1 : high;
		if (from < low || from > to || !allows(cond, from))
			continue;
		if (values.count && values.items[values.count - 1].high + 1 == from)
			values.items[values.count - 1].high = to;
		else
			values.items[values.count++] = (struct range){ from, to };
	}
	return values;
}

/* ---- sets ---- */

/* needs: a condition on one set */
static bool is_member_test(const struct cond *cond, bool *has)
{
	if (cond->kind != COND_FACT || cond->ranges.count != 1)
		return false;
	*has = cond->ranges.items[0].low == 1;
	return cond->ranges.items[0].low == cond->ranges.items[0].high;
}

/* Members that it must have, or must lack; false: it is nothing so simple. */
static bool read_all(const struct model *model, const struct cond *cond, struct cell *out)
{
	bool has;
	if (is_member_test(cond, &has)) {
		uint64_t bit = (uint64_t)1 << model->dims[cond->dim].member;
		*(has ? &out->with : &out->without) |= bit;
		out->fact = model->dims[cond->dim].fact;
		return true;
	}
	if (cond->kind != COND_AND)
		return false;
	for (size_t i = 0; i < cond->part_count; i++)
		if (!read_all(model, cond->parts[i], out))
			return false;
	return (out->with & out->without) == 0;
}

static bool read_some(const struct model *model, const struct cond *cond, struct cell *out)
{
	bool has;
	out->with = out->without = 0;
	for (size_t i = 0; cond->kind == COND_OR && i < cond->part_count; i++) {
		if (!is_member_test(cond->parts[i], &has) || !has)
			return false;
		out->with |= (uint64_t)1 << model->dims[cond->parts[i]->dim].member;
		out->fact = model->dims[cond->parts[i]->dim].fact;
	}
	return cond->kind == COND_OR && cond->part_count > 0;
}

static bool read_set(const struct model *model, const struct cond *cond, struct cell *out)
{
	out->kind = CELL_ALL;
	if (read_all(model, cond, out))
		return true;
	if (!read_some(model, cond, out))
		return false;
	out->kind = (out->with & (out->with - 1)) ? CELL_SOME : CELL_ALL;
	return true;
}

/* ---- cells ---- */

static uint64_t mix(uint64_t hash, uint64_t more)
{
	hash = (hash ^ more) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t hash_cond(const struct cond *cond, uint64_t hash)
{
	hash = mix(mix(mix(mix(hash, cond->kind), cond->dim), cond->decision), cond->definition);
	for (size_t i = 0; i < cond->ranges.count; i++)
		hash = mix(mix(hash, (uint64_t)cond->ranges.items[i].low), (uint64_t)cond->ranges.items[i].high);
	for (size_t i = 0; i < cond->part_count && cond->kind != COND_DEFINITION; i++)
		hash = hash_cond(cond->parts[i], hash);
	return hash;
}

bool same_ranges(const struct ranges *a, const struct ranges *b)
{
	return a->count == b->count && (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof *a->items) == 0);
}

static bool same_cond(const struct cond *a, const struct cond *b)
{
	if (a->kind != b->kind || a->dim != b->dim || a->decision != b->decision || a->definition != b->definition ||
	    a->part_count != b->part_count || !same_ranges(&a->ranges, &b->ranges))
		return false;
	for (size_t i = 0; i < a->part_count && a->kind != COND_DEFINITION; i++)
		if (!same_cond(a->parts[i], b->parts[i]))
			return false;
	return true;
}

static void read_values(struct arena *arena, const struct model *model, const struct cond *cond, const struct subject *s,
			struct cell *out)
{
	bool of_fact = s->dim != NONE;
	int64_t low = of_fact ? model->dims[s->dim].low : 0;
	int64_t high = of_fact ? model->dims[s->dim].high : (int64_t)model->decisions[s->decision].outcome_count - 1;
	out->values = values_of(arena, cond, low, high);
	out->fact = of_fact ? model->dims[s->dim].fact : NONE;
	out->decision = s->decision;
	bool whole = out->values.count == 1 && out->values.items[0].low == low && out->values.items[0].high == high;
	out->kind = whole ? CELL_ANY : CELL_VALUES;
}

struct cell cell_of(struct arena *arena, const struct model *model, const struct cond *cond)
{
	struct cell cell = { .kind = CELL_ANY, .fact = NONE, .decision = NONE, .cond = cond };
	struct subject subject = { NONE, NONE, false };
	if (cond)
		find_subject(cond, &subject);
	bool one = (subject.dim == NONE) != (subject.decision == NONE) && !subject.several;
	bool set = subject.dim != NONE && model->facts[model->dims[subject.dim].fact].kind == FACT_SET;
	if (cond && one && !set)
		read_values(arena, model, cond, &subject, &cell);
	else if (cond && cond->kind != COND_TRUE && !(set && read_set(model, cond, &cell)))
		cell.kind = CELL_OTHER;
	cell.hash = mix(mix(mix(1, cell.kind), cell.with), cell.without);
	for (size_t i = 0; cell.kind == CELL_VALUES && i < cell.values.count; i++)
		cell.hash = mix(mix(cell.hash, (uint64_t)cell.values.items[i].low), (uint64_t)cell.values.items[i].high);
	if (cell.kind == CELL_OTHER)
		cell.hash = hash_cond(cond, cell.hash);
	return cell;
}

bool cells_equal(const struct cell *a, const struct cell *b)
{
	if (a->kind != b->kind || a->hash != b->hash)
		return false;
	switch (a->kind) {
	case CELL_ANY: return true;
	case CELL_VALUES: return same_ranges(&a->values, &b->values);
	case CELL_ALL:
	case CELL_SOME: return a->with == b->with && a->without == b->without;
	case CELL_OTHER: break;
	}
	return same_cond(a->cond, b->cond);
}
