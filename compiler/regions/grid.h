/* What of a box other boxes leave, over dimensions divided where anything changes.
 *
 * note [grid] Each dimension is divided into stretches on which every box concerned is all or nothing. A set of a
 * dimension's values is then a bit per stretch, and a product of sets (here: a mask) a few words a dimension, whether
 * or not the sets have holes. What is left of a part is found in three steps. A box that reaches across the part in all
 * dimensions but one only takes stretches away, which needs no cut. Boxes without a common dimension in which they do
 * not reach across are independent: what they leave is the product of what each leaves. What remains is cut in two by
 * one box's set in the dimension that most boxes depend on. */
#ifndef GUIJU_REGIONS_GRID_H
#define GUIJU_REGIONS_GRID_H
#include "regions/search.h"

enum { GRID_DIMS = 64 };             /* at most: a word has a bit for each */

struct piece {                       /* a box that meets the part under way and does not cover it */
	const uint64_t *mask;
	uint64_t open;               /* dimensions in which it does not reach across the part */
};

struct grid_edge {
	uint32_t dim;
	int64_t at;                  /* the first value of a stretch */
};

struct grid_frame;

struct grid {
	struct arena *arena;
	size_t dims, words;          /* words of a mask */
	int64_t low[GRID_DIMS], high[GRID_DIMS];
	uint32_t first[GRID_DIMS + 1];  /* words of a dimension: first[k] … first[k + 1] */
	uint32_t stretches[GRID_DIMS];
	VEC(int64_t) starts;         /* first value of the stretch at bit b of word w: [w * 64 + b] */
	VEC(struct grid_edge) edges;
	VEC(struct piece) pieces;    /* those of the next question */
	VEC(struct grid_frame *) frames;
};

/* ---- making it: dimensions, then edges, then masks ---- */

void grid_start(struct grid *g, struct arena *arena);   /* forgets everything but its memory */
void grid_dim(struct grid *g, int64_t low, int64_t high);
void grid_edges(struct grid *g, size_t dim, const struct ranges *set);  /* ranges may lie outside the dimension */
void grid_divide(struct grid *g);

void grid_fill(const struct grid *g, uint64_t *mask);   /* all of all dimensions */
void grid_none(const struct grid *g, uint64_t *mask, size_t dim);
/* Adds low..high, whose ends are edges or lie outside the dimension. */
void grid_add(const struct grid *g, uint64_t *mask, size_t dim, int64_t low, int64_t high);
/* The mask becomes what both have; false: nothing. */
bool grid_common(const struct grid *g, uint64_t *mask, const uint64_t *other);
bool grid_meets(const struct grid *g, const uint64_t *a, const uint64_t *b, size_t dim);
/* The mask's first bit at `from` or after, in the dimension; or SIZE_MAX. */
size_t grid_next(const struct grid *g, const uint64_t *mask, size_t dim, size_t from);
size_t grid_bit(const struct grid *g, size_t dim, int64_t value);       /* of the stretch with the value */
int64_t grid_value(const struct grid *g, size_t bit);   /* the stretch's first value */
int64_t grid_last(const struct grid *g, size_t dim, size_t bit);        /* … and last */

/* ---- asking ---- */

void grid_piece(struct grid *g, const uint64_t *mask);  /* one more box of the next question; kept by the caller */

/* Whether the pieces leave something of the part. Both questions forget the pieces. */
enum reply grid_leaves(struct grid *g, struct regions *r, const uint64_t *part);
/* How many points they leave; false: a limit ended it. */
bool grid_volume(struct grid *g, struct regions *r, const uint64_t *part, struct natural *n);
struct natural grid_natural(const struct grid *g, struct arena *arena); /* large enough for a volume */

#endif
