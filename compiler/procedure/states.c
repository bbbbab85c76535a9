/* States: which the procedure never gets to, and which it does not get out of. */
#include "procedure/checks.h"

static struct finding *report_state(struct procedure_checks *c, enum finding_kind kind, const struct state *state,
				    enum message message)
{
	struct finding *f = report_at(c, kind, state->span, message, state->name.id, &state->attributes);
	name_arg(c, f, 0, &state->name);
	for (size_t i = 0; i < c->p->step_count; i++)    /* its clauses are those of the steps that lead there */
		if (c->p->steps[i].to == (uint32_t)(state - c->p->states))
			add_clauses(c, f, &c->p->steps[i].attributes);
	return f;
}

static void check_reached(struct procedure_checks *c)
{
	for (uint32_t s = 0; s < c->p->state_count; s++)
		if (!c->graph.reached[s])
			diag_help(c->diag, report_state(c, FINDING_UNREACHABLE_STATE, &c->p->states[s], MESSAGE_UNREACHABLE_STATE),
				  MESSAGE_UNREACHABLE_STATE_HELP, NULL, NULL);
}

/* note [dead ends] A state is a dead end if no final state can be reached from it. Of a circle of such states, all of whose
 * ways lead back into it, the first is reported; states that only lead into a dead end are not. */
static bool is_dead_end(const struct procedure_checks *c, const bool *leads, uint32_t state)
{
	size_t n = c->p->state_count;
	if (!c->graph.reached[state] || c->p->states[state].final)
		return false;
	for (uint32_t to = 0; to < n; to++) {
		if (!leads[state * n + to])
			continue;
		if (c->p->states[to].final || (to != state && !leads[to * n + state]) || to < state)
			return false;
	}
	return true;
}

static void check_dead_ends(struct procedure_checks *c)
{
	const bool *leads = graph_closure(&c->graph, NULL);
	size_t n = c->p->state_count;
	for (uint32_t s = 0; s < n; s++) {
		bool exits = false;
		struct path path;
		if (!is_dead_end(c, leads, s))
			continue;
		for (uint32_t to = 0; to < n; to++)
			exits |= to != s && leads[s * n + to];
		struct finding *f = report_state(c, FINDING_DEAD_END, &c->p->states[s],
						 exits ? MESSAGE_DEAD_END_CIRCLE : MESSAGE_DEAD_END);
		diag_help(c->diag, f, MESSAGE_DEAD_END_HELP, NULL, NULL);
		if (graph_path_to(&c->graph, s, &path))
			report_trace(c, f, &path);
	}
}

/* note [left undated] A state that is not final and that only one role can make go on, without any limit on when: no duty
 * that it discharges, no limit of the step, none declared to be unlimited or left to discretion. */
static bool is_stated(const struct procedure_checks *c, const struct step *step)
{
	if (step->limit.kind != LIMIT_KIND_NONE || step->attributes.discretion)
		return true;
	for (size_t d = 0; d < c->p->duty_count; d++) {
		const struct duty *duty = &c->p->duties[d];
		if (has_index(duty->discharged_by, duty->discharge_count, step->event))
			return true;
	}
	return false;
}

static const struct step *only_way_on(const struct procedure_checks *c, uint32_t state)
{
	const struct step *first = NULL;
	for (size_t i = 0; i < c->graph.edges.count; i++) {
		const struct edge *edge = &c->graph.edges.items[i];
		if (edge->from != state || edge->to == state)
			continue;
		if (edge->step == NONE)
			return NULL; /* it lapses */
		const struct step *step = &c->p->steps[edge->step];
		if (step->actor == ACTOR_TIME)
			continue;
		if (step->actor != ACTOR_ROLE || is_stated(c, step) || (first && first->role != step->role))
			return NULL;
		first = first ? first : step;
	}
	return first;
}

static void check_undated(struct procedure_checks *c)
{
	for (uint32_t s = 0; s < c->p->state_count; s++) {
		const struct state *state = &c->p->states[s];
		if (state->final || s == c->p->start || !c->graph.reached[s])
			continue;
		const struct step *step = only_way_on(c, s);
		if (!step)
			continue;
		struct finding *f = report_at(c, FINDING_UNDATED, step->name_span, MESSAGE_UNDATED, step->name.id, &step->attributes);
		name_arg(c, f, 0, &state->name);
		name_arg(c, f, 1, &c->model->roles[step->role].name);
		name_arg(c, f, 2, &step->name);
		diag_place(c->diag, f, state->span, state->name.label, state->name.english);
		diag_help(c->diag, f, MESSAGE_UNDATED_HELP, NULL, NULL);
	}
}

static void check_stay(struct procedure_checks *c)
{
	for (uint32_t s = 0; s < c->p->state_count; s++)
		if (c->p->states[s].no_stay && c->p->states[s].final)
			report_state(c, FINDING_DEAD_END, &c->p->states[s], MESSAGE_NO_STAY_FINAL);
}

void check_states(struct procedure_checks *c)
{
	if (c->p->start == NONE)
		return;
	check_reached(c);
	check_dead_ends(c);
	check_stay(c);
	check_undated(c);
}
