/* Counting what a box holds, dimension by dimension.
 *
 * note [sweep] Cutting boxes finds a case fast, but to count it visits every box of the answer, and what several
 * feeding decisions leave is a product of many. So where few rules are left, the count goes through the dimensions that
 * matter, in order: each is divided at all edges, and what is left of the rules after a stretch of it is a state. Equal
 * states leave equal sets (note [diagram]), and a state is swept once. A state is: the rules and constraints still
 * undecided; of conditions that are no products, how each part stands; the intervals of the dimensions that still
 * matter, outside of which its set says nothing. */
#include "regions/diagram.h"

#include <stdlib.h>
#include <string.h>

enum {
	FEW_UNDECIDED = 48,
	UNDECIDED_LIMIT = 400,
	DEPTH_LIMIT = 400,
	STATE_WORDS = 1 << 24 /* of all keys together: 64 MB */
};

struct state { /* already swept */
	const uint32_t *key;
	size_t size;
	uint32_t hash;
	uint32_t set; /* its cases */
	struct state *next;
};

struct edge {		/* a first value of a stretch */
	uint32_t place; /* of its dimension, in the order */
	int64_t at;
};

struct sweep {
	struct search *s;
	VEC(uint32_t) key;
	VEC(uint32_t) dims;		    /* those that matter to the state under way, by place in the order */
	VEC(int64_t) edges;		    /* per depth: first values of stretches */
	VEC(struct diagram_edge) stretches; /* per depth: and what each leaves */
	VEC(struct edge) found;		    /* of the state under way */
	bool *required;			    /* per decision: something undecided tests its outcome */
	uint32_t *place;		    /* per dimension: in the order */
	uint32_t *matters, noted;	    /* per place: the last state, counted by `noted`, that it matters to */
	struct state **table;
	size_t table_size, words; /* words: of all keys */
	uint32_t serial;	  /* of the question */
	uint32_t decision;	  /* whose cases the states are about */
	const struct property *property;
	const struct cond *within;
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

static int compare_values(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
	return (a > b) - (a < b);
}

/* The dimensions that matter, as places in ascending order; gives the first. Edges are many, dimensions few. */
static uint32_t note_dims(struct sweep *w)
{
	w->dims.count = 0;
	w->noted++;
	for (size_t i = 0; i < w->found.count; i++) {
		uint32_t place = w->found.items[i].place;
		if (w->matters[place] == w->noted)
			continue;
		w->matters[place] = w->noted;
		vec_push(w->s->arena, &w->dims, place);
		for (size_t k = w->dims.count - 1; k > 0 && w->dims.items[k - 1] > place; k--) {
			w->dims.items[k] = w->dims.items[k - 1];
			w->dims.items[k - 1] = place;
		}
	}
	for (size_t i = 0; i < w->dims.count; i++) {
		uint32_t dim = w->s->order[w->dims.items[i]];
		push(w, dim);
		push_wide(w, w->s->boxes[0].low[dim]);
		push_wide(w, w->s->boxes[0].high[dim]);
	}
	return w->dims.items[0];
}

/* Key and edges of the state that the lists of `level` are in, and the place of its first dimension. */
static uint32_t note_state(struct sweep *w, size_t level, bool goal)
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
	*state = (struct state){ key, w->key.count, hash, 0, NULL };
	w->words += w->key.count + 16;
	return state;
}

static void keep_state(struct sweep *w, struct state *state, uint32_t set)
{
	struct state **slot = &w->table[state->hash & (w->table_size - 1)];
	state->set = set;
	state->next = *slot;
	*slot = state;
}

/* ---- the set of a state ---- */

static bool sweep_state(struct sweep *w, size_t level, bool goal, size_t depth, uint32_t *set);

/* What is left of the box, a stretch of the dimension, as a set; false: not found out. */
static bool sweep_stretch(struct sweep *w, size_t level, size_t depth, uint32_t dim, uint32_t *set)
{
	struct search *s = w->s;
	size_t pool = s->pool.count;
	if (!regions_spend(s->regions))
		return false;
	search_cut(s, dim);
	enum tri goal, all = evaluate_parts(s, level + 1, &goal);
	*set = all == YES ? DIAGRAM_ALL : DIAGRAM_NONE;
	bool done = all != MAYBE || sweep_state(w, level + 1, goal == MAYBE, depth + 1, set);
	s->pool.count = pool;
	return done;
}

static bool sweep_stretches(struct sweep *w, size_t level, size_t depth, uint32_t place, size_t edges)
{
	struct search *s = w->s;
	uint32_t dim = s->order[place], set;
	int64_t low = s->boxes[0].low[dim], high = s->boxes[0].high[dim];
	size_t end = w->edges.count;
	bool done = true;
	for (size_t i = edges; i < end && done; i++) {
		s->boxes[0].low[dim] = w->edges.items[i];
		s->boxes[0].high[dim] = i + 1 < end ? w->edges.items[i + 1] - 1 : high;
		done = sweep_stretch(w, level, depth, dim, &set);
		vec_push(s->arena, &w->stretches, ((struct diagram_edge){ w->edges.items[i], set }));
	}
	s->boxes[0].low[dim] = low;
	s->boxes[0].high[dim] = high;
	return done;
}

static bool sweep_state(struct sweep *w, size_t level, bool goal, size_t depth, uint32_t *set)
{
	size_t edges = w->edges.count, stretches = w->stretches.count;
	uint32_t place = note_state(w, level, goal), hash = hash_key(w);
	struct state *state = find_state(w, hash);
	if (state) {
		*set = state->set;
		return true;
	}
	if (depth + 1 >= DEPTH_LIMIT || w->words >= STATE_WORDS) {
		w->ended = true;
		return false;
	}
	state = add_state(w, hash);
	note_edges(w, place);
	bool done = sweep_stretches(w, level, depth, place, edges);
	if (done) {
		*set = diagram_node(w->s->diagram, place, w->stretches.items + stretches,
				    w->stretches.count - stretches);
		keep_state(w, state, *set);
	}
	w->edges.count = edges;
	w->stretches.count = stretches;
	return done;
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
	w->required = arena_new_array(s->arena, bool, s->regions->model->decision_count);
	w->place = arena_new_array(s->arena, uint32_t, dims);
	w->matters = arena_new_array(s->arena, uint32_t, dims);
	w->table_size = 1 << 14;
	s->diagram = diagram_new_in(s, w->table_size, false);
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
	bool renewed = diagram_renew(s->diagram);
	if (!renewed && w->serial > 1 && w->decision == q->decision && w->property == q->property &&
	    w->within == q->within && w->words < STATE_WORDS / 2)
		return;
	pad_reset(&s->states, s->arena);
	memset(w->table, 0, w->table_size * sizeof *w->table);
	w->words = 0;
	w->decision = q->decision;
	w->property = q->property;
	w->within = q->within;
	for (uint32_t i = 0; i < s->order_count; i++)
		w->place[s->order[i]] = i;
}

/* The best cut leaves both parts clearly fewer rules, as of a table's rows that do not meet: of each part the states
 * are fewer than of the whole, and few of them are the same in both. */
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
	if (s->sides == 2 || s->sweep->ended || !diagram_suits(s) || (goal && s->stages.count > 0))
		return false;
	for (size_t i = 0; i + 1 < s->list_count + goal; i++)
		undecided += level_list(s, level, i)->count;
	if (s->test && undecided > FEW_UNDECIDED && undecided <= UNDECIDED_LIMIT && is_parted(s, level))
		return false;
	return undecided <= UNDECIDED_LIMIT;
}

bool sweep_box(struct search *s, size_t level, bool goal, uint32_t *set)
{
	struct sweep *w = s->sweep;
	size_t pool = s->pool.count;
	w->edges.count = w->stretches.count = 0;
	bool done = sweep_state(w, level, goal, 0, set);
	s->pool.count = pool;
	if (done)
		*set = diagram_join(s->diagram, DIAGRAM_AND, *set, diagram_of_box(s->diagram));
	return done;
}
