/* The list of clauses: adding, finding, putting into text order. */
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

uint32_t text_clause(const struct legal_text *text, const char *id)
{
	int64_t found = id ? map_get(text->index, id) : -1;
	return found < 0 ? NO_CLAUSE : (uint32_t)found;
}

uint32_t text_add(struct arena *arena, struct diag *diag, struct legal_text *text, struct text_clause clause)
{
	uint32_t index = (uint32_t)text->clauses.count;
	uint32_t first = (uint32_t)map_put_if_absent(text->index, clause.id, index);
	if (first != index) {
		struct finding *f = diag_add(diag, FINDING_DUPLICATE, clause.span, MESSAGE_CLAUSE_TWICE);
		diag_arg(diag, f, 0, clause.id);
		diag_place(diag, f, text->clauses.items[first].span, "先在这里", "first here");
		return first;
	}
	vec_push(arena, &text->clauses, clause);
	if (clause.parent != NO_CLAUSE)
		text->clauses.items[clause.parent].has_parts = true;
	return index;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What `.x` names: 7.1 a paragraph, 8.1(1).2 a sub-item, U2.a a limb. */
static enum clause_level dotted_level(const char *id, const char *dot)
{
	if (!is_digit(dot[1]))
		return CLAUSE_LIMB;
	for (const char *p = id; p < dot; p++)
		if (*p == '.' || *p == '(')
			return CLAUSE_SUBITEM;
	return is_digit(*id) ? CLAUSE_PARAGRAPH : CLAUSE_SUBITEM;
}

const char *clause_parent_id(struct arena *arena, const char *id, enum clause_level *level)
{
	size_t size = strlen(id);
	*level = CLAUSE_ARTICLE;
	for (size_t i = size; i-- > 0;) {
		if (id[i] == '#')
			*level = CLAUSE_SENTENCE;
		else if (id[i] == '(')
			*level = CLAUSE_ITEM;
		else if (id[i] == '.')
			*level = dotted_level(id, id + i);
		else
			continue;
		return arena_strndup(arena, id, i);
	}
	return "";
}

/* ---- text order ---- */

struct place {
	uint32_t file, start, end, clause;
};

/* A clause stands before its parts: where both start at one place, the longer is the whole. */
static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->clause < y->clause ? -1 : 1;
}

/* Files in the book's order. */
static uint32_t file_rank(const struct ast_book *book, uint32_t source)
{
	for (uint32_t i = 0; i < book->file_count; i++)
		if (book->files[i].source == source)
			return i;
	return UINT32_MAX;
}

static void renumber(struct legal_text *text, const struct ast_book *book, const uint32_t *new_of)
{
	for (size_t i = 0; i < text->clauses.count; i++) {
		struct text_clause *c = &text->clauses.items[i];
		map_put(text->index, c->id, (int64_t)i);
		if (c->parent != NO_CLAUSE)
			c->parent = new_of[c->parent];
	}
	for (size_t f = 0; f < book->file_count; f++)
		for (size_t b = 0; b < book->files[f].blocks.count; b++)
			if (text->above[f][b] != NO_CLAUSE)
				text->above[f][b] = new_of[text->above[f][b]];
}

/* The place of a part is never before that of its whole, though a quotation may be anchored from elsewhere. */
static void place_clause(const struct legal_text *text, const struct ast_book *book, uint32_t index, struct place *out)
{
	const struct text_clause *c = &text->clauses.items[index];
	*out = (struct place){ file_rank(book, c->span.file), c->span.start, c->span.end, index };
}

void text_order(struct arena *arena, struct legal_text *text, const struct ast_book *book)
{
	size_t count = text->clauses.count;
	struct place *places = arena_new_array(arena, struct place, count + 1);
	struct text_clause *sorted = arena_new_array(arena, struct text_clause, count + 1);
	uint32_t *new_of = arena_new_array(arena, uint32_t, count + 1);
	for (uint32_t i = 0; i < count; i++)
		place_clause(text, book, i, &places[i]);
	qsort(places, count, sizeof *places, by_place);
	for (uint32_t i = 0; i < count; i++) {
		sorted[i] = text->clauses.items[places[i].clause];
		new_of[places[i].clause] = i;
	}
	text->clauses.items = sorted;
	text->clauses.capacity = count;
	renumber(text, book, new_of);
}
