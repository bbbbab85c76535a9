/* Headings and cells of a pipe table, read as the declaration that owns it understands them. */
#include "grammar/reader.h"
#include "grammar/tokens.h"

#include "support/intern.h"

#include <string.h>

/* ---- headings ---- */

static bool is_word(const char *text)
{
	size_t size = strlen(text);
	return size <= LIMIT_NAME && heading_is_name(text, size);
}

static size_t quotes_around(const char *text, size_t size)
{
	if (size >= 6 && memcmp(text, "「", 3) == 0 && memcmp(text + size - 3, "」", 3) == 0)
		return 3;
	return size >= 2 && text[0] == '"' && text[size - 1] == '"' ? 1 : 0;
}

/* 应为 DECISION */
static bool read_expected(struct reader *r, struct ast_column *column)
{
	const char *text = column->name.text;
	size_t n = strcspn(text, " \t");
	const struct heading_word *word = heading_find(text, n);
	if (!word || word->kind != AST_COLUMN_EXPECTED || !text[n])
		return false;
	const char *name = text + n + strspn(text + n, " \t");
	size_t size = strlen(name), quote = quotes_around(name, size);
	struct span at = column->name.span;
	at.start += (uint32_t)(name - text);
	column->kind = AST_COLUMN_EXPECTED;
	column->name = (struct ast_word){ arena_strndup(r->arena, name + quote, size - 2 * quote), at, quote > 0 };
	return quote > 0 || is_word(name);
}

static bool read_heading(struct reader *r, struct ast_column *column)
{
	const char *text = column->name.text;
	size_t size = strlen(text), quote = quotes_around(text, size);
	const struct heading_word *word = heading_find(text, size);
	if (quote) {
		column->kind = AST_COLUMN_TEXT;
		column->name.text = arena_strndup(r->arena, text + quote, size - 2 * quote);
		column->name.quoted = true;
		return true;
	}
	if (word && word->kind != AST_COLUMN_EXPECTED) {
		column->kind = word->kind;
		return true;
	}
	column->kind = AST_COLUMN_NAME;
	return read_expected(r, column) || is_word(text);
}

static void report_heading(struct reader *r, const struct ast_column *column, enum message message)
{
	struct finding *f = scan_report(&r->scan, FINDING_SYNTAX, column->name.span, message);
	if (!f)
		return;
	diag_arg(r->diag, f, 0, column->name.text);
	if (message == MESSAGE_TABLE_HEADING)
		diag_help(r->diag, f, MESSAGE_TABLE_HEADING_HELP, NULL, NULL);
}

static void read_headings(struct reader *r, const struct ast_decl *owner, struct ast_pipe_table *table)
{
	struct map *seen = map_new_in(r->arena);
	for (size_t i = 0; i < table->column_count; i++) {
		struct ast_column *column = &table->columns[i];
		bool read = read_heading(r, column);
		if (!read || (column->kind == AST_COLUMN_NAME && owner->kind == AST_ENUMERATION)) {
			report_heading(r, column, MESSAGE_TABLE_HEADING);
			continue;
		}
		const char *key = arena_printf(r->arena, "%d %s", column->kind,
					       column->kind == AST_COLUMN_NAME || column->kind == AST_COLUMN_TEXT ||
					       column->kind == AST_COLUMN_EXPECTED ? column->name.text : "");
		if (map_put_if_absent(seen, key, (int64_t)i) != (int64_t)i)
			report_heading(r, column, MESSAGE_TABLE_HEADING_TWICE);
	}
}

/* ---- cells ---- */

/* The start token of the grammar for cells of a column; 0: text. */
static int start_of(const struct ast_decl *owner, enum ast_column_kind kind)
{
	switch (kind) {
	case AST_COLUMN_NAME:
		return owner->kind == AST_CASE_TABLE ? T_START_VALUE : T_START_CONDITION;
	case AST_COLUMN_EXPECTED:
		return T_START_EXPECTED;
	case AST_COLUMN_THEN:
		return T_START_WORD;
	case AST_COLUMN_CITES:
	case AST_COLUMN_CLAUSE:
		return T_START_CLAUSES;
	case AST_COLUMN_RESOLVES:
		return T_START_WORDS;
	case AST_COLUMN_FROM:
	case AST_COLUMN_TO:
		return T_START_DATE;
	default:
		return 0;
	}
}

/* The scanner wants two bytes behind its text; they are given back. */
static void parse_in_place(struct reader *r, struct span at)
{
	scan_aim(&r->scan, r->text + at.start, r->copy + at.start, at.end - at.start, r->file, at.start);
}

static void give_back(struct reader *r, struct span at)
{
	for (size_t i = at.end; i < at.end + 2 && i < r->size; i++)
		r->copy[i] = r->text[i];
}

static void aim_at_cell(struct reader *r, const struct ast_cell *cell, size_t size)
{
	bool as_written = size == cell->span.end - cell->span.start &&
			  memcmp(cell->text, r->text + cell->span.start, size) == 0;
	if (as_written) {
		parse_in_place(r, cell->span);
		return;
	}
	char *copy = arena_alloc(r->arena, size + 2);
	memcpy(copy, cell->text, size);
	scan_aim(&r->scan, cell->text, copy, size, r->file, cell->span.start);
}

/* A cell that is one word and no keyword needs no grammar: most of a large table's cells are. */
static bool take_plain_word(struct reader *r, struct ast_cell *cell, size_t size, int start)
{
	if ((start != T_START_CONDITION && start != T_START_WORD) || cell->text[0] < 'a' || cell->text[0] > 'z')
		return false;
	for (size_t i = 1; i < size; i++) {
		char c = cell->text[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	if (size > LIMIT_NAME || keyword_find(r->scan.keywords, cell->text, size))
		return false;
	struct ast_value *value = ast_value_word(&r->builder, (struct ast_word){ cell->text, cell->span, false });
	if (start == T_START_CONDITION)
		cell->cond = ast_test_value(&r->builder, AST_TEST_IS, ast_no_word, value, cell->span);
	else
		ast_cell_value(&r->builder, value);
	return true;
}

static size_t reported(const struct reader *r)
{
	return r->diag->findings.count;
}

static void parse_cell(struct reader *r, struct ast_cell *cell, int start)
{
	size_t size = strlen(cell->text), before = reported(r);
	ast_passing_reset(&r->builder);
	r->builder.cell = cell;
	if (size == 0 || take_plain_word(r, cell, size, start))
		return;
	aim_at_cell(r, cell, size);
	r->scan.fence = false;
	r->scan.first = start;
	if (rulebook_parse(&r->scan, &r->builder) != 0 && start == T_START_CONDITION)
		cell->cond = ast_cond_broken(&r->builder, cell->span);
	cell->mistaken = reported(r) > before;
	give_back(r, cell->span);
}

/* note [cells alike] */
static bool may_be_shared(int start)
{
	return start == T_START_CONDITION || start == T_START_WORD;
}

static bool take_cell_alike(const struct ast_pipe_table *table, size_t row, size_t column)
{
	struct ast_cell *cell = &table->rows.items[row].cells[column];
	const struct ast_cell *first = &table->rows.items[cell->like].cells[column];
	if (first == cell || first->mistaken)
		return false;
	cell->cond = first->cond;
	cell->value = first->value;
	return true;
}

/* A merged cell means what the one above means. */
static void copy_meaning(struct ast_cell *cell, const struct ast_cell *above)
{
	struct ast_cell own = *cell;
	*cell = *above;
	cell->span = own.span;
	cell->merged = true;
}

static void check_id_cell(struct reader *r, struct ast_cell *cell)
{
	if (cell->merged) {
		struct finding *f = scan_report(&r->scan, FINDING_SYNTAX, cell->span, MESSAGE_MERGED_ID);
		if (f)
			diag_arg(r->diag, f, 0, "id");
	} else if (cell->text[0]) {
		ast_check_id(&r->builder, (struct ast_word){ cell->text, cell->span, false });
	}
}

void parse_alone(struct reader *r, const struct ast_decl *owner, const struct ast_pipe_table *table, struct ast_cell *cell,
		 size_t column)
{
	int start = start_of(owner, table->columns[column].kind);
	if (!may_be_shared(start))
		return;
	cell->cond = NULL;
	cell->value = NULL;
	parse_cell(r, cell, start);
}

void parse_rows(struct reader *r, const struct ast_decl *owner, struct ast_pipe_table *table)
{
	for (size_t i = 0; i < table->rows.count; i++) {
		struct ast_cell *cells = table->rows.items[i].cells;
		for (size_t c = 0; c < table->column_count; c++) {
			int start = start_of(owner, table->columns[c].kind);
			if (table->columns[c].kind == AST_COLUMN_ID)
				check_id_cell(r, &cells[c]);
			else if (cells[c].merged && i > 0)
				copy_meaning(&cells[c], &table->rows.items[i - 1].cells[c]);
			else if (start && !(may_be_shared(start) && take_cell_alike(table, i, c)))
				parse_cell(r, &cells[c], start);
		}
	}
}

/* ---- an enumeration's rows are its members ---- */

static struct ast_word word_of(const struct ast_cell *cell)
{
	return cell->text[0] ? (struct ast_word){ cell->text, cell->span, false } : ast_no_word;
}

static void fill_member(struct reader *r, struct ast_member *member, const struct ast_column *column,
			const struct ast_cell *cell)
{
	switch (column->kind) {
	case AST_COLUMN_ID:
		member->name.id = word_of(cell);
		member->name.span = cell->span;
		break;
	case AST_COLUMN_LABEL:
		member->name.label = word_of(cell);
		break;
	case AST_COLUMN_ENGLISH:
		member->name.english = word_of(cell);
		break;
	case AST_COLUMN_PARENT:
		member->parent = word_of(cell);
		break;
	case AST_COLUMN_STANDARD:
		member->standard = word_of(cell);
		break;
	case AST_COLUMN_CLAUSE:
		if (cell->clauses.count > 0)
			member->clause = cell->clauses.items[0];
		break;
	case AST_COLUMN_RESOLVES:
		member->attributes.resolves = cell->words;
		break;
	case AST_COLUMN_BECAUSE:
		member->attributes.because = word_of(cell);
		break;
	case AST_COLUMN_DISCRETION:
		member->attributes.discretion = word_of(cell);
		member->attributes.discretion_given = cell->text[0] != '\0';
		break;
	case AST_COLUMN_TEXT:
		vec_push(r->arena, &member->texts, ((struct ast_word){ cell->text, cell->span, true }));
		break;
	default:
		break;
	}
}

static void add_members(struct reader *r, struct ast_decl *owner, const struct ast_pipe_table *table)
{
	for (size_t i = 0; i < table->rows.count; i++) {
		struct ast_member member = { .name.span = table->rows.items[i].span };
		for (size_t c = 0; c < table->column_count; c++)
			fill_member(r, &member, &table->columns[c], &table->rows.items[i].cells[c]);
		vec_push(r->arena, &owner->members, member);
	}
}

void parse_cells(struct reader *r, struct ast_decl *owner, struct ast_pipe_table *table)
{
	read_headings(r, owner, table);
	parse_rows(r, owner, table);
	owner->table = table;
	if (owner->kind == AST_ENUMERATION)
		add_members(r, owner, table);
}
