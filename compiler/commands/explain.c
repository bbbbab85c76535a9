/* guiju explain: the long text of a finding. */
#include "commands/command.h"

#include "diag/explain.h"

static void write_slugs(struct writer *w, bool zh)
{
	static const struct {
		const char *slug, *zh, *en;
	} rows[] = {
#define FINDING(id, slug, severity, zh, en) { slug, zh, en },
#include "diag/findings.def"
#undef FINDING
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		write_fmt(w, "  %-16s %s\n", rows[i].slug, zh ? rows[i].zh : rows[i].en);
}

enum exit_status command_explain(struct compiler *c, const struct streams *to)
{
	bool zh = is_chinese(c);
	if (c->opt->input_count == 0) {
		write_slugs(to->out, zh);
		return EXIT_CLEAN;
	}
	const char *text = explain_section(c->source_arena, c->opt->inputs[0]);
	if (text) {
		write_str(to->out, text);
		return EXIT_CLEAN;
	}
	write_fmt(to->err, zh ? "guiju: 没有 `%s` 这种发现；有：\n" : "guiju: no finding is called `%s`; there are:\n", c->opt->inputs[0]);
	write_slugs(to->err, zh);
	return EXIT_USAGE;
}
