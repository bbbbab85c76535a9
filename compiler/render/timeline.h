/* A timeline: a column a day, a row a node, bars on the days from which to which something runs. */
#ifndef GUIJU_RENDER_TIMELINE_H
#define GUIJU_RENDER_TIMELINE_H
#include "layout.h"

void timeline_lay(struct arena *arena, const struct drawing *drawing, struct layout *out);
void timeline_write(struct writer *w, const struct drawing *drawing, const struct layout *layout);

#endif
