/* The smallest edit that closes a gap: a bound of one rule that is moved up to it.
 *
 * It is proposed where moving it covers the gap and nothing else, so that no conflict can arise: the gap is one region,
 * and a rule that is a product of sets has the same values in all dimensions but one, a number's, where the two touch. In
 * the gap of a 完备 table other rules may hold: then only where they agree with the row. */
#include "analysis/cells.h"
#include "analysis/mend.h"
#include "ast/ast.h"
#include "support/writer.h"

#include <string.h>

static bool touches(const struct range *a, const struct range *b)
{
	return (a->high < b->low && a->high + 1 == b->low) || (b->high < a->low && b->high + 1 == a->low);
}

/* The place of the one dimension in which the rule and the gap differ, and touch; NONE: there is none. */
static uint32_t touching_dim(struct checks *c, uint32_t rule, const struct region *gap)
{
	uint32_t found = NONE;
	for (uint32_t i = 0; i < c->list.dim_count; i++) {
		uint32_t dim = c->list.dims[i];
		const struct dim *d = &c->model->dims[dim];
		const struct ranges whole = { &(struct range){ d->low, d->high }, 1 };
		const struct ranges *values = regions_values(c->regions, c->index, rule, dim);
		if (same_ranges(values ? values : &whole, &gap->values[i]))
			continue;
		if (found != NONE || !values || c->model->facts[d->fact].kind != FACT_INTEGER || values->count != 1 ||
		    !touches(values->items, gap->values[i].items))
			return NONE;
		found = i;
	}
	return found;
}

/* The only test of the dimension in the condition, as the author wrote it; NULL: none, several, or in a definition. */
static const struct cond *bound_of(const struct cond *cond, uint32_t dim, size_t *count)
{
	const struct cond *found = NULL;
	if (cond->kind == COND_FACT && cond->dim == dim) {
		++*count;
		return cond->op == OP_BOUNDS ? cond : NULL;
	}
	for (size_t i = 0; i < cond->part_count; i++) {
		const struct cond *in = bound_of(cond->parts[i], dim, count);
		if (in && cond->kind == COND_AND)
			found = in;
	}
	return found;
}

/* The condition of the row's n-th cell that is not empty: the table's own stands before those of cells. */
static const struct cond *cell_test(const struct rule_table *table, const struct rule *row, size_t n)
{
	n += table->when ? 1 : 0;
	if (row->when->kind == COND_AND && n < row->when->part_count)
		return row->when->parts[n];
	return n == 0 ? row->when : NULL;
}

/* Where it is written. A row has it in a cell of its own: what a table says of all its rows, or the row below repeats, is not
 * moved for one. */
static bool place_of(const struct checks *c, uint32_t index, const struct cond *bound, struct span *at)
{
	const struct rule *rule = rule_at(c, index);
	*at = bound->span;
	if (rule->table == NONE)
		return true;
	const struct rule_table *table = &c->model->tables[rule->table];
	const struct ast_pipe_table *written = table->written;
	const struct ast_cell *cells = written->rows.items[rule->row].cells;
	for (size_t i = 0, n = 0; i < written->column_count; i++) {
		if (written->columns[i].kind != AST_COLUMN_NAME || !cells[i].cond || cell_test(table, rule, n++) != bound)
			continue;
		*at = ast_place_in_cell(written, rule->row, i, cells[i].cond->span);
		return !cells[i].merged && !is_repeated_below(c, index, c->model->dims[bound->dim].fact);
	}
	return false;
}

/* What stands before the bound: the fact's name and space, if any; in a table's cell nothing. */
static size_t subject_size(const char *text, const struct fact *fact)
{
	size_t size = strlen(fact->name.id);
	if (strncmp(text, fact->name.id, size) != 0)
		return 0;
	return size + strspn(text + size, " \t\r\n");
}

/* ---- what is said there now ---- */

static bool reaches(struct checks *c, uint32_t rule, const struct region *gap)
{
	if (!regions_may_hold(c->regions, c->index, rule))
		return false;
	for (uint32_t i = 0; i < c->list.dim_count; i++) {
		const struct ranges *values = regions_values(c->regions, c->index, rule, c->list.dims[i]);
		for (size_t k = 0; values && k < gap->values[i].count; k++) {
			const struct range *r = &gap->values[i].items[k];
			bool meets = false;
			for (size_t v = 0; v < values->count; v++)
				meets |= values->items[v].low <= r->high && r->low <= values->items[v].high;
			if (meets)
				break;
			if (k + 1 == gap->values[i].count)
				return false;
		}
	}
	return true;
}

/* Of a table that is not its decision's only source others decide its gap: in every case, and as the row would. Else closing
 * it would take cases from them, mostly the last ones. */
static bool others_agree(struct checks *c, uint32_t row)
{
	if (c->gap || c->open[TOPIC_GAP])
		return false;
	for (uint32_t i = 0; i < c->decision->rule_count; i++)
		if (table_of(c, i) != table_of(c, row) && rule_at(c, i)->outcome != rule_at(c, row)->outcome &&
		    reaches(c, i, &c->list.items[0]))
			return false;
	return true;
}

/* ---- the edit ---- */

static bool write_edit(struct checks *c, struct finding *f, uint32_t rule, const struct cond *bound, struct range *to)
{
	const struct fact *fact = &c->model->facts[c->model->dims[bound->dim].fact];
	const struct sources *sources = c->diag->sources;
	struct span at;
	struct writer w;
	if (!place_of(c, rule, bound, &at) || !sources || at.file >= sources->count || at.end <= at.start)
		return false;
	const char *text = sources->items[at.file].text + at.start;
	size_t subject = subject_size(text, fact);
	bool chinese = strncmp(text + subject, "at_", 3) != 0 && strncmp(text + subject, "under", 5) != 0 &&
		       strncmp(text + subject, "more_than", 9) != 0;
	writer_init(&w, c->diag->arena);
	write_bytes(&w, text, subject);
	struct phrase bounds = bounds_cell(c->diag->arena, fact, &(struct ranges){ to, 1 });
	write_str(&w, chinese ? bounds.zh : bounds.en);
	diag_edit(c->diag, f, at, writer_text(&w));
	diag_help(c->diag, f, MESSAGE_GAP_BOUND_HELP, rule_at(c, rule)->id, writer_text(&w));
	return true;
}

/* needs: the gap's regions in c->list; all of them, with their count */
bool mend_gap(struct checks *c, struct finding *f, const struct rule_table *table, bool only)
{
	if (c->list.count != 1 || c->list.rest || !c->list.total || c->list.ended)
		return false;
	for (uint32_t i = 0; i < c->decision->rule_count; i++) {
		const struct rule *rule = rule_at(c, i);
		if (rule->is_default || (table && table_of(c, i) != table) || !regions_is_product(c->regions, c->index, i))
			continue;
		uint32_t at = touching_dim(c, i, &c->list.items[0]);
		if (at == NONE)
			continue;
		size_t tests = 0;
		const struct cond *bound = bound_of(rule->when, c->list.dims[at], &tests);
		if (rule->except)
			bound_of(rule->except, c->list.dims[at], &tests);
		const struct range *gap = c->list.items[0].values[at].items;
		const struct range *own = regions_values(c->regions, c->index, i, c->list.dims[at])->items;
		struct range to = { own->low < gap->low ? own->low : gap->low, own->high > gap->high ? own->high : gap->high };
		if (!bound || tests != 1 || !(only || others_agree(c, i)) || !write_edit(c, f, i, bound, &to))
			continue;
		if (only)
			preview_gap(c, f, rule->outcome);
		else
			preview_nothing(c, f);
		return true;
	}
	return false;
}
