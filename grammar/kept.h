/* What the files of reading again share. Not for others: they read again.h. */
#ifndef GUIJU_GRAMMAR_KEPT_H
#define GUIJU_GRAMMAR_KEPT_H
#include "grammar/again.h"
#include "grammar/reader.h"

struct change {                      /* whole lines: old bytes start … old_end became start … new_end */
	size_t start, old_end, new_end;
};

static inline uint32_t change_moved(const struct change *change, uint32_t at)
{
	return at >= change->old_end ? (uint32_t)(at - change->old_end + change->new_end) : at;
}

/* Rows of a table in which the lines of the change are: those read anew, in a table of their own (again_rows.c). */
struct row_change {
	struct ast_pipe_table *table;
	size_t first, gone;          /* rows that go */
	struct ast_pipe_table *rows; /* those that come instead */
};

/* Reads the rows that changed; false: it is not a change of rows alone. Reports to the reader's diag. */
bool rows_read(struct reader *r, const struct ast_decl *owner, struct ast_pipe_table *table, struct block_text inside,
	       const struct change *change, struct row_change *out);
/* Puts them into the table and moves what stands behind them. */
void rows_replace(struct reader *r, const struct ast_decl *owner, const struct row_change *rows, const struct change *change);
/* Moves a table that stands behind the change. */
void table_move(struct ast_pipe_table *table, const struct change *change);

#endif
