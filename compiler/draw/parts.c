/* Cuts every dimension at the bounds of the ranges that conditions name, then puts stretches together that no
 * condition tells apart. */
#include "draw/parts.h"

#include "support/vec.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TESTS = 4096 };

typedef VEC(const struct cond *) test_list;

struct cuts {
	struct arena *arena;
	const struct model *model;
	test_list *tests;    /* per dimension */
	unsigned char *seen; /* definitions already walked: they may share parts many times over */
};

struct cuts *cuts_new(struct arena *arena, const struct model *model)
{
	struct cuts *cuts = arena_new_of(arena, struct cuts);
	cuts->arena = arena;
	cuts->model = model;
	cuts->tests = arena_new_array(arena, test_list, model->dim_count + 1);
	cuts->seen = arena_alloc(arena, model->definition_count + 1);
	return cuts;
}

void cuts_add(struct cuts *cuts, const struct cond *cond)
{
	if (!cond)
		return;
	if (cond->kind == COND_FACT && cuts->tests[cond->dim].count < MOST_TESTS)
		vec_push(cuts->arena, &cuts->tests[cond->dim], cond);
	if (cond->kind == COND_DEFINITION) {
		if (cuts->seen[cond->definition])
			return;
		cuts->seen[cond->definition] = 1;
	}
	for (size_t i = 0; i < cond->part_count; i++)
		cuts_add(cuts, cond->parts[i]);
}

bool cuts_reads(const struct cuts *cuts, uint32_t dim)
{
	return cuts->tests[dim].count > 0;
}

static int compare_bounds(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* The first values of the stretches, ascending, each once. */
static size_t stretch_starts(const struct cuts *cuts, uint32_t dim, int64_t **out)
{
	const struct dim *d = &cuts->model->dims[dim];
	const test_list *tests = &cuts->tests[dim];
	VEC(int64_t) bounds = { 0 };
	vec_push(cuts->arena, &bounds, d->low);
	for (size_t i = 0; i < tests->count; i++) {
		const struct ranges *r = &tests->items[i]->ranges;
		for (size_t k = 0; k < r->count; k++) {
			if (r->items[k].low > d->low && r->items[k].low <= d->high)
				vec_push(cuts->arena, &bounds, r->items[k].low);
			if (r->items[k].high >= d->low && r->items[k].high < d->high)
				vec_push(cuts->arena, &bounds, r->items[k].high + 1);
		}
	}
	qsort(bounds.items, bounds.count, sizeof *bounds.items, compare_bounds);
	size_t count = 0;
	for (size_t i = 0; i < bounds.count; i++)
		if (count == 0 || bounds.items[i] != bounds.items[count - 1])
			bounds.items[count++] = bounds.items[i];
	*out = bounds.items;
	return count;
}

static bool lies_in(const struct ranges *r, int64_t value)
{
	for (size_t i = 0; i < r->count; i++)
		if (value >= r->items[i].low && value <= r->items[i].high)
			return true;
	return false;
}

static bool told_apart(const test_list *tests, int64_t a, int64_t b)
{
	for (size_t i = 0; i < tests->count; i++)
		if (lies_in(&tests->items[i]->ranges, a) != lies_in(&tests->items[i]->ranges, b))
			return true;
	return false;
}

static void add_stretch(struct arena *arena, struct ranges *part, int64_t low, int64_t high)
{
	if (part->count > 0 && part->items[part->count - 1].high + 1 == low) {
		part->items[part->count - 1].high = high;
		return;
	}
	struct range *items = arena_new_array(arena, struct range, part->count + 1);
	for (size_t i = 0; i < part->count; i++)
		items[i] = part->items[i];
	items[part->count++] = (struct range){ low, high };
	part->items = items;
}

struct ranges *cuts_parts(const struct cuts *cuts, uint32_t dim, uint32_t *count)
{
	const struct dim *d = &cuts->model->dims[dim];
	int64_t *starts;
	size_t stretches = stretch_starts(cuts, dim, &starts);
	*count = 0;
	if (stretches > PART_LIMIT || cuts->tests[dim].count == MOST_TESTS)
		return NULL;
	struct ranges *parts = arena_new_array(cuts->arena, struct ranges, stretches);
	for (size_t i = 0; i < stretches; i++) {
		uint32_t at = 0;
		while (at < *count && told_apart(&cuts->tests[dim], parts[at].items[0].low, starts[i]))
			at++;
		*count += at == *count;
		add_stretch(cuts->arena, &parts[at], starts[i], i + 1 < stretches ? starts[i + 1] - 1 : d->high);
	}
	return parts;
}
