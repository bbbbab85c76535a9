/* note [what an engine is told] in script.h. */
#include "emit/script.h"

#include <inttypes.h>
#include <string.h>

#define DATA "_event.data."

enum { LONG_CONDITION = 3000 }; /* bytes */

/* ---- tests ---- */

struct tested {
	const char *what;            /* expression of the value */
	const struct fact *fact;     /* or */
	const struct decision *decision;
};

static void write_value(struct writer *w, const struct tested *t, int64_t value)
{
	if (t->decision)
		write_fmt(w, "'%s'", t->decision->outcomes[value].name.id);
	else if (t->fact->kind == FACT_ENUMERATION)
		write_fmt(w, "'%s'", t->fact->members[value].name.id);
	else if (t->fact->kind == FACT_DATE)
		write_fmt(w, "'%s'", date_text(w->arena, value));
	else if (t->fact->kind == FACT_INTEGER)
		write_fmt(w, "%" PRId64, value);
	else
		write_str(w, value ? "true" : "false");
}

/* Numbers and dates (whose ISO form sorts as the days do) by their bounds, all others value by value. */
static void write_range(struct writer *w, const struct tested *t, const struct range *range)
{
	bool ordered = !t->decision && (t->fact->kind == FACT_INTEGER || t->fact->kind == FACT_DATE);
	if (ordered && range->low < range->high) {
		write_fmt(w, "(%s >= ", t->what);
		write_value(w, t, range->low);
		write_fmt(w, " && %s <= ", t->what);
		write_value(w, t, range->high);
		write_char(w, ')');
		return;
	}
	for (int64_t value = range->low; value <= range->high; value++) {
		write_fmt(w, "%s%s === ", value > range->low ? " || " : "", t->what);
		write_value(w, t, value);
	}
}

static void write_test(struct writer *w, const struct tested *t, const struct ranges *ranges)
{
	write_char(w, '(');
	for (size_t i = 0; i < ranges->count; i++) {
		write_str(w, i > 0 ? " || " : "");
		write_range(w, t, &ranges->items[i]);
	}
	write_str(w, ranges->count ? ")" : "false)");
}

static void write_fact_test(struct writer *w, const struct model *m, const struct cond *cond)
{
	const struct dim *dim = &m->dims[cond->dim];
	const struct fact *fact = &m->facts[dim->fact];
	const char *what = arena_printf(w->arena, DATA "facts.%s", fact->name.id);
	if (fact->kind == FACT_SET)
		what = arena_printf(w->arena, "(%s.indexOf('%s') >= 0)", what, fact->members[dim->member].name.id);
	const struct tested tested = { what, fact, NULL };
	write_test(w, &tested, &cond->ranges);
}

static void write_decision_test(struct writer *w, const struct model *m, const struct cond *cond)
{
	const struct decision *decision = &m->decisions[cond->decision];
	const struct tested tested = { arena_printf(w->arena, DATA "decisions.%s", decision->name.id), NULL, decision };
	write_test(w, &tested, &cond->ranges);
}

static void write_condition(struct writer *w, const struct model *m, const struct cond *cond);

static void write_parts(struct writer *w, const struct model *m, const struct cond *cond, const char *between,
			const char *of_none)
{
	write_char(w, '(');
	for (size_t i = 0; i < cond->part_count; i++) {
		write_str(w, i > 0 ? between : "");
		write_condition(w, m, cond->parts[i]);
	}
	write_str(w, cond->part_count ? ")" : of_none);
}

static void write_condition(struct writer *w, const struct model *m, const struct cond *cond)
{
	switch (cond->kind) {
	case COND_TRUE: write_str(w, "true"); break;
	case COND_FALSE: write_str(w, "false"); break;
	case COND_AND: write_parts(w, m, cond, " && ", "true)"); break;
	case COND_OR: write_parts(w, m, cond, " || ", "false)"); break;
	case COND_NOT:
		write_char(w, '!');
		write_parts(w, m, cond, "", "");
		break;
	case COND_FACT: write_fact_test(w, m, cond); break;
	case COND_DECISION: write_decision_test(w, m, cond); break;
	case COND_DEFINITION: write_fmt(w, "defined_%s()", m->definitions[cond->definition].name.id); break;
	}
}

/* ---- steps ---- */

static void write_window(struct writer *w, const struct step *step)
{
	switch (step->limit.kind) {
	case LIMIT_KIND_BY_DATE: write_fmt(w, DATA "on <= '%s'", date_text(w->arena, step->limit.date)); break;
	case LIMIT_KIND_IN_THE_LAST:
	case LIMIT_KIND_AT_LEAST_BEFORE: write_fmt(w, DATA "windows.%s === true", step->name.id); break;
	default: break;
	}
}

/* "" where nothing must. */
static const char *all_of(struct arena *arena, const struct model *m, const struct step *step)
{
	struct writer parts[3];
	struct writer w;
	for (size_t i = 0; i < 3; i++)
		writer_init(&parts[i], arena);
	writer_init(&w, arena);
	if (step->guard)
		write_condition(&parts[0], m, step->guard);
	if (step->circumstance)
		write_fmt(&parts[1], DATA "circumstances.%s === true", step->name.id);
	write_window(&parts[2], step);
	for (size_t i = 0; i < 3; i++) {
		if (parts[i].size > 0)
			write_fmt(&w, "%s%s", w.size > 0 ? " && " : "", writer_text(&parts[i]));
	}
	return writer_text(&w);
}

const char *script_step(struct arena *arena, const struct model *m, const struct step *step)
{
	const char *all = all_of(arena, m, step);
	if (strlen(all) > LONG_CONDITION)
		return arena_printf(arena, "step_%s()", step->name.id);
	return *all ? all : NULL;
}

/* ---- functions ---- */

static void find_definitions(const struct model *m, const struct cond *cond, bool *used)
{
	bool definition = cond->kind == COND_DEFINITION;
	if (definition && used[cond->definition])
		return;
	if (definition)
		used[cond->definition] = true;
	for (size_t i = 0; i < cond->part_count; i++)
		find_definitions(m, cond->parts[i], used);
}

const char *script_functions(struct arena *arena, const struct model *m, const struct procedure *p)
{
	struct writer w;
	bool *used = arena_new_array(arena, bool, m->definition_count + 1);
	writer_init(&w, arena);
	for (size_t i = 0; i < p->step_count; i++) {
		if (p->steps[i].guard)
			find_definitions(m, p->steps[i].guard, used);
	}
	for (size_t i = 0; i < m->definition_count; i++) {
		if (!used[i])
			continue;
		write_fmt(&w, "function defined_%s() { return ", m->definitions[i].name.id);
		write_condition(&w, m, m->definitions[i].cond);
		write_str(&w, "; }\n");
	}
	for (size_t i = 0; i < p->step_count; i++) {
		const char *all = all_of(arena, m, &p->steps[i]);
		if (strlen(all) > LONG_CONDITION)
			write_fmt(&w, "function step_%s() { return %s; }\n", p->steps[i].name.id, all);
	}
	return w.size > 0 ? writer_text(&w) : NULL;
}
