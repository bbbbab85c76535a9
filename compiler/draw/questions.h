/* What is asked to come to a decision, and its outcome as a function of the answers.
 *
 * note [questions]
 * A decision is drawn over what its own conditions read: facts, sets of which only a few things matter, and feeding
 * decisions, whose outcomes are the answers. The facts below a feeding decision are not drawn, but they say which
 * answers go together: `cases` is true exactly for the combinations of answers that some case of the rulebook gives
 * (constraints hold, every feeding decision has one outcome). Without it the picture would show gaps that no case
 * reaches. */
#ifndef GUIJU_DRAW_QUESTIONS_H
#define GUIJU_DRAW_QUESTIONS_H
#include "draw/diagram.h"
#include "model/model.h"

#define QUESTION_LIMIT 64

struct pairs;

enum variable_kind { VARIABLE_DIM, VARIABLE_SET, VARIABLE_DECISION };

struct predicate { /* what a condition asks of a set */
	const struct cond *cond;
	function holds; /* over the set's members */
};

struct variable {
	enum variable_kind kind;
	uint32_t fact;	   /* DIM, SET */
	uint32_t dim;	   /* DIM */
	uint32_t decision; /* DECISION */
	uint32_t part_count;
	struct ranges *parts;	      /* DIM: the values of each part */
	struct predicate *predicates; /* SET: what is asked of it */
	size_t predicate_count;
	uint64_t *answers;    /* SET: per part, bit i: predicate i holds */
	function *part_holds; /* SET: each part as a function of the members */
	bool question;
	uint32_t declared; /* rank among the questions: facts as declared, then decisions */
};

struct decision_function {
	struct arena *arena;
	const struct model *model;
	const struct decision *decision;
	struct forest *forest;
	struct variable *variables;
	uint32_t variable_count;
	uint32_t *questions; /* variables, by `declared` */
	uint32_t question_count;
	function cases;		   /* over the questions: some case gives these answers */
	function outcomes;	   /* the outcomes' bits; 0 a gap; NO_CASE */
	function *reasons;	   /* per rule of the decision: where it is a reason */
	bool too_large;		   /* a limit ended it: nothing else holds */
	const struct pairs *pairs; /* for line breaks; set by who draws */
};

/* needs: a resolved model, findings of the checks allowed     keeps: the model */
struct decision_function *decision_function_of(struct arena *arena, const struct model *model, uint32_t decision);

#endif
