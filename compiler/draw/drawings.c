/* Every picture of a rulebook, in the order in which the manifest lists them. */
#include "draw/drawings.h"

void draw_everything(struct arena *arena, const struct model *model, const struct diag *findings, picture_lists *out)
{
	draw_requirements(arena, model, findings, out);
	for (uint32_t i = 0; i < model->decision_count; i++)
		draw_decision(arena, model, findings, i, out);
	for (uint32_t i = 0; i < model->procedure_count; i++)
		draw_procedure(arena, model, findings, i, out);
	for (uint32_t i = 0; i < model->fact_count; i++)
		if (model->facts[i].kind == FACT_ENUMERATION)
			draw_domain(arena, model, i, out);
}
