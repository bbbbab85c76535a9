/* Redundant: a rule without which every case keeps its answer, be it an outcome, a gap or a conflict. */
#include "analysis/checks.h"

/* Where the rule is a reason and the answer stays without it, another rule says the same, or others are in conflict. */
static bool may_be(struct checks *c, uint32_t rule)
{
	struct neighbours near = neighbours_of(c, TOPIC_REDUNDANT, rule);
	if (c->conflict || c->open[TOPIC_CONFLICT] || c->open[TOPIC_HITS])
		return near.count > 0;
	for (size_t i = 0; i < near.count; i++)
		if (rule_at(c, near.items[i])->outcome == rule_at(c, rule)->outcome)
			return true;
	return false;
}

/* Wherever the rule is a reason an agreeing one holds, and that tells all: nothing beats it or an agreeing one, and what it
 * beats every agreeing one does, so that none of these gets free without it. */
static bool is_settled(const struct checks *c, uint32_t rule, struct neighbours near, const rule_list *agreeing)
{
	for (size_t i = 0; i < near.count; i++) {
		bool beaten = beats(c, rule, near.items[i]);
		if (beats(c, near.items[i], rule))
			return false;
		for (size_t k = 0; k < agreeing->count; k++)
			if (beats(c, near.items[i], agreeing->items[k]) || (beaten && !beats(c, agreeing->items[k], near.items[i])))
				return false;
	}
	return true;
}

/* Mostly there is a case for which it alone gives its outcome; that is asked first, since it is easier to answer. Where
 * reasons may conflict, it need not be the answer that changes, but is where nothing else holds. */
static bool is_needed(struct checks *c, uint32_t rule)
{
	bool may_conflict = c->conflict || c->open[TOPIC_CONFLICT] || c->open[TOPIC_HITS];
	struct question question = question_of(c, GOAL_CHANGE, &rule, 1, NULL, 0);
	struct neighbours near = neighbours_of(c, TOPIC_REDUNDANT, rule);
	rule_list agreeing = { 0 };
	for (size_t i = 0; i < near.count; i++)
		if (may_conflict || rule_at(c, near.items[i])->outcome == rule_at(c, rule)->outcome)
			vec_push(c->arena, &agreeing, near.items[i]);
	struct question alone = question_of(c, may_conflict ? GOAL_WITHOUT : GOAL_REASON, &rule, 1, agreeing.items, agreeing.count);
	if (is_there(c, TOPIC_REDUNDANT, &alone) || c->open[TOPIC_REDUNDANT])
		return true;
	if (!may_conflict && is_settled(c, rule, near, &agreeing))
		return false;
	return is_there(c, TOPIC_REDUNDANT, &question) || c->open[TOPIC_REDUNDANT];
}

void check_redundant(struct checks *c)
{
	struct neighbours meeting = rules_that_meet(c, TOPIC_REDUNDANT);
	for (size_t n = 0; n < meeting.count && !c->open[TOPIC_REDUNDANT]; n++) {
		uint32_t i = meeting.items[n];
		if (c->impossible[i] || c->unreachable[i] || c->said[i] || c->hides[i] || !may_be(c, i) || is_needed(c, i))
			continue;
		struct finding *f = report_rules(c, FINDING_REDUNDANT, MESSAGE_REDUNDANT, &i, 1);
		c->verdict->redundant = DECIDED_FOUND;
		c->said[i] = true;
		mend_by_removal(c, f, i, MESSAGE_REDUNDANT_HELP);
	}
}
