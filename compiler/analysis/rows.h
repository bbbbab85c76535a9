/* Regions as rows of a pipe table. Not for others. */
#ifndef GUIJU_ANALYSIS_ROWS_H
#define GUIJU_ANALYSIS_ROWS_H
#include "analysis/cells.h"

enum { CELL_BOXES = 20000 };         /* that one question about cells may search */

enum column_use { COLUMN_EMPTY, COLUMN_FACT, COLUMN_DECISION, COLUMN_DEFINITION, COLUMN_FROM, COLUMN_TO };

struct column {
	enum column_use use;
	uint32_t index;              /* of the fact, decision or definition */
	const char *heading;
};

struct layout {
	struct checks *c;
	const struct region_list *list;
	const struct rule_table *table;        /* whose columns they are; NULL: a table of its own */
	struct column *columns;
	size_t count;
};

/* The cases of a row are those whose values and outcomes are in all of its cells. */
struct row {
	struct ranges *values;       /* per dimension of the list; whole where no cell says it */
	struct ranges *outcomes;     /* per column: of a decision its outcomes, of a definition 0 and 1 */
};
typedef VEC(struct row) row_list;

bool is_whole(const struct model *model, uint32_t dim, const struct ranges *values);
struct cond *box_cond(const struct layout *l, const struct ranges *values);
uint32_t choices_of(const struct model *model, const struct column *column);
struct cond *choice_is(struct checks *c, const struct column *column, uint32_t choice);
bool has_choices(const struct column *column);          /* its cells are outcomes */
/* The region and the outcomes that its cases have. */
struct row row_of_region(const struct layout *l, const struct ranges *values);

/* The gap's cases as rows of the table (gap_rows.c): no two share a case, and none holds where there is no gap.
 * gives: why some are in none (enum rows_left). needs: l->table, the list is kept */
unsigned gap_rows(const struct layout *l, const struct question *gap, row_list *rows);

#endif
