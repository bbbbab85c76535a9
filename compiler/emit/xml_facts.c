/* Facts with their domains, and decisions with their outcomes. */
#include "emit/xml.h"

static const char *kind_word(enum fact_kind kind)
{
	static const char *const words[] = {
		[FACT_BOOLEAN] = "boolean", [FACT_ENUMERATION] = "enumeration",
		[FACT_SET] = "set",	    [FACT_INTEGER] = "integer",
		[FACT_DATE] = "date",
	};
	return words[kind];
}

static void write_bounds(struct xml *x, const struct fact *fact)
{
	if (fact->kind == FACT_INTEGER) {
		xml_attribute_int(x, "low", fact->low);
		xml_attribute_int(x, "high", fact->high);
	} else if (fact->kind == FACT_DATE) {
		xml_attribute_date(x, "low", fact->low);
		xml_attribute_date(x, "high", fact->high);
	}
}

static void write_member(struct xml *x, const struct fact *fact, const struct member *member)
{
	xml_open(x, "value");
	xml_attribute(x, "id", member->name.id);
	if (member->group != NONE && fact->group_count > 0)
		xml_attribute(x, "group", fact->groups[member->group].name.id);
	xml_attribute(x, "clause", member->clause);
	xml_attribute(x, "standard", member->standard);
	xml_labels(x, &member->name);
	xml_attaches(x, &member->attributes);
	xml_carried(x, member->texts, member->text_count);
	xml_close(x);
}

static void write_fact(struct xml *x, const struct fact *fact)
{
	xml_open(x, "fact");
	xml_attribute(x, "id", fact->name.id);
	xml_attribute(x, "kind", kind_word(fact->kind));
	write_bounds(x, fact);
	xml_attribute(x, "enumeration", fact->enumeration);
	if (fact->applicable_date)
		xml_attribute(x, "applicable_date", "true");
	xml_labels(x, &fact->name);
	xml_attaches(x, &fact->attributes);
	xml_text(x, "unit", fact->unit);
	for (size_t i = 0; i < fact->group_count; i++) {
		xml_open(x, "group");
		xml_attribute(x, "id", fact->groups[i].name.id);
		xml_labels(x, &fact->groups[i].name);
		xml_close(x);
	}
	for (size_t i = 0; i < fact->member_count; i++)
		write_member(x, fact, &fact->members[i]);
	xml_close(x);
}

static void write_decision(struct xml *x, const struct decision *decision)
{
	xml_open(x, "decision");
	xml_attribute(x, "id", decision->name.id);
	xml_labels(x, &decision->name);
	xml_attaches(x, &decision->attributes);
	for (size_t i = 0; i < decision->outcome_count; i++) {
		xml_open(x, "outcome");
		xml_attribute(x, "id", decision->outcomes[i].name.id);
		xml_labels(x, &decision->outcomes[i].name);
		xml_attaches(x, &decision->outcomes[i].attributes);
		xml_close(x);
	}
	xml_close(x);
}

void xml_write_facts(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->fact_count; i++)
		write_fact(x, &m->facts[i]);
	for (size_t i = 0; i < m->decision_count; i++)
		write_decision(x, &m->decisions[i]);
}
