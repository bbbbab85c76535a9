/* What was made of a thing before, found by the thing's address. */
#ifndef GUIJU_SUPPORT_MEMO_H
#define GUIJU_SUPPORT_MEMO_H
#include "support/arena.h"

/* Iteration order is never used. */
struct memo;
struct memo *memo_new_in(struct arena *arena);
void *memo_get(const struct memo *memo, const void *thing);    /* NULL: nothing */
/* needs: nothing was put for the thing before */
void memo_put(struct memo *memo, const void *thing, void *made);

#endif
