/* Sets of numbers as ascending ranges that do not touch. Results live in the arena. */
#ifndef GUIJU_MODEL_RANGES_H
#define GUIJU_MODEL_RANGES_H
#include "model/model.h"

struct ranges ranges_one(struct arena *arena, int64_t low, int64_t high);    /* none when low > high */
struct ranges ranges_of(struct arena *arena, int64_t *values, size_t count); /* sorts the values */
struct ranges ranges_complement(struct arena *arena, const struct ranges *ranges, int64_t low, int64_t high);
struct ranges ranges_intersect(struct arena *arena, const struct ranges *a, const struct ranges *b);
bool ranges_have(const struct ranges *ranges, int64_t value);

#endif
