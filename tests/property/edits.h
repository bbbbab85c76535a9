/* What somebody does to a text in an editor: one line at a time, mostly to something that still means something. */
#ifndef GUIJU_PROPERTY_EDITS_H
#define GUIJU_PROPERTY_EDITS_H
#include <stddef.h>
#include <stdint.h>

struct edited {
	char *text;               /* ends with NUL */
	size_t size, capacity;
};

/* Makes one edit; gives its name. The text has room for a line more. */
const char *edit_text(struct edited *e, uint64_t *state);

/* A rulebook of one decision with a table of some dozens of rows, a second one that rests on it, rules and orders. */
void wide_print(struct edited *out, uint64_t seed);

#endif
