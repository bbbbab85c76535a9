/* Steps of a procedure, each answered as one line of JSON. */
#ifndef GUIJU_DECIDE_STEPPER_H
#define GUIJU_DECIDE_STEPPER_H
#include "decide/answer.h"

struct stepper;
/* `move` holds all but the facts, which each record gives. */
struct stepper *stepper_new_in(struct arena *arena, const struct answerer *answerer, const struct guiju_move *move);
/* Takes the step with the record's facts and writes the answer; false: the record is an error. */
bool answer_step(struct stepper *s, struct writer *w, struct record *record);

/* One item of "duties" or "runs", as JSON. */
void step_write_clock(struct writer *w, const struct guiju_table *table, uint32_t procedure, const struct guiju_clock *clock);
void step_write_window(struct writer *w, const struct guiju_table *table, uint32_t procedure, const struct guiju_window *window);

#endif
