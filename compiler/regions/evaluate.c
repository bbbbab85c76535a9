/* Whether a box's points are cases, and what its feeding decisions may say there. */
#include "regions/search.h"

enum { SAMPLE = 32 };

size_t stage_list(const struct search *s, unsigned side, size_t stage)
{
	return s->sides + side * s->stages.count + stage;
}

static size_t goal_list(const struct search *s)
{
	return s->sides + s->sides * s->stages.count;
}

/* ---- constraints and feeding decisions on a box ---- */

/* note [moved] A box is made of another by one cut. A test of other dimensions stands as it stood there; and where the
 * rules of a stage test neither the dimension cut nor an outcome that is another one on this box, so do all of them. */
uint64_t moved_dims(const struct search *s, unsigned side)
{
	return s->cut_outcome != NONE ? UINT64_MAX : s->cut_dims[side];
}

void search_cut(struct search *s, uint32_t dim)
{
	uint64_t bit = dim == NONE ? UINT64_MAX : dim < s->extra ? dim_bit(dim) : 0;
	s->cut_dims[0] = bit;
	s->cut_dims[1] = dim == s->extra ? dim_bit(s->pair_dim) : dim == s->pair_dim ? 0 : bit;
	s->cut_outcome = dim != NONE && dim > s->extra ? dim : NONE;
}

static bool is_moved(const struct search *s, unsigned side, const struct plan *plan)
{
	if (s->cut_dims[side] == UINT64_MAX || (s->cut_dims[side] & plan->dim_bits))
		return true;
	for (size_t i = 0; i < s->stages.count && s->stages.items[i].plan != plan; i++)
		if (plan->reads[s->stages.items[i].plan->index] && s->moved[s->stages.items[i].plan->index])
			return true;
	return false;
}

static enum tri constraints_on(struct search *s, unsigned side, const struct list *from, struct list *to)
{
	uint64_t moved = moved_dims(s, side);
	to->first = (uint32_t)s->pool.count;
	to->count = 0;
	for (uint32_t i = 0; i < from->count; i++) {
		uint32_t c = s->pool.items[from->first + i];
		const struct test *test = s->constraints.items[c];
		enum tri t = test->dims & moved ? test_on(test, &s->boxes[side]) : MAYBE;
		if (t == NO)
			return NO;
		if (t == YES)
			continue;
		vec_push(s->arena, &s->pool, c);
		to->count++;
	}
	return to->count ? MAYBE : YES;
}

static void filter_stage(struct search *s, unsigned side, const struct plan *plan, const struct list *from, struct list *to)
{
	uint64_t moved = moved_dims(s, side);
	to->first = (uint32_t)s->pool.count;
	for (uint32_t i = 0; i < from->count; i++) {
		uint32_t entry = s->pool.items[from->first + i];
		const struct plan_rule *rule = &plan->rules[ENTRY_RULE(entry)];
		enum tri t = ENTRY_CERTAIN(entry) ? YES : MAYBE;
		if (t == MAYBE && (rule->test->dims & moved))
			t = plan_rule_on(rule, &s->boxes[side]);
		if (t != NO)
			vec_push(s->arena, &s->pool, ENTRY(ENTRY_RULE(entry), t == YES));
	}
	uint32_t *entries = s->pool.items + to->first;
	to->count = (uint32_t)answers_drop(s->regions, plan, entries, s->pool.count - to->first, NONE);
	s->pool.count = to->first + to->count;
}

static uint64_t bits_between(int64_t low, int64_t high)
{
	return (UINT64_MAX << low) & (UINT64_MAX >> (63 - high));
}

static bool is_single(uint64_t bits)
{
	return (bits & (bits - 1)) == 0;
}

/* A decision that answers every case has no answer only where there is no case. note [outcomes] */
static enum tri stage_on(struct search *s, unsigned side, size_t index, const struct list *from, struct list *to)
{
	const struct stage *stage = &s->stages.items[index];
	struct box *box = &s->boxes[side];
	uint32_t dim = outcome_dim(s->regions->model, stage->plan->index);
	uint64_t assumed = bits_between(box->low[dim], box->high[dim]);
	*to = *from;
	if (side && stage->shared) {
		box->outcomes[stage->plan->index] = s->boxes[0].outcomes[stage->plan->index];
		return YES;
	}
	if (!from->settled && is_moved(s, side, stage->plan)) {
		filter_stage(s, side, stage->plan, from, to);
		struct answers a =
			answers_of(s->regions, stage->plan, s->pool.items + to->first, to->count, NONE, NONE);
		if (a.outcomes == 0 || a.conflict)
			return NO;
		to->outcomes = a.outcomes;
		to->settled = a.certain && is_single(a.outcomes);
		if (to->settled) {
			s->pool.count = to->first;
			to->count = 0;
		}
	}
	s->moved[stage->plan->index] =
		to->outcomes != from->outcomes || s->cut_outcome == search_outcome_dim(s, side, stage->plan->index);
	box->outcomes[stage->plan->index] = to->outcomes & assumed;
	if ((to->outcomes & assumed) == 0)
		return NO;
	to->assumed = (to->settled || !stage->must_answer) && (to->outcomes & ~assumed) == 0;
	return to->assumed ? YES : MAYBE;
}

static bool lower_to(enum tri *all, enum tri t)
{
	if (t < *all)
		*all = t;
	return t == NO;
}

enum tri evaluate_parts(struct search *s, size_t level, enum tri *goal)
{
	enum tri all = YES;
	*goal = NO;
	while (s->lists.count < (level + 1) * s->list_count)
		vec_push(s->arena, &s->lists, (struct list){ 0 });
	for (unsigned side = 0; side < s->sides; side++)
		if (lower_to(&all, constraints_on(s, side, level_list(s, level - 1, side), level_list(s, level, side))))
			return NO;
	for (unsigned side = 0; side < s->sides; side++)
		for (size_t i = 0; i < s->stages.count; i++) {
			size_t list = stage_list(s, side, i);
			if (lower_to(&all, stage_on(s, side, i, level_list(s, level - 1, list), level_list(s, level, list))))
				return NO;
		}
	size_t list = goal_list(s);
	*goal = goal_on(s, level, level_list(s, level - 1, list), level_list(s, level, list));
	lower_to(&all, *goal);
	return all;
}

enum tri evaluate(struct search *s, size_t level)
{
	return evaluate_parts(s, level, &s->goal_alone);
}

/* ---- regions on a box ---- */

static enum tri product_on(const struct atoms *product, const struct box *box)
{
	enum tri all = YES;
	for (size_t i = 0; i < product->count; i++) {
		const struct atom *a = &product->items[i];
		if (lower_to(&all, atom_on(a, box->low[a->dim], box->high[a->dim])))
			return NO;
	}
	return all;
}

enum tri evaluate_holes(const struct search *s)
{
	enum tri any = NO;
	for (size_t i = 0; i < s->holes.count && any != YES; i++) {
		enum tri t = product_on(&s->holes.items[i], &s->boxes[0]);
		any = t > any ? t : any;
	}
	return any;
}

enum tri evaluate_inside(const struct search *s)
{
	return s->inside ? product_on(s->inside, &s->boxes[0]) : YES;
}

/* ---- what is undecided ---- */

static void cut_atom(struct search *s, unsigned side, const struct atom *atom)
{
	const struct box *box = &s->boxes[side];
	uint32_t dim = side && atom->dim == s->pair_dim ? s->extra : atom->dim;
	cutter_atom(s->regions->cutter, atom, dim, box->low[atom->dim], box->high[atom->dim]);
}

static void open_atom(struct search *s, unsigned side, const struct atom *atom)
{
	const struct box *box = &s->boxes[side];
	if (atom_on(atom, box->low[atom->dim], box->high[atom->dim]) == MAYBE)
		s->open[side && atom->dim == s->pair_dim ? s->extra : atom->dim] = true;
}

static void visit_atoms(struct search *s, unsigned side, const struct atoms *atoms, visit_atom *visit)
{
	for (size_t i = 0; i < atoms->count; i++)
		visit(s, side, &atoms->items[i]);
}

static void cut_outcomes(struct search *s, unsigned side, const struct atom *atom, uint32_t decision)
{
	uint64_t may = s->boxes[side].outcomes[decision];
	if (s->negated || may == 0)
		return;
	cutter_atom(s->regions->cutter, atom, search_outcome_dim(s, side, decision), __builtin_ctzll(may),
		    63 - __builtin_clzll(may));
}

static void visit_test(struct search *s, unsigned side, const struct test *test, visit_atom *visit)
{
	if (test->kind == TEST_ATOM)
		visit(s, side, &test->atom);
	if (test->kind == TEST_DECISION && visit == cut_atom)
		cut_outcomes(s, side, &test->atom, test->decision);
	if (test->part_count == 0 || test_on(test, &s->boxes[side]) != MAYBE)
		return;
	for (size_t i = 0; i < test->part_count; i++)
		visit_test(s, side, test->parts[i], visit);
}

void visit_rule(struct search *s, unsigned side, const struct plan_rule *rule, visit_atom *visit)
{
	cutter_item(s->regions->cutter);
	if (rule->product)
		visit_atoms(s, side, &rule->atoms, visit);
	else
		visit_test(s, side, rule->test, visit);
}

static void visit_constraints(struct search *s, size_t level, visit_atom *visit)
{
	for (unsigned side = 0; side < s->sides; side++) {
		struct list list = *level_list(s, level, side);
		for (uint32_t i = 0; i < list.count; i++) {
			cutter_item(s->regions->cutter);
			visit_test(s, side, s->constraints.items[s->pool.items[list.first + i]], visit);
		}
	}
}

/* Undecided rules of a list, from its entry `begin` on: all of them, or every so-manieth of many. */
static void visit_list(struct search *s, unsigned side, const struct plan *plan, struct list list, uint32_t begin,
		       size_t at_most, visit_atom *visit)
{
	size_t undecided = 0, step, at = 0;
	for (uint32_t i = begin; i < list.count; i++)
		undecided += !ENTRY_CERTAIN(s->pool.items[list.first + i]);
	step = (undecided + at_most - 1) / at_most;
	for (uint32_t i = begin; i < list.count; i++) {
		uint32_t entry = s->pool.items[list.first + i];
		if (!ENTRY_CERTAIN(entry) && at++ % step == 0)
			visit_rule(s, side, &plan->rules[ENTRY_RULE(entry)], visit);
	}
}

static bool has_anchors(const struct search *s)
{
	return s->plan && s->anchors > 0;
}

static void visit_anchors(struct search *s, size_t level, visit_atom *visit)
{
	struct list list = *level_list(s, level, goal_list(s));
	if (s->test) {
		cutter_item(s->regions->cutter);
		visit_test(s, 0, s->test, visit);
	}
	if (!has_anchors(s))
		return;
	list.count = list.count < s->anchors ? list.count : s->anchors;
	visit_list(s, 0, s->plan, list, 0, SAMPLE, visit);
}

static void visit_others(struct search *s, size_t level, size_t at_most, visit_atom *visit)
{
	if (s->plan)
		visit_list(s, 0, s->plan, *level_list(s, level, goal_list(s)), s->anchors, at_most, visit);
}

static void visit_stage(struct search *s, size_t level, size_t stage, size_t at_most, visit_atom *visit)
{
	for (unsigned side = 0; side < (s->stages.items[stage].shared ? 1 : s->sides); side++) {
		struct list list = *level_list(s, level, stage_list(s, side, stage));
		if (s->negated || visit == open_atom ? !list.settled : !list.assumed)
			visit_list(s, side, s->stages.items[stage].plan, list, 0, at_most, visit);
	}
}

/* note [pairs]: which two outcomes. */
static void visit_outcomes(struct search *s)
{
	uint32_t decision = s->question->property->decision;
	for (unsigned side = 0; side < s->sides; side++) {
		cutter_item(s->regions->cutter);
		for (int64_t i = 0; i < (int64_t)s->regions->model->decisions[decision].outcome_count; i++) {
			struct atom one = atom_make(0, (struct ranges){ &(struct range){ i, i }, 1 });
			cut_outcomes(s, side, &one, decision);
		}
	}
}

static void gather_regions(struct search *s)
{
	for (size_t i = 0; i < s->holes.count; i++) {
		cutter_item(s->regions->cutter);
		if (product_on(&s->holes.items[i], &s->boxes[0]) == MAYBE)
			visit_atoms(s, 0, &s->holes.items[i], cut_atom);
	}
	if (!s->inside)
		return;
	cutter_item(s->regions->cutter);
	visit_atoms(s, 0, s->inside, cut_atom);
}

/* The narrowest part of the question first: the rules that it is about; then what could beat them; then what feeds.
 * Constraints come last: they tie many facts, and where the rules leave nothing it does not matter which are cases. */
void gather(struct search *s, size_t level, bool goal)
{
	cutter_start(s->regions->cutter);
	gather_regions(s);
	if (!goal)
		return;
	visit_anchors(s, level, cut_atom);
	if (s->question->goal == GOAL_FALL) {
		visit_outcomes(s);
		if (!cutter_can_cut(s->regions->cutter))
			fall_visit(s, level, cut_atom);
	}
	if (cutter_can_cut(s->regions->cutter))
		return;
	visit_others(s, level, SAMPLE, cut_atom);
	for (size_t i = s->stages.count; i-- > 0 && !cutter_can_cut(s->regions->cutter);)
		visit_stage(s, level, i, SAMPLE, cut_atom);
	if (!cutter_can_cut(s->regions->cutter))
		visit_constraints(s, level, cut_atom);
}

void mark_open(struct search *s, size_t level)
{
	visit_constraints(s, level, open_atom);
	visit_anchors(s, level, open_atom);
	visit_others(s, level, SIZE_MAX / 2, open_atom);
	for (size_t i = 0; i < s->stages.count; i++)
		visit_stage(s, level, i, SIZE_MAX / 2, open_atom);
	if (s->sides == 2)
		s->open[s->pair_dim] = s->open[s->extra] = true;
}
