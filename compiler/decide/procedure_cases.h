/* The cases of procedures, played through an open table's guiju_step.
 * needs: a model and an open table made of it, and room for one result per case
 * gives: the results in source order, and how many steps of all procedures the cases take */
#ifndef GUIJU_DECIDE_PROCEDURE_CASES_H
#define GUIJU_DECIDE_PROCEDURE_CASES_H
#include "decide/cases.h"

struct covered procedure_cases_run(struct arena *arena, const struct model *model, const struct guiju_table *table,
				   struct case_result *results);

#endif
