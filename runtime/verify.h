/* Checking a table's records (verify.c, verify_form.c). Sections are known to lie inside the table. */
#ifndef GUIJU_VERIFY_H
#define GUIJU_VERIFY_H
#include "view.h"

/* note [one owner]
 * Every item of every section belongs to exactly one record and comes in the order of the owners. A cursor per section
 * thus proves that nothing overlaps, nothing is left over, and that checking takes time in proportion to the bytes. */
struct verifier {
	const unsigned char *table;
	uint32_t counts[SECTION_COUNT];
	uint32_t cursors[SECTION_COUNT];
};

/* Takes the next `count` items of a section; false: `first` is not where they are, or they are not there. */
bool verifier_take(struct verifier *v, enum section section, uint32_t first, uint64_t count);
/* Takes the stretch that fields `first` and `first` + 1 of a record name. */
bool verifier_take_field(struct verifier *v, enum section section, const unsigned char *record, unsigned first);
/* Are list items first … first + count - 1 each below the limit, and, if told, ascending? */
bool list_is_below(const struct verifier *v, uint32_t first, uint32_t count, uint32_t limit, bool ascending);
/* Is the value in the ascending list? */
bool list_has(const unsigned char *table, uint32_t first, uint32_t count, uint32_t value);

/* Form `form` is the next one: its axes, terms (rules below `rules`; 0: a constraint's) and blocks. `decision` is the
 * record that owns it, or NULL. */
bool form_is_sound(struct verifier *v, uint32_t form, uint32_t rules, const unsigned char *decision);
/* Does every dimension of the form stand in this list? */
bool form_dims_in(const unsigned char *table, uint32_t form, uint32_t first, uint32_t count);

/* `count` fields from `first` on are strings. */
bool strings_exist(const struct verifier *v, const unsigned char *record, unsigned first, unsigned count);
/* A section of records that begin with so many strings. */
bool names_exist(const struct verifier *v, enum section section, size_t size, unsigned strings);

bool time_is_sound(struct verifier *v); /* calendars, procedures: verify_time.c */
bool records_are_sound(const unsigned char *table);

#endif
