/* Which verb runs, and what the verbs share: loading, findings, the JSON envelope, the world's failures in words. */
#include "commands/command.h"

#include "diag/causes.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GUIJU_VERSION "0.1"

bool is_chinese(const struct compiler *c)
{
	return c->opt->language == LANGUAGE_ZH;
}

void write_usage_error(struct writer *w, const struct usage_error *error, enum language language)
{
	bool zh = language == LANGUAGE_ZH;
	write_str(w, zh ? "guiju: 用法错误：" : "guiju: wrong usage: ");
	if (*error->word)
		write_fmt(w, zh ? "`%s`：" : "`%s`: ", error->word);
	write_fmt(w, zh ? "%s\n用法见 guiju --help\n" : "%s\nsee guiju --help\n", zh ? error->zh : error->en);
}

void write_io_error(struct writer *w, const struct io_error *error, enum language language)
{
	bool zh = language == LANGUAGE_ZH;
	if (error->too_large)
		write_fmt(w, zh ? "guiju: %s：文件超过 %zu 字节的限度\n" : "guiju: %s: the file is over the limit of %zu bytes\n", error->path,
			  error->limit);
	else if (error->error == 0)
		write_fmt(w, zh ? "guiju: %s：文件夹中没有 .rulebook.md 文件\n" : "guiju: %s: the folder holds no .rulebook.md file\n", error->path);
	else
		write_fmt(w, zh ? "guiju: %s：%s 失败：%s\n" : "guiju: %s: %s failed: %s\n", error->path, error->doing,
			  strerror(error->error));
}

struct render_options command_render_options(const struct compiler *c)
{
	const char *no_colour = getenv("NO_COLOR");
	bool colour = strcmp(c->opt->colour, "always") == 0;
	if (strcmp(c->opt->colour, "auto") == 0)
		colour = isatty(2) && !(no_colour && *no_colour);
	return (struct render_options){ .language = c->opt->language, .colour = colour, .all_regions = c->opt->regions != NULL,
		.limit = FINDINGS_SHOWN, .notes = c->opt->show_notes, .rows = c->opt->explain_region };
}

void write_envelope(struct writer *w, const struct compiler *c)
{
	write_str(w, "{\"guiju\": \"" GUIJU_VERSION "\"");
	if (!c->model)
		return;
	write_str(w, ", \"rulebook\": ");
	write_json_string(w, c->model->name.id ? c->model->name.id : "");
	write_str(w, ", \"edition\": ");
	write_json_string(w, c->model->edition.id ? c->model->edition.id : "");
	write_str(w, ", \"digest\": ");
	write_json_string(w, c->model->digest);
}

static const char *decided_word(enum decided d)
{
	return d == DECIDED_NONE ? "none" : d == DECIDED_FOUND ? "found" : "not_decided";
}

static void write_decided(struct writer *w, const struct compiler *c)
{
	write_str(w, ", \"decided\": [");
	for (size_t i = 0; i < c->verdicts.count; i++) {
		const struct verdict *v = &c->verdicts.items[i];
		write_str(w, i ? ", {\"decision\": " : "{\"decision\": ");
		write_json_string(w, c->model->decisions[i].name.id);
		write_fmt(w, ", \"conflict\": \"%s\", \"gap\": \"%s\", \"unreachable\": \"%s\", \"redundant\": \"%s\"}",
			  decided_word(v->conflict), decided_word(v->gap), decided_word(v->unreachable), decided_word(v->redundant));
	}
	write_char(w, ']');
}

static void write_findings_json(struct compiler *c, struct writer *w)
{
	const struct diag *diag = &c->diag;
	write_envelope(w, c);
	write_fmt(w, ", \"verdict\": \"%s\"",
		  diag->incomplete ? "not_decided" : diag->errors + diag->warnings ? "findings" : "clean");
	write_decided(w, c);
	render_causes_json(w, &c->diag, c->opt->language);
	write_str(w, ", \"findings\": ");
	render_findings_json(w, &c->diag, c->opt->language);
	write_str(w, "}\n");
}

enum exit_status command_findings(struct compiler *c, const struct streams *to)
{
	const struct render_options opt = command_render_options(c);
	diag_sort(&c->diag);
	if (c->opt->format == FORMAT_JSON)
		write_findings_json(c, to->out);
	else if (c->opt->format == FORMAT_SARIF)
		render_findings_sarif(to->out, &c->diag, c->opt->language);
	else
		render_findings(to->err, &c->diag, &opt);
	if (c->diag.incomplete)
		return EXIT_NOT_DECIDED;
	return diag_failed(&c->diag) ? EXIT_WRONG : EXIT_CLEAN;
}

bool command_load(struct compiler *c, const struct streams *to, enum exit_status *status)
{
	if (compiler_load(c, c->opt->inputs[0]))
		return true;
	write_io_error(to->err, &c->io_error, c->opt->language);
	*status = EXIT_IO;
	return false;
}

bool command_model(struct compiler *c, const struct streams *to, enum exit_status *status)
{
	if (!command_load(c, to, status))
		return false;
	if (compile_parse(c) && compile_resolve(c))
		return true;
	*status = command_findings(c, to);
	return false;
}

enum exit_status command_run(struct compiler *c, const struct streams *to)
{
	progress_start(c);
	switch (c->opt->verb) {
	case VERB_CHECK: return command_check(c, to);
	case VERB_BUILD: return command_build(c, to);
	case VERB_GRAPH: return command_graph(c, to);
	case VERB_DECIDE: return command_decide(c, to);
	case VERB_STEP: return command_step(c, to);
	case VERB_TEST: return command_test(c, to);
	case VERB_TRACE: return command_trace(c, to);
	case VERB_EXPLAIN: return command_explain(c, to);
	case VERB_VERIFY: return command_verify(c, to);
	case VERB_DIFF: return command_diff(c, to);
	case VERB_FMT: return command_fmt(c, to);
	case VERB_IMPORT: return command_import(c, to);
	case VERB_VERSION:
		write_str(to->out, "guiju " GUIJU_VERSION "\n");
		return EXIT_CLEAN;
	case VERB_HELP:
	case VERB_NONE:
		break;
	}
	options_help(to->out, c->opt);
	return EXIT_CLEAN;
}
