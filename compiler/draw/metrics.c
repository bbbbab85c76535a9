/* The advances of Noto Sans CJK SC (all weights of its ASCII are near; Regular is what is drawn) and line breaks. */
#include "draw/metrics.h"

#include <string.h>

enum { EM = 1000 };

/* hmtx of U+0020 … U+007E */
static const uint16_t ascii_width[] = {
	224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555, 555, 555, 555, 555, 555,
	555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742,
	633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564,
	607, 275, 275, 552, 284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
};

static size_t step_of(const char *text)
{
	size_t step = utf8_sequence_size(text, strlen(text));
	return step ? step : 1;
}

static uint32_t character_width(const char *text)
{
	unsigned char c = (unsigned char)*text;
	if (c >= 0x20 && c < 0x7f)
		return ascii_width[c - 0x20];
	return strncmp(text, "\u00a0", 2) == 0 ? ascii_width[0] : EM;
}

uint32_t text_width(const char *text)
{
	uint32_t width = 0;
	for (; *text; text += step_of(text))
		width += character_width(text);
	return width;
}

static bool begins_with_any(const char *text, const char *const *marks)
{
	for (; *marks; marks++)
		if (strncmp(text, *marks, strlen(*marks)) == 0)
			return true;
	return false;
}

static bool closes(const char *text)
{
	static const char *const marks[] = { "，", "。", "、", "；", "：", "）", "」", "》", "”", "…", ")", ",", ";", NULL };
	return begins_with_any(text, marks);
}

static bool opens(const char *text)
{
	static const char *const marks[] = { "（", "「", "《", "“", "(", NULL };
	return begins_with_any(text, marks);
}

static bool is_word(unsigned char c)
{
	return c > 0x20 && c < 0x7f;
}

/* May a line end before `next`, when it held [start, next)? */
static bool may_break(const char *start, const char *last, const char *next)
{
	if (next == start || closes(next) || opens(last))
		return false;
	if (*next >= '0' && *next <= '9')
		return !is_word((unsigned char)*last);
	return !(is_word((unsigned char)*last) && is_word((unsigned char)*next));
}

/* Where the line that begins at start ends. With `marks`, after a mark is a better place than between two characters,
 * unless the line would stay half empty; a line without any place is cut where it is full. */
static const char *line_end(const char *start, uint32_t width, bool marks)
{
	const char *best = NULL, *mark = NULL, *last = start, *at = start;
	uint32_t used = 0, to_mark = 0;
	for (; *at; last = at, at += step_of(at)) {
		if (may_break(start, last, at)) {
			best = at;
			mark = closes(last) && marks ? at : mark;
			to_mark = closes(last) ? used : to_mark;
		}
		if (used + character_width(at) > width && at > start && !(closes(at) && used <= width))
			return mark && to_mark * 2 >= width ? mark : best ? best : at;
		used += character_width(at);
	}
	return at;
}

static const char *line_start(const char *end)
{
	return end + strspn(end, " ");
}

static size_t line_count(const char *text, uint32_t width, bool marks)
{
	size_t count = 0;
	for (; *text; count++)
		text = line_start(line_end(text, width, marks));
	return count;
}

/* The narrowest width that needs no more lines: lines of about one length. */
static uint32_t balanced_width(const char *text, uint32_t width)
{
	size_t count = line_count(text, width, false);
	while (count > 1 && width > 4 * EM && line_count(text, width - EM / 2, false) == count)
		width -= EM / 2;
	return width;
}

static const char *cut_short(struct arena *arena, const char *start, uint32_t width)
{
	const char *at = start;
	uint32_t used = EM;
	while (*at && used + character_width(at) <= width) {
		used += character_width(at);
		at += step_of(at);
	}
	return arena_printf(arena, "%.*s…", (int)(at - start), start);
}

void text_wrap(struct arena *arena, const char *text, uint32_t width, size_t lines, drawing_texts *out)
{
	bool marks = line_count(text, width, true) == line_count(text, width, false);
	uint32_t narrow = balanced_width(text, width);
	if (line_count(text, width, false) <= lines && !marks)
		width = narrow;
	for (size_t n = 1; *text; n++) {
		const char *end = line_end(text, width, marks);
		if (n == lines && *end) {
			const char *cut = cut_short(arena, text, width);
			vec_push(arena, out, cut);
			return;
		}
		const char *line = arena_strndup(arena, text, (size_t)(end - text));
		vec_push(arena, out, line);
		text = line_start(end);
	}
}

/* ---- sizes ---- */

double line_size(enum line_style style)
{
	static const double sizes[] = { [LINE_MAIN] = 9.5, [LINE_MINOR] = 8.0, [LINE_ITEM] = 8.5 };
	return sizes[style];
}

double line_step(enum line_style style)
{
	static const double steps[] = { [LINE_MAIN] = 12.0, [LINE_MINOR] = 10.0, [LINE_ITEM] = 11.5 };
	return steps[style];
}

static double points(const char *text, double size)
{
	return text_width(text) * size / EM;
}

void node_extent(const struct drawing_node *node, double *width, double *height)
{
	double widest = 34.0, sum = 0.0;
	for (size_t i = 0; i < node->lines.count; i++) {
		double line = points(node->lines.items[i].text, line_size(node->lines.items[i].style));
		widest = line > widest ? line : widest;
		sum += line_step(node->lines.items[i].style);
	}
	*width = widest + 2 * NODE_PAD_X;
	*height = sum + 2 * NODE_PAD_Y;
}

void label_extent(const struct drawing_edge *edge, double *width, double *height)
{
	*width = 0.0;
	for (size_t i = 0; i < edge->labels.count; i++) {
		double line = points(edge->labels.items[i], LABEL_SIZE);
		*width = line > *width ? line : *width;
	}
	*height = (double)edge->labels.count * LABEL_STEP;
}
