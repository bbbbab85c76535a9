/* Deciding with unknown facts: a search among boxes. note [boxes]
 *
 * A box gives every unknown dimension a set of parts. In a box a term holds surely, perhaps or not at all, and so do
 * rules, reasons and outcomes. A search looks at a box, gives it up when what it seeks cannot be in it, ends when all
 * of it is what it seeks, and else cuts it in two where an undecided term decides. Everything stands in the caller's
 * scratch memory. */
#ifndef GUIJU_PARTIAL_H
#define GUIJU_PARTIAL_H
#include "view.h"

struct axis_box { /* an axis of a form, within the box */
	const unsigned char *record;
	uint32_t form, next; /* in the box's forms; next axis of the same dimension, or NO_INDEX */
	bool is_dim, stale;
	uint32_t index;	      /* dimension, or decision */
	uint64_t outcomes;    /* of a decision: what may and must were made for */
	uint64_t *may, *must; /* terms that allow some part of the box; every part */
};

/* Only the terms that the known facts leave possible are looked at: word w of a set of terms stands for word word_at[w]
 * of the form, and term t for term form_term(f, t) of the form. */
struct form_box {
	struct form form;
	uint32_t first_axis;
	uint32_t *word_at;
	size_t words; /* of a set of terms */
	bool stale;
	uint64_t *may, *must; /* terms that hold somewhere in the box; everywhere */
};

enum variation { VARIATION_UNKNOWN, VARIES, FIXED }; /* of a decision's outcome with the fact in question */

struct decision_box {
	uint32_t decision;
	struct contest contest;
	uint64_t *may, *must; /* rules that hold somewhere; everywhere */
	uint64_t *may_reason, *must_reason;
	uint64_t can;	    /* outcomes that are perhaps in the box */
	bool single;	    /* every case of the box has the one outcome in `can` */
	bool live, touched; /* see depend.c */
	enum variation variation;
	uint32_t varies_at; /* how deep the box was of which `variation` was found out */
};

struct split { /* a dimension's parts low … high - 1 of the order, cut at mid */
	uint32_t dim, low, mid, high;
	bool second;
};

struct box {
	const unsigned char *table;
	struct room room;
	struct contest contest; /* its memory serves all decisions */
	struct form_box *forms; /* of the chain, then of the constraints */
	struct axis_box *axes;
	struct decision_box *chain; /* in order of evaluation, the decision asked for last */
	uint32_t form_count, axis_count, chain_count;
	uint32_t *place;      /* per decision: where in the chain */
	uint32_t *parts;      /* per dimension: its part, or NO_INDEX */
	uint32_t *first_axis; /* per dimension: its first axis, or NO_INDEX */
	uint32_t *low, *high; /* per dimension: the stretch of `order` that is in the box */
	uint32_t *first;      /* per dimension: where its parts start in `order` */
	uint32_t *kinds;      /* per dimension: how many parts stand in `order`, one of each kind */
	uint32_t *order;      /* parts; every split leaves its two sides together */
	uint64_t *marks;      /* per part, at first[dim] + part: outcomes found with it */
	uint64_t *excepted;   /* two sets of rules */
	struct split *splits;
	uint32_t depth;
	uint32_t dims, first_dim; /* the decision's dimensions: a list */
	uint32_t constraints;	  /* how many constraints count */
	uint64_t budget, looks;
	bool ended; /* the budget is spent */
	/* what box_look found */
	bool dead;	/* a constraint is broken everywhere */
	bool open;	/* a constraint is broken somewhere, perhaps */
	uint32_t stuck; /* a decision that surely has no outcome, as a place in the chain, or NO_INDEX */
	/* what searches found of the reasons (set to the decision's rules) */
	uint64_t *in_some, *in_all;
};

/* ---- box.c ---- */

/* Takes memory for a decision (NO_INDEX: for all, to count), and, where there is memory, sets the box up. */
void box_take(struct box *box, uint32_t decision);
void box_begin(struct box *box); /* from box->parts: the box of all completions */
void box_look(struct box *box);
void box_look_constraints(struct box *box);
uint32_t box_dim(const struct box *box, uint32_t index); /* of the decision's dimensions */
bool box_is_open(const struct box *box, uint32_t dim);	 /* more than one part is left */
struct decision_box *box_target(const struct box *box);	 /* the decision asked for */
/* Splits a dimension's stretch at `mid` and goes to the first side. */
void box_push(struct box *box, uint32_t dim, uint32_t mid);
/* Goes to the next side that is not visited yet; false: there is none above `base`. */
bool box_next(struct box *box, uint32_t base);
void box_unwind(struct box *box, uint32_t base);
void box_touch(struct box *box, uint32_t dim); /* its stretch has changed */
/* Puts the parts that the term allows first (or last), and splits there. */
void box_split_by_term(struct box *box, const struct axis_box *axis, uint32_t term, bool allowed_first);

static inline uint32_t form_term(const struct form_box *f, uint32_t term)
{
	return f->word_at[term / 64] * 64 + term % 64;
}

/* Word w of the terms that allow a part. */
static inline uint64_t row_word(const struct form_box *f, const unsigned char *row, size_t w)
{
	uint32_t word = f->word_at[w];
	uint32_t block = load_u32(row + 4 * (size_t)(word / f->form.block_words));
	return block_word(&f->form, block, word % f->form.block_words);
}

/* Does the term allow the part (or outcome) on this axis? */
static inline bool term_allows(const struct form_box *f, const struct axis_box *axis, uint32_t term, uint32_t part)
{
	return row_word(f, axis_row(&f->form, axis->record, part), term / 64) >> (term % 64) & 1;
}

static inline bool axis_is_undecided(const struct axis_box *axis, uint32_t term)
{
	return has_bit(axis->may, term) && !has_bit(axis->must, term);
}

/* Is it a dimension of this fact? */
static inline bool axis_is_of(const struct box *box, const struct axis_box *axis, uint32_t fact)
{
	return axis->is_dim && field(record_at(box->table, DIMS, axis->index), DIM_FACT) == fact;
}

/* ---- search.c ---- */

enum goal_kind {
	GOAL_OUTCOME,	 /* cases with one of `outcomes` */
	GOAL_COMPLETION, /* cases that satisfy the constraints */
	GOAL_REASON,
	GOAL_NO_REASON, /* cases with an outcome where `rule` is a reason; is none */
	GOAL_SETTLED	/* a box where nothing that matters is undecided */
};
struct goal {
	enum goal_kind kind;
	uint64_t outcomes;
	uint32_t rule;
};
enum found { FOUND_NONE, FOUND_ONE, FOUND_ENDED /* the budget is spent */ };

enum judgement { GIVE_UP, CUT, ALL_OF_IT };
/* What the last look says: nothing of the box can be what is sought; something; everything is. */
enum judgement box_judge(const struct box *box, const struct goal *goal);
/* Seeks a box in which every case is what the goal says. The box comes back as it was; *outcome, unless NULL, is the
 * one found. */
enum found box_search(struct box *box, const struct goal *goal, uint32_t *outcome);
/* The same, but stays in the box that it found. */
enum found box_dive(struct box *box, const struct goal *goal, uint32_t *outcome);
/* Cuts where something undecided keeps the target from one of `outcomes`; false: nothing is undecided. */
bool box_split(struct box *box, const struct goal *goal);

/* Cuts off parts that a constraint excludes where one axis alone leaves a term of it undecided. That costs one look,
 * since the side cut off is dead, and keeps the search from finding out late. */
bool box_split_excluded(struct box *box);

/* ---- depend.c ---- */

/* Are there two completions that differ in this fact alone and have different outcomes, both among `outcomes`? If the
 * budget ends: true. */
bool box_changes_alone(struct box *box, uint32_t fact, uint64_t outcomes);

/* ---- ask.c ---- */

/* Fills answer->ask, given answer->possible. */
void box_ask(struct box *box, const uint64_t *known, uint32_t *ask, uint32_t *worst, struct guiju_answer *answer);

#endif
