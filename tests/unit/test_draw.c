/* Drawing lists: the chart says what the rules say, pages stay legible, lists are the same every time. */
#include "artifact_fixture.h"
#include "draw/chart.h"
#include "draw/drawings.h"
#include "draw/fit.h"
#include "draw/list.h"
#include "draw/metrics.h"
#include "draw/wrap.h"
#include "random_cases.h"

#include <stdlib.h>

static const char HEAD[] = "```rulebook\n规则书 t「试验」\n"
			   "事实 n「人数」: 整数 0 至 100万人\n事实 b「开放」: 是否\n"
			   "事实 e「行业」: 枚举 { x「甲」、 y「乙」、 z「丙」 }\n"
			   "事实 s「账户」: 集合 { p「银行」、 q「保险」、 r「注册」 }\n"
			   "判定 feed「先行」: { low「低」、 high「高」 }\n"
			   "规则 f_high 用于 feed 理由 「x」 当 n 10万人以上 则 high\n"
			   "规则 f_low 用于 feed 理由 「x」 当 n 不满10万人 则 low\n"
			   "判定 d「结果」: { one「一」、 two「二」、 three「三」 }\n";

static const struct model *model_with(const char *declarations)
{
	return model_of_text(arena_printf(arena, "%s%s\n```\n", HEAD, declarations));
}

static struct drawing *only_drawing(const picture_lists *lists)
{
	const char *error;
	size_t line;
	ck_assert_uint_eq(lists->count, 1);
	struct drawing *d = list_read(arena, lists->items[0].bytes, lists->items[0].size, &error, &line);
	ck_assert_msg(d != NULL, "line %zu: %s", line, error);
	return d;
}

static struct drawing *drawing_of(const char *declarations)
{
	picture_lists lists = { 0 };
	const struct model *model = model_with(declarations);
	draw_decision(arena, model, NULL, model_decision(model, "d"), &lists);
	return only_drawing(&lists);
}

static bool has_label(const struct drawing *d, const char *label)
{
	for (size_t i = 0; i < d->edges.count; i++)
		for (size_t k = 0; k < d->edges.items[i].labels.count; k++)
			if (strcmp(d->edges.items[i].labels.items[k], label) == 0)
				return true;
	return false;
}

static size_t nodes_of(const struct drawing *d, enum drawing_class class)
{
	size_t count = 0;
	for (size_t i = 0; i < d->nodes.count; i++)
		count += d->nodes.items[i].class == class;
	return count;
}

/* ---- charts ---- */

START_TEST(numbers_are_said_in_statutory_words)
{
	struct drawing *d = drawing_of("规则 a 用于 d 理由 「x」 当 n 不满10万人 则 one\n"
				       "规则 c 用于 d 理由 「x」 当 n 10万人以上不满50万人 则 two\n"
				       "规则 e 用于 d 理由 「x」 当 n 50万人以上 则 three\n");
	ck_assert_uint_eq(d->nodes.count, 4);
	ck_assert(has_label(d, "不满10万人"));
	ck_assert(has_label(d, "10万人以上、") && has_label(d, "不满50万人"));
	ck_assert(has_label(d, "50万人以上"));
}
END_TEST

START_TEST(a_set_asked_one_thing_is_one_question)
{
	struct drawing *d = drawing_of("规则 a 用于 d 理由 「x」 当 s 非空 则 one\n"
				       "规则 c 用于 d 理由 「x」 当 s 为空 则 two\n");
	ck_assert_uint_eq(d->nodes.count, 3);
	ck_assert(has_label(d, "非空") && has_label(d, "空"));
}
END_TEST

START_TEST(gaps_and_conflicts_are_red)
{
	struct drawing *d = drawing_of("规则 a 用于 d 理由 「x」 当 e 为 x 则 one\n"
				       "规则 c 用于 d 理由 「x」 当 e 属于 { x、 y } 则 two\n");
	ck_assert_uint_eq(nodes_of(d, CLASS_GAP), 1);
	ck_assert_uint_eq(nodes_of(d, CLASS_CONFLICT), 1);
	ck_assert_uint_eq(nodes_of(d, CLASS_QUESTION), 1);
	ck_assert(has_label(d, "甲") && has_label(d, "乙") && has_label(d, "丙"));
}
END_TEST

/* n 不满10万人 and feed 为 high do not meet, so the picture has no gap there. */
START_TEST(answers_that_never_meet_are_not_drawn)
{
	struct drawing *d = drawing_of("规则 a 用于 d 理由 「x」 当 feed 为 high 且 n 10万人以上 则 one\n"
				       "规则 c 用于 d 理由 「x」 当 feed 为 low 且 n 不满10万人 则 two\n");
	ck_assert_uint_eq(nodes_of(d, CLASS_GAP), 0);
	ck_assert_uint_eq(d->nodes.count, 3);
}
END_TEST

START_TEST(what_constraints_exclude_is_not_drawn)
{
	struct drawing *d = drawing_of("前提 closed 理由 「x」 当 非 b 则 e 为 x\n"
				       "规则 a 用于 d 理由 「x」 当 e 为 x 则 one\n"
				       "规则 c 用于 d 理由 「x」 当 b 且 e 不为 x 则 two\n");
	ck_assert_uint_eq(nodes_of(d, CLASS_GAP), 0);
	ck_assert_uint_eq(d->nodes.count, 3);
}
END_TEST

START_TEST(a_decision_without_questions_is_one_leaf)
{
	struct drawing *d = drawing_of("缺省 one 用于 d 理由 「x」\n");
	ck_assert_uint_eq(d->nodes.count, 1);
	ck_assert_str_eq(d->nodes.items[0].id, "outcome.one");
}
END_TEST

START_TEST(no_case_at_all_is_said)
{
	struct drawing *d =
		drawing_of("前提 never 理由 「x」 当 b 则 e 为 x\n前提 never2 理由 「x」 当 b 则 e 为 y\n"
			   "前提 always 理由 「x」 当 非 b 则 n 1人以上\n前提 always2 理由 「x」 当 非 b 则 n 不满1人\n"
			   "规则 a 用于 d 理由 「x」 当 b 则 one\n");
	ck_assert_str_eq(d->nodes.items[0].lines.items[0].text, "没有情形");
}
END_TEST

/* ---- against the rules, case by case ---- */

static uint64_t charted_outcomes(const struct decision_function *df, const struct chart *chart, const int64_t *values,
				 const uint32_t *outcomes)
{
	const struct answer_edge *edge = &chart->root;
	while (!edge->leaf) {
		const struct chart_node *node = &chart->nodes.items[edge->node];
		uint32_t part = part_of_case(df, node->variable, values, outcomes);
		const struct answer_edge *taken = NULL;
		for (size_t i = 0; i < node->edges.count; i++)
			for (size_t k = 0; k < node->edges.items[i].parts.count; k++)
				if (node->edges.items[i].parts.items[k] == part)
					taken = &node->edges.items[i];
		ck_assert_msg(taken != NULL, "no edge for an answer that a case gives");
		edge = taken;
	}
	return edge->outcomes;
}

static void compare_with_rules(const struct model *model, int cases, uint64_t seed)
{
	struct rng rng = { seed };
	size_t compared = 0;
	for (uint32_t i = 0; i < model->decision_count; i++) {
		struct decision_function *df = decision_function_of(arena, model, i);
		struct chart *chart = chart_of(df);
		ck_assert(!chart->too_large);
		for (int n = 0; n < cases; n++) {
			int64_t *values = random_case(&rng, arena, model);
			uint32_t *outcomes = arena_new_array(arena, uint32_t, model->decision_count);
			uint64_t expected;
			if (!case_is_allowed(model, values) || !outcomes_of_case(model, i, values, outcomes, &expected))
				continue;
			ck_assert_uint_eq(charted_outcomes(df, chart, values, outcomes), expected);
			compared++;
		}
	}
	ck_assert_uint_gt(compared, 0);
}

START_TEST(charts_decide_as_the_rules_do)
{
	const char *names[] = { "measures.rulebook.md", "list.rulebook.md", NULL };
	compare_with_rules(model_of_folder(GUIJU_SOURCE_DIR "/rulebooks/fujian", names), 4000, 7);
}
END_TEST

START_TEST(charts_of_sets_and_feeds_decide_as_the_rules_do)
{
	const struct model *model = model_with("前提 p1 理由 「x」 当 s 含 p 则 n 1人以上\n"
					       "规则 a 用于 d 理由 「x」 当 s 含全部 { p、 q } 且 feed 为 high 则 one\n"
					       "规则 c 用于 d 理由 「x」 当 s 含任一 { q、 r } 或 b 则 two\n"
					       "规则 g 用于 d 理由 「x」 当 e 为 z 除外 s 为空 则 three\n"
					       "缺省 one 用于 d 理由 「x」 当 n 5万人以上\n优先 a 于 c 理由 「x」\n");
	compare_with_rules(model, 3000, 11);
}
END_TEST

/* ---- the order of questions ---- */

/* The fewest questions of all orders, tried one by one. */
static size_t fewest(struct decision_function *df, uint32_t *order, uint32_t at)
{
	uint32_t count = df->question_count;
	size_t best = SIZE_MAX;
	if (at == count) {
		const struct chart *chart = chart_in_order(df, order, count);
		ck_assert(!chart->too_large);
		return chart->nodes.count;
	}
	for (uint32_t i = at; i < count; i++) {
		uint32_t first = order[at];
		order[at] = order[i];
		order[i] = first;
		size_t found = fewest(df, order, at + 1);
		best = found < best ? found : best;
		order[i] = order[at];
		order[at] = first;
	}
	return best;
}

static const char *random_rules(struct rng *rng)
{
	static const char *const tests[] = { "n 10万人以上",	 "n 不满30万人", "b",	   "e 为 x",
					     "e 属于 { x、 z }", "feed 为 high", "s 非空", "c" };
	static const char *const outcomes[] = { "one", "two", "three" };
	struct writer w;
	writer_init(&w, arena);
	write_str(&w, "事实 c「另问」: 是否\n");
	for (int i = 0; i < 6; i++) {
		write_fmt(&w, "规则 r%d 用于 d 理由 「x」 当 ", i);
		for (int k = 0; k < 3; k++)
			write_fmt(&w, "%s%s( %s )", k ? " 且 " : "", rng_next(rng) % 2 ? "非 " : "",
				  tests[rng_next(rng) % 8]);
		write_fmt(&w, " 则 %s\n", outcomes[rng_next(rng) % 3]);
	}
	write_str(&w, "缺省 one 用于 d 理由 「x」\n次序 o 用于 d 理由 「x」： r0 先于 r1 先于 r2 先于 其余\n");
	return writer_text(&w);
}

START_TEST(no_order_asks_fewer_questions)
{
	struct rng rng = { (uint64_t)_i + 1 };
	const struct model *model = model_with(random_rules(&rng));
	struct decision_function *df = decision_function_of(arena, model, model_decision(model, "d"));
	uint32_t order[QUESTION_LIMIT];
	ck_assert(!df->too_large && df->question_count <= 6);
	for (uint32_t i = 0; i < df->question_count; i++)
		order[i] = df->questions[i];
	ck_assert_uint_eq(chart_of(df)->nodes.count, fewest(df, order, 0));
	compare_with_rules(model, 300, (uint64_t)_i);
}
END_TEST

/* ---- pages ---- */

START_TEST(every_page_of_the_rulebook_is_legible)
{
	const char *names[] = { "measures.rulebook.md", "list.rulebook.md", NULL };
	picture_lists lists = { 0 };
	draw_everything(arena, model_of_folder(GUIJU_SOURCE_DIR "/rulebooks/fujian", names), NULL, &lists);
	ck_assert_uint_ge(lists.count, 6);
	for (size_t i = 0; i < lists.count; i++) {
		const char *error;
		size_t line;
		struct drawing *d = list_read(arena, lists.items[i].bytes, lists.items[i].size, &error, &line);
		ck_assert_msg(d != NULL, "%s line %zu: %s", lists.items[i].id, line, error);
		ck_assert_str_eq(d->id, lists.items[i].id);
		/* a procedure is never split, so that only its picture can tell: unit_draw_picture */
		if (strcmp(d->kind, "procedure") != 0)
			ck_assert_msg(drawing_fits(arena, d), "%s", d->id);
	}
}
END_TEST

/* Thirty numbers in two facts: hundreds of questions in all. */
static const char *staircase(int steps)
{
	struct writer w;
	writer_init(&w, arena);
	write_str(&w, "事实 m「另数」: 整数 0 至 100万人\n");
	for (int i = 0; i < steps; i++)
		write_fmt(&w, "规则 r%d 用于 d 理由 「x」 当 n %d人以上不满%d人 且 m %d人以上 则 %s\n", i, i * 100,
			  i * 100 + 100, (i * 37 % steps) * 10 + 1,
			  i % 3 == 0   ? "one"
			  : i % 3 == 1 ? "two"
				       : "three");
	write_str(&w, "缺省 one 用于 d 理由 「x」\n");
	return writer_text(&w);
}

START_TEST(a_large_chart_is_split_and_names_its_pages)
{
	picture_lists lists = { 0 };
	const struct model *model = model_with(staircase(90));
	draw_decision(arena, model, NULL, model_decision(model, "d"), &lists);
	ck_assert_uint_gt(lists.count, 1);
	for (size_t i = 0; i < lists.count; i++) {
		const char *error;
		size_t line;
		struct drawing *d = list_read(arena, lists.items[i].bytes, lists.items[i].size, &error, &line);
		ck_assert_msg(d != NULL, "line %zu: %s", line, error);
		ck_assert_uint_le(d->nodes.count, DRAWING_PAGE_NODES);
		ck_assert(i > 0 || nodes_of(d, CLASS_PAGE) > 0);
	}
}
END_TEST

START_TEST(lists_are_the_same_every_time)
{
	picture_lists one = { 0 }, other = { 0 };
	const char *declarations = staircase(20);
	draw_everything(arena, model_with(declarations), NULL, &one);
	draw_everything(arena, model_with(declarations), NULL, &other);
	ck_assert_uint_eq(one.count, other.count);
	for (size_t i = 0; i < one.count; i++) {
		ck_assert_uint_eq(one.items[i].size, other.items[i].size);
		ck_assert_mem_eq(one.items[i].bytes, other.items[i].bytes, one.items[i].size);
	}
}
END_TEST

/* A function with no small diagram in any order: equal pairs of many booleans, and a sum beside. */
START_TEST(what_is_too_large_is_said_and_does_not_hang)
{
	struct writer w;
	writer_init(&w, arena);
	for (int i = 0; i < 44; i++)
		write_fmt(&w, "事实 q%d「问%d」: 是否\n", i, i);
	for (int i = 0; i < 400; i++)
		write_fmt(&w, "规则 r%d 用于 d 理由 「x」 当 %sq%d 且 %sq%d 且 %sq%d 且 q%d 则 %s\n", i,
			  i % 2 ? "" : "非 ", i * 7 % 44, i % 3 ? "" : "非 ", (i * 11 + 5) % 44, i % 5 ? "" : "非 ",
			  (i * 17 + 3) % 44, (i * 29 + 1) % 44, i % 2 ? "one" : "two");
	picture_lists lists = { 0 };
	const struct model *model = model_with(writer_text(&w));
	draw_decision(arena, model, NULL, model_decision(model, "d"), &lists);
	struct drawing *d = only_drawing(&lists);
	ck_assert_int_eq(d->nodes.items[0].class, CLASS_OMITTED);
	ck_assert_str_eq(d->nodes.items[0].lines.items[0].text, "未画出");
}
END_TEST

/* ---- lines ---- */

static const char *wrapped(const struct pairs *pairs, const char *text, uint32_t width)
{
	drawing_texts lines = { 0 };
	struct writer w;
	text_wrap(arena, pairs, text, width, 4, &lines);
	writer_init(&w, arena);
	for (size_t i = 0; i < lines.count; i++)
		write_fmt(&w, "%s%s", i ? "|" : "", lines.items[i]);
	return writer_text(&w);
}

START_TEST(labels_break_between_words)
{
	struct pairs *pairs = pairs_new(arena);
	pairs_count(pairs, "敏感个人信息，提供个人信息，敏感信息，境外提供，向境外，累计，人数");
	ck_assert_str_eq(wrapped(pairs, "累计向境外提供敏感个人信息人数", 12000), "累计向境外提供|敏感个人信息人数");
	ck_assert_str_eq(wrapped(NULL, "甲乙丙丁，戊己", 5000), "甲乙丙丁，|戊己");
	ck_assert_str_eq(wrapped(NULL, "10万人以上、不满100万人", 8000), "10万人以上、|不满100万人");
	ck_assert_str_eq(wrapped(NULL, "一二三四五六七八九十一二三四五六七八九十一二", 5000),
			 "一二三四五|六七八九十|一二三四五|六七八九…");
	ck_assert_str_eq(wrapped(NULL, "", 5000), "");
}
END_TEST

static Suite *draw_suite(void)
{
	const TTest *const tests[] = {
		numbers_are_said_in_statutory_words,
		a_set_asked_one_thing_is_one_question,
		gaps_and_conflicts_are_red,
		answers_that_never_meet_are_not_drawn,
		what_constraints_exclude_is_not_drawn,
		a_decision_without_questions_is_one_leaf,
		no_case_at_all_is_said,
		charts_decide_as_the_rules_do,
		charts_of_sets_and_feeds_decide_as_the_rules_do,
		every_page_of_the_rulebook_is_legible,
		a_large_chart_is_split_and_names_its_pages,
		lists_are_the_same_every_time,
		what_is_too_large_is_said_and_does_not_hang,
		labels_break_between_words,
	};
	Suite *suite = suite_create("draw");
	TCase *tcase = tcase_create("draw");
	tcase_add_checked_fixture(tcase, fixture_set_up, fixture_tear_down);
	tcase_set_timeout(tcase, 60);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(tcase, tests[i]);
	tcase_add_loop_test(tcase, no_order_asks_fewer_questions, 0, 60);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(draw_suite());
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
