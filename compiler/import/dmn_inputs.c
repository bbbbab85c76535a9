/* What each input column of a decision table tests: a fact, or a decision that the table requires. */
#include "import/dmn.h"

#include "model/model.h"
#include "support/intern.h"
#include "support/writer.h"

#include <string.h>

/* ---- types ---- */

const struct dmn_type *dmn_type_named(const struct dmn_book *book, const char *name)
{
	int64_t index = name ? map_get(book->types, name) : -1;
	return index >= 0 ? &book->model->types.items[index] : NULL;
}

const struct dmn_type *dmn_part(const struct dmn_type *type, const char *name)
{
	for (size_t i = 0; i < type->parts.count; i++)
		if (strcmp(type->parts.items[i].name, name) == 0)
			return &type->parts.items[i];
	return NULL;
}

/* The built-in types, and what vendors write for them. */
static const struct {
	const char *name;
	enum feel_kind kind;
	bool whole;
} built_in[] = {
	{ "string", FEEL_STRING, false }, { "number", FEEL_NUMBER, false }, { "boolean", FEEL_BOOLEAN, false },
	{ "date", FEEL_DATE, false },	  { "double", FEEL_NUMBER, false }, { "decimal", FEEL_NUMBER, false },
	{ "integer", FEEL_NUMBER, true }, { "long", FEEL_NUMBER, true },    { "Any", FEEL_ANY_KIND, false },
};

static bool built_in_kind(const char *name, struct dmn_kind *out)
{
	for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
		if (strcmp(built_in[i].name, name) == 0) {
			out->kind = built_in[i].kind;
			out->whole = built_in[i].whole;
			return true;
		}
	}
	return false;
}

static bool kind_of_definition(struct dmn_book *book, const struct dmn_type *type, struct dmn_kind *out,
			       struct phrase *why)
{
	for (int depth = 0; depth < LIMIT_DMN_TYPE_DEPTH; depth++) {
		if (type->collection) {
			*why = (struct phrase){ "列表类型", "its type is a collection" };
			return false;
		}
		if (!out->definition && type->allowed.text && *type->allowed.text)
			out->definition = type;
		if (type->parts.count > 0) {
			*why = (struct phrase){ "有组成部分的类型", "its type has components" };
			return false;
		}
		if (!type->base || built_in_kind(type->base, out))
			return true;
		type = dmn_type_named(book, type->base);
		if (!type)
			break;
	}
	*why = (struct phrase){ "不支持的类型（时间、时刻、时长等）",
				"its type is not supported (time, date and time, durations and the like)" };
	return false;
}

bool dmn_kind_of(struct dmn_book *book, const char *type, struct dmn_kind *out, struct phrase *why)
{
	*out = (struct dmn_kind){ .kind = FEEL_ANY_KIND };
	if (!type || !*type)
		return true;
	const struct dmn_type *definition = dmn_type_named(book, type);
	if (definition)
		return kind_of_definition(book, definition, out, why);
	struct dmn_type plain = { .name = type, .base = type };
	return kind_of_definition(book, &plain, out, why);
}

/* ---- facts ---- */

static bool refuse(struct phrase *why, const char *zh, const char *en)
{
	*why = (struct phrase){ zh, en };
	return false;
}

static bool refuse_size(struct phrase *why)
{
	return refuse(why, "比较的数字小数不得超过 4 位，绝对值不得超过 1000 亿",
		      "a number to compare with has at most 4 decimals and is at most 100,000,000,000");
}

static bool check_fact_value(struct dmn_fact *fact, const struct feel_value *value, struct phrase *why)
{
	if (value->kind == FEEL_NULL)
		return true;
	if (fact->kind == FEEL_ANY_KIND)
		fact->kind = value->kind;
	if (fact->kind != value->kind)
		return refuse(why, "与输入的种类不同", "it is not of the input's kind");
	if (!feel_is_comparable(value))
		return refuse_size(why);
	if (fact->whole && value->scale > 0)
		return refuse(why, "整数与小数相比", "an integer is compared with a decimal");
	return true;
}

/* What the model allows: strings as a list, numbers and dates as tests. `-` allows everything. */
static bool take_allowed(struct dmn_book *book, struct dmn_fact *fact, const struct dmn_text *text, struct phrase *why)
{
	struct feel_tests tests;
	if (!feel_unary_tests(book->arena, text->text, &tests, why))
		return false;
	for (size_t i = 0; i < tests.items.count; i++) {
		const struct feel_test *test = &tests.items.items[i];
		bool has_low = test->op != FEEL_RANGE || test->has_low;
		if ((has_low && !check_fact_value(fact, &test->low, why)) ||
		    (test->has_high && !check_fact_value(fact, &test->high, why)))
			return false;
		if (fact->kind == FEEL_STRING && (test->op != FEEL_EQUAL || tests.negated))
			return refuse(why, "字符串的取值应为列表", "the values of a string are to be a list");
	}
	if (tests.any)
		fact->open = true;
	else
		vec_push(book->arena, &fact->allowed, tests);
	return true;
}

static uint32_t new_fact(struct dmn_book *book, const char *name, const struct dmn_node *node,
			 const struct dmn_kind *kind)
{
	struct dmn_fact fact = {
		.name = { .source = name, .prefix = "input" }, .node = node, .kind = kind->kind, .whole = kind->whole
	};
	fact.index = map_new_in(book->arena);
	map_put(book->fact_index, name, (int64_t)book->facts.count);
	vec_push(book->arena, &book->facts, fact);
	return (uint32_t)book->facts.count - 1;
}

/* The fact of a name; made when it is first met. */
static bool fact_of(struct dmn_book *book, const char *name, const struct dmn_node *node, const char *type,
		    struct dmn_subject *out, struct phrase *why)
{
	struct dmn_kind kind;
	int64_t there = map_get(book->fact_index, name);
	*out = (struct dmn_subject){ false, (uint32_t)there };
	if (there >= 0)
		return true;
	if (!dmn_kind_of(book, type, &kind, why))
		return false;
	if (book->facts.count == LIMIT_FACTS) {
		*why = (struct phrase){ "输入超过 1024 个", "more than 1024 inputs" };
		return false;
	}
	out->index = new_fact(book, name, node, &kind);
	struct dmn_fact *fact = &book->facts.items[out->index];
	fact->typed = kind.definition != NULL;
	return !fact->typed || take_allowed(book, fact, &kind.definition->allowed, why);
}

/* ---- expressions that name something ---- */

static const char *single_spaced(struct arena *arena, const char *text)
{
	struct writer w;
	writer_init(&w, arena);
	for (; *text; text++) {
		bool blank = *text == ' ' || *text == '\n' || *text == '\t' || *text == '\r';
		if (!blank)
			write_char(&w, *text);
		else if (w.size > 0 && w.bytes[w.size - 1] != ' ')
			write_char(&w, ' ');
	}
	return writer_text(&w);
}

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

static const struct dmn_node *node_named(const struct dmn_book *book, const char *name)
{
	int64_t index = map_get(book->nodes, name);
	return index >= 0 ? &book->model->nodes.items[index] : NULL;
}

static struct dmn_logic *logic_of(struct dmn_book *book, const struct dmn_node *node)
{
	for (size_t i = 0; node && i < book->logics.count; i++)
		if (book->logics.items[i].node == node)
			return &book->logics.items[i];
	return NULL;
}

/* A decision's result, or one column of it. A decision that is not imported leaves its result open: a fact. */
static bool decision_of(struct dmn_book *book, struct dmn_logic *required, const char *column, struct dmn_subject *out,
			struct phrase *why)
{
	enum dmn_state state = dmn_take(book, required);
	required->circular = required->circular || state == DMN_BUSY;
	if (state == DMN_BUSY)
		return refuse(why, "决策互相依赖成环", "decisions in a circle");
	for (uint32_t i = 0; state == DMN_TAKEN && i < required->decision_count; i++) {
		const struct dmn_decision *d = &book->decisions.items[required->first_decision + i];
		if (d->is_collected)
			return refuse(why, "所依赖的决策给出列表", "the decision it requires gives a list");
		bool same = column ? d->column && strcmp(d->column, column) == 0 : required->decision_count == 1;
		*out = (struct dmn_subject){ true, required->first_decision + i };
		if (same)
			return true;
	}
	if (state == DMN_TAKEN)
		return refuse(why, "所依赖的决策有几个输出，应指明一个",
			      "the decision it requires has several outputs: one is to be named");
	const struct dmn_node *node = required->node;
	const struct dmn_type *type = dmn_type_named(book, node->type);
	if (!column)
		return fact_of(book, node->name, node, node->type, out, why);
	type = type ? dmn_part(type, column) : NULL;
	return fact_of(book, arena_printf(book->arena, "%s.%s", node->name, column), node, type ? type->base : NULL,
		       out, why);
}

/* `Loan.amount`: a part of an input, or a column of a decision. */
static bool path_of(struct dmn_book *book, const char *text, struct dmn_subject *out, struct phrase *why, bool *known)
{
	const char *dot = strchr(text, '.');
	const struct dmn_node *node =
		dot ? node_named(book, arena_strndup(book->arena, text, (size_t)(dot - text))) : NULL;
	struct dmn_logic *required = logic_of(book, node);
	*known = node != NULL && node->kind != DMN_OTHER;
	if (!*known)
		return false;
	if (required)
		return decision_of(book, required, dot + 1, out, why);
	const struct dmn_type *type = dmn_type_named(book, node->type);
	while (type && dot) {
		const char *from = dot + 1;
		dot = strchr(from, '.');
		type = dmn_part(type, arena_strndup(book->arena, from, dot ? (size_t)(dot - from) : strlen(from)));
	}
	if (!type || type->parts.count > 0 || type->collection)
		return refuse(why, "没有这样的组成部分，或者它不是单个的值",
			      "there is no such component, or it is no single value");
	if (!fact_of(book, text, node, type->base, out, why))
		return false;
	struct dmn_fact *fact = &book->facts.items[out->index];
	if (!type->allowed.text || fact->typed)
		return true;
	fact->typed = true;
	return take_allowed(book, fact, &type->allowed, why);
}

static bool subject_of(struct dmn_book *book, const struct dmn_input *input, struct dmn_subject *out,
		       struct phrase *why)
{
	const char *text = single_spaced(book->arena, input->expression.text ? input->expression.text : "");
	const struct dmn_node *node = node_named(book, text);
	struct dmn_logic *required = logic_of(book, node);
	bool known;
	if (required)
		return decision_of(book, required, NULL, out, why);
	if (node && node->kind == DMN_INPUT_DATA)
		return fact_of(book, node->name, node, node->type ? node->type : input->type, out, why);
	if (path_of(book, text, out, why, &known) || known)
		return known && why->en == NULL;
	if (is_simple_name(text))
		return fact_of(book, text, NULL, input->type, out, why);
	return refuse(why, "输入应为一个名称，不是算式", "an input is to be a name, not an expression");
}

/* ---- kinds ---- */

static enum feel_kind outcome_kind(const struct dmn_decision *d)
{
	for (size_t i = 0; i < d->outcomes.count; i++)
		if (d->outcomes.items[i].value.kind != FEEL_NULL)
			return d->outcomes.items[i].value.kind;
	return FEEL_NULL;
}

static bool has_null(const struct dmn_decision *d)
{
	for (size_t i = 0; i < d->outcomes.count; i++)
		if (d->outcomes.items[i].value.kind == FEEL_NULL)
			return true;
	return false;
}

static bool check_value(struct dmn_book *book, const struct dmn_subject *subject, const struct feel_value *value,
			struct phrase *why)
{
	if (!subject->is_decision)
		return check_fact_value(&book->facts.items[subject->index], value, why);
	const struct dmn_decision *d = &book->decisions.items[subject->index];
	for (size_t i = 0; i < d->outcomes.count; i++)
		if (!feel_is_comparable(value) || !feel_is_comparable(&d->outcomes.items[i].value))
			return refuse_size(why);
	if (value->kind == FEEL_NULL)
		return has_null(d) || refuse(why, "null 在这里问的是所依赖的决策有没有结果",
					     "null asks here whether the required decision has a result");
	return value->kind == outcome_kind(d) ||
	       refuse(why, "与所依赖的决策的结果种类不同", "it is not of the kind of the required decision's results");
}

static bool check_tests(struct dmn_book *book, const struct dmn_subject *subject, const struct feel_tests *tests,
			struct phrase *why)
{
	bool good = true;
	for (size_t i = 0; i < tests->items.count && good; i++) {
		const struct feel_test *test = &tests->items.items[i];
		if (test->op != FEEL_RANGE || test->has_low)
			good = check_value(book, subject, &test->low, why);
		if (good && test->has_high)
			good = check_value(book, subject, &test->high, why);
	}
	return good;
}

/* ---- what the columns say of their facts ---- */

static bool put_string(struct dmn_book *book, struct dmn_fact *fact, const struct feel_value *value, bool listed)
{
	int64_t at = map_get(fact->index, value->text);
	if (at < 0 && fact->values.count == LIMIT_MEMBERS)
		return false;
	if (at < 0) {
		struct dmn_value added = { .value = *value, .name = { .source = value->text, .prefix = "v" } };
		at = (int64_t)fact->values.count;
		map_put(fact->index, value->text, at);
		vec_push(book->arena, &fact->values, added);
	}
	fact->values.items[at].listed = fact->values.items[at].listed || listed;
	return true;
}

static bool take_strings(struct dmn_book *book, struct dmn_fact *fact, const struct feel_tests *tests, bool listed)
{
	bool good = true;
	for (size_t i = 0; i < tests->items.count; i++) {
		const struct feel_value *value = &tests->items.items[i].low;
		fact->tests_null =
			fact->tests_null || (value->kind == FEEL_NULL && tests->items.items[i].op != FEEL_RANGE);
		if (value->kind == FEEL_STRING && tests->items.items[i].op != FEEL_RANGE)
			good = put_string(book, fact, value, listed) && good;
	}
	return good;
}

static bool take_column(struct dmn_book *book, struct dmn_logic *logic, size_t column)
{
	const struct dmn_table *table = logic->node->table;
	const struct dmn_input *input = &table->inputs.items[column];
	struct dmn_fact *fact = &book->facts.items[logic->subjects[column].index];
	struct phrase why = { "不同的字符串超过 4096 个", "more than 4096 different strings" };
	bool given = input->allowed.text && *input->allowed.text, good = true;
	fact->at = given ? input->allowed.at : fact->at;
	if (given && !fact->typed)
		good = take_allowed(book, fact, &input->allowed, &why);
	fact->open = fact->open || (!given && !fact->typed);
	for (size_t i = 0; i < fact->allowed.count && good; i++)
		good = take_strings(book, fact, &fact->allowed.items[i], true);
	for (size_t i = 0; i < table->rules.count && good; i++) {
		const struct feel_tests *tests = &logic->tests[i * table->inputs.count + column];
		size_t before = fact->values.count;
		good = take_strings(book, fact, tests, false);
		if (fact->values.count > before && !fact->open && fact->kind == FEEL_STRING)
			dmn_remark(book, table->rules.items[i].inputs.items[column].at,
				   dmn_where(book, logic->node, i, fact->name.source),
				   (struct phrase){ "这个字符串不在列出的取值之中",
						    "this string is not among the values that are listed" });
		vec_push(book->arena, &fact->tests, tests);
	}
	if (!good)
		dmn_refuse(book, given ? input->allowed.at : input->at,
			   dmn_where(book, logic->node, SIZE_MAX, fact->name.source), given ? input->allowed.text : "",
			   why);
	return good;
}

static bool check_column(struct dmn_book *book, struct dmn_logic *logic, size_t column)
{
	const struct dmn_table *table = logic->node->table;
	const struct dmn_input *input = &table->inputs.items[column];
	struct phrase why = { NULL, NULL };
	const char *text = input->expression.text ? input->expression.text : "";
	bool good = subject_of(book, input, &logic->subjects[column], &why) &&
		    (!logic->circular || refuse(&why, "决策互相依赖成环", "decisions in a circle"));
	if (!good)
		dmn_refuse(book, input->expression.text ? input->expression.at : input->at,
			   dmn_where(book, logic->node, SIZE_MAX, NULL), text, why);
	for (size_t i = 0; i < table->rules.count && good; i++) {
		if (check_tests(book, &logic->subjects[column], &logic->tests[i * table->inputs.count + column], &why))
			continue;
		const struct dmn_text *cell = &table->rules.items[i].inputs.items[column];
		dmn_refuse(book, cell->at, dmn_where(book, logic->node, i, text), cell->text, why);
		good = false;
	}
	return good;
}

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

bool dmn_resolve_inputs(struct dmn_book *book, struct dmn_logic *logic)
{
	size_t inputs = logic->node->table->inputs.count;
	bool good = true;
	logic->subjects = arena_new_array(book->arena, struct dmn_subject, inputs + 1);
	for (size_t i = 0; i < inputs && good; i++)
		good = check_column(book, logic, i) && !is_twice(book, logic, i);
	for (size_t i = 0; i < inputs && good; i++)
		if (!logic->subjects[i].is_decision)
			good = take_column(book, logic, i);
	return good;
}
