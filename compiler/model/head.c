/* The head of a rulebook and its registers: 规则书, 版次, 法规, 标准, 疑义, 口径, 约定, 角色, 职责. */
#include "model/resolve.h"
#include "support/writer.h"

#include <string.h>

/* ---- head lines as keys and values ---- */

static const char *line_value(struct resolver *r, const struct ast_head_line *line)
{
	struct writer w;
	writer_init(&w, r->arena);
	for (size_t i = 0; i < line->values.count; i++)
		write_fmt(&w, "%s%s", i ? "、" : "", line->values.items[i].text ? line->values.items[i].text : "");
	if (line->date.given)
		write_str(&w, date_text(r->arena, line->date.day));
	if (line->number.unit)
		write_fmt(&w, "%lld%s", (long long)line->number.value, line->number.unit);
	return writer_text(&w);
}

struct lines {
	const char **keys, **values;
	size_t count;
};

/* Adds lines; `prefix` tells those of the edition from the rulebook's own. What they cite is not implemented by them.
 */
static void add_lines(struct resolver *r, const struct ast_decl *decl, const char *prefix, struct lines *out)
{
	size_t count = decl->head.count;
	const char **keys = arena_new_array(r->arena, const char *, out->count + count + 1);
	const char **values = arena_new_array(r->arena, const char *, out->count + count + 1);
	if (out->count) {
		memcpy(keys, out->keys, out->count * sizeof *keys);
		memcpy(values, out->values, out->count * sizeof *values);
	}
	out->keys = keys;
	out->values = values;
	for (size_t i = 0; i < count; i++) {
		struct attributes attributes;
		attributes_resolve(r, &decl->head.items[i].attributes, &attributes);
		keys[out->count] = arena_printf(r->arena, "%s%s", prefix, decl->head.items[i].key);
		values[out->count++] = line_value(r, &decl->head.items[i]);
	}
}

/* ---- registers ---- */

static const char *text_of(const struct ast_decl *decl)
{
	if (decl->kind == AST_CONVENTION && decl->head.count)
		return NULL;         /* a matter of counting: its key says it */
	if (decl->kind == AST_CONVENTION)
		return decl->inclusive ? "inclusive" : "exclusive";
	return decl->quote.text ? decl->quote.text : decl->name.label.text;
}

/* A convention is named by the words it speaks of. */
static struct name register_name(struct resolver *r, const struct ast_decl *decl)
{
	struct name name = name_of(r, &decl->name);
	if (*name.id || !decl->words.count)
		return name;
	struct writer w;
	writer_init(&w, r->arena);
	for (size_t i = 0; i < decl->words.count; i++)
		write_fmt(&w, "%s%s", i ? "、" : "", decl->words.items[i].text ? decl->words.items[i].text : "");
	name.id = name.label = name.english = writer_text(&w);
	return name;
}

static void add_named(struct resolver *r, struct entry *entry, named_texts *list, struct scope *scope, enum thing thing)
{
	struct named_text item = { .name = register_name(r, entry->decl),
				   .text = text_of(entry->decl),
				   .role = NONE,
				   .span = entry->decl->span };
	entry->made = (uint32_t)list->count;
	if (scope)
		scope_add(r, scope, thing, &entry->decl->name, entry->made, false);
	vec_push(r->arena, list, item);
}

/* Names first, what they cite after: a citation may name an instrument declared further down. */
static void name_registers(struct resolver *r)
{
	struct model *m = r->model;
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		switch (entry->decl->kind) {
		case AST_INSTRUMENT: add_named(r, entry, &m->instruments, &r->instruments, THING_INSTRUMENT); break;
		case AST_STANDARD: add_named(r, entry, &m->standards, &r->standards, THING_STANDARD); break;
		case AST_AMBIGUITY: add_named(r, entry, &m->ambiguities, &r->ambiguities, THING_AMBIGUITY); break;
		case AST_BASIS: add_named(r, entry, &m->bases, &r->bases, THING_BASIS); break;
		case AST_CONVENTION: add_named(r, entry, &m->conventions, NULL, THING_BASIS); break;
		default: break;
		}
	}
}

static bool is_inclusive(enum ast_bound bound)
{
	return bound == AST_BOUND_AT_LEAST || bound == AST_BOUND_AT_MOST;
}

/* What the book publishes must be what it decides by. */
static void check_meanings(struct resolver *r, const struct ast_decl *decl)
{
	for (size_t i = 0; i < decl->fixed.count && !decl->head.count; i++) {
		const struct ast_fixed_word *fixed = &decl->fixed.items[i];
		if (is_inclusive(fixed->bound) == decl->inclusive)
			continue;
		report(r, FINDING_TYPE, fixed->word.span,
		       decl->inclusive ? MESSAGE_MEANT_INCLUSIVE : MESSAGE_MEANT_EXCLUSIVE, fixed->word.text, NULL);
	}
}

static void fill_named(struct resolver *r, const struct entry *entry, struct named_text *item)
{
	struct lines lines = { 0 };
	attributes_resolve(r, &entry->decl->attributes, &item->attributes);
	if (entry->decl->kind == AST_CONVENTION)
		account_cites(r, &item->attributes.cites, item->name.id);
	check_meanings(r, entry->decl);
	add_lines(r, entry->decl, "", &lines);
	item->keys = lines.keys;
	item->values = lines.values;
	item->key_count = lines.count;
}

/* A convention implements the clause that says how words are meant; the others only point at one. */
static void fill_registers(struct resolver *r)
{
	struct model *m = r->model;
	for (size_t i = 0; i < r->decls.count; i++) {
		const struct entry *entry = &r->decls.items[i];
		r->order = (uint32_t)i;
		switch (entry->decl->kind) {
		case AST_INSTRUMENT: fill_named(r, entry, &m->instruments.items[entry->made]); break;
		case AST_STANDARD: fill_named(r, entry, &m->standards.items[entry->made]); break;
		case AST_AMBIGUITY: fill_named(r, entry, &m->ambiguities.items[entry->made]); break;
		case AST_BASIS: fill_named(r, entry, &m->bases.items[entry->made]); break;
		case AST_CONVENTION: fill_named(r, entry, &m->conventions.items[entry->made]); break;
		default: break;
		}
	}
}

void registers_resolve(struct resolver *r)
{
	name_registers(r);
	roles_resolve(r);
	fill_registers(r);
}

/* ---- roles and their duties ---- */

static size_t alias_count(const struct ast_decl *decl)
{
	size_t count = decl->words.count;
	for (size_t i = 0; i < decl->head.count; i++)
		if (strcmp(decl->head.items[i].key, "also_called") == 0)
			count += decl->head.items[i].values.count;
	return count;
}

static void add_aliases(struct resolver *r, struct role *role, const ast_words *words, uint32_t index)
{
	for (size_t i = 0; i < words->count; i++) {
		if (!words->items[i].text)
			continue;
		role->aliases[role->alias_count++] = words->items[i].text;
		struct ast_name alias = { .label = words->items[i] };
		scope_add(r, &r->roles, THING_ROLE, &alias, index, false);
	}
}

static void name_role(struct resolver *r, struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct role *role = &r->model->roles[entry->made = (uint32_t)r->model->role_count++];
	role->name = name_of(r, &decl->name);
	role->span = decl->span;
	role->aliases = arena_new_array(r->arena, const char *, alias_count(decl) + 1);
	scope_add(r, &r->roles, THING_ROLE, &decl->name, entry->made, false);
	add_aliases(r, role, &decl->words, entry->made);
	for (size_t i = 0; i < decl->head.count; i++)
		if (strcmp(decl->head.items[i].key, "also_called") == 0)
			add_aliases(r, role, &decl->head.items[i].values, entry->made);
}

static void add_duty(struct resolver *r, const struct entry *entry)
{
	const struct ast_decl *decl = entry->decl;
	struct named_text duty = { .text = text_of(decl), .span = decl->span, .name = name_of(r, &decl->name) };
	duty.role = decl->role.text ? role_look_up(r, &decl->role) : NONE;
	if (duty.role != NONE && !decl->name.id.text)
		duty.name.id = r->model->roles[duty.role].name.id;
	attributes_resolve(r, &decl->attributes, &duty.attributes);
	account_cites(r, &duty.attributes.cites, duty.name.id);
	vec_push(r->arena, &r->model->duties, duty);
}

void roles_resolve(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_ROLE)
		count++;
	r->model->roles = arena_new_array(r->arena, struct role, count + 1);
	DECL_LOOP (r, entry, AST_ROLE)
		name_role(r, entry);
	for (size_t i = 0; i < r->decls.count; i++) {
		const struct entry *entry = &r->decls.items[i];
		r->order = (uint32_t)i;
		if (entry->decl->kind == AST_ROLE) {
			struct role *role = &r->model->roles[entry->made];
			attributes_resolve(r, &entry->decl->attributes, &role->attributes);
			account_cites(r, &role->attributes.cites, role->name.id);
		} else if (entry->decl->kind == AST_DUTY) {
			add_duty(r, entry);
		}
	}
}

/* ---- 规则书 and 版次 ---- */

/* 法律依据 names instruments; what stands in quotes is free text. */
static void check_legal_basis(struct resolver *r, const struct ast_decl *decl)
{
	for (size_t i = 0; i < decl->head.count; i++) {
		const struct ast_head_line *line = &decl->head.items[i];
		for (size_t v = 0; strcmp(line->key, "legal_basis") == 0 && v < line->values.count; v++)
			if (!line->values.items[v].quoted)
				scope_look_up(r, &r->instruments, THING_INSTRUMENT, &line->values.items[v]);
	}
}

static void resolve_rulebook(struct resolver *r, const struct ast_decl *decl, struct lines *lines)
{
	struct model *m = r->model;
	if (m->name.id) {
		struct finding *f = report(r, FINDING_DUPLICATE, name_span(&decl->name, decl->keyword),
					   MESSAGE_SECOND_RULEBOOK, NULL, NULL);
		diag_place(r->diag, f, m->name_span, "先在这里声明", "first declared here");
		return;
	}
	m->name = name_of(r, &decl->name);
	m->name_span = name_span(&decl->name, decl->keyword);
	attributes_resolve(r, &decl->attributes, &m->attributes);
	check_legal_basis(r, decl);
	add_lines(r, decl, "", lines);
}

static void resolve_edition(struct resolver *r, const struct ast_decl *decl, struct lines *lines)
{
	struct model *m = r->model;
	if (m->edition.id) {
		report(r, FINDING_DUPLICATE, name_span(&decl->name, decl->keyword), MESSAGE_SECOND_EDITION, NULL, NULL);
		return;
	}
	m->edition = name_of(r, &decl->name);
	attributes_resolve(r, &decl->attributes, &m->edition_attributes);
	add_lines(r, decl, "edition_", lines);
}

void head_resolve(struct resolver *r)
{
	struct model *m = r->model;
	struct lines lines = { 0 };
	m->attributes.role = m->edition_attributes.role = NONE;
	for (size_t i = 0; i < r->decls.count; i++) {
		r->order = (uint32_t)i;
		if (r->decls.items[i].decl->kind == AST_RULEBOOK)
			resolve_rulebook(r, r->decls.items[i].decl, &lines);
		else if (r->decls.items[i].decl->kind == AST_EDITION)
			resolve_edition(r, r->decls.items[i].decl, &lines);
	}
	if (!m->name.id)
		m->name = (struct name){ .id = "rulebook", .label = "规则书", .english = "rulebook", .has_label = true };
	if (!m->edition.id)
		m->edition = (struct name){ .id = "", .label = "", .english = "" };
	m->head_keys = lines.keys;
	m->head_values = lines.values;
	m->head_count = lines.count;
}
