/* Draws the function as questions and answers in the order found. */
#include "draw/chart.h"

#include <stdlib.h>

/* ---- one question ---- */

static struct answer_edge *edge_of_rest(answer_edges *edges, function rest)
{
	for (size_t i = 0; i < edges->count; i++)
		if (edges->items[i].rest == rest)
			return &edges->items[i];
	return NULL;
}

static void move_parts(struct arena *arena, struct answer_edge *to, const struct answer_edge *from)
{
	for (size_t i = 0; i < from->parts.count; i++) {
		uint32_t part = from->parts.items[i];
		size_t at = to->parts.count;
		vec_push(arena, &to->parts, part);
		for (; at > 0 && to->parts.items[at - 1] > part; at--)
			to->parts.items[at] = to->parts.items[at - 1];
		to->parts.items[at] = part;
	}
}

/* Rests that differ only where the other has no case are drawn as one. */
static void join_edges(struct decision_function *df, const answer_edges *from, answer_edges *out)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct answer_edge *edge = &from->items[i];
		bool joined = false;
		for (size_t k = 0; k < out->count && !joined; k++) {
			function both = function_join(df->forest, out->items[k].rest, edge->rest);
			if (both == NOT_JOINED)
				continue;
			joined = true;
			out->items[k].rest = both;
			move_parts(df->arena, &out->items[k], edge);
		}
		if (!joined) {
			struct answer_edge copy = { .rest = edge->rest };
			move_parts(df->arena, &copy, edge);
			vec_push(df->arena, out, copy);
		}
	}
}

void chart_answers(struct decision_function *df, function rest, uint32_t variable, answer_edges *out)
{
	answer_edges edges = { 0 };
	for (uint32_t i = 0; i < df->variables[variable].part_count; i++) {
		function after = function_part(df->forest, rest, variable, i);
		if (after == NEVER_A_CASE)
			continue;
		struct answer_edge *edge = edge_of_rest(&edges, after);
		if (!edge) {
			struct answer_edge fresh = { .rest = after };
			vec_push(df->arena, &edges, fresh);
			edge = &edges.items[edges.count - 1];
		}
		vec_push(df->arena, &edge->parts, i);
	}
	join_edges(df, &edges, out);
}

/* ---- all of them ---- */

struct making {
	struct decision_function *df;
	struct chart *chart;
	const uint32_t *order;
	uint32_t length;
	uint32_t level;
	VEC(struct answer_edge *) waiting, later; /* edges that lead to no node yet */
	VEC(uint32_t) made;			  /* nodes of this level */
};

static bool settle(const struct making *m, struct answer_edge *edge)
{
	if (!function_is_constant(m->df->forest, edge->rest))
		return false;
	edge->leaf = true;
	edge->outcomes = function_value(m->df->forest, edge->rest);
	return true;
}

static uint32_t node_of(struct making *m, function rest, uint32_t variable, const answer_edges *edges)
{
	for (size_t i = 0; i < m->made.count; i++)
		if (m->chart->nodes.items[m->made.items[i]].rest == rest)
			return m->made.items[i];
	struct chart_node node = { .variable = variable, .rest = rest };
	for (size_t i = 0; i < edges->count; i++)
		vec_push(m->df->arena, &node.edges, edges->items[i]);
	uint32_t number = (uint32_t)m->chart->nodes.count;
	vec_push(m->df->arena, &m->chart->nodes, node);
	vec_push(m->df->arena, &m->made, number);
	for (size_t i = 0; i < node.edges.count; i++)
		if (!settle(m, &node.edges.items[i]))
			vec_push(m->df->arena, &m->later, &node.edges.items[i]);
	return number;
}

/* Asks the question of the level where a waiting rest needs it. */
static void make_level(struct making *m)
{
	uint32_t variable = m->order[m->level];
	m->made.count = 0;
	m->later.count = 0;
	for (size_t i = 0; i < m->waiting.count; i++) {
		struct answer_edge *edge = m->waiting.items[i];
		answer_edges edges = { 0 };
		chart_answers(m->df, edge->rest, variable, &edges);
		if (edges.count > 1) {
			edge->node = node_of(m, edge->rest, variable, &edges);
			continue;
		}
		if (edges.count == 1)
			edge->rest = edges.items[0].rest;
		if (!settle(m, edge))
			vec_push(m->df->arena, &m->later, edge);
	}
	m->waiting.count = 0;
	for (size_t i = 0; i < m->later.count; i++)
		vec_push(m->df->arena, &m->waiting, m->later.items[i]);
}

struct chart *chart_in_order(struct decision_function *df, const uint32_t *order, uint32_t count)
{
	struct chart *chart = arena_new_of(df->arena, struct chart);
	struct making m = { .df = df, .chart = chart, .order = order, .length = count };
	chart->root.rest = df->outcomes;
	if (settle(&m, &chart->root))
		return chart;
	struct answer_edge *root = &chart->root;
	vec_push(df->arena, &m.waiting, root);
	for (; m.level < m.length; m.level++)
		make_level(&m);
	chart->too_large = forest_exhausted(df->forest) || m.waiting.count > 0;
	return chart;
}

struct chart *chart_of(struct decision_function *df)
{
	uint32_t order[QUESTION_LIMIT], count = 0;
	struct chart *chart = arena_new_of(df->arena, struct chart);
	chart->no_case = !df->too_large && df->cases == ALWAYS_FALSE;
	chart->too_large = df->too_large || (!chart->no_case && !questions_in_order(df, order, &count));
	return chart->too_large || chart->no_case ? chart : chart_in_order(df, order, count);
}
