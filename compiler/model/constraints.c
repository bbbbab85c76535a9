/* 前提: cases that cannot be. */
#include "model/resolve.h"

#include <string.h>

/* Outside its period a constraint says nothing: what it asks of a case is `not (period and A), or B`. */
static struct cond *whole_condition(struct resolver *r, const struct ast_decl *decl, const struct constraint *c)
{
	struct cond *parts[2], *sides[2];
	size_t count = 0;
	struct cond *period = cond_period(r, &decl->attributes.from, &decl->attributes.to);
	if (period)
		parts[count++] = period;
	if (c->when)
		parts[count++] = c->when;
	if (!count)
		return c->then;
	struct cond *given = cond_join(r, COND_AND, parts, count, decl->span);
	sides[0] = cond_not(r, given, OP_NONE, decl->span);
	sides[1] = c->then;
	return cond_join(r, COND_OR, sides, 2, decl->span);
}

static void note_facts(struct resolver *r, uint32_t index)
{
	struct reads reads;
	reads_init(r, &reads);
	reads_add(r->model, &reads, r->model->constraints[index].cond);
	r->constraint_facts[index] = reads.facts;
	for (size_t i = 0; i < r->model->fact_count; i++)
		r->fact_used[i] = r->fact_used[i] || reads.facts[i];
}

/* A definition may name decisions where 前提 may not. */
static void refuse_decisions(struct resolver *r, const struct constraint *c)
{
	struct reads reads;
	reads_init(r, &reads);
	reads_add(r->model, &reads, c->cond);
	for (size_t i = 0; i < r->model->decision_count; i++)
		if (reads.decisions[i])
			report(r, FINDING_TYPE, c->span, MESSAGE_DECISION_IN_ASSUMPTION, r->model->decisions[i].name.id,
			       NULL);
}

static void resolve_constraint(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	uint32_t index = (uint32_t)r->model->constraint_count;
	struct constraint *c = &r->model->constraints[index];
	if (!decl->then_cond)
		return;
	entry->made = index;
	r->model->constraint_count++;
	c->name = name_of(r, &decl->name);
	c->span = name_span(&decl->name, decl->keyword);
	attributes_resolve(r, &decl->attributes, &c->attributes);
	account_cites(r, &c->attributes.cites, c->name.id);
	scope_add(r, &r->constraints, THING_CONSTRAINT, &decl->name, index, false);
	c->when = decl->when ? cond_resolve(r, decl->when, NULL, NO_DECISIONS) : NULL;
	c->then = cond_resolve(r, decl->then_cond, NULL, NO_DECISIONS);
	c->cond = whole_condition(r, decl, c);
	note_facts(r, index);
	refuse_decisions(r, c);
	if (!c->attributes.cites.count && !c->attributes.because && !decl->broken)
		report(r, FINDING_UNCITED, c->span, MESSAGE_UNCITED, c->name.id, NULL);
}

void constraints_resolve(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_ASSUME)
		count++;
	r->model->constraints = arena_new_array(r->arena, struct constraint, count + 1);
	r->constraint_facts = arena_new_array(r->arena, bool *, count + 1);
	for (size_t i = 0; i < r->decls.count; i++) {
		r->order = (uint32_t)i;
		if (r->decls.items[i].decl->kind == AST_ASSUME)
			resolve_constraint(r, &r->decls.items[i]);
	}
}
