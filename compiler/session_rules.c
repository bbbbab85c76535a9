/* A row is the same while the tree keeps its cells (grammar/again.h), a rule or default while its text is. All else that a
 * model is made of is compared as text. */
#include "session_rules.h"

#include "support/intern.h"

#include <string.h>

struct known_rules {
	struct arena *arena;
	struct map *texts;           /* of rules: their number */
	size_t dim_count;            /* with the day, where some rule has a period; 0: nothing is known */
};

struct known_rules *known_rules_new(struct arena *arena)
{
	struct known_rules *known = arena_new_of(arena, struct known_rules);
	known->arena = arena;
	known->texts = map_new_in(arena);
	return known;
}

static void write_span(struct writer *w, const struct compiler *c, struct span at)
{
	write_bytes(w, c->sources.items[at.file].text + at.start, at.end - at.start);
	write_char(w, '\0');
}

static void write_decl(struct writer *w, const struct compiler *c, const struct ast_decl *decl)
{
	if (decl->kind == AST_RULE || decl->kind == AST_DEFAULT)
		return;
	write_span(w, c, decl->span);
	if (!decl->table)
		return;
	if (decl->kind != AST_TABLE)
		write_span(w, c, decl->table->span);
	for (size_t i = 0; decl->kind == AST_TABLE && i < decl->table->column_count; i++)
		write_span(w, c, decl->table->columns[i].name.span);
}

struct others others_of(const struct compiler *c)
{
	struct writer w;
	writer_init(&w, c->source_arena);
	for (size_t f = 0; f < c->book->file_count; f++)
		for (size_t b = 0; b < c->book->files[f].blocks.count; b++) {
			const struct ast_block *block = &c->book->files[f].blocks.items[b];
			for (size_t d = 0; d < block->decls.count; d++)
				write_decl(&w, c, block->decls.items[d]);
		}
	return (struct others){ writer_text(&w), w.size };
}

bool others_same(const struct others *a, const struct others *b)
{
	return a->text && b->text && a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

struct others others_kept(struct arena *arena, const struct others *others)
{
	return (struct others){ arena_strndup(arena, others->text, others->size), others->size };
}

static uint64_t id_of(struct known_rules *known, const struct compiler *c, const struct rule *rule)
{
	if (rule->table != NONE)
		return (uint64_t)(uintptr_t)c->model->tables[rule->table].written->rows.items[rule->row].cells;
	const char *text = c->sources.items[rule->span.file].text + rule->span.start;
	int64_t number = map_put_if_absent(known->texts, arena_strndup(c->model_arena, text, rule->span.end - rule->span.start),
					   (int64_t)map_count(known->texts));
	return (uint64_t)number * 2 + 1; /* cells do not lie at odd addresses */
}

const uint64_t *known_rules_ids(struct known_rules *known, struct compiler *c)
{
	if (known->dim_count && known->dim_count != c->model->dim_count + 1)
		return NULL;
	known->dim_count = c->model->dim_count + 1;
	uint64_t *ids = arena_new_array(c->model_arena, uint64_t, c->model->rule_count + 1);
	for (size_t i = 0; i < c->model->rule_count; i++)
		ids[i] = id_of(known, c, &c->model->rules[i]);
	return ids;
}
