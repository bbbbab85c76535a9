/* Finding procedures, states and events: by id, else by label. */
#include "model/procedure.h"

#include <string.h>

static bool is_called(const struct name *name, const char *text)
{
	return strcmp(name->label, text) == 0 || strcmp(name->english, text) == 0;
}

/* Items of any type with a member `name`. */
#define FIND(items, count, text)                                  \
	do {                                                      \
		for (uint32_t i = 0; i < (count); i++)            \
			if (strcmp((items)[i].name.id, text) == 0) \
				return i;                         \
		for (uint32_t i = 0; i < (count); i++)            \
			if (is_called(&(items)[i].name, text))    \
				return i;                         \
		return NONE;                                      \
	} while (0)

uint32_t model_procedure(const struct model *model, const char *id_or_label)
{
	FIND(model->procedures, model->procedure_count, id_or_label);
}

uint32_t procedure_state(const struct procedure *procedure, const char *id_or_label)
{
	FIND(procedure->states, procedure->state_count, id_or_label);
}

uint32_t procedure_event(const struct procedure *procedure, const char *id_or_label)
{
	FIND(procedure->events, procedure->event_count, id_or_label);
}
