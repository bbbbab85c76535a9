/* Random rulebooks: plain rules from a seed. */
#include "plain.h"

#include <stdio.h>
#include <string.h>

struct maker {
	struct plain *p;
	uint64_t state;
	int order[MAX_RULES];     /* a random total order that all priorities respect, so that none makes a circle */
	bool chain;               /* each decision mostly rests on the one before it, and has one outcome in every case */
};

static int below(struct maker *m, int n)
{
	return (int)(next_random(&m->state) % (uint64_t)n);
}

static bool chance(struct maker *m, int percent)
{
	return below(m, 100) < percent;
}

static int new_node(struct maker *m, struct plain_cond cond)
{
	if (m->p->node_count == MAX_NODES)
		return 0;
	m->p->nodes[m->p->node_count] = cond;
	return m->p->node_count++;
}

static void make_fact(struct maker *m, struct plain_fact *f, int index)
{
	static const int64_t starts[] = { 0, 0, 0, -3, 99998, 1 };
	*f = (struct plain_fact){ .kind = (enum plain_kind)below(m, 5) };
	snprintf(f->id, sizeof f->id, "f%d", index);
	if (f->kind == PLAIN_ENUMERATION) {
		f->members = 2 + below(m, 4);
		f->groups = f->members > 2 && chance(m, 30) ? 2 : 0;
		for (int i = 0; i < f->members; i++)
			f->group_of[i] = i >= f->members / 2;
	} else if (f->kind == PLAIN_SET) {
		f->members = 1 + below(m, 3);
	} else if (f->kind == PLAIN_INTEGER) {
		f->low = starts[below(m, 6)];
		f->high = f->low + 1 + below(m, 9);
		f->unit = chance(m, 50);
	} else if (f->kind == PLAIN_DATE) {
		f->low = 20500 + below(m, 3);
		f->high = f->low + 1 + below(m, 6);
	}
}

static uint64_t random_mask(struct maker *m, int n)
{
	uint64_t mask = next_random(&m->state) & (((uint64_t)1 << n) - 1);
	return mask ? mask : 1;
}

static int test_enumeration(struct maker *m, int fact)
{
	const struct plain_fact *f = &m->p->facts[fact];
	struct plain_cond c = { .fact = fact, .mask = (uint64_t)1 << below(m, f->members) };
	switch (below(m, 4)) {
	case 0: c.op = P_IS; break;
	case 1: c.op = P_IS_NOT; break;
	case 2: c.op = P_IN; break;
	default: c.op = P_NOT_IN; break;
	}
	if (c.op == P_IN || c.op == P_NOT_IN)
		c.mask = random_mask(m, f->members);
	if (f->groups && (c.op == P_IN || c.op == P_NOT_IN) && chance(m, 50)) {
		c.group = 1 + below(m, 2);
		c.mask = 0;
		for (int i = 0; i < f->members; i++)
			if (f->group_of[i] == c.group - 1)
				c.mask |= (uint64_t)1 << i;
	}
	return new_node(m, c);
}

static int test_set(struct maker *m, int fact)
{
	static const enum plain_op ops[] = { P_CONTAINS, P_LACKS, P_ANY, P_ALL, P_EMPTY, P_NOT_EMPTY };
	struct plain_cond c = { .fact = fact, .op = ops[below(m, 6)] };
	int n = m->p->facts[fact].members;
	c.mask = c.op == P_ANY || c.op == P_ALL ? random_mask(m, n) : (uint64_t)1 << below(m, n);
	return new_node(m, c);
}

static int test_number(struct maker *m, int fact)
{
	const struct plain_fact *f = &m->p->facts[fact];
	int64_t span = f->high - f->low + 1;
	struct plain_cond c = { .op = P_BOUNDS, .fact = fact };
	int64_t a = f->low + below(m, (int)span), b = f->low + below(m, (int)span);
	switch (below(m, 4)) {
	case 0: c.has_low = true; break;
	case 1: c.has_high = true; break;
	case 2: c.has_low = c.has_high = true; break;
	default:                          /* exactly one value */
		c.op = P_IS;
		c.low = c.high = a;
		return new_node(m, c);
	}
	c.low = a < b ? a : b;
	c.high = a < b ? b : a;
	c.low_strict = c.has_low && chance(m, 40) && c.low > f->low;
	c.high_strict = c.has_high && chance(m, 40) && c.high < f->high;
	return new_node(m, c);
}

static int test_fact(struct maker *m, int fact)
{
	switch (m->p->facts[fact].kind) {
	case PLAIN_BOOLEAN: {
		int bare = new_node(m, (struct plain_cond){ .op = P_BOOL, .fact = fact });
		return chance(m, 40) ? new_node(m, (struct plain_cond){ .op = P_NOT, .left = bare }) : bare;
	}
	case PLAIN_ENUMERATION: return test_enumeration(m, fact);
	case PLAIN_SET: return test_set(m, fact);
	case PLAIN_INTEGER:
	case PLAIN_DATE: break;
	}
	return test_number(m, fact);
}

static int test_decision(struct maker *m, int decision)
{
	int n = m->p->decisions[decision].outcomes;
	struct plain_cond c = { .op = P_DECISION_IS, .decision = decision, .mask = (uint64_t)1 << below(m, n) };
	if (chance(m, 30))
		c.op = P_DECISION_IS_NOT;
	else if (chance(m, 30)) {
		c.op = P_DECISION_IN;
		c.mask = random_mask(m, n);
	}
	return new_node(m, c);
}

/* A condition that may name facts and the decisions below `limit`. */
static int make_cond(struct maker *m, int limit, int depth)
{
	if (depth > 0 && chance(m, 45)) {
		int left = make_cond(m, limit, depth - 1), right = make_cond(m, limit, depth - 1);
		return new_node(m, (struct plain_cond){ .op = chance(m, 60) ? P_AND : P_OR, .left = left, .right = right });
	}
	if (depth > 0 && chance(m, 10))
		return new_node(m, (struct plain_cond){ .op = P_NOT, .left = make_cond(m, limit, depth - 1) });
	if (limit > 0 && chance(m, m->chain ? 60 : 30))
		return test_decision(m, m->chain ? limit - 1 : below(m, limit));
	int facts = m->p->fact_count - (m->p->has_on ? 1 : 0);
	return test_fact(m, below(m, facts));
}

static void make_period(struct maker *m, struct plain_rule *r)
{
	static const int64_t days[] = { 20454, 20600, 20601, 20819, 21000 };
	if (!m->p->has_on || !chance(m, 35))
		return;
	int a = below(m, 5), b = below(m, 5);
	r->has_from = chance(m, 70);
	r->has_to = !r->has_from || chance(m, 50);
	r->from = days[a < b ? a : b];
	r->to = days[a < b ? b : a];
}

static struct plain_rule *new_rule(struct maker *m, int decision)
{
	if (m->p->rule_count == MAX_RULES)
		return NULL;
	struct plain_rule *r = &m->p->rules[m->p->rule_count++];
	*r = (struct plain_rule){ .decision = decision, .when = -1, .except = -1, .table = -1, .row = -1 };
	for (int i = 0; i < MAX_FACTS; i++)
		r->cells[i] = -1;
	r->outcome = below(m, m->p->decisions[decision].outcomes);
	return r;
}

static void make_rule(struct maker *m, int decision)
{
	int index = m->p->rule_count;
	struct plain_rule *r = new_rule(m, decision);
	if (!r)
		return;
	snprintf(r->name, sizeof r->name, "r%d", index);
	memcpy(r->id, r->name, sizeof r->name);
	if (m->chain)
		r->outcome = 0;
	r->when = make_cond(m, decision, 2);
	if (chance(m, 15))
		r->except = make_cond(m, decision, 1);
	make_period(m, r);
}

static void make_default(struct maker *m, int decision)
{
	struct plain_rule *r = new_rule(m, decision);
	if (!r)
		return;
	r->is_default = true;
	int before = 0;
	for (int i = 0; i + 1 < m->p->rule_count; i++)
		before += m->p->rules[i].is_default && m->p->rules[i].decision == decision;
	snprintf(r->id, sizeof r->id, before ? "d%d.default%d" : "d%d.default", decision, before + 1);
	if (m->chain)
		return;
	if (chance(m, 30))
		r->when = make_cond(m, decision, 1);
	make_period(m, r);
}

static void make_table(struct maker *m, int decision)
{
	struct plain *p = m->p;
	if (p->table_count == MAX_TABLES || p->rule_count + 6 > MAX_RULES)
		return;
	struct plain_table *t = &p->tables[p->table_count];
	*t = (struct plain_table){ .decision = decision, .hit = below(m, 3), .complete = chance(m, 30), .when = -1,
				   .outcome = -1, .first_rule = p->rule_count };
	snprintf(t->name, sizeof t->name, "t%d", p->table_count);
	if (chance(m, 30))
		t->when = make_cond(m, decision, 1);
	if (chance(m, 25))
		t->outcome = below(m, p->decisions[decision].outcomes);
	int facts = p->fact_count - (p->has_on ? 1 : 0);
	for (int i = 0; i < 1 + below(m, 3); i++)
		t->columns[below(m, facts)] = true;
	t->rows = 1 + below(m, 5);
	for (int i = 0; i < t->rows; i++) {
		struct plain_rule *r = new_rule(m, decision);
		r->table = p->table_count;
		r->row = i;
		snprintf(r->name, sizeof r->name, "w%d", i);
		snprintf(r->id, sizeof r->id, "%s.%s", t->name, r->name);
		for (int f = 0; f < facts; f++)
			if (t->columns[f] && chance(m, 80))
				r->cells[f] = test_fact(m, f);
		if (t->outcome >= 0)
			r->outcome = t->outcome;
		make_period(m, r);
	}
	p->table_count++;
}

/* ---- priorities ---- */

static void shuffle_order(struct maker *m)
{
	struct plain *p = m->p;
	for (int i = 0; i < p->rule_count; i++)
		m->order[i] = below(m, 1000) * MAX_RULES + i;
	for (int t = 0; t < p->table_count; t++)       /* rows of a table stand together */
		for (int i = 0; i < p->tables[t].rows; i++)
			m->order[p->tables[t].first_rule + i] = m->order[p->tables[t].first_rule];
	for (int i = 0; i < p->rule_count; i++)
		if (p->rules[i].is_default)
			m->order[i] = 2000 * MAX_RULES;
}

static struct plain_ladder *new_ladder(struct maker *m, int decision)
{
	struct plain_ladder *l = &m->p->ladders[m->p->ladder_count++];
	*l = (struct plain_ladder){ .decision = decision, .rest = -1, .default_rung = -1 };
	for (int i = 0; i < MAX_RULES; i++)
		l->rung_of[i] = -1;
	return l;
}

/* Rules of the decision that stand for themselves in a ladder: a table counts once, by its first row. */
static int candidates(const struct plain *p, int decision, int out[MAX_RULES])
{
	int n = 0;
	for (int i = 0; i < p->rule_count; i++)
		if (p->rules[i].decision == decision && !p->rules[i].is_default && p->rules[i].row <= 0)
			out[n++] = i;
	return n;
}

static void put_on_rung(struct plain *p, struct plain_ladder *l, int rule, int rung)
{
	int count = p->rules[rule].table >= 0 ? p->tables[p->rules[rule].table].rows : 1;
	for (int i = 0; i < count; i++) {
		l->rung_of[rule + i] = rung;
		l->named[rule + i] = true;
	}
}

static void sort_by_order(const struct maker *m, int *rules, int n)
{
	for (int i = 1; i < n; i++)
		for (int k = i; k > 0 && m->order[rules[k]] < m->order[rules[k - 1]]; k--) {
			int swap = rules[k];
			rules[k] = rules[k - 1];
			rules[k - 1] = swap;
		}
}

static void make_ladder(struct maker *m, int decision)
{
	struct plain *p = m->p;
	int rules[MAX_RULES], n = candidates(p, decision, rules);
	if (n < 2 || p->ladder_count >= 5)
		return;
	sort_by_order(m, rules, n);
	struct plain_ladder *l = new_ladder(m, decision);
	if (chance(m, 35)) {
		int a = below(m, n - 1), b = a + 1 + below(m, n - a - 1);
		l->pair = true;
		l->rungs = 2;
		l->pair_high = rules[a];
		l->pair_low = rules[b];
		put_on_rung(p, l, rules[a], 0);
		put_on_rung(p, l, rules[b], 1);
		return;
	}
	int named = 1 + below(m, n);
	bool rest = named < n && chance(m, 60);
	for (int i = 0; i < named; i++) {
		if (i && chance(m, 70))
			l->rungs++;
		put_on_rung(p, l, rules[i], l->rungs);
	}
	l->rungs++;
	if (rest) {
		l->rest = l->rungs++;
		for (int i = named; i < n; i++) {
			put_on_rung(p, l, rules[i], l->rest);
			for (int k = 0; k < MAX_RULES; k++)
				if (l->rung_of[k] == l->rest)
					l->named[k] = false;
		}
	}
	if (l->rungs == 1) {              /* a ladder of one rung says nothing: let the defaults be its second */
		bool any = false;
		for (int i = 0; i < p->rule_count; i++)
			any |= p->rules[i].is_default && p->rules[i].decision == decision;
		if (!any) {
			p->ladder_count--;
			return;
		}
		l->default_rung = l->rungs++;
		for (int i = 0; i < p->rule_count; i++)
			if (p->rules[i].is_default && p->rules[i].decision == decision)
				l->rung_of[i] = l->default_rung;
	}
}

/* ---- the whole ---- */

static void make_property(struct maker *m, int index)
{
	struct plain *p = m->p;
	struct plain_property *q = &p->properties[p->property_count++];
	*q = (struct plain_property){ .when = -1, .decision = below(m, p->decision_count) };
	snprintf(q->id, sizeof q->id, "p%d", index);
	int numbers[MAX_FACTS], n = 0, outcomes = p->decisions[q->decision].outcomes;
	for (int i = 0; i < p->fact_count; i++)
		if (!p->facts[i].is_on && (p->facts[i].kind == PLAIN_INTEGER || p->facts[i].kind == PLAIN_DATE))
			numbers[n++] = i;
	if (n && chance(m, 50)) {
		q->monotone = true;
		q->fact = numbers[below(m, n)];
		for (int o = 0; o < MAX_OUTCOMES; o++)
			q->rank[o] = o < outcomes ? (o < 2 ? o : below(m, 3) - 1) : -1;
		return;
	}
	if (chance(m, 80))
		q->when = make_cond(m, p->decision_count, 1);
	q->negated = chance(m, 50);
	q->outcomes = (uint64_t)1 << below(m, outcomes);
	if (q->negated)
		q->outcomes = ~q->outcomes & (((uint64_t)1 << outcomes) - 1);
}

static void make_decision(struct maker *m, int index)
{
	struct plain *p = m->p;
	struct plain_decision *d = &p->decisions[index];
	snprintf(d->id, sizeof d->id, "d%d", index);
	d->outcomes = 2 + below(m, 3);
	int rules = 1 + below(m, 4);
	for (int i = 0; i < rules; i++)
		make_rule(m, index);
	if (m->chain) {
		make_default(m, index);
		return;
	}
	if (chance(m, 35))
		make_table(m, index);
	if (chance(m, 50))
		make_default(m, index);
	if (chance(m, 8))
		make_default(m, index);
}

static void make_on(struct maker *m)
{
	struct plain *p = m->p;
	p->has_on = chance(m, 20);
	if (!p->has_on)
		return;
	struct plain_fact *f = &p->facts[p->fact_count++];
	*f = (struct plain_fact){ .kind = PLAIN_DATE, .low = -25567, .high = 84005, .is_on = true };
	snprintf(f->id, sizeof f->id, "on");
}

bool plain_generate(struct plain *p, uint64_t seed)
{
	struct maker m = { .p = p, .state = seed };
	memset(p, 0, sizeof *p);
	next_random(&m.state);
	int facts = 1 + below(&m, 5);
	for (int i = 0; i < facts; i++)
		make_fact(&m, &p->facts[p->fact_count++], i);
	make_on(&m);
	static const int levels[] = { 1, 1, 1, 2, 2, 3, 4 };
	p->decision_count = levels[below(&m, 7)];
	m.chain = p->decision_count > 2 && chance(&m, 40);
	for (int i = 0; i < p->decision_count; i++)
		make_decision(&m, i);
	shuffle_order(&m);
	for (int d = 0; d < p->decision_count; d++)
		for (int i = below(&m, 3); i > 0; i--)
			make_ladder(&m, d);
	for (int i = below(&m, 3); i > 0 && chance(&m, 60); i--) {
		int (*c)[2] = &p->constraints[p->constraint_count++];
		(*c)[0] = chance(&m, 70) ? make_cond(&m, 0, 1) : -1;
		(*c)[1] = make_cond(&m, 0, 1);
	}
	for (int i = below(&m, 3); i > 0; i--)
		make_property(&m, p->property_count);
	bool periods = false;
	for (int i = 0; i < p->rule_count; i++)
		periods |= p->rules[i].has_from || p->rules[i].has_to;
	if (p->has_on && !periods) {      /* `on` exists only where a period does */
		p->has_on = false;
		p->fact_count--;
	}
	if (p->node_count >= MAX_NODES - 4)
		return false;
	if (naive_contradiction(p))
		return false;
	for (int d = 0; d < p->decision_count; d++) {
		struct naive_space space;
		naive_space_of(p, d, &space);
		if (space.cases == 0 || space.cases > MAX_CASES)
			return false;
	}
	return true;
}
