/* The checks of procedures: what can happen in which order, and in what time.
 *
 * note [two abstractions] The graph (graph.h) forgets dates: what it says cannot happen cannot happen under any calendar.
 * What it says can happen is shown by a dated trace (trace.h), which the runtime replays step by step; where no dated
 * trace is found, the question is `not-decided`, never an answer.
 *
 * needs: a model without errors of names, types and cycles     keeps: the model unchanged
 * gives: findings in the sink */
#ifndef GUIJU_PROCEDURE_CHECK_H
#define GUIJU_PROCEDURE_CHECK_H
#include "analysis/analysis.h"

/* table: the rulebook's own table, with which traces are dated. */
void check_procedures(struct arena *arena, struct diag *diag, const struct model *model, const struct budget *budget,
		      const void *table, size_t table_size);

#endif
