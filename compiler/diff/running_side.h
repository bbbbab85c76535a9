/* What one edition says of a running case. Not for other folders: they read running.h. */
#ifndef GUIJU_DIFF_RUNNING_SIDE_H
#define GUIJU_DIFF_RUNNING_SIDE_H
#include "decide/running.h"
#include "diff/running.h"
#include "support/vec.h"

#define RUNNING_REFUSED "refused" /* the key of an event that is refused, as one that the edition does not have */

struct running_item {
	enum running_kind kind;
	const char *id;
	struct phrase name;
	const char *event; /* of a window: the event that may happen within it; else NULL */
	struct running_answer answer;
};

struct running_side {
	struct arena *arena; /* of the items: of one record */
	const struct guiju_table *table;
	void *scratch;
	size_t scratch_size;
	/* the case at hand */
	struct guiju_move move;		/* procedure, state: UINT32_MAX where the edition has none */
	VEC(struct running_item) items; /* duties, validities, windows, events, each in the table's order */
	bool inexact;
};

/* needs: procedure and state in side->move, facts that the edition could read    gives: side->items */
void side_ask(struct running_side *side);

/* A message with arguments that are phrases; NULL: none. */
struct phrase running_say(struct arena *arena, enum message message, const struct phrase *a, const struct phrase *b,
			  const struct phrase *c);
struct phrase named_phrase(const struct guiju_table *table, uint32_t procedure, enum named kind, uint32_t index);

#endif
