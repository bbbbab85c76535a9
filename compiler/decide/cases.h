/* The cases written in a rulebook, run against its table, and what they cover.
 * needs: a model and an open table made of it
 * gives: one result per expectation, then one per case of a procedure, and coverage counts */
#ifndef GUIJU_DECIDE_CASES_H
#define GUIJU_DECIDE_CASES_H
#include "guiju.h"
#include "model/model.h"

struct case_result {
	const char *name;            /* of the case */
	struct span span;
	const struct attributes *attributes;
	const char *subject;         /* id of the decision or procedure */
	bool passed;
	const char *wanted;          /* outcome id, "conflict {…}", "gap"; of a procedure "STATE, CLOCK DATE…", "refused" */
	const char *answer;          /* the same forms, or "excluded: CONSTRAINT", "open {…}", "feeding: DECISION",
	                              * "unknown", "refused: DATE EVENT" of a move before the last */
};

struct covered {
	size_t hit, all;
};

struct coverage {
	struct covered rules;        /* rules and defaults that are a reason in a case */
	struct covered rows;         /* rows of tables likewise */
	struct covered bounds;       /* numbers and dates of conditions with cases on both sides */
	struct covered steps;        /* steps of procedures that a case takes */
	struct covered clauses;      /* clauses cited by a rule or row that is hit */
	const char **missed;         /* rules and rows never hit, ids, NULL-terminated */
};

struct case_results {
	struct case_result *items;
	size_t count, failed;
	struct coverage coverage;
};

struct case_results *cases_run(struct arena *arena, const struct model *model, const struct guiju_table *table);

#endif
