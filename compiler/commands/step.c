/* guiju step: one event of a procedure, or what runs without one, from a rulebook or from a binary table, with the same
 * bytes. */
#include "commands/asked.h"

enum exit_status command_step(struct compiler *c, const struct streams *to)
{
	struct guiju_move move = { .budget = c->opt->nodes };
	struct decide_job job = { .io = c->io,
				  .handler = &c->memory_ends,
				  .output = 1,
				  .language = c->opt->language,
				  .budget = c->opt->nodes,
				  .move = &move,
				  .has_on = true };
	struct asked a = { .c = c, .to = to };
	if (!command_date(c, to, c->opt->on, &job.on))
		return EXIT_USAGE;
	enum exit_status status = command_table(c, to, &a.table);
	if (status != EXIT_CLEAN)
		return status;
	move.day = job.on;
	if (!asked_name(&a, NAMED_PROCEDURE, c->opt->procedure, &a.procedure))
		return EXIT_USAGE;
	move.procedure = a.procedure;
	move.event = GUIJU_NO_EVENT;
	if (!asked_name(&a, NAMED_STATE, c->opt->state, &move.state) ||
	    (c->opt->event && !asked_name(&a, NAMED_EVENT, c->opt->event, &move.event)) || !asked_past(&a, &move))
		return EXIT_USAGE;
	job.table = a.table;
	return command_records(c, to, &job, true);
}
