/* Definitions, constraints, tables, rules, priorities, properties and publications. */
#include "emit/xml.h"

#include "ast/ast.h"

static void write_when(struct xml *x, const char *element, const struct cond *cond)
{
	if (!cond)
		return;
	xml_open(x, element);
	xml_write_condition(x, cond);
	xml_close(x);
}

static void write_definitions(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->definition_count; i++) {
		xml_open(x, "definition");
		xml_attribute(x, "id", m->definitions[i].name.id);
		xml_labels(x, &m->definitions[i].name);
		xml_attaches(x, &m->definitions[i].attributes);
		write_when(x, "when", m->definitions[i].cond);
		xml_close(x);
	}
}

static void write_constraints(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->constraint_count; i++) {
		xml_open(x, "constraint");
		xml_attribute(x, "id", m->constraints[i].name.id);
		xml_labels(x, &m->constraints[i].name);
		xml_attaches(x, &m->constraints[i].attributes);
		write_when(x, "when", m->constraints[i].when);
		write_when(x, "then", m->constraints[i].then);
		xml_close(x);
	}
}

static const char *hit_word(enum hit_policy hit)
{
	static const char *const words[] = { [HIT_UNIQUE] = "unique", [HIT_ANY] = "any", [HIT_FIRST] = "first" };
	return words[hit];
}

static void write_tables(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->table_count; i++) {
		const struct rule_table *t = &m->tables[i];
		xml_open(x, "table");
		xml_attribute(x, "id", t->name.id);
		xml_attribute(x, "decision", m->decisions[t->decision].name.id);
		xml_attribute(x, "hit", hit_word(t->hit));
		if (t->complete)
			xml_attribute(x, "complete", "true");
		xml_labels(x, &t->name);
		xml_attaches(x, &t->attributes);
		xml_close(x);
	}
}

/* ---- rules, rows, defaults ---- */

/* What the published list shows of a row: its cells as they are written. */
static void write_cells(struct xml *x, const struct rule *rule)
{
	const struct ast_pipe_table *written = x->model->tables[rule->table].written;
	if (!written || rule->row >= written->rows.count)
		return;
	for (size_t i = 0; i < written->column_count; i++) {
		const struct ast_cell *cell = &written->rows.items[rule->row].cells[i];
		const char *heading = written->columns[i].name.text;
		if (written->columns[i].kind != AST_COLUMN_NAME || !cell->text || cell->text[0] == '\0')
			continue;
		uint32_t fact = model_fact(x->model, heading);
		uint32_t decision = fact == NONE ? model_decision(x->model, heading) : NONE;
		xml_open(x, "cell");
		xml_attribute(x, "fact", fact != NONE ? x->model->facts[fact].name.id : NULL);
		xml_attribute(x, "decision", decision != NONE ? x->model->decisions[decision].name.id : NULL);
		xml_language(x, cell->text);
		xml_content(x, cell->text);
		xml_close(x);
	}
}

static const char *rule_element(const struct rule *rule)
{
	if (rule->is_default)
		return "default";
	return rule->table != NONE ? "row" : "rule";
}

static void write_rule(struct xml *x, size_t number)
{
	const struct model *m = x->model;
	const struct rule *rule = &m->rules[number];
	const struct decision *decision = &m->decisions[rule->decision];
	xml_open(x, rule_element(rule));
	xml_attribute_int(x, "number", (int64_t)number);
	xml_attribute(x, "id", rule->id);
	xml_attribute(x, "decision", decision->name.id);
	xml_attribute(x, "outcome", decision->outcomes[rule->outcome].name.id);
	xml_attribute(x, "table", rule->table != NONE ? m->tables[rule->table].name.id : NULL);
	xml_attribute(x, "item", rule->item);
	xml_attribute(x, "standard", rule->standard);
	if (rule->has_from)
		xml_attribute_date(x, "from", rule->from);
	if (rule->has_to)
		xml_attribute_date(x, "to", rule->to);
	xml_labels(x, &rule->name);
	xml_attaches(x, &rule->attributes);
	xml_carried(x, rule->texts, rule->text_count);
	if (rule->table != NONE)
		write_cells(x, rule);
	write_when(x, "when", rule->when);
	write_when(x, "except", rule->except);
	xml_close(x);
}

/* ---- priorities ---- */

static void write_rung(struct xml *x, const struct decision *decision, size_t ladder, uint32_t rung)
{
	xml_open(x, "rung");
	for (size_t i = 0; i < decision->rule_count; i++) {
		const struct rule *rule = &x->model->rules[decision->rules[i]];
		if (rule->rungs[ladder] != rung)
			continue;
		xml_open(x, "member");
		xml_attribute_int(x, "number", decision->rules[i]);
		xml_attribute(x, "rule", rule->id);
		xml_close(x);
	}
	xml_close(x);
}

static void write_orders(struct xml *x, const struct decision *decision)
{
	for (size_t i = 0; i < decision->ladder_count; i++) {
		const struct ladder *ladder = &decision->ladders[i];
		xml_open(x, "order");
		xml_attribute(x, "id", ladder->name.id);
		xml_attribute(x, "decision", decision->name.id);
		if (ladder->is_pair)
			xml_attribute(x, "pair", "true");
		if (ladder->ranks_defaults)
			xml_attribute(x, "ranks_defaults", "true");
		xml_labels(x, &ladder->name);
		xml_attaches(x, &ladder->attributes);
		for (uint32_t rung = 0; rung < ladder->rung_count; rung++)
			write_rung(x, decision, i, rung);
		xml_close(x);
	}
}

/* ---- properties ---- */

static void write_monotone(struct xml *x, const struct property *p)
{
	const struct model *m = x->model;
	const struct decision *decision = &m->decisions[p->decision];
	for (size_t i = 0; i < p->fact_count; i++) {
		xml_open(x, "along");
		xml_attribute(x, "fact", m->facts[p->facts[i]].name.id);
		xml_close(x);
	}
	for (size_t i = 0; i < decision->outcome_count; i++) {
		if (p->rank[i] == NONE)
			continue;
		xml_open(x, "rank");
		xml_attribute(x, "outcome", decision->outcomes[i].name.id);
		xml_attribute_int(x, "height", p->rank[i]);
		xml_close(x);
	}
}

static void write_properties(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->property_count; i++) {
		const struct property *p = &m->properties[i];
		xml_open(x, "property");
		xml_attribute(x, "id", p->name.id);
		xml_attribute(x, "monotone", p->monotone ? m->decisions[p->decision].name.id : NULL);
		xml_labels(x, &p->name);
		xml_attaches(x, &p->attributes);
		write_when(x, "when", p->when);
		if (p->monotone)
			write_monotone(x, p);
		else
			write_when(x, "then", p->then);
		xml_close(x);
	}
}

/* ---- publications ---- */

static const char *published_word(enum published_kind kind)
{
	static const char *const words[] = {
		[PUBLISHED_FACT] = "fact",	 [PUBLISHED_ITEM] = "item",   [PUBLISHED_TEXT] = "text",
		[PUBLISHED_OUTCOME] = "outcome", [PUBLISHED_CITES] = "cites", [PUBLISHED_STANDARD] = "standard",
		[PUBLISHED_ID] = "id",
	};
	return words[kind];
}

static void write_column(struct xml *x, const struct published_column *column)
{
	const char *heading = column->heading ? column->heading : column->column;
	xml_open(x, "column");
	xml_attribute(x, "of", published_word(column->kind));
	if (column->kind == PUBLISHED_FACT) {
		xml_attribute(x, "fact", x->model->facts[column->fact].name.id);
		heading = column->heading ? column->heading : x->model->facts[column->fact].name.label;
	} else if (column->kind == PUBLISHED_TEXT) {
		xml_attribute(x, "text", column->column);
	}
	xml_language(x, heading);
	xml_content(x, heading);
	xml_close(x);
}

static void write_publications(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->publications.count; i++) {
		const struct publication *p = &m->publications.items[i];
		xml_open(x, "publication");
		xml_attribute(x, "id", p->name.id);
		xml_attribute(x, "table", m->tables[p->table].name.id);
		xml_labels(x, &p->name);
		xml_attaches(x, &p->attributes);
		for (size_t k = 0; k < p->column_count; k++)
			write_column(x, &p->columns[k]);
		xml_close(x);
	}
}

void xml_write_rules(struct xml *x)
{
	const struct model *m = x->model;
	write_definitions(x);
	write_constraints(x);
	write_tables(x);
	for (size_t i = 0; i < m->rule_count; i++)
		write_rule(x, i);
	for (size_t i = 0; i < m->decision_count; i++)
		write_orders(x, &m->decisions[i]);
	write_properties(x);
	write_publications(x);
}
