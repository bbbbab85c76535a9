/* Whether disjoint boxes fill a box: their volumes say so.
 *
 * note [disjoint] In a complete table no two rows meet; then there is a gap where what the rows hold, added up, is less
 * than all there is. No search can be shorter than a sum. */
#include "regions/search.h"

static void multiply_set(struct natural *n, const struct ranges *set)
{
	uint64_t less_one = UINT64_MAX;
	for (size_t i = 0; i < set->count; i++)
		less_one += (uint64_t)set->items[i].high - (uint64_t)set->items[i].low + 1;
	natural_multiply(n, less_one);
}

/* Of the product over the dimensions that the plan's rules test; the others have any value. */
static void volume_of(const struct regions *r, const struct plan *plan, const struct atoms *atoms, struct natural *n)
{
	natural_set(n, 1);
	for (uint32_t d = 0, i = 0; d < r->model->dim_count; d++) {
		if (i < atoms->count && atoms->items[i].dim == d)
			multiply_set(n, &atoms->items[i++].ranges);
		else if (plan->dims[d])
			natural_multiply(n, (uint64_t)r->model->dims[d].high - (uint64_t)r->model->dims[d].low);
	}
}

static bool are_disjoint(struct regions *r, struct plan *plan, const uint32_t *rules, size_t count)
{
	bool *listed = arena_new_array(r->arena, bool, plan->count);
	for (size_t i = 0; i < count; i++) {
		if (!plan->rules[rules[i]].product && !plan->rules[rules[i]].never)
			return false;
		listed[rules[i]] = true;
	}
	for (size_t i = 0; i < count; i++) {
		struct neighbours near;
		if (!regions_neighbours(r, plan->index, rules[i], &near))
			return false;
		for (size_t k = 0; k < near.count; k++)
			if (listed[near.items[k]])
				return false;
	}
	return true;
}

bool volume_fills(struct regions *r, struct plan *plan, const uint32_t *rules, size_t count, bool *fills)
{
	struct natural sum = natural_new(r->arena, r->model->dim_count + 1), one = natural_new(r->arena, r->model->dim_count + 1);
	if (!are_disjoint(r, plan, rules, count))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (plan->rules[rules[i]].never)
			continue;
		volume_of(r, plan, &plan->rules[rules[i]].atoms, &one);
		natural_add(&sum, &one);
	}
	volume_of(r, plan, &(struct atoms){ NULL, 0 }, &one);
	*fills = natural_equal(&sum, &one);
	return true;
}
