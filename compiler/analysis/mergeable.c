/* Mergeable: rows of one table that differ in one column only and that one row could replace, in the place of the first.
 *
 * note [buckets] Rows that are alike but for one column have the same hash of all other columns. For each column the rows
 * are sorted by that hash, so that the cost grows with the rows and not with their pairs. A row belongs to one group at
 * most: that of the first column, in order, in which it has one. */
#include "analysis/merging.h"

#include <stdlib.h>
#include <string.h>

typedef VEC(struct row *) row_list;

/* ---- what a row is ---- */

static uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; text && *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return (hash ^ 0xff) * UINT64_C(0x100000001b3);
}

/* NULL: none of its own. */
static const char *label_of(const struct rule *r, bool english)
{
	const struct name *name = &r->name;
	return english ? (name->has_english ? name->english : NULL) : name->has_label ? name->label : NULL;
}

/* What is not a condition: merged, it must be said once, so that it must be the same. */
static uint64_t hash_rest(const struct rule *r)
{
	uint64_t hash = hash_text(hash_text(UINT64_C(0xcbf29ce484222325), r->item), r->standard);
	hash = hash_text(hash_text(hash, label_of(r, false)), label_of(r, true));
	hash = hash_text(hash, r->attributes.because);
	for (size_t i = 0; i < r->text_count; i++)
		hash = hash_text(hash, r->texts[i].text);
	for (size_t i = 0; i < r->attributes.cites.count; i++)
		hash = hash_text(hash, r->attributes.cites.clauses[i]);
	return hash * 31 + r->outcome * 7 + (r->has_from ? (uint64_t)r->from * 3 : 1) + (r->has_to ? (uint64_t)r->to * 5 : 2);
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_lists(const char **a, size_t a_count, const char **b, size_t b_count)
{
	for (size_t i = 0; a_count == b_count && i < a_count; i++)
		if (strcmp(a[i], b[i]) != 0)
			return false;
	return a_count == b_count;
}

static bool same_rest(const struct rule *a, const struct rule *b)
{
	const struct attributes *x = &a->attributes, *y = &b->attributes;
	bool same = a->outcome == b->outcome && same_text(a->item, b->item) && same_text(a->standard, b->standard) &&
		    same_text(label_of(a, false), label_of(b, false)) &&
		    same_text(label_of(a, true), label_of(b, true)) && same_text(x->because, y->because) &&
		    x->role == y->role && x->discretion == y->discretion && a->has_from == b->has_from &&
		    a->has_to == b->has_to && (!a->has_from || a->from == b->from) && (!a->has_to || a->to == b->to) &&
		    a->text_count == b->text_count &&
		    same_lists(x->cites.clauses, x->cites.count, y->cites.clauses, y->cites.count) &&
		    same_lists(x->resolves, x->resolve_count, y->resolves, y->resolve_count);
	for (size_t i = 0; same && i < a->text_count; i++)
		same = same_text(a->texts[i].text, b->texts[i].text);
	return same;
}

static bool same_but_column(const struct merger *m, const struct row *a, const struct row *b)
{
	for (size_t i = 0; i < m->written->column_count; i++)
		if (i != m->column && !cells_equal(a->cells[i], b->cells[i]))
			return false;
	return same_rest(rule_at(m->c, a->rule), rule_at(m->c, b->rule));
}

static uint64_t column_hash(const struct row *row, size_t column)
{
	uint64_t hash = (row->cells[column]->hash ^ (column + 1)) * UINT64_C(0xff51afd7ed558ccd);
	return hash ^ hash >> 33;
}

/* Equal cells share their condition: ast/ast.h, note [cells alike]. */
static const struct cell *cell_once(struct merger *m, const struct cond *cond)
{
	struct cell *cell = cond ? memo_get(m->made, cond) : &m->any;
	if (!cell) {
		cell = arena_new_of(m->c->arena, struct cell);
		*cell = cell_of(m->c->arena, m->c->model, cond);
		memo_put(m->made, cond, cell);
	}
	return cell;
}

/* The row's conditions stand in `when` after the table's, in order of the columns; one part alone stands for itself. */
const uint64_t *hash_row(struct merger *m, struct arena *arena, struct row *row)
{
	uint64_t *keys = arena_new_array(arena, uint64_t, m->written->column_count);
	const struct rule *rule = rule_at(m->c, row->rule);
	uint64_t all = hash_rest(rule);
	size_t at = m->table->when ? 1 : 0, parts = at + (rule->has_from || rule->has_to ? 1 : 0);
	for (size_t i = 0; i < m->written->column_count; i++)
		parts += m->written->columns[i].kind == AST_COLUMN_NAME && row->written->cells[i].cond;
	row->cells = arena_alloc_array(m->c->arena, m->written->column_count + 1, sizeof *row->cells);
	for (size_t i = 0; i < m->written->column_count; i++) {
		bool tests = m->written->columns[i].kind == AST_COLUMN_NAME && row->written->cells[i].cond;
		const struct cond *cond = !tests ? NULL : parts == 1 ? rule->when : rule->when->parts[at++];
		row->cells[i] = cell_once(m, cond);
		keys[i] = column_hash(row, i);
		all += keys[i];
	}
	for (size_t i = 0; i < m->written->column_count; i++)
		keys[i] = all - keys[i];
	return keys;
}

/* ---- which cells make one ---- */

static bool is_line(const struct merger *m, const struct cell *cell)
{
	if (cell->fact == NONE)
		return false;
	enum fact_kind kind = m->c->model->facts[cell->fact].kind;
	return kind == FACT_INTEGER || kind == FACT_DATE;
}

/* Values of one kind, one stretch of numbers, or members of which a set has one. */
static bool can_grow(const struct merger *m, const struct cell *cell)
{
	if (cell->kind == CELL_VALUES)
		return cell->values.count > 0 && (!is_line(m, cell) || cell->values.count == 1);
	return cell->kind == CELL_SOME || (cell->kind == CELL_ALL && !cell->without && cell->with && !(cell->with & (cell->with - 1)));
}

static struct range stretch_of(const struct merger *m, const struct row *row)
{
	return row->cells[m->column]->values.items[0];
}

/* note [up] Under 首中 a row that is moved up to the first of its group must not take a case from a row between: one with
 * another outcome that is the first to hold there. */
static bool can_move_up(struct merger *m, const struct row *head, const struct row *row)
{
	struct checks *c = m->c;
	rule_list above = { 0 };
	struct neighbours near = { 0 };
	if (m->table->hit == HIT_FIRST)
		near = neighbours_of(c, TOPIC_MERGEABLE, row->rule);
	for (size_t i = 0; i < near.count && near.items[i] < row->rule && !c->open[TOPIC_MERGEABLE]; i++) {
		const uint32_t both_rules[] = { near.items[i], row->rule };
		if (table_of(c, near.items[i]) != m->table)
			continue;
		if (near.items[i] > head->rule && rule_at(c, near.items[i])->outcome != rule_at(c, row->rule)->outcome &&
		    holds_without(c, TOPIC_MERGEABLE, both_rules, 2, above.items, above.count))
			return false;
		vec_push(c->arena, &above, near.items[i]);
	}
	return !c->open[TOPIC_MERGEABLE];
}

/* ---- groups ---- */

/* By hash of the other columns, then by stretch, then by place. */
static int by_key(const void *left, const void *right)
{
	const struct row *a = *(struct row *const *)left, *b = *(struct row *const *)right;
	if (a->key != b->key)
		return (a->key > b->key) - (a->key < b->key);
	if (a->low != b->low)
		return (a->low > b->low) - (a->low < b->low);
	return (a->rule > b->rule) - (a->rule < b->rule);
}

static int by_place(const void *left, const void *right)
{
	const struct row *a = *(struct row *const *)left, *b = *(struct row *const *)right;
	return (a->rule > b->rule) - (a->rule < b->rule);
}

/* The values of all, which are those of one condition. */
static struct cell cells_together(const struct merger *m, const row_list *group)
{
	struct cond **parts = arena_new_array(m->c->arena, struct cond *, group->count);
	for (size_t i = 0; i < group->count; i++) {
		struct cond *part = parts[i] = arena_new_of(m->c->arena, struct cond);
		const struct cell *cell = group->items[i]->cells[m->column];
		bool of_fact = cell->fact != NONE;
		*part = (struct cond){ .kind = of_fact ? COND_FACT : COND_DECISION, .decision = cell->decision,
				       .dim = of_fact ? m->c->model->facts[cell->fact].first_dim : NONE, .ranges = cell->values };
	}
	return cell_of(m->c->arena, m->c->model, either(m->c, parts, group->count));
}

/* The one cell that says what those of the group say; "" when that is any value. */
static struct phrase joined_cell(const struct merger *m, const row_list *group)
{
	const struct model *model = m->c->model;
	struct arena *arena = m->c->diag->arena;
	const struct cell *first = group->items[0]->cells[m->column];
	uint64_t with = 0;
	for (size_t i = 0; i < group->count; i++)
		with |= group->items[i]->cells[m->column]->with;
	if (first->kind != CELL_VALUES)
		return set_some_cell(arena, &model->facts[first->fact], with);
	struct cell all = cells_together(m, group);
	if (all.kind == CELL_ANY)
		return (struct phrase){ "", "" };
	return first->fact != NONE ? values_cell(arena, &model->facts[first->fact], &all.values) :
				     outcomes_cell(arena, &model->decisions[first->decision], &all.values);
}

static void report(struct merger *m, const struct merge_group *group)
{
	struct checks *c = m->c;
	const uint32_t *rules = group->rules;
	struct phrase cell = group->cell;
	const struct ast_cell *written =
		&m->written->rows.items[rule_at(c, rules[0])->row].cells[group->column];
	struct finding *f = report_rules(c, FINDING_MERGEABLE, *cell.zh ? MESSAGE_MERGEABLE : MESSAGE_MERGEABLE_ANY, rules,
					 group->count);
	diag_arg(c->diag, f, 0, m->table->name.id);
	if (m->table->ids_given)
		diag_arg2(c->diag, f, 1, group->ids.zh, group->ids.en);
	else                         /* a row that stays may have another number */
		set_id_list(c, f, 1, rules, group->count);
	diag_arg(c->diag, f, 2, m->written->columns[group->column].name.text);
	diag_arg2(c->diag, f, 3, cell.zh, cell.en);
	if (!c->hide_notes && !m->written->from_csv && !written->merged)
		mend_by_merging(c, f, rules, group->count, written->span, cell);
}

static void add_group(struct merger *m, const row_list *rows)
{
	struct checks *c = m->c;
	struct arena *arena = c->keeping ? c->keeping->arena : c->arena;
	struct merge_group group = { arena_new_array(c->arena, uint32_t, rows->count), rows->count, m->column, joined_cell(m, rows), { 0 } };
	for (size_t i = 0; i < rows->count; i++) {
		rows->items[i]->taken = true;
		group.rules[i] = rows->items[i]->rule;
	}
	if (c->keeping)
		group.cell = (struct phrase){ arena_strdup(arena, group.cell.zh), arena_strdup(arena, group.cell.en) };
	group.ids = id_list(c, arena, group.rules, group.count);
	vec_push(c->arena, &m->groups, group);
}

/* Of rows in the order of their stretches, those from *at on that make one stretch; *at goes behind them. */
static row_list next_stretch(const struct merger *m, const row_list *rows, size_t *at)
{
	row_list one = { 0 };
	int64_t high = 0;
	for (; *at < rows->count; ++*at) {
		struct range r = stretch_of(m, rows->items[*at]);
		if (one.count && r.low > high && r.low - 1 != high)
			break;
		high = one.count && high > r.high ? high : r.high;
		vec_push(m->c->arena, &one, rows->items[*at]);
	}
	return one;
}

static bool has_row(const row_list *rows, const struct row *row)
{
	for (size_t i = 0; i < rows->count; i++)
		if (rows->items[i] == row)
			return true;
	return false;
}

/* The head and the rows below it that can move up to it; of numbers those that make one stretch with it. */
static row_list group_of(struct merger *m, const row_list *rows, const struct row *head)
{
	row_list group = { 0 };
	for (size_t i = 0; i < rows->count; i++) {
		struct row *row = rows->items[i];
		if (row == head || (!row->taken && row->rule > head->rule && can_move_up(m, head, row)))
			vec_push(m->c->arena, &group, row);
	}
	if (!is_line(m, head->cells[m->column]))
		return group;
	for (size_t at = 0; at < group.count;) {
		row_list one = next_stretch(m, &group, &at);
		if (has_row(&one, head))
			return one;
	}
	return group;
}

static void sort_rows(row_list *rows, int (*order)(const void *, const void *))
{
	if (rows->count)
		qsort(rows->items, rows->count, sizeof *rows->items, order);
}

/* Rows that are alike but for the column, in the order of their stretches. */
static void merge_alike(struct merger *m, const row_list *rows)
{
	row_list heads = { 0 };
	for (size_t i = 0; i < rows->count; i++)
		vec_push(m->c->arena, &heads, rows->items[i]);
	sort_rows(&heads, by_place);
	for (size_t i = 0; i < heads.count && !m->c->open[TOPIC_MERGEABLE]; i++) {
		if (heads.items[i]->taken)
			continue;
		row_list group = group_of(m, rows, heads.items[i]);
		if (group.count < 2 || m->c->open[TOPIC_MERGEABLE])
			continue;
		sort_rows(&group, by_place);
		add_group(m, &group);
	}
}

/* Rows with one hash: those that are alike in truth, class by class, and of numbers stretch by stretch. */
static void merge_bucket(struct merger *m, struct row **rows, size_t count)
{
	bool *done = arena_new_array(m->c->arena, bool, count);
	for (size_t i = 0; i < count; i++) {
		row_list alike = { 0 };
		for (size_t k = i; k < count && !done[i]; k++) {
			if (done[k] || !same_but_column(m, rows[i], rows[k]))
				continue;
			done[k] = k > i;
			vec_push(m->c->arena, &alike, rows[k]);
		}
		bool line = alike.count > 1 && is_line(m, rows[i]->cells[m->column]);
		for (size_t at = 0; line && at < alike.count;) {
			row_list one = next_stretch(m, &alike, &at);
			if (one.count > 1)
				merge_alike(m, &one);
		}
		if (alike.count > 1 && !line)
			merge_alike(m, &alike);
	}
}

/* Leaves out rows whose key ends as no other's does: nothing is like them. Most rows of a large table are such. */
static void drop_lonely(const struct merger *m, row_list *rows)
{
	size_t kept = 0, mask = m->seen_size - 1;
	uint8_t *seen = m->seen;
	memset(seen, 0, m->seen_size);
	for (size_t i = 0; i < rows->count; i++) {
		uint8_t *times = &seen[rows->items[i]->key & mask];
		*times = *times ? 2 : 1;
	}
	for (size_t i = 0; i < rows->count; i++)
		if (seen[rows->items[i]->key & mask] == 2)
			rows->items[kept++] = rows->items[i];
	rows->count = kept;
}

static void merge_column(struct merger *m)
{
	row_list rows = { m->in_column, 0, m->row_count };
	for (size_t i = 0; i < m->row_count; i++) {
		struct row *row = &m->rows[i];
		const struct cell *cell = row->cells[m->column];
		row->key = row->keys[m->column];
		row->low = cell->kind == CELL_VALUES && cell->values.count && is_line(m, cell) ? cell->values.items[0].low : 0;
		if (!row->taken && can_grow(m, cell))
			vec_push(m->c->arena, &rows, row);
	}
	drop_lonely(m, &rows);
	sort_rows(&rows, by_key);
	for (size_t i = 0, end; i < rows.count && !m->c->open[TOPIC_MERGEABLE]; i = end) {
		for (end = i + 1; end < rows.count && rows.items[end]->key == rows.items[i]->key;)
			end++;
		if (end - i > 1)
			merge_bucket(m, rows.items + i, end - i);
	}
}

static void merge_table(struct checks *c, const struct rule_table *table, uint32_t first)
{
	struct merger m = { .c = c, .table = table, .written = table->written, .first = first };
	m.made = memo_new_in(c->arena);
	m.any = cell_of(c->arena, c->model, NULL);
	m.tests = arena_new_array(c->arena, size_t, m.written->column_count);
	for (size_t i = 0; i < m.written->column_count; i++)
		if (m.written->columns[i].kind == AST_COLUMN_NAME)
			m.tests[m.test_count++] = i;
	merge_select(&m);
	m.in_column = arena_new_array(c->arena, struct row *, m.row_count);
	for (m.seen_size = 1; m.seen_size < m.row_count * 4;)
		m.seen_size *= 2;
	m.seen = arena_new_array(c->arena, uint8_t, m.seen_size);
	for (size_t i = 0; i < m.test_count; i++) {
		m.column = m.tests[i];
		merge_column(&m);
	}
	for (size_t i = 0; i < m.groups.count; i++)
		report(&m, &m.groups.items[i]);
	merge_keep(&m);
}

void check_mergeable(struct checks *c)
{
	for (size_t i = 0; i < c->decision->table_count && !c->open[TOPIC_MERGEABLE]; i++) {
		const struct rule_table *table = &c->model->tables[c->decision->tables[i]];
		if (table->rule_count > 1)
			merge_table(c, table, first_row(c, table));
	}
}
