/* The first error of libxml2's reader. */
#ifndef GUIJU_IMPORT_DMN_XML_H
#define GUIJU_IMPORT_DMN_XML_H
#include "diag/diag.h"

#include <libxml/xmlerror.h>

enum { XML_CAUSE_SIZE = 200 }; /* bytes of a text, NUL among them; a longer one is cut at a character's end */

struct xml_cause {
	int code; /* 0: none yet */
	int line, other_line;
	char words[XML_CAUSE_SIZE], names[2][XML_CAUSE_SIZE];
};

/* Takes the error if it is the first that is more than a warning. Allocates nothing. */
void xml_cause_keep(struct xml_cause *cause, const xmlError *error);
/* MESSAGE_NONE: what its code says, an unknown one in libxml2's words; else this message of its names. */
struct phrase xml_cause_phrase(struct arena *arena, const struct xml_cause *cause, enum message message);

#endif
