/* Values of a fact that no rule of a gap's question allows: a member that every row forgot, a number between all bounds.
 * However many regions such a gap has, this is what lies behind them. */
#include "analysis/checks.h"
#include "support/writer.h"

#include <stdlib.h>

enum { NEVER_BOXES = 20000,         /* to know whether that is all of the gap */
       NEVER_RANGES = 4 };          /* more are not one thing that was forgotten */

struct never {
	uint32_t dim;
	struct ranges values;
};
typedef VEC(struct never) never_list;

static int by_low(const void *left, const void *right)
{
	const struct range *a = left, *b = right;
	return (a->low > b->low) - (a->low < b->low);
}

/* What is left of the dimension between the ranges. */
static struct ranges between(struct checks *c, const struct dim *d, struct range *ranges, size_t count)
{
	VEC(struct range) left = { 0 };
	int64_t next = d->low;
	if (count)
		qsort(ranges, count, sizeof *ranges, by_low);
	for (size_t i = 0; i < count; i++) {
		if (ranges[i].low > next)
			vec_push(c->diag->arena, &left, ((struct range){ next, ranges[i].low - 1 }));
		if (ranges[i].high >= next)
			next = ranges[i].high + 1;
	}
	if (next <= d->high)
		vec_push(c->diag->arena, &left, ((struct range){ next, d->high }));
	return (struct ranges){ left.items, left.count };
}

/* None where some rule allows any value. */
static struct ranges never_allowed(struct checks *c, const struct question *gap, uint32_t dim)
{
	VEC(struct range) allowed = { 0 };
	for (size_t i = 0; i < gap->other_count; i++) {
		const struct ranges *values = regions_values(c->regions, c->index, gap->others[i], dim);
		if (!values)
			return (struct ranges){ NULL, 0 };
		for (size_t k = 0; k < values->count; k++)
			vec_push(c->arena, &allowed, values->items[k]);
	}
	return between(c, &c->model->dims[dim], allowed.items, allowed.count);
}

static bool is_all(struct checks *c, const struct question *gap, const never_list *list)
{
	struct cond **parts = arena_new_array(c->arena, struct cond *, list->count);
	struct question rest = *gap;
	for (size_t i = 0; i < list->count; i++)
		parts[i] = value_in(c, list->items[i].dim, list->items[i].values);
	rest.within = not_so(c, either(c, parts, list->count));
	regions_allow(c->regions, NEVER_BOXES);
	enum reply reply = regions_exist(c->regions, &rest);
	return regions_allow_all(c->regions) && reply == REPLY_NO;
}

bool say_never(struct checks *c, struct finding *f, const struct question *gap, enum message help)
{
	never_list list = { 0 };
	struct writer zh, en;
	for (size_t i = 0; i < c->decision->dim_count && gap->other_count; i++) {
		struct never one = { c->decision->dims[i], never_allowed(c, gap, c->decision->dims[i]) };
		if (one.values.count > 0 && one.values.count <= NEVER_RANGES)
			vec_push(c->arena, &list, one);
	}
	if (list.count == 0)
		return false;
	writer_init(&zh, c->diag->arena);
	writer_init(&en, c->diag->arena);
	for (size_t i = 0; i < list.count; i++) {
		struct phrase words = dim_words(c->diag->arena, c->model, list.items[i].dim, &list.items[i].values);
		write_fmt(&zh, "%s%s", i ? "；" : "", words.zh);
		write_fmt(&en, "%s%s", i ? "; " : "", words.en ? words.en : words.zh);
	}
	diag_help(c->diag, f, help, NULL, NULL);
	f->help_args[0] = (struct phrase){ writer_text(&zh), writer_text(&en) };
	f->help_args[1] = is_all(c, gap, &list) ? (struct phrase){ "", "" } :
						  (struct phrase){ "；此外还有空白", "; that is not all of the gap" };
	return true;
}
