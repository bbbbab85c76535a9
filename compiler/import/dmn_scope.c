/* What the names in a model's expressions stand for.
 *
 * note [scope]
 * A name stands for the variable of a node that the decision requires (informationRequirement); by the standard the
 * variable bears the node's name, but tools write others, or the node's id. So a name is looked for among the nodes
 * required, then among all nodes of the model; in each as the name of a variable, then of a node, then as an id. */
#include "import/dmn.h"

#include "support/intern.h"

#include <string.h>

enum {
	AS_VARIABLE,
	AS_NAME,
	AS_ID,
	WAYS,
	AS_OUTPUT = WAYS, /* only of decisions that are required: Camunda 7 has it so */
	POINTS = 64,	  /* of a path, at which a name may end */
};

/* What a word stands for in the scope of this stamp: a node, how it is called so, whether another node is too. */
struct meaning {
	uint32_t stamp, node, output;
	int how;
	bool several;
};

struct scopes {
	struct dmn_book *book;
	struct map *words;	  /* numbers of all that nodes are called */
	uint32_t (*called)[WAYS]; /* per node: words */
	uint32_t *first_output;	  /* per node: where its outputs' words begin in: */
	dmn_indices outputs;
	struct meaning *all, *required; /* per word: in the model; in the decision whose stamp it is */
	uint32_t stamp;
};

/* ---- names ---- */

static uint32_t number(struct scopes *s, const char *name)
{
	int64_t next = (int64_t)map_count(s->words);
	return (uint32_t)map_put_if_absent(s->words, feel_path(s->book->arena, name), next);
}

/* A table with more columns is refused. */
static size_t output_count(const struct dmn_node *node)
{
	return node->table && node->table->outputs.count <= LIMIT_DMN_COLUMNS ? node->table->outputs.count : 0;
}

static void number_words(struct scopes *s)
{
	struct arena *arena = s->book->arena;
	const struct dmn_model *model = s->book->model;
	s->called = arena_alloc_array(arena, model->nodes.count + 1, sizeof *s->called);
	s->first_output = arena_new_array(arena, uint32_t, model->nodes.count + 1);
	for (size_t i = 0; i < model->nodes.count; i++) {
		const struct dmn_node *node = &model->nodes.items[i];
		s->called[i][AS_VARIABLE] = number(s, node->variable && *node->variable ? node->variable : node->name);
		s->called[i][AS_NAME] = number(s, node->name);
		s->called[i][AS_ID] = number(s, node->id);
		s->first_output[i] = (uint32_t)s->outputs.count;
		for (size_t k = 0; k < output_count(node); k++) {
			const char *name = node->table->outputs.items[k].name;
			vec_push(arena, &s->outputs, number(s, name ? name : ""));
		}
	}
	s->all = arena_new_array(arena, struct meaning, map_count(s->words) + 1);
	s->required = arena_new_array(arena, struct meaning, map_count(s->words) + 1);
}

/* An earlier way to be called so prevails over this one. */
static void put(const struct scopes *s, struct meaning *m, uint32_t node, int how, uint32_t output)
{
	if (m->stamp != s->stamp)
		*m = (struct meaning){ s->stamp, node, output, how, false };
	else if (m->how == how && (m->node != node || m->output != output))
		m->several = true;
}

static void put_nodes(const struct scopes *s, struct meaning *scope, const dmn_indices *nodes)
{
	for (int how = 0; how < WAYS; how++)
		for (size_t i = 0; i < nodes->count; i++)
			put(s, &scope[s->called[nodes->items[i]][how]], nodes->items[i], how, 0);
}

static void put_outputs(const struct scopes *s, struct meaning *scope, const dmn_indices *nodes)
{
	for (size_t i = 0; i < nodes->count; i++) {
		uint32_t node = nodes->items[i];
		size_t count = output_count(&s->book->model->nodes.items[node]);
		for (uint32_t k = 0; k < count; k++)
			put(s, &scope[s->outputs.items[s->first_output[node] + k]], node, AS_OUTPUT, k);
	}
}

static bool find(const struct scopes *s, const struct meaning *scope, uint32_t stamp, const char *text, size_t size,
		 struct dmn_target *out)
{
	int64_t word = size > 0 && size <= LIMIT_DMN_TAG ? map_get_part(s->words, text, size) : -1;
	const struct meaning *m = word >= 0 ? &scope[word] : NULL;
	if (!m || m->stamp != stamp || (m->how == AS_OUTPUT && text[size] != '\0'))
		return false;
	out->node = &s->book->model->nodes.items[m->node];
	out->path = text[size] == '.' ? text + size + 1 : NULL;
	out->several = m->several;
	out->by_output = m->how == AS_OUTPUT;
	if (out->by_output && out->node->table->outputs.count > 1)
		out->path = text; /* the output's name */
	return true;
}

/* The whole text, or else the longest part before a point: a name may hold points. */
static bool find_path(const struct scopes *s, const struct meaning *scope, uint32_t stamp, const char *text,
		      struct dmn_target *out)
{
	if (find(s, scope, stamp, text, strlen(text), out))
		return true;
	bool found = false;
	const char *point = strchr(text, '.');
	for (int i = 0; i < POINTS && point; i++, point = strchr(point + 1, '.'))
		found = find(s, scope, stamp, text, (size_t)(point - text), out) || found;
	return found;
}

/* ---- requirements ---- */

/* A node of this model; -1: of another, or none. */
static int64_t node_referred(const struct dmn_book *book, const char *href)
{
	const char *hash = strchr(href, '#'), *own = book->model->namespace ? book->model->namespace : "";
	if (!hash)
		return -1;
	size_t size = (size_t)(hash - href);
	bool here = size == 0 || (strlen(own) == size && memcmp(own, href, size) == 0);
	return here ? map_get(book->ids, hash + 1) : -1;
}

static void take_requirements(struct dmn_book *book, struct dmn_logic *logic)
{
	for (size_t i = 0; i < logic->node->requires.count; i++) {
		int64_t node = node_referred(book, logic->node->requires.items[i].href);
		if (node >= 0)
			vec_push(book->arena, &logic->required, (uint32_t)node);
	}
	book->has_requirements = book->has_requirements || logic->node->requires.count > 0;
}

/* No name of an XML document holds the character with which the key of a node begins. */
static const char *key_of(const struct dmn_book *book, const struct dmn_target *target)
{
	if (!target->node)
		return target->text;
	return arena_printf(book->arena, "\1%zu %s", (size_t)(target->node - book->model->nodes.items),
			    target->path ? target->path : "");
}

static void note_type(struct dmn_book *book, struct dmn_target *target, const char *type)
{
	target->type = type;
	int64_t next = (int64_t)book->type_names.count;
	if (type && *type && strcmp(type, "Any") != 0 &&
	    map_put_if_absent(book->column_types, target->key, next) == next)
		vec_push(book->arena, &book->type_names, type);
}

static void find_each_target(struct scopes *s, struct dmn_logic *logic)
{
	const struct dmn_table *table = logic->node->table;
	size_t inputs = table ? table->inputs.count : 0;
	s->stamp++;
	put_nodes(s, s->required, &logic->required);
	put_outputs(s, s->required, &logic->required);
	logic->targets = arena_new_array(s->book->arena, struct dmn_target, inputs + 1);
	for (size_t i = 0; i < inputs; i++) {
		const char *text = table->inputs.items[i].expression.text;
		struct dmn_target *target = &logic->targets[i];
		target->text = feel_path(s->book->arena, text ? text : "");
		target->required = find_path(s, s->required, s->stamp, target->text, target);
		if (!target->required)
			(void)find_path(s, s->all, 1, target->text, target);
		target->key = key_of(s->book, target);
		note_type(s->book, target, table->inputs.items[i].type);
	}
}

struct dmn_logic *dmn_logic_of(struct dmn_book *book, const struct dmn_node *node)
{
	uint32_t at = node ? book->logic_of[node - book->model->nodes.items] : UINT32_MAX;
	return at != UINT32_MAX ? &book->logics.items[at] : NULL;
}

/* ---- circles ---- */

/* Tarjan's strong components, over what tables read and what decisions require. */
struct search {
	struct dmn_book *book;
	uint32_t *order, *low; /* per logic; order 0: not visited */
	uint32_t *stack;
	bool *waits;
	uint32_t depth, visited, circles;
};

static void visit(struct search *s, uint32_t at);

static void visit_node(struct search *s, uint32_t from, const struct dmn_node *node)
{
	struct dmn_logic *logic = dmn_logic_of(s->book, node);
	if (!logic)
		return;
	uint32_t to = (uint32_t)(logic - s->book->logics.items);
	if (s->order[to] == 0)
		visit(s, to);
	if (s->waits[to] && s->low[to] < s->low[from])
		s->low[from] = s->low[to];
	if (to == from)
		logic->circle = UINT32_MAX; /* a circle of one */
}

static void close_component(struct search *s, uint32_t root)
{
	bool alone = s->stack[s->depth - 1] == root;
	uint32_t circle = ++s->circles, at;
	do {
		at = s->stack[--s->depth];
		struct dmn_logic *logic = &s->book->logics.items[at];
		logic->circle = alone && logic->circle == 0 ? 0 : circle;
		s->waits[at] = false;
	} while (at != root);
}

static void visit(struct search *s, uint32_t at)
{
	const struct dmn_logic *logic = &s->book->logics.items[at];
	s->order[at] = s->low[at] = ++s->visited;
	s->stack[s->depth++] = at;
	s->waits[at] = true;
	for (size_t i = 0; i < logic->required.count; i++)
		visit_node(s, at, &s->book->model->nodes.items[logic->required.items[i]]);
	for (size_t i = 0; logic->node->table && i < logic->node->table->inputs.count; i++)
		visit_node(s, at, logic->targets[i].node);
	if (s->low[at] == s->order[at])
		close_component(s, at);
}

static void find_circles(struct dmn_book *book)
{
	size_t count = book->logics.count + 1;
	struct search s = { .book = book };
	s.order = arena_new_array(book->arena, uint32_t, count);
	s.low = arena_new_array(book->arena, uint32_t, count);
	s.stack = arena_new_array(book->arena, uint32_t, count);
	s.waits = arena_new_array(book->arena, bool, count);
	for (uint32_t i = 0; i < book->logics.count; i++)
		if (s.order[i] == 0)
			visit(&s, i);
}

void dmn_scopes(struct dmn_book *book)
{
	struct scopes s = { .book = book, .words = map_new_in(book->arena), .stamp = 1 };
	dmn_indices nodes = { .items = NULL };
	number_words(&s);
	for (size_t i = 0; i < book->model->nodes.count; i++) {
		if (book->model->nodes.items[i].kind == DMN_OTHER)
			continue;
		vec_push(book->arena, &nodes, (uint32_t)i);
		(void)map_put_if_absent(book->ids, book->model->nodes.items[i].id, (int64_t)i);
	}
	put_nodes(&s, s.all, &nodes);
	for (size_t i = 0; i < book->logics.count; i++)
		take_requirements(book, &book->logics.items[i]);
	for (size_t i = 0; i < book->logics.count; i++)
		find_each_target(&s, &book->logics.items[i]);
	find_circles(book);
}

/* ---- what is left ---- */

static bool is_read(const struct dmn_logic *logic, const struct dmn_node *node)
{
	for (size_t i = 0; i < logic->node->table->inputs.count; i++)
		if (logic->targets && logic->targets[i].node == node)
			return true;
	return false;
}

static void report_requirement(struct dmn_book *book, const struct dmn_logic *logic,
			       const struct dmn_requirement *requirement)
{
	struct arena *arena = book->arena;
	const char *where = dmn_where(book, logic->node, SIZE_MAX, NULL);
	int64_t index = node_referred(book, requirement->href);
	const struct dmn_node *node = index >= 0 ? &book->model->nodes.items[index] : NULL;
	if (node && is_read(logic, node))
		return;
	const char *shown = node ? dmn_where(book, node, SIZE_MAX, NULL)
				 : arena_printf(arena, "`%s`", dmn_shown(arena, requirement->href));
	struct phrase what = {
		arena_printf(arena, "它要求的 %s 没有一栏读取，这个要求没有表示", shown),
		arena_printf(arena, "it requires %s, which no column reads; the requirement is not represented", shown)
	};
	if (!node)
		what = (struct phrase){ arena_printf(arena, "它要求的 %s 不在这个模型里，这个要求没有表示", shown),
					arena_printf(
						arena,
						"it requires %s, which is not in this model; the requirement is not "
						"represented",
						shown) };
	dmn_remark(book, requirement->at, where, what);
}

/* What is taken for a node that the decision does not require, or for one by another name than the standard gives it.
 */
static void report_target(struct dmn_book *book, const struct dmn_logic *logic, const struct dmn_target *target,
			  struct span at)
{
	struct arena *arena = book->arena;
	if (!target->node || (target->required && !target->by_output) || !book->has_requirements)
		return;
	const char *shown = dmn_where(book, target->node, SIZE_MAX, NULL);
	struct phrase what = { arena_printf(arena, "当作 %s，虽然决策没有写明要求它", shown),
			       arena_printf(arena, "taken for %s, though the decision does not require it", shown) };
	if (target->by_output)
		what = (struct phrase){
			arena_printf(arena, "当作 %s 的这个输出；按标准，这里的名称应是决策的", shown),
			arena_printf(arena, "taken for this output of %s; by the standard the name is the decision's",
				     shown)
		};
	dmn_remark(book, at, dmn_where(book, logic->node, SIZE_MAX, target->text), what);
}

void dmn_report_requirements(struct dmn_book *book, const struct dmn_logic *logic)
{
	const struct dmn_node *node = logic->node;
	for (size_t i = 0; i < node->requires.count; i++)
		report_requirement(book, logic, &node->requires.items[i]);
	for (size_t i = 0; i < node->table->inputs.count; i++)
		report_target(book, logic, &logic->targets[i], node->table->inputs.items[i].expression.at);
}
