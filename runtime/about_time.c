/* What a table holds of time: calendars, roles, procedures with their states, events, steps, duties and validities. */
#include "calendar.h"

#define TEXT(n) string_at(t, field(record, (n)))
#define NAMES(out)                               \
	do {                                     \
		(out)->id = TEXT(NAME_ID);       \
		(out)->label = TEXT(NAME_LABEL); \
		(out)->english = TEXT(NAME_ENGLISH); \
	} while (0)

void guiju_about_time(const struct guiju_table *table, struct guiju_time_about *out)
{
	const unsigned char *t = table_bytes(table);
	out->calendars = section_count(t, SECTION_CALENDARS);
	out->roles = section_count(t, SECTION_ROLES);
	out->procedures = section_count(t, SECTION_PROCEDURES);
}

enum guiju_status guiju_role(const struct guiju_table *table, uint32_t role, struct guiju_name *out)
{
	const unsigned char *t = table_bytes(table);
	if (role >= section_count(t, SECTION_ROLES))
		return GUIJU_NO_SUCH;
	const unsigned char *record = record_at(t, ROLES, role);
	NAMES(out);
	return GUIJU_OK;
}

/* ---- calendars ---- */

static const unsigned char *calendar_record(const unsigned char *t, uint32_t calendar)
{
	return calendar < section_count(t, SECTION_CALENDARS) ? record_at(t, CALENDARS, calendar) : NULL;
}

enum guiju_status guiju_calendar(const struct guiju_table *table, uint32_t calendar, struct guiju_calendar *out)
{
	const unsigned char *t = table_bytes(table), *record = calendar_record(t, calendar);
	if (!record)
		return GUIJU_NO_SUCH;
	NAMES(out);
	out->years = field(record, CALENDAR_YEARS_COUNT);
	out->assumes = field(record, CALENDAR_ASSUMES) != 0;
	out->weekdays_off = field(record, CALENDAR_WEEKDAYS_OFF);
	out->days_made_up = field(record, CALENDAR_DAYS_MADE_UP);
	out->rest = field(record, CALENDAR_REST);
	out->work = field(record, CALENDAR_WORK);
	out->always_off = field(record, CALENDAR_ALWAYS_OFF);
	out->cites = field(record, CALENDAR_CITES);
	return GUIJU_OK;
}

static const unsigned char *year_record(const unsigned char *t, uint32_t calendar, uint32_t index)
{
	const unsigned char *record = calendar_record(t, calendar);
	if (!record || index >= field(record, CALENDAR_YEARS_COUNT))
		return NULL;
	return record_at(t, CALENDAR_YEARS, field(record, CALENDAR_FIRST_YEAR) + index);
}

enum guiju_status guiju_calendar_year(const struct guiju_table *table, uint32_t calendar, uint32_t index,
				      struct guiju_calendar_year *out)
{
	const unsigned char *t = table_bytes(table), *record = year_record(t, calendar, index);
	if (!record)
		return GUIJU_NO_SUCH;
	out->year = (int32_t)field(record, YEAR_YEAR);
	out->notice = TEXT(YEAR_NOTICE);
	out->off = field(record, YEAR_OFF);
	out->made_up = field(record, YEAR_MADE_UP);
	return GUIJU_OK;
}

static bool take_item(const unsigned char *t, const unsigned char *record, unsigned first, uint32_t index,
		      uint32_t *out)
{
	if (!record || index >= field(record, first + 1))
		return false;
	*out = list_item(t, (size_t)field(record, first) + index);
	return true;
}

enum guiju_status guiju_calendar_day(const struct guiju_table *table, uint32_t calendar, uint32_t year_index,
				     bool made_up, uint32_t index, int64_t *day)
{
	const unsigned char *t = table_bytes(table), *record = year_record(t, calendar, year_index);
	uint32_t of_year;
	if (!take_item(t, record, made_up ? YEAR_FIRST_MADE_UP : YEAR_FIRST_OFF, index, &of_year))
		return GUIJU_NO_SUCH;
	*day = (int64_t)first_day_of((int32_t)field(record, YEAR_YEAR)) + of_year;
	return GUIJU_OK;
}

enum guiju_status guiju_calendar_always(const struct guiju_table *table, uint32_t calendar, uint32_t index,
					uint32_t *month, uint32_t *day)
{
	const unsigned char *t = table_bytes(table);
	uint32_t item;
	if (!take_item(t, calendar_record(t, calendar), CALENDAR_FIRST_ALWAYS_OFF, index, &item))
		return GUIJU_NO_SUCH;
	*month = item / 100;
	*day = item % 100;
	return GUIJU_OK;
}

enum guiju_status guiju_calendar_cite(const struct guiju_table *table, uint32_t calendar, uint32_t index,
				      struct guiju_text *clause)
{
	const unsigned char *t = table_bytes(table);
	uint32_t string;
	if (!take_item(t, calendar_record(t, calendar), CALENDAR_FIRST_CITE, index, &string))
		return GUIJU_NO_SUCH;
	*clause = string_at(t, string);
	return GUIJU_OK;
}

/* ---- procedures ---- */

struct part_kind {
	enum section section;
	size_t size;
	unsigned first, cites; /* fields: where the procedure names its stretch; where a record names its citations */
};

static struct part_kind kind_of(enum guiju_part part)
{
	static const struct part_kind kinds[] = {
		{ SECTION_PROCEDURES, SIZE_PROCEDURES, 0, PROCEDURE_FIRST_CITE },
		{ SECTION_STATES, SIZE_STATES, PROCEDURE_FIRST_STATE, STATE_FIRST_CITE },
		{ SECTION_EVENTS, SIZE_EVENTS, PROCEDURE_FIRST_EVENT, EVENT_FIRST_CITE },
		{ SECTION_STEPS, SIZE_STEPS, PROCEDURE_FIRST_STEP, STEP_FIRST_CITE },
		{ SECTION_DUTIES, SIZE_DUTIES, PROCEDURE_FIRST_DUTY, DUTY_FIRST_CITE },
		{ SECTION_VALIDITIES, SIZE_VALIDITIES, PROCEDURE_FIRST_VALIDITY, VALIDITY_FIRST_CITE },
	};
	return kinds[part];
}

/* The record of a part; NULL: there is none. Of a procedure itself, `index` means nothing. */
static const unsigned char *part_record(const unsigned char *t, uint32_t procedure, enum guiju_part part,
					uint32_t index)
{
	if (procedure >= section_count(t, SECTION_PROCEDURES) || (unsigned)part > GUIJU_VALIDITY)
		return NULL;
	const unsigned char *p = record_at(t, PROCEDURES, procedure);
	struct part_kind kind = kind_of(part);
	if (part == GUIJU_PROCEDURE)
		return p;
	if (index >= field(p, kind.first + 1))
		return NULL;
	return section_start(t, kind.section) + ((size_t)field(p, kind.first) + index) * kind.size;
}

enum guiju_status guiju_procedure(const struct guiju_table *table, uint32_t procedure, struct guiju_procedure *out)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, GUIJU_PROCEDURE, 0);
	if (!record)
		return GUIJU_NO_SUCH;
	NAMES(out);
	out->calendar = field(record, PROCEDURE_CALENDAR);
	out->start = field(record, PROCEDURE_START);
	out->last_day_moves = (field(record, PROCEDURE_FLAGS) & PROCEDURE_LAST_DAY_MOVES) != 0;
	out->states = field(record, PROCEDURE_STATES);
	out->events = field(record, PROCEDURE_EVENTS);
	out->steps = field(record, PROCEDURE_STEPS);
	out->duties = field(record, PROCEDURE_DUTIES);
	out->validities = field(record, PROCEDURE_VALIDITIES);
	out->cites = field(record, PROCEDURE_CITES);
	return GUIJU_OK;
}

enum guiju_status guiju_state(const struct guiju_table *table, uint32_t procedure, uint32_t state,
			      struct guiju_state *out)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, GUIJU_STATE, state);
	if (!record)
		return GUIJU_NO_SUCH;
	NAMES(out);
	out->final = (field(record, STATE_FLAGS) & STATE_FINAL) != 0;
	out->no_stay = (field(record, STATE_FLAGS) & STATE_NO_STAY) != 0;
	out->cites = field(record, STATE_CITES);
	return GUIJU_OK;
}

enum guiju_status guiju_event(const struct guiju_table *table, uint32_t procedure, uint32_t event,
			      struct guiju_event *out)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, GUIJU_EVENT, event);
	if (!record)
		return GUIJU_NO_SUCH;
	NAMES(out);
	out->actor = (enum guiju_actor)field(record, EVENT_ACTOR);
	out->role = field(record, EVENT_ROLE);
	out->cites = field(record, EVENT_CITES);
	return GUIJU_OK;
}

static void read_limit(const unsigned char *t, const unsigned char *record, struct guiju_limit *out)
{
	out->kind = (enum guiju_limit_kind)field(record, BOUND_KIND);
	out->amount = field(record, BOUND_AMOUNT);
	out->unit = (enum guiju_unit)field(record, BOUND_UNIT);
	out->validity = field(record, BOUND_VALIDITY);
	out->date = out->kind == GUIJU_LIMIT_BY_DATE ? (int32_t)field(record, BOUND_DATE) : GUIJU_NO_DAY;
	out->words = TEXT(BOUND_WORDS);
}

enum guiju_status guiju_transition(const struct guiju_table *table, uint32_t procedure, uint32_t step,
				   struct guiju_transition *out)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, GUIJU_TRANSITION, step);
	if (!record)
		return GUIJU_NO_SUCH;
	NAMES(out);
	out->event = field(record, STEP_EVENT);
	out->to = field(record, STEP_TO);
	out->from = field(record, STEP_FROMS);
	out->actor = (enum guiju_actor)field(record, STEP_ACTOR);
	out->role = field(record, STEP_ROLE);
	out->guarded = field(record, STEP_GUARD) != NO_INDEX;
	out->discretion = (field(record, STEP_FLAGS) & STEP_DISCRETION) != 0;
	out->circumstance = TEXT(STEP_CIRCUMSTANCE);
	read_limit(t, record + 4 * (size_t)STEP_BOUND, &out->limit);
	out->expiry_of = field(record, STEP_EXPIRY_OF);
	out->materials = field(record, STEP_MATERIALS);
	out->materials_open = (field(record, STEP_FLAGS) & STEP_MATERIALS_OPEN) != 0;
	out->materials_role = field(record, STEP_MATERIALS_ROLE);
	out->cites = field(record, STEP_CITES);
	return GUIJU_OK;
}

enum guiju_status guiju_transition_from(const struct guiju_table *table, uint32_t procedure, uint32_t step,
					uint32_t index, uint32_t *state)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, GUIJU_TRANSITION, step);
	return take_item(t, record, STEP_FIRST_FROM, index, state) ? GUIJU_OK : GUIJU_NO_SUCH;
}

enum guiju_status guiju_transition_material(const struct guiju_table *table, uint32_t procedure, uint32_t step,
					    uint32_t index, struct guiju_text *material)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, GUIJU_TRANSITION, step);
	uint32_t string;
	if (!take_item(t, record, STEP_FIRST_MATERIAL, index, &string))
		return GUIJU_NO_SUCH;
	*material = string_at(t, string);
	return GUIJU_OK;
}

enum guiju_status guiju_duty(const struct guiju_table *table, uint32_t procedure, uint32_t duty, struct guiju_duty *out)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, GUIJU_DUTY, duty);
	if (!record)
		return GUIJU_NO_SUCH;
	NAMES(out);
	out->role = field(record, DUTY_ROLE);
	out->toward = field(record, DUTY_TOWARD);
	read_limit(t, record + 4 * (size_t)DUTY_BOUND, &out->limit);
	out->repeated = field(record, DUTY_EVERY) == REPEATED_PERIOD;
	out->every_amount = field(record, DUTY_EVERY_AMOUNT);
	out->every_unit = (enum guiju_unit)field(record, DUTY_EVERY_UNIT);
	out->every_words = TEXT(DUTY_EVERY_WORDS);
	out->lapse = (enum guiju_lapse)field(record, DUTY_LAPSE);
	out->lapse_to = field(record, DUTY_LAPSE_TO);
	out->lapse_words = TEXT(DUTY_LAPSE_WORDS);
	out->start_words = TEXT(DUTY_START_WORDS);
	out->cites = field(record, DUTY_CITES);
	return GUIJU_OK;
}

enum guiju_status guiju_validity(const struct guiju_table *table, uint32_t procedure, uint32_t validity,
				 struct guiju_validity *out)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, GUIJU_VALIDITY, validity);
	if (!record)
		return GUIJU_NO_SUCH;
	NAMES(out);
	out->amount = field(record, VALIDITY_AMOUNT);
	out->unit = (enum guiju_unit)field(record, VALIDITY_UNIT);
	out->survives = (field(record, VALIDITY_FLAGS) & VALIDITY_SURVIVES) != 0;
	out->start_words = TEXT(VALIDITY_START_WORDS);
	out->cites = field(record, VALIDITY_CITES);
	return GUIJU_OK;
}

enum guiju_status guiju_part_cite(const struct guiju_table *table, uint32_t procedure, enum guiju_part part,
				  uint32_t index, uint32_t cite, struct guiju_text *clause)
{
	const unsigned char *t = table_bytes(table), *record = part_record(t, procedure, part, index);
	uint32_t string;
	if (!record || !take_item(t, record, kind_of(part).cites, cite, &string))
		return GUIJU_NO_SUCH;
	*clause = string_at(t, string);
	return GUIJU_OK;
}

/* ---- by id ---- */

static uint32_t find_part(const unsigned char *t, uint32_t procedure, enum guiju_part part, const char *id)
{
	for (uint32_t i = 0;; i++) {
		const unsigned char *record = part_record(t, procedure, part, i);
		if (!record)
			return NO_INDEX;
		if (same_text(TEXT(NAME_ID).bytes, id))
			return i;
	}
}

uint32_t guiju_find_procedure(const struct guiju_table *table, const char *id)
{
	const unsigned char *t = table_bytes(table);
	for (uint32_t i = 0; i < section_count(t, SECTION_PROCEDURES); i++) {
		const unsigned char *record = record_at(t, PROCEDURES, i);
		if (same_text(TEXT(NAME_ID).bytes, id))
			return i;
	}
	return NO_INDEX;
}

uint32_t guiju_find_state(const struct guiju_table *table, uint32_t procedure, const char *id)
{
	return find_part(table_bytes(table), procedure, GUIJU_STATE, id);
}

uint32_t guiju_find_event(const struct guiju_table *table, uint32_t procedure, const char *id)
{
	return find_part(table_bytes(table), procedure, GUIJU_EVENT, id);
}
