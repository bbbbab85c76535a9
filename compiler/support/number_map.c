/* Open addressing with linear probing, at most half full. */
#include "support/number_map.h"

#include <string.h>

#define FIRST_SLOTS 64

struct number_map {
	struct arena *arena;
	uint64_t *keys;
	uint32_t *values;  /* UINT32_MAX: free */
	size_t slot_count; /* a power of two */
	size_t used;
};

static void make_slots(struct number_map *map, size_t count)
{
	map->slot_count = count;
	map->keys = arena_new_array(map->arena, uint64_t, count);
	map->values = arena_new_array(map->arena, uint32_t, count);
	memset(map->values, 0xff, count * sizeof *map->values);
}

struct number_map *number_map_new_in(struct arena *arena)
{
	struct number_map *map = arena_new_of(arena, struct number_map);
	map->arena = arena;
	make_slots(map, FIRST_SLOTS);
	return map;
}

static size_t slot_of(const struct number_map *map, uint64_t key)
{
	size_t i = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (map->slot_count - 1);
	while (map->values[i] != UINT32_MAX && map->keys[i] != key)
		i = (i + 1) & (map->slot_count - 1);
	return i;
}

static void grow(struct number_map *map)
{
	const struct number_map old = *map;
	make_slots(map, old.slot_count * 2);
	for (size_t i = 0; i < old.slot_count; i++) {
		if (old.values[i] == UINT32_MAX)
			continue;
		size_t slot = slot_of(map, old.keys[i]);
		map->keys[slot] = old.keys[i];
		map->values[slot] = old.values[i];
	}
}

void number_map_put(struct number_map *map, uint64_t key, uint32_t value)
{
	if (map->used * 2 >= map->slot_count)
		grow(map);
	size_t slot = slot_of(map, key);
	if (map->values[slot] != UINT32_MAX)
		return;
	map->keys[slot] = key;
	map->values[slot] = value;
	map->used++;
}

uint32_t number_map_get(const struct number_map *map, uint64_t key)
{
	return map->values[slot_of(map, key)];
}
