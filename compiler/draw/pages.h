/* Which nodes of a chart stand on which page.
 *
 * A page is what can be reached from its first node without passing through the first node of another; such a node
 * is drawn as a reference. Pages are made from the end of the chart upwards: where a page would hold more than
 * it may, its largest part becomes a page of its own. */
#ifndef GUIJU_DRAW_PAGES_H
#define GUIJU_DRAW_PAGES_H
#include "draw/chart.h"

struct pages {
	uint32_t *page_of;           /* per node: the page that it begins (0: the first page), or NONE */
	VEC(uint32_t) roots;         /* the first node of each page; the overview's is node 0 */
};

/* Questions with more answers than a page holds are asked in two steps. Before anything else. */
void chart_chunk(struct arena *arena, struct chart *chart);
/* At most `most` nodes on a page, if that can be. */
void pages_of(struct arena *arena, const struct chart *chart, size_t most, struct pages *pages);
/* The nodes of the page in chart order; `refs`: first nodes of other pages that it names. */
typedef VEC(uint32_t) node_list;
void page_nodes(struct arena *arena, const struct chart *chart, const struct pages *pages, uint32_t root,
		node_list *nodes, node_list *refs);

#endif
