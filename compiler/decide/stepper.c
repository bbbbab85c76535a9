/* The answer to a step: next state, duties and runs with their last days, or why not and what to ask. */
#include "decide/stepper.h"

#include "model/model.h"

#include <string.h>

struct stepper {
	struct arena *arena;
	const struct answerer *answerer;
	const struct guiju_table *table;
	struct guiju_move move;
	void *scratch;
	size_t scratch_size;
};

struct stepper *stepper_new_in(struct arena *arena, const struct answerer *answerer, const struct guiju_move *move)
{
	struct stepper *s = arena_new_of(arena, struct stepper);
	*s = (struct stepper){ .arena = arena, .answerer = answerer, .table = answerer->table, .move = *move };
	s->scratch_size = guiju_step_scratch_size(s->table);
	s->scratch = arena_alloc(arena, s->scratch_size);
	return s;
}

/* ---- pieces ---- */

struct page {
	const struct stepper *s;
	struct writer *w;
	struct record *record;
	const struct guiju_stepped *out;
};

static void write_key(struct page *p, const char *key)
{
	write_fmt(p->w, ", \"%s\": ", key);
}

static void write_cites(struct page *p, enum guiju_part part, uint32_t index)
{
	struct guiju_text clause;
	write_key(p, "cites");
	write_char(p->w, '[');
	for (uint32_t i = 0; guiju_part_cite(p->s->table, p->s->move.procedure, part, index, i, &clause) == GUIJU_OK; i++) {
		write_str(p->w, i ? ", " : "");
		write_json_string(p->w, clause.bytes);
	}
	write_char(p->w, ']');
}

static void write_day(struct page *p, int64_t day)
{
	if (day == GUIJU_NO_DAY)
		write_str(p->w, "null");
	else
		write_json_string(p->w, date_text(p->record->arena, day));
}

static bool is_exact(const struct guiju_dates *dates)
{
	return dates->exact && dates->earliest != GUIJU_NO_DAY;
}

/* "due": …, "exact": true; or the interval, with the first year on which it depends and which is not published. */
static void write_due(struct page *p, const struct guiju_dates *dates)
{
	write_key(p, "due");
	write_day(p, is_exact(dates) ? dates->earliest : GUIJU_NO_DAY);
	write_fmt(p->w, ", \"exact\": %s", is_exact(dates) ? "true" : "false");
	if (is_exact(dates))
		return;
	write_key(p, "earliest");
	write_day(p, dates->earliest);
	write_key(p, "latest");
	write_day(p, dates->latest);
	if (dates->unpublished)
		write_fmt(p->w, ", \"unpublished\": %d", (int)dates->unpublished);
}

/* "opens": …; of a day that is not known, null, and "opens_earliest", "opens_latest". */
static void write_bound(struct page *p, const char *key, const struct guiju_dates *dates)
{
	bool bounded = !dates->exact || dates->earliest != GUIJU_NO_DAY;
	if (!bounded)
		return;
	write_key(p, key);
	write_day(p, is_exact(dates) ? dates->earliest : GUIJU_NO_DAY);
	if (is_exact(dates))
		return;
	write_fmt(p->w, ", \"%s_earliest\": ", key);
	write_day(p, dates->earliest);
	write_fmt(p->w, ", \"%s_latest\": ", key);
	write_day(p, dates->latest);
	if (dates->unpublished)
		write_fmt(p->w, ", \"unpublished\": %d", (int)dates->unpublished);
}

static void write_state(struct page *p, uint32_t state)
{
	struct guiju_state about;
	if (guiju_state(p->s->table, p->s->move.procedure, state, &about) == GUIJU_OK)
		write_json_string(p->w, about.id.bytes);
}

static void write_role(struct page *p, const char *key, uint32_t role)
{
	struct guiju_name name;
	if (guiju_role(p->s->table, role, &name) != GUIJU_OK)
		return;
	write_key(p, key);
	write_json_string(p->w, name.id.bytes);
}

/* ---- duties and runs ---- */

static const char *limit_words(const struct guiju_duty *duty)
{
	return duty->limit.words.size ? duty->limit.words.bytes : duty->every_words.bytes;
}

static void write_clock(struct page *p, const struct guiju_clock *clock)
{
	struct guiju_duty duty = { .id = { "", 0 } };
	struct guiju_validity validity = { .id = { "", 0 } };
	uint32_t procedure = p->s->move.procedure;
	if (clock->is_duty)
		guiju_duty(p->s->table, procedure, clock->index, &duty);
	else
		guiju_validity(p->s->table, procedure, clock->index, &validity);
	write_str(p->w, "{\"id\": ");
	write_json_string(p->w, clock->is_duty ? duty.id.bytes : validity.id.bytes);
	if (clock->is_duty)
		write_role(p, "role", duty.role);
	if (clock->fate == GUIJU_DISCHARGED || clock->fate == GUIJU_RELEASED)
		write_fmt(p->w, ", \"fate\": \"%s\"", clock->fate == GUIJU_DISCHARGED ? "discharged" : "released");
	if (clock->due_known) {
		write_due(p, &clock->due);
	} else {
		write_key(p, "due");
		write_str(p->w, "null");
	}
	if (!clock->due_known && clock->is_duty && *limit_words(&duty)) {
		write_key(p, "words");
		write_json_string(p->w, limit_words(&duty));
	}
	write_str(p->w, clock->suspended ? ", \"suspended\": true" : "");
	write_str(p->w, clock->overdue ? ", \"overdue\": true" : "");
	write_cites(p, clock->is_duty ? GUIJU_DUTY : GUIJU_VALIDITY, clock->index);
	write_char(p->w, '}');
}

static bool has_ended(const struct guiju_clock *clock)
{
	return clock->fate == GUIJU_DISCHARGED || clock->fate == GUIJU_RELEASED;
}

static size_t write_clocks(struct page *p, bool duties, bool ended)
{
	size_t written = 0;
	for (uint32_t i = 0; i < p->out->clock_count; i++) {
		const struct guiju_clock *clock = &p->out->clocks[i];
		if (has_ended(clock) != ended || (!ended && clock->is_duty != duties))
			continue;
		write_str(p->w, written++ ? ", " : "");
		write_clock(p, clock);
	}
	return written;
}

static void write_windows(struct page *p, size_t written)
{
	for (uint32_t i = 0; i < p->out->window_count; i++) {
		const struct guiju_window *window = &p->out->windows[i];
		struct guiju_transition step;
		if (guiju_transition(p->s->table, p->s->move.procedure, window->step, &step) != GUIJU_OK)
			continue;
		write_str(p->w, written++ ? ", {\"id\": " : "{\"id\": ");
		write_json_string(p->w, step.id.bytes);
		write_bound(p, "opens", &window->opens);
		write_due(p, &window->closes);
		write_cites(p, GUIJU_TRANSITION, window->step);
		write_char(p->w, '}');
	}
}

static void write_running(struct page *p)
{
	bool ended = false;
	for (uint32_t i = 0; i < p->out->clock_count; i++)
		ended = ended || has_ended(&p->out->clocks[i]);
	write_key(p, "duties");
	write_char(p->w, '[');
	(void)write_clocks(p, true, false);
	write_char(p->w, ']');
	if (ended) {
		write_key(p, "ended");
		write_char(p->w, '[');
		(void)write_clocks(p, true, true);
		write_char(p->w, ']');
	}
	write_key(p, "runs");
	write_char(p->w, '[');
	write_windows(p, write_clocks(p, false, false));
	write_char(p->w, ']');
}

/* ---- alone, for those who compare answers ---- */

void step_write_clock(struct writer *w, const struct guiju_table *table, uint32_t procedure, const struct guiju_clock *clock)
{
	struct record record = { .arena = w->arena };
	const struct stepper s = { .table = table, .move = { .procedure = procedure } };
	struct page page = { &s, w, &record, NULL };
	write_clock(&page, clock);
}

void step_write_window(struct writer *w, const struct guiju_table *table, uint32_t procedure, const struct guiju_window *window)
{
	struct record record = { .arena = w->arena };
	const struct stepper s = { .table = table, .move = { .procedure = procedure } };
	const struct guiju_stepped one = { .windows = window, .window_count = 1 };
	struct page page = { &s, w, &record, &one };
	write_windows(&page, 0);
}

/* ---- why not ---- */

static void write_from(struct page *p, uint32_t step)
{
	uint32_t state;
	write_key(p, "from");
	write_char(p->w, '[');
	for (uint32_t i = 0; guiju_transition_from(p->s->table, p->s->move.procedure, step, i, &state) == GUIJU_OK; i++) {
		write_str(p->w, i ? ", " : "");
		write_state(p, state);
	}
	write_char(p->w, ']');
}

static void write_rule(struct page *p, uint32_t step, size_t *written)
{
	struct guiju_transition about;
	if (guiju_transition(p->s->table, p->s->move.procedure, step, &about) != GUIJU_OK)
		return;
	write_str(p->w, (*written)++ ? ", {\"rule\": " : "{\"rule\": ");
	write_json_string(p->w, about.id.bytes);
	write_cites(p, GUIJU_TRANSITION, step);
}

/* Steps of the event that leave other states. */
static void write_elsewhere(struct page *p)
{
	struct guiju_transition about;
	size_t written = 0;
	for (uint32_t i = 0; guiju_transition(p->s->table, p->s->move.procedure, i, &about) == GUIJU_OK; i++) {
		if (about.event != p->s->move.event)
			continue;
		write_rule(p, i, &written);
		write_from(p, i);
		write_char(p->w, '}');
	}
}

static void write_because(struct page *p)
{
	size_t written = 0;
	write_key(p, "because");
	write_char(p->w, '[');
	for (uint32_t i = 0; i < p->out->cause_count; i++) {
		const struct guiju_cause *cause = &p->out->causes[i];
		if (cause->kind == GUIJU_WRONG_STATE) {
			write_elsewhere(p);
			continue;
		}
		write_rule(p, cause->step, &written);
		if (cause->kind == GUIJU_GUARD_FALSE)
			write_str(p->w, ", \"guard\": false");
		write_bound(p, "opens", &cause->opens);
		write_bound(p, "closes", &cause->closes);
		write_char(p->w, '}');
	}
	write_char(p->w, ']');
}

static void write_ask(struct page *p)
{
	struct guiju_event event;
	size_t written = 0;
	write_key(p, "ask");
	write_char(p->w, '[');
	for (uint32_t i = 0; i < p->out->ask_fact_count; i++) {
		write_str(p->w, written++ ? ", " : "");
		write_json_string(p->w, facts_id(p->s->answerer->facts, p->out->ask_facts[i]));
	}
	for (uint32_t i = 0; i < p->out->ask_event_count; i++) {
		if (guiju_event(p->s->table, p->s->move.procedure, p->out->ask_events[i], &event) != GUIJU_OK)
			continue;
		write_str(p->w, written++ ? ", " : "");
		write_json_string(p->w, event.id.bytes);
	}
	write_char(p->w, ']');
}

/* ---- the answer ---- */

static void write_answer(struct page *p)
{
	static const char *const words[] = { "false", "true", "null" };
	struct guiju_procedure about;
	if (guiju_procedure(p->s->table, p->s->move.procedure, &about) == GUIJU_OK) {
		write_str(p->w, "\"procedure\": ");
		write_json_string(p->w, about.id.bytes);
	}
	bool happens = p->s->move.event != GUIJU_NO_EVENT;
	if (happens)
		write_fmt(p->w, ", \"accepted\": %s", words[p->out->accepted]);
	write_key(p, "state");
	write_state(p, p->out->state);
	if (happens && p->out->accepted != GUIJU_ACCEPTED)
		write_because(p);
	if (p->out->accepted == GUIJU_UNKNOWN)
		write_ask(p);
	if (!p->out->exact)
		write_str(p->w, ", \"exact\": false");
	write_running(p);
}

static bool take_step(struct stepper *s, struct record *record, struct guiju_stepped *out)
{
	if (record->failed)
		return false;
	s->move.values = record->values;
	s->move.known = record->known;
	enum guiju_status status = guiju_step(s->table, &s->move, s->scratch, s->scratch_size, out);
	if (status == GUIJU_OK)
		return true;
	/* Names and days were checked before, values when they were read: a constraint is all that is left. */
	answer_fail_excluded(s->answerer, record, status == GUIJU_EXCLUDED ? out->constraint : UINT32_MAX);
	return false;
}

bool answer_step(struct stepper *s, struct writer *w, struct record *record)
{
	struct guiju_stepped out;
	bool good = take_step(s, record, &out);
	struct page page = { s, w, record, &out };
	write_char(w, '{');
	answer_write_copied(w, record);
	if (good)
		write_answer(&page);
	else
		answer_write_error(s->answerer, w, record);
	write_str(w, "}\n");
	return good;
}
