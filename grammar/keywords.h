/* The words of the language, looked up by either spelling. */
#ifndef GUIJU_GRAMMAR_KEYWORDS_H
#define GUIJU_GRAMMAR_KEYWORDS_H
#include "ast/ast.h"
#include "ast/headings.h"

#include <stddef.h>

struct keyword {
	const char *zh, *en;
	int token;              /* of a bound T_PRE_BOUND */
	bool declares;          /* begins a declaration */
	bool is_bound, follows; /* follows: 以上, the Chinese word stands behind its number */
	enum ast_bound bound;
};

struct keyword_index;
struct keyword_index *keyword_index_new_in(struct arena *arena);
/* The keyword that `size` bytes spell, or NULL. */
const struct keyword *keyword_find(const struct keyword_index *index, const char *text, size_t size);
/* All of them, in the order of keywords.def; NULL past the end. */
const struct keyword *keyword_at(size_t i);
const struct keyword *keyword_of_token(int token);

/* The bound that `text` opens with (the longest), or NULL. */
const struct keyword *bound_prefix(const char *text, size_t size);

#endif
