/* The list of checks, and the procedures one by one. */
#include "procedure/checks.h"

static void (*const checks_of_procedure[])(struct procedure_checks *c) = {
	check_parts, check_states, check_guards, check_times, check_duties, check_time_properties,
};

static void check_procedure(struct procedure_checks *c, uint32_t index)
{
	c->index = index;
	c->p = &c->model->procedures[index];
	c->possible = arena_new_array(c->arena, bool, c->p->step_count + 1);
	for (size_t i = 0; i < c->p->step_count; i++)
		c->possible[i] = guard_possible(c, &c->p->steps[i]);
	graph_make(&c->graph, c->arena, c->p, c->possible);
	for (size_t i = 0; i < sizeof checks_of_procedure / sizeof *checks_of_procedure; i++)
		checks_of_procedure[i](c);
}

void check_procedures(struct arena *arena, struct diag *diag, const struct model *model, const struct budget *budget,
		      const void *table, size_t table_size)
{
	const struct limits limits = { budget->nodes, budget->milliseconds, budget->bytes, budget->progress };
	struct procedure_checks c = { .arena = arena, .diag = diag, .model = model, .shown = budget->regions_shown };
	if (model->procedure_count == 0 || guiju_table_open(table, table_size, &c.table) != GUIJU_OK)
		return;
	c.scratch_size = guiju_step_scratch_size(c.table);
	c.scratch = arena_alloc(arena, c.scratch_size + 8);
	c.regions = regions_new(arena, model, &limits);
	check_calendars(&c);
	for (uint32_t i = 0; i < model->procedure_count; i++) {
		const struct name *name = &model->procedures[i].name;
		progress_stage(budget->progress, MESSAGE_PROGRESS_PROCEDURE, name->label, name->english);
		check_procedure(&c, i);
	}
	diag_sort(diag);
}
