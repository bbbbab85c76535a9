/* Names and values of a table's facts. Every fact's names are indexed once, so that a record costs no searches. */
#include "decide/facts.h"

#include "model/model.h"
#include "support/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define EXCERPT_BYTES	200
#define ALLOWED_MEMBERS 24 /* as many of an enumeration's members stand in an error */
#define AMBIGUOUS	UINT32_MAX

struct fact_names {
	struct guiju_fact fact;
	struct map *members; /* enumeration, set */
	const char *allowed;
};

struct facts {
	const struct guiju_table *table;
	struct fact_names *items;
	uint32_t count;
	uint32_t applicable_date;
	struct map *names;
	const struct facts *other;   /* or NULL: facts_pass_over */
};

/* ---- names: an id means itself, else a label, else an English label; what two share means neither ---- */

enum tier { TIER_ID, TIER_LABEL, TIER_ENGLISH, TIER_COUNT };

static void add_name(struct map *map, struct guiju_text name, uint32_t index, enum tier tier)
{
	if (name.size == 0)
		return;
	int64_t old = map_put_if_absent(map, name.bytes, (int64_t)index * TIER_COUNT + (int64_t)tier);
	if (old / TIER_COUNT != (int64_t)index && old % TIER_COUNT == (int64_t)tier)
		map_put(map, name.bytes, (int64_t)AMBIGUOUS * TIER_COUNT + (int64_t)tier);
}

static int64_t find_name(const struct map *map, const char *name)
{
	int64_t entry = map_get(map, name);
	return entry < 0 || entry / TIER_COUNT == (int64_t)AMBIGUOUS ? -1 : entry / TIER_COUNT;
}

static struct guiju_text name_of_tier(const struct guiju_name *name, enum tier tier)
{
	return tier == TIER_ID ? name->id : tier == TIER_LABEL ? name->label : name->english;
}

static struct map *index_members(struct arena *arena, const struct guiju_table *table, uint32_t fact, uint32_t count)
{
	struct map *map = map_new_in(arena);
	for (int tier = TIER_ID; tier < TIER_COUNT; tier++) {
		for (uint32_t m = 0; m < count; m++) {
			struct guiju_name name;
			if (guiju_member(table, fact, m, &name) == GUIJU_OK)
				add_name(map, name_of_tier(&name, (enum tier)tier), m, (enum tier)tier);
		}
	}
	return map;
}

static void index_facts(struct facts *facts)
{
	for (int tier = TIER_ID; tier < TIER_COUNT; tier++) {
		for (uint32_t f = 0; f < facts->count; f++) {
			const struct guiju_fact *fact = &facts->items[f].fact;
			struct guiju_name name = { fact->id, fact->label, fact->english };
			add_name(facts->names, name_of_tier(&name, (enum tier)tier), f, (enum tier)tier);
		}
	}
}

/* ---- what is allowed, in words of the record ---- */

static const char *allowed_members(struct arena *arena, const struct guiju_table *table, uint32_t fact, uint32_t count)
{
	struct writer w;
	writer_init(&w, arena);
	for (uint32_t m = 0; m < count && m < ALLOWED_MEMBERS; m++) {
		struct guiju_name name;
		if (guiju_member(table, fact, m, &name) == GUIJU_OK)
			write_fmt(&w, "%s%s", m == 0 ? "" : "|", name.id.bytes);
	}
	if (count > ALLOWED_MEMBERS)
		write_str(&w, "|…");
	return writer_text(&w);
}

static const char *allowed_of(struct arena *arena, const struct guiju_table *table, uint32_t f,
			      const struct guiju_fact *fact)
{
	switch (fact->kind) {
	case GUIJU_BOOLEAN: return "true|false";
	case GUIJU_INTEGER: return arena_printf(arena, "%" PRId64 "..%" PRId64, fact->low, fact->high);
	case GUIJU_DATE:
		return arena_printf(arena, "%s..%s", date_text(arena, fact->low), date_text(arena, fact->high));
	case GUIJU_ENUMERATION:
	case GUIJU_SET: break;
	}
	return allowed_members(arena, table, f, fact->members);
}

struct facts *facts_new_in(struct arena *arena, const struct guiju_table *table)
{
	struct guiju_about about;
	guiju_about(table, &about);
	struct facts *facts = arena_new_of(arena, struct facts);
	facts->table = table;
	facts->count = about.facts;
	facts->applicable_date = NO_FACT;
	facts->names = map_new_in(arena);
	facts->items = arena_new_array(arena, struct fact_names, about.facts);
	for (uint32_t f = 0; f < about.facts; f++) {
		struct fact_names *item = &facts->items[f];
		if (guiju_fact(table, f, &item->fact) != GUIJU_OK)
			continue;
		if (item->fact.kind == GUIJU_ENUMERATION || item->fact.kind == GUIJU_SET)
			item->members = index_members(arena, table, f, item->fact.members);
		item->allowed = allowed_of(arena, table, f, &item->fact);
		if (item->fact.applicable_date)
			facts->applicable_date = f;
	}
	index_facts(facts);
	return facts;
}

uint32_t facts_count(const struct facts *facts)
{
	return facts->count;
}

void facts_pass_over(struct facts *facts, const struct facts *other)
{
	facts->other = other;
}

bool facts_passes_over(const struct facts *facts, const char *name)
{
	return facts->other && facts_find(facts->other, name) != NO_FACT;
}

uint32_t facts_applicable_date(const struct facts *facts)
{
	return facts->applicable_date;
}

uint32_t facts_find(const struct facts *facts, const char *name)
{
	int64_t index = find_name(facts->names, name);
	return index < 0 ? NO_FACT : (uint32_t)index;
}

enum guiju_kind facts_kind(const struct facts *facts, uint32_t fact)
{
	return facts->items[fact].fact.kind;
}

const char *facts_id(const struct facts *facts, uint32_t fact)
{
	return facts->items[fact].fact.id.bytes;
}

/* ---- errors ---- */

struct record_error *record_fail(struct record *record, enum record_error_kind kind, enum message message)
{
	struct record_error *error = record->failed ? arena_new_of(record->arena, struct record_error) : &record->error;
	*error = (struct record_error){ .kind = kind, .message = message };
	record->failed = true;
	return error;
}

const char *record_excerpt(struct record *record, const char *text)
{
	size_t size = 0;
	while (size < EXCERPT_BYTES && text[size])
		size++;
	if (!text[size])
		return text;
	while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
		size--;
	return arena_printf(record->arena, "%.*s…", (int)size, text);
}

void record_fail_name(struct record *record, const char *name)
{
	struct record_error *error = record_fail(record, RECORD_NAME, MESSAGE_DECIDE_NO_SUCH_FACT);
	error->fact = record_excerpt(record, arena_strdup(record->arena, name));
	error->args[0].zh = error->fact;
}

static void fail_value(struct record *record, const struct fact_names *item, enum record_error_kind kind,
		       enum message message, const struct given *given)
{
	struct record_error *error = record_fail(record, kind, message);
	error->fact = item->fact.id.bytes;
	error->value = record_excerpt(record, arena_strdup(record->arena, given->text));
	error->allowed = item->allowed;
	error->args[0].zh = item->fact.id.bytes;
	error->args[1] = (struct phrase){ item->fact.label.bytes, item->fact.english.bytes };
	error->args[2].zh = error->value;
	error->args[3].zh = item->allowed;
}

bool record_name(struct record *record, const struct facts *facts, uint32_t fact)
{
	uint64_t bit = (uint64_t)1 << (fact % 64);
	if (!(record->named[fact / 64] & bit)) {
		record->named[fact / 64] |= bit;
		return true;
	}
	struct record_error *error = record_fail(record, RECORD_DUPLICATE, MESSAGE_DECIDE_GIVEN_TWICE);
	error->fact = facts_id(facts, fact);
	error->args[0].zh = error->fact;
	return false;
}

/* ---- values ---- */

enum integer_reading { INTEGER_GOOD, INTEGER_NOT, INTEGER_TOO_LARGE };

/* Plain digits, a minus sign perhaps before them. */
static enum integer_reading read_integer(const char *text, int64_t *value)
{
	bool negative = *text == '-';
	const char *digits = text + negative;
	uint64_t limit = (uint64_t)INT64_MAX + negative;
	uint64_t sum = 0;
	bool too_large = false;
	if (!*digits)
		return INTEGER_NOT;
	for (const char *p = digits; *p; p++) {
		if (*p < '0' || *p > '9')
			return INTEGER_NOT;
		uint64_t digit = (uint64_t)(*p - '0');
		too_large |= sum > (limit - digit) / 10;
		if (!too_large)
			sum = sum * 10 + digit;
	}
	*value = negative ? (int64_t)(0 - sum) : (int64_t)sum;
	return too_large ? INTEGER_TOO_LARGE : INTEGER_GOOD;
}

static bool set_integer(struct record *record, const struct fact_names *item, const struct given *given, int64_t *value)
{
	enum integer_reading reading = given->shape == SHAPE_NUMBER ? read_integer(given->text, value) : INTEGER_NOT;
	if (reading == INTEGER_NOT)
		fail_value(record, item, RECORD_TYPE, MESSAGE_DECIDE_NO_INTEGER, given);
	else if (reading == INTEGER_TOO_LARGE || *value < item->fact.low || *value > item->fact.high)
		fail_value(record, item, RECORD_DOMAIN, MESSAGE_DECIDE_OUTSIDE, given);
	else
		return true;
	return false;
}

static bool set_boolean(struct record *record, const struct fact_names *item, const struct given *given, int64_t *value)
{
	if (given->shape != SHAPE_BOOLEAN) {
		fail_value(record, item, RECORD_TYPE, MESSAGE_DECIDE_NO_BOOLEAN, given);
		return false;
	}
	*value = given->truth;
	return true;
}

/* A date of any year, as 1800-01-01: date_parse knows only the years that a fact can have. */
static bool is_date_of_any_year(const char *text)
{
	char same[] = "0000-00-00";
	int64_t ignored;
	unsigned year = 0;
	if (strlen(text) != sizeof same - 1)
		return false;
	for (size_t i = 0; i < 4; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		year = year * 10 + (unsigned)(text[i] - '0');
	}
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	(void)snprintf(same, sizeof same, "%s%s", leap ? "2000" : "2001", text + 4);
	return date_parse(same, &ignored);
}

static bool set_date(struct record *record, const struct fact_names *item, const struct given *given, int64_t *value)
{
	bool good = given->shape == SHAPE_STRING && date_parse(given->text, value);
	if (!good && !(given->shape == SHAPE_STRING && is_date_of_any_year(given->text)))
		fail_value(record, item, RECORD_TYPE, MESSAGE_DECIDE_NO_DATE, given);
	else if (!good || *value < item->fact.low || *value > item->fact.high)
		fail_value(record, item, RECORD_DOMAIN, MESSAGE_DECIDE_OUTSIDE, given);
	else
		return true;
	return false;
}

static bool set_member(struct record *record, const struct fact_names *item, const struct given *given, int64_t *value)
{
	if (given->shape != SHAPE_STRING) {
		fail_value(record, item, RECORD_TYPE, MESSAGE_DECIDE_NO_MEMBER, given);
		return false;
	}
	*value = find_name(item->members, given->text);
	if (*value >= 0)
		return true;
	fail_value(record, item, RECORD_DOMAIN, MESSAGE_DECIDE_OUTSIDE, given);
	return false;
}

static bool set_set(struct record *record, const struct fact_names *item, const struct given *given, int64_t *value)
{
	*value = 0;
	if (given->shape != SHAPE_LIST) {
		fail_value(record, item, RECORD_TYPE, MESSAGE_DECIDE_NO_SET, given);
		return false;
	}
	for (size_t i = 0; i < given->count; i++) {
		int64_t member = 0;
		if (!set_member(record, item, &given->items[i], &member))
			return false;
		*value |= (int64_t)((uint64_t)1 << member);
	}
	return true;
}

void record_set(struct record *record, const struct facts *facts, uint32_t fact, const struct given *given)
{
	static bool (*const setters[])(struct record *, const struct fact_names *, const struct given *, int64_t *) = {
		[GUIJU_BOOLEAN] = set_boolean, [GUIJU_ENUMERATION] = set_member, [GUIJU_SET] = set_set,
		[GUIJU_INTEGER] = set_integer, [GUIJU_DATE] = set_date,
	};
	const struct fact_names *item = &facts->items[fact];
	if (given->shape == SHAPE_UNKNOWN)
		return;
	if (setters[item->fact.kind](record, item, given, &record->values[fact]))
		record->known[fact / 64] |= (uint64_t)1 << (fact % 64);
}

void record_set_on(struct record *record, const struct facts *facts, int64_t on)
{
	uint32_t fact = facts->applicable_date;
	if (fact == NO_FACT)
		return;
	uint64_t bit = (uint64_t)1 << (fact % 64);
	if (record->known[fact / 64] & bit && record->values[fact] != on) {
		struct record_error *error = record_fail(record, RECORD_DUPLICATE, MESSAGE_DECIDE_TWO_DATES);
		error->fact = facts_id(facts, fact);
		error->value = date_text(record->arena, record->values[fact]);
		error->allowed = date_text(record->arena, on);
		error->args[0].zh = error->value;
		error->args[1].zh = error->allowed;
	}
	record->values[fact] = on;
	record->known[fact / 64] |= bit;
}
