/* The words that head columns of pipe tables. */
#ifndef GUIJU_AST_HEADINGS_H
#define GUIJU_AST_HEADINGS_H
#include "ast/ast.h"

#include <stddef.h>

enum heading_place { HEADING_RULES = 1, HEADING_MEMBERS = 2, HEADING_CASES = 4 }; /* tables, 枚举, 案例表 */
struct heading_word {
	enum ast_column_kind kind;
	const char *zh, *en;
	unsigned places; /* of enum heading_place */
};
/* The heading that `size` bytes spell, in either language, or NULL. */
const struct heading_word *heading_find(const char *text, size_t size);
/* Columns of the kind mean something there; those of names and of text do everywhere. */
bool heading_belongs(enum ast_column_kind kind, enum heading_place place);
/* They can name a fact at the head of its column: one word, of ASCII letters, digits and `_`, or of none of these. */
bool heading_is_name(const char *text, size_t size);

#endif
