/* What the two files of `--dump model` share. Not for other folders. */
#ifndef GUIJU_MODEL_DUMP_H
#define GUIJU_MODEL_DUMP_H
#include "model/model.h"
#include "support/writer.h"

void dump_name(struct writer *w, const struct name *name);
void dump_attributes_of(struct writer *w, const struct attributes *attributes);
void dump_cond_of(struct writer *w, const struct model *m, const struct cond *cond);
/* Needs a model without errors: every index is one. */
void dump_procedures(struct writer *w, const struct model *m);

#endif
