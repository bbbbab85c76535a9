/* The head of the rulebook, its registers, and the legal text with the account of every clause. */
#include "emit/xml.h"

#include "emit/emit.h"

static void write_register(struct xml *x, const char *element, const named_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++) {
		const struct named_text *t = &texts->items[i];
		xml_open(x, element);
		xml_attribute(x, "id", t->name.id);
		if (t->role != NONE && x->model->role_count > 0)
			xml_attribute(x, "role", x->model->roles[t->role].name.id);
		xml_labels(x, &t->name);
		xml_attaches(x, &t->attributes);
		for (size_t k = 0; k < t->key_count; k++) {
			xml_open(x, "entry");
			xml_attribute(x, "key", t->keys[k]);
			xml_language(x, t->values[k]);
			xml_content(x, t->values[k]);
			xml_close(x);
		}
		xml_text(x, "text", t->text);
		xml_close(x);
	}
}

static void write_roles(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->role_count; i++) {
		xml_open(x, "role");
		xml_attribute(x, "id", m->roles[i].name.id);
		xml_labels(x, &m->roles[i].name);
		xml_attaches(x, &m->roles[i].attributes);
		for (size_t k = 0; k < m->roles[i].alias_count; k++)
			xml_text(x, "also_called", m->roles[i].aliases[k]);
		xml_close(x);
	}
}

static const char *level_word(enum clause_level level)
{
	static const char *const words[] = {
		[CLAUSE_ARTICLE] = "article", [CLAUSE_PARAGRAPH] = "paragraph", [CLAUSE_ITEM] = "item",
		[CLAUSE_SUBITEM] = "subitem", [CLAUSE_SENTENCE] = "sentence",	[CLAUSE_LIMB] = "limb",
		[CLAUSE_ROW] = "row",
	};
	return words[level];
}

static const char *fate_word(enum fate fate)
{
	static const char *const words[] = {
		[FATE_UNACCOUNTED] = "unaccounted", [FATE_IMPLEMENTED] = "implemented",
		[FATE_DISCRETION] = "discretion",   [FATE_NO_EFFECT] = "no_effect",
		[FATE_PENDING] = "pending",
	};
	return words[fate];
}

static void write_account(struct xml *x, const struct clause *clause)
{
	if (!clause->unit)
		return;
	xml_open(x, "account");
	xml_attribute(x, "fate", fate_word(clause->fate));
	if (clause->fate == FATE_DISCRETION && clause->role != NONE)
		xml_attribute(x, "role", x->model->roles[clause->role].name.id);
	for (size_t i = 0; i < clause->by_count; i++) {
		xml_open(x, "by");
		xml_attribute(x, "name", clause->by[i]);
		xml_close(x);
	}
	xml_text(x, "because", clause->reason);
	xml_close(x);
}

static void write_clause(struct xml *x, const struct clause *clause)
{
	xml_open(x, "clause");
	xml_attribute(x, "id", clause->id);
	xml_attribute(x, "level", level_word(clause->level));
	if (clause->parent != NONE)
		xml_attribute(x, "parent", x->model->clauses[clause->parent].id);
	xml_text(x, "text", clause->text);
	write_account(x, clause);
	xml_close(x);
}

static const char *source_path(const struct model *m, uint32_t file)
{
	return m->sources && file < m->sources->count ? m->sources->items[file].path : NULL;
}

/* Clauses that stand in one file, one after the other, are one document. */
static void write_documents(struct xml *x)
{
	const struct model *m = x->model;
	for (size_t i = 0; i < m->clause_count; i++) {
		uint32_t file = m->clauses[i].span.file;
		if (i == 0 || file != m->clauses[i - 1].span.file) {
			xml_open(x, "document");
			xml_attribute(x, "file", source_path(m, file));
		}
		write_clause(x, &m->clauses[i]);
		if (i + 1 == m->clause_count || file != m->clauses[i + 1].span.file)
			xml_close(x);
	}
}

static void write_edition(struct xml *x)
{
	const struct model *m = x->model;
	if (!m->edition.id || m->edition.id[0] == '\0')
		return;
	xml_open(x, "edition");
	xml_attribute(x, "id", m->edition.id);
	xml_labels(x, &m->edition);
	xml_attaches(x, &m->edition_attributes);
	xml_close(x);
}

void xml_write_head(struct xml *x)
{
	const struct model *m = x->model;
	xml_labels(x, &m->name);
	xml_attaches(x, &m->attributes);
	for (size_t i = 0; i < m->head_count; i++) {
		xml_open(x, "entry");
		xml_attribute(x, "key", m->head_keys[i]);
		xml_language(x, m->head_values[i]);
		xml_content(x, m->head_values[i]);
		xml_close(x);
	}
	write_edition(x);
	write_register(x, "instrument", &m->instruments);
	write_register(x, "standard", &m->standards);
	write_register(x, "convention", &m->conventions);
	write_register(x, "basis", &m->bases);
	write_register(x, "ambiguity", &m->ambiguities);
	write_roles(x);
	write_register(x, "duty", &m->duties);
	write_documents(x);
}
