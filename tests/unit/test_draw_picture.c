/* guiju-draw and the reading back: true pictures are accepted, changed ones refused, hostile lists survived. */
#include "artifact_fixture.h"
#include "draw/child.h"
#include "draw/drawings.h"
#include "draw/picture.h"
#include "draw/read_back.h"

#include <stdlib.h>
#include <unistd.h>

static const char LIST[] =
	"guiju-drawing\t0.2\nkind\tdecision\nid\tdecision.d\nlanguage\tzh\ntitle\t标题 <b>&amp; "
	"\\N\nsubtitle\t副题\nflow\tany\n"
	"node\tfact.a\tquestion\nline\tmain\t<i>甲</i> \\G\nline\tminor\t8.1(1).2\ntip\t一 \"引\"\ntip\t二 & 三\n"
	"node\toutcome.x\toutcome0\nline\tmain\t结论\\\nline\titem\t· 条\n"
	"node\tgap\tgap\nline\tmain\t空白\n"
	"edge\tfact.a\toutcome.x\tplain\nlabel\t10万人以上、\nlabel\t不满100万人 &lt;\ntip\t全部\n"
	"edge\tfact.a\tgap\tred\nlabel\t否\n"
	"legend\tquestion\t问题\nnote\tred\t空白：一处\nend\t3\t2\n";

static bool draw(const char *list, size_t size, struct picture *picture, struct draw_error *error)
{
	const struct draw_request request = { .program = GUIJU_DRAW, .name = "t", .list = list, .list_size = size };
	return draw_picture(arena, &request, picture, error);
}

static const char *words_of(const struct draw_error *error)
{
	return render_message(arena, error->message, error->args, LANGUAGE_EN);
}

static struct picture drawn_list(void)
{
	struct picture picture;
	struct draw_error error;
	ck_assert_msg(draw(LIST, sizeof LIST - 1, &picture, &error), "%s", words_of(&error));
	return picture;
}

START_TEST(a_list_with_every_escape_is_drawn)
{
	struct picture picture = drawn_list();
	ck_assert(picture.fits);
	ck_assert(strstr(picture.svg, "&lt;i&gt;甲&lt;/i&gt; \\G") != NULL);
	ck_assert(strstr(picture.svg, "Graphviz") == NULL && strstr(picture.dot, "Graphviz") == NULL);
}
END_TEST

START_TEST(a_picture_is_the_same_every_time)
{
	struct picture one = drawn_list(), other = drawn_list();
	ck_assert_str_eq(one.svg, other.svg);
	ck_assert_str_eq(one.dot, other.dot);
}
END_TEST

START_TEST(png_and_pdf_are_made)
{
	struct picture picture = drawn_list();
	struct draw_error error;
	const char *png, *pdf, *again;
	size_t size, pdf_size, again_size;
	ck_assert_msg(convert_picture(arena, "t", picture.svg, picture.svg_size, PICTURE_PNG, &png, &size, &error),
		      "%s", words_of(&error));
	ck_assert_mem_eq(png, "\x89PNG", 4);
	ck_assert(convert_picture(arena, "t", picture.svg, picture.svg_size, PICTURE_PDF, &pdf, &pdf_size, &error));
	ck_assert_mem_eq(pdf, "%PDF", 4);
	ck_assert(convert_picture(arena, "t", picture.svg, picture.svg_size, PICTURE_PDF, &again, &again_size, &error));
	ck_assert_uint_eq(pdf_size, again_size);
	ck_assert_mem_eq(pdf, again, pdf_size);
	ck_assert(!convert_picture(arena, "t", "<svg", 4, PICTURE_PNG, &png, &size, &error));
	ck_assert_int_eq(error.message, MESSAGE_DRAW_CONVERT);
}
END_TEST

START_TEST(every_picture_of_the_rulebook_fits_on_a4)
{
	const char *names[] = { "measures.rulebook.md", "list.rulebook.md", NULL };
	picture_lists lists = { 0 };
	draw_everything(arena, model_of_folder(GUIJU_SOURCE_DIR "/rulebooks/fujian", names), NULL, &lists);
	for (size_t i = 0; i < lists.count; i++) {
		struct picture picture;
		struct draw_error error;
		ck_assert_msg(draw(lists.items[i].bytes, lists.items[i].size, &picture, &error), "%s: %s",
			      lists.items[i].id, words_of(&error));
		ck_assert_msg(picture.fits, "%s", lists.items[i].id);
	}
}
END_TEST

/* ---- reading back ---- */

static bool matches(const char *picture, enum picture_form form)
{
	struct phrase difference;
	return picture_matches(arena, LIST, sizeof LIST - 1, picture, strlen(picture), form, &difference);
}

static const char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	ck_assert_msg(at != NULL, "no %s in\n%s", from, text);
	return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

START_TEST(a_changed_svg_is_refused)
{
	static const char *const changes[][2] = {
		{ ">空白<", ">空曰<" },
		{ ">否<", ">是<" },
		{ "data-to=\"gap\"", "data-to=\"outcome.x\"" },
		{ "node question", "node decision" },
		{ ">问题<", ">结论<" },
		{ "空白：一处", "空白：二处" },
		{ "二 &amp; 三", "二 三" },
		{ ">副题<", ">正题<" },
		{ "<g id=\"gap\"", "<g id=\"gap2\"" },
		{ "</svg>", "<text x=\"1\" y=\"1\">多</text></svg>" },
		{ "</svg>", "<script>1</script></svg>" },
		{ "<svg ", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg " },
		{ "<rect ", "<rect onclick=\"x()\" " },
		{ "fill=\"#ffffff\"", "fill=\"url(http://x)\"" },
		{ "</svg>", "" },
		{ "10万人以上", "10万人以" },
	};
	struct picture picture = drawn_list();
	ck_assert(matches(picture.svg, PICTURE_SVG));
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		ck_assert_msg(!matches(replaced(picture.svg, changes[i][0], changes[i][1]), PICTURE_SVG), "%s",
			      changes[i][1]);
}
END_TEST

START_TEST(a_changed_dot_is_refused)
{
	static const char *const changes[][2] = {
		{ "空白", "空曰" },
		{ "不满100万人", "不满10万人" },
		{ "-> gap", "-> \"outcome.x\"" },
		{ "digraph", "graph" },
		{ "class=question", "class=decision" },
		{ "tooltip=全部", "tooltip=部分" },
		{ "}", "" },
		{ "}", "} x" },
		{ "\\nlabel", "\\nlabel" },
		{ "}", "more [label=x];\n}" },
	};
	struct picture picture = drawn_list();
	ck_assert(matches(picture.dot, PICTURE_DOT));
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		if (!strstr(picture.dot, changes[i][0]))
			continue;
		ck_assert_msg(!matches(replaced(picture.dot, changes[i][0], changes[i][1]), PICTURE_DOT), "%s -> %s",
			      changes[i][0], changes[i][1]);
	}
}
END_TEST

/* ---- timelines ---- */

static const char DAYS[] =
	"guiju-drawing\t0.2\nkind\ttimeline\nid\ttimeline.p\nlanguage\ten\ntitle\tt\nsubtitle\ts\nflow\tright\n"
	"day\t2026-02-13\tworked\t2026\tFeb\t13\tF\t\ntip\tFriday\n"
	"day\t2026-02-14\tmade_up\t\t\t14\tS\tW\n"
	"gap\t2026-02-15\t2026-03-02\t16 d\ntick\tMar\n"
	"day\t2026-03-03\toff\t2026\tMar\t3\tT\tH\n"
	"lane\trole0\toffice\nnode\tduty.d\trole0\nline\tmain\tanswer\n"
	"bar\truns\t-\t2026-02-14\nbar\tbetween\t2026-02-14\t-\nbar\tdue\t2026-03-03\t2026-03-03\n"
	"node\tduty.e\trole1\nend\t2\t0\n";

static bool days_match(const char *svg)
{
	struct phrase difference;
	return picture_matches(arena, DAYS, sizeof DAYS - 1, svg, strlen(svg), PICTURE_SVG, &difference);
}

START_TEST(a_changed_timeline_is_refused)
{
	static const char *const changes[][2] = {
		{ "data-to=\"2026-03-03\" x=\"", "data-to=\"2026-03-03\" x=\"1" },
		{ "data-from=\"-\" data-to=\"2026-02-14\"", "data-from=\"-\" data-to=\"2026-03-03\"" },
		{ "<rect class=\"between\"", "<rect class=\"runs\"" },
		{ "<rect class=\"due\"", "<rect x=\"0\" y=\"0\" width=\"1\" height=\"1\"/><rect class=\"due\"" },
		{ "day made_up", "day off" },
		{ "class=\"day off\" data-from=\"2026-03-03\"", "class=\"day off\" data-from=\"2026-03-04\"" },
		{ ">16 d<", ">17 d<" },
		{ ">office<", ">applicant<" },
		{ ">Friday<", ">Monday<" },
		{ ">W<", "><" },
		{ "lane role0", "lane role1" },
		{ "<g class=\"lane", "<g class=\"lane role0\"><text>office</text></g><g class=\"lane" },
	};
	struct picture picture;
	struct draw_error error;
	ck_assert_msg(draw(DAYS, sizeof DAYS - 1, &picture, &error), "%s", words_of(&error));
	ck_assert(picture.fits);
	ck_assert(days_match(picture.svg));
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		ck_assert_msg(!days_match(replaced(picture.svg, changes[i][0], changes[i][1])), "%s", changes[i][1]);
}
END_TEST

/* Any byte of the labels changed, and the file cut anywhere: never a crash, and never more than was there. */
START_TEST(cut_pictures_are_refused)
{
	struct picture picture = drawn_list();
	for (size_t size = 0; size < picture.svg_size; size += 7) {
		struct phrase difference;
		ck_assert(!picture_matches(arena, LIST, sizeof LIST - 1, picture.svg, size, PICTURE_SVG, &difference) ||
			  picture.svg_size - size <= 1);
	}
	for (size_t size = 0; size + 2 < picture.dot_size; size += 3) {
		struct phrase difference;
		ck_assert(!picture_matches(arena, LIST, sizeof LIST - 1, picture.dot, size, PICTURE_DOT, &difference));
	}
}
END_TEST

/* ---- hostile lists ---- */

static void expect_refused(const char *list, size_t size, const char *why)
{
	struct picture picture;
	struct draw_error error;
	ck_assert_msg(!draw(list, size, &picture, &error), "accepted: %s", why);
	ck_assert_msg(error.message == MESSAGE_DRAW_FAILED, "%s: %s", why, words_of(&error));
	ck_assert_msg(strstr(words_of(&error), "of the list") != NULL, "%s: %s", why, words_of(&error));
}

START_TEST(bad_lists_are_refused_with_their_line)
{
	static const char *const changes[][2] = {
		{ "guiju-drawing\t0.2", "guiju-drawing\t0.1" },
		{ "end\t3\t2\n", "" },
		{ "end\t3\t2", "end\t3\t3" },
		{ "edge\tfact.a\tgap", "edge\tfact.a\tnowhere" },
		{ "node\tgap\tgap", "node\tfact.a\tgap" },
		{ "node\tgap\tgap", "node\t<gap>\tgap" },
		{ "node\tgap\tgap", "node\tnode\tgap" },
		{ "node\tgap\tgap", "node\tgap\tgreen" },
		{ "line\tmain\t空白", "line\tmain\t空\xff" },
		{ "line\tmain\t空白", "line\tmain\t空\x01" },
		{ "line\tmain\t空白", "line\tmain\t空\xef\xbf\xbe" },
		{ "line\tmain\t空白", "line\tmain\t空\t白" },
		{ "line\tmain\t空白", "lines\tmain\t空白" },
		{ "edge\tfact.a\tgap\tred", "edge\tfact.a\toutcome.x\tred" },
		{ "kind\tdecision\n", "" },
		{ "flow\tany", "flow\tup" },
		{ "end\t3\t2\n", "end\t3\t2\nnode\tx\tgap\n" },
		{ "end\t3\t2\n", "end\t3\t2" },
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *list = replaced(LIST, changes[i][0], changes[i][1]);
		expect_refused(list, strlen(list), changes[i][1]);
	}
	expect_refused("", 0, "nothing");
}
END_TEST

START_TEST(bad_timelines_are_refused_with_their_line)
{
	static const char *const changes[][2] = {
		{ "bar\tdue\t2026-03-03\t2026-03-03", "bar\tdue\t2026-03-01\t2026-03-01" },
		{ "bar\tdue\t2026-03-03\t2026-03-03", "bar\tdue\t2026-03-03\t2026-02-14" },
		{ "bar\tdue\t2026-03-03\t2026-03-03", "bar\tlate\t2026-03-03\t2026-03-03" },
		{ "kind\ttimeline", "kind\tdecision" },
		{ "day\t2026-03-03\toff", "day\t2026-02-14\toff" },
		{ "day\t2026-03-03\toff", "day\tMarch\toff" },
		{ "day\t2026-03-03\toff\t2026", "day\t2026-03-03\toff" },
		{ "gap\t2026-02-15\t2026-03-02\t16 d\n", "" },
		{ "end\t2\t0", "lane\trole0\tnobody\nend\t2\t0" },
		{ "end\t2\t0", "day\t2026-03-04\toff\t\t\t4\tW\t\nend\t2\t0" },
		{ "end\t2\t0", "edge\tduty.d\tduty.e\tplain\nend\t2\t1" },
		{ "language\ten\n", "" },
		{ "language\ten", "language\tfr" },
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *list = replaced(DAYS, changes[i][0], changes[i][1]);
		expect_refused(list, strlen(list), changes[i][1]);
	}
}
END_TEST

START_TEST(huge_lists_are_refused)
{
	struct writer w;
	writer_init(&w, arena);
	write_str(&w, "guiju-drawing\t0.2\n");
	for (int i = 0; i < 100000; i++)
		write_fmt(&w, "node\tn%d\tfact\n", i);
	expect_refused(w.bytes, w.size, "100,000 nodes");
	writer_init(&w, arena);
	write_str(&w, "guiju-drawing\t0.2\ntitle\t");
	for (int i = 0; i < 3000000; i++)
		write_char(&w, 'x');
	expect_refused(w.bytes, w.size, "a title of three million letters");
}
END_TEST

/* The densest graph that a list may hold ends in time, drawn or refused. */
START_TEST(the_largest_list_ends)
{
	struct writer w;
	struct picture picture;
	struct draw_error error = { 0 };
	size_t edges = 0;
	writer_init(&w, arena);
	write_str(&w, "guiju-drawing\t0.2\nkind\tdecision\nid\tx\nlanguage\tzh\ntitle\tx\nsubtitle\tx\nflow\tany\n");
	for (int i = 0; i < LIST_NODES; i++)
		write_fmt(&w, "node\tn%d\tfact\nline\tmain\t%d\n", i, i);
	for (int i = 0; i < LIST_NODES; i++)
		for (int k = 1; k <= 10 && edges < LIST_EDGES; k++, edges++)
			write_fmt(&w, "edge\tn%d\tn%d\tplain\nlabel\t%d\n", i, (i * 7 + k * 31 + 1) % LIST_NODES, k);
	write_fmt(&w, "end\t%d\t%zu\n", LIST_NODES, edges);
	const struct draw_request request = {
		.program = GUIJU_DRAW, .name = "t", .list = w.bytes, .list_size = w.size, .seconds = 5
	};
	if (!draw_picture(arena, &request, &picture, &error))
		ck_assert_msg(error.limit || error.message == MESSAGE_DRAW_FAILED, "%s", words_of(&error));
}
END_TEST

/* ---- children ---- */

START_TEST(a_program_that_is_not_there_is_said)
{
	struct picture picture;
	struct draw_error error;
	const struct draw_request request = {
		.program = "/nowhere/guiju-draw", .name = "t", .list = LIST, .list_size = sizeof LIST - 1
	};
	ck_assert(!draw_picture(arena, &request, &picture, &error));
	ck_assert_int_eq(error.message, MESSAGE_DRAW_START);
}
END_TEST

START_TEST(a_missing_font_is_an_error)
{
	struct picture picture;
	struct draw_error error;
	static const char config[] = "<?xml version=\"1.0\"?><fontconfig><dir>/nowhere</dir></fontconfig>\n";
	char path[] = "/tmp/guiju-no-fonts-XXXXXX";
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert(io_write_all(&io_system, fd, config, sizeof config - 1) && close(fd) == 0);
	setenv("FONTCONFIG_FILE", path, 1);
	bool there = draw(LIST, sizeof LIST - 1, &picture, &error);
	unsetenv("FONTCONFIG_FILE");
	unlink(path);
	ck_assert(!there);
	ck_assert_int_eq(error.message, MESSAGE_DRAW_FONT);
}
END_TEST

static void run_shell(const char *command, size_t output_limit, struct child_result *result)
{
	const char *const arguments[] = { "sh", "-c", command, NULL };
	const struct child_job job = { .program = "sh",
				       .arguments = arguments,
				       .input = LIST,
				       .input_size = sizeof LIST - 1,
				       .output_limit = output_limit,
				       .seconds = 1 };
	child_run(arena, &job, result);
}

START_TEST(children_have_limits)
{
	struct child_result r;
	run_shell("cat", 1 << 20, &r);
	ck_assert_int_eq(r.end, CHILD_EXITED);
	ck_assert_str_eq(r.output, LIST);
	run_shell("exec sleep 30", 100, &r);
	ck_assert_int_eq(r.end, CHILD_TIMED_OUT);
	run_shell("exec yes", 100000, &r);
	ck_assert_int_eq(r.end, CHILD_TOO_MUCH);
	run_shell("kill -SEGV $$", 100, &r);
	ck_assert_int_eq(r.end, CHILD_SIGNALLED);
	run_shell("echo no >&2; exit 7", 100, &r);
	ck_assert_int_eq(r.end, CHILD_EXITED);
	ck_assert_int_eq(r.status, 7);
	ck_assert_str_eq(r.errors, "no\n");
}
END_TEST

static Suite *picture_suite(void)
{
	const TTest *const tests[] = {
		a_list_with_every_escape_is_drawn,
		a_picture_is_the_same_every_time,
		png_and_pdf_are_made,
		every_picture_of_the_rulebook_fits_on_a4,
		a_changed_svg_is_refused,
		a_changed_dot_is_refused,
		cut_pictures_are_refused,
		bad_lists_are_refused_with_their_line,
		huge_lists_are_refused,
		a_changed_timeline_is_refused,
		bad_timelines_are_refused_with_their_line,
		the_largest_list_ends,
		a_program_that_is_not_there_is_said,
		a_missing_font_is_an_error,
		children_have_limits,
	};
	Suite *suite = suite_create("draw_picture");
	TCase *tcase = tcase_create("draw_picture");
	tcase_add_checked_fixture(tcase, fixture_set_up, fixture_tear_down);
	tcase_set_timeout(tcase, 60);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(picture_suite());
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
