/* Records in their two forms. A reader of a form knows where a record ends and what it says; nothing else does. */
#ifndef GUIJU_DECIDE_RECORDS_H
#define GUIJU_DECIDE_RECORDS_H
#include "decide/facts.h"
#include "decide/reader.h"

/* The first byte that is not white space tells the form; what stands before it is passed over, its line ends counted.
 */
bool records_are_json(struct reader *reader);

/* ---- JSON: objects one after the other, on one line or on many ---- */

struct extent json_extent(const char *bytes, size_t size, bool ended);
/* Reads an object into the record; false: the bytes are white space between objects. */
bool json_record(struct record *record, const struct facts *facts, const struct raw_record *raw);

/* What a copied value says: of a list its items. It lives as long as the record. */
struct given json_given(struct record *record, const char *value);

/* ---- CSV: RFC 4180, a header of names first ---- */

struct csv_column {
	const char *name;            /* as in the header; of a copied column too */
	uint32_t fact;               /* NO_FACT: copied, or unknown */
	bool copied;                 /* the name begins with `_` */
};

struct csv_header {
	struct csv_column *items;    /* a vec */
	size_t count, capacity;
	bool failed;                 /* then every record is this error */
	struct record_error error;
};

struct extent csv_extent(const char *bytes, size_t size, bool ended);
/* Reads the header; the names are copied into the arena. */
struct csv_header *csv_header_new_in(struct arena *arena, const struct facts *facts, const struct raw_record *raw);
/* Reads a record; false: an empty line, where the header has several columns. */
bool csv_record(struct record *record, const struct facts *facts, const struct csv_header *header,
		const struct raw_record *raw);

#endif
