/* Running cases stepped in both editions: what their holders have to do otherwise.
 *
 * note [running changes] A running case (decide/running.h) is asked in each edition what runs on its day, and of every
 * event whether it would be taken then. What counts as a change is in that: a duty, validity or window of an id runs in
 * one edition alone or has another role, last day (or interval) or words; an event is taken, refused or not decided
 * otherwise, or leads to another state; or one edition lacks the procedure or the state, or cannot read the facts, and
 * then nothing else is asked. Clauses and labels are told and not compared: renumbering is no change for a holder. An
 * event that an edition does not have did nothing there, and is refused. */
#ifndef GUIJU_DIFF_RUNNING_H
#define GUIJU_DIFF_RUNNING_H
#include "decide/facts.h"
#include "diag/render.h"
#include "guiju.h"
#include "support/arena.h"

enum running_kind {
	RUNNING_PROCEDURE,
	RUNNING_STATE,
	RUNNING_FACTS,
	RUNNING_DUTY,
	RUNNING_VALIDITY,
	RUNNING_WINDOW,
	RUNNING_EVENT,
	RUNNING_KINDS
};

struct running_answer {
	const char *json;	    /* as `step` says it; NULL: there is nothing of this id */
	const char *key;	    /* answers with equal keys are equal */
	struct phrase words, cites; /* cites: "" for none */
	struct phrase must;	    /* what it asks of the holder; of what is not there: that it is asked no longer */
};

struct running_change {
	enum running_kind kind;
	const char *id;
	struct phrase name;
	struct running_answer of[2];
};

struct diff_running {
	const char *id; /* as of a record */
	size_t line;	/* on which the record begins, from 1 */
	const char *procedure_id, *state_id, *day;
	struct phrase procedure, state;
	struct running_change *changes; /* at least one */
	size_t change_count;
};

struct runner;
struct runner_job {
	const struct guiju_table *tables[2];
	const struct facts *facts[2];
	uint64_t budget;
	bool has_on;
	int64_t on;
};
struct runner *runner_new_in(struct arena *arena, const struct runner_job *job);

enum running_result { RESULT_NONE, RESULT_SAME, RESULT_CHANGED, RESULT_WRONG };
/* One record, read by both editions. RESULT_CHANGED: `out` has the case but its id and line, and lives in the arena of
 * the runner. RESULT_WRONG: NEW's record has failed and says why. `inexact`: set where a budget ended an answer. */
enum running_result running_compare(struct runner *r, struct record *const records[2], bool json,
				    struct diff_running *out, bool *inexact);

const char *running_kind_id(enum running_kind kind);	  /* "duty" */
struct phrase running_kind_words(enum running_kind kind); /* 职责 */

#endif
