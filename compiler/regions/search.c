/* One search: a box, what is undecided on it, a cut, its two parts. */
#include "regions/diagram.h"

#include <assert.h>
#include <string.h>

/* ---- the box ---- */

uint32_t search_outcome_dim(const struct search *s, unsigned side, uint32_t decision)
{
	uint32_t second = (uint32_t)s->regions->model->decision_count;
	return outcome_dim(s->regions->model, decision + (side && !s->shared[decision] ? second : 0));
}

/* Which box has the dimension, and under which index; outcomes are assumed of each side by itself. */
static const struct box *place_of(const struct search *s, uint32_t dim, uint32_t *index)
{
	uint32_t second = outcome_dim(s->regions->model, (uint32_t)s->regions->model->decision_count);
	*index = dim == s->extra ? s->pair_dim : dim >= second ? outcome_dim(s->regions->model, dim - second) : dim;
	return &s->boxes[dim == s->extra || dim >= second];
}

void search_interval(struct search *s, uint32_t dim, int64_t low, int64_t high)
{
	uint32_t index;
	const struct box *box = place_of(s, dim, &index);
	box->low[index] = low;
	box->high[index] = high;
	if (s->sides == 2 && dim < s->extra && dim != s->pair_dim) {
		s->boxes[1].low[dim] = low;
		s->boxes[1].high[dim] = high;
	}
}

int64_t search_low(const struct search *s, uint32_t dim)
{
	uint32_t index;
	return place_of(s, dim, &index)->low[index];
}

int64_t search_high(const struct search *s, uint32_t dim)
{
	uint32_t index;
	return place_of(s, dim, &index)->high[index];
}

void search_reset(struct search *s)
{
	s->holes.count = 0;
	s->negated = false;
	s->inside = NULL;
	for (size_t i = 0; i < s->order_count; i++)
		search_interval(s, s->order[i], s->start_low[s->order[i]], s->start_high[s->order[i]]);
	for (size_t i = 0; i < s->stages.count; i++) {
		const struct plan *plan = s->stages.items[i].plan;
		for (unsigned side = 0; side < s->sides; side++)
			search_interval(s, search_outcome_dim(s, side, plan->index), 0,
					(int64_t)plan->decision->outcome_count - 1);
	}
}

/* ---- preparing ---- */

/* Buffers grow with the model once and are used by every question. */
struct search *search_of(struct regions *regions)
{
	struct search *s = regions->search;
	size_t dims = outcome_dim(regions->model, (uint32_t)regions->model->decision_count) + 1;
	if (s->arena)
		return s;
	s->regions = regions;
	s->arena = regions->arena;
	for (int side = 0; side < 2; side++) {
		s->boxes[side].low = arena_new_array(s->arena, int64_t, dims);
		s->boxes[side].high = arena_new_array(s->arena, int64_t, dims);
		s->boxes[side].outcomes = arena_new_array(s->arena, uint64_t, regions->model->decision_count);
	}
	s->order = arena_new_array(s->arena, uint32_t, dims);
	s->start_low = arena_new_array(s->arena, int64_t, dims);
	s->start_high = arena_new_array(s->arena, int64_t, dims);
	s->least = arena_new_array(s->arena, int64_t, dims);
	s->open = arena_new_array(s->arena, bool, dims);
	s->volume = natural_new(s->arena, dims);
	s->product = natural_new(s->arena, dims);
	s->reads = arena_new_array(s->arena, bool, regions->model->decision_count);
	s->shared = arena_new_array(s->arena, bool, regions->model->decision_count);
	s->moved = arena_new_array(s->arena, bool, regions->model->decision_count);
	s->own_reads = arena_new_array(s->arena, bool, regions->model->decision_count);
	for (int i = 0; i < 3; i++)
		s->totals[i] = natural_new(s->arena, dims);
	return s;
}

struct cases {                       /* of a decision, a property, or some constraints */
	const uint32_t *dims, *constraints, *fed_by;
	size_t dim_count, constraint_count, fed_by_count;
};

static struct cases cases_of(const struct model *model, const struct question *q)
{
	const struct property *p = q->property;
	if (p)
		return (struct cases){ p->dims, p->constraints, p->fed_by, p->dim_count, p->constraint_count, p->fed_by_count };
	if (q->decision == NONE)
		return (struct cases){ q->dims, q->constraints, NULL, q->dim_count, q->constraint_count, 0 };
	const struct decision *d = &model->decisions[q->decision];
	return (struct cases){ d->dims, d->constraints, d->fed_by, d->dim_count, d->constraint_count, d->fed_by_count };
}

static void mark_reads(struct search *s, const struct test *test)
{
	size_t count = s->regions->model->decision_count;
	memset(s->own_reads, 0, count);
	test_reads(test, s->own_reads);
	for (uint32_t d = 0; d < count; d++) {
		const struct plan *plan = s->own_reads[d] ? plan_of(s->regions, d) : NULL;
		s->reads[d] |= s->own_reads[d];
		for (size_t k = 0; plan && k < count; k++)
			s->reads[k] |= plan->reads[k];
	}
}

/* A feeding decision matters when some case may lack its outcome, or when a rule of the question names it. */
static void choose_stages(struct search *s, const struct cases *cases)
{
	size_t count = s->regions->model->decision_count;
	if (cases->fed_by_count == 0)
		return;
	memset(s->reads, s->question->goal == GOAL_FALL, count);
	for (size_t i = 0; i < s->rules.count; i++)
		if (!s->plan->rules[s->rules.items[i]].product)
			mark_reads(s, s->plan->rules[s->rules.items[i]].test);
	if (s->test)
		mark_reads(s, s->test);
	for (size_t i = 0; i < cases->fed_by_count; i++) {
		const struct plan *plan = plan_of(s->regions, cases->fed_by[i]);
		for (size_t k = 0; !plan->total && k < count; k++)
			s->reads[k] |= plan->reads[k];
	}
	for (size_t i = 0; i < cases->fed_by_count; i++) {
		struct plan *plan = plan_of(s->regions, cases->fed_by[i]);
		if (plan->total && !s->reads[cases->fed_by[i]])
			continue;
		s->shared[plan->index] = s->sides == 2 && !plan_has_dim(s->regions, plan, s->pair_dim);
		vec_push(s->arena, &s->stages, ((struct stage){ plan, !plan->total, s->shared[plan->index], NULL }));
	}
}

static void choose_dims(struct search *s, const struct cases *cases)
{
	const struct model *model = s->regions->model;
	s->dims = cases->dims;
	s->dim_count = s->order_count = cases->dim_count;
	if (cases->dim_count > 0)
		memcpy(s->order, cases->dims, cases->dim_count * sizeof *s->order);
	s->sides = s->question->goal == GOAL_FALL ? 2 : 1;
	s->pair_dim = s->sides == 2 ? model->facts[s->question->fact].first_dim : NONE;
	s->extra = (uint32_t)model->dim_count;
	for (size_t i = 0; i < cases->dim_count; i++) {
		s->start_low[s->order[i]] = model->dims[s->order[i]].low;
		s->start_high[s->order[i]] = model->dims[s->order[i]].high;
	}
	if (s->sides == 2) {
		s->start_low[s->extra] = model->dims[s->pair_dim].low;
		s->start_high[s->extra] = model->dims[s->pair_dim].high;
		s->order[s->order_count++] = s->extra;
	}
}

/* No case lies outside the products of the rules that must hold. */
static bool narrow_start(struct search *s)
{
	if (!s->plan)
		return true;
	for (size_t i = 0; i < s->anchors; i++) {
		const struct plan_rule *rule = &s->plan->rules[s->rules.items[i]];
		for (size_t k = 0; k < rule->atoms.count; k++) {
			const struct atom *a = &rule->atoms.items[k];
			int64_t low = a->ranges.items[0].low, high = a->ranges.items[a->ranges.count - 1].high;
			if (s->start_low[a->dim] < low)
				s->start_low[a->dim] = low;
			if (s->start_high[a->dim] > high)
				s->start_high[a->dim] = high;
			if (s->start_low[a->dim] > s->start_high[a->dim])
				return false;
		}
		if (rule->never)
			return false;
	}
	return true;
}

static void start_list(struct search *s, size_t index, size_t count)
{
	*level_list(s, LEVEL_ALL, index) = (struct list){ .first = (uint32_t)s->pool.count, .count = (uint32_t)count };
}

/* note [lists]: everything, before any box has been looked at. */
static void fill_lists(struct search *s)
{
	size_t list = 0;
	s->list_count = s->sides + s->sides * s->stages.count + 1;
	if (s->pool.capacity == 0)       /* where a decision has no rule, entries are still pointed at */
		vec_push(s->arena, &s->pool, 0);
	s->pool.count = s->lists.count = 0;
	for (size_t i = 0; i < s->list_count; i++)
		vec_push(s->arena, &s->lists, (struct list){ 0 });
	for (unsigned side = 0; side < s->sides; side++) {
		size_t index = list++;
		start_list(s, index, 0);
		for (uint32_t i = 0; i < s->constraints.count; i++)
			if (side == 0 || test_has_dim(s->constraints.items[i], s->pair_dim))
				vec_push(s->arena, &s->pool, i);
		level_list(s, LEVEL_ALL, index)->count = (uint32_t)s->pool.count - level_list(s, LEVEL_ALL, index)->first;
	}
	for (unsigned side = 0; side < s->sides; side++)
		for (size_t k = 0; k < s->stages.count; k++) {
			const struct plan *plan = s->stages.items[k].plan;
			start_list(s, list++, plan->count);
			for (uint32_t i = 0; i < plan->count; i++)
				vec_push(s->arena, &s->pool, ENTRY(i, 0));
		}
	start_list(s, list, s->rules.count);
	for (size_t i = 0; i < s->rules.count; i++)
		vec_push(s->arena, &s->pool, ENTRY(s->rules.items[i], 0));
}

static void prepare_test(struct search *s)
{
	const struct property *p = s->question->property;
	s->test = NULL;
	if (s->question->goal != GOAL_REFUTED)
		return;
	struct test *test = test_make(s->regions, p->then, false);
	if (p->when)
		test = test_both(s->arena, s->regions->model, test_make(s->regions, p->when, true), test);
	s->test = test;
}

/* note [kept] What is open is open on all cases; the search itself need not leave the box. */
static void narrow_to_hull(struct search *s)
{
	const struct hull *hull = kept_hull(s->regions, s->question);
	if (!hull || (s->root != MAYBE && !(s->root == YES && s->beyond)))
		return;
	for (size_t i = 0; i < s->dim_count && !hull->empty; i++) {
		s->start_low[s->dims[i]] = hull->low[s->dims[i]];
		s->start_high[s->dims[i]] = hull->high[s->dims[i]];
	}
	search_reset(s);
	s->root = hull->empty ? NO : evaluate(s, LEVEL_START);
}

void search_prepare(struct search *s, const struct question *question)
{
	struct regions *regions = s->regions;
	s->question = question;
	struct cases cases = cases_of(regions->model, question);
	s->stages.count = s->constraints.count = s->levels.count = 0;
	bool rules = !question->property && question->decision != NONE && question->goal != GOAL_CASE;
	s->plan = rules ? plan_of(regions, question->decision) : NULL;
	choose_dims(s, &cases);
	memset(s->open, 0, (regions->model->dim_count + 2) * sizeof *s->open);
	prepare_test(s);
	goal_prepare(s);
	for (size_t i = 0; i < cases.constraint_count; i++)
		vec_push(s->arena, &s->constraints, constraint_test(regions, cases.constraints[i]));
	if (question->within)
		vec_push(s->arena, &s->constraints, test_make(regions, question->within, true));
	choose_stages(s, &cases);
	if (s->sides == 2)
		fall_prepare(s);
	s->root = NO;
	search_cut(s, NONE);
	if (regions->ended || !narrow_start(s))
		return;
	fill_lists(s);
	search_reset(s);
	s->root = evaluate(s, LEVEL_START);
	if (s->root == MAYBE || s->sides == 2) {
		cutter_start(regions->cutter);
		mark_open(s, LEVEL_START);
	}
	narrow_to_hull(s);
}

/* ---- a box on which the question is decided ---- */

/* The least case of the box. note [pairs]: its larger value is larger. */
static int64_t least_value(const struct search *s, uint32_t dim)
{
	int64_t low = search_low(s, dim);
	if (s->sides == 2 && dim == s->extra && low <= s->boxes[0].low[s->pair_dim])
		return s->boxes[0].low[s->pair_dim] + 1;
	return low;
}

static void take_least(struct search *s)
{
	for (size_t i = 0; i < s->order_count; i++)
		s->least[i] = least_value(s, s->order[i]);
}

void search_volume(struct search *s, struct natural *n, bool open)
{
	for (size_t i = 0; i < s->order_count; i++) {
		uint32_t dim = s->order[i];
		if (s->open[dim] == open && dim != s->extra && dim != s->pair_dim)
			natural_multiply(n, (uint64_t)search_high(s, dim) - (uint64_t)search_low(s, dim));
	}
}

static void take_count(struct search *s)
{
	natural_set(&s->volume, 1);
	search_volume(s, &s->volume, true);
	if (s->sides == 2)
		natural_multiply_pairs(&s->volume, &s->product,
				       (struct range){ search_low(s, s->pair_dim), search_high(s, s->pair_dim) },
				       (struct range){ search_low(s, s->extra), search_high(s, s->extra) });
	natural_add(s->count, &s->volume);
	if (s->sides == 1)
		diagram_add(s->diagram, diagram_of_box(s->diagram));
}

/* true: the search is over. */
static bool take_box(struct search *s)
{
	bool first = !s->found;
	s->found = true;
	switch (s->mode) {
	case SEARCH_EXIST: take_least(s); return true;
	case SEARCH_COUNT: take_count(s); return false;
	case SEARCH_VALUE:
		if (!first && least_value(s, s->value_dim) >= s->value)
			return false;
		s->value = least_value(s, s->value_dim);
		take_least(s);
		return false;
	}
	return false;
}

/* Nothing in the box can be less than what is already found. */
static bool is_pruned(const struct search *s)
{
	return s->mode == SEARCH_VALUE && s->found && least_value(s, s->value_dim) >= s->value;
}

/* ---- the search ---- */

/* What is decided of the goal stays so on all parts; their lists are not made any more. */
static void cut_box(struct search *s, enum tri goal)
{
	struct cut cut = { 0 };
	gather(s, LEVEL_FIRST + s->levels.count, goal == MAYBE);
	bool can = cutter_choose(s->regions->cutter, &cut);
	assert(can);                 /* what no cut can change is decided on every box */
	(void)can;
	struct level level = { .dim = cut.dim, .low = search_low(s, cut.dim), .high = search_high(s, cut.dim),
			       .at = cut.at, .pool = s->pool.count, .trail = s->trail.count, .goal = goal };
	vec_push(s->arena, &s->levels, level);
	search_interval(s, cut.dim, level.low, cut.at - 1);
}

/* Goes on to the next part that waits; false: none does. */
static bool next_part(struct search *s)
{
	while (s->levels.count > 0) {
		struct level *level = &s->levels.items[s->levels.count - 1];
		narrow_undo(s, level->trail);
		if (!level->upper) {
			level->upper = true;
			s->pool.count = level->pool;
			search_interval(s, level->dim, level->at, level->high);
			return true;
		}
		search_interval(s, level->dim, level->low, level->high);
		s->levels.count--;
	}
	return false;
}

/* The box that was searched, after the search has ended inside it. */
static void leave_parts(struct search *s)
{
	while (s->levels.count > 0) {
		struct level *level = &s->levels.items[--s->levels.count];
		narrow_undo(s, level->trail);
		search_interval(s, level->dim, level->low, level->high);
	}
	narrow_undo(s, 0);
}

static enum tri goal_known(const struct search *s)
{
	return s->levels.count ? s->levels.items[s->levels.count - 1].goal : MAYBE;
}

/* What is asked, on the box; *goal: the goal itself, as far as it was looked at. */
static enum tri ask(struct search *s, enum tri *goal)
{
	enum tri inside = evaluate_inside(s), all = NO;
	*goal = goal_known(s);
	if (inside == NO)
		return NO;
	search_cut(s, s->levels.count ? s->levels.items[s->levels.count - 1].dim : NONE);
	if (*goal == MAYBE && !s->negated && !narrow_box(s, LEVEL_FIRST + s->levels.count - 1))
		return NO;
	enum tri hole = s->holes.count ? evaluate_holes(s) : NO;
	if (hole == YES) {
		*goal = NO;          /* as good as: no part of the box is outside the hole */
	} else {
		if (*goal == MAYBE)
			*goal = evaluate(s, LEVEL_FIRST + s->levels.count);
		all = hole == MAYBE && *goal == YES ? MAYBE : *goal;
	}
	if (s->negated)
		all = (enum tri)(YES - all);
	return all < inside ? all : inside;
}

/* note [sweep] */
static bool sweep(struct search *s)
{
	size_t level = LEVEL_FIRST + s->levels.count;
	bool goal = s->goal_alone == MAYBE;
	uint32_t set;
	if (!sweep_suits(s, level, goal) || !sweep_box(s, level, goal, &set))
		return false;
	natural_add(s->count, diagram_volume(s->diagram, set));
	diagram_add(s->diagram, set);
	return true;
}

bool search_run(struct search *s, enum search_mode mode)
{
	size_t pool = s->pool.count;
	s->mode = mode;
	s->found = false;
	s->levels.count = 0;
	for (;;) {
		enum tri goal = MAYBE, all;
		if (!regions_spend(s->regions))
			return false;
		all = is_pruned(s) ? NO : ask(s, &goal);
		if (all == MAYBE && mode == SEARCH_COUNT && sweep(s))
			all = NO;    /* counted */
		if (all == MAYBE) {
			cut_box(s, goal);
			continue;
		}
		if (all == YES && take_box(s))
			break;
		if (!next_part(s))
			break;
	}
	leave_parts(s);
	s->pool.count = pool;
	return true;
}

/* ---- whether there is a case ---- */

static enum reply run(struct search *s, void *nothing)
{
	(void)nothing;
	if (!search_run(s, SEARCH_EXIST))
		return REPLY_ENDED;
	return s->found ? REPLY_YES : REPLY_NO;
}

static enum reply work_out(struct search *s, void *nothing)
{
	uint32_t set;
	(void)nothing;
	if (!formula_of(s, &set))
		return REPLY_ENDED;
	return set == DIAGRAM_NONE ? REPLY_NO : REPLY_YES;
}

static enum reply exist(struct regions *regions, const struct question *question)
{
	enum reply reply;
	if (!regions->ended && cover_exist(regions, question, &reply))
		return reply;
	struct search *s = search_of(regions);
	search_prepare(s, question);
	if (regions->ended)
		return REPLY_ENDED;
	if (s->root != MAYBE)
		return s->root == YES ? REPLY_YES : REPLY_NO;
	return search_hard(s, run, work_out, NULL);
}

enum reply regions_exist(struct regions *regions, const struct question *question)
{
	enum reply reply;
	const struct hull *hull = kept_hull(regions, question);
	if (hull && hull->empty)
		return REPLY_NO;
	if (kept_reply(regions, question, &reply))
		return reply;
	reply = exist(regions, question);
	kept_note(regions, question, reply);
	if (reply == REPLY_NO)
		kept_no_gap(regions, question);
	return reply;
}
