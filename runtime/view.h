/* Reading a verified table: where its records are. Nothing here checks anything; open.c did. */
#ifndef GUIJU_VIEW_H
#define GUIJU_VIEW_H
#include "format.h"
#include "guiju.h"

#define NO_INDEX UINT32_MAX

/* A table is its bytes; the type is never completed. */
static inline const unsigned char *table_bytes(const struct guiju_table *table)
{
	return (const unsigned char *)(const void *)table;
}

static inline const unsigned char *section_start(const unsigned char *table, enum section section)
{
	return table + load_u32(table + HEADER_DIRECTORY + DIRECTORY_ENTRY * (unsigned)section);
}

static inline uint32_t section_count(const unsigned char *table, enum section section)
{
	return load_u32(table + HEADER_DIRECTORY + DIRECTORY_ENTRY * (unsigned)section + 4);
}

#define record_at(table, SECTION, index) (section_start((table), SECTION_##SECTION) + (size_t)(index)*SIZE_##SECTION)

static inline uint32_t field(const unsigned char *record, unsigned index)
{
	return load_u32(record + 4 * (size_t)index);
}

static inline uint32_t list_item(const unsigned char *table, size_t index)
{
	return load_u32(section_start(table, SECTION_LISTS) + 4 * index);
}

static inline struct guiju_text string_at(const unsigned char *table, uint32_t string)
{
	const unsigned char *ends = section_start(table, SECTION_STRING_ENDS);
	uint32_t start = string > 0 ? load_u32(ends + 4 * ((size_t)string - 1)) : 0;
	struct guiju_text text;
	text.bytes = (const char *)section_start(table, SECTION_STRING_BYTES) + start;
	text.size = load_u32(ends + 4 * (size_t)string) - start - 1;
	return text;
}

/* Both end with NUL and hold none, so that comparing stops in time. */
static inline bool same_text(const char *a, const char *b)
{
	for (; *a == *b; a++, b++) {
		if (*a == 0)
			return true;
	}
	return false;
}

/* ---- bits ---- */

static inline unsigned lowest_bit(uint64_t bits)
{
#if defined(__GNUC__)
	return (unsigned)__builtin_ctzll(bits);
#else
	unsigned n = 0;
	for (; !(bits & 1); bits >>= 1)
		n++;
	return n;
#endif
}

static inline unsigned count_bits(uint64_t bits)
{
	unsigned n = 0;
	for (; bits != 0; bits &= bits - 1)
		n++;
	return n;
}

static inline size_t words_of(size_t bits)
{
	return (bits + 63) / 64;
}

static inline bool has_bit(const uint64_t *set, uint32_t bit)
{
	return set[bit / 64] >> (bit % 64) & 1;
}

static inline void set_bit(uint64_t *set, uint32_t bit)
{
	set[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static inline void clear_bit(uint64_t *set, uint32_t bit)
{
	set[bit / 64] &= ~(UINT64_C(1) << (bit % 64));
}

static inline void clear_words(uint64_t *set, size_t words)
{
	for (size_t i = 0; i < words; i++)
		set[i] = 0;
}

/* The first member of a set at or after `from`, or NO_INDEX. */
static inline uint32_t next_bit(const uint64_t *set, size_t words, uint32_t from)
{
	for (size_t word = from / 64; word < words; word++) {
		uint64_t bits = set[word];
		if (word == from / 64)
			bits &= UINT64_MAX << (from % 64);
		if (bits != 0)
			return (uint32_t)(word * 64) + lowest_bit(bits);
	}
	return NO_INDEX;
}

/* ---- the decision part: note [bit sets]
 *
 * A form has terms: boxes over its axes (dimensions, and decisions that feed). Per axis and part a row of block
 * numbers says which terms allow the part; the terms that hold are what all rows have in common. ---- */

struct form {
	const unsigned char *axes; /* records */
	uint32_t axis_count;
	const unsigned char *terms; /* per term: 2 × its rule + 1 if it is an exception's */
	uint32_t term_count;
	uint32_t block_words; /* words of a block */
	uint32_t columns;     /* blocks of a row */
	const unsigned char *blocks;
	const unsigned char *lists;
};

static inline struct form form_at(const unsigned char *table, uint32_t index)
{
	const unsigned char *record = record_at(table, FORMS, index);
	struct form form;
	form.lists = section_start(table, SECTION_LISTS);
	form.axes = record_at(table, AXES, field(record, FORM_FIRST_AXIS));
	form.axis_count = field(record, FORM_AXES);
	form.terms = form.lists + 4 * (size_t)field(record, FORM_FIRST_TERM);
	form.term_count = field(record, FORM_TERMS);
	form.block_words = field(record, FORM_BLOCK_WORDS);
	form.columns = (uint32_t)((words_of(form.term_count) + form.block_words - 1) / form.block_words);
	form.blocks = record_at(table, BLOCKS, field(record, FORM_FIRST_BLOCK));
	return form;
}

static inline const unsigned char *axis_at(const struct form *form, uint32_t index)
{
	return form->axes + (size_t)index * SIZE_AXES;
}

/* The row of a part: `columns` block numbers. */
static inline const unsigned char *axis_row(const struct form *form, const unsigned char *axis, uint32_t part)
{
	return form->lists + 4 * ((size_t)field(axis, AXIS_FIRST_ROW) + (size_t)part * form->columns);
}

static inline uint64_t block_word(const struct form *form, uint32_t block, uint32_t word)
{
	return load_u64(form->blocks + 8 * ((size_t)block * form->block_words + word));
}

/* The bits of word `word` of a set of terms that are terms. */
static inline uint64_t valid_terms(const struct form *form, size_t word)
{
	if ((word + 1) * 64 <= form->term_count)
		return UINT64_MAX;
	return word * 64 >= form->term_count ? 0 : (UINT64_C(1) << (form->term_count % 64)) - 1;
}

/* ---- shared between deciding and partial deciding (decide.c, beaten.c) ---- */

/* What a decision is, and room to find out which of its rules are beaten. */
struct contest {
	const unsigned char *table;
	const unsigned char *decision;
	const unsigned char *rules;   /* list: its rules, ascending */
	const unsigned char *classes; /* list: a class per rule */
	uint32_t rule_count, class_count;
	uint64_t *from;	   /* per class: outcomes of its rules that may beat */
	uint64_t *before;  /* the same of those seen so far */
	uint32_t *present; /* classes with such rules */
};

struct room {		      /* memory cut from the caller's scratch */
	unsigned char *bytes; /* NULL: only counts */
	size_t used;
};
void *room_take(struct room *room, size_t count, size_t size);

void contest_room(struct contest *contest, struct room *room, uint32_t max_classes);
void contest_of(struct contest *contest, const unsigned char *table, uint32_t decision);
uint32_t contest_outcome(const struct contest *contest, uint32_t rule);
uint32_t contest_rule(const struct contest *contest, uint32_t rule); /* index in the whole table */
/* The victims that no beater is over with another outcome. `unbeaten` may not overlap the others. */
void contest_run(struct contest *contest, const uint64_t *beaters, const uint64_t *victims, uint64_t *unbeaten);
/* Is rule `a` over rule `b`? */
bool contest_is_over(const struct contest *contest, uint32_t a, uint32_t b);

/* The part of a dimension that a value lies in. */
uint32_t part_of(const unsigned char *table, uint32_t dim, int64_t value);
/* Looks up the facts of a decision's cases. false: `answer` names the fact that is outside its domain.
 * `known` NULL: all are. parts[dim] is NO_INDEX where the fact is unknown. */
bool locate_facts(const unsigned char *table, const unsigned char *decision, const int64_t *values,
		  const uint64_t *known, uint32_t *parts, struct guiju_answer *answer);
void answer_reset(struct guiju_answer *answer);
bool room_is_enough(const void *scratch, size_t size, size_t needed);

#endif
