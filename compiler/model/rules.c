/* Rules and defaults, in source order with the rows of tables. note [ids of defaults]
 *
 * The first default of a decision is DECISION.default, the next DECISION.default2, DECISION.default3 and so on. */
#include "model/resolve.h"

#include <string.h>

/* ---- periods ---- */

bool period_check(struct resolver *r, const struct ast_date *from, const struct ast_date *to)
{
	const struct ast_date *days[] = { from, to };
	for (size_t i = 0; i < 2; i++) {
		if (!days[i]->given || (days[i]->day >= DATE_LOW && days[i]->day <= DATE_HIGH))
			continue;
		struct finding *f = report(r, FINDING_OUTSIDE_DOMAIN, days[i]->span, MESSAGE_OUTSIDE_DOMAIN, "on",
					   date_text(r->arena, days[i]->day));
		diag_arg(r->diag, f, 2, date_text(r->arena, DATE_LOW));
		diag_arg(r->diag, f, 3, date_text(r->arena, DATE_HIGH));
		return false;
	}
	if (from->given && to->given && from->day > to->day) {
		struct finding *f = report(r, FINDING_TYPE, to->span, MESSAGE_PERIOD_BACKWARDS,
					   date_text(r->arena, from->day), date_text(r->arena, to->day));
		diag_place(r->diag, f, from->span, "自", "from");
		return false;
	}
	return true;
}

struct cond *cond_period(struct resolver *r, const struct ast_date *from, const struct ast_date *to)
{
	if ((!from->given && !to->given) || r->model->applicable_date == NONE || !period_check(r, from, to))
		return NULL;
	const struct fact *on = &r->model->facts[r->model->applicable_date];
	int64_t low = from->given ? from->day : DATE_LOW, high = to->given ? to->day : DATE_HIGH;
	struct span span = from->given ? from->span : to->span;
	return cond_test(r, OP_PERIOD, span, on->first_dim, ranges_one(r->arena, low, high));
}

static void set_period(struct rule *rule, const struct ast_date *from, const struct ast_date *to)
{
	rule->has_from = from->given;
	rule->has_to = to->given;
	rule->from = from->day;
	rule->to = to->day;
}

/* ---- adding ---- */

struct rule_claim {
	uint32_t model, rule; /* the last model that has it, and there the first rule */
};

/* note [claims] An id is looked up once: a rule that is kept from one model to the next (made_rows.c) keeps its claim. */
struct rule_ids {
	struct arena *arena;
	struct map *places; /* of ids among the claims */
	VEC(struct rule_claim) claims;
	uint32_t model; /* the number of that under way, from 1 */
};

struct rule_ids *rule_ids_new(struct arena *arena)
{
	struct rule_ids *ids = arena_new_of(arena, struct rule_ids);
	ids->arena = arena;
	ids->places = map_new_in(arena);
	return ids;
}

uint32_t rule_claim(struct resolver *r, const char *id)
{
	struct rule_ids *ids = r->rule_ids;
	uint32_t place = (uint32_t)map_put_if_absent(ids->places, id, (int64_t)ids->claims.count);
	if (place == ids->claims.count)
		vec_push(ids->arena, &ids->claims, ((struct rule_claim){ 0, 0 }));
	return place;
}

/* Each row of a block that was pasted with its ids stands again so many rows further down: one mistake. */
static void set_distance(struct resolver *r, struct finding *f, const struct rule *rule, const struct rule *first)
{
	struct arena *arena = r->diag->arena;
	if (rule->table == NONE || rule->table != first->table)
		return;
	const char *table = r->model->tables[rule->table].name.id;
	unsigned rows = rule->row - first->row;
	f->cause = arena_printf(arena, "duplicate: %s: %u", table, rows);
	f->cause_words = (struct phrase){ arena_printf(arena, "表 `%s` 的行编号在 %u 行之后又出现", table, rows),
					  arena_printf(arena, "ids of rows of table `%s` stand again %u rows further down", table, rows) };
}

/* Gives false when the id is taken: the first rule of an id stays. */
bool rule_add(struct resolver *r, const struct rule *rule, uint32_t claim)
{
	struct rule_claim *of = &r->rule_ids->claims.items[claim];
	struct rule *next = &r->model->rules[r->model->rule_count];
	if (of->model == r->rule_ids->model) {
		const struct rule *first = &r->model->rules[of->rule];
		set_distance(r, report_duplicate(r, THING_RULE, rule->id, rule->name_span, first->name_span), rule, first);
		r->outcome_lost[rule->decision] = true;
		return false;
	}
	*of = (struct rule_claim){ r->rule_ids->model, (uint32_t)r->model->rule_count++ };
	if (rule != next)
		*next = *rule;
	return true;
}

void report_uncited(struct resolver *r, const struct rule *rule)
{
	struct finding *f = report(r, FINDING_UNCITED, rule->name_span, MESSAGE_UNCITED, rule->id, NULL);
	f->rules = arena_new_array(r->arena, const char *, 2);
	f->rules[0] = rule->id;
	diag_help(r->diag, f, MESSAGE_UNCITED_HELP, rule->id, NULL);
}

/* Where ` 且 …` can be written: after a condition that is no `或` and does not end a list with 。 */
static struct span insert_point(struct resolver *r, const struct ast_cond *when)
{
	struct span none = { 0, 0, 0 };
	if (!when || (when->kind != AST_COND_AND && when->kind != AST_COND_TEST && when->kind != AST_COND_NOT))
		return none;
	const struct source *source = &r->diag->sources->items[when->span.file];
	uint32_t end = when->span.end;
	if (end > source->size || end < 3 || memcmp(source->text + end - 3, "。", 3) == 0)
		return none;
	return (struct span){ when->span.file, end, end };
}

uint32_t decision_of(struct resolver *r, const struct ast_decl *decl)
{
	uint32_t decision = decl->decision.text ? decision_look_up(r, &decl->decision) : NONE;
	if (!decl->decision.text && !decl->broken)
		report(r, FINDING_UNDEFINED, decl->keyword, MESSAGE_NO_DECISION, NULL, NULL);
	r->decision_lost = r->decision_lost || decision == NONE;
	return decision;
}

/* The condition of a rule: its 当 and its period. */
static struct cond *when_of(struct resolver *r, const struct ast_decl *decl)
{
	struct cond *parts[2];
	size_t count = 0;
	if (decl->when)
		parts[count++] = cond_resolve(r, decl->when, NULL, 0);
	struct cond *period = cond_period(r, &decl->attributes.from, &decl->attributes.to);
	if (period)
		parts[count++] = period;
	return cond_join(r, COND_AND, parts, count, decl->when ? decl->when->span : decl->keyword);
}

/* What rules and defaults have in common; false when the decision or the outcome is not there. */
static bool fill_rule(struct resolver *r, const struct entry *entry, struct rule *rule)
{
	const struct ast_decl *decl = entry->decl;
	rule->span = decl->span;
	rule->table = NONE;
	rule->decision = decision_of(r, decl);
	rule->when = when_of(r, decl);
	rule->except = decl->except ? cond_resolve(r, decl->except, NULL, 0) : NULL;
	rule->when_insert = insert_point(r, decl->when);
	set_period(rule, &decl->attributes.from, &decl->attributes.to);
	attributes_of_rule(r, entry, &rule->attributes);
	if (rule->decision == NONE)
		return false;
	rule->outcome = decl->then.text ? outcome_look_up(r, rule->decision, &decl->then) : NONE;
	if (!decl->then.text)
		r->outcome_lost[rule->decision] = true;
	if (!decl->then.text && !decl->broken)
		report(r, FINDING_UNDEFINED, decl->keyword, MESSAGE_NO_OUTCOME, rule->id, NULL);
	return rule->outcome != NONE;
}

static void finish_rule(struct resolver *r, const struct entry *entry, struct rule *rule)
{
	account_cites(r, &rule->attributes.cites, rule->id);
	if (!rule->attributes.cites.count && !rule->attributes.because && !entry->decl->broken)
		report_uncited(r, rule);
}

static void resolve_rule(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct rule rule = { .name = name_of(r, &decl->name) };
	rule.id = rule.name.id;
	rule.name_span = name_span(&decl->name, decl->keyword);
	bool good = fill_rule(r, entry, &rule);
	finish_rule(r, entry, &rule);
	uint32_t index = good && rule_add(r, &rule, rule_claim(r, rule.id)) ? (uint32_t)r->model->rule_count - 1 : BROKEN_RULE;
	if (good && index == BROKEN_RULE)
		return;
	scope_add(r, &r->rules, THING_RULE, &decl->name, index, false);
}

static const char *default_id(struct resolver *r, uint32_t decision)
{
	const char *name = r->model->decisions[decision].name.id;
	uint32_t number = ++r->default_counts[decision];
	return number == 1 ? arena_printf(r->arena, "%s.default", name)
			   : arena_printf(r->arena, "%s.default%u", name, number);
}

static void resolve_default(struct resolver *r, const struct entry *entry)
{
	struct rule rule = { .is_default = true, .name_span = entry->decl->keyword };
	uint32_t found = entry->decl->decision.text ? scope_find(&r->decisions, entry->decl->decision.text) : NONE;
	rule.id = found < AMBIGUOUS ? default_id(r, found) : "default";
	rule.name = (struct name){
		.id = rule.id, .label = "缺省", .english = "default", .has_label = true, .has_english = true
	};
	bool good = fill_rule(r, entry, &rule);
	finish_rule(r, entry, &rule);
	if (good)
		rule_add(r, &rule, rule_claim(r, rule.id));
}

/* ---- all ---- */

static size_t count_rules(const struct resolver *r, size_t *tables)
{
	size_t count = 0;
	*tables = 0;
	for (size_t i = 0; i < r->decls.count; i++) {
		const struct ast_decl *decl = r->decls.items[i].decl;
		if (decl->kind == AST_RULE || decl->kind == AST_DEFAULT)
			count++;
		if (decl->kind != AST_TABLE)
			continue;
		++*tables;
		count += decl->table ? decl->table->rows.count : 0;
	}
	return count;
}

/* Each decision's rules and tables, in source order. */
static void list_by_decision(struct resolver *r)
{
	struct model *m = r->model;
	for (size_t i = 0; i < m->rule_count; i++)
		m->decisions[m->rules[i].decision].rule_count++;
	for (size_t i = 0; i < m->table_count; i++)
		m->decisions[m->tables[i].decision].table_count++;
	for (size_t i = 0; i < m->decision_count; i++) {
		struct decision *d = &m->decisions[i];
		d->rules = arena_new_array(r->arena, uint32_t, d->rule_count + 1);
		d->tables = arena_new_array(r->arena, uint32_t, d->table_count + 1);
		d->rule_count = d->table_count = 0;
	}
	for (uint32_t i = 0; i < m->rule_count; i++) {
		struct decision *d = &m->decisions[m->rules[i].decision];
		d->rules[d->rule_count++] = i;
	}
	for (uint32_t i = 0; i < m->table_count; i++) {
		struct decision *d = &m->decisions[m->tables[i].decision];
		d->tables[d->table_count++] = i;
	}
}

void rules_resolve(struct resolver *r)
{
	size_t tables, rules = count_rules(r, &tables);
	r->model->rules = arena_alloc_unset(r->arena, (rules + 1) * sizeof *r->model->rules);
	r->model->tables = arena_new_array(r->arena, struct rule_table, tables + 1);
	r->rule_ids = r->book->made ? made_rows_ids(r) : rule_ids_new(r->arena);
	r->rule_ids->model++;
	map_reserve(r->rule_ids->places, rules);
	r->default_counts = arena_new_array(r->arena, uint32_t, r->model->decision_count + 1);
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		r->order = (uint32_t)i;
		r->step = 0;
		if (entry->decl->kind == AST_RULE)
			resolve_rule(r, entry);
		else if (entry->decl->kind == AST_DEFAULT)
			resolve_default(r, entry);
		else if (entry->decl->kind == AST_TABLE)
			table_resolve(r, entry);
	}
	r->step = 0;
	list_by_decision(r);
}
