/* Conditions: nested all, any, not, and tests of one fact or decision. What is tested is written as values and ranges,
 * complete without the words; the operator and the words say how the author wrote it. */
#include "emit/xml.h"

const char *const xml_operators[XML_OPERATORS] = {
	[OP_NONE] = NULL,
	[OP_HOLDS] = "holds",
	[OP_IS] = "is",
	[OP_IS_NOT] = "is_not",
	[OP_IN] = "in",
	[OP_NOT_IN] = "not_in",
	[OP_BOUNDS] = "bounds",
	[OP_CONTAINS] = "contains",
	[OP_LACKS] = "lacks",
	[OP_CONTAINS_ANY] = "contains_any",
	[OP_CONTAINS_ALL] = "contains_all",
	[OP_EMPTY] = "is_empty",
	[OP_NOT_EMPTY] = "is_not_empty",
	[OP_PERIOD] = "period",
};

static void write_words(struct xml *x, const struct cond *cond)
{
	if (cond->op != OP_NONE)
		xml_text(x, "words", cond->words);
}

static void write_is(struct xml *x, const char *value)
{
	xml_open(x, "is");
	xml_attribute(x, "value", value);
	xml_close(x);
}

/* Every value of the ranges by its name; `name_of` knows them. */
static void write_names(struct xml *x, const struct ranges *ranges, const void *owner,
			const char *(*name_of)(const void *owner, int64_t value))
{
	for (size_t i = 0; i < ranges->count; i++) {
		for (int64_t value = ranges->items[i].low; value <= ranges->items[i].high; value++)
			write_is(x, name_of(owner, value));
	}
}

static const char *boolean_name(const void *owner, int64_t value)
{
	(void)owner;
	return value ? "true" : "false";
}

static const char *member_name(const void *owner, int64_t value)
{
	const struct fact *fact = owner;
	return fact->members[value].name.id;
}

static const char *outcome_name(const void *owner, int64_t value)
{
	const struct decision *decision = owner;
	return decision->outcomes[value].name.id;
}

static void write_ranges(struct xml *x, const struct ranges *ranges,
			 void (*write)(struct xml *x, const char *name, int64_t value))
{
	for (size_t i = 0; i < ranges->count; i++) {
		xml_open(x, "range");
		write(x, "low", ranges->items[i].low);
		write(x, "high", ranges->items[i].high);
		xml_close(x);
	}
}

static void write_fact_test(struct xml *x, const struct cond *cond)
{
	const struct dim *dim = &x->model->dims[cond->dim];
	const struct fact *fact = &x->model->facts[dim->fact];
	xml_open(x, "test");
	xml_attribute(x, "fact", fact->name.id);
	if (fact->kind == FACT_SET)
		xml_attribute(x, "member", fact->members[dim->member].name.id);
	xml_attribute(x, "operator", xml_operators[cond->op]);
	write_words(x, cond);
	switch (fact->kind) {
	case FACT_BOOLEAN:
	case FACT_SET: write_names(x, &cond->ranges, NULL, boolean_name); break;
	case FACT_ENUMERATION: write_names(x, &cond->ranges, fact, member_name); break;
	case FACT_INTEGER: write_ranges(x, &cond->ranges, xml_attribute_int); break;
	case FACT_DATE: write_ranges(x, &cond->ranges, xml_attribute_date); break;
	}
	xml_close(x);
}

static void write_decision_test(struct xml *x, const struct cond *cond)
{
	const struct decision *decision = &x->model->decisions[cond->decision];
	xml_open(x, "test");
	xml_attribute(x, "decision", decision->name.id);
	xml_attribute(x, "operator", xml_operators[cond->op]);
	write_words(x, cond);
	write_names(x, &cond->ranges, decision, outcome_name);
	xml_close(x);
}

static void write_parts(struct xml *x, const char *element, const struct cond *cond)
{
	xml_open(x, element);
	xml_attribute(x, "operator", xml_operators[cond->op]);
	write_words(x, cond);
	for (size_t i = 0; i < cond->part_count; i++)
		xml_write_condition(x, cond->parts[i]);
	xml_close(x);
}

static void write_constant(struct xml *x, const char *element)
{
	xml_open(x, element);
	xml_close(x);
}

/* A definition is named, not repeated: definitions of definitions would double with each level. */
static void write_use(struct xml *x, const struct cond *cond)
{
	xml_open(x, "use");
	xml_attribute(x, "definition", x->model->definitions[cond->definition].name.id);
	xml_close(x);
}

void xml_write_condition(struct xml *x, const struct cond *cond)
{
	switch (cond->kind) {
	case COND_TRUE: write_constant(x, "true"); break;
	case COND_FALSE: write_constant(x, "false"); break;
	case COND_AND: write_parts(x, "all", cond); break;
	case COND_OR: write_parts(x, "any", cond); break;
	case COND_NOT: write_parts(x, "not", cond); break;
	case COND_FACT: write_fact_test(x, cond); break;
	case COND_DECISION: write_decision_test(x, cond); break;
	case COND_DEFINITION: write_use(x, cond); break;
	}
}
