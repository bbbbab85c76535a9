/* What to ask: the unknown facts on which the outcome depends, and how much each of them settles. */
#include "partial.h"

struct asking {
	struct box *box;
	uint64_t possible;
	uint32_t fact;
	uint32_t first_dim, dims; /* of the fact */
};

static bool asking_of(struct box *box, uint32_t fact, uint64_t possible, struct asking *a)
{
	const unsigned char *record = record_at(box->table, FACTS, fact);
	a->box = box;
	a->possible = possible;
	a->fact = fact;
	a->first_dim = field(record, FACT_FIRST_DIM);
	a->dims = field(record, FACT_DIMS);
	for (uint32_t d = a->first_dim; d < a->first_dim + a->dims; d++) {
		if (box->kinds[d] > 1)
			return true;
	}
	return false; /* its values are all alike */
}

/* Halves the fact's values; false: one value is left. */
static bool split_values(const struct asking *a)
{
	for (uint32_t d = a->first_dim; d < a->first_dim + a->dims; d++) {
		if (box_is_open(a->box, d)) {
			box_push(a->box, d, a->box->low[d] + (a->box->high[d] - a->box->low[d]) / 2);
			return true;
		}
	}
	return false;
}

/* What is known of the one value that the box gives the fact; of a set nothing, since its members are marked apart. */
static uint64_t marked(const struct asking *a)
{
	uint32_t d = a->first_dim;
	return a->dims == 1 ? a->box->marks[a->box->first[d] + a->box->order[a->box->low[d]]] : 0;
}

/* ---- the worst value: note [worst]
 * a value is as bad as it leaves outcomes possible; a fact's worst value is what its answer is sure to achieve ---- */

static uint32_t most_marked(const struct asking *a)
{
	uint32_t most = 0;
	const struct box *box = a->box;
	for (uint32_t i = 0; a->dims == 1 && i < box->kinds[a->first_dim]; i++) {
		uint32_t at = box->first[a->first_dim];
		uint32_t count = count_bits(box->marks[at + box->order[at + i]] & a->possible);
		most = count > most ? count : most;
	}
	return most;
}

/* How many outcomes are possible with the box's value of the fact, if more than `most`. */
static uint32_t count_possible(const struct asking *a, uint64_t perhaps, uint32_t most)
{
	uint64_t found = marked(a) & a->possible, left = perhaps & ~found;
	while (left != 0 && count_bits(found | left) > most) {
		struct goal goal = { GOAL_OUTCOME, left, NO_INDEX };
		uint32_t outcome = 0;
		enum found what = box_search(a->box, &goal, &outcome);
		if (what == FOUND_ENDED)
			return count_bits(a->possible);
		if (what == FOUND_NONE)
			break;
		found |= UINT64_C(1) << outcome;
		left &= ~found;
	}
	return count_bits(found);
}

static uint32_t worst_value(const struct asking *a)
{
	uint32_t base = a->box->depth, all = count_bits(a->possible), most = most_marked(a);
	while (most < all) {
		box_look(a->box);
		uint64_t perhaps = a->box->dead ? 0 : box_target(a->box)->can & a->possible;
		if (a->box->ended)
			most = all;
		if (count_bits(perhaps) > most) {
			if (split_values(a))
				continue;
			uint32_t count = count_possible(a, perhaps, most);
			most = count > most ? count : most;
		}
		if (!box_next(a->box, base))
			break;
	}
	box_unwind(a->box, base);
	return most;
}

/* ---- some value makes fewer outcomes possible ---- */

static bool has_completion(struct box *box)
{
	struct goal goal = { GOAL_COMPLETION, 0, NO_INDEX };
	return box_search(box, &goal, NULL) != FOUND_NONE;
}

/* Is some possible outcome impossible with the box's value? */
static bool leaves_fewer(const struct asking *a)
{
	for (uint64_t left = a->possible & ~marked(a); left != 0; left &= left - 1) {
		struct goal goal = { GOAL_OUTCOME, left & -left, NO_INDEX };
		if (box_search(a->box, &goal, NULL) != FOUND_ONE)
			return true;
	}
	return false;
}

static bool some_value_narrows(const struct asking *a)
{
	uint32_t base = a->box->depth;
	bool narrows = false;
	do {
		box_look(a->box);
		if (a->box->dead)
			continue;
		bool cannot_all = (box_target(a->box)->can & a->possible) != a->possible;
		if (cannot_all && has_completion(a->box))
			narrows = true;
		else if (!cannot_all) {
			while (split_values(a))
				;
			narrows = leaves_fewer(a) && has_completion(a->box);
		}
	} while (!narrows && !a->box->ended && box_next(a->box, base));
	box_unwind(a->box, base);
	return narrows || a->box->ended;
}

/* ---- all unknown facts ---- */

static bool is_discretion(const struct box *box, uint32_t fact)
{
	return field(record_at(box->table, FACTS, fact), FACT_FLAGS) & FLAG_DISCRETION;
}

static bool comes_before(const struct box *box, const uint32_t *worst, uint32_t a, uint32_t b)
{
	if (worst[a] != worst[b])
		return worst[a] < worst[b];
	if (is_discretion(box, a) != is_discretion(box, b))
		return is_discretion(box, b);
	return a < b;
}

static void insert_fact(const struct box *box, uint32_t *ask, const uint32_t *worst, uint32_t count, uint32_t fact)
{
	for (; count > 0 && comes_before(box, worst, fact, ask[count - 1]); count--)
		ask[count] = ask[count - 1];
	ask[count] = fact;
}

void box_ask(struct box *box, const uint64_t *known, uint32_t *ask, uint32_t *worst, struct guiju_answer *answer)
{
	answer->ask = ask;
	for (uint32_t pass = 0; pass < 2 && answer->ask_count == 0; pass++) {
		for (uint32_t i = 0; i < box->dims; i++) {
			const unsigned char *dim = record_at(box->table, DIMS, box_dim(box, i));
			uint32_t fact = field(dim, DIM_FACT);
			struct asking a;
			if (field(dim, DIM_MEMBER) != 0 || has_bit(known, fact))
				continue;
			bool varies = asking_of(box, fact, answer->possible, &a);
			if (pass == 0 &&
			    !(varies && (box_changes_alone(box, fact, a.possible) || some_value_narrows(&a))))
				continue;
			worst[fact] = varies ? worst_value(&a) : count_bits(answer->possible);
			insert_fact(box, ask, worst, answer->ask_count++, fact);
		}
	}
}
