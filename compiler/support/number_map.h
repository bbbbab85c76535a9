/* A map from numbers to numbers; in the arena. Iteration order is never used. */
#ifndef GUIJU_SUPPORT_NUMBER_MAP_H
#define GUIJU_SUPPORT_NUMBER_MAP_H
#include "support/arena.h"

struct number_map;
struct number_map *number_map_new_in(struct arena *arena);
/* needs: value is not UINT32_MAX. A key that is there keeps its value. */
void number_map_put(struct number_map *map, uint64_t key, uint32_t value);
uint32_t number_map_get(const struct number_map *map, uint64_t key);   /* UINT32_MAX when absent */

#endif
