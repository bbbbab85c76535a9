/* Head, legend and notes of every drawing. */
#include "draw/compose.h"

#include "draw/words.h"

#include <string.h>

enum { NOTE_FINDINGS = 4, NOTE_RULES = 3, NOTE_FACTS = 8 };

struct drawing *drawing_new(struct arena *arena, const struct model *model, const char *kind, const char *id,
			    const char *title, enum drawing_flow flow)
{
	struct drawing *d = arena_new_of(arena, struct drawing);
	bool edition = model->edition.id && model->edition.id[0];
	d->kind = kind;
	d->id = id;
	d->language = "zh";
	d->title = arena_strdup(arena, title);
	d->subtitle = edition ? arena_printf(arena, "%s　版次 %s", model->name.label, model->edition.id)
			      : arena_strdup(arena, model->name.label);
	d->flow = flow;
	if (edition && model->edition.has_label)    /* it may say of what kind the edition is: an example */
		vec_push(arena, &d->notes, ((struct drawing_key){ CLASS_PLAIN, model->edition.label }));
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
	for (size_t i = 0; i < d->edges.count && !shown; i++)
		shown = d->edges.items[i].class == class;
	for (size_t i = 0; i < d->columns.count && !shown; i++)
		shown = !d->columns.items[i].last && d->columns.items[i].class == class;
	for (size_t i = 0; i < d->nodes.count; i++)
		for (size_t k = 0; k < d->nodes.items[i].bars.count && !shown; k++)
			shown = d->nodes.items[i].bars.items[k].class == class;
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

/* What a note calls the findings of a kind; NULL: they are not drawn. */
static const char *kind_word(enum finding_kind kind)
{
	switch (kind) {
	case FINDING_CONFLICT: return "冲突";
	case FINDING_GAP: return "空白";
	case FINDING_UNREACHABLE: return "不起作用";
	case FINDING_REDUNDANT: return "多余";
	case FINDING_IMPOSSIBLE: return "不可能的条件";
	case FINDING_REFUTED: return "不成立的断言";
	case FINDING_NOT_DECIDED: return "没有判明";
	default: return NULL;
	}
}

static void write_rules(struct writer *w, struct arena *arena, const struct model *model, const char **rules)
{
	size_t count = 0;
	for (; rules && rules[count]; count++)
		if (count < NOTE_RULES)
			write_fmt(w, "%s%s", count > 0 ? "与" : "", rule_words(arena, model, rules[count]));
	if (count > NOTE_RULES)
		write_fmt(w, "等%zu条", count);
}

/* What a gap says instead of rules: one case. */
static void write_witness(struct writer *w, const struct finding *f)
{
	for (size_t i = 0; i < f->witness.count && i < NOTE_FACTS; i++)
		write_fmt(w, "%s%s", i > 0 ? "，" : "例如", f->witness.items[i].words.zh);
	if (f->witness.count > NOTE_FACTS)
		write_str(w, "……");
}

static bool is_of(const struct finding *f, enum finding_kind kind, const char *decision)
{
	return f->kind == kind && f->decision && strcmp(f->decision, decision) == 0;
}

/* One note for each kind. */
static void add_note_of(struct arena *arena, struct drawing *d, const struct model *model, const struct diag *findings,
			const char *decision, enum finding_kind kind)
{
	struct writer w;
	size_t count = 0;
	writer_init(&w, arena);
	write_fmt(&w, "%s：", kind_word(kind));
	for (size_t i = 0; i < findings->findings.count; i++) {
		const struct finding *f = findings->findings.items[i];
		if (!is_of(f, kind, decision) || ++count > NOTE_FINDINGS)
			continue;
		write_str(&w, count > 1 ? "；" : "");
		if (f->rules && f->rules[0])
			write_rules(&w, arena, model, f->rules);
		else if (f->has_witness)
			write_witness(&w, f);
	}
	if (count > NOTE_FINDINGS)
		write_fmt(&w, "；等%zu处，见 guiju check", count);
	if (count > 0)
		drawing_add_note(arena, d, CLASS_RED, arena_strdup(arena, writer_text(&w)));
}

void drawing_add_findings(struct arena *arena, struct drawing *d, const struct model *model,
			  const struct diag *findings, const char *decision)
{
	for (int kind = 0; findings && kind < FINDING_COUNT; kind++)
		if (kind_word((enum finding_kind)kind))
			add_note_of(arena, d, model, findings, decision, (enum finding_kind)kind);
}

void drawing_finish(struct arena *arena, const struct drawing *d, picture_lists *out)
{
	struct writer w;
	writer_init(&w, arena);
	list_write(&w, d);
	struct picture_list list = { d->id, w.bytes, w.size };
	vec_push(arena, out, list);
}
