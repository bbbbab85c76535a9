/* What each input column of a decision table tests: a fact, or a decision that the table requires. */
#include "import/dmn.h"

#include "model/model.h"
#include "support/intern.h"

#include <string.h>

/* ---- facts ---- */

static bool refuse(struct phrase *why, const char *zh, const char *en)
{
	*why = (struct phrase){ zh, en };
	return false;
}

/* Keeps of a list of values those that are in the other list too. */
static bool narrow(struct arena *arena, struct feel_tests *list, const struct feel_tests *other, struct phrase *why)
{
	struct map *in_other = map_new_in(arena);
	bool null = false;
	size_t kept = 0;
	for (size_t i = 0; i < other->items.count; i++) {
		null = null || other->items.items[i].low.kind == FEEL_NULL;
		if (other->items.items[i].low.kind == FEEL_STRING)
			map_put(in_other, other->items.items[i].low.text, 0);
	}
	for (size_t i = 0; i < list->items.count; i++) {
		const struct feel_value *value = &list->items.items[i].low;
		if (value->kind == FEEL_NULL ? null : map_get(in_other, value->text) >= 0)
			list->items.items[kept++] = list->items.items[i];
	}
	list->items.count = kept;
	return kept > 0 || refuse(why, "它的各层类型没有共同允许的值", "its types allow no value in common");
}

/* All that the types allow holds together: of strings one list is left, of others each is kept. */
static bool take_types(struct dmn_book *book, struct dmn_fact *fact, const struct dmn_kind *kind, struct phrase *why)
{
	for (size_t i = 0; i < kind->allowed.count; i++) {
		struct feel_tests tests;
		if (!dmn_read_allowed(book, fact, kind->allowed.items[i], &tests, why))
			return false;
		if (tests.any)
			continue;
		if (fact->kind != FEEL_STRING || fact->allowed.count == 0)
			vec_push(book->arena, &fact->allowed, tests);
		else if (!narrow(book->arena, &fact->allowed.items[0], &tests, why))
			return false;
	}
	fact->typed = fact->allowed.count > 0;
	if (fact->typed)
		fact->at = kind->allowed.items[0]->at;
	return true;
}

/* What a fact is the value of: a node of the model or a part of it, or a name that only tables have. */
struct origin {
	const struct dmn_node *node;
	const char *name, *path; /* name without a node; path: of the node, or NULL */
	const char *type;	 /* whose path this is */
};

/* No name of an XML document holds the character with which the key of a node begins. */
static const char *key_of(const struct dmn_book *book, const struct origin *from)
{
	return from->node ? arena_printf(book->arena, "\1%zu %s", (size_t)(from->node - book->model->nodes.items),
					 from->path ? from->path : "")
			  : from->name;
}

static uint32_t new_fact(struct dmn_book *book, const struct origin *from, const char *key, const struct dmn_kind *kind)
{
	const char *name = !from->node	? from->name
			   : from->path ? arena_printf(book->arena, "%s.%s", from->node->name, from->path)
					: from->node->name;
	struct dmn_fact fact = { .key = key,
				 .name = { .source = name, .prefix = "input" },
				 .node = from->node,
				 .kind = kind->kind,
				 .whole = kind->whole };
	fact.index = map_new_in(book->arena);
	map_put(book->fact_index, key, (int64_t)book->facts.count);
	vec_push(book->arena, &book->facts, fact);
	return (uint32_t)book->facts.count - 1;
}

/* Made when it is first met. */
static bool fact_of(struct dmn_book *book, const struct origin *from, struct dmn_subject *out, struct phrase *why)
{
	struct dmn_kind kind;
	const char *key = key_of(book, from);
	int64_t there = map_get(book->fact_index, key);
	*out = (struct dmn_subject){ false, (uint32_t)there };
	if (there >= 0)
		return true;
	if (!dmn_kind_of(book, from->type, from->node ? from->path : NULL, &kind, why))
		return false;
	if (book->facts.count == LIMIT_FACTS) {
		*why = (struct phrase){ "输入超过 1024 个", "more than 1024 inputs" };
		return false;
	}
	out->index = new_fact(book, from, key, &kind);
	return take_types(book, &book->facts.items[out->index], &kind, why);
}

/* See note [drafts] in dmn_columns.c. */
void dmn_forget_drafts(struct dmn_book *book)
{
	while (book->facts.count > book->settled)
		map_put(book->fact_index, book->facts.items[--book->facts.count].key, -1);
}

/* ---- expressions that name something ---- */

/* One word of letters, digits and `_`, with points; not a word of FEEL. */
static bool is_simple_name(const char *text)
{
	static const char *const words[] = { "null", "true", "false", "not", "if", "for", "some", "every", "function" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], text) == 0)
			return false;
	bool good = *text && !(*text >= '0' && *text <= '9') && *text != '.';
	for (; *text && good; text++)
		good = *text == '_' || *text == '.' || (*text >= '0' && *text <= '9') ||
		       (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || (unsigned char)*text >= 0x80;
	return good;
}

/* The words that name the columns of a decision which is required. */
static const char *column_paths(const struct dmn_book *book, const struct dmn_logic *required)
{
	const char **paths = arena_new_array(book->arena, const char *, required->decision_count + 1u);
	for (uint32_t i = 0; i < required->decision_count; i++)
		paths[i] = arena_printf(book->arena, "%s.%s", required->node->name,
					book->decisions.items[required->first_decision + i].column);
	return dmn_name_list(book->arena, paths, required->decision_count);
}

static bool refuse_column(const struct dmn_book *book, const struct dmn_logic *required, struct phrase *why)
{
	struct arena *arena = book->arena;
	if (required->decision_count == 1) {
		const char *name = dmn_shown(arena, required->node->name);
		*why = (struct phrase){ arena_printf(arena, "所依赖的决策只有一个输出，就叫 `%s`", name),
					arena_printf(arena, "the decision it requires has one output, which is `%s`",
						     name) };
		return false;
	}
	const char *paths = column_paths(book, required);
	*why = (struct phrase){
		arena_printf(arena, "所依赖的决策有几个输出，应指明一个：%s", paths),
		arena_printf(arena, "the decision it requires has several outputs: one of %s is to be named", paths)
	};
	return false;
}

/* A decision's result, or one column of it. A decision that is not imported leaves its result open: a fact. */
static bool decision_of(struct dmn_book *book, struct dmn_logic *required, const struct origin *from,
			struct dmn_subject *out, struct phrase *why)
{
	enum dmn_state state = dmn_take(book, required);
	for (uint32_t i = 0; state == DMN_TAKEN && i < required->decision_count; i++) {
		const struct dmn_decision *d = &book->decisions.items[required->first_decision + i];
		if (d->is_collected)
			return refuse(why, "所依赖的决策给出列表", "the decision it requires gives a list");
		const char *after = d->column && from->path ? feel_after(from->path, d->column) : NULL;
		bool same = d->column ? after && !*after : !from->path;
		*out = (struct dmn_subject){ true, required->first_decision + i };
		if (same)
			return true;
	}
	return state == DMN_TAKEN ? refuse_column(book, required, why) : fact_of(book, from, out, why);
}

static bool subject_of(struct dmn_book *book, const struct dmn_target *target, const struct dmn_input *input,
		       struct dmn_subject *out, struct phrase *why)
{
	struct origin from = { target->node, target->text, target->path, input->type };
	struct dmn_logic *required = dmn_logic_of(book, target->node);
	if (target->several)
		return refuse(why, "模型中不止一处叫这个名称", "more than one node of the model is called so");
	if (!target->node)
		return is_simple_name(target->text) ? fact_of(book, &from, out, why)
						    : refuse(why, "输入应为一个名称，不是算式",
							     "an input is to be a name, not an expression");
	if (target->node->type)
		from.type = target->node->type;
	else if (from.path)
		from.type = NULL;
	return required ? decision_of(book, required, &from, out, why) : fact_of(book, &from, out, why);
}

/* ---- the columns ---- */

static bool is_twice(struct dmn_book *book, const struct dmn_logic *logic, size_t column)
{
	const struct dmn_input *input = &logic->node->table->inputs.items[column];
	for (size_t i = 0; i < column; i++) {
		const struct dmn_subject *a = &logic->subjects[i], *b = &logic->subjects[column];
		if (a->is_decision != b->is_decision || a->index != b->index)
			continue;
		dmn_refuse(book, input->at, dmn_where(book, logic->node, SIZE_MAX, NULL), input->expression.text,
			   (struct phrase){ "两栏是同一个输入", "two columns are of one input" });
		return true;
	}
	return false;
}

/* At the first column that reads a decision of the circle, if one does. */
static void refuse_circle(struct dmn_book *book, const struct dmn_logic *logic)
{
	const struct dmn_table *table = logic->node->table;
	struct span at = logic->node->at;
	const char *text = logic->node->element;
	for (size_t i = table->inputs.count; i-- > 0;) {
		const struct dmn_logic *required = dmn_logic_of(book, logic->targets[i].node);
		if (!required || required->circle != logic->circle)
			continue;
		at = table->inputs.items[i].expression.at;
		text = table->inputs.items[i].expression.text;
	}
	dmn_refuse(book, at, dmn_where(book, logic->node, SIZE_MAX, NULL), text,
		   (struct phrase){ "决策互相依赖成环", "decisions in a circle" });
}

/* What each column tests. A decision that is taken on the way settles facts: what was found before is found anew. */
static bool find_subjects(struct dmn_book *book, struct dmn_logic *logic)
{
	const struct dmn_table *table = logic->node->table;
	struct phrase why = { NULL, NULL };
	size_t judged, good;
	do {
		dmn_forget_drafts(book);
		judged = book->judged;
		for (good = 0; good < table->inputs.count; good++)
			if (!subject_of(book, &logic->targets[good], &table->inputs.items[good], &logic->subjects[good],
					&why))
				break;
	} while (book->judged != judged);
	if (good == table->inputs.count)
		return true;
	const struct dmn_input *input = &table->inputs.items[good];
	dmn_refuse(book, input->expression.text ? input->expression.at : input->at,
		   dmn_where(book, logic->node, SIZE_MAX, NULL), input->expression.text ? input->expression.text : "",
		   why);
	return false;
}

bool dmn_resolve_inputs(struct dmn_book *book, struct dmn_logic *logic)
{
	size_t inputs = logic->node->table->inputs.count;
	logic->subjects = arena_new_array(book->arena, struct dmn_subject, inputs + 1);
	if (logic->circle != 0) {
		refuse_circle(book, logic);
		return false;
	}
	bool good = find_subjects(book, logic);
	for (size_t i = 0; i < inputs && good; i++)
		good = !is_twice(book, logic, i) && dmn_check_column(book, logic, i);
	return good;
}
