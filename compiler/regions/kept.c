/* What was found out of a model, for the next one that differs from it in some rules.
 *
 * note [kept]
 * A rule that is the same keeps its tests and the rules that it can meet. Only rules that came, and what meets them or met
 * one that went, are touched: of a case of any other rule nothing can have changed. So a question about cases in which a
 * rule holds that is not touched has the answer that it had. Where no rule holds is asked within the box around all such
 * cases: those of before, and where the rules held that went. */
#include "regions/search.h"
#include "support/number_map.h"

#include <string.h>

enum { RULES_FOLLOWED = 256 };       /* of more that come or go all pairs are looked for again */

struct known {                       /* the answer to a question */
	uint64_t hash;
	const uint64_t *ids;         /* of its rules, then its others; NULL: the slot is free */
	size_t rule_count, other_count;
	enum goal_kind goal;
	uint32_t decision;
	uint32_t check;              /* in which it was found */
	enum reply reply;
};

struct kept {
	struct arena *arena;
	struct regions *before;      /* of the last check that ended; NULL: there is none */
	uint32_t check;
	struct known *slots;
	size_t slot_count, used;     /* a power of two; at most half full */
};

struct kept *kept_new(struct arena *arena)
{
	struct kept *kept = arena_new_of(arena, struct kept);
	kept->arena = arena;
	kept->slot_count = 1024;
	kept->slots = arena_new_array(arena, struct known, kept->slot_count);
	return kept;
}

void regions_keep(struct regions *regions, struct kept *kept, const uint64_t *ids)
{
	regions->kept = kept;
	regions->ids = ids;
	kept->check++;
}

void regions_keep_end(struct regions *regions)
{
	regions->kept->before = regions;
}

const uint32_t *regions_places_before(struct regions *regions, uint32_t decision)
{
	return plan_of(regions, decision)->from;
}

bool regions_touched(struct regions *regions, uint32_t decision, uint32_t rule)
{
	return plan_of(regions, decision)->touched[rule] == regions->kept->check;
}

struct arena *kept_arena(const struct regions *r)
{
	return r->kept ? r->kept->arena : r->arena;
}

/* ---- the rules of a plan ---- */

/* Rules stand mostly where they stood: behind those that are the same at the start, before those at the end. */
static void match(struct regions *r, struct plan *plan, const struct plan *before)
{
	size_t start = 0, end = plan->count, old_end = before->count;
	struct number_map *between = number_map_new_in(r->arena);
	for (; start < end && start < old_end && plan->ids[start] == before->ids[start]; start++)
		plan->from[start] = (uint32_t)start;
	while (end > start && old_end > start && plan->ids[end - 1] == before->ids[old_end - 1])
		plan->from[--end] = (uint32_t)--old_end;
	for (size_t i = start; i < old_end; i++)
		number_map_put(between, before->ids[i], (uint32_t)i);
	for (size_t i = start; i < end; i++)
		plan->from[i] = number_map_get(between, plan->ids[i]);
}

const struct plan *kept_rules(struct regions *r, struct plan *plan)
{
	if (!r->kept)
		return NULL;
	uint64_t *ids = arena_new_array(r->arena, uint64_t, plan->count);
	for (size_t i = 0; i < plan->count; i++)
		ids[i] = r->ids[plan->decision->rules[i]];
	plan->ids = ids;
	plan->touched = arena_new_array(r->arena, uint32_t, plan->count);
	const struct plan *before = r->kept->before ? r->kept->before->plans[plan->index] : NULL;
	if (!before)
		return NULL;
	plan->from = arena_new_array(r->arena, uint32_t, plan->count);
	match(r, plan, before);
	plan->to = arena_new_array(r->arena, uint32_t, before->count);
	memset(plan->to, 0xff, before->count * sizeof *plan->to);
	for (uint32_t i = 0; i < plan->count; i++)
		if (plan->from[i] != NONE)
			plan->to[plan->from[i]] = i;
	return before;
}

static void touch_all(const struct regions *r, struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		plan->touched[i] = r->kept->check;
	plan->changed = true;
}

/* ---- pairs ---- */

struct pairs {                       /* rules that came, with what they can meet */
	VEC(uint32_t) come;
	VEC(uint32_t) met;           /* of the i-th: starts[i] … starts[i + 1], ascending */
	VEC(size_t) starts;
};

static void find_pairs(struct regions *r, struct plan *plan, struct pairs *pairs)
{
	for (size_t n = 0; n < pairs->come.count; n++) {
		uint32_t x = pairs->come.items[n];
		const struct plan_rule *rule = &plan->rules[x];
		vec_push(r->arena, &pairs->starts, pairs->met.count);
		plan->touched[x] = r->kept->check;
		for (uint32_t i = 0; i < plan->count && !rule->never; i++) {
			if (i == x || plan->rules[i].never || !atoms_meet(&rule->atoms, &plan->rules[i].atoms))
				continue;
			vec_push(r->arena, &pairs->met, i);
			plan->touched[i] = r->kept->check;
		}
	}
	vec_push(r->arena, &pairs->starts, pairs->met.count);
}

static void touch_gone(const struct regions *r, struct plan *plan, const struct plan *before)
{
	for (size_t i = 0; i < before->count; i++)
		for (size_t k = before->starts[i]; plan->to[i] == NONE && k < before->starts[i + 1]; k++)
			if (plan->to[before->neighbours[k]] != NONE)
				plan->touched[plan->to[before->neighbours[k]]] = r->kept->check;
}

/* Rules that came and can meet rule i, in order; each is looked for in its own list. */
static bool meets(const struct pairs *pairs, size_t n, uint32_t rule)
{
	size_t low = pairs->starts.items[n], high = pairs->starts.items[n + 1];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (pairs->met.items[middle] == rule)
			return true;
		if (pairs->met.items[middle] < rule)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Of a rule that stayed and is touched: those that it had, and those that came. */
static size_t write_neighbours(const struct plan *plan, const struct plan *before,
			       const struct pairs *pairs, uint32_t rule, uint32_t *out)
{
	const uint32_t *to = plan->to;
	size_t count = 0, n = 0, k = before->starts[plan->from[rule]], end = before->starts[plan->from[rule] + 1];
	for (; n < pairs->come.count || k < end;) {
		if (k < end && to[before->neighbours[k]] == NONE) {
			k++;
		} else if (k == end || (n < pairs->come.count && pairs->come.items[n] < to[before->neighbours[k]])) {
			if (meets(pairs, n, rule))
				out[count++] = pairs->come.items[n];
			n++;
		} else {
			out[count++] = to[before->neighbours[k++]];
		}
	}
	return count;
}

static void join_again(struct regions *r, struct plan *plan, const struct plan *before, struct pairs *pairs)
{
	size_t most = before->starts[before->count] + 2 * pairs->met.count, at = 0, n = 0;
	plan->starts = arena_new_array(r->arena, size_t, plan->count + 1);
	plan->neighbours = arena_new_array(r->arena, uint32_t, most);
	for (uint32_t i = 0; i < plan->count; i++) {
		uint32_t was = plan->from[i];
		plan->starts[i] = at;
		if (was == NONE) {
			for (size_t k = pairs->starts.items[n]; k < pairs->starts.items[n + 1]; k++)
				plan->neighbours[at++] = pairs->met.items[k];
			n++;
		} else if (plan->touched[i] == r->kept->check) {
			at += write_neighbours(plan, before, pairs, i, plan->neighbours + at);
		} else {
			for (size_t k = before->starts[was]; k < before->starts[was + 1]; k++)
				plan->neighbours[at++] = plan->to[before->neighbours[k]];
		}
	}
	plan->starts[plan->count] = at;
	plan->joined = true;
}

/* Rules that stand in another order than before: lists in ascending order are to be made anew. */
static bool keep_order(const struct plan *plan)
{
	uint32_t last = 0;
	for (size_t i = 0; i < plan->count; i++) {
		if (plan->from[i] == NONE)
			continue;
		if (plan->from[i] < last)
			return false;
		last = plan->from[i];
	}
	return true;
}

/* ---- where no rule holds ---- */

static void stretch(struct hull *hull, const struct plan_rule *rule, const struct model *model)
{
	size_t a = 0;
	for (uint32_t d = 0; d < model->dim_count; d++) {
		int64_t low = model->dims[d].low, high = model->dims[d].high;
		if (a < rule->atoms.count && rule->atoms.items[a].dim == d) {
			low = rule->atoms.items[a].low;
			high = rule->atoms.items[a++].high;
		}
		hull->low[d] = hull->empty || low < hull->low[d] ? low : hull->low[d];
		hull->high[d] = hull->empty || high > hull->high[d] ? high : hull->high[d];
	}
	hull->empty = false;
}

static struct hull hull_make(struct regions *r, uint32_t table)
{
	return (struct hull){ table, true, arena_new_array(r->arena, int64_t, r->model->dim_count),
			      arena_new_array(r->arena, int64_t, r->model->dim_count) };
}

static void keep_hulls(struct regions *r, struct plan *plan, const struct plan *before)
{
	for (size_t i = 0; i < before->hulls.count; i++) {
		const struct hull *old = &before->hulls.items[i];
		struct hull hull = hull_make(r, old->table);
		hull.empty = old->empty;
		memcpy(hull.low, old->low, r->model->dim_count * sizeof *hull.low);
		memcpy(hull.high, old->high, r->model->dim_count * sizeof *hull.high);
		for (size_t k = 0; k < before->count; k++)
			if (plan->to[k] == NONE && !before->rules[k].never)
				stretch(&hull, &before->rules[k], r->model);
		vec_push(r->arena, &plan->hulls, hull);
	}
}

static uint32_t table_asked(const struct regions *r, const struct plan *plan, const struct question *q)
{
	if (q->other_count == plan->count)
		return NONE;
	return r->model->rules[plan->decision->rules[q->others[0]]].table;
}

static bool asks_for_gap(const struct regions *r, const struct question *q)
{
	return r->kept && q->goal == GOAL_NONE && q->rule_count == 0 && q->other_count > 0 && q->decision != NONE &&
	       !q->property && !q->within;
}

struct hull *kept_hull(struct regions *r, const struct question *q)
{
	if (!asks_for_gap(r, q))
		return NULL;
	struct plan *plan = plan_of(r, q->decision);
	uint32_t table = table_asked(r, plan, q);
	for (size_t i = 0; i < plan->hulls.count; i++)
		if (plan->hulls.items[i].table == table)
			return &plan->hulls.items[i];
	return NULL;
}

static struct hull *hull_for(struct regions *r, const struct question *q)
{
	struct hull *hull = kept_hull(r, q);
	struct plan *plan = plan_of(r, q->decision);
	if (hull)
		return hull;
	vec_push(r->arena, &plan->hulls, hull_make(r, table_asked(r, plan, q)));
	return &plan->hulls.items[plan->hulls.count - 1];
}

void kept_no_gap(struct regions *r, const struct question *q)
{
	if (asks_for_gap(r, q))
		hull_for(r, q)->empty = true;
}

void kept_gap(struct regions *r, const struct question *q, const struct region_list *list)
{
	if (!asks_for_gap(r, q) || list->ended || list->rest)
		return;
	struct hull *hull = hull_for(r, q);
	hull->empty = true;
	for (size_t i = 0; i < list->count; i++) {
		struct plan_rule region = { .atoms = { arena_new_array(r->arena, struct atom, list->dim_count), 0 } };
		for (size_t k = 0; k < list->dim_count; k++)
			region.atoms.items[region.atoms.count++] = atom_make(list->dims[k], list->items[i].values[k]);
		stretch(hull, &region, r->model);
	}
}

/* ---- a plan ---- */

static bool same_list(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
	return a_count == b_count && (a_count == 0 || memcmp(a, b, a_count * sizeof *a) == 0);
}

/* What its cases are is the same: their facts, their constraints, and the answers of what feeds it. */
static bool has_same_cases(struct regions *r, const struct plan *plan, const struct plan *before)
{
	const struct decision *now = plan->decision, *was = before->decision;
	for (size_t i = 0; i < now->fed_by_count; i++)
		if (plan_of(r, now->fed_by[i])->changed)
			return false;
	return same_list(now->dims, now->dim_count, was->dims, was->dim_count) &&
	       same_list(now->constraints, now->constraint_count, was->constraints, was->constraint_count) &&
	       same_list(now->fed_by, now->fed_by_count, was->fed_by, was->fed_by_count);
}

void kept_plan(struct regions *r, struct plan *plan, const struct plan *before)
{
	struct pairs pairs = { 0 };
	if (!r->kept)
		return;
	if (!before) {
		touch_all(r, plan);
		return;
	}
	for (uint32_t i = 0; i < plan->count; i++) {
		if (plan->from[i] == NONE)
			vec_push(r->arena, &pairs.come, i);
		else
			plan->touched[i] = before->touched[plan->from[i]];
	}
	size_t gone = before->count - (plan->count - pairs.come.count);
	plan->changed = pairs.come.count > 0 || gone > 0;
	if (!has_same_cases(r, plan, before)) {
		touch_all(r, plan);
		return;
	}
	keep_hulls(r, plan, before);
	if (!before->joined || !keep_order(plan) || pairs.come.count > RULES_FOLLOWED) {
		touch_all(r, plan);
		return;
	}
	find_pairs(r, plan, &pairs);
	touch_gone(r, plan, before);
	join_again(r, plan, before, &pairs);
}

/* ---- answers ---- */

/* Its cases are cases of its first rule, and what it asks of others is decided by those that meet that. */
static const struct plan *plan_asked(struct regions *r, const struct question *q)
{
	if (!r->kept || q->property || q->decision == NONE || q->rule_count == 0 || q->goal == GOAL_SETTLED || q->within)
		return NULL;
	return plan_of(r, q->decision);
}

static uint64_t mix(uint64_t hash, uint64_t with)
{
	hash = (hash ^ with) * UINT64_C(0xff51afd7ed558ccd);
	return hash ^ hash >> 32;
}

static uint64_t hash_of(const struct plan *plan, const struct question *q)
{
	uint64_t hash = mix((uint64_t)q->goal * 256 + q->decision, q->rule_count);
	for (size_t i = 0; i < q->rule_count; i++)
		hash = mix(hash, plan->ids[q->rules[i]]);
	for (size_t i = 0; i < q->other_count; i++)
		hash = mix(hash, plan->ids[q->others[i]]);
	return hash;
}

static bool is_about(const struct known *known, uint64_t hash, const struct plan *plan, const struct question *q)
{
	if (known->hash != hash || known->goal != q->goal || known->decision != q->decision ||
	    known->rule_count != q->rule_count || known->other_count != q->other_count)
		return false;
	for (size_t i = 0; i < q->rule_count; i++)
		if (known->ids[i] != plan->ids[q->rules[i]])
			return false;
	for (size_t i = 0; i < q->other_count; i++)
		if (known->ids[q->rule_count + i] != plan->ids[q->others[i]])
			return false;
	return true;
}

static struct known *slot_of(struct kept *kept, uint64_t hash, const struct plan *plan, const struct question *q)
{
	for (size_t i = hash & (kept->slot_count - 1);; i = (i + 1) & (kept->slot_count - 1))
		if (!kept->slots[i].ids || (plan && is_about(&kept->slots[i], hash, plan, q)))
			return &kept->slots[i];
}

static void grow(struct kept *kept)
{
	struct known *old = kept->slots;
	size_t count = kept->slot_count;
	kept->slot_count = count * 2;
	kept->slots = arena_new_array(kept->arena, struct known, kept->slot_count);
	for (size_t i = 0; i < count; i++)
		if (old[i].ids)
			*slot_of(kept, old[i].hash, NULL, NULL) = old[i];
}

bool kept_reply(struct regions *r, const struct question *q, enum reply *reply)
{
	const struct plan *plan = plan_asked(r, q);
	if (!plan)
		return false;
	const struct known *known = slot_of(r->kept, hash_of(plan, q), plan, q);
	if (!known->ids || known->check < plan->touched[q->rules[0]])
		return false;
	*reply = known->reply;
	return true;
}

void kept_note(struct regions *r, const struct question *q, enum reply reply)
{
	const struct plan *plan = plan_asked(r, q);
	struct kept *kept = r->kept;
	if (!plan || reply == REPLY_ENDED)
		return;
	if (kept->used * 2 >= kept->slot_count)
		grow(kept);
	uint64_t hash = hash_of(plan, q);
	struct known *known = slot_of(kept, hash, plan, q);
	if (!known->ids) {
		uint64_t *ids = arena_new_array(kept->arena, uint64_t, q->rule_count + q->other_count);
		for (size_t i = 0; i < q->rule_count; i++)
			ids[i] = plan->ids[q->rules[i]];
		for (size_t i = 0; i < q->other_count; i++)
			ids[q->rule_count + i] = plan->ids[q->others[i]];
		*known = (struct known){ .hash = hash, .ids = ids, .rule_count = q->rule_count, .other_count = q->other_count,
					 .goal = q->goal, .decision = q->decision };
		kept->used++;
	}
	known->check = kept->check;
	known->reply = reply;
}
