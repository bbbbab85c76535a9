/* The two editions' facts as one list, and their conditions over it. */
#include "diff/joint.h"

#include "model/ranges.h"
#include "support/intern.h"

#include <string.h>

/* ---- facts ---- */

static uint32_t index_of_id(const struct map *map, const char *id)
{
	int64_t found = map_get(map, id);
	return found < 0 ? NONE : (uint32_t)found;
}

static struct map *ids_of_facts(struct arena *arena, const struct model *m)
{
	struct map *map = map_new_in(arena);
	for (size_t i = 0; i < m->fact_count; i++)
		map_put(map, m->facts[i].name.id, (int64_t)i);
	return map;
}

/* NEW's members, then those that only OLD has; where each of OLD's went. */
static bool join_members(struct joint *j, struct fact *fact, const struct fact *old, uint32_t *went)
{
	struct map *ids = map_new_in(j->arena);
	struct member *members = arena_new_array(j->arena, struct member, fact->member_count + old->member_count + 1);
	size_t count = fact->member_count, most = fact->kind == FACT_SET ? LIMIT_SET_MEMBERS : LIMIT_MEMBERS;
	for (size_t i = 0; i < count; i++) {
		members[i] = fact->members[i];
		map_put(ids, members[i].name.id, (int64_t)i);
	}
	for (size_t i = 0; i < old->member_count; i++) {
		went[i] = index_of_id(ids, old->members[i].name.id);
		if (went[i] != NONE)
			continue;
		went[i] = (uint32_t)count;
		members[count] = old->members[i];
		members[count++].group = NONE;
	}
	fact->members = members;
	fact->member_count = count;
	return count <= most;
}

static int64_t lesser(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t greater(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void add_dims(struct joint *j, struct fact *fact, uint32_t index)
{
	struct model *m = &j->model;
	fact->first_dim = (uint32_t)m->dim_count;
	fact->dim_count = fact->kind == FACT_SET ? (uint32_t)fact->member_count : 1;
	for (uint32_t i = 0; i < fact->dim_count; i++)
		m->dims[m->dim_count++] = (struct dim){ index, i, fact->low, fact->high };
}

/* What an edition's fact can be, in joint values. `went`: where its members are; NULL: where they were. */
static void place_fact(struct joint *j, enum edition e, uint32_t index, uint32_t joint_index, const uint32_t *went)
{
	const struct fact *fact = &j->editions[e]->facts[index], *all = &j->model.facts[joint_index];
	j->fact_of[e][index] = joint_index;
	for (uint32_t i = 0; i < fact->dim_count; i++)
		j->dim_of[e][fact->first_dim + i] =
			j->unjoined[joint_index] ? NONE : all->first_dim + (went && fact->kind == FACT_SET ? went[i] : i);
	if (j->unjoined[joint_index])
		return;
	for (uint32_t i = 0; fact->kind == FACT_SET && i < all->dim_count; i++)
		j->values_of[e][all->first_dim + i] = ranges_one(j->arena, 0, 0);
	for (uint32_t i = 0; i < fact->dim_count; i++)
		j->values_of[e][j->dim_of[e][fact->first_dim + i]] = ranges_one(j->arena, fact->low, fact->high);
	if (!went || fact->kind != FACT_ENUMERATION)
		return;
	int64_t *values = arena_new_array(j->arena, int64_t, fact->member_count + 1);
	for (size_t i = 0; i < fact->member_count; i++)
		values[i] = went[i];
	j->values_of[e][all->first_dim] = ranges_of(j->arena, values, fact->member_count);
}

/* Both name one, and not the same: numbers of the two are of other things. */
static bool differ(const char *old, const char *new_)
{
	return old && new_ && strcmp(old, new_) != 0;
}

static void join_fact(struct joint *j, uint32_t index, const struct map *old_ids)
{
	struct model *m = &j->model;
	struct fact *fact = &m->facts[index];
	*fact = j->editions[NEW]->facts[index];
	uint32_t at = index_of_id(old_ids, fact->name.id);
	if (at == NONE) {
		add_dims(j, fact, index);
		return;
	}
	const struct fact *old = &j->editions[OLD]->facts[at];
	j->unjoined[index] = old->kind != fact->kind || differ(old->unit, fact->unit) || differ(old->attributes.basis, fact->attributes.basis);
	if (!j->unjoined[index] && (fact->kind == FACT_ENUMERATION || fact->kind == FACT_SET)) {
		j->went[index] = arena_new_array(j->arena, uint32_t, old->member_count + 1);
		j->unjoined[index] = !join_members(j, fact, old, j->went[index]);
		if (fact->kind == FACT_ENUMERATION)
			fact->high = (int64_t)fact->member_count - 1;
	} else if (!j->unjoined[index]) {
		fact->low = lesser(fact->low, old->low);
		fact->high = greater(fact->high, old->high);
	}
	add_dims(j, fact, index);
}

static void join_facts(struct joint *j)
{
	const struct model *old = j->editions[OLD], *new_ = j->editions[NEW];
	struct model *m = &j->model;
	const struct map *old_ids = ids_of_facts(j->arena, old), *new_ids = ids_of_facts(j->arena, new_);
	size_t most = old->fact_count + new_->fact_count + 1, dims = old->dim_count + new_->dim_count + 1;
	j->went = arena_new_array(j->arena, uint32_t *, most);
	m->facts = arena_new_array(j->arena, struct fact, most);
	m->dims = arena_new_array(j->arena, struct dim, dims);
	j->unjoined = arena_new_array(j->arena, bool, most);
	for (int e = 0; e < EDITIONS; e++) {
		j->fact_of[e] = arena_new_array(j->arena, uint32_t, most);
		j->dim_of[e] = arena_new_array(j->arena, uint32_t, dims);
		j->values_of[e] = arena_new_array(j->arena, struct ranges, dims);
	}
	m->fact_count = new_->fact_count;
	for (uint32_t i = 0; i < new_->fact_count; i++)
		join_fact(j, i, old_ids);
	for (uint32_t i = 0; i < old->fact_count; i++) {
		uint32_t at = index_of_id(new_ids, old->facts[i].name.id);
		if (at == NONE) {
			at = (uint32_t)m->fact_count++;
			m->facts[at] = old->facts[i];
			add_dims(j, &m->facts[at], at);
		}
		place_fact(j, OLD, i, at, j->went[at]);
	}
	for (uint32_t i = 0; i < new_->fact_count; i++)
		place_fact(j, NEW, i, i, NULL);
	j->common = arena_new_array(j->arena, struct ranges, dims);
	for (size_t i = 0; i < m->dim_count; i++) {
		const struct ranges *a = &j->values_of[OLD][i], *b = &j->values_of[NEW][i];
		j->common[i] = a->count && b->count ? ranges_intersect(j->arena, a, b) : a->count ? *a : *b;
	}
}

/* ---- decisions ---- */

uint32_t joint_decision(const struct joint *j, enum edition e, uint32_t decision)
{
	if (e == OLD)
		return decision;
	return j->shared[decision] ? j->partner[NEW][decision] : (uint32_t)j->editions[OLD]->decision_count + decision;
}

enum edition joint_edition(const struct joint *j, uint32_t decision)
{
	return decision < j->editions[OLD]->decision_count ? OLD : NEW;
}

const struct decision *joint_source(const struct joint *j, uint32_t decision)
{
	size_t old = j->editions[OLD]->decision_count;
	return decision < old ? &j->editions[OLD]->decisions[decision] : &j->editions[NEW]->decisions[decision - old];
}

uint32_t joint_matched(const struct joint *j, uint32_t decision)
{
	size_t old = j->editions[OLD]->decision_count;
	return decision >= old && j->matched[decision - old].is ? j->partner[NEW][decision - old] : decision;
}

static void find_partners(struct joint *j)
{
	for (int e = 0; e < EDITIONS; e++) {
		const struct model *m = j->editions[e], *other = j->editions[!e];
		struct map *ids = map_new_in(j->arena);
		j->partner[e] = arena_new_array(j->arena, uint32_t, m->decision_count + 1);
		for (size_t i = 0; i < other->decision_count; i++)
			map_put(ids, other->decisions[i].name.id, (int64_t)i);
		for (size_t i = 0; i < m->decision_count; i++)
			j->partner[e][i] = index_of_id(ids, m->decisions[i].name.id);
	}
	j->matched = arena_new_array(j->arena, struct matched, j->editions[NEW]->decision_count + 1);
	j->shared = arena_new_array(j->arena, bool, j->editions[NEW]->decision_count + 1);
}

/* ---- conditions ---- */

static struct cond *cond_new(struct arena *arena, enum cond_kind kind)
{
	struct cond *cond = arena_new_of(arena, struct cond);
	cond->kind = kind;
	return cond;
}

struct cond *cond_constant(struct arena *arena, bool value)
{
	return cond_new(arena, value ? COND_TRUE : COND_FALSE);
}

struct cond *cond_of_dim(struct arena *arena, uint32_t dim, struct ranges ranges)
{
	struct cond *cond = cond_new(arena, COND_FACT);
	cond->dim = dim;
	cond->ranges = ranges;
	return cond;
}

struct cond *cond_of_decision(struct arena *arena, uint32_t decision, struct ranges outcomes)
{
	struct cond *cond = cond_new(arena, COND_DECISION);
	cond->decision = decision;
	cond->ranges = outcomes;
	return cond;
}

static struct cond *cond_joined(struct arena *arena, enum cond_kind kind, struct cond **parts, size_t count)
{
	if (count == 1)
		return parts[0];
	struct cond *cond = cond_new(arena, count ? kind : kind == COND_AND ? COND_TRUE : COND_FALSE);
	cond->parts = parts;
	cond->part_count = count;
	return cond;
}

struct cond *cond_negated(struct arena *arena, struct cond *part)
{
	struct cond *cond = cond_new(arena, COND_NOT);
	cond->parts = arena_new_of(arena, struct cond *);
	cond->parts[0] = part;
	cond->part_count = 1;
	return cond;
}

struct cond *cond_all(struct arena *arena, const cond_list *parts)
{
	return cond_joined(arena, COND_AND, parts->items, parts->count);
}

struct cond *cond_any(struct arena *arena, const cond_list *parts)
{
	return cond_joined(arena, COND_OR, parts->items, parts->count);
}

struct cond *cond_both(struct arena *arena, struct cond *a, struct cond *b)
{
	struct cond **parts = arena_new_array(arena, struct cond *, 2);
	parts[0] = a;
	parts[1] = b;
	return cond_joined(arena, COND_AND, parts, 2);
}

/* Values of OLD's enumeration by where its members went. */
static struct ranges moved(struct joint *j, uint32_t joint_fact, const struct ranges *ranges)
{
	const uint32_t *went = j->went[joint_fact];
	size_t count = 0, most = 0;
	for (size_t i = 0; i < ranges->count; i++)
		most += (size_t)(ranges->items[i].high - ranges->items[i].low + 1);
	int64_t *values = arena_new_array(j->arena, int64_t, most + 1);
	for (size_t i = 0; i < ranges->count; i++)
		for (int64_t v = ranges->items[i].low; v <= ranges->items[i].high; v++)
			values[count++] = went[v];
	return ranges_of(j->arena, values, count);
}

static struct cond *test_of_fact(struct joint *j, enum edition e, const struct cond *cond)
{
	const struct model *m = j->editions[e];
	uint32_t index = m->dims[cond->dim].fact, dim = j->dim_of[e][cond->dim];
	if (dim == NONE)             /* such a decision is not compared (verdict `not_decided`) */
		return cond_constant(j->arena, false);
	if (e == OLD && m->facts[index].kind == FACT_ENUMERATION && j->went[j->fact_of[e][index]])
		return cond_of_dim(j->arena, dim, moved(j, j->fact_of[e][index], &cond->ranges));
	return cond_of_dim(j->arena, dim, cond->ranges);
}

/* Outcomes of NEW's decision by their place in OLD's, which is shared; those that OLD lacks never come. */
static struct ranges moved_outcomes(struct joint *j, const struct decision *from, const struct decision *to,
				    const struct ranges *ranges)
{
	int64_t *values = arena_new_array(j->arena, int64_t, from->outcome_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < from->outcome_count; i++)
		for (size_t k = 0; ranges_have(ranges, (int64_t)i) && k < to->outcome_count; k++)
			if (strcmp(from->outcomes[i].name.id, to->outcomes[k].name.id) == 0)
				values[count++] = (int64_t)k;
	return ranges_of(j->arena, values, count);
}

static struct cond *test_of_decision(struct joint *j, enum edition e, const struct cond *cond)
{
	uint32_t at = joint_decision(j, e, cond->decision);
	struct ranges outcomes = cond->ranges;
	if (joint_edition(j, at) != e)
		outcomes = moved_outcomes(j, &j->editions[e]->decisions[cond->decision], joint_source(j, at), &outcomes);
	return cond_of_decision(j->arena, at, outcomes);
}

static struct cond *translate(struct joint *j, enum edition e, const struct cond *cond)
{
	switch (cond->kind) {
	case COND_TRUE:
	case COND_FALSE: return cond_new(j->arena, cond->kind);
	case COND_DEFINITION: return translate(j, e, cond->parts[0]);
	case COND_FACT: return test_of_fact(j, e, cond);
	case COND_DECISION: return test_of_decision(j, e, cond);
	case COND_NOT: return cond_negated(j->arena, translate(j, e, cond->parts[0]));
	case COND_AND:
	case COND_OR: break;
	}
	struct cond **parts = arena_new_array(j->arena, struct cond *, cond->part_count + 1);
	for (size_t i = 0; i < cond->part_count; i++)
		parts[i] = translate(j, e, cond->parts[i]);
	return cond_joined(j->arena, cond->kind, parts, cond->part_count);
}

bool ranges_equal(const struct ranges *a, const struct ranges *b)
{
	return a->count == b->count && (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof *a->items) == 0);
}

bool conds_equal(const struct joint *j, const struct cond *a, const struct cond *b)
{
	if (a->kind != b->kind || a->part_count != b->part_count)
		return false;
	if (a->kind == COND_FACT && (a->dim != b->dim || !ranges_equal(&a->ranges, &b->ranges)))
		return false;
	if (a->kind == COND_DECISION &&
	    (joint_matched(j, a->decision) != joint_matched(j, b->decision) || !ranges_equal(&a->ranges, &b->ranges)))
		return false;
	for (size_t i = 0; i < a->part_count; i++)
		if (!conds_equal(j, a->parts[i], b->parts[i]))
			return false;
	return true;
}

/* ---- products ---- */

static void narrow(struct joint *j, struct product *p, uint32_t subject, const struct ranges *ranges)
{
	size_t at = 0;
	while (at < p->count && p->tests[at].subject < subject)
		at++;
	if (at < p->count && p->tests[at].subject == subject) {
		p->tests[at].ranges = ranges_intersect(j->arena, &p->tests[at].ranges, ranges);
		return;
	}
	struct product_test *more = arena_new_array(j->arena, struct product_test, p->count + 1);
	if (at)
		memcpy(more, p->tests, at * sizeof *more);
	more[at] = (struct product_test){ subject, *ranges };
	if (p->count > at)
		memcpy(more + at + 1, p->tests + at, (p->count - at) * sizeof *more);
	p->tests = more;
	p->count++;
}

static void narrow_by(struct joint *j, struct product *p, const struct cond *cond, bool holds, bool common)
{
	const struct model *m = &j->model;
	struct range whole = { 0, 0 };
	struct ranges all = { &whole, 1 };
	bool and_ = (cond->kind == COND_AND) == holds;
	uint32_t subject = NONE;
	switch (cond->kind) {
	case COND_TRUE:
	case COND_FALSE:
		if ((cond->kind == COND_TRUE) != holds)
			p->exact = false;
		return;
	case COND_NOT: narrow_by(j, p, cond->parts[0], !holds, common); return;
	case COND_FACT:
		subject = cond->dim;
		whole = (struct range){ m->dims[subject].low, m->dims[subject].high };
		break;
	case COND_DECISION:
		subject = (uint32_t)m->dim_count + joint_matched(j, cond->decision);
		whole = (struct range){ 0, (int64_t)joint_source(j, cond->decision)->outcome_count - 1 };
		break;
	case COND_DEFINITION:
	case COND_AND:
	case COND_OR:
		for (size_t i = 0; (and_ || cond->part_count == 1) && i < cond->part_count; i++)
			narrow_by(j, p, cond->parts[i], holds, common);
		p->exact &= and_ || cond->part_count == 1;
		return;
	}
	struct ranges ranges = cond->ranges;
	ranges = holds ? ranges_intersect(j->arena, &ranges, &all) : ranges_complement(j->arena, &ranges, whole.low, whole.high);
	if (common && cond->kind == COND_FACT) {
		all = j->common[subject];
		ranges = ranges_intersect(j->arena, &ranges, &all);
	}
	if (!ranges_equal(&ranges, &all))
		narrow(j, p, subject, &ranges);
}

struct product product_of(struct joint *j, const struct cond *cond, bool common)
{
	struct product p = { .exact = true };
	narrow_by(j, &p, cond, true, common);
	return p;
}

bool products_equal(const struct product *a, const struct product *b)
{
	if (!a->exact || !b->exact || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->tests[i].subject != b->tests[i].subject || !ranges_equal(&a->tests[i].ranges, &b->tests[i].ranges))
			return false;
	return true;
}

static bool ranges_meet(const struct ranges *a, const struct ranges *b)
{
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		if (a->items[i].high < b->items[k].low)
			i++;
		else if (b->items[k].high < a->items[i].low)
			k++;
		else
			return true;
	}
	return false;
}

bool products_meet(const struct product *a, const struct product *b)
{
	size_t k = 0;
	for (size_t i = 0; i < a->count; i++) {
		while (k < b->count && b->tests[k].subject < a->tests[i].subject)
			k++;
		if (k < b->count && b->tests[k].subject == a->tests[i].subject &&
		    !ranges_meet(&a->tests[i].ranges, &b->tests[k].ranges))
			return false;
	}
	return true;
}

/* ---- the model ---- */

struct joint_rule *joint_rules(struct joint *j, uint32_t decision)
{
	if (j->conditions[decision])
		return j->conditions[decision];
	enum edition e = joint_edition(j, decision);
	const struct decision *d = joint_source(j, decision);
	struct joint_rule *rules = arena_new_array(j->arena, struct joint_rule, d->rule_count + 1);
	for (size_t i = 0; i < d->rule_count; i++) {
		const struct rule *rule = &j->editions[e]->rules[d->rules[i]];
		rules[i].when = translate(j, e, rule->when);
		rules[i].box = product_of(j, rules[i].when, false);
		if (rule->except)
			rules[i].except = translate(j, e, rule->except);
	}
	return j->conditions[decision] = rules;
}

static void join_constraints(struct joint *j)
{
	struct model *m = &j->model;
	for (int e = 0; e < EDITIONS; e++) {
		const struct model *from = j->editions[e];
		j->constraints[e] = arena_new_array(j->arena, struct cond *, from->constraint_count + 1);
		for (size_t i = 0; i < from->constraint_count; i++)
			j->constraints[e][i] = translate(j, (enum edition)e, from->constraints[i].cond);
	}
	m->constraints = arena_new_array(j->arena, struct constraint,
					 j->editions[OLD]->constraint_count + j->editions[NEW]->constraint_count + 4 * m->dim_count + 1);
	for (int e = 0; e < EDITIONS; e++)
		for (size_t i = 0; i < j->editions[e]->constraint_count; i++)
			m->constraints[m->constraint_count++] = (struct constraint){ .cond = j->constraints[e][i] };
}

struct joint *joint_new_in(struct arena *arena, const struct model *old, const struct model *new_)
{
	struct joint *j = arena_new_of(arena, struct joint);
	size_t decisions = old->decision_count + new_->decision_count;
	j->arena = arena;
	j->editions[OLD] = old;
	j->editions[NEW] = new_;
	j->near = (uint32_t)decisions;
	j->conditions = arena_new_array(arena, struct joint_rule *, decisions + 1);
	j->model.arena = arena;
	j->model.decision_count = decisions + 1;
	join_facts(j);
	find_partners(j);
	join_constraints(j);
	return j;
}
