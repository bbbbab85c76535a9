/* Steps of a hand-made procedure, as the line of JSON that `guiju step` answers: the runtime and the writer of answers
 * together. */
#include "decide/stepper.h"
#include "format.h"
#include "guiju.h"
#include "lower/table.h"
#include "procedure_fixture.h"
#include "rulebook_fixture.h"

#define BOOK                                                                                       \
	"```rulebook\n规则书 pool「游泳馆」\n事实 member「会员」: 是否\n"                          \
	"事实 age「年龄」: 整数 0 至 120岁\n判定 group「组」: { child「儿童」、 adult「成人」 }\n" \
	"角色 applicant「申请人」\n角色 office「机关」\n"                                          \
	"前提 babies 理由 「例」\n  当 age 不满3岁 则 member 为 否\n"                              \
	"规则 young「少」 用于 group 理由 「例」\n  当 age 不满18岁 或 member\n  则 child\n"         \
	"缺省 adult 用于 group 理由 「例」\n```\n"

struct opened {
	struct book book;
	const struct table *made;
	const struct guiju_table *table;
	struct facts *facts;
	struct answerer *answerer;
};

static struct cond *test_of(struct arena *arena, enum cond_kind kind, uint32_t of, int64_t value)
{
	struct cond *cond = arena_new_of(arena, struct cond);
	*cond = (struct cond){ .kind = kind, .dim = of, .decision = of };
	cond->ranges.items = arena_new_of(arena, struct range);
	cond->ranges.items[0] = (struct range){ value, value };
	cond->ranges.count = 1;
	return cond;
}

/* Guards: work_member where the group is a child's, work_other where it is not. */
static void open_pool(struct opened *o)
{
	memset(o, 0, sizeof *o);
	book_open(&o->book, BOOK);
	struct model *m = o->book.model;
	struct arena *arena = o->book.arena;
	ck_assert_msg(m != NULL, "%s", book_findings(&o->book, true));
	struct decision *cases = arena_new_of(arena, struct decision);
	*cases = m->decisions[0];
	cases->fed_by = arena_new_array(arena, uint32_t, 1);
	cases->fed_by_count = 1;
	attach_procedure(m, test_of(arena, COND_DECISION, 0, 0), test_of(arena, COND_DECISION, 0, 1), cases);
	o->made = lower(arena, &o->book.diag, m);
	ck_assert_ptr_nonnull(o->made);
	ck_assert_int_eq(guiju_table_open(o->made->bytes, o->made->size, &o->table), GUIJU_OK);
	o->facts = facts_new_in(arena, o->table);
	o->answerer = answerer_new_in(arena, o->table, o->facts);
}

static int64_t day(const char *text)
{
	int64_t out = 0;
	ck_assert_msg(date_parse(text, &out), "%s", text);
	return out;
}

struct facts_given {
	bool age_known, member_known;
	int64_t member, age;
};
static const struct facts_given none = { false, false, 0, 0 };

/* The JSON line for an event, or "" for none; past: "file 2026-02-13 grant 2026-02-14". */
static const char *step(struct opened *o, const char *state, const char *event, const char *on, const char *past,
			struct facts_given given)
{
	struct guiju_past events[32];
	struct guiju_move move = { .state = guiju_find_state(o->table, 0, state),
				   .event = *event ? guiju_find_event(o->table, 0, event) : GUIJU_NO_EVENT, .day = day(on), .past = events };
	char name[32], date[16];
	int used;
	for (; sscanf(past, "%31s %15s%n", name, date, &used) == 2; past += used)
		events[move.past_count++] = (struct guiju_past){ guiju_find_event(o->table, 0, name), day(date) };
	int64_t values[] = { given.member, given.age };
	uint64_t known[] = { (uint64_t)given.member_known | (uint64_t)given.age_known << 1 };
	struct record record = { .arena = o->book.arena, .values = values, .known = known };
	struct stepper *stepper = stepper_new_in(o->book.arena, o->answerer, &move);
	struct writer w;
	writer_init(&w, o->book.arena);
	(void)answer_step(stepper, &w, &record);
	return writer_text(&w);
}

static void expect(const char *got, const char *wanted)
{
	ck_assert_msg(strstr(got, wanted) != NULL, "wanted\n%s\ngot\n%s", wanted, got);
}

static void expect_not(const char *got, const char *unwanted)
{
	ck_assert_msg(strstr(got, unwanted) == NULL, "not wanted\n%s\ngot\n%s", unwanted, got);
}

/* ---- what a table says ---- */

START_TEST(the_table_says_what_the_procedure_says)
{
	struct opened o;
	struct guiju_about about;
	struct guiju_time_about time;
	struct guiju_procedure p;
	struct guiju_state state;
	struct guiju_transition t;
	struct guiju_duty duty;
	struct guiju_validity validity;
	struct guiju_calendar calendar;
	struct guiju_calendar_year year;
	struct guiju_text text;
	struct guiju_name role;
	int64_t at;
	uint32_t month, month_day, from;
	open_pool(&o);
	guiju_about(o.table, &about);
	ck_assert_uint_eq(about.decisions, 1);
	ck_assert_uint_eq(about.rules, 2);
	ck_assert_uint_eq(guiju_find_decision(o.table, "permits.work_member"), UINT32_MAX);
	guiju_about_time(o.table, &time);
	ck_assert(time.calendars == 1 && time.roles == 2 && time.procedures == 1);
	ck_assert_int_eq(guiju_role(o.table, 1, &role), GUIJU_OK);
	ck_assert_str_eq(role.id.bytes, "office");
	ck_assert_int_eq(guiju_procedure(o.table, 0, &p), GUIJU_OK);
	ck_assert(p.states == STATES && p.events == EVENTS && p.steps == STEPS && p.duties == DUTIES && p.validities == 1);
	ck_assert(p.last_day_moves && p.calendar == 0 && p.start == START && p.cites == 2);
	/* what is not written stays as it was */
	memset(&state, 0, sizeof state);
	ck_assert_int_eq(guiju_state(o.table, 0, OVER, &state), GUIJU_OK);
	ck_assert(state.final && state.no_stay);
	memset(&state, 1, sizeof state);
	ck_assert_int_eq(guiju_state(o.table, 0, WORKING, &state), GUIJU_OK);
	ck_assert(!state.final && !state.no_stay);
	memset(&t, 1, sizeof t);
	ck_assert_int_eq(guiju_transition(o.table, 0, 0, &t), GUIJU_OK);
	ck_assert(t.materials == 2 && t.materials_open && t.event == FILE_IT && t.to == FILED && !t.guarded);
	ck_assert_int_eq(guiju_transition_material(o.table, 0, 0, 1, &text), GUIJU_OK);
	ck_assert_str_eq(text.bytes, "「图」");
	ck_assert_int_eq(guiju_transition(o.table, 0, STEP_RENEW, &t), GUIJU_OK);
	ck_assert(t.limit.kind == GUIJU_LIMIT_IN_THE_LAST && t.limit.amount == 60 && t.limit.validity == 0);
	ck_assert_int_eq(guiju_transition_from(o.table, 0, STEP_RENEW, 0, &from), GUIJU_OK);
	ck_assert_uint_eq(from, WORKING);
	ck_assert_int_eq(guiju_transition(o.table, 0, STEP_WORK, &t), GUIJU_OK);
	ck_assert(t.guarded);
	ck_assert_int_eq(guiju_duty(o.table, 0, ANSWER, &duty), GUIJU_OK);
	ck_assert(duty.role == 1 && duty.lapse == GUIJU_LAPSE_EVENT && duty.lapse_to == LAPSE);
	ck_assert_int_eq(guiju_validity(o.table, 0, 0, &validity), GUIJU_OK);
	ck_assert(validity.amount == 3 && validity.unit == GUIJU_YEARS);
	ck_assert_int_eq(guiju_calendar(o.table, 0, &calendar), GUIJU_OK);
	ck_assert(calendar.assumes && calendar.weekdays_off == 20 && calendar.days_made_up == 9);
	ck_assert_int_eq(guiju_calendar_year(o.table, 0, 0, &year), GUIJU_OK);
	ck_assert(year.year == 2026 && year.off == 12 && year.made_up == 3);
	ck_assert_int_eq(guiju_calendar_day(o.table, 0, 0, true, 1, &at), GUIJU_OK);
	ck_assert_int_eq(at, day("2026-02-14"));
	ck_assert_int_eq(guiju_calendar_always(o.table, 0, 1, &month, &month_day), GUIJU_OK);
	ck_assert(month == 10 && month_day == 1);
	ck_assert_int_eq(guiju_calendar_cite(o.table, 0, 1, &text), GUIJU_OK);
	ck_assert_str_eq(text.bytes, "2.1");
	ck_assert_int_eq(guiju_part_cite(o.table, 0, GUIJU_DUTY, ANSWER, 0, &text), GUIJU_OK);
	ck_assert_str_eq(text.bytes, "1.1");
	book_close(&o.book);
}
END_TEST

START_TEST(an_index_beyond_the_procedure_is_refused)
{
	struct opened o;
	struct guiju_procedure p;
	struct guiju_state state;
	struct guiju_event event;
	struct guiju_transition t;
	struct guiju_duty duty;
	struct guiju_validity validity;
	struct guiju_calendar calendar;
	struct guiju_calendar_year year;
	struct guiju_text text;
	struct guiju_name role;
	struct guiju_dates dates;
	int64_t at;
	uint32_t index;
	open_pool(&o);
	ck_assert_int_eq(guiju_procedure(o.table, 1, &p), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_state(o.table, 0, STATES, &state), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_event(o.table, 0, EVENTS, &event), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_event(o.table, 1, 0, &event), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_transition(o.table, 0, STEPS, &t), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_transition_from(o.table, 0, 0, 1, &index), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_transition_material(o.table, 0, 0, 2, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_duty(o.table, 0, DUTIES, &duty), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_validity(o.table, 0, 1, &validity), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_calendar(o.table, 1, &calendar), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_calendar_year(o.table, 0, 1, &year), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_calendar_day(o.table, 0, 0, false, 12, &at), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_calendar_always(o.table, 0, 2, &index, &index), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_calendar_cite(o.table, 0, 2, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_part_cite(o.table, 0, GUIJU_DUTY, DUTIES, 0, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_part_cite(o.table, 0, GUIJU_DUTY, ANSWER, 2, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_role(o.table, 2, &role), GUIJU_NO_SUCH);
	size_t size = guiju_step_scratch_size(o.table);
	void *scratch = arena_alloc(o.book.arena, size);
	ck_assert_int_eq(guiju_count(o.table, 1, 0, false, 1, GUIJU_DAYS, false, scratch, size, &dates), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_count(o.table, UINT32_MAX, 0, false, 1, GUIJU_WORKING_DAYS, false, scratch, size, &dates),
			 GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_count(o.table, UINT32_MAX, day("2026-03-02"), false, 10, GUIJU_DAYS, false, scratch, size,
				     &dates), GUIJU_OK);
	ck_assert(dates.exact && dates.earliest == day("2026-03-12") && dates.latest == day("2026-03-12"));
	ck_assert_int_eq(guiju_count(o.table, 0, day("2026-03-02"), true, 2, GUIJU_DAYS, true, scratch, size, &dates),
			 GUIJU_OK);
	ck_assert(dates.exact && dates.latest == day("2026-02-28"));
	ck_assert_int_eq(guiju_count(o.table, 0, day("2026-03-02"), false, 5, GUIJU_WORKING_DAYS, false, scratch, size,
				     &dates), GUIJU_OK);
	ck_assert(dates.exact && dates.earliest == day("2026-03-09"));
	ck_assert_int_eq(guiju_count(o.table, 0, 0, false, 0, GUIJU_DAYS, false, scratch, size, &dates), GUIJU_NOT_A_DAY);
	ck_assert_int_eq(guiju_count(o.table, 0, 84006, false, 1, GUIJU_DAYS, false, scratch, size, &dates),
			 GUIJU_NOT_A_DAY);
	ck_assert_int_eq(guiju_count(o.table, 0, 0, false, 1, GUIJU_DAYS, false, scratch, size - 9, &dates),
			 GUIJU_SCRATCH);
	book_close(&o.book);
}
END_TEST

START_TEST(a_move_that_makes_no_sense_is_refused)
{
	struct opened o;
	struct guiju_stepped out;
	open_pool(&o);
	size_t size = guiju_step_scratch_size(o.table);
	void *scratch = arena_alloc(o.book.arena, size);
	struct guiju_past past[] = { { FILE_IT, 20500 }, { GRANT, 20499 } };
	struct guiju_move move = { .state = FILED, .event = GRANT, .day = 20510 };
	ck_assert_int_eq(guiju_step(o.table, &move, scratch, size, &out), GUIJU_OK);
	ck_assert_int_eq(guiju_step(o.table, &move, scratch, size - 9, &out), GUIJU_SCRATCH);
	ck_assert_int_eq(guiju_step(o.table, &move, (char *)scratch + 4, size, &out), GUIJU_SCRATCH);
	move.past = past;
	move.past_count = 2; /* not in order */
	ck_assert_int_eq(guiju_step(o.table, &move, scratch, size, &out), GUIJU_NOT_A_DAY);
	move.past_count = 1;
	move.day = 20499; /* before the past */
	ck_assert_int_eq(guiju_step(o.table, &move, scratch, size, &out), GUIJU_NOT_A_DAY);
	move.day = 84006;
	ck_assert_int_eq(guiju_step(o.table, &move, scratch, size, &out), GUIJU_NOT_A_DAY);
	move.day = 20510;
	past[0].event = EVENTS;
	ck_assert_int_eq(guiju_step(o.table, &move, scratch, size, &out), GUIJU_NO_SUCH);
	past[0].event = FILE_IT;
	move.state = STATES;
	ck_assert_int_eq(guiju_step(o.table, &move, scratch, size, &out), GUIJU_NO_SUCH);
	move.state = FILED;
	move.procedure = 1;
	ck_assert_int_eq(guiju_step(o.table, &move, scratch, size, &out), GUIJU_NO_SUCH);
	book_close(&o.book);
}
END_TEST

/* ---- duties ---- */

START_TEST(a_duty_starts_and_is_discharged)
{
	struct opened o;
	open_pool(&o);
	/* Friday 13 February 2026, five working days: the made-up 14th, then 24 to 27. */
	const char *filed = step(&o, "start", "file", "2026-02-13", "", none);
	expect(filed, "{\"procedure\": \"permits\", \"accepted\": true, \"state\": \"filed\", \"duties\": [{\"id\": \"answer\", "
		      "\"role\": \"office\", \"due\": \"2026-02-27\", \"exact\": true, \"cites\": [\"1.1\", \"2.1\"]}");
	const char *granted = step(&o, "filed", "grant", "2026-02-27", "file 2026-02-13", none);
	expect(granted, "\"ended\": [{\"id\": \"answer\", \"role\": \"office\", \"fate\": \"discharged\", \"due\": \"2026-02-27\", "
			"\"exact\": true, \"cites\"");
	expect(granted, "{\"id\": \"fee\", \"role\": \"office\", \"due\": \"2026-03-09\", \"exact\": true, \"cites\": []}");
	expect(granted, "{\"id\": \"soon\", \"role\": \"office\", \"due\": null, \"words\": \"第一时间\", \"cites\": []}");
	expect(granted, "\"runs\": [{\"id\": \"permit\", \"due\": \"2029-02-27\", \"exact\": true, \"cites\": [\"1.1\", \"2.1\"]}");
	/* The tenth day after 11 February is Saturday 21, in the holiday: it moves to Tuesday 24. */
	expect(step(&o, "filed", "grant", "2026-02-11", "", none), "{\"id\": \"fee\", \"role\": \"office\", \"due\": \"2026-02-24\"");
	/* Discharged without a known start: no date. */
	expect(step(&o, "filed", "grant", "2026-02-27", "", none),
	       "\"ended\": [{\"id\": \"answer\", \"role\": \"office\", \"fate\": \"discharged\", \"due\": null, \"cites\"");
	/* It runs on, and is overdue from the day after. */
	expect_not(step(&o, "filed", "report", "2026-02-27", "file 2026-02-13", none), "overdue");
	expect(step(&o, "filed", "report", "2026-02-28", "file 2026-02-13", none),
	       "\"due\": \"2026-02-27\", \"exact\": true, \"overdue\": true");
	/* A second filing starts it anew; after the answer it runs no more. */
	expect(step(&o, "filed", "report", "2026-03-03", "file 2026-02-13 file 2026-03-02", none),
	       "{\"id\": \"answer\", \"role\": \"office\", \"due\": \"2026-03-09\"");
	expect_not(step(&o, "working", "report", "2026-03-03", "file 2026-02-13 grant 2026-02-14", none), "\"answer\"");
	/* Ended by another event, and released. */
	const char *stopped = step(&o, "filed", "stop", "2026-02-25", "file 2026-02-13", none);
	expect(stopped, "{\"id\": \"answer\", \"role\": \"office\", \"fate\": \"released\", \"due\": \"2026-02-27\"");
	expect(stopped, "{\"id\": \"dated\", \"role\": \"office\", \"fate\": \"released\", \"due\": \"2026-06-30\"");
	book_close(&o.book);
}
END_TEST

START_TEST(without_an_event_what_runs_is_told)
{
	struct opened o;
	open_pool(&o);
	const char *line = step(&o, "filed", "", "2026-02-20", "file 2026-02-13", none);
	expect(line, "{\"procedure\": \"permits\", \"state\": \"filed\", \"duties\": [{\"id\": \"answer\"");
	expect(line, "\"due\": \"2026-02-27\", \"exact\": true");
	expect_not(line, "accepted");
	expect_not(line, "because");
	expect(step(&o, "granted", "", "2026-02-27", "file 2026-02-13 grant 2026-02-26", none), "\"runs\": [{\"id\": \"permit\", \"due\": \"2029-02-26\"");
	book_close(&o.book);
}
END_TEST

START_TEST(suspended_days_are_not_counted)
{
	struct opened o;
	open_pool(&o);
	/* Filed on Monday 2 March; held on Wednesday 4 (counted), on from Monday 9: Tuesday 3, 4, then 10, 11, 12. */
	expect(step(&o, "filed", "hold", "2026-03-04", "file 2026-03-02", none),
	       "{\"id\": \"answer\", \"role\": \"office\", \"due\": null, \"suspended\": true, \"cites\"");
	expect(step(&o, "filed", "go_on", "2026-03-09", "file 2026-03-02 hold 2026-03-04", none),
	       "{\"id\": \"answer\", \"role\": \"office\", \"due\": \"2026-03-12\"");
	expect(step(&o, "filed", "go_on", "2026-03-04", "file 2026-03-02 hold 2026-03-04", none),
	       "{\"id\": \"answer\", \"role\": \"office\", \"due\": \"2026-03-09\"");
	expect(step(&o, "filed", "go_on", "2026-03-13", "file 2026-03-02 hold 2026-03-04 go_on 2026-03-09 hold 2026-03-11", none),
	       "{\"id\": \"answer\", \"role\": \"office\", \"due\": \"2026-03-16\"");
	book_close(&o.book);
}
END_TEST

START_TEST(repeated_duties_are_due_once_a_period)
{
	struct opened o;
	open_pool(&o);
	const char *id = "{\"id\": \"half_yearly\", \"role\": \"office\", ";
#define DUE(got, date) expect((got), arena_printf(o.book.arena, "%s\"due\": \"" date "\", \"exact\": true", id))
	/* The grace of the last half-year of 2025 runs to 2026-01-12 (the 10th is a Saturday). */
	DUE(step(&o, "filed", "hold", "2026-01-12", "", none), "2026-01-12");
	DUE(step(&o, "filed", "hold", "2026-01-13", "", none), "2026-07-10");
	DUE(step(&o, "filed", "hold", "2026-01-12", "report 2026-01-05", none), "2026-07-10");
#undef DUE
	/* Served early: the second half-year's grace ends on Sunday 10 January 2027, in a year that nobody published. */
	expect(step(&o, "filed", "hold", "2026-03-01", "report 2026-02-05", none),
	       "\"due\": null, \"exact\": false, \"earliest\": \"2027-01-10\", \"latest\": \"2027-01-20\"");
	expect(step(&o, "working", "report", "2026-02-05", "", none),
	       "\"ended\": [{\"id\": \"half_yearly\", \"role\": \"office\", \"fate\": \"discharged\", \"due\": \"2026-07-10\"");
	book_close(&o.book);
}
END_TEST

/* ---- guards ---- */

START_TEST(guards_choose_the_step)
{
	struct opened o;
	open_pool(&o);
	const struct facts_given child = { true, true, 0, 10 }, adult = { true, true, 0, 30 };
	const struct facts_given member = { false, true, 1, 0 }, unknown_age = { false, true, 0, 0 };
	expect(step(&o, "granted", "work", "2026-03-02", "", child), "\"accepted\": true, \"state\": \"working\"");
	expect(step(&o, "granted", "work", "2026-03-02", "", adult), "\"accepted\": true, \"state\": \"stopped\"");
	expect(step(&o, "granted", "work", "2026-03-02", "", member), "\"accepted\": true, \"state\": \"working\"");
	const char *open = step(&o, "granted", "work", "2026-03-02", "", unknown_age);
	expect(open, "\"accepted\": null, \"state\": \"granted\", \"because\": [{\"rule\": \"work_member\", \"cites\": [\"1.1\", "
		     "\"2.1\"]}, {\"rule\": \"work_other\", \"cites\": []}], \"ask\": [\"age\"]");
	expect(step(&o, "granted", "work", "2026-03-02", "", none), "\"ask\": [\"member\", \"age\"]");
	/* A constraint rules the case out. */
	expect(step(&o, "granted", "work", "2026-03-02", "", (struct facts_given){ true, true, 1, 1 }),
	       "{\"error\": {\"kind\": \"excluded\", \"constraint\": \"babies\"");
	book_close(&o.book);
}
END_TEST

START_TEST(a_false_guard_refuses)
{
	struct opened o;
	open_pool(&o);
	uint32_t elsewhere[] = { FILED };
	made_steps[STEP_ALSO].from = elsewhere;
	o.made = lower(o.book.arena, &o.book.diag, o.book.model);
	made_steps[STEP_ALSO].from = from_granted;
	ck_assert_int_eq(guiju_table_open(o.made->bytes, o.made->size, &o.table), GUIJU_OK);
	o.answerer = answerer_new_in(o.book.arena, o.table, o.facts);
	expect(step(&o, "granted", "work", "2026-03-02", "", (struct facts_given){ true, true, 0, 30 }),
	       "\"accepted\": false, \"state\": \"granted\", \"because\": [{\"rule\": \"work_member\", \"cites\": [\"1.1\", \"2.1\"], "
	       "\"guard\": false}]");
	book_close(&o.book);
}
END_TEST

/* Guards lie behind the decisions and rules that a table tells of, and are none of them. */
START_TEST(guards_are_no_rules_of_the_table)
{
	struct opened o;
	struct guiju_about about;
	struct guiju_decision decision;
	struct guiju_rule rule;
	struct guiju_name name;
	struct guiju_text text;
	uint32_t index;
	open_pool(&o);
	guiju_about(o.table, &about);
	for (uint32_t i = 0; i < about.rules; i++)
		ck_assert_int_eq(guiju_rule(o.table, i, &rule), GUIJU_OK);
	ck_assert_int_eq(guiju_rule(o.table, about.rules, &rule), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_rule_cite(o.table, about.rules, 0, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_rule_names(o.table, about.rules, 0, &index), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_rule_text(o.table, about.rules, 0, &text, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_decision(o.table, about.decisions, &decision), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_decision_feed(o.table, about.decisions, 0, &index), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_outcome(o.table, about.decisions, 0, &name), GUIJU_NO_SUCH);
	book_close(&o.book);
}
END_TEST

/* ---- windows, validities, lapses ---- */

START_TEST(an_event_that_the_state_does_not_take_is_refused)
{
	struct opened o;
	open_pool(&o);
	expect(step(&o, "start", "grant", "2026-03-02", "file 2026-03-02", none),
	       "\"accepted\": false, \"state\": \"start\", \"because\": [{\"rule\": \"grant_it\", \"cites\": [], \"from\": "
	       "[\"filed\"]}], \"duties\": [{\"id\": \"answer\"");
	expect(step(&o, "start", "unused", "2026-03-02", "", none), "\"accepted\": false, \"state\": \"start\", \"because\": []");
	book_close(&o.book);
}
END_TEST

START_TEST(a_validity_ends_after_its_last_day)
{
	struct opened o;
	open_pool(&o);
	expect(step(&o, "granted", "expire", "2026-02-28", "grant 2023-02-28", none),
	       "\"accepted\": false, \"state\": \"granted\", \"because\": [{\"rule\": \"expire_it\", \"cites\": [], \"opens\": "
	       "\"2026-03-01\"}]");
	const char *over = step(&o, "granted", "expire", "2026-03-01", "grant 2023-02-28", none);
	expect(over, "\"accepted\": true, \"state\": \"over\"");
	expect(over, "\"runs\": []");
	expect(step(&o, "granted", "expire", "2026-03-01", "", none), "\"accepted\": null");
	expect(step(&o, "granted", "expire", "2026-03-01", "", none), "\"ask\": [\"grant\"]");
	/* 29 February: the last day is 28 February of a year without one. */
	expect(step(&o, "working", "report", "2026-03-02", "grant 2024-02-29", none),
	       "{\"id\": \"permit\", \"due\": \"2027-02-28\", \"exact\": true");
	/* While it is suspended its last day is not known. */
	expect(step(&o, "granted", "expire", "2026-03-01", "grant 2023-02-28 stop 2024-01-01", none), "\"accepted\": null");
	book_close(&o.book);
}
END_TEST

START_TEST(a_window_in_the_last_days)
{
	struct opened o;
	open_pool(&o);
	/* Ends on 2026-06-30; of 2026 only the days of the fixture are off. 60 working days back from it, itself not counted,
	 * is Tuesday 7 April. */
	const char *past = "grant 2023-06-30";
	expect(step(&o, "working", "renew", "2026-04-06", past, none),
	       "\"accepted\": false, \"state\": \"working\", \"because\": [{\"rule\": \"renew_it\", \"cites\": [\"1.1\", \"2.1\"], "
	       "\"opens\": \"2026-04-07\", \"closes\": \"2026-06-29\"}]");
	expect(step(&o, "working", "renew", "2026-04-07", past, none), "\"accepted\": true, \"state\": \"renewing\"");
	expect(step(&o, "working", "renew", "2026-06-29", past, none), "\"accepted\": true");
	expect(step(&o, "working", "renew", "2026-06-30", past, none), "\"accepted\": false");
	expect(step(&o, "working", "renew", "2026-06-29", "", none), "\"accepted\": null");
	/* It is told until its last day. */
	expect(step(&o, "working", "report", "2026-06-29", past, none), "{\"id\": \"renew_it\", \"opens\": \"2026-04-07\", \"due\": \"2026-06-29\"");
	ck_assert(!strstr(step(&o, "working", "report", "2026-06-30", past, none), "renew_it"));
	/* The window is under way, and a duty at least a month before: 30 May. */
	expect(step(&o, "working", "report", "2026-04-06", past, none),
	       "{\"id\": \"renew_it\", \"opens\": \"2026-04-07\", \"due\": \"2026-06-29\", \"exact\": true, \"cites\"");
	expect(step(&o, "working", "renew", "2026-04-07", past, none),
	       "{\"id\": \"closing\", \"role\": \"office\", \"due\": \"2026-05-30\"");
	/* Of a year that nobody published the opening is an interval, and days within it are not decided. */
	const char *far = "grant 2027-06-30";
	expect(step(&o, "working", "renew", "2030-02-01", far, none), "\"accepted\": false");
	const char *open = step(&o, "working", "renew", "2030-04-04", far, none);
	expect(open, "\"accepted\": null, \"state\": \"working\", \"because\": [{\"rule\": \"renew_it\", \"cites\": [\"1.1\", \"2.1\"], "
		     "\"opens\": null, \"opens_earliest\": \"2030-0");
	expect(open, "\"unpublished\": 2030");
	expect(open, "\"ask\": []");
	expect(step(&o, "working", "renew", "2030-05-20", far, none), "\"accepted\": true");
	book_close(&o.book);
}
END_TEST

START_TEST(a_window_at_least_so_long_before)
{
	struct opened o;
	open_pool(&o);
	expect(step(&o, "working", "early", "2025-12-30", "grant 2023-06-30", none), "\"accepted\": true");
	expect(step(&o, "working", "early", "2025-12-31", "grant 2023-06-30", none),
	       "\"accepted\": false, \"state\": \"working\", \"because\": [{\"rule\": \"early_it\", \"cites\": [], \"closes\": "
	       "\"2025-12-30\"}]");
	book_close(&o.book);
}
END_TEST

START_TEST(a_lapse_happens_after_the_deadline)
{
	struct opened o;
	open_pool(&o);
	expect(step(&o, "filed", "lapse", "2026-02-27", "file 2026-02-13", none), "\"opens\": \"2026-02-28\"");
	expect(step(&o, "filed", "lapse", "2026-02-28", "file 2026-02-13", none), "\"accepted\": true, \"state\": \"granted\"");
	expect(step(&o, "filed", "lapse", "2026-02-28", "", none), "\"ask\": [\"file\"]");
	expect(step(&o, "filed", "lapse", "2026-02-28", "file 2026-02-13 grant 2026-02-14", none), "\"accepted\": false");
	/* Filed on 28 December 2026: the lapse depends on 2027. */
	expect(step(&o, "filed", "lapse", "2027-01-05", "file 2026-12-28", none), "\"accepted\": null");
	expect(step(&o, "filed", "lapse", "2027-02-05", "file 2026-12-28", none), "\"accepted\": true");
	book_close(&o.book);
}
END_TEST

START_TEST(two_steps_that_lead_apart_are_not_decided)
{
	struct opened o;
	open_pool(&o);
	expect(step(&o, "granted", "change", "2026-03-02", "", none),
	       "\"accepted\": null, \"state\": \"granted\", \"because\": [{\"rule\": \"change_once\", \"cites\": []}, {\"rule\": "
	       "\"change_twice\", \"cites\": [], \"closes\": \"2026-03-02\"}], \"ask\": []");
	expect(step(&o, "granted", "change", "2026-03-03", "", none), "\"accepted\": true, \"state\": \"stopped\"");
	book_close(&o.book);
}
END_TEST

START_TEST(an_unpublished_year_gives_an_interval)
{
	struct opened o;
	open_pool(&o);
	/* Three working days in 2026; then at the soonest Saturday 2 and Sunday 3 January, made up; at the latest Monday 11,
	 * after ten days of rest, and Friday 22, after ten more. */
	expect(step(&o, "start", "file", "2026-12-28", "", none),
	       "\"due\": null, \"exact\": false, \"earliest\": \"2027-01-03\", \"latest\": \"2027-01-22\"");
	expect(step(&o, "start", "file", "2026-12-28", "", none), "\"unpublished\": 2027");
	book_close(&o.book);
}
END_TEST

/* A bit of every byte of the part of the table that holds calendars and procedures, the checksum made to fit: what opens
 * takes steps without harm. */
START_TEST(no_flipped_bit_does_harm)
{
	struct opened o;
	open_pool(&o);
	size_t size = o.made->size, harmless = 0, room = 1 << 21;
	unsigned char *bytes = arena_alloc(o.book.arena, size);
	void *scratch = arena_alloc(o.book.arena, room);
	memcpy(bytes, o.made->bytes, size);
	uint32_t first = load_u32(bytes + HEADER_DIRECTORY + DIRECTORY_ENTRY * (unsigned)SECTION_CALENDARS);
	for (size_t at = first; at < size; at++) {
		const struct guiju_table *table;
		struct guiju_stepped out;
		unsigned char bit = (unsigned char)(1u << ((at + (unsigned)_i) % 8));
		bytes[at] ^= bit;
		uint64_t checksum = table_checksum(bytes, size);
		for (unsigned i = 0; i < 8; i++)
			bytes[HEADER_CHECKSUM + i] = (unsigned char)(checksum >> (8 * i));
		if (guiju_table_open(bytes, size, &table) == GUIJU_OK && guiju_step_scratch_size(table) <= room) {
			struct guiju_past past[] = { { GRANT, 19400 }, { HOLD, 20401 } };
			struct guiju_move move = { .state = (uint32_t)(at % STATES), .event = (uint32_t)(at % EVENTS),
						   .day = 20500, .past = past, .past_count = 2 };
			(void)guiju_step(table, &move, scratch, room, &out);
			harmless++;
		}
		bytes[at] ^= bit;
	}
	ck_assert_uint_gt(harmless, 0);
	ck_assert_uint_lt(harmless, (size - first) / 2);
	book_close(&o.book);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("step");
	TCase *tests = tcase_create("step");
	tcase_add_test(tests, the_table_says_what_the_procedure_says);
	tcase_add_test(tests, an_index_beyond_the_procedure_is_refused);
	tcase_add_test(tests, a_move_that_makes_no_sense_is_refused);
	tcase_add_test(tests, a_duty_starts_and_is_discharged);
	tcase_add_test(tests, without_an_event_what_runs_is_told);
	tcase_add_test(tests, suspended_days_are_not_counted);
	tcase_add_test(tests, repeated_duties_are_due_once_a_period);
	tcase_add_test(tests, guards_choose_the_step);
	tcase_add_test(tests, a_false_guard_refuses);
	tcase_add_test(tests, guards_are_no_rules_of_the_table);
	tcase_add_test(tests, an_event_that_the_state_does_not_take_is_refused);
	tcase_add_test(tests, a_validity_ends_after_its_last_day);
	tcase_add_test(tests, a_window_in_the_last_days);
	tcase_add_test(tests, a_window_at_least_so_long_before);
	tcase_add_test(tests, a_lapse_happens_after_the_deadline);
	tcase_add_test(tests, two_steps_that_lead_apart_are_not_decided);
	tcase_add_test(tests, an_unpublished_year_gives_an_interval);
	tcase_add_loop_test(tests, no_flipped_bit_does_harm, 0, 2);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
