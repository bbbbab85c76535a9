/* One pass over NAME.xml: elements, attributes, names. */
#include "verify/reading.h"

#include "model/model.h"
#include "support/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void read_failed(struct reading *r, enum book_fault_kind kind)
{
	if (r->fault.kind != FAULT_NONE)
		return;
	const xmlChar *element = xmlTextReaderConstLocalName(r->reader);
	r->fault.kind = kind;
	r->fault.line = xmlTextReaderGetParserLineNumber(r->reader);
	r->fault.name = arena_strdup(r->arena, element ? (const char *)element : "");
}

bool has_failed(const struct reading *r)
{
	return r->fault.kind != FAULT_NONE;
}

/* ---- the reader ---- */

bool element_is(struct reading *r, const char *element)
{
	return strcmp((const char *)xmlTextReaderConstLocalName(r->reader), element) == 0;
}

/* Goes to the next child of the element at `depth`; false at its end. What is not read of a child is passed over. */
static bool next_child(struct reading *r, int depth)
{
	while (!has_failed(r) && xmlTextReaderRead(r->reader) == 1) {
		int type = xmlTextReaderNodeType(r->reader), at = xmlTextReaderDepth(r->reader);
		if (type == XML_READER_TYPE_END_ELEMENT && at == depth)
			return false;
		if (type == XML_READER_TYPE_ELEMENT && at == depth + 1)
			return true;
	}
	return false;
}

/* The children of the element that the reader stands on, one call each. */
void each_child(struct reading *r, read_child *read, void *context)
{
	int depth = xmlTextReaderDepth(r->reader);
	if (xmlTextReaderIsEmptyElement(r->reader))
		return;
	while (next_child(r, depth))
		read(r, context);
}

const char *read_attribute(struct reading *r, const char *name)
{
	const char *copy = NULL;
	if (xmlTextReaderMoveToAttribute(r->reader, (const xmlChar *)name) == 1)
		copy = arena_strdup(r->arena, (const char *)xmlTextReaderConstValue(r->reader));
	(void)xmlTextReaderMoveToElement(r->reader);
	return copy;
}

const char *read_content(struct reading *r)
{
	int depth = xmlTextReaderDepth(r->reader);
	struct writer w;
	writer_init(&w, r->arena);
	if (xmlTextReaderIsEmptyElement(r->reader))
		return "";
	while (xmlTextReaderRead(r->reader) == 1) {
		int type = xmlTextReaderNodeType(r->reader);
		if (type == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth(r->reader) == depth)
			break;
		const xmlChar *text = xmlTextReaderConstValue(r->reader);
		if (text && type != XML_READER_TYPE_COMMENT && type != XML_READER_TYPE_PROCESSING_INSTRUCTION)
			write_str(&w, (const char *)text);
	}
	return writer_text(&w);
}

uint32_t index_of_id(struct reading *r, const struct map *map, const char *id)
{
	int64_t index = id ? map_get(map, id) : -1;
	if (index < 0)
		read_failed(r, FAULT_UNKNOWN);
	return index < 0 ? NO_INDEX : (uint32_t)index;
}

void put_id(struct reading *r, struct map *map, const char *id, size_t index)
{
	if (map_put_if_absent(map, id, (int64_t)index) != (int64_t)index)
		read_failed(r, FAULT_TWICE);
}

/* A number, or a date of the facts that are dates. */
int64_t read_number(struct reading *r, const char *text, bool date)
{
	int64_t value = 0;
	char *end = NULL;
	errno = 0;
	if (!text)
		read_failed(r, FAULT_NUMBER);
	else if (date && !date_parse(text, &value))
		read_failed(r, FAULT_NUMBER);
	else if (!date && ((value = strtoll(text, &end, 10)), errno != 0 || *end != '\0'))
		read_failed(r, FAULT_NUMBER);
	return value;
}

/* ---- names ---- */

bool read_label(struct reading *r, struct book_name *name)
{
	if (!element_is(r, "label"))
		return false;
	const char *language = read_attribute(r, "xml:lang");
	bool english = language && strcmp(language, "en") == 0;
	const char **label = english ? &name->english : &name->label;
	if (*label)
		read_failed(r, FAULT_TWICE);
	if (!english && (!language || strcmp(language, "zh") != 0))
		read_failed(r, FAULT_SHAPE);
	*label = read_content(r);
	return true;
}

static void read_name_child(struct reading *r, void *context)
{
	(void)read_label(r, context);
}

struct book_name read_name(struct reading *r)
{
	struct book_name name = { .id = read_attribute(r, "id") };
	each_child(r, read_name_child, &name);
	return name;
}

uint32_t word_index(struct reading *r, const char *const *words, size_t count, const char *text)
{
	for (uint32_t i = 0; i < count && text; i++) {
		if (words[i] && strcmp(words[i], text) == 0)
			return i;
	}
	read_failed(r, FAULT_SHAPE);
	return 0;
}

bool read_described(struct reading *r, struct described *d)
{
	if (read_label(r, &d->name))
		return true;
	if (element_is(r, "cite")) {
		const char *clause = read_attribute(r, "clause");
		vec_push(r->arena, &d->cites, clause);
	} else if (element_is(r, "because")) {
		d->because = read_content(r);
	} else if (element_is(r, "discretion")) {
		const char *role = read_attribute(r, "role");
		d->discretion = true;
		d->role = role ? index_of_id(r, r->roles, role) : NO_INDEX;
	} else {
		return element_is(r, "resolves") || element_is(r, "counted");
	}
	return true;
}

const char *read_cite(struct reading *r)
{
	const char *clause = read_attribute(r, "clause");
	(void)map_put_if_absent(r->book->cited, clause, 1);
	return clause;
}
