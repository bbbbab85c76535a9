/* The exact questions about all cases: is there one? which is the least? how many? which regions?
 *
 * note [box splitting]
 * A box is one interval per dimension. On a box a condition is true, false, or undecided (neither on the whole of it).
 * A search takes a box, drops the rules that do not meet it, stops when the question is decided on the whole box, and
 * else cuts the box at a boundary of something undecided, choosing the cut that leaves the fewest rules on both sides.
 * Every question is a search of its own over just the rules that it concerns; there is no partition of everything.
 *
 * note [canonical]
 * What is shown does not depend on how it is found. The first region of a finding is its least case, widened dimension
 * by dimension, in order of declaration, as far as the whole box stays inside the finding: to further members of an
 * enumeration, upwards for numbers and dates. It is taken away, and the next is found in what is left. */
#ifndef GUIJU_REGIONS_REGIONS_H
#define GUIJU_REGIONS_REGIONS_H
#include "diag/progress.h"
#include "model/model.h"
#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct regions;                      /* the model prepared for questions, and what they may still spend */
struct plan;                         /* one decision, prepared */

struct limits {                      /* 0: no limit */
	uint64_t nodes;              /* boxes visited, over all questions */
	uint64_t milliseconds;
	uint64_t bytes;              /* that the arena may hold more than at the start */
	struct progress *progress;   /* ticks while boxes are visited; or NULL */
};

/* needs: a model without errors of names, types and cycles. Everything lives in the arena. */
struct regions *regions_new(struct arena *arena, const struct model *model, const struct limits *limits);
bool regions_ended(const struct regions *regions);       /* a limit has ended a question; all later ones end too */

/* The questions until regions_allow_all() may search so many boxes, and no more even if `limits` has them; those that a
 * formula answers (search.h, note [hard]) cost nothing of it. */
void regions_allow(struct regions *regions, uint64_t nodes);
/* false: that ended a question; those that follow are asked as if it had not been. */
bool regions_allow_all(struct regions *regions);

/* note [kept] (kept.c): what was found out is kept for the next model. */
struct kept;
struct kept *kept_new(struct arena *arena);              /* it lives in the arena, which grows */
/* Before the first question. `ids`, per rule of the model: a rule with the id of one of the last check is the same rule;
 * the models differ in nothing but rules, or this is the first check of `kept`. No id is 0. */
void regions_keep(struct regions *regions, struct kept *kept, const uint64_t *ids);
/* The next check starts from this one, and needs all its memory until it has ended. needs: no limit ended a question */
void regions_keep_end(struct regions *regions);

/* Per rule its place in the last check; NONE: it was not there. NULL: none was. */
const uint32_t *regions_places_before(struct regions *regions, uint32_t decision);
/* Something that meets it came or went since the last check. */
bool regions_touched(struct regions *regions, uint32_t decision, uint32_t rule);

/* Says that every case of the decision has exactly one outcome: later questions need not ask that again. */
void regions_total(struct regions *regions, uint32_t decision);

/* ---- rules: by their place in decision->rules ---- */

/* `a` is over `b` and their outcomes differ. */
bool regions_beats(struct regions *regions, uint32_t decision, uint32_t a, uint32_t b);
/* false: no case at all can meet its condition, whatever the constraints. */
bool regions_may_hold(struct regions *regions, uint32_t decision, uint32_t rule);
/* Holds alone (nothing else to ask): the condition is a product of sets over facts that no constraint touches. */
bool regions_surely_holds(struct regions *regions, uint32_t decision, uint32_t rule);

/* Its condition is a product of sets, and which values it allows of a dimension; NULL: any. */
bool regions_is_product(struct regions *regions, uint32_t decision, uint32_t rule);
const struct ranges *regions_values(struct regions *regions, uint32_t decision, uint32_t rule, uint32_t dim);

struct neighbours {                  /* ascending */
	const uint32_t *items;
	size_t count;
};
/* The other rules of the decision whose tests do not exclude each other one by one: only these can meet it.
 * false: a limit ended the search for them. */
bool regions_neighbours(struct regions *regions, uint32_t decision, uint32_t rule, struct neighbours *out);
/* The rules that have neighbours. false: as above. */
bool regions_meeting(struct regions *regions, uint32_t decision, struct neighbours *out);

/* ---- questions ---- */

enum goal_kind {
	GOAL_CASE,                   /* every case */
	GOAL_HOLD,                   /* all of `rules` hold */
	GOAL_REASON,                 /* all of `rules` are reasons, and none of `others` holds */
	GOAL_WITHOUT,                /* all of `rules` hold, whatever beats them, and none of `others` */
	GOAL_MEET,                   /* rules[0] is a reason, and so is one of `others` */
	GOAL_BEATEN,                 /* rules[0] holds, and so does one of `others` */
	GOAL_NONE,                   /* none of `others` holds */
	GOAL_CHANGE,                 /* without rules[0] the answer is another one */
	GOAL_SETTLED,                /* a conflict, and not if `rules` were over `others`: then the answer is `outcome` */
	GOAL_REFUTED,                /* the property's 当 holds and its 则 does not */
	GOAL_FALL                    /* monotone: a larger value of `fact` gets an outcome of lower rank. note [pairs] */
};

/* note [pairs] such a case is two: the second is the first with a larger value of the fact, its last dimension. */

struct question {
	enum goal_kind goal;
	uint32_t decision;           /* whose cases and rules; NONE: the property's, or those of `constraints` */
	const struct property *property;
	uint32_t fact;
	const uint32_t *rules;
	size_t rule_count;
	const uint32_t *others;
	size_t other_count;
	uint32_t outcome;            /* of GOAL_SETTLED */
	const struct cond *within;   /* a condition on facts: the cases that are asked about; NULL: all */
	const uint32_t *dims, *constraints;    /* GOAL_CASE without a decision */
	size_t dim_count, constraint_count;
};

enum reply { REPLY_NO, REPLY_YES, REPLY_ENDED /* a limit ended it */ };

enum reply regions_exist(struct regions *regions, const struct question *question);

struct region {
	struct ranges *values;       /* per dimension of the question */
	const char *count;           /* cases in it, decimal */
};

struct region_list {
	const uint32_t *dims;        /* of the question, ascending */
	size_t dim_count;
	const int64_t *least;        /* the least case: a value per dimension, and for pairs the larger value */
	const bool *matters;         /* per dimension of the model: something depends on it */
	struct region *items;
	size_t count;
	const char *total;           /* cases in all, decimal; NULL: a limit ended the counting */
	const char *rest;            /* outside `items`; NULL: none, or not counted */
	bool ended;                  /* a limit ended it: what is there holds */
};

/* At most `shown` regions, the least case and the count; of pairs no regions. Lists live until the next question. */
enum reply regions_list(struct regions *regions, const struct question *question, size_t shown,
			struct region_list *out);

struct case_set {                    /* the cases of a question, to be met by boxes */
	uint32_t set, of;
};
/* needs: the question is a property's. YES: made (of no cases too); else a limit ended it, or they are too many to keep. */
enum reply regions_cases(struct regions *regions, const struct question *question, struct case_set *out);
/* Other sets may have taken its place: it is to be made again, or done without. */
bool regions_cases_kept(const struct regions *regions, const struct case_set *cases);
/* `values`: per dimension of its question. needs: it is kept */
bool regions_cases_meet(struct regions *regions, const struct case_set *cases, const struct ranges *values);

#endif
