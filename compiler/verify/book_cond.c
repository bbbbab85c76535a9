/* Conditions of NAME.xml. */
#include "verify/reading.h"

#include "emit/xml.h"

#include <string.h>

static void read_part(struct reading *r, void *context)
{
	struct book_cond *cond = context;
	if (element_is(r, "words"))
		return;
	struct book_cond *part = read_condition(r);
	if (part)
		vec_push(r->arena, &cond->parts, part);
}

/* The index of a value by its name: member, outcome, or true and false. */
static int64_t named_value(struct reading *r, const struct book_cond *cond, const char *value)
{
	if (cond->kind == BOOK_TEST_DECISION)
		return index_of_id(r, r->outcomes[cond->subject], value);
	if (cond->kind == BOOK_TEST_FACT && r->book->facts.items[cond->subject].kind == BOOK_ENUMERATION)
		return index_of_id(r, r->members[cond->subject], value);
	if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
		read_failed(r, FAULT_UNKNOWN);
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
	if (element_is(r, "words"))
		return;
	if (element_is(r, "range") != is_measured(r, cond)) {
		read_failed(r, FAULT_SHAPE);
		return;
	}
	if (element_is(r, "range")) {
		bool date = r->book->facts.items[cond->subject].kind == BOOK_DATE;
		range.low = read_number(r, read_attribute(r, "low"), date);
		range.high = read_number(r, read_attribute(r, "high"), date);
	} else {
		range.low = range.high = named_value(r, cond, read_attribute(r, "value"));
	}
	if (range.low > range.high)
		read_failed(r, FAULT_NUMBER);
	vec_push(r->arena, &cond->ranges, range);
}

static void read_test(struct reading *r, struct book_cond *cond)
{
	const char *fact = read_attribute(r, "fact"), *decision = read_attribute(r, "decision");
	const char *member = read_attribute(r, "member");
	cond->kind = fact ? member ? BOOK_TEST_MEMBER : BOOK_TEST_FACT : BOOK_TEST_DECISION;
	cond->subject = fact ? index_of_id(r, r->facts, fact) : index_of_id(r, r->decisions, decision);
	if (has_failed(r))
		return;
	bool of_set = fact && r->book->facts.items[cond->subject].kind == BOOK_SET;
	if ((fact && decision) || of_set != (member != NULL))
		read_failed(r, FAULT_SHAPE);
	if (member && !has_failed(r))
		cond->member = index_of_id(r, r->members[cond->subject], member);
	if (!has_failed(r))
		each_child(r, read_test_child, cond);
}

static enum cond_op read_operator(struct reading *r)
{
	const char *text = read_attribute(r, "operator");
	return text ? (enum cond_op)word_index(r, xml_operators, XML_OPERATORS, text) : OP_NONE;
}

struct book_cond *read_condition(struct reading *r)
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
	while (i < sizeof kinds / sizeof *kinds && !element_is(r, kinds[i].element))
		i++;
	if (i == sizeof kinds / sizeof *kinds) {
		read_failed(r, FAULT_SHAPE);
		return NULL;
	}
	cond->kind = kinds[i].kind;
	cond->op = read_operator(r);
	if (cond->kind == BOOK_TEST_FACT)
		read_test(r, cond);
	else if (cond->kind == BOOK_USE)
		cond->definition = read_attribute(r, "definition");
	else
		each_child(r, read_part, cond);
	if (cond->kind == BOOK_NOT && cond->parts.count != 1)
		read_failed(r, FAULT_SHAPE);
	return cond;
}

/* <when>, <then>, <except>: one condition. */
void read_wrapped(struct reading *r, void *context)
{
	struct book_cond **cond = context;
	*cond = read_condition(r);
}
