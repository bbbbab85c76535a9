/* NAME.xml into a struct book, with libxml2's streaming reader. The schema was checked before; here ids become
 * indices. */
#include "verify/reading.h"

#include "emit/xml_validate.h"
#include "model/model.h"

#include <string.h>

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
	if (element_is(r, "unit")) {
		f->fact->unit = read_content(r);
	} else if (element_is(r, "discretion")) {
		f->fact->discretion = true;
	} else if (element_is(r, "value")) {
		struct book_name member = read_name(r);
		put_id(r, f->members, member.id, f->fact->members.count);
		vec_push(r->arena, &f->fact->members, member);
	}
}

static void read_kind(struct reading *r, struct book_fact *fact)
{
	static const char *const words[] = { "boolean", "enumeration", "set", "integer", "date" };
	const char *word = read_attribute(r, "kind");
	while (fact->kind < BOOK_DATE && strcmp(words[fact->kind], word) != 0)
		fact->kind++;
	if (fact->kind >= BOOK_INTEGER) {
		fact->low = read_number(r, read_attribute(r, "low"), fact->kind == BOOK_DATE);
		fact->high = read_number(r, read_attribute(r, "high"), fact->kind == BOOK_DATE);
		if (fact->low > fact->high)
			read_failed(r, FAULT_NUMBER);
	}
}

static void close_fact(struct reading *r, struct book_fact *fact)
{
	size_t count = fact->members.count;
	bool has_members = fact->kind == BOOK_ENUMERATION || fact->kind == BOOK_SET;
	if ((count > 0) != has_members || (fact->kind == BOOK_SET && count > LIMIT_SET_MEMBERS))
		read_failed(r, FAULT_SHAPE);
	if (fact->kind == BOOK_BOOLEAN)
		fact->high = 1;
	else if (fact->kind == BOOK_ENUMERATION)
		fact->high = (int64_t)count - 1;
	else if (fact->kind == BOOK_SET)
		fact->high = (int64_t)((UINT64_C(1) << (count & 63)) - 1);
}

static void read_fact(struct reading *r)
{
	struct book_fact fact = { .name.id = read_attribute(r, "id") };
	size_t index = r->book->facts.count;
	struct fact_reading f = { &fact, map_new_in(r->arena) };
	if (index == LIMIT_FACTS) {
		read_failed(r, FAULT_MANY);
		return;
	}
	fact.applicable_date = read_attribute(r, "applicable_date") != NULL;
	read_kind(r, &fact);
	each_child(r, read_fact_child, &f);
	close_fact(r, &fact);
	put_id(r, r->facts, fact.name.id, index);
	r->members[index] = f.members;
	vec_push(r->arena, &r->book->facts, fact);
}

static void read_decision_child(struct reading *r, void *context)
{
	struct book_decision *decision = context;
	if (read_label(r, &decision->name))
		return;
	if (element_is(r, "discretion"))
		decision->discretion = true;
	if (!element_is(r, "outcome"))
		return;
	struct book_name outcome = read_name(r);
	put_id(r, r->outcomes[r->book->decisions.count], outcome.id, decision->outcomes.count);
	vec_push(r->arena, &decision->outcomes, outcome);
}

static void read_decision(struct reading *r)
{
	struct book_decision decision = { .name.id = read_attribute(r, "id") };
	size_t index = r->book->decisions.count;
	if (index == LIMIT_DECISIONS) {
		read_failed(r, FAULT_MANY);
		return;
	}
	r->outcomes[index] = map_new_in(r->arena);
	each_child(r, read_decision_child, &decision);
	put_id(r, r->decisions, decision.name.id, index);
	vec_push(r->arena, &r->book->decisions, decision);
}

/* ---- rules and what else has conditions ---- */

static void read_definition_child(struct reading *r, void *context)
{
	struct book_definition *definition = context;
	if (read_label(r, &definition->name))
		return;
	if (element_is(r, "when"))
		each_child(r, read_wrapped, &definition->cond);
}

static void read_definition(struct reading *r)
{
	struct book_definition definition = { .name.id = read_attribute(r, "id") };
	each_child(r, read_definition_child, &definition);
	if (!definition.cond)
		read_failed(r, FAULT_SHAPE);
	vec_push(r->arena, &r->book->definitions, definition);
}

static void read_constraint_child(struct reading *r, void *context)
{
	struct book_constraint *constraint = context;
	if (read_label(r, &constraint->name))
		return;
	if (element_is(r, "when"))
		each_child(r, read_wrapped, &constraint->when);
	else if (element_is(r, "then"))
		each_child(r, read_wrapped, &constraint->then);
}

static void read_constraint(struct reading *r)
{
	struct book_constraint constraint = { .name.id = read_attribute(r, "id") };
	each_child(r, read_constraint_child, &constraint);
	if (!constraint.then)
		read_failed(r, FAULT_SHAPE);
	vec_push(r->arena, &r->book->constraints, constraint);
}

static void read_table(struct reading *r)
{
	struct book_table table = { .id = read_attribute(r, "id") };
	table.first = strcmp(read_attribute(r, "hit"), "first") == 0;
	table.decision = index_of_id(r, r->decisions, read_attribute(r, "decision"));
	put_id(r, r->tables, table.id, r->book->tables.count);
	vec_push(r->arena, &r->book->tables, table);
}

static void read_rule_child(struct reading *r, void *context)
{
	struct book_rule *rule = context;
	if (read_label(r, &rule->name))
		return;
	if (element_is(r, "cite")) {
		const char *clause = read_cite(r);
		vec_push(r->arena, &rule->cites, clause);
	} else if (element_is(r, "text")) {
		struct book_text text = { .column = read_attribute(r, "column") };
		text.text = read_content(r);
		vec_push(r->arena, &rule->texts, text);
	} else if (element_is(r, "when")) {
		each_child(r, read_wrapped, &rule->when);
	} else if (element_is(r, "except")) {
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
		read_failed(r, FAULT_SHAPE);
}

static void read_rule(struct reading *r, const char *element)
{
	struct book_rule rule = { .element = element,
				  .name.id = read_attribute(r, "id"),
				  .item = read_attribute(r, "item") };
	const char *table = read_attribute(r, "table");
	rule.is_default = strcmp(element, "default") == 0;
	rule.decision = index_of_id(r, r->decisions, read_attribute(r, "decision"));
	rule.table = table ? index_of_id(r, r->tables, table) : NO_INDEX;
	if (has_failed(r))
		return;
	rule.outcome = index_of_id(r, r->outcomes[rule.decision], read_attribute(r, "outcome"));
	if (table && rule.name.id)
		check_row(r, &rule);
	if (read_number(r, read_attribute(r, "number"), false) != (int64_t)r->book->rules.count)
		read_failed(r, FAULT_SHAPE);
	each_child(r, read_rule_child, &rule);
	if (!rule.when)
		read_failed(r, FAULT_SHAPE);
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
	const char *id = read_attribute(r, "rule");
	int64_t n = read_number(r, read_attribute(r, "number"), false);
	if (n < 0 || (uint64_t)n >= r->book->rules.count || strcmp(r->book->rules.items[n].name.id, id) != 0 ||
	    r->book->rules.items[n].decision != order->decision) {
		read_failed(r, FAULT_UNKNOWN);
		return;
	}
	uint64_t rung = (uint64_t)r->book->orders.count << 32 | order->rung;
	vec_push(r->arena, &r->book->rules.items[n].rungs, rung);
}

static void read_order_child(struct reading *r, void *context)
{
	struct order_reading *order = context;
	if (!element_is(r, "rung"))
		return;
	each_child(r, read_rung_member, order);
	order->rung++;
}

static void read_order(struct reading *r)
{
	struct order_reading order = { 0 };
	order.decision = index_of_id(r, r->decisions, read_attribute(r, "decision"));
	bool ranks_defaults = read_attribute(r, "ranks_defaults") != NULL;
	each_child(r, read_order_child, &order);
	vec_push(r->arena, &r->book->orders, ranks_defaults);
}

/* ---- the document ---- */

static void read_clause_child(struct reading *r, void *context)
{
	struct book_clause *clause = context;
	if (element_is(r, "text"))
		clause->text = read_content(r);
}

static void read_clause(struct reading *r, void *context)
{
	(void)context;
	struct book_clause clause = { .id = read_attribute(r, "id") };
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
	if (element_is(r, "edition"))
		r->book->edition = read_name(r);
	if (element_is(r, "document"))
		each_child(r, read_clause, NULL);
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		if (element_is(r, readers[i].element)) {
			readers[i].read(r);
			return;
		}
	}
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		if (element_is(r, rules[i])) {
			read_rule(r, rules[i]);
			return;
		}
	}
}

bool book_read(struct arena *arena, const char *bytes, size_t size, struct _xmlTextReader **held, struct book *book,
	       struct book_fault *fault)
{
	struct reading r = { .arena = arena, .book = book };
	*book = (struct book){ .arena = arena, .edition.id = "", .cited = map_new_in(arena) };
	r.facts = map_new_in(arena);
	r.decisions = map_new_in(arena);
	r.tables = map_new_in(arena);
	r.roles = map_new_in(arena);
	r.calendars = map_new_in(arena);
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
		book->name.id = read_attribute(&r, "id");
		book->digest = read_attribute(&r, "digest");
		each_child(&r, read_top, NULL);
	} else {
		read_failed(&r, FAULT_SHAPE);
	}
	xmlFreeTextReader(r.reader);
	*held = NULL;
	*fault = r.fault;
	return fault->kind == FAULT_NONE;
}
