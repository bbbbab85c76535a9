/* Walking conditions: what they name, how deep they are, whether they hold in one case. Definitions are shared, so a
 * walk that follows each use of one would repeat itself: reads_add() enters each definition once. */
#include "model/resolve.h"

void reads_init(struct resolver *r, struct reads *reads)
{
	reads->facts = arena_new_array(r->arena, bool, r->model->fact_count + 1);
	reads->decisions = arena_new_array(r->arena, bool, r->model->decision_count + 1);
	reads->definitions = arena_new_array(r->arena, bool, r->model->definition_count + 1);
}

void reads_add(const struct model *model, struct reads *reads, const struct cond *cond)
{
	if (cond->kind == COND_FACT)
		reads->facts[model->dims[cond->dim].fact] = true;
	if (cond->kind == COND_DECISION)
		reads->decisions[cond->decision] = true;
	if (cond->kind == COND_DEFINITION) {
		if (reads->definitions[cond->definition])
			return;
		reads->definitions[cond->definition] = true;
	}
	const struct dim *dims = model->dims;
	bool *facts = reads->facts;
	for (size_t i = 0; i < cond->part_count; i++) {
		const struct cond *part = cond->parts[i];
		if (part->kind == COND_FACT)     /* most are */
			facts[dims[part->dim].fact] = true;
		else
			reads_add(model, reads, part);
	}
}

size_t cond_depth(const struct resolver *r, const struct cond *cond)
{
	size_t depth = 0;
	if (cond->kind == COND_DEFINITION)
		return r->definition_states[cond->definition].depth + 1;
	for (size_t i = 0; i < cond->part_count; i++) {
		size_t part = cond_depth(r, cond->parts[i]);
		depth = part > depth ? part : depth;
	}
	return depth + 1;
}

bool cond_holds(const struct cond *cond, const int64_t *values, const uint32_t *outcomes)
{
	switch (cond->kind) {
	case COND_TRUE: return true;
	case COND_FALSE: return false;
	case COND_AND:
		for (size_t i = 0; i < cond->part_count; i++)
			if (!cond_holds(cond->parts[i], values, outcomes))
				return false;
		return true;
	case COND_OR:
		for (size_t i = 0; i < cond->part_count; i++)
			if (cond_holds(cond->parts[i], values, outcomes))
				return true;
		return false;
	case COND_NOT: return !cond_holds(cond->parts[0], values, outcomes);
	case COND_FACT: return ranges_have(&cond->ranges, values[cond->dim]);
	case COND_DECISION: return ranges_have(&cond->ranges, outcomes[cond->decision]);
	case COND_DEFINITION: return cond_holds(cond->parts[0], values, outcomes);
	}
	return false;
}

bool cond_names(const struct cond *cond, uint32_t decision)
{
	if (!cond)
		return false;
	if (cond->kind == COND_DECISION)
		return cond->decision == decision;
	for (size_t i = 0; i < cond->part_count; i++)
		if (cond_names(cond->parts[i], decision))
			return true;
	return false;
}
