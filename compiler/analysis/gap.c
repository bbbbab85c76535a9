/* Gaps: cases of a decision where no rule is a reason, and of a 完备 table where no row holds.
 * Priorities make no circle, so that some rule that holds is not beaten: no reason is the same as no rule. */
#include "analysis/checks.h"

/* ---- where the text should have spoken ---- */

/* Notes the members that a test picks out, among all that the fact has. */
static void note_members(const struct model *model, const struct cond *cond, uint32_t fact, bool negated, bool *named)
{
	if (cond->kind == COND_FACT && model->dims[cond->dim].fact == fact) {
		for (size_t m = 0; m < model->facts[fact].member_count; m++) {
			bool in = false;
			for (size_t i = 0; i < cond->ranges.count; i++)
				in |= cond->ranges.items[i].low <= (int64_t)m && (int64_t)m <= cond->ranges.items[i].high;
			named[m] |= in != negated;
		}
	}
	for (size_t i = 0; i < cond->part_count; i++)
		note_members(model, cond->parts[i], fact, cond->kind == COND_NOT ? !negated : negated, named);
}

static bool has_clauses(const struct fact *f)
{
	for (size_t m = 0; m < f->member_count; m++)
		if (f->members[m].clause)
			return true;
	return false;
}

/* Values with a clause of their own (a text's row) that none of the rules picks out: that clause stays without effect
 * here, though the decision reads the fact. */
static size_t silent_clauses(struct checks *c, uint32_t fact, const uint32_t *rules, size_t count, const char **out)
{
	const struct fact *f = &c->model->facts[fact];
	bool *named = arena_new_array(c->arena, bool, f->member_count);
	size_t kept = 0;
	if (f->kind != FACT_ENUMERATION || !has_clauses(f))
		return 0;
	for (size_t i = 0; i < count; i++)
		note_members(c->model, rule_at(c, rules[i])->when, fact, false, named);
	for (size_t m = 0; m < f->member_count; m++)
		if (!named[m] && f->members[m].clause)
			out[kept++] = f->members[m].clause;
	return kept;
}

/* A gap has no rule; its clauses are those between which it lies: of all the rules asked, and of silent values. */
static void set_clauses(struct checks *c, struct finding *f, const uint32_t *rules, size_t count)
{
	const struct decision *decision = c->decision;
	size_t most = 0, kept = 0;
	for (size_t i = 0; i < decision->read_fact_count; i++)
		most += c->model->facts[decision->read_facts[i]].member_count;
	const char **silent = arena_new_array(c->arena, const char *, most);
	for (size_t i = 0; i < decision->read_fact_count; i++)
		kept += silent_clauses(c, decision->read_facts[i], rules, count, silent + kept);
	f->clauses = clauses_of(c, rules, count, silent, kept);
}

/* ---- the gaps ---- */

/* The 完备 table whose rows are all that the decision has: a gap of the one is the gap of the other, and is said of the
 * table, where the missing row belongs and where the author promised it. NULL: none. */
static const struct rule_table *only_source(const struct checks *c)
{
	const struct decision *d = c->decision;
	const struct rule_table *table = d->rule_count ? table_of(c, 0) : NULL;
	return table && table->complete && table->rule_count == d->rule_count ? table : NULL;
}

static void check_decision(struct checks *c)
{
	size_t count = c->decision->rule_count;
	uint32_t *all = arena_new_array(c->arena, uint32_t, count);
	for (uint32_t i = 0; i < count; i++)
		all[i] = i;
	struct question question = question_of(c, GOAL_NONE, NULL, 0, all, count);
	if (!is_there(c, TOPIC_GAP, &question))
		return;
	c->gap = true;
	c->verdict->gap = DECIDED_FOUND;
	if (only_source(c))
		return;
	struct finding *f = diag_add(c->diag, FINDING_GAP, c->decision->span, MESSAGE_GAP);
	f->decision = c->decision->name.id;
	diag_arg2(c->diag, f, 0, c->decision->name.label, c->decision->name.english);
	set_clauses(c, f, all, count);
	report_regions(c, TOPIC_GAP, f, &question);
	set_gap_cause(c, f);
	if (!mend_gap(c, f, NULL, true) && !say_never(c, f, &question, MESSAGE_GAP_NEVER_HELP))
		diag_help(c->diag, f, MESSAGE_GAP_HELP, NULL, NULL);
}

static void check_table(struct checks *c, const struct rule_table *table)
{
	uint32_t *rows = arena_new_array(c->arena, uint32_t, table->rule_count);
	size_t count = table->rule_count;
	for (uint32_t i = 0, first = count ? first_row(c, table) : 0; i < count; i++)
		rows[i] = first + i;
	struct question question = question_of(c, GOAL_NONE, NULL, 0, rows, count);
	bool only = table == only_source(c);
	if (only && !c->open[TOPIC_GAP] ? !c->gap : !is_there(c, TOPIC_GAP, &question))
		return;              /* the same question as of the decision */
	struct finding *f = diag_add(c->diag, FINDING_GAP, table->name_span, only ? MESSAGE_GAP_ONLY_TABLE : MESSAGE_GAP_TABLE);
	c->verdict->gap = DECIDED_FOUND;
	f->decision = c->decision->name.id;
	f->rules = arena_new_array(c->diag->arena, const char *, 2);
	f->rules[0] = table->name.id;
	diag_arg(c->diag, f, 0, table->name.id);
	diag_arg2(c->diag, f, 1, c->decision->name.label, c->decision->name.english);
	set_clauses(c, f, rows, count);
	report_regions(c, TOPIC_GAP, f, &question);
	set_gap_cause(c, f);
	if (!mend_gap(c, f, table, only) && !say_never(c, f, &question, MESSAGE_GAP_NEVER_TABLE_HELP))
		diag_help(c->diag, f, only ? MESSAGE_GAP_ONLY_TABLE_HELP : MESSAGE_GAP_TABLE_HELP, NULL, NULL);
}

void check_gaps(struct checks *c)
{
	check_decision(c);
	for (size_t i = 0; i < c->decision->table_count; i++)
		if (c->model->tables[c->decision->tables[i]].complete)
			check_table(c, &c->model->tables[c->decision->tables[i]]);
}
