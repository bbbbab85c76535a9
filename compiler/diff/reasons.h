/* Questions of one subject, and the reasons behind a region. Not for other folders: they read diff.h. */
#ifndef GUIJU_DIFF_REASONS_H
#define GUIJU_DIFF_REASONS_H
#include "diff/diff.h"
#include "diff/subject.h"

struct question_of {
	const struct stage_set *set;
	struct cond *cond;           /* a case of the subject in which this holds */
	VEC(uint32_t) fed_by;        /* decisions that it names, with all that feed them, in order */
	bool ended;                  /* a budget ended it */
};
void question_feed(struct question_of *q, uint32_t decision);    /* once is enough */
bool question_exists(struct question_of *q);
/* The list lives until the next question; false: there is no such case, or a budget ended it. */
bool question_list(struct question_of *q, size_t shown, struct region_list *out);

struct placed_region {               /* a region's values per dimension of the subject */
	struct product_test *tests;
	struct ranges *values;       /* those of the tests */
	size_t count;
};
/* What is behind each region in the edition, whose answer in them is `status`. `many`: there may be more than a few. */
void reasons_add(struct stage_set *set, enum edition e, uint32_t status, const struct placed_region *places,
		 struct diff_region *regions, size_t count, bool many, bool *ended);

/* Clauses and rules that are written differently. */
void diff_texts(struct arena *arena, struct difference *out);

#endif
