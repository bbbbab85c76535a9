/* Procedures and calendars: the model of a rulebook that says everything there is to say (and which the golden tests
 * check to be clean), its XML, and what the XML's readers refuse. */
#include "artifact_fixture.h"
#include "emit/emit.h"
#include "emit/xml_validate.h"
#include "model/procedure.h"
#include "verify/book.h"

#include <stdlib.h>

extern const struct emitter emit_xml;

static const struct model *model;
static const struct procedure *permit;

static void set_up(void)
{
	static const char *const names[] = { "procedure_every_part.rulebook.md", NULL };
	fixture_set_up();
	model = model_of_folder(GUIJU_SOURCE_DIR "/tests/golden/good", names);
	permit = &model->procedures[model_procedure(model, "permit")];
}

static uint32_t state(const char *id)
{
	uint32_t index = procedure_state(permit, id);
	ck_assert_uint_ne(index, NONE);
	return index;
}

static uint32_t event(const char *id)
{
	uint32_t index = procedure_event(permit, id);
	ck_assert_uint_ne(index, NONE);
	return index;
}

static const struct step *step(const char *id)
{
	for (size_t i = 0; i < permit->step_count; i++)
		if (strcmp(permit->steps[i].name.id, id) == 0)
			return &permit->steps[i];
	ck_abort_msg("no step %s", id);
}

static const struct duty *duty(const char *id)
{
	for (size_t i = 0; i < permit->duty_count; i++)
		if (strcmp(permit->duties[i].name.id, id) == 0)
			return &permit->duties[i];
	ck_abort_msg("no duty %s", id);
}

static int32_t day(const char *text)
{
	int64_t value;
	ck_assert(date_parse(text, &value));
	return (int32_t)value;
}

/* ---- the model ---- */

START_TEST(finds_by_id_and_by_label)
{
	ck_assert_uint_eq(model_procedure(model, "许可"), model_procedure(model, "permit"));
	ck_assert_uint_eq(model_procedure(model, "other"), NONE);
	ck_assert_uint_eq(procedure_state(permit, "已申请"), state("asked"));
	ck_assert_uint_eq(procedure_event(permit, "answers"), event("answer"));
	ck_assert_uint_eq(procedure_event(permit, "say_yes"), NONE);
}
END_TEST

START_TEST(calendar_has_its_days_in_order)
{
	const struct calendar *c = &model->calendars[permit->calendar];
	ck_assert_uint_eq(c->year_count, 1);
	const struct calendar_year *year = &c->years[0];
	ck_assert_int_eq(year->year, 2026);
	ck_assert_str_eq(year->notice, "示例通知");
	ck_assert_uint_eq(year->day_count, 6);
	ck_assert_int_eq(year->days[0].day, day("2026-01-01"));
	ck_assert_int_eq(year->days[3].day, day("2026-01-04"));
	ck_assert_int_eq(year->days[3].kind, DAY_MADE_UP);
	ck_assert_int_eq(year->days[4].day, day("2026-02-16"));
	ck_assert_ptr_null(year->days[4].name);
	ck_assert_uint_eq(c->assumption.weekdays_off, 20);
	ck_assert_uint_eq(c->assumption.made_up, 9);
	ck_assert_uint_eq(c->assumption.rest, 10);
	ck_assert_uint_eq(c->assumption.work, 8);
	ck_assert_uint_eq(c->assumption.always_off_count, 2);
	ck_assert_uint_eq(c->assumption.always_off[1].month, 10);
}
END_TEST

START_TEST(head_says_how_to_count)
{
	const struct counting *c = model->counting;
	ck_assert(c->start_day_excluded && c->corresponding_day && c->last_day_moves);
	ck_assert_uint_eq(c->vague_word_count, 2);
	ck_assert_str_eq(c->vague_words[1], "届满");
	ck_assert_uint_eq(model->trial->amount, 2);
	ck_assert_int_eq(model->trial->unit, UNIT_YEARS);
	ck_assert(model->has_effective);
	ck_assert_int_eq(model->effective, day("2026-01-01"));
}
END_TEST

START_TEST(states_have_their_flags)
{
	ck_assert_uint_eq(permit->start, state("idle"));
	ck_assert(permit->states[state("idle")].start && !permit->states[state("idle")].final);
	ck_assert(permit->states[state("refused")].final);
	ck_assert(permit->states[state("checked")].no_stay);
}
END_TEST

START_TEST(one_event_has_its_branches)
{
	const struct event *answer = &permit->events[event("answer")];
	ck_assert_uint_eq(answer->step_count, 2);
	ck_assert_ptr_eq(&permit->steps[answer->steps[0]], step("say_yes"));
	ck_assert_int_eq(answer->actor, ACTOR_ROLE);
	ck_assert_str_eq(model->roles[answer->role].name.id, "office");
	ck_assert_uint_eq(answer->dim_count, 1);
	ck_assert_uint_eq(answer->fed_by_count, 1);
	ck_assert_uint_eq(permit->events[event("ask")].dim_count, 0);
	ck_assert_int_eq(permit->events[event("lapse")].actor, ACTOR_TIME);
	ck_assert_int_eq(permit->events[event("breakdown")].actor, ACTOR_OUTSIDE);
}
END_TEST

START_TEST(step_says_everything)
{
	const struct step *ask = step("ask"), *renew = step("renew"), *remind = step("remind"), *opt_in = step("opt_in");
	ck_assert_uint_eq(ask->from_count, 2);
	ck_assert_uint_eq(ask->from[1], state("refused"));
	ck_assert_uint_eq(ask->material_count, 2);
	ck_assert(ask->materials_open);
	ck_assert_str_eq(model->roles[ask->materials_role].name.id, "office");
	ck_assert_uint_eq(renew->to, NONE);
	ck_assert_int_eq(renew->limit.kind, LIMIT_KIND_AT_LEAST_BEFORE);
	ck_assert_uint_eq(renew->limit.period.amount, 30);
	ck_assert_int_eq(renew->limit.period.unit, UNIT_WORKING_DAYS);
	ck_assert_int_eq(remind->limit.kind, LIMIT_KIND_IN_THE_LAST);
	ck_assert_int_eq(remind->limit.period.unit, UNIT_DAYS);
	ck_assert_int_eq(opt_in->limit.kind, LIMIT_KIND_BY_DATE);
	ck_assert_int_eq(opt_in->limit.date, day("2026-12-31"));
	ck_assert_int_eq(step("add")->limit.kind, LIMIT_KIND_UNLIMITED);
	ck_assert_str_eq(step("check")->circumstance, "有疑问");
	ck_assert(step("check")->attributes.discretion);
	ck_assert_uint_eq(step("expire")->expiry_of, 0);
	ck_assert_ptr_nonnull(step("say_yes")->guard);
	ck_assert_ptr_null(ask->guard);
}
END_TEST

START_TEST(duty_says_everything)
{
	const struct duty *reply = duty("reply"), *report = duty("report"), *yearly = duty("yearly"), *visit = duty("visit");
	ck_assert_int_eq(reply->limit.kind, LIMIT_KIND_WITHIN);
	ck_assert_uint_eq(reply->limit.period.amount, 5);
	ck_assert_uint_eq(reply->from.events[0], event("ask"));
	ck_assert_uint_eq(reply->discharged_by[0], event("answer"));
	ck_assert_uint_eq(reply->released_by[0], event("breakdown"));
	ck_assert_int_eq(reply->lapse.kind, LAPSE_EVENT);
	ck_assert_uint_eq(reply->lapse.event, event("lapse"));
	ck_assert_str_eq(reply->lapse.attributes.resolves[0], "B01");
	ck_assert_int_eq(report->limit.kind, LIMIT_KIND_VAGUE);
	ck_assert_str_eq(report->limit.vague, "尽快");
	ck_assert_str_eq(report->lapse.words, "另行处理");
	ck_assert_int_eq(yearly->every.kind, EVERY_PERIOD);
	ck_assert_int_eq(yearly->every.anchor, ANCHOR_DATE);
	ck_assert_uint_eq(yearly->every.month_day.month, 7);
	ck_assert_int_eq(yearly->lapse.kind, LAPSE_NONE);
	ck_assert_uint_eq(yearly->toward, NONE);
	ck_assert_int_eq(visit->every.kind, EVERY_VAGUE);
	ck_assert_str_eq(visit->from.words, "许可之日");
	ck_assert_uint_eq(visit->from.event_count, 0);
	ck_assert_int_eq(visit->lapse.kind, LAPSE_STATE);
}
END_TEST

START_TEST(clocks_know_the_events_that_change_them)
{
	const struct duty *reply = duty("reply");
	const struct validity *validity = &permit->validities[0];
	ck_assert_uint_eq(reply->suspended_by[0], event("want_more"));
	ck_assert_uint_eq(reply->resumed_by[0], event("add"));
	ck_assert_uint_eq(reply->end_count, 1);
	ck_assert_uint_eq(reply->ended_by[0], event("answer"));
	ck_assert_uint_eq(duty("report")->restarted_by[0], event("pass"));
	ck_assert_uint_eq(validity->restarted_by[0], event("pass"));
	ck_assert_uint_eq(validity->from.event_count, 2);
	ck_assert_uint_eq(validity->period.amount, 2);
	ck_assert(validity->survives);
}
END_TEST

START_TEST(properties_and_cases_are_resolved)
{
	const struct time_property *anew = &permit->properties[1];
	ck_assert_int_eq(permit->properties[0].kind, TIME_BEFORE);
	ck_assert_int_eq(anew->kind, TIME_AFTER);
	ck_assert_uint_eq(anew->after_count, 2);
	ck_assert_uint_eq(anew->states[0], state("granted"));
	ck_assert_uint_eq(anew->events[1], event("lapse"));
	ck_assert_int_eq(permit->properties[2].kind, TIME_ANSWERED);
	ck_assert_uint_eq(model->procedure_case_count, 3);
	const struct procedure_case *c = &model->procedure_cases[0];
	ck_assert(c->facts[model_fact(model, "paid")].known);
	ck_assert_uint_eq(c->move_count, 2);
	ck_assert_int_eq(c->moves[1].day, day("2026-01-05"));
	ck_assert_uint_eq(c->expected_state, state("granted"));
	ck_assert_int_eq(c->dues[0].clock.kind, CLOCK_VALIDITY);
	ck_assert(c->dues[0].exact);
	ck_assert(!model->procedure_cases[1].dues[0].exact);
	ck_assert_int_eq(model->procedure_cases[2].last, STEP_REFUSED);
}
END_TEST

/* ---- the XML ---- */

static char *xml_of_model(size_t *size)
{
	const struct artifacts a = { .arena = arena, .model = model };
	const char *error = NULL;
	struct writer w;
	writer_init(&w, arena);
	ck_assert_msg(emit_xml.emit(&a, &w, &error), "%s", error);
	*size = w.size;
	return arena_strdup(arena, writer_text(&w));
}

static const char *const parts[] = {
	"<year number=\"2026\">",
	"<notice xml:lang=\"zh\">示例通知</notice>",
	"<day date=\"2026-01-04\" kind=\"made_up\" xml:lang=\"zh\">元旦</day>",
	"<assumed days_off=\"20\" made_up=\"9\" longest_rest=\"10\" longest_work=\"8\">",
	"<always_off date=\"--01-01\"/>",
	"<procedure id=\"permit\" calendar=\"cn\" last_day_moves=\"true\">",
	"<state id=\"idle\" initial=\"true\">",
	"<state id=\"checked\" no_stay=\"true\">",
	"<event id=\"answer\" role=\"office\">",
	"<validity id=\"validity_of_permit\" amount=\"2\" unit=\"years\" survives=\"true\">",
	"<duty id=\"reply\" role=\"office\" toward=\"applicant\">",
	"<limit kind=\"within\" amount=\"5\" unit=\"working_days\"/>",
	"<lapse kind=\"deemed\" event=\"lapse\">",
	"<every amount=\"12\" unit=\"months\" beginning_on=\"--07-01\"/>",
	"<start_in_words xml:lang=\"zh\">许可之日</start_in_words>",
	"<step id=\"say_yes\" event=\"answer\" role=\"office\" to=\"granted\">",
	"<step id=\"expire\" event=\"expire\" actor=\"time\" at_end_of=\"validity_of_permit\" to=\"ended\">",
	"<limit kind=\"at_least_before\" amount=\"30\" unit=\"working_days\" validity=\"validity_of_permit\"/>",
	"<limit kind=\"by_date\" date=\"2026-12-31\"/>",
	"<and_the_like role=\"office\"/>",
	"<suspends clock=\"reply\"/>",
	"<property id=\"anew\" kind=\"only_through\">",
	"<entered state=\"granted\"/>",
	"<convention id=\"期间\">",
};

START_TEST(xml_holds_every_part)
{
	size_t size;
	const char *xml = xml_of_model(&size);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		ck_assert_msg(strstr(xml, parts[i]) != NULL, "lacks %s", parts[i]);
}
END_TEST

static bool is_read(const char *xml, size_t size)
{
	char why[XML_WHY_SIZE];
	struct book book;
	struct book_fault fault;
	struct _xmlTextReader *held = NULL;
	return xml_is_valid(xml, size, why) && book_read(arena, xml, size, &held, &book, &fault) &&
	       book_resolve(&book, &fault);
}

/* What no reader may take: names of nothing, amounts out of range, parts that do not belong together. */
static const char *const damages[][2] = {
	{ "<state id=\"idle\" initial=\"true\">", "<state id=\"idle\">" },
	{ "<state id=\"refused\" final", "<state id=\"refused\" initial=\"true\" final" },
	{ "<state id=\"refused\"", "<state id=\"idle\"" },
	{ "calendar=\"cn\"", "calendar=\"other\"" },
	{ "<from state=\"refused\"/>", "<from state=\"nowhere\"/>" },
	{ "event=\"answer\" role=\"office\" to=\"granted\"", "event=\"answer\" role=\"office\" to=\"nowhere\"" },
	{ "<step id=\"say_yes\" event=\"answer\"", "<step id=\"say_yes\" event=\"nothing\"" },
	{ "<step id=\"say_no\"", "<step id=\"say_yes\"" },
	{ "<suspends clock=\"reply\"/>", "<suspends clock=\"nothing\"/>" },
	{ "at_end_of=\"validity_of_permit\"", "at_end_of=\"reply\"" },
	{ "<start event=\"ask\"/>", "<start event=\"nothing\"/>" },
	{ "<discharged_by event=\"answer\"/>", "<discharged_by event=\"nothing\"/>" },
	{ "<lapse kind=\"deemed\" event=\"lapse\">", "<lapse kind=\"deemed\">" },
	{ "<lapse kind=\"deemed\" event=\"lapse\">", "<lapse kind=\"to_state\" event=\"lapse\">" },
	{ "<lapse kind=\"deemed\" event=\"lapse\">", "<lapse kind=\"deemed\" event=\"nothing\">" },
	{ "<limit kind=\"within\" amount=\"5\"", "<limit kind=\"within\" amount=\"0\"" },
	{ "<limit kind=\"within\" amount=\"5\"", "<limit kind=\"by_date\" amount=\"5\"" },
	{ "<limit kind=\"within\" amount=\"5\"", "<limit kind=\"in_the_last\" amount=\"5\"" },
	{ "<limit kind=\"by_date\" date=\"2026-12-31\"/>", "<limit kind=\"by_date\"/>" },
	{ "<limit kind=\"by_date\" date=\"2026-12-31\"/>", "<limit kind=\"by_date\" date=\"2026-13-31\"/>" },
	{ "unit=\"years\" survives", "unit=\"weeks\" survives" },
	{ "beginning_on=\"--07-01\"", "beginning_on=\"--07-32\"" },
	{ "kind=\"made_up\"", "kind=\"worked\"" },
	{ "<year number=\"2026\">", "<year number=\"26\">" },
	{ "<through event=\"ask\"/>", "<through event=\"nothing\"/>" },
	{ "<after state=\"ended\"/>", "<after state=\"nowhere\"/>" },
	{ "role=\"office\" toward", "role=\"nobody\" toward" },
};

static const char *replaced(const char *xml, const char *from, const char *to, size_t *size)
{
	const char *at = strstr(xml, from);
	ck_assert_msg(at != NULL, "lacks %s", from);
	const char *out = arena_printf(arena, "%.*s%s%s", (int)(at - xml), xml, to, at + strlen(from));
	*size = strlen(out);
	return out;
}

START_TEST(xml_is_read_back)
{
	size_t size;
	const char *xml = xml_of_model(&size);
	ck_assert(is_read(xml, size));
}
END_TEST

START_TEST(damaged_xml_is_refused)
{
	size_t size;
	const char *xml = xml_of_model(&size);
	const char *out = replaced(xml, damages[_i][0], damages[_i][1], &size);
	ck_assert_msg(!is_read(out, size), "took %s", damages[_i][1]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("procedures");
	TCase *c = tcase_create("procedures");
	tcase_add_checked_fixture(c, set_up, fixture_tear_down);
	tcase_add_test(c, finds_by_id_and_by_label);
	tcase_add_test(c, calendar_has_its_days_in_order);
	tcase_add_test(c, head_says_how_to_count);
	tcase_add_test(c, states_have_their_flags);
	tcase_add_test(c, one_event_has_its_branches);
	tcase_add_test(c, step_says_everything);
	tcase_add_test(c, duty_says_everything);
	tcase_add_test(c, clocks_know_the_events_that_change_them);
	tcase_add_test(c, properties_and_cases_are_resolved);
	tcase_add_test(c, xml_holds_every_part);
	tcase_add_test(c, xml_is_read_back);
	tcase_add_loop_test(c, damaged_xml_is_refused, 0, (int)(sizeof damages / sizeof *damages));
	suite_add_tcase(suite, c);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
