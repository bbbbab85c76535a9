/* Procedures and calendars, every name resolved: who may do what, in which state, until when.
 *
 * Everything here hangs under struct model (model.h) and obeys its rules: made by resolve_book(), changed by nobody
 * after. Indices are uint32_t; NONE says that the text names nothing. What the rulebook left out is kept as left out
 * (no role, no start, no lapse): the checks report it, the resolver does not. Days are days since 1970-01-01.
 *
 * note [clocks]
 * A clock is a duty or a validity of a procedure. It runs from the day of any event of its `from` (the latest such day
 * counts, and that day itself is not counted) until an event of `discharged_by`, `released_by` or `ended_by`. A step
 * may restart it (it runs anew from the day of that step), suspend it (days are not counted) or resume it. All steps of
 * one event agree on what they do to clocks, which the resolver sees to; so the dates of events alone tell every clock.
 *
 * note [counting]
 * As in Civil Code 201-203. The day of the event is not counted. N working days end on the Nth working day after it; N
 * days on the Nth day after it; months and years on the corresponding day of the month, or its last day where that
 * month has none. Where the rulebook says so (`last_day_moves`), a deadline in days, months or years that ends on no
 * working day ends on the next one; a validity never moves, because nothing has to be done on its last day. A validity
 * is in force up to and including its last day, and its time step (`by_time`) happens on the day after. */
#ifndef GUIJU_MODEL_PROCEDURE_H
#define GUIJU_MODEL_PROCEDURE_H
#include "model/model.h"

/* Limits, each with its own message. */
enum {
	LIMIT_PROCEDURES = 64,
	LIMIT_STATES = 256,          /* of a procedure */
	LIMIT_EVENTS = 256,
	LIMIT_STEPS = 1024,
	LIMIT_CLOCKS = 256,          /* duties and validities of a procedure, each */
	LIMIT_MATERIALS = 256,       /* of a step */
	LIMIT_CALENDARS = 16,
	LIMIT_MOVES = 256,           /* moves of a case */
	YEAR_LOW = 1900,             /* years of a calendar, as of all dates */
	YEAR_HIGH = 2199,
	DAYS_OF_YEAR = 366,
	LIMIT_DAYS = 10000,          /* of a period in working days or days */
	LIMIT_MONTHS = 2400,
	LIMIT_YEARS = 200
};

/* ---- calendars ---- */

enum day_kind { DAY_OFF, DAY_MADE_UP };

struct calendar_day {
	int32_t day;
	enum day_kind kind;          /* off (on a weekday or within a rest), or worked although a Saturday or Sunday */
	const char *name;            /* 春节, or NULL */
	struct span span;
};

struct calendar_year {               /* one year as published; every other day of it is as its weekday says */
	int32_t year;
	const char *notice;          /* the notice it comes from: never NULL, "" if not given */
	struct attributes attributes;
	struct calendar_day *days;   /* ascending, each day once, all of them in this year */
	size_t day_count;
	struct span span;
};

struct month_day {
	uint8_t month, day;          /* 1…12, 1…31 */
};

/* What is assumed of a year that nobody published: it has Saturdays and Sundays off unless made up, other days worked
 * unless off, within these limits. A limit that is not given is UNLIMITED: then nothing is assumed of it. */
#define UNLIMITED UINT32_MAX
struct calendar_assumption {
	bool given;
	uint32_t weekdays_off;       /* at most so many Mondays to Fridays off in a year */
	uint32_t made_up;            /* at most so many Saturdays and Sundays worked in a year */
	uint32_t rest;               /* no longer run of days off than this */
	uint32_t work;               /* no longer run of working days than this */
	struct month_day *always_off; /* off in every year, ascending */
	size_t always_off_count;
	struct attributes attributes; /* its source */
	struct span span;
};

struct calendar {
	struct name name;
	struct attributes attributes;
	struct span span, name_span;
	struct calendar_year *years; /* ascending, each year once; they need not be consecutive */
	size_t year_count;
	struct calendar_assumption assumption;
};

/* ---- periods and limits ---- */

enum time_unit { UNIT_WORKING_DAYS, UNIT_DAYS, UNIT_MONTHS, UNIT_YEARS };

struct period {                      /* 5个工作日 */
	uint32_t amount;             /* 1…LIMIT_DAYS, LIMIT_MONTHS, LIMIT_YEARS */
	enum time_unit unit;
};

/* How counting is meant: 约定 in the head. A statement that is missing is a finding where it matters, and the counting
 * is the same. */
struct counting {
	bool start_day_excluded;     /* 开始当日不计入 is stated */
	bool corresponding_day;      /* 止于对应日 is stated, for months and years */
	bool last_day_moves;         /* 末日顺延 is stated: see note [counting] */
	const char **vague_words;    /* 第一时间、及时、限期: the time words that the rulebook declares to have no number */
	size_t vague_word_count;
};

enum limit_kind {
	LIMIT_KIND_NONE,             /* 限 is not written */
	LIMIT_KIND_UNLIMITED,        /* 不限期: the text sets none, and the rulebook says so */
	LIMIT_KIND_WITHIN,           /* N from the start: `period`. Of duties only */
	LIMIT_KIND_VAGUE,            /* 无确数 「第一时间」: `vague`. Declared where the duty or step has 裁量 */
	LIMIT_KIND_BY_DATE,          /* 不迟于 2026-06-30: up to and including `date` */
	LIMIT_KIND_IN_THE_LAST,      /* 届满前 N 之内: opens on the Nth day counted back from the last day of `validity`,
	                              * that day not counted, and closes the day before it */
	LIMIT_KIND_AT_LEAST_BEFORE   /* 届满前 N 以前: any day up to and including that Nth day; never before the start */
};

struct limit {
	enum limit_kind kind;
	struct period period;        /* WITHIN, IN_THE_LAST, AT_LEAST_BEFORE */
	uint32_t validity;           /* IN_THE_LAST, AT_LEAST_BEFORE: index into validities, else NONE */
	int32_t date;                /* BY_DATE */
	const char *vague;           /* VAGUE, else NULL */
	struct span span;
};

/* ---- states, events, steps ---- */

struct state {
	struct name name;
	struct span span;
	struct attributes attributes;
	bool start;                  /* exactly one of a procedure, else a finding of the resolver */
	bool final;                  /* one may end here; steps may still leave it */
	bool no_stay;                /* 不得停留: it must be left at once */
};

enum actor_kind {
	ACTOR_ROLE,                  /* 由 ROLE: `role` */
	ACTOR_TIME,                  /* 由 时间: at the end of a validity, or when a deadline lapses */
	ACTOR_OUTSIDE,               /* 由 外界: it happens to the parties, as an incident does */
	ACTOR_NONE                   /* 由 is not written: a finding of the checks */
};

struct event {
	struct name name;            /* declared with 事件, or that of its first step */
	struct span span;
	struct attributes attributes;
	enum actor_kind actor;       /* the same in all its steps */
	uint32_t role;               /* ACTOR_ROLE; else NONE */
	uint32_t *steps;             /* indices into procedure->steps, in source order; none: no state accepts it */
	size_t step_count;
	/* The cases of its guards (model.h, note [cases]); all empty when no step of it has a guard. */
	uint32_t *dims, *constraints, *fed_by;
	size_t dim_count, constraint_count, fed_by_count;
};

enum clock_kind { CLOCK_DUTY, CLOCK_VALIDITY };
struct clock_ref {
	enum clock_kind kind;
	uint32_t index;              /* into duties or validities */
	struct span span;
};

struct step {
	struct name name;
	struct span span, name_span;
	struct attributes attributes; /* 裁量: whether to take it, or whether its circumstance holds, is left to someone */
	uint32_t event;
	enum actor_kind actor;
	uint32_t role;               /* ACTOR_ROLE; else NONE */
	uint32_t expiry_of;          /* ACTOR_TIME: the validity whose end it is (届满 V), or NONE: a duty's lapse */
	uint32_t *from;              /* states, in source order, each once; at least one */
	size_t from_count;
	uint32_t to;                 /* state, or NONE: 原状态, the state stays as it is */
	struct cond *guard;          /* 当: over facts and decisions, or NULL: always */
	const char *circumstance;    /* 情形 「情节严重」: in words only, or NULL; declared where 裁量 is written */
	struct limit limit;          /* when it may be taken: every kind but WITHIN */
	const char **materials;      /* 材料, in order */
	size_t material_count;
	bool materials_open;         /* 等: others of the kind may be asked for */
	uint32_t materials_role;     /* by whom: 等 裁量 ROLE; or NONE: nobody named */
	struct clock_ref *restarts, *suspends, *resumes, *ends; /* 重计, 中止, 恢复, 终结; each in source order */
	size_t restart_count, suspend_count, resume_count, end_count;
};

/* ---- duties, validities ---- */

enum lapse_kind {                    /* 逾期: what follows when the deadline passes */
	LAPSE_UNSTATED,              /* nothing is written: a finding of the checks */
	LAPSE_NONE,                  /* 无后果: the duty stays, overdue, and the rulebook says so */
	LAPSE_EVENT,                 /* 视为 EVENT: the event happens of itself the day after */
	LAPSE_STATE,                 /* 至 STATE: the state changes the day after */
	LAPSE_WORDS                  /* 「依法追究责任」: a consequence outside the procedure */
};
struct lapse {
	enum lapse_kind kind;
	uint32_t event, state;       /* else NONE */
	const char *words;           /* LAPSE_WORDS, else NULL */
	struct attributes attributes; /* 依据, 释疑, 理由 of the lapse itself */
	struct span span;
};

struct starts {                      /* 自: from which events a clock runs */
	uint32_t *events;            /* in source order; none: the text gives no start, or gives it in words only */
	size_t event_count;
	const char *words;           /* 无确指 「决定送达之日」: a day that no event of the procedure is; or NULL */
	struct span span;            /* start == end == 0 when 自 is not written */
};

enum anchor_kind {                   /* from when a repeated duty counts its periods */
	ANCHOR_NONE,                 /* not stated: a finding of the checks */
	ANCHOR_DATE,                 /* 起于 01-01: the periods of the calendar year that begin at this day and month */
	ANCHOR_EVENT                 /* 自 EVENT: the events of `from`; a new occurrence begins anew */
};
enum every_kind { EVERY_NOT, EVERY_PERIOD, EVERY_VAGUE };
struct every {                       /* 每 6个月 起于 01-01 */
	enum every_kind kind;
	struct period period;
	const char *vague;           /* 定期; declared where the duty has 裁量 */
	enum anchor_kind anchor;
	struct month_day month_day;  /* ANCHOR_DATE */
	struct span span;
};

/* A repeated duty (every.kind PERIOD) is due once in each period: on its last day, or, where `limit` is WITHIN, so long
 * after its last day. A discharge serves the period in which it happens (or the one whose grace is running). */
struct duty {
	struct name name;
	struct span span, name_span;
	struct attributes attributes;
	uint32_t role, toward;       /* 由, 对; NONE: not written */
	struct limit limit;
	struct every every;
	struct starts from;
	uint32_t *discharged_by, *released_by; /* events: 履行于 done; 免于 no longer owed */
	size_t discharge_count, release_count;
	struct lapse lapse;
	uint32_t *restarted_by, *suspended_by, *resumed_by, *ended_by; /* events whose steps do it (note [clocks]) */
	size_t restart_count, suspend_count, resume_count, end_count;
};

struct validity {
	struct name name;
	struct span span, name_span;
	struct attributes attributes;
	struct period period;
	struct starts from;
	bool survives;               /* 存续: stays in force beyond the end of the rulebook itself, and the rulebook says so */
	uint32_t *restarted_by, *suspended_by, *resumed_by, *ended_by; /* events, as of a duty */
	size_t restart_count, suspend_count, resume_count, end_count;
};

/* ---- properties in time ---- */

enum time_property_kind {
	TIME_BEFORE,                 /* STATE 之前 EVENT: no state of `states` is entered on any path from the start
	                              * unless an event of `events` happened before */
	TIME_AFTER,                  /* STATE 之后 STATE 须经 EVENT: once a state of `after` was entered, none of `states`
	                              * is entered again unless an event of `events` happened in between */
	TIME_ANSWERED                /* 每个 EVENT 答复或逾期有定: whenever an event of `events` happens, a duty runs from it
	                              * that has a deadline and is either discharged in time or has a stated lapse */
};
struct time_property {               /* 断言 用于 PROCEDURE */
	struct name name;
	struct span span, name_span;
	struct attributes attributes;
	enum time_property_kind kind;
	uint32_t *states, *after, *events;
	size_t state_count, after_count, event_count;
};

struct procedure {
	struct name name;
	struct span span, name_span;
	struct attributes attributes;
	uint32_t calendar;           /* index into model->calendars; NONE: no calendar declared */
	struct state *states;        /* in source order */
	struct event *events;
	struct step *steps;
	struct duty *duties;
	struct validity *validities;
	struct time_property *properties;
	size_t state_count, event_count, step_count, duty_count, validity_count, property_count;
	uint32_t start;              /* the state */
};

/* ---- cases: 案例 「…」 程序 P 自 STATE 于 DATE EVENT … 则 … ---- */

struct move {
	int32_t day;                 /* never before the day of the move above it */
	uint32_t event;
	struct span span;
};
struct due_expectation {             /* D 至 2026-02-27: exact; D 自 2027-01-08 至 2027-01-15: an interval */
	struct clock_ref clock;
	int32_t earliest, latest;
	bool exact;                  /* earliest == latest, and the answer must say exact */
	struct span span;
};
enum step_expectation { STEP_TAKEN, STEP_REFUSED };
struct procedure_case {
	const char *name;
	struct span span;
	struct attributes attributes;
	uint32_t procedure, state;   /* the state before the first move */
	struct fact_setting *facts;  /* one per fact, for the guards: baseline and settings */
	struct move *moves;          /* at least one; all but the last must be accepted */
	size_t move_count;
	enum step_expectation last;  /* what the last move must get: 则 STATE, or 则 不受理 */
	uint32_t expected_state;     /* STEP_TAKEN: the state after it; else NONE */
	struct due_expectation *dues; /* of duties and validities running after the last move */
	size_t due_count;
	struct span expected_span;
};

/* "5个工作日"; "5个工作日内", "届满前60个工作日之内" (limit_words: empty where nothing is written). */
struct phrase period_words(struct arena *arena, struct period period);
struct phrase limit_words(struct arena *arena, const struct procedure *p, const struct limit *limit);
/* When a duty is to be done, in short: its limit, or how often: "5个工作日内", "每6个月"; "" where nothing is written. */
struct phrase duty_due_words(struct arena *arena, const struct procedure *p, const struct duty *duty);
struct phrase lapse_words(struct arena *arena, const struct procedure *p, const struct lapse *lapse);
/* Who: the role's name, time, the world outside. */
struct phrase actor_words(const struct model *m, enum actor_kind actor, uint32_t role);

uint32_t model_procedure(const struct model *model, const char *id_or_label);        /* NONE */
uint32_t procedure_state(const struct procedure *procedure, const char *id_or_label); /* NONE */
uint32_t procedure_event(const struct procedure *procedure, const char *id_or_label); /* NONE */

#endif
