/* Guards: for one state, one event and one case, exactly one step. Asked exactly, as of decisions (regions/).
 *
 * note [one guard] A single step with a guard is refused where the guard does not hold: that is what a condition of a step
 * means. Several steps of one event from one state divide its cases: there a case without a step is a gap. */
#include "procedure/checks.h"

#include <string.h>

static struct cond *cond_new(struct procedure_checks *c, enum cond_kind kind, struct cond **parts, size_t count)
{
	struct cond *cond = arena_new_of(c->arena, struct cond);
	cond->kind = kind;
	cond->parts = parts;
	cond->part_count = count;
	return cond;
}

static struct cond *guard_of(struct procedure_checks *c, const struct step *step)
{
	return step->guard ? step->guard : cond_new(c, COND_TRUE, NULL, 0);
}

struct property *guard_question(struct procedure_checks *c, const struct event *event, struct cond *when, struct cond *then)
{
	struct property *p = arena_new_of(c->arena, struct property);
	p->name = event->name;
	p->decision = NONE;
	p->when = when;
	p->then = then ? then : cond_new(c, COND_FALSE, NULL, 0);
	p->dims = event->dims;
	p->dim_count = event->dim_count;
	p->constraints = event->constraints;
	p->constraint_count = event->constraint_count;
	p->fed_by = event->fed_by;
	p->fed_by_count = event->fed_by_count;
	p->decisions = event->fed_by;
	p->decision_count = event->fed_by_count;
	return p;
}

static enum reply ask(struct procedure_checks *c, const struct property *p)
{
	const struct question question = { .goal = GOAL_REFUTED, .decision = NONE, .property = p };
	return regions_exist(c->regions, &question);
}

/* A budget that ends the question leaves the step in the graph, and says so. */
bool guard_possible(struct procedure_checks *c, const struct step *step)
{
	if (!step->guard)
		return true;
	const struct event *event = &c->p->events[step->event];
	enum reply reply = ask(c, guard_question(c, event, step->guard, NULL));
	if (reply == REPLY_ENDED)
		report_open(c, step->name_span, &step->name, "条件是否可能成立", "whether its guard can hold");
	if (reply != REPLY_NO)
		return true;
	struct finding *f = report_at(c, FINDING_IMPOSSIBLE, step->name_span, MESSAGE_IMPOSSIBLE, step->name.id,
				      &step->attributes);
	diag_arg(c->diag, f, 0, step->name.id);
	return false;
}

static uint32_t state_after(const struct step *step, uint32_t state)
{
	return step->to == NONE ? state : step->to;
}

struct property *guard_alone(struct procedure_checks *c, uint32_t step, uint32_t state)
{
	const struct step *own = &c->p->steps[step];
	const struct event *event = &c->p->events[own->event];
	struct cond **others = arena_new_array(c->arena, struct cond *, event->step_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < event->step_count; i++) {
		const struct step *other = &c->p->steps[event->steps[i]];
		if (event->steps[i] != step && has_index(other->from, other->from_count, state) &&
		    state_after(other, state) != state_after(own, state))
			others[count++] = guard_of(c, other);
	}
	return guard_question(c, event, own->guard, cond_new(c, COND_OR, others, count));
}

/* ---- two steps ---- */

static bool same_clocks(const struct clock_ref *a, size_t a_count, const struct clock_ref *b, size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (a[i].kind != b[i].kind || a[i].index != b[i].index)
			return false;
	return true;
}

static bool same_effect(const struct step *a, const struct step *b)
{
	return same_clocks(a->restarts, a->restart_count, b->restarts, b->restart_count) &&
	       same_clocks(a->suspends, a->suspend_count, b->suspends, b->suspend_count) &&
	       same_clocks(a->resumes, a->resume_count, b->resumes, b->resume_count) &&
	       same_clocks(a->ends, a->end_count, b->ends, b->end_count);
}

/* Told apart by circumstances in words, or by windows that are never open together: one opens N before the end of a
 * validity, the other closes earlier. */
static bool is_apart(const struct step *a, const struct step *b)
{
	if (a->circumstance || b->circumstance)
		return !a->circumstance || !b->circumstance || strcmp(a->circumstance, b->circumstance) != 0;
	const struct limit *last = &a->limit, *before = &b->limit;
	if (last->kind == LIMIT_KIND_AT_LEAST_BEFORE) {
		last = &b->limit;
		before = &a->limit;
	}
	return last->kind == LIMIT_KIND_IN_THE_LAST && before->kind == LIMIT_KIND_AT_LEAST_BEFORE &&
	       last->validity == before->validity && last->period.unit == before->period.unit &&
	       last->period.amount < before->period.amount;
}

/* A reached state that both leave, and not alike; NONE: none. */
static uint32_t contested_state(const struct procedure_checks *c, const struct step *a, const struct step *b)
{
	bool same = same_effect(a, b);
	for (size_t i = 0; i < a->from_count; i++) {
		uint32_t state = a->from[i];
		if (c->graph.reached[state] && has_index(b->from, b->from_count, state) &&
		    (!same || state_after(a, state) != state_after(b, state)))
			return state;
	}
	return NONE;
}

static void trace_to(struct procedure_checks *c, struct finding *f, uint32_t state)
{
	struct path path;
	if (graph_path_to(&c->graph, state, &path))
		report_trace(c, f, &path);
}

static void check_pair(struct procedure_checks *c, const struct event *event, uint32_t a, uint32_t b)
{
	const struct step *one = &c->p->steps[a], *other = &c->p->steps[b];
	uint32_t state = contested_state(c, one, other);
	if (state == NONE || is_apart(one, other) || !c->possible[a] || !c->possible[b])
		return;
	struct cond **parts = arena_new_array(c->arena, struct cond *, 2);
	parts[0] = guard_of(c, one);
	parts[1] = guard_of(c, other);
	const struct property *question = guard_question(c, event, cond_new(c, COND_AND, parts, 2), NULL);
	enum reply reply = ask(c, question);
	if (reply == REPLY_ENDED)
		report_open(c, one->name_span, &one->name, "与其他步骤是否冲突", "whether another step conflicts with it");
	if (reply != REPLY_YES)
		return;
	struct finding *f = report_at(c, FINDING_STEP_CONFLICT, one->name_span, MESSAGE_STEP_CONFLICT, one->name.id,
				      &one->attributes);
	name_arg(c, f, 0, &one->name);
	name_arg(c, f, 1, &other->name);
	name_arg(c, f, 2, &c->p->states[state].name);
	name_arg(c, f, 3, &event->name);
	f->rules = arena_new_array(c->diag->arena, const char *, 3);
	f->rules[0] = one->name.id;
	f->rules[1] = other->name.id;
	add_clauses(c, f, &other->attributes);
	diag_place(c->diag, f, other->name_span, other->name.label, other->name.english);
	diag_help(c->diag, f, MESSAGE_STEP_CONFLICT_HELP, NULL, NULL);
	report_case(c, f, question);
	trace_to(c, f, state);
}

/* ---- no step ---- */

/* The steps of the event that leave the state. */
static size_t steps_from(const struct procedure_checks *c, const struct event *event, uint32_t state, uint32_t *out)
{
	size_t count = 0;
	for (size_t i = 0; i < event->step_count; i++) {
		const struct step *step = &c->p->steps[event->steps[i]];
		if (has_index(step->from, step->from_count, state))
			out[count++] = event->steps[i];
	}
	return count;
}

/* Asked already, of a state before this one with the same steps. */
static bool was_asked(const struct procedure_checks *c, const struct event *event, uint32_t state, const uint32_t *steps,
		      size_t count)
{
	uint32_t *others = arena_new_array(c->arena, uint32_t, event->step_count + 1);
	for (uint32_t s = 0; s < state; s++)
		if (c->graph.reached[s] && steps_from(c, event, s, others) == count &&
		    memcmp(others, steps, count * sizeof *steps) == 0)
			return true;
	return false;
}

static void check_gap(struct procedure_checks *c, const struct event *event, uint32_t state)
{
	uint32_t *steps = arena_new_array(c->arena, uint32_t, event->step_count + 1);
	size_t count = steps_from(c, event, state, steps);
	struct cond **parts = arena_new_array(c->arena, struct cond *, count + 1);
	if (count < 2 || !c->graph.reached[state] || was_asked(c, event, state, steps, count))
		return;
	for (size_t i = 0; i < count; i++) {
		const struct step *step = &c->p->steps[steps[i]];
		if (!step->guard || step->circumstance)
			return;      /* nothing falls through, or a person tells the steps apart */
		parts[i] = step->guard;
	}
	const struct step *first = &c->p->steps[steps[0]];
	const struct property *question = guard_question(c, event, NULL, cond_new(c, COND_OR, parts, count));
	enum reply reply = ask(c, question);
	if (reply == REPLY_ENDED)
		report_open(c, first->name_span, &first->name, "是否有情形没有步骤", "whether a case has no step");
	if (reply != REPLY_YES)
		return;
	struct finding *f = report_at(c, FINDING_STEP_GAP, first->name_span, MESSAGE_STEP_GAP, first->name.id,
				      &first->attributes);
	name_arg(c, f, 0, &c->p->states[state].name);
	name_arg(c, f, 1, &event->name);
	f->rules = arena_new_array(c->diag->arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct step *step = &c->p->steps[steps[i]];
		f->rules[i] = step->name.id;
		if (i == 0)
			continue;
		add_clauses(c, f, &step->attributes);
		diag_place(c->diag, f, step->name_span, step->name.label, step->name.english);
	}
	diag_help(c->diag, f, MESSAGE_STEP_GAP_HELP, NULL, NULL);
	report_case(c, f, question);
	trace_to(c, f, state);
}

/* An event that no state takes. One whose states are never reached, or whose guards never hold, is reported there. */
static void check_idle(struct procedure_checks *c, const struct event *event)
{
	if (event->step_count > 0)
		return;
	struct finding *f = report_at(c, FINDING_IDLE_EVENT, event->span, MESSAGE_IDLE_EVENT, event->name.id, &event->attributes);
	name_arg(c, f, 0, &event->name);
	diag_help(c->diag, f, MESSAGE_IDLE_EVENT_HELP, NULL, NULL);
}

void check_guards(struct procedure_checks *c)
{
	for (size_t e = 0; e < c->p->event_count && c->p->start != NONE; e++) {
		const struct event *event = &c->p->events[e];
		check_idle(c, event);
		for (size_t i = 0; i < event->step_count; i++)
			for (size_t k = i + 1; k < event->step_count; k++)
				check_pair(c, event, event->steps[i], event->steps[k]);
		for (uint32_t s = 0; s < c->p->state_count; s++)
			check_gap(c, event, s);
	}
}
