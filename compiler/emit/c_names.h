/* Identifiers and comments of emitted C (c_names.c). */
#ifndef GUIJU_EMIT_C_NAMES_H
#define GUIJU_EMIT_C_NAMES_H
#include "support/arena.h"
#include "support/intern.h"
#include "support/writer.h"

#include <stdbool.h>

/* Hands out identifiers, each once: a name that is taken gets _2, _3, … behind it, in order of asking. */
struct c_names {
	struct arena *arena;
	struct map *taken;
};

void c_names_init(struct c_names *names, struct arena *arena);
/* An identifier of these parts joined by `_`; `rest` may be NULL. Capitals for enumerators and macros. */
const char *c_name(struct c_names *names, bool capitals, const char *prefix, const char *middle, const char *rest);
/* A member of a struct: the id, with `_` behind it where C, C++ or their compilers claim the word. */
const char *c_member(struct c_names *members, const char *id);
/* Text within a comment: what would end it or begin another is parted by a space. */
void write_c_comment_text(struct writer *w, const char *text);
/* The line that both C artifacts begin with. */
void write_c_first_line(struct writer *w, const char *rulebook);

#endif
