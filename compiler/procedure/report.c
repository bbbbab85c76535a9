/* Findings about procedures: names, clauses, the case of a guard. */
#include "procedure/checks.h"

#include "analysis/words.h"
#include "support/writer.h"

#include <string.h>

void name_arg(struct procedure_checks *c, struct finding *f, size_t arg, const struct name *name)
{
	diag_arg2(c->diag, f, arg, name->label, name->english);
}

void names_arg(struct procedure_checks *c, struct finding *f, size_t arg, const struct name *const *names, size_t count)
{
	struct writer zh, en;
	writer_init(&zh, c->diag->arena);
	writer_init(&en, c->diag->arena);
	for (size_t i = 0; i < count; i++) {
		write_fmt(&zh, "%s`%s`", i ? "、" : "", names[i]->label);
		write_fmt(&en, "%s`%s`", i ? ", " : "", names[i]->english);
	}
	diag_arg2(c->diag, f, arg, writer_text(&zh), writer_text(&en));
}

void period_arg(struct procedure_checks *c, struct finding *f, size_t arg, struct period period)
{
	struct phrase words = period_words(c->diag->arena, period);
	diag_arg2(c->diag, f, arg, words.zh, words.en);
}

void add_clauses(struct procedure_checks *c, struct finding *f, const struct attributes *attributes)
{
	size_t count = 0;
	while (f->clauses && f->clauses[count])
		count++;
	const char **all = arena_new_array(c->diag->arena, const char *, count + attributes->cites.count + 1);
	for (size_t i = 0; i < count; i++)
		all[i] = f->clauses[i];
	for (size_t i = 0; i < attributes->cites.count; i++) {
		bool known = false;
		for (size_t k = 0; k < count; k++)
			known |= strcmp(all[k], attributes->cites.clauses[i]) == 0;
		if (!known)
			all[count++] = attributes->cites.clauses[i];
	}
	f->clauses = all;
}

struct finding *report_at(struct procedure_checks *c, enum finding_kind kind, struct span span, enum message message,
			  const char *id, const struct attributes *attributes)
{
	struct finding *f = diag_add(c->diag, kind, span, message);
	f->procedure = c->p->name.id;
	f->rules = arena_new_array(c->diag->arena, const char *, 2);
	f->rules[0] = id;
	add_clauses(c, f, attributes);
	return f;
}

void report_open(struct procedure_checks *c, struct span span, const struct name *name, const char *zh, const char *en)
{
	struct finding *f = diag_add(c->diag, FINDING_NOT_DECIDED, span, MESSAGE_NOT_DECIDED);
	c->diag->incomplete = true;
	f->procedure = c->p->name.id;
	f->rules = arena_new_array(c->diag->arena, const char *, 2);
	f->rules[0] = name->id;
	diag_arg2(c->diag, f, 0, name->label, name->english);
	diag_arg2(c->diag, f, 1, zh, en);
}

/* The case, the regions and their count, as of a property over all cases. */
void report_case(struct procedure_checks *c, struct finding *f, const struct property *p)
{
	const struct question question = { .goal = GOAL_REFUTED, .decision = NONE, .property = p };
	struct region_list list;
	enum reply reply = regions_list(c->regions, &question, c->shown, &list);
	if (reply == REPLY_ENDED || (reply == REPLY_YES && list.ended))
		report_open(c, f->places[0].span, &p->name, "有多少种情形", "how many cases there are");
	if (reply == REPLY_YES)
		finding_set_regions(c->diag, c->model, f, &list);
}
