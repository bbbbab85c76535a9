/* The head of a rulebook, its registers, its publications; looking things up; the dump. */
#include "rulebook_fixture.h"

static struct book book;

static void open_clean(const char *text)
{
	book_open(&book, text);
	ck_assert_str_eq(book_findings(&book, true), "");
}

static void teardown(void)
{
	if (book.arena)
		book_close(&book);
}

static const char *head_value(const char *key)
{
	for (size_t i = 0; i < book.model->head_count; i++)
		if (strcmp(book.model->head_keys[i], key) == 0)
			return book.model->head_values[i];
	return "";
}

#define HEAD \
	"### 第一条\n\n依据规定，制定本办法。\n\n### 第二条\n\n本办法由甲局会同乙局解释。\n\n" \
	"```rulebook\n规则书 t「办法」 \"Measures\"\n  制定机关 「甲局」、「乙局」\n" \
	"  解释机关 「甲局」 会同 「乙局」 依据 2.1\n  法律依据 规定 依据 1.1\n  公布 2026-01-02\n" \
	"  施行 2026-02-01\n  试行 2年\n版次 2026「第一版」 属于 t 公布 2026-01-03\n" \
	"法规 规定「某规定」 文号 「第1号」 效力 上位\n标准 std「标准」 编号 「GB 1」 关系 采用\n" \
	"疑义 A1「含糊」 依据 1.1 理由 「从严」\n口径 held「掌握」 理由 「存量」\n" \
	"约定 以上、以下 含本数 依据 规定3 释疑 A1\n角色 boss「局长」 又称 「首长」\n" \
	"职责 boss 「解释」 依据 2.1\n宣示 1.1 理由 「目的」\n事实 n: 整数 0 至 9人 口径 held 裁量 首长\n" \
	"判定 d: { x、 y }\n规则 a 用于 d 理由 「x」 当 n 5人以上 则 x\n缺省 y 用于 d 理由 「x」\n```\n"

START_TEST(the_head_is_kept_as_keys_and_values)
{
	open_clean(HEAD);
	const struct model *m = book.model;
	ck_assert_str_eq(m->name.id, "t");
	ck_assert_str_eq(m->name.english, "Measures");
	ck_assert_str_eq(head_value("authority"), "甲局、乙局");
	ck_assert_str_eq(head_value("published"), "2026-01-02");
	ck_assert_str_eq(head_value("trial"), "2年");
	ck_assert_str_eq(head_value("edition_published"), "2026-01-03");
	ck_assert_str_eq(m->edition.id, "2026");
	ck_assert_str_eq(m->edition.label, "第一版");
	ck_assert_uint_eq(model_clause(m, "1.1")->fate, FATE_NO_EFFECT); /* 法律依据 only points at it */
	ck_assert_uint_eq(model_clause(m, "2.1")->by_count, 1);
	ck_assert_str_eq(model_clause(m, "2.1")->by[0], "boss");
	ck_assert_ptr_null(model_clause(m, "规定3"));
}
END_TEST

START_TEST(registers_are_kept)
{
	open_clean(HEAD);
	const struct model *m = book.model;
	ck_assert_uint_eq(m->instruments.count, 1);
	ck_assert_str_eq(m->instruments.items[0].keys[0], "document_number");
	ck_assert_str_eq(m->instruments.items[0].values[1], "superior");
	ck_assert_str_eq(m->standards.items[0].values[0], "GB 1");
	ck_assert_str_eq(m->ambiguities.items[0].attributes.because, "从严");
	ck_assert_str_eq(m->conventions.items[0].name.id, "以上、以下");
	ck_assert_str_eq(m->conventions.items[0].attributes.resolves[0], "A1");
	ck_assert_str_eq(m->duties.items[0].text, "解释");
	ck_assert_uint_eq(m->duties.items[0].role, 0);
	ck_assert_str_eq(m->roles[0].aliases[0], "首长");
	ck_assert_uint_eq(m->facts[0].attributes.role, 0);
	ck_assert_str_eq(m->facts[0].attributes.basis, "held");
}
END_TEST

START_TEST(things_are_looked_up_by_any_name)
{
	open_clean("```rulebook\n事实 n「人数」 \"head count\": 整数 0 至 9人\n判定 d「结果」 \"result\": { x }\n"
		   "规则 a 用于 d 理由 「x」 当 n 5人以上 则 x\n```\n");
	ck_assert_uint_eq(model_fact(book.model, "n"), 0);
	ck_assert_uint_eq(model_fact(book.model, "人数"), 0);
	ck_assert_uint_eq(model_fact(book.model, "head count"), 0);
	ck_assert_uint_eq(model_fact(book.model, "m"), NONE);
	ck_assert_uint_eq(model_decision(book.model, "结果"), 0);
	ck_assert_uint_eq(model_decision(book.model, "result"), 0);
	ck_assert_uint_eq(model_decision(book.model, "n"), NONE);
	ck_assert_str_eq(book.model->name.id, "rulebook");
	ck_assert_str_eq(book.model->edition.id, "");
}
END_TEST

#define COLUMNS \
	"```rulebook\n标准 std「标准」 编号 「GB 1」\n疑义 A1「含糊」\n角色 boss「局长」\n事实 b「开」: 是否\n" \
	"判定 d: { x「甲」、 y「乙」 }\n表 t「表」 用于 d 命中 唯一 理由 「总」 见下表\n" \
	"公布 p「公布稿」 表 t\n  栏 条目、 b 题 「开放」、 「备注」、 则\n```\n\n" \
	"| id | 标签 | 英文 | b | 则 | 标准 | 释疑 | 理由 | 裁量 | 条目 | 「备注」 " \
	"|\n|---|---|---|---|---|---|---|---|---|---|---|\n" \
	"| one | 第一 | first | 是 | 甲 | std | A1 | 「特」 | boss | 1.1 | 注 |\n| two | | | 否 | 乙 | | | | | 1.2 | " \
	"|\n"

START_TEST(columns_of_tables_and_of_what_is_published)
{
	open_clean(COLUMNS);
	const struct rule *one = &book.model->rules[0], *two = &book.model->rules[1];
	ck_assert_str_eq(one->name.label, "第一");
	ck_assert_str_eq(one->name.english, "first");
	ck_assert_str_eq(one->standard, "std");
	ck_assert_str_eq(one->attributes.resolves[0], "A1");
	ck_assert(one->attributes.discretion && one->attributes.role == 0);
	ck_assert_str_eq(one->attributes.because, "特");
	ck_assert_str_eq(two->attributes.because, "总");
	ck_assert(!two->attributes.discretion && !two->name.has_label);
	ck_assert(book.model->tables[0].published && book.model->tables[0].ids_given);
	const struct publication *p = &book.model->publications.items[0];
	ck_assert_uint_eq(p->column_count, 4);
	ck_assert(p->columns[0].kind == PUBLISHED_ITEM && p->columns[1].kind == PUBLISHED_FACT);
	ck_assert(p->columns[2].kind == PUBLISHED_TEXT && p->columns[3].kind == PUBLISHED_OUTCOME);
	ck_assert_str_eq(p->columns[1].heading, "开放");
	ck_assert_str_eq(p->columns[2].heading, "备注");
}
END_TEST

START_TEST(columns_by_definitions_and_decisions)
{
	open_clean("```rulebook\n事实 b: 是否\n定义 w 为 非 b\n判定 g: { u、 v }\n判定 d: { x、 y }\n"
		   "规则 g1 用于 g 理由 「x」 当 w 则 u\n缺省 v 用于 g 理由 「x」\n表 t 用于 d 命中 任一 理由 「x」 "
		   "见下表\n```\n\n"
		   "| id | w | g | 则 |\n|---|---|---|---|\n| one | 否 | { u、 v } | x |\n| two | 是 | u | y |\n");
	const int64_t open = 1, closed = 0;
	const uint32_t outcomes[2] = { 0, 0 };
	ck_assert(cond_holds(book.model->rules[2].when, &open, outcomes));
	ck_assert(!cond_holds(book.model->rules[2].when, &closed, outcomes));
	ck_assert(cond_holds(book.model->rules[3].when, &closed, outcomes));
	ck_assert_str_eq(book.model->rules[3].id, "t.two");
}
END_TEST

START_TEST(the_dump_shows_the_model)
{
	struct writer w;
	open_clean(
		"### 第一条\n\n甲。\n\n```rulebook\n规则书 t\n事实 n「人数」: 整数 0 至 9人\n事实 s: 集合 { p、 q }\n"
		"定义 w 为 n 5人以上 或 s 含 q\n前提 k 理由 「x」 当 s 非空 则 n 1人以上\n判定 d: { x、 y }\n"
		"规则 a 用于 d 依据 1.1 当 w 除外 n 为 7人 则 x\n缺省 y 用于 d 理由 「余」\n次序 o 用于 d 理由 「x」： "
		"a 先于 缺省\n"
		"案例 「甲」 设 n 为 5 则 d 为 x\n```\n");
	writer_init(&w, book.arena);
	model_dump(&w, book.model);
	ck_assert_str_eq(writer_text(&w), "rulebook t\n"
					  "fact n「人数」: integer 0..9人\n"
					  "fact s: set 0..1\n  0 p\n  1 q\n"
					  "definition w: (or n[5..9] s.q[1])\n"
					  "constraint k: (or (not (or s.p[1] s.q[1])) n[1..9])\n"
					  "decision d: x y\n  fed by\n  reads n s\n  dims n s s\n  constraints k\n"
					  "  rule a -> x: w except n[7] o=0 cites 1.1\n"
					  "  default d.default -> y: true o=1 because 「余」\n"
					  "case 「甲」 n=5 -> d=x\n"
					  "clause 1 implemented\nclause 1.1 unit implemented a\n");
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("registers");
	TCase *c = tcase_create("registers");
	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, the_head_is_kept_as_keys_and_values);
	tcase_add_test(c, registers_are_kept);
	tcase_add_test(c, things_are_looked_up_by_any_name);
	tcase_add_test(c, columns_of_tables_and_of_what_is_published);
	tcase_add_test(c, columns_by_definitions_and_decisions);
	tcase_add_test(c, the_dump_shows_the_model);
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
