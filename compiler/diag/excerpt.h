/* A source line as a terminal shows it, and the marks under it. */
#ifndef GUIJU_DIAG_EXCERPT_H
#define GUIJU_DIAG_EXCERPT_H
#include "diag/source.h"
#include "support/writer.h"

#include <stdbool.h>

#define EXCERPT_COLUMNS 300 /* a longer line is shown as a window around its mark */

struct excerpt {
	const char *line; /* without its line end */
	size_t size;
	size_t first;     /* display column of the line that stands at the window's left end */
	size_t left_pad;  /* columns before it: 1 with the sign that something was left out, else 0 */
	bool cut_right;   /* the line goes on after `size` */
};

/* The line of [start, end), in a window that shows its beginning. */
struct excerpt excerpt_of(const struct source *source, uint32_t start, uint32_t end);
void excerpt_write_line(struct writer *w, const struct excerpt *e);
/* Spaces, then `mark` under the part of [start, end) that lies on the line: one at least. */
void excerpt_write_mark(struct writer *w, const struct excerpt *e, const struct source *source, uint32_t start,
			uint32_t end, char mark);
/* Text of an author or a path on one line, whatever it holds: a terminal is to show it, not to obey it. */
void write_visible(struct writer *w, const char *text);

#endif
