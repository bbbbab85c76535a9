/* Reads the DOT that guiju-draw writes: one digraph of node and edge statements with attributes in brackets. */
#include "draw/read_back.h"

#include "support/intern.h"

#include <assert.h>
#include <string.h>

enum { MOST_ATTRIBUTES = 40 };

struct dot_token {
	enum { DOT_END, DOT_NAME, DOT_MARK, DOT_ARROW, DOT_BAD } kind;
	const char *text;
	char mark;
};

struct dot_attributes {
	const char *names[MOST_ATTRIBUTES], *values[MOST_ATTRIBUTES];
	size_t count;
};

struct dot_reader {
	struct arena *arena;
	const struct drawing *d;
	const char *at, *end;
	struct dot_token token;
	struct map *nodes, *edges; /* of the list, by id and by "from to" */
	unsigned char *seen_node, *seen_edge;
	size_t node_count, edge_count;
	struct phrase *difference;
};

static bool differ(struct dot_reader *r, const char *zh, const char *en, const char *what)
{
	*r->difference = (struct phrase){ arena_printf(r->arena, "DOT：%s `%s`", zh, what),
					  arena_printf(r->arena, "DOT: %s `%s`", en, what) };
	return false;
}

/* ---- tokens ---- */

static void skip_blanks(struct dot_reader *r)
{
	while (r->at < r->end) {
		if (strchr(" \t\r\n", *r->at)) {
			r->at++;
		} else if (r->end - r->at >= 2 && r->at[0] == '/' && r->at[1] == '/') {
			while (r->at < r->end && *r->at != '\n')
				r->at++;
		} else {
			return;
		}
	}
}

/* Inside quotes only `\"` is an escape of DOT's own; the others belong to the label. */
static void read_quoted(struct dot_reader *r)
{
	struct writer w;
	writer_init(&w, r->arena);
	for (r->at++; r->at < r->end && *r->at != '"'; r->at++) {
		bool escape = *r->at == '\\' && r->at + 1 < r->end;
		if (escape && r->at[1] == '"')
			r->at++;
		else if (escape)
			write_char(&w, *r->at++);
		write_char(&w, *r->at);
	}
	r->token.kind = r->at < r->end ? DOT_NAME : DOT_BAD;
	r->token.text = writer_text(&w);
	r->at += r->at < r->end;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
	       (unsigned char)c >= 0x80;
}

static void next(struct dot_reader *r)
{
	skip_blanks(r);
	r->token = (struct dot_token){ .kind = DOT_END };
	if (r->at == r->end)
		return;
	const char *start = r->at;
	if (*start == '"') {
		read_quoted(r);
	} else if (r->end - start >= 2 && start[0] == '-' && start[1] == '>') {
		r->token.kind = DOT_ARROW;
		r->at += 2;
	} else if (strchr("{}[]=,;", *start)) {
		r->token = (struct dot_token){ .kind = DOT_MARK, .mark = *start };
		r->at++;
	} else if (is_name_byte(*start) || *start == '-') {
		r->at++;
		while (r->at < r->end && is_name_byte(*r->at))
			r->at++;
		r->token = (struct dot_token){ .kind = DOT_NAME,
					       .text = arena_strndup(r->arena, start, (size_t)(r->at - start)) };
	} else {
		r->token.kind = DOT_BAD;
	}
}

static bool is_mark(const struct dot_reader *r, char mark)
{
	return r->token.kind == DOT_MARK && r->token.mark == mark;
}

static bool read_attributes(struct dot_reader *r, struct dot_attributes *out)
{
	out->count = 0;
	if (!is_mark(r, '['))
		return true;
	for (next(r); !is_mark(r, ']'); next(r)) {
		if (is_mark(r, ',') || is_mark(r, ';'))
			continue;
		const char *name = r->token.kind == DOT_NAME ? r->token.text : NULL;
		next(r);
		if (!name || !is_mark(r, '=') || out->count == MOST_ATTRIBUTES)
			return differ(r, "属性写法不对", "an attribute that cannot be read", name ? name : "?");
		next(r);
		if (r->token.kind != DOT_NAME)
			return differ(r, "属性没有值", "an attribute without value", name);
		out->names[out->count] = name;
		out->values[out->count++] = r->token.text;
	}
	next(r);
	return true;
}

static const char *value_of(const struct dot_attributes *a, const char *name)
{
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->names[i], name) == 0)
			return a->values[i];
	return "";
}

/* ---- labels ---- */

/* The lines of a label as Graphviz would show them; false: an escape that guiju-draw does not write. */
static bool split_label(struct dot_reader *r, const char *label, drawing_texts *lines)
{
	struct writer w;
	writer_init(&w, r->arena);
	for (; *label; label++) {
		if (*label == '\\' && (label[1] == 'n' || label[1] == 'l')) {
			const char *line = arena_strdup(r->arena, writer_text(&w));
			vec_push(r->arena, lines, line);
			writer_init(&w, r->arena);
			label++;
		} else if (*label == '\\' && label[1] == '\\') {
			write_char(&w, *label++);
		} else if (strncmp(label, "&amp;", 5) == 0) {
			write_char(&w, '&');
			label += 4;
		} else if (*label == '\\' || *label == '&') {
			return false;
		} else {
			write_char(&w, *label);
		}
	}
	if (w.size > 0) {
		const char *line = arena_strdup(r->arena, writer_text(&w));
		vec_push(r->arena, lines, line);
	}
	return true;
}

/* Empty lines at the end cannot be told from none. */
static size_t count_without_end(const drawing_texts *texts)
{
	size_t count = texts->count;
	while (count > 0 && texts->items[count - 1][0] == '\0')
		count--;
	return count;
}

static bool same_texts(struct dot_reader *r, const char *label, const drawing_texts *texts)
{
	drawing_texts lines = { 0 };
	if (!split_label(r, label, &lines))
		return false;
	size_t count = count_without_end(&lines);
	if (count != count_without_end(texts))
		return false;
	assert(count == 0 || (lines.items && texts->items));
	for (size_t i = 0; i < count; i++)
		if (strcmp(lines.items[i], texts->items[i]) != 0)
			return false;
	return true;
}

static bool same_lines(struct dot_reader *r, const char *label, const drawing_lines *lines)
{
	drawing_texts texts = { 0 };
	for (size_t i = 0; i < lines->count; i++)
		vec_push(r->arena, &texts, lines->items[i].text);
	return same_texts(r, label, &texts);
}

/* ---- statements ---- */

static bool check_node(struct dot_reader *r, const char *id, const struct dot_attributes *a)
{
	int64_t at = map_get(r->nodes, id);
	if (at < 0 || r->seen_node[at])
		return differ(r, "多出的节点", "one node too many:", id);
	const struct drawing_node *node = &r->d->nodes.items[at];
	r->seen_node[at] = 1;
	r->node_count++;
	if (strcmp(value_of(a, "id"), id) != 0 || strcmp(value_of(a, "class"), drawing_class_word(node->class)) != 0)
		return differ(r, "编号或者类别不同的节点", "another id or class of node", id);
	if (!same_lines(r, value_of(a, "label"), &node->lines))
		return differ(r, "标签不同的节点", "another label of node", id);
	return same_texts(r, value_of(a, "tooltip"), &node->tips) ||
	       differ(r, "说明不同的节点", "another tooltip of node", id);
}

static bool check_edge(struct dot_reader *r, const char *from, const char *to, const struct dot_attributes *a)
{
	const char *key = arena_printf(r->arena, "%s %s", from, to);
	int64_t at = map_get(r->edges, key);
	if (at < 0 || r->seen_edge[at])
		return differ(r, "多出的边", "one edge too many:", key);
	const struct drawing_edge *edge = &r->d->edges.items[at];
	r->seen_edge[at] = 1;
	r->edge_count++;
	if (strcmp(value_of(a, "class"), drawing_class_word(edge->class)) != 0)
		return differ(r, "类别不同的边", "another class of edge", key);
	if (!same_texts(r, value_of(a, "label"), &edge->labels))
		return differ(r, "标签不同的边", "another label of edge", key);
	return same_texts(r, value_of(a, "tooltip"), &edge->tips) ||
	       differ(r, "说明不同的边", "another tooltip of edge", key);
}

static bool read_statement(struct dot_reader *r)
{
	struct dot_attributes a;
	const char *name = r->token.kind == DOT_NAME ? r->token.text : NULL, *to = NULL;
	if (!name)
		return differ(r, "不认识的写法", "something unknown in", r->d->id);
	next(r);
	if (r->token.kind == DOT_ARROW) {
		next(r);
		to = r->token.kind == DOT_NAME ? r->token.text : "";
		next(r);
	}
	if (!read_attributes(r, &a))
		return false;
	if (is_mark(r, ';'))
		next(r);
	if (to)
		return check_edge(r, name, to, &a);
	if (strcmp(name, "graph") == 0 || strcmp(name, "node") == 0 || strcmp(name, "edge") == 0)
		return true;
	return check_node(r, name, &a);
}

static bool read_graph(struct dot_reader *r)
{
	next(r);
	bool digraph = r->token.kind == DOT_NAME && strcmp(r->token.text, "digraph") == 0;
	next(r);
	if (!digraph || r->token.kind != DOT_NAME || strcmp(r->token.text, r->d->id) != 0)
		return differ(r, "不是图", "not the graph", r->d->id);
	next(r);
	if (!is_mark(r, '{'))
		return differ(r, "不是图", "not the graph", r->d->id);
	for (next(r); !is_mark(r, '}');)
		if (!read_statement(r))
			return false;
	next(r);
	return r->token.kind == DOT_END || differ(r, "图后还有内容", "something after the graph", r->d->id);
}

bool dot_matches(struct arena *arena, const struct drawing *d, const char *bytes, size_t size,
		 struct phrase *difference)
{
	struct dot_reader r = { .arena = arena, .d = d, .at = bytes, .end = bytes + size, .difference = difference };
	r.nodes = map_new_in(arena);
	r.edges = map_new_in(arena);
	r.seen_node = arena_alloc(arena, d->nodes.count + 1);
	r.seen_edge = arena_alloc(arena, d->edges.count + 1);
	for (size_t i = 0; i < d->nodes.count; i++)
		map_put(r.nodes, d->nodes.items[i].id, (int64_t)i);
	for (size_t i = 0; i < d->edges.count; i++)
		map_put(r.edges,
			arena_printf(arena, "%s %s", d->nodes.items[d->edges.items[i].from].id,
				     d->nodes.items[d->edges.items[i].to].id),
			(int64_t)i);
	if (memchr(bytes, '\0', size))
		return differ(&r, "空字节", "a NUL byte in", d->id);
	if (!read_graph(&r))
		return false;
	if (r.node_count != d->nodes.count || r.edge_count != d->edges.count)
		return differ(&r, "缺少节点或者边", "nodes or edges are missing in", d->id);
	return true;
}
