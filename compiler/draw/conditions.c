/* Conditions as functions. Definitions are worked out once, since each may name the one before twice. */
#include "draw/conditions.h"

#include "draw/parts.h"

#define SET_UNKNOWN (UINT32_MAX - 2)
#define DEPTH_LIMIT 3000

static uint32_t *numbers(struct arena *arena, size_t count, uint32_t value)
{
	uint32_t *items = arena_new_array(arena, uint32_t, count + 1);
	for (size_t i = 0; i <= count; i++)
		items[i] = value;
	return items;
}

void conditions_init(struct conditions *c, struct decision_function *df)
{
	const struct model *m = df->model;
	*c = (struct conditions){ .df = df };
	c->dim_variable = numbers(df->arena, m->dim_count, NONE);
	c->decision_variable = numbers(df->arena, m->decision_count, NONE);
	c->set_variable = numbers(df->arena, m->fact_count, NONE);
	c->plain = numbers(df->arena, m->definition_count, NONE);
	c->asked = numbers(df->arena, m->definition_count, NONE);
	c->set_of = numbers(df->arena, m->definition_count, SET_UNKNOWN);
}

static bool ranges_hold(const struct ranges *r, int64_t value)
{
	for (size_t i = 0; i < r->count; i++)
		if (value >= r->items[i].low && value <= r->items[i].high)
			return true;
	return false;
}

static function test_of(struct conditions *c, uint32_t variable, const struct ranges *ranges)
{
	unsigned char chosen[PART_LIMIT];
	if (variable == NONE) {
		c->too_deep = true; /* a condition outside the decision's cases: the model is not whole */
		return ALWAYS_FALSE;
	}
	const struct variable *v = &c->df->variables[variable];
	for (uint32_t i = 0; i < v->part_count; i++)
		chosen[i] = ranges_hold(ranges, v->kind == VARIABLE_DIM ? v->parts[i].items[0].low : (int64_t)i);
	return function_in(c->df->forest, variable, chosen);
}

/* ---- of which set? ---- */

static uint32_t join_sets(uint32_t a, uint32_t b)
{
	if (a == NONE || a == b)
		return b;
	return b == NONE ? a : SET_MIXED;
}

uint32_t condition_set(struct conditions *c, const struct cond *cond)
{
	const struct model *m = c->df->model;
	uint32_t set = NONE;
	if (cond->kind == COND_DECISION)
		return SET_MIXED;
	if (cond->kind == COND_FACT) {
		uint32_t fact = m->dims[cond->dim].fact;
		return m->facts[fact].kind == FACT_SET ? fact : SET_MIXED;
	}
	if (cond->kind == COND_DEFINITION && c->set_of[cond->definition] != SET_UNKNOWN)
		return c->set_of[cond->definition];
	if (c->depth > DEPTH_LIMIT)
		return SET_MIXED;
	c->depth++;
	for (size_t i = 0; i < cond->part_count && set != SET_MIXED; i++)
		set = join_sets(set, condition_set(c, cond->parts[i]));
	c->depth--;
	if (cond->kind == COND_DEFINITION)
		c->set_of[cond->definition] = set;
	return set;
}

/* ---- functions ---- */

static function of_condition(struct conditions *c, const struct cond *cond, bool asked);

static function of_parts(struct conditions *c, const struct cond *cond, bool asked)
{
	bool all = cond->kind == COND_AND;
	function result = all ? ALWAYS_TRUE : ALWAYS_FALSE;
	for (size_t i = 0; i < cond->part_count; i++) {
		function part = of_condition(c, cond->parts[i], asked);
		result = all ? function_and(c->df->forest, result, part) : function_or(c->df->forest, result, part);
	}
	return result;
}

static function of_definition(struct conditions *c, const struct cond *cond, bool asked)
{
	function *known = asked ? &c->asked[cond->definition] : &c->plain[cond->definition];
	if (*known == NONE)
		*known = of_condition(c, cond->parts[0], asked);
	return *known;
}

/* What is asked of a set that is one question: the answers in which the condition holds. A part is wholly inside or
 * outside, since the parts were made from these conditions. */
static function of_set(struct conditions *c, const struct cond *cond, uint32_t variable)
{
	unsigned char chosen[PART_LIMIT];
	const struct variable *v = &c->df->variables[variable];
	function holds = of_condition(c, cond, false);
	for (uint32_t i = 0; i < v->part_count; i++)
		chosen[i] = function_and(c->df->forest, holds, v->part_holds[i]) != ALWAYS_FALSE;
	return function_in(c->df->forest, variable, chosen);
}

static function of_shape(struct conditions *c, const struct cond *cond, bool asked)
{
	switch (cond->kind) {
	case COND_TRUE: return ALWAYS_TRUE;
	case COND_FALSE: return ALWAYS_FALSE;
	case COND_AND:
	case COND_OR: return of_parts(c, cond, asked);
	case COND_NOT: return function_but_not(c->df->forest, ALWAYS_TRUE, of_condition(c, cond->parts[0], asked));
	case COND_FACT: return test_of(c, c->dim_variable[cond->dim], &cond->ranges);
	case COND_DECISION: return test_of(c, c->decision_variable[cond->decision], &cond->ranges);
	case COND_DEFINITION: return of_definition(c, cond, asked);
	}
	return ALWAYS_FALSE;
}

static function of_condition(struct conditions *c, const struct cond *cond, bool asked)
{
	if (c->depth > DEPTH_LIMIT || forest_exhausted(c->df->forest)) {
		c->too_deep = true;
		return ALWAYS_FALSE;
	}
	c->depth++;
	uint32_t set = asked ? condition_set(c, cond) : NONE;
	bool question = set != NONE && set != SET_MIXED && c->set_variable[set] != NONE;
	function result = question ? of_set(c, cond, c->set_variable[set]) : of_shape(c, cond, asked);
	c->depth--;
	return result;
}

function condition_plain(struct conditions *c, const struct cond *cond)
{
	return of_condition(c, cond, false);
}

function condition_asked(struct conditions *c, const struct cond *cond)
{
	return of_condition(c, cond, true);
}
