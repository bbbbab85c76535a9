/* The legal text: from headings and lines of prose to clauses with ids, by the openings of articles, items and
 * sub-items, by anchors (条款 ID 引 「…」) and by the rows of text tables.
 * needs: a syntax tree     keeps: the tree
 * gives: clauses in text order, and for every fence the clause that stands above it; findings for quotations that
 *        the text no longer bears out, for ids given twice, and for a difference from the untouched text (原文) */
#ifndef GUIJU_TEXT_TEXT_H
#define GUIJU_TEXT_TEXT_H
#include "ast/ast.h"
#include "diag/diag.h"
#include "support/arena.h"
#include "support/intern.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_CLAUSE UINT32_MAX

enum clause_level {
	CLAUSE_ARTICLE,
	CLAUSE_PARAGRAPH,
	CLAUSE_ITEM,
	CLAUSE_SUBITEM,
	CLAUSE_SENTENCE,
	CLAUSE_LIMB,
	CLAUSE_ROW
};

struct text_clause {
	const char *id;
	enum clause_level level;
	const char *text;
	struct span span;
	uint32_t parent; /* index into clauses, or NO_CLAUSE */
	bool has_parts;
	size_t within_start; /* anchored inside its parent's text: where; 0 and 0: not anchored there */
	size_t within_end;
	bool broken; /* anchored by a quotation that the text does not hold: already reported */
};

struct legal_text {
	VEC(struct text_clause) clauses; /* in text order, parents before parts */
	struct map *index;		 /* id → clause */
	uint32_t **above;		 /* [file][block]: the clause begun last before that block, or NO_CLAUSE */
};

struct legal_text *text_read(struct arena *arena, struct diag *diag, const struct ast_book *book,
			     const struct csv_loader *files);
uint32_t text_clause(const struct legal_text *text, const char *id); /* NO_CLAUSE when there is none */
/* 12.1(2)#3 → 12.1(2); the empty string when nothing is left. Gives the level of what was cut off. */
const char *clause_parent_id(struct arena *arena, const char *id, enum clause_level *level);

/* ---- shared by the files of this folder ---- */

/* How many bytes at the start of a line number it, or 0; *number is the number. */
size_t opening_article(const char *line, bool heading, uint32_t *number);
bool opening_chapter(const char *line);
size_t opening_item(const char *line, uint32_t *number, bool *han);
size_t opening_subitem(const char *line, uint32_t *number);

/* Where a quotation (`…` = up to) stands in a text: false when it does not. */
bool quote_find(const char *text, const char *quote, size_t *start, size_t *end);

struct anchor {
	const struct ast_decl *decl;
	const char *id, *parent;
	enum clause_level level;
	bool placed;
	struct anchor *next; /* of the same article */
};
struct anchors {
	VEC(struct anchor *) all;
	struct map *by_article; /* article id → index into all of the first; then `next` */
};
void anchors_collect(struct arena *arena, const struct ast_book *book, struct anchors *anchors);
/* The unplaced anchor of this article whose quotation is the whole of a plain paragraph, or NULL. */
struct anchor *anchor_of_paragraph(const struct anchors *anchors, const char *article, const char *paragraph);
/* Makes the clauses of the anchors that name no paragraph; checks every quotation. */
void anchors_place(struct arena *arena, struct diag *diag, struct legal_text *text, struct anchors *anchors);

/* Adds a clause; an id that is there already is reported, and the first one stays. Gives the clause's index. */
uint32_t text_add(struct arena *arena, struct diag *diag, struct legal_text *text, struct text_clause clause);
/* Where bytes start..end of a clause's text stand in its source; the whole clause when it was put together. */
struct span text_inside(const struct diag *diag, const struct text_clause *clause, size_t start, size_t end);
/* Reports what a clause says outside the sentences or limbs that anchors cut it into: nobody would account for it. */
void coverage_check(struct arena *arena, struct diag *diag, const struct legal_text *text);
/* Puts clauses into text order, parents before parts, after the anchors have added theirs. */
void text_order(struct arena *arena, struct legal_text *text, const struct ast_book *book);
/* Compares the prose of every file that names its 原文 with that file, white space aside. */
void original_compare(struct arena *arena, struct diag *diag, const struct ast_book *book,
		      const struct csv_loader *files);
size_t blank_at(const char *text, size_t left); /* bytes of the white space that starts here, 0: none */

#endif
