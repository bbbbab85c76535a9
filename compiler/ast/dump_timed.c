/* Printing what only procedures and calendars have. */
#include "ast/dump.h"

static void dump_limit(struct ast_printer *p, const struct ast_limit *limit)
{
	static const char *const kinds[] = { "none", "unlimited", "within", "vague", "by_date", "in_the_last",
					     "at_least_before" };
	if (limit->kind == AST_LIMIT_NONE)
		return;
	dump_line(p, "limit %s", kinds[limit->kind]);
	p->depth++;
	dump_word(p, "validity", &limit->validity);
	if (limit->amount.span.end > 0)
		dump_number(p, "amount", &limit->amount);
	dump_date(p, "date", &limit->date);
	dump_word(p, "vague", &limit->vague);
	p->depth--;
}

static void dump_step(struct ast_printer *p, const struct ast_timed *t)
{
	static const char *const actors[] = { "none", "role", "time", "outside" };
	if (t->actor != AST_ACTOR_NONE)
		dump_line(p, "actor %s", actors[t->actor]);
	dump_word(p, "via", &t->via);
	dump_word(p, "expiry_of", &t->expiry_of);
	dump_words(p, "from", &t->from);
	dump_word(p, "from_words", &t->from_words);
	dump_word(p, "to", &t->to);
	if (t->same_state)
		dump_line(p, "same_state");
	dump_limit(p, &t->limit);
	dump_word(p, "circumstance", &t->circumstance);
	dump_words(p, "material", &t->materials);
	if (t->materials_open)
		dump_line(p, "materials_open");
	dump_word(p, "materials_role", &t->materials_role);
	dump_words(p, "restarts", &t->restarts);
	dump_words(p, "suspends", &t->suspends);
	dump_words(p, "resumes", &t->resumes);
	dump_words(p, "ends", &t->ends);
}

static void dump_clock(struct ast_printer *p, const struct ast_timed *t)
{
	static const char *const lapses[] = { "", "none", "deemed", "state", "words" };
	dump_word(p, "toward", &t->toward);
	if (t->every.given && !t->every.vague.text)
		dump_number(p, "every", &t->every.amount);
	dump_word(p, "every", &t->every.vague);
	if (t->anchor.month)
		dump_line(p, "beginning_on %d-%d", t->anchor.month, t->anchor.day);
	dump_words(p, "discharged_by", &t->discharged_by);
	dump_words(p, "released_by", &t->released_by);
	if (t->lapse != AST_LAPSE_NONE) {
		dump_line(p, "lapse %s", lapses[t->lapse]);
		p->depth++;
		dump_word(p, "word", &t->lapse_word);
		dump_attributes(p, &t->lapse_attributes);
		p->depth--;
	}
	if (t->period.span.end > 0)
		dump_number(p, "period", &t->period);
	if (t->survives)
		dump_line(p, "survives");
}

static void dump_calendar(struct ast_printer *p, const struct ast_timed *t)
{
	static const char *const limits[] = { "days_off", "made_up", "rest", "work" };
	dump_word(p, "calendar", &t->calendar);
	dump_word(p, "notice", &t->notice);
	for (size_t i = 0; i < t->days.count; i++) {
		const struct ast_holiday *h = &t->days.items[i];
		dump_line(p, h->made_up ? "made_up" : "day_off");
		p->depth++;
		dump_word(p, "name", &h->name);
		dump_date(p, "from", &h->from);
		dump_date(p, "to", &h->to);
		p->depth--;
	}
	if (!t->assumed)
		return;
	dump_line(p, "assumed");
	p->depth++;
	for (int i = 0; i < AST_ASSUMED_COUNT; i++)
		if (t->limits[i].span.end > 0)
			dump_number(p, limits[i], &t->limits[i]);
	for (size_t i = 0; i < t->always_off.count; i++)
		dump_line(p, "always_off %d-%d", t->always_off.items[i].month, t->always_off.items[i].day);
	dump_attributes(p, &t->assumed_attributes);
	p->depth--;
}

static void dump_claims(struct ast_printer *p, const struct ast_timed *t)
{
	static const char *const properties[] = { "before", "after", "answered" };
	if (t->events.count)
		dump_line(p, "property %s", properties[t->property]);
	dump_words(p, "state", &t->states);
	dump_words(p, "after", &t->after);
	dump_words(p, "event", &t->events);
	for (size_t i = 0; i < t->moves.count; i++) {
		dump_date(p, "move", &t->moves.items[i].date);
		dump_word(p, "event", &t->moves.items[i].event);
	}
	dump_word(p, "result", &t->result);
	if (t->refused)
		dump_line(p, "refused");
	for (size_t i = 0; i < t->dues.count; i++) {
		dump_word(p, "due", &t->dues.items[i].clock);
		dump_date(p, "from", &t->dues.items[i].from);
		dump_date(p, "to", &t->dues.items[i].to);
	}
}

void dump_timed(struct ast_printer *p, const struct ast_timed *timed)
{
	dump_step(p, timed);
	dump_clock(p, timed);
	dump_calendar(p, timed);
	dump_claims(p, timed);
}
