/* Reads a picture back and compares it with its drawing list: the same nodes, edges, labels, tooltips, title, notes and
 * legend, nothing missing and nothing more. Graphviz has been seen to draw another picture and to return 0, and a
 * picture may have been changed since; so nothing is believed that was not read. The bytes may be anything. */
#ifndef GUIJU_DRAW_READ_BACK_H
#define GUIJU_DRAW_READ_BACK_H
#include "diag/diag.h"
#include "draw/list.h"

enum picture_form { PICTURE_DOT, PICTURE_SVG };

/* false: *difference says what the first difference is. */
bool picture_matches(struct arena *arena, const char *list, size_t list_size, const char *picture, size_t picture_size,
		     enum picture_form form, struct phrase *difference);

/* The two readers; lists that list_read gave. */
bool dot_matches(struct arena *arena, const struct drawing *d, const char *bytes, size_t size,
		 struct phrase *difference);
bool svg_matches(struct arena *arena, const struct drawing *d, const char *bytes, size_t size,
		 struct phrase *difference);

#endif
