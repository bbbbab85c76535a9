/* NAME.xml: the whole rulebook in machine form (docs/ARTIFACTS.md), validated against its XSD before it is given. */
#include "emit/emit.h"
#include "emit/xml.h"
#include "emit/xml_validate.h"

#include <string.h>

static const char OUT_OF_MEMORY[] = "libxml2: ENOMEM";

static void write_document(struct xml *x)
{
	xmlTextWriterPtr w = x->writer;
	const struct model *m = x->model;
	if (xmlTextWriterSetIndent(w, 1) < 0 || xmlTextWriterSetIndentString(w, (const xmlChar *)" ") < 0 ||
	    xmlTextWriterStartDocument(w, "1.0", "UTF-8", NULL) < 0 ||
	    xmlTextWriterWritePI(w, (const xmlChar *)"xml-stylesheet",
				 (const xmlChar *)"type=\"text/xsl\" href=\"" XSL_NAME "\"") < 0) {
		x->failed = true;
		return;
	}
	xml_open(x, "rulebook");
	xml_attribute(x, "xmlns", XML_NAMESPACE);
	xml_attribute(x, "format", FORMAT_XML);
	xml_attribute(x, "id", m->name.id);
	xml_attribute(x, "digest", m->digest);
	xml_write_head(x);
	xml_write_facts(x);
	xml_write_rules(x);
	xml_write_procedures(x);
	xml_close(x);
	if (xmlTextWriterEndDocument(w) < 0)
		x->failed = true;
}

/* The document in a buffer that the caller frees; NULL: `error` says why. */
static xmlBufferPtr document_new(const struct model *model, const char **error)
{
	struct xml x = { .model = model };
	struct xml_errors errors; /* see note [libxml2's errors] */
	xml_errors_begin(&errors);
	xmlBufferPtr buffer = xmlBufferCreate();
	x.writer = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL;
	if (x.writer) {
		write_document(&x);
		xmlFreeTextWriter(x.writer); /* flushes */
	}
	xml_errors_end(&errors);
	if (x.writer && !x.failed && !x.illegal && !errors.any)
		return buffer;
	*error = x.illegal ? "XML 1.0: Char" : OUT_OF_MEMORY;
	xmlBufferFree(buffer);
	return NULL;
}

static bool emit(const struct artifacts *a, struct writer *w, const char **error)
{
	xmlBufferPtr buffer = document_new(a->model, error);
	if (!buffer)
		return false;
	size_t size = (size_t)xmlBufferLength(buffer);
	char *copy = arena_try_alloc(a->arena, size + 1); /* see note [no arena while writing] */
	if (copy)
		memcpy(copy, xmlBufferContent(buffer), size);
	xmlBufferFree(buffer);
	if (!copy)
		arena_out_of_memory(a->arena);
	char why[XML_WHY_SIZE];
	if (!xml_is_valid(copy, size, why)) {
		*error = arena_strdup(a->arena, why);
		return false;
	}
	write_bytes(w, copy, size);
	return true;
}

const struct emitter emit_xml = { .name = "xml", .suffix = ".xml", .emit = emit };
