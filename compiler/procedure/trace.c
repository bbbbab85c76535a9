/* Dated traces: a path of the graph, played through the runtime's guiju_step on days on which every step is taken. So what
 * a finding shows is what `guiju step` answers.
 *
 * note [dating] The procedure begins on the day on which the rulebook takes effect. Each event comes a day after the one
 * before it; where a window is not open yet, on the day on which it surely is. No other days are tried: a path that needs
 * cleverer ones has no trace. */
#include "procedure/checks.h"

#include "analysis/words.h"

#include <string.h>

#define FIRST_START 20454 /* 2026-01-01, where the rulebook does not say when it takes effect */

struct dating {
	struct procedure_checks *c;
	struct guiju_past *past;
	uint32_t past_count;
	int64_t day;
	int64_t *values;             /* per fact */
	uint64_t *known;
	struct guiju_stepped answer; /* of the last question */
	struct trace *out;
};

/* ---- facts for a guard ---- */

static void know(struct dating *d, const struct region_list *list)
{
	const struct model *m = d->c->model;
	for (size_t i = 0; i < list->dim_count; i++) {
		const struct dim *dim = &m->dims[list->dims[i]];
		bool set = m->facts[dim->fact].kind == FACT_SET;
		if (!(d->known[dim->fact / 64] >> (dim->fact % 64) & 1))
			d->values[dim->fact] = 0;
		d->known[dim->fact / 64] |= (uint64_t)1 << (dim->fact % 64);
		if (set)
			d->values[dim->fact] |= list->least[i] << dim->member;
		else
			d->values[dim->fact] = list->least[i];
	}
}

static bool find_facts(struct dating *d, const struct edge *edge, struct case_words *words)
{
	struct procedure_checks *c = d->c;
	struct region_list list;
	memset(d->known, 0, (c->model->fact_count / 64 + 1) * sizeof *d->known);
	if (!c->p->steps[edge->step].guard)
		return true;
	const struct question question = { .goal = GOAL_REFUTED, .decision = NONE,
					   .property = guard_alone(c, edge->step, edge->from) };
	if (regions_list(c->regions, &question, 0, &list) != REPLY_YES)
		return false;
	know(d, &list);
	*words = least_words(c->diag, c->model, &list);
	return true;
}

/* ---- days ---- */

/* The first day on which the window is surely open; the same day: it is not the window. */
static int64_t opens_on(const struct guiju_stepped *answer, int64_t day)
{
	for (uint32_t i = 0; i < answer->cause_count; i++) {
		const struct guiju_cause *cause = &answer->causes[i];
		if ((cause->kind == GUIJU_CLOSED || cause->kind == GUIJU_WINDOW_UNKNOWN) &&
		    cause->opens.latest != GUIJU_NO_DAY && cause->opens.latest > day)
			return cause->opens.latest;
	}
	return day;
}

static struct guiju_move move_of(const struct dating *d, const struct edge *edge, uint32_t event)
{
	return (struct guiju_move){ .procedure = d->c->index, .state = edge->from, .event = event,
				    .day = d->day, .past = d->past, .past_count = d->past_count,
				    .values = d->values, .known = d->known };
}

static bool take(struct dating *d, const struct edge *edge)
{
	struct procedure_checks *c = d->c;
	struct guiju_move move = move_of(d, edge, edge_event(&c->graph, edge));
	for (int attempt = 0; attempt < 2; attempt++) {
		if (guiju_step(c->table, &move, c->scratch, c->scratch_size, &d->answer) != GUIJU_OK)
			return false;
		if (d->answer.accepted == GUIJU_ACCEPTED)
			break;
		int64_t day = opens_on(&d->answer, move.day);
		if (day == move.day)
			return false;
		move.day = day;
	}
	d->day = move.day;
	d->past[d->past_count++] = (struct guiju_past){ move.event, move.day };
	return d->answer.accepted == GUIJU_ACCEPTED && d->answer.state == edge->to;
}

/* The day after the last day of the duty, whatever calendar is published. */
static bool lapse(struct dating *d, const struct edge *edge)
{
	const struct guiju_move none = move_of(d, edge, GUIJU_NO_EVENT);
	if (guiju_step(d->c->table, &none, d->c->scratch, d->c->scratch_size, &d->answer) != GUIJU_OK)
		return false;
	for (uint32_t i = 0; i < d->answer.clock_count; i++) {
		const struct guiju_clock *clock = &d->answer.clocks[i];
		if (!clock->is_duty || clock->index != edge->duty || !clock->due_known || clock->due.latest == GUIJU_NO_DAY ||
		    clock->due.latest < d->day)
			continue;
		d->day = clock->due.latest + 1;
		return true;
	}
	return false;
}

static void note_move(struct dating *d, const struct edge *edge, struct case_words facts)
{
	struct procedure_checks *c = d->c;
	const struct state *state = &c->p->states[edge->to];
	const struct name *what = edge->step == NONE ? &c->p->duties[edge->duty].name
						     : &c->p->events[edge_event(&c->graph, edge)].name;
	const char *on = date_text(c->diag->arena, d->day);
	struct finding_move *move = &d->out->moves[d->out->count++];
	*move = (struct finding_move){ .on = on, .event = what->id, .lapse = edge->step == NONE, .state = state->name.id,
				       .facts = facts };
	move->words.zh = arena_printf(c->diag->arena, "%s %s%s → %s", on, what->label, edge->step == NONE ? "逾期" : "",
				      state->name.label);
	move->words.en = arena_printf(c->diag->arena, "%s %s%s → %s", on, what->english,
				      edge->step == NONE ? " lapses" : "", state->name.english);
}

bool trace_make(struct procedure_checks *c, const struct path *path, struct trace *out)
{
	struct dating d = { .c = c, .out = out };
	d.day = c->model->has_effective ? c->model->effective : FIRST_START;
	d.past = arena_new_array(c->arena, struct guiju_past, path->count + 1);
	d.values = arena_new_array(c->arena, int64_t, c->model->fact_count + 1);
	d.known = arena_new_array(c->arena, uint64_t, c->model->fact_count / 64 + 1);
	*out = (struct trace){ arena_new_array(c->diag->arena, struct finding_move, path->count + 1), 0 };
	for (size_t i = 0; i < path->count; i++) {
		const struct edge *edge = &c->graph.edges.items[path->edges[i]];
		struct case_words facts = { NULL, 0 };
		d.day += i > 0;
		if (edge->step == NONE ? !lapse(&d, edge) : !find_facts(&d, edge, &facts) || !take(&d, edge))
			return false;
		note_move(&d, edge, facts);
	}
	return true;
}

void report_trace(struct procedure_checks *c, struct finding *f, const struct path *path)
{
	struct trace trace;
	if (!trace_make(c, path, &trace))
		return;
	f->trace = trace.moves;
	f->trace_count = trace.count;
}
