/* Names as single pointers: equal texts have equal addresses. */
#ifndef GUIJU_SUPPORT_INTERN_H
#define GUIJU_SUPPORT_INTERN_H
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A map from text to a number >= 0; keys are copied into the arena. Iteration order is never used. */
struct map;
struct map *map_new_in(struct arena *arena);
/* Sets key to value unless it is there; returns the value that is there afterwards. */
int64_t map_put_if_absent(struct map *map, const char *key, int64_t value);
void map_reserve(struct map *map, size_t count);          /* room for so many without growing */
void map_put(struct map *map, const char *key, int64_t value);
int64_t map_get(const struct map *map, const char *key);   /* -1 when absent */
int64_t map_get_part(const struct map *map, const char *key, size_t size);     /* of a key that is part of a text */
size_t map_count(const struct map *map);                   /* keys in it */

#endif
