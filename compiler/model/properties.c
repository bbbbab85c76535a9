/* 断言: what is claimed of all cases, by implication or by order. */
#include "model/resolve.h"

#include <string.h>

static void close_property(struct resolver *r, struct property *p, const struct reads *reads)
{
	const struct model *m = r->model;
	struct closure closure = { 0 };
	p->decisions = arena_new_array(r->arena, uint32_t, m->decision_count + 1);
	for (uint32_t i = 0; i < m->decision_count; i++)
		if (reads->decisions[i])
			p->decisions[p->decision_count++] = i;
	for (size_t i = 0; i < m->fact_count; i++)
		r->fact_used[i] = r->fact_used[i] || reads->facts[i];
	closure_of(r, reads, &closure);
	p->dims = closure.dims;
	p->dim_count = closure.dim_count;
	p->constraints = closure.constraints;
	p->constraint_count = closure.constraint_count;
	p->fed_by = closure.fed_by;
	p->fed_by_count = closure.fed_by_count;
}

/* ---- 不降 ---- */

static void read_facts(struct resolver *r, struct property *p, const struct ast_decl *decl, struct reads *reads)
{
	p->facts = arena_new_array(r->arena, uint32_t, decl->words.count + 1);
	for (size_t i = 0; i < decl->words.count; i++) {
		const struct ast_word *word = &decl->words.items[i];
		uint32_t index = scope_look_up(r, &r->facts, THING_FACT, word);
		if (index == NONE)
			continue;
		const struct fact *fact = &r->model->facts[index];
		if (fact->kind != FACT_INTEGER && fact->kind != FACT_DATE) {
			if (!r->fact_broken[index])
				report(r, FINDING_TYPE, word->span, MESSAGE_NO_ORDER_OF_VALUES, fact->name.id, NULL);
			continue;
		}
		p->facts[p->fact_count++] = index;
		reads->facts[index] = true;
	}
}

static void read_ranking(struct resolver *r, struct property *p, const struct ast_decl *decl)
{
	const struct decision *d = &r->model->decisions[p->decision];
	p->rank = arena_new_array(r->arena, uint32_t, d->outcome_count + 1);
	memset(p->rank, 0xff, (d->outcome_count + 1) * sizeof *p->rank);
	for (uint32_t rung = 0; rung < decl->ranking.count; rung++) {
		const ast_words *names = &decl->ranking.items[rung].names;
		for (size_t k = 0; k < names->count; k++) {
			uint32_t outcome = outcome_look_up(r, p->decision, &names->items[k]);
			if (outcome == NONE)
				continue;
			if (p->rank[outcome] != NONE)
				report(r, FINDING_DUPLICATE, names->items[k].span, MESSAGE_TWO_RANKS,
				       names->items[k].text, NULL);
			p->rank[outcome] = rung;
		}
	}
}

static void resolve_monotone(struct resolver *r, struct property *p, const struct ast_decl *decl, struct reads *reads)
{
	p->monotone = true;
	p->decision = decl->decision.text ? decision_look_up(r, &decl->decision) : NONE;
	read_facts(r, p, decl, reads);
	if (p->decision == NONE)
		return;
	reads->decisions[p->decision] = true;
	read_ranking(r, p, decl);
}

/* ---- 当 … 则 … ---- */

static void resolve_implication(struct resolver *r, struct property *p, const struct ast_decl *decl,
				struct reads *reads)
{
	size_t errors = r->diag->errors;
	p->decision = NONE;
	p->then = decl->then_cond ? cond_resolve(r, decl->then_cond, NULL, 0) : cond_true(r, p->span);
	if (p->when)
		reads_add(r->model, reads, p->when);
	reads_add(r->model, reads, p->then);
	bool some = false;
	for (size_t i = 0; i < r->model->decision_count; i++)
		some = some || reads->decisions[i];
	if (!some && errors == r->diag->errors && !decl->broken)
		report(r, FINDING_TYPE, p->span, MESSAGE_NO_DECISION_CLAIMED, p->name.id, NULL);
}

static void resolve_property(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct property *p = &r->model->properties[entry->made = (uint32_t)r->model->property_count++];
	struct reads reads;
	reads_init(r, &reads);
	p->name = name_of(r, &decl->name);
	p->span = name_span(&decl->name, decl->keyword);
	attributes_resolve(r, &decl->attributes, &p->attributes);
	scope_add(r, &r->properties, THING_PROPERTY, &decl->name, entry->made, false);
	p->when = decl->when ? cond_resolve(r, decl->when, NULL, 0) : NULL;
	if (decl->monotone)
		resolve_monotone(r, p, decl, &reads);
	else
		resolve_implication(r, p, decl, &reads);
	if (p->monotone && p->when)
		reads_add(r->model, &reads, p->when);
	close_property(r, p, &reads);
}

void properties_resolve(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_ASSERT)
		count++;
	r->model->properties = arena_new_array(r->arena, struct property, count + 1);
	DECL_LOOP (r, entry, AST_ASSERT)
		resolve_property(r, entry);
}
