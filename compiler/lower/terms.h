/* Conditions as unions of boxes. */
#ifndef GUIJU_LOWER_TERMS_H
#define GUIJU_LOWER_TERMS_H
#include "model/model.h"
#include "support/vec.h"

/* Limits, each a `limit` finding. */
enum {
	LIMIT_RULE_TERMS = 4096,       /* boxes that one rule's condition (or exception, or a constraint) falls into */
	LIMIT_DECISION_TERMS = 1 << 20 /* boxes of all rules of a decision */
};

/* A test of one axis: a dimension of the model, or, counted on from the last dimension, a feeding decision. */
struct term_test {
	uint32_t axis;
	struct ranges ranges; /* not empty, inside the axis, and never all of it */
};

struct term {			 /* a box: every test holds; no test at all: everything */
	struct term_test *tests; /* by axis, ascending */
	size_t count;
};

typedef VEC(struct term) term_list;

/* The boxes of a condition, or of its negation. Their union is the condition; they may overlap.
 * false: more than LIMIT_RULE_TERMS. */
bool terms_expand(struct arena *arena, const struct model *model, const struct cond *cond, bool negated,
		  term_list *out);

/* Parts of each dimension: a cut is the first value of the next part. */
struct cuts {
	int64_t *items; /* ascending; each above the dimension's low and at most its high */
	uint32_t count;
};

/* The cuts that these boxes make, one array per dimension. */
struct cut_maker;
struct cut_maker *cut_maker_new_in(struct arena *arena, const struct model *model);
void cut_maker_add(struct cut_maker *maker, const term_list *terms);
const struct cuts *cut_maker_finish(struct cut_maker *maker);
/* The part of a value. */
uint32_t cuts_part(const struct cuts *cuts, int64_t value);

#endif
