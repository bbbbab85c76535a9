/* Whether there is a case, asked of rules as masks on one grid of their decision.
 *
 * note [masks] Where a decision has few rules, its dimensions are divided once at the edges of all of them. A question
 * about products then takes no preparing: the part is what its rules have in common, the pieces are what may beat or hold.
 * Of many rules the masks grow with the square of their number, and cover.c is asked. */
#include "regions/grid.h"

#include <string.h>

enum { MASK_WORDS = 1 << 18,         /* at most, of all rules of a decision: 2 MB */
       FEW_RULES = 1024 };            /* where their edges alone are too many, those of all are not looked at */

struct masks {                       /* of a plan */
	struct grid grid;
	uint64_t *rules;             /* of rule i: from i * words; NULL: they are too large */
	uint64_t *part;
	bool *listed;                /* per rule: it is a piece of the question already */
};

static bool has_mask(const struct plan_rule *rule)
{
	return rule->product && !rule->never;
}

static bool add_dims(struct grid *g, const struct model *model, const struct plan *plan)
{
	for (uint32_t d = 0; d < model->dim_count; d++) {
		if (!plan->dims[d])
			continue;
		if (g->dims == GRID_DIMS)
			return false;
		grid_dim(g, model->dims[d].low, model->dims[d].high);
	}
	return g->dims > 0;
}

/* Calls for each dimension of the grid that the rule tests. */
typedef void use_values(struct grid *g, uint64_t *mask, size_t k, const struct ranges *set);

static void each_atom(struct grid *g, const struct model *model, const struct plan *plan, const struct plan_rule *rule,
		      uint64_t *mask, use_values *use)
{
	for (size_t d = 0, k = 0, i = 0; d < model->dim_count && i < rule->atoms.count; d++) {
		if (rule->atoms.items[i].dim == d)
			use(g, mask, k, &rule->atoms.items[i++].ranges);
		k += plan->dims[d];
	}
}

static void use_edges(struct grid *g, uint64_t *mask, size_t k, const struct ranges *set)
{
	(void)mask;
	grid_edges(g, k, set);
}

static void use_set(struct grid *g, uint64_t *mask, size_t k, const struct ranges *set)
{
	grid_none(g, mask, k);
	for (size_t i = 0; i < set->count; i++)
		grid_add(g, mask, k, set->items[i].low, set->items[i].high);
}

/* At the edges of the first `count` rules; false: all masks on it would be too large. */
static bool divide(struct grid *g, const struct regions *r, const struct plan *plan, size_t count)
{
	grid_start(g, r->arena);
	if (!add_dims(g, r->model, plan))
		return false;
	for (size_t i = 0; i < count; i++)
		if (has_mask(&plan->rules[i]))
			each_atom(g, r->model, plan, &plan->rules[i], NULL, use_edges);
	grid_divide(g);
	return plan->count * g->words <= MASK_WORDS;
}

static struct masks *masks_new(struct regions *r, const struct plan *plan)
{
	struct masks *m = arena_new_of(r->arena, struct masks);
	struct grid *g = &m->grid;
	if ((plan->count > FEW_RULES && !divide(g, r, plan, FEW_RULES)) || !divide(g, r, plan, plan->count))
		return m;
	m->rules = arena_new_array(r->arena, uint64_t, plan->count * g->words);
	m->part = arena_new_array(r->arena, uint64_t, g->words);
	m->listed = arena_new_array(r->arena, bool, plan->count);
	for (size_t i = 0; i < plan->count; i++)
		if (has_mask(&plan->rules[i])) {
			grid_fill(g, m->rules + i * g->words);
			each_atom(g, r->model, plan, &plan->rules[i], m->rules + i * g->words, use_set);
		}
	return m;
}

/* ---- questions ---- */

static const uint64_t *mask_of(const struct masks *m, uint32_t rule)
{
	return m->rules + rule * m->grid.words;
}

static void list(struct masks *m, uint32_t rule)
{
	if (!m->listed[rule])
		grid_piece(&m->grid, mask_of(m, rule));
	m->listed[rule] = true;
}

/* What beats the rule; false: some of it is no product, or a limit ended it. */
static bool list_beaters(struct regions *r, struct masks *m, struct plan *plan, uint32_t rule)
{
	struct neighbours beaters;
	if (!plan_beaters(r, plan, rule, &beaters))
		return false;
	for (size_t i = 0; i < beaters.count; i++) {
		if (!has_mask(&plan->rules[beaters.items[i]]))
			return false;
		list(m, beaters.items[i]);
	}
	return true;
}

static bool list_others(struct masks *m, const struct plan *plan, const struct question *q)
{
	for (size_t i = 0; i < q->other_count; i++) {
		const struct plan_rule *rule = &plan->rules[q->others[i]];
		if (!rule->product && !rule->never)
			return false;
		if (!rule->never)
			list(m, q->others[i]);
	}
	return true;
}

static bool list_all(struct regions *r, struct masks *m, struct plan *plan, const struct question *q)
{
	memset(m->listed, 0, plan->count * sizeof *m->listed);
	bool good = list_others(m, plan, q);
	for (size_t i = 0; i < q->rule_count && good && q->goal == GOAL_REASON; i++)
		good = list_beaters(r, m, plan, q->rules[i]);
	return good;
}

/* Rules above the rule and, if wanted, those below it that say the same; false: as above. */
static bool list_ranked(struct regions *r, struct masks *m, struct plan *plan, uint32_t rule, bool same)
{
	struct neighbours near;
	if (!regions_neighbours(r, plan->index, rule, &near))
		return false;
	for (size_t i = 0; i < near.count; i++) {
		uint32_t y = near.items[i];
		if (plan->rank[y] > plan->rank[rule] && !(same && plan->rules[y].outcome == plan->rules[rule].outcome))
			continue;
		if (!has_mask(&plan->rules[y]))
			return false;
		list(m, y);
	}
	return true;
}

/* note [first box] A rule that is nowhere the first to hold changes nothing. One that somewhere is, with none that says
 * the same behind it, does. Between the two stands what cover.c decides; false: it must. */
static bool change(struct regions *r, struct masks *m, struct plan *plan, uint32_t rule, enum reply *reply)
{
	for (int same = 0; same < 2; same++) {
		memset(m->listed, 0, plan->count * sizeof *m->listed);
		if (!list_ranked(r, m, plan, rule, same))
			return false;
		*reply = grid_leaves(&m->grid, r, m->part);
		if (*reply != (same ? REPLY_NO : REPLY_YES))
			return true;
	}
	return false;
}

static bool answer(struct regions *r, struct masks *m, struct plan *plan, const struct question *q, enum reply *reply)
{
	if (q->goal == GOAL_CHANGE)
		return change(r, m, plan, q->rules[0], reply);
	if (!list_all(r, m, plan, q))
		return false;
	*reply = grid_leaves(&m->grid, r, m->part);
	return true;
}

bool masks_exist(struct regions *r, struct plan *plan, const struct question *q, enum reply *reply)
{
	if (!plan->masks)
		plan->masks = masks_new(r, plan);
	struct masks *m = plan->masks;
	if (!m->rules)
		return false;
	grid_fill(&m->grid, m->part);
	m->grid.pieces.count = 0;
	*reply = REPLY_NO;
	for (size_t i = 0; i < q->rule_count; i++)
		if (!grid_common(&m->grid, m->part, mask_of(m, q->rules[i])))
			return true;
	return answer(r, m, plan, q, reply);
}
