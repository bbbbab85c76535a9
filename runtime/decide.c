/* Deciding one complete case: each fact to its part, constraints, then every feeding decision in order, then this one.
 */
#include "view.h"

void answer_reset(struct guiju_answer *answer)
{
	answer->verdict = GUIJU_OPEN;
	answer->outcome = answer->feeding = answer->constraint = answer->fact = NO_INDEX;
	answer->possible = 0;
	answer->reasons = answer->maybe = NULL;
	answer->ask = NULL;
	answer->ask_count = 0;
	answer->exact = true;
}

bool room_is_enough(const void *scratch, size_t size, size_t needed)
{
	return scratch && size >= needed && (uintptr_t)scratch % 8 == 0;
}

/* ---- facts to parts ---- */

/* Cut i is the first value of part i + 1. */
uint32_t part_of(const unsigned char *table, uint32_t dim, int64_t value)
{
	const unsigned char *record = record_at(table, DIMS, dim);
	const unsigned char *cuts = record_at(table, CUTS, field(record, DIM_FIRST_CUT));
	uint32_t part = 0;
	for (uint32_t left = field(record, DIM_CUTS); left > 0;) {
		uint32_t half = left - left / 2;
		part += load_i64(cuts + 8 * ((size_t)part + half - 1)) <= value ? half : 0;
		left -= half;
	}
	return part;
}

static bool in_domain(const unsigned char *fact, int64_t value)
{
	return value >= load_i64(fact + 4 * FACT_LOW) && value <= load_i64(fact + 4 * FACT_HIGH);
}

bool locate_facts(const unsigned char *table, const unsigned char *decision, const int64_t *values,
		  const uint64_t *known, uint32_t *parts, struct guiju_answer *answer)
{
	const unsigned char *dims = record_at(table, LISTS, field(decision, DECISION_FIRST_DIM));
	uint32_t count = field(decision, DECISION_DIMS);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t dim = load_u32(dims + 4 * (size_t)i);
		const unsigned char *record = record_at(table, DIMS, dim);
		uint32_t index = field(record, DIM_FACT), member = field(record, DIM_MEMBER);
		const unsigned char *fact = record_at(table, FACTS, index);
		if (known && !has_bit(known, index)) {
			parts[dim] = NO_INDEX;
			continue;
		}
		int64_t value = values[index];
		if (!in_domain(fact, value)) {
			answer->fact = index;
			return false;
		}
		if (field(fact, FACT_KIND) == GUIJU_SET)
			value = value >> member & 1;
		parts[dim] = part_of(table, dim, value);
	}
	return true;
}

/* ---- one form: the terms that hold ---- */

struct located {
	const uint32_t *parts;	  /* per dimension */
	const uint32_t *outcomes; /* per decision */
};

/* The row of an axis at the case. */
static const unsigned char *located_row(const struct form *form, uint32_t index, const struct located *at)
{
	const unsigned char *axis = axis_at(form, index);
	uint32_t of = field(axis, AXIS_INDEX);
	return axis_row(form, axis, field(axis, AXIS_KIND) == AXIS_DIM ? at->parts[of] : at->outcomes[of]);
}

/* Rows of the first axes are found once; of axes beyond these, column by column. */
enum { ROWS_KEPT = 32 };
struct rows {
	const unsigned char *kept[ROWS_KEPT];
};

static void find_rows(const struct form *form, const struct located *at, struct rows *rows)
{
	for (uint32_t i = 0; i < form->axis_count && i < ROWS_KEPT; i++)
		rows->kept[i] = located_row(form, i, at);
}

/* The terms of one block column that hold, `block_words` words of them; false: none. */
static bool column_terms(const struct form *form, const struct rows *rows, uint32_t column, const struct located *at,
			 uint64_t *terms)
{
	uint32_t words = form->block_words;
	for (uint32_t w = 0; w < words; w++)
		terms[w] = valid_terms(form, (size_t)column * words + w);
	for (uint32_t i = 0; i < form->axis_count; i++) {
		const unsigned char *row = i < ROWS_KEPT ? rows->kept[i] : located_row(form, i, at);
		uint32_t block = load_u32(row + 4 * (size_t)column);
		if (block == BLOCK_ALL)
			continue;
		uint64_t any = 0;
		for (uint32_t w = 0; w < words; w++)
			any |= terms[w] &= block_word(form, block, w);
		if (any == 0)
			return false;
	}
	return true;
}

static bool any_term_holds(const struct form *form, const struct located *at)
{
	uint64_t terms[LIMIT_BLOCK_WORDS];
	struct rows rows;
	find_rows(form, at, &rows);
	for (uint32_t column = 0; column < form->columns; column++) {
		if (column_terms(form, &rows, column, at, terms))
			return true;
	}
	return false;
}

/* A rule holds when a term of its condition does and none of its exception. */
static void rules_that_hold(const struct form *form, const struct located *at, uint64_t *holds, uint64_t *excepted)
{
	uint64_t terms[LIMIT_BLOCK_WORDS];
	struct rows rows;
	find_rows(form, at, &rows);
	for (uint32_t column = 0; column < form->columns; column++) {
		if (!column_terms(form, &rows, column, at, terms))
			continue;
		for (uint32_t w = 0; w < form->block_words; w++) {
			const unsigned char *entries = form->terms + 256 * ((size_t)column * form->block_words + w);
			for (uint64_t bits = terms[w]; bits != 0; bits &= bits - 1) {
				uint32_t entry = load_u32(entries + 4 * (size_t)lowest_bit(bits));
				set_bit(entry & 1 ? excepted : holds, entry >> 1);
			}
		}
	}
}

/* ---- a decision ---- */

struct deciding {
	const unsigned char *table;
	struct contest contest;
	uint64_t *holds, *excepted, *unbeaten; /* rules of one decision */
	uint64_t *reasons;		       /* rules of the table */
	uint32_t *parts, *outcomes;
};

static void take_room(struct deciding *d, struct room *room)
{
	const unsigned char *book = record_at(d->table, BOOK, 0);
	size_t words = words_of(field(book, BOOK_MAX_RULES));
	d->reasons = (uint64_t *)room_take(room, words_of(section_count(d->table, SECTION_RULES)), sizeof(uint64_t));
	d->holds = (uint64_t *)room_take(room, words, sizeof(uint64_t));
	d->excepted = (uint64_t *)room_take(room, words, sizeof(uint64_t));
	d->unbeaten = (uint64_t *)room_take(room, words, sizeof(uint64_t));
	d->parts = (uint32_t *)room_take(room, section_count(d->table, SECTION_DIMS), sizeof(uint32_t));
	d->outcomes = (uint32_t *)room_take(room, section_count(d->table, SECTION_DECISIONS), sizeof(uint32_t));
	contest_room(&d->contest, room, field(book, BOOK_MAX_CLASSES));
}

/* The outcomes of the reasons, which stay in d->unbeaten. */
static uint64_t run_decision(struct deciding *d, uint32_t decision)
{
	struct located at = { d->parts, d->outcomes };
	struct form form = form_at(d->table, field(record_at(d->table, DECISIONS, decision), DECISION_FORM));
	uint64_t outcomes = 0;
	contest_of(&d->contest, d->table, decision);
	size_t words = words_of(d->contest.rule_count);
	clear_words(d->holds, words);
	clear_words(d->excepted, words);
	rules_that_hold(&form, &at, d->holds, d->excepted);
	for (size_t w = 0; w < words; w++)
		d->holds[w] &= ~d->excepted[w];
	contest_run(&d->contest, d->holds, d->holds, d->unbeaten);
	for (uint32_t r = 0; (r = next_bit(d->unbeaten, words, r)) != NO_INDEX; r++)
		outcomes |= UINT64_C(1) << contest_outcome(&d->contest, r);
	return outcomes;
}

static bool is_single(uint64_t outcomes)
{
	return outcomes != 0 && (outcomes & (outcomes - 1)) == 0;
}

static bool breaks_constraint(struct deciding *d, const unsigned char *decision, struct guiju_answer *answer)
{
	struct located at = { d->parts, d->outcomes };
	uint32_t count = field(decision, DECISION_CONSTRAINTS), first = field(decision, DECISION_FIRST_CONSTRAINT);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t constraint = list_item(d->table, (size_t)first + i);
		struct form form =
			form_at(d->table, field(record_at(d->table, CONSTRAINTS, constraint), CONSTRAINT_FORM));
		if (any_term_holds(&form, &at)) {
			answer->constraint = constraint;
			return true;
		}
	}
	return false;
}

/* Every decision that feeds this one must have one outcome. */
static bool run_feeding(struct deciding *d, const unsigned char *decision, struct guiju_answer *answer)
{
	uint32_t count = field(decision, DECISION_FED_BY), first = field(decision, DECISION_FIRST_FED_BY);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t feeding = list_item(d->table, (size_t)first + i);
		uint64_t outcomes = run_decision(d, feeding);
		if (!is_single(outcomes)) {
			answer->verdict = GUIJU_FEEDING;
			answer->feeding = feeding;
			return false;
		}
		d->outcomes[feeding] = lowest_bit(outcomes);
	}
	return true;
}

static void give_answer(struct deciding *d, uint64_t outcomes, struct guiju_answer *answer)
{
	size_t words = words_of(d->contest.rule_count);
	for (uint32_t r = 0; (r = next_bit(d->unbeaten, words, r)) != NO_INDEX; r++)
		set_bit(d->reasons, contest_rule(&d->contest, r));
	if (!is_single(outcomes)) {
		answer->verdict = outcomes == 0 ? GUIJU_GAP : GUIJU_CONFLICT;
		return;
	}
	answer->verdict = GUIJU_DECIDED;
	answer->outcome = lowest_bit(outcomes);
	answer->possible = outcomes;
}

size_t guiju_scratch_size(const struct guiju_table *table)
{
	struct deciding d;
	struct room room = { NULL, 0 };
	d.table = table_bytes(table);
	take_room(&d, &room);
	return room.used + 8;
}

enum guiju_status guiju_decide(const struct guiju_table *table, uint32_t decision, const int64_t *values, void *scratch,
			       size_t scratch_size, struct guiju_answer *answer)
{
	struct deciding d;
	struct room room = { (unsigned char *)scratch, 0 };
	answer_reset(answer);
	d.table = table_bytes(table);
	if (decision >= section_count(d.table, SECTION_DECISIONS))
		return GUIJU_NO_SUCH;
	if (!room_is_enough(scratch, scratch_size, guiju_scratch_size(table)))
		return GUIJU_SCRATCH;
	const unsigned char *record = record_at(d.table, DECISIONS, decision);
	take_room(&d, &room);
	clear_words(d.reasons, words_of(section_count(d.table, SECTION_RULES)));
	if (!locate_facts(d.table, record, values, NULL, d.parts, answer))
		return GUIJU_OUTSIDE_DOMAIN;
	if (breaks_constraint(&d, record, answer))
		return GUIJU_EXCLUDED;
	answer->reasons = d.reasons;
	if (run_feeding(&d, record, answer))
		give_answer(&d, run_decision(&d, decision), answer);
	return GUIJU_OK;
}
