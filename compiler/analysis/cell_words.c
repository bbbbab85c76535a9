/* Values as the language writes them in a cell, so that what is shown can be pasted into a table. Members are named by
 * their ids, which are always found. */
#include "analysis/cells.h"
#include "support/writer.h"

struct scribe {
	struct writer zh, en;
};

static struct scribe scribe_new(struct arena *arena)
{
	struct scribe s;
	writer_init(&s.zh, arena);
	writer_init(&s.en, arena);
	return s;
}

static void put(struct scribe *s, const char *zh, const char *en)
{
	write_str(&s->zh, zh);
	write_str(&s->en, en);
}

static struct phrase done(struct scribe *s)
{
	return (struct phrase){ writer_text(&s->zh), writer_text(&s->en) };
}

/* ---- numbers, dates ---- */

static void put_value(struct scribe *s, const struct fact *fact, int64_t value)
{
	const char *unit = fact->unit ? fact->unit : "";
	if (fact->kind == FACT_DATE) {
		put(s, date_text(s->zh.arena, value), date_text(s->en.arena, value));
		return;
	}
	bool letters = *unit && !((unsigned char)*unit & 0x80);             /* 5 kg, but 5人 */
	put(s, number_words(s->zh.arena, value, true), number_words(s->en.arena, value, false));
	put(s, letters ? " " : "", *unit ? " " : "");
	put(s, unit, unit);
}

/* 不满10万 rather than 99999以下; a day is named as it is. */
static bool is_round(const struct fact *fact, int64_t bound)
{
	return fact->kind == FACT_INTEGER && bound % 10 == 0;
}

static void put_range(struct scribe *s, const struct fact *fact, const struct range *r)
{
	bool lower = r->low > fact->low || r->high == fact->high, upper = r->high < fact->high;
	if (r->low == r->high) {
		put_value(s, fact, r->low);
		return;
	}
	if (lower) {
		write_str(&s->en, "at_least ");
		put_value(s, fact, r->low);
		write_str(&s->zh, "以上");
	}
	if (lower && upper)
		put(s, " ", " ");
	if (upper && is_round(fact, r->high + 1)) {
		put(s, "不满", "under ");
		put_value(s, fact, r->high + 1);
	} else if (upper) {
		write_str(&s->en, "at_most ");
		put_value(s, fact, r->high);
		write_str(&s->zh, "以下");
	}
}

struct phrase bounds_cell(struct arena *arena, const struct fact *fact, const struct ranges *values)
{
	struct scribe s = scribe_new(arena);
	for (size_t i = 0; i < values->count; i++) {
		if (i > 0)
			put(&s, " 或 ", " or ");
		put_range(&s, fact, &values->items[i]);
	}
	return done(&s);
}

/* ---- members ---- */

static bool has(const struct ranges *values, int64_t value)
{
	for (size_t i = 0; i < values->count; i++)
		if (values->items[i].low <= value && value <= values->items[i].high)
			return true;
	return false;
}

struct names {
	const char **ids;
	size_t count;
};

static void put_names(struct scribe *s, const struct names *names)
{
	put(s, "{ ", "{ ");
	for (size_t i = 0; i < names->count; i++) {
		put(s, i ? "、 " : "", i ? ", " : "");
		put(s, names->ids[i], names->ids[i]);
	}
	put(s, " }", " }");
}

/* As a list, or, when that is shorter, as what is not in it. */
static struct phrase names_cell(struct arena *arena, const struct names *in, const struct names *out)
{
	struct scribe s = scribe_new(arena);
	bool negative = out->count < in->count;
	const struct names *names = negative ? out : in;
	if (names->count == 1) {
		put(&s, negative ? "不为 " : "", negative ? "is_not " : "");
		put(&s, names->ids[0], names->ids[0]);
	} else {
		put(&s, negative ? "不属于 " : "", negative ? "not_in " : "");
		put_names(&s, names);
	}
	return done(&s);
}

static struct names names_new(struct arena *arena, size_t count)
{
	return (struct names){ arena_new_array(arena, const char *, count), 0 };
}

struct phrase members_cell(struct arena *arena, const struct fact *fact, const struct ranges *values)
{
	struct names in = names_new(arena, fact->member_count), out = names_new(arena, fact->member_count);
	for (size_t i = 0; i < fact->member_count; i++) {
		struct names *to = has(values, (int64_t)i) ? &in : &out;
		to->ids[to->count++] = fact->members[i].name.id;
	}
	return names_cell(arena, &in, &out);
}

struct phrase outcomes_cell(struct arena *arena, const struct decision *decision, const struct ranges *values)
{
	struct names in = names_new(arena, decision->outcome_count), out = names_new(arena, decision->outcome_count);
	for (size_t i = 0; i < decision->outcome_count; i++) {
		struct names *to = has(values, (int64_t)i) ? &in : &out;
		to->ids[to->count++] = decision->outcomes[i].name.id;
	}
	return names_cell(arena, &in, &out);
}

/* ---- sets ---- */

static struct names names_of_bits(struct arena *arena, const struct fact *fact, uint64_t bits)
{
	struct names names = names_new(arena, fact->member_count);
	for (size_t i = 0; i < fact->member_count; i++)
		if (bits >> i & 1)
			names.ids[names.count++] = fact->members[i].name.id;
	return names;
}

struct phrase set_cell(struct arena *arena, const struct fact *fact, uint64_t with, uint64_t without)
{
	struct scribe s = scribe_new(arena);
	struct names has_all = names_of_bits(arena, fact, with), lacks = names_of_bits(arena, fact, without);
	if (lacks.count == fact->member_count)
		return (struct phrase){ "为空", "is_empty" };
	if (has_all.count == 1)
		put(&s, "含 ", "contains "), put(&s, has_all.ids[0], has_all.ids[0]);
	else if (has_all.count > 0)
		put(&s, "含全部 ", "contains_all "), put_names(&s, &has_all);
	for (size_t i = 0; i < lacks.count; i++) {
		put(&s, s.zh.size ? " 且 不含 " : "不含 ", s.en.size ? " and lacks " : "lacks ");
		put(&s, lacks.ids[i], lacks.ids[i]);
	}
	return done(&s);
}

struct phrase set_some_cell(struct arena *arena, const struct fact *fact, uint64_t with)
{
	struct scribe s = scribe_new(arena);
	struct names names = names_of_bits(arena, fact, with);
	if (names.count == fact->member_count)
		return (struct phrase){ "非空", "is_not_empty" };
	put(&s, "含任一 ", "contains_any ");
	put_names(&s, &names);
	return done(&s);
}

struct phrase values_cell(struct arena *arena, const struct fact *fact, const struct ranges *values)
{
	if (values->count == 1 && values->items[0].low <= fact->low && values->items[0].high >= fact->high)
		return (struct phrase){ "", "" };
	if (fact->kind == FACT_BOOLEAN)
		return has(values, 1) ? (struct phrase){ "是", "yes" } : (struct phrase){ "否", "no" };
	if (fact->kind == FACT_ENUMERATION)
		return members_cell(arena, fact, values);
	return bounds_cell(arena, fact, values);
}
