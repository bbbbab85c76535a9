/* What is due when after an event. Every day comes from the runtime's guiju_step, as `guiju step` answers; nothing is
 * counted here, but that a consequence comes on the day after a last day. */
#ifndef GUIJU_DRAW_TIMELINE_H
#define GUIJU_DRAW_TIMELINE_H
#include "diag/render.h"
#include "draw/list.h"
#include "guiju.h"
#include "model/procedure.h"

enum item_kind { ITEM_DUTY, ITEM_VALIDITY, ITEM_WINDOW };

struct timeline_item {
	enum item_kind kind;
	uint32_t index; /* duty, validity, or the step of a window */
	bool started;	/* by the event; else earlier */
	bool suspended, overdue;
	bool lapses;		      /* something happens on the day after its last day */
	struct guiju_dates opens;     /* of a window */
	VEC(struct guiju_dates) dues; /* none: not known; of a repeated duty also the next ones, within a year */
};

struct timeline {
	struct arena *arena;
	const struct model *model;
	const struct guiju_table *table;
	const struct procedure *p;
	const struct guiju_move *move;
	enum language language;
	uint32_t state; /* after the event */
	VEC(struct timeline_item) items;
	VEC(struct guiju_clock) ended; /* by the event, with their last days */
	void *scratch;
	size_t scratch_size;
};

/* Takes the step and asks what follows. */
void timeline_ask(struct timeline *t);
bool is_day_known(int64_t day);
/* The days of the calendar around those that matter, for the rows that there are (timeline_axis.c). */
void timeline_axis(const struct timeline *t, struct drawing *d);
const char *weekday_words(const struct timeline *t, int64_t day);

#endif
