/* A second edition of a random rulebook: the first with some changes of the kinds that drafters make. */
#ifndef GUIJU_PROPERTY_MUTATE_H
#define GUIJU_PROPERTY_MUTATE_H
#include "plain.h"

enum mutation { MUTATE_BOUND, MUTATE_MEMBERS, MUTATE_OUTCOME, MUTATE_ADD_RULE, MUTATE_DROP_RULE, MUTATE_PRIORITY, MUTATE_DOMAIN,
		MUTATE_CONSTRAINT, MUTATE_READING, MUTATIONS };

/* Changes *p; tells which kinds of change were made, as bits. */
unsigned plain_mutate(struct plain *p, uint64_t seed);

#endif
