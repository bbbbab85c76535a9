/* What attaches to anything: 依据, 理由, 释疑, 裁量, 口径. A citation names a clause of the own text, or an instrument.
 */
#include "model/resolve.h"

#include <string.h>

/* ---- citations ---- */

/* 规定7.1(2) is a clause of the instrument 规定: some beginning of the citation is an instrument's name. */
static bool cites_instrument(struct resolver *r, const char *cite)
{
	if (map_get(r->cites_known, cite) >= 0)
		return true;
	for (size_t size = strlen(cite); size > 0; size--)
		if (scope_find(&r->instruments, arena_strndup(r->arena, cite, size)) < AMBIGUOUS) {
			map_put(r->cites_known, cite, 1);
			return true;
		}
	return false;
}

static size_t prefix_size(const char *cite)
{
	size_t size = 0;
	while (cite[size] && !(cite[size] >= '0' && cite[size] <= '9') && cite[size] != '(' && cite[size] != '#')
		size++;
	return size;
}

static void report_clause(struct resolver *r, const struct ast_clause_id *id)
{
	enum clause_level level;
	size_t prefix = prefix_size(id->text);
	if ((unsigned char)id->text[0] >= 0x80) {
		struct ast_word word = { .text = arena_strndup(r->arena, id->text, prefix), .span = id->span };
		const struct scope *scope = &r->instruments;
		word.span.end = word.span.start + (uint32_t)prefix;
		report_undefined(r, &scope, 1, THING_INSTRUMENT, &word);
		return;
	}
	if (r->text->clauses.count == 0) {
		if (!r->no_text_reported)
			report(r, FINDING_UNDEFINED, id->span, MESSAGE_NO_TEXT, id->text, NULL);
		r->no_text_reported = true;
		return;
	}
	struct finding *f = report(r, FINDING_UNDEFINED, id->span, MESSAGE_UNDEFINED_CLAUSE, id->text, NULL);
	const char *parent = clause_parent_id(r->arena, id->text, &level);
	if (level >= CLAUSE_SENTENCE && text_clause(r->text, parent) != NO_CLAUSE)
		diag_help(r->diag, f, MESSAGE_ANCHOR_IT, id->text, parent);
}

void cites_resolve(struct resolver *r, const ast_clause_ids *ids, struct cites *out)
{
	out->clauses = arena_new_array(r->arena, const char *, ids->count + 1);
	out->spans = arena_new_array(r->arena, struct span, ids->count + 1);
	out->count = 0;
	for (size_t i = 0; i < ids->count; i++) {
		const struct ast_clause_id *id = &ids->items[i];
		if (!id->text || !*id->text)
			continue;
		if (text_clause(r->text, id->text) == NO_CLAUSE && !cites_instrument(r, id->text))
			report_clause(r, id);
		out->clauses[out->count] = id->text;
		out->spans[out->count++] = id->span;
	}
}

/* ---- the others ---- */

uint32_t role_look_up(struct resolver *r, const struct ast_word *word)
{
	return scope_look_up(r, &r->roles, THING_ROLE, word);
}

/* 释疑 may only name what 疑义 registers. */
void resolves_resolve(struct resolver *r, const ast_words *words, struct attributes *out)
{
	size_t before = out->resolve_count;
	const char **all = arena_new_array(r->arena, const char *, before + words->count + 1);
	if (before)
		memcpy(all, out->resolves, before * sizeof *all);
	out->resolves = all;
	for (size_t i = 0; i < words->count; i++) {
		if (!words->items[i].text)
			continue;
		scope_look_up(r, &r->ambiguities, THING_AMBIGUITY, &words->items[i]);
		all[out->resolve_count++] = words->items[i].text;
	}
}

void attributes_resolve(struct resolver *r, const struct ast_attributes *ast, struct attributes *out)
{
	memset(out, 0, sizeof *out);
	cites_resolve(r, &ast->cites, &out->cites);
	out->because = ast->because.text;
	resolves_resolve(r, &ast->resolves, out);
	out->role = ast->discretion.text ? role_look_up(r, &ast->discretion) : NONE;
	out->discretion = ast->discretion_given || ast->discretion.text;
	out->basis = ast->basis.text;
	if (ast->basis.text) {
		uint32_t basis = scope_look_up(r, &r->bases, THING_BASIS, &ast->basis);
		out->basis = basis == NONE ? ast->basis.text : r->model->bases.items[basis].name.id;
	}
}

/* ---- rules ---- */

void cite_clause_above(struct resolver *r, const struct entry *entry, struct attributes *out)
{
	uint32_t above = r->text->above[entry->file][entry->decl->block];
	if (above == NO_CLAUSE || !entry->decl->alone_in_fence)
		return;
	out->cites.clauses = arena_new_array(r->arena, const char *, 2);
	out->cites.spans = arena_new_array(r->arena, struct span, 1);
	out->cites.clauses[0] = r->text->clauses.items[above].id;
	out->cites.spans[0] = entry->decl->keyword;
	out->cites.count = 1;
}

void attributes_of_rule(struct resolver *r, const struct entry *entry, struct attributes *out)
{
	const struct ast_decl *decl = entry->decl;
	attributes_resolve(r, &decl->attributes, out);
	if (!out->cites.count)
		cite_clause_above(r, entry, out);
}
