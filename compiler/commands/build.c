/* guiju build: check, then every artifact into a folder, all or nothing. */
#include "commands/command.h"

#include "emit/emit.h"

void command_emit_error(const struct compiler *c, const struct streams *to, const struct emit_error *error)
{
	if (error->io.error != 0)
		write_io_error(to->err, &error->io, c->opt->language);
	else
		write_fmt(to->err, "guiju: %s\n", render_message(c->model_arena, error->message, error->args, c->opt->language));
}

enum exit_status command_build(struct compiler *c, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	if (!command_model(c, to, &status))
		return status;
	bool clean = compile_check(c);
	status = command_findings(c, to);
	if (!clean || !compile_lower(c))
		return clean ? command_findings(c, to) : status;
	const struct artifacts a = { c->model_arena, c->model, c->table, &c->diag };
	emitted_files files = { 0 };
	struct emit_error error = { 0 };
	emitted_files pictures = { 0 };
	if (!c->opt->no_pictures)
		progress_stage(c->progress, MESSAGE_PROGRESS_PICTURES, NULL, NULL);
	if (!c->opt->no_pictures && !command_pictures(c, to, &pictures))
		return EXIT_IO;
	progress_stage(c->progress, MESSAGE_PROGRESS_WRITING, NULL, NULL);
	if (!emit_make(&a, pictures.items, pictures.count, &files, &error) ||
	    !emit_write(c->io, c->model_arena, &files, c->opt->output, &error)) {
		command_emit_error(c, to, &error);
		return EXIT_IO;
	}
	if (c->opt->format == FORMAT_TEXT)
		write_fmt(to->out, is_chinese(c) ? "写出 %zu 个产物到 %s\n" : "%zu artifacts written to %s\n", files.count, c->opt->output);
	return status;
}
