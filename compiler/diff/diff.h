/* The difference of two editions: per decision equal, or the regions where the answers differ.
 *
 * note [joint model] Facts are matched by id; a fact's values are those of both editions. A case of the difference is one
 * value for each fact that the decision's cases have in either edition; what an edition answers on it is what `decide`
 * would: an outcome, or none, since its domain or a constraint excludes the case, or since its rules leave a gap or a
 * conflict there. Both editions' decisions stand in one model side by side, and `the old one is a and the new one is b`
 * is a question of regions/, with canonical regions and exact counts. */
#ifndef GUIJU_DIFF_DIFF_H
#define GUIJU_DIFF_DIFF_H
#include "analysis/analysis.h"
#include "diag/diag.h"
#include "model/model.h"

/* What an edition says of a case: an outcome's index, or one of these. */
enum diff_status { STATUS_GAP = 64, STATUS_CONFLICT, STATUS_FEEDING, STATUS_NOT_A_CASE, STATUS_NO_DECISION };

struct diff_reason;
struct diff_reasons {
	struct diff_reason *items;   /* in source order */
	size_t count;
};
struct diff_rest {                   /* a feeding decision that differs too, and an outcome of it behind a reason */
	const struct decision *decision;
	uint32_t outcome;
	struct diff_reasons because;
};
struct diff_reason {                 /* one of the three */
	const struct rule *rule;     /* a reason in some case of the region, of the edition's model */
	const struct fact *fact;     /* whose domain excludes it */
	const struct constraint *constraint;
	struct diff_rest *rests_on;
	size_t rest_count;
};

struct diff_region {
	struct case_words when;
	const char *count;
	struct diff_reasons because[2];        /* old, new */
};

struct diff_pair {                   /* one pair of old and new outcome */
	uint32_t status[2];          /* old, new */
	struct diff_region *regions;
	size_t region_count;
	const char *count;           /* NULL: a budget ended the counting */
	const char *rest;            /* cases outside the regions listed; NULL: none */
};

enum { DIFF_REGIONS = 8 };           /* shown of each pair unless all are asked for */
enum diff_verdict { DIFF_EQUAL, DIFF_DIFFERS, DIFF_NOT_DECIDED };
enum diff_obstacle { OBSTACLE_NONE, OBSTACLE_BUDGET, OBSTACLE_FACT, OBSTACLE_LIMIT, OBSTACLE_MOVES };
struct diff_decision {
	const struct decision *of[2];          /* NULL: that edition has no such decision */
	enum diff_verdict verdict;
	enum diff_obstacle obstacle;           /* of DIFF_NOT_DECIDED */
	const struct fact *fact[2];            /* of OBSTACLE_FACT: of other kinds, units or bases, or of too many members */
	struct diff_pair *pairs;
	size_t pair_count;
	const char *count;                     /* "0" where equal; NULL: not counted */
};

struct diff_text {                   /* a clause of the legal text, or a rule or row as written */
	const char *id;
	const struct clause *clause[2];
	const struct rule *rule[2];
	bool item_alone;             /* of a rule: nothing but its item's number differs */
};

struct difference {
	const struct model *editions[2];       /* old, new */
	struct diff_decision *decisions;       /* NEW's in order, then those that only OLD has */
	size_t decision_count;
	struct diff_text *clauses, *rules;     /* those that differ, in NEW's order, then those that only OLD has */
	size_t clause_count, rule_count;
	struct diff_procedures *procedures;    /* procedures.h; NULL: one decision alone was asked for */
};

/* needs: two models without errors of names; findings about cases (gaps, conflicts) are allowed
 * keeps: both models; everything lives in the arena. `decision`: only this one (an id), or NULL for all. Each decision may
 * spend `budget`'s nodes; time and memory are for all of them. */
struct difference *difference_new_in(struct arena *arena, const struct model *old, const struct model *new_,
				     const char *decision, const struct budget *budget);

#endif
