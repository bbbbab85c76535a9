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

void check_redundant(struct checks *c)
{
	for (uint32_t i = 0; i < c->decision->rule_count && !c->open[TOPIC_REDUNDANT]; i++) {
		struct question question = question_of(c, GOAL_CHANGE, &i, 1, NULL, 0);
		if (c->impossible[i] || c->unreachable[i] || c->said[i] || c->hides[i] || !may_be(c, i))
			continue;
		if (is_there(c, TOPIC_REDUNDANT, &question) || c->open[TOPIC_REDUNDANT])
			continue;
		struct finding *f = report_rules(c, FINDING_REDUNDANT, MESSAGE_REDUNDANT, &i, 1);
		c->verdict->redundant = DECIDED_FOUND;
		c->said[i] = true;
		mend_by_removal(c, f, i, MESSAGE_REDUNDANT_HELP);
	}
}
