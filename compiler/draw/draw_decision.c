/* The drawing of one decision: its chart, page by page. */
#include "draw/compose.h"
#include "draw/fit.h"
#include "draw/leaves.h"
#include "draw/pages.h"
#include "draw/words.h"

#include <string.h>

enum { MOST_PAGES = 48 };

struct page_maker {
	struct arena *arena;
	struct decision_function *df;
	const struct chart *chart;
	const struct pages *pages;
	const struct leaves *leaves;
	const struct diag *findings;
	struct drawing *d;
	uint32_t *node_at; /* per node of the chart: its number on the page, or NONE */
	uint32_t *leaf_at; /* per leaf */
	bool by_outcome;   /* one leaf an outcome */
};

static const char *page_id(struct arena *arena, const struct decision_function *df, uint32_t page)
{
	return page == 0 ? arena_printf(arena, "decision.%s", df->decision->name.id)
			 : arena_printf(arena, "decision.%s.%u", df->decision->name.id, page + 1);
}

static const char *question_id(struct arena *arena, const struct decision_function *df, uint32_t variable)
{
	const struct variable *v = &df->variables[variable];
	if (v->kind == VARIABLE_DECISION)
		return arena_printf(arena, "decision.%s", df->model->decisions[v->decision].name.id);
	const struct fact *fact = &df->model->facts[v->fact];
	if (v->kind == VARIABLE_DIM && fact->kind == FACT_SET)
		return arena_printf(arena, "fact.%s.%s", fact->name.id,
				    fact->members[df->model->dims[v->dim].member].name.id);
	return arena_printf(arena, "fact.%s", fact->name.id);
}

/* ---- nodes ---- */

static void add_question(struct page_maker *m, uint32_t number)
{
	uint32_t variable = m->chart->nodes.items[number].variable;
	struct drawing_node node = { 0 };
	node.class = m->df->variables[variable].kind == VARIABLE_DECISION ? CLASS_DECISION : CLASS_QUESTION;
	question_lines(m->arena, m->df, variable, &node.lines);
	question_tips(m->arena, m->df, variable, &node.tips);
	m->node_at[number] = drawing_add_node(m->arena, m->d, question_id(m->arena, m->df, variable), &node);
}

/* "图2", or "图2（3）" for the third part of a page. */
static const char *part_name(const struct page_maker *m, uint32_t number)
{
	uint32_t page = m->pages->page_of[number];
	if (m->pages->items.items[page].roots.count < 2)
		return arena_printf(m->arena, "图%u", page + 1);
	return arena_printf(m->arena, "图%u（%u）", page + 1, m->pages->part_of[number] + 1);
}

static void add_reference(struct page_maker *m, uint32_t number)
{
	uint32_t page = m->pages->page_of[number];
	bool drawn = page < MOST_PAGES;
	struct drawing_node node = { .class = drawn ? CLASS_PAGE : CLASS_OMITTED };
	drawing_lines lines = { 0 };
	question_lines(m->arena, m->df, m->chart->nodes.items[number].variable, &lines);
	const char *text = drawn ? arena_printf(m->arena, "见%s", part_name(m, number)) : "未画出";
	add_wrapped(m->arena, m->df->pairs, &node.lines, LINE_MAIN, text, LABEL_EMS, 1);
	for (size_t i = 0; i < lines.count && i < 2; i++)
		add_wrapped(m->arena, m->df->pairs, &node.lines, LINE_MINOR, lines.items[i].text, CLAUSE_EMS, 1);
	const char *tip = drawn ? page_id(m->arena, m->df, page) : "图过多，没有画出";
	vec_push(m->arena, &node.tips, tip);
	const char *id = arena_printf(m->arena, "page.%u.%u", page + 1, m->pages->part_of[number] + 1);
	m->node_at[number] = drawing_add_node(m->arena, m->d, id, &node);
}

/* Where several parts stand on a page, each begins with its number. */
static void add_entry(struct page_maker *m, uint32_t number)
{
	struct drawing_node node = { .class = CLASS_PAGE };
	uint32_t part = m->pages->part_of[number] + 1;
	add_wrapped(m->arena, m->df->pairs, &node.lines, LINE_MAIN, arena_printf(m->arena, "（%u）", part), LABEL_EMS,
		    1);
	const char *tip = "从总图来";
	vec_push(m->arena, &node.tips, tip);
	uint32_t at = drawing_add_node(m->arena, m->d, arena_printf(m->arena, "part.%u", part), &node);
	drawing_add_edge(m->arena, m->d, at, m->node_at[number], CLASS_PLAIN);
}

static const char *leaf_id(struct page_maker *m, const struct leaf *leaf)
{
	if (leaf->outcomes == 0)
		return "gap";
	if (leaf->outcomes & (leaf->outcomes - 1))
		return "conflict";
	uint32_t outcome = 0;
	while (!(leaf->outcomes >> outcome & 1))
		outcome++;
	return arena_printf(m->arena, "outcome.%s", m->df->decision->outcomes[outcome].name.id);
}

/* The reasons of all leaves of this page that have the outcome. */
static struct leaf all_of_outcome(struct page_maker *m, const node_list *nodes, uint64_t outcomes)
{
	struct leaf all = { .outcomes = outcomes };
	bool first = true;
	for (size_t i = 0; i < nodes->count; i++) {
		uint32_t n = nodes->items[i];
		for (size_t k = 0; k < m->chart->nodes.items[n].edges.count; k++) {
			uint32_t number = m->leaves->of_edge[n][k];
			if (number == NONE || m->leaves->items.items[number].outcomes != outcomes)
				continue;
			const struct leaf *leaf = &m->leaves->items.items[number];
			for (size_t r = 0; first && r < leaf->sure.count; r++)
				vec_push(m->arena, &all.sure, leaf->sure.items[r]);
			first = false;
			leaf_join(m->arena, &all, leaf);
		}
	}
	return all;
}

static uint32_t leaf_number(struct page_maker *m, const node_list *nodes, uint32_t number)
{
	if (m->leaf_at[number] != NONE)
		return m->leaf_at[number];
	struct leaf leaf = m->leaves->items.items[number];
	struct drawing_node node = { 0 };
	if (m->by_outcome)
		leaf = all_of_outcome(m, nodes, leaf.outcomes);
	leaf_node(m->arena, m->df, &leaf, &node);
	uint32_t at = drawing_add_node(m->arena, m->d, leaf_id(m, &leaf), &node);
	for (uint32_t i = 0; i < m->leaves->items.count; i++)
		if (i == number || (m->by_outcome && m->leaves->items.items[i].outcomes == leaf.outcomes))
			m->leaf_at[i] = at;
	return at;
}

/* ---- edges ---- */

/* The edge that stands for the most answers, if it may be called the rest. */
static size_t rest_edge(const struct page_maker *m, const struct chart_node *node)
{
	size_t best = 0, most = 0;
	for (size_t k = 0; k < node->edges.count; k++) {
		size_t count = answer_count(m->df, node->variable, &node->edges.items[k]);
		if (count > most) {
			most = count;
			best = k;
		}
	}
	return best;
}

/* Two leaves of one outcome may have become one: their answers are then said together. */
static void join_answers(struct arena *arena, struct answer_edge *to, const struct answer_edge *from)
{
	for (size_t i = 0; i < from->parts.count; i++) {
		uint32_t part = from->parts.items[i];
		size_t at = to->parts.count;
		vec_push(arena, &to->parts, part);
		for (; at > 0 && to->parts.items[at - 1] > part; at--)
			to->parts.items[at] = to->parts.items[at - 1];
		to->parts.items[at] = part;
	}
}

static uint32_t target_of(struct page_maker *m, const node_list *nodes, uint32_t number, size_t k)
{
	const struct answer_edge *edge = &m->chart->nodes.items[number].edges.items[k];
	return edge->leaf ? leaf_number(m, nodes, m->leaves->of_edge[number][k]) : m->node_at[edge->node];
}

static void add_answers(struct page_maker *m, const node_list *nodes, uint32_t number)
{
	const struct chart_node *node = &m->chart->nodes.items[number];
	size_t rest = rest_edge(m, node);
	for (size_t k = 0; k < node->edges.count; k++) {
		uint32_t to = target_of(m, nodes, number, k);
		struct answer_edge all = { 0 };
		bool first = true, is_rest = false;
		for (size_t j = 0; j < node->edges.count; j++) {
			if (target_of(m, nodes, number, j) != to)
				continue;
			first = first && j >= k;
			is_rest = is_rest || j == rest;
			join_answers(m->arena, &all, &node->edges.items[j]);
		}
		if (!first)
			continue;
		enum drawing_class class = m->d->nodes.items[to].class;
		bool red = class == CLASS_GAP || class == CLASS_CONFLICT;
		struct drawing_edge *edge =
			drawing_add_edge(m->arena, m->d, m->node_at[number], to, red ? CLASS_RED : CLASS_PLAIN);
		answer_lines(m->arena, m->df, node->variable, &all, is_rest, &edge->labels);
		const char *tip = answer_text(m->arena, m->df, node->variable, &all);
		vec_push(m->arena, &edge->tips, tip);
	}
}

/* ---- a page ---- */

static void add_legends(struct page_maker *m)
{
	struct drawing *d = m->d;
	drawing_add_legend(m->arena, d, CLASS_QUESTION, "问题：事实");
	drawing_add_legend(m->arena, d, CLASS_DECISION, "问题：先行的判定");
	uint32_t decision = (uint32_t)(m->df->decision - m->df->model->decisions);
	for (uint32_t i = 0; i < m->df->decision->outcome_count; i++)
		drawing_add_legend(m->arena, d, outcome_class(m->df->model, decision, i),
				   arena_printf(m->arena, "结论：%s", m->df->decision->outcomes[i].name.label));
	drawing_add_legend(m->arena, d, CLASS_GAP, "空白：没有规则");
	drawing_add_legend(m->arena, d, CLASS_CONFLICT, "冲突：结论不同");
	drawing_add_legend(m->arena, d, CLASS_PAGE, "在另一张图，或者从那里来");
	drawing_add_legend(m->arena, d, CLASS_OMITTED, "未画出");
}

static struct drawing *new_page(struct page_maker *m, uint32_t page)
{
	const char *title = m->df->decision->name.label;
	if (m->pages && m->pages->items.count > 1)
		title = page == 0 ? arena_printf(m->arena, "%s（图1，总图）", title)
				  : arena_printf(m->arena, "%s（图%u）", title, page + 1);
	return drawing_new(m->arena, m->df->model, "decision", page_id(m->arena, m->df, page), title, FLOW_ANY);
}

static void reset(struct page_maker *m, uint32_t page)
{
	m->d = new_page(m, page);
	m->node_at = arena_new_array(m->arena, uint32_t, m->chart->nodes.count + 1);
	m->leaf_at = arena_new_array(m->arena, uint32_t, m->leaves->items.count + 1);
	memset(m->node_at, 0xff, m->chart->nodes.count * sizeof *m->node_at);
	memset(m->leaf_at, 0xff, m->leaves->items.count * sizeof *m->leaf_at);
}

/* First a leaf for each set of reasons, then, if that does not fit, one for each outcome. */
static bool make_page(struct page_maker *m, uint32_t page)
{
	node_list nodes = { 0 }, refs = { 0 };
	const node_list *roots = &m->pages->items.items[page].roots;
	page_nodes(m->arena, m->chart, m->pages, roots, &nodes, &refs);
	for (int attempt = 0; attempt < 2; attempt++) {
		m->by_outcome = attempt == 1;
		reset(m, page);
		for (size_t i = 0; i < nodes.count; i++)
			add_question(m, nodes.items[i]);
		for (size_t i = 0; i < refs.count; i++)
			add_reference(m, refs.items[i]);
		for (size_t i = 0; i < roots->count && roots->count > 1; i++)
			add_entry(m, roots->items[i]);
		for (size_t i = 0; i < nodes.count; i++)
			add_answers(m, &nodes, nodes.items[i]);
		add_legends(m);
		if (page == 0) /* the findings once, on the first page */
			drawing_add_findings(m->arena, m->d, m->df->model, m->findings, m->df->decision->name.id);
		if (drawing_fits(m->arena, m->d))
			return true;
	}
	return false;
}

/* ---- charts without questions ---- */

static void make_single(struct page_maker *m, const char *id, const struct drawing_node *node)
{
	m->d = new_page(m, 0);
	drawing_add_node(m->arena, m->d, id, node);
	add_legends(m);
}

static void make_note(struct page_maker *m, const char *text, const char *reason)
{
	struct drawing_node node = { .class = CLASS_OMITTED };
	add_wrapped(m->arena, m->df->pairs, &node.lines, LINE_MAIN, text, LABEL_EMS, 2);
	add_wrapped(m->arena, m->df->pairs, &node.lines, LINE_MINOR, reason, CLAUSE_EMS, 3);
	make_single(m, "omitted", &node);
}

static void make_leaf(struct page_maker *m)
{
	struct drawing_node node = { 0 };
	struct leaf leaf = leaf_of_all(m->df, m->chart->root.outcomes);
	leaf_node(m->arena, m->df, &leaf, &node);
	make_single(m, leaf_id(m, &leaf), &node);
}

/* All pages with at most so many nodes each; false: one of them does not fit. */
static bool make_pages(struct page_maker *m, size_t most, picture_lists *out)
{
	struct pages *pages = arena_new_of(m->arena, struct pages);
	bool fits = true;
	pages_of(m->arena, m->chart, most, pages);
	m->pages = pages;
	for (uint32_t page = 0; page < pages->items.count && page < MOST_PAGES; page++) {
		fits = make_page(m, page) && fits;
		drawing_finish(m->arena, m->d, out);
	}
	return fits;
}

/* Smaller and smaller pages until all are legible; the last attempt stands, though guiju-draw may need larger paper. */
static void make_chart(struct page_maker *m, struct chart *chart, picture_lists *out)
{
	static const size_t sizes[] = { DRAWING_PAGE_NODES, 36, 32, 28, 25, 22, 19, 16, 13, 10 };
	struct leaves *leaves = arena_new_of(m->arena, struct leaves);
	chart_chunk(m->arena, chart);
	leaves_of(m->df, chart, leaves);
	m->leaves = leaves;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		picture_lists lists = { 0 };
		if (!make_pages(m, sizes[i], &lists) && i + 1 < sizeof sizes / sizeof *sizes)
			continue;
		for (size_t k = 0; k < lists.count; k++)
			vec_push(m->arena, out, lists.items[k]);
		return;
	}
}

void draw_decision(struct arena *arena, const struct model *model, const struct diag *findings, uint32_t decision,
		   picture_lists *out)
{
	struct decision_function *df = decision_function_of(arena, model, decision);
	struct chart *chart = chart_of(df);
	struct page_maker m = { .arena = arena, .df = df, .chart = chart, .findings = findings };
	df->pairs = pairs_of(arena, model);
	if (!chart->too_large && !chart->no_case && !chart->root.leaf) {
		make_chart(&m, chart, out);
		return;
	}
	if (chart->too_large)
		make_note(&m, "未画出", "判定图超过限度，见判定表和检查结果");
	else if (chart->no_case)
		make_note(&m, "没有情形", "前提排除了所有情形");
	else
		make_leaf(&m);
	drawing_add_findings(arena, m.d, model, findings, df->decision->name.id);
	drawing_finish(arena, m.d, out);
}
