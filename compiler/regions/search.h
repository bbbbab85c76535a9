/* What the files of regions/ share. Not for other folders: they read regions.h. */
#ifndef GUIJU_REGIONS_SEARCH_H
#define GUIJU_REGIONS_SEARCH_H
#include "regions/regions.h"
#include "support/memo.h"
#include "support/vec.h"

#include <gmp.h>

enum tri { NO, MAYBE, YES };         /* ordered: and is the least, or the greatest */

/* ---- numbers (number.c): as large as need be, in the arena, since a jump out must leave nothing behind ---- */

struct natural {
	mp_limb_t *limbs;
	mp_size_t size, capacity;
};
struct natural natural_new(struct arena *arena, size_t factors);   /* 0; holds sums of products of so many numbers */
void natural_set(struct natural *n, uint64_t value);
void natural_multiply(struct natural *n, uint64_t less_one);       /* by less_one + 1 */
void natural_add(struct natural *n, const struct natural *more);
void natural_product(struct natural *out, const struct natural *a, const struct natural *b);   /* out is another one */
void natural_subtract(struct natural *n, const struct natural *less);
bool natural_equal(const struct natural *a, const struct natural *b);
const char *natural_text(struct arena *arena, const struct natural *n);
/* Pairs x < y with x in low..high and y in low2..high2, times n. */
void natural_multiply_pairs(struct natural *n, struct natural *scratch, struct range x, struct range y);

/* ---- memory given out again for every question (pad.c); not zeroed ---- */

struct block;
struct pad {
	struct arena *arena;
	struct block *first, **at;
};
void pad_reset(struct pad *pad, struct arena *arena);
void *pad_take(struct pad *pad, size_t size);

/* ---- ranges (sets.c) ---- */

struct ranges ranges_common(struct arena *arena, const struct ranges *a, const struct ranges *b);
struct ranges ranges_either(struct arena *arena, const struct ranges *a, const struct ranges *b);
struct ranges ranges_outside(struct arena *arena, const struct ranges *a, int64_t low, int64_t high);

/* ---- conditions (condition.c) ---- */

struct atom {                        /* a dimension's value lies in the ranges */
	uint32_t dim;
	int64_t low, high;           /* around the ranges: beside the dimension, since most boxes ask no more */
	struct ranges ranges;        /* never empty, never the whole dimension */
};
enum test_kind { TEST_NO, TEST_YES, TEST_ATOM, TEST_DECISION, TEST_AND, TEST_OR };
struct test {                        /* a condition in negation normal form */
	enum test_kind kind;
	struct atom atom;
	uint32_t decision;
	uint64_t outcomes;           /* TEST_DECISION: the outcome is one of these, and so says the atom. note [outcomes] */
	struct test **parts;
	size_t part_count;
	uint64_t dims;               /* a bit per dimension that it may depend on (that of dimension d is d % 64) */
};
struct atoms {                       /* a product of sets: one atom a dimension, ascending */
	struct atom *items;
	size_t count;
};
/* note [outcomes] While cases are looked for, the outcome of a feeding decision is cut like a dimension: each part assumes
 * some outcomes, and only cases that have one of these belong to it. So a question is decided over what its own rules
 * test, and the rules below are looked at where that leaves something. A place without an outcome belongs to no part:
 * it is no case. Where places that are no cases count (`negated`), outcomes are not cut. */
struct box {
	int64_t *low, *high;         /* per dimension of the model, then per decision the outcomes assumed */
	uint64_t *outcomes;          /* per decision: those it may have on this box */
};

struct test *test_make(struct regions *regions, const struct cond *cond, bool holds);
struct test *test_both(struct arena *arena, const struct model *model, struct test *a, struct test *b);
/* Sets that the test's dimensions lie in wherever it is true; false: it is never true. */
bool test_atoms(struct arena *arena, const struct test *test, struct atoms *out);
bool test_is_product(const struct test *test);           /* nothing but its atoms */
enum tri test_on(const struct test *test, const struct box *box);
void test_reads(const struct test *test, bool *decisions);
bool test_has_dim(const struct test *test, uint32_t dim);
bool atoms_meet(const struct atoms *a, const struct atoms *b);

static inline struct atom atom_make(uint32_t dim, struct ranges ranges)
{
	return (struct atom){ dim, ranges.items[0].low, ranges.items[ranges.count - 1].high, ranges };
}

static inline enum tri atom_on(const struct atom *atom, int64_t low, int64_t high)
{
	if (high < atom->low || low > atom->high)
		return NO;
	if (atom->ranges.count == 1)
		return atom->low <= low && high <= atom->high ? YES : MAYBE;
	const struct range *r = atom->ranges.items;
	while (r->high < low)
		r++;
	if (r->low > high)
		return NO;
	return r->low <= low && high <= r->high ? YES : MAYBE;
}

/* ---- decisions (plan.c, join.c) ---- */

struct plan_rule {
	struct atoms atoms;
	const struct test *test;
	uint32_t outcome;
	bool product;                /* the atoms are all of it */
	bool never;
	bool is_default;
};

struct hull {                        /* a box around all cases in which no row of the table, or no rule, holds */
	uint32_t table;              /* or NONE: the decision's rules */
	bool empty;                  /* there are none */
	int64_t *low, *high;         /* per dimension of the model */
};

struct hardness {                    /* of the questions about a decision. note [hard] */
	bool found;                  /* a search did not end soon */
	unsigned failures[2];        /* sets that were too large, of questions without and with an allowance */
};

struct plan {
	const struct decision *decision;
	uint32_t index;
	struct plan_rule *rules;
	size_t count;
	bool flat;                   /* nothing is over anything, but every rule over every default */
	uint32_t *rank;              /* or NULL. Of two rules with different outcomes the one of less rank is over the other */
	uint64_t *beats;             /* bit matrix [a * count + b], or NULL: ask the model */
	bool total;                  /* every case has exactly one outcome */
	struct hardness hardness;
	struct formulas *formulas;   /* made when first asked for */
	bool joined;
	uint32_t *neighbours;        /* of rule i: from starts[i] to starts[i + 1] */
	size_t *starts;
	uint32_t *meeting;           /* rules that have some; made when first asked for */
	size_t meeting_count;
	uint32_t *beaters;           /* what plan_beaters() gave last */
	bool *reads;                 /* decisions that its conditions name, and theirs */
	bool *dims;                  /* per dimension of the model: a rule of it tests it */
	uint32_t *dim_counts;        /* how many tests of it there are */
	uint64_t dim_bits;           /* the same, as of a test */
	struct cover *cover;         /* boxes of a question; made when first asked for */
	struct masks *masks;         /* the same, on one grid */
	/* note [kept] */
	const uint64_t *ids;         /* per rule */
	uint32_t *from, *to;         /* per rule: its place before, or NONE; per rule of before: its place */
	uint32_t *touched;           /* per rule: the last check in which something that meets it came or went */
	bool changed;                /* a rule came or went, of it or of what feeds it */
	VEC(struct hull) hulls;
};

struct regions {
	struct arena *arena;
	const struct model *model;
	struct limits limits;
	size_t bytes_before;
	uint64_t started, nodes;
	uint64_t allowed;            /* how many `nodes` may become for now; 0: no limit but the others */
	bool ended, overdrawn;       /* by `allowed` */
	struct plan **plans;         /* made when first asked for */
	struct test **constraints;   /* the same */
	struct memo *tests[2];       /* of conditions on one fact: that they do not hold, that they hold */
	struct cutter *cutter;
	struct search *search;
	struct formulas *formulas;   /* of questions that belong to no decision; made when first asked for */
	struct hardness hardness;    /* of these */
	struct kept *kept;           /* or NULL */
	const uint64_t *ids;         /* per rule of the model */
};

struct plan *plan_make(struct regions *regions, uint32_t decision);

static inline struct plan *plan_of(struct regions *regions, uint32_t decision)
{
	return regions->plans[decision] ? regions->plans[decision] : plan_make(regions, decision);
}

/* It or what feeds it tests the dimension. */
bool plan_has_dim(struct regions *regions, const struct plan *plan, uint32_t dim);
const struct test *constraint_test(struct regions *regions, uint32_t constraint);
bool plan_join(struct regions *regions, struct plan *plan);      /* false: a limit ended it */
/* The rules that beat the rule where both hold, ascending; the list lives until the next call. false: a limit ended it. */
bool plan_beaters(struct regions *regions, struct plan *plan, uint32_t rule, struct neighbours *out);
bool regions_spend(struct regions *regions);                     /* one box more; false: a limit ended it */

static inline bool plan_beats(const struct regions *regions, const struct plan *plan, uint32_t a, uint32_t b)
{
	if (plan->rules[a].outcome == plan->rules[b].outcome)
		return false;
	if (plan->flat)
		return plan->rules[b].is_default && !plan->rules[a].is_default;
	if (plan->rank)
		return plan->rank[a] < plan->rank[b];
	if (plan->beats) {
		size_t bit = (size_t)a * plan->count + b;
		return plan->beats[bit / 64] >> (bit % 64) & 1;
	}
	return rule_is_over(regions->model, plan->decision->rules[a], plan->decision->rules[b]);
}

static inline enum tri plan_rule_on(const struct plan_rule *rule, const struct box *box)
{
	enum tri all = YES;
	for (size_t i = 0; i < rule->atoms.count; i++) {
		const struct atom *a = &rule->atoms.items[i];
		enum tri t = atom_on(a, box->low[a->dim], box->high[a->dim]);
		if (t == NO)
			return NO;
		if (t == MAYBE)
			all = MAYBE;
	}
	return rule->product ? all : test_on(rule->test, box);
}

static inline uint64_t dim_bit(uint32_t dim)
{
	return (uint64_t)1 << dim % 64;
}

/* ---- what was found out before (kept.c) ---- */
struct arena *kept_arena(const struct regions *r);       /* for what a rule is made of */
/* Finds the rules of a plan among those of before, and these among them. NULL: there is nothing before. */
const struct plan *kept_rules(struct regions *r, struct plan *plan);
void kept_plan(struct regions *r, struct plan *plan, const struct plan *before);       /* needs: its rules */
/* Where cases without a rule must lie that the question asks for; NULL: anywhere. */
struct hull *kept_hull(struct regions *r, const struct question *q);
void kept_no_gap(struct regions *r, const struct question *q);
void kept_gap(struct regions *r, const struct question *q, const struct region_list *list);
bool kept_reply(struct regions *r, const struct question *q, enum reply *reply);       /* false: it is to be asked */
void kept_note(struct regions *r, const struct question *q, enum reply reply);

/* ---- where to cut (cut.c) ---- */

struct cutter *cutter_new(struct arena *arena, size_t dims);
void cutter_start(struct cutter *c);
void cutter_item(struct cutter *c);                      /* what is added next belongs to another rule or test */
void cutter_atom(struct cutter *c, const struct atom *atom, uint32_t dim, int64_t low, int64_t high);
struct cut {
	uint32_t dim;
	int64_t at;                  /* the first value of the upper part */
	size_t larger;               /* items in the part that has more of them */
	size_t items;
};
bool cutter_can_cut(const struct cutter *c);
bool cutter_choose(struct cutter *c, struct cut *out);   /* false: nothing to cut */

/* ---- answers (answer.c) ---- */

#define ENTRY(rule, certain) ((uint32_t)(rule) << 1 | (uint32_t)(certain))
#define ENTRY_RULE(entry) ((entry) >> 1)
#define ENTRY_CERTAIN(entry) ((entry) & 1)

struct answers {                     /* what a decision may say on a box */
	uint64_t outcomes;           /* of rules that may be reasons */
	bool certain;                /* some rule holds on the whole box: there is no gap */
	bool conflict;               /* on the whole box */
};
/* Of the rules listed; `without` is left out (NONE: nothing is), `holding` is taken to hold. */
struct answers answers_of(const struct regions *regions, const struct plan *plan, const uint32_t *entries, size_t count,
			  uint32_t without, uint32_t holding);
/* Whether leaving `rule` out changes the answer; `holds`: it certainly holds. */
enum tri answers_change(const struct regions *regions, const struct plan *plan, const uint32_t *entries, size_t count,
			uint32_t rule, bool holds);
/* Drops rules that are beaten on the whole box and beat nothing that is not; gives the new count. */
size_t answers_drop(const struct regions *regions, const struct plan *plan, uint32_t *entries, size_t count,
		    uint32_t without);

/* ---- one search (search.c, evaluate.c, goal.c) ---- */

struct list {                        /* rules or constraints still undecided on a box, certain rules among them */
	uint32_t first, count;       /* in the pool */
	uint64_t outcomes;           /* a stage's */
	bool settled;                /* a stage: one outcome on the whole box */
	bool assumed;                /* a stage: the outcomes assumed, and an outcome at all, on the whole box */
};

struct apart {                       /* what can make a rule hold on one side of a pair alone */
	bool by_fact;
	uint64_t by_stages;
};

struct stage {                       /* a feeding decision, or the one whose answers are compared */
	struct plan *plan;
	bool must_answer;            /* a case needs one outcome of it */
	bool shared;                 /* of pairs: it does not read what differs, so that both sides have one outcome */
	const struct apart *apart;   /* of pairs: per rule. note [apart] */
};

struct interval {                    /* as it was before the box was narrowed */
	uint32_t dim;
	int64_t low, high;
};

struct level {                       /* a cut whose parts are under way */
	uint32_t dim;
	int64_t low, high, at;
	size_t pool, trail;
	bool upper;                  /* the upper part is under way */
	enum tri goal;               /* on the whole box that was cut */
};

enum search_mode { SEARCH_EXIST, SEARCH_COUNT, SEARCH_VALUE };

struct search {
	struct regions *regions;
	struct arena *arena;
	const struct question *question;
	/* the cases */
	const uint32_t *dims;        /* then, for pairs, `extra` */
	size_t dim_count, order_count;
	uint32_t *order;             /* dims and extra */
	uint32_t pair_dim, extra;    /* the fact's dimension, or NONE; the one of its larger value */
	unsigned sides;              /* 2 for pairs */
	struct box boxes[2];
	VEC(const struct test *) constraints;
	VEC(struct stage) stages;
	/* the goal */
	struct plan *plan;
	VEC(uint32_t) rules;         /* those it concerns: anchors, members, then the others */
	uint32_t anchors;            /* how many of these come first */
	bool beyond;                 /* there are more, outside the hull. note [kept] */
	uint8_t *roles;              /* per rule of the plan */
	size_t role_capacity;
	const struct test *test;     /* GOAL_REFUTED */
	/* lists: per level constraints and stages of each side, then the goal's */
	size_t list_count;
	VEC(struct list) lists;
	VEC(uint32_t) pool;
	VEC(struct level) levels;
	enum tri root;               /* on the whole of the start box */
	int64_t *start_low, *start_high;       /* per dimension of the model and extra */
	bool *open;                  /* dimensions on which something undecided depends */
	/* what is asked of the goal */
	VEC(struct atoms) holes;     /* regions already taken away */
	bool negated;                /* the places where it is not so, or in a hole … */
	const struct atoms *inside;  /* … in here; NULL: anywhere */
	enum search_mode mode;
	bool found;
	int64_t *least;              /* per order: the least case of the box that was found */
	uint32_t value_dim;          /* SEARCH_VALUE: the least value of this one */
	int64_t value;
	struct natural *count;       /* SEARCH_COUNT */
	struct natural volume, product;
	struct sweep *sweep;
	struct diagram *diagram;     /* NULL before the first count */
	struct plain *plain;
	struct natural totals[3];    /* of regions_list */
	struct pad answer, states;   /* memory of regions_list's answer, and of the states of sweeps */
	enum tri goal_alone;         /* of the box last looked at, constraints and feeding decisions apart */
	bool *shared;                /* per decision: its stage is */
	bool *moved;                 /* per decision: on this box other outcomes than on the one it is a part of */
	/* note [moved]: in what the box differs from the one it is a part of */
	uint64_t cut_dims[2];        /* per side: a bit per dimension, as of a test; all: anything may be another */
	uint32_t cut_outcome;        /* the dimension of an outcome, or NONE */
	VEC(struct interval) trail;  /* note [narrow] */
	uint64_t shrunk[2];          /* like cut_dims: of one pass */
	bool *reads, *own_reads;     /* per decision, while a question is prepared */
};

enum { ROLE_ANCHOR = 1, ROLE_MEMBER = 2, ROLE_BEATER = 4, ROLE_LISTED = 8, ROLE_OVER = 16, ROLE_UNDER = 32 };

struct search *search_of(struct regions *regions);
/* Prepares the question: its cases, rules and start box, and what is undecided there. */
void search_prepare(struct search *s, const struct question *question);
/* Searches the box that search_interval() made of the start box; false: a limit ended it. */
bool search_run(struct search *s, enum search_mode mode);
void search_reset(struct search *s);                     /* the start box again; nothing taken away, not negated */
void search_interval(struct search *s, uint32_t dim, int64_t low, int64_t high);
uint32_t outcome_dim(const struct model *model, uint32_t decision);
uint32_t search_outcome_dim(const struct search *s, unsigned side, uint32_t decision);
int64_t search_low(const struct search *s, uint32_t dim);
int64_t search_high(const struct search *s, uint32_t dim);
/* Multiplies n by the widths of the dimensions that something undecided depends on, or of the others; not of pairs. */
void search_volume(struct search *s, struct natural *n, bool open);

/* note [lists] Per level a search keeps what is still undecided on its box; a part of the box starts from these. Level 0
 * holds everything, level 1 is the start box, and a search begins with level 2. */
enum { LEVEL_ALL, LEVEL_START, LEVEL_FIRST };

/* Whether the goal is reached on the box (holes and `inside` apart): lists of `level` from those of level - 1. */
enum tri evaluate(struct search *s, size_t level);
enum tri evaluate_parts(struct search *s, size_t level, enum tri *goal); /* the same; *goal apart from the cases */
enum tri evaluate_holes(const struct search *s);         /* whether the box lies in a hole */
enum tri evaluate_inside(const struct search *s);
/* What is undecided, into the cutter. */
void gather(struct search *s, size_t level, bool goal);
void mark_open(struct search *s, size_t level);

/* What may stand otherwise on the box than on the one it was cut from, of tests of the side. note [moved] */
uint64_t moved_dims(const struct search *s, unsigned side);
void search_cut(struct search *s, uint32_t dim);         /* the box differs in this one, or (NONE) in anything */

/* The goal on the box; `to` becomes what is left of its list. */
enum tri goal_on(struct search *s, size_t level, const struct list *from, struct list *to);
void goal_prepare(struct search *s);                     /* its rules and roles; what those beyond leave open */

enum tri settled_on(const struct search *s, const uint32_t *entries, size_t count);     /* (settle.c) */

typedef void visit_atom(struct search *s, unsigned side, const struct atom *atom);
void visit_rule(struct search *s, unsigned side, const struct plan_rule *rule, visit_atom *visit);
size_t stage_list(const struct search *s, unsigned side, size_t stage);

/* ---- constraints (narrow.c) ---- */
/* Takes from the box what the constraints of the lists of `level` exclude; false: that is all of it. */
bool narrow_box(struct search *s, size_t level);
void narrow_undo(struct search *s, size_t count);        /* until so many intervals are left on the trail */

/* ---- pairs (fall.c) ---- */
void fall_prepare(struct search *s);
enum tri fall_on(struct search *s, size_t level);
void fall_visit(struct search *s, size_t level, visit_atom *visit);

/* ---- boxes alone (cover.c) ---- */
/* Answers the question where it is about boxes and nothing else; false: it is not. */
bool cover_exist(struct regions *r, const struct question *q, enum reply *reply);
/* The same, for decisions of few rules (masks.c). needs: the rules that must hold are products, and every case a point */
bool masks_exist(struct regions *r, struct plan *plan, const struct question *q, enum reply *reply);
/* Whether the rules hold in every case, if they are products of which no two meet (volume.c); false: they are not. */
bool volume_fills(struct regions *r, struct plan *plan, const uint32_t *rules, size_t count, bool *fills);

/* ---- questions of products alone (plain.c) ---- */
/* The question prepared, if it is such a one, until the next; else NULL. note [plain] */
struct plain *plain_of(struct search *s);
/* The least case, a value per dimension of the question, outside of what is taken away. Here and below, false: a limit
 * ended it. */
bool plain_least(struct plain *p, int64_t *least, bool *found);
/* The least value from `low` on with which the dimension at that place leaves the question's cases, or meets what is
 * taken away, somewhere in the region. needs: something undecided depends on the dimension */
bool plain_next_bad(struct plain *p, size_t at, const struct ranges *values, int64_t low, int64_t *bad, bool *found);
void plain_take(struct plain *p, const struct ranges *values);   /* away from the question's cases */
/* Over the dimensions that something undecided depends on; before anything is taken away. */
bool plain_count(struct plain *p, struct natural *n);

/* ---- hard questions (hard.c) ---- */

/* note [hard] A search that has not ended after a thousand boxes may never end; then the question, and every later one
 * about the decision, is asked as a formula, where that suits. Only if its sets are too large the search begins again and
 * goes on to its end. What regions_allow() allows is for that last search: whether it is needed does not depend on what
 * was asked before. */
bool formula_suits(const struct search *s);              /* (formula.c) of the question prepared */
/* Answers the question prepared; REPLY_ENDED: a limit ended it, or, as a formula, its sets are too large. */
typedef enum reply search_question(struct search *s, void *answer);
enum reply search_hard(struct search *s, search_question *by_search, search_question *by_formula, void *answer);

/* ---- what few rules leave of a box (sweep.c) ---- */
void sweep_start(struct search *s);                      /* before a question's count; makes the diagram */
bool sweep_suits(struct search *s, size_t level, bool goal);
/* The cases of the box, as a set of the search's diagram; false: not found out. */
bool sweep_box(struct search *s, size_t level, bool goal, uint32_t *set);

static inline struct list *level_list(struct search *s, size_t level, size_t list)
{
	return &s->lists.items[level * s->list_count + list];
}

#endif
