#include "grammar/kept.h"

#include "grammar/characters.h"

#include <string.h>

struct kept_file {
	const char *text;            /* as read */
	size_t size;
	struct block_list list;
};

struct kept_book {
	struct reader reader;
	struct ast_book book;
	struct kept_file *files;
	struct diag probe;           /* of the reading under way */
	bool good;                   /* nothing was reported, and no table is in another file */
};

/* ---- the first reading ---- */

static bool has_csv(const struct ast_block *block)
{
	for (size_t i = 0; i < block->decls.count; i++)
		if (block->decls.items[i]->file.text && block->decls.items[i]->kind != AST_SOURCE_TEXT)
			return true;
	return false;
}

static bool lists_csv(const struct block_list *list)
{
	for (size_t i = 0; i < list->blocks.count; i++)
		if (has_csv(&list->blocks.items[i]))
			return true;
	return false;
}

static void put_blocks(struct kept_book *kept, size_t file)
{
	struct ast_file *out = &kept->book.files[file];
	const struct block_list *list = &kept->files[file].list;
	out->blocks.items = list->blocks.items;
	out->blocks.count = list->blocks.count;
	out->blocks.capacity = list->blocks.capacity;
}

struct kept_book *kept_book_new(struct arena *arena, struct diag *diag, const uint32_t *files, size_t file_count,
				const struct csv_loader *csv)
{
	struct kept_book *kept = arena_new_of(arena, struct kept_book);
	kept->book.files = arena_new_array(arena, struct ast_file, file_count + 1);
	kept->book.file_count = file_count;
	kept->files = arena_new_array(arena, struct kept_file, file_count + 1);
	reader_start(&kept->reader, arena, diag, csv);
	kept->good = true;
	for (size_t i = 0; i < file_count; i++) {
		const struct source *from = &diag->sources->items[files[i]];
		kept->book.files[i].source = files[i];
		kept->files[i].text = from->text;
		kept->files[i].size = from->size;
		reader_file(&kept->reader, files[i], &kept->files[i].list);
		put_blocks(kept, i);
		kept->good = kept->good && !lists_csv(&kept->files[i].list);
	}
	kept->good = kept->good && diag->findings.count == 0;
	return kept;
}

struct ast_book *kept_book_tree(struct kept_book *kept)
{
	return &kept->book;
}

/* ---- what changed ---- */

static bool starts_line(const char *text, size_t at)
{
	return at == 0 || text[at - 1] == '\n';
}

static size_t line_start(const char *text, size_t at)
{
	while (!starts_line(text, at))
		at--;
	return at;
}

static size_t common_start(const char *a, const char *b, size_t size)
{
	size_t step = 4096, i = 0;
	for (; step > 0; step /= 16)
		while (i + step <= size && memcmp(a + i, b + i, step) == 0)
			i += step;
	return i;
}

static size_t common_end(const char *a, size_t a_size, const char *b, size_t b_size, size_t most)
{
	size_t step = 4096, i = 0;
	for (; step > 0; step /= 16)
		while (i + step <= most && memcmp(a + a_size - i - step, b + b_size - i - step, step) == 0)
			i += step;
	return i;
}

/* From the first line that differs up to the first from which on none does; of texts that are the same behind their end. */
static void find_change(const struct kept_file *old, const struct source *new_, struct change *out)
{
	size_t least = old->size < new_->size ? old->size : new_->size;
	size_t same = common_start(old->text, new_->text, least);
	if (same == old->size && same == new_->size) {
		out->start = out->old_end = out->new_end = same + 1;
		return;
	}
	out->start = line_start(new_->text, same);
	size_t behind = common_end(old->text, old->size, new_->text, new_->size, least - out->start);
	while (behind > 0 && !(starts_line(old->text, old->size - behind) && starts_line(new_->text, new_->size - behind)))
		behind--;
	out->old_end = old->size - behind;
	out->new_end = new_->size - behind;
}

/* ---- a file ---- */

enum fate { FATE_KEPT, FATE_MOVED, FATE_ROWS, FATE_READ };

struct block_plan {                  /* of a block of the new text */
	enum fate fate;
	size_t old;                  /* the block that it was; of FATE_READ nothing */
	struct row_change rows;
	struct ast_decl *owner;      /* of a table that was not read with it: the declaration to which it goes */
};

struct file_plan {
	char *copy;                  /* the reader's */
	struct change change;
	struct block_list list;
	struct block_plan *blocks;
};

static bool is_moved(const struct ast_block *old, const struct ast_block *new_, const struct change *change)
{
	return old->kind == new_->kind && old->span.start >= change->old_end &&
	       change_moved(change, old->span.start) == new_->span.start && change_moved(change, old->span.end) == new_->span.end;
}

/* Which blocks are those of before: from the start, from the end, and one table between whose rows may have changed. */
static void match_blocks(const struct kept_file *old, struct file_plan *plan)
{
	size_t a = old->list.blocks.count, b = plan->list.blocks.count, first = 0;
	const struct ast_block *was = old->list.blocks.items, *is = plan->list.blocks.items;
	for (; first < a && first < b && was[first].kind == is[first].kind && was[first].span.end < plan->change.start &&
	       was[first].span.start == is[first].span.start && was[first].span.end == is[first].span.end; first++)
		plan->blocks[first] = (struct block_plan){ .fate = FATE_KEPT, .old = first };
	while (a > first && b > first && is_moved(&was[a - 1], &is[b - 1], &plan->change)) {
		a--;
		b--;
		plan->blocks[b] = (struct block_plan){ .fate = FATE_MOVED, .old = a };
	}
	for (size_t i = first; i < b; i++)
		plan->blocks[i].fate = FATE_READ;
	if (a == first + 1 && b == first + 1 && was[first].kind == AST_BLOCK_TABLE && is[first].kind == AST_BLOCK_TABLE)
		plan->blocks[first] = (struct block_plan){ .fate = FATE_ROWS, .old = first };
}

/* The declaration of a fence that has the table below it; NULL: none has. */
static struct ast_decl *owner_of(const struct ast_block *fence, const struct ast_pipe_table *table)
{
	for (size_t i = 0; table && i < fence->decls.count; i++)
		if (fence->decls.items[i]->table == table)
			return fence->decls.items[i];
	return NULL;
}

static struct ast_decl *old_owner(const struct kept_file *old, size_t table)
{
	const struct ast_block *blocks = old->list.blocks.items;
	return table > 0 && table < old->list.blocks.count ? owner_of(&blocks[table - 1], blocks[table].table) : NULL;
}

/* A fence goes with the table below it: where that is no rule table and changed, both are read. */
static bool keep_fence(const struct kept_file *old, struct file_plan *plan, size_t i)
{
	if (plan->blocks[i].fate != FATE_KEPT)
		return false;
	struct ast_decl *owner = old_owner(old, i + 1);
	struct block_plan *below = i + 1 < plan->list.blocks.count ? &plan->blocks[i + 1] : NULL;
	if (!owner || (below && below->fate == FATE_KEPT))
		return true;
	if (!below || below->fate == FATE_READ || below->old != i + 1 || owner->kind != AST_TABLE)
		return false;
	below->owner = owner;
	return true;
}

/* The table below a fence that was read anew: its rows stay where it was a table of rules and is one still. */
static bool take_below(struct reader *r, const struct kept_file *old, struct file_plan *plan, size_t next)
{
	struct ast_decl *owner = r->builder.below;
	struct block_plan *table = next < plan->list.blocks.count ? &plan->blocks[next] : NULL;
	if (!owner)
		return true;
	const struct ast_decl *before = table && table->fate != FATE_READ ? old_owner(old, table->old) : NULL;
	if (owner->kind != AST_TABLE || !before || before->kind != AST_TABLE) {
		if (table)
			table->fate = FATE_READ;
		reader_table_below(r, &plan->list, next);
		return true;
	}
	table->owner = owner;
	return r->builder.below_count == 1;
}

static bool read_block(struct reader *r, const struct kept_file *old, struct file_plan *plan, size_t i)
{
	struct block_plan *b = &plan->blocks[i];
	struct ast_block *block = &plan->list.blocks.items[i];
	if (block->kind == AST_BLOCK_FENCE) {
		if (keep_fence(old, plan, i))
			return true;
		b->fate = FATE_READ;
		reader_fence(r, block, i, plan->list.inside.items[i]);
		return !has_csv(block) && take_below(r, old, plan, i + 1);
	}
	if (block->kind != AST_BLOCK_TABLE || block->table)
		return true;
	if (b->owner && b->fate == FATE_ROWS)
		return rows_read(r, b->owner, old->list.blocks.items[b->old].table, plan->list.inside.items[i], &plan->change, &b->rows);
	if (!b->owner && b->fate != FATE_KEPT) {
		b->fate = FATE_READ;
		reader_plain_table(r, block, plan->list.inside.items[i]);
	}
	return true;
}

/* Everything that can be refused; the tree is as it was. */
static bool read_changes(struct kept_book *kept, struct arena *scratch, struct diag *diag, size_t file, struct file_plan *plan)
{
	struct reader *r = &kept->reader;
	const struct source *now = &diag->sources->items[kept->book.files[file].source];
	const struct kept_file *old = &kept->files[file];
	find_change(old, now, &plan->change);
	reader_aim(r, scratch, kept->book.files[file].source, now->text, now->size);
	plan->copy = r->copy;
	size_t start = plan->change.start;
	if (start < plan->change.new_end)
		check_characters(scratch, diag, r->file, r->text + start, plan->change.new_end - start, r->copy + start, false);
	split_blocks(scratch, diag, r->file, r->text, r->size, &plan->list);
	plan->blocks = arena_new_array(scratch, struct block_plan, plan->list.blocks.count + 1);
	match_blocks(old, plan);
	for (size_t i = 0; i < plan->list.blocks.count && diag->findings.count == 0; i++)
		if (!read_block(r, old, plan, i))
			return false;
	return diag->findings.count == 0;
}

/* ---- taking it over ---- */

static void take_block(struct kept_book *kept, struct file_plan *plan, const struct kept_file *old, size_t i)
{
	struct block_plan *b = &plan->blocks[i];
	struct ast_block *block = &plan->list.blocks.items[i];
	if (b->fate == FATE_READ)
		return;
	const struct ast_block *was = &old->list.blocks.items[b->old];
	block->decls.items = was->decls.items;
	block->decls.count = was->decls.count;
	block->decls.capacity = was->decls.capacity;
	block->table = was->table;
	if (block->kind != AST_BLOCK_TABLE || b->fate == FATE_KEPT)
		return;
	struct block_text inside = plan->list.inside.items[i];
	block->table->span = (struct span){ block->span.file, inside.start, inside.end };
	if (b->fate == FATE_MOVED)
		table_move(block->table, &plan->change);
	else
		rows_replace(&kept->reader, b->owner, &b->rows, &plan->change);
	b->owner->table = block->table;
}

static void take_file(struct kept_book *kept, const struct diag *diag, size_t file, struct file_plan *plan)
{
	struct kept_file *old = &kept->files[file];
	const struct source *now = &diag->sources->items[kept->book.files[file].source];
	struct reader *r = &kept->reader;
	r->file = r->builder.file = kept->book.files[file].source;
	r->text = now->text;
	r->size = now->size;
	r->copy = plan->copy;
	for (size_t i = 0; i < plan->list.blocks.count; i++)
		take_block(kept, plan, old, i);
	*old = (struct kept_file){ now->text, now->size, plan->list };
	put_blocks(kept, file);
}

bool kept_book_read(struct kept_book *kept, struct arena *scratch, const struct diag *diag)
{
	size_t count = kept->book.file_count;
	struct file_plan *plans = arena_new_array(scratch, struct file_plan, count + 1);
	if (!kept->good)
		return false;
	kept->probe = (struct diag){ .arena = scratch, .sources = diag->sources };
	kept->reader.diag = kept->reader.builder.diag = &kept->probe;
	for (size_t i = 0; i < count; i++)
		if (!read_changes(kept, scratch, &kept->probe, i, &plans[i]))
			return false;
	for (size_t i = 0; i < count; i++)
		take_file(kept, diag, i, &plans[i]);
	return true;
}
