/* Which rules of a model are those of the one before. Not for others: session.c. */
#ifndef GUIJU_SESSION_RULES_H
#define GUIJU_SESSION_RULES_H
#include "driver.h"

struct known_rules;

struct known_rules *known_rules_new(struct arena *arena);      /* it lives in the arena, which grows */
/* Ids of the model's rules: what has the same id in two models is the same rule. In c->model_arena; NULL: the rulebook
 * differs from that of the last call in more than rules. */
const uint64_t *known_rules_ids(struct known_rules *known, struct compiler *c);

#endif
