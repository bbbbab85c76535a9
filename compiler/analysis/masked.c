/* Masked: a row that its own table hides. Under 首中 it is never the first row that holds; under 任一 what it says is
 * said by other rows. Rows that are a reason nowhere are unreachable.c's. */
#include "analysis/checks.h"

static bool is_candidate(const struct checks *c, uint32_t rule, uint32_t other)
{
	const struct rule_table *table = table_of(c, rule);
	if (table_of(c, other) != table || c->impossible[other])
		return false;
	if (table->hit == HIT_FIRST)
		return other < rule;
	return rule_at(c, other)->outcome == rule_at(c, rule)->outcome && !c->said[other];
}

/* A row that is a reason somewhere, with only other outcomes above it, is the first that holds there. */
static bool may_be_masked(const struct checks *c, uint32_t rule, const rule_list *candidates)
{
	for (size_t i = 0; i < candidates->count; i++)
		if (rule_at(c, candidates->items[i])->outcome == rule_at(c, rule)->outcome)
			return true;
	return false;
}

static void report(struct checks *c, uint32_t rule, const rule_list *candidates)
{
	rule_list cover = least_cover(c, TOPIC_MASKED, rule, candidates), rules = { 0 };
	bool first = table_of(c, rule)->hit == HIT_FIRST;
	vec_push(c->arena, &rules, rule);
	for (size_t i = 0; i < cover.count; i++) {
		vec_push(c->arena, &rules, cover.items[i]);
		c->hides[cover.items[i]] = true;
	}
	struct finding *f = report_rules(c, FINDING_MASKED, first ? MESSAGE_MASKED_FIRST : MESSAGE_MASKED_ANY, rules.items,
					 rules.count);
	set_id_list(c, f, 1, cover.items, cover.count);
	c->said[rule] = true;
	struct question change = question_of(c, GOAL_CHANGE, &rule, 1, NULL, 0);
	if (is_there(c, TOPIC_MASKED, &change) || c->open[TOPIC_MASKED])
		diag_help(c->diag, f, MESSAGE_MASKED_MOVE_HELP, rule_at(c, rule)->id, NULL);
	else
		mend_by_removal(c, f, rule, MESSAGE_MASKED_HELP);
}

static void check_row(struct checks *c, uint32_t rule)
{
	struct neighbours near = neighbours_of(c, TOPIC_MASKED, rule);
	rule_list candidates = { 0 };
	for (size_t i = 0; i < near.count; i++)
		if (is_candidate(c, rule, near.items[i]))
			vec_push(c->arena, &candidates, near.items[i]);
	if (!may_be_masked(c, rule, &candidates) ||
	    holds_without(c, TOPIC_MASKED, &rule, 1, candidates.items, candidates.count) || c->open[TOPIC_MASKED])
		return;
	report(c, rule, &candidates);
}

/* note [from below] Under 任一 no order says which of two equal rows is the one too many: the lower one is. Rows found
 * masked hide nothing themselves, so that all of them can be removed together. */
void check_masked(struct checks *c)
{
	if (!has_table_but(c, HIT_UNIQUE))
		return;
	struct neighbours meeting = rules_that_meet(c, TOPIC_MASKED);
	for (size_t n = meeting.count; n-- > 0 && !c->open[TOPIC_MASKED];) {
		uint32_t i = meeting.items[n];
		const struct rule_table *table = table_of(c, i);
		if (table && table->hit != HIT_UNIQUE && !c->impossible[i] && !c->unreachable[i])
			check_row(c, i);
	}
}
