/* Searching for a box: what a look says of a goal, and where to cut. */
#include "partial.h"

/* ---- where to cut ---- */

static bool split_for_decision(struct box *box, uint32_t place, uint64_t outcomes);

/* Which of the outcomes of a feeding decision the term allows. */
static uint64_t outcomes_allowed(const struct form_box *f, const struct axis_box *a, uint32_t term)
{
	uint64_t allowed = 0;
	for (uint64_t bits = a->outcomes; bits != 0; bits &= bits - 1) {
		if (term_allows(f, a, term, lowest_bit(bits)))
			allowed |= UINT64_C(1) << lowest_bit(bits);
	}
	return allowed;
}

/* Makes an undecided term hold, or fail: on the undecided dimension with the fewest parts, or else through a decision
 * that feeds. */
static bool split_for_term(struct box *box, const struct form_box *f, uint32_t term, bool hold)
{
	const struct axis_box *best = NULL, *feeding = NULL;
	for (uint32_t i = 0; i < f->form.axis_count; i++) {
		const struct axis_box *a = &box->axes[f->first_axis + i];
		if (!axis_is_undecided(a, term))
			continue;
		if (!a->is_dim)
			feeding = feeding ? feeding : a;
		else if (!best ||
			 box->high[a->index] - box->low[a->index] < box->high[best->index] - box->low[best->index])
			best = a;
	}
	if (best) {
		box_split_by_term(box, best, term, hold);
		return true;
	}
	if (!feeding)
		return false;
	uint64_t allowed = outcomes_allowed(f, feeding, term);
	return split_for_decision(box, box->place[feeding->index], hold ? allowed : feeding->outcomes & ~allowed);
}

static uint32_t term_entry(const struct form_box *f, uint32_t term)
{
	return load_u32(f->form.terms + 4 * (size_t)form_term(f, term));
}

/* The first term of the rule's condition or exception that holds somewhere, or, `surely`, everywhere; `undecided`: not
 * everywhere. */
enum term_state { TERM_SURE, TERM_UNDECIDED };
static uint32_t find_term(const struct form_box *f, uint32_t entry, enum term_state state)
{
	for (uint32_t t = 0; (t = next_bit(f->may, f->words, t)) != NO_INDEX; t++) {
		if (term_entry(f, t) == entry && has_bit(f->must, t) == (state == TERM_SURE))
			return t;
	}
	return NO_INDEX;
}

/* Makes an undecided rule hold, or not. */
static bool split_for_rule(struct box *box, uint32_t place, uint32_t rule, bool hold)
{
	const struct form_box *f = &box->forms[place];
	bool condition_sure = find_term(f, 2 * rule, TERM_SURE) != NO_INDEX;
	uint32_t exception = find_term(f, 2 * rule + 1, TERM_UNDECIDED);
	if (condition_sure && exception != NO_INDEX)
		return split_for_term(box, f, exception, !hold);
	uint32_t term = find_term(f, 2 * rule, TERM_UNDECIDED);
	return term != NO_INDEX && split_for_term(box, f, term, hold);
}

/* The first rule of `rules` without those of `but` (NULL: none) whose outcome is among `outcomes`. */
static uint32_t find_rule(const struct decision_box *d, const uint64_t *rules, const uint64_t *but, uint64_t outcomes)
{
	size_t words = words_of(d->contest.rule_count);
	for (uint32_t r = 0; (r = next_bit(rules, words, r)) != NO_INDEX; r++) {
		if (!(but && has_bit(but, r)) && (outcomes >> contest_outcome(&d->contest, r) & 1))
			return r;
	}
	return NO_INDEX;
}

/* The first undecided rule that is over `rule` with another outcome. */
static uint32_t find_beater(const struct decision_box *d, uint32_t rule)
{
	size_t words = words_of(d->contest.rule_count);
	uint32_t outcome = contest_outcome(&d->contest, rule);
	for (uint32_t r = 0; (r = next_bit(d->may, words, r)) != NO_INDEX; r++) {
		if (!has_bit(d->must, r) && contest_outcome(&d->contest, r) != outcome &&
		    contest_is_over(&d->contest, r, rule))
			return r;
	}
	return NO_INDEX;
}

/* Makes `rule`, which holds everywhere, a reason: nothing over it may hold. */
static bool split_against_beaters(struct box *box, uint32_t place, uint32_t rule, bool beat)
{
	uint32_t beater = find_beater(&box->chain[place], rule);
	return beater != NO_INDEX && split_for_rule(box, place, beater, beat);
}

/* Towards a box in which the decision has one outcome, one of `outcomes` if possible. */
static bool split_for_decision(struct box *box, uint32_t place, uint64_t outcomes)
{
	const struct decision_box *d = &box->chain[place];
	uint32_t rule = find_rule(d, d->must_reason, NULL, outcomes);
	if (rule == NO_INDEX)
		rule = find_rule(d, d->may_reason, NULL, outcomes);
	if (rule != NO_INDEX) {
		uint64_t others = ~(UINT64_C(1) << contest_outcome(&d->contest, rule));
		if (!has_bit(d->must, rule))
			return split_for_rule(box, place, rule, true);
		uint32_t other = find_rule(d, d->may_reason, d->must, others);
		if (other != NO_INDEX)
			return split_for_rule(box, place, other, false);
		if (split_against_beaters(box, place, rule, false))
			return true;
	}
	rule = find_rule(d, d->may, d->must, UINT64_MAX);
	return rule != NO_INDEX && split_for_rule(box, place, rule, true);
}

static bool split_for_feeding(struct box *box)
{
	uint32_t count = box->stuck != NO_INDEX ? box->stuck : box->chain_count - 1;
	for (uint32_t i = 0; i < count; i++) {
		if (!box->chain[i].single)
			return split_for_decision(box, i, box->chain[i].can);
	}
	return false;
}

/* Towards a box in which no constraint is broken. */
static bool split_for_constraints(struct box *box)
{
	for (uint32_t i = 0; i < box->constraints && box->open; i++) {
		const struct form_box *f = &box->forms[box->chain_count + i];
		uint32_t term = next_bit(f->may, f->words, 0);
		if (term != NO_INDEX)
			return split_for_term(box, f, term, false);
	}
	return false;
}

/* The only axis that leaves the term undecided, or NULL. */
static const struct axis_box *only_undecided_axis(const struct box *box, const struct form_box *f, uint32_t term)
{
	const struct axis_box *only = NULL;
	for (uint32_t i = 0; i < f->form.axis_count; i++) {
		const struct axis_box *a = &box->axes[f->first_axis + i];
		if (!axis_is_undecided(a, term))
			continue;
		if (only)
			return NULL;
		only = a;
	}
	return only;
}

bool box_split_excluded(struct box *box)
{
	for (uint32_t i = 0; i < box->constraints && box->open; i++) {
		const struct form_box *f = &box->forms[box->chain_count + i];
		for (uint32_t t = 0; (t = next_bit(f->may, f->words, t)) != NO_INDEX; t++) {
			const struct axis_box *only = only_undecided_axis(box, f, t);
			if (only) {
				box_split_by_term(box, only, t, false);
				return true;
			}
		}
	}
	return false;
}

static bool split_for_reason(struct box *box, const struct goal *goal)
{
	const struct decision_box *d = box_target(box);
	uint32_t place = box->chain_count - 1;
	bool wanted = goal->kind == GOAL_REASON;
	if (has_bit(d->may, goal->rule) && !has_bit(d->must, goal->rule))
		return split_for_rule(box, place, goal->rule, wanted);
	return has_bit(d->must, goal->rule) && split_against_beaters(box, place, goal->rule, !wanted);
}

bool box_split(struct box *box, const struct goal *goal)
{
	const struct decision_box *d = box_target(box);
	if (box_split_excluded(box))
		return true;
	if (goal->kind == GOAL_COMPLETION)
		return split_for_constraints(box);
	if ((goal->kind == GOAL_REASON || goal->kind == GOAL_NO_REASON) && split_for_reason(box, goal))
		return true;
	if (box->stuck == NO_INDEX && !d->single &&
	    split_for_decision(box, box->chain_count - 1, goal->outcomes & d->can))
		return true;
	return split_for_feeding(box) || split_for_constraints(box);
}

/* ---- goals ---- */

static bool all_single(const struct box *box)
{
	for (uint32_t i = 0; i < box->chain_count; i++) {
		if (!box->chain[i].single)
			return false;
	}
	return true;
}

/* Nothing undecided matters any more: a feeding decision surely has no outcome and those before it have one, or the
 * reasons are known. */
static bool is_settled(const struct box *box)
{
	const struct decision_box *d = box_target(box);
	uint32_t feeding = box->stuck != NO_INDEX ? box->stuck : box->chain_count - 1;
	for (uint32_t i = 0; i < feeding; i++) {
		if (!box->chain[i].single)
			return false;
	}
	for (size_t w = 0; box->stuck == NO_INDEX && w < words_of(d->contest.rule_count); w++) {
		if (d->may_reason[w] != d->must_reason[w])
			return false;
	}
	return true;
}

enum judgement box_judge(const struct box *box, const struct goal *goal)
{
	const struct decision_box *d = box_target(box);
	if (box->dead)
		return GIVE_UP;
	if (goal->kind == GOAL_COMPLETION)
		return box->open ? CUT : ALL_OF_IT;
	if (goal->kind == GOAL_SETTLED)
		return !box->open && is_settled(box) ? ALL_OF_IT : CUT;
	if ((d->can & goal->outcomes) == 0 || box->stuck != NO_INDEX)
		return GIVE_UP;
	if (goal->kind == GOAL_REASON && !has_bit(d->may_reason, goal->rule))
		return GIVE_UP;
	if (goal->kind == GOAL_NO_REASON && has_bit(d->must_reason, goal->rule))
		return GIVE_UP;
	if (box->open || !all_single(box))
		return CUT;
	if (goal->kind == GOAL_REASON)
		return has_bit(d->must_reason, goal->rule) ? ALL_OF_IT : CUT;
	if (goal->kind == GOAL_NO_REASON)
		return has_bit(d->may_reason, goal->rule) ? CUT : ALL_OF_IT;
	return ALL_OF_IT;
}

/* Every part of the box has completions with this outcome. */
static void mark_parts(struct box *box, uint64_t outcome)
{
	for (uint32_t i = 0; i < box->dims; i++) {
		uint32_t dim = box_dim(box, i);
		for (uint32_t k = box->low[dim]; box->kinds[dim] > 1 && k < box->high[dim]; k++)
			box->marks[box->first[dim] + box->order[k]] |= outcome;
	}
}

static void note_reasons(struct box *box)
{
	const struct decision_box *d = box_target(box);
	for (size_t w = 0; w < words_of(d->contest.rule_count); w++) {
		box->in_some[w] |= d->must_reason[w];
		box->in_all[w] &= d->may_reason[w];
	}
}

static void note_box(struct box *box, const struct goal *goal, uint32_t *outcome)
{
	if (goal->kind == GOAL_COMPLETION || goal->kind == GOAL_SETTLED)
		return;
	if (outcome)
		*outcome = lowest_bit(box_target(box)->can);
	mark_parts(box, box_target(box)->can);
	note_reasons(box);
}

enum found box_dive(struct box *box, const struct goal *goal, uint32_t *outcome)
{
	uint32_t base = box->depth;
	for (;;) {
		if (goal->kind == GOAL_COMPLETION)
			box_look_constraints(box);
		else
			box_look(box);
		if (box->ended) {
			box_unwind(box, base);
			return FOUND_ENDED;
		}
		enum judgement what = box_judge(box, goal);
		if (what == ALL_OF_IT) {
			note_box(box, goal, outcome);
			return FOUND_ONE;
		}
		if (what == CUT && box_split(box, goal))
			continue;
		if (!box_next(box, base))
			return FOUND_NONE;
	}
}

enum found box_search(struct box *box, const struct goal *goal, uint32_t *outcome)
{
	uint32_t base = box->depth;
	enum found found = box_dive(box, goal, outcome);
	box_unwind(box, base);
	return found;
}
