/* What the resolver reports: the slug and the place of each mistake, one message for one mistake. */
#include "rulebook_fixture.h"

/* The first line after PRELUDE is line 9. */

START_TEST(unknown_names_are_undefined)
{
	expect_findings("规则 a 用于 d 理由 「x」 当 m 5人以上 则 one", "undefined 9 m\n");
	expect_findings("规则 a 用于 f 理由 「x」 当 b 则 one", "undefined 9 f\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 b 则 four", "undefined 9 four\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 e 为 丁 则 one", "undefined 9 丁\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 s 含 t 则 one", "undefined 9 t\n");
	expect_findings("规则 a 用于 d 理由 「x」 则 one\n次序 o 用于 d 理由 「x」： a 先于 c", "undefined 10 c\n");
	expect_findings("案例 「甲」 基准 base 设 b 为 是 则 d 为 one", "undefined 9 base\n");
	expect_findings("事实 k: 枚举 见 kinds\n规则 a 用于 d 理由 「x」 当 k 为 k1 则 one", "undefined 9 kinds\n");
	expect_findings("规则 a 用于 d 依据 国法7.1 则 one", "undefined 9 国法\n");
	expect_findings("裁量 规定7.1 由 馆长 理由 「x」\n法规 规定「规定」", "undefined 9 馆长\n");
}
END_TEST

START_TEST(the_nearest_name_mends)
{
	struct book book = { 0 };
	struct out_of_memory memory_ends;
	struct arena *arena = arena_new(&memory_ends);
	static const struct {
		const char *text, *mended;
	} tries[] = {
		{ "规则 a 用于 d 理由 「x」 当 e 为 x 则 thre", "three" },
		{ "规则 a 用于 d 理由 「x」 当 开房 则 one", "开放" },
		{ "规则 a 用于 d 理由 「x」 当 「开房」 则 one", "「开放」" },
		{ "规则 a 用于 d 理由 「x」 当 \"head cuont\" 5人以上 则 one", "\"head count\"" },
	};
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		book_open(&book, in_fence(arena, tries[i].text));
		const struct finding *f = NULL;
		for (size_t k = 0; k < book.diag.findings.count && !f; k++)
			if (book.diag.findings.items[k]->kind == FINDING_UNDEFINED)
				f = book.diag.findings.items[k];
		ck_assert_msg(f && f->edit_count == 1, "%s", tries[i].text);
		ck_assert_str_eq(f->edits[0].text, tries[i].mended);
		book_close(&book);
	}
	arena_free(arena);
}
END_TEST

START_TEST(names_are_declared_once)
{
	expect_findings("事实 n: 是否", "duplicate 9 n\n");
	expect_findings("事实 n2「人数」: 是否\n规则 a 用于 d 理由 「x」 当 n2 则 one", "duplicate 9 「人数」\n");
	expect_findings("判定 d: { x、 y }", "duplicate 9 d\n");
	expect_findings("判定 f: { x、 y、 x }\n规则 a 用于 f 理由 「x」 则 x\n规则 c 用于 f 理由 「x」 则 y",
			"duplicate 9 x\n");
	expect_findings("规则 a 用于 d 理由 「x」 则 one\n规则 a 用于 d 理由 「x」 则 one", "duplicate 10 a\n");
	expect_findings("事实 k: 枚举 { u、 v、 u }", "duplicate 9 u\n");
	expect_findings("定义 w 为 b\n定义 w 为 非 b", "duplicate 10 w\n");
	expect_findings("规则书 again", "duplicate 9 again\n");
	expect_findings("事实 d: 是否\n规则 a 用于 d 理由 「x」 当 d 则 one", "duplicate 10 d\n");
	expect_findings("规则 a 用于 d 理由 「x」 则 one\n规则 c 用于 d 理由 「x」 则 two\n次序 o 用于 d 理由 「x」： "
			"a 先于 c 先于 a",
			"duplicate 11 a\n");
}
END_TEST

START_TEST(kinds_and_units_must_fit)
{
	expect_findings("规则 a 用于 d 理由 「x」 当 n 5以上 则 one", "type 9 5\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 n 5元以上 则 one", "type 9 元\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 n 5以上不满10人 则 one", "");
	expect_findings("规则 a 用于 d 理由 「x」 当 n at_least 5 under 10 persons 则 one", "");
	expect_findings("规则 a 用于 d 理由 「x」 当 e 5人以上 则 one", "type 9 e 5人以上\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 e 则 one", "type 9 e\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 n 为 x 则 one", "type 9 x\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 b 为 x 则 one", "type 9 x\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 e 含 x 则 one", "type 9 e 含 x\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 s 为 p 则 one", "type 9 s 为 p\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 e 为空 则 one", "type 9 e 为空\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 day 5人以上 则 one", "type 9 5人\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 d 5人以上 则 one", "type 9 d 5人以上\n");
	expect_findings("前提 p 理由 「x」 则 d 为 one", "type 9 d 为 one\n");
	expect_findings("断言 p 当 b 则 n 5人以上", "type 9 p\n");
	expect_findings("断言 p d 随 b 不降 序 one 低于 two", "type 9 b\n");
	expect_findings("事实 m: 整数 9 至 5\n规则 a 用于 d 理由 「x」 当 m 7以上 则 one", "type 9 5\n");
	expect_findings("规则 a 用于 d 理由 「x」 自 2026-02-01 至 2026-01-01 则 one", "type 9 2026-01-01\n");
}
END_TEST

START_TEST(values_stay_in_their_domain)
{
	expect_findings("规则 a 用于 d 理由 「x」 当 n 101万人以上 则 one", "outside-domain 9 101万人\n");
	expect_findings("规则 a 用于 d 理由 「x」 当 n 100万人以上 则 one", "");
	expect_findings("案例 「甲」 设 n 为 200万人 则 d 为 one", "outside-domain 9 200万人\n");
	expect_findings("规则 a 用于 d 理由 「x」 自 2300-01-01 则 one", "outside-domain 9 2300-01-01\n");
}
END_TEST

START_TEST(rules_need_a_clause_or_a_reason)
{
	expect_findings("规则 a 用于 d 则 one\n规则 c 用于 d 理由 「x」 则 one", "uncited 9 a\n");
	expect_findings("规则 a 用于 d 理由 「x」 则 one\n缺省 one 用于 d", "uncited 10 缺省\n");
	expect_findings_of_file("```rulebook\n判定 d: { x }\n事实 b: 是否\n表 t 用于 d 命中 唯一 则 x 见下表\n```\n\n"
				"| id | b | 理由 |\n|---|---|---|\n| one | 是 | 「x」 |\n| two | 否 |  |\n",
				"uncited 10 two\n");
}
END_TEST

START_TEST(circles_are_reported_once)
{
	expect_findings(
		"规则 a 用于 d 理由 「x」 则 one\n规则 c 用于 d 理由 「x」 则 two\n规则 f 用于 d 理由 「x」 则 three\n"
		"优先 a 于 c 理由 「x」\n优先 c 于 f 理由 「x」\n优先 f 于 a 理由 「x」",
		"override-cycle 9 a\n");
	expect_findings("规则 a 用于 d 理由 「x」 则 one\n规则 c 用于 d 理由 「x」 则 two\n"
			"次序 o 用于 d 理由 「x」： a 先于 其余\n优先 c 于 a 理由 「x」",
			"override-cycle 9 a\n");
	expect_findings("规则 a 用于 d 理由 「x」 则 one\n规则 c 用于 d 理由 「x」 则 two\n缺省 one 用于 d 理由 「x」\n"
			"次序 o 用于 d 理由 「x」： 缺省 先于 a\n优先 a 于 c 理由 「x」",
			"override-cycle 9 a\n");
	expect_findings("判定 f: { u、 v }\n规则 a 用于 d 理由 「x」 当 f 为 u 则 one\n规则 c 用于 f 理由 「x」 当 d "
			"为 one 则 u",
			"decision-cycle 8 d\n");
	expect_findings("定义 v 为 w\n定义 w 为 非 v", "decision-cycle 10 v\n");
}
END_TEST

START_TEST(first_hit_rows_against_a_ladder_are_a_circle)
{
	expect_findings_of_file(
		"```rulebook\n判定 d: { x、 y }\n事实 b: 是否\n规则 a 用于 d 理由 「x」 则 x\n"
		"优先 t 于 a 理由 「x」\n优先 a 于 t 理由 「x」\n表 t 用于 d 命中 首中 理由 「x」 见下表\n```\n\n"
		"| id | b | 则 |\n|---|---|---|\n| one | 是 | x |\n| two |  | y |\n",
		"override-cycle 4 a\n");
}
END_TEST

START_TEST(tables_are_checked)
{
#define HEAD "```rulebook\n判定 d: { x、 y }\n事实 b: 是否\n表 t 用于 d 命中 唯一 理由 「x」 见下表\n"
	expect_findings_of_file(HEAD "```\n\n| id | c | 则 |\n|---|---|---|\n| one | 是 | x |\n| one | 是 | y |\n",
				"undefined 7 c\nduplicate 10 one\n");
	expect_findings_of_file(HEAD "```\n\n| id | b |\n|---|---|\n| one | 是 |\n", "undefined 4 t\n");
	expect_findings_of_file(HEAD "```\n\n| b | 则 |\n|---|---|\n| 是 | z |\n| 否 |  |\n",
				"undefined 9 z\nundefined 10 \n");
	expect_findings_of_file(
		HEAD
		"公布 p 表 t 栏 b、 id、 c\n```\n\n| id | b | 则 |\n|---|---|---|\n| one | 是 | x |\n|  | 否 | y |\n",
		"undefined 5 c\nunstable-id 11 |  | 否 | y |\n");
#undef HEAD
}
END_TEST

/* Cells alike are parsed once; what is wrong with them is said of each, at its own place, with its own edit. */
START_TEST(cells_alike_are_each_at_their_place)
{
	struct book book = { 0 };
	book_open(&book, "```rulebook\n判定 d: { allowed、 y }\n事实 n: 整数 0 至 9人\n"
			 "表 t 用于 d 命中 唯一 理由 「x」 见下表\n```\n\n| n | 则 |\n|---|---|\n"
			 "| 5以上 | alowed |\n| 〃 | 〃 |\n| 超过 2人 不满 77人 | y |\n|    5以上 |   alowed |\n");
	ck_assert_str_eq(book_findings(&book, false),
			 "type 9 5\ntype 9 5\nundefined 9 alowed\nundefined 9 alowed\noutside-domain 11 77人\n"
			 "type 12 5\nundefined 12 alowed\n");
	const struct finding *unit = book.diag.findings.items[5], *word = book.diag.findings.items[6];
	ck_assert_uint_eq(unit->edits[0].span.start, unit->places[0].span.end);
	ck_assert_uint_eq(word->edits[0].span.start, word->places[0].span.start);
	book_close(&book);
	expect_findings_of_file("```rulebook\n判定 d: { x、 y }\n事实 e: 枚举 { k、 l }\n表 t 用于 d 命中 唯一 理由 「x」 见下表\n"
				"```\n\n| e | 则 |\n|---|---|\n| k | x |\n| l | y |\n| 不为 k | x |\n| k | x |\n", "");
}
END_TEST

START_TEST(one_mistake_is_one_message)
{
	/* an unknown enumeration: what is compared with its members says nothing more */
	expect_findings("事实 k: 枚举 见 kinds\n规则 a 用于 d 理由 「x」 当 k 为 u 且 k 不为 v 则 one\n案例 「甲」 设 "
			"k 为 u 则 d 为 one",
			"undefined 9 kinds\n");
	/* a rule that is broken: a ladder may name it */
	expect_findings("规则 a 用于 d 理由 「x」 则 four\n规则 c 用于 d 理由 「x」 则 one\n优先 a 于 c 理由 「x」",
			"undefined 9 four\n");
	/* a broken definition */
	expect_findings(
		"定义 w 为 m 5人以上\n规则 a 用于 d 理由 「x」 当 w 则 one\n规则 c 用于 d 理由 「x」 当 非 w 则 one",
		"undefined 9 m\n");
}
END_TEST

START_TEST(a_use_in_a_wrong_rule_is_a_use)
{
	struct book book = { 0 };
	book_open(&book, "```rulebook\n事实 n: 整数 0 至 9人\n判定 d: { x }\n规则 a 用于 d 理由 「x」 当 n 5以上 则 x\n"
			 "规则 c 用于 d 理由 「x」 则 x\n```\n");
	ck_assert_str_eq(book_findings(&book, true), "type 4 5\n");
	book_close(&book);
}
END_TEST

START_TEST(registers_are_closed)
{
	expect_findings("规则 a 用于 d 理由 「x」 释疑 A01 则 one", "undefined 9 A01\n");
	expect_findings("疑义 A02「x」\n规则 a 用于 d 理由 「x」 释疑 A01、A02 则 one", "undefined 10 A01\n");
	expect_findings(
		"口径 held「掌握」\n事实 m: 整数 0 至 5人 口径 hold\n规则 a 用于 d 理由 「x」 当 m 5人以上 则 one",
		"undefined 10 hold\n");
	expect_findings("事实 m: 是否 裁量 nobody\n规则 a 用于 d 理由 「x」 当 m 则 one", "undefined 9 nobody\n");
}
END_TEST

START_TEST(unused_is_a_warning)
{
	struct book book = { 0 };
	book_open(&book,
		  "```rulebook\n事实 b: 是否\n事实 c: 是否\n判定 d: { x、 y }\n规则 a 用于 d 理由 「x」 当 b 则 x\n"
		  "定义 w 为 非 b\n枚举 k { u }\n基准 base b 是\n```\n");
	ck_assert_str_eq(book_findings(&book, true), "unused 3 c\nunused 4 y\nunused 6 w\nunused 7 k\nunused 8 base\n");
	ck_assert(!diag_failed(&book.diag));
	book_close(&book);
}
END_TEST

START_TEST(limits_are_named)
{
	struct book book = { 0 };
	struct out_of_memory memory_ends;
	struct arena *arena = arena_new(&memory_ends);
	struct writer w;
	writer_init(&w, arena);
	write_str(&w, "事实 big: 集合 { m0");
	for (int i = 1; i <= LIMIT_SET_MEMBERS; i++)
		write_fmt(&w, "、 m%d", i);
	write_str(&w, " }\n定义 w0 为 b 或 b\n");
	for (int i = 1; i < 64; i++)
		write_fmt(&w, "定义 w%d 为 w%d 或 w%d\n", i, i - 1, i - 1);
	write_str(&w, "规则 a 用于 d 理由 「x」 当 w63 则 one\n");
	book_open(&book, in_fence(arena, writer_text(&w)));
	ck_assert_str_eq(book_findings(&book, false), "limit 9 big\nlimit 28 w18\n");
	book_close(&book);
	arena_free(arena);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("resolve");
	TCase *c = tcase_create("findings");
	tcase_add_test(c, unknown_names_are_undefined);
	tcase_add_test(c, the_nearest_name_mends);
	tcase_add_test(c, names_are_declared_once);
	tcase_add_test(c, kinds_and_units_must_fit);
	tcase_add_test(c, values_stay_in_their_domain);
	tcase_add_test(c, rules_need_a_clause_or_a_reason);
	tcase_add_test(c, circles_are_reported_once);
	tcase_add_test(c, first_hit_rows_against_a_ladder_are_a_circle);
	tcase_add_test(c, tables_are_checked);
	tcase_add_test(c, cells_alike_are_each_at_their_place);
	tcase_add_test(c, one_mistake_is_one_message);
	tcase_add_test(c, a_use_in_a_wrong_rule_is_a_use);
	tcase_add_test(c, registers_are_closed);
	tcase_add_test(c, unused_is_a_warning);
	tcase_add_test(c, limits_are_named);
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
