/* What is declared and never used: warnings. Where a name could not be looked up, what it meant may be used after all,
 * so its namespace is not reported then. */
#include "model/procedure.h"
#include "model/resolve.h"

static void report_unused(struct resolver *r, enum thing thing, const struct name *name, struct span span)
{
	struct finding *f = report(r, FINDING_UNUSED, span, MESSAGE_UNUSED, name->id, NULL);
	struct phrase words = thing_words(thing);
	diag_arg2(r->diag, f, 1, words.zh, words.en);
}

static void report_outcomes(struct resolver *r, uint32_t index)
{
	const struct model *m = r->model;
	const struct decision *d = &m->decisions[index];
	bool given[LIMIT_OUTCOMES] = { false };
	if (r->decision_lost || r->outcome_lost[index] || !d->rule_count)
		return;
	for (size_t i = 0; i < d->rule_count; i++)
		given[m->rules[d->rules[i]].outcome] = true;
	for (size_t i = 0; i < d->outcome_count; i++) {
		if (given[i])
			continue;
		struct finding *f = report(r, FINDING_UNUSED, d->outcomes[i].span, MESSAGE_UNUSED_OUTCOME,
					   d->outcomes[i].name.id, d->name.id);
		f->decision = d->name.id;
	}
}

static void report_enumerations(struct resolver *r)
{
	for (size_t i = 0; i < r->enumeration_count; i++) {
		const struct ast_decl *decl = r->enumeration_list[i].decl;
		struct name name = name_of(r, &decl->name);
		if (!r->enumeration_list[i].used)
			report_unused(r, THING_ENUMERATION, &name, name_span(&decl->name, decl->keyword));
	}
}

static void report_baselines(struct resolver *r)
{
	for (size_t i = 0; i < r->baseline_count; i++) {
		const struct ast_decl *decl = r->baseline_list[i].decl;
		struct name name = name_of(r, &decl->name);
		if (!r->baseline_list[i].used)
			report_unused(r, THING_BASELINE, &name, name_span(&decl->name, decl->keyword));
	}
}

void unused_report(struct resolver *r)
{
	const struct model *m = r->model;
	for (size_t i = 0; i < m->fact_count && !r->subject_lost; i++)
		if (!r->fact_used[i] && !r->fact_broken[i])
			report_unused(r, THING_FACT, &m->facts[i].name, m->facts[i].span);
	for (size_t i = 0; i < m->definition_count && !r->subject_lost; i++)
		if (!m->definitions[i].used)
			report_unused(r, THING_DEFINITION, &m->definitions[i].name, m->definitions[i].span);
	for (uint32_t i = 0; i < m->decision_count; i++)
		report_outcomes(r, i);
	report_enumerations(r);
	report_baselines(r);
	for (size_t i = 0; i < m->calendar_count; i++)
		if (!r->calendar_used[i])
			report_unused(r, THING_CALENDAR, &m->calendars[i].name, m->calendars[i].name_span);
}
