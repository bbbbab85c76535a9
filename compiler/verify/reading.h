/* What the parts that read NAME.xml share. Memory: the reading's arena, for as long as the book. */
#ifndef GUIJU_VERIFY_READING_H
#define GUIJU_VERIFY_READING_H
#include "verify/book.h"

#include <libxml/xmlreader.h>

struct reading {
	struct arena *arena;
	struct book *book;
	xmlTextReaderPtr reader;
	struct map *facts, *decisions, *tables, *roles, *calendars;
	struct map **members;  /* per fact */
	struct map **outcomes; /* per decision */
	struct book_fault fault;
};

/* Keeps the first fault, with the line and element that the reader stands on; after it nothing more is read. */
void read_failed(struct reading *r, enum book_fault_kind kind);
bool has_failed(const struct reading *r);

/* Does the reader stand on an element of this name? */
bool element_is(struct reading *r, const char *element);
/* The children of the element that the reader stands on, one call each. What is not read of a child is passed over. */
typedef void read_child(struct reading *r, void *context);
void each_child(struct reading *r, read_child *read, void *context);
/* NULL: there is none. */
const char *read_attribute(struct reading *r, const char *name);
/* All text within the element. */
const char *read_content(struct reading *r);

/* The index that an id was put under; NO_INDEX and a fault if it was not. */
uint32_t index_of_id(struct reading *r, const struct map *map, const char *id);
/* A fault if the id is there already. */
void put_id(struct reading *r, struct map *map, const char *id, size_t index);
/* A number, or a date of the facts that are dates. */
int64_t read_number(struct reading *r, const char *text, bool date);

/* Which of the words the text is; 0 and a fault if it is none or NULL. */
uint32_t word_index(struct reading *r, const char *const *words, size_t count, const char *text);

/* False: the reader does not stand on a label. */
bool read_label(struct reading *r, struct book_name *name);
/* The element's id and its labels. */
struct book_name read_name(struct reading *r);
/* What attaches to anything: its labels and clauses, 理由, 裁量. */
struct described {
	struct book_name name;
	VEC(const char *) cites;
	const char *because;
	uint32_t role;         /* of 裁量; NO_INDEX */
	bool discretion;
};
/* False: the reader does not stand on one of these. Their clauses do not count as cited yet. */
bool read_described(struct reading *r, struct described *d);
/* The clause that a <cite> names, which then counts as cited. */
const char *read_cite(struct reading *r);

/* A condition, and <when>, <then>, <except>, which hold one: `context` is where its pointer goes. NULL: a fault. */
struct book_cond *read_condition(struct reading *r);
void read_wrapped(struct reading *r, void *context);

void read_role(struct reading *r);
void read_calendar(struct reading *r);
void read_procedure(struct reading *r);

#endif
