/* The sets of a diagram: nodes, joining, volumes. note [diagram] */
#include "regions/diagram.h"

#include <string.h>

enum { STEPS_OF_BOX = 4 };           /* joins that cost less than looking at a box */
enum { NODE_LIMIT = 1 << 18 /* beyond, what is left of a question is not kept */ };

struct diagram *diagram_new_in(struct search *s, size_t table, bool whole)
{
	struct diagram *d = arena_new_of(s->arena, struct diagram);
	size_t dims = s->regions->model->dim_count + 2;
	d->s = s;
	d->whole = whole;
	d->table_size = table;
	d->table = arena_new_array(s->arena, uint32_t, table);
	d->cache = arena_new_array(s->arena, struct joined, table);
	d->order = arena_new_array(s->arena, uint32_t, dims);
	d->volume = natural_new(s->arena, dims);
	d->sums = arena_new_array(s->arena, struct natural, dims);
	return d;
}

static bool is_of(const struct diagram *d)
{
	const struct search *s = d->s;
	return d->renewed && d->order_count == s->order_count && memcmp(d->order, s->order, s->order_count * sizeof *s->order) == 0;
}

void diagram_drop(struct diagram *d)
{
	d->order_count = SIZE_MAX;
}

bool diagram_renew(struct diagram *d)
{
	const struct node end = { .place = UINT32_MAX };
	if (is_of(d) && d->nodes.count <= NODE_LIMIT / 2)
		return false;
	d->renewed++;
	memset(d->table, 0, d->table_size * sizeof *d->table);
	memset(d->cache, 0, d->table_size * sizeof *d->cache);
	d->nodes.count = d->edges.count = 0;
	vec_push(d->s->arena, &d->nodes, end);
	vec_push(d->s->arena, &d->nodes, end);
	d->order_count = d->s->order_count;
	memcpy(d->order, d->s->order, d->order_count * sizeof *d->order);
	return true;
}

uint32_t diagram_renewed(const struct diagram *d)
{
	return d->renewed;
}

void diagram_start(struct diagram *d, bool wanted)
{
	d->serial++;
	pad_reset(&d->pad, d->s->arena);
	d->parts.count = d->added = 0;
	d->lost = !wanted;
}

/* ---- nodes ---- */

static uint32_t hash_edges(uint32_t place, const struct diagram_edge *edges, size_t count)
{
	uint64_t hash = place * 0x9e3779b97f4a7c15u;
	for (size_t i = 0; i < count; i++) {
		hash = (hash ^ (i ? (uint64_t)edges[i].first : 0)) * 0xff51afd7ed558ccdu;
		hash = (hash ^ hash >> 32 ^ edges[i].to) * 0xc4ceb9fe1a85ec53u;
	}
	return (uint32_t)(hash >> 32);
}

static bool is_node(const struct diagram *d, const struct node *n, uint32_t place, const struct diagram_edge *edges,
		    size_t count)
{
	if (n->place != place || n->count != count)
		return false;
	const struct diagram_edge *own = d->edges.items + n->first;
	for (size_t i = 0; i < count; i++)
		if (own[i].to != edges[i].to || (i && own[i].first != edges[i].first))
			return false;
	return true;
}

static uint32_t find_node(const struct diagram *d, uint32_t hash, uint32_t place, const struct diagram_edge *edges,
			  size_t count)
{
	uint32_t at = d->table[hash & (d->table_size - 1)];
	while (at && !(d->nodes.items[at].hash == hash && is_node(d, &d->nodes.items[at], place, edges, count)))
		at = d->nodes.items[at].next;
	return at;
}

static uint32_t node_of(struct diagram *d, uint32_t place, const struct diagram_edge *edges, size_t count)
{
	uint32_t hash = hash_edges(place, edges, count), at = find_node(d, hash, place, edges, count);
	if (at)
		return at;
	struct node n = { .place = place, .first = (uint32_t)d->edges.count, .count = (uint32_t)count, .hash = hash };
	for (size_t i = 0; i < count; i++)
		vec_push(d->s->arena, &d->edges, edges[i]);
	n.next = d->table[hash & (d->table_size - 1)];
	at = d->table[hash & (d->table_size - 1)] = (uint32_t)d->nodes.count;
	vec_push(d->s->arena, &d->nodes, n);
	return at;
}

static void make_edge(struct diagram *d, size_t base, int64_t first, uint32_t to)
{
	if (d->made.count == base || d->made.items[d->made.count - 1].to != to)
		vec_push(d->s->arena, &d->made, ((struct diagram_edge){ first, to }));
}

static uint32_t node_made(struct diagram *d, uint32_t place, size_t base)
{
	const struct diagram_edge *edges = d->made.items + base;
	size_t count = d->made.count - base;
	d->made.count = base;
	return count == 1 ? edges[0].to : node_of(d, place, edges, count);
}

uint32_t diagram_node(struct diagram *d, uint32_t place, const struct diagram_edge *edges, size_t count)
{
	size_t base = d->made.count;
	for (size_t i = 0; i < count; i++)
		make_edge(d, base, edges[i].first, edges[i].to);
	return node_made(d, place, base);
}

uint32_t diagram_within(struct diagram *d, uint32_t place, const struct ranges *values, uint32_t to)
{
	size_t base = d->made.count;
	if (values->items[0].low > place_low(d, place))
		make_edge(d, base, place_low(d, place), DIAGRAM_NONE);
	for (size_t i = 0; i < values->count; i++) {
		make_edge(d, base, values->items[i].low, to);
		if (values->items[i].high < place_high(d, place))
			make_edge(d, base, values->items[i].high + 1, DIAGRAM_NONE);
	}
	return node_made(d, place, base);
}

uint32_t diagram_of_box(struct diagram *d)
{
	uint32_t set = DIAGRAM_ALL;
	for (uint32_t i = (uint32_t)d->s->order_count; i-- > 0;) {
		struct range r = { search_low(d->s, d->s->order[i]), search_high(d->s, d->s->order[i]) };
		if (r.low > place_low(d, i) || r.high < place_high(d, i))
			set = diagram_within(d, i, &(struct ranges){ &r, 1 }, set);
	}
	return set;
}

/* ---- joining ---- */

static bool is_simple(enum diagram_op op, uint32_t a, uint32_t b, uint32_t *result)
{
	bool same = a == b;
	switch (op) {
	case DIAGRAM_OR:
		*result = a == DIAGRAM_ALL || b == DIAGRAM_ALL ? DIAGRAM_ALL : a == DIAGRAM_NONE ? b : a;
		return same || a <= DIAGRAM_ALL || b <= DIAGRAM_ALL;
	case DIAGRAM_AND:
		*result = a == DIAGRAM_NONE || b == DIAGRAM_NONE ? DIAGRAM_NONE : a == DIAGRAM_ALL ? b : a;
		return same || a <= DIAGRAM_ALL || b <= DIAGRAM_ALL;
	case DIAGRAM_LESS:
		*result = b == DIAGRAM_NONE ? a : DIAGRAM_NONE;
		return same || a == DIAGRAM_NONE || b <= DIAGRAM_ALL;
	}
	return false;
}

struct walk {                        /* along the edges of a set, seen as a node of some place */
	uint32_t at, end, to;        /* the next edge, and the set of the stretch under way */
};

static struct walk walk_of(const struct diagram *d, uint32_t set, uint32_t place)
{
	const struct node *n = &d->nodes.items[set];
	if (n->place != place)
		return (struct walk){ 0, 0, set };
	return (struct walk){ n->first + 1, n->first + n->count, d->edges.items[n->first].to };
}

static int64_t next_first(const struct diagram *d, const struct walk *w, int64_t none)
{
	return w->at < w->end ? d->edges.items[w->at].first : none;
}

static void step_to(const struct diagram *d, struct walk *w, int64_t first)
{
	if (w->at < w->end && d->edges.items[w->at].first == first)
		w->to = d->edges.items[w->at++].to;
}

static uint32_t join_nodes(struct diagram *d, enum diagram_op op, uint32_t a, uint32_t b)
{
	uint32_t p = d->nodes.items[a].place, q = d->nodes.items[b].place, place = p < q ? p : q;
	struct walk x = walk_of(d, a, place), y = walk_of(d, b, place);
	size_t base = d->made.count;
	for (int64_t first = 0;;) {
		make_edge(d, base, first, diagram_join(d, op, x.to, y.to));
		if (x.at == x.end && y.at == y.end)
			break;
		int64_t i = next_first(d, &x, INT64_MAX), k = next_first(d, &y, INT64_MAX);
		first = i < k ? i : k;
		step_to(d, &x, first);
		step_to(d, &y, first);
	}
	return node_made(d, place, base);
}

/* What the search's own sets have in common with a box is asked for even if what is left is not kept. */
static bool may_join(struct diagram *d, enum diagram_op op)
{
	if (d->whole || op != DIAGRAM_AND)
		d->lost |= d->nodes.count > NODE_LIMIT;
	if (d->whole && d->steps++ % STEPS_OF_BOX == 0)
		d->lost |= !regions_spend(d->s->regions);
	return !d->lost || (!d->whole && op == DIAGRAM_AND);
}

uint32_t diagram_join(struct diagram *d, enum diagram_op op, uint32_t a, uint32_t b)
{
	uint32_t result;
	if (is_simple(op, a, b, &result))
		return result;
	struct joined *known =
		&d->cache[(a * 0x9e3779b1u ^ b * 0x85ebca6bu ^ (uint32_t)op * 0xc2b2ae35u) >> 7 & (d->table_size - 1)];
	if (known->a == a && known->b == b && known->op == (uint32_t)op)
		return known->result;
	if (!may_join(d, op))
		return DIAGRAM_NONE;
	result = join_nodes(d, op, a, b);
	if (!d->lost || (!d->whole && op == DIAGRAM_AND))
		*known = (struct joined){ (uint32_t)op, a, b, result };
	return result;
}

/* ---- volumes ---- */

static const struct natural *volume_from(struct diagram *d, uint32_t set);

static bool is_counted(const struct diagram *d, uint32_t place)
{
	return d->whole || d->s->open[d->s->order[place]];
}

/* Adds the stretch times what is left of the dimensions behind the place. */
static void add_stretch(struct diagram *d, struct natural *sum, uint32_t place, int64_t low, int64_t high, uint32_t to)
{
	uint32_t next = d->nodes.items[to].place;
	const struct natural *below = volume_from(d, to);
	struct natural *part = &d->volume;
	if (low < place_low(d, place))
		low = place_low(d, place);
	if (high > place_high(d, place))
		high = place_high(d, place);
	if (to == DIAGRAM_NONE || low > high)
		return;
	natural_set(part, 1);
	if (below) {
		memcpy(part->limbs, below->limbs, (size_t)below->size * sizeof *part->limbs);
		part->size = below->size;
	}
	natural_multiply(part, (uint64_t)high - (uint64_t)low);
	for (uint32_t i = place + 1; i < d->s->order_count && i < next; i++)
		if (is_counted(d, i))
			natural_multiply(part, (uint64_t)place_high(d, i) - (uint64_t)place_low(d, i));
	natural_add(sum, part);
}

/* Over the dimensions from its place on; NULL: one. */
static const struct natural *volume_from(struct diagram *d, uint32_t set)
{
	struct node *n = &d->nodes.items[set];
	if (set <= DIAGRAM_ALL)
		return NULL;
	if (n->counted == d->serial)
		return &n->volume;
	struct natural *sum = &d->sums[n->place];
	if (sum->capacity == 0)
		*sum = natural_new(d->s->arena, d->s->regions->model->dim_count + 2);
	sum->size = 0;
	for (uint32_t i = 0; i < n->count; i++) {
		const struct diagram_edge *e = &d->edges.items[n->first + i];
		add_stretch(d, sum, n->place, i ? e->first : INT64_MIN, i + 1 < n->count ? e[1].first - 1 : INT64_MAX,
			    e->to);
	}
	size_t bytes = (size_t)sum->size * sizeof *sum->limbs;
	n->volume = (struct natural){ pad_take(&d->pad, bytes), sum->size, sum->size };
	if (bytes)
		memcpy(n->volume.limbs, sum->limbs, bytes);
	n->counted = d->serial;
	return &n->volume;
}

const struct natural *diagram_volume(struct diagram *d, uint32_t set)
{
	const struct natural *volume = volume_from(d, set);
	uint32_t place = d->nodes.items[set].place;
	natural_set(&d->volume, set != DIAGRAM_NONE);
	if (volume) {
		memcpy(d->volume.limbs, volume->limbs, (size_t)volume->size * sizeof *volume->limbs);
		d->volume.size = volume->size;
	}
	for (uint32_t i = 0; i < d->s->order_count && i < place; i++)
		if (is_counted(d, i))
			natural_multiply(&d->volume, (uint64_t)place_high(d, i) - (uint64_t)place_low(d, i));
	return &d->volume;
}
