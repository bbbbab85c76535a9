/* What a table's cell holds, by its column's kind, and where. */
#include "ast/build.h"

void ast_cell_cond(struct ast_builder *b, struct ast_cond *cond)
{
	b->cell->cond = cond;
}

void ast_cell_value(struct ast_builder *b, const struct ast_value *value)
{
	struct ast_value *kept = arena_new_of(b->arena, struct ast_value);
	*kept = *value;
	b->cell->value = kept;
}

void ast_cell_set(struct ast_builder *b, const ast_words *words, struct span at)
{
	if (words->count == 1)
		ast_cell_value(b, ast_value_word(b, words->items[0]));
	else
		ast_cell_value(b, ast_value_set(b, words, at));
}

void ast_cell_conflict(struct ast_builder *b, const ast_words *rules)
{
	b->cell->expects_conflict = true;
	if (!rules)
		return;
	ast_words *kept = arena_new_of(b->arena, ast_words);
	*kept = *rules;
	b->cell->conflict = kept;
}

void ast_cell_gap(struct ast_builder *b)
{
	b->cell->expects_gap = true;
}

void ast_cell_clauses(struct ast_builder *b, const ast_words *clauses)
{
	for (size_t i = 0; i < clauses->count; i++) {
		struct ast_clause_id id = { clauses->items[i].text, clauses->items[i].span };
		vec_push(b->arena, &b->cell->clauses, id);
	}
}

void ast_cell_words(struct ast_builder *b, const ast_words *words)
{
	b->cell->words = *words;
}

void ast_cell_date(struct ast_builder *b, const struct ast_date *date)
{
	b->cell->date = *date;
}

static struct span span_moved(struct span at, struct span from, struct span to)
{
	if (at.file != from.file || at.start < from.start || at.end > from.end)
		return at;
	return (struct span){ to.file, at.start - from.start + to.start, at.end - from.start + to.start };
}

struct span ast_place_in_cell(const struct ast_pipe_table *table, uint32_t row, size_t column, struct span at)
{
	const struct ast_row *rows = table->rows.items;
	while (rows[row].cells[column].merged && row > 0)
		row--;
	return span_moved(at, rows[rows[row].cells[column].like].cells[column].span, rows[row].cells[column].span);
}
