/* What a decision may answer on a box, from its rules that may hold there.
 *
 * note [reasons on a box] A rule that certainly holds beats, on the whole box, what it is over. A rule that may hold
 * beats perhaps. Beaten rules still beat others, so they stay listed until nothing is left that they could beat.
 * Priorities make no circle, so that where some rule holds, some rule is a reason: a gap is where none holds. */
#include "regions/search.h"

#define BIT(outcome) ((uint64_t)1 << (outcome))

static bool is_single(uint64_t bits)
{
	return bits != 0 && (bits & (bits - 1)) == 0;
}

/* note [flat]: only defaults can be beaten, and every rule beats them. */
static struct answers flat_answers(const struct plan *plan, const uint32_t *entries, size_t count, uint32_t without,
				   uint32_t holding)
{
	uint64_t certain = 0, possible = 0, of_defaults = 0, reasons;
	struct answers a = { 0 };
	for (size_t i = 0; i < count; i++) {
		uint32_t x = ENTRY_RULE(entries[i]);
		const struct plan_rule *rule = &plan->rules[x];
		if (x == without)
			continue;
		bool is_certain = ENTRY_CERTAIN(entries[i]) || x == holding;
		a.certain |= is_certain;
		if (!rule->is_default) {
			possible |= BIT(rule->outcome);
			certain |= is_certain ? BIT(rule->outcome) : 0;
		}
	}
	reasons = certain;
	for (size_t i = 0; i < count; i++) {
		uint32_t x = ENTRY_RULE(entries[i]);
		uint64_t bit = BIT(plan->rules[x].outcome);
		if (x == without || !plan->rules[x].is_default || (certain & ~bit) != 0)
			continue;
		of_defaults |= bit;
		if ((ENTRY_CERTAIN(entries[i]) || x == holding) && (possible & ~bit) == 0)
			reasons |= bit;
	}
	a.outcomes = possible | of_defaults;
	a.conflict = reasons != 0 && !is_single(reasons);
	return a;
}

/* note [rank] Nothing below the first rule that certainly holds matters. */
static uint32_t first_certain(const struct plan *plan, const uint32_t *entries, size_t count, uint32_t without,
			      uint32_t holding)
{
	uint32_t first = NONE;
	for (size_t i = 0; i < count; i++) {
		uint32_t x = ENTRY_RULE(entries[i]);
		if (x != without && (ENTRY_CERTAIN(entries[i]) || x == holding) && plan->rank[x] < first)
			first = plan->rank[x];
	}
	return first;
}

static struct answers ranked_answers(const struct plan *plan, const uint32_t *entries, size_t count, uint32_t without,
				     uint32_t holding)
{
	uint32_t first = first_certain(plan, entries, count, without, holding);
	struct answers a = { .certain = first != NONE };
	for (size_t i = 0; i < count; i++) {
		uint32_t x = ENTRY_RULE(entries[i]);
		if (x != without && plan->rank[x] <= first)
			a.outcomes |= BIT(plan->rules[x].outcome);
	}
	return a;
}

struct beating {                     /* the arguments of answers_of, for the questions below */
	const struct regions *regions;
	const struct plan *plan;
	const uint32_t *entries;
	size_t count;
	uint32_t without, holding;
};

static bool is_certain(const struct beating *b, size_t i)
{
	return ENTRY_CERTAIN(b->entries[i]) || ENTRY_RULE(b->entries[i]) == b->holding;
}

/* By a rule that certainly holds, or by one that may hold. */
static bool is_beaten(const struct beating *b, uint32_t rule, bool certainly)
{
	for (size_t i = 0; i < b->count; i++) {
		uint32_t x = ENTRY_RULE(b->entries[i]);
		if (x == b->without || (certainly && !is_certain(b, i)))
			continue;
		if (plan_beats(b->regions, b->plan, x, rule))
			return true;
	}
	return false;
}

struct answers answers_of(const struct regions *regions, const struct plan *plan, const uint32_t *entries, size_t count,
			  uint32_t without, uint32_t holding)
{
	const struct beating b = { regions, plan, entries, count, without, holding };
	struct answers a = { 0 };
	uint64_t reasons = 0;
	if (plan->flat)
		return flat_answers(plan, entries, count, without, holding);
	if (plan->rank)
		return ranked_answers(plan, entries, count, without, holding);
	for (size_t i = 0; i < count; i++) {
		uint32_t x = ENTRY_RULE(entries[i]);
		uint64_t bit = BIT(plan->rules[x].outcome);
		if (x == without)
			continue;
		a.certain |= is_certain(&b, i);
		if ((a.outcomes & bit) && (!is_certain(&b, i) || (reasons & bit)))
			continue;
		if (is_beaten(&b, x, true))
			continue;
		a.outcomes |= bit;
		if (is_certain(&b, i) && !is_beaten(&b, x, false))
			reasons |= bit;
	}
	a.conflict = reasons != 0 && !is_single(reasons);
	return a;
}

/* ---- what no longer matters ---- */

enum { DROP_LIMIT = 512 };           /* beyond, looking for what can be dropped costs more than it saves */

static bool beats_something(const struct beating *b, uint32_t rule, const bool *beaten)
{
	for (size_t i = 0; i < b->count; i++)
		if (!beaten[i] && plan_beats(b->regions, b->plan, rule, ENTRY_RULE(b->entries[i])))
			return true;
	return false;
}

/* Marks what is beaten by rules that certainly hold; false: nothing is. */
static bool mark_beaten(const struct beating *b, bool *beaten)
{
	bool any = false;
	for (size_t i = 0; i < b->count; i++)
		beaten[i] = false;
	for (size_t i = 0; i < b->count; i++) {
		uint32_t x = ENTRY_RULE(b->entries[i]);
		if (!ENTRY_CERTAIN(b->entries[i]) || x == b->without)
			continue;
		for (size_t k = 0; k < b->count; k++) {
			uint32_t y = ENTRY_RULE(b->entries[k]);
			if (!beaten[k] && plan_beats(b->regions, b->plan, x, y))
				any = beaten[k] = true;
		}
	}
	return any;
}

static size_t drop_hidden(const struct plan *plan, uint32_t *entries, size_t count, uint32_t without)
{
	uint32_t first = first_certain(plan, entries, count, without, NONE);
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (ENTRY_RULE(entries[i]) == without || plan->rank[ENTRY_RULE(entries[i])] <= first)
			entries[kept++] = entries[i];
	return kept;
}

size_t answers_drop(const struct regions *regions, const struct plan *plan, uint32_t *entries, size_t count,
		    uint32_t without)
{
	struct beating b = { regions, plan, entries, count, without, NONE };
	bool beaten[DROP_LIMIT], drop[DROP_LIMIT];
	size_t kept = 0;
	if (plan->rank)
		return drop_hidden(plan, entries, count, without);
	if (count > DROP_LIMIT || !mark_beaten(&b, beaten))
		return count;
	for (size_t i = 0; i < count; i++) {
		uint32_t x = ENTRY_RULE(entries[i]);
		drop[i] = beaten[i] && x != without && !is_certain(&b, i) && !beats_something(&b, x, beaten);
	}
	for (size_t i = 0; i < count; i++)
		if (!drop[i])
			entries[kept++] = entries[i];
	return kept;
}

/* ---- without a rule ---- */

/* Sure that leaving the rule out changes no answer on the box: nothing gets free that it beats, and either it is beaten
 * itself or another reason says the same. */
static bool is_idle(const struct beating *b, uint32_t rule)
{
	for (size_t i = 0; i < b->count; i++) {
		uint32_t y = ENTRY_RULE(b->entries[i]);
		if (y != rule && plan_beats(b->regions, b->plan, rule, y) && !is_beaten(b, y, true))
			return false;
	}
	if (is_beaten(b, rule, true))
		return true;
	for (size_t i = 0; i < b->count; i++) {
		uint32_t s = ENTRY_RULE(b->entries[i]);
		if (s != rule && is_certain(b, i) && b->plan->rules[s].outcome == b->plan->rules[rule].outcome &&
		    !is_beaten(b, s, false))
			return true;
	}
	return false;
}

static bool is_settled(const struct answers *a)
{
	return a->certain && is_single(a->outcomes);
}

enum tri answers_change(const struct regions *regions, const struct plan *plan, const uint32_t *entries, size_t count,
			uint32_t rule, bool holds)
{
	const struct beating b = { regions, plan, entries, count, rule, NONE };
	if (is_idle(&b, rule))
		return NO;
	struct answers with = answers_of(regions, plan, entries, count, NONE, rule);
	struct answers less = answers_of(regions, plan, entries, count, rule, NONE);
	if ((with.conflict && less.conflict) ||
	    (is_settled(&with) && is_settled(&less) && with.outcomes == less.outcomes))
		return NO;
	uint64_t one = with.conflict ? 0 : with.outcomes, other = less.conflict ? 0 : less.outcomes;
	bool both_may_conflict = !is_single(with.outcomes) && !is_single(less.outcomes);
	return holds && (one & other) == 0 && !both_may_conflict ? YES : MAYBE;
}
