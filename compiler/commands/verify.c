/* guiju verify: artifacts read back by a second path; with --rulebook also compared with what the rulebook makes. */
#include "commands/command.h"

#include "emit/emit.h"
#include "verify/verify.h"

/* Pictures are compared by their drawing lists, so nothing is drawn here; a folder built without pictures has none. */
static bool make_artifacts(struct compiler *c, const struct artifacts *a, emitted_files *files, struct emit_error *error)
{
	emitted_files pictures = { 0 };
	if (io_is_folder(c->io, arena_printf(c->model_arena, "%s/graphs", c->opt->inputs[0])))
		command_picture_lists(c, &pictures);
	return emit_make(a, pictures.items, pictures.count, files, error);
}

/* Compiles the rulebook of --rulebook in c and compares its artifacts with the folder. */
static bool compare_with_rulebook(struct compiler *c, const struct streams *to, struct verification *v,
				  enum exit_status *status)
{
	struct emit_error error = { 0 };
	emitted_files files = { 0 };
	if (!compiler_load(c, c->opt->rulebook)) {
		write_io_error(to->err, &c->io_error, c->opt->language);
		*status = EXIT_IO;
		return false;
	}
	if (!compile_parse(c) || !compile_resolve(c) || !compile_check(c) || !compile_lower(c)) {
		*status = command_findings(c, to);
		return false;
	}
	const struct artifacts a = { c->model_arena, c->model, c->table, &c->diag };
	if (!make_artifacts(c, &a, &files, &error)) {
		command_emit_error(c, to, &error);
		*status = EXIT_IO;
		return false;
	}
	verify_made(c->io, c->model_arena, c->opt->inputs[0], &files, v);
	return true;
}

static void write_refusals_text(const struct compiler *c, struct writer *w, const struct verification *v)
{
	for (size_t i = 0; i < v->refusals.count; i++)
		write_fmt(w, "%s\n", render_message(c->model_arena, v->refusals.items[i].message, v->refusals.items[i].args,
						    c->opt->language));
}

static void write_refusals_json(const struct compiler *c, struct writer *w, const struct verification *v)
{
	write_fmt(w, "{\"guiju\": \"0.1\", \"verdict\": \"%s\", \"files\": %zu, \"cases\": %zu, \"decisions\": %zu, \"proved\": %zu, \"refusals\": [",
		  v->refusals.count ? "refused" : v->limit ? "not_decided" : "accepted", v->files, v->cases,
		  v->decisions, v->proved);
	for (size_t i = 0; i < v->refusals.count; i++) {
		write_str(w, i ? ", {\"file\": " : "{\"file\": ");
		write_json_string(w, v->refusals.items[i].args[0].zh ? v->refusals.items[i].args[0].zh : "");
		write_str(w, ", \"message\": ");
		write_json_string(w, render_message(c->model_arena, v->refusals.items[i].message, v->refusals.items[i].args,
						    c->opt->language));
		write_char(w, '}');
	}
	write_str(w, "]}\n");
}

static void write_accepted(struct compiler *c, const struct streams *to, const struct verification *v)
{
	const struct phrase folder[DIAG_ARGS] = { { .zh = c->opt->inputs[0] } };
	if (v->limit)
		write_fmt(to->err, "%s\n", render_message(c->model_arena, MESSAGE_VERIFY_LIMIT, folder, c->opt->language));
	else
		write_fmt(to->out,
			  is_chinese(c) ? "%s：%zu 个文件一致，XML 与判定表对 %zu 个情形的判定相同，规则逐条相同；%zu 个判定中 %zu 个已证明\n"
					  : "%s: %zu files agree; XML and table decide %zu cases alike and hold the same rules; of %zu decisions %zu are proved\n",
			  c->opt->inputs[0], v->files, v->cases, v->decisions, v->proved);
}

enum exit_status command_verify(struct compiler *c, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	struct verification v = { 0 };
	verify_folder(c->io, c->model_arena, c->opt->inputs[0], &v);
	if (v.io.error == 0 && v.refusals.count == v.derived)
		verify_proved(c->io, c->model_arena, c->opt->inputs[0], command_programs(c), &v);
	if (v.io.error == 0 && v.refusals.count == 0 && c->opt->rulebook && !compare_with_rulebook(c, to, &v, &status))
		return status;
	if (v.io.error != 0) {
		write_io_error(to->err, &v.io, c->opt->language);
		return EXIT_IO;
	}
	if (c->opt->format == FORMAT_JSON)
		write_refusals_json(c, to->out, &v);
	else
		write_refusals_text(c, to->err, &v);
	if (v.refusals.count == 0 && c->opt->format == FORMAT_TEXT)
		write_accepted(c, to, &v);
	if (v.refusals.count > 0)
		return EXIT_WRONG;
	return v.limit || v.proved < v.decisions ? EXIT_NOT_DECIDED : EXIT_CLEAN;
}
