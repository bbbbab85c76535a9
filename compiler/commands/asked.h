/* What `step` and the timeline are asked about, by the names of the command line. */
#ifndef GUIJU_COMMANDS_ASKED_H
#define GUIJU_COMMANDS_ASKED_H
#include "commands/command.h"

#include "decide/named.h"
#include "guiju.h"

struct asked {
	struct compiler *c;
	const struct streams *to;
	const struct guiju_table *table;
	uint32_t procedure;
};

/* By id or label; false: what there is has been written, the nearest first. */
bool asked_name(const struct asked *a, enum named kind, const char *text, uint32_t *index);
/* The events of --past in the order of their days; none may be after move->day. false: what is wrong has been written.
 */
bool asked_past(const struct asked *a, struct guiju_move *move);

#endif
