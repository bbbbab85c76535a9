/* The parts of a dimension: stretches of values between which none of the conditions concerned tells a difference. */
#ifndef GUIJU_DRAW_PARTS_H
#define GUIJU_DRAW_PARTS_H
#include "model/model.h"

enum { PART_LIMIT = 1024 }; /* of one dimension */

/* Where a decision's conditions, those of its feeding decisions and its constraints cut each dimension. */
struct cuts;
struct cuts *cuts_new(struct arena *arena, const struct model *model);
void cuts_add(struct cuts *cuts, const struct cond *cond);
/* Is the dimension read at all? */
bool cuts_reads(const struct cuts *cuts, uint32_t dim);
/* The parts of a dimension, by least value; NULL when the conditions make too many. */
struct ranges *cuts_parts(const struct cuts *cuts, uint32_t dim, uint32_t *count);

#endif
