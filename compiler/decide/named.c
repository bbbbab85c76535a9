/* Names of a table's procedures, and the past that a step is asked with. */
#include "decide/named.h"

#include "model/model.h"
#include "support/writer.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

bool named_at(const struct guiju_table *table, uint32_t procedure, enum named kind, uint32_t index,
	      struct guiju_name *out)
{
	struct guiju_procedure p;
	struct guiju_state s;
	struct guiju_event e;
	switch (kind) {
	case NAMED_PROCEDURE:
		if (guiju_procedure(table, index, &p) != GUIJU_OK)
			return false;
		*out = (struct guiju_name){ p.id, p.label, p.english };
		return true;
	case NAMED_STATE:
		if (guiju_state(table, procedure, index, &s) != GUIJU_OK)
			return false;
		*out = (struct guiju_name){ s.id, s.label, s.english };
		return true;
	case NAMED_EVENT:
		if (guiju_event(table, procedure, index, &e) != GUIJU_OK)
			return false;
		*out = (struct guiju_name){ e.id, e.label, e.english };
		return true;
	}
	return false;
}

static bool is_called(const struct guiju_name *name, const char *text)
{
	return strcmp(name->id.bytes, text) == 0 || strcmp(name->label.bytes, text) == 0 ||
	       strcmp(name->english.bytes, text) == 0;
}

uint32_t named_find(const struct guiju_table *table, uint32_t procedure, enum named kind, const char *text)
{
	struct guiju_name name;
	for (uint32_t i = 0; *text && named_at(table, procedure, kind, i, &name); i++)
		if (is_called(&name, text))
			return i;
	return UINT32_MAX;
}

/* ---- what is missing: the nearest is told ---- */

static size_t least_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

enum { LONGEST_NAME = 64 };

/* Letters to be put in, left out or changed to make one of the other; long names are not compared. */
static size_t distance(const char *a, const char *b)
{
	size_t row[LONGEST_NAME + 1], n = strlen(a), m = strlen(b);
	if (n > LONGEST_NAME || m > LONGEST_NAME)
		return SIZE_MAX;
	for (size_t i = 0; i <= m; i++)
		row[i] = i;
	for (size_t k = 1; k <= n; k++) {
		size_t corner = row[0];
		row[0] = k;
		for (size_t i = 1; i <= m; i++) {
			size_t change = corner + (a[k - 1] != b[i - 1]);
			corner = row[i];
			row[i] = least_of(change, least_of(row[i - 1], row[i]) + 1);
		}
	}
	return row[m];
}

struct phrase named_missing(struct arena *arena, const struct guiju_table *table, uint32_t procedure, enum named kind,
			    const char *text)
{
	static const struct phrase kinds[] = { { "程序", "procedure" }, { "状态", "state" }, { "事件", "event" } };
	struct guiju_name name;
	struct writer ids;
	const char *nearest = NULL;
	size_t best = 1 + strlen(text) / 3;
	writer_init(&ids, arena);
	for (uint32_t i = 0; named_at(table, procedure, kind, i, &name); i++) {
		size_t here = distance(text, name.id.bytes);
		nearest = here <= best ? name.id.bytes : nearest;
		best = least_of(here, best);
		write_fmt(&ids, "%s%s", i ? ", " : "", name.id.bytes);
	}
	const char *there = writer_text(&ids);
	if (!nearest)
		return (struct phrase){ arena_printf(arena, "没有%s `%s`；有：%s", kinds[kind].zh, text, there),
					arena_printf(arena, "no %s is called `%s`; there are: %s", kinds[kind].en, text,
						     there) };
	return (struct phrase){
		arena_printf(arena, "没有%s `%s`，是不是 `%s`；有：%s", kinds[kind].zh, text, nearest, there),
		arena_printf(arena, "no %s is called `%s`, did you mean `%s`; there are: %s", kinds[kind].en, text,
			     nearest, there),
	};
}

/* ---- the past ---- */

enum past_form past_read(struct arena *arena, const char *text, struct past_event *out)
{
	const char *equals = strrchr(text, '=');
	if (!equals)
		return PAST_NO_PAIR;
	out->event = arena_strndup(arena, text, (size_t)(equals - text));
	return date_parse(equals + 1, &out->day) ? PAST_GOOD : PAST_NO_DATE;
}

struct placed {
	struct past_event event;
	size_t place;
};

static int compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->event.day != y->event.day)
		return x->event.day < y->event.day ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

void past_sort(struct arena *arena, struct past_event *items, size_t count)
{
	struct placed *placed = arena_new_array(arena, struct placed, count + 1);
	for (size_t i = 0; i < count; i++)
		placed[i] = (struct placed){ items[i], i };
	qsort(placed, count, sizeof *placed, compare_placed);
	for (size_t i = 0; i < count; i++)
		items[i] = placed[i].event;
}
