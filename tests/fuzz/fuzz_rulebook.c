/* Any bytes as a rulebook: parse, format, resolve, check within a budget, render, lower, open and decide.
 * Promised: nothing crashes; what is formatted parses to the same tree and formats to itself; a table that was made
 * opens. */
#include "driver.h"
#include "fuzz.h"
#include "grammar/parse.h"
#include "guiju.h"

#include <string.h>

enum { INPUT_LIMIT = 1 << 16, NODES = 800, RULES_LIMIT = 400 };

static const struct options options = { .verb = VERB_CHECK, .colour = "never", .nodes = NODES, .bytes = 64 << 20 };

static void render_all(struct compiler *c)
{
	struct writer w;
	writer_init(&w, c->source_arena);
	for (int language = LANGUAGE_ZH; language <= LANGUAGE_EN; language++) {
		const struct render_options how = { .language = (enum language)language, .limit = 20, .notes = true };
		render_findings(&w, &c->diag, &how);
	}
	render_findings_json(&w, &c->diag, LANGUAGE_EN);
	render_findings_sarif(&w, &c->diag, LANGUAGE_ZH);
}

static const char *tree_of(struct compiler *c)
{
	struct writer w;
	writer_init(&w, c->source_arena);
	ast_dump(&w, c->book);
	return writer_text(&w);
}

/* The formatted text as a rulebook of its own, in `copy`. */
static void check_layout(struct compiler *c, struct compiler *copy, char keywords)
{
	size_t size, again_size;
	const char *text = format_source(c->source_arena, &c->sources.items[c->files[0]], keywords, &size);
	if (setjmp(copy->memory_ends.back))
		return;
	compiler_add_text(copy, "input.rulebook.md", text, size);
	PROMISE(compile_parse(copy));
	PROMISE(strcmp(tree_of(c), tree_of(copy)) == 0);
	const char *again =
		format_source(copy->source_arena, &copy->sources.items[copy->files[0]], keywords, &again_size);
	PROMISE(size == again_size && memcmp(text, again, size) == 0);
}

static void decide_first_case(const struct table *table)
{
	const struct guiju_table *open;
	struct guiju_about about;
	struct guiju_answer answer;
	struct guiju_fact fact;
	PROMISE(guiju_table_open(table->bytes, table->size, &open) == GUIJU_OK);
	guiju_about(open, &about);
	size_t size = guiju_partial_scratch_size(open);
	if (size < guiju_scratch_size(open))
		size = guiju_scratch_size(open);
	int64_t *values = calloc(about.facts + 1, sizeof *values);
	uint64_t *known = calloc(about.facts / 64 + 1, sizeof *known);
	void *scratch = malloc(size + 8);
	if (!values || !known || !scratch)
		abort();
	for (uint32_t f = 0; f < about.facts; f++) {
		PROMISE(guiju_fact(open, f, &fact) == GUIJU_OK);
		values[f] = fact.low;
		if (f % 3)
			known[f / 64] |= (uint64_t)1 << f % 64;
	}
	for (uint32_t d = 0; d < about.decisions; d++) {
		enum guiju_status one = guiju_decide(open, d, values, scratch, size, &answer);
		PROMISE(one == GUIJU_OK || one == GUIJU_EXCLUDED);
		one = guiju_decide_partial(open, d, values, known, 500, scratch, size, &answer);
		PROMISE(one == GUIJU_OK || one == GUIJU_EXCLUDED);
	}
	free(values);
	free(known);
	free(scratch);
}

static void compile(struct compiler *c, struct compiler *copies[2], const uint8_t *bytes, size_t size)
{
	if (setjmp(c->memory_ends.back))
		return;
	compiler_add_text(c, "input.rulebook.md", (const char *)bytes, size);
	if (compile_parse(c)) {
		check_layout(c, copies[0], 'k');
		check_layout(c, copies[1], 'e');
		if (compile_resolve(c) && c->model->rule_count < RULES_LIMIT) {
			compile_check(c);
			if (compile_lower(c))
				decide_first_case(c->table);
		}
	}
	diag_sort(&c->diag);
	render_all(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size > INPUT_LIMIT)
		return 0;
	struct compiler *c = compiler_new(&io_system, &options);
	struct compiler *copies[2] = { compiler_new(&io_system, &options), compiler_new(&io_system, &options) };
	if (c && copies[0] && copies[1])
		compile(c, copies, bytes, size);
	compiler_free(copies[1]);
	compiler_free(copies[0]);
	compiler_free(c);
	return 0;
}
