/* Calendars and procedures of NAME.xml: their clauses, and what the schema cannot say. Their names are its keys. */
#include "verify/reading.h"

#include <string.h>

static void read_assumed_child(struct reading *r, void *context)
{
	(void)context;
	if (element_is(r, "cite"))
		(void)read_cite(r);
}

static void read_calendar_child(struct reading *r, void *context)
{
	if (!read_label(r, context) && element_is(r, "assumed"))
		each_child(r, read_assumed_child, NULL);
}

void read_calendar(struct reading *r)
{
	struct book_name name = { 0 };
	each_child(r, read_calendar_child, &name);
}

void read_role(struct reading *r)
{
	(void)read_name(r);
}

struct procedure_reading {
	struct book_name name;
	size_t initial; /* states that are */
};

/* Attributes that go together: those of `needs`, and no others of `known`. */
static void expect_attributes(struct reading *r, const char *const *known, const char *needs)
{
	for (size_t i = 0; known[i]; i++) {
		bool needed = strstr(needs, known[i]) != NULL;
		if ((read_attribute(r, known[i]) != NULL) != needed)
			read_failed(r, FAULT_SHAPE);
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
	if (element_is(r, "cite"))
		(void)read_cite(r);
	else if (element_is(r, "limit"))
		expect_attributes(r, of_limit, needs_of(limits, read_attribute(r, "kind")));
	else if (element_is(r, "lapse"))
		expect_attributes(r, of_lapse, needs_of(lapses, read_attribute(r, "kind")));
	else if (element_is(r, "when"))
		each_child(r, read_wrapped, &guard);
}

static void read_procedure_child(struct reading *r, void *context)
{
	struct procedure_reading *p = context;
	struct book_name part = { 0 };
	if (read_label(r, &p->name))
		return;
	if (element_is(r, "state"))
		p->initial += read_attribute(r, "initial") != NULL;
	if (element_is(r, "cite"))
		(void)read_cite(r);
	else if (!element_is(r, "property"))
		each_child(r, read_part_child, &part);
}

void read_procedure(struct reading *r)
{
	struct procedure_reading p = { 0 };
	each_child(r, read_procedure_child, &p);
	if (p.initial != 1)
		read_failed(r, FAULT_SHAPE);
}
