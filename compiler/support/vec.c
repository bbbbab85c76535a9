/* The one growing step of every vec: twice the room, in a new array. */
#include "support/vec.h"

#include <stdint.h>
#include <string.h>

/* Most vecs stay small: one of large items begins with few. */
enum { FIRST_CAPACITY = 8, FIRST_BYTES = 128 };

static size_t first_capacity(size_t item_size)
{
	size_t few = FIRST_BYTES / item_size;
	return few > FIRST_CAPACITY ? FIRST_CAPACITY : few < 2 ? 2 : few;
}

void *vec_grow(struct arena *arena, void *items, size_t *capacity, size_t item_size)
{
	size_t old = *capacity;
	size_t grown = old == 0 ? first_capacity(item_size) : old * 2;
	if (grown <= old)
		arena_out_of_memory(arena);
	if (grown > SIZE_MAX / item_size)
		arena_out_of_memory(arena);
	*capacity = grown;
	if (old > 0 && arena_resize(arena, items, old * item_size, grown * item_size))
		return items;
	void *copy = arena_alloc_unset(arena, grown * item_size);
	if (old > 0)
		memcpy(copy, items, old * item_size);
	return copy;
}
