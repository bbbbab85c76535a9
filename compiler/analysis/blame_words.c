/* What lies behind findings among rows of one table, in words. */
#include "analysis/blame.h"

#include <stdlib.h>
#include <string.h>

static int by_place(const void *left, const void *right)
{
	const uint32_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

/* Each once, in order. */
static void settle(rule_list *list)
{
	size_t kept = 0;
	if (list->count == 0)
		return;
	qsort(list->items, list->count, sizeof *list->items, by_place);
	for (size_t i = 1; i < list->count; i++)
		if (list->items[i] != list->items[kept])
			list->items[++kept] = list->items[i];
	list->count = kept + 1;
}

/* On which side of the suspect a rule of a finding stands: the row itself, what ends at the bound, what is repeated. */
static bool is_first(struct checks *c, const struct suspect *s, uint32_t rule, uint32_t other)
{
	switch (s->kind) {
	case SUSPECT_ROW: return rule == s->subject;
	case SUSPECT_BOUND: return regions_values(c->regions, c->index, rule, s->subject)->items[0].high == s->high;
	case SUSPECT_REPEAT: break;
	}
	return rule_at(c, rule)->row < rule_at(c, other)->row;
}

static void gather(struct checks *c, struct cause_made *made, const rule_list *items)
{
	made->agree = true;
	for (size_t i = 0; i < items->count; i++) {
		const uint32_t *rules = c->blamed.items[items->items[i]].rules;
		enum finding_kind kind = c->blamed.items[items->items[i]].finding->kind;
		made->conflicts += kind == FINDING_CONFLICT;
		if (kind == FINDING_MASKED || kind == FINDING_UNREACHABLE)
			vec_push(c->arena, &made->hidden, rules[0]);
		if (c->blamed.items[items->items[i]].count == 1) { /* a row that another one contains */
			if (made->suspect.kind == SUSPECT_ROW)
				vec_push(c->arena, &made->second, rules[0]);
			continue;
		}
		made->agree &= rule_at(c, rules[0])->outcome == rule_at(c, rules[1])->outcome;
		bool first = is_first(c, &made->suspect, rules[0], rules[1]);
		vec_push(c->arena, &made->first, rules[!first]);
		vec_push(c->arena, &made->second, rules[first]);
	}
	settle(&made->first);
	settle(&made->second);
}

/* ---- words ---- */

static bool always_holds(struct checks *c, uint32_t rule)
{
	bool always = regions_is_product(c->regions, c->index, rule);
	for (size_t i = 0; i < c->decision->dim_count && always; i++)
		always = !regions_values(c->regions, c->index, rule, c->decision->dims[i]);
	return always;
}

static bool all_hidden(const struct checks *c, const rule_list *items)
{
	for (size_t i = 0; i < items->count; i++) {
		enum finding_kind kind = c->blamed.items[items->items[i]].finding->kind;
		if (kind != FINDING_MASKED && kind != FINDING_UNREACHABLE && kind != FINDING_REDUNDANT)
			return false;
	}
	return true;
}

static void say_row(struct checks *c, struct finding *said, const struct cause_made *made, const rule_list *items)
{
	said->message = always_holds(c, made->suspect.subject) ? MESSAGE_CAUSE_ROW_ALWAYS
			: all_hidden(c, items)		       ? MESSAGE_CAUSE_ROW_HIDES
							       : MESSAGE_CAUSE_ROW;
	diag_arg(c->diag, said, 0, rule_at(c, made->suspect.subject)->id);
	diag_arg_int(c->diag, said, 1, (int64_t)made->second.count);
	set_id_list(c, said, 2, made->second.items, made->second.count);
	said->cause = arena_printf(c->diag->arena, "row: %s: %s", c->decision->name.id,
				   rule_at(c, made->suspect.subject)->id);
}

static void say_bound(struct checks *c, struct finding *said, const struct cause_made *made)
{
	const struct suspect *s = &made->suspect;
	const struct fact *fact = &c->model->facts[c->model->dims[s->subject].fact];
	struct ranges values = { &(struct range){ s->low, s->high }, 1 };
	said->message = MESSAGE_CAUSE_BOUND;
	said->args[0] = dim_words(c->diag->arena, c->model, s->subject, &values);
	diag_arg_int(c->diag, said, 1, (int64_t)made->first.count);
	diag_arg_int(c->diag, said, 2, (int64_t)made->second.count);
	set_id_list(c, said, 3, made->first.items, made->first.count);
	set_id_list(c, said, 4, made->second.items, made->second.count);
	said->cause = arena_printf(c->diag->arena, "bound: %s: %s: %s: %s, %s", c->decision->name.id,
				   c->model->tables[s->table].name.id, fact->name.id,
				   fact_value_json(c->diag->arena, fact, s->low),
				   fact_value_json(c->diag->arena, fact, s->high));
}

static void say_repeat(struct checks *c, struct finding *said, const struct cause_made *made)
{
	const rule_list *lists[] = { &made->first, &made->second };
	said->message = MESSAGE_CAUSE_REPEAT;
	diag_arg(c->diag, said, 0, c->model->tables[made->suspect.table].name.id);
	diag_arg_int(c->diag, said, 1, (int64_t)made->second.count);
	for (size_t i = 0; i < 2; i++) {
		diag_arg(c->diag, said, 2 + 2 * i, rule_at(c, lists[i]->items[0])->id);
		diag_arg(c->diag, said, 3 + 2 * i, rule_at(c, lists[i]->items[lists[i]->count - 1])->id);
	}
	said->cause = arena_printf(c->diag->arena, "repeat: %s: %s, %s", c->decision->name.id, said->args[2].zh,
				   said->args[4].zh);
}

void tell_cause(struct checks *c, const struct suspect *suspect, const rule_list *items)
{
	struct cause_made made = { .suspect = *suspect, .decision = c->index };
	struct finding *said = arena_new_of(c->diag->arena, struct finding);
	gather(c, &made, items);
	if (suspect->kind != SUSPECT_ROW && made.second.count == 0)
		return; /* rows left over from pairs of another cause: each is one of its own */
	made.said = said;
	said->kind = c->blamed.items[items->items[0]].finding->kind;
	said->decision = c->decision->name.id;
	switch (suspect->kind) {
	case SUSPECT_ROW: say_row(c, said, &made, items); break;
	case SUSPECT_BOUND: say_bound(c, said, &made); break;
	case SUSPECT_REPEAT: say_repeat(c, said, &made); break;
	}
	for (size_t i = 0; i < items->count; i++) {
		struct finding *f = c->blamed.items[items->items[i]].finding;
		said->severity = f->severity > said->severity ? f->severity : said->severity;
		f->cause = said->cause;
		f->behind = said;
	}
	vec_push(c->arena, &c->causes, made);
}
