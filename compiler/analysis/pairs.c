/* Pairs of rules that meet. A rule that meets rows of one table is one finding, with all these rows; two rows, and two
 * rules that are no rows, are one finding a pair. */
#include "analysis/checks.h"

static bool is_row(const struct checks *c, uint32_t rule)
{
	return rule_at(c, rule)->table != NONE;
}

static void check_pair(struct checks *c, const struct pair_check *check, uint32_t a, uint32_t b)
{
	const uint32_t rules[] = { a, b };
	struct question question = question_of(c, check->alone, rules, 2, NULL, 0);
	if (check->concerns(c, a, b) && is_there(c, check->topic, &question))
		check->report(c, rules, 2, &question);
}

/* Rows from *at on that belong to one table; *at goes behind them. */
static void check_rows(struct checks *c, const struct pair_check *check, uint32_t rule, struct neighbours near, size_t *at)
{
	uint32_t table = rule_at(c, near.items[*at])->table;
	rule_list involved = { 0 };
	vec_push(c->arena, &involved, rule);
	for (; *at < near.count && rule_at(c, near.items[*at])->table == table; ++*at) {
		const uint32_t rules[] = { rule, near.items[*at] };
		struct question question = question_of(c, check->alone, rules, 2, NULL, 0);
		if (check->concerns(c, rule, rules[1]) && is_there(c, check->topic, &question))
			vec_push(c->arena, &involved, rules[1]);
	}
	if (involved.count == 1)
		return;
	struct question question =
		question_of(c, check->grouped, involved.items, 1, involved.items + 1, involved.count - 1);
	check->report(c, involved.items, involved.count, &question);
}

void check_pairs(struct checks *c, const struct pair_check *check)
{
	struct neighbours meeting = rules_that_meet(c, check->topic);
	for (size_t n = 0; n < meeting.count; n++) {
		uint32_t a = meeting.items[n];
		struct neighbours near = { 0 };
		if (!c->impossible[a])
			near = neighbours_of(c, check->topic, a);
		for (size_t i = 0; i < near.count && !c->open[check->topic];) {
			if (!is_row(c, a) && is_row(c, near.items[i])) {
				check_rows(c, check, a, near, &i);
				continue;
			}
			if (near.items[i] > a && is_row(c, a) == is_row(c, near.items[i]))
				check_pair(c, check, a, near.items[i]);
			i++;
		}
		if (c->open[check->topic])
			return;
	}
}
