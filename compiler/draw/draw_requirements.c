/* The drawing of requirements: which facts and decisions feed which. Facts that the same decisions read stand in one
 * box, since each of them would have the same arrows. */
#include "draw/compose.h"
#include "draw/words.h"

#include <string.h>

enum { FACTS_IN_BOX = 16, FACT_EMS = 24000, OUTCOME_EMS = 19000 };

struct requirements {
	struct arena *arena;
	const struct model *model;
	const struct diag *findings;
	picture_lists *out;
	const struct pairs *pairs;
};

static bool reads(const struct decision *d, uint32_t fact)
{
	for (size_t i = 0; i < d->read_fact_count; i++)
		if (d->read_facts[i] == fact)
			return true;
	return false;
}

/* Do all decisions wanted read both or neither? NONE: all decisions. */
static bool read_alike(const struct model *m, uint32_t only, uint32_t a, uint32_t b)
{
	for (uint32_t i = 0; i < m->decision_count; i++)
		if ((only == NONE || i == only) && reads(&m->decisions[i], a) != reads(&m->decisions[i], b))
			return false;
	return true;
}

static bool is_read(const struct model *m, uint32_t only, uint32_t fact)
{
	for (uint32_t i = 0; i < m->decision_count; i++)
		if ((only == NONE || i == only) && reads(&m->decisions[i], fact))
			return true;
	return false;
}

static uint32_t add_decision(const struct requirements *r, struct drawing *d, uint32_t number, bool fed_from_elsewhere)
{
	const struct decision *decision = &r->model->decisions[number];
	struct drawing_node node = { .class = fed_from_elsewhere ? CLASS_PAGE : CLASS_DECISION };
	struct writer w;
	writer_init(&w, r->arena);
	add_wrapped(r->arena, r->pairs, &node.lines, LINE_MAIN, decision->name.label, LABEL_EMS, 3);
	for (size_t i = 0; i < decision->outcome_count; i++)
		write_fmt(&w, "%s%s", i > 0 ? "／" : "", decision->outcomes[i].name.label);
	add_wrapped(r->arena, r->pairs, &node.lines, LINE_MINOR, writer_text(&w), OUTCOME_EMS, 4);
	const char *tip = arena_printf(r->arena, "%s（%s），规则%zu条", decision->name.label, decision->name.id,
				       decision->rule_count);
	vec_push(r->arena, &node.tips, tip);
	cites_tips(r->arena, r->model, decision->attributes.cites.clauses, decision->attributes.cites.count,
		   &node.tips);
	return drawing_add_node(r->arena, d, arena_printf(r->arena, "decision.%s", decision->name.id), &node);
}

static void add_fact_line(const struct requirements *r, struct drawing_node *node, uint32_t number)
{
	const struct fact *fact = &r->model->facts[number];
	drawing_texts lines = { 0 };
	text_wrap(r->arena, r->pairs, fact->name.label, FACT_EMS, 3, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		struct drawing_line line = {
			LINE_ITEM, arena_printf(r->arena, "%s%s", i == 0 ? "·\u00a0" : "\u00a0\u00a0\u00a0\u00a0\u00a0",
						lines.items[i])
		};
		vec_push(r->arena, &node->lines, line);
	}
	const char *tip = arena_printf(r->arena, "%s（%s）", fact->name.label, fact->name.id);
	vec_push(r->arena, &node->tips, tip);
	cites_tips(r->arena, r->model, fact->attributes.cites.clauses, fact->attributes.cites.count, &node->tips);
}

static void add_arrows(const struct requirements *r, struct drawing *d, uint32_t only, uint32_t fact, uint32_t from,
		       const uint32_t *decision_at)
{
	for (uint32_t i = 0; i < r->model->decision_count; i++)
		if ((only == NONE || i == only) && reads(&r->model->decisions[i], fact))
			drawing_add_edge(r->arena, d, from, decision_at[i], CLASS_PLAIN);
}

/* All boxes of facts: each begins at its first fact and holds those read alike. */
static void add_facts(const struct requirements *r, struct drawing *d, uint32_t only, const uint32_t *decision_at)
{
	const struct model *m = r->model;
	unsigned char *done = arena_alloc(r->arena, m->fact_count + 1);
	for (uint32_t first = 0; first < m->fact_count; first++) {
		struct drawing_node node = { .class = CLASS_FACT };
		size_t count = 0;
		if (done[first] || !is_read(m, only, first))
			continue;
		for (uint32_t fact = first; fact < m->fact_count && count < FACTS_IN_BOX; fact++) {
			if (done[fact] || !is_read(m, only, fact) || !read_alike(m, only, first, fact))
				continue;
			done[fact] = 1;
			count++;
			add_fact_line(r, &node, fact);
		}
		const char *id = arena_printf(r->arena, "fact.%s", m->facts[first].name.id);
		add_arrows(r, d, only, first, drawing_add_node(r->arena, d, id, &node), decision_at);
	}
}

static void add_legends(const struct requirements *r, struct drawing *d)
{
	drawing_add_legend(r->arena, d, CLASS_FACT, "事实（同一框内的事实供给相同的判定）");
	drawing_add_legend(r->arena, d, CLASS_DECISION, "判定");
	drawing_add_legend(r->arena, d, CLASS_PAGE, "在另一张图的判定");
	drawing_add_legend(r->arena, d, CLASS_OMITTED, "未画出");
}

/* Every decision with what feeds it; false: too many nodes for a page. */
static bool draw_whole(const struct requirements *r, bool with_facts, const char *title)
{
	const struct model *m = r->model;
	struct drawing *d = drawing_new(r->arena, m, "requirements", "requirements", title, FLOW_ANY);
	uint32_t *at = arena_new_array(r->arena, uint32_t, m->decision_count + 1);
	size_t shown = m->decision_count;
	if (!with_facts && shown >= DRAWING_PAGE_NODES)
		shown = DRAWING_PAGE_NODES - 1;
	for (uint32_t i = 0; i < shown; i++)
		at[i] = add_decision(r, d, i, false);
	if (with_facts)
		add_facts(r, d, NONE, at);
	for (uint32_t i = 0; i < shown; i++)
		for (size_t k = 0; k < m->decisions[i].feed_count; k++)
			if (m->decisions[i].feeds[k] < shown)
				drawing_add_edge(r->arena, d, at[m->decisions[i].feeds[k]], at[i], CLASS_PLAIN);
	if (with_facts && d->nodes.count > DRAWING_PAGE_NODES)
		return false;
	if (shown < m->decision_count) {
		struct drawing_node node = { .class = CLASS_OMITTED };
		add_wrapped(r->arena, r->pairs, &node.lines, LINE_MAIN,
			    arena_printf(r->arena, "另有%zu个判定未画出", m->decision_count - shown), LABEL_EMS, 2);
		drawing_add_node(r->arena, d, "omitted", &node);
	}
	add_legends(r, d);
	drawing_finish(r->arena, d, r->out);
	return true;
}

/* One decision with its own facts and the decisions that feed it. */
static void draw_one(const struct requirements *r, uint32_t number)
{
	const struct model *m = r->model;
	const struct decision *decision = &m->decisions[number];
	const char *id = arena_printf(r->arena, "requirements.%s", decision->name.id);
	struct drawing *d = drawing_new(r->arena, m, "requirements", id,
					arena_printf(r->arena, "%s的依据", decision->name.label), FLOW_ANY);
	uint32_t *at = arena_new_array(r->arena, uint32_t, m->decision_count + 1);
	at[number] = add_decision(r, d, number, false);
	for (size_t k = 0; k < decision->feed_count && d->nodes.count < DRAWING_PAGE_NODES - 2; k++) {
		uint32_t feed = add_decision(r, d, decision->feeds[k], true);
		drawing_add_edge(r->arena, d, feed, at[number], CLASS_PLAIN);
	}
	add_facts(r, d, number, at);
	add_legends(r, d);
	if (d->nodes.count <= LIST_NODES)
		drawing_finish(r->arena, d, r->out);
}

void draw_requirements(struct arena *arena, const struct model *model, const struct diag *findings, picture_lists *out)
{
	const struct requirements r = { arena, model, findings, out, pairs_of(arena, model) };
	if (model->decision_count == 0 || draw_whole(&r, true, "判定的依据"))
		return;
	draw_whole(&r, false, "判定的依据（总图）");
	for (uint32_t i = 0; i < model->decision_count; i++)
		draw_one(&r, i);
}
