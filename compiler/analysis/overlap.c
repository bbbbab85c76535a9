/* Overlaps: two reasons that agree. Defaults are there to overlap, and rows of a 唯一 table that do are an error. */
#include "analysis/checks.h"

static bool concerns(const struct checks *c, uint32_t a, uint32_t b)
{
	const struct rule *x = rule_at(c, a), *y = rule_at(c, b);
	const struct rule_table *table = table_of(c, a);
	if (x->outcome != y->outcome || x->is_default || y->is_default || c->unreachable[a] || c->unreachable[b])
		return false;
	return !table || table != table_of(c, b) || table->hit != HIT_UNIQUE;
}

static void report(struct checks *c, const uint32_t *rules, size_t count, const struct question *question)
{
	bool group = question->goal == GOAL_MEET && count > 2;
	struct finding *f = report_rules(c, FINDING_OVERLAP, group ? MESSAGE_OVERLAP_TABLE : MESSAGE_OVERLAP, rules, count);
	set_outcome(c, f, 2, rule_at(c, rules[0])->outcome);
	if (group) {
		diag_arg(c->diag, f, 1, table_of(c, rules[1])->name.id);
		set_id_list(c, f, 3, rules + 1, count - 1);
	}
	report_regions(c, TOPIC_OVERLAP, f, question);
}

void check_overlaps(struct checks *c)
{
	static const struct pair_check check = { TOPIC_OVERLAP, GOAL_REASON, GOAL_MEET, concerns, report };
	check_pairs(c, &check);
}
