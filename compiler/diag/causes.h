/* Findings grouped by what lies behind them, so that many read as few. */
#ifndef GUIJU_DIAG_CAUSES_H
#define GUIJU_DIAG_CAUSES_H
#include "diag/render.h"

enum { MANY_FINDINGS = 10, CAUSES_SHOWN = 10 };

struct cause {
	const char *key;             /* "conflict: pathway: table a, table b": the same whatever the lines are */
	const struct finding *first; /* of the most severe, in the order of the findings */
	size_t findings;
	const char *cases;           /* of its findings of the first's kind added up, decimal; NULL: not all have a count */
	size_t place;                /* of the first among all */
};
typedef VEC(struct cause) cause_list;

const char *finding_cause(const struct finding *f);      /* its slug where no check says more */
/* The causes of all findings, notes only if asked for: by severity, then gaps first, then by findings, then by place. */
cause_list causes_of(struct arena *arena, const struct diag *diag, bool notes);
/* The sum of two decimal numbers. */
const char *decimal_sum(struct arena *arena, const char *a, const char *b);
const char *cause_text(struct arena *arena, const struct cause *cause, enum language language);
/* render_causes() would write something: of findings with a cause it shows only the first of the first ten causes whole. */
bool reads_as_causes(const cause_list *list);
/* Where there are many findings and a check knows a cause of several: the first ten causes with an example each, then the
 * others. *shown: findings of which there was at least a line. false: nothing is written. */
bool render_causes(struct writer *w, struct diag *diag, const struct render_options *opt, size_t *shown);
/* `, "causes": […]`, those of several findings; nothing where there is none. */
void render_causes_json(struct writer *w, struct diag *diag, enum language language);

#endif
