/* A table being read as a model. Not for other folders: they read read_table.h. */
#ifndef GUIJU_DIFF_TABLE_READER_H
#define GUIJU_DIFF_TABLE_READER_H
#include "model/model.h"

struct table_reader {
	struct arena *arena;
	const unsigned char *table;
	struct model *model;
};

const char *string_of(const struct table_reader *r, const unsigned char *record, unsigned index);
struct name name_at(const struct table_reader *r, const unsigned char *record);
uint32_t *list_at(const struct table_reader *r, const unsigned char *record, unsigned first, size_t *count);
struct cites cites_at(const struct table_reader *r, const unsigned char *record, unsigned first);

/* Roles, calendars and procedures; the guards, which stand behind the decisions, become conditions of their steps and are
 * no decisions any more (read_procedures.c). After decisions and constraints. false: made by hand, and no compiler's. */
bool read_procedures(struct table_reader *r);

#endif
