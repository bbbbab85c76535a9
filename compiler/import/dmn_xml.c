/* Why XML is not read, in both languages: libxml2 tells it in English only. */
#include "import/dmn_xml.h"

#include "diag/render.h"
#include "support/writer.h"

#include <string.h>

static const struct {
	int code;
	enum message message;
} causes[] = {
	{ XML_ERR_TAG_NAME_MISMATCH, MESSAGE_XML_TAG_MISMATCH },
	{ XML_ERR_GT_REQUIRED, MESSAGE_XML_END_TAG },
	{ XML_ERR_UNDECLARED_ENTITY, MESSAGE_XML_ENTITY },
	{ XML_WAR_UNDECLARED_ENTITY, MESSAGE_XML_ENTITY },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING, MESSAGE_XML_ENTITY_SEMICOLON },
	{ XML_ERR_NAME_REQUIRED, MESSAGE_XML_NAME },
	{ XML_ERR_INVALID_HEX_CHARREF, MESSAGE_XML_REFERENCE },
	{ XML_ERR_INVALID_DEC_CHARREF, MESSAGE_XML_REFERENCE },
	{ XML_ERR_INVALID_CHARREF, MESSAGE_XML_REFERENCE },
	{ XML_ERR_INVALID_CHAR, MESSAGE_XML_CHARACTER },
	{ XML_ERR_LT_IN_ATTRIBUTE, MESSAGE_XML_ATTRIBUTE_LESS },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED, MESSAGE_XML_ATTRIBUTE_QUOTE },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE, MESSAGE_XML_ATTRIBUTE_VALUE },
	{ XML_ERR_ATTRIBUTE_REDEFINED, MESSAGE_XML_ATTRIBUTE_TWICE },
	{ XML_NS_ERR_ATTRIBUTE_REDEFINED, MESSAGE_XML_ATTRIBUTES },
	{ XML_ERR_SPACE_REQUIRED, MESSAGE_XML_ATTRIBUTES },
	{ XML_ERR_ATTRIBUTE_NOT_FINISHED, MESSAGE_XML_ATTRIBUTES },
	{ XML_ERR_HYPHEN_IN_COMMENT, MESSAGE_XML_COMMENT },
	{ XML_ERR_COMMENT_NOT_FINISHED, MESSAGE_XML_COMMENT },
	{ XML_ERR_PI_NOT_STARTED, MESSAGE_XML_INSTRUCTION },
	{ XML_ERR_PI_NOT_FINISHED, MESSAGE_XML_INSTRUCTION },
	{ XML_ERR_MISPLACED_CDATA_END, MESSAGE_XML_CDATA_END },
	{ XML_ERR_RESERVED_XML_NAME, MESSAGE_XML_DECLARATION_PLACE },
	{ XML_ERR_STANDALONE_VALUE, MESSAGE_XML_DECLARATION },
	{ XML_ERR_VERSION_MISSING, MESSAGE_XML_DECLARATION },
	{ XML_ERR_XMLDECL_NOT_FINISHED, MESSAGE_XML_DECLARATION },
	{ XML_ERR_STRING_NOT_CLOSED, MESSAGE_XML_DECLARATION },
	{ XML_ERR_UNKNOWN_VERSION, MESSAGE_XML_VERSION },
	{ XML_ERR_UNSUPPORTED_ENCODING, MESSAGE_XML_ENCODING },
	{ XML_NS_ERR_UNDEFINED_NAMESPACE, MESSAGE_XML_PREFIX },
	{ XML_NS_ERR_XML_NAMESPACE, MESSAGE_XML_NAMESPACE },
	{ XML_NS_ERR_QNAME, MESSAGE_XML_NAMESPACE },
	{ XML_NS_ERR_COLON, MESSAGE_XML_NAMESPACE },
	{ XML_NS_ERR_EMPTY, MESSAGE_XML_NAMESPACE },
};

/* Whole characters, on one line. */
static void copy(char *to, const char *from)
{
	size_t n = 0;
	for (size_t size; from && from[n] && from[n] != '\n' && from[n] != '\r'; n += size) {
		size = utf8_sequence_size(from + n, strlen(from + n));
		if (size == 0 || n + size >= XML_CAUSE_SIZE)
			break;
		memcpy(to + n, from + n, size);
	}
	to[n] = '\0';
}

void xml_cause_keep(struct xml_cause *cause, const xmlError *error)
{
	if (cause->code != 0 || error->level < XML_ERR_ERROR)
		return;
	cause->code = error->code;
	cause->line = error->line;
	cause->other_line = error->int1;
	copy(cause->words, error->message);
	copy(cause->names[0], error->str1);
	copy(cause->names[1], error->str2);
}

struct phrase xml_cause_phrase(struct arena *arena, const struct xml_cause *cause, enum message message)
{
	const char *line = arena_printf(arena, "%d", cause->other_line), *first = cause->names[0];
	for (size_t i = 0; message == MESSAGE_NONE && i < sizeof causes / sizeof *causes; i++)
		if (causes[i].code == cause->code)
			message = causes[i].message;
	if (message == MESSAGE_NONE) {
		message = MESSAGE_XML_OTHER;
		first = *cause->words ? cause->words : "XML";
	}
	return (struct phrase){ render_words(arena, message, LANGUAGE_ZH, first, cause->names[1], line, NULL),
				render_words(arena, message, LANGUAGE_EN, first, cause->names[1], line, NULL) };
}
