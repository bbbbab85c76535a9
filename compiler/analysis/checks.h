/* What the checks share. Not for other folders: they read analysis.h. */
#ifndef GUIJU_ANALYSIS_CHECKS_H
#define GUIJU_ANALYSIS_CHECKS_H
#include "analysis/analysis.h"
#include "analysis/words.h"
#include "regions/regions.h"
#include "support/vec.h"

/* The questions of a decision; what a budget left open is named in one finding. */
enum topic { TOPIC_IMPOSSIBLE, TOPIC_CONFLICT, TOPIC_HITS, TOPIC_GAP, TOPIC_UNREACHABLE, TOPIC_MASKED, TOPIC_REDUNDANT,
	     TOPIC_MISLEADING, TOPIC_MERGEABLE, TOPIC_OVERLAP, TOPIC_OVERRIDDEN, TOPIC_PROPERTY, TOPIC_REGIONS, TOPIC_COUNT };

struct detail;                    /* details.c */
struct side;                      /* causes.c */
struct blamed;                    /* blame.h */
struct cause_made;

struct checks {
	struct arena *arena;
	struct diag *diag;
	const struct model *model;
	struct regions *regions;
	struct verdicts *verdicts;
	size_t shown;                /* regions of a finding */
	bool rows;                   /* and as rows of a table */
	bool hide_notes;
	struct progress *progress;
	struct keeping *keeping;     /* or NULL */
	bool *contradictory;         /* per constraint: it and others leave no case */
	bool (*verdicts_open)[TOPIC_COUNT];    /* per decision: what is not decided */
	VEC(struct detail) details;  /* findings whose regions wait. note [details] */
	struct side *sides;          /* per table; made when a finding first speaks of it */
	VEC(struct cause_made) causes;         /* blame.h */
	/* the decision under way; rules are places in decision->rules */
	uint32_t index;
	const struct decision *decision;
	struct verdict *verdict;
	bool *impossible, *unreachable;        /* per rule */
	bool *said, *hides;          /* per rule: a finding says that it can go (masked, redundant); that it hides one */
	bool *open;                  /* per topic: not decided */
	bool gap, conflict;          /* found: a case without one outcome */
	VEC(struct blamed) blamed;   /* findings among rows of one table. note [blame] */
	struct region_list list;     /* of the finding reported last: until the next question */
};

/* ---- the checks: one file each, and their list in check.c ---- */
void check_constraints(struct checks *c);                /* of the whole model */
void check_impossible(struct checks *c);
void check_conflicts(struct checks *c);
void check_table_hits(struct checks *c);
void check_gaps(struct checks *c);
void check_unreachable(struct checks *c);
void check_masked(struct checks *c);
void check_redundant(struct checks *c);
void check_misleading(struct checks *c);
void check_mergeable(struct checks *c);
void check_overlaps(struct checks *c);
void check_overridden(struct checks *c);
void check_properties(struct checks *c);                 /* of the whole model */

/* ---- asking (check.c) ---- */
const struct rule *rule_at(const struct checks *c, uint32_t rule);
struct question question_of(const struct checks *c, enum goal_kind goal, const uint32_t *rules, size_t rule_count,
			    const uint32_t *others, size_t other_count);
/* true: there is such a case. What a limit ended is noted as open. */
bool is_there(struct checks *c, enum topic topic, const struct question *question);
bool beats(const struct checks *c, uint32_t a, uint32_t b);
struct neighbours neighbours_of(struct checks *c, enum topic topic, uint32_t rule);
struct neighbours rules_that_meet(struct checks *c, enum topic topic);           /* those that have neighbours */
const struct rule_table *table_of(const struct checks *c, uint32_t rule);        /* NULL: no row */
/* The decision has a table of another hit policy. */
bool has_table_but(const struct checks *c, enum hit_policy hit);
/* Where the rows of a table of the decision begin; needs: it has rows */
uint32_t first_row(const struct checks *c, const struct rule_table *table);
typedef VEC(uint32_t) rule_list;
/* Rules that beat `rule` where both hold: those that meet it at all; `of_first_hit`: earlier rows of its own 首中 table
 * among them. */
rule_list beaters_of(struct checks *c, enum topic topic, uint32_t rule, bool of_first_hit);

/* ---- what holds, whatever beats it (holding.c) ---- */
/* As a condition: all of the rules hold (COND_AND), one of them does (COND_OR). */
struct cond *holding(struct checks *c, enum cond_kind kind, const uint32_t *rules, size_t count);
struct cond *either(struct checks *c, struct cond *const *parts, size_t count);
struct cond *all_of(struct checks *c, struct cond *const *parts, size_t count);
struct cond *outcome_is(struct checks *c, uint32_t decision, uint32_t outcome);
struct cond *not_so(struct checks *c, struct cond *cond);
struct cond *value_in(struct checks *c, uint32_t dim, struct ranges values);     /* which go on living */
/* The decision's cases where one condition holds and the other does not. */
struct question where(struct checks *c, struct cond *is, struct cond *is_not);
/* There is a case in which all of `rules` hold and none of `others`. */
bool holds_without(struct checks *c, enum topic topic, const uint32_t *rules, size_t count, const uint32_t *others,
		   size_t other_count);
/* Their tests, dimension by dimension, say that `rule` holds wherever `other` does. */
bool tests_contain(const struct checks *c, uint32_t rule, uint32_t other);
/* Candidates that together hold wherever the rule does, each of them needed; in order. needs: all together do. */
rule_list least_cover(struct checks *c, enum topic topic, uint32_t rule, const rule_list *candidates);

/* ---- pairs (pairs.c) ---- */
struct pair_check {
	enum topic topic;
	enum goal_kind alone, grouped;         /* of two rules; of a rule and rows of a table */
	bool (*concerns)(const struct checks *c, uint32_t a, uint32_t b);
	void (*report)(struct checks *c, const uint32_t *rules, size_t count, const struct question *question);
};
void check_pairs(struct checks *c, const struct pair_check *check);

struct phrase topic_words(enum topic topic);             /* (report.c) */

/* ---- reporting (words.h, report.c, mend.c, mend_gap.c) ---- */
struct finding *report_rules(struct checks *c, enum finding_kind kind, enum message message, const uint32_t *rules,
			     size_t count);
/* What the rules cite, and `more`, each once. */
const char **clauses_of(struct checks *c, const uint32_t *rules, size_t count, const char **more, size_t more_count);
/* Witness, regions, count, and the constraints that they depend on, now; false: a limit ended it. */
bool set_regions(struct checks *c, struct finding *f, const struct question *question);
bool set_count(struct checks *c, struct finding *f, const struct question *question);  /* and nothing else */
/* The same, for most findings later and only if they will be shown; also notes what a limit ended. (details.c) */
void report_regions(struct checks *c, enum topic topic, struct finding *f, const struct question *question);
/* What the order that the finding reported last proposes would change, at the same time. */
void report_order(struct checks *c, uint32_t over, uint32_t under);
void report_details(struct checks *c, const struct budget *budget);
void report_detail(struct checks *c, struct finding *f);        /* of this one, if it has not been done; after report_details() */
void report_not_decided(struct checks *c, struct span span, const char *id, const struct name *name);
/* What lies behind the finding, for findings with one cause (causes.c). */
void set_cause(struct checks *c, struct finding *f, const uint32_t *rules, size_t count);
void set_gap_cause(struct checks *c, struct finding *f);
/* Says of the decision's findings among rows of one table what lies behind them. (blame.c) */
void blame(struct checks *c);
/* The edits that mend the causes shown first, and what they change; the example of each is worked out. needs: the findings in
 * order (mend_cause.c) */
void mend_causes(struct checks *c, const struct budget *budget);
/* The regions as rows of a pipe table (region_rows.c). needs: the finding's regions, a list that is kept, and its question */
void set_region_rows(struct checks *c, struct finding *f, const struct region_list *list, const struct question *question);
void set_outcome(struct checks *c, struct finding *f, size_t arg, uint32_t outcome);
/* The first few of them, in words; in the arena. */
struct phrase id_list(const struct checks *c, struct arena *arena, const uint32_t *rules, size_t count);
void set_id_list(struct checks *c, struct finding *f, size_t arg, const uint32_t *rules, size_t count);

/* ---- what the finding's edits change (preview.c) ---- */
void preview_nothing(struct checks *c, struct finding *f);
/* The cases of c->list, all of them with a count, are a gap and get the outcome. */
void preview_gap(struct checks *c, struct finding *f, uint32_t outcome);
/* Cases of the condition (NULL: all) whose conflict ends where rules of the second list no longer speak beside those of the
 * first; it may cost so many boxes. false: a limit of the check ended it. Ends c->list. */
bool preview_settled(struct checks *c, struct finding *f, const rule_list *over, const rule_list *under, const struct cond *within,
		     uint64_t boxes);
/* The rules' tables as far as they are rows; false: a limit of the check ended it. Ends c->list. */
bool preview_order(struct checks *c, struct finding *f, uint32_t over, uint32_t under);

void mend_conflict(struct checks *c, struct finding *f, uint32_t a, uint32_t b);
/* A bound moved up to the gap, of a row of the table or of any rule; `only`: the gap is the decision's. false: no single
 * edit closes it. */
bool mend_gap(struct checks *c, struct finding *f, const struct rule_table *table, bool only);
/* The help names values that no rule allows. false: there are none. (never.c) */
bool say_never(struct checks *c, struct finding *f, const struct question *gap, enum message help);
void mend_policy(struct checks *c, struct finding *f, const struct rule_table *table, enum hit_policy policy);
/* The rows become one: the first gets the cell (at its place; "": empty), the others go. */
void mend_by_merging(struct checks *c, struct finding *f, const uint32_t *rules, size_t count, struct span at,
		     struct phrase cell);
void mend_by_removal(struct checks *c, struct finding *f, uint32_t rule, enum message help);

#endif
