/* Reads headings and lines of prose into articles, paragraphs, items and sub-items. note [openings]
 *
 * A line that opens with 第X条 begins an article; （一） opens an item of the running paragraph, `1.` a sub-item of the
 * running item; any other line is a paragraph. A chapter, or a heading that opens nothing, ends the article. After
 * 编号 U the lines numbered `1.` are U1, U2, … until the next heading. Lines outside all of these are no clauses. */
#include "support/writer.h"
#include "text/text.h"

#include <string.h>

struct reader {
	struct arena *arena;
	struct diag *diag;
	struct legal_text *text;
	struct anchors anchors;
	const char *article;   /* the running article's id, or NULL */
	const char *numbering; /* the running 编号, or NULL */
	uint32_t article_clause;
	uint32_t paragraph, item; /* running clauses, or NO_CLAUSE */
	uint32_t paragraph_count;
	uint32_t last;	  /* the clause begun last */
	bool han_items;	  /* the paragraph's items are numbered （一）: then (1) is text inside them */
	uint32_t growing; /* the clause that further lines go on, and its text so far */
	struct writer grown;
};

static const char *id_of(const struct reader *r, uint32_t clause)
{
	return r->text->clauses.items[clause].id;
}

static uint32_t begin(struct reader *r, const char *id, enum clause_level level, const char *words, struct span span,
		      uint32_t parent)
{
	struct text_clause clause = { .id = id, .level = level, .text = words, .span = span, .parent = parent };
	uint32_t index = text_add(r->arena, r->diag, r->text, clause);
	r->last = index;
	return index;
}

static void end_article(struct reader *r)
{
	r->article = NULL;
	r->numbering = NULL;
	r->paragraph = r->item = r->article_clause = NO_CLAUSE;
	r->paragraph_count = 0;
	r->han_items = false;
}

static void begin_paragraph(struct reader *r, const char *words, struct span span)
{
	const char *id = arena_printf(r->arena, "%s.%u", r->article, ++r->paragraph_count);
	r->item = NO_CLAUSE;
	r->han_items = false;
	r->paragraph = begin(r, id, CLAUSE_PARAGRAPH, words, span, r->article_clause);
}

static struct span from(struct span span, size_t skipped)
{
	span.start += (uint32_t)skipped;
	return span;
}

static void begin_article(struct reader *r, const struct ast_block *b, uint32_t number, size_t opening)
{
	end_article(r);
	r->article = arena_printf(r->arena, "%u", number);
	const char *rest = b->text + opening;
	bool heading = b->kind == AST_BLOCK_HEADING;
	r->article_clause = begin(r, r->article, CLAUSE_ARTICLE, heading ? rest : "", b->text_span, NO_CLAUSE);
	if (!heading && *rest)
		begin_paragraph(r, rest, from(b->text_span, opening));
}

/* An item without a lead-in: its paragraph is there all the same, so that the item has its id. */
static void need_paragraph(struct reader *r, struct span span)
{
	if (r->paragraph == NO_CLAUSE)
		begin_paragraph(r, "", (struct span){ span.file, span.start, span.start });
}

static void begin_item(struct reader *r, const struct ast_block *b, uint32_t number, bool han)
{
	need_paragraph(r, b->text_span);
	const char *id = arena_printf(r->arena, "%s(%u)", id_of(r, r->paragraph), number);
	r->item = begin(r, id, CLAUSE_ITEM, b->text, b->text_span, r->paragraph);
	r->han_items = han;
}

static void begin_subitem(struct reader *r, const struct ast_block *b, uint32_t number)
{
	need_paragraph(r, b->text_span);
	uint32_t parent = r->item != NO_CLAUSE ? r->item : r->paragraph;
	const char *id = arena_printf(r->arena, "%s.%u", id_of(r, parent), number);
	begin(r, id, CLAUSE_SUBITEM, b->text, b->text_span, parent);
}

/* A line that goes on what stands above it, as (1) under （一）: its words belong to the clause begun last. */
static void go_on(struct reader *r, const char *words)
{
	struct text_clause *clause = &r->text->clauses.items[r->last];
	if (r->growing != r->last) {
		writer_init(&r->grown, r->arena);
		write_str(&r->grown, clause->text);
		r->growing = r->last;
	}
	write_str(&r->grown, words);
	clause->text = writer_text(&r->grown);
}

static void read_numbered(struct reader *r, const struct ast_block *b)
{
	uint32_t number;
	bool han;
	if (opening_subitem(b->text, &number)) {
		const char *id = arena_printf(r->arena, "%s%u", r->numbering, number);
		r->item = NO_CLAUSE;
		r->paragraph = begin(r, id, CLAUSE_PARAGRAPH, b->text, b->text_span, NO_CLAUSE);
	} else if (r->paragraph != NO_CLAUSE && opening_item(b->text, &number, &han)) {
		begin_item(r, b, number, han);
	} else if (r->paragraph != NO_CLAUSE) {
		go_on(r, b->text);
	}
}

static bool read_anchored(struct reader *r, const struct ast_block *b)
{
	struct anchor *anchor = anchor_of_paragraph(&r->anchors, r->article, b->text);
	if (!anchor)
		return false;
	anchor->placed = true;
	begin(r, anchor->id, anchor->level, b->text, b->text_span, text_clause(r->text, anchor->parent));
	return true;
}

static void read_line(struct reader *r, const struct ast_block *b)
{
	uint32_t number;
	bool han = false;
	size_t opening = opening_article(b->text, false, &number);
	if (opening) {
		begin_article(r, b, number, opening);
	} else if (opening_chapter(b->text)) {
		end_article(r);
	} else if (r->numbering) {
		read_numbered(r, b);
	} else if (!r->article) {
		return;
	} else if (opening_item(b->text, &number, &han)) {
		if (han || !r->han_items)
			begin_item(r, b, number, han);
		else
			go_on(r, b->text);
	} else if (opening_subitem(b->text, &number)) {
		begin_subitem(r, b, number);
	} else if (!read_anchored(r, b)) {
		begin_paragraph(r, b->text, b->text_span);
	}
}

static void read_heading(struct reader *r, const struct ast_block *b)
{
	uint32_t number;
	size_t opening = opening_article(b->text, true, &number);
	if (opening)
		begin_article(r, b, number, opening);
	else
		end_article(r);
}

static const char *numbering_of(const struct ast_decl *decl)
{
	if (decl->name.id.text)
		return decl->name.id.text;
	if (decl->words.count)
		return decl->words.items[0].text;
	return decl->name.label.text;
}

/* ---- rows of text tables ---- */

static size_t column_of(const struct ast_pipe_table *table, enum ast_column_kind kind)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (table->columns[i].kind == kind)
			return i;
	return SIZE_MAX;
}

static const char *row_text(struct reader *r, const struct ast_pipe_table *table, const struct ast_row *row)
{
	struct writer w;
	writer_init(&w, r->arena);
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->columns[i].kind != AST_COLUMN_TEXT || !row->cells[i].text || !*row->cells[i].text)
			continue;
		if (w.size)
			write_str(&w, "；");
		write_str(&w, row->cells[i].text);
	}
	return writer_text(&w);
}

static void read_rows(struct reader *r, const struct ast_pipe_table *table)
{
	size_t column = column_of(table, AST_COLUMN_CLAUSE);
	if (column == SIZE_MAX)
		return;
	for (size_t i = 0; i < table->rows.count; i++) {
		const struct ast_row *row = &table->rows.items[i];
		const struct ast_cell *cell = &row->cells[column];
		const char *id = cell->clauses.count ? cell->clauses.items[0].text : cell->text;
		if (id && *id)
			begin(r, id, CLAUSE_ROW, row_text(r, table, row), cell->span, NO_CLAUSE);
	}
}

static void read_fence(struct reader *r, const struct ast_block *b)
{
	for (size_t i = 0; i < b->decls.count; i++) {
		const struct ast_decl *decl = b->decls.items[i];
		if (decl->kind == AST_NUMBERING && numbering_of(decl)) {
			end_article(r);
			r->numbering = numbering_of(decl);
		} else if (decl->kind == AST_ENUMERATION && decl->table) {
			uint32_t last = r->last;
			read_rows(r, decl->table);
			r->last = last;
		}
	}
}

/* ---- files ---- */

static void read_file(struct reader *r, const struct ast_file *file, uint32_t *above)
{
	end_article(r);
	r->last = NO_CLAUSE;
	for (size_t i = 0; i < file->blocks.count; i++) {
		const struct ast_block *b = &file->blocks.items[i];
		above[i] = r->last;
		if (b->kind == AST_BLOCK_HEADING && b->text)
			read_heading(r, b);
		else if (b->kind == AST_BLOCK_LINE && b->text)
			read_line(r, b);
		else if (b->kind == AST_BLOCK_FENCE)
			read_fence(r, b);
	}
}

struct legal_text *text_read(struct arena *arena, struct diag *diag, const struct ast_book *book,
			     const struct csv_loader *files)
{
	struct legal_text *text = arena_new_of(arena, struct legal_text);
	struct reader r = { .arena = arena, .diag = diag, .text = text, .growing = NO_CLAUSE };
	text->index = map_new_in(arena);
	text->above = arena_new_array(arena, uint32_t *, book->file_count + 1);
	anchors_collect(arena, book, &r.anchors);
	for (size_t i = 0; i < book->file_count; i++) {
		text->above[i] = arena_new_array(arena, uint32_t, book->files[i].blocks.count + 1);
		read_file(&r, &book->files[i], text->above[i]);
	}
	anchors_place(arena, diag, text, &r.anchors);
	coverage_check(arena, diag, text);
	text_order(arena, text, book);
	if (files)
		original_compare(arena, diag, book, files);
	return text;
}
