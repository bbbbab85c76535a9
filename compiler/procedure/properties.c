/* Properties in time that the drafter states: proved over the graph, or refuted by a dated trace. Where the graph has a
 * path that no dates were found for, neither is said. */
#include "procedure/checks.h"

static bool enters(const struct edge *edge, const uint32_t *states, size_t count)
{
	return has_index(states, count, edge->to) && (edge->from != edge->to || edge->step == NONE);
}

static bool happens(const struct graph *g, const struct edge *edge, const struct time_property *p)
{
	return has_index(p->events, p->event_count, edge_event(g, edge));
}

/* Bit 0: one of the events has happened, that of this edge included. */
static unsigned before_next(const struct graph *g, const struct edge *edge, unsigned bits, const void *of)
{
	return bits | (happens(g, edge, of) ? 1 : 0);
}

static bool before_found(const struct graph *g, const struct edge *edge, unsigned before, unsigned after, const void *of)
{
	const struct time_property *p = of;
	(void)g, (void)before;
	return !after && enters(edge, p->states, p->state_count);
}

/* Bit 0: a state of `after` was entered, and none of the events has happened since. */
static unsigned after_next(const struct graph *g, const struct edge *edge, unsigned bits, const void *of)
{
	const struct time_property *p = of;
	if (has_index(p->after, p->after_count, edge->to))
		return 1;
	return happens(g, edge, p) ? 0 : bits;
}

static bool after_found(const struct graph *g, const struct edge *edge, unsigned before, unsigned after, const void *of)
{
	const struct time_property *p = of;
	(void)after;
	return before && !happens(g, edge, p) && enters(edge, p->states, p->state_count);
}

/* An event of the property that starts no duty with a deadline and a stated lapse. */
static bool is_answered(const struct procedure *p, uint32_t event)
{
	for (size_t i = 0; i < p->duty_count; i++) {
		const struct duty *d = &p->duties[i];
		if (has_index(d->from.events, d->from.event_count, event) && d->discharge_count > 0 &&
		    (d->limit.kind == LIMIT_KIND_WITHIN || d->limit.kind == LIMIT_KIND_BY_DATE) &&
		    d->lapse.kind != LAPSE_UNSTATED)
			return true;
	}
	return false;
}

static bool unanswered_found(const struct graph *g, const struct edge *edge, unsigned before, unsigned after, const void *of)
{
	(void)before, (void)after;
	return happens(g, edge, of) && !is_answered(g->p, edge_event(g, edge));
}

static void check_one(struct procedure_checks *c, const struct time_property *p)
{
	const struct walk_rules rules[] = {
		[TIME_BEFORE] = { .next = before_next, .found = before_found, .of = p },
		[TIME_AFTER] = { .next = after_next, .found = after_found, .of = p },
		[TIME_ANSWERED] = { .found = unanswered_found, .of = p },
	};
	static const enum message messages[] = {
		[TIME_BEFORE] = MESSAGE_TIME_BEFORE, [TIME_AFTER] = MESSAGE_TIME_AFTER, [TIME_ANSWERED] = MESSAGE_TIME_ANSWERED,
	};
	struct path path;
	struct trace trace;
	if (!graph_find(&c->graph, &rules[p->kind], &path))
		return;
	if (!trace_make(c, &path, &trace)) {
		report_open(c, p->name_span, &p->name, "断言是否成立", "whether the property holds");
		return;
	}
	struct finding *f = report_at(c, FINDING_REFUTED, p->name_span, messages[p->kind], p->name.id, &p->attributes);
	const struct edge *last = &c->graph.edges.items[path.edges[path.count - 1]];
	name_arg(c, f, 0, &p->name);
	name_arg(c, f, 1, p->kind == TIME_ANSWERED ? &c->p->events[edge_event(&c->graph, last)].name
						   : &c->p->states[last->to].name);
	f->trace = trace.moves;
	f->trace_count = trace.count;
}

void check_time_properties(struct procedure_checks *c)
{
	for (size_t i = 0; i < c->p->property_count && c->p->start != NONE; i++)
		check_one(c, &c->p->properties[i]);
}
