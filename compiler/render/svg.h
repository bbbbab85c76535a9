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

#endif
