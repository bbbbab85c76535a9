/* Conditions as functions of a forest. */
#ifndef GUIJU_DRAW_CONDITIONS_H
#define GUIJU_DRAW_CONDITIONS_H
#include "draw/questions.h"

#define SET_MIXED (UINT32_MAX - 1)

struct conditions {
	struct decision_function *df;
	uint32_t *dim_variable; /* NONE: not read */
	uint32_t *decision_variable;
	uint32_t *set_variable;	 /* per fact: the set's question, or NONE */
	function *plain, *asked; /* per definition: its function, or NONE */
	uint32_t *set_of;	 /* per definition: as condition_set, or SET_UNKNOWN */
	unsigned depth;
	bool too_deep;
};

void conditions_init(struct conditions *c, struct decision_function *df);
/* The condition over dimensions and feeding decisions. */
function condition_plain(struct conditions *c, const struct cond *cond);
/* The same, but what is asked of a set that is one question is said of that question. */
function condition_asked(struct conditions *c, const struct cond *cond);
/* The one set fact that the condition speaks of; SET_MIXED: something else too; NONE: of nothing. */
uint32_t condition_set(struct conditions *c, const struct cond *cond);

#endif
