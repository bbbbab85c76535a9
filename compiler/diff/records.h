/* Existing filings decided again and running cases stepped again: which of them change, and what their holder must now do.
 * needs: two open tables, and a descriptor with records as `decide` reads them     keeps: both tables
 * gives: one entry for each record and decision whose answer changes, and one for each running case that changes
 * A record that names a procedure (`_procedure`) is a running case; it is a filing too if it gives a fact. */
#ifndef GUIJU_DIFF_RECORDS_H
#define GUIJU_DIFF_RECORDS_H
#include "diag/render.h"
#include "diff/running.h"
#include "guiju.h"
#include "support/arena.h"
#include "support/io.h"

struct diff_answer {                 /* what one edition says */
	const char *outcome;         /* id, or NULL */
	struct phrase label;         /* of the outcome, or why there is none */
	const char *because;         /* JSON list of reasons, as decide gives it */
	struct phrase cites;         /* clauses and items of the reasons, in words; "" for none */
	const char *undecided;       /* without an outcome: "gap" …, "open" with the possible ones, or the kind of error; else "" */
};

struct diff_record {
	const char *id;              /* JSON of `_id`, else the record's number, from 1 */
	struct phrase decision;      /* label */
	const char *decision_id;
	struct diff_answer old, new_;
};

struct record_mistake {              /* a record that neither edition can decide, or that is no running case */
	const char *id;
	size_t line;                 /* on which the record begins, from 1 */
	struct phrase why;
};

struct diff_records {
	struct diff_record *items;
	size_t count;                /* that change */
	struct diff_running *running;
	size_t running_count;        /* that change */
	size_t read;                 /* records in all */
	size_t cases;                /* of these, running cases */
	struct record_mistake *mistakes;
	size_t mistake_count;
	bool inexact;                /* a budget ended an answer */
	struct io_error error;       /* when reading failed */
};

struct records_job {
	const struct io_ops *io;
	const struct guiju_table *tables[2];   /* old, new */
	const char *decision;        /* only this one (an id), or NULL: those that feed no other in NEW */
	int input;
	bool has_on;
	int64_t on;
	uint64_t budget;
};

/* `scratch` is given back record by record; another arena than `arena`. false: reading failed (out->error). */
bool diff_records_read(struct arena *arena, struct arena *scratch, const struct records_job *job, struct diff_records *out);

/* Running cases of the procedure that change in this, or in this event; NULL: none. */
size_t diff_running_of(const struct diff_records *records, const char *procedure, enum running_kind kind, const char *id, const char *event);

#endif
