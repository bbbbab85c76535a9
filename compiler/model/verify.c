/* Asserts what model.h says of a model without errors: a mistake of the resolver shows here and not three stages on. */
#include "model/resolve.h"

#include <assert.h>
#include <string.h>

static void verify_name(const struct name *name)
{
	assert(name->id && name->label && name->english);
	(void)name;
}

static void verify_ranges(const struct ranges *ranges)
{
	for (size_t i = 0; i < ranges->count; i++) {
		assert(ranges->items[i].low <= ranges->items[i].high);
		assert(i == 0 || ranges->items[i - 1].high < ranges->items[i].low - 1);
	}
}

static void verify_cond(const struct model *m, const struct cond *c)
{
	verify_ranges(&c->ranges);
	switch (c->kind) {
	case COND_TRUE:
	case COND_FALSE: assert(c->part_count == 0); break;
	case COND_AND:
	case COND_OR: assert(c->part_count >= 1); break;
	case COND_NOT: assert(c->part_count == 1); break;
	case COND_FACT: assert(c->dim < m->dim_count && c->part_count == 0); break;
	case COND_DECISION: assert(c->decision < m->decision_count && c->part_count == 0); break;
	case COND_DEFINITION:
		assert(c->definition < m->definition_count && c->part_count == 1);
		assert(c->parts[0] == m->definitions[c->definition].cond);
		return; /* looked at once, with the definitions */
	}
	for (size_t i = 0; i < c->part_count; i++)
		verify_cond(m, c->parts[i]);
	(void)m;
}

static void verify_facts(const struct model *m)
{
	uint32_t dim = 0;
	for (uint32_t i = 0; i < m->fact_count; i++) {
		const struct fact *f = &m->facts[i];
		verify_name(&f->name);
		assert(f->low <= f->high && f->first_dim == dim && f->dim_count >= 1);
		assert(f->kind != FACT_SET ||
		       (f->dim_count == f->member_count && f->member_count <= LIMIT_SET_MEMBERS));
		assert(f->kind != FACT_ENUMERATION || f->high + 1 == (int64_t)f->member_count);
		assert(!f->applicable_date || (i + 1 == m->fact_count && m->applicable_date == i));
		for (uint32_t k = 0; k < f->dim_count; k++, dim++)
			assert(m->dims[dim].fact == i && m->dims[dim].member == k && m->dims[dim].low == f->low);
		for (size_t g = 0; g < f->group_count; g++)
			for (uint32_t k = 0; k < f->groups[g].count; k++)
				assert(f->members[f->groups[g].first + k].group == g);
	}
	assert(dim == m->dim_count);
}

static void verify_ascending(const uint32_t *list, size_t count, size_t limit)
{
	for (size_t i = 0; i < count; i++)
		assert(list[i] < limit && (i == 0 || list[i - 1] < list[i]));
	(void)list;
	(void)limit;
}

static void verify_rule(const struct model *m, uint32_t index)
{
	const struct rule *r = &m->rules[index];
	assert(r->id && r->when && r->decision < m->decision_count);
	assert(r->outcome < m->decisions[r->decision].outcome_count);
	verify_name(&r->name);
	verify_cond(m, r->when);
	if (r->except)
		verify_cond(m, r->except);
	assert(r->table == NONE || (r->table < m->table_count && m->tables[r->table].decision == r->decision));
	assert(r->attributes.role == NONE || r->attributes.role < m->role_count);
	for (size_t l = 0; l < m->decisions[r->decision].ladder_count; l++)
		assert(r->rungs[l] == NO_RUNG || r->rungs[l] < m->decisions[r->decision].ladders[l].rung_count);
}

/* What feeds a decision stands before it in the order of evaluation. */
static void verify_order(const struct model *m)
{
	for (size_t i = 0; i < m->decision_count; i++) {
		const struct decision *d = &m->decisions[m->order[i]];
		for (size_t k = 0; k < d->feed_count; k++) {
			bool before = false;
			for (size_t j = 0; j < i; j++)
				before = before || m->order[j] == d->feeds[k];
			assert(before);
			(void)before;
		}
	}
}

static void verify_decisions(const struct model *m)
{
	for (uint32_t i = 0; i < m->decision_count; i++) {
		const struct decision *d = &m->decisions[i];
		verify_name(&d->name);
		assert(d->outcome_count >= 1 && d->outcome_count <= LIMIT_OUTCOMES);
		verify_ascending(d->rules, d->rule_count, m->rule_count);
		verify_ascending(d->tables, d->table_count, m->table_count);
		verify_ascending(d->feeds, d->feed_count, m->decision_count);
		verify_ascending(d->dims, d->dim_count, m->dim_count);
		verify_ascending(d->constraints, d->constraint_count, m->constraint_count);
		verify_ascending(d->read_facts, d->read_fact_count, m->fact_count);
		for (size_t k = 0; k < d->rule_count; k++)
			assert(m->rules[d->rules[k]].decision == i);
	}
	verify_order(m);
}

static void verify_clauses(const struct model *m)
{
	for (uint32_t i = 0; i < m->clause_count; i++) {
		const struct clause *c = &m->clauses[i];
		assert(c->id && c->text && (c->parent == NONE || c->parent < i));
		assert(model_clause(m, c->id) == c);
		(void)c;
	}
}

static void verify_cases(const struct model *m)
{
	for (size_t i = 0; i < m->case_count; i++)
		for (size_t f = 0; f < m->fact_count; f++) {
			const struct fact_setting *s = &m->cases[i].facts[f];
			assert(!s->known || m->facts[f].kind == FACT_SET ||
			       (s->value >= m->facts[f].low && s->value <= m->facts[f].high));
			(void)s;
		}
}

void model_verify(const struct model *model)
{
	verify_facts(model);
	for (size_t i = 0; i < model->definition_count; i++)
		verify_cond(model, model->definitions[i].cond);
	for (uint32_t i = 0; i < model->rule_count; i++)
		verify_rule(model, i);
	for (size_t i = 0; i < model->constraint_count; i++)
		verify_cond(model, model->constraints[i].cond);
	for (size_t i = 0; i < model->property_count; i++)
		assert(model->properties[i].monotone ? model->properties[i].decision < model->decision_count
						     : model->properties[i].then != NULL);
	verify_decisions(model);
	verify_clauses(model);
	verify_cases(model);
	procedures_verify(model);
}
