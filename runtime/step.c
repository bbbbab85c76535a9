/* Taking a step: which steps of the event leave the state, whether their windows are open and their guards hold, and
 * what runs afterwards. */
#include "stepping.h"

enum judgement { NO, YES, PERHAPS };

/* ---- windows ---- */

struct window {
	enum judgement open;
	struct guiju_dates opens, closes;
};

static void no_bound(struct guiju_dates *dates)
{
	one_day(LAST_DAY + 1, dates);
}

static bool is_bounded(const struct guiju_dates *dates)
{
	return dates->earliest != GUIJU_NO_DAY || dates->latest != GUIJU_NO_DAY || !dates->exact;
}

/* Is the day at or after one that may be an interval? */
static enum judgement reached(int64_t day, const struct guiju_dates *dates)
{
	if (dates->earliest != GUIJU_NO_DAY && day < dates->earliest)
		return NO;
	return dates->earliest != GUIJU_NO_DAY && dates->latest != GUIJU_NO_DAY && day >= dates->latest ? YES : PERHAPS;
}

static void judge_window(const struct stepping *s, struct window *w)
{
	int64_t day = s->move->day;
	w->open = is_bounded(&w->opens) ? reached(day, &w->opens) : YES;
	if (!is_bounded(&w->closes) || w->open == NO)
		return;
	enum judgement beyond = reached(day - 1, &w->closes);
	w->open = beyond == YES ? NO : beyond == PERHAPS ? PERHAPS : w->open;
}

/* The last day of a validity that must be known; else whether the window is open is not. */
static bool window_needs(struct stepping *s, uint32_t validity, struct window *w, struct guiju_dates *end)
{
	if (validity_end(s, validity, end))
		return true;
	w->open = s->run->given && s->run->over ? NO : PERHAPS;
	if (!s->run->given)
		ask_start(s, false, validity);
	return false;
}

/* When the lapse of the duty, which the step is, comes about. */
static void lapse_of(struct stepping *s, uint32_t duty, struct window *w)
{
	no_bound(&w->opens);
	no_bound(&w->closes);
	clock_trace(s, true, duty);
	w->open = s->run->given && s->run->over ? NO : PERHAPS;
	if (!s->run->given)
		ask_start(s, true, duty);
	if (!s->run->given || s->run->over || !clock_due(s, true, duty, &w->opens))
		return;
	dates_shift(&w->opens, 1);
	judge_window(s, w);
}

/* How much speaks for the event: that it surely happened, that it may have, that a day is known for it. */
static int weight(const struct window *w)
{
	return (w->open == YES ? 4 : w->open == PERHAPS ? 2 : 0) + is_bounded(&w->opens);
}

/* The event is what follows when the deadline of a duty, of any of several, has passed. */
static void lapse_window(struct stepping *s, struct window *w)
{
	uint32_t asked = s->out->ask_event_count;
	bool any = false;
	for (uint32_t i = 0; i < field(s->procedure, PROCEDURE_DUTIES); i++) {
		const unsigned char *duty = clock_record(s, true, i);
		struct window here;
		if (field(duty, DUTY_LAPSE) != GUIJU_LAPSE_EVENT || field(duty, DUTY_LAPSE_TO) != s->move->event)
			continue;
		lapse_of(s, i, &here);
		if (!any || weight(&here) > weight(w))
			*w = here;
		any = true;
	}
	if (!any)
		w->open = YES; /* what brings it about stands in the step's words alone */
	if (w->open != PERHAPS)
		s->out->ask_event_count = asked;
}

static void find_window(struct stepping *s, const unsigned char *step, struct window *w)
{
	const unsigned char *bound = step + 4 * (size_t)STEP_BOUND;
	struct guiju_dates end;
	struct period back;
	back.amount = field(bound, BOUND_AMOUNT);
	back.unit = field(bound, BOUND_UNIT);
	back.moves = false;
	no_bound(&w->opens);
	no_bound(&w->closes);
	if (field(step, STEP_EXPIRY_OF) != NO_INDEX) {
		if (!window_needs(s, field(step, STEP_EXPIRY_OF), w, &w->opens))
			return;
		dates_shift(&w->opens, 1);
	} else if (field(step, STEP_ACTOR) == GUIJU_TIME) {
		lapse_window(s, w);
		return;
	}
	switch (field(bound, BOUND_KIND)) {
	case GUIJU_LIMIT_BY_DATE: one_day((int32_t)field(bound, BOUND_DATE), &w->closes); break;
	case GUIJU_LIMIT_IN_THE_LAST:
	case GUIJU_LIMIT_AT_LEAST_BEFORE:
		if (!window_needs(s, field(bound, BOUND_VALIDITY), w, &end))
			return;
		if (field(bound, BOUND_KIND) == GUIJU_LIMIT_AT_LEAST_BEFORE) {
			period_end_of(&s->counter, &end, -1, &back, &w->closes);
			break;
		}
		period_end_of(&s->counter, &end, -1, &back, &w->opens);
		w->closes = end;
		dates_shift(&w->closes, -1);
		break;
	default: break;
	}
	judge_window(s, w);
}

/* ---- guards ---- */

static void ask_facts(struct stepping *s, const struct guiju_answer *answer)
{
	for (uint32_t i = 0; i < answer->ask_count; i++) {
		uint32_t at = 0;
		while (at < s->out->ask_fact_count && s->ask_facts[at] != answer->ask[i])
			at++;
		s->ask_facts[at] = answer->ask[i];
		s->out->ask_fact_count += at == s->out->ask_fact_count;
	}
}

static enum guiju_status judge_guard(struct stepping *s, const unsigned char *step, enum judgement *holds)
{
	const struct guiju_move *move = s->move;
	struct guiju_answer answer;
	uint32_t guard = field(step, STEP_GUARD);
	*holds = YES;
	if (guard == NO_INDEX)
		return GUIJU_OK;
	enum guiju_status status =
		guiju_decide_partial(s->open_table, guard, move->values, move->known ? move->known : s->nothing_known,
				     move->budget, s->deciding, s->deciding_size, &answer);
	if (status != GUIJU_OK) {
		s->out->constraint = answer.constraint;
		s->out->fact = answer.fact;
		return status;
	}
	*holds = answer.verdict != GUIJU_DECIDED ? PERHAPS : answer.outcome == GUARD_HOLDS ? YES : NO;
	s->out->exact = s->out->exact && answer.exact;
	if (answer.verdict == GUIJU_OPEN)
		ask_facts(s, &answer);
	return GUIJU_OK;
}

/* ---- steps ---- */

struct tally {
	uint32_t yes, perhaps, first; /* first: of those that may be taken */
	uint32_t state;		      /* to which the first of either leads */
	bool apart;		      /* … and another leads elsewhere */
};

static const unsigned char *step_record(const struct stepping *s, uint32_t step)
{
	return record_at(s->table, STEPS, field(s->procedure, PROCEDURE_FIRST_STEP) + step);
}

static uint32_t state_after(const struct stepping *s, uint32_t step)
{
	uint32_t to = field(step_record(s, step), STEP_TO);
	return to == NO_INDEX ? s->move->state : to;
}

static void add_cause(struct stepping *s, uint32_t step, enum guiju_cause_kind kind, const struct window *w)
{
	struct guiju_cause *cause = &s->causes[s->out->cause_count++];
	cause->kind = kind;
	cause->step = step;
	cause->opens = w->opens;
	cause->closes = w->closes;
}

static void tally_add(const struct stepping *s, uint32_t index, bool certain, struct tally *tally)
{
	uint32_t state = state_after(s, index);
	tally->apart = tally->apart || (tally->yes + tally->perhaps > 0 && state != tally->state);
	tally->state = tally->yes + tally->perhaps > 0 ? tally->state : state;
	tally->first = certain && tally->yes == 0 ? index : tally->first;
	tally->yes += certain;
	tally->perhaps += !certain;
}

static enum guiju_status judge_step(struct stepping *s, uint32_t index, struct tally *tally)
{
	const unsigned char *step = step_record(s, index);
	enum judgement holds = NO;
	struct window w;
	find_window(s, step, &w);
	if (w.open == NO) {
		add_cause(s, index, GUIJU_CLOSED, &w);
		return GUIJU_OK;
	}
	enum guiju_status status = judge_guard(s, step, &holds);
	if (status != GUIJU_OK)
		return status;
	if (holds == NO) {
		add_cause(s, index, GUIJU_GUARD_FALSE, &w);
	} else if (holds == PERHAPS || w.open == PERHAPS) {
		add_cause(s, index, w.open == PERHAPS ? GUIJU_WINDOW_UNKNOWN : GUIJU_GUARD_UNKNOWN, &w);
		tally_add(s, index, false, tally);
	} else {
		add_cause(s, index, GUIJU_SEVERAL, &w);
		tally_add(s, index, true, tally);
	}
	return GUIJU_OK;
}

/* Keeps the causes that speak for the answer: of a refusal all, of an unknown answer what may still be taken. */
static void keep_causes(struct stepping *s)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < s->out->cause_count; i++) {
		enum guiju_cause_kind kind = s->causes[i].kind;
		if (s->out->accepted == GUIJU_UNKNOWN && (kind == GUIJU_CLOSED || kind == GUIJU_GUARD_FALSE))
			continue;
		s->causes[kept++] = s->causes[i];
	}
	s->out->cause_count = s->out->accepted == GUIJU_ACCEPTED ? 0 : kept;
}

static void settle(struct stepping *s, const struct tally *tally)
{
	struct guiju_stepped *out = s->out;
	struct window none = { NO, { 0, 0, false, 0 }, { 0, 0, false, 0 } };
	if (tally->yes > 0 && !tally->apart) { /* that another one leads there too, or may, changes nothing */
		out->accepted = GUIJU_ACCEPTED;
		out->step = tally->first;
		out->state = tally->state;
	} else {
		out->accepted = tally->yes + tally->perhaps > 0 ? GUIJU_UNKNOWN : GUIJU_REFUSED;
	}
	keep_causes(s);
	if (out->accepted != GUIJU_UNKNOWN)
		out->ask_fact_count = out->ask_event_count = 0;
	if (out->accepted == GUIJU_REFUSED && out->cause_count == 0 && s->move->event != GUIJU_NO_EVENT) {
		no_bound(&none.opens);
		no_bound(&none.closes);
		add_cause(s, NO_INDEX, GUIJU_WRONG_STATE, &none);
	}
}

static enum guiju_status judge_steps(struct stepping *s)
{
	struct tally tally;
	tally.yes = tally.perhaps = 0;
	tally.first = tally.state = NO_INDEX;
	tally.apart = false;
	for (uint32_t i = 0; i < field(s->procedure, PROCEDURE_STEPS); i++) {
		const unsigned char *step = step_record(s, i);
		if (field(step, STEP_EVENT) != s->move->event ||
		    !list_holds(s->table, step, STEP_FIRST_FROM, s->move->state))
			continue;
		enum guiju_status status = judge_step(s, i, &tally);
		if (status != GUIJU_OK)
			return status;
	}
	settle(s, &tally);
	return GUIJU_OK;
}

/* ---- windows under way ---- */

/* Of the steps that leave the state as it now is, the windows that are open or will be. */
static void windows_list(struct stepping *s)
{
	uint32_t asked = s->out->ask_event_count;
	for (uint32_t i = 0; i < field(s->procedure, PROCEDURE_STEPS); i++) {
		const unsigned char *step = step_record(s, i);
		uint32_t kind = field(step, STEP_BOUND + BOUND_KIND);
		struct window w;
		if ((kind != GUIJU_LIMIT_BY_DATE && kind != GUIJU_LIMIT_IN_THE_LAST &&
		     kind != GUIJU_LIMIT_AT_LEAST_BEFORE) ||
		    !list_holds(s->table, step, STEP_FIRST_FROM, s->out->state))
			continue;
		find_window(s, step, &w);
		s->out->ask_event_count = asked; /* nobody wanted to know */
		if (!is_bounded(&w.closes) || reached(s->move->day - 1, &w.closes) == YES)
			continue;
		struct guiju_window *window = &s->windows[s->out->window_count++];
		window->step = i;
		window->opens = w.opens;
		window->closes = w.closes;
	}
}

/* ---- memory ---- */

static size_t most_of(const unsigned char *table, unsigned first_field, unsigned second_field)
{
	size_t most = 0;
	for (uint32_t i = 0; i < section_count(table, SECTION_PROCEDURES); i++) {
		const unsigned char *p = record_at(table, PROCEDURES, i);
		size_t here = (size_t)field(p, first_field) + (second_field ? field(p, second_field) : 0);
		most = here > most ? here : most;
	}
	return most;
}

static void take_room(struct stepping *s, const struct guiju_table *table, struct room *room)
{
	const unsigned char *t = table_bytes(table);
	size_t counting = 0;
	for (uint32_t i = 0; i < section_count(t, SECTION_CALENDARS); i++) {
		struct calendar calendar = calendar_at(t, i);
		size_t here = calendar_scratch(&calendar);
		counting = here > counting ? here : counting;
	}
	s->open_table = table;
	s->table = t;
	s->counter.scratch = room_take(room, counting, 1); /* first: guiju_count takes no more */
	s->run = (struct run *)room_take(room, 1, sizeof(struct run));
	s->causes =
		(struct guiju_cause *)room_take(room, most_of(t, PROCEDURE_STEPS, 0) + 1, sizeof(struct guiju_cause));
	s->clocks = (struct guiju_clock *)room_take(room, most_of(t, PROCEDURE_DUTIES, PROCEDURE_VALIDITIES) + 1,
						    sizeof(struct guiju_clock));
	s->windows =
		(struct guiju_window *)room_take(room, most_of(t, PROCEDURE_STEPS, 0) + 1, sizeof(struct guiju_window));
	s->ask_facts = (uint32_t *)room_take(room, (size_t)section_count(t, SECTION_FACTS) + 1, sizeof(uint32_t));
	s->ask_events = (uint32_t *)room_take(room, most_of(t, PROCEDURE_EVENTS, 0) + 1, sizeof(uint32_t));
	s->nothing_known = (uint64_t *)room_take(room, words_of(section_count(t, SECTION_FACTS)) + 1, sizeof(uint64_t));
	s->deciding_size = guiju_partial_scratch_size(table);
	s->deciding = room_take(room, s->deciding_size, 1);
}

size_t guiju_step_scratch_size(const struct guiju_table *table)
{
	struct stepping s;
	struct room room = { NULL, 0 };
	take_room(&s, table, &room);
	return room.used + 8;
}

/* ---- the move ---- */

static bool is_in_order(const struct guiju_move *move)
{
	int64_t last = FIRST_DAY;
	for (uint32_t i = 0; i < move->past_count; i++) {
		if (move->past[i].day < last)
			return false;
		last = move->past[i].day;
	}
	return move->day >= last && move->day <= LAST_DAY;
}

static bool names_exist(const struct stepping *s)
{
	const struct guiju_move *move = s->move;
	uint32_t events = field(s->procedure, PROCEDURE_EVENTS);
	for (uint32_t i = 0; i < move->past_count; i++) {
		if (move->past[i].event >= events)
			return false;
	}
	return (move->event < events || move->event == GUIJU_NO_EVENT) &&
	       move->state < field(s->procedure, PROCEDURE_STATES);
}

static void step_begin(struct stepping *s, const struct guiju_move *move, struct guiju_stepped *out)
{
	uint32_t calendar = field(s->procedure, PROCEDURE_CALENDAR);
	s->move = move;
	s->moved = false;
	s->out = out;
	s->counter.has_calendar = calendar != NO_INDEX;
	if (s->counter.has_calendar) {
		s->counter.calendar = calendar_at(s->table, calendar);
		calendar_begin(&s->counter.calendar, s->counter.scratch);
	}
	clear_words(s->nothing_known, words_of(section_count(s->table, SECTION_FACTS)) + 1);
	out->causes = s->causes;
	out->ask_facts = s->ask_facts;
	out->ask_events = s->ask_events;
	out->clocks = s->clocks;
	out->windows = s->windows;
}

enum guiju_status guiju_step(const struct guiju_table *table, const struct guiju_move *move, void *scratch,
			     size_t scratch_size, struct guiju_stepped *out)
{
	struct stepping s;
	struct room room = { (unsigned char *)scratch, 0 };
	out->accepted = GUIJU_REFUSED;
	out->state = move->state;
	out->step = out->constraint = out->fact = NO_INDEX;
	out->cause_count = out->clock_count = out->window_count = 0;
	out->ask_fact_count = out->ask_event_count = 0;
	out->exact = true;
	if (move->procedure >= section_count(table_bytes(table), SECTION_PROCEDURES))
		return GUIJU_NO_SUCH;
	if (!room_is_enough(scratch, scratch_size, guiju_step_scratch_size(table)))
		return GUIJU_SCRATCH;
	take_room(&s, table, &room);
	s.procedure = record_at(s.table, PROCEDURES, move->procedure);
	step_begin(&s, move, out);
	if (!names_exist(&s))
		return GUIJU_NO_SUCH;
	if (!is_in_order(move))
		return GUIJU_NOT_A_DAY;
	enum guiju_status status = judge_steps(&s);
	if (status != GUIJU_OK)
		return status;
	s.moved = out->accepted == GUIJU_ACCEPTED;
	clocks_list(&s);
	windows_list(&s);
	return GUIJU_OK;
}
