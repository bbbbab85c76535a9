/* 步骤 and 事件: who takes which state to which, and what that does to clocks. */
#include "model/procedures.h"

#include <string.h>

/* ---- names ---- */

static uint32_t add_event(struct resolver *r, struct building *b, const struct ast_decl *decl)
{
	uint32_t index = (uint32_t)b->events.count;
	struct span span = name_span(&decl->name, decl->keyword);
	struct event event = { .name = name_of(r, &decl->name), .span = span, .actor = ACTOR_NONE, .role = NONE };
	event.attributes.role = NONE;
	indices none = { 0 };
	if (index >= LIMIT_EVENTS) {
		if (index == LIMIT_EVENTS)
			report_limit(r, span, "程序的事件", "events of a procedure", LIMIT_EVENTS,
				     b->procedure->name.id);
		return NONE;
	}
	if (!scope_add(r, &b->event_names, THING_EVENT, &decl->name, index, true))
		return NONE;
	vec_push(r->arena, &b->events, event);
	vec_push(r->arena, &b->event_steps, none);
	vec_push(r->arena, &b->event_decls, decl);
	return index;
}

void event_declare(struct resolver *r, struct entry *entry)
{
	struct building *b = building_of(r, entry->decl);
	if (!b)
		return;
	r->order = (uint32_t)(entry - r->decls.items);
	entry->made = add_event(r, b, entry->decl);
	if (entry->made == NONE)
		return;
	struct event *event = &b->events.items[entry->made];
	timed_attributes(r, b, entry->decl, event->name.id, &event->attributes);
}

void step_declare(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct building *b = building_of(r, decl);
	if (!b)
		return;
	uint32_t index = (uint32_t)b->steps.count;
	struct step step = { .name = name_of(r, &decl->name),
			     .span = decl->span,
			     .name_span = name_span(&decl->name, decl->keyword) };
	step.event = step.role = step.expiry_of = step.to = step.materials_role = NONE;
	step.limit.validity = NONE;
	if (index >= LIMIT_STEPS) {
		if (index == LIMIT_STEPS)
			report_limit(r, step.name_span, "程序的步骤", "steps of a procedure", LIMIT_STEPS,
				     b->procedure->name.id);
		return;
	}
	if (!scope_add(r, &b->step_names, THING_STEP, &decl->name, index, false))
		return;
	entry->made = index;
	vec_push(r->arena, &b->steps, step);
	if (!decl->timed->via.text && scope_find(&b->event_names, step.name.id) == NONE)
		(void)add_event(r, b, decl);
}

/* ---- a step ---- */

static enum actor_kind actor_of(enum ast_actor actor)
{
	static const enum actor_kind actors[] = { [AST_ACTOR_NONE] = ACTOR_NONE,
						  [AST_ACTOR_ROLE] = ACTOR_ROLE,
						  [AST_ACTOR_TIME] = ACTOR_TIME,
						  [AST_ACTOR_OUTSIDE] = ACTOR_OUTSIDE };
	return actors[actor];
}

static uint32_t event_of(struct resolver *r, const struct building *b, const struct ast_decl *decl)
{
	if (decl->timed->via.text)
		return scope_look_up(r, &b->event_names, THING_EVENT, &decl->timed->via);
	uint32_t index = scope_find(&b->event_names, name_of(r, &decl->name).id);
	return index < AMBIGUOUS ? index : NONE;
}

static struct clock_ref *clocks_of(struct resolver *r, const struct building *b, const ast_words *words, size_t *count)
{
	struct clock_ref *clocks = arena_new_array(r->arena, struct clock_ref, words->count + 1);
	*count = 0;
	for (size_t i = 0; i < words->count; i++)
		if (clock_look_up(r, b, &words->items[i], &clocks[*count]))
			++*count;
	return clocks;
}

static void read_materials(struct resolver *r, const struct ast_decl *decl, struct step *step)
{
	const struct ast_timed *t = decl->timed;
	if (t->materials.count > LIMIT_MATERIALS) {
		report_limit(r, step->name_span, "步骤的材料", "materials of a step", LIMIT_MATERIALS, step->name.id);
		return;
	}
	step->materials = arena_new_array(r->arena, const char *, t->materials.count + 1);
	for (size_t i = 0; i < t->materials.count; i++)
		step->materials[step->material_count++] = t->materials.items[i].text;
	step->materials_open = t->materials_open;
	step->materials_role = look_up_if_given(r, &r->roles, THING_ROLE, &t->materials_role);
}

static void read_actor(struct resolver *r, struct building *b, const struct ast_decl *decl, struct step *step)
{
	const struct ast_timed *t = decl->timed;
	step->actor = actor_of(t->actor);
	step->role = step->actor == ACTOR_ROLE ? role_look_up(r, &decl->role) : NONE;
	if (!t->expiry_of.text)
		return;
	step->expiry_of = validity_look_up(r, b, &t->expiry_of);
	if (step->actor != ACTOR_TIME)
		report(r, FINDING_TYPE, t->expiry_of.span, MESSAGE_EXPIRY_BY_OTHERS, step->name.id, NULL);
}

static void read_limit(struct resolver *r, struct building *b, const struct ast_timed *t, struct step *step)
{
	limit_resolve(r, b, &t->limit, &step->limit);
	if (step->limit.kind == LIMIT_KIND_WITHIN)
		report(r, FINDING_TYPE, step->limit.span, MESSAGE_LIMIT_OF_STEP, step->name.id, NULL);
}

static void read_guard(struct resolver *r, const struct ast_decl *decl, struct step *step)
{
	struct reads reads;
	if (!decl->when)
		return;
	step->guard = cond_resolve(r, decl->when, NULL, 0);
	reads_init(r, &reads);
	reads_add(r->model, &reads, step->guard);
	for (size_t i = 0; i < r->model->fact_count; i++)
		r->fact_used[i] = r->fact_used[i] || reads.facts[i];
}

/* ---- what the steps of one event agree on ---- */

static bool is_in(const struct clock_ref *list, size_t count, const struct clock_ref *clock)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].kind == clock->kind && list[i].index == clock->index)
			return true;
	return false;
}

static bool same_clocks(const struct clock_ref *a, size_t a_count, const struct clock_ref *b, size_t b_count)
{
	bool same = true;
	for (size_t i = 0; i < a_count; i++)
		same = same && is_in(b, b_count, &a[i]);
	for (size_t i = 0; i < b_count; i++)
		same = same && is_in(a, a_count, &b[i]);
	return same;
}

static void compare_with_first(struct resolver *r, const struct step *first, const struct step *step, const char *event)
{
	bool actors = first->actor == step->actor && first->role == step->role;
	bool clocks =
		same_clocks(first->restarts, first->restart_count, step->restarts, step->restart_count) &&
		same_clocks(first->suspends, first->suspend_count, step->suspends, step->suspend_count) &&
		same_clocks(first->resumes, first->resume_count, step->resumes, step->resume_count) &&
		same_clocks(first->ends, first->end_count, step->ends, step->end_count);
	if (actors && clocks)
		return;
	struct finding *f = report(r, FINDING_TYPE, step->name_span,
				   actors ? MESSAGE_EVENT_TWO_EFFECTS : MESSAGE_EVENT_TWO_ACTORS, event, NULL);
	diag_place(r->diag, f, first->name_span, "该事件的另一步骤", "another step of this event");
}

static void join_event(struct resolver *r, struct building *b, uint32_t index)
{
	const struct step *step = &b->steps.items[index];
	struct event *event = &b->events.items[step->event];
	indices *steps = &b->event_steps.items[step->event];
	if (steps->count) {
		compare_with_first(r, &b->steps.items[steps->items[0]], step, event->name.id);
	} else {
		event->actor = step->actor;
		event->role = step->role;
		if (b->event_decls.items[step->event]->kind == AST_STEP)
			event->attributes = step->attributes;
	}
	vec_push(r->arena, steps, index);
}

static void add_once(struct resolver *r, indices *list, uint32_t index)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] == index)
			return;
	vec_push(r->arena, list, index);
}

static void add_effects(struct resolver *r, struct building *b, const struct step *step)
{
	for (size_t i = 0; i < step->restart_count; i++)
		add_once(r, &effects_of(b, &step->restarts[i])->restarted_by, step->event);
	for (size_t i = 0; i < step->suspend_count; i++)
		add_once(r, &effects_of(b, &step->suspends[i])->suspended_by, step->event);
	for (size_t i = 0; i < step->resume_count; i++)
		add_once(r, &effects_of(b, &step->resumes[i])->resumed_by, step->event);
	for (size_t i = 0; i < step->end_count; i++)
		add_once(r, &effects_of(b, &step->ends[i])->ended_by, step->event);
}

void step_resolve(struct resolver *r, const struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	const struct ast_timed *t = decl->timed;
	struct building *b = building_of(r, decl);
	struct step *step = &b->steps.items[entry->made];
	timed_attributes(r, b, decl, step->name.id, &step->attributes);
	step->event = event_of(r, b, decl);
	read_actor(r, b, decl, step);
	step->from = look_up_all(r, &b->state_names, THING_STATE, &t->from, &step->from_count);
	if (!t->from.count)
		report_missing(r, decl, THING_STEP, "自", "from");
	step->to = look_up_if_given(r, &b->state_names, THING_STATE, &t->to);
	if (!t->to.text && !t->same_state)
		report_missing(r, decl, THING_STEP, "至", "to");
	read_guard(r, decl, step);
	step->circumstance = t->circumstance.text;
	read_limit(r, b, t, step);
	read_materials(r, decl, step);
	step->restarts = clocks_of(r, b, &t->restarts, &step->restart_count);
	step->suspends = clocks_of(r, b, &t->suspends, &step->suspend_count);
	step->resumes = clocks_of(r, b, &t->resumes, &step->resume_count);
	step->ends = clocks_of(r, b, &t->ends, &step->end_count);
	if (step->event == NONE)
		return;
	join_event(r, b, entry->made);
	add_effects(r, b, step);
}

/* ---- events, when all steps are known ---- */

static void close_event(struct resolver *r, const struct building *b, struct event *event)
{
	struct closure closure = { 0 };
	struct reads reads;
	bool guarded = false;
	reads_init(r, &reads);
	for (size_t i = 0; i < event->step_count; i++) {
		const struct step *step = &b->steps.items[event->steps[i]];
		if (step->guard)
			reads_add(r->model, &reads, step->guard);
		guarded = guarded || step->guard;
	}
	if (!guarded)
		return;
	closure_of(r, &reads, &closure);
	event->dims = closure.dims;
	event->dim_count = closure.dim_count;
	event->constraints = closure.constraints;
	event->constraint_count = closure.constraint_count;
	event->fed_by = closure.fed_by;
	event->fed_by_count = closure.fed_by_count;
}

static bool is_deemed(const struct building *b, uint32_t event)
{
	for (size_t i = 0; i < b->duties.count; i++)
		if (b->duties.items[i].lapse.kind == LAPSE_EVENT && b->duties.items[i].lapse.event == event)
			return true;
	return false;
}

void events_close(struct resolver *r, struct building *b)
{
	for (size_t i = 0; i < b->events.count; i++) {
		b->events.items[i].steps = b->event_steps.items[i].items;
		b->events.items[i].step_count = b->event_steps.items[i].count;
		close_event(r, b, &b->events.items[i]);
	}
	for (size_t i = 0; i < b->steps.count; i++) {
		const struct step *step = &b->steps.items[i];
		if (step->actor == ACTOR_TIME && step->expiry_of == NONE && step->event != NONE &&
		    !is_deemed(b, step->event))
			report(r, FINDING_TYPE, step->name_span, MESSAGE_TIME_WITHOUT_END, step->name.id, NULL);
	}
}
