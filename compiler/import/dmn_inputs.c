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

static bool take_type(struct dmn_book *book, struct dmn_fact *fact, struct dmn_allowed *allowed, struct phrase *why)
{
	const struct feel_tests *tests = dmn_allowed_tests(book, allowed, why);
	if (!tests || !dmn_check_allowed(fact, tests, why))
		return false;
	if (fact->kind == FEEL_STRING && fact->allowed.count > 0 && !tests->any)
		return dmn_narrow(book, &fact->allowed.items[0], allowed, why);
	if (!tests->any)
		vec_push(book->arena, &fact->allowed, *tests);
	return true;
}

/* All that the types allow holds together: of strings one list is left, of others each is kept. What follows the first
 * of the types is the same wherever it is the first, so that its list is worked out once. */
static bool take_types(struct dmn_book *book, struct dmn_fact *fact, struct phrase *why)
{
	const struct dmn_kind *kind = &fact->type;
	if (kind->allowed.count == 0)
		return true;
	struct dmn_allowed *first = kind->allowed.items[0];
	if (first->left)
		vec_push(book->arena, &fact->allowed, *first->left);
	for (size_t i = 0; i < kind->allowed.count && !first->left; i++)
		if (!take_type(book, fact, kind->allowed.items[i], why))
			return false;
	fact->at = first->text.at;
	fact->typed = fact->allowed.count > 0;
	if (fact->typed && kind->kind == FEEL_STRING)
		first->left = &fact->allowed.items[0];
	return true;
}

static bool says_nothing(const struct dmn_kind *kind)
{
	return kind->kind == FEEL_ANY_KIND && kind->allowed.count == 0;
}

/* What the node says of it; or else the column; or else the first column of the model that gives it a type. */
static bool type_of(struct dmn_book *book, const struct dmn_target *target, struct dmn_kind *out, struct phrase *why)
{
	int64_t column = map_get(book->column_types, target->key);
	if (target->node && !dmn_kind_of(book, target->node->type, target->path, out, why))
		return false;
	if (target->node && !says_nothing(out))
		return true;
	if (!dmn_kind_of(book, target->type, NULL, out, why))
		return false;
	return !says_nothing(out) ||
	       dmn_kind_of(book, column >= 0 ? book->type_names.items[column] : NULL, NULL, out, why);
}

static const char *fact_name(struct dmn_book *book, const struct dmn_target *target)
{
	if (!target->node)
		return target->text;
	return target->path ? arena_printf(book->arena, "%s.%s", target->node->name, target->path) : target->node->name;
}

/* Made when it is first met, if its type can be represented. */
static bool fact_of(struct dmn_book *book, const struct dmn_target *target, struct dmn_subject *out, struct phrase *why)
{
	int64_t there = map_get(book->fact_index, target->key);
	*out = (struct dmn_subject){ false, (uint32_t)(there >= 0 ? there : (int64_t)book->facts.count) };
	if (there >= 0)
		return true;
	struct dmn_fact fact = { .key = target->key,
				 .name = { .source = fact_name(book, target), .prefix = "input" },
				 .node = target->node };
	if (!type_of(book, target, &fact.type, why))
		return false;
	if (book->facts.count == LIMIT_FACTS)
		return refuse(why, "输入超过 1024 个", "more than 1024 inputs");
	fact.kind = fact.type.kind;
	fact.whole = fact.type.whole;
	fact.index = map_new_in(book->arena);
	if (!take_types(book, &fact, why))
		return false;
	map_put(book->fact_index, target->key, (int64_t)book->facts.count);
	vec_push(book->arena, &book->facts, fact);
	return true;
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
static bool decision_of(struct dmn_book *book, struct dmn_logic *required, const struct dmn_target *target,
			struct dmn_subject *out, struct phrase *why)
{
	enum dmn_state state = dmn_take(book, required);
	for (uint32_t i = 0; state == DMN_TAKEN && i < required->decision_count; i++) {
		const struct dmn_decision *d = &book->decisions.items[required->first_decision + i];
		if (d->is_collected)
			return refuse(why, "所依赖的决策给出列表", "the decision it requires gives a list");
		const char *after = d->column && target->path ? feel_after(target->path, d->column) : NULL;
		bool same = d->column ? after && !*after : !target->path;
		*out = (struct dmn_subject){ true, required->first_decision + i };
		if (same)
			return true;
	}
	return state == DMN_TAKEN ? refuse_column(book, required, why) : fact_of(book, target, out, why);
}

static bool subject_of(struct dmn_book *book, const struct dmn_target *target, struct dmn_subject *out,
		       struct phrase *why)
{
	struct dmn_logic *required = dmn_logic_of(book, target->node);
	if (target->several)
		return refuse(why, "模型中不止一处叫这个名称", "more than one node of the model is called so");
	if (!target->node && !is_simple_name(target->text))
		return refuse(why, "输入应为一个名称，不是算式", "an input is to be a name, not an expression");
	return required ? decision_of(book, required, target, out, why) : fact_of(book, target, out, why);
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
			if (!subject_of(book, &logic->targets[good], &logic->subjects[good], &why))
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

/* ---- what the columns say that is not taken over ---- */

static bool has_allowed(const struct dmn_kind *kind, const struct dmn_allowed *allowed)
{
	for (size_t i = 0; i < kind->allowed.count; i++)
		if (kind->allowed.items[i] == allowed)
			return true;
	return false;
}

static bool says_more(struct dmn_book *book, const char *type, const struct dmn_fact *fact)
{
	struct dmn_kind kind;
	struct phrase why = { NULL, NULL };
	if (!dmn_kind_of(book, type, NULL, &kind, &why))
		return true;
	bool more = kind.kind != FEEL_ANY_KIND && (kind.kind != fact->kind || (kind.whole && !fact->whole));
	for (size_t i = 0; i < kind.allowed.count; i++)
		more = more || !has_allowed(&fact->type, kind.allowed.items[i]);
	return more;
}

static bool rules_out(struct dmn_book *book, const struct dmn_fact *fact, const struct dmn_text *values)
{
	struct feel_tests tests;
	struct phrase why = { NULL, NULL };
	if (!fact->typed || !values->text || !*values->text)
		return false;
	return !feel_unary_tests(book->arena, values->text, &tests, &why) || dmn_rules_out(book->arena, fact, &tests);
}

void dmn_report_columns(struct dmn_book *book, const struct dmn_logic *logic)
{
	const struct dmn_table *table = logic->node->table;
	for (size_t i = 0; i < table->inputs.count; i++) {
		const struct dmn_input *input = &table->inputs.items[i];
		const struct dmn_fact *fact =
			logic->subjects[i].is_decision ? NULL : &book->facts.items[logic->subjects[i].index];
		const char *where = dmn_where(book, logic->node, SIZE_MAX, logic->targets[i].text);
		if (fact && says_more(book, input->type, fact))
			dmn_remark(
				book, input->expression.at, where,
				(struct phrase){ "这一栏的 typeRef 与输入的类型不同，没有采用",
						 "the typeRef of this column is not the input's type, and is not taken "
						 "over" });
		if (fact && rules_out(book, fact, &input->allowed))
			dmn_remark(
				book, input->allowed.at, where,
				(struct phrase){ "inputValues 排除了类型允许的值，没有采用",
						 "inputValues rule out what its type allows, and are not taken over" });
	}
}
