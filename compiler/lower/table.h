/* From the model to the table: the one thing that the C and binary emitters print and that `decide` runs.
 * needs: a resolved model, with or without findings of the checks   keeps: the model
 * gives: the bytes of a table as docs/TABLE_FORMAT.md says */
#ifndef GUIJU_LOWER_TABLE_H
#define GUIJU_LOWER_TABLE_H
#include "diag/diag.h"
#include "model/model.h"
#include "support/arena.h"
#include "support/writer.h"

struct table {
	const unsigned char *bytes;
	size_t size;
};

/* NULL, with a finding, when a named limit is passed. */
const struct table *lower(struct arena *arena, struct diag *diag, const struct model *model);
void table_dump(struct writer *w, const struct table *table); /* readable, for --dump table */

#endif
