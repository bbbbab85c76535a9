/* The questions: per decision whether anything differs, then per pair of outcomes where. */
#include "diff/diff.h"

#include "analysis/words.h"
#include "diff/procedures.h"
#include "diff/subject.h"
#include "diff/reasons.h"
#include "model/ranges.h"

#include <string.h>
#include <time.h>

struct comparing {
	struct arena *arena;
	struct joint *joint;
	const struct budget *budget;
	uint64_t started;
	size_t bytes_before;
	/* the decision under way */
	struct subject *subject;
	struct stage_set *set;
	struct diff_decision *out;
	VEC(struct diff_pair) pairs;
	bool ended;
};

/* ---- budgets ---- */

static uint64_t milliseconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* What is left; 1 where nothing is, since 0 means no limit. */
static uint64_t left_of(uint64_t limit, uint64_t spent)
{
	return limit == 0 ? 0 : limit > spent ? limit - spent : 1;
}

static struct limits limits_now(const struct comparing *c)
{
	return (struct limits){ .nodes = c->budget->nodes,
				.milliseconds = left_of(c->budget->milliseconds, milliseconds_now() - c->started),
				.bytes = left_of(c->budget->bytes, arena_bytes(c->arena) - c->bytes_before),
				.progress = c->budget->progress };
}

/* ---- counts: decimal texts ---- */

static const char *sum_of(struct arena *arena, const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), size = (n > m ? n : m) + 1;
	char *sum = arena_alloc(arena, size + 1);
	unsigned carry = 0;
	for (size_t i = 0; i < size; i++) {
		carry += (i < n ? (unsigned)(a[n - 1 - i] - '0') : 0) + (i < m ? (unsigned)(b[m - 1 - i] - '0') : 0);
		sum[size - 1 - i] = (char)('0' + carry % 10);
		carry /= 10;
	}
	return sum[0] == '0' && size > 1 ? sum + 1 : sum;
}

/* ---- outcomes ---- */

static const struct decision *source_of(const struct comparing *c, enum edition e)
{
	return joint_source(c->joint, c->subject->decision[e]);
}

static size_t status_count(const struct comparing *c, enum edition e)
{
	uint32_t d = c->subject->decision[e];
	return source_of(c, e)->outcome_count + (c->set->completed[d] ? MISSINGS : 0);
}

static uint32_t status_at(const struct comparing *c, enum edition e, size_t at)
{
	size_t outcomes = source_of(c, e)->outcome_count;
	return at < outcomes ? (uint32_t)at : STATUS_GAP + (uint32_t)(at - outcomes);
}

/* The same answer in both. */
static bool is_same(const struct comparing *c, uint32_t old, uint32_t new_)
{
	if (old >= STATUS_GAP || new_ >= STATUS_GAP)
		return old == new_;
	return strcmp(source_of(c, OLD)->outcomes[old].name.id, source_of(c, NEW)->outcomes[new_].name.id) == 0;
}

static struct cond *answer_is(const struct comparing *c, enum edition e, size_t at)
{
	return cond_of_decision(c->arena, c->subject->decision[e], ranges_one(c->arena, (int64_t)at, (int64_t)at));
}

/* Some other answer of NEW than this one of OLD. */
static struct cond *answer_differs(const struct comparing *c, size_t old)
{
	int64_t values[LIMIT_OUTCOMES + MISSINGS];
	size_t count = 0;
	for (size_t i = 0; i < status_count(c, NEW); i++)
		if (!is_same(c, status_at(c, OLD, old), status_at(c, NEW, i)))
			values[count++] = (int64_t)i;
	return cond_of_decision(c->arena, c->subject->decision[NEW], ranges_of(c->arena, values, count));
}

/* ---- questions ---- */

static void add_feeding(struct question_of *q, const struct subject *s, enum edition e)
{
	for (size_t i = 0; i < s->fed_by[e].count; i++)
		question_feed(q, s->fed_by[e].items[i]);
	question_feed(q, s->decision[e]);
}

static struct cond *is_case(const struct comparing *c, enum edition e)
{
	cond_list own = { 0 };
	for (size_t i = 0; i < c->subject->own[e].count; i++)
		vec_push(c->arena, &own, c->subject->own[e].items[i].cond);
	return cond_all(c->arena, &own);
}

/* A case of the editions in question, where something may differ, with this more. */
static struct question_of start_question(const struct comparing *c, const bool asked[EDITIONS], struct cond *more)
{
	const struct subject *s = c->subject;
	struct question_of q = { .set = c->set };
	cond_list all = { 0 };
	bool near = !s->everywhere && asked[OLD] && asked[NEW];        /* a case of one edition is near anyway */
	if (near)
		vec_push(c->arena, &all, cond_of_decision(c->arena, c->joint->near, ranges_one(c->arena, LOOK_HERE, LOOK_HERE)));
	for (int e = 0; e < EDITIONS; e++) {
		if (s->decision[e] == NONE)
			continue;
		struct cond *own = is_case(c, (enum edition)e);
		vec_push(c->arena, &all, asked[e] ? own : cond_negated(c->arena, own));
		if (asked[e])
			add_feeding(&q, s, (enum edition)e);
	}
	if (near)
		question_feed(&q, c->joint->near);
	vec_push(c->arena, &all, more);
	q.cond = cond_all(c->arena, &all);
	return q;
}

static bool is_there(struct comparing *c, struct question_of *q)
{
	bool yes = question_exists(q);
	c->ended |= q->ended;
	return yes;
}

/* ---- regions ---- */

static struct placed_region place_of(struct comparing *c, const struct region_list *list, const struct region *region)
{
	struct placed_region place = { arena_new_array(c->arena, struct product_test, list->dim_count + 1),
				       arena_new_array(c->arena, struct ranges, list->dim_count + 1), 0 };
	for (size_t i = 0; i < list->dim_count; i++) {
		const struct ranges *values = &region->values[i];
		struct product_test *test = &place.tests[place.count++];
		*test = (struct product_test){ list->dims[i], { arena_new_array(c->arena, struct range, values->count + 1), values->count } };
		memcpy(test->ranges.items, values->items, values->count * sizeof *values->items);
		place.values[i] = test->ranges;
	}
	return place;
}

static void list_pair(struct comparing *c, struct question_of *q, uint32_t old, uint32_t new_)
{
	struct diag words = { .arena = c->arena };
	struct diff_pair pair = { .status = { old, new_ } };
	struct region_list list;
	struct placed_region *places;
	if (!question_list(q, c->budget->regions_shown, &list)) {
		c->ended |= q->ended;
		return;
	}
	c->ended |= list.ended;
	pair.count = list.total ? arena_strdup(c->arena, list.total) : NULL;
	pair.rest = list.rest ? arena_strdup(c->arena, list.rest) : NULL;
	pair.region_count = list.count;
	pair.regions = arena_new_array(c->arena, struct diff_region, list.count + 1);
	places = arena_new_array(c->arena, struct placed_region, list.count + 1);
	for (size_t i = 0; i < list.count; i++) {
		pair.regions[i].when = region_words(&words, &c->joint->model, &list, &list.items[i]);
		pair.regions[i].count = arena_strdup(c->arena, list.items[i].count);
		places[i] = place_of(c, &list, &list.items[i]);
	}
	for (int e = 0; e < EDITIONS; e++)
		reasons_add(c->set, (enum edition)e, pair.status[e], places, pair.regions, pair.region_count,
			    c->budget->regions_shown > DIFF_REGIONS, &c->ended);
	vec_push(c->arena, &c->pairs, pair);
}

static const bool both[EDITIONS] = { true, true };

static void compare_answers(struct comparing *c)
{
	for (size_t a = 0; a < status_count(c, OLD) && !c->ended; a++) {
		struct cond *is = answer_is(c, OLD, a);
		struct question_of any = start_question(c, both, cond_both(c->arena, is, answer_differs(c, a)));
		if (!is_there(c, &any))
			continue;
		for (size_t b = 0; b < status_count(c, NEW) && !c->ended; b++) {
			uint32_t old = status_at(c, OLD, a), new_ = status_at(c, NEW, b);
			struct question_of q = start_question(c, both, cond_both(c->arena, is, answer_is(c, NEW, b)));
			if (!is_same(c, old, new_) && is_there(c, &q))
				list_pair(c, &q, old, new_);
		}
	}
}

/* What is a case of one edition alone. */
static void compare_cases(struct comparing *c, enum edition e)
{
	bool asked[EDITIONS] = { e == OLD, e == NEW };
	bool alone = c->subject->decision[!e] == NONE;
	if (c->subject->decision[e] == NONE || (!alone && c->subject->own[!e].count == 0))
		return;
	for (size_t i = 0; i < status_count(c, e) && !c->ended; i++) {
		uint32_t status[EDITIONS];
		struct question_of q = start_question(c, asked, answer_is(c, e, i));
		status[e] = status_at(c, e, i);
		status[!e] = alone ? STATUS_NO_DECISION : STATUS_NOT_A_CASE;
		if (is_there(c, &q))
			list_pair(c, &q, status[OLD], status[NEW]);
	}
}

/* ---- decisions ---- */

static uint32_t fact_not_joined(const struct comparing *c)
{
	for (int e = 0; e < EDITIONS; e++) {
		if (c->subject->decision[e] == NONE)
			continue;
		const struct decision *d = source_of(c, (enum edition)e);
		for (size_t i = 0; i < d->dim_count; i++)
			if (c->joint->dim_of[e][d->dims[i]] == NONE)
				return c->joint->fact_of[e][c->joint->editions[e]->dims[d->dims[i]].fact];
	}
	return NONE;
}

static void note_fact(const struct comparing *c, struct diff_decision *out, const char *id)
{
	for (int e = 0; e < EDITIONS; e++) {
		uint32_t fact = model_fact(c->joint->editions[e], id);
		out->fact[e] = fact == NONE ? NULL : &c->joint->editions[e]->facts[fact];
	}
}

static void search(struct comparing *c)
{
	struct limits limits = limits_now(c);
	struct diff_decision *out = c->out;
	c->set = stage_set_new_in(c->subject, &limits);
	c->ended = c->set->ended;
	c->pairs.items = NULL;
	c->pairs.count = c->pairs.capacity = 0;
	if (!c->ended && !c->set->too_many) {
		if (out->of[OLD] && out->of[NEW])
			compare_answers(c);
		compare_cases(c, OLD);
		compare_cases(c, NEW);
	}
	out->pairs = c->pairs.items;
	out->pair_count = c->pairs.count;
	out->verdict = c->ended || c->set->too_many ? DIFF_NOT_DECIDED : out->pair_count ? DIFF_DIFFERS : DIFF_EQUAL;
	out->obstacle = c->set->too_many ? OBSTACLE_LIMIT : c->ended ? OBSTACLE_BUDGET : OBSTACLE_NONE;
	out->count = "0";
	for (size_t i = 0; i < out->pair_count && out->count; i++)
		out->count = out->pairs[i].count ? sum_of(c->arena, out->count, out->pairs[i].count) : NULL;
	if (c->ended)
		out->count = NULL;
}

/* OLD's may stand for both where that asks about no fact that NEW's cases do not have. */
static bool may_share(const struct comparing *c)
{
	const struct joint *j = c->joint;
	const struct decision *old = source_of(c, OLD), *new_ = source_of(c, NEW);
	for (size_t i = 0; i < old->dim_count; i++) {
		bool found = false;
		for (size_t k = 0; k < new_->dim_count && !found; k++)
			found = j->dim_of[NEW][new_->dims[k]] == j->dim_of[OLD][old->dims[i]];
		if (!found)
			return false;
	}
	return true;
}

static bool same_outcomes(const struct decision *a, const struct decision *b)
{
	if (a->outcome_count != b->outcome_count)
		return false;
	for (size_t i = 0; i < a->outcome_count; i++)
		if (strcmp(a->outcomes[i].name.id, b->outcomes[i].name.id) != 0)
			return false;
	return true;
}

/* What only one edition has for a case is all that differs. */
static bool is_agreement(const struct diff_decision *d)
{
	if (d->verdict == DIFF_NOT_DECIDED)
		return false;
	for (size_t i = 0; i < d->pair_count; i++)
		if (d->pairs[i].status[OLD] != STATUS_NOT_A_CASE && d->pairs[i].status[NEW] != STATUS_NOT_A_CASE)
			return false;
	return true;
}

static void note_match(const struct comparing *c, struct matched *m)
{
	const struct subject *s = c->subject;
	m->is = c->out->of[OLD] && !s->unjoined && !s->everywhere && same_outcomes(c->out->of[OLD], c->out->of[NEW]);
	if (!m->is || is_agreement(c->out))
		return;
	m->boxes = s->near.items;
	m->count = s->near.count;
}

/* `joint_new`: the joint index of NEW's. */
static void compare_decision(struct comparing *c, uint32_t old, uint32_t joint_new, struct diff_decision *out)
{
	const struct name *name = &joint_source(c->joint, joint_new == NONE ? old : joint_new)->name;
	progress_stage(c->budget->progress, MESSAGE_PROGRESS_DIFFERENCE, name->label, name->english);
	c->out = out;
	c->subject = subject_new_in(c->joint, old, joint_new);
	out->of[OLD] = old == NONE ? NULL : joint_source(c->joint, old);
	out->of[NEW] = joint_new == NONE ? NULL : joint_source(c->joint, joint_new);
	if (c->subject->unjoined) {
		out->verdict = DIFF_NOT_DECIDED;
		out->obstacle = OBSTACLE_FACT;
		note_fact(c, out, c->joint->model.facts[fact_not_joined(c)].name.id);
	} else if (subject_is_same(c->subject)) {
		out->verdict = DIFF_EQUAL;
		out->count = "0";
	} else {
		search(c);
	}
	if (joint_new != NONE)
		note_match(c, &c->joint->matched[joint_new - c->joint->editions[OLD]->decision_count]);
	if (out->verdict == DIFF_EQUAL && old != NONE && joint_new != NONE && may_share(c))
		c->joint->shared[joint_new - c->joint->editions[OLD]->decision_count] = true;
}

static bool is_wanted(const struct decision *d, const char *decision)
{
	return !decision || strcmp(d->name.id, decision) == 0;
}

/* Decisions that feed come first, so that what is equal is asked once; those that only one edition has need not. With
 * --decision what feeds it is compared all the same. */
static void compare_all(struct comparing *c, struct difference *out, const char *decision)
{
	const struct model *old = c->joint->editions[OLD], *new_ = c->joint->editions[NEW];
	struct diff_decision *found = arena_new_array(c->arena, struct diff_decision, new_->decision_count + 1);
	out->decisions = arena_new_array(c->arena, struct diff_decision, old->decision_count + new_->decision_count + 1);
	uint32_t last = decision ? model_decision(new_, decision) : NONE;
	for (size_t i = 0; i < new_->decision_count; i++) {
		uint32_t d = new_->order[i];
		compare_decision(c, c->joint->partner[NEW][d], (uint32_t)old->decision_count + d, &found[d]);
		if (d == last)
			break;
	}
	for (size_t i = 0; i < new_->decision_count; i++)
		if (is_wanted(&new_->decisions[i], decision))
			out->decisions[out->decision_count++] = found[i];
	for (uint32_t i = 0; i < old->decision_count; i++)
		if (c->joint->partner[OLD][i] == NONE && is_wanted(&old->decisions[i], decision))
			compare_decision(c, i, NONE, &out->decisions[out->decision_count++]);
}

/* The edition as it was given, with the rules that reasons point to. */
static const struct model *without_moves(struct arena *arena, const struct model *with, const struct model *given)
{
	struct model *shown = arena_new_of(arena, struct model);
	*shown = *with;
	shown->decision_count = given->decision_count;
	shown->rule_count = given->rule_count;
	return shown;
}

struct difference *difference_new_in(struct arena *arena, const struct model *old, const struct model *new_,
				     const char *decision, const struct budget *budget)
{
	struct difference *out = arena_new_of(arena, struct difference);
	struct comparing c = { .arena = arena, .budget = budget, .started = milliseconds_now(), .bytes_before = arena_bytes(arena) };
	const struct model *models[] = { old, new_ };
	if (!decision) {
		out->procedures = procedures_difference_in(arena, old, new_);
		moves_add(arena, out->procedures, models);
	}
	c.joint = joint_new_in(arena, models[OLD], models[NEW]);
	out->editions[OLD] = without_moves(arena, models[OLD], old);
	out->editions[NEW] = without_moves(arena, models[NEW], new_);
	compare_all(&c, out, decision);
	if (out->procedures)
		moves_take(out, new_->decision_count);
	diff_texts(arena, out);
	return out;
}
