/* Properties: what the author demands of all cases, refuted by one. */
#include "analysis/checks.h"
#include "support/writer.h"

#include <string.h>

/* ---- the decisions on one case, for the message ---- */

struct telling {                     /* outcomes of the decisions that a property rests on */
	struct checks *c;
	const struct property *property;
	int64_t *values;             /* per dimension */
	uint32_t *outcomes;          /* per decision */
};

static bool rule_holds(const struct telling *t, const struct rule *rule)
{
	return cond_holds(rule->when, t->values, t->outcomes) &&
	       !(rule->except && cond_holds(rule->except, t->values, t->outcomes));
}

static bool is_reason(const struct telling *t, const struct decision *d, uint32_t rule)
{
	const struct model *m = t->c->model;
	if (!rule_holds(t, &m->rules[rule]))
		return false;
	for (size_t i = 0; i < d->rule_count; i++)
		if (m->rules[d->rules[i]].outcome != m->rules[rule].outcome && rule_is_over(m, d->rules[i], rule) &&
		    rule_holds(t, &m->rules[d->rules[i]]))
			return false;
	return true;
}

/* The reasons of a decision as text; sets its outcome. */
static const char *reasons_of(struct telling *t, uint32_t decision)
{
	const struct decision *d = &t->c->model->decisions[decision];
	struct writer w;
	writer_init(&w, t->c->diag->arena);
	for (size_t i = 0; i < d->rule_count; i++) {
		if (!is_reason(t, d, d->rules[i]))
			continue;
		t->outcomes[decision] = t->c->model->rules[d->rules[i]].outcome;
		write_fmt(&w, "%s%s", w.size ? ", " : "", t->c->model->rules[d->rules[i]].id);
	}
	return writer_text(&w);
}

static const struct name *outcome_name(const struct telling *t, uint32_t decision)
{
	return &t->c->model->decisions[decision].outcomes[t->outcomes[decision]].name;
}

static void start_telling(struct telling *t, struct checks *c, const struct property *p, const struct region_list *list)
{
	*t = (struct telling){ .c = c, .property = p };
	t->values = arena_new_array(c->arena, int64_t, c->model->dim_count);
	t->outcomes = arena_new_array(c->arena, uint32_t, c->model->decision_count);
	for (size_t i = 0; i < list->dim_count; i++)
		t->values[list->dims[i]] = list->least[i];
}

/* path is 免予 (rule a): for each decision that the property names. */
static void tell_outcomes(struct telling *t, struct finding *f)
{
	const struct property *p = t->property;
	struct writer zh, en;
	writer_init(&zh, t->c->diag->arena);
	writer_init(&en, t->c->diag->arena);
	for (size_t i = 0; i < p->fed_by_count; i++) {
		const char *reasons = reasons_of(t, p->fed_by[i]);
		bool named = false;
		for (size_t k = 0; k < p->decision_count; k++)
			named |= p->decisions[k] == p->fed_by[i];
		if (!named)
			continue;
		const struct name *d = &t->c->model->decisions[p->fed_by[i]].name;
		const struct name *o = outcome_name(t, p->fed_by[i]);
		write_fmt(&zh, "%s`%s` 为 `%s`（%s）", zh.size ? "，" : "", d->label, o->label, reasons);
		write_fmt(&en, "%s`%s` is `%s` (%s)", en.size ? ", " : "", d->english, o->english, reasons);
	}
	diag_arg2(t->c->diag, f, 1, writer_text(&zh), writer_text(&en));
}

/* ---- implications ---- */

static struct finding *report(struct checks *c, const struct property *p, enum message message)
{
	struct finding *f = diag_add(c->diag, FINDING_REFUTED, p->span, message);
	f->rules = arena_new_array(c->diag->arena, const char *, 2);
	f->rules[0] = p->name.id;
	f->clauses = arena_new_array(c->diag->arena, const char *, p->attributes.cites.count + 1);
	for (size_t i = 0; i < p->attributes.cites.count; i++)
		f->clauses[i] = p->attributes.cites.clauses[i];
	diag_arg2(c->diag, f, 0, p->name.label, p->name.english);
	return f;
}

static void check_implication(struct checks *c, const struct property *p)
{
	struct question question = { .goal = GOAL_REFUTED, .decision = NONE, .property = p };
	struct region_list list;
	struct telling t;
	if (!is_there(c, TOPIC_PROPERTY, &question))
		return;
	struct finding *f = report(c, p, MESSAGE_REFUTED);
	if (regions_list(c->regions, &question, 0, &list) == REPLY_YES) {
		start_telling(&t, c, p, &list);
		tell_outcomes(&t, f);
	}
	report_regions(c, TOPIC_PROPERTY, f, &question);
}

/* ---- monotone ---- */

static void tell_fall(struct checks *c, const struct property *p, const struct fact *fact, struct finding *f,
		      const struct region_list *list)
{
	struct telling t;
	start_telling(&t, c, p, list);
	int64_t x[] = { t.values[fact->first_dim], list->least[list->dim_count] };
	diag_arg2(c->diag, f, 1, fact->name.label, fact->name.english);
	for (size_t side = 0; side < 2; side++) {
		t.values[fact->first_dim] = x[side];
		for (size_t i = 0; i < p->fed_by_count; i++)
			reasons_of(&t, p->fed_by[i]);
		struct phrase words = fact_value_words(c->diag->arena, fact, x[side]);
		const struct name *o = outcome_name(&t, p->decision);
		diag_arg2(c->diag, f, 2 + side, words.zh, words.en);
		diag_arg2(c->diag, f, 4 + side, o->label, o->english);
	}
}

static void check_monotone(struct checks *c, const struct property *p, uint32_t fact)
{
	struct question question = { .goal = GOAL_FALL, .decision = NONE, .property = p, .fact = fact };
	struct region_list list;
	bool read = false;
	for (size_t i = 0; i < p->dim_count; i++)
		read |= c->model->dims[p->dims[i]].fact == fact;
	if (!read || !is_there(c, TOPIC_PROPERTY, &question))
		return;
	struct finding *f = report(c, p, MESSAGE_REFUTED_FALL);
	if (regions_list(c->regions, &question, 0, &list) == REPLY_YES)
		tell_fall(c, p, &c->model->facts[fact], f, &list);
	report_regions(c, TOPIC_PROPERTY, f, &question);
}

void check_properties(struct checks *c)
{
	for (size_t i = 0; i < c->model->property_count; i++) {
		const struct property *p = &c->model->properties[i];
		bool no_case = false;
		for (size_t k = 0; k < p->constraint_count; k++)
			no_case |= c->contradictory[p->constraints[k]];
		if (no_case)
			continue;
		c->decision = NULL;
		bool open[TOPIC_COUNT] = { false };
		c->open = open;
		if (!p->monotone)
			check_implication(c, p);
		for (size_t k = 0; p->monotone && k < p->fact_count; k++)
			check_monotone(c, p, p->facts[k]);
		report_not_decided(c, p->span, p->name.id, &p->name);
	}
}
