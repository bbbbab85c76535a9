/* note [merged before]
 * Rows can be merged that are alike but for one column. So what is found of a row depends on rows that share a hash of all
 * other columns with it, on those that share one with these, and so on. Of rows that have nothing of the kind in common
 * with a row that came, went, or stands otherwise than before, the groups are those of before. */
#include "analysis/merging.h"
#include "support/number_map.h"

#include <string.h>

struct merged {                      /* of a table */
	uint64_t head;               /* of what its rows inherit */
	uint32_t first;              /* place of its first row in decision->rules */
	size_t row_count;
	const uint64_t **keys;       /* per row */
	bool *taken;                 /* per row: nothing was to be merged with it */
	struct merge_group *groups;
	size_t group_count;
};

struct again {
	struct merger *m;
	const struct merged *before;
	uint32_t *from;              /* per row: its row before, or NONE */
	uint32_t *to;                /* per row of before */
	bool *chosen;                /* per row */
	const uint64_t **keys;
	bool *taken;
	struct number_map *shared;   /* keys that the chosen rows have */
	uint64_t filter[64];         /* the same, a bit for some of them */
};

static size_t table_index(const struct merger *m)
{
	return (size_t)(m->table - m->c->model->tables);
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; text && *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return (hash ^ 0xff) * UINT64_C(0x100000001b3);
}

/* The clause above a table is no part of it. */
static uint64_t hash_head(const struct rule_table *table)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < table->attributes.cites.count; i++)
		hash = hash_text(hash, table->attributes.cites.clauses[i]);
	return hash;
}

/* ---- which rows stayed ---- */

static void find_rows(struct again *a)
{
	const struct merger *m = a->m;
	const uint32_t *before = regions_places_before(m->c->regions, m->c->index);
	memset(a->to, 0xff, a->before->row_count * sizeof *a->to);
	for (uint32_t i = 0; i < m->table->rule_count; i++) {
		uint32_t was = before && before[m->first + i] != NONE ? before[m->first + i] - a->before->first : NONE;
		a->from[i] = was < a->before->row_count ? was : NONE;
		a->chosen[i] = a->from[i] == NONE || a->taken[i] != a->before->taken[was] ||
			       (m->table->hit == HIT_FIRST && regions_touched(m->c->regions, m->c->index, m->first + i));
		if (a->from[i] == NONE)
			continue;
		a->to[was] = i;
		a->keys[i] = a->before->keys[was];
	}
}

static struct row read_again(struct merger *m, size_t i, bool taken)
{
	uint32_t rule = m->first + (uint32_t)i;
	return (struct row){ .rule = rule, .written = &m->written->rows.items[rule_at(m->c, rule)->row], .taken = taken };
}

static void hash_rows(struct again *a, struct arena *arena)
{
	for (size_t i = 0; i < a->m->table->rule_count; i++) {
		if (a->keys[i])
			continue;
		struct row row = read_again(a->m, i, false);
		a->keys[i] = hash_row(a->m, arena, &row);
	}
}

/* ---- what has to do with them ---- */

static bool may_be_shared(const struct again *a, uint64_t key)
{
	return a->filter[key % 64] >> (key >> 6 & 63) & 1;
}

static void share(struct again *a, const uint64_t *keys)
{
	for (size_t i = 0; i < a->m->test_count; i++) {
		uint64_t key = keys[a->m->tests[i]] + a->m->tests[i];
		a->filter[key % 64] |= (uint64_t)1 << (key >> 6 & 63);
		number_map_put(a->shared, key, 1);
	}
}

static bool shares(const struct again *a, const uint64_t *keys)
{
	const size_t *tests = a->m->tests;
	for (size_t i = 0, count = a->m->test_count; i < count; i++) {
		uint64_t key = keys[tests[i]] + tests[i];
		if (may_be_shared(a, key) && number_map_get(a->shared, key) == 1)
			return true;
	}
	return false;
}

static void choose_rows(struct again *a)
{
	size_t count = a->m->table->rule_count;
	a->shared = number_map_new_in(a->m->c->arena);
	for (size_t i = 0; i < count; i++)
		if (a->chosen[i])
			share(a, a->keys[i]);
	for (size_t i = 0; i < a->before->row_count; i++)
		if (a->to[i] == NONE)
			share(a, a->before->keys[i]);
	for (bool grown = true; grown;) {
		grown = false;
		for (size_t i = 0; i < count; i++) {
			if (a->chosen[i] || !shares(a, a->keys[i]))
				continue;
			share(a, a->keys[i]);
			a->chosen[i] = grown = true;
		}
	}
}

/* A group's rows have keys in common: all of them were chosen, or none. */
static void keep_groups(struct again *a)
{
	struct merger *m = a->m;
	for (size_t i = 0; i < a->before->group_count; i++) {
		struct merge_group group = a->before->groups[i];
		uint32_t *rules = arena_new_array(m->c->arena, uint32_t, group.count);
		bool stays = true;
		for (size_t k = 0; k < group.count && stays; k++) {
			uint32_t row = a->to[group.rules[k] - a->before->first];
			stays = row != NONE && !a->chosen[row];
			rules[k] = m->first + row;
		}
		group.rules = rules;
		if (stays)
			vec_push(m->c->arena, &m->groups, group);
	}
}

/* ---- a table ---- */

static size_t count_chosen(const struct again *a)
{
	size_t count = 0;
	for (size_t i = 0; i < a->m->table->rule_count; i++)
		count += !a->chosen || a->chosen[i];
	return count;
}

static void take_rows(struct merger *m, struct again *a)
{
	m->rows = arena_new_array(m->c->arena, struct row, count_chosen(a));
	for (size_t i = 0; i < m->table->rule_count; i++) {
		if (a->chosen && !a->chosen[i])
			continue;
		struct row *row = &m->rows[m->row_count++];
		*row = read_again(m, i, a->taken[i]);
		bool keeps = a->keys && !a->keys[i];
		row->keys = hash_row(m, keeps ? m->c->keeping->arena : m->c->arena, row);
		if (keeps)
			a->keys[i] = row->keys;
	}
}

static bool *rows_taken(const struct merger *m)
{
	const struct checks *c = m->c;
	bool *taken = arena_new_array(c->arena, bool, m->table->rule_count);
	for (uint32_t i = 0; i < m->table->rule_count; i++)
		taken[i] = c->impossible[m->first + i] | c->unreachable[m->first + i] | c->said[m->first + i];
	return taken;
}

static struct merged *new_merged(struct merger *m, const struct again *a)
{
	struct merged *now = arena_new_of(m->c->arena, struct merged);
	now->head = hash_head(m->table);
	now->first = m->first;
	now->row_count = m->table->rule_count;
	now->keys = a->keys;
	now->taken = a->taken;
	return now;
}

void merge_select(struct merger *m)
{
	struct keeping *keeping = m->c->keeping;
	size_t count = m->table->rule_count;
	struct again a = { .m = m, .taken = rows_taken(m) };
	if (!keeping) {
		take_rows(m, &a);
		return;
	}
	if (!keeping->merged)
		keeping->merged = arena_new_array(keeping->arena, struct merged_table, m->c->model->table_count);
	struct merged_table *merged = &keeping->merged[table_index(m)];
	a.before = merged->check + 1 == keeping->check ? merged->made : NULL;
	a.keys = arena_alloc_array(m->c->arena, count + 1, sizeof *a.keys);
	if (a.before && a.before->head == hash_head(m->table)) {
		a.from = arena_new_array(m->c->arena, uint32_t, count);
		a.to = arena_new_array(m->c->arena, uint32_t, a.before->row_count);
		a.chosen = arena_new_array(m->c->arena, bool, count);
		find_rows(&a);
		hash_rows(&a, keeping->arena);
		choose_rows(&a);
		keep_groups(&a);
	}
	*merged = (struct merged_table){ keeping->check, new_merged(m, &a) };
	take_rows(m, &a);
}

void merge_keep(struct merger *m)
{
	if (!m->c->keeping)
		return;
	struct merged *now = m->c->keeping->merged[table_index(m)].made;
	now->groups = m->groups.items;
	now->group_count = m->groups.count;
}
