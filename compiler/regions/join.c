/* Which rules of a decision can meet at all: pairs whose products of sets have a value in common in every dimension.
 * The rules are divided by boxes while that makes fewer pairs, so that a table of thousands of rows is not compared row
 * by row. A pair is noted in the one box that holds the least corner of what the two have in common. */
#include "regions/search.h"

#include <string.h>

enum { FEW_RULES = 32, SAMPLED = 16, DEPTH_LIMIT = 64 };

struct pair {
	uint32_t a, b;
};

struct join {
	struct regions *regions;
	struct plan *plan;
	size_t dim_count;
	uint32_t *dims;              /* of the model that the rules test */
	int64_t *low, *high;         /* around the values of rule i in the k-th: [i * dim_count + k] */
	bool *broken;                /* per rule: some set of it has holes */
	int64_t *at_low, *at_high;   /* of the box under way */
	VEC(uint32_t) pool;
	VEC(struct pair) pairs;
};

static void fill_rule(struct join *j, uint32_t rule)
{
	const struct atoms *atoms = &j->plan->rules[rule].atoms;
	for (size_t k = 0, i = 0; k < j->dim_count; k++) {
		size_t place = rule * j->dim_count + k;
		j->low[place] = j->at_low[k];
		j->high[place] = j->at_high[k];
		if (i < atoms->count && atoms->items[i].dim == j->dims[k]) {
			j->low[place] = atoms->items[i].low;
			j->high[place] = atoms->items[i].high;
			j->broken[rule] |= atoms->items[i++].ranges.count > 1;
		}
	}
}

static void start(struct join *j)
{
	struct arena *arena = j->regions->arena;
	const struct model *model = j->regions->model;
	size_t rules = j->plan->count;
	j->dims = arena_new_array(arena, uint32_t, model->dim_count);
	for (uint32_t d = 0; d < model->dim_count; d++)
		if (j->plan->dims[d])
			j->dims[j->dim_count++] = d;
	j->low = arena_new_array(arena, int64_t, rules * j->dim_count);
	j->high = arena_new_array(arena, int64_t, rules * j->dim_count);
	j->broken = arena_new_array(arena, bool, rules);
	j->at_low = arena_new_array(arena, int64_t, j->dim_count);
	j->at_high = arena_new_array(arena, int64_t, j->dim_count);
	for (size_t k = 0; k < j->dim_count; k++) {
		j->at_low[k] = model->dims[j->dims[k]].low;
		j->at_high[k] = model->dims[j->dims[k]].high;
	}
	for (uint32_t i = 0; i < rules; i++) {
		if (j->plan->rules[i].never)
			continue;
		fill_rule(j, i);
		vec_push(arena, &j->pool, i);
	}
}

/* ---- pairs of one box ---- */

static bool may_meet(const struct join *j, uint32_t a, uint32_t b)
{
	const int64_t *low_a = j->low + a * j->dim_count, *high_a = j->high + a * j->dim_count;
	const int64_t *low_b = j->low + b * j->dim_count, *high_b = j->high + b * j->dim_count;
	for (size_t k = 0; k < j->dim_count; k++)
		if (high_a[k] < low_b[k] || high_b[k] < low_a[k])
			return false;
	return (!j->broken[a] && !j->broken[b]) || atoms_meet(&j->plan->rules[a].atoms, &j->plan->rules[b].atoms);
}

static const struct atom *atom_of(const struct plan_rule *rule, uint32_t dim)
{
	for (size_t i = 0; i < rule->atoms.count && rule->atoms.items[i].dim <= dim; i++)
		if (rule->atoms.items[i].dim == dim)
			return &rule->atoms.items[i];
	return NULL;
}

/* The least value that two rules have in common in a dimension where they do meet. */
static int64_t least_common(const struct join *j, uint32_t one, uint32_t other, size_t k)
{
	const struct atom *a = atom_of(&j->plan->rules[one], j->dims[k]), *b = atom_of(&j->plan->rules[other], j->dims[k]);
	int64_t low_a = j->low[one * j->dim_count + k], low_b = j->low[other * j->dim_count + k];
	int64_t low = low_a > low_b ? low_a : low_b;
	if (!a || !b)                /* any value of the other will do */
		return low;
	for (size_t i = 0, n = 0; i < a->ranges.count && n < b->ranges.count;) {
		const struct range *x = &a->ranges.items[i], *y = &b->ranges.items[n];
		if (x->high < y->low)
			i++;
		else if (y->high < x->low)
			n++;
		else
			return x->low > y->low ? x->low : y->low;
	}
	return low;
}

static bool is_here(const struct join *j, uint32_t a, uint32_t b)
{
	bool broken = j->broken[a] || j->broken[b];
	for (size_t k = 0; k < j->dim_count; k++) {
		int64_t low_a = j->low[a * j->dim_count + k], low_b = j->low[b * j->dim_count + k];
		int64_t at = broken ? least_common(j, a, b, k) : low_a > low_b ? low_a : low_b;
		if (at < j->at_low[k] || at > j->at_high[k])
			return false;
	}
	return true;
}

static bool compare_all(struct join *j, size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++) {
		if (!regions_spend(j->regions))
			return false;
		for (size_t k = i + 1; k < first + count; k++) {
			uint32_t a = j->pool.items[i], b = j->pool.items[k];
			if (may_meet(j, a, b) && is_here(j, a, b))
				vec_push(j->regions->arena, &j->pairs, ((struct pair){ a, b }));
		}
	}
	return true;
}

/* ---- dividing ---- */

struct dividing {
	size_t dim;
	int64_t at;                  /* the first value of the upper part */
	size_t pairs;                /* of the sample, in both parts */
};

static void weigh(const struct join *j, size_t first, size_t count, size_t step, size_t dim, int64_t at,
		  struct dividing *best)
{
	size_t lower = 0, upper = 0;
	for (size_t i = first; i < first + count; i += step) {
		size_t place = j->pool.items[i] * j->dim_count + dim;
		lower += j->low[place] < at;
		upper += j->high[place] >= at;
	}
	if (best->pairs > lower * lower + upper * upper)
		*best = (struct dividing){ dim, at, lower * lower + upper * upper };
}

/* The edge of a sample that leaves the fewest pairs; false: none leaves clearly fewer than there are. */
static bool choose(const struct join *j, size_t first, size_t count, struct dividing *best)
{
	size_t step = (count + SAMPLED - 1) / SAMPLED, sampled = (count + step - 1) / step;
	best->pairs = sampled * sampled * 3 / 4;
	for (size_t i = first; i < first + count; i += step)
		for (size_t k = 0; k < j->dim_count; k++) {
			int64_t low = j->low[j->pool.items[i] * j->dim_count + k];
			int64_t high = j->high[j->pool.items[i] * j->dim_count + k];
			if (low > j->at_low[k])
				weigh(j, first, count, step, k, low, best);
			if (high < j->at_high[k])
				weigh(j, first, count, step, k, high + 1, best);
		}
	return best->pairs < sampled * sampled * 3 / 4;
}

/* Rules of first, count … that reach into the box under way, as a new list behind the others. */
static size_t divide(struct join *j, size_t first, size_t count, size_t dim)
{
	size_t start = j->pool.count;
	for (size_t i = first; i < first + count; i++) {
		uint32_t rule = j->pool.items[i];
		size_t place = rule * j->dim_count + dim;
		if (j->low[place] <= j->at_high[dim] && j->high[place] >= j->at_low[dim])
			vec_push(j->regions->arena, &j->pool, rule);
	}
	return j->pool.count - start;
}

static bool join_box(struct join *j, size_t first, size_t count, size_t depth)
{
	struct dividing cut = { 0 };
	if (count < 2)
		return true;
	if (!regions_spend(j->regions))
		return false;
	if (count <= FEW_RULES || depth + 1 >= DEPTH_LIMIT || !choose(j, first, count, &cut))
		return compare_all(j, first, count);
	size_t pool = j->pool.count;
	int64_t low = j->at_low[cut.dim], high = j->at_high[cut.dim];
	bool done = true;
	for (int part = 0; part < 2 && done; part++) {
		j->at_low[cut.dim] = part ? cut.at : low;
		j->at_high[cut.dim] = part ? high : cut.at - 1;
		size_t some = divide(j, first, count, cut.dim);
		done = join_box(j, pool, some, depth + 1);
		j->pool.count = pool;
	}
	j->at_low[cut.dim] = low;
	j->at_high[cut.dim] = high;
	return done;
}

/* Sorts by counting, twice: by the second of each pair, then, keeping that order, by the first. */
static void spread(struct join *j)
{
	struct arena *arena = j->regions->arena;
	struct plan *plan = j->plan;
	size_t n = plan->count, both = j->pairs.count * 2;
	struct pair *by_second = arena_new_array(arena, struct pair, both);
	size_t *starts = arena_new_array(arena, size_t, n + 1);
	for (size_t i = 0; i < both; i++) {
		const struct pair *p = &j->pairs.items[i / 2];
		starts[(i % 2 ? p->a : p->b) + 1]++;
	}
	for (size_t i = 0; i < n; i++)
		starts[i + 1] += starts[i];
	plan->starts = arena_new_array(arena, size_t, n + 1);
	memcpy(plan->starts, starts, (n + 1) * sizeof *starts);
	for (size_t i = 0; i < both; i++) {
		struct pair p = j->pairs.items[i / 2];
		struct pair directed = i % 2 ? (struct pair){ p.b, p.a } : p;
		by_second[starts[directed.b]++] = directed;
	}
	plan->neighbours = arena_new_array(arena, uint32_t, both);
	memcpy(starts, plan->starts, (n + 1) * sizeof *starts);
	for (size_t i = 0; i < both; i++)
		plan->neighbours[starts[by_second[i].a]++] = by_second[i].b;
}

bool plan_join(struct regions *regions, struct plan *plan)
{
	struct join j = { .regions = regions, .plan = plan };
	start(&j);
	if (!join_box(&j, 0, j.pool.count, 0))
		return false;
	spread(&j);
	plan->joined = true;
	return true;
}
