/* Rules, decisions and questions as sets of points. note [diagram]
 *
 * note [formulas] Where a rule holds, where it is a reason and which are the cases of a decision is worked out once and
 * serves every question; the search finds it out again on every box. A few dozen rules of any form that feed each other
 * have small sets and hard questions. Large tables have the opposite, and are not asked about here. */
#include "regions/diagram.h"

#include <string.h>

enum {
	MANY_RULES = 256, /* of the decision and what feeds it */
	FORMULA_TABLE = 1 << 16
};
#define UNKNOWN UINT32_MAX

struct formulas_of {		   /* a decision's; UNKNOWN until asked for */
	uint32_t *holds, *reasons; /* per rule */
	uint32_t *given;	   /* per outcome: there is a reason for it */
	uint32_t cases;
};

struct formulas {
	struct regions *regions;
	struct diagram *diagram;
	uint32_t *place;	/* per dimension of the model: in the question's order */
	struct formulas_of *of; /* per decision */
	struct pad pad;		/* of them */
	bool fresh;		/* nothing was known before the question */
};

static uint32_t meet(struct formulas *f, uint32_t a, uint32_t b)
{
	return diagram_join(f->diagram, DIAGRAM_AND, a, b);
}

static uint32_t either(struct formulas *f, uint32_t a, uint32_t b)
{
	return diagram_join(f->diagram, DIAGRAM_OR, a, b);
}

static uint32_t less(struct formulas *f, uint32_t a, uint32_t b)
{
	return diagram_join(f->diagram, DIAGRAM_LESS, a, b);
}

/* ---- what is kept ---- */

static uint32_t *unknown(struct formulas *f, size_t count)
{
	uint32_t *all = pad_take(&f->pad, (count + 1) * sizeof *all);
	memset(all, 0xff, (count + 1) * sizeof *all);
	return all;
}

static struct formulas *formulas_new(struct search *s)
{
	struct regions *r = s->regions;
	struct formulas *f = arena_new_of(r->arena, struct formulas);
	f->regions = r;
	f->diagram = diagram_new_in(s, FORMULA_TABLE, true);
	f->place = arena_new_array(r->arena, uint32_t, r->model->dim_count);
	f->of = arena_new_array(r->arena, struct formulas_of, r->model->decision_count);
	return f;
}

/* A decision keeps its own; what belongs to none shares one. */
static struct formulas *formulas_of(struct search *s)
{
	struct formulas **at = s->plan ? &s->plan->formulas : &s->regions->formulas;
	if (!*at)
		*at = formulas_new(s);
	return *at;
}

static void start(struct formulas *f, const struct search *s)
{
	const struct model *model = f->regions->model;
	f->fresh = diagram_renew(f->diagram);
	if (f->fresh) {
		pad_reset(&f->pad, f->regions->arena);
		memset(f->of, 0, model->decision_count * sizeof *f->of);
		for (uint32_t i = 0; i < s->order_count; i++)
			f->place[s->order[i]] = i;
	}
	diagram_start(f->diagram, true);
}

static struct formulas_of *of_plan(struct formulas *f, const struct plan *plan)
{
	struct formulas_of *of = &f->of[plan->index];
	if (!of->holds) {
		of->holds = unknown(f, plan->count);
		of->reasons = unknown(f, plan->count);
		of->given = unknown(f, plan->decision->outcome_count);
		of->cases = UNKNOWN;
	}
	return of;
}

/* ---- rules and decisions ---- */

static uint32_t given(struct formulas *f, struct plan *plan, size_t outcome);

static uint32_t of_test(struct formulas *f, const struct test *test)
{
	uint32_t all = test->kind == TEST_AND || test->kind == TEST_YES ? DIAGRAM_ALL : DIAGRAM_NONE;
	if (test->kind == TEST_ATOM)
		return diagram_within(f->diagram, f->place[test->atom.dim], &test->atom.ranges, DIAGRAM_ALL);
	for (size_t o = 0; test->kind == TEST_DECISION && o < 64; o++)
		if (test->outcomes >> o & 1)
			all = either(f, all, given(f, plan_of(f->regions, test->decision), o));
	for (size_t i = test->part_count; i-- > 0;)
		all = (test->kind == TEST_AND ? meet : either)(f, all, of_test(f, test->parts[i]));
	return all;
}

static uint32_t holds(struct formulas *f, struct plan *plan, uint32_t rule)
{
	uint32_t *known = &of_plan(f, plan)->holds[rule];
	if (*known == UNKNOWN)
		*known = of_test(f, plan->rules[rule].test);
	return *known;
}

/* Of `set` where nothing but `but` beats the rule. */
static uint32_t unbeaten(struct formulas *f, struct plan *plan, uint32_t rule, uint32_t but, uint32_t set)
{
	struct neighbours beaters;
	if (!plan_beaters(f->regions, plan, rule, &beaters))
		return DIAGRAM_NONE;
	for (size_t i = 0; i < beaters.count; i++)
		if (beaters.items[i] != but)
			set = less(f, set, holds(f, plan, beaters.items[i]));
	return set;
}

static uint32_t reason(struct formulas *f, struct plan *plan, uint32_t rule)
{
	uint32_t *known = &of_plan(f, plan)->reasons[rule];
	if (*known == UNKNOWN)
		*known = unbeaten(f, plan, rule, NONE, holds(f, plan, rule));
	return *known;
}

static uint32_t given(struct formulas *f, struct plan *plan, size_t outcome)
{
	uint32_t *known = &of_plan(f, plan)->given[outcome], all = DIAGRAM_NONE;
	if (*known != UNKNOWN)
		return *known;
	for (uint32_t i = 0; i < plan->count; i++)
		if (plan->rules[i].outcome == outcome)
			all = either(f, all, reason(f, plan, i));
	return *known = all;
}

/* Of `set` where one of the sets has it, or several do. */
static void some_and_several(struct formulas *f, const uint32_t *sets, size_t count, uint32_t set, uint32_t *some,
			     uint32_t *several)
{
	*some = *several = DIAGRAM_NONE;
	for (size_t o = 0; o < count; o++) {
		uint32_t own = meet(f, set, sets[o]);
		*several = either(f, *several, meet(f, *some, own));
		*some = either(f, *some, own);
	}
}

static void find_given(struct formulas *f, struct plan *plan)
{
	for (size_t o = 0; o < plan->decision->outcome_count; o++)
		given(f, plan, o);
}

static uint32_t with_one_outcome(struct formulas *f, struct plan *plan, uint32_t set)
{
	uint32_t some, several;
	find_given(f, plan);
	some_and_several(f, of_plan(f, plan)->given, plan->decision->outcome_count, set, &some, &several);
	return less(f, some, several);
}

/* ---- questions ---- */

static uint32_t cases_of(struct formulas *f, const struct search *s)
{
	uint32_t cases = DIAGRAM_ALL;
	for (size_t i = 0; i < s->constraints.count; i++)
		cases = meet(f, cases, of_test(f, s->constraints.items[i]));
	for (size_t i = 0; i < s->stages.count; i++)
		if (s->stages.items[i].must_answer)
			cases = with_one_outcome(f, s->stages.items[i].plan, cases);
	return cases;
}

/* Of the decision the same for all its questions, but for those that are asked within a condition. */
static uint32_t cases(struct formulas *f, const struct search *s)
{
	if (!s->plan || s->question->within)
		return cases_of(f, s);
	uint32_t *known = &of_plan(f, s->plan)->cases;
	if (*known == UNKNOWN)
		*known = cases_of(f, s);
	return *known;
}

/* Of `set` where all of the rules hold, or are reasons. */
static uint32_t where_all(struct formulas *f, const struct search *s, uint32_t set, bool reasons)
{
	const struct question *q = s->question;
	for (size_t i = 0; i < q->rule_count; i++)
		set = meet(f, set, (reasons ? reason : holds)(f, s->plan, q->rules[i]));
	return set;
}

static uint32_t where_none(struct formulas *f, const struct search *s, uint32_t set)
{
	const struct question *q = s->question;
	for (size_t i = 0; i < q->other_count; i++)
		set = less(f, set, holds(f, s->plan, q->others[i]));
	return set;
}

static uint32_t where_some(struct formulas *f, const struct search *s, uint32_t set, bool reasons)
{
	const struct question *q = s->question;
	uint32_t some = DIAGRAM_NONE;
	for (size_t i = 0; i < q->other_count; i++) {
		uint32_t other = (reasons ? reason : holds)(f, s->plan, q->others[i]);
		some = either(f, some, meet(f, set, other));
	}
	return some;
}

/* ---- without a rule ---- */

/* Of `set`, where the rule holds: a rule that meets it is a reason, if `but` is left out. */
static uint32_t near_reason(struct formulas *f, struct plan *plan, uint32_t near, uint32_t but, uint32_t set)
{
	return unbeaten(f, plan, near, but, meet(f, set, holds(f, plan, near)));
}

/* Where there is a reason for the outcome; asked of `set` alone, since of all cases such sets are large. */
static uint32_t given_near(struct formulas *f, struct plan *plan, struct neighbours near, uint32_t outcome,
			   uint32_t but, uint32_t set)
{
	uint32_t all = DIAGRAM_NONE;
	for (size_t i = 0; i < near.count; i++)
		if (plan->rules[near.items[i]].outcome == outcome)
			all = either(f, all, near_reason(f, plan, near.items[i], but, set));
	return all;
}

/* Where there is none for it, or for all but two. */
static uint32_t given_none_of(struct formulas *f, struct plan *plan, struct neighbours near, const bool *outcomes,
			      uint32_t but, uint32_t set)
{
	for (size_t i = 0; i < near.count && set != DIAGRAM_NONE; i++)
		if (outcomes[plan->rules[near.items[i]].outcome])
			set = less(f, set, near_reason(f, plan, near.items[i], but, set));
	return set;
}

/* Where the rule is a reason, without it nothing is for its outcome, and for one other at most. */
static uint32_t where_lost(struct formulas *f, struct plan *plan, struct neighbours near, uint32_t rule, uint32_t set)
{
	bool outcomes[64] = { false };
	uint32_t own = plan->rules[rule].outcome;
	uint32_t lost = DIAGRAM_NONE;
	outcomes[own] = true;
	set = given_none_of(f, plan, near, outcomes, rule, unbeaten(f, plan, rule, NONE, set));
	for (size_t o = 0; o < 64; o++)
		outcomes[o] = o != own;
	for (uint32_t o = 0; o < plan->decision->outcome_count && lost == DIAGRAM_NONE; o++) {
		if (o == own)
			continue;
		outcomes[o] = false;
		lost = given_none_of(f, plan, near, outcomes, rule, set);
		outcomes[o] = true;
	}
	return lost;
}

/* Where the rule holds. A conflict that stays one is the same answer. */
static uint32_t where_other(struct formulas *f, struct plan *plan, struct neighbours near, uint32_t rule, uint32_t set)
{
	size_t count = plan->decision->outcome_count;
	uint32_t with[64], without[64], some, several, still, other = DIAGRAM_NONE;
	for (uint32_t o = 0; o < count; o++) {
		with[o] = given_near(f, plan, near, o, NONE, set);
		without[o] = given_near(f, plan, near, o, rule, set);
		if (o == plan->rules[rule].outcome)
			with[o] = either(f, with[o], unbeaten(f, plan, rule, NONE, set));
		other = either(f, other, less(f, with[o], without[o]));
		other = either(f, other, less(f, without[o], with[o]));
	}
	some_and_several(f, with, count, other, &some, &several);
	some_and_several(f, without, count, several, &some, &still);
	return less(f, other, still);
}

/* Some of these cases, or all: a few are mostly found with less. */
static uint32_t where_changed(struct formulas *f, const struct search *s, uint32_t set)
{
	uint32_t rule = s->question->rules[0];
	struct neighbours near;
	if (!regions_neighbours(f->regions, s->plan->index, rule, &near))
		return DIAGRAM_NONE;
	set = where_all(f, s, set, false);
	uint32_t lost = where_lost(f, s->plan, near, rule, set);
	return lost != DIAGRAM_NONE ? lost : where_other(f, s->plan, near, rule, set);
}

/* ---- with an order more. note [settled] ---- */

/* Of `set`, where the rule is a reason, and stays one with the order. */
static uint32_t ordered_reason(struct formulas *f, const struct search *s, uint32_t rule, uint32_t reason)
{
	const struct question *q = s->question;
	bool under = s->roles[rule] & ROLE_UNDER;
	for (size_t i = 0; i < q->rule_count && under && reason != DIAGRAM_NONE; i++)
		if (s->plan->rules[q->rules[i]].outcome != s->plan->rules[rule].outcome)
			reason = less(f, reason, holds(f, s->plan, q->rules[i]));
	return reason;
}

static uint32_t where_settled(struct formulas *f, const struct search *s, uint32_t set)
{
	const struct question *q = s->question;
	uint32_t before[64] = { DIAGRAM_NONE }, after[64] = { DIAGRAM_NONE }, over = DIAGRAM_NONE, some, settled;
	for (size_t i = 0; i < q->rule_count; i++)
		over = either(f, over, meet(f, set, holds(f, s->plan, q->rules[i])));
	set = where_some(f, s, over, false);
	for (uint32_t i = 0; i < s->plan->count; i++) {
		uint32_t outcome = s->plan->rules[i].outcome, own = near_reason(f, s->plan, i, NONE, set);
		before[outcome] = either(f, before[outcome], own);
		after[outcome] = either(f, after[outcome], ordered_reason(f, s, i, own));
	}
	some_and_several(f, before, s->plan->decision->outcome_count, set, &some, &settled);
	settled = meet(f, settled, after[q->outcome]);
	for (uint32_t o = 0; o < s->plan->decision->outcome_count; o++)
		if (o != q->outcome)
			settled = less(f, settled, after[o]);
	return settled;
}

static uint32_t where_reached(struct formulas *f, const struct search *s, uint32_t set)
{
	switch (s->question->goal) {
	case GOAL_CASE: return set;
	case GOAL_HOLD: return where_all(f, s, set, false);
	case GOAL_REASON: return where_none(f, s, where_all(f, s, set, true));
	case GOAL_WITHOUT: return where_none(f, s, where_all(f, s, set, false));
	case GOAL_MEET: return where_some(f, s, where_all(f, s, set, true), true);
	case GOAL_BEATEN: return where_some(f, s, where_all(f, s, set, false), false);
	case GOAL_NONE: return where_none(f, s, set);
	case GOAL_CHANGE: return where_changed(f, s, set);
	case GOAL_REFUTED: return meet(f, set, of_test(f, s->test));
	case GOAL_SETTLED: return where_settled(f, s, set);
	case GOAL_FALL: break;
	}
	return DIAGRAM_NONE;
}

static bool is_small(const struct search *s)
{
	size_t rules = s->plan ? s->plan->count : 0;
	for (size_t i = 0; i < s->stages.count; i++)
		rules += s->stages.items[i].plan->count;
	return rules <= MANY_RULES;
}

bool formula_suits(const struct search *s)
{
	const struct question *q = s->question;
	return q->goal != GOAL_FALL && (q->decision != NONE || q->property) && diagram_suits(s) && is_small(s);
}

static bool reached(struct formulas *f, const struct search *s, uint32_t *set)
{
	start(f, s);
	*set = where_reached(f, s, cases(f, s));
	diagram_add(f->diagram, *set);
	if (diagram_close(f->diagram))
		return true;
	diagram_drop(f->diagram);
	return false;
}

/* What other questions left may be what fills it. */
struct diagram *formula_of(struct search *s, uint32_t *set)
{
	struct formulas *f = formulas_of(s);
	if (reached(f, s, set) || (!f->fresh && !s->regions->ended && reached(f, s, set)))
		return f->diagram;
	return NULL;
}
