/* What each decision rests on: the decisions that feed it, the order of evaluation, and the facts of its cases.
 *
 * note [cases] The facts of a question are those it reads, those read by what feeds it, and those that a constraint
 * ties to any of these, and so on. A fact of kind set counts with all its members. */
#include "model/resolve.h"
#include "support/writer.h"

#include <string.h>

/* ---- feeding ---- */

static uint32_t *list_of(struct arena *arena, const bool *set, size_t count, size_t *out_count)
{
	uint32_t *list = arena_new_array(arena, uint32_t, count + 1);
	*out_count = 0;
	for (uint32_t i = 0; i < count; i++)
		if (set[i])
			list[(*out_count)++] = i;
	return list;
}

static void find_reads(struct resolver *r, uint32_t index, struct reads *reads)
{
	struct model *m = r->model;
	struct decision *d = &m->decisions[index];
	reads_init(r, reads);
	for (size_t i = 0; i < d->rule_count; i++) {
		const struct rule *rule = &m->rules[d->rules[i]];
		reads_add(m, reads, rule->when);
		if (rule->except)
			reads_add(m, reads, rule->except);
	}
	for (size_t i = 0; i < d->table_count; i++)
		if (m->tables[d->tables[i]].when)
			reads_add(m, reads, m->tables[d->tables[i]].when);
	d->feeds = list_of(r->arena, reads->decisions, m->decision_count, &d->feed_count);
	d->read_facts = list_of(r->arena, reads->facts, m->fact_count, &d->read_fact_count);
	for (size_t i = 0; i < d->read_fact_count; i++)
		r->fact_used[d->read_facts[i]] = true;
}

/* ---- order of evaluation ---- */

struct walk {
	struct resolver *r;
	unsigned char *colour; /* 0 new, 1 on the way, 2 done */
	uint32_t *way;
	size_t depth, done;
};

static void report_cycle(struct walk *w, uint32_t back_to)
{
	const struct model *m = w->r->model;
	size_t at = w->depth;
	struct writer text;
	writer_init(&text, w->r->arena);
	while (w->way[at - 1] != back_to)
		at--;
	for (size_t i = at - 1; i < w->depth; i++)
		write_fmt(&text, "%s → ", m->decisions[w->way[i]].name.id);
	write_str(&text, m->decisions[back_to].name.id);
	struct finding *f = report(w->r, FINDING_DECISION_CYCLE, m->decisions[back_to].span, MESSAGE_DECISION_CYCLE,
				   writer_text(&text), NULL);
	f->decision = m->decisions[back_to].name.id;
}

/* At most LIMIT_DECISIONS deep. */
static void visit(struct walk *w, uint32_t index)
{
	const struct decision *d = &w->r->model->decisions[index];
	w->colour[index] = 1;
	w->way[w->depth++] = index;
	for (size_t i = 0; i < d->feed_count; i++) {
		if (w->colour[d->feeds[i]] == 1)
			report_cycle(w, d->feeds[i]);
		else if (w->colour[d->feeds[i]] == 0)
			visit(w, d->feeds[i]);
	}
	w->depth--;
	w->colour[index] = 2;
	w->r->model->order[w->done++] = index;
}

/* ---- closing over constraints ---- */

static void close_facts(struct resolver *r, bool *facts, bool *constraints)
{
	const struct model *m = r->model;
	for (bool grown = true; grown;) {
		grown = false;
		for (size_t c = 0; c < m->constraint_count; c++) {
			bool touches = false;
			const bool *reads = r->constraint_facts[c];
			for (size_t i = 0; i < m->fact_count && !constraints[c]; i++)
				touches = touches || (reads[i] && facts[i]);
			if (!touches)
				continue;
			constraints[c] = grown = true;
			for (size_t i = 0; i < m->fact_count; i++)
				facts[i] = facts[i] || reads[i];
		}
	}
}

static void list_dims(const struct resolver *r, const bool *facts, struct closure *out)
{
	const struct model *m = r->model;
	out->dims = arena_new_array(r->arena, uint32_t, m->dim_count + 1);
	out->dim_count = 0;
	for (uint32_t i = 0; i < m->dim_count; i++)
		if (facts[m->dims[i].fact])
			out->dims[out->dim_count++] = i;
}

/* Everything that the decisions of `direct` rest on, themselves too, in order of evaluation. */
static void list_feeding(const struct resolver *r, const struct reads *direct, bool *facts, struct closure *out)
{
	const struct model *m = r->model;
	bool *wanted = arena_new_array(r->arena, bool, m->decision_count + 1);
	memcpy(wanted, direct->decisions, m->decision_count * sizeof *wanted);
	for (size_t i = m->decision_count; i-- > 0;) {
		const struct decision *d = &m->decisions[m->order[i]];
		if (!wanted[m->order[i]])
			continue;
		for (size_t k = 0; k < d->feed_count; k++)
			wanted[d->feeds[k]] = true;
		for (size_t k = 0; k < d->read_fact_count; k++)
			facts[d->read_facts[k]] = true;
	}
	out->fed_by = arena_new_array(r->arena, uint32_t, m->decision_count + 1);
	out->fed_by_count = 0;
	for (size_t i = 0; i < m->decision_count; i++)
		if (wanted[m->order[i]])
			out->fed_by[out->fed_by_count++] = m->order[i];
}

void closure_of(struct resolver *r, const struct reads *direct, struct closure *out)
{
	const struct model *m = r->model;
	bool *facts = arena_new_array(r->arena, bool, m->fact_count + 1);
	bool *constraints = arena_new_array(r->arena, bool, m->constraint_count + 1);
	memcpy(facts, direct->facts, m->fact_count * sizeof *facts);
	list_feeding(r, direct, facts, out);
	close_facts(r, facts, constraints);
	list_dims(r, facts, out);
	out->constraints = list_of(r->arena, constraints, m->constraint_count, &out->constraint_count);
}

static void close_decision(struct resolver *r, uint32_t index, const struct reads *reads)
{
	struct decision *d = &r->model->decisions[index];
	struct closure closure = { 0 };
	closure_of(r, reads, &closure);
	d->dims = closure.dims;
	d->dim_count = closure.dim_count;
	d->constraints = closure.constraints;
	d->constraint_count = closure.constraint_count;
	d->fed_by = closure.fed_by;
	d->fed_by_count = closure.fed_by_count;
}

void decisions_close(struct resolver *r)
{
	struct model *m = r->model;
	struct reads *reads = arena_new_array(r->arena, struct reads, m->decision_count + 1);
	struct walk w = { .r = r };
	w.colour = arena_new_array(r->arena, unsigned char, m->decision_count + 1);
	w.way = arena_new_array(r->arena, uint32_t, m->decision_count + 1);
	m->order = arena_new_array(r->arena, uint32_t, m->decision_count + 1);
	for (uint32_t i = 0; i < m->decision_count; i++)
		find_reads(r, i, &reads[i]);
	for (uint32_t i = 0; i < m->decision_count; i++)
		if (!w.colour[i])
			visit(&w, i);
	for (uint32_t i = 0; i < m->decision_count; i++)
		close_decision(r, i, &reads[i]);
}
