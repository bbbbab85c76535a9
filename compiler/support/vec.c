/* The one growing step of every vec: twice the room, in a new array. */
#include "support/vec.h"

#include <stdint.h>
#include <string.h>

#define FIRST_CAPACITY 8

void *vec_grow(struct arena *arena, const void *items, size_t *capacity, size_t item_size)
{
	size_t old = *capacity;
	size_t grown = old == 0 ? FIRST_CAPACITY : old * 2;
	if (grown <= old)
		arena_out_of_memory(arena);
	void *copy = arena_alloc_array(arena, grown, item_size);
	if (old > 0)
		memcpy(copy, items, old * item_size);
	*capacity = grown;
	return copy;
}
