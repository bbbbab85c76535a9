/* Reading a running case from what a record copies. */
#include "decide/running.h"

#include "decide/records.h"
#include "model/model.h"

#include <string.h>

struct reading {
	struct record *record;
	bool json;
	struct running_case *out;
	VEC(struct past_event) past;
};

static bool fail(struct reading *r, enum message message, const char *first, const char *second)
{
	struct record_error *error = record_fail(r->record, RECORD_TYPE, message);
	error->args[0].zh = record_excerpt(r->record, first);
	error->args[1].zh = record_excerpt(r->record, second);
	return false;
}

static const char *copied_value(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->copied.count; i++)
		if (strcmp(record->copied.items[i].name, name) == 0)
			return record->copied.items[i].value;
	return NULL;
}

static struct given given_of(struct reading *r, const char *value)
{
	if (r->json)
		return json_given(r->record, value);
	return (struct given){ .shape = *value ? SHAPE_STRING : SHAPE_UNKNOWN, .text = value };
}

/* NULL: it is not given. false: it is no text. */
static bool read_text(struct reading *r, const char *name, const char **text)
{
	const char *value = copied_value(r->record, name);
	*text = NULL;
	if (!value)
		return true;
	struct given given = given_of(r, value);
	if (given.shape != SHAPE_UNKNOWN && given.shape != SHAPE_STRING)
		return fail(r, MESSAGE_DECIDE_RUNNING_TEXT, name, given.text);
	*text = given.shape == SHAPE_STRING && *given.text ? given.text : NULL;
	return true;
}

/* ---- the past ---- */

static bool add_event(struct reading *r, const char *text)
{
	struct past_event event;
	if (r->past.count == LIMIT_PAST)
		return fail(r, MESSAGE_DECIDE_RUNNING_MANY, arena_printf(r->record->arena, "%d", LIMIT_PAST), "");
	enum past_form form = past_read(r->record->arena, text, &event);
	if (form == PAST_NO_PAIR)
		return fail(r, MESSAGE_DECIDE_RUNNING_PAIR, text, "");
	if (form == PAST_NO_DATE)
		return fail(r, MESSAGE_DECIDE_RUNNING_PAST_DATE, text, "");
	vec_push(r->record->arena, &r->past, event);
	return true;
}

static bool read_cell_past(struct reading *r, const char *cell)
{
	while (*cell) {
		size_t size = strcspn(cell, "|");
		if (!add_event(r, arena_strndup(r->record->arena, cell, size)))
			return false;
		cell += size + (cell[size] == '|');
	}
	return true;
}

static bool read_past(struct reading *r)
{
	const char *value = copied_value(r->record, "_past");
	if (!value)
		return true;
	if (!r->json)
		return read_cell_past(r, value);
	struct given given = json_given(r->record, value);
	if (given.shape == SHAPE_UNKNOWN)
		return true;
	if (given.shape != SHAPE_LIST)
		return fail(r, MESSAGE_DECIDE_RUNNING_LIST, value, "");
	for (size_t i = 0; i < given.count; i++) {
		if (given.items[i].shape != SHAPE_STRING)
			return fail(r, MESSAGE_DECIDE_RUNNING_LIST, value, "");
		if (!add_event(r, given.items[i].text))
			return false;
	}
	return true;
}

/* ---- the day ---- */

static bool read_day(struct reading *r, const int64_t *on)
{
	struct running_case *out = r->out;
	struct arena *arena = r->record->arena;
	const char *text;
	if (!read_text(r, "_on", &text))
		return false;
	if (text && !date_parse(text, &out->day))
		return fail(r, MESSAGE_DECIDE_RUNNING_DATE, "_on", text);
	if (text && on && out->day != *on)
		return fail(r, MESSAGE_DECIDE_RUNNING_TWO_DATES, text, date_text(arena, *on));
	if (!text && !on && out->past_count == 0)
		return fail(r, MESSAGE_DECIDE_RUNNING_NO_DAY, "", "");
	const struct past_event *last = out->past_count ? &out->past[out->past_count - 1] : NULL;
	out->day_given = text || on;
	if (!text)
		out->day = on ? *on : last->day;
	if (last && last->day > out->day)
		return fail(r, MESSAGE_DECIDE_RUNNING_LATER,
			    arena_printf(arena, "%s=%s", last->event, date_text(arena, last->day)),
			    date_text(arena, out->day));
	return true;
}

bool running_is(const struct record *record, bool json)
{
	const char *value = copied_value(record, "_procedure");
	return value && *value && !(json && (strcmp(value, "null") == 0 || strcmp(value, "\"\"") == 0));
}

enum running_reading running_read(struct record *record, bool json, const int64_t *on, struct running_case *out)
{
	struct reading r = { .record = record, .json = json, .out = out };
	*out = (struct running_case){ 0 };
	if (!running_is(record, json))
		return RUNNING_NONE;
	if (!read_text(&r, "_procedure", &out->procedure) || !read_text(&r, "_state", &out->state))
		return RUNNING_WRONG;
	if (!out->state)
		(void)fail(&r, MESSAGE_DECIDE_RUNNING_NO_STATE, "", "");
	if (!out->state || !read_past(&r))
		return RUNNING_WRONG;
	out->past = r.past.items;
	out->past_count = r.past.count;
	past_sort(record->arena, out->past, out->past_count);
	return read_day(&r, on) ? RUNNING_CASE : RUNNING_WRONG;
}
