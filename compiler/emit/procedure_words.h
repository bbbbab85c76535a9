/* What the exports say of a procedure's parts, beside what their own formats can say: in words of both languages. */
#ifndef GUIJU_EMIT_PROCEDURE_WORDS_H
#define GUIJU_EMIT_PROCEDURE_WORDS_H
#include "model/procedure.h"

/* Attributes of our own in documents of others. */
#define PROCEDURE_NAMESPACE "urn:guiju:procedure:0.1"

extern const char *const unit_ids[];  /* by enum time_unit: working_days … */
extern const char *const lapse_ids[]; /* by enum lapse_kind: no_consequence …; "" where it is not stated */

const char *actor_id(const struct model *m, enum actor_kind actor, uint32_t role); /* of a role its id; NULL: not written */
/* "8.1(1).2 12.1": the clauses cited; NULL: none. */
const char *cite_ids(struct arena *arena, const struct attributes *attributes);

/* Sentences, one a line: who and when, what is to be submitted, what follows, and each clause with its text (Chinese) or
 * the clauses' ids (English). */
struct phrase state_words(struct arena *arena, const struct model *m, const struct state *state);
struct phrase step_words(struct arena *arena, const struct model *m, const struct procedure *p, const struct step *step);
struct phrase duty_words(struct arena *arena, const struct model *m, const struct procedure *p, const struct duty *duty);
struct phrase validity_words(struct arena *arena, const struct model *m, const struct procedure *p,
			     const struct validity *validity);

/* When a duty's deadline passes, for a timer: "5 working_days after submit"; NULL: it has no number. */
const char *deadline_expression(struct arena *arena, const struct procedure *p, const struct duty *duty);

#endif
