/* The joint model's decisions for one subject: rules that matter there, and an outcome for cases that have none.
 *
 * note [completed] A question is about outcomes, and a case in a gap or a conflict has none; yet it may have one in the
 * other edition, and that is a difference. So a decision with such cases gets outcomes for them, given by rules of its
 * own: a default under everything for gaps; for two rules that can be reasons with different outcomes one over
 * everything that holds where both are; and above that one where a feeding decision has no answer. */
#include "diff/subject.h"

#include "model/ranges.h"

#include <string.h>

enum { LIMIT_CONFLICTS = 4096, OWN_RUNGS = 4 };
enum own_rung { RUNG_FEEDING, RUNG_CONFLICT, RUNG_RULES, RUNG_GAP };

static struct model *model_of(const struct stage_set *set)
{
	return &set->subject->joint->model;
}

static struct arena *arena_of(const struct stage_set *set)
{
	return set->subject->joint->arena;
}

/* ---- rules ---- */

static size_t rule_offset(const struct joint *j, enum edition e)
{
	return e == OLD ? 0 : j->editions[OLD]->rule_count;
}

static void copy_tables(struct joint *j)
{
	struct model *m = &j->model;
	size_t old = j->editions[OLD]->table_count, new_ = j->editions[NEW]->table_count;
	m->table_count = old + new_;
	m->tables = arena_new_array(j->arena, struct rule_table, m->table_count + 1);
	if (old)
		memcpy(m->tables, j->editions[OLD]->tables, old * sizeof *m->tables);
	if (new_)
		memcpy(m->tables + old, j->editions[NEW]->tables, new_ * sizeof *m->tables);
}

static void copy_rule(struct joint *j, uint32_t decision, size_t place)
{
	enum edition e = joint_edition(j, decision);
	uint32_t index = joint_source(j, decision)->rules[place];
	struct rule *rule = &j->model.rules[rule_offset(j, e) + index];
	*rule = j->editions[e]->rules[index];
	rule->decision = decision;
	rule->when = joint_rules(j, decision)[place].when;
	rule->except = joint_rules(j, decision)[place].except;
	if (rule->table != NONE && e == NEW)
		rule->table += (uint32_t)j->editions[OLD]->table_count;
}

/* The edition's, and the domains that its facts have where the joint ones are larger. */
static void copy_constraints(struct stage_set *set, struct decision *d, const struct decision *from, enum edition e)
{
	const struct joint *j = set->subject->joint;
	d->constraints = arena_new_array(j->arena, uint32_t, from->constraint_count + set->domains[e].count + 1);
	for (size_t i = 0; i < from->constraint_count; i++)
		d->constraints[i] = from->constraints[i] + (e == NEW ? (uint32_t)j->editions[OLD]->constraint_count : 0);
	if (d == &model_of(set)->decisions[set->subject->decision[e]])
		for (size_t i = 0; i < set->domains[e].count; i++)
			d->constraints[d->constraint_count++] = set->domains[e].items[i];
}

static void add_domains(struct stage_set *set, enum edition e)
{
	struct joint *j = set->subject->joint;
	struct model *m = &j->model;
	for (size_t i = 0; i < set->subject->own[e].count; i++) {
		const struct own *own = &set->subject->own[e].items[i];
		if (own->fact == NONE)
			continue;
		vec_push(j->arena, &set->domains[e], (uint32_t)m->constraint_count);
		m->constraints[m->constraint_count++] = (struct constraint){ .cond = own->cond };
	}
}

/* `kept` NULL: all rules. */
static void copy_decision(struct stage_set *set, uint32_t decision, const bool *kept, const uint32_t *fed_by, size_t fed_by_count)
{
	struct joint *j = set->subject->joint;
	enum edition e = joint_edition(j, decision);
	const struct decision *from = joint_source(j, decision);
	struct decision *d = &j->model.decisions[decision];
	*d = *from;
	d->rules = arena_new_array(j->arena, uint32_t, from->rule_count + 2);
	d->rule_count = 0;
	d->tables = arena_new_array(j->arena, uint32_t, from->table_count + 1);
	for (size_t i = 0; i < from->table_count; i++)
		d->tables[i] = from->tables[i] + (e == NEW ? (uint32_t)j->editions[OLD]->table_count : 0);
	for (size_t i = 0; i < from->rule_count; i++) {
		if (kept && !kept[i])
			continue;
		copy_rule(j, decision, i);
		d->rules[d->rule_count++] = (uint32_t)rule_offset(j, e) + from->rules[i];
	}
	d->dims = set->subject->dims;
	d->dim_count = set->subject->dim_count;
	copy_constraints(set, d, from, e);
	d->fed_by = arena_new_array(j->arena, uint32_t, fed_by_count + 2);
	if (fed_by_count)
		memcpy(d->fed_by, fed_by, fed_by_count * sizeof *fed_by);
	d->fed_by_count = fed_by_count;
}

/* Appends a rule of the decision; its rungs are set later. */
static uint32_t make_rule(struct stage_set *set, uint32_t decision, uint32_t outcome, struct cond *when)
{
	struct model *m = model_of(set);
	if (m->rule_count == set->rule_capacity) {
		struct rule *more = arena_new_array(arena_of(set), struct rule, set->rule_capacity * 2);
		memcpy(more, m->rules, m->rule_count * sizeof *more);
		m->rules = more;
		set->rule_capacity *= 2;
	}
	m->rules[m->rule_count] = (struct rule){ .id = "", .decision = decision, .outcome = outcome, .when = when, .table = NONE };
	return (uint32_t)m->rule_count++;
}

static void append_rule(struct stage_set *set, uint32_t decision, uint32_t rule)
{
	struct decision *d = &model_of(set)->decisions[decision];
	uint32_t *rules = arena_new_array(arena_of(set), uint32_t, d->rule_count + 1);
	if (d->rule_count)
		memcpy(rules, d->rules, d->rule_count * sizeof *rules);
	rules[d->rule_count++] = rule;
	d->rules = rules;
}

/* ---- where to look ---- */

static void make_near(struct stage_set *set)
{
	struct subject *s = set->subject;
	struct decision *d = &model_of(set)->decisions[s->joint->near];
	*d = (struct decision){ .outcome_count = 2, .dims = s->dims, .dim_count = s->dim_count };
	d->outcomes = arena_new_array(arena_of(set), struct outcome, 2);
	for (size_t i = 0; i < s->near.count; i++) {
		cond_list tests = { 0 };
		for (size_t k = 0; k < s->near.items[i].count; k++) {
			const struct product_test *test = &s->near.items[i].tests[k];
			vec_push(arena_of(set), &tests, cond_of_dim(arena_of(set), test->subject, test->ranges));
		}
		append_rule(set, s->joint->near, make_rule(set, s->joint->near, LOOK_HERE, cond_all(arena_of(set), &tests)));
	}
	uint32_t rest = make_rule(set, s->joint->near, LOOK_NOT, cond_constant(arena_of(set), true));
	model_of(set)->rules[rest].is_default = true;
	append_rule(set, s->joint->near, rest);
}

/* ---- cases without an answer ---- */

struct pair {
	uint32_t a, b;               /* places */
};
struct finding_out {                 /* of one decision */
	struct stage_set *set;
	uint32_t decision;
	bool gap, feeding;
	VEC(struct pair) conflicts;
};

static bool ask(struct stage_set *set, const struct question *question)
{
	enum reply reply = regions_exist(set->regions, question);
	set->ended |= reply == REPLY_ENDED;
	return reply == REPLY_YES;
}

static void find_gap(struct finding_out *f)
{
	const struct decision *d = &model_of(f->set)->decisions[f->decision];
	uint32_t *all = arena_new_array(arena_of(f->set), uint32_t, d->rule_count + 1);
	for (uint32_t i = 0; i < d->rule_count; i++)
		all[i] = i;
	const struct question question = { .goal = GOAL_NONE, .decision = f->decision, .others = all, .other_count = d->rule_count };
	f->gap = ask(f->set, &question);
}

static bool may_conflict(const struct finding_out *f, uint32_t a, uint32_t b)
{
	const struct model *m = model_of(f->set);
	const uint32_t *rules = m->decisions[f->decision].rules;
	return m->rules[rules[a]].outcome != m->rules[rules[b]].outcome &&
	       !regions_beats(f->set->regions, f->decision, a, b) && !regions_beats(f->set->regions, f->decision, b, a);
}

static void find_conflicts_of(struct finding_out *f, uint32_t a, size_t rule_count)
{
	struct neighbours near;
	VEC(uint32_t) others = { 0 };
	if (!regions_neighbours(f->set->regions, f->decision, a, &near)) {
		f->set->ended = true;
		return;
	}
	for (size_t i = 0; i < near.count; i++)
		if (near.items[i] > a && near.items[i] < rule_count && may_conflict(f, a, near.items[i]))
			vec_push(arena_of(f->set), &others, near.items[i]);
	struct question question = { .goal = GOAL_MEET, .decision = f->decision, .rules = &a, .rule_count = 1,
				     .others = others.items, .other_count = others.count };
	if (others.count == 0 || !ask(f->set, &question))
		return;
	question.other_count = 1;
	for (size_t i = 0; i < others.count && !f->set->ended; i++) {
		question.others = &others.items[i];
		if (ask(f->set, &question))
			vec_push(arena_of(f->set), &f->conflicts, ((struct pair){ a, others.items[i] }));
	}
}

/* Of a reduced decision only what lies where there is something to look for: a rule that holds everywhere else stands
 * for the rules left out. */
static void find_out(struct finding_out *f)
{
	struct stage_set *set = f->set;
	const struct subject *s = set->subject;
	struct decision *d = &model_of(set)->decisions[f->decision];
	size_t rule_count = d->rule_count;
	bool reduced = !s->everywhere && (f->decision == s->decision[OLD] || f->decision == s->decision[NEW]);
	if (reduced) {
		struct ranges elsewhere = ranges_one(arena_of(set), LOOK_NOT, LOOK_NOT);
		uint32_t rule = make_rule(set, f->decision, 0, cond_of_decision(arena_of(set), s->joint->near, elsewhere));
		uint32_t *rungs = arena_new_array(arena_of(set), uint32_t, d->ladder_count + 1);
		memset(rungs, 0xff, d->ladder_count * sizeof *rungs);
		model_of(set)->rules[rule].rungs = rungs;
		append_rule(set, f->decision, rule);
		d->fed_by[d->fed_by_count++] = s->joint->near;
	}
	find_gap(f);
	for (uint32_t i = 0; i < rule_count && !set->ended; i++)
		find_conflicts_of(f, i, rule_count);
	d->rule_count = rule_count;
	for (size_t i = 0; i < d->fed_by_count; i++)
		f->feeding |= set->completed[d->fed_by[i]];
}

/* ---- completing ---- */

uint32_t missing_outcome(const struct stage_set *set, uint32_t decision, enum missing missing)
{
	if (!set->completed[decision])
		return NONE;
	return (uint32_t)joint_source(set->subject->joint, decision)->outcome_count + (uint32_t)missing;
}

struct cond *holds_of_rule(const struct stage_set *set, uint32_t rule)
{
	const struct rule *r = &model_of(set)->rules[rule];
	return r->except ? cond_both(arena_of(set), r->when, cond_negated(arena_of(set), r->except)) : r->when;
}

void beaters_of_rule(const struct stage_set *set, uint32_t decision, uint32_t rule, cond_list *out)
{
	const struct model *m = model_of(set);
	const struct decision *d = &m->decisions[decision];
	for (size_t i = 0; i < d->rule_count; i++)
		if (d->rules[i] < set->rule_base && m->rules[d->rules[i]].outcome != m->rules[rule].outcome &&
		    rule_is_over(m, d->rules[i], rule))
			vec_push(arena_of(set), out, holds_of_rule(set, d->rules[i]));
}

static void rank(struct stage_set *set, uint32_t decision, uint32_t rule, enum own_rung rung)
{
	struct decision *d = &model_of(set)->decisions[decision];
	size_t count = d->ladder_count - 1;      /* without the one made here */
	struct rule *r = &model_of(set)->rules[rule];
	uint32_t *rungs = arena_new_array(arena_of(set), uint32_t, count + 1);
	memset(rungs, 0xff, count * sizeof *rungs);
	if (r->rungs && count)
		memcpy(rungs, r->rungs, count * sizeof *rungs);
	rungs[count] = rung;
	r->rungs = rungs;
}

static void add_ladder(struct stage_set *set, uint32_t decision)
{
	struct decision *d = &model_of(set)->decisions[decision];
	struct ladder *ladders = arena_new_array(arena_of(set), struct ladder, d->ladder_count + 1);
	if (d->ladder_count)
		memcpy(ladders, d->ladders, d->ladder_count * sizeof *ladders);
	ladders[d->ladder_count++] = (struct ladder){ .decision = decision, .rung_count = OWN_RUNGS };
	d->ladders = ladders;
	for (size_t i = 0; i < d->rule_count; i++)
		rank(set, decision, d->rules[i], RUNG_RULES);
}

static void add_missing(struct stage_set *set, uint32_t decision, enum missing missing, enum own_rung rung, struct cond *when)
{
	uint32_t first = (uint32_t)joint_source(set->subject->joint, decision)->outcome_count;
	uint32_t rule = make_rule(set, decision, first + (uint32_t)missing, when);
	append_rule(set, decision, rule);
	rank(set, decision, rule, rung);
}

/* Both hold, and no rule beats either. Before the ladder is added: priorities are the edition's own. */
static struct cond *conflict_of(struct finding_out *f, const struct pair *pair)
{
	const uint32_t *rules = model_of(f->set)->decisions[f->decision].rules;
	struct arena *arena = arena_of(f->set);
	cond_list beaters = { 0 };
	beaters_of_rule(f->set, f->decision, rules[pair->a], &beaters);
	beaters_of_rule(f->set, f->decision, rules[pair->b], &beaters);
	struct cond *both = cond_both(arena, holds_of_rule(f->set, rules[pair->a]), holds_of_rule(f->set, rules[pair->b]));
	return cond_both(arena, both, cond_negated(arena, cond_any(arena, &beaters)));
}

static struct cond *feeding_missing(struct finding_out *f)
{
	struct stage_set *set = f->set;
	const struct decision *d = &model_of(set)->decisions[f->decision];
	cond_list any = { 0 };
	for (size_t i = 0; i < d->fed_by_count; i++) {
		uint32_t feed = d->fed_by[i];
		if (!set->completed[feed])
			continue;
		uint32_t first = missing_outcome(set, feed, MISSING_GAP);
		struct ranges outcomes = ranges_one(arena_of(set), first, first + MISSINGS - 1);
		vec_push(arena_of(set), &any, cond_of_decision(arena_of(set), feed, outcomes));
	}
	return cond_any(arena_of(set), &any);
}

static void complete(struct finding_out *f)
{
	struct stage_set *set = f->set;
	struct decision *d = &model_of(set)->decisions[f->decision];
	cond_list conflicts = { 0 };
	if (!f->gap && !f->feeding && f->conflicts.count == 0)
		return;
	if (d->outcome_count + MISSINGS > LIMIT_OUTCOMES || f->conflicts.count > LIMIT_CONFLICTS) {
		set->too_many = true;
		return;
	}
	for (size_t i = 0; i < f->conflicts.count; i++)
		vec_push(arena_of(set), &conflicts, conflict_of(f, &f->conflicts.items[i]));
	set->completed[f->decision] = true;
	struct outcome *outcomes = arena_new_array(arena_of(set), struct outcome, d->outcome_count + MISSINGS);
	memcpy(outcomes, d->outcomes, d->outcome_count * sizeof *outcomes);
	d->outcomes = outcomes;
	d->outcome_count += MISSINGS;
	add_ladder(set, f->decision);
	if (f->feeding)
		add_missing(set, f->decision, MISSING_FEEDING, RUNG_FEEDING, feeding_missing(f));
	for (size_t i = 0; i < conflicts.count; i++)
		add_missing(set, f->decision, MISSING_CONFLICT, RUNG_CONFLICT, conflicts.items[i]);
	add_missing(set, f->decision, MISSING_GAP, RUNG_GAP, cond_constant(arena_of(set), true));
	model_of(set)->rules[model_of(set)->rule_count - 1].is_default = true;       /* over no default either */
}

/* ---- the whole ---- */

typedef VEC(uint32_t) index_list;

/* All decisions of the subject, each after those that feed it, each once. */
static void list_decisions(const struct stage_set *set, index_list *out)
{
	const struct subject *s = set->subject;
	bool *seen = arena_new_array(arena_of(set), bool, model_of(set)->decision_count);
	for (int e = 0; e < EDITIONS; e++) {
		for (size_t i = 0; s->decision[e] != NONE && i <= s->fed_by[e].count; i++) {
			uint32_t d = i < s->fed_by[e].count ? s->fed_by[e].items[i] : s->decision[e];
			if (!seen[d])
				vec_push(arena_of(set), out, d);
			seen[d] = true;
		}
	}
}

/* What feeds a feeding decision: those before it that it rests on. A larger list would do, but for its own cases. */
static void feeding_of(const struct stage_set *set, uint32_t decision, bool *has)
{
	const struct joint *j = set->subject->joint;
	const struct decision *d = joint_source(j, decision);
	for (size_t i = 0; i < d->feed_count; i++) {
		uint32_t feed = joint_decision(j, joint_edition(j, decision), d->feeds[i]);
		if (!has[feed])
			feeding_of(set, feed, has);
		has[feed] = true;
	}
}

static void copy_all(struct stage_set *set, const index_list *decisions)
{
	const struct subject *s = set->subject;
	for (size_t i = 0; i < decisions->count; i++) {
		uint32_t d = decisions->items[i];
		index_list fed_by = { 0 };
		bool *has = arena_new_array(arena_of(set), bool, model_of(set)->decision_count);
		const bool *kept = d == s->decision[OLD] ? s->kept[OLD] : d == s->decision[NEW] ? s->kept[NEW] : NULL;
		feeding_of(set, d, has);
		for (size_t k = 0; k < i; k++)
			if (has[decisions->items[k]])
				vec_push(arena_of(set), &fed_by, decisions->items[k]);
		copy_decision(set, d, kept, fed_by.items, fed_by.count);
	}
}

struct stage_set *stage_set_new_in(struct subject *s, const struct limits *limits)
{
	struct joint *j = s->joint;
	struct stage_set *set = arena_new_of(j->arena, struct stage_set);
	struct model *m = &j->model;
	index_list decisions = { 0 };
	set->subject = s;
	set->rule_base = j->editions[OLD]->rule_count + j->editions[NEW]->rule_count;
	set->completed = arena_new_array(j->arena, bool, m->decision_count + 1);
	m->decisions = arena_new_array(j->arena, struct decision, m->decision_count + 1);
	set->rule_capacity = set->rule_base + 64;
	m->rules = arena_new_array(j->arena, struct rule, set->rule_capacity);
	m->rule_count = set->rule_base;
	copy_tables(j);
	m->constraint_count = j->editions[OLD]->constraint_count + j->editions[NEW]->constraint_count;
	add_domains(set, OLD);
	add_domains(set, NEW);
	list_decisions(set, &decisions);
	copy_all(set, &decisions);
	if (!s->everywhere)
		make_near(set);
	set->regions = regions_new(j->arena, m, limits);
	struct finding_out *found = arena_new_array(j->arena, struct finding_out, decisions.count + 1);
	for (size_t i = 0; i < decisions.count && !set->ended; i++) {
		found[i] = (struct finding_out){ .set = set, .decision = decisions.items[i] };
		find_out(&found[i]);
		complete(&found[i]);
	}
	if (set->ended || set->too_many)
		return set;
	set->regions = regions_new(j->arena, m, limits);
	for (size_t i = 0; i < decisions.count; i++) {
		uint32_t d = decisions.items[i];
		bool whole = s->everywhere || (d != s->decision[OLD] && d != s->decision[NEW]);
		if (whole || set->completed[d])
			regions_total(set->regions, d);
	}
	if (!s->everywhere)
		regions_total(set->regions, j->near);
	return set;
}
