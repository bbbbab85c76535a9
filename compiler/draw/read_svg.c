/* Reads the SVG with libxml2. Only the elements and attributes that guiju-draw writes are allowed, so that a picture
 * cannot carry scripts, links or text that its list does not have. */
#include "draw/read_back.h"

#include "support/intern.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { SVG_BYTES = 32 << 20, TAG_BYTES = 1 << 17 };

/* note [no arena here] while the document is held nothing is taken from the arena: it jumps when memory ends, and the
 * document would be lost. What a difference is called is a constant, and its id is copied into a buffer. */
struct svg_reader {
	const struct drawing *d;
	const struct map *nodes, *edges; /* by id, and by "from--to" */
	unsigned char *seen_node, *seen_edge;
	size_t node_count, edge_count, note_count, head_count, column_count, lane_count;
	double *left, *right; /* of the columns as drawn */
	bool legend;
	const char *zh, *en; /* the first difference */
	char what[LIST_ID + 1];
};

static bool differ(struct svg_reader *r, const char *zh, const char *en, const char *what)
{
	size_t size = strnlen(what, LIST_ID);
	r->zh = zh;
	r->en = en;
	memcpy(r->what, what, size);
	r->what[size] = '\0';
	return false;
}

/* ---- what may be there at all ---- */

static bool is_one_of(const xmlChar *name, const char *const *words)
{
	for (; *words; words++)
		if (strcmp((const char *)name, *words) == 0)
			return true;
	return false;
}

static bool is_allowed(const xmlNode *n)
{
	static const char *const elements[] = { "svg", "title", "rect", "text", "g", "path", NULL };
	static const char *const attributes[] = { "width",
						  "height",
						  "viewBox",
						  "lang",
						  "font-family",
						  "font-size",
						  "font-weight",
						  "text-anchor",
						  "x",
						  "y",
						  "rx",
						  "fill",
						  "fill-opacity",
						  "stroke",
						  "stroke-width",
						  "stroke-dasharray",
						  "d",
						  "id",
						  "class",
						  "transform",
						  "data-from",
						  "data-to",
						  NULL };
	if (!is_one_of(n->name, elements) || !n->ns ||
	    strcmp((const char *)n->ns->href, "http://www.w3.org/2000/svg") != 0)
		return false;
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		const xmlNode *value = a->children;
		bool of_xml = a->ns && strcmp((const char *)a->name, "space") == 0;
		if (!(of_xml || (!a->ns && is_one_of(a->name, attributes))) ||
		    (value && (value->next || value->type != XML_TEXT_NODE)))
			return false;
		if (value && strstr((const char *)value->content, "url"))
			return false;
	}
	return true;
}

static bool is_blank(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE && n->content &&
	       n->content[strspn((const char *)n->content, " \t\r\n")] == '\0';
}

/* Every element known, text only where text belongs. Depth is that of guiju-draw's pictures: five. */
static bool is_clean(struct svg_reader *r, const xmlNode *n, int depth)
{
	if (!is_allowed(n) || depth > 5)
		return differ(r, "不认识的元素", "an element that pictures do not have:", (const char *)n->name);
	bool text = strcmp((const char *)n->name, "text") == 0 || strcmp((const char *)n->name, "title") == 0;
	for (const xmlNode *c = n->children; c; c = c->next) {
		if (c->type == XML_ELEMENT_NODE) {
			if (text || !is_clean(r, c, depth + 1))
				return r->zh ? false
					     : differ(r, "文字里有元素", "an element inside a text of", r->d->id);
		} else if (!text && !is_blank(c)) {
			return differ(r, "多出的内容", "something that pictures do not have, in",
				      (const char *)n->name);
		} else if (c->type != XML_TEXT_NODE) {
			return differ(r, "不是文字", "something that is no text, in", (const char *)n->name);
		}
	}
	return true;
}

/* ---- texts ---- */

static const xmlNode *next_named(const xmlNode *n, const char *name)
{
	while (n && (n->type != XML_ELEMENT_NODE || strcmp((const char *)n->name, name) != 0))
		n = n->next;
	return n;
}

/* The whole text of an element is one node: entities are replaced, and there are no others. */
static const char *text_of(const xmlNode *n)
{
	if (!n || !n->children)
		return "";
	return !n->children->next && n->children->content ? (const char *)n->children->content : "\x01";
}

static bool same_as_texts(const xmlNode *group, size_t count, const char *(*text_at)(const void *, size_t),
			  const void *of)
{
	const xmlNode *n = next_named(group->children, "text");
	for (size_t i = 0; i < count; i++) {
		if (!n || strcmp(text_of(n), text_at(of, i)) != 0)
			return false;
		n = next_named(n->next, "text");
	}
	return !n;
}

static const char *line_at(const void *lines, size_t i)
{
	return ((const drawing_lines *)lines)->items[i].text;
}

static const char *label_at(const void *labels, size_t i)
{
	return ((const drawing_texts *)labels)->items[i];
}

static const char *legend_at(const void *d, size_t i)
{
	return ((const struct drawing *)d)->legends.items[i].text;
}

/* The tooltip is the tips, one a line. */
static bool same_tips(const xmlNode *group, const drawing_texts *tips)
{
	const xmlNode *title = next_named(group->children, "title");
	const char *text = text_of(title);
	if (tips->count == 0)
		return !title;
	for (size_t i = 0; i < tips->count; i++) {
		size_t size = strlen(tips->items[i]);
		if (strncmp(text, tips->items[i], size) != 0 || text[size] != (i + 1 < tips->count ? '\n' : '\0'))
			return false;
		text += size + (i + 1 < tips->count);
	}
	return !next_named(title->next, "title");
}

/* A note is wrapped: its lines together are the text, but for blanks at their ends. */
static bool same_note(const xmlNode *group, const char *note)
{
	for (const xmlNode *n = next_named(group->children, "text"); n; n = next_named(n->next, "text")) {
		const char *line = text_of(n);
		size_t size = strlen(line), dots = strlen("…");
		note += strspn(note, " ");
		if (size >= dots && strcmp(line + size - dots, "…") == 0 && strncmp(note, line, size) != 0)
			return strncmp(note, line, size - dots) == 0 && !next_named(n->next, "text");
		if (strncmp(note, line, size) != 0)
			return false;
		note += size;
	}
	return note[strspn(note, " ")] == '\0';
}

/* ---- groups ---- */

static const char *attribute(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (strcmp((const char *)a->name, name) == 0)
			return a->children && a->children->content && !a->children->next
				       ? (const char *)a->children->content
				       : "";
	return "";
}

/* ---- timelines ---- */

static double number_of(const xmlNode *n, const char *name)
{
	return strtod(attribute(n, name), NULL);
}

static bool is_near(double a, double b)
{
	return a - b < 0.02 && b - a < 0.02;
}

/* The texts of a day, or of a gap, in the order in which they stand. */
static bool same_column_texts(const xmlNode *group, const struct drawing_column *column)
{
	const xmlNode *n = next_named(group->children, "text");
	for (size_t i = 0; i < DAY_TEXTS + column->ticks.count; i++) {
		const char *text = i < DAY_TEXTS ? column->texts[i] : column->ticks.items[i - DAY_TEXTS];
		if (i < DAY_TEXTS && !*text)
			continue;
		if (!n || strcmp(text_of(n), text) != 0)
			return false;
		n = next_named(n->next, "text");
	}
	return !n;
}

/* Columns stand in the list's order, side by side. */
static bool check_column(struct svg_reader *r, const xmlNode *g, bool gap, const char *class)
{
	const char *id = attribute(g, "data-from");
	size_t at = r->column_count++;
	if (at >= r->d->columns.count || r->node_count > 0)
		return differ(r, "多出的日期", "one day too many:", id);
	const struct drawing_column *column = &r->d->columns.items[at];
	const xmlNode *rect = next_named(g->children, "rect");
	if (gap != (column->last != NULL) || strcmp(id, column->id) != 0 ||
	    strcmp(attribute(g, "data-to"), gap ? column->last : column->id) != 0 ||
	    strcmp(class, drawing_class_word(column->class)) != 0 || !same_column_texts(g, column) ||
	    !same_tips(g, &column->tips) || !rect)
		return differ(r, "不同的日期", "another day", id);
	r->left[at] = number_of(rect, "x");
	r->right[at] = r->left[at] + number_of(rect, "width");
	return (r->right[at] > r->left[at] && (at == 0 || is_near(r->left[at], r->right[at - 1]))) ||
	       differ(r, "位置不对的日期", "a day out of its place:", id);
}

static bool check_lane(struct svg_reader *r, const xmlNode *g, const char *class)
{
	size_t at = r->lane_count++;
	if (at >= r->d->lanes.count || strcmp(class, drawing_class_word(r->d->lanes.items[at].class)) != 0 ||
	    r->d->lanes.items[at].node != r->node_count ||
	    strcmp(text_of(next_named(g->children, "text")), r->d->lanes.items[at].text) != 0)
		return differ(r, "不同的分组", "another lane in", r->d->id);
	return true;
}

/* A bar covers the columns of its days and no other. */
static bool same_bar(const struct svg_reader *r, const xmlNode *rect, const struct drawing_bar *bar)
{
	double left = number_of(rect, "x"), right = left + number_of(rect, "width");
	return strcmp(attribute(rect, "class"), drawing_class_word(bar->class)) == 0 &&
	       strcmp(attribute(rect, "data-from"), bar->first ? bar->first : "-") == 0 &&
	       strcmp(attribute(rect, "data-to"), bar->last ? bar->last : "-") == 0 &&
	       is_near(left, r->left[drawing_column_of(r->d, bar->first, false)]) &&
	       is_near(right, r->right[drawing_column_of(r->d, bar->last, true)]);
}

static bool same_bars(const struct svg_reader *r, const xmlNode *g, const struct drawing_node *node)
{
	const xmlNode *rect = next_named(g->children, "rect");
	if (r->column_count != r->d->columns.count)
		return false;
	for (size_t i = 0; i < node->bars.count; i++) {
		if (!rect || !same_bar(r, rect, &node->bars.items[i]))
			return false;
		rect = next_named(rect->next, "rect");
	}
	return !rect;
}

/* ---- nodes and edges ---- */

static bool check_node(struct svg_reader *r, const xmlNode *g, const char *class)
{
	const char *id = attribute(g, "id");
	int64_t at = map_get(r->nodes, id);
	if (at < 0 || r->seen_node[at])
		return differ(r, "多出的节点", "one node too many:", id);
	const struct drawing_node *node = &r->d->nodes.items[at];
	r->seen_node[at] = 1;
	r->node_count++;
	if (strcmp(class, drawing_class_word(node->class)) != 0)
		return differ(r, "类别不同的节点", "another class of node", id);
	if (!same_as_texts(g, node->lines.count, line_at, &node->lines))
		return differ(r, "标签不同的节点", "another label of node", id);
	if (r->d->columns.count > 0 && !same_bars(r, g, node))
		return differ(r, "日期不同的节点", "other days of node", id);
	return same_tips(g, &node->tips) || differ(r, "说明不同的节点", "another tooltip of node", id);
}

static bool check_edge(struct svg_reader *r, const xmlNode *g, const char *class)
{
	const char *id = attribute(g, "id");
	int64_t at = map_get(r->edges, id);
	if (at < 0 || r->seen_edge[at])
		return differ(r, "多出的边", "one edge too many:", id);
	const struct drawing_edge *edge = &r->d->edges.items[at];
	r->seen_edge[at] = 1;
	r->edge_count++;
	if (strcmp(attribute(g, "data-from"), r->d->nodes.items[edge->from].id) != 0 ||
	    strcmp(attribute(g, "data-to"), r->d->nodes.items[edge->to].id) != 0)
		return differ(r, "两端不同的边", "other ends of edge", id);
	if (strcmp(class, drawing_class_word(edge->class)) != 0)
		return differ(r, "类别不同的边", "another class of edge", id);
	if (!same_as_texts(g, edge->labels.count, label_at, &edge->labels))
		return differ(r, "标签不同的边", "another label of edge", id);
	return same_tips(g, &edge->tips) || differ(r, "说明不同的边", "another tooltip of edge", id);
}

static bool check_note(struct svg_reader *r, const xmlNode *g, const char *class)
{
	size_t at = r->note_count++;
	if (at >= r->d->notes.count || strcmp(class, drawing_class_word(r->d->notes.items[at].class)) != 0 ||
	    !same_note(g, r->d->notes.items[at].text))
		return differ(r, "图下的说明不同", "other notes below", r->d->id);
	return true;
}

static bool check_inner(struct svg_reader *r, const xmlNode *graph)
{
	for (const xmlNode *n = graph->children; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		const char *class = attribute(n, "class");
		bool fine = false;
		if (strncmp(class, "node ", 5) == 0)
			fine = check_node(r, n, class + 5);
		else if (strncmp(class, "edge ", 5) == 0)
			fine = check_edge(r, n, class + 5);
		else if (strncmp(class, "lane ", 5) == 0)
			fine = check_lane(r, n, class + 5);
		else if (strncmp(class, "day ", 4) == 0 || strncmp(class, "gap ", 4) == 0)
			fine = check_column(r, n, class[0] == 'g', class + 4);
		else
			differ(r, "多出的内容", "something that pictures do not have, in", r->d->id);
		if (!fine)
			return false;
	}
	return true;
}

/* Title and subtitle: the only texts outside groups, in this order. */
static bool check_head(struct svg_reader *r, const xmlNode *n)
{
	const char *const texts[] = { r->d->title, r->d->subtitle };
	if (r->head_count >= 2 || strcmp(text_of(n), texts[r->head_count]) != 0)
		return differ(r, "标题不同", "another title of", r->d->id);
	r->head_count++;
	return true;
}

static bool check_outer(struct svg_reader *r, const xmlNode *n)
{
	const char *class = attribute(n, "class");
	if (strcmp((const char *)n->name, "text") == 0)
		return check_head(r, n);
	if (strcmp((const char *)n->name, "title") == 0)
		return strcmp(text_of(n), r->d->title) == 0 || differ(r, "标题不同", "another title of", r->d->id);
	if (strcmp((const char *)n->name, "rect") == 0)
		return true;
	if (strcmp(class, "graph") == 0)
		return check_inner(r, n);
	if (strncmp(class, "note ", 5) == 0)
		return check_note(r, n, class + 5);
	if (strcmp(class, "legend") != 0 || r->legend)
		return differ(r, "多出的内容", "something that pictures do not have, in", r->d->id);
	r->legend = true;
	return same_as_texts(n, r->d->legends.count, legend_at, r->d) ||
	       differ(r, "图例不同", "another legend of", r->d->id);
}

static bool check_document(struct svg_reader *r, xmlDoc *doc)
{
	const xmlNode *root = doc->children;
	while (root && root->type == XML_COMMENT_NODE)
		root = root->next;
	if (doc->intSubset || doc->extSubset || !root || root->type != XML_ELEMENT_NODE || root->next ||
	    strcmp((const char *)root->name, "svg") != 0)
		return differ(r, "不是 SVG 图", "not the SVG of", r->d->id);
	if (!is_clean(r, root, 0))
		return false;
	for (const xmlNode *n = root->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && !check_outer(r, n))
			return false;
	if (r->node_count != r->d->nodes.count || r->edge_count != r->d->edges.count ||
	    r->column_count != r->d->columns.count || r->lane_count != r->d->lanes.count ||
	    r->note_count != r->d->notes.count || r->head_count != 2 || (r->d->legends.count > 0 && !r->legend))
		return differ(r, "缺少节点、边或者说明", "nodes, edges or texts are missing in", r->d->id);
	return true;
}

/* libxml2 2.9 takes a minute for one element with 100,000 attributes: tags have a limit. A DOCTYPE is refused unread.
 */
static bool may_be_parsed(const char *bytes, size_t size)
{
	size_t open = 0;
	bool inside = false;
	if (size > SVG_BYTES || size > INT_MAX)
		return false;
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '<') {
			open = i;
			inside = true;
			if (i + 1 < size && bytes[i + 1] == '!' && (i + 3 >= size || bytes[i + 2] != '-'))
				return false;
		} else if (bytes[i] == '>') {
			inside = false;
		}
		if (bytes[i] == '\0' || (inside && i - open > TAG_BYTES))
			return false;
	}
	return true;
}

static void prepare(struct arena *arena, struct svg_reader *r, struct map *nodes, struct map *edges)
{
	const struct drawing *d = r->d;
	for (size_t i = 0; i < d->nodes.count; i++)
		map_put(nodes, d->nodes.items[i].id, (int64_t)i);
	for (size_t i = 0; i < d->edges.count; i++)
		map_put(edges,
			arena_printf(arena, "%s--%s", d->nodes.items[d->edges.items[i].from].id,
				     d->nodes.items[d->edges.items[i].to].id),
			(int64_t)i);
	r->nodes = nodes;
	r->edges = edges;
	r->seen_node = arena_alloc(arena, d->nodes.count + 1);
	r->seen_edge = arena_alloc(arena, d->edges.count + 1);
	r->left = arena_new_array(arena, double, d->columns.count + 1);
	r->right = arena_new_array(arena, double, d->columns.count + 1);
}

bool svg_matches(struct arena *arena, const struct drawing *d, const char *bytes, size_t size,
		 struct phrase *difference)
{
	struct svg_reader r = { .d = d };
	bool same = false;
	prepare(arena, &r, map_new_in(arena), map_new_in(arena));
	xmlDoc *doc = may_be_parsed(bytes, size)
			      ? xmlReadMemory(bytes, (int)size, NULL, NULL,
					      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
			      : NULL;
	if (doc) {
		same = check_document(&r, doc);
		xmlFreeDoc(doc);
	} else {
		differ(&r, "不是可读的 XML", "not XML that can be read:", d->id);
	}
	if (!same)
		*difference = (struct phrase){ arena_printf(arena, "SVG：%s `%s`", r.zh, r.what),
					       arena_printf(arena, "SVG: %s `%s`", r.en, r.what) };
	return same;
}
