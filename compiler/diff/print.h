/* A difference as people and programs read it. Everything is written to a writer. */
#ifndef GUIJU_DIFF_PRINT_H
#define GUIJU_DIFF_PRINT_H
#include "diag/render.h"
#include "diff/diff.h"
#include "diff/records.h"
#include "support/writer.h"

/* `records` NULL: none were given. */
void diff_write_text(struct writer *w, const struct difference *d, const struct diff_records *records, enum language language);
/* ", "old": …, "decisions": […], "clauses": […], "records": […]" behind the envelope; `language`: of `must` alone. */
void diff_write_json(struct writer *w, const struct difference *d, const struct diff_records *records, enum language language);
/* The amendment note: what changes item by item, what that does, and what is not decided. */
void diff_write_markdown(struct writer *w, const struct difference *d, const struct diff_records *records, enum language language);

/* Procedures (print_procedures.c). */
void diff_write_procedures_text(struct writer *w, const struct difference *d, enum language language);
void diff_write_procedures_json(struct writer *w, const struct difference *d);         /* `, "procedures": […], "parts": […]` */
void diff_write_procedures_markdown(struct writer *w, const struct difference *d, const struct diff_records *records,
				    enum language language);

/* Running cases, and records that are neither a filing nor a running case (print_running.c). */
void diff_write_running_text(struct writer *w, const struct diff_records *records, enum language language);
/* `, "running": […], "errors": […]`; `records` NULL: none were given. */
void diff_write_running_json(struct writer *w, const struct diff_records *records, enum language language);
void diff_write_running_markdown(struct writer *w, const struct diff_records *records, enum language language);

/* ---- what they share ---- */

/* The pairs of a decision with their regions; of JSON with verdict and count. */
void diff_write_pairs_text(struct writer *w, const struct difference *d, const struct diff_decision *decision, enum language language);
void diff_write_pairs_markdown(struct writer *w, const struct difference *d, const struct diff_decision *decision,
			       enum language language);
void diff_write_regions_json(struct writer *w, const struct diff_decision *decision);
/* As itself in Markdown, also in a cell of a table: what would be markup there is escaped, a line end is a space. */
void diff_write_cell(struct writer *w, const char *text);
/* ### 税率（rate） */
void diff_write_heading(struct writer *w, const struct name *name, enum language language);

const char *diff_name(const struct name *name, enum language language);
/* 12 种情形; NULL: a budget ended the counting. */
const char *diff_cases(struct arena *arena, const char *count, enum language language);
/* An outcome's label, or why there is none. */
const char *diff_status_words(const struct difference *d, const struct diff_decision *decision, int edition, uint32_t status,
			      enum language language);
const char *diff_status_id(const struct diff_decision *decision, int edition, uint32_t status);  /* NULL: no outcome */
const char *diff_status_reason(uint32_t status);         /* "gap" "conflict" "feeding" "not_a_case" "no_decision" */
/* a_rule「规则名称」（10.1#2）, with items, and what it rests on. */
void diff_write_reasons(struct writer *w, const struct diff_reasons *reasons, enum language language);
/* One pair of outcomes in words: what its regions have in common is said once. */
struct pair_words {
	const char *common;          /* conditions of every region; "" for none, or of one region alone */
	const char *because[2];      /* the reasons behind every region; NULL where they are not the same */
	const char **when;           /* per region, without what is common */
	const char **because_of[2];  /* per region */
};
struct pair_words diff_pair_words(struct arena *arena, const struct diff_pair *pair, enum language language);
/* Bytes that could deceive the reader are shown as what they are. */
void diff_write_visibly(struct writer *w, const char *text);
/* What the holder of a filing that changes must now do: the new edition's outcome, with its clauses and items. */
const char *diff_must(struct arena *arena, const struct diff_record *record, enum language language);
bool diff_equal(const struct difference *d);
bool diff_decided(const struct difference *d);
bool diff_ended(const struct difference *d);      /* a budget ended something; else what is not decided cannot be compared */
const char *diff_obstacle_words(struct arena *arena, const struct diff_decision *decision, enum language language);

#endif
