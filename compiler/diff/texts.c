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
			vec_push(arena, out, ((struct diff_text){ .id = new_->clauses[i].id, .clause = { was, &new_->clauses[i] } }));
	}
	for (size_t i = 0; i < old->clause_count; i++)
		if (map_get(seen, old->clauses[i].id) < 0)
			vec_push(arena, out, ((struct diff_text){ .id = old->clauses[i].id, .clause = { &old->clauses[i], NULL } }));
}

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

/* What a reader would see: the condition in words, outcome, item, citations and carried texts. */
static bool same_rule(struct arena *arena, const struct difference *d, const struct rule *a, const struct rule *b)
{
	const struct model *old = d->editions[OLD], *new_ = d->editions[NEW];
	const struct outcome *was = &old->decisions[a->decision].outcomes[a->outcome];
	const struct outcome *is = &new_->decisions[b->decision].outcomes[b->outcome];
	if (!same_text(a->item, b->item) || !same_text(was->name.id, is->name.id) || !same_texts(a, b) || !a->except != !b->except)
		return false;
	return same_text(cond_words(arena, old, a->when).zh, cond_words(arena, new_, b->when).zh) &&
	       (!a->except || same_text(cond_words(arena, old, a->except).zh, cond_words(arena, new_, b->except).zh));
}

static void compare_rules(struct arena *arena, const struct difference *d, text_list *out)
{
	const struct model *old = d->editions[OLD], *new_ = d->editions[NEW];
	struct map *seen = map_new_in(arena), *ids = map_new_in(arena);
	for (size_t i = 0; i < old->rule_count; i++)
		map_put(ids, old->rules[i].id, (int64_t)i);
	for (size_t i = 0; i < new_->rule_count; i++) {
		int64_t at = map_get(ids, new_->rules[i].id);
		const struct rule *was = at < 0 ? NULL : &old->rules[at];
		map_put(seen, new_->rules[i].id, 0);
		if (!was || !same_rule(arena, d, was, &new_->rules[i]))
			vec_push(arena, out, ((struct diff_text){ .id = new_->rules[i].id, .rule = { was, &new_->rules[i] } }));
	}
	for (size_t i = 0; i < old->rule_count; i++)
		if (map_get(seen, old->rules[i].id) < 0)
			vec_push(arena, out, ((struct diff_text){ .id = old->rules[i].id, .rule = { &old->rules[i], NULL } }));
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
