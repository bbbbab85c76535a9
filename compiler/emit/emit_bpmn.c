/* NAME.PROCEDURE.bpmn: a procedure as a process of BPMN 2.0 (OMG formal/2011-01-03) with its diagram. What is drawn is
 * decided in flow.h; here it is written, with the words of both languages as documentation. */
#include "emit/emit.h"
#include "emit/flow.h"
#include "emit/markup.h"
#include "emit/procedure_words.h"
#include "emit/script.h"

#include <string.h>

#define OMG "http://www.omg.org/spec/"
#define EXPRESSIONS "urn:guiju:ecmascript" /* note [what an engine is told] in script.h */
#define DEADLINES "urn:guiju:deadline"	   /* "5 working_days after submit": counted by guiju_step */
#define LABEL_WIDTH 90.0

struct bpmn {
	struct markup m;
	struct arena *arena;
	const struct model *model;
	const struct procedure *p;
	const struct flow *f;
	uint32_t *first_in, *first_out;      /* per node: a flow, or NONE */
	uint32_t *next_in, *next_out;	     /* per flow: the next of the same node */
};

/* ---- pieces ---- */

static void document(struct bpmn *b, struct phrase words)
{
	markup_element(&b->m, "documentation", words.zh);
	markup_element(&b->m, "documentation", words.en);
}

static void expression(struct bpmn *b, const char *element, const char *language, const char *text)
{
	markup_open(&b->m, element);
	markup_attribute(&b->m, "xsi:type", "tFormalExpression");
	markup_attribute(&b->m, "language", language);
	markup_text(&b->m, text);
	markup_close(&b->m);
}

static void timer(struct bpmn *b, const char *element, const char *when)
{
	markup_open(&b->m, "timerEventDefinition");
	expression(b, element, DEADLINES, when);
	markup_close(&b->m);
}

static void definition(struct bpmn *b, const char *element)
{
	markup_open(&b->m, element);
	markup_close(&b->m);
}

static void condition_event(struct bpmn *b, const struct step *step)
{
	markup_open(&b->m, "conditionalEventDefinition");
	expression(b, "condition", EXPRESSIONS, arena_printf(b->arena, "_event.name === '%s'", b->p->events[step->event].name.id));
	markup_close(&b->m);
}

static void link_event(struct bpmn *b, const char *name)
{
	markup_open(&b->m, "linkEventDefinition");
	markup_attribute(&b->m, "name", name);
	markup_close(&b->m);
}

/* When a step of time happens: after a validity, or when the deadline passes whose lapse it is. */
static const char *step_time(const struct bpmn *b, const struct step *step)
{
	if (step->expiry_of != NONE)
		return arena_printf(b->arena, "after the end of %s", b->p->validities[step->expiry_of].name.id);
	for (size_t i = 0; i < b->p->duty_count; i++) {
		const struct duty *d = &b->p->duties[i];
		const char *when = deadline_expression(b->arena, b->p, d);
		if (d->lapse.kind == LAPSE_EVENT && d->lapse.event == step->event && when)
			return when;
	}
	return "a time that is not stated";
}

/* ---- nodes ---- */

static const char *element_of(const struct bpmn *b, const struct flow_node *node)
{
	switch (node->kind) {
	case FLOW_START:
	case FLOW_TRIGGER: return "startEvent";
	case FLOW_MILESTONE:
	case FLOW_LINK_FROM: return "intermediateThrowEvent";
	case FLOW_TIMER:
	case FLOW_CIRCUMSTANCE:
	case FLOW_LINK_TO: return "intermediateCatchEvent";
	case FLOW_CHOICE:
	case FLOW_GUARD: return "exclusiveGateway";
	case FLOW_END:
	case FLOW_MAY_END:
	case FLOW_LATE: return "endEvent";
	case FLOW_TASK: return b->p->steps[node->step].actor == ACTOR_ROLE ? "userTask" : "task";
	case FLOW_DEADLINE: return "boundaryEvent";
	case FLOW_ALWAYS: break;
	}
	return "subProcess";
}

static const char *default_flow(const struct bpmn *b, uint32_t node)
{
	for (uint32_t e = b->first_out[node]; e != NONE; e = b->next_out[e]) {
		if (b->f->edges.items[e].is_default)
			return b->f->edges.items[e].id;
	}
	return NULL;
}

/* Does the timer end the task, because it leads to another state? */
static bool interrupts(const struct bpmn *b, uint32_t node)
{
	uint32_t out = b->first_out[node];
	return out != NONE && b->f->nodes.items[b->f->edges.items[out].to].kind != FLOW_LATE;
}

static void node_attributes(struct bpmn *b, uint32_t index)
{
	const struct flow_node *node = &b->f->nodes.items[index];
	markup_attribute(&b->m, "id", node->id);
	markup_attribute(&b->m, "name", node->name);
	if (node->kind == FLOW_CHOICE || node->kind == FLOW_GUARD)
		markup_attribute(&b->m, "default", default_flow(b, index));
	if (node->kind == FLOW_TRIGGER)
		markup_attribute(&b->m, "isInterrupting", "false");
	if (node->kind == FLOW_ALWAYS)
		markup_attribute(&b->m, "triggeredByEvent", "true");
	if (node->kind == FLOW_DEADLINE) {
		markup_attribute(&b->m, "attachedToRef", b->f->nodes.items[node->host].id);
		markup_attribute(&b->m, "cancelActivity", interrupts(b, index) ? "true" : "false");
	}
	markup_attribute(&b->m, "guiju:state", node->state == NONE ? NULL : b->p->states[node->state].name.id);
	markup_attribute(&b->m, "guiju:event", node->step == NONE ? NULL : b->p->events[b->p->steps[node->step].event].name.id);
	markup_attribute(&b->m, "guiju:duty", node->duty == NONE ? NULL : b->p->duties[node->duty].name.id);
}

static void node_words(struct bpmn *b, const struct flow_node *node)
{
	bool holds = node->kind == FLOW_TASK || node->kind == FLOW_TIMER || node->kind == FLOW_CIRCUMSTANCE;
	if (node->state != NONE)
		document(b, state_words(b->arena, b->model, &b->p->states[node->state]));
	else if (holds)
		document(b, step_words(b->arena, b->model, b->p, &b->p->steps[node->step]));
	else if (node->kind == FLOW_DEADLINE || (node->kind == FLOW_ALWAYS && node->duty != NONE))
		document(b, duty_words(b->arena, b->model, b->p, &b->p->duties[node->duty]));
}

static void node_flows(struct bpmn *b, uint32_t node)
{
	for (uint32_t e = b->first_in[node]; e != NONE; e = b->next_in[e])
		markup_element(&b->m, "incoming", b->f->edges.items[e].id);
	for (uint32_t e = b->first_out[node]; e != NONE; e = b->next_out[e])
		markup_element(&b->m, "outgoing", b->f->edges.items[e].id);
}

/* What sets a step off that is taken beside the flow. A repeated duty is due again and again. */
static void trigger_event(struct bpmn *b, const struct flow_node *node)
{
	const struct step *step = node->step == NONE ? NULL : &b->p->steps[node->step];
	for (size_t i = 0; i < b->p->duty_count; i++) {
		const struct duty *d = &b->p->duties[i];
		bool served = node->duty == i;
		for (size_t k = 0; step && k < d->discharge_count && d->every.kind == EVERY_PERIOD; k++)
			served = served || d->discharged_by[k] == step->event;
		if (served) {
			timer(b, d->every.kind == EVERY_PERIOD ? "timeCycle" : "timeDate", deadline_expression(b->arena, b->p, d));
			return;
		}
	}
	if (step && step->actor == ACTOR_TIME)
		timer(b, "timeDate", step_time(b, step));
	else if (step && step->actor == ACTOR_OUTSIDE)
		condition_event(b, step);
	else
		definition(b, "messageEventDefinition");
}

static void node_event(struct bpmn *b, const struct flow_node *node)
{
	switch (node->kind) {
	case FLOW_TIMER: timer(b, "timeDate", step_time(b, &b->p->steps[node->step])); break;
	case FLOW_CIRCUMSTANCE: condition_event(b, &b->p->steps[node->step]); break;
	case FLOW_DEADLINE: timer(b, "timeDate", deadline_expression(b->arena, b->p, &b->p->duties[node->duty])); break;
	case FLOW_LINK_FROM:
	case FLOW_LINK_TO: link_event(b, b->p->steps[node->step].name.id); break;
	case FLOW_TRIGGER: trigger_event(b, node); break;
	default: break;
	}
}

/* ---- flows ---- */

static void flow_condition(struct bpmn *b, const struct flow_edge *edge)
{
	enum flow_kind from = b->f->nodes.items[edge->from].kind;
	if (edge->event && from == FLOW_CHOICE) {
		expression(b, "conditionExpression", EXPRESSIONS, arena_printf(b->arena, "_event.name === '%s'", edge->event));
	} else if (edge->step != NONE && from == FLOW_GUARD) {
		const char *holds = script_step(b->arena, b->model, &b->p->steps[edge->step]);
		expression(b, "conditionExpression", EXPRESSIONS, holds ? holds : "true");
	}
}

static void write_flow(struct bpmn *b, const struct flow_edge *edge)
{
	struct markup *m = &b->m;
	markup_open(m, "sequenceFlow");
	markup_attribute(m, "id", edge->id);
	markup_attribute(m, "name", edge->name);
	markup_attribute(m, "sourceRef", b->f->nodes.items[edge->from].id);
	markup_attribute(m, "targetRef", b->f->nodes.items[edge->to].id);
	markup_attribute(m, "guiju:step", edge->step == NONE ? NULL : b->p->steps[edge->step].name.id);
	if (edge->step != NONE && b->f->nodes.items[edge->from].kind == FLOW_GUARD)
		document(b, step_words(b->arena, b->model, b->p, &b->p->steps[edge->step]));
	flow_condition(b, edge);
	markup_close(m);
}

static void write_flows(struct bpmn *b, uint32_t parent)
{
	for (size_t i = 0; i < b->f->edges.count; i++) {
		if (b->f->nodes.items[b->f->edges.items[i].from].parent == parent)
			write_flow(b, &b->f->edges.items[i]);
	}
}

static void write_node(struct bpmn *b, uint32_t index)
{
	const struct flow_node *node = &b->f->nodes.items[index];
	markup_open(&b->m, element_of(b, node));
	node_attributes(b, index);
	node_words(b, node);
	node_flows(b, index);
	node_event(b, node);
	if (node->kind == FLOW_ALWAYS) {
		for (uint32_t i = index + 1; i < b->f->nodes.count && b->f->nodes.items[i].parent == index; i++)
			write_node(b, i);
		write_flows(b, index);
	}
	markup_close(&b->m);
}

/* ---- the process ---- */

static void write_lanes(struct bpmn *b)
{
	markup_open(&b->m, "laneSet");
	markup_attribute(&b->m, "id", "lanes");
	for (uint32_t i = 0; i < b->f->lane_count; i++) {
		const struct flow_lane *lane = &b->f->lanes[i];
		markup_open(&b->m, "lane");
		markup_attribute(&b->m, "id", lane->id);
		markup_attribute(&b->m, "name", lane->name);
		markup_element(&b->m, "documentation", lane->english);
		for (size_t k = 0; k < b->f->nodes.count; k++) {
			if (b->f->nodes.items[k].lane == i && b->f->nodes.items[k].parent == NONE)
				markup_element(&b->m, "flowNodeRef", b->f->nodes.items[k].id);
		}
		markup_close(&b->m);
	}
	markup_close(&b->m);
}

/* Every duty and validity in full, also those that no timer can show. */
static void write_process_words(struct bpmn *b)
{
	const struct procedure *p = b->p;
	markup_element(&b->m, "documentation", arena_printf(b->arena, "%s\n%s", p->name.label, p->name.english));
	for (size_t i = 0; i < p->duty_count; i++)
		document(b, duty_words(b->arena, b->model, p, &p->duties[i]));
	for (size_t i = 0; i < p->validity_count; i++)
		document(b, validity_words(b->arena, b->model, p, &p->validities[i]));
}

static void write_process(struct bpmn *b)
{
	markup_open(&b->m, "process");
	markup_attribute(&b->m, "id", arena_printf(b->arena, "process.%s", b->p->name.id));
	markup_attribute(&b->m, "name", b->p->name.label);
	markup_attribute(&b->m, "isExecutable", "false");
	write_process_words(b);
	write_lanes(b);
	for (uint32_t i = 0; i < b->f->nodes.count; i++) {
		if (b->f->nodes.items[i].parent == NONE)
			write_node(b, i);
	}
	write_flows(b, NONE);
	markup_close(&b->m);
}

/* ---- the diagram ---- */

static void bounds(struct bpmn *b, double x, double y, double width, double height)
{
	markup_open(&b->m, "dc:Bounds");
	markup_number(&b->m, "x", (int64_t)x);
	markup_number(&b->m, "y", (int64_t)y);
	markup_number(&b->m, "width", (int64_t)width);
	markup_number(&b->m, "height", (int64_t)height);
	markup_close(&b->m);
}

static void label(struct bpmn *b, double x, double y, double width, double height)
{
	markup_open(&b->m, "bpmndi:BPMNLabel");
	bounds(b, x, y, width, height);
	markup_close(&b->m);
}

/* Events and gateways have their names below them, timers beside the line that leads down from them. */
static void node_label(struct bpmn *b, const struct flow_node *node)
{
	if (!node->name || node->kind == FLOW_TASK || node->kind == FLOW_ALWAYS)
		return;
	double x = node->x + node->width / 2 - LABEL_WIDTH / 2;
	if (node->kind == FLOW_DEADLINE)
		x -= LABEL_WIDTH / 2 + 2.0;
	label(b, x, node->y + node->height + 4.0, LABEL_WIDTH, flow_label_height(node->name));
}

static void open_shape(struct bpmn *b, const char *id)
{
	markup_open(&b->m, "bpmndi:BPMNShape");
	markup_attribute(&b->m, "id", arena_printf(b->arena, "shape.%s", id));
	markup_attribute(&b->m, "bpmnElement", id);
}

static void write_shape(struct bpmn *b, const struct flow_node *node)
{
	open_shape(b, node->id);
	if (node->kind == FLOW_ALWAYS)
		markup_attribute(&b->m, "isExpanded", "true");
	if (node->kind == FLOW_CHOICE || node->kind == FLOW_GUARD)
		markup_attribute(&b->m, "isMarkerVisible", "true");
	bounds(b, node->x, node->y, node->width, node->height);
	node_label(b, node);
	markup_close(&b->m);
}

static void write_band(struct bpmn *b, const char *id, double x, double y, double width, double height)
{
	open_shape(b, id);
	markup_attribute(&b->m, "isHorizontal", "true");
	bounds(b, x, y, width, height);
	markup_close(&b->m);
}

/* Names of several flows into one node stand above each other. */
static double names_before(const struct bpmn *b, size_t index)
{
	double count = 0.0;
	for (size_t i = 0; i < index; i++)
		count += b->f->edges.items[i].name && b->f->edges.items[i].to == b->f->edges.items[index].to;
	return count;
}

static void write_line(struct bpmn *b, size_t index)
{
	const struct flow_edge *edge = &b->f->edges.items[index];
	const struct flow_point *last = &edge->points[edge->point_count - 1], *before = last - 1;
	markup_open(&b->m, "bpmndi:BPMNEdge");
	markup_attribute(&b->m, "id", arena_printf(b->arena, "edge.%s", edge->id));
	markup_attribute(&b->m, "bpmnElement", edge->id);
	for (size_t i = 0; i < edge->point_count; i++) {
		markup_open(&b->m, "di:waypoint");
		markup_number(&b->m, "x", (int64_t)edge->points[i].x);
		markup_number(&b->m, "y", (int64_t)edge->points[i].y);
		markup_close(&b->m);
	}
	if (edge->name && edge->point_count > 1) {
		double width = flow_letters(edge->name) * 11.0 + 6.0;
		bool level = before->y >= last->y && before->y <= last->y;
		label(b, level ? (before->x + last->x - width) / 2 : last->x + 4.0,
		      last->y - 18.0 - names_before(b, index) * FLOW_LABEL_LINE, width, FLOW_LABEL_LINE);
	}
	markup_close(&b->m);
}

static void write_diagram(struct bpmn *b, const char *plane)
{
	const struct flow *f = b->f;
	markup_open(&b->m, "bpmndi:BPMNDiagram");
	markup_attribute(&b->m, "id", "diagram");
	markup_open(&b->m, "bpmndi:BPMNPlane");
	markup_attribute(&b->m, "id", "plane");
	markup_attribute(&b->m, "bpmnElement", plane);
	write_band(b, "participant", f->x, f->y, f->width, f->height);
	for (size_t i = 0; i < f->lane_count; i++)
		write_band(b, f->lanes[i].id, f->x + 30.0, f->lanes[i].y, f->width - 30.0, f->lanes[i].height);
	for (size_t i = 0; i < f->nodes.count; i++)
		write_shape(b, &f->nodes.items[i]);
	for (size_t i = 0; i < f->edges.count; i++)
		write_line(b, i);
	markup_close(&b->m);
	markup_close(&b->m);
}

/* ---- the document ---- */

static void write_head(struct bpmn *b)
{
	const struct model *model = b->model;
	markup_open(&b->m, "definitions");
	markup_attribute(&b->m, "xmlns", OMG "BPMN/20100524/MODEL");
	markup_attribute(&b->m, "xmlns:bpmndi", OMG "BPMN/20100524/DI");
	markup_attribute(&b->m, "xmlns:dc", OMG "DD/20100524/DC");
	markup_attribute(&b->m, "xmlns:di", OMG "DD/20100524/DI");
	markup_attribute(&b->m, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
	markup_attribute(&b->m, "xmlns:guiju", PROCEDURE_NAMESPACE);
	markup_attribute(&b->m, "id", arena_printf(b->arena, "definitions.%s", b->p->name.id));
	markup_attribute(&b->m, "targetNamespace", arena_printf(b->arena, "urn:guiju:%s", model->name.id));
	markup_attribute(&b->m, "exporter", "guiju");
	markup_attribute(&b->m, "guiju:rulebook", model->name.id);
	markup_attribute(&b->m, "guiju:edition", model->edition.id);
	markup_attribute(&b->m, "guiju:digest", model->digest);
}

static void write_collaboration(struct bpmn *b, const char *id)
{
	markup_open(&b->m, "collaboration");
	markup_attribute(&b->m, "id", id);
	markup_open(&b->m, "participant");
	markup_attribute(&b->m, "id", "participant");
	markup_attribute(&b->m, "name", b->p->name.label);
	markup_attribute(&b->m, "processRef", arena_printf(b->arena, "process.%s", b->p->name.id));
	markup_close(&b->m);
	markup_close(&b->m);
}

/* The flows of each node as chains, in order. */
static void chain_flows(struct bpmn *b)
{
	size_t nodes = b->f->nodes.count, edges = b->f->edges.count;
	b->first_in = arena_new_array(b->arena, uint32_t, nodes + 1);
	b->first_out = arena_new_array(b->arena, uint32_t, nodes + 1);
	b->next_in = arena_new_array(b->arena, uint32_t, edges + 1);
	b->next_out = arena_new_array(b->arena, uint32_t, edges + 1);
	memset(b->first_in, 0xff, nodes * sizeof *b->first_in);
	memset(b->first_out, 0xff, nodes * sizeof *b->first_out);
	for (uint32_t e = (uint32_t)edges; e-- > 0;) {
		const struct flow_edge *edge = &b->f->edges.items[e];
		b->next_in[e] = b->first_in[edge->to];
		b->next_out[e] = b->first_out[edge->from];
		b->first_in[edge->to] = b->first_out[edge->from] = e;
	}
}

static bool emit(const struct artifacts *a, const struct procedure *p, struct writer *w, const char **error)
{
	struct bpmn b = { .arena = a->arena, .model = a->model, .p = p, .f = flow_of(a->arena, a->model, p) };
	(void)error;
	chain_flows(&b);
	markup_begin(&b.m, w, a->model->name.id);
	write_head(&b);
	write_collaboration(&b, "collaboration");
	write_process(&b);
	if (b.f->laid)
		write_diagram(&b, "collaboration");
	markup_close(&b.m);
	return true;
}

const struct emitter emit_bpmn = { .name = "bpmn", .suffix = ".bpmn", .emit_procedure = emit, .derived = true };
