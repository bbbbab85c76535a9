/* Tables: each row is a rule whose condition is the table's 当, its cells and its period. */
#include "model/resolve.h"
#include "support/memo.h"

#include <string.h>

struct table_reader {
	struct resolver *r;
	const struct ast_decl *decl;
	const struct ast_pipe_table *written;
	struct rule_table *table;
	uint32_t index;		  /* into model->tables */
	struct subject *subjects; /* per column of kind NAME */
	bool *column_good;
	struct memo *made;	  /* of conditions as written: those of the model */
	uint32_t outcome;	/* of the head's 则, or NONE */
	struct attributes head; /* of the table: its rows inherit */
	const struct entry *entry;
	bool took_clause_above;
	bool keeps_rows;        /* note [made rows] */
};

/* ---- columns ---- */

static void resolve_columns(struct table_reader *t)
{
	struct resolver *r = t->r;
	bool then = t->decl->then.text != NULL;
	t->subjects = arena_new_array(r->arena, struct subject, t->written->column_count + 1);
	t->column_good = arena_new_array(r->arena, bool, t->written->column_count + 1);
	for (size_t c = 0; c < t->written->column_count; c++) {
		const struct ast_column *column = &t->written->columns[c];
		t->column_good[c] = column_fits(r, column, HEADING_RULES);
		if (column->kind == AST_COLUMN_NAME)
			t->column_good[c] = subject_look_up(r, &column->name, &t->subjects[c]);
		if (column->kind == AST_COLUMN_THEN && then) {
			struct finding *f =
				report(r, FINDING_DUPLICATE, column->name.span, MESSAGE_THEN_TWICE, NULL, NULL);
			diag_place(r->diag, f, t->decl->then.span, "表头已经写了「则」", "the head has `then` already");
		}
		then = then || column->kind == AST_COLUMN_THEN;
	}
	if (!then) {
		report(r, FINDING_UNDEFINED, t->table->name_span, MESSAGE_NO_OUTCOME, t->table->name.id, NULL);
		r->outcome_lost[t->table->decision] = true;
	}
}

/* ---- cells ---- */

struct row_reader {
	struct rule *rule; /* where the model's next one stands */
	struct cond **parts;
	size_t part_count;
	struct ast_date from, to;
	const char *id;
	uint32_t claim;	 /* of its id, where it is known */
	size_t reported; /* findings before it */
};

static void place_findings(const struct table_reader *t, size_t from, uint32_t row, size_t c)
{
	const struct diag *diag = t->r->diag;
	for (size_t i = from; i < diag->findings.count; i++) {
		struct finding *f = diag->findings.items[i];
		for (size_t k = 0; k < f->place_count; k++)
			f->places[k].span = ast_place_in_cell(t->written, row, c, f->places[k].span);
		for (size_t k = 0; k < f->edit_count; k++)
			f->edits[k].span = ast_place_in_cell(t->written, row, c, f->edits[k].span);
	}
}

/* What was made of a condition silently is made once. */
static struct cond *read_condition(struct table_reader *t, uint32_t row, size_t c, const struct ast_cell *cell)
{
	size_t reported = t->r->diag->findings.count;
	struct cond *cond = memo_get(t->made, cell->cond);
	if (cond)
		return cond;
	t->r->cell_words = cell->text;
	cond = cond_resolve(t->r, cell->cond, &t->subjects[c], 0);
	t->r->cell_words = NULL;
	if (t->r->diag->findings.count == reported)
		memo_put(t->made, cell->cond, cond);
	place_findings(t, reported, row, c);
	return cond;
}

static void read_outcome(struct table_reader *t, struct row_reader *row, size_t c, const struct ast_cell *cell)
{
	struct ast_word word = { .text = *cell->text ? cell->text : NULL, .span = cell->span };
	if (cell->value) {
		word = cell->value->word;
		word.span = ast_place_in_cell(t->written, row->rule->row, c, word.span);
	}
	if (word.text) {
		row->rule->outcome = outcome_look_up(t->r, t->table->decision, &word);
		return;
	}
	report(t->r, FINDING_UNDEFINED, cell->span, MESSAGE_NO_OUTCOME, t->table->name.id, NULL);
	t->r->outcome_lost[t->table->decision] = true;
}

static void read_text(struct table_reader *t, struct row_reader *row, size_t column, const struct ast_cell *cell)
{
	struct rule *rule = row->rule;
	if (!rule->texts)
		rule->texts = arena_new_array(t->r->arena, struct text_value, t->written->column_count);
	rule->texts[rule->text_count++] = (struct text_value){ t->written->columns[column].name.text, cell->text };
}

static void read_standard(struct table_reader *t, struct row_reader *row, const struct ast_cell *cell)
{
	struct ast_word word = { .text = cell->text, .span = cell->span };
	if (!*cell->text)
		return;
	uint32_t found = scope_look_up(t->r, &t->r->standards, THING_STANDARD, &word);
	row->rule->standard = found == NONE ? cell->text : t->r->model->standards.items[found].name.id;
}

static void read_discretion(struct table_reader *t, struct row_reader *row, const struct ast_cell *cell)
{
	struct ast_word word = { .text = cell->text, .span = cell->span };
	if (!*cell->text)
		return;
	row->rule->attributes.discretion = true;
	row->rule->attributes.role = role_look_up(t->r, &word);
}

/* A reason may stand in its quotes or without them. */
static const char *without_quotes(struct resolver *r, const char *text)
{
	static const char *const quotes[][2] = { { "「", "」" }, { "\"", "\"" } };
	size_t size = text ? strlen(text) : 0;
	for (size_t i = 0; i < 2; i++) {
		size_t open = strlen(quotes[i][0]), close = strlen(quotes[i][1]);
		if (size > open + close && strncmp(text, quotes[i][0], open) == 0 &&
		    strcmp(text + size - close, quotes[i][1]) == 0)
			return arena_strndup(r->arena, text + open, size - open - close);
	}
	return text;
}

static void read_cell(struct table_reader *t, struct row_reader *row, size_t c, const struct ast_cell *cell)
{
	struct resolver *r = t->r;
	struct rule *rule = row->rule;
	const char *text = *cell->text ? cell->text : NULL;
	switch (t->written->columns[c].kind) {
	case AST_COLUMN_NAME:
		if (cell->cond)
			row->parts[row->part_count++] = read_condition(t, rule->row, c, cell);
		break;
	case AST_COLUMN_THEN: read_outcome(t, row, c, cell); break;
	case AST_COLUMN_CITES: cites_resolve(r, &cell->clauses, &rule->attributes.cites); break;
	case AST_COLUMN_FROM: row->from = cell->date.given ? cell->date : row->from; break;
	case AST_COLUMN_TO: row->to = cell->date.given ? cell->date : row->to; break;
	case AST_COLUMN_ID:
		row->id = text;
		rule->name_span = text ? cell->span : rule->name_span;
		break;
	case AST_COLUMN_ITEM: rule->item = text; break;
	case AST_COLUMN_STANDARD: read_standard(t, row, cell); break;
	case AST_COLUMN_TEXT: read_text(t, row, c, cell); break;
	case AST_COLUMN_LABEL: rule->name.label = text; break;
	case AST_COLUMN_ENGLISH: rule->name.english = text; break;
	case AST_COLUMN_RESOLVES: resolves_resolve(r, &cell->words, &rule->attributes); break;
	case AST_COLUMN_BECAUSE: rule->attributes.because = without_quotes(r, text); break;
	case AST_COLUMN_DISCRETION: read_discretion(t, row, cell); break;
	default: break;
	}
}

/* ---- rows ---- */

/* A row without 依据 has the table's; a table alone in its fence then cites the clause above. */
static void inherit(struct table_reader *t, struct row_reader *row)
{
	struct attributes *a = &row->rule->attributes;
	if (!a->cites.count && !t->took_clause_above) {
		cite_clause_above(t->r, t->entry, &t->head);
		account_cites(t->r, &t->head.cites, t->table->name.id);
		t->table->attributes.cites = t->head.cites;
		t->took_clause_above = true;
	}
	if (!a->cites.count)
		a->cites = t->head.cites;
	a->because = a->because ? a->because : t->head.because;
	if (!a->resolve_count) {
		a->resolves = t->head.resolves;
		a->resolve_count = t->head.resolve_count;
	}
	if (!a->discretion) {
		a->discretion = t->head.discretion;
		a->role = t->head.role;
	}
}

static const char *dotted(struct arena *arena, const char *table, const char *row)
{
	size_t before = strlen(table), after = strlen(row);
	char *id = arena_alloc_unset(arena, before + 1 + after + 1);
	memcpy(id, table, before);
	id[before] = '.';
	memcpy(id + before + 1, row, after);
	id[before + 1 + after] = '\0';
	return id;
}

static void name_row(struct table_reader *t, struct row_reader *row, size_t number)
{
	struct rule *rule = row->rule;
	struct name *name = &rule->name;
	t->table->ids_given = t->table->ids_given && row->id;
	name->id = row->id ? row->id : arena_printf(t->r->arena, "r%zu", number + 1);
	name->has_label = name->label != NULL;
	name->has_english = name->english != NULL;
	name->label = name->label ? name->label : name->id;
	name->english = name->english ? name->english : name->id;
	rule->id = dotted(t->r->arena, t->table->name.id, name->id);
}

static void keep_row(struct table_reader *t, struct row_reader *row)
{
	struct rule *rule = row->rule;
	rule->when = cond_join(t->r, COND_AND, row->parts, row->part_count, rule->span);
	row->claim = rule_claim(t->r, rule->id);
	if (row->id && t->r->diag->findings.count == row->reported)
		made_rows_put(t->r, t->written, &t->written->rows.items[rule->row], rule, row->claim);
}

static void join_row(struct table_reader *t, struct row_reader *row)
{
	struct rule *rule = row->rule;
	struct cond *period = cond_period(t->r, &row->from, &row->to);
	if (period)
		row->parts[row->part_count++] = period;
	rule->when = cond_join(t->r, COND_AND, row->parts, row->part_count, rule->span);
	rule->has_from = row->from.given;
	rule->has_to = row->to.given;
	rule->from = row->from.day;
	rule->to = row->to.day;
}

static void finish_row(struct table_reader *t, struct row_reader *row)
{
	struct resolver *r = t->r;
	struct rule *rule = row->rule;
	account_cites(r, &rule->attributes.cites, rule->id);
	inherit(t, row);
	if (!rule->attributes.cites.count && !rule->attributes.because && !t->decl->broken)
		report_uncited(r, rule);
	if (!t->keeps_rows)
		join_row(t, row);
	if (rule->outcome != NONE && rule_add(r, rule, row->claim == NONE ? rule_claim(r, rule->id) : row->claim))
		t->table->rules[t->table->rule_count++] = (uint32_t)r->model->rule_count - 1;
}

static void read_cells(struct table_reader *t, struct row_reader *row, const struct ast_row *ast, uint32_t number)
{
	*row->rule = (struct rule){ .span = ast->span,
				    .name_span = ast->span,
				    .decision = t->table->decision,
				    .outcome = t->outcome,
				    .table = t->index,
				    .row = number };
	row->rule->attributes.role = NONE;
	if (t->table->when)
		row->parts[row->part_count++] = t->table->when;
	for (size_t c = 0; c < t->written->column_count; c++)
		if (t->column_good[c])
			read_cell(t, row, c, &ast->cells[c]);
	name_row(t, row, number);
}

/* As it was made before; or made where it is kept. */
static void make_row(struct table_reader *t, struct row_reader *row, const struct ast_row *ast, uint32_t number)
{
	struct arena *arena = t->r->arena;
	if (made_rows_get(t->r, ast, row->rule, &row->claim)) {
		row->rule->table = t->index;
		row->rule->row = number;
		return;
	}
	t->r->arena = made_rows_arena(t->r);
	read_cells(t, row, ast, number);
	keep_row(t, row);
	t->r->arena = arena;
}

static void read_row(struct table_reader *t, uint32_t number, struct cond **parts)
{
	const struct ast_row *ast = &t->written->rows.items[number];
	struct row_reader row = { .rule = &t->r->model->rules[t->r->model->rule_count],
				  .parts = parts,
				  .from = t->decl->attributes.from,
				  .to = t->decl->attributes.to,
				  .claim = NONE,
				  .reported = t->r->diag->findings.count };
	if (t->keeps_rows)
		make_row(t, &row, ast, number);
	else
		read_cells(t, &row, ast, number);
	t->r->step = number + 1;
	finish_row(t, &row);
}

static void read_rows(struct table_reader *t)
{
	struct cond **parts = arena_new_array(t->r->arena, struct cond *, t->written->column_count + 2);
	t->table->rules = arena_new_array(t->r->arena, uint32_t, t->written->rows.count + 1);
	t->made = memo_new_in(t->r->arena);
	t->table->ids_given = true;
	t->keeps_rows = made_rows_suit(t->r, t->decl);
	for (uint32_t i = 0; i < t->written->rows.count; i++)
		read_row(t, i, parts);
}

/* ---- the head ---- */

static void read_head(struct table_reader *t)
{
	struct resolver *r = t->r;
	const struct ast_decl *decl = t->decl;
	struct rule_table *table = t->table;
	table->name = name_of(r, &decl->name);
	table->span = decl->span;
	table->name_span = name_span(&decl->name, decl->keyword);
	table->hit = decl->hit == AST_HIT_ANY ? HIT_ANY : decl->hit == AST_HIT_FIRST ? HIT_FIRST : HIT_UNIQUE;
	table->complete = decl->complete;
	table->when = decl->when ? cond_resolve(r, decl->when, NULL, 0) : NULL;
	table->has_from = decl->attributes.from.given;
	table->has_to = decl->attributes.to.given;
	table->from = decl->attributes.from.day;
	table->to = decl->attributes.to.day;
	table->written = decl->table;
	attributes_resolve(r, &decl->attributes, &table->attributes);
	t->head = table->attributes;
	t->took_clause_above = table->attributes.cites.count != 0;
	account_cites(r, &table->attributes.cites, table->name.id);
}

/* Of a table that is not taken up: what its rows cite is accounted for all the same, so that nothing more is said. */
static void account_rows(struct table_reader *t)
{
	for (size_t c = 0; t->written && c < t->written->column_count; c++) {
		if (t->written->columns[c].kind != AST_COLUMN_CITES)
			continue;
		for (size_t i = 0; i < t->written->rows.count; i++) {
			struct cites cites;
			cites_resolve(t->r, &t->written->rows.items[i].cells[c].clauses, &cites);
			account_cites(t->r, &cites, t->table->name.id);
		}
	}
}

void table_resolve(struct resolver *r, const struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct model *m = r->model;
	struct table_reader t = { .r = r, .decl = decl, .entry = entry, .written = decl->table, .outcome = NONE };
	t.index = (uint32_t)m->table_count;
	t.table = &m->tables[t.index];
	read_head(&t);
	uint32_t there = scope_find(&r->rules, t.table->name.id);
	t.table->decision = decision_of(r, decl);
	bool good = there == NONE && t.table->decision != NONE && t.written;
	scope_add(r, &r->rules, THING_RULE, &decl->name, good ? TABLE_BIT + t.index : BROKEN_RULE, false);
	if (!good) {
		account_rows(&t);
		if (t.table->decision != NONE)
			r->outcome_lost[t.table->decision] = true;
		memset(t.table, 0, sizeof *t.table);
		return;
	}
	m->table_count++;
	if (decl->then.text)
		t.outcome = outcome_look_up(r, t.table->decision, &decl->then);
	resolve_columns(&t);
	read_rows(&t);
}
