/* Where constraints leave cases: boxes without what they exclude.
 *
 * note [narrow] No case lies where a constraint is false. Where all parts but one of an "or" are false on a box, that
 * part must be true, and the box shrinks to where it can be; so do others then, until none does. What is cut off holds
 * no case: it is put back when the search leaves the box. Where places that are no cases count (`negated`), nothing is
 * cut. */
#include "regions/search.h"

static void shrink(struct search *s, unsigned side, uint32_t dim, struct range to)
{
	bool own = side && dim == s->pair_dim;
	uint32_t of_search = own ? s->extra : dim;
	vec_push(s->arena, &s->trail,
		 ((struct interval){ of_search, search_low(s, of_search), search_high(s, of_search) }));
	search_interval(s, of_search, to.low, to.high);
	for (unsigned i = 0; i < s->sides; i++)
		if (i == side || dim != s->pair_dim)
			s->shrunk[i] |= dim_bit(dim);
}

static bool narrow_atom(struct search *s, unsigned side, const struct atom *atom)
{
	int64_t low = s->boxes[side].low[atom->dim], high = s->boxes[side].high[atom->dim];
	const struct range *first = atom->ranges.items, *last = first + atom->ranges.count - 1;
	if (high < atom->low || low > atom->high)
		return false;
	while (first->high < low)
		first++;
	while (last->low > high)
		last--;
	bool meets = first <= last;
	if (meets && (first->low > low || last->high < high))
		shrink(s, side, atom->dim,
		       (struct range){ first->low > low ? first->low : low, last->high < high ? last->high : high });
	return meets;
}

/* To where the test can be true; false: nowhere. */
static bool narrow_test(struct search *s, unsigned side, const struct test *test)
{
	const struct test *left = NULL;
	bool can = true;
	switch (test->kind) {
	case TEST_NO: return false;
	case TEST_YES:
	case TEST_DECISION: return true;
	case TEST_ATOM: return narrow_atom(s, side, &test->atom);
	case TEST_AND:
		for (size_t i = 0; i < test->part_count && can; i++)
			can = narrow_test(s, side, test->parts[i]);
		return can;
	case TEST_OR: break;
	}
	for (size_t i = 0; i < test->part_count; i++) {
		enum tri t = test_on(test->parts[i], &s->boxes[side]);
		if (t == YES || (t == MAYBE && left))
			return true;
		if (t == MAYBE)
			left = test->parts[i];
	}
	return left && narrow_test(s, side, left);
}

bool narrow_box(struct search *s, size_t level)
{
	uint64_t fresh[2] = { moved_dims(s, 0), moved_dims(s, 1) };
	do {
		s->shrunk[0] = s->shrunk[1] = 0;
		for (unsigned side = 0; side < 2 && side < s->sides; side++) {
			const struct list list = *level_list(s, level, side);
			for (uint32_t i = 0; i < list.count; i++) {
				const struct test *test = s->constraints.items[s->pool.items[list.first + i]];
				if ((test->dims & (fresh[side] | s->shrunk[side])) && !narrow_test(s, side, test))
					return false;
			}
		}
		for (unsigned side = 0; side < 2; side++) {
			fresh[side] = s->shrunk[side];
			s->cut_dims[side] |= s->shrunk[side];
		}
	} while (fresh[0] | fresh[1]);
	return true;
}

void narrow_undo(struct search *s, size_t count)
{
	while (s->trail.count > count) {
		struct interval i = s->trail.items[--s->trail.count];
		search_interval(s, i.dim, i.low, i.high);
	}
}
