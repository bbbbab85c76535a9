/* Memory that is given out again for every question. */
#include "regions/search.h"

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(16) char bytes[];
};

enum { BLOCK_SIZE = 1 << 14 };

void pad_reset(struct pad *pad, struct arena *arena)
{
	pad->arena = arena;
	for (struct block *b = pad->first; b; b = b->next)
		b->used = 0;
	pad->at = &pad->first;
}

void *pad_take(struct pad *pad, size_t size)
{
	size = (size + 15) & ~(size_t)15;
	while (*pad->at && (*pad->at)->size - (*pad->at)->used < size)
		pad->at = &(*pad->at)->next;
	if (!*pad->at) {
		size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
		*pad->at = arena_alloc(pad->arena, sizeof **pad->at + room);
		(*pad->at)->size = room;
	}
	void *bytes = (*pad->at)->bytes + (*pad->at)->used;
	(*pad->at)->used += size;
	return bytes;
}
