/* Counting what a box holds, dimension by dimension.
 *
 * note [sweep] Cutting boxes finds a case fast, but to count it visits every box of the answer, and what several feeding
 * decisions leave is a product of many. So where few rules are left, the count goes through the dimensions that matter,
 * in order: each is divided at all edges, and what is left of the rules after a stretch of it is a state. Equal states
 * have equal counts, and a state is counted once. A state is: the rules and constraints still undecided; of conditions
 * that are no products, how each part stands; the intervals of the dimensions that still matter. */
#include "regions/search.h"

#include <stdlib.h>
#include <string.h>

enum { FEW_UNDECIDED = 48, UNDECIDED_LIMIT = 400, DEPTH_LIMIT = 400, STATE_WORDS = 1 << 24 /* of all keys together: 64 MB */ };

struct state {                       /* already counted */
	const uint32_t *key;
	size_t size;
	uint32_t hash;
	struct natural count;
	struct state *next;
};

struct edge {                        /* a first value of a stretch */
	uint32_t place;              /* of its dimension, in the order */
	int64_t at;
};

struct sweep {
	struct search *s;
	VEC(uint32_t) key;
	VEC(uint32_t) dims;          /* per depth those that matter, by place in the order */
	VEC(int64_t) edges;          /* per depth: first values of stretches */
	VEC(struct edge) found;      /* of the state under way */
	bool *required;              /* per decision: something undecided tests its outcome */
	uint32_t *place;             /* per dimension: in the order */
	struct natural *sums;        /* per depth */
	struct natural part, product;
	struct state **table;
	size_t table_size, words;    /* words: of all keys */
	uint32_t serial;             /* of the question */
	uint32_t decision;           /* whose cases the states are about */
	const struct property *property;
	bool ended;
};

/* ---- what a state is ---- */

static void push(struct sweep *w, uint32_t word)
{
	vec_push(w->s->arena, &w->key, word);
}

static void push_wide(struct sweep *w, int64_t value)
{
	push(w, (uint32_t)((uint64_t)value >> 32));
	push(w, (uint32_t)(uint64_t)value);
}

static void note_edge(struct sweep *w, uint32_t dim, int64_t at)
{
	vec_push(w->s->arena, &w->found, ((struct edge){ w->place[dim], at }));
}

static void note_atom(struct sweep *w, const struct atom *atom)
{
	int64_t low = w->s->boxes[0].low[atom->dim], high = w->s->boxes[0].high[atom->dim];
	for (size_t i = 0; i < atom->ranges.count; i++) {
		const struct range *r = &atom->ranges.items[i];
		if (r->low > low && r->low <= high)
			note_edge(w, atom->dim, r->low);
		if (r->high >= low && r->high < high)
			note_edge(w, atom->dim, r->high + 1);
	}
}

static void note_test(struct sweep *w, const struct test *test)
{
	enum tri t = test_on(test, &w->s->boxes[0]);
	push(w, (uint32_t)t);
	if (t != MAYBE)
		return;
	if (test->kind == TEST_ATOM)
		note_atom(w, &test->atom);
	if (test->kind == TEST_DECISION)
		w->required[test->decision] = true;
	for (size_t i = 0; i < test->part_count; i++)
		note_test(w, test->parts[i]);
}

static void note_rules(struct sweep *w, const struct plan *plan, struct list list)
{
	push(w, list.count);
	for (uint32_t i = 0; i < list.count; i++) {
		uint32_t entry = w->s->pool.items[list.first + i];
		const struct plan_rule *rule = &plan->rules[ENTRY_RULE(entry)];
		push(w, entry);
		if (ENTRY_CERTAIN(entry))
			continue;
		if (!rule->product)
			note_test(w, rule->test);
		for (size_t k = 0; rule->product && k < rule->atoms.count; k++)
			note_atom(w, &rule->atoms.items[k]);
	}
}

static void note_stages(struct sweep *w, size_t level)
{
	struct search *s = w->s;
	for (size_t i = s->stages.count; i-- > 0;) {
		const struct plan *plan = s->stages.items[i].plan;
		struct list list = *level_list(s, level, 1 + i);
		uint32_t dim = outcome_dim(s->regions->model, plan->index);
		if (list.settled || (list.assumed && !w->required[plan->index]))
			continue;
		push(w, plan->index);
		push(w, (uint32_t)(s->boxes[0].low[dim] << 8 | s->boxes[0].high[dim]));
		note_rules(w, plan, list);
	}
}

static int compare_places(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	return (a > b) - (a < b);
}

static int compare_values(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
	return (a > b) - (a < b);
}

/* The dimensions that matter, as places in ascending order, behind those of the states above. */
static size_t note_dims(struct sweep *w)
{
	size_t first = w->dims.count, kept = first;
	for (size_t i = 0; i < w->found.count; i++)
		vec_push(w->s->arena, &w->dims, w->found.items[i].place);
	qsort(w->dims.items + first, w->dims.count - first, sizeof *w->dims.items, compare_places);
	for (size_t i = first; i < w->dims.count; i++)
		if (kept == first || w->dims.items[kept - 1] != w->dims.items[i])
			w->dims.items[kept++] = w->dims.items[i];
	w->dims.count = kept;
	for (size_t i = first; i < kept; i++) {
		uint32_t dim = w->s->order[w->dims.items[i]];
		push(w, dim);
		push_wide(w, w->s->boxes[0].low[dim]);
		push_wide(w, w->s->boxes[0].high[dim]);
	}
	return kept - first;
}

/* Key, dimensions and edges of the state that the lists of `level` are in. */
static size_t note_state(struct sweep *w, size_t level, bool goal)
{
	struct search *s = w->s;
	struct list constraints = *level_list(s, level, 0);
	w->key.count = w->found.count = 0;
	memset(w->required, 0, s->regions->model->decision_count);
	push(w, goal ? w->serial : 0);
	push(w, constraints.count);
	for (uint32_t i = 0; i < constraints.count; i++) {
		uint32_t c = s->pool.items[constraints.first + i];
		push(w, c);
		note_test(w, s->constraints.items[c]);
	}
	if (goal && s->test)
		note_test(w, s->test);
	if (goal && s->plan)
		note_rules(w, s->plan, *level_list(s, level, s->list_count - 1));
	note_stages(w, level);
	return note_dims(w);
}

static void note_edges(struct sweep *w, uint32_t place)
{
	size_t first = w->edges.count, kept = first;
	vec_push(w->s->arena, &w->edges, w->s->boxes[0].low[w->s->order[place]]);
	for (size_t i = 0; i < w->found.count; i++)
		if (w->found.items[i].place == place)
			vec_push(w->s->arena, &w->edges, w->found.items[i].at);
	qsort(w->edges.items + first, w->edges.count - first, sizeof *w->edges.items, compare_values);
	for (size_t i = first; i < w->edges.count; i++)
		if (kept == first || w->edges.items[kept - 1] != w->edges.items[i])
			w->edges.items[kept++] = w->edges.items[i];
	w->edges.count = kept;
}

/* ---- states already counted ---- */

static uint32_t hash_key(const struct sweep *w)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < w->key.count; i++)
		hash = (hash ^ w->key.items[i]) * 16777619u ^ hash >> 15;
	return hash;
}

static struct state *find_state(const struct sweep *w, uint32_t hash)
{
	struct state *state = w->table[hash & (w->table_size - 1)];
	while (state && (state->hash != hash || state->size != w->key.count ||
			 memcmp(state->key, w->key.items, state->size * sizeof *state->key) != 0))
		state = state->next;
	return state;
}

static struct state *add_state(struct sweep *w, uint32_t hash)
{
	struct state *state = pad_take(&w->s->states, sizeof *state);
	uint32_t *key = pad_take(&w->s->states, w->key.count * sizeof *key);
	memcpy(key, w->key.items, w->key.count * sizeof *key);
	*state = (struct state){ key, w->key.count, hash, { 0 }, NULL };
	w->words += w->key.count + 16;
	return state;
}

static void keep_state(struct sweep *w, struct state *state, const struct natural *count)
{
	struct state **slot = &w->table[state->hash & (w->table_size - 1)];
	size_t bytes = (size_t)count->size * sizeof *count->limbs;
	state->count = (struct natural){ pad_take(&w->s->states, bytes), count->size, count->size };
	if (bytes)
		memcpy(state->count.limbs, count->limbs, bytes);
	state->next = *slot;
	*slot = state;
}

/* ---- counting ---- */

static void multiply_width(struct sweep *w, struct natural *n, uint32_t place)
{
	uint32_t dim = w->s->order[place];
	natural_multiply(n, (uint64_t)w->s->boxes[0].high[dim] - (uint64_t)w->s->boxes[0].low[dim]);
}

/* Of the dimensions first … first + count those that are not among the others: any value of them will do. */
static void multiply_free(struct sweep *w, struct natural *n, size_t first, size_t count, size_t other, size_t other_count)
{
	for (size_t i = first, k = other; i < first + count; i++) {
		while (k < other + other_count && w->dims.items[k] < w->dims.items[i])
			k++;
		if (k == other + other_count || w->dims.items[k] != w->dims.items[i])
			multiply_width(w, n, w->dims.items[i]);
	}
}

static const struct state *count_state(struct sweep *w, size_t level, bool goal, size_t depth, size_t *dims);

/* Adds the count of the box, a stretch of the first dimension, to the sum of its depth. */
static bool count_stretch(struct sweep *w, size_t level, size_t depth, size_t first, size_t count)
{
	struct search *s = w->s;
	size_t pool = s->pool.count, dims = w->dims.count, below = 0;
	if (!regions_spend(s->regions))
		return false;
	search_cut(s, s->order[w->dims.items[first]]);
	enum tri goal, all = evaluate_parts(s, level + 1, &goal);
	const struct state *state = NULL;
	if (all == MAYBE) {
		state = count_state(w, level + 1, goal == MAYBE, depth + 1, &below);
		if (!state)
			return false;
	}
	if (all != NO) {
		natural_set(&w->part, 1);   /* the dimension gone through is free below: its width is the stretch's */
		multiply_free(w, &w->part, first, count, dims, below);
		if (state)
			natural_product(&w->product, &w->part, &state->count);
		natural_add(&w->sums[depth], state ? &w->product : &w->part);
	}
	w->dims.count = dims;
	s->pool.count = pool;
	return true;
}

static const struct state *count_state(struct sweep *w, size_t level, bool goal, size_t depth, size_t *dims)
{
	struct search *s = w->s;
	size_t first = w->dims.count, edges = w->edges.count;
	*dims = note_state(w, level, goal);
	uint32_t hash = hash_key(w);
	struct state *state = find_state(w, hash);
	if (state)
		return state;
	if (depth + 1 >= DEPTH_LIMIT || w->words >= STATE_WORDS) {
		w->ended = true;
		return NULL;
	}
	state = add_state(w, hash);
	uint32_t place = w->dims.items[first], dim = s->order[place];
	int64_t low = s->boxes[0].low[dim], high = s->boxes[0].high[dim];
	bool done = true;
	note_edges(w, place);
	size_t end = w->edges.count;
	natural_set(&w->sums[depth], 0);
	for (size_t i = edges; i < end && done; i++) {
		s->boxes[0].low[dim] = w->edges.items[i];
		s->boxes[0].high[dim] = i + 1 < end ? w->edges.items[i + 1] - 1 : high;
		done = count_stretch(w, level, depth, first, *dims);
	}
	s->boxes[0].low[dim] = low;
	s->boxes[0].high[dim] = high;
	w->edges.count = edges;
	if (!done)
		return NULL;
	keep_state(w, state, &w->sums[depth]);
	return state;
}

/* ---- for a search ---- */

static struct sweep *sweep_of(struct search *s)
{
	struct sweep *w = s->sweep;
	size_t dims = s->regions->model->dim_count + 2;
	if (w)
		return w;
	w = s->sweep = arena_new_of(s->arena, struct sweep);
	w->s = s;
	w->required = arena_new_array(s->arena, bool, s->regions->model->decision_count + 1);
	w->place = arena_new_array(s->arena, uint32_t, dims);
	w->sums = arena_new_array(s->arena, struct natural, DEPTH_LIMIT);
	for (size_t i = 0; i < DEPTH_LIMIT && i < dims; i++)
		w->sums[i] = natural_new(s->arena, dims);
	w->part = natural_new(s->arena, dims);
	w->product = natural_new(s->arena, dims);
	w->table_size = 1 << 14;
	w->table = arena_new_array(s->arena, struct state *, w->table_size);
	return w;
}

/* States that no rule of the question is part of stay good for the next question about the same cases. */
void sweep_start(struct search *s)
{
	struct sweep *w = sweep_of(s);
	const struct question *q = s->question;
	w->serial++;
	w->ended = false;
	if (w->serial > 1 && w->decision == q->decision && w->property == q->property && w->words < STATE_WORDS / 2)
		return;
	pad_reset(&s->states, s->arena);
	memset(w->table, 0, w->table_size * sizeof *w->table);
	w->words = 0;
	w->decision = q->decision;
	w->property = q->property;
	for (uint32_t i = 0; i < s->order_count; i++)
		w->place[s->order[i]] = i;
}

/* The best cut leaves both parts clearly fewer rules, as of a table's rows that do not meet: of each part the states are
 * fewer than of the whole, and few of them are the same in both. */
static bool is_parted(struct search *s, size_t level)
{
	struct cut cut;
	gather(s, level, true);
	return cutter_choose(s->regions->cutter, &cut) && cut.larger * 4 <= cut.items * 3;
}

/* Few enough rules, and no outcome left to be assumed: what is undecided depends on facts alone. */
bool sweep_suits(struct search *s, size_t level, bool goal)
{
	size_t undecided = 0;
	if (s->sides == 2 || s->sweep->ended || (goal && s->stages.count > 0))
		return false;
	for (size_t i = 0; i + 1 < s->list_count + goal; i++)
		undecided += level_list(s, level, i)->count;
	if (s->test && undecided > FEW_UNDECIDED && undecided <= UNDECIDED_LIMIT && is_parted(s, level))
		return false;
	return undecided <= UNDECIDED_LIMIT;
}

/* Adds the box's count to n; false: not counted, n is as it was. */
bool sweep_count(struct search *s, size_t level, bool goal, struct natural *n)
{
	struct sweep *w = s->sweep;
	size_t dims = 0;
	size_t pool = s->pool.count;
	w->dims.count = w->edges.count = 0;
	const struct state *state = count_state(w, level, goal, 0, &dims);
	s->pool.count = pool;
	if (!state)
		return false;
	natural_set(&w->part, 1);
	for (uint32_t i = 0, k = 0; i < s->order_count; i++) {
		bool matters = k < dims && w->dims.items[k] == i;
		k += matters;
		if (!matters && s->open[s->order[i]])
			multiply_width(w, &w->part, i);
	}
	natural_product(&w->product, &w->part, &state->count);
	natural_add(n, &w->product);
	return true;
}
