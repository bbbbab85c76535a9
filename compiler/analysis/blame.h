/* What lies behind findings among rows of one table (blame.c), and how it is said. For analysis/ alone. */
#ifndef GUIJU_ANALYSIS_BLAME_H
#define GUIJU_ANALYSIS_BLAME_H
#include "analysis/checks.h"

enum suspect_kind {
	SUSPECT_ROW,   /* subject: the rule's place; the findings name it */
	SUSPECT_BOUND, /* subject: a dimension; rows end at `high` and others begin at `low` */
	SUSPECT_REPEAT /* subject: so many rows further down the same conditions stand again */
};

struct suspect {
	enum suspect_kind kind;
	uint32_t table; /* index into model->tables */
	uint32_t subject;
	int64_t low, high; /* of a bound */
};

struct blamed { /* a finding among rows of one table */
	struct finding *finding;
	const uint32_t *rules; /* of the decision under way */
	size_t count;
};

struct cause_made { /* a cause that was told */
	struct suspect suspect;
	uint32_t decision;
	rule_list first, second; /* the row and those that it meets; what ends at the bound and begins there; the rows
				  * and their repetition. Ascending places of the decision */
	size_t conflicts;            /* findings of this kind */
	rule_list hidden;            /* rows that the suspect hides, a finding each */
	uint64_t boxes;              /* that its preview may cost */
	bool agree;                  /* rows that meet have one outcome */
	struct finding *said;
};

/* The suspect is the cause of the items (of c->blamed): says so in them. */
void tell_cause(struct checks *c, const struct suspect *suspect, const rule_list *items);

#endif
