/* What pieces leave of a part: whether anything, and how much. note [grid] */
#include "regions/grid.h"

#include <string.h>

enum { SAMPLED = 24 };               /* pieces whose sets are weighed as cuts */

struct grid_frame {                  /* a part under way, at its depth */
	uint64_t *part;
	struct piece *pieces;
	size_t words, capacity;      /* of these two */
	uint64_t changed;            /* dimensions in which the part is another than the one it was cut from */
	struct natural count, sum, scratch;     /* of a volume */
};

struct asking {
	struct grid *grid;
	struct regions *regions;
	bool counting;
};

static void size_frame(struct grid *g, struct grid_frame *f, size_t pieces)
{
	if (f->words < g->words) {
		f->words = g->words * 2;
		f->part = arena_new_array(g->arena, uint64_t, f->words);
	}
	if (f->capacity < pieces) {
		f->capacity = pieces * 2;
		f->pieces = arena_new_array(g->arena, struct piece, f->capacity);
	}
}

struct natural grid_natural(const struct grid *g, struct arena *arena)
{
	return natural_new(arena, 2 * g->dims + 2);
}

static void size_numbers(struct grid *g, struct grid_frame *f)
{
	if (f->count.capacity >= (mp_size_t)(2 * g->dims + 2))
		return;
	f->count = grid_natural(g, g->arena);
	f->sum = grid_natural(g, g->arena);
	f->scratch = grid_natural(g, g->arena);
}

static struct grid_frame *frame_of(const struct asking *a, size_t depth, size_t pieces)
{
	struct grid *g = a->grid;
	if (depth == g->frames.count)
		vec_push(g->arena, &g->frames, arena_new_of(g->arena, struct grid_frame));
	struct grid_frame *f = g->frames.items[depth];
	size_frame(g, f, pieces);
	if (a->counting)
		size_numbers(g, f);
	return f;
}

/* ---- what a part leaves of the pieces ---- */

/* Whether the mask has all of the part in the dimension, some, or nothing. */
static enum tri reaches(const struct grid *g, const uint64_t *part, const uint64_t *mask, size_t dim)
{
	uint64_t some = 0, rest = 0;
	for (size_t w = g->first[dim]; w < g->first[dim + 1]; w++) {
		some |= part[w] & mask[w];
		rest |= part[w] & ~mask[w];
	}
	return !some ? NO : rest ? MAYBE : YES;
}

/* false: the piece does not meet the part. */
static bool look_at(const struct grid *g, const uint64_t *part, struct piece *piece, uint64_t changed)
{
	for (uint64_t dims = piece->open & changed; dims; dims &= dims - 1) {
		enum tri t = reaches(g, part, piece->mask, (size_t)__builtin_ctzll(dims));
		if (t == NO)
			return false;
		if (t == YES)
			piece->open &= ~(dims & -dims);
	}
	return true;
}

/* Of a piece with one open dimension; false: nothing is left. */
static bool take_stretches(const struct grid *g, uint64_t *part, const struct piece *piece)
{
	size_t dim = (size_t)__builtin_ctzll(piece->open);
	uint64_t left = 0;
	for (size_t w = g->first[dim]; w < g->first[dim + 1]; w++)
		left |= part[w] &= ~piece->mask[w];
	return left != 0;
}

/* Drops pieces outside the part and those that only take stretches away; false: the part is covered. */
static bool simplify(const struct grid *g, struct grid_frame *f, size_t *count)
{
	while (f->changed) {
		uint64_t changed = f->changed;
		size_t kept = 0;
		f->changed = 0;
		for (size_t i = 0; i < *count; i++) {
			struct piece piece = f->pieces[i];
			if (!look_at(g, f->part, &piece, changed))
				continue;
			if (piece.open == 0)
				return false;
			if (piece.open & (piece.open - 1)) {
				f->pieces[kept++] = piece;
				continue;
			}
			if (!take_stretches(g, f->part, &piece))
				return false;
			f->changed |= piece.open;
		}
		*count = kept;
	}
	return true;
}

/* Moves the pieces that depend on each other to the front; gives how many, and their dimensions. */
static size_t take_group(struct piece *pieces, size_t count, uint64_t *dims)
{
	size_t taken = 1;
	*dims = pieces[0].open;
	for (bool more = true; more;) {
		more = false;
		for (size_t i = taken; i < count; i++) {
			struct piece piece = pieces[i];
			if (!(piece.open & *dims))
				continue;
			*dims |= piece.open;
			pieces[i] = pieces[taken];
			pieces[taken++] = piece;
			more = true;
		}
	}
	return taken;
}

/* ---- where to cut ---- */

/* Pieces with few open dimensions are soon stretches only: with two after one cut. */
static size_t weight_of(uint64_t open)
{
	uint64_t rest = open & (open - 1);
	rest &= rest - 1;
	if (!rest)
		return 4;
	return rest & (rest - 1) ? 1 : 2;
}

static size_t busiest(const struct piece *pieces, size_t count, uint64_t dims)
{
	size_t best = 0, most = 0;
	for (; dims; dims &= dims - 1) {
		size_t weight = 0;
		for (size_t i = 0; i < count; i++)
			if (pieces[i].open & dims & -dims)
				weight += weight_of(pieces[i].open);
		if (weight > most) {
			most = weight;
			best = (size_t)__builtin_ctzll(dims);
		}
	}
	return best;
}

struct halves {
	size_t inside, outside;      /* pieces left when the part is cut by a set */
};

static struct halves weigh(const struct grid *g, const uint64_t *part, const struct piece *pieces, size_t count,
			   size_t dim, const uint64_t *set)
{
	struct halves h = { 0, 0 };
	for (size_t i = 0; i < count; i++) {
		const struct piece *piece = &pieces[i];
		uint64_t in = 0, out = 0, in_rest = 0, out_rest = 0;
		if (!(piece->open >> dim & 1)) {
			h.inside++;
			h.outside++;
			continue;
		}
		for (size_t w = g->first[dim]; w < g->first[dim + 1]; w++) {
			uint64_t has = part[w] & piece->mask[w], lacks = part[w] & ~piece->mask[w];
			in |= has & set[w];
			out |= has & ~set[w];
			in_rest |= lacks & set[w];
			out_rest |= lacks & ~set[w];
		}
		bool is_last = weight_of(piece->open) == 4;
		h.inside += in && (in_rest || !is_last);
		h.outside += out && (out_rest || !is_last);
	}
	return h;
}

static bool is_better(struct halves a, struct halves b)
{
	size_t x = a.inside > a.outside ? a.inside : a.outside, y = b.inside > b.outside ? b.inside : b.outside;
	return x != y ? x < y : a.inside + a.outside < b.inside + b.outside;
}

/* The piece by whose set in the dimension to cut. */
static const struct piece *choose(const struct grid *g, const uint64_t *part, const struct piece *pieces, size_t count,
				  size_t dim)
{
	const struct piece *best = NULL;
	struct halves least = { 0, 0 };
	size_t step = (count + SAMPLED - 1) / SAMPLED, candidate = 0;
	for (size_t i = 0; i < count; i++) {
		if (!(pieces[i].open >> dim & 1) || candidate++ % step)
			continue;
		struct halves h = weigh(g, part, pieces, count, dim, pieces[i].mask);
		if (!best || is_better(h, least)) {
			best = &pieces[i];
			least = h;
		}
	}
	return best;
}

/* The part inside or outside of the set, with the pieces, at the next depth. */
static void make_half(const struct asking *a, size_t depth, const struct piece *pieces, size_t count, size_t dim,
		      const uint64_t *set, bool inside)
{
	const struct grid *g = a->grid;
	struct grid_frame *half = frame_of(a, depth + 1, count);
	memcpy(half->part, g->frames.items[depth]->part, g->words * sizeof *half->part);
	memcpy(half->pieces, pieces, count * sizeof *pieces);
	for (size_t w = g->first[dim]; w < g->first[dim + 1]; w++)
		half->part[w] &= inside ? set[w] : ~set[w];
	half->changed = (uint64_t)1 << dim;
}

/* ---- whether anything is left ---- */

static enum reply leaves(const struct asking *a, size_t depth, size_t count);

static enum reply group_leaves(const struct asking *a, size_t depth, const struct piece *pieces, size_t count,
			       uint64_t dims)
{
	const struct grid_frame *f = a->grid->frames.items[depth];
	size_t dim = busiest(pieces, count, dims);
	const uint64_t *set = choose(a->grid, f->part, pieces, count, dim)->mask;
	make_half(a, depth, pieces, count, dim, set, false);
	enum reply reply = leaves(a, depth + 1, count);
	if (reply != REPLY_NO)
		return reply;
	make_half(a, depth, pieces, count, dim, set, true);
	return leaves(a, depth + 1, count);
}

static enum reply leaves(const struct asking *a, size_t depth, size_t count)
{
	struct grid_frame *f = a->grid->frames.items[depth];
	if (!regions_spend(a->regions))
		return REPLY_ENDED;
	if (!simplify(a->grid, f, &count))
		return REPLY_NO;
	for (size_t at = 0; at < count;) {
		uint64_t dims;
		size_t taken = take_group(f->pieces + at, count - at, &dims);
		if (taken > 1) {     /* one that is open in two dimensions leaves something */
			enum reply reply = group_leaves(a, depth, f->pieces + at, taken, dims);
			if (reply != REPLY_YES)
				return reply;
		}
		at += taken;
	}
	return REPLY_YES;
}

/* ---- how much is left ---- */

static void multiply_width(const struct grid *g, struct natural *n, const uint64_t *mask, const uint64_t *within,
			   size_t dim)
{
	uint64_t less_one = UINT64_MAX;
	for (size_t w = g->first[dim]; w < g->first[dim + 1]; w++)
		for (uint64_t bits = mask[w] & within[w]; bits; bits &= bits - 1) {
			size_t bit = w * 64 + (size_t)__builtin_ctzll(bits);
			less_one += (uint64_t)grid_last(g, dim, bit) - (uint64_t)grid_value(g, bit) + 1;
		}
	natural_multiply(n, less_one);
}

static void multiply_widths(const struct grid *g, struct natural *n, const uint64_t *mask, const uint64_t *within,
			    uint64_t dims)
{
	for (; dims; dims &= dims - 1)
		multiply_width(g, n, mask, within, (size_t)__builtin_ctzll(dims));
}

static bool volume(const struct asking *a, size_t depth, size_t count, uint64_t dims);

/* Into the frame's sum. */
static bool group_volume(const struct asking *a, size_t depth, const struct piece *pieces, size_t count, uint64_t dims)
{
	const struct grid *g = a->grid;
	struct grid_frame *f = g->frames.items[depth];
	if (count == 1) {
		natural_set(&f->sum, 1);
		multiply_widths(g, &f->sum, f->part, f->part, dims);
		natural_set(&f->scratch, 1);
		multiply_widths(g, &f->scratch, f->part, pieces[0].mask, dims);
		natural_subtract(&f->sum, &f->scratch);
		return true;
	}
	size_t dim = busiest(pieces, count, dims);
	const uint64_t *set = choose(g, f->part, pieces, count, dim)->mask;
	natural_set(&f->sum, 0);
	for (int inside = 0; inside < 2; inside++) {
		make_half(a, depth, pieces, count, dim, set, inside);
		if (!volume(a, depth + 1, count, dims))
			return false;
		natural_add(&f->sum, &g->frames.items[depth + 1]->count);
	}
	return true;
}

/* Over the dimensions given; into the frame's count. */
static bool volume(const struct asking *a, size_t depth, size_t count, uint64_t dims)
{
	const struct grid *g = a->grid;
	struct grid_frame *f = g->frames.items[depth];
	uint64_t used = 0;
	if (!regions_spend(a->regions))
		return false;
	natural_set(&f->count, 0);
	if (!simplify(g, f, &count))
		return true;
	natural_set(&f->count, 1);
	for (size_t i = 0; i < count; i++)
		used |= f->pieces[i].open;
	multiply_widths(g, &f->count, f->part, f->part, dims & ~used);
	for (size_t at = 0; at < count && f->count.size > 0;) {
		size_t taken = take_group(f->pieces + at, count - at, &used);
		if (!group_volume(a, depth, f->pieces + at, taken, used))
			return false;
		natural_product(&f->scratch, &f->count, &f->sum);
		struct natural product = f->scratch;
		f->scratch = f->count;
		f->count = product;
		at += taken;
	}
	return true;
}

/* ---- questions ---- */

void grid_piece(struct grid *g, const uint64_t *mask)
{
	uint64_t all = g->dims == GRID_DIMS ? UINT64_MAX : ((uint64_t)1 << g->dims) - 1;
	vec_push(g->arena, &g->pieces, ((struct piece){ mask, all }));
}

static size_t begin(const struct asking *a, const uint64_t *part)
{
	struct grid *g = a->grid;
	size_t count = g->pieces.count;
	struct grid_frame *f = frame_of(a, 0, count);
	memcpy(f->part, part, g->words * sizeof *part);
	if (count)
		memcpy(f->pieces, g->pieces.items, count * sizeof *f->pieces);
	f->changed = UINT64_MAX;
	g->pieces.count = 0;
	return count;
}

enum reply grid_leaves(struct grid *g, struct regions *r, const uint64_t *part)
{
	const struct asking a = { g, r, false };
	return leaves(&a, 0, begin(&a, part));
}

bool grid_volume(struct grid *g, struct regions *r, const uint64_t *part, struct natural *n)
{
	const struct asking a = { g, r, true };
	uint64_t all = g->dims == GRID_DIMS ? UINT64_MAX : ((uint64_t)1 << g->dims) - 1;
	if (!volume(&a, 0, begin(&a, part), all))
		return false;
	natural_set(n, 0);
	natural_add(n, &g->frames.items[0]->count);
	return true;
}
