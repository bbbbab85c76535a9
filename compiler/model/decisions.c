/* Decisions and their outcomes. */
#include "model/resolve.h"

static void declare_outcomes(struct resolver *r, uint32_t index, const struct ast_decl *decl)
{
	struct decision *d = &r->model->decisions[index];
	d->outcomes = arena_new_array(r->arena, struct outcome, decl->members.count + 1);
	scope_init(r, &r->outcomes[index]);
	for (size_t i = 0; i < decl->members.count; i++) {
		const struct ast_member *m = &decl->members.items[i];
		if (d->outcome_count == LIMIT_OUTCOMES) {
			report_limit(r, name_span(&m->name, d->span), "结论", "outcomes of a decision", LIMIT_OUTCOMES,
				     d->name.id);
			r->outcomes_cut[index] = true;
			break;
		}
		if (!scope_add(r, &r->outcomes[index], THING_OUTCOME, &m->name, (uint32_t)d->outcome_count, true))
			continue;
		struct outcome *o = &d->outcomes[d->outcome_count++];
		o->name = name_of(r, &m->name);
		o->span = name_span(&m->name, d->span);
		attributes_resolve(r, &m->attributes, &o->attributes);
	}
	if (!d->outcome_count && !decl->broken)
		report(r, FINDING_TYPE, d->span, MESSAGE_NO_OUTCOMES, d->name.id, NULL);
	r->outcome_lost[index] = decl->broken || !d->outcome_count || r->outcomes_cut[index];
}

static void declare_decision(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	uint32_t index = (uint32_t)r->model->decision_count;
	struct decision *d = &r->model->decisions[index];
	scope_add(r, &r->decisions, THING_DECISION, &decl->name, index, true);
	d->name = name_of(r, &decl->name);
	d->span = name_span(&decl->name, decl->keyword);
	attributes_resolve(r, &decl->attributes, &d->attributes);
	if (scope_find(&r->decisions, d->name.id) != index)
		return; /* a second decision of one name: the first stays */
	r->model->decision_count++;
	entry->made = index;
	declare_outcomes(r, index, decl);
}

void decisions_declare(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_DECISION)
		count++;
	r->model->decisions = arena_new_array(r->arena, struct decision, count + 1);
	r->outcomes = arena_new_array(r->arena, struct scope, count + 1);
	r->outcome_lost = arena_new_array(r->arena, bool, count + 1);
	r->outcomes_cut = arena_new_array(r->arena, bool, count + 1);
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		if (entry->decl->kind != AST_DECISION)
			continue;
		if (r->model->decision_count == LIMIT_DECISIONS) {
			report_limit(r, entry->decl->keyword, "判定", "decisions", LIMIT_DECISIONS, r->model->name.id);
			break;
		}
		r->order = (uint32_t)i;
		declare_decision(r, entry);
	}
}

uint32_t decision_look_up(struct resolver *r, const struct ast_word *word)
{
	return scope_look_up(r, &r->decisions, THING_DECISION, word);
}

uint32_t outcome_look_up(struct resolver *r, uint32_t decision, const struct ast_word *word)
{
	const struct scope *scope = &r->outcomes[decision];
	const struct decision *d = &r->model->decisions[decision];
	uint32_t found = scope_find(scope, word->text);
	if (found < AMBIGUOUS)
		return found;
	if (found == AMBIGUOUS) {
		report_ambiguous(r, THING_OUTCOME, word);
	} else if (d->outcome_count && !r->outcomes_cut[decision]) {
		struct finding *f =
			report(r, FINDING_UNDEFINED, word->span, MESSAGE_UNDEFINED_OUTCOME, word->text, d->name.id);
		diag_place(r->diag, f, d->span, "判定在这里", "the decision is here");
		suggest(r, f, &scope, 1, word);
	}
	r->outcome_lost[decision] = true;
	return NONE;
}
