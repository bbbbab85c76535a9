/* Regions and witnesses as findings carry them: per fact its values in JSON and in words. A fact that may have any value
 * is not mentioned. */
#include "analysis/checks.h"
#include "support/writer.h"

struct teller {
	struct arena *arena;
	const struct model *model;
	const uint32_t *dims;
	size_t dim_count;
	struct case_words *out;
};

static void add_fact(struct teller *t, uint32_t fact, const char *json, struct phrase words)
{
	t->out->items[t->out->count++] =
		(struct fact_values){ .fact = fact, .json = json, .words = words, .fact_id = t->model->facts[fact].name.id };
}

static struct case_words start(struct teller *t, struct diag *diag, const struct model *model, const uint32_t *dims,
			       size_t dim_count)
{
	struct case_words words = { arena_new_array(diag->arena, struct fact_values, dim_count), 0 };
	*t = (struct teller){ diag->arena, model, dims, dim_count, NULL };
	return words;
}

/* Dimensions of one fact from `at` on. */
static size_t dims_of_fact(const struct teller *t, size_t at)
{
	size_t end = at;
	while (end < t->dim_count && t->model->dims[t->dims[end]].fact == t->model->dims[t->dims[at]].fact)
		end++;
	return end - at;
}

static bool is_whole(const struct teller *t, uint32_t dim, const struct ranges *values)
{
	const struct dim *d = &t->model->dims[dim];
	return values->count == 1 && values->items[0].low == d->low && values->items[0].high == d->high;
}

/* ---- regions ---- */

static const char *member_ids(struct teller *t, const struct fact *fact, size_t at, const struct ranges *values, size_t count,
			      bool with)
{
	struct writer w;
	writer_init(&w, t->arena);
	for (size_t i = 0; i < count; i++) {
		if (is_whole(t, t->dims[at + i], &values[i]) || (values[i].items[0].low == 1) != with)
			continue;
		write_str(&w, w.size ? ", " : "");
		write_json_string(&w, fact->members[t->model->dims[t->dims[at + i]].member].name.id);
	}
	return writer_text(&w);
}

/* A set of which everything is known is one value; else member by member. */
static struct phrase set_words(struct teller *t, size_t at, const struct ranges *values, size_t count)
{
	struct writer zh, en;
	uint64_t bits = 0;
	size_t known = 0;
	for (size_t i = 0; i < count; i++) {
		known += !is_whole(t, t->dims[at + i], &values[i]);
		bits |= (uint64_t)(values[i].items[0].low == 1) << t->model->dims[t->dims[at + i]].member;
	}
	const struct fact *fact = &t->model->facts[t->model->dims[t->dims[at]].fact];
	if (known == fact->member_count)
		return fact_is_words(t->arena, fact, (int64_t)bits);
	writer_init(&zh, t->arena);
	writer_init(&en, t->arena);
	for (size_t i = 0; i < count; i++) {
		if (is_whole(t, t->dims[at + i], &values[i]))
			continue;
		struct phrase one = dim_words(t->arena, t->model, t->dims[at + i], &values[i]);
		write_fmt(&zh, "%s%s", zh.size ? "，" : "", one.zh);
		write_fmt(&en, "%s%s", en.size ? ", " : "", one.en ? one.en : one.zh);
	}
	return (struct phrase){ writer_text(&zh), writer_text(&en) };
}

static void tell_set(struct teller *t, uint32_t index, size_t at, const struct ranges *values, size_t count)
{
	const struct fact *fact = &t->model->facts[index];
	const char *with = member_ids(t, fact, at, values, count, true);
	const char *without = member_ids(t, fact, at, values, count, false);
	if (*with || *without)
		add_fact(t, index, arena_printf(t->arena, "{\"with\": [%s], \"without\": [%s]}", with, without),
			 set_words(t, at, values, count));
}

static void tell_values(struct teller *t, uint32_t index, uint32_t dim, const struct ranges *values)
{
	const struct fact *fact = &t->model->facts[index];
	struct writer w;
	if (is_whole(t, dim, values))
		return;
	writer_init(&w, t->arena);
	write_char(&w, '[');
	for (size_t i = 0; i < values->count; i++) {
		const struct range *r = &values->items[i];
		if (fact->kind == FACT_INTEGER || fact->kind == FACT_DATE) {
			write_fact_value(&w, fact, r->low);
			write_str(&w, ", ");
			write_fact_value(&w, fact, r->high);
			continue;
		}
		for (int64_t v = r->low; v <= r->high; v++) {
			write_str(&w, w.size > 1 ? ", " : "");
			write_fact_value(&w, fact, v);
		}
	}
	write_char(&w, ']');
	add_fact(t, index, writer_text(&w), dim_words(t->arena, t->model, dim, values));
}

struct case_words region_words(struct diag *diag, const struct model *model, const struct region_list *list,
			       const struct region *region)
{
	struct teller t;
	struct case_words words = start(&t, diag, model, list->dims, list->dim_count);
	t.out = &words;
	for (size_t at = 0, count; at < list->dim_count; at += count) {
		uint32_t fact = model->dims[list->dims[at]].fact;
		count = dims_of_fact(&t, at);
		if (model->facts[fact].kind == FACT_SET)
			tell_set(&t, fact, at, &region->values[at], count);
		else
			tell_values(&t, fact, list->dims[at], &region->values[at]);
	}
	return words;
}

/* ---- one case ---- */

static void tell_value(struct teller *t, uint32_t index, int64_t value)
{
	const struct fact *fact = &t->model->facts[index];
	add_fact(t, index, fact_value_json(t->arena, fact, value), fact_is_words(t->arena, fact, value));
}

static void tell_member_bits(struct teller *t, uint32_t index, size_t at, const struct ranges *values, size_t count)
{
	uint64_t bits = 0;
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		if (is_whole(t, t->dims[at + i], &values[i]))
			continue;
		any = true;
		bits |= (uint64_t)values[i].items[0].low << t->model->dims[t->dims[at + i]].member;
	}
	if (any)
		tell_value(t, index, (int64_t)bits);
}

/* Of a number the end that is not an end of the domain: that is where a bound is; the lower if both are. */
static int64_t telling_value(const struct fact *fact, const struct ranges *values)
{
	bool line = fact->kind == FACT_INTEGER || fact->kind == FACT_DATE;
	if (line && values->items[0].low == fact->low)
		return values->items[0].high;
	return values->items[0].low;
}

struct case_words witness_words(struct diag *diag, const struct model *model, const struct region_list *list,
				const struct region *region)
{
	struct teller t;
	struct case_words words = start(&t, diag, model, list->dims, list->dim_count);
	t.out = &words;
	for (size_t at = 0, count; at < list->dim_count; at += count) {
		uint32_t index = model->dims[list->dims[at]].fact;
		const struct fact *fact = &model->facts[index];
		count = dims_of_fact(&t, at);
		if (fact->kind == FACT_SET)
			tell_member_bits(&t, index, at, &region->values[at], count);
		else if (!is_whole(&t, list->dims[at], &region->values[at]))
			tell_value(&t, index, telling_value(fact, &region->values[at]));
	}
	return words;
}

struct case_words least_words(struct diag *diag, const struct model *model, const struct region_list *list)
{
	struct teller t;
	struct case_words words = start(&t, diag, model, list->dims, list->dim_count);
	t.out = &words;
	for (size_t at = 0, count; at < list->dim_count; at += count) {
		uint32_t index = model->dims[list->dims[at]].fact;
		uint64_t value = 0;
		bool matters = false;
		count = dims_of_fact(&t, at);
		for (size_t i = at; i < at + count; i++) {
			matters |= list->matters[list->dims[i]];
			value |= (uint64_t)list->least[i] << model->dims[list->dims[i]].member;
		}
		if (matters)
			tell_value(&t, index, (int64_t)value);
	}
	return words;
}
