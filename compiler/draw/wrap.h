/* Breaks labels into lines.
 *
 * note [where words end]
 * Chinese does not mark words, and a label broken inside one reads badly (敏/感). The rulebook itself says which
 * characters belong together: two that mostly stand side by side in its text are one word. So pairs of characters are
 * counted over the legal text and all labels, and a label is broken where the pair is weakest, with lines of about
 * one length. No dictionary, and the same rulebook gives the same lines. */
#ifndef GUIJU_DRAW_WRAP_H
#define GUIJU_DRAW_WRAP_H
#include "draw/list.h"

struct pairs;
struct pairs *pairs_new(struct arena *arena);
void pairs_count(struct pairs *pairs, const char *text);

/* Wraps text into lines of at most `width` thousandths of an em; at most `lines` of them, the last ending in `…` when
 * something was left out. Words of ASCII are not broken unless they fill a line alone; no line begins with a closing
 * mark or ends with an opening one. pairs may be NULL. */
void text_wrap(struct arena *arena, const struct pairs *pairs, const char *text, uint32_t width, size_t lines,
	       drawing_texts *out);

#endif
