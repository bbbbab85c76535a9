/* Two editions as one model, so that a difference is a question about cases of it (note [joint model] in diff.h). Not
 * for other folders: they read diff.h. */
#ifndef GUIJU_DIFF_JOINT_H
#define GUIJU_DIFF_JOINT_H
#include "model/model.h"
#include "support/arena.h"
#include "support/vec.h"

enum edition { OLD, NEW, EDITIONS };

/* What a condition allows of each dimension, and of each feeding decision, as far as it is a conjunction of tests:
 * subjects ascending, none twice; a decision's subject stands behind the dimensions. */
struct product_test {
	uint32_t subject;
	struct ranges ranges;
};
struct product {
	struct product_test *tests;
	size_t count;
	bool exact;                  /* the condition is this product; else it lies within it */
};

struct joint_rule {                  /* a rule's condition over the joint model */
	struct cond *when, *except;
	struct product box;          /* around `when` */
};

/* A decision of both editions with the same outcomes in the same order, that was compared: outside of the boxes both
 * answer alike wherever both have a case. note [near] */
struct matched {
	bool is;
	const struct product *boxes;
	size_t count;
};

struct joint {
	struct arena *arena;
	const struct model *editions[EDITIONS];
	/* facts of NEW in their order, then those that only OLD has; members likewise */
	uint32_t **went;                       /* per joint fact: where OLD's members are now; NULL: it has none */
	uint32_t *fact_of[EDITIONS];           /* per fact of the edition */
	uint32_t *dim_of[EDITIONS];            /* per dimension of the edition; NONE: its fact cannot be joined */
	struct ranges *values_of[EDITIONS];    /* per joint dimension what the edition's fact can be; none: it has no such fact */
	struct ranges *common;                 /* per joint dimension: of both, or of the one that has the fact */
	bool *unjoined;                        /* per joint fact: kinds, units or bases differ, or there are too many members */
	/* decisions of OLD, those of NEW, and the one that says where to look */
	uint32_t *partner[EDITIONS];           /* per decision of the edition: the other's of the same id, or NONE */
	bool *shared;                          /* per decision of NEW: proved equal, and OLD's stands for both */
	struct matched *matched;               /* per decision of NEW */
	uint32_t near;                         /* index of the last decision */
	struct joint_rule **conditions;        /* per joint decision: per place of its rules; NULL: not made yet */
	struct cond **constraints[EDITIONS];   /* per constraint of the edition */
	struct model model;                    /* constraints of OLD, then NEW; decisions as a question needs them (stage.c) */
};

struct joint *joint_new_in(struct arena *arena, const struct model *old, const struct model *new_);

uint32_t joint_decision(const struct joint *j, enum edition e, uint32_t decision);   /* a shared one is OLD's */
enum edition joint_edition(const struct joint *j, uint32_t decision);
const struct decision *joint_source(const struct joint *j, uint32_t decision);       /* in its edition */
/* Rules of the edition's decision with their conditions over the joint model, by place in decision->rules. */
struct joint_rule *joint_rules(struct joint *j, uint32_t decision);
/* One index for a decision of both editions, where they match. */
uint32_t joint_matched(const struct joint *j, uint32_t decision);
bool conds_equal(const struct joint *j, const struct cond *a, const struct cond *b);
bool ranges_equal(const struct ranges *a, const struct ranges *b);
bool products_equal(const struct product *a, const struct product *b);
bool products_meet(const struct product *a, const struct product *b);
/* `common`: within the values that both editions know. */
struct product product_of(struct joint *j, const struct cond *cond, bool common);

/* Conditions, made here. */
struct cond *cond_constant(struct arena *arena, bool value);
struct cond *cond_of_dim(struct arena *arena, uint32_t dim, struct ranges ranges);
struct cond *cond_of_decision(struct arena *arena, uint32_t decision, struct ranges outcomes);
struct cond *cond_negated(struct arena *arena, struct cond *part);
typedef VEC(struct cond *) cond_list;
struct cond *cond_all(struct arena *arena, const cond_list *parts);
struct cond *cond_any(struct arena *arena, const cond_list *parts);
struct cond *cond_both(struct arena *arena, struct cond *a, struct cond *b);

#endif
