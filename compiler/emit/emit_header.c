/* NAME.h: the facts as one struct of C types, outcomes as enumerations, one call per decision. Everything in it says
 * again what the table says, in types: a program may as well look names up at run time and never include it. */
#include "emit/c_names.h"
#include "emit/emit.h"
#include "model/procedure.h"

#include <inttypes.h>

struct header {
	struct writer *w;
	const struct model *model;
	struct c_names names, members;
	const char **fact_types; /* of enumerations: the tag */
	const char **fact_members;
};

static void write_comment_labels(struct header *h, const struct name *name)
{
	write_c_comment_text(h->w, name->label);
	if (name->has_english) {
		write_str(h->w, " \"");
		write_c_comment_text(h->w, name->english);
		write_char(h->w, '"');
	}
}

static void write_label(struct header *h, const struct name *name)
{
	write_str(h->w, "/* ");
	write_comment_labels(h, name);
	write_str(h->w, " */\n");
}

static const char *constant(struct header *h, const char *of, const char *id)
{
	return c_name(&h->names, true, h->model->name.id, of, id);
}

/* One enumerator a line, with its labels. */
static void write_enumerator(struct header *h, const char *of, const struct name *name, size_t value, bool last)
{
	write_fmt(h->w, "\t%s = %zu%s /* ", constant(h, of, name->id), value, last ? "" : ",");
	write_comment_labels(h, name);
	write_str(h->w, " */\n");
}

/* ---- facts ---- */

static void write_members(struct header *h, const struct fact *fact, size_t index)
{
	h->fact_types[index] = c_name(&h->names, false, h->model->name.id, fact->name.id, NULL);
	write_label(h, &fact->name);
	write_fmt(h->w, "enum %s {\n", h->fact_types[index]);
	for (size_t i = 0; i < fact->member_count; i++)
		write_enumerator(h, fact->name.id, &fact->members[i].name, i, i + 1 == fact->member_count);
	write_str(h->w, "};\n\n");
}

static void write_set_members(struct header *h, const struct fact *fact)
{
	write_label(h, &fact->name);
	for (size_t i = 0; i < fact->member_count; i++) {
		write_fmt(h->w, "#define %s (UINT64_C(1) << %zu) /* ",
			  constant(h, fact->name.id, fact->members[i].name.id), i);
		write_comment_labels(h, &fact->members[i].name);
		write_str(h->w, " */\n");
	}
	write_char(h->w, '\n');
}

static void write_fact_constants(struct header *h)
{
	for (size_t i = 0; i < h->model->fact_count; i++) {
		const struct fact *fact = &h->model->facts[i];
		if (fact->kind == FACT_ENUMERATION)
			write_members(h, fact, i);
		else if (fact->kind == FACT_SET && fact->member_count > 0)
			write_set_members(h, fact);
	}
}

static void write_fact_type(struct header *h, const struct fact *fact, size_t index)
{
	switch (fact->kind) {
	case FACT_BOOLEAN: write_str(h->w, "bool"); break;
	case FACT_ENUMERATION: write_fmt(h->w, "enum %s", h->fact_types[index]); break;
	case FACT_SET: write_str(h->w, "uint64_t"); break;
	case FACT_INTEGER:
	case FACT_DATE: write_str(h->w, "int64_t"); break;
	}
}

static void write_fact_range(struct header *h, const struct fact *fact)
{
	if (fact->kind == FACT_INTEGER) {
		write_fmt(h->w, ": %" PRId64 " to %" PRId64 " ", fact->low, fact->high);
		write_c_comment_text(h->w, fact->unit ? fact->unit : "");
	} else if (fact->kind == FACT_DATE) {
		write_str(h->w, ": days since 1970-01-01");
	}
}

static void write_facts(struct header *h)
{
	const char *id = h->model->name.id;
	write_fmt(h->w, "struct %s_facts {\n", id);
	for (size_t i = 0; i < h->model->fact_count; i++) {
		const struct fact *fact = &h->model->facts[i];
		h->fact_members[i] = c_member(&h->members, fact->name.id);
		write_char(h->w, '\t');
		write_fact_type(h, fact, i);
		write_fmt(h->w, " %s; /* ", h->fact_members[i]);
		write_comment_labels(h, &fact->name);
		write_fact_range(h, fact);
		write_str(h->w, " */\n");
	}
	if (h->model->fact_count == 0)
		write_str(h->w, "\tbool none; /* there are no facts */\n");
	write_str(h->w, "};\n\n");
}

/* ---- indices, outcomes ---- */

static void write_indices(struct header *h)
{
	const struct model *m = h->model;
	write_str(h->w, "/* Indices in the table: of facts, and of decisions. */\nenum {\n");
	for (size_t i = 0; i < m->fact_count; i++)
		write_enumerator(h, "fact", &m->facts[i].name, i, false);
	for (size_t i = 0; i < m->decision_count; i++)
		write_enumerator(h, "decision", &m->decisions[i].name, i, false);
	write_fmt(h->w, "\t%s = %zu\n};\n\n", constant(h, "fact", "count"), m->fact_count);
}

static void write_outcomes(struct header *h)
{
	const struct model *m = h->model;
	for (size_t i = 0; i < m->decision_count; i++) {
		const struct decision *d = &m->decisions[i];
		const char *of = arena_printf(h->names.arena, "%s_outcome", d->name.id);
		if (d->outcome_count == 0)
			continue;
		write_label(h, &d->name);
		write_fmt(h->w, "enum %s {\n", c_name(&h->names, false, m->name.id, of, NULL));
		for (size_t k = 0; k < d->outcome_count; k++)
			write_enumerator(h, of, &d->outcomes[k].name, k, k + 1 == d->outcome_count);
		write_str(h->w, "};\n\n");
	}
}

/* ---- procedures ---- */

static void open_enumeration(struct header *h, const struct name *label, const char *tag)
{
	write_label(h, label);
	write_fmt(h->w, "enum %s {\n", c_name(&h->names, false, h->model->name.id, tag, NULL));
}

static void write_states(struct header *h, const struct procedure *p)
{
	const char *of = arena_printf(h->names.arena, "%s_state", p->name.id);
	if (p->state_count == 0)
		return;
	open_enumeration(h, &p->name, of);
	for (size_t i = 0; i < p->state_count; i++)
		write_enumerator(h, of, &p->states[i].name, i, i + 1 == p->state_count);
	write_str(h->w, "};\n\n");
}

static void write_events(struct header *h, const struct procedure *p)
{
	const char *of = arena_printf(h->names.arena, "%s_event", p->name.id);
	if (p->event_count == 0)
		return;
	open_enumeration(h, &p->name, of);
	for (size_t i = 0; i < p->event_count; i++)
		write_enumerator(h, of, &p->events[i].name, i, i + 1 == p->event_count);
	write_str(h->w, "};\n\n");
}

static void write_procedures(struct header *h)
{
	const struct model *m = h->model;
	if (m->procedure_count == 0)
		return;
	write_str(h->w, "/* Procedures, and the states and events of each, for guiju_step. */\nenum {\n");
	for (size_t i = 0; i < m->procedure_count; i++)
		write_enumerator(h, "procedure", &m->procedures[i].name, i, i + 1 == m->procedure_count);
	write_str(h->w, "};\n\n");
	for (size_t i = 0; i < m->procedure_count; i++) {
		write_states(h, &m->procedures[i]);
		write_events(h, &m->procedures[i]);
	}
}

/* ---- calls ---- */

static void write_values(struct header *h)
{
	const struct model *m = h->model;
	const char *id = m->name.id;
	write_fmt(h->w,
		  "/* The facts as guiju_decide and guiju_decide_partial take them. */\n"
		  "static inline void %s_values(const struct %s_facts *facts, int64_t *values)\n{\n",
		  id, id);
	for (size_t i = 0; i < m->fact_count; i++)
		write_fmt(h->w,
			  m->facts[i].kind == FACT_BOOLEAN ? "\tvalues[%zu] = facts->%s ? 1 : 0;\n"
							   : "\tvalues[%zu] = (int64_t)facts->%s;\n",
			  i, h->fact_members[i]);
	if (m->fact_count == 0)
		write_str(h->w, "\t(void)facts;\n\t(void)values;\n");
	write_str(h->w, "}\n\n");
}

static void write_call(struct header *h, size_t index)
{
	const struct decision *d = &h->model->decisions[index];
	const char *id = h->model->name.id;
	write_label(h, &d->name);
	write_fmt(h->w,
		  "static inline enum guiju_status %s(const struct guiju_table *table, const struct %s_facts *facts,\n"
		  "\tvoid *scratch, size_t scratch_size, struct guiju_answer *answer)\n{\n"
		  "\tint64_t values[%zu];\n"
		  "\t%s_values(facts, values);\n"
		  "\treturn guiju_decide(table, %zu, values, scratch, scratch_size, answer);\n}\n\n",
		  c_name(&h->names, false, id, "decide", d->name.id), id,
		  h->model->fact_count ? h->model->fact_count : 1, id, index);
}

/* ---- the whole ---- */

static void write_opening(struct header *h)
{
	const struct model *m = h->model;
	const char *guard = c_name(&h->names, true, "guiju_rulebook", m->name.id, "h");
	write_c_first_line(h->w, m->name.id);
	write_str(h->w, " * ");
	write_comment_labels(h, &m->name);
	if (*m->edition.id) {
		write_str(h->w, "\n * ");
		write_comment_labels(h, &m->edition);
	}
	write_fmt(h->w,
		  " */\n#ifndef %s\n#define %s\n#include \"guiju.h\"\n\n"
		  "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n"
		  "/* The table, in %s.c: for guiju_table_open. */\n"
		  "extern const unsigned char %s_table[];\n"
		  "extern const size_t %s_table_size;\n\n",
		  guard, guard, m->name.id, m->name.id, m->name.id);
}

/* Names that the header has whatever the rulebook says, before any of its own. */
static void reserve_names(struct header *h)
{
	static const char *const fixed[] = { "facts", "table", "table_size", "values" };
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		(void)c_name(&h->names, false, h->model->name.id, fixed[i], NULL);
}

static bool emit_c_header(const struct artifacts *a, struct writer *w, const char **error)
{
	struct header h = { .w = w, .model = a->model };
	(void)error;
	c_names_init(&h.names, a->arena);
	c_names_init(&h.members, a->arena);
	h.fact_types = arena_new_array(a->arena, const char *, a->model->fact_count + 1);
	h.fact_members = arena_new_array(a->arena, const char *, a->model->fact_count + 1);
	reserve_names(&h);
	write_opening(&h);
	write_fact_constants(&h);
	write_facts(&h);
	write_outcomes(&h);
	write_indices(&h);
	write_procedures(&h);
	write_values(&h);
	for (size_t i = 0; i < a->model->decision_count; i++)
		write_call(&h, i);
	write_str(w, "#ifdef __cplusplus\n}\n#endif\n#endif\n");
	return true;
}

const struct emitter emit_header = { .name = "header", .suffix = ".h", .emit = emit_c_header, .derived = true };
