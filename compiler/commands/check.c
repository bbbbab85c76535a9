/* guiju check: every finding, and what was decided of each decision. Writes no file. */
#include "commands/command.h"

#include "grammar/parse.h"

#include <string.h>

static const char *decided_word(enum decided d, bool zh)
{
	static const char *const words[][2] = { { "none", "无" }, { "FOUND", "有" }, { "NOT DECIDED", "未判明" } };
	return words[d][zh];
}

/* The last lines of a text run: one per decision, then the counts. */
static void write_summary(struct writer *w, const struct compiler *c)
{
	bool zh = is_chinese(c);
	for (size_t i = 0; i < c->verdicts.count; i++) {
		const struct verdict *v = &c->verdicts.items[i];
		const struct decision *d = &c->model->decisions[i];
		write_fmt(w, zh ? "判定 %s「%s」：冲突%s，空白%s，不起作用的规则%s，多余的规则%s\n"
				: "decision %s \"%s\": conflicts %s, gaps %s, unreachable rules %s, redundant rules %s\n",
			  d->name.id, zh ? d->name.label : d->name.english, decided_word(v->conflict, zh), decided_word(v->gap, zh),
			  decided_word(v->unreachable, zh), decided_word(v->redundant, zh));
	}
}

static enum exit_status dump_stage(struct compiler *c, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	if (!command_load(c, to, &status))
		return status;
	if (strcmp(c->opt->dump, "tokens") == 0) {
		for (size_t i = 0; i < c->file_count; i++)
			dump_tokens(to->out, &c->sources.items[c->files[i]]);
		return EXIT_CLEAN;
	}
	bool parsed = compile_parse(c);
	if (strcmp(c->opt->dump, "ast") == 0)
		ast_dump(to->out, c->book);
	else if (parsed && compile_resolve(c) && strcmp(c->opt->dump, "model") == 0)
		model_dump(to->out, c->model);
	else if (c->model && !diag_failed(&c->diag) && compile_lower(c))
		table_dump(to->out, c->table);
	return diag_failed(&c->diag) ? command_findings(c, to) : EXIT_CLEAN;
}

enum exit_status command_check(struct compiler *c, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	if (c->opt->dump)
		return dump_stage(c, to);
	c->undigested = c->opt->format == FORMAT_TEXT;   /* which does not show it */
	if (!command_model(c, to, &status))
		return status;
	compile_check(c);
	status = command_findings(c, to);
	if (c->opt->format == FORMAT_TEXT)
		write_summary(to->err, c);
	return status;
}
