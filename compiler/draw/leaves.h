/* What stands in a leaf: the outcome with its reasons, a gap, or a conflict. */
#ifndef GUIJU_DRAW_LEAVES_H
#define GUIJU_DRAW_LEAVES_H
#include "draw/chart.h"
#include "draw/list.h"

struct leaf {
	uint64_t outcomes;   /* 0: a gap */
	VEC(uint32_t) rules; /* indices into the decision's rules: the reasons of some case that ends here */
	VEC(uint32_t) sure;  /* of these, a rule that is a reason of every such case, a table of which some row is */
};

/* Which leaf each edge of a chart leads to: leaves with the same outcome and the same sure reasons are one; where no
 * reason is sure, the same reasons. */
struct leaves {
	VEC(struct leaf) items;
	uint32_t **of_edge; /* [node][edge]: index into items, NONE for edges to questions */
	bool coarse;	    /* reasons were too many to part: one leaf an outcome */
};

void leaves_of(struct decision_function *df, const struct chart *chart, struct leaves *leaves);
/* The leaf of a chart without questions. */
struct leaf leaf_of_all(struct decision_function *df, uint64_t outcomes);

/* Adds the rules of another leaf; what was sure of one alone is no longer. */
void leaf_join(struct arena *arena, struct leaf *leaf, const struct leaf *other);
/* The colour of an outcome: the same as in an earlier decision that has one of this id, if that is free. */
enum drawing_class outcome_class(const struct model *model, uint32_t decision, uint32_t outcome);

/* The node, complete but for its id. */
void leaf_node(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
	       struct drawing_node *node);

#endif
