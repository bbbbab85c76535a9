/* What all drawings share: head, nodes, legend, notes, and turning a drawing into its list. */
#ifndef GUIJU_DRAW_COMPOSE_H
#define GUIJU_DRAW_COMPOSE_H
#include "diag/diag.h"
#include "draw/drawings.h"
#include "draw/list.h"

/* A drawing with its head; the id is kept, the title copied. */
struct drawing *drawing_new(struct arena *arena, const struct model *model, const char *kind, const char *id,
			    const char *title, enum drawing_flow flow);
/* Adds a node and gives its number. The id becomes `id`, or `id.2`, `id.3` … where it is taken. */
uint32_t drawing_add_node(struct arena *arena, struct drawing *d, const char *id, const struct drawing_node *node);
/* Adds an edge, or gives the one that is there. */
struct drawing_edge *drawing_add_edge(struct arena *arena, struct drawing *d, uint32_t from, uint32_t to,
				      enum drawing_class class);
void drawing_add_note(struct arena *arena, struct drawing *d, enum drawing_class class, const char *text);
/* An entry of the legend if the picture has a node, an edge, a day or a bar of the class; each class once. */
void drawing_add_legend(struct arena *arena, struct drawing *d, enum drawing_class class, const char *text);
/* The findings of a decision as red notes, one for each kind. */
void drawing_add_findings(struct arena *arena, struct drawing *d, const struct model *model,
			  const struct diag *findings, const char *decision);
/* Writes the list. */
void drawing_finish(struct arena *arena, const struct drawing *d, picture_lists *out);

#endif
