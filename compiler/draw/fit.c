/* Puts nodes into ranks by their longest path, as dot does, and adds up what stands in each. Edges that pass a rank
 * take space in it too. dot needs a little more than the sum, since it keeps edges straight. */
#include "draw/fit.h"

#include "draw/contour.h"
#include "draw/metrics.h"

#include <string.h>

#define STRAIGHT       1.08 /* what dot needs over the bare sum, across; measured on the pictures of rulebooks/ */
#define LOOSE	       0.98 /* dot moves branches a little into each other */
#define LABEL_AROUND_X 15.0 /* what dot puts around a label */
#define LABEL_AROUND_Y 8.0
#define LABEL_TIGHT_Y  0.7 /* of its lines: guiju-draw takes off what it can (render/graph.c) */

struct ranks {
	uint32_t *rank; /* per node */
	uint32_t count;
	double *across, *along;		    /* per rank: sum of its nodes, largest of them */
	double *label_across, *label_along; /* per gap below a rank */
};

static void find_ranks(const struct drawing *d, struct ranks *r)
{
	bool changed = true;
	r->count = 1;
	for (size_t turn = 0; turn < d->nodes.count && changed; turn++) {
		changed = false;
		for (size_t i = 0; i < d->edges.count; i++) {
			const struct drawing_edge *e = &d->edges.items[i];
			if (r->rank[e->to] > r->rank[e->from] || e->to == e->from)
				continue;
			r->rank[e->to] = r->rank[e->from] + 1;
			r->count = r->rank[e->to] >= r->count ? r->rank[e->to] + 1 : r->count;
			changed = true;
		}
	}
	if (r->count > d->nodes.count + 1)
		r->count = (uint32_t)d->nodes.count + 1;
}

/* Measures of a thing as the flow sees them. */
static void turn(double *across, double *along, bool right)
{
	double other = *across;
	if (right) {
		*across = *along;
		*along = other;
	}
}

static void add_nodes(const struct drawing *d, struct ranks *r, bool right)
{
	for (size_t i = 0; i < d->nodes.count; i++) {
		double across, along;
		node_extent(&d->nodes.items[i], &across, &along);
		turn(&across, &along, right);
		uint32_t rank = r->rank[i];
		r->across[rank] += across + NODE_GAP;
		r->along[rank] = along > r->along[rank] ? along : r->along[rank];
	}
}

static void add_edges(const struct drawing *d, struct ranks *r, bool right)
{
	for (size_t i = 0; i < d->edges.count; i++) {
		const struct drawing_edge *e = &d->edges.items[i];
		uint32_t from = r->rank[e->from], to = r->rank[e->to], middle = from + (to - from - 1) / 2;
		double across, along;
		label_extent(e, &across, &along);
		across += LABEL_AROUND_X;
		along = along * LABEL_TIGHT_Y + LABEL_AROUND_Y;
		turn(&across, &along, right);
		for (uint32_t k = from + 1; k < to; k++) /* the label stands beside the line, which is kept straight */
			r->across[k] += NODE_GAP + (e->labels.count > 0 && to - from > 2 ? across : 0.0);
		if (to <= from || e->labels.count == 0)
			continue;
		r->label_across[middle] += across + NODE_GAP;
		r->label_along[middle] = along > r->label_along[middle] ? along : r->label_along[middle];
	}
}

/* Legend and notes. */
static double foot(const struct drawing *d, double width)
{
	double legend = 0.0, lines = 0.0;
	for (size_t i = 0; i < d->legends.count; i++)
		legend += text_width(d->legends.items[i].text) * NOTE_SIZE / 1000.0 + LEGEND_AROUND;
	for (size_t i = 0; i < d->notes.count; i++)
		lines += 1.0 + (double)(uint32_t)(text_width(d->notes.items[i].text) * NOTE_SIZE / 1000.0 / width);
	return FOOT_GAP + lines * NOTE_STEP + (1.0 + (double)(uint32_t)(legend / width)) * LEGEND_STEP;
}

static double scale_on(const struct drawing *d, double width, double height, double across, double down)
{
	double x = (across - 2 * PAGE_MARGIN) / width;
	double y = (down - 2 * PAGE_MARGIN - TITLE_HEIGHT - foot(d, across - 2 * PAGE_MARGIN)) / height;
	double scale = x < y ? x : y;
	return scale < 1.0 ? scale : 1.0;
}

static const struct contour_box *boxes_of(struct arena *arena, const struct drawing *d, bool right)
{
	struct contour_box *boxes = arena_new_array(arena, struct contour_box, d->nodes.count + 1);
	for (size_t i = 0; i < d->nodes.count; i++) {
		double along;
		node_extent(&d->nodes.items[i], &boxes[i].node, &along);
		turn(&boxes[i].node, &along, right);
		boxes[i].node += NODE_GAP;
	}
	for (size_t i = 0; i < d->edges.count; i++) {
		struct contour_box *box = &boxes[d->edges.items[i].to];
		double across, along;
		label_extent(&d->edges.items[i], &across, &along);
		turn(&across, &along, right);
		box->label = across + NODE_GAP > box->label ? across + NODE_GAP : box->label;
	}
	return boxes;
}

static double flow_scale(struct arena *arena, const struct drawing *d, bool right)
{
	size_t room = d->nodes.count + 2;
	struct ranks r = { .rank = arena_new_array(arena, uint32_t, room) };
	r.across = arena_new_array(arena, double, room);
	r.along = arena_new_array(arena, double, room);
	r.label_across = arena_new_array(arena, double, room);
	r.label_along = arena_new_array(arena, double, room);
	find_ranks(d, &r);
	add_nodes(d, &r, right);
	add_edges(d, &r, right);
	double widest = 1.0, sum = 1.0;
	for (uint32_t i = 0; i < r.count; i++) {
		widest = r.across[i] > widest ? r.across[i] : widest;
		widest = r.label_across[i] > widest ? r.label_across[i] : widest;
		sum += r.along[i] + r.label_along[i] + RANK_GAP;
	}
	double branches = LOOSE * contour_width(arena, d, r.rank, r.count, boxes_of(arena, d, right));
	widest = branches > widest * STRAIGHT ? branches : widest * STRAIGHT;
	double width = right ? sum : widest, height = right ? widest : sum;
	double upright = scale_on(d, width, height, A4_SHORT, A4_LONG),
	       lying = scale_on(d, width, height, A4_LONG, A4_SHORT);
	return upright > lying ? upright : lying;
}

double drawing_scale(struct arena *arena, const struct drawing *d)
{
	struct arena_mark mark = arena_save(arena);
	double down = d->flow == FLOW_RIGHT ? 0.0 : flow_scale(arena, d, false);
	double right = d->flow == FLOW_DOWN ? 0.0 : flow_scale(arena, d, true);
	arena_restore(arena, mark);
	return down > right ? down : right;
}

bool drawing_fits(struct arena *arena, const struct drawing *d)
{
	return d->nodes.count <= DRAWING_PAGE_NODES && drawing_scale(arena, d) * SMALLEST_TYPE >= SMALLEST_LEGIBLE;
}
