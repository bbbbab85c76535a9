/* Which rules of a model are those of the one before. Not for others: session.c. */
#ifndef GUIJU_SESSION_RULES_H
#define GUIJU_SESSION_RULES_H
#include "driver.h"

struct others {                      /* what a rulebook says but for its rules and the rows of its rule tables */
	const char *text;            /* NULL: nothing is known */
	size_t size;
};
struct others others_of(const struct compiler *c);             /* in c->source_arena; needs: c->book */
bool others_same(const struct others *a, const struct others *b);
struct others others_kept(struct arena *arena, const struct others *others);

struct known_rules;
struct known_rules *known_rules_new(struct arena *arena);      /* it lives in the arena, which grows */
/* Ids of the model's rules, in c->model_arena: where all else is the same, what has the same id in two models is the same
 * rule. NULL: the cases have other facts than at the last call. */
const uint64_t *known_rules_ids(struct known_rules *known, struct compiler *c);

#endif
