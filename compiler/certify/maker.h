/* What the parts of the maker share: the plain form as it will be read, and the box of cases that is being looked at. */
#ifndef GUIJU_CERTIFY_MAKER_H
#define GUIJU_CERTIFY_MAKER_H
#include "lower/terms.h"
#include "support/writer.h"

enum {
	LIMIT_PLAIN_BOXES = 1 << 16, /* of one rule */
	LIMIT_CERTIFICATE_DEPTH = 3900, /* cuts within each other: the checker takes 4000 */
	NODES_FOR_A_BOX = 64,	     /* budget of a decision's trees, for each box of its rules */
	NODES_FOR_A_CASE = 4096	     /* budget of the search for a rule's case */
};

struct plain_test {		     /* the axis has a value from low to high */
	uint32_t axis;
	int64_t low, high;
};
struct plain_box {
	struct plain_test *tests;    /* by axis, ascending */
	size_t count;
	uint32_t rule;		     /* its place among its decision's rules */
};
typedef VEC(struct plain_box) plain_boxes;

struct axis_span {		     /* all values of a dimension, or outcomes of a decision */
	int64_t low, high;
};

/* The boxes of a condition less its exception (NULL: none); false: more than LIMIT_PLAIN_BOXES, or too much work. */
bool plain_boxes_of(struct arena *arena, const struct axis_span *axes, const term_list *when, const term_list *except,
		    plain_boxes *out);

struct plain_rule {
	uint32_t index, outcome;     /* index: in the model */
	bool shown;		     /* a case of it is in the certificate */
};
struct plain_decision {
	const struct decision *decision;
	struct plain_rule *rules;
	plain_boxes boxes;	     /* of its rules, in their order */
	bool proved;
};

typedef VEC(const struct plain_box *) box_list;

struct maker {
	struct arena *arena;
	const struct model *model;
	size_t axis_count, dim_count;
	struct axis_span *all, *node; /* per axis: dimensions, then decisions */
	struct plain_decision *decisions;
	plain_boxes constraints;     /* boxes without a case */
	struct writer *w;
	uint64_t nodes_left;	     /* the budget */
};

/* ---- boxes against the node (node.c) ---- */

bool box_meets(const struct maker *m, const struct plain_box *box);
bool box_contains_node(const struct maker *m, const struct plain_box *box);
bool rule_beats(const struct maker *m, const struct plain_decision *d, uint32_t a, uint32_t b);
/* Boxes that meet the node. */
box_list boxes_that_meet(const struct maker *m, const plain_boxes *boxes);
/* The node holds no case, since a constraint excludes it or the decision does not come to these outcomes here. */
bool node_is_excluded(const struct maker *m);
bool node_is_void(const struct maker *m, uint32_t decision);

struct cut {
	uint32_t axis;
	int64_t from;		     /* first value of the second side */
	double cost;		     /* squares of the boxes on the two sides, as parts of the square of all; 2: no gain */
	bool found;
};
/* The cut at a bound of these boxes inside the node that parts them best. */
struct cut find_cut(const struct maker *m, const struct plain_box *const *boxes, size_t count);
/* The same for what does not concern the decision itself: bounds of constraints and of the decisions that feed it. */
struct cut find_cut_behind(const struct maker *m, const struct plain_decision *d);

/* ---- steps ---- */

/* Trees that cover the decision's cases and settle all its conflicts (tree.c); false: not so, or the budget ends. */
bool write_trees(struct maker *m, struct plain_decision *d);
/* A case for every rule that has none yet (cases.c). */
bool write_cases(struct maker *m, struct plain_decision *d);

#endif
