/* Printing the tree: files, blocks, pipe tables. */
#include "ast/dump.h"

static const char *const columns[] = {
	[AST_COLUMN_NAME] = "fact", [AST_COLUMN_EXPECTED] = "expected", [AST_COLUMN_THEN] = "then",
	[AST_COLUMN_CITES] = "cites", [AST_COLUMN_FROM] = "from", [AST_COLUMN_TO] = "to", [AST_COLUMN_ID] = "id",
	[AST_COLUMN_ITEM] = "item", [AST_COLUMN_STANDARD] = "standard", [AST_COLUMN_TEXT] = "text",
	[AST_COLUMN_PARENT] = "parent", [AST_COLUMN_LABEL] = "label", [AST_COLUMN_ENGLISH] = "english",
	[AST_COLUMN_CLAUSE] = "clause", [AST_COLUMN_CASE] = "case", [AST_COLUMN_RESOLVES] = "resolves",
	[AST_COLUMN_BECAUSE] = "because", [AST_COLUMN_DISCRETION] = "discretion",
};

/* Whether the cell's text says all: a parsed cell prints what it means. */
static bool is_text(enum ast_column_kind kind)
{
	switch (kind) {
	case AST_COLUMN_NAME:
	case AST_COLUMN_EXPECTED:
	case AST_COLUMN_THEN:
	case AST_COLUMN_CITES:
	case AST_COLUMN_CLAUSE:
	case AST_COLUMN_RESOLVES:
	case AST_COLUMN_FROM:
	case AST_COLUMN_TO:
		return false;
	default:
		return true;
	}
}

static void dump_meaning(struct ast_printer *p, enum ast_column_kind kind, const struct ast_cell *cell)
{
	switch (kind) {
	case AST_COLUMN_CITES:
	case AST_COLUMN_CLAUSE:
		dump_clauses(p, "clause", &cell->clauses);
		break;
	case AST_COLUMN_RESOLVES:
		dump_words(p, "resolves", &cell->words);
		break;
	case AST_COLUMN_FROM:
	case AST_COLUMN_TO:
		dump_date(p, "date", &cell->date);
		break;
	default:
		dump_cond(p, "cond", cell->cond);
		if (cell->expects_conflict || cell->expects_gap)
			dump_line(p, "%s", cell->expects_conflict ? "conflict" : "gap");
		if (cell->conflict)
			dump_words(p, "rule", cell->conflict);
		if (cell->value)
			dump_value(p, cell->value);
		break;
	}
}

static void dump_cell(struct ast_printer *p, enum ast_column_kind kind, const struct ast_cell *cell)
{
	if (!cell->text[0] && !cell->merged)
		return;
	dump_line(p, "cell %s%s", columns[kind], cell->merged ? " merged" : "");
	p->depth++;
	if (is_text(kind))
		dump_word(p, "text", &(struct ast_word){ .text = cell->text, .quoted = true });
	else
		dump_meaning(p, kind, cell);
	p->depth--;
}

void dump_table(struct ast_printer *p, const struct ast_pipe_table *table)
{
	dump_line(p, "rows%s", table->from_csv ? " from_csv" : "");
	p->depth++;
	for (size_t i = 0; i < table->column_count; i++) {
		enum ast_column_kind kind = table->columns[i].kind;
		bool named = kind == AST_COLUMN_NAME || kind == AST_COLUMN_EXPECTED || kind == AST_COLUMN_TEXT;
		dump_line(p, "column %s%s%s", columns[kind], named ? " " : "",
			  named ? table->columns[i].name.text : "");
	}
	for (size_t i = 0; i < table->rows.count; i++) {
		dump_line(p, "row");
		p->depth++;
		for (size_t c = 0; c < table->column_count; c++)
			dump_cell(p, table->columns[c].kind, &table->rows.items[i].cells[c]);
		p->depth--;
	}
	p->depth--;
}

static void dump_block(struct ast_printer *p, const struct ast_block *block)
{
	switch (block->kind) {
	case AST_BLOCK_HEADING:
		dump_line(p, "heading %d", block->level);
		p->depth++;
		dump_word(p, "text", &(struct ast_word){ .text = block->text, .quoted = true });
		p->depth--;
		break;
	case AST_BLOCK_LINE:
		dump_word(p, "line", &(struct ast_word){ .text = block->text, .quoted = true });
		break;
	case AST_BLOCK_FENCE:
		dump_line(p, "fence");
		p->depth++;
		for (size_t i = 0; i < block->decls.count; i++)
			dump_decl(p, block->decls.items[i]);
		p->depth--;
		break;
	case AST_BLOCK_OTHER:
		dump_line(p, "other");
		break;
	case AST_BLOCK_TABLE:
		dump_line(p, "table %zu", block->table ? block->table->rows.count : 0);
		break;
	}
}

void ast_dump(struct writer *w, const struct ast_book *book)
{
	struct ast_printer p = { w, 0 };
	for (size_t i = 0; i < book->file_count; i++) {
		dump_line(&p, "file");
		p.depth++;
		for (size_t j = 0; j < book->files[i].blocks.count; j++)
			dump_block(&p, &book->files[i].blocks.items[j]);
		p.depth--;
	}
}
