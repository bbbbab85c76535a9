/* Open addressing with linear probing, at most three quarters full. */
#include "support/memo.h"

#include <assert.h>
#include <stdint.h>

#define FIRST_SLOTS 64

struct slot {
	const void *thing; /* NULL: free */
	void *made;
};

struct memo {
	struct arena *arena;
	struct slot *slots;
	size_t slot_count; /* a power of two */
	size_t used;
};

struct memo *memo_new_in(struct arena *arena)
{
	struct memo *memo = arena_new_of(arena, struct memo);
	memo->arena = arena;
	memo->slot_count = FIRST_SLOTS;
	memo->slots = arena_new_array(arena, struct slot, FIRST_SLOTS);
	return memo;
}

static struct slot *find_slot(const struct memo *memo, const void *thing)
{
	uint64_t hash = (uint64_t)(uintptr_t)thing * UINT64_C(0x9e3779b97f4a7c15);
	size_t mask = memo->slot_count - 1;
	for (size_t i = (size_t)(hash >> 32) & mask;; i = (i + 1) & mask)
		if (!memo->slots[i].thing || memo->slots[i].thing == thing)
			return &memo->slots[i];
}

static void grow(struct memo *memo)
{
	struct slot *old = memo->slots;
	size_t old_count = memo->slot_count;
	memo->slot_count = old_count * 2;
	memo->slots = arena_new_array(memo->arena, struct slot, memo->slot_count);
	for (size_t i = 0; i < old_count; i++)
		if (old[i].thing)
			*find_slot(memo, old[i].thing) = old[i];
}

void *memo_get(const struct memo *memo, const void *thing)
{
	const struct slot *slot = find_slot(memo, thing);
	return slot->thing ? slot->made : NULL;
}

void memo_put(struct memo *memo, const void *thing, void *made)
{
	if (memo->used >= memo->slot_count / 4 * 3)
		grow(memo);
	struct slot *slot = find_slot(memo, thing);
	assert(thing && !slot->thing);
	*slot = (struct slot){ thing, made };
	memo->used++;
}
