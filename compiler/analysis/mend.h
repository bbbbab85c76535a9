/* Edits of rules and rows as they are written. For analysis/ alone. */
#ifndef GUIJU_ANALYSIS_MEND_H
#define GUIJU_ANALYSIS_MEND_H
#include "analysis/checks.h"

/* The text that a span is part of; NULL: the model was made without one. */
const struct source *source_at(const struct checks *c, struct span span);
bool is_english(const struct source *source, struct span span);
/* What would be wrong, though other rules decide all cases of these, if they went together; to be said behind a help.
 * "": nothing. (missed.c) */
struct phrase missed_without(struct checks *c, const uint32_t *rules, size_t count);
/* Other decisions, assertions or procedures name the decision: another outcome of it may be a mistake there. (missed.c) */
bool is_rested_on(const struct checks *c);
/* Takes the whole lines of the rules out; false: something would be missed, or what is left would mean something else,
 * and nothing is done. */
bool edit_removal(struct checks *c, struct finding *f, const uint32_t *rules, size_t count);
/* The row's lines go, and stand again as the last of its table; false as above. */
bool edit_to_end(struct checks *c, struct finding *f, uint32_t row);
/* The row's cell of the fact says just these values, some of those that it allows now; *cell: what is written there.
 * false as above. */
bool edit_cell(struct checks *c, struct finding *f, uint32_t row, uint32_t fact, const struct ranges *values, struct phrase *cell);
/* The row below repeats what stands in this one, in the column of the fact (NONE: in any). */
bool is_repeated_below(const struct checks *c, uint32_t row, uint32_t fact);

#endif
