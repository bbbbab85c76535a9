/* What the files that resolve procedures and calendars share. Not for other folders: they read procedure.h. */
#ifndef GUIJU_MODEL_PROCEDURES_H
#define GUIJU_MODEL_PROCEDURES_H
#include "model/procedure.h"
#include "model/resolve.h"

typedef VEC(uint32_t) indices;

struct effects { /* the events whose steps do it to a clock */
	indices restarted_by, suspended_by, resumed_by, ended_by;
};

/* A procedure while its declarations are read; the arrays grow, so what refers to them are indices. */
struct building {
	struct procedure *procedure;
	struct scope state_names, event_names, step_names, clock_names; /* clocks: duties, and validities with VALIDITY_BIT */
	VEC(struct state) states;
	VEC(struct event) events;
	VEC(struct step) steps;
	VEC(struct duty) duties;
	VEC(struct validity) validities;
	VEC(struct time_property) properties;
	VEC(indices) event_steps; /* per event */
	VEC(struct effects) duty_effects, validity_effects;
	VEC(const struct ast_decl *) event_decls; /* per event; of one that a step makes, the step's */
};
#define VALIDITY_BIT (UINT32_C(1) << 30)

/* The procedure of 用于; NULL after reporting. */
struct building *building_of(struct resolver *r, const struct ast_decl *decl);
/* Says that `keyword` is missing from a declaration. */
void report_missing(struct resolver *r, const struct ast_decl *decl, enum thing thing, const char *zh, const char *en);
/* Resolves 依据 and the like; the clauses cited are implemented by `PROCEDURE.NAME`. */
void timed_attributes(struct resolver *r, const struct building *b, const struct ast_decl *decl, const char *name,
		      struct attributes *out);
/* Indices that words name, each once; *count is how many. */
uint32_t *look_up_all(struct resolver *r, const struct scope *scope, enum thing thing, const ast_words *words,
		      size_t *count);
uint32_t look_up_if_given(struct resolver *r, const struct scope *scope, enum thing thing, const struct ast_word *word);

/* ---- time (time_words.c) ---- */
bool period_resolve(struct resolver *r, const struct ast_number *number, struct period *out); /* false: reported */
bool period_of(const struct ast_number *number, struct period *out); /* the same, silently */
void counting_resolve(struct resolver *r);

void calendars_resolve(struct resolver *r); /* calendars.c */
uint32_t calendar_of_procedure(struct resolver *r, const struct ast_decl *decl);

/* ---- clocks (clocks.c) ---- */
void duty_declare(struct resolver *r, struct entry *entry);
void validity_declare(struct resolver *r, struct entry *entry);
void duty_resolve(struct resolver *r, const struct entry *entry);
void validity_resolve(struct resolver *r, const struct entry *entry);
void limit_resolve(struct resolver *r, struct building *b, const struct ast_limit *ast, struct limit *out);
uint32_t validity_look_up(struct resolver *r, const struct building *b, const struct ast_word *word);
bool clock_look_up(struct resolver *r, const struct building *b, const struct ast_word *word, struct clock_ref *out);
struct effects *effects_of(struct building *b, const struct clock_ref *clock);

/* ---- steps (steps.c) ---- */
void event_declare(struct resolver *r, struct entry *entry);
void step_declare(struct resolver *r, struct entry *entry);
void step_resolve(struct resolver *r, const struct entry *entry);
void events_close(struct resolver *r, struct building *b);

void procedure_cases_resolve(struct resolver *r); /* procedure_cases.c */

#endif
