/* What a record may say: the table's facts by name, and the value that a given text, number or list means.
 * Records from a rulebook and from a binary table go the same way, since both are tables here. */
#ifndef GUIJU_DECIDE_FACTS_H
#define GUIJU_DECIDE_FACTS_H
#include "diag/render.h"
#include "guiju.h"
#include "support/arena.h"
#include "support/intern.h"
#include "support/vec.h"

#define NO_FACT UINT32_MAX

enum record_error_kind { RECORD_DOMAIN, RECORD_TYPE, RECORD_NAME, RECORD_DUPLICATE, RECORD_EXCLUDED };

/* Why a record has no answer. NULL: there is nothing to say of it. Texts live as long as the record. */
struct record_error {
	enum record_error_kind kind;
	const char *fact, *value, *allowed, *constraint;
	enum message message;
	struct phrase args[DIAG_ARGS];
};

/* A name beginning with `_` with its value, as they are to be copied: JSON, or the text of a CSV cell. */
struct copied {
	const char *name;
	const char *value;
};

struct record {
	struct arena *arena;    /* of this record only */
	int64_t *values;        /* one per fact of the table */
	uint64_t *known;        /* bit f: values[f] is given */
	uint64_t *named;        /* bit f: the record names it, be it as unknown */
	VEC(struct copied) copied;
	bool failed;
	struct record_error error; /* the first */
};

struct facts;
struct facts *facts_new_in(struct arena *arena, const struct guiju_table *table);
uint32_t facts_count(const struct facts *facts);
/* Names of `other` that are none here are passed over in records: an edition that has no such fact does not read it. */
void facts_pass_over(struct facts *facts, const struct facts *other);
bool facts_passes_over(const struct facts *facts, const char *name);
uint32_t facts_applicable_date(const struct facts *facts);         /* NO_FACT: rules have no periods */
uint32_t facts_find(const struct facts *facts, const char *name);  /* by id, label or English label; NO_FACT */
enum guiju_kind facts_kind(const struct facts *facts, uint32_t fact);
const char *facts_id(const struct facts *facts, uint32_t fact);

enum shape { SHAPE_UNKNOWN, SHAPE_BOOLEAN, SHAPE_NUMBER, SHAPE_STRING, SHAPE_LIST, SHAPE_OTHER };

/* A value as given. */
struct given {
	enum shape shape;
	bool truth;                  /* of a boolean */
	const char *text;            /* of a string: itself; of the others: as written */
	const struct given *items;   /* of a list */
	size_t count;
};

/* Puts the value into the record, or the error. */
void record_set(struct record *record, const struct facts *facts, uint32_t fact, const struct given *given);
/* The record's first error; later ones are passed over. The caller fills in message and arguments. */
struct record_error *record_fail(struct record *record, enum record_error_kind kind, enum message message);
/* Marks a fact as named; false, with an error: it was named before. */
bool record_name(struct record *record, const struct facts *facts, uint32_t fact);
/* A name that is no fact's. */
void record_fail_name(struct record *record, const char *name);
/* A text for "value", cut where it is very long. */
const char *record_excerpt(struct record *record, const char *text);
/* Puts --on into the record, or checks that both say the same. */
void record_set_on(struct record *record, const struct facts *facts, int64_t on);

#endif
