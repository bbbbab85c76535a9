/* Moves as decisions of both editions (note [moves] in procedures.h). */
#include "diff/procedures.h"

#include "diff/joint.h"
#include "diff/subject.h"
#include "support/intern.h"
#include "support/writer.h"

#include <assert.h>
#include <string.h>

enum { LIMIT_COMPARED_MOVES = 256 };     /* as many as decisions: beyond, moves are not decided */

static const struct name refused = { "(refused)", "不受理", "not accepted", true, true };
static const struct name stays = { "(stays)", "原状态", "the same state", true, true };
static const struct name no_step = { "(refused)", "没有可走的步骤", "no step may be taken", true, true };

/* ---- an event in a state, in one edition ---- */

static uint32_t state_of_id(const struct procedure *p, const char *id)
{
	for (uint32_t i = 0; i < p->state_count; i++)
		if (strcmp(p->states[i].name.id, id) == 0)
			return i;
	return NONE;
}

static const struct event *event_of_id(const struct procedure *p, const char *id)
{
	for (uint32_t i = 0; i < p->event_count; i++)
		if (strcmp(p->events[i].name.id, id) == 0)
			return &p->events[i];
	return NULL;
}

static bool leaves(const struct step *step, uint32_t state)
{
	for (size_t i = 0; i < step->from_count; i++)
		if (step->from[i] == state)
			return true;
	return false;
}

/* A step to the state itself stays there, whichever way it is put. */
static const struct name *target_of(const struct procedure *p, const struct step *step, uint32_t state)
{
	return step->to == NONE || step->to == state ? &stays : &p->states[step->to].name;
}

static bool is_guarded(const struct procedure *p, const struct event *event)
{
	for (size_t i = 0; i < event->step_count; i++)
		if (p->steps[event->steps[i]].guard)
			return true;
	return false;
}

/* Steps that leave the state, with their targets: states with the same ones are one move. */
static void write_steps(struct writer *w, const struct procedure *p, const struct event *event, uint32_t state)
{
	for (size_t i = 0; i < event->step_count; i++) {
		const struct step *step = &p->steps[event->steps[i]];
		if (leaves(step, state))
			write_fmt(w, "%s>%s ", step->name.id, target_of(p, step, state)->id);
	}
	write_char(w, '|');
}

/* ---- which moves there are ---- */

typedef VEC(struct diff_move) move_list;

struct finding_moves {
	struct arena *arena;
	struct diff_procedure *p;
	struct map *groups;          /* by steps: index into `moves` */
	move_list moves;
};

static void add_state(struct finding_moves *f, const struct event *const events[2], uint32_t state)
{
	const struct procedure *const *of = f->p->of;
	const struct state *named = &of[NEW]->states[state];
	uint32_t old = state_of_id(of[OLD], named->name.id);
	struct writer w;
	if (old == NONE)
		return;
	writer_init(&w, f->arena);
	write_fmt(&w, "%s: ", events[NEW]->name.id);
	size_t before = w.size;
	write_steps(&w, of[OLD], events[OLD], old);
	write_steps(&w, of[NEW], events[NEW], state);
	if (w.size == before + 2)
		return;
	int64_t at = map_put_if_absent(f->groups, writer_text(&w), (int64_t)f->moves.count);
	if (at == (int64_t)f->moves.count) {
		struct diff_move move = { .event = events[NEW] };
		move.states = arena_new_array(f->arena, const struct state *, of[NEW]->state_count + 1);
		vec_push(f->arena, &f->moves, move);
	}
	assert(f->moves.items);
	struct diff_move *move = &f->moves.items[at];
	move->states[move->state_count++] = named;
}

static void find_moves(struct arena *arena, struct diff_procedure *p)
{
	struct finding_moves f = { .arena = arena, .p = p, .groups = map_new_in(arena) };
	for (size_t i = 0; p->of[OLD] && p->of[NEW] && i < p->of[NEW]->event_count; i++) {
		const struct event *is = &p->of[NEW]->events[i];
		const struct event *const events[] = { event_of_id(p->of[OLD], is->name.id), is };
		if (!events[OLD] || (!is_guarded(p->of[OLD], events[OLD]) && !is_guarded(p->of[NEW], is)))
			continue;
		for (uint32_t s = 0; s < p->of[NEW]->state_count; s++)
			add_state(&f, events, s);
	}
	p->moves = f.moves.items;
	p->move_count = f.moves.count;
}

/* ---- their decisions ---- */

struct making {
	struct arena *arena;
	struct model *models[2];
	const struct diff_procedure *p;
	struct diff_move *move;
	struct outcome *outcomes;    /* of both editions, in the same order; `(refused)` is the last */
	size_t outcome_count;
};

static uint32_t outcome_of(const struct making *k, const char *id)
{
	for (uint32_t i = 0; i < k->outcome_count; i++)
		if (strcmp(k->outcomes[i].name.id, id) == 0)
			return i;
	return NONE;
}

static const struct event *event_in(const struct making *k, int e)
{
	return e == NEW ? k->move->event : event_of_id(k->p->of[OLD], k->move->event->name.id);
}

static uint32_t state_in(const struct making *k, int e)
{
	return state_of_id(k->p->of[e], k->move->states[0]->name.id);
}

static void list_outcomes(struct making *k, int e)
{
	const struct procedure *p = k->p->of[e];
	const struct event *event = event_in(k, e);
	uint32_t state = state_in(k, e);
	for (size_t i = 0; i < event->step_count && k->outcome_count < LIMIT_OUTCOMES; i++) {
		const struct step *step = &p->steps[event->steps[i]];
		const struct name *target = target_of(p, step, state);
		if (leaves(step, state) && outcome_of(k, target->id) == NONE)
			k->outcomes[k->outcome_count++].name = *target;
	}
}

static void mark_named(const struct cond *cond, bool *named)
{
	if (cond->kind == COND_DECISION)
		named[cond->decision] = true;
	for (size_t i = 0; i < cond->part_count; i++)
		mark_named(cond->parts[i], named);
}

static void add_rule(struct making *k, int e, struct rule rule)
{
	struct model *m = k->models[e];
	struct decision *d = &m->decisions[m->decision_count];
	rule.decision = (uint32_t)m->decision_count;
	rule.table = NONE;
	d->rules[d->rule_count++] = (uint32_t)m->rule_count;
	m->rules[m->rule_count++] = rule;
}

static void add_steps(struct making *k, int e, bool *named)
{
	const struct procedure *p = k->p->of[e];
	const struct event *event = event_in(k, e);
	uint32_t state = state_in(k, e);
	for (size_t i = 0; i < event->step_count; i++) {
		const struct step *step = &p->steps[event->steps[i]];
		if (!leaves(step, state))
			continue;
		if (step->guard)
			mark_named(step->guard, named);
		add_rule(k, e, (struct rule){ .id = step->name.id, .name = step->name, .attributes = step->attributes,
					      .outcome = outcome_of(k, target_of(p, step, state)->id),
					      .when = step->guard ? step->guard : cond_constant(k->arena, true) });
	}
}

static void add_decision(struct making *k, int e)
{
	struct model *m = k->models[e];
	const struct event *event = event_in(k, e);
	struct decision *d = &m->decisions[m->decision_count];
	bool *named = arena_new_array(k->arena, bool, m->decision_count + 1);
	*d = (struct decision){ .name = event->name, .outcomes = k->outcomes, .outcome_count = k->outcome_count, .dims = event->dims,
				.dim_count = event->dim_count, .constraints = event->constraints, .constraint_count = event->constraint_count };
	d->name.id = arena_printf(k->arena, "%s.%s.%s", k->p->of[NEW]->name.id, event->name.id, k->move->states[0]->name.id);
	d->rules = arena_new_array(k->arena, uint32_t, event->step_count + 1);
	add_steps(k, e, named);
	add_rule(k, e, (struct rule){ .id = no_step.id, .name = no_step, .is_default = true, .outcome = (uint32_t)k->outcome_count - 1,
				      .attributes.role = NONE, .when = cond_constant(k->arena, true) });
	d->feeds = arena_new_array(k->arena, uint32_t, m->decision_count + 1);
	for (uint32_t i = 0; i < m->decision_count; i++)
		if (named[i])
			d->feeds[d->feed_count++] = i;
	m->order[m->decision_count] = (uint32_t)m->decision_count;
	m->decision_count++;
}

/* Gaps and conflicts need outcomes of their own (note [completed]). */
static bool add_move(struct making *k)
{
	k->outcomes = arena_new_array(k->arena, struct outcome, LIMIT_OUTCOMES + 1);
	k->outcome_count = 0;
	list_outcomes(k, NEW);
	list_outcomes(k, OLD);
	if (k->outcome_count + 1 + MISSINGS > LIMIT_OUTCOMES)
		return false;
	k->outcomes[k->outcome_count++].name = refused;
	add_decision(k, OLD);
	add_decision(k, NEW);
	return true;
}

static void *grown(struct arena *arena, const void *items, size_t count, size_t size, size_t more)
{
	char *copy = arena_alloc_array(arena, count + more + 1, size);
	if (count > 0)
		memcpy(copy, items, count * size);
	return copy;
}

static struct model *with_room(struct arena *arena, const struct model *m, size_t decisions, size_t rules)
{
	struct model *copy = arena_new_of(arena, struct model);
	*copy = *m;
	copy->decisions = grown(arena, m->decisions, m->decision_count, sizeof *m->decisions, decisions);
	copy->order = grown(arena, m->order, m->decision_count, sizeof *m->order, decisions);
	copy->rules = grown(arena, m->rules, m->rule_count, sizeof *m->rules, rules);
	return copy;
}

/* As many rules as moves may need: every step from every state, and a default each. */
static size_t most_rules(const struct model *m, size_t moves)
{
	size_t count = moves;
	for (size_t i = 0; i < m->procedure_count; i++)
		for (size_t s = 0; s < m->procedures[i].step_count; s++)
			count += m->procedures[i].steps[s].from_count;
	return count;
}

void moves_add(struct arena *arena, struct diff_procedures *all, const struct model *models[2])
{
	size_t moves = 0;
	uint32_t made = 0;
	for (size_t i = 0; i < all->count; i++) {
		find_moves(arena, &all->items[i]);
		moves += all->items[i].move_count;
	}
	size_t room = moves < LIMIT_COMPARED_MOVES ? moves : LIMIT_COMPARED_MOVES;
	struct making k = { .arena = arena };
	for (int e = 0; e < 2; e++)
		k.models[e] = with_room(arena, models[e], room, most_rules(models[e], room));
	for (size_t i = 0; i < all->count; i++) {
		k.p = &all->items[i];
		for (size_t s = 0; s < all->items[i].move_count; s++) {
			k.move = &all->items[i].moves[s];
			k.move->at = made < room && add_move(&k) ? made++ : NONE;
		}
	}
	models[OLD] = k.models[OLD];
	models[NEW] = k.models[NEW];
}

/* ---- what came of them ---- */

/* Some move of the event differs, or may. */
static bool may_differ(const struct diff_procedure *p, const struct event *event)
{
	bool any = false;
	for (size_t i = 0; i < p->move_count; i++) {
		if (p->moves[i].event != event)
			continue;
		any = true;
		if (p->moves[i].decision.verdict != DIFF_EQUAL)
			return true;
	}
	return !any;
}

static const struct event *event_of_step(const struct procedure *p, const char *step)
{
	for (size_t i = 0; i < p->step_count; i++)
		if (strcmp(p->steps[i].name.id, step) == 0)
			return &p->events[p->steps[i].event];
	return NULL;
}

static bool is_of_event(const struct diff_procedure *p, const struct diff_part *part, const char *event)
{
	for (int e = 0; e < 2; e++) {
		const struct event *of = part->name[e] ? event_of_step(p->of[e], part->id) : NULL;
		if (of && strcmp(of->name.id, event) == 0)
			return true;
	}
	return false;
}

/* No step of the event leads elsewhere, from elsewhere or under another guard. */
static bool steps_are_same(const struct diff_procedure *p, const struct event *event)
{
	static const char *const where[] = { "guard", "from", "to", "event" };
	for (size_t i = 0; i < p->part_count; i++) {
		const struct diff_part *part = &p->parts[i];
		if (part->kind != PART_STEP || !is_of_event(p, part, event->name.id))
			continue;
		for (size_t k = 0; k < part->aspect_count; k++)
			for (size_t a = 0; a < sizeof where / sizeof *where; a++)
				if (strcmp(part->aspects[k].id, where[a]) == 0)
					return false;
	}
	return true;
}

static void drop_guard(struct diff_part *part)
{
	size_t kept = 0;
	for (size_t i = 0; i < part->aspect_count; i++)
		if (strcmp(part->aspects[i].id, "guard") != 0)
			part->aspects[kept++] = part->aspects[i];
	part->aspect_count = kept;
}

static void drop_equal_guards(struct diff_procedure *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->part_count; i++) {
		struct diff_part *part = &p->parts[i];
		if (part->kind == PART_STEP && part->name[0] && part->name[1] && !may_differ(p, event_of_step(p->of[NEW], part->id)))
			drop_guard(part);
		if (part->aspect_count > 0 || !part->name[0] || !part->name[1])
			p->parts[kept++] = *part;
	}
	p->part_count = kept;
}

void moves_take(struct difference *d, size_t first)
{
	size_t taken = 0;
	for (size_t i = 0; i < d->procedures->count; i++) {
		struct diff_procedure *p = &d->procedures->items[i];
		for (size_t k = 0; k < p->move_count; k++) {
			struct diff_move *move = &p->moves[k];
			if (move->at != NONE)
				move->decision = d->decisions[first + move->at];
			else
				move->decision = (struct diff_decision){ .verdict = DIFF_NOT_DECIDED, .obstacle = OBSTACLE_MOVES };
			taken += move->at != NONE;
		}
		drop_equal_guards(p);
		for (size_t k = 0; k < p->move_count; k++)
			p->moves[k].follows = steps_are_same(p, p->moves[k].event);
	}
	for (size_t i = first + taken; i < d->decision_count; i++)
		d->decisions[i - taken] = d->decisions[i];
	d->decision_count -= taken;
}
