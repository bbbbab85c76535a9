/* A spreadsheet's table as a pipe table. The rows are read by the parser itself, as those of a table `taken_from` a
 * file: so the cells are checked by the same rules and findings stand at their places in the CSV file. */
#ifndef GUIJU_IMPORT_CSV_TABLE_H
#define GUIJU_IMPORT_CSV_TABLE_H
#include "ast/ast.h"
#include "diag/diag.h"

#include <stddef.h>

#define CSV_TABLE_NAME "imported.csv" /* by which the declaration takes the rows */

/* A rulebook whose one declaration is a table for `decision` with the rows of CSV_TABLE_NAME; `outcome` for all rows,
 * or NULL. */
const char *csv_table_declaration(struct arena *arena, const char *decision, const char *outcome);
/* The table of that declaration in a book, or NULL: it has no heading. */
const struct ast_pipe_table *csv_table_of(const struct ast_book *book);
/* The heading has a column for the outcome; NULL has none. */
bool csv_table_has_then(const struct ast_pipe_table *table);
/* Reports what a pipe table cannot hold. */
void csv_table_check(struct diag *diag, const struct ast_pipe_table *table);
/* A rulebook with the table as a pipe table, before formatting. */
const char *csv_table_document(struct arena *arena, const struct ast_pipe_table *table, size_t *size);

#endif
