/* What is left of a question, as a set of a diagram: its least case, what lies inside, taking a box away. */
#include "regions/diagram.h"

static void join_last(struct diagram *d)
{
	uint32_t last = d->parts.items[--d->parts.count], *before = &d->parts.items[d->parts.count - 1];
	*before = diagram_join(d, DIAGRAM_OR, *before, last);
}

void diagram_add(struct diagram *d, uint32_t set)
{
	if (d->lost)
		return;
	vec_push(d->s->arena, &d->parts, set);
	for (size_t n = ++d->added; n % 2 == 0; n /= 2)
		join_last(d);
}

bool diagram_close(struct diagram *d)
{
	while (!d->lost && d->parts.count > 1)
		join_last(d);
	d->left = d->parts.count ? d->parts.items[0] : DIAGRAM_NONE;
	return !d->lost;
}

uint32_t diagram_left(const struct diagram *d)
{
	return d->left;
}

bool diagram_least(struct diagram *d, int64_t *least)
{
	uint32_t set = d->left;
	for (uint32_t i = 0; i < d->s->order_count; i++)
		least[i] = place_low(d, i);
	d->front.count = d->front_at = 0;
	vec_push(d->s->arena, &d->front, set);
	while (set > DIAGRAM_ALL) {
		const struct node *n = &d->nodes.items[set];
		const struct diagram_edge *e = &d->edges.items[n->first];
		if (e->to == DIAGRAM_NONE) {
			e++;         /* two neighbours differ */
			least[n->place] = e->first;
		}
		set = e->to;
	}
	return set == DIAGRAM_ALL;
}

static uint32_t edge_at(const struct diagram *d, const struct node *n, int64_t value)
{
	uint32_t low = n->first, high = n->first + n->count - 1;
	while (low < high) {
		uint32_t middle = low + (high - low + 1) / 2;
		if (d->edges.items[middle].first <= value)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* Not for the first time in this walk. */
static bool is_met(struct diagram *d, uint32_t set)
{
	bool again = d->nodes.items[set].met == d->walk;
	d->nodes.items[set].met = d->walk;
	return again;
}

static void meet(struct diagram *d, uint32_t set)
{
	if (!is_met(d, set))
		vec_push(d->s->arena, &d->next, set);
}

struct stretches {                   /* of a node's edges those with some of these values */
	uint32_t at, end;
};

static struct stretches stretches_in(const struct diagram *d, const struct node *n, struct range values)
{
	struct stretches out = { edge_at(d, n, values.low), 0 };
	for (out.end = out.at + 1; out.end < n->first + n->count && d->edges.items[out.end].first <= values.high;)
		out.end++;
	return out;
}

static void follow(struct diagram *d, uint32_t set, uint32_t place, const struct ranges *values)
{
	const struct node *n = &d->nodes.items[set];
	if (n->place != place) {
		meet(d, set);
		return;
	}
	for (size_t k = 0; k < values->count; k++) {
		struct stretches s = stretches_in(d, n, values->items[k]);
		for (uint32_t i = s.at; i < s.end; i++)
			meet(d, d->edges.items[i].to);
	}
}

/* Of the sets that were met before nothing was found. */
static bool meets(struct diagram *d, uint32_t set, const struct ranges *values)
{
	const struct node *n = &d->nodes.items[set];
	if (set <= DIAGRAM_ALL || is_met(d, set))
		return set == DIAGRAM_ALL;
	for (size_t k = 0; k < values[n->place].count; k++) {
		struct stretches s = stretches_in(d, n, values[n->place].items[k]);
		for (uint32_t i = s.at; i < s.end; i++)
			if (meets(d, d->edges.items[i].to, values))
				return true;
	}
	return false;
}

bool diagram_meets(struct diagram *d, uint32_t set, const struct ranges *values)
{
	d->walk++;
	return meets(d, set, values);
}

static void advance(struct diagram *d, size_t at, const struct ranges *values)
{
	for (; d->front_at < at; d->front_at++) {
		d->next.count = 0;
		d->walk++;
		for (size_t i = 0; i < d->front.count; i++)
			follow(d, d->front.items[i], (uint32_t)d->front_at, &values[d->front_at]);
		for (size_t i = 0; i < d->next.count; i++) {
			if (i < d->front.count)
				d->front.items[i] = d->next.items[i];
			else
				vec_push(d->s->arena, &d->front, d->next.items[i]);
		}
		d->front.count = d->next.count;
	}
}

static bool holds(const struct diagram *d, uint32_t set, const int64_t *least)
{
	while (set > DIAGRAM_ALL) {
		const struct node *n = &d->nodes.items[set];
		set = d->edges.items[edge_at(d, n, least[n->place])].to;
	}
	return set == DIAGRAM_ALL;
}

/* The first value of low..high with which the node's set has not the least case of what follows. */
static bool first_bad(const struct diagram *d, const struct node *n, const int64_t *least, int64_t low, int64_t high,
		      int64_t *bad)
{
	for (uint32_t i = edge_at(d, n, low); i < n->first + n->count; i++) {
		const struct diagram_edge *e = &d->edges.items[i];
		int64_t first = i == n->first || e->first < low ? low : e->first;
		if (first > high)
			break;
		if (holds(d, e->to, least))
			continue;
		*bad = first;
		return true;
	}
	return false;
}

bool diagram_next_bad(struct diagram *d, size_t at, const struct ranges *values, const int64_t *least, int64_t low,
		      int64_t *bad)
{
	int64_t high = place_high(d, (uint32_t)at);
	bool found = false;
	advance(d, at, values);
	for (size_t i = 0; i < d->front.count; i++) {
		const struct node *n = &d->nodes.items[d->front.items[i]];
		if (n->place == at && first_bad(d, n, least, low, found ? *bad : high, bad))
			found = true;
	}
	return found;
}

bool diagram_take(struct diagram *d, const struct ranges *values)
{
	uint32_t box = DIAGRAM_ALL;
	for (uint32_t i = (uint32_t)d->s->order_count; i-- > 0;)
		box = diagram_within(d, i, &values[i], box);
	d->left = diagram_join(d, DIAGRAM_LESS, d->left, box);
	return !d->lost;
}
