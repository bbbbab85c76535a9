/* 职责 with its deadline, and 有效期: the clocks of a procedure. */
#include "model/procedures.h"

#include <string.h>

/* ---- finding them ---- */

bool clock_look_up(struct resolver *r, const struct building *b, const struct ast_word *word, struct clock_ref *out)
{
	uint32_t index = scope_look_up(r, &b->clock_names, THING_CLOCK, word);
	if (index == NONE)
		return false;
	bool validity = (index & VALIDITY_BIT) != 0;
	*out = (struct clock_ref){ .kind = validity ? CLOCK_VALIDITY : CLOCK_DUTY,
				   .index = index & ~VALIDITY_BIT,
				   .span = word->span };
	return true;
}

uint32_t validity_look_up(struct resolver *r, const struct building *b, const struct ast_word *word)
{
	struct clock_ref clock;
	if (!clock_look_up(r, b, word, &clock))
		return NONE;
	if (clock.kind == CLOCK_VALIDITY)
		return clock.index;
	report(r, FINDING_TYPE, word->span, MESSAGE_NOT_A_VALIDITY, word->text, NULL);
	return NONE;
}

struct effects *effects_of(struct building *b, const struct clock_ref *clock)
{
	return clock->kind == CLOCK_DUTY ? &b->duty_effects.items[clock->index]
					 : &b->validity_effects.items[clock->index];
}

static bool has_room(struct resolver *r, const struct building *b, size_t count, struct span span)
{
	if (count == LIMIT_CLOCKS)
		report_limit(r, span, "程序的职责或者有效期", "duties or validities of a procedure", LIMIT_CLOCKS,
			     b->procedure->name.id);
	return count < LIMIT_CLOCKS;
}

void duty_declare(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct building *b = building_of(r, decl);
	struct span span = name_span(&decl->name, decl->keyword);
	if (!b || !has_room(r, b, b->duties.count, span))
		return;
	uint32_t index = (uint32_t)b->duties.count;
	struct duty duty = { .name = name_of(r, &decl->name), .span = decl->span, .name_span = span };
	struct effects none = { 0 };
	if (!scope_add(r, &b->clock_names, THING_CLOCK, &decl->name, index, false))
		return;
	entry->made = index;
	vec_push(r->arena, &b->duties, duty);
	vec_push(r->arena, &b->duty_effects, none);
}

void validity_declare(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct building *b = building_of(r, decl);
	struct span span = name_span(&decl->name, decl->keyword);
	if (!b || !has_room(r, b, b->validities.count, span))
		return;
	uint32_t index = (uint32_t)b->validities.count;
	struct validity validity = { .name = name_of(r, &decl->name), .span = decl->span, .name_span = span };
	struct effects none = { 0 };
	if (!scope_add(r, &b->clock_names, THING_CLOCK, &decl->name, VALIDITY_BIT | index, false))
		return;
	entry->made = index;
	vec_push(r->arena, &b->validities, validity);
	vec_push(r->arena, &b->validity_effects, none);
}

/* ---- their parts ---- */

void limit_resolve(struct resolver *r, struct building *b, const struct ast_limit *ast, struct limit *out)
{
	static const enum limit_kind kinds[] = {
		[AST_LIMIT_NONE] = LIMIT_KIND_NONE,	    [AST_LIMIT_UNLIMITED] = LIMIT_KIND_UNLIMITED,
		[AST_LIMIT_WITHIN] = LIMIT_KIND_WITHIN,	    [AST_LIMIT_VAGUE] = LIMIT_KIND_VAGUE,
		[AST_LIMIT_BY_DATE] = LIMIT_KIND_BY_DATE,   [AST_LIMIT_IN_THE_LAST] = LIMIT_KIND_IN_THE_LAST,
		[AST_LIMIT_AT_LEAST_BEFORE] = LIMIT_KIND_AT_LEAST_BEFORE,
	};
	*out = (struct limit){ .kind = kinds[ast->kind], .validity = NONE, .span = ast->span };
	out->vague = ast->vague.text;
	out->date = ast->date.day;
	if (ast->amount.span.end)
		(void)period_resolve(r, &ast->amount, &out->period);
	if (ast->validity.text)
		out->validity = validity_look_up(r, b, &ast->validity);
	int64_t day = ast->date.day;
	if (ast->kind == AST_LIMIT_BY_DATE && (day < DATE_LOW || day > DATE_HIGH))
		report(r, FINDING_LIMIT, ast->date.span, MESSAGE_DATE_RANGE, date_text(r->arena, day), NULL);
}

static void read_starts(struct resolver *r, const struct building *b, const struct ast_timed *t, struct starts *out)
{
	*out = (struct starts){ .words = t->from_words.text, .span = t->from_span };
	out->events = look_up_all(r, &b->event_names, THING_EVENT, &t->from, &out->event_count);
}

static void read_lapse(struct resolver *r, const struct building *b, const struct ast_timed *t, struct duty *duty)
{
	static const enum lapse_kind kinds[] = { [AST_LAPSE_NONE] = LAPSE_UNSTATED,
						 [AST_LAPSE_NO_CONSEQUENCE] = LAPSE_NONE,
						 [AST_LAPSE_DEEMED] = LAPSE_EVENT,
						 [AST_LAPSE_STATE] = LAPSE_STATE,
						 [AST_LAPSE_WORDS] = LAPSE_WORDS };
	struct lapse *out = &duty->lapse;
	*out = (struct lapse){ .kind = kinds[t->lapse], .event = NONE, .state = NONE, .span = t->lapse_span };
	attributes_resolve(r, &t->lapse_attributes, &out->attributes);
	account_cites(r, &out->attributes.cites,
		      arena_printf(r->arena, "%s.%s", b->procedure->name.id, duty->name.id));
	if (out->kind == LAPSE_EVENT)
		out->event = scope_look_up(r, &b->event_names, THING_EVENT, &t->lapse_word);
	else if (out->kind == LAPSE_STATE)
		out->state = scope_look_up(r, &b->state_names, THING_STATE, &t->lapse_word);
	else if (out->kind == LAPSE_WORDS)
		out->words = t->lapse_word.text;
}

static void read_every(struct resolver *r, const struct ast_timed *t, struct duty *duty)
{
	struct every *every = &duty->every;
	*every = (struct every){ .kind = EVERY_NOT, .span = t->every.span };
	if (t->anchor.month && !t->every.given)
		report(r, FINDING_TYPE, t->anchor.span, MESSAGE_BEGINNING_OF_NOTHING, duty->name.id, NULL);
	if (!t->every.given)
		return;
	every->kind = t->every.vague.text ? EVERY_VAGUE : EVERY_PERIOD;
	every->vague = t->every.vague.text;
	if (every->kind == EVERY_PERIOD && period_resolve(r, &t->every.amount, &every->period) &&
	    every->period.unit == UNIT_WORKING_DAYS)
		report(r, FINDING_TYPE, t->every.amount.span, MESSAGE_EVERY_WORKING_DAYS, duty->name.id, NULL);
	if (t->anchor.month) {
		every->anchor = ANCHOR_DATE;
		every->month_day = (struct month_day){ (uint8_t)t->anchor.month, (uint8_t)t->anchor.day };
	} else if (duty->from.event_count) {
		every->anchor = ANCHOR_EVENT;
	}
}

void duty_resolve(struct resolver *r, const struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	const struct ast_timed *t = decl->timed;
	struct building *b = building_of(r, decl);
	struct duty *duty = &b->duties.items[entry->made];
	timed_attributes(r, b, decl, duty->name.id, &duty->attributes);
	duty->role = look_up_if_given(r, &r->roles, THING_ROLE, &decl->role);
	duty->toward = look_up_if_given(r, &r->roles, THING_ROLE, &t->toward);
	limit_resolve(r, b, &t->limit, &duty->limit);
	read_starts(r, b, t, &duty->from);
	read_every(r, t, duty);
	duty->discharged_by = look_up_all(r, &b->event_names, THING_EVENT, &t->discharged_by, &duty->discharge_count);
	duty->released_by = look_up_all(r, &b->event_names, THING_EVENT, &t->released_by, &duty->release_count);
	read_lapse(r, b, t, duty);
}

void validity_resolve(struct resolver *r, const struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct building *b = building_of(r, decl);
	struct validity *validity = &b->validities.items[entry->made];
	timed_attributes(r, b, decl, validity->name.id, &validity->attributes);
	read_starts(r, b, decl->timed, &validity->from);
	validity->survives = decl->timed->survives;
	if (decl->timed->period.span.end)
		(void)period_resolve(r, &decl->timed->period, &validity->period);
	else
		report_missing(r, decl, THING_VALIDITY, "期间，如 3年", "its length, such as `3 years`");
}
