/* What would be missed if rules went that decide nothing: a clause that nobody else implements, a row of a table that
 * is declared 完备, a feeding decision without which there are other cases. */
#include "analysis/mend.h"
#include "model/procedure.h"

#include <string.h>

enum { MISSED_BOXES = 20000 }; /* of one question; what they do not answer counts as missed */

static bool is_among(const uint32_t *list, size_t count, uint32_t one)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == one)
			return true;
	return false;
}

/* ---- clauses ---- */

static bool is_id_of(const struct checks *c, const uint32_t *rules, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(rule_at(c, rules[i])->id, id) == 0)
			return true;
	return false;
}

static bool stays_implemented(const struct checks *c, const uint32_t *rules, size_t count, const struct clause *clause)
{
	if (!clause || !clause->unit || clause->fate != FATE_IMPLEMENTED)
		return true;
	for (size_t i = 0; i < clause->by_count; i++)
		if (!is_id_of(c, rules, count, clause->by[i]))
			return true;
	return false;
}

/* NULL: each clause is implemented by something else. */
static const char *clause_missed(const struct checks *c, const uint32_t *rules, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct cites *cites = &rule_at(c, rules[i])->attributes.cites;
		for (size_t k = 0; k < cites->count; k++)
			if (!stays_implemented(c, rules, count, model_clause(c->model, cites->clauses[k])))
				return cites->clauses[k];
	}
	return NULL;
}

/* ---- rows of a 完备 table ---- */

static bool row_is_missed(struct checks *c, const uint32_t *rules, size_t count, uint32_t row)
{
	struct neighbours near;
	rule_list rest = { 0 };
	const struct rule_table *table = table_of(c, row);
	if (!table || !table->complete)
		return false;
	if (!regions_neighbours(c->regions, c->index, row, &near))
		return true;
	for (size_t i = 0; i < near.count; i++)
		if (table_of(c, near.items[i]) == table && !is_among(rules, count, near.items[i]))
			vec_push(c->arena, &rest, near.items[i]);
	struct question question = question_of(c, GOAL_WITHOUT, &row, 1, rest.items, rest.count);
	regions_allow(c->regions, MISSED_BOXES);
	enum reply reply = regions_exist(c->regions, &question);
	return !regions_allow_all(c->regions) || reply != REPLY_NO;
}

static const char *table_missed(struct checks *c, const uint32_t *rules, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (row_is_missed(c, rules, count, rules[i]))
			return table_of(c, rules[i])->name.id;
	return NULL;
}

/* ---- feeding decisions ---- */

static bool rule_names(const struct rule *rule, uint32_t decision)
{
	return cond_names(rule->when, decision) || cond_names(rule->except, decision);
}

static bool all_total(const struct checks *c)
{
	for (size_t i = 0; i < c->decision->fed_by_count; i++) {
		const struct verdict *v = &c->verdicts->items[c->decision->fed_by[i]];
		if (v->gap != DECIDED_NONE || v->conflict != DECIDED_NONE)
			return false;
	}
	return true;
}

/* Where a feeding decision has no outcome there is no case; there would be one if only these rules named it. */
static const char *feed_missed(const struct checks *c, const uint32_t *rules, size_t count)
{
	for (size_t i = 0; i < c->decision->feed_count && !all_total(c); i++) {
		bool stays = false;
		for (uint32_t k = 0; k < c->decision->rule_count && !stays; k++)
			stays = !is_among(rules, count, k) && rule_names(rule_at(c, k), c->decision->feeds[i]);
		if (!stays)
			return c->model->decisions[c->decision->feeds[i]].name.id;
	}
	return NULL;
}

struct phrase missed_without(struct checks *c, const uint32_t *rules, size_t count)
{
	static const struct phrase nothing = { "", "" };
	static const struct phrase words[] = {
		{ "；删去后条款 %s 没有规则依据它，须另作交代",
		  "; once it is removed nothing implements clause %s, which must then be accounted for" },
		{ "；删去后完备的表 `%s` 在有的情形没有一行成立，须同时补行，或者去掉「完备」",
		  "; once it is removed no row of `%s`, which is declared complete, holds in some case: add rows, or "
		  "leave `complete` out" },
		{ "；删去后这里不再提到判定 `%s`，它没有结论的情形也要由其余的规则管",
		  "; once it is removed nothing here names decision `%s`, and where that one has no outcome other "
		  "rules must decide" },
	};
	const char *const missed[] = { clause_missed(c, rules, count), table_missed(c, rules, count),
				       feed_missed(c, rules, count) };
	for (size_t i = 0; i < sizeof missed / sizeof *missed; i++)
		if (missed[i])
			return (struct phrase){ arena_printf(c->diag->arena, words[i].zh, missed[i]),
						arena_printf(c->diag->arena, words[i].en, missed[i]) };
	return nothing;
}

/* ---- what rests on the decision ---- */

static bool guards_name(const struct procedure *procedure, uint32_t decision)
{
	for (size_t i = 0; i < procedure->step_count; i++)
		if (cond_names(procedure->steps[i].guard, decision))
			return true;
	return false;
}

bool is_rested_on(const struct checks *c)
{
	const struct model *m = c->model;
	bool named = false;
	for (size_t i = 0; i < m->decision_count && !named; i++)
		named = is_among(m->decisions[i].feeds, m->decisions[i].feed_count, c->index);
	for (size_t i = 0; i < m->property_count && !named; i++)
		named = is_among(m->properties[i].decisions, m->properties[i].decision_count, c->index);
	for (size_t i = 0; i < m->procedure_count && !named; i++)
		named = guards_name(&m->procedures[i], c->index);
	return named;
}
