/* Facts and their dimensions. note [the fact `on`]
 *
 * If any rule, row, default or constraint carries 自 or 至, there is one more fact, `on` 适用日, after all others:
 * periods are conditions on it. */
#include "model/resolve.h"

uint32_t fact_index(const struct resolver *r, const struct fact *fact)
{
	return (uint32_t)(fact - r->model->facts);
}

static enum fact_kind kind_of(enum ast_fact_kind kind)
{
	static const enum fact_kind kinds[] = {
		[AST_FACT_BOOLEAN] = FACT_BOOLEAN, [AST_FACT_ENUMERATION] = FACT_ENUMERATION,
		[AST_FACT_SET] = FACT_SET,	   [AST_FACT_INTEGER] = FACT_INTEGER,
		[AST_FACT_DATE] = FACT_DATE,
	};
	return kinds[kind];
}

static void declare_fact(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	uint32_t index = (uint32_t)r->model->fact_count;
	struct fact *fact = &r->model->facts[index];
	bool added = scope_add(r, &r->facts, THING_FACT, &decl->name, index, true);
	fact->name = name_of(r, &decl->name);
	fact->span = name_span(&decl->name, decl->keyword);
	fact->kind = kind_of(decl->fact_kind);
	attributes_resolve(r, &decl->attributes, &fact->attributes);
	if (!added && scope_find(&r->facts, fact->name.id) != index)
		return; /* a second fact of one id: the first stays */
	r->model->fact_count++;
	entry->made = index;
	scope_init(r, &r->members[index]);
	if (decl->broken)
		r->fact_broken[index] = true;
	domain_of(fact->kind)->declare(r, fact, decl);
}

static bool has_period(const struct ast_attributes *a)
{
	return a->from.given || a->to.given;
}

static bool table_has_period(const struct ast_pipe_table *table)
{
	for (size_t c = 0; table && c < table->column_count; c++) {
		if (table->columns[c].kind != AST_COLUMN_FROM && table->columns[c].kind != AST_COLUMN_TO)
			continue;
		for (size_t i = 0; i < table->rows.count; i++)
			if (table->rows.items[i].cells[c].date.given)
				return true;
	}
	return false;
}

static void find_periods(struct resolver *r)
{
	for (size_t i = 0; i < r->decls.count && !r->periods; i++) {
		const struct ast_decl *decl = r->decls.items[i].decl;
		switch (decl->kind) {
		case AST_RULE:
		case AST_DEFAULT:
		case AST_ASSUME: r->periods = has_period(&decl->attributes); break;
		case AST_TABLE: r->periods = has_period(&decl->attributes) || table_has_period(decl->table); break;
		default: break;
		}
	}
}

static void declare_applicable_date(struct resolver *r)
{
	uint32_t index = (uint32_t)r->model->fact_count;
	struct fact *fact = &r->model->facts[index];
	uint32_t id = scope_find(&r->facts, "on");
	if (id < AMBIGUOUS) {
		report(r, FINDING_DUPLICATE, r->model->facts[id].span, MESSAGE_ON_IS_TAKEN, NULL, NULL);
		return;
	}
	r->model->fact_count++;
	*fact = (struct fact){ .kind = FACT_DATE, .low = DATE_LOW, .high = DATE_HIGH, .applicable_date = true };
	fact->name = (struct name){ "on", "适用日", "applicable date", true, true };
	fact->attributes.role = NONE;
	r->model->applicable_date = index;
	r->fact_used[index] = true;
	struct ast_name name = { .id = { .text = "on" },
				 .label = { .text = "适用日" },
				 .english = { .text = "applicable date" } };
	scope_init(r, &r->members[index]);
	scope_add(r, &r->facts, THING_FACT, &name, index, false);
}

void facts_resolve(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_FACT)
		count++;
	r->model->facts = arena_new_array(r->arena, struct fact, count + 2);
	r->members = arena_new_array(r->arena, struct scope, count + 2);
	r->fact_broken = arena_new_array(r->arena, bool, count + 2);
	r->fact_used = arena_new_array(r->arena, bool, count + 2);
	r->model->applicable_date = NONE;
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		if (entry->decl->kind != AST_FACT)
			continue;
		if (r->model->fact_count == LIMIT_FACTS) {
			report_limit(r, entry->decl->keyword, "事实", "facts", LIMIT_FACTS, r->model->name.id);
			break;
		}
		r->order = (uint32_t)i;
		declare_fact(r, entry);
	}
	find_periods(r);
	if (r->periods)
		declare_applicable_date(r);
}

void dims_make(struct resolver *r)
{
	struct model *m = r->model;
	size_t count = 0;
	for (size_t i = 0; i < m->fact_count; i++)
		count += m->facts[i].kind == FACT_SET ? m->facts[i].member_count : 1;
	m->dims = arena_new_array(r->arena, struct dim, count + 1);
	for (uint32_t i = 0; i < m->fact_count; i++) {
		struct fact *fact = &m->facts[i];
		fact->first_dim = (uint32_t)m->dim_count;
		fact->dim_count = fact->kind == FACT_SET ? (uint32_t)fact->member_count : 1;
		for (uint32_t k = 0; k < fact->dim_count; k++)
			m->dims[m->dim_count++] = (struct dim){ i, k, fact->low, fact->high };
	}
}
