/* A DMN document into a struct dmn_model, with libxml2's streaming reader. Elements of other namespaces (diagrams,
 * vendors' extensions) decide nothing and are passed over. */
#include "import/dmn.h"
#include "import/dmn_xml.h"

#include "support/writer.h"

#include <libxml/xmlreader.h>
#include <string.h>

/* The namespaces of DMN 1.1 to 1.5, from their published schemas. */
static const char *const namespaces[] = {
	"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
	"https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
	"https://www.omg.org/spec/DMN/20230324/MODEL/",
};

struct reading {
	struct arena *arena;
	struct diag *diag;
	uint32_t file;
	xmlTextReaderPtr reader;
	dmn_tags tags;
	uint32_t open;	       /* the tag whose element has no end, or NO_TAG */
	size_t tag;	       /* start tags read */
	const char *namespace; /* that of the root */
	const char *language;  /* expressionLanguage of what is being read, or NULL */
	struct dmn_model *model;
	bool failed;
	struct xml_cause cause;
};

/* ---- the reader ---- */

static void keep_first(void *context, xmlErrorPtr error)
{
	struct reading *r = context;
	xml_cause_keep(&r->cause, error);
}

static bool advance(struct reading *r)
{
	if (r->failed || xmlTextReaderRead(r->reader) != 1)
		return false;
	r->tag += xmlTextReaderNodeType(r->reader) == XML_READER_TYPE_ELEMENT;
	return true;
}

static struct span tag_at(const struct reading *r, uint32_t start)
{
	const struct source *source = &r->diag->sources->items[r->file];
	uint32_t end = start;
	while (end < source->size && source->text[end] != '>' && source->text[end] != '\n' && source->text[end] != ' ')
		end++;
	return (struct span){ r->file, start, end + (end < source->size && source->text[end] == '>') };
}

static struct span here(const struct reading *r)
{
	return tag_at(r, r->tag > 0 && r->tag <= r->tags.count ? r->tags.items[r->tag - 1] : 0);
}

static bool is(const struct reading *r, const char *element)
{
	return strcmp((const char *)xmlTextReaderConstLocalName(r->reader), element) == 0;
}

static bool is_dmn(const struct reading *r)
{
	const xmlChar *uri = xmlTextReaderConstNamespaceUri(r->reader);
	return uri && r->namespace && strcmp((const char *)uri, r->namespace) == 0;
}

/* Goes to the next child of the element at `depth`; false at its end. What is not read of a child is passed over. */
static bool next_child(struct reading *r, int depth)
{
	while (advance(r)) {
		int type = xmlTextReaderNodeType(r->reader), at = xmlTextReaderDepth(r->reader);
		if (type == XML_READER_TYPE_END_ELEMENT && at == depth)
			return false;
		if (type == XML_READER_TYPE_ELEMENT && at == depth + 1 && is_dmn(r))
			return true;
	}
	return false;
}

typedef void read_child(struct reading *r, void *context);
static void each_child(struct reading *r, read_child *read, void *context)
{
	int depth = xmlTextReaderDepth(r->reader);
	if (xmlTextReaderIsEmptyElement(r->reader))
		return;
	while (next_child(r, depth))
		read(r, context);
}

static const char *attribute(const struct reading *r, const char *name)
{
	const char *copy = NULL;
	if (xmlTextReaderMoveToAttribute(r->reader, (const xmlChar *)name) == 1)
		copy = arena_strdup(r->arena, (const char *)xmlTextReaderConstValue(r->reader));
	(void)xmlTextReaderMoveToElement(r->reader);
	return copy;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *trimmed(struct arena *arena, const char *text)
{
	size_t size = strlen(text);
	while (size > 0 && is_blank(text[size - 1]))
		size--;
	while (size > 0 && is_blank(*text)) {
		text++;
		size--;
	}
	return arena_strndup(arena, text, size);
}

/* A name as FEEL compares it, or NULL. */
static const char *name_attribute(const struct reading *r, const char *name)
{
	const char *text = attribute(r, name);
	return text ? feel_name(r->arena, text) : NULL;
}

static bool flag(const struct reading *r, const char *name)
{
	const char *text = attribute(r, name);
	text = text ? trimmed(r->arena, text) : "";
	return strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
}

static const char *content(struct reading *r)
{
	int depth = xmlTextReaderDepth(r->reader);
	struct writer w;
	writer_init(&w, r->arena);
	if (xmlTextReaderIsEmptyElement(r->reader))
		return "";
	while (advance(r)) {
		int type = xmlTextReaderNodeType(r->reader);
		if (type == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth(r->reader) == depth)
			break;
		const xmlChar *text = xmlTextReaderConstValue(r->reader);
		if (text && type != XML_READER_TYPE_COMMENT && type != XML_READER_TYPE_PROCESSING_INSTRUCTION)
			write_str(&w, (const char *)text);
	}
	return trimmed(r->arena, writer_text(&w));
}

static void read_text_child(struct reading *r, void *context)
{
	struct dmn_text *text = context;
	if (!is(r, "text"))
		return;
	text->at = here(r);
	text->text = content(r);
}

static const char *language_here(const struct reading *r)
{
	const char *own = attribute(r, "expressionLanguage");
	return own && *own ? own : r->language;
}

/* The `text` inside the element; an element without one is an empty text. */
static struct dmn_text read_text(struct reading *r)
{
	struct dmn_text text = { .text = "", .at = here(r), .language = language_here(r) };
	if (text.language && (strstr(text.language, "FEEL") || strstr(text.language, "feel")))
		text.language = NULL;
	each_child(r, read_text_child, &text);
	return text;
}

/* `feel:number` of DMN 1.1 is number. */
static const char *type_name(struct arena *arena, const char *name)
{
	const char *colon = name ? strchr(name, ':') : NULL;
	return name ? feel_name(arena, colon ? colon + 1 : name) : NULL;
}

/* ---- types ---- */

static void read_type(struct reading *r, dmn_types *types);

static void read_type_child(struct reading *r, void *context)
{
	struct dmn_type *type = context;
	if (is(r, "typeRef")) {
		type->base = type_name(r->arena, content(r));
	} else if (is(r, "allowedValues")) {
		type->allowed.text = read_text(r);
	} else if (is(r, "typeConstraint")) {
		type->constraint.text = read_text(r);
	} else if (is(r, "itemComponent")) {
		dmn_types parts = { type->parts.items, type->parts.count, type->parts.capacity };
		read_type(r, &parts);
		type->parts.items = parts.items;
		type->parts.count = parts.count;
		type->parts.capacity = parts.capacity;
	}
}

static void read_type(struct reading *r, dmn_types *types)
{
	struct dmn_type type = { .at = here(r),
				 .name = name_attribute(r, "name"),
				 .base = type_name(r->arena, attribute(r, "typeRef")) };
	type.collection = flag(r, "isCollection");
	each_child(r, read_type_child, &type);
	if (type.name)
		vec_push(r->arena, types, type);
}

/* ---- tables ---- */

static struct dmn_text read_cell(struct reading *r, struct dmn_table *table)
{
	struct dmn_text text = read_text(r);
	table->language = table->language ? table->language : text.language;
	return text;
}

struct column_reading {
	struct dmn_table *table;
	void *column;
};

static void read_input_child(struct reading *r, void *context)
{
	struct column_reading *c = context;
	struct dmn_input *input = c->column;
	if (is(r, "inputExpression")) {
		input->type = type_name(r->arena, attribute(r, "typeRef"));
		input->expression = read_cell(r, c->table);
	} else if (is(r, "inputValues")) {
		input->allowed = read_cell(r, c->table);
	}
}

static void read_output_child(struct reading *r, void *context)
{
	struct column_reading *c = context;
	struct dmn_output *output = c->column;
	if (is(r, "outputValues"))
		output->allowed = read_cell(r, c->table);
	else if (is(r, "defaultOutputEntry"))
		output->fallback = read_cell(r, c->table);
}

static void read_rule_child(struct reading *r, void *context)
{
	struct column_reading *c = context;
	struct dmn_rule *rule = c->column;
	if (is(r, "inputEntry"))
		vec_push(r->arena, &rule->inputs, read_cell(r, c->table));
	else if (is(r, "outputEntry"))
		vec_push(r->arena, &rule->outputs, read_cell(r, c->table));
	else if (is(r, "annotationEntry"))
		vec_push(r->arena, &rule->notes, read_text(r));
	else if (is(r, "description"))
		rule->description = content(r);
}

static void read_table_child(struct reading *r, void *context)
{
	struct dmn_table *table = context;
	struct column_reading c = { table, NULL };
	if (is(r, "input")) {
		struct dmn_input input = { .label = attribute(r, "label"), .at = here(r) };
		c.column = &input;
		each_child(r, read_input_child, &c);
		vec_push(r->arena, &table->inputs, input);
	} else if (is(r, "output")) {
		struct dmn_output output = { .name = name_attribute(r, "name"),
					     .label = attribute(r, "label"),
					     .type = type_name(r->arena, attribute(r, "typeRef")),
					     .at = here(r) };
		c.column = &output;
		each_child(r, read_output_child, &c);
		vec_push(r->arena, &table->outputs, output);
	} else if (is(r, "rule")) {
		struct dmn_rule rule = { .id = attribute(r, "id"), .at = here(r) };
		c.column = &rule;
		each_child(r, read_rule_child, &c);
		vec_push(r->arena, &table->rules, rule);
	} else if (is(r, "annotation")) {
		const char *name = attribute(r, "name");
		vec_push(r->arena, &table->notes, name ? name : "");
	}
}

static struct dmn_table *read_table(struct reading *r)
{
	struct dmn_table *table = arena_new_of(r->arena, struct dmn_table);
	table->hit = attribute(r, "hitPolicy");
	table->aggregation = attribute(r, "aggregation");
	table->at = here(r);
	const char *outer = r->language;
	r->language = language_here(r);
	each_child(r, read_table_child, table);
	r->language = outer;
	return table;
}

/* ---- nodes ---- */

static bool decides(const char *element)
{
	static const char *const expressions[] = {
		"decisionTable",      "literalExpression", "invocation", "context", "relation", "list",
		"functionDefinition", "conditional",	   "for",	 "every",   "some",	"filter"
	};
	for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
		if (strcmp(expressions[i], element) == 0)
			return true;
	return false;
}

static void read_requirement(struct reading *r, void *context)
{
	struct dmn_node *node = context;
	struct dmn_requirement requirement = { .href = attribute(r, "href"), .at = here(r) };
	if (requirement.href && (is(r, "requiredDecision") || is(r, "requiredInput")))
		vec_push(r->arena, &node->requires, requirement);
}

static void read_node_child(struct reading *r, void *context)
{
	struct dmn_node *node = context;
	const char *element = arena_strdup(r->arena, (const char *)xmlTextReaderConstLocalName(r->reader));
	if (strcmp(element, "variable") == 0) {
		node->type = type_name(r->arena, attribute(r, "typeRef"));
		node->variable = name_attribute(r, "name");
	} else if (strcmp(element, "informationRequirement") == 0) {
		each_child(r, read_requirement, node);
	}
	if (!decides(element))
		return;
	node->logic = element;
	if (strcmp(element, "decisionTable") == 0)
		node->table = read_table(r);
	else if (strcmp(element, "literalExpression") == 0)
		node->literal = read_text(r);
}

static void read_node(struct reading *r, enum dmn_node_kind kind)
{
	struct dmn_node node = {
		.kind = kind, .id = attribute(r, "id"), .name = name_attribute(r, "name"), .at = here(r)
	};
	node.element = arena_strdup(r->arena, (const char *)xmlTextReaderConstLocalName(r->reader));
	node.id = node.id ? node.id : "";
	node.name = node.name && *node.name ? node.name : node.id;
	each_child(r, read_node_child, &node);
	vec_push(r->arena, &r->model->nodes, node);
}

static void read_definition(struct reading *r, void *context)
{
	(void)context;
	if (is(r, "itemDefinition"))
		read_type(r, &r->model->types);
	else if (is(r, "inputData"))
		read_node(r, DMN_INPUT_DATA);
	else if (is(r, "decision"))
		read_node(r, DMN_DECISION);
	else if (is(r, "businessKnowledgeModel") || is(r, "decisionService") || is(r, "import"))
		read_node(r, DMN_OTHER);
}

/* ---- the document ---- */

static void fail(struct reading *r, struct span at, enum message message, const char *zh, const char *en)
{
	struct finding *f = diag_add(r->diag, FINDING_SYNTAX, at, message);
	diag_arg2(r->diag, f, 0, zh, en);
	r->failed = true;
}

static const char *known_namespace(const char *uri)
{
	for (size_t i = 0; uri && i < sizeof namespaces / sizeof *namespaces; i++)
		if (strcmp(namespaces[i], uri) == 0)
			return namespaces[i];
	return NULL;
}

static bool go_to_root(struct reading *r)
{
	while (advance(r))
		if (xmlTextReaderNodeType(r->reader) == XML_READER_TYPE_ELEMENT)
			return true;
	return false;
}

static bool begins_with_element(const struct reading *r)
{
	const char *text = r->diag->sources->items[r->file].text;
	text += strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	return r->tags.count > 0 && text[strspn(text, " \t\r\n")] == '<';
}

/* libxml2 has one code for a document that ends too early and one that goes on behind its end. */
static void fail_reading(struct reading *r)
{
	const struct source *source = &r->diag->sources->items[r->file];
	uint32_t at = source_line(source, r->cause.line > 0 ? (size_t)r->cause.line : 1);
	struct span span = { r->file, at, at };
	enum message message = MESSAGE_NONE;
	bool at_end = r->cause.code == XML_ERR_DOCUMENT_END || r->cause.code == XML_ERR_DOCUMENT_EMPTY;
	if (at_end && !begins_with_element(r)) {
		message = MESSAGE_XML_NO_ELEMENT;
	} else if (at_end && r->open != NO_TAG) {
		message = MESSAGE_XML_NOT_CLOSED;
		span = tag_at(r, r->open);
		size_t size = strcspn(source->text + span.start + 1, "/> \t\r\n");
		memcpy(r->cause.names[0], source->text + span.start + 1, size = size < XML_CAUSE_SIZE ? size : 0);
		r->cause.names[0][size] = '\0';
	} else if (at_end) {
		message = MESSAGE_XML_AFTER_ROOT;
	}
	struct phrase why = xml_cause_phrase(r->arena, &r->cause, message);
	fail(r, span, MESSAGE_DMN_XML, why.zh, why.en);
}

static void read_document(struct reading *r)
{
	if (go_to_root(r)) {
		const char *uri = (const char *)xmlTextReaderConstNamespaceUri(r->reader);
		r->namespace = known_namespace(uri);
		if (!r->namespace || !is(r, "definitions")) {
			const char *shown =
				arena_printf(r->arena, "%s %s", (const char *)xmlTextReaderConstLocalName(r->reader),
					     uri ? uri : "");
			fail(r, here(r), MESSAGE_DMN_NAMESPACE, shown, NULL);
			return;
		}
		r->model->id = attribute(r, "id");
		r->model->name = attribute(r, "name");
		r->model->namespace = attribute(r, "namespace");
		r->language = language_here(r);
		each_child(r, read_definition, NULL);
	}
	while (advance(r)) /* what follows must be well-formed too */
		continue;
	if (xmlTextReaderReadState(r->reader) == XML_TEXTREADER_MODE_ERROR || r->cause.code != 0 || !r->namespace)
		fail_reading(r);
}

struct dmn_model *dmn_read(struct arena *arena, struct diag *diag, uint32_t file, struct _xmlTextReader **held)
{
	const struct source *source = &diag->sources->items[file];
	struct reading r = { .arena = arena, .diag = diag, .file = file };
	if (!dmn_guard(arena, diag, file, &r.tags, &r.open))
		return NULL;
	r.model = arena_new_of(arena, struct dmn_model);
	r.reader = *held = xmlReaderForMemory(source->text, (int)source->size, NULL, "UTF-8",
					      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (!r.reader)
		arena_out_of_memory(arena);
	xmlTextReaderSetStructuredErrorHandler(r.reader, keep_first, &r);
	read_document(&r);
	xmlFreeTextReader(r.reader);
	*held = NULL;
	return r.failed ? NULL : r.model;
}

void dmn_release(struct _xmlTextReader *held)
{
	if (held)
		xmlFreeTextReader(held);
}
