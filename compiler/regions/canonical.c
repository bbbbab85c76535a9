/* The regions of a finding in their canonical form, and its count. note [canonical] */
#include "regions/diagram.h"

#include <string.h>

struct lister {
	struct search *search;
	struct plain *plain;	 /* or NULL */
	struct diagram *diagram; /* of what is left; or NULL */
	struct region_list *out;
	size_t shown;
	int64_t *least;
	struct ranges *values; /* of the region under way, per dimension */
	struct natural total, listed, volume;
};

static void *take(struct lister *l, size_t size)
{
	return pad_take(&l->search->answer, size);
}

static struct ranges one_range(struct lister *l, int64_t low, int64_t high)
{
	struct range *r = take(l, sizeof *r);
	*r = (struct range){ low, high };
	return (struct ranges){ r, 1 };
}

static bool is_line(const struct search *s, uint32_t dim)
{
	enum fact_kind kind = s->regions->model->facts[s->regions->model->dims[dim].fact].kind;
	return kind == FACT_INTEGER || kind == FACT_DATE;
}

static int64_t first_value(const struct ranges *ranges)
{
	return ranges->items[0].low;
}

static int64_t last_value(const struct ranges *ranges)
{
	return ranges->items[ranges->count - 1].high;
}

/* Dimensions whose sets have holes, which no box can say. */
static struct atoms broken_sets(struct lister *l, size_t count)
{
	struct atoms atoms = { take(l, (count + 1) * sizeof *atoms.items), 0 };
	for (size_t i = 0; i < count; i++)
		if (l->values[i].count > 1)
			atoms.items[atoms.count++] = atom_make(l->search->dims[i], l->values[i]);
	return atoms;
}

/* The least value from `low` on with which dimension `at` leaves the finding somewhere in the region under way;
 * *bad false: none does. */
static bool next_bad(struct lister *l, size_t at, const struct atoms *broken, int64_t low, bool *bad)
{
	struct search *s = l->search;
	if (l->plain)
		return plain_next_bad(l->plain, at, l->values, low, &s->value, bad);
	if (l->diagram) {
		*bad = diagram_next_bad(l->diagram, at, l->values, l->least, low, &s->value);
		return regions_spend(s->regions);
	}
	for (size_t i = 0; i < s->dim_count; i++)
		if (i != at)
			search_interval(s, s->dims[i], first_value(&l->values[i]), last_value(&l->values[i]));
	search_interval(s, s->dims[at], low, s->start_high[s->dims[at]]);
	s->negated = true;
	s->inside = broken->count ? broken : NULL;
	s->value_dim = s->dims[at];
	bool done = search_run(s, SEARCH_VALUE);
	s->negated = false;
	s->inside = NULL;
	*bad = s->found;
	return done;
}

/* Numbers grow upwards until the first value that does not fit; members are taken one by one. */
static bool widen(struct lister *l, size_t at)
{
	struct search *s = l->search;
	uint32_t dim = s->dims[at];
	int64_t low = l->least[at], high = s->start_high[dim], next = low;
	struct ranges set = { NULL, 0 };
	struct atoms broken = broken_sets(l, at);
	size_t capacity = 0;
	for (bool bad = true; bad && next < high;) {
		if (!next_bad(l, at, &broken, next + 1, &bad))
			return false;
		int64_t good = bad ? s->value - 1 : high;
		if (good > next || set.count == 0) {
			if (set.count == capacity) {
				struct range *more = take(l, (capacity * 2 + 2) * sizeof *more);
				if (set.count)
					memcpy(more, set.items, set.count * sizeof *more);
				set.items = more;
				capacity = capacity * 2 + 2;
			}
			set.items[set.count] = (struct range){ set.count ? next + 1 : low, good };
			set.count++;
		}
		next = bad ? s->value : high;
		if (is_line(s, dim))
			break;
	}
	if (set.count)
		l->values[at] = set;
	return true;
}

/* From the least case; dimensions on which nothing undecided depends have any value of the start box. */
static bool widen_all(struct lister *l)
{
	struct search *s = l->search;
	l->values = take(l, (s->dim_count + 1) * sizeof *l->values);
	for (size_t i = 0; i < s->dim_count; i++) {
		uint32_t dim = s->dims[i];
		l->values[i] = s->open[dim] ? one_range(l, l->least[i], l->least[i])
					    : one_range(l, s->start_low[dim], s->start_high[dim]);
	}
	for (size_t i = 0; i < s->dim_count; i++)
		if (s->open[s->dims[i]] && !widen(l, i))
			return false;
	return true;
}

static uint64_t values_less_one(const struct ranges *set)
{
	uint64_t count = UINT64_MAX;
	for (size_t i = 0; i < set->count; i++)
		count += (uint64_t)set->items[i].high - (uint64_t)set->items[i].low + 1;
	return count;
}

static void add_region(struct lister *l, size_t *capacity)
{
	struct region_list *out = l->out;
	struct search *s = l->search;
	struct atoms hole = { take(l, (s->dim_count + 1) * sizeof *hole.items), 0 };
	if (out->count == *capacity) {
		struct region *more = take(l, (*capacity * 2 + 8) * sizeof *more);
		if (out->count)
			memcpy(more, out->items, out->count * sizeof *more);
		out->items = more;
		*capacity = *capacity * 2 + 8;
	}
	natural_set(&l->volume, 1);
	for (size_t i = 0; i < s->dim_count; i++) {
		uint32_t dim = s->dims[i];
		bool whole = l->values[i].count == 1 && first_value(&l->values[i]) == s->start_low[dim] &&
			     last_value(&l->values[i]) == s->start_high[dim];
		natural_multiply(&l->volume, values_less_one(&l->values[i]));
		if (!whole) /* no case lies outside the start box */
			hole.items[hole.count++] = atom_make(dim, l->values[i]);
	}
	out->items[out->count++] = (struct region){ l->values, natural_text(s->arena, &l->volume) };
	natural_add(&l->listed, &l->volume);
	vec_push(s->arena, &s->holes, hole);
	if (l->plain)
		plain_take(l->plain, l->values);
	if (l->diagram && !diagram_take(l->diagram, l->values))
		l->diagram = NULL;
}

/* Dimension by dimension: from any case, whether one is less in the first dimension; with the least value of it, in the
 * second; and so on. Mostly the case at hand is the least already, which its being at the low end shows. */
static bool find_least(struct lister *l)
{
	struct search *s = l->search;
	if (l->plain)
		return plain_least(l->plain, l->least, &s->found);
	if (l->diagram) {
		s->found = diagram_least(l->diagram, l->least);
		return true;
	}
	for (size_t i = 0; i < s->order_count; i++)
		search_interval(s, s->order[i], s->start_low[s->order[i]], s->start_high[s->order[i]]);
	if (!search_run(s, SEARCH_EXIST))
		return false;
	if (!s->found)
		return true;
	memcpy(l->least, s->least, s->order_count * sizeof *l->least);
	for (size_t i = 0; i < s->order_count; i++) {
		uint32_t dim = s->order[i];
		if (l->least[i] > s->start_low[dim]) {
			search_interval(s, dim, s->start_low[dim], l->least[i] - 1);
			s->value_dim = dim;
			if (!search_run(s, SEARCH_VALUE))
				return false;
			if (s->found)
				memcpy(l->least, s->least, s->order_count * sizeof *l->least);
		}
		search_interval(s, dim, l->least[i], l->least[i]);
	}
	s->found = true;
	return true;
}

static void start_count(struct search *s, bool wanted)
{
	search_reset(s);
	sweep_start(s);
	diagram_start(s->diagram, wanted && diagram_suits(s));
}

static bool count_all(struct lister *l, bool wanted)
{
	struct search *s = l->search;
	if (!l->plain)
		start_count(s, wanted);
	s->count = &l->total;
	if (l->plain ? !plain_count(l->plain, &l->total) : !search_run(s, SEARCH_COUNT))
		return false;
	search_reset(s);
	search_volume(s, &l->total, false);
	l->out->total = natural_text(s->arena, &l->total);
	l->diagram = !l->plain && diagram_close(s->diagram) ? s->diagram : NULL;
	return true;
}

static bool list_regions(struct lister *l)
{
	struct search *s = l->search;
	size_t capacity = 0;
	while (l->out->count < l->shown && !natural_equal(&l->listed, &l->total)) {
		if ((l->diagram || l->out->count > 0) && !find_least(l))
			return false;
		if (!widen_all(l))
			return false;
		add_region(l, &capacity);
	}
	if (!natural_equal(&l->listed, &l->total)) {
		natural_subtract(&l->total, &l->listed);
		l->out->rest = natural_text(s->arena, &l->total);
	}
	return true;
}

static void start_lister(struct lister *l)
{
	struct search *s = l->search;
	pad_reset(&s->answer, s->arena);
	l->least = take(l, (s->order_count + 1) * sizeof *l->least);
	l->out->dims = s->dims;
	l->out->dim_count = s->dim_count;
	l->out->least = l->least;
	l->out->matters = s->open;
	l->out->count = 0;
	s->holes.count = 0;
	l->total = s->totals[0];
	l->listed = s->totals[1];
	l->volume = s->totals[2];
	l->total.size = l->listed.size = 0;
}

static enum reply search_list(struct search *s, void *lister)
{
	struct lister *l = lister;
	start_lister(l);
	l->plain = plain_of(s);
	if (!find_least(l))
		return REPLY_ENDED;
	if (!s->found)
		return REPLY_NO;
	l->out->ended = !count_all(l, l->shown > 0) || (s->sides == 1 && !list_regions(l));
	return REPLY_YES;
}

static enum reply formula_list(struct search *s, void *lister)
{
	struct lister *l = lister;
	uint32_t set;
	l->plain = NULL;
	l->diagram = formula_of(s, &set);
	if (!l->diagram)
		return REPLY_ENDED;
	start_lister(l);
	if (!find_least(l) || !s->found)
		return REPLY_NO;
	natural_add(&l->total, diagram_volume(l->diagram, set));
	l->out->total = natural_text(s->arena, &l->total);
	l->out->ended = !list_regions(l);
	return REPLY_YES;
}

enum reply regions_list(struct regions *regions, const struct question *question, size_t shown, struct region_list *out)
{
	struct search *s = search_of(regions);
	struct lister l = { .search = s, .out = out, .shown = shown };
	*out = (struct region_list){ 0 };
	search_prepare(s, question);
	if (regions->ended)
		return REPLY_ENDED;
	if (s->root == NO)
		return REPLY_NO;
	enum reply reply = search_hard(s, search_list, formula_list, &l);
	if (reply == REPLY_YES)
		kept_gap(regions, question, out);
	return reply;
}

enum reply regions_cases(struct regions *regions, const struct question *question, struct case_set *out)
{
	struct search *s = search_of(regions);
	struct lister l = { .search = s, .out = &(struct region_list){ 0 } };
	search_prepare(s, question);
	if (regions->ended)
		return REPLY_ENDED;
	start_lister(&l);
	if (s->root != NO && !count_all(&l, true))
		return REPLY_ENDED;
	if (s->root == NO)
		start_count(s, true);
	if (!diagram_close(s->diagram))
		return REPLY_ENDED;
	*out = (struct case_set){ diagram_left(s->diagram), diagram_renewed(s->diagram) };
	return REPLY_YES;
}

bool regions_cases_kept(const struct regions *regions, const struct case_set *cases)
{
	const struct diagram *d = regions->search->diagram;
	return d && cases->of == diagram_renewed(d);
}

bool regions_cases_meet(struct regions *regions, const struct case_set *cases, const struct ranges *values)
{
	return diagram_meets(regions->search->diagram, cases->set, values);
}
