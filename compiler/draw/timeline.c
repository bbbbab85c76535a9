/* Takes the step of a timeline and asks the runtime what is due after it. */
#include "draw/timeline.h"

enum { HORIZON = 366 /* days in which a repeated duty is followed */, MOST_TURNS = 12 };

bool is_day_known(int64_t day)
{
	return day != GUIJU_NO_DAY;
}

static bool leaves(const struct step *step, uint32_t state)
{
	for (size_t i = 0; i < step->from_count; i++)
		if (step->from[i] == state)
			return true;
	return false;
}

static bool event_leaves(const struct timeline *t, uint32_t event)
{
	for (size_t i = 0; i < t->p->step_count; i++)
		if (t->p->steps[i].event == event && leaves(&t->p->steps[i], t->state))
			return true;
	return false;
}

/* Does the end of the clock itself change something, as the state now is? */
static bool clock_lapses(const struct timeline *t, bool is_duty, uint32_t index)
{
	const struct lapse *lapse = is_duty ? &t->p->duties[index].lapse : NULL;
	if (is_duty)
		return lapse->kind == LAPSE_STATE || (lapse->kind == LAPSE_EVENT && event_leaves(t, lapse->event));
	for (size_t i = 0; i < t->p->step_count; i++)
		if (t->p->steps[i].expiry_of == index && leaves(&t->p->steps[i], t->state))
			return true;
	return false;
}

static bool take(const struct timeline *t, const struct guiju_move *move, struct guiju_stepped *out)
{
	return guiju_step(t->table, move, t->scratch, t->scratch_size, out) == GUIJU_OK;
}

static const struct guiju_clock *find_clock(const struct guiju_stepped *out, uint32_t duty)
{
	for (uint32_t i = 0; i < out->clock_count; i++)
		if (out->clocks[i].is_duty && out->clocks[i].index == duty)
			return &out->clocks[i];
	return NULL;
}

/* What runs on a day after the event, if nothing else has happened. */
static bool ask_later(const struct timeline *t, int64_t day, struct guiju_stepped *out)
{
	struct guiju_past *past = arena_new_array(t->arena, struct guiju_past, t->move->past_count + 1u);
	struct guiju_move move = *t->move;
	for (uint32_t i = 0; i < move.past_count; i++)
		past[i] = move.past[i];
	past[move.past_count++] = (struct guiju_past){ t->move->event, t->move->day };
	move.past = past;
	move.state = t->state;
	move.event = GUIJU_NO_EVENT;
	move.day = day;
	return take(t, &move, out);
}

static void add_turn(const struct timeline *t, struct timeline_item *item, int64_t day)
{
	struct guiju_stepped out;
	const struct guiju_clock *clock = ask_later(t, day, &out) ? find_clock(&out, item->index) : NULL;
	if (!clock || !clock->due_known || !is_day_known(clock->due.earliest))
		return;
	item->overdue = item->overdue || clock->overdue;
	if (item->dues.count == 0 || clock->due.earliest <= t->move->day + HORIZON)
		vec_push(t->arena, &item->dues, clock->due);
}

/* The last days of its periods, each as it is told on the day after the one before. */
static void follow_turns(const struct timeline *t, struct timeline_item *item)
{
	size_t count = SIZE_MAX;
	if (item->dues.count == 0)
		add_turn(t, item, t->move->day);
	while (item->dues.count != count && item->dues.count > 0 && item->dues.count < MOST_TURNS &&
	       is_day_known(item->dues.items[item->dues.count - 1].latest)) {
		count = item->dues.count;
		add_turn(t, item, item->dues.items[count - 1].latest + 1);
	}
}

static bool is_repeated(const struct timeline *t, bool is_duty, uint32_t index)
{
	return is_duty && t->p->duties[index].every.kind == EVERY_PERIOD;
}

/* A repeated duty that the event discharges is owed again: the answer's day is that of the period served. */
static void add_clock(struct timeline *t, const struct guiju_clock *clock)
{
	struct timeline_item item = { .kind = clock->is_duty ? ITEM_DUTY : ITEM_VALIDITY,
				      .index = clock->index,
				      .started = clock->fate == GUIJU_STARTED,
				      .suspended = clock->suspended,
				      .overdue = clock->overdue };
	bool ended = clock->fate == GUIJU_DISCHARGED || clock->fate == GUIJU_RELEASED;
	if (ended)
		vec_push(t->arena, &t->ended, *clock);
	if (ended && !(clock->fate == GUIJU_DISCHARGED && is_repeated(t, clock->is_duty, clock->index)))
		return;
	item.lapses = clock_lapses(t, clock->is_duty, clock->index);
	if (ended)
		item.overdue = false;
	else if (clock->due_known && is_day_known(clock->due.earliest))
		vec_push(t->arena, &item.dues, clock->due);
	vec_push(t->arena, &t->items, item);
}

static void add_window(struct timeline *t, const struct guiju_window *window)
{
	struct timeline_item item = { .kind = ITEM_WINDOW, .index = window->step, .opens = window->opens };
	vec_push(t->arena, &item.dues, window->closes);
	vec_push(t->arena, &t->items, item);
}

void timeline_ask(struct timeline *t)
{
	struct guiju_stepped out;
	t->scratch_size = guiju_step_scratch_size(t->table);
	t->scratch = arena_alloc(t->arena, t->scratch_size);
	t->state = t->move->state;
	if (!take(t, t->move, &out))
		return;
	t->state = out.state;
	for (uint32_t i = 0; i < out.clock_count; i++)
		add_clock(t, &out.clocks[i]);
	for (uint32_t i = 0; i < out.window_count; i++)
		add_window(t, &out.windows[i]);
	for (size_t i = 0; i < t->items.count; i++)
		if (is_repeated(t, t->items.items[i].kind == ITEM_DUTY, t->items.items[i].index))
			follow_turns(t, &t->items.items[i]);
}
