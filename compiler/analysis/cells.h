/* Cells of a rule table, each in one form for each meaning, and how values are written as a cell. */
#ifndef GUIJU_ANALYSIS_CELLS_H
#define GUIJU_ANALYSIS_CELLS_H
#include "analysis/checks.h"

enum cell_kind {
	CELL_ANY,                    /* empty, or a test that every value passes */
	CELL_VALUES,                 /* values of one dimension, or outcomes of a feeding decision */
	CELL_ALL,                    /* of a set: it has all of `with` and none of `without` */
	CELL_SOME,                   /* of a set: it has one of `with` (one member alone: CELL_ALL) */
	CELL_OTHER                   /* anything else: equal where it is written alike */
};

struct cell {
	enum cell_kind kind;
	uint32_t fact, decision;     /* what it speaks of; NONE */
	struct ranges values;
	uint64_t with, without;
	const struct cond *cond;
	uint64_t hash;               /* equal cells have equal hashes */
};

/* cond NULL: an empty cell. */
struct cell cell_of(struct arena *arena, const struct model *model, const struct cond *cond);
bool same_ranges(const struct ranges *a, const struct ranges *b);
bool cells_equal(const struct cell *a, const struct cell *b);

/* ---- as the language writes them (cell_words.c): Chinese and English; "" for any value ---- */
struct phrase bounds_cell(struct arena *arena, const struct fact *fact, const struct ranges *values);
struct phrase members_cell(struct arena *arena, const struct fact *fact, const struct ranges *values);
struct phrase outcomes_cell(struct arena *arena, const struct decision *decision, const struct ranges *values);
struct phrase set_cell(struct arena *arena, const struct fact *fact, uint64_t with, uint64_t without);
struct phrase set_some_cell(struct arena *arena, const struct fact *fact, uint64_t with);
struct phrase values_cell(struct arena *arena, const struct fact *fact, const struct ranges *values); /* not of a set */

#endif
