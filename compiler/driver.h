/* The pipeline: text → tokens → syntax tree → model → findings → table → artifacts. Each stage reads only what the
 * stage before it gave; verbs (commands/) choose how far to go. */
#ifndef GUIJU_DRIVER_H
#define GUIJU_DRIVER_H
#include "analysis/analysis.h"
#include "ast/ast.h"
#include "diag/diag.h"
#include "diag/progress.h"
#include "lower/table.h"
#include "model/model.h"
#include "options.h"
#include "support/arena.h"
#include "support/io.h"
#include "support/vec.h"
#include "support/writer.h"

struct compiler {
	struct out_of_memory memory_ends;
	struct arena *source_arena;   /* texts, trees, findings */
	struct arena *model_arena;    /* model, table, artifacts */
	struct sources sources;
	struct diag diag;
	const struct io_ops *io;
	const struct options *opt;
	const char *root;             /* the rulebook's folder: file names are relative to it */
	uint32_t *files;              /* the rulebook's files among the sources */
	size_t file_count;
	const struct csv_loader *companions; /* where files come from that declarations name; NULL: from the folder */
	bool undigested;              /* the model's digest is empty: nothing is to be made of it */
	struct io_error io_error;     /* why loading failed, when it failed */
	struct keeping *keeping;      /* what the checks know of the rules from before; or NULL */
	struct progress *progress;    /* told what is under way; or NULL */
	/* held while a stage works, and given back with the compiler when memory ends; 0, NULL: none */
	int records;                  /* an open file */
	struct _xmlTextReader *document;
	/* what the stages gave; NULL: not reached */
	const struct ast_book *book;
	const struct model *model;
	struct verdicts verdicts;
	const struct table *table;
};

/* An empty compiler, or NULL without memory. The caller sets `memory_ends.back` by setjmp before any other call. */
struct compiler *compiler_new(const struct io_ops *io, const struct options *opt);
void compiler_free(struct compiler *c);

/* Loading: a .rulebook.md file or a folder that holds some; false: io_error says why. */
bool compiler_load(struct compiler *c, const char *path);
/* A file of records: c->records. false: errno says why. */
bool compiler_open_records(struct compiler *c, const char *path);
void compiler_close_records(struct compiler *c);
/* A text from memory instead, as file `name` of the rulebook. */
void compiler_add_text(struct compiler *c, const char *name, const char *text, size_t size);
/* The same; the text ends with NUL and is borrowed. */
void compiler_add_source(struct compiler *c, const char *name, const char *text, size_t size);
/* A file of this name in a rulebook's folder is one of the rulebook's. */
bool compiler_is_rulebook(const char *name);

/* A file that a declaration names (取自, 原文): a plain name in the rulebook's folder. NULL: it cannot be read. */
const char *load_companion(void *compiler, const char *name, uint32_t *file, size_t *size);
/* sha256:… over names and digests of all files read. */
const char *rulebook_digest(struct compiler *c);

/* Stages; each returns false when the sink holds an error and the next stage may not run. */
bool compile_parse(struct compiler *c);
bool compile_resolve(struct compiler *c);
bool compile_check(struct compiler *c);
bool compile_lower(struct compiler *c);

/* Runs the verb of opt; gives the exit status. Writes to descriptors 1 and 2 only here. */
enum exit_status driver_run(const struct io_ops *io, const struct options *opt);

/* commands/: one file per verb; text for standard output and error goes to the writers. */
struct streams {
	struct writer *out, *err;
};
enum exit_status command_run(struct compiler *c, const struct streams *to);
/* The line on a terminal that says what is under way (commands/progress.c); ending it again does nothing. */
void progress_start(struct compiler *c);
void progress_end(struct compiler *c);
void write_usage_error(struct writer *w, const struct usage_error *error, enum language language);
void write_io_error(struct writer *w, const struct io_error *error, enum language language);

#endif
