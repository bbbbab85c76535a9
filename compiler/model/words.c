/* Values, ranges and conditions as people say them, in Chinese and in English. */
#include "model/resolve.h"

#include <string.h>

/* ---- putting phrases together ---- */

/* Both formats have two %s and no other %. */
struct phrase phrase_printf(struct arena *arena, const char *zh, const char *en, struct phrase a, struct phrase b)
{
	struct writer w;
	const char *formats[] = { zh, en }, *first[] = { a.zh, a.en ? a.en : a.zh },
		   *second[] = { b.zh, b.en ? b.en : b.zh };
	const char *made[2];
	for (size_t i = 0; i < 2; i++) {
		const char *rest = formats[i], *args[] = { first[i], second[i] };
		writer_init(&w, arena);
		for (size_t k = 0; k < 2; k++) {
			const char *mark = strchr(rest, '%');
			write_bytes(&w, rest, (size_t)(mark - rest));
			write_str(&w, args[k]);
			rest = mark + 2;
		}
		write_str(&w, rest);
		made[i] = writer_text(&w);
	}
	return (struct phrase){ made[0], made[1] };
}

struct phrase phrase_list(struct arena *arena, const struct phrase *items, size_t count, const char *zh, const char *en)
{
	struct writer chinese, english;
	writer_init(&chinese, arena);
	writer_init(&english, arena);
	for (size_t i = 0; i < count; i++) {
		write_str(&chinese, i ? zh : "");
		write_str(&chinese, items[i].zh);
		write_str(&english, i ? en : "");
		write_str(&english, items[i].en ? items[i].en : items[i].zh);
	}
	return (struct phrase){ writer_text(&chinese), writer_text(&english) };
}

struct phrase member_phrase(const struct member *member)
{
	return (struct phrase){ member->name.label, member->name.english };
}

bool is_whole_domain(const struct fact *fact, const struct ranges *ranges)
{
	return ranges->count == 1 && ranges->items[0].low <= fact->low && ranges->items[0].high >= fact->high;
}

struct phrase ranges_joined(struct arena *arena, const struct fact *fact, const struct ranges *ranges,
			    struct phrase (*one)(struct arena *arena, const struct fact *fact,
						 const struct range *range))
{
	struct phrase *items = arena_new_array(arena, struct phrase, ranges->count + 1);
	for (size_t i = 0; i < ranges->count; i++)
		items[i] = one(arena, fact, &ranges->items[i]);
	if (!ranges->count)
		return (struct phrase){ "没有取值", "no value" };
	return phrase_list(arena, items, ranges->count, "或者", " or ");
}

/* ---- numbers ---- */

/* Digits in groups of `group` (0: ungrouped) with commas between, then the unit. */
static const char *digits_of(struct arena *arena, uint64_t number, bool negative, size_t group, const char *unit)
{
	char digits[40], out[60];
	size_t count = 0, size = 0;
	do {
		digits[count++] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	if (negative)
		out[size++] = '-';
	while (count) {
		out[size++] = digits[--count];
		if (group && count && count % group == 0)
			out[size++] = ',';
	}
	size_t after = strlen(unit);
	memcpy(out + size, unit, after + 1);
	return arena_strndup(arena, out, size + after);
}

/* Chinese counts whole 亿 and 万 as such, any other number in plain digits, as statutes do. */
const char *number_words(struct arena *arena, int64_t value, bool chinese)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	if (!chinese)
		return digits_of(arena, size, value < 0, 3, "");
	if (size && size % 100000000 == 0)
		return digits_of(arena, size / 100000000, value < 0, 0, "亿");
	if (size && size % 10000 == 0)
		return digits_of(arena, size / 10000, value < 0, 0, "万");
	return digits_of(arena, size, value < 0, 0, "");
}

/* ---- values ---- */

void write_fact_value(struct writer *w, const struct fact *fact, int64_t value)
{
	domain_of(fact->kind)->json(w, fact, value);
}

const char *fact_value_json(struct arena *arena, const struct fact *fact, int64_t value)
{
	struct writer w;
	writer_init(&w, arena);
	write_fact_value(&w, fact, value);
	return writer_text(&w);
}

struct phrase fact_value_words(struct arena *arena, const struct fact *fact, int64_t value)
{
	return domain_of(fact->kind)->words(arena, fact, value);
}

struct phrase fact_is_words(struct arena *arena, const struct fact *fact, int64_t value)
{
	struct phrase name = { fact->name.label, fact->name.english };
	struct ranges one = ranges_one(arena, value, value);
	if (fact->kind == FACT_BOOLEAN)
		return domain_boolean.statement(arena, fact, 0, &one);
	return phrase_printf(arena, "%s为%s", "%s is %s", name, fact_value_words(arena, fact, value));
}

struct phrase dim_values_words(struct arena *arena, const struct model *model, uint32_t dim,
			       const struct ranges *ranges)
{
	const struct fact *fact = &model->facts[model->dims[dim].fact];
	return domain_of(fact->kind)->ranges_words(arena, fact, ranges);
}

struct phrase dim_words(struct arena *arena, const struct model *model, uint32_t dim, const struct ranges *ranges)
{
	const struct fact *fact = &model->facts[model->dims[dim].fact];
	return domain_of(fact->kind)->statement(arena, fact, model->dims[dim].member, ranges);
}

/* ---- conditions ---- */

/* `around`: the kind of the condition that this one is a part of; brackets stand where and meets or. */
static struct phrase words_of(struct arena *arena, const struct model *model, const struct cond *cond,
			      enum cond_kind around);

static struct phrase decision_words(struct arena *arena, const struct model *model, const struct cond *cond)
{
	const struct decision *d = &model->decisions[cond->decision];
	struct phrase *items = arena_new_array(arena, struct phrase, d->outcome_count + 1);
	struct phrase name = { d->name.label, d->name.english };
	size_t count = 0, outside = 0;
	for (size_t i = 0; i < d->outcome_count; i++)
		outside += !ranges_have(&cond->ranges, (int64_t)i);
	bool negative = (cond->op == OP_IS_NOT || cond->op == OP_NOT_IN) && outside;
	for (size_t i = 0; i < d->outcome_count; i++)
		if (ranges_have(&cond->ranges, (int64_t)i) != negative)
			items[count++] = (struct phrase){ d->outcomes[i].name.label, d->outcomes[i].name.english };
	struct phrase list = phrase_list(arena, items, count, "、", ", ");
	if (count == 1)
		return negative ? phrase_printf(arena, "%s不为%s", "%s is not %s", name, list)
				: phrase_printf(arena, "%s为%s", "%s is %s", name, list);
	return negative ? phrase_printf(arena, "%s不属于 { %s }", "%s is none of { %s }", name, list)
			: phrase_printf(arena, "%s属于 { %s }", "%s is one of { %s }", name, list);
}

/* A Chinese label that ends in the verb is not followed by it again: 物品包含, 物品不包含. */
struct phrase contains_words(struct arena *arena, const char *zh, const char *en, const struct name *set, struct phrase members)
{
	static const char *const verbs[] = { "包含", "含有", "含" };
	struct phrase name = { set->label, set->english };
	const char *mark = strstr(zh, "含"), *ending = NULL;
	size_t size = strlen(set->label);
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs && !ending; i++)
		if (size >= strlen(verbs[i]) && strcmp(set->label + size - strlen(verbs[i]), verbs[i]) == 0)
			ending = verbs[i];
	if (ending) {
		name.zh = arena_strndup(arena, set->label, size - strlen(ending));
		zh = arena_printf(arena, "%.*s%s%s", (int)(mark - zh), zh, ending, mark + strlen("含"));
	}
	return phrase_printf(arena, zh, en, name, members);
}

/* Tests of a set that became several tests of members are said as they were written. */
static bool set_words(struct arena *arena, const struct model *model, const struct cond *cond, struct phrase *out)
{
	static const struct {
		enum cond_op op;
		const char *zh, *en;
		bool list;
	} forms[] = {
		{ OP_CONTAINS, "%s含%s", "%s contains %s", true },
		{ OP_LACKS, "%s不含%s", "%s lacks %s", true },
		{ OP_CONTAINS_ANY, "%s含任一 { %s }", "%s contains any of { %s }", true },
		{ OP_CONTAINS_ALL, "%s含全部 { %s }", "%s contains all of { %s }", true },
		{ OP_EMPTY, "%s为空%s", "%s is empty%s", false },
		{ OP_NOT_EMPTY, "%s非空%s", "%s is not empty%s", false },
	};
	const struct cond *first = cond->part_count ? cond->parts[0] : cond;
	for (size_t f = 0; f < sizeof forms / sizeof *forms && first->kind == COND_FACT; f++) {
		const struct fact *fact = &model->facts[model->dims[first->dim].fact];
		if (forms[f].op != cond->op || fact->kind != FACT_SET)
			continue;
		struct phrase *items = arena_new_array(arena, struct phrase, cond->part_count + 1);
		size_t count = cond->part_count ? cond->part_count : 1;
		for (size_t i = 0; i < count; i++) {
			const struct cond *part = cond->part_count ? cond->parts[i] : cond;
			items[i] = member_phrase(&fact->members[model->dims[part->dim].member]);
		}
		struct phrase name = { fact->name.label, fact->name.english }, none = { "", "" };
		*out = forms[f].list ? contains_words(arena, forms[f].zh, forms[f].en, &fact->name,
						      phrase_list(arena, items, count, "、", ", ")) :
				       phrase_printf(arena, forms[f].zh, forms[f].en, name, none);
		return true;
	}
	return false;
}

static struct phrase join_words(struct arena *arena, const struct model *model, const struct cond *cond,
				enum cond_kind around)
{
	struct phrase *items = arena_new_array(arena, struct phrase, cond->part_count + 1);
	struct phrase none = { "", "" };
	bool and = cond->kind == COND_AND, bracket = around != COND_TRUE && around != cond->kind;
	for (size_t i = 0; i < cond->part_count; i++)
		items[i] = words_of(arena, model, cond->parts[i], cond->kind);
	struct phrase joined =
		phrase_list(arena, items, cond->part_count, and? "，且" : "，或者", and? " and " : " or ");
	return bracket ? phrase_printf(arena, "（%s）%s", "(%s)%s", joined, none) : joined;
}

static struct phrase words_of(struct arena *arena, const struct model *model, const struct cond *cond,
			      enum cond_kind around)
{
	struct phrase words, none = { "", "" };
	if (set_words(arena, model, cond, &words))
		return words;
	switch (cond->kind) {
	case COND_TRUE: return (struct phrase){ "任何情形", "in every case" };
	case COND_FALSE: return (struct phrase){ "没有任何情形", "in no case" };
	case COND_AND:
	case COND_OR: return join_words(arena, model, cond, around);
	case COND_NOT:
		return phrase_printf(arena, "非%s%s", "not %s%s", words_of(arena, model, cond->parts[0], COND_NOT),
				     none);
	case COND_FACT: return dim_words(arena, model, cond->dim, &cond->ranges);
	case COND_DECISION: return decision_words(arena, model, cond);
	case COND_DEFINITION: {
		const struct name *name = &model->definitions[cond->definition].name;
		return (struct phrase){ name->label, name->english };
	}
	}
	return none;
}

struct phrase cond_words(struct arena *arena, const struct model *model, const struct cond *cond)
{
	return words_of(arena, model, cond, COND_TRUE);
}
