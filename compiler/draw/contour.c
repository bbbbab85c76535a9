/* Places the branches of a tree next to each other, as close as their outlines allow, level by level. */
#include "draw/contour.h"

#include <string.h>

#define NOWHERE UINT32_MAX

struct outline { /* of a branch, relative to its node; levels 2r: nodes of rank r, 2r-1: labels */
	double *left, *right;
	bool *has;
};

struct tree {
	struct arena *arena;
	const struct drawing *d;
	const uint32_t *rank;
	uint32_t levels;
	const struct contour_box *boxes;
	uint32_t *parent;
};

static void find_parents(struct tree *t)
{
	for (size_t i = 0; i < t->d->nodes.count; i++)
		t->parent[i] = NOWHERE;
	for (size_t i = 0; i < t->d->edges.count; i++) {
		const struct drawing_edge *e = &t->d->edges.items[i];
		if (t->parent[e->to] == NOWHERE && t->rank[e->from] + 1 == t->rank[e->to])
			t->parent[e->to] = e->from;
	}
}

static struct outline outline_new(const struct tree *t)
{
	return (struct outline){ arena_new_array(t->arena, double, t->levels),
				 arena_new_array(t->arena, double, t->levels),
				 arena_new_array(t->arena, bool, t->levels) };
}

static void cover(struct outline *o, uint32_t level, double left, double right)
{
	if (!o->has[level] || left < o->left[level])
		o->left[level] = left;
	if (!o->has[level] || right > o->right[level])
		o->right[level] = right;
	o->has[level] = true;
}

/* How far right of `all` a branch must stand. */
static double distance(const struct tree *t, const struct outline *all, const struct outline *branch)
{
	double most = 0.0;
	bool first = true;
	for (uint32_t i = 0; i < t->levels; i++) {
		if (!all->has[i] || !branch->has[i])
			continue;
		double need = all->right[i] - branch->left[i];
		most = first || need > most ? need : most;
		first = false;
	}
	return most;
}

static void add_branch(const struct tree *t, struct outline *all, const struct outline *branch, double shift)
{
	for (uint32_t i = 0; i < t->levels; i++)
		if (branch->has[i])
			cover(all, i, branch->left[i] + shift, branch->right[i] + shift);
}

static void shift_all(const struct tree *t, struct outline *all, double shift)
{
	for (uint32_t i = 0; i < t->levels; i++) {
		all->left[i] -= shift;
		all->right[i] -= shift;
	}
}

static double extent(const struct tree *t, const struct outline *o)
{
	double left = 0.0, right = 0.0;
	for (uint32_t i = 0; i < t->levels; i++) {
		left = o->has[i] && o->left[i] < left ? o->left[i] : left;
		right = o->has[i] && o->right[i] > right ? o->right[i] : right;
	}
	return right - left;
}

typedef VEC(struct outline) outlines;

/* The branches next to each other, the last first if `reverse`, and their node over the middle. */
static struct outline side_by_side(const struct tree *t, const outlines *branches, bool reverse)
{
	struct outline all = outline_new(t);
	double last = 0.0;
	for (size_t i = 0; i < branches->count; i++) {
		const struct outline *branch = &branches->items[reverse ? branches->count - 1 - i : i];
		last = i > 0 ? distance(t, &all, branch) : 0.0;
		add_branch(t, &all, branch, last);
	}
	shift_all(t, &all, last / 2);
	return all;
}

/* The outline of a node with all that hangs under it, in the better of two orders. Depth is that of the ranks. */
static struct outline outline_of(const struct tree *t, uint32_t node)
{
	outlines branches = { 0 };
	for (uint32_t i = 0; i < t->d->nodes.count; i++) {
		if (t->parent[i] != node)
			continue;
		struct outline branch = outline_of(t, i);
		cover(&branch, 2 * t->rank[i] - 1, -t->boxes[i].label / 2, t->boxes[i].label / 2);
		vec_push(t->arena, &branches, branch);
	}
	struct outline one = side_by_side(t, &branches, false), other = side_by_side(t, &branches, true);
	struct outline *best = extent(t, &other) < extent(t, &one) ? &other : &one;
	cover(best, 2 * t->rank[node], -t->boxes[node].node / 2, t->boxes[node].node / 2);
	return *best;
}

double contour_width(struct arena *arena, const struct drawing *d, const uint32_t *rank, uint32_t rank_count,
		     const struct contour_box *boxes)
{
	struct tree t = { .arena = arena, .d = d, .rank = rank, .levels = 2 * rank_count, .boxes = boxes };
	t.parent = arena_new_array(arena, uint32_t, d->nodes.count + 1);
	find_parents(&t);
	struct outline all = outline_new(&t);
	for (uint32_t i = 0; i < d->nodes.count; i++) {
		if (t.parent[i] != NOWHERE)
			continue;
		struct outline branch = outline_of(&t, i);
		add_branch(&t, &all, &branch, distance(&t, &all, &branch));
	}
	return extent(&t, &all);
}
