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

/* parse.c: files and their parts; needs: a reader that was aimed at the file. */
void reader_start(struct reader *r, struct arena *arena, struct diag *diag, const struct csv_loader *csv);
void reader_aim(struct reader *r, struct arena *arena, uint32_t file, const char *text, size_t size); /* the copy lives in arena */
void reader_file(struct reader *r, uint32_t source, struct block_list *list);
void reader_fence(struct reader *r, struct ast_block *block, size_t index, struct block_text inside);
/* Gives the table of block `next` to the declaration of the fence read last that asks for one. */
void reader_table_below(struct reader *r, const struct block_list *list, size_t next);
/* A table of the legal text: nothing is wrong with it. */
void reader_plain_table(struct reader *r, struct ast_block *block, struct block_text inside);

/* pipe_table.c: the rows of a table, cells still unparsed. */
struct ast_pipe_table *read_pipe_table(struct reader *r, struct block_text inside, bool taken);
/* Lines that are rows of a table: as a table of their own with its columns. */
struct ast_pipe_table *read_more_rows(struct reader *r, const struct ast_pipe_table *table, struct block_text inside);
/* csv.c: the same from the text of a CSV file. */
struct ast_pipe_table *read_csv_table(struct reader *r);

/* cells.c: headings and cells as the declaration that owns the table understands them. */
void parse_cells(struct reader *r, struct ast_decl *owner, struct ast_pipe_table *table);
void parse_rows(struct reader *r, const struct ast_decl *owner, struct ast_pipe_table *table);
/* A cell that shared what another had: what it holds as the first of its text. */
void parse_alone(struct reader *r, const struct ast_decl *owner, const struct ast_pipe_table *table, struct ast_cell *cell,
		 size_t column);

enum { TEXTS_REMEMBERED = 16384 };       /* of a column */

struct first_text {
	const char *text;
	uint32_t row;
};
struct column_texts {                    /* the different texts of a column */
	struct map *index;               /* text → index into `first` */
	VEC(struct first_text) first;
	bool of_ids;
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
