/* What is said of every part of a procedure, as canonical values and in words. Adding something that a part says is one
 * line here, and one row in say.c where it has a new name. */
#include "diff/say.h"

#include <string.h>

/* ---- roles, limits, clocks ---- */

static void say_role(struct saying *s, enum aspect_kind kind, uint32_t role)
{
	if (role != NONE)
		say_name(s, kind, &s->m->roles[role].name);
}

static void say_actor(struct saying *s, enum actor_kind actor, uint32_t role)
{
	switch (actor) {
	case ACTOR_ROLE: say_role(s, ASPECT_BY, role); break;
	case ACTOR_TIME: say(s, ASPECT_BY, "(time)", (struct phrase){ "时间", "time" }); break;
	case ACTOR_OUTSIDE: say(s, ASPECT_BY, "(outside)", (struct phrase){ "外界", "the outside" }); break;
	case ACTOR_NONE: break;
	}
}

/* Discretion without a named role has the value of no role's id. */
static void say_discretion(struct saying *s, const struct attributes *attributes)
{
	if (attributes->role != NONE)
		say_role(s, ASPECT_DISCRETION, attributes->role);
	else
		say_yes(s, ASPECT_DISCRETION, attributes->discretion);
}

static void say_limit(struct saying *s, const struct limit *limit)
{
	struct phrase words = limit_words(s->arena, s->p, limit);
	const char *value = words.en;
	if (limit->kind == LIMIT_KIND_NONE)
		return;
	if (limit->kind == LIMIT_KIND_IN_THE_LAST || limit->kind == LIMIT_KIND_AT_LEAST_BEFORE)
		value = arena_printf(s->arena, "%s %s before the end of %s", limit->kind == LIMIT_KIND_IN_THE_LAST ? "in the last" : "at least",
				     period_words(s->arena, limit->period).en, s->p->validities[limit->validity].name.id);
	if (limit->kind == LIMIT_KIND_VAGUE)
		value = arena_printf(s->arena, "「%s」", limit->vague ? limit->vague : "");
	say(s, ASPECT_LIMIT, value, words);
}

static void say_every(struct saying *s, const struct every *every)
{
	struct phrase words = period_words(s->arena, every->period);
	if (every->kind == EVERY_VAGUE)
		say(s, ASPECT_EVERY, arena_printf(s->arena, "「%s」", every->vague), (struct phrase){ every->vague, every->vague });
	if (every->kind != EVERY_PERIOD)
		return;
	if (every->anchor == ANCHOR_DATE) {
		unsigned month = every->month_day.month, day = every->month_day.day;
		words.zh = arena_printf(s->arena, "%s，起于%02u-%02u", words.zh, month, day);
		words.en = arena_printf(s->arena, "%s from %02u-%02u", words.en, month, day);
	} else if (every->anchor == ANCHOR_EVENT) {
		words.zh = arena_printf(s->arena, "%s，自事件起", words.zh);
		words.en = arena_printf(s->arena, "%s from the event", words.en);
	}
	say(s, ASPECT_EVERY, words.en, words);
}

static void say_starts(struct saying *s, const struct starts *starts)
{
	if (starts->words)
		say(s, ASPECT_SINCE, arena_printf(s->arena, "「%s」", starts->words), (struct phrase){ starts->words, starts->words });
	say_events(s, ASPECT_SINCE, starts->events, starts->event_count);
}

static void say_lapse(struct saying *s, const struct lapse *lapse)
{
	switch (lapse->kind) {
	case LAPSE_UNSTATED: break;
	case LAPSE_NONE: say(s, ASPECT_LAPSE, "(none)", (struct phrase){ "无后果", "no consequence" }); break;
	case LAPSE_EVENT: say_events(s, ASPECT_LAPSE, &lapse->event, 1); break;
	case LAPSE_STATE: {
		const struct name *name = &s->p->states[lapse->state].name;
		say(s, ASPECT_LAPSE, arena_printf(s->arena, "to %s", name->id),
		    (struct phrase){ arena_printf(s->arena, "至「%s」", name->label), arena_printf(s->arena, "to %s", name->english) });
		break;
	}
	case LAPSE_WORDS: say(s, ASPECT_LAPSE, arena_printf(s->arena, "「%s」", lapse->words), (struct phrase){ lapse->words, lapse->words }); break;
	}
}

/* ---- parts of a procedure ---- */

static void state_part(struct saying *s, const struct state *state)
{
	part_begin(s, PART_STATE, &state->name, &state->attributes.cites, state);
	say_names(s);
	say_yes(s, ASPECT_START, state->start);
	say_yes(s, ASPECT_FINAL, state->final);
	say_yes(s, ASPECT_NO_STAY, state->no_stay);
	say_cites(s);
}

/* An event is declared by itself or, more often, with a step of the same id: what is the same of both is said of the step
 * alone, so that one change is told once. */
static const struct step *own_step(const struct procedure *p, const struct event *event)
{
	for (size_t i = 0; i < event->step_count; i++)
		if (strcmp(p->steps[event->steps[i]].name.id, event->name.id) == 0)
			return &p->steps[event->steps[i]];
	return NULL;
}

static bool same_cites(const struct cites *a, const struct cites *b)
{
	for (size_t i = 0; a->count == b->count && i < a->count; i++)
		if (strcmp(a->clauses[i], b->clauses[i]) != 0)
			return false;
	return a->count == b->count;
}

static void event_part(struct saying *s, const struct event *event)
{
	const struct step *own = own_step(s->p, event);
	part_begin(s, PART_EVENT, &event->name, &event->attributes.cites, event);
	if (!own || strcmp(own->name.label, event->name.label) != 0 || strcmp(own->name.english, event->name.english) != 0)
		say_names(s);
	if (!own || own->actor != event->actor || own->role != event->role)
		say_actor(s, event->actor, event->role);
	if (!own || !same_cites(&own->attributes.cites, &event->attributes.cites))
		say_cites(s);
}

static void step_part(struct saying *s, const struct step *step)
{
	const struct event *event = &s->p->events[step->event];
	bool is_own = own_step(s->p, event) == step;
	part_begin(s, PART_STEP, &step->name, &step->attributes.cites, step);
	say_names(s);
	if (is_own || step->actor != event->actor || step->role != event->role)
		say_actor(s, step->actor, step->role);
	if (!is_own)
		say_name(s, ASPECT_EVENT, &event->name);
	struct item from = item_of_states(s, step->from, step->from_count);
	say(s, ASPECT_FROM, from.value, from.words);
	if (step->to == NONE)
		say(s, ASPECT_TO, "(stays)", (struct phrase){ "原状态", "the same state" });
	else
		say_name(s, ASPECT_TO, &s->p->states[step->to].name);
	if (step->guard) {
		struct phrase words = cond_words(s->arena, s->m, step->guard);
		say(s, ASPECT_GUARD, words.zh, words);
	}
	say_same(s, ASPECT_CIRCUMSTANCE, step->circumstance);
	say_limit(s, &step->limit);
	if (step->expiry_of != NONE)
		say_name(s, ASPECT_EXPIRY, &s->p->validities[step->expiry_of].name);
	say_discretion(s, &step->attributes);
	say_texts(s, ASPECT_MATERIALS, step->materials, step->material_count);
	if (step->materials_role != NONE)
		say_role(s, ASPECT_OPEN, step->materials_role);
	else
		say_yes(s, ASPECT_OPEN, step->materials_open);
	say_cites(s);
}

static void duty_part(struct saying *s, const struct duty *duty)
{
	part_begin(s, PART_DUTY, &duty->name, &duty->attributes.cites, duty);
	say_names(s);
	say_role(s, ASPECT_BY, duty->role);
	say_role(s, ASPECT_TOWARD, duty->toward);
	say_limit(s, &duty->limit);
	say_every(s, &duty->every);
	say_starts(s, &duty->from);
	say_events(s, ASPECT_DISCHARGED, duty->discharged_by, duty->discharge_count);
	say_events(s, ASPECT_RELEASED, duty->released_by, duty->release_count);
	say_events(s, ASPECT_RESTARTED, duty->restarted_by, duty->restart_count);
	say_events(s, ASPECT_SUSPENDED, duty->suspended_by, duty->suspend_count);
	say_events(s, ASPECT_RESUMED, duty->resumed_by, duty->resume_count);
	say_events(s, ASPECT_ENDED, duty->ended_by, duty->end_count);
	say_lapse(s, &duty->lapse);
	say_discretion(s, &duty->attributes);
	say_cites(s);
}

static void validity_part(struct saying *s, const struct validity *validity)
{
	part_begin(s, PART_VALIDITY, &validity->name, &validity->attributes.cites, validity);
	say_names(s);
	say_period(s, ASPECT_PERIOD, validity->period);
	say_starts(s, &validity->from);
	say_yes(s, ASPECT_SURVIVES, validity->survives);
	say_events(s, ASPECT_RESTARTED, validity->restarted_by, validity->restart_count);
	say_events(s, ASPECT_SUSPENDED, validity->suspended_by, validity->suspend_count);
	say_events(s, ASPECT_RESUMED, validity->resumed_by, validity->resume_count);
	say_events(s, ASPECT_ENDED, validity->ended_by, validity->end_count);
	say_cites(s);
}

/* What a property says, in one sentence. */
static struct item sentence(struct saying *s, const struct time_property *property)
{
	struct item states = item_of_states(s, property->states, property->state_count);
	struct item after = item_of_states(s, property->after, property->after_count);
	struct item events = item_of_events(s, property->events, property->event_count);
	struct item out = { arena_printf(s->arena, "%s before %s", events.value, states.value),
			    { arena_printf(s->arena, "%s之前须经%s", states.words.zh, events.words.zh),
			      arena_printf(s->arena, "%s before %s", events.words.en, states.words.en) } };
	switch (property->kind) {
	case TIME_BEFORE: break;
	case TIME_AFTER:
		out.value = arena_printf(s->arena, "after %s, %s", after.value, out.value);
		out.words.zh = arena_printf(s->arena, "%s之后，%s", after.words.zh, out.words.zh);
		out.words.en = arena_printf(s->arena, "after %s, %s", after.words.en, out.words.en);
		break;
	case TIME_ANSWERED:
		out = (struct item){ arena_printf(s->arena, "%s answered", events.value),
				     { arena_printf(s->arena, "%s有答复或者逾期有定", events.words.zh),
				       arena_printf(s->arena, "%s is answered or its lapse is stated", events.words.en) } };
		break;
	}
	return out;
}

static void property_part(struct saying *s, const struct time_property *property)
{
	struct item says = sentence(s, property);
	part_begin(s, PART_PROPERTY, &property->name, &property->attributes.cites, property);
	say_names(s);
	say(s, ASPECT_SAYS, says.value, says.words);
	say_cites(s);
}

void parts_of_procedure(struct arena *arena, const struct model *m, const struct procedure *p, struct parts *out)
{
	struct saying s = { .arena = arena, .m = m, .p = p, .out = out };
	part_begin(&s, PART_PROCEDURE, &p->name, &p->attributes.cites, p);
	say_names(&s);
	if (p->calendar != NONE)
		say_name(&s, ASPECT_CALENDAR, &m->calendars[p->calendar].name);
	if (p->start != NONE)
		say_name(&s, ASPECT_BEGINS, &p->states[p->start].name);
	say_cites(&s);
	for (size_t i = 0; i < p->state_count; i++)
		state_part(&s, &p->states[i]);
	for (size_t i = 0; i < p->event_count; i++)
		event_part(&s, &p->events[i]);
	for (size_t i = 0; i < p->step_count; i++)
		step_part(&s, &p->steps[i]);
	for (size_t i = 0; i < p->duty_count; i++)
		duty_part(&s, &p->duties[i]);
	for (size_t i = 0; i < p->validity_count; i++)
		validity_part(&s, &p->validities[i]);
	for (size_t i = 0; i < p->property_count; i++)
		property_part(&s, &p->properties[i]);
}
