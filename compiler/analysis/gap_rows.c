/* A gap as rows of a table whose columns do not say all that bounds it: some are of decisions or definitions, or the table
 * has a condition of its own.
 *
 * note [rows of a gap]
 * What is left of a region gives its least case and the box around it. That box, as far as the columns can say it, is a
 * row if no case of it has a rule or is in a row already; else the least case alone is, widened column by column as long as
 * that is so. What the row holds of this and later regions is taken away. */
#include "analysis/rows.h"
#include "model/ranges.h"

#include <string.h>

enum { ROWS_PER_REGION = 8, ROWS_AT_LEAST = 64 };

struct search {
	const struct layout *l;
	struct checks *c;
	const struct question *gap;
	struct cond *of_table;       /* what every row has from the table's head; NULL: nothing */
	row_list *rows;
	unsigned left;
};

/* ---- what the columns can say ---- */

static bool has_use(const struct layout *l, enum column_use use)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->columns[i].use == use)
			return true;
	return false;
}

static bool has_fact(const struct layout *l, uint32_t fact)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->columns[i].use == COLUMN_FACT && l->columns[i].index == fact)
			return true;
	return false;
}

static struct ranges as_told(const struct layout *l, uint32_t dim, const struct ranges *values)
{
	const struct model *model = l->c->model;
	const struct dim *d = &model->dims[dim];
	bool dated = d->fact == model->applicable_date;
	bool from = dated && has_use(l, COLUMN_FROM), to = dated && has_use(l, COLUMN_TO);
	if (has_fact(l, d->fact))
		return *values;
	return ranges_one(l->c->arena, from ? values->items[0].low : d->low, to ? values->items[values->count - 1].high : d->high);
}

/* ---- as conditions ---- */

typedef VEC(struct cond *) cond_list;

struct cond *choice_is(struct checks *c, const struct column *column, uint32_t choice)
{
	if (column->use == COLUMN_DECISION)
		return outcome_is(c, column->index, choice);
	struct cond *cond = c->model->definitions[column->index].cond;
	return choice ? cond : not_so(c, cond);
}

uint32_t choices_of(const struct model *model, const struct column *column)
{
	return column->use == COLUMN_DECISION ? (uint32_t)model->decisions[column->index].outcome_count : 2;
}

static void add_choices(struct checks *c, const struct column *column, const struct ranges *choices, cond_list *parts)
{
	cond_list some = { 0 };
	uint32_t count = choices_of(c->model, column);
	for (uint32_t i = 0; i < count; i++)
		if (ranges_have(choices, i))
			vec_push(c->arena, &some, choice_is(c, column, i));
	if (some.count < count)
		vec_push(c->arena, parts, either(c, some.items, some.count));
}

struct cond *box_cond(const struct layout *l, const struct ranges *values)
{
	cond_list parts = { 0 };
	for (size_t i = 0; i < l->list->dim_count; i++)
		if (!is_whole(l->c->model, l->list->dims[i], &values[i]))
			vec_push(l->c->arena, &parts, value_in(l->c, l->list->dims[i], values[i]));
	return all_of(l->c, parts.items, parts.count);
}

static struct cond *row_cond(const struct layout *l, const struct row *row)
{
	cond_list parts = { 0 };
	vec_push(l->c->arena, &parts, box_cond(l, row->values));
	for (size_t i = 0; i < l->count; i++)
		if (has_choices(&l->columns[i]))
			add_choices(l->c, &l->columns[i], &row->outcomes[i], &parts);
	return all_of(l->c, parts.items, parts.count);
}

static struct cond *head_cond(struct checks *c, const struct rule_table *table)
{
	cond_list parts = { 0 };
	if (table->when)
		vec_push(c->arena, &parts, table->when);
	if (table->has_from || table->has_to) {
		const struct fact *on = &c->model->facts[c->model->applicable_date];
		vec_push(c->arena, &parts,
			 value_in(c, on->first_dim,
				  ranges_one(c->arena, table->has_from ? table->from : on->low, table->has_to ? table->to : on->high)));
	}
	return parts.count ? all_of(c, parts.items, parts.count) : NULL;
}

/* ---- asking ---- */

static struct question cases_of(struct checks *c, struct cond *cond)
{
	return where(c, cond, either(c, NULL, 0));
}

static enum reply exists(struct checks *c, struct cond *cond)
{
	struct question question = cases_of(c, cond);
	regions_allow(c->regions, CELL_BOXES);
	enum reply reply = regions_exist(c->regions, &question);
	return regions_allow_all(c->regions) ? reply : REPLY_ENDED;
}

static struct cond *within_table(const struct search *s, struct cond *cond)
{
	return s->of_table ? all_of(s->c, (struct cond *[]){ s->of_table, cond }, 2) : cond;
}

static bool boxes_meet(const struct layout *l, const struct ranges *a, const struct ranges *b)
{
	for (size_t i = 0; i < l->list->dim_count; i++)
		if (ranges_intersect(l->c->arena, &a[i], &b[i]).count == 0)
			return false;
	return true;
}

static bool rule_may_meet(const struct search *s, uint32_t rule, const struct ranges *values)
{
	for (size_t i = 0; i < s->l->list->dim_count; i++) {
		const struct ranges *its = regions_values(s->c->regions, s->c->index, rule, s->l->list->dims[i]);
		if (its && ranges_intersect(s->c->arena, its, &values[i]).count == 0)
			return false;
	}
	return true;
}

static void add_rows_there(const struct search *s, const struct ranges *values, cond_list *out)
{
	for (size_t i = 0; i < s->rows->count; i++)
		if (boxes_meet(s->l, values, s->rows->items[i].values))
			vec_push(s->c->arena, out, row_cond(s->l, &s->rows->items[i]));
}

/* All of the row is gap, and in no other row. */
static bool is_new_gap(struct search *s, const struct row *row)
{
	cond_list taken = { 0 };
	rule_list rules = { 0 };
	for (size_t i = 0; i < s->gap->other_count; i++)
		if (rule_may_meet(s, s->gap->others[i], row->values))
			vec_push(s->c->arena, &rules, s->gap->others[i]);
	vec_push(s->c->arena, &taken, holding(s->c, COND_OR, rules.items, rules.count));
	add_rows_there(s, row->values, &taken);
	struct cond *parts[] = { row_cond(s->l, row), either(s->c, taken.items, taken.count) };
	enum reply reply = exists(s->c, within_table(s, all_of(s->c, parts, 2)));
	s->left |= reply == REPLY_ENDED ? LEFT_COSTLY : 0;
	return reply == REPLY_NO;
}

/* ---- widening a case ---- */

static struct ranges with_value(struct arena *arena, const struct ranges *ranges, int64_t value)
{
	VEC(int64_t) values = { 0 };
	for (size_t i = 0; i < ranges->count; i++)
		for (int64_t v = ranges->items[i].low; v <= ranges->items[i].high; v++)
			vec_push(arena, &values, v);
	vec_push(arena, &values, value);
	return ranges_of(arena, values.items, values.count);
}

static bool takes(struct search *s, struct row *row, struct ranges *cell, struct ranges wider)
{
	struct ranges before = *cell;
	*cell = wider;
	if (is_new_gap(s, row))
		return true;
	*cell = before;
	return false;
}

static void widen_by_values(struct search *s, struct row *row, struct ranges *cell, const struct ranges *most)
{
	for (size_t i = 0; i < most->count; i++)
		for (int64_t v = most->items[i].low; v <= most->items[i].high; v++)
			if (!ranges_have(cell, v))
				takes(s, row, cell, with_value(s->c->arena, cell, v));
}

/* Upwards, to the last value that it can have. */
static void widen_upwards(struct search *s, struct row *row, struct ranges *cell, const struct ranges *most)
{
	int64_t low = cell->items[0].low, high = most->items[most->count - 1].high, sure = cell->items[0].high;
	while (sure < high) {
		int64_t middle = sure + (high - sure + 1) / 2;
		if (takes(s, row, cell, ranges_one(s->c->arena, low, middle)))
			sure = middle;
		else
			high = middle - 1;
	}
}

static void widen_values(struct search *s, struct row *row, size_t i, const struct ranges *box)
{
	uint32_t dim = s->l->list->dims[i];
	const struct fact *fact = &s->c->model->facts[s->c->model->dims[dim].fact];
	struct ranges most = as_told(s->l, dim, box);
	if (same_ranges(&most, &row->values[i]) || takes(s, row, &row->values[i], most))
		return;
	if (fact->kind == FACT_INTEGER || fact->kind == FACT_DATE)
		widen_upwards(s, row, &row->values[i], &most);
	else
		widen_by_values(s, row, &row->values[i], &most);
}

/* The row of one case, widened but for its outcomes. false: it holds where there is no gap. */
static bool row_of_case(struct search *s, const int64_t *least, const struct ranges *box, struct row *out)
{
	const struct layout *l = s->l;
	struct ranges *at = arena_new_array(s->c->arena, struct ranges, l->list->dim_count + 1);
	for (size_t i = 0; i < l->list->dim_count; i++)
		at[i] = ranges_one(s->c->arena, least[i], least[i]);
	*out = row_of_region(l, at);
	for (size_t i = 0; i < l->list->dim_count; i++)
		out->values[i] = as_told(l, l->list->dims[i], &at[i]);
	if (!is_new_gap(s, out))
		return false;
	for (size_t i = 0; i < l->list->dim_count; i++)
		widen_values(s, out, i, &box[i]);
	return true;
}

/* ---- the rows ---- */

static bool row_of_box(struct search *s, const int64_t *least, const struct ranges *box, struct row *out)
{
	*out = row_of_region(s->l, box);
	for (size_t i = 0; i < s->l->list->dim_count; i++)
		out->values[i] = as_told(s->l, s->l->list->dims[i], &box[i]);
	return is_new_gap(s, out) || row_of_case(s, least, box, out);
}

/* What of the region is in no row yet: its least case, and the box around it. They live in the arena. */
static enum reply rest_of(struct search *s, const struct ranges *region, int64_t **least, struct ranges **box)
{
	struct checks *c = s->c;
	cond_list rows = { 0 };
	struct region_list list;
	size_t dims = s->l->list->dim_count;
	add_rows_there(s, region, &rows);
	struct cond *parts[] = { box_cond(s->l, region), not_so(c, either(c, rows.items, rows.count)) };
	struct question question = cases_of(c, within_table(s, all_of(c, parts, 2)));
	regions_allow(c->regions, CELL_BOXES);
	enum reply reply = regions_list(c->regions, &question, 1, &list);
	if (!regions_allow_all(c->regions) && (reply != REPLY_YES || list.count == 0))
		return REPLY_ENDED;
	if (reply != REPLY_YES || list.count == 0)
		return reply == REPLY_YES ? REPLY_ENDED : reply;
	*least = arena_new_array(c->arena, int64_t, dims + 1);
	*box = arena_new_array(c->arena, struct ranges, dims + 1);
	memcpy(*least, list.least, dims * sizeof **least);
	for (size_t i = 0; i < dims; i++)
		(*box)[i] = ranges_intersect(c->arena, &list.items[0].values[i], &list.items[0].values[i]);
	return REPLY_YES;
}

static void add_rows_of(struct search *s, const struct ranges *region, size_t most)
{
	int64_t *least;
	struct ranges *box;
	struct row row;
	enum reply reply = REPLY_YES;
	while (s->rows->count < most && (reply = rest_of(s, region, &least, &box)) == REPLY_YES) {
		if (!row_of_box(s, least, box, &row)) {
			s->left |= LEFT_ALIKE;
			return;
		}
		vec_push(s->c->arena, s->rows, row);
	}
	s->left |= reply == REPLY_NO ? 0 : LEFT_COSTLY;
}

unsigned gap_rows(const struct layout *l, const struct question *gap, row_list *rows)
{
	struct search s = { .l = l, .c = l->c, .gap = gap, .of_table = head_cond(l->c, l->table), .rows = rows };
	size_t most = l->list->count * ROWS_PER_REGION;
	most = most < ROWS_AT_LEAST ? ROWS_AT_LEAST : most;
	for (size_t i = 0; i < l->list->count; i++) {
		const struct ranges *region = l->list->items[i].values;
		if (s.of_table) {
			struct cond *parts[] = { box_cond(l, region), not_so(s.c, s.of_table) };
			enum reply reply = exists(s.c, all_of(s.c, parts, 2));
			s.left |= reply == REPLY_NO ? 0 : reply == REPLY_YES ? LEFT_OUTSIDE : LEFT_COSTLY;
		}
		add_rows_of(&s, region, most);
	}
	return s.left;
}
