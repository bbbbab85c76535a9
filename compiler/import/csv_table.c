/* The declaration that reads a CSV file as a table, and the table as text. */
#include "import/csv_table.h"

#include "support/writer.h"

#include <string.h>

const char *csv_table_declaration(struct arena *arena, const char *decision, const char *outcome)
{
	return arena_printf(
		arena,
		"```rulebook\ntable imported_csv_rows for %s hit any because 「import csv」%s%s taken_from %s\n```\n",
		decision, outcome ? " then " : "", outcome ? outcome : "", CSV_TABLE_NAME);
}

bool csv_table_has_then(const struct ast_pipe_table *table)
{
	for (size_t c = 0; table && c < table->column_count; c++)
		if (table->columns[c].kind == AST_COLUMN_THEN)
			return true;
	return false;
}

const struct ast_pipe_table *csv_table_of(const struct ast_book *book)
{
	const struct ast_file *file = &book->files[book->file_count - 1];
	for (size_t i = 0; i < file->blocks.count; i++) {
		const struct ast_block *block = &file->blocks.items[i];
		if (block->decls.count > 0 && block->decls.items[0]->table &&
		    block->decls.items[0]->table->column_count > 0)
			return block->decls.items[0]->table;
	}
	return NULL;
}

void csv_table_check(struct diag *diag, const struct ast_pipe_table *table)
{
	for (size_t c = 0; c < table->column_count; c++)
		if (strchr(table->columns[c].name.text, '\n'))
			diag_add(diag, FINDING_SYNTAX, table->columns[c].name.span, MESSAGE_IMPORT_CSV_LINE_BREAK);
	for (size_t i = 0; i < table->rows.count; i++)
		for (size_t c = 0; c < table->column_count; c++)
			if (strpbrk(table->rows.items[i].cells[c].text, "\r\n"))
				diag_add(diag, FINDING_SYNTAX, table->rows.items[i].cells[c].span,
					 MESSAGE_IMPORT_CSV_LINE_BREAK);
}

static void write_cell(struct writer *w, const char *text)
{
	write_str(w, " ");
	for (; *text; text++) {
		if (*text == '|')
			write_char(w, '\\');
		write_char(w, *text);
	}
	write_str(w, " |");
}

/* As it was written: 「text」 columns have lost their quotes in the tree. */
static void write_heading(struct writer *w, struct arena *arena, const struct ast_column *column)
{
	const char *text = column->name.text;
	if (column->kind == AST_COLUMN_TEXT)
		text = arena_printf(arena, "「%s」", text);
	else if (column->kind == AST_COLUMN_EXPECTED)
		text = arena_printf(arena, "expected %s", text);
	write_cell(w, text);
}

const char *csv_table_document(struct arena *arena, const struct ast_pipe_table *table, size_t *size)
{
	struct writer w;
	writer_init(&w, arena);
	write_str(&w,
		  "```rulebook\ntable imported_csv_rows for imported hit any because 「import csv」 below\n```\n\n|");
	for (size_t c = 0; c < table->column_count; c++)
		write_heading(&w, arena, &table->columns[c]);
	write_str(&w, "\n|");
	for (size_t c = 0; c < table->column_count; c++)
		write_str(&w, "---|");
	for (size_t i = 0; i < table->rows.count; i++) {
		write_str(&w, "\n|");
		for (size_t c = 0; c < table->column_count; c++) {
			const struct ast_cell *cell = &table->rows.items[i].cells[c];
			write_cell(&w, cell->merged ? "〃" : cell->text);
		}
	}
	write_char(&w, '\n');
	*size = w.size;
	return writer_text(&w);
}
