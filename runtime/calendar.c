/* Working days: counted where years are published, bounded where they are not. note [admissible calendars]
 *
 * Of a year that is not published only this is known: Saturdays and Sundays are off unless made up, other days are
 * worked unless off, within the limits that the table declares: so many weekdays off and so many days made up in a
 * year, no rest and no run of work longer than so many days, some days of the year always off. A calendar is
 * admissible if it keeps them on every day that is not published, and in every run that holds such a day.
 *
 * The Nth working day is an interval: the earliest and the latest over all admissible calendars. Going from day to day,
 * all that matters of the days before is a state: how long the run is that the day ends (of rest or of work), and how
 * many days made up and weekdays off the year has had. Per state the greatest (for the earliest day) or the least (for
 * the latest) number of working days so far is kept. A state counts only if the days that follow can go on from it to
 * the next published year, which a walk from the other end tells; there it is enough to know, per run and number of
 * days made up, the fewest weekdays off. */
#include "calendar.h"

#define NO_YEAR	     0
#define UNREACHED    255
#define NOT_A_STATE  INT32_MIN
#define RUN_MEMORIES 14 /* kinds of years: the weekday of their first day, and leap or not */

struct calendar calendar_at(const unsigned char *table, uint32_t index)
{
	struct calendar c;
	c.record = record_at(table, CALENDARS, index);
	c.years = record_at(table, CALENDAR_YEARS, field(c.record, CALENDAR_FIRST_YEAR));
	c.lists = section_start(table, SECTION_LISTS);
	c.low = FIRST_DAY;
	c.high = LAST_DAY;
	return c;
}

/* ---- what is known of a day ---- */

static const unsigned char *published_year(const struct calendar *c, int32_t year)
{
	uint32_t low = 0, high = field(c->record, CALENDAR_YEARS_COUNT);
	while (low < high) {
		uint32_t half = low + (high - low) / 2;
		const unsigned char *record = c->years + (size_t)half * SIZE_CALENDAR_YEARS;
		int32_t there = (int32_t)field(record, YEAR_YEAR);
		if (there == year)
			return record;
		low = there < year ? half + 1 : low;
		high = there < year ? high : half;
	}
	return NULL;
}

static bool is_listed(const struct calendar *c, uint32_t first, uint32_t count, uint32_t value)
{
	for (const unsigned char *at = c->lists + 4 * (size_t)first; count > 0; count--, at += 4) {
		if (load_u32(at) == value)
			return true;
	}
	return false;
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(int32_t day)
{
	return (day + 7 * 5000 + 3) % 7 >= 5;
}

int calendar_works(const struct calendar *c, int32_t day)
{
	int32_t year = year_of(day);
	const unsigned char *record = published_year(c, year);
	uint32_t of_year = (uint32_t)(day - first_day_of(year));
	if (!record)
		return -1;
	if (is_weekend(day))
		return is_listed(c, field(record, YEAR_FIRST_MADE_UP), field(record, YEAR_MADE_UP), of_year);
	return !is_listed(c, field(record, YEAR_FIRST_OFF), field(record, YEAR_OFF), of_year);
}

static bool always_off(const struct calendar *c, int32_t day)
{
	const unsigned char *at = c->lists + 4 * (size_t)field(c->record, CALENDAR_FIRST_ALWAYS_OFF);
	int32_t year = year_of(day);
	for (uint32_t i = 0; i < field(c->record, CALENDAR_ALWAYS_OFF); i++, at += 4) {
		if (day_of(year, load_u32(at) / 100, load_u32(at) % 100) == day)
			return true;
	}
	return false;
}

/* ---- states ---- */

/* A run is a number below `runs`: rests of 1, 2, … days, then stretches of work of 1, 2, … days, then "nothing before"
 * where days begin. Limits that are not declared have one number, which lasts for ever. */
struct limits {
	uint32_t rest, work, runs;
	uint32_t off, made_up;
	bool rest_ends, work_ends, off_counts, made_up_counts;
};

static struct limits limits_of(const struct calendar *c)
{
	uint32_t rest = field(c->record, CALENDAR_REST), work = field(c->record, CALENDAR_WORK);
	uint32_t off = field(c->record, CALENDAR_WEEKDAYS_OFF), made_up = field(c->record, CALENDAR_DAYS_MADE_UP);
	struct limits l;
	l.rest_ends = rest != NO_INDEX;
	l.work_ends = work != NO_INDEX;
	l.off_counts = off != NO_INDEX;
	l.made_up_counts = made_up != NO_INDEX;
	l.rest = l.rest_ends ? rest : 1;
	l.work = l.work_ends ? work : 1;
	l.off = l.off_counts ? off : 0;
	l.made_up = l.made_up_counts ? made_up : 0;
	l.runs = l.rest + l.work + 1;
	return l;
}

/* The run after one more day; NO_INDEX: it would be too long. */
static uint32_t run_after(const struct limits *l, uint32_t run, bool worked)
{
	if (worked && run >= l->rest && run < l->rest + l->work)
		return run + 1 < l->rest + l->work ? run + 1 : l->work_ends ? NO_INDEX : run;
	if (!worked && run < l->rest)
		return run + 1 < l->rest ? run + 1 : l->rest_ends ? NO_INDEX : run;
	return worked ? l->rest : 0;
}

static bool is_work(const struct limits *l, uint32_t run)
{
	return run >= l->rest && run < l->rest + l->work;
}

/* Do runs that meet, one from either side, make one run that is too long? */
static bool runs_meet(const struct limits *l, uint32_t a, uint32_t b)
{
	if (a == l->runs - 1 || b == l->runs - 1 || is_work(l, a) != is_work(l, b))
		return true;
	if (is_work(l, a))
		return !l->work_ends || (a - l->rest + 1) + (b - l->rest + 1) <= l->work;
	return !l->rest_ends || (a + 1) + (b + 1) <= l->rest;
}

struct year_memory {
	bool known;
	uint64_t from, to; /* sets of runs */
};

struct counting {
	const struct calendar *calendar;
	struct limits limits;
	int direction;
	const struct pauses *pauses;
	/* in the caller's scratch */
	unsigned char *least, *least_next; /* per run and days made up: the fewest weekdays off, or UNREACHED */
	int32_t *most, *most_next;	   /* per run, days made up and weekdays off: working days, or NOT_A_STATE */
	struct year_memory memory[2][RUN_MEMORIES]; /* per direction */
};

static void take_room(struct counting *w, const struct calendar *c, struct room *room)
{
	w->calendar = c;
	w->limits = limits_of(c);
	size_t pairs = (size_t)w->limits.runs * (w->limits.made_up + 1), all = pairs * (w->limits.off + 1);
	w->least = (unsigned char *)room_take(room, pairs, 1);
	w->least_next = (unsigned char *)room_take(room, pairs, 1);
	w->most = (int32_t *)room_take(room, all, sizeof(int32_t));
	w->most_next = (int32_t *)room_take(room, all, sizeof(int32_t));
}

size_t calendar_scratch(const struct calendar *calendar)
{
	struct counting w;
	struct room room = { NULL, 0 };
	if (!field(calendar->record, CALENDAR_ASSUMES))
		return 0;
	take_room(&w, calendar, &room);
	return room.used;
}

static size_t pair_at(const struct limits *l, uint32_t run, uint32_t made_up)
{
	return (size_t)run * (l->made_up + 1) + made_up;
}

static bool exists(const struct calendar *c, int32_t day)
{
	return day >= c->low && day <= c->high;
}

static bool is_free(const struct calendar *c, int32_t day)
{
	return exists(c, day) && !published_year(c, year_of(day));
}

/* The ways in which a day that is not published may go: off, worked, and what that costs the year. */
struct way {
	bool open, worked;
	uint32_t off, made_up;
};

static void ways_of(const struct counting *w, int32_t day, struct way *ways)
{
	bool weekend = is_weekend(day);
	ways[0].open = true;
	ways[0].worked = false;
	ways[0].off = w->limits.off_counts && !weekend;
	ways[0].made_up = 0;
	ways[1].open = !always_off(w->calendar, day);
	ways[1].worked = true;
	ways[1].off = 0;
	ways[1].made_up = w->limits.made_up_counts && weekend;
}

/* ---- a walk that keeps the fewest weekdays off ---- */

/* The run that ends with the published day, seen from the direction of the walk, as long as it matters. */
static uint32_t published_run(const struct counting *w, int32_t day, int direction)
{
	const struct limits *l = &w->limits;
	uint32_t run = l->rest + l->work;
	if (!exists(w->calendar, day))
		return run;
	int worked = calendar_works(w->calendar, day);
	for (; exists(w->calendar, day) && calendar_works(w->calendar, day) == worked; day -= direction) {
		uint32_t next = run_after(l, run, worked == 1);
		if (next == NO_INDEX || next == run)
			break;
		run = next;
	}
	return run;
}

static void least_clear(const struct counting *w, unsigned char *least)
{
	size_t count = pair_at(&w->limits, w->limits.runs, 0);
	for (size_t i = 0; i < count; i++)
		least[i] = UNREACHED;
}

static void least_step(struct counting *w, int32_t day)
{
	const struct limits *l = &w->limits;
	struct way ways[2];
	ways_of(w, day, ways);
	least_clear(w, w->least_next);
	for (uint32_t run = 0; run < l->runs; run++) {
		for (uint32_t i = 0; i < 2; i++) {
			uint32_t next = ways[i].open ? run_after(l, run, ways[i].worked) : NO_INDEX;
			for (uint32_t m = 0; next != NO_INDEX && m + ways[i].made_up <= l->made_up; m++) {
				uint32_t off = w->least[pair_at(l, run, m)];
				unsigned char *to = &w->least_next[pair_at(l, next, m + ways[i].made_up)];
				if (off != UNREACHED && off + ways[i].off <= l->off && off + ways[i].off < *to)
					*to = (unsigned char)(off + ways[i].off);
			}
		}
	}
	unsigned char *swap = w->least;
	w->least = w->least_next;
	w->least_next = swap;
}

static void least_begin(struct counting *w, uint64_t runs)
{
	least_clear(w, w->least);
	for (uint32_t run = 0; run < w->limits.runs; run++) {
		if (runs >> run & 1)
			w->least[pair_at(&w->limits, run, 0)] = 0;
	}
}

static uint64_t least_runs(const struct counting *w)
{
	uint64_t runs = 0;
	for (uint32_t run = 0; run < w->limits.runs; run++) {
		for (uint32_t m = 0; m <= w->limits.made_up; m++) {
			if (w->least[pair_at(&w->limits, run, m)] != UNREACHED)
				runs |= UINT64_C(1) << run;
		}
	}
	return runs;
}

static int32_t year_end(const struct calendar *c, int32_t year, int direction)
{
	int32_t end = direction > 0 ? first_day_of(year + 1) - 1 : first_day_of(year);
	return end < c->low ? c->low : end > c->high ? c->high : end;
}

static void least_walk(struct counting *w, uint64_t runs, int32_t from, int32_t to, int direction)
{
	least_begin(w, runs);
	for (int32_t day = from; day != to + direction; day += direction)
		least_step(w, day);
}

/* The runs with which a whole year may end, if it begins after one of `runs`. Years begin on seven weekdays and are
 * leap or not, and among years of a kind the question is nearly always the same. */
static uint64_t runs_after_year(struct counting *w, int32_t year, uint64_t runs, int direction)
{
	int32_t first = year_end(w->calendar, year, -direction), last = year_end(w->calendar, year, direction);
	uint32_t days = (uint32_t)(last - first) * (uint32_t)direction + 1;
	uint32_t kind = (uint32_t)(first_day_of(year) + 7 * 5000) % 7 + (days == 366 ? 7 : 0);
	struct year_memory *memory = &w->memory[direction > 0][kind];
	bool whole = days == days_of_year(year);
	if (!(whole && memory->known && memory->from == runs)) {
		least_walk(w, runs, first, last, direction);
		memory->known = whole;
		memory->from = runs;
		memory->to = least_runs(w);
	}
	return memory->to;
}

static void forget_years(struct counting *w)
{
	for (uint32_t i = 0; i < RUN_MEMORIES; i++)
		w->memory[0][i].known = w->memory[1][i].known = false;
}

/* Runs with which the day before the year (in the direction) may end. */
static uint64_t runs_before_year(struct counting *w, int32_t year, int direction)
{
	int32_t first = year;
	while (is_free(w->calendar, year_end(w->calendar, first, -direction) - direction))
		first -= direction;
	uint64_t runs = UINT64_C(1) << published_run(w, year_end(w->calendar, first, -direction) - direction, direction);
	for (; first != year; first += direction)
		runs = runs_after_year(w, first, runs, direction);
	return runs;
}

/* ---- a walk that keeps the number of working days ---- */

static size_t states_of(const struct counting *w)
{
	return pair_at(&w->limits, w->limits.runs, 0) * (w->limits.off + 1);
}

static size_t state_at(const struct limits *l, uint32_t run, uint32_t made_up, uint32_t off)
{
	return pair_at(l, run, made_up) * (l->off + 1) + off;
}

static void most_clear(const struct counting *w, int32_t *most)
{
	size_t count = states_of(w);
	for (size_t i = 0; i < count; i++)
		most[i] = NOT_A_STATE;
}

static void most_move(const struct limits *l, const int32_t *from, int32_t *to, const struct way *way, int32_t worth)
{
	for (uint32_t off = 0; off + way->off <= l->off; off++) {
		int32_t value = from[off];
		if (value != NOT_A_STATE && value + worth > to[off + way->off])
			to[off + way->off] = value + worth;
	}
}

/* worth: of a working day. */
static void most_step(struct counting *w, int32_t day, int32_t worth)
{
	const struct limits *l = &w->limits;
	struct way ways[2];
	ways_of(w, day, ways);
	most_clear(w, w->most_next);
	for (uint32_t run = 0; run < l->runs; run++) {
		for (uint32_t i = 0; i < 2; i++) {
			uint32_t next = ways[i].open ? run_after(l, run, ways[i].worked) : NO_INDEX;
			for (uint32_t m = 0; next != NO_INDEX && m + ways[i].made_up <= l->made_up; m++)
				most_move(l, &w->most[state_at(l, run, m, 0)],
					  &w->most_next[state_at(l, next, m + ways[i].made_up, 0)], &ways[i],
					  ways[i].worked ? worth : 0);
		}
	}
	int32_t *swap = w->most;
	w->most = w->most_next;
	w->most_next = swap;
}

/* A new year begins: what the old one had of days off and made up no longer counts. */
static void most_new_year(struct counting *w)
{
	const struct limits *l = &w->limits;
	size_t of_run = state_at(l, 1, 0, 0);
	for (uint32_t run = 0; run < l->runs; run++) {
		int32_t *states = &w->most[state_at(l, run, 0, 0)], best = NOT_A_STATE;
		for (size_t i = 0; i < of_run; i++) {
			best = states[i] > best ? states[i] : best;
			states[i] = NOT_A_STATE;
		}
		states[0] = best;
	}
}

static void most_one_run(struct counting *w, uint32_t run, int32_t value)
{
	most_clear(w, w->most);
	w->most[state_at(&w->limits, run, 0, 0)] = value;
}

/* All states in which day `from`, which is not published, may leave its year. */
static void most_begin(struct counting *w, int32_t from)
{
	const struct limits *l = &w->limits;
	int32_t year = year_of(from);
	uint64_t runs = runs_before_year(w, year, w->direction);
	least_walk(w, runs, year_end(w->calendar, year, -w->direction), from, w->direction);
	most_clear(w, w->most);
	for (uint32_t run = 0; run < l->runs; run++) {
		for (uint32_t m = 0; m <= l->made_up; m++) {
			uint32_t off = w->least[pair_at(l, run, m)];
			if (off != UNREACHED)
				w->most[state_at(l, run, m, off)] = 0;
		}
	}
}

/* ---- can the days after go on from a state? ---- */

/* Makes least_next say, per run and days made up, how many weekdays off the year may have had so that the days beyond
 * `day` can go on; UNREACHED: they cannot. */
static void find_open(struct counting *w, int32_t day)
{
	const struct limits *l = &w->limits;
	int32_t beyond = day + w->direction, year = year_of(day);
	bool shares = false;
	if (!is_free(w->calendar, beyond)) {
		least_begin(w, UINT64_C(1) << published_run(w, beyond, -w->direction));
	} else {
		int32_t of = year_of(beyond);
		shares = of == year;
		least_walk(w, runs_before_year(w, of, -w->direction), year_end(w->calendar, of, w->direction), beyond,
			   -w->direction);
	}
	least_clear(w, w->least_next);
	for (uint32_t run = 0; run < l->runs; run++) {
		for (uint32_t other = 0; other < l->runs; other++) {
			for (uint32_t m = 0; m <= l->made_up && runs_meet(l, run, other); m++) {
				uint32_t off = w->least[pair_at(l, other, m)];
				uint32_t room = shares ? l->made_up - m : l->made_up;
				for (uint32_t mine = 0; off != UNREACHED && mine <= room; mine++) {
					unsigned char *open = &w->least_next[pair_at(l, run, mine)];
					uint32_t left = shares ? l->off - off : l->off;
					if (*open == UNREACHED || left > *open)
						*open = (unsigned char)left;
				}
			}
		}
	}
}

/* The greatest number of a state from which the days beyond can go on; NOT_A_STATE: there is none. */
static int32_t most_open(const struct counting *w)
{
	const struct limits *l = &w->limits;
	int32_t best = NOT_A_STATE;
	for (uint32_t run = 0; run < l->runs; run++) {
		for (uint32_t m = 0; m <= l->made_up; m++) {
			uint32_t open = w->least_next[pair_at(l, run, m)];
			for (uint32_t off = 0; open != UNREACHED && off <= open; off++) {
				int32_t value = w->most[state_at(l, run, m, off)];
				best = value > best ? value : best;
			}
		}
	}
	return best;
}

static int32_t most_of_all(const struct counting *w)
{
	int32_t best = NOT_A_STATE;
	size_t count = states_of(w);
	for (size_t i = 0; i < count; i++)
		best = w->most[i] > best ? w->most[i] : best;
	return best;
}

/* ---- the Nth working day ---- */

static bool is_paused(const struct counting *w, int32_t day)
{
	for (uint32_t i = 0; w->pauses && i < w->pauses->count; i++) {
		if (day > w->pauses->items[i].from && day <= w->pauses->items[i].to)
			return true;
	}
	return false;
}

/* Has one admissible calendar (worth 1), or has every one (worth -1), n working days by now? */
static bool is_reached(int32_t most, uint32_t n, int32_t worth)
{
	return worth > 0 ? most >= (int32_t)n : most <= -(int32_t)n;
}

/* The first day by which is_reached; GUIJU_NO_DAY: it is beyond the days that there are, or no calendar is admissible.
 * `day` is not counted; it is known not to be reached before `soonest`. */
static int64_t extreme(struct counting *w, int32_t day, int64_t soonest, uint32_t n, int32_t worth)
{
	bool free_before = is_free(w->calendar, day);
	int32_t value = 0;
	if (free_before)
		most_begin(w, day);
	for (day += w->direction; exists(w->calendar, day); day += w->direction) {
		int32_t counts = is_paused(w, day) ? 0 : worth;
		int works = calendar_works(w->calendar, day);
		if (works >= 0) {
			if (free_before) { /* the run of work or rest goes on into the published year */
				find_open(w, day - w->direction);
				value = most_open(w);
			}
			free_before = false;
			if (value == NOT_A_STATE)
				return GUIJU_NO_DAY;
			value += works ? counts : 0;
			if (is_reached(value, n, worth))
				return day;
			continue;
		}
		if (!free_before)
			most_one_run(w, published_run(w, day - w->direction, w->direction), value);
		else if (year_of(day) != year_of(day - w->direction))
			most_new_year(w);
		free_before = true;
		most_step(w, day, counts);
		if ((day - soonest) * w->direction < 0 || (worth > 0 && !is_reached(most_of_all(w), n, worth)))
			continue;
		find_open(w, day);
		int32_t most = most_open(w);
		if (most == NOT_A_STATE)
			return GUIJU_NO_DAY;
		if (is_reached(most, n, worth))
			return day;
	}
	return GUIJU_NO_DAY;
}

static void count_unpublished(struct counting *w, int32_t from, uint32_t n, void *scratch, struct guiju_dates *out)
{
	struct room room = { (unsigned char *)scratch, 0 };
	take_room(w, w->calendar, &room);
	forget_years(w);
	int64_t soonest = extreme(w, from, from, n, 1);
	int64_t last = soonest == GUIJU_NO_DAY ? GUIJU_NO_DAY : extreme(w, from, soonest, n, -1);
	out->earliest = w->direction > 0 ? soonest : last;
	out->latest = w->direction > 0 ? last : soonest;
}

void calendar_count(const struct calendar *calendar, int32_t from, int direction, uint32_t n,
		    const struct pauses *pauses, void *scratch, struct guiju_dates *out)
{
	struct counting w;
	uint32_t count = 0;
	int works = 0;
	int32_t day = from;
	out->earliest = out->latest = GUIJU_NO_DAY;
	out->exact = true;
	out->unpublished = NO_YEAR;
	w.calendar = calendar;
	w.direction = direction;
	w.pauses = pauses;
	for (day += direction; exists(calendar, day); day += direction) {
		works = calendar_works(calendar, day);
		if (works < 0)
			break;
		count += works && !is_paused(&w, day);
		if (count == n) {
			out->earliest = out->latest = day;
			return;
		}
	}
	if (!exists(calendar, day))
		return;
	out->exact = false;
	out->unpublished = year_of(day);
	if (field(calendar->record, CALENDAR_ASSUMES))
		count_unpublished(&w, from, n, scratch, out);
}
