/* What a duty, a step and a validity must say for a procedure to run: who, from when, until when, and what then. What the
 * legal text leaves open is to be chosen or declared, and never silently. */
#include "procedure/checks.h"

#include <string.h>

static struct finding *report_duty(struct procedure_checks *c, enum finding_kind kind, const struct duty *duty,
				   enum message message, enum message help)
{
	struct finding *f = report_at(c, kind, duty->name_span, message, duty->name.id, &duty->attributes);
	name_arg(c, f, 0, &duty->name);
	diag_help(c->diag, f, help, NULL, NULL);
	return f;
}

static bool is_declared(const struct procedure_checks *c, const struct attributes *attributes, const char *word)
{
	const struct counting *counting = c->model->counting;
	for (size_t i = 0; i < counting->vague_word_count; i++)
		if (strcmp(counting->vague_words[i], word) == 0)
			return true;
	return attributes->discretion;
}

static void check_vague(struct procedure_checks *c, const struct name *name, struct span span,
			const struct attributes *attributes, const char *word)
{
	if (!word || is_declared(c, attributes, word))
		return;
	struct finding *f = report_at(c, FINDING_VAGUE_TIME, span, MESSAGE_VAGUE_TIME, name->id, attributes);
	name_arg(c, f, 0, name);
	diag_arg(c->diag, f, 1, word);
	diag_help(c->diag, f, MESSAGE_VAGUE_TIME_HELP, word, NULL);
}

static void check_start(struct procedure_checks *c, const struct name *name, struct span span,
			const struct attributes *attributes, const struct starts *from)
{
	if (from->event_count > 0)
		return;
	struct finding *f = report_at(c, FINDING_CLOCK_START, span, from->words ? MESSAGE_CLOCK_START_WORDS : MESSAGE_CLOCK_START,
				      name->id, attributes);
	name_arg(c, f, 0, name);
	if (from->words)
		diag_arg(c->diag, f, 1, from->words);
	diag_help(c->diag, f, MESSAGE_CLOCK_START_HELP, NULL, NULL);
}

static bool is_repeated(const struct duty *duty)
{
	return duty->every.kind != EVERY_NOT;
}

static void check_duty(struct procedure_checks *c, const struct duty *d)
{
	if (d->role == NONE)
		report_duty(c, FINDING_DUTY_ROLE, d, MESSAGE_DUTY_ROLE, MESSAGE_DUTY_ROLE_HELP);
	if (!runs_of_itself(d) && (!is_repeated(d) || d->every.anchor == ANCHOR_EVENT))
		check_start(c, &d->name, d->name_span, &d->attributes, &d->from);
	if (!is_repeated(d) && d->limit.kind == LIMIT_KIND_NONE)
		report_duty(c, FINDING_DUTY_LIMIT, d, MESSAGE_DUTY_LIMIT, MESSAGE_DUTY_LIMIT_HELP);
	if (d->every.kind == EVERY_PERIOD && d->every.anchor == ANCHOR_NONE)
		report_duty(c, FINDING_DUTY_PERIOD, d, MESSAGE_DUTY_PERIOD, MESSAGE_DUTY_PERIOD_HELP);
	if (d->discharge_count == 0)
		report_duty(c, FINDING_DUTY_END, d, MESSAGE_DUTY_END, MESSAGE_DUTY_END_HELP);
	if (d->lapse.kind == LAPSE_UNSTATED)
		report_duty(c, FINDING_DUTY_LAPSE, d, MESSAGE_DUTY_LAPSE, MESSAGE_DUTY_LAPSE_HELP);
	check_vague(c, &d->name, d->name_span, &d->attributes, d->limit.kind == LIMIT_KIND_VAGUE ? d->limit.vague : NULL);
	check_vague(c, &d->name, d->name_span, &d->attributes, d->every.kind == EVERY_VAGUE ? d->every.vague : NULL);
}

static void check_step(struct procedure_checks *c, const struct step *step)
{
	if (step->actor == ACTOR_NONE) {
		struct finding *f = report_at(c, FINDING_DUTY_ROLE, step->name_span, MESSAGE_STEP_ROLE, step->name.id,
					      &step->attributes);
		name_arg(c, f, 0, &step->name);
		diag_help(c->diag, f, MESSAGE_DUTY_ROLE_HELP, NULL, NULL);
	}
	check_vague(c, &step->name, step->name_span, &step->attributes,
		    step->limit.kind == LIMIT_KIND_VAGUE ? step->limit.vague : NULL);
	if (step->circumstance && !step->attributes.discretion) {
		struct finding *f = report_at(c, FINDING_VAGUE_CIRCUMSTANCE, step->name_span, MESSAGE_VAGUE_CIRCUMSTANCE,
					      step->name.id, &step->attributes);
		name_arg(c, f, 0, &step->name);
		diag_arg(c->diag, f, 1, step->circumstance);
		diag_help(c->diag, f, MESSAGE_VAGUE_CIRCUMSTANCE_HELP, NULL, NULL);
	}
}

/* ---- how is it counted ---- */

struct use {                         /* of periods, and the first thing that has one */
	const struct name *name;
	const struct attributes *attributes;
	struct span span;
};

static void note_use(struct use *uses, struct period period, bool has, const struct name *name,
		     const struct attributes *attributes, struct span span)
{
	struct use *use = &uses[period.unit];
	if (has && (!use->name || span.start < use->span.start))
		*use = (struct use){ name, attributes, span };
}

static bool has_period(const struct limit *limit)
{
	return limit->kind == LIMIT_KIND_WITHIN || limit->kind == LIMIT_KIND_IN_THE_LAST ||
	       limit->kind == LIMIT_KIND_AT_LEAST_BEFORE;
}

static void find_uses(const struct procedure *p, struct use *uses)
{
	for (size_t i = 0; i < p->duty_count; i++) {
		const struct duty *d = &p->duties[i];
		note_use(uses, d->limit.period, has_period(&d->limit), &d->name, &d->attributes, d->name_span);
		note_use(uses, d->every.period, d->every.kind == EVERY_PERIOD, &d->name, &d->attributes, d->name_span);
	}
	for (size_t i = 0; i < p->step_count; i++)
		note_use(uses, p->steps[i].limit.period, has_period(&p->steps[i].limit), &p->steps[i].name,
			 &p->steps[i].attributes, p->steps[i].name_span);
	for (size_t i = 0; i < p->validity_count; i++)
		note_use(uses, p->validities[i].period, true, &p->validities[i].name, &p->validities[i].attributes,
			 p->validities[i].name_span);
}

static void report_counting(struct procedure_checks *c, enum finding_kind kind, const struct use *use, enum message message,
			    enum message help)
{
	struct finding *f = report_at(c, kind, use->span, message, use->name->id, use->attributes);
	name_arg(c, f, 0, use->name);
	diag_help(c->diag, f, help, NULL, NULL);
}

static void check_counting(struct procedure_checks *c)
{
	struct use uses[UNIT_YEARS + 1] = { { 0 } };
	const struct counting *counting = c->model->counting;
	find_uses(c->p, uses);
	const struct use *first = NULL, *long_one = uses[UNIT_YEARS].name ? &uses[UNIT_YEARS] : &uses[UNIT_MONTHS];
	for (int unit = 0; unit <= UNIT_YEARS; unit++)
		if (uses[unit].name && (!first || uses[unit].span.start < first->span.start))
			first = &uses[unit];
	if (uses[UNIT_WORKING_DAYS].name && c->p->calendar == NONE)
		report_counting(c, FINDING_CALENDAR, &uses[UNIT_WORKING_DAYS], MESSAGE_CALENDAR_NONE, MESSAGE_CALENDAR_HELP);
	if (first && !counting->start_day_excluded && !c->start_day_said)
		report_counting(c, FINDING_COUNTING, first, MESSAGE_COUNTING_START, MESSAGE_COUNTING_START_HELP);
	if (long_one->name && !counting->corresponding_day && !c->end_day_said)
		report_counting(c, FINDING_COUNTING, long_one, MESSAGE_COUNTING_END, MESSAGE_COUNTING_END_HELP);
	c->start_day_said |= first != NULL;
	c->end_day_said |= long_one->name != NULL;
}

void check_parts(struct procedure_checks *c)
{
	for (size_t i = 0; i < c->p->duty_count; i++)
		check_duty(c, &c->p->duties[i]);
	for (size_t i = 0; i < c->p->validity_count; i++) {
		const struct validity *v = &c->p->validities[i];
		check_start(c, &v->name, v->name_span, &v->attributes, &v->from);
	}
	for (size_t i = 0; i < c->p->step_count; i++)
		check_step(c, &c->p->steps[i]);
	check_counting(c);
}
