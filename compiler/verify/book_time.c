/* Calendars and procedures of NAME.xml, as the model has them; what the schema cannot say of them is refused here. */
#include "verify/reading.h"

#include <string.h>

#define VALIDITY_BIT (UINT32_C(1) << 31) /* in the map of clocks: a validity, and no duty */

static struct attributes attributes_of(const struct described *d)
{
	return (struct attributes){ .cites = { .clauses = d->cites.items, .count = d->cites.count },
				    .because = d->because,
				    .role = d->discretion ? d->role : NONE,
				    .discretion = d->discretion };
}

static void count_as_cited(struct reading *r, const struct described *d)
{
	for (size_t i = 0; i < d->cites.count; i++)
		(void)map_put_if_absent(r->book->cited, d->cites.items[i], 1);
}

/* ---- roles, calendars ---- */

void read_role(struct reading *r)
{
	struct book_name name = read_name(r);
	struct role role = { .name = book_name_of(&name) };
	put_id(r, r->roles, name.id, r->book->roles.count);
	vec_push(r->arena, &r->book->roles, role);
}

static void read_assumed_child(struct reading *r, void *context)
{
	(void)context;
	if (element_is(r, "cite"))
		(void)read_cite(r);
}

static void read_calendar_child(struct reading *r, void *context)
{
	if (!read_label(r, context) && element_is(r, "assumed"))
		each_child(r, read_assumed_child, NULL);
}

void read_calendar(struct reading *r)
{
	struct book_name name = { .id = read_attribute(r, "id") };
	put_id(r, r->calendars, name.id, r->book->calendars.count);
	each_child(r, read_calendar_child, &name);
	struct calendar calendar = { .name = book_name_of(&name) };
	vec_push(r->arena, &r->book->calendars, calendar);
}

/* ---- what the parts of a procedure say ---- */

struct procedure_reading {
	struct described about;
	VEC(struct state) states;
	VEC(struct event) events;
	VEC(struct step) steps;
	VEC(struct duty) duties;
	VEC(struct validity) validities;
	struct map *state_ids, *event_ids, *clock_ids, *step_ids;
	uint32_t start; /* NONE: not read yet */
};

typedef VEC(uint32_t) indices;
typedef VEC(struct clock_ref) clock_refs;
enum { RESTARTS, SUSPENDS, RESUMES, ENDS, EFFECTS };

struct part { /* of any kind: the schema says which children each has */
	struct procedure_reading *of;
	struct described about;
	struct limit limit;
	struct every every;
	struct lapse lapse;
	indices from, starts, discharged_by, released_by;
	clock_refs effects[EFFECTS];
	VEC(const char *) materials;
	bool materials_open;
	uint32_t materials_role;
	const char *circumstance, *start_words;
	struct book_cond *when;
};

/* NONE: the attribute is not there. */
static uint32_t named(struct reading *r, const struct map *map, const char *attribute)
{
	const char *id = read_attribute(r, attribute);
	return id ? index_of_id(r, map, id) : NONE;
}

/* Attributes that go together: those of `needs`, and no others of `known`. */
static void expect_attributes(struct reading *r, const char *const *known, const char *needs)
{
	for (size_t i = 0; known[i]; i++) {
		bool needed = strstr(needs, known[i]) != NULL;
		if ((read_attribute(r, known[i]) != NULL) != needed)
			read_failed(r, FAULT_SHAPE);
	}
}

static struct period read_period(struct reading *r)
{
	static const char *const units[] = { "working_days", "days", "months", "years" };
	uint32_t unit = word_index(r, units, sizeof units / sizeof *units, read_attribute(r, "unit"));
	return (struct period){ (uint32_t)read_number(r, read_attribute(r, "amount"), false), (enum time_unit)unit };
}

static uint32_t read_validity_of(struct reading *r, const struct procedure_reading *p, const char *attribute)
{
	uint32_t clock = named(r, p->clock_ids, attribute);
	if (clock != NONE && !(clock & VALIDITY_BIT))
		read_failed(r, FAULT_UNKNOWN);
	return clock == NONE ? NONE : clock & ~VALIDITY_BIT;
}

static void read_words(struct reading *r, void *context)
{
	const char **words = context;
	if (element_is(r, "words"))
		*words = read_content(r);
}

static void read_limit(struct reading *r, struct part *part)
{
	static const char *const known[] = { "amount", "unit", "validity", "date", NULL };
	static const char *const kinds[] = {
		[LIMIT_KIND_UNLIMITED] = "unlimited",	  [LIMIT_KIND_WITHIN] = "within",
		[LIMIT_KIND_VAGUE] = "unquantified",	  [LIMIT_KIND_BY_DATE] = "by_date",
		[LIMIT_KIND_IN_THE_LAST] = "in_the_last", [LIMIT_KIND_AT_LEAST_BEFORE] = "at_least_before",
	};
	static const char *const needs[] = {
		[LIMIT_KIND_UNLIMITED] = "",
		[LIMIT_KIND_WITHIN] = "amount unit",
		[LIMIT_KIND_VAGUE] = "",
		[LIMIT_KIND_BY_DATE] = "date",
		[LIMIT_KIND_IN_THE_LAST] = "amount unit validity",
		[LIMIT_KIND_AT_LEAST_BEFORE] = "amount unit validity",
	};
	struct limit *limit = &part->limit;
	uint32_t kind = word_index(r, kinds, sizeof kinds / sizeof *kinds, read_attribute(r, "kind"));
	if (has_failed(r))
		return;
	limit->kind = (enum limit_kind)kind;
	expect_attributes(r, known, needs[kind]);
	if (read_attribute(r, "amount"))
		limit->period = read_period(r);
	if (read_attribute(r, "date"))
		limit->date = (int32_t)read_number(r, read_attribute(r, "date"), true);
	limit->validity = read_validity_of(r, part->of, "validity");
	each_child(r, read_words, &limit->vague);
	if ((limit->vague != NULL) != (limit->kind == LIMIT_KIND_VAGUE))
		read_failed(r, FAULT_SHAPE);
}

static uint8_t two_digits(const char *text)
{
	return (uint8_t)((text[0] - '0') * 10 + text[1] - '0');
}

static void read_every(struct reading *r, struct every *every)
{
	const char *begins = read_attribute(r, "beginning_on"); /* --MM-DD, by the schema */
	bool counted = read_attribute(r, "amount") != NULL;
	every->kind = counted ? EVERY_PERIOD : EVERY_VAGUE;
	if (counted)
		every->period = read_period(r);
	if (begins) {
		every->anchor = ANCHOR_DATE;
		every->month_day = (struct month_day){ two_digits(begins + 2), two_digits(begins + 5) };
	}
	each_child(r, read_words, &every->vague);
	if ((every->vague != NULL) == counted)
		read_failed(r, FAULT_SHAPE);
}

struct lapse_reading {
	struct described about;
	const char *words;
};

static void read_lapse_child(struct reading *r, void *context)
{
	struct lapse_reading *lapse = context;
	if (!read_described(r, &lapse->about))
		read_words(r, &lapse->words);
}

static void read_lapse(struct reading *r, struct part *part)
{
	static const char *const known[] = { "event", "state", NULL };
	static const char *const kinds[] = { [LAPSE_NONE] = "no_consequence",
					     [LAPSE_EVENT] = "deemed",
					     [LAPSE_STATE] = "to_state",
					     [LAPSE_WORDS] = "words" };
	struct lapse_reading reading = { 0 };
	struct lapse *lapse = &part->lapse;
	lapse->kind = (enum lapse_kind)word_index(r, kinds, sizeof kinds / sizeof *kinds, read_attribute(r, "kind"));
	expect_attributes(r, known, lapse->kind == LAPSE_EVENT ? "event" : lapse->kind == LAPSE_STATE ? "state" : "");
	lapse->event = named(r, part->of->event_ids, "event");
	lapse->state = named(r, part->of->state_ids, "state");
	each_child(r, read_lapse_child, &reading);
	lapse->words = reading.words;
	lapse->attributes = attributes_of(&reading.about);
	if ((lapse->words != NULL) != (lapse->kind == LAPSE_WORDS))
		read_failed(r, FAULT_SHAPE);
}

static void read_effect(struct reading *r, struct part *part, clock_refs *effects)
{
	uint32_t clock = named(r, part->of->clock_ids, "clock");
	struct clock_ref ref = { clock & VALIDITY_BIT ? CLOCK_VALIDITY : CLOCK_DUTY, clock & ~VALIDITY_BIT, { 0 } };
	vec_push(r->arena, effects, ref);
}

/* False: the reader does not stand on a list's element. */
static bool read_reference(struct reading *r, struct part *part)
{
	static const char *const effects[EFFECTS] = { "restarts", "suspends", "resumes", "ends" };
	const struct {
		const char *element, *attribute;
		const struct map *ids;
		indices *list;
	} lists[] = {
		{ "from", "state", part->of->state_ids, &part->from },
		{ "start", "event", part->of->event_ids, &part->starts },
		{ "discharged_by", "event", part->of->event_ids, &part->discharged_by },
		{ "released_by", "event", part->of->event_ids, &part->released_by },
	};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		if (!element_is(r, lists[i].element))
			continue;
		uint32_t index = named(r, lists[i].ids, lists[i].attribute);
		vec_push(r->arena, lists[i].list, index);
		return true;
	}
	for (size_t i = 0; i < EFFECTS; i++) {
		if (!element_is(r, effects[i]))
			continue;
		read_effect(r, part, &part->effects[i]);
		return true;
	}
	return false;
}

static void read_part_child(struct reading *r, void *context)
{
	struct part *part = context;
	if (read_described(r, &part->about) || read_reference(r, part))
		return;
	if (element_is(r, "limit")) {
		read_limit(r, part);
	} else if (element_is(r, "every")) {
		read_every(r, &part->every);
	} else if (element_is(r, "lapse")) {
		read_lapse(r, part);
	} else if (element_is(r, "when")) {
		each_child(r, read_wrapped, &part->when);
	} else if (element_is(r, "in_case_of")) {
		part->circumstance = read_content(r);
	} else if (element_is(r, "start_in_words")) {
		part->start_words = read_content(r);
	} else if (element_is(r, "material")) {
		const char *material = read_content(r);
		vec_push(r->arena, &part->materials, material);
	} else if (element_is(r, "and_the_like")) {
		part->materials_open = true;
		part->materials_role = named(r, r->roles, "role");
	}
}

/* ---- the parts ---- */

/* The reader stands on it; its attributes are read. */
static struct part read_part(struct reading *r, struct procedure_reading *p, const char *id)
{
	struct part part = { .of = p, .about.name.id = id, .materials_role = NONE, .limit.validity = NONE };
	part.lapse.event = part.lapse.state = NONE;
	each_child(r, read_part_child, &part);
	count_as_cited(r, &part.about);
	return part;
}

static struct starts starts_of(const struct part *part)
{
	return (struct starts){ .events = part->starts.items,
				.event_count = part->starts.count,
				.words = part->start_words };
}

static enum actor_kind read_actor(struct reading *r)
{
	const char *actor = read_attribute(r, "actor");
	if (actor)
		return strcmp(actor, "time") == 0 ? ACTOR_TIME : ACTOR_OUTSIDE;
	return read_attribute(r, "role") ? ACTOR_ROLE : ACTOR_NONE;
}

static void read_state(struct reading *r, struct procedure_reading *p, const char *id)
{
	struct state state = { .start = read_attribute(r, "initial") != NULL,
			       .final = read_attribute(r, "final") != NULL,
			       .no_stay = read_attribute(r, "no_stay") != NULL };
	uint32_t index = (uint32_t)p->states.count;
	struct part part = read_part(r, p, id);
	if (state.start && p->start != NONE)
		read_failed(r, FAULT_SHAPE);
	p->start = state.start ? index : p->start;
	state.name = book_name_of(&part.about.name);
	state.attributes = attributes_of(&part.about);
	put_id(r, p->state_ids, id, index);
	vec_push(r->arena, &p->states, state);
}

static void read_event(struct reading *r, struct procedure_reading *p, const char *id)
{
	struct event event = { .actor = read_actor(r), .role = named(r, r->roles, "role") };
	struct part part = read_part(r, p, id);
	event.name = book_name_of(&part.about.name);
	event.attributes = attributes_of(&part.about);
	put_id(r, p->event_ids, id, p->events.count);
	vec_push(r->arena, &p->events, event);
}

static void read_validity(struct reading *r, struct procedure_reading *p, const char *id)
{
	struct validity validity = { .survives = read_attribute(r, "survives") != NULL, .period = read_period(r) };
	struct part part = read_part(r, p, id);
	validity.name = book_name_of(&part.about.name);
	validity.attributes = attributes_of(&part.about);
	validity.from = starts_of(&part);
	put_id(r, p->clock_ids, id, VALIDITY_BIT | p->validities.count);
	vec_push(r->arena, &p->validities, validity);
}

static void read_duty(struct reading *r, struct procedure_reading *p, const char *id)
{
	struct duty duty = { .role = named(r, r->roles, "role"), .toward = named(r, r->roles, "toward") };
	struct part part = read_part(r, p, id);
	duty.name = book_name_of(&part.about.name);
	duty.attributes = attributes_of(&part.about);
	duty.limit = part.limit;
	duty.every = part.every;
	duty.lapse = part.lapse;
	duty.from = starts_of(&part);
	duty.discharged_by = part.discharged_by.items;
	duty.discharge_count = part.discharged_by.count;
	duty.released_by = part.released_by.items;
	duty.release_count = part.released_by.count;
	put_id(r, p->clock_ids, id, p->duties.count);
	vec_push(r->arena, &p->duties, duty);
}

static void keep_lists(struct step *step, const struct part *part)
{
	step->from = part->from.items;
	step->from_count = part->from.count;
	step->materials = part->materials.items;
	step->material_count = part->materials.count;
	step->restarts = part->effects[RESTARTS].items;
	step->restart_count = part->effects[RESTARTS].count;
	step->suspends = part->effects[SUSPENDS].items;
	step->suspend_count = part->effects[SUSPENDS].count;
	step->resumes = part->effects[RESUMES].items;
	step->resume_count = part->effects[RESUMES].count;
	step->ends = part->effects[ENDS].items;
	step->end_count = part->effects[ENDS].count;
}

static void read_step(struct reading *r, struct procedure_reading *p, const char *id)
{
	struct step step = { .event = named(r, p->event_ids, "event"),
			     .actor = read_actor(r),
			     .role = named(r, r->roles, "role"),
			     .expiry_of = read_validity_of(r, p, "at_end_of"),
			     .to = named(r, p->state_ids, "to") };
	struct part part = read_part(r, p, id);
	step.name = book_name_of(&part.about.name);
	step.attributes = attributes_of(&part.about);
	step.circumstance = part.circumstance;
	step.limit = part.limit;
	step.materials_open = part.materials_open;
	step.materials_role = part.materials_role;
	keep_lists(&step, &part);
	if (part.when) {
		struct book_guard guard = { (uint32_t)r->book->procedures.count, (uint32_t)p->steps.count, part.when };
		vec_push(r->arena, &r->book->guards, guard);
	}
	put_id(r, p->step_ids, id, p->steps.count);
	vec_push(r->arena, &p->steps, step);
}

/* ---- what follows from the steps ---- */

static void list_steps(struct reading *r, struct procedure_reading *p)
{
	for (size_t i = 0; i < p->events.count; i++)
		p->events.items[i].steps = arena_new_array(r->arena, uint32_t, p->steps.count + 1);
	for (uint32_t i = 0; i < p->steps.count; i++) {
		struct event *event = &p->events.items[p->steps.items[i].event];
		event->steps[event->step_count++] = i;
	}
}

/* The events whose steps have this effect on the clock. */
static uint32_t *events_of(struct reading *r, const struct procedure_reading *p, size_t effect, struct clock_ref clock,
			   size_t *count)
{
	indices events = { 0 };
	for (size_t i = 0; i < p->steps.count; i++) {
		const struct step *step = &p->steps.items[i];
		const struct clock_ref *const lists[EFFECTS] = { step->restarts, step->suspends, step->resumes,
								 step->ends };
		const size_t counts[EFFECTS] = { step->restart_count, step->suspend_count, step->resume_count,
						 step->end_count };
		for (size_t k = 0; k < counts[effect]; k++) {
			if (lists[effect][k].kind == clock.kind && lists[effect][k].index == clock.index)
				vec_push(r->arena, &events, step->event);
		}
	}
	*count = events.count;
	return events.items;
}

static void list_effects(struct reading *r, struct procedure_reading *p)
{
	for (uint32_t i = 0; i < p->duties.count; i++) {
		const struct clock_ref clock = { CLOCK_DUTY, i, { 0 } };
		struct duty *d = &p->duties.items[i];
		d->restarted_by = events_of(r, p, RESTARTS, clock, &d->restart_count);
		d->suspended_by = events_of(r, p, SUSPENDS, clock, &d->suspend_count);
		d->resumed_by = events_of(r, p, RESUMES, clock, &d->resume_count);
		d->ended_by = events_of(r, p, ENDS, clock, &d->end_count);
	}
	for (uint32_t i = 0; i < p->validities.count; i++) {
		const struct clock_ref clock = { CLOCK_VALIDITY, i, { 0 } };
		struct validity *v = &p->validities.items[i];
		v->restarted_by = events_of(r, p, RESTARTS, clock, &v->restart_count);
		v->suspended_by = events_of(r, p, SUSPENDS, clock, &v->suspend_count);
		v->resumed_by = events_of(r, p, RESUMES, clock, &v->resume_count);
		v->ended_by = events_of(r, p, ENDS, clock, &v->end_count);
	}
}

/* ---- the procedure ---- */

static void read_procedure_child(struct reading *r, void *context)
{
	static const struct {
		const char *element;
		void (*read)(struct reading *r, struct procedure_reading *p, const char *id);
	} readers[] = {
		{ "state", read_state }, { "event", read_event }, { "validity", read_validity },
		{ "duty", read_duty },	 { "step", read_step },
	};
	struct procedure_reading *p = context;
	if (read_described(r, &p->about))
		return;
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		if (!element_is(r, readers[i].element))
			continue;
		readers[i].read(r, p, read_attribute(r, "id"));
		return;
	}
}

void read_procedure(struct reading *r)
{
	struct procedure_reading p = { .about.name.id = read_attribute(r, "id"), .start = NONE };
	struct procedure procedure = { .calendar = named(r, r->calendars, "calendar") };
	p.state_ids = map_new_in(r->arena);
	p.event_ids = map_new_in(r->arena);
	p.clock_ids = map_new_in(r->arena);
	p.step_ids = map_new_in(r->arena);
	each_child(r, read_procedure_child, &p);
	count_as_cited(r, &p.about);
	if (p.start == NONE)
		read_failed(r, FAULT_SHAPE);
	if (has_failed(r))
		return;
	list_steps(r, &p);
	list_effects(r, &p);
	procedure.name = book_name_of(&p.about.name);
	procedure.attributes = attributes_of(&p.about);
	procedure.start = p.start;
	procedure.states = p.states.items;
	procedure.state_count = p.states.count;
	procedure.events = p.events.items;
	procedure.event_count = p.events.count;
	procedure.steps = p.steps.items;
	procedure.step_count = p.steps.count;
	procedure.duties = p.duties.items;
	procedure.duty_count = p.duties.count;
	procedure.validities = p.validities.items;
	procedure.validity_count = p.validities.count;
	vec_push(r->arena, &r->book->procedures, procedure);
}
