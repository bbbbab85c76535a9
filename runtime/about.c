/* What a table holds: facts, decisions, rules, clauses, by index and by id. */
#include "view.h"

static struct guiju_text text_field(const unsigned char *table, const unsigned char *record, unsigned index)
{
	return string_at(table, field(record, index));
}

static void read_name(const unsigned char *table, const unsigned char *record, struct guiju_name *out)
{
	out->id = text_field(table, record, NAME_ID);
	out->label = text_field(table, record, NAME_LABEL);
	out->english = text_field(table, record, NAME_ENGLISH);
}

/* Guards of procedures are decisions of two rules each, behind all others; nobody asks for them by name. */
static uint32_t public_decisions(const unsigned char *t)
{
	return section_count(t, SECTION_DECISIONS) - section_count(t, SECTION_GUARDS);
}

static uint32_t public_rules(const unsigned char *t)
{
	return section_count(t, SECTION_RULES) - 2 * section_count(t, SECTION_GUARDS);
}

void guiju_about(const struct guiju_table *table, struct guiju_about *out)
{
	const unsigned char *t = table_bytes(table), *book = record_at(t, BOOK, 0);
	out->rulebook = text_field(t, book, NAME_ID);
	out->label = text_field(t, book, NAME_LABEL);
	out->edition = text_field(t, book, BOOK_EDITION);
	out->digest = text_field(t, book, BOOK_DIGEST);
	out->facts = section_count(t, SECTION_FACTS);
	out->decisions = public_decisions(t);
	out->rules = public_rules(t);
	out->constraints = section_count(t, SECTION_CONSTRAINTS);
	out->clauses = section_count(t, SECTION_CLAUSES);
}

enum guiju_status guiju_fact(const struct guiju_table *table, uint32_t fact, struct guiju_fact *out)
{
	const unsigned char *t = table_bytes(table);
	if (fact >= section_count(t, SECTION_FACTS))
		return GUIJU_NO_SUCH;
	const unsigned char *record = record_at(t, FACTS, fact);
	out->id = text_field(t, record, NAME_ID);
	out->label = text_field(t, record, NAME_LABEL);
	out->english = text_field(t, record, NAME_ENGLISH);
	out->unit = text_field(t, record, FACT_UNIT);
	out->kind = (enum guiju_kind)field(record, FACT_KIND);
	out->low = load_i64(record + 4 * FACT_LOW);
	out->high = load_i64(record + 4 * FACT_HIGH);
	out->members = field(record, FACT_MEMBERS);
	out->discretion = (field(record, FACT_FLAGS) & FLAG_DISCRETION) != 0;
	out->applicable_date = (field(record, FACT_FLAGS) & FLAG_APPLICABLE_DATE) != 0;
	return GUIJU_OK;
}

enum guiju_status guiju_member(const struct guiju_table *table, uint32_t fact, uint32_t member, struct guiju_name *out)
{
	const unsigned char *t = table_bytes(table);
	if (fact >= section_count(t, SECTION_FACTS))
		return GUIJU_NO_SUCH;
	const unsigned char *record = record_at(t, FACTS, fact);
	if (member >= field(record, FACT_MEMBERS))
		return GUIJU_NO_SUCH;
	read_name(t, record_at(t, MEMBERS, field(record, FACT_FIRST_MEMBER) + member), out);
	return GUIJU_OK;
}

enum guiju_status guiju_decision(const struct guiju_table *table, uint32_t decision, struct guiju_decision *out)
{
	const unsigned char *t = table_bytes(table);
	if (decision >= public_decisions(t))
		return GUIJU_NO_SUCH;
	const unsigned char *record = record_at(t, DECISIONS, decision);
	out->id = text_field(t, record, NAME_ID);
	out->label = text_field(t, record, NAME_LABEL);
	out->english = text_field(t, record, NAME_ENGLISH);
	out->outcomes = field(record, DECISION_OUTCOMES);
	out->feeds = field(record, DECISION_FEEDS);
	return GUIJU_OK;
}

/* Item `index` of the list that two fields of a record name. */
static bool list_field(const unsigned char *table, const unsigned char *record, unsigned first, uint32_t index,
		       uint32_t *out)
{
	if (index >= field(record, first + 1))
		return false;
	*out = list_item(table, (size_t)field(record, first) + index);
	return true;
}

enum guiju_status guiju_decision_feed(const struct guiju_table *table, uint32_t decision, uint32_t index,
				      uint32_t *feeding)
{
	const unsigned char *t = table_bytes(table);
	if (decision >= public_decisions(t))
		return GUIJU_NO_SUCH;
	return list_field(t, record_at(t, DECISIONS, decision), DECISION_FIRST_FEED, index, feeding) ? GUIJU_OK
												     : GUIJU_NO_SUCH;
}

enum guiju_status guiju_outcome(const struct guiju_table *table, uint32_t decision, uint32_t outcome,
				struct guiju_name *out)
{
	const unsigned char *t = table_bytes(table);
	if (decision >= public_decisions(t))
		return GUIJU_NO_SUCH;
	const unsigned char *record = record_at(t, DECISIONS, decision);
	if (outcome >= field(record, DECISION_OUTCOMES))
		return GUIJU_NO_SUCH;
	read_name(t, record_at(t, OUTCOMES, field(record, DECISION_FIRST_OUTCOME) + outcome), out);
	return GUIJU_OK;
}

enum guiju_status guiju_rule(const struct guiju_table *table, uint32_t rule, struct guiju_rule *out)
{
	const unsigned char *t = table_bytes(table);
	if (rule >= public_rules(t))
		return GUIJU_NO_SUCH;
	const unsigned char *record = record_at(t, RULES, rule);
	out->id = text_field(t, record, NAME_ID);
	out->label = text_field(t, record, NAME_LABEL);
	out->english = text_field(t, record, NAME_ENGLISH);
	out->item = text_field(t, record, RULE_ITEM);
	out->decision = field(record, RULE_DECISION);
	out->outcome = field(record, RULE_OUTCOME);
	out->cites = field(record, RULE_CITES);
	out->names = field(record, RULE_NAMES);
	out->texts = field(record, RULE_TEXTS);
	return GUIJU_OK;
}

enum guiju_status guiju_rule_cite(const struct guiju_table *table, uint32_t rule, uint32_t index,
				  struct guiju_text *clause)
{
	const unsigned char *t = table_bytes(table);
	uint32_t string;
	if (rule >= public_rules(t) || !list_field(t, record_at(t, RULES, rule), RULE_FIRST_CITE, index, &string))
		return GUIJU_NO_SUCH;
	*clause = string_at(t, string);
	return GUIJU_OK;
}

enum guiju_status guiju_rule_names(const struct guiju_table *table, uint32_t rule, uint32_t index, uint32_t *decision)
{
	const unsigned char *t = table_bytes(table);
	if (rule >= public_rules(t))
		return GUIJU_NO_SUCH;
	return list_field(t, record_at(t, RULES, rule), RULE_FIRST_NAME, index, decision) ? GUIJU_OK : GUIJU_NO_SUCH;
}

enum guiju_status guiju_rule_text(const struct guiju_table *table, uint32_t rule, uint32_t index,
				  struct guiju_text *column, struct guiju_text *text)
{
	const unsigned char *t = table_bytes(table);
	if (rule >= public_rules(t))
		return GUIJU_NO_SUCH;
	const unsigned char *record = record_at(t, RULES, rule);
	if (index >= field(record, RULE_TEXTS))
		return GUIJU_NO_SUCH;
	size_t at = (size_t)field(record, RULE_FIRST_TEXT) + 2 * (size_t)index;
	*column = string_at(t, list_item(t, at));
	*text = string_at(t, list_item(t, at + 1));
	return GUIJU_OK;
}

enum guiju_status guiju_constraint(const struct guiju_table *table, uint32_t constraint, struct guiju_name *out)
{
	const unsigned char *t = table_bytes(table);
	if (constraint >= section_count(t, SECTION_CONSTRAINTS))
		return GUIJU_NO_SUCH;
	read_name(t, record_at(t, CONSTRAINTS, constraint), out);
	return GUIJU_OK;
}

enum guiju_status guiju_clause(const struct guiju_table *table, uint32_t clause, struct guiju_text *id,
			       struct guiju_text *text)
{
	const unsigned char *t = table_bytes(table);
	if (clause >= section_count(t, SECTION_CLAUSES))
		return GUIJU_NO_SUCH;
	const unsigned char *record = record_at(t, CLAUSES, clause);
	*id = text_field(t, record, CLAUSE_ID);
	*text = text_field(t, record, CLAUSE_TEXT);
	return GUIJU_OK;
}

/* ---- by id ---- */

static uint32_t find_id(const unsigned char *table, const unsigned char *first, uint32_t count, size_t size,
			const char *id)
{
	for (uint32_t i = 0; i < count; i++) {
		if (same_text(text_field(table, first + i * size, NAME_ID).bytes, id))
			return i;
	}
	return NO_INDEX;
}

uint32_t guiju_find_fact(const struct guiju_table *table, const char *id)
{
	const unsigned char *t = table_bytes(table);
	return find_id(t, record_at(t, FACTS, 0), section_count(t, SECTION_FACTS), SIZE_FACTS, id);
}

uint32_t guiju_find_decision(const struct guiju_table *table, const char *id)
{
	const unsigned char *t = table_bytes(table);
	return find_id(t, record_at(t, DECISIONS, 0), public_decisions(t), SIZE_DECISIONS, id);
}

uint32_t guiju_find_member(const struct guiju_table *table, uint32_t fact, const char *id)
{
	const unsigned char *t = table_bytes(table);
	if (fact >= section_count(t, SECTION_FACTS))
		return NO_INDEX;
	const unsigned char *record = record_at(t, FACTS, fact);
	return find_id(t, record_at(t, MEMBERS, field(record, FACT_FIRST_MEMBER)), field(record, FACT_MEMBERS),
		       SIZE_MEMBERS, id);
}
