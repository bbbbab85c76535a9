/* Priorities in a circle. note [cycles of priorities]
 *
 * A ladder of n rules is n² pairs, so the graph has a node for each rung besides the rules: a rule leads to its rung, a
 * rung to the next one and to the rules of the next one. A first-hit table leads from row to row. A way from rule to
 * rule through rungs is a chain of `over`, so a circle of the graph is one of priorities. Defaults have a way out only
 * where a ladder names 缺省; then each rule that is over one leads to it. */
#include "model/resolve.h"
#include "support/writer.h"

#include <assert.h>
#include <string.h>

struct graph {
	const struct model *m;
	const struct decision *d;
	uint32_t *first, *next, *to; /* edges as lists */
	size_t edge_count, edge_capacity;
	uint32_t node_count; /* rules of the decision, then rungs of its ladders */
	struct arena *arena;
	uint32_t *place; /* model rule → node */
};

static void add_edge(struct graph *g, uint32_t from, uint32_t to)
{
	if (g->edge_count == g->edge_capacity) {
		size_t capacity = g->edge_capacity ? g->edge_capacity * 2 : 256;
		uint32_t *next_list = arena_new_array(g->arena, uint32_t, capacity);
		uint32_t *to_list = arena_new_array(g->arena, uint32_t, capacity);
		if (g->edge_count) {
			memcpy(next_list, g->next, g->edge_count * sizeof *next_list);
			memcpy(to_list, g->to, g->edge_count * sizeof *to_list);
		}
		g->next = next_list;
		g->to = to_list;
		g->edge_capacity = capacity;
	}
	g->to[g->edge_count] = to;
	g->next[g->edge_count] = g->first[from];
	g->first[from] = (uint32_t)g->edge_count++;
}

static void add_ladders(struct graph *g, uint32_t rung_node)
{
	for (size_t l = 0; l < g->d->ladder_count; l++) {
		uint32_t rungs = g->d->ladders[l].rung_count;
		for (uint32_t i = 0; i + 1 < rungs; i++)
			add_edge(g, rung_node + i, rung_node + i + 1);
		for (uint32_t k = 0; k < g->d->rule_count; k++) {
			uint32_t rung = g->m->rules[g->d->rules[k]].rungs[l];
			if (rung == NO_RUNG)
				continue;
			add_edge(g, k, rung_node + rung);
			if (rung > 0)
				add_edge(g, rung_node + rung - 1, k);
		}
		rung_node += rungs;
	}
}

static void add_tables(struct graph *g)
{
	for (size_t t = 0; t < g->d->table_count; t++) {
		const struct rule_table *table = &g->m->tables[g->d->tables[t]];
		for (size_t i = 0; table->hit == HIT_FIRST && i + 1 < table->rule_count; i++)
			add_edge(g, g->place[table->rules[i]], g->place[table->rules[i + 1]]);
	}
}

static void add_defaults(struct graph *g)
{
	bool ranked = false;
	for (size_t l = 0; l < g->d->ladder_count; l++)
		ranked = ranked || g->d->ladders[l].ranks_defaults;
	for (uint32_t i = 0; ranked && i < g->d->rule_count; i++) {
		if (!g->m->rules[g->d->rules[i]].is_default)
			continue;
		for (uint32_t k = 0; k < g->d->rule_count; k++)
			if (rule_is_over(g->m, g->d->rules[k], g->d->rules[i]))
				add_edge(g, k, i);
	}
}

static void graph_make(struct graph *g)
{
	uint32_t rungs = 0;
	for (size_t l = 0; l < g->d->ladder_count; l++)
		rungs += g->d->ladders[l].rung_count;
	g->node_count = (uint32_t)g->d->rule_count + rungs;
	g->first = arena_new_array(g->arena, uint32_t, g->node_count + 1);
	memset(g->first, 0xff, (g->node_count + 1) * sizeof *g->first);
	for (uint32_t k = 0; k < g->d->rule_count; k++)
		g->place[g->d->rules[k]] = k;
	add_ladders(g, (uint32_t)g->d->rule_count);
	add_tables(g);
	add_defaults(g);
}

/* ---- searching, without recursion: a table may have 100,000 rows ---- */

struct search {
	uint32_t *stack, *edge; /* the way so far, and the next edge to try at each step */
	unsigned char *colour;	/* 0 new, 1 on the way, 2 done */
	size_t depth;
};

/* The next node that closes a circle, or NONE when the search from `start` is done. */
static uint32_t search_on(const struct graph *g, struct search *s)
{
	while (s->depth) {
		uint32_t node = s->stack[s->depth - 1], edge = s->edge[s->depth - 1];
		if (edge == NONE) {
			s->colour[node] = 2;
			s->depth--;
			continue;
		}
		assert(g->next && g->to); /* there is an edge */
		s->edge[s->depth - 1] = g->next[edge];
		uint32_t to = g->to[edge];
		if (s->colour[to] == 1)
			return to;
		if (s->colour[to] == 2)
			continue;
		s->colour[to] = 1;
		s->stack[s->depth] = to;
		s->edge[s->depth++] = g->first[to];
	}
	return NONE;
}

static void report_cycle(struct resolver *r, const struct graph *g, const struct search *s, uint32_t back_to)
{
	size_t at = s->depth, shown = 0;
	while (s->stack[at - 1] != back_to)
		at--;
	VEC(const char *) ids = { 0 };
	uint32_t place = NONE;
	struct writer w;
	writer_init(&w, r->arena);
	for (size_t i = at - 1; i < s->depth; i++) {
		if (s->stack[i] >= g->d->rule_count)
			continue;
		uint32_t rule = g->d->rules[s->stack[i]];
		place = place == NONE || rule < place ? rule : place;
		vec_push(r->arena, &ids, g->m->rules[rule].id);
		if (shown++ < LIMIT_CYCLE_SHOWN)
			write_fmt(&w, "%s%s", w.size ? " > " : "", g->m->rules[rule].id);
	}
	if (!ids.count)
		return;
	write_fmt(&w, "%s > %s", shown > LIMIT_CYCLE_SHOWN ? " > …" : "", ids.items[0]);
	vec_push(r->arena, &ids, NULL);
	struct finding *f = report(r, FINDING_OVERRIDE_CYCLE, g->m->rules[place].name_span, MESSAGE_OVERRIDE_CYCLE,
				   writer_text(&w), NULL);
	f->decision = g->d->name.id;
	f->rules = ids.items;
	diag_help(r->diag, f, MESSAGE_OVERRIDE_CYCLE_HELP, NULL, NULL);
}

/* One circle for each decision: others may be the same mistake seen from elsewhere. */
static void search_decision(struct resolver *r, struct graph *g)
{
	struct search s = { 0 };
	s.stack = arena_new_array(r->arena, uint32_t, g->node_count + 1);
	s.edge = arena_new_array(r->arena, uint32_t, g->node_count + 1);
	s.colour = arena_new_array(r->arena, unsigned char, g->node_count + 1);
	for (uint32_t start = 0; start < g->node_count; start++) {
		if (s.colour[start])
			continue;
		s.colour[start] = 1;
		s.stack[0] = start;
		s.edge[0] = g->first[start];
		s.depth = 1;
		uint32_t back_to = search_on(g, &s);
		if (back_to != NONE) {
			report_cycle(r, g, &s, back_to);
			return;
		}
	}
}

void override_cycles_report(struct resolver *r)
{
	uint32_t *place = arena_new_array(r->arena, uint32_t, r->model->rule_count + 1);
	for (size_t i = 0; i < r->model->decision_count; i++) {
		const struct decision *d = &r->model->decisions[i];
		if (!d->ladder_count)
			continue; /* tables alone have no circle */
		struct graph g = { .m = r->model, .d = d, .arena = r->arena, .place = place };
		graph_make(&g);
		search_decision(r, &g);
	}
}
