/* Writing NAME.xml: an element, an attribute, a text at a time; failures are kept, not returned, and asked for once. */
#ifndef GUIJU_EMIT_XML_H
#define GUIJU_EMIT_XML_H
#include "model/model.h"

#include <libxml/xmlwriter.h>
#include <stdbool.h>
#include <stdint.h>

/* note [no arena while writing]
 * The libxml2 writer is a library object: while it lives nothing here takes arena memory, whose end would jump over
 * its release. Numbers and dates are put together in buffers of their own. */
struct xml {
	xmlTextWriterPtr writer;
	const struct model *model;
	bool failed;                 /* libxml2 had no memory */
	bool illegal;                /* a text holds a character that XML 1.0 cannot */
};

enum { XML_OPERATORS = OP_PERIOD + 1 };
extern const char *const xml_operators[XML_OPERATORS]; /* the attribute operator, of each enum cond_op; NULL: not written */

void xml_open(struct xml *x, const char *element);
void xml_close(struct xml *x);
void xml_attribute(struct xml *x, const char *name, const char *text);  /* NULL: not written */
void xml_attribute_int(struct xml *x, const char *name, int64_t value);
void xml_attribute_date(struct xml *x, const char *name, int64_t day);
void xml_content(struct xml *x, const char *text);
/* The attribute xml:lang of a text, by its letters: "zh" with Han characters or kana, else "en" with Latin ones. */
void xml_language(struct xml *x, const char *text);
void xml_text(struct xml *x, const char *element, const char *text);    /* NULL: not written */

/* Pieces that many elements have: <label>, and what attaches to anything. */
void xml_labels(struct xml *x, const struct name *name);
void xml_attaches(struct xml *x, const struct attributes *attributes);
void xml_carried(struct xml *x, const struct text_value *texts, size_t count);

/* Parts of the document, in this order. */
void xml_write_head(struct xml *x);        /* xml_text.c: rulebook, edition, registers, documents */
void xml_write_facts(struct xml *x);       /* xml_facts.c: facts, decisions */
void xml_write_rules(struct xml *x);       /* xml_rules.c: definitions … publications */
void xml_write_procedures(struct xml *x);  /* xml_procedures.c: calendars, procedures */
void xml_write_condition(struct xml *x, const struct cond *cond); /* xml_condition.c */

#endif
