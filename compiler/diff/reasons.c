/* What is behind a region: every rule that is a reason in some case of it, and what these rest on. */
#include "diff/reasons.h"

#include "model/ranges.h"

#include <string.h>

static struct arena *arena_of(const struct stage_set *set)
{
	return set->subject->joint->arena;
}

/* ---- questions ---- */

void question_feed(struct question_of *q, uint32_t decision)
{
	for (size_t i = 0; i < q->fed_by.count; i++)
		if (q->fed_by.items[i] == decision)
			return;
	vec_push(arena_of(q->set), &q->fed_by, decision);
}

/* The condition as a property that it refutes: where it holds, nothing does. */
static struct question as_question(const struct question_of *q)
{
	const struct subject *s = q->set->subject;
	struct property *p = arena_new_of(arena_of(q->set), struct property);
	p->when = q->cond;
	p->then = cond_constant(arena_of(q->set), false);
	p->dims = s->dims;
	p->dim_count = s->dim_count;
	p->constraints = s->constraints.items;
	p->constraint_count = s->constraints.count;
	p->fed_by = q->fed_by.items;
	p->fed_by_count = q->fed_by.count;
	return (struct question){ .goal = GOAL_REFUTED, .decision = NONE, .property = p };
}

bool question_exists(struct question_of *q)
{
	const struct question question = as_question(q);
	enum reply reply = regions_exist(q->set->regions, &question);
	q->ended |= reply == REPLY_ENDED;
	return reply == REPLY_YES;
}

bool question_list(struct question_of *q, size_t shown, struct region_list *out)
{
	const struct question question = as_question(q);
	enum reply reply = regions_list(q->set->regions, &question, shown, out);
	q->ended |= reply == REPLY_ENDED;
	return reply == REPLY_YES;
}

/* ---- conditions asked of many regions ---- */

/* note [asked] Whether a condition holds somewhere in a region is a question of its own. Of many regions the same conditions
 * are asked over and over: then all cases of a condition are found out at once, and a region meets them or does not. */
struct asked {
	struct cond *cond;           /* NULL: not made yet */
	size_t tries;
	bool is_set;
	struct case_set cases;
};

enum { TRIES = 2, CASES_BOXES = 1 << 17 };

struct reasoning {
	const struct stage_set *set;
	enum edition edition;
	const struct placed_region *region;
	struct cond *inside;         /* the region; NULL: not made yet */
	bool many;                   /* regions may be shown */
	bool *ended;
	unsigned depth;
};

/* Over what feeds the edition's decision. */
static struct question_of question_about(const struct reasoning *r, struct cond *cond)
{
	const struct subject *s = r->set->subject;
	struct question_of q = { .set = r->set, .cond = cond };
	for (size_t i = 0; i < s->fed_by[r->edition].count; i++)
		question_feed(&q, s->fed_by[r->edition].items[i]);
	return q;
}

static void find_cases(const struct reasoning *r, struct asked *asked)
{
	struct question_of q = question_about(r, asked->cond);
	const struct question question = as_question(&q);
	asked->tries++;
	regions_allow(r->set->regions, CASES_BOXES);
	enum reply reply = regions_cases(r->set->regions, &question, &asked->cases);
	asked->is_set = regions_allow_all(r->set->regions) && reply == REPLY_YES;
}

static struct cond *inside_of(struct reasoning *r)
{
	cond_list inside = { 0 };
	for (size_t i = 0; i < r->region->count && !r->inside; i++)
		vec_push(arena_of(r->set), &inside,
			 cond_of_dim(arena_of(r->set), r->region->tests[i].subject, r->region->tests[i].ranges));
	return r->inside ? r->inside : (r->inside = cond_all(arena_of(r->set), &inside));
}

/* In the region. */
static bool occurs(struct reasoning *r, struct asked *asked)
{
	asked->is_set = asked->is_set && regions_cases_kept(r->set->regions, &asked->cases);
	if (r->many && !asked->is_set && asked->tries < TRIES)
		find_cases(r, asked);
	if (asked->is_set)
		return regions_cases_meet(r->set->regions, &asked->cases, r->region->values);
	struct question_of q = question_about(r, cond_both(arena_of(r->set), inside_of(r), asked->cond));
	bool yes = !*r->ended && question_exists(&q);
	*r->ended |= q.ended;
	return yes;
}

/* ---- reasons ---- */

struct asked_rest;
struct asked_rule {                  /* of the joint model */
	uint32_t rule;
	struct product box;
	struct asked asked;
	struct asked_rest *rests;
	size_t rest_count;
	bool has_rests;
};
struct asked_rules {
	struct asked_rule *items;
	size_t count;
	bool is_made;
};
struct asked_rest {                  /* an outcome of a feeding decision that is not the same in both */
	uint32_t decision, outcome;
	struct asked asked;
	struct asked_rules rules;
};
struct reasons_asked {               /* of an edition */
	struct asked_rules *of;      /* per outcome, then of any */
	struct asked *own;           /* per what the edition's cases need: that it is not so */
};

/* Those of the outcome; NONE: of any. */
static void list_rules(const struct stage_set *set, uint32_t decision, uint32_t outcome, struct asked_rules *out)
{
	struct joint *j = set->subject->joint;
	const struct decision *d = &j->model.decisions[decision];
	if (out->is_made)
		return;
	out->is_made = true;
	out->items = arena_new_array(j->arena, struct asked_rule, d->rule_count + 1);
	for (size_t i = 0; i < d->rule_count; i++) {
		const struct rule *rule = &j->model.rules[d->rules[i]];
		if (d->rules[i] < set->rule_base && (outcome == NONE || rule->outcome == outcome))
			out->items[out->count++] = (struct asked_rule){ .rule = d->rules[i], .box = product_of(j, rule->when, false) };
	}
}

static struct cond *is_reason(const struct stage_set *set, uint32_t decision, uint32_t rule)
{
	cond_list beaters = { 0 };
	beaters_of_rule(set, decision, rule, &beaters);
	struct cond *beaten = cond_any(arena_of(set), &beaters);
	return cond_both(arena_of(set), holds_of_rule(set, rule), cond_negated(arena_of(set), beaten));
}

static const struct rule *written_rule(const struct reasoning *r, uint32_t rule)
{
	const struct joint *j = r->set->subject->joint;
	size_t old = j->editions[OLD]->rule_count;
	return rule < old ? &j->editions[OLD]->rules[rule] : &j->editions[NEW]->rules[rule - old];
}

static bool is_shared(const struct reasoning *r, uint32_t feed)
{
	const struct joint *j = r->set->subject->joint;
	return joint_edition(j, feed) != r->edition ||
	       (r->edition == OLD && j->partner[OLD][feed] != NONE && j->shared[j->partner[OLD][feed]]);
}

typedef VEC(struct asked_rest) asked_list;

static void list_rests(struct reasoning *r, struct asked_rule *of)
{
	const struct joint *j = r->set->subject->joint;
	const struct subject *s = r->set->subject;
	const struct rule *rule = &j->model.rules[of->rule];
	asked_list found = { 0 };
	for (size_t i = 0; i < s->fed_by[r->edition].count; i++) {
		uint32_t feed = s->fed_by[r->edition].items[i];
		if (is_shared(r, feed) || (!cond_names(rule->when, feed) && !cond_names(rule->except, feed)))
			continue;
		for (uint32_t o = 0; o < joint_source(j, feed)->outcome_count; o++) {
			struct cond *is = cond_of_decision(arena_of(r->set), feed, ranges_one(arena_of(r->set), o, o));
			struct asked asked = { .cond = cond_both(arena_of(r->set), of->asked.cond, is) };
			vec_push(arena_of(r->set), &found, ((struct asked_rest){ .decision = feed, .outcome = o, .asked = asked }));
		}
	}
	of->rests = found.items;
	of->rest_count = found.count;
	of->has_rests = true;
}

enum { LIMIT_RESTS = 8 };            /* decisions below one another that are followed */

typedef VEC(struct diff_reason) reason_list;
typedef VEC(struct diff_rest) rest_list;

static struct diff_reasons reasons_of(struct reasoning *r, uint32_t decision, struct asked_rules *rules, struct cond *with);

/* Feeding decisions that are not the same in both, each with its outcomes behind the reason. */
static void add_rests(struct reasoning *r, struct asked_rule *of, struct diff_reason *reason)
{
	rest_list rests = { 0 };
	if (!of->has_rests && r->depth < LIMIT_RESTS)
		list_rests(r, of);
	for (size_t i = 0; i < of->rest_count; i++) {
		struct asked_rest *rest = &of->rests[i];
		if (!occurs(r, &rest->asked))
			continue;
		list_rules(r->set, rest->decision, rest->outcome, &rest->rules);
		struct diff_reasons because = reasons_of(r, rest->decision, &rest->rules, rest->asked.cond);
		if (because.count)
			vec_push(arena_of(r->set), &rests,
				 ((struct diff_rest){ joint_source(r->set->subject->joint, rest->decision), rest->outcome, because }));
	}
	reason->rests_on = rests.items;
	reason->rest_count = rests.count;
}

/* Those that are a reason in some case of the region where `with` holds. */
static struct diff_reasons reasons_of(struct reasoning *r, uint32_t decision, struct asked_rules *rules, struct cond *with)
{
	const struct product region = { r->region->tests, r->region->count, true };
	reason_list found = { 0 };
	r->depth++;
	for (size_t i = 0; i < rules->count; i++) {
		struct asked_rule *rule = &rules->items[i];
		if (!products_meet(&rule->box, &region))
			continue;
		if (!rule->asked.cond)
			rule->asked.cond = cond_both(arena_of(r->set), with, is_reason(r->set, decision, rule->rule));
		if (!occurs(r, &rule->asked))
			continue;
		struct diff_reason reason = { .rule = written_rule(r, rule->rule) };
		add_rests(r, rule, &reason);
		vec_push(arena_of(r->set), &found, reason);
	}
	r->depth--;
	return (struct diff_reasons){ found.items, found.count };
}

/* Domains and constraints that exclude some case of the region. */
static struct diff_reasons exclusions(struct reasoning *r, struct asked *asked)
{
	struct joint *j = r->set->subject->joint;
	const own_list *own = &r->set->subject->own[r->edition];
	reason_list found = { 0 };
	for (size_t i = 0; i < own->count; i++) {
		if (!asked[i].cond)
			asked[i].cond = cond_negated(j->arena, own->items[i].cond);
		if (!occurs(r, &asked[i]))
			continue;
		uint32_t fact = own->items[i].fact;
		vec_push(j->arena, &found,
			 ((struct diff_reason){ .fact = fact == NONE ? NULL : &j->model.facts[fact], .constraint = own->items[i].constraint }));
	}
	return (struct diff_reasons){ found.items, found.count };
}

static struct reasons_asked *asked_of(struct stage_set *set, enum edition e)
{
	const struct subject *s = set->subject;
	struct arena *arena = s->joint->arena;
	if (set->asked[e])
		return set->asked[e];
	size_t outcomes = s->decision[e] == NONE ? 0 : joint_source(s->joint, s->decision[e])->outcome_count;
	set->asked[e] = arena_new_of(arena, struct reasons_asked);
	set->asked[e]->of = arena_new_array(arena, struct asked_rules, outcomes + 1);
	set->asked[e]->own = arena_new_array(arena, struct asked, s->own[e].count + 1);
	return set->asked[e];
}

static struct diff_reasons reasons_in(struct reasoning *r, uint32_t status, struct reasons_asked *asked)
{
	uint32_t decision = r->set->subject->decision[r->edition];
	if (status == STATUS_NOT_A_CASE)
		return exclusions(r, asked->own);
	if (status >= STATUS_GAP && status != STATUS_CONFLICT)
		return (struct diff_reasons){ NULL, 0 };
	bool any = status == STATUS_CONFLICT;
	struct asked_rules *rules = &asked->of[any ? joint_source(r->set->subject->joint, decision)->outcome_count : status];
	list_rules(r->set, decision, any ? NONE : status, rules);
	return reasons_of(r, decision, rules, cond_constant(arena_of(r->set), true));
}

void reasons_add(struct stage_set *set, enum edition e, uint32_t status, const struct placed_region *places,
		 struct diff_region *regions, size_t count, bool many, bool *ended)
{
	for (size_t i = 0; i < count; i++) {
		struct reasoning r = { .set = set, .edition = e, .region = &places[i], .many = many, .ended = ended };
		regions[i].because[e] = reasons_in(&r, status, asked_of(set, e));
	}
}
