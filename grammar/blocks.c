/* Markdown as far as a rulebook needs it: headings, prose lines, fences, pipe tables. */
#include "grammar/reader.h"

#include <string.h>

struct splitter {
	struct arena *arena;
	struct diag *diag;
	uint32_t file;
	const char *text;
	size_t size;
	size_t line, end;        /* the current line without its line break */
	size_t next;             /* start of the line after it */
	struct block_list *list;
};

static bool next_line(struct splitter *p)
{
	if (p->next >= p->size)
		return false;
	p->line = p->next;
	const char *newline = memchr(p->text + p->line, '\n', p->size - p->line);
	p->end = newline ? (size_t)(newline - p->text) : p->size;
	p->next = newline ? p->end + 1 : p->size;
	if (p->end > p->line && p->text[p->end - 1] == '\r')
		p->end--;
	return true;
}

static bool is_blank_at(const char *text, size_t size, size_t *width)
{
	*width = 1;
	if (*text == ' ' || *text == '\t' || *text == '\r')
		return true;
	*width = 3;
	return size >= 3 && memcmp(text, "　", 3) == 0;
}

/* Narrows [start, end) to what is not blank. */
static void trim(const char *text, size_t *start, size_t *end)
{
	size_t n;
	while (*start < *end && is_blank_at(text + *start, *end - *start, &n))
		*start += n;
	for (;;) {
		if (*end > *start && is_blank_at(text + *end - 1, 1, &n))
			*end -= 1;
		else if (*end >= *start + 3 && is_blank_at(text + *end - 3, 3, &n) && n == 3)
			*end -= 3;
		else
			return;
	}
}

static struct ast_block *add_block(struct splitter *p, enum ast_block_kind kind, size_t start, size_t end)
{
	struct ast_block block = { .kind = kind, .span = { p->file, (uint32_t)start, (uint32_t)end } };
	struct block_text inside = { (uint32_t)start, (uint32_t)end };
	block.text_span = block.span;
	vec_push(p->arena, &p->list->blocks, block);
	vec_push(p->arena, &p->list->inside, inside);
	return &p->list->blocks.items[p->list->blocks.count - 1];
}

static void set_text(struct splitter *p, struct ast_block *block, size_t start, size_t end)
{
	trim(p->text, &start, &end);
	block->text = arena_strndup(p->arena, p->text + start, end - start);
	block->text_span = (struct span){ p->file, (uint32_t)start, (uint32_t)end };
}

/* Spaces before the line's first mark: four or more are not Markdown's. */
static size_t mark_at(const struct splitter *p)
{
	size_t i = p->line;
	while (i < p->end && i < p->line + 4 && p->text[i] == ' ')
		i++;
	return i;
}

static size_t run_of(const struct splitter *p, size_t at, char c)
{
	size_t n = 0;
	while (at + n < p->end && p->text[at + n] == c)
		n++;
	return n;
}

/* ---- fences ---- */

struct fence {
	char mark;
	size_t length, info;     /* info: where the word after the marks begins */
};

static bool opens_fence(const struct splitter *p, struct fence *fence)
{
	size_t at = mark_at(p);
	if (at >= p->end || at - p->line > 3 || (p->text[at] != '`' && p->text[at] != '~'))
		return false;
	fence->mark = p->text[at];
	fence->length = run_of(p, at, fence->mark);
	fence->info = at + fence->length;
	return fence->length >= 3 &&
	       (fence->mark == '~' || !memchr(p->text + fence->info, '`', p->end - fence->info));
}

static bool closes_fence(const struct splitter *p, const struct fence *fence)
{
	size_t at = mark_at(p);
	if (at - p->line > 3 || at >= p->end || p->text[at] != fence->mark)
		return false;
	size_t start = at + run_of(p, at, fence->mark), end = p->end;
	if (start - at < fence->length)
		return false;
	trim(p->text, &start, &end);
	return start == end;
}

static bool is_rulebook_fence(const struct splitter *p, const struct fence *fence)
{
	static const char tag[] = "rulebook";
	size_t start = fence->info, end = p->end, n = sizeof tag - 1;
	trim(p->text, &start, &end);
	return end - start >= n && memcmp(p->text + start, tag, n) == 0 &&
	       (end - start == n || p->text[start + n] == ' ' || p->text[start + n] == '{');
}

static void read_fence(struct splitter *p, const struct fence *fence)
{
	bool rulebook = is_rulebook_fence(p, fence), closed = false;
	size_t start = p->line, inside = p->next, inside_end = p->next, opening_end = p->end;
	while (!closed && next_line(p)) {
		closed = closes_fence(p, fence);
		if (!closed)
			inside_end = p->next;
	}
	add_block(p, rulebook ? AST_BLOCK_FENCE : AST_BLOCK_OTHER, start, p->end);
	p->list->inside.items[p->list->inside.count - 1] =
		(struct block_text){ (uint32_t)inside, (uint32_t)inside_end };
	if (closed || !p->diag)
		return;
	struct span at = { p->file, (uint32_t)start, (uint32_t)opening_end };
	struct finding *f = diag_add(p->diag, FINDING_SYNTAX, at, MESSAGE_FENCE_OPEN);
	diag_arg(p->diag, f, 0, arena_strndup(p->arena, p->text + start, opening_end - start));
}

/* ---- headings, tables, prose ---- */

static bool read_heading(struct splitter *p)
{
	size_t at = mark_at(p), level = run_of(p, at, '#');
	if (at - p->line > 3 || level == 0 || level > 6)
		return false;
	size_t start = at + level, end = p->end;
	if (start < end && p->text[start] != ' ' && p->text[start] != '\t')
		return false;
	trim(p->text, &start, &end);
	size_t cut = end;
	while (cut > start && p->text[cut - 1] == '#')
		cut--;
	if (cut == start || p->text[cut - 1] == ' ')
		end = cut;
	struct ast_block *block = add_block(p, AST_BLOCK_HEADING, p->line, p->end);
	block->level = (int)level;
	set_text(p, block, start, end);
	return true;
}

static bool is_row(const struct splitter *p)
{
	size_t at = mark_at(p);
	return at < p->end && at - p->line <= 3 && p->text[at] == '|';
}

static void read_table(struct splitter *p)
{
	size_t start = p->line, end = p->end;
	struct splitter ahead = *p;
	while (next_line(&ahead) && is_row(&ahead)) {
		end = ahead.end;
		p->line = ahead.line;
		p->end = ahead.end;
		p->next = ahead.next;
	}
	add_block(p, AST_BLOCK_TABLE, start, end);
}

static void read_line(struct splitter *p)
{
	size_t start = p->line, end = p->end;
	trim(p->text, &start, &end);
	if (start == end)
		return;
	set_text(p, add_block(p, AST_BLOCK_LINE, p->line, p->end), start, end);
}

void split_blocks(struct arena *arena, struct diag *diag, uint32_t file, const char *text, size_t size,
		  struct block_list *list)
{
	struct splitter p = { .arena = arena, .diag = diag, .file = file, .text = text, .size = size, .list = list };
	struct fence fence;
	while (next_line(&p)) {
		if (opens_fence(&p, &fence))
			read_fence(&p, &fence);
		else if (is_row(&p))
			read_table(&p);
		else if (!read_heading(&p))
			read_line(&p);
	}
}
