/* note [blame]
 * One mistake in a table of a thousand rows can be found a hundred times: a bound typed ten times too large meets a
 * hundred rows. Each finding among rows of one table suspects what may have made it: a row that it names, a value up to
 * which one of its rows reaches and from which the other begins, or that the two say the same. The suspect behind most
 * findings is the cause of them; then the suspect behind most of those that are left, and so on. Equal ones go by kind
 * and name, so that no order of declarations changes the causes. A finding whose suspects are behind no other is a
 * cause of its own. Errors and warnings come first: a note is no mistake, and joins the cause of one or is left to
 * itself. */
#include "analysis/blame.h"

#include <stdlib.h>
#include <string.h>

/* ---- the suspects of a finding ---- */

struct charge { /* the suspect is behind the item */
	struct suspect suspect;
	uint32_t item;
};

struct charged { /* one suspect, and all that it may be behind */
	const struct charge *charges;
	const char *name;
	uint32_t count; /* of charges */
	uint32_t left;	/* items of the pass that are not taken */
};

struct blame {
	struct checks *c;
	VEC(struct charge) charges;
	VEC(struct charged) groups; /* by name: of two behind equally many the first is the cause */
	uint32_t *groups_of;	    /* per charge of an item: its group; items in order */
	uint32_t *starts;	    /* per item: its first place in groups_of */
	bool *taken;		    /* per item */
	bool notes;		    /* the pass under way is that of the notes */
};

static void charge(struct blame *b, uint32_t item, struct suspect suspect)
{
	struct charge one = { suspect, item };
	vec_push(b->c->arena, &b->charges, one);
}

/* One of the two ranges ends in the other, and the other begins in it. */
static bool crosses(const struct ranges *a, const struct ranges *b, struct range *common)
{
	if (!a || !b || a->count != 1 || b->count != 1)
		return false;
	const struct range *low = a->items[0].low <= b->items[0].low ? a->items : b->items,
			   *high = low == a->items ? b->items : a->items;
	*common = (struct range){ high->low, low->high };
	return low->low < high->low && high->low <= low->high && low->high < high->high;
}

/* Of `upper` and a row below it. */
static void suspect_repeat(struct blame *b, uint32_t item, uint32_t upper, uint32_t lower)
{
	struct checks *c = b->c;
	uint32_t apart = rule_at(c, lower)->row - rule_at(c, upper)->row;
	if (tests_contain(c, upper, lower) && tests_contain(c, lower, upper))
		charge(b, item, (struct suspect){ SUSPECT_REPEAT, rule_at(c, upper)->table, apart, 0, 0 });
}

static void suspect_bounds(struct blame *b, uint32_t item, uint32_t x, uint32_t y)
{
	struct checks *c = b->c;
	if (!regions_is_product(c->regions, c->index, x) || !regions_is_product(c->regions, c->index, y))
		return;
	for (size_t i = 0; i < c->decision->dim_count; i++) {
		uint32_t dim = c->decision->dims[i];
		struct range common;
		if (crosses(regions_values(c->regions, c->index, x, dim), regions_values(c->regions, c->index, y, dim),
			    &common))
			charge(b, item,
			       (struct suspect){ SUSPECT_BOUND, rule_at(c, x)->table, dim, common.low, common.high });
	}
}

static void suspect_row(struct blame *b, uint32_t item, uint32_t rule)
{
	charge(b, item, (struct suspect){ SUSPECT_ROW, rule_at(b->c, rule)->table, rule, 0, 0 });
}

/* A row is redundant where another one says the same in all of its cases. */
static void suspect_containing(struct blame *b, uint32_t item, uint32_t rule)
{
	struct checks *c = b->c;
	struct neighbours near;
	if (!regions_neighbours(c->regions, c->index, rule, &near))
		return;
	for (size_t i = 0; i < near.count; i++) {
		uint32_t other = near.items[i];
		if (table_of(c, other) != table_of(c, rule) ||
		    rule_at(c, other)->outcome != rule_at(c, rule)->outcome || !tests_contain(c, other, rule))
			continue;
		bool upper = rule_at(c, rule)->row < rule_at(c, other)->row;
		suspect_row(b, item, other);
		suspect_repeat(b, item, upper ? rule : other, upper ? other : rule);
	}
}

/* Of a row that others hide, or cross, only one that does so alone is suspected: without it the finding would go. */
static void suspect(struct blame *b, uint32_t item)
{
	const struct blamed *one = &b->c->blamed.items[item];
	enum finding_kind kind = one->finding->kind;
	if (kind == FINDING_REDUNDANT)
		suspect_containing(b, item, one->rules[0]);
	if (one->count != 2)
		return;
	bool pair = kind == FINDING_CONFLICT || kind == FINDING_OVERLAP;
	bool upper = rule_at(b->c, one->rules[0])->row < rule_at(b->c, one->rules[1])->row;
	suspect_row(b, item, one->rules[1]);
	if (pair || kind == FINDING_MASKED)
		suspect_repeat(b, item, one->rules[!upper], one->rules[upper]);
	if (!pair)
		return;
	suspect_row(b, item, one->rules[0]);
	suspect_bounds(b, item, one->rules[0], one->rules[1]);
}

/* ---- who is behind most ---- */

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_suspects(const struct suspect *a, const struct suspect *b)
{
	int order = compare_numbers(a->kind, b->kind);
	order = order ? order : compare_numbers(a->table, b->table);
	order = order ? order : compare_numbers(a->subject, b->subject);
	order = order ? order : compare_numbers(a->low, b->low);
	return order ? order : compare_numbers(a->high, b->high);
}

static int by_suspect(const void *left, const void *right)
{
	const struct charge *a = left, *b = right;
	int order = compare_suspects(&a->suspect, &b->suspect);
	return order ? order : compare_numbers(a->item, b->item);
}

static const char *name_of(const struct checks *c, const struct suspect *s)
{
	return s->kind == SUSPECT_ROW ? rule_at(c, s->subject)->id : c->model->tables[s->table].name.id;
}

/* Of suspects behind equally many: a row before a bound before a repetition, then by name, fact and value. */
static int by_name(const void *left, const void *right)
{
	const struct charged *a = left, *b = right;
	int order = compare_numbers(a->charges->suspect.kind, b->charges->suspect.kind);
	order = order ? order : strcmp(a->name, b->name);
	return order ? order : compare_suspects(&a->charges->suspect, &b->charges->suspect);
}

static void make_groups(struct blame *b, uint32_t items)
{
	struct checks *c = b->c;
	qsort(b->charges.items, b->charges.count, sizeof *b->charges.items, by_suspect);
	b->starts = arena_new_array(c->arena, uint32_t, items + 2);
	b->groups_of = arena_new_array(c->arena, uint32_t, b->charges.count + 1);
	for (size_t i = 0; i < b->charges.count; i++) {
		const struct charge *one = &b->charges.items[i];
		if (i == 0 || compare_suspects(&one[-1].suspect, &one->suspect) != 0)
			vec_push(c->arena, &b->groups, ((struct charged){ one, name_of(c, &one->suspect), 0, 0 }));
		b->groups.items[b->groups.count - 1].count++;
		b->starts[one->item + 2]++;
	}
	qsort(b->groups.items, b->groups.count, sizeof *b->groups.items, by_name);
	for (uint32_t i = 2; i < items + 2; i++)
		b->starts[i] += b->starts[i - 1];
	for (uint32_t g = 0; g < b->groups.count; g++)
		for (uint32_t i = 0; i < b->groups.items[g].count; i++)
			b->groups_of[b->starts[b->groups.items[g].charges[i].item + 1]++] = g;
}

/* ---- a heap of groups. What one is behind only gets less: one whose number has changed is put back ---- */

struct heap {
	uint32_t *groups, *left; /* of each group: what it was behind when it was put here */
	size_t count;
};

static bool is_before(const struct heap *h, size_t x, size_t y)
{
	uint32_t a = h->groups[x], b = h->groups[y];
	return h->left[a] != h->left[b] ? h->left[a] > h->left[b] : a < b;
}

static void sink(struct heap *h, size_t at)
{
	for (size_t child; (child = 2 * at + 1) < h->count; at = child) {
		if (child + 1 < h->count && is_before(h, child + 1, child))
			child++;
		if (!is_before(h, child, at))
			return;
		uint32_t swap = h->groups[at];
		h->groups[at] = h->groups[child];
		h->groups[child] = swap;
	}
}

static struct heap heap_of(const struct blame *b)
{
	struct heap h = { arena_new_array(b->c->arena, uint32_t, b->groups.count + 1),
			  arena_new_array(b->c->arena, uint32_t, b->groups.count + 1), 0 };
	for (uint32_t g = 0; g < b->groups.count; g++) {
		h.left[g] = b->groups.items[g].left;
		if (h.left[g] > 1)
			h.groups[h.count++] = g;
	}
	for (size_t i = h.count / 2; i-- > 0;)
		sink(&h, i);
	return h;
}

/* The group behind most of what is left; false: none is behind two, for only such are in the heap. */
static bool heap_take(const struct blame *b, struct heap *h, uint32_t *out)
{
	while (h->count) {
		uint32_t g = h->groups[0], left = b->groups.items[g].left;
		if (left == h->left[g]) {
			*out = g;
			return true;
		}
		h->left[g] = left;
		if (left < 2)
			h->groups[0] = h->groups[--h->count];
		sink(h, 0);
	}
	return false;
}

/* ---- the passes ---- */

static bool is_note(const struct blame *b, uint32_t item)
{
	return b->c->blamed.items[item].finding->severity == SEVERITY_NOTE;
}

/* All that the group may be behind and that is left, notes too, are its. */
static void take(struct blame *b, uint32_t g)
{
	const struct charged *group = &b->groups.items[g];
	rule_list items = { 0 };
	for (uint32_t i = 0; i < group->count; i++) {
		uint32_t item = group->charges[i].item;
		if (b->taken[item])
			continue;
		b->taken[item] = true;
		vec_push(b->c->arena, &items, item);
		for (uint32_t k = b->starts[item]; k < b->starts[item + 1] && is_note(b, item) == b->notes; k++)
			b->groups.items[b->groups_of[k]].left--;
	}
	tell_cause(b->c, &group->charges->suspect, &items);
}

static void pass(struct blame *b, bool notes)
{
	b->notes = notes;
	for (uint32_t g = 0; g < b->groups.count; g++) {
		struct charged *group = &b->groups.items[g];
		group->left = 0;
		for (uint32_t i = 0; i < group->count; i++)
			group->left +=
				!b->taken[group->charges[i].item] && is_note(b, group->charges[i].item) == b->notes;
	}
	struct heap heap = heap_of(b);
	for (uint32_t g; heap_take(b, &heap, &g);)
		take(b, g);
}

void blame(struct checks *c)
{
	struct blame b = { .c = c };
	uint32_t items = (uint32_t)c->blamed.count;
	for (uint32_t i = 0; i < items; i++)
		suspect(&b, i);
	if (b.charges.count) {
		b.taken = arena_new_array(c->arena, bool, items + 1);
		make_groups(&b, items);
		pass(&b, false);
		pass(&b, true);
	}
	c->blamed.count = 0;
}
