/* The front end: pipe tables and CSV files, the policy on characters, limits. */
#include "grammar_fixture.h"

#include "failing_memory.h"

#include <stdio.h>

/* ---- tables ---- */

#define TABLE "```rulebook\n表 t 用于 d 命中 唯一 见下表\n```\n\n"

static const struct ast_pipe_table *table_of(struct parsed *p)
{
	ck_assert_ptr_nonnull(parsed_decl(p, 0)->table);
	return parsed_decl(p, 0)->table;
}

START_TEST(cells_of_a_rule_table)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, TABLE "| id | sector | n | s | b | 则 | 依据 | 自 | 「备 注」 | 释疑 |\n|--|:-:|--|--|--|--|--|--|--|--|\n"
			     "| a | 医药、retail | 10万人以上不满20万人 | 含 x | 是 | x "
			     "| 8.1(1).1、规定7 | 2025-01-01 | 甲\\|乙 | A1、A2 |\n"
			     "| b_2 | 不为 x 且 不为 y | 超过 5 | 非空 |  | 〃 | 〃 | | | |\n"
			     "| c | 不属于 { x、 y } | under 10,000 persons | { x } | no | y | U2 | | | |\n");
	ck_assert_str_eq(parsed_findings(&p), "");
	const struct ast_pipe_table *t = table_of(&p);
	ck_assert_uint_eq(t->rows.count, 3);
	const struct ast_cell *a = t->rows.items[0].cells, *b = t->rows.items[1].cells, *c = t->rows.items[2].cells;
	ck_assert_int_eq(t->columns[8].kind, AST_COLUMN_TEXT);
	ck_assert_str_eq(t->columns[8].name.text, "备 注");
	ck_assert_int_eq(a[1].cond->test, AST_TEST_IN);
	ck_assert_ptr_null(a[1].cond->subject.text);
	ck_assert_uint_eq(a[2].cond->bound_count, 2);
	ck_assert_int_eq(a[2].cond->bounds[1].value.number.value, 200000);
	ck_assert_int_eq(a[3].cond->test, AST_TEST_CONTAINS);
	ck_assert_int_eq(a[4].cond->values.items[0].kind, AST_VALUE_YES);
	ck_assert_str_eq(a[6].clauses.items[1].text, "规定7");
	ck_assert(a[7].date.given);
	ck_assert_str_eq(a[8].text, "甲|乙");
	ck_assert_uint_eq(a[9].words.count, 2);
	ck_assert_int_eq(b[1].cond->kind, AST_COND_AND);
	ck_assert_ptr_null(b[4].cond);
	ck_assert(b[5].merged && b[6].merged);
	ck_assert_str_eq(b[5].value->word.text, "x");
	ck_assert_uint_eq(b[6].clauses.count, 2);
	ck_assert_int_eq(c[1].cond->test, AST_TEST_NOT_IN);
	ck_assert_int_eq(c[2].cond->bounds[0].bound, AST_BOUND_LESS_THAN);
	parsed_close(&p);
}
END_TEST

/* ast.h, note [cells alike]; a cell that reads as its heading is none of them. */
START_TEST(cells_alike_share_what_was_made_of_them)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, TABLE "| n | m | 则 |\n|--|--|--|\n| 5以上 | 5以上 | x |\n| 〃 |  | 「甲」 |\n"
			     "| n | 不为 | x |\n| 5以上 | 不为 | 「甲」 |\n| 不为 | 5以上 |  |\n");
	ck_assert_str_eq(parsed_findings(&p), "syntax 9:9 SYNTAX_ENDS\nsyntax 10:11 SYNTAX_ENDS\nsyntax 11:5 SYNTAX_ENDS");
	const struct ast_row *rows = table_of(&p)->rows.items;
	ck_assert_ptr_eq(rows[3].cells[0].cond, rows[0].cells[0].cond);
	ck_assert_ptr_eq(rows[4].cells[1].cond, rows[0].cells[1].cond);
	ck_assert_ptr_eq(rows[3].cells[0].text, rows[0].cells[0].text);
	ck_assert_ptr_ne(rows[0].cells[1].cond, rows[0].cells[0].cond);
	ck_assert_ptr_eq(rows[2].cells[2].value, rows[0].cells[2].value);
	ck_assert_ptr_eq(rows[3].cells[2].value, rows[1].cells[2].value);
	ck_assert_ptr_ne(rows[3].cells[1].cond, rows[2].cells[1].cond);   /* mistaken */
	ck_assert_ptr_null(rows[1].cells[1].cond);
	ck_assert_str_eq(rows[2].cells[0].cond->values.items[0].word.text, "n");
	parsed_close(&p);
}
END_TEST

START_TEST(cells_of_a_case_table)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, "```rulebook\n案例表 t 基准 b 见下表\n```\n"
		       "| 案例 | n | s | 应为 d | expected e | 依据 |\n|---|---|---|---|---|---|\n"
		       "| 正好 10 人 | 1000万 | x、y | 冲突 { a、b } | 空白 | U2.c |\n| 二 | | 空 | y | 冲突 | |\n");
	ck_assert_str_eq(parsed_findings(&p), "");
	const struct ast_pipe_table *t = table_of(&p);
	const struct ast_cell *a = t->rows.items[0].cells, *b = t->rows.items[1].cells;
	ck_assert_int_eq(t->columns[3].kind, AST_COLUMN_EXPECTED);
	ck_assert_str_eq(t->columns[4].name.text, "e");
	ck_assert_str_eq(a[0].text, "正好 10 人");
	ck_assert_int_eq(a[1].value->number.value, 10000000);
	ck_assert_int_eq(a[2].value->kind, AST_VALUE_SET);
	ck_assert_uint_eq(a[2].value->set.count, 2);
	ck_assert(a[3].expects_conflict && a[4].expects_gap && b[4].expects_conflict);
	ck_assert_uint_eq(a[3].conflict->count, 2);
	ck_assert_int_eq(b[2].value->kind, AST_VALUE_SET);
	ck_assert_uint_eq(b[2].value->set.count, 0);
	parsed_close(&p);
}
END_TEST

START_TEST(rows_of_an_enumeration_are_members)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, "```rulebook\n枚举 t「类」 两级 { k1「一」 } 见下表\n```\n"
		       "| id | 上级 | 标签 | 英文 | 条款 | 「说明」 | 标准 | 裁量 | 释疑 |\n|-|-|-|-|-|-|-|-|-|\n"
		       "| c01 | k1 | 石油、石化 | oil, gas | K01.01 | 长文 | ydt | body | A17 |\n"
		       "| c02 | 〃 | 农 | | K01.02 | 〃 | | | |\n");
	ck_assert_str_eq(parsed_findings(&p), "");
	const struct ast_decl *decl = parsed_decl(&p, 0);
	ck_assert_uint_eq(decl->members.count, 3);
	const struct ast_member *a = &decl->members.items[1], *b = &decl->members.items[2];
	ck_assert_str_eq(a->name.id.text, "c01");
	ck_assert_str_eq(a->name.label.text, "石油、石化");
	ck_assert_str_eq(a->name.english.text, "oil, gas");
	ck_assert_str_eq(b->parent.text, "k1");
	ck_assert_str_eq(b->clause.text, "K01.02");
	ck_assert_str_eq(b->texts.items[0].text, "长文");
	ck_assert_ptr_null(b->standard.text);
	ck_assert(a->attributes.discretion_given && !b->attributes.discretion_given);
	ck_assert_uint_eq(a->attributes.resolves.count, 1);
	parsed_close(&p);
}
END_TEST

struct case_of {
	const char *text, *findings;
};

static const struct case_of bad_tables[] = {
	{ TABLE "| a | 则 |\n|---|---|\n| x |\n", "syntax 7:1 TABLE_WIDTH" },
	{ TABLE "| a | 则 |\n|---|---|\n| x | y | z |\n", "syntax 7:1 TABLE_WIDTH" },
	{ TABLE "| a | 则 |\n| x | y |\n", "syntax 6:1 TABLE_RULE" },
	{ TABLE "| a | 则 |\n", "syntax 5:1 TABLE_RULE" },
	{ TABLE "| a b | 则 |\n|---|---|\n", "syntax 5:3 TABLE_HEADING" },
	{ TABLE "| a | a |\n|---|---|\n", "syntax 5:7 TABLE_HEADING_TWICE" },
	{ TABLE "| a | 则 |\n|---|---|\n| 〃 | x |\n", "syntax 7:3 MERGED_FIRST" },
	{ TABLE "| id | 则 |\n|---|---|\n| a | x |\n| 〃 | x |\n", "syntax 8:3 MERGED_ID" },
	{ TABLE "| id | 则 |\n|---|---|\n| Ab | x |\n", "syntax 7:3 ID_FORM" },
	{ TABLE "| n | 则 |\n|---|---|\n| 10万人以上不 | x |\n| 5以上 | y z |\n",
	  "syntax 7:9 SYNTAX_EXPECTED\nsyntax 8:11 SYNTAX_EXPECTED" },
	{ TABLE "| n | 则 |\n|---|---|\n| 10以上 不满 | x |\n", "syntax 7:10 SYNTAX_ENDS" },
	{ TABLE "甲\n\n| n | 则 |\n|---|---|\n", "syntax 2:16 TABLE_MISSING" },
	{ "```rulebook\n枚举 t 见下表\n```\n| id | sector |\n|---|---|\n", "syntax 4:8 TABLE_HEADING" },
	{ "```rulebook\n表 t 用于 d 见下表\n表 u 用于 d 见下表\n```\n| a | 则 |\n|---|---|\n", "syntax 3:10 TABLE_TWICE" },
};

START_TEST(bad_table_is_found)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, bad_tables[_i].text);
	ck_assert_str_eq(parsed_findings(&p), bad_tables[_i].findings);
	parsed_close(&p);
}
END_TEST

#define TAKEN "```rulebook\n表 t 用于 d 命中 唯一 取自 items.csv\n```\n"

START_TEST(rows_come_from_a_csv_file)
{
	struct parsed p = { .csv = "\xEF\xBB\xBFid,n,则,「甲」\r\na,10万人以上,x,\"a \"\"b\"\", c\nd\"\r\n\r\nb, 〃 ,\"y\",\n" };
	parse_text(&p, TAKEN);
	ck_assert_str_eq(parsed_findings(&p), "");
	const struct ast_pipe_table *t = table_of(&p);
	ck_assert(t->from_csv);
	ck_assert_uint_eq(t->rows.count, 2);
	ck_assert_uint_eq(t->column_count, 4);
	ck_assert_str_eq(t->rows.items[0].cells[3].text, "a \"b\", c\nd");
	ck_assert_int_eq(t->rows.items[1].cells[1].cond->bounds[0].value.number.value, 100000);
	ck_assert_str_eq(t->rows.items[1].cells[2].value->word.text, "y");
	ck_assert_uint_eq(t->rows.items[0].cells[1].span.file, 1);
	parsed_close(&p);
}
END_TEST

static const struct case_of bad_csv[] = {
	{ "id,则\na,x,y\n", "syntax 2:1 TABLE_WIDTH" },
	{ "id,则\na,\"x\n", "syntax 2:3 CSV_QUOTE" },
	{ "id,则\na,\"x\"y\n", "syntax 2:6 CSV_AFTER_QUOTE" },
	{ "id,则\na,x\xE2\x80\x8Dy\n", "character 2:4 CHARACTER_REFUSED" },
	{ "", "syntax 2:19 CSV_EMPTY" },
	{ NULL, "undefined 2:19 CSV_MISSING" },
};

START_TEST(bad_csv_is_found)
{
	struct parsed p = { .csv = bad_csv[_i].text };
	parse_text(&p, TAKEN);
	ck_assert_str_eq(parsed_findings(&p), bad_csv[_i].findings);
	parsed_close(&p);
}
END_TEST

/* ---- characters: everywhere, prose and comments too ---- */

static const struct case_of characters[] = {
	{ "甲\xE2\x80\xAE乙\n", "character 1:2 CHARACTER_REFUSED" },                      /* bidi override */
	{ "```rulebook\n// \xE2\x80\x8B\n```\n", "character 2:4 CHARACTER_REFUSED" },      /* zero width space */
	{ "\xEF\xBB\xBF# 题\n", "character 1:1 CHARACTER_REFUSED" },                      /* byte order mark */
	{ "```text\n\xEE\x80\x80\n```\n", "character 2:1 CHARACTER_REFUSED" },             /* private use */
	{ "a\x01\n", "character 1:2 CHARACTER_REFUSED" },
	{ "a\rb\n", "character 1:2 CHARACTER_REFUSED" },
	{ "a\xC2\xA0" "b\n", "character 1:2 CHARACTER_REFUSED" },                          /* no-break space */
	{ "a\xEF\xB8\x8F\n", "character 1:2 CHARACTER_REFUSED" },                          /* variation selector */
	{ "a\xF0\x9F\xBF\xBF\n", "character 1:2 CHARACTER_REFUSED" },                      /* noncharacter */
	{ "a\xC2\xAD\n", "character 1:2 CHARACTER_REFUSED" },                             /* soft hyphen */
	{ "a\xE3\x85\xA4\n", "character 1:2 CHARACTER_REFUSED" },                         /* Hangul filler */
	{ "a\xF3\xA0\x84\x81\n", "character 1:2 CHARACTER_REFUSED" },                     /* variation selector */
	{ "a\xD8\x9C\xE2\x81\xA6\n", "character 1:2 CHARACTER_REFUSED\ncharacter 1:3 CHARACTER_REFUSED" },
	{ "a\xE2\x80\xA8\n", "character 1:2 CHARACTER_REFUSED" },                         /* line separator */
	{ "a\xCD\xB8\x7F\n", "character 1:2 CHARACTER_REFUSED\ncharacter 1:3 CHARACTER_REFUSED" },
	{ "甲\xFF乙\n", "character 1:2 NOT_UTF8" },
	{ "a\xC0\x80\n", "character 1:2 NOT_UTF8" },              /* overlong NUL */
	{ "a\xED\xA0\x80\n", "character 1:2 NOT_UTF8" },
	{ "cafe\xCC\x81\n", "character 1:4 NOT_NFC" },
	{ "\xEF\xA4\x80\n", "character 1:1 NOT_NFC" },                                    /* compatibility ideograph */
	{ "caf\xC3\xA9 \xE3\x82\xAC がん Ж ℃ ① ⼀ ａ　\t\r\n", "" },
};

START_TEST(character_is_judged)
{
	struct parsed p = { .csv = NULL };
	parse_text(&p, characters[_i].text);
	ck_assert_str_eq(parsed_findings(&p), characters[_i].findings);
	parsed_close(&p);
}
END_TEST

/* Printable text is passed over eight bytes at a time: what is refused is found wherever it stands, and nothing else. */
START_TEST(a_refused_byte_is_found_at_any_place)
{
	static const char refused[] = { 0x01, 0x1F, 0x7F }, good[] = { 0x20, 0x7E };
	struct parsed p = { .csv = NULL };
	char text[40];
	for (size_t at = 0; at < 24; at++)
		for (size_t i = 0; i < sizeof refused + sizeof good; i++) {
			memset(text, i % 2 ? ' ' : 'a', 30);
			text[at] = i < sizeof refused ? refused[i] : good[i - sizeof refused];
			parse_bytes(&p, text, 30);
			ck_assert_uint_eq(p.diag.findings.count, i < sizeof refused);
			if (i < sizeof refused)
				ck_assert_uint_eq(p.diag.findings.items[0]->places[0].span.start, at);
			parsed_close(&p);
		}
}
END_TEST

START_TEST(nul_is_a_control_character)
{
	struct parsed p = { .csv = NULL };
	parse_bytes(&p, "a\0b\n```rulebook\n宣示\0 1.1\n```\n", 32);
	ck_assert_str_eq(parsed_findings(&p), "character 1:2 CHARACTER_REFUSED\ncharacter 3:3 CHARACTER_REFUSED");
	parsed_close(&p);
}
END_TEST

START_TEST(too_many_marks_are_refused_unread)
{
	struct parsed p = { .csv = NULL };
	char text[2 + 2 * 40 + 1] = "e";
	for (size_t i = 0; i < 40; i++)
		memcpy(text + 1 + 2 * i, "\xCC\x81", 2);
	parse_text(&p, text);
	ck_assert_uint_ge(p.diag.findings.count, 1);
	ck_assert_int_eq(p.diag.findings.items[0]->message, MESSAGE_TOO_MANY_MARKS);
	parsed_close(&p);
}
END_TEST

/* ---- limits ---- */

static char *repeat(const char *before, const char *part, size_t count, const char *middle, const char *end,
		    const char *after)
{
	size_t n = strlen(before) + (strlen(part) + strlen(end)) * count + strlen(middle) + strlen(after) + 1;
	char *text = malloc(n), *at = text;
	ck_assert_ptr_nonnull(text);
	at += snprintf(at, n, "%s", before);
	for (size_t i = 0; i < count; i++, at += strlen(part))
		memcpy(at, part, strlen(part));
	memcpy(at, middle, strlen(middle));
	at += strlen(middle);
	for (size_t i = 0; i < count; i++, at += strlen(end))
		memcpy(at, end, strlen(end));
	memcpy(at, after, strlen(after) + 1);
	return text;
}

struct nesting {
	const char *open, *middle, *close;
	size_t levels;           /* that one repetition opens */
};

static const struct nesting nestings[] = {
	{ "( ", "a", " )", 1 },
	{ "非 ", "a", "", 1 },
	{ "( b 且 非 ", "a", " )", 2 },
	{ "下列之一：（一）b；（二）", "a", "。", 1 },
};

START_TEST(nesting_is_limited)
{
	const struct nesting *n = &nestings[_i];
	size_t most = LIMIT_DEPTH / n->levels;
	struct parsed p = { .csv = NULL };
	static const size_t counts[] = { 0, 1, 100000 };
	for (size_t i = 0; i < 3; i++) {
		char *text = repeat("规则 a 用于 d 当 ", n->open, most + counts[i], n->middle, n->close, " 则 x");
		parse_fence_text(&p, text);
		if (i == 0)
			ck_assert_str_eq(parsed_findings(&p), "");
		else
			ck_assert_int_eq(p.diag.findings.items[0]->message, MESSAGE_LIMIT_DEPTH);
		ck_assert_uint_le(p.diag.findings.count, 1);
		parsed_close(&p);
		free(text);
	}
}
END_TEST

struct size_limit {
	const char *before, *part, *after;
	size_t count;
	enum message message;
};

static const struct size_limit sizes[] = {
	{ "```rulebook\n宣示 a", "b", " 理由 「」\n```\n", LIMIT_NAME - 1, MESSAGE_NONE },
	{ "```rulebook\n宣示 a", "b", " 理由 「」\n```\n", LIMIT_NAME, MESSAGE_LIMIT_NAME },
	{ "```rulebook\n宣示 1", ".1", " 理由 「」\n```\n", LIMIT_NAME, MESSAGE_LIMIT_NAME },
	{ "```rulebook\n宣示 1", "、1", " 理由 「」\n```\n", LIMIT_TOKENS, MESSAGE_LIMIT_TOKENS },
	{ "```rulebook\n规则 r 用于 d 当 a", " 或 a", " 则 x\n```\n", 3000000, MESSAGE_LIMIT_TOKENS },
	{ TABLE "|", "a|", "\n", 20000, MESSAGE_LIMIT_COLUMNS },
	{ "```rulebook\n", "？", "\n```\n", 2000, MESSAGE_LIMIT_FINDINGS },
	{ "", "\xE2\x80\x8B", "\n", 2000, MESSAGE_LIMIT_FINDINGS },
	{ "", "e\xCC\x81 ", "\n", 2000, MESSAGE_LIMIT_FINDINGS },
};

START_TEST(size_is_limited)
{
	const struct size_limit *l = &sizes[_i];
	struct parsed p = { .csv = NULL };
	char *text = repeat(l->before, l->part, l->count, "", "", l->after);
	bool found = l->message == MESSAGE_NONE;
	parse_text(&p, text);
	for (size_t i = 0; i < p.diag.findings.count; i++)
		found = found || p.diag.findings.items[i]->message == l->message;
	ck_assert(found);
	ck_assert_uint_le(p.diag.findings.count, LIMIT_FINDINGS + 1);
	parsed_close(&p);
	free(text);
}
END_TEST

START_TEST(file_is_limited)
{
	struct parsed p = { .csv = NULL };
	char *text = repeat("", " ", (size_t)LIMIT_FILE + 1, "", "", "");
	parse_text(&p, text);
	ck_assert_str_eq(parsed_findings(&p), "limit 1:1 LIMIT_FILE");
	parsed_close(&p);
	free(text);
}
END_TEST

/* ---- memory ---- */

/* Parses, prints and formats with the n-th allocation failing; false: memory ended. */
static bool survives(const char *text, size_t size, long n)
{
	static struct parsed p;
	const char *volatile csv = "id,则\na,x\n";
	p = (struct parsed){ .csv = csv };
	p.arena = arena_new(&p.memory_ends);
	volatile bool survived = false;
	if (setjmp(p.memory_ends.back) == 0) {
		struct writer w;
		failing_at = n;
		p.diag = (struct diag){ .arena = p.arena, .sources = &p.sources };
		uint32_t file = sources_add(p.arena, &p.sources, "t", text, size);
		const struct csv_loader files = { parsed_load, &p };
		writer_init(&w, p.arena);
		ast_dump(&w, parse_book(p.arena, &p.diag, &file, 1, &files));
		dump_tokens(&w, &p.sources.items[0]);
		format_source(p.arena, &p.sources.items[0], 'e', &size);
		survived = true;
	}
	failing_at = 0;
	parsed_close(&p);
	return survived;
}

START_TEST(memory_may_end_at_any_time)
{
	char *text = repeat(TAKEN TABLE "| a | 则 | 依据 |\n|---|---|---|\n",
			    "| 10万人以上不满20万人 | 「甲」 | 8.1(1).1、规定7 |\n", 300, "", "",
			    TABLE "\n```rulebook\n规则 a 用于 d 当 ( a 且 b ) 或 é 则 x\n判定 d: { x、 y }\n```\n");
	long n = 1;
	while (!survives(text, strlen(text), n))
		ck_assert_int_lt(++n, 10000);
	ck_assert_int_gt(n, 5);
	free(text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("grammar_tables");
	TCase *tcase = tcase_create("tables");
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, cells_of_a_rule_table);
	tcase_add_test(tcase, cells_alike_share_what_was_made_of_them);
	tcase_add_test(tcase, cells_of_a_case_table);
	tcase_add_test(tcase, rows_of_an_enumeration_are_members);
	tcase_add_loop_test(tcase, bad_table_is_found, 0, sizeof bad_tables / sizeof *bad_tables);
	tcase_add_test(tcase, rows_come_from_a_csv_file);
	tcase_add_loop_test(tcase, bad_csv_is_found, 0, sizeof bad_csv / sizeof *bad_csv);
	tcase_add_test(tcase, a_refused_byte_is_found_at_any_place);
	tcase_add_loop_test(tcase, character_is_judged, 0, sizeof characters / sizeof *characters);
	tcase_add_test(tcase, nul_is_a_control_character);
	tcase_add_test(tcase, too_many_marks_are_refused_unread);
	tcase_add_loop_test(tcase, nesting_is_limited, 0, sizeof nestings / sizeof *nestings);
	tcase_add_loop_test(tcase, size_is_limited, 0, sizeof sizes / sizeof *sizes);
	tcase_add_test(tcase, file_is_limited);
	tcase_add_test(tcase, memory_may_end_at_any_time);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
