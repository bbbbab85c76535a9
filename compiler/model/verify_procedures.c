/* Asserts that what procedures name is there. */
#include "model/procedure.h"
#include "model/resolve.h"

#include <assert.h>

static void verify_list(const uint32_t *list, size_t count, size_t below)
{
	for (size_t i = 0; i < count; i++)
		assert(list[i] < below);
	(void)list;
	(void)below;
}

static void verify_clocks(const struct procedure *p, const struct clock_ref *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert(list[i].index < (list[i].kind == CLOCK_DUTY ? p->duty_count : p->validity_count));
	(void)p;
	(void)list;
}

static void verify_event(const struct procedure *p, uint32_t index)
{
	const struct event *event = &p->events[index];
	assert((event->actor == ACTOR_ROLE) == (event->role != NONE));
	for (size_t i = 0; i < event->step_count; i++) {
		const struct step *step = &p->steps[event->steps[i]];
		assert(step->event == index && step->actor == event->actor && step->role == event->role);
		assert(!step->guard || event->dim_count > 0 || event->fed_by_count > 0 || step->guard->kind <= COND_NOT);
		(void)step;
	}
}

static void verify_step(const struct procedure *p, const struct step *step)
{
	assert(step->from_count > 0 && (step->to == NONE || step->to < p->state_count));
	assert(step->limit.kind != LIMIT_KIND_WITHIN);
	verify_list(step->from, step->from_count, p->state_count);
	verify_clocks(p, step->restarts, step->restart_count);
	verify_clocks(p, step->suspends, step->suspend_count);
	verify_clocks(p, step->resumes, step->resume_count);
	verify_clocks(p, step->ends, step->end_count);
}

static void verify_duty(const struct procedure *p, const struct duty *duty)
{
	verify_list(duty->from.events, duty->from.event_count, p->event_count);
	verify_list(duty->discharged_by, duty->discharge_count, p->event_count);
	verify_list(duty->released_by, duty->release_count, p->event_count);
	verify_list(duty->ended_by, duty->end_count, p->event_count);
	assert(duty->limit.kind != LIMIT_KIND_WITHIN || duty->limit.period.amount > 0);
	assert((duty->lapse.kind == LAPSE_EVENT) == (duty->lapse.event != NONE));
	assert((duty->lapse.kind == LAPSE_STATE) == (duty->lapse.state != NONE));
}

static void verify_procedure(const struct model *m, const struct procedure *p)
{
	assert(p->start < p->state_count && p->states[p->start].start);
	assert(p->calendar == NONE || p->calendar < m->calendar_count);
	for (uint32_t i = 0; i < p->event_count; i++)
		verify_event(p, i);
	for (size_t i = 0; i < p->step_count; i++)
		verify_step(p, &p->steps[i]);
	for (size_t i = 0; i < p->duty_count; i++)
		verify_duty(p, &p->duties[i]);
	for (size_t i = 0; i < p->validity_count; i++)
		assert(p->validities[i].period.amount > 0);
	for (size_t i = 0; i < p->property_count; i++) {
		verify_list(p->properties[i].states, p->properties[i].state_count, p->state_count);
		verify_list(p->properties[i].events, p->properties[i].event_count, p->event_count);
	}
	(void)m;
}

void procedures_verify(const struct model *m)
{
	assert(m->counting);
	for (size_t i = 0; i < m->calendar_count; i++)
		for (size_t k = 1; k < m->calendars[i].year_count; k++)
			assert(m->calendars[i].years[k - 1].year < m->calendars[i].years[k].year);
	for (size_t i = 0; i < m->procedure_count; i++)
		verify_procedure(m, &m->procedures[i]);
}
