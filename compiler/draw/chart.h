/* The chart of a decision: questions in one order, edges with the answers, outcomes at the end; equal rests are one.
 *
 * note [order of questions]
 * The number of questions drawn depends on their order. Searched are the orders that keep the facts of one clause
 * together; the fewest nodes win, and of those the order of declaration. Whatever the order, what remains to be asked
 * after some questions is a set of functions (their rests), and the nodes still to come depend on that set alone: so
 * the search keeps, for each set, the cheapest way to it. It is exact while it keeps all sets (BEAM), else greedy. */
#ifndef GUIJU_DRAW_CHART_H
#define GUIJU_DRAW_CHART_H
#include "draw/questions.h"
#include "support/vec.h"

struct answer_edge {
	VEC(uint32_t) parts; /* answers that lead here, ascending */
	function rest;
	bool leaf;
	uint32_t node;	   /* of a question */
	uint64_t outcomes; /* of a leaf: 0 a gap, more than one bit a conflict */
};

struct chart_node {
	uint32_t variable;
	function rest;
	VEC(struct answer_edge) edges; /* by their least part */
};

struct chart {
	VEC(struct chart_node) nodes; /* the first is the root; edges lead to later nodes */
	struct answer_edge root;      /* leaf: nothing is asked */
	bool no_case;		      /* constraints leave no case at all */
	bool too_large;
};

struct chart *chart_of(struct decision_function *df);
/* The same in an order given; too_large also if the order leaves something open. */
struct chart *chart_in_order(struct decision_function *df, const uint32_t *order, uint32_t count);

/* One question of a rest: the answers with what remains after each, those without a case left out, those that may lead
 * to the same put together. One edge: it need not be asked. */
typedef VEC(struct answer_edge) answer_edges;
void chart_answers(struct decision_function *df, function rest, uint32_t variable, answer_edges *out);

/* The order, as variables; false: too large. */
bool questions_in_order(struct decision_function *df, uint32_t *order, uint32_t *count);

#endif
