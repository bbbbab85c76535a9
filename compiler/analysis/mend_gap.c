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

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_of_word(char c, bool ascii)
{
	return ascii ? is_letter(c) || (c >= '0' && c <= '9') || c == '_' : (unsigned char)c >= 0x80;
}

/* Of the space, line end or comment that begins there; 0: none does. */
static size_t space_size(const char *text, size_t size)
{
	static const char wide[] = "\xe3\x80\x80", comment[] = "//";
	if (size >= sizeof comment - 1 && memcmp(text, comment, sizeof comment - 1) == 0)
		return strcspn(text, "\n");
	if (size >= sizeof wide - 1 && memcmp(text, wide, sizeof wide - 1) == 0)
		return sizeof wide - 1;
	return size && strchr(" \t\r\n", *text) ? 1 : 0;
}

static size_t blank_size(const char *text, size_t size)
{
	size_t at = 0, more;
	while (at < size && (more = space_size(text + at, size - at)) > 0)
		at += more;
	return at < size ? at : size;
}

/* The fact as it is named there: an id, a label in Chinese without quotes, or one in quotes. */
static size_t name_size(const char *text, size_t size)
{
	static const char *const quotes[][2] = { { "「", "」" }, { "\"", "\"" } };
	size_t at = 0;
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		size_t open = strlen(quotes[i][0]), close = strlen(quotes[i][1]);
		for (at = open; size > open && memcmp(text, quotes[i][0], open) == 0 && at + close <= size; at++)
			if (memcmp(text + at, quotes[i][1], close) == 0)
				return at + close;
	}
	bool ascii = (unsigned char)*text < 0x80;
	for (at = 0; at < size && is_of_word(text[at], ascii) && !space_size(text + at, size - at);)
		at++;
	return at;
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

/* Side by side they would be one word. */
static bool joins(char end, char begin)
{
	return is_of_word(end, (unsigned char)end < 0x80) && ((unsigned char)end < 0x80) == ((unsigned char)begin < 0x80);
}

static bool write_edit(struct checks *c, struct finding *f, uint32_t rule, const struct cond *bound, struct range *to)
{
	const struct fact *fact = &c->model->facts[c->model->dims[bound->dim].fact];
	struct span at;
	struct writer w;
	if (!place_of(c, rule, bound, &at) || !source_at(c, at) || at.end <= at.start)
		return false;
	const char *text = source_at(c, at)->text + at.start;
	size_t size = at.end - at.start, name = rule_at(c, rule)->table == NONE ? name_size(text, size) : 0;
	size_t blank = blank_size(text + name, size - name);
	struct phrase bounds = bounds_cell(c->diag->arena, fact, &(struct ranges){ to, 1 });
	/* a Chinese bound begins with its own words or a digit */
	const char *said = is_letter(text[name + blank]) ? bounds.en : bounds.zh;
	writer_init(&w, c->diag->arena);
	write_bytes(&w, text, name + blank);
	write_str(&w, name && !blank && joins(text[name - 1], *said) ? " " : "");
	write_str(&w, said);
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
