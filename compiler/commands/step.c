/* guiju step: one event of a procedure, or what runs without one, from a rulebook or from a binary table, with the same bytes. */
#include "commands/command.h"

#include "guiju.h"

#include <stdlib.h>
#include <string.h>

struct asked {
	struct compiler *c;
	const struct streams *to;
	const struct guiju_table *table;
	uint32_t procedure;
};

/* ---- names: an id or a label; else the nearest one is told ---- */

enum named { NAMED_PROCEDURE, NAMED_STATE, NAMED_EVENT };

static bool name_at(const struct asked *a, enum named kind, uint32_t index, struct guiju_name *out)
{
	struct guiju_procedure p;
	struct guiju_state s;
	struct guiju_event e;
	switch (kind) {
	case NAMED_PROCEDURE:
		if (guiju_procedure(a->table, index, &p) != GUIJU_OK)
			return false;
		*out = (struct guiju_name){ p.id, p.label, p.english };
		return true;
	case NAMED_STATE:
		if (guiju_state(a->table, a->procedure, index, &s) != GUIJU_OK)
			return false;
		*out = (struct guiju_name){ s.id, s.label, s.english };
		return true;
	case NAMED_EVENT:
		if (guiju_event(a->table, a->procedure, index, &e) != GUIJU_OK)
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

static void write_no_such(const struct asked *a, enum named kind, const char *text)
{
	static const char *const zh[] = { "程序", "状态", "事件" }, *const en[] = { "procedure", "state", "event" };
	struct writer *w = a->to->err;
	struct guiju_name name;
	const char *nearest = NULL;
	size_t best = 1 + strlen(text) / 3;
	bool chinese = is_chinese(a->c);
	write_fmt(w, chinese ? "guiju: 没有%s `%s`" : "guiju: no %s is called `%s`", chinese ? zh[kind] : en[kind], text);
	for (uint32_t i = 0; name_at(a, kind, i, &name); i++) {
		size_t here = distance(text, name.id.bytes);
		nearest = here <= best ? name.id.bytes : nearest;
		best = least_of(here, best);
	}
	if (nearest)
		write_fmt(w, chinese ? "，是不是 `%s`" : ", did you mean `%s`", nearest);
	write_str(w, chinese ? "；有：" : "; there are: ");
	for (uint32_t i = 0; name_at(a, kind, i, &name); i++)
		write_fmt(w, "%s%s", i ? ", " : "", name.id.bytes);
	write_char(w, '\n');
}

static bool find_name(const struct asked *a, enum named kind, const char *text, uint32_t *index)
{
	struct guiju_name name;
	for (*index = 0; name_at(a, kind, *index, &name); ++*index) {
		if (is_called(&name, text))
			return true;
	}
	write_no_such(a, kind, text);
	return false;
}

/* ---- the past ---- */

struct dated {
	struct guiju_past past;
	size_t place;
};

/* By day; events of one day in the order in which they are given. */
static int compare_past(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;
	if (x->past.day != y->past.day)
		return x->past.day < y->past.day ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static bool past_wrong(const struct asked *a, const char *word, const char *zh, const char *en)
{
	write_usage_error(a->to->err, &(struct usage_error){ word, zh, en }, a->c->opt->language);
	return false;
}

static bool read_past(const struct asked *a, const char *text, int64_t on, struct guiju_past *past)
{
	const char *equals = strrchr(text, '=');
	if (!equals)
		return past_wrong(a, text, "应为 事件=日期，如 submit=2026-02-27", "EVENT=DATE is wanted, as submit=2026-02-27");
	if (!command_date(a->c, a->to, equals + 1, &past->day) ||
	    !find_name(a, NAMED_EVENT, arena_strndup(a->c->model_arena, text, (size_t)(equals - text)), &past->event))
		return false;
	if (past->day > on)
		return past_wrong(a, text, "晚于 --on 的日期", "later than the date of --on");
	return true;
}

static bool read_all_past(const struct asked *a, struct guiju_move *move)
{
	size_t count = a->c->opt->past_count;
	struct dated *items = arena_new_array(a->c->model_arena, struct dated, count + 1);
	struct guiju_past *past = arena_new_array(a->c->model_arena, struct guiju_past, count + 1);
	for (size_t i = 0; i < count; i++) {
		items[i].place = i;
		if (!read_past(a, a->c->opt->past[i], move->day, &items[i].past))
			return false;
	}
	qsort(items, count, sizeof *items, compare_past);
	for (size_t i = 0; i < count; i++)
		past[i] = items[i].past;
	move->past = past;
	move->past_count = (uint32_t)count;
	return true;
}

enum exit_status command_step(struct compiler *c, const struct streams *to)
{
	struct guiju_move move = { .budget = c->opt->nodes };
	struct decide_job job = { .io = c->io, .handler = &c->memory_ends, .output = 1, .language = c->opt->language,
				  .budget = c->opt->nodes, .move = &move, .has_on = true };
	struct asked a = { .c = c, .to = to };
	if (!command_date(c, to, c->opt->on, &job.on))
		return EXIT_USAGE;
	enum exit_status status = command_table(c, to, &a.table);
	if (status != EXIT_CLEAN)
		return status;
	move.day = job.on;
	if (!find_name(&a, NAMED_PROCEDURE, c->opt->procedure, &a.procedure))
		return EXIT_USAGE;
	move.procedure = a.procedure;
	move.event = GUIJU_NO_EVENT;
	if (!find_name(&a, NAMED_STATE, c->opt->state, &move.state) ||
	    (c->opt->event && !find_name(&a, NAMED_EVENT, c->opt->event, &move.event)) || !read_all_past(&a, &move))
		return EXIT_USAGE;
	job.table = a.table;
	return command_records(c, to, &job, true);
}
