/* Searches the order of questions. See note [order of questions]. */
#include "draw/chart.h"

#include <stdlib.h>
#include <string.h>

enum {
	BEAM = 300,		 /* sets of rests kept after each question */
	MOST_RESTS = 3000,	 /* in one set */
	MOST_EXPANSIONS = 200000 /* of rests: after these only the best set is kept */
};

struct state {
	function *rests; /* ascending; none is a constant */
	size_t rest_count;
	uint32_t cost; /* nodes so far */
	uint32_t open; /* the clause that was begun, or NONE */
	uint32_t length;
	unsigned char order[QUESTION_LIMIT]; /* questions by rank of declaration */
};

struct expansion {    /* of one rest by one question */
	uint64_t key; /* 0: empty */
	function *rests;
	uint32_t count;
	bool node; /* it is asked */
};

struct search {
	struct decision_function *df;
	struct arena *arena;
	uint32_t clause[QUESTION_LIMIT]; /* equal: of one clause */
	struct expansion *known;
	size_t known_size, known_count;
	size_t expansions;
	VEC(struct state *) states, next;
};

/* ---- the clause of a question ---- */

/* U2.a and U2.b are limbs, 7.1(2)#2 a sentence of one clause. */
static size_t clause_size(const char *id)
{
	size_t size = strcspn(id, "#");
	if (size > 2 && id[size - 2] == '.' && id[size - 1] >= 'a' && id[size - 1] <= 'z')
		size -= 2;
	return size;
}

static const char *clause_of(const struct decision_function *df, uint32_t variable)
{
	const struct variable *v = &df->variables[variable];
	if (v->kind == VARIABLE_DECISION || df->model->facts[v->fact].attributes.cites.count == 0)
		return NULL;
	return df->model->facts[v->fact].attributes.cites.clauses[0];
}

static bool of_one_clause(const struct decision_function *df, uint32_t a, uint32_t b)
{
	const struct variable *x = &df->variables[a], *y = &df->variables[b];
	if (x->kind != VARIABLE_DECISION && x->fact == y->fact)
		return true;
	const char *p = clause_of(df, a), *q = clause_of(df, b);
	return p && q && clause_size(p) == clause_size(q) && memcmp(p, q, clause_size(p)) == 0;
}

static void find_clauses(struct search *s)
{
	const struct decision_function *df = s->df;
	for (uint32_t i = 0; i < df->question_count; i++) {
		s->clause[i] = i;
		for (uint32_t k = 0; k < i; k++) {
			if (of_one_clause(df, df->questions[i], df->questions[k])) {
				s->clause[i] = s->clause[k];
				break;
			}
		}
	}
}

/* ---- one rest, one question ---- */

static struct expansion *known_slot(struct search *s, uint64_t key)
{
	size_t at = (key * 0x9e3779b97f4a7c15u >> 20) & (s->known_size - 1);
	while (s->known[at].key && s->known[at].key != key)
		at = (at + 1) & (s->known_size - 1);
	return &s->known[at];
}

static void grow_known(struct search *s)
{
	struct expansion *old = s->known;
	size_t old_size = s->known_size;
	s->known_size = old_size ? old_size * 2 : 1024;
	s->known = arena_new_array(s->arena, struct expansion, s->known_size);
	for (size_t i = 0; i < old_size; i++)
		if (old[i].key)
			*known_slot(s, old[i].key) = old[i];
}

static const struct expansion *expand(struct search *s, function rest, uint32_t question)
{
	uint64_t key = ((uint64_t)rest << 8 | question) + 1;
	struct expansion *e = known_slot(s, key);
	if (e->key)
		return e;
	answer_edges edges = { 0 };
	chart_answers(s->df, rest, s->df->questions[question], &edges);
	s->expansions++;
	struct expansion made = { .key = key, .node = edges.count > 1 };
	made.rests = arena_new_array(s->arena, function, edges.count + 1);
	for (size_t i = 0; i < edges.count; i++)
		if (!function_is_constant(s->df->forest, edges.items[i].rest))
			made.rests[made.count++] = edges.items[i].rest;
	*e = made;
	if (++s->known_count * 2 > s->known_size)
		grow_known(s);
	return known_slot(s, key);
}

/* ---- sets of rests ---- */

static int compare_functions(const void *a, const void *b)
{
	function x = *(const function *)a, y = *(const function *)b;
	return (x > y) - (x < y);
}

static uint64_t support_of(struct search *s, const struct state *state)
{
	uint64_t support = 0;
	for (size_t i = 0; i < state->rest_count; i++)
		support |= function_support(s->df->forest, state->rests[i]);
	return support;
}

/* Asks one question of all rests of a state; NULL: too many rests. */
static struct state *ask(struct search *s, const struct state *from, uint32_t question)
{
	struct state *to = arena_new_of(s->arena, struct state);
	VEC(function) rests = { 0 };
	*to = *from;
	for (size_t i = 0; i < from->rest_count; i++) {
		const struct expansion *e = expand(s, from->rests[i], question);
		to->cost += e->node;
		for (uint32_t k = 0; k < e->count; k++)
			vec_push(s->arena, &rests, e->rests[k]);
	}
	if (rests.count > 0)
		qsort(rests.items, rests.count, sizeof *rests.items, compare_functions);
	to->rest_count = 0;
	for (size_t i = 0; i < rests.count; i++)
		if (i == 0 || rests.items[i] != rests.items[i - 1])
			rests.items[to->rest_count++] = rests.items[i];
	to->rests = rests.items;
	to->order[to->length++] = (unsigned char)question;
	to->open = s->clause[question];
	return to->rest_count <= MOST_RESTS ? to : NULL;
}

/* Fewer nodes, counting one for every rest that waits; then the order of declaration. */
static int compare_states(const void *a, const void *b)
{
	const struct state *x = *(struct state *const *)a, *y = *(struct state *const *)b;
	size_t p = x->cost + x->rest_count, q = y->cost + y->rest_count;
	if (p != q)
		return p < q ? -1 : 1;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	uint32_t length = x->length < y->length ? x->length : y->length;
	return memcmp(x->order, y->order, length);
}

static bool same_rests(const struct state *a, const struct state *b)
{
	return a->rest_count == b->rest_count && a->open == b->open &&
	       (a->rest_count == 0 || memcmp(a->rests, b->rests, a->rest_count * sizeof *a->rests) == 0);
}

/* Keeps the cheapest way to each set. Sorted, the first of equal sets is the one to keep. */
static void keep_best(struct search *s)
{
	size_t beam = s->expansions > MOST_EXPANSIONS ? 1 : BEAM;
	s->states.count = 0;
	if (s->next.count > 0)
		qsort(s->next.items, s->next.count, sizeof *s->next.items, compare_states);
	for (size_t i = 0; i < s->next.count && s->states.count < beam; i++) {
		bool had = false;
		for (size_t k = s->states.count; k > 0 && !had; k--)
			had = same_rests(s->states.items[k - 1], s->next.items[i]);
		if (!had)
			vec_push(s->arena, &s->states, s->next.items[i]);
	}
	s->next.count = 0;
}

static void step(struct search *s, struct state *state)
{
	uint64_t support = support_of(s, state);
	bool inside = false;
	for (uint32_t i = 0; i < s->df->question_count; i++)
		inside = inside || ((support >> i & 1) && s->clause[i] == state->open);
	if (!inside)
		state->open = NONE;
	for (uint32_t i = 0; i < s->df->question_count; i++) {
		if (!(support >> i & 1) || (inside && s->clause[i] != state->open))
			continue;
		struct state *to = ask(s, state, i);
		if (to)
			vec_push(s->arena, &s->next, to);
	}
}

static const struct state *run(struct search *s)
{
	const struct state *best = NULL;
	while (s->states.count > 0 && !forest_exhausted(s->df->forest)) {
		for (size_t i = 0; i < s->states.count; i++) {
			struct state *state = s->states.items[i];
			if (state->rest_count > 0)
				step(s, state);
			else if (!best || state->cost < best->cost ||
				 (state->cost == best->cost &&
				  memcmp(state->order, best->order, sizeof best->order) < 0))
				best = state;
		}
		keep_best(s);
	}
	return forest_exhausted(s->df->forest) ? NULL : best;
}

bool questions_in_order(struct decision_function *df, uint32_t *order, uint32_t *count)
{
	struct search s = { .df = df, .arena = df->arena };
	find_clauses(&s);
	grow_known(&s);
	struct state *start = arena_new_of(s.arena, struct state);
	start->rests = &df->outcomes;
	start->rest_count = !function_is_constant(df->forest, df->outcomes);
	start->open = NONE;
	vec_push(s.arena, &s.states, start);
	const struct state *best = run(&s);
	if (!best)
		return false;
	for (uint32_t i = 0; i < best->length; i++)
		order[i] = df->questions[best->order[i]];
	*count = best->length;
	return true;
}
