/* Where everything stands: the answer of Graphviz, copied out, in points, y downwards. */
#ifndef GUIJU_RENDER_LAYOUT_H
#define GUIJU_RENDER_LAYOUT_H
#include "draw/list.h"

struct point {
	double x, y;
};

struct placed_node {
	struct point centre;
	double width, height;
};

struct placed_edge {
	VEC(struct point) path; /* of cubic Béziers: 1 + 3n points */
	bool has_tip;
	struct point tip; /* of the arrow */
	bool has_label;
	struct point label; /* its centre */
};

struct layout {
	double width, height;
	bool right;		   /* drawn left to right */
	struct placed_node *nodes; /* as in the list */
	struct placed_edge *edges;
	double *columns; /* of a timeline: where each column begins, and the last one ends */
};

/* Graphviz with the list in it. */
struct graph;
struct graph *graph_new(struct arena *arena, const struct drawing *drawing); /* NULL: it would not */
void graph_free(struct graph *graph);
/* The graph as DOT, before layout. NULL: no memory. */
const char *graph_dot(struct graph *graph, size_t *size);
/* Space between nodes of a rank, and between ranks: times NODE_GAP, RANK_GAP (draw/metrics.h). */
struct gaps {
	double nodes, ranks;
};
/* Lays out. false: it failed, or the answer lacks a node or an edge. */
bool graph_layout(struct graph *graph, bool right, const struct gaps *gaps, struct layout *out);

/* Moves the labels of edges onto their lines (labels.c). */
void labels_place(struct arena *arena, const struct drawing *drawing, struct layout *layout);

#endif
