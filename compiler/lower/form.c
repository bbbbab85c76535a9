/* Bit sets of boxes: per axis and part, which boxes allow the part, in blocks that are stored once. note [blocks]
 *
 * Between neighbouring parts only the boxes that begin or end there change. A bit set is therefore cut into blocks of
 * up to 512 bits, a row holds block numbers, and most rows share most blocks with the row before. */
#include "lower/build.h"

#include <assert.h>
#include <string.h>

/* ---- blocks, each stored once ---- */

struct blocks {
	struct arena *arena;
	size_t words; /* of one block */
	VEC(uint64_t) bits;
	uint32_t *slots;   /* block number + 1, or 0 */
	size_t slot_count; /* a power of two */
};

static uint64_t hash_block(const uint64_t *bits, size_t words)
{
	uint64_t hash = UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < words; i++) {
		hash = (hash ^ bits[i]) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	return hash;
}

static uint32_t *block_slot(const struct blocks *blocks, const uint64_t *bits)
{
	size_t at = (size_t)hash_block(bits, blocks->words) & (blocks->slot_count - 1);
	while (blocks->slots[at] != 0) {
		assert(blocks->bits.items);
		const uint64_t *there = blocks->bits.items + (blocks->slots[at] - 1) * blocks->words;
		if (memcmp(there, bits, blocks->words * sizeof *bits) == 0)
			break;
		at = (at + 1) & (blocks->slot_count - 1);
	}
	return &blocks->slots[at];
}

static void grow_slots(struct blocks *blocks)
{
	uint32_t count = (uint32_t)(blocks->bits.count / blocks->words);
	if (blocks->slot_count > 2 * (size_t)count)
		return;
	blocks->slot_count = blocks->slot_count ? 4 * blocks->slot_count : 64;
	blocks->slots = arena_new_array(blocks->arena, uint32_t, blocks->slot_count);
	for (uint32_t i = 0; i < count; i++)
		*block_slot(blocks, blocks->bits.items + i * blocks->words) = i + 1;
}

static uint32_t block_number(struct blocks *blocks, const uint64_t *bits)
{
	size_t words = blocks->words;
	assert(words > 0);
	grow_slots(blocks);
	uint32_t *slot = block_slot(blocks, bits);
	if (*slot == 0) {
		for (size_t i = 0; i < words; i++)
			vec_push(blocks->arena, &blocks->bits, bits[i]);
		*slot = (uint32_t)(blocks->bits.count / words);
	}
	return *slot - 1;
}

static void add_fixed_blocks(struct blocks *blocks)
{
	uint64_t bits[LIMIT_BLOCK_WORDS];
	memset(bits, 0, sizeof bits);
	(void)block_number(blocks, bits);
	memset(bits, 0xff, sizeof bits);
	(void)block_number(blocks, bits);
}

/* ---- axes ---- */

struct axis_test { /* one box's test of the axis */
	uint32_t box;
	const struct ranges *ranges;
};
typedef VEC(struct axis_test) axis_tests;

struct toggle { /* from this part on, the box's bit is turned over */
	uint32_t part, box;
};
typedef VEC(struct toggle) toggles;

struct form_builder {
	struct builder *b;
	const entry_list *entries;
	struct blocks blocks;
	axis_tests *tests; /* per dimension, then per decision */
	uint32_t columns;  /* blocks of a row */
	uint64_t *bits;	   /* of the current part */
	uint32_t *row;
};

static uint32_t axis_parts(const struct builder *b, uint32_t axis)
{
	if (axis < b->model->dim_count)
		return b->cuts[axis].count + 1;
	return (uint32_t)b->model->decisions[axis - b->model->dim_count].outcome_count;
}

static uint32_t axis_part(const struct builder *b, uint32_t axis, int64_t value)
{
	return axis < b->model->dim_count ? cuts_part(&b->cuts[axis], value) : (uint32_t)value;
}

/* The toggles in order of parts, and where each part's begin. */
static struct toggle *sort_toggles(struct arena *arena, const toggles *found, uint32_t parts, uint32_t **starts)
{
	uint32_t *at = arena_new_array(arena, uint32_t, (size_t)parts + 2);
	struct toggle *sorted = arena_new_array(arena, struct toggle, found->count + 1);
	for (size_t i = 0; i < found->count; i++)
		at[found->items[i].part + 2]++;
	for (uint32_t p = 2; p < parts + 2; p++)
		at[p] += at[p - 1];
	for (size_t i = 0; i < found->count; i++)
		sorted[at[found->items[i].part + 1]++] = found->items[i];
	*starts = at;
	return sorted;
}

static void flip(uint64_t *bits, uint32_t bit)
{
	bits[bit / 64] ^= (uint64_t)1 << (bit % 64);
}

/* Begins with the bits of boxes that do not test the axis. */
static toggles find_toggles(struct form_builder *f, uint32_t axis, uint32_t parts)
{
	toggles found = { 0 };
	memset(f->bits, 0xff, f->columns * f->blocks.words * sizeof *f->bits);
	for (size_t i = 0; i < f->tests[axis].count; i++) {
		const struct axis_test *test = &f->tests[axis].items[i];
		flip(f->bits, test->box);
		for (size_t k = 0; k < test->ranges->count; k++) {
			struct toggle on = { axis_part(f->b, axis, test->ranges->items[k].low), test->box };
			struct toggle off = { axis_part(f->b, axis, test->ranges->items[k].high) + 1, test->box };
			vec_push(f->b->arena, &found, on);
			if (off.part < parts)
				vec_push(f->b->arena, &found, off);
		}
	}
	return found;
}

static void write_rows(struct form_builder *f, uint32_t axis)
{
	uint32_t parts = axis_parts(f->b, axis), *starts;
	toggles found = find_toggles(f, axis, parts);
	struct toggle *sorted = sort_toggles(f->b->arena, &found, parts, &starts);
	size_t block_bits = f->blocks.words * 64;
	for (uint32_t c = 0; c < f->columns; c++)
		f->row[c] = NONE;
	for (uint32_t part = 0; part < parts; part++) {
		for (uint32_t i = starts[part]; i < starts[part + 1]; i++) {
			flip(f->bits, sorted[i].box);
			f->row[sorted[i].box / block_bits] = NONE;
		}
		for (uint32_t c = 0; c < f->columns; c++) {
			if (f->row[c] == NONE)
				f->row[c] = block_number(&f->blocks, f->bits + c * f->blocks.words);
			build_u32(f->b, SECTION_LISTS, f->row[c]);
		}
	}
}

static void gather_tests(struct form_builder *f)
{
	const struct model *m = f->b->model;
	f->tests = arena_new_array(f->b->arena, axis_tests, m->dim_count + m->decision_count + 1);
	for (size_t i = 0; i < f->entries->count; i++) {
		const struct term *term = &f->entries->items[i].term;
		for (size_t k = 0; k < term->count; k++) {
			struct axis_test test = { (uint32_t)i, &term->tests[k].ranges };
			vec_push(f->b->arena, &f->tests[term->tests[k].axis], test);
		}
	}
}

static void write_axis(struct form_builder *f, uint32_t axis)
{
	struct builder *b = f->b;
	uint32_t dims = (uint32_t)b->model->dim_count;
	build_u32(b, SECTION_AXES, axis < dims ? AXIS_DIM : AXIS_DECISION);
	build_u32(b, SECTION_AXES, axis < dims ? axis : axis - dims);
	build_u32(b, SECTION_AXES, axis_parts(b, axis));
	build_u32(b, SECTION_AXES, build_count(b, SECTION_LISTS));
	write_rows(f, axis);
}

/* As many words as the boxes need, up to the limit. */
static uint32_t choose_block_words(size_t boxes)
{
	uint32_t words = 1;
	while (words < LIMIT_BLOCK_WORDS && boxes > 64 * (size_t)words)
		words *= 2;
	return words;
}

uint32_t build_form(struct builder *b, const entry_list *entries)
{
	struct form_builder f = { .b = b, .entries = entries };
	uint32_t form = build_count(b, SECTION_FORMS),
		 axes = (uint32_t)(b->model->dim_count + b->model->decision_count);
	uint32_t first_axis = build_count(b, SECTION_AXES), first_block = build_count(b, SECTION_BLOCKS);
	uint32_t first_term = build_count(b, SECTION_LISTS);
	f.blocks = (struct blocks){ .arena = b->arena, .words = choose_block_words(entries->count) };
	f.columns = (uint32_t)((entries->count + 64 * f.blocks.words - 1) / (64 * f.blocks.words));
	f.bits = arena_new_array(b->arena, uint64_t, f.columns * f.blocks.words + 1);
	f.row = arena_new_array(b->arena, uint32_t, f.columns + 1);
	add_fixed_blocks(&f.blocks);
	for (size_t i = 0; i < entries->count; i++)
		build_u32(b, SECTION_LISTS, entries->items[i].value);
	gather_tests(&f);
	for (uint32_t axis = 0; axis < axes; axis++) {
		if (f.tests[axis].count > 0)
			write_axis(&f, axis);
	}
	for (size_t i = 0; i < f.blocks.bits.count; i++)
		write_u64(&b->sections[SECTION_BLOCKS], f.blocks.bits.items[i]);
	const uint32_t record[] = { first_axis,
				    build_count(b, SECTION_AXES) - first_axis,
				    first_term,
				    (uint32_t)entries->count,
				    (uint32_t)f.blocks.words,
				    first_block,
				    (uint32_t)(f.blocks.bits.count / f.blocks.words) };
	for (size_t i = 0; i < sizeof record / sizeof *record; i++)
		build_u32(b, SECTION_FORMS, record[i]);
	return form;
}
