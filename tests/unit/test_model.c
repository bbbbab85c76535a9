/* The model that the resolver makes: facts and dimensions, conditions, rules, tables, priorities, closures, periods. */
#include "rulebook_fixture.h"

static struct book book;
static struct out_of_memory memory_ends;
static struct arena *texts; /* the sources keep pointers into it */

static void open_declarations(const char *declarations)
{
	texts = arena_new(&memory_ends);
	const char *text = in_fence(texts, declarations);
	memset(&book, 0, sizeof book);
	book_open(&book, text);
	ck_assert_msg(book.model && !diag_failed(&book.diag), "%s\nfindings:\n%s", text, book_findings(&book, true));
}

static void teardown(void)
{
	if (book.arena)
		book_close(&book);
	arena_free(texts);
	texts = NULL;
}

/* The rule's condition on one case: facts in the order of PRELUDE. */
static bool holds(const char *rule, int64_t n, int64_t b, int64_t e, const int64_t s[3], int64_t day)
{
	int64_t values[16] = { n, b, e, s[0], s[1], s[2], day };
	uint32_t outcomes[16] = { 0 };
	return cond_holds(book.model->rules[rule_of(book.model, rule)].when, values, outcomes);
}

static bool holds_for_n(const char *rule, int64_t n)
{
	return holds(rule, n, 0, 0, (int64_t[]){ 0, 0, 0 }, 0);
}

static bool holds_for_set(const char *rule, int64_t p, int64_t q, int64_t r)
{
	return holds(rule, 0, 0, 0, (int64_t[]){ p, q, r }, 0);
}

START_TEST(facts_become_dimensions)
{
	open_declarations("");
	ck_assert_uint_eq(book.model->fact_count, 5);
	ck_assert_uint_eq(book.model->dim_count, 7);
	ck_assert_uint_eq(book.model->facts[3].first_dim, 3);
	ck_assert_uint_eq(book.model->facts[3].dim_count, 3);
	ck_assert_uint_eq(book.model->dims[5].member, 2);
	ck_assert_int_eq(book.model->facts[0].high, 1000000);
	ck_assert_str_eq(book.model->facts[0].unit, "人");
	ck_assert_int_eq(book.model->facts[4].low, DATE_LOW);
	ck_assert_uint_eq(book.model->applicable_date, NONE);
}
END_TEST

START_TEST(bounds_are_those_of_the_civil_code)
{
	open_declarations("规则 a 用于 d 理由 「x」 当 n 10万人以上不满20万人 则 one\n"
			  "规则 c 用于 d 理由 「x」 当 n 超过10人 则 one\n"
			  "规则 f 用于 d 理由 「x」 当 n 10人以下 则 one\n");
	ck_assert(!holds_for_n("a", 99999) && holds_for_n("a", 100000) && holds_for_n("a", 199999) &&
		  !holds_for_n("a", 200000));
	ck_assert(!holds_for_n("c", 10) && holds_for_n("c", 11));
	ck_assert(holds_for_n("f", 10) && !holds_for_n("f", 11));
}
END_TEST

START_TEST(members_are_named_by_id_and_label)
{
	open_declarations("规则 a 用于 结果 理由 「x」 当 行业 属于 { 甲、 z } 则 一\n"
			  "规则 c 用于 d 理由 「x」 当 e 不为 乙 则 one\n");
	for (int64_t e = 0; e < 3; e++) {
		ck_assert(holds("a", 0, 0, e, (int64_t[]){ 0, 0, 0 }, 0) == (e != 1));
		ck_assert(holds("c", 0, 0, e, (int64_t[]){ 0, 0, 0 }, 0) == (e != 1));
	}
}
END_TEST

START_TEST(sets_are_tested_member_by_member)
{
	open_declarations("规则 a 用于 d 理由 「x」 当 s 含 p 则 one\n"
			  "规则 c 用于 d 理由 「x」 当 s 不含 p 则 one\n"
			  "规则 f 用于 d 理由 「x」 当 s 含任一 { p、 q } 则 one\n"
			  "规则 g 用于 d 理由 「x」 当 s 含全部 { p、 q } 则 one\n"
			  "规则 h 用于 d 理由 「x」 当 s 为空 则 one\n"
			  "规则 i 用于 d 理由 「x」 当 s 非空 则 one\n");
	for (int bits = 0; bits < 8; bits++) {
		int64_t p = bits & 1, q = bits >> 1 & 1, r = bits >> 2 & 1;
		ck_assert(holds_for_set("a", p, q, r) == (p == 1));
		ck_assert(holds_for_set("c", p, q, r) == (p == 0));
		ck_assert(holds_for_set("f", p, q, r) == (p || q));
		ck_assert(holds_for_set("g", p, q, r) == (p && q));
		ck_assert(holds_for_set("h", p, q, r) == (bits == 0));
		ck_assert(holds_for_set("i", p, q, r) == (bits != 0));
	}
}
END_TEST

START_TEST(definitions_may_stand_anywhere)
{
	open_declarations("规则 a 用于 d 理由 「x」 当 非 many 则 one\n"
			  "定义 many 为 very_many 或 b\n"
			  "定义 very_many 为 n 50万人以上\n");
	ck_assert(holds("a", 0, 0, 0, (int64_t[]){ 0, 0, 0 }, 0));
	ck_assert(!holds("a", 500000, 0, 0, (int64_t[]){ 0, 0, 0 }, 0));
	ck_assert(!holds("a", 0, 1, 0, (int64_t[]){ 0, 0, 0 }, 0));
	ck_assert(book.model->definitions[1].used);
}
END_TEST

START_TEST(groups_stand_for_their_leaves)
{
	open_declarations("枚举 kinds 两级 { k1「大类一」 { a1、 a2 }、 k2「大类二」 { b1 } }\n"
			  "事实 k: 枚举 见 kinds 加 none「不属于」\n"
			  "规则 a 用于 d 理由 「x」 当 k 为 k1 则 one\n"
			  "规则 c 用于 d 理由 「x」 当 k 属于 { 大类二、 none } 则 one\n");
	const struct fact *k = &book.model->facts[5];
	ck_assert_uint_eq(k->member_count, 4);
	ck_assert_uint_eq(k->group_count, 2);
	ck_assert_uint_eq(k->groups[0].count, 2);
	ck_assert_uint_eq(k->members[2].group, 1);
	ck_assert_uint_eq(k->members[3].group, NONE);
	ck_assert_str_eq(k->enumeration, "kinds");
	const struct ranges *a = &book.model->rules[rule_of(book.model, "a")].when->ranges;
	const struct ranges *c = &book.model->rules[rule_of(book.model, "c")].when->ranges;
	ck_assert(a->count == 1 && a->items[0].low == 0 && a->items[0].high == 1);
	ck_assert(c->count == 1 && c->items[0].low == 2 && c->items[0].high == 3);
}
END_TEST

START_TEST(ladders_rank_and_the_rest_follows)
{
	open_declarations(
		"规则 a 用于 d 理由 「x」 则 one\n规则 c 用于 d 理由 「x」 则 two\n规则 f 用于 d 理由 「x」 则 three\n"
		"规则 g 用于 d 理由 「x」 则 three\n缺省 one 用于 d 理由 「x」\n"
		"次序 o 用于 d 理由 「x」： { a、 c } 先于 f 先于 其余\n");
	const struct model *m = book.model;
	uint32_t a = rule_of(m, "a"), c = rule_of(m, "c"), f = rule_of(m, "f"), g = rule_of(m, "g");
	uint32_t d = rule_of(m, "d.default");
	ck_assert(rule_is_over(m, a, f) && rule_is_over(m, c, g) && rule_is_over(m, f, g) && rule_is_over(m, a, g));
	ck_assert(!rule_is_over(m, a, c) && !rule_is_over(m, c, a) && !rule_is_over(m, f, a) && !rule_is_over(m, a, a));
	ck_assert(rule_is_over(m, a, d) && rule_is_over(m, g, d) && !rule_is_over(m, d, g));
}
END_TEST

START_TEST(pairs_are_not_put_together)
{
	open_declarations(
		"规则 a 用于 d 理由 「x」 则 one\n规则 c 用于 d 理由 「x」 则 two\n规则 f 用于 d 理由 「x」 则 three\n"
		"优先 a 于 c 理由 「x」\n优先 c 于 f 理由 「x」\n");
	const struct model *m = book.model;
	ck_assert(rule_is_over(m, rule_of(m, "a"), rule_of(m, "c")) &&
		  rule_is_over(m, rule_of(m, "c"), rule_of(m, "f")));
	ck_assert(!rule_is_over(m, rule_of(m, "a"), rule_of(m, "f")));
	ck_assert(m->decisions[0].ladders[0].is_pair);
	ck_assert_str_eq(m->decisions[0].ladders[0].name.id, "a_over_c");
}
END_TEST

START_TEST(defaults_are_ranked_where_a_ladder_says_so)
{
	open_declarations(
		"规则 a 用于 d 理由 「x」 则 one\n缺省 two 用于 d 理由 「x」\n缺省 three 用于 d 理由 「x」 当 b\n"
		"次序 o 用于 d 理由 「x」： 缺省 先于 a\n");
	const struct model *m = book.model;
	uint32_t a = rule_of(m, "a"), first = rule_of(m, "d.default"), second = rule_of(m, "d.default2");
	ck_assert(rule_is_over(m, first, a) && rule_is_over(m, second, a) && !rule_is_over(m, a, first));
	ck_assert(!rule_is_over(m, first, second));
}
END_TEST

#define TABLE_FILE(head, rows) "```rulebook\n" PRELUDE head "\n```\n\n" rows

START_TEST(rows_are_rules)
{
	const char *text = TABLE_FILE("表 t「表」 用于 d 命中 首中 理由 「x」 当 b 见下表",
				      "| id | 条目 | e | n | 则 | 「备注」 | 自 |\n|---|---|---|---|---|---|---|\n"
				      "| r_a | 1.1 | 甲 | 10万人以上 | 一 | 注一 | 2026-01-01 |\n"
				      "| r_b | 1.2 | 〃 |  | two | 注二 |  |\n"
				      "|  | 1.3 | 乙、丙 |  | 三 |  |  |\n");
	book_open(&book, text);
	ck_assert_str_eq(book_findings(&book, false), "");
	const struct model *m = book.model;
	ck_assert_uint_eq(m->rule_count, 3);
	ck_assert_str_eq(m->rules[0].id, "t.r_a");
	ck_assert_str_eq(m->rules[2].id, "t.r3");
	ck_assert_str_eq(m->rules[1].item, "1.2");
	ck_assert_str_eq(m->rules[0].texts[0].column, "备注");
	ck_assert_str_eq(m->rules[0].texts[0].text, "注一");
	ck_assert_uint_eq(m->rules[2].outcome, 2);
	ck_assert(!m->tables[0].ids_given && m->tables[0].hit == HIT_FIRST);
	ck_assert(rule_is_over(m, 0, 1) && rule_is_over(m, 0, 2) && !rule_is_over(m, 1, 0));
	ck_assert_uint_eq(m->applicable_date, 5);
	ck_assert(m->facts[5].applicable_date && m->rules[0].has_from && !m->rules[1].has_from);
	int64_t values[8] = { 100000, 1, 0, 0, 0, 0, 0, 20454 };
	ck_assert(cond_holds(m->rules[0].when, values, NULL));
	values[7] = 20453;
	ck_assert(!cond_holds(m->rules[0].when, values, NULL) && cond_holds(m->rules[1].when, values, NULL));
	values[1] = 0;
	ck_assert(!cond_holds(m->rules[1].when, values, NULL));
	values[1] = 1;
	values[2] = 2;
	ck_assert(!cond_holds(m->rules[1].when, values, NULL) && cond_holds(m->rules[2].when, values, NULL));
}
END_TEST

START_TEST(cases_are_closed_over_feeding_and_constraints)
{
	open_declarations(
		"判定 g: { yes_g、 no_g }\n规则 g1 用于 g 理由 「x」 当 b 则 yes_g\n缺省 no_g 用于 g 理由 「x」\n"
		"规则 a 用于 d 理由 「x」 当 g 为 yes_g 且 s 含 p 则 one\n"
		"前提 k 理由 「x」 当 b 则 e 为 x\n前提 l 理由 「x」 当 e 为 y 则 n 5人以上\n"
		"断言 q 当 n 5人以上 则 g 为 yes_g\n");
	const struct model *m = book.model;
	const struct decision *d = &m->decisions[0], *g = &m->decisions[1];
	ck_assert_uint_eq(d->feed_count, 1);
	ck_assert_uint_eq(d->fed_by[0], 1);
	ck_assert_uint_eq(m->order[0], 1);
	ck_assert_uint_eq(d->dim_count, 6); /* n, b, e, and all of s; not the day */
	ck_assert_uint_eq(d->constraint_count, 2);
	ck_assert_uint_eq(g->dim_count, 3);
	ck_assert_uint_eq(g->dims[0], 0);
	ck_assert_uint_eq(g->read_fact_count, 1);
	ck_assert_uint_eq(m->properties[0].dim_count, 3);
	ck_assert_uint_eq(m->properties[0].decision_count, 1);
}
END_TEST

START_TEST(cases_take_their_baseline)
{
	const char *text = TABLE_FILE(
		"规则 a 用于 d 理由 「x」 则 one\n基准 base n 5人、 b 是、 s { p、 r }\n"
		"案例 「甲」 基准 base 设 e 为 y 则 d 为 one\n案例 「乙」 设 n 为 7 则 d 冲突 { one、 two }\n"
		"案例表 all 基准 base 见下表",
		"| 案例 | n | s | day | 应为 d |\n|---|---|---|---|---|\n| 丙 | 9 | 空 | 2026-03-01 | 空白 |\n");
	book_open(&book, text);
	ck_assert_str_eq(book_findings(&book, false), "");
	const struct test_case *c = book.model->cases;
	ck_assert_uint_eq(book.model->case_count, 3);
	ck_assert_str_eq(c[0].name, "甲");
	ck_assert(c[0].facts[0].known && c[0].facts[0].value == 5 && c[0].facts[2].value == 1 &&
		  c[0].facts[3].value == 5);
	ck_assert(c[0].expectations[0].kind == EXPECT_OUTCOME && c[0].expectations[0].outcome == 0);
	ck_assert(!c[1].facts[1].known && c[1].expectations[0].kind == EXPECT_CONFLICT);
	ck_assert_uint_eq(c[1].expectations[0].outcome_count, 2);
	ck_assert(c[2].facts[0].value == 9 && c[2].facts[3].known && c[2].facts[3].value == 0);
	ck_assert(c[2].facts[4].known && c[2].expectations[0].kind == EXPECT_GAP);
}
END_TEST

START_TEST(monotone_claims_rank_outcomes)
{
	open_declarations("规则 a 用于 d 理由 「x」 则 one\n"
			  "断言 q 依据 规定1 d 随 n 不降 序 { one、 three } 低于 two\n法规 规定「规定」\n");
	const struct property *p = &book.model->properties[0];
	ck_assert(p->monotone && p->fact_count == 1 && p->facts[0] == 0);
	ck_assert(p->rank[0] == 0 && p->rank[1] == 1 && p->rank[2] == 0);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("model");
	TCase *c = tcase_create("model");
	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, facts_become_dimensions);
	tcase_add_test(c, bounds_are_those_of_the_civil_code);
	tcase_add_test(c, members_are_named_by_id_and_label);
	tcase_add_test(c, sets_are_tested_member_by_member);
	tcase_add_test(c, definitions_may_stand_anywhere);
	tcase_add_test(c, groups_stand_for_their_leaves);
	tcase_add_test(c, ladders_rank_and_the_rest_follows);
	tcase_add_test(c, pairs_are_not_put_together);
	tcase_add_test(c, defaults_are_ranked_where_a_ladder_says_so);
	tcase_add_test(c, rows_are_rules);
	tcase_add_test(c, cases_are_closed_over_feeding_and_constraints);
	tcase_add_test(c, cases_take_their_baseline);
	tcase_add_test(c, monotone_claims_rank_outcomes);
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
