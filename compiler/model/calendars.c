/* 日历 and 年历: the days off and made up of each published year, and what is assumed of the others. */
#include "model/procedures.h"

#include <stdlib.h>
#include <string.h>

/* Days since 1970-01-01 of 1 January (proleptic Gregorian). */
static int32_t first_day_of(int64_t year)
{
	int64_t y = year - 1;
	return (int32_t)(y * 365 + y / 4 - y / 100 + y / 400 - 719162);
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(int32_t day)
{
	int32_t from_monday = ((day + 3) % 7 + 7) % 7;
	return from_monday >= 5;
}

/* ---- the days of a year ---- */

typedef VEC(struct calendar_day) days_list;

static void add_day(struct resolver *r, const struct ast_holiday *h, int32_t day, days_list *days)
{
	struct calendar_day added = { .day = day,
				      .kind = h->made_up ? DAY_MADE_UP : DAY_OFF,
				      .name = h->name.text,
				      .span = h->span };
	for (size_t i = 0; i < days->count; i++)
		if (days->items[i].day == day) {
			struct finding *f = report(r, FINDING_DUPLICATE, h->span, MESSAGE_DAY_TWICE,
						   date_text(r->arena, day), NULL);
			diag_place(r->diag, f, days->items[i].span, "先在这里列出", "first listed here");
			return;
		}
	if (h->made_up && !is_weekend(day))
		report(r, FINDING_TYPE, h->span, MESSAGE_MADE_UP_WEEKDAY, date_text(r->arena, day), NULL);
	vec_push(r->arena, days, added);
}

static void add_days(struct resolver *r, const struct calendar_year *year, const struct ast_holiday *h, days_list *days)
{
	int32_t first = first_day_of(year->year), end = first_day_of(year->year + 1);
	int32_t from = h->from.day, to = h->to.given ? h->to.day : h->from.day;
	if (from > to) {
		report(r, FINDING_TYPE, h->span, MESSAGE_PERIOD_BACKWARDS, date_text(r->arena, from),
		       date_text(r->arena, to));
		return;
	}
	if (from < first || to >= end) {
		struct finding *f = report(r, FINDING_TYPE, h->span, MESSAGE_DAY_OF_OTHER_YEAR, NULL, NULL);
		diag_arg(r->diag, f, 0, date_text(r->arena, from < first ? from : to));
		diag_arg_int(r->diag, f, 1, year->year);
		return;
	}
	for (int32_t day = from; day <= to; day++)
		add_day(r, h, day, days);
}

static int by_day(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;
	return x->day < y->day ? -1 : x->day > y->day;
}

static void fill_year(struct resolver *r, const struct ast_decl *decl, struct calendar_year *year)
{
	days_list days = { 0 };
	year->notice = decl->timed->notice.text ? decl->timed->notice.text : "";
	year->span = decl->span;
	attributes_resolve(r, &decl->attributes, &year->attributes);
	for (size_t i = 0; i < decl->timed->days.count; i++)
		add_days(r, year, &decl->timed->days.items[i], &days);
	if (days.count)
		qsort(days.items, days.count, sizeof *days.items, by_day);
	year->days = days.items;
	year->day_count = days.count;
}

/* ---- calendars ---- */

static struct calendar *calendar_of_year(struct resolver *r, const struct ast_decl *decl)
{
	if (!decl->decision.text) {
		report(r, FINDING_UNDEFINED, decl->keyword, MESSAGE_NO_CALENDAR, NULL, NULL);
		return NULL;
	}
	uint32_t index = scope_look_up(r, &r->calendars, THING_CALENDAR, &decl->decision);
	return index == NONE ? NULL : &r->model->calendars[index];
}

/* The years of a calendar stand in order, each once. */
static void add_year(struct resolver *r, const struct ast_decl *decl, size_t room)
{
	struct calendar *calendar = calendar_of_year(r, decl);
	int64_t number = decl->timed->period.value;
	size_t at = 0;
	if (!calendar)
		return;
	if (number < YEAR_LOW || number > YEAR_HIGH) {
		struct finding *f = diag_add(r->diag, FINDING_LIMIT, decl->timed->period.span, MESSAGE_YEAR_RANGE);
		diag_arg_int(r->diag, f, 0, number);
		return;
	}
	if (!calendar->years)
		calendar->years = arena_new_array(r->arena, struct calendar_year, room);
	while (at < calendar->year_count && calendar->years[at].year < number)
		at++;
	if (at < calendar->year_count && calendar->years[at].year == number) {
		report_duplicate(r, THING_CALENDAR_YEAR, arena_printf(r->arena, "%d", (int)number),
				 decl->timed->period.span, calendar->years[at].span);
		return;
	}
	memmove(calendar->years + at + 1, calendar->years + at, (calendar->year_count - at) * sizeof *calendar->years);
	calendar->years[at] = (struct calendar_year){ .year = (int32_t)number };
	calendar->year_count++;
	fill_year(r, decl, &calendar->years[at]);
}

static uint32_t assumed_limit(struct resolver *r, const struct ast_number *number)
{
	static const char *const words[] = { "日", "天", "days", "day" };
	bool days = !number->unit;
	if (!number->span.end)
		return UNLIMITED;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		days = days || strcmp(words[i], number->unit) == 0;
	if (!days)
		report(r, FINDING_TYPE, number->unit_span, MESSAGE_ASSUMED_UNIT, number->unit, NULL);
	if (number->value < 0 || number->value > DAYS_OF_YEAR) {
		struct finding *f = diag_add(r->diag, FINDING_LIMIT, number->span, MESSAGE_ASSUMED_RANGE);
		diag_arg_int(r->diag, f, 0, number->value);
		return UNLIMITED;
	}
	return (uint32_t)number->value;
}

static int by_month_day(const void *a, const void *b)
{
	const struct month_day *x = a, *y = b;
	return (x->month * 100 + x->day) - (y->month * 100 + y->day);
}

static void assume(struct resolver *r, const struct ast_timed *t, struct calendar_assumption *out)
{
	*out = (struct calendar_assumption){ .given = t->assumed, .span = t->assumed_span };
	attributes_resolve(r, &t->assumed_attributes, &out->attributes);
	out->weekdays_off = assumed_limit(r, &t->limits[AST_ASSUMED_OFF]);
	out->made_up = assumed_limit(r, &t->limits[AST_ASSUMED_MADE_UP]);
	out->rest = assumed_limit(r, &t->limits[AST_ASSUMED_REST]);
	out->work = assumed_limit(r, &t->limits[AST_ASSUMED_WORK]);
	out->always_off = arena_new_array(r->arena, struct month_day, t->always_off.count + 1);
	for (size_t i = 0; i < t->always_off.count; i++) {
		const struct ast_month_day *from = &t->always_off.items[i];
		out->always_off[out->always_off_count++] =
			(struct month_day){ (uint8_t)from->month, (uint8_t)from->day };
	}
	if (out->always_off_count)
		qsort(out->always_off, out->always_off_count, sizeof *out->always_off, by_month_day);
}

static void declare_calendar(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	uint32_t index = (uint32_t)r->model->calendar_count;
	struct calendar *calendar = &r->model->calendars[index];
	if (!scope_add(r, &r->calendars, THING_CALENDAR, &decl->name, index, false))
		return;
	r->model->calendar_count++;
	entry->made = index;
	calendar->name = name_of(r, &decl->name);
	calendar->span = decl->span;
	calendar->name_span = name_span(&decl->name, decl->keyword);
	attributes_resolve(r, &decl->attributes, &calendar->attributes);
	account_cites(r, &calendar->attributes.cites, calendar->name.id);
	assume(r, decl->timed, &calendar->assumption);
}

void calendars_resolve(struct resolver *r)
{
	size_t count = 0, years = 0;
	DECL_LOOP (r, entry, AST_CALENDAR)
		count++;
	DECL_LOOP (r, entry, AST_CALENDAR_YEAR)
		years++;
	r->model->calendars = arena_new_array(r->arena, struct calendar, count + 1);
	r->calendar_used = arena_new_array(r->arena, bool, count + 1);
	DECL_LOOP (r, entry, AST_CALENDAR) {
		if (r->model->calendar_count == LIMIT_CALENDARS) {
			report_limit(r, entry->decl->keyword, "日历", "calendars", LIMIT_CALENDARS, r->model->name.id);
			break;
		}
		r->order = (uint32_t)(entry - r->decls.items);
		declare_calendar(r, entry);
	}
	DECL_LOOP (r, entry, AST_CALENDAR_YEAR)
		add_year(r, entry->decl, years);
}

/* The one that is named, else the only one. */
uint32_t calendar_of_procedure(struct resolver *r, const struct ast_decl *decl)
{
	const struct model *m = r->model;
	uint32_t index = m->calendar_count == 1 ? 0 : NONE;
	if (decl->timed->calendar.text)
		index = scope_look_up(r, &r->calendars, THING_CALENDAR, &decl->timed->calendar);
	else if (m->calendar_count > 1)
		report(r, FINDING_UNDEFINED, decl->keyword, MESSAGE_WHICH_CALENDAR, NULL, NULL);
	if (index != NONE)
		r->calendar_used[index] = true;
	return index;
}
