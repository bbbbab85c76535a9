/* Guards as decisions. note [guards]
 * A guard is a condition over facts and decisions, as that of a rule, and what is to be known of it is what is to be
 * known of a decision: does it hold, may it hold with facts unknown, what to ask. So it is lowered as a decision with
 * two outcomes, after all decisions of the rulebook, and the runtime has nothing new to evaluate. */
#include "lower/build.h"
#include "model/procedure.h"

#include <assert.h>
#include <string.h>

struct guard_maker {
	struct arena *arena;
	struct model *model; /* the copy: with room for what is added */
};

static struct name plain_name(const char *id)
{
	return (struct name){ .id = id, .label = id, .english = id };
}

static void mark_named(const struct cond *cond, bool *named)
{
	if (cond->kind == COND_DECISION)
		named[cond->decision] = true;
	for (size_t i = 0; i < cond->part_count; i++)
		mark_named(cond->parts[i], named);
}

static void find_feeds(struct guard_maker *g, const struct cond *guard, struct decision *d)
{
	size_t count = g->model->decision_count;
	bool *named = arena_new_array(g->arena, bool, count + 1);
	mark_named(guard, named);
	d->feeds = arena_new_array(g->arena, uint32_t, count + 1);
	for (uint32_t i = 0; i < count; i++) {
		if (named[i])
			d->feeds[d->feed_count++] = i;
	}
}

static uint32_t add_rule(struct guard_maker *g, const struct step *step, const char *id, struct cond *when,
			 uint32_t outcome)
{
	struct rule rule = { .id = id, .name = step->name, .span = step->span, .name_span = step->name_span, .when = when };
	rule.decision = (uint32_t)g->model->decision_count;
	rule.outcome = outcome;
	rule.is_default = outcome == GUARD_FAILS;
	rule.table = NONE;
	rule.attributes = step->attributes;
	g->model->rules[g->model->rule_count] = rule;
	return (uint32_t)g->model->rule_count++;
}

static void add_guard(struct guard_maker *g, const struct procedure *p, const struct step *step)
{
	const struct event *event = &p->events[step->event];
	const char *id = arena_printf(g->arena, "%s.%s", p->name.id, step->name.id);
	struct cond *always = arena_new_of(g->arena, struct cond);
	struct decision d = { .name = step->name, .span = step->span, .attributes = step->attributes };
	always->kind = COND_TRUE;
	d.name.id = id;
	d.outcomes = arena_new_array(g->arena, struct outcome, GUARD_OUTCOMES);
	d.outcomes[GUARD_FAILS].name = plain_name("fails");
	d.outcomes[GUARD_HOLDS].name = plain_name("holds");
	d.outcome_count = GUARD_OUTCOMES;
	d.rules = arena_new_array(g->arena, uint32_t, 2);
	d.rules[0] = add_rule(g, step, id, step->guard, GUARD_HOLDS);
	d.rules[1] = add_rule(g, step, arena_printf(g->arena, "%s.default", id), always, GUARD_FAILS);
	d.rule_count = 2;
	find_feeds(g, step->guard, &d);
	d.dims = event->dims;
	d.dim_count = event->dim_count;
	d.constraints = event->constraints;
	d.constraint_count = event->constraint_count;
	d.fed_by = event->fed_by;
	d.fed_by_count = event->fed_by_count;
	g->model->decisions[g->model->decision_count++] = d;
}

static void *grown(struct arena *arena, const void *items, size_t count, size_t size, size_t more)
{
	char *copy = arena_alloc(arena, (count + more + 1) * size);
	if (count > 0)
		memcpy(copy, items, count * size);
	return copy;
}

const struct model *model_with_guards(struct arena *arena, const struct model *model, size_t *guards)
{
	struct model *copy = arena_new_of(arena, struct model);
	struct guard_maker g = { arena, copy };
	*copy = *model;
	*guards = 0;
	for (size_t i = 0; i < model->procedure_count; i++) {
		for (size_t k = 0; k < model->procedures[i].step_count; k++)
			*guards += model->procedures[i].steps[k].guard != NULL;
	}
	copy->decisions = grown(arena, model->decisions, model->decision_count, sizeof *model->decisions, *guards);
	copy->rules = grown(arena, model->rules, model->rule_count, sizeof *model->rules, 2 * *guards);
	for (size_t i = 0; i < model->procedure_count; i++) {
		const struct procedure *p = &model->procedures[i];
		for (size_t k = 0; k < p->step_count; k++) {
			if (p->steps[k].guard)
				add_guard(&g, p, &p->steps[k]);
		}
	}
	assert(copy->decision_count == model->decision_count + *guards);
	return copy;
}
