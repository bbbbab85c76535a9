/* guiju diff: what changes for whom between two editions, each a rulebook or a binary table. */
#include "commands/command.h"

#include "diag/status.h"
#include "diff/print.h"
#include "diff/read_table.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define LIMIT_TABLE ((size_t)1 << 30)

struct edition_input {
	struct compiler *c;                    /* its sources and findings */
	const char *path;
	const struct guiju_table *table;       /* of a binary table, or once records ask for one */
};

static bool is_table(const char *path)
{
	size_t n = strlen(path);
	return n > 6 && strcmp(path + n - 6, ".table") == 0;
}

static enum exit_status read_table(struct edition_input *in, const struct streams *to)
{
	size_t size;
	struct compiler *c = in->c;
	const char *bytes = io_read_file(c->io, c->model_arena, in->path, LIMIT_TABLE, &size, &c->io_error);
	if (!bytes) {
		write_io_error(to->err, &c->io_error, c->opt->language);
		return EXIT_IO;
	}
	enum guiju_status opened = guiju_table_open(bytes, size, &in->table);
	if (opened != GUIJU_OK)
		return command_not_usable(c, to, in->path, status_phrase(opened));
	c->model = model_of_table(c->model_arena, in->table);
	return c->model ? EXIT_CLEAN :
			  command_not_usable(c, to, in->path, (struct phrase){ "超出 diff 的限度", "it is beyond the limits of diff" });
}

static enum exit_status read_edition(struct edition_input *in, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	struct options *opt = arena_new_of(in->c->source_arena, struct options);
	*opt = *in->c->opt;
	opt->inputs[0] = in->path;
	opt->format = opt->format == FORMAT_MARKDOWN ? FORMAT_TEXT : opt->format;      /* of findings */
	in->c->opt = opt;
	if (is_table(in->path))
		return read_table(in, to);
	(void)command_model(in->c, to, &status);
	return status;
}

/* A compiler for OLD that lives in the memory of the one for NEW. */
static struct compiler *second_compiler(struct compiler *c)
{
	struct compiler *old = arena_new_of(c->source_arena, struct compiler);
	old->io = c->io;
	old->opt = c->opt;
	old->progress = c->progress;
	old->source_arena = c->source_arena;
	old->model_arena = c->model_arena;
	old->diag.arena = c->source_arena;
	old->diag.sources = &old->sources;
	return old;
}

/* ---- records ---- */

static enum exit_status make_table(struct edition_input *in, const struct streams *to)
{
	if (in->table)
		return EXIT_CLEAN;
	if (!compile_lower(in->c))
		return command_findings(in->c, to);
	enum guiju_status opened = guiju_table_open(in->c->table->bytes, in->c->table->size, &in->table);
	return opened == GUIJU_OK ? EXIT_CLEAN : command_not_usable(in->c, to, in->path, status_phrase(opened));
}

static enum exit_status read_records(struct edition_input editions[2], const struct streams *to, struct diff_records *out)
{
	struct compiler *c = editions[1].c;
	const char *path = c->opt->records;
	struct records_job job = { .io = c->io, .decision = c->opt->decision, .budget = c->opt->nodes, .has_on = c->opt->on != NULL };
	for (int e = 0; e < 2; e++) {
		enum exit_status status = make_table(&editions[e], to);
		if (status != EXIT_CLEAN)
			return status;
		job.tables[e] = editions[e].table;
	}
	if (c->opt->on)
		(void)date_parse(c->opt->on, &job.on);
	if (strcmp(path, "-") != 0 && !compiler_open_records(c, path)) {
		out->error = (struct io_error){ .error = errno, .doing = "open", .path = path };
	} else {
		job.input = c->records;
		(void)diff_records_read(c->model_arena, c->source_arena, &job, out);
		out->error.path = path;
		compiler_close_records(c);
	}
	if (out->error.error == 0)
		return out->inexact ? EXIT_NOT_DECIDED : out->mistake_count ? EXIT_WRONG : EXIT_CLEAN;
	write_io_error(to->err, &out->error, c->opt->language);
	return EXIT_IO;
}

/* ---- the verb ---- */

static bool is_usage_right(const struct edition_input editions[2], const struct streams *to)
{
	const struct options *opt = editions[1].c->opt;
	int64_t day;
	if (opt->on && !date_parse(opt->on, &day)) {
		write_usage_error(to->err, &(struct usage_error){ opt->on, "应为日期，如 2026-02-27", "a date such as 2026-02-27 is wanted" },
				  opt->language);
		return false;
	}
	if (!opt->decision)
		return true;
	for (int e = 0; e < 2; e++)
		for (size_t i = 0; i < editions[e].c->model->decision_count; i++)
			if (strcmp(editions[e].c->model->decisions[i].name.id, opt->decision) == 0)
				return true;
	write_usage_error(to->err, &(struct usage_error){ opt->decision, "两个版次都没有这个判定", "neither edition has this decision" },
			  opt->language);
	return false;
}

static void write_difference(struct compiler *c, const struct streams *to, enum output_format format, const struct difference *d,
			     const struct diff_records *records)
{
	if (format == FORMAT_JSON) {
		write_envelope(to->out, c);
		diff_write_json(to->out, d, records, c->opt->language);
		write_str(to->out, "}\n");
	} else if (format == FORMAT_MARKDOWN) {
		diff_write_markdown(to->out, d, records, c->opt->language);
	} else {
		diff_write_text(to->out, d, records, c->opt->language);
	}
}

/* A table holds rules as boxes. A rulebook beside it is compared as the table that it makes, so that what is the same is
 * written the same. */
static enum exit_status match_forms(struct edition_input editions[2], const struct streams *to)
{
	for (int e = 0; e < 2; e++) {
		if (editions[e].table || !editions[!e].table)
			continue;
		enum exit_status status = make_table(&editions[e], to);
		if (status != EXIT_CLEAN)
			return status;
		editions[e].c->model = model_of_table(editions[e].c->model_arena, editions[e].table);
		break;
	}
	return EXIT_CLEAN;
}

enum exit_status command_diff(struct compiler *c, const struct streams *to)
{
	enum output_format format = c->opt->format;
	struct edition_input editions[2] = { { second_compiler(c), c->opt->inputs[0], NULL }, { c, c->opt->inputs[1], NULL } };
	const struct budget budget = { .nodes = c->opt->nodes, .milliseconds = c->opt->milliseconds, .bytes = c->opt->bytes,
				       .regions_shown = c->opt->regions ? SIZE_MAX : DIFF_REGIONS, .progress = c->progress };
	struct diff_records records = { 0 };
	enum exit_status status = EXIT_CLEAN;
	for (int e = 0; e < 2; e++) {
		status = read_edition(&editions[e], to);
		if (status != EXIT_CLEAN)
			return status;
	}
	if (!is_usage_right(editions, to))
		return EXIT_USAGE;
	status = match_forms(editions, to);
	if (status != EXIT_CLEAN)
		return status;
	if (c->opt->records)
		status = read_records(editions, to, &records);
	if (status == EXIT_IO || status == EXIT_USAGE)
		return status;
	const struct difference *d = difference_new_in(c->model_arena, editions[0].c->model, c->model, c->opt->decision, &budget);
	write_difference(c, to, format, d, c->opt->records ? &records : NULL);
	return diff_decided(d) || status == EXIT_NOT_DECIDED ? status : diff_ended(d) ? EXIT_NOT_DECIDED : EXIT_WRONG;
}
