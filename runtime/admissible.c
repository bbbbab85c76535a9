/* Working days of years that are not published. note [admissible calendars]
 *
 * Of a year that is not published only this is known: Saturdays and Sundays are off unless made up, other days are
 * worked unless off, within the limits that the table declares: so many weekdays off and so many days made up in a
 * year, no rest and no run of work longer than so many days, some days of the year always off. A calendar is
 * admissible if it keeps them on every day that is not published, and in every run that holds such a day.
 *
 * The Nth working day is an interval: the earliest and the latest over all admissible calendars. Going from day to day,
 * all that matters of the days before is how long the run is that the day ends (of rest or of work), and how many days
 * made up and weekdays off the year has had. A shorter run of the same kind and fewer such days leave more open; so
 * what is kept for a run, a number of days made up and one of weekdays off counts for at most so long a run and at most
 * so many, and beyond some numbers nothing changes any more: a grid that stays small.
 *
 * One grid has in each cell the set of runs there can be, as bits. The other has for each run the greatest (for the
 * earliest day) or least (for the latest) number of working days so far. A cell counts only if the days that follow can
 * go on from it to the next published year, which the first grid tells, walked from the other end. */
#include "calendar.h"

#define NOT_A_STATE INT32_MIN

/* ---- limits ---- */

/* A run is a number below `runs`: rests of 1, 2, … days, then stretches of work of 1, 2, … days, then "nothing before"
 * where days begin. Limits that are not declared have one number, which lasts for ever. */
struct limits {
	uint32_t rest, work, runs;
	uint32_t off, made_up;		   /* 0 if they do not count */
	uint32_t a_day_off, a_day_made_up; /* what one of them counts */
	bool rest_ends, work_ends;
	uint64_t resting, working, all; /* sets of runs */
};

static struct limits limits_of(const struct calendar *c)
{
	uint32_t rest = field(c->record, CALENDAR_REST), work = field(c->record, CALENDAR_WORK);
	uint32_t off = field(c->record, CALENDAR_WEEKDAYS_OFF), made_up = field(c->record, CALENDAR_DAYS_MADE_UP);
	struct limits l;
	l.rest_ends = rest != NO_INDEX;
	l.work_ends = work != NO_INDEX;
	l.rest = l.rest_ends ? rest : 1;
	l.work = l.work_ends ? work : 1;
	l.a_day_off = off != NO_INDEX;
	l.a_day_made_up = made_up != NO_INDEX;
	l.off = l.a_day_off ? off : 0;
	l.made_up = l.a_day_made_up ? made_up : 0;
	l.runs = l.rest + l.work + 1;
	l.resting = (UINT64_C(1) << l.rest) - 1;
	l.working = ((UINT64_C(1) << l.work) - 1) << l.rest;
	l.all = (UINT64_C(1) << l.runs) - 1;
	return l;
}

/* The set of the run and all that leave less open. */
static uint64_t runs_from(const struct limits *l, uint32_t run)
{
	uint64_t kind = run < l->rest ? l->resting : l->working;
	return run == l->runs - 1 ? l->all : kind & ~((UINT64_C(1) << run) - 1);
}

/* ---- memory ---- */

enum { YEAR_KINDS = 14, YEAR_PLACES = 4 }; /* kinds: the weekday of the first day, and leap or not */

struct known_year {
	uint64_t from, to; /* sets of runs; `from` is 0 where nothing is kept */
};

/* What is kept from one count of a step to the next. */
struct memory {
	struct known_year years[2][YEAR_KINDS][YEAR_PLACES]; /* per direction */
	uint32_t always[2][12];				     /* per leap or not, bits: days always off */
	uint32_t next;
	bool answered;
	int32_t from;
	int direction;
	uint32_t n;
	int64_t soonest, last;
};

struct grid {
	int32_t *cells;	       /* per days made up and weekdays off */
	size_t size;	       /* of a cell */
	uint32_t made_up, off; /* beyond these nothing changes */
};

struct counting {
	const struct calendar *calendar;
	struct limits limits;
	int direction;
	const struct pauses *pauses;
	int32_t counts; /* what the day counts if it is worked */
	/* in the caller's scratch */
	struct memory *memory;
	struct grid can;  /* a set of runs, in two halves */
	struct grid most; /* per run: working days, or NOT_A_STATE */
};

static void take_room(struct counting *w, const struct calendar *c, struct room *room)
{
	w->calendar = c;
	w->limits = limits_of(c);
	size_t cells = (size_t)(w->limits.made_up + 1) * (w->limits.off + 1);
	w->can.size = 2;
	w->most.size = w->limits.runs;
	w->memory = (struct memory *)room_take(room, 1, sizeof(struct memory));
	w->can.cells = (int32_t *)room_take(room, cells * w->can.size, sizeof(int32_t));
	w->most.cells = (int32_t *)room_take(room, cells * w->most.size, sizeof(int32_t));
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

/* 29 February is no day of other years. */
static void find_always(const struct calendar *c, int32_t year, uint32_t *days)
{
	const unsigned char *at = c->lists + 4 * (size_t)field(c->record, CALENDAR_FIRST_ALWAYS_OFF);
	for (uint32_t i = 0; i < 12; i++)
		days[i] = 0;
	for (uint32_t i = 0; i < field(c->record, CALENDAR_ALWAYS_OFF); i++, at += 4) {
		uint32_t of_year =
			(uint32_t)(day_of(year, load_u32(at) / 100, load_u32(at) % 100) - first_day_of(year));
		if (load_u32(at) != 229 || days_of_year(year) == 366)
			days[of_year / 32] |= UINT32_C(1) << of_year % 32;
	}
}

void calendar_begin(const struct calendar *calendar, void *scratch)
{
	struct memory *memory = (struct memory *)scratch;
	if (!field(calendar->record, CALENDAR_ASSUMES))
		return;
	for (uint32_t i = 0; i < YEAR_KINDS * YEAR_PLACES; i++)
		memory->years[0][i / YEAR_PLACES][i % YEAR_PLACES].from =
			memory->years[1][i / YEAR_PLACES][i % YEAR_PLACES].from = 0;
	find_always(calendar, 2001, memory->always[0]);
	find_always(calendar, 2000, memory->always[1]);
	memory->next = 0;
	memory->answered = false;
}

/* ---- one more day ---- */

struct day {
	bool may_work;
	uint32_t off, made_up; /* what the year is charged if it is off, and if it is worked */
};

static struct day day_at(const struct counting *w, int32_t day, uint32_t of_year, bool leap)
{
	bool weekend = is_weekend(day);
	struct day d;
	d.may_work = !(w->memory->always[leap][of_year / 32] >> of_year % 32 & 1);
	d.off = weekend ? 0 : w->limits.a_day_off;
	d.made_up = weekend ? w->limits.a_day_made_up : 0;
	return d;
}

static void cells_copy(int32_t *to, const int32_t *from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] = from[i];
}

static bool cells_agree(const int32_t *a, const int32_t *b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (a[i] != b[i])
			return false;
	}
	return true;
}

static int32_t *cell_at(const struct counting *w, const struct grid *g, uint32_t made_up, uint32_t off)
{
	return g->cells + ((size_t)made_up * (w->limits.off + 1) + off) * g->size;
}

static void grid_begin(struct grid *g)
{
	g->made_up = g->off = 0;
}

/* One number more, with what the last one has. */
static void grid_grow(const struct counting *w, struct grid *g, const struct day *day)
{
	if (day->made_up && g->made_up < w->limits.made_up) {
		cells_copy(cell_at(w, g, g->made_up + 1, 0), cell_at(w, g, g->made_up, 0), (g->off + 1) * g->size);
		g->made_up++;
	}
	if (day->off && g->off < w->limits.off) {
		for (uint32_t m = 0; m <= g->made_up; m++)
			cells_copy(cell_at(w, g, m, g->off + 1), cell_at(w, g, m, g->off), g->size);
		g->off++;
	}
}

static bool last_off_changes_nothing(const struct counting *w, const struct grid *g)
{
	for (uint32_t m = 0; m <= g->made_up; m++) {
		if (!cells_agree(cell_at(w, g, m, g->off), cell_at(w, g, m, g->off - 1), g->size))
			return false;
	}
	return true;
}

static void grid_trim(const struct counting *w, struct grid *g)
{
	while (g->made_up > 0 &&
	       cells_agree(cell_at(w, g, g->made_up, 0), cell_at(w, g, g->made_up - 1, 0), (g->off + 1) * g->size))
		g->made_up--;
	while (g->off > 0 && last_off_changes_nothing(w, g))
		g->off--;
}

/* What a cell has after a day, from the cells that get there by working and by resting; NULL: none does. One of them is
 * the cell itself. */
typedef void cell_step(const struct counting *w, int32_t *cell, const int32_t *worked, const int32_t *rested);

/* Downwards: a cell takes from those below it. */
static void grid_step(const struct counting *w, struct grid *g, const struct day *day, cell_step *step)
{
	grid_grow(w, g, day);
	for (uint32_t m = g->made_up + 1; m-- > 0;) {
		for (uint32_t o = g->off + 1; o-- > 0;) {
			bool works = day->may_work && m >= day->made_up;
			step(w, cell_at(w, g, m, o), works ? cell_at(w, g, m - day->made_up, o) : NULL,
			     o >= day->off ? cell_at(w, g, m, o - day->off) : NULL);
		}
	}
	grid_trim(w, g);
}

/* ---- the grid of sets ---- */

static uint64_t set_at(const int32_t *cell)
{
	return (uint32_t)cell[0] | (uint64_t)(uint32_t)cell[1] << 32;
}

static void set_put(int32_t *cell, uint64_t set)
{
	cell[0] = (int32_t)(uint32_t)set;
	cell[1] = (int32_t)(set >> 32);
}

static uint64_t set_after(uint64_t set, uint64_t kind, bool ends)
{
	if (set & ~kind)
		return kind;
	return ends ? set << 1 & kind : set;
}

static void can_cell(const struct counting *w, int32_t *cell, const int32_t *worked, const int32_t *rested)
{
	const struct limits *l = &w->limits;
	uint64_t set = worked ? set_after(set_at(worked), l->working, l->work_ends) : 0;
	set |= rested ? set_after(set_at(rested), l->resting, l->rest_ends) : 0;
	set_put(cell, set);
}

static void can_begin(struct counting *w, uint64_t runs)
{
	grid_begin(&w->can);
	set_put(w->can.cells, runs);
}

/* All in one year. */
static void can_walk(struct counting *w, uint64_t runs, int32_t from, int32_t to, int direction)
{
	int32_t year = year_of(from), first = first_day_of(year);
	can_begin(w, runs);
	for (int32_t day = from; day != to + direction; day += direction) {
		struct day d = day_at(w, day, (uint32_t)(day - first), days_of_year(year) == 366);
		grid_step(w, &w->can, &d, can_cell);
	}
}

/* ---- years ---- */

static bool is_free(const struct calendar *c, int32_t day)
{
	return calendar_has(c, day) && !calendar_publishes(c, year_of(day));
}

static int32_t year_end(const struct calendar *c, int32_t year, int direction)
{
	int32_t end = direction > 0 ? first_day_of(year + 1) - 1 : first_day_of(year);
	return end < c->low ? c->low : end > c->high ? c->high : end;
}

/* The runs that the published day, seen from the direction of the walk, may end: its own, as long as it matters. */
static uint64_t published_runs(const struct counting *w, int32_t day, int direction)
{
	const struct limits *l = &w->limits;
	if (!calendar_has(w->calendar, day))
		return l->all;
	int works = calendar_works(w->calendar, day);
	uint32_t longest = works ? l->work : l->rest, more = 0;
	while (more + 1 < longest && calendar_has(w->calendar, day - direction) &&
	       calendar_works(w->calendar, day - direction) == works) {
		day -= direction;
		more++;
	}
	return runs_from(l, (works ? l->rest : 0) + more);
}

/* The runs with which a year may end, if it begins after one of `runs`. Years begin on seven weekdays and are leap or
 * not, and among years of a kind the question is nearly always the same. */
static uint64_t runs_after_year(struct counting *w, int32_t year, uint64_t runs, int direction)
{
	int32_t first = year_end(w->calendar, year, -direction), last = year_end(w->calendar, year, direction);
	uint32_t days = (uint32_t)((last - first) * direction) + 1;
	uint32_t kind = (uint32_t)(first_day_of(year) + 7 * 5000) % 7 + (days == 366 ? 7 : 0);
	struct known_year *known = w->memory->years[direction > 0][kind];
	bool whole = days == days_of_year(year);
	for (uint32_t i = 0; whole && i < YEAR_PLACES; i++) {
		if (known[i].from == runs)
			return runs ? known[i].to : 0;
	}
	can_walk(w, runs, first, last, direction);
	uint64_t to = set_at(cell_at(w, &w->can, w->can.made_up, w->can.off));
	if (whole) {
		known += w->memory->next++ % YEAR_PLACES;
		known->from = runs;
		known->to = to;
	}
	return to;
}

/* Runs with which the day before the year (in the direction) may end. */
static uint64_t runs_before_year(struct counting *w, int32_t year, int direction)
{
	int32_t first = year;
	while (is_free(w->calendar, year_end(w->calendar, first, -direction) - direction))
		first -= direction;
	uint64_t runs = published_runs(w, year_end(w->calendar, first, -direction) - direction, direction);
	for (; first != year; first += direction)
		runs = runs_after_year(w, first, runs, direction);
	return runs;
}

/* ---- the grid of numbers ---- */

static int32_t plus(int32_t value, int32_t more)
{
	return value == NOT_A_STATE ? value : value + more;
}

static int32_t greater(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* The runs of one kind, longest first: each goes on from the one a day shorter, or, like every shorter one, begins. */
static void runs_go_on(int32_t *to, const int32_t *from, uint32_t count, bool ends, int32_t begun, int32_t counts)
{
	for (uint32_t i = count - 1; i > 0; i--)
		to[i] = greater(begun, from ? plus(from[i - 1], counts) : NOT_A_STATE);
	to[0] = greater(begun, from && !ends ? plus(from[0], counts) : NOT_A_STATE);
}

static void most_cell(const struct counting *w, int32_t *cell, const int32_t *worked, const int32_t *rested)
{
	const struct limits *l = &w->limits;
	uint32_t nothing = l->runs - 1;
	int32_t work = worked ? plus(greater(worked[l->rest - 1], worked[nothing]), w->counts) : NOT_A_STATE;
	int32_t rest = rested ? greater(rested[nothing - 1], rested[nothing]) : NOT_A_STATE;
	runs_go_on(cell + l->rest, worked ? worked + l->rest : NULL, l->work, l->work_ends, work, w->counts);
	runs_go_on(cell, rested, l->rest, l->rest_ends, rest, 0);
	cell[nothing] = NOT_A_STATE;
}

static const int32_t *most_at(const struct counting *w, uint32_t made_up, uint32_t off)
{
	const struct grid *g = &w->most;
	return cell_at(w, g, made_up < g->made_up ? made_up : g->made_up, off < g->off ? off : g->off);
}

static void most_fill(const struct counting *w, int32_t *cell, uint64_t runs, int32_t value)
{
	for (uint32_t run = 0; run < w->limits.runs; run++)
		cell[run] = runs >> run & 1 ? value : NOT_A_STATE;
}

static void most_begin(struct counting *w, uint64_t runs, int32_t value)
{
	grid_begin(&w->most);
	most_fill(w, w->most.cells, runs, value);
}

/* All states in which day `from`, which is not published, may leave its year. */
static void most_begin_free(struct counting *w, int32_t from)
{
	int32_t year = year_of(from);
	uint64_t runs = runs_before_year(w, year, w->direction);
	can_walk(w, runs, year_end(w->calendar, year, -w->direction), from, w->direction);
	w->most.made_up = w->can.made_up;
	w->most.off = w->can.off;
	for (uint32_t m = 0; m <= w->can.made_up; m++) {
		for (uint32_t o = 0; o <= w->can.off; o++)
			most_fill(w, cell_at(w, &w->most, m, o), set_at(cell_at(w, &w->can, m, o)), 0);
	}
}

/* What the old year had of days off and made up no longer counts. */
static void most_new_year(struct counting *w)
{
	cells_copy(w->most.cells, most_at(w, w->most.made_up, w->most.off), w->most.size);
	grid_begin(&w->most);
}

static int32_t most_of_runs(const struct counting *w, const int32_t *values)
{
	return greater(values[w->limits.rest - 1], greater(values[w->limits.runs - 2], values[w->limits.runs - 1]));
}

/* The greatest number of a run that may meet one of the kind from the other side: they make one run together. */
static int32_t most_meeting(const int32_t *values, uint32_t longest, bool ends, uint64_t others)
{
	uint32_t length = 1; /* of the shortest */
	for (; others && !(others & 1); others >>= 1)
		length++;
	if (!others || (ends && length >= longest))
		return NOT_A_STATE;
	return values[ends ? longest - length - 1 : 0];
}

/* The greatest number of a state of the day from which the days beyond can go on; NOT_A_STATE: there is none. */
static int32_t most_that_goes_on(struct counting *w, int32_t day)
{
	const struct limits *l = &w->limits;
	int32_t year = year_of(day), end = year_end(w->calendar, year, w->direction), best = NOT_A_STATE;
	uint64_t runs = runs_before_year(w, year, -w->direction);
	if (day == end)
		can_begin(w, runs);
	else
		can_walk(w, runs, end, day + w->direction, -w->direction);
	for (uint32_t m = 0; m <= w->can.made_up; m++) {
		for (uint32_t o = 0; o <= w->can.off; o++) {
			uint64_t set = set_at(cell_at(w, &w->can, m, o));
			const int32_t *values = most_at(w, l->made_up - m, l->off - o);
			if (set >> (l->runs - 1) & 1)
				best = greater(best, most_of_runs(w, values));
			if (set & l->working)
				best = greater(best, values[l->rest - 1]);
			if (set & l->resting)
				best = greater(best, values[l->runs - 2]);
			best = greater(best, most_meeting(values, l->rest, l->rest_ends, set & l->resting));
			best = greater(best, most_meeting(values + l->rest, l->work, l->work_ends,
							  (set & l->working) >> l->rest));
		}
	}
	return best;
}

/* ---- the Nth working day ---- */

/* The working days that one admissible calendar (worth 1), or that every one (worth -1), lacks at most of n. */
static int32_t lacking(int32_t most, uint32_t n, int32_t worth)
{
	return worth > 0 ? (int32_t)n - most : most + (int32_t)n;
}

/* The first day on which nothing is lacking; GUIJU_NO_DAY: it is beyond the days that there are, or no calendar is
 * admissible. `day` is not counted; something is known to be lacking before `soonest`. A day makes up for one that is
 * lacking at most, so that many need not be asked about. */
static int64_t extreme(struct counting *w, int32_t day, int64_t soonest, uint32_t n, int32_t worth)
{
	bool free_before = is_free(w->calendar, day);
	int32_t value = 0;
	if (free_before)
		most_begin_free(w, day);
	for (day += w->direction; calendar_has(w->calendar, day); day += w->direction) {
		int32_t year = year_of(day);
		int works = calendar_works(w->calendar, day);
		w->counts = is_paused(w->pauses, day) ? 0 : worth;
		if (works >= 0) {
			if (free_before) /* the run of work or rest goes on into the published year */
				value = most_that_goes_on(w, day - w->direction);
			free_before = false;
			if (value == NOT_A_STATE)
				return GUIJU_NO_DAY;
			value += works ? w->counts : 0;
			if (lacking(value, n, worth) <= 0)
				return day;
			continue;
		}
		if (!free_before)
			most_begin(w, published_runs(w, day - w->direction, w->direction), value);
		else if (year != year_of(day - w->direction))
			most_new_year(w);
		free_before = true;
		struct day d = day_at(w, day, (uint32_t)(day - first_day_of(year)), days_of_year(year) == 366);
		grid_step(w, &w->most, &d, most_cell);
		int32_t most = most_of_runs(w, most_at(w, w->limits.made_up, w->limits.off));
		if (most == NOT_A_STATE)
			return GUIJU_NO_DAY;
		if ((day - soonest) * w->direction < 0 || (worth > 0 && lacking(most, n, worth) > 0))
			continue;
		most = most_that_goes_on(w, day);
		if (most == NOT_A_STATE)
			return GUIJU_NO_DAY;
		if (lacking(most, n, worth) <= 0)
			return day;
		soonest = day + w->direction * lacking(most, n, worth);
	}
	return GUIJU_NO_DAY;
}

void calendar_bounds(const struct calendar *calendar, int32_t from, int direction, uint32_t n,
		     const struct pauses *pauses, void *scratch, struct guiju_dates *out)
{
	struct counting w;
	struct room room = { (unsigned char *)scratch, 0 };
	take_room(&w, calendar, &room);
	w.direction = direction;
	w.pauses = pauses;
	struct memory *memory = w.memory;
	bool paused = pauses && pauses->count > 0;
	if (paused || !memory->answered || memory->from != from || memory->direction != direction || memory->n != n) {
		memory->answered = !paused;
		memory->from = from;
		memory->direction = direction;
		memory->n = n;
		memory->soonest = extreme(&w, from, from, n, 1);
		memory->last =
			memory->soonest == GUIJU_NO_DAY ? GUIJU_NO_DAY : extreme(&w, from, memory->soonest, n, -1);
	}
	out->earliest = direction > 0 ? memory->soonest : memory->last;
	out->latest = direction > 0 ? memory->last : memory->soonest;
}
