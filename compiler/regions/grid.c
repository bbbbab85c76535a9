/* Dimensions divided into stretches, and sets of these as bits. note [grid] */
#include "regions/grid.h"

#include <stdlib.h>
#include <string.h>

/* ---- making it ---- */

void grid_start(struct grid *g, struct arena *arena)
{
	g->arena = arena;
	g->dims = g->words = 0;
	g->edges.count = g->starts.count = g->pieces.count = 0;
}

void grid_dim(struct grid *g, int64_t low, int64_t high)
{
	uint32_t dim = (uint32_t)g->dims++;
	g->low[dim] = low;
	g->high[dim] = high;
	vec_push(g->arena, &g->edges, ((struct grid_edge){ dim, low }));
}

void grid_edges(struct grid *g, size_t dim, const struct ranges *set)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct range *r = &set->items[i];
		if (r->low > g->low[dim] && r->low <= g->high[dim])
			vec_push(g->arena, &g->edges, ((struct grid_edge){ (uint32_t)dim, r->low }));
		if (r->high >= g->low[dim] && r->high < g->high[dim])
			vec_push(g->arena, &g->edges, ((struct grid_edge){ (uint32_t)dim, r->high + 1 }));
	}
}

static int compare_edges(const void *left, const void *right)
{
	const struct grid_edge *a = left, *b = right;
	if (a->dim != b->dim)
		return a->dim < b->dim ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

void grid_divide(struct grid *g)
{
	size_t i = 0;
	qsort(g->edges.items, g->edges.count, sizeof *g->edges.items, compare_edges);
	for (uint32_t dim = 0; dim < g->dims; dim++) {
		size_t begin = g->starts.count;
		g->first[dim] = (uint32_t)(begin / 64);
		for (; i < g->edges.count && g->edges.items[i].dim == dim; i++)
			if (g->starts.count == begin || g->starts.items[g->starts.count - 1] != g->edges.items[i].at)
				vec_push(g->arena, &g->starts, g->edges.items[i].at);
		g->stretches[dim] = (uint32_t)(g->starts.count - begin);
		while (g->starts.count % 64)
			vec_push(g->arena, &g->starts, 0);
	}
	g->words = g->starts.count / 64;
	g->first[g->dims] = (uint32_t)g->words;
}

/* ---- masks ---- */

size_t grid_bit(const struct grid *g, size_t dim, int64_t value)
{
	const int64_t *starts = g->starts.items + (size_t)g->first[dim] * 64;
	size_t low = 0, high = g->stretches[dim];
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (starts[middle] <= value)
			low = middle;
		else
			high = middle;
	}
	return (size_t)g->first[dim] * 64 + low;
}

int64_t grid_value(const struct grid *g, size_t bit)
{
	return g->starts.items[bit];
}

int64_t grid_last(const struct grid *g, size_t dim, size_t bit)
{
	size_t next = bit + 1 - (size_t)g->first[dim] * 64;
	return next < g->stretches[dim] ? g->starts.items[bit + 1] - 1 : g->high[dim];
}

static void set_bits(uint64_t *mask, size_t from, size_t to)
{
	for (size_t w = from / 64; w <= to / 64; w++) {
		uint64_t bits = UINT64_MAX;
		if (w == from / 64)
			bits &= UINT64_MAX << from % 64;
		if (w == to / 64)
			bits &= UINT64_MAX >> (63 - to % 64);
		mask[w] |= bits;
	}
}

void grid_none(const struct grid *g, uint64_t *mask, size_t dim)
{
	memset(mask + g->first[dim], 0, (g->first[dim + 1] - g->first[dim]) * sizeof *mask);
}

void grid_add(const struct grid *g, uint64_t *mask, size_t dim, int64_t low, int64_t high)
{
	low = low > g->low[dim] ? low : g->low[dim];
	high = high < g->high[dim] ? high : g->high[dim];
	if (low <= high)
		set_bits(mask, grid_bit(g, dim, low), grid_bit(g, dim, high));
}

void grid_fill(const struct grid *g, uint64_t *mask)
{
	memset(mask, 0, g->words * sizeof *mask);
	for (size_t k = 0; k < g->dims; k++)
		set_bits(mask, (size_t)g->first[k] * 64, (size_t)g->first[k] * 64 + g->stretches[k] - 1);
}

bool grid_meets(const struct grid *g, const uint64_t *a, const uint64_t *b, size_t dim)
{
	for (size_t w = g->first[dim]; w < g->first[dim + 1]; w++)
		if (a[w] & b[w])
			return true;
	return false;
}

bool grid_common(const struct grid *g, uint64_t *mask, const uint64_t *other)
{
	bool all = true;
	for (size_t k = 0; k < g->dims; k++)
		all &= grid_meets(g, mask, other, k);
	for (size_t w = 0; w < g->words; w++)
		mask[w] &= other[w];
	return all;
}

size_t grid_next(const struct grid *g, const uint64_t *mask, size_t dim, size_t from)
{
	for (size_t w = from / 64; w < g->first[dim + 1]; w++) {
		uint64_t bits = w == from / 64 ? mask[w] & UINT64_MAX << from % 64 : mask[w];
		if (bits)
			return w * 64 + (size_t)__builtin_ctzll(bits);
	}
	return SIZE_MAX;
}
