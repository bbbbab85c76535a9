/* Cut points. note [cut points]
 * An integer has a billion values, but its rules compare it with only a few numbers. Between two neighbouring numbers
 * every rule behaves alike, so one part per stretch is exact. Cuts come from all rules and constraints, so that all
 * decisions share one numbering of parts. */
#include "lower/terms.h"

#include <stdlib.h>

typedef VEC(int64_t) numbers;

struct cut_maker {
	struct arena *arena;
	const struct model *model;
	numbers *found; /* per dimension, unsorted */
	struct cuts *cuts;
};

struct cut_maker *cut_maker_new_in(struct arena *arena, const struct model *model)
{
	struct cut_maker *maker = arena_new_of(arena, struct cut_maker);
	*maker = (struct cut_maker){ .arena = arena, .model = model };
	maker->found = arena_new_array(arena, numbers, model->dim_count + 1);
	maker->cuts = arena_new_array(arena, struct cuts, model->dim_count + 1);
	return maker;
}

void cut_maker_add(struct cut_maker *maker, const term_list *terms)
{
	for (size_t i = 0; i < terms->count; i++) {
		for (size_t k = 0; k < terms->items[i].count; k++) {
			const struct term_test *test = &terms->items[i].tests[k];
			if (test->axis >= maker->model->dim_count)
				continue;
			const struct dim *dim = &maker->model->dims[test->axis];
			for (size_t n = 0; n < test->ranges.count; n++) {
				const struct range *range = &test->ranges.items[n];
				if (range->low > dim->low)
					vec_push(maker->arena, &maker->found[test->axis], range->low);
				if (range->high < dim->high)
					vec_push(maker->arena, &maker->found[test->axis], range->high + 1);
			}
		}
	}
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

const struct cuts *cut_maker_finish(struct cut_maker *maker)
{
	for (size_t i = 0; i < maker->model->dim_count; i++) {
		numbers *found = &maker->found[i];
		struct cuts *cuts = &maker->cuts[i];
		if (found->count > 0)
			qsort(found->items, found->count, sizeof *found->items, compare_numbers);
		cuts->items = found->items;
		for (size_t k = 0; k < found->count; k++) {
			if (k == 0 || found->items[k] != cuts->items[cuts->count - 1])
				cuts->items[cuts->count++] = found->items[k];
		}
	}
	return maker->cuts;
}

uint32_t cuts_part(const struct cuts *cuts, int64_t value)
{
	uint32_t low = 0, high = cuts->count;
	while (low < high) {
		uint32_t half = low + (high - low) / 2;
		if (cuts->items[half] <= value)
			low = half + 1;
		else
			high = half;
	}
	return low;
}
