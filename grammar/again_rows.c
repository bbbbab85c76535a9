/* Rows of a rule table that change while the others stay. note [cells alike]: what the rows share is what they would share
 * if the table were read as a whole; of columns with more texts than are remembered they may share more. */
#include "grammar/kept.h"

#include <string.h>

enum { ROWS_FOLLOWED = 256 };        /* of more that come the firsts are found sooner by reading the table as a whole */

/* ---- moving ---- */

static void move_span(struct span *span, const struct change *change)
{
	span->start = change_moved(change, span->start);
	span->end = change_moved(change, span->end);
}

/* Of what stands behind the change. */
static void shift_span(struct span *span, const struct change *change)
{
	uint32_t by = (uint32_t)change->new_end - (uint32_t)change->old_end;
	span->start += by;
	span->end += by;
}

static void move_value(struct ast_value *value, const struct change *change)
{
	move_span(&value->span, change);
	switch (value->kind) {
	case AST_VALUE_WORD: move_span(&value->word.span, change); break;
	case AST_VALUE_NUMBER:
		move_span(&value->number.span, change);
		move_span(&value->number.unit_span, change);
		break;
	case AST_VALUE_DATE: move_span(&value->date.span, change); break;
	case AST_VALUE_SET:
		for (size_t i = 0; i < value->set.count; i++)
			move_span(&value->set.items[i].span, change);
		break;
	default: break;
	}
}

/* At most LIMIT_DEPTH deep. */
static void move_cond(struct ast_cond *cond, const struct change *change)
{
	move_span(&cond->span, change);
	move_span(&cond->subject.span, change);
	for (size_t i = 0; i < cond->part_count; i++)
		move_cond(cond->parts[i], change);
	for (size_t i = 0; i < cond->values.count; i++)
		move_value(&cond->values.items[i], change);
	for (size_t i = 0; i < cond->bound_count; i++) {
		move_span(&cond->bounds[i].span, change);
		move_value(&cond->bounds[i].value, change);
	}
}

/* What a cell shares moves with the first of its text; a merged cell's content is that of the one above. */
static void move_cell(enum ast_column_kind kind, struct ast_cell *cell, bool first, const struct change *change)
{
	shift_span(&cell->span, change);
	if (cell->merged)
		return;
	switch (kind) {
	case AST_COLUMN_NAME:
		if (first && cell->cond)
			move_cond(cell->cond, change);
		break;
	case AST_COLUMN_THEN:
		if (first && cell->value)
			move_value((struct ast_value *)cell->value, change);
		break;
	case AST_COLUMN_CITES:
	case AST_COLUMN_CLAUSE:
		for (size_t i = 0; i < cell->clauses.count; i++)
			move_span(&cell->clauses.items[i].span, change);
		break;
	case AST_COLUMN_RESOLVES:
		for (size_t i = 0; i < cell->words.count; i++)
			move_span(&cell->words.items[i].span, change);
		break;
	case AST_COLUMN_FROM:
	case AST_COLUMN_TO: move_span(&cell->date.span, change); break;
	default: break;
	}
}

/* ---- reading the rows that changed ---- */

static bool has_merged(const struct ast_pipe_table *table, size_t row)
{
	for (size_t c = 0; row < table->rows.count && c < table->column_count; c++)
		if (table->rows.items[row].cells[c].merged)
			return true;
	return false;
}

bool rows_read(struct reader *r, const struct ast_decl *owner, struct ast_pipe_table *table, struct block_text inside,
	       const struct change *change, struct row_change *out)
{
	const struct ast_row *rows = table->rows.items;
	size_t first = 0, end;
	if (table->rows.count == 0 || change->start < rows[0].span.start)
		return false;
	while (first < table->rows.count && rows[first].span.start < change->start)
		first++;
	for (end = first; end < table->rows.count && rows[end].span.start < change->old_end;)
		end++;
	if (has_merged(table, end))
		return false;
	size_t stop = change->new_end < inside.end ? change->new_end : inside.end;
	*out = (struct row_change){ table, first, end - first, NULL };
	out->rows = read_more_rows(r, table, (struct block_text){ (uint32_t)change->start, (uint32_t)stop });
	if (out->rows->rows.count > ROWS_FOLLOWED)
		return false;
	parse_rows(r, owner, out->rows);
	return true;
}

/* ---- putting them in ---- */

static void splice(struct arena *arena, const struct row_change *c)
{
	struct ast_pipe_table *table = c->table;
	size_t come = c->rows->rows.count, behind = table->rows.count - c->first - c->gone;
	while (table->rows.capacity < table->rows.count - c->gone + come)
		table->rows.items = vec_grow(arena, table->rows.items, &table->rows.capacity, sizeof *table->rows.items);
	struct ast_row *at = table->rows.items + c->first;
	memmove(at + come, at + c->gone, behind * sizeof *at);
	if (come)
		memcpy(at, c->rows->rows.items, come * sizeof *at);
	table->rows.count = c->first + come + behind;
}

enum { ORPHAN = UINT32_MAX };        /* the first of its text is gone */

void table_move(struct ast_pipe_table *table, const struct change *change)
{
	for (size_t c = 0; c < table->column_count; c++)
		move_span(&table->columns[c].name.span, change);
	for (size_t i = 0; i < table->rows.count; i++) {
		struct ast_row *row = &table->rows.items[i];
		move_span(&row->span, change);
		for (size_t c = 0; c < table->column_count; c++)
			move_cell(table->columns[c].kind, &row->cells[c], row->cells[c].like == i, change);
	}
}

/* Rows behind the change get their places and their numbers; columns in which some cell has lost its first are marked. */
static void move_rows(const struct row_change *c, const struct change *change, bool *orphaned)
{
	size_t come = c->rows->rows.count, width = c->table->column_count;
	for (size_t i = c->first + come; i < c->table->rows.count; i++) {
		struct ast_row *row = &c->table->rows.items[i];
		shift_span(&row->span, change);
		for (size_t k = 0; k < width; k++) {
			struct ast_cell *cell = &row->cells[k];
			if (cell->like >= c->first + c->gone) {
				cell->like = (uint32_t)(cell->like - c->gone + come);
			} else if (cell->like >= c->first) {
				cell->like = ORPHAN;
				orphaned[k] = true;
			}
			move_cell(c->table->columns[k].kind, cell, cell->like == i, change);
		}
	}
}

static void share(struct ast_cell *cell, const struct ast_cell *first, uint32_t row, enum ast_column_kind kind)
{
	cell->like = row;
	if (kind == AST_COLUMN_NAME)
		cell->cond = first->cond;
	if (kind == AST_COLUMN_THEN)
		cell->value = first->value;
}

/* Cells behind `row` that have its text, whichever was their first, follow it. */
static void lead(struct ast_pipe_table *table, size_t column, size_t row)
{
	struct ast_cell *first = &table->rows.items[row].cells[column];
	enum ast_column_kind kind = table->columns[column].kind;
	first->like = (uint32_t)row;
	for (size_t i = row + 1; i < table->rows.count; i++) {
		struct ast_cell *cell = &table->rows.items[i].cells[column];
		if (cell->text[0] == first->text[0] && strcmp(cell->text, first->text) == 0)
			share(cell, first, (uint32_t)row, kind);
	}
}

static size_t first_of_text(const struct ast_pipe_table *table, size_t column, size_t end, const char *text)
{
	size_t i = 0;
	while (i < end && (table->rows.items[i].cells[column].text[0] != text[0] ||
			   strcmp(table->rows.items[i].cells[column].text, text) != 0))
		i++;
	return i;
}

static void join_new_rows(struct ast_pipe_table *table, size_t column, size_t first, size_t come)
{
	for (size_t i = first; i < first + come; i++) {
		struct ast_cell *cell = &table->rows.items[i].cells[column];
		size_t there = first_of_text(table, column, i, cell->text);
		if (there == i)
			lead(table, column, i);
		else
			share(cell, &table->rows.items[there].cells[column], (uint32_t)there, table->columns[column].kind);
	}
}

/* The first of those that are left is read in its own place. */
static void lead_orphans(struct reader *r, const struct ast_decl *owner, struct ast_pipe_table *table, size_t column, size_t from)
{
	for (size_t i = from; i < table->rows.count; i++) {
		struct ast_cell *cell = &table->rows.items[i].cells[column];
		if (cell->like != ORPHAN)
			continue;
		parse_alone(r, owner, table, cell, column);
		lead(table, column, i);
	}
}

void rows_replace(struct reader *r, const struct ast_decl *owner, const struct row_change *rows, const struct change *change)
{
	size_t come = rows->rows->rows.count;
	bool *orphaned = arena_new_array(r->arena, bool, rows->table->column_count);
	splice(r->arena, rows);
	move_rows(rows, change, orphaned);
	for (size_t c = 0; c < rows->table->column_count; c++) {
		join_new_rows(rows->table, c, rows->first, come);
		if (orphaned[c])
			lead_orphans(r, owner, rows->table, c, rows->first + come);
	}
}
