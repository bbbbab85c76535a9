/* What the checks of procedures share. Not for other folders: they read check.h. */
#ifndef GUIJU_PROCEDURE_CHECKS_H
#define GUIJU_PROCEDURE_CHECKS_H
#include "procedure/check.h"
#include "procedure/graph.h"
#include "regions/regions.h"

#include "guiju.h"

struct procedure_checks {
	struct arena *arena;
	struct diag *diag;
	const struct model *model;
	struct regions *regions;
	size_t shown;                /* regions of a finding */
	const struct guiju_table *table;       /* the rulebook's own, with which traces are dated */
	void *scratch;
	size_t scratch_size;
	bool start_day_said, end_day_said;     /* how periods are counted is asked once in a rulebook */
	/* the procedure under way */
	const struct procedure *p;
	uint32_t index;
	bool *possible;              /* per step: some case satisfies its guard */
	struct graph graph;
};

/* ---- the checks: one file each, and their list in check.c ---- */
void check_calendars(struct procedure_checks *c);        /* once, before the procedures: limits against years */
void check_parts(struct procedure_checks *c);            /* what a duty, step or validity must say */
void check_states(struct procedure_checks *c);           /* unreachable, dead ends, left undated */
void check_guards(struct procedure_checks *c);           /* two steps for one case, or none */
void check_times(struct procedure_checks *c);            /* deadlines, windows and validities against each other */
void check_duties(struct procedure_checks *c);           /* duties that cannot be met */
void check_time_properties(struct procedure_checks *c);

/* ---- asking (guards.c) ---- */
/* Cases of the event where `when` holds (NULL: always) and `then` does not (NULL: never does). */
struct property *guard_question(struct procedure_checks *c, const struct event *event, struct cond *when, struct cond *then);
bool guard_possible(struct procedure_checks *c, const struct step *step);
/* A case in which this step is taken from the state and no other of its event that leads elsewhere. */
struct property *guard_alone(struct procedure_checks *c, uint32_t step, uint32_t state);

/* ---- reporting (report.c) ---- */
struct finding *report_at(struct procedure_checks *c, enum finding_kind kind, struct span span, enum message message,
			  const char *id, const struct attributes *attributes);
void name_arg(struct procedure_checks *c, struct finding *f, size_t arg, const struct name *name);
void period_arg(struct procedure_checks *c, struct finding *f, size_t arg, struct period period);
void names_arg(struct procedure_checks *c, struct finding *f, size_t arg, const struct name *const *names, size_t count);
void add_clauses(struct procedure_checks *c, struct finding *f, const struct attributes *attributes);
void report_case(struct procedure_checks *c, struct finding *f, const struct property *question);
void report_open(struct procedure_checks *c, struct span span, const struct name *name, const char *zh, const char *en);

/* ---- dated traces (trace.c) ---- */
struct trace {
	struct finding_move *moves;
	size_t count;
};
/* Dates the path from the start of the procedure. false: no dates were found at which every step is taken. */
bool trace_make(struct procedure_checks *c, const struct path *path, struct trace *out);
/* The trace of the path as the finding's, if there is one. */
void report_trace(struct procedure_checks *c, struct finding *f, const struct path *path);

#endif
