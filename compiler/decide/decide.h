/* guiju decide, guiju step: records in, answers out, one a line, in the same form (JSON objects, or CSV).
 * needs: an open table and two open descriptors     keeps: memory bounded, however many records come
 * gives: an answer or an error for every record, in their order */
#ifndef GUIJU_DECIDE_DECIDE_H
#define GUIJU_DECIDE_DECIDE_H
#include "diag/render.h"
#include "guiju.h"
#include "support/arena.h"
#include "support/io.h"

/* Bytes of one record: a longer one is an error, and the next ones are read. */
#define DECIDE_RECORD_LIMIT ((size_t)1 << 20)

struct decide_job {
	const struct io_ops *io;
	struct out_of_memory *handler; /* where control goes when memory ends; everything is freed first */
	const struct guiju_table *table;
	uint32_t decision;
	const struct guiju_move *move; /* a step is to be taken with each record's facts, instead of a decision; or NULL */
	int input, output;             /* open descriptors; they are not closed here */
	bool no_input;                 /* one record that gives no facts, instead of reading */
	bool has_on;                   /* --on: the date of every record; of no effect where no rule has a period */
	int64_t on;                    /* days since 1970-01-01 */
	enum language language;        /* of the errors' messages; nothing else depends on it */
	uint64_t budget;               /* boxes visited for a record with unknown facts; 0: no limit */
	struct io_error error;         /* when decide_records gives false: doing and error; the caller knows the path */
};

/* false: reading or writing failed (job->error). Else *exit_status: 0; 1 if a record was an error; 4 if a budget ended
 * an answer. */
bool decide_records(struct decide_job *job, int *exit_status);

#endif
