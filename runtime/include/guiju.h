/* guiju: deciding with a decision table.
 *
 * A table is bytes: the file NAME.table, or the array in the emitted NAME.c, which is the same bytes. Opening verifies
 * them once and for all; deciding then needs no checks, no memory of its own, no locks and no global state. Any thread
 * may use an open table. docs/TABLE_FORMAT.md describes every byte. */
#ifndef GUIJU_H
#define GUIJU_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"   /* functions that share a name with what they fill in, as in C */
#endif
#endif

#if defined(__GNUC__)
#define GUIJU_API __attribute__((visibility("default")))
#else
#define GUIJU_API
#endif

/* Status numbers never change their meaning. */
enum guiju_status {
	GUIJU_OK = 0,
	GUIJU_TRUNCATED = 1,        /* fewer bytes than the table says it has, or than a header */
	GUIJU_NOT_A_TABLE = 2,      /* the first bytes are not a table's */
	GUIJU_OTHER_FORMAT = 3,     /* a format version that this library does not read */
	GUIJU_CHECKSUM = 4,         /* the bytes changed after they were written */
	GUIJU_MALFORMED = 5,        /* an offset, count, range or order that a table cannot have */
	GUIJU_NO_SUCH = 6,          /* an index beyond what the table has */
	GUIJU_OUTSIDE_DOMAIN = 7,   /* a fact's value is not in its domain */
	GUIJU_EXCLUDED = 8,         /* a constraint rules the case out */
	GUIJU_SCRATCH = 9,          /* the scratch memory is too small or misaligned */
	GUIJU_NOT_A_DAY = 10        /* a day is not within 1900-01-01 … 2199-12-31, or the past is not in order */
};

/* A verified table: a view into the caller's bytes. */
struct guiju_table;

/* A text inside the table: NUL-terminated UTF-8, `size` without the NUL. */
struct guiju_text {
	const char *bytes;
	size_t size;
};

enum guiju_kind { GUIJU_BOOLEAN = 0, GUIJU_ENUMERATION = 1, GUIJU_SET = 2, GUIJU_INTEGER = 3, GUIJU_DATE = 4 };

struct guiju_fact {
	struct guiju_text id, label, english, unit;
	enum guiju_kind kind;
	int64_t low, high;          /* of its values; a set: 0 and 2^members - 1 */
	uint32_t members;           /* enumeration, set */
	bool discretion;            /* left to a named person to decide */
	bool applicable_date;       /* the fact `on` */
};

struct guiju_decision {
	struct guiju_text id, label, english;
	uint32_t outcomes;          /* at most 64 */
	uint32_t feeds;             /* how many decisions feed it directly */
};

struct guiju_name {
	struct guiju_text id, label, english;
};

struct guiju_rule {
	struct guiju_text id;       /* NAME, TABLE.ROW or DECISION.default */
	struct guiju_text label, english;
	struct guiju_text item;     /* published number, or empty */
	uint32_t decision, outcome;
	uint32_t cites;             /* how many clauses it cites */
	uint32_t names;             /* how many decisions its condition names */
	uint32_t texts;             /* how many text columns it carries */
};

struct guiju_about {
	struct guiju_text rulebook, label, edition, digest; /* digest: sha256:… of the rulebook's files */
	uint32_t facts, decisions, rules, constraints, clauses;
};

/* Verifies a table and gives a view into `bytes`: keep them alive and unchanged while the view is in use. `bytes` may
 * have any alignment. Any bytes are safe to pass; nothing is allocated. */
GUIJU_API enum guiju_status guiju_table_open(const void *bytes, size_t size, const struct guiju_table **table);
GUIJU_API const char *guiju_status_text(enum guiju_status status);  /* English, static */
GUIJU_API uint32_t guiju_format_version(void);

/* ---- what the table holds; an index beyond it gives GUIJU_NO_SUCH and leaves *out alone ---- */
GUIJU_API void guiju_about(const struct guiju_table *table, struct guiju_about *out);
GUIJU_API enum guiju_status guiju_fact(const struct guiju_table *table, uint32_t fact, struct guiju_fact *out);
GUIJU_API enum guiju_status guiju_member(const struct guiju_table *table, uint32_t fact, uint32_t member,
					 struct guiju_name *out);
GUIJU_API enum guiju_status guiju_decision(const struct guiju_table *table, uint32_t decision,
					   struct guiju_decision *out);
GUIJU_API enum guiju_status guiju_decision_feed(const struct guiju_table *table, uint32_t decision, uint32_t index,
						uint32_t *feeding);  /* feeding decision's index */
GUIJU_API enum guiju_status guiju_outcome(const struct guiju_table *table, uint32_t decision, uint32_t outcome,
					  struct guiju_name *out);
GUIJU_API enum guiju_status guiju_rule(const struct guiju_table *table, uint32_t rule, struct guiju_rule *out);
GUIJU_API enum guiju_status guiju_rule_cite(const struct guiju_table *table, uint32_t rule, uint32_t index,
					    struct guiju_text *clause);
GUIJU_API enum guiju_status guiju_rule_names(const struct guiju_table *table, uint32_t rule, uint32_t index,
					     uint32_t *decision);
GUIJU_API enum guiju_status guiju_rule_text(const struct guiju_table *table, uint32_t rule, uint32_t index,
					    struct guiju_text *column, struct guiju_text *text);
GUIJU_API enum guiju_status guiju_constraint(const struct guiju_table *table, uint32_t constraint,
					     struct guiju_name *out);
GUIJU_API enum guiju_status guiju_clause(const struct guiju_table *table, uint32_t clause, struct guiju_text *id,
					 struct guiju_text *text);
/* Index of a fact, decision or member by its id; UINT32_MAX: none. */
GUIJU_API uint32_t guiju_find_fact(const struct guiju_table *table, const char *id);
GUIJU_API uint32_t guiju_find_decision(const struct guiju_table *table, const char *id);
GUIJU_API uint32_t guiju_find_member(const struct guiju_table *table, uint32_t fact, const char *id);

/* ---- deciding ---- */

/* Values: one per fact, in the table's order. Boolean 0/1; enumeration: member index; set: bit i is member i;
 * integer as it is; date: days since 1970-01-01. */

enum guiju_verdict {
	GUIJU_DECIDED = 0,          /* one outcome */
	GUIJU_OPEN = 1,             /* facts are unknown and more than one outcome is possible */
	GUIJU_GAP = 2,              /* no reason (only in tables made of a rulebook with findings) */
	GUIJU_CONFLICT = 3,         /* reasons with two outcomes (likewise) */
	GUIJU_FEEDING = 4           /* a decision that feeds this one has no outcome (likewise): see `feeding` */
};

struct guiju_answer {
	enum guiju_verdict verdict;
	uint32_t outcome;           /* of GUIJU_DECIDED; else UINT32_MAX */
	uint32_t feeding;           /* of GUIJU_FEEDING: the lowest such decision; else UINT32_MAX */
	uint32_t constraint;        /* with GUIJU_EXCLUDED: the constraint broken; else UINT32_MAX */
	uint32_t fact;              /* with GUIJU_OUTSIDE_DOMAIN: the fact; else UINT32_MAX */
	uint64_t possible;          /* bit i: outcome i is possible */
	/* In the caller's scratch memory, valid until its next use. Bit r of a set of rules is rule r. */
	const uint64_t *reasons;    /* the reasons: in every completion */
	const uint64_t *maybe;      /* reasons in some completions but not all (partial decisions); else NULL */
	const uint32_t *ask;        /* partial, GUIJU_OPEN: the facts to ask for, best first */
	uint32_t ask_count;
	bool exact;                 /* false: the budget ended; possible and ask may hold too much, never too little */
};

/* Bytes of scratch memory that deciding needs, aligned to 8: guiju_decide, and guiju_decide_partial. */
GUIJU_API size_t guiju_scratch_size(const struct guiju_table *table);
GUIJU_API size_t guiju_partial_scratch_size(const struct guiju_table *table);

/* Decides one complete case. values: one per fact of the table; only facts that the decision's cases have are read.
 * Checks domains and constraints. */
GUIJU_API enum guiju_status guiju_decide(const struct guiju_table *table, uint32_t decision, const int64_t *values,
					 void *scratch, size_t scratch_size, struct guiju_answer *answer);

/* Decides with unknown facts. known: bit f says that values[f] is given. `budget` bounds the search in boxes visited
 * (0: none). An outcome is possible if and only if some completion of the given facts, within the constraints, gets
 * it. GUIJU_EXCLUDED: no completion satisfies the constraints. */
GUIJU_API enum guiju_status guiju_decide_partial(const struct guiju_table *table, uint32_t decision,
						 const int64_t *values, const uint64_t *known, uint64_t budget,
						 void *scratch, size_t scratch_size, struct guiju_answer *answer);

/* ---- time ----
 *
 * Days are counted from 1970-01-01; they run from 1900-01-01 to 2199-12-31, and there are no hours and no time zones.
 * Counting is that of the Civil Code of China, articles 201 to 203: the day of the event is not counted; months and
 * years end on the corresponding day of the month, or on its last day where that month has none (three years from
 * 2024-02-29 end on 2027-02-28); N working days end on the Nth working day after. Working days are those of the table's
 * calendar: as published for a year, with Saturdays and Sundays made up.
 *
 * A day that depends on a year that is not published is never guessed: it is the interval between the earliest and the
 * latest day under every calendar that keeps to what the table's calendar assumes (struct guiju_calendar). */

#define GUIJU_NO_DAY INT64_MIN

struct guiju_dates {
	int64_t earliest, latest;   /* GUIJU_NO_DAY: beyond 2199 (or 1900), or the calendar assumes nothing */
	bool exact;                 /* every day that matters is published: earliest is latest */
	int32_t unpublished;        /* not exact: the first year met that is not published; else 0 */
};

enum guiju_unit { GUIJU_WORKING_DAYS = 0, GUIJU_DAYS = 1, GUIJU_MONTHS = 2, GUIJU_YEARS = 3 };

/* Assumed of a year that is not published: Saturdays and Sundays are off unless made up, other days are worked unless
 * off, within limits (UINT32_MAX: none). Runs of work or rest are also limited where they reach into a published year. */
struct guiju_calendar {
	struct guiju_text id, label, english;
	uint32_t years;             /* published */
	bool assumes;               /* else nothing is assumed, and days that depend on other years are not known */
	uint32_t weekdays_off;      /* at most so many Mondays to Fridays off in a year */
	uint32_t days_made_up;      /* at most so many Saturdays and Sundays worked in a year */
	uint32_t rest, work;        /* no longer run of days off, of working days */
	uint32_t always_off;        /* how many days of the year are always off */
	uint32_t cites;             /* clauses that the assumption cites */
};

struct guiju_calendar_year {
	int32_t year;
	struct guiju_text notice;   /* where it was published */
	uint32_t off, made_up;      /* days off (some of them Saturdays or Sundays), and Saturdays and Sundays worked */
};

GUIJU_API enum guiju_status guiju_calendar(const struct guiju_table *table, uint32_t calendar,
					   struct guiju_calendar *out);
GUIJU_API enum guiju_status guiju_calendar_year(const struct guiju_table *table, uint32_t calendar, uint32_t index,
						struct guiju_calendar_year *out);
/* A day off (made_up false) or made up of a published year. */
GUIJU_API enum guiju_status guiju_calendar_day(const struct guiju_table *table, uint32_t calendar, uint32_t year_index,
					       bool made_up, uint32_t index, int64_t *day);
/* Month (1 to 12) and day of the month that are always off. */
GUIJU_API enum guiju_status guiju_calendar_always(const struct guiju_table *table, uint32_t calendar, uint32_t index,
						  uint32_t *month, uint32_t *day);
GUIJU_API enum guiju_status guiju_calendar_cite(const struct guiju_table *table, uint32_t calendar, uint32_t index,
						struct guiju_text *clause);

/* The day `amount` (1 to 100,000) units after `from`, or, with `back`, before it. `moves`: if it is no working day, the
 * next one (Civil Code, article 203); not with `back`. Scratch: guiju_step_scratch_size. calendar: UINT32_MAX where the
 * unit is not working days and `moves` is false. */
GUIJU_API enum guiju_status guiju_count(const struct guiju_table *table, uint32_t calendar, int64_t from, bool back,
					uint32_t amount, enum guiju_unit unit, bool moves, void *scratch,
					size_t scratch_size, struct guiju_dates *out);

/* ---- procedures: what they hold. States, events, steps, duties and validities are counted within their procedure ---- */

enum guiju_actor { GUIJU_ROLE = 0, GUIJU_TIME = 1, GUIJU_OUTSIDE = 2, GUIJU_NOBODY = 3 /* not written */ };

enum guiju_limit_kind {
	GUIJU_LIMIT_NONE = 0,           /* nothing is written */
	GUIJU_LIMIT_UNLIMITED = 1,      /* said to have none */
	GUIJU_LIMIT_WITHIN = 2,         /* `amount` units from the start; duties only */
	GUIJU_LIMIT_VAGUE = 3,          /* in words without a number: `words` */
	GUIJU_LIMIT_BY_DATE = 4,        /* up to and including `date` */
	GUIJU_LIMIT_IN_THE_LAST = 5,    /* opens on the day so many units before the last day of `validity`, closes the
					 * day before that last day */
	GUIJU_LIMIT_AT_LEAST_BEFORE = 6 /* up to and including the day so many units before the last day of `validity` */
};
struct guiju_limit {
	enum guiju_limit_kind kind;
	uint32_t amount;
	enum guiju_unit unit;
	uint32_t validity;              /* else UINT32_MAX */
	int64_t date;                   /* else GUIJU_NO_DAY */
	struct guiju_text words;
};

struct guiju_procedure {
	struct guiju_text id, label, english;
	uint32_t calendar;              /* UINT32_MAX: none */
	uint32_t start;                 /* state */
	bool last_day_moves;            /* deadlines in days, months or years end on a working day */
	uint32_t states, events, steps, duties, validities;
	uint32_t cites;
};
struct guiju_state {
	struct guiju_text id, label, english;
	bool final;                     /* one may end here */
	bool no_stay;                   /* it must be left at once */
	uint32_t cites;
};
struct guiju_event {
	struct guiju_text id, label, english;
	enum guiju_actor actor;
	uint32_t role;                  /* of GUIJU_ROLE; else UINT32_MAX */
	uint32_t cites;
};
struct guiju_transition {
	struct guiju_text id, label, english;
	uint32_t event, to;             /* to: state, or UINT32_MAX: it stays as it is */
	uint32_t from;                  /* how many states it leaves */
	enum guiju_actor actor;
	uint32_t role;
	bool guarded;                   /* it has a condition over facts and decisions */
	bool discretion;                /* whether to take it, or whether its circumstance holds, is left to someone */
	struct guiju_text circumstance; /* in words only, or empty */
	struct guiju_limit limit;
	uint32_t expiry_of;             /* the validity whose end it is, or UINT32_MAX */
	uint32_t materials;             /* how many are to be submitted */
	bool materials_open;            /* others of the kind may be asked for, by: */
	uint32_t materials_role;        /* or UINT32_MAX */
	uint32_t cites;
};
enum guiju_lapse {
	GUIJU_LAPSE_UNSTATED = 0,       /* nothing is written */
	GUIJU_LAPSE_NONE = 1,           /* said to have no consequence */
	GUIJU_LAPSE_EVENT = 2,          /* `lapse_to` happens of itself the day after */
	GUIJU_LAPSE_STATE = 3,          /* the state becomes `lapse_to` the day after */
	GUIJU_LAPSE_WORDS = 4           /* a consequence outside the procedure: `lapse_words` */
};
struct guiju_duty {
	struct guiju_text id, label, english;
	uint32_t role, toward;          /* UINT32_MAX: not written */
	struct guiju_limit limit;
	bool repeated;                  /* once in every `every_amount` units */
	uint32_t every_amount;
	enum guiju_unit every_unit;
	struct guiju_text every_words;  /* repeated in words without a number, or empty */
	enum guiju_lapse lapse;
	uint32_t lapse_to;              /* else UINT32_MAX */
	struct guiju_text lapse_words, start_words;
	uint32_t cites;
};
struct guiju_validity {
	struct guiju_text id, label, english;
	uint32_t amount;
	enum guiju_unit unit;
	bool survives;                  /* beyond the end of the rulebook itself */
	struct guiju_text start_words;
	uint32_t cites;
};

/* What a clause is cited by. */
enum guiju_part {
	GUIJU_PROCEDURE = 0, GUIJU_STATE = 1, GUIJU_EVENT = 2, GUIJU_TRANSITION = 3, GUIJU_DUTY = 4, GUIJU_VALIDITY = 5
};

struct guiju_time_about {
	uint32_t calendars, roles, procedures;
};
GUIJU_API void guiju_about_time(const struct guiju_table *table, struct guiju_time_about *out);
GUIJU_API enum guiju_status guiju_role(const struct guiju_table *table, uint32_t role, struct guiju_name *out);
GUIJU_API enum guiju_status guiju_procedure(const struct guiju_table *table, uint32_t procedure,
					    struct guiju_procedure *out);
GUIJU_API enum guiju_status guiju_state(const struct guiju_table *table, uint32_t procedure, uint32_t state,
					struct guiju_state *out);
GUIJU_API enum guiju_status guiju_event(const struct guiju_table *table, uint32_t procedure, uint32_t event,
					struct guiju_event *out);
GUIJU_API enum guiju_status guiju_transition(const struct guiju_table *table, uint32_t procedure, uint32_t step,
					     struct guiju_transition *out);
GUIJU_API enum guiju_status guiju_transition_from(const struct guiju_table *table, uint32_t procedure, uint32_t step,
						  uint32_t index, uint32_t *state);
GUIJU_API enum guiju_status guiju_transition_material(const struct guiju_table *table, uint32_t procedure,
						      uint32_t step, uint32_t index, struct guiju_text *material);
GUIJU_API enum guiju_status guiju_duty(const struct guiju_table *table, uint32_t procedure, uint32_t duty,
				       struct guiju_duty *out);
GUIJU_API enum guiju_status guiju_validity(const struct guiju_table *table, uint32_t procedure, uint32_t validity,
					   struct guiju_validity *out);
GUIJU_API enum guiju_status guiju_part_cite(const struct guiju_table *table, uint32_t procedure, enum guiju_part part,
					    uint32_t index, uint32_t cite, struct guiju_text *clause);
/* Index of a procedure, or of a state, event or duty of one, by its id; UINT32_MAX: none. */
GUIJU_API uint32_t guiju_find_procedure(const struct guiju_table *table, const char *id);
GUIJU_API uint32_t guiju_find_state(const struct guiju_table *table, uint32_t procedure, const char *id);
GUIJU_API uint32_t guiju_find_event(const struct guiju_table *table, uint32_t procedure, const char *id);

/* ---- steps ---- */

struct guiju_past {
	uint32_t event;
	int64_t day;
};

#define GUIJU_NO_EVENT UINT32_MAX

struct guiju_move {
	uint32_t procedure, state;
	uint32_t event;                 /* GUIJU_NO_EVENT: none happens; what runs on that day is told */
	int64_t day;                    /* of the event */
	const struct guiju_past *past;  /* earlier events in the order in which they happened, none after `day` */
	uint32_t past_count;
	const int64_t *values;          /* facts for guards, as guiju_decide_partial takes them; NULL: none is known */
	const uint64_t *known;
	uint64_t budget;                /* likewise */
};

enum guiju_acceptance { GUIJU_REFUSED = 0, GUIJU_ACCEPTED = 1, GUIJU_UNKNOWN = 2 };

enum guiju_cause_kind {
	GUIJU_WRONG_STATE = 0,      /* no step of the event leaves the state; `step` is UINT32_MAX */
	GUIJU_GUARD_FALSE = 1,
	GUIJU_GUARD_UNKNOWN = 2,    /* see `ask` */
	GUIJU_CLOSED = 3,           /* the day is not within the step's window: before it opens or after it closes */
	GUIJU_WINDOW_UNKNOWN = 4,   /* whether it is depends on a year that is not published, or on a day not given */
	GUIJU_SEVERAL = 5           /* it may be taken, but so may another one that leads elsewhere */
};
struct guiju_cause {
	enum guiju_cause_kind kind;
	uint32_t step;
	/* Of a window: first and last day. Exact, with GUIJU_NO_DAY in both ends: it is not bounded there, or that the
	 * validity it depends on has ended. */
	struct guiju_dates opens, closes;
};

enum guiju_clock_fate {
	GUIJU_STARTED = 0,          /* by this event, or anew */
	GUIJU_RUNNING = 1,          /* since an earlier event */
	GUIJU_DISCHARGED = 2,       /* by this event: the duty is done */
	GUIJU_RELEASED = 3          /* by this event: it is no longer owed, or no longer in force */
};
struct guiju_clock {
	bool is_duty;
	uint32_t index;             /* duty or validity */
	enum guiju_clock_fate fate;
	bool suspended;             /* its days are not counted at present, and `due` is not known */
	bool due_known;             /* else it has no number, or its start was not given */
	bool overdue;               /* the last day is past, under every calendar */
	struct guiju_dates due;     /* last day to do it; of a validity the last day in force */
};

struct guiju_window {
	uint32_t step;
	struct guiju_dates opens, closes; /* as in struct guiju_cause */
};

struct guiju_stepped {
	enum guiju_acceptance accepted;
	uint32_t state;             /* the next one if accepted, else the same */
	uint32_t step;              /* the step taken if accepted; else UINT32_MAX */
	uint32_t constraint;        /* with GUIJU_EXCLUDED: the constraint broken; else UINT32_MAX */
	uint32_t fact;              /* with GUIJU_OUTSIDE_DOMAIN: the fact; else UINT32_MAX */
	/* In the caller's scratch memory, valid until its next use. */
	const struct guiju_cause *causes; /* refused or unknown: why, per step of the event that leaves the state; none
					   * without an event */
	uint32_t cause_count;
	const struct guiju_clock *clocks; /* duties, then validities, in the table's order: those that this event starts
					   * or ends, and those that run on. If not accepted: those that run */
	uint32_t clock_count;
	const struct guiju_window *windows; /* of steps that leave the state as it then is: open, or still to open */
	uint32_t window_count;
	const uint32_t *ask_facts;  /* unknown: facts on which it depends, best first of each guard */
	uint32_t ask_fact_count;
	const uint32_t *ask_events; /* unknown: events whose days are needed */
	uint32_t ask_event_count;
	bool exact;                 /* false: the budget ended; `ask_facts` may hold too much */
};

/* Bytes of scratch memory that guiju_step and guiju_count need, aligned to 8. */
GUIJU_API size_t guiju_step_scratch_size(const struct guiju_table *table);

/* Does the state take the event on that day, and what follows? A step is taken if it leaves the state, its guard holds
 * and the day is within its window. Steps of time: the end of a validity happens after its last day, the lapse of a
 * duty after the last day of its deadline. Clocks follow from the days of events alone: they run from the latest event
 * that starts them, up to the first after it that ends them; days between a suspension (that day itself is counted) and
 * the resumption (that day included) are not counted.
 * GUIJU_NO_SUCH: procedure, state or event; GUIJU_NOT_A_DAY: a day is out of range or the past is not in order. */
GUIJU_API enum guiju_status guiju_step(const struct guiju_table *table, const struct guiju_move *move, void *scratch,
				       size_t scratch_size, struct guiju_stepped *out);

#ifdef __cplusplus
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
}
#endif
#endif
