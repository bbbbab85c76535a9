/* Questions about what holds, whatever beats it. They are asked as properties: one that is refuted exactly where all of
 * some rules hold and none of others. */
#include "analysis/checks.h"

#include <string.h>

enum { COVER_CANDIDATES = 64 };     /* of more rules all are named: a least cover is not looked for */

static struct cond *join(struct checks *c, enum cond_kind kind, struct cond *const *parts, size_t count)
{
	struct cond *cond = arena_new_of(c->arena, struct cond);
	cond->kind = count ? kind : kind == COND_AND ? COND_TRUE : COND_FALSE;
	cond->parts = arena_new_array(c->arena, struct cond *, count);
	cond->part_count = count;
	for (size_t i = 0; i < count; i++)
		cond->parts[i] = parts[i];
	cond->dim = cond->decision = cond->definition = NONE;
	return cond;
}

static struct cond *rule_holds(struct checks *c, uint32_t rule)
{
	const struct rule *r = rule_at(c, rule);
	if (!r->except)
		return r->when;
	struct cond *parts[] = { r->when, join(c, COND_NOT, (struct cond *[]){ r->except }, 1) };
	return join(c, COND_AND, parts, 2);
}

struct cond *holding(struct checks *c, enum cond_kind kind, const uint32_t *rules, size_t count)
{
	struct cond **parts = arena_new_array(c->arena, struct cond *, count);
	for (size_t i = 0; i < count; i++)
		parts[i] = rule_holds(c, rules[i]);
	return join(c, kind, parts, count);
}

struct cond *either(struct checks *c, struct cond *const *parts, size_t count)
{
	return join(c, COND_OR, parts, count);
}

struct cond *not_so(struct checks *c, struct cond *cond)
{
	return join(c, COND_NOT, &cond, 1);
}

struct cond *all_of(struct checks *c, struct cond *const *parts, size_t count)
{
	return join(c, COND_AND, parts, count);
}

struct cond *outcome_is(struct checks *c, uint32_t decision, uint32_t outcome)
{
	struct cond *cond = join(c, COND_DECISION, NULL, 0);
	cond->kind = COND_DECISION;
	cond->op = OP_IS;
	cond->decision = decision;
	cond->ranges = (struct ranges){ arena_new_of(c->arena, struct range), 1 };
	cond->ranges.items[0] = (struct range){ outcome, outcome };
	return cond;
}

struct cond *value_in(struct checks *c, uint32_t dim, struct ranges values)
{
	struct cond *cond = join(c, COND_FACT, NULL, 0);
	cond->kind = COND_FACT;
	cond->op = OP_BOUNDS;
	cond->dim = dim;
	cond->ranges = values;
	return cond;
}

struct question where(struct checks *c, struct cond *is, struct cond *is_not)
{
	struct property *p = arena_new_of(c->arena, struct property);
	const struct decision *d = c->decision;
	*p = (struct property){ .when = is, .then = is_not, .decision = NONE, .dims = d->dims, .dim_count = d->dim_count,
				.constraints = d->constraints, .constraint_count = d->constraint_count,
				.fed_by = d->fed_by, .fed_by_count = d->fed_by_count };
	return (struct question){ .goal = GOAL_REFUTED, .decision = NONE, .property = p };
}

bool holds_without(struct checks *c, enum topic topic, const uint32_t *rules, size_t count, const uint32_t *others,
		   size_t other_count)
{
	struct question question = question_of(c, GOAL_WITHOUT, rules, count, others, other_count);
	return is_there(c, topic, &question);
}

/* ---- tests alone ---- */

static bool is_subset(const struct ranges *inner, const struct ranges *outer)
{
	size_t k = 0;
	for (size_t i = 0; i < inner->count; i++) {
		while (k < outer->count && outer->items[k].high < inner->items[i].low)
			k++;
		if (k == outer->count || outer->items[k].low > inner->items[i].low || outer->items[k].high < inner->items[i].high)
			return false;
	}
	return true;
}

bool tests_contain(const struct checks *c, uint32_t rule, uint32_t other)
{
	if (!regions_is_product(c->regions, c->index, rule))
		return false;
	for (size_t i = 0; i < c->decision->dim_count; i++) {
		const struct ranges *outer = regions_values(c->regions, c->index, rule, c->decision->dims[i]);
		const struct ranges *inner = regions_values(c->regions, c->index, other, c->decision->dims[i]);
		if (outer && (!inner || !is_subset(inner, outer)))
			return false;
	}
	return true;
}

/* ---- a least cover ---- */

/* By name, rows of a table by number: an order that does not change with that of the declarations. */
static bool stands_behind(const struct checks *c, uint32_t a, uint32_t b)
{
	const struct rule_table *x = table_of(c, a), *y = table_of(c, b);
	int order = strcmp(x ? x->name.id : rule_at(c, a)->id, y ? y->name.id : rule_at(c, b)->id);
	return order ? order > 0 : rule_at(c, a)->row > rule_at(c, b)->row;
}

/* The last by name first, those without which the others still cover the rule are left out: what remains covers it, and
 * each of it is needed. */
rule_list least_cover(struct checks *c, enum topic topic, uint32_t rule, const rule_list *candidates)
{
	rule_list kept = { 0 }, rest = { 0 };
	bool *needed = arena_new_array(c->arena, bool, candidates->count);
	for (size_t i = 0; i < candidates->count; i++)
		vec_push(c->arena, &kept, candidates->items[i]);
	for (size_t tried = 0; tried < candidates->count && candidates->count <= COVER_CANDIDATES && !c->open[topic]; tried++) {
		size_t last = kept.count;
		for (size_t i = 0; i < kept.count; i++)
			if (!needed[i] && (last == kept.count || stands_behind(c, kept.items[i], kept.items[last])))
				last = i;
		rest.count = 0;
		for (size_t i = 0; i < kept.count; i++)
			if (i != last)
				vec_push(c->arena, &rest, kept.items[i]);
		needed[last] = holds_without(c, topic, &rule, 1, rest.items, rest.count) || c->open[topic];
		if (needed[last])
			continue;
		for (size_t i = last; i + 1 < kept.count; i++) {
			kept.items[i] = kept.items[i + 1];
			needed[i] = needed[i + 1];
		}
		kept.count--;
	}
	return kept;
}
