/* Pairs of cases that differ in one fact: does a larger value get a lower outcome? note [pairs]
 *
 * note [apart] The two sides share everything but the fact. A rule that tests neither the fact nor a decision whose
 * outcomes may differ holds on both sides or on neither; when no other rule is left, the outcomes are the same. So the
 * rules that can hold the two apart are looked at first, and mostly it ends there.
 *
 * note [own outcomes] A test that the fact be at least so much, once true, stays true with a larger value: its rule can
 * be gained and not lost. Where the outcomes differ, a reason of the smaller value is lost, or beaten by a rule that is
 * gained; and a reason of the larger value is gained, or was beaten by one that is lost. Where no outcome of such a
 * reason falls, there is nothing to look for. */
#include "regions/search.h"

#include <string.h>

/* ---- preparing ---- */

/* Stages beyond the 63rd share the last bit, which is never said to be the same. */
static uint64_t stage_bit(size_t stage)
{
	return (uint64_t)1 << (stage < 63 ? stage : 63);
}

static const struct apart *rules_apart(struct search *s, const struct plan *plan)
{
	struct apart *apart = arena_new_array(s->arena, struct apart, plan->count);
	for (size_t i = 0; i < plan->count; i++) {
		memset(s->own_reads, 0, s->regions->model->decision_count);
		test_reads(plan->rules[i].test, s->own_reads);
		apart[i].by_fact = test_has_dim(plan->rules[i].test, s->pair_dim);
		for (size_t k = 0; k < s->stages.count; k++)
			if (s->own_reads[s->stages.items[k].plan->index] && !s->stages.items[k].shared)
				apart[i].by_stages |= stage_bit(k);
	}
	return apart;
}

void fall_prepare(struct search *s)
{
	for (size_t i = 0; i < s->stages.count; i++)
		if (!s->stages.items[i].shared)
			s->stages.items[i].apart = rules_apart(s, s->stages.items[i].plan);
}

/* ---- on a box ---- */

/* From the smaller value to the larger: what held may hold no more, what did not hold may hold. */
struct change {
	bool loses, gains;
};

static void change_of_atom(const struct search *s, const struct atom *atom, struct change *c)
{
	int64_t low = s->boxes[0].low[s->pair_dim], high = s->boxes[1].high[s->pair_dim];
	for (size_t i = 0; atom->dim == s->pair_dim && i < atom->ranges.count; i++) {
		c->gains |= atom->ranges.items[i].low > low && atom->ranges.items[i].low <= high;
		c->loses |= atom->ranges.items[i].high >= low && atom->ranges.items[i].high < high;
	}
}

static void change_of_test(const struct search *s, const struct test *test, struct change *c)
{
	if (test->kind == TEST_ATOM)
		change_of_atom(s, &test->atom, c);
	for (size_t i = 0; i < test->part_count; i++)
		change_of_test(s, test->parts[i], c);
}

/* `same`: stages that have one outcome on both sides. */
static struct change change_of(const struct search *s, const struct stage *stage, uint32_t rule, uint64_t same)
{
	const struct apart *apart = &stage->apart[rule];
	struct change c = { (apart->by_stages & ~same) != 0, (apart->by_stages & ~same) != 0 };
	if (apart->by_fact && !c.loses)
		change_of_test(s, stage->plan->rules[rule].test, &c);
	return c;
}

/* The rule may hold on one side alone. */
static bool is_apart(const struct search *s, const struct stage *stage, uint32_t rule, uint64_t same)
{
	struct change c = change_of(s, stage, rule, same);
	return c.loses || c.gains;
}

/* The stage's outcome is the same on both sides, whatever it is. */
static bool is_same(struct search *s, size_t level, size_t index, uint64_t same)
{
	const struct stage *stage = &s->stages.items[index];
	const struct list *a = level_list(s, level, stage_list(s, 0, index)),
			  *b = level_list(s, level, stage_list(s, 1, index));
	if (stage->shared)
		return true;
	if (a->settled || b->settled)
		return a->settled && b->settled && a->outcomes == b->outcomes;
	if (a->count != b->count)
		return false;
	for (uint32_t i = 0; i < a->count; i++) {
		uint32_t entry = s->pool.items[a->first + i];
		if (entry != s->pool.items[b->first + i])
			return false;
		if (!ENTRY_CERTAIN(entry) && is_apart(s, stage, ENTRY_RULE(entry), same))
			return false;
	}
	return true;
}

/* Stages come after what feeds them. */
static uint64_t same_stages(struct search *s, size_t level, size_t count)
{
	uint64_t same = 0;
	for (size_t i = 0; i < count && i < 63; i++)
		if (is_same(s, level, i, same))
			same |= stage_bit(i);
	return same;
}

/* The rule is gone with the other value: lost, seen from the smaller one, or gained, from the larger. */
static bool is_own(const struct search *s, const struct stage *stage, uint32_t rule, unsigned side, uint64_t same)
{
	struct change c = change_of(s, stage, rule, same);
	return side ? c.gains : c.loses;
}

/* What may be its outcome on this side where the other's is another. note [own outcomes] */
static uint64_t own_outcomes(struct search *s, size_t level, size_t index, unsigned side, uint64_t same)
{
	const struct stage *stage = &s->stages.items[index];
	const struct list *mine = level_list(s, level, stage_list(s, side, index));
	const struct list *others = level_list(s, level, stage_list(s, !side, index));
	const uint32_t *entries = s->pool.items + mine->first, *beaters = s->pool.items + others->first;
	uint64_t own = 0;
	if (mine->settled || others->settled)
		return UINT64_MAX;
	for (uint32_t i = 0; i < mine->count; i++) {
		uint32_t rule = ENTRY_RULE(entries[i]);
		uint64_t bit = (uint64_t)1 << stage->plan->rules[rule].outcome;
		bool ends = (own & bit) || is_own(s, stage, rule, side, same);
		for (uint32_t k = 0; k < others->count && !ends; k++)
			ends = plan_beats(s->regions, stage->plan, ENTRY_RULE(beaters[k]), rule) &&
			       is_own(s, stage, ENTRY_RULE(beaters[k]), !side, same);
		own |= ends ? bit : 0;
	}
	return own;
}

static size_t stage_of(const struct search *s, uint32_t decision)
{
	size_t i = 0;
	while (s->stages.items[i].plan->index != decision)
		i++;
	return i;
}

/* note [pairs] Less is not asked here: on a box with some x < x' it is left to what counts and takes the least. */
enum tri fall_on(struct search *s, size_t level)
{
	const struct property *p = s->question->property;
	uint64_t lower = s->boxes[0].outcomes[p->decision], upper = s->boxes[1].outcomes[p->decision];
	size_t count = s->regions->model->decisions[p->decision].outcome_count;
	bool some = false, all = true;
	size_t stage = stage_of(s, p->decision);
	uint64_t same = same_stages(s, level, stage);
	if (s->boxes[0].low[s->pair_dim] >= s->boxes[1].high[s->pair_dim] || is_same(s, level, stage, same))
		return NO;
	uint64_t left = own_outcomes(s, level, stage, 0, same), reached = own_outcomes(s, level, stage, 1, same);
	for (size_t a = 0; a < count; a++)
		for (size_t b = 0; (lower >> a & 1) && b < count; b++) {
			if (!(upper >> b & 1))
				continue;
			bool falls = p->rank[a] != NONE && p->rank[b] != NONE && p->rank[b] < p->rank[a];
			some |= falls && (left >> a & 1) && (reached >> b & 1);
			all &= falls;
		}
	if (!some)
		return NO;
	return all ? YES : MAYBE;
}

/* ---- what is undecided ---- */

/* The first rule of the stage that may hold the two sides apart: what it tests is settled, and mostly the search ends
 * there. An edge of any of them that divides all evenly takes several times the boxes. */
static void visit_apart(struct search *s, size_t level, size_t index, uint64_t same, visit_atom *visit)
{
	const struct stage *stage = &s->stages.items[index];
	for (unsigned side = 0; side < 2 && !stage->shared; side++) {
		const struct list list = *level_list(s, level, stage_list(s, side, index));
		for (uint32_t k = 0; k < list.count && !cutter_can_cut(s->regions->cutter); k++) {
			uint32_t entry = s->pool.items[list.first + k];
			if (!ENTRY_CERTAIN(entry) && is_apart(s, stage, ENTRY_RULE(entry), same))
				visit_rule(s, side, &stage->plan->rules[ENTRY_RULE(entry)], visit);
		}
	}
}

/* Of the last decision that has such rules. */
void fall_visit(struct search *s, size_t level, visit_atom *visit)
{
	uint64_t same = same_stages(s, level, s->stages.count);
	for (size_t i = s->stages.count; i-- > 0 && !cutter_can_cut(s->regions->cutter);)
		visit_apart(s, level, i, same, visit);
}
