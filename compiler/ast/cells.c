/* Constructors of what a table's cell holds, by its column's kind. */
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
