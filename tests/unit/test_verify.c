/* `guiju verify`: what build writes is accepted; whatever is changed afterwards is refused, by the name of the file. */
#include "artifact_fixture.h"
#include "draw/drawings.h"
#include "draw/picture.h"
#include "emit/manifest.h"
#include "failing_memory.h"
#include "verify/boundary.h"
#include "verify/verify.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static char base[64];
static const char *dir;
static struct artifacts made_from;
static emitted_files files;          /* as made; files.items[0] is the manifest */

static void set_up(void)
{
	struct emit_error error;
	fixture_set_up();
	(void)snprintf(base, sizeof base, "/tmp/guiju-verify-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(base));
	dir = arena_printf(arena, "%s/out", base);
	struct diag diag = { .arena = arena, .sources = &fixture_sources };
	struct model *model = model_of_text(EVERYTHING);
	made_from = (struct artifacts){ .arena = arena, .model = model, .table = lower(arena, &diag, model) };
	ck_assert_ptr_nonnull(made_from.table);
	ck_assert(emit_make(&made_from, NULL, 0, &files, &error));
	ck_assert(emit_write(&io_system, arena, &files, dir, &error));
}

static void tear_down(void)
{
	ck_assert_int_eq(system(arena_printf(arena, "rm -rf '%s'", base)), 0);
	fixture_tear_down();
}

/* ---- the folder ---- */

static struct emitted_file *file_named(const char *suffix)
{
	for (size_t i = 0; i < files.count; i++) {
		size_t size = strlen(files.items[i].path), length = strlen(suffix);
		if (size >= length && strcmp(files.items[i].path + size - length, suffix) == 0)
			return &files.items[i];
	}
	ck_abort_msg("no file %s", suffix);
	return NULL;
}

static void write_to_folder(const char *name, const char *bytes, size_t size)
{
	FILE *f = fopen(arena_printf(arena, "%s/%s", dir, name), "wb");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	ck_assert_int_eq(fclose(f), 0);
}

/* A manifest that agrees with the changed files, as a forger would make it. */
static void write_manifest(void)
{
	emitted_files listed = { 0 };
	struct writer w;
	for (size_t i = 1; i < files.count; i++)
		vec_push(arena, &listed, files.items[i]);
	writer_init(&w, arena);
	manifest_write(&w, &made_from, &listed);
	write_to_folder(MANIFEST_NAME, writer_text(&w), w.size);
}

static void forge(const char *suffix, const char *bytes, size_t size)
{
	struct emitted_file *file = file_named(suffix), whole = *file;
	write_to_folder(file->path, bytes, size);
	file->bytes = bytes;
	file->size = size;
	write_manifest();
	*file = whole;
}

static void restore(const char *suffix)
{
	const struct emitted_file *file = file_named(suffix);
	write_to_folder(file->path, file->bytes, file->size);
	write_to_folder(MANIFEST_NAME, files.items[0].bytes, files.items[0].size);
}

static const char *said(const struct verification *v)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < v->refusals.count; i++) {
		const struct refusal *r = &v->refusals.items[i];
		write_fmt(&w, "%s\n", render_message(arena, r->message, r->args, LANGUAGE_EN));
	}
	return writer_text(&w);
}

static bool is_accepted(void)
{
	struct verification v;
	return verify_folder(&io_system, arena, dir, &v);
}

static void expect_refused(enum message message, const char *file)
{
	struct verification v;
	ck_assert_msg(!verify_folder(&io_system, arena, dir, &v), "%s is accepted", file);
	ck_assert_int_eq(v.io.error, 0);
	for (size_t i = 0; i < v.refusals.count; i++) {
		const struct refusal *r = &v.refusals.items[i];
		if (r->message == message && strcmp(r->args[0].zh, file) == 0)
			return;
	}
	ck_abort_msg("%s is not refused for the reason expected, but:\n%s", file, said(&v));
}

static const char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	ck_assert_msg(at != NULL, "lacks %s", from);
	return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void forge_text(const char *suffix, const char *from, const char *to)
{
	const char *text = replaced(file_named(suffix)->bytes, from, to);
	forge(suffix, text, strlen(text));
}

/* ---- tests ---- */

START_TEST(accepts_what_build_writes)
{
	struct verification v;
	bool good = verify_folder(&io_system, arena, dir, &v);
	ck_assert_msg(good, "%s", said(&v));
	ck_assert_uint_eq(v.files, files.count - 1);
	ck_assert_uint_ge(v.cases, made_from.model->rule_count);
	ck_assert(verify_made(&io_system, arena, dir, &files, &v));
}
END_TEST

START_TEST(refuses_missing_and_extra_files)
{
	write_to_folder("notes.txt", "x", 1);
	expect_refused(MESSAGE_VERIFY_EXTRA, "notes.txt");
	unlink(arena_printf(arena, "%s/notes.txt", dir));
	ck_assert(is_accepted());
	for (size_t i = 1; i < files.count; i++) {
		const struct emitted_file *file = &files.items[i];
		unlink(arena_printf(arena, "%s/%s", dir, file->path));
		expect_refused(MESSAGE_VERIFY_MISSING, file->path);
		write_to_folder(file->path, file->bytes, file->size);
	}
	unlink(arena_printf(arena, "%s/%s", dir, MANIFEST_NAME));
	expect_refused(MESSAGE_VERIFY_MISSING, MANIFEST_NAME);
}
END_TEST

START_TEST(refuses_any_changed_byte)
{
	for (size_t i = 1; i < files.count; i++) {
		const struct emitted_file *file = &files.items[i];
		char *copy = arena_alloc(arena, file->size + 1);
		for (size_t k = 0; k < 5; k++) {
			memcpy(copy, file->bytes, file->size);
			copy[file->size * k / 5] ^= 1;
			write_to_folder(file->path, copy, file->size);
			expect_refused(MESSAGE_VERIFY_HASH, file->path);
		}
		write_to_folder(file->path, file->bytes, file->size - 1);
		expect_refused(MESSAGE_VERIFY_SIZE, file->path);
		write_to_folder(file->path, file->bytes, file->size);
	}
	ck_assert(is_accepted());
}
END_TEST

START_TEST(refuses_a_changed_manifest)
{
	static const char *const changes[][2] = {
		{ "\"manifest\": \"0.1\"", "\"manifest\": \"0.2\"" }, { "\"xml\": \"0.2\"", "\"xml\": \"0.9\"" },
		{ "\"table\": \"0.2\"", "\"table\": \"0.9\"" }, { "\"table\"", "\"cable\"" },
		{ "\"files\"", "\"fires\"" }, { "\"name\"", "\"mane\"" }, { "\"size\": ", "\"size\": -" },
		{ "\"size\": ", "\"size\": \"x\", \"length\": " }, { "\"sha256\": \"", "\"sha256\": \"z" },
		{ "\"sha256\"", "\"sha512\"" }, { "everything.c", "../everything.c" }, { "everything.c", "a/b/everything.c" },
		{ "everything.c", "everything.h" }, { "everything.c", "manifest.json" }, { "{", "" }, { "\n}", "\n" },
		{ "\"rulebook\"", "\"extra\": 1,\n \"rulebook\"" }, { "\"rulebook\"", "\"manifest\"" },
		{ "\"digest\"", "\"digests\"" }, { "\"edition\": \"2026\"", "\"edition\": 2026" },
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *text = replaced(files.items[0].bytes, changes[i][0], changes[i][1]);
		write_to_folder(MANIFEST_NAME, text, strlen(text));
		expect_refused(MESSAGE_VERIFY_MANIFEST, MANIFEST_NAME);
	}
}
END_TEST

START_TEST(refuses_a_head_that_differs)
{
	static const char *const changes[][2] = {
		{ "\"edition\": \"2026\"", "\"edition\": \"2027\"" }, { "sha256:01", "sha256:11" },
	};
	for (size_t i = 0; i < 2; i++) {
		const char *text = replaced(files.items[0].bytes, changes[i][0], changes[i][1]);
		write_to_folder(MANIFEST_NAME, text, strlen(text));
		expect_refused(MESSAGE_VERIFY_DIFFERS, MANIFEST_NAME);
	}
}
END_TEST

START_TEST(refuses_forged_names)
{
	static const char *const changes[][2] = {
		{ "<label xml:lang=\"zh\">样样都有", "<label xml:lang=\"zh\">样样没有" },
		{ "<edition id=\"2026\"", "<edition id=\"2025\"" }, { "sha256:01", "sha256:02" },
		{ "<label xml:lang=\"zh\">紧急", "<label xml:lang=\"zh\">不急" },
		{ "<label xml:lang=\"en\">urgent", "<label xml:lang=\"en\">not" },
		{ "<label xml:lang=\"zh\">东", "<label xml:lang=\"zh\">冬" }, { "<unit xml:lang=\"zh\">人", "<unit>户" },
		{ "high=\"100000000\">", "high=\"100000001\">" }, { "high=\"2030-12-31\">", "high=\"2030-12-30\">" },
		{ "申请日</label>\n  <cite clause=\"1.1\"/>\n  <discretion role=\"officer\"/>", "申请日</label>" },
		{ "<label xml:lang=\"zh\">高", "<label xml:lang=\"zh\">低低" },
		{ "<label xml:lang=\"zh\">人多", "<label xml:lang=\"zh\">人少" }, { " item=\"1\"", " item=\"9\"" },
		{ " item=\"1\"", "" }, { "<text column=\"备注\" xml:lang=\"zh\">二", "<text column=\"备注\" xml:lang=\"zh\">三" },
		{ "<text xml:lang=\"zh\">第一款的文字。", "<text xml:lang=\"zh\">第一款的别字。" },
		{ "<label xml:lang=\"zh\">东小", "<label xml:lang=\"zh\">西小" },
		{ "number=\"0\" id=\"big_many\"", "number=\"0\" id=\"big_few\"" },
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		forge_text(".xml", changes[i][0], changes[i][1]);
		ck_assert_msg(!is_accepted(), "%s -> %s", changes[i][0], changes[i][1]);
	}
	restore(".xml");
	ck_assert(is_accepted());
}
END_TEST

START_TEST(refuses_forged_forms)
{
	forge_text(".xsd", "<xs:schema", "<xs:schema ");
	expect_refused(MESSAGE_VERIFY_OTHER_FORM, "rulebook.xsd");
	restore(".xsd");
	forge_text(".xsl", "serif", "sans-serif");
	expect_refused(MESSAGE_VERIFY_OTHER_FORM, "rulebook.xsl");
	restore(".xsl");
	forge_text(".xml", "<rulebook ", "<!DOCTYPE rulebook><rulebook ");
	expect_refused(MESSAGE_VERIFY_XML, "everything.xml");
	forge_text(".xml", "<fact ", "<fakt ");
	expect_refused(MESSAGE_VERIFY_XML, "everything.xml");
	restore(".xml");
	ck_assert(is_accepted());
}
END_TEST

START_TEST(refuses_forged_schemas)
{
	static const char *const changes[][2] = {
		{ "\"maximum\": 100000000", "\"maximum\": 100000001" }, { "\"minimum\": 0", "\"minimum\": 1" },
		{ "\"east\", ", "" }, { "\"东\", ", "" }, { "\"urgent\": ", "\"urgently\": " },
		{ "\"boolean\"", "\"string\"" }, { "\"uniqueItems\": true", "\"uniqueItems\": false" },
		{ "\"card\", ", "" }, { "\"additionalProperties\": false", "\"additionalProperties\": true" },
		{ ", null]", "]" }, { "{", "" }, { "\"type\": \"object\"", "\"type\": \"array\"" },
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		forge_text(".facts.schema.json", changes[i][0], changes[i][1]);
		expect_refused(MESSAGE_VERIFY_DERIVED, "everything.facts.schema.json");
	}
}
END_TEST

START_TEST(refuses_forged_headers)
{
	static const char *const changes[][2] = {
		{ "PLACE_EAST = 0", "PLACE_EAST = 1" }, { "PLACE_WEST = 1", "PLACE_EASTERN = 1" },
		{ "PAPERS_CARD (UINT64_C(1) << 0)", "PAPERS_CARD (UINT64_C(1) << 1)" }, { "(1) << 0)", "(2) << 0)" },
		{ "SIZE_OUTCOME_BIG = 0", "SIZE_OUTCOME_BIG = 1" }, { "FACT_PEOPLE = 2", "FACT_PEOPLE = 3" },
		{ "DECISION_WAY = 2", "DECISION_WAY = 0" }, { "FACT_COUNT = 6", "FACT_COUNT = 5" },
		{ "values[2] =", "values[3] =" }, { "facts->people", "facts->papers" },
		{ "guiju_decide(table, 1,", "guiju_decide(table, 0," }, { "decide_way(", "decide_size(" },
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		forge_text(".h", changes[i][0], changes[i][1]);
		expect_refused(MESSAGE_VERIFY_DERIVED, "everything.h");
	}
	const struct emitted_file *header = file_named(".h");
	for (size_t i = 0; i < 40; i++) {
		forge(".h", header->bytes, header->size * i / 50);
		ck_assert_msg(!is_accepted(), "%zu bytes", header->size * i / 50);
	}
}
END_TEST

START_TEST(refuses_forged_tables)
{
	const struct emitted_file *table = file_named(".table");
	char *copy = arena_alloc(arena, table->size + 1);
	for (size_t i = 0; i < 120; i++) {
		memcpy(copy, table->bytes, table->size);
		size_t size = i % 10 == 9 ? table->size * i / 120 : table->size;
		copy[table->size * i / 120] ^= (char)(1 << i % 8);
		forge(".table", copy, size);
		ck_assert_msg(!is_accepted(), "change %zu", i);
	}
}
END_TEST

/* One digit of one number of the array. */
START_TEST(refuses_forged_arrays)
{
	const struct emitted_file *c = file_named(".c");
	const char *array = strstr(c->bytes, "= {");
	ck_assert_ptr_nonnull(array);
	size_t start = (size_t)(array - c->bytes) + 3, refused = 0;
	char *copy = arena_alloc(arena, c->size + 1);
	for (size_t i = 0; i < 60; i++) {
		size_t at = start + (c->size - start) * i / 60;
		while (at < c->size && !(c->bytes[at] >= '0' && c->bytes[at] <= '8' && c->bytes[at + 1] == ','))
			at++;
		if (at >= c->size)
			continue;
		memcpy(copy, c->bytes, c->size);
		copy[at]++;
		forge(".c", copy, c->size);
		ck_assert_msg(!is_accepted(), "digit at %zu", at);
		refused++;
	}
	ck_assert_uint_ge(refused, 40);
	const char *text = replaced(c->bytes, "= {", "= { 1,");
	forge(".c", text, strlen(text));
	expect_refused(MESSAGE_VERIFY_DERIVED, "everything.c");
	text = arena_printf(arena, "%s\nstatic const unsigned char b[] = { 1, 2, 3 };\n", c->bytes);
	forge(".c", text, strlen(text));
	ck_assert(!is_accepted());
}
END_TEST

/* ---- forged conditions ---- */

/* Whether two XML documents hold different functions, seen by many cases. */
static struct book *book_of(const char *xml, size_t size)
{
	struct book *book = arena_new_of(arena, struct book);
	struct _xmlTextReader *held = NULL;
	struct book_fault fault;
	return book_read(arena, xml, size, &held, book, &fault) && book_resolve(book, &fault) ? book : NULL;
}

static bool answers_differ(const struct book *book, struct book_case *one, struct book_case *other)
{
	for (uint32_t i = 0; i < book->constraints.count; i++) {
		if (book_constraint_holds(one, i) != book_constraint_holds(other, i))
			return true;
		if (!book_constraint_holds(one, i))
			return false;
	}
	for (uint32_t i = 0; i < book->decisions.count; i++) {
		const struct book_answer *a = book_decide(one, i), *b = book_decide(other, i);
		if (a->verdict != b->verdict)
			return true;
		if (a->verdict != BOOK_FEEDING && memcmp(a->reasons, b->reasons, book->rules.count) != 0)
			return true;
	}
	return false;
}

static bool functions_differ(const struct book *one, const struct book *other)
{
	struct boundary *cases = boundary_new_in(arena, one);
	int64_t *values = arena_new_array(arena, int64_t, one->facts.count);
	struct book_case a, b;
	book_case_init(&a, one);
	book_case_init(&b, other);
	for (unsigned round = 0; round < 100; round++) {
		for (size_t i = 0; i < boundary_targets(cases); i++) {
			boundary_aim(cases, i, round, values);
			book_case_start(&a, values);
			book_case_start(&b, values);
			if (answers_differ(one, &a, &b))
				return true;
		}
	}
	return false;
}

static struct {
	const struct book *whole;
	size_t tried, refused, different;
} forging;

/* Puts `to` in place of the bytes [at, at + size) of the XML: a function that differs must be refused. */
static void try_change(size_t at, size_t size, const char *to)
{
	const struct emitted_file *xml = file_named(".xml");
	struct arena_mark mark = arena_save(arena);
	const char *text = arena_printf(arena, "%.*s%s%s", (int)at, xml->bytes, to, xml->bytes + at + size);
	const struct book *book = book_of(text, strlen(text));
	bool differs = !book || functions_differ(forging.whole, book);
	forge(".xml", text, strlen(text));
	bool accepted = is_accepted();
	ck_assert_msg(!accepted || !differs, "%.*s -> %s at %zu", (int)size, xml->bytes + at, to, at);
	forging.tried++;
	forging.refused += !accepted;
	forging.different += differs;
	arena_restore(arena, mark);
}

static void try_numbers(const char *attribute, size_t from)
{
	const char *bytes = file_named(".xml")->bytes;
	for (const char *at = bytes + from; (at = strstr(at, attribute)) != NULL; at++) {
		const char *value = at + strlen(attribute);
		size_t size = strspn(value, "0123456789");
		if (size == 0 || value[size] != '"')
			continue;
		long long number = strtoll(value, NULL, 10);
		try_change((size_t)(value - bytes), size, arena_printf(arena, "%lld", number + 1));
		try_change((size_t)(value - bytes), size, arena_printf(arena, "%lld", number > 0 ? number - 1 : number + 2));
		try_change((size_t)(value - bytes), size, arena_printf(arena, "%lld", number * 2 + 7));
	}
}

static void try_everywhere(const char *from, const char *to)
{
	const char *bytes = file_named(".xml")->bytes;
	for (const char *at = bytes; (at = strstr(at, from)) != NULL; at++)
		try_change((size_t)(at - bytes), strlen(from), to);
}

START_TEST(refuses_forged_conditions)
{
	const struct emitted_file *xml = file_named(".xml");
	forging.whole = book_of(xml->bytes, xml->size);
	size_t rules = (size_t)(strstr(xml->bytes, "<definition") - xml->bytes);
	try_numbers(" low=\"", rules);
	try_numbers(" high=\"", rules);
	try_everywhere("<is value=\"true\"/>", "<is value=\"false\"/>");
	try_everywhere("<is value=\"east\"/>", "<is value=\"west\"/>");
	try_everywhere("<is value=\"west\"/>", "");
	try_everywhere("<is value=\"west\"/>", "<is value=\"east\"/>");
	try_everywhere("<is value=\"south\"/>", "");
	try_everywhere("<is value=\"high\"/>", "<is value=\"low\"/>");
	try_everywhere("<is value=\"big\"/>", "<is value=\"small\"/>");
	try_everywhere("<is value=\"low\"/>", "<is value=\"middle\"/>");
	try_everywhere("member=\"card\"", "member=\"form\"");
	try_everywhere("member=\"form\"", "member=\"other\"");
	try_everywhere("member=\"other\"", "member=\"card\"");
	try_everywhere("fact=\"urgent\"", "fact=\"on\"");
	try_everywhere("<use definition=\"whole\"/>", "<true/>");
	try_everywhere("<use definition=\"whole\"/>", "<not><use definition=\"whole\"/></not>");
	try_everywhere("<use definition=\"hurried\"/>", "<use definition=\"whole\"/>");
	try_everywhere("<use definition=\"hurried\"/>", "<false/>");
	try_everywhere("hit=\"first\"", "hit=\"any\"");
	try_everywhere("outcome=\"high\"", "outcome=\"low\"");
	try_everywhere("outcome=\"low\"", "outcome=\"middle\"");
	try_everywhere("outcome=\"fast\"", "outcome=\"slow\"");
	try_everywhere("outcome=\"slow\"", "outcome=\"none\"");
	try_everywhere("outcome=\"none\"", "outcome=\"fast\"");
	try_everywhere("<cite clause=\"1.1\"/>\n  <when>", "<when>");
	try_everywhere("</rung>\n  <rung>", "");
	try_everywhere("<rung>", "<rung></rung><rung>");
	try_everywhere("2025-06-01", "2025-06-02");
	try_everywhere("2026-12-31", "2026-12-30");
	try_everywhere("<member ", "<!-- --><member ");
	printf("forged: %zu tried, %zu refused, %zu with another function\n", forging.tried, forging.refused,
	       forging.different);
	fflush(stdout);
	ck_assert_uint_ge(forging.refused, 70);
}
END_TEST

/* Bytes at random, the manifest forged along: no crash, and another function is never accepted. */
START_TEST(refuses_random_bytes)
{
	const struct emitted_file *xml = file_named(".xml");
	char *copy = arena_alloc(arena, xml->size + 1);
	unsigned seed = (unsigned)_i * 7919 + 1;
	size_t refused = 0;
	for (int k = 0; k < 40; k++) {
		memcpy(copy, xml->bytes, xml->size);
		seed = seed * 1103515245 + 12345;
		size_t at = (seed >> 4) % xml->size;
		copy[at] = "<>\"/&a019zx="[(seed >> 20) % 12];
		if (copy[at] == xml->bytes[at])
			continue;
		forge(".xml", copy, xml->size);
		refused += !is_accepted();
	}
	ck_assert_uint_ge(refused, 10); /* words, cells and reasons are in no other file: changing them is not seen */
}
END_TEST

START_TEST(the_rulebook_sees_every_change)
{
	struct verification v = { 0 };
	for (size_t i = 0; i < files.count; i++) {
		const struct emitted_file *file = &files.items[i];
		char *copy = arena_alloc(arena, file->size + 1);
		memcpy(copy, file->bytes, file->size);
		copy[file->size / 2] ^= 1;
		write_to_folder(file->path, copy, file->size);
		ck_assert(!verify_made(&io_system, arena, dir, &files, &v));
		ck_assert_uint_eq(v.refusals.count, 1);
		ck_assert_str_eq(v.refusals.items[0].args[0].zh, file->path);
		write_to_folder(file->path, file->bytes, file->size);
	}
	ck_assert(verify_made(&io_system, arena, dir, &files, &v));
}
END_TEST

/* ---- pictures ---- */

static void draw_pictures(void)
{
	picture_lists lists = { 0 };
	VEC(struct emitted_file) pictures = { 0 };
	struct emit_error error;
	struct diag none = { .arena = arena, .sources = &fixture_sources };
	draw_everything(arena, made_from.model, &none, &lists);
	ck_assert_uint_gt(lists.count, 1);
	for (size_t i = 0; i < lists.count; i++) {
		const struct picture_list *list = &lists.items[i];
		struct picture picture;
		struct draw_error failure;
		const struct draw_request request = { .program = GUIJU_DRAW, .name = list->id, .list = list->bytes,
						      .list_size = list->size };
		ck_assert_msg(draw_picture(arena, &request, &picture, &failure), "%s",
			      render_message(arena, failure.message, failure.args, LANGUAGE_EN));
		const char *dot = arena_printf(arena, "graphs/%s.dot", list->id);
		const char *svg = arena_printf(arena, "graphs/%s.svg", list->id);
		struct emitted_file both[] = { { dot, picture.dot, picture.dot_size, list->bytes, list->size },
					       { svg, picture.svg, picture.svg_size, list->bytes, list->size } };
		vec_push(arena, &pictures, both[0]);
		vec_push(arena, &pictures, both[1]);
	}
	ck_assert(emit_make(&made_from, pictures.items, pictures.count, &files, &error));
	ck_assert(emit_write(&io_system, arena, &files, dir, &error));
}

START_TEST(refuses_forged_pictures)
{
	static const char *const changes[][3] = {
		{ ".svg", "大", "小" }, { ".dot", "大", "小" }, { ".svg", "<g id=", "<g name=" }, { ".svg", "</svg>", "" },
		{ ".dot", "->", "--" }, { ".svg", "</svg>", "<text>x</text></svg>" },
	};
	struct verification v;
	draw_pictures();
	ck_assert_msg(verify_folder(&io_system, arena, dir, &v), "%s", said(&v));
	ck_assert(verify_made(&io_system, arena, dir, &files, &v));
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		const char *name = arena_printf(arena, "size%s", changes[i][0]);
		const struct emitted_file *file = file_named(name);
		const char *text = replaced(file->bytes, changes[i][1], changes[i][2]);
		write_to_folder(file->path, text, strlen(text));
		expect_refused(MESSAGE_VERIFY_PICTURE, file->path);
		write_to_folder(file->path, file->bytes, file->size);
	}
	const char *list = file_named("size.list")->path;
	forge_text("size.list", "大", "中");
	expect_refused(MESSAGE_VERIFY_HASH, list);
	restore("size.list");
	unlink(arena_printf(arena, "%s/%s", dir, list));
	expect_refused(MESSAGE_VERIFY_MISSING, list);
}
END_TEST

/* The published list, by a program that is not ours: one section an outcome, the columns of 公布, nothing else. */
START_TEST(the_style_sheet_draws_the_list)
{
	struct io_error error;
	size_t size;
	if (system("command -v xsltproc >/dev/null") != 0)
		return;
	const char *html = arena_printf(arena, "%s/list.html", base);
	const char *command = arena_printf(arena, "xsltproc --nonet '%s/everything.xml' > '%s'", dir, html);
	ck_assert_int_eq(system(command), 0);
	const char *text = io_read_file(&io_system, arena, html, 1 << 20, &size, &error);
	ck_assert_ptr_nonnull(text);
	static const char *const parts[] = {
		"<h1>清单（示例）</h1>", "制定机关：某局", "版次：2026", "<h2>快</h2>", "<h2>慢</h2>", "<h2>不办</h2>",
		"<th scope=\"col\">条目</th>\n<th scope=\"col\">人数</th>\n<th scope=\"col\">备注</th>\n</tr>",
		"<td>1</td>\n<td>1000人以上</td>\n<td>「甲」|乙 &lt;丙&gt;</td>", "依据：1.1",
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		ck_assert_msg(strstr(text, parts[i]) != NULL, "lacks %s", parts[i]);
}
END_TEST

START_TEST(needs_a_name)
{
	struct emit_error error;
	emitted_files none;
	struct model *model = model_of_text(EVERYTHING);
	struct artifacts a = made_from;
	model->name.id = "";
	a.model = model;
	ck_assert(!emit_make(&a, NULL, 0, &none, &error));
	ck_assert_int_eq(error.message, MESSAGE_EMIT_NO_NAME);
}
END_TEST

START_TEST(says_what_cannot_be_read)
{
	struct verification v;
	const char *none = arena_printf(arena, "%s/none", base);
	ck_assert(!verify_folder(&io_system, arena, none, &v));
	ck_assert_uint_eq(v.refusals.count, 0);
	ck_assert_int_eq(v.io.error, ENOENT);
	ck_assert_str_eq(v.io.path, none);
	ck_assert(!verify_folder(&io_system, arena, arena_printf(arena, "%s/manifest.json", dir), &v));
	ck_assert_int_eq(v.io.error, ENOTDIR);
}
END_TEST

/* Each call that reads the folder fails once: that is said, and nothing is called good. */
static long reads_left;

static ssize_t failing_read(int fd, void *bytes, size_t size)
{
	if (--reads_left == 0) {
		errno = EIO;
		return -1;
	}
	return io_system.read(fd, bytes, size);
}

START_TEST(any_read_may_fail)
{
	struct io_ops io = io_system;
	io.read = failing_read;
	for (long at = 1;; at++) {
		struct verification v;
		reads_left = at;
		if (verify_folder(&io, arena, dir, &v)) {
			ck_assert_int_gt(reads_left, 0);
			break;
		}
		ck_assert_int_eq(v.io.error, EIO);
		ck_assert_int_lt(at, 1000);
	}
}
END_TEST

START_TEST(memory_may_end_anywhere)
{
	for (volatile long at = 1;; at++) {
		struct out_of_memory ends;
		struct arena *short_lived = arena_new(&ends);
		volatile bool good = false;
		if (setjmp(ends.back) == 0) {
			struct verification v;
			failing_at = at;
			good = verify_folder(&io_system, short_lived, dir, &v);
			failing_at = 0;
			ck_assert(good || v.io.error != 0);
		}
		failing_at = 0;
		arena_free(short_lived);
		if (good)
			break;
		ck_assert_int_lt(at, 1000);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("verify");
	TCase *c = tcase_create("verify");
	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_set_timeout(c, 300);
	tcase_add_test(c, accepts_what_build_writes);
	tcase_add_test(c, refuses_missing_and_extra_files);
	tcase_add_test(c, refuses_any_changed_byte);
	tcase_add_test(c, refuses_a_changed_manifest);
	tcase_add_test(c, refuses_a_head_that_differs);
	tcase_add_test(c, refuses_forged_names);
	tcase_add_test(c, refuses_forged_forms);
	tcase_add_test(c, refuses_forged_schemas);
	tcase_add_test(c, refuses_forged_headers);
	tcase_add_test(c, refuses_forged_tables);
	tcase_add_test(c, refuses_forged_arrays);
	tcase_add_test(c, refuses_forged_conditions);
	tcase_add_loop_test(c, refuses_random_bytes, 0, 5);
	tcase_add_test(c, the_rulebook_sees_every_change);
	tcase_add_test(c, refuses_forged_pictures);
	tcase_add_test(c, the_style_sheet_draws_the_list);
	tcase_add_test(c, needs_a_name);
	tcase_add_test(c, says_what_cannot_be_read);
	tcase_add_test(c, any_read_may_fail);
	tcase_add_test(c, memory_may_end_anywhere);
	suite_add_tcase(suite, c);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
