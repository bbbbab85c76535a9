/* The canonical layout: what it writes, and that it loses nothing on every rulebook of the project. */
#include "grammar_fixture.h"

#include "support/io.h"

#include <stdio.h>

struct layout {
	const char *from;
	char keywords;
	const char *to;
};

static const struct layout layouts[] = {
	/* indentation and spaces; prose, comments and numerals stay */
	{ "#  题\n  文 \n\n```rulebook\n\n规则   a「甲」  用于 d\n// 注 \n"
	  "      当 n 10万人以上 不满 100万 人 且(b 或 c)  //  完  \n\t则 x\n\n\n规则 b 用于 d 则 x\n\n```\n尾",
	  'k',
	  "#  题\n  文 \n\n```rulebook\n规则 a「甲」 用于 d\n// 注\n"
	  "  当 n 10万人以上不满100万 人 且 ( b 或 c ) //  完\n  则 x\n\n规则 b 用于 d 则 x\n```\n尾" },
	{ "```rulebook\n枚举 e{a「甲」、b,c}\n宣示 1.1、 2.1,3.1 理由「甲」\n次序 o 用于 d ：\n a 先于{b、c}\n```\n", 'k',
	  "```rulebook\n枚举 e { a「甲」、 b, c }\n宣示 1.1、2.1, 3.1 理由 「甲」\n次序 o 用于 d：\n  a 先于 { b、 c }\n```\n" },
	{ "```rulebook\n规则 a 用于 d 当 下列之一：\n （一）b；\n （二）c。\n 则 x\n```\n", 'k',
	  "```rulebook\n规则 a 用于 d 当 下列之一：\n    （一）b；\n    （二）c。\n  则 x\n```\n" },
	/* bounds stand behind the number in Chinese, before it in English */
	{ "```rulebook\n规则 a 用于 d 当 n 10万人以上不满100万人 且 m 少于5 且 k 3 人 以内 则 x\n```\n", 'e',
	  "```rulebook\nrule a for d when n at_least 10万人 under 100万人 "
	  "and m fewer_than 5 and k up_to 3 人 then x\n```\n" },
	{ "```rulebook\nrule a for d when n at_least 100,000 under 1,000,000 persons "
	  "and m more_than 5 then x\n```\n", 'z',
	  "```rulebook\n规则 a 用于 d 当 n 100,000以上不满1,000,000 persons 且 m 超过5 则 x\n```\n" },
	{ "```rulebook\nrule a for d when n at_least 5 persons under 7 persons "
	  "or t at_least 2025-01-01 then x\n```\n", 'z',
	  "```rulebook\n规则 a 用于 d 当 n 5 persons 以上 不满7 persons 或 t 2025-01-01 以上 则 x\n```\n" },
	{ "```rulebook\nconvention at_least, under inclusive\n```\n", 'z', "```rulebook\n约定 以上, 不满 含本数\n```\n" },
	{ "```rulebook\n公布 p 表 t\n  栏 条目、 则 题 「条目」\n```\n", 'e',
	  "```rulebook\npublished p table t\n  columns item、then headed 「条目」\n```\n" },
	/* tables: aligned by display width, headings are keywords there, text stays */
	{ "```rulebook\n表 t 用于 d 见下表\n```\n\n|id|n|则|「条目」|\n|-|:-:|-|-|\n"
	  "|a|10万人 以上|x|条目\\|是|\n|bc||y|则|\n\n| a |\n|-|\n", 'k',
	  "```rulebook\n表 t 用于 d 见下表\n```\n\n"
	  "| id  | n          | 则  | 「条目」 |\n"
	  "|-----|:----------:|-----|----------|\n"
	  "| a   | 10万人以上 | x   | 条目\\|是 |\n"
	  "| bc  |            | y   | 则       |\n\n| a |\n|-|\n" },
	{ "```rulebook\n案例表 t 基准 b 见下表\n```\n| 案例 | b | 应为 d |\n|---|---|---|\n| 是 | 是 | 空白 |\n", 'e',
	  "```rulebook\ncase_table t baseline b below\n```\n"
	  "| case | b   | expected d |\n|------|-----|------------|\n| 是   | yes | gap        |\n" },
	{ "a\r\n```rulebook\r\n宣示  1.1\r\n```\r\n", 'k', "a\r\n```rulebook\r\n宣示 1.1\r\n```\r\n" },
	{ "", 'k', "" },
};

START_TEST(layout_is)
{
	struct parsed p = { .csv = NULL };
	size_t size;
	parse_text(&p, layouts[_i].from);
	ck_assert_str_eq(parsed_findings(&p), "");
	ck_assert_str_eq(format_source(p.arena, &p.sources.items[0], layouts[_i].keywords, &size), layouts[_i].to);
	ck_assert_uint_eq(size, strlen(layouts[_i].to));
	parsed_close(&p);
}
END_TEST

/* ---- every rulebook of the project ---- */

static const char *const folders[] = {
	"rulebooks/fujian", "rulebooks/fujian-literal", "rulebooks/examples/library", "rulebooks/examples/parcel",
	"rulebooks/examples/everything", "docs", "tests/golden/good",
};

/* `text` is a file of `folder`; the texts of 取自 do not matter here, so none is found. */
static void check_file(const char *text, char keywords)
{
	struct parsed before = { .csv = NULL }, after = { .csv = NULL };
	size_t size, again_size;
	parse_text(&before, text);
	bool clean = true;
	for (size_t i = 0; i < before.diag.findings.count; i++)
		clean = clean && before.diag.findings.items[i]->message == MESSAGE_CSV_MISSING;
	const char *formatted = format_source(before.arena, &before.sources.items[0], keywords, &size);
	if (clean) {
		parse_text(&after, formatted);
		ck_assert_str_eq(parsed_dump(&before), parsed_dump(&after));
		const char *again = format_source(after.arena, &after.sources.items[0], keywords, &again_size);
		ck_assert(strcmp(again, formatted) == 0);
		parsed_close(&after);
	}
	parsed_close(&before);
}

/* zh → en → zh gives what zh alone gives. */
static void check_back(const char *text)
{
	struct parsed p = { .csv = NULL };
	size_t size;
	parse_text(&p, text);
	struct source english = p.sources.items[0];
	const char *chinese = format_source(p.arena, &p.sources.items[0], 'z', &size);
	english.text = format_source(p.arena, &p.sources.items[0], 'e', &english.size);
	bool clean = !diag_failed(&p.diag);
	if (clean)
		ck_assert(strcmp(format_source(p.arena, &english, 'z', &size), chinese) == 0);
	parsed_close(&p);
}

static size_t check_folder(const char *folder)
{
	struct out_of_memory memory_ends;
	struct arena *arena = arena_new(&memory_ends);
	struct io_error error;
	size_t checked = 0, size;
	const char *path = arena_printf(arena, "%s/%s", GUIJU_SOURCE_DIR, folder);
	const char **names = io_list_folder(&io_system, arena, path, &error);
	for (; names && *names; names++) {
		size_t n = strlen(*names);
		if (n < 3 || strcmp(*names + n - 3, ".md") != 0)
			continue;
		const char *file = arena_printf(arena, "%s/%s", path, *names);
		const char *text = io_read_file(&io_system, arena, file, LIMIT_FILE, &size, &error);
		ck_assert_ptr_nonnull(text);
		check_file(text, 'k');
		check_file(text, 'z');
		check_file(text, 'e');
		check_back(text);
		checked++;
	}
	arena_free(arena);
	return checked;
}

START_TEST(rulebooks_survive_their_layout)
{
	ck_assert_uint_gt(check_folder(folders[_i]), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("format");
	TCase *tcase = tcase_create("format");
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, layout_is, 0, sizeof layouts / sizeof *layouts);
	tcase_add_loop_test(tcase, rulebooks_survive_their_layout, 0, sizeof folders / sizeof *folders);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
