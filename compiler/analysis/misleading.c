/* Misleading: rows that do not mean what the declared hit policy lets a reader think. Of a 首中 table: two rows of which
 * neither is a special case of the other, so that their order alone decides where both hold. Of a table as a whole: 首中
 * where the order decides nothing, 任一 where no two rows ever hold together. */
#include "analysis/checks.h"

/* ---- rows whose order alone decides ---- */

/* Rows of the table above `end` that can meet `row`. */
static rule_list rows_above(struct checks *c, uint32_t row, uint32_t end)
{
	struct neighbours near = neighbours_of(c, TOPIC_MISLEADING, row);
	rule_list above = { 0 };
	for (size_t i = 0; i < near.count && near.items[i] < end; i++)
		if (table_of(c, near.items[i]) == table_of(c, row) && !c->impossible[near.items[i]])
			vec_push(c->arena, &above, near.items[i]);
	return above;
}

static rule_list common(struct checks *c, const rule_list *a, const rule_list *b)
{
	rule_list both_have = { 0 };
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		if (a->items[i] == b->items[k])
			vec_push(c->arena, &both_have, a->items[i]);
		uint32_t x = a->items[i], y = b->items[k];
		i += x <= y;
		k += y <= x;
	}
	return both_have;
}

/* `above`: rows above `row` that can meet it, `earlier` among them. Somewhere `earlier` is the first row that holds, and
 * `row` holds too; and `earlier` holds without it elsewhere. That `row` holds without `earlier` is sure: it would be
 * unreachable. Of products that nothing constrains their tests say it all. */
static bool crosses(struct checks *c, uint32_t row, uint32_t earlier, const rule_list *above)
{
	const uint32_t rules[] = { earlier, row };
	bool plain = regions_surely_holds(c->regions, c->index, row) && regions_surely_holds(c->regions, c->index, earlier);
	if (rule_at(c, row)->outcome == rule_at(c, earlier)->outcome || tests_contain(c, row, earlier))
		return false;
	rule_list of_earlier = rows_above(c, earlier, earlier), first = common(c, &of_earlier, above);
	if (!(plain && first.count == 0) && !holds_without(c, TOPIC_MISLEADING, rules, 2, first.items, first.count))
		return false;
	return plain || holds_without(c, TOPIC_MISLEADING, &earlier, 1, &row, 1);
}

static void check_row(struct checks *c, uint32_t row)
{
	rule_list above = rows_above(c, row, row), rules = { 0 };
	vec_push(c->arena, &rules, row);
	for (size_t i = 0; i < above.count && !c->open[TOPIC_MISLEADING]; i++)
		if (crosses(c, row, above.items[i], &above))
			vec_push(c->arena, &rules, above.items[i]);
	if (rules.count == 1 || c->open[TOPIC_MISLEADING])
		return;
	struct finding *f = report_rules(c, FINDING_MISLEADING, MESSAGE_MISLEADING_ROW, rules.items, rules.count);
	struct question question = question_of(c, GOAL_BEATEN, &row, 1, rules.items + 1, rules.count - 1);
	set_id_list(c, f, 1, rules.items + 1, rules.count - 1);
	set_outcome(c, f, 2, rule_at(c, row)->outcome);
	report_regions(c, TOPIC_MISLEADING, f, &question);
	diag_help(c->diag, f, MESSAGE_MISLEADING_ROW_HELP, rule_at(c, row)->id, NULL);
}

/* ---- the policy of a table ---- */

/* Some two rows of the table hold together; `differ`: with different outcomes. */
static bool rows_meet(struct checks *c, const struct rule_table *table, uint32_t first, bool differ)
{
	for (uint32_t a = first; a < first + table->rule_count; a++) {
		struct neighbours near = neighbours_of(c, TOPIC_MISLEADING, a);
		for (size_t i = 0; i < near.count; i++) {
			const uint32_t rules[] = { a, near.items[i] };
			struct question question = question_of(c, GOAL_HOLD, rules, 2, NULL, 0);
			if (rules[1] < a || table_of(c, rules[1]) != table || c->impossible[a] || c->impossible[rules[1]] ||
			    (differ && rule_at(c, a)->outcome == rule_at(c, rules[1])->outcome))
				continue;
			if (is_there(c, TOPIC_MISLEADING, &question) || c->open[TOPIC_MISLEADING])
				return true;
		}
	}
	return false;
}

/* Each of the table's rows does something: what else there is to say of it has been said. */
static bool is_sound(const struct checks *c, const struct rule_table *table, uint32_t first)
{
	for (uint32_t i = first; i < first + table->rule_count; i++)
		if (c->impossible[i] || c->unreachable[i] || c->said[i])
			return false;
	return true;
}

static void check_policy(struct checks *c, const struct rule_table *table, uint32_t first)
{
	bool is_first = table->hit == HIT_FIRST;
	if (!is_sound(c, table, first) || rows_meet(c, table, first, is_first) || c->open[TOPIC_MISLEADING])
		return;
	bool meet = is_first && rows_meet(c, table, first, false);
	if (c->open[TOPIC_MISLEADING])
		return;
	struct finding *f = diag_add(c->diag, FINDING_MISLEADING, table->name_span,
				     is_first ? MESSAGE_MISLEADING_FIRST : MESSAGE_MISLEADING_ANY);
	f->decision = c->decision->name.id;
	f->rules = arena_new_array(c->diag->arena, const char *, 2);
	f->rules[0] = table->name.id;
	diag_arg(c->diag, f, 0, table->name.id);
	mend_policy(c, f, table, meet ? HIT_ANY : HIT_UNIQUE);
}

void check_misleading(struct checks *c)
{
	if (!has_table_but(c, HIT_UNIQUE))
		return;
	struct neighbours meeting = rules_that_meet(c, TOPIC_MISLEADING);
	for (size_t i = 0; i < c->decision->table_count && !c->open[TOPIC_MISLEADING]; i++) {
		const struct rule_table *table = &c->model->tables[c->decision->tables[i]];
		if (table->hit != HIT_UNIQUE && table->rule_count > 1)
			check_policy(c, table, first_row(c, table));
	}
	for (size_t n = 0; n < meeting.count && !c->open[TOPIC_MISLEADING]; n++) {
		uint32_t i = meeting.items[n];
		const struct rule_table *table = table_of(c, i);
		if (table && table->hit == HIT_FIRST && !c->impossible[i] && !c->unreachable[i] && !c->said[i])
			check_row(c, i);
	}
}
