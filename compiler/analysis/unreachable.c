/* Unreachable: a rule that holds somewhere and is a reason nowhere, and which rules together cover it. */
#include "analysis/checks.h"

static void report(struct checks *c, uint32_t rule, const rule_list *beaters)
{
	rule_list cover = least_cover(c, TOPIC_UNREACHABLE, rule, beaters), rules = { 0 };
	vec_push(c->arena, &rules, rule);
	for (size_t i = 0; i < cover.count; i++)
		vec_push(c->arena, &rules, cover.items[i]);
	struct finding *f = report_rules(c, FINDING_UNREACHABLE, MESSAGE_UNREACHABLE, rules.items, rules.count);
	c->unreachable[rule] = true;
	c->verdict->unreachable = DECIDED_FOUND;
	set_id_list(c, f, 1, rules.items + 1, rules.count - 1);
	struct question change = question_of(c, GOAL_CHANGE, &rule, 1, NULL, 0);
	if (regions_exist(c->regions, &change) == REPLY_NO)
		mend_by_removal(c, f, rule, MESSAGE_UNREACHABLE_HELP);
	else                         /* what it beats would be free */
		diag_help(c->diag, f, MESSAGE_UNREACHABLE_BEATS_HELP, rule_at(c, rule)->id, NULL);
}

void check_unreachable(struct checks *c)
{
	struct neighbours meeting = rules_that_meet(c, TOPIC_UNREACHABLE);
	for (size_t n = 0; n < meeting.count && !c->open[TOPIC_UNREACHABLE]; n++) {
		uint32_t i = meeting.items[n];
		if (c->impossible[i])
			continue;
		rule_list beaters = beaters_of(c, TOPIC_UNREACHABLE, i, true);
		struct question question = question_of(c, GOAL_REASON, &i, 1, NULL, 0);
		if (beaters.count && !is_there(c, TOPIC_UNREACHABLE, &question) && !c->open[TOPIC_UNREACHABLE])
			report(c, i, &beaters);
	}
}
