/* Findings: places under display columns, both languages, JSON, SARIF, order, fingerprints. */
#include "diag/causes.h"
#include "diag/diag.h"
#include "diag/explain.h"
#include "diag/render.h"
#include "diag/status.h"

#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct out_of_memory handler;
static struct arena *arena;
static struct sources sources;
static struct diag diag;
static struct render_options options;

static void set_up(void)
{
	arena = arena_new(&handler);
	sources = (struct sources){ 0 };
	diag = (struct diag){ .arena = arena, .sources = &sources };
	options = (struct render_options){ .language = LANGUAGE_ZH, .limit = 20 };
}

static void tear_down(void)
{
	arena_free(arena);
}

static struct span find(const char *text, const char *part)
{
	uint32_t file = sources_add(arena, &sources, "甲.rulebook.md", text, strlen(text));
	const char *at = strstr(text, part);
	ck_assert_ptr_nonnull(at);
	uint32_t start = (uint32_t)(at - text);
	return (struct span){ file, start, start + (uint32_t)strlen(part) };
}

static const char *text_of(const struct finding *f)
{
	struct writer w;
	writer_init(&w, arena);
	render_finding(&w, &diag, f, &options);
	return writer_text(&w);
}

/* ---- places ---- */

START_TEST(positions_count_code_points)
{
	const char *text = "ab\n中文x\r\n";
	uint32_t file = sources_add(arena, &sources, "a", text, strlen(text));
	const struct source *s = &sources.items[file];
	struct position p = source_position(s, 0);
	ck_assert_uint_eq(p.line * 100 + p.column, 101);
	p = source_position(s, 2);
	ck_assert_uint_eq(p.line * 100 + p.column, 103);
	p = source_position(s, 9);
	ck_assert_uint_eq(p.line * 100 + p.column, 203);
	p = source_position(s, 12);
	ck_assert_uint_eq(p.line * 100 + p.column, 301);
	p = source_position(s, 5000);
	ck_assert_uint_eq(p.line, 3);
}
END_TEST

/* Over several steps of the index: short lines, two lines of many steps, and characters of one to three bytes. */
START_TEST(positions_are_those_of_a_walk)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; w.size < 30000; i++) {
		bool short_lines = w.size < 4500 || w.size / 16 == 13000 / 16 || w.size > 21000;
		write_str(&w, short_lines && i % 7 == 3 ? "\n" : i % 3 ? "a" : "中é");
	}
	const char *text = writer_text(&w);
	uint32_t file = sources_add(arena, &sources, "a", text, w.size);
	const struct source *s = &sources.items[file];
	struct position walk = { 1, 1 };
	uint32_t start = 0;
	for (uint32_t i = 0; i <= w.size; i++) {
		struct position p = source_position(s, i);
		ck_assert_msg(p.line == walk.line && p.column == walk.column, "byte %u: %u:%u", i, p.line, p.column);
		ck_assert_uint_eq(source_line(s, walk.line), start);
		if (text[i] == '\n') {
			walk = (struct position){ walk.line + 1, 1 };
			start = i + 1;
		} else {
			walk.column += ((unsigned char)text[i] & 0xc0) != 0x80;
		}
	}
	ck_assert_uint_eq(source_line(s, walk.line + 1), 0);
}
END_TEST

START_TEST(an_empty_text_has_one_line)
{
	uint32_t file = sources_add(arena, &sources, "a", "", 0);
	struct position p = source_position(&sources.items[file], 0);
	ck_assert_uint_eq(p.line, 1);
	ck_assert_uint_eq(p.column, 1);
}
END_TEST

START_TEST(widths_are_those_of_a_terminal)
{
	static const struct {
		const char *text;
		size_t width;
	} rows[] = {
		{ "", 0 },	{ "abc", 3 },
		{ "规矩", 4 },	{ "（，）", 6 },
		{ "ａ１", 4 },	{ "e\xcc\x81", 1 },
		{ "\t", 8 },	{ "abc\t", 8 },
		{ "规\tx", 9 }, { "\t\t", 16 },
		{ "“…”", 3 },	{ "　", 2 },
		{ "한글", 4 },	{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2 },
		{ "\xff", 1 },	{ "\xe2\x80\xae", 1 },
		{ "😀", 2 },	{ "\x7f", 1 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_msg(display_width(rows[i].text, strlen(rows[i].text), 0) == rows[i].width, "row %zu", i);
	ck_assert_uint_eq(display_width("\t", 1, 5), 3);
}
END_TEST

static void expect_mark(const char *text, const char *part, const char *shown, const char *mark)
{
	struct finding *f = diag_add(&diag, FINDING_OVERLAP, find(text, part), MESSAGE_NONE);
	const char *want = arena_printf(arena, "    1 | %s\n      | %s\n", shown, mark);
	const char *lines = strchr(text_of(f), '\n') + 1;
	ck_assert_str_eq(lines, want);
}

START_TEST(carets_stand_under_display_columns)
{
	expect_mark("规则 a 当 b", "a", "规则 a 当 b", "     ^");
	expect_mark("规则 a 当 掌握", "掌握", "规则 a 当 掌握", "          ^^^^");
	expect_mark("（ａ）x", "x", "（ａ）x", "      ^");
	expect_mark("cafe\xcc\x81 x", "x", "cafe\xcc\x81 x", "     ^");
	expect_mark("cafe\xcc\x81 x", "\xcc\x81", "cafe\xcc\x81 x", "   ^");
	expect_mark("\t规\tx y", "x", "        规      x y", "                ^");
	expect_mark("\tab", "\t", "        ab", "^^^^^^^^");
	expect_mark("a\xe2\x80\xae"
		    "bc",
		    "bc",
		    "a\xef\xbf\xbd"
		    "bc",
		    "  ^^");
	expect_mark("a\x1b[31mz", "z", "a\xef\xbf\xbd[31mz", "      ^");
	expect_mark("a\xffz", "z", "a\xef\xbf\xbdz", "  ^");
	expect_mark("abc\r\n", "c", "abc", "  ^");
}
END_TEST

START_TEST(a_point_and_a_place_over_lines_have_a_mark)
{
	expect_mark("ab", "", "ab", "^");
	struct span span = find("ab cd\nef", "cd\nef");
	struct finding *f = diag_add(&diag, FINDING_SYNTAX, span, MESSAGE_NONE);
	ck_assert_ptr_nonnull(strstr(text_of(f), "    1 | ab cd\n      |    ^^\n"));
	span.start = span.end = 8;
	f = diag_add(&diag, FINDING_SYNTAX, span, MESSAGE_NONE);
	ck_assert_ptr_nonnull(strstr(text_of(f), ":2:3: 错误[syntax]：写法不合语法\n    2 | ef\n      |   ^\n"));
}
END_TEST

START_TEST(a_long_line_is_a_window_around_its_mark)
{
	char *text = arena_strdup(arena, arena_printf(arena, "%*s%*s", 5000, "x", 5000, ""));
	for (char *p = text; *p; p++)
		*p = *p == 'x' ? 'x' : '.';
	struct finding *f = diag_add(&diag, FINDING_UNDEFINED, find(text, "x"), MESSAGE_NONE);
	const char *line = strstr(text_of(f), "    1 | ");
	ck_assert_ptr_nonnull(line);
	const char *mark = strchr(line, '\n') + 1;
	ck_assert_int_eq(strncmp(line + 8, "…", 3), 0);
	ck_assert_int_eq(strncmp(mark - 4, "…\n", 4), 0);
	size_t before = (size_t)(strchr(line, 'x') - line);
	/* The sign of what was left out is one column and three bytes. */
	ck_assert_uint_eq(display_width(line, before, 0), (size_t)(strchr(mark, '^') - mark));
	ck_assert_uint_le(display_width(line, (size_t)(mark - 1 - line), 0), 8 + 1 + 300 + 1);
}
END_TEST

/* A line of six megabytes and two thousand findings on it: what is shown must not depend on the line's length. */
START_TEST(places_on_an_endless_line_cost_little)
{
	size_t size = (size_t)6 << 20;
	char *text = arena_alloc(arena, size + 1);
	for (size_t i = 0; i + 3 <= size; i += 3)
		memcpy(text + i, "规", 3);
	uint32_t file = sources_add(arena, &sources, "a", text, size);
	for (uint32_t i = 0; i < 2000; i++)
		(void)diag_add(&diag, FINDING_CHARACTER, (struct span){ file, i * 3000, i * 3000 + 3 }, MESSAGE_NONE);
	struct writer w;
	writer_init(&w, arena);
	options.limit = 0;
	render_findings(&w, &diag, &options);
	render_findings_json(&w, &diag, LANGUAGE_ZH);
	ck_assert_ptr_nonnull(strstr(writer_text(&w), "a:1:1999001: 错误[character]"));
	ck_assert_ptr_nonnull(strstr(writer_text(&w), "\"column\": 1999001, "));
}
END_TEST

START_TEST(a_terminal_shows_and_does_not_obey)
{
	struct finding *f = diag_add(&diag, FINDING_UNDEFINED, find("a", "a"), MESSAGE_RENDER_HELP);
	diag_arg(&diag, f, 0, "x\x1b[2J\xe2\x80\xae\n\xff中");
	ck_assert_ptr_nonnull(strstr(text_of(f), "改法：x\xef\xbf\xbd[2J\xef\xbf\xbd \xef\xbf\xbd中\n"));
}
END_TEST

START_TEST(several_places_have_several_marks)
{
	struct span first = find("rule a over b\nrule b\n", "a ");
	struct finding *f = diag_add(&diag, FINDING_OVERLAP, first, MESSAGE_NONE);
	struct span same = { first.file, 12, 13 };
	diag_place(&diag, f, same, "另一条", "the other");
	diag_place(&diag, f, (struct span){ first.file, 19, 20 }, NULL, NULL);
	diag_place(&diag, f, same, "never shown", NULL);
	ck_assert_str_eq(text_of(f), "甲.rulebook.md:1:6: 提示[overlap]：两条规则得出同一结论\n"
				     "    1 | rule a over b\n"
				     "      |      ^^\n"
				     "      |             ~ 另一条\n"
				     "    2 | rule b\n"
				     "      |      ~\n");
}
END_TEST

START_TEST(a_place_in_another_file_names_it)
{
	struct finding *f = diag_add(&diag, FINDING_OVERLAP, find("a\n", "a"), MESSAGE_NONE);
	uint32_t other = sources_add(arena, &sources, "乙/b.md", "x\ny z\n", 6);
	diag_place(&diag, f, (struct span){ other, 4, 5 }, NULL, NULL);
	options.language = LANGUAGE_EN;
	ck_assert_str_eq(text_of(f), "甲.rulebook.md:1:1: note[overlap]: two reasons, one outcome\n"
				     "    1 | a\n"
				     "      | ^\n"
				     "      乙/b.md:2:3\n"
				     "    2 | y z\n"
				     "      |   ~\n");
}
END_TEST

START_TEST(a_place_in_no_file_has_no_line)
{
	struct finding *f = diag_add(&diag, FINDING_OVERLAP, (struct span){ 9, 0, 0 }, MESSAGE_NONE);
	ck_assert_str_eq(text_of(f), "提示[overlap]：两条规则得出同一结论\n");
}
END_TEST

/* ---- the whole finding ---- */

static const char *two[] = { "art20_core", "art10_free", NULL };
static const char *clauses[] = { "20.1", "10.1#2", NULL };
static const char *constraints[] = { "p1", NULL };

static struct finding *conflict(void)
{
	static struct fact_values values[] = {
		{ 0, "10000000", { "掌握的个人信息为1000万人", "personal information held is 10000000" }, "held_pi" },
		{ 1, "\"retail\"", { "行业为零售", "sector is retail" }, "sector" },
	};
	static struct fact_values when[] = {
		{ 0, "[10000000, 2000000000]", { "1000万人以上", "at least 10000000" }, "held_pi" }
	};
	static struct finding_region regions[10];
	for (size_t i = 0; i < 10; i++)
		regions[i] = (struct finding_region){ .when = { when, 1 }, .count = "12" };
	struct span span = find("规则 off_list 用于 pathway\n", "off_list");
	struct finding *f = diag_add(&diag, FINDING_CONFLICT, span, MESSAGE_NONE);
	f->decision = "pathway";
	f->rules = two;
	f->clauses = clauses;
	f->depends_on = constraints;
	f->has_witness = true;
	f->witness = (struct case_words){ values, 2 };
	f->regions = regions;
	f->region_count = 10;
	f->count = "123456789012345678901234567890";
	f->rest_count = "7";
	f->help = MESSAGE_RENDER_ANY_CASE;
	diag_edit(&diag, f, (struct span){ span.file, span.end, span.end }, "2");
	diag_edit(&diag, f, (struct span){ span.file, span.start, span.end }, "规");
	return f;
}

static size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;
	for (; (text = strstr(text, part)) != NULL; text++)
		count++;
	return count;
}

START_TEST(a_conflict_is_told_in_full)
{
	const char *text = text_of(conflict());
	ck_assert_ptr_nonnull(strstr(text, "甲.rulebook.md:1:4: 错误[conflict]：对同一情形有两个不同结论\n"
					   "    1 | 规则 off_list 用于 pathway\n"
					   "      |      ^^^^^^^^\n"
					   "   条款：20.1、10.1#2\n"
					   "   情形：掌握的个人信息为1000万人，行业为零售\n"
					   "   区域：1000万人以上（情形数 12）\n"));
	ck_assert_ptr_nonnull(strstr(text, "   情形总数：123456789012345678901234567890，其中 7 在没有列出的区域\n"
					   "   以前提为条件：p1\n   改法：任何情形\n"));
	ck_assert_uint_eq(occurrences(text, "区域："), 8);
	options.all_regions = true;
	options.language = LANGUAGE_EN;
	text = text_of(diag.findings.items[0]);
	ck_assert_uint_eq(occurrences(text, "region: "), 10);
	ck_assert_ptr_nonnull(strstr(text, "   case: personal information held is 10000000, sector is retail\n"));
	ck_assert_ptr_nonnull(strstr(text, "   help: any case\n"));
}
END_TEST

START_TEST(an_error_without_an_edit_says_that_none_was_worked_out)
{
	struct finding *f = diag_add(&diag, FINDING_GAP, find("a", "a"), MESSAGE_NONE);
	ck_assert_ptr_nonnull(strstr(text_of(f), "   改法：没有算出可以照样套用的改动，见 `guiju explain gap`\n"));
	f->help = MESSAGE_RENDER_ANY_CASE;
	ck_assert_ptr_nonnull(strstr(text_of(f), "   改法：任何情形。没有算出"));
	struct finding cause = { .kind = FINDING_GAP, .help = MESSAGE_RENDER_ANY_CASE };
	f->behind = &cause;
	ck_assert_ptr_nonnull(strstr(text_of(f), "   改法：任何情形。没有算出"));
	diag_edit(&diag, &cause, f->places[0].span, "b");
	ck_assert_ptr_nonnull(strstr(text_of(f), "   改法：任何情形。它的原因有可以照样套用的改动：任何情形\n"));
	diag_edit(&diag, f, f->places[0].span, "b");
	ck_assert_ptr_nonnull(strstr(text_of(f), "   改法：任何情形\n"));
}
END_TEST

START_TEST(a_single_region_is_not_told_twice)
{
	struct finding *f = conflict();
	f->region_count = 1;
	f->rest_count = NULL;
	ck_assert_uint_eq(occurrences(text_of(f), "区域："), 1);
	ck_assert_uint_eq(occurrences(text_of(f), "情形总数："), 0);
	f->witness = f->regions[0].when;
	ck_assert_uint_eq(occurrences(text_of(f), "区域："), 0);
	ck_assert_uint_eq(occurrences(text_of(f), "情形总数："), 1);
}
END_TEST

START_TEST(colour_only_on_demand)
{
	struct finding *f = conflict();
	ck_assert_ptr_null(strchr(text_of(f), '\033'));
	options.colour = true;
	ck_assert_ptr_nonnull(strstr(text_of(f), "\033[1;31m错误[conflict]\033[0m"));
}
END_TEST

START_TEST(what_is_not_shown_is_counted)
{
	struct writer w;
	writer_init(&w, arena);
	render_findings(&w, &diag, &options);
	ck_assert_str_eq(writer_text(&w), "");
	struct span span = find("a", "a");
	for (int i = 0; i < 30; i++)
		(void)diag_add(&diag, i % 3 == 0 ? FINDING_OVERLAP : FINDING_UNUSED, span, MESSAGE_NONE);
	options.limit = 12;
	render_findings(&w, &diag, &options);
	ck_assert_uint_eq(occurrences(writer_text(&w), "警告[unused]"), 12);
	ck_assert_ptr_nonnull(strstr(
		writer_text(&w),
		"还有 8 个发现没有显示（`--format json` 列出全部）\n有 10 个提示没有显示\n错误 0，警告 20，提示 10\n"));
	options.notes = true;
	options.limit = 0;
	writer_init(&w, arena);
	render_findings(&w, &diag, &options);
	ck_assert_uint_eq(occurrences(writer_text(&w), "提示[overlap]"), 10);
	ck_assert_ptr_null(strstr(writer_text(&w), "没有显示"));
}
END_TEST

START_TEST(json_has_the_shape_of_the_contract)
{
	struct writer w;
	writer_init(&w, arena);
	struct finding *f = conflict();
	f->region_count = 1;
	render_findings_json(&w, &diag, LANGUAGE_ZH);
	const char *want = "[\n {\"slug\": \"conflict\", \"severity\": \"error\", \"decision\": \"pathway\", "
			   "\"rules\": [\"art20_core\", \"art10_free\"], \"clauses\": [\"20.1\", \"10.1#2\"], "
			   "\"message\": \"对同一情形有两个不同结论\", \"help\": \"任何情形\", "
			   "\"places\": [{\"file\": \"甲.rulebook.md\", \"line\": 1, \"column\": 4, \"end_line\": 1, "
			   "\"end_column\": 12}], \"witness\": {\"held_pi\": 10000000, \"sector\": \"retail\"}, "
			   "\"count\": \"123456789012345678901234567890\", "
			   "\"regions\": [{\"when\": {\"held_pi\": [10000000, 2000000000]}, \"count\": \"12\"}], "
			   "\"rest_count\": \"7\", \"depends_on\": [\"p1\"], "
			   "\"edits\": [{\"file\": \"甲.rulebook.md\", \"start\": {\"line\": 1, \"column\": 12}, "
			   "\"end\": {\"line\": 1, \"column\": 12}, \"text\": \"2\"}, "
			   "{\"file\": \"甲.rulebook.md\", \"start\": {\"line\": 1, \"column\": 4}, "
			   "\"end\": {\"line\": 1, \"column\": 12}, \"text\": \"规\"}], ";
	ck_assert_str_eq(arena_strndup(arena, writer_text(&w), strlen(want)), want);
	const char *rest = writer_text(&w) + strlen(want);
	ck_assert_str_eq(rest, arena_printf(arena, "\"fingerprint\": \"%s\"}\n]", finding_fingerprint(arena, f)));
}
END_TEST

START_TEST(json_leaves_out_what_does_not_apply)
{
	struct writer w;
	writer_init(&w, arena);
	render_findings_json(&w, &diag, LANGUAGE_EN);
	ck_assert_str_eq(writer_text(&w), "[]");
	(void)diag_add(&diag, FINDING_OVERLAP, find("a", "a"), MESSAGE_NONE);
	writer_init(&w, arena);
	render_findings_json(&w, &diag, LANGUAGE_EN);
	const char *want =
		"[\n {\"slug\": \"overlap\", \"severity\": \"note\", \"message\": \"two reasons, one outcome\", "
		"\"places\": "
		"[{\"file\": \"甲.rulebook.md\", \"line\": 1, \"column\": 1, \"end_line\": 1, \"end_column\": 2}], "
		"\"fingerprint\": \"";
	ck_assert_str_eq(arena_strndup(arena, writer_text(&w), strlen(want)), want);
}
END_TEST

START_TEST(sarif_has_one_run)
{
	struct writer w;
	writer_init(&w, arena);
	struct finding *f = conflict();
	f->places[0].text.zh = "这里";
	diag_place(&diag, f, f->places[0].span, "那里", NULL);
	render_findings_sarif(&w, &diag, LANGUAGE_ZH);
	const char *text = writer_text(&w);
	ck_assert_ptr_nonnull(strstr(text, "\"version\": \"2.1.0\""));
	ck_assert_ptr_nonnull(strstr(text, "\"uri\": \"%E7%94%B2.rulebook.md\""));
	ck_assert_ptr_nonnull(
		strstr(text, "\"region\": {\"startLine\": 1, \"startColumn\": 4, \"endLine\": 1, \"endColumn\": 12}"));
	ck_assert_ptr_nonnull(strstr(text, "\"relatedLocations\": [{"));
	ck_assert_ptr_nonnull(strstr(text, "\"message\": {\"text\": \"那里\"}"));
	ck_assert_ptr_nonnull(strstr(text, arena_printf(arena, "\"ruleIndex\": %d", FINDING_CONFLICT)));
	ck_assert_ptr_nonnull(strstr(text, "\"insertedContent\": {\"text\": \"规\"}"));
}
END_TEST

/* ---- the sink ---- */

START_TEST(severities_are_counted)
{
	struct span span = find("a", "a");
	struct finding *f = diag_add(&diag, FINDING_UNUSED, span, MESSAGE_NONE);
	ck_assert(!diag_failed(&diag));
	diag_severity(&diag, f, SEVERITY_ERROR);
	ck_assert(diag_failed(&diag));
	ck_assert_uint_eq(diag.errors * 100 + diag.warnings * 10 + diag.notes, 100);
	diag_severity(&diag, f, SEVERITY_NOTE);
	ck_assert_uint_eq(diag.errors * 100 + diag.warnings * 10 + diag.notes, 1);
}
END_TEST

START_TEST(findings_stand_in_order_of_place_slug_and_rules)
{
	static const char *a[] = { "a", NULL }, *ab[] = { "a", "b", NULL }, *b[] = { "b", NULL };
	struct span span = find("abc", "abc");
	struct span later = { span.file, 2, 3 };
	const struct {
		enum finding_kind kind;
		struct span span;
		const char **rules;
	} rows[] = { { FINDING_GAP, later, NULL }, { FINDING_GAP, span, b },	{ FINDING_GAP, span, ab },
		     { FINDING_GAP, span, a },	   { FINDING_GAP, span, NULL }, { FINDING_CONFLICT, span, b },
		     { FINDING_GAP, span, a } };
	static const size_t want[] = { 5, 4, 3, 6, 2, 1, 0 };
	struct finding *added[7];
	for (size_t i = 0; i < 7; i++) {
		added[i] = diag_add(&diag, rows[i].kind, rows[i].span, MESSAGE_NONE);
		added[i]->rules = rows[i].rules;
	}
	diag_sort(&diag);
	for (size_t i = 0; i < 7; i++)
		ck_assert_ptr_eq(diag.findings.items[i], added[want[i]]);
}
END_TEST

/* ---- causes ---- */

static void add_with_cause(enum finding_kind kind, const char *cause, const char *count)
{
	struct finding *f = diag_add(&diag, kind, find("text", "text"), MESSAGE_NONE);
	f->cause = cause;
	f->count = count;
}

START_TEST(findings_of_one_cause_are_one)
{
	add_with_cause(FINDING_OVERLAP, "o", "99999999999999999999999");
	add_with_cause(FINDING_CONFLICT, "c1", "5");
	add_with_cause(FINDING_CONFLICT, "c2", "999");
	add_with_cause(FINDING_REDUNDANT, NULL, NULL);
	add_with_cause(FINDING_CONFLICT, "c1", "999");
	add_with_cause(FINDING_CONFLICT, "c3", "7");
	add_with_cause(FINDING_CONFLICT, "c3", NULL);
	add_with_cause(FINDING_REDUNDANT, "c1", NULL);
	add_with_cause(FINDING_GAP, "g", "1");
	cause_list causes = causes_of(arena, &diag, true);
	ck_assert_uint_eq(causes.count, 6);
	ck_assert_str_eq(causes.items[0].key, "g");
	ck_assert_str_eq(causes.items[1].key, "c1");
	ck_assert_str_eq(causes.items[1].cases, "1004"); /* what has no count by its kind is not missing */
	ck_assert_uint_eq(causes.items[1].findings, 3);
	ck_assert_str_eq(causes.items[2].key, "c3");
	ck_assert_ptr_null(causes.items[2].cases);
	ck_assert_str_eq(causes.items[3].key, "c2");
	ck_assert_str_eq(causes.items[4].key, "redundant");
	ck_assert_str_eq(causes.items[5].key, "o");
	ck_assert_uint_eq(causes_of(arena, &diag, false).count, 5);
	ck_assert_str_eq(decimal_sum(arena, "0", "0"), "0");
	ck_assert_str_eq(decimal_sum(arena, "1", "99999999999999999999999"), "100000000000000000000000");
}
END_TEST

static size_t lines_with(const char *text, const char *what)
{
	size_t lines = 0;
	for (const char *p = text; (p = strstr(p, what)) != NULL; p++)
		lines++;
	return lines;
}

/* Twelve causes of two findings: ten have an example, of the others there is a line each; few findings are not grouped.
 */
START_TEST(ten_causes_have_an_example)
{
	struct writer w;
	size_t shown = 0;
	writer_init(&w, arena);
	options.language = LANGUAGE_EN;
	for (int i = 0; i < 24; i++)
		add_with_cause(FINDING_CONFLICT, arena_printf(arena, "c%02d", i / 2), "1");
	ck_assert(render_causes(&w, &diag, &options, &shown));
	ck_assert_ptr_nonnull(strstr(writer_text(&w), "findings: 24, causes: 12"));
	ck_assert_ptr_nonnull(strstr(writer_text(&w), "cause 10 (2 × conflict): "));
	ck_assert_ptr_nonnull(strstr(writer_text(&w), "and 2 causes more, with 4 findings"));
	ck_assert_uint_eq(lines_with(writer_text(&w), "for instance"), 10);
	ck_assert_uint_eq(lines_with(writer_text(&w), "error[conflict]"), 12);
	ck_assert_uint_eq(shown, 12);
	writer_init(&w, arena);
	diag.findings.count = MANY_FINDINGS;
	ck_assert(!render_causes(&w, &diag, &options, &shown));
	ck_assert_str_eq(writer_text(&w), "");
}
END_TEST

/* Nobody knows what lies behind two names that are not declared: both are shown. */
START_TEST(findings_without_a_cause_are_all_shown)
{
	struct writer w;
	size_t shown = 0;
	writer_init(&w, arena);
	for (int i = 0; i < 20; i++)
		add_with_cause(FINDING_CONFLICT, "c", "1");
	for (int i = 0; i < 3; i++)
		add_with_cause(FINDING_UNDEFINED, NULL, NULL);
	ck_assert(render_causes(&w, &diag, &options, &shown));
	ck_assert_uint_eq(lines_with(writer_text(&w), "[undefined]"), 3);
	ck_assert_uint_eq(lines_with(writer_text(&w), "[conflict]"), 1);
	ck_assert_uint_eq(shown, 4);
}
END_TEST

START_TEST(fingerprints_do_not_depend_on_lines)
{
	struct finding *f = conflict();
	const char *first = finding_fingerprint(arena, f);
	ck_assert_uint_eq(strlen(first), 16);
	f->places[0].span.start = 0;
	f->count = "1";
	ck_assert_str_eq(finding_fingerprint(arena, f), first);
	f->clauses = two;
	ck_assert_str_ne(finding_fingerprint(arena, f), first);
	struct finding *x = diag_add(&diag, FINDING_UNDEFINED, f->places[0].span, MESSAGE_NONE);
	const char *none = finding_fingerprint(arena, x);
	diag_arg(&diag, x, 0, "name");
	ck_assert_str_ne(finding_fingerprint(arena, x), none);
}
END_TEST

/* ---- both languages ---- */

static bool has_han(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text >= 0xe3 && (unsigned char)*text <= 0xe9)
			return true;
	}
	return false;
}

/* Bit n: {n} stands in the text. */
static unsigned arguments_of(const char *text)
{
	unsigned set = 0;
	for (const char *p = text; *p; p++) {
		if (p[0] == '{' && isdigit((unsigned char)p[1]) && p[2] == '}')
			set |= 1u << (p[1] - '0');
	}
	return set;
}

struct catalogue_row {
	const char *id, *zh, *en;
};

static const struct catalogue_row messages[] = {
#define MESSAGE(id, zh, en) { #id, zh, en },
#include "diag/messages.def"
#undef MESSAGE
};

START_TEST(every_finding_speaks_both_languages)
{
	static const struct catalogue_row rows[] = {
#define FINDING(id, slug, severity, zh, en) { slug, zh, en },
#include "diag/findings.def"
#undef FINDING
	};
	ck_assert_uint_eq(sizeof rows / sizeof *rows, FINDING_COUNT);
	for (size_t i = 0; i < FINDING_COUNT; i++) {
		ck_assert_msg(has_han(rows[i].zh), "%s", rows[i].id);
		ck_assert_msg(*rows[i].en && !has_han(rows[i].en), "%s", rows[i].id);
		ck_assert_str_eq(finding_slug((enum finding_kind)i), rows[i].id);
	}
}
END_TEST

/* `X` alone or a path may be the same in both; English may quote a Chinese keyword in backticks. */
START_TEST(every_message_speaks_both_languages)
{
	for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
		const struct catalogue_row *m = &messages[i];
		ck_assert_msg(*m->zh && *m->en, "%s is empty", m->id);
		ck_assert_msg(arguments_of(m->zh) == arguments_of(m->en), "%s: other arguments in English", m->id);
		ck_assert_msg(m->en[strlen(m->en) - 1] != '.', "%s ends with a full stop", m->id);
		ck_assert_msg(strlen(m->zh) < 3 || strcmp(m->zh + strlen(m->zh) - 3, "。") != 0, "%s ends with 。",
			      m->id);
		ck_assert_msg(!strchr(m->en, '\n') && !strchr(m->zh, '\n'), "%s has more than one line", m->id);
	}
}
END_TEST

START_TEST(arguments_are_put_in)
{
	struct phrase args[DIAG_ARGS] = { { "甲", "one" }, { "{0}", NULL } };
	ck_assert_str_eq(render_message(arena, MESSAGE_RENDER_REGION, args, LANGUAGE_ZH), "区域：甲（情形数 {0}）");
	ck_assert_str_eq(render_message(arena, MESSAGE_RENDER_REGION, args, LANGUAGE_EN), "region: one (cases: {0})");
}
END_TEST

START_TEST(every_finding_has_a_section)
{
	for (size_t i = 0; i < FINDING_COUNT; i++) {
		enum finding_kind kind = (enum finding_kind)i;
		const char *section = explain_section(arena, finding_slug(kind));
		ck_assert_msg(section != NULL, "%s", finding_slug(kind));
		ck_assert_msg(strstr(section, arena_printf(arena, "**%s**", finding_summary(kind).zh)) != NULL, "%s",
			      section);
		ck_assert_ptr_nonnull(strstr(section, "\nbad:"));
		ck_assert_ptr_nonnull(strstr(section, "\nmended:\n"));
		ck_assert_uint_eq(occurrences(section, "\n## "), 0);
		ck_assert_int_eq(strncmp(section, "## ", 3), 0);
		ck_assert_str_eq(section + strlen(section) - 4, "```\n");
	}
	ck_assert_ptr_null(explain_section(arena, "none"));
	ck_assert_ptr_null(explain_section(arena, ""));
	ck_assert_ptr_null(explain_section(arena, "conflic"));
}
END_TEST

START_TEST(every_status_speaks_both_languages)
{
	for (int status = GUIJU_OK; status <= GUIJU_NOT_A_DAY + 1; status++) {
		struct phrase words = status_phrase((enum guiju_status)status);
		ck_assert_str_eq(words.en, guiju_status_text((enum guiju_status)status));
		ck_assert_msg(words.zh && (unsigned char)*words.zh >= 0xE4, "status %d", status);
	}
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("diag");
	TCase *t = tcase_create("diag");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, positions_count_code_points);
	tcase_add_test(t, positions_are_those_of_a_walk);
	tcase_add_test(t, an_empty_text_has_one_line);
	tcase_add_test(t, widths_are_those_of_a_terminal);
	tcase_add_test(t, carets_stand_under_display_columns);
	tcase_add_test(t, a_point_and_a_place_over_lines_have_a_mark);
	tcase_add_test(t, a_long_line_is_a_window_around_its_mark);
	tcase_add_test(t, places_on_an_endless_line_cost_little);
	tcase_add_test(t, a_terminal_shows_and_does_not_obey);
	tcase_add_test(t, several_places_have_several_marks);
	tcase_add_test(t, a_place_in_another_file_names_it);
	tcase_add_test(t, a_place_in_no_file_has_no_line);
	tcase_add_test(t, a_conflict_is_told_in_full);
	tcase_add_test(t, an_error_without_an_edit_says_that_none_was_worked_out);
	tcase_add_test(t, a_single_region_is_not_told_twice);
	tcase_add_test(t, colour_only_on_demand);
	tcase_add_test(t, what_is_not_shown_is_counted);
	tcase_add_test(t, json_has_the_shape_of_the_contract);
	tcase_add_test(t, json_leaves_out_what_does_not_apply);
	tcase_add_test(t, sarif_has_one_run);
	tcase_add_test(t, severities_are_counted);
	tcase_add_test(t, findings_stand_in_order_of_place_slug_and_rules);
	tcase_add_test(t, findings_of_one_cause_are_one);
	tcase_add_test(t, ten_causes_have_an_example);
	tcase_add_test(t, findings_without_a_cause_are_all_shown);
	tcase_add_test(t, fingerprints_do_not_depend_on_lines);
	tcase_add_test(t, every_finding_speaks_both_languages);
	tcase_add_test(t, every_message_speaks_both_languages);
	tcase_add_test(t, every_status_speaks_both_languages);
	tcase_add_test(t, arguments_are_put_in);
	tcase_add_test(t, every_finding_has_a_section);
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
