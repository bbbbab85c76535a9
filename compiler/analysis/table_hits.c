/* What a table's hit policy demands of its rows: 唯一, no two rows hold in one case; 任一, two that hold agree. Whether
 * they are beaten does not matter: the policy speaks of the table by itself. */
#include "analysis/checks.h"

static bool concerns(const struct checks *c, uint32_t a, uint32_t b)
{
	const struct rule_table *table = table_of(c, a);
	if (!table || table != table_of(c, b) || table->hit == HIT_FIRST)
		return false;
	return table->hit == HIT_UNIQUE || rule_at(c, a)->outcome != rule_at(c, b)->outcome;
}

static void report(struct checks *c, const uint32_t *rules, size_t count, const struct question *question)
{
	const struct rule_table *table = table_of(c, rules[0]);
	bool agree = rule_at(c, rules[0])->outcome == rule_at(c, rules[1])->outcome;
	struct finding *f = report_rules(c, FINDING_CONFLICT,
					 table->hit == HIT_UNIQUE ? MESSAGE_HIT_UNIQUE : MESSAGE_HIT_ANY, rules, count);
	c->verdict->conflict = DECIDED_FOUND;
	c->conflict |= !agree;
	diag_arg(c->diag, f, 2, table->name.id);
	report_regions(c, TOPIC_HITS, f, question);
	diag_help(c->diag, f, agree ? MESSAGE_HIT_AGREE_HELP : MESSAGE_HIT_HELP, NULL, NULL);
}

void check_table_hits(struct checks *c)
{
	static const struct pair_check check = { TOPIC_HITS, GOAL_HOLD, GOAL_HOLD, concerns, report };
	if (has_table_but(c, HIT_FIRST))
		check_pairs(c, &check);
}
