/* Which nodes and flows a procedure has: note [a procedure as a process] in flow.h. */
#include "emit/flow.h"

#include "emit/procedure_words.h"

#include <string.h>

static bool has(const uint32_t *list, size_t count, uint32_t index)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i] == index)
			return true;
	}
	return false;
}

/* ---- lanes ---- */

static uint32_t lane_of_role(struct flow *f, uint32_t role)
{
	const struct name *name = &f->model->roles[role].name;
	for (uint32_t i = 0; i < f->lane_count; i++) {
		if (f->lanes[i].role == role)
			return i;
	}
	f->lanes[f->lane_count] = (struct flow_lane){ .id = arena_printf(f->arena, "role.%s", name->id), .name = name->label,
						      .english = name->english, .role = role };
	return (uint32_t)f->lane_count++;
}

static uint32_t lane_of_nobody(struct flow *f)
{
	for (uint32_t i = 0; i < f->lane_count; i++) {
		if (f->lanes[i].role == NONE)
			return i;
	}
	f->lanes[f->lane_count] = (struct flow_lane){ .id = "nobody", .name = "时间、外界", .english = "time, circumstances",
						      .role = NONE };
	return (uint32_t)f->lane_count++;
}

static uint32_t lane_of_step(struct flow *f, const struct step *step)
{
	return step->actor == ACTOR_ROLE ? lane_of_role(f, step->role) : lane_of_nobody(f);
}

/* Roles first, so that time and the world outside stand last. */
static void make_lanes(struct flow *f)
{
	const struct procedure *p = f->p;
	f->lanes = arena_new_array(f->arena, struct flow_lane, f->model->role_count + 1);
	for (size_t i = 0; i < p->step_count; i++) {
		if (p->steps[i].actor == ACTOR_ROLE)
			lane_of_role(f, p->steps[i].role);
	}
	for (size_t i = 0; i < p->step_count; i++)
		lane_of_step(f, &p->steps[i]);
	if (f->lane_count == 0)
		lane_of_nobody(f);
}

/* ---- nodes and edges ---- */

static uint32_t add(struct flow *f, enum flow_kind kind, const char *id, const char *name, uint32_t lane)
{
	struct flow_node node = { .kind = kind, .id = id, .name = name, .lane = lane, .state = NONE, .step = NONE,
				  .duty = NONE, .parent = NONE, .host = NONE };
	vec_push(f->arena, &f->nodes, node);
	return (uint32_t)f->nodes.count - 1;
}

static struct flow_edge *join(struct flow *f, uint32_t from, uint32_t to)
{
	struct flow_edge edge = { .from = from, .to = to, .id = arena_printf(f->arena, "flow.%zu", f->edges.count + 1),
				  .step = NONE };
	vec_push(f->arena, &f->edges, edge);
	return &f->edges.items[f->edges.count - 1];
}

/* Whoever takes the step owes the duty: every way into the states that it leaves starts it. */
static bool is_owed(const struct flow *f, const struct step *step, const struct duty *d)
{
	for (size_t i = 0; i < step->from_count; i++) {
		if (f->p->states[step->from[i]].start)
			return false;
	}
	for (size_t i = 0; i < f->p->step_count; i++) {
		const struct step *way = &f->p->steps[i];
		if (way->to != NONE && has(step->from, step->from_count, way->to) &&
		    !has(d->from.events, d->from.event_count, way->event))
			return false;
	}
	return true;
}

/* The step's name, with its own window or the words of the deadline that it serves where no timer can say them. */
static const char *step_name(const struct flow *f, const struct step *step)
{
	const char *limit = step->limit.kind == LIMIT_KIND_UNLIMITED ? "" : limit_words(f->arena, f->p, &step->limit).zh;
	for (size_t i = 0; i < f->p->duty_count && !*limit; i++) {
		const struct duty *d = &f->p->duties[i];
		if (has(d->discharged_by, d->discharge_count, step->event) && !deadline_expression(f->arena, f->p, d) &&
		    (step->to == NONE || is_owed(f, step, d)))
			limit = duty_due_words(f->arena, f->p, d).zh;
	}
	return *limit ? arena_printf(f->arena, "%s（%s）", step->name.label, limit) : step->name.label;
}

static enum flow_kind kind_of(const struct step *step)
{
	return step->actor == ACTOR_TIME ? FLOW_TIMER : step->actor == ACTOR_OUTSIDE ? FLOW_CIRCUMSTANCE : FLOW_TASK;
}

/* ---- deadlines ---- */

/* Of a duty that is late on this task. In a sub-process, or where nothing else follows, it is an end of its own. */
static void add_late(struct flow *f, uint32_t timer, const struct duty *d, uint32_t target)
{
	struct flow_node *at = &f->nodes.items[timer];
	if (target != NONE) {
		join(f, timer, target)->name = NULL;
		return;
	}
	const char *words = arena_printf(f->arena, "逾期：%s", lapse_words(f->arena, f->p, &d->lapse).zh);
	uint32_t parent = at->parent, host = at->host;
	uint32_t late = add(f, FLOW_LATE, arena_printf(f->arena, "late.%s", at->id), words, at->lane);
	f->nodes.items[late].parent = parent;
	f->nodes.items[late].host = host;
	f->nodes.items[late].duty = (uint32_t)(d - f->p->duties);
	join(f, timer, late);
}

static void add_deadline(struct flow *f, uint32_t task, uint32_t duty, uint32_t target)
{
	const struct duty *d = &f->p->duties[duty];
	struct flow_node *on = &f->nodes.items[task];
	const char *id = arena_printf(f->arena, "due.%s.%s", d->name.id, on->id);
	uint32_t lane = on->lane, parent = on->parent;
	uint32_t timer = add(f, FLOW_DEADLINE, id, duty_due_words(f->arena, f->p, d).zh, lane);
	f->nodes.items[timer].host = task;
	f->nodes.items[timer].duty = duty;
	f->nodes.items[timer].parent = parent;
	add_late(f, timer, d, target);
}

/* The state to which the lapse leads from one of the states; NONE: it does not change the state. */
static uint32_t lapse_target(const struct flow *f, const struct duty *d, const uint32_t *states, size_t count)
{
	if (d->lapse.kind == LAPSE_STATE)
		return d->lapse.state;
	for (size_t i = 0; i < f->p->step_count && d->lapse.kind == LAPSE_EVENT; i++) {
		const struct step *step = &f->p->steps[i];
		for (size_t k = 0; k < count && step->event == d->lapse.event; k++) {
			if (has(step->from, step->from_count, states[k]))
				return step->to == NONE ? states[k] : step->to;
		}
	}
	return NONE;
}

static void add_deadlines(struct flow *f, uint32_t task, uint32_t event, const uint32_t *states, size_t count)
{
	for (uint32_t i = 0; i < f->p->duty_count; i++) {
		const struct duty *d = &f->p->duties[i];
		if (!has(d->discharged_by, d->discharge_count, event) || !deadline_expression(f->arena, f->p, d))
			continue;
		uint32_t state = f->nodes.items[task].parent == NONE ? lapse_target(f, d, states, count) : NONE;
		add_deadline(f, task, i, state == NONE ? NONE : f->state_nodes[state]);
	}
}

/* ---- acts: the steps of one event that leave the same states ---- */

struct act {
	uint32_t event;
	uint32_t *steps, *states;
	size_t step_count, state_count;
};

static bool same_steps(const struct act *act, const uint32_t *steps, size_t count)
{
	return act->step_count == count && memcmp(act->steps, steps, count * sizeof *steps) == 0;
}

/* One node may serve several states if nothing leads back to the state from which it came. */
static bool is_shared(const struct flow *f, const uint32_t *steps, size_t count)
{
	return count == 1 && f->p->steps[steps[0]].to != NONE && !f->p->steps[steps[0]].guard;
}

typedef VEC(struct act) acts;

static void add_act(struct flow *f, acts *all, size_t first, uint32_t event, uint32_t state, const uint32_t *steps, size_t count)
{
	for (size_t i = first; i < all->count && is_shared(f, steps, count); i++) {
		struct act *act = &all->items[i];
		if (same_steps(act, steps, count)) {
			act->states[act->state_count++] = state;
			return;
		}
	}
	struct act act = { event, arena_new_array(f->arena, uint32_t, count), NULL, count, 1 };
	act.states = arena_new_array(f->arena, uint32_t, is_shared(f, steps, count) ? f->p->state_count : 1);
	act.states[0] = state;
	memcpy(act.steps, steps, count * sizeof *steps);
	vec_push(f->arena, all, act);
}

/* Acts of all events, in source order; steps that leave the state as it is are none, unless others of their event and
 * state do not. */
static void find_acts(struct flow *f, acts *all)
{
	uint32_t *steps = arena_new_array(f->arena, uint32_t, f->p->step_count + 1);
	for (uint32_t e = 0; e < f->p->event_count; e++) {
		const struct event *event = &f->p->events[e];
		size_t first = all->count;
		for (uint32_t s = 0; s < f->p->state_count; s++) {
			size_t count = 0;
			bool leads_on = false;
			for (size_t i = 0; i < event->step_count; i++) {
				const struct step *step = &f->p->steps[event->steps[i]];
				if (!has(step->from, step->from_count, s))
					continue;
				steps[count++] = event->steps[i];
				leads_on = leads_on || step->to != NONE;
			}
			if (leads_on)
				add_act(f, all, first, e, s, steps, count);
		}
	}
}

static uint32_t target_of(const struct flow *f, const struct step *step, uint32_t state)
{
	return f->state_nodes[step->to == NONE ? state : step->to];
}

/* From the task on: straight, or over a gateway of the guards. */
static void lead_on(struct flow *f, uint32_t from, const struct act *act)
{
	const struct step *only = &f->p->steps[act->steps[0]];
	if (act->step_count == 1 && !only->guard) {
		join(f, from, target_of(f, only, act->states[0]))->step = act->steps[0];
		return;
	}
	const char *id = arena_printf(f->arena, "guard.%s", f->nodes.items[from].id);
	uint32_t gateway = add(f, FLOW_GUARD, id, NULL, f->nodes.items[from].lane);
	join(f, from, gateway);
	for (size_t i = 0; i < act->step_count; i++) {
		const struct step *step = &f->p->steps[act->steps[i]];
		struct flow_edge *edge = join(f, gateway, target_of(f, step, act->states[0]));
		edge->step = act->steps[i];
		edge->name = act->step_count > 1 ? step->name.label : "条件成立";
	}
	if (act->step_count > 1)
		return;
	struct flow_edge *back = join(f, gateway, f->state_nodes[act->states[0]]);
	back->name = "不受理";
	back->is_default = true;
}

/* The way from a state to an act: a flow, or two ends of a link. */
static void lead_to(struct flow *f, const struct act *act, uint32_t node)
{
	const struct step *step = &f->p->steps[act->steps[0]];
	const char *event = f->p->events[act->event].name.id;
	bool linked = act->state_count >= MANY_STATES;
	for (size_t i = 0; i < act->state_count; i++) {
		uint32_t state = f->state_nodes[act->states[i]], to = node;
		if (linked) {
			const char *id = arena_printf(f->arena, "link.%s.%s", step->name.id, f->p->states[act->states[i]].name.id);
			to = add(f, FLOW_LINK_FROM, id, step->name.label, f->nodes.items[state].lane);
			f->nodes.items[to].step = act->steps[0];
		}
		join(f, state, to)->event = event;
	}
	if (!linked)
		return;
	uint32_t link = add(f, FLOW_LINK_TO, arena_printf(f->arena, "link.%s", step->name.id), step->name.label,
			    f->nodes.items[node].lane);
	f->nodes.items[link].step = act->steps[0];
	join(f, link, node);
}

static void make_act(struct flow *f, const struct act *act)
{
	const struct step *step = &f->p->steps[act->steps[0]];
	const struct event *event = &f->p->events[act->event];
	bool one = act->step_count == 1;
	const char *id = one && is_shared(f, act->steps, 1) ? arena_printf(f->arena, "step.%s", step->name.id)
							    : arena_printf(f->arena, "event.%s.%s", event->name.id,
									   f->p->states[act->states[0]].name.id);
	uint32_t node = add(f, kind_of(step), id, one ? step_name(f, step) : event->name.label, lane_of_step(f, step));
	f->nodes.items[node].step = act->steps[0];
	lead_to(f, act, node);
	lead_on(f, node, act);
	if (f->nodes.items[node].kind == FLOW_TASK)
		add_deadlines(f, node, act->event, act->states, act->state_count);
}

/* ---- states ---- */

static size_t ways_on(const acts *all, uint32_t state)
{
	size_t ways = 0;
	for (size_t i = 0; i < all->count; i++)
		ways += has(all->items[i].states, all->items[i].state_count, state);
	return ways;
}

/* In whose lane it stands: of the role that acts next; where none does, of whoever acted last. */
static uint32_t lane_of_state(struct flow *f, const acts *all, uint32_t state)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct step *step = &f->p->steps[all->items[i].steps[0]];
		if (step->actor == ACTOR_ROLE && has(all->items[i].states, all->items[i].state_count, state))
			return lane_of_step(f, step);
	}
	for (size_t i = 0; i < f->p->step_count; i++) {
		if (f->p->steps[i].to == state)
			return lane_of_step(f, &f->p->steps[i]);
	}
	return 0;
}

static void make_states(struct flow *f, const acts *all)
{
	const struct procedure *p = f->p;
	f->state_nodes = arena_new_array(f->arena, uint32_t, p->state_count + 1);
	uint32_t start = add(f, FLOW_START, "start", "开始", 0);
	for (uint32_t s = 0; s < p->state_count; s++) {
		const struct state *state = &p->states[s];
		size_t ways = ways_on(all, s), ends = state->final && ways > 0;
		enum flow_kind kind = ways + ends > 1 ? FLOW_CHOICE : ways + ends == 1 ? FLOW_MILESTONE : FLOW_END;
		uint32_t node = add(f, kind, arena_printf(f->arena, "state.%s", state->name.id), state->name.label,
				    lane_of_state(f, all, s));
		f->nodes.items[node].state = s;
		f->state_nodes[s] = node;
		if (!ends)
			continue;
		uint32_t end = add(f, FLOW_MAY_END, arena_printf(f->arena, "end.%s", state->name.id), "终结",
				   f->nodes.items[node].lane);
		join(f, node, end);
	}
	f->nodes.items[start].lane = f->nodes.items[f->state_nodes[p->start]].lane;
	join(f, start, f->state_nodes[p->start]);
}

/* ---- beside the flow ---- */

static uint32_t add_inside(struct flow *f, uint32_t parent, enum flow_kind kind, const char *suffix, const char *name)
{
	const char *id = arena_printf(f->arena, "%s.%s", f->nodes.items[parent].id, suffix);
	uint32_t node = add(f, kind, id, name, f->nodes.items[parent].lane);
	f->nodes.items[node].parent = parent;
	return node;
}

static bool serves_repeated(const struct flow *f, uint32_t event)
{
	for (size_t i = 0; i < f->p->duty_count; i++) {
		const struct duty *d = &f->p->duties[i];
		if (d->every.kind == EVERY_PERIOD && has(d->discharged_by, d->discharge_count, event))
			return true;
	}
	return false;
}

static void make_always(struct flow *f, uint32_t index)
{
	const struct step *step = &f->p->steps[index];
	const char *when = serves_repeated(f, step->event)	     ? "到期"
			   : step->from_count == f->p->state_count ? "任何状态"
			   : step->from_count == 1	     ? f->p->states[step->from[0]].name.label
							     : arena_printf(f->arena, "%zu个状态", step->from_count);
	uint32_t box = add(f, FLOW_ALWAYS, arena_printf(f->arena, "always.%s", step->name.id), step->name.label,
			   lane_of_step(f, step));
	f->nodes.items[box].step = index;
	uint32_t trigger = add_inside(f, box, FLOW_TRIGGER, "start", when);
	f->nodes.items[trigger].step = index;
	uint32_t task = add_inside(f, box, FLOW_TASK, "task", step_name(f, step));
	uint32_t end = add_inside(f, box, FLOW_END, "end", NULL);
	f->nodes.items[task].step = index;
	join(f, trigger, task);
	join(f, task, end)->step = index;
	add_deadlines(f, task, step->event, step->from, step->from_count);
}

/* A deadline that no task can carry, since nothing that happens in the procedure discharges it. */
static void make_lone_duty(struct flow *f, uint32_t index)
{
	const struct duty *d = &f->p->duties[index];
	if (!deadline_expression(f->arena, f->p, d))
		return;
	for (size_t i = 0; i < f->nodes.count; i++) {
		if (f->nodes.items[i].kind == FLOW_DEADLINE && f->nodes.items[i].duty == index)
			return;
	}
	uint32_t lane = d->role == NONE ? lane_of_nobody(f) : lane_of_role(f, d->role);
	uint32_t box = add(f, FLOW_ALWAYS, arena_printf(f->arena, "duty.%s", d->name.id), d->name.label, lane);
	f->nodes.items[box].duty = index;
	uint32_t trigger = add_inside(f, box, FLOW_TRIGGER, "start", duty_due_words(f->arena, f->p, d).zh);
	f->nodes.items[trigger].duty = index;
	const char *words = arena_printf(f->arena, "逾期：%s", lapse_words(f->arena, f->p, &d->lapse).zh);
	uint32_t end = add_inside(f, box, FLOW_END, "end", words);
	join(f, trigger, end);
}

struct flow *flow_of(struct arena *arena, const struct model *model, const struct procedure *p)
{
	struct flow *f = arena_new_of(arena, struct flow);
	acts all = { 0 };
	*f = (struct flow){ .arena = arena, .model = model, .p = p };
	make_lanes(f);
	find_acts(f, &all);
	make_states(f, &all);
	for (size_t i = 0; i < all.count; i++)
		make_act(f, &all.items[i]);
	for (uint32_t i = 0; i < p->step_count; i++) {
		if (p->steps[i].to == NONE)
			make_always(f, i);
	}
	for (uint32_t i = 0; i < p->duty_count; i++)
		make_lone_duty(f, i);
	f->laid = f->nodes.count <= LIMIT_FLOW_NODES && f->edges.count <= 3 * LIMIT_FLOW_NODES;
	if (f->laid)
		flow_lay(f);
	return f;
}
