/* Findings grouped by what lies behind them, so that many read as few. */
#ifndef GUIJU_DIAG_CAUSES_H
#define GUIJU_DIAG_CAUSES_H
#include "diag/render.h"

enum { MANY_FINDINGS = 20, CAUSES_SHOWN = 10 };

struct cause {
	const char *key;             /* "conflict: pathway: table a, table b": the same whatever the lines are */
	const struct finding *first; /* in the order of the findings */
	size_t findings;
	const char *cases;           /* of its findings added up, decimal; NULL: none has a count */
	size_t place;                /* of the first among all */
};
typedef VEC(struct cause) cause_list;

const char *finding_cause(const struct finding *f);      /* its slug where no check says more */
/* The causes of all findings, notes only if asked for: by severity, then cases, then findings, then place. */
cause_list causes_of(struct arena *arena, const struct diag *diag, bool notes);
/* The sum of two decimal numbers. */
const char *decimal_sum(struct arena *arena, const char *a, const char *b);
/* The ten first of them, as text, where there are many findings and a check knows the cause of some. */
void render_causes(struct writer *w, const struct diag *diag, const struct render_options *opt);

#endif
