/* Records and answers of `guiju decide`, against a table that answers as told: the functions of guiju.h are replaced
 * here, so that every verdict can be had at will. The true runtime has tests of its own. */
#include "decide/decide.h"
#include "decide/facts.h"
#include "decide/stepper.h"

#include <check.h>
#include <errno.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table ---- */

struct guiju_table {
	int unused;
};
static const struct guiju_table table;

#define TEXT(s)                  \
	{                        \
		s, sizeof(s) - 1 \
	}
#define EMPTY         \
	{             \
		"", 0 \
	}

enum { REGISTERED, SECTOR, CONTAINS, HELD, SIGNED, ON, FACTS };

static const struct guiju_fact facts[FACTS] = {
	{ TEXT("registered"), TEXT("已登记"), TEXT("in the register"), EMPTY, GUIJU_BOOLEAN, 0, 1, 0, false, false },
	{ TEXT("sector"), TEXT("行业"), TEXT("twin"), EMPTY, GUIJU_ENUMERATION, 0, 2, 3, false, false },
	{ TEXT("contains"), TEXT("包含"), TEXT("twin"), EMPTY, GUIJU_SET, 0, 7, 3, false, false },
	{ TEXT("held"), TEXT("掌握人数"), EMPTY, TEXT("人"), GUIJU_INTEGER, 0, 2000000000, 0, false, false },
	{ TEXT("signed"), EMPTY, EMPTY, EMPTY, GUIJU_INTEGER, INT64_MIN, INT64_MAX, 0, false, false },
	{ TEXT("on"), TEXT("适用日"), EMPTY, EMPTY, GUIJU_DATE, -25567, 84005, 0, false, true },
};
static const struct guiju_name members[] = {
	{ TEXT("bank"), TEXT("账户"), TEXT("account") },
	{ TEXT("diagnosis"), TEXT("诊疗"), TEXT("account") },
	{ TEXT("other"), TEXT("其他"), EMPTY },
};
static const struct guiju_name outcomes[2][3] = {
	{ { TEXT("list"), TEXT("负面清单"), EMPTY }, { TEXT("national"), TEXT("国家规定"), EMPTY } },
	{ { TEXT("free"), TEXT("清单外，免予"), EMPTY },
	  { TEXT("assess"), TEXT("评估"), EMPTY },
	  { TEXT("ask"), EMPTY, EMPTY } },
};
static const struct guiju_decision decisions[] = {
	{ TEXT("regime"), TEXT("适用制度"), EMPTY, 2, 0 },
	{ TEXT("path"), TEXT("路径"), EMPTY, 3, 1 },
};
static const struct guiju_rule rules[] = {
	{ TEXT("list_applies"), EMPTY, EMPTY, EMPTY, 0, 0, 2, 0, 0 },
	{ TEXT("regime.default"), EMPTY, EMPTY, EMPTY, 0, 1, 1, 0, 0 },
	{ TEXT("off_list"), EMPTY, EMPTY, EMPTY, 1, 0, 2, 1, 0 },
	{ TEXT("items.k1"), EMPTY, EMPTY, TEXT("3.2"), 1, 1, 1, 0, 0 },
};
static const char *const clauses[4][2] = {
	{ "10.1#1", "2.1" }, { "2.1", "" }, { "10.1#2", "12.1(2)#3" }, { "10.1#2", "" }
};

static enum guiju_status check_index(uint32_t index, size_t count)
{
	return index < count ? GUIJU_OK : GUIJU_NO_SUCH;
}

void guiju_about(const struct guiju_table *t, struct guiju_about *out)
{
	(void)t;
	*out = (struct guiju_about){
		TEXT("example"), TEXT("示例"), TEXT("2025"), TEXT("sha256:00"), FACTS, 2, 4, 1, 0
	};
}

enum guiju_status guiju_fact(const struct guiju_table *t, uint32_t fact, struct guiju_fact *out)
{
	(void)t;
	if (fact < FACTS)
		*out = facts[fact];
	return check_index(fact, FACTS);
}

enum guiju_status guiju_member(const struct guiju_table *t, uint32_t fact, uint32_t member, struct guiju_name *out)
{
	(void)t;
	(void)fact;
	if (member < 3)
		*out = members[member];
	return check_index(member, 3);
}

enum guiju_status guiju_decision(const struct guiju_table *t, uint32_t decision, struct guiju_decision *out)
{
	(void)t;
	if (decision < 2)
		*out = decisions[decision];
	return check_index(decision, 2);
}

enum guiju_status guiju_outcome(const struct guiju_table *t, uint32_t decision, uint32_t outcome,
				struct guiju_name *out)
{
	(void)t;
	if (outcome < decisions[decision].outcomes)
		*out = outcomes[decision][outcome];
	return check_index(outcome, decisions[decision].outcomes);
}

enum guiju_status guiju_rule(const struct guiju_table *t, uint32_t rule, struct guiju_rule *out)
{
	(void)t;
	if (rule < 4)
		*out = rules[rule];
	return check_index(rule, 4);
}

enum guiju_status guiju_rule_cite(const struct guiju_table *t, uint32_t rule, uint32_t index, struct guiju_text *clause)
{
	(void)t;
	*clause = (struct guiju_text){ clauses[rule][index], strlen(clauses[rule][index]) };
	return GUIJU_OK;
}

enum guiju_status guiju_rule_names(const struct guiju_table *t, uint32_t rule, uint32_t index, uint32_t *decision)
{
	(void)t;
	(void)rule;
	(void)index;
	*decision = 0;
	return GUIJU_OK;
}

enum guiju_status guiju_constraint(const struct guiju_table *t, uint32_t constraint, struct guiju_name *out)
{
	(void)t;
	*out = (struct guiju_name){ TEXT("no_thirteen"), TEXT("无十三"), EMPTY };
	return check_index(constraint, 1);
}

/* Steps have tests of their own; here no record asks for one. */
struct stepper *stepper_new_in(struct arena *arena, const struct answerer *answerer, const struct guiju_move *move)
{
	(void)arena;
	(void)answerer;
	(void)move;
	return NULL;
}

bool answer_step(struct stepper *s, struct writer *w, struct record *record)
{
	(void)s;
	(void)w;
	(void)record;
	return false;
}

size_t guiju_scratch_size(const struct guiju_table *t)
{
	(void)t;
	return 16;
}

size_t guiju_partial_scratch_size(const struct guiju_table *t)
{
	(void)t;
	return 32;
}

static void answer_with(struct guiju_answer *out, uint64_t *scratch, enum guiju_verdict verdict, uint32_t outcome,
			uint64_t reasons)
{
	*out = (struct guiju_answer){ .verdict = verdict,
				      .outcome = outcome,
				      .feeding = UINT32_MAX,
				      .constraint = UINT32_MAX,
				      .fact = UINT32_MAX,
				      .possible = 1,
				      .reasons = scratch,
				      .exact = true };
	scratch[0] = reasons;
}

static enum guiju_status decide_path(int64_t held, uint64_t *scratch, struct guiju_answer *out)
{
	answer_with(out, scratch, GUIJU_DECIDED, held >= 100, held >= 100 ? 8 : 4);
	if (held == 64)
		answer_with(out, scratch, GUIJU_DECIDED, 0, 12);
	if (held == 66)
		answer_with(out, scratch, GUIJU_GAP, UINT32_MAX, 0);
	if (held == 67)
		answer_with(out, scratch, GUIJU_CONFLICT, UINT32_MAX, 12);
	if (held == 68)
		answer_with(out, scratch, GUIJU_FEEDING, UINT32_MAX, 0);
	if (held == 68)
		out->feeding = 0;
	if (held == 13)
		out->constraint = 0;
	return held == 13 ? GUIJU_EXCLUDED : GUIJU_OK;
}

enum guiju_status guiju_decide(const struct guiju_table *t, uint32_t decision, const int64_t *values, void *scratch,
			       size_t scratch_size, struct guiju_answer *answer)
{
	(void)t;
	if (scratch_size < 16)
		abort();
	if (decision == 1)
		return decide_path(values[HELD], scratch, answer);
	answer_with(answer, scratch, GUIJU_DECIDED, !values[REGISTERED], values[REGISTERED] ? 1 : 2);
	return GUIJU_OK;
}

static bool is_known(const uint64_t *known, uint32_t fact)
{
	return known[0] >> fact & 1;
}

enum guiju_status guiju_decide_partial(const struct guiju_table *t, uint32_t decision, const int64_t *values,
				       const uint64_t *known, uint64_t budget, void *scratch, size_t scratch_size,
				       struct guiju_answer *answer)
{
	static const uint32_t ask[] = { HELD, REGISTERED };
	uint64_t *words = scratch;
	if (scratch_size < 32)
		abort();
	if (is_known(known, decision == 1 ? HELD : REGISTERED)) {
		enum guiju_status status = guiju_decide(t, decision, values, scratch, scratch_size, answer);
		if (decision == 1 && values[HELD] == 65) {
			words[1] = 8;
			answer->maybe = words + 1;
		}
		return status;
	}
	answer_with(answer, scratch, GUIJU_OPEN, UINT32_MAX, 0);
	answer->possible = decision == 1 ? 5 : 3;
	answer->ask = decision == 1 ? ask : ask + 1;
	answer->ask_count = decision == 1 ? 2 : 1;
	answer->exact = budget == 0;
	return GUIJU_OK;
}

/* ---- running ---- */

static const char *input;
static size_t input_size, input_at, read_step;
static char *output;
static size_t output_size;
static int read_error, write_error;
static struct out_of_memory handler;
static struct io_ops ops;
static struct decide_job job;

static ssize_t read_input(int fd, void *bytes, size_t size)
{
	(void)fd;
	size_t left = input_size - input_at;
	size_t n = left < size ? left : size;
	n = n < read_step ? n : read_step;
	if (read_error != 0 && left == 0) {
		errno = read_error;
		return -1;
	}
	memcpy(bytes, input + input_at, n);
	input_at += n;
	return (ssize_t)n;
}

static ssize_t write_output(int fd, const void *bytes, size_t size)
{
	(void)fd;
	if (write_error != 0) {
		errno = write_error;
		return -1;
	}
	output = realloc(output, output_size + size + 1);
	if (!output)
		abort();
	memcpy(output + output_size, bytes, size);
	output_size += size;
	output[output_size] = '\0';
	return (ssize_t)size;
}

static void set_up(void)
{
	ops = io_system;
	ops.read = read_input;
	ops.write = write_output;
	output = calloc(1, 1);
	output_size = 0;
	read_error = write_error = 0;
	read_step = SIZE_MAX;
	job = (struct decide_job){ .io = &ops, .handler = &handler, .table = &table, .decision = 1 };
}

static void tear_down(void)
{
	free(output);
}

/* The exit status, or -1 for an error of reading or writing. */
static int run_bytes(const char *bytes, size_t size)
{
	int status = 0;
	input = bytes;
	input_size = size;
	input_at = 0;
	output_size = 0;
	output[0] = '\0';
	return decide_records(&job, &status) ? status : -1;
}

static int run(const char *text)
{
	return run_bytes(text, strlen(text));
}

/* The same answers must come whatever the sizes of the reads are. */
static void expect(const char *text, int status, const char *answers)
{
	static const size_t steps[] = { SIZE_MAX, 1, 3 };
	for (size_t i = 0; i < 3; i++) {
		read_step = steps[i];
		ck_assert_int_eq(run(text), status);
		ck_assert_str_eq(output, answers);
	}
}

#define KNOWN "\"registered\": true, \"sector\": \"bank\", \"contains\": [], \"signed\": 0, \"on\": \"2026-01-01\""
#define END   ", \"edition\": \"2025\", \"rulebook\": \"sha256:00\"}\n"
#define FREE                                                                                                          \
	"\"decision\": \"path\", \"outcome\": \"free\", \"label\": \"清单外，免予\", \"because\": [{\"rule\": " \
	"\"off_list\", \"cites\": [\"10.1#2\", \"12.1(2)#3\"], \"rests_on\": [{\"decision\": \"regime\", "            \
	"\"outcome\": \"list\", \"because\": [{\"rule\": \"list_applies\", \"cites\": [\"10.1#1\", \"2.1\"]}]}]}]"
#define ASSESS                                                                                              \
	"\"decision\": \"path\", \"outcome\": \"assess\", \"label\": \"评估\", \"because\": [{\"rule\": " \
	"\"items.k1\", \"item\": \"3.2\", \"cites\": [\"10.1#2\"]}]"
#define OPEN                                                                                                 \
	"\"decision\": \"path\", \"outcome\": null, \"possible\": [\"free\", \"ask\"], \"ask\": [\"held\", " \
	"\"registered\"]"

/* ---- answers ---- */

START_TEST(a_complete_record_is_answered)
{
	expect("{" KNOWN ", \"held\": 5}", 0, "{" FREE END);
	expect("{" KNOWN ", \"held\": 100}\n", 0, "{" ASSESS END);
}
END_TEST

START_TEST(records_stand_on_lines_or_one_after_the_other)
{
	expect("{\"held\": 100}\n{\"held\": 101}{\"held\":\n\t102\n}\r\n\r\n{\n}", 0,
	       "{" ASSESS END "{" ASSESS END "{" ASSESS END "{" OPEN END);
	expect("\xef\xbb\xbf \n {\"held\": 100}", 0, "{" ASSESS END);
	expect("", 0, "");
}
END_TEST

START_TEST(unknown_facts_leave_outcomes_open)
{
	expect("{}", 0, "{" OPEN END);
	expect("{\"held\": null}", 0, "{" OPEN END);
	job.budget = 1;
	expect("{}", 4, "{" OPEN ", \"exact\": false" END);
}
END_TEST

START_TEST(reasons_of_some_completions_are_named)
{
	expect("{\"held\": 65, \"registered\": true}", 0, "{" FREE ", \"maybe\": [\"items.k1\"]" END);
}
END_TEST

START_TEST(what_a_reason_rests_on_may_be_open_itself)
{
	expect("{\"held\": 5}", 0,
	       "{\"decision\": \"path\", \"outcome\": \"free\", \"label\": \"清单外，免予\", \"because\": [{\"rule\": "
	       "\"off_list\", "
	       "\"cites\": [\"10.1#2\", \"12.1(2)#3\"], \"rests_on\": [{\"decision\": \"regime\", \"outcome\": null, "
	       "\"possible\": [\"list\", \"national\"]}]}]" END);
}
END_TEST

START_TEST(gaps_and_conflicts_are_told)
{
	expect("{\"held\": 66}", 0,
	       "{\"decision\": \"path\", \"outcome\": null, \"because\": [], \"undecided\": \"gap\"" END);
	expect("{\"held\": 68}", 0,
	       "{\"decision\": \"path\", \"outcome\": null, \"undecided\": \"feeding\", \"feeding\": \"regime\"" END);
	ck_assert_int_eq(run("{\"held\": 67, \"registered\": false}"), 0);
	ck_assert_ptr_nonnull(strstr(output, "\"outcome\": null, \"because\": [{\"rule\": \"off_list\""));
	ck_assert_ptr_nonnull(strstr(
		output, "}, {\"rule\": \"items.k1\", \"item\": \"3.2\", \"cites\": [\"10.1#2\"]}], \"undecided\": "
			"\"conflict\"" END));
}
END_TEST

START_TEST(copied_names_come_first_and_as_written)
{
	expect("{\"held\": 100, \"_id\": 1.50, \"_x\": {\"a\": [1,\n2],\t\"b\\u0041\": \"}\\\"\"}, \"_y\\u0031\" : "
	       "null}",
	       0, "{\"_id\": 1.50, \"_x\": {\"a\": [1, 2], \"b\\u0041\": \"}\\\"\"}, \"_y1\": null, " ASSESS END);
}
END_TEST

START_TEST(members_are_named_by_id_or_label)
{
	static const char *const good[] = {
		"{\"sector\": \"bank\", \"held\": 100}",
		"{\"sector\": \"账户\", \"held\": 100}",
		"{\"行业\": \"其他\", \"held\": 100}",
		"{\"contains\": [\"账户\", \"diagnosis\", \"bank\"], \"掌握人数\": 100}",
		"{\"contains\": [], \"held\": 100}",
		"{\"\\u884c\\u4e1a\": \"\\u5176\\u4ed6\", \"held\": 100}",
		"{\"in the register\": false, \"held\": 100}",
		"{\"signed\": -9223372036854775808, \"held\": 100}",
		"{\"signed\": 9223372036854775807, \"held\": 100}",
		"{\"held\": 100, \"on\": \"1900-01-01\"}",
		"{\"held\": 100, \"on\": \"2199-12-31\"}",
		"{\"held\": 100, \"signed\": -0}",
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		ck_assert_msg(run(good[i]) == 0, "%s: %s", good[i], output);
		ck_assert_str_eq(output, "{" ASSESS END);
	}
}
END_TEST

/* ---- errors ---- */

static void expect_error(const char *text, const char *start)
{
	ck_assert_msg(run(text) == 1, "%s: %s", text, output);
	ck_assert_msg(strncmp(output, start, strlen(start)) == 0, "%s: %s", text, output);
	ck_assert_ptr_nonnull(strstr(output, "\"message\": \""));
	ck_assert_int_eq(strcmp(output + output_size - 4, "\"}}\n"), 0);
	ck_assert_ptr_eq(strchr(output, '\n'), output + output_size - 1);
}

START_TEST(wrong_values_are_errors)
{
	expect_error("{\"held\": -3}", "{\"error\": {\"kind\": \"domain\", \"fact\": \"held\", \"value\": \"-3\", "
				       "\"allowed\": \"0..2000000000\", ");
	expect_error("{\"held\": 2000000001}",
		     "{\"error\": {\"kind\": \"domain\", \"fact\": \"held\", \"value\": \"2000000001\"");
	expect_error("{\"held\": 99999999999999999999}",
		     "{\"error\": {\"kind\": \"domain\", \"fact\": \"held\", \"value\": "
		     "\"99999999999999999999\"");
	expect_error("{\"signed\": 9223372036854775808}", "{\"error\": {\"kind\": \"domain\", \"fact\": \"signed\"");
	expect_error("{\"signed\": -9223372036854775809}", "{\"error\": {\"kind\": \"domain\", \"fact\": \"signed\"");
	expect_error("{\"held\": 1.0}", "{\"error\": {\"kind\": \"type\", \"fact\": \"held\", \"value\": \"1.0\"");
	expect_error("{\"held\": 1e3}", "{\"error\": {\"kind\": \"type\", \"fact\": \"held\", \"value\": \"1e3\"");
	expect_error("{\"held\": \"5\"}", "{\"error\": {\"kind\": \"type\", \"fact\": \"held\", \"value\": \"5\"");
	expect_error("{\"held\": true}", "{\"error\": {\"kind\": \"type\", \"fact\": \"held\", \"value\": \"true\"");
	expect_error("{\"held\": [1]}", "{\"error\": {\"kind\": \"type\", \"fact\": \"held\", \"value\": \"[1]\"");
	expect_error("{\"held\": {}}", "{\"error\": {\"kind\": \"type\", \"fact\": \"held\", \"value\": \"{}\"");
	expect_error("{\"registered\": \"true\"}", "{\"error\": {\"kind\": \"type\", \"fact\": \"registered\"");
	expect_error("{\"registered\": 1}",
		     "{\"error\": {\"kind\": \"type\", \"fact\": \"registered\", \"value\": \"1\", "
		     "\"allowed\": \"true|false\"");
	expect_error("{\"sector\": \"none\"}",
		     "{\"error\": {\"kind\": \"domain\", \"fact\": \"sector\", \"value\": \"none\", "
		     "\"allowed\": \"bank|diagnosis|other\"");
	expect_error("{\"sector\": \"account\"}", "{\"error\": {\"kind\": \"domain\", \"fact\": \"sector\"");
	expect_error("{\"sector\": 1}", "{\"error\": {\"kind\": \"type\", \"fact\": \"sector\"");
	expect_error("{\"contains\": \"bank\"}", "{\"error\": {\"kind\": \"type\", \"fact\": \"contains\"");
	expect_error("{\"contains\": [\"bank\", 1]}",
		     "{\"error\": {\"kind\": \"type\", \"fact\": \"contains\", \"value\": \"1\"");
	expect_error("{\"contains\": [null]}",
		     "{\"error\": {\"kind\": \"type\", \"fact\": \"contains\", \"value\": \"null\"");
	expect_error("{\"contains\": [[\"bank\"]]}", "{\"error\": {\"kind\": \"type\", \"fact\": \"contains\"");
	expect_error("{\"contains\": [\"x\"]}",
		     "{\"error\": {\"kind\": \"domain\", \"fact\": \"contains\", \"value\": \"x\"");
	expect_error("{\"on\": \"2026-02-30\"}", "{\"error\": {\"kind\": \"type\", \"fact\": \"on\"");
	static const char *const outside[] = { "1899-12-31", "2200-01-01", "1600-02-29", "0000-01-01" };
	for (size_t i = 0; i < 4; i++) {
		char text[64];
		(void)snprintf(text, sizeof text, "{\"on\": \"%s\"}", outside[i]);
		expect_error(text, "{\"error\": {\"kind\": \"domain\", \"fact\": \"on\"");
	}
	expect_error("{\"on\": \"1700-02-29\"}", "{\"error\": {\"kind\": \"type\", \"fact\": \"on\"");
	expect_error("{\"on\": \"1800-1-01\"}", "{\"error\": {\"kind\": \"type\", \"fact\": \"on\"");
	expect_error("{\"on\": 20260101}", "{\"error\": {\"kind\": \"type\", \"fact\": \"on\"");
}
END_TEST

START_TEST(wrong_names_are_errors)
{
	expect_error("{\"nothing\": 1}",
		     "{\"error\": {\"kind\": \"name\", \"fact\": \"nothing\", \"message\": \"没有叫做");
	expect_error("{\"twin\": 1}", "{\"error\": {\"kind\": \"name\", \"fact\": \"twin\"");
	expect_error("{\"\": 1}", "{\"error\": {\"kind\": \"name\", \"fact\": \"\"");
	expect_error("{\"held\": 1, \"held\": 2}", "{\"error\": {\"kind\": \"duplicate\", \"fact\": \"held\"");
	expect_error("{\"held\": 1, \"掌握人数\": 1}", "{\"error\": {\"kind\": \"duplicate\", \"fact\": \"held\"");
	expect_error("{\"held\": null, \"held\": 2}", "{\"error\": {\"kind\": \"duplicate\", \"fact\": \"held\"");
	expect_error("{\"_a\": 1, \"_a\": 2}", "{\"_a\": 1, \"error\": {\"kind\": \"duplicate\", \"fact\": \"_a\"");
	expect_error("{\"_a\": {\"b\": 1, \"b\": 2}}",
		     "{\"_a\": {\"b\": 1, \"b\": 2}, \"error\": {\"kind\": \"duplicate\"");
}
END_TEST

START_TEST(a_constraint_refuses_a_record_by_name)
{
	expect_error("{\"_id\": 1, \"held\": 13}",
		     "{\"_id\": 1, \"error\": {\"kind\": \"excluded\", \"constraint\": \"no_thirteen\", ");
	job.language = LANGUAGE_EN;
	expect_error("{\"held\": 13}",
		     "{\"error\": {\"kind\": \"excluded\", \"constraint\": \"no_thirteen\", \"message\": \"the "
		     "constraint `no_thirteen`");
}
END_TEST

START_TEST(one_bad_record_does_not_stop_the_others)
{
	static const char *const bad[] = {
		"{\"held\": 1",
		"{\"held\": }",
		"{\"held\": 1,}",
		"{held: 1}",
		"{\"held\": \"a\n",
		"x",
		"[1]",
		"{\"held\": 01}",
		"{\"a\": \"\\u0000\"}",
		"{\"a\": \"\\ud800\"}",
		"{\"a\": \"\xff\"}",
		"{\"held\": 1e999}",
		"{\"held\" 1}",
		"{]",
		"{\"_a\": \"\xc0\x80\"}",
		"{\"held\": +1}",
		"{\"held\": NaN}",
		"{\"held\": 1}}",
		"\x01",
		"{\"held\": \x02}",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char text[128];
		(void)snprintf(text, sizeof text, "{\"held\": 100}\n%s\n{\"held\": 100}\n", bad[i]);
		read_step = SIZE_MAX;
		ck_assert_int_eq(run(text), 1);
		ck_assert_msg(strncmp(output, "{" ASSESS END, strlen("{" ASSESS END)) == 0, "%s", bad[i]);
		size_t size = strlen("{" ASSESS END);
		ck_assert_msg(strcmp(output + output_size - size, "{" ASSESS END) == 0, "%s: %s", bad[i], output);
		ck_assert_ptr_nonnull(
			strstr(output, "{\"error\": {\"kind\": \"type\", \"message\": \"不是一个 JSON 对象"));
		char *first = strdup(output);
		read_step = 1;
		ck_assert_int_eq(run(text), 1);
		ck_assert_str_eq(output, first);
		free(first);
	}
}
END_TEST

START_TEST(a_nul_byte_is_an_error)
{
	ck_assert_int_eq(run_bytes("{\"held\": 100}\n{\"a\": \"\0\"}\n{\"held\": 100}", 39), 1);
	ck_assert_int_eq(run_bytes("held\n100\n1\0002\n100", 16), 1);
	ck_assert_ptr_nonnull(strstr(output, ",,,,,,,type: 不是 UTF-8"));
	ck_assert_int_eq(run_bytes("\0\0\0\n1", 5), 1);
}
END_TEST

static char *repeat(const char *before, const char *middle, size_t count, const char *after)
{
	size_t first = strlen(before), each = strlen(middle), last = strlen(after);
	char *text = malloc(first + each * count + last + 1);
	ck_assert_ptr_nonnull(text);
	memcpy(text, before, first);
	for (size_t i = 0; i < count; i++)
		memcpy(text + first + i * each, middle, each);
	memcpy(text + first + count * each, after, last + 1);
	return text;
}

static void expect_last_assessed(char *text)
{
	ck_assert_int_eq(run(text), 1);
	size_t size = strlen("{" ASSESS END);
	ck_assert_str_eq(output + output_size - size, "{" ASSESS END);
	ck_assert_int_eq(strncmp(output, "{\"error\": {\"kind\": \"type\"", 24), 0);
	free(text);
}

START_TEST(hostile_sizes_are_errors_of_one_record)
{
	expect_last_assessed(repeat("{\"_a\": ", "[", 100000, "\n{\"held\": 100}"));
	char *closing = repeat("", "]", 500000, "}\n{\"held\": 100}");
	expect_last_assessed(repeat("{\"_a\": ", "[", 500000, closing));
	free(closing);
	expect_last_assessed(repeat("{\"_a\": \"", "x", (size_t)5 << 20, "\"}\n{\"held\": 100}"));
	expect_last_assessed(repeat("{\"a\": ", "{\"a\": ", 5000, "\n{\"held\": 100}"));
}
END_TEST

START_TEST(a_million_records_take_no_more_memory)
{
	char *text = repeat("", "{\"held\": 100}\n", 20000, "");
	read_step = 4096;
	ck_assert_int_eq(run(text), 0);
	ck_assert_uint_eq(output_size, 20000 * strlen("{" ASSESS END));
	free(text);
}
END_TEST

/* ---- the applicable date ---- */

START_TEST(the_date_comes_from_the_option_or_the_record)
{
	job.has_on = true;
	job.on = 20454; /* 2026-01-01 */
	ck_assert_int_eq(run("{\"held\": 100}"), 0);
	ck_assert_int_eq(run("{\"held\": 100, \"on\": \"2026-01-01\"}"), 0);
	expect_error("{\"held\": 100, \"on\": \"2026-01-02\"}",
		     "{\"error\": {\"kind\": \"duplicate\", \"fact\": \"on\", \"value\": "
		     "\"2026-01-02\", \"allowed\": \"2026-01-01\"");
	/* The option alone makes a record complete. */
	ck_assert_int_eq(
		run("{\"registered\": true, \"sector\": \"bank\", \"contains\": [], \"signed\": 0, \"held\": 5}"), 0);
	ck_assert_str_eq(output, "{" FREE END);
}
END_TEST

/* ---- CSV ---- */

#define HEAD	   "outcome,label,rules,cites,possible,ask,undecided,error\n"
#define CSV_ASSESS "assess,评估,items.k1,10.1#2,,,,\n"
#define CSV_FREE   "free,\"清单外，免予\",off_list,10.1#2|12.1(2)#3,,,,\n"

START_TEST(csv_is_answered_in_csv)
{
	expect("held\n100\n5\n", 0, HEAD CSV_ASSESS "free,清单外，免予,off_list,10.1#2|12.1(2)#3,,,,\n");
	expect("\xef\xbb\xbf掌握人数,_id,已登记\r\n100,\"a,\"\"b\"\"\",是\r\n,x,否\r\n\r\n64,,true", 0,
	       "_id," HEAD "\"a,\"\"b\"\"\"," CSV_ASSESS
	       "x,,,,,free|ask,held|registered,,\n,free,清单外，免予,off_list|items.k1,"
	       "10.1#2|12.1(2)#3,,,,\n");
	expect("held\n66\n67\n68\n", 0,
	       HEAD ",,,,,,gap,\n,,off_list|items.k1,10.1#2|12.1(2)#3,,,conflict,\n,,,,,,feeding:regime,\n");
	expect("held\n", 0, HEAD);
}
END_TEST

START_TEST(csv_values_are_read_by_the_fact)
{
	static const char *const good[] = {
		"held,contains\n100,{}\n",
		"held,contains\n100,bank|诊疗\n",
		"held,contains\n100,\n",
		"held,sector\n100,其他\n",
		"held,on\n100,2026-01-01\n",
		"held,registered\n100,false\n",
		"held,\"registered\"\n\"100\",\"否\"\n",
		"held,signed\n0100,-5",
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		ck_assert_msg(run(good[i]) == 0, "%s: %s", good[i], output);
		ck_assert_str_eq(output, HEAD CSV_ASSESS);
	}
}
END_TEST

START_TEST(csv_mistakes_are_errors_of_one_record)
{
	static const struct {
		const char *text, *error;
	} rows[] = {
		{ "held,_i\n1.0,7\n", "7,,,,,,,,type: " },
		{ "held,_i\n1e3,7\n", "7,,,,,,,,type: " },
		{ "held,_i\n-3,7\n", "7,,,,,,,,domain: " },
		{ "held,_i\n+3,7\n", "7,,,,,,,,type: " },
		{ "held,_i\n 3,7\n", "7,,,,,,,,type: " },
		{ "held,_i\n-,7\n", "7,,,,,,,,type: " },
		{ "held,_i\n13,7\n", "7,,,,,,,,excluded: " },
		{ "registered,_i\nTRUE,7\n", "7,,,,,,,,type: " },
		{ "contains,_i\nbank|,7\n", "7,,,,,,,,domain: " },
		{ "contains,_i\n|,7\n", "7,,,,,,,,domain: " },
		{ "held,_i\n1\n", "" },
		{ "held,_i\n1,2,3\n", "2,,,,,,,,type: " },
		{ "held,_i\n1,a\"b\n", "\"a\"\"b\",,,,,,,,type: " },
		{ "held,_i\n1,\"a\"b\n", "" },
		{ "nothing,_i\n1,7\n", "7,,,,,,,,name: " },
		{ "held,held,_i\n1,1,7\n", "7,,,,,,,,duplicate: " },
		{ "held,掌握人数,_i\n1,1,7\n", "7,,,,,,,,duplicate: " },
		{ "_i,_i\n1,7\n", "1,7,,,,,,,,duplicate: " },
		{ "held,\n1,7\n", ",,,,,,,name: " },
		{ "[{\"held\": 1}]", ",,,,,,,\"name: " },
		{ "nothing\n", ",,,,,,,name: " },
		{ "held,_i\n1,\xff\n", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_msg(run(rows[i].text) == 1, "%s: %s", rows[i].text, output);
		const char *line = strchr(output, '\n');
		ck_assert_ptr_nonnull(line);
		ck_assert_msg(strncmp(line + 1, rows[i].error, strlen(rows[i].error)) == 0 || rows[i].error[0] == '\0',
			      "%s: %s", rows[i].text, output);
		ck_assert_msg(strchr(line + 1, '\n') == output + output_size - 1, "%s: %s", rows[i].text, output);
	}
}
END_TEST

START_TEST(csv_goes_on_after_a_mistake)
{
	expect("held\n100\n\"1\"\"\n100\n100\n", 1,
	       HEAD CSV_ASSESS
	       ",,,,,,,type: 引号不合 RFC 4180：单元格要么全在引号内，要么不含引号\n" CSV_ASSESS CSV_ASSESS);
	char *text = repeat("held\n\"", "x", (size_t)5 << 20, "\n100\n");
	ck_assert_int_eq(run(text), 1);
	ck_assert_str_eq(output, HEAD ",,,,,,,type: 记录超过 1048576 字节\n" CSV_ASSESS);
	free(text);
	text = repeat("held,", "_", (size_t)5 << 20, "\n100\n");
	ck_assert_int_eq(run(text), 1);
	free(text);
}
END_TEST

START_TEST(cells_over_lines_belong_to_one_record)
{
	expect("_note,held\n\"a\nb\",100\n", 0, "_note," HEAD "\"a\nb\"," CSV_ASSESS);
}
END_TEST

/* ---- the world ---- */

START_TEST(failed_reads_and_writes_are_told)
{
	read_error = EIO;
	ck_assert_int_eq(run("{\"held\": 100}\n"), -1);
	ck_assert_int_eq(job.error.error, EIO);
	ck_assert_str_eq(job.error.doing, "read");
	read_error = 0;
	write_error = EPIPE;
	ck_assert_int_eq(run("{\"held\": 100}\n"), -1);
	ck_assert_int_eq(job.error.error, EPIPE);
	ck_assert_str_eq(job.error.doing, "write");
	ck_assert_int_eq(run("held\n100\n"), -1);
}
END_TEST

/* ---- memory ends: the linker sends malloc and calloc of this program here ---- */

static size_t allocations_left; /* 0: not counting */

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

static bool memory_ends(void)
{
	return allocations_left > 0 && --allocations_left == 0;
}

void *__wrap_malloc(size_t size)
{
	return memory_ends() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return memory_ends() ? NULL : __real_calloc(count, size);
}

/* true: it was done without the memory that was refused, or before it came to that. */
static bool run_with_memory_for(size_t allocations, const char *text)
{
	bool done = false;
	allocations_left = allocations;
	if (setjmp(handler.back) == 0) {
		(void)run(text);
		done = allocations_left > 0;
	}
	allocations_left = 0;
	return done;
}

/* Leaks are the sanitizer's to find. Jansson's memory fails too. */
START_TEST(every_failed_allocation_jumps_once_and_leaks_nothing)
{
	static const char *const texts[] = {
		"{\"_id\": \"a\", \"held\": 64, \"contains\": [\"bank\"]}\n{\"held\": 1}\n{\"x\": 1}\n",
		"_id,held,contains\na,64,bank|other\n\"b\",x,{}\n",
	};
	json_set_alloc_funcs(__wrap_malloc, free);
	size_t n = 1;
	while (!run_with_memory_for(n, texts[_i]))
		n++;
	ck_assert_uint_ge(n, 5);
	ck_assert_int_eq(run("{\"held\": 100}"), 0);
	json_set_alloc_funcs(malloc, free);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("records");
	TCase *t = tcase_create("records");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_complete_record_is_answered);
	tcase_add_test(t, records_stand_on_lines_or_one_after_the_other);
	tcase_add_test(t, unknown_facts_leave_outcomes_open);
	tcase_add_test(t, reasons_of_some_completions_are_named);
	tcase_add_test(t, what_a_reason_rests_on_may_be_open_itself);
	tcase_add_test(t, gaps_and_conflicts_are_told);
	tcase_add_test(t, copied_names_come_first_and_as_written);
	tcase_add_test(t, members_are_named_by_id_or_label);
	tcase_add_test(t, wrong_values_are_errors);
	tcase_add_test(t, wrong_names_are_errors);
	tcase_add_test(t, a_constraint_refuses_a_record_by_name);
	tcase_add_test(t, one_bad_record_does_not_stop_the_others);
	tcase_add_test(t, a_nul_byte_is_an_error);
	tcase_add_test(t, hostile_sizes_are_errors_of_one_record);
	tcase_add_test(t, a_million_records_take_no_more_memory);
	tcase_add_test(t, the_date_comes_from_the_option_or_the_record);
	tcase_add_test(t, csv_is_answered_in_csv);
	tcase_add_test(t, csv_values_are_read_by_the_fact);
	tcase_add_test(t, csv_mistakes_are_errors_of_one_record);
	tcase_add_test(t, csv_goes_on_after_a_mistake);
	tcase_add_test(t, cells_over_lines_belong_to_one_record);
	tcase_add_test(t, failed_reads_and_writes_are_told);
	tcase_add_loop_test(t, every_failed_allocation_jumps_once_and_leaks_nothing, 0, 2);
	suite_add_tcase(s, t);
	return s;
}

int main(void)
{
	SRunner *runner = srunner_create(suite());
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
