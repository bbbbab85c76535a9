/* note [made rows]
 * A tree that follows its texts (grammar/again.h) keeps the cells of a row that does not change. What was made of it the
 * last time is made again, while nothing changed but rules: only its places and its number are others. That is so of rows
 * whose cells rest on facts and outcomes alone; what cites clauses or holds for a period is looked up every time. */
#include "model/resolve.h"
#include "support/memo.h"

#include <string.h>

struct made_row {
	struct rule rule;
	uint32_t claim;              /* of its id */
};

struct made_rows {
	struct arena *arena;
	struct memo *rows;           /* cells → struct made_row */
	struct rule_ids *ids;
};

struct made_rows *made_rows_new(struct arena *arena)
{
	struct made_rows *made = arena_new_of(arena, struct made_rows);
	made->arena = arena;
	made->rows = memo_new_in(arena);
	made->ids = rule_ids_new(arena);
	return made;
}

static bool is_simple(enum ast_column_kind kind)
{
	return kind == AST_COLUMN_NAME || kind == AST_COLUMN_THEN || kind == AST_COLUMN_ID || kind == AST_COLUMN_ITEM ||
	       kind == AST_COLUMN_TEXT || kind == AST_COLUMN_LABEL || kind == AST_COLUMN_ENGLISH || kind == AST_COLUMN_BECAUSE;
}

bool made_rows_suit(const struct resolver *r, const struct ast_decl *decl)
{
	bool simple = r->book->made && !decl->when && !decl->attributes.from.given && !decl->attributes.to.given;
	for (size_t c = 0; simple && c < decl->table->column_count; c++) {
		const struct ast_column *column = &decl->table->columns[c];
		simple = is_simple(column->kind) &&
			 (column->kind != AST_COLUMN_NAME || scope_find(&r->definitions, column->name.text) == NONE);
	}
	return simple;
}

struct arena *made_rows_arena(const struct resolver *r)
{
	return r->book->made->arena;
}

struct rule_ids *made_rows_ids(const struct resolver *r)
{
	return r->book->made->ids;
}

static bool same_span(struct span a, struct span b)
{
	return a.file == b.file && a.start == b.start && a.end == b.end;
}

/* A test stands where its cell's does; it has no parts. */
static bool follows_cell(const struct cond *cond, const struct ast_cell *cell)
{
	return cond->part_count == 0 && same_span(cond->span, cell->cond->span);
}

static size_t part_count(const struct rule *rule)
{
	return rule->when->kind == COND_AND ? rule->when->part_count : rule->when->kind == COND_TRUE ? 0 : 1;
}

static struct cond *part_at(const struct rule *rule, size_t part)
{
	return rule->when->kind == COND_AND ? rule->when->parts[part] : rule->when;
}

static bool has_test(const struct ast_pipe_table *table, const struct ast_row *row, size_t column)
{
	return table->columns[column].kind == AST_COLUMN_NAME && row->cells[column].cond;
}

void made_rows_put(struct resolver *r, const struct ast_pipe_table *table, const struct ast_row *row, const struct rule *rule,
		   uint32_t claim)
{
	size_t part = 0;
	for (size_t c = 0; c < table->column_count; c++)
		if (has_test(table, row, c) &&
		    (part == part_count(rule) || !follows_cell(part_at(rule, part++), &row->cells[c])))
			return;
	if (part != part_count(rule) || !rule->name.id || rule->outcome == NONE)
		return;
	struct made_row *kept = arena_new_of(r->book->made->arena, struct made_row);
	*kept = (struct made_row){ *rule, claim };
	if (!memo_get(r->book->made->rows, row->cells))
		memo_put(r->book->made->rows, row->cells, kept);
}

static void place(struct rule *rule, const struct ast_pipe_table *table, const struct ast_row *row)
{
	size_t part = 0;
	for (size_t c = 0; c < table->column_count; c++) {
		if (has_test(table, row, c))
			part_at(rule, part++)->span = row->cells[c].cond->span;
		if (table->columns[c].kind == AST_COLUMN_ID)
			rule->name_span = row->cells[c].span;
	}
	rule->span = row->span;
	if (part != 1)
		rule->when->span = row->span;
}

bool made_rows_get(const struct resolver *r, const struct ast_pipe_table *table, const struct ast_row *row, struct rule *rule,
		   uint32_t *claim)
{
	const struct made_row *kept = memo_get(r->book->made->rows, row->cells);
	if (!kept)
		return false;
	*rule = kept->rule;
	*claim = kept->claim;
	place(rule, table, row);
	return true;
}
