/* Overridden: where a rule holds and is beaten, and by which. That is what priorities are for, so it is a note; defaults
 * and the earlier rows of a 首中 table are left out, since there it goes without saying. */
#include "analysis/checks.h"

static void check_rule(struct checks *c, uint32_t rule)
{
	rule_list beaters = beaters_of(c, TOPIC_OVERRIDDEN, rule, false), rules = { 0 };
	vec_push(c->arena, &rules, rule);
	for (size_t i = 0; i < beaters.count; i++) {
		const uint32_t both[] = { rule, beaters.items[i] };
		struct question question = question_of(c, GOAL_HOLD, both, 2, NULL, 0);
		if (is_there(c, TOPIC_OVERRIDDEN, &question))
			vec_push(c->arena, &rules, beaters.items[i]);
	}
	if (rules.count == 1 || c->open[TOPIC_OVERRIDDEN])
		return;
	struct finding *f = report_rules(c, FINDING_OVERRIDDEN, MESSAGE_OVERRIDDEN, rules.items, rules.count);
	struct question question = question_of(c, GOAL_BEATEN, &rule, 1, rules.items + 1, rules.count - 1);
	set_id_list(c, f, 1, rules.items + 1, rules.count - 1);
	report_regions(c, TOPIC_OVERRIDDEN, f, &question);
}

void check_overridden(struct checks *c)
{
	struct neighbours meeting = rules_that_meet(c, TOPIC_OVERRIDDEN);
	for (size_t n = 0; n < meeting.count && !c->open[TOPIC_OVERRIDDEN]; n++) {
		uint32_t i = meeting.items[n];
		if (!c->impossible[i] && !c->unreachable[i] && !rule_at(c, i)->is_default)
			check_rule(c, i);
	}
}
