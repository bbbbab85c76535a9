/* Sets of integers as ranges: ascending, disjoint, not touching. */
#include "model/resolve.h"

#include <stdlib.h>

struct ranges ranges_one(struct arena *arena, int64_t low, int64_t high)
{
	struct ranges ranges = { .items = arena_new_array(arena, struct range, 1), .count = low <= high };
	ranges.items[0] = (struct range){ low, high };
	return ranges;
}

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

struct ranges ranges_of(struct arena *arena, int64_t *values, size_t count)
{
	struct ranges ranges = { .items = arena_new_array(arena, struct range, count + 1) };
	if (count)
		qsort(values, count, sizeof *values, ascending);
	for (size_t i = 0; i < count; i++) {
		struct range *last = ranges.count ? &ranges.items[ranges.count - 1] : NULL;
		if (last && values[i] <= last->high)
			continue;
		if (last && values[i] - 1 == last->high)
			last->high = values[i];
		else
			ranges.items[ranges.count++] = (struct range){ values[i], values[i] };
	}
	return ranges;
}

struct ranges ranges_complement(struct arena *arena, const struct ranges *ranges, int64_t low, int64_t high)
{
	struct ranges out = { .items = arena_new_array(arena, struct range, ranges->count + 1) };
	int64_t next = low;
	bool left = low <= high;
	for (size_t i = 0; i < ranges->count && left; i++) {
		const struct range *taken = &ranges->items[i];
		if (taken->low > next)
			out.items[out.count++] = (struct range){ next, taken->low - 1 };
		left = taken->high < high;
		if (left)
			next = taken->high + 1;
	}
	if (left)
		out.items[out.count++] = (struct range){ next, high };
	return out;
}

struct ranges ranges_intersect(struct arena *arena, const struct ranges *a, const struct ranges *b)
{
	struct ranges out = { .items = arena_new_array(arena, struct range, a->count + b->count + 1) };
	for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
		const struct range *x = &a->items[i], *y = &b->items[j];
		int64_t low = x->low > y->low ? x->low : y->low, high = x->high < y->high ? x->high : y->high;
		if (low <= high)
			out.items[out.count++] = (struct range){ low, high };
		if (x->high < y->high)
			i++;
		else
			j++;
	}
	return out;
}

bool ranges_have(const struct ranges *ranges, int64_t value)
{
	for (size_t i = 0; i < ranges->count; i++)
		if (value >= ranges->items[i].low && value <= ranges->items[i].high)
			return true;
	return false;
}
