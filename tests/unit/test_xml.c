/* NAME.xml: valid, the same twice, holding the whole function (a second evaluator over it answers as the model does),
 * and never trusted when it is read back. */
#include "artifact_fixture.h"
#include "emit/emit.h"
#include "emit/xml_validate.h"
#include "failing_memory.h"
#include "verify/book.h"
#include "verify/boundary.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern const struct emitter emit_xml, emit_schema;

static const char *xml_of(const struct model *model, size_t *size)
{
	const struct artifacts a = { .arena = arena, .model = model };
	const char *error = NULL;
	struct writer w;
	writer_init(&w, arena);
	ck_assert_msg(emit_xml.emit(&a, &w, &error), "%s", error);
	*size = w.size;
	return writer_text(&w);
}

static struct model *model_of_fujian(void)
{
	static const char *const names[] = { "measures.rulebook.md", "list.rulebook.md", NULL };
	return model_of_folder(GUIJU_SOURCE_DIR "/rulebooks/fujian", names);
}

static void expect_part(const char *xml, const char *part)
{
	ck_assert_msg(strstr(xml, part) != NULL, "lacks %s", part);
}

/* ---- writing ---- */

START_TEST(is_valid_and_the_same_twice)
{
	size_t size, again;
	const char *one = xml_of(model_of_text(EVERYTHING), &size);
	const char *other = xml_of(model_of_text(EVERYTHING), &again);
	ck_assert_uint_eq(size, again);
	ck_assert_mem_eq(one, other, size);
	ck_assert_ptr_null(strstr(one, "<!"));
}
END_TEST

START_TEST(holds_every_part)
{
	size_t size;
	const char *xml = xml_of(model_of_text(EVERYTHING), &size);
	expect_part(xml, "<?xml-stylesheet type=\"text/xsl\" href=\"rulebook.xsl\"?>");
	expect_part(xml, "<label xml:lang=\"zh\">样样都有</label>");
	expect_part(xml, "<label xml:lang=\"en\">everything</label>");
	expect_part(xml, "<label xml:lang=\"zh\">南 &amp; 北</label>");
	expect_part(xml, "<fact id=\"people\" kind=\"integer\" low=\"0\" high=\"100000000\">");
	expect_part(xml, "<unit xml:lang=\"zh\">人</unit>");
	expect_part(xml, "<fact id=\"filed\" kind=\"date\" low=\"2020-01-01\" high=\"2030-12-31\">");
	expect_part(xml, "applicable_date=\"true\"");
	expect_part(xml, "<range low=\"2025-06-01\" high=\"2030-12-31\"/>");
	expect_part(xml, "<test fact=\"papers\" member=\"card\"");
	expect_part(xml, "<use definition=\"whole\"/>");
	expect_part(xml, "<table id=\"ways\" decision=\"way\" hit=\"first\">");
	expect_part(xml, "<text column=\"备注\" xml:lang=\"zh\">「甲」|乙 &lt;丙&gt;</text>");
	expect_part(xml, "item=\"1\"");
	expect_part(xml, "to=\"2026-12-31\"");
	expect_part(xml, "<order id=\"grades\" decision=\"grade\">");
	expect_part(xml, "pair=\"true\"");
	expect_part(xml, "<except>");
	expect_part(xml, "<text xml:lang=\"zh\">第一款的文字。</text>");
	expect_part(xml, "<account fate=\"implemented\">");
	expect_part(xml, "<publication id=\"list\" table=\"ways\">");
	expect_part(xml, "<column of=\"fact\" fact=\"people\" xml:lang=\"zh\">人数</column>");
	expect_part(xml, "<discretion role=\"officer\"/>");
}
END_TEST

START_TEST(refuses_what_xml_cannot_hold)
{
	static const char *const texts[] = { "a\001b", "\xef\xbf\xbe", "\xed\xa0\x80", "\xff" };
	struct model *model = model_of_text(EVERYTHING);
	const struct artifacts a = { .arena = arena, .model = model };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *error = NULL;
		struct writer w;
		writer_init(&w, arena);
		model->rules[0].attributes.because = texts[i];
		ck_assert(!emit_xml.emit(&a, &w, &error));
		ck_assert_str_eq(error, "XML 1.0: Char");
		ck_assert_uint_eq(w.size, 0);
	}
}
END_TEST

START_TEST(does_not_give_what_is_not_valid)
{
	struct model *model = model_of_text(EVERYTHING);
	const struct artifacts a = { .arena = arena, .model = model };
	const char *error = NULL;
	struct writer w;
	writer_init(&w, arena);
	model->facts[0].name.id = "Not An Id";
	ck_assert(!emit_xml.emit(&a, &w, &error));
	ck_assert_ptr_nonnull(strstr(error, "line "));
	ck_assert_uint_eq(w.size, 0);
}
END_TEST

START_TEST(memory_may_end_anywhere)
{
	struct model *model = model_of_text(EVERYTHING);
	for (volatile long at = 1;; at++) {
		struct out_of_memory ends;
		struct arena *short_lived = arena_new(&ends);
		const struct artifacts a = { .arena = short_lived, .model = model };
		volatile bool made = false;
		if (setjmp(ends.back) == 0) {
			struct writer w;
			const char *error = NULL;
			failing_at = at;
			writer_init(&w, short_lived);
			made = emit_xml.emit(&a, &w, &error);
		}
		failing_at = 0;
		arena_free(short_lived);
		if (made)
			break;
		ck_assert_int_lt(at, 1000);
	}
}
END_TEST

/* ---- libxml2 without memory, in a child, which may die of it ---- */

static long library_calls, library_fails_at;

static void *failing_library_malloc(size_t size)
{
	return ++library_calls == library_fails_at ? NULL : __real_malloc(size);
}

static void *failing_library_realloc(void *bytes, size_t size)
{
	return ++library_calls == library_fails_at ? NULL : realloc(bytes, size);
}

static char *failing_library_strdup(const char *text)
{
	return ++library_calls == library_fails_at ? NULL : strdup(text);
}

/* What the child found; any other end is libxml2's death. The calls counted go to the pipe. */
enum { CHILD_MADE = 10, CHILD_REFUSED = 11, CHILD_WRONG = 12 };
static int emit_in_child(const struct artifacts *a, const char *whole, int pipe_end)
{
	struct writer w;
	const char *error = NULL;
	xmlMemSetup(free, failing_library_malloc, failing_library_realloc, failing_library_strdup);
	writer_init(&w, arena);
	bool made = emit_xml.emit(a, &w, &error);
	if (write(pipe_end, &library_calls, sizeof library_calls) != (ssize_t)sizeof library_calls)
		return CHILD_WRONG;
	if (made)
		return strcmp(writer_text(&w), whole) == 0 ? CHILD_MADE : CHILD_WRONG;
	return error && w.size == 0 ? CHILD_REFUSED : CHILD_WRONG;
}

START_TEST(library_memory_may_end)
{
	size_t size;
	long died = 0, refused = 0;
	struct model *model = model_of_text(EVERYTHING);
	const struct artifacts a = { .arena = arena, .model = model };
	const char *whole = xml_of(model, &size);
	for (long at = 1;; at += 1 + at / 16) {
		int ends[2], status;
		long calls = at;
		ck_assert_int_eq(pipe(ends), 0);
		pid_t child = fork();
		if (child == 0) {
			library_fails_at = at;
			_exit(emit_in_child(&a, whole, ends[1]));
		}
		close(ends[1]);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		bool counted = read(ends[0], &calls, sizeof calls) == (ssize_t)sizeof calls;
		close(ends[0]);
		int end = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
		ck_assert_msg(end != CHILD_WRONG, "allocation %ld", at);
		died += end != CHILD_MADE && end != CHILD_REFUSED;
		refused += end == CHILD_REFUSED;
		if (counted && calls < at)
			break;
	}
	printf("libxml2 without memory: %ld refused, %ld died\n", refused, died);
	ck_assert_int_gt(refused, 0);
}
END_TEST

/* ---- the function that it holds ---- */

static struct book *book_of(const char *xml, size_t size)
{
	struct book *book = arena_new_of(arena, struct book);
	struct _xmlTextReader *held = NULL;
	struct book_fault fault;
	ck_assert_msg(book_read(arena, xml, size, &held, book, &fault), "line %d: %s", fault.line, fault.name);
	ck_assert_msg(book_resolve(book, &fault), "%s", fault.name);
	return book;
}

/* The model's dimensions of a case that the book has by facts. */
static void spread(const struct model *m, const int64_t *values, int64_t *dims)
{
	for (size_t i = 0; i < m->dim_count; i++) {
		const struct fact *fact = &m->facts[m->dims[i].fact];
		int64_t value = values[m->dims[i].fact];
		dims[i] = fact->kind == FACT_SET ? value >> m->dims[i].member & 1 : value;
	}
}

static bool holds(const struct rule *rule, const int64_t *dims, const uint32_t *outcomes)
{
	return cond_holds(rule->when, dims, outcomes) && !(rule->except && cond_holds(rule->except, dims, outcomes));
}

/* The reasons of one decision by the model, its feeds decided; the outcome, or NONE. */
static uint32_t decide_by_model(const struct model *m, const struct decision *d, const int64_t *dims,
				const uint32_t *outcomes, bool *reasons)
{
	uint32_t outcome = NONE;
	bool *held = arena_new_array(arena, bool, m->rule_count);
	for (size_t i = 0; i < d->rule_count; i++)
		held[d->rules[i]] = holds(&m->rules[d->rules[i]], dims, outcomes);
	for (uint32_t b = 0; b < m->rule_count; b++) {
		reasons[b] = held[b];
		for (uint32_t a = 0; held[b] && a < m->rule_count; a++) {
			if (held[a] && m->rules[a].outcome != m->rules[b].outcome && rule_is_over(m, a, b))
				reasons[b] = false;
		}
	}
	for (uint32_t i = 0; i < m->rule_count; i++) {
		if (!reasons[i])
			continue;
		if (outcome != NONE && outcome != m->rules[i].outcome)
			return NONE;
		outcome = m->rules[i].outcome;
	}
	return outcome;
}

static void compare_case(const struct model *m, struct book_case *c, const int64_t *values)
{
	int64_t *dims = arena_new_array(arena, int64_t, m->dim_count);
	uint32_t *outcomes = arena_new_array(arena, uint32_t, m->decision_count);
	bool *reasons = arena_new_array(arena, bool, m->rule_count);
	spread(m, values, dims);
	book_case_start(c, values);
	for (uint32_t i = 0; i < m->constraint_count; i++)
		ck_assert_int_eq(cond_holds(m->constraints[i].cond, dims, outcomes), book_constraint_holds(c, i));
	for (size_t i = 0; i < m->decision_count; i++) {
		uint32_t at = m->order[i];
		const struct book_answer *answer = book_decide(c, at);
		if (answer->verdict == BOOK_FEEDING)
			return;
		outcomes[at] = decide_by_model(m, &m->decisions[at], dims, outcomes, reasons);
		ck_assert_uint_eq(outcomes[at], answer->verdict == BOOK_DECIDED ? answer->outcome : NONE);
		ck_assert_mem_eq(reasons, answer->reasons, m->rule_count);
		if (outcomes[at] == NONE)
			return;
	}
}

static void decides_as_the_model(const struct model *model, unsigned rounds, unsigned *hit)
{
	size_t size;
	const char *xml = xml_of(model, &size);
	struct book *book = book_of(xml, size);
	struct boundary *cases = boundary_new_in(arena, book);
	int64_t *values = arena_new_array(arena, int64_t, book->facts.count);
	bool *was_reason = arena_new_array(arena, bool, book->rules.count);
	struct book_case c;
	book_case_init(&c, book);
	ck_assert_uint_eq(book->rules.count, model->rule_count);
	for (unsigned round = 0; round < rounds; round++) {
		for (size_t i = 0; i < boundary_targets(cases); i++) {
			struct arena_mark mark = arena_save(arena);
			boundary_aim(cases, i, round, values);
			compare_case(model, &c, values);
			for (size_t k = 0; k < book->decisions.count; k++) {
				const struct book_answer *answer = book_decide(&c, (uint32_t)k);
				for (size_t r = 0; answer->verdict == BOOK_DECIDED && r < book->rules.count; r++)
					was_reason[r] = was_reason[r] || answer->reasons[r];
			}
			arena_restore(arena, mark);
		}
	}
	*hit = 0;
	for (size_t r = 0; r < book->rules.count; r++)
		*hit += was_reason[r];
}

START_TEST(its_conditions_decide_like_the_model)
{
	unsigned hit;
	struct model *model = model_of_text(EVERYTHING);
	decides_as_the_model(model, 200, &hit);
	ck_assert_uint_ge(hit, (unsigned)model->rule_count - 1); /* the aim is good: all but one rule is a reason */
}
END_TEST

START_TEST(fujian_decides_like_the_model)
{
	unsigned hit;
	struct model *model = model_of_fujian();
	decides_as_the_model(model, BOUNDARY_ROUNDS, &hit);
	ck_assert_uint_ge(hit * 10, (unsigned)model->rule_count * 9);
}
END_TEST

/* ---- reading what others wrote ---- */

START_TEST(refuses_what_is_not_safe)
{
	static const char *const texts[] = {
		"", "x", "<rulebook/>", "<?xml version=\"1.0\"?>",
		"<?xml version=\"1.0\"?><!DOCTYPE rulebook [<!ENTITY a \"b\">]><rulebook/>",
		"<?xml version=\"1.0\"?><!DOCTYPE rulebook SYSTEM \"http://localhost/x\"><rulebook/>",
		"<?xml version=\"1.0\"?><rulebook><![CDATA[x]]></rulebook>", "<?xml version=\"1.0\"?><rulebook",
		"<?xml version=\"1.0\"?><!-- ", "<?xml version=\"1.0\"?><rulebook a=\"", "<?xml version=\"1.0\"?><",
		"<?xml version=\"1.0\" encoding=\"UTF-16\"?><rulebook/>", "\xff\xfe<\0?\0",
	};
	char why[XML_WHY_SIZE];
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		ck_assert_msg(!xml_is_valid(texts[i], strlen(texts[i]), why), "%s", texts[i]);
		ck_assert_msg(why[0] != '\0', "%s", texts[i]);
	}
}
END_TEST

START_TEST(bounds_tags_and_depth)
{
	char why[XML_WHY_SIZE];
	struct writer w;
	writer_init(&w, arena);
	write_str(&w, "<?xml version=\"1.0\"?><rulebook");
	for (int i = 0; i < 100000; i++)
		write_fmt(&w, " a%d=\"\"", i);
	write_str(&w, "/>");
	ck_assert(!xml_is_valid(writer_text(&w), w.size, why));
	ck_assert_str_eq(why, "attributes > 32");
	writer_init(&w, arena);
	write_str(&w, "<?xml version=\"1.0\"?><rulebook a=\"");
	for (int i = 0; i < 100000; i++)
		write_str(&w, "a");
	write_str(&w, "\"/>");
	ck_assert(!xml_is_valid(writer_text(&w), w.size, why));
	ck_assert_str_eq(why, "tag > 65536");
	writer_init(&w, arena);
	write_str(&w, "<?xml version=\"1.0\"?>");
	for (int i = 0; i < 200000; i++)
		write_str(&w, "<a>");
	ck_assert(!xml_is_valid(writer_text(&w), w.size, why));
	ck_assert_str_eq(why, "depth > 1024");
}
END_TEST

static const char *replaced(const char *xml, const char *from, const char *to)
{
	const char *at = strstr(xml, from);
	ck_assert_msg(at != NULL, "lacks %s", from);
	return arena_printf(arena, "%.*s%s%s", (int)(at - xml), xml, to, at + strlen(from));
}

static bool is_taken(const char *xml, size_t size)
{
	char why[XML_WHY_SIZE];
	struct book book;
	struct book_fault fault = { .kind = FAULT_NONE };
	struct _xmlTextReader *held = NULL;
	return xml_is_valid(xml, size, why) && book_read(arena, xml, size, &held, &book, &fault) &&
	       book_resolve(&book, &fault);
}

START_TEST(refuses_what_has_no_meaning)
{
	static const char *const changes[][2] = {
		{ "format=\"0.2\"", "format=\"0.1\"" },
		{ "urn:guiju:rulebook:0.2", "urn:guiju:rulebook:0.1" },
		{ "<rule number=\"0\"", "<rule number=\"1\"" },
		{ "<rule number=\"0\"", "<rule number=\"zero\"" },
		{ "<test fact=\"people\"", "<test fact=\"peoples\"" },
		{ "<test fact=\"people\"", "<test" },
		{ "<test fact=\"people\"", "<test decision=\"size\" fact=\"people\"" },
		{ "<test fact=\"people\"", "<test fact=\"urgent\"" },
		{ "<test fact=\"papers\" member=\"card\"", "<test fact=\"papers\"" },
		{ "<test fact=\"papers\" member=\"card\"", "<test fact=\"papers\" member=\"cards\"" },
		{ "<test fact=\"papers\" member=\"card\"", "<test fact=\"people\" member=\"card\"" },
		{ "<is value=\"west\"/>", "<is value=\"wild\"/>" },
		{ "<is value=\"big\"/>", "<is value=\"high\"/>" },
		{ "low=\"100\"", "low=\"2000000000\"" },
		{ "low=\"100\"", "low=\"99999999999999999999\"" },
		{ "low=\"100\"", "low=\"2020-01-01\"" },
		{ "low=\"2025-06-01\"", "low=\"2025-06-31\"" },
		{ "low=\"2025-06-01\"", "low=\"100\"" },
		{ "kind=\"integer\"", "kind=\"date\"" },
		{ "kind=\"enumeration\"", "kind=\"boolean\"" },
		{ "kind=\"boolean\"", "kind=\"set\"" },
		{ "<value id=\"west\">", "<value id=\"east\">" },
		{ "<outcome id=\"small\">", "<outcome id=\"big\">" },
		{ "<fact id=\"urgent\"", "<fact id=\"people\"" },
		{ "<use definition=\"whole\"/>", "<use definition=\"hole\"/>" },
		{ "<use definition=\"whole\"/>", "<use definition=\"hurried\"/>" },
		{ "<definition id=\"whole\">", "<definition id=\"hurried\">" },
		{ "outcome=\"high\"", "outcome=\"higher\"" },
		{ "decision=\"grade\" outcome=\"high\"", "decision=\"way\" outcome=\"high\"" },
		{ "<member number=\"", "<member number=\"9" },
		{ "table=\"ways\"", "table=\"days\"" },
		{ "hit=\"first\"", "hit=\"last\"" },
		{ "id=\"ways.", "id=\"days." },
		{ "<label xml:lang=\"en\">everything<", "<label xml:lang=\"zh\">everything<" },
		{ "<fact id=\"papers\"", "<fact id=\"papers\" colour=\"red\"" },
		{ "<unit ", "<units " },
		{ "sha256:0", "md5:0" },
		{ "<?xml-stylesheet", "<!DOCTYPE x><?xml-stylesheet" },
	};
	size_t size;
	const char *xml = xml_of(model_of_text(EVERYTHING), &size);
	ck_assert(is_taken(xml, size));
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *other = replaced(xml, changes[i][0], changes[i][1]);
		ck_assert_msg(!is_taken(other, strlen(other)), "%s -> %s", changes[i][0], changes[i][1]);
	}
}
END_TEST

START_TEST(any_change_of_bytes_is_harmless)
{
	size_t size;
	const char *xml = xml_of(model_of_text(EVERYTHING), &size);
	unsigned seed = (unsigned)_i + 1;
	char *copy = arena_alloc(arena, size + 1);
	for (int k = 0; k < 60; k++) {
		memcpy(copy, xml, size);
		for (int n = 0; n <= k % 4; n++) {
			seed = seed * 1103515245 + 12345;
			copy[seed % size] = "<>\"/&a0 \0\n\xff;=!-"[(seed >> 16) % 16];
		}
		(void)is_taken(copy, k % 5 == 0 ? (seed >> 3) % size : size);
	}
}
END_TEST

/* ---- the JSON Schema ---- */

START_TEST(schema_has_every_fact)
{
	const struct artifacts a = { .arena = arena, .model = model_of_text(EVERYTHING) };
	const char *error = NULL;
	struct writer w;
	writer_init(&w, arena);
	ck_assert(emit_schema.emit(&a, &w, &error));
	const char *text = writer_text(&w);
	expect_part(text, "\"urgent\": {\"type\": [\"boolean\", \"null\"], \"title\": \"紧急\", "
			  "\"description\": \"urgent\"}");
	expect_part(text, "\"enum\": [\"east\", \"west\", \"south\", \"东\", \"西\", \"南 & 北\", null]");
	expect_part(text, "\"minimum\": 0, \"maximum\": 100000000");
	expect_part(text, "\"items\": {\"enum\": [\"card\", \"form\", \"other\", \"证件\", \"表格\", \"其他\"]}");
	expect_part(text, "\"on\": {\"type\": [\"string\", \"null\"], \"format\": \"date\"");
	expect_part(text, "\"patternProperties\": {\"^_\": true}");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("xml");
	TCase *c = tcase_create("xml");
	tcase_add_checked_fixture(c, fixture_set_up, fixture_tear_down);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, is_valid_and_the_same_twice);
	tcase_add_test(c, holds_every_part);
	tcase_add_test(c, refuses_what_xml_cannot_hold);
	tcase_add_test(c, does_not_give_what_is_not_valid);
	tcase_add_test(c, memory_may_end_anywhere);
	tcase_add_test(c, library_memory_may_end);
	tcase_add_test(c, its_conditions_decide_like_the_model);
	tcase_add_test(c, fujian_decides_like_the_model);
	tcase_add_test(c, refuses_what_is_not_safe);
	tcase_add_test(c, bounds_tags_and_depth);
	tcase_add_test(c, refuses_what_has_no_meaning);
	tcase_add_loop_test(c, any_change_of_bytes_is_harmless, 0, 10);
	tcase_add_test(c, schema_has_every_fact);
	suite_add_tcase(suite, c);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
