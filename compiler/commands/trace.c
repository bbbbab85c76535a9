/* guiju trace: the account of every clause. */
#include "commands/command.h"

#include "model/trace.h"

enum exit_status command_trace(struct compiler *c, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	if (!command_model(c, to, &status))
		return status;
	bool json = c->opt->format == FORMAT_JSON;
	if (json) {
		write_envelope(to->out, c);
		write_str(to->out, ", ");
	}
	trace_write(to->out, c->model, json, is_chinese(c));
	if (json)
		write_str(to->out, "}\n");
	for (size_t i = 0; i < c->model->clause_count; i++)
		if (c->model->clauses[i].unit && c->model->clauses[i].fate == FATE_UNACCOUNTED)
			return EXIT_WRONG;
	return EXIT_CLEAN;
}
