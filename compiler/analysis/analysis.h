/* The checks of docs/FINDINGS.md that speak of all cases, each with a search of its own (regions/).
 * needs: a resolved model without errors     keeps: the model unchanged
 * gives: findings in the sink, and what was decided of each decision */
#ifndef GUIJU_ANALYSIS_ANALYSIS_H
#define GUIJU_ANALYSIS_ANALYSIS_H
#include "diag/progress.h"
#include "model/model.h"
#include "support/arena.h"

enum decided { DECIDED_NONE /* decided: there is none */, DECIDED_FOUND, DECIDED_NOT /* a budget ended it */ };

struct verdict {                  /* of one decision */
	enum decided conflict, gap, unreachable, redundant;
};

struct verdicts {
	struct verdict *items;    /* one per decision, in model order */
	size_t count;
};

/* What the analysis may spend; 0: no limit. A budget that ends a question makes it `not-decided`. */
struct budget {
	uint64_t nodes;           /* boxes visited, over all questions */
	uint64_t milliseconds;
	uint64_t bytes;           /* of the scratch arena */
	size_t regions_shown;     /* 8; SIZE_MAX with --regions all */
	/* Witness, regions and count are worked out of the first so many errors and warnings in order, and of as many
	 * notes (0: of all); of notes that are hidden they are not, nor the edits that mend them. */
	size_t detailed;
	bool by_cause;            /* where findings are shown by cause, those not shown whole are only counted */
	bool hide_notes;
	bool rows;                   /* regions also as rows of a table */
	struct progress *progress;   /* told what is asked; or NULL */
	struct keeping *keeping;     /* or NULL */
};

/* What is known from the last check of a model that differs in rules alone, and what the next one will know of this. All of
 * its zero, but for the first three. */
struct merged;
struct keeping {
	struct arena *arena;         /* in which it lives; it grows */
	struct kept *kept;           /* regions/regions.h */
	const uint64_t *ids;         /* per rule; of each check */
	bool ended;                  /* a limit ended a question: nothing is known any more */
	uint32_t check;
	struct merged_table {        /* what was made of its mergeable rows; it goes with the model after that of this check */
		uint32_t check;
		struct merged *made;
	} *merged;                   /* per table */
};

void check_model(struct arena *arena, struct diag *diag, const struct model *model, const struct budget *budget,
		 struct verdicts *verdicts);

#endif
