/* 公布: which table appears in the published list, and its columns under which headings. */
#include "model/resolve.h"

#include <string.h>

struct fixed {
	const char *column;
	enum published_kind kind;
	const char *heading;
};
static const struct fixed fixed_columns[] = {
	{ "item", PUBLISHED_ITEM, "条目" },   { "then", PUBLISHED_OUTCOME, "结论" },
	{ "cites", PUBLISHED_CITES, "依据" }, { "standard", PUBLISHED_STANDARD, "标准" },
	{ "id", PUBLISHED_ID, "编号" },
};

static bool fixed_column(const struct ast_word *word, struct published_column *out)
{
	for (size_t i = 0; !word->quoted && i < sizeof fixed_columns / sizeof *fixed_columns; i++)
		if (strcmp(fixed_columns[i].column, word->text) == 0) {
			out->kind = fixed_columns[i].kind;
			out->column = fixed_columns[i].column;
			out->heading = fixed_columns[i].heading;
			return true;
		}
	return false;
}

static bool text_column(const struct ast_pipe_table *table, const struct ast_word *word, struct published_column *out)
{
	for (size_t c = 0; c < table->column_count; c++) {
		const struct ast_column *column = &table->columns[c];
		if (column->kind != AST_COLUMN_TEXT || strcmp(column->name.text, word->text) != 0)
			continue;
		out->kind = PUBLISHED_TEXT;
		out->column = out->heading = column->name.text;
		return true;
	}
	return false;
}

static bool fact_column(struct resolver *r, const struct ast_word *word, struct published_column *out)
{
	uint32_t fact = scope_find(&r->facts, word->text);
	if (fact >= AMBIGUOUS)
		return false;
	out->kind = PUBLISHED_FACT;
	out->fact = fact;
	out->column = r->model->facts[fact].name.id;
	out->heading = r->model->facts[fact].name.label;
	return true;
}

/* A heading is held by its English spelling; what counts is how it is written. */
static bool heading_clashes(struct resolver *r, const struct ast_word *word)
{
	const struct heading_word *heading = word->quoted ? NULL : heading_find(word->text, strlen(word->text));
	struct ast_word written = { .text = heading ? words_at(r, word->span) : NULL, .span = word->span };
	return written.text && column_clashes(r, &written, HEADING_CASES);
}

static void add_column(struct resolver *r, struct publication *p, const struct ast_heading_of *ast)
{
	struct published_column *column = &p->columns[p->column_count];
	const struct ast_pipe_table *table = r->model->tables[p->table].written;
	if (!ast->column.text)
		return;
	*column = (struct published_column){ .fact = NONE };
	if (heading_clashes(r, &ast->column))
		return;
	bool found = fixed_column(&ast->column, column) || text_column(table, &ast->column, column) ||
		     fact_column(r, &ast->column, column);
	if (!found) {
		report(r, FINDING_UNDEFINED, ast->column.span, MESSAGE_UNDEFINED_COLUMN, ast->column.text,
		       r->model->tables[p->table].name.id);
		return;
	}
	column->heading = ast->heading.text ? ast->heading.text : column->heading;
	p->column_count++;
}

/* Ids are what editions are matched by: a published row needs one of its own. */
static void check_ids(struct resolver *r, const struct rule_table *table)
{
	for (size_t i = 0; !table->ids_given && i < table->rule_count; i++) {
		const struct rule *rule = &r->model->rules[table->rules[i]];
		bool own = rule->name_span.start != rule->span.start || rule->name_span.end != rule->span.end;
		if (own)
			continue;
		struct finding *f =
			report(r, FINDING_UNSTABLE_ID, rule->name_span, MESSAGE_UNSTABLE_ID, rule->id, table->name.id);
		diag_help(r->diag, f, MESSAGE_UNSTABLE_ID_HELP, NULL, NULL);
	}
}

static void resolve_publication(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct publication p = { .name = name_of(r, &decl->name), .span = decl->span };
	attributes_resolve(r, &decl->attributes, &p.attributes);
	uint32_t found = decl->see.text ? scope_look_up(r, &r->rules, THING_TABLE, &decl->see) : NONE;
	if (found == NONE || found == BROKEN_RULE)
		return;
	if (found < TABLE_BIT) {
		report(r, FINDING_TYPE, decl->see.span, MESSAGE_NOT_A_TABLE, decl->see.text, NULL);
		return;
	}
	p.table = found - TABLE_BIT;
	struct rule_table *table = &r->model->tables[p.table];
	p.columns = arena_new_array(r->arena, struct published_column, decl->headings.count + 1);
	for (size_t i = 0; i < decl->headings.count; i++)
		add_column(r, &p, &decl->headings.items[i]);
	if (!table->published)
		check_ids(r, table);
	table->published = true;
	scope_add(r, &r->publications, THING_PUBLICATION, &decl->name, (uint32_t)r->model->publications.count, false);
	vec_push(r->arena, &r->model->publications, p);
}

void publications_resolve(struct resolver *r)
{
	for (size_t i = 0; i < r->decls.count; i++) {
		r->order = (uint32_t)i;
		if (r->decls.items[i].decl->kind == AST_PUBLISH)
			resolve_publication(r, &r->decls.items[i]);
	}
}
