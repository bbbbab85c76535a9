/* guiju decide: answers for records, from a rulebook or from a binary table, with the same bytes. */
#include "commands/command.h"

#include "decide/decide.h"
#include "diag/status.h"

#include "guiju.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define LIMIT_TABLE ((size_t)1 << 30)

static bool is_table(const char *path)
{
	size_t n = strlen(path);
	return n > 6 && strcmp(path + n - 6, ".table") == 0;
}

enum exit_status command_not_usable(const struct compiler *c, const struct streams *to, const char *path, struct phrase why)
{
	write_fmt(to->err, is_chinese(c) ? "guiju: %s：不是可用的判定表：%s\n" : "guiju: %s: not a usable table: %s\n", path,
		  phrase_in(why, c->opt->language));
	return EXIT_IO;
}

static enum exit_status load_table(struct compiler *c, const struct streams *to, const struct guiju_table **table)
{
	size_t size;
	const char *path = c->opt->inputs[0];
	const char *bytes = io_read_file(c->io, c->model_arena, path, LIMIT_TABLE, &size, &c->io_error);
	if (!bytes) {
		write_io_error(to->err, &c->io_error, c->opt->language);
		return EXIT_IO;
	}
	enum guiju_status opened = guiju_table_open(bytes, size, table);
	return opened == GUIJU_OK ? EXIT_CLEAN : command_not_usable(c, to, path, status_phrase(opened));
}

static enum exit_status make_table(struct compiler *c, const struct streams *to, const struct guiju_table **table)
{
	enum exit_status status = EXIT_CLEAN;
	if (!command_model(c, to, &status))
		return status;
	if (!compile_lower(c))
		return command_findings(c, to);
	enum guiju_status opened = guiju_table_open(c->table->bytes, c->table->size, table);
	return opened == GUIJU_OK ? EXIT_CLEAN : command_not_usable(c, to, c->opt->inputs[0], status_phrase(opened));
}

enum exit_status command_table(struct compiler *c, const struct streams *to, const struct guiju_table **table)
{
	return is_table(c->opt->inputs[0]) ? load_table(c, to, table) : make_table(c, to, table);
}

bool command_date(const struct compiler *c, const struct streams *to, const char *text, int64_t *day)
{
	if (date_parse(text, day))
		return true;
	write_usage_error(to->err, &(struct usage_error){ text, "应为日期，如 2026-02-27", "a date such as 2026-02-27 is wanted" },
			  c->opt->language);
	return false;
}

static bool find_decision(const struct compiler *c, const struct streams *to, const struct guiju_table *table,
			  uint32_t *decision)
{
	*decision = guiju_find_decision(table, c->opt->decision);
	if (*decision != UINT32_MAX)
		return true;
	struct guiju_about about;
	guiju_about(table, &about);
	write_fmt(to->err, is_chinese(c) ? "guiju: 没有判定 `%s`；有：" : "guiju: no decision is called `%s`; there are: ", c->opt->decision);
	for (uint32_t i = 0; i < about.decisions; i++) {
		struct guiju_decision d;
		guiju_decision(table, i, &d);
		write_fmt(to->err, "%s%s", i ? ", " : "", d.id.bytes);
	}
	write_char(to->err, '\n');
	return false;
}

enum exit_status command_records(struct compiler *c, const struct streams *to, struct decide_job *job, bool no_facts)
{
	int status = EXIT_CLEAN;
	const char *facts = c->opt->facts && strcmp(c->opt->facts, "-") != 0 ? c->opt->facts : NULL;
	job->no_input = no_facts && !c->opt->facts;
	if (facts && !compiler_open_records(c, facts)) {
		write_fmt(to->err, is_chinese(c) ? "guiju: %s：无法打开：%s\n" : "guiju: %s: cannot be opened: %s\n", facts, strerror(errno));
		return EXIT_IO;
	}
	job->input = c->records;
	bool done = decide_records(job, &status);
	compiler_close_records(c);
	if (done)
		return (enum exit_status)status;
	job->error.path = facts ? facts : "-";
	write_io_error(to->err, &job->error, c->opt->language);
	return EXIT_IO;
}

enum exit_status command_decide(struct compiler *c, const struct streams *to)
{
	const struct guiju_table *table = NULL;
	struct decide_job job = { .io = c->io, .handler = &c->memory_ends, .output = 1, .language = c->opt->language,
				  .budget = c->opt->nodes };
	if (c->opt->on && !command_date(c, to, c->opt->on, &job.on))
		return EXIT_USAGE;
	job.has_on = c->opt->on != NULL;
	enum exit_status status = command_table(c, to, &table);
	if (status != EXIT_CLEAN)
		return status;
	if (!find_decision(c, to, table, &job.decision))
		return EXIT_USAGE;
	job.table = table;
	return command_records(c, to, &job, false);
}
