/* What the classes of a drawing list look like. Widths in points. */
#ifndef GUIJU_RENDER_STYLE_H
#define GUIJU_RENDER_STYLE_H
#include "draw/list.h"

enum corner { CORNER_ROUND, CORNER_PILL, CORNER_SQUARE };

struct look {
	const char *fill, *stroke, *ink;
	double stroke_width;
	const char *dash; /* NULL: a whole line */
	enum corner corner;
};
const struct look *look_of(enum drawing_class class);
/* Lines and their words: grey where they are plain. */
const char *edge_ink(enum drawing_class class);
const char *edge_words_ink(enum drawing_class class);

#define INK	 "#26323d"
#define GREY	 "#66727d"
#define EDGE_INK "#8793a0"

#endif
