/* Duties that cannot be met, whatever anybody does, and two duties of one role that cannot both be met. */
#include "procedure/checks.h"

enum { MOST_PAIRS = 4096 };          /* of duties of one role, each a walk of its own */

static unsigned both_pending(const struct graph *g, const struct edge *edge, unsigned bits, const void *of)
{
	const struct duty *const *pair = of;
	return duty_pending(g, edge, bits & 1, pair[0]) | duty_pending(g, edge, bits >> 1, pair[1]) << 1;
}

/* Per place: some way leads on from it to where none of `wanted` is pending. A path through other dates or to the end of
 * a suspension counts as well: what is said to be stuck is stuck under every calendar. */
static bool *can_end(const struct procedure_checks *c, const struct walk_rules *rules, unsigned wanted)
{
	const struct graph *g = &c->graph;
	size_t count = c->p->state_count * WALK_BITS;
	bool *good = arena_new_array(c->arena, bool, count + 1);
	bool changed = true;
	for (size_t i = 0; i < count; i++)
		good[i] = (i % WALK_BITS & wanted) == 0;
	while (changed) {
		changed = false;
		for (size_t e = 0; e < g->edges.count; e++) {
			const struct edge *edge = &g->edges.items[e];
			for (unsigned bits = 0; bits < WALK_BITS; bits++) {
				bool *here = &good[edge->from * WALK_BITS + bits];
				if (*here || !good[edge->to * WALK_BITS + rules->next(g, edge, bits, rules->of)])
					continue;
				*here = changed = true;
			}
		}
	}
	return good;
}

struct stuck {                       /* what a path looks for: everything wanted is pending and cannot all end … */
	const struct walk_rules *rules;
	const bool *good;
	unsigned wanted;
	const bool *alone[2];        /* … though each can by itself; NULL: not asked */
};

static unsigned stuck_next(const struct graph *g, const struct edge *edge, unsigned bits, const void *of)
{
	const struct stuck *s = of;
	return s->rules->next(g, edge, bits, s->rules->of);
}

static bool stuck_found(const struct graph *g, const struct edge *edge, unsigned before, unsigned after, const void *of)
{
	const struct stuck *s = of;
	size_t place = edge->to * WALK_BITS + after;
	(void)g, (void)before;
	return (after & s->wanted) == s->wanted && !s->good[place] && (!s->alone[0] || s->alone[0][place]) &&
	       (!s->alone[1] || s->alone[1][place]);
}

static bool find_stuck(struct procedure_checks *c, const struct stuck *stuck, struct path *path)
{
	const struct walk_rules search = { .next = stuck_next, .found = stuck_found, .of = stuck };
	return graph_find(&c->graph, &search, path);
}

/* An edge that starts the duty leads into the state. */
static bool starts_in(const struct procedure_checks *c, const struct duty *duty, uint32_t state)
{
	for (size_t i = 0; i < c->graph.edges.count; i++) {
		const struct edge *edge = &c->graph.edges.items[i];
		if (edge->to == state && has_index(duty->from.events, duty->from.event_count, edge_event(&c->graph, edge)))
			return true;
	}
	return false;
}

static void check_one(struct procedure_checks *c, const struct duty *duty)
{
	const struct walk_rules rules = { .next = duty_pending, .of = duty };
	const bool *good = can_end(c, &rules, 1);
	const struct stuck stuck = { .rules = &rules, .good = good, .wanted = 1 };
	struct path path;
	bool ever = false;
	if (duty->discharge_count == 0 || !find_stuck(c, &stuck, &path))
		return;
	for (size_t s = 0; s < c->p->state_count; s++)
		ever |= c->graph.reached[s] && good[s * WALK_BITS + 1] && starts_in(c, duty, (uint32_t)s);
	struct finding *f = report_at(c, FINDING_DUTY_UNMEETABLE, duty->name_span,
				      ever ? MESSAGE_DUTY_MAY_BE_UNMEETABLE : MESSAGE_DUTY_UNMEETABLE, duty->name.id,
				      &duty->attributes);
	if (ever)
		diag_severity(c->diag, f, SEVERITY_WARNING);
	name_arg(c, f, 0, &duty->name);
	name_arg(c, f, 1, &c->p->states[c->graph.edges.items[path.edges[path.count - 1]].to].name);
	diag_help(c->diag, f, MESSAGE_DUTY_UNMEETABLE_HELP, NULL, NULL);
	report_trace(c, f, &path);
}

/* note [collide] From some place each of the two can be met, but not both. That one of them is then stuck is not said again. */
static bool check_two(struct procedure_checks *c, const struct duty *a, const struct duty *b)
{
	const struct duty *const pair[] = { a, b };
	const struct walk_rules rules = { .next = both_pending, .of = pair };
	const struct stuck stuck = { &rules, can_end(c, &rules, 3), 3, { can_end(c, &rules, 1), can_end(c, &rules, 2) } };
	struct path path;
	if (!find_stuck(c, &stuck, &path))
		return false;
	struct finding *f = report_at(c, FINDING_DUTIES_COLLIDE, a->name_span, MESSAGE_DUTIES_COLLIDE, a->name.id,
				      &a->attributes);
	name_arg(c, f, 0, &a->name);
	name_arg(c, f, 1, &b->name);
	name_arg(c, f, 2, &c->model->roles[a->role].name);
	f->rules = arena_new_array(c->diag->arena, const char *, 3);
	f->rules[0] = a->name.id;
	f->rules[1] = b->name.id;
	add_clauses(c, f, &b->attributes);
	diag_place(c->diag, f, b->name_span, b->name.label, b->name.english);
	diag_help(c->diag, f, MESSAGE_DUTIES_COLLIDE_HELP, NULL, NULL);
	report_trace(c, f, &path);
	return true;
}

void check_duties(struct procedure_checks *c)
{
	size_t pairs = 0;
	bool *collides = arena_new_array(c->arena, bool, c->p->duty_count + 1);
	for (size_t i = 0; i < c->p->duty_count; i++)
		for (size_t k = i + 1; k < c->p->duty_count; k++) {
			const struct duty *a = &c->p->duties[i], *b = &c->p->duties[k];
			if (a->role == NONE || a->role != b->role || a->discharge_count == 0 || b->discharge_count == 0)
				continue;
			if (++pairs <= MOST_PAIRS && check_two(c, a, b))
				collides[i] = collides[k] = true;
		}
	if (pairs > MOST_PAIRS)
		report_open(c, c->p->name_span, &c->p->name, "同一角色的职责能否都履行", "whether all duties of one role can be met");
	for (size_t i = 0; i < c->p->duty_count; i++)
		if (!collides[i])
			check_one(c, &c->p->duties[i]);
}
