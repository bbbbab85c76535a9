/* Decisions prepared for questions: conditions as tests on boxes, priorities as bits; what may still be spent. */
#include "regions/search.h"

#include <string.h>
#include <time.h>

enum { MATRIX_RULES = 2048 };        /* up to so many rules priorities stand in a bit matrix */
#define LOWEST_RANK (NONE - 2)

static uint64_t milliseconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

struct regions *regions_new(struct arena *arena, const struct model *model, const struct limits *limits)
{
	struct regions *r = arena_new_of(arena, struct regions);
	r->arena = arena;
	r->model = model;
	r->limits = *limits;
	r->bytes_before = arena_bytes(arena);
	r->started = milliseconds_now();
	r->plans = arena_new_array(arena, struct plan *, model->decision_count);
	r->constraints = arena_new_array(arena, struct test *, model->constraint_count);
	r->tests[false] = memo_new_in(arena);
	r->tests[true] = memo_new_in(arena);
	r->cutter = cutter_new(arena, outcome_dim(model, 2 * (uint32_t)model->decision_count));
	r->search = arena_new_of(arena, struct search);
	return r;
}

/* Behind the dimensions and the one for pairs; those of the second side of pairs follow. */
uint32_t outcome_dim(const struct model *model, uint32_t decision)
{
	return (uint32_t)model->dim_count + 1 + decision;
}

bool regions_ended(const struct regions *regions)
{
	return regions->ended;
}

void regions_allow(struct regions *regions, uint64_t nodes)
{
	regions->allowed = regions->nodes + nodes;
}

bool regions_allow_all(struct regions *regions)
{
	bool within = !regions->overdrawn;
	if (!within)
		regions->ended = regions->overdrawn = false;
	regions->allowed = 0;
	return within;
}

/* The clock and the arena are asked now and then: both cost more than a box. */
bool regions_spend(struct regions *r)
{
	if (r->ended)
		return false;
	r->nodes++;
	progress_tick(r->limits.progress);
	if (r->limits.nodes && r->nodes > r->limits.nodes)
		r->ended = true;
	if (r->allowed && r->nodes > r->allowed)
		r->ended = r->overdrawn = true;
	if (r->nodes % 256 == 0 && r->limits.milliseconds &&
	    milliseconds_now() - r->started > r->limits.milliseconds)
		r->ended = true;
	if (r->nodes % 256 == 0 && r->limits.bytes && arena_bytes(r->arena) - r->bytes_before > r->limits.bytes)
		r->ended = true;
	return !r->ended;
}

const struct test *constraint_test(struct regions *r, uint32_t constraint)
{
	if (!r->constraints[constraint])
		r->constraints[constraint] =
			test_make(r, r->model->constraints[constraint].cond, true);
	return r->constraints[constraint];
}

static void count_atoms(const struct test *test, uint32_t *counts, uint32_t by)
{
	if (test->kind == TEST_ATOM)
		counts[test->atom.dim] += by;
	for (size_t i = 0; i < test->part_count; i++)
		count_atoms(test->parts[i], counts, by);
}

static void make_rule(struct regions *r, const struct rule *rule, struct plan_rule *p)
{
	struct test *test = test_make(r, rule->when, true);
	if (rule->except)
		test = test_both(r->arena, r->model, test, test_make(r, rule->except, false));
	p->test = test;
	p->outcome = rule->outcome;
	p->is_default = rule->is_default;
	p->product = test_is_product(test);
	p->never = !test_atoms(r->arena, test, &p->atoms);
	if (p->never)
		p->test = test_make(r, &(struct cond){ .kind = COND_FALSE }, true);
}

/* The dimensions that a rule comes to test, or (`by` less than nothing) tests no more. */
static void count_dims(struct plan *plan, const struct plan_rule *p, uint32_t by)
{
	if (!p->product)
		count_atoms(p->test, plan->dim_counts, by);
	for (size_t i = 0; p->product && i < p->atoms.count; i++)
		plan->dim_counts[p->atoms.items[i].dim] += by;
}

/* What a rule is made of lives as long as what is kept. */
static void prepare_rule(struct regions *r, struct plan *plan, uint32_t index)
{
	struct arena *arena = r->arena;
	r->arena = kept_arena(r);
	make_rule(r, &r->model->rules[plan->decision->rules[index]], &plan->rules[index]);
	r->arena = arena;
	count_dims(plan, &plan->rules[index], 1);
}

static void prepare_rules(struct regions *r, struct plan *plan, const struct plan *before)
{
	plan->rules = arena_new_array(r->arena, struct plan_rule, plan->count);
	plan->reads = arena_new_array(r->arena, bool, r->model->decision_count);
	plan->dims = arena_new_array(r->arena, bool, r->model->dim_count);
	plan->dim_counts = arena_new_array(r->arena, uint32_t, r->model->dim_count);
	if (before)
		memcpy(plan->dim_counts, before->dim_counts, r->model->dim_count * sizeof *plan->dim_counts);
	for (size_t i = 0; before && i < before->count; i++)
		if (plan->to[i] == NONE)
			count_dims(plan, &before->rules[i], UINT32_MAX);
	for (uint32_t i = 0; i < plan->count; i++) {
		if (before && plan->from[i] != NONE)
			plan->rules[i] = before->rules[plan->from[i]];
		else
			prepare_rule(r, plan, i);
		if (!plan->rules[i].product)
			test_reads(plan->rules[i].test, plan->reads);
	}
	for (uint32_t d = 0; d < r->model->dim_count; d++) {
		plan->dims[d] = plan->dim_counts[d] > 0;
		plan->dim_bits |= plan->dims[d] ? dim_bit(d) : 0;
	}
}

static bool is_flat(const struct regions *r, const struct decision *decision)
{
	for (size_t i = 0; i < decision->table_count; i++)
		if (r->model->tables[decision->tables[i]].hit == HIT_FIRST)
			return false;
	return decision->ladder_count == 0;
}

/* note [rank] Rows of one first-hit table, or rules that one ladder names all: of two with different outcomes one is over
 * the other, and a default is below all. NONE: it has no place in such an order. */
static uint32_t rank_of(const struct regions *r, const struct plan *plan, size_t index)
{
	const struct decision *d = plan->decision;
	const struct rule *rule = &r->model->rules[d->rules[index]];
	if (rule->is_default)
		return LOWEST_RANK;
	if (d->ladder_count == 1 && !d->ladders[0].ranks_defaults)
		return rule->rungs[0];
	if (d->ladder_count == 0 && d->table_count == 1 && rule->table == d->tables[0] &&
	    r->model->tables[rule->table].hit == HIT_FIRST)
		return rule->row;
	return NONE;
}

/* Rules of one rank must agree. */
static bool is_ranked(const struct regions *r, const struct plan *plan, const uint32_t *rank)
{
	uint32_t *first = arena_new_array(r->arena, uint32_t, plan->count);
	uint32_t at_bottom = NONE;
	memset(first, 0xff, plan->count * sizeof *first);
	for (uint32_t i = 0; i < plan->count; i++) {
		uint32_t *of_rank = rank[i] == LOWEST_RANK ? &at_bottom : &first[rank[i] < plan->count ? rank[i] : 0];
		if (rank[i] != LOWEST_RANK && rank[i] >= plan->count)
			return false;
		if (*of_rank == NONE)
			*of_rank = i;
		else if (plan->rules[*of_rank].outcome != plan->rules[i].outcome)
			return false;
	}
	return true;
}

static void fill_ranks(struct regions *r, struct plan *plan)
{
	uint32_t *rank = arena_new_array(r->arena, uint32_t, plan->count);
	for (size_t i = 0; i < plan->count; i++)
		rank[i] = rank_of(r, plan, i);
	if (is_ranked(r, plan, rank))
		plan->rank = rank;
}

static void fill_matrix(struct regions *r, struct plan *plan)
{
	plan->beats = arena_new_array(r->arena, uint64_t, plan->count * plan->count / 64 + 1);
	for (size_t a = 0; a < plan->count; a++)
		for (size_t b = 0; b < plan->count; b++) {
			size_t bit = a * plan->count + b;
			if (plan->rules[a].outcome != plan->rules[b].outcome &&
			    rule_is_over(r->model, plan->decision->rules[a], plan->decision->rules[b]))
				plan->beats[bit / 64] |= (uint64_t)1 << (bit % 64);
		}
}

/* What a decision reads, it reads through what feeds it too. */
static void close_reads(struct regions *r, struct plan *plan)
{
	for (size_t i = plan->decision->fed_by_count; i-- > 0;) {
		uint32_t d = plan->decision->fed_by[i];
		const struct plan *feeding = plan->reads[d] ? plan_of(r, d) : NULL;
		for (size_t k = 0; feeding && k < r->model->decision_count; k++)
			plan->reads[k] |= feeding->reads[k];
	}
}

bool plan_has_dim(struct regions *r, const struct plan *plan, uint32_t dim)
{
	if (plan->dims[dim])
		return true;
	for (uint32_t d = 0; d < r->model->decision_count; d++)
		if (plan->reads[d] && plan_has_dim(r, plan_of(r, d), dim))
			return true;
	return false;
}

struct plan *plan_make(struct regions *r, uint32_t decision)
{
	struct plan *plan = arena_new_of(r->arena, struct plan);
	r->plans[decision] = plan;
	plan->decision = &r->model->decisions[decision];
	plan->index = decision;
	plan->count = plan->decision->rule_count;
	const struct plan *before = kept_rules(r, plan);
	prepare_rules(r, plan, before);
	close_reads(r, plan);
	plan->flat = is_flat(r, plan->decision);
	if (!plan->flat)
		fill_ranks(r, plan);
	if (!plan->flat && !plan->rank && plan->count <= MATRIX_RULES)
		fill_matrix(r, plan);
	kept_plan(r, plan, before);
	return plan;
}

void regions_total(struct regions *regions, uint32_t decision)
{
	plan_of(regions, decision)->total = true;
}

bool regions_beats(struct regions *regions, uint32_t decision, uint32_t a, uint32_t b)
{
	return plan_beats(regions, plan_of(regions, decision), a, b);
}

bool regions_may_hold(struct regions *regions, uint32_t decision, uint32_t rule)
{
	return !plan_of(regions, decision)->rules[rule].never;
}

/* A product has a case unless a constraint or a feeding decision without an outcome takes them all away. */
bool regions_surely_holds(struct regions *regions, uint32_t decision, uint32_t rule)
{
	const struct plan *plan = plan_of(regions, decision);
	if (!plan->rules[rule].product || plan->rules[rule].never || plan->decision->constraint_count > 0)
		return false;
	for (size_t i = 0; i < plan->decision->fed_by_count; i++)
		if (!plan_of(regions, plan->decision->fed_by[i])->total)
			return false;
	return true;
}

bool regions_is_product(struct regions *regions, uint32_t decision, uint32_t rule)
{
	return plan_of(regions, decision)->rules[rule].product;
}

const struct ranges *regions_values(struct regions *regions, uint32_t decision, uint32_t rule, uint32_t dim)
{
	const struct atoms *atoms = &plan_of(regions, decision)->rules[rule].atoms;
	for (size_t i = 0; i < atoms->count; i++)
		if (atoms->items[i].dim == dim)
			return &atoms->items[i].ranges;
	return NULL;
}

bool regions_neighbours(struct regions *regions, uint32_t decision, uint32_t rule, struct neighbours *out)
{
	struct plan *plan = plan_of(regions, decision);
	if (!plan->joined && !plan_join(regions, plan))
		return false;
	out->items = plan->neighbours + plan->starts[rule];
	out->count = plan->starts[rule + 1] - plan->starts[rule];
	return true;
}

bool regions_meeting(struct regions *regions, uint32_t decision, struct neighbours *out)
{
	struct plan *plan = plan_of(regions, decision);
	if (!plan->joined && !plan_join(regions, plan))
		return false;
	if (!plan->meeting) {
		plan->meeting = arena_new_array(regions->arena, uint32_t, plan->count);
		for (uint32_t i = 0; i < plan->count; i++)
			if (plan->starts[i + 1] > plan->starts[i])
				plan->meeting[plan->meeting_count++] = i;
	}
	*out = (struct neighbours){ plan->meeting, plan->meeting_count };
	return true;
}

/* In a flat decision only a default can be beaten: nothing is asked for the others. */
bool plan_beaters(struct regions *r, struct plan *plan, uint32_t rule, struct neighbours *out)
{
	struct neighbours near;
	*out = (struct neighbours){ NULL, 0 };
	if (plan->flat && !plan->rules[rule].is_default)
		return true;
	if (!regions_neighbours(r, plan->index, rule, &near))
		return false;
	if (!plan->beaters)
		plan->beaters = arena_new_array(r->arena, uint32_t, plan->count);
	out->items = plan->beaters;
	for (size_t i = 0; i < near.count; i++)
		if (plan_beats(r, plan, near.items[i], rule))
			plan->beaters[out->count++] = near.items[i];
	return true;
}
