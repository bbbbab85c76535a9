/* Which rules of a decision can meet at all: pairs whose products of sets have a value in common in every dimension.
 * The rules are divided by boxes until few are left together, so that a table of thousands of rows is not compared row
 * by row. A pair is noted in the one box that holds the least corner of what the two have in common. */
#include "regions/search.h"

#include <string.h>

enum { FEW_RULES = 16, SAMPLE = 32, DEPTH_LIMIT = 48 };

struct pair {
	uint32_t a, b;
};

struct join {
	struct regions *regions;
	struct plan *plan;
	VEC(uint32_t) pool;
	VEC(struct pair) pairs;
	struct { uint32_t dim; int64_t low, high; } path[DEPTH_LIMIT];   /* the cuts that lead here, one a dimension */
	size_t path_count;
};

static const struct atom *atom_of(const struct plan_rule *rule, uint32_t dim)
{
	for (size_t i = 0; i < rule->atoms.count && rule->atoms.items[i].dim <= dim; i++)
		if (rule->atoms.items[i].dim == dim)
			return &rule->atoms.items[i];
	return NULL;
}

/* The least value that two rules have in common in a dimension where they do meet. */
static int64_t least_common(const struct atom *a, const struct atom *b, int64_t low)
{
	if (!a || !b)
		return a ? a->ranges.items[0].low : b ? b->ranges.items[0].low : low;
	for (size_t i = 0, k = 0; i < a->ranges.count && k < b->ranges.count;) {
		const struct range *x = &a->ranges.items[i], *y = &b->ranges.items[k];
		if (x->high < y->low)
			i++;
		else if (y->high < x->low)
			k++;
		else
			return x->low > y->low ? x->low : y->low;
	}
	return low;
}

static bool is_here(const struct join *j, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < j->path_count; i++) {
		uint32_t dim = j->path[i].dim;
		int64_t at = least_common(atom_of(&j->plan->rules[a], dim), atom_of(&j->plan->rules[b], dim),
					  j->regions->model->dims[dim].low);
		if (at < j->path[i].low || at > j->path[i].high)
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
			if (atoms_meet(&j->plan->rules[a].atoms, &j->plan->rules[b].atoms) && is_here(j, a, b))
				vec_push(j->regions->arena, &j->pairs, ((struct pair){ a, b }));
		}
	}
	return true;
}

static size_t path_of(struct join *j, uint32_t dim)
{
	for (size_t i = 0; i < j->path_count; i++)
		if (j->path[i].dim == dim)
			return i;
	const struct dim *d = &j->regions->model->dims[dim];
	j->path[j->path_count].dim = dim;
	j->path[j->path_count].low = d->low;
	j->path[j->path_count].high = d->high;
	return j->path_count++;
}

static bool choose(struct join *j, size_t first, size_t count, struct cut *cut)
{
	struct cutter *c = j->regions->cutter;
	size_t step = (count + SAMPLE - 1) / SAMPLE;
	cutter_start(c);
	for (size_t i = first; i < first + count; i += step) {
		const struct plan_rule *rule = &j->plan->rules[j->pool.items[i]];
		cutter_item(c);
		for (size_t k = 0; k < rule->atoms.count; k++) {
			const struct atom *a = &rule->atoms.items[k];
			const struct dim *d = &j->regions->model->dims[a->dim];
			int64_t low = d->low, high = d->high;
			for (size_t p = 0; p < j->path_count; p++)
				if (j->path[p].dim == a->dim) {
					low = j->path[p].low;
					high = j->path[p].high;
				}
			cutter_atom(c, a, a->dim, low, high);
		}
	}
	return cutter_choose(c, cut) && cut->larger * 8 <= cut->items * 7;
}

/* Rules of first, count … that have a value in the interval, as a new list behind the others. */
static size_t divide(struct join *j, size_t first, size_t count, uint32_t dim, int64_t low, int64_t high)
{
	size_t start = j->pool.count;
	for (size_t i = first; i < first + count; i++) {
		uint32_t rule = j->pool.items[i];
		const struct atom *a = atom_of(&j->plan->rules[rule], dim);
		if (!a || atom_on(a, low, high) != NO)
			vec_push(j->regions->arena, &j->pool, rule);
	}
	return j->pool.count - start;
}

static bool join_box(struct join *j, size_t first, size_t count, size_t depth)
{
	struct cut cut;
	if (count < 2)
		return true;
	if (!regions_spend(j->regions))
		return false;
	if (count <= FEW_RULES || depth + 1 >= DEPTH_LIMIT || !choose(j, first, count, &cut))
		return compare_all(j, first, count);
	size_t paths = j->path_count, p = path_of(j, cut.dim), pool = j->pool.count;
	int64_t low = j->path[p].low, high = j->path[p].high;
	bool done = true;
	for (int part = 0; part < 2 && done; part++) {
		j->path[p].low = part ? cut.at : low;
		j->path[p].high = part ? high : cut.at - 1;
		size_t some = divide(j, first, count, cut.dim, j->path[p].low, j->path[p].high);
		done = join_box(j, pool, some, depth + 1);
		j->pool.count = pool;
	}
	j->path[p].low = low;
	j->path[p].high = high;
	j->path_count = paths;
	return done;
}

/* Sorts by counting, twice: by the second of each pair, then, keeping that order, by the first. */
static void spread(struct join *j)
{
	struct arena *arena = j->regions->arena;
	struct plan *plan = j->plan;
	size_t n = plan->count, both = j->pairs.count * 2;
	struct pair *by_second = arena_new_array(arena, struct pair, both + 1);
	size_t *starts = arena_new_array(arena, size_t, n + 2);
	for (size_t i = 0; i < both; i++) {
		const struct pair *p = &j->pairs.items[i / 2];
		starts[(i % 2 ? p->a : p->b) + 1]++;
	}
	for (size_t i = 0; i < n; i++)
		starts[i + 1] += starts[i];
	plan->starts = arena_new_array(arena, size_t, n + 2);
	memcpy(plan->starts, starts, (n + 1) * sizeof *starts);
	for (size_t i = 0; i < both; i++) {
		struct pair p = j->pairs.items[i / 2];
		struct pair directed = i % 2 ? (struct pair){ p.b, p.a } : p;
		by_second[starts[directed.b]++] = directed;
	}
	plan->neighbours = arena_new_array(arena, uint32_t, both + 1);
	memcpy(starts, plan->starts, (n + 1) * sizeof *starts);
	for (size_t i = 0; i < both; i++)
		plan->neighbours[starts[by_second[i].a]++] = by_second[i].b;
}

bool plan_join(struct regions *regions, struct plan *plan)
{
	struct join j = { .regions = regions, .plan = plan };
	for (uint32_t i = 0; i < plan->count; i++)
		if (!plan->rules[i].never)
			vec_push(regions->arena, &j.pool, i);
	if (!join_box(&j, 0, j.pool.count, 0))
		return false;
	spread(&j);
	plan->joined = true;
	return true;
}
