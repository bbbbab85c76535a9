/* Regions and counts of questions about products alone.
 *
 * note [plain] Where rules are products, no constraint touches the decision and what feeds it answers every case, a
 * question is about boxes and nothing else: those that it allows (heads), and those that it excludes (takers). What it
 * leaves is then computed on a grid. "A row holds and one of these does too" has a head for each of these; what is
 * outside of it is what these leave of a part. */
#include "regions/grid.h"

#include <string.h>

struct plain {
	struct search *s;
	struct grid grid;
	struct pad pad;              /* masks of the question */
	size_t at[GRID_DIMS];        /* per dimension of the grid: its place among the question's */
	uint64_t *allowed;           /* what must hold does */
	VEC(const uint64_t *) members;  /* the other rules: one of them holds, or none does */
	bool any;                    /* one of them */
	VEC(const uint64_t *) taken; /* regions taken away */
	uint64_t *least;             /* what is known of the least case */
	uint64_t *part, *mask;       /* scratch */
};

/* ---- which questions ---- */

static bool is_simple(const struct search *s)
{
	for (size_t i = 0; i < s->rules.count; i++)
		if (!s->plan->rules[s->rules.items[i]].product)
			return false;
	return true;
}

/* Nothing but a rule over a default is beaten in a flat decision. */
static bool nothing_beaten(const struct search *s)
{
	for (size_t i = 0; i < s->rules.count; i++)
		if (s->plan->rules[s->rules.items[i]].is_default)
			return false;
	return s->plan->flat;
}

static bool is_plain(const struct search *s)
{
	if (!s->plan || s->stages.count > 0 || s->constraints.count > 0 || s->root != MAYBE || !is_simple(s))
		return false;
	switch (s->question->goal) {
	case GOAL_HOLD:
	case GOAL_REASON:
	case GOAL_WITHOUT:
	case GOAL_BEATEN:
	case GOAL_NONE: return true;
	case GOAL_MEET: return nothing_beaten(s);
	default: return false;
	}
}

/* ---- the grid ---- */

/* Dimensions on which something undecided depends; false: too many. */
static bool add_dims(struct plain *p)
{
	const struct search *s = p->s;
	grid_start(&p->grid, s->arena);
	for (size_t i = 0; i < s->dim_count; i++) {
		uint32_t dim = s->dims[i];
		if (!s->open[dim])
			continue;
		if (p->grid.dims == GRID_DIMS)
			return false;
		p->at[p->grid.dims] = i;
		grid_dim(&p->grid, s->start_low[dim], s->start_high[dim]);
	}
	return true;
}

/* The rule's values of a dimension of the grid; NULL: any. */
static const struct ranges *values_of(const struct plain *p, const struct plan_rule *rule, size_t k)
{
	for (size_t i = 0; i < rule->atoms.count; i++)
		if (rule->atoms.items[i].dim == p->s->dims[p->at[k]])
			return &rule->atoms.items[i].ranges;
	return NULL;
}

static uint64_t *new_mask(struct plain *p)
{
	return pad_take(&p->pad, (p->grid.words + 1) * sizeof(uint64_t));
}

static void restrict_to(const struct plain *p, uint64_t *mask, size_t k, const struct ranges *set)
{
	grid_none(&p->grid, mask, k);
	for (size_t i = 0; i < set->count; i++)
		grid_add(&p->grid, mask, k, set->items[i].low, set->items[i].high);
}

static void restrict_to_rule(const struct plain *p, uint64_t *mask, const struct plan_rule *rule)
{
	for (size_t k = 0; k < p->grid.dims; k++) {
		const struct ranges *set = values_of(p, rule, k);
		if (set)
			restrict_to(p, mask, k, set);
	}
}

/* Of the rule and of what must hold; NULL: they have nothing in common. */
static uint64_t *member_mask(struct plain *p, const struct plan_rule *rule)
{
	uint64_t *mask = new_mask(p);
	for (size_t i = 0; i < rule->atoms.count; i++) {
		const struct atom *a = &rule->atoms.items[i];
		if (atom_on(a, p->s->start_low[a->dim], p->s->start_high[a->dim]) == NO)
			return NULL;
	}
	grid_fill(&p->grid, mask);
	restrict_to_rule(p, mask, rule);
	return grid_common(&p->grid, mask, p->allowed) ? mask : NULL;
}

static void add_masks(struct plain *p)
{
	const struct search *s = p->s;
	p->allowed = new_mask(p);
	p->least = new_mask(p);
	p->part = new_mask(p);
	p->mask = new_mask(p);
	p->members.count = p->taken.count = 0;
	grid_fill(&p->grid, p->allowed);
	for (size_t i = 0; i < s->anchors; i++) {
		grid_fill(&p->grid, p->part);
		restrict_to_rule(p, p->part, &s->plan->rules[s->rules.items[i]]);
		grid_common(&p->grid, p->allowed, p->part);
	}
	for (size_t i = s->anchors; i < s->rules.count; i++) {
		const uint64_t *mask = member_mask(p, &s->plan->rules[s->rules.items[i]]);
		if (mask)
			vec_push(s->arena, &p->members, mask);
	}
}

struct plain *plain_of(struct search *s)
{
	if (!is_plain(s))
		return NULL;
	if (!s->plain)
		s->plain = arena_new_of(s->arena, struct plain);
	struct plain *p = s->plain;
	p->s = s;
	p->any = s->question->goal == GOAL_BEATEN || s->question->goal == GOAL_MEET;
	if (!add_dims(p))
		return NULL;
	for (size_t i = 0; i < s->rules.count; i++)
		for (size_t k = 0; k < p->grid.dims; k++) {
			const struct ranges *set = values_of(p, &s->plan->rules[s->rules.items[i]], k);
			if (set)
				grid_edges(&p->grid, k, set);
		}
	grid_divide(&p->grid);
	pad_reset(&p->pad, s->arena);
	add_masks(p);
	return p;
}

/* ---- asking ---- */

static void only(const struct plain *p, uint64_t *mask, size_t k, size_t bit)
{
	grid_none(&p->grid, mask, k);
	mask[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void copy(const struct plain *p, uint64_t *to, const uint64_t *from)
{
	memcpy(to, from, p->grid.words * sizeof *to);
}

/* What a question takes from its heads. */
static enum reply head_leaves(struct plain *p, const uint64_t *part)
{
	for (size_t i = 0; i < p->taken.count; i++)
		grid_piece(&p->grid, p->taken.items[i]);
	for (size_t i = 0; !p->any && i < p->members.count; i++)
		grid_piece(&p->grid, p->members.items[i]);
	return grid_leaves(&p->grid, p->s->regions, part);
}

static enum reply members_leave(struct plain *p, const uint64_t *part)
{
	for (size_t i = 0; i < p->members.count; i++)
		grid_piece(&p->grid, p->members.items[i]);
	return grid_leaves(&p->grid, p->s->regions, part);
}

typedef enum reply leaves_something(struct plain *p, const uint64_t *part);

/* On the part, of whose stretches in the dimension (kept in p->mask) those from…to are looked at. */
static enum reply ask_between(struct plain *p, leaves_something *ask, uint64_t *part, size_t k, size_t from, size_t to)
{
	uint64_t any = 0;
	for (size_t w = p->grid.first[k]; w < p->grid.first[k + 1]; w++) {
		uint64_t bits = w < from / 64 || w > to / 64 ? 0 : p->mask[w];
		if (w == from / 64)
			bits &= UINT64_MAX << from % 64;
		if (w == to / 64)
			bits &= UINT64_MAX >> (63 - to % 64);
		any |= part[w] = bits;
	}
	return any ? ask(p, part) : REPLY_NO;
}

/* The least stretch of the dimension, before `end`, in which something of the part is left; SIZE_MAX: in none. Mostly
 * it is the first; else it is found by halves. Changes the part; false: a limit ended it. */
static bool least_left(struct plain *p, leaves_something *ask, uint64_t *part, size_t k, size_t end, size_t *least)
{
	size_t low = grid_next(&p->grid, part, k, (size_t)p->grid.first[k] * 64), high = end - 1;
	*least = SIZE_MAX;
	if (low >= end)
		return true;
	memcpy(p->mask + p->grid.first[k], part + p->grid.first[k],
	       (p->grid.first[k + 1] - p->grid.first[k]) * sizeof *part);
	enum reply reply = ask_between(p, ask, part, k, low, low);
	if (reply == REPLY_YES)
		*least = low;
	if (reply != REPLY_NO)
		return reply == REPLY_YES;
	if (low == high)
		return true;
	reply = ask_between(p, ask, part, k, ++low, high);
	if (reply != REPLY_YES)
		return reply == REPLY_NO;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		reply = ask_between(p, ask, part, k, low, middle);
		if (reply == REPLY_ENDED)
			return false;
		if (reply == REPLY_YES)
			high = middle;
		else
			low = middle + 1;
	}
	*least = low;
	return true;
}

/* ---- the least case ---- */

/* The least stretch of the dimension in which one of the heads leaves something of p->least. */
static bool least_of_heads(struct plain *p, size_t k, size_t *least)
{
	size_t heads = p->any ? p->members.count : 1;
	*least = SIZE_MAX;
	for (size_t i = 0; i < heads; i++) {
		size_t found, end = *least < SIZE_MAX ? *least : (size_t)p->grid.first[k + 1] * 64;
		copy(p, p->part, p->any ? p->members.items[i] : p->allowed);
		if (!grid_common(&p->grid, p->part, p->least))
			continue;
		if (!least_left(p, head_leaves, p->part, k, end, &found))
			return false;
		*least = found < *least ? found : *least;
	}
	return true;
}

bool plain_least(struct plain *p, int64_t *least, bool *found)
{
	const struct search *s = p->s;
	for (size_t i = 0; i < s->dim_count; i++)
		least[i] = s->start_low[s->dims[i]];
	copy(p, p->least, p->allowed);
	*found = false;
	for (size_t k = 0; k < p->grid.dims; k++) {
		size_t bit;
		if (!least_of_heads(p, k, &bit))
			return false;
		if (bit == SIZE_MAX)
			return true;
		only(p, p->least, k, bit);
		least[p->at[k]] = grid_value(&p->grid, bit);
	}
	*found = true;
	return true;
}

/* ---- growing a region ---- */

static void fill_from(struct plain *p, uint64_t *mask, const struct ranges *values)
{
	memset(mask, 0, p->grid.words * sizeof *mask);
	for (size_t k = 0; k < p->grid.dims; k++)
		restrict_to(p, mask, k, &values[p->at[k]]);
}

/* The first stretch of dimension k that the mask has in common with the part, if it has something in all others. */
static size_t first_common(const struct plain *p, const uint64_t *part, const uint64_t *mask, size_t k)
{
	const struct grid *g = &p->grid;
	for (size_t i = 0; i < g->dims; i++)
		if (i != k && !grid_meets(g, part, mask, i))
			return SIZE_MAX;
	for (size_t w = g->first[k]; w < g->first[k + 1]; w++)
		if (part[w] & mask[w])
			return w * 64 + (size_t)__builtin_ctzll(part[w] & mask[w]);
	return SIZE_MAX;
}

static size_t first_not_allowed(const struct plain *p, const uint64_t *part, size_t k)
{
	for (size_t w = p->grid.first[k]; w < p->grid.first[k + 1]; w++)
		if (part[w] & ~p->allowed[w])
			return w * 64 + (size_t)__builtin_ctzll(part[w] & ~p->allowed[w]);
	return (size_t)p->grid.first[k + 1] * 64;
}

static size_t first_of_any(const struct plain *p, const uint64_t *part, size_t k, size_t before)
{
	for (size_t i = 0; i < p->taken.count; i++) {
		size_t bit = first_common(p, part, p->taken.items[i], k);
		before = bit < before ? bit : before;
	}
	for (size_t i = 0; !p->any && i < p->members.count; i++) {
		size_t bit = first_common(p, part, p->members.items[i], k);
		before = bit < before ? bit : before;
	}
	return before;
}

bool plain_next_bad(struct plain *p, size_t at, const struct ranges *values, int64_t low, int64_t *bad, bool *found)
{
	const struct grid *g = &p->grid;
	size_t k = 0, bit;
	while (p->at[k] != at)
		k++;
	fill_from(p, p->part, values);
	grid_none(g, p->part, k);
	grid_add(g, p->part, k, low, g->high[k]);
	size_t end = (size_t)g->first[k + 1] * 64,
	       before = first_of_any(p, p->part, k, first_not_allowed(p, p->part, k));
	if (!p->any)
		bit = SIZE_MAX;
	else if (!least_left(p, members_leave, p->part, k, before, &bit))
		return false;
	bit = bit < before ? bit : before;
	*found = bit < end;
	if (*found)
		*bad = grid_value(g, bit) > low ? grid_value(g, bit) : low;
	return true;
}

void plain_take(struct plain *p, const struct ranges *values)
{
	uint64_t *mask = new_mask(p);
	fill_from(p, mask, values);
	vec_push(p->s->arena, &p->taken, mask);
}

/* ---- the count ---- */

bool plain_count(struct plain *p, struct natural *n)
{
	struct regions *r = p->s->regions;
	for (size_t i = 0; i < p->members.count; i++)
		grid_piece(&p->grid, p->members.items[i]);
	if (!p->any)
		return grid_volume(&p->grid, r, p->allowed, n);
	struct natural *left = &p->s->product;
	if (!grid_volume(&p->grid, r, p->allowed, left) || !grid_volume(&p->grid, r, p->allowed, n))
		return false;
	natural_subtract(n, left);
	return true;
}
