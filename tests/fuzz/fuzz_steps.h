/* Procedures of an opened table: every name is read, and moves at random are taken. Promised: nothing crashes, and what
 * is answered exists. */
#ifndef GUIJU_FUZZ_STEPS_H
#define GUIJU_FUZZ_STEPS_H
#include "fuzz.h"
#include "guiju.h"

#include <string.h>

enum { MOVES = 64, MOST_PAST = 6, STEP_SCRATCH_LIMIT = 1 << 18, AMOUNT_LIMIT = 1000, FIRST_DAYS = 14610, DAYS = 11000 };

struct steps {
	const struct guiju_table *table;
	uint32_t index;
	struct guiju_procedure p;
	uint32_t facts;
	int64_t *values;
	uint64_t *known;
	void *scratch;
	size_t scratch_size;
	uint64_t state; /* of the random numbers */
};

static void steps_text(struct guiju_text text)
{
	PROMISE(text.bytes != NULL && strlen(text.bytes) == text.size);
}

static uint32_t steps_random(struct steps *s, uint32_t below)
{
	s->state = s->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return below ? (uint32_t)(s->state >> 33) % below : 0;
}

/* Long periods are counted day by day; a table of long ones only costs time. */
static bool steps_read(const struct steps *s)
{
	struct guiju_state state;
	struct guiju_event event;
	struct guiju_transition step;
	struct guiju_duty duty;
	struct guiju_validity validity;
	bool brief = true;
	for (uint32_t i = 0; i < s->p.states; i++) {
		PROMISE(guiju_state(s->table, s->index, i, &state) == GUIJU_OK);
		steps_text(state.id);
	}
	for (uint32_t i = 0; i < s->p.events; i++) {
		PROMISE(guiju_event(s->table, s->index, i, &event) == GUIJU_OK);
		steps_text(event.id);
		guiju_find_event(s->table, s->index, event.id.bytes);
	}
	for (uint32_t i = 0; i < s->p.steps; i++) {
		PROMISE(guiju_transition(s->table, s->index, i, &step) == GUIJU_OK);
		steps_text(step.circumstance);
		PROMISE(step.event < s->p.events);
		brief = brief && step.limit.amount <= AMOUNT_LIMIT;
	}
	for (uint32_t i = 0; i < s->p.duties; i++) {
		PROMISE(guiju_duty(s->table, s->index, i, &duty) == GUIJU_OK);
		steps_text(duty.lapse_words);
		brief = brief && duty.limit.amount <= AMOUNT_LIMIT;
	}
	for (uint32_t i = 0; i < s->p.validities; i++) {
		PROMISE(guiju_validity(s->table, s->index, i, &validity) == GUIJU_OK);
		steps_text(validity.start_words);
		brief = brief && validity.amount <= AMOUNT_LIMIT;
	}
	PROMISE(guiju_state(s->table, s->index, s->p.states, &state) == GUIJU_NO_SUCH);
	PROMISE(guiju_event(s->table, s->index, s->p.events, &event) == GUIJU_NO_SUCH);
	PROMISE(guiju_transition(s->table, s->index, s->p.steps, &step) == GUIJU_NO_SUCH);
	return brief;
}

static void steps_facts(struct steps *s)
{
	struct guiju_fact fact;
	for (uint32_t f = 0; f < s->facts; f++) {
		guiju_fact(s->table, f, &fact);
		s->values[f] = steps_random(s, 2) ? fact.low : fact.high;
		s->known[f / 64] &= ~(UINT64_C(1) << f % 64);
		s->known[f / 64] |= (uint64_t)steps_random(s, 2) << f % 64;
	}
}

static void steps_check(const struct steps *s, const struct guiju_stepped *out)
{
	PROMISE(out->state < s->p.states);
	PROMISE((out->accepted == GUIJU_ACCEPTED) == (out->step < s->p.steps));
	PROMISE(out->cause_count <= s->p.steps + 1 && out->window_count <= s->p.steps);
	PROMISE(out->clock_count <= s->p.duties + s->p.validities);
	for (uint32_t i = 0; i < out->clock_count; i++) {
		const struct guiju_clock *clock = &out->clocks[i];
		PROMISE(clock->index < (clock->is_duty ? s->p.duties : s->p.validities));
		PROMISE(clock->due.earliest == GUIJU_NO_DAY || clock->due.latest == GUIJU_NO_DAY ||
			clock->due.earliest <= clock->due.latest);
	}
	for (uint32_t i = 0; i < out->ask_event_count; i++)
		PROMISE(out->ask_events[i] < s->p.events);
	for (uint32_t i = 0; i < out->ask_fact_count; i++)
		PROMISE(out->ask_facts[i] < s->facts);
}

static void steps_take(struct steps *s)
{
	struct guiju_past past[MOST_PAST];
	struct guiju_stepped out;
	struct guiju_move move = {
		.procedure = s->index, .past = past, .values = s->values, .known = s->known, .budget = 200
	};
	steps_facts(s);
	move.past_count = steps_random(s, MOST_PAST + 1);
	move.day = FIRST_DAYS + steps_random(s, DAYS);
	for (uint32_t i = 0; i < move.past_count; i++) {
		past[i].event = steps_random(s, s->p.events);
		past[i].day = move.day;
		move.day += steps_random(s, 60);
	}
	move.state = steps_random(s, s->p.states);
	move.event = steps_random(s, 8) ? steps_random(s, s->p.events) : GUIJU_NO_EVENT;
	if (guiju_step(s->table, &move, s->scratch, s->scratch_size, &out) == GUIJU_OK)
		steps_check(s, &out);
}

static void take_steps(const struct guiju_table *table, uint32_t facts)
{
	struct steps s = { .table = table, .facts = facts, .scratch_size = guiju_step_scratch_size(table), .state = 1 };
	struct guiju_time_about about;
	guiju_about_time(table, &about);
	if (about.procedures == 0 || s.scratch_size > STEP_SCRATCH_LIMIT)
		return;
	s.scratch = malloc(s.scratch_size + 8);
	s.values = calloc(facts + 1, sizeof *s.values);
	s.known = calloc(facts / 64 + 1, sizeof *s.known);
	if (!s.scratch || !s.values || !s.known)
		abort();
	for (s.index = 0; s.index < about.procedures; s.index++) {
		PROMISE(guiju_procedure(table, s.index, &s.p) == GUIJU_OK);
		bool brief = steps_read(&s);
		for (int i = 0; brief && i < MOVES; i++)
			steps_take(&s);
	}
	PROMISE(guiju_procedure(table, s.index, &s.p) == GUIJU_NO_SUCH);
	free(s.scratch);
	free(s.values);
	free(s.known);
}

#endif
