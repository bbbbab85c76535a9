/* From the model and its findings to drawing lists.
 * needs: a resolved model; findings of the checks allowed, they are drawn in red     keeps: both
 * gives: lists, each a page of at most DRAWING_PAGE_NODES nodes; never hangs: what is too large is said to be so */
#ifndef GUIJU_DRAW_DRAWINGS_H
#define GUIJU_DRAW_DRAWINGS_H
#include "diag/render.h"
#include "draw/list.h"
#include "guiju.h"
#include "model/model.h"

struct picture_list {
	const char *id;	   /* the file is ID.svg: decision.pathway, decision.pathway.2, requirements, domain.category */
	const char *bytes; /* of the drawing list */
	size_t size;
};
typedef VEC(struct picture_list) picture_lists;

/* One decision: its first list is the whole, or an overview that names the others. */
void draw_decision(struct arena *arena, const struct model *model, const struct diag *findings, uint32_t decision,
		   picture_lists *out);
/* Which facts and decisions feed which. */
void draw_requirements(struct arena *arena, const struct model *model, const struct diag *findings, picture_lists *out);
/* The levels of an enumeration or the members of a set; nothing for other facts. */
void draw_domain(struct arena *arena, const struct model *model, uint32_t fact, picture_lists *out);
/* The states of a procedure and the steps between them. */
void draw_procedure(struct arena *arena, const struct model *model, const struct diag *findings, uint32_t procedure,
		    picture_lists *out);
/* What is due when after the event of `move`, which must be accepted; every day is the answer of guiju_step. */
void draw_timeline(struct arena *arena, const struct model *model, const struct guiju_table *table,
		   const struct guiju_move *move, enum language language, picture_lists *out);
/* All of them: the requirements, each decision, each procedure, each enumeration. */
void draw_everything(struct arena *arena, const struct model *model, const struct diag *findings, picture_lists *out);

#endif
