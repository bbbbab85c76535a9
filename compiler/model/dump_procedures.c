/* Procedures and calendars as plain lines, for `--dump model`. */
#include "model/dump.h"
#include "model/procedure.h"

static const char *const units[] = { "working_days", "days", "months", "years" };

static void write_period(struct writer *w, const struct period *period)
{
	write_fmt(w, "%u %s", period->amount, units[period->unit]);
}

static void write_days(struct writer *w, const struct calendar_year *year)
{
	for (size_t i = 0; i < year->day_count; i++)
		write_fmt(w, " %c%s", year->days[i].kind == DAY_OFF ? '-' : '+',
			  date_text(w->arena, year->days[i].day));
}

static void write_limit_of_year(struct writer *w, const char *key, uint32_t limit)
{
	if (limit != UNLIMITED)
		write_fmt(w, " %s %u", key, limit);
}

static void dump_calendar(struct writer *w, const struct calendar *c)
{
	write_str(w, "calendar ");
	dump_name(w, &c->name);
	dump_attributes_of(w, &c->attributes);
	write_char(w, '\n');
	for (size_t i = 0; i < c->year_count; i++) {
		write_fmt(w, "  %d 「%s」", c->years[i].year, c->years[i].notice);
		write_days(w, &c->years[i]);
		write_char(w, '\n');
	}
	if (!c->assumption.given)
		return;
	write_str(w, "  assumed");
	write_limit_of_year(w, "days_off", c->assumption.weekdays_off);
	write_limit_of_year(w, "made_up", c->assumption.made_up);
	write_limit_of_year(w, "rest", c->assumption.rest);
	write_limit_of_year(w, "work", c->assumption.work);
	for (size_t i = 0; i < c->assumption.always_off_count; i++)
		write_fmt(w, " off %u-%u", c->assumption.always_off[i].month, c->assumption.always_off[i].day);
	dump_attributes_of(w, &c->assumption.attributes);
	write_char(w, '\n');
}

/* ---- procedures ---- */

struct printer {
	struct writer *w;
	const struct model *m;
	const struct procedure *p;
};

static void write_states(const struct printer *d, const char *key, const uint32_t *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		write_fmt(d->w, "%s%s", i ? "," : key, d->p->states[list[i]].name.id);
}

static void write_events(const struct printer *d, const char *key, const uint32_t *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		write_fmt(d->w, "%s%s", i ? "," : key, d->p->events[list[i]].name.id);
}

static void write_clocks(const struct printer *d, const char *key, const struct clock_ref *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		write_fmt(d->w, "%s%s", i ? "," : key,
			  list[i].kind == CLOCK_DUTY ? d->p->duties[list[i].index].name.id
						     : d->p->validities[list[i].index].name.id);
}

static void write_role(const struct printer *d, const char *key, uint32_t role)
{
	if (role != NONE)
		write_fmt(d->w, "%s%s", key, d->m->roles[role].name.id);
}

static void write_actor(const struct printer *d, enum actor_kind actor, uint32_t role)
{
	static const char *const words[] = { "", " by time", " by outside", "" };
	write_str(d->w, words[actor]);
	write_role(d, " by ", role);
}

static void write_limit(const struct printer *d, const struct limit *limit)
{
	static const char *const words[] = { "", " unlimited", " within ", " vague ", " no later than ", " in the last ",
					     " at least " };
	write_str(d->w, words[limit->kind]);
	if (limit->kind == LIMIT_KIND_VAGUE)
		write_fmt(d->w, "「%s」", limit->vague);
	if (limit->kind == LIMIT_KIND_BY_DATE)
		write_str(d->w, date_text(d->w->arena, limit->date));
	if (limit->period.amount)
		write_period(d->w, &limit->period);
	if (limit->validity != NONE)
		write_fmt(d->w, " before end of %s", d->p->validities[limit->validity].name.id);
}

static void dump_state(const struct printer *d, const struct state *state)
{
	write_str(d->w, "  state ");
	dump_name(d->w, &state->name);
	write_fmt(d->w, "%s%s%s", state->start ? " start" : "", state->final ? " final" : "",
		  state->no_stay ? " no_stay" : "");
	dump_attributes_of(d->w, &state->attributes);
	write_char(d->w, '\n');
}

static void dump_event(const struct printer *d, const struct event *event)
{
	write_str(d->w, "  event ");
	dump_name(d->w, &event->name);
	write_actor(d, event->actor, event->role);
	for (size_t i = 0; i < event->step_count; i++)
		write_fmt(d->w, "%s%s", i ? "," : " steps ", d->p->steps[event->steps[i]].name.id);
	for (size_t i = 0; i < event->dim_count; i++)
		write_fmt(d->w, "%s%u", i ? "," : " dims ", event->dims[i]);
	write_char(d->w, '\n');
}

static void dump_step(const struct printer *d, const struct step *step)
{
	write_str(d->w, "  step ");
	dump_name(d->w, &step->name);
	if (step->event != NONE)
		write_fmt(d->w, " on %s", d->p->events[step->event].name.id);
	write_actor(d, step->actor, step->role);
	if (step->expiry_of != NONE)
		write_fmt(d->w, " at end of %s", d->p->validities[step->expiry_of].name.id);
	write_states(d, " from ", step->from, step->from_count);
	write_fmt(d->w, " to %s", step->to == NONE ? "same" : d->p->states[step->to].name.id);
	if (step->circumstance)
		write_fmt(d->w, " in case of 「%s」", step->circumstance);
	write_limit(d, &step->limit);
	for (size_t i = 0; i < step->material_count; i++)
		write_fmt(d->w, "%s「%s」", i ? "" : " materials ", step->materials[i]);
	if (step->materials_open)
		write_str(d->w, " open");
	write_role(d, " by discretion of ", step->materials_role);
	write_clocks(d, " restarts ", step->restarts, step->restart_count);
	write_clocks(d, " suspends ", step->suspends, step->suspend_count);
	write_clocks(d, " resumes ", step->resumes, step->resume_count);
	write_clocks(d, " ends ", step->ends, step->end_count);
	if (step->guard) {
		write_str(d->w, " when ");
		dump_cond_of(d->w, d->m, step->guard);
	}
	dump_attributes_of(d->w, &step->attributes);
	write_char(d->w, '\n');
}

static void write_starts(const struct printer *d, const struct starts *from)
{
	write_events(d, " from ", from->events, from->event_count);
	if (from->words)
		write_fmt(d->w, " from 「%s」", from->words);
}

static void write_every(const struct printer *d, const struct every *every)
{
	if (every->kind == EVERY_NOT)
		return;
	write_str(d->w, " every ");
	if (every->kind == EVERY_VAGUE)
		write_fmt(d->w, "「%s」", every->vague);
	else
		write_period(d->w, &every->period);
	if (every->anchor == ANCHOR_DATE)
		write_fmt(d->w, " beginning %u-%u", every->month_day.month, every->month_day.day);
	if (every->anchor == ANCHOR_EVENT)
		write_str(d->w, " beginning with its event");
}

static void dump_duty(const struct printer *d, const struct duty *duty)
{
	static const char *const lapses[] = { "unstated", "none", "deemed ", "to ", "" };
	const struct lapse *lapse = &duty->lapse;
	write_str(d->w, "  duty ");
	dump_name(d->w, &duty->name);
	write_role(d, " by ", duty->role);
	write_role(d, " toward ", duty->toward);
	write_every(d, &duty->every);
	write_limit(d, &duty->limit);
	write_starts(d, &duty->from);
	write_events(d, " discharged by ", duty->discharged_by, duty->discharge_count);
	write_events(d, " released by ", duty->released_by, duty->release_count);
	write_events(d, " restarted by ", duty->restarted_by, duty->restart_count);
	write_events(d, " suspended by ", duty->suspended_by, duty->suspend_count);
	write_events(d, " resumed by ", duty->resumed_by, duty->resume_count);
	write_events(d, " ended by ", duty->ended_by, duty->end_count);
	write_fmt(d->w, " lapse %s", lapses[lapse->kind]);
	if (lapse->event != NONE)
		write_str(d->w, d->p->events[lapse->event].name.id);
	if (lapse->state != NONE)
		write_str(d->w, d->p->states[lapse->state].name.id);
	if (lapse->words)
		write_fmt(d->w, "「%s」", lapse->words);
	dump_attributes_of(d->w, &duty->attributes);
	write_char(d->w, '\n');
}

static void dump_validity(const struct printer *d, const struct validity *validity)
{
	write_str(d->w, "  validity ");
	dump_name(d->w, &validity->name);
	write_char(d->w, ' ');
	write_period(d->w, &validity->period);
	write_starts(d, &validity->from);
	write_events(d, " restarted by ", validity->restarted_by, validity->restart_count);
	write_events(d, " suspended by ", validity->suspended_by, validity->suspend_count);
	write_events(d, " resumed by ", validity->resumed_by, validity->resume_count);
	write_events(d, " ended by ", validity->ended_by, validity->end_count);
	write_str(d->w, validity->survives ? " survives" : "");
	dump_attributes_of(d->w, &validity->attributes);
	write_char(d->w, '\n');
}

static void dump_property(const struct printer *d, const struct time_property *property)
{
	static const char *const kinds[] = { " before", " after", " answered" };
	write_str(d->w, "  property ");
	dump_name(d->w, &property->name);
	write_str(d->w, kinds[property->kind]);
	write_states(d, " after ", property->after, property->after_count);
	write_states(d, " states ", property->states, property->state_count);
	write_events(d, " events ", property->events, property->event_count);
	dump_attributes_of(d->w, &property->attributes);
	write_char(d->w, '\n');
}

static void dump_procedure(const struct printer *d)
{
	const struct procedure *p = d->p;
	write_str(d->w, "procedure ");
	dump_name(d->w, &p->name);
	if (p->calendar != NONE)
		write_fmt(d->w, " calendar %s", d->m->calendars[p->calendar].name.id);
	dump_attributes_of(d->w, &p->attributes);
	write_char(d->w, '\n');
	for (size_t i = 0; i < p->state_count; i++)
		dump_state(d, &p->states[i]);
	for (size_t i = 0; i < p->event_count; i++)
		dump_event(d, &p->events[i]);
	for (size_t i = 0; i < p->step_count; i++)
		dump_step(d, &p->steps[i]);
	for (size_t i = 0; i < p->duty_count; i++)
		dump_duty(d, &p->duties[i]);
	for (size_t i = 0; i < p->validity_count; i++)
		dump_validity(d, &p->validities[i]);
	for (size_t i = 0; i < p->property_count; i++)
		dump_property(d, &p->properties[i]);
}

static void dump_case(const struct printer *d, const struct procedure_case *c)
{
	write_fmt(d->w, "case 「%s」 %s from %s", c->name, d->p->name.id, d->p->states[c->state].name.id);
	for (size_t i = 0; i < c->move_count; i++)
		write_fmt(d->w, " %s %s", date_text(d->w->arena, c->moves[i].day),
			  d->p->events[c->moves[i].event].name.id);
	write_fmt(d->w, " -> %s", c->last == STEP_REFUSED ? "refused" : d->p->states[c->expected_state].name.id);
	for (size_t i = 0; i < c->due_count; i++) {
		write_clocks(d, " ", &c->dues[i].clock, 1);
		write_fmt(d->w, " %s", date_text(d->w->arena, c->dues[i].earliest));
		if (!c->dues[i].exact)
			write_fmt(d->w, "..%s", date_text(d->w->arena, c->dues[i].latest));
	}
	write_char(d->w, '\n');
}

static void dump_counting(struct writer *w, const struct counting *counting)
{
	if (!counting->start_day_excluded && !counting->corresponding_day && !counting->last_day_moves &&
	    !counting->vague_word_count)
		return;
	write_fmt(w, "counting%s%s%s", counting->start_day_excluded ? " start_day_excluded" : "",
		  counting->corresponding_day ? " corresponding_day" : "",
		  counting->last_day_moves ? " last_day_moves" : "");
	for (size_t i = 0; i < counting->vague_word_count; i++)
		write_fmt(w, "%s%s", i ? "、" : " vague ", counting->vague_words[i]);
	write_char(w, '\n');
}

void dump_procedures(struct writer *w, const struct model *m)
{
	dump_counting(w, m->counting);
	for (size_t i = 0; i < m->calendar_count; i++)
		dump_calendar(w, &m->calendars[i]);
	for (size_t i = 0; i < m->procedure_count; i++)
		dump_procedure(&(struct printer){ w, m, &m->procedures[i] });
	for (size_t i = 0; i < m->procedure_case_count; i++) {
		const struct procedure_case *c = &m->procedure_cases[i];
		dump_case(&(struct printer){ w, m, &m->procedures[c->procedure] }, c);
	}
}
