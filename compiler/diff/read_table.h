/* A binary table as a model, so that it can be compared: rules as the boxes that the table holds, priorities by its
 * classes, words from its labels. What a table does not hold (groups, definitions, properties, places) is not there.
 * needs: an open table, alive as long as the model     gives: NULL where it has more than a model may */
#ifndef GUIJU_DIFF_READ_TABLE_H
#define GUIJU_DIFF_READ_TABLE_H
#include "guiju.h"
#include "model/model.h"

struct model *model_of_table(struct arena *arena, const struct guiju_table *table);

#endif
