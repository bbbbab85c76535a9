/* Sets of cases as decision diagrams, so that regions are taken from what is left without looking for it again.
 *
 * note [diagram] A node divides one dimension of the question into stretches and says of each what is left of the later
 * dimensions: nothing, everything, or a node. Dimensions are in the question's order, none stands twice on a path, one
 * on which nothing depends is passed over, and equal sets are one node. So the least case is the leftmost path, whether
 * a box lies inside is seen along its paths, and taking a box away makes new nodes along them only. */
#ifndef GUIJU_REGIONS_DIAGRAM_H
#define GUIJU_REGIONS_DIAGRAM_H
#include "regions/search.h"

enum { DIAGRAM_NONE, DIAGRAM_ALL }; /* sets; every other one is a node */
enum { DIAGRAM_DIMS = 8192 };	    /* of a question: joins go as deep into the stack as there are dimensions */
enum diagram_op { DIAGRAM_OR, DIAGRAM_AND, DIAGRAM_LESS };

struct diagram_edge {
	int64_t first; /* of the stretch; of the first one nothing: it begins where the dimension does */
	uint32_t to;
};

struct node {
	uint32_t place, first, count; /* edges */
	uint32_t hash, next;
	uint32_t counted, met; /* serials: of its volume, of the walk that met it */
	struct natural volume;
};

struct joined {
	uint32_t op, a, b, result;
};

struct diagram {
	struct search *s;
	bool whole;
	uint64_t steps;	 /* joins, where they cost */
	uint32_t *order; /* the search's, when its sets began */
	size_t order_count;
	uint32_t renewed;
	VEC(struct node) nodes;		      /* the first two stand for the sets that are none */
	VEC(struct diagram_edge) edges, made; /* made: of nodes under way */
	size_t table_size;
	uint32_t *table;
	struct joined *cache;	      /* of as many */
	struct natural volume, *sums; /* scratch, per place */
	struct pad pad;		      /* volumes */
	uint32_t serial;
	/* what is left of a question (left.c) */
	VEC(uint32_t) parts; /* to be joined: of 2^k added ones each, larger ones first */
	size_t added;
	uint32_t left;
	bool lost;		   /* not kept */
	VEC(uint32_t) front, next; /* where the region under way leads, up to the place … */
	size_t front_at;	   /* … here */
	uint32_t walk;		   /* serial */
};

static inline bool diagram_suits(const struct search *s)
{
	return s->order_count <= DIAGRAM_DIMS;
}

static inline int64_t place_low(const struct diagram *d, uint32_t place)
{
	uint32_t dim = d->s->order[place];
	return d->whole ? d->s->regions->model->dims[dim].low : d->s->start_low[dim];
}

static inline int64_t place_high(const struct diagram *d, uint32_t place)
{
	uint32_t dim = d->s->order[place];
	return d->whole ? d->s->regions->model->dims[dim].high : d->s->start_high[dim];
}

/* `whole`: its sets say of all values of the dimensions which are cases, not of those in the start box alone, and joins
 * cost what boxes do. `table`: a power of two; so many nodes are found fast. */
struct diagram *diagram_new_in(struct search *s, size_t table, bool whole);
/* Before a question: forgets all sets if they are many, or of other dimensions. true: it did. */
bool diagram_renew(struct diagram *d);
void diagram_drop(struct diagram *d);		   /* all sets are to be forgotten before the next question */
uint32_t diagram_renewed(const struct diagram *d); /* how often it forgot: later sets are others */
/* Another question: other dimensions are open, the start box is another one. `wanted`: what is left of it. */
void diagram_start(struct diagram *d, bool wanted);
/* The set of these stretches of the dimension at that place in the order. */
uint32_t diagram_node(struct diagram *d, uint32_t place, const struct diagram_edge *edges, size_t count);
/* Where the dimension has a value in the ranges, which lie in the start box (whole: the dimension), `to`; else nothing.
 */
uint32_t diagram_within(struct diagram *d, uint32_t place, const struct ranges *values, uint32_t to);
uint32_t diagram_of_box(struct diagram *d); /* the search's, as far as it is less than the start box */
uint32_t diagram_join(struct diagram *d, enum diagram_op op, uint32_t a, uint32_t b);
/* Cases of it, over the open dimensions, or, whole, over all; the number lives until it is asked for another. */
const struct natural *diagram_volume(struct diagram *d, uint32_t set);

/* ---- what is left of a question (left.c) ---- */

void diagram_add(struct diagram *d, uint32_t set); /* disjoint from those before */
/* All are added. Here and below, false: not wanted, or too large to be kept; regions are to be searched for. */
bool diagram_close(struct diagram *d);
uint32_t diagram_left(const struct diagram *d);
bool diagram_take(struct diagram *d, const struct ranges *values);

bool diagram_least(struct diagram *d, int64_t *least); /* false: nothing is left */
/* As plain_next_bad(), for places in ascending order after diagram_least(); false: there is none. */
bool diagram_next_bad(struct diagram *d, size_t at, const struct ranges *values, const int64_t *least, int64_t low,
		      int64_t *bad);
/* The set has a case with these values, per place. */
bool diagram_meets(struct diagram *d, uint32_t set, const struct ranges *values);

/* ---- questions as sets (formula.c). note [formulas] ---- */

/* The cases of the question prepared, of GOAL_CHANGE some of them if there are any; what is left of the diagram is
 * these. NULL: too large, or a limit ended it. */
struct diagram *formula_of(struct search *s, uint32_t *set);

#endif
