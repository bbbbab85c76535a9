/* The drawing list as a Graphviz graph: built with libcgraph, laid out by libgvc's dot, and the answer copied out.
 *
 * note [what Graphviz is told]
 * Of the author's text it gets labels and tooltips, with backslashes and ampersands escaped, so that neither `\N` nor
 * `&lt;` nor an HTML-like label is anything but text. Fonts, colours and ids are ours. */
#include "layout.h"

#include "draw/metrics.h"
#include "style.h"

#include <gvc.h>
#include <gvplugin.h>
#include <gvplugin_textlayout.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct graph {
	struct arena *arena;
	const struct drawing *drawing;
	GVC_t *gvc;
	Agraph_t *g;
	Agnode_t **nodes;
	Agedge_t **edges;
};

/* ---- text ---- */

/* Graphviz adds 16 points to the width and 8 to the height of a label; most of that is taken off again. */
#define LABEL_LESS_X 1.0
#define LABEL_LESS_Y 3.0
/* … but not from labels of many lines, which would reach into the boxes: this program draws one picture. */
static double label_less_y = LABEL_LESS_Y;

/* Graphviz asks for the size of every line of a label. Nodes have a size of their own (node_size), so only labels of
 * edges count, told apart by their size of type. note [own metrics] in draw/metrics.h */
static boolean measure_span(textspan_t *span, char **font_path)
{
	(void)font_path;
	bool of_edge = fabs(span->font->size - LABEL_SIZE) < 0.01;
	span->layout = NULL;
	span->free_layout = NULL;
	span->size.x = of_edge ? text_width(span->str) * LABEL_SIZE / 1000.0 - LABEL_LESS_X : 0.0;
	span->size.y = of_edge ? LABEL_STEP - label_less_y : 0.0;
	span->yoffset_layout = 0.0;
	span->yoffset_centerline = 0.0;
	return 1;
}

static gvtextlayout_engine_t own_engine = { measure_span };
static char own_name[] = "guiju";
static char own_type[] = "textlayout";
static gvplugin_installed_t own_types[] = { { 0, own_type, 1000, &own_engine, NULL }, { 0, NULL, 0, NULL, NULL } };
static gvplugin_api_t own_apis[] = { { API_textlayout, own_types }, { (api_t)0, NULL } };
static gvplugin_library_t own_library = { own_name, own_apis };
/* Given from the start: the engine is chosen while the context is made. */
static const lt_symlist_t own_plugins[] = { { "gvplugin_guiju_LTX_library", &own_library }, { NULL, NULL } };

static void write_label(struct writer *w, const char *text)
{
	for (; *text; text++) {
		if (*text == '\\')
			write_str(w, "\\\\");
		else if (*text == '&')
			write_str(w, "&amp;");
		else
			write_char(w, *text);
	}
}

static char *joined_texts(struct graph *graph, const drawing_texts *texts)
{
	struct writer w;
	writer_init(&w, graph->arena);
	for (size_t i = 0; i < texts->count; i++) {
		write_str(&w, i > 0 ? "\\n" : "");
		write_label(&w, texts->items[i]);
	}
	return arena_strdup(graph->arena, writer_text(&w));
}

static char *joined_lines(struct graph *graph, const drawing_lines *lines)
{
	struct writer w;
	writer_init(&w, graph->arena);
	for (size_t i = 0; i < lines->count; i++) {
		write_label(&w, lines->items[i].text);
		write_str(&w, lines->items[i].style == LINE_ITEM ? "\\l" : i + 1 < lines->count ? "\\n" : "");
	}
	return arena_strdup(graph->arena, writer_text(&w));
}

/* ---- the graph ---- */

static void set(void *object, const char *name, const char *value)
{
	agsafeset(object, (char *)name, (char *)value, (char *)"");
}

static void set_number(struct graph *graph, void *object, const char *name, double value)
{
	set(object, name, arena_printf(graph->arena, "%.4f", value));
}

/* Boxes of one column are one width: facts, groups, members. */
static bool is_in_column(enum drawing_class class)
{
	return class == CLASS_FACT || class == CLASS_GROUP || class == CLASS_MEMBER;
}

static void node_size(const struct graph *graph, const struct drawing_node *node, double *width, double *height)
{
	node_extent(node, width, height);
	for (size_t i = 0; i < graph->drawing->nodes.count && is_in_column(node->class); i++) {
		double other, unused;
		if (graph->drawing->nodes.items[i].class != node->class)
			continue;
		node_extent(&graph->drawing->nodes.items[i], &other, &unused);
		*width = other > *width ? other : *width;
	}
}

static void add_node(struct graph *graph, size_t index)
{
	const struct drawing_node *node = &graph->drawing->nodes.items[index];
	const struct look *look = look_of(node->class);
	double width, height;
	Agnode_t *n = agnode(graph->g, (char *)node->id, 1);
	graph->nodes[index] = n;
	if (!n)
		return;
	node_size(graph, node, &width, &height);
	set(n, "label", joined_lines(graph, &node->lines));
	set(n, "tooltip", joined_texts(graph, &node->tips));
	set(n, "id", node->id);
	set(n, "class", drawing_class_word(node->class));
	set(n, "fillcolor", look->fill);
	set(n, "color", look->stroke);
	set(n, "fontcolor", look->ink);
	set_number(graph, n, "width", width / 72.0);
	set_number(graph, n, "height", height / 72.0);
}

static void add_edge(struct graph *graph, size_t index)
{
	const struct drawing_edge *edge = &graph->drawing->edges.items[index];
	Agnode_t *from = graph->nodes[edge->from], *to = graph->nodes[edge->to];
	char *key = arena_printf(graph->arena, "%s--%s", graph->drawing->nodes.items[edge->from].id,
				 graph->drawing->nodes.items[edge->to].id);
	Agedge_t *e = from && to ? agedge(graph->g, from, to, key, 1) : NULL;
	graph->edges[index] = e;
	if (!e)
		return;
	set(e, "label", joined_texts(graph, &edge->labels));
	set(e, "tooltip", joined_texts(graph, &edge->tips));
	set(e, "id", key);
	set(e, "class", drawing_class_word(edge->class));
	if (edge->class != CLASS_PLAIN)
		set(e, "color", edge_ink(edge->class));
}

static void declare(struct graph *graph, int kind, const char *name, const char *value)
{
	agattr(graph->g, kind, (char *)name, (char *)value);
}

static bool has_labels(const struct graph *graph)
{
	for (size_t i = 0; i < graph->drawing->edges.count; i++)
		if (graph->drawing->edges.items[i].labels.count > 0)
			return true;
	return false;
}

/* Ranks without answers between them stand wider apart: their arrows need room to turn. */
static void declare_gaps(struct graph *graph, const struct gaps *gaps)
{
	double rank = RANK_GAP * (has_labels(graph) ? 1.0 : 7.0);
	declare(graph, AGRAPH, "nodesep", arena_printf(graph->arena, "%.4f", NODE_GAP * gaps->nodes / 72.0));
	declare(graph, AGRAPH, "ranksep", arena_printf(graph->arena, "%.4f", rank * gaps->ranks / 72.0));
}

static void declare_attributes(struct graph *graph)
{
	declare(graph, AGRAPH, "linelength", "0");
	declare(graph, AGRAPH, "rankdir", graph->drawing->flow == FLOW_RIGHT ? "LR" : "TB");
	declare_gaps(graph, &(struct gaps){ 1.0, 1.0 });
	declare(graph, AGRAPH, "charset", "UTF-8");
	declare(graph, AGNODE, "shape", "box");
	declare(graph, AGNODE, "style", "filled,rounded");
	declare(graph, AGNODE, "margin", "0.08,0.04");
	declare(graph, AGNODE, "fontname", PICTURE_FONT);
	declare(graph, AGNODE, "fontsize", "8.5");
	declare(graph, AGEDGE, "fontname", PICTURE_FONT);
	declare(graph, AGEDGE, "fontsize", "8");
	declare(graph, AGEDGE, "color", EDGE_INK);
	declare(graph, AGEDGE, "arrowsize", "0.6");
}

static bool is_whole(const struct graph *graph)
{
	for (size_t i = 0; i < graph->drawing->nodes.count; i++)
		if (!graph->nodes[i])
			return false;
	for (size_t i = 0; i < graph->drawing->edges.count; i++)
		if (!graph->edges[i])
			return false;
	return true;
}

struct graph *graph_new(struct arena *arena, const struct drawing *drawing)
{
	struct graph *graph = arena_new_of(arena, struct graph);
	graph->arena = arena;
	graph->drawing = drawing;
	graph->nodes = arena_new_array(arena, Agnode_t *, drawing->nodes.count + 1);
	graph->edges = arena_new_array(arena, Agedge_t *, drawing->edges.count + 1);
	agseterr(AGMAX); /* what goes wrong is seen from the answers */
	graph->gvc = gvContextPlugins(own_plugins, 1);
	graph->g = agopen((char *)drawing->id, Agdirected, NULL);
	if (!graph->gvc || !graph->g)
		return NULL;
	label_less_y = strcmp(drawing->kind, "procedure") == 0 ? 0.0 : LABEL_LESS_Y;
	declare_attributes(graph);
	for (size_t i = 0; i < drawing->nodes.count; i++)
		add_node(graph, i);
	for (size_t i = 0; i < drawing->edges.count; i++)
		add_edge(graph, i);
	return is_whole(graph) ? graph : NULL;
}

void graph_free(struct graph *graph)
{
	if (graph->g)
		agclose(graph->g);
	if (graph->gvc)
		gvFreeContext(graph->gvc);
}

const char *graph_dot(struct graph *graph, size_t *size)
{
	char *bytes = NULL;
	FILE *f = open_memstream(&bytes, size);
	if (!f)
		return NULL;
	fprintf(f, "// drawing list %s; made by guiju, not edited by hand\n", graph->drawing->id);
	bool written = agwrite(graph->g, f) == 0;
	written = fclose(f) == 0 && written;
	const char *copy = written ? arena_strndup(graph->arena, bytes, *size) : NULL;
	free(bytes);
	return copy;
}

/* ---- the answer ---- */

/* "x,y"; gives what follows it, or NULL. */
static const char *read_pair(const char *text, struct point *p)
{
	char *end;
	*p = (struct point){ .x = strtod(text, &end) };
	if (end == text || *end != ',')
		return NULL;
	text = end + 1;
	p->y = strtod(text, &end);
	return end == text || !isfinite(p->x) || !isfinite(p->y) ? NULL : end;
}

/* "x,y" with y upwards in a layout of the given height. */
static const char *read_point(const char *text, double height, struct point *p)
{
	const char *end = read_pair(text, p);
	p->y = height - p->y;
	return end;
}

static const char *attribute(void *object, const char *name)
{
	const char *value = agget(object, (char *)name);
	return value ? value : "";
}

static bool read_node(struct graph *graph, size_t i, struct layout *out)
{
	struct placed_node *node = &out->nodes[i];
	if (!read_point(attribute(graph->nodes[i], "pos"), out->height, &node->centre))
		return false;
	node_size(graph, &graph->drawing->nodes.items[i], &node->width, &node->height);
	return true;
}

/* "e,x,y x,y x,y …": the tip of the arrow, then the control points. */
static bool read_path(struct graph *graph, const char *pos, double height, struct placed_edge *edge)
{
	while (*pos) {
		struct point p;
		bool tip = strncmp(pos, "e,", 2) == 0, tail = strncmp(pos, "s,", 2) == 0;
		pos = read_point(tip || tail ? pos + 2 : pos, height, &p);
		if (!pos)
			return false;
		if (tip) {
			edge->has_tip = true;
			edge->tip = p;
		} else if (!tail) {
			vec_push(graph->arena, &edge->path, p);
		}
		pos += strspn(pos, " ;");
	}
	return edge->path.count >= 4 && edge->path.count % 3 == 1;
}

static bool read_edge(struct graph *graph, size_t i, struct layout *out)
{
	struct placed_edge *edge = &out->edges[i];
	if (!read_path(graph, attribute(graph->edges[i], "pos"), out->height, edge))
		return false;
	edge->has_label = read_point(attribute(graph->edges[i], "lp"), out->height, &edge->label) != NULL;
	return edge->has_label || graph->drawing->edges.items[i].labels.count == 0;
}

/* Does nothing but these two nodes stand between them? */
static bool is_clear(const struct graph *graph, const struct layout *out, double left, double right)
{
	for (size_t i = 0; i < graph->drawing->nodes.count; i++) {
		const struct placed_node *n = &out->nodes[i];
		if (n->centre.x + n->width / 2 > left + 0.5 && n->centre.x - n->width / 2 < right - 0.5)
			return false;
	}
	return true;
}

/* Between neighbouring columns one curve is enough; dot would bend the lines of a wide fan around each other. */
static void smooth(struct graph *graph, struct layout *out, size_t i)
{
	const struct drawing_edge *edge = &graph->drawing->edges.items[i];
	const struct placed_node *from = &out->nodes[edge->from], *to = &out->nodes[edge->to];
	struct point start = { from->centre.x + from->width / 2, from->centre.y };
	struct point tip = { to->centre.x - to->width / 2, to->centre.y };
	struct point end = { tip.x - 6.0, tip.y };
	double middle = (start.x + end.x) / 2;
	if (edge->labels.count > 0 || end.x <= start.x || !is_clear(graph, out, start.x, tip.x))
		return;
	const struct point path[] = { start, { middle, start.y }, { middle, end.y }, end };
	struct placed_edge *placed = &out->edges[i];
	placed->path.count = 0;
	for (size_t k = 0; k < 4; k++)
		vec_push(graph->arena, &placed->path, path[k]);
	placed->has_tip = true;
	placed->tip = tip;
}

static bool read_answer(struct graph *graph, struct layout *out)
{
	struct point from, to;
	const char *rest = read_pair(attribute(graph->g, "bb"), &from);
	if (!rest || *rest != ',' || !read_pair(rest + 1, &to))
		return false;
	out->width = to.x;
	out->height = to.y;
	out->nodes = arena_new_array(graph->arena, struct placed_node, graph->drawing->nodes.count + 1);
	out->edges = arena_new_array(graph->arena, struct placed_edge, graph->drawing->edges.count + 1);
	for (size_t i = 0; i < graph->drawing->nodes.count; i++)
		if (!read_node(graph, i, out))
			return false;
	for (size_t i = 0; i < graph->drawing->edges.count; i++)
		if (!read_edge(graph, i, out))
			return false;
	for (size_t i = 0; i < graph->drawing->edges.count && out->right; i++)
		smooth(graph, out, i);
	return true;
}

bool graph_layout(struct graph *graph, bool right, const struct gaps *gaps, struct layout *out)
{
	*out = (struct layout){ .right = right };
	declare_gaps(graph, gaps);
	declare(graph, AGRAPH, "rankdir", right ? "LR" : "TB");
	for (size_t i = 0; i < graph->drawing->edges.count; i++) {
		set(graph->edges[i], "tailport", right ? "e" : "");
		set(graph->edges[i], "headport", right ? "w" : "");
	}
	if (gvLayout(graph->gvc, graph->g, "dot") != 0)
		return false;
	attach_attrs(graph->g);
	bool read = read_answer(graph, out);
	gvFreeLayout(graph->gvc, graph->g);
	return read;
}
