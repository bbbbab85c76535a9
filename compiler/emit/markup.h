/* XML written into a writer: elements open and close, one a line, a blank for each level. For documents whose schema is
 * not ours (BPMN, SCXML); texts and attributes are escaped here and nowhere else. */
#ifndef GUIJU_EMIT_MARKUP_H
#define GUIJU_EMIT_MARKUP_H
#include "support/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MARKUP_DEPTH = 16,
	MARKUP_ATTRIBUTE = 4000      /* bytes of an attribute; what is longer is cut with `…`: readers limit their tags */
};
struct markup {
	struct writer *w;
	const char *open[MARKUP_DEPTH]; /* elements under way */
	size_t depth;
	bool in_tag;                 /* its start tag may still get attributes */
	bool has_text;               /* the innermost element holds text, so its end tag stands beside it */
};

/* The XML declaration and a line that says of what it was made. */
void markup_begin(struct markup *m, struct writer *w, const char *rulebook);
void markup_open(struct markup *m, const char *element);
void markup_close(struct markup *m);
void markup_attribute(struct markup *m, const char *name, const char *text); /* NULL: not written */
void markup_number(struct markup *m, const char *name, int64_t value);
void markup_text(struct markup *m, const char *text);
void markup_element(struct markup *m, const char *element, const char *text); /* with text; NULL: not written */

#endif
