/* The account of every clause: as a table for people, and in JSON. Only units are listed and counted. */
#include "model/trace.h"

#include <string.h>

#define FATES 5

static const char *const fate_slugs[FATES] = { "unaccounted", "implemented", "discretion", "no_effect", "pending" };
static const struct phrase fate_words[FATES] = {
	[FATE_UNACCOUNTED] = { "没有交代", "unaccounted" }, [FATE_IMPLEMENTED] = { "已实施", "implemented" },
	[FATE_DISCRETION] = { "裁量", "discretion" },	    [FATE_NO_EFFECT] = { "宣示", "no effect" },
	[FATE_PENDING] = { "待程序", "pending" },
};
/* Accounted for first, what is open last. */
static const enum fate fate_order[FATES] = { FATE_IMPLEMENTED, FATE_DISCRETION, FATE_NO_EFFECT, FATE_PENDING,
					     FATE_UNACCOUNTED };

static void count_fates(const struct model *model, size_t counts[FATES], size_t *all)
{
	*all = 0;
	memset(counts, 0, FATES * sizeof *counts);
	for (size_t i = 0; i < model->clause_count; i++)
		if (model->clauses[i].unit) {
			counts[model->clauses[i].fate]++;
			++*all;
		}
}

/* ---- JSON ---- */

static void write_member(struct writer *w, const char *key, const char *text)
{
	write_fmt(w, ", \"%s\": ", key);
	if (text)
		write_json_string(w, text);
	else
		write_str(w, "null");
}

static void write_clause_json(struct writer *w, const struct model *model, const struct clause *c)
{
	write_str(w, "{\"clause\": ");
	write_json_string(w, c->id);
	write_fmt(w, ", \"fate\": \"%s\", \"by\": [", fate_slugs[c->fate]);
	for (size_t i = 0; i < c->by_count; i++) {
		write_str(w, i ? ", " : "");
		write_json_string(w, c->by[i]);
	}
	write_str(w, "]");
	write_member(w, "role", c->role == NONE ? NULL : model->roles[c->role].name.id);
	write_member(w, "reason", c->reason);
	write_str(w, "}");
}

static void write_json(struct writer *w, const struct model *model)
{
	size_t counts[FATES], all;
	bool first = true;
	write_str(w, "\"clauses\": [");
	for (size_t i = 0; i < model->clause_count; i++) {
		if (!model->clauses[i].unit)
			continue;
		write_str(w, first ? "\n  " : ",\n  ");
		write_clause_json(w, model, &model->clauses[i]);
		first = false;
	}
	count_fates(model, counts, &all);
	write_str(w, "],\n\"totals\": {");
	for (size_t i = 0; i < FATES; i++)
		write_fmt(w, "\"%s\": %zu, ", fate_slugs[fate_order[i]], counts[fate_order[i]]);
	write_fmt(w, "\"clauses\": %zu}", all);
}

/* ---- text ---- */

/* Columns of a terminal: a character beyond Latin is two wide. */
static size_t width_of(const char *text)
{
	size_t width = 0;
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		width += *p < 0x80 ? 1 : *p >= 0xe0 ? 2 : *p >= 0xc0 ? 1 : 0;
	return width;
}

static void write_padded(struct writer *w, const char *text, size_t width)
{
	write_str(w, text);
	for (size_t i = width_of(text); i < width; i++)
		write_char(w, ' ');
	write_str(w, "  ");
}

static void write_list(struct writer *w, const char *const *items, size_t count, const char *separator)
{
	for (size_t i = 0; i < count; i++) {
		write_str(w, i ? separator : "");
		write_str(w, items[i]);
	}
}

static void write_account(struct writer *w, const struct model *model, const struct clause *c, bool chinese)
{
	const struct role *role = c->role == NONE ? NULL : &model->roles[c->role];
	if (c->fate == FATE_IMPLEMENTED)
		write_list(w, c->by, c->by_count, chinese ? "、" : ", ");
	if (role)
		write_str(w, chinese ? role->name.label : role->name.english);
	if (c->fate != FATE_IMPLEMENTED && c->reason) {
		write_str(w, !role ? "" : chinese ? "：" : ": ");
		write_str(w, c->reason);
	}
}

static void write_totals(struct writer *w, const struct model *model, bool chinese)
{
	size_t counts[FATES], all;
	count_fates(model, counts, &all);
	write_fmt(w, chinese ? "共 %zu 条款：" : "%zu clauses: ", all);
	for (size_t i = 0, written = 0; i < FATES; i++) {
		enum fate fate = fate_order[i];
		if (!counts[fate])
			continue;
		write_str(w, !written++ ? "" : chinese ? "，" : ", ");
		write_fmt(w, "%s %zu", chinese ? fate_words[fate].zh : fate_words[fate].en, counts[fate]);
	}
	write_char(w, '\n');
}

static void write_text(struct writer *w, const struct model *model, bool chinese)
{
	size_t id_width = 0, fate_width = 0;
	for (size_t i = 0; i < model->clause_count; i++) {
		const struct clause *c = &model->clauses[i];
		size_t id = width_of(c->id), fate = width_of(chinese ? fate_words[c->fate].zh : fate_words[c->fate].en);
		if (!c->unit)
			continue;
		id_width = id > id_width ? id : id_width;
		fate_width = fate > fate_width ? fate : fate_width;
	}
	for (size_t i = 0; i < model->clause_count; i++) {
		const struct clause *c = &model->clauses[i];
		if (!c->unit)
			continue;
		write_padded(w, c->id, id_width);
		write_padded(w, chinese ? fate_words[c->fate].zh : fate_words[c->fate].en, fate_width);
		write_account(w, model, c, chinese);
		while (w->size && w->bytes[w->size - 1] == ' ')
			w->bytes[--w->size] = '\0';
		write_char(w, '\n');
	}
	write_totals(w, model, chinese);
}

void trace_write(struct writer *w, const struct model *model, bool json, bool chinese)
{
	if (json)
		write_json(w, model);
	else
		write_text(w, model, chinese);
}
