/* Which days of the calendar a timeline shows.
 *
 * note [days left out] A picture of three years has no room for every day, and a deadline of five working days is read
 * day by day. So the days around each one that matters are shown, as many as the page has room for, and the days
 * between are one narrow column that says how many they are. */
#include "draw/metrics.h"
#include "draw/timeline.h"

#include <string.h>

enum { NARROW_GAP = 4 /* days that are rather shown */, MOST_AROUND = 7, MONTH_TICKS = 4, YEAR_TICKS = 4, WEEK = 7 };

typedef VEC(int64_t) day_list;

struct axis {
	const struct timeline *t;
	struct drawing *d;
	const struct calendar *calendar; /* NULL: the procedure has none */
	day_list keys;			 /* ascending, each once */
};

/* ---- days ---- */

static int number_at(const char *text, int from, int to)
{
	int number = 0;
	for (int i = from; i < to; i++)
		number = number * 10 + (text[i] - '0');
	return number;
}

static int month_of(const struct axis *a, int64_t day)
{
	return number_at(date_text(a->t->arena, day), 5, 7);
}

static int number_of(const struct axis *a, int64_t day)
{
	return number_at(date_text(a->t->arena, day), 8, 10);
}

static int year_of(const struct axis *a, int64_t day)
{
	return number_at(date_text(a->t->arena, day), 0, 4);
}

static size_t weekday_of(int64_t day)
{
	return (size_t)(((day + 3) % WEEK + WEEK) % WEEK); /* 1970-01-01 was a Thursday */
}

const char *weekday_words(const struct timeline *t, int64_t day)
{
	static const char *const zh[] = { "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日" };
	static const char *const en[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	return t->language == LANGUAGE_ZH ? zh[weekday_of(day)] : en[weekday_of(day)];
}

static bool is_published(const struct axis *a, int64_t day)
{
	int year = year_of(a, day);
	for (size_t i = 0; i < a->calendar->year_count; i++)
		if (a->calendar->years[i].year == year)
			return true;
	return false;
}

static bool is_always_off(const struct axis *a, int64_t day)
{
	const struct calendar_assumption *assumed = a->calendar ? &a->calendar->assumption : NULL;
	for (size_t i = 0; assumed && i < assumed->always_off_count; i++)
		if (assumed->always_off[i].month == month_of(a, day) && assumed->always_off[i].day == number_of(a, day))
			return true;
	return false;
}

/* Whether a day of a published year is worked is what counting one working day from the day before tells. */
static enum drawing_class class_of(const struct axis *a, int64_t day)
{
	const struct timeline *t = a->t;
	struct guiju_dates next;
	if (!a->calendar)
		return CLASS_WORKED;
	if (!is_published(a, day))
		return is_always_off(a, day) ? CLASS_OFF : CLASS_UNKNOWN;
	if (guiju_count(t->table, t->p->calendar, day - 1, false, 1, GUIJU_WORKING_DAYS, false, t->scratch,
			t->scratch_size, &next) != GUIJU_OK)
		return CLASS_UNKNOWN;
	if (next.earliest != day)
		return CLASS_OFF;
	return weekday_of(day) >= 5 ? CLASS_MADE_UP : CLASS_WORKED;
}

/* What the notice calls the day; NULL: nothing. */
static const struct calendar_day *named_day(const struct axis *a, int64_t day)
{
	for (size_t i = 0; a->calendar && i < a->calendar->year_count; i++) {
		const struct calendar_year *year = &a->calendar->years[i];
		for (size_t k = 0; k < year->day_count; k++)
			if (year->days[k].day == day)
				return &year->days[k];
	}
	return NULL;
}

static const char *mark_of(const struct axis *a, enum drawing_class class, int64_t day)
{
	bool zh = a->t->language == LANGUAGE_ZH;
	if (class == CLASS_UNKNOWN)
		return "?";
	if (class == CLASS_MADE_UP)
		return zh ? "班" : "W";
	return class == CLASS_OFF && (named_day(a, day) || is_always_off(a, day)) ? zh ? "休" : "H" : "";
}

static const char *month_words(const struct axis *a, int64_t day)
{
	static const char *const en[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int month = month_of(a, day);
	return a->t->language == LANGUAGE_ZH ? arena_printf(a->t->arena, "%d月", month) : en[month - 1];
}

static const char *year_words(const struct axis *a, int64_t day)
{
	return arena_printf(a->t->arena, a->t->language == LANGUAGE_ZH ? "%d年" : "%d", year_of(a, day));
}

/* ---- columns ---- */

static void push_day(const struct axis *a, int64_t day, bool begins, drawing_columns *out)
{
	static const char *const zh[] = { "一", "二", "三", "四", "五", "六", "日" };
	static const char *const en[] = { "M", "T", "W", "T", "F", "S", "S" };
	struct arena *arena = a->t->arena;
	int number = number_of(a, day);
	bool month = begins || number == 1, year = begins || (number == 1 && month_of(a, day) == 1);
	struct drawing_column column = { .id = date_text(arena, day), .class = class_of(a, day) };
	const struct calendar_day *named = named_day(a, day);
	column.texts[DAY_YEAR] = year ? year_words(a, day) : "";
	column.texts[DAY_MONTH] = month ? month_words(a, day) : "";
	column.texts[DAY_NUMBER] = arena_printf(arena, "%d", number);
	column.texts[DAY_WEEKDAY] = (a->t->language == LANGUAGE_ZH ? zh : en)[weekday_of(day)];
	column.texts[DAY_MARK] = mark_of(a, column.class, day);
	const char *tip = arena_printf(arena, "%s %s%s%s", column.id, weekday_words(a->t, day),
				       named && named->name ? " " : "", named && named->name ? named->name : "");
	vec_push(arena, &column.tips, tip);
	vec_push(arena, out, column);
}

/* The first of a month after the day. */
static int64_t next_month(const struct axis *a, int64_t day)
{
	int64_t within = day - number_of(a, day) + 32;
	return within - number_of(a, within) + 1;
}

/* Months that begin in the gap, or, of a long one, years; none where they are too many. */
static void add_ticks(const struct axis *a, int64_t first, int64_t last, struct drawing_column *column)
{
	drawing_texts months = { 0 }, years = { 0 };
	for (int64_t day = next_month(a, first - 1); day <= last && years.count <= YEAR_TICKS;
	     day = next_month(a, day)) {
		const char *month = month_words(a, day), *year = year_words(a, day);
		vec_push(a->t->arena, &months, month);
		if (month_of(a, day) == 1)
			vec_push(a->t->arena, &years, year);
	}
	if (months.count <= MONTH_TICKS)
		column->ticks = months;
	else if (years.count <= YEAR_TICKS)
		column->ticks = years;
}

static void push_gap(const struct axis *a, int64_t first, int64_t last, drawing_columns *out)
{
	struct arena *arena = a->t->arena;
	struct drawing_column column = { .id = date_text(arena, first),
					 .last = date_text(arena, last),
					 .class = CLASS_PLAIN };
	for (size_t i = 0; i < DAY_TEXTS; i++)
		column.texts[i] = "";
	column.texts[DAY_NUMBER] =
		arena_printf(arena, a->t->language == LANGUAGE_ZH ? "%d日" : "%d d", (int)(last - first) + 1);
	add_ticks(a, first, last, &column);
	const char *tip = arena_printf(arena, a->t->language == LANGUAGE_ZH ? "%s 至 %s 未画" : "%s to %s: not drawn",
				       column.id, column.last);
	vec_push(arena, &column.tips, tip);
	vec_push(arena, out, column);
}

/* A stretch begins three days before the end of a month at the latest: the months' names stand side by side. */
static int64_t stretch_begin(const struct axis *a, int64_t day)
{
	while (day > a->keys.items[0] - MOST_AROUND && month_of(a, day) != month_of(a, day + 2))
		day--;
	return day;
}

/* Nor does one end with a month's or a year's first days, whose names are wider than a day. */
static int64_t stretch_end(const struct axis *a, int64_t day)
{
	while (number_of(a, day) <= (month_of(a, day) == 1 ? 2 : 1))
		day++;
	return day;
}

static void build(const struct axis *a, int64_t around, int64_t narrow, drawing_columns *out)
{
	int64_t shown = 0;
	for (size_t i = 0; i < a->keys.count; i++) {
		int64_t first = stretch_begin(a, a->keys.items[i] - around);
		bool begins = i == 0;
		if (i > 0 && first - shown - 1 > narrow) {
			push_gap(a, shown + 1, first - 1, out);
			begins = true;
		} else if (i > 0) {
			first = shown + 1;
		}
		int64_t last = stretch_end(a, a->keys.items[i] + around);
		for (int64_t day = first; day <= last; day++) {
			push_day(a, day, begins && day == first, out);
			shown = day;
		}
	}
}

static double width_of(const drawing_columns *columns)
{
	double width = 0.0;
	for (size_t i = 0; i < columns->count; i++)
		width += column_width(&columns->items[i]);
	return width;
}

/* ---- days that matter ---- */

static void add_key(struct axis *a, int64_t day)
{
	size_t at = 0;
	if (!is_day_known(day))
		return;
	while (at < a->keys.count && a->keys.items[at] < day)
		at++;
	if (at < a->keys.count && a->keys.items[at] == day)
		return;
	vec_push(a->t->arena, &a->keys, day);
	for (size_t i = a->keys.count - 1; i > at; i--)
		a->keys.items[i] = a->keys.items[i - 1];
	a->keys.items[at] = day;
}

static void add_dates(struct axis *a, const struct guiju_dates *dates)
{
	add_key(a, dates->earliest);
	add_key(a, dates->latest);
}

static void add_keys(struct axis *a, const struct timeline_item *item)
{
	for (size_t i = 0; i < item->dues.count; i++) {
		const struct guiju_dates *due = &item->dues.items[i];
		add_dates(a, due);
		if (is_day_known(due->latest) && (item->lapses || i + 1 < item->dues.count))
			add_key(a, due->latest + 1);
	}
	if (item->kind == ITEM_WINDOW && is_day_known(item->opens.latest) && item->opens.latest >= a->t->move->day)
		add_dates(a, &item->opens);
}

/* As wide as the page on which the rows have room. */
static double axis_width(const struct drawing *d)
{
	double height = (double)d->lanes.count * LANE_HEIGHT;
	for (size_t i = 0; i < d->nodes.count; i++) {
		double width, row;
		node_extent(&d->nodes.items[i], &width, &row);
		height += row + ROW_GAP;
	}
	return height > ROWS_LYING ? AXIS_UPRIGHT : AXIS_LYING;
}

void timeline_axis(const struct timeline *t, struct drawing *d)
{
	struct axis a = { .t = t,
			  .d = d,
			  .calendar = t->p->calendar == NONE ? NULL : &t->model->calendars[t->p->calendar] };
	add_key(&a, t->move->day);
	add_key(&a, t->move->day + 1);
	for (size_t i = 0; i < t->items.count; i++)
		add_keys(&a, &t->items.items[i]);
	double width = axis_width(d);
	int64_t days = a.keys.count ? a.keys.items[a.keys.count - 1] - a.keys.items[0] : 0;
	for (int64_t around = MOST_AROUND; around >= 0; around--) {
		bool all = around > 1 && (double)days * DAY_WIDTH < width;
		d->columns.count = 0;
		build(&a, around, all ? days : NARROW_GAP, &d->columns);
		if (width_of(&d->columns) <= width)
			return;
	}
}
