/* guiju test: the cases written in the rulebook, and what they cover. */
#include "commands/command.h"

#include "decide/cases.h"

#include "guiju.h"

#include <assert.h>

static void write_case_json(struct writer *w, const struct case_result *r)
{
	write_str(w, "{\"name\": ");
	write_json_string(w, r->name);
	if (r->attributes->cites.count) {
		write_str(w, ", \"clause\": ");
		write_json_string(w, r->attributes->cites.clauses[0]);
	}
	write_fmt(w, ", \"passed\": %s, \"expected\": ", r->passed ? "true" : "false");
	write_json_string(w, r->wanted);
	write_str(w, ", \"answer\": ");
	write_json_string(w, r->answer);
	write_char(w, '}');
}

static void write_results_json(const struct compiler *c, struct writer *w, const struct case_results *results)
{
	const struct coverage *v = &results->coverage;
	write_envelope(w, c);
	write_str(w, ", \"cases\": [");
	for (size_t i = 0; i < results->count; i++) {
		write_str(w, i ? ", " : "");
		write_case_json(w, &results->items[i]);
	}
	write_fmt(w, "], \"coverage\": {\"rules\": [%zu, %zu], \"rows\": [%zu, %zu], \"bounds\": [%zu, %zu], \"clauses\": [%zu, %zu]",
		  v->rules.hit, v->rules.all, v->rows.hit, v->rows.all, v->bounds.hit, v->bounds.all, v->clauses.hit,
		  v->clauses.all);
	if (v->steps.all > 0)
		write_fmt(w, ", \"steps\": [%zu, %zu]", v->steps.hit, v->steps.all);
	write_str(w, "}}\n");
}

static void write_covered(struct writer *w, const char *name, struct covered covered)
{
	write_fmt(w, "  %s %zu/%zu", name, covered.hit, covered.all);
}

static void write_failure(const struct compiler *c, struct writer *w, const struct case_result *r)
{
	struct position at = source_position(&c->sources.items[r->span.file], r->span.start);
	write_fmt(w, is_chinese(c) ? "%s:%u:%u: 案例「%s」未通过：%s 应为 %s，得 %s\n" : "%s:%u:%u: case \"%s\" fails: %s should be %s, is %s\n",
		  c->sources.items[r->span.file].path, at.line, at.column, r->name,
		  r->subject, r->wanted, r->answer);
}

static void write_results_text(const struct compiler *c, struct writer *w, const struct case_results *results)
{
	bool zh = is_chinese(c);
	const struct coverage *v = &results->coverage;
	for (size_t i = 0; i < results->count; i++)
		if (!results->items[i].passed)
			write_failure(c, w, &results->items[i]);
	for (size_t i = 0; v->missed[i]; i++)
		write_fmt(w, "%s%s%s", i ? (zh ? "、" : ", ") : (zh ? "没有案例触及的规则：" : "rules that no case reaches: "), v->missed[i],
			  v->missed[i + 1] ? "" : "\n");
	write_fmt(w, zh ? "案例 %zu 个，预期 %zu 项：通过 %zu，未通过 %zu\n" : "%zu cases, %zu expectations: %zu passed, %zu failed\n",
		  c->model->case_count + c->model->procedure_case_count, results->count, results->count - results->failed, results->failed);
	write_str(w, zh ? "覆盖：" : "covered:");
	write_covered(w, zh ? "规则" : "rules", v->rules);
	write_covered(w, zh ? "表行" : "rows", v->rows);
	write_covered(w, zh ? "界限" : "bounds", v->bounds);
	write_covered(w, zh ? "条款" : "clauses", v->clauses);
	if (v->steps.all > 0)
		write_covered(w, zh ? "步骤" : "steps", v->steps);
	write_char(w, '\n');
}

enum exit_status command_test(struct compiler *c, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	const struct guiju_table *table;
	if (!command_model(c, to, &status))
		return status;
	if (!compile_lower(c))
		return command_findings(c, to);
	enum guiju_status opened = guiju_table_open(c->table->bytes, c->table->size, &table);
	assert(opened == GUIJU_OK);
	(void)opened;
	const struct case_results *results = cases_run(c->model_arena, c->model, table);
	if (c->opt->format == FORMAT_JSON)
		write_results_json(c, to->out, results);
	else
		write_results_text(c, to->out, results);
	return results->failed ? EXIT_WRONG : EXIT_CLEAN;
}
