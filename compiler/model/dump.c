/* The model as plain lines, for `--dump model` and for golden tests. */
#include "model/dump.h"
#include "model/resolve.h"

void dump_name(struct writer *w, const struct name *name)
{
	write_str(w, name->id);
	if (name->has_label)
		write_fmt(w, "「%s」", name->label);
	if (name->has_english)
		write_fmt(w, " \"%s\"", name->english);
}

static void write_ranges(struct writer *w, const struct ranges *ranges)
{
	write_char(w, '[');
	for (size_t i = 0; i < ranges->count; i++) {
		const struct range *range = &ranges->items[i];
		write_fmt(w, "%s%lld", i ? " " : "", (long long)range->low);
		if (range->high != range->low)
			write_fmt(w, "..%lld", (long long)range->high);
	}
	write_char(w, ']');
}

static void write_dim(struct writer *w, const struct model *m, uint32_t dim)
{
	const struct fact *fact = &m->facts[m->dims[dim].fact];
	write_str(w, fact->name.id);
	if (fact->kind == FACT_SET)
		write_fmt(w, ".%s", fact->members[m->dims[dim].member].name.id);
}

void dump_cond_of(struct writer *w, const struct model *m, const struct cond *c)
{
	static const char *const kinds[] = { "true", "false", "and", "or", "not", "", "", "" };
	switch (c->kind) {
	case COND_TRUE:
	case COND_FALSE: write_str(w, kinds[c->kind]); return;
	case COND_FACT:
		write_dim(w, m, c->dim);
		write_ranges(w, &c->ranges);
		return;
	case COND_DECISION:
		write_str(w, m->decisions[c->decision].name.id);
		write_ranges(w, &c->ranges);
		return;
	case COND_DEFINITION: write_str(w, m->definitions[c->definition].name.id); return;
	default: break;
	}
	write_fmt(w, "(%s", kinds[c->kind]);
	for (size_t i = 0; i < c->part_count; i++) {
		write_char(w, ' ');
		dump_cond_of(w, m, c->parts[i]);
	}
	write_char(w, ')');
}

void dump_attributes_of(struct writer *w, const struct attributes *a)
{
	for (size_t i = 0; i < a->cites.count; i++)
		write_fmt(w, "%s%s", i ? "," : " cites ", a->cites.clauses[i]);
	for (size_t i = 0; i < a->resolve_count; i++)
		write_fmt(w, "%s%s", i ? "," : " resolves ", a->resolves[i]);
	if (a->because)
		write_fmt(w, " because 「%s」", a->because);
}

static void dump_facts(struct writer *w, const struct model *m)
{
	static const char *const kinds[] = { "boolean", "enumeration", "set", "integer", "date" };
	for (size_t i = 0; i < m->fact_count; i++) {
		const struct fact *f = &m->facts[i];
		write_str(w, "fact ");
		dump_name(w, &f->name);
		write_fmt(w, ": %s %lld..%lld%s", kinds[f->kind], (long long)f->low, (long long)f->high,
			  f->unit ? f->unit : "");
		dump_attributes_of(w, &f->attributes);
		write_char(w, '\n');
		for (size_t k = 0; k < f->member_count; k++) {
			uint32_t group = f->members[k].group;
			write_fmt(w, "  %zu ", k);
			dump_name(w, &f->members[k].name);
			write_fmt(w, "%s%s\n", group == NONE ? "" : " in ",
				  group == NONE ? "" : f->groups[group].name.id);
		}
	}
}

static void dump_rule(struct writer *w, const struct model *m, const struct rule *r)
{
	write_fmt(w, "  %s %s -> %s: ", r->is_default ? "default" : "rule", r->id,
		  m->decisions[r->decision].outcomes[r->outcome].name.id);
	dump_cond_of(w, m, r->when);
	if (r->except) {
		write_str(w, " except ");
		dump_cond_of(w, m, r->except);
	}
	for (size_t l = 0; l < m->decisions[r->decision].ladder_count; l++)
		if (r->rungs[l] != NO_RUNG)
			write_fmt(w, " %s=%u", m->decisions[r->decision].ladders[l].name.id, r->rungs[l]);
	dump_attributes_of(w, &r->attributes);
	write_char(w, '\n');
}

static void dump_list(struct writer *w, const char *title, const uint32_t *list, size_t count, const struct model *m,
		      const char *(*id)(const struct model *m, uint32_t index))
{
	write_fmt(w, "  %s", title);
	for (size_t i = 0; i < count; i++)
		write_fmt(w, " %s", id(m, list[i]));
	write_char(w, '\n');
}

static const char *decision_id(const struct model *m, uint32_t index)
{
	return m->decisions[index].name.id;
}

static const char *fact_id(const struct model *m, uint32_t index)
{
	return m->facts[index].name.id;
}

static const char *dim_fact_id(const struct model *m, uint32_t index)
{
	return m->facts[m->dims[index].fact].name.id;
}

static const char *constraint_id(const struct model *m, uint32_t index)
{
	return m->constraints[index].name.id;
}

static void dump_decision(struct writer *w, const struct model *m, const struct decision *d)
{
	write_str(w, "decision ");
	dump_name(w, &d->name);
	write_str(w, ":");
	for (size_t i = 0; i < d->outcome_count; i++) {
		write_char(w, ' ');
		dump_name(w, &d->outcomes[i].name);
	}
	write_char(w, '\n');
	dump_list(w, "fed by", d->fed_by, d->fed_by_count, m, decision_id);
	dump_list(w, "reads", d->read_facts, d->read_fact_count, m, fact_id);
	dump_list(w, "dims", d->dims, d->dim_count, m, dim_fact_id);
	dump_list(w, "constraints", d->constraints, d->constraint_count, m, constraint_id);
	for (size_t i = 0; i < d->rule_count; i++)
		dump_rule(w, m, &m->rules[d->rules[i]]);
}

static void dump_cases(struct writer *w, const struct model *m)
{
	for (size_t i = 0; i < m->case_count; i++) {
		const struct test_case *c = &m->cases[i];
		write_fmt(w, "case 「%s」", c->name);
		for (size_t f = 0; f < m->fact_count; f++)
			if (c->facts[f].known)
				write_fmt(w, " %s=%s", m->facts[f].name.id,
					  fact_value_json(w->arena, &m->facts[f], c->facts[f].value));
		for (size_t k = 0; k < c->expectation_count; k++) {
			const struct expectation *e = &c->expectations[k];
			const struct decision *d = &m->decisions[e->decision];
			write_fmt(w, " -> %s", d->name.id);
			if (e->kind == EXPECT_OUTCOME)
				write_fmt(w, "=%s", d->outcomes[e->outcome].name.id);
			else
				write_str(w, e->kind == EXPECT_GAP ? " gap" : " conflict");
		}
		write_char(w, '\n');
	}
}

static void dump_clauses(struct writer *w, const struct model *m)
{
	static const char *const fates[] = { "unaccounted", "implemented", "discretion", "no_effect", "pending" };
	for (size_t i = 0; i < m->clause_count; i++) {
		const struct clause *c = &m->clauses[i];
		write_fmt(w, "clause %s%s %s", c->id, c->unit ? " unit" : "", fates[c->fate]);
		for (size_t k = 0; k < c->by_count; k++)
			write_fmt(w, " %s", c->by[k]);
		write_char(w, '\n');
	}
}

void model_dump(struct writer *w, const struct model *model)
{
	write_str(w, "rulebook ");
	dump_name(w, &model->name);
	write_char(w, '\n');
	dump_facts(w, model);
	for (size_t i = 0; i < model->definition_count; i++) {
		write_fmt(w, "definition %s: ", model->definitions[i].name.id);
		dump_cond_of(w, model, model->definitions[i].cond);
		write_char(w, '\n');
	}
	for (size_t i = 0; i < model->constraint_count; i++) {
		write_fmt(w, "constraint %s: ", model->constraints[i].name.id);
		dump_cond_of(w, model, model->constraints[i].cond);
		write_char(w, '\n');
	}
	for (size_t i = 0; i < model->decision_count; i++)
		dump_decision(w, model, &model->decisions[model->order[i]]);
	dump_cases(w, model);
	dump_procedures(w, model);
	dump_clauses(w, model);
}
