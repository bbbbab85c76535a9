/* The regions of a finding as rows of a pipe table that can be pasted: in the columns of the table that the finding is
 * about, or of the facts that bound the regions. What the author must say, an outcome and a clause, stays empty. */
#include "analysis/cells.h"
#include "ast/ast.h"
#include "support/writer.h"

#include <string.h>

enum column_use { COLUMN_EMPTY, COLUMN_FACT, COLUMN_DECISION, COLUMN_FROM, COLUMN_TO };

enum { CELL_BOXES = 20000 };         /* to know which outcomes of a feeding decision a region has */

struct column {
	enum column_use use;
	uint32_t fact, decision;
	const char *heading;
};

struct layout {
	struct checks *c;
	const struct region_list *list;
	struct column *columns;
	size_t count;
};

/* ---- which facts ---- */

static bool is_whole(const struct model *model, uint32_t dim, const struct ranges *values)
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
		if (l->columns[i].use == COLUMN_FACT && l->columns[i].fact == fact)
			return true;
		from |= l->columns[i].use == COLUMN_FROM;
		to |= l->columns[i].use == COLUMN_TO;
	}
	return l->c->model->facts[fact].applicable_date && from && to;
}

/* ---- the columns ---- */

static void add_column(struct layout *l, enum column_use use, uint32_t fact, const char *heading)
{
	l->columns[l->count++] = (struct column){ use, fact, NONE, heading };
}

/* `whole`: what bounds the regions and has no column does not bound its rows: it is the table's own condition, or a feeding
 * decision's, whose outcome the column names. */
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
		uint32_t fact = column->kind == AST_COLUMN_NAME ? model_fact(l->c->model, column->name.text) : NONE;
		uint32_t decision = column->kind == AST_COLUMN_NAME && fact == NONE ? model_decision(l->c->model, column->name.text) : NONE;
		enum column_use use = fact != NONE	              ? COLUMN_FACT :
				      decision != NONE		      ? COLUMN_DECISION :
				      column->kind == AST_COLUMN_FROM ? COLUMN_FROM :
				      column->kind == AST_COLUMN_TO   ? COLUMN_TO :
									COLUMN_EMPTY;
		add_column(l, use, fact, heading);
		l->columns[l->count - 1].decision = decision;
	}
	for (uint32_t fact = 0; fact < l->c->model->fact_count && !whole; fact++)
		if (is_bounded(l, fact) && !has_column(l, fact))
			return false;
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

/* ---- the cells ---- */

static struct phrase set_values(const struct layout *l, uint32_t fact, const struct region *region)
{
	const struct model *model = l->c->model;
	uint64_t with = 0, without = 0;
	for (size_t i = 0; i < l->list->dim_count; i++) {
		const struct dim *d = &model->dims[l->list->dims[i]];
		if (d->fact == fact && !is_whole(model, l->list->dims[i], &region->values[i]))
			*(region->values[i].items[0].low ? &with : &without) |= (uint64_t)1 << d->member;
	}
	return set_cell(l->c->arena, &model->facts[fact], with, without);
}

static struct phrase fact_cell(const struct layout *l, uint32_t fact, const struct region *region)
{
	const struct fact *f = &l->c->model->facts[fact];
	if (f->kind == FACT_SET)
		return set_values(l, fact, region);
	for (size_t i = 0; i < l->list->dim_count; i++)
		if (l->list->dims[i] == f->first_dim)
			return values_cell(l->c->arena, f, &region->values[i]);
	return (struct phrase){ "", "" };
}

/* The first or the last day; nothing where the region begins or ends with the calendar. */
static struct phrase day_cell(const struct layout *l, const struct region *region, bool from)
{
	uint32_t fact = l->c->model->applicable_date;
	for (size_t i = 0; fact != NONE && i < l->list->dim_count; i++) {
		const struct fact *f = &l->c->model->facts[fact];
		if (l->list->dims[i] != f->first_dim)
			continue;
		const struct range *r = &region->values[i].items[0];
		if (from ? r->low > f->low : r->high < f->high)
			return (struct phrase){ date_text(l->c->arena, from ? r->low : r->high), NULL };
	}
	return (struct phrase){ "", "" };
}

static bool has_outcome(const struct layout *l, uint32_t decision, uint32_t outcome, const struct region *region)
{
	struct checks *c = l->c;
	struct cond **parts = arena_new_array(c->arena, struct cond *, l->list->dim_count + 1);
	for (size_t i = 0; i < l->list->dim_count; i++)
		parts[i] = value_in(c, l->list->dims[i], region->values[i]);
	parts[l->list->dim_count] = outcome_is(c, decision, outcome);
	struct question question = where(c, all_of(c, parts, l->list->dim_count + 1), either(c, NULL, 0));
	regions_allow(c->regions, CELL_BOXES);
	enum reply reply = regions_exist(c->regions, &question);
	return !regions_allow_all(c->regions) || reply != REPLY_NO;
}

static struct phrase outcome_cell(const struct layout *l, uint32_t decision, const struct region *region)
{
	const struct decision *d = &l->c->model->decisions[decision];
	VEC(struct range) values = { 0 };
	for (uint32_t i = 0; i < d->outcome_count; i++)
		if (has_outcome(l, decision, i, region))
			vec_push(l->c->arena, &values, ((struct range){ i, i }));
	if (values.count == d->outcome_count)
		return (struct phrase){ "", "" };
	return outcomes_cell(l->c->arena, d, &(struct ranges){ values.items, values.count });
}

static struct phrase cell_at(const struct layout *l, const struct column *column, const struct region *region)
{
	switch (column->use) {
	case COLUMN_FACT: return fact_cell(l, column->fact, region);
	case COLUMN_DECISION: return outcome_cell(l, column->decision, region);
	case COLUMN_FROM: return day_cell(l, region, true);
	case COLUMN_TO: return day_cell(l, region, false);
	case COLUMN_EMPTY: break;
	}
	return (struct phrase){ "", "" };
}

static struct phrase row_of(const struct layout *l, const struct region *region)
{
	struct writer zh, en;
	writer_init(&zh, l->c->diag->arena);
	writer_init(&en, l->c->diag->arena);
	for (size_t i = 0; i < l->count; i++) {
		struct phrase cell = cell_at(l, &l->columns[i], region);
		write_fmt(&zh, "| %s%s", cell.zh, *cell.zh ? " " : "");
		write_fmt(&en, "| %s%s", cell.en ? cell.en : cell.zh, *cell.zh ? " " : "");
	}
	write_char(&zh, '|');
	write_char(&en, '|');
	return (struct phrase){ writer_text(&zh), writer_text(&en) };
}

void set_region_rows(struct checks *c, struct finding *f, const struct region_list *list)
{
	struct layout l = { .c = c, .list = list };
	const struct rule_table *table = c->decision ? table_for(c, f) : NULL;
	struct writer head, rule;
	if (list->count == 0)
		return;
	bool whole = f->kind == FINDING_GAP && table && (f->rules || table->rule_count == c->decision->rule_count);
	if (!table || !of_table(&l, table, whole))
		of_facts(&l);
	writer_init(&head, c->diag->arena);
	writer_init(&rule, c->diag->arena);
	for (size_t i = 0; i < l.count; i++) {
		write_fmt(&head, "| %s ", l.columns[i].heading);
		write_str(&rule, "|---");
	}
	f->row_head = arena_printf(c->diag->arena, "%s|", writer_text(&head));
	f->row_rule = arena_printf(c->diag->arena, "%s|", writer_text(&rule));
	for (size_t i = 0; i < list->count; i++)
		f->regions[i].row = row_of(&l, &list->items[i]);
}
