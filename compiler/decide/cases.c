/* Runs the cases of a rulebook against its table. Coverage follows the feeding decisions too: a rule of a feeding
 * decision is hit when it is a reason there in a case of the decision that it feeds. */
#include "decide/cases.h"

#include "decide/procedure_cases.h"
#include "model/procedure.h"
#include "support/intern.h"
#include "support/vec.h"
#include "support/writer.h"

#include <string.h>

struct runner {
	struct arena *arena;
	const struct model *model;
	const struct guiju_table *table;
	int64_t *values;             /* of the case at hand, per fact */
	uint64_t *known;
	void *scratch;
	size_t scratch_size;
	bool *hit;                   /* per rule */
	VEC(struct case_result) results;
};

static void load_facts(struct runner *r, const struct test_case *of)
{
	size_t words = (r->model->fact_count + 63) / 64;
	memset(r->known, 0, words * sizeof *r->known);
	for (size_t f = 0; f < r->model->fact_count; f++) {
		r->values[f] = of->facts[f].value;
		if (of->facts[f].known)
			r->known[f / 64] |= (uint64_t)1 << (f % 64);
	}
}

static enum guiju_status decide(struct runner *r, uint32_t decision, struct guiju_answer *answer)
{
	return guiju_decide_partial(r->table, decision, r->values, r->known, 0, r->scratch, r->scratch_size, answer);
}

static void mark_hits(struct runner *r, const struct guiju_answer *answer)
{
	for (size_t i = 0; answer->reasons && i < r->model->rule_count; i++)
		if (answer->reasons[i / 64] >> (i % 64) & 1)
			r->hit[i] = true;
}

static void mark_feeding(struct runner *r, uint32_t decision)
{
	const struct decision *d = &r->model->decisions[decision];
	for (size_t i = 0; i < d->fed_by_count; i++) {
		struct guiju_answer answer;
		if (decide(r, d->fed_by[i], &answer) == GUIJU_OK)
			mark_hits(r, &answer);
	}
}

static const char *join_outcomes(struct runner *r, const char *word, const struct decision *d, uint64_t outcomes)
{
	struct writer w;
	writer_init(&w, r->arena);
	write_fmt(&w, "%s {", word);
	for (uint32_t o = 0, n = 0; o < d->outcome_count; o++)
		if (outcomes >> o & 1)
			write_fmt(&w, "%s%s", n++ ? ", " : "", d->outcomes[o].name.id);
	write_char(&w, '}');
	return writer_text(&w);
}

/* Outcomes of the reasons: what a conflict is between. */
static uint64_t reason_outcomes(const struct runner *r, const struct guiju_answer *answer)
{
	uint64_t outcomes = 0;
	for (size_t i = 0; answer->reasons && i < r->model->rule_count; i++)
		if (answer->reasons[i / 64] >> (i % 64) & 1)
			outcomes |= (uint64_t)1 << r->model->rules[i].outcome;
	return outcomes;
}

static const char *answer_text(struct runner *r, const struct decision *d, enum guiju_status status,
			       const struct guiju_answer *answer)
{
	if (status == GUIJU_EXCLUDED)
		return arena_printf(r->arena, "excluded: %s",
				    answer->constraint < r->model->constraint_count ?
					    r->model->constraints[answer->constraint].name.id : "");
	if (status != GUIJU_OK)
		return guiju_status_text(status);
	switch (answer->verdict) {
	case GUIJU_DECIDED: return d->outcomes[answer->outcome].name.id;
	case GUIJU_OPEN: return join_outcomes(r, "open", d, answer->possible);
	case GUIJU_CONFLICT: return join_outcomes(r, "conflict", d, reason_outcomes(r, answer));
	case GUIJU_FEEDING: return arena_printf(r->arena, "feeding: %s", r->model->decisions[answer->feeding].name.id);
	case GUIJU_GAP: break;
	}
	return "gap";
}

static const char *wanted_text(struct runner *r, const struct decision *d, const struct expectation *e)
{
	uint64_t outcomes = 0;
	if (e->kind == EXPECT_OUTCOME)
		return d->outcomes[e->outcome].name.id;
	if (e->kind == EXPECT_GAP)
		return "gap";
	for (size_t i = 0; i < e->outcome_count; i++)
		outcomes |= (uint64_t)1 << e->outcomes[i];
	return join_outcomes(r, "conflict", d, outcomes);
}

static void run_expectation(struct runner *r, const struct test_case *of, const struct expectation *e)
{
	const struct decision *d = &r->model->decisions[e->decision];
	struct guiju_answer answer = { 0 };
	enum guiju_status status = decide(r, e->decision, &answer);
	struct case_result result = { .name = of->name, .span = of->span, .attributes = &of->attributes,
				      .subject = d->name.id };
	if (status == GUIJU_OK)
		mark_hits(r, &answer);
	result.answer = answer_text(r, d, status, &answer);
	result.wanted = wanted_text(r, d, e);
	result.passed = strcmp(result.answer, result.wanted) == 0;
	vec_push(r->arena, &r->results, result);
	mark_feeding(r, e->decision);
}

/* ---- coverage ---- */

static void cover_rules(struct runner *r, struct coverage *out)
{
	size_t missed = 0;
	out->missed = arena_new_array(r->arena, const char *, r->model->rule_count + 1);
	for (size_t i = 0; i < r->model->rule_count; i++) {
		struct covered *c = r->model->rules[i].table == NONE ? &out->rules : &out->rows;
		c->all++;
		c->hit += r->hit[i];
		if (!r->hit[i])
			out->missed[missed++] = r->model->rules[i].id;
	}
}

static void cover_clauses(struct runner *r, struct coverage *out)
{
	struct map *seen = map_new_in(r->arena);
	struct map *hit = map_new_in(r->arena);
	for (size_t i = 0; i < r->model->rule_count; i++) {
		const struct cites *cites = &r->model->rules[i].attributes.cites;
		for (size_t k = 0; k < cites->count; k++) {
			map_put(seen, cites->clauses[k], 1);
			if (r->hit[i])
				map_put(hit, cites->clauses[k], 1);
		}
	}
	out->clauses.all = map_count(seen);
	out->clauses.hit = map_count(hit);
}

struct bound {
	uint32_t fact;
	int64_t at;                  /* the first value above the boundary */
};
typedef VEC(struct bound) bounds;

static void collect_bounds(struct runner *r, const struct cond *cond, struct map *seen, bounds *out)
{
	for (size_t i = 0; i < cond->part_count; i++)
		collect_bounds(r, cond->parts[i], seen, out);
	if (cond->kind != COND_FACT)
		return;
	const struct dim *dim = &r->model->dims[cond->dim];
	enum fact_kind kind = r->model->facts[dim->fact].kind;
	if (kind != FACT_INTEGER && kind != FACT_DATE)
		return;
	for (size_t i = 0; i < cond->ranges.count; i++) {
		const int64_t cuts[] = { cond->ranges.items[i].low, cond->ranges.items[i].high + 1 };
		for (size_t k = 0; k < 2; k++) {
			if (cuts[k] <= dim->low || cuts[k] > dim->high)
				continue;
			const char *key = arena_printf(r->arena, "%u:%lld", dim->fact, (long long)cuts[k]);
			struct bound bound = { dim->fact, cuts[k] };
			if (map_put_if_absent(seen, key, (int64_t)out->count) == (int64_t)out->count)
				vec_push(r->arena, out, bound);
		}
	}
}

static bool bound_is_covered(const struct runner *r, const struct bound *bound)
{
	bool below = false, above = false;
	for (size_t i = 0; i < r->model->case_count; i++) {
		const struct fact_setting *s = &r->model->cases[i].facts[bound->fact];
		below |= s->known && s->value < bound->at;
		above |= s->known && s->value >= bound->at;
	}
	return below && above;
}

static void cover_bounds(struct runner *r, struct coverage *out)
{
	bounds found = { 0 };
	struct map *seen = map_new_in(r->arena);
	for (size_t i = 0; i < r->model->rule_count; i++) {
		collect_bounds(r, r->model->rules[i].when, seen, &found);
		if (r->model->rules[i].except)
			collect_bounds(r, r->model->rules[i].except, seen, &found);
	}
	out->bounds.all = found.count;
	for (size_t i = 0; i < found.count; i++)
		out->bounds.hit += bound_is_covered(r, &found.items[i]);
}

struct case_results *cases_run(struct arena *arena, const struct model *model, const struct guiju_table *table)
{
	struct runner r = { .arena = arena, .model = model, .table = table };
	r.values = arena_new_array(arena, int64_t, model->fact_count + 1);
	r.known = arena_new_array(arena, uint64_t, model->fact_count / 64 + 1);
	r.scratch_size = guiju_partial_scratch_size(table);
	r.scratch = arena_alloc(arena, r.scratch_size);
	r.hit = arena_new_array(arena, bool, model->rule_count + 1);
	for (size_t i = 0; i < model->case_count; i++) {
		load_facts(&r, &model->cases[i]);
		for (size_t k = 0; k < model->cases[i].expectation_count; k++)
			run_expectation(&r, &model->cases[i], &model->cases[i].expectations[k]);
	}
	struct case_results *out = arena_new_of(arena, struct case_results);
	out->count = r.results.count + model->procedure_case_count;
	out->items = arena_new_array(arena, struct case_result, out->count + 1);
	if (r.results.count > 0)
		memcpy(out->items, r.results.items, r.results.count * sizeof *out->items);
	out->coverage.steps = procedure_cases_run(arena, model, table, out->items + r.results.count);
	for (size_t i = 0; i < out->count; i++)
		out->failed += !out->items[i].passed;
	cover_rules(&r, &out->coverage);
	cover_clauses(&r, &out->coverage);
	cover_bounds(&r, &out->coverage);
	return out;
}
