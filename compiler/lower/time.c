/* Calendars, roles and procedures as records of a table. */
#include "lower/build.h"
#include "model/procedure.h"

static void build_cites(struct builder *b, enum section section, const struct attributes *attributes)
{
	build_u32(b, section, build_count(b, SECTION_LISTS));
	build_u32(b, section, (uint32_t)attributes->cites.count);
	for (size_t i = 0; i < attributes->cites.count; i++)
		build_u32(b, SECTION_LISTS, build_string(b, attributes->cites.clauses[i]));
}

static void build_indices(struct builder *b, enum section section, const uint32_t *items, size_t count)
{
	build_u32(b, section, build_list(b, items, count));
	build_u32(b, section, (uint32_t)count);
}

static void build_text(struct builder *b, enum section section, const char *text)
{
	build_u32(b, section, build_string(b, text));
}

/* ---- calendars ---- */

static int32_t first_day(int32_t year)
{
	int32_t before = year - 1;
	return 365 * before + before / 4 - before / 100 + before / 400 - 719162;
}

static void build_days(struct builder *b, const struct calendar_year *year, enum day_kind kind)
{
	uint32_t first = build_count(b, SECTION_LISTS);
	for (size_t i = 0; i < year->day_count; i++) {
		if (year->days[i].kind == kind)
			build_u32(b, SECTION_LISTS, (uint32_t)(year->days[i].day - first_day(year->year)));
	}
	build_u32(b, SECTION_CALENDAR_YEARS, first);
	build_u32(b, SECTION_CALENDAR_YEARS, build_count(b, SECTION_LISTS) - first);
}

static void build_calendar(struct builder *b, const struct calendar *calendar)
{
	const struct calendar_assumption *assumed = &calendar->assumption;
	build_name(b, SECTION_CALENDARS, &calendar->name);
	build_u32(b, SECTION_CALENDARS, build_count(b, SECTION_CALENDAR_YEARS));
	build_u32(b, SECTION_CALENDARS, (uint32_t)calendar->year_count);
	build_u32(b, SECTION_CALENDARS, assumed->given);
	build_u32(b, SECTION_CALENDARS, assumed->given ? assumed->weekdays_off : UNLIMITED);
	build_u32(b, SECTION_CALENDARS, assumed->given ? assumed->made_up : UNLIMITED);
	build_u32(b, SECTION_CALENDARS, assumed->given ? assumed->rest : UNLIMITED);
	build_u32(b, SECTION_CALENDARS, assumed->given ? assumed->work : UNLIMITED);
	build_u32(b, SECTION_CALENDARS, build_count(b, SECTION_LISTS));
	build_u32(b, SECTION_CALENDARS, (uint32_t)assumed->always_off_count);
	for (size_t i = 0; i < assumed->always_off_count; i++)
		build_u32(b, SECTION_LISTS, 100u * assumed->always_off[i].month + assumed->always_off[i].day);
	build_cites(b, SECTION_CALENDARS, &assumed->attributes);
	for (size_t i = 0; i < calendar->year_count; i++) {
		const struct calendar_year *year = &calendar->years[i];
		build_u32(b, SECTION_CALENDAR_YEARS, (uint32_t)year->year);
		build_text(b, SECTION_CALENDAR_YEARS, year->notice);
		build_days(b, year, DAY_OFF);
		build_days(b, year, DAY_MADE_UP);
	}
}

/* ---- procedures ---- */

static void build_limit(struct builder *b, enum section section, const struct limit *limit)
{
	bool counts = limit->kind == LIMIT_KIND_WITHIN || limit->kind == LIMIT_KIND_IN_THE_LAST ||
		      limit->kind == LIMIT_KIND_AT_LEAST_BEFORE;
	build_u32(b, section, (uint32_t)limit->kind);
	build_u32(b, section, counts ? limit->period.amount : 0);
	build_u32(b, section, counts ? (uint32_t)limit->period.unit : 0);
	build_u32(b, section, counts && limit->kind != LIMIT_KIND_WITHIN ? limit->validity : NONE);
	build_u32(b, section, limit->kind == LIMIT_KIND_BY_DATE ? (uint32_t)limit->date : 0);
	build_text(b, section, limit->vague);
}

static void build_state(struct builder *b, const struct state *state)
{
	build_name(b, SECTION_STATES, &state->name);
	build_u32(b, SECTION_STATES,
		  (state->start ? STATE_START : 0u) | (state->final ? STATE_FINAL : 0u) |
			  (state->no_stay ? STATE_NO_STAY : 0u));
	build_cites(b, SECTION_STATES, &state->attributes);
}

static void build_event(struct builder *b, const struct event *event)
{
	build_name(b, SECTION_EVENTS, &event->name);
	build_u32(b, SECTION_EVENTS, (uint32_t)event->actor);
	build_u32(b, SECTION_EVENTS, event->actor == ACTOR_ROLE ? event->role : NONE);
	build_cites(b, SECTION_EVENTS, &event->attributes);
}

static uint32_t next_guard(struct builder *b, const struct step *step)
{
	if (!step->guard)
		return NONE;
	uint32_t guard = b->first_guard + build_count(b, SECTION_GUARDS);
	build_u32(b, SECTION_GUARDS, guard);
	return guard;
}

static void build_step(struct builder *b, const struct step *step)
{
	build_name(b, SECTION_STEPS, &step->name);
	build_u32(b, SECTION_STEPS, step->event);
	build_u32(b, SECTION_STEPS, (uint32_t)step->actor);
	build_u32(b, SECTION_STEPS, step->actor == ACTOR_ROLE ? step->role : NONE);
	build_u32(b, SECTION_STEPS, step->to);
	build_u32(b, SECTION_STEPS, next_guard(b, step));
	build_text(b, SECTION_STEPS, step->circumstance);
	build_limit(b, SECTION_STEPS, &step->limit);
	build_u32(b, SECTION_STEPS, step->expiry_of);
	build_u32(b, SECTION_STEPS,
		  (step->attributes.discretion ? STEP_DISCRETION : 0u) |
			  (step->materials_open ? STEP_MATERIALS_OPEN : 0u));
	build_u32(b, SECTION_STEPS, step->materials_role);
	build_indices(b, SECTION_STEPS, step->from, step->from_count);
	build_cites(b, SECTION_STEPS, &step->attributes);
	build_u32(b, SECTION_STEPS, build_count(b, SECTION_LISTS));
	build_u32(b, SECTION_STEPS, (uint32_t)step->material_count);
	for (size_t i = 0; i < step->material_count; i++)
		build_text(b, SECTION_LISTS, step->materials[i]);
}

static void build_every(struct builder *b, const struct every *every)
{
	bool counts = every->kind == EVERY_PERIOD, dated = every->anchor == ANCHOR_DATE;
	build_u32(b, SECTION_DUTIES, (uint32_t)every->kind);
	build_u32(b, SECTION_DUTIES, counts ? every->period.amount : 0);
	build_u32(b, SECTION_DUTIES, counts ? (uint32_t)every->period.unit : 0);
	build_text(b, SECTION_DUTIES, every->vague);
	build_u32(b, SECTION_DUTIES, (uint32_t)every->anchor);
	build_u32(b, SECTION_DUTIES, dated ? 100u * every->month_day.month + every->month_day.day : 0);
}

static void build_lapse(struct builder *b, const struct lapse *lapse)
{
	build_u32(b, SECTION_DUTIES, (uint32_t)lapse->kind);
	build_u32(b, SECTION_DUTIES,
		  lapse->kind == LAPSE_EVENT   ? lapse->event
		  : lapse->kind == LAPSE_STATE ? lapse->state
					       : NONE);
	build_text(b, SECTION_DUTIES, lapse->words);
}

static void build_duty(struct builder *b, const struct duty *duty)
{
	build_name(b, SECTION_DUTIES, &duty->name);
	build_u32(b, SECTION_DUTIES, duty->role);
	build_u32(b, SECTION_DUTIES, duty->toward);
	build_limit(b, SECTION_DUTIES, &duty->limit);
	build_every(b, &duty->every);
	build_lapse(b, &duty->lapse);
	build_text(b, SECTION_DUTIES, duty->from.words);
	build_cites(b, SECTION_DUTIES, &duty->attributes);
	build_indices(b, SECTION_DUTIES, duty->from.events, duty->from.event_count);
	build_indices(b, SECTION_DUTIES, duty->restarted_by, duty->restart_count);
	build_indices(b, SECTION_DUTIES, duty->suspended_by, duty->suspend_count);
	build_indices(b, SECTION_DUTIES, duty->resumed_by, duty->resume_count);
	build_indices(b, SECTION_DUTIES, duty->ended_by, duty->end_count);
	build_indices(b, SECTION_DUTIES, duty->discharged_by, duty->discharge_count);
	build_indices(b, SECTION_DUTIES, duty->released_by, duty->release_count);
}

static void build_validity(struct builder *b, const struct validity *validity)
{
	build_name(b, SECTION_VALIDITIES, &validity->name);
	build_u32(b, SECTION_VALIDITIES, validity->period.amount);
	build_u32(b, SECTION_VALIDITIES, (uint32_t)validity->period.unit);
	build_u32(b, SECTION_VALIDITIES, validity->survives ? VALIDITY_SURVIVES : 0u);
	build_text(b, SECTION_VALIDITIES, validity->from.words);
	build_cites(b, SECTION_VALIDITIES, &validity->attributes);
	build_indices(b, SECTION_VALIDITIES, validity->from.events, validity->from.event_count);
	build_indices(b, SECTION_VALIDITIES, validity->restarted_by, validity->restart_count);
	build_indices(b, SECTION_VALIDITIES, validity->suspended_by, validity->suspend_count);
	build_indices(b, SECTION_VALIDITIES, validity->resumed_by, validity->resume_count);
	build_indices(b, SECTION_VALIDITIES, validity->ended_by, validity->end_count);
}

static void build_stretch(struct builder *b, enum section section, size_t count)
{
	build_u32(b, SECTION_PROCEDURES, build_count(b, section));
	build_u32(b, SECTION_PROCEDURES, (uint32_t)count);
}

static void build_procedure(struct builder *b, const struct procedure *p)
{
	build_name(b, SECTION_PROCEDURES, &p->name);
	build_u32(b, SECTION_PROCEDURES, p->calendar);
	build_u32(b, SECTION_PROCEDURES, p->start);
	build_u32(b, SECTION_PROCEDURES, b->model->counting->last_day_moves ? PROCEDURE_LAST_DAY_MOVES : 0u);
	build_stretch(b, SECTION_STATES, p->state_count);
	build_stretch(b, SECTION_EVENTS, p->event_count);
	build_stretch(b, SECTION_STEPS, p->step_count);
	build_stretch(b, SECTION_DUTIES, p->duty_count);
	build_stretch(b, SECTION_VALIDITIES, p->validity_count);
	build_cites(b, SECTION_PROCEDURES, &p->attributes);
	for (size_t i = 0; i < p->state_count; i++)
		build_state(b, &p->states[i]);
	for (size_t i = 0; i < p->event_count; i++)
		build_event(b, &p->events[i]);
	for (size_t i = 0; i < p->step_count; i++)
		build_step(b, &p->steps[i]);
	for (size_t i = 0; i < p->duty_count; i++)
		build_duty(b, &p->duties[i]);
	for (size_t i = 0; i < p->validity_count; i++)
		build_validity(b, &p->validities[i]);
}

void build_time(struct builder *b)
{
	const struct model *m = b->model;
	for (size_t i = 0; i < m->role_count; i++)
		build_name(b, SECTION_ROLES, &m->roles[i].name);
	for (size_t i = 0; i < m->calendar_count; i++)
		build_calendar(b, &m->calendars[i]);
	for (size_t i = 0; i < m->procedure_count; i++)
		build_procedure(b, &m->procedures[i]);
}

/* ---- the clauses that procedures cite ---- */

static void mark(struct map *cited, const struct attributes *attributes)
{
	for (size_t i = 0; i < attributes->cites.count; i++)
		(void)map_put_if_absent(cited, attributes->cites.clauses[i], 1);
}

void mark_time_cites(const struct model *m, struct map *cited)
{
	for (size_t i = 0; i < m->calendar_count; i++)
		mark(cited, &m->calendars[i].assumption.attributes);
	for (size_t i = 0; i < m->procedure_count; i++) {
		const struct procedure *p = &m->procedures[i];
		mark(cited, &p->attributes);
		for (size_t k = 0; k < p->state_count; k++)
			mark(cited, &p->states[k].attributes);
		for (size_t k = 0; k < p->event_count; k++)
			mark(cited, &p->events[k].attributes);
		for (size_t k = 0; k < p->step_count; k++)
			mark(cited, &p->steps[k].attributes);
		for (size_t k = 0; k < p->duty_count; k++)
			mark(cited, &p->duties[k].attributes);
		for (size_t k = 0; k < p->validity_count; k++)
			mark(cited, &p->validities[k].attributes);
	}
}

/* ---- limits ---- */

static bool fits(uint32_t limit, uint32_t most)
{
	return limit == UNLIMITED || limit <= most;
}

const struct calendar *calendar_beyond_limits(const struct model *m)
{
	for (size_t i = 0; i < m->calendar_count; i++) {
		const struct calendar_assumption *a = &m->calendars[i].assumption;
		if (a->given && !(fits(a->weekdays_off, LIMIT_TABLE_DAYS_OFF) && fits(a->made_up, LIMIT_TABLE_RUN) &&
				  fits(a->rest, LIMIT_TABLE_RUN) && fits(a->work, LIMIT_TABLE_RUN)))
			return &m->calendars[i];
	}
	return NULL;
}
