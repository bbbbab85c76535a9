/* Head, legend and notes of every drawing. */
#include "draw/compose.h"

#include "draw/words.h"

#include <string.h>

enum { NOTES_SHOWN = 8, NOTE_RULES = 6, NOTE_FACTS = 12 };

struct drawing *drawing_new(struct arena *arena, const struct model *model, const char *kind, const char *id,
			    const char *title, enum drawing_flow flow)
{
	struct drawing *d = arena_new_of(arena, struct drawing);
	bool edition = model->edition.id && model->edition.id[0];
	d->kind = kind;
	d->id = id;
	d->title = arena_strdup(arena, title);
	d->subtitle = edition ? arena_printf(arena, "%s　版次 %s", model->name.label, model->edition.id)
			      : arena_strdup(arena, model->name.label);
	d->flow = flow;
	return d;
}

static bool has_id(const struct drawing *d, const char *id)
{
	for (size_t i = 0; i < d->nodes.count; i++)
		if (strcmp(d->nodes.items[i].id, id) == 0)
			return true;
	return false;
}

uint32_t drawing_add_node(struct arena *arena, struct drawing *d, const char *id, const struct drawing_node *node)
{
	struct drawing_node copy = *node;
	copy.id = id;
	for (unsigned n = 2; has_id(d, copy.id); n++)
		copy.id = arena_printf(arena, "%s.%u", id, n);
	vec_push(arena, &d->nodes, copy);
	return (uint32_t)d->nodes.count - 1;
}

struct drawing_edge *drawing_add_edge(struct arena *arena, struct drawing *d, uint32_t from, uint32_t to,
				      enum drawing_class class)
{
	for (size_t i = 0; i < d->edges.count; i++)
		if (d->edges.items[i].from == from && d->edges.items[i].to == to)
			return &d->edges.items[i];
	struct drawing_edge edge = { .from = from, .to = to, .class = class };
	vec_push(arena, &d->edges, edge);
	return &d->edges.items[d->edges.count - 1];
}

void drawing_add_note(struct arena *arena, struct drawing *d, enum drawing_class class, const char *text)
{
	struct drawing_key key = { class, text };
	if (d->notes.count < LIST_NOTES)
		vec_push(arena, &d->notes, key);
}

void drawing_add_legend(struct arena *arena, struct drawing *d, enum drawing_class class, const char *text)
{
	struct drawing_key key = { class, text };
	bool shown = false, had = d->legends.count == LIST_LEGENDS;
	for (size_t i = 0; i < d->nodes.count && !shown; i++)
		shown = d->nodes.items[i].class == class;
	for (size_t i = 0; i < d->legends.count && !had; i++)
		had = d->legends.items[i].class == class;
	if (shown && !had)
		vec_push(arena, &d->legends, key);
}

/* ---- findings ---- */

static const char *rule_words(struct arena *arena, const struct model *model, const char *id)
{
	for (size_t i = 0; i < model->rule_count; i++) {
		const struct rule *rule = &model->rules[i];
		if (strcmp(rule->id, id) != 0)
			continue;
		if (rule->is_default)
			return "缺省";
		if (rule->table == NONE)
			return arena_printf(arena, "「%s」", rule->name.label);
		return arena_printf(arena, "「%s %s」", model->tables[rule->table].name.label,
				    rule->item ? rule->item : rule->name.id);
	}
	return id;
}

static void write_rules(struct writer *w, struct arena *arena, const struct model *model, const char **rules)
{
	size_t count = 0;
	for (; rules && rules[count]; count++)
		if (count < NOTE_RULES)
			write_fmt(w, "%s%s", count > 0 ? "、" : "：", rule_words(arena, model, rules[count]));
	if (count > NOTE_RULES)
		write_fmt(w, " 等%zu条", count);
}

static void write_witness(struct writer *w, const struct finding *f)
{
	for (size_t i = 0; i < f->witness.count && i < NOTE_FACTS; i++)
		write_fmt(w, "%s%s", i > 0 ? "，" : "。例：", f->witness.items[i].words.zh);
}

static bool is_of(const struct finding *f, const char *decision)
{
	if (!decision || !f->decision || strcmp(f->decision, decision) != 0)
		return false;
	return f->severity == SEVERITY_ERROR || f->severity == SEVERITY_WARNING;
}

void drawing_add_findings(struct arena *arena, struct drawing *d, const struct model *model,
			  const struct diag *findings, const char *decision)
{
	size_t count = 0;
	for (size_t i = 0; findings && i < findings->findings.count; i++) {
		const struct finding *f = findings->findings.items[i];
		if (!is_of(f, decision) || ++count > NOTES_SHOWN)
			continue;
		struct writer w;
		writer_init(&w, arena);
		write_str(&w, finding_summary(f->kind).zh);
		write_rules(&w, arena, model, f->rules);
		if (f->has_witness)
			write_witness(&w, f);
		drawing_add_note(arena, d, CLASS_RED, arena_strdup(arena, writer_text(&w)));
	}
	if (count > NOTES_SHOWN)
		drawing_add_note(arena, d, CLASS_RED, arena_printf(arena, "另有%zu项发现，见 guiju check", count - NOTES_SHOWN));
}

void drawing_finish(struct arena *arena, const struct drawing *d, picture_lists *out)
{
	struct writer w;
	writer_init(&w, arena);
	list_write(&w, d);
	struct picture_list list = { d->id, w.bytes, w.size };
	vec_push(arena, out, list);
}
