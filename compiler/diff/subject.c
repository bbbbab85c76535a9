/* What differs between the two editions of one decision, as they are written: rules, priorities, constraints, domains. */
#include "diff/subject.h"

#include "model/ranges.h"
#include "support/intern.h"

#include <string.h>

static const struct model *model_of(const struct subject *s, enum edition e)
{
	return s->joint->editions[e];
}

static const struct rule *rule_of(const struct subject *s, enum edition e, size_t place)
{
	return &model_of(s, e)->rules[subject_source(s, e)->rules[place]];
}

/* ---- what feeds it ---- */

static bool has_index(const uint32_t *list, size_t count, uint32_t index)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == index)
			return true;
	return false;
}

/* Cycles do not come: feeds of one edition are without, and a shared decision is fed by OLD's. At most LIMIT_DECISIONS
 * deep. */
static void add_feeding(struct subject *s, enum edition e, uint32_t joint_index)
{
	struct joint *j = s->joint;
	enum edition of = joint_edition(j, joint_index);
	const struct decision *d = joint_source(j, joint_index);
	for (size_t i = 0; i < d->feed_count; i++) {
		uint32_t feed = joint_decision(j, of, d->feeds[i]);
		if (has_index(s->fed_by[e].items, s->fed_by[e].count, feed))
			continue;
		add_feeding(s, e, feed);
		vec_push(j->arena, &s->fed_by[e], feed);
	}
}

static bool has_matched(const struct subject *s, uint32_t old)
{
	for (size_t i = 0; i < s->fed_by[NEW].count; i++)
		if (joint_matched(s->joint, s->fed_by[NEW].items[i]) == old)
			return true;
	return false;
}

static bool same_feeding(const struct subject *s)
{
	if (s->fed_by[OLD].count != s->fed_by[NEW].count)
		return false;
	for (size_t i = 0; i < s->fed_by[OLD].count; i++)
		if (!has_matched(s, s->fed_by[OLD].items[i]))
			return false;
	return true;
}

/* ---- cases ---- */

/* Which joint dimensions the edition's cases have. */
static bool *dims_of(struct subject *s, enum edition e)
{
	bool *has = arena_new_array(s->joint->arena, bool, s->joint->model.dim_count + 1);
	if (s->decision[e] == NONE)
		return has;
	const struct decision *d = subject_source(s, e);
	for (size_t i = 0; i < d->dim_count; i++) {
		uint32_t dim = s->joint->dim_of[e][d->dims[i]];
		if (dim == NONE)
			s->unjoined = true;
		else
			has[dim] = true;
	}
	/* a member that only the other edition's set has is a dimension of the same fact */
	for (size_t i = 0; i < d->dim_count; i++) {
		uint32_t fact = s->joint->fact_of[e][model_of(s, e)->dims[d->dims[i]].fact];
		const struct fact *f = &s->joint->model.facts[fact];
		for (uint32_t k = 0; k < f->dim_count; k++)
			has[f->first_dim + k] = true;
	}
	return has;
}

static void add_own(struct subject *s, enum edition e, struct own own)
{
	vec_push(s->joint->arena, &s->own[e], own);
}

/* A value that only one edition knows is a case of that one alone: the other refuses it, even if no rule reads it there. An
 * edition without the fact passes it over. */
static void compare_domain(struct subject *s, uint32_t dim)
{
	struct joint *j = s->joint;
	const struct dim *d = &j->model.dims[dim];
	for (int e = 0; e < EDITIONS; e++) {
		const struct ranges *values = &j->values_of[e][dim];
		if (s->decision[e] == NONE || values->count == 0 ||
		    (values->count == 1 && values->items[0].low == d->low && values->items[0].high == d->high))
			continue;
		struct cond *inside = cond_of_dim(j->arena, dim, *values);
		add_own(s, (enum edition)e, (struct own){ inside, d->fact, NULL });
		near_add(s, cond_negated(j->arena, inside));
	}
}

static void list_dims(struct subject *s)
{
	struct joint *j = s->joint;
	const bool *has[EDITIONS] = { dims_of(s, OLD), dims_of(s, NEW) };
	s->dims = arena_new_array(j->arena, uint32_t, j->model.dim_count + 1);
	for (uint32_t dim = 0; dim < j->model.dim_count; dim++) {
		if (!has[OLD][dim] && !has[NEW][dim])
			continue;
		s->dims[s->dim_count++] = dim;
		compare_domain(s, dim);
	}
}

/* The other edition's constraint of the same id that its cases satisfy too and that says the same; or NONE. */
static uint32_t same_constraint(const struct subject *s, enum edition e, uint32_t index)
{
	const struct model *m = model_of(s, e), *other = model_of(s, (enum edition)!e);
	if (s->decision[!e] == NONE)
		return NONE;
	const struct decision *d = subject_source(s, (enum edition)!e);
	for (size_t i = 0; i < d->constraint_count; i++) {
		uint32_t c = d->constraints[i];
		if (strcmp(other->constraints[c].name.id, m->constraints[index].name.id) == 0)
			return conds_equal(s->joint, s->joint->constraints[e][index], s->joint->constraints[!e][c]) ? c : NONE;
	}
	return NONE;
}

static void compare_constraints(struct subject *s, enum edition e)
{
	struct joint *j = s->joint;
	if (s->decision[e] == NONE)
		return;
	const struct decision *d = subject_source(s, e);
	for (size_t i = 0; i < d->constraint_count; i++) {
		uint32_t c = d->constraints[i];
		struct cond *cond = j->constraints[e][c];
		if (same_constraint(s, e, c) == NONE) {
			add_own(s, e, (struct own){ cond, NONE, &model_of(s, e)->constraints[c] });
			near_add(s, cond_negated(j->arena, cond));
		} else if (e == OLD) {
			vec_push(j->arena, &s->constraints, c);
		}
	}
}

/* ---- rules ---- */

static void match_rules(struct subject *s)
{
	struct arena *arena = s->joint->arena;
	size_t old = subject_source(s, OLD)->rule_count, new_ = subject_source(s, NEW)->rule_count;
	struct map *ids = map_new_in(arena);
	s->partner = arena_new_array(arena, uint32_t, old + 1);
	s->changed[OLD] = arena_new_array(arena, bool, old + 1);
	s->changed[NEW] = arena_new_array(arena, bool, new_ + 1);
	s->moved = arena_new_array(arena, uint32_t, old + 1);
	memset(s->moved, 0xff, old * sizeof *s->moved);
	memset(s->changed[NEW], 1, new_);
	for (size_t i = 0; i < new_; i++)
		map_put(ids, rule_of(s, NEW, i)->id, (int64_t)i);
	for (size_t i = 0; i < old; i++) {
		int64_t at = map_get(ids, rule_of(s, OLD, i)->id);
		s->partner[i] = at < 0 ? NONE : (uint32_t)at;
		s->changed[OLD][i] = at < 0;
		if (at >= 0)
			s->changed[NEW][at] = false;
	}
}

static void set_changed(struct subject *s, size_t old)
{
	s->changed[OLD][old] = true;
	if (s->partner[old] != NONE)
		s->changed[NEW][s->partner[old]] = true;
}

static bool same_cond(struct joint *j, struct cond *a, struct cond *b)
{
	if (!a || !b)
		return a == b;
	if (conds_equal(j, a, b))
		return true;
	struct product p = product_of(j, a, true), q = product_of(j, b, true);
	return products_equal(&p, &q);
}

static bool same_table(const struct subject *s, const struct rule *a, const struct rule *b)
{
	if (a->table == NONE || b->table == NONE)
		return (a->table == NONE || model_of(s, OLD)->tables[a->table].hit != HIT_FIRST) &&
		       (b->table == NONE || model_of(s, NEW)->tables[b->table].hit != HIT_FIRST);
	const struct rule_table *x = &model_of(s, OLD)->tables[a->table], *y = &model_of(s, NEW)->tables[b->table];
	if (x->hit != HIT_FIRST && y->hit != HIT_FIRST)
		return true;
	return x->hit == y->hit && strcmp(x->name.id, y->name.id) == 0;
}

/* Where in their tests two boxes differ, if that is once, in a dimension; or NONE. */
static uint32_t moved_test(const struct subject *s, const struct product *a, const struct product *b)
{
	uint32_t at = NONE;
	if (!a->exact || !b->exact || a->count != b->count)
		return NONE;
	for (uint32_t i = 0; i < a->count; i++) {
		if (a->tests[i].subject != b->tests[i].subject)
			return NONE;
		if (ranges_equal(&a->tests[i].ranges, &b->tests[i].ranges))
			continue;
		if (at != NONE || a->tests[i].subject >= s->joint->model.dim_count)
			return NONE;
		at = i;
	}
	return at;
}

static void compare_rules(struct subject *s)
{
	struct joint *j = s->joint;
	const struct joint_rule *old = joint_rules(j, s->decision[OLD]), *new_ = joint_rules(j, s->decision[NEW]);
	for (size_t i = 0; i < subject_source(s, OLD)->rule_count; i++) {
		if (s->changed[OLD][i])
			continue;
		size_t k = s->partner[i];
		const struct rule *a = rule_of(s, OLD, i), *b = rule_of(s, NEW, k);
		const char *was = subject_source(s, OLD)->outcomes[a->outcome].name.id;
		const char *is = subject_source(s, NEW)->outcomes[b->outcome].name.id;
		if (a->is_default != b->is_default || strcmp(was, is) != 0 || !same_table(s, a, b) ||
		    !same_cond(j, old[i].except, new_[k].except)) {
			set_changed(s, i);
		} else if (!same_cond(j, old[i].when, new_[k].when)) {
			s->moved[i] = moved_test(s, &old[i].box, &new_[k].box);
			if (s->moved[i] == NONE)
				set_changed(s, i);
		}
	}
}

/* ---- priorities ---- */

/* All rules that the ladder ranks. */
static void change_ranked(struct subject *s, enum edition e, size_t ladder)
{
	const struct decision *d = subject_source(s, e);
	for (size_t i = 0; e == OLD && i < d->rule_count; i++)
		if (rule_of(s, OLD, i)->rungs[ladder] != NO_RUNG)
			set_changed(s, i);
	for (size_t i = 0; e == NEW && i < subject_source(s, OLD)->rule_count; i++)
		if (s->partner[i] != NONE && rule_of(s, NEW, s->partner[i])->rungs[ladder] != NO_RUNG)
			set_changed(s, i);
}

/* Rungs of the rules that did not change: in the same order, whatever their numbers. */
static void compare_ladder(struct subject *s, size_t old, size_t new_)
{
	size_t rungs = subject_source(s, OLD)->ladders[old].rung_count, last = NO_RUNG;
	uint32_t *to = arena_new_array(s->joint->arena, uint32_t, rungs + 1);
	bool same = subject_source(s, OLD)->ladders[old].ranks_defaults == subject_source(s, NEW)->ladders[new_].ranks_defaults;
	memset(to, 0xff, rungs * sizeof *to);
	for (size_t i = 0; i < subject_source(s, OLD)->rule_count; i++) {
		if (s->changed[OLD][i])
			continue;
		uint32_t x = rule_of(s, OLD, i)->rungs[old], y = rule_of(s, NEW, s->partner[i])->rungs[new_];
		if ((x == NO_RUNG) != (y == NO_RUNG)) {
			set_changed(s, i);
		} else if (x != NO_RUNG) {
			same &= to[x] == NO_RUNG || to[x] == y;
			to[x] = y;
		}
	}
	for (size_t x = 0; x < rungs; x++) {
		if (to[x] == NO_RUNG)
			continue;
		same &= last == NO_RUNG || last < to[x];
		last = to[x];
	}
	if (same)
		return;
	change_ranked(s, OLD, old);
	change_ranked(s, NEW, new_);
}

/* The ladder of `other` that stands for the one at `at`: of the same id, the first for the first (ids made of names may
 * stand twice); or NONE. */
static size_t same_ladder(const struct decision *d, size_t at, const struct decision *other)
{
	size_t before = 0;
	for (size_t i = 0; i < at; i++)
		before += strcmp(d->ladders[i].name.id, d->ladders[at].name.id) == 0;
	for (size_t i = 0; i < other->ladder_count; i++)
		if (strcmp(other->ladders[i].name.id, d->ladders[at].name.id) == 0 && before-- == 0)
			return i;
	return NONE;
}

static void compare_ladders(struct subject *s)
{
	const struct decision *old = subject_source(s, OLD), *new_ = subject_source(s, NEW);
	for (size_t i = 0; i < old->ladder_count; i++) {
		size_t k = same_ladder(old, i, new_);
		if (k == NONE)
			change_ranked(s, OLD, i);
		else
			compare_ladder(s, i, k);
	}
	for (size_t k = 0; k < new_->ladder_count; k++)
		if (same_ladder(new_, k, old) == NONE)
			change_ranked(s, NEW, k);
}

/* Rows of a first-hit table that did not change stand in the same order. */
static void compare_order(struct subject *s)
{
	const struct model *m = model_of(s, OLD);
	uint32_t *last = arena_new_array(s->joint->arena, uint32_t, m->table_count + 1);   /* row + 1 */
	for (size_t i = 0; i < subject_source(s, OLD)->rule_count; i++) {
		const struct rule *rule = rule_of(s, OLD, i);
		if (s->changed[OLD][i] || rule->table == NONE || m->tables[rule->table].hit != HIT_FIRST)
			continue;
		uint32_t row = rule_of(s, NEW, s->partner[i])->row + 1;
		if (row < last[rule->table])
			set_changed(s, i);
		else
			last[rule->table] = row;
	}
}

/* ---- the whole ---- */

struct subject *subject_new_in(struct joint *j, uint32_t old, uint32_t new_)
{
	struct subject *s = arena_new_of(j->arena, struct subject);
	s->joint = j;
	s->decision[OLD] = old;
	s->decision[NEW] = new_;
	for (int e = 0; e < EDITIONS; e++)
		if (s->decision[e] != NONE)
			add_feeding(s, (enum edition)e, s->decision[e]);
	list_dims(s);
	compare_constraints(s, OLD);
	compare_constraints(s, NEW);
	s->everywhere = old == NONE || new_ == NONE || !same_feeding(s);
	if (s->unjoined)
		return s;
	if (old != NONE && new_ != NONE) {
		match_rules(s);
		compare_rules(s);
		compare_ladders(s);
		compare_order(s);
		near_add_rules(s);
	}
	for (int e = 0; e < EDITIONS; e++)
		if (s->decision[e] != NONE)
			near_keep_rules(s, (enum edition)e);
	if (s->everywhere && old != NONE && new_ != NONE)      /* perhaps only now, for want of room */
		near_keep_rules(s, OLD);
	return s;
}

bool subject_is_same(const struct subject *s)
{
	return !s->everywhere && s->near.count == 0;
}
