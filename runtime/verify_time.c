/* Calendars and procedures: every index, count, order and range that the accessors and steps follow. */
#include "calendar.h"
#include "verify.h"

static bool is_index(uint32_t index, uint32_t count)
{
	return index == NO_INDEX || index < count;
}

/* A list of strings, taken. */
static bool strings_taken(struct verifier *v, const unsigned char *record, unsigned first)
{
	return verifier_take_field(v, SECTION_LISTS, record, first) &&
	       list_is_below(v, field(record, first), field(record, first + 1), v->counts[SECTION_STRING_ENDS], false);
}

/* ---- calendars ---- */

static bool limit_is_sound(uint32_t limit, uint32_t least, uint32_t most)
{
	return limit == NO_INDEX || (limit >= least && limit <= most);
}

static bool month_day_is_sound(uint32_t month_day)
{
	uint32_t month = month_day / 100, day = month_day % 100;
	return month >= 1 && month <= 12 && day >= 1 &&
	       day_of(2000, month, day) < (month == 12 ? first_day_of(2001) : day_of(2000, month + 1, 1));
}

static bool always_off_is_sound(struct verifier *v, const unsigned char *calendar)
{
	uint32_t first = field(calendar, CALENDAR_FIRST_ALWAYS_OFF), count = field(calendar, CALENDAR_ALWAYS_OFF);
	if (!verifier_take(v, SECTION_LISTS, first, count) || !list_is_below(v, first, count, 1232, true))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		if (!month_day_is_sound(list_item(v->table, (size_t)first + i)))
			return false;
	}
	return true;
}

static bool year_is_sound(struct verifier *v, const unsigned char *year)
{
	uint32_t number = field(year, YEAR_YEAR);
	if (number < 1900 || number > 2199 || !strings_exist(v, year, YEAR_NOTICE, 1) ||
	    !verifier_take_field(v, SECTION_LISTS, year, YEAR_FIRST_OFF) ||
	    !verifier_take_field(v, SECTION_LISTS, year, YEAR_FIRST_MADE_UP))
		return false;
	uint32_t days = days_of_year((int32_t)number);
	return list_is_below(v, field(year, YEAR_FIRST_OFF), field(year, YEAR_OFF), days, true) &&
	       list_is_below(v, field(year, YEAR_FIRST_MADE_UP), field(year, YEAR_MADE_UP), days, true);
}

static bool calendar_is_sound(struct verifier *v, const unsigned char *calendar)
{
	uint32_t count = field(calendar, CALENDAR_YEARS_COUNT), last = 0;
	if (!strings_exist(v, calendar, NAME_ID, 3) ||
	    !verifier_take_field(v, SECTION_CALENDAR_YEARS, calendar, CALENDAR_FIRST_YEAR) ||
	    field(calendar, CALENDAR_ASSUMES) > 1 ||
	    !limit_is_sound(field(calendar, CALENDAR_WEEKDAYS_OFF), 0, LIMIT_TABLE_DAYS_OFF) ||
	    !limit_is_sound(field(calendar, CALENDAR_DAYS_MADE_UP), 0, LIMIT_TABLE_RUN) ||
	    !limit_is_sound(field(calendar, CALENDAR_REST), 1, LIMIT_TABLE_RUN) ||
	    !limit_is_sound(field(calendar, CALENDAR_WORK), 1, LIMIT_TABLE_RUN) ||
	    !always_off_is_sound(v, calendar) || !strings_taken(v, calendar, CALENDAR_FIRST_CITE))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *year =
			record_at(v->table, CALENDAR_YEARS, field(calendar, CALENDAR_FIRST_YEAR) + i);
		if (!year_is_sound(v, year) || field(year, YEAR_YEAR) <= last)
			return false;
		last = field(year, YEAR_YEAR);
	}
	return true;
}

/* ---- procedures ---- */

/* The procedure at hand: how many of each it has. */
struct parts {
	uint32_t states, events, duties, validities;
};

static bool period_is_sound(uint32_t amount, uint32_t unit)
{
	return amount >= 1 && amount <= LIMIT_TABLE_AMOUNT && unit <= GUIJU_YEARS;
}

static bool bound_is_sound(const struct verifier *v, const unsigned char *bound, const struct parts *parts,
			   bool of_step)
{
	uint32_t kind = field(bound, BOUND_KIND), validity = field(bound, BOUND_VALIDITY);
	int32_t date = (int32_t)field(bound, BOUND_DATE);
	bool before = kind == GUIJU_LIMIT_IN_THE_LAST || kind == GUIJU_LIMIT_AT_LEAST_BEFORE;
	if (kind > GUIJU_LIMIT_AT_LEAST_BEFORE || (of_step && kind == GUIJU_LIMIT_WITHIN) ||
	    !strings_exist(v, bound, BOUND_WORDS, 1) || !is_index(validity, parts->validities))
		return false;
	if (kind == GUIJU_LIMIT_WITHIN || before)
		return period_is_sound(field(bound, BOUND_AMOUNT), field(bound, BOUND_UNIT)) &&
		       before == (validity != NO_INDEX);
	return field(bound, BOUND_UNIT) <= GUIJU_YEARS &&
	       (kind != GUIJU_LIMIT_BY_DATE || (date >= FIRST_DAY && date <= LAST_DAY));
}

static bool actor_is_sound(const struct verifier *v, uint32_t actor, uint32_t role)
{
	return actor <= GUIJU_NOBODY && is_index(role, v->counts[SECTION_ROLES]);
}

static bool state_is_sound(struct verifier *v, const unsigned char *state)
{
	return strings_exist(v, state, NAME_ID, 3) && field(state, STATE_FLAGS) < 8 &&
	       strings_taken(v, state, STATE_FIRST_CITE);
}

static bool event_is_sound(struct verifier *v, const unsigned char *event)
{
	return strings_exist(v, event, NAME_ID, 3) &&
	       actor_is_sound(v, field(event, EVENT_ACTOR), field(event, EVENT_ROLE)) &&
	       strings_taken(v, event, EVENT_FIRST_CITE);
}

/* The next of the decisions that are guards: it fails or it holds. */
static bool guard_is_sound(struct verifier *v, uint32_t guard)
{
	if (guard == NO_INDEX)
		return true;
	uint32_t place = v->cursors[SECTION_GUARDS];
	if (!verifier_take(v, SECTION_GUARDS, place, 1) || field(record_at(v->table, GUARDS, place), 0) != guard)
		return false;
	return field(record_at(v->table, DECISIONS, guard), DECISION_OUTCOMES) == GUARD_OUTCOMES;
}

static bool step_is_sound(struct verifier *v, const unsigned char *step, const struct parts *parts)
{
	return strings_exist(v, step, NAME_ID, 3) && strings_exist(v, step, STEP_CIRCUMSTANCE, 1) &&
	       field(step, STEP_EVENT) < parts->events && is_index(field(step, STEP_TO), parts->states) &&
	       actor_is_sound(v, field(step, STEP_ACTOR), field(step, STEP_ROLE)) &&
	       bound_is_sound(v, step + 4 * (size_t)STEP_BOUND, parts, true) &&
	       is_index(field(step, STEP_EXPIRY_OF), parts->validities) && field(step, STEP_FLAGS) < 4 &&
	       is_index(field(step, STEP_MATERIALS_ROLE), v->counts[SECTION_ROLES]) &&
	       verifier_take_field(v, SECTION_LISTS, step, STEP_FIRST_FROM) &&
	       list_is_below(v, field(step, STEP_FIRST_FROM), field(step, STEP_FROMS), parts->states, false) &&
	       strings_taken(v, step, STEP_FIRST_CITE) && strings_taken(v, step, STEP_FIRST_MATERIAL) &&
	       guard_is_sound(v, field(step, STEP_GUARD));
}

/* Lists of events, `fields` fields of them. */
static bool clock_is_sound(struct verifier *v, const unsigned char *lists, unsigned fields, uint32_t events)
{
	for (unsigned i = 0; i < fields; i += 2) {
		if (!verifier_take_field(v, SECTION_LISTS, lists, i) ||
		    !list_is_below(v, field(lists, i), field(lists, i + 1), events, false))
			return false;
	}
	return true;
}

static bool every_is_sound(const unsigned char *duty)
{
	uint32_t kind = field(duty, DUTY_EVERY), anchor = field(duty, DUTY_ANCHOR);
	return kind <= REPEATED_VAGUE && anchor <= ANCHORED_EVENT && field(duty, DUTY_EVERY_UNIT) <= GUIJU_YEARS &&
	       (kind != REPEATED_PERIOD ||
		period_is_sound(field(duty, DUTY_EVERY_AMOUNT), field(duty, DUTY_EVERY_UNIT))) &&
	       (anchor != ANCHORED_DATE || month_day_is_sound(field(duty, DUTY_ANCHOR_DAY)));
}

static bool lapse_is_sound(const unsigned char *duty, const struct parts *parts)
{
	uint32_t to = field(duty, DUTY_LAPSE_TO);
	switch (field(duty, DUTY_LAPSE)) {
	case GUIJU_LAPSE_EVENT: return to < parts->events;
	case GUIJU_LAPSE_STATE: return to < parts->states;
	default: return field(duty, DUTY_LAPSE) <= GUIJU_LAPSE_WORDS && to == NO_INDEX;
	}
}

static bool duty_is_sound(struct verifier *v, const unsigned char *duty, const struct parts *parts)
{
	return strings_exist(v, duty, NAME_ID, 3) && strings_exist(v, duty, DUTY_EVERY_WORDS, 1) &&
	       strings_exist(v, duty, DUTY_LAPSE_WORDS, 2) &&
	       is_index(field(duty, DUTY_ROLE), v->counts[SECTION_ROLES]) &&
	       is_index(field(duty, DUTY_TOWARD), v->counts[SECTION_ROLES]) &&
	       bound_is_sound(v, duty + 4 * (size_t)DUTY_BOUND, parts, false) && every_is_sound(duty) &&
	       lapse_is_sound(duty, parts) && strings_taken(v, duty, DUTY_FIRST_CITE) &&
	       clock_is_sound(v, duty + 4 * (size_t)DUTY_CLOCK, DUTY_CLOCK_FIELDS, parts->events);
}

static bool validity_is_sound(struct verifier *v, const unsigned char *validity, const struct parts *parts)
{
	return strings_exist(v, validity, NAME_ID, 3) && strings_exist(v, validity, VALIDITY_START_WORDS, 1) &&
	       period_is_sound(field(validity, VALIDITY_AMOUNT), field(validity, VALIDITY_UNIT)) &&
	       field(validity, VALIDITY_FLAGS) <= VALIDITY_SURVIVES && strings_taken(v, validity, VALIDITY_FIRST_CITE) &&
	       clock_is_sound(v, validity + 4 * (size_t)VALIDITY_CLOCK, CLOCK_FIELDS, parts->events);
}

static bool procedure_takes(struct verifier *v, const unsigned char *p)
{
	return verifier_take_field(v, SECTION_STATES, p, PROCEDURE_FIRST_STATE) &&
	       verifier_take_field(v, SECTION_EVENTS, p, PROCEDURE_FIRST_EVENT) &&
	       verifier_take_field(v, SECTION_STEPS, p, PROCEDURE_FIRST_STEP) &&
	       verifier_take_field(v, SECTION_DUTIES, p, PROCEDURE_FIRST_DUTY) &&
	       verifier_take_field(v, SECTION_VALIDITIES, p, PROCEDURE_FIRST_VALIDITY) &&
	       strings_taken(v, p, PROCEDURE_FIRST_CITE);
}

static bool procedure_is_sound(struct verifier *v, const unsigned char *p)
{
	const unsigned char *t = v->table;
	struct parts parts;
	parts.states = field(p, PROCEDURE_STATES);
	parts.events = field(p, PROCEDURE_EVENTS);
	parts.duties = field(p, PROCEDURE_DUTIES);
	parts.validities = field(p, PROCEDURE_VALIDITIES);
	if (!strings_exist(v, p, NAME_ID, 3) ||
	    !is_index(field(p, PROCEDURE_CALENDAR), v->counts[SECTION_CALENDARS]) ||
	    !is_index(field(p, PROCEDURE_START), parts.states) ||
	    field(p, PROCEDURE_FLAGS) > PROCEDURE_LAST_DAY_MOVES || !procedure_takes(v, p))
		return false;
	for (uint32_t i = 0; i < parts.states; i++) {
		if (!state_is_sound(v, record_at(t, STATES, field(p, PROCEDURE_FIRST_STATE) + i)))
			return false;
	}
	for (uint32_t i = 0; i < parts.events; i++) {
		if (!event_is_sound(v, record_at(t, EVENTS, field(p, PROCEDURE_FIRST_EVENT) + i)))
			return false;
	}
	for (uint32_t i = 0; i < field(p, PROCEDURE_STEPS); i++) {
		if (!step_is_sound(v, record_at(t, STEPS, field(p, PROCEDURE_FIRST_STEP) + i), &parts))
			return false;
	}
	for (uint32_t i = 0; i < parts.duties; i++) {
		if (!duty_is_sound(v, record_at(t, DUTIES, field(p, PROCEDURE_FIRST_DUTY) + i), &parts))
			return false;
	}
	for (uint32_t i = 0; i < parts.validities; i++) {
		if (!validity_is_sound(v, record_at(t, VALIDITIES, field(p, PROCEDURE_FIRST_VALIDITY) + i), &parts))
			return false;
	}
	return true;
}

/* The guards are the last decisions, in their order, and each has two rules, the last ones. */
static bool guards_are_last(const struct verifier *v)
{
	uint32_t guards = v->counts[SECTION_GUARDS], decisions = v->counts[SECTION_DECISIONS];
	if (guards > decisions || 2 * guards > v->counts[SECTION_RULES])
		return false;
	for (uint32_t i = 0; i < guards; i++) {
		uint32_t guard = field(record_at(v->table, GUARDS, i), 0);
		if (guard != decisions - guards + i)
			return false;
		const unsigned char *d = record_at(v->table, DECISIONS, guard);
		if (field(d, DECISION_RULES) != 2 || list_item(v->table, field(d, DECISION_FIRST_RULE)) !=
							     v->counts[SECTION_RULES] - 2 * (guards - i))
			return false;
	}
	return true;
}

bool time_is_sound(struct verifier *v)
{
	if (!guards_are_last(v) || !names_exist(v, SECTION_ROLES, SIZE_ROLES, 3))
		return false;
	for (uint32_t i = 0; i < v->counts[SECTION_CALENDARS]; i++) {
		if (!calendar_is_sound(v, record_at(v->table, CALENDARS, i)))
			return false;
	}
	for (uint32_t i = 0; i < v->counts[SECTION_PROCEDURES]; i++) {
		if (!procedure_is_sound(v, record_at(v->table, PROCEDURES, i)))
			return false;
	}
	return true;
}
