/* The contract of session.h; what its checks find is tests/property/session.c's. The first test is an example of use. */
#include "session.h"

#include "failing_memory.h"
#include "grammar/parse.h"
#include "support/writer.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                    \
	"# 示例\n\n```rulebook\n规则书 t\n事实 n「人数」: 整数 0 至 9\n"       \
	"判定 d「结果」: { yes_「可」、 no_「否」 }\n"
#define RULE(id, cond, outcome) "规则 " id " 用于 d 理由 「示例」 当 n " cond " 则 " outcome "\n"
#define END "```\n"

static const char whole[] = HEAD RULE("a", "5以上", "yes_") RULE("b", "4以下", "no_") END;
static const char with_gap[] = HEAD RULE("a", "5以上", "yes_") RULE("b", "3以下", "no_") END;
static const char with_csv[] = HEAD "表 t 用于 d 命中 唯一 完备 理由 「示例」 取自 「t.csv」\n" END;
static const char csv[] = "n,则\n5以上,yes_\n3以下,no_\n";

static const struct options options = { .verb = VERB_CHECK, .show_notes = true };

/* The findings as text, of one session; they live until the next call of this function. */
static const char *found(struct session *s)
{
	static struct out_of_memory memory_ends;
	static struct arena *arena;
	struct session_answer answer;
	struct writer w;
	arena_free(arena);
	arena = arena_new(&memory_ends);
	ck_assert(session_check(s, &answer));
	struct diag diag = *answer.diag;
	diag.arena = arena;
	writer_init(&w, arena);
	render_findings(&w, &diag, &(struct render_options){ .language = LANGUAGE_EN, .notes = true });
	return writer_text(&w);
}

static bool give(struct session *s, const char *path, const char *text)
{
	return session_text(s, path, text, strlen(text));
}

START_TEST(an_edit_makes_a_gap_and_another_closes_it)
{
	struct session *s = session_new(&options);
	ck_assert_ptr_nonnull(s);
	ck_assert(give(s, "t.rulebook.md", whole));
	ck_assert_str_eq(found(s), "");
	ck_assert(give(s, "t.rulebook.md", with_gap));
	ck_assert_ptr_nonnull(strstr(found(s), "error[gap]"));
	ck_assert_ptr_nonnull(strstr(found(s), "errors: 1, warnings: 0, notes: 0"));
	ck_assert(give(s, "t.rulebook.md", whole));
	ck_assert_str_eq(found(s), "");
	session_free(s);
}
END_TEST

START_TEST(the_answer_says_what_was_reached)
{
	struct session *s = session_new(&options);
	struct session_answer answer;
	ck_assert(session_check(s, &answer));              /* no text at all */
	ck_assert(!answer.model && answer.diag->findings.count == 0 && answer.verdicts.count == 0);
	ck_assert(give(s, "notes.md", "no rulebook"));
	ck_assert(session_check(s, &answer) && !answer.model);
	ck_assert(give(s, "t.rulebook.md", "```rulebook\n规则书 「\n```\n"));
	ck_assert(session_check(s, &answer) && !answer.model && answer.diag->errors > 0);
	ck_assert(give(s, "t.rulebook.md", HEAD RULE("a", "为 x", "yes_") END));
	ck_assert(session_check(s, &answer) && answer.diag->errors > 0 && answer.verdicts.count == 0);
	ck_assert(give(s, "t.rulebook.md", whole));
	ck_assert(session_check(s, &answer) && answer.model && answer.diag->errors == 0 && answer.verdicts.count == 1);
	ck_assert_int_eq(answer.verdicts.items[0].gap, DECIDED_NONE);
	session_free(s);
}
END_TEST

START_TEST(texts_are_copied)
{
	struct session *s = session_new(&options);
	char text[sizeof whole];
	memcpy(text, whole, sizeof whole);
	ck_assert(session_text(s, "t.rulebook.md", text, strlen(text)));
	memset(text, 'x', sizeof text);
	ck_assert_str_eq(found(s), "");
	session_free(s);
}
END_TEST

START_TEST(a_file_can_go_and_come)
{
	struct session *s = session_new(&options);
	ck_assert(give(s, "t.rulebook.md", with_csv));
	ck_assert_ptr_nonnull(strstr(found(s), "undefined"));
	ck_assert(give(s, "t.csv", csv));
	ck_assert_ptr_nonnull(strstr(found(s), "error[gap]"));
	ck_assert(give(s, "t.csv", "n,则\n5以上,yes_\n4以下,no_\n"));
	ck_assert_str_eq(found(s), "");
	ck_assert(session_text(s, "t.csv", NULL, 0));
	ck_assert_ptr_nonnull(strstr(found(s), "undefined"));
	ck_assert(session_text(s, "t.csv", NULL, 0));      /* gone already */
	session_free(s);
}
END_TEST

START_TEST(files_of_a_folder_are_one_rulebook)
{
	struct session *s = session_new(&options);
	ck_assert(give(s, "2.rulebook.md", "```rulebook\n" RULE("b", "4以下", "no_") END));
	ck_assert(give(s, "1.rulebook.md", HEAD RULE("a", "5以上", "yes_") END));
	ck_assert_str_eq(found(s), "");
	ck_assert(session_text(s, "2.rulebook.md", NULL, 0));
	ck_assert_ptr_nonnull(strstr(found(s), "1.rulebook.md:6:4: error[gap]"));
	session_free(s);
}
END_TEST

/* Ten values a row, so that no row is missing and none is too many; `twice` also holds where `as` does. */
static const char *large_table(struct arena *arena, uint32_t without, uint32_t twice, uint32_t as)
{
	struct writer w;
	writer_init(&w, arena);
	write_str(&w, "# 示例\n\n```rulebook\n规则书 t\n事实 n「人数」: 整数 0 至 169999\n判定 d「结果」: { yes_「可」、 no_「否」 }\n"
		      "表 t 用于 d 命中 唯一 完备 理由 「示例」 见下表\n```\n\n| id | n | 则 |\n|----|---|----|\n");
	for (uint32_t i = 0; i < 17000; i++) {
		uint32_t values = i == twice ? as : i;
		if (i != without)
			write_fmt(&w, "| r%u | at_least %u at_most %u | %s |\n", i, values * 10, values * 10 + 9, i % 2 ? "yes_" : "no_");
	}
	return writer_text(&w);
}

/* More texts in a column than the reader remembers, and rows that take up one of those beyond. */
START_TEST(a_large_table_is_found_as_a_whole_one_is)
{
	static const uint32_t edits[][3] = { { NONE, NONE, NONE }, { NONE, 100, 16900 }, { 100, NONE, NONE }, { NONE, 100, 16950 },
					     { NONE, NONE, NONE }, { NONE, 16999, 16950 }, { NONE, NONE, NONE } };
	static struct out_of_memory memory_ends;
	struct arena *arena = arena_new(&memory_ends);
	struct session *s = session_new(&options);
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		const char *text = large_table(arena, edits[i][0], edits[i][1], edits[i][2]);
		struct session *fresh = session_new(&options);
		ck_assert(give(s, "t.rulebook.md", text) && give(fresh, "t.rulebook.md", text));
		const char *again = arena_strdup(arena, found(s));
		ck_assert_str_eq(again, found(fresh));
		ck_assert_int_eq(*again == '\0', edits[i][0] == NONE && edits[i][1] == NONE);
		session_free(fresh);
	}
	session_free(s);
	arena_free(arena);
}
END_TEST

START_TEST(a_text_that_is_too_large_is_refused)
{
	struct session *s = session_new(&options);
	ck_assert(give(s, "t.rulebook.md", whole));
	ck_assert(!session_text(s, "t.rulebook.md", whole, (size_t)LIMIT_FILE + 1));
	ck_assert_str_eq(found(s), "");
	session_free(s);
}
END_TEST

/* Everything that a session does, with the n-th allocation failing. false: some call said that memory ended. */
static bool edit_all(long n)
{
	static const char *const texts[] = { whole, with_gap, with_csv, whole };
	static const size_t errors[] = { 0, 1, 1, 0 };
	struct session_answer answer;
	bool right = true;
	failing_at = n;
	struct session *s = session_new(&options);
	bool good = s && give(s, "t.csv", csv), has_csv = good;
	for (size_t i = 0; s && i < sizeof texts / sizeof *texts; i++) {
		bool given = give(s, "t.rulebook.md", texts[i]), checked = session_check(s, &answer);
		good = good && given && checked;
		right = right && (checked || session_check(s, &answer));     /* once more: there is memory again */
		right = right && (!given || (i == 2 && !has_csv) || answer.diag->errors == errors[i]);
	}
	failing_at = 0;                  /* the assertions take memory too */
	ck_assert(right);
	if (!s)
		return false;
	ck_assert(give(s, "t.csv", csv) && give(s, "t.rulebook.md", with_csv));
	ck_assert_ptr_nonnull(strstr(found(s), "error[gap]"));
	ck_assert(give(s, "t.rulebook.md", whole));
	ck_assert_str_eq(found(s), "");
	session_free(s);
	return good;
}

START_TEST(memory_may_end_anywhere)
{
	long n = 1;
	while (!edit_all(n))
		n++;
	ck_assert_int_gt(n, 20);
	session_free(NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("session");
	TCase *all = tcase_create("session");
	tcase_set_timeout(all, 120);
	tcase_add_test(all, an_edit_makes_a_gap_and_another_closes_it);
	tcase_add_test(all, the_answer_says_what_was_reached);
	tcase_add_test(all, texts_are_copied);
	tcase_add_test(all, a_file_can_go_and_come);
	tcase_add_test(all, files_of_a_folder_are_one_rulebook);
	tcase_add_test(all, a_large_table_is_found_as_a_whole_one_is);
	tcase_add_test(all, a_text_that_is_too_large_is_refused);
	tcase_add_test(all, memory_may_end_anywhere);
	suite_add_tcase(suite, all);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
