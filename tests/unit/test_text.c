/* The legal text: openings, anchors, accounts, and the comparison with the untouched text. */
#include "model/trace.h"
#include "rulebook_fixture.h"

static struct book book;

static void teardown(void)
{
	if (book.arena)
		book_close(&book);
	book.original = NULL;
}

static void ids_are(const char *text, const char *expected)
{
	struct writer w;
	book_open(&book, text);
	ck_assert_ptr_nonnull(book.model);
	writer_init(&w, book.arena);
	for (size_t i = 0; i < book.model->clause_count; i++)
		write_fmt(&w, "%s%s", i ? " " : "", book.model->clauses[i].id);
	ck_assert_str_eq(writer_text(&w), expected);
}

#define ARTICLES \
	"# 办法\n\n附件1\n\n## 第一章  总  则\n\n### 第一条\n\n为了保护，制定本办法。\n\n### 第二条  范围\n\n" \
	"第三条规定的情形，适用本条。下列情形：\n\n（一）甲；\n\n(二）乙：\n\n1.子；\n\n2.丑。\n\n（三）丙。\n\n" \
	"第二款。\n\n第三条　同一行的条文。\n\n## 第二章\n\n不属于任何条文。\n"

START_TEST(openings_give_ids)
{
	ids_are(ARTICLES, "1 1.1 2 2.1 2.1(1) 2.1(2) 2.1(2).1 2.1(2).2 2.1(3) 2.2 3 3.1");
	ck_assert_str_eq(model_clause(book.model, "2.1(2).1")->text, "1.子；");
	ck_assert_str_eq(model_clause(book.model, "3.1")->text, "同一行的条文。");
	ck_assert_str_eq(model_clause(book.model, "2")->text, "范围");
	ck_assert(!model_clause(book.model, "2.1")->unit && model_clause(book.model, "2.1(1)")->unit);
	ck_assert_str_eq(book.model->clauses[model_clause(book.model, "2.1(2).2")->parent].id, "2.1(2)");
}
END_TEST

START_TEST(anchors_give_sentences_and_rename_paragraphs)
{
	ids_are("### "
		"第八条\n\n下列数据：\n\n（一）甲：\n\n没有编号的目，达到标准的数据。\n\n第二款。甲句。乙句，到此为止。"
		"\n\n"
		"```rulebook\n条款 8.1(1).1 引 「没有编号的目…数据。」\n条款 8.2#1 引 「甲句。」\n条款 8.2#2 引 "
		"「乙句…为止」\n"
		"宣示 8.1(1).1、8.2#1、8.2#2 理由 「x」\n```\n",
		"8 8.1 8.1(1) 8.1(1).1 8.2 8.2#1 8.2#2");
	ck_assert_str_eq(book_findings(&book, true), "");
	ck_assert_str_eq(model_clause(book.model, "8.2#2")->text, "乙句，到此为止");
	ck_assert_uint_eq(model_clause(book.model, "8.1(1).1")->level, CLAUSE_SUBITEM);
	ck_assert_uint_eq(model_clause(book.model, "8.2#1")->level, CLAUSE_SENTENCE);
	struct span span = model_clause(book.model, "8.2#1")->span;
	ck_assert(strncmp(book.sources.items[0].text + span.start, "甲句。", span.end - span.start) == 0);
}
END_TEST

START_TEST(numbered_rules_have_their_own_ids)
{
	ids_are("## 统一规则\n\n```rulebook\n编号 U\n```\n\n1.第一。\n\n2.第二；其三。\n\n```rulebook\n条款 U2.a 引 "
		"「第二」\n"
		"宣示 U1、U2.a 理由 「x」\n```\n\n## 附则\n\n1.不是条款。\n",
		"U1 U2 U2.a");
	ck_assert_str_eq(book_findings(&book, true), "");
	ck_assert_uint_eq(model_clause(book.model, "U2.a")->level, CLAUSE_LIMB);
}
END_TEST

START_TEST(rows_of_text_tables_are_clauses)
{
	ids_are("```rulebook\n枚举 k 两级 { g1「一」 } 见下表\n事实 f: 枚举 见 k\n判定 d: { x }\n"
		"规则 a 用于 d 依据 K1.1 当 f 为 甲 则 x\n```\n\n"
		"| id | 上级 | 标签 | 条款 | 「名称」 | 「说明」 |\n|---|---|---|---|---|---|\n"
		"| m1 | g1 | 甲 | K1.1 | 1.甲 | 说明一 |\n| m2 | g1 | 乙 | K1.2 | 2.乙 | 〃 |\n",
		"K1.1 K1.2");
	ck_assert_str_eq(book_findings(&book, false), "unaccounted 11 K1.2\n");
	ck_assert_str_eq(book.model->clauses[1].text, "2.乙；说明一");
	ck_assert_str_eq(book.model->facts[0].members[1].texts[0].column, "名称");
	ck_assert_str_eq(book.model->facts[0].members[1].clause, "K1.2");
}
END_TEST

START_TEST(quotations_that_drift_are_reported)
{
	expect_findings_of_file(
		"### 第一条\n\n甲句。乙句。\n\n```rulebook\n条款 1.1#1 引 「丙句。」\n条款 1.2#1 引 「甲句。」\n"
		"条款 1.1 引 「甲…丁」\n```\n",
		"quote-drift 6 「丙句。」\nundefined 7 1.2#1\nquote-drift 8 「甲…丁」\n");
}
END_TEST

START_TEST(words_outside_the_parts_are_reported)
{
	expect_findings_of_file(
		"### 第一条\n\n甲句在此。还有乙句没有定位。\n\n```rulebook\n条款 1.1#1 引 「甲句在此。」\n"
		"宣示 1.1#1 理由 「x」\n```\n",
		"unaccounted 3 还有乙句没有定位。\n");
	expect_findings_of_file("### 第一条\n\n甲句在此，以及乙句在彼。\n\n```rulebook\n条款 1.1.a 引 「甲句在此」\n"
				"条款 1.1.b 引 「乙句…。」\n宣示 1.1.a、1.1.b 理由 「x」\n```\n",
				"");
}
END_TEST

START_TEST(an_only_rule_cites_the_clause_above)
{
	book_open(&book, "### 第一条\n\n甲。\n\n```rulebook\n规则 a 用于 d 则 x\n```\n\n乙。\n\n```rulebook\n判定 d: { "
			 "x }\n```\n");
	ck_assert_str_eq(book_findings(&book, false), "unaccounted 9 乙。\n");
	ck_assert_str_eq(book.model->rules[0].attributes.cites.clauses[0], "1.1");
	ck_assert_uint_eq(model_clause(book.model, "1.1")->fate, FATE_IMPLEMENTED);
}
END_TEST

START_TEST(every_unit_needs_an_account)
{
	expect_findings_of_file(
		"### 第一条\n\n甲：\n\n（一）子。\n\n（二）丑。\n\n```rulebook\n宣示 1.1、1.1(1) 理由 「x」\n```\n",
		"unaccounted 7 （二）丑。\n");
	expect_findings_of_file(
		"### 第一条\n\n甲。\n\n```rulebook\n宣示 1.1 理由 「x」\n程序条款 1.1 见 p\n宣示 1.2 理由 「x」\n```\n",
		"duplicate 7 1.1\nundefined 8 1.2\n");
	expect_findings_of_file("### 第一条\n\n甲。\n\n```rulebook\n疑义 A1「x」 依据 1.1\n```\n",
				"unaccounted 3 甲。\n");
}
END_TEST

START_TEST(accounts_are_traced)
{
	struct writer w;
	book_open(&book, "### 第一条\n\n甲。\n\n乙。\n\n丙。\n\n丁。\n\n```rulebook\n角色 boss「馆长」 依据 1.1\n裁量 "
			 "1.2 由 boss 理由 「酌定」\n"
			 "程序条款 1.3 见 p\n宣示 1.4 理由 「x」\n```\n");
	ck_assert_str_eq(book_findings(&book, true), "");
	writer_init(&w, book.arena);
	trace_write(&w, book.model, false, true);
	ck_assert_str_eq(writer_text(&w), "1.1  已实施  boss\n1.2  裁量    馆长：酌定\n1.3  待程序  p\n1.4  宣示    x\n"
					  "共 4 条款：已实施 1，裁量 1，宣示 1，待程序 1\n");
	writer_init(&w, book.arena);
	trace_write(&w, book.model, true, true);
	ck_assert_str_eq(
		writer_text(&w),
		"\"clauses\": [\n"
		"  {\"clause\": \"1.1\", \"fate\": \"implemented\", \"by\": [\"boss\"], \"role\": null, \"reason\": "
		"null},\n"
		"  {\"clause\": \"1.2\", \"fate\": \"discretion\", \"by\": [], \"role\": \"boss\", \"reason\": "
		"\"酌定\"},\n"
		"  {\"clause\": \"1.3\", \"fate\": \"pending\", \"by\": [], \"role\": null, \"reason\": \"p\"},\n"
		"  {\"clause\": \"1.4\", \"fate\": \"no_effect\", \"by\": [], \"role\": null, \"reason\": \"x\"}],\n"
		"\"totals\": {\"implemented\": 1, \"discretion\": 1, \"no_effect\": 1, \"pending\": 1, "
		"\"unaccounted\": 0, "
		"\"clauses\": 4}");
}
END_TEST

START_TEST(markdown_is_no_text)
{
	book.original = "办法\n第一条\n甲*乙。";
	book_open(&book,
		  "# **办法**\n\n```rulebook\n原文 o.txt\n宣示 1.1 理由 「x」\n```\n\n### 第一条\n\n甲\\*乙。\n");
	ck_assert_str_eq(book_findings(&book, true), "");
}
END_TEST

#define WITH_ORIGINAL "# 办法\n\n```rulebook\n原文 o.txt\n宣示 1.1 理由 「x」\n```\n\n### 第一条\n\n甲乙。\n"

static void differs(const char *original, const char *expected)
{
	book.original = original;
	book_open(&book, WITH_ORIGINAL);
	ck_assert_str_eq(book_findings(&book, true), expected);
	book_close(&book);
}

START_TEST(prose_equals_the_original)
{
	differs("办法\n\n 第一条　甲\n乙。\n", "");
	differs("办法\n第一条\n甲丙。\n", "quote-drift 10 乙。\n");
	differs("办法\n第一条\n甲乙。丁\n", "quote-drift 4 原文 o.txt\n");
	differs("办法\n第一条\n", "quote-drift 10 甲乙。\n");
	differs(NULL, "undefined 4 o.txt\n");
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("text");
	TCase *c = tcase_create("text");
	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, openings_give_ids);
	tcase_add_test(c, anchors_give_sentences_and_rename_paragraphs);
	tcase_add_test(c, numbered_rules_have_their_own_ids);
	tcase_add_test(c, rows_of_text_tables_are_clauses);
	tcase_add_test(c, quotations_that_drift_are_reported);
	tcase_add_test(c, words_outside_the_parts_are_reported);
	tcase_add_test(c, an_only_rule_cites_the_clause_above);
	tcase_add_test(c, every_unit_needs_an_account);
	tcase_add_test(c, accounts_are_traced);
	tcase_add_test(c, markdown_is_no_text);
	tcase_add_test(c, prose_equals_the_original);
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
