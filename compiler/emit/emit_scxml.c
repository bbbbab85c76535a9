/* NAME.PROCEDURE.scxml: a procedure as a state machine of the W3C (SCXML 1.0), for engines that run such machines.
 *
 * note [clocks of an engine] No delay of SCXML is in working days. So a clock is not counted by the engine: it is sent to a
 * service of type urn:guiju:calendar (start, stop, suspend, resume; `clocks` says what each clock is), and that service,
 * which has the table, sends `_due.CLOCK` on the day after the last one. Names of ours begin with `_`, as no id does.
 *
 * note [final states] A state that is final and that steps leave may be the end and need not be. SCXML's <final> cannot be
 * left: so such a state is a <state> that `_end` takes to the final state `_end`. */
#include "emit/emit.h"
#include "emit/markup.h"
#include "emit/procedure_words.h"
#include "emit/script.h"

#include <string.h>

#define SCXML "http://www.w3.org/2005/07/scxml"
#define CALENDAR_SERVICE "urn:guiju:calendar"

struct machine {
	struct markup m;
	struct arena *arena;
	const struct model *model;
	const struct procedure *p;
};

/* Events of SCXML itself begin with error and done. */
static const char *event_name(const struct machine *s, uint32_t event)
{
	const char *id = s->p->events[event].name.id;
	bool taken = strcmp(id, "error") == 0 || strcmp(id, "done") == 0;
	return taken ? arena_printf(s->arena, "_%s", id) : id;
}

static bool has(const uint32_t *list, size_t count, uint32_t index)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i] == index)
			return true;
	}
	return false;
}

static void name_attributes(struct machine *s, const struct name *name)
{
	markup_attribute(&s->m, "guiju:label", name->has_label ? name->label : NULL);
	markup_attribute(&s->m, "guiju:english", name->has_english ? name->english : NULL);
}

static void cites_attribute(struct machine *s, const struct attributes *attributes)
{
	markup_attribute(&s->m, "guiju:cites", cite_ids(s->arena, attributes));
}

/* ---- clocks ---- */

static void send(struct machine *s, const char *what, const char *clock)
{
	markup_open(&s->m, "send");
	markup_attribute(&s->m, "type", CALENDAR_SERVICE);
	markup_attribute(&s->m, "event", what);
	markup_open(&s->m, "param");
	markup_attribute(&s->m, "name", "clock");
	markup_attribute(&s->m, "expr", arena_printf(s->arena, "'%s'", clock));
	markup_close(&s->m);
	markup_close(&s->m);
}

static void send_duty(struct machine *s, const struct duty *d, uint32_t event)
{
	const char *id = d->name.id;
	if (has(d->from.events, d->from.event_count, event) || has(d->restarted_by, d->restart_count, event))
		send(s, "start", id);
	else if (has(d->discharged_by, d->discharge_count, event) || has(d->released_by, d->release_count, event) ||
		 has(d->ended_by, d->end_count, event))
		send(s, "stop", id);
	if (has(d->suspended_by, d->suspend_count, event))
		send(s, "suspend", id);
	if (has(d->resumed_by, d->resume_count, event))
		send(s, "resume", id);
}

static void send_validity(struct machine *s, const struct validity *v, uint32_t event)
{
	const char *id = v->name.id;
	if (has(v->from.events, v->from.event_count, event) || has(v->restarted_by, v->restart_count, event))
		send(s, "start", id);
	else if (has(v->ended_by, v->end_count, event))
		send(s, "stop", id);
	if (has(v->suspended_by, v->suspend_count, event))
		send(s, "suspend", id);
	if (has(v->resumed_by, v->resume_count, event))
		send(s, "resume", id);
}

static void send_clocks(struct machine *s, uint32_t event)
{
	for (size_t i = 0; i < s->p->duty_count; i++)
		send_duty(s, &s->p->duties[i], event);
	for (size_t i = 0; i < s->p->validity_count; i++)
		send_validity(s, &s->p->validities[i], event);
}

/* ---- transitions ---- */

/* The event itself; of a step of time also the end of its validity, and of any event the lapses that are deemed to be it. */
static const char *step_events(const struct machine *s, const struct step *step)
{
	struct writer w;
	writer_init(&w, s->arena);
	write_str(&w, event_name(s, step->event));
	if (step->expiry_of != NONE)
		write_fmt(&w, " _due.%s", s->p->validities[step->expiry_of].name.id);
	for (size_t i = 0; i < s->p->duty_count; i++) {
		const struct duty *d = &s->p->duties[i];
		if (d->lapse.kind == LAPSE_EVENT && d->lapse.event == step->event)
			write_fmt(&w, " _due.%s", d->name.id);
	}
	return writer_text(&w);
}

static const char *limit_text(const struct machine *s, const struct limit *limit)
{
	const char *words = limit_words(s->arena, s->p, limit).zh;
	return *words ? words : NULL;
}

static const char *materials(const struct machine *s, const struct step *step)
{
	struct writer w;
	writer_init(&w, s->arena);
	for (size_t i = 0; i < step->material_count; i++)
		write_fmt(&w, "%s%s", i ? "；" : "", step->materials[i]);
	write_str(&w, step->materials_open ? "等" : "");
	return w.size ? writer_text(&w) : NULL;
}

static void write_step(struct machine *s, const struct step *step)
{
	struct markup *m = &s->m;
	markup_open(m, "transition");
	markup_attribute(m, "event", step_events(s, step));
	markup_attribute(m, "cond", script_step(s->arena, s->model, step));
	markup_attribute(m, "target", step->to == NONE ? NULL : s->p->states[step->to].name.id);
	markup_attribute(m, "guiju:step", step->name.id);
	name_attributes(s, &step->name);
	markup_attribute(m, "guiju:actor", actor_id(s->model, step->actor, step->role));
	markup_attribute(m, "guiju:limit", limit_text(s, &step->limit));
	markup_attribute(m, "guiju:when", step->guard ? cond_words(s->arena, s->model, step->guard).zh : NULL);
	markup_attribute(m, "guiju:circumstance", step->circumstance);
	markup_attribute(m, "guiju:materials", materials(s, step));
	markup_attribute(m, "guiju:discretion", step->attributes.discretion ? "true" : NULL);
	cites_attribute(s, &step->attributes);
	send_clocks(s, step->event);
	markup_close(m);
}

/* Lapses that change the state do so from wherever their duty runs. */
static void write_lapses(struct machine *s, uint32_t state)
{
	for (size_t i = 0; i < s->p->duty_count; i++) {
		const struct duty *d = &s->p->duties[i];
		if (d->lapse.kind != LAPSE_STATE || d->lapse.state == state)
			continue;
		markup_open(&s->m, "transition");
		markup_attribute(&s->m, "event", arena_printf(s->arena, "_due.%s", d->name.id));
		markup_attribute(&s->m, "target", s->p->states[d->lapse.state].name.id);
		markup_attribute(&s->m, "guiju:lapse", d->name.id);
		cites_attribute(s, &d->lapse.attributes);
		markup_close(&s->m);
	}
}

static bool is_left(const struct procedure *p, uint32_t state)
{
	for (size_t i = 0; i < p->step_count; i++) {
		if (has(p->steps[i].from, p->steps[i].from_count, state))
			return true;
	}
	return false;
}

static bool ends_for_good(const struct procedure *p, uint32_t state)
{
	return p->states[state].final && !is_left(p, state);
}

static void write_state(struct machine *s, uint32_t index)
{
	const struct state *state = &s->p->states[index];
	bool last = ends_for_good(s->p, index);
	markup_open(&s->m, last ? "final" : "state");
	markup_attribute(&s->m, "id", state->name.id);
	name_attributes(s, &state->name);
	markup_attribute(&s->m, "guiju:final", state->final ? "true" : NULL);
	markup_attribute(&s->m, "guiju:no_stay", state->no_stay ? "true" : NULL);
	cites_attribute(s, &state->attributes);
	for (size_t i = 0; i < s->p->step_count && !last; i++) {
		if (has(s->p->steps[i].from, s->p->steps[i].from_count, index))
			write_step(s, &s->p->steps[i]);
	}
	if (!last)
		write_lapses(s, index);
	if (state->final && !last) {
		markup_open(&s->m, "transition");
		markup_attribute(&s->m, "event", "_end");
		markup_attribute(&s->m, "target", "_end");
		markup_close(&s->m);
	}
	markup_close(&s->m);
}

/* ---- data: what each clock is, as JSON ---- */

static void write_member(struct writer *w, const char *key, const char *text)
{
	write_fmt(w, ", \"%s\": ", key);
	if (text)
		write_json_string(w, text);
	else
		write_str(w, "null");
}

static void write_events(struct writer *w, const char *key, const struct procedure *p, const uint32_t *events, size_t count)
{
	write_fmt(w, ", \"%s\": [", key);
	for (size_t i = 0; i < count; i++) {
		write_str(w, i ? ", " : "");
		write_json_string(w, p->events[events[i]].name.id);
	}
	write_char(w, ']');
}

static void write_name(struct writer *w, const struct name *name, const char *kind)
{
	write_fmt(w, "%s\n  \"%s\": {\"kind\": \"%s\"", w->size > 1 ? "," : "", name->id, kind);
	write_member(w, "label", name->label);
	write_member(w, "english", name->has_english ? name->english : NULL);
}

static void write_period(struct writer *w, const char *prefix, struct period period)
{
	write_fmt(w, ", \"%samount\": %u, \"%sunit\": \"%s\"", prefix, period.amount, prefix, unit_ids[period.unit]);
}

static void write_limit(struct writer *w, const struct procedure *p, const struct limit *limit)
{
	static const char *const kinds[] = {
		[LIMIT_KIND_NONE] = NULL,		[LIMIT_KIND_UNLIMITED] = "unlimited",
		[LIMIT_KIND_WITHIN] = "within",		[LIMIT_KIND_VAGUE] = "unquantified",
		[LIMIT_KIND_BY_DATE] = "by_date",	[LIMIT_KIND_IN_THE_LAST] = "in_the_last",
		[LIMIT_KIND_AT_LEAST_BEFORE] = "at_least_before",
	};
	write_member(w, "limit", kinds[limit->kind]);
	if (limit->period.amount)
		write_period(w, "", limit->period);
	if (limit->validity != NONE)
		write_member(w, "validity", p->validities[limit->validity].name.id);
	if (limit->kind == LIMIT_KIND_BY_DATE)
		write_member(w, "date", date_text(w->arena, limit->date));
	if (limit->vague)
		write_member(w, "words", limit->vague);
}

static void write_every(struct writer *w, const struct every *every)
{
	if (every->kind == EVERY_PERIOD)
		write_period(w, "every_", every->period);
	if (every->anchor == ANCHOR_DATE)
		write_fmt(w, ", \"beginning_on\": \"--%02u-%02u\"", every->month_day.month, every->month_day.day);
	if (every->kind == EVERY_VAGUE)
		write_member(w, "every_words", every->vague);
}

static void write_duty(struct writer *w, const struct machine *s, const struct duty *d)
{
	const struct procedure *p = s->p;
	write_name(w, &d->name, "duty");
	write_member(w, "role", d->role == NONE ? NULL : s->model->roles[d->role].name.id);
	write_member(w, "toward", d->toward == NONE ? NULL : s->model->roles[d->toward].name.id);
	write_limit(w, p, &d->limit);
	write_every(w, &d->every);
	write_events(w, "from", p, d->from.events, d->from.event_count);
	if (d->from.words)
		write_member(w, "from_words", d->from.words);
	write_events(w, "discharged_by", p, d->discharged_by, d->discharge_count);
	write_events(w, "released_by", p, d->released_by, d->release_count);
	write_member(w, "lapse", *lapse_ids[d->lapse.kind] ? lapse_ids[d->lapse.kind] : NULL);
	if (d->lapse.kind == LAPSE_WORDS)
		write_member(w, "lapse_words", d->lapse.words);
	write_member(w, "cites", cite_ids(w->arena, &d->attributes));
	write_char(w, '}');
}

static void write_validity(struct writer *w, const struct machine *s, const struct validity *v)
{
	write_name(w, &v->name, "validity");
	write_period(w, "", v->period);
	write_events(w, "from", s->p, v->from.events, v->from.event_count);
	if (v->from.words)
		write_member(w, "from_words", v->from.words);
	write_member(w, "cites", cite_ids(w->arena, &v->attributes));
	write_char(w, '}');
}

static void write_clocks(struct machine *s)
{
	struct writer w;
	writer_init(&w, s->arena);
	write_char(&w, '{');
	for (size_t i = 0; i < s->p->duty_count; i++)
		write_duty(&w, s, &s->p->duties[i]);
	for (size_t i = 0; i < s->p->validity_count; i++)
		write_validity(&w, s, &s->p->validities[i]);
	write_char(&w, '}');
	markup_open(&s->m, "datamodel");
	markup_open(&s->m, "data");
	markup_attribute(&s->m, "id", "clocks");
	markup_text(&s->m, writer_text(&w));
	markup_close(&s->m);
	markup_close(&s->m);
}

/* ---- the document ---- */

static bool may_end(const struct procedure *p)
{
	for (uint32_t i = 0; i < p->state_count; i++) {
		if (p->states[i].final && !ends_for_good(p, i))
			return true;
	}
	return false;
}

static void write_head(struct machine *s)
{
	struct markup *m = &s->m;
	const struct model *model = s->model;
	markup_open(m, "scxml");
	markup_attribute(m, "xmlns", SCXML);
	markup_attribute(m, "xmlns:guiju", PROCEDURE_NAMESPACE);
	markup_attribute(m, "version", "1.0");
	markup_attribute(m, "datamodel", "ecmascript");
	markup_attribute(m, "name", s->p->name.id);
	markup_attribute(m, "initial", s->p->states[s->p->start].name.id);
	name_attributes(s, &s->p->name);
	markup_attribute(m, "guiju:rulebook", model->name.id);
	markup_attribute(m, "guiju:edition", model->edition.id);
	markup_attribute(m, "guiju:digest", model->digest);
	markup_attribute(m, "guiju:calendar", s->p->calendar == NONE ? NULL : model->calendars[s->p->calendar].name.id);
	cites_attribute(s, &s->p->attributes);
}

static bool emit(const struct artifacts *a, const struct procedure *p, struct writer *w, const char **error)
{
	struct machine s = { .arena = a->arena, .model = a->model, .p = p };
	(void)error;
	markup_begin(&s.m, w, a->model->name.id);
	write_head(&s);
	write_clocks(&s);
	markup_element(&s.m, "script", script_functions(a->arena, a->model, p));
	for (uint32_t i = 0; i < p->state_count; i++)
		write_state(&s, i);
	if (may_end(p)) {
		markup_open(&s.m, "final");
		markup_attribute(&s.m, "id", "_end");
		markup_close(&s.m);
	}
	markup_close(&s.m);
	return true;
}

const struct emitter emit_scxml = { .name = "scxml", .suffix = ".scxml", .emit_procedure = emit, .derived = true };
