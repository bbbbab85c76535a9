/* A procedure with one of everything that a table can hold, put under a model by hand: so that the runtime is tested
 * apart from how procedures are written. */
#ifndef PROCEDURE_FIXTURE_H
#define PROCEDURE_FIXTURE_H
#include "model/procedure.h"

enum { START, FILED, GRANTED, WORKING, STOPPED, OVER, RENEWING, STATES };
enum { FILE_IT, GRANT, WORK, STOP, RENEW, EXPIRE, LAPSE, HOLD, GO_ON, EARLY, REPORT, CHANGE, UNUSED, EVENTS };
enum { ANSWER, FEE, SOON, HALF_YEARLY, DATED, CLOSING, DUTIES };

#define NAMED(word)                                                             \
	{                                                                       \
		.id = (word), .label = "「" word "」", .english = "the " word \
	}

static struct state made_states[STATES] = {
	{ .name = NAMED("start"), .start = true },
	{ .name = NAMED("filed") },
	{ .name = NAMED("granted") },
	{ .name = NAMED("working") },
	{ .name = NAMED("stopped"), .final = true },
	{ .name = NAMED("over"), .final = true, .no_stay = true },
	{ .name = NAMED("renewing") },
};

static struct event made_events[EVENTS] = {
	{ .name = NAMED("file"), .actor = ACTOR_ROLE, .role = 0 },
	{ .name = NAMED("grant"), .actor = ACTOR_ROLE, .role = 1 },
	{ .name = NAMED("work"), .actor = ACTOR_ROLE, .role = 0 },
	{ .name = NAMED("stop"), .actor = ACTOR_OUTSIDE, .role = NONE },
	{ .name = NAMED("renew"), .actor = ACTOR_ROLE, .role = 0 },
	{ .name = NAMED("expire"), .actor = ACTOR_TIME, .role = NONE },
	{ .name = NAMED("lapse"), .actor = ACTOR_TIME, .role = NONE },
	{ .name = NAMED("hold"), .actor = ACTOR_ROLE, .role = 1 },
	{ .name = NAMED("go_on"), .actor = ACTOR_ROLE, .role = 1 },
	{ .name = NAMED("early"), .actor = ACTOR_ROLE, .role = 0 },
	{ .name = NAMED("report"), .actor = ACTOR_ROLE, .role = 0 },
	{ .name = NAMED("change"), .actor = ACTOR_ROLE, .role = 0 },
	{ .name = NAMED("unused"), .actor = ACTOR_NONE, .role = NONE },
};

static uint32_t from_start[] = { START }, from_filed[] = { FILED }, from_granted[] = { GRANTED };
static uint32_t from_working[] = { WORKING, RENEWING }, from_valid[] = { GRANTED, WORKING };
static const char *made_materials[] = { "「表」", "「图」" };
static const char *made_clauses[] = { "1.1", "2.1" };

#define CITED .attributes = { .cites = { .clauses = made_clauses, .count = 2 } }
#define STEP(word, of, states, count, goes) \
	.name = NAMED(word), .event = (of), .actor = ACTOR_ROLE, .role = 0, .expiry_of = NONE, .from = (states), \
	.from_count = (count), .to = (goes), .materials_role = NONE

enum { STEP_WORK = 2, STEP_ALSO = 3, STEP_RENEW = 5, STEP_EARLY = 10, STEPS = 16 };
static struct step made_steps[STEPS] = {
	{ STEP("file_it", FILE_IT, from_start, 1, FILED), CITED, .materials = made_materials, .material_count = 2,
	  .materials_open = true, .limit = { .validity = NONE } },
	{ STEP("grant_it", GRANT, from_filed, 1, GRANTED), .limit = { .validity = NONE } },
	{ STEP("work_member", WORK, from_granted, 1, WORKING), CITED, .limit = { .validity = NONE } },
	{ STEP("work_other", WORK, from_granted, 1, STOPPED), .limit = { .validity = NONE } },
	{ STEP("stop_it", STOP, from_working, 2, STOPPED), .circumstance = "情节严重", .limit = { .validity = NONE } },
	{ STEP("renew_it", RENEW, from_working, 1, RENEWING), CITED,
	  .limit = { .kind = LIMIT_KIND_IN_THE_LAST, .period = { 60, UNIT_WORKING_DAYS }, .validity = 0 } },
	{ STEP("expire_it", EXPIRE, from_valid, 2, OVER), .limit = { .validity = NONE } },
	{ STEP("silence", LAPSE, from_filed, 1, GRANTED), .limit = { .validity = NONE } },
	{ STEP("hold_it", HOLD, from_filed, 1, NONE), .limit = { .validity = NONE } },
	{ STEP("go_on_it", GO_ON, from_filed, 1, NONE), .limit = { .validity = NONE } },
	{ STEP("early_it", EARLY, from_working, 2, RENEWING),
	  .limit = { .kind = LIMIT_KIND_AT_LEAST_BEFORE, .period = { 6, UNIT_MONTHS }, .validity = 0 } },
	{ STEP("report_it", REPORT, from_working, 2, NONE), .limit = { .validity = NONE } },
	{ STEP("change_once", CHANGE, from_granted, 1, STOPPED), .limit = { .validity = NONE } },
	{ STEP("change_twice", CHANGE, from_granted, 1, OVER),
	  .limit = { .kind = LIMIT_KIND_BY_DATE, .date = 20514, .validity = NONE } }, /* 2026-03-02 */
	{ STEP("stop_filed", STOP, from_filed, 1, STOPPED), .limit = { .validity = NONE } },
	{ STEP("report_filed", REPORT, from_filed, 1, NONE), .limit = { .kind = LIMIT_KIND_VAGUE, .vague = "及时", .validity = NONE } },
};

static uint32_t e_file[] = { FILE_IT }, e_grant[] = { GRANT }, e_hold[] = { HOLD }, e_go_on[] = { GO_ON },
		e_report[] = { REPORT }, e_renew[] = { RENEW }, e_stop[] = { STOP };

#define DUTY(word) .name = NAMED(word), .role = 1, .toward = 0, .lapse = { .event = NONE, .state = NONE }
static struct duty made_duties[DUTIES] = {
	{ .name = NAMED("answer"), .role = 1, .toward = 0, CITED,
	  .limit = { .kind = LIMIT_KIND_WITHIN, .period = { 5, UNIT_WORKING_DAYS }, .validity = NONE },
	  .from = { .events = e_file, .event_count = 1 }, .discharged_by = e_grant, .discharge_count = 1,
	  .lapse = { .kind = LAPSE_EVENT, .event = LAPSE, .state = NONE }, .suspended_by = e_hold, .suspend_count = 1,
	  .resumed_by = e_go_on, .resume_count = 1, .ended_by = e_stop, .end_count = 1 },
	{ DUTY("fee"), .limit = { .kind = LIMIT_KIND_WITHIN, .period = { 10, UNIT_DAYS }, .validity = NONE },
	  .from = { .events = e_grant, .event_count = 1 } },
	{ DUTY("soon"), .limit = { .kind = LIMIT_KIND_VAGUE, .vague = "第一时间", .validity = NONE },
	  .from = { .events = e_grant, .event_count = 1 } },
	{ DUTY("half_yearly"),
	  .limit = { .kind = LIMIT_KIND_WITHIN, .period = { 10, UNIT_DAYS }, .validity = NONE },
	  .every = { .kind = EVERY_PERIOD, .period = { 6, UNIT_MONTHS }, .anchor = ANCHOR_DATE, .month_day = { 1, 1 } },
	  .discharged_by = e_report, .discharge_count = 1 },
	{ DUTY("dated"), .limit = { .kind = LIMIT_KIND_BY_DATE, .date = 20634, .validity = NONE }, /* 2026-06-30 */
	  .released_by = e_stop, .release_count = 1 },
	{ DUTY("closing"),
	  .limit = { .kind = LIMIT_KIND_AT_LEAST_BEFORE, .period = { 1, UNIT_MONTHS }, .validity = 0 },
	  .from = { .events = e_renew, .event_count = 1 } },
};

static struct validity made_validities[1] = {
	{ .name = NAMED("permit"), CITED, .period = { 3, UNIT_YEARS }, .from = { .events = e_grant, .event_count = 1 },
	  .suspended_by = e_stop, .suspend_count = 1 },
};

static struct counting made_counting = { .last_day_moves = true };
static struct procedure made_procedure = {
	.name = NAMED("permits"), CITED, .calendar = 0, .states = made_states, .events = made_events, .steps = made_steps,
	.duties = made_duties, .validities = made_validities, .state_count = STATES, .event_count = EVENTS,
	.step_count = STEPS, .duty_count = DUTIES, .validity_count = 1, .start = START,
};

/* Days off and made up of 2025 and 2026 around which the tests count, as published. */
#define OFF(at) { .day = (at), .kind = DAY_OFF }
#define MADE_UP(at) { .day = (at), .kind = DAY_MADE_UP }
static struct calendar_day days_2026[] = {
	OFF(20454), OFF(20455), OFF(20456), MADE_UP(20457), /* New Year: 1 to 3, Sunday 4 January */
	MADE_UP(20498), OFF(20499), OFF(20500), OFF(20501), OFF(20502), OFF(20503), OFF(20504), OFF(20505),
	OFF(20506), OFF(20507), MADE_UP(20512), /* Spring Festival: Saturday 14, 15 to 23, Saturday 28 February */
};
static struct calendar_year made_years[] = {
	{ .year = 2026, .notice = "国务院办公厅关于2026年部分节假日安排的通知", .days = days_2026,
	  .day_count = sizeof days_2026 / sizeof *days_2026 },
};
static struct month_day made_always[] = { { 1, 1 }, { 10, 1 } };
static struct calendar made_calendars[] = {
	{ .name = NAMED("cn"), .years = made_years, .year_count = 1,
	  .assumption = { .given = true, .weekdays_off = 20, .made_up = 9, .rest = 10, .work = 8,
			  .always_off = made_always, .always_off_count = 2, CITED } },
};

/* The guards are over the fact of this index, and the cases those of this decision. */
static void attach_procedure(struct model *model, struct cond *guard, struct cond *other,
			     const struct decision *cases)
{
	made_steps[STEP_WORK].guard = guard;
	made_steps[STEP_ALSO].guard = other;
	made_events[WORK].dims = cases->dims;
	made_events[WORK].dim_count = cases->dim_count;
	made_events[WORK].constraints = cases->constraints;
	made_events[WORK].constraint_count = cases->constraint_count;
	made_events[WORK].fed_by = cases->fed_by;
	made_events[WORK].fed_by_count = cases->fed_by_count;
	made_steps[6].actor = made_steps[7].actor = ACTOR_TIME;
	made_steps[6].role = made_steps[7].role = NONE;
	made_steps[6].expiry_of = 0;
	model->calendars = made_calendars;
	model->calendar_count = 1;
	model->procedures = &made_procedure;
	model->procedure_count = 1;
	model->counting = &made_counting;
}

#endif
