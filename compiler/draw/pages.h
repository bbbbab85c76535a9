/* Which nodes of a chart stand on which page.
 *
 * A part is what can be reached from its first node without passing through the first node of another; such a node is
 * drawn as a reference. Parts are made from the end of the chart upwards: where one would hold more nodes than a page
 * may, its largest part becomes one of its own. Small parts then share a page; each has its number there. */
#ifndef GUIJU_DRAW_PAGES_H
#define GUIJU_DRAW_PAGES_H
#include "draw/chart.h"

typedef VEC(uint32_t) node_list;

struct chart_page {
	node_list roots; /* the first node of each part */
};

struct pages {
	uint32_t *page_of; /* per node: the page on which it begins a part (0: the first page), or NONE */
	uint32_t *part_of; /* per node that begins a part: its number on the page, from 0 */
	VEC(struct chart_page) items;
};

/* Questions with more answers than a page holds are asked in two steps. Before anything else. */
void chart_chunk(struct arena *arena, struct chart *chart);
/* At most `most` nodes on a page, if that can be. */
void pages_of(struct arena *arena, const struct chart *chart, size_t most, struct pages *pages);
/* The nodes of a page in chart order; `refs`: first nodes of other parts that it names. */
void page_nodes(struct arena *arena, const struct chart *chart, const struct pages *pages, const node_list *roots,
		node_list *nodes, node_list *refs);

#endif
