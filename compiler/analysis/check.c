/* The list of checks, and how they ask. Each decision comes after those that feed it, so that what was decided of these
 * need not be asked again. */
#include "analysis/checks.h"

/* note [one mistake, one message] Impossible rules come first: nothing else is said of them. Unreachable ones come
 * before masked ones, and these before redundant ones, for the same reason. */
static void (*const checks_of_decision[])(struct checks *c) = {
	check_impossible, check_conflicts,  check_table_hits, check_gaps,     check_unreachable, check_masked,
	check_redundant,  check_misleading, check_mergeable,  check_overlaps, check_overridden,
};

/* ---- asking ---- */

const struct rule *rule_at(const struct checks *c, uint32_t rule)
{
	return &c->model->rules[c->decision->rules[rule]];
}

const struct rule_table *table_of(const struct checks *c, uint32_t rule)
{
	uint32_t table = rule_at(c, rule)->table;
	return table == NONE ? NULL : &c->model->tables[table];
}

struct question question_of(const struct checks *c, enum goal_kind goal, const uint32_t *rules, size_t rule_count,
			    const uint32_t *others, size_t other_count)
{
	return (struct question){ .goal = goal,
				  .decision = c->index,
				  .rules = rules,
				  .rule_count = rule_count,
				  .others = others,
				  .other_count = other_count };
}

static void tell(struct progress *p, enum message message, const struct name *subject, enum topic topic)
{
	p->message = message;
	p->subject = (struct phrase){ subject->label, subject->english };
	p->question = topic_words(topic);
	progress_tick(p);
}

/* Says what is asked of the decision: of one of its rules, or of it as a whole (rule NONE). */
static void tell_decision(struct checks *c, enum topic topic, uint32_t rule)
{
	struct progress *p = c->progress;
	if (!p)
		return;
	const struct rule_table *table = rule == NONE ? NULL : table_of(c, rule);
	p->table = table ? table->name.id : NULL;
	p->at = rule == NONE ? 0 : (size_t)rule + 1;
	p->of = c->decision->rule_count;
	tell(p,
	     rule == NONE ? MESSAGE_PROGRESS_DECISION
	     : table	  ? MESSAGE_PROGRESS_ROW
			  : MESSAGE_PROGRESS_RULE,
	     &c->decision->name, topic);
}

static void tell_property(struct checks *c, enum topic topic, const struct property *property)
{
	struct progress *p = c->progress;
	if (!p)
		return;
	p->table = NULL;
	p->at = p->of = 0;
	tell(p, MESSAGE_PROGRESS_PROPERTY, &property->name, topic);
}

bool is_there(struct checks *c, enum topic topic, const struct question *question)
{
	if (c->decision)
		tell_decision(c, topic, question->rule_count ? question->rules[0] : NONE);
	else
		tell_property(c, topic, question->property);
	enum reply reply = regions_exist(c->regions, question);
	if (reply == REPLY_ENDED)
		c->open[topic] = true;
	return reply == REPLY_YES;
}

bool beats(const struct checks *c, uint32_t a, uint32_t b)
{
	return regions_beats(c->regions, c->index, a, b);
}

struct neighbours neighbours_of(struct checks *c, enum topic topic, uint32_t rule)
{
	struct neighbours near = { NULL, 0 };
	tell_decision(c, topic, rule);
	if (!regions_neighbours(c->regions, c->index, rule, &near))
		c->open[topic] = true;
	return near;
}

struct neighbours rules_that_meet(struct checks *c, enum topic topic)
{
	struct neighbours meeting = { NULL, 0 };
	tell_decision(c, topic, NONE);
	if (!regions_meeting(c->regions, c->index, &meeting))
		c->open[topic] = true;
	return meeting;
}

bool has_table_but(const struct checks *c, enum hit_policy hit)
{
	for (size_t i = 0; i < c->decision->table_count; i++)
		if (c->model->tables[c->decision->tables[i]].hit != hit)
			return true;
	return false;
}

uint32_t first_row(const struct checks *c, const struct rule_table *table)
{
	size_t low = 0, high = c->decision->rule_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (c->decision->rules[middle] < table->rules[0])
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

static bool is_earlier_row(const struct checks *c, uint32_t earlier, uint32_t rule)
{
	const struct rule_table *table = table_of(c, rule);
	return table && table->hit == HIT_FIRST && table_of(c, earlier) == table &&
	       rule_at(c, earlier)->row < rule_at(c, rule)->row;
}

rule_list beaters_of(struct checks *c, enum topic topic, uint32_t rule, bool of_first_hit)
{
	struct neighbours near = neighbours_of(c, topic, rule);
	rule_list list = { 0 };
	for (size_t i = 0; i < near.count; i++)
		if (beats(c, near.items[i], rule) && !c->impossible[near.items[i]] &&
		    (of_first_hit || !is_earlier_row(c, near.items[i], rule)))
			vec_push(c->arena, &list, near.items[i]);
	return list;
}

/* ---- the decisions, one by one ---- */

static bool has_no_case(const struct checks *c)
{
	for (size_t i = 0; i < c->decision->constraint_count; i++)
		if (c->contradictory[c->decision->constraints[i]])
			return true;
	return false;
}

static enum decided decided(bool found, bool open)
{
	return found ? DECIDED_FOUND : open ? DECIDED_NOT : DECIDED_NONE;
}

static void check_decision(struct checks *c, uint32_t index)
{
	size_t rules = c->model->decisions[index].rule_count;
	c->index = index;
	c->decision = &c->model->decisions[index];
	c->verdict = &c->verdicts->items[index];
	c->impossible = arena_new_array(c->arena, bool, rules);
	c->unreachable = arena_new_array(c->arena, bool, rules);
	c->said = arena_new_array(c->arena, bool, rules);
	c->hides = arena_new_array(c->arena, bool, rules);
	c->gap = c->conflict = false;
	c->open = c->verdicts_open[index];
	if (has_no_case(c))
		return;
	for (size_t i = 0; i < sizeof checks_of_decision / sizeof *checks_of_decision; i++)
		checks_of_decision[i](c);
	blame(c);
	bool conflict_open = c->open[TOPIC_CONFLICT] || c->open[TOPIC_HITS];
	if (!c->gap && !c->conflict && !c->open[TOPIC_GAP] && !conflict_open)
		regions_total(c->regions, index);
	c->verdict->conflict = decided(c->verdict->conflict == DECIDED_FOUND, conflict_open);
	c->verdict->gap = decided(c->verdict->gap == DECIDED_FOUND, c->open[TOPIC_GAP]);
	c->verdict->unreachable = decided(c->verdict->unreachable == DECIDED_FOUND,
					  c->open[TOPIC_UNREACHABLE] || c->open[TOPIC_IMPOSSIBLE]);
	c->verdict->redundant = decided(c->verdict->redundant == DECIDED_FOUND, c->open[TOPIC_REDUNDANT]);
}

/* What is not decided of a decision is said once, when regions have been worked out too. */
static void report_open(struct checks *c)
{
	for (uint32_t i = 0; i < c->model->decision_count; i++) {
		c->decision = &c->model->decisions[i];
		c->open = c->verdicts_open[i];
		report_not_decided(c, c->decision->span, c->decision->name.id, &c->decision->name);
	}
}

static void keep(struct keeping *keeping, struct regions *regions)
{
	keeping->ended = regions_ended(regions);
	if (!keeping->ended)
		regions_keep_end(regions);
}

void check_model(struct arena *arena, struct diag *diag, const struct model *model, const struct budget *budget,
		 struct verdicts *verdicts)
{
	const struct limits limits = { budget->nodes, budget->milliseconds, budget->bytes, budget->progress };
	struct checks c = { .arena = arena, .diag = diag, .model = model, .verdicts = verdicts };
	c.shown = budget->regions_shown;
	c.rows = budget->rows;
	c.hide_notes = budget->hide_notes;
	c.progress = budget->progress;
	verdicts->items = arena_new_array(arena, struct verdict, model->decision_count);
	verdicts->count = model->decision_count;
	c.contradictory = arena_new_array(arena, bool, model->constraint_count);
	c.verdicts_open = arena_alloc_array(arena, model->decision_count + 1, sizeof *c.verdicts_open);
	c.regions = regions_new(arena, model, &limits);
	c.keeping = budget->keeping;
	if (c.keeping) {
		c.keeping->check++;
		regions_keep(c.regions, c.keeping->kept, c.keeping->ids);
	}
	check_constraints(&c);
	for (size_t i = 0; i < model->decision_count; i++)
		check_decision(&c, model->order[i]);
	check_properties(&c);
	diag_sort(diag);
	report_details(&c, budget);
	mend_causes(&c, budget);
	report_open(&c);
	diag_sort(diag);
	if (budget->keeping)
		keep(budget->keeping, c.regions);
}
