/* Does the outcome change when a fact alone does? note [dependence]
 *
 * The box keeps all values of the fact; only other dimensions are split. Within a box the fact can matter only if a
 * chain of undecided terms leads from it to the decision asked for. Splits first follow that chain: they make the other
 * tests of its terms hold, and what decides the same question without the fact fail. When the fact is all that a
 * decision of the chain leaves undecided, its values are tried: forty categories may all lead to the same outcome.
 * Where the chain breaks, the box is done. */
#include "partial.h"

/* Does an axis leave a term undecided that is not decided otherwise? */
static bool axis_matters(const struct form_box *f, const struct axis_box *a)
{
	for (size_t w = 0; w < f->words; w++) {
		if ((f->may[w] & ~f->must[w] & a->may[w] & ~a->must[w]) != 0)
			return true;
	}
	return false;
}

/* ---- note [indifference]
 * Two values of an axis are alike when each box of a rule that allows the one lies, but for this axis, inside a box of
 * the same rule that allows the other. Rules that say the same of two values in two boxes are then seen to not care.
 * ---- */

static bool allows_all_of(const struct box *box, const struct form_box *f, const struct axis_box *a, uint32_t inner,
			  uint32_t outer)
{
	if (has_bit(a->must, outer))
		return true;
	if (has_bit(a->must, inner))
		return false;
	if (!a->is_dim) {
		for (uint64_t bits = a->outcomes; bits != 0; bits &= bits - 1) {
			if (term_allows(f, a, inner, lowest_bit(bits)) && !term_allows(f, a, outer, lowest_bit(bits)))
				return false;
		}
		return true;
	}
	for (uint32_t i = box->low[a->index]; i < box->high[a->index]; i++) {
		if (term_allows(f, a, inner, box->order[i]) && !term_allows(f, a, outer, box->order[i]))
			return false;
	}
	return true;
}

/* Does some term of the same rule that allows `value` hold, on all other axes, wherever this one does? */
static bool has_cover(const struct box *box, const struct form_box *f, const struct axis_box *but, uint32_t term,
		      uint32_t value)
{
	uint32_t entry = load_u32(f->form.terms + 4 * (size_t)form_term(f, term));
	for (uint32_t t = 0; (t = next_bit(f->may, f->words, t)) != NO_INDEX; t++) {
		if (load_u32(f->form.terms + 4 * (size_t)form_term(f, t)) != entry || !term_allows(f, but, t, value))
			continue;
		bool covers = true;
		for (uint32_t i = 0; i < f->form.axis_count && covers; i++) {
			const struct axis_box *a = &box->axes[f->first_axis + i];
			covers = a == but || allows_all_of(box, f, a, term, t);
		}
		if (covers)
			return true;
	}
	return false;
}

static bool values_are_alike(const struct box *box, const struct form_box *f, const struct axis_box *a, uint32_t one,
			     uint32_t other)
{
	for (uint32_t t = 0; (t = next_bit(f->may, f->words, t)) != NO_INDEX; t++) {
		bool in_one = term_allows(f, a, t, one), in_other = term_allows(f, a, t, other);
		if (in_one != in_other && !has_cover(box, f, a, t, in_one ? other : one))
			return false;
	}
	return true;
}

static bool axis_is_indifferent(const struct box *box, const struct form_box *f, const struct axis_box *a)
{
	if (!a->is_dim) {
		uint64_t bits = a->outcomes;
		uint32_t first = lowest_bit(bits);
		for (bits &= bits - 1; bits != 0; bits &= bits - 1) {
			if (!values_are_alike(box, f, a, first, lowest_bit(bits)))
				return false;
		}
		return true;
	}
	for (uint32_t i = box->low[a->index] + 1; i < box->high[a->index]; i++) {
		if (!values_are_alike(box, f, a, box->order[box->low[a->index]], box->order[i]))
			return false;
	}
	return true;
}

/* Which decisions the fact touches: the fact, or a touched decision, leaves something in them undecided. */
static void trace_touched(struct box *box, uint32_t fact)
{
	for (uint32_t place = 0; place < box->chain_count; place++) {
		struct decision_box *d = &box->chain[place];
		const struct form_box *f = &box->forms[place];
		d->touched = false;
		for (uint32_t i = 0; i < f->form.axis_count && !d->single && d->variation != FIXED && !d->touched;
		     i++) {
			const struct axis_box *a = &box->axes[f->first_axis + i];
			d->touched =
				(a->is_dim ? axis_is_of(box, a, fact) : box->chain[box->place[a->index]].touched) &&
				axis_matters(f, a) && !axis_is_indifferent(box, f, a);
		}
	}
}

/* Which decisions are live: the decision asked for depends on them. */
static void trace_live(struct box *box)
{
	for (uint32_t i = 0; i < box->chain_count; i++)
		box->chain[i].live = i + 1 == box->chain_count;
	for (uint32_t place = box->chain_count; place-- > 0;) {
		const struct form_box *f = &box->forms[place];
		for (uint32_t i = 0; i < f->form.axis_count && box->chain[place].live && !box->chain[place].single;
		     i++) {
			const struct axis_box *a = &box->axes[f->first_axis + i];
			if (!a->is_dim && axis_matters(f, a))
				box->chain[box->place[a->index]].live = true;
		}
	}
}

/* ---- where to cut ---- */

/* What keeps a term undecided. */
struct undecided {
	const struct axis_box *beside; /* another dimension, the one with the fewest parts, or NULL */
	bool through;		       /* the fact, or a decision that it touches */
};

static struct undecided undecided_of(const struct box *box, const struct form_box *f, uint32_t term, uint32_t fact)
{
	struct undecided u = { NULL, false };
	for (uint32_t i = 0; i < f->form.axis_count; i++) {
		const struct axis_box *a = &box->axes[f->first_axis + i];
		if (!axis_is_undecided(a, term))
			continue;
		if (!a->is_dim || axis_is_of(box, a, fact))
			u.through = u.through || a->is_dim || box->chain[box->place[a->index]].touched;
		else if (!u.beside || box->high[a->index] - box->low[a->index] <
					      box->high[u.beside->index] - box->low[u.beside->index])
			u.beside = a;
	}
	return u;
}

/* Lets the terms that the fact leaves undecided depend on nothing else; then, in a second pass, decides the other
 * terms. */
static bool split_form(struct box *box, const struct form_box *f, uint32_t fact, unsigned passes)
{
	for (unsigned pass = 0; pass < passes; pass++) {
		for (uint32_t t = 0; (t = next_bit(f->may, f->words, t)) != NO_INDEX; t++) {
			if (has_bit(f->must, t))
				continue;
			struct undecided u = undecided_of(box, f, t, fact);
			if (u.beside && (u.through || pass == 1)) {
				box_split_by_term(box, u.beside, t, u.through);
				return true;
			}
		}
	}
	return false;
}

/* Decisions that matter beside the chain, then the rest, then constraints. */
static bool split_rest(struct box *box, uint32_t fact)
{
	for (unsigned pass = 0; pass < 2; pass++) {
		for (uint32_t place = 0; place < box->chain_count; place++) {
			const struct decision_box *d = &box->chain[place];
			if ((d->live || pass == 1) && !d->single && split_form(box, &box->forms[place], fact, 2))
				return true;
		}
	}
	for (uint32_t i = 0; i < box->constraints && box->open; i++) {
		if (split_form(box, &box->forms[box->chain_count + i], fact, 2))
			return true;
	}
	return false;
}

/* Constraints that tie the fact to others: what these others are decides which values it has at all. */
static bool split_tied(struct box *box, uint32_t fact)
{
	for (uint32_t i = 0; i < box->constraints && box->open; i++) {
		if (split_form(box, &box->forms[box->chain_count + i], fact, 1))
			return true;
	}
	return false;
}

/* ---- trying values ---- */

static bool split_fact(struct box *box, uint32_t fact)
{
	const unsigned char *record = record_at(box->table, FACTS, fact);
	uint32_t first = field(record, FACT_FIRST_DIM);
	for (uint32_t dim = first; dim < first + field(record, FACT_DIMS); dim++) {
		if (box_is_open(box, dim)) {
			box_push(box, dim, box->low[dim] + (box->high[dim] - box->low[dim]) / 2);
			return true;
		}
	}
	return false;
}

/* The outcomes that a decision may have with the fact's values, until there are two of them; nothing but the fact
 * leaves the decision undecided. */
static uint64_t outcomes_tried(struct box *box, uint32_t place, uint32_t fact)
{
	uint32_t base = box->depth;
	uint64_t tried = 0;
	for (;;) {
		const struct decision_box *d = &box->chain[place];
		box_look(box);
		uint64_t can = box->dead ? 0 : d->can;
		if ((can & ~tried) != 0 && !d->single && !box->ended && split_fact(box, fact))
			continue;
		tried |= can;
		if (count_bits(tried) > 1 || box->ended || !box_next(box, base))
			break;
	}
	box_unwind(box, base);
	return tried;
}

/* Finds the chain's next cut, or a decision of it whose outcome the fact does not change after all. */
enum step { STEP_SPLIT, STEP_BROKEN, STEP_NONE };

static enum step follow_chain(struct box *box, uint32_t fact)
{
	for (uint32_t place = 0; place < box->chain_count; place++) {
		struct decision_box *d = &box->chain[place];
		if (!d->live || !d->touched || d->single)
			continue;
		if (split_form(box, &box->forms[place], fact, 2))
			return STEP_SPLIT;
		if (d->variation == VARIES)
			continue;
		d->variation = count_bits(outcomes_tried(box, place, fact)) > 1 ? VARIES : FIXED;
		d->varies_at = box->depth;
		return STEP_BROKEN;
	}
	return STEP_NONE;
}

/* What was found out of boxes that are left behind no longer counts. */
static void forget_variations(struct box *box)
{
	for (uint32_t i = 0; i < box->chain_count; i++) {
		if (box->chain[i].varies_at >= box->depth)
			box->chain[i].variation = VARIATION_UNKNOWN;
	}
}

/* Nothing but the fact is undecided: do its values have two outcomes? */
static bool values_differ(struct box *box, uint64_t outcomes)
{
	struct goal goal = { GOAL_OUTCOME, outcomes, NO_INDEX };
	uint32_t outcome = 0;
	if (box_search(box, &goal, &outcome) == FOUND_NONE)
		return false;
	goal.outcomes &= ~(UINT64_C(1) << outcome);
	return box_search(box, &goal, NULL) != FOUND_NONE;
}

/* ---- the search ---- */

/* Can the fact still matter in the box? */
static bool may_matter(struct box *box, uint32_t fact, uint64_t outcomes)
{
	if (box->dead || box->stuck != NO_INDEX || count_bits(box_target(box)->can & outcomes) < 2)
		return false;
	trace_touched(box, fact);
	trace_live(box);
	return box_target(box)->touched;
}

/* Cuts the box; false: it cannot be what is sought, or nothing but the fact is undecided in it (*whole). */
static bool cut(struct box *box, uint32_t fact, uint64_t outcomes, bool *whole)
{
	enum step step = STEP_BROKEN;
	*whole = false;
	while (step == STEP_BROKEN) {
		box_look(box);
		if (box->ended || !may_matter(box, fact, outcomes))
			return false;
		if (box_split_excluded(box) || split_tied(box, fact))
			return true;
		step = follow_chain(box, fact);
	}
	*whole = step == STEP_NONE && !split_rest(box, fact);
	return !*whole;
}

/* The box is back at what the fact had at first, however the order of its parts was changed meanwhile. */
static void free_fact(struct box *box, uint32_t fact)
{
	const unsigned char *record = record_at(box->table, FACTS, fact);
	uint32_t first = field(record, FACT_FIRST_DIM);
	for (uint32_t dim = first; dim < first + field(record, FACT_DIMS); dim++) {
		box->low[dim] = box->first[dim];
		box->high[dim] = box->first[dim] + box->kinds[dim];
		box_touch(box, dim);
	}
}

/* A box of each outcome, and the same with all values of the fact: mostly this finds a pair at once. */
static bool finds_quickly(struct box *box, uint32_t fact, uint64_t outcomes)
{
	uint32_t base = box->depth;
	bool found = false;
	for (uint64_t left = outcomes; left != 0 && !found; left &= left - 1) {
		uint64_t one = left & (~left + 1);
		struct goal here = { GOAL_OUTCOME, one, NO_INDEX },
			    others = { GOAL_OUTCOME, outcomes & ~one, NO_INDEX };
		if (box_dive(box, &here, NULL) != FOUND_ONE)
			continue;
		free_fact(box, fact);
		found = box_search(box, &others, NULL) != FOUND_NONE;
		box_unwind(box, base);
	}
	return found;
}

bool box_changes_alone(struct box *box, uint32_t fact, uint64_t outcomes)
{
	uint32_t base = box->depth;
	bool changes = false, whole;
	if (finds_quickly(box, fact, outcomes))
		return true;
	for (uint32_t i = 0; i < box->chain_count; i++)
		box->chain[i].variation = VARIATION_UNKNOWN;
	for (;;) {
		if (cut(box, fact, outcomes, &whole))
			continue;
		changes = whole && values_differ(box, outcomes);
		if (changes || box->ended || !box_next(box, base))
			break;
		forget_variations(box);
	}
	box_unwind(box, base);
	return changes || box->ended;
}
