/* Values, ranges, conditions and dates in words, in both languages. */
#include "rulebook_fixture.h"

static struct book book;

static void setup(void)
{
	static const char text[] =
		"```rulebook\n" PRELUDE
		"枚举 kinds 两级 { k1「大类」 \"group\" { a1「子」、 a2「丑」 }、 k2「小类」 { b1「寅」 } }\n"
		"事实 k「类别」 \"kind\": 枚举 见 kinds 加 none「无」、 other「他」\n"
		"定义 w「为数众多」 \"numerous\" 为 n 10万人以上\n"
		"规则 a 用于 d 理由 「x」 当 w 且 (s 含任一 { p、 q } 或 非 b) 则 one\n"
		"规则 c 用于 d 理由 「x」 当 k 属于 { k1、 none } 且 s 非空 且 day 为 2026-01-01 则 one\n"
		"判定 g「后续」: { u、 v }\n规则 f 用于 g 理由 「x」 当 d 不为 three 则 u\n缺省 v 用于 g 理由 "
		"「x」\n```\n";
	memset(&book, 0, sizeof book);
	book_open(&book, text);
	ck_assert_str_eq(book_findings(&book, false), "");
}

static void teardown(void)
{
	book_close(&book);
}

static void range_is(uint32_t dim, int64_t low, int64_t high, const char *zh, const char *en)
{
	struct range range = { low, high };
	struct ranges ranges = { &range, 1 };
	struct phrase words = dim_words(book.arena, book.model, dim, &ranges);
	ck_assert_str_eq(words.zh, zh);
	ck_assert_str_eq(words.en, en);
}

START_TEST(numbers)
{
	static const struct {
		int64_t value;
		const char *zh, *en;
	} all[] = {
		{ 0, "0", "0" },
		{ 100000, "10万", "100,000" },
		{ 9999999, "9999999", "9,999,999" },
		{ 2000000000, "20亿", "2,000,000,000" },
		{ 15000, "15000", "15,000" },
		{ -30000, "-3万", "-30,000" },
		{ INT64_MIN, "-9223372036854775808", "-9,223,372,036,854,775,808" },
		{ 999, "999", "999" },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		ck_assert_str_eq(number_words(book.arena, all[i].value, true), all[i].zh);
		ck_assert_str_eq(number_words(book.arena, all[i].value, false), all[i].en);
	}
}
END_TEST

START_TEST(ranges)
{
	range_is(0, 100000, 999999, "人数10万人以上、不满100万人",
		 "head count is at least 100,000 and under 1,000,000 persons");
	range_is(0, 0, 99999, "人数不满10万人", "head count is under 100,000 persons");
	range_is(0, 0, 10, "人数10人以下", "head count is at most 10 persons");
	range_is(0, 11, 1000000, "人数11人以上", "head count is at least 11 persons");
	range_is(0, 7, 7, "人数为7人", "head count is 7 persons");
	range_is(0, 0, 1000000, "人数为任何数", "head count is any number");
	range_is(1, 1, 1, "开放", "is open");
	range_is(1, 0, 0, "非开放", "not is open");
	range_is(2, 0, 0, "行业为甲", "e is x");
	range_is(2, 1, 2, "行业属于 { 乙、丙 }", "e is one of { y, z }");
	range_is(3, 1, 1, "账户含银行", "s contains p");
	range_is(3, 0, 0, "账户不含银行", "s lacks p");
	range_is(6, 20454, 20818, "入场日自2026-01-01至2026-12-31", "day is from 2026-01-01 to 2026-12-31");
	range_is(7, 0, 1, "类别为大类", "kind is group");
	range_is(7, 0, 3, "类别不为他", "kind is not other");
	range_is(7, 1, 4, "类别不为子", "kind is not a1");
	range_is(7, 0, 2, "类别属于 { 大类、寅 }", "kind is one of { group, b1 }");
}
END_TEST

START_TEST(conditions)
{
	const struct model *m = book.model;
	struct phrase a = cond_words(book.arena, m, m->rules[rule_of(m, "a")].when);
	struct phrase c = cond_words(book.arena, m, m->rules[rule_of(m, "c")].when);
	struct phrase f = cond_words(book.arena, m, m->rules[rule_of(m, "f")].when);
	ck_assert_str_eq(a.zh, "为数众多，且（账户含任一 { 银行、保险 }，或者非开放）");
	ck_assert_str_eq(a.en, "numerous and (s contains any of { p, q } or not is open)");
	ck_assert_str_eq(c.zh, "类别属于 { 大类、无 }，且账户非空，且入场日为2026-01-01");
	ck_assert_str_eq(f.zh, "结果不为三");
	ck_assert_str_eq(f.en, "d is not three");
}
END_TEST

START_TEST(values)
{
	const struct fact *facts = book.model->facts;
	ck_assert_str_eq(fact_value_json(book.arena, &facts[0], 5), "5");
	ck_assert_str_eq(fact_value_json(book.arena, &facts[1], 1), "true");
	ck_assert_str_eq(fact_value_json(book.arena, &facts[2], 1), "\"y\"");
	ck_assert_str_eq(fact_value_json(book.arena, &facts[3], 5), "[\"p\", \"r\"]");
	ck_assert_str_eq(fact_value_json(book.arena, &facts[3], 0), "[]");
	ck_assert_str_eq(fact_value_json(book.arena, &facts[4], 0), "\"1970-01-01\"");
	ck_assert_str_eq(fact_value_words(book.arena, &facts[3], 5).zh, "银行、注册");
	ck_assert_str_eq(fact_is_words(book.arena, &facts[3], 0).zh, "账户为空");
	ck_assert_str_eq(fact_is_words(book.arena, &facts[1], 0).zh, "非开放");
	ck_assert_str_eq(fact_is_words(book.arena, &facts[0], 100000).en, "head count is 100,000 persons");
}
END_TEST

START_TEST(dates)
{
	int64_t day, back;
	for (day = DATE_LOW; day <= DATE_HIGH; day++) {
		struct arena_mark mark = arena_save(book.arena);
		ck_assert(date_parse(date_text(book.arena, day), &back) && back == day);
		arena_restore(book.arena, mark);
	}
	ck_assert_str_eq(date_text(book.arena, DATE_LOW), "1900-01-01");
	ck_assert_str_eq(date_text(book.arena, DATE_HIGH), "2199-12-31");
	ck_assert(!date_parse("1899-12-31", &day) && !date_parse("2200-01-01", &day) &&
		  !date_parse("2026-02-29", &day));
	ck_assert(!date_parse("2026-1-01", &day) && !date_parse("2026/01/01", &day) && !date_parse("", &day));
	ck_assert(date_parse("2024-02-29", &day) && !date_parse("1900-02-29", &day));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("words");
	TCase *c = tcase_create("words");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, numbers);
	tcase_add_test(c, ranges);
	tcase_add_test(c, conditions);
	tcase_add_test(c, values);
	tcase_add_test(c, dates);
	suite_add_tcase(s, c);
	return s;
}

int main(void)
{
	SRunner *runner = srunner_create(suite());
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
