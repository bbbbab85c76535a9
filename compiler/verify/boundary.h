/* Cases on the bounds of a rulebook: for every rule some that it holds in, at the corners of its conditions, some one
 * step beside them, and a mixture of all bounds. The same book gives the same cases on every machine. */
#ifndef GUIJU_VERIFY_BOUNDARY_H
#define GUIJU_VERIFY_BOUNDARY_H
#include "verify/book.h"

struct boundary;
struct boundary *boundary_new_in(struct arena *arena, const struct book *book);
/* What cases are aimed at: every rule, then every constraint. */
size_t boundary_targets(const struct boundary *b);
/* Rounds of cases; in each round one case is aimed at every target. */
enum { BOUNDARY_ROUNDS = 200 };
/* Fills values (one per fact) with the case of this round that is aimed at a target. */
void boundary_aim(struct boundary *b, size_t target, unsigned round, int64_t *values);

#endif
