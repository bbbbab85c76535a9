/* Finds the reasons at the end of each edge, and words them. */
#include "draw/leaves.h"

#include "draw/metrics.h"
#include "draw/parts.h"
#include "draw/words.h"

#include <string.h>

enum {
	MOST_TESTS = 30000, /* rules times edges; beyond, one leaf an outcome */
	NAMES = 2,
	NAME_EMS = 11500,
	CITES = 2,
	TIP_RULES = 14
};

/* ---- reasons ---- */

static function parts_of_edge(const struct decision_function *df, uint32_t variable, const struct answer_edge *edge)
{
	unsigned char chosen[PART_LIMIT] = { 0 };
	for (size_t i = 0; i < edge->parts.count; i++)
		chosen[edge->parts.items[i]] = 1;
	return function_in(df->forest, variable, chosen);
}

/* Is some rule of rules[first, end) a reason of each of the cases? */
static bool is_sure(struct decision_function *df, function cases, const struct leaf *leaf, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		cases = function_but_not(df->forest, cases, df->reasons[leaf->rules.items[i]]);
	return cases == ALWAYS_FALSE;
}

static const struct rule *rule_at(const struct decision_function *df, uint32_t index)
{
	return &df->model->rules[df->decision->rules[index]];
}

/* The end of the rules from first on that have one name: the rows of a table, else one rule. */
static size_t unit_end(const struct decision_function *df, const struct leaf *leaf, size_t first)
{
	uint32_t table = rule_at(df, leaf->rules.items[first])->table;
	size_t end = first + 1;
	while (table != NONE && end < leaf->rules.count && rule_at(df, leaf->rules.items[end])->table == table)
		end++;
	return end;
}

static void add_reasons(struct decision_function *df, function cases, struct leaf *leaf)
{
	for (uint32_t i = 0; i < df->decision->rule_count; i++) {
		uint64_t bit = (uint64_t)1 << rule_at(df, i)->outcome;
		if ((leaf->outcomes & bit) && function_and(df->forest, cases, df->reasons[i]) != ALWAYS_FALSE)
			vec_push(df->arena, &leaf->rules, i);
	}
	for (size_t i = 0, end; i < leaf->rules.count; i = end) {
		end = unit_end(df, leaf, i);
		if (!is_sure(df, cases, leaf, i, end))
			continue;
		for (size_t k = i; k < end; k++)
			vec_push(df->arena, &leaf->sure, leaf->rules.items[k]);
	}
}

static bool same_numbers(const uint32_t *a, size_t count, const uint32_t *b, size_t other)
{
	return count == other && (count == 0 || memcmp(a, b, count * sizeof *a) == 0);
}

static bool same_leaf(const struct leaf *a, const struct leaf *b)
{
	if (a->outcomes != b->outcomes || !same_numbers(a->sure.items, a->sure.count, b->sure.items, b->sure.count))
		return false;
	return a->sure.count > 0 || same_numbers(a->rules.items, a->rules.count, b->rules.items, b->rules.count);
}

/* Puts ascending numbers together. */
static void add_numbers(struct arena *arena, struct leaf *leaf, const struct leaf *other)
{
	for (size_t i = 0; i < other->rules.count; i++) {
		uint32_t rule = other->rules.items[i];
		size_t at = leaf->rules.count;
		while (at > 0 && leaf->rules.items[at - 1] > rule)
			at--;
		if (at > 0 && leaf->rules.items[at - 1] == rule)
			continue;
		vec_push(arena, &leaf->rules, rule);
		for (size_t k = leaf->rules.count - 1; k > at; k--)
			leaf->rules.items[k] = leaf->rules.items[k - 1];
		leaf->rules.items[at] = rule;
	}
}

void leaf_join(struct arena *arena, struct leaf *leaf, const struct leaf *other)
{
	add_numbers(arena, leaf, other);
	if (!same_numbers(leaf->sure.items, leaf->sure.count, other->sure.items, other->sure.count))
		leaf->sure.count = 0;
}

static uint32_t leaf_number(struct decision_function *df, struct leaves *leaves, const struct leaf *leaf)
{
	for (uint32_t i = 0; i < leaves->items.count; i++)
		if (same_leaf(&leaves->items.items[i], leaf)) {
			add_numbers(df->arena, &leaves->items.items[i], leaf);
			return i;
		}
	vec_push(df->arena, &leaves->items, *leaf);
	return (uint32_t)leaves->items.count - 1;
}

struct leaf leaf_of_all(struct decision_function *df, uint64_t outcomes)
{
	struct leaf leaf = { .outcomes = outcomes };
	function cases = function_and(df->forest, df->cases, function_is(df->forest, df->outcomes, outcomes));
	add_reasons(df, cases, &leaf);
	return leaf;
}

/* Cases that come to the end of an edge, if it is a leaf, else to the node that it leads to. */
static void follow(struct decision_function *df, const struct chart *chart, function *reach, uint32_t node,
		   struct leaves *leaves)
{
	const struct chart_node *n = &chart->nodes.items[node];
	for (size_t k = 0; k < n->edges.count; k++) {
		const struct answer_edge *edge = &n->edges.items[k];
		leaves->of_edge[node][k] = NONE;
		struct leaf leaf = { .outcomes = edge->outcomes };
		function cases = leaves->coarse
					 ? ALWAYS_FALSE
					 : function_and(df->forest, reach[node], parts_of_edge(df, n->variable, edge));
		if (!edge->leaf) {
			reach[edge->node] = function_or(df->forest, reach[edge->node], cases);
			continue;
		}
		if (leaves->coarse)
			leaf = leaf_of_all(df, edge->outcomes);
		else
			add_reasons(df, cases, &leaf);
		leaves->of_edge[node][k] = leaf_number(df, leaves, &leaf);
	}
}

void leaves_of(struct decision_function *df, const struct chart *chart, struct leaves *leaves)
{
	size_t tests = 0;
	*leaves = (struct leaves){ .of_edge = arena_new_array(df->arena, uint32_t *, chart->nodes.count + 1) };
	function *reach = arena_new_array(df->arena, function, chart->nodes.count + 1);
	for (size_t i = 0; i < chart->nodes.count; i++)
		tests += chart->nodes.items[i].edges.count * df->decision->rule_count;
	leaves->coarse = tests > MOST_TESTS;
	reach[0] = df->cases;
	for (uint32_t i = 0; i < chart->nodes.count; i++) {
		leaves->of_edge[i] = arena_new_array(df->arena, uint32_t, chart->nodes.items[i].edges.count + 1);
		follow(df, chart, reach, i, leaves);
	}
}

/* ---- words ---- */

/* The rules that the leaf names: the sure ones, or if none is, all. */
static struct leaf named_rules(const struct leaf *leaf)
{
	struct leaf named = *leaf;
	if (leaf->sure.count > 0) {
		named.rules.items = leaf->sure.items;
		named.rules.count = leaf->sure.count;
	}
	return named;
}

/* The row's number stands first where the table's name may be cut. */
static void rows_name(struct arena *arena, const struct rule_table *table, const struct rule *rule, size_t rows,
		      drawing_texts *names)
{
	const char *row = rule->item ? rule->item : rule->name.id;
	const char *which = rows > 1 ? arena_printf(arena, "%s等%zu行", row, rows) : row;
	const char *name = arena_printf(arena, "%s %s", table->name.label, which);
	if (text_width(name) > NAME_EMS)
		name = arena_printf(arena, "%s %s", which, table->name.label);
	vec_push(arena, names, name);
}

/* One name a rule; rows of one table have one name together. */
static void reason_names(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
			 drawing_texts *names)
{
	for (size_t i = 0, end; i < leaf->rules.count; i = end) {
		const struct rule *rule = rule_at(df, leaf->rules.items[i]);
		const char *name = rule->is_default ? "缺省" : rule->name.label;
		end = unit_end(df, leaf, i);
		if (rule->table != NONE)
			rows_name(arena, &df->model->tables[rule->table], rule, end - i, names);
		else
			vec_push(arena, names, name);
	}
}

static void reason_clauses(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
			   drawing_texts *clauses)
{
	for (size_t i = 0; i < leaf->rules.count; i++) {
		const struct cites *cites = &rule_at(df, leaf->rules.items[i])->attributes.cites;
		for (size_t k = 0; k < cites->count; k++)
			add_clause(arena, clauses, cites->clauses[k]);
	}
}

static void minor_line(struct arena *arena, const struct decision_function *df, struct drawing_node *node,
		       const char *text)
{
	add_wrapped(arena, df->pairs, &node->lines, LINE_MINOR, text, NAME_EMS, 1);
}

static void add_names(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
		      struct drawing_node *node)
{
	drawing_texts names = { 0 };
	reason_names(arena, df, leaf, &names);
	if (names.count > NAMES) {
		const char *rest = arena_printf(arena, " 等%zu项", names.count);
		drawing_texts first = { 0 };
		text_wrap(arena, df->pairs, names.items[0], NAME_EMS - text_width(rest), 1, &first);
		minor_line(arena, df, node, arena_printf(arena, "%s%s", first.count ? first.items[0] : "", rest));
		return;
	}
	for (size_t i = 0; i < names.count; i++)
		minor_line(arena, df, node, names.items[i]);
}

static void add_rule_tips(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
			  const char *before, struct drawing_node *node)
{
	for (size_t i = 0; i < leaf->rules.count && i < TIP_RULES; i++) {
		const struct rule *rule = rule_at(df, leaf->rules.items[i]);
		const char *label = rule->is_default ? "缺省" : rule->name.label;
		const char *tip = arena_printf(arena, "%s%s（%s）", before, label, rule->id);
		vec_push(arena, &node->tips, tip);
	}
	if (leaf->rules.count > TIP_RULES) {
		const char *tip = arena_printf(arena, "…等%zu条规则", leaf->rules.count);
		vec_push(arena, &node->tips, tip);
	}
}

static bool has_rule(const struct leaf *leaf, uint32_t rule)
{
	for (size_t i = 0; i < leaf->rules.count; i++)
		if (leaf->rules.items[i] == rule)
			return true;
	return false;
}

static void add_tips(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
		     const drawing_texts *clauses, struct drawing_node *node)
{
	struct leaf named = named_rules(leaf), others = { 0 };
	for (size_t i = 0; i < leaf->rules.count; i++)
		if (!has_rule(&named, leaf->rules.items[i]))
			vec_push(arena, &others.rules, leaf->rules.items[i]);
	add_rule_tips(arena, df, &named, "", node);
	add_rule_tips(arena, df, &others, "也可能：", node);
	cites_tips(arena, df->model, clauses->items, clauses->count, &node->tips);
}

/* ---- colours ---- */

/* The colours of a decision's outcomes, given those that its predecessors use. */
static void colour_decision(const struct decision *d, const char *const *owners, size_t owner_count,
			    const unsigned char *owner_colours, unsigned char *colours)
{
	bool used[OUTCOME_CLASSES] = { false };
	for (size_t i = 0; i < d->outcome_count; i++) {
		colours[i] = OUTCOME_CLASSES;
		for (size_t k = 0; k < owner_count && colours[i] == OUTCOME_CLASSES; k++)
			if (strcmp(owners[k], d->outcomes[i].name.id) == 0 && !used[owner_colours[k]])
				colours[i] = owner_colours[k];
		if (colours[i] < OUTCOME_CLASSES)
			used[colours[i]] = true;
	}
	for (size_t i = 0; i < d->outcome_count; i++) {
		unsigned char free_colour = 0;
		while (free_colour < OUTCOME_CLASSES && used[free_colour])
			free_colour++;
		if (colours[i] < OUTCOME_CLASSES)
			continue;
		colours[i] = free_colour < OUTCOME_CLASSES ? free_colour : (unsigned char)(i % OUTCOME_CLASSES);
		used[colours[i]] = true;
	}
}

enum { MOST_OWNERS = 256 };

enum drawing_class outcome_class(const struct model *model, uint32_t decision, uint32_t outcome)
{
	const char *owners[MOST_OWNERS];
	unsigned char owner_colours[MOST_OWNERS], colours[LIMIT_OUTCOMES] = { 0 };
	size_t count = 0;
	for (uint32_t i = 0; i <= decision; i++) {
		const struct decision *d = &model->decisions[i];
		colour_decision(d, owners, count, owner_colours, colours);
		for (size_t k = 0; k < d->outcome_count && count < MOST_OWNERS; k++) {
			owners[count] = d->outcomes[k].name.id;
			owner_colours[count++] = colours[k];
		}
	}
	return (enum drawing_class)(CLASS_OUTCOME0 + colours[outcome]);
}

static void add_conflict(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
			 struct drawing_node *node)
{
	struct writer w;
	const char *between = "";
	writer_init(&w, arena);
	for (uint32_t i = 0; i < df->decision->outcome_count; i++) {
		if (!(leaf->outcomes >> i & 1))
			continue;
		write_fmt(&w, "%s%s", between, df->decision->outcomes[i].name.label);
		between = "／";
	}
	add_wrapped(arena, df->pairs, &node->lines, LINE_MAIN, "冲突", LABEL_EMS, 1);
	add_wrapped(arena, df->pairs, &node->lines, LINE_MAIN, writer_text(&w), LABEL_EMS, 3);
}

static void add_outcome(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
			struct drawing_node *node)
{
	uint32_t outcome = 0;
	while (!(leaf->outcomes >> outcome & 1))
		outcome++;
	node->class = outcome_class(df->model, (uint32_t)(df->decision - df->model->decisions), outcome);
	add_wrapped(arena, df->pairs, &node->lines, LINE_MAIN, df->decision->outcomes[outcome].name.label, LABEL_EMS,
		    3);
}

void leaf_node(struct arena *arena, const struct decision_function *df, const struct leaf *leaf,
	       struct drawing_node *node)
{
	drawing_texts clauses = { 0 };
	if (leaf->outcomes == 0) {
		node->class = CLASS_GAP;
		add_wrapped(arena, df->pairs, &node->lines, LINE_MAIN, "空白", LABEL_EMS, 1);
		minor_line(arena, df, node, "没有规则的情形");
		return;
	}
	if (leaf->outcomes & (leaf->outcomes - 1)) {
		node->class = CLASS_CONFLICT;
		add_conflict(arena, df, leaf, node);
	} else {
		add_outcome(arena, df, leaf, node);
	}
	struct leaf named = named_rules(leaf);
	reason_clauses(arena, df, &named, &clauses);
	add_names(arena, df, &named, node);
	if (clauses.count > 0)
		minor_line(arena, df, node, cites_short(arena, clauses.items, clauses.count, CITES));
	add_tips(arena, df, leaf, &clauses, node);
}
