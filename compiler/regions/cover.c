/* Whether boxes cover a box: the question behind most others, asked by a search of its own.
 *
 * note [cover] Where rules are products and nothing else decides what a case is, "is the rule a reason somewhere?" and "is
 * there a gap?" both ask for a point of a box outside of other boxes. A box here is one interval a dimension; a rule
 * whose sets have holes is several. What remains of the list on a part of the box is found by looking at the dimension
 * that was cut alone: each entry knows in how many dimensions it does not yet reach across. An entry with one such
 * dimension takes a slab away, which leaves nothing to choose. */
#include "regions/search.h"

#include <string.h>

enum { BOXES_OF_RULE = 64, SAMPLED = 16, FEW_RULES = 16 };

struct left {                        /* of a list: a box that meets the part and does not cover it */
	uint32_t box;
	uint32_t open;               /* dimensions in which it does not reach across the part */
	uint32_t rank;               /* note [first box] */
	bool good;
};

struct part {                        /* one that waits */
	size_t first, count;         /* its list, in the pool; its intervals lie behind those of the parts below it */
	uint32_t rank;               /* of the first box that covers it; boxes behind that are not listed. NONE: none does */
	bool good;                   /* it is good; true where none does */
};

struct cover {                       /* of a plan */
	struct arena *arena;
	size_t dim_count;
	uint32_t *dims;              /* of the model that its rules test */
	uint32_t *place;             /* of a dimension of the model: k, where dims[k] is it */
	VEC(int64_t) low, high;      /* of the question's box b in the k-th dimension: [b * dim_count + k] */
	uint32_t *stamps, stamp;     /* rules that are in the list of the question already */
	VEC(struct left) pool;
	VEC(struct part) parts;
	VEC(int64_t) waiting;
	int64_t *at_low, *at_high;   /* of the part under way */
};

/* ---- the list at the start ---- */

static struct cover *cover_new(const struct regions *r, const struct plan *plan)
{
	struct cover *c = arena_new_of(r->arena, struct cover);
	c->arena = r->arena;
	c->dims = arena_new_array(r->arena, uint32_t, r->model->dim_count);
	c->place = arena_new_array(r->arena, uint32_t, r->model->dim_count);
	for (uint32_t d = 0; d < r->model->dim_count; d++) {
		if (!plan->dims[d])
			continue;
		c->place[d] = (uint32_t)c->dim_count;
		c->dims[c->dim_count++] = d;
	}
	c->stamps = arena_new_array(r->arena, uint32_t, plan->count);
	c->at_low = arena_new_array(r->arena, int64_t, c->dim_count);
	c->at_high = arena_new_array(r->arena, int64_t, c->dim_count);
	return c;
}

/* Another box: the part under way. */
static uint32_t add_box(struct cover *c)
{
	uint32_t box = (uint32_t)(c->low.count / c->dim_count);
	for (size_t k = 0; k < c->dim_count; k++) {
		vec_push(c->arena, &c->low, c->at_low[k]);
		vec_push(c->arena, &c->high, c->at_high[k]);
	}
	return box;
}

static void set_sides(struct cover *c, uint32_t box, size_t k, struct range sides)
{
	c->low.items[box * c->dim_count + k] = sides.low;
	c->high.items[box * c->dim_count + k] = sides.high;
}

/* A box that covers the part. */
static void cover_part(struct part *part, uint32_t rank, bool good)
{
	if (rank > part->rank || (rank == part->rank && good))
		return;
	part->rank = rank;
	part->good = good;
}

/* Puts the box into the list of the part under way, or covers it. */
static void list_box(struct cover *c, struct part *part, uint32_t box, uint32_t rank, bool good)
{
	const int64_t *low = c->low.items + box * c->dim_count, *high = c->high.items + box * c->dim_count;
	uint32_t open = 0;
	for (size_t k = 0; k < c->dim_count; k++) {
		if (high[k] < c->at_low[k] || low[k] > c->at_high[k])
			return;
		open += low[k] > c->at_low[k] || high[k] < c->at_high[k];
	}
	if (open == 0)
		cover_part(part, rank, good);
	else
		vec_push(c->arena, &c->pool, ((struct left){ box, open, rank, good }));
}

static size_t box_count(const struct plan_rule *rule)
{
	size_t count = 1;
	for (size_t i = 0; i < rule->atoms.count && count <= BOXES_OF_RULE; i++)
		count *= rule->atoms.items[i].ranges.count;
	return rule->product && count <= BOXES_OF_RULE ? count : 0;
}

/* The n-th of the boxes that a rule is. */
static void list_rule_box(struct cover *c, struct part *part, const struct plan_rule *rule, size_t n, uint32_t rank, bool good)
{
	uint32_t box = add_box(c);
	for (size_t i = 0; i < rule->atoms.count; i++) {
		const struct ranges *set = &rule->atoms.items[i].ranges;
		set_sides(c, box, c->place[rule->atoms.items[i].dim], set->items[n % set->count]);
		n /= set->count;
	}
	list_box(c, part, box, rank, good);
}

static bool meets_part(const struct cover *c, const struct plan_rule *rule)
{
	for (size_t i = 0; i < rule->atoms.count; i++) {
		const struct atom *a = &rule->atoms.items[i];
		size_t k = c->place[a->dim];
		if (a->high < c->at_low[k] || a->low > c->at_high[k])
			return false;
	}
	return !rule->never;
}

/* false: it meets the part and is no product, or too many boxes. */
static bool list_rule(struct cover *c, struct part *part, const struct plan *plan, uint32_t index, uint32_t rank, bool good)
{
	const struct plan_rule *rule = &plan->rules[index];
	if (c->stamps[index] == c->stamp || !meets_part(c, rule))
		return true;
	size_t count = box_count(rule);
	c->stamps[index] = c->stamp;
	for (size_t n = 0; n < count; n++)
		list_rule_box(c, part, rule, n, rank, good);
	return count > 0;
}

/* What lies between the ranges of a set that must hold is covered. */
static void list_hole(struct cover *c, struct part *part, size_t dim, int64_t low, int64_t high)
{
	uint32_t box = add_box(c);
	set_sides(c, box, dim, (struct range){ low, high });
	list_box(c, part, box, 0, false);
}

/* The hull of what must hold; false: it is empty. */
static bool narrow(struct cover *c, const struct plan_rule *rule)
{
	for (size_t i = 0; i < rule->atoms.count; i++) {
		const struct atom *a = &rule->atoms.items[i];
		size_t k = c->place[a->dim];
		c->at_low[k] = a->low > c->at_low[k] ? a->low : c->at_low[k];
		c->at_high[k] = a->high < c->at_high[k] ? a->high : c->at_high[k];
		if (c->at_low[k] > c->at_high[k])
			return false;
	}
	return true;
}

static void list_holes(struct cover *c, struct part *part, const struct plan_rule *rule)
{
	for (size_t i = 0; i < rule->atoms.count; i++) {
		const struct atom *a = &rule->atoms.items[i];
		for (size_t n = 0; n + 1 < a->ranges.count; n++)
			list_hole(c, part, c->place[a->dim], a->ranges.items[n].high + 1,
				  a->ranges.items[n + 1].low - 1);
	}
}

/* ---- where to cut ---- */

struct cutting {
	size_t dim;
	int64_t at;                  /* the first value of the upper part */
	size_t larger, smaller;
};

static void weigh(const struct cover *c, const struct left *list, size_t count, size_t step, size_t dim, int64_t at,
		  struct cutting *best)
{
	size_t lower = 0, upper = 0;
	for (size_t i = 0; i < count; i += step) {
		size_t place = list[i].box * c->dim_count + dim;
		lower += c->low.items[place] < at;
		upper += c->high.items[place] >= at;
	}
	struct cutting now = { dim, at, lower > upper ? lower : upper, lower > upper ? upper : lower };
	if (best->larger == 0 || now.larger < best->larger ||
	    (now.larger == best->larger && now.smaller < best->smaller))
		*best = now;
}

static void weigh_edges(const struct cover *c, const struct left *list, size_t count, size_t step, uint32_t box,
			struct cutting *best)
{
	for (size_t k = 0; k < c->dim_count; k++) {
		int64_t low = c->low.items[box * c->dim_count + k], high = c->high.items[box * c->dim_count + k];
		if (low > c->at_low[k])
			weigh(c, list, count, step, k, low, best);
		if (high < c->at_high[k])
			weigh(c, list, count, step, k, high + 1, best);
	}
}

/* Few: an edge of the box that reaches across in most dimensions. Many: the best edge of a sample. */
static struct cutting choose(const struct cover *c, const struct left *list, size_t count)
{
	struct cutting best = { 0 };
	size_t step = (count + SAMPLED - 1) / SAMPLED, least = 0;
	if (count > SAMPLED) {
		for (size_t i = 0; i < count; i += step)
			weigh_edges(c, list, count, step, list[i].box, &best);
		return best;
	}
	for (size_t i = 1; i < count; i++)
		if (list[i].open < list[least].open)
			least = i;
	weigh_edges(c, list, count, 1, list[least].box, &best);
	return best;
}

/* ---- the search ---- */

/* Of the part low..high in the dimension: what covers it, then the boxes before that, behind what is in the pool. */
static struct part divide(struct cover *c, const struct part *whole, size_t dim, int64_t low, int64_t high)
{
	struct part part = { .first = c->pool.count, .rank = whole->rank, .good = whole->good };
	size_t kept = part.first;
	for (size_t i = whole->first; i < whole->first + whole->count; i++) {
		struct left left = c->pool.items[i];
		int64_t from = c->low.items[left.box * c->dim_count + dim], to = c->high.items[left.box * c->dim_count + dim];
		if (left.rank > part.rank || to < low || from > high)
			continue;
		if (from <= low && to >= high && (from > c->at_low[dim] || to < c->at_high[dim]) && --left.open == 0)
			cover_part(&part, left.rank, left.good);
		else
			vec_push(c->arena, &c->pool, left);
	}
	for (size_t i = part.first; i < c->pool.count; i++)
		if (c->pool.items[i].rank < part.rank)
			c->pool.items[kept++] = c->pool.items[i];
	c->pool.count = kept;
	part.count = kept - part.first;
	return part;
}

static void put_aside(struct cover *c, struct part part)
{
	vec_push(c->arena, &c->parts, part);
	for (size_t k = 0; k < c->dim_count; k++) {
		vec_push(c->arena, &c->waiting, c->at_low[k]);
		vec_push(c->arena, &c->waiting, c->at_high[k]);
	}
}

static bool take_up(struct cover *c, struct part *part)
{
	if (c->parts.count == 0)
		return false;
	*part = c->parts.items[--c->parts.count];
	c->waiting.count -= 2 * c->dim_count;
	for (size_t k = 0; k < c->dim_count; k++) {
		c->at_low[k] = c->waiting.items[c->waiting.count + 2 * k];
		c->at_high[k] = c->waiting.items[c->waiting.count + 2 * k + 1];
	}
	c->pool.count = part->first + part->count;
	return true;
}

/* Whether the part holds a point whose first box is good. */
static enum tri part_on(const struct cover *c, const struct part *part)
{
	size_t bad = 0;
	for (size_t i = part->first; i < part->first + part->count; i++)
		bad += !c->pool.items[i].good;
	if (bad == part->count && !part->good)
		return NO;
	return bad == 0 ? YES : MAYBE;
}

/* The part with fewer boxes is taken up first: a point is found there sooner. */
static void cut_part(struct cover *c, const struct part *whole)
{
	struct cutting cut = choose(c, c->pool.items + whole->first, whole->count);
	int64_t low = c->at_low[cut.dim], high = c->at_high[cut.dim];
	struct part lower = divide(c, whole, cut.dim, low, cut.at - 1), upper = divide(c, whole, cut.dim, cut.at, high);
	c->at_high[cut.dim] = cut.at - 1;
	put_aside(c, lower);
	c->at_high[cut.dim] = high;
	c->at_low[cut.dim] = cut.at;
	put_aside(c, upper);
}

/* Boxes behind one that covers the start are of no account. */
static void drop_hidden(struct cover *c, struct part *part)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->pool.count; i++)
		if (c->pool.items[i].rank < part->rank)
			c->pool.items[kept++] = c->pool.items[i];
	c->pool.count = part->count = kept;
}

static enum reply search(struct regions *r, struct cover *c, struct part part)
{
	drop_hidden(c, &part);
	do {
		enum tri t = part_on(c, &part);
		if (t == YES)
			return REPLY_YES;
		if (t == NO)
			continue;
		if (!regions_spend(r))
			return REPLY_ENDED;
		cut_part(c, &part);
	} while (take_up(c, &part));
	return REPLY_NO;
}

/* ---- questions ---- */

/* Every case is a point, and every point a case. */
static bool no_more_to_ask(struct regions *r, const struct plan *plan)
{
	if (plan->decision->constraint_count > 0)
		return false;
	for (size_t i = 0; i < plan->decision->fed_by_count; i++)
		if (!plan_of(r, plan->decision->fed_by[i])->total)
			return false;
	return true;
}

static struct cover *cover_of(struct regions *r, struct plan *plan)
{
	if (!plan->cover)
		plan->cover = cover_new(r, plan);
	return plan->cover;
}

/* Lists what beats the rule; false: some of it is no box. */
static bool list_beaters(struct regions *r, struct cover *c, struct part *part, struct plan *plan, uint32_t rule)
{
	struct neighbours beaters;
	if (!plan_beaters(r, plan, rule, &beaters))
		return false;
	for (size_t i = 0; i < beaters.count; i++)
		if (!list_rule(c, part, plan, beaters.items[i], 0, false))
			return false;
	return true;
}

/* note [first box] */
static bool list_ranked(struct regions *r, struct cover *c, struct part *part, struct plan *plan, uint32_t rule)
{
	struct neighbours near;
	if (!regions_neighbours(r, plan->index, rule, &near))
		return false;
	for (size_t i = 0; i < near.count; i++) {
		uint32_t y = near.items[i], rank = plan->rank[y] > plan->rank[rule] ? plan->rank[y] + 1 : 0;
		if (!list_rule(c, part, plan, y, rank, rank && plan->rules[y].outcome != plan->rules[rule].outcome))
			return false;
	}
	return true;
}

static bool list_others(struct cover *c, struct part *part, const struct plan *plan, const struct question *q)
{
	for (size_t i = 0; i < q->other_count; i++)
		if (!list_rule(c, part, plan, q->others[i], 0, false))
			return false;
	return true;
}

/* note [kept] Outside the hull nothing is asked; NULL: everywhere something may be. */
static void start(const struct regions *r, struct cover *c, const struct hull *hull)
{
	c->low.count = c->high.count = c->pool.count = c->parts.count = c->waiting.count = 0;
	c->stamp++;
	for (size_t k = 0; k < c->dim_count; k++) {
		uint32_t d = c->dims[k];
		c->at_low[k] = hull ? hull->low[d] : r->model->dims[d].low;
		c->at_high[k] = hull ? hull->high[d] : r->model->dims[d].high;
	}
}

static bool is_about_boxes(struct regions *r, const struct plan *plan, const struct question *q)
{
	for (size_t i = 0; i < q->rule_count; i++)
		if (!plan->rules[q->rules[i]].product || plan->rules[q->rules[i]].never)
			return false;
	return !q->within && no_more_to_ask(r, plan) && (q->goal == GOAL_REASON || q->goal == GOAL_NONE || q->goal == GOAL_WITHOUT ||
					   (q->goal == GOAL_CHANGE && plan->rank));
}

/* false: a rule of the question meets the part and is no box. */
static bool list_all(struct regions *r, struct cover *c, struct part *part, struct plan *plan, const struct question *q)
{
	for (size_t i = 0; i < q->rule_count; i++) {
		list_holes(c, part, &plan->rules[q->rules[i]]);
		if (q->goal == GOAL_WITHOUT)
			continue;
		if (!(q->goal == GOAL_CHANGE ? list_ranked : list_beaters)(r, c, part, plan, q->rules[i]))
			return false;
	}
	return list_others(c, part, plan, q);
}

/* Few boxes are searched sooner than masks are made for all that may be asked. */
static bool asks_masks(struct regions *r, const struct plan *plan, const struct question *q)
{
	size_t count = q->other_count;
	for (size_t i = 0; i < q->rule_count && !plan->masks; i++) {
		struct neighbours near = { 0 };
		regions_neighbours(r, plan->index, q->rules[i], &near);
		count += near.count;
	}
	return plan->masks || count > FEW_RULES;
}

bool cover_exist(struct regions *r, const struct question *q, enum reply *reply)
{
	struct plan *plan = q->property || q->decision == NONE ? NULL : plan_of(r, q->decision);
	if (!plan || plan->count == 0 || !is_about_boxes(r, plan, q))
		return false;
	bool fills;
	const struct hull *hull = kept_hull(r, q);
	if (q->goal == GOAL_NONE && q->rule_count == 0 && !hull && volume_fills(r, plan, q->others, q->other_count, &fills)) {
		*reply = fills ? REPLY_NO : REPLY_YES;
		return true;
	}
	bool masks = !hull && asks_masks(r, plan, q);
	if (masks && masks_exist(r, plan, q, reply))
		return true;
	struct cover *c = cover_of(r, plan);
	struct part part = { .rank = NONE, .good = true };
	if (c->dim_count == 0)
		return false;
	start(r, c, hull);
	*reply = REPLY_NO;
	for (size_t i = 0; i < q->rule_count; i++)
		if (!narrow(c, &plan->rules[q->rules[i]]))
			return true;
	if (!list_all(r, c, &part, plan, q))
		return !hull && !masks && masks_exist(r, plan, q, reply);
	*reply = search(r, c, part);
	return true;
}
