/* Changes to plain rules that keep them a rulebook. */
#include "mutate.h"

#include <stdio.h>
#include <string.h>

struct changer {
	struct plain *p;
	uint64_t state;
};

static int below(struct changer *c, int n)
{
	return (int)(next_random(&c->state) % (uint64_t)n);
}

static bool change_bound(struct changer *c)
{
	struct plain *p = c->p;
	for (int tries = 0; tries < 20 && p->node_count; tries++) {
		struct plain_cond *n = &p->nodes[below(c, p->node_count)];
		if (n->op != P_BOUNDS)
			continue;
		const struct plain_fact *f = &p->facts[n->fact];
		int64_t value = f->low + below(c, (int)(f->high - f->low + 1));
		n->low_strict = n->high_strict = false;
		if (n->has_low && (!n->has_high || value <= n->high))
			n->low = value;
		else if (n->has_high && (!n->has_low || value >= n->low))
			n->high = value;
		else
			continue;
		return true;
	}
	return false;
}

static bool change_members(struct changer *c)
{
	struct plain *p = c->p;
	for (int tries = 0; tries < 20 && p->node_count; tries++) {
		struct plain_cond *n = &p->nodes[below(c, p->node_count)];
		if (p->facts[n->fact].kind != PLAIN_ENUMERATION || n->group)
			continue;
		int members = p->facts[n->fact].members;
		if (n->op == P_IS || n->op == P_IS_NOT)
			n->mask = (uint64_t)1 << below(c, members);
		else if (n->op == P_IN || n->op == P_NOT_IN)
			n->mask = (uint64_t)1 << below(c, members) | (uint64_t)1 << below(c, members);
		else
			continue;
		return true;
	}
	return false;
}

static bool change_outcome(struct changer *c)
{
	struct plain *p = c->p;
	struct plain_rule *r = &p->rules[below(c, p->rule_count)];
	if (r->table >= 0 && p->tables[r->table].outcome >= 0)
		return false;
	r->outcome = below(c, p->decisions[r->decision].outcomes);
	return true;
}

static bool rule_named(const struct plain *p, const char *name)
{
	for (int i = 0; i < p->rule_count; i++)
		if (strcmp(p->rules[i].name, name) == 0)
			return true;
	return false;
}

static bool add_rule(struct changer *c)
{
	struct plain *p = c->p;
	int like = below(c, p->rule_count);
	if (p->rule_count == MAX_RULES || p->rules[like].when < 0 || p->node_count == MAX_NODES)
		return false;
	struct plain_rule *r = &p->rules[p->rule_count];
	*r = (struct plain_rule){ .decision = p->rules[like].decision, .when = p->rules[like].when, .except = -1, .table = -1, .row = -1 };
	for (int i = 0; i < MAX_FACTS; i++)
		r->cells[i] = -1;
	if (below(c, 2)) {
		p->nodes[p->node_count] = (struct plain_cond){ .op = P_NOT, .left = r->when };
		r->when = p->node_count++;
	}
	for (int n = p->rule_count; !r->name[0] || rule_named(p, r->name); n++)
		snprintf(r->name, sizeof r->name, "n%d", n);
	memcpy(r->id, r->name, sizeof r->name);
	r->outcome = below(c, p->decisions[r->decision].outcomes);
	for (int l = 0; l < p->ladder_count; l++)
		if (p->ladders[l].decision == r->decision && p->ladders[l].rest >= 0)
			p->ladders[l].rung_of[p->rule_count] = p->ladders[l].rest;
	p->rule_count++;
	return true;
}

static bool is_named(const struct plain *p, int rule)
{
	for (int l = 0; l < p->ladder_count; l++)
		if (p->ladders[l].named[rule] || p->ladders[l].pair_high == rule || p->ladders[l].pair_low == rule)
			return true;
	return false;
}

static void shift_ladder(struct plain_ladder *l, int rule)
{
	for (int i = rule; i + 1 < MAX_RULES; i++) {
		l->rung_of[i] = l->rung_of[i + 1];
		l->named[i] = l->named[i + 1];
	}
	l->pair_high -= l->pair_high > rule;
	l->pair_low -= l->pair_low > rule;
}

/* `on` stays a fact as long as some rule has a period; ladders must keep what they name. */
static bool drop_rule(struct changer *c)
{
	struct plain *p = c->p;
	int rule = below(c, p->rule_count), of_decision = 0;
	const struct plain_rule *r = &p->rules[rule];
	for (int i = 0; i < p->rule_count; i++)
		of_decision += p->rules[i].decision == r->decision && !p->rules[i].is_default;
	if (r->table >= 0 || r->is_default || r->has_from || r->has_to || of_decision < 3 || is_named(p, rule))
		return false;
	for (int l = 0; l < p->ladder_count; l++)
		shift_ladder(&p->ladders[l], rule);
	for (int t = 0; t < p->table_count; t++)
		p->tables[t].first_rule -= p->tables[t].first_rule > rule;
	for (int i = rule; i + 1 < p->rule_count; i++)
		p->rules[i] = p->rules[i + 1];
	p->rule_count--;
	return true;
}

/* Of a decision with one ladder, a pair turned round: that makes no circle, unless rows of a first-hit table stand in it. */
static bool change_priority(struct changer *c)
{
	struct plain *p = c->p;
	if (p->ladder_count == 0)
		return false;
	struct plain_ladder *l = &p->ladders[below(c, p->ladder_count)];
	for (int k = 0; k < p->ladder_count; k++)
		if (&p->ladders[k] != l && p->ladders[k].decision == l->decision)
			return false;
	if (!l->pair)
		return false;
	for (int i = 0; i < MAX_RULES; i++)
		if (l->rung_of[i] >= 0)
			l->rung_of[i] = 1 - l->rung_of[i];
	int high = l->pair_high;
	l->pair_high = l->pair_low;
	l->pair_low = high;
	return true;
}

/* Larger: a smaller one could be outside what conditions name. */
static bool change_domain(struct changer *c)
{
	struct plain *p = c->p;
	int fact = below(c, p->fact_count);
	struct plain_fact *f = &p->facts[fact];
	if (f->is_on || f->kind == PLAIN_BOOLEAN || f->members > 5)
		return false;
	if (f->kind == PLAIN_INTEGER || f->kind == PLAIN_DATE) {
		f->high += below(c, 3);
		f->low -= below(c, 2);
		return true;
	}
	f->group_of[f->members] = 1;
	for (int i = 0; f->groups && i < p->node_count; i++)
		if (p->nodes[i].fact == fact && p->nodes[i].group == 2)
			p->nodes[i].mask |= (uint64_t)1 << f->members;
	f->members++;
	return true;
}

/* Of a decision few rules are left, which no longer read what the others read; and facts that perhaps nobody reads have other
 * values. */
static bool change_reading(struct changer *c)
{
	bool dropped = false, changed = false;
	for (int i = 0; i < 60; i++)
		dropped |= drop_rule(c);
	for (int i = 0; i < 4; i++)
		changed |= change_domain(c);
	return dropped && changed;
}

static bool is_of_facts(const struct plain *p, int node)
{
	const struct plain_cond *n = &p->nodes[node];
	if (n->op == P_AND || n->op == P_OR)
		return is_of_facts(p, n->left) && is_of_facts(p, n->right);
	if (n->op == P_NOT)
		return is_of_facts(p, n->left);
	return n->op != P_PERIOD && n->op != P_DECISION_IS && n->op != P_DECISION_IS_NOT && n->op != P_DECISION_IN;
}

static bool change_constraint(struct changer *c)
{
	struct plain *p = c->p;
	if (p->constraint_count && below(c, 2)) {
		p->constraint_count--;
		return true;
	}
	int node = p->node_count ? below(c, p->node_count) : 0;
	if (p->constraint_count == MAX_CONSTRAINTS || !p->node_count || !is_of_facts(p, node))
		return false;
	p->constraints[p->constraint_count][0] = -1;
	p->constraints[p->constraint_count++][1] = node;
	return true;
}

unsigned plain_mutate(struct plain *p, uint64_t seed)
{
	static bool (*const changes[MUTATIONS])(struct changer *) = {
		[MUTATE_BOUND] = change_bound, [MUTATE_MEMBERS] = change_members, [MUTATE_OUTCOME] = change_outcome,
		[MUTATE_ADD_RULE] = add_rule, [MUTATE_DROP_RULE] = drop_rule, [MUTATE_PRIORITY] = change_priority,
		[MUTATE_DOMAIN] = change_domain, [MUTATE_CONSTRAINT] = change_constraint,
		[MUTATE_READING] = change_reading,
	};
	struct changer c = { p, seed ^ UINT64_C(0x6a09e667f3bcc909) };
	unsigned made = 0;
	for (int i = 1 + below(&c, 3); i > 0; i--) {
		int kind = below(&c, MUTATIONS);
		if (changes[kind](&c))
			made |= 1u << kind;
	}
	return made;
}
