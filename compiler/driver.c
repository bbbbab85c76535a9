/* The pipeline, on one page: how a rulebook becomes findings and artifacts. */
#include "driver.h"

#include "grammar/parse.h"
#include "import/dmn.h"
#include "procedure/check.h"
#include "support/digest.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* ---- stages ---- */

bool compile_parse(struct compiler *c)
{
	progress_stage(c->progress, MESSAGE_PROGRESS_READING, NULL, NULL);
	const struct csv_loader csv = { load_companion, c };
	c->book = parse_book(c->source_arena, &c->diag, c->files, c->file_count, &csv);
	return !diag_failed(&c->diag);       /* every syntax mistake is reported; then it ends */
}

/* A clause without an account or a drifted quotation does not keep the rules from being checked; a name that nothing
 * declares does. */
static bool names_failed(const struct diag *diag)
{
	for (size_t i = 0; i < diag->findings.count; i++) {
		const struct finding *f = diag->findings.items[i];
		if (f->severity == SEVERITY_ERROR && f->kind != FINDING_UNACCOUNTED && f->kind != FINDING_UNCITED &&
		    f->kind != FINDING_QUOTE_DRIFT)
			return true;
	}
	return false;
}

bool compile_resolve(struct compiler *c)
{
	progress_stage(c->progress, MESSAGE_PROGRESS_NAMES, NULL, NULL);
	const struct csv_loader texts = { load_companion, c };
	struct model *model = resolve_book(c->model_arena, &c->diag, c->book, &texts, NULL);
	model->digest = c->undigested ? "" : rulebook_digest(c);
	c->model = model;
	return !names_failed(&c->diag);
}

bool compile_check(struct compiler *c)
{
	const struct budget budget = {
		.nodes = c->opt->nodes,
		.milliseconds = c->opt->milliseconds,
		.bytes = c->opt->bytes,
		.regions_shown = c->opt->regions ? SIZE_MAX : 8,
		.detailed = FINDINGS_SHOWN,
		.by_cause = c->opt->format == FORMAT_TEXT,
		.hide_notes = c->opt->format == FORMAT_TEXT && !c->opt->show_notes,
		.rows = c->opt->explain_region,
		.progress = c->progress,
		.keeping = c->keeping,
	};
	check_model(c->model_arena, &c->diag, c->model, &budget, &c->verdicts);
	if (c->model->procedure_count > 0 && compile_lower(c))   /* traces are dated with the table */
		check_procedures(c->model_arena, &c->diag, c->model, &budget, c->table->bytes, c->table->size);
	return !diag_failed(&c->diag);
}

bool compile_lower(struct compiler *c)
{
	if (!c->table) {
		progress_stage(c->progress, MESSAGE_PROGRESS_TABLE, NULL, NULL);
		c->table = lower(c->model_arena, &c->diag, c->model);
	}
	return c->table != NULL;
}

/* ---- one run ---- */

struct compiler *compiler_new(const struct io_ops *io, const struct options *opt)
{
	struct compiler *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	c->io = io;
	c->opt = opt;
	c->source_arena = arena_new(&c->memory_ends);
	c->model_arena = arena_new(&c->memory_ends);
	if (!c->source_arena || !c->model_arena) {
		compiler_free(c);
		return NULL;
	}
	c->diag.arena = c->source_arena;
	c->diag.sources = &c->sources;
	return c;
}

void compiler_free(struct compiler *c)
{
	if (!c)
		return;
	progress_end(c);
	compiler_close_records(c);
	dmn_release(c->document);
	arena_free(c->model_arena);
	arena_free(c->source_arena);
	free(c);
}

bool compiler_open_records(struct compiler *c, const char *path)
{
	int file = c->io->open(path, O_RDONLY | O_CLOEXEC, 0);
	c->records = file > 0 ? file : 0;
	return file >= 0;
}

void compiler_close_records(struct compiler *c)
{
	if (c->records > 0)
		c->io->close(c->records);
	c->records = 0;
}

static const char no_memory[] = "guiju: 内存不足 / out of memory\n";

static enum exit_status give(const struct io_ops *io, int descriptor, const struct writer *w, enum exit_status status)
{
	if (w->size == 0 || io_write_all(io, descriptor, w->bytes, w->size))
		return status;
	return EXIT_IO;
}

/* One rulebook: a compiler of its own. note [one write] everything that a verb prints is written at its end, so that a
 * run that fails half-way prints its error and not half an answer; decide alone streams,
 * since its records may be many. What a terminal is shown meanwhile (commands/progress.c) is erased before that. */
static enum exit_status run_once(const struct io_ops *io, const struct options *opt)
{
	struct compiler *c = compiler_new(io, opt);
	if (!c || setjmp(c->memory_ends.back)) {
		compiler_free(c);
		io_write_all(io, 2, no_memory, sizeof no_memory - 1);
		return EXIT_IO;
	}
	struct writer out, err;
	writer_init(&out, c->source_arena);
	writer_init(&err, c->source_arena);
	enum exit_status status = command_run(c, &(struct streams){ &out, &err });
	progress_end(c);
	enum exit_status gave = give(io, 2, &err, status);
	status = give(io, 1, &out, status);
	compiler_free(c);
	return gave > status ? gave : status;
}

/* Every operand is a rulebook of its own (diff's are a pair, explain's is a slug, and may be left out); the largest status is given. */
enum exit_status driver_run(const struct io_ops *io, const struct options *opt)
{
	enum exit_status worst = EXIT_CLEAN;
	if (opt->input_count < 2 || opt->verb == VERB_DIFF || opt->verb == VERB_IMPORT) /* operands that belong together */
		return run_once(io, opt);
	for (size_t i = 0; i < opt->input_count; i++) {
		struct options one = *opt;
		one.inputs[0] = opt->inputs[i];
		one.input_count = 1;
		enum exit_status status = run_once(io, &one);
		if (status > worst)
			worst = status;
	}
	return worst;
}
