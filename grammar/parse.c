/* parse_book: file by file, block by block; a table goes to the declaration that says 见下表 or 取自. */
#include "grammar/parse.h"

#include "grammar/characters.h"
#include "grammar/reader.h"
#include "grammar/tokens.h"

#include <string.h>

void reader_aim(struct reader *r, struct arena *arena, uint32_t file, const char *text, size_t size)
{
	r->file = r->builder.file = file;
	r->text = text;
	r->size = size;
	r->copy = arena_alloc_unset(arena, size + 2);
	r->copy[size] = r->copy[size + 1] = '\0';
	r->scan.reported = 0;
	if (size)
		memcpy(r->copy, text, size);
}

static void open_file(struct reader *r, uint32_t file, const char *text, size_t size, bool mark_allowed)
{
	reader_aim(r, r->arena, file, text, size);
	check_characters(r->arena, r->diag, file, text, size, r->copy, mark_allowed);
}

static bool is_rule_like(const struct ast_decl *decl)
{
	return decl->kind == AST_RULE || decl->kind == AST_DEFAULT || decl->kind == AST_TABLE;
}

static void mark_fence(struct ast_block *block, size_t index)
{
	size_t rules = 0;
	for (size_t i = 0; i < block->decls.count; i++)
		rules += is_rule_like(block->decls.items[i]);
	for (size_t i = 0; i < block->decls.count; i++) {
		struct ast_decl *decl = block->decls.items[i];
		decl->block = index;
		decl->alone_in_fence = rules == 1 && is_rule_like(decl);
	}
}

void reader_fence(struct reader *r, struct ast_block *block, size_t index, struct block_text inside)
{
	size_t size = inside.end - inside.start;
	memset(&r->builder.decls, 0, sizeof r->builder.decls);
	r->builder.decl = r->builder.below = NULL;
	r->builder.below_count = 0;
	scan_aim(&r->scan, r->text + inside.start, r->copy + inside.start, size, r->file, inside.start);
	r->scan.fence = true;
	r->scan.first = T_START_FENCE;
	rulebook_parse(&r->scan, &r->builder);
	if (r->builder.decl) /* the stack was full: nothing else ends a parse early */
		ast_abandon(&r->builder, r->scan.last_at);
	for (size_t i = inside.end; i < inside.end + 2 && i < r->size; i++)
		r->copy[i] = r->text[i];
	block->decls.items = r->builder.decls.items;
	block->decls.count = r->builder.decls.count;
	block->decls.capacity = r->builder.decls.capacity;
	mark_fence(block, index);
}

/* ---- tables from CSV files ---- */

static void take_csv(struct reader *r, struct ast_decl *decl)
{
	struct reader outer = *r;
	uint32_t file;
	size_t size;
	const char *text = r->csv ? r->csv->load(r->csv->context, decl->file.text, &file, &size) : NULL;
	if (!text) {
		struct finding *f = scan_report(&r->scan, FINDING_UNDEFINED, decl->file.span, MESSAGE_CSV_MISSING);
		if (f)
			diag_arg(r->diag, f, 0, decl->file.text);
		return;
	}
	open_file(r, file, text, size, true);
	struct ast_pipe_table *table = read_csv_table(r);
	if (table->columns)
		parse_cells(r, decl, table);
	r->file = outer.file;
	r->text = outer.text;
	r->size = outer.size;
	r->copy = outer.copy;
	r->builder.file = outer.file;
	struct finding *f = table->columns ? NULL
		: scan_report(&r->scan, FINDING_SYNTAX, decl->file.span, MESSAGE_CSV_EMPTY);
	if (f)
		diag_arg(r->diag, f, 0, decl->file.text);
}

static void take_csv_tables(struct reader *r, const struct ast_block *block)
{
	for (size_t i = 0; i < block->decls.count; i++) {
		struct ast_decl *decl = block->decls.items[i];
		if (decl->file.text && decl->kind != AST_SOURCE_TEXT)
			take_csv(r, decl);
	}
}

/* ---- tables below a fence ---- */

static void report_below(struct reader *r, enum message message, const char *name)
{
	struct finding *f = scan_report(&r->scan, FINDING_SYNTAX, r->builder.below_at, message);
	if (!f)
		return;
	diag_arg(r->diag, f, 0, name);
	if (message == MESSAGE_TABLE_MISSING)
		diag_help(r->diag, f, MESSAGE_TABLE_MISSING_HELP, NULL, NULL);
}

static const char *name_of(struct reader *r, const struct ast_decl *decl)
{
	const struct ast_name *name = &decl->name;
	if (name->id.text || name->label.text)
		return name->id.text ? name->id.text : name->label.text;
	return arena_strndup(r->arena, r->text + decl->keyword.start, decl->keyword.end - decl->keyword.start);
}

void reader_table_below(struct reader *r, const struct block_list *list, size_t next)
{
	struct ast_decl *owner = r->builder.below;
	if (!owner)
		return;
	if (r->builder.below_count > 1)
		report_below(r, MESSAGE_TABLE_TWICE, "见下表");
	if (next >= list->blocks.count || list->blocks.items[next].kind != AST_BLOCK_TABLE) {
		report_below(r, MESSAGE_TABLE_MISSING, name_of(r, owner));
		return;
	}
	struct ast_block *block = &list->blocks.items[next];
	block->table = read_pipe_table(r, list->inside.items[next], true);
	parse_cells(r, owner, block->table);
}

void reader_plain_table(struct reader *r, struct ast_block *block, struct block_text inside)
{
	r->builder.diag = NULL;
	block->table = read_pipe_table(r, inside, false);
	r->builder.diag = r->diag;
}

static void parse_blocks(struct reader *r, const struct block_list *list)
{
	for (size_t i = 0; i < list->blocks.count; i++) {
		struct ast_block *block = &list->blocks.items[i];
		if (block->kind == AST_BLOCK_FENCE) {
			reader_fence(r, block, i, list->inside.items[i]);
			reader_table_below(r, list, i + 1);
			take_csv_tables(r, block);
		} else if (block->kind == AST_BLOCK_TABLE && !block->table) {
			reader_plain_table(r, block, list->inside.items[i]);
		}
	}
}

void reader_file(struct reader *r, uint32_t source, struct block_list *list)
{
	const struct source *from = &r->diag->sources->items[source];
	if (from->size > LIMIT_FILE) {
		struct span at = { source, 0, 0 };
		diag_arg_int(r->diag, diag_add(r->diag, FINDING_LIMIT, at, MESSAGE_LIMIT_FILE), 0, LIMIT_FILE);
		return;
	}
	open_file(r, source, from->text, from->size, false);
	split_blocks(r->arena, r->diag, source, r->text, r->size, list);
	parse_blocks(r, list);
}

void reader_start(struct reader *r, struct arena *arena, struct diag *diag, const struct csv_loader *csv)
{
	r->arena = r->builder.arena = arena;
	r->diag = r->builder.diag = diag;
	r->csv = csv;
	scan_init(&r->scan, arena, &r->builder);
}

struct ast_book *parse_book(struct arena *arena, struct diag *diag, const uint32_t *files, size_t file_count,
			    const struct csv_loader *csv)
{
	struct reader *r = arena_new_of(arena, struct reader);
	struct ast_book *book = arena_new_of(arena, struct ast_book);
	reader_start(r, arena, diag, csv);
	book->files = arena_new_array(arena, struct ast_file, file_count + 1);
	book->file_count = file_count;
	for (size_t i = 0; i < file_count; i++) {
		struct block_list list = { .blocks.items = NULL };
		reader_file(r, files[i], &list);
		book->files[i].source = files[i];
		book->files[i].blocks.items = list.blocks.items;
		book->files[i].blocks.count = list.blocks.count;
		book->files[i].blocks.capacity = list.blocks.capacity;
	}
	return book;
}
