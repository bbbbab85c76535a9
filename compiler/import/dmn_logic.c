/* The cells of a decision table as constants and tests. */
#include "import/dmn.h"

#include "model/model.h"

#include <string.h>

/* A constant is a table without rules, whose result is the default. */
static struct dmn_table *constant_table(struct arena *arena, const struct dmn_node *node)
{
	struct dmn_table *table = arena_new_of(arena, struct dmn_table);
	struct dmn_output output = { .fallback = node->literal, .at = node->at };
	table->at = node->at;
	vec_push(arena, &table->outputs, output);
	return table;
}

static const char *input_name(const struct dmn_input *input)
{
	return input->label && *input->label ? input->label : input->expression.text ? input->expression.text : "";
}

static const char *output_name(const struct dmn_table *table, size_t i)
{
	const struct dmn_output *output = &table->outputs.items[i];
	return output->name ? output->name : output->label ? output->label : "output";
}

/* ---- rules ---- */

static bool check_shape(struct dmn_book *book, const struct dmn_node *node)
{
	const struct dmn_table *table = node->table;
	bool good = table->outputs.count > 0;
	if (!good)
		dmn_refuse(book, table->at, dmn_where(book, node, SIZE_MAX, NULL), "decisionTable",
			   (struct phrase){ "没有输出栏", "it has no output" });
	if (table->inputs.count + table->outputs.count + dmn_note_count(table) > LIMIT_DMN_COLUMNS) {
		dmn_refuse(book, table->at, dmn_where(book, node, SIZE_MAX, NULL), "decisionTable",
			   (struct phrase){ "栏超过 500 个", "more than 500 columns" });
		return false;
	}
	for (size_t i = 0; i < table->rules.count; i++) {
		const struct dmn_rule *rule = &table->rules.items[i];
		if (rule->inputs.count == table->inputs.count && rule->outputs.count == table->outputs.count)
			continue;
		dmn_refuse(
			book, rule->at, dmn_where(book, node, i, NULL), "rule",
			(struct phrase){ "格数与表的栏数不同", "its entries are not as many as the table's columns" });
		good = false;
	}
	return good;
}

static bool parse_rule(struct dmn_book *book, struct dmn_logic *logic, size_t number)
{
	const struct dmn_table *table = logic->node->table;
	const struct dmn_rule *rule = &table->rules.items[number];
	bool good = true;
	struct phrase why = { NULL, NULL };
	for (size_t i = 0; i < table->inputs.count; i++) {
		const struct dmn_text *cell = &rule->inputs.items[i];
		if (feel_unary_tests(book->arena, cell->text, &logic->tests[number * table->inputs.count + i], &why))
			continue;
		dmn_refuse(book, cell->at, dmn_where(book, logic->node, number, input_name(&table->inputs.items[i])),
			   cell->text, why);
		good = false;
	}
	for (size_t i = 0; i < table->outputs.count; i++) {
		const struct dmn_text *cell = &rule->outputs.items[i];
		if (feel_literal(book->arena, cell->text, &logic->results[number * table->outputs.count + i], &why))
			continue;
		dmn_refuse(book, cell->at, dmn_where(book, logic->node, number, output_name(table, i)), cell->text,
			   why);
		good = false;
	}
	return good;
}

/* ---- outputs ---- */

size_t dmn_value_put(struct arena *arena, dmn_values *values, const struct feel_value *value)
{
	for (size_t i = 0; i < values->count; i++)
		if (!values->items[i].other && feel_same(&values->items[i].value, value))
			return i;
	struct dmn_value added = { .value = *value };
	added.name.source = feel_words(arena, value);
	added.name.prefix = value->kind == FEEL_NUMBER ? "n" : value->kind == FEEL_DATE ? "d" : "v";
	if (value->kind == FEEL_BOOLEAN)
		added.name.prefix = value->number ? "yes" : "no";
	vec_push(arena, values, added);
	return values->count - 1;
}

/* The values that outputValues, or the type of the result, lists. */
static struct dmn_text values_listed(struct dmn_book *book, const struct dmn_logic *logic, size_t column)
{
	const struct dmn_table *table = logic->node->table;
	const struct dmn_output *output = &table->outputs.items[column];
	if (output->allowed.text && *output->allowed.text)
		return output->allowed;
	if (output->type)
		return dmn_results_allowed(book, output->type, NULL);
	return dmn_results_allowed(book, logic->node->type,
				   table->outputs.count > 1 ? output_name(table, column) : NULL);
}

static bool refuse_many(struct dmn_book *book, struct dmn_logic *logic, size_t column, const struct dmn_text *text)
{
	if (logic->columns[column].count <= LIMIT_OUTCOMES)
		return true;
	dmn_refuse(book, text->at, dmn_where(book, logic->node, SIZE_MAX, output_name(logic->node->table, column)),
		   text->text, (struct phrase){ "不同的结果超过 64 个", "more than 64 different results" });
	return false;
}

/* A list of constants gives the results and their order; other tests only say what a result may be. */
static bool take_listed(struct dmn_book *book, struct dmn_logic *logic, size_t column)
{
	struct dmn_text listed = values_listed(book, logic, column);
	struct feel_tests *tests = &logic->allowed[column];
	struct phrase why = { NULL, NULL };
	tests->any = true;
	if (!listed.text)
		return true;
	bool good = feel_unary_tests(book->arena, listed.text, tests, &why);
	for (size_t i = 0; i < tests->items.count && good; i++) {
		const struct feel_test *test = &tests->items.items[i];
		good = test->op != FEEL_RANGE || (feel_is_comparable(&test->low) && feel_is_comparable(&test->high));
		why = (struct phrase){ "界限的数字太大或者小数太多", "a bound with too many digits" };
	}
	if (!good) {
		dmn_refuse(book, listed.at,
			   dmn_where(book, logic->node, SIZE_MAX, output_name(logic->node->table, column)), listed.text,
			   why);
		return false;
	}
	bool list = !tests->negated;
	for (size_t i = 0; i < tests->items.count; i++)
		list = list && tests->items.items[i].op == FEEL_EQUAL;
	for (size_t i = 0; list && i < tests->items.count && logic->columns[column].count <= LIMIT_OUTCOMES; i++)
		dmn_value_put(book->arena, &logic->columns[column], &tests->items.items[i].low);
	logic->listed[column] = logic->columns[column].count;
	return refuse_many(book, logic, column, &listed);
}

static bool take_result(struct dmn_book *book, struct dmn_logic *logic, size_t column, const struct feel_value *value,
			const struct dmn_text *cell, size_t rule)
{
	const char *where = dmn_where(book, logic->node, rule, output_name(logic->node->table, column));
	dmn_value_put(book->arena, &logic->columns[column], value);
	if (feel_is_comparable(value) && !feel_holds(&logic->allowed[column], value, LIMIT_FEEL_DECIMALS))
		dmn_remark(book, cell->at, where,
			   (struct phrase){ "这个结果不在 outputValues 之列",
					    "this result is not among its outputValues" });
	return refuse_many(book, logic, column, cell);
}

static bool parse_outputs(struct dmn_book *book, struct dmn_logic *logic)
{
	const struct dmn_table *table = logic->node->table;
	size_t width = table->outputs.count;
	bool good = true;
	for (size_t c = 0; c < width && good; c++) {
		good = take_listed(book, logic, c);
		for (size_t i = 0; i < table->rules.count && good; i++)
			good = take_result(book, logic, c, &logic->results[i * width + c],
					   &table->rules.items[i].outputs.items[c], i);
		const struct dmn_text *fallback = &table->outputs.items[c].fallback;
		struct phrase why = { NULL, NULL };
		if (!good || !fallback->text)
			continue;
		if (feel_literal(book->arena, fallback->text, &logic->fallbacks[c], &why)) {
			good = take_result(book, logic, c, &logic->fallbacks[c], fallback, SIZE_MAX);
			continue;
		}
		dmn_refuse(book, fallback->at, dmn_where(book, logic->node, SIZE_MAX, output_name(table, c)),
			   fallback->text, why);
		good = false;
	}
	return good;
}

/* ---- the whole ---- */

static bool check_logic(struct dmn_book *book, struct dmn_node *node)
{
	struct feel_value value;
	struct phrase why = { "只导入决策表和常数", "only decision tables and constants are imported" };
	const char *where = dmn_where(book, node, SIZE_MAX, NULL),
		   *shown = node->literal.text ? node->literal.text : node->logic;
	const char *language = node->table ? node->table->language : node->literal.language;
	if (language) {
		dmn_refuse(book, node->table ? node->table->at : node->literal.at, where, language,
			   (struct phrase){ "表达式语言不是 FEEL", "its expression language is not FEEL" });
		return false;
	}
	if (node->literal.text && !node->table && feel_literal(book->arena, node->literal.text, &value, &why))
		node->table = constant_table(book->arena, node);
	if (!node->table) {
		if (node->literal.text)
			why = (struct phrase){ "只导入决策表和常数",
					       "only decision tables and constants are imported" };
		if (!node->logic)
			why = (struct phrase){ "没有写明怎样决策", "nothing says how it is decided" };
		dmn_refuse(book, node->literal.text ? node->literal.at : node->at, where, shown ? shown : node->element,
			   why);
	}
	return node->table != NULL;
}

bool dmn_parse_logic(struct dmn_book *book, struct dmn_logic *logic)
{
	struct dmn_node *node = &book->model->nodes.items[logic->node - book->model->nodes.items];
	if (!check_logic(book, node) || !check_shape(book, node))
		return false;
	struct arena *arena = book->arena;
	size_t rules = node->table->rules.count, inputs = node->table->inputs.count,
	       outputs = node->table->outputs.count;
	logic->tests = arena_new_array(arena, struct feel_tests, rules * inputs + 1);
	logic->results = arena_new_array(arena, struct feel_value, rules * outputs + 1);
	logic->fallbacks = arena_new_array(arena, struct feel_value, outputs + 1);
	logic->columns = arena_new_array(arena, dmn_values, outputs + 1);
	logic->listed = arena_new_array(arena, size_t, outputs + 1);
	logic->allowed = arena_new_array(arena, struct feel_tests, outputs + 1);
	for (size_t i = 0; i < outputs; i++)
		logic->fallbacks[i].kind = FEEL_ANY_KIND;
	bool good = true;
	for (size_t i = 0; i < rules; i++)
		good = parse_rule(book, logic, i) && good;
	return good && parse_outputs(book, logic);
}
