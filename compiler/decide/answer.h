/* Answers: deciding a record, with the decisions that its reasons rest on, and printing it. */
#ifndef GUIJU_DECIDE_ANSWER_H
#define GUIJU_DECIDE_ANSWER_H
#include "decide/facts.h"
#include "support/writer.h"

/* One decision on the record at hand. Sets are copied out of the runtime's scratch memory. */
struct decided {
	enum guiju_status status;
	struct guiju_answer answer;  /* its pointers lead into the record's arena */
};

struct csv_memo;

/* What deciding needs, for all records. */
struct answerer {
	struct arena *arena;         /* of the whole run */
	const struct guiju_table *table;
	const struct facts *facts;
	struct guiju_about about;
	size_t rule_words;           /* of a set of rules */
	uint64_t budget;
	enum language language;
	void *scratch;               /* the runtime's */
	size_t scratch_size;
	struct decided **decided;    /* per decision; NULL: not asked yet on this record */
	bool inexact;                /* a budget ended an answer */
	struct csv_memo *csv_memo;   /* answer_csv.c's */
};

struct answerer *answerer_new_in(struct arena *arena, const struct guiju_table *table, const struct facts *facts);
/* Decides, once per record and decision. Between records, before their arena is given back: answerer_forget. */
const struct decided *answer_decision(struct answerer *a, struct record *record, uint32_t decision);
void answerer_forget(struct answerer *a);
/* Decides the record, unless it failed already; what the table refuses becomes the record's error. */
const struct decided *answer_record(struct answerer *a, struct record *record, uint32_t decision);

/* One line each, with its line end. `d` is NULL for a failed record. */
void answer_write_json(struct answerer *a, struct writer *w, struct record *record, uint32_t decision,
		       const struct decided *d);
void answer_write_csv(struct answerer *a, struct writer *w, struct record *record, uint32_t decision,
		      const struct decided *d);
/* The reasons as the list of "because". */
void answer_write_reasons(struct answerer *a, struct writer *w, struct record *record, const struct decided *d);
/* The names that are copied, and then the record's error. */
void answer_write_copied(struct writer *w, const struct record *record);
void answer_write_error(const struct answerer *a, struct writer *w, struct record *record);
/* Makes an error of the constraint that rules the record out (UINT32_MAX: all of them together). */
void answer_fail_excluded(const struct answerer *a, struct record *record, uint32_t constraint);
void write_csv_cell(struct writer *w, const char *text);

/* The rules of a set, ascending: pass 0 first, then the last rule + 1; UINT32_MAX: no more. */
uint32_t next_rule(const struct answerer *a, const uint64_t *set, uint32_t from);
bool is_undecided(const struct decided *d);                    /* gap, conflict, feeding */
const char *undecided_word(enum guiju_verdict verdict);        /* "gap" "conflict" "feeding" */
const char *error_kind_word(enum record_error_kind kind);

#endif
