/* Impossible: a rule that holds in no case; constraints that together leave no case. */
#include "analysis/checks.h"

static void check_rule(struct checks *c, uint32_t rule)
{
	if (regions_surely_holds(c->regions, c->index, rule))
		return;
	if (regions_may_hold(c->regions, c->index, rule)) {
		struct question question = question_of(c, GOAL_HOLD, &rule, 1, NULL, 0);
		if (is_there(c, TOPIC_IMPOSSIBLE, &question) || c->open[TOPIC_IMPOSSIBLE])
			return;
	}
	c->impossible[rule] = true;
	report_rules(c, FINDING_IMPOSSIBLE, MESSAGE_IMPOSSIBLE, &rule, 1);
}

void check_impossible(struct checks *c)
{
	for (uint32_t i = 0; i < c->decision->rule_count && !c->open[TOPIC_IMPOSSIBLE]; i++)
		check_rule(c, i);
}

/* ---- constraints ---- */

struct constraint_set {
	uint32_t *items;
	size_t count;
	const uint32_t *dims;
	size_t dim_count;
};

static bool has_case(struct checks *c, const struct constraint_set *set)
{
	struct question question = { .goal = GOAL_CASE, .decision = NONE, .dims = set->dims, .dim_count = set->dim_count,
				     .constraints = set->items, .constraint_count = set->count };
	return regions_exist(c->regions, &question) != REPLY_NO;
}

/* Leaves out, in source order, what is not needed for the contradiction. */
static void reduce(struct checks *c, struct constraint_set *set)
{
	struct constraint_set less = *set;
	less.items = arena_new_array(c->arena, uint32_t, set->count);
	for (size_t i = 0; i < set->count;) {
		less.count = 0;
		for (size_t k = 0; k < set->count; k++)
			if (k != i)
				less.items[less.count++] = set->items[k];
		if (has_case(c, &less)) {
			i++;
			continue;
		}
		for (size_t k = i; k + 1 < set->count; k++)
			set->items[k] = set->items[k + 1];
		set->count--;
	}
}

static void report_contradiction(struct checks *c, const struct constraint_set *set)
{
	const struct constraint *all = c->model->constraints;
	struct finding *f = diag_add(c->diag, FINDING_IMPOSSIBLE, all[set->items[0]].span,
				     set->count > 1 ? MESSAGE_CONTRADICTION : MESSAGE_CONTRADICTION_ONE);
	f->rules = arena_new_array(c->diag->arena, const char *, set->count + 1);
	for (size_t i = 0; i < set->count; i++) {
		f->rules[i] = all[set->items[i]].name.id;
		c->contradictory[set->items[i]] = true;
		if (i > 0)
			diag_place(c->diag, f, all[set->items[i]].span, NULL, NULL);
	}
	diag_arg(c->diag, f, 0, f->rules[0]);
	if (set->count > 1)
		diag_arg(c->diag, f, 1, f->rules[1]);
}

/* Contradictions are looked for until what is left has a case: each is a mistake of its own. */
void check_constraints(struct checks *c)
{
	const struct model *m = c->model;
	uint32_t *dims = arena_new_array(c->arena, uint32_t, m->dim_count);
	struct constraint_set all = { .dims = dims, .dim_count = m->dim_count };
	for (uint32_t i = 0; i < m->dim_count; i++)
		dims[i] = i;
	for (;;) {
		all.items = arena_new_array(c->arena, uint32_t, m->constraint_count);
		all.count = 0;
		for (uint32_t i = 0; i < m->constraint_count; i++)
			if (!c->contradictory[i])
				all.items[all.count++] = i;
		if (all.count == 0 || has_case(c, &all))
			return;
		reduce(c, &all);
		report_contradiction(c, &all);
	}
}
