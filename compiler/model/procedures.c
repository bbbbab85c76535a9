/* 程序: its states, and the declarations that belong to it, in two passes: names first, what names them after. */
#include "model/procedures.h"

#include <string.h>

/* ---- shared ---- */

struct building *building_of(struct resolver *r, const struct ast_decl *decl)
{
	if (!decl->decision.text) {
		report(r, FINDING_UNDEFINED, decl->keyword, MESSAGE_NO_PROCEDURE, NULL, NULL);
		return NULL;
	}
	uint32_t index = scope_look_up(r, &r->procedures, THING_PROCEDURE, &decl->decision);
	return index == NONE ? NULL : &r->buildings[index];
}

void report_missing(struct resolver *r, const struct ast_decl *decl, enum thing thing, const char *zh, const char *en)
{
	struct name name = name_of(r, &decl->name);
	struct phrase words = thing_words(thing);
	struct finding *f = diag_add(r->diag, FINDING_UNDEFINED, name_span(&decl->name, decl->keyword),
				     MESSAGE_PART_MISSING);
	diag_arg2(r->diag, f, 0, words.zh, words.en);
	diag_arg(r->diag, f, 1, name.id);
	diag_arg2(r->diag, f, 2, zh, en);
}

void timed_attributes(struct resolver *r, const struct building *b, const struct ast_decl *decl, const char *name,
		      struct attributes *out)
{
	attributes_resolve(r, &decl->attributes, out);
	account_cites(r, &out->cites, arena_printf(r->arena, "%s.%s", b->procedure->name.id, name));
}

uint32_t look_up_if_given(struct resolver *r, const struct scope *scope, enum thing thing, const struct ast_word *word)
{
	return word->text ? scope_look_up(r, scope, thing, word) : NONE;
}

uint32_t *look_up_all(struct resolver *r, const struct scope *scope, enum thing thing, const ast_words *words,
		      size_t *count)
{
	uint32_t *found = arena_new_array(r->arena, uint32_t, words->count + 1);
	*count = 0;
	for (size_t i = 0; i < words->count; i++) {
		uint32_t index = scope_look_up(r, scope, thing, &words->items[i]);
		bool again = false;
		for (size_t k = 0; k < *count; k++)
			again = again || found[k] == index;
		if (again && index != NONE)
			report(r, FINDING_DUPLICATE, words->items[i].span, MESSAGE_LISTED_TWICE, words->items[i].text,
			       NULL);
		else if (index != NONE)
			found[(*count)++] = index;
	}
	return found;
}

/* ---- states ---- */

static void add_state(struct resolver *r, struct building *b, const struct ast_member *member)
{
	uint32_t index = (uint32_t)b->states.count;
	struct state state = { .name = name_of(r, &member->name),
			       .span = name_span(&member->name, b->procedure->name_span),
			       .start = member->start,
			       .final = member->final,
			       .no_stay = member->no_stay };
	if (index == LIMIT_STATES) {
		report_limit(r, state.span, "程序的状态", "states of a procedure", LIMIT_STATES, b->procedure->name.id);
		return;
	}
	if (index > LIMIT_STATES || !scope_add(r, &b->state_names, THING_STATE, &member->name, index, true))
		return;
	attributes_resolve(r, &member->attributes, &state.attributes);
	if (state.start && b->procedure->start != NONE) {
		struct finding *f = report(r, FINDING_DUPLICATE, state.span, MESSAGE_TWO_STARTS,
					   b->procedure->name.id, NULL);
		diag_place(r->diag, f, b->states.items[b->procedure->start].span, "先在这里写了起始",
			   "first written here");
	} else if (state.start) {
		b->procedure->start = index;
	}
	vec_push(r->arena, &b->states, state);
}

static void declare_procedure(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	uint32_t index = (uint32_t)r->model->procedure_count;
	struct procedure *p = &r->model->procedures[index];
	struct building *b = &r->buildings[index];
	if (!scope_add(r, &r->procedures, THING_PROCEDURE, &decl->name, index, true))
		return;
	r->model->procedure_count++;
	entry->made = index;
	*p = (struct procedure){ .name = name_of(r, &decl->name),
				 .span = decl->span,
				 .name_span = name_span(&decl->name, decl->keyword),
				 .start = NONE };
	b->procedure = p;
	scope_init(r, &b->state_names);
	scope_init(r, &b->event_names);
	scope_init(r, &b->step_names);
	scope_init(r, &b->clock_names);
	attributes_resolve(r, &decl->attributes, &p->attributes);
	account_cites(r, &p->attributes.cites, p->name.id);
	p->calendar = calendar_of_procedure(r, decl);
	for (size_t i = 0; i < decl->members.count; i++)
		add_state(r, b, &decl->members.items[i]);
	if (p->start == NONE)
		report(r, FINDING_UNDEFINED, p->name_span, MESSAGE_NO_START, p->name.id, NULL);
}

/* ---- properties ---- */

static void resolve_property(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	const struct ast_timed *t = decl->timed;
	struct building *b = building_of(r, decl);
	if (!b)
		return;
	struct time_property p = { .name = name_of(r, &decl->name),
				   .span = decl->span,
				   .name_span = name_span(&decl->name, decl->keyword) };
	static const enum time_property_kind kinds[] = { [AST_TIME_BEFORE] = TIME_BEFORE,
							 [AST_TIME_AFTER] = TIME_AFTER,
							 [AST_TIME_ANSWERED] = TIME_ANSWERED };
	p.kind = kinds[t->property];
	attributes_resolve(r, &decl->attributes, &p.attributes);
	p.states = look_up_all(r, &b->state_names, THING_STATE, &t->states, &p.state_count);
	p.after = look_up_all(r, &b->state_names, THING_STATE, &t->after, &p.after_count);
	p.events = look_up_all(r, &b->event_names, THING_EVENT, &t->events, &p.event_count);
	entry->made = (uint32_t)b->properties.count;
	scope_add(r, &r->properties, THING_PROPERTY, &decl->name, TIMED_BIT | entry->made, false);
	vec_push(r->arena, &b->properties, p);
}

/* ---- all of it ---- */

static void declare_procedures(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_PROCEDURE)
		count++;
	r->model->procedures = arena_new_array(r->arena, struct procedure, count + 1);
	r->buildings = arena_new_array(r->arena, struct building, count + 1);
	DECL_LOOP (r, entry, AST_PROCEDURE) {
		if (r->model->procedure_count == LIMIT_PROCEDURES) {
			report_limit(r, entry->decl->keyword, "程序", "procedures", LIMIT_PROCEDURES,
				     r->model->name.id);
			break;
		}
		r->order = (uint32_t)(entry - r->decls.items);
		declare_procedure(r, entry);
	}
}

/* Events first: a step without 经 is of the event that has its name, declared or not. */
static void declare_names(struct resolver *r)
{
	DECL_LOOP (r, entry, AST_EVENT)
		event_declare(r, entry);
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		r->order = (uint32_t)i;
		switch (entry->decl->kind) {
		case AST_STEP: step_declare(r, entry); break;
		case AST_TIMED_DUTY: duty_declare(r, entry); break;
		case AST_VALIDITY: validity_declare(r, entry); break;
		default: break;
		}
	}
}

static void resolve_parts(struct resolver *r)
{
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		r->order = (uint32_t)i;
		if (entry->decl->kind == AST_TIME_PROPERTY)
			resolve_property(r, entry);
		if (entry->made == NONE)
			continue;
		switch (entry->decl->kind) {
		case AST_TIMED_DUTY: duty_resolve(r, entry); break;
		case AST_VALIDITY: validity_resolve(r, entry); break;
		case AST_STEP: step_resolve(r, entry); break;
		default: break;
		}
	}
}

static void give_effects(struct building *b)
{
	struct procedure *p = b->procedure;
#define GIVE(clock, effects)                                        \
	((clock)->restarted_by = (effects)->restarted_by.items,     \
	 (clock)->restart_count = (effects)->restarted_by.count,    \
	 (clock)->suspended_by = (effects)->suspended_by.items,     \
	 (clock)->suspend_count = (effects)->suspended_by.count,    \
	 (clock)->resumed_by = (effects)->resumed_by.items,         \
	 (clock)->resume_count = (effects)->resumed_by.count,       \
	 (clock)->ended_by = (effects)->ended_by.items,             \
	 (clock)->end_count = (effects)->ended_by.count)
	for (size_t i = 0; i < p->duty_count; i++)
		GIVE(&p->duties[i], &b->duty_effects.items[i]);
	for (size_t i = 0; i < p->validity_count; i++)
		GIVE(&p->validities[i], &b->validity_effects.items[i]);
#undef GIVE
}

static void finish(struct resolver *r, struct building *b)
{
	struct procedure *p = b->procedure;
	events_close(r, b);
	p->states = b->states.items;
	p->state_count = b->states.count;
	p->events = b->events.items;
	p->event_count = b->events.count;
	p->steps = b->steps.items;
	p->step_count = b->steps.count;
	p->duties = b->duties.items;
	p->duty_count = b->duties.count;
	p->validities = b->validities.items;
	p->validity_count = b->validities.count;
	p->properties = b->properties.items;
	p->property_count = b->properties.count;
	give_effects(b);
}

void procedures_resolve(struct resolver *r)
{
	counting_resolve(r);
	calendars_resolve(r);
	declare_procedures(r);
	declare_names(r);
	resolve_parts(r);
	for (size_t i = 0; i < r->model->procedure_count; i++)
		finish(r, &r->buildings[i]);
	procedure_cases_resolve(r);
}
