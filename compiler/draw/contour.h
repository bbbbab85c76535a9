/* How wide a drawing is if every node stands over the middle of what it leads to (Reingold and Tilford 1981): the sum
 * of a rank is too little where two deep branches stand side by side, since their ranks are not full. */
#ifndef GUIJU_DRAW_CONTOUR_H
#define GUIJU_DRAW_CONTOUR_H
#include "draw/list.h"

struct contour_box {
	double node;  /* extents across the flow, gap included */
	double label; /* of the edge from its parent */
};

/* rank[i] of each node; boxes[i]. Each node hangs under one node of the rank before, if there is one. */
double contour_width(struct arena *arena, const struct drawing *d, const uint32_t *rank, uint32_t rank_count,
		     const struct contour_box *boxes);

#endif
