/* Growing arrays in an arena. A vec is any struct with the members `items`, `count` and `capacity`. */
#ifndef GUIJU_SUPPORT_VEC_H
#define GUIJU_SUPPORT_VEC_H
#include "support/arena.h"

#define VEC(type)                    \
	struct {                     \
		type *items;         \
		size_t count;        \
		size_t capacity;     \
	}

/* Appends one item; the old array stays in the arena, so pointers into it keep their values but go stale. */
#define vec_push(arena, vec, item)                                                                            \
	do {                                                                                                  \
		if ((vec)->count == (vec)->capacity)                                                          \
			(vec)->items = vec_grow((arena), (vec)->items, &(vec)->capacity, sizeof *(vec)->items); \
		(vec)->items[(vec)->count++] = (item);                                                        \
	} while (0)

void *vec_grow(struct arena *arena, void *items, size_t *capacity, size_t item_size);

#endif
