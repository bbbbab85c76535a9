/* A session that is edited against a fresh check of the same texts: after each edit every finding is the same to the byte,
 * as text in both languages, as JSON and SARIF, and so are the verdicts and the model.
 *
 *   property_session FIRST COUNT EDITS [--show]     rulebooks of the seeds FIRST … FIRST+COUNT-1, EDITS edits each
 *   property_session --files EDITS FILE…            edits of files; what they name lies beside them
 *   property_session --folder EDITS FILE…           edits of files of rulebooks that are folders */
#include "ast/ast.h"
#include "driver.h"
#include "edits.h"
#include "grammar/parse.h"
#include "plain.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1 << 20 };

struct tally {
	size_t texts, edits, undone, clean, differences;
};

static struct plain plain;
static char now_bytes[TEXT_SIZE], before_bytes[TEXT_SIZE];
static struct edited now = { now_bytes, 0, TEXT_SIZE - 4096 };
static size_t before_size;
static const char *folder;           /* where companions lie; NULL: there are none */
static const char *name = "edited.rulebook.md";
static bool whole_folder;            /* its other rulebook files belong to the rulebook */

/* ---- what is said ---- */

/* Where everything of the tables stands, and what their cells share. */
static void write_places(struct writer *w, const struct model *model)
{
	for (size_t t = 0; t < model->table_count; t++) {
		const struct ast_pipe_table *table = model->tables[t].written;
		for (size_t i = 0; table && i < table->rows.count; i++) {
			write_fmt(w, "\nrow %u", table->rows.items[i].span.start);
			for (size_t c = 0; c < table->column_count; c++) {
				const struct ast_cell *cell = &table->rows.items[i].cells[c];
				bool tests = table->columns[c].kind == AST_COLUMN_NAME && cell->cond;
				write_fmt(w, " %u-%u like %u %u", cell->span.start, cell->span.end, cell->like,
					  tests ? cell->cond->span.start : 0);
			}
		}
	}
	for (size_t i = 0; i < model->rule_count; i++) {
		const struct rule *rule = &model->rules[i];
		write_fmt(w, "\nrule %u %u-%u", rule->span.start, rule->name_span.start, rule->name_span.end);
		for (size_t k = 0; k < rule->when->part_count && rule->table == NONE; k++)
			write_fmt(w, " %u-%u", rule->when->parts[k]->span.start, rule->when->parts[k]->span.end);
	}
}

static void write_all(struct writer *w, struct diag *diag, const struct model *model, const struct verdicts *verdicts)
{
	for (enum language language = LANGUAGE_ZH; language <= LANGUAGE_EN; language++) {
		const struct render_options opt = { .language = language, .notes = true, .rows = true, .all_regions = true };
		render_findings(w, diag, &opt);
		render_findings_json(w, diag, language);
	}
	render_findings_sarif(w, diag, LANGUAGE_EN);
	for (size_t i = 0; i < verdicts->count; i++) {
		const struct verdict *v = &verdicts->items[i];
		write_fmt(w, "\nverdict %d %d %d %d", v->conflict, v->gap, v->unreachable, v->redundant);
	}
	write_fmt(w, "\n%zu errors, %zu warnings, %zu notes, incomplete %d\n", diag->errors, diag->warnings, diag->notes, diag->incomplete);
	if (model)
		write_places(w, model);
	if (model && verdicts->count > 0)
		model_dump(w, model);
}

static const char *read_beside(struct arena *arena, const char *path, size_t *size)
{
	struct io_error error;
	return folder ? io_read_file(&io_system, arena, arena_printf(arena, "%s/%s", folder, path), LIMIT_FILE, size, &error) : NULL;
}

static const char *load_beside(void *context, const char *path, uint32_t *file, size_t *size)
{
	struct compiler *c = context;
	const char *text = read_beside(c->source_arena, path, size);
	if (text)
		*file = sources_add(c->source_arena, &c->sources, path, text, *size);
	return text;
}

static void add_files(struct compiler *c)
{
	struct io_error error;
	const char **names = whole_folder ? io_list_folder(&io_system, c->source_arena, folder, &error) : NULL;
	if (!names)
		compiler_add_text(c, name, now.text, now.size);
	for (; names && *names; names++) {
		size_t size = 0;
		const char *text = compiler_is_rulebook(*names) ? read_beside(c->source_arena, *names, &size) : NULL;
		if (strcmp(*names, name) == 0)
			compiler_add_text(c, name, now.text, now.size);
		else if (text)
			compiler_add_source(c, *names, text, size);
	}
}

static struct compiler *check_fresh(const struct options *opt, struct writer *w)
{
	struct compiler *c = compiler_new(&io_system, opt);
	if (!c || setjmp(c->memory_ends.back))
		return NULL;
	const struct csv_loader companions = { load_beside, c };
	c->companions = &companions;
	add_files(c);
	if (compile_parse(c) && compile_resolve(c))
		compile_check(c);
	diag_sort(&c->diag);
	writer_init(w, c->source_arena);
	write_all(w, &c->diag, c->model, &c->verdicts);
	c->companions = NULL;
	return c;
}

static void show_difference(const char *fresh, const char *session)
{
	size_t i = 0, from;
	while (fresh[i] && fresh[i] == session[i])
		i++;
	for (from = i; from > 0 && fresh[from - 1] != '\n';)
		from--;
	printf("  fresh:   %.*s\n  session: %.*s\n", (int)strcspn(fresh + from, "\n") > 400 ? 400 : (int)strcspn(fresh + from, "\n"), fresh + from,
	       (int)strcspn(session + from, "\n") > 400 ? 400 : (int)strcspn(session + from, "\n"), session + from);
}

/* Where findings are shown by cause, what is not shown whole need not be worked out: the text is that of a check that works
 * out everything. */
static bool compare_shown(bool notes)
{
	struct writer text[2];
	struct compiler *c[2];
	for (int json = 0; json < 2; json++) {
		const struct options opt = { .verb = VERB_CHECK, .format = json ? FORMAT_JSON : FORMAT_TEXT, .show_notes = notes };
		struct writer all;
		c[json] = check_fresh(&opt, &all);
		if (!c[json])
			return false;
		writer_init(&text[json], c[json]->source_arena);
		render_findings(&text[json], &c[json]->diag, &(struct render_options){ .notes = notes });
	}
	bool same = strcmp(writer_text(&text[0]), writer_text(&text[1])) == 0;
	if (!same)
		show_difference(writer_text(&text[1]), writer_text(&text[0]));
	compiler_free(c[0]);
	compiler_free(c[1]);
	return same;
}

/* ---- one edit ---- */

static bool compare(struct session *s, const struct options *opt, struct tally *tally, const char *what, bool *failed)
{
	struct session_answer answer;
	struct writer fresh, mine;
	struct compiler *c = check_fresh(opt, &fresh);
	if (!c || !session_text(s, name, now.text, now.size) || !session_check(s, &answer))
		return false;
	struct diag diag = *answer.diag;
	diag.arena = c->source_arena;
	writer_init(&mine, c->source_arena);
	write_all(&mine, &diag, answer.model, &answer.verdicts);
	bool same = strcmp(writer_text(&fresh), writer_text(&mine)) == 0;
	if (!same) {
		printf("%s: another answer\n", what);
		show_difference(writer_text(&fresh), writer_text(&mine));
	}
	*failed = c->verdicts.count == 0;
	tally->edits++;
	tally->clean += !*failed;
	tally->differences += !same;
	compiler_free(c);
	return same;
}

static void keep_text(void)
{
	memcpy(before_bytes, now.text, now.size + 1);
	before_size = now.size;
}

static void undo(void)
{
	memcpy(now.text, before_bytes, before_size + 1);
	now.size = before_size;
}

/* What does not compile is mostly undone at once, as an editor's user would. */
static bool edit_on(struct session *s, const struct options *opt, struct tally *tally, uint64_t *state, size_t edits)
{
	bool failed;
	if (!compare(s, opt, tally, "the text", &failed))
		return false;
	keep_text();
	for (size_t i = 0; i < edits; i++) {
		const char *what = "undo";
		if (failed && next_random(state) % 4) {
			undo();
			tally->undone++;
		} else {
			if (!failed)
				keep_text();
			what = edit_text(&now, state);
			if (next_random(state) % 5 == 0)
				(void)edit_text(&now, state);
		}
		if (!compare(s, opt, tally, what, &failed))
			return false;
	}
	return true;
}

static bool edit_session(struct tally *tally, uint64_t seed, size_t edits, bool (*companions)(struct session *s))
{
	const struct options opt = { .verb = VERB_CHECK, .format = seed / 2 % 2 ? FORMAT_TEXT : FORMAT_JSON, .show_notes = seed % 4 > 0,
				     .regions = seed % 3 || folder ? NULL : "all" };
	uint64_t state = seed * 31 + 17;
	struct session *s = session_new(&opt);
	bool good = s && (!companions || companions(s)) && compare_shown(opt.show_notes) && edit_on(s, &opt, tally, &state, edits);
	tally->texts++;
	session_free(s);
	return good;
}

/* ---- random rulebooks ---- */

static bool print_seed(uint64_t seed)
{
	if (seed % 2) {
		wide_print(&now, seed);
		return true;
	}
	if (!plain_generate(&plain, seed))
		return false;
	now.size = plain_print(&plain, 0, now.text, now.capacity);
	return true;
}

static int try_seeds(uint64_t first, uint64_t count, size_t edits, bool show, struct tally *tally)
{
	int failures = 0;
	for (uint64_t seed = first; seed < first + count && failures < 5; seed++) {
		if (!print_seed(seed) || edit_session(tally, seed, edits, NULL))
			continue;
		printf("seed %llu, edit %zu\n", (unsigned long long)seed, tally->edits);
		if (show)
			printf("---- before\n%s---- now\n%s", before_bytes, now.text);
		failures++;
	}
	return failures;
}

/* ---- files ---- */

static bool is_companion(const char *path)
{
	if (compiler_is_rulebook(path))
		return whole_folder && strcmp(path, name) != 0;
	return strstr(path, ".csv") || strstr(path, "original.txt");
}

/* Of a folder in the rulebook's: `inside` is its name with a slash, or nothing. */
static bool give_folder(struct session *s, struct arena *arena, const char *inside)
{
	struct io_error error;
	const char **names = io_list_folder(&io_system, arena, arena_printf(arena, "%s/%s", folder, inside), &error);
	for (; names && *names; names++) {
		size_t size = 0;
		const char *path = arena_printf(arena, "%s%s", inside, *names);
		const char *bytes = *inside || is_companion(path) ? read_beside(arena, path, &size) : NULL;
		if (bytes && !session_text(s, path, bytes, size))
			return false;
	}
	return true;
}

static bool give_companions(struct session *s)
{
	struct out_of_memory memory_ends;
	struct arena *arena = arena_new(&memory_ends);
	if (!arena || setjmp(memory_ends.back))
		return false;
	bool good = give_folder(s, arena, "") && (!whole_folder || give_folder(s, arena, "source/"));
	arena_free(arena);
	return good;
}

static bool read_text(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return false;
	now.size = fread(now.text, 1, now.capacity, file);
	now.text[now.size] = '\0';
	fclose(file);
	if (memchr(now.text, '\0', now.size) || now.size == now.capacity)
		return false;
	if (now.size == 0 || now.text[now.size - 1] != '\n') {
		now.text[now.size++] = '\n';
		now.text[now.size] = '\0';
	}
	return true;
}

static int try_files(size_t edits, char **paths, int count, struct tally *tally)
{
	static char beside[4096];
	int failures = 0;
	folder = beside;
	for (int i = 0; i < count && failures < 5; i++) {
		const char *slash = strrchr(paths[i], '/');
		snprintf(beside, sizeof beside, "%.*s", slash ? (int)(slash - paths[i]) : 1, slash ? paths[i] : ".");
		name = slash ? slash + 1 : paths[i];
		if (!read_text(paths[i]) || edit_session(tally, (uint64_t)i, edits, give_companions))
			continue;
		printf("%s, edit %zu\n", paths[i], tally->edits);
		failures++;
	}
	return failures;
}

int main(int argc, char **argv)
{
	struct tally tally = { 0 };
	int failures;
	whole_folder = argc > 3 && strcmp(argv[1], "--folder") == 0;
	if (argc > 3 && (whole_folder || strcmp(argv[1], "--files") == 0))
		failures = try_files(strtoull(argv[2], NULL, 10), argv + 3, argc - 3, &tally);
	else
		failures = try_seeds(argc > 1 ? strtoull(argv[1], NULL, 10) : 1, argc > 2 ? strtoull(argv[2], NULL, 10) : 100,
				     argc > 3 ? strtoull(argv[3], NULL, 10) : 20, argc > 4, &tally);
	printf("%zu texts, %zu checks (%zu of texts that compile, %zu undone), %zu differences\n", tally.texts, tally.edits, tally.clean,
	       tally.undone, tally.differences);
	return failures ? 1 : 0;
}
