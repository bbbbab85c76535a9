/* The part of FEEL that a decision table's cells are made of (S-FEEL: OMG DMN 1.5, clause 9): literals and unary tests.
 * Anything else is refused with the reason. */
#ifndef GUIJU_IMPORT_FEEL_H
#define GUIJU_IMPORT_FEEL_H
#include "diag/diag.h"
#include "support/arena.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	LIMIT_FEEL_DIGITS = 15, /* of a number */
	LIMIT_FEEL_DECIMALS = 4 /* of a number that is compared; and it is at most 10^11 */
};

enum feel_kind { FEEL_NULL, FEEL_STRING, FEEL_NUMBER, FEEL_BOOLEAN, FEEL_DATE, FEEL_ANY_KIND };

struct feel_value {
	enum feel_kind kind;
	const char *text; /* of a string */
	int64_t number;	  /* of a number: number / 10^scale, no trailing zero; false 0, true 1; a date's day */
	int scale;
};

enum feel_op { FEEL_EQUAL, FEEL_NOT_EQUAL, FEEL_RANGE };
struct feel_test {
	enum feel_op op;
	bool has_low, has_high; /* FEEL_RANGE; else the value is `low` */
	bool low_open, high_open;
	struct feel_value low, high;
};
struct feel_tests {
	bool any;		     /* `-` */
	bool negated;		     /* not(…) */
	VEC(struct feel_test) items; /* one of them holds */
};

/* Reads `-`, `not(…)` and lists of tests; false: *why says what cannot be read. */
bool feel_unary_tests(struct arena *arena, const char *text, struct feel_tests *out, struct phrase *why);
/* Reads one constant. */
bool feel_literal(struct arena *arena, const char *text, struct feel_value *out, struct phrase *why);

/* A name as FEEL compares it: white space (any that FEEL knows) off its ends, and one space for each run of it. */
const char *feel_name(struct arena *arena, const char *text);
/* The same of names joined by points, and no space beside a point: names may hold points themselves. */
const char *feel_path(struct arena *arena, const char *text);
/* What follows the name, which is a feel_name, in a path that begins with it: its end or a point. NULL: another name.
 */
const char *feel_after(const char *path, const char *name);

bool feel_same(const struct feel_value *a, const struct feel_value *b);
/* Small enough to be compared at any scale up to LIMIT_FEEL_DECIMALS + 1. */
bool feel_is_comparable(const struct feel_value *value);
/* A comparable number at a scale, number * 10^scale; false: not whole. Dates are days. */
bool feel_scaled(const struct feel_value *value, int scale, int64_t *out);
/* The value passes one test (a range only of its own kind). `scale`: at which numbers are compared. */
bool feel_test_holds(const struct feel_test *test, const struct feel_value *value, int scale);
/* `-`, `not(…)` or the list; null passes no range and no negated range. */
bool feel_holds(const struct feel_tests *tests, const struct feel_value *value, int scale);
/* The value as one would write it, without quotes: a label. */
const char *feel_words(struct arena *arena, const struct feel_value *value);
struct phrase feel_kind_words(enum feel_kind kind);

#endif
