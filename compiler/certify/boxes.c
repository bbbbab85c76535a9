/* The boxes of the plain form (docs/CERTIFICATE.md): what a rule holds in, axis by axis. Along the first axis on which
 * the rule depends its values fall into stretches that leave the same question about the axes behind it; each stretch,
 * as long as it can be, goes before each box of that question. So equal sets of cases are equal lists of boxes. */
#include "certify/maker.h"

#include <string.h>

enum { LIMIT_WORK = 1 << 22 }; /* cursors looked at for one rule */

struct cursor { /* what is left of a term */
	const struct term *term;
	size_t at;     /* its first test that is left */
	bool negative; /* of an exception */
};
typedef VEC(struct cursor) cursors;

struct cutting {
	struct arena *arena;
	const struct axis_span *axes;
	size_t work;
	bool too_many;
};

static bool is_left(const struct cursor *cursor)
{
	return cursor->at < cursor->term->count;
}

static uint32_t first_axis(const cursors *all)
{
	uint32_t axis = NONE;
	for (size_t i = 0; i < all->count; i++) {
		const struct cursor *c = &all->items[i];
		if (is_left(c) && c->term->tests[c->at].axis < axis)
			axis = c->term->tests[c->at].axis;
	}
	return axis;
}

/* What is left of the cursors behind a value of the axis; *next: the next value that leaves something else, or none. */
static cursors behind_value(struct cutting *c, const cursors *all, uint32_t axis, int64_t value, int64_t *next)
{
	cursors left = { 0 };
	*next = c->axes[axis].high + 1;
	for (size_t i = 0; i < all->count; i++) {
		struct cursor cursor = all->items[i];
		bool tests = is_left(&cursor) && cursor.term->tests[cursor.at].axis == axis, inside = !tests;
		const struct ranges *ranges = tests ? &cursor.term->tests[cursor.at].ranges : NULL;
		for (size_t k = 0; ranges && k < ranges->count; k++) {
			struct range range = ranges->items[k];
			int64_t change = range.low > value ? range.low : range.high + 1;
			inside = inside || (range.low <= value && value <= range.high);
			if (change > value && change < *next)
				*next = change;
		}
		cursor.at += tests;
		c->work++;
		if (inside)
			vec_push(c->arena, &left, cursor);
	}
	return left;
}

static bool same_boxes(const plain_boxes *a, const plain_boxes *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct plain_box *x = &a->items[i], *y = &b->items[i];
		if (x->count != y->count)
			return false;
		for (size_t k = 0; k < x->count; k++) {
			if (x->tests[k].axis != y->tests[k].axis || x->tests[k].low != y->tests[k].low ||
			    x->tests[k].high != y->tests[k].high)
				return false;
		}
	}
	return true;
}

static void add_before(struct cutting *c, plain_boxes *out, struct plain_test test, const plain_boxes *boxes)
{
	for (size_t i = 0; i < boxes->count && !c->too_many; i++) {
		struct plain_box box = { .count = boxes->items[i].count + 1 };
		box.tests = arena_new_array(c->arena, struct plain_test, box.count);
		box.tests[0] = test;
		if (box.count > 1)
			memcpy(box.tests + 1, boxes->items[i].tests, (box.count - 1) * sizeof *box.tests);
		vec_push(c->arena, out, box);
		c->too_many = out->count > LIMIT_PLAIN_BOXES;
	}
}

/* true: decided without looking at an axis. */
static bool is_constant(struct cutting *c, const cursors *all, plain_boxes *out)
{
	bool positive = false, negative = false, whole = false;
	for (size_t i = 0; i < all->count; i++) {
		const struct cursor *cursor = &all->items[i];
		if (cursor->negative && !is_left(cursor))
			return true;
		positive = positive || !cursor->negative;
		negative = negative || cursor->negative;
		whole = whole || !is_left(cursor);
	}
	if (positive && !(whole && !negative))
		return false;
	const struct plain_box everything = { 0 };
	if (positive)
		vec_push(c->arena, out, everything);
	return true;
}

static plain_boxes boxes_of(struct cutting *c, const cursors *all)
{
	plain_boxes out = { 0 }, last = { 0 };
	if (is_constant(c, all, &out))
		return out;
	uint32_t axis = first_axis(all);
	struct plain_test stretch = { axis, c->axes[axis].low, 0 };
	c->too_many = c->too_many || c->work > LIMIT_WORK;
	for (int64_t value = stretch.low, next; value <= c->axes[axis].high && !c->too_many; value = next) {
		cursors left = behind_value(c, all, axis, value, &next);
		plain_boxes boxes = boxes_of(c, &left);
		if (value != stretch.low && !same_boxes(&boxes, &last)) {
			add_before(c, &out, stretch, &last);
			stretch.low = value;
		}
		stretch.high = next - 1;
		last = boxes;
	}
	if (stretch.low == c->axes[axis].low) /* the axis makes no difference */
		return last;
	add_before(c, &out, stretch, &last);
	return out;
}

static void add_cursors(struct arena *arena, cursors *all, const term_list *terms, bool negative)
{
	for (size_t i = 0; i < terms->count; i++) {
		const struct cursor cursor = { &terms->items[i], 0, negative };
		vec_push(arena, all, cursor);
	}
}

bool plain_boxes_of(struct arena *arena, const struct axis_span *axes, const term_list *when, const term_list *except,
		    plain_boxes *out)
{
	struct cutting c = { .arena = arena, .axes = axes };
	cursors all = { 0 };
	add_cursors(arena, &all, when, false);
	if (except)
		add_cursors(arena, &all, except, true);
	*out = boxes_of(&c, &all);
	return !c.too_many;
}
