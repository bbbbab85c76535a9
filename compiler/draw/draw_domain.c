/* The drawing of a domain: an enumeration's levels, or the members of a set. Members stand in lists, not each in a
 * box of its own, so that forty of them can be read on one page. */
#include "draw/compose.h"
#include "draw/fit.h"
#include "draw/words.h"

#include <string.h>

enum { MEMBERS_IN_BOX = 24, MEMBER_EMS = 24000, MOST_PAGES = 30 };

struct domain_maker {
	struct arena *arena;
	const struct model *model;
	const struct fact *fact;
	struct drawing *d;
	uint32_t root;
	uint32_t page_count;
	size_t room; /* boxes on a page beside the root */
	bool fits;   /* all pages so far */
	picture_lists *out;
	const struct pairs *pairs;
};

static void add_member(struct domain_maker *m, struct drawing_node *node, const struct member *member)
{
	drawing_texts lines = { 0 };
	const char *clause = member->clause ? member->clause : "";
	const char *text = arena_printf(m->arena, "%s%s%s", member->name.label, *clause ? "　" : "", clause);
	text_wrap(m->arena, m->pairs, text, MEMBER_EMS, 3, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		struct drawing_line line = { LINE_ITEM,
					     arena_printf(m->arena, "%s%s", i == 0 ? "" : "\u00a0\u00a0\u00a0\u00a0",
							  lines.items[i]) };
		vec_push(m->arena, &node->lines, line);
	}
	const char *tip = arena_printf(m->arena, "%s（%s）", member->name.label, member->name.id);
	vec_push(m->arena, &node->tips, tip);
	cites_tips(m->arena, m->model, &member->clause, member->clause ? 1 : 0, &node->tips);
}

/* Members first … first+count-1 in boxes under a node. Beside groups, members without one are of the first level. */
static void add_members(struct domain_maker *m, uint32_t parent, const char *id, size_t first, size_t count)
{
	bool beside_groups = parent == m->root && m->fact->group_count > 0;
	for (size_t i = 0; i < count; i += MEMBERS_IN_BOX) {
		struct drawing_node node = { .class = beside_groups ? CLASS_GROUP : CLASS_MEMBER };
		for (size_t k = i; k < count && k < i + MEMBERS_IN_BOX; k++)
			add_member(m, &node, &m->fact->members[first + k]);
		uint32_t at = drawing_add_node(m->arena, m->d, id, &node);
		drawing_add_edge(m->arena, m->d, parent, at, CLASS_PLAIN);
	}
}

static void add_group(struct domain_maker *m, const struct group *group)
{
	struct drawing_node node = { .class = CLASS_GROUP };
	add_wrapped(m->arena, m->pairs, &node.lines, LINE_MAIN, group->name.label, LABEL_EMS, 3);
	const char *tip = arena_printf(m->arena, "%s（%s），%u项", group->name.label, group->name.id, group->count);
	vec_push(m->arena, &node.tips, tip);
	const char *id = arena_printf(m->arena, "group.%s", group->name.id);
	uint32_t at = drawing_add_node(m->arena, m->d, id, &node);
	drawing_add_edge(m->arena, m->d, m->root, at, CLASS_PLAIN);
	add_members(m, at, arena_printf(m->arena, "members.%s", group->name.id), group->first, group->count);
}

static const char *page_id(const struct domain_maker *m, uint32_t page)
{
	return page == 0 ? arena_printf(m->arena, "domain.%s", m->fact->name.id)
			 : arena_printf(m->arena, "domain.%s.%u", m->fact->name.id, page + 1);
}

static void begin_page(struct domain_maker *m, uint32_t page)
{
	const struct fact *fact = m->fact;
	struct drawing_node node = { .class = CLASS_QUESTION };
	const char *title = arena_printf(m->arena, "%s的取值", fact->name.label);
	if (m->page_count > 1)
		title = page == 0 ? arena_printf(m->arena, "%s（图1，总图）", title)
				  : arena_printf(m->arena, "%s（图%u）", title, page + 1);
	m->d = drawing_new(m->arena, m->model, "domain", page_id(m, page), title, FLOW_RIGHT);
	add_wrapped(m->arena, m->pairs, &node.lines, LINE_MAIN, fact->name.label, LABEL_EMS, 4);
	add_wrapped(m->arena, m->pairs, &node.lines, LINE_MINOR,
		    fact->kind == FACT_SET ? arena_printf(m->arena, "集合，%zu项", fact->member_count)
					   : arena_printf(m->arena, "枚举，%zu项", fact->member_count),
		    CLAUSE_EMS, 1);
	cites_tips(m->arena, m->model, fact->attributes.cites.clauses, fact->attributes.cites.count, &node.tips);
	m->root = drawing_add_node(m->arena, m->d, arena_printf(m->arena, "fact.%s", fact->name.id), &node);
}

static void end_page(struct domain_maker *m)
{
	drawing_add_legend(m->arena, m->d, CLASS_GROUP, "一级");
	drawing_add_legend(m->arena, m->d, CLASS_MEMBER, m->fact->group_count ? "二级" : "取值");
	drawing_add_legend(m->arena, m->d, CLASS_PAGE, "在另一张图");
	m->fits = m->fits && drawing_fits(m->arena, m->d);
	drawing_finish(m->arena, m->d, m->out);
}

/* ---- what stands on which page ---- */

static size_t boxes(size_t members)
{
	return (members + MEMBERS_IN_BOX - 1) / MEMBERS_IN_BOX;
}

/* Members outside any group, in stretches, as if each stretch were a group. */
static size_t loose_end(const struct fact *fact, size_t first)
{
	size_t end = first;
	while (end < fact->member_count && fact->members[end].group == NONE)
		end++;
	return end;
}

/* Draws the piece that begins at a member, at most `room` nodes of it; gives the member after it. */
static size_t draw_piece(struct domain_maker *m, size_t first, size_t room)
{
	const struct fact *fact = m->fact;
	const char *id = arena_printf(m->arena, "members.%s", fact->name.id);
	if (fact->members[first].group == NONE) {
		size_t end = loose_end(fact, first), most = room * MEMBERS_IN_BOX;
		if (end - first > most)
			end = first + most;
		if (m->d)
			add_members(m, m->root, id, first, end - first);
		return end;
	}
	const struct group *group = &fact->groups[fact->members[first].group];
	struct group part = *group;
	part.first = (uint32_t)first;
	part.count = group->first + group->count - (uint32_t)first;
	if (part.count > (room - 1) * MEMBERS_IN_BOX)
		part.count = (uint32_t)((room - 1) * MEMBERS_IN_BOX);
	if (m->d)
		add_group(m, &part);
	return part.first + part.count;
}

static size_t piece_size(const struct fact *fact, size_t first, size_t end)
{
	return boxes(end - first) + (fact->members[first].group != NONE);
}

struct piece_page {
	size_t first, end; /* members */
};
typedef VEC(struct piece_page) piece_pages;

/* Which members stand on which page: whole groups, as many as there is room for. */
static void find_pages(struct domain_maker *m, piece_pages *pages)
{
	size_t used = 0;
	m->d = NULL;
	for (size_t first = 0; first < m->fact->member_count;) {
		size_t end = draw_piece(m, first, m->room);
		size_t size = piece_size(m->fact, first, end);
		if (pages->count == 0 || used + size > m->room) {
			struct piece_page page = { first, first };
			vec_push(m->arena, pages, page);
			used = 0;
		}
		used += size;
		pages->items[pages->count - 1].end = end;
		first = end;
	}
}

static const char *place_of(const struct fact *fact, size_t member)
{
	uint32_t group = fact->members[member].group;
	return group == NONE ? fact->members[member].name.label : fact->groups[group].name.label;
}

/* The first of several pages: what stands on the others. */
static void draw_overview(struct domain_maker *m, const piece_pages *pages)
{
	begin_page(m, 0);
	for (uint32_t i = 0; i < pages->count; i++) {
		const struct piece_page *p = &pages->items[i];
		struct drawing_node node = { .class = i < MOST_PAGES ? CLASS_PAGE : CLASS_OMITTED };
		const char *from = place_of(m->fact, p->first), *to = place_of(m->fact, p->end - 1);
		add_wrapped(m->arena, m->pairs, &node.lines, LINE_MAIN,
			    i < MOST_PAGES ? arena_printf(m->arena, "见图%u", i + 2) : "其余未画出", LABEL_EMS, 1);
		add_wrapped(m->arena, m->pairs, &node.lines, LINE_MINOR, arena_printf(m->arena, "%s 至 %s", from, to),
			    MEMBER_EMS, 2);
		uint32_t at = drawing_add_node(m->arena, m->d, arena_printf(m->arena, "page.%u", i + 2), &node);
		drawing_add_edge(m->arena, m->d, m->root, at, CLASS_PLAIN);
		if (i == MOST_PAGES)
			break;
	}
	end_page(m);
}

static void draw_pages(struct domain_maker *m)
{
	piece_pages pages = { 0 };
	m->fits = true;
	find_pages(m, &pages);
	m->page_count = (uint32_t)pages.count;
	if (pages.count > 1)
		draw_overview(m, &pages);
	for (uint32_t i = 0; i < pages.count && i < MOST_PAGES; i++) {
		begin_page(m, pages.count > 1 ? i + 1 : 0);
		for (size_t at = pages.items[i].first; at < pages.items[i].end;)
			at = draw_piece(m, at, m->room);
		end_page(m);
	}
}

/* Fewer and fewer boxes on a page until all are legible. */
void draw_domain(struct arena *arena, const struct model *model, uint32_t fact, picture_lists *out)
{
	static const size_t rooms[] = { 36, 30, 25, 20, 16, 12, 8, 4 };
	struct domain_maker m = { .arena = arena, .model = model, .fact = &model->facts[fact] };
	picture_lists lists = { 0 };
	if (m.fact->kind != FACT_ENUMERATION && m.fact->kind != FACT_SET)
		return;
	m.pairs = pairs_of(arena, model);
	m.out = &lists;
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms && !(i > 0 && m.fits); i++) {
		lists.count = 0;
		m.room = rooms[i];
		draw_pages(&m);
	}
	for (size_t i = 0; i < lists.count; i++)
		vec_push(arena, out, lists.items[i]);
}
