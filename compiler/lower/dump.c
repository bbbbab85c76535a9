/* A table in readable lines, read back from its bytes: parts, boxes, priorities, feeding. */
#include "lower/table.h"
#include "runtime/format.h"

#include <inttypes.h>

struct dump {
	struct writer *w;
	const unsigned char *table;
};

static const unsigned char *record(const struct dump *d, enum section section, uint32_t index)
{
	static const uint32_t sizes[] = {
#define SECTION(name, size) (size),
		SECTIONS(SECTION)
#undef SECTION
	};
	const unsigned char *entry = d->table + HEADER_DIRECTORY + DIRECTORY_ENTRY * (size_t)section;
	return d->table + load_u32(entry) + (size_t)index * sizes[section];
}

static uint32_t count_of(const struct dump *d, enum section section)
{
	return load_u32(d->table + HEADER_DIRECTORY + DIRECTORY_ENTRY * (size_t)section + 4);
}

static uint32_t field(const unsigned char *at, unsigned index)
{
	return load_u32(at + 4 * (size_t)index);
}

static uint32_t list_item(const struct dump *d, uint32_t index)
{
	return load_u32(record(d, SECTION_LISTS, index));
}

static const char *string(const struct dump *d, uint32_t index)
{
	uint32_t start = index > 0 ? load_u32(record(d, SECTION_STRING_ENDS, index - 1)) : 0;
	return (const char *)record(d, SECTION_STRING_BYTES, start);
}

static const char *id_of(const struct dump *d, enum section section, uint32_t index)
{
	return string(d, field(record(d, section, index), NAME_ID));
}

/* " name a b c": the ids of the items of a list. */
static void dump_list(const struct dump *d, const char *name, const unsigned char *owner, unsigned first,
		      enum section section)
{
	write_fmt(d->w, " %s", name);
	for (uint32_t i = 0; i < field(owner, first + 1); i++)
		write_fmt(d->w, " %s", id_of(d, section, list_item(d, field(owner, first) + i)));
}

static void dump_dims(const struct dump *d)
{
	for (uint32_t i = 0; i < count_of(d, SECTION_DIMS); i++) {
		const unsigned char *dim = record(d, SECTION_DIMS, i);
		const unsigned char *fact = record(d, SECTION_FACTS, field(dim, DIM_FACT));
		bool is_set = field(fact, FACT_KIND) == FACT_SET;
		write_fmt(d->w, "dim %" PRIu32 " %s", i, string(d, field(fact, NAME_ID)));
		if (is_set)
			write_fmt(d->w, ".%s",
				  id_of(d, SECTION_MEMBERS, field(fact, FACT_FIRST_MEMBER) + field(dim, DIM_MEMBER)));
		write_fmt(d->w, " from %" PRId64, is_set ? 0 : load_i64(fact + 4 * FACT_LOW));
		for (uint32_t k = 0; k < field(dim, DIM_CUTS); k++)
			write_fmt(d->w, " | %" PRId64,
				  load_i64(record(d, SECTION_CUTS, field(dim, DIM_FIRST_CUT) + k)));
		write_fmt(d->w, " to %" PRId64 "\n", is_set ? 1 : load_i64(fact + 4 * FACT_HIGH));
	}
}

/* ---- boxes ---- */

static bool allows(const struct dump *d, const unsigned char *form, const unsigned char *axis, uint32_t part,
		   uint32_t term)
{
	uint32_t words = field(form, FORM_BLOCK_WORDS), bits = 64 * words;
	uint32_t columns = (field(form, FORM_TERMS) + bits - 1) / bits;
	uint32_t block = list_item(d, field(axis, AXIS_FIRST_ROW) + part * columns + term / bits);
	uint32_t word = field(form, FORM_FIRST_BLOCK) + block * words + term % bits / 64;
	return load_u64(record(d, SECTION_BLOCKS, word)) >> (term % 64) & 1;
}

/* " dim3={0,2}" where the term does not allow every part. */
static void dump_axis(const struct dump *d, const unsigned char *form, const unsigned char *axis, uint32_t term)
{
	uint32_t parts = field(axis, AXIS_PARTS), allowed = 0;
	for (uint32_t p = 0; p < parts; p++)
		allowed += allows(d, form, axis, p, term);
	if (allowed == parts)
		return;
	bool is_dim = field(axis, AXIS_KIND) == AXIS_DIM;
	write_fmt(d->w, " %s%" PRIu32 "={", is_dim ? "dim" : "decision", field(axis, AXIS_INDEX));
	for (uint32_t p = 0, n = 0; p < parts; p++) {
		if (allows(d, form, axis, p, term))
			write_fmt(d->w, "%s%" PRIu32, n++ ? "," : "", p);
	}
	write_char(d->w, '}');
}

static void dump_form(const struct dump *d, uint32_t index, const unsigned char *decision)
{
	const unsigned char *form = record(d, SECTION_FORMS, index);
	for (uint32_t t = 0; t < field(form, FORM_TERMS); t++) {
		uint32_t entry = list_item(d, field(form, FORM_FIRST_TERM) + t);
		write_str(d->w, "  ");
		if (decision) {
			uint32_t rule = list_item(d, field(decision, DECISION_FIRST_RULE) + entry / 2);
			write_fmt(d->w, "%s%s", id_of(d, SECTION_RULES, rule), entry & 1 ? " except" : "");
		} else {
			write_str(d->w, "broken");
		}
		write_str(d->w, ":");
		for (uint32_t i = 0; i < field(form, FORM_AXES); i++)
			dump_axis(d, form, record(d, SECTION_AXES, field(form, FORM_FIRST_AXIS) + i), t);
		write_char(d->w, '\n');
	}
}

/* ---- decisions ---- */

static void dump_classes(const struct dump *d, const unsigned char *decision)
{
	for (uint32_t c = 0; c < field(decision, DECISION_CLASSES); c++) {
		write_fmt(d->w, "  class %" PRIu32 ":", c);
		for (uint32_t r = 0; r < field(decision, DECISION_RULES); r++) {
			if (list_item(d, field(decision, DECISION_FIRST_CLASS) + r) == c)
				write_fmt(d->w, " %s",
					  id_of(d, SECTION_RULES,
						list_item(d, field(decision, DECISION_FIRST_RULE) + r)));
		}
		uint32_t starts = field(decision, DECISION_FIRST_OVER) + c;
		for (uint32_t i = list_item(d, starts); i < list_item(d, starts + 1); i++) {
			const unsigned char *over = record(d, SECTION_OVER, i);
			write_fmt(d->w, "; over %" PRIu32 " to %" PRIu32 "%s", field(over, OVER_FIRST),
				  field(over, OVER_LAST),
				  field(over, OVER_MODE) == OVER_IF_EARLIER ? " if earlier" : "");
		}
		write_char(d->w, '\n');
	}
}

static void dump_decision(const struct dump *d, uint32_t index)
{
	const unsigned char *decision = record(d, SECTION_DECISIONS, index);
	write_fmt(d->w, "decision %" PRIu32 " %s\n ", index, string(d, field(decision, NAME_ID)));
	for (uint32_t i = 0; i < field(decision, DECISION_OUTCOMES); i++)
		write_fmt(d->w, " %s", id_of(d, SECTION_OUTCOMES, field(decision, DECISION_FIRST_OUTCOME) + i));
	write_str(d->w, "\n ");
	dump_list(d, "feeds", decision, DECISION_FIRST_FEED, SECTION_DECISIONS);
	dump_list(d, "rests on", decision, DECISION_FIRST_FED_BY, SECTION_DECISIONS);
	dump_list(d, "constraints", decision, DECISION_FIRST_CONSTRAINT, SECTION_CONSTRAINTS);
	write_char(d->w, '\n');
	dump_classes(d, decision);
	dump_form(d, field(decision, DECISION_FORM), decision);
}

void table_dump(struct writer *w, const struct table *table)
{
	struct dump d = { w, table->bytes };
	const unsigned char *book = record(&d, SECTION_BOOK, 0);
	write_fmt(w, "table of %s, %zu bytes\n", string(&d, field(book, NAME_ID)), table->size);
	dump_dims(&d);
	for (uint32_t i = 0; i < count_of(&d, SECTION_DECISIONS); i++)
		dump_decision(&d, i);
	for (uint32_t i = 0; i < count_of(&d, SECTION_CONSTRAINTS); i++) {
		const unsigned char *constraint = record(&d, SECTION_CONSTRAINTS, i);
		write_fmt(w, "constraint %" PRIu32 " %s\n", i, string(&d, field(constraint, NAME_ID)));
		dump_form(&d, field(constraint, CONSTRAINT_FORM), NULL);
	}
}
