/* Will a drawing be legible on one A4 page? An estimate made before layout, so that how a chart is split into pages
 * depends on the rulebook alone and not on the machine that lays it out. */
#ifndef GUIJU_DRAW_FIT_H
#define GUIJU_DRAW_FIT_H
#include "draw/list.h"

/* The scale, at most 1, at which the drawing fills an A4 page, upright or lying, by estimate. */
double drawing_scale(struct arena *arena, const struct drawing *drawing);
bool drawing_fits(struct arena *arena, const struct drawing *drawing);

#endif
