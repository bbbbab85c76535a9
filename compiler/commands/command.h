/* What the verbs share. */
#ifndef GUIJU_COMMANDS_COMMAND_H
#define GUIJU_COMMANDS_COMMAND_H
#include "decide/decide.h"
#include "driver.h"
#include "emit/emit.h"

/* Loads the operand, parses and resolves it; false: what is wrong has been written and *status is set. */
bool command_model(struct compiler *c, const struct streams *to, enum exit_status *status);
bool command_load(struct compiler *c, const struct streams *to, enum exit_status *status);
/* The findings as the options ask: text to the error stream, JSON and SARIF to standard output. */
enum exit_status command_findings(struct compiler *c, const struct streams *to);
/* `{"guiju": …, "rulebook": …, "edition": …, "digest": …`: the start of every JSON answer. */
void write_envelope(struct writer *w, const struct compiler *c);
struct render_options command_render_options(const struct compiler *c);
/* The operand as an open table: a binary table, or made of a rulebook. EXIT_CLEAN: *table is set. */
enum exit_status command_table(struct compiler *c, const struct streams *to, const struct guiju_table **table);
/* Says that the operand is no table; gives EXIT_IO. */
enum exit_status command_not_usable(const struct compiler *c, const struct streams *to, const char *path, struct phrase why);
/* Runs the job on --facts; `no_facts`: on one record without facts if --facts is not given. */
enum exit_status command_records(struct compiler *c, const struct streams *to, struct decide_job *job, bool no_facts);
/* Reads a date of the command line; false: what is wrong has been written. */
bool command_date(const struct compiler *c, const struct streams *to, const char *text, int64_t *day);
bool is_chinese(const struct compiler *c);

/* Why artifacts could not be made or written. */
void command_emit_error(const struct compiler *c, const struct streams *to, const struct emit_error *error);
/* The folder of guiju and of the programs that stand beside it; NULL: they are in PATH. */
const char *command_programs(struct compiler *c);
/* The drawing lists of all pictures of the rulebook, nothing drawn. */
void command_picture_lists(struct compiler *c, emitted_files *out);
/* All pictures of the rulebook: SVG and DOT, with their drawing lists. false: why has been written. */
bool command_pictures(struct compiler *c, const struct streams *to, emitted_files *out);

enum exit_status command_check(struct compiler *c, const struct streams *to);
enum exit_status command_build(struct compiler *c, const struct streams *to);
enum exit_status command_graph(struct compiler *c, const struct streams *to);
enum exit_status command_decide(struct compiler *c, const struct streams *to);
enum exit_status command_step(struct compiler *c, const struct streams *to);
enum exit_status command_test(struct compiler *c, const struct streams *to);
enum exit_status command_trace(struct compiler *c, const struct streams *to);
enum exit_status command_explain(struct compiler *c, const struct streams *to);
enum exit_status command_verify(struct compiler *c, const struct streams *to);
enum exit_status command_diff(struct compiler *c, const struct streams *to);
enum exit_status command_fmt(struct compiler *c, const struct streams *to);
enum exit_status command_import(struct compiler *c, const struct streams *to);

#endif
