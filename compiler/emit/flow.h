/* A procedure as the nodes and flows of a BPMN process, and where they stand.
 *
 * note [a procedure as a process] A state from which one thing leads on is an event (a milestone), one from which several
 * do an exclusive gateway: the flow of what happens first is taken. Where nothing leads on it is an end. What somebody
 * does is a task in the lane of the role; what time or the world outside does is a catching event. Steps of one event that
 * guards tell apart are one task with a gateway behind it; a single guarded step has a way back, since it is refused where
 * its guard does not hold. Deadlines with a number are timers on the tasks that discharge them, and what follows when they
 * are late leads away from there. A step that leaves the state as it is (a report at any time) is an event sub-process
 * beside the flow. A step that leaves MANY states is reached over links, so that lines do not cover the picture. */
#ifndef GUIJU_EMIT_FLOW_H
#define GUIJU_EMIT_FLOW_H
#include "model/procedure.h"

enum flow_kind {
	FLOW_START, FLOW_MILESTONE, FLOW_CHOICE, FLOW_END, /* the start; a state left one way, several ways, not at all */
	FLOW_MAY_END,                /* the end in a final state that may also be left */
	FLOW_TASK, FLOW_TIMER, FLOW_CIRCUMSTANCE, /* a step: by a role (or nobody named), by time, from outside */
	FLOW_GUARD,                  /* which of several steps, or whether the only one */
	FLOW_DEADLINE, FLOW_LATE,    /* a duty's timer on a task; the end that follows when it is late */
	FLOW_LINK_FROM, FLOW_LINK_TO,
	FLOW_ALWAYS,                 /* sub-process of a step that leaves the state as it is, or of a duty */
	FLOW_TRIGGER                 /* its start */
};

struct flow_node {
	enum flow_kind kind;
	const char *id, *name;       /* Chinese; NULL: it shows none */
	uint32_t lane;
	uint32_t state, step, duty;  /* what it stands for; NONE */
	uint32_t parent;             /* the sub-process that holds it; NONE */
	uint32_t host;               /* FLOW_DEADLINE: the task it stands on; else NONE */
	uint32_t column, row;        /* of the grid; rows are counted over all lanes. Not of what a sub-process holds */
	double x, y, width, height;
};

struct flow_point {
	double x, y;
};

struct flow_edge {
	uint32_t from, to;
	const char *id, *name;
	const char *event;           /* the event whose happening takes it; NULL */
	uint32_t step;               /* the step that it takes, with its guard; NONE */
	bool is_default;
	struct flow_point points[8];
	size_t point_count;
};

struct flow_lane {
	const char *id, *name, *english; /* of roles in order of first use, then of time and the world outside */
	uint32_t role;               /* NONE */
	uint32_t rows;
	double y, height;
};

struct flow {
	struct arena *arena;
	const struct model *model;
	const struct procedure *p;
	VEC(struct flow_node) nodes;
	VEC(struct flow_edge) edges;
	struct flow_lane *lanes;
	size_t lane_count;
	uint32_t *state_nodes;       /* per state */
	double x, y, width, height;  /* of the pool */
	bool laid;                   /* false: more than LIMIT_FLOW_NODES or three times as many flows; nothing stands anywhere */
};

enum { MANY_STATES = 4, LIMIT_FLOW_NODES = 2000 };

struct flow *flow_of(struct arena *arena, const struct model *model, const struct procedure *p);
/* The width of a text in letters as wide as high, and the height of a name beside an event or gateway, eight a line. */
#define FLOW_LABEL_LINE 14.0
double flow_letters(const char *text);
double flow_label_height(const char *name);
void flow_lay(struct flow *f);       /* flow_layout.c, called by flow_of */

#endif
