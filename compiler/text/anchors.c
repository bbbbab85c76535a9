/* Anchors: 条款 12.1(2)#3 引 「…」 gives an id to what no opening marks: a sentence, a limb, an unnumbered sub-item.
 *
 * A quotation stands in the clause that is one step up (12.1(2)); `…` means up to. An anchor of a sub-item or item
 * whose quotation is the whole of a plain paragraph renames that paragraph. An anchor of a clause that is there already
 * only holds its text to the quotation. A quotation that the text does not hold is `quote-drift`. */
#include "text/text.h"

#include <string.h>

#define ELLIPSIS "…"

/* ---- quotations ---- */

static const char *find_piece(const char *text, const char *end, const char *piece, size_t size)
{
	for (const char *at = text; (at = memchr(at, piece[0], (size_t)(end - at))) != NULL; at++)
		if ((size_t)(end - at) >= size && memcmp(at, piece, size) == 0)
			return at;
	return NULL;
}

bool quote_find(const char *text, const char *quote, size_t *start, size_t *end)
{
	const char *at = text, *text_end = text + strlen(text);
	bool first = true;
	*start = 0;
	*end = 0;
	while (*quote) {
		while (strncmp(quote, ELLIPSIS, strlen(ELLIPSIS)) == 0)
			quote += strlen(ELLIPSIS);
		const char *stop = strstr(quote, ELLIPSIS);
		size_t size = stop ? (size_t)(stop - quote) : strlen(quote);
		if (!size)
			break;
		const char *found = find_piece(at, text_end, quote, size);
		if (!found)
			return false;
		if (first)
			*start = (size_t)(found - text);
		first = false;
		at = found + size;
		*end = (size_t)(at - text);
		quote += size;
	}
	return !first;
}

/* The last piece of a quotation may stand twice: what counts is that it can end where the text does. */
static bool quotes_whole(const char *text, const char *quote)
{
	size_t start, end, size = strlen(text);
	if (strncmp(text, quote, (unsigned char)*quote < 0x80 ? 1 : 3) != 0)
		return false; /* most paragraphs differ at once: an article may have many of them */
	if (!quote_find(text, quote, &start, &end) || start != 0)
		return false;
	const char *tail = quote;
	for (const char *next; (next = strstr(tail, ELLIPSIS)) != NULL;)
		tail = next + strlen(ELLIPSIS);
	size_t tail_size = strlen(tail);
	return end == size || (tail != quote && tail_size && tail_size <= size &&
			       memcmp(text + size - tail_size, tail, tail_size) == 0);
}

/* ---- collecting ---- */

static const char *article_of(struct arena *arena, const char *id)
{
	size_t size = 0;
	while (id[size] >= '0' && id[size] <= '9')
		size++;
	return arena_strndup(arena, id, size);
}

static void collect(struct arena *arena, struct anchors *anchors, const struct ast_decl *decl)
{
	if (!decl->clauses.count || !decl->clauses.items[0].text)
		return;
	struct anchor *anchor = arena_new_of(arena, struct anchor);
	anchor->decl = decl;
	anchor->id = decl->clauses.items[0].text;
	anchor->parent = clause_parent_id(arena, anchor->id, &anchor->level);
	const char *article = article_of(arena, anchor->id);
	int64_t first = map_put_if_absent(anchors->by_article, article, (int64_t)anchors->all.count);
	if (first != (int64_t)anchors->all.count) {
		struct anchor *head = anchors->all.items[first];
		anchor->next = head->next;
		head->next = anchor;
	}
	vec_push(arena, &anchors->all, anchor);
}

void anchors_collect(struct arena *arena, const struct ast_book *book, struct anchors *anchors)
{
	anchors->by_article = map_new_in(arena);
	for (size_t f = 0; f < book->file_count; f++)
		for (size_t b = 0; b < book->files[f].blocks.count; b++) {
			const struct ast_block *block = &book->files[f].blocks.items[b];
			for (size_t d = 0; d < block->decls.count; d++)
				if (block->decls.items[d]->kind == AST_CLAUSE)
					collect(arena, anchors, block->decls.items[d]);
		}
}

struct anchor *anchor_of_paragraph(const struct anchors *anchors, const char *article, const char *paragraph)
{
	int64_t first = map_get(anchors->by_article, article);
	for (struct anchor *a = first < 0 ? NULL : anchors->all.items[first]; a; a = a->next) {
		bool renames = a->level == CLAUSE_SUBITEM || a->level == CLAUSE_ITEM;
		const char *quote = a->decl->quote.text;
		if (renames && !a->placed && quote && quotes_whole(paragraph, quote))
			return a;
	}
	return NULL;
}

/* ---- placing ---- */

static void report_drift(struct diag *diag, const struct anchor *anchor, const struct text_clause *in)
{
	struct finding *f = diag_add(diag, FINDING_QUOTE_DRIFT, anchor->decl->quote.span, MESSAGE_QUOTE_DRIFT);
	diag_arg(diag, f, 0, anchor->id);
	diag_arg(diag, f, 1, in->id);
	diag_place(diag, f, in->span, "条文在这里", "the text is here");
	f->help = MESSAGE_QUOTE_DRIFT_HELP;
}

/* Where bytes start..end of a clause's text stand in its source; the whole clause when it was put together. */
struct span text_inside(const struct diag *diag, const struct text_clause *clause, size_t start, size_t end)
{
	const struct source *source = &diag->sources->items[clause->span.file];
	size_t size = strlen(clause->text);
	struct span span = clause->span;
	bool plain = span.start + size <= source->size && memcmp(source->text + span.start, clause->text, size) == 0;
	if (!plain)
		return span;
	return (struct span){ span.file, span.start + (uint32_t)start, span.start + (uint32_t)end };
}

static void hold_to_quote(struct diag *diag, struct legal_text *text, const struct anchor *anchor, uint32_t at)
{
	size_t start, end;
	struct text_clause *clause = &text->clauses.items[at];
	if (anchor->decl->quote.text && !quote_find(clause->text, anchor->decl->quote.text, &start, &end)) {
		report_drift(diag, anchor, clause);
		clause->broken = true;
	}
}

static void place_part(struct arena *arena, struct diag *diag, struct legal_text *text, const struct anchor *anchor,
		       uint32_t parent)
{
	const char *quote = anchor->decl->quote.text;
	struct text_clause part = { .id = anchor->id,
				    .level = anchor->level,
				    .text = quote ? quote : "",
				    .span = anchor->decl->clauses.items[0].span,
				    .parent = parent };
	size_t start, end;
	if (parent == NO_CLAUSE) {
		struct finding *f = diag_add(diag, FINDING_UNDEFINED, part.span, MESSAGE_ANCHOR_WITHOUT_CLAUSE);
		diag_arg(diag, f, 0, anchor->id);
		diag_arg(diag, f, 1, *anchor->parent ? anchor->parent : anchor->id);
		part.broken = true;
	} else if (quote && quote_find(text->clauses.items[parent].text, quote, &start, &end)) {
		const struct text_clause *whole = &text->clauses.items[parent];
		part.text = arena_strndup(arena, whole->text + start, end - start);
		part.within_start = start;
		part.within_end = end;
		part.span = text_inside(diag, whole, start, end);
	} else {
		report_drift(diag, anchor, &text->clauses.items[parent]);
		part.broken = true;
	}
	text_add(arena, diag, text, part);
}

static bool quoted_twice(struct diag *diag, struct map *seen, const struct anchors *anchors, size_t index)
{
	const struct anchor *anchor = anchors->all.items[index];
	int64_t first = map_put_if_absent(seen, anchor->id, (int64_t)index);
	if (first == (int64_t)index)
		return false;
	struct finding *f =
		diag_add(diag, FINDING_DUPLICATE, anchor->decl->clauses.items[0].span, MESSAGE_CLAUSE_TWICE);
	diag_arg(diag, f, 0, anchor->id);
	diag_place(diag, f, anchors->all.items[first]->decl->clauses.items[0].span, "先在这里", "first here");
	return true;
}

void anchors_place(struct arena *arena, struct diag *diag, struct legal_text *text, struct anchors *anchors)
{
	struct map *seen = map_new_in(arena);
	for (size_t i = 0; i < anchors->all.count; i++) {
		const struct anchor *anchor = anchors->all.items[i];
		if (quoted_twice(diag, seen, anchors, i) || anchor->placed)
			continue;
		uint32_t there = text_clause(text, anchor->id);
		if (there != NO_CLAUSE)
			hold_to_quote(diag, text, anchor, there);
		else
			place_part(arena, diag, text, anchor, text_clause(text, anchor->parent));
	}
}
