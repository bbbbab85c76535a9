/* A table under construction: one writer per section, joined at the end (lower.c). */
#ifndef GUIJU_LOWER_BUILD_H
#define GUIJU_LOWER_BUILD_H
#include "lower/terms.h"
#include "runtime/format.h"
#include "support/intern.h"
#include "support/writer.h"

struct builder {
	struct arena *arena;
	const struct model *model;
	const struct cuts *cuts; /* per dimension */
	struct writer sections[SECTION_COUNT];
	struct map *strings; /* text to its number */
	uint32_t first_guard; /* decisions from here on are guards */
};

/* The number of a text; equal texts have one number, "" is 0, and so is NULL. */
uint32_t build_string(struct builder *b, const char *text);
void build_name(struct builder *b, enum section section, const struct name *name);
void build_u32(struct builder *b, enum section section, uint32_t value);
/* Items written to the section so far. */
uint32_t build_count(const struct builder *b, enum section section);
/* Appends a list; gives where it starts. */
uint32_t build_list(struct builder *b, const uint32_t *items, size_t count);

/* A box and the rule it belongs to: 2 × the rule's place among its decision's rules, + 1 for an exception; a
 * constraint: 0. */
struct entry {
	struct term term;
	uint32_t value;
};
typedef VEC(struct entry) entry_list;

/* Writes the bit sets of these boxes (form.c); gives the form's number. */
uint32_t build_form(struct builder *b, const entry_list *entries);

/* Who is over whom in a decision, as classes (classes.c). */
struct rule_classes {
	uint32_t *of; /* per rule of the decision */
	uint32_t count;
	uint32_t first_over; /* list: per class where its stretches start, and where the last ends */
};
void build_classes(struct builder *b, const struct decision *decision, struct rule_classes *out);

/* The model and, behind its decisions and rules, a decision for every guard of a step (guards.c). */
const struct model *model_with_guards(struct arena *arena, const struct model *model, size_t *guards);

/* Roles, calendars, procedures (time.c), after all other lists. */
void build_time(struct builder *b);
void mark_time_cites(const struct model *m, struct map *cited);
/* A calendar that assumes more than a table can say, or NULL. */
struct calendar;
const struct calendar *calendar_beyond_limits(const struct model *m);

#endif
