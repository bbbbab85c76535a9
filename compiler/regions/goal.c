/* What a question asks of the rules, on a box: yes, no, or not yet decided. */
#include "regions/search.h"

/* ---- which rules it concerns ---- */

static void add_rule(struct search *s, uint32_t rule, uint8_t role)
{
	if (s->plan->rules[rule].never && !(role & ROLE_ANCHOR))
		return;
	if (!(s->roles[rule] & ROLE_LISTED))
		vec_push(s->arena, &s->rules, rule);
	s->roles[rule] = (uint8_t)(s->roles[rule] | role | ROLE_LISTED);
}

static void add_beaters(struct search *s, uint32_t rule, uint8_t role)
{
	struct neighbours beaters;
	if (!plan_beaters(s->regions, s->plan, rule, &beaters))
		return;
	for (size_t i = 0; i < beaters.count; i++)
		add_rule(s, beaters.items[i], role);
}

static void add_neighbours(struct search *s, uint32_t rule)
{
	struct neighbours near;
	if (!regions_neighbours(s->regions, s->plan->index, rule, &near))
		return;
	for (size_t i = 0; i < near.count; i++)
		add_rule(s, near.items[i], 0);
}

/* Where both hold that the order is between, every rule that holds meets either: the fewer are asked for theirs. One that
 * stands alone must hold. */
static void add_ordered(struct search *s)
{
	const struct question *q = s->question;
	bool over_alone = q->rule_count == 1, under_alone = q->other_count == 1;
	for (size_t i = 0; over_alone && i < q->rule_count; i++)
		add_rule(s, q->rules[i], ROLE_ANCHOR);
	for (size_t i = 0; under_alone && i < q->other_count; i++)
		add_rule(s, q->others[i], ROLE_ANCHOR);
	s->anchors = (uint32_t)s->rules.count;
	for (size_t i = 0; i < q->rule_count; i++)
		add_rule(s, q->rules[i], ROLE_OVER);
	for (size_t i = 0; i < q->other_count; i++)
		add_rule(s, q->others[i], ROLE_UNDER);
	bool fewer = q->rule_count <= q->other_count;
	for (size_t i = 0; i < (fewer ? q->rule_count : q->other_count); i++)
		add_neighbours(s, fewer ? q->rules[i] : q->others[i]);
}

/* Of many rules few have a role in a question: these are put back, not all. */
static void start_roles(struct search *s)
{
	for (size_t i = 0; i < s->rules.count; i++)
		s->roles[s->rules.items[i]] = 0;
	s->rules.count = s->anchors = 0;
	if (s->plan && s->role_capacity < s->plan->count) {
		s->role_capacity = s->plan->count * 2;
		s->roles = arena_new_array(s->arena, uint8_t, s->role_capacity);
	}
}

static bool is_beyond(const struct plan_rule *rule, const struct hull *hull)
{
	for (size_t i = 0; i < rule->atoms.count && rule->product; i++) {
		const struct atom *a = &rule->atoms.items[i];
		if (a->high < hull->low[a->dim] || a->low > hull->high[a->dim])
			return true;
	}
	return false;
}

/* What lies beyond the hull takes nothing from a gap, but says on which facts it depends. */
static void add_members(struct search *s, const struct hull *hull)
{
	const struct question *q = s->question;
	for (size_t i = 0; i < q->other_count; i++) {
		const struct plan_rule *rule = &s->plan->rules[q->others[i]];
		if (!hull || rule->never || !is_beyond(rule, hull)) {
			add_rule(s, q->others[i], ROLE_MEMBER);
			continue;
		}
		s->beyond = true;
		for (size_t k = 0; k < rule->atoms.count; k++)
			s->open[rule->atoms.items[k].dim] = true;
	}
}

void goal_prepare(struct search *s)
{
	const struct question *q = s->question;
	start_roles(s);
	s->beyond = false;
	if (!s->plan)
		return;
	if (q->goal == GOAL_SETTLED) {
		add_ordered(s);
		return;
	}
	for (size_t i = 0; i < q->rule_count; i++)
		add_rule(s, q->rules[i], ROLE_ANCHOR);
	s->anchors = (uint32_t)s->rules.count;
	if (q->goal == GOAL_NONE)
		add_members(s, kept_hull(s->regions, q));
	for (size_t i = 0; q->goal != GOAL_NONE && i < q->other_count; i++)
		add_rule(s, q->others[i], q->goal == GOAL_MEET ? ROLE_MEMBER : ROLE_BEATER);
	if (q->goal == GOAL_REASON || q->goal == GOAL_MEET)
		for (size_t i = 0; i < q->rule_count; i++)
			add_beaters(s, q->rules[i], ROLE_BEATER);
	for (size_t i = 0; q->goal == GOAL_MEET && i < q->other_count; i++)
		add_beaters(s, q->others[i], 0);
	if (q->goal == GOAL_CHANGE)
		add_neighbours(s, q->rules[0]);
}

/* ---- on a box ---- */

/* Rules that may hold on the box; true: that decides it, with no. */
static bool filter(struct search *s, const struct list *from, struct list *to)
{
	enum goal_kind goal = s->question->goal;
	uint64_t moved = moved_dims(s, 0);
	to->first = (uint32_t)s->pool.count;
	to->count = 0;
	for (uint32_t i = 0; i < from->count; i++) {
		uint32_t entry = s->pool.items[from->first + i], rule = ENTRY_RULE(entry);
		uint8_t role = s->roles[rule];
		enum tri t = ENTRY_CERTAIN(entry) ? YES : MAYBE;
		if (t == MAYBE && (s->plan->rules[rule].test->dims & moved))
			t = plan_rule_on(&s->plan->rules[rule], &s->boxes[0]);
		if (t == NO && !(role & ROLE_ANCHOR))
			continue;
		if (t == NO || (t == YES && goal == GOAL_NONE) ||
		    (t == YES && (role & ROLE_BEATER) && goal != GOAL_BEATEN))
			return true;
		vec_push(s->arena, &s->pool, ENTRY(rule, t == YES));
		to->count++;
	}
	return false;
}

static bool anchors_hold(const struct search *s, const uint32_t *entries, size_t count)
{
	for (size_t i = 0; i < count && i < s->anchors; i++)
		if (!ENTRY_CERTAIN(entries[i]))
			return false;
	return true;
}

static enum tri beaten_on(const struct search *s, const uint32_t *entries, size_t count)
{
	if (count == s->anchors)
		return NO;
	for (size_t i = s->anchors; i < count; i++)
		if (ENTRY_CERTAIN(entries[i]))
			return anchors_hold(s, entries, count) ? YES : MAYBE;
	return MAYBE;
}

/* How sure it is that a rule is beaten. */
static enum tri is_beaten(const struct search *s, const uint32_t *entries, size_t count, uint32_t rule)
{
	enum tri beaten = NO;
	for (size_t i = 0; i < count && beaten != YES; i++)
		if (plan_beats(s->regions, s->plan, ENTRY_RULE(entries[i]), rule))
			beaten = ENTRY_CERTAIN(entries[i]) ? YES : MAYBE;
	return beaten;
}

static enum tri meet_on(const struct search *s, const uint32_t *entries, size_t count)
{
	bool sure = anchors_hold(s, entries, count);
	enum tri any = NO;
	for (size_t i = 0; i < count; i++)
		sure &= !(s->roles[ENTRY_RULE(entries[i])] & ROLE_BEATER);
	for (size_t i = s->anchors; i < count && any != YES; i++) {
		uint32_t rule = ENTRY_RULE(entries[i]);
		if (!(s->roles[rule] & ROLE_MEMBER) || (any == MAYBE && !(sure && ENTRY_CERTAIN(entries[i]))))
			continue;
		enum tri beaten = is_beaten(s, entries, count, rule);
		if (beaten != YES)
			any = beaten == NO && sure && ENTRY_CERTAIN(entries[i]) ? YES : MAYBE;
	}
	return any;
}

enum tri goal_on(struct search *s, size_t level, const struct list *from, struct list *to)
{
	enum goal_kind goal = s->question->goal;
	if (goal == GOAL_CASE)
		return YES;
	if (goal == GOAL_REFUTED)
		return test_on(s->test, &s->boxes[0]);
	if (goal == GOAL_FALL)
		return fall_on(s, level);
	if (filter(s, from, to))
		return NO;
	if (goal == GOAL_CHANGE) {
		uint32_t *entries = s->pool.items + to->first;
		to->count = (uint32_t)answers_drop(s->regions, s->plan, entries, to->count, s->question->rules[0]);
		s->pool.count = to->first + to->count;
		return answers_change(s->regions, s->plan, entries, to->count, s->question->rules[0],
				      ENTRY_CERTAIN(entries[0]));
	}
	const uint32_t *entries = s->pool.items + to->first;
	switch (goal) {
	case GOAL_NONE: return to->count == 0 ? YES : MAYBE;
	case GOAL_BEATEN: return beaten_on(s, entries, to->count);
	case GOAL_MEET: return meet_on(s, entries, to->count);
	case GOAL_SETTLED: return settled_on(s, entries, to->count);
	case GOAL_REASON:
	case GOAL_WITHOUT:
		if (to->count > s->anchors)
			return MAYBE;
		break;
	default: break;
	}
	return anchors_hold(s, entries, to->count) ? YES : MAYBE;
}
