/* Sets of values of one dimension: ascending ranges that neither meet nor touch. */
#include "regions/search.h"

#include <string.h>

struct ranges ranges_common(struct arena *arena, const struct ranges *a, const struct ranges *b)
{
	struct ranges out = { arena_new_array(arena, struct range, a->count + b->count), 0 };
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		const struct range *x = &a->items[i], *y = &b->items[k];
		int64_t low = x->low > y->low ? x->low : y->low, high = x->high < y->high ? x->high : y->high;
		if (low <= high)
			out.items[out.count++] = (struct range){ low, high };
		if (x->high < y->high)
			i++;
		else
			k++;
	}
	return out;
}

static void append(struct ranges *out, struct range next)
{
	struct range *last = out->count ? &out->items[out->count - 1] : NULL;
	if (!last || (last->high < next.low && next.low - 1 > last->high))
		out->items[out->count++] = next;
	else if (next.high > last->high)
		last->high = next.high;
}

struct ranges ranges_either(struct arena *arena, const struct ranges *a, const struct ranges *b)
{
	struct ranges out = { arena_new_array(arena, struct range, a->count + b->count), 0 };
	size_t i = 0, k = 0;
	while (i < a->count || k < b->count) {
		bool first = k == b->count || (i < a->count && a->items[i].low <= b->items[k].low);
		append(&out, first ? a->items[i++] : b->items[k++]);
	}
	return out;
}

struct ranges ranges_outside(struct arena *arena, const struct ranges *a, int64_t low, int64_t high)
{
	struct ranges out = { arena_new_array(arena, struct range, a->count + 1), 0 };
	for (size_t i = 0; i < a->count; i++) {
		if (a->items[i].low > low)
			out.items[out.count++] = (struct range){ low, a->items[i].low - 1 };
		if (a->items[i].high >= high)
			return out;
		low = a->items[i].high + 1;
	}
	out.items[out.count++] = (struct range){ low, high };
	return out;
}
