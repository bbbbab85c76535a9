/* Procedures, states, events and past events by the names of the command line. */
#include "commands/asked.h"

#include <string.h>

bool asked_name(const struct asked *a, enum named kind, const char *text, uint32_t *index)
{
	*index = named_find(a->table, a->procedure, kind, text);
	if (*index != UINT32_MAX)
		return true;
	write_fmt(a->to->err, "guiju: %s\n",
		  phrase_in(named_missing(a->c->model_arena, a->table, a->procedure, kind, text), a->c->opt->language));
	return false;
}

/* ---- the past ---- */

static bool past_wrong(const struct asked *a, const char *word, const char *zh, const char *en)
{
	write_usage_error(a->to->err, &(struct usage_error){ word, zh, en }, a->c->opt->language);
	return false;
}

static bool read_past(const struct asked *a, const char *text, int64_t on, struct past_event *past)
{
	uint32_t event;
	enum past_form form = past_read(a->c->model_arena, text, past);
	if (form == PAST_NO_PAIR)
		return past_wrong(a, text, "应为 事件=日期，如 submit=2026-02-27",
				  "EVENT=DATE is wanted, as submit=2026-02-27");
	if (form == PAST_NO_DATE)
		return past_wrong(a, text + strlen(past->event) + 1, "应为日期，如 2026-02-27",
				  "a date such as 2026-02-27 is wanted");
	if (!asked_name(a, NAMED_EVENT, past->event, &event))
		return false;
	if (past->day > on)
		return past_wrong(a, text, "晚于 --on 的日期", "later than the date of --on");
	return true;
}

bool asked_past(const struct asked *a, struct guiju_move *move)
{
	size_t count = a->c->opt->past_count;
	struct past_event *events = arena_new_array(a->c->model_arena, struct past_event, count + 1);
	struct guiju_past *past = arena_new_array(a->c->model_arena, struct guiju_past, count + 1);
	for (size_t i = 0; i < count; i++)
		if (!read_past(a, a->c->opt->past[i], move->day, &events[i]))
			return false;
	past_sort(a->c->model_arena, events, count);
	for (size_t i = 0; i < count; i++)
		past[i] = (struct guiju_past){ named_find(a->table, a->procedure, NAMED_EVENT, events[i].event),
					       events[i].day };
	move->past = past;
	move->past_count = (uint32_t)count;
	return true;
}
