/* A procedure as a graph: states, and the edges between them that steps and lapses make; and walks over it.
 *
 * note [walks] A walk keeps up to two bits beside the state (whether a duty is pending, whether an event has happened), so
 * that its places are pairs of state and bits, at most 1,024. It goes breadth first, over edges in source order, and so finds a
 * shortest path, the same on every machine. */
#ifndef GUIJU_PROCEDURE_GRAPH_H
#define GUIJU_PROCEDURE_GRAPH_H
#include "model/procedure.h"

struct edge {
	uint32_t from, to;
	uint32_t step;               /* NONE: the lapse of `duty` */
	uint32_t duty;               /* NONE: a step */
};

struct graph {
	struct arena *arena;
	const struct procedure *p;
	VEC(struct edge) edges;      /* of steps that some case allows, in source order; then of lapses */
	bool *reached;               /* per state, from the start */
};

/* possible: per step, whether some case satisfies its guard. Lapses lead on from wherever their duty can be pending. */
void graph_make(struct graph *g, struct arena *arena, const struct procedure *p, const bool *possible);

uint32_t edge_event(const struct graph *g, const struct edge *edge);     /* NONE: a lapse without an event */

/* What a walk keeps and looks for; `of` is handed back. */
struct walk_rules {
	unsigned (*next)(const struct graph *g, const struct edge *edge, unsigned bits, const void *of);
	bool (*found)(const struct graph *g, const struct edge *edge, unsigned before, unsigned after, const void *of);
	const void *of;
	unsigned first;              /* the bits at the start */
};

struct path {
	uint32_t *edges;             /* indices */
	size_t count;
};

enum { WALK_BITS = 4 };

/* From the start: a shortest path whose last edge is what is looked for. false: there is none. */
bool graph_find(const struct graph *g, const struct walk_rules *rules, struct path *out);
/* Which places can be met: [state * WALK_BITS + bits]. */
bool *graph_places(const struct graph *g, const struct walk_rules *rules);
/* A shortest path to the state; empty for the start. false: it is not reached. */
bool graph_path_to(const struct graph *g, uint32_t state, struct path *out);

/* Due by a date, or by periods of the calendar year: it needs no event to run, as in the runtime. */
bool runs_of_itself(const struct duty *duty);
/* Whether a duty is pending, as bit 0 of a walk. */
unsigned duty_pending(const struct graph *g, const struct edge *edge, unsigned bits, const void *duty);

/* Per pair of states [from * states + to]: one leads to the other over at least one edge that `takes` lets pass
 * (NULL: all). */
bool *graph_closure(const struct graph *g, bool (*takes)(const struct graph *g, const struct edge *edge));

bool has_index(const uint32_t *list, size_t count, uint32_t index);

#endif
