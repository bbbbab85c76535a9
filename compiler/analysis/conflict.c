/* Conflicts: two reasons with different outcomes in one case. Pairs of rows of one table whose hit policy says more are
 * table_hits.c's. */
#include "analysis/checks.h"

static bool concerns(const struct checks *c, uint32_t a, uint32_t b)
{
	const struct rule_table *table = table_of(c, a);
	if (table && table == table_of(c, b) && table->hit != HIT_FIRST)
		return false;
	return rule_at(c, a)->outcome != rule_at(c, b)->outcome && !beats(c, a, b) && !beats(c, b, a);
}

static void report(struct checks *c, const uint32_t *rules, size_t count, const struct question *question)
{
	const struct rule_table *table = table_of(c, rules[1]);
	bool group = question->goal == GOAL_MEET && count > 2;
	struct finding *f = report_rules(c, FINDING_CONFLICT, group ? MESSAGE_CONFLICT_TABLE : MESSAGE_CONFLICT, rules, count);
	c->verdict->conflict = DECIDED_FOUND;
	c->conflict = true;
	set_outcome(c, f, 2, rule_at(c, rules[0])->outcome);
	if (group) {
		diag_arg(c->diag, f, 1, table->name.id);
		set_id_list(c, f, 3, rules + 1, count - 1);
	} else {
		set_outcome(c, f, 3, rule_at(c, rules[1])->outcome);
	}
	report_regions(c, TOPIC_CONFLICT, f, question);
	mend_conflict(c, f, rules[0], rules[1]);
}

void check_conflicts(struct checks *c)
{
	static const struct pair_check check = { TOPIC_CONFLICT, GOAL_REASON, GOAL_MEET, concerns, report };
	check_pairs(c, &check);
}
