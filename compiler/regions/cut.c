/* Where to cut a box: at an edge of something undecided, so that the part with more rules has the fewest, and rules on
 * both sides are few. Of many rules a sample is looked at: any edge of any of them is a step forward. */
#include "regions/search.h"

#include <string.h>

enum { EDGES_OF_ATOM = 8 };          /* of an atom with many ranges so many edges are looked at */

struct stretch {                     /* where an item can be true in a dimension */
	int64_t low, high;
	uint32_t next;               /* of the same dimension, or NONE */
};
struct edge {
	uint32_t dim;
	int64_t at;
};

struct cutter {
	struct arena *arena;
	VEC(struct stretch) stretches;
	VEC(struct edge) edges;
	uint32_t *first;             /* per dimension: its stretches, or NONE */
	VEC(uint32_t) touched;
	size_t items;
};

struct cutter *cutter_new(struct arena *arena, size_t dims)
{
	struct cutter *c = arena_new_of(arena, struct cutter);
	c->arena = arena;
	c->first = arena_new_array(arena, uint32_t, dims);
	memset(c->first, 0xff, dims * sizeof *c->first);
	return c;
}

void cutter_start(struct cutter *c)
{
	for (size_t i = 0; i < c->touched.count; i++)
		c->first[c->touched.items[i]] = NONE;
	c->stretches.count = c->edges.count = c->touched.count = c->items = 0;
}

void cutter_item(struct cutter *c)
{
	c->items++;
}

static void add_edge(struct cutter *c, uint32_t dim, int64_t at)
{
	vec_push(c->arena, &c->edges, ((struct edge){ dim, at }));
}

/* Edges are first values of upper parts: in (low, high]. Gives where the atom can be true between low and high. */
static struct range add_edges(struct cutter *c, const struct atom *atom, uint32_t dim, int64_t low, int64_t high)
{
	struct range all = { high, low };
	size_t edges = 0;
	for (size_t i = 0; i < atom->ranges.count; i++) {
		const struct range *r = &atom->ranges.items[i];
		if (r->high < low || r->low > high)
			continue;
		if (r->low > low && edges++ < EDGES_OF_ATOM)
			add_edge(c, dim, r->low);
		if (r->high < high && edges++ < EDGES_OF_ATOM)
			add_edge(c, dim, r->high + 1);
		if (r->low <= all.low)
			all.low = r->low > low ? r->low : low;
		all.high = r->high < high ? r->high : high;
	}
	return all;
}

void cutter_atom(struct cutter *c, const struct atom *atom, uint32_t dim, int64_t low, int64_t high)
{
	if (atom_on(atom, low, high) != MAYBE)
		return;
	struct range r = add_edges(c, atom, dim, low, high);
	if (c->first[dim] == NONE)
		vec_push(c->arena, &c->touched, dim);
	vec_push(c->arena, &c->stretches, ((struct stretch){ r.low, r.high, c->first[dim] }));
	c->first[dim] = (uint32_t)c->stretches.count - 1;
}

static bool is_better(const struct cut *a, size_t a_smaller, const struct cut *b, size_t b_smaller)
{
	if (a->larger != b->larger)
		return a->larger < b->larger;
	if (a_smaller != b_smaller)
		return a_smaller < b_smaller;
	return a->dim != b->dim ? a->dim < b->dim : a->at < b->at;
}

bool cutter_can_cut(const struct cutter *c)
{
	return c->edges.count > 0;
}

/* Many rules share an edge: each is looked at once. */
static bool seen_before(const struct cutter *c, size_t at)
{
	const struct edge *e = &c->edges.items[at];
	for (size_t i = at > 8 ? at - 8 : 0; i < at; i++)
		if (c->edges.items[i].at == e->at && c->edges.items[i].dim == e->dim)
			return true;
	return false;
}

bool cutter_choose(struct cutter *c, struct cut *out)
{
	size_t best_smaller = 0;
	bool any = false;
	for (size_t k = 0; k < c->edges.count; k++) {
		const struct edge *e = &c->edges.items[k];
		size_t below = 0, above = 0;
		if (seen_before(c, k))
			continue;
		for (uint32_t i = c->first[e->dim]; i != NONE; i = c->stretches.items[i].next) {
			below += c->stretches.items[i].high < e->at;
			above += c->stretches.items[i].low >= e->at;
		}
		/* an item with two stretches in one dimension is counted twice, which is only a worse choice */
		size_t lower = c->items - (above < c->items ? above : c->items);
		size_t upper = c->items - (below < c->items ? below : c->items);
		struct cut cut = { e->dim, e->at, lower > upper ? lower : upper, c->items };
		size_t smaller = lower > upper ? upper : lower;
		if (any && !is_better(&cut, smaller, out, best_smaller))
			continue;
		*out = cut;
		best_smaller = smaller;
		any = true;
	}
	return any;
}
