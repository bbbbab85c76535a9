/* The cases written in a rulebook, run against its table, and what they cover.
 * needs: a model and an open table made of it     gives: one result per expectation, and coverage counts */
#ifndef GUIJU_DECIDE_CASES_H
#define GUIJU_DECIDE_CASES_H
#include "guiju.h"
#include "model/model.h"

struct case_result {
	const struct test_case *of;
	const struct expectation *expected;
	bool passed;
	const char *wanted;          /* outcome id, "conflict {…}", "gap" */
	const char *answer;          /* the same forms, or "excluded: CONSTRAINT", "open {…}", "feeding: DECISION" */
};

struct covered {
	size_t hit, all;
};

struct coverage {
	struct covered rules;        /* rules and defaults that are a reason in a case */
	struct covered rows;         /* rows of tables likewise */
	struct covered bounds;       /* numbers and dates of conditions with cases on both sides */
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
