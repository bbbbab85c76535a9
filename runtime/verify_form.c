/* The decision part of a table, form 1: axes, rows of block numbers, blocks, terms. */
#include "verify.h"

/* How many parts the axis must have; 0: it names nothing, or nothing that it may. Dimensions come before decisions,
 * both ascending. */
static uint32_t parts_of(const struct verifier *v, const unsigned char *axis, const unsigned char *decision)
{
	uint32_t index = field(axis, AXIS_INDEX);
	if (field(axis, AXIS_KIND) == AXIS_DIM) {
		if (index >= v->counts[SECTION_DIMS])
			return 0;
		return field(record_at(v->table, DIMS, index), DIM_CUTS) + 1;
	}
	if (field(axis, AXIS_KIND) != AXIS_DECISION || !decision ||
	    !list_has(v->table, field(decision, DECISION_FIRST_FEED), field(decision, DECISION_FEEDS), index))
		return 0;
	return field(record_at(v->table, DECISIONS, index), DECISION_OUTCOMES);
}

static bool axes_ascend(const unsigned char *axis, const unsigned char *next)
{
	if (field(axis, AXIS_KIND) != field(next, AXIS_KIND))
		return field(axis, AXIS_KIND) < field(next, AXIS_KIND);
	return field(axis, AXIS_INDEX) < field(next, AXIS_INDEX);
}

static bool axis_is_sound(struct verifier *v, const unsigned char *axis, const struct form *form, uint32_t blocks,
			  const unsigned char *decision)
{
	uint32_t parts = parts_of(v, axis, decision), first = field(axis, AXIS_FIRST_ROW);
	uint64_t numbers = (uint64_t)parts * form->columns;
	return parts > 0 && field(axis, AXIS_PARTS) == parts && verifier_take(v, SECTION_LISTS, first, numbers) &&
	       list_is_below(v, first, (uint32_t)numbers, blocks, false);
}

/* The first two blocks are what their numbers promise: deciding does not look into them. */
static bool fixed_blocks_are_sound(const struct form *form, uint32_t blocks)
{
	if (blocks < 2)
		return false;
	for (uint32_t w = 0; w < form->block_words; w++) {
		if (block_word(form, BLOCK_NONE, w) != 0 || block_word(form, BLOCK_ALL, w) != UINT64_MAX)
			return false;
	}
	return true;
}

static bool block_words_are_sound(uint32_t words)
{
	return words == 1 || words == 2 || words == 4 || words == LIMIT_BLOCK_WORDS;
}

bool form_is_sound(struct verifier *v, uint32_t index, uint32_t rules, const unsigned char *decision)
{
	if (!verifier_take(v, SECTION_FORMS, index, 1))
		return false;
	const unsigned char *record = record_at(v->table, FORMS, index);
	uint32_t blocks = field(record, FORM_BLOCKS), words = field(record, FORM_BLOCK_WORDS);
	if (!block_words_are_sound(words) || !verifier_take_field(v, SECTION_AXES, record, FORM_FIRST_AXIS) ||
	    !verifier_take_field(v, SECTION_LISTS, record, FORM_FIRST_TERM) ||
	    !verifier_take(v, SECTION_BLOCKS, field(record, FORM_FIRST_BLOCK), (uint64_t)blocks * words))
		return false;
	struct form form = form_at(v->table, index);
	uint32_t limit = decision ? (rules < UINT32_MAX / 2 ? 2 * rules : UINT32_MAX) : 1;
	if (!fixed_blocks_are_sound(&form, blocks) ||
	    !list_is_below(v, field(record, FORM_FIRST_TERM), form.term_count, limit, false))
		return false;
	for (uint32_t i = 0; i < form.axis_count; i++) {
		const unsigned char *axis = axis_at(&form, i);
		if (!axis_is_sound(v, axis, &form, blocks, decision) ||
		    (i > 0 && !axes_ascend(axis_at(&form, i - 1), axis)))
			return false;
	}
	return true;
}

bool form_dims_in(const unsigned char *table, uint32_t index, uint32_t first, uint32_t count)
{
	struct form form = form_at(table, index);
	for (uint32_t i = 0; i < form.axis_count; i++) {
		const unsigned char *axis = axis_at(&form, i);
		if (field(axis, AXIS_KIND) == AXIS_DIM && !list_has(table, first, count, field(axis, AXIS_INDEX)))
			return false;
	}
	return true;
}
