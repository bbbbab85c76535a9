/* Conditions as ECMAScript, for documents that other engines run: SCXML and BPMN.
 *
 * note [what an engine is told] Guards read facts and decisions, windows depend on calendars. The engine that runs such a
 * document has neither, so every event brings the answers as its data: `_event.data.facts` and `.decisions` by id (as
 * `guiju decide` takes and gives them), `.windows` and `.circumstances` by the id of the step (true or false), and `.on`,
 * the day. Every fact that a guard reads must be given; where one is not known, `guiju step` says what to ask. */
#ifndef GUIJU_EMIT_SCRIPT_H
#define GUIJU_EMIT_SCRIPT_H
#include "model/procedure.h"
#include "support/writer.h"

/* Everything that must hold for the step to be taken, its state aside: guard, circumstance, window. NULL: always. A long
 * one is called by name, as script_functions declares it. */
const char *script_step(struct arena *arena, const struct model *model, const struct step *step);
/* One function for each definition that the guards of the procedure use, themselves or through others, and for each step
 * whose condition is long. NULL: none. */
const char *script_functions(struct arena *arena, const struct model *model, const struct procedure *p);

#endif
