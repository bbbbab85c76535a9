/* Priorities: ladders, the first-hit order of tables, defaults. note [over]
 *
 * a is over b if a ladder ranks both and a's rung is higher; or both are rows of one first-hit table and a stands above
 * b; or b is a default and a is none, unless a ladder that names 缺省 ranks them both. Nothing else follows: what two
 * ladders say of a, b and c is not put together. */
#include "model/resolve.h"

#include <string.h>

/* ---- who is over whom ---- */

/* What the ladders say: 1 a over b, -1 b over a, 0 nothing; *ranked: a ladder that names 缺省 has both. */
static bool ladder_puts_over(const struct model *model, const struct rule *a, const struct rule *b, bool *ranked)
{
	const struct decision *d = &model->decisions[a->decision];
	bool over = false;
	for (size_t l = 0; l < d->ladder_count; l++) {
		uint32_t x = a->rungs[l], y = b->rungs[l];
		if (x == NO_RUNG || y == NO_RUNG)
			continue;
		over = over || x < y;
		*ranked = *ranked || d->ladders[l].ranks_defaults;
	}
	return over;
}

bool rule_is_over(const struct model *model, uint32_t a, uint32_t b)
{
	const struct rule *x = &model->rules[a], *y = &model->rules[b];
	bool ranked = false;
	if (a == b || x->decision != y->decision)
		return false;
	if (ladder_puts_over(model, x, y, &ranked))
		return true;
	if (x->table != NONE && x->table == y->table && model->tables[x->table].hit == HIT_FIRST)
		return x->row < y->row;
	return !x->is_default && y->is_default && !ranked;
}

/* ---- ladders ---- */

struct ladder_reader {
	struct resolver *r;
	const struct ast_decl *decl;
	uint32_t decision;
	uint32_t index;	     /* among the decision's ladders */
	VEC(uint32_t) named; /* rules with a rung, for 其余 */
};

static void set_rung(struct ladder_reader *l, uint32_t rule, uint32_t rung, const struct ast_word *word)
{
	struct resolver *r = l->r;
	uint32_t *at = &r->model->rules[rule].rungs[l->index];
	if (*at == NO_RUNG)
		*at = rung;
	else
		report(r, FINDING_DUPLICATE, word->span, MESSAGE_TWO_RUNGS, word->text, NULL);
}

static void wrong_decision(struct ladder_reader *l, const struct ast_word *word, uint32_t other)
{
	const struct model *m = l->r->model;
	struct finding *f =
		report(l->r, FINDING_TYPE, word->span, MESSAGE_OTHER_DECISION, word->text, m->decisions[other].name.id);
	diag_arg(l->r->diag, f, 2, m->decisions[l->decision].name.id);
}

static void rank_table(struct ladder_reader *l, const struct rule_table *table, uint32_t rung,
		       const struct ast_word *word)
{
	if (table->decision != l->decision) {
		wrong_decision(l, word, table->decision);
		return;
	}
	for (size_t i = 0; i < table->rule_count; i++) {
		uint32_t *at = &l->r->model->rules[table->rules[i]].rungs[l->index];
		if (*at != NO_RUNG) {
			set_rung(l, table->rules[i], rung, word);
			return; /* once for the table */
		}
		*at = rung;
	}
}

static void rank_name(struct ladder_reader *l, const struct ast_word *word, uint32_t rung)
{
	const struct model *m = l->r->model;
	uint32_t found = scope_look_up(l->r, &l->r->rules, THING_RULE, word);
	if (found == NONE || found == BROKEN_RULE)
		return;
	if (found >= TABLE_BIT)
		rank_table(l, &m->tables[found - TABLE_BIT], rung, word);
	else if (m->rules[found].decision != l->decision)
		wrong_decision(l, word, m->rules[found].decision);
	else
		set_rung(l, found, rung, word);
}

/* 其余: all rules, no defaults, that no other rung names. 缺省: all defaults. */
static void rank_others(struct ladder_reader *l, uint32_t rung, bool defaults)
{
	const struct decision *d = &l->r->model->decisions[l->decision];
	for (size_t i = 0; i < d->rule_count; i++) {
		struct rule *rule = &l->r->model->rules[d->rules[i]];
		if (rule->is_default == defaults && rule->rungs[l->index] == NO_RUNG)
			rule->rungs[l->index] = rung;
	}
}

static void read_rungs(struct ladder_reader *l, struct ladder *ladder)
{
	const struct ast_decl *decl = l->decl;
	uint32_t rest = NONE;
	for (uint32_t i = 0; i < decl->rungs.count; i++) {
		const struct ast_rung *rung = &decl->rungs.items[i];
		for (size_t k = 0; k < rung->names.count; k++)
			rank_name(l, &rung->names.items[k], i);
		if (rung->is_default) {
			rank_others(l, i, true);
			ladder->ranks_defaults = true;
		}
		if (rung->rest && rest != NONE)
			report(l->r, FINDING_DUPLICATE, rung->span, MESSAGE_TWO_RUNGS, "其余", NULL);
		rest = rung->rest ? i : rest;
	}
	if (rest != NONE)
		rank_others(l, rest, false);
	ladder->rung_count = (uint32_t)decl->rungs.count;
}

/* 优先 a 于 b has no name: it is called a_over_b. */
static void name_ladder(struct resolver *r, const struct ast_decl *decl, struct ladder *ladder)
{
	ladder->name = name_of(r, &decl->name);
	ladder->is_pair = !*ladder->name.id && decl->rungs.count == 2;
	if (*ladder->name.id || decl->rungs.count < 2)
		return;
	const ast_words *high = &decl->rungs.items[0].names, *low = &decl->rungs.items[1].names;
	ladder->name.id = arena_printf(r->arena, "%s_over_%s", high->count ? high->items[0].text : "rest",
				       low->count ? low->items[0].text : "rest");
	ladder->name.label = ladder->name.english = ladder->name.id;
}

/* The decision of a ladder: 用于, or that of the first rule it names. */
static uint32_t ladder_decision(struct resolver *r, const struct ast_decl *decl)
{
	if (decl->decision.text)
		return decision_look_up(r, &decl->decision);
	for (size_t i = 0; i < decl->rungs.count; i++)
		for (size_t k = 0; k < decl->rungs.items[i].names.count; k++) {
			const struct ast_word *word = &decl->rungs.items[i].names.items[k];
			uint32_t found = scope_look_up(r, &r->rules, THING_RULE, word);
			if (found == NONE || found == BROKEN_RULE)
				return NONE;
			return found >= TABLE_BIT ? r->model->tables[found - TABLE_BIT].decision
						  : r->model->rules[found].decision;
		}
	return decision_of(r, decl);
}

static void resolve_ladder(struct resolver *r, struct entry *entry)
{
	struct decision *d = &r->model->decisions[entry->made];
	struct ladder *ladder = &d->ladders[d->ladder_count];
	struct ladder_reader l = {
		.r = r, .decl = entry->decl, .decision = entry->made, .index = (uint32_t)d->ladder_count++
	};
	name_ladder(r, entry->decl, ladder);
	ladder->span = entry->decl->span;
	ladder->decision = entry->made;
	attributes_resolve(r, &entry->decl->attributes, &ladder->attributes);
	account_cites(r, &ladder->attributes.cites, ladder->name.id);
	read_rungs(&l, ladder);
}

static void make_rungs(struct resolver *r)
{
	struct model *m = r->model;
	for (size_t i = 0; i < m->decision_count; i++) {
		struct decision *d = &m->decisions[i];
		size_t count = d->ladder_count;
		uint32_t *rungs = arena_new_array(r->arena, uint32_t, d->rule_count * count + 1);
		d->ladders = arena_new_array(r->arena, struct ladder, count + 1);
		d->ladder_count = 0;
		for (size_t k = 0; k < d->rule_count; k++)
			m->rules[d->rules[k]].rungs = rungs + k * count;
		for (size_t k = 0; k < d->rule_count * count; k++)
			rungs[k] = NO_RUNG;
	}
}

void priorities_resolve(struct resolver *r)
{
	struct map *names = map_new_in(r->arena);
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		if (entry->decl->kind != AST_ORDER)
			continue;
		entry->made = ladder_decision(r, entry->decl);
		if (entry->made != NONE)
			r->model->decisions[entry->made].ladder_count++;
		const char *id = entry->decl->name.id.text;
		int64_t first = id ? map_put_if_absent(names, id, (int64_t)i) : (int64_t)i;
		if (first != (int64_t)i)
			report_duplicate(r, THING_ORDER, id, entry->decl->name.id.span,
					 r->decls.items[first].decl->name.id.span);
	}
	make_rungs(r);
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		r->order = (uint32_t)i;
		if (entry->decl->kind == AST_ORDER && entry->made != NONE)
			resolve_ladder(r, entry);
	}
	override_cycles_report(r);
}
