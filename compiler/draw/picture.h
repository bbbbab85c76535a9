/* From drawing lists to pictures: guiju-draw is run as a child, and what it drew is read back and compared with the
 * list before anybody sees it. PNG and PDF are made from the SVG by rsvg-convert. */
#ifndef GUIJU_DRAW_PICTURE_H
#define GUIJU_DRAW_PICTURE_H
#include "diag/diag.h"
#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { DRAW_SECONDS = 20 };
#define DRAW_MEMORY ((size_t)1 << 30)

struct draw_request {
	const char *program; /* path of guiju-draw, beside the guiju executable */
	const char *name;    /* of the picture, for messages */
	const char *list;    /* the drawing list */
	size_t list_size;
	unsigned seconds; /* 0: DRAW_SECONDS */
	size_t memory;	  /* 0: DRAW_MEMORY */
};

struct picture {
	const char *dot, *svg; /* in the arena */
	size_t dot_size, svg_size;
	bool fits; /* on A4, with type of 7 points at least */
};

/* Why there is no picture. All of them are exit status 3, but a limit, which is 4. */
struct draw_error {
	enum message message;
	struct phrase args[DIAG_ARGS];
	bool limit;
};

bool draw_picture(struct arena *arena, const struct draw_request *request, struct picture *picture,
		  struct draw_error *error);

enum picture_format { PICTURE_PNG, PICTURE_PDF };
/* An SVG as PNG (for a screen: 144 dots an inch) or PDF. */
bool convert_picture(struct arena *arena, const char *name, const char *svg, size_t svg_size,
		     enum picture_format format, const char **bytes, size_t *size, struct draw_error *error);

#endif
