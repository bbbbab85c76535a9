/* The advances of Noto Sans CJK SC Regular, and the measures of nodes and labels. */
#include "draw/metrics.h"

#include <string.h>

enum { EM = 1000 };

/* hmtx of U+0020 … U+007E */
static const uint16_t ascii_width[] = {
	224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555,
	555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589,
	552, 689, 728, 293, 535, 646, 543, 812, 723, 742, 633, 742, 635, 596, 599, 721, 575, 878, 573,
	531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552,
	284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
};

static size_t step_of(const char *text)
{
	size_t step = utf8_sequence_size(text, strnlen(text, 4));
	return step ? step : 1;
}

uint32_t character_width(const char *text)
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

double column_width(const struct drawing_column *column)
{
	double number = points(column->texts[DAY_NUMBER], SMALLEST_TYPE) + 8.0, ticks = 0.0;
	if (!column->last)
		return DAY_WIDTH;
	for (size_t i = 0; i < column->ticks.count; i++) {
		double tick = (points(column->ticks.items[i], SMALLEST_TYPE) + 6.0) * (double)column->ticks.count;
		ticks = tick > ticks ? tick : ticks;
	}
	ticks += column->ticks.count ? TICKS_AFTER : 0.0;
	return number > ticks ? number : ticks;
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
