/* Sets of cases as decision diagrams, so that regions are taken from what is left without looking for it again.
 *
 * note [diagram] A node divides one dimension of the question into stretches and says of each what is left of the later
 * dimensions: nothing, everything, or a node. Dimensions are in the question's order, none stands twice on a path, one
 * on which nothing depends is passed over, and equal sets are one node. So the least case is the leftmost path, whether
 * a box lies inside is seen along its paths, and taking a box away makes new nodes along them only. */
#ifndef GUIJU_REGIONS_DIAGRAM_H
#define GUIJU_REGIONS_DIAGRAM_H
#include "regions/search.h"

enum { DIAGRAM_NONE, DIAGRAM_ALL };  /* sets; every other one is a node */
enum diagram_op { DIAGRAM_OR, DIAGRAM_AND, DIAGRAM_LESS };

struct diagram_edge {
	int64_t first;               /* of the stretch; of the first one nothing: it begins where the dimension does */
	uint32_t to;
};

struct diagram *diagram_new_in(struct search *s);        /* reset it before the first question */
void diagram_reset(struct diagram *d);                   /* forgets all sets */
bool diagram_is_full(const struct diagram *d);           /* it is to be reset before another question */
/* Another question: other dimensions are open, the start box is another one. `wanted`: what is left of it. */
void diagram_start(struct diagram *d, bool wanted);
/* The set of these stretches of the dimension at that place in the order. */
uint32_t diagram_node(struct diagram *d, uint32_t place, const struct diagram_edge *edges, size_t count);
uint32_t diagram_of_box(struct diagram *d);              /* the search's, as far as it is less than the start box */
uint32_t diagram_join(struct diagram *d, enum diagram_op op, uint32_t a, uint32_t b);
/* Cases of it, over the open dimensions; the number lives until it is asked for another. */
const struct natural *diagram_volume(struct diagram *d, uint32_t set);

/* ---- what is left of a question ---- */

void diagram_add(struct diagram *d, uint32_t set);       /* disjoint from those before */
/* All are added. Here and below, false: not wanted, or too large to be kept; regions are to be searched for. */
bool diagram_close(struct diagram *d);
bool diagram_take(struct diagram *d, const struct ranges *values);

bool diagram_least(struct diagram *d, int64_t *least);   /* false: nothing is left */
/* As plain_next_bad(), for places in ascending order after diagram_least(); false: there is none. */
bool diagram_next_bad(struct diagram *d, size_t at, const struct ranges *values, const int64_t *least, int64_t low,
		      int64_t *bad);

#endif
