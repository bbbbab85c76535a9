/* Working days against a plain enumeration of every admissible calendar, against a plain search over whole years, and
 * against the years published for 2023 to 2026. */
#include "calendar_fixture.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* ---- days, months, years ---- */

START_TEST(days_are_counted_from_1970)
{
	ck_assert_int_eq(day_of(1970, 1, 1), 0);
	ck_assert_int_eq(day_of(1900, 1, 1), FIRST_DAY);
	ck_assert_int_eq(day_of(2199, 12, 31), LAST_DAY);
	ck_assert_int_eq(day_of(2000, 2, 29), 11016);
	for (int32_t day = FIRST_DAY; day <= LAST_DAY; day++) {
		int32_t year = year_of(day);
		ck_assert_int_le(first_day_of(year), day);
		ck_assert_int_gt(first_day_of(year + 1), day);
		ck_assert_int_eq(first_day_of(year + 1) - first_day_of(year), (int)days_of_year(year));
	}
}
END_TEST

static int32_t after_months(int32_t day, int32_t months)
{
	int32_t out = 0;
	ck_assert(add_months(day, months, &out));
	return out;
}

START_TEST(months_end_on_the_corresponding_day)
{
	int32_t out;
	ck_assert_int_eq(after_months(day_of(2026, 1, 31), 1), day_of(2026, 2, 28));
	ck_assert_int_eq(after_months(day_of(2024, 1, 30), 1), day_of(2024, 2, 29));
	ck_assert_int_eq(after_months(day_of(2024, 2, 29), 36), day_of(2027, 2, 28));
	ck_assert_int_eq(after_months(day_of(2024, 2, 29), 48), day_of(2028, 2, 29));
	ck_assert_int_eq(after_months(day_of(2023, 2, 28), 12), day_of(2024, 2, 28));
	ck_assert_int_eq(after_months(day_of(2096, 2, 29), 48), day_of(2100, 2, 28)); /* 2100 is no leap year */
	ck_assert_int_eq(after_months(day_of(2026, 3, 31), -1), day_of(2026, 2, 28));
	ck_assert_int_eq(after_months(day_of(2026, 1, 15), -13), day_of(2024, 12, 15));
	ck_assert_int_eq(after_months(day_of(2199, 11, 30), 1), day_of(2199, 12, 30));
	ck_assert(!add_months(day_of(2199, 12, 1), 1, &out));
	ck_assert(!add_months(day_of(1900, 1, 31), -1, &out));
}
END_TEST

/* ---- the published years: cn-workdays.csv, from the notices of the General Office of the State Council ---- */

struct holidays {
	int32_t year;
	int32_t off[40], made_up[12];
	uint32_t offs, made_ups;
};

static void read_holidays(struct holidays *years, uint32_t *count)
{
	FILE *file = fopen(GUIJU_SOURCE_DIR "/tests/unit/cn-workdays.csv", "r");
	char line[200], kind[20];
	int year, month, day;
	*count = 0;
	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "%d-%d-%d,%19[a-z]", &year, &month, &day, kind) != 4)
			continue;
		if (*count == 0 || years[*count - 1].year != year)
			years[(*count)++] = (struct holidays){ .year = year };
		struct holidays *h = &years[*count - 1];
		int32_t at = day_of(year, (uint32_t)month, (uint32_t)day);
		if (strcmp(kind, "makeup") == 0)
			h->made_up[h->made_ups++] = at;
		else
			h->off[h->offs++] = at;
	}
	(void)fclose(file);
	ck_assert_uint_eq(*count, 4);
}

/* The years of 2023 to 2026 whose bit is set. */
static void made_published(struct made_calendar *m, unsigned years)
{
	struct holidays h[4];
	uint32_t count;
	read_holidays(h, &count);
	made_begin(m);
	made_limits(m, 20, 9, 10, 8);
	made_always_off(m, 1, 1);
	made_always_off(m, 10, 1);
	for (uint32_t i = 0; i < count; i++) {
		if (years >> i & 1)
			made_year(m, h[i].year, h[i].off, h[i].offs, h[i].made_up, h[i].made_ups);
	}
}

static void expect_day(const struct made_calendar *m, int32_t from, int direction, uint32_t n, int32_t expected)
{
	struct guiju_dates dates = made_count(m, from, direction, n, NULL);
	ck_assert_int_eq(dates.earliest, expected);
	ck_assert_int_eq(dates.latest, expected);
	ck_assert(dates.exact);
	ck_assert_int_eq(dates.unpublished, 0);
}

START_TEST(published_working_days_are_exact)
{
	struct made_calendar m;
	made_published(&m, 15);
	/* Spring Festival 2026: off from Sunday 15 to Monday 23 February; Saturdays 14 and 28 are made up. */
	expect_day(&m, day_of(2026, 2, 13), 1, 1, day_of(2026, 2, 14)); /* the made-up Saturday is the last day */
	expect_day(&m, day_of(2026, 2, 14), 1, 1, day_of(2026, 2, 24)); /* … the first, not counted */
	expect_day(&m, day_of(2026, 2, 13), 1, 5, day_of(2026, 2, 27)); /* … in the middle */
	expect_day(&m, day_of(2026, 2, 18), 1, 5, day_of(2026, 2, 28)); /* from a holiday, to a made-up Saturday */
	expect_day(&m, day_of(2026, 2, 27), 1, 2, day_of(2026, 3, 2));
	/* National Day 2025: off from 1 to 8 October, Sunday 28 September and Saturday 11 October made up. */
	expect_day(&m, day_of(2025, 9, 26), 1, 5, day_of(2025, 10, 10));
	expect_day(&m, day_of(2025, 9, 26), 1, 6, day_of(2025, 10, 11));
	expect_day(&m, day_of(2025, 10, 9), -1, 1, day_of(2025, 9, 30));
	/* Year ends, an ordinary week, 29 February. */
	expect_day(&m, day_of(2025, 12, 31), 1, 1, day_of(2026, 1, 4));
	expect_day(&m, day_of(2026, 1, 4), -1, 1, day_of(2025, 12, 31));
	expect_day(&m, day_of(2024, 2, 28), 1, 1, day_of(2024, 2, 29));
	expect_day(&m, day_of(2024, 2, 29), 1, 1, day_of(2024, 3, 1));
	expect_day(&m, day_of(2024, 3, 4), 1, 5, day_of(2024, 3, 11));
	ck_assert_int_eq(calendar_works(&m.calendar, day_of(2026, 2, 14)), 1);
	ck_assert_int_eq(calendar_works(&m.calendar, day_of(2026, 2, 17)), 0);
	ck_assert_int_eq(calendar_works(&m.calendar, day_of(2026, 3, 1)), 0);
	ck_assert_int_eq(calendar_works(&m.calendar, day_of(2027, 3, 1)), -1);
}
END_TEST

START_TEST(spans_of_published_years_are_what_is_known_of_them)
{
	struct made_calendar m;
	int32_t least[2] = { 1000, 1000 }, most[2] = { 0, 0 };
	made_published(&m, 15);
	for (int32_t day = day_of(2023, 1, 1); day <= day_of(2026, 8, 1); day++) {
		for (int i = 0; i < 2; i++) {
			int32_t span = (int32_t)made_count(&m, day, 1, i ? 60 : 5, NULL).latest - day;
			least[i] = span < least[i] ? span : least[i];
			most[i] = span > most[i] ? span : most[i];
		}
	}
	ck_assert_int_eq(least[0], 5);
	ck_assert_int_eq(most[0], 15);
	ck_assert_int_eq(least[1], 81);
	ck_assert_int_eq(most[1], 96);
}
END_TEST

/* Each year and each pair of years taken out: what was published lies inside the interval. */
START_TEST(intervals_hold_what_was_published)
{
	struct made_calendar all, some;
	static const unsigned kept[] = { 14, 13, 11, 7, 12, 9, 3, 0 };
	unsigned years = kept[_i];
	made_published(&all, 15);
	made_published(&some, years);
	for (int32_t day = day_of(2023, 4, 1); day <= day_of(2026, 9, 1); day += 97) {
		for (int i = 0; i < 4; i++) {
			int direction = i < 2 ? 1 : -1;
			uint32_t n = i % 2 ? 60 : 5;
			struct guiju_dates known = made_count(&all, day, direction, n, NULL);
			struct guiju_dates bounds = made_count(&some, day, direction, n, NULL);
			if (!known.exact)
				continue;
			ck_assert_int_le(bounds.earliest, known.earliest);
			ck_assert_int_ge(bounds.latest, known.latest);
			ck_assert(!bounds.exact || bounds.earliest == known.earliest);
		}
	}
}
END_TEST

START_TEST(a_published_year_makes_the_interval_exact)
{
	struct made_calendar m;
	made_published(&m, 7);
	struct guiju_dates dates = made_count(&m, day_of(2025, 12, 29), 1, 5, NULL);
	ck_assert(!dates.exact);
	ck_assert_int_eq(dates.unpublished, 2026);
	ck_assert_int_lt(dates.earliest, dates.latest);
	made_published(&m, 15);
	expect_day(&m, day_of(2025, 12, 29), 1, 5, day_of(2026, 1, 6));
}
END_TEST

START_TEST(nothing_assumed_is_nothing_known)
{
	struct made_calendar m;
	made_published(&m, 7);
	put_u32(m.record + 4 * CALENDAR_ASSUMES, 0);
	ck_assert_uint_eq(calendar_scratch(&m.calendar), 0);
	struct guiju_dates dates = made_count(&m, day_of(2025, 12, 29), 1, 5, NULL);
	ck_assert(dates.earliest == GUIJU_NO_DAY && dates.latest == GUIJU_NO_DAY && !dates.exact);
}
END_TEST

START_TEST(days_end_with_1900_and_2199)
{
	struct made_calendar m;
	made_published(&m, 15);
	struct guiju_dates dates = made_count(&m, LAST_DAY - 3, 1, 5, NULL);
	ck_assert(dates.earliest == GUIJU_NO_DAY && dates.latest == GUIJU_NO_DAY);
	dates = made_count(&m, LAST_DAY - 7, 1, 5, NULL); /* 2199-12-24, a Tuesday */
	ck_assert_int_eq(dates.earliest, LAST_DAY - 2);
	ck_assert(dates.latest == GUIJU_NO_DAY);
	dates = made_count(&m, FIRST_DAY + 3, -1, 5, NULL);
	ck_assert(dates.earliest == GUIJU_NO_DAY && dates.latest == GUIJU_NO_DAY);
	dates = made_count(&m, FIRST_DAY, 1, 1, NULL);
	ck_assert_int_eq(dates.earliest, FIRST_DAY + 1);
	dates = made_count(&m, LAST_DAY, 1, 1, NULL);
	ck_assert(dates.earliest == GUIJU_NO_DAY);
}
END_TEST

/* 29 February is off where there is one; 1 March is not off in its place. */
START_TEST(a_leap_day_is_off_in_leap_years)
{
	struct made_calendar m;
	made_begin(&m);
	made_limits(&m, 1, 0, 31, 31);
	made_always_off(&m, 2, 29);
	struct guiju_dates dates = made_count(&m, day_of(2024, 2, 28), 1, 1, NULL); /* a Wednesday */
	ck_assert_int_eq(dates.earliest, day_of(2024, 3, 1));
	ck_assert_int_eq(dates.latest, day_of(2024, 3, 1));
	dates = made_count(&m, day_of(2023, 2, 28), 1, 1, NULL); /* a Tuesday */
	ck_assert_int_eq(dates.earliest, day_of(2023, 3, 1));
	ck_assert_int_eq(dates.latest, day_of(2023, 3, 2));
}
END_TEST

static bool same_dates(const struct guiju_dates *a, const struct guiju_dates *b)
{
	return a->earliest == b->earliest && a->latest == b->latest && a->exact == b->exact &&
	       a->unpublished == b->unpublished;
}

/* What one count leaves in the scratch memory does not show in the next. */
START_TEST(counts_do_not_depend_on_those_before)
{
	static const uint32_t amounts[] = { 1, 5, 60, 250 };
	struct made_calendar m;
	made_published(&m, 13);
	if (_i % 2)
		made_limits(&m, (uint32_t)(_i % 5), (uint32_t)(_i % 3), (uint32_t)(3 + _i % 4), (uint32_t)(5 + _i % 3));
	void *scratch = malloc(calendar_scratch(&m.calendar));
	calendar_begin(&m.calendar, scratch);
	srand((unsigned)_i);
	int32_t from = 0;
	uint32_t n = 1;
	for (int i = 0; i < 60; i++) {
		if (i % 3 == 0)
			from = first_day_of(i % 2 ? 2020 + rand() % 12 : 1900 + rand() % 300) + rand() % 365;
		if (i % 2 == 0)
			n = amounts[rand() % 4];
		int direction = rand() % 2 ? 1 : -1;
		struct pause pause = { from + 2, from + 9 };
		struct pauses pauses = { &pause, rand() % 4 == 0 };
		struct guiju_dates alone = made_count(&m, from, direction, n, &pauses), together;
		calendar_count(&m.calendar, from, direction, n, &pauses, scratch, &together);
		ck_assert_msg(same_dates(&alone, &together), "seed %d, question %d", _i, i);
	}
	free(scratch);
}
END_TEST

/* ---- every admissible calendar of a few days ---- */

struct horizon {
	struct made_calendar made;
	int32_t low, high;
	uint32_t off, made_up, rest, work; /* UINT32_MAX: none */
	int32_t always[2];
	struct pause pause;
	struct pauses pauses;
};

/* Is the calendar (bit i: day low + i is worked) admissible, as the note in admissible.c defines it? */
static bool is_admissible(const struct horizon *h, uint32_t worked)
{
	uint32_t off[2] = { 0, 0 }, made_up[2] = { 0, 0 }, run = 0;
	bool run_is_free = false;
	int32_t first_year = year_of(h->low);
	for (int32_t day = h->low; day <= h->high; day++) {
		bool works = worked >> (day - h->low) & 1, weekend = ((day % 7 + 7) % 7 == 2 || (day % 7 + 7) % 7 == 3);
		int published = calendar_works(&h->made.calendar, day);
		int32_t year = year_of(day) - first_year;
		if (published >= 0 && published != works)
			return false;
		if (published < 0) {
			off[year] += !works && !weekend;
			made_up[year] += works && weekend;
			if (works && (day == h->always[0] || day == h->always[1]))
				return false;
		}
		bool goes_on = day > h->low && ((worked >> (day - h->low - 1) & 1) != 0) == works;
		run = goes_on ? run + 1 : 1;
		run_is_free = (goes_on && run_is_free) || published < 0;
		if (run_is_free && run > (works ? h->work : h->rest))
			return false;
	}
	return off[0] <= h->off && off[1] <= h->off && made_up[0] <= h->made_up && made_up[1] <= h->made_up;
}

static int64_t nth_day(const struct horizon *h, uint32_t worked, int32_t from, int direction, uint32_t n)
{
	for (int32_t day = from + direction; day >= h->low && day <= h->high; day += direction) {
		bool paused = h->pauses.count && day > h->pause.from && day <= h->pause.to;
		if ((worked >> (day - h->low) & 1) && !paused && --n == 0)
			return day;
	}
	return GUIJU_NO_DAY;
}

static struct horizon random_horizon(unsigned seed)
{
	struct horizon h = { .off = 0 };
	srand(seed);
	int32_t length = 6 + rand() % 8, turn = first_day_of(1990 + rand() % 30);
	int place = rand() % 4; /* around a turn of the year, or in a year */
	h.low = place ? turn - rand() % (length + 1) : turn + 100 + rand() % 100;
	h.high = h.low + length - 1;
	h.off = rand() % 5 ? (uint32_t)rand() % 4 : UINT32_MAX;
	h.made_up = rand() % 5 ? (uint32_t)rand() % 3 : UINT32_MAX;
	h.rest = rand() % 5 ? 1 + (uint32_t)rand() % 5 : UINT32_MAX;
	h.work = rand() % 5 ? 1 + (uint32_t)rand() % 7 : UINT32_MAX;
	made_begin(&h.made);
	made_limits(&h.made, h.off, h.made_up, h.rest, h.work);
	h.made.calendar.low = h.low;
	h.made.calendar.high = h.high;
	for (int i = 0; i < 2; i++) {
		h.always[i] = rand() % 2 ? h.low + rand() % length : h.low - 1;
		for (uint32_t month = 1; month <= 12; month++) {
			for (uint32_t day = 1; day <= 28; day++) {
				if (day_of(year_of(h.always[i]), month, day) == h.always[i])
					made_always_off(&h.made, month, day);
			}
		}
	}
	return h;
}

/* A day that is always off is so in both years of the horizon; 29 to 31 of a month are left out by random_horizon. */
static void settle_always(struct horizon *h)
{
	int32_t kept[2] = { h->low - 1, h->low - 1 };
	for (uint32_t i = 0; i < h->made.record[4 * CALENDAR_ALWAYS_OFF]; i++) {
		uint32_t item = load_u32(h->made.lists + 4 * (size_t)i);
		for (int32_t year = year_of(h->low); year <= year_of(h->high); year++) {
			int32_t day = day_of(year, item / 100, item % 100);
			if (day >= h->low && day <= h->high)
				kept[i] = day;
		}
	}
	memcpy(h->always, kept, sizeof kept);
}

static void random_published(struct horizon *h)
{
	for (int32_t year = year_of(h->low); year <= year_of(h->high); year++) {
		int32_t off[20], made_up[20];
		uint32_t offs = 0, made_ups = 0;
		if (rand() % 2)
			continue;
		for (int32_t day = h->low; day <= h->high; day++) {
			bool weekend = (day % 7 + 7) % 7 == 2 || (day % 7 + 7) % 7 == 3;
			if (year_of(day) != year || rand() % 3)
				continue;
			if (weekend)
				made_up[made_ups++] = day;
			else
				off[offs++] = day;
		}
		made_year(&h->made, year, off, offs, made_up, made_ups);
	}
}

START_TEST(intervals_are_exactly_those_of_all_calendars)
{
	struct horizon h = random_horizon((unsigned)_i);
	settle_always(&h);
	random_published(&h);
	h.made.calendar = (struct calendar){ h.made.record, h.made.years, h.made.lists, h.low, h.high };
	int32_t length = h.high - h.low + 1, from = h.low + rand() % length;
	h.pause.from = h.low + rand() % length;
	h.pause.to = h.pause.from + rand() % 4;
	h.pauses = (struct pauses){ &h.pause, rand() % 3 == 0 };
	int direction = rand() % 2 ? 1 : -1;
	for (uint32_t n = 1; n < 8; n++) {
		int64_t soonest = GUIJU_NO_DAY, last = from;
		bool beyond = false, any = false;
		for (uint32_t worked = 0; worked < UINT32_C(1) << length; worked++) {
			if (!is_admissible(&h, worked))
				continue;
			int64_t day = nth_day(&h, worked, from, direction, n);
			any = true;
			beyond |= day == GUIJU_NO_DAY;
			if (day == GUIJU_NO_DAY)
				continue;
			soonest = soonest == GUIJU_NO_DAY || (day - soonest) * direction < 0 ? day : soonest;
			last = (day - last) * direction > 0 ? day : last;
		}
		struct guiju_dates dates = made_count(&h.made, from, direction, n, &h.pauses);
		if (soonest == GUIJU_NO_DAY || beyond)
			last = GUIJU_NO_DAY;
		if (dates.exact && !any)
			continue; /* published days alone tell, whatever else contradicts itself */
		ck_assert_msg((direction > 0 ? dates.earliest : dates.latest) == soonest, "seed %d, day %u: soonest",
			      _i, n);
		ck_assert_msg((direction > 0 ? dates.latest : dates.earliest) == last, "seed %d, day %u: last", _i, n);
	}
}
END_TEST

/* ---- a plain search over whole years, with the limits of the Fujian rulebook ---- */

enum { PLAIN_RUNS = 20, PLAIN_UP = 10, PLAIN_OFF = 21, PLAIN_DAYS = 366 * 2 + 365 };
struct plain_state {
	bool is[PLAIN_RUNS][PLAIN_UP][PLAIN_OFF]; /* runs: 0 to 9 rest of 1 to 10 days, 10 to 17 work of 1 to 8 */
};

static bool plain_step(const struct made_calendar *m, int32_t day, bool works, int *run, int *up, int *off)
{
	bool weekend = (day % 7 + 7) % 7 == 2 || (day % 7 + 7) % 7 == 3;
	int published = calendar_works(&m->calendar, day);
	int32_t of_year = day - first_day_of(year_of(day));
	bool always = of_year == 0 || day == day_of(year_of(day), 10, 1);
	*run = works ? (*run >= 10 ? *run + 1 : 10) : (*run < 10 ? *run + 1 : 0);
	if (*run == (works ? 18 : 10))
		return false;
	if (published >= 0)
		return published == works;
	if (of_year == 0)
		*up = *off = 0;
	*up += works && weekend;
	*off += !works && !weekend;
	return !(works && always) && *up < PLAIN_UP && *off < PLAIN_OFF;
}

/* 2025 and 2028 published, as 2025 was; from a day of 2026 or 2027, five working days on. Which states of a day reach
 * the end is found backwards first; then the set of states with each number of working days goes forward. */
static struct guiju_dates plain_search(const struct made_calendar *m, int32_t low, int32_t high, int32_t from, int n)
{
	static struct plain_state alive[PLAIN_DAYS + 1], counts[2][8];
	struct guiju_dates out = { GUIJU_NO_DAY, GUIJU_NO_DAY, false, 0 };
	memset(alive, 0, sizeof alive);
	memset(&alive[high - low + 1], 1, sizeof *alive);
	for (int32_t day = high; day >= low; day--) {
		for (int r = 0; r < 18; r++)
			for (int u = 0; u < PLAIN_UP; u++)
				for (int o = 0; o < PLAIN_OFF; o++)
					for (int works = 0; works < 2; works++) {
						int run = r, up = u, off = o;
						if (plain_step(m, day, works, &run, &up, &off) &&
						    alive[day - low + 1].is[run][up][off])
							alive[day - low].is[r][u][o] = true;
					}
	}
	memset(counts, 0, sizeof counts);
	counts[0][0].is[10][0][0] = alive[0].is[10][0][0]; /* the day before low is a first day of work */
	for (int32_t day = low; day <= high; day++) {
		struct plain_state *now = counts[(day - low) % 2], *next = counts[(day - low + 1) % 2];
		memset(next, 0, sizeof counts[0]);
		bool all = true, one = false;
		for (int c = 0; c < n; c++)
			for (int r = 0; r < 18; r++)
				for (int u = 0; u < PLAIN_UP; u++)
					for (int o = 0; o < PLAIN_OFF; o++)
						for (int works = 0; works < 2 && now[c].is[r][u][o]; works++) {
							int run = r, up = u, off = o, to = c + (works && day > from);
							if (!plain_step(m, day, works, &run, &up, &off) ||
							    !alive[day - low + 1].is[run][up][off])
								continue;
							next[to].is[run][up][off] = true;
							all &= to >= n;
							one |= to >= n;
						}
		if (one && out.earliest == GUIJU_NO_DAY)
			out.earliest = day;
		if (all) {
			out.latest = day;
			return out;
		}
	}
	return out;
}

START_TEST(intervals_over_whole_years_are_exact)
{
	struct holidays h[4];
	struct made_calendar m;
	uint32_t count;
	read_holidays(h, &count);
	made_begin(&m);
	made_limits(&m, 20, 9, 10, 8);
	made_always_off(&m, 1, 1);
	made_always_off(&m, 10, 1);
	made_year(&m, 2025, h[2].off, h[2].offs, h[2].made_up, h[2].made_ups);
	int32_t rest_first[9];
	for (int i = 0; i < 9; i++)
		rest_first[i] = first_day_of(2028) + i;
	made_year(&m, 2028, rest_first, 9, NULL, 0); /* so that the last days of 2027 must be worked */
	static const int32_t starts[][3] = { { 2025, 12, 26 }, { 2026, 1, 3 },	 { 2026, 6, 12 },  { 2026, 9, 25 },
					     { 2026, 12, 30 }, { 2027, 3, 5 },	 { 2027, 12, 20 }, { 2027, 12, 27 },
					     { 2027, 12, 30 }, { 2027, 12, 31 }, { 2026, 12, 24 }, { 2026, 12, 18 } };
	const int32_t *start = starts[_i];
	int32_t from = day_of(start[0], (uint32_t)start[1], (uint32_t)start[2]);
	for (int n = 1; n <= 5; n += 4) {
		struct guiju_dates plain = plain_search(&m, day_of(2025, 12, 23), day_of(2028, 1, 31), from, n);
		struct guiju_dates dates = made_count(&m, from, 1, (uint32_t)n, NULL);
		ck_assert_int_eq(dates.earliest, plain.earliest);
		ck_assert_int_eq(dates.latest, plain.latest);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("calendar");
	TCase *tests = tcase_create("calendar");
	tcase_add_test(tests, days_are_counted_from_1970);
	tcase_add_test(tests, months_end_on_the_corresponding_day);
	tcase_add_test(tests, published_working_days_are_exact);
	tcase_add_test(tests, spans_of_published_years_are_what_is_known_of_them);
	tcase_add_loop_test(tests, intervals_hold_what_was_published, 0, 8);
	tcase_add_test(tests, a_published_year_makes_the_interval_exact);
	tcase_add_test(tests, nothing_assumed_is_nothing_known);
	tcase_add_test(tests, days_end_with_1900_and_2199);
	tcase_add_test(tests, a_leap_day_is_off_in_leap_years);
	tcase_add_loop_test(tests, counts_do_not_depend_on_those_before, 0, 10);
	tcase_add_loop_test(tests, intervals_are_exactly_those_of_all_calendars, 0, 500);
	tcase_add_loop_test(tests, intervals_over_whole_years_are_exact, 0, 12);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
