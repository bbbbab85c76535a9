/* Writes the SVG: title, the graph scaled to the page, notes and legend. Coordinates have two decimals, so that the
 * last digits of floating point do not reach the file. */
#include "svg.h"

#include "draw/metrics.h"
#include "draw/wrap.h"
#include "style.h"
#include "timeline.h"

#include <math.h>
#include <string.h>

#define NARROWEST 360.0

/* ---- the page ---- */

static double text_points(const char *text, double size)
{
	return text_width(text) * size / 1000.0;
}

/* Where the legend's entries stand in a width: the height that they take. `place` may be NULL. */
static double lay_legend(const struct drawing *d, double width, struct point *place)
{
	double x = 0.0, y = 0.0;
	for (size_t i = 0; i < d->legends.count; i++) {
		double entry = text_points(d->legends.items[i].text, NOTE_SIZE) + LEGEND_AROUND;
		if (x > 0.0 && x + entry > width) {
			x = 0.0;
			y += LEGEND_STEP;
		}
		if (place)
			place[i] = (struct point){ x, y };
		x += entry;
	}
	return d->legends.count ? y + LEGEND_STEP : 0.0;
}

static void wrap_note(struct arena *arena, const char *text, double width, drawing_texts *lines)
{
	text_wrap(arena, NULL, text, (uint32_t)(width * 1000.0 / NOTE_SIZE), 6, lines);
}

/* Lines that the notes take, estimated a little high: breaks may leave space. */
static double notes_height(const struct drawing *d, double width)
{
	double lines = 0.0;
	for (size_t i = 0; i < d->notes.count; i++) {
		double n = ceil(text_points(d->notes.items[i].text, NOTE_SIZE) * 1.06 / width);
		lines += n < 1.0 ? 1.0 : n > 6.0 ? 6.0 : n;
	}
	return lines * NOTE_STEP;
}

static double foot_height(const struct drawing *d, double width)
{
	double height = lay_legend(d, width, NULL) + notes_height(d, width);
	return height > 0.0 ? height + FOOT_GAP : 0.0;
}

struct page page_for(const struct drawing *d, const struct layout *layout, bool lying)
{
	double paper_width = lying ? A4_LONG : A4_SHORT, paper_height = lying ? A4_SHORT : A4_LONG;
	double width = paper_width - 2 * PAGE_MARGIN;
	double height = paper_height - 2 * PAGE_MARGIN - TITLE_HEIGHT - foot_height(d, width);
	double across = layout->width + 2.0, down = layout->height + 2.0;
	double scale = fmin(fmin(width / across, height / down), 1.0);
	struct page page = { .scale = scale, .a4_scale = scale, .fits = scale * SMALLEST_TYPE >= SMALLEST_LEGIBLE };
	if (!page.fits) /* legible before small: the paper grows */
		page.scale = SMALLEST_LEGIBLE / SMALLEST_TYPE;
	double inner = fmax(across * page.scale, NARROWEST);
	double title = fmax(text_points(d->title, 15.0) + 10.0, text_points(d->subtitle, 9.0));
	inner = fmax(inner, fmin(title, width));
	if (page.fits && d->legends.count + d->notes.count > 0)
		inner = fmax(inner, fmin(width, 480.0));
	double above = down * page.scale + 2 * PAGE_MARGIN + TITLE_HEIGHT;
	if (page.fits && above + foot_height(d, inner) > paper_height) /* notes are fewer lines on the whole width */
		inner = width;
	page.width = inner + 2 * PAGE_MARGIN;
	page.height = above + foot_height(d, inner);
	return page;
}

/* ---- pieces ---- */

void svg_escaped(struct writer *w, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&': write_str(w, "&amp;"); break;
		case '<': write_str(w, "&lt;"); break;
		case '>': write_str(w, "&gt;"); break;
		case '"': write_str(w, "&quot;"); break;
		default: write_char(w, *text);
		}
	}
}

void svg_tips(struct writer *w, const drawing_texts *tips)
{
	if (tips->count == 0)
		return;
	write_str(w, "<title>");
	for (size_t i = 0; i < tips->count; i++) {
		write_str(w, i > 0 ? "\n" : "");
		svg_escaped(w, tips->items[i]);
	}
	write_str(w, "</title>\n");
}

void svg_text(struct writer *w, double x, double y, double size, const char *ink, const char *rest, const char *text)
{
	/* renderers take blanks at the start of a text away, no-break spaces with them */
	const char *space = strncmp(text, "\u00a0", 2) == 0 ? " xml:space=\"preserve\"" : "";
	write_fmt(w, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.4g\" fill=\"%s\"%s%s>", x, y, size, ink, rest, space);
	svg_escaped(w, text);
	write_str(w, "</text>\n");
}

static void write_box(struct writer *w, const struct look *look, double x, double y, double width, double height)
{
	double radius = look->corner == CORNER_PILL ? fmin(height / 2, 14.0) : look->corner == CORNER_ROUND ? 4.0 : 0.0;
	write_fmt(w,
		  "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" rx=\"%.4g\" fill=\"%s\" stroke=\"%s\" "
		  "stroke-width=\"%.4g\"",
		  x, y, width, height, radius, look->fill, look->stroke, look->stroke_width);
	if (look->dash)
		write_fmt(w, " stroke-dasharray=\"%s\"", look->dash);
	write_str(w, "/>\n");
}

/* The base line lies where Chinese type of this size stands in the middle of its line. */
double svg_base_line(double top, double step, double size)
{
	return top + step / 2 + size * 0.36;
}

static void write_node(struct writer *w, const struct drawing_node *node, const struct placed_node *at)
{
	const struct look *look = look_of(node->class);
	double left = at->centre.x - at->width / 2, top = at->centre.y - at->height / 2;
	write_fmt(w, "<g id=\"%s\" class=\"node %s\">\n", node->id, drawing_class_word(node->class));
	svg_tips(w, &node->tips);
	write_box(w, look, left, top, at->width, at->height);
	top += NODE_PAD_Y;
	for (size_t i = 0; i < node->lines.count; i++) {
		const struct drawing_line *line = &node->lines.items[i];
		double size = line_size(line->style), step = line_step(line->style);
		bool item = line->style == LINE_ITEM;
		svg_text(w, item ? left + NODE_PAD_X : at->centre.x, svg_base_line(top, step, size), size,
			   line->style == LINE_MINOR ? GREY : look->ink, item ? "" : " text-anchor=\"middle\"",
			   line->text);
		top += step;
	}
	write_str(w, "</g>\n");
}

static void write_arrow(struct writer *w, struct point from, struct point tip, const char *ink)
{
	double dx = tip.x - from.x, dy = tip.y - from.y, length = sqrt(dx * dx + dy * dy);
	if (length < 0.01)
		return;
	dx /= length;
	dy /= length;
	double bx = tip.x - dx * 6.0, by = tip.y - dy * 6.0;
	write_fmt(w, "<path d=\"M%.2f,%.2fL%.2f,%.2fL%.2f,%.2fZ\" fill=\"%s\"/>\n", tip.x, tip.y, bx - dy * 2.4,
		  by + dx * 2.4, bx + dy * 2.4, by - dx * 2.4, ink);
}

static void write_path(struct writer *w, const struct placed_edge *at, const char *ink)
{
	struct point last = at->path.items[at->path.count - 1];
	write_fmt(w, "<path d=\"M%.2f,%.2fC", at->path.items[0].x, at->path.items[0].y);
	for (size_t i = 1; i < at->path.count; i++)
		write_fmt(w, "%s%.2f,%.2f", i > 1 ? " " : "", at->path.items[i].x, at->path.items[i].y);
	write_fmt(w, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"0.9\"/>\n", ink);
	if (at->has_tip)
		write_arrow(w, last, at->tip, ink);
}

static void write_labels(struct writer *w, const struct drawing_edge *edge, struct point centre)
{
	double widest, height;
	label_extent(edge, &widest, &height);
	double top = centre.y - height / 2;
	write_fmt(
		w,
		"<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#ffffff\" fill-opacity=\"0.9\"/>\n",
		centre.x - widest / 2 - 1.0, top, widest + 2.0, height);
	for (size_t i = 0; i < edge->labels.count; i++)
		svg_text(w, centre.x, svg_base_line(top + (double)i * LABEL_STEP, LABEL_STEP, LABEL_SIZE), LABEL_SIZE,
			   edge_words_ink(edge->class), " text-anchor=\"middle\"",
			   edge->labels.items[i]);
}

static void write_edge(struct writer *w, const struct drawing *d, const struct layout *layout, size_t i)
{
	const struct drawing_edge *edge = &d->edges.items[i];
	const char *from = d->nodes.items[edge->from].id, *to = d->nodes.items[edge->to].id;
	write_fmt(w, "<g id=\"%s--%s\" class=\"edge %s\" data-from=\"%s\" data-to=\"%s\">\n", from, to,
		  drawing_class_word(edge->class), from, to);
	svg_tips(w, &edge->tips);
	write_path(w, &layout->edges[i], edge_ink(edge->class));
	if (edge->labels.count > 0)
		write_labels(w, edge, layout->edges[i].label);
	write_str(w, "</g>\n");
}

/* ---- the foot ---- */

static double write_notes(struct writer *w, const struct drawing *d, double y, double width)
{
	for (size_t i = 0; i < d->notes.count; i++) {
		drawing_texts lines = { 0 };
		wrap_note(w->arena, d->notes.items[i].text, width, &lines);
		write_fmt(w, "<g class=\"note %s\">\n", drawing_class_word(d->notes.items[i].class));
		for (size_t k = 0; k < lines.count; k++) {
			svg_text(w, PAGE_MARGIN, svg_base_line(y, NOTE_STEP, NOTE_SIZE), NOTE_SIZE,
				   d->notes.items[i].class == CLASS_RED ? look_of(CLASS_RED)->ink : GREY, "",
				   lines.items[k]);
			y += NOTE_STEP;
		}
		write_str(w, "</g>\n");
	}
	return y;
}

static void write_legend(struct writer *w, const struct drawing *d, double y, double width)
{
	struct point place[LIST_LEGENDS];
	lay_legend(d, width, place);
	write_str(w, "<g class=\"legend\">\n");
	for (size_t i = 0; i < d->legends.count; i++) {
		double left = PAGE_MARGIN + place[i].x, top = y + place[i].y;
		write_box(w, look_of(d->legends.items[i].class), left, top + 3.5, 16.0, 10.0);
		svg_text(w, left + 21.0, svg_base_line(top, LEGEND_STEP, NOTE_SIZE), NOTE_SIZE, INK, "",
			   d->legends.items[i].text);
	}
	write_str(w, "</g>\n");
}

static void write_head(struct writer *w, const struct drawing *d, const struct page *page)
{
	write_str(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	write_fmt(w, "<!-- drawing list %s; made by guiju, not edited by hand -->\n", d->id);
	write_fmt(w,
		  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.2fpt\" height=\"%.2fpt\" "
		  "viewBox=\"0 0 %.2f %.2f\" lang=\"%s\" font-family=\"'%s', sans-serif\">\n",
		  page->width, page->height, page->width, page->height, strcmp(d->language, "en") == 0 ? "en" : "zh-CN",
		  PICTURE_FONT);
	write_str(w, "<title>");
	svg_escaped(w, d->title);
	write_str(w, "</title>\n");
	write_fmt(w, "<rect width=\"%.2f\" height=\"%.2f\" fill=\"#ffffff\"/>\n", page->width, page->height);
	svg_text(w, PAGE_MARGIN, PAGE_MARGIN + 12.0, 15.0, INK, " font-weight=\"bold\"", d->title);
	svg_text(w, PAGE_MARGIN, PAGE_MARGIN + 28.0, 9.0, GREY, "", d->subtitle);
}

void svg_write(struct writer *w, const struct drawing *d, const struct layout *layout, const struct page *page)
{
	double inner = page->width - 2 * PAGE_MARGIN;
	double left = PAGE_MARGIN + (inner - layout->width * page->scale) / 2;
	write_head(w, d, page);
	write_fmt(w, "<g class=\"graph\" transform=\"translate(%.2f %.2f) scale(%.4f)\">\n", left,
		  PAGE_MARGIN + TITLE_HEIGHT, page->scale);
	if (drawing_is_timeline(d))
		timeline_write(w, d, layout);
	for (size_t i = 0; i < d->edges.count; i++)
		write_edge(w, d, layout, i);
	for (size_t i = 0; i < d->nodes.count && !drawing_is_timeline(d); i++)
		write_node(w, &d->nodes.items[i], &layout->nodes[i]);
	write_str(w, "</g>\n");
	double y = PAGE_MARGIN + TITLE_HEIGHT + (layout->height + 2.0) * page->scale + FOOT_GAP;
	y = write_notes(w, d, y, inner);
	write_legend(w, d, y, inner);
	write_str(w, "</svg>\n");
}
