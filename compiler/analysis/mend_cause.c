/* The smallest edit that mends what lies behind many findings, and what it changes.
 *
 * note [one edit] It is proposed only where it is known to end findings and to open no gap: what a row or some rows say no
 * longer is said by others, in every case. Then only conflicts can end (settle.c), which the preview shows. Rules that the
 * edited rows are over would speak in their place: then there is no proposal. */
#include "analysis/blame.h"
#include "analysis/cells.h"
#include "analysis/mend.h"
#include "diag/causes.h"

/* A proposal must not use up what the findings need. docs/FINDINGS.md says how much a preview may cost. */
enum { MENDING_BOXES = 20000 /* of one question */, PREVIEW_BOXES = 4000 /* of the first cause, half as many of the second … */ };

/* ---- what else speaks there ---- */

static bool ranks_defaults(const struct checks *c)
{
	for (size_t i = 0; i < c->decision->ladder_count; i++)
		if (c->decision->ladders[i].ranks_defaults)
			return true;
	return false;
}

static bool has(const rule_list *list, uint32_t rule)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] == rule)
			return true;
	return false;
}

/* Rules beside `rows` that meet the row; those that are over it stay so. Of a 完备 table only its own rows can take a
 * case over from it. false: some would be free that it is over. */
static bool others_of(struct checks *c, uint32_t row, const rule_list *rows, rule_list *others)
{
	struct neighbours near;
	const struct rule_table *table = table_of(c, row);
	if (!regions_neighbours(c->regions, c->index, row, &near))
		return false;
	for (size_t i = 0; i < near.count; i++) {
		uint32_t other = near.items[i];
		if (has(rows, other) || rule_at(c, other)->is_default || beats(c, other, row))
			continue;
		if (beats(c, row, other))
			return false;
		if (!table->complete || table_of(c, other) == table)
			vec_push(c->arena, others, other);
	}
	return true;
}

static bool is_none(struct checks *c, const struct question *question)
{
	regions_allow(c->regions, MENDING_BOXES);
	enum reply reply = regions_exist(c->regions, question);
	return regions_allow_all(c->regions) && reply == REPLY_NO;
}

/* ---- one row ---- */

/* What the row allows of a dimension, but for what another one does. */
static struct ranges without(struct checks *c, const struct ranges *own, const struct ranges *other)
{
	VEC(struct range) left = { 0 };
	for (size_t i = 0; i < own->count; i++) {
		struct range now = own->items[i];
		for (size_t k = 0; other && k < other->count && now.low <= now.high; k++) {
			const struct range *cut = &other->items[k];
			if (cut->high < now.low || cut->low > now.high)
				continue;
			if (cut->low > now.low)
				vec_push(c->arena, &left, ((struct range){ now.low, cut->low - 1 }));
			now.low = cut->high + 1;
		}
		if (other && now.low <= now.high)
			vec_push(c->arena, &left, now);
	}
	return (struct ranges){ left.items, left.count };
}

/* What no other rule of the list allows of the dimension either. */
static struct ranges own_values(struct checks *c, uint32_t row, uint32_t dim, const rule_list *others)
{
	const struct dim *d = &c->model->dims[dim];
	const struct ranges *now = regions_values(c->regions, c->index, row, dim);
	struct ranges left = { arena_new_of(c->arena, struct range), 1 };
	left.items[0] = (struct range){ d->low, d->high };
	left = now ? *now : left;
	for (size_t i = 0; i < others->count && left.count; i++)
		left = without(c, &left, regions_values(c->regions, c->index, others->items[i], dim));
	return left;
}

/* The row as it would be, and no other rule, holds in none of the cases that it would lose. */
static bool loses_nothing(struct checks *c, uint32_t row, uint32_t dim, struct ranges kept, const rule_list *others)
{
	struct question question = question_of(c, GOAL_WITHOUT, &row, 1, others->items, others->count);
	question.within = not_so(c, value_in(c, dim, kept));
	return is_none(c, &question);
}

/* The one fact in which the row can be narrowed to what it alone says, and its values then; NONE: none. */
static uint32_t narrowed_fact(struct checks *c, uint32_t row, const rule_list *others, struct ranges *kept)
{
	for (size_t i = 0; i < c->decision->dim_count; i++) {
		uint32_t dim = c->decision->dims[i], fact = c->model->dims[dim].fact;
		enum fact_kind kind = c->model->facts[fact].kind;
		if (kind == FACT_SET)
			continue;
		*kept = own_values(c, row, dim, others);
		if (kept->count > 0 && (kept->count == 1 || kind == FACT_ENUMERATION) && loses_nothing(c, row, dim, *kept, others))
			return fact;
	}
	return NONE;
}

/* Gives the help with its arguments; the last is how many findings the edits end. */
static void help(struct checks *c, struct cause_made *made, enum message message, struct phrase a, struct phrase b, struct phrase d)
{
	struct finding *said = made->said;
	const char *count = arena_printf(c->diag->arena, "%zu", said->mends);
	said->help = message;
	said->help_args[0] = a;
	said->help_args[1] = b;
	said->help_args[2] = d;
	said->help_args[3] = (struct phrase){ count, NULL };
}

static struct phrase id_of(const struct checks *c, uint32_t rule)
{
	return (struct phrase){ rule_at(c, rule)->id, NULL };
}

static const struct phrase nothing = { "", NULL };

/* The row keeps what it alone decides, if that is one cell; if that is nothing, it goes. */
static bool mend_row(struct checks *c, struct cause_made *made)
{
	uint32_t row = made->suspect.subject;
	struct finding *said = made->said;
	rule_list others = { 0 };
	if (!regions_is_product(c->regions, c->index, row) || !others_of(c, row, &made->first, &others))
		return false;
	struct question alone = question_of(c, GOAL_WITHOUT, &row, 1, others.items, others.count);
	struct ranges values = { 0 };
	struct phrase cell = nothing;
	uint32_t fact = narrowed_fact(c, row, &others, &values);
	bool edited = fact != NONE ? edit_cell(c, said, row, fact, &values, &cell) :
				     is_none(c, &alone) && edit_removal(c, said, &row, 1);
	if (!edited)
		return false;
	said->mends = made->conflicts;
	if (fact != NONE)
		help(c, made, MESSAGE_CAUSE_CELL_HELP, id_of(c, row), (struct phrase){ c->model->facts[fact].name.label, c->model->facts[fact].name.english }, cell);
	else
		help(c, made, MESSAGE_CAUSE_REMOVE_HELP, id_of(c, row), nothing, nothing);
	preview_settled(c, said, &others, &made->first, NULL, made->boxes);
	return true;
}

/* ---- a row above all that it hides ---- */

/* Neither hidden nor without effect once the row stands below it. */
static bool comes_free(struct checks *c, uint32_t hidden, uint32_t row)
{
	rule_list above = { 0 };
	struct neighbours near;
	if (!regions_neighbours(c->regions, c->index, hidden, &near))
		return false;
	for (size_t i = 0; i < near.count; i++) {
		uint32_t other = near.items[i];
		bool earlier = table_of(c, other) == table_of(c, hidden) && rule_at(c, other)->row < rule_at(c, hidden)->row;
		if (other != row && (earlier || beats(c, other, hidden)))
			vec_push(c->arena, &above, other);
	}
	struct question question = question_of(c, GOAL_WITHOUT, &hidden, 1, above.items, above.count);
	regions_allow(c->regions, MENDING_BOXES);
	enum reply reply = regions_exist(c->regions, &question);
	return regions_allow_all(c->regions) && reply == REPLY_YES;
}

/* What the row hides may disagree with rules outside its table. */
static bool is_alone_in_table(struct checks *c, uint32_t row)
{
	struct neighbours near;
	if (ranks_defaults(c) || !regions_neighbours(c->regions, c->index, row, &near))
		return false;
	for (size_t i = 0; i < near.count; i++)
		if (table_of(c, near.items[i]) != table_of(c, row) && !rule_at(c, near.items[i])->is_default)
			return false;
	return true;
}

/* It goes to the end of its table, or, if the others leave it nothing there, away. Cases get another outcome by that. */
static bool mend_order(struct checks *c, struct cause_made *made)
{
	uint32_t row = made->suspect.subject;
	rule_list rest = { 0 };
	if (table_of(c, row)->hit != HIT_FIRST || made->hidden.count == 0 || is_rested_on(c) ||
	    !is_alone_in_table(c, row))
		return false;
	for (size_t i = 0; i < made->hidden.count; i++)
		made->said->mends += comes_free(c, made->hidden.items[i], row);
	for (uint32_t i = 0; i < c->decision->rule_count; i++)
		if (i != row && table_of(c, i) == table_of(c, row))
			vec_push(c->arena, &rest, i);
	struct question last = question_of(c, GOAL_WITHOUT, &row, 1, rest.items, rest.count);
	bool superfluous = is_none(c, &last);
	if (made->said->mends == 0 || !(superfluous ? edit_removal(c, made->said, &row, 1) : edit_to_end(c, made->said, row)))
		return false;
	help(c, made, superfluous ? MESSAGE_CAUSE_REMOVE_HELP : MESSAGE_CAUSE_MOVE_HELP, id_of(c, row), nothing, nothing);
	return true;
}

/* ---- a bound that both sides claim ---- */

static struct cond *there(struct checks *c, const struct suspect *s)
{
	struct ranges values = { arena_new_of(c->arena, struct range), 1 };
	values.items[0] = (struct range){ s->low, s->high };
	return value_in(c, s->subject, values);
}

/* Without the row there, some rule beside `moved` still speaks in each of its cases; they become `others`. */
static bool gives_way(struct checks *c, const struct suspect *s, uint32_t row, const rule_list *moved, rule_list *others)
{
	rule_list beside = { 0 };
	if (!others_of(c, row, moved, &beside))
		return false;
	struct question question = question_of(c, GOAL_WITHOUT, &row, 1, beside.items, beside.count);
	question.within = there(c, s);
	if (!is_none(c, &question))
		return false;
	for (size_t i = 0; i < beside.count; i++)
		vec_push(c->arena, others, beside.items[i]);
	return true;
}

static bool move_bound(struct checks *c, struct cause_made *made, const rule_list *moved, bool upper)
{
	const struct suspect *s = &made->suspect;
	struct finding *said = made->said;
	uint32_t fact = c->model->dims[s->subject].fact;
	rule_list others = { 0 };
	struct phrase cell = nothing, first = nothing;
	for (size_t i = 0; i < moved->count; i++)
		if (!gives_way(c, s, moved->items[i], moved, &others))
			return false;
	said->edit_count = 0;
	for (size_t i = 0; i < moved->count; i++) {
		struct range values = regions_values(c->regions, c->index, moved->items[i], s->subject)->items[0];
		*(upper ? &values.high : &values.low) = upper ? s->low - 1 : s->high + 1;
		if (!edit_cell(c, said, moved->items[i], fact, &(struct ranges){ &values, 1 }, &cell)) {
			said->edit_count = 0;
			return false;
		}
		first = i == 0 ? cell : first;
	}
	said->mends = made->conflicts;
	help(c, made, MESSAGE_CAUSE_BOUND_HELP, id_list(c, c->diag->arena, moved->items, moved->count),
	     (struct phrase){ c->model->facts[fact].name.label, c->model->facts[fact].name.english }, first);
	preview_settled(c, said, &others, moved, there(c, s), made->boxes);
	return true;
}

/* The side of fewer rows moves; where both have as many, the upper ends do. */
static bool mend_bound(struct checks *c, struct cause_made *made)
{
	bool upper = made->first.count <= made->second.count;
	return move_bound(c, made, upper ? &made->first : &made->second, upper) ||
	       move_bound(c, made, upper ? &made->second : &made->first, !upper);
}

/* ---- rows that stand twice ---- */

static bool mend_repeat(struct checks *c, struct cause_made *made)
{
	struct finding *said = made->said;
	if (!made->agree || !edit_removal(c, said, made->second.items, made->second.count))
		return false;
	said->mends = made->conflicts;
	help(c, made, MESSAGE_CAUSE_REPEAT_HELP, id_of(c, made->second.items[0]), id_of(c, made->second.items[made->second.count - 1]),
	     nothing);
	preview_nothing(c, said);
	return true;
}

/* ---- all of them ---- */

static bool mend_conflicts(struct checks *c, struct cause_made *made)
{
	if (made->conflicts == 0 || (made->suspect.kind != SUSPECT_REPEAT && ranks_defaults(c)))
		return false;
	switch (made->suspect.kind) {
	case SUSPECT_ROW: return mend_row(c, made);
	case SUSPECT_BOUND: return mend_bound(c, made);
	case SUSPECT_REPEAT: break;
	}
	return mend_repeat(c, made);
}

/* Notes want no mending. */
static void mend(struct checks *c, struct cause_made *made)
{
	static const enum message words[] = { MESSAGE_CAUSE_ROW_HELP, MESSAGE_CAUSE_BOTH_HELP, MESSAGE_CAUSE_TWICE_HELP };
	c->index = made->decision;
	c->decision = &c->model->decisions[c->index];
	if (made->said->severity == SEVERITY_NOTE || mend_conflicts(c, made) ||
	    (made->suspect.kind == SUSPECT_ROW && mend_order(c, made)))
		return;
	made->said->mends = 0;
	help(c, made, words[made->suspect.kind], made->suspect.kind == SUSPECT_ROW ? id_of(c, made->suspect.subject) : nothing, nothing,
	     nothing);
}

void mend_causes(struct checks *c, const struct budget *budget)
{
	cause_list list = causes_of(c->arena, c->diag, !budget->hide_notes);
	for (size_t i = 0; i < list.count && i < CAUSES_SHOWN; i++) {
		const struct finding *first = list.items[i].first;
		if (c->diag->findings.count > MANY_FINDINGS)
			report_detail(c, c->diag->findings.items[list.items[i].place]);
		for (size_t k = 0; first->behind && k < c->causes.count; k++)
			if (c->causes.items[k].said == first->behind) {
				c->causes.items[k].boxes = PREVIEW_BOXES / (i + 1);
				mend(c, &c->causes.items[k]);
			}
	}
}
