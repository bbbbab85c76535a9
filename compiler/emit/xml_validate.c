/* Safety and validity of a NAME.xml, for the emitter before writing and for verify after reading. */
#include "emit/xml_validate.h"

#include "emit/emit.h"

#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <string.h>

/* ---- errors ---- */

static void remember(void *context, xmlErrorPtr error)
{
	struct xml_errors *errors = context;
	(void)error;
	errors->any = true;
}

static void remember_text(void *context, const char *format, ...)
{
	struct xml_errors *errors = context;
	(void)format;
	errors->any = true;
}

void xml_errors_begin(struct xml_errors *errors)
{
	*errors = (struct xml_errors){ .structured = xmlStructuredError,
				       .generic = xmlGenericError,
				       .structured_context = xmlStructuredErrorContext,
				       .generic_context = xmlGenericErrorContext };
	xmlSetStructuredErrorFunc(errors, remember);
	xmlSetGenericErrorFunc(errors, remember_text);
}

void xml_errors_end(struct xml_errors *errors)
{
	xmlSetStructuredErrorFunc(errors->structured_context, errors->structured);
	xmlSetGenericErrorFunc(errors->generic_context, errors->generic);
}

/* ---- safety ---- */

struct scan {
	const char *at, *end;
	char *why;
	size_t depth;
};

static bool refuse(const struct scan *s, const char *what)
{
	(void)snprintf(s->why, XML_WHY_SIZE, "%s", what);
	return false;
}

static bool opens_with(const struct scan *s, const char *text)
{
	size_t size = strlen(text);
	return (size_t)(s->end - s->at) >= size && memcmp(s->at, text, size) == 0;
}

/* Goes behind the next `text`. */
static bool skip_to(struct scan *s, const char *text)
{
	for (; s->at < s->end; s->at++) {
		if (opens_with(s, text)) {
			s->at += strlen(text);
			return true;
		}
	}
	return refuse(s, text);
}

/* A start tag, end tag or empty element; `>` inside quotes does not end it. */
static bool skip_tag(struct scan *s)
{
	const char *start = s->at;
	bool closes = s->at + 1 < s->end && s->at[1] == '/';
	char quote = '\0';
	int attributes = 0;
	for (s->at++; s->at < s->end; s->at++) {
		if (s->at - start > LIMIT_XML_TAG)
			return refuse(s, "tag > 65536");
		if (!quote && *s->at == '=' && ++attributes > LIMIT_XML_ATTRIBUTES)
			return refuse(s, "attributes > 32");
		if (quote ? *s->at == quote : *s->at == '"' || *s->at == '\'')
			quote = quote ? '\0' : *s->at;
		else if (*s->at == '>' && !quote)
			break;
	}
	if (s->at == s->end)
		return refuse(s, ">");
	bool empty = s->at[-1] == '/';
	s->at++;
	if (closes)
		s->depth -= s->depth > 0;
	else if (!empty && ++s->depth > LIMIT_XML_DEPTH)
		return refuse(s, "depth > 1024");
	return true;
}

bool xml_is_safe(const char *bytes, size_t size, char why[XML_WHY_SIZE])
{
	struct scan s = { .at = bytes, .end = bytes + size, .why = why };
	if (size > LIMIT_XML_SIZE)
		return refuse(&s, "size > 1073741824");
	/* libxml2 would guess UTF-16 or UTF-32 by these: the scan below reads one byte at a time */
	if (size < 5 || memcmp(bytes, "<?xml", 5) != 0 || memchr(bytes, '\0', size))
		return refuse(&s, "<?xml");
	while ((s.at = memchr(s.at, '<', (size_t)(s.end - s.at))) != NULL) {
		bool good;
		if (opens_with(&s, "<?"))
			good = skip_to(&s, "?>");
		else if (opens_with(&s, "<!--"))
			good = skip_to(&s, "-->");
		else if (opens_with(&s, "<!"))
			good = refuse(&s, "<!");
		else
			good = skip_tag(&s);
		if (!good)
			return false;
		if (s.at == s.end)
			break;
	}
	return true;
}

/* ---- validity ---- */

static void keep_first(void *context, xmlErrorPtr error)
{
	char *why = context;
	if (why[0] != '\0')
		return;
	(void)snprintf(why, XML_WHY_SIZE, "line %d: %s", error->line, error->message ? error->message : "?");
	why[strcspn(why, "\n")] = '\0';
}

xmlTextReaderPtr xml_reader_new(const char *bytes, size_t size)
{
	return xmlReaderForMemory(bytes, (int)size, NULL, "UTF-8",
				  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
}

static bool read_all(xmlTextReaderPtr reader, char *why)
{
	int more;
	xmlTextReaderSetStructuredErrorHandler(reader, keep_first, why);
	do
		more = xmlTextReaderRead(reader);
	while (more == 1);
	return more == 0;
}

static bool is_well_formed(const char *bytes, size_t size, char *why)
{
	xmlTextReaderPtr reader = xml_reader_new(bytes, size);
	bool good = reader && read_all(reader, why) && why[0] == '\0';
	xmlFreeTextReader(reader);
	return good;
}

static bool obeys(const char *bytes, size_t size, xmlSchemaPtr schema, char *why)
{
	xmlTextReaderPtr reader = xml_reader_new(bytes, size);
	bool good = reader && xmlTextReaderSetSchema(reader, schema) == 0 && read_all(reader, why) &&
		    xmlTextReaderIsValid(reader) == 1;
	xmlFreeTextReader(reader); /* before the schema that it uses */
	return good;
}

/* Well-formed first, namespaces too: when a document under validation is not, libxml2 2.9 loses memory or calls an
 * error handler that was never set. */
bool xml_is_valid(const char *bytes, size_t size, char why[XML_WHY_SIZE])
{
	why[0] = '\0';
	if (!xml_is_safe(bytes, size, why))
		return false;
	struct xml_errors errors;
	xml_errors_begin(&errors);
	xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt((const char *)rulebook_xsd, (int)rulebook_xsd_size);
	if (parser)
		xmlSchemaSetParserStructuredErrors(parser, keep_first, why);
	xmlSchemaPtr schema = parser ? xmlSchemaParse(parser) : NULL;
	bool good = schema && is_well_formed(bytes, size, why) && obeys(bytes, size, schema, why) && why[0] == '\0';
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
	xml_errors_end(&errors);
	good = good && !errors.any;
	if (!good && why[0] == '\0')
		(void)snprintf(why, XML_WHY_SIZE, "libxml2: ENOMEM");
	return good;
}
