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

/* ---- reasons ---- */

struct reasoning {
	const struct stage_set *set;
	enum edition edition;
	const struct placed_region *region;
	struct cond *inside;         /* the region */
	bool *ended;
	unsigned depth;
};

enum { LIMIT_RESTS = 8 };            /* decisions below one another that are followed */

/* The condition alone, in the region; asked over what feeds the edition's decision. */
static bool occurs(struct reasoning *r, struct cond *cond)
{
	const struct subject *s = r->set->subject;
	struct question_of q = { .set = r->set, .cond = cond_both(arena_of(r->set), r->inside, cond) };
	for (size_t i = 0; i < s->fed_by[r->edition].count; i++)
		question_feed(&q, s->fed_by[r->edition].items[i]);
	bool yes = !*r->ended && question_exists(&q);
	*r->ended |= q.ended;
	return yes;
}

static bool may_hold_inside(const struct reasoning *r, const struct product *box)
{
	const struct product region = { r->region->tests, r->region->count, true };
	return products_meet(box, &region);
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

static bool names_decision(const struct cond *cond, uint32_t decision)
{
	if (cond->kind == COND_DECISION)
		return cond->decision == decision;
	for (size_t i = 0; i < cond->part_count; i++)
		if (names_decision(cond->parts[i], decision))
			return true;
	return false;
}

typedef VEC(struct diff_reason) reason_list;
typedef VEC(struct diff_rest) rest_list;

static struct diff_reasons reasons_of(struct reasoning *r, uint32_t decision, uint32_t outcome, struct cond *with);

/* Feeding decisions that are not the same in both, each with its outcomes behind the reason. */
static void add_rests(struct reasoning *r, uint32_t rule, struct cond *with, struct diff_reason *reason)
{
	const struct joint *j = r->set->subject->joint;
	const struct subject *s = r->set->subject;
	const struct rule *made = &j->model.rules[rule];
	rest_list rests = { 0 };
	for (size_t i = 0; i < s->fed_by[r->edition].count && r->depth < LIMIT_RESTS; i++) {
		uint32_t feed = s->fed_by[r->edition].items[i];
		const struct decision *d = joint_source(j, feed);
		bool shared = joint_edition(j, feed) != r->edition ||
			      (r->edition == OLD && j->partner[OLD][feed] != NONE && j->shared[j->partner[OLD][feed]]);
		if (shared || (!names_decision(made->when, feed) && !(made->except && names_decision(made->except, feed))))
			continue;
		for (uint32_t o = 0; o < d->outcome_count; o++) {
			struct ranges one = ranges_one(arena_of(r->set), o, o);
			struct cond *is = cond_both(arena_of(r->set), with, cond_of_decision(arena_of(r->set), feed, one));
			struct diff_reasons because = occurs(r, is) ? reasons_of(r, feed, o, is) : (struct diff_reasons){ NULL, 0 };
			if (because.count)
				vec_push(arena_of(r->set), &rests, ((struct diff_rest){ d, o, because }));
		}
	}
	reason->rests_on = rests.items;
	reason->rest_count = rests.count;
}

/* Rules of this outcome (NONE: any) that are a reason in some case of the region where `with` holds. */
static struct diff_reasons reasons_of(struct reasoning *r, uint32_t decision, uint32_t outcome, struct cond *with)
{
	const struct joint *j = r->set->subject->joint;
	const struct decision *d = &j->model.decisions[decision];
	reason_list found = { 0 };
	r->depth++;
	for (size_t i = 0; i < d->rule_count; i++) {
		uint32_t rule = d->rules[i];
		if (rule >= r->set->rule_base || (outcome != NONE && j->model.rules[rule].outcome != outcome))
			continue;
		struct product box = product_of(r->set->subject->joint, j->model.rules[rule].when, false);
		if (!may_hold_inside(r, &box))
			continue;
		struct cond *here = cond_both(arena_of(r->set), with, is_reason(r->set, decision, rule));
		if (!occurs(r, here))
			continue;
		struct diff_reason reason = { .rule = written_rule(r, rule) };
		add_rests(r, rule, here, &reason);
		vec_push(arena_of(r->set), &found, reason);
	}
	r->depth--;
	return (struct diff_reasons){ found.items, found.count };
}

/* Domains and constraints that exclude some case of the region. */
static struct diff_reasons exclusions(struct reasoning *r)
{
	struct joint *j = r->set->subject->joint;
	const own_list *own = &r->set->subject->own[r->edition];
	reason_list found = { 0 };
	for (size_t i = 0; i < own->count; i++) {
		if (!occurs(r, cond_negated(j->arena, own->items[i].cond)))
			continue;
		uint32_t fact = own->items[i].fact;
		vec_push(j->arena, &found,
			 ((struct diff_reason){ .fact = fact == NONE ? NULL : &j->model.facts[fact], .constraint = own->items[i].constraint }));
	}
	return (struct diff_reasons){ found.items, found.count };
}

struct diff_reasons reasons_in(const struct stage_set *set, enum edition e, uint32_t status,
			       const struct placed_region *region, bool *ended)
{
	struct reasoning r = { .set = set, .edition = e, .region = region, .ended = ended };
	cond_list inside = { 0 };
	for (size_t i = 0; i < region->count; i++)
		vec_push(arena_of(set), &inside, cond_of_dim(arena_of(set), region->tests[i].subject, region->tests[i].ranges));
	r.inside = cond_all(arena_of(set), &inside);
	if (status == STATUS_NOT_A_CASE)
		return exclusions(&r);
	if (status >= STATUS_GAP && status != STATUS_CONFLICT)
		return (struct diff_reasons){ NULL, 0 };
	uint32_t outcome = status == STATUS_CONFLICT ? NONE : status;
	return reasons_of(&r, set->subject->decision[e], outcome, cond_constant(arena_of(set), true));
}
