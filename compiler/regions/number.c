/* Counts of cases: naturals of any size. mpn and not mpz, because these keep their limbs in the arena: when memory ends
 * the arena jumps away (support/arena.h), and nothing of a library's may be held then. */
#include "regions/search.h"

#include <assert.h>
#include <string.h>

static_assert(GMP_NUMB_BITS == 64, "a limb holds a dimension");

__extension__ typedef unsigned __int128 wide;

struct natural natural_new(struct arena *arena, size_t factors)
{
	mp_size_t capacity = (mp_size_t)factors + 3;
	return (struct natural){ arena_new_array(arena, mp_limb_t, (size_t)capacity), 0, capacity };
}

void natural_set(struct natural *n, uint64_t value)
{
	n->limbs[0] = value;
	n->size = value != 0;
}

void natural_multiply(struct natural *n, uint64_t less_one)
{
	if (n->size == 0 || less_one == 0)
		return;
	if (less_one == UINT64_MAX) {
		assert(n->size < n->capacity);
		memmove(n->limbs + 1, n->limbs, (size_t)n->size * sizeof *n->limbs);
		n->limbs[0] = 0;
		n->size++;
		return;
	}
	mp_limb_t carry = mpn_mul_1(n->limbs, n->limbs, n->size, less_one + 1);
	if (carry) {
		assert(n->size < n->capacity);
		n->limbs[n->size++] = carry;
	}
}

void natural_add(struct natural *n, const struct natural *more)
{
	if (more->size == 0)
		return;
	while (n->size < more->size)
		n->limbs[n->size++] = 0;
	mp_limb_t carry = mpn_add(n->limbs, n->limbs, n->size, more->limbs, more->size);
	if (carry) {
		assert(n->size < n->capacity);
		n->limbs[n->size++] = carry;
	}
}

void natural_product(struct natural *out, const struct natural *a, const struct natural *b)
{
	out->size = 0;
	if (a->size == 0 || b->size == 0)
		return;
	const struct natural *more = a->size >= b->size ? a : b, *less = a->size >= b->size ? b : a;
	assert(a->size + b->size <= out->capacity);
	mpn_mul(out->limbs, more->limbs, more->size, less->limbs, less->size);
	out->size = a->size + b->size;
	while (out->limbs[out->size - 1] == 0)
		out->size--;
}

void natural_subtract(struct natural *n, const struct natural *less)
{
	if (less->size == 0)
		return;
	mpn_sub(n->limbs, n->limbs, n->size, less->limbs, less->size);
	while (n->size > 0 && n->limbs[n->size - 1] == 0)
		n->size--;
}

bool natural_equal(const struct natural *a, const struct natural *b)
{
	return a->size == b->size && (a->size == 0 || mpn_cmp(a->limbs, b->limbs, a->size) == 0);
}

const char *natural_text(struct arena *arena, const struct natural *n)
{
	size_t digits = (size_t)n->size * 20 + 2, at = 0;
	unsigned char *text = arena_alloc(arena, digits);
	mp_limb_t *copy = arena_new_array(arena, mp_limb_t, (size_t)n->size);
	if (n->size == 0)
		return "0";
	memcpy(copy, n->limbs, (size_t)n->size * sizeof *copy);
	size_t count = mpn_get_str(text, 10, copy, n->size);
	while (at + 1 < count && text[at] == 0)
		at++;
	for (size_t i = at; i < count; i++)
		text[i] = (unsigned char)(text[i] + '0');
	text[count] = '\0';
	return (const char *)text + at;
}

/* Numbers from a to b, 0 when a > b. */
static wide stretch(int64_t a, int64_t b)
{
	return a > b ? 0 : (wide)((uint64_t)b - (uint64_t)a) + 1;
}

/* x below all of y each meet the whole of y; an x inside y meets those above it: d - x, an arithmetic series. */
static wide pairs(struct range x, struct range y)
{
	int64_t below = x.high < y.low ? x.high : y.low - 1;
	wide sum = y.low > x.low ? stretch(x.low, below) * stretch(y.low, y.high) : 0;
	int64_t first = x.low > y.low ? x.low : y.low, last = x.high;
	if (y.high == INT64_MIN)
		return sum;
	if (last > y.high - 1)
		last = y.high - 1;
	if (first > last)
		return sum;
	wide count = stretch(first, last), ends = (stretch(first, y.high) - 1) + (stretch(last, y.high) - 1);
	return sum + (count % 2 ? ends / 2 * count : count / 2 * ends);
}

void natural_multiply_pairs(struct natural *n, struct natural *scratch, struct range x, struct range y)
{
	wide by = pairs(x, y);
	mp_limb_t low = (mp_limb_t)by, high = (mp_limb_t)(by >> 64);
	scratch->size = 0;
	if (n->size && high) {
		scratch->limbs[0] = 0;
		memcpy(scratch->limbs + 1, n->limbs, (size_t)n->size * sizeof *n->limbs);
		scratch->size = n->size + 1;
		natural_multiply(scratch, high - 1);
	}
	if (low)
		natural_multiply(n, low - 1);
	else
		n->size = 0;
	natural_add(n, scratch);
}
