/* The checks on small texts: each finding with its rules, count, first region, witness and edits. */
#include "analysis/analysis.h"
#include "diag/render.h"
#include "grammar/parse.h"
#include "regions/regions.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct out_of_memory memory_ends;
static struct arena *arena;
static struct sources sources;
static struct diag diag;
static struct verdicts verdicts;
static const char *text_checked;

static void start(void)
{
	if (setjmp(memory_ends.back))
		ck_abort_msg("out of memory");
	arena = arena_new(&memory_ends);
	sources = (struct sources){ 0 };
	diag = (struct diag){ .arena = arena, .sources = &sources };
}

static void stop(void)
{
	arena_free(arena);
}

static struct model *resolve_text(const char *text)
{
	sources = (struct sources){ 0 };
	diag = (struct diag){ .arena = arena, .sources = &sources };
	text_checked = arena_strdup(arena, text);
	uint32_t file = sources_add(arena, &sources, "t.rulebook.md", text_checked, strlen(text));
	const struct ast_book *book = parse_book(arena, &diag, &file, 1, NULL);
	const struct render_options options = { .language = LANGUAGE_EN };
	struct writer w;
	writer_init(&w, arena);
	struct model *model = diag.errors ? NULL : resolve_book(arena, &diag, book, NULL, "sha256:0");
	render_findings(&w, &diag, &options);
	ck_assert_msg(model && diag.errors == 0, "%s", writer_text(&w));
	return model;
}

static void check_text(const char *text, const struct budget *budget)
{
	struct model *model = resolve_text(text);
	check_model(arena, &diag, model, budget, &verdicts);
}

/* Facts s, b (booleans), k (three members), n (0 to 100), p (a set of two); a decision d with outcomes x, y, z. */
static void check_rules(const char *rules)
{
	static const struct budget budget = { .regions_shown = 8 };
	check_text(arena_printf(arena, "```rulebook\n规则书 t「示例」\n事实 s: 是否\n事实 b: 是否\n"
				       "事实 k: 枚举 { k1、 k2、 k3 }\n事实 n: 整数 0 至 100\n事实 p: 集合 { p1、 p2 }\n"
				       "判定 d: { x、 y、 z }\n%s```\n", rules), &budget);
}

/* The only finding of its kind; NULL: there is none. */
static const struct finding *only(enum finding_kind kind)
{
	const struct finding *found = NULL;
	for (size_t i = 0; i < diag.findings.count; i++) {
		if (diag.findings.items[i]->kind != kind)
			continue;
		ck_assert_msg(!found, "two findings %s", finding_slug(kind));
		found = diag.findings.items[i];
	}
	return found;
}

static const char *joined(const char *const *list)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; list && list[i]; i++)
		write_fmt(&w, "%s%s", i ? " " : "", list[i]);
	return writer_text(&w);
}

static const char *case_text(const struct case_words *words)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < words->count; i++)
		write_fmt(&w, "%s%s=%s", i ? " " : "", words->items[i].fact_id, words->items[i].json);
	return writer_text(&w);
}

static void expect(enum finding_kind kind, const char *rules, const char *count, const char *first, const char *witness)
{
	const struct finding *f = only(kind);
	ck_assert_ptr_nonnull(f);
	ck_assert_str_eq(joined((const char *const *)f->rules), rules);
	if (count)
		ck_assert_str_eq(f->count, count);
	if (first)
		ck_assert_str_eq(case_text(&f->regions[0].when), first);
	if (witness)
		ck_assert_str_eq(case_text(&f->witness), witness);
}

/* Applies the finding's edits to the text and checks it again. */
static void mend(const struct finding *f)
{
	static const struct budget budget = { .regions_shown = 8 };
	ck_assert_uint_eq(f->edit_count, 1);
	const struct edit *e = &f->edits[0];
	check_text(arena_printf(arena, "%.*s%s%s", (int)e->span.start, text_checked, e->text, text_checked + e->span.end),
		   &budget);
}

START_TEST(a_clean_decision_has_no_finding)
{
	check_rules("规则 a 用于 d 理由 「例」 当 s 且 b 且 k 为 k1 且 n 10以上 且 p 含 p1 则 x\n缺省 y 用于 d 理由 「例」\n"
		    "规则 c 用于 d 理由 「例」 当 非 s 且 非 b 且 k 为 k2 则 z\n");
	ck_assert_uint_eq(diag.findings.count, 0);
	ck_assert_int_eq(verdicts.items[0].conflict, DECIDED_NONE);
	ck_assert_int_eq(verdicts.items[0].gap, DECIDED_NONE);
}
END_TEST

#define USED "规则 u 用于 d 理由 「例」 当 p 含 p2 且 p 不含 p2 则 z\n"
#define WITHOUT_SETS "规则 a 用于 d 理由 「甲」 当 s 且 n 10以上 且 k 不为 k2 则 x\n"

START_TEST(a_conflict_has_count_regions_witness_and_mends)
{
	check_rules(WITHOUT_SETS "规则 c 用于 d 理由 「乙」 当 b 且 n 不满30 则 y\n缺省 z 用于 d 理由 「例」 当 p 为空 或 p 非空\n");
	expect(FINDING_CONFLICT, "a c", "160", "s=[true] b=[true] k=[\"k1\", \"k3\"] n=[10, 29]",
	       "s=true b=true k=\"k1\" n=10");
	ck_assert_int_eq(verdicts.items[0].conflict, DECIDED_FOUND);
	mend(only(FINDING_CONFLICT));
	ck_assert_ptr_null(only(FINDING_CONFLICT));
	expect(FINDING_OVERRIDDEN, "c a", "160", NULL, NULL);
}
END_TEST

START_TEST(a_rule_against_rows_is_one_conflict)
{
	check_rules("规则 a 用于 d 理由 「例」 当 s 则 x\n规则 q 用于 d 理由 「例」 当 b 且 非 b 且 p 含 p1 则 z\n"
		    "表 t 用于 d 命中 唯一 理由 「例」 见下表\n```\n\n| id | k | n | 则 |\n|--|--|--|--|\n"
		    "| r1 | k1 | 10以上 | y |\n| r2 | k2 |  | x |\n| r3 | k3 |  | z |\n\n```rulebook\n");
	expect(FINDING_CONFLICT, "a t.r1 t.r3", "1536", NULL, "s=true k=\"k1\" n=10");
	expect(FINDING_OVERLAP, "a t.r2", "808", NULL, NULL);
	expect(FINDING_IMPOSSIBLE, "q", NULL, NULL, NULL);
	expect(FINDING_GAP, "", "80", "s=[false] k=[\"k1\"] n=[0, 9]", "s=false k=\"k1\" n=9");
	const struct finding *f = only(FINDING_CONFLICT);
	ck_assert_uint_eq(f->region_count, 2);
	ck_assert_str_eq(case_text(&f->regions[1].when), "s=[true] k=[\"k3\"] n=[0, 9]");
	mend(f);
	ck_assert_ptr_null(only(FINDING_CONFLICT));
}
END_TEST

START_TEST(hit_policies_bind_rows_that_hold)
{
	const char *rows = "\n```\n\n| id | n | 则 |\n|--|--|--|\n| r1 | 50以下 | x |\n| r2 | 50以上 | %s |\n\n```rulebook\n"
			   "规则 w 用于 d 理由 「例」 当 s 且 b 且 k 为 k1 且 p 为空 则 z\n优先 w 于 t 理由 「例」\n";
	check_rules(arena_printf(arena, "表 t 用于 d 命中 唯一 理由 「例」 见下表%s", arena_printf(arena, rows, "x")));
	expect(FINDING_CONFLICT, "t.r1 t.r2", "48", "n=[50, 50]", "n=50");
	ck_assert_ptr_null(only(FINDING_OVERLAP));
	check_rules(arena_printf(arena, "表 t 用于 d 命中 任一 理由 「例」 见下表%s", arena_printf(arena, rows, "x")));
	ck_assert_ptr_null(only(FINDING_CONFLICT));
	expect(FINDING_OVERLAP, "t.r1 t.r2", "47", NULL, NULL);
	check_rules(arena_printf(arena, "表 t 用于 d 命中 任一 理由 「例」 见下表%s", arena_printf(arena, rows, "y")));
	expect(FINDING_CONFLICT, "t.r1 t.r2", "48", NULL, NULL);
	check_rules(arena_printf(arena, "表 t 用于 d 命中 首中 理由 「例」 见下表%s", arena_printf(arena, rows, "y")));
	ck_assert_ptr_null(only(FINDING_CONFLICT));
}
END_TEST

START_TEST(a_complete_table_has_a_gap_of_its_own)
{
	check_rules("缺省 x 用于 d 理由 「例」 当 s 或 b 或 非 s 或 p 为空\n"
		    "表 t 用于 d 命中 首中 完备 理由 「例」 见下表\n```\n\n| id | k | n | 则 |\n|--|--|--|--|\n"
		    "| r1 | k1 |  | y |\n| r2 | 属于 { k2、 k3 } | 99以下 | z |\n\n```rulebook\n");
	expect(FINDING_GAP, "t", "32", "k=[\"k2\", \"k3\"] n=[100, 100]", "k=\"k2\" n=100");
}
END_TEST

START_TEST(unreachable_rules_name_their_beaters_and_go)
{
	check_rules("规则 a 用于 d 理由 「例」 当 s 则 x\n规则 c 用于 d 理由 「例」 当 非 s 则 y\n"
		    "规则 e 用于 d 理由 「例」 当 n 5以上 且 b 则 z\n优先 a 于 e 理由 「例」\n优先 c 于 e 理由 「例」\n"
		    "规则 h 用于 d 理由 「例」 当 s 且 k 为 k1 且 p 含 p1 则 x\n");
	expect(FINDING_UNREACHABLE, "e a c", NULL, NULL, NULL);
	ck_assert_ptr_null(only(FINDING_OVERRIDDEN));      /* one mistake, one message */
	expect(FINDING_REDUNDANT, "h", NULL, NULL, NULL);
	mend(only(FINDING_REDUNDANT));
	ck_assert_ptr_null(only(FINDING_REDUNDANT));
}
END_TEST

START_TEST(contradicting_constraints_are_one_finding)
{
	check_rules("规则 a 用于 d 理由 「例」 当 s 且 b 且 k 为 k1 且 p 为空 则 x\n前提 f1 理由 「例」 则 n 10以下\n"
		    "前提 f2 理由 「例」 则 k 为 k1 或 k 为 k3\n前提 f3 理由 「例」 当 k 为 k1 则 n 20以上\n"
		    "前提 f4 理由 「例」 当 k 为 k3 则 n 11以上\n");
	expect(FINDING_IMPOSSIBLE, "f1 f2 f3 f4", NULL, NULL, NULL);
	ck_assert_uint_eq(diag.errors, 1);
}
END_TEST

START_TEST(a_feeding_decision_without_outcome_leaves_no_case)
{
	check_rules("判定 e: { v、 w }\n规则 a 用于 d 理由 「例」 当 s 则 x\n规则 c 用于 d 理由 「例」 当 b 则 y\n"
		    "规则 f 用于 d 理由 「例」 当 非 s 且 非 b 则 z\n"
		    "规则 g 用于 e 理由 「例」 当 d 不为 y 则 v\n规则 h 用于 e 理由 「例」 当 d 为 y 且 n 60以下 则 w\n"
		    "规则 i 用于 e 理由 「例」 当 p 含 p1 且 k 为 k1 且 d 为 z 则 v\n");
	expect(FINDING_CONFLICT, "a c", "1", "s=[true] b=[true]", NULL);
	expect(FINDING_GAP, "", "480", "s=[false] b=[true] n=[61, 100]", "s=false b=true n=61");
	ck_assert_str_eq(only(FINDING_GAP)->decision, "e");
}
END_TEST

START_TEST(constraints_are_named_where_the_witness_meets_them)
{
	check_rules("前提 f1 理由 「例」 当 s 则 n 50以上\n规则 a 用于 d 理由 「例」 当 s 则 x\n"
		    "规则 c 用于 d 理由 「例」 当 非 s 且 b 且 k 为 k2 且 p 为空 则 y\n");
	expect(FINDING_GAP, "", "2323", NULL, NULL);
	ck_assert_str_eq(joined((const char *const *)only(FINDING_GAP)->depends_on), "f1");
}
END_TEST

START_TEST(properties_are_refuted_by_a_case)
{
	check_rules("规则 a 用于 d 理由 「例」 当 s 且 n 10以上 则 x\n规则 c 用于 d 理由 「例」 当 非 s 且 k 为 k1 且 p 含 p1 则 y\n"
		    "缺省 z 用于 d 理由 「例」 当 b 或 非 b\n断言 q 理由 「例」 当 n 20以上 则 d 不为 x\n");
	expect(FINDING_REFUTED, "q", "1944", "s=[true] n=[20, 100]", "s=true n=20");
	check_rules("规则 a 用于 d 理由 「例」 当 s 且 n 10以上 20以下 则 x\n规则 c 用于 d 理由 「例」 当 非 s 且 k 为 k1 且 p 为空 则 y\n"
		    "缺省 z 用于 d 理由 「例」 当 b 或 非 b\n断言 q 理由 「例」 d 随 n 不降 序 z 低于 { x、 y }\n");
	/* 11 values with x, 80 above them: pairs, times b, k and p */
	expect(FINDING_REFUTED, "q", "21120", NULL, "s=true k=\"k1\" n=10 p=[]");
	ck_assert_str_eq(only(FINDING_REFUTED)->args[2].zh, "10");
	ck_assert_str_eq(only(FINDING_REFUTED)->args[3].zh, "21");
}
END_TEST

START_TEST(what_a_budget_ends_is_said)
{
	const struct budget budget = { .nodes = 1, .regions_shown = 8 };
	check_rules(WITHOUT_SETS USED "缺省 y 用于 d 理由 「例」 当 b 或 s\n");
	check_text(text_checked, &budget);
	const struct finding *f = only(FINDING_NOT_DECIDED);
	ck_assert_ptr_nonnull(f);
	ck_assert_str_eq(f->decision, "d");
	ck_assert(diag.incomplete);
	ck_assert_int_eq(verdicts.items[0].gap, DECIDED_NOT);
}
END_TEST

START_TEST(what_a_budget_ends_is_said_of_properties)
{
	const struct budget budget = { .nodes = 1, .regions_shown = 8 };
	size_t said = 0;
	check_rules("规则 a 用于 d 理由 「例」 当 s 则 x\n缺省 y 用于 d 理由 「例」\n断言 q 理由 「例」 当 n 20以上 则 d 不为 x\n");
	check_text(text_checked, &budget);
	for (size_t i = 0; i < diag.findings.count; i++) {
		const struct finding *f = diag.findings.items[i];
		said += f->kind == FINDING_NOT_DECIDED && f->rules && strcmp(f->rules[0], "q") == 0;
	}
	ck_assert_uint_eq(said, 1);
}
END_TEST

/* Two conflicts, then three overlaps, in order of place. */
static const char *const many = "规则 a 用于 d 理由 「例」 当 s 则 x\n规则 c 用于 d 理由 「例」 当 b 则 x\n"
				"规则 e 用于 d 理由 「例」 当 n 10以上 则 x\n规则 g 用于 d 理由 「例」 当 k 为 k1 且 n 不满10 则 y\n"
				"缺省 z 用于 d 理由 「例」 当 p 为空 或 p 非空\n";

static size_t counted(enum finding_kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < diag.findings.count; i++) {
		const struct finding *f = diag.findings.items[i];
		ck_assert(!f->count == !f->has_witness);
		count += f->kind == kind && f->count;
	}
	return count;
}

START_TEST(regions_are_worked_out_of_what_is_shown)
{
	struct budget budget = { .regions_shown = 8 };
	check_rules(many);
	ck_assert_uint_eq(counted(FINDING_CONFLICT), 2);
	ck_assert_uint_eq(counted(FINDING_OVERLAP), 3);
	size_t found = diag.findings.count;
	budget.detailed = 1;
	check_text(text_checked, &budget);
	ck_assert_uint_eq(diag.findings.count, found);
	ck_assert_uint_eq(counted(FINDING_CONFLICT), 1);
	ck_assert_uint_eq(counted(FINDING_OVERLAP), 1);
	ck_assert_ptr_nonnull(diag.findings.items[0]->count);
	budget = (struct budget){ .regions_shown = 8, .hide_notes = true };
	check_text(text_checked, &budget);
	ck_assert_uint_eq(diag.findings.count, found);
	ck_assert_uint_eq(counted(FINDING_CONFLICT), 2);
	ck_assert_uint_eq(counted(FINDING_OVERLAP), 0);
}
END_TEST

START_TEST(regions_that_a_budget_ends_are_said)
{
	bool said = false;
	for (uint64_t nodes = 1; !said; nodes++) {
		const struct budget budget = { .nodes = nodes, .regions_shown = 8 };
		check_rules(many);
		check_text(text_checked, &budget);
		ck_assert_uint_lt(nodes, 100000);
		if (verdicts.items[0].conflict != DECIDED_FOUND || counted(FINDING_CONFLICT) == 2)
			continue;
		const struct finding *f = only(FINDING_NOT_DECIDED);
		ck_assert(diag.incomplete);
		ck_assert_ptr_nonnull(f);
		said = strstr(f->args[1].en, "regions and counts of the findings listed") != NULL;
	}
}
END_TEST

/* Rules of three literals each over booleans: nothing makes their questions easy. A decision with `never` rules more, which
 * never hold, has too many to be asked about by formulas (regions/formula.c). */
enum { TOO_MANY = 256 };

static const char *crossing_rules(uint32_t facts, uint32_t rules, uint32_t never)
{
	struct writer w;
	uint32_t state = 1;
	writer_init(&w, arena);
	write_str(&w, "```rulebook\n规则书 t「示例」\n");
	for (uint32_t i = 0; i < facts; i++)
		write_fmt(&w, "事实 f%u: 是否\n", i);
	write_str(&w, "判定 d: { x、 y、 z }\n");
	for (uint32_t i = 0; i < rules; i++) {
		write_fmt(&w, "规则 r%u 用于 d 理由 「例」 当", i);
		for (uint32_t k = 0; k < 3; k++) {
			state = state * 1664525u + 1013904223u;
			write_fmt(&w, "%s %sf%u", k ? " 且" : "", state >> 31 ? "非 " : "", (state >> 8) % facts);
		}
		write_fmt(&w, " 则 %c\n", "xyz"[i % 3]);
	}
	for (uint32_t i = 0; i < never; i++)
		write_fmt(&w, "规则 n%u 用于 d 理由 「例」 当 f0 且 非 f0 则 x\n", i);
	write_str(&w, "```\n");
	return writer_text(&w);
}

START_TEST(a_preview_that_costs_too_much_is_said_and_no_more)
{
	const struct budget budget = { .regions_shown = 1 };
	size_t open = 0, conflicts = 0;
	check_text(crossing_rules(26, 36, TOO_MANY), &budget);
	ck_assert(!diag.incomplete);
	for (size_t i = 0; i < diag.findings.count; i++) {
		const struct finding *f = diag.findings.items[i];
		if (f->kind != FINDING_CONFLICT || f->edit_count == 0)
			continue;
		conflicts++;
		ck_assert_ptr_nonnull(f->preview);
		if (f->preview->total)
			continue;
		open++;
		ck_assert_uint_eq(f->preview->count, 0);
		ck_assert_ptr_nonnull(strstr(finding_preview(arena, f, LANGUAGE_EN), "not worked out"));
	}
	ck_assert_uint_gt(open, 0);
	ck_assert_uint_gt(conflicts, open);
}
END_TEST

/* What is found, in how many cases, and where; with formulas (few rules) and without (many). */
static size_t list_found(const struct finding ***found)
{
	size_t count = 0;
	*found = arena_new_array(arena, const struct finding *, diag.findings.count);
	for (size_t i = 0; i < diag.findings.count; i++)
		if (diag.findings.items[i]->kind != FINDING_IMPOSSIBLE)
			(*found)[count++] = diag.findings.items[i];
	return count;
}

START_TEST(formulas_and_searches_find_the_same)
{
	const struct budget budget = { .regions_shown = 3 };
	const struct finding **formulas, **searches;
	check_text(crossing_rules(26, 34, 0), &budget);
	size_t count = list_found(&formulas);
	check_text(crossing_rules(26, 34, TOO_MANY), &budget);
	ck_assert_uint_eq(list_found(&searches), count);
	ck_assert_uint_gt(count, 50);
	for (size_t i = 0; i < count; i++) {
		const struct finding *a = formulas[i], *b = searches[i];
		ck_assert_int_eq(a->kind, b->kind);
		ck_assert_uint_eq(a->region_count, b->region_count);
		ck_assert((a->count == NULL) == (b->count == NULL));
		if (a->count)
			ck_assert_str_eq(a->count, b->count);
		for (size_t k = 0; k < a->region_count; k++)
			ck_assert_str_eq(a->regions[k].count, b->regions[k].count);
		if (a->preview && a->preview->total && b->preview->total)
			ck_assert_str_eq(a->preview->total, b->preview->total);
	}
}
END_TEST

/* Whatever an allowance ends, the questions after it get the answers that they get without. */
START_TEST(what_an_allowance_ends_leaves_no_trace)
{
	static const struct limits none = { 0 };
	const struct model *model = resolve_text(crossing_rules(10, 20, TOO_MANY));
	uint32_t all[20], ended = 0, within = 0;
	for (uint32_t i = 0; i < 20; i++)
		all[i] = i;
	const struct question gap = { .goal = GOAL_NONE, .decision = 0, .others = all, .other_count = 20 };
	const struct question reason = {
		.goal = GOAL_REASON, .decision = 0, .rules = all, .rule_count = 1, .others = all + 1, .other_count = 19
	};
	struct regions *regions = regions_new(arena, model, &none);
	struct region_list list;
	ck_assert_int_eq(regions_list(regions, &reason, 8, &list), REPLY_YES);
	const char *least = arena_strdup(arena, list.total);
	ck_assert_int_eq(regions_list(regions, &gap, 8, &list), REPLY_YES);
	const char *total = arena_strdup(arena, list.total);
	for (uint64_t nodes = 1; within == 0; nodes++) {
		regions = regions_new(arena, model, &none);
		regions_allow(regions, nodes);
		enum reply reply = regions_list(regions, &gap, 8, &list);
		bool done = reply == REPLY_YES && !list.ended;
		ck_assert(regions_allow_all(regions) == done);
		within += done;
		ended += !done;
		ck_assert(!regions_ended(regions));
		ck_assert_int_eq(regions_list(regions, &reason, 8, &list), REPLY_YES);
		ck_assert_str_eq(list.total, least);
		ck_assert_int_eq(regions_list(regions, &gap, 8, &list), REPLY_YES);
		ck_assert_str_eq(list.total, total);
	}
	ck_assert_uint_gt(ended, 10);
}
END_TEST

START_TEST(the_order_of_rules_changes_nothing)
{
	static const char *const rules[] = { "规则 a 用于 d 理由 「例」 当 s 或 n 10以上 20以下 则 x\n",
					     "规则 c 用于 d 理由 「例」 当 b 且 k 属于 { k1、 k3 } 则 y\n",
					     "规则 e 用于 d 理由 「例」 当 p 含任一 { p1、 p2 } 且 n 15以上 则 z\n" };
	const char *forward = arena_printf(arena, "%s%s%s", rules[0], rules[1], rules[2]);
	check_rules(forward);
	size_t count = diag.findings.count;
	struct finding **first = diag.findings.items;
	check_rules(arena_printf(arena, "%s%s%s", rules[2], rules[0], rules[1]));
	ck_assert_uint_eq(diag.findings.count, count);
	for (size_t i = 0; i < count; i++) {
		size_t same = 0;
		for (size_t k = 0; k < count; k++)
			same += strcmp(first[i]->count, diag.findings.items[k]->count) == 0 &&
				strcmp(case_text(&first[i]->witness), case_text(&diag.findings.items[k]->witness)) == 0;
		ck_assert_uint_ge(same, 1);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("analysis");
	TCase *tests = tcase_create("checks");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, start, stop);
	tcase_add_test(tests, a_clean_decision_has_no_finding);
	tcase_add_test(tests, a_conflict_has_count_regions_witness_and_mends);
	tcase_add_test(tests, a_rule_against_rows_is_one_conflict);
	tcase_add_test(tests, hit_policies_bind_rows_that_hold);
	tcase_add_test(tests, a_complete_table_has_a_gap_of_its_own);
	tcase_add_test(tests, unreachable_rules_name_their_beaters_and_go);
	tcase_add_test(tests, contradicting_constraints_are_one_finding);
	tcase_add_test(tests, a_feeding_decision_without_outcome_leaves_no_case);
	tcase_add_test(tests, constraints_are_named_where_the_witness_meets_them);
	tcase_add_test(tests, properties_are_refuted_by_a_case);
	tcase_add_test(tests, what_a_budget_ends_is_said);
	tcase_add_test(tests, what_a_budget_ends_is_said_of_properties);
	tcase_add_test(tests, regions_are_worked_out_of_what_is_shown);
	tcase_add_test(tests, regions_that_a_budget_ends_are_said);
	tcase_add_test(tests, formulas_and_searches_find_the_same);
	tcase_add_test(tests, a_preview_that_costs_too_much_is_said_and_no_more);
	tcase_add_test(tests, what_an_allowance_ends_leaves_no_trace);
	tcase_add_test(tests, the_order_of_rules_changes_nothing);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
