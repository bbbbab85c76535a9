/* BPMN and SCXML of each procedure, read back and held against the table: the same states, steps, ways and deadlines.
 * The files may hold anything: they go through note [reading XML from outside]. */
#include "emit/xml_validate.h"
#include "verify/verifying.h"

#include <string.h>

struct export {
	struct verifying *v;
	const struct guiju_table *table;
	uint32_t procedure;
	struct guiju_procedure about;
	const struct loaded *file;
	uint32_t state, step;        /* of the state machine: under way; UINT32_MAX before the first */
	bool *states, *steps, *deadlines; /* of the process: met */
	bool refused;
};

/* One refusal a file: what comes after would only follow from it. */
static void differ(struct export *e, const char *what, const char *id)
{
	if (!e->refused)
		refuse(e->v, MESSAGE_VERIFY_EXPORT, e->file->listed->name, what, id);
	e->refused = true;
}

static const char *attribute(struct export *e, const char *name)
{
	const char *copy = "";
	xmlTextReaderPtr reader = e->v->reader;
	if (xmlTextReaderMoveToAttribute(reader, (const xmlChar *)name) == 1)
		copy = arena_strdup(e->v->arena, (const char *)xmlTextReaderConstValue(reader));
	(void)xmlTextReaderMoveToElement(reader);
	return copy;
}

/* Calls read for each element, in order. */
static void each_element(struct export *e, void (*read)(struct export *e, const char *element))
{
	char why[XML_WHY_SIZE] = "";
	int more = -1;
	struct verifying *v = e->v;
	if (xml_is_safe(e->file->bytes, e->file->size, why))
		v->reader = xml_reader_new(e->file->bytes, e->file->size);
	while (v->reader && !e->refused && (more = xmlTextReaderRead(v->reader)) == 1) {
		if (xmlTextReaderNodeType(v->reader) == XML_READER_TYPE_ELEMENT)
			read(e, (const char *)xmlTextReaderConstLocalName(v->reader));
	}
	xmlFreeTextReader(v->reader);
	v->reader = NULL;
	if (more != 0)
		differ(e, "XML", why);
}

static bool leaves(const struct export *e, uint32_t step, uint32_t state)
{
	uint32_t from;
	for (uint32_t i = 0; guiju_transition_from(e->table, e->procedure, step, i, &from) == GUIJU_OK; i++) {
		if (from == state)
			return true;
	}
	return false;
}

static uint32_t next_step(const struct export *e, uint32_t after, uint32_t state)
{
	uint32_t step = after + 1;   /* UINT32_MAX: the first */
	while (step < e->about.steps && !leaves(e, step, state))
		step++;
	return step;
}

static const char *state_id(const struct export *e, uint32_t state)
{
	struct guiju_state about;
	return guiju_state(e->table, e->procedure, state, &about) == GUIJU_OK ? about.id.bytes : "";
}

/* ---- the state machine: states in order, in each its steps in order ---- */

static void leave_state(struct export *e)
{
	struct guiju_transition step;
	if (e->state == UINT32_MAX)
		return;
	uint32_t missing = next_step(e, e->step, e->state);
	if (guiju_transition(e->table, e->procedure, missing, &step) == GUIJU_OK)
		differ(e, "transition", step.id.bytes);
}

static void read_transition(struct export *e)
{
	const char *id = attribute(e, "guiju:step"), *target = attribute(e, "target");
	struct guiju_transition step;
	struct guiju_event event;
	if (!*id)
		return;              /* an end or a lapse, which are no steps */
	e->step = next_step(e, e->step, e->state);
	if (e->state == UINT32_MAX || guiju_transition(e->table, e->procedure, e->step, &step) != GUIJU_OK ||
	    strcmp(step.id.bytes, id) != 0 || guiju_event(e->table, e->procedure, step.event, &event) != GUIJU_OK) {
		differ(e, "transition", id);
		return;
	}
	const char *names = attribute(e, "event"), *name = names + (names[0] == '_');
	size_t size = event.id.size;
	if (strncmp(name, event.id.bytes, size) != 0 || (name[size] != '\0' && name[size] != ' '))
		differ(e, "event", id);
	if (strcmp(target, step.to == UINT32_MAX ? "" : state_id(e, step.to)) != 0)
		differ(e, "target", id);
}

static void read_machine(struct export *e, const char *element)
{
	bool final = strcmp(element, "final") == 0;
	if (strcmp(element, "scxml") == 0 && strcmp(attribute(e, "initial"), state_id(e, e->about.start)) != 0)
		differ(e, "initial", attribute(e, "initial"));
	if (strcmp(element, "transition") == 0)
		read_transition(e);
	if (!final && strcmp(element, "state") != 0)
		return;
	const char *id = attribute(e, "id");
	leave_state(e);
	if (final && strcmp(id, "_end") == 0)
		return;
	e->state++;
	e->step = UINT32_MAX;
	struct guiju_state about;
	if (guiju_state(e->table, e->procedure, e->state, &about) != GUIJU_OK || strcmp(about.id.bytes, id) != 0 ||
	    about.final != (strcmp(attribute(e, "guiju:final"), "true") == 0))
		differ(e, "state", id);
}

static void check_machine(struct export *e)
{
	e->state = e->step = UINT32_MAX;
	each_element(e, read_machine);
	if (e->refused)
		return;
	leave_state(e);
	if (e->state + 1 != e->about.states)
		differ(e, "state", state_id(e, e->state + 1));
}

/* ---- the process: each state, step and deadline is somewhere, and nothing else is ---- */

static uint32_t find_step(const struct export *e, const char *id)
{
	struct guiju_transition step;
	for (uint32_t i = 0; guiju_transition(e->table, e->procedure, i, &step) == GUIJU_OK; i++) {
		if (strcmp(step.id.bytes, id) == 0)
			return i;
	}
	return UINT32_MAX;
}

static uint32_t find_duty(const struct export *e, const char *id)
{
	struct guiju_duty duty;
	for (uint32_t i = 0; guiju_duty(e->table, e->procedure, i, &duty) == GUIJU_OK; i++) {
		if (strcmp(duty.id.bytes, id) == 0)
			return i;
	}
	return UINT32_MAX;
}

static void meet(struct export *e, const char *what, const char *id, uint32_t index, bool *met)
{
	if (*id && index == UINT32_MAX)
		differ(e, what, id);
	else if (*id)
		met[index] = true;
}

static void read_process(struct export *e, const char *element)
{
	const char *state = attribute(e, "guiju:state"), *step = attribute(e, "guiju:step"), *duty = attribute(e, "guiju:duty");
	(void)element;
	meet(e, "state", state, guiju_find_state(e->table, e->procedure, state), e->states);
	meet(e, "step", step, find_step(e, step), e->steps);
	meet(e, "duty", duty, find_duty(e, duty), e->deadlines);
}

static bool has_timer(const struct guiju_duty *duty)
{
	return duty->repeated || duty->limit.kind == GUIJU_LIMIT_WITHIN || duty->limit.kind == GUIJU_LIMIT_BY_DATE ||
	       duty->limit.kind == GUIJU_LIMIT_IN_THE_LAST || duty->limit.kind == GUIJU_LIMIT_AT_LEAST_BEFORE;
}

static void check_process(struct export *e)
{
	struct guiju_transition step;
	struct guiju_duty duty;
	e->states = arena_new_array(e->v->arena, bool, e->about.states + 1);
	e->steps = arena_new_array(e->v->arena, bool, e->about.steps + 1);
	e->deadlines = arena_new_array(e->v->arena, bool, e->about.duties + 1);
	each_element(e, read_process);
	for (uint32_t i = 0; i < e->about.states && !e->refused; i++) {
		if (!e->states[i])
			differ(e, "state", state_id(e, i));
	}
	for (uint32_t i = 0; !e->refused && guiju_transition(e->table, e->procedure, i, &step) == GUIJU_OK; i++) {
		if (!e->steps[i])
			differ(e, "step", step.id.bytes);
	}
	for (uint32_t i = 0; !e->refused && guiju_duty(e->table, e->procedure, i, &duty) == GUIJU_OK; i++) {
		if (has_timer(&duty) && !e->deadlines[i])
			differ(e, "duty", duty.id.bytes);
	}
}

void check_exports(struct verifying *v, const struct guiju_table *table)
{
	struct export e = { .v = v, .table = table };
	for (; guiju_procedure(table, e.procedure, &e.about) == GUIJU_OK; e.procedure++) {
		e.refused = false;
		e.file = need_file(v, NULL, arena_printf(v->arena, ".%s.scxml", e.about.id.bytes));
		if (e.file)
			check_machine(&e);
		e.refused = false;
		e.file = need_file(v, NULL, arena_printf(v->arena, ".%s.bpmn", e.about.id.bytes));
		if (e.file)
			check_process(&e);
	}
}
