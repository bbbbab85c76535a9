/* NAME.xml into a struct book, with libxml2's streaming reader. The schema was checked before; here ids become
 * indices. */
#include "verify/book.h"

#include "emit/xml_validate.h"
#include "model/model.h"
#include "support/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct arena *arena;
	struct book *book;
	xmlTextReaderPtr reader;
	struct map *facts, *decisions, *tables;
	struct map **members;  /* per fact */
	struct map **outcomes; /* per decision */
	struct book_fault fault;
};

static void fail(struct reading *r, enum book_fault_kind kind)
{
	if (r->fault.kind != FAULT_NONE)
		return;
	const xmlChar *element = xmlTextReaderConstLocalName(r->reader);
	r->fault.kind = kind;
	r->fault.line = xmlTextReaderGetParserLineNumber(r->reader);
	r->fault.name = arena_strdup(r->arena, element ? (const char *)element : "");
}

static bool failed(const struct reading *r)
{
	return r->fault.kind != FAULT_NONE;
}

/* ---- the reader ---- */

static bool is(struct reading *r, const char *element)
{
	return strcmp((const char *)xmlTextReaderConstLocalName(r->reader), element) == 0;
}

/* Goes to the next child of the element at `depth`; false at its end. What is not read of a child is passed over. */
static bool next_child(struct reading *r, int depth)
{
	while (!failed(r) && xmlTextReaderRead(r->reader) == 1) {
		int type = xmlTextReaderNodeType(r->reader), at = xmlTextReaderDepth(r->reader);
		if (type == XML_READER_TYPE_END_ELEMENT && at == depth)
			return false;
		if (type == XML_READER_TYPE_ELEMENT && at == depth + 1)
			return true;
	}
	return false;
}

/* The children of the element that the reader stands on, one call each. */
typedef void read_child(struct reading *r, void *context);
static void each_child(struct reading *r, read_child *read, void *context)
{
	int depth = xmlTextReaderDepth(r->reader);
	if (xmlTextReaderIsEmptyElement(r->reader))
		return;
	while (next_child(r, depth))
		read(r, context);
}

static const char *attribute(struct reading *r, const char *name)
{
	const char *copy = NULL;
	if (xmlTextReaderMoveToAttribute(r->reader, (const xmlChar *)name) == 1)
		copy = arena_strdup(r->arena, (const char *)xmlTextReaderConstValue(r->reader));
	(void)xmlTextReaderMoveToElement(r->reader);
	return copy;
}

static const char *content(struct reading *r)
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

static uint32_t find(struct reading *r, const struct map *map, const char *id)
{
	int64_t index = id ? map_get(map, id) : -1;
	if (index < 0)
		fail(r, FAULT_UNKNOWN);
	return index < 0 ? NO_INDEX : (uint32_t)index;
}

static void put(struct reading *r, struct map *map, const char *id, size_t index)
{
	if (map_put_if_absent(map, id, (int64_t)index) != (int64_t)index)
		fail(r, FAULT_TWICE);
}

/* A number, or a date of the facts that are dates. */
static int64_t number(struct reading *r, const char *text, bool date)
{
	int64_t value = 0;
	char *end = NULL;
	errno = 0;
	if (!text)
		fail(r, FAULT_NUMBER);
	else if (date && !date_parse(text, &value))
		fail(r, FAULT_NUMBER);
	else if (!date && ((value = strtoll(text, &end, 10)), errno != 0 || *end != '\0'))
		fail(r, FAULT_NUMBER);
	return value;
}

/* ---- names ---- */

static bool read_label(struct reading *r, struct book_name *name)
{
	if (!is(r, "label"))
		return false;
	const char *language = attribute(r, "xml:lang");
	bool english = language && strcmp(language, "en") == 0;
	const char **label = english ? &name->english : &name->label;
	if (*label)
		fail(r, FAULT_TWICE);
	if (!english && (!language || strcmp(language, "zh") != 0))
		fail(r, FAULT_SHAPE);
	*label = content(r);
	return true;
}

static void read_name_child(struct reading *r, void *context)
{
	(void)read_label(r, context);
}

static struct book_name read_name(struct reading *r)
{
	struct book_name name = { .id = attribute(r, "id") };
	each_child(r, read_name_child, &name);
	return name;
}

/* ---- facts and decisions ---- */

struct fact_reading {
	struct book_fact *fact;
	struct map *members;
};

static void read_fact_child(struct reading *r, void *context)
{
	struct fact_reading *f = context;
	if (read_label(r, &f->fact->name))
		return;
	if (is(r, "unit")) {
		f->fact->unit = content(r);
	} else if (is(r, "discretion")) {
		f->fact->discretion = true;
	} else if (is(r, "value")) {
		struct book_name member = read_name(r);
		put(r, f->members, member.id, f->fact->members.count);
		vec_push(r->arena, &f->fact->members, member);
	}
}

static void read_kind(struct reading *r, struct book_fact *fact)
{
	static const char *const words[] = { "boolean", "enumeration", "set", "integer", "date" };
	const char *word = attribute(r, "kind");
	while (fact->kind < BOOK_DATE && strcmp(words[fact->kind], word) != 0)
		fact->kind++;
	if (fact->kind >= BOOK_INTEGER) {
		fact->low = number(r, attribute(r, "low"), fact->kind == BOOK_DATE);
		fact->high = number(r, attribute(r, "high"), fact->kind == BOOK_DATE);
		if (fact->low > fact->high)
			fail(r, FAULT_NUMBER);
	}
}

static void close_fact(struct reading *r, struct book_fact *fact)
{
	size_t count = fact->members.count;
	bool has_members = fact->kind == BOOK_ENUMERATION || fact->kind == BOOK_SET;
	if ((count > 0) != has_members || (fact->kind == BOOK_SET && count > LIMIT_SET_MEMBERS))
		fail(r, FAULT_SHAPE);
	if (fact->kind == BOOK_BOOLEAN)
		fact->high = 1;
	else if (fact->kind == BOOK_ENUMERATION)
		fact->high = (int64_t)count - 1;
	else if (fact->kind == BOOK_SET)
		fact->high = (int64_t)((UINT64_C(1) << (count & 63)) - 1);
}

static void read_fact(struct reading *r)
{
	struct book_fact fact = { .name.id = attribute(r, "id") };
	size_t index = r->book->facts.count;
	struct fact_reading f = { &fact, map_new_in(r->arena) };
	if (index == LIMIT_FACTS) {
		fail(r, FAULT_MANY);
		return;
	}
	fact.applicable_date = attribute(r, "applicable_date") != NULL;
	read_kind(r, &fact);
	each_child(r, read_fact_child, &f);
	close_fact(r, &fact);
	put(r, r->facts, fact.name.id, index);
	r->members[index] = f.members;
	vec_push(r->arena, &r->book->facts, fact);
}

static void read_decision_child(struct reading *r, void *context)
{
	struct book_decision *decision = context;
	if (read_label(r, &decision->name))
		return;
	if (is(r, "discretion"))
		decision->discretion = true;
	if (!is(r, "outcome"))
		return;
	struct book_name outcome = read_name(r);
	put(r, r->outcomes[r->book->decisions.count], outcome.id, decision->outcomes.count);
	vec_push(r->arena, &decision->outcomes, outcome);
}

static void read_decision(struct reading *r)
{
	struct book_decision decision = { .name.id = attribute(r, "id") };
	size_t index = r->book->decisions.count;
	if (index == LIMIT_DECISIONS) {
		fail(r, FAULT_MANY);
		return;
	}
	r->outcomes[index] = map_new_in(r->arena);
	each_child(r, read_decision_child, &decision);
	put(r, r->decisions, decision.name.id, index);
	vec_push(r->arena, &r->book->decisions, decision);
}

/* ---- conditions ---- */

static struct book_cond *read_condition(struct reading *r);

static void read_part(struct reading *r, void *context)
{
	struct book_cond *cond = context;
	if (is(r, "words"))
		return;
	struct book_cond *part = read_condition(r);
	if (part)
		vec_push(r->arena, &cond->parts, part);
}

/* The index of a value by its name: member, outcome, or true and false. */
static int64_t named_value(struct reading *r, const struct book_cond *cond, const char *value)
{
	if (cond->kind == BOOK_TEST_DECISION)
		return find(r, r->outcomes[cond->subject], value);
	if (cond->kind == BOOK_TEST_FACT && r->book->facts.items[cond->subject].kind == BOOK_ENUMERATION)
		return find(r, r->members[cond->subject], value);
	if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
		fail(r, FAULT_UNKNOWN);
	return strcmp(value, "true") == 0;
}

static bool is_measured(const struct reading *r, const struct book_cond *cond)
{
	return cond->kind == BOOK_TEST_FACT && r->book->facts.items[cond->subject].kind >= BOOK_INTEGER;
}

static void read_test_child(struct reading *r, void *context)
{
	struct book_cond *cond = context;
	struct book_range range;
	if (is(r, "words"))
		return;
	if (is(r, "range") != is_measured(r, cond)) {
		fail(r, FAULT_SHAPE);
		return;
	}
	if (is(r, "range")) {
		bool date = r->book->facts.items[cond->subject].kind == BOOK_DATE;
		range.low = number(r, attribute(r, "low"), date);
		range.high = number(r, attribute(r, "high"), date);
	} else {
		range.low = range.high = named_value(r, cond, attribute(r, "value"));
	}
	if (range.low > range.high)
		fail(r, FAULT_NUMBER);
	vec_push(r->arena, &cond->ranges, range);
}

static void read_test(struct reading *r, struct book_cond *cond)
{
	const char *fact = attribute(r, "fact"), *decision = attribute(r, "decision");
	const char *member = attribute(r, "member");
	cond->kind = fact ? member ? BOOK_TEST_MEMBER : BOOK_TEST_FACT : BOOK_TEST_DECISION;
	cond->subject = fact ? find(r, r->facts, fact) : find(r, r->decisions, decision);
	if (failed(r))
		return;
	bool of_set = fact && r->book->facts.items[cond->subject].kind == BOOK_SET;
	if ((fact && decision) || of_set != (member != NULL))
		fail(r, FAULT_SHAPE);
	if (member && !failed(r))
		cond->member = find(r, r->members[cond->subject], member);
	if (!failed(r))
		each_child(r, read_test_child, cond);
}

static struct book_cond *read_condition(struct reading *r)
{
	static const struct {
		const char *element;
		enum book_cond_kind kind;
	} kinds[] = {
		{ "true", BOOK_TRUE }, { "false", BOOK_FALSE },	   { "all", BOOK_ALL }, { "any", BOOK_ANY },
		{ "not", BOOK_NOT },   { "test", BOOK_TEST_FACT }, { "use", BOOK_USE },
	};
	struct book_cond *cond = arena_new_of(r->arena, struct book_cond);
	size_t i = 0;
	while (i < sizeof kinds / sizeof *kinds && !is(r, kinds[i].element))
		i++;
	if (i == sizeof kinds / sizeof *kinds) {
		fail(r, FAULT_SHAPE);
		return NULL;
	}
	cond->kind = kinds[i].kind;
	if (cond->kind == BOOK_TEST_FACT)
		read_test(r, cond);
	else if (cond->kind == BOOK_USE)
		cond->definition = attribute(r, "definition");
	else
		each_child(r, read_part, cond);
	if (cond->kind == BOOK_NOT && cond->parts.count != 1)
		fail(r, FAULT_SHAPE);
	return cond;
}

/* <when>, <then>, <except>: one condition. */
static void read_wrapped(struct reading *r, void *context)
{
	struct book_cond **cond = context;
	*cond = read_condition(r);
}

/* ---- rules and what else has conditions ---- */

static void read_definition_child(struct reading *r, void *context)
{
	struct book_definition *definition = context;
	if (is(r, "when"))
		each_child(r, read_wrapped, &definition->cond);
}

static void read_definition(struct reading *r)
{
	struct book_definition definition = { .id = attribute(r, "id") };
	each_child(r, read_definition_child, &definition);
	if (!definition.cond)
		fail(r, FAULT_SHAPE);
	vec_push(r->arena, &r->book->definitions, definition);
}

static void read_constraint_child(struct reading *r, void *context)
{
	struct book_constraint *constraint = context;
	if (read_label(r, &constraint->name))
		return;
	if (is(r, "when"))
		each_child(r, read_wrapped, &constraint->when);
	else if (is(r, "then"))
		each_child(r, read_wrapped, &constraint->then);
}

static void read_constraint(struct reading *r)
{
	struct book_constraint constraint = { .name.id = attribute(r, "id") };
	each_child(r, read_constraint_child, &constraint);
	if (!constraint.then)
		fail(r, FAULT_SHAPE);
	vec_push(r->arena, &r->book->constraints, constraint);
}

static void read_table(struct reading *r)
{
	struct book_table table = { .id = attribute(r, "id") };
	table.first = strcmp(attribute(r, "hit"), "first") == 0;
	table.decision = find(r, r->decisions, attribute(r, "decision"));
	put(r, r->tables, table.id, r->book->tables.count);
	vec_push(r->arena, &r->book->tables, table);
}

static const char *read_cite(struct reading *r)
{
	const char *clause = attribute(r, "clause");
	(void)map_put_if_absent(r->book->cited, clause, 1);
	return clause;
}

static void read_rule_child(struct reading *r, void *context)
{
	struct book_rule *rule = context;
	if (read_label(r, &rule->name))
		return;
	if (is(r, "cite")) {
		const char *clause = read_cite(r);
		vec_push(r->arena, &rule->cites, clause);
	} else if (is(r, "text")) {
		struct book_text text = { .column = attribute(r, "column") };
		text.text = content(r);
		vec_push(r->arena, &rule->texts, text);
	} else if (is(r, "when")) {
		each_child(r, read_wrapped, &rule->when);
	} else if (is(r, "except")) {
		each_child(r, read_wrapped, &rule->except);
	}
}

/* A row is called after its table, and is about what that decides. */
static void check_row(struct reading *r, const struct book_rule *row)
{
	const struct book_table *table = &r->book->tables.items[row->table];
	const char *point = row->name.id ? strchr(row->name.id, '.') : NULL;
	size_t size = point ? (size_t)(point - row->name.id) : 0;
	if (table->decision != row->decision || size == 0 || strlen(table->id) != size ||
	    memcmp(row->name.id, table->id, size) != 0)
		fail(r, FAULT_SHAPE);
}

static void read_rule(struct reading *r, const char *element)
{
	struct book_rule rule = { .element = element, .name.id = attribute(r, "id"), .item = attribute(r, "item") };
	const char *table = attribute(r, "table");
	rule.is_default = strcmp(element, "default") == 0;
	rule.decision = find(r, r->decisions, attribute(r, "decision"));
	rule.table = table ? find(r, r->tables, table) : NO_INDEX;
	if (failed(r))
		return;
	rule.outcome = find(r, r->outcomes[rule.decision], attribute(r, "outcome"));
	if (table && rule.name.id)
		check_row(r, &rule);
	if (number(r, attribute(r, "number"), false) != (int64_t)r->book->rules.count)
		fail(r, FAULT_SHAPE);
	each_child(r, read_rule_child, &rule);
	if (!rule.when)
		fail(r, FAULT_SHAPE);
	vec_push(r->arena, &r->book->rules, rule);
}

/* ---- priorities ---- */

struct order_reading {
	uint32_t decision;
	uint64_t rung;
};

static void read_rung_member(struct reading *r, void *context)
{
	struct order_reading *order = context;
	const char *id = attribute(r, "rule");
	int64_t n = number(r, attribute(r, "number"), false);
	if (n < 0 || (uint64_t)n >= r->book->rules.count || strcmp(r->book->rules.items[n].name.id, id) != 0 ||
	    r->book->rules.items[n].decision != order->decision) {
		fail(r, FAULT_UNKNOWN);
		return;
	}
	uint64_t rung = (uint64_t)r->book->orders.count << 32 | order->rung;
	vec_push(r->arena, &r->book->rules.items[n].rungs, rung);
}

static void read_order_child(struct reading *r, void *context)
{
	struct order_reading *order = context;
	if (!is(r, "rung"))
		return;
	each_child(r, read_rung_member, order);
	order->rung++;
}

static void read_order(struct reading *r)
{
	struct order_reading order = { 0 };
	order.decision = find(r, r->decisions, attribute(r, "decision"));
	bool ranks_defaults = attribute(r, "ranks_defaults") != NULL;
	each_child(r, read_order_child, &order);
	vec_push(r->arena, &r->book->orders, ranks_defaults);
}

/* ---- calendars and procedures: clauses, and what the schema cannot say. Their names are its keys. ---- */

static void read_assumed_child(struct reading *r, void *context)
{
	(void)context;
	if (is(r, "cite"))
		(void)read_cite(r);
}

static void read_calendar_child(struct reading *r, void *context)
{
	if (!read_label(r, context) && is(r, "assumed"))
		each_child(r, read_assumed_child, NULL);
}

static void read_calendar(struct reading *r)
{
	struct book_name name = { 0 };
	each_child(r, read_calendar_child, &name);
}

static void read_role(struct reading *r)
{
	(void)read_name(r);
}

struct procedure_reading {
	struct book_name name;
	size_t initial;              /* states that are */
};

/* Attributes that go together: those of `needs`, and no others of `known`. */
static void expect_attributes(struct reading *r, const char *const *known, const char *needs)
{
	for (size_t i = 0; known[i]; i++) {
		bool needed = strstr(needs, known[i]) != NULL;
		if ((attribute(r, known[i]) != NULL) != needed)
			fail(r, FAULT_SHAPE);
	}
}

static const char *needs_of(const char *const (*rows)[2], const char *kind)
{
	while ((*rows)[0] && strcmp((*rows)[0], kind) != 0)
		rows++;
	return (*rows)[0] ? (*rows)[1] : "";
}

static void read_part_child(struct reading *r, void *context)
{
	static const char *const of_limit[] = { "amount", "unit", "validity", "date", NULL };
	static const char *const of_lapse[] = { "event", "state", NULL };
	static const char *const limits[][2] = { { "within", "amount unit" },
						 { "by_date", "date" },
						 { "in_the_last", "amount unit validity" },
						 { "at_least_before", "amount unit validity" },
						 { NULL, NULL } };
	static const char *const lapses[][2] = { { "deemed", "event" }, { "to_state", "state" }, { NULL, NULL } };
	struct book_cond *guard = NULL;
	if (read_label(r, context))
		return;
	if (is(r, "cite"))
		(void)read_cite(r);
	else if (is(r, "limit"))
		expect_attributes(r, of_limit, needs_of(limits, attribute(r, "kind")));
	else if (is(r, "lapse"))
		expect_attributes(r, of_lapse, needs_of(lapses, attribute(r, "kind")));
	else if (is(r, "when"))
		each_child(r, read_wrapped, &guard);
}

static void read_procedure_child(struct reading *r, void *context)
{
	struct procedure_reading *p = context;
	struct book_name part = { 0 };
	if (read_label(r, &p->name))
		return;
	if (is(r, "state"))
		p->initial += attribute(r, "initial") != NULL;
	if (is(r, "cite"))
		(void)read_cite(r);
	else if (!is(r, "property"))
		each_child(r, read_part_child, &part);
}

static void read_procedure(struct reading *r)
{
	struct procedure_reading p = { 0 };
	each_child(r, read_procedure_child, &p);
	if (p.initial != 1)
		fail(r, FAULT_SHAPE);
}

/* ---- the document ---- */

static void read_clause_child(struct reading *r, void *context)
{
	struct book_clause *clause = context;
	if (is(r, "text"))
		clause->text = content(r);
}

static void read_clause(struct reading *r, void *context)
{
	(void)context;
	struct book_clause clause = { .id = attribute(r, "id") };
	each_child(r, read_clause_child, &clause);
	vec_push(r->arena, &r->book->clauses, clause);
}

static void read_top(struct reading *r, void *context)
{
	static const struct {
		const char *element;
		void (*read)(struct reading *r);
	} readers[] = {
		{ "fact", read_fact },
		{ "decision", read_decision },
		{ "definition", read_definition },
		{ "constraint", read_constraint },
		{ "table", read_table },
		{ "order", read_order },
		{ "role", read_role },
		{ "calendar", read_calendar },
		{ "procedure", read_procedure },
	};
	static const char *const rules[] = { "rule", "row", "default" };
	(void)context;
	if (read_label(r, &r->book->name))
		return;
	if (is(r, "edition"))
		r->book->edition = attribute(r, "id");
	if (is(r, "document"))
		each_child(r, read_clause, NULL);
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		if (is(r, readers[i].element)) {
			readers[i].read(r);
			return;
		}
	}
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		if (is(r, rules[i])) {
			read_rule(r, rules[i]);
			return;
		}
	}
}

bool book_read(struct arena *arena, const char *bytes, size_t size, struct _xmlTextReader **held, struct book *book,
	       struct book_fault *fault)
{
	struct reading r = { .arena = arena, .book = book };
	*book = (struct book){ .arena = arena, .edition = "", .cited = map_new_in(arena) };
	r.facts = map_new_in(arena);
	r.decisions = map_new_in(arena);
	r.tables = map_new_in(arena);
	r.members = arena_new_array(arena, struct map *, LIMIT_FACTS);
	r.outcomes = arena_new_array(arena, struct map *, LIMIT_DECISIONS);
	*held = r.reader = xml_reader_new(bytes, size);
	if (!r.reader)
		arena_out_of_memory(arena);
	int more;
	do
		more = xmlTextReaderRead(r.reader);
	while (more == 1 && xmlTextReaderNodeType(r.reader) != XML_READER_TYPE_ELEMENT);
	if (more == 1) {
		book->name.id = attribute(&r, "id");
		book->digest = attribute(&r, "digest");
		each_child(&r, read_top, NULL);
	} else {
		fail(&r, FAULT_SHAPE);
	}
	xmlFreeTextReader(r.reader);
	*held = NULL;
	*fault = r.fault;
	return fault->kind == FAULT_NONE;
}
