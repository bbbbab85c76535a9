/* The account of every clause, for `guiju trace`. */
#ifndef GUIJU_MODEL_TRACE_H
#define GUIJU_MODEL_TRACE_H
#include "model/model.h"
#include "support/writer.h"

/* As a table for people, or as the members "clauses" and "totals" of a JSON object (without its braces). */
void trace_write(struct writer *w, const struct model *model, bool json, bool chinese);

#endif
