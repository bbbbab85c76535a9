/* The certificate of a model: its rules as boxes, then decision by decision an order of the rules, trees and cases. */
#include "certify/certify.h"

#include "certify/maker.h"

#include <string.h>

/* ---- the plain form ---- */

static bool expand(struct maker *m, const struct rule *rule, uint32_t place, plain_boxes *boxes)
{
	term_list when, except = { 0 };
	plain_boxes made;
	if (!terms_expand(m->arena, m->model, rule->when, false, &when) ||
	    (rule->except && !terms_expand(m->arena, m->model, rule->except, false, &except)) ||
	    !plain_boxes_of(m->arena, m->all, &when, &except, &made))
		return false;
	for (size_t i = 0; i < made.count; i++) {
		made.items[i].rule = place;
		vec_push(m->arena, boxes, made.items[i]);
	}
	return true;
}

static bool expand_decision(struct maker *m, struct plain_decision *d)
{
	d->rules = arena_new_array(m->arena, struct plain_rule, d->decision->rule_count + 1);
	for (size_t i = 0; i < d->decision->rule_count; i++) {
		const struct rule *rule = &m->model->rules[d->decision->rules[i]];
		d->rules[i] = (struct plain_rule){ d->decision->rules[i], rule->outcome, false };
		if (!expand(m, rule, (uint32_t)i, &d->boxes))
			return false;
	}
	return true;
}

static bool expand_constraints(struct maker *m)
{
	for (size_t i = 0; i < m->model->constraint_count; i++) {
		term_list terms;
		plain_boxes made;
		if (!terms_expand(m->arena, m->model, m->model->constraints[i].cond, true, &terms) ||
		    !plain_boxes_of(m->arena, m->all, &terms, NULL, &made))
			return false;
		for (size_t k = 0; k < made.count; k++)
			vec_push(m->arena, &m->constraints, made.items[k]);
	}
	return true;
}

static void find_axes(struct maker *m)
{
	const struct model *model = m->model;
	m->dim_count = model->dim_count;
	m->axis_count = model->dim_count + model->decision_count;
	m->all = arena_new_array(m->arena, struct axis_span, m->axis_count + 1);
	m->node = arena_new_array(m->arena, struct axis_span, m->axis_count + 1);
	for (size_t i = 0; i < m->dim_count; i++)
		m->all[i] = (struct axis_span){ model->dims[i].low, model->dims[i].high };
	for (size_t i = 0; i < model->decision_count; i++)
		m->all[m->dim_count + i].high = (int64_t)model->decisions[i].outcome_count - 1;
}

/* ---- an order in which no rule is over an earlier one ---- */

static bool are_alike(const struct model *model, const struct decision *d, uint32_t a, uint32_t b)
{
	const struct rule *x = &model->rules[a], *y = &model->rules[b];
	for (size_t i = 0; i < d->ladder_count; i++) {
		if (x->rungs[i] != y->rungs[i])
			return false;
	}
	return x->is_default == y->is_default && x->table == y->table;
}

/* Rules that stand together and are alike: who is over one of them is over all, but for their order in the table. */
struct blocks {
	const struct maker *m;
	const struct decision *d;
	uint32_t *starts, count; /* and where the last one ends */
	uint32_t *next;		 /* per block: who may be over it from here on; NONE: it is written */
	uint32_t *way, depth;	 /* each is over the one before it */
};

static void find_blocks(struct blocks *b)
{
	const struct decision *d = b->d;
	b->starts = arena_new_array(b->m->arena, uint32_t, d->rule_count + 1);
	b->next = arena_new_array(b->m->arena, uint32_t, d->rule_count + 1);
	b->way = arena_new_array(b->m->arena, uint32_t, d->rule_count + 1);
	for (uint32_t i = 0; i < d->rule_count; i++) {
		if (i == 0 || !are_alike(b->m->model, d, d->rules[i - 1], d->rules[i]))
			b->starts[b->count++] = i;
	}
	b->starts[b->count] = (uint32_t)d->rule_count;
}

/* The next block not yet written that is over the last one of the way; count: there is none. */
static uint32_t next_over(struct blocks *b)
{
	uint32_t top = b->way[b->depth - 1], *at = &b->next[top];
	while (*at < b->count && (*at == top || b->next[*at] == NONE ||
				  !rule_is_over(b->m->model, b->d->rules[b->starts[*at]], b->d->rules[b->starts[top]])))
		(*at)++;
	return *at;
}

static void write_block(struct blocks *b)
{
	uint32_t block = b->way[--b->depth];
	b->next[block] = NONE;
	for (uint32_t i = b->starts[block]; i < b->starts[block + 1]; i++)
		write_fmt(b->m->w, " %u", i);
}

/* Whoever is over a block is written before it. There are no circles. */
static void write_order(struct maker *m, const struct decision *d)
{
	struct arena_mark mark = arena_save(m->arena);
	struct blocks b = { .m = m, .d = d };
	find_blocks(&b);
	write_str(m->w, "order");
	for (uint32_t first = 0; first < b.count; first++) {
		if (b.next[first] != NONE)
			b.way[b.depth++] = first;
		while (b.depth > 0) {
			uint32_t over = next_over(&b);
			if (over == b.count)
				write_block(&b);
			else
				b.way[b.depth++] = over;
		}
	}
	write_char(m->w, '\n');
	arena_restore(m->arena, mark);
}

/* ---- the whole ---- */

static bool feeds_are_proved(const struct maker *m, const struct decision *d)
{
	for (size_t i = 0; i < d->fed_by_count; i++) {
		if (!m->decisions[d->fed_by[i]].proved)
			return false;
	}
	return true;
}

static void certify_decisions(struct maker *m)
{
	const struct model *model = m->model;
	for (size_t i = 0; i < model->decision_count; i++) {
		struct plain_decision *d = &m->decisions[model->order[i]];
		size_t before = m->w->size;
		if (!feeds_are_proved(m, d->decision))
			continue;
		write_fmt(m->w, "decision %u\n", model->order[i]);
		write_order(m, d->decision);
		d->proved = write_trees(m, d) && write_cases(m, d);
		if (!d->proved)
			m->w->size = before;
	}
}

static void make(struct maker *m)
{
	const struct model *model = m->model;
	bool fits = true;
	find_axes(m);
	m->decisions = arena_new_array(m->arena, struct plain_decision, model->decision_count + 1);
	for (size_t i = 0; i < model->decision_count && fits; i++) {
		m->decisions[i].decision = &model->decisions[i];
		fits = expand_decision(m, &m->decisions[i]);
	}
	fits = fits && expand_constraints(m);
	write_str(m->w, "guiju-certificate 0.1\n");
	if (fits)
		certify_decisions(m);
	write_str(m->w, "end\n");
}

/* The work and the text have arenas of their own, which are released before the news is passed on that memory ended. */
void certify(struct arena *arena, const struct model *model, struct writer *w)
{
	struct out_of_memory ends;
	struct writer text;
	struct arena *texts = arena_new(&ends);
	struct maker m = { .arena = arena_new(&ends), .model = model, .w = &text };
	char *copy = NULL;
	size_t size = 0;
	writer_init(&text, texts);
	if (texts && m.arena && setjmp(ends.back) == 0) {
		make(&m);
		size = text.size;
		copy = arena_try_alloc(arena, size);
		if (copy)
			memcpy(copy, text.bytes, size);
	}
	arena_free(m.arena);
	arena_free(texts);
	if (!copy)
		arena_out_of_memory(arena);
	write_bytes(w, copy, size);
}
