/* Aiming cases: a condition is made to hold, or not to, by setting facts to the ends of its ranges. What one part sets
 * another may undo; the case is then beside the mark, which is a case as well. */
#include "verify/boundary.h"

#include <stdlib.h>
#include <string.h>

typedef VEC(int64_t) value_list;

struct boundary {
	struct arena *arena;
	const struct book *book;
	value_list *bounds; /* per fact: values at which some condition changes */
	struct book_case probe;
	int64_t *values; /* being made */
	uint64_t state;
	unsigned depth;
	uint32_t *aimed; /* facts that were aimed at, the first `aimed_count` of them */
	size_t aimed_count;
};

enum { AIM_DEPTH = 64, REPAIRS = 4, LIMIT_BOUNDS = 1 << 16, LIMIT_AIMED = 256 };

/* xorshift64* (Vigna 2016): any fixed sequence would do. */
static uint64_t draw(struct boundary *b, uint64_t below)
{
	b->state ^= b->state >> 12;
	b->state ^= b->state << 25;
	b->state ^= b->state >> 27;
	return ((b->state * UINT64_C(2685821657736338717)) >> 16) % below;
}

/* ---- bounds ---- */

static void add_bound(struct boundary *b, uint32_t fact, int64_t value, int step)
{
	const struct book_fact *f = &b->book->facts.items[fact];
	if (value < f->low || value > f->high || b->bounds[fact].count >= LIMIT_BOUNDS)
		return;
	if ((step < 0 && value == f->low) || (step > 0 && value == f->high))
		return;
	value += step;
	vec_push(b->arena, &b->bounds[fact], value);
}

static void collect(struct boundary *b, const struct book_cond *cond)
{
	if (!cond)
		return;
	for (size_t i = 0; cond->kind == BOOK_TEST_FACT && i < cond->ranges.count; i++) {
		add_bound(b, cond->subject, cond->ranges.items[i].low, -1);
		add_bound(b, cond->subject, cond->ranges.items[i].low, 0);
		add_bound(b, cond->subject, cond->ranges.items[i].high, 0);
		add_bound(b, cond->subject, cond->ranges.items[i].high, 1);
	}
	for (size_t i = 0; i < cond->parts.count; i++)
		collect(b, cond->parts.items[i]);
}

static int compare_values(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
	return (a > b) - (a < b);
}

static void sort_bounds(struct boundary *b, uint32_t fact)
{
	value_list *list = &b->bounds[fact];
	size_t kept = 0;
	add_bound(b, fact, b->book->facts.items[fact].low, 0);
	add_bound(b, fact, b->book->facts.items[fact].high, 0);
	qsort(list->items, list->count, sizeof *list->items, compare_values);
	for (size_t i = 0; i < list->count; i++) {
		if (kept == 0 || list->items[kept - 1] != list->items[i])
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

struct boundary *boundary_new_in(struct arena *arena, const struct book *book)
{
	struct boundary *b = arena_new_of(arena, struct boundary);
	b->arena = arena;
	b->book = book;
	b->bounds = arena_new_array(arena, value_list, book->facts.count + 1);
	b->aimed = arena_new_array(arena, uint32_t, LIMIT_AIMED);
	book_case_init(&b->probe, book);
	for (size_t i = 0; i < book->definitions.count; i++)
		collect(b, book->definitions.items[i].cond);
	for (size_t i = 0; i < book->constraints.count; i++) {
		collect(b, book->constraints.items[i].when);
		collect(b, book->constraints.items[i].then);
	}
	for (size_t i = 0; i < book->rules.count; i++) {
		collect(b, book->rules.items[i].when);
		collect(b, book->rules.items[i].except);
	}
	for (uint32_t i = 0; i < book->facts.count; i++)
		sort_bounds(b, i);
	return b;
}

/* ---- aiming ---- */

static int64_t any_value(struct boundary *b, uint32_t fact)
{
	const struct book_fact *f = &b->book->facts.items[fact];
	uint64_t members = f->members.count;
	if (f->kind == BOOK_SET)
		return draw(b, 3) > 0 ? (int64_t)(UINT64_C(1) << draw(b, members)) : draw(b, 2) ? f->high : 0;
	if (f->kind == BOOK_ENUMERATION)
		return (int64_t)draw(b, members);
	return b->bounds[fact].items[draw(b, b->bounds[fact].count)];
}

static void aim_at_fact(struct boundary *b, const struct book_cond *test, bool wanted)
{
	const struct book_fact *f = &b->book->facts.items[test->subject];
	if (b->aimed_count < LIMIT_AIMED)
		b->aimed[b->aimed_count++] = test->subject;
	if (wanted && test->ranges.count > 0) {
		const struct book_range *range = &test->ranges.items[draw(b, test->ranges.count)];
		int64_t value = draw(b, 2) ? range->low : range->high;
		b->values[test->subject] = value < f->low ? f->low : value > f->high ? f->high : value;
		return;
	}
	for (int tries = 0; tries < 8; tries++) {
		b->values[test->subject] = any_value(b, test->subject);
		if (!book_cond_has(test, b->values[test->subject]))
			return;
	}
}

static void aim_at_member(struct boundary *b, const struct book_cond *test, bool wanted)
{
	uint64_t bit = UINT64_C(1) << test->member;
	uint64_t word = (uint64_t)b->values[test->subject];
	bool contained = book_cond_has(test, 1) == wanted;
	b->values[test->subject] = (int64_t)(contained ? word | bit : word & ~bit);
}

static void aim(struct boundary *b, const struct book_cond *cond, bool wanted);

/* By some rule that gives one of the outcomes, or, unwanted, one of the others. */
static void aim_at_decision(struct boundary *b, const struct book_cond *test, bool wanted)
{
	size_t count = b->book->rules.count, start = count > 0 ? draw(b, count) : 0;
	for (size_t i = 0; i < count; i++) {
		const struct book_rule *rule = &b->book->rules.items[(start + i) % count];
		if (rule->decision != test->subject || book_cond_has(test, rule->outcome) != wanted)
			continue;
		aim(b, rule->when, true);
		if (rule->except)
			aim(b, rule->except, false);
		return;
	}
}

static void aim_at_parts(struct boundary *b, const struct book_cond *cond, bool every, bool wanted)
{
	if (cond->parts.count == 0)
		return;
	if (!every) {
		aim(b, cond->parts.items[draw(b, cond->parts.count)], wanted);
		return;
	}
	for (size_t i = 0; i < cond->parts.count; i++)
		aim(b, cond->parts.items[i], wanted);
}

static void aim(struct boundary *b, const struct book_cond *cond, bool wanted)
{
	if (b->depth >= AIM_DEPTH)
		return;
	b->depth++;
	switch (cond->kind) {
	case BOOK_TRUE:
	case BOOK_FALSE: break;
	case BOOK_ALL:
	case BOOK_ANY: aim_at_parts(b, cond, (cond->kind == BOOK_ALL) == wanted, wanted); break;
	case BOOK_NOT: aim(b, cond->parts.items[0], !wanted); break;
	case BOOK_TEST_FACT: aim_at_fact(b, cond, wanted); break;
	case BOOK_TEST_MEMBER: aim_at_member(b, cond, wanted); break;
	case BOOK_TEST_DECISION: aim_at_decision(b, cond, wanted); break;
	case BOOK_USE: aim(b, b->book->definitions.items[cond->subject].cond, wanted); break;
	}
	b->depth--;
}

/* ---- cases ---- */

static void keep_constraints(struct boundary *b)
{
	bool broken = true;
	for (int repairs = 0; broken && repairs < REPAIRS; repairs++) {
		broken = false;
		for (uint32_t i = 0; i < b->book->constraints.count; i++) {
			const struct book_constraint *it = &b->book->constraints.items[i];
			book_case_start(&b->probe, b->values);
			if (book_constraint_holds(&b->probe, i))
				continue;
			broken = true;
			if (it->when && draw(b, 3) == 0)
				aim(b, it->when, false);
			else
				aim(b, it->then, true);
		}
	}
}

/* One number, aimed at before, one step up or down. */
static void step_beside(struct boundary *b)
{
	uint32_t any = (uint32_t)draw(b, b->book->facts.count);
	uint32_t fact = b->aimed_count > 0 ? b->aimed[draw(b, b->aimed_count)] : any;
	const struct book_fact *f = &b->book->facts.items[fact];
	int64_t *value = &b->values[fact];
	if (f->kind == BOOK_SET)
		*value = any_value(b, fact);
	else if (*value < f->high && (*value == f->low || draw(b, 2)))
		*value += 1;
	else if (*value > f->low)
		*value -= 1;
}

static void aim_at_rule(struct boundary *b, const struct book_rule *rule, unsigned round)
{
	aim(b, rule->when, true);
	if (rule->except)
		aim(b, rule->except, round % 4 == 2);
	keep_constraints(b);
}

/* A constraint is left as it is aimed: kept at its bounds, or broken there. */
static void aim_at_constraint(struct boundary *b, const struct book_constraint *constraint, unsigned round)
{
	keep_constraints(b);
	b->aimed_count = 0;
	if (constraint->when)
		aim(b, constraint->when, true);
	aim(b, constraint->then, round % 4 != 2);
}

size_t boundary_targets(const struct boundary *b)
{
	return b->book->rules.count + b->book->constraints.count;
}

void boundary_aim(struct boundary *b, size_t target, unsigned round, int64_t *values)
{
	size_t rules = b->book->rules.count;
	b->values = values;
	b->state = UINT64_C(0x9e3779b97f4a7c15) * (target + 1) + round + 1;
	for (uint32_t i = 0; i < b->book->facts.count; i++)
		values[i] = any_value(b, i);
	b->aimed_count = 0;
	if (round % 4 == 3)
		keep_constraints(b); /* a mixture of bounds */
	else if (target < rules)
		aim_at_rule(b, &b->book->rules.items[target], round);
	else
		aim_at_constraint(b, &b->book->constraints.items[target - rules], round);
	if (round % 4 == 1 && b->book->facts.count > 0)
		step_beside(b);
}
