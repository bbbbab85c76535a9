/* The regions of a finding as rows of a pipe table that can be pasted: in the columns of the table that the finding is
 * about, or of the facts that bound the regions. What the author must say, an outcome and a clause, stays empty. */
#include "analysis/rows.h"
#include "ast/ast.h"
#include "model/ranges.h"
#include "support/writer.h"

#include <string.h>

/* ---- which facts ---- */

bool is_whole(const struct model *model, uint32_t dim, const struct ranges *values)
{
	const struct dim *d = &model->dims[dim];
	return values->count == 1 && values->items[0].low == d->low && values->items[0].high == d->high;
}

static bool is_bounded(const struct layout *l, uint32_t fact)
{
	const struct model *model = l->c->model;
	for (size_t r = 0; r < l->list->count; r++)
		for (size_t i = 0; i < l->list->dim_count; i++)
			if (model->dims[l->list->dims[i]].fact == fact &&
			    !is_whole(model, l->list->dims[i], &l->list->items[r].values[i]))
				return true;
	return false;
}

static bool has_column(const struct layout *l, uint32_t fact)
{
	bool from = false, to = false;
	for (size_t i = 0; i < l->count; i++) {
		if (l->columns[i].use == COLUMN_FACT && l->columns[i].index == fact)
			return true;
		from |= l->columns[i].use == COLUMN_FROM;
		to |= l->columns[i].use == COLUMN_TO;
	}
	return l->c->model->facts[fact].applicable_date && from && to;
}

/* ---- the columns ---- */

static void add_column(struct layout *l, enum column_use use, uint32_t index, const char *heading)
{
	l->columns[l->count++] = (struct column){ use, index, heading };
}

static bool feeds(const struct decision *decision, uint32_t other)
{
	for (size_t i = 0; i < decision->fed_by_count; i++)
		if (decision->fed_by[i] == other)
			return true;
	return false;
}

/* What the condition names is asked about when the decision is. */
static bool is_read(const struct layout *l, const struct cond *cond)
{
	bool read = cond->kind != COND_FACT;
	for (size_t i = 0; i < l->list->dim_count; i++)
		read |= l->list->dims[i] == cond->dim;
	if (cond->kind == COND_DECISION)
		return feeds(l->c->decision, cond->decision);
	for (size_t i = 0; i < cond->part_count; i++)
		read &= is_read(l, cond->parts[i]);
	return read;
}

static uint32_t model_definition(const struct model *model, const char *name)
{
	for (uint32_t i = 0; i < model->definition_count; i++) {
		const struct name *n = &model->definitions[i].name;
		if (strcmp(n->id, name) == 0 || strcmp(n->label, name) == 0 || strcmp(n->english, name) == 0)
			return i;
	}
	return NONE;
}

/* A column whose cells are all empty may be of something that is not read: then it says nothing. */
static void add_named_column(struct layout *l, const char *name, const char *heading)
{
	const struct model *model = l->c->model;
	uint32_t fact = model_fact(model, name), decision = model_decision(model, name);
	uint32_t definition = model_definition(model, name);
	if (fact != NONE)
		add_column(l, COLUMN_FACT, fact, heading);
	else if (decision != NONE)
		add_column(l, feeds(l->c->decision, decision) ? COLUMN_DECISION : COLUMN_EMPTY, decision, heading);
	else
		add_column(l, definition != NONE && is_read(l, model->definitions[definition].cond) ? COLUMN_DEFINITION : COLUMN_EMPTY,
			   definition, heading);
}

/* `whole`: all that the finding is about is in the table, so that what has no column does not bound its rows: it is the
 * table's own condition, or that of a decision or definition that has one. */
static bool of_table(struct layout *l, const struct rule_table *table, bool whole)
{
	const struct ast_pipe_table *written = table->written;
	const struct sources *sources = l->c->diag->sources;
	l->columns = arena_new_array(l->c->arena, struct column, written->column_count);
	for (size_t i = 0; i < written->column_count; i++) {
		const struct ast_column *column = &written->columns[i];
		struct span at = column->name.span;
		if (!sources || at.file >= sources->count || at.end <= at.start || written->from_csv)
			return false;
		const char *heading = arena_strndup(l->c->arena, sources->items[at.file].text + at.start, at.end - at.start);
		if (column->kind == AST_COLUMN_NAME)
			add_named_column(l, column->name.text, heading);
		else
			add_column(l, column->kind == AST_COLUMN_FROM ? COLUMN_FROM : column->kind == AST_COLUMN_TO ? COLUMN_TO : COLUMN_EMPTY,
				   NONE, heading);
	}
	for (uint32_t fact = 0; fact < l->c->model->fact_count && !whole; fact++)
		if (is_bounded(l, fact) && !has_column(l, fact))
			return false;
	l->table = table;
	return true;
}

static void of_facts(struct layout *l)
{
	const struct model *model = l->c->model;
	l->count = 0;
	l->columns = arena_new_array(l->c->arena, struct column, model->fact_count + 3);
	for (uint32_t fact = 0; fact < model->fact_count; fact++)
		if (is_bounded(l, fact) && !model->facts[fact].applicable_date)
			add_column(l, COLUMN_FACT, fact, model->facts[fact].name.id);
	if (model->applicable_date != NONE && is_bounded(l, model->applicable_date)) {
		add_column(l, COLUMN_FROM, NONE, "自");
		add_column(l, COLUMN_TO, NONE, "至");
	}
	if (l->c->decision)
		add_column(l, COLUMN_EMPTY, NONE, "则");
}

/* The table of the finding's first rule, the one that it names, or the only one of the decision. */
static const struct rule_table *table_for(const struct checks *c, const struct finding *f)
{
	const struct rule_table *only = NULL;
	for (size_t i = 0; i < c->decision->table_count; i++) {
		const struct rule_table *table = &c->model->tables[c->decision->tables[i]];
		size_t size = strlen(table->name.id);
		if (f->rules && strncmp(f->rules[0], table->name.id, size) == 0 && (!f->rules[0][size] || f->rules[0][size] == '.'))
			return table;
		only = i == 0 ? table : NULL;
	}
	return f->rules ? NULL : only;
}

/* ---- the rows ---- */

bool has_choices(const struct column *column)
{
	return column->use == COLUMN_DECISION || column->use == COLUMN_DEFINITION;
}

static bool may_be(struct checks *c, struct cond *box, struct cond *choice)
{
	struct question question = where(c, all_of(c, (struct cond *[]){ box, choice }, 2), either(c, NULL, 0));
	regions_allow(c->regions, CELL_BOXES);
	enum reply reply = regions_exist(c->regions, &question);
	return !regions_allow_all(c->regions) || reply != REPLY_NO;
}

static struct ranges choices_in(struct checks *c, const struct column *column, struct cond *box)
{
	VEC(int64_t) choices = { 0 };
	uint32_t count = choices_of(c->model, column);
	for (uint32_t i = 0; i < count; i++)
		if (may_be(c, box, choice_is(c, column, i)))
			vec_push(c->arena, &choices, i);
	return ranges_of(c->arena, choices.items, choices.count);
}

struct row row_of_region(const struct layout *l, const struct ranges *values)
{
	struct arena *arena = l->c->arena;
	struct row row = { arena_new_array(arena, struct ranges, l->list->dim_count + 1),
			   arena_new_array(arena, struct ranges, l->count + 1) };
	for (size_t i = 0; i < l->list->dim_count; i++)
		row.values[i] = values[i];
	for (size_t i = 0; i < l->count; i++)
		if (has_choices(&l->columns[i]))
			row.outcomes[i] = choices_in(l->c, &l->columns[i], box_cond(l, values));
	return row;
}

/* Something other than its cells bounds a row of the table. */
static bool is_bounded_otherwise(const struct layout *l)
{
	bool otherwise = l->table->when || l->table->has_from || l->table->has_to;
	for (size_t i = 0; i < l->count; i++)
		otherwise |= has_choices(&l->columns[i]);
	for (uint32_t fact = 0; fact < l->c->model->fact_count; fact++)
		otherwise |= is_bounded(l, fact) && !has_column(l, fact);
	return otherwise;
}

/* ---- the cells ---- */

static struct phrase set_values(const struct layout *l, uint32_t fact, const struct row *row)
{
	const struct model *model = l->c->model;
	uint64_t with = 0, without = 0;
	for (size_t i = 0; i < l->list->dim_count; i++) {
		const struct dim *d = &model->dims[l->list->dims[i]];
		if (d->fact == fact && !is_whole(model, l->list->dims[i], &row->values[i]))
			*(row->values[i].items[0].low ? &with : &without) |= (uint64_t)1 << d->member;
	}
	return set_cell(l->c->arena, &model->facts[fact], with, without);
}

static struct phrase fact_cell(const struct layout *l, uint32_t fact, const struct row *row)
{
	const struct fact *f = &l->c->model->facts[fact];
	if (f->kind == FACT_SET)
		return set_values(l, fact, row);
	for (size_t i = 0; i < l->list->dim_count; i++)
		if (l->list->dims[i] == f->first_dim)
			return values_cell(l->c->arena, f, &row->values[i]);
	return (struct phrase){ "", "" };
}

/* The first or the last day; nothing where the row begins or ends with the calendar. */
static struct phrase day_cell(const struct layout *l, const struct row *row, bool from)
{
	uint32_t fact = l->c->model->applicable_date;
	for (size_t i = 0; fact != NONE && i < l->list->dim_count; i++) {
		const struct fact *f = &l->c->model->facts[fact];
		if (l->list->dims[i] != f->first_dim)
			continue;
		const struct range *r = &row->values[i].items[0];
		if (from ? r->low > f->low : r->high < f->high)
			return (struct phrase){ date_text(l->c->arena, from ? r->low : r->high), NULL };
	}
	return (struct phrase){ "", "" };
}

static struct phrase choice_cell(const struct layout *l, const struct column *column, const struct ranges *choices)
{
	if (choices->count == 1 && choices->items[0].high - choices->items[0].low + 1 == choices_of(l->c->model, column))
		return (struct phrase){ "", "" };
	if (column->use == COLUMN_DECISION)
		return outcomes_cell(l->c->arena, &l->c->model->decisions[column->index], choices);
	return choices->items[0].low ? (struct phrase){ "是", "yes" } : (struct phrase){ "否", "no" };
}

static struct phrase cell_at(const struct layout *l, size_t i, const struct row *row)
{
	const struct column *column = &l->columns[i];
	switch (column->use) {
	case COLUMN_FACT: return fact_cell(l, column->index, row);
	case COLUMN_DECISION:
	case COLUMN_DEFINITION: return choice_cell(l, column, &row->outcomes[i]);
	case COLUMN_FROM: return day_cell(l, row, true);
	case COLUMN_TO: return day_cell(l, row, false);
	case COLUMN_EMPTY: break;
	}
	return (struct phrase){ "", "" };
}

static struct phrase row_words(const struct layout *l, const struct row *row)
{
	struct writer zh, en;
	writer_init(&zh, l->c->diag->arena);
	writer_init(&en, l->c->diag->arena);
	for (size_t i = 0; i < l->count; i++) {
		struct phrase cell = cell_at(l, i, row);
		write_fmt(&zh, "| %s%s", cell.zh, *cell.zh ? " " : "");
		write_fmt(&en, "| %s%s", cell.en ? cell.en : cell.zh, *cell.zh ? " " : "");
	}
	write_char(&zh, '|');
	write_char(&en, '|');
	return (struct phrase){ writer_text(&zh), writer_text(&en) };
}

static void set_words(const struct layout *l, const row_list *rows, struct finding *f)
{
	struct arena *arena = l->c->diag->arena;
	struct writer head, rule;
	writer_init(&head, arena);
	writer_init(&rule, arena);
	for (size_t i = 0; i < l->count; i++) {
		write_fmt(&head, "| %s ", l->columns[i].heading);
		write_str(&rule, "|---");
	}
	f->row_head = arena_printf(arena, "%s|", writer_text(&head));
	f->row_rule = arena_printf(arena, "%s|", writer_text(&rule));
	f->rows = arena_new_array(arena, struct phrase, rows->count + 1);
	for (size_t i = 0; i < rows->count; i++)
		f->rows[f->row_count++] = row_words(l, &rows->items[i]);
}

void set_region_rows(struct checks *c, struct finding *f, const struct region_list *list, const struct question *question)
{
	struct layout l = { .c = c, .list = list };
	const struct rule_table *table = c->decision ? table_for(c, f) : NULL;
	row_list rows = { 0 };
	if (list->count == 0)
		return;
	bool gap = f->kind == FINDING_GAP && table && table->rule_count;
	bool whole = gap && (f->rules || table->rule_count == c->decision->rule_count);
	if (!table || !of_table(&l, table, whole))
		of_facts(&l);
	if (gap && l.table && is_bounded_otherwise(&l)) {
		f->rows_left = gap_rows(&l, question, &rows);
		f->rows_of = table->name.id;
	} else {
		for (size_t i = 0; i < list->count; i++)
			vec_push(c->arena, &rows, row_of_region(&l, list->items[i].values));
	}
	set_words(&l, &rows, f);
}
