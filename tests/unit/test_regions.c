/* The pieces of regions/: counts of any size, sets of values, conditions on boxes. Whole questions are test_analysis.c's
 * and the random rulebooks' (tests/property). */
#include "regions/grid.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct out_of_memory memory_ends;
static struct arena *arena;

static void start(void)
{
	if (setjmp(memory_ends.back))
		ck_abort_msg("out of memory");
	arena = arena_new(&memory_ends);
}

static void stop(void)
{
	arena_free(arena);
}

static uint64_t state;

static int64_t below(int64_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((state >> 33) % (uint64_t)n);
}

/* ---- counts ---- */

START_TEST(counts_grow_beyond_any_word)
{
	struct natural n = natural_new(arena, 8), m = natural_new(arena, 8), p = natural_new(arena, 8);
	natural_set(&n, 1);
	for (int i = 0; i < 5; i++)
		natural_multiply(&n, 9999999999);     /* 10^10, five times */
	ck_assert_str_eq(natural_text(arena, &n), "100000000000000000000000000000000000000000000000000");
	natural_set(&m, 1);
	natural_add(&n, &m);
	ck_assert_str_eq(natural_text(arena, &n), "100000000000000000000000000000000000000000000000001");
	natural_subtract(&n, &m);
	natural_product(&p, &n, &m);
	ck_assert(natural_equal(&p, &n));
	natural_subtract(&n, &p);
	ck_assert_str_eq(natural_text(arena, &n), "0");
	natural_set(&n, 3);
	natural_multiply(&n, UINT64_MAX);             /* a dimension of all 2^64 values */
	ck_assert_str_eq(natural_text(arena, &n), "55340232221128654848");
}
END_TEST

static void pairs_agree(struct range x, struct range y)
{
	struct natural n = natural_new(arena, 4), scratch = natural_new(arena, 4);
	char expected[32];
	int count = 0;
	for (int64_t a = x.low; a <= x.high; a++)
		for (int64_t b = y.low; b <= y.high; b++)
			count += a < b;
	natural_set(&n, 7);
	natural_multiply_pairs(&n, &scratch, x, y);
	snprintf(expected, sizeof expected, "%d", 7 * count);
	ck_assert_str_eq(natural_text(arena, &n), expected);
}

START_TEST(pairs_are_counted_without_listing_them)
{
	for (int i = 0; i < 2000; i++) {
		struct range x = { below(12) - 5, 0 }, y = { below(12) - 5, 0 };
		x.high = x.low + below(9);
		y.high = y.low + below(9);
		pairs_agree(x, y);
	}
	struct natural n = natural_new(arena, 4), scratch = natural_new(arena, 4);
	natural_set(&n, 1);
	natural_multiply_pairs(&n, &scratch, (struct range){ 0, INT64_MAX }, (struct range){ 0, INT64_MAX });
	ck_assert_str_eq(natural_text(arena, &n), "42535295865117307928310139910543638528");   /* 2^62 (2^63 - 1) */
}
END_TEST

/* ---- sets of values: as bits of 0 to 15 ---- */

static struct ranges ranges_of_bits(unsigned bits)
{
	struct ranges r = { arena_new_array(arena, struct range, 9), 0 };
	for (int i = 0; i < 16; i++) {
		if (!(bits >> i & 1))
			continue;
		if (i > 0 && (bits >> (i - 1) & 1))
			r.items[r.count - 1].high = i;
		else
			r.items[r.count++] = (struct range){ i, i };
	}
	return r;
}

static void ranges_are(const struct ranges *r, unsigned bits)
{
	struct ranges expected = ranges_of_bits(bits & 0xffff);
	ck_assert_uint_eq(r->count, expected.count);
	for (size_t i = 0; i < r->count; i++) {
		ck_assert_int_eq(r->items[i].low, expected.items[i].low);
		ck_assert_int_eq(r->items[i].high, expected.items[i].high);
	}
}

START_TEST(sets_are_sets)
{
	for (int i = 0; i < 3000; i++) {
		unsigned x = (unsigned)below(1 << 16), y = (unsigned)below(1 << 16);
		struct ranges a = ranges_of_bits(x), b = ranges_of_bits(y);
		struct ranges common = ranges_common(arena, &a, &b), either = ranges_either(arena, &a, &b);
		struct ranges outside = ranges_outside(arena, &a, 0, 15);
		ranges_are(&common, x & y);
		ranges_are(&either, x | y);
		ranges_are(&outside, ~x);
	}
	struct ranges all = { &(struct range){ INT64_MIN, INT64_MAX }, 1 };
	ck_assert_uint_eq(ranges_outside(arena, &all, INT64_MIN, INT64_MAX).count, 0);
}
END_TEST

/* ---- conditions on boxes, over two dimensions of 0 to 15 and a decision of three outcomes ---- */

static struct dim dims[2] = { { 0, 0, 0, 15 }, { 1, 0, 0, 15 } };
static struct decision decision = { .outcome_count = 3 };
static struct model model = { .dims = dims, .dim_count = 2, .decisions = &decision, .decision_count = 1 };

static struct cond *random_cond(int depth)
{
	struct cond *c = arena_new_of(arena, struct cond);
	int64_t kind = below(depth > 0 ? 6 : 2);
	if (kind == 0) {
		c->kind = COND_DECISION;
		c->ranges = ranges_of_bits((unsigned)below(8));
	} else if (kind == 1) {
		c->kind = COND_FACT;
		c->dim = (uint32_t)below(2);
		c->ranges = ranges_of_bits((unsigned)below(1 << 16));
	} else {
		c->kind = kind == 2 ? COND_NOT : kind < 5 ? COND_AND : COND_OR;
		c->part_count = kind == 2 ? 1 : 2 + (size_t)below(2);
		c->parts = arena_new_array(arena, struct cond *, c->part_count);
		for (size_t i = 0; i < c->part_count; i++)
			c->parts[i] = random_cond(depth - 1);
	}
	return c;
}

static enum tri on_box(const struct test *test, int64_t a, int64_t b, int64_t c, int64_t d, uint64_t outcomes)
{
	int64_t low[] = { a, c }, high[] = { b, d };
	struct box box = { low, high, &outcomes };
	return test_on(test, &box);
}

/* On a point it is what the model's own evaluation says; on a box it promises nothing that a point breaks. */
static void test_agrees(const struct cond *cond, const struct test *test)
{
	int64_t a = below(16), b = a + below(16 - a), c = below(16), d = c + below(16 - c);
	uint64_t outcomes = 1 + (uint64_t)below(7);
	enum tri whole = on_box(test, a, b, c, d, outcomes);
	for (int64_t x = a; x <= b; x++)
		for (int64_t y = c; y <= d; y++)
			for (uint32_t o = 0; o < 3; o++) {
				int64_t values[] = { x, y };
				bool holds = cond_holds(cond, values, &o);
				ck_assert_int_eq(on_box(test, x, x, y, y, (uint64_t)1 << o), holds ? YES : NO);
				if (outcomes >> o & 1)
					ck_assert(whole == MAYBE || whole == (holds ? YES : NO));
			}
}

/* Where it is true, each of its atoms is. */
static void atoms_surround(const struct test *test)
{
	struct atoms atoms;
	bool possible = test_atoms(arena, test, &atoms);
	for (int64_t x = 0; x < 16; x++)
		for (int64_t y = 0; y < 16; y++) {
			bool inside = possible;
			for (size_t i = 0; i < atoms.count && possible; i++)
				inside &= atom_on(&atoms.items[i], atoms.items[i].dim ? y : x, atoms.items[i].dim ? y : x) == YES;
			for (int o = 0; o < 3; o++) {
				enum tri t = on_box(test, x, x, y, y, (uint64_t)1 << o);
				ck_assert(inside || t == NO);
				ck_assert(!inside || !test_is_product(test) || t == YES);
			}
		}
}

START_TEST(conditions_keep_their_meaning_on_boxes)
{
	struct regions *r = regions_new(arena, &model, &(struct limits){ 0 });
	for (int i = 0; i < 150; i++) {
		const struct cond *cond = random_cond(3);
		const struct test *yes = test_make(r, cond, true), *no = test_make(r, cond, false);
		struct cond negated = { .kind = COND_NOT, .parts = (struct cond *[]){ (struct cond *)cond }, .part_count = 1 };
		test_agrees(cond, yes);
		test_agrees(&negated, no);
		atoms_surround(yes);
	}
}
END_TEST

/* ---- what boxes leave of a box ---- */

enum { SIDE = 6, BOXES = 12 };
static const int64_t widths[] = { SIDE, 3, 200, 2 };   /* 200: of more stretches than a word has bits */
enum { DIMS = sizeof widths / sizeof *widths };

static struct ranges box_sets[BOXES][DIMS];
static size_t box_count;

/* One range or two, that neither meet nor touch; now and then all values. */
static struct ranges random_set(int64_t width)
{
	struct ranges set = { arena_new_array(arena, struct range, 2), 0 };
	int64_t low = below(3) ? below(width) : 0, high = below(3) ? low + below(width - low) : width - 1;
	set.items[set.count++] = (struct range){ low, high };
	if (high + 2 < width && below(2))
		set.items[set.count++] = (struct range){ high + 2, high + 2 + below(width - high - 2) };
	return set;
}

static bool set_has(const struct ranges *set, int64_t value)
{
	for (size_t i = 0; i < set->count; i++)
		if (value >= set->items[i].low && value <= set->items[i].high)
			return true;
	return false;
}

/* Box 0 is the part; points of it that no other has, one by one. */
static uint64_t points_left(void)
{
	uint64_t left = 0;
	int64_t x[DIMS];
	for (x[0] = 0; x[0] < widths[0]; x[0]++)
		for (x[1] = 0; x[1] < widths[1]; x[1]++)
			for (x[2] = 0; x[2] < widths[2]; x[2]++)
				for (x[3] = 0; x[3] < widths[3]; x[3]++) {
					bool alone = true;
					for (size_t b = 0; b < box_count && alone; b++) {
						bool in = true;
						for (size_t k = 0; k < DIMS && in; k++)
							in = set_has(&box_sets[b][k], x[k]);
						alone = in == (b == 0);
					}
					left += alone;
				}
	return left;
}

static uint64_t *mask_of(const struct grid *g, size_t box)
{
	uint64_t *mask = arena_new_array(arena, uint64_t, g->words);
	for (size_t k = 0; k < DIMS; k++)
		for (size_t i = 0; i < box_sets[box][k].count; i++)
			grid_add(g, mask, k, box_sets[box][k].items[i].low, box_sets[box][k].items[i].high);
	return mask;
}

static void make_grid(struct grid *g)
{
	grid_start(g, arena);
	for (size_t k = 0; k < DIMS; k++)
		grid_dim(g, 0, widths[k] - 1);
	for (size_t b = 0; b < box_count; b++)
		for (size_t k = 0; k < DIMS; k++)
			grid_edges(g, k, &box_sets[b][k]);
	grid_divide(g);
}

START_TEST(boxes_leave_the_points_that_none_has)
{
	struct regions *r = regions_new(arena, &model, &(struct limits){ 0 });
	struct grid g = { 0 };
	int some = 0, none = 0;
	for (int i = 0; i < 1500; i++) {
		box_count = 1 + (size_t)below(BOXES);
		for (size_t b = 0; b < box_count; b++)
			for (size_t k = 0; k < DIMS; k++)
				box_sets[b][k] = random_set(widths[k]);
		make_grid(&g);
		struct natural counted = grid_natural(&g, arena), expected = grid_natural(&g, arena);
		const uint64_t *part = mask_of(&g, 0), *masks[BOXES];
		for (size_t b = 1; b < box_count; b++)
			grid_piece(&g, masks[b] = mask_of(&g, b));
		ck_assert(grid_volume(&g, r, part, &counted));
		natural_set(&expected, points_left());
		ck_assert_msg(natural_equal(&counted, &expected), "%s and not %s points", natural_text(arena, &counted),
			      natural_text(arena, &expected));
		for (size_t b = 1; b < box_count; b++)
			grid_piece(&g, masks[b]);
		ck_assert_int_eq(grid_leaves(&g, r, part), expected.size ? REPLY_YES : REPLY_NO);
		some += expected.size > 0;
		none += expected.size == 0;
	}
	ck_assert_int_gt(some, 100);
	ck_assert_int_gt(none, 100);
}
END_TEST

/* Two slabs across dimensions of all 2^64 values leave (2^64 - 1)^2. */
START_TEST(what_is_left_may_be_more_than_a_word)
{
	struct regions *r = regions_new(arena, &model, &(struct limits){ 0 });
	const struct ranges zero = { &(struct range){ 0, 0 }, 1 };
	struct grid g = { 0 };
	grid_start(&g, arena);
	for (size_t k = 0; k < 2; k++) {
		grid_dim(&g, INT64_MIN, INT64_MAX);
		grid_edges(&g, k, &zero);
	}
	grid_divide(&g);
	struct natural n = grid_natural(&g, arena);
	uint64_t *all = arena_new_array(arena, uint64_t, g.words), *slabs[2];
	grid_fill(&g, all);
	ck_assert(grid_volume(&g, r, all, &n));
	ck_assert_str_eq(natural_text(arena, &n), "340282366920938463463374607431768211456");
	for (size_t k = 0; k < 2; k++) {
		slabs[k] = arena_new_array(arena, uint64_t, g.words);
		grid_fill(&g, slabs[k]);
		grid_none(&g, slabs[k], k);
		grid_add(&g, slabs[k], k, 0, 0);
		grid_piece(&g, slabs[k]);
	}
	ck_assert(grid_volume(&g, r, all, &n));
	ck_assert_str_eq(natural_text(arena, &n), "340282366920938463426481119284349108225");
}
END_TEST

START_TEST(memory_counts_from_where_it_was)
{
	enum { MEGABYTE = 1 << 20, ASKED = 256 };
	(void)arena_alloc_unset(arena, 8 * MEGABYTE);
	struct regions *r = regions_new(arena, &model, &(struct limits){ .bytes = 4 * MEGABYTE });
	for (int i = 0; i < ASKED; i++)
		ck_assert(regions_spend(r));
	(void)arena_alloc_unset(arena, 8 * MEGABYTE);
	for (int i = 1; i < ASKED; i++)
		ck_assert(regions_spend(r));
	ck_assert(!regions_spend(r) && regions_ended(r));
}
END_TEST

START_TEST(a_limit_ends_what_is_asked_of_boxes)
{
	struct regions *r = regions_new(arena, &model, &(struct limits){ .nodes = 1 });
	struct grid g = { 0 };
	struct range whole[DIMS];
	box_count = 1;
	for (size_t k = 0; k < DIMS; k++) {
		whole[k] = (struct range){ 0, widths[k] - 1 };
		box_sets[0][k] = (struct ranges){ &whole[k], 1 };
	}
	make_grid(&g);
	struct natural n = grid_natural(&g, arena);
	ck_assert_int_eq(grid_leaves(&g, r, mask_of(&g, 0)), REPLY_YES);
	ck_assert_int_eq(grid_leaves(&g, r, mask_of(&g, 0)), REPLY_ENDED);
	ck_assert(!grid_volume(&g, r, mask_of(&g, 0), &n));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("regions");
	TCase *tests = tcase_create("pieces");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, start, stop);
	tcase_add_test(tests, counts_grow_beyond_any_word);
	tcase_add_test(tests, pairs_are_counted_without_listing_them);
	tcase_add_test(tests, sets_are_sets);
	tcase_add_test(tests, conditions_keep_their_meaning_on_boxes);
	tcase_add_test(tests, boxes_leave_the_points_that_none_has);
	tcase_add_test(tests, what_is_left_may_be_more_than_a_word);
	tcase_add_test(tests, a_limit_ends_what_is_asked_of_boxes);
	tcase_add_test(tests, memory_counts_from_where_it_was);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
