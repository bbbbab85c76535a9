/* The timeline's own layout and its pieces. Nobody is asked where anything goes: columns follow one another, and rows.
 */
#include "timeline.h"

#include "draw/metrics.h"
#include "style.h"
#include "svg.h"

#include <string.h>

#define HEAD	  (DAY_TEXTS * DAY_LINE + 3.0)
#define AFTER	  6.0 /* between a row's words and the first column */
#define BAR_HALF  4.5
#define MARK_HALF 7.5
#define HATCH	  4.0 /* from one slanted line to the next */

/* ---- where ---- */

static double words_width(const struct drawing *d)
{
	double widest = 0.0;
	for (size_t i = 0; i < d->nodes.count; i++) {
		double width, height;
		node_extent(&d->nodes.items[i], &width, &height);
		widest = width > widest ? width : widest;
	}
	return widest;
}

void timeline_lay(struct arena *arena, const struct drawing *d, struct layout *out)
{
	double label = words_width(d), y = HEAD;
	*out = (struct layout){ .nodes = arena_new_array(arena, struct placed_node, d->nodes.count + 1),
				.edges = arena_new_array(arena, struct placed_edge, 1),
				.columns = arena_new_array(arena, double, d->columns.count + 1) };
	out->columns[0] = label + AFTER;
	for (size_t i = 0; i < d->columns.count; i++)
		out->columns[i + 1] = out->columns[i] + column_width(&d->columns.items[i]);
	for (size_t i = 0, lane = 0; i < d->nodes.count; i++) {
		struct placed_node *at = &out->nodes[i];
		node_extent(&d->nodes.items[i], &at->width, &at->height);
		for (; lane < d->lanes.count && d->lanes.items[lane].node == i; lane++)
			y += LANE_HEIGHT;
		at->width = label;
		at->centre = (struct point){ label / 2, y + at->height / 2 };
		y += at->height + ROW_GAP;
	}
	out->width = out->columns[d->columns.count];
	out->height = y;
}

/* ---- pieces ---- */

static void write_rect(struct writer *w, const char *attributes, double x, double y, double width, double height)
{
	write_fmt(w, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"%s/>\n", x, y, width, height,
		  attributes);
}

static void write_line(struct writer *w, struct point a, struct point b, const char *ink, const char *rest)
{
	write_fmt(w, "<path d=\"M%.2f,%.2fL%.2f,%.2f\" fill=\"none\" stroke=\"%s\"%s/>\n", a.x, a.y, b.x, b.y, ink,
		  rest);
}

/* ---- the calendar ---- */

static void write_ticks(struct writer *w, const struct drawing_column *column, double left, double right)
{
	left += TICKS_AFTER;
	double step = (right - left) / (double)(column->ticks.count ? column->ticks.count : 1);
	for (size_t i = 0; i < column->ticks.count; i++)
		svg_text(w, left + step * ((double)i + 0.5), svg_base_line(DAY_LINE, DAY_LINE, SMALLEST_TYPE),
			 SMALLEST_TYPE, GREY, " text-anchor=\"middle\"", column->ticks.items[i]);
}

static void write_column(struct writer *w, const struct drawing_column *column, double left, double right,
			 double height)
{
	const struct look *look = look_of(column->last ? CLASS_PLAIN : column->class);
	write_fmt(w, "<g class=\"%s %s\" data-from=\"%s\" data-to=\"%s\">\n", column->last ? "gap" : "day",
		  drawing_class_word(column->class), column->id, column->last ? column->last : column->id);
	svg_tips(w, &column->tips);
	write_rect(w,
		   arena_printf(w->arena, " fill=\"%s\" stroke=\"%s\" stroke-width=\"%.4g\"%s", look->fill,
				look_of(CLASS_WORKED)->stroke, look->stroke_width,
				column->last ? " stroke-dasharray=\"1 3\"" : ""),
		   left, 2 * DAY_LINE, right - left, height - 2 * DAY_LINE);
	for (size_t i = 0; i < DAY_TEXTS; i++) {
		bool begins = i == DAY_YEAR || i == DAY_MONTH;
		if (!*column->texts[i])
			continue;
		svg_text(w, begins ? left + 1.5 : (left + right) / 2,
			 svg_base_line((double)i * DAY_LINE, DAY_LINE, SMALLEST_TYPE), SMALLEST_TYPE,
			 column->last ? GREY
			 : begins     ? INK
				      : look->ink,
			 begins ? "" : " text-anchor=\"middle\"", column->texts[i]);
	}
	if (!column->last && *column->texts[DAY_MONTH])
		write_line(w, (struct point){ left, DAY_LINE + 1.0 }, (struct point){ left, height }, EDGE_INK,
			   " stroke-width=\"0.6\"");
	write_ticks(w, column, left, right);
	write_str(w, "</g>\n");
}

/* ---- rows ---- */

static void write_lane(struct writer *w, const struct drawing_lane *lane, double top, double width)
{
	const struct look *look = look_of(lane->class);
	write_fmt(w, "<g class=\"lane %s\">\n", drawing_class_word(lane->class));
	write_rect(w, arena_printf(w->arena, " fill=\"%s\" fill-opacity=\"0.14\"", look->stroke), 0.0, top, width,
		   LANE_HEIGHT - 3.0);
	write_rect(w, arena_printf(w->arena, " fill=\"%s\"", look->stroke), 0.0, top, 3.0, LANE_HEIGHT - 3.0);
	svg_text(w, NODE_PAD_X, svg_base_line(top, LANE_HEIGHT - 3.0, NOTE_SIZE), NOTE_SIZE, look->ink, "", lane->text);
	write_str(w, "</g>\n");
}

static void write_hatch(struct writer *w, double left, double right, double middle, const char *ink)
{
	write_str(w, "<path d=\"");
	for (int i = 0; left + 2 * BAR_HALF + i * HATCH < right; i++) {
		double x = left + 2 * BAR_HALF + i * HATCH;
		write_fmt(w, "M%.2f,%.2fL%.2f,%.2f", x - 2 * BAR_HALF, middle + BAR_HALF, x, middle - BAR_HALF);
	}
	write_fmt(w, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"0.6\"/>\n", ink);
}

/* Open where the bar goes on beyond the calendar. */
static void write_outline(struct writer *w, const struct drawing_bar *bar, const char *ink, double left, double right,
			  double middle, double half)
{
	double top = middle - half, bottom = middle + half;
	write_fmt(w, "<path d=\"M%.2f,%.2fL%.2f,%.2fM%.2f,%.2fL%.2f,%.2f", left, top, right, top, left, bottom, right,
		  bottom);
	if (bar->first)
		write_fmt(w, "M%.2f,%.2fL%.2f,%.2f", left, top, left, bottom);
	if (bar->last)
		write_fmt(w, "M%.2f,%.2fL%.2f,%.2f", right, top, right, bottom);
	write_fmt(w, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"0.9\"%s/>\n", ink,
		  bar->class == CLASS_BETWEEN ? " stroke-dasharray=\"2.5 1.5\"" : "");
}

static void write_bar(struct writer *w, const struct drawing_bar *bar, const struct look *role, double left,
		      double right, double middle)
{
	bool mark = bar->class == CLASS_DUE || bar->class == CLASS_LAPSE || bar->class == CLASS_EVENT;
	double half = mark ? MARK_HALF : BAR_HALF;
	const char *ink = bar->class == CLASS_LAPSE ? look_of(CLASS_LAPSE)->stroke : role->stroke;
	const char *fill = bar->class == CLASS_RUNS ? " fill-opacity=\"0.3\"" : "";
	bool white = bar->class == CLASS_BETWEEN || bar->class == CLASS_LAPSE;
	write_fmt(w,
		  "<rect class=\"%s\" data-from=\"%s\" data-to=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" "
		  "height=\"%.2f\"",
		  drawing_class_word(bar->class), bar->first ? bar->first : "-", bar->last ? bar->last : "-", left,
		  middle - half, right - left, 2 * half);
	write_fmt(w, " fill=\"%s\"%s/>\n", white ? "#ffffff" : ink, fill);
	write_outline(w, bar, ink, left, right, middle, half);
	if (bar->class == CLASS_BETWEEN)
		write_hatch(w, left, right, middle, ink);
	if (bar->class != CLASS_LAPSE)
		return;
	write_line(w, (struct point){ left, middle - half }, (struct point){ right, middle + half }, ink,
		   " stroke-width=\"0.9\"");
	write_line(w, (struct point){ left, middle + half }, (struct point){ right, middle - half }, ink,
		   " stroke-width=\"0.9\"");
}

static void write_row(struct writer *w, const struct drawing *d, const struct layout *layout, size_t index)
{
	const struct drawing_node *node = &d->nodes.items[index];
	const struct placed_node *at = &layout->nodes[index];
	const struct look *look = look_of(node->class);
	double top = at->centre.y - at->height / 2;
	write_fmt(w, "<g id=\"%s\" class=\"node %s\">\n", node->id, drawing_class_word(node->class));
	svg_tips(w, &node->tips);
	write_line(w, (struct point){ 0.0, top + at->height + ROW_GAP / 2 },
		   (struct point){ layout->width, top + at->height + ROW_GAP / 2 }, EDGE_INK, " stroke-width=\"0.4\"");
	for (size_t i = 0; i < node->bars.count; i++) {
		const struct drawing_bar *bar = &node->bars.items[i];
		double left = layout->columns[drawing_column_of(d, bar->first, false)];
		double right = layout->columns[drawing_column_of(d, bar->last, true) + 1];
		if (bar->class == CLASS_DUE)
			write_line(w, (struct point){ (left + right) / 2, HEAD },
				   (struct point){ (left + right) / 2, at->centre.y }, look->stroke,
				   " stroke-width=\"0.6\" stroke-dasharray=\"1 2\"");
		write_bar(w, bar, look, left, right, at->centre.y);
	}
	top += NODE_PAD_Y;
	for (size_t i = 0; i < node->lines.count; i++) {
		const struct drawing_line *line = &node->lines.items[i];
		double size = line_size(line->style), step = line_step(line->style);
		svg_text(w, NODE_PAD_X, svg_base_line(top, step, size), size, line->style == LINE_MINOR ? GREY : INK,
			 "", line->text);
		top += step;
	}
	write_str(w, "</g>\n");
}

void timeline_write(struct writer *w, const struct drawing *d, const struct layout *layout)
{
	for (size_t i = 0; i < d->columns.count; i++)
		write_column(w, &d->columns.items[i], layout->columns[i], layout->columns[i + 1], layout->height);
	for (size_t i = 0, lane = 0; i < d->nodes.count; i++) {
		const struct placed_node *at = &layout->nodes[i];
		double top = at->centre.y - at->height / 2;
		size_t above = lane;
		while (lane < d->lanes.count && d->lanes.items[lane].node == i)
			lane++;
		for (size_t k = above; k < lane; k++)
			write_lane(w, &d->lanes.items[k], top - (double)(lane - k) * LANE_HEIGHT + 1.0, layout->width);
		write_row(w, d, layout, i);
	}
}
