/* Runs the cases of procedures: their moves one after the other through the runtime's guiju_step, as `guiju step` does. */
#include "decide/procedure_cases.h"

#include "model/procedure.h"
#include "support/writer.h"

#include <string.h>

struct player {
	struct arena *arena;
	const struct model *model;
	const struct guiju_table *table;
	const struct procedure_case *of;
	const struct procedure *p;
	int64_t *values;             /* of the case, per fact */
	uint64_t *known;
	void *scratch;
	size_t scratch_size;
};

static const char *clock_id(const struct player *r, const struct clock_ref *clock)
{
	return clock->kind == CLOCK_DUTY ? r->p->duties[clock->index].name.id : r->p->validities[clock->index].name.id;
}

/* "2026-02-27", "2027-01-05..2027-01-13" */
static const char *dates_words(struct player *r, int64_t earliest, int64_t latest, bool exact)
{
	const char *first = earliest == GUIJU_NO_DAY ? "?" : date_text(r->arena, earliest);
	if (exact)
		return first;
	return arena_printf(r->arena, "%s..%s", first, latest == GUIJU_NO_DAY ? "?" : date_text(r->arena, latest));
}

static const char *wanted_words(struct player *r)
{
	struct writer w;
	if (r->of->last == STEP_REFUSED)
		return "refused";
	writer_init(&w, r->arena);
	write_str(&w, r->p->states[r->of->expected_state].name.id);
	for (size_t i = 0; i < r->of->due_count; i++) {
		const struct due_expectation *due = &r->of->dues[i];
		write_fmt(&w, ", %s %s", clock_id(r, &due->clock), dates_words(r, due->earliest, due->latest, due->exact));
	}
	return writer_text(&w);
}

static const char *due_words(struct player *r, const struct guiju_stepped *out, const struct clock_ref *ref)
{
	for (uint32_t i = 0; i < out->clock_count; i++) {
		const struct guiju_clock *clock = &out->clocks[i];
		if (clock->is_duty != (ref->kind == CLOCK_DUTY) || clock->index != ref->index ||
		    clock->fate == GUIJU_DISCHARGED || clock->fate == GUIJU_RELEASED)
			continue;
		if (clock->suspended)
			return "suspended";
		if (!clock->due_known)
			return "without a date";
		return dates_words(r, clock->due.earliest, clock->due.latest, clock->due.exact);
	}
	return "not running";
}

static const char *taken_words(struct player *r, const struct guiju_stepped *out)
{
	struct writer w;
	writer_init(&w, r->arena);
	write_str(&w, r->p->states[out->state].name.id);
	for (size_t i = 0; i < r->of->due_count; i++) {
		const struct clock_ref *clock = &r->of->dues[i].clock;
		write_fmt(&w, ", %s %s", clock_id(r, clock), due_words(r, out, clock));
	}
	return writer_text(&w);
}

static const char *stopped_words(struct player *r, enum guiju_status status, const struct guiju_stepped *out)
{
	if (status == GUIJU_EXCLUDED)
		return arena_printf(r->arena, "excluded: %s",
				    out->constraint < r->model->constraint_count ?
					    r->model->constraints[out->constraint].name.id : "");
	if (status != GUIJU_OK)
		return guiju_status_text(status);
	return out->accepted == GUIJU_REFUSED ? "refused" : "unknown";
}

static void load_facts(struct player *r)
{
	memset(r->known, 0, (r->model->fact_count / 64 + 1) * sizeof *r->known);
	for (size_t f = 0; f < r->model->fact_count; f++) {
		r->values[f] = r->of->facts[f].value;
		if (r->of->facts[f].known)
			r->known[f / 64] |= (uint64_t)1 << (f % 64);
	}
}

/* What the last move gets, or the first one before it that is not accepted. */
static const char *play(struct player *r, bool *hit)
{
	struct guiju_past *past = arena_new_array(r->arena, struct guiju_past, r->of->move_count);
	struct guiju_stepped out = { .state = r->of->state };
	for (size_t i = 0; i < r->of->move_count; i++) {
		const struct move *at = &r->of->moves[i];
		const struct guiju_move move = { .procedure = r->of->procedure, .state = out.state, .event = at->event,
						 .day = at->day, .past = past, .past_count = (uint32_t)i,
						 .values = r->values, .known = r->known };
		enum guiju_status status = guiju_step(r->table, &move, r->scratch, r->scratch_size, &out);
		if (status != GUIJU_OK || out.accepted != GUIJU_ACCEPTED) {
			const char *words = stopped_words(r, status, &out);
			return i + 1 == r->of->move_count ? words :
				arena_printf(r->arena, "%s: %s %s", words, date_text(r->arena, at->day),
					     r->p->events[at->event].name.id);
		}
		hit[out.step] = true;
		past[i] = (struct guiju_past){ at->event, at->day };
	}
	return taken_words(r, &out);
}

struct covered procedure_cases_run(struct arena *arena, const struct model *model, const struct guiju_table *table,
				   struct case_result *results)
{
	struct player r = { .arena = arena, .model = model, .table = table };
	struct covered steps = { 0, 0 };
	bool **hit = arena_new_array(arena, bool *, model->procedure_count + 1);
	r.values = arena_new_array(arena, int64_t, model->fact_count + 1);
	r.known = arena_new_array(arena, uint64_t, model->fact_count / 64 + 1);
	r.scratch_size = guiju_step_scratch_size(table);
	r.scratch = arena_alloc(arena, r.scratch_size);
	for (size_t i = 0; i < model->procedure_count; i++)
		hit[i] = arena_new_array(arena, bool, model->procedures[i].step_count + 1);
	for (size_t i = 0; i < model->procedure_case_count; i++) {
		r.of = &model->procedure_cases[i];
		r.p = &model->procedures[r.of->procedure];
		load_facts(&r);
		results[i] = (struct case_result){ .name = r.of->name, .span = r.of->span, .attributes = &r.of->attributes,
						   .subject = r.p->name.id, .wanted = wanted_words(&r),
						   .answer = play(&r, hit[r.of->procedure]) };
		results[i].passed = strcmp(results[i].answer, results[i].wanted) == 0;
	}
	for (size_t i = 0; i < model->procedure_count; i++)
		for (size_t k = 0; k < model->procedures[i].step_count; k++) {
			steps.all++;
			steps.hit += hit[i][k];
		}
	return steps;
}
