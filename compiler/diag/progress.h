/* What a long run is doing, for whoever shows it: the stages say it here and tick now and then; nothing below commands/
 * prints. NULL stands everywhere for a run that nobody watches. */
#ifndef GUIJU_DIAG_PROGRESS_H
#define GUIJU_DIAG_PROGRESS_H
#include "diag/diag.h"

struct progress {
	void (*show)(void *context, const struct progress *now);
	void *context;
	enum message message;        /* PROGRESS_…, with these arguments in this order */
	struct phrase subject;       /* a decision, property or procedure */
	const char *table;           /* id of the rule's table, or NULL */
	struct phrase question;      /* conflicts */
	size_t at, of;               /* the rule or finding under way, from 1, and how many there are */
	unsigned ticks;
};

/* From the midst of the work: shows it every 256th time, since asking the clock costs more than a step. */
static inline void progress_tick(struct progress *p)
{
	if (p && ++p->ticks % 256 == 0)
		p->show(p->context, p);
}

/* Another stage begins: of a decision or procedure, or of the whole (NULL). */
static inline void progress_stage(struct progress *p, enum message message, const char *zh, const char *en)
{
	if (!p)
		return;
	p->message = message;
	p->subject = (struct phrase){ zh, en };
	p->show(p->context, p);
}

#endif
