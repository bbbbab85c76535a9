/* Procedures, states and events of a table as people write them: by id, label or English label. */
#ifndef GUIJU_DECIDE_NAMED_H
#define GUIJU_DECIDE_NAMED_H
#include "diag/render.h"
#include "guiju.h"
#include "support/arena.h"

enum named { NAMED_PROCEDURE, NAMED_STATE, NAMED_EVENT };

/* The one of this index; `procedure` is passed over for NAMED_PROCEDURE. false: there are not so many. */
bool named_at(const struct guiju_table *table, uint32_t procedure, enum named kind, uint32_t index,
	      struct guiju_name *out);
/* UINT32_MAX: nothing is called so. */
uint32_t named_find(const struct guiju_table *table, uint32_t procedure, enum named kind, const char *text);
/* That nothing is called so, with the nearest id and all ids. */
struct phrase named_missing(struct arena *arena, const struct guiju_table *table, uint32_t procedure, enum named kind,
			    const char *text);

/* An earlier event with its day, as `--past` takes it: EVENT=DATE. */
struct past_event {
	const char *event; /* as written */
	int64_t day;
};
enum past_form { PAST_GOOD, PAST_NO_PAIR, PAST_NO_DATE };
enum past_form past_read(struct arena *arena, const char *text, struct past_event *out);
/* By day; events of one day stay in the order in which they are given. */
void past_sort(struct arena *arena, struct past_event *items, size_t count);

#endif
