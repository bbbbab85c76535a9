/* One decision of both editions, made ready for questions. Not for other folders: they read diff.h. */
#ifndef GUIJU_DIFF_SUBJECT_H
#define GUIJU_DIFF_SUBJECT_H
#include "diff/joint.h"
#include "regions/regions.h"

/* What makes a case of one edition no case of the other. */
struct own {
	struct cond *cond;           /* holds in every case of the edition */
	uint32_t fact;               /* its domain, a joint fact; or NONE */
	const struct constraint *constraint;   /* or NULL */
};
typedef VEC(struct own) own_list;

struct subject {
	struct joint *joint;
	uint32_t decision[EDITIONS]; /* joint; NONE: the edition has no such decision */
	bool unjoined;               /* a fact of it cannot be joined: it is not compared */
	uint32_t *dims;              /* of either's cases, ascending */
	size_t dim_count;
	own_list own[EDITIONS];
	VEC(uint32_t) constraints;   /* of both, joint indices */
	VEC(uint32_t) fed_by[EDITIONS];        /* joint decisions, each after those that feed it */
	bool *changed[EDITIONS];     /* per place of the edition's rules */
	uint32_t *partner;           /* per place of OLD's rules the place of NEW's of the same id, or NONE */
	uint32_t *moved;             /* per place of OLD's rules: the test of its box that alone is another one, or NONE */
	/* note [near] Boxes of facts around what only one edition has: rules, constraints, values; of a rule one of
	 * whose tests alone is another one, around the values that it lets through in one edition. Outside of all of them the
	 * same rules hold in both editions, with the same priorities, in a case of both or of neither: the answers are
	 * equal. So only here is looked, with the rules that meet one of the boxes. */
	VEC(struct product) near;
	bool everywhere;             /* what feeds it differs: look at all cases */
	bool *kept[EDITIONS];        /* per place: it meets one of `near` */
};

static inline const struct decision *subject_source(const struct subject *s, enum edition e)
{
	return joint_source(s->joint, s->decision[e]);
}

/* needs: the decisions that feed it compared already, as far as they are to be shared */
struct subject *subject_new_in(struct joint *j, uint32_t old, uint32_t new_);
/* Nothing differs but words, names and the order in which things stand: equal without a search. */
bool subject_is_same(const struct subject *s);

/* ---- where to look (near.c) ---- */

void near_add(struct subject *s, const struct cond *when);             /* a box around it */
void near_add_rules(struct subject *s);        /* around what `changed` and `moved` tell of, and where a feed may differ */
void near_keep_rules(struct subject *s, enum edition e);               /* fills `kept`; too much work: looks everywhere */

/* ---- the joint model's decisions for one subject (stage.c) ---- */

enum { LOOK_NOT, LOOK_HERE };        /* outcomes of the decision that says where to look */
enum missing { MISSING_GAP, MISSING_CONFLICT, MISSING_FEEDING, MISSINGS };

struct stage_set {
	struct subject *subject;
	struct regions *regions;
	bool ended;                  /* a budget ended the preparation */
	bool too_many;               /* outcomes or conflicts: a decision with cases without an answer cannot be compared */
	bool *completed;             /* per joint decision: its cases without an answer have outcomes of their own */
	VEC(uint32_t) domains[EDITIONS];       /* constraints made of `own` domains */
	size_t rule_capacity;
	size_t rule_base;            /* rules of the model from here on are made here */
	struct reasons_asked *asked[EDITIONS]; /* reasons.c: NULL until one was */
};

struct stage_set *stage_set_new_in(struct subject *s, const struct limits *limits);
/* Its outcome for cases of a kind without an answer; NONE: there are no such cases. */
uint32_t missing_outcome(const struct stage_set *set, uint32_t decision, enum missing missing);
/* The conditions of a joint rule's beaters that have another outcome, among the rules of its decision. */
void beaters_of_rule(const struct stage_set *set, uint32_t decision, uint32_t rule, cond_list *out);
struct cond *holds_of_rule(const struct stage_set *set, uint32_t rule);

#endif
