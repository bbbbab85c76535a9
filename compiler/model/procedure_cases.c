/* 案例 … 程序: moves on days, and what the last of them must get. */
#include "model/procedures.h"

static void read_moves(struct resolver *r, const struct building *b, const struct ast_timed *t,
		       struct procedure_case *c)
{
	if (t->moves.count > LIMIT_MOVES) {
		report_limit(r, t->moves.items[LIMIT_MOVES].span, "案例的步骤", "moves of a case", LIMIT_MOVES, c->name);
		return;
	}
	c->moves = arena_new_array(r->arena, struct move, t->moves.count + 1);
	for (size_t i = 0; i < t->moves.count; i++) {
		const struct ast_move *from = &t->moves.items[i];
		struct move *move = &c->moves[c->move_count++];
		*move = (struct move){ .day = from->date.day, .span = from->span };
		move->event = scope_look_up(r, &b->event_names, THING_EVENT, &from->event);
		if (move->day < DATE_LOW || move->day > DATE_HIGH)
			report(r, FINDING_LIMIT, from->date.span, MESSAGE_DATE_RANGE, date_text(r->arena, move->day),
			       NULL);
		if (i > 0 && move->day < move[-1].day)
			report(r, FINDING_TYPE, from->date.span, MESSAGE_MOVES_BACKWARDS,
			       date_text(r->arena, move->day), date_text(r->arena, move[-1].day));
	}
}

static void read_dues(struct resolver *r, const struct building *b, const struct ast_timed *t,
		      struct procedure_case *c)
{
	c->dues = arena_new_array(r->arena, struct due_expectation, t->dues.count + 1);
	for (size_t i = 0; i < t->dues.count; i++) {
		const struct ast_due *from = &t->dues.items[i];
		struct due_expectation *due = &c->dues[c->due_count];
		if (!clock_look_up(r, b, &from->clock, &due->clock))
			continue;
		due->earliest = from->from.day;
		due->latest = from->to.day;
		due->exact = due->earliest == due->latest;
		due->span = from->span;
		c->due_count++;
		if (due->earliest > due->latest)
			report(r, FINDING_TYPE, from->span, MESSAGE_PERIOD_BACKWARDS,
			       date_text(r->arena, due->earliest), date_text(r->arena, due->latest));
	}
}

static void resolve_case(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	const struct ast_timed *t = decl->timed;
	const struct building *b = building_of(r, decl);
	if (!b)
		return;
	struct procedure_case *c = &r->model->procedure_cases[entry->made = (uint32_t)r->model->procedure_case_count++];
	c->name = name_of(r, &decl->name).id;
	c->span = decl->span;
	c->procedure = (uint32_t)(b->procedure - r->model->procedures);
	attributes_resolve(r, &decl->attributes, &c->attributes);
	c->state = scope_look_up(r, &b->state_names, THING_STATE, &t->from.items[0]);
	c->facts = case_facts(r, decl);
	read_moves(r, b, t, c);
	c->last = t->refused ? STEP_REFUSED : STEP_TAKEN;
	c->expected_state = look_up_if_given(r, &b->state_names, THING_STATE, &t->result);
	c->expected_span = t->result_span;
	if (!t->refused && !t->result.text)
		report_missing(r, decl, THING_CASE, "则 状态", "then STATE");
	read_dues(r, b, t, c);
}

void procedure_cases_resolve(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_PROCEDURE_CASE)
		count++;
	r->model->procedure_cases = arena_new_array(r->arena, struct procedure_case, count + 1);
	DECL_LOOP (r, entry, AST_PROCEDURE_CASE)
		resolve_case(r, entry);
}
