/* The graph of a procedure and walks over it: note [walks]. */
#include "procedure/graph.h"

#include <string.h>

bool has_index(const uint32_t *list, size_t count, uint32_t index)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == index)
			return true;
	return false;
}

uint32_t edge_event(const struct graph *g, const struct edge *edge)
{
	return edge->step == NONE ? NONE : g->p->steps[edge->step].event;
}

bool runs_of_itself(const struct duty *duty)
{
	bool dated = duty->every.kind == EVERY_PERIOD ? duty->every.anchor == ANCHOR_DATE : duty->limit.kind == LIMIT_KIND_BY_DATE;
	return dated && duty->from.event_count == 0;
}

/* ---- walks ---- */

struct walk {
	const struct graph *g;
	const struct walk_rules *rules;
	bool *met;                   /* per place: state * WALK_BITS + bits */
	uint32_t *before, *by;       /* per place: the place before it, and the edge that leads from there */
	VEC(uint32_t) queue;
};

static void walk_start(struct walk *w, const struct graph *g, const struct walk_rules *rules)
{
	size_t places = g->p->state_count * WALK_BITS;
	*w = (struct walk){ .g = g, .rules = rules };
	w->met = arena_new_array(g->arena, bool, places + 1);
	w->before = arena_new_array(g->arena, uint32_t, places + 1);
	w->by = arena_new_array(g->arena, uint32_t, places + 1);
	uint32_t first = g->p->start * WALK_BITS + rules->first;
	w->met[first] = true;
	w->before[first] = NONE;
	vec_push(g->arena, &w->queue, first);
}

/* The edge that is looked for, with the place where it begins in *place; NONE: everything was met. */
static uint32_t walk_on(struct walk *w, uint32_t *place)
{
	for (size_t i = 0; i < w->queue.count; i++) {
		uint32_t at = w->queue.items[i];
		for (uint32_t e = 0; e < w->g->edges.count; e++) {
			const struct edge *edge = &w->g->edges.items[e];
			if (edge->from != at / WALK_BITS)
				continue;
			unsigned bits = w->rules->next ? w->rules->next(w->g, edge, at % WALK_BITS, w->rules->of) : 0;
			uint32_t to = edge->to * WALK_BITS + bits;
			*place = at;
			if (w->rules->found && w->rules->found(w->g, edge, at % WALK_BITS, bits, w->rules->of))
				return e;
			if (w->met[to])
				continue;
			w->met[to] = true;
			w->before[to] = at;
			w->by[to] = e;
			vec_push(w->g->arena, &w->queue, to);
		}
	}
	return NONE;
}

static void path_back(const struct walk *w, uint32_t place, uint32_t last, struct path *out)
{
	size_t count = last != NONE;
	for (uint32_t at = place; w->before[at] != NONE; at = w->before[at])
		count++;
	out->count = count;
	out->edges = arena_new_array(w->g->arena, uint32_t, count + 1);
	if (last != NONE)
		out->edges[--count] = last;
	for (uint32_t at = place; w->before[at] != NONE; at = w->before[at])
		out->edges[--count] = w->by[at];
}

bool graph_find(const struct graph *g, const struct walk_rules *rules, struct path *out)
{
	struct walk w;
	uint32_t place = 0;
	walk_start(&w, g, rules);
	uint32_t edge = walk_on(&w, &place);
	if (edge == NONE)
		return false;
	path_back(&w, place, edge, out);
	return true;
}

bool *graph_places(const struct graph *g, const struct walk_rules *rules)
{
	struct walk w;
	uint32_t place = 0;
	walk_start(&w, g, rules);
	walk_on(&w, &place);
	return w.met;
}

static bool enters(const struct graph *g, const struct edge *edge, unsigned before, unsigned after, const void *state)
{
	(void)g, (void)before, (void)after;
	return edge->to == *(const uint32_t *)state;
}

bool graph_path_to(const struct graph *g, uint32_t state, struct path *out)
{
	const struct walk_rules rules = { .found = enters, .of = &state };
	*out = (struct path){ NULL, 0 };
	return state == g->p->start || graph_find(g, &rules, out);
}

/* ---- making ---- */

static bool is_begun(const struct duty *d, uint32_t event)
{
	return has_index(d->from.events, d->from.event_count, event) || has_index(d->restarted_by, d->restart_count, event);
}

static bool is_ended(const struct duty *d, uint32_t event)
{
	return has_index(d->released_by, d->release_count, event) || has_index(d->ended_by, d->end_count, event);
}

unsigned duty_pending(const struct graph *g, const struct edge *edge, unsigned bits, const void *of)
{
	const struct duty *d = of;
	uint32_t event = edge_event(g, edge);
	if (edge->step == NONE)
		return bits && &g->p->duties[edge->duty] != d;
	if (is_begun(d, event))
		return 1;
	if (d->lapse.kind == LAPSE_EVENT && event == d->lapse.event)
		return 0;            /* what its lapse is deemed to be */
	return bits && !has_index(d->discharged_by, d->discharge_count, event) && !is_ended(d, event);
}

/* The next period of a repeated duty follows, whether the last one was served or lapsed. */
static unsigned may_lapse(const struct graph *g, const struct edge *edge, unsigned bits, const void *of)
{
	const struct duty *d = of;
	if (d->every.kind == EVERY_NOT)
		return duty_pending(g, edge, bits, of);
	return edge->step == NONE ? bits : is_begun(d, edge_event(g, edge)) || (bits && !is_ended(d, edge_event(g, edge)));
}

static bool has_lapse(const struct graph *g, uint32_t from, uint32_t duty)
{
	for (size_t i = 0; i < g->edges.count; i++)
		if (g->edges.items[i].step == NONE && g->edges.items[i].from == from && g->edges.items[i].duty == duty)
			return true;
	return false;
}

/* true: something new was found, so that more may be pending elsewhere. */
static bool add_lapses(struct graph *g)
{
	bool added = false;
	for (uint32_t d = 0; d < g->p->duty_count; d++) {
		const struct duty *duty = &g->p->duties[d];
		if (duty->lapse.kind != LAPSE_STATE)
			continue;
		const struct walk_rules rules = { .next = may_lapse, .of = duty, .first = runs_of_itself(duty) };
		const bool *places = graph_places(g, &rules);
		for (uint32_t s = 0; s < g->p->state_count; s++) {
			if (!places[s * WALK_BITS + 1] || has_lapse(g, s, d))
				continue;
			vec_push(g->arena, &g->edges, ((struct edge){ s, duty->lapse.state, NONE, d }));
			added = true;
		}
	}
	return added;
}

void graph_make(struct graph *g, struct arena *arena, const struct procedure *p, const bool *possible)
{
	const struct walk_rules all = { 0 };
	*g = (struct graph){ .arena = arena, .p = p };
	g->reached = arena_new_array(arena, bool, p->state_count + 1);
	if (p->start == NONE || p->state_count == 0)
		return;
	for (uint32_t i = 0; i < p->step_count; i++) {
		const struct step *step = &p->steps[i];
		for (size_t k = 0; k < step->from_count && possible[i]; k++)
			vec_push(arena, &g->edges,
				 ((struct edge){ step->from[k], step->to == NONE ? step->from[k] : step->to, i, NONE }));
	}
	while (add_lapses(g))
		continue;
	const bool *places = graph_places(g, &all);
	for (size_t s = 0; s < p->state_count; s++)
		g->reached[s] = places[s * WALK_BITS];
}

bool *graph_closure(const struct graph *g, bool (*takes)(const struct graph *g, const struct edge *edge))
{
	size_t n = g->p->state_count;
	bool *leads = arena_new_array(g->arena, bool, n * n + 1);
	for (size_t i = 0; i < g->edges.count; i++)
		if (!takes || takes(g, &g->edges.items[i]))
			leads[g->edges.items[i].from * n + g->edges.items[i].to] = true;
	for (size_t via = 0; via < n; via++)
		for (size_t from = 0; from < n; from++)
			for (size_t to = 0; leads[from * n + via] && to < n; to++)
				leads[from * n + to] |= leads[via * n + to];
	return leads;
}
