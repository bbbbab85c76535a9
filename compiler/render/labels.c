/* Answers on their own lines.
 *
 * note [labels on lines] dot sets a label beside its edge, and in a fan of edges a reader cannot tell whose it is. So
 * each is moved onto its own line: to the place, near where dot put it, at which it covers no box and no other label
 * and the fewest other lines. Where that would cover too much, it stays.
 *
 * In the picture of a procedure lines are short and labels high: one that would hide its own line stands close beside
 * it, where there is room. Its colour says whose it is. */
#include "layout.h"

#include "draw/metrics.h"

#include <math.h>
#include <string.h>

enum {
	MOST_EDGES = 250 /* beyond, the page is not legible anyway */,
	STEPS = 24 /* of one Bézier */,
	ROUNDS = 3,
	SIDES = 6
};

#define NEAR	 0.3   /* what it costs to move by a point, */
#define OF_LABEL 200.0 /* to cover another label, */
#define OF_LINE	 30.0  /* or another line or the arrow's head, */
#define OFF_LINE 20.0  /* or to stay where dot put it */
#define HIDDEN	 20.0  /* or to hide where a line begins or ends, */
#define BESIDE	 9.0   /* or to stand beside it */
#define CLOSE	 9.0   /* and close to another, */
#define AROUND	 1.5   /* kept free around a label */
#define BEGINS	 3.0   /* of a line, to be seen where it begins */
#define ENDS	 8.0   /* and with its arrow where it ends */
#define ASIDE	 4.5   /* from a line to a label beside it */

typedef VEC(struct point) points;

struct labels {
	const struct drawing *d;
	struct layout *layout;
	points *lines;	    /* per edge: its path, sampled */
	struct point *size; /* per edge: half of its label */
};

static struct point on_bezier(const struct point *p, double t)
{
	double u = 1.0 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
	return (struct point){ a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
			       a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y };
}

static void sample(struct arena *arena, const struct placed_edge *edge, points *out)
{
	for (size_t i = 0; i + 3 < edge->path.count; i += 3)
		for (int k = 0; k <= STEPS; k++)
			vec_push(arena, out, on_bezier(edge->path.items + i, (double)k / STEPS));
}

static bool is_in(struct point p, struct point centre, struct point half)
{
	return fabs(p.x - centre.x) < half.x + AROUND && fabs(p.y - centre.y) < half.y + AROUND;
}

static bool meets_node(const struct labels *l, struct point centre, struct point half)
{
	for (size_t i = 0; i < l->d->nodes.count; i++) {
		const struct placed_node *n = &l->layout->nodes[i];
		if (is_in(n->centre, centre, (struct point){ half.x + n->width / 2, half.y + n->height / 2 }))
			return true;
	}
	return false;
}

static bool covers_line(const points *line, struct point centre, struct point half)
{
	for (size_t i = 0; i < line->count; i++)
		if (is_in(line->items[i], centre, half))
			return true;
	return false;
}

static double cost_of(const struct labels *l, size_t edge, struct point from, struct point at)
{
	double cost = NEAR * hypot(at.x - from.x, at.y - from.y);
	struct point half = l->size[edge];
	if (l->layout->edges[edge].has_tip && is_in(l->layout->edges[edge].tip, at, half))
		cost += OF_LINE;
	for (size_t i = 0; i < l->d->edges.count; i++) {
		const struct placed_edge *other = &l->layout->edges[i];
		if (i == edge)
			continue;
		if (other->has_label &&
		    is_in(other->label, at, (struct point){ half.x + l->size[i].x, half.y + l->size[i].y }))
			cost += OF_LABEL;
		if (covers_line(&l->lines[i], at, half))
			cost += OF_LINE;
	}
	return cost;
}

/* What a label there hides of its own line. */
static double hiding_cost(const struct labels *l, size_t edge, struct point at)
{
	const points *line = &l->lines[edge];
	const struct placed_edge *placed = &l->layout->edges[edge];
	struct point first = line->items[0], last = placed->has_tip ? placed->tip : line->items[line->count - 1];
	bool begins = false, ends = false;
	for (size_t i = 0; i < line->count; i++) {
		struct point p = line->items[i];
		if (!is_in(p, at, l->size[edge]))
			continue;
		begins |= hypot(p.x - first.x, p.y - first.y) < BEGINS;
		ends |= hypot(p.x - last.x, p.y - last.y) < ENDS;
	}
	return (begins ? HIDDEN : 0.0) + (ends ? HIDDEN : 0.0);
}

/* Beside its line a label is not to lie on it, nor to look like another line's. */
static double crossing_cost(const struct labels *l, size_t edge, struct point at)
{
	double cost = covers_line(&l->lines[edge], at, l->size[edge]) ? HIDDEN : 0.0;
	const struct point wide = { l->size[edge].x + ASIDE, l->size[edge].y };
	for (size_t i = 0; i < l->d->edges.count; i++)
		if (i != edge && covers_line(&l->lines[i], at, wide))
			cost += CLOSE;
	return cost;
}

struct best {
	double cost;
	struct point at;
};

static void consider(const struct labels *l, size_t edge, struct point from, struct point at, double more,
		     struct best *best)
{
	struct point half = l->size[edge];
	if (meets_node(l, at, half) || at.x < half.x || at.y < half.y || at.x > l->layout->width - half.x ||
	    at.y > l->layout->height - half.y)
		return;
	double cost = more + cost_of(l, edge, from, at);
	if (cost < best->cost)
		*best = (struct best){ cost, at };
}

/* Left, right, or at a corner of the label. */
static struct point beside(struct point on, struct point half, int side)
{
	int row = side / 2 - 1;
	double x = (side % 2 ? 1.0 : -1.0) * (half.x + ASIDE), y = row * (half.y + ASIDE);
	return (struct point){ on.x + x, on.y + y };
}

static void move(struct labels *l, size_t edge, struct point from)
{
	const points *line = &l->lines[edge];
	bool short_lines = strcmp(l->d->kind, "procedure") == 0;
	struct best best = { OFF_LINE + cost_of(l, edge, from, from), from };
	if (short_lines)
		best.cost += hiding_cost(l, edge, from) + crossing_cost(l, edge, from);
	for (size_t i = 0; i < line->count; i++) {
		consider(l, edge, from, line->items[i], short_lines ? hiding_cost(l, edge, line->items[i]) : 0.0,
			 &best);
		for (int side = 0; short_lines && side < SIDES; side++) {
			struct point at = beside(line->items[i], l->size[edge], side);
			consider(l, edge, from, at, BESIDE + hiding_cost(l, edge, at) + crossing_cost(l, edge, at),
				 &best);
		}
	}
	l->layout->edges[edge].label = best.at;
}

void labels_place(struct arena *arena, const struct drawing *d, struct layout *layout)
{
	struct labels l = { d, layout, arena_new_array(arena, points, d->edges.count + 1),
			    arena_new_array(arena, struct point, d->edges.count + 1) };
	struct point *from = arena_new_array(arena, struct point, d->edges.count + 1);
	if (d->edges.count > MOST_EDGES)
		return;
	for (size_t i = 0; i < d->edges.count; i++) {
		label_extent(&d->edges.items[i], &l.size[i].x, &l.size[i].y);
		l.size[i] = (struct point){ l.size[i].x / 2, l.size[i].y / 2 };
		from[i] = layout->edges[i].label;
		sample(arena, &layout->edges[i], &l.lines[i]);
	}
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < d->edges.count; i++)
			if (layout->edges[i].has_label && d->edges.items[i].labels.count > 0)
				move(&l, i, from[i]);
}
