/* The records of a table: every index, count, order and range that accessors and deciding follow. */
#include "verify.h"

bool verifier_take(struct verifier *v, enum section section, uint32_t first, uint64_t count)
{
	if (first != v->cursors[section] || count > v->counts[section] - v->cursors[section])
		return false;
	v->cursors[section] += (uint32_t)count;
	return true;
}

bool verifier_take_field(struct verifier *v, enum section section, const unsigned char *record, unsigned first)
{
	return verifier_take(v, section, field(record, first), field(record, first + 1));
}

bool list_is_below(const struct verifier *v, uint32_t first, uint32_t count, uint32_t limit, bool ascending)
{
	const unsigned char *items = record_at(v->table, LISTS, first);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t item = load_u32(items + 4 * (size_t)i);
		if (item >= limit || (ascending && i > 0 && item <= load_u32(items + 4 * ((size_t)i - 1))))
			return false;
	}
	return true;
}

bool list_has(const unsigned char *table, uint32_t first, uint32_t count, uint32_t value)
{
	while (count > 0) {
		uint32_t half = count / 2, item = list_item(table, (size_t)first + half);
		if (item == value)
			return true;
		first += item < value ? half + 1 : 0;
		count = item < value ? count - half - 1 : half;
	}
	return false;
}

bool strings_exist(const struct verifier *v, const unsigned char *record, unsigned first, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (field(record, first + i) >= v->counts[SECTION_STRING_ENDS])
			return false;
	}
	return true;
}

bool names_exist(const struct verifier *v, enum section section, size_t size, unsigned strings)
{
	const unsigned char *record = section_start(v->table, section);
	for (uint32_t i = 0; i < v->counts[section]; i++, record += size) {
		if (!strings_exist(v, record, NAME_ID, strings))
			return false;
	}
	return true;
}

static bool book_is_sound(const struct verifier *v, const unsigned char *book)
{
	uint32_t rules = v->counts[SECTION_RULES];
	return strings_exist(v, book, NAME_ID, 6) && field(book, BOOK_MAX_RULES) <= rules &&
	       field(book, BOOK_MAX_CLASSES) <= rules;
}

/* ---- facts and dimensions ---- */

static bool domain_is_sound(const unsigned char *fact)
{
	int64_t low = load_i64(fact + 4 * FACT_LOW), high = load_i64(fact + 4 * FACT_HIGH);
	uint32_t members = field(fact, FACT_MEMBERS), dims = field(fact, FACT_DIMS);
	switch (field(fact, FACT_KIND)) {
	case GUIJU_BOOLEAN: return low == 0 && high == 1 && members == 0 && dims == 1;
	case GUIJU_ENUMERATION: return low == 0 && members > 0 && high == (int64_t)members - 1 && dims == 1;
	case GUIJU_SET:
		return low == 0 && members <= LIMIT_TABLE_SET_MEMBERS &&
		       high == (int64_t)((UINT64_C(1) << members) - 1) && dims == members;
	case GUIJU_INTEGER:
	case GUIJU_DATE: return low <= high && members == 0 && dims == 1;
	default: return false;
	}
}

static bool cuts_are_sound(struct verifier *v, const unsigned char *dim, int64_t low, int64_t high)
{
	if (!verifier_take_field(v, SECTION_CUTS, dim, DIM_FIRST_CUT))
		return false;
	const unsigned char *cut = record_at(v->table, CUTS, field(dim, DIM_FIRST_CUT));
	for (uint32_t i = 0; i < field(dim, DIM_CUTS); i++, cut += 8) {
		if (load_i64(cut) <= low || load_i64(cut) > high)
			return false;
		low = load_i64(cut);
	}
	return true;
}

static bool fact_is_sound(struct verifier *v, uint32_t index)
{
	const unsigned char *fact = record_at(v->table, FACTS, index);
	bool is_set = field(fact, FACT_KIND) == GUIJU_SET;
	if (!strings_exist(v, fact, NAME_ID, 4) || field(fact, FACT_FLAGS) > 3 || !domain_is_sound(fact) ||
	    !verifier_take_field(v, SECTION_MEMBERS, fact, FACT_FIRST_MEMBER) ||
	    !verifier_take_field(v, SECTION_DIMS, fact, FACT_FIRST_DIM))
		return false;
	for (uint32_t i = 0; i < field(fact, FACT_DIMS); i++) {
		const unsigned char *dim = record_at(v->table, DIMS, field(fact, FACT_FIRST_DIM) + i);
		if (field(dim, DIM_FACT) != index || field(dim, DIM_MEMBER) != i ||
		    !cuts_are_sound(v, dim, is_set ? 0 : load_i64(fact + 4 * FACT_LOW),
				    is_set ? 1 : load_i64(fact + 4 * FACT_HIGH)))
			return false;
	}
	return true;
}

static bool facts_are_sound(struct verifier *v)
{
	for (uint32_t i = 0; i < v->counts[SECTION_FACTS]; i++) {
		if (!fact_is_sound(v, i))
			return false;
	}
	return names_exist(v, SECTION_MEMBERS, SIZE_MEMBERS, 3);
}

/* ---- decisions ---- */

static bool rules_are_its_own(const struct verifier *v, const unsigned char *decision, uint32_t index)
{
	const unsigned char *rules = record_at(v->table, LISTS, field(decision, DECISION_FIRST_RULE));
	for (uint32_t i = 0; i < field(decision, DECISION_RULES); i++) {
		const unsigned char *rule = record_at(v->table, RULES, load_u32(rules + 4 * (size_t)i));
		if (field(rule, RULE_DECISION) != index ||
		    field(rule, RULE_OUTCOME) >= field(decision, DECISION_OUTCOMES))
			return false;
	}
	return true;
}

/* Per class one stretch of OVER; `starts` holds one more number, the end of the last. */
static bool classes_are_sound(struct verifier *v, const unsigned char *decision)
{
	uint32_t classes = field(decision, DECISION_CLASSES), first = field(decision, DECISION_FIRST_OVER);
	if (!list_is_below(v, field(decision, DECISION_FIRST_CLASS), field(decision, DECISION_RULES), classes, false))
		return false;
	for (uint32_t c = 0; c < classes; c++) {
		uint32_t start = list_item(v->table, (size_t)first + c),
			 end = list_item(v->table, (size_t)first + c + 1);
		if (end < start || !verifier_take(v, SECTION_OVER, start, end - start))
			return false;
		for (uint32_t i = start; i < end; i++) {
			const unsigned char *over = record_at(v->table, OVER, i);
			if (field(over, OVER_FIRST) > field(over, OVER_LAST) || field(over, OVER_LAST) >= classes ||
			    field(over, OVER_MODE) > OVER_IF_EARLIER)
				return false;
		}
	}
	return true;
}

/* The lists of one decision, in their order. */
static bool take_decision_lists(struct verifier *v, const unsigned char *d)
{
	return verifier_take_field(v, SECTION_OUTCOMES, d, DECISION_FIRST_OUTCOME) &&
	       verifier_take_field(v, SECTION_LISTS, d, DECISION_FIRST_RULE) &&
	       verifier_take_field(v, SECTION_LISTS, d, DECISION_FIRST_FEED) &&
	       verifier_take_field(v, SECTION_LISTS, d, DECISION_FIRST_FED_BY) &&
	       verifier_take_field(v, SECTION_LISTS, d, DECISION_FIRST_DIM) &&
	       verifier_take_field(v, SECTION_LISTS, d, DECISION_FIRST_CONSTRAINT) &&
	       verifier_take(v, SECTION_LISTS, field(d, DECISION_FIRST_CLASS), field(d, DECISION_RULES)) &&
	       verifier_take(v, SECTION_LISTS, field(d, DECISION_FIRST_OVER), (uint64_t)field(d, DECISION_CLASSES) + 1);
}

static bool decision_lists_are_sound(struct verifier *v, const unsigned char *d, uint32_t index)
{
	return list_is_below(v, field(d, DECISION_FIRST_RULE), field(d, DECISION_RULES), v->counts[SECTION_RULES],
			     true) &&
	       list_is_below(v, field(d, DECISION_FIRST_FEED), field(d, DECISION_FEEDS), v->counts[SECTION_DECISIONS],
			     true) &&
	       list_is_below(v, field(d, DECISION_FIRST_FED_BY), field(d, DECISION_FED_BY),
			     v->counts[SECTION_DECISIONS], false) &&
	       list_is_below(v, field(d, DECISION_FIRST_DIM), field(d, DECISION_DIMS), v->counts[SECTION_DIMS], true) &&
	       list_is_below(v, field(d, DECISION_FIRST_CONSTRAINT), field(d, DECISION_CONSTRAINTS),
			     v->counts[SECTION_CONSTRAINTS], true) &&
	       rules_are_its_own(v, d, index) && classes_are_sound(v, d);
}

static bool decision_is_sound(struct verifier *v, uint32_t index)
{
	const unsigned char *d = record_at(v->table, DECISIONS, index);
	const unsigned char *book = record_at(v->table, BOOK, 0);
	if (!strings_exist(v, d, NAME_ID, 3) || field(d, DECISION_OUTCOMES) > LIMIT_TABLE_OUTCOMES ||
	    field(d, DECISION_RULES) > field(book, BOOK_MAX_RULES) ||
	    field(d, DECISION_CLASSES) > field(d, DECISION_RULES) ||
	    field(d, DECISION_CLASSES) > field(book, BOOK_MAX_CLASSES) ||
	    field(d, DECISION_FORM_NUMBER) != FORM_BIT_SETS || !take_decision_lists(v, d) ||
	    !decision_lists_are_sound(v, d, index))
		return false;
	return form_is_sound(v, field(d, DECISION_FORM), field(d, DECISION_RULES), d);
}

/* note [order of evaluation]
 * A decision lists all that it rests on, each after what feeds it. That no decision is in its own list or before what
 * feeds it rules out circles. */
static bool order_is_sound(const unsigned char *table, uint32_t index)
{
	const unsigned char *d = record_at(table, DECISIONS, index);
	uint64_t done[LIMIT_TABLE_DECISIONS / 64];
	clear_words(done, LIMIT_TABLE_DECISIONS / 64);
	uint32_t count = field(d, DECISION_FED_BY);
	for (uint32_t i = 0; i <= count; i++) {
		uint32_t next = i < count ? list_item(table, (size_t)field(d, DECISION_FIRST_FED_BY) + i) : index;
		const unsigned char *record = record_at(table, DECISIONS, next);
		if (has_bit(done, next) || (i < count && next == index))
			return false;
		for (uint32_t k = 0; k < field(record, DECISION_FEEDS); k++) {
			if (!has_bit(done, list_item(table, (size_t)field(record, DECISION_FIRST_FEED) + k)))
				return false;
		}
		set_bit(done, next);
	}
	return true;
}

/* Whole facts only, and every dimension that the decision, its constraints and what feeds it read. */
static bool dims_are_closed(const unsigned char *table, uint32_t index)
{
	const unsigned char *d = record_at(table, DECISIONS, index);
	uint32_t first = field(d, DECISION_FIRST_DIM), count = field(d, DECISION_DIMS);
	for (uint32_t i = 0; i < field(d, DECISION_FED_BY); i++) {
		uint32_t feeding = list_item(table, (size_t)field(d, DECISION_FIRST_FED_BY) + i);
		if (!form_dims_in(table, field(record_at(table, DECISIONS, feeding), DECISION_FORM), first, count))
			return false;
	}
	for (uint32_t i = 0; i < field(d, DECISION_CONSTRAINTS); i++) {
		uint32_t constraint = list_item(table, (size_t)field(d, DECISION_FIRST_CONSTRAINT) + i);
		if (!form_dims_in(table, field(record_at(table, CONSTRAINTS, constraint), CONSTRAINT_FORM), first,
				  count))
			return false;
	}
	for (uint32_t i = 0; i < count;) {
		const unsigned char *dim = record_at(table, DIMS, list_item(table, (size_t)first + i));
		uint32_t whole = field(record_at(table, FACTS, field(dim, DIM_FACT)), FACT_DIMS);
		if (field(dim, DIM_MEMBER) != 0 || whole > count - i ||
		    list_item(table, (size_t)first + i + whole - 1) != list_item(table, (size_t)first + i) + whole - 1)
			return false;
		i += whole;
	}
	return form_dims_in(table, field(d, DECISION_FORM), first, count);
}

static bool decisions_are_sound(struct verifier *v)
{
	uint32_t count = v->counts[SECTION_DECISIONS];
	if (count > LIMIT_TABLE_DECISIONS)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		if (!decision_is_sound(v, i))
			return false;
	}
	return names_exist(v, SECTION_OUTCOMES, SIZE_OUTCOMES, 3);
}

static bool constraints_are_sound(struct verifier *v)
{
	for (uint32_t i = 0; i < v->counts[SECTION_CONSTRAINTS]; i++) {
		const unsigned char *record = record_at(v->table, CONSTRAINTS, i);
		if (!strings_exist(v, record, NAME_ID, 3) || !form_is_sound(v, field(record, CONSTRAINT_FORM), 0, NULL))
			return false;
	}
	return true;
}

/* ---- rules ---- */

static bool rule_is_sound(struct verifier *v, uint32_t index)
{
	const unsigned char *rule = record_at(v->table, RULES, index);
	uint32_t texts = field(rule, RULE_TEXTS), decision = field(rule, RULE_DECISION);
	if (!strings_exist(v, rule, NAME_ID, 4) || decision >= v->counts[SECTION_DECISIONS])
		return false;
	const unsigned char *d = record_at(v->table, DECISIONS, decision);
	if (!list_has(v->table, field(d, DECISION_FIRST_RULE), field(d, DECISION_RULES), index))
		return false;
	return verifier_take_field(v, SECTION_LISTS, rule, RULE_FIRST_CITE) &&
	       verifier_take_field(v, SECTION_LISTS, rule, RULE_FIRST_NAME) &&
	       verifier_take(v, SECTION_LISTS, field(rule, RULE_FIRST_TEXT), 2 * (uint64_t)texts) &&
	       list_is_below(v, field(rule, RULE_FIRST_CITE), field(rule, RULE_CITES), v->counts[SECTION_STRING_ENDS],
			     false) &&
	       list_is_below(v, field(rule, RULE_FIRST_NAME), field(rule, RULE_NAMES), v->counts[SECTION_DECISIONS],
			     true) &&
	       list_is_below(v, field(rule, RULE_FIRST_TEXT), 2 * texts, v->counts[SECTION_STRING_ENDS], false);
}

/* ---- all ---- */

static bool nothing_is_left(const struct verifier *v)
{
	static const enum section owned[] = { SECTION_CUTS, SECTION_BLOCKS,   SECTION_MEMBERS,
					      SECTION_DIMS, SECTION_OUTCOMES, SECTION_FORMS,
					      SECTION_AXES, SECTION_OVER,     SECTION_LISTS,
					      SECTION_CALENDAR_YEARS, SECTION_STATES, SECTION_EVENTS, SECTION_STEPS,
					      SECTION_DUTIES, SECTION_VALIDITIES, SECTION_GUARDS };
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
		if (v->cursors[owned[i]] != v->counts[owned[i]])
			return false;
	}
	return true;
}

bool records_are_sound(const unsigned char *table)
{
	struct verifier v;
	v.table = table;
	for (unsigned i = 0; i < SECTION_COUNT; i++) {
		v.counts[i] = section_count(table, (enum section)i);
		v.cursors[i] = 0;
	}
	if (v.counts[SECTION_BOOK] != 1 || !book_is_sound(&v, record_at(table, BOOK, 0)) ||
	    !names_exist(&v, SECTION_CLAUSES, SIZE_CLAUSES, 2) || !facts_are_sound(&v))
		return false;
	if (!decisions_are_sound(&v) || !constraints_are_sound(&v))
		return false;
	for (uint32_t i = 0; i < v.counts[SECTION_RULES]; i++) {
		if (!rule_is_sound(&v, i))
			return false;
	}
	for (uint32_t i = 0; i < v.counts[SECTION_DECISIONS]; i++) {
		if (!order_is_sound(table, i) || !dims_are_closed(table, i))
			return false;
	}
	return time_is_sound(&v) && nothing_is_left(&v);
}
