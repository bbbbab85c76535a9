/* Whether bytes are a NAME.xml: safe to read, well-formed and valid. Any bytes may be asked about. */
#ifndef GUIJU_EMIT_XML_VALIDATE_H
#define GUIJU_EMIT_XML_VALIDATE_H
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <stdbool.h>
#include <stddef.h>

#define XML_WHY_SIZE 512

enum {
	LIMIT_XML_TAG = 1 << 16,     /* bytes of a tag */
	LIMIT_XML_ATTRIBUTES = 32,   /* of a tag: libxml2's time grows with their square */
	LIMIT_XML_DEPTH = 1024,      /* elements within each other */
	LIMIT_XML_SIZE = 1 << 30     /* bytes of a document: libxml2 counts them in an int */
};

/* note [libxml2's errors]
 * Out of memory, libxml2 2.9 says so on standard error and sometimes goes on with less than it was given. Between begin
 * and end nothing is printed and every such message is remembered, so that what was made meanwhile is thrown away. */
struct xml_errors {
	bool any;
	xmlStructuredErrorFunc structured;
	xmlGenericErrorFunc generic;
	void *structured_context, *generic_context;
};
void xml_errors_begin(struct xml_errors *errors);
void xml_errors_end(struct xml_errors *errors);

/* note [reading XML from outside]
 * Before libxml2 sees a byte, one pass refuses what a rulebook never has: a DOCTYPE (and with it entities), CDATA,
 * a tag beyond LIMIT_XML_TAG or LIMIT_XML_ATTRIBUTES, nesting beyond LIMIT_XML_DEPTH. What is left cannot make libxml2
 * read another file, expand or recurse without bound. False: `why` says in symbols what is refused. */
bool xml_is_safe(const char *bytes, size_t size, char why[XML_WHY_SIZE]);
/* Safe, well-formed and valid against rulebook.xsd. */
bool xml_is_valid(const char *bytes, size_t size, char why[XML_WHY_SIZE]);
/* A reader over safe bytes, without network and entities; NULL without memory. xmlFreeTextReader. */
xmlTextReaderPtr xml_reader_new(const char *bytes, size_t size);

#endif
