/* note [made rows]
 * A tree that follows its texts (grammar/again.h) keeps the cells of a row that does not change. What was made of it the
 * last time is made again, while nothing changed but rules: only its places and its number are others, and where its
 * conditions stand nobody asks of the model. That is so of rows whose cells rest on facts and outcomes alone; what cites clauses or holds for a period is looked up every time. */
#include "model/resolve.h"
#include "support/memo.h"

#include <string.h>

struct made_row {
	struct rule rule;
	uint32_t claim;              /* of its id */
	size_t id;                   /* the column that has it */
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

void made_rows_put(struct resolver *r, const struct ast_pipe_table *table, const struct ast_row *row, const struct rule *rule,
		   uint32_t claim)
{
	size_t id = 0;
	while (id < table->column_count && table->columns[id].kind != AST_COLUMN_ID)
		id++;
	if (id == table->column_count || rule->outcome == NONE || memo_get(r->book->made->rows, row->cells))
		return;
	struct made_row *kept = arena_new_of(r->book->made->arena, struct made_row);
	*kept = (struct made_row){ *rule, claim, id };
	memo_put(r->book->made->rows, row->cells, kept);
}

bool made_rows_get(const struct resolver *r, const struct ast_row *row, struct rule *rule, uint32_t *claim)
{
	const struct made_row *kept = memo_get(r->book->made->rows, row->cells);
	if (!kept)
		return false;
	*rule = kept->rule;
	rule->span = row->span;
	rule->name_span = row->cells[kept->id].span;
	*claim = kept->claim;
	return true;
}
