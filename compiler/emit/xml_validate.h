/* Whether bytes are a NAME.xml: safe to read, well-formed and valid. Any bytes may be asked about. */
#ifndef GUIJU_EMIT_XML_VALIDATE_H
#define GUIJU_EMIT_XML_VALIDATE_H
#include <libxml/xmlreader.h>
#include <stdbool.h>
#include <stddef.h>

#define XML_WHY_SIZE 512

enum {
	LIMIT_XML_TAG = 1 << 16,     /* bytes of a tag: libxml2 is slow on a tag of many attributes */
	LIMIT_XML_DEPTH = 1024,      /* elements within each other */
	LIMIT_XML_SIZE = 1 << 30     /* bytes of a document: libxml2 counts them in an int */
};

/* note [reading XML from outside]
 * Before libxml2 sees a byte, one pass refuses what a rulebook never has: a DOCTYPE (and with it entities), CDATA,
 * a tag beyond LIMIT_XML_TAG, nesting beyond LIMIT_XML_DEPTH. What is left cannot make libxml2 read another file,
 * expand or recurse without bound. False: `why` says in symbols what is refused. */
bool xml_is_safe(const char *bytes, size_t size, char why[XML_WHY_SIZE]);
/* Safe, well-formed and valid against rulebook.xsd. */
bool xml_is_valid(const char *bytes, size_t size, char why[XML_WHY_SIZE]);
/* A reader over safe bytes, without network and entities; NULL without memory. xmlFreeTextReader. */
xmlTextReaderPtr xml_reader_new(const char *bytes, size_t size);

#endif
