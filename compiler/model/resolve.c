/* From the tree to the model, on one page. The order matters: what is named is declared before what names it is
 * resolved, and citations need the clauses. */
#include "model/resolve.h"

#include <string.h>

static void collect(struct resolver *r)
{
	for (uint32_t f = 0; f < r->book->file_count; f++)
		for (size_t b = 0; b < r->book->files[f].blocks.count; b++) {
			const struct ast_block *block = &r->book->files[f].blocks.items[b];
			for (size_t d = 0; d < block->decls.count; d++) {
				struct entry entry = { .decl = block->decls.items[d], .file = f, .made = NONE };
				vec_push(r->arena, &r->decls, entry);
			}
		}
}

static void make_scopes(struct resolver *r)
{
	struct scope *scopes[] = { &r->facts,	    &r->decisions,   &r->definitions, &r->rules,       &r->roles,
				   &r->instruments, &r->standards,   &r->ambiguities, &r->bases,       &r->enumerations,
				   &r->baselines,   &r->constraints, &r->properties,  &r->publications,
				   &r->calendars,   &r->procedures };
	for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
		scope_init(r, scopes[i]);
}

struct model *resolve_book(struct arena *arena, struct diag *diag, const struct ast_book *book,
			   const struct csv_loader *files, const char *digest)
{
	struct resolver r = { .arena = arena, .diag = diag, .book = book, .model = arena_new_of(arena, struct model) };
	r.model->arena = arena;
	r.model->sources = diag->sources;
	r.model->digest = digest;
	size_t first = diag->findings.count;
	r.text = text_read(arena, diag, book, files);
	collect(&r);
	make_scopes(&r);
	r.cites_known = map_new_in(arena);
	clauses_resolve(&r);
	registers_resolve(&r);
	head_resolve(&r);
	enumerations_resolve(&r);
	facts_resolve(&r);
	dims_make(&r);
	decisions_declare(&r);
	definitions_resolve(&r);
	rules_resolve(&r);
	constraints_resolve(&r);
	priorities_resolve(&r);
	decisions_close(&r);
	properties_resolve(&r);
	cases_resolve(&r);
	procedures_resolve(&r);
	publications_resolve(&r);
	accounts_resolve(&r);
	unused_report(&r);
	helps_fill(diag, first);
#ifndef NDEBUG
	if (!diag_failed(diag))
		model_verify(r.model);
#endif
	return r.model;
}

/* ---- looking things up in a model ---- */

const struct clause *model_clause(const struct model *model, const char *id)
{
	int64_t found = map_get(model->clause_index, id);
	return found < 0 ? NULL : &model->clauses[found];
}

static bool is_called(const struct name *name, const char *text)
{
	return strcmp(name->id, text) == 0 || strcmp(name->label, text) == 0 || strcmp(name->english, text) == 0;
}

uint32_t model_decision(const struct model *model, const char *id_or_label)
{
	for (uint32_t i = 0; i < model->decision_count; i++)
		if (strcmp(model->decisions[i].name.id, id_or_label) == 0)
			return i;
	for (uint32_t i = 0; i < model->decision_count; i++)
		if (is_called(&model->decisions[i].name, id_or_label))
			return i;
	return NONE;
}

uint32_t model_fact(const struct model *model, const char *id_or_label)
{
	for (uint32_t i = 0; i < model->fact_count; i++)
		if (strcmp(model->facts[i].name.id, id_or_label) == 0)
			return i;
	for (uint32_t i = 0; i < model->fact_count; i++)
		if (is_called(&model->facts[i].name, id_or_label))
			return i;
	return NONE;
}
