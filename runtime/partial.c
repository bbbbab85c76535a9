/* Deciding with unknown facts: which outcomes are possible, with what reasons, and what to ask. */
#include "partial.h"

struct partial {
	struct box box;
	uint64_t *reasons, *maybe; /* rules of the table */
	uint32_t *ask, *worst;	   /* per fact */
};

static void take_room(struct partial *p, uint32_t decision)
{
	const unsigned char *t = p->box.table;
	struct room *room = &p->box.room;
	size_t words = words_of(section_count(t, SECTION_RULES)), facts = section_count(t, SECTION_FACTS);
	p->reasons = (uint64_t *)room_take(room, words, sizeof(uint64_t));
	p->maybe = (uint64_t *)room_take(room, words, sizeof(uint64_t));
	p->ask = (uint32_t *)room_take(room, facts, sizeof(uint32_t));
	p->worst = (uint32_t *)room_take(room, facts, sizeof(uint32_t));
	if (room->bytes) {
		clear_words(p->reasons, words);
		clear_words(p->maybe, words);
	}
	box_take(&p->box, decision);
}

static void partial_of(struct partial *p, const struct guiju_table *table, void *scratch, uint64_t budget)
{
	p->box.table = table_bytes(table);
	p->box.room.bytes = (unsigned char *)scratch;
	p->box.room.used = 0;
	p->box.budget = budget;
	p->box.looks = 0;
	p->box.ended = false;
	p->box.dead = p->box.open = false;
	p->box.stuck = NO_INDEX;
}

size_t guiju_partial_scratch_size(const struct guiju_table *table)
{
	struct partial p;
	partial_of(&p, table, NULL, 0);
	take_room(&p, NO_INDEX);
	return p.box.room.used + 8;
}

/* ---- reasons ---- */

static void give_sets(struct partial *p, struct guiju_answer *answer)
{
	const struct decision_box *d = box_target(&p->box);
	size_t words = words_of(d->contest.rule_count);
	for (uint32_t r = 0; (r = next_bit(p->box.in_some, words, r)) != NO_INDEX; r++)
		set_bit(has_bit(p->box.in_all, r) ? p->reasons : p->maybe, contest_rule(&d->contest, r));
	answer->reasons = p->reasons;
	answer->maybe = p->maybe;
}

static void forget_reasons(struct box *box)
{
	size_t words = words_of(box_target(box)->contest.rule_count);
	for (size_t w = 0; w < words; w++) {
		box->in_some[w] = 0;
		box->in_all[w] = UINT64_MAX;
	}
}

/* One outcome is possible: which rules are reasons in some of its completions, and which in all? Searches for other
 * things have left in_some too small and in_all too large. */
static void find_reasons(struct box *box, uint64_t outcomes)
{
	struct decision_box *d = box_target(box);
	size_t words = words_of(d->contest.rule_count);
	for (uint32_t r = 0; r < d->contest.rule_count; r++) {
		struct goal goal = { GOAL_REASON, outcomes, r };
		if (has_bit(box->in_some, r) || !(outcomes >> contest_outcome(&d->contest, r) & 1))
			continue;
		box_look(box);
		if (!has_bit(d->may_reason, r))
			continue;
		if (box_search(box, &goal, NULL) == FOUND_ENDED)
			set_bit(box->in_some, r);
	}
	for (uint32_t r = 0; (r = next_bit(box->in_some, words, r)) != NO_INDEX; r++) {
		struct goal goal = { GOAL_NO_REASON, outcomes, r };
		if (has_bit(box->in_all, r) && box_search(box, &goal, NULL) == FOUND_ENDED)
			clear_bit(box->in_all, r);
	}
}

/* ---- outcomes ---- */

/* The outcomes that completions get; with a budget that ends, also those that may be. */
static uint64_t find_possible(struct box *box)
{
	uint64_t found = 0;
	box_look(box);
	uint64_t left = box->dead || box->stuck != NO_INDEX ? 0 : box_target(box)->can;
	while (left != 0) {
		struct goal goal = { GOAL_OUTCOME, left, NO_INDEX };
		uint32_t outcome = 0;
		enum found what = box_search(box, &goal, &outcome);
		if (what == FOUND_ENDED)
			return found | left;
		if (what == FOUND_NONE)
			break;
		found |= UINT64_C(1) << outcome;
		left &= ~found;
	}
	return found;
}

/* What the settled box is: a gap, a conflict, or without an outcome to build on. */
static void note_settled(struct box *box, bool *only_gaps, uint32_t *feeding)
{
	const struct decision_box *d = box_target(box);
	size_t words = words_of(d->contest.rule_count);
	bool empty = true;
	for (size_t w = 0; w < words; w++) {
		uint64_t reasons = box->stuck == NO_INDEX ? d->must_reason[w] : 0;
		box->in_some[w] |= reasons;
		box->in_all[w] &= reasons;
		empty = empty && reasons == 0;
	}
	*only_gaps = *only_gaps && box->stuck == NO_INDEX && empty;
	if (box->stuck != NO_INDEX && (*feeding == NO_INDEX || box->stuck < box->place[*feeding]))
		*feeding = box->chain[box->stuck].decision;
}

/* No outcome is possible: visits settled boxes until all is covered. */
static void find_why_none(struct box *box, struct guiju_answer *answer)
{
	struct goal settled = { GOAL_SETTLED, UINT64_MAX, NO_INDEX };
	bool only_gaps = true;
	do {
		do
			box_look(box);
		while (!box->ended && box_judge(box, &settled) == CUT && box_split(box, &settled));
		if (!box->ended && !box->dead)
			note_settled(box, &only_gaps, &answer->feeding);
	} while (!box->ended && box_next(box, 0));
	box_unwind(box, 0);
	answer->verdict = only_gaps ? GUIJU_GAP : answer->feeding != NO_INDEX ? GUIJU_FEEDING : GUIJU_CONFLICT;
}

/* ---- completions ---- */

/* The lowest constraint that cannot be kept together with those before it. */
static uint32_t find_broken(struct box *box, const unsigned char *decision)
{
	struct goal goal = { GOAL_COMPLETION, 0, NO_INDEX };
	uint32_t count = box->constraints;
	for (box->constraints = 1; box->constraints < count; box->constraints++) {
		if (box_search(box, &goal, NULL) == FOUND_NONE)
			break;
	}
	return list_item(box->table, (size_t)field(decision, DECISION_FIRST_CONSTRAINT) + box->constraints - 1);
}

static void give_outcomes(struct partial *p, const uint64_t *known, uint64_t possible, struct guiju_answer *answer)
{
	struct box *box = &p->box;
	answer->possible = possible;
	if (possible == 0) {
		forget_reasons(box);
		find_why_none(box, answer);
	} else if ((possible & (possible - 1)) == 0 && !box->ended) {
		answer->verdict = GUIJU_DECIDED;
		answer->outcome = lowest_bit(possible);
		find_reasons(box, possible);
	} else {
		answer->verdict = GUIJU_OPEN;
		box_ask(box, known, p->ask, p->worst, answer);
		forget_reasons(box);
	}
	give_sets(p, answer);
	answer->exact = !box->ended;
}

enum guiju_status guiju_decide_partial(const struct guiju_table *table, uint32_t decision, const int64_t *values,
				       const uint64_t *known, uint64_t budget, void *scratch, size_t scratch_size,
				       struct guiju_answer *answer)
{
	struct partial p;
	struct goal completion = { GOAL_COMPLETION, 0, NO_INDEX };
	answer_reset(answer);
	if (decision >= section_count(table_bytes(table), SECTION_DECISIONS))
		return GUIJU_NO_SUCH;
	if (!room_is_enough(scratch, scratch_size, guiju_partial_scratch_size(table)))
		return GUIJU_SCRATCH;
	partial_of(&p, table, scratch, budget);
	take_room(&p, decision);
	const unsigned char *record = record_at(p.box.table, DECISIONS, decision);
	if (!locate_facts(p.box.table, record, values, known, p.box.parts, answer))
		return GUIJU_OUTSIDE_DOMAIN;
	box_begin(&p.box);
	if (box_search(&p.box, &completion, NULL) == FOUND_NONE) {
		answer->constraint = find_broken(&p.box, record);
		return GUIJU_EXCLUDED;
	}
	forget_reasons(&p.box);
	give_outcomes(&p, known, find_possible(&p.box), answer);
	return GUIJU_OK;
}
