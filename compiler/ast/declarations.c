/* Constructors of declarations: the open one takes what its clauses say. */
#include "ast/build.h"

#include <string.h>

void ast_begin(struct ast_builder *b, enum ast_decl_kind kind, struct span keyword)
{
	struct ast_decl *decl = arena_new_of(b->arena, struct ast_decl);
	decl->kind = kind;
	decl->keyword = decl->span = keyword;
	b->decl = decl;
	b->attributes = &decl->attributes;
}

static void close_decl(struct ast_builder *b, struct span at)
{
	b->decl->span = span_join(b->decl->span, at);
	vec_push(b->arena, &b->decls, b->decl);
	ast_passing_reset(b);
	b->decl = NULL;
	b->attributes = NULL;
}

void ast_end(struct ast_builder *b, struct span at)
{
	if (b->decl)
		close_decl(b, at);
}

void ast_abandon(struct ast_builder *b, struct span at)
{
	if (!b->decl)
		return;
	b->decl->broken = true;
	close_decl(b, at);
}

/* Instruments, ambiguities and editions are called as the law calls them; everything else needs a stable id. */
static bool needs_stable_id(enum ast_decl_kind kind)
{
	switch (kind) {
	case AST_INSTRUMENT:
	case AST_AMBIGUITY:
	case AST_EDITION:
	case AST_NUMBERING:
	case AST_CALENDAR_YEAR:
		return false;
	default:
		return true;
	}
}

void ast_check_id(struct ast_builder *b, struct ast_word id)
{
	const char *c = id.text;
	bool stable = *c >= 'a' && *c <= 'z';
	for (; *c; c++)
		stable = stable && ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_');
	if (stable || !b->diag)
		return;
	struct finding *f = diag_add(b->diag, FINDING_SYNTAX, id.span, MESSAGE_ID_FORM);
	diag_arg(b->diag, f, 0, id.text);
	diag_help(b->diag, f, MESSAGE_ID_FORM_HELP, NULL, NULL);
}

void ast_set_name(struct ast_builder *b, const struct ast_name *name)
{
	b->decl->name = *name;
	if (name->id.text && needs_stable_id(b->decl->kind))
		ast_check_id(b, name->id);
}

void ast_set_plain_name(struct ast_builder *b, struct ast_word id)
{
	b->decl->name.id = id;
	b->decl->name.span = id.span;
}

static void add_clauses(struct ast_builder *b, ast_clause_ids *to, const ast_words *clauses)
{
	for (size_t i = 0; i < clauses->count; i++) {
		struct ast_clause_id id = { clauses->items[i].text, clauses->items[i].span };
		vec_push(b->arena, to, id);
	}
}

void ast_cites(struct ast_builder *b, const ast_words *clauses)
{
	add_clauses(b, &b->attributes->cites, clauses);
}

void ast_clauses(struct ast_builder *b, const ast_words *clauses)
{
	add_clauses(b, &b->decl->clauses, clauses);
}

void ast_because(struct ast_builder *b, struct ast_word text)
{
	b->attributes->because = text;
}

void ast_resolves(struct ast_builder *b, const ast_words *ids)
{
	for (size_t i = 0; i < ids->count; i++)
		vec_push(b->arena, &b->attributes->resolves, ids->items[i]);
}

void ast_discretion(struct ast_builder *b, struct ast_word role)
{
	b->attributes->discretion_given = true;
	b->attributes->discretion = role;
}

void ast_basis(struct ast_builder *b, struct ast_word basis)
{
	b->attributes->basis = basis;
}

void ast_from(struct ast_builder *b, const struct ast_date *date)
{
	b->attributes->from = *date;
}

void ast_to(struct ast_builder *b, const struct ast_date *date)
{
	b->attributes->to = *date;
}

void ast_for(struct ast_builder *b, struct ast_word decision)
{
	b->decl->decision = ast_reference(b, decision);
}

void ast_when(struct ast_builder *b, struct ast_cond *cond)
{
	b->decl->when = cond;
}

void ast_except(struct ast_builder *b, struct ast_cond *cond)
{
	b->decl->except = cond;
}

void ast_then(struct ast_builder *b, struct ast_word outcome)
{
	b->decl->then = ast_reference(b, outcome);
}

void ast_then_cond(struct ast_builder *b, struct ast_cond *cond)
{
	b->decl->then_cond = cond;
}

void ast_hit(struct ast_builder *b, enum ast_hit hit)
{
	b->decl->hit = hit;
}

void ast_complete(struct ast_builder *b)
{
	b->decl->complete = true;
}

void ast_below(struct ast_builder *b, struct span at)
{
	b->below = b->decl;
	b->below_at = at;
	b->below_count++;
}

void ast_file_name(struct ast_builder *b, struct ast_word path)
{
	b->decl->file = path;
}

void ast_quote(struct ast_builder *b, struct ast_word text)
{
	b->decl->quote = text;
}

void ast_role(struct ast_builder *b, struct ast_word role)
{
	b->decl->role = ast_reference(b, role);
}

void ast_see(struct ast_builder *b, struct ast_word name)
{
	b->decl->see = ast_reference(b, name);
}

void ast_words_of(struct ast_builder *b, const ast_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		vec_push(b->arena, &b->decl->words, words->items[i]);
}

void ast_baseline(struct ast_builder *b, struct ast_word name)
{
	b->decl->baseline = ast_reference(b, name);
}

void ast_inclusive(struct ast_builder *b)
{
	b->decl->inclusive = true;
}

void ast_fixed_word(struct ast_builder *b, struct ast_word word, enum ast_bound bound)
{
	vec_push(b->arena, &b->decl->fixed, ((struct ast_fixed_word){ word, bound }));
}

void ast_fact_kind(struct ast_builder *b, enum ast_fact_kind kind)
{
	b->decl->fact_kind = kind;
}

void ast_range(struct ast_builder *b, const struct ast_number *low, const struct ast_number *high)
{
	b->decl->low = *low;
	b->decl->high = *high;
}

void ast_date_range(struct ast_builder *b, const struct ast_date *low, const struct ast_date *high)
{
	b->decl->date_low = *low;
	b->decl->date_high = *high;
}

void ast_two_level(struct ast_builder *b)
{
	b->decl->two_level = true;
}

void ast_members_of(struct ast_builder *b, const ast_members *members)
{
	for (size_t i = 0; i < members->count; i++)
		vec_push(b->arena, &b->decl->members, members->items[i]);
}

void ast_setting(struct ast_builder *b, struct ast_word fact, const struct ast_value *value, struct span at)
{
	struct ast_setting setting = { ast_reference(b, fact), *value, at };
	vec_push(b->arena, &b->decl->settings, setting);
}

static void expect(struct ast_builder *b, struct ast_expectation e)
{
	e.decision = ast_reference(b, e.decision);
	vec_push(b->arena, &b->decl->expectations, e);
}

void ast_expect(struct ast_builder *b, struct ast_word decision, struct ast_word outcome, struct span at)
{
	expect(b, (struct ast_expectation){ .decision = decision, .outcome = ast_reference(b, outcome), .span = at });
}

void ast_expect_conflict(struct ast_builder *b, struct ast_word decision, const ast_words *rules, struct span at)
{
	struct ast_expectation e = { .decision = decision, .conflict = true, .span = at };
	if (rules)
		e.rules = *rules;
	expect(b, e);
}

void ast_expect_gap(struct ast_builder *b, struct ast_word decision, struct span at)
{
	expect(b, (struct ast_expectation){ .decision = decision, .gap = true, .span = at });
}
