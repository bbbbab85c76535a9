/* What the files of the naive decider share: one decision with all its cases, one by one. */
#ifndef GUIJU_PROPERTY_SURVEY_H
#define GUIJU_PROPERTY_SURVEY_H
#include "plain.h"

struct survey {
	const struct plain *p;
	int decision;
	struct naive_space space;
	bool *valid;              /* satisfies the constraints, every feeding decision has one outcome */
	int64_t *weight;
	uint64_t *holding, *reasons;
	int *answer;
	bool *in;                 /* the finding at hand */
	/* rules of which something has been found: that a finding lets go (masked, redundant), that hide a masked one */
	uint64_t impossible, unreachable, said, hides;
};

#define BIT(i) ((uint64_t)1 << (i))

/* The lowest n bits; all of them are 64. */
static inline uint64_t lowest_bits(int n)
{
	return n < 64 ? BIT(n) - 1 : UINT64_MAX;
}

bool naive_holds(const struct plain *p, int node, const int64_t *values, const int *outcomes);
void naive_append(char *text, size_t capacity, const char *more);
struct plain_finding *naive_finding(struct plain_findings *out, const char *slug, const char *decision);
void naive_name_rules(const struct plain *p, uint64_t rules, struct plain_finding *f);
/* Reports in[] of the survey as a finding about `rules`, if it is not empty. */
void naive_report(struct survey *s, struct plain_findings *out, const char *slug, uint64_t rules);

/* naive_rows.c */
uint64_t naive_least_cover(const struct survey *s, int rule, uint64_t candidates);
void naive_masked(struct survey *s, struct plain_findings *out);
void naive_misleading(struct survey *s, struct plain_findings *out);
void naive_mergeable(struct survey *s, struct plain_findings *out);

#endif
