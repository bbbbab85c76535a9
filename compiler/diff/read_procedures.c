/* A table's roles, calendars and procedures as the model's. The table is open, so that every index in it is good. */
#include "diff/table_reader.h"

#include "diff/joint.h"
#include "model/procedure.h"
#include "runtime/view.h"
#include "support/intern.h"

static const char *words_at(const struct table_reader *r, const unsigned char *record, unsigned index)
{
	const char *text = string_of(r, record, index);
	return *text ? text : NULL;
}

static struct attributes attributes_at(const struct table_reader *r, const unsigned char *record, unsigned first)
{
	return (struct attributes){ .cites = cites_at(r, record, first), .role = NONE };
}

static struct month_day month_day_of(uint32_t number)
{
	return (struct month_day){ (uint8_t)(number / 100), (uint8_t)(number % 100) };
}

/* ---- calendars ---- */

static void read_days(const struct table_reader *r, const unsigned char *record, struct calendar_year *year)
{
	size_t off, made_up, i = 0, k = 0;
	int64_t first = 0;
	const uint32_t *days_off = list_at(r, record, YEAR_FIRST_OFF, &off), *days_made_up = list_at(r, record, YEAR_FIRST_MADE_UP, &made_up);
	(void)date_parse(arena_printf(r->arena, "%04d-01-01", (int)year->year), &first);
	year->days = arena_new_array(r->arena, struct calendar_day, off + made_up + 1);
	while (i < off || k < made_up) {
		bool is_off = k == made_up || (i < off && days_off[i] <= days_made_up[k]);
		uint32_t day = is_off ? days_off[i++] : days_made_up[k++];
		year->days[year->day_count++] = (struct calendar_day){ .day = (int32_t)first + (int32_t)day,
								       .kind = is_off ? DAY_OFF : DAY_MADE_UP };
	}
}

static void read_assumption(const struct table_reader *r, const unsigned char *record, struct calendar_assumption *a)
{
	size_t count;
	const uint32_t *always = list_at(r, record, CALENDAR_FIRST_ALWAYS_OFF, &count);
	*a = (struct calendar_assumption){
		.given = field(record, CALENDAR_ASSUMES) != 0,
		.weekdays_off = field(record, CALENDAR_WEEKDAYS_OFF),
		.made_up = field(record, CALENDAR_DAYS_MADE_UP),
		.rest = field(record, CALENDAR_REST),
		.work = field(record, CALENDAR_WORK),
		.always_off = arena_new_array(r->arena, struct month_day, count + 1),
		.always_off_count = count,
		.attributes = attributes_at(r, record, CALENDAR_FIRST_CITE),
	};
	for (size_t i = 0; i < count; i++)
		a->always_off[i] = month_day_of(always[i]);
}

static void read_calendar(const struct table_reader *r, uint32_t index)
{
	const unsigned char *record = record_at(r->table, CALENDARS, index);
	struct calendar *c = &r->model->calendars[index];
	c->name = name_at(r, record);
	c->attributes.role = NONE;
	c->year_count = field(record, CALENDAR_YEARS_COUNT);
	c->years = arena_new_array(r->arena, struct calendar_year, c->year_count + 1);
	read_assumption(r, record, &c->assumption);
	for (uint32_t i = 0; i < c->year_count; i++) {
		const unsigned char *year = record_at(r->table, CALENDAR_YEARS, field(record, CALENDAR_FIRST_YEAR) + i);
		c->years[i].year = (int32_t)field(year, YEAR_YEAR);
		c->years[i].notice = string_of(r, year, YEAR_NOTICE);
		read_days(r, year, &c->years[i]);
	}
}

/* ---- guards ---- */

/* Holds where the first of its two rules does; the other is its default. */
static struct cond *guard_at(const struct table_reader *r, uint32_t decision)
{
	const struct model *m = r->model;
	const struct decision *d = &m->decisions[decision];
	const struct rule *holds = &m->rules[d->rules[0]], *fails = &m->rules[d->rules[1]];
	if (holds->outcome != GUARD_HOLDS || fails->outcome != GUARD_FAILS || fails->when->kind != COND_TRUE || fails->except ||
	    !rule_is_over(m, d->rules[0], d->rules[1]))
		return NULL;
	return holds->except ? cond_both(r->arena, holds->when, cond_negated(r->arena, holds->except)) : holds->when;
}

/* The list with those of the other that it lacks; both ascend. */
static void merge(struct arena *arena, uint32_t **list, size_t *count, const uint32_t *more, size_t more_count)
{
	uint32_t *out = arena_new_array(arena, uint32_t, *count + more_count + 1);
	size_t n = 0, i = 0, k = 0;
	while (i < *count || k < more_count) {
		uint32_t next = k == more_count || (i < *count && (*list)[i] <= more[k]) ? (*list)[i] : more[k];
		i += i < *count && (*list)[i] == next;
		k += k < more_count && more[k] == next;
		out[n++] = next;
	}
	*list = out;
	*count = n;
}

/* The cases of an event are those of all its guards. */
static bool add_guard(const struct table_reader *r, struct event *event, struct step *step, uint32_t guard)
{
	const struct decision *d = &r->model->decisions[guard];
	step->guard = guard_at(r, guard);
	merge(r->arena, &event->dims, &event->dim_count, d->dims, d->dim_count);
	merge(r->arena, &event->constraints, &event->constraint_count, d->constraints, d->constraint_count);
	return step->guard != NULL;
}

static bool feeds_below(const struct decision *d, size_t limit)
{
	for (size_t i = 0; i < d->fed_by_count; i++)
		if (d->fed_by[i] >= limit)
			return false;
	for (size_t i = 0; i < d->feed_count; i++)
		if (d->feeds[i] >= limit)
			return false;
	return true;
}

/* Guards feed nothing, so that the decisions before them do without them. */
static bool drop_guards(const struct table_reader *r)
{
	struct model *m = r->model;
	size_t guards = section_count(r->table, SECTION_GUARDS), left = m->decision_count - guards, count = 0;
	for (size_t i = 0; i < m->decision_count; i++)
		if (!feeds_below(&m->decisions[i], left))
			return false;
	for (size_t i = 0; i < m->decision_count; i++)
		if (m->order[i] < left)
			m->order[count++] = m->order[i];
	m->decision_count = left;
	m->rule_count -= 2 * guards;
	return true;
}

/* ---- procedures ---- */

static struct limit limit_at(const struct table_reader *r, const unsigned char *bound)
{
	return (struct limit){
		.kind = (enum limit_kind)field(bound, BOUND_KIND),
		.period = { field(bound, BOUND_AMOUNT), (enum time_unit)field(bound, BOUND_UNIT) },
		.validity = field(bound, BOUND_VALIDITY),
		.date = (int32_t)field(bound, BOUND_DATE),
		.vague = words_at(r, bound, BOUND_WORDS),
	};
}

static void read_state(const struct table_reader *r, const unsigned char *record, struct state *state)
{
	uint32_t flags = field(record, STATE_FLAGS);
	state->name = name_at(r, record);
	state->attributes = attributes_at(r, record, STATE_FIRST_CITE);
	state->start = (flags & STATE_START) != 0;
	state->final = (flags & STATE_FINAL) != 0;
	state->no_stay = (flags & STATE_NO_STAY) != 0;
}

static void read_event(const struct table_reader *r, const unsigned char *record, struct event *event)
{
	event->name = name_at(r, record);
	event->attributes = attributes_at(r, record, EVENT_FIRST_CITE);
	event->actor = (enum actor_kind)field(record, EVENT_ACTOR);
	event->role = field(record, EVENT_ROLE);
}

static bool read_step(const struct table_reader *r, const unsigned char *record, struct procedure *p, struct step *step)
{
	size_t count;
	uint32_t flags = field(record, STEP_FLAGS), guard = field(record, STEP_GUARD);
	const uint32_t *materials = list_at(r, record, STEP_FIRST_MATERIAL, &count);
	step->name = name_at(r, record);
	step->attributes = attributes_at(r, record, STEP_FIRST_CITE);
	step->attributes.discretion = (flags & STEP_DISCRETION) != 0;
	step->event = field(record, STEP_EVENT);
	step->actor = (enum actor_kind)field(record, STEP_ACTOR);
	step->role = field(record, STEP_ROLE);
	step->expiry_of = field(record, STEP_EXPIRY_OF);
	step->from = list_at(r, record, STEP_FIRST_FROM, &step->from_count);
	step->to = field(record, STEP_TO);
	step->circumstance = words_at(r, record, STEP_CIRCUMSTANCE);
	step->limit = limit_at(r, record + 4 * (size_t)STEP_BOUND);
	step->materials_open = (flags & STEP_MATERIALS_OPEN) != 0;
	step->materials_role = field(record, STEP_MATERIALS_ROLE);
	step->material_count = count;
	step->materials = arena_new_array(r->arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++)
		step->materials[i] = string_at(r->table, materials[i]).bytes;
	return guard == NONE || add_guard(r, &p->events[step->event], step, guard);
}

static void read_every(const struct table_reader *r, const unsigned char *record, struct every *every)
{
	every->kind = (enum every_kind)field(record, DUTY_EVERY);
	every->period = (struct period){ field(record, DUTY_EVERY_AMOUNT), (enum time_unit)field(record, DUTY_EVERY_UNIT) };
	every->vague = words_at(r, record, DUTY_EVERY_WORDS);
	every->anchor = (enum anchor_kind)field(record, DUTY_ANCHOR);
	every->month_day = month_day_of(field(record, DUTY_ANCHOR_DAY));
}

static void read_duty(const struct table_reader *r, const unsigned char *record, struct duty *duty)
{
	const unsigned char *lists = record + 4 * (size_t)DUTY_CLOCK;
	uint32_t to = field(record, DUTY_LAPSE_TO);
	duty->name = name_at(r, record);
	duty->attributes = attributes_at(r, record, DUTY_FIRST_CITE);
	duty->role = field(record, DUTY_ROLE);
	duty->toward = field(record, DUTY_TOWARD);
	duty->limit = limit_at(r, record + 4 * (size_t)DUTY_BOUND);
	read_every(r, record, &duty->every);
	duty->lapse = (struct lapse){ .kind = (enum lapse_kind)field(record, DUTY_LAPSE), .event = to, .state = to,
				      .words = words_at(r, record, DUTY_LAPSE_WORDS) };
	duty->from.words = words_at(r, record, DUTY_START_WORDS);
	duty->from.events = list_at(r, lists, CLOCK_FIRST_START, &duty->from.event_count);
	duty->restarted_by = list_at(r, lists, CLOCK_FIRST_RESTART, &duty->restart_count);
	duty->suspended_by = list_at(r, lists, CLOCK_FIRST_SUSPEND, &duty->suspend_count);
	duty->resumed_by = list_at(r, lists, CLOCK_FIRST_RESUME, &duty->resume_count);
	duty->ended_by = list_at(r, lists, CLOCK_FIRST_END, &duty->end_count);
	duty->discharged_by = list_at(r, lists, DUTY_FIRST_DISCHARGE, &duty->discharge_count);
	duty->released_by = list_at(r, lists, DUTY_FIRST_RELEASE, &duty->release_count);
}

static void read_validity(const struct table_reader *r, const unsigned char *record, struct validity *validity)
{
	const unsigned char *lists = record + 4 * (size_t)VALIDITY_CLOCK;
	validity->name = name_at(r, record);
	validity->attributes = attributes_at(r, record, VALIDITY_FIRST_CITE);
	validity->period = (struct period){ field(record, VALIDITY_AMOUNT), (enum time_unit)field(record, VALIDITY_UNIT) };
	validity->survives = (field(record, VALIDITY_FLAGS) & VALIDITY_SURVIVES) != 0;
	validity->from.words = words_at(r, record, VALIDITY_START_WORDS);
	validity->from.events = list_at(r, lists, CLOCK_FIRST_START, &validity->from.event_count);
	validity->restarted_by = list_at(r, lists, CLOCK_FIRST_RESTART, &validity->restart_count);
	validity->suspended_by = list_at(r, lists, CLOCK_FIRST_SUSPEND, &validity->suspend_count);
	validity->resumed_by = list_at(r, lists, CLOCK_FIRST_RESUME, &validity->resume_count);
	validity->ended_by = list_at(r, lists, CLOCK_FIRST_END, &validity->end_count);
}

static void list_steps(const struct table_reader *r, struct procedure *p)
{
	for (uint32_t i = 0; i < p->step_count; i++)
		p->events[p->steps[i].event].step_count++;
	for (uint32_t i = 0; i < p->event_count; i++) {
		p->events[i].steps = arena_new_array(r->arena, uint32_t, p->events[i].step_count + 1);
		p->events[i].step_count = 0;
	}
	for (uint32_t i = 0; i < p->step_count; i++) {
		struct event *event = &p->events[p->steps[i].event];
		event->steps[event->step_count++] = i;
	}
}

/* Parts are matched by id; of a compiler's table no two of a kind have the same. */
struct ids {
	struct map *seen;
	bool good;
};

static void note_id(struct ids *ids, struct arena *arena, const char *kind, const struct name *name)
{
	const char *key = arena_printf(arena, "%s %s", kind, name->id);
	ids->good &= *name->id && map_get(ids->seen, key) < 0;
	map_put(ids->seen, key, 0);
}

static void note_parts(struct ids *ids, struct arena *arena, const struct procedure *p)
{
	for (size_t i = 0; i < p->state_count; i++)
		note_id(ids, arena, "state", &p->states[i].name);
	for (size_t i = 0; i < p->event_count; i++)
		note_id(ids, arena, "event", &p->events[i].name);
	for (size_t i = 0; i < p->step_count; i++)
		note_id(ids, arena, "step", &p->steps[i].name);
	for (size_t i = 0; i < p->duty_count; i++)
		note_id(ids, arena, "duty", &p->duties[i].name);
	for (size_t i = 0; i < p->validity_count; i++)
		note_id(ids, arena, "validity", &p->validities[i].name);
}

static bool read_procedure(const struct table_reader *r, uint32_t index)
{
	const unsigned char *t = r->table, *record = record_at(t, PROCEDURES, index);
	struct procedure *p = &r->model->procedures[index];
	struct ids ids = { map_new_in(r->arena), true };
	bool good = true;
	p->name = name_at(r, record);
	p->attributes = attributes_at(r, record, PROCEDURE_FIRST_CITE);
	p->calendar = field(record, PROCEDURE_CALENDAR);
	p->start = field(record, PROCEDURE_START);
	p->state_count = field(record, PROCEDURE_STATES);
	p->event_count = field(record, PROCEDURE_EVENTS);
	p->step_count = field(record, PROCEDURE_STEPS);
	p->duty_count = field(record, PROCEDURE_DUTIES);
	p->validity_count = field(record, PROCEDURE_VALIDITIES);
	p->states = arena_new_array(r->arena, struct state, p->state_count + 1);
	p->events = arena_new_array(r->arena, struct event, p->event_count + 1);
	p->steps = arena_new_array(r->arena, struct step, p->step_count + 1);
	p->duties = arena_new_array(r->arena, struct duty, p->duty_count + 1);
	p->validities = arena_new_array(r->arena, struct validity, p->validity_count + 1);
	for (uint32_t i = 0; i < p->state_count; i++)
		read_state(r, record_at(t, STATES, field(record, PROCEDURE_FIRST_STATE) + i), &p->states[i]);
	for (uint32_t i = 0; i < p->event_count; i++)
		read_event(r, record_at(t, EVENTS, field(record, PROCEDURE_FIRST_EVENT) + i), &p->events[i]);
	for (uint32_t i = 0; i < p->step_count; i++)
		good &= read_step(r, record_at(t, STEPS, field(record, PROCEDURE_FIRST_STEP) + i), p, &p->steps[i]);
	for (uint32_t i = 0; i < p->duty_count; i++)
		read_duty(r, record_at(t, DUTIES, field(record, PROCEDURE_FIRST_DUTY) + i), &p->duties[i]);
	for (uint32_t i = 0; i < p->validity_count; i++)
		read_validity(r, record_at(t, VALIDITIES, field(record, PROCEDURE_FIRST_VALIDITY) + i), &p->validities[i]);
	list_steps(r, p);
	note_parts(&ids, r->arena, p);
	return good && ids.good;
}

/* The flag is the procedure's in a table and the rulebook's in a model. */
static bool read_counting(const struct table_reader *r)
{
	struct counting *counting = arena_new_of(r->arena, struct counting);
	r->model->counting = counting;
	for (uint32_t i = 0; i < r->model->procedure_count; i++) {
		bool moves = (field(record_at(r->table, PROCEDURES, i), PROCEDURE_FLAGS) & PROCEDURE_LAST_DAY_MOVES) != 0;
		if (i > 0 && moves != counting->last_day_moves)
			return false;
		counting->last_day_moves = moves;
	}
	return true;
}

bool read_procedures(struct table_reader *r)
{
	struct model *m = r->model;
	struct ids ids = { map_new_in(r->arena), true };
	bool good = true;
	m->role_count = section_count(r->table, SECTION_ROLES);
	m->calendar_count = section_count(r->table, SECTION_CALENDARS);
	m->procedure_count = section_count(r->table, SECTION_PROCEDURES);
	m->roles = arena_new_array(r->arena, struct role, m->role_count + 1);
	m->calendars = arena_new_array(r->arena, struct calendar, m->calendar_count + 1);
	m->procedures = arena_new_array(r->arena, struct procedure, m->procedure_count + 1);
	for (uint32_t i = 0; i < m->role_count; i++) {
		m->roles[i].name = name_at(r, record_at(r->table, ROLES, i));
		note_id(&ids, r->arena, "role", &m->roles[i].name);
	}
	for (uint32_t i = 0; i < m->calendar_count; i++) {
		read_calendar(r, i);
		note_id(&ids, r->arena, "calendar", &m->calendars[i].name);
	}
	for (uint32_t i = 0; i < m->procedure_count && good; i++) {
		good = read_procedure(r, i);
		note_id(&ids, r->arena, "procedure", &m->procedures[i].name);
	}
	return good && ids.good && read_counting(r) && drop_guards(r);
}
