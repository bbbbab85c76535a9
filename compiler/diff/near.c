/* Where two editions of a decision may differ, and which rules meet these places. note [near] */
#include "diff/subject.h"

#include "model/ranges.h"

#include <stdlib.h>
#include <string.h>

enum { LIMIT_MEETS = 50000000 };     /* rules times boxes: beyond, all rules are kept */

/* Facts alone: what the box asks of decisions is left out. */
static void add_box(struct subject *s, struct product box)
{
	while (box.count > 0 && box.tests[box.count - 1].subject >= s->joint->model.dim_count)
		box.count--;
	vec_push(s->joint->arena, &s->near, box);
}

void near_add(struct subject *s, const struct cond *when)
{
	add_box(s, product_of(s->joint, when, false));
}

/* Rules of both editions that hold in the same cases, as where only the outcome changed, have one box. */
static bool has_box_of_old(const struct subject *s, size_t old, const struct product *box)
{
	if (old == NONE || !s->changed[OLD][old])
		return false;
	struct product was = joint_rules(s->joint, s->decision[OLD])[old].box, is = *box;
	was.exact = is.exact = true;     /* boxes around the conditions: what lies in them does not matter */
	return products_equal(&was, &is);
}

static void add_changed(struct subject *s)
{
	for (int e = 0; e < EDITIONS; e++) {
		const struct joint_rule *rules = joint_rules(s->joint, s->decision[e]);
		size_t count = subject_source(s, (enum edition)e)->rule_count;
		uint32_t *old = arena_new_array(s->joint->arena, uint32_t, count + 1);
		memset(old, 0xff, count * sizeof *old);
		for (size_t i = 0; e == NEW && i < subject_source(s, OLD)->rule_count; i++)
			if (s->partner[i] != NONE)
				old[s->partner[i]] = (uint32_t)i;
		for (size_t i = 0; i < count; i++)
			if (s->changed[e][i] && !has_box_of_old(s, old[i], &rules[i].box))
				near_add(s, rules[i].when);
	}
}

/* The values that a test lets through in one edition alone, with the rule's other tests. */
static void add_moved(struct subject *s, const struct product *from, const struct product *other, uint32_t at)
{
	struct joint *j = s->joint;
	const struct dim *dim = &j->model.dims[from->tests[at].subject];
	struct ranges rest = ranges_complement(j->arena, &other->tests[at].ranges, dim->low, dim->high);
	rest = ranges_intersect(j->arena, &from->tests[at].ranges, &rest);
	if (rest.count == 0)
		return;
	struct product box = { arena_new_array(j->arena, struct product_test, from->count), from->count, true };
	memcpy(box.tests, from->tests, from->count * sizeof *box.tests);
	box.tests[at].ranges = rest;
	add_box(s, box);
}

/* A rule that did not change otherwise, its priorities included. */
static void add_all_moved(struct subject *s)
{
	const struct joint_rule *old = joint_rules(s->joint, s->decision[OLD]), *new_ = joint_rules(s->joint, s->decision[NEW]);
	for (size_t i = 0; i < subject_source(s, OLD)->rule_count; i++) {
		if (s->moved[i] == NONE || s->changed[OLD][i])
			continue;
		add_moved(s, &old[i].box, &new_[s->partner[i]].box, s->moved[i]);
		add_moved(s, &new_[s->partner[i]].box, &old[i].box, s->moved[i]);
	}
}

/* Where a feeding decision may differ. */
static void add_feeds(struct subject *s)
{
	const struct joint *j = s->joint;
	size_t old = j->editions[OLD]->decision_count;
	for (size_t i = 0; i < s->fed_by[NEW].count; i++) {
		uint32_t feed = s->fed_by[NEW].items[i];
		for (size_t k = 0; feed >= old && k < j->matched[feed - old].count; k++)
			vec_push(j->arena, &s->near, j->matched[feed - old].boxes[k]);
	}
}

void near_add_rules(struct subject *s)
{
	add_feeds(s);
	add_changed(s);
	add_all_moved(s);
}

/* ---- which rules meet a box ---- */

/* note [begun] Of the boxes of a dimension those that may meet low..high have begun by `high` and not ended before `low`.
 * Both are the first few in an order; of every so-manieth of these there is a set of bits, and a rule takes the one that
 * leaves out less. What all its tests leave is looked at box by box. */
enum { STEPS = 64 };

struct end {                         /* of a box: its least value of the dimension, or its largest */
	int64_t at;
	uint32_t box;
};
struct ends {
	struct end *items;           /* ascending */
	uint64_t *first;             /* bits of the first 0, step, 2 * step … of them */
};
struct meeting {
	const struct subject *s;
	size_t count, step, words;   /* boxes; words of a set of them */
	struct ends *begun, *ended;  /* per dimension */
	uint64_t *left;
};

static struct range hull_of(const struct product *box, uint32_t dim, const struct dim *all)
{
	for (size_t i = 0; i < box->count; i++) {
		const struct ranges *ranges = &box->tests[i].ranges;
		if (box->tests[i].subject == dim)
			return ranges->count == 0 ? (struct range){ INT64_MAX, INT64_MIN } :
						    (struct range){ ranges->items[0].low, ranges->items[ranges->count - 1].high };
	}
	return (struct range){ all->low, all->high };
}

static int compare_ends(const void *left, const void *right)
{
	const struct end *a = left, *b = right;
	return (a->at > b->at) - (a->at < b->at);
}

static void order_ends(const struct meeting *m, struct ends *e)
{
	qsort(e->items, m->count, sizeof *e->items, compare_ends);
	e->first = arena_new_array(m->s->joint->arena, uint64_t, (m->count / m->step + 2) * m->words);
	uint64_t *set = e->first;
	for (size_t i = 0; i < m->count; i++) {
		if (i % m->step == 0) {
			memcpy(set + m->words, set, m->words * sizeof *set);
			set += m->words;
		}
		set[e->items[i].box / 64] |= (uint64_t)1 << e->items[i].box % 64;
	}
}

static struct meeting meeting_of(const struct subject *s)
{
	const struct model *model = &s->joint->model;
	struct arena *arena = s->joint->arena;
	struct meeting m = { .s = s, .count = s->near.count, .step = s->near.count / STEPS + 1, .words = s->near.count / 64 + 1 };
	m.begun = arena_new_array(arena, struct ends, model->dim_count + 1);
	m.ended = arena_new_array(arena, struct ends, model->dim_count + 1);
	m.left = arena_new_array(arena, uint64_t, m.words);
	for (size_t i = 0; i < s->dim_count; i++) {
		uint32_t dim = s->dims[i];
		m.begun[dim].items = arena_new_array(arena, struct end, m.count + 1);
		m.ended[dim].items = arena_new_array(arena, struct end, m.count + 1);
		for (uint32_t k = 0; k < m.count; k++) {
			struct range hull = hull_of(&s->near.items[k], dim, &model->dims[dim]);
			m.begun[dim].items[k] = (struct end){ hull.low, k };
			m.ended[dim].items[k] = (struct end){ hull.high, k };
		}
		order_ends(&m, &m.begun[dim]);
		order_ends(&m, &m.ended[dim]);
	}
	return m;
}

/* How many are less than the value. */
static size_t less_than(const struct meeting *m, const struct ends *e, int64_t value)
{
	size_t low = 0, high = m->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (e->items[middle].at < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void restrict_to(struct meeting *m, uint32_t dim, struct range values)
{
	const struct ends *begun = &m->begun[dim], *ended = &m->ended[dim];
	size_t most = values.high == INT64_MAX ? m->count : less_than(m, begun, values.high + 1);
	const uint64_t *in = begun->first + (most + m->step - 1) / m->step * m->words;
	const uint64_t *out = ended->first + less_than(m, ended, values.low) / m->step * m->words;
	for (size_t w = 0; w < m->words; w++)
		m->left[w] &= in[w] & ~out[w];
}

static bool meets_near(struct meeting *m, const struct product *box)
{
	memset(m->left, 0xff, m->words * sizeof *m->left);
	for (size_t i = 0; i < box->count && box->tests[i].subject < m->s->joint->model.dim_count; i++) {
		const struct product_test *test = &box->tests[i];
		if (test->ranges.count == 0)
			return false;
		const struct range *last = &test->ranges.items[test->ranges.count - 1];
		if (m->begun[test->subject].items)
			restrict_to(m, test->subject, (struct range){ test->ranges.items[0].low, last->high });
	}
	for (size_t k = 0; k < m->count; k++) {
		uint64_t bits = m->left[k / 64] >> k % 64;
		if (bits == 0)
			k |= 63;
		else if ((bits & 1) && products_meet(box, &m->s->near.items[k]))
			return true;
	}
	return false;
}

void near_keep_rules(struct subject *s, enum edition e)
{
	const struct joint_rule *rules = joint_rules(s->joint, s->decision[e]);
	size_t count = subject_source(s, e)->rule_count;
	s->kept[e] = arena_new_array(s->joint->arena, bool, count + 1);
	if (count * s->near.count > LIMIT_MEETS)
		s->everywhere = true;
	if (s->everywhere) {
		memset(s->kept[e], true, count);
		return;
	}
	struct meeting meeting = meeting_of(s);
	for (size_t i = 0; i < count; i++)
		s->kept[e][i] = meets_near(&meeting, &rules[i].box);
}
