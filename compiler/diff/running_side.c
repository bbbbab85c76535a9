/* A running case asked in one edition: what runs on its day and what may happen, each with its words. */
#include "diff/running_side.h"

#include "decide/stepper.h"
#include "model/model.h"

#include <inttypes.h>
#include <string.h>

/* ---- words ---- */

struct phrase running_say(struct arena *arena, enum message message, const struct phrase *a, const struct phrase *b,
			  const struct phrase *c)
{
	const struct phrase none = { "", "" };
	const struct phrase args[DIAG_ARGS] = { a ? *a : none, b ? *b : none, c ? *c : none };
	return (struct phrase){ render_message(arena, message, args, LANGUAGE_ZH),
				render_message(arena, message, args, LANGUAGE_EN) };
}

static struct phrase name_phrase(struct guiju_text id, struct guiju_text label, struct guiju_text english)
{
	return (struct phrase){ label.size ? label.bytes : id.bytes, english.size ? english.bytes : id.bytes };
}

struct phrase named_phrase(const struct guiju_table *table, uint32_t procedure, enum named kind, uint32_t index)
{
	struct guiju_name name;
	if (!named_at(table, procedure, kind, index, &name))
		return (struct phrase){ "", "" };
	return name_phrase(name.id, name.label, name.english);
}

static struct phrase day_phrase(const struct running_side *s, int64_t day)
{
	return (struct phrase){ date_text(s->arena, day), NULL };
}

static bool is_known(int64_t day)
{
	return day != GUIJU_NO_DAY;
}

static struct phrase dates_phrase(const struct running_side *s, const struct guiju_dates *dates)
{
	struct phrase from = is_known(dates->earliest) ? day_phrase(s, dates->earliest) : (struct phrase){ "", "" };
	struct phrase to = is_known(dates->latest) ? day_phrase(s, dates->latest) : (struct phrase){ "", "" };
	enum message message = is_known(dates->earliest) && is_known(dates->latest)
				       ? (dates->earliest == dates->latest ? MESSAGE_DIFF_DAY : MESSAGE_DIFF_BETWEEN)
			       : is_known(dates->earliest) ? MESSAGE_DIFF_NOT_BEFORE
			       : is_known(dates->latest)   ? MESSAGE_DIFF_NOT_AFTER
							   : MESSAGE_DIFF_NO_DAY;
	struct phrase days = running_say(s->arena, message, message == MESSAGE_DIFF_NOT_AFTER ? &to : &from, &to, NULL);
	struct phrase year = { arena_printf(s->arena, "%d", (int)dates->unpublished), NULL };
	return !dates->exact && dates->unpublished ? running_say(s->arena, MESSAGE_DIFF_UNPUBLISHED, &days, &year, NULL)
						   : days;
}

static const char *dates_key(const struct running_side *s, const struct guiju_dates *dates)
{
	return arena_printf(s->arena, "%" PRId64 " %" PRId64 " %d", dates->earliest, dates->latest, dates->exact);
}

/* ---- clauses ---- */

typedef VEC(const char *) cite_list;

static bool is_cited(const cite_list *list, const char *clause)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], clause) == 0)
			return true;
	return false;
}

static void add_cites(const struct running_side *s, cite_list *list, enum guiju_part part, uint32_t index)
{
	struct guiju_text clause;
	for (uint32_t i = 0; guiju_part_cite(s->table, s->move.procedure, part, index, i, &clause) == GUIJU_OK; i++)
		if (!is_cited(list, clause.bytes))
			vec_push(s->arena, list, clause.bytes);
}

static struct phrase cites_phrase(const struct running_side *s, const cite_list *list)
{
	struct writer zh, en;
	writer_init(&zh, s->arena);
	writer_init(&en, s->arena);
	for (size_t i = 0; i < list->count; i++) {
		write_fmt(&zh, "%s%s", i ? "、" : "", list->items[i]);
		write_fmt(&en, "%s%s", i ? ", " : "", list->items[i]);
	}
	return (struct phrase){ writer_text(&zh), writer_text(&en) };
}

static struct phrase cites_of(const struct running_side *s, enum guiju_part part, uint32_t index)
{
	cite_list list = { 0 };
	add_cites(s, &list, part, index);
	return cites_phrase(s, &list);
}

/* ---- duties and validities ---- */

static struct phrase role_phrase(const struct running_side *s, uint32_t role, const char **id)
{
	struct guiju_name name;
	*id = "";
	if (guiju_role(s->table, role, &name) != GUIJU_OK)
		return running_say(s->arena, MESSAGE_DIFF_SOMEBODY, NULL, NULL, NULL);
	*id = name.id.bytes;
	return name_phrase(name.id, name.label, name.english);
}

static void describe_duty(const struct running_side *s, const struct guiju_clock *clock, const struct guiju_duty *duty,
			  struct running_item *out)
{
	struct running_answer *answer = &out->answer;
	const char *role_id, *limit = duty->limit.words.size ? duty->limit.words.bytes : duty->every_words.bytes;
	struct phrase role = role_phrase(s, duty->role, &role_id), words = { limit, NULL },
		      day = dates_phrase(s, &clock->due), last;
	if (clock->suspended) {
		last = running_say(s->arena, MESSAGE_DIFF_SUSPENDED, NULL, NULL, NULL);
		answer->must = running_say(s->arena, MESSAGE_DIFF_DO_SUSPENDED, &role, &out->name, NULL);
	} else if (clock->due_known) {
		last = running_say(s->arena, MESSAGE_DIFF_BY, &day, NULL, NULL);
		answer->must = running_say(s->arena, MESSAGE_DIFF_DO_BY, &role, &out->name, &day);
	} else if (*limit) {
		last = running_say(s->arena, MESSAGE_DIFF_IN_WORDS, &words, NULL, NULL);
		answer->must = running_say(s->arena, MESSAGE_DIFF_DO_IN_WORDS, &role, &out->name, &words);
	} else {
		last = running_say(s->arena, MESSAGE_DIFF_NO_NUMBER, NULL, NULL, NULL);
		answer->must = running_say(s->arena, MESSAGE_DIFF_DO, &role, &out->name, NULL);
	}
	answer->words = *role_id ? running_say(s->arena, MESSAGE_DIFF_OF_ROLE, &role, &last, NULL) : last;
	answer->key = arena_printf(s->arena, "%s|%d|%s|%s", role_id, clock->suspended,
				   clock->due_known ? dates_key(s, &clock->due) : "", clock->due_known ? "" : limit);
}

static void describe_validity(const struct running_side *s, const struct guiju_clock *clock, struct running_item *out)
{
	struct running_answer *answer = &out->answer;
	struct phrase day = dates_phrase(s, &clock->due);
	answer->words = clock->suspended   ? running_say(s->arena, MESSAGE_DIFF_SUSPENDED, NULL, NULL, NULL)
			: clock->due_known ? running_say(s->arena, MESSAGE_DIFF_LAST_DAY, &day, NULL, NULL)
					   : running_say(s->arena, MESSAGE_DIFF_NO_LAST_DAY, NULL, NULL, NULL);
	answer->must = clock->suspended
			       ? running_say(s->arena, MESSAGE_DIFF_IN_FORCE_SUSPENDED, &out->name, NULL, NULL)
			       : running_say(s->arena, MESSAGE_DIFF_IN_FORCE, &out->name, &answer->words, NULL);
	answer->key =
		arena_printf(s->arena, "%d|%s", clock->suspended, clock->due_known ? dates_key(s, &clock->due) : "");
}

static void add_clock(struct running_side *s, const struct guiju_clock *clock)
{
	struct running_item item = { .kind = clock->is_duty ? RUNNING_DUTY : RUNNING_VALIDITY };
	struct guiju_duty duty;
	struct guiju_validity validity;
	struct writer json;
	item.answer.cites = cites_of(s, clock->is_duty ? GUIJU_DUTY : GUIJU_VALIDITY, clock->index);
	if (clock->is_duty && guiju_duty(s->table, s->move.procedure, clock->index, &duty) == GUIJU_OK) {
		item.id = duty.id.bytes;
		item.name = name_phrase(duty.id, duty.label, duty.english);
		describe_duty(s, clock, &duty, &item);
	} else if (guiju_validity(s->table, s->move.procedure, clock->index, &validity) == GUIJU_OK) {
		item.id = validity.id.bytes;
		item.name = name_phrase(validity.id, validity.label, validity.english);
		describe_validity(s, clock, &item);
	}
	writer_init(&json, s->arena);
	step_write_clock(&json, s->table, s->move.procedure, clock);
	item.answer.json = writer_text(&json);
	vec_push(s->arena, &s->items, item);
}

/* ---- windows ---- */

static bool is_bound(const struct guiju_dates *dates)
{
	return !dates->exact || is_known(dates->earliest);
}

/* 2028-12-06 至 2029-03-03, or what is bounded of it. */
static struct phrase window_phrase(const struct running_side *s, const struct guiju_dates *opens,
				   const struct guiju_dates *closes)
{
	struct phrase from = dates_phrase(s, opens), to = dates_phrase(s, closes);
	if (!is_bound(opens))
		return running_say(s->arena, MESSAGE_DIFF_LAST_DAY, &to, NULL, NULL);
	if (!is_bound(closes))
		return running_say(s->arena, MESSAGE_DIFF_WINDOW_OPEN, &from, NULL, NULL);
	return running_say(s->arena, MESSAGE_DIFF_WINDOW, &from, &to, NULL);
}

static void add_window(struct running_side *s, const struct guiju_window *window)
{
	struct running_item item = { .kind = RUNNING_WINDOW };
	struct guiju_transition step;
	struct guiju_event event;
	struct writer json;
	if (guiju_transition(s->table, s->move.procedure, window->step, &step) != GUIJU_OK ||
	    guiju_event(s->table, s->move.procedure, step.event, &event) != GUIJU_OK)
		return;
	item.id = step.id.bytes;
	item.event = event.id.bytes;
	item.name = name_phrase(step.id, step.label, step.english);
	item.answer.cites = cites_of(s, GUIJU_TRANSITION, window->step);
	item.answer.words = window_phrase(s, &window->opens, &window->closes);
	item.answer.must = running_say(s->arena, MESSAGE_DIFF_DO_WITHIN, &item.name, &item.answer.words, NULL);
	item.answer.key = arena_printf(s->arena, "%s|%s", dates_key(s, &window->opens), dates_key(s, &window->closes));
	writer_init(&json, s->arena);
	step_write_window(&json, s->table, s->move.procedure, window);
	item.answer.json = writer_text(&json);
	vec_push(s->arena, &s->items, item);
}

/* ---- events ---- */

static const char *state_id(const struct running_side *s, uint32_t state)
{
	struct guiju_state about;
	return guiju_state(s->table, s->move.procedure, state, &about) == GUIJU_OK ? about.id.bytes : "";
}

static struct phrase taken_phrase(const struct running_side *s, uint32_t state)
{
	struct phrase to = named_phrase(s->table, s->move.procedure, NAMED_STATE, state);
	return running_say(s->arena, state == s->move.state ? MESSAGE_DIFF_TAKEN_STAYS : MESSAGE_DIFF_TAKEN, &to, NULL,
			   NULL);
}

/* The first cause tells why. */
static struct phrase refused_phrase(const struct running_side *s, const struct guiju_stepped *out)
{
	const struct guiju_cause *cause = out->cause_count ? &out->causes[0] : NULL;
	if (!cause || cause->kind == GUIJU_WRONG_STATE)
		return running_say(s->arena, MESSAGE_DIFF_REFUSED_STATE, NULL, NULL, NULL);
	if (cause->kind != GUIJU_CLOSED)
		return running_say(s->arena, MESSAGE_DIFF_REFUSED_GUARD, NULL, NULL, NULL);
	if (!is_bound(&cause->opens) && !is_bound(&cause->closes))
		return running_say(s->arena, MESSAGE_DIFF_REFUSED_NOT_TIME, NULL, NULL, NULL);
	struct phrase window = window_phrase(s, &cause->opens, &cause->closes);
	return running_say(s->arena, MESSAGE_DIFF_REFUSED_CLOSED, &window, NULL, NULL);
}

static struct phrase unknown_phrase(const struct running_side *s, const struct guiju_stepped *out)
{
	struct writer zh, en;
	writer_init(&zh, s->arena);
	writer_init(&en, s->arena);
	for (uint32_t i = 0; i < out->ask_fact_count + out->ask_event_count; i++) {
		struct guiju_fact fact;
		struct phrase name = { "", "" };
		if (i >= out->ask_fact_count)
			name = named_phrase(s->table, s->move.procedure, NAMED_EVENT,
					    out->ask_events[i - out->ask_fact_count]);
		else if (guiju_fact(s->table, out->ask_facts[i], &fact) == GUIJU_OK)
			name = name_phrase(fact.id, fact.label, fact.english);
		write_fmt(&zh, "%s%s", i ? "、" : "", name.zh);
		write_fmt(&en, "%s%s", i ? ", " : "", name.en);
	}
	struct phrase asked = { writer_text(&zh), writer_text(&en) };
	return running_say(s->arena, zh.size ? MESSAGE_DIFF_UNKNOWN_ASK : MESSAGE_DIFF_UNKNOWN, &asked, NULL, NULL);
}

/* Of the step taken, else of those that were judged, else of all of the event. */
static void cite_event(const struct running_side *s, const struct guiju_stepped *out, cite_list *list)
{
	struct guiju_transition step;
	size_t judged = 0;
	if (out->accepted == GUIJU_ACCEPTED) {
		add_cites(s, list, GUIJU_TRANSITION, out->step);
		return;
	}
	for (uint32_t i = 0; i < out->cause_count; i++) {
		if (out->causes[i].kind == GUIJU_WRONG_STATE)
			continue;
		add_cites(s, list, GUIJU_TRANSITION, out->causes[i].step);
		judged++;
	}
	for (uint32_t i = 0; judged == 0 && guiju_transition(s->table, s->move.procedure, i, &step) == GUIJU_OK; i++)
		if (step.event == s->move.event)
			add_cites(s, list, GUIJU_TRANSITION, i);
}

static const char *event_json(const struct running_side *s, const char *id, const struct guiju_stepped *out,
			      const cite_list *cites)
{
	static const char *const words[] = { "false", "true", "null" };
	struct writer w;
	writer_init(&w, s->arena);
	write_str(&w, "{\"id\": ");
	write_json_string(&w, id);
	write_fmt(&w, ", \"accepted\": %s, \"state\": ", words[out->accepted]);
	write_json_string(&w, state_id(s, out->state));
	write_str(&w, ", \"cites\": [");
	for (size_t i = 0; i < cites->count; i++) {
		write_str(&w, i ? ", " : "");
		write_json_string(&w, cites->items[i]);
	}
	write_str(&w, "]}");
	return writer_text(&w);
}

static void add_event(struct running_side *s, const struct guiju_event *event)
{
	struct running_item item = { .kind = RUNNING_EVENT,
				     .id = event->id.bytes,
				     .name = name_phrase(event->id, event->label, event->english) };
	struct guiju_stepped out;
	cite_list cites = { 0 };
	bool excluded = guiju_step(s->table, &s->move, s->scratch, s->scratch_size, &out) != GUIJU_OK;
	s->inexact |= !out.exact;
	cite_event(s, &out, &cites);
	if (excluded)
		item.answer.words = running_say(s->arena, MESSAGE_DIFF_REFUSED_EXCLUDED, NULL, NULL, NULL);
	else if (out.accepted == GUIJU_ACCEPTED)
		item.answer.words = taken_phrase(s, out.state);
	else
		item.answer.words = out.accepted == GUIJU_REFUSED ? refused_phrase(s, &out) : unknown_phrase(s, &out);
	item.answer.key = excluded			   ? "excluded"
			  : out.accepted == GUIJU_ACCEPTED ? arena_printf(s->arena, "taken %s", state_id(s, out.state))
			  : out.accepted == GUIJU_REFUSED  ? RUNNING_REFUSED
							   : "unknown";
	item.answer.must = running_say(s->arena, MESSAGE_DIFF_EVENT_IS, &item.name, &item.answer.words, NULL);
	item.answer.cites = cites_phrase(s, &cites);
	item.answer.json = event_json(s, item.id, &out, &cites);
	vec_push(s->arena, &s->items, item);
}

void side_ask(struct running_side *s)
{
	struct guiju_stepped out;
	struct guiju_event event;
	s->items.items = NULL;
	s->items.count = s->items.capacity = 0;
	s->move.event = GUIJU_NO_EVENT;
	if (guiju_step(s->table, &s->move, s->scratch, s->scratch_size, &out) != GUIJU_OK)
		return;
	for (uint32_t i = 0; i < out.clock_count; i++)
		add_clock(s, &out.clocks[i]);
	for (uint32_t i = 0; i < out.window_count; i++)
		add_window(s, &out.windows[i]);
	for (s->move.event = 0; guiju_event(s->table, s->move.procedure, s->move.event, &event) == GUIJU_OK;
	     s->move.event++)
		add_event(s, &event);
}
