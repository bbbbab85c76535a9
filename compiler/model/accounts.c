/* The account of every clause: what implements it, who has discretion over it, why it has no effect, which procedure it
 * waits for. note [accounts]
 *
 * Units are clauses without parts. A rule, row, default, table, definition, order, constraint, convention, role or duty
 * implements the units that it cites; facts, heads, registers, assertions, cases and publications only point at them.
 * Where 宣示, 裁量 or 程序条款 speak of the unit by name, that is its fate: they are the more exact statement. Citing a
 * clause accounts for none of its parts. */
#include "model/resolve.h"

#include <stdlib.h>
#include <string.h>

struct fate_of {
	uint32_t clause;
	enum fate fate;
	uint32_t role;
	const char *reason;
	struct span span;
};

void clauses_resolve(struct resolver *r)
{
	struct model *m = r->model;
	m->clause_index = r->text->index;
	m->clause_count = r->text->clauses.count;
	m->clauses = arena_new_array(r->arena, struct clause, m->clause_count + 1);
	for (size_t i = 0; i < m->clause_count; i++) {
		const struct text_clause *from = &r->text->clauses.items[i];
		struct clause *c = &m->clauses[i];
		c->id = from->id;
		c->level = from->level;
		c->text = from->text;
		c->span = from->span;
		c->parent = from->parent;
		c->unit = !from->has_parts && from->level != CLAUSE_ARTICLE;
		c->role = NONE;
	}
}

void account_cites(struct resolver *r, const struct cites *cites, const char *by)
{
	for (size_t i = 0; i < cites->count; i++) {
		struct account account = {
			.clause = text_clause(r->text, cites->clauses[i]), .order = r->order, .step = r->step, .by = by
		};
		if (account.clause != NO_CLAUSE)
			vec_push(r->arena, &r->accounts, account);
	}
}

/* ---- 宣示, 裁量, 程序条款 ---- */

static void set_fate(struct resolver *r, struct fate_of fate, const struct fate_of **firsts)
{
	const struct fate_of *first = firsts[fate.clause];
	if (first) {
		struct finding *f = report(r, FINDING_DUPLICATE, fate.span, MESSAGE_FATE_TWICE,
					   r->model->clauses[fate.clause].id, NULL);
		diag_place(r->diag, f, first->span, "先在这里交代", "first accounted for here");
		return;
	}
	struct fate_of *kept = arena_new_of(r->arena, struct fate_of);
	*kept = fate;
	firsts[fate.clause] = kept;
	struct clause *c = &r->model->clauses[fate.clause];
	c->fate = fate.fate;
	c->role = fate.role;
	c->reason = fate.reason;
}

static void resolve_fate(struct resolver *r, const struct ast_decl *decl, enum fate fate, const struct fate_of **firsts)
{
	struct cites cites;
	struct attributes attributes;
	attributes_resolve(r, &decl->attributes, &attributes);
	cites_resolve(r, &decl->clauses, &cites);
	uint32_t role = decl->role.text ? role_look_up(r, &decl->role) : attributes.role;
	const char *reason = fate == FATE_PENDING && decl->see.text ? decl->see.text : attributes.because;
	for (size_t i = 0; i < cites.count; i++) {
		uint32_t clause = text_clause(r->text, cites.clauses[i]);
		if (clause != NO_CLAUSE)
			set_fate(r, (struct fate_of){ clause, fate, role, reason, cites.spans[i] }, firsts);
	}
}

static void resolve_fates(struct resolver *r)
{
	const struct fate_of **firsts = arena_new_array(r->arena, const struct fate_of *, r->model->clause_count + 1);
	for (size_t i = 0; i < r->decls.count; i++) {
		const struct ast_decl *decl = r->decls.items[i].decl;
		if (decl->kind == AST_DECLARATORY)
			resolve_fate(r, decl, FATE_NO_EFFECT, firsts);
		else if (decl->kind == AST_DISCRETION)
			resolve_fate(r, decl, FATE_DISCRETION, firsts);
		else if (decl->kind == AST_PROCEDURAL)
			resolve_fate(r, decl, FATE_PENDING, firsts);
	}
}

/* ---- who implements what ---- */

static int by_clause(const void *a, const void *b)
{
	const struct account *x = a, *y = b;
	if (x->clause != y->clause)
		return x->clause < y->clause ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (x->step != y->step)
		return x->step < y->step ? -1 : 1;
	return strcmp(x->by, y->by);
}

static void list_implementers(struct resolver *r)
{
	const struct account *all = r->accounts.items;
	size_t count = r->accounts.count;
	if (count)
		qsort(r->accounts.items, count, sizeof *all, by_clause);
	for (size_t i = 0, end; i < count; i = end) {
		struct clause *c = &r->model->clauses[all[i].clause];
		for (end = i; end < count && all[end].clause == all[i].clause;)
			end++;
		c->by = arena_new_array(r->arena, const char *, end - i + 1);
		for (size_t j = i; j < end; j++)
			if (!c->by_count || strcmp(c->by[c->by_count - 1], all[j].by) != 0)
				c->by[c->by_count++] = all[j].by;
		if (c->unit && c->fate == FATE_UNACCOUNTED)
			c->fate = FATE_IMPLEMENTED;
	}
}

/* A whole takes the fate of its parts where they agree; one open part leaves it open. */
static void sum_up(struct model *m)
{
	bool *seen = arena_new_array(m->arena, bool, m->clause_count + 1);
	for (size_t i = m->clause_count; i-- > 0;) {
		const struct clause *c = &m->clauses[i];
		bool counts = c->unit || seen[i];
		if (!counts || c->parent == NONE)
			continue;
		struct clause *whole = &m->clauses[c->parent];
		enum fate fate = !seen[c->parent] || whole->fate == c->fate ? c->fate : FATE_IMPLEMENTED;
		bool open = c->fate == FATE_UNACCOUNTED || (seen[c->parent] && whole->fate == FATE_UNACCOUNTED);
		bool pending = c->fate == FATE_PENDING || (seen[c->parent] && whole->fate == FATE_PENDING);
		whole->fate = open ? FATE_UNACCOUNTED : pending ? FATE_PENDING : fate;
		seen[c->parent] = true;
	}
}

static void report_unaccounted(struct resolver *r, const struct clause *c)
{
	struct finding *f = report(r, FINDING_UNACCOUNTED, c->span, MESSAGE_UNACCOUNTED, c->id, NULL);
	f->clauses = arena_new_array(r->arena, const char *, 2);
	f->clauses[0] = c->id;
	diag_help(r->diag, f, MESSAGE_UNACCOUNTED_HELP, c->id, NULL);
}

void accounts_resolve(struct resolver *r)
{
	resolve_fates(r);
	list_implementers(r);
	for (size_t i = 0; i < r->model->clause_count; i++) {
		const struct clause *c = &r->model->clauses[i];
		if (c->unit && c->fate == FATE_UNACCOUNTED && !r->text->clauses.items[i].broken)
			report_unaccounted(r, c);
	}
	sum_up(r->model);
}
