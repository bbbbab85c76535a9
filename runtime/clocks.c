/* Clocks: since when a duty or a validity runs, and until when. Everything follows from the days of events. */
#include "stepping.h"

/* ---- the run ---- */

static void run_end(struct run *run, bool of_move, bool discharged)
{
	if (of_move && !run->over) {
		run->discharged = discharged;
		run->released = !discharged;
	}
	run->over = true;
	run->suspended = false;
}

static void run_start(struct run *run, int32_t day, bool of_move)
{
	run->given = true;
	run->over = run->suspended = run->too_many = run->discharged = run->released = false;
	run->started = of_move;
	run->start = day;
	run->pause_count = 0;
}

static void run_suspend(struct run *run, int32_t day)
{
	if (!run->given || run->over || run->suspended)
		return;
	run->suspended = true;
	if (run->pause_count == MOST_PAUSES)
		run->too_many = true;
	else
		run->pauses[run->pause_count].from = day;
}

static void run_resume(struct run *run, int32_t day)
{
	if (!run->suspended)
		return;
	run->suspended = false;
	if (!run->too_many)
		run->pauses[run->pause_count++].to = day;
}

/* An event may end a run and start the next. */
static void run_event(struct stepping *s, const unsigned char *lists, bool is_duty, uint32_t event, int32_t day,
		      bool of_move)
{
	struct run *run = s->run;
	const unsigned char *t = s->table;
	if (is_duty && list_holds(t, lists, DUTY_FIRST_DISCHARGE, event) && run->repeated)
		run->discharged = of_move; /* the next period is due */
	else if (is_duty && list_holds(t, lists, DUTY_FIRST_DISCHARGE, event))
		run_end(run, of_move, true);
	else if (list_holds(t, lists, CLOCK_FIRST_END, event) ||
		 (is_duty && list_holds(t, lists, DUTY_FIRST_RELEASE, event)))
		run_end(run, of_move, false);
	if (list_holds(t, lists, CLOCK_FIRST_START, event) || list_holds(t, lists, CLOCK_FIRST_RESTART, event))
		run_start(run, day, of_move);
	if (list_holds(t, lists, CLOCK_FIRST_SUSPEND, event))
		run_suspend(run, day);
	if (list_holds(t, lists, CLOCK_FIRST_RESUME, event))
		run_resume(run, day);
}

static bool is_repeated(const unsigned char *duty)
{
	return field(duty, DUTY_EVERY) == REPEATED_PERIOD;
}

/* A duty that is due by a date, or by periods of the calendar year, needs no event to run. */
static bool runs_of_itself(const unsigned char *duty)
{
	bool dated = is_repeated(duty) ? field(duty, DUTY_ANCHOR) == ANCHORED_DATE
				       : field(duty, DUTY_BOUND + BOUND_KIND) == GUIJU_LIMIT_BY_DATE;
	return dated && field(duty, DUTY_CLOCK + CLOCK_STARTS) == 0;
}

void clock_trace(struct stepping *s, bool is_duty, uint32_t index)
{
	const unsigned char *record = clock_record(s, is_duty, index);
	const unsigned char *lists = clock_lists(record, is_duty);
	struct run *run = s->run;
	run->given = run->over = run->suspended = run->too_many = false;
	run->started = run->discharged = run->released = false;
	run->start = FIRST_DAY;
	run->pause_count = 0;
	run->repeated = is_duty && is_repeated(record);
	if (is_duty && runs_of_itself(record))
		run->given = true;
	for (uint32_t i = 0; i < s->move->past_count; i++)
		run_event(s, lists, is_duty, s->move->past[i].event, (int32_t)s->move->past[i].day, false);
	if (s->moved)
		run_event(s, lists, is_duty, s->move->event, (int32_t)s->move->day, true);
}

/* ---- repeated duties ---- */

struct turn { /* a period of a repeated duty: the days after `before` up to `last` */
	int32_t before, last;
};

/* The last day of the kth period after `base`; months and years are counted from `begin`, the first day of the first
 * period, which with an event is the event's own day. */
static bool turn_end(const unsigned char *duty, int32_t begin, int32_t base, uint32_t k, int32_t *end)
{
	uint64_t amount = (uint64_t)field(duty, DUTY_EVERY_AMOUNT) * k;
	uint32_t unit = field(duty, DUTY_EVERY_UNIT);
	if (amount > LIMIT_TABLE_AMOUNT || unit == GUIJU_WORKING_DAYS)
		return false;
	if (unit == GUIJU_DAYS) {
		*end = base + (int32_t)amount;
		return *end <= LAST_DAY;
	}
	if (!add_months(begin, (int32_t)amount * (unit == GUIJU_YEARS ? 12 : 1), end))
		return false;
	*end -= begin - base;
	return true;
}

/* The period in which the day lies. Periods of the calendar year begin anew at their day of the year. */
static bool turn_of(const struct stepping *s, const unsigned char *duty, int32_t day, struct turn *turn)
{
	int32_t begin = s->run->start, base = begin, stop = INT32_MAX;
	if (field(duty, DUTY_ANCHOR) == ANCHORED_DATE) {
		uint32_t month_day = field(duty, DUTY_ANCHOR_DAY);
		int32_t year = year_of(day);
		begin = day_of(year, month_day / 100, month_day % 100);
		if (begin > day)
			begin = day_of(year - 1, month_day / 100, month_day % 100);
		base = begin - 1;
		stop = day_of(year_of(begin) + 1, month_day / 100, month_day % 100);
	}
	turn->before = base;
	for (uint32_t k = 1;; k++) {
		if (!turn_end(duty, begin, base, k, &turn->last))
			return false;
		if (turn->last >= stop)
			turn->last = stop - 1;
		if (turn->last >= day)
			return true;
		turn->before = turn->last;
	}
}

static void turn_due(struct stepping *s, const unsigned char *duty, int32_t last, struct guiju_dates *due)
{
	struct period grace;
	one_day(last, due);
	if (field(duty, DUTY_BOUND + BOUND_KIND) != GUIJU_LIMIT_WITHIN)
		return;
	grace.amount = field(duty, DUTY_BOUND + BOUND_AMOUNT);
	grace.unit = field(duty, DUTY_BOUND + BOUND_UNIT);
	grace.moves = (field(s->procedure, PROCEDURE_FLAGS) & PROCEDURE_LAST_DAY_MOVES) != 0;
	period_end(&s->counter, last, 1, &grace, NULL, due);
}

/* The period that a discharge on this day serves, given the last day of the last one served: the one before, if its
 * grace is running and it is not served, or the one in which the day lies. */
static bool turn_served(struct stepping *s, const unsigned char *duty, int32_t day, int32_t served, int32_t *last,
			struct guiju_dates *due)
{
	struct turn turn;
	if (!turn_of(s, duty, day, &turn))
		return false;
	if (turn.before > s->run->start && turn.before > served) {
		turn_due(s, duty, turn.before, due);
		if (due->latest >= day) {
			*last = turn.before;
			return true;
		}
	}
	while (turn.last <= served) {
		if (!turn_of(s, duty, turn.last + 1, &turn))
			return false;
	}
	*last = turn.last;
	turn_due(s, duty, turn.last, due);
	return true;
}

/* What is due next, after all discharges since the start. */
static bool repeated_due(struct stepping *s, const unsigned char *duty, struct guiju_dates *due)
{
	const unsigned char *lists = clock_lists(duty, true);
	int32_t served = FIRST_DAY - 1, last;
	if (field(duty, DUTY_ANCHOR) == ANCHORED_NOT)
		return false;
	for (uint32_t i = 0; i < s->move->past_count; i++) {
		int32_t day = (int32_t)s->move->past[i].day;
		if (day < s->run->start || !list_holds(s->table, lists, DUTY_FIRST_DISCHARGE, s->move->past[i].event))
			continue;
		if (!turn_served(s, duty, day, served, &last, due))
			return false;
		served = last;
	}
	return turn_served(s, duty, (int32_t)s->move->day, served, &last, due);
}

/* ---- last days ---- */

static struct period bound_period(const struct stepping *s, const unsigned char *bound)
{
	struct period period;
	period.amount = field(bound, BOUND_AMOUNT);
	period.unit = field(bound, BOUND_UNIT);
	period.moves = (field(s->procedure, PROCEDURE_FLAGS) & PROCEDURE_LAST_DAY_MOVES) != 0;
	return period;
}

static void run_period(struct stepping *s, const struct period *period, struct guiju_dates *due)
{
	struct pauses pauses;
	pauses.items = s->run->pauses;
	pauses.count = s->run->pause_count;
	period_end(&s->counter, s->run->start, 1, period, &pauses, due);
}

/* The end of another clock's validity is asked for in between, which traces that clock. */
static bool bound_due(struct stepping *s, const unsigned char *bound, struct guiju_dates *due)
{
	struct guiju_dates end;
	struct period period = bound_period(s, bound);
	switch (field(bound, BOUND_KIND)) {
	case GUIJU_LIMIT_WITHIN: run_period(s, &period, due); return true;
	case GUIJU_LIMIT_BY_DATE: one_day((int32_t)field(bound, BOUND_DATE), due); return true;
	case GUIJU_LIMIT_IN_THE_LAST:
		if (!validity_end(s, field(bound, BOUND_VALIDITY), due))
			return false;
		dates_shift(due, -1);
		return true;
	case GUIJU_LIMIT_AT_LEAST_BEFORE:
		period.moves = false;
		if (!validity_end(s, field(bound, BOUND_VALIDITY), &end))
			return false;
		period_end_of(&s->counter, &end, -1, &period, due);
		return true;
	default: return false;
	}
}

bool clock_due(struct stepping *s, bool is_duty, uint32_t index, struct guiju_dates *due)
{
	const unsigned char *record = clock_record(s, is_duty, index);
	struct period period;
	one_day(LAST_DAY + 1, due);
	if (!s->run->given || s->run->suspended || s->run->too_many)
		return false;
	if (is_duty && is_repeated(record))
		return repeated_due(s, record, due);
	if (is_duty)
		return bound_due(s, record + 4 * (size_t)DUTY_BOUND, due);
	period.amount = field(record, VALIDITY_AMOUNT);
	period.unit = field(record, VALIDITY_UNIT);
	period.moves = false;
	run_period(s, &period, due);
	return true;
}

bool validity_end(struct stepping *s, uint32_t validity, struct guiju_dates *end)
{
	clock_trace(s, false, validity);
	return !s->run->over && clock_due(s, false, validity, end);
}

/* ---- the list ---- */

static void list_clock(struct stepping *s, bool is_duty, uint32_t index)
{
	struct guiju_clock *clock = &s->clocks[s->out->clock_count];
	clock_trace(s, is_duty, index);
	struct run *run = s->run;
	bool ended = run->discharged || run->released;
	if ((!run->given || run->over) && !ended)
		return;
	clock->is_duty = is_duty;
	clock->index = index;
	clock->fate = run->started	? GUIJU_STARTED
		      : run->discharged ? GUIJU_DISCHARGED
		      : run->released	? GUIJU_RELEASED
					: GUIJU_RUNNING;
	clock->suspended = run->suspended;
	clock->due_known = clock_due(s, is_duty, index, &clock->due);
	clock->overdue = clock->due_known && clock->due.latest != GUIJU_NO_DAY && clock->due.latest < s->move->day;
	if (!is_duty && clock->overdue && clock->fate == GUIJU_RUNNING)
		return; /* it is over */
	s->out->clock_count++;
}

void clocks_list(struct stepping *s)
{
	s->out->clocks = s->clocks;
	s->out->clock_count = 0;
	for (uint32_t i = 0; i < field(s->procedure, PROCEDURE_DUTIES); i++)
		list_clock(s, true, i);
	for (uint32_t i = 0; i < field(s->procedure, PROCEDURE_VALIDITIES); i++)
		list_clock(s, false, i);
}

void ask_start(struct stepping *s, bool is_duty, uint32_t index)
{
	const unsigned char *record = clock_record(s, is_duty, index);
	const unsigned char *lists = clock_lists(record, is_duty);
	for (uint32_t i = 0; i < field(lists, CLOCK_STARTS); i++) {
		uint32_t event = list_item(s->table, (size_t)field(lists, CLOCK_FIRST_START) + i), at = 0;
		while (at < s->out->ask_event_count && s->ask_events[at] != event)
			at++;
		if (at < s->out->ask_event_count)
			continue;
		s->ask_events[at] = event;
		s->out->ask_event_count++;
	}
}
