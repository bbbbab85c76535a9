/* Random cases of a model and what its rules say of each, naively: the rules that hold, less those that another one
 * with a different outcome is over. Shares no code with what is drawn. */
#ifndef GUIJU_TESTS_RANDOM_CASES_H
#define GUIJU_TESTS_RANDOM_CASES_H
#include "draw/questions.h"
#include "model/model.h"

#include <check.h>

struct rng {
	uint64_t state;
};

static uint64_t rng_next(struct rng *rng)
{
	rng->state = rng->state * 6364136223846793005u + 1442695040888963407u;
	return rng->state >> 33;
}

/* Numbers near the bounds that rules are likely to name. */
static int64_t random_number(struct rng *rng, const struct dim *d)
{
	static const int64_t near[] = { 0,	1,	100,	 5000,	  10000,   50000,   100000,
					200000, 500000, 1000000, 2000000, 5000000, 10000000 };
	int64_t value = near[rng_next(rng) % (sizeof near / sizeof *near)] - (int64_t)(rng_next(rng) % 2);
	return value < d->low || value > d->high ? d->low : value;
}

static int64_t *random_case(struct rng *rng, struct arena *memory, const struct model *m)
{
	int64_t *values = arena_new_array(memory, int64_t, m->dim_count + 1);
	for (size_t i = 0; i < m->dim_count; i++) {
		const struct dim *d = &m->dims[i];
		uint64_t span = (uint64_t)(d->high - d->low) + 1;
		values[i] = span <= 64 ? d->low + (int64_t)(rng_next(rng) % span) : random_number(rng, d);
	}
	return values;
}

static bool case_is_allowed(const struct model *m, const int64_t *values)
{
	for (size_t i = 0; i < m->constraint_count; i++)
		if (!cond_holds(m->constraints[i].cond, values, NULL))
			return false;
	return true;
}

static uint64_t naive_outcomes(const struct model *m, const struct decision *d, const int64_t *values,
			       const uint32_t *outcomes)
{
	bool holds[4096];
	uint64_t sum = 0;
	ck_assert_uint_le(d->rule_count, 4096);
	for (size_t i = 0; i < d->rule_count; i++) {
		const struct rule *r = &m->rules[d->rules[i]];
		holds[i] = cond_holds(r->when, values, outcomes) &&
			   !(r->except && cond_holds(r->except, values, outcomes));
	}
	for (size_t i = 0; i < d->rule_count; i++) {
		bool reason = holds[i];
		for (size_t k = 0; k < d->rule_count && reason; k++)
			if (holds[k] && m->rules[d->rules[k]].outcome != m->rules[d->rules[i]].outcome &&
			    rule_is_over(m, d->rules[k], d->rules[i]))
				reason = false;
		if (reason)
			sum |= (uint64_t)1 << m->rules[d->rules[i]].outcome;
	}
	return sum;
}

/* false: a feeding decision has no single outcome, so this is no case of the decision. */
static bool outcomes_of_case(const struct model *m, uint32_t decision, const int64_t *values, uint32_t *outcomes,
			     uint64_t *result)
{
	const struct decision *d = &m->decisions[decision];
	for (size_t i = 0; i < d->fed_by_count; i++) {
		uint64_t sum = naive_outcomes(m, &m->decisions[d->fed_by[i]], values, outcomes);
		if (sum == 0 || (sum & (sum - 1)))
			return false;
		for (outcomes[d->fed_by[i]] = 0; !(sum >> outcomes[d->fed_by[i]] & 1);)
			outcomes[d->fed_by[i]]++;
	}
	*result = naive_outcomes(m, d, values, outcomes);
	return true;
}

/* The answer that the case gives to a question. */
static uint32_t part_of_case(const struct decision_function *df, uint32_t variable, const int64_t *values,
			     const uint32_t *outcomes)
{
	const struct variable *v = &df->variables[variable];
	if (v->kind == VARIABLE_DECISION)
		return outcomes[v->decision];
	if (v->kind == VARIABLE_SET) {
		uint64_t answers = 0;
		for (size_t i = 0; i < v->predicate_count; i++)
			answers |= (uint64_t)cond_holds(v->predicates[i].cond, values, outcomes) << i;
		for (uint32_t i = 0; i < v->part_count; i++)
			if (v->answers[i] == answers)
				return i;
		ck_abort_msg("a set gives an answer that the question does not have");
	}
	for (uint32_t i = 0; i < v->part_count; i++)
		for (size_t k = 0; k < v->parts[i].count; k++)
			if (values[v->dim] >= v->parts[i].items[k].low && values[v->dim] <= v->parts[i].items[k].high)
				return i;
	ck_abort_msg("a value lies in no part");
	return 0;
}

#endif
