/* The findings sink. Every stage reports the author's mistakes here and goes on; the driver stops between stages.
 *
 * A finding holds no rendered text: it names a message of the catalogue (messages.def) and its arguments, so that it
 * can be shown in Chinese or English, as text or JSON. */
#ifndef GUIJU_DIAG_DIAG_H
#define GUIJU_DIAG_DIAG_H
#include "diag/source.h"
#include "support/arena.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* One row per kind of finding: FINDING(ID, "slug", SEVERITY, "zh", "en") in findings.def. */
enum finding_kind {
#define FINDING(id, slug, severity, zh, en) FINDING_##id,
#include "diag/findings.def"
#undef FINDING
	FINDING_COUNT
};

/* One row per message: MESSAGE(ID, "zh", "en") in messages.def; {0} … {7} stand for the arguments. */
enum message {
	MESSAGE_NONE,
#define MESSAGE(id, zh, en) MESSAGE_##id,
#include "diag/messages.def"
#undef MESSAGE
	MESSAGE_COUNT
};

/* A piece of text in both languages; en NULL: the same as zh. */
struct phrase {
	const char *zh;
	const char *en;
};

#define DIAG_ARGS 8
#define DIAG_PLACES 3

struct label {               /* a labelled place: the first is underlined with ^, the others with ~ */
	struct span span;
	struct phrase text;  /* may be empty */
};

/* A mending edit: replace the bytes of span by text. */
struct edit {
	struct span span;
	const char *text;
};

/* What a witness or a region says of one fact. */
struct fact_values {
	uint32_t fact;        /* index into model->facts */
	const char *json;     /* its value in JSON: a witness `10000000`, `"pharma"`, `["x"]`; a region as product.md */
	struct phrase words;  /* in words: 入场人数为10000000人 */
	const char *fact_id;
};

struct case_words {
	struct fact_values *items;
	size_t count;
};

struct finding_move {         /* of a trace through a procedure */
	const char *on;       /* 2026-02-27 */
	const char *event;    /* id; of a lapse the duty's */
	bool lapse;           /* no event: a deadline passed */
	const char *state;    /* id of the state after it */
	struct phrase words;
	struct case_words facts; /* for the guard */
};

struct finding_region {
	struct case_words when;
	const char *count;    /* decimal */
	/* in diff findings only */
	const char *old_outcome, *new_outcome;
};

/* Cases without an outcome to which the edits give one. */
struct preview_change {
	struct phrase old, new_;      /* in words: 空白, an outcome's label */
	const char *undecided;        /* why there is no outcome without the edits: "gap", "conflict" */
	const char *outcomes[2];      /* in conflict without them, ids; NULL: more than two, or not the same two everywhere */
	const char *new_outcome;      /* id */
	struct finding_region *regions;
	size_t region_count;
	const char *count;            /* decimal */
	const char *rest_count;       /* outside the regions listed; NULL when none */
};

/* What the edits, applied together, change of the answers of the finding's decision. */
struct preview {
	struct preview_change *items;
	size_t count;
	const char *total;            /* cases in all, decimal; NULL: it would have cost too much to work out, and there are no items */
};

/* The table's own condition leaves them out; its columns do not tell them from cases that are none of the finding's; they would
 * have cost too much to work out. */
enum rows_left { LEFT_OUTSIDE = 1, LEFT_ALIKE = 2, LEFT_COSTLY = 4 };

struct finding {
	enum finding_kind kind;
	enum severity severity;          /* the row's, unless a stage lowers it */
	enum message message;
	struct phrase args[DIAG_ARGS];
	struct label places[DIAG_PLACES];
	size_t place_count;
	enum message help;               /* MESSAGE_NONE: none */
	struct phrase help_args[DIAG_ARGS];
	struct edit *edits;              /* the edits that the help suggests; applied together they mend the finding */
	size_t edit_count;
	const struct preview *preview;   /* NULL: the edits change names or form, or it was not worked out */
	/* of the checks; NULL or 0 where they say nothing */
	const char *decision;            /* id */
	const char *procedure;           /* id */
	const char **rules;              /* ids, NULL-terminated */
	const char **clauses;            /* ids, NULL-terminated */
	const char **depends_on;         /* ids of constraints, NULL-terminated */
	bool has_witness;
	struct case_words witness;
	struct finding_region *regions;
	size_t region_count;
	const char *count;               /* decimal string */
	const char *cause;               /* what lies behind it: a key that findings of one cause share; NULL: its slug */
	struct phrase cause_words;
	/* What is said of its cause as a whole, with the edits that mend it: no finding of its own. NULL: the words say it. */
	const struct finding *behind;
	size_t mends;                    /* of what is behind: so many of its findings are sure to end with the edits */
	const char *row_head, *row_rule; /* the first two lines of a pipe table with the regions' rows, or NULL */
	struct phrase *rows;
	size_t row_count;
	unsigned rows_left;              /* of enum rows_left: why cases of the regions are in no row of the table */
	const char *rows_of;             /* its id, where some may be left */
	const char *rest_count;          /* cases outside the regions listed, decimal; NULL when none */
	const struct finding_move *trace; /* how a procedure gets there, from its start */
	size_t trace_count;
};

struct diag {
	struct arena *arena;             /* findings live here */
	struct sources *sources;
	VEC(struct finding *) findings;
	size_t errors, warnings, notes;
	bool incomplete;                 /* a budget ended something: exit 4 */
};

/* Starts a finding with the row's severity; the caller fills it and it is in the sink already. */
struct finding *diag_add(struct diag *diag, enum finding_kind kind, struct span span, enum message message);
/* Sets argument {index}; texts are copied. */
void diag_arg(struct diag *diag, struct finding *f, size_t index, const char *text);
void diag_arg2(struct diag *diag, struct finding *f, size_t index, const char *zh, const char *en);
void diag_arg_int(struct diag *diag, struct finding *f, size_t index, int64_t value);
void diag_place(struct diag *diag, struct finding *f, struct span span, const char *zh, const char *en);
void diag_help(struct diag *diag, struct finding *f, enum message help, const char *arg0, const char *arg1);
void diag_edit(struct diag *diag, struct finding *f, struct span span, const char *text);
void diag_severity(struct diag *diag, struct finding *f, enum severity severity); /* keeps the counters right */
bool diag_failed(const struct diag *diag);           /* an error has been reported */
void diag_sort(struct diag *diag);                   /* by place, then slug, then rules: same input, same order */

const char *finding_slug(enum finding_kind kind);
struct phrase finding_summary(enum finding_kind kind); /* the row's texts */
enum severity finding_severity(enum finding_kind kind);
const char *severity_slug(enum severity severity);    /* "error" "warning" "note" */
/* A hash of slug, decision, rules and clauses (of the message's arguments where it has none), not of lines. */
const char *finding_fingerprint(struct arena *arena, const struct finding *f);

#endif
