/* Splits charts into pages that can be read. */
#include "draw/pages.h"

#include <string.h>

enum { MOST_ANSWERS = 20 };

/* ---- questions with too many answers ---- */

static void copy_parts(struct arena *arena, struct answer_edge *to, const struct answer_edge *from)
{
	for (size_t i = 0; i < from->parts.count; i++)
		vec_push(arena, &to->parts, from->parts.items[i]);
}

/* Puts `size` edges each into nodes of their own that ask the same question again. */
static void split_node(struct arena *arena, struct chart *to, struct chart_node *node, size_t size)
{
	struct chart_node whole = *node;
	node->edges.items = NULL;
	node->edges.count = node->edges.capacity = 0;
	for (size_t i = 0; i < whole.edges.count; i += size) {
		struct answer_edge edge = { .rest = whole.rest, .node = (uint32_t)to->nodes.count };
		struct chart_node part = { .variable = whole.variable, .rest = whole.rest };
		for (size_t k = i; k < i + size && k < whole.edges.count; k++) {
			copy_parts(arena, &edge, &whole.edges.items[k]);
			vec_push(arena, &part.edges, whole.edges.items[k]);
		}
		vec_push(arena, &node->edges, edge);
		vec_push(arena, &to->nodes, part);
	}
}

void chart_chunk(struct arena *arena, struct chart *chart)
{
	struct chart fresh = { .root = chart->root };
	uint32_t *moved = arena_new_array(arena, uint32_t, chart->nodes.count + 1);
	VEC(uint32_t) made = { 0 }; /* nodes of the new chart whose edges already have new numbers: the split ones */
	for (size_t i = 0; i < chart->nodes.count; i++) {
		struct chart_node node = chart->nodes.items[i];
		uint32_t at = (uint32_t)fresh.nodes.count;
		moved[i] = at;
		vec_push(arena, &fresh.nodes, node);
		if (node.edges.count <= MOST_ANSWERS)
			continue;
		size_t size = (node.edges.count + MOST_ANSWERS - 1) / MOST_ANSWERS;
		split_node(arena, &fresh, &node, size < MOST_ANSWERS ? MOST_ANSWERS : size);
		fresh.nodes.items[at] = node;
		vec_push(arena, &made, at);
	}
	size_t next = 0;
	for (size_t i = 0; i < fresh.nodes.count; i++) {
		bool split = next < made.count && made.items[next] == i;
		next += split;
		for (size_t k = 0; k < fresh.nodes.items[i].edges.count && !split; k++) {
			struct answer_edge *edge = &fresh.nodes.items[i].edges.items[k];
			edge->node = edge->leaf ? edge->node : moved[edge->node];
		}
	}
	fresh.no_case = chart->no_case;
	fresh.too_large = chart->too_large;
	*chart = fresh;
}

/* ---- pages ---- */

typedef VEC(uint64_t) mask_list;

enum { SEEN = 1 };

static void visit(struct arena *arena, const struct pages *pages, unsigned char *seen, uint32_t node, node_list *nodes,
		  node_list *refs)
{
	if (seen[node] == SEEN)
		return;
	seen[node] = SEEN;
	if (pages->page_of[node] != NONE)
		vec_push(arena, refs, node);
	else
		vec_push(arena, nodes, node);
}

static void sort_numbers(node_list *list)
{
	for (size_t i = 1; i < list->count; i++) {
		uint32_t value = list->items[i];
		size_t at = i;
		for (; at > 0 && list->items[at - 1] > value; at--)
			list->items[at] = list->items[at - 1];
		list->items[at] = value;
	}
}

void page_nodes(struct arena *arena, const struct chart *chart, const struct pages *pages, const node_list *roots,
		node_list *nodes, node_list *refs)
{
	unsigned char *seen = arena_alloc(arena, chart->nodes.count + 1);
	for (size_t i = 0; i < roots->count; i++) {
		seen[roots->items[i]] = SEEN;
		vec_push(arena, nodes, roots->items[i]);
	}
	for (size_t i = 0; i < nodes->count; i++) {
		const struct chart_node *node = &chart->nodes.items[nodes->items[i]];
		for (size_t k = 0; k < node->edges.count; k++)
			if (!node->edges.items[k].leaf)
				visit(arena, pages, seen, node->edges.items[k].node, nodes, refs);
	}
	sort_numbers(nodes);
	sort_numbers(refs);
}

/* Nodes drawn on the page: questions, references, one leaf for each outcome, the numbers of several parts. */
static size_t page_size(struct arena *arena, const struct chart *chart, const struct pages *pages,
			const node_list *roots)
{
	struct arena_mark mark = arena_save(arena);
	node_list nodes = { 0 }, refs = { 0 };
	mask_list leaves = { 0 };
	page_nodes(arena, chart, pages, roots, &nodes, &refs);
	for (size_t i = 0; i < nodes.count; i++) {
		const struct chart_node *node = &chart->nodes.items[nodes.items[i]];
		for (size_t k = 0; k < node->edges.count; k++) {
			bool had = !node->edges.items[k].leaf;
			for (size_t j = 0; j < leaves.count && !had; j++)
				had = leaves.items[j] == node->edges.items[k].outcomes;
			if (!had)
				vec_push(arena, &leaves, node->edges.items[k].outcomes);
		}
	}
	size_t size = nodes.count + refs.count + leaves.count + (roots->count > 1 ? roots->count : 0);
	arena_restore(arena, mark);
	return size;
}

static size_t part_size(struct arena *arena, const struct chart *chart, const struct pages *pages, uint32_t root)
{
	node_list one = { .items = &root, .count = 1 };
	return page_size(arena, chart, pages, &one);
}

/* Cuts the largest part of a page off; false: there is none. */
static bool cut_largest(struct arena *arena, const struct chart *chart, struct pages *pages, uint32_t root)
{
	struct arena_mark mark = arena_save(arena);
	node_list nodes = { 0 }, refs = { 0 };
	size_t largest = 0;
	uint32_t best = NONE;
	node_list one = { .items = &root, .count = 1 };
	page_nodes(arena, chart, pages, &one, &nodes, &refs);
	for (size_t i = 0; i < nodes.count; i++) {
		if (nodes.items[i] == root)
			continue;
		size_t size = part_size(arena, chart, pages, nodes.items[i]);
		if (size > largest) {
			largest = size;
			best = nodes.items[i];
		}
	}
	arena_restore(arena, mark);
	if (best != NONE)
		pages->page_of[best] = 0;
	return best != NONE;
}

/* The first part has a page of its own: it is the overview. */
static void share_pages(struct arena *arena, const struct chart *chart, size_t most, struct pages *pages)
{
	for (uint32_t i = 0; i < chart->nodes.count; i++) {
		if (pages->page_of[i] == NONE)
			continue;
		bool begun = pages->items.count > 1;
		struct chart_page *last = begun ? &pages->items.items[pages->items.count - 1] : NULL;
		if (begun)
			vec_push(arena, &last->roots, i);
		if (!begun || page_size(arena, chart, pages, &last->roots) > most) {
			struct chart_page fresh = { 0 };
			if (begun)
				last->roots.count--;
			vec_push(arena, &fresh.roots, i);
			vec_push(arena, &pages->items, fresh);
		}
	}
}

void pages_of(struct arena *arena, const struct chart *chart, size_t most, struct pages *pages)
{
	size_t count = chart->nodes.count;
	*pages = (struct pages){ .page_of = arena_new_array(arena, uint32_t, count + 1) };
	pages->part_of = arena_new_array(arena, uint32_t, count + 1);
	memset(pages->page_of, 0xff, count * sizeof *pages->page_of);
	for (size_t i = count; i-- > 0;)
		while (part_size(arena, chart, pages, (uint32_t)i) > most)
			if (!cut_largest(arena, chart, pages, (uint32_t)i))
				break;
	pages->page_of[0] = 0;
	share_pages(arena, chart, most, pages);
	for (uint32_t page = 0; page < pages->items.count; page++) {
		const node_list *roots = &pages->items.items[page].roots;
		for (uint32_t part = 0; part < roots->count; part++) {
			pages->page_of[roots->items[part]] = page;
			pages->part_of[roots->items[part]] = part;
		}
	}
}
