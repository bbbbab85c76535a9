/* What the files of the search for mergeable rows share. Not for others. */
#ifndef GUIJU_ANALYSIS_MERGING_H
#define GUIJU_ANALYSIS_MERGING_H
#include "analysis/cells.h"
#include "ast/ast.h"
#include "support/memo.h"

struct row {
	uint32_t rule;               /* place in decision->rules */
	const struct ast_row *written;
	const struct cell **cells;   /* per column; of those that hold no condition ANY */
	const uint64_t *keys;        /* per column: a hash of everything but it */
	uint64_t key;                /* of the column at hand */
	int64_t low;                 /* of numbers: where its stretch begins */
	bool taken;                  /* belongs to a group, or needs no merging: it is said to go */
};

struct merge_group {                       /* rows that can be one */
	uint32_t *rules;             /* places in decision->rules, ascending */
	size_t count, column;
	struct phrase cell;          /* the one cell in their place */
	struct phrase ids;           /* of the rules, in words; where the table gives its rows ids */
};

struct merger {
	struct checks *c;
	const struct rule_table *table;
	const struct ast_pipe_table *written;
	uint32_t first;              /* place of its first row in decision->rules */
	size_t *tests, test_count;   /* columns that hold conditions */
	size_t column;
	struct row *rows;            /* those to be looked at, in their order */
	size_t row_count;
	struct row **in_column;      /* room for all of them: those that may merge in the column at hand */
	uint8_t *seen;               /* the same: how often a key was seen, by its last bits */
	size_t seen_size;            /* a power of two */
	struct memo *made;           /* of conditions: cells */
	struct cell any;
	VEC(struct merge_group) groups;    /* of the whole table */
};

/* The keys of a row, whose cells are read. */
const uint64_t *hash_row(struct merger *m, struct arena *arena, struct row *row);
/* note [merged before] (merge_again.c): which rows are to be looked at again. Sets the groups of the others. */
void merge_select(struct merger *m);
/* Keeps what was found, for the next check. */
void merge_keep(struct merger *m);

#endif
