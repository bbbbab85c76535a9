/* Calendars against themselves: what is assumed of years that are not published can be so, and was so where they are.
 *
 * Whether any calendar keeps the limits is asked of the runtime, which counts by all of them (runtime/admissible.c):
 * where there is none, the first working day of years that are not published has no date. That a year alone is enough
 * to break them is found here, by the sets of runs of work and rest that each of its days can end. */
#include "procedure/checks.h"

#include <string.h>

static int32_t year_begins(int64_t year)
{
	int64_t before = year - 1;
	return (int32_t)(before * 365 + before / 4 - before / 100 + before / 400 - 719162);
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(int32_t day)
{
	return ((day + 3) % 7 + 7) % 7 >= 5;
}

/* Per day of the year: is it off in every year? A day that the year does not have is none. */
static const bool *always_off(struct procedure_checks *c, const struct calendar_assumption *a, int32_t year)
{
	bool *days = arena_new_array(c->arena, bool, DAYS_OF_YEAR);
	memset(days, 0, DAYS_OF_YEAR * sizeof *days);
	for (size_t i = 0; i < a->always_off_count; i++) {
		int64_t day;
		if (date_parse(arena_printf(c->arena, "%04d-%02u-%02u", (int)year, (unsigned)a->always_off[i].month,
					    (unsigned)a->always_off[i].day),
			       &day))
			days[day - year_begins(year)] = true;
	}
	return days;
}

static struct finding *report_calendar(struct procedure_checks *c, enum finding_kind kind,
				       const struct calendar *calendar, struct span span, enum message message)
{
	struct finding *f = diag_add(c->diag, kind, span, message);
	f->rules = arena_new_array(c->diag->arena, const char *, 2);
	f->rules[0] = calendar->name.id;
	add_clauses(c, f, &calendar->attributes);
	name_arg(c, f, 0, &calendar->name);
	return f;
}

/* ---- limits that no calendar keeps ---- */

/* Sets of runs, as bits, for each number of days made up and of weekdays off: rests of 1, 2, … days, then stretches of
 * work, then "nothing before". A limit that is not given has one run, which lasts. */
struct year_walk {
	const struct calendar_assumption *a;
	const bool *always_off;
	uint32_t rest, work, made_up, off;
	uint64_t *now, *next;
};

static uint64_t runs_after(uint64_t runs, uint32_t first, uint32_t count, bool ends)
{
	uint64_t kind = ((UINT64_C(1) << count) - 1) << first, on = runs & kind;
	return (runs & ~kind ? UINT64_C(1) << first : 0) | (ends ? on << 1 & kind : on);
}

static bool walk_day(struct year_walk *w, int32_t day, int32_t first)
{
	bool weekend = is_weekend(day), may_work = !w->always_off[day - first], any = false;
	uint32_t made_up = weekend && w->a->made_up != UNLIMITED, off = !weekend && w->a->weekdays_off != UNLIMITED;
	size_t row = w->off + 1;
	for (uint32_t m = 0; m <= w->made_up; m++) {
		for (uint32_t o = 0; o <= w->off; o++) {
			uint64_t worked = may_work && m >= made_up ? w->now[(m - made_up) * row + o] : 0;
			uint64_t rested = o >= off ? w->now[m * row + o - off] : 0;
			uint64_t runs = runs_after(worked, w->rest, w->work, w->a->work != UNLIMITED) |
					runs_after(rested, 0, w->rest, w->a->rest != UNLIMITED);
			w->next[m * row + o] = runs;
			any |= runs != 0;
		}
	}
	uint64_t *swap = w->now;
	w->now = w->next;
	w->next = swap;
	return any;
}

/* The first day of the year by which no calendar is left, were there no other year; the next year's if one is. */
static int32_t year_breaks(struct procedure_checks *c, const struct calendar_assumption *a, int32_t year)
{
	struct year_walk w = { .a = a,
			       .always_off = always_off(c, a, year),
			       .rest = a->rest == UNLIMITED ? 1 : a->rest,
			       .work = a->work == UNLIMITED ? 1 : a->work,
			       .made_up = a->made_up == UNLIMITED ? 0 : a->made_up,
			       .off = a->weekdays_off == UNLIMITED ? 0 : a->weekdays_off };
	size_t cells = ((size_t)w.made_up + 1) * (w.off + 1);
	int32_t first = year_begins(year), day = first, end = year_begins(year + 1);
	w.now = arena_new_array(c->arena, uint64_t, cells);
	w.next = arena_new_array(c->arena, uint64_t, cells);
	memset(w.now, 0, cells * sizeof *w.now);
	w.now[0] = UINT64_C(1) << (w.rest + w.work);
	while (day < end && walk_day(&w, day, first))
		day++;
	return day;
}

static void report_impossible(struct procedure_checks *c, const struct calendar *calendar, int32_t from, int32_t to)
{
	int32_t year = from, day = year_begins(from);
	while (year <= to && (day = year_breaks(c, &calendar->assumption, year)) == year_begins(year + 1))
		year++;
	bool alone = year <= to;
	struct finding *f = report_calendar(c, FINDING_CALENDAR_IMPOSSIBLE, calendar, calendar->assumption.span,
					    alone ? MESSAGE_CALENDAR_IMPOSSIBLE : MESSAGE_CALENDAR_IMPOSSIBLE_TOGETHER);
	diag_arg_int(c->diag, f, 1, alone ? year : from);
	if (alone)
		diag_arg(c->diag, f, 2, date_text(c->diag->arena, day));
	else
		diag_arg_int(c->diag, f, 2, to);
	for (size_t i = 0; i < calendar->year_count && !alone; i++)
		if (calendar->years[i].year == from - 1 || calendar->years[i].year == to + 1)
			diag_place(c->diag, f, calendar->years[i].span, "相邻的年历", "a year next to them");
	diag_help(c->diag, f, MESSAGE_CALENDAR_IMPOSSIBLE_HELP, NULL, NULL);
}

/* Does some calendar keep the limits in this year and those after it that are not published, next to those that are? */
static bool years_are_possible(struct procedure_checks *c, uint32_t index, int32_t from)
{
	struct guiju_dates first;
	int64_t before = from == YEAR_LOW ? year_begins(from) : year_begins(from) - 1;
	enum guiju_status status = guiju_count(c->table, index, before, false, 1, GUIJU_WORKING_DAYS, false, c->scratch,
					       c->scratch_size, &first);
	return status != GUIJU_OK || first.earliest != GUIJU_NO_DAY;
}

/* The years to come first: they matter most. */
static void check_possible(struct procedure_checks *c, uint32_t index)
{
	const struct calendar *calendar = &c->model->calendars[index];
	int32_t to = YEAR_HIGH;
	for (size_t i = calendar->year_count + 1; i-- > 0;) {
		int32_t from = i > 0 ? calendar->years[i - 1].year + 1 : YEAR_LOW;
		if (from <= to && !years_are_possible(c, index, from)) {
			report_impossible(c, calendar, from, to);
			return;
		}
		to = from - 2;
	}
}

/* ---- limits that a published year breaks ---- */

static void report_exceeded(struct procedure_checks *c, const struct calendar *calendar,
			    const struct calendar_year *year, enum message message, uint32_t there, uint32_t limit,
			    int32_t day)
{
	struct finding *f = report_calendar(c, FINDING_CALENDAR_EXCEEDED, calendar, year->span, message);
	diag_arg_int(c->diag, f, 1, year->year);
	diag_arg_int(c->diag, f, 2, there);
	diag_arg_int(c->diag, f, 3, limit);
	diag_arg(c->diag, f, 4, date_text(c->diag->arena, day));
	diag_place(c->diag, f, calendar->assumption.span, "假定的上限", "the limits assumed");
	diag_help(c->diag, f, MESSAGE_CALENDAR_EXCEEDED_HELP, NULL, NULL);
}

static const struct calendar_day *listed(const struct calendar_year *year, int32_t day)
{
	for (size_t i = 0; i < year->day_count; i++)
		if (year->days[i].day == day)
			return &year->days[i];
	return NULL;
}

static bool is_worked(const struct calendar_year *year, int32_t day)
{
	const struct calendar_day *d = listed(year, day);
	return d ? d->kind == DAY_MADE_UP : !is_weekend(day);
}

static void check_numbers(struct procedure_checks *c, const struct calendar *calendar, const struct calendar_year *year)
{
	const struct calendar_assumption *a = &calendar->assumption;
	const bool *always = always_off(c, a, year->year);
	int32_t first = year_begins(year->year), end = year_begins(year->year + 1);
	uint32_t off = 0, made_up = 0;
	for (int32_t day = first; day < end; day++) {
		bool works = is_worked(year, day);
		off += !works && !is_weekend(day);
		made_up += works && is_weekend(day);
		if (works && always[day - first])
			report_exceeded(c, calendar, year, MESSAGE_CALENDAR_EXCEEDED_ALWAYS, 0, 0, day);
	}
	if (off > a->weekdays_off)
		report_exceeded(c, calendar, year, MESSAGE_CALENDAR_EXCEEDED_OFF, off, a->weekdays_off, first);
	if (made_up > a->made_up)
		report_exceeded(c, calendar, year, MESSAGE_CALENDAR_EXCEEDED_MADE_UP, made_up, a->made_up, first);
}

/* Runs may go on from one published year into the next; a run is told of in the year in which it ends. */
static void check_runs(struct procedure_checks *c, const struct calendar *calendar)
{
	const struct calendar_assumption *a = &calendar->assumption;
	uint32_t length = 0;
	for (size_t i = 0; i < calendar->year_count; i++) {
		const struct calendar_year *year = &calendar->years[i];
		bool goes_on = i + 1 < calendar->year_count && calendar->years[i + 1].year == year->year + 1;
		int32_t end = year_begins(year->year + 1);
		for (int32_t day = year_begins(year->year); day < end; day++) {
			bool working = is_worked(year, day);
			length++;
			bool last = day + 1 == end ? !goes_on || is_worked(year + 1, day + 1) != working
						   : is_worked(year, day + 1) != working;
			uint32_t limit = working ? a->work : a->rest;
			if (last && length > limit)
				report_exceeded(c, calendar, year,
						working ? MESSAGE_CALENDAR_EXCEEDED_WORK
							: MESSAGE_CALENDAR_EXCEEDED_REST,
						length, limit, day + 1 - (int32_t)length);
			length = last ? 0 : length;
		}
	}
}

void check_calendars(struct procedure_checks *c)
{
	for (uint32_t i = 0; i < c->model->calendar_count; i++) {
		const struct calendar *calendar = &c->model->calendars[i];
		if (!calendar->assumption.given)
			continue;
		check_possible(c, i);
		for (size_t k = 0; k < calendar->year_count; k++)
			check_numbers(c, calendar, &calendar->years[k]);
		check_runs(c, calendar);
	}
}
