/* Reading one file: its blocks, the declarations of its fences and its pipe tables. */
#ifndef GUIJU_GRAMMAR_READER_H
#define GUIJU_GRAMMAR_READER_H
#include "grammar/scan.h"
#include "support/intern.h"

struct reader {
	struct arena *arena;
	struct diag *diag;
	const struct csv_loader *csv;
	struct scan scan;
	struct ast_builder builder;
	/* the file being read */
	uint32_t file;
	const char *text;
	size_t size;
	char *copy;              /* the same bytes for the scanner, and two more */
};

/* blocks.c: splits the text; rulebook fences come without declarations, tables without cells. */
struct block_text {                      /* where the contents of a fence or table lie */
	uint32_t start, end;
};
struct block_list {
	VEC(struct ast_block) blocks;
	VEC(struct block_text) inside;   /* one per block */
};
void split_blocks(struct arena *arena, struct diag *diag, uint32_t file, const char *text, size_t size,
		  struct block_list *list);

/* pipe_table.c: the rows of a table, cells still unparsed. */
struct ast_pipe_table *read_pipe_table(struct reader *r, struct block_text inside, bool taken);
/* csv.c: the same from the text of a CSV file. */
struct ast_pipe_table *read_csv_table(struct reader *r);

/* cells.c: headings and cells as the declaration that owns the table understands them. */
void parse_cells(struct reader *r, struct ast_decl *owner, struct ast_pipe_table *table);

struct first_text {
	const char *text;
	uint32_t row;
};
struct column_texts {                    /* the different texts of a column */
	struct map *index;               /* text → index into `first` */
	VEC(struct first_text) first;
};

/* For both kinds of table. */
struct table_maker {
	struct reader *r;
	struct ast_pipe_table *table;
	VEC(struct ast_cell) row;
	VEC(struct column_texts) texts;
	size_t too_wide;         /* cells over LIMIT_COLUMNS */
};
void table_cell(struct table_maker *m, const char *text, size_t size, struct span at);
void table_row_end(struct table_maker *m, struct span at);

#endif
