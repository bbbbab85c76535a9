/* Search trees: the node is cut where it parts the boxes best, until a claim holds of what is left. note [two trees]
 *
 * A leaf of a covering tree names one rule that holds in all of it: the tree ends early wherever some rule is wide, a
 * default above all. A leaf of a settling tree has no conflict. Where no rule covers everything, both are asked of the
 * same leaves first, which suits tables without overlaps; where that grows too large, each gets a tree of its own. */
#include "certify/maker.h"

#include <string.h>

enum { FEW = 16 }; /* so many boxes are compared pair by pair without trying to part them */
#define GOOD_CUT 0.8 /* a cut that costs less is better than comparing */

struct tree {
	struct maker *m;
	struct plain_decision *d;
	bool covering, settling;
	uint64_t nodes_left;
};

/* ---- claims ---- */

/* Part of the node that lies in two boxes; false: there is none. The node becomes it. */
static bool narrow(struct maker *m, const struct plain_box *box)
{
	for (size_t i = 0; i < box->count; i++) {
		struct axis_span *span = &m->node[box->tests[i].axis];
		span->low = box->tests[i].low > span->low ? box->tests[i].low : span->low;
		span->high = box->tests[i].high < span->high ? box->tests[i].high : span->high;
		if (span->low > span->high)
			return false;
	}
	return true;
}

static bool boxes_meet(const struct plain_box *a, const struct plain_box *b)
{
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		const struct plain_test *x = &a->tests[i], *y = &b->tests[k];
		if (x->axis == y->axis && (x->low > y->high || x->high < y->low))
			return false;
		i += x->axis <= y->axis;
		k += y->axis <= x->axis;
	}
	return true;
}

/* Of two rules with different outcomes, neither over the other: a third is over one of them wherever both hold. */
static bool third_decides(const struct tree *t, const box_list *alive, const struct plain_box *a, const struct plain_box *b)
{
	struct maker *m = t->m;
	size_t bytes = m->axis_count * sizeof *m->node;
	struct arena_mark mark = arena_save(m->arena);
	struct axis_span *kept = arena_new_array(m->arena, struct axis_span, m->axis_count);
	memcpy(kept, m->node, bytes);
	bool decided = !narrow(m, a) || !narrow(m, b);
	for (size_t i = 0; i < alive->count && !decided; i++) {
		const struct plain_box *third = alive->items[i];
		decided = (rule_beats(m, t->d, third->rule, a->rule) || rule_beats(m, t->d, third->rule, b->rule)) &&
			  box_contains_node(m, third);
	}
	memcpy(m->node, kept, bytes);
	arena_restore(m->arena, mark);
	return decided;
}

static bool is_settled(const struct tree *t, const box_list *alive)
{
	const struct plain_decision *d = t->d;
	for (size_t i = 0; i < alive->count; i++) {
		const struct plain_box *a = alive->items[i];
		for (size_t k = i + 1; k < alive->count; k++) {
			const struct plain_box *b = alive->items[k];
			if (d->rules[a->rule].outcome == d->rules[b->rule].outcome || !boxes_meet(a, b) ||
			    rule_beats(t->m, d, a->rule, b->rule) || rule_beats(t->m, d, b->rule, a->rule))
				continue;
			if (!third_decides(t, alive, a, b))
				return false;
		}
	}
	return true;
}

/* Wherever the node's facts are, there is a case: it is not bounded by what decisions give or constraints allow. */
static bool has_surely_a_case(const struct maker *m)
{
	for (size_t i = m->dim_count; i < m->axis_count; i++) {
		if (m->node[i].low != m->all[i].low || m->node[i].high != m->all[i].high)
			return false;
	}
	for (size_t i = 0; i < m->constraints.count; i++) {
		if (box_meets(m, &m->constraints.items[i]))
			return false;
	}
	return true;
}

static bool is_beaten_somewhere(const struct tree *t, const box_list *alive, uint32_t rule)
{
	for (size_t i = 0; i < alive->count; i++) {
		if (rule_beats(t->m, t->d, alive->items[i]->rule, rule))
			return true;
	}
	return false;
}

/* Shows every rule that is a reason all over the node and has no case yet; gives how many. */
static size_t write_shown(const struct tree *t, const box_list *alive)
{
	size_t shown = 0;
	bool sure = has_surely_a_case(t->m);
	for (size_t i = 0; i < alive->count && sure; i++) {
		struct plain_rule *rule = &t->d->rules[alive->items[i]->rule];
		if (rule->shown || !box_contains_node(t->m, alive->items[i]) ||
		    is_beaten_somewhere(t, alive, alive->items[i]->rule))
			continue;
		rule->shown = true;
		write_fmt(t->m->w, "!%u", alive->items[i]->rule);
		shown++;
	}
	return shown;
}

static const struct plain_box *covering_box(const struct maker *m, const box_list *alive)
{
	for (size_t i = 0; i < alive->count; i++) {
		if (box_contains_node(m, alive->items[i]))
			return alive->items[i];
	}
	return NULL;
}

/* ---- growing ---- */

static void write_leaf(const struct tree *t, const box_list *alive, const struct plain_box *cover)
{
	if (write_shown(t, alive) == 0 && t->covering)
		write_fmt(t->m->w, "=%u", cover->rule);
	else if (!t->covering)
		write_char(t->m->w, '~');
	write_char(t->m->w, '\n');
}

static bool write_empty_leaf(const struct tree *t)
{
	const struct maker *m = t->m;
	if (node_is_excluded(m)) {
		write_str(m->w, "x\n");
		return true;
	}
	for (size_t i = 0; i < t->d->decision->fed_by_count; i++) {
		if (node_is_void(m, t->d->decision->fed_by[i])) {
			write_fmt(m->w, "v%u\n", t->d->decision->fed_by[i]);
			return true;
		}
	}
	return false;
}

static box_list still_alive(const struct maker *m, const box_list *alive)
{
	box_list out = { 0 };
	for (size_t i = 0; i < alive->count; i++) {
		if (box_meets(m, alive->items[i]))
			vec_push(m->arena, &out, alive->items[i]);
	}
	return out;
}

static bool grow(struct tree *t, const box_list *alive, unsigned depth);

static bool grow_sides(struct tree *t, const box_list *alive, const struct cut *cut, unsigned depth)
{
	struct maker *m = t->m;
	struct axis_span *span = &m->node[cut->axis], before = *span;
	bool good = true;
	write_fmt(m->w, "%u<%lld\n", cut->axis, (long long)cut->from);
	for (int side = 0; side < 2 && good; side++) {
		struct arena_mark mark = arena_save(m->arena);
		*span = before;
		*(side == 0 ? &span->high : &span->low) = side == 0 ? cut->from - 1 : cut->from;
		box_list left = still_alive(m, alive);
		good = grow(t, &left, depth + 1);
		arena_restore(m->arena, mark);
	}
	*span = before;
	return good;
}

/* false: a claim does not hold somewhere, or the budget ends. */
static bool grow(struct tree *t, const box_list *alive, unsigned depth)
{
	if (depth > LIMIT_CERTIFICATE_DEPTH || t->nodes_left-- == 0)
		return false;
	if (write_empty_leaf(t))
		return true;
	const struct plain_box *cover = covering_box(t->m, alive);
	struct cut cut = { .cost = 2 };
	bool holds = !t->covering || cover;
	if (!holds || (t->settling && alive->count > FEW))
		cut = find_cut(t->m, alive->items, alive->count);
	if (holds && t->settling && (alive->count <= FEW || cut.cost >= GOOD_CUT)) {
		holds = is_settled(t, alive);
		if (!holds && !cut.found)
			cut = find_cut(t->m, alive->items, alive->count);
	} else if (holds && t->settling) {
		holds = false;
	}
	if (holds) {
		write_leaf(t, alive, cover);
		return true;
	}
	if (!cut.found)
		cut = find_cut_behind(t->m, t->d);
	return cut.found && grow_sides(t, alive, &cut, depth);
}

static bool write_tree(struct maker *m, struct plain_decision *d, bool covering, bool settling, uint64_t nodes)
{
	struct tree t = { .m = m, .d = d, .covering = covering, .settling = settling, .nodes_left = nodes };
	struct arena_mark mark = arena_save(m->arena);
	memcpy(m->node, m->all, m->axis_count * sizeof *m->node);
	write_fmt(m->w, "tree%s%s\n", covering ? " cover" : "", settling ? " settle" : "");
	box_list alive = boxes_that_meet(m, &d->boxes);
	bool good = grow(&t, &alive, 0);
	arena_restore(m->arena, mark);
	return good;
}

/* See note [two trees]. */
bool write_trees(struct maker *m, struct plain_decision *d)
{
	uint64_t nodes = NODES_FOR_A_BOX * ((uint64_t)d->boxes.count + 64);
	size_t before = m->w->size;
	bool wide = false;
	for (size_t i = 0; i < d->boxes.count; i++)
		wide = wide || d->boxes.items[i].count == 0;
	if (!wide && write_tree(m, d, true, true, nodes / 4))
		return true;
	m->w->size = before;
	for (size_t i = 0; i < d->decision->rule_count; i++)
		d->rules[i].shown = false;
	return write_tree(m, d, true, false, nodes) && write_tree(m, d, false, true, nodes);
}
