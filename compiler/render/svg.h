/* The picture: a laid-out drawing as SVG on a page of at most A4. */
#ifndef GUIJU_RENDER_SVG_H
#define GUIJU_RENDER_SVG_H
#include "layout.h"

struct page {
	double width, height; /* of the picture */
	double scale;	      /* of the graph on it; its smallest type is SMALLEST_TYPE times this */
	double a4_scale;      /* at which it would fit on A4 */
	bool fits;	      /* on A4, and legible */
};

/* The best page for a layout on A4 upright or lying. */
struct page page_for(const struct drawing *drawing, const struct layout *layout, bool lying);
void svg_write(struct writer *w, const struct drawing *drawing, const struct layout *layout, const struct page *page);

/* ---- pieces ---- */

void svg_escaped(struct writer *w, const char *text);
/* The tooltip. */
void svg_tips(struct writer *w, const drawing_texts *tips);
/* A line of text; `rest`: more attributes, each after a blank. */
void svg_text(struct writer *w, double x, double y, double size, const char *ink, const char *rest, const char *text);
/* The base line lies where Chinese type of this size stands in the middle of its line. */
double svg_base_line(double top, double step, double size);

#endif
