/* 基准, 案例, 案例表: cases with the answers that they expect. */
#include "model/resolve.h"

#include <string.h>

/* ---- settings ---- */

static void set_fact(struct resolver *r, const struct ast_word *word, const struct ast_value *value,
		     struct fact_setting *facts)
{
	uint32_t index = scope_look_up(r, &r->facts, THING_FACT, word);
	if (index == NONE || r->fact_broken[index] || value->kind == AST_VALUE_NONE)
		return;
	const struct fact *fact = &r->model->facts[index];
	int64_t number = 0;
	if (domain_of(fact->kind)->value(r, fact, value, &number))
		facts[index] = (struct fact_setting){ true, number };
}

static void apply_settings(struct resolver *r, const struct ast_decl *decl, struct fact_setting *facts)
{
	struct map *seen = map_new_in(r->arena);
	for (size_t i = 0; i < decl->settings.count; i++) {
		const struct ast_setting *setting = &decl->settings.items[i];
		int64_t first = map_put_if_absent(seen, setting->fact.text ? setting->fact.text : "", (int64_t)i);
		if (first != (int64_t)i && setting->fact.text)
			report_duplicate(r, THING_FACT, setting->fact.text, setting->fact.span,
					 decl->settings.items[first].fact.span);
		set_fact(r, &setting->fact, &setting->value, facts);
	}
}

/* A baseline may rest on another one that stands above it. */
static struct fact_setting *facts_from(struct resolver *r, const struct ast_decl *decl)
{
	size_t size = r->model->fact_count;
	struct fact_setting *facts = arena_new_array(r->arena, struct fact_setting, size + 1);
	if (!decl->baseline.text)
		return facts;
	uint32_t index = scope_look_up(r, &r->baselines, THING_BASELINE, &decl->baseline);
	if (index == NONE)
		return facts;
	r->baseline_list[index].used = true;
	memcpy(facts, r->baseline_list[index].facts, size * sizeof *facts);
	return facts;
}

static void resolve_baselines(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_BASELINE)
		count++;
	r->baseline_list = arena_new_array(r->arena, struct baseline, count + 1);
	DECL_LOOP (r, entry, AST_BASELINE) {
		struct attributes unused;
		struct baseline *b = &r->baseline_list[r->baseline_count];
		b->decl = entry->decl;
		b->facts = facts_from(r, entry->decl);
		attributes_resolve(r, &entry->decl->attributes, &unused);
		apply_settings(r, entry->decl, b->facts);
		scope_add(r, &r->baselines, THING_BASELINE, &entry->decl->name, (uint32_t)r->baseline_count++, true);
	}
}

/* ---- expectations ---- */

static bool expect_conflict(struct resolver *r, struct expectation *e, const ast_words *outcomes)
{
	e->kind = EXPECT_CONFLICT;
	e->outcomes = arena_new_array(r->arena, uint32_t, outcomes->count + 1);
	for (size_t i = 0; i < outcomes->count; i++) {
		uint32_t outcome = outcome_look_up(r, e->decision, &outcomes->items[i]);
		if (outcome != NONE)
			e->outcomes[e->outcome_count++] = outcome;
	}
	return e->outcome_count == outcomes->count;
}

static bool resolve_expectation(struct resolver *r, const struct ast_expectation *ast, struct expectation *e)
{
	*e = (struct expectation){ .span = ast->span, .outcome = NONE };
	e->decision = ast->decision.text ? decision_look_up(r, &ast->decision) : NONE;
	if (e->decision == NONE)
		return false;
	if (ast->conflict)
		return expect_conflict(r, e, &ast->rules);
	if (ast->gap) {
		e->kind = EXPECT_GAP;
		return true;
	}
	e->kind = EXPECT_OUTCOME;
	e->outcome = ast->outcome.text ? outcome_look_up(r, e->decision, &ast->outcome) : NONE;
	return e->outcome != NONE;
}

struct fact_setting *case_facts(struct resolver *r, const struct ast_decl *decl)
{
	struct fact_setting *facts = facts_from(r, decl);
	apply_settings(r, decl, facts);
	return facts;
}

static void resolve_case(struct resolver *r, const struct ast_decl *decl, struct test_case *c)
{
	struct name name = name_of(r, &decl->name);
	c->name = name.id;
	c->span = decl->span;
	attributes_resolve(r, &decl->attributes, &c->attributes);
	c->facts = case_facts(r, decl);
	c->expectations = arena_new_array(r->arena, struct expectation, decl->expectations.count + 1);
	for (size_t i = 0; i < decl->expectations.count; i++)
		if (resolve_expectation(r, &decl->expectations.items[i], &c->expectations[c->expectation_count]))
			c->expectation_count++;
}

/* ---- tables of cases ---- */

struct case_column {
	uint32_t fact, decision; /* NONE: another kind of column, or reported */
};

static void resolve_columns(struct resolver *r, const struct ast_pipe_table *table, struct case_column *columns)
{
	for (size_t c = 0; c < table->column_count; c++) {
		const struct ast_column *column = &table->columns[c];
		columns[c] = (struct case_column){ NONE, NONE };
		column_fits(r, column, HEADING_CASES);
		if (column->kind == AST_COLUMN_NAME)
			columns[c].fact = scope_look_up(r, &r->facts, THING_FACT, &column->name);
		else if (column->kind == AST_COLUMN_EXPECTED)
			columns[c].decision = decision_look_up(r, &column->name);
	}
}

static void set_cell(struct resolver *r, uint32_t index, const struct ast_cell *cell, struct test_case *c)
{
	const struct fact *fact = &r->model->facts[index];
	int64_t value = 0;
	if (r->fact_broken[index] || !*cell->text || !cell->value)
		return;
	if (domain_of(fact->kind)->value(r, fact, cell->value, &value))
		c->facts[index] = (struct fact_setting){ true, value };
}

static void expect_cell(struct resolver *r, uint32_t decision, const struct ast_cell *cell, struct test_case *c)
{
	struct expectation *e = &c->expectations[c->expectation_count];
	bool good = true;
	if (!*cell->text)
		return;
	*e = (struct expectation){ .decision = decision, .span = cell->span, .outcome = NONE };
	if (cell->expects_conflict) {
		good = expect_conflict(r, e, cell->conflict ? cell->conflict : &(ast_words){ 0 });
	} else if (cell->expects_gap) {
		e->kind = EXPECT_GAP;
	} else {
		struct ast_word word = { .text = cell->text, .span = cell->span };
		e->kind = EXPECT_OUTCOME;
		e->outcome = outcome_look_up(r, decision, cell->value ? &cell->value->word : &word);
		good = e->outcome != NONE;
	}
	c->expectation_count += good;
}

static void resolve_row(struct resolver *r, const struct ast_decl *decl, const struct case_column *columns,
			size_t number)
{
	const struct ast_pipe_table *table = decl->table;
	const struct ast_row *row = &table->rows.items[number];
	struct test_case *c = &r->model->cases[r->model->case_count++];
	c->span = row->span;
	c->facts = facts_from(r, decl);
	c->attributes.role = NONE;
	c->expectations = arena_new_array(r->arena, struct expectation, table->column_count + 1);
	for (size_t i = 0; i < table->column_count; i++) {
		const struct ast_cell *cell = &row->cells[i];
		if (columns[i].fact != NONE)
			set_cell(r, columns[i].fact, cell, c);
		else if (columns[i].decision != NONE)
			expect_cell(r, columns[i].decision, cell, c);
		else if (table->columns[i].kind == AST_COLUMN_CASE && *cell->text)
			c->name = cell->text;
		else if (table->columns[i].kind == AST_COLUMN_CITES)
			cites_resolve(r, &cell->clauses, &c->attributes.cites);
		else if (table->columns[i].kind == AST_COLUMN_RESOLVES)
			resolves_resolve(r, &cell->words, &c->attributes);
	}
	if (!c->name)
		c->name = arena_printf(r->arena, "%s.r%zu", name_of(r, &decl->name).id, number + 1);
}

static void resolve_table(struct resolver *r, const struct ast_decl *decl)
{
	struct attributes unused;
	attributes_resolve(r, &decl->attributes, &unused);
	if (!decl->table)
		return;
	struct case_column *columns = arena_new_array(r->arena, struct case_column, decl->table->column_count + 1);
	resolve_columns(r, decl->table, columns);
	for (size_t i = 0; i < decl->table->rows.count; i++)
		resolve_row(r, decl, columns, i);
}

void cases_resolve(struct resolver *r)
{
	size_t count = 0;
	resolve_baselines(r);
	for (size_t i = 0; i < r->decls.count; i++) {
		const struct ast_decl *decl = r->decls.items[i].decl;
		count += decl->kind == AST_CASE;
		count += decl->kind == AST_CASE_TABLE && decl->table ? decl->table->rows.count : 0;
	}
	r->model->cases = arena_new_array(r->arena, struct test_case, count + 1);
	for (size_t i = 0; i < r->decls.count; i++) {
		const struct ast_decl *decl = r->decls.items[i].decl;
		if (decl->kind == AST_CASE)
			resolve_case(r, decl, &r->model->cases[r->model->case_count++]);
		else if (decl->kind == AST_CASE_TABLE)
			resolve_table(r, decl);
	}
}
