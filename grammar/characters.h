/* Which characters a source text may hold. */
#ifndef GUIJU_GRAMMAR_CHARACTERS_H
#define GUIJU_GRAMMAR_CHARACTERS_H
#include "diag/diag.h"

/* Reports invalid UTF-8, NUL, controls, bidirectional, invisible, private-use and unassigned characters and text
 * that is not NFC, anywhere in the text; a table's file may begin with a byte order mark (mark_allowed). `copy`
 * holds the same bytes: what is not UTF-8 becomes `?` there. */
void check_characters(struct arena *arena, struct diag *diag, uint32_t file, const char *text, size_t size, char *copy,
		      bool mark_allowed);

bool character_is_han(const char *text, size_t size);
/* check_characters reports the character that text opens with. */
bool character_is_refused(const char *text, size_t size);

#endif
