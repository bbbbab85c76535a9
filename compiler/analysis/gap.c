/* Gaps: cases of a decision where no rule is a reason, and of a 完备 table where no row holds.
 * Priorities make no circle, so that some rule that holds is not beaten: no reason is the same as no rule. */
#include "analysis/checks.h"

static void check_decision(struct checks *c)
{
	size_t count = c->decision->rule_count;
	uint32_t *all = arena_new_array(c->arena, uint32_t, count + 1);
	for (uint32_t i = 0; i < count; i++)
		all[i] = i;
	struct question question = question_of(c, GOAL_NONE, NULL, 0, all, count);
	if (!is_there(c, TOPIC_GAP, &question))
		return;
	struct finding *f = diag_add(c->diag, FINDING_GAP, c->decision->span, MESSAGE_GAP);
	c->gap = true;
	c->verdict->gap = DECIDED_FOUND;
	f->decision = c->decision->name.id;
	diag_arg2(c->diag, f, 0, c->decision->name.label, c->decision->name.english);
	report_regions(c, TOPIC_GAP, f, &question);
	if (!mend_gap(c, f, NULL))
		diag_help(c->diag, f, MESSAGE_GAP_HELP, NULL, NULL);
}

static void check_table(struct checks *c, const struct rule_table *table)
{
	uint32_t *rows = arena_new_array(c->arena, uint32_t, table->rule_count + 1);
	size_t count = 0;
	for (uint32_t i = 0; i < c->decision->rule_count; i++)
		if (table_of(c, i) == table)
			rows[count++] = i;
	struct question question = question_of(c, GOAL_NONE, NULL, 0, rows, count);
	if (!is_there(c, TOPIC_GAP, &question))
		return;
	struct finding *f = diag_add(c->diag, FINDING_GAP, table->name_span, MESSAGE_GAP_TABLE);
	c->verdict->gap = DECIDED_FOUND;
	f->decision = c->decision->name.id;
	f->rules = arena_new_array(c->diag->arena, const char *, 2);
	f->rules[0] = table->name.id;
	diag_arg(c->diag, f, 0, table->name.id);
	report_regions(c, TOPIC_GAP, f, &question);
	if (!mend_gap(c, f, table))
		diag_help(c->diag, f, MESSAGE_GAP_TABLE_HELP, NULL, NULL);
}

void check_gaps(struct checks *c)
{
	check_decision(c);
	for (size_t i = 0; i < c->decision->table_count; i++)
		if (c->model->tables[c->decision->tables[i]].complete)
			check_table(c, &c->model->tables[c->decision->tables[i]]);
}
