/* Calendars and procedures, and the properties claimed of them. */
#include "emit/xml.h"

#include "model/procedure.h"

#include <stdio.h>

static const char *const units[] = { "working_days", "days", "months", "years" };

static void xml_flag(struct xml *x, const char *name, bool holds)
{
	if (holds)
		xml_attribute(x, name, "true");
}

static void xml_month_day(struct xml *x, const char *name, struct month_day day)
{
	char text[16];
	(void)snprintf(text, sizeof text, "--%02u-%02u", day.month, day.day);
	xml_attribute(x, name, text);
}

static void xml_period(struct xml *x, const struct period *period)
{
	xml_attribute_int(x, "amount", period->amount);
	xml_attribute(x, "unit", units[period->unit]);
}

/* An element with one attribute. */
static void xml_reference(struct xml *x, const char *element, const char *attribute, const char *id)
{
	xml_open(x, element);
	xml_attribute(x, attribute, id);
	xml_close(x);
}

static const char *role_id(const struct xml *x, uint32_t role)
{
	return role == NONE ? NULL : x->model->roles[role].name.id;
}

/* ---- calendars ---- */

static void write_year(struct xml *x, const struct calendar_year *year)
{
	xml_open(x, "year");
	xml_attribute_int(x, "number", year->year);
	xml_attaches(x, &year->attributes);
	xml_text(x, "notice", year->notice[0] ? year->notice : NULL);
	for (size_t i = 0; i < year->day_count; i++) {
		xml_open(x, "day");
		xml_attribute_date(x, "date", year->days[i].day);
		xml_attribute(x, "kind", year->days[i].kind == DAY_OFF ? "off" : "made_up");
		if (year->days[i].name) {
			xml_language(x, year->days[i].name);
			xml_content(x, year->days[i].name);
		}
		xml_close(x);
	}
	xml_close(x);
}

static void limit_of_year(struct xml *x, const char *name, uint32_t limit)
{
	if (limit != UNLIMITED)
		xml_attribute_int(x, name, limit);
}

static void write_assumption(struct xml *x, const struct calendar_assumption *a)
{
	if (!a->given)
		return;
	xml_open(x, "assumed");
	limit_of_year(x, "days_off", a->weekdays_off);
	limit_of_year(x, "made_up", a->made_up);
	limit_of_year(x, "longest_rest", a->rest);
	limit_of_year(x, "longest_work", a->work);
	xml_attaches(x, &a->attributes);
	for (size_t i = 0; i < a->always_off_count; i++) {
		xml_open(x, "always_off");
		xml_month_day(x, "date", a->always_off[i]);
		xml_close(x);
	}
	xml_close(x);
}

static void write_calendar(struct xml *x, const struct calendar *calendar)
{
	xml_open(x, "calendar");
	xml_attribute(x, "id", calendar->name.id);
	xml_labels(x, &calendar->name);
	xml_attaches(x, &calendar->attributes);
	for (size_t i = 0; i < calendar->year_count; i++)
		write_year(x, &calendar->years[i]);
	write_assumption(x, &calendar->assumption);
	xml_close(x);
}

/* ---- what steps, duties and validities share ---- */

static void write_events(struct xml *x, const char *element, const struct procedure *p, const uint32_t *list,
			 size_t count)
{
	for (size_t i = 0; i < count; i++)
		xml_reference(x, element, "event", p->events[list[i]].name.id);
}

static void write_states(struct xml *x, const char *element, const struct procedure *p, const uint32_t *list,
			 size_t count)
{
	for (size_t i = 0; i < count; i++)
		xml_reference(x, element, "state", p->states[list[i]].name.id);
}

static void write_clocks(struct xml *x, const char *element, const struct procedure *p, const struct clock_ref *list,
			 size_t count)
{
	for (size_t i = 0; i < count; i++)
		xml_reference(x, element, "clock",
			      list[i].kind == CLOCK_DUTY ? p->duties[list[i].index].name.id
							 : p->validities[list[i].index].name.id);
}

static void write_limit(struct xml *x, const struct procedure *p, const struct limit *limit)
{
	static const char *const kinds[] = {
		[LIMIT_KIND_NONE] = "",		    [LIMIT_KIND_UNLIMITED] = "unlimited",
		[LIMIT_KIND_WITHIN] = "within",	    [LIMIT_KIND_VAGUE] = "unquantified",
		[LIMIT_KIND_BY_DATE] = "by_date",   [LIMIT_KIND_IN_THE_LAST] = "in_the_last",
		[LIMIT_KIND_AT_LEAST_BEFORE] = "at_least_before",
	};
	if (limit->kind == LIMIT_KIND_NONE)
		return;
	xml_open(x, "limit");
	xml_attribute(x, "kind", kinds[limit->kind]);
	if (limit->period.amount)
		xml_period(x, &limit->period);
	if (limit->validity != NONE)
		xml_attribute(x, "validity", p->validities[limit->validity].name.id);
	if (limit->kind == LIMIT_KIND_BY_DATE)
		xml_attribute_date(x, "date", limit->date);
	xml_text(x, "words", limit->vague);
	xml_close(x);
}

static void write_starts(struct xml *x, const struct procedure *p, const struct starts *from)
{
	write_events(x, "start", p, from->events, from->event_count);
	xml_text(x, "start_in_words", from->words);
}

static void write_actor(struct xml *x, enum actor_kind actor, uint32_t role)
{
	if (actor == ACTOR_TIME || actor == ACTOR_OUTSIDE)
		xml_attribute(x, "actor", actor == ACTOR_TIME ? "time" : "circumstances");
	xml_attribute(x, "role", role_id(x, role));
}

/* ---- the parts of a procedure ---- */

static void write_state(struct xml *x, const struct state *state)
{
	xml_open(x, "state");
	xml_attribute(x, "id", state->name.id);
	xml_flag(x, "initial", state->start);
	xml_flag(x, "final", state->final);
	xml_flag(x, "no_stay", state->no_stay);
	xml_labels(x, &state->name);
	xml_attaches(x, &state->attributes);
	xml_close(x);
}

static void write_event(struct xml *x, const struct event *event)
{
	xml_open(x, "event");
	xml_attribute(x, "id", event->name.id);
	write_actor(x, event->actor, event->role);
	xml_labels(x, &event->name);
	xml_attaches(x, &event->attributes);
	xml_close(x);
}

static void write_materials(struct xml *x, const struct step *step)
{
	for (size_t i = 0; i < step->material_count; i++)
		xml_text(x, "material", step->materials[i]);
	if (step->materials_open)
		xml_reference(x, "and_the_like", "role", role_id(x, step->materials_role));
}

static void write_guard(struct xml *x, const struct cond *guard)
{
	if (!guard)
		return;
	xml_open(x, "when");
	xml_write_condition(x, guard);
	xml_close(x);
}

static void write_step(struct xml *x, const struct procedure *p, const struct step *step)
{
	xml_open(x, "step");
	xml_attribute(x, "id", step->name.id);
	xml_attribute(x, "event", p->events[step->event].name.id);
	write_actor(x, step->actor, step->role);
	if (step->expiry_of != NONE)
		xml_attribute(x, "at_end_of", p->validities[step->expiry_of].name.id);
	if (step->to != NONE)
		xml_attribute(x, "to", p->states[step->to].name.id);
	xml_labels(x, &step->name);
	xml_attaches(x, &step->attributes);
	write_states(x, "from", p, step->from, step->from_count);
	xml_text(x, "in_case_of", step->circumstance);
	write_limit(x, p, &step->limit);
	write_materials(x, step);
	write_clocks(x, "restarts", p, step->restarts, step->restart_count);
	write_clocks(x, "suspends", p, step->suspends, step->suspend_count);
	write_clocks(x, "resumes", p, step->resumes, step->resume_count);
	write_clocks(x, "ends", p, step->ends, step->end_count);
	write_guard(x, step->guard);
	xml_close(x);
}

static void write_every(struct xml *x, const struct every *every)
{
	if (every->kind == EVERY_NOT)
		return;
	xml_open(x, "every");
	if (every->kind == EVERY_PERIOD)
		xml_period(x, &every->period);
	if (every->anchor == ANCHOR_DATE)
		xml_month_day(x, "beginning_on", every->month_day);
	xml_text(x, "words", every->vague);
	xml_close(x);
}

static void write_lapse(struct xml *x, const struct procedure *p, const struct lapse *lapse)
{
	static const char *const kinds[] = { [LAPSE_UNSTATED] = "", [LAPSE_NONE] = "no_consequence",
					     [LAPSE_EVENT] = "deemed", [LAPSE_STATE] = "to_state",
					     [LAPSE_WORDS] = "words" };
	if (lapse->kind == LAPSE_UNSTATED)
		return;
	xml_open(x, "lapse");
	xml_attribute(x, "kind", kinds[lapse->kind]);
	if (lapse->event != NONE)
		xml_attribute(x, "event", p->events[lapse->event].name.id);
	if (lapse->state != NONE)
		xml_attribute(x, "state", p->states[lapse->state].name.id);
	xml_attaches(x, &lapse->attributes);
	xml_text(x, "words", lapse->words);
	xml_close(x);
}

static void write_duty(struct xml *x, const struct procedure *p, const struct duty *duty)
{
	xml_open(x, "duty");
	xml_attribute(x, "id", duty->name.id);
	xml_attribute(x, "role", role_id(x, duty->role));
	xml_attribute(x, "toward", role_id(x, duty->toward));
	xml_labels(x, &duty->name);
	xml_attaches(x, &duty->attributes);
	write_every(x, &duty->every);
	write_limit(x, p, &duty->limit);
	write_starts(x, p, &duty->from);
	write_events(x, "discharged_by", p, duty->discharged_by, duty->discharge_count);
	write_events(x, "released_by", p, duty->released_by, duty->release_count);
	write_lapse(x, p, &duty->lapse);
	xml_close(x);
}

static void write_validity(struct xml *x, const struct procedure *p, const struct validity *validity)
{
	xml_open(x, "validity");
	xml_attribute(x, "id", validity->name.id);
	xml_period(x, &validity->period);
	xml_flag(x, "survives", validity->survives);
	xml_labels(x, &validity->name);
	xml_attaches(x, &validity->attributes);
	write_starts(x, p, &validity->from);
	xml_close(x);
}

static void write_property(struct xml *x, const struct procedure *p, const struct time_property *property)
{
	static const char *const kinds[] = { [TIME_BEFORE] = "only_after", [TIME_AFTER] = "only_through",
					     [TIME_ANSWERED] = "answered" };
	xml_open(x, "property");
	xml_attribute(x, "id", property->name.id);
	xml_attribute(x, "kind", kinds[property->kind]);
	xml_labels(x, &property->name);
	xml_attaches(x, &property->attributes);
	write_states(x, "after", p, property->after, property->after_count);
	write_states(x, "entered", p, property->states, property->state_count);
	write_events(x, "through", p, property->events, property->event_count);
	xml_close(x);
}

static void write_procedure(struct xml *x, const struct procedure *p)
{
	xml_open(x, "procedure");
	xml_attribute(x, "id", p->name.id);
	if (p->calendar != NONE)
		xml_attribute(x, "calendar", x->model->calendars[p->calendar].name.id);
	xml_flag(x, "last_day_moves", x->model->counting->last_day_moves);
	xml_labels(x, &p->name);
	xml_attaches(x, &p->attributes);
	for (size_t i = 0; i < p->state_count; i++)
		write_state(x, &p->states[i]);
	for (size_t i = 0; i < p->event_count; i++)
		write_event(x, &p->events[i]);
	for (size_t i = 0; i < p->validity_count; i++)
		write_validity(x, p, &p->validities[i]);
	for (size_t i = 0; i < p->duty_count; i++)
		write_duty(x, p, &p->duties[i]);
	for (size_t i = 0; i < p->step_count; i++)
		write_step(x, p, &p->steps[i]);
	for (size_t i = 0; i < p->property_count; i++)
		write_property(x, p, &p->properties[i]);
	xml_close(x);
}

void xml_write_procedures(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->calendar_count; i++)
		write_calendar(x, &m->calendars[i]);
	for (size_t i = 0; i < m->procedure_count; i++)
		write_procedure(x, &m->procedures[i]);
}
