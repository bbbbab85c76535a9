/* What the columns of a table say of their facts: kinds, values, strings.
 *
 * note [drafts]
 * Facts are made of what imported decisions say, and of nothing else. What a decision says of its inputs is therefore
 * read twice: first of copies, and of facts that are new and stand behind the settled ones; then, when nothing of the
 * decision is refused any more, of the facts themselves, which thereby are settled. A decision that is refused leaves
 * no trace, and a decision is refused only for its own sake or for what those taken before it say. */
#include "import/dmn.h"

#include "model/model.h"
#include "support/intern.h"

#include <string.h>

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

/* ---- kinds ---- */

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

bool dmn_check_allowed(struct dmn_fact *fact, const struct feel_tests *tests, struct phrase *why)
{
	for (size_t i = 0; i < tests->items.count; i++) {
		const struct feel_test *test = &tests->items.items[i];
		bool has_low = test->op != FEEL_RANGE || test->has_low;
		if ((has_low && !check_fact_value(fact, &test->low, why)) ||
		    (test->has_high && !check_fact_value(fact, &test->high, why)))
			return false;
		if (fact->kind == FEEL_STRING && (test->op != FEEL_EQUAL || tests->negated))
			return refuse(why, "字符串的取值应为列表", "the values of a string are to be a list");
	}
	return true;
}

/* `-` allows everything. */
static bool take_allowed(struct dmn_book *book, struct dmn_fact *fact, const struct dmn_text *text, struct phrase *why)
{
	struct feel_tests tests;
	if (!feel_unary_tests(book->arena, text->text, &tests, why) || !dmn_check_allowed(fact, &tests, why))
		return false;
	if (tests.any)
		fact->open = true;
	else
		vec_push(book->arena, &fact->allowed, tests);
	return true;
}

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

/* fact: of a subject that is one. */
static bool check_value(struct dmn_book *book, const struct dmn_subject *subject, struct dmn_fact *fact,
			const struct feel_value *value, struct phrase *why)
{
	if (!subject->is_decision)
		return check_fact_value(fact, value, why);
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

static bool check_tests(struct dmn_book *book, const struct dmn_subject *subject, struct dmn_fact *fact,
			const struct feel_tests *tests, struct phrase *why)
{
	bool good = true;
	for (size_t i = 0; i < tests->items.count && good; i++) {
		const struct feel_test *test = &tests->items.items[i];
		if (test->op != FEEL_RANGE || test->has_low)
			good = check_value(book, subject, fact, &test->low, why);
		if (good && test->has_high)
			good = check_value(book, subject, fact, &test->high, why);
	}
	return good;
}

/* ---- what the columns say of their facts ---- */

static const struct feel_tests *tests_of(const struct dmn_logic *logic, size_t rule, size_t column)
{
	return &logic->tests[rule * logic->node->table->inputs.count + column];
}

static bool asks_null(const struct feel_tests *tests)
{
	for (size_t i = 0; i < tests->items.count; i++)
		if (tests->items.items[i].low.kind == FEEL_NULL && tests->items.items[i].op != FEEL_RANGE)
			return true;
	return false;
}

/* The kind of the cells; fact: the column's or a copy, of a column that tests a decision an empty one. */
static bool take_cells(struct dmn_book *book, const struct dmn_logic *logic, size_t column, struct dmn_fact *fact)
{
	const struct dmn_table *table = logic->node->table;
	struct phrase why = { NULL, NULL };
	for (size_t i = 0; i < table->rules.count; i++) {
		const struct feel_tests *tests = tests_of(logic, i, column);
		const struct dmn_text *cell = &table->rules.items[i].inputs.items[column];
		if (!check_tests(book, &logic->subjects[column], fact, tests, &why)) {
			dmn_refuse(book, cell->at,
				   dmn_where(book, logic->node, i, table->inputs.items[column].expression.text),
				   cell->text, why);
			return false;
		}
		fact->tests_null = fact->tests_null || asks_null(tests);
	}
	return true;
}

/* What may stand in them. */
static bool take_values(struct dmn_book *book, const struct dmn_logic *logic, size_t column, struct dmn_fact *fact)
{
	const struct dmn_input *input = &logic->node->table->inputs.items[column];
	struct phrase why = { NULL, NULL };
	bool given = input->allowed.text && *input->allowed.text;
	fact->at = given ? input->allowed.at : fact->at;
	fact->open = fact->open || (!given && !fact->typed);
	if (given && !fact->typed && !take_allowed(book, fact, &input->allowed, &why)) {
		dmn_refuse(book, input->allowed.at, dmn_where(book, logic->node, SIZE_MAX, fact->name.source),
			   input->allowed.text, why);
		return false;
	}
	for (size_t i = 0; i < fact->allowed.count; i++)
		fact->tests_null = fact->tests_null || asks_null(&fact->allowed.items[i]);
	return true;
}

static void put_string(struct dmn_book *book, struct dmn_fact *fact, const char *text, bool listed)
{
	int64_t at = map_get(fact->index, text);
	if (at < 0) {
		struct dmn_value added = { .value = { .kind = FEEL_STRING, .text = text },
					   .name = { .source = text, .prefix = "v" } };
		at = (int64_t)fact->values.count;
		map_put(fact->index, text, at);
		vec_push(book->arena, &fact->values, added);
	}
	fact->values.items[at].listed = fact->values.items[at].listed || listed;
}

static void put_strings(struct dmn_book *book, struct dmn_fact *fact, const struct feel_tests *tests, bool listed)
{
	for (size_t i = 0; i < tests->items.count; i++) {
		const struct feel_test *test = &tests->items.items[i];
		if (test->low.kind == FEEL_STRING && test->op != FEEL_RANGE)
			put_string(book, fact, test->low.text, listed);
	}
}

static void count_strings(const struct dmn_fact *fact, const struct feel_tests *tests, struct map *added)
{
	for (size_t i = 0; i < tests->items.count; i++) {
		const struct feel_test *test = &tests->items.items[i];
		if (test->low.kind == FEEL_STRING && test->op != FEEL_RANGE && map_get(fact->index, test->low.text) < 0)
			map_put(added, test->low.text, 0);
	}
}

/* With the column the fact has no more members than an enumeration may have. */
static bool has_room(struct dmn_book *book, const struct dmn_logic *logic, size_t column, const struct dmn_fact *fact)
{
	const struct dmn_table *table = logic->node->table;
	const struct dmn_input *input = &table->inputs.items[column];
	bool given = input->allowed.text && *input->allowed.text;
	struct map *added = map_new_in(book->arena);
	if (fact->kind != FEEL_STRING)
		return true;
	for (size_t i = 0; i < fact->allowed.count; i++)
		count_strings(fact, &fact->allowed.items[i], added);
	for (size_t i = 0; i < table->rules.count; i++)
		count_strings(fact, tests_of(logic, i, column), added);
	if (fact->values.count + map_count(added) + fact->open + fact->tests_null <= LIMIT_MEMBERS)
		return true;
	dmn_refuse(book, given ? input->allowed.at : input->at,
		   dmn_where(book, logic->node, SIZE_MAX, fact->name.source), given ? input->allowed.text : "",
		   (struct phrase){ "不同的字符串超过 4096 个（其他任何字符串、null 各算一个）",
				    "more than 4096 different strings (any other string counts as one, and null)" });
	return false;
}

bool dmn_check_column(struct dmn_book *book, const struct dmn_logic *logic, size_t column)
{
	const struct dmn_subject *subject = &logic->subjects[column];
	struct dmn_fact copy = { .key = NULL };
	if (!subject->is_decision)
		copy = book->facts.items[subject->index];
	return take_cells(book, logic, column, &copy) &&
	       (subject->is_decision ||
		(take_values(book, logic, column, &copy) && has_room(book, logic, column, &copy)));
}

void dmn_settle_inputs(struct dmn_book *book, const struct dmn_logic *logic)
{
	const struct dmn_table *table = logic->node->table;
	for (size_t c = 0; c < table->inputs.count; c++) {
		if (logic->subjects[c].is_decision)
			continue;
		struct dmn_fact *fact = &book->facts.items[logic->subjects[c].index];
		(void)(take_cells(book, logic, c, fact) && take_values(book, logic, c, fact)); /* as the copy did */
		for (size_t i = 0; i < fact->allowed.count; i++)
			put_strings(book, fact, &fact->allowed.items[i], true);
		for (size_t i = 0; i < table->rules.count; i++) {
			put_strings(book, fact, tests_of(logic, i, c), false);
			vec_push(book->arena, &fact->tests, tests_of(logic, i, c));
		}
	}
	book->settled = book->facts.count;
}

/* ---- what is said of listed values, after dmn_domains() ---- */

static const char *unlisted(struct arena *arena, const struct dmn_fact *fact, const struct feel_tests *tests)
{
	size_t count = 0;
	const char **names = arena_new_array(arena, const char *, tests->items.count + 1);
	for (size_t i = 0; i < tests->items.count; i++) {
		const struct feel_value *value = &tests->items.items[i].low;
		if (value->kind == FEEL_STRING && map_get(fact->index, value->text) < 0)
			names[count++] = value->text;
	}
	return count > 0 ? dmn_name_list(arena, names, count) : NULL;
}

static void report_unlisted(struct dmn_book *book, const struct dmn_logic *logic, size_t column)
{
	const struct dmn_table *table = logic->node->table;
	const struct dmn_fact *fact = &book->facts.items[logic->subjects[column].index];
	for (size_t i = 0; i < table->rules.count; i++) {
		const char *names = unlisted(book->arena, fact, tests_of(logic, i, column));
		if (names)
			dmn_remark(book, table->rules.items[i].inputs.items[column].at,
				   dmn_where(book, logic->node, i, fact->name.source),
				   (struct phrase){ arena_printf(book->arena, "不在列出的取值之中：%s", names),
						    arena_printf(book->arena,
								 "not among the values that are listed: %s", names) });
	}
}

void dmn_report_unlisted(struct dmn_book *book, const struct dmn_logic *logic)
{
	for (size_t c = 0; c < logic->node->table->inputs.count; c++) {
		const struct dmn_fact *fact =
			logic->subjects[c].is_decision ? NULL : &book->facts.items[logic->subjects[c].index];
		if (fact && fact->kind == FEEL_STRING && !fact->open)
			report_unlisted(book, logic, c);
	}
}
