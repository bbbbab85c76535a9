/* Constructors of procedures and calendars. The open declaration has a struct ast_timed for what only these say. */
#include "ast/build.h"

#include <string.h>

/* Parts that may stand once in a declaration. */
enum ast_part {
	AST_PART_FOR = 1, AST_PART_BY = 2, AST_PART_VIA = 4, AST_PART_AT_END = 8, AST_PART_FROM = 16, AST_PART_TO = 32,
	AST_PART_LIMIT = 64, AST_PART_IN_CASE_OF = 128, AST_PART_MATERIALS = 256, AST_PART_TOWARD = 512,
	AST_PART_EVERY = 1024, AST_PART_BEGINNING_ON = 2048, AST_PART_PERIOD = 4096, AST_PART_NOTICE = 8192,
	AST_PART_CALENDAR = 16384
};

static struct ast_timed *timed(struct ast_builder *b)
{
	if (!b->decl->timed)
		b->decl->timed = arena_new_of(b->arena, struct ast_timed);
	return b->decl->timed;
}

void ast_begin_timed(struct ast_builder *b, enum ast_decl_kind kind, struct span keyword)
{
	ast_begin(b, kind, keyword);
	timed(b);
}

static void once(struct ast_builder *b, enum ast_part part, struct span at)
{
	bool again = (timed(b)->parts & part) != 0;
	timed(b)->parts |= part;
	if (again && b->diag)
		diag_add(b->diag, FINDING_SYNTAX, at, MESSAGE_PART_TWICE);
}

static void append(struct ast_builder *b, ast_words *to, const ast_words *names)
{
	for (size_t i = 0; i < names->count; i++)
		vec_push(b->arena, to, names->items[i]);
}

/* ---- duties: in words, or timed ---- */

void ast_duty_words(struct ast_builder *b, struct ast_word word, struct ast_word label, struct ast_word english)
{
	const struct ast_word *last = english.text ? &english : label.text ? &label : &word;
	b->decl->name = (struct ast_name){ word, label, english, span_join(word.span, last->span) };
}

static void end_timed_duty(struct ast_builder *b)
{
	const struct ast_name *name = &b->decl->name;
	b->decl->kind = AST_TIMED_DUTY;
	ast_check_id(b, name->id);
	if (name->label.text && name->label.span.end - name->label.span.start >= 6) {
		struct span inside = { name->label.span.file, name->label.span.start + 3, name->label.span.end - 3 };
		ast_check_word(b, name->label.text, strlen(name->label.text), inside);
	}
}

void ast_duty_end(struct ast_builder *b)
{
	struct ast_decl *decl = b->decl;
	if (decl->timed) {
		end_timed_duty(b);
		return;
	}
	decl->role = ast_reference(b, decl->name.id);
	decl->quote = decl->name.label.text ? decl->name.label : decl->name.english;
	decl->name = (struct ast_name){ 0 };
	if (!decl->quote.text && b->diag) {
		struct finding *f = diag_add(b->diag, FINDING_SYNTAX, decl->role.span, MESSAGE_DUTY_SAYS_NOTHING);
		diag_arg(b->diag, f, 0, decl->role.text);
		diag_help(b->diag, f, MESSAGE_DUTY_SAYS_NOTHING_HELP, NULL, NULL);
	}
}

void ast_becomes_timed(struct ast_builder *b, enum ast_decl_kind kind, struct ast_word procedure)
{
	b->decl->kind = kind;
	timed(b);
	ast_for(b, procedure);
}

/* ---- states, steps ---- */

struct ast_member *ast_state_flag(struct ast_member *state, enum ast_state_flag flag)
{
	state->start = state->start || flag == AST_STATE_START;
	state->final = state->final || flag == AST_STATE_FINAL;
	state->no_stay = state->no_stay || flag == AST_STATE_NO_STAY;
	return state;
}


void ast_calendar(struct ast_builder *b, struct ast_word name)
{
	once(b, AST_PART_CALENDAR, name.span);
	timed(b)->calendar = ast_reference(b, name);
}

void ast_timed_for(struct ast_builder *b, struct ast_word procedure, struct span at)
{
	once(b, AST_PART_FOR, at);
	ast_for(b, procedure);
}

void ast_actor(struct ast_builder *b, enum ast_actor actor, struct ast_word role, struct span at)
{
	once(b, AST_PART_BY, at);
	timed(b)->actor = actor;
	if (role.text)
		ast_role(b, role);
}

void ast_via(struct ast_builder *b, struct ast_word event)
{
	once(b, AST_PART_VIA, event.span);
	timed(b)->via = ast_reference(b, event);
}

void ast_expiry_of(struct ast_builder *b, struct ast_word validity)
{
	once(b, AST_PART_AT_END, validity.span);
	timed(b)->expiry_of = ast_reference(b, validity);
}

void ast_starts(struct ast_builder *b, const ast_words *names, struct span at)
{
	once(b, AST_PART_FROM, at);
	append(b, &timed(b)->from, names);
	timed(b)->from_span = at;
}

void ast_starts_in_words(struct ast_builder *b, struct ast_word text, struct span at)
{
	once(b, AST_PART_FROM, at);
	timed(b)->from_words = text;
	timed(b)->from_span = at;
}

void ast_to_state(struct ast_builder *b, struct ast_word state, struct span at)
{
	once(b, AST_PART_TO, at);
	if (state.text)
		timed(b)->to = ast_reference(b, state);
	else
		timed(b)->same_state = true;
}

struct ast_limit *ast_limit_of(struct ast_builder *b, enum ast_limit_kind kind, const struct ast_number *amount)
{
	struct ast_limit *limit = ast_passing_new(b, struct ast_limit);
	limit->kind = kind;
	if (amount)
		limit->amount = *amount;
	return limit;
}

struct ast_limit *ast_limit_before(struct ast_builder *b, enum ast_limit_kind kind, struct ast_word validity,
				   const struct ast_number *amount)
{
	struct ast_limit *limit = ast_limit_of(b, kind, amount);
	limit->validity = ast_reference(b, validity);
	return limit;
}

struct ast_limit *ast_limit_in_words(struct ast_builder *b, struct ast_word text)
{
	struct ast_limit *limit = ast_limit_of(b, AST_LIMIT_VAGUE, NULL);
	limit->vague = text;
	return limit;
}

struct ast_limit *ast_limit_by(struct ast_builder *b, const struct ast_date *date)
{
	struct ast_limit *limit = ast_limit_of(b, AST_LIMIT_BY_DATE, NULL);
	limit->date = *date;
	return limit;
}

void ast_limit(struct ast_builder *b, const struct ast_limit *limit, struct span at)
{
	once(b, AST_PART_LIMIT, at);
	timed(b)->limit = *limit;
	timed(b)->limit.span = at;
}

void ast_restarts(struct ast_builder *b, const ast_words *clocks)
{
	append(b, &timed(b)->restarts, clocks);
}

void ast_suspends(struct ast_builder *b, const ast_words *clocks)
{
	append(b, &timed(b)->suspends, clocks);
}

void ast_resumes(struct ast_builder *b, const ast_words *clocks)
{
	append(b, &timed(b)->resumes, clocks);
}

void ast_ends(struct ast_builder *b, const ast_words *clocks)
{
	append(b, &timed(b)->ends, clocks);
}

void ast_in_case_of(struct ast_builder *b, struct ast_word text)
{
	once(b, AST_PART_IN_CASE_OF, text.span);
	timed(b)->circumstance = text;
}

void ast_materials(struct ast_builder *b, const ast_words *texts)
{
	once(b, AST_PART_MATERIALS, texts->items[0].span);
	append(b, &timed(b)->materials, texts);
}

void ast_materials_open(struct ast_builder *b, struct ast_word role)
{
	timed(b)->materials_open = true;
	timed(b)->materials_role = role.text ? ast_reference(b, role) : role;
}

/* ---- duties, validities ---- */

void ast_toward(struct ast_builder *b, struct ast_word role)
{
	once(b, AST_PART_TOWARD, role.span);
	timed(b)->toward = ast_reference(b, role);
}

void ast_every(struct ast_builder *b, const struct ast_number *amount, struct ast_word vague, struct span at)
{
	struct ast_every *every = &timed(b)->every;
	once(b, AST_PART_EVERY, at);
	*every = (struct ast_every){ .given = true, .vague = vague, .span = at };
	if (amount)
		every->amount = *amount;
}

void ast_discharged_by(struct ast_builder *b, const ast_words *events)
{
	append(b, &timed(b)->discharged_by, events);
}

void ast_released_by(struct ast_builder *b, const ast_words *events)
{
	append(b, &timed(b)->released_by, events);
}

static struct ast_month_day month_day_of(const struct ast_number *number)
{
	return (struct ast_month_day){ (int)(number->value / 100), (int)(number->value % 100), number->span };
}

void ast_beginning_on(struct ast_builder *b, const struct ast_number *month_day)
{
	once(b, AST_PART_BEGINNING_ON, month_day->span);
	timed(b)->anchor = month_day_of(month_day);
}

void ast_lapse(struct ast_builder *b, enum ast_lapse lapse, struct ast_word word, struct span at)
{
	timed(b)->lapse = lapse;
	timed(b)->lapse_word = lapse == AST_LAPSE_WORDS ? word : ast_reference(b, word);
	timed(b)->lapse_span = at;
	b->attributes = &timed(b)->lapse_attributes;
}

void ast_attributes_end(struct ast_builder *b)
{
	b->attributes = &b->decl->attributes;
}

void ast_period(struct ast_builder *b, const struct ast_number *number)
{
	once(b, AST_PART_PERIOD, number->span);
	timed(b)->period = *number;
}

void ast_survives(struct ast_builder *b)
{
	timed(b)->survives = true;
}

/* ---- calendars ---- */

void ast_notice(struct ast_builder *b, struct ast_word text)
{
	once(b, AST_PART_NOTICE, text.span);
	timed(b)->notice = text;
}

void ast_made_up(struct ast_builder *b, bool made_up)
{
	b->made_up = made_up;
}

void ast_holiday(struct ast_builder *b, struct ast_word name, const struct ast_date *from, const struct ast_date *to)
{
	struct span at = span_join(name.text ? name.span : from->span, to ? to->span : from->span);
	struct ast_holiday holiday = { .name = name, .from = *from, .made_up = b->made_up, .span = at };
	if (to)
		holiday.to = *to;
	vec_push(b->arena, &timed(b)->days, holiday);
}

void ast_assumed(struct ast_builder *b, struct span at)
{
	timed(b)->assumed = true;
	timed(b)->assumed_span = at;
	b->attributes = &timed(b)->assumed_attributes;
}

void ast_assumed_limit(struct ast_builder *b, enum ast_assumed which, const struct ast_number *number)
{
	if (timed(b)->limits[which].span.end && b->diag)
		diag_add(b->diag, FINDING_SYNTAX, number->span, MESSAGE_PART_TWICE);
	timed(b)->limits[which] = *number;
}

void ast_always_off(struct ast_builder *b, const struct ast_number *month_day)
{
	vec_push(b->arena, &timed(b)->always_off, month_day_of(month_day));
}

/* ---- properties and cases ---- */

void ast_time_property(struct ast_builder *b, enum ast_time_property kind, const ast_words *states,
		       const ast_words *after, const ast_words *events)
{
	struct ast_timed *t = timed(b);
	t->property = kind;
	if (states)
		append(b, &t->states, states);
	if (after)
		append(b, &t->after, after);
	append(b, &t->events, events);
}

void ast_move(struct ast_builder *b, const struct ast_date *date, struct ast_word event, struct span at)
{
	struct ast_move move = { *date, ast_reference(b, event), at };
	vec_push(b->arena, &timed(b)->moves, move);
}

void ast_result(struct ast_builder *b, struct ast_word state, struct span at)
{
	struct ast_timed *t = timed(b);
	if ((t->result.text || t->refused) && b->diag)
		diag_add(b->diag, FINDING_SYNTAX, at, MESSAGE_PART_TWICE);
	t->result = state.text ? ast_reference(b, state) : state;
	t->refused = !state.text;
	t->result_span = at;
}

void ast_due(struct ast_builder *b, struct ast_word clock, const struct ast_date *from, const struct ast_date *to,
	     struct span at)
{
	struct ast_due due = { ast_reference(b, clock), *from, *to, at };
	vec_push(b->arena, &timed(b)->dues, due);
}
