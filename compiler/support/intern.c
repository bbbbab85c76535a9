/* A map from text to number: open addressing with linear probing, at most three quarters full. */
#include "support/intern.h"

#include "support/arena.h"

#include <stdbool.h>
#include <string.h>

#define FIRST_SLOTS 16

struct slot {
	const char *key; /* NULL: free */
	uint32_t size, hash;
	int64_t value;
};

struct map {
	struct arena *arena;
	struct slot *slots;
	size_t slot_count; /* a power of two */
	size_t used;
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

/* Eight bytes at a time: cells of tables are long. */
static uint32_t hash_text(const char *text, size_t size)
{
	uint64_t hash = mix(size, UINT64_C(0xcbf29ce484222325)), word;
	for (; size >= sizeof word; text += sizeof word, size -= sizeof word) {
		memcpy(&word, text, sizeof word);
		hash = mix(hash, word);
	}
	word = 0;
	memcpy(&word, text, size);
	return (uint32_t)mix(mix(hash, word), 0);
}

static struct slot *find_slot(const struct map *map, const char *key, size_t size, uint32_t hash)
{
	size_t mask = map->slot_count - 1;
	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		struct slot *slot = &map->slots[i];
		if (!slot->key || (slot->hash == hash && slot->size == size && memcmp(slot->key, key, size) == 0))
			return slot;
	}
}

struct map *map_new_in(struct arena *arena)
{
	struct map *map = arena_new_of(arena, struct map);
	map->arena = arena;
	map->slot_count = FIRST_SLOTS;
	map->slots = arena_new_array(arena, struct slot, FIRST_SLOTS);
	return map;
}

static void grow(struct map *map, size_t slot_count)
{
	struct slot *old = map->slots;
	size_t old_count = map->slot_count;
	map->slots = arena_new_array(map->arena, struct slot, slot_count);
	map->slot_count = slot_count;
	for (size_t i = 0; i < old_count; i++) {
		if (old[i].key)
			*find_slot(map, old[i].key, old[i].size, old[i].hash) = old[i];
	}
}

void map_reserve(struct map *map, size_t count)
{
	size_t slots = map->slot_count;
	while (slots / 4 * 3 <= count)
		slots *= 2;
	if (slots > map->slot_count)
		grow(map, slots);
}

static int64_t put(struct map *map, const char *key, int64_t value, bool replace)
{
	if (map->used >= map->slot_count / 4 * 3)
		grow(map, map->slot_count * 2);
	size_t size = strlen(key);
	uint32_t hash = hash_text(key, size);
	struct slot *slot = find_slot(map, key, size, hash);
	if (!slot->key) {
		*slot = (struct slot){ arena_strndup(map->arena, key, size), (uint32_t)size, hash, value };
		map->used++;
	} else if (replace) {
		slot->value = value;
	}
	return slot->value;
}

int64_t map_put_if_absent(struct map *map, const char *key, int64_t value)
{
	return put(map, key, value, false);
}

void map_put(struct map *map, const char *key, int64_t value)
{
	(void)put(map, key, value, true);
}

int64_t map_get_part(const struct map *map, const char *key, size_t size)
{
	const struct slot *slot = find_slot(map, key, size, hash_text(key, size));
	return slot->key ? slot->value : -1;
}

int64_t map_get(const struct map *map, const char *key)
{
	return map_get_part(map, key, strlen(key));
}

size_t map_count(const struct map *map)
{
	return map->used;
}
