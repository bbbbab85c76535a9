/* What is written differently: clauses of the legal text, rules and rows, by their stable ids. */
#include "diff/reasons.h"
#include "support/intern.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

typedef VEC(struct diff_text) text_list;

static void compare_clauses(struct arena *arena, const struct difference *d, text_list *out)
{
	const struct model *old = d->editions[OLD], *new_ = d->editions[NEW];
	struct map *seen = map_new_in(arena), *ids = map_new_in(arena);
	for (size_t i = 0; i < old->clause_count; i++)
		map_put(ids, old->clauses[i].id, (int64_t)i);
	for (size_t i = 0; i < new_->clause_count; i++) {
		int64_t at = map_get(ids, new_->clauses[i].id);
		const struct clause *was = at < 0 ? NULL : &old->clauses[at];
		map_put(seen, new_->clauses[i].id, 0);
		if (!was || !same_text(was->text, new_->clauses[i].text))
			vec_push(arena, out,
				 ((struct diff_text){ .id = new_->clauses[i].id, .clause = { was, &new_->clauses[i] } }));
	}
	for (size_t i = 0; i < old->clause_count; i++)
		if (map_get(seen, old->clauses[i].id) < 0)
			vec_push(
				arena, out,
				((struct diff_text){ .id = old->clauses[i].id, .clause = { &old->clauses[i], NULL } }));
}

/* ---- conditions ---- */

/* note [same words] The words of a condition are made of its shape, its values and the names of what it tests. Where
 * these are the same, so are the words: of the rules of a large table only those that changed are put in words. */
struct wording {
	const struct model *old, *new_;
	uint32_t *fact; /* per fact of OLD the one of NEW that is said alike, or NONE */
};

static bool same_member(const struct member *a, const struct member *b)
{
	return same_text(a->name.label, b->name.label) && a->group == b->group;
}

static bool same_group(const struct group *a, const struct group *b)
{
	return same_text(a->name.label, b->name.label) && a->first == b->first && a->count == b->count;
}

static bool is_said_alike(const struct fact *a, const struct fact *b)
{
	bool latin = a->name.label == a->name.id, is_latin = b->name.label == b->name.id;
	if (a->kind != b->kind || a->low != b->low || a->high != b->high || latin != is_latin ||
	    a->member_count != b->member_count || a->group_count != b->group_count ||
	    !same_text(a->name.label, b->name.label) || !same_text(a->unit, b->unit))
		return false;
	for (size_t i = 0; i < a->member_count; i++)
		if (!same_member(&a->members[i], &b->members[i]))
			return false;
	for (size_t i = 0; i < a->group_count; i++)
		if (!same_group(&a->groups[i], &b->groups[i]))
			return false;
	return true;
}

static struct wording wording_of(struct arena *arena, const struct difference *d)
{
	struct wording w = { d->editions[OLD], d->editions[NEW],
			     arena_new_array(arena, uint32_t, d->editions[OLD]->fact_count + 1) };
	struct map *ids = map_new_in(arena);
	for (size_t i = 0; i < w.new_->fact_count; i++)
		map_put(ids, w.new_->facts[i].name.id, (int64_t)i);
	for (size_t i = 0; i < w.old->fact_count; i++) {
		int64_t at = map_get(ids, w.old->facts[i].name.id);
		w.fact[i] = at >= 0 && is_said_alike(&w.old->facts[i], &w.new_->facts[at]) ? (uint32_t)at : NONE;
	}
	return w;
}

static bool same_test(const struct wording *w, const struct cond *a, const struct cond *b)
{
	const struct dim *was = &w->old->dims[a->dim], *is = &w->new_->dims[b->dim];
	return w->fact[was->fact] == is->fact && was->member == is->member && a->ranges.count == b->ranges.count &&
	       (a->ranges.count == 0 ||
		memcmp(a->ranges.items, b->ranges.items, a->ranges.count * sizeof *a->ranges.items) == 0);
}

/* Surely; else the words tell. */
static bool is_same_condition(const struct wording *w, const struct cond *a, const struct cond *b)
{
	if (a->kind != b->kind || a->op != b->op || a->part_count != b->part_count)
		return false;
	if (a->kind == COND_DECISION || a->kind == COND_DEFINITION)
		return false;
	if (a->kind == COND_FACT && !same_test(w, a, b))
		return false;
	for (size_t i = 0; i < a->part_count; i++)
		if (!is_same_condition(w, a->parts[i], b->parts[i]))
			return false;
	return true;
}

static bool same_condition(struct arena *arena, const struct wording *w, const struct cond *a, const struct cond *b)
{
	if (!a || !b)
		return a == b;
	return is_same_condition(w, a, b) ||
	       same_text(cond_words(arena, w->old, a).zh, cond_words(arena, w->new_, b).zh);
}

/* ---- rules ---- */

static bool same_texts(const struct rule *a, const struct rule *b)
{
	if (a->text_count != b->text_count || a->attributes.cites.count != b->attributes.cites.count)
		return false;
	for (size_t i = 0; i < a->text_count; i++)
		if (!same_text(a->texts[i].column, b->texts[i].column) || !same_text(a->texts[i].text, b->texts[i].text))
			return false;
	for (size_t i = 0; i < a->attributes.cites.count; i++)
		if (!same_text(a->attributes.cites.clauses[i], b->attributes.cites.clauses[i]))
			return false;
	return true;
}

/* What a reader would see but the item: the condition in words, outcome, citations and carried texts. */
static bool same_rule(struct arena *arena, const struct wording *w, const struct rule *a, const struct rule *b)
{
	const struct outcome *was = &w->old->decisions[a->decision].outcomes[a->outcome];
	const struct outcome *is = &w->new_->decisions[b->decision].outcomes[b->outcome];
	return same_text(was->name.id, is->name.id) && same_texts(a, b) &&
	       same_condition(arena, w, a->when, b->when) && same_condition(arena, w, a->except, b->except);
}

static void compare_rules(struct arena *arena, const struct difference *d, text_list *out)
{
	const struct model *old = d->editions[OLD], *new_ = d->editions[NEW];
	struct map *seen = map_new_in(arena), *ids = map_new_in(arena);
	struct wording w = wording_of(arena, d);
	for (size_t i = 0; i < old->rule_count; i++)
		map_put(ids, old->rules[i].id, (int64_t)i);
	for (size_t i = 0; i < new_->rule_count; i++) {
		int64_t at = map_get(ids, new_->rules[i].id);
		const struct rule *was = at < 0 ? NULL : &old->rules[at];
		map_put(seen, new_->rules[i].id, 0);
		bool same = was && same_rule(arena, &w, was, &new_->rules[i]);
		if (!same || !same_text(was->item, new_->rules[i].item))
			vec_push(arena, out,
				 ((struct diff_text){ .id = new_->rules[i].id, .rule = { was, &new_->rules[i] }, .item_alone = same }));
	}
	for (size_t i = 0; i < old->rule_count; i++)
		if (map_get(seen, old->rules[i].id) < 0)
			vec_push(arena, out,
				 ((struct diff_text){ .id = old->rules[i].id, .rule = { &old->rules[i], NULL } }));
}

void diff_texts(struct arena *arena, struct difference *out)
{
	text_list clauses = { 0 }, rules = { 0 };
	compare_clauses(arena, out, &clauses);
	compare_rules(arena, out, &rules);
	out->clauses = clauses.items;
	out->clause_count = clauses.count;
	out->rules = rules.items;
	out->rule_count = rules.count;
}
