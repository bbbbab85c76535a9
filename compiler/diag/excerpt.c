/* Source lines under display columns: Chinese and full-width characters take two, combining characters none, tabs go
 * to the next multiple of 8. What a terminal would obey rather than show is shown as U+FFFD. */
#include "diag/excerpt.h"

#include "diag/render.h"

#include <string.h>
#include <utf8proc.h>

#define TAB_STOP     8
#define BEFORE_MARK  100			     /* columns of context left of the mark in a window */
#define WINDOW_BYTES ((size_t)(EXCERPT_COLUMNS * 8)) /* on either side; combining characters take no columns */

struct glyph {
	size_t bytes; /* of the source */
	size_t width; /* columns */
	bool shown;   /* as it is; otherwise as U+FFFD, a tab as spaces */
	bool tab;
};

static bool is_visible(utf8proc_int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP: return false;
	default: return true;
	}
}

/* Hangul vowels and finals join the syllable before them, though the library gives them a column. */
static bool is_joining_jamo(utf8proc_int32_t c)
{
	return (c >= 0x1160 && c <= 0x11ff) || (c >= 0xd7b0 && c <= 0xd7ff);
}

static struct glyph glyph_at(const char *text, size_t size, size_t column)
{
	if (*text == '\t')
		return (struct glyph){ 1, TAB_STOP - column % TAB_STOP, false, true };
	size_t bytes = utf8_sequence_size(text, size);
	if (bytes == 0)
		return (struct glyph){ .bytes = 1, .width = 1 };
	utf8proc_int32_t c = 0;
	(void)utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)bytes, &c);
	if (!is_visible(c))
		return (struct glyph){ .bytes = bytes, .width = 1 };
	int width = is_joining_jamo(c) ? 0 : utf8proc_charwidth(c);
	return (struct glyph){ bytes, width < 0 ? 0 : (size_t)width, true, false };
}

size_t display_width(const char *text, size_t size, size_t at)
{
	size_t column = at;
	for (size_t i = 0; i < size;) {
		struct glyph g = glyph_at(text + i, size - i, column);
		column += g.width;
		i += g.bytes;
	}
	return column - at;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* A mark under a combining character stands under what it combines with. */
static size_t base_of(const struct excerpt *e, size_t offset)
{
	while (offset > 0 && offset < e->size) {
		if (!is_continuation(e->line[offset]) && glyph_at(e->line + offset, e->size - offset, 0).width > 0)
			break;
		offset--;
	}
	return offset;
}

/* As much of the line as a window can need: a line may be megabytes long. */
static struct excerpt line_around(const struct source *source, uint32_t start)
{
	size_t at = start > source->size ? source->size : start;
	size_t from = at, to = at;
	while (from > 0 && source->text[from - 1] != '\n' && at - from < WINDOW_BYTES)
		from--;
	while (to < source->size && source->text[to] != '\n' && to - at < WINDOW_BYTES)
		to++;
	bool cut_left = from > 0 && source->text[from - 1] != '\n';
	bool cut_right = to < source->size && source->text[to] != '\n';
	while (cut_left && from < at && is_continuation(source->text[from]))
		from++;
	while (cut_right && to > at && is_continuation(source->text[to]))
		to--;
	if (!cut_right && to > from && source->text[to - 1] == '\r')
		to--;
	return (struct excerpt){
		.line = source->text + from, .size = to - from, .left_pad = cut_left, .cut_right = cut_right
	};
}

/* Offset in the line, brought into it. */
static size_t within(const struct excerpt *e, const struct source *source, uint32_t offset)
{
	size_t line = (size_t)(e->line - source->text);
	size_t at = offset < line ? 0 : offset - line;
	return at > e->size ? e->size : at;
}

struct excerpt excerpt_of(const struct source *source, uint32_t start, uint32_t end)
{
	(void)end;
	struct excerpt e = line_around(source, start);
	if (display_width(e.line, e.size, 0) <= EXCERPT_COLUMNS)
		return e;
	size_t column = display_width(e.line, within(&e, source, start), 0);
	if (column > EXCERPT_COLUMNS - BEFORE_MARK) {
		e.first = column - BEFORE_MARK;
		e.left_pad = 1;
	}
	return e;
}

static void write_glyph(struct writer *w, const char *text, struct glyph g)
{
	if (g.shown)
		write_bytes(w, text, g.bytes);
	else if (g.tab)
		write_fmt(w, "%*s", (int)g.width, "");
	else
		write_str(w, "\xef\xbf\xbd");
}

void write_visible(struct writer *w, const char *text)
{
	for (size_t i = 0; text[i];) {
		struct glyph g = glyph_at(text + i, strnlen(text + i, 4), 0);
		if (text[i] == '\n' || text[i] == '\t')
			write_char(w, ' ');
		else
			write_glyph(w, text + i, g);
		i += g.bytes;
	}
}

void excerpt_write_line(struct writer *w, const struct excerpt *e)
{
	size_t column = 0;
	if (e->left_pad > 0)
		write_str(w, "…");
	for (size_t i = 0; i < e->size;) {
		struct glyph g = glyph_at(e->line + i, e->size - i, column);
		if (column + g.width > e->first + EXCERPT_COLUMNS) {
			write_str(w, "…");
			return;
		}
		if (column >= e->first)
			write_glyph(w, e->line + i, g);
		else if (column + g.width > e->first) /* cut through by the window's edge */
			write_fmt(w, "%*s", (int)(column + g.width - e->first), "");
		column += g.width;
		i += g.bytes;
	}
	if (e->cut_right)
		write_str(w, "…");
}

void excerpt_write_mark(struct writer *w, const struct excerpt *e, const struct source *source, uint32_t start,
			uint32_t end, char mark)
{
	size_t from = base_of(e, within(e, source, start));
	size_t to = within(e, source, end);
	size_t left = display_width(e->line, from, 0);
	size_t right = to > from ? left + display_width(e->line + from, to - from, left) : left;
	if (left < e->first)
		left = e->first;
	if (right > e->first + EXCERPT_COLUMNS)
		right = e->first + EXCERPT_COLUMNS;
	write_fmt(w, "%*s", (int)(left - e->first + e->left_pad), "");
	write_char(w, mark);
	for (size_t i = left + 1; i < right; i++)
		write_char(w, mark);
}
