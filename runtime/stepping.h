/* What taking a step needs: periods, clocks, and the memory for both (period.c, clocks.c, step.c). */
#ifndef GUIJU_STEPPING_H
#define GUIJU_STEPPING_H
#include "calendar.h"

enum { MOST_PAUSES = 64 }; /* of one clock; with more of them its last day is not known */

struct period {
	uint32_t amount, unit; /* enum guiju_unit */
	bool moves;	       /* the last day moves to a working day */
};

struct counter { /* a calendar, if any, and the scratch that counting takes */
	struct calendar calendar;
	bool has_calendar;
	void *scratch;
};

/* The day so many units after `from` (direction 1) or before it (-1). */
void period_end(const struct counter *counter, int32_t from, int direction, const struct period *period,
		const struct pauses *pauses, struct guiju_dates *out);
/* The same from a day that is itself an interval. */
void period_end_of(const struct counter *counter, const struct guiju_dates *from, int direction,
		   const struct period *period, struct guiju_dates *out);
void dates_shift(struct guiju_dates *dates, int32_t days);
void one_day(int32_t day, struct guiju_dates *out);

/* The run of a clock at a move: since when, what became of it. */
struct run {
	bool given;	/* an event that starts it is known */
	bool over;	/* it ended after that */
	bool suspended;
	bool too_many;	/* suspensions */
	bool repeated;	/* a duty of which a discharge ends no more than a period */
	bool started, discharged, released; /* by the move's own event */
	int32_t start;
	uint32_t pause_count;
	struct pause pauses[MOST_PAUSES];
};

struct stepping {
	const struct guiju_table *open_table;
	const unsigned char *table, *procedure;
	const struct guiju_move *move;
	bool moved; /* the move is made: its own event counts too */
	struct counter counter;
	struct guiju_stepped *out;
	/* in the caller's scratch */
	struct guiju_cause *causes;
	struct guiju_clock *clocks;
	struct guiju_window *windows;
	uint32_t *ask_facts, *ask_events;
	uint64_t *nothing_known;
	void *deciding;
	size_t deciding_size;
	struct run *run; /* of the clock at hand */
};

static inline const unsigned char *clock_record(const struct stepping *s, bool is_duty, uint32_t index)
{
	uint32_t first = field(s->procedure, is_duty ? PROCEDURE_FIRST_DUTY : PROCEDURE_FIRST_VALIDITY);
	return is_duty ? record_at(s->table, DUTIES, first + index) : record_at(s->table, VALIDITIES, first + index);
}

/* Its lists of events, from the first field on. */
static inline const unsigned char *clock_lists(const unsigned char *record, bool is_duty)
{
	size_t at = is_duty ? (size_t)DUTY_CLOCK : (size_t)VALIDITY_CLOCK;
	return record + 4 * at;
}

static inline bool list_holds(const unsigned char *table, const unsigned char *record, unsigned first, uint32_t item)
{
	for (uint32_t i = 0; i < field(record, first + 1); i++) {
		if (list_item(table, (size_t)field(record, first) + i) == item)
			return true;
	}
	return false;
}

/* Follows the clock through the past and, if moved, the move's own event; the run is in s->run. */
void clock_trace(struct stepping *s, bool is_duty, uint32_t index);
/* The last day of the clock as traced; false: it is not known. */
bool clock_due(struct stepping *s, bool is_duty, uint32_t index, struct guiju_dates *due);
/* The last day of a validity; s->run tells of it. false: it is not known. */
bool validity_end(struct stepping *s, uint32_t validity, struct guiju_dates *end);
/* Puts the clocks that run, or that the move starts or ends, into s->out. */
void clocks_list(struct stepping *s);
/* Asks for the day of the events that start the clock. */
void ask_start(struct stepping *s, bool is_duty, uint32_t index);

#endif
