/* Hit policies: which decisions a decision table becomes, with which rows and which order among them.
 *
 *   UNIQUE, ANY, FIRST  one decision per output column, with the same policy
 *   PRIORITY            one decision per output column; rows of one priority are one table, each table over the next:
 * in one first-hit table the order of rows would look like an accident of writing COLLECT MIN, MAX    the same, ranked
 * by the number COLLECT, RULE ORDER, OUTPUT ORDER   one decision per result: is it among the results */
#include "import/dmn.h"

#include "model/model.h"
#include "support/intern.h"
#include "support/writer.h"

#include <stdlib.h>
#include <string.h>

enum policy {
	POLICY_UNIQUE,
	POLICY_ANY,
	POLICY_FIRST,
	POLICY_PRIORITY,
	POLICY_RULE_ORDER,
	POLICY_OUTPUT_ORDER,
	POLICY_COLLECT
};

struct ranked { /* a rule by its rank: the lower prevails */
	uint32_t rule;
	int64_t rank[2]; /* its output's, then the rule's own number: the sort is stable */
};

struct plan {
	struct dmn_book *book;
	struct dmn_logic *logic;
	const struct dmn_table *table;
	size_t width; /* output columns */
	enum policy policy;
	const char *where;
};

static bool refuse(const struct plan *p, const char *feel, const char *zh, const char *en)
{
	dmn_refuse(p->book, p->table->at, p->where, feel, (struct phrase){ zh, en });
	return false;
}

static bool refuse_empty(const struct plan *p, const char *column)
{
	dmn_refuse(p->book, p->table->at, dmn_where(p->book, p->logic->node, SIZE_MAX, column), "decisionTable",
		   (struct phrase){ "没有规则，也没有默认结果，什么结果也没有",
				    "it has neither a rule nor a default, and so no result at all" });
	return false;
}

static bool read_policy(struct plan *p)
{
	static const char *const names[] = { "UNIQUE",	   "ANY",	   "FIRST",  "PRIORITY",
					     "RULE ORDER", "OUTPUT ORDER", "COLLECT" };
	const char *hit = p->table->hit && *p->table->hit ? p->table->hit : "UNIQUE";
	for (p->policy = POLICY_UNIQUE; p->policy <= POLICY_COLLECT; p->policy++)
		if (strcmp(names[p->policy], hit) == 0)
			return true;
	return refuse(p, hit, "没有这种命中策略", "no such hit policy");
}

static size_t value_index(const struct plan *p, size_t rule, size_t column)
{
	return dmn_value_put(p->book->arena, &p->logic->columns[column], &p->logic->results[rule * p->width + column]);
}

static struct dmn_decision *new_decision(struct plan *p, const char *source)
{
	struct dmn_decision d = { .name = { .source = source, .prefix = "result" }, .fallback = -1, .hit = DMN_ANY };
	d.logic = (uint32_t)(p->logic - p->book->logics.items);
	vec_push(p->book->arena, &p->book->decisions, d);
	p->logic->decision_count++;
	return &p->book->decisions.items[p->book->decisions.count - 1];
}

static struct dmn_group *new_group(struct plan *p, struct dmn_decision *d)
{
	struct dmn_group group = { .id = NULL };
	vec_push(p->book->arena, &d->groups, group);
	return &d->groups.items[d->groups.count - 1];
}

static void add_row(struct plan *p, struct dmn_group *group, uint32_t rule, size_t outcome)
{
	vec_push(p->book->arena, &group->rows, rule);
	vec_push(p->book->arena, &group->outcomes, (uint32_t)outcome);
}

/* ---- one decision per output column ---- */

static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	for (int i = 0; i < 2; i++)
		if (x->rank[i] != y->rank[i])
			return x->rank[i] < y->rank[i] ? -1 : 1;
	return 0;
}

static const char *column_name(const struct plan *p, size_t column)
{
	const struct dmn_output *output = &p->table->outputs.items[column];
	return output->name    ? output->name
	       : output->label ? output->label
			       : arena_printf(p->book->arena, "output %zu", column + 1);
}

static void plan_column(struct plan *p, size_t column, const struct ranked *ranked)
{
	const struct dmn_node *node = p->logic->node;
	const char *name = column_name(p, column);
	struct dmn_decision *d =
		new_decision(p, p->width > 1 ? arena_printf(p->book->arena, "%s: %s", node->name, name) : node->name);
	d->column = p->width > 1 ? name : NULL;
	d->hit = p->policy == POLICY_UNIQUE ? DMN_UNIQUE : p->policy == POLICY_FIRST ? DMN_FIRST : DMN_ANY;
	d->outcomes = p->logic->columns[column];
	if (p->logic->fallbacks[column].kind != FEEL_ANY_KIND)
		d->fallback = (int64_t)dmn_value_put(p->book->arena, &d->outcomes, &p->logic->fallbacks[column]);
	struct dmn_group *group = NULL;
	for (size_t i = 0; i < p->table->rules.count; i++) {
		if (!group || ranked[i].rank[0] != ranked[i - 1].rank[0])
			group = new_group(p, d);
		add_row(p, group, ranked[i].rule, value_index(p, ranked[i].rule, column));
	}
}

/* Over the columns whose outputValues give an order, the first of them first. */
static bool rank_by_values(struct plan *p, struct ranked *ranked)
{
	bool some = false;
	for (size_t c = 0; c < p->width; c++) {
		size_t listed = p->logic->listed[c];
		some = some || listed > 0;
		for (size_t i = 0; i < p->table->rules.count && listed > 0; i++) {
			size_t at = value_index(p, i, c);
			if (at >= listed)
				return refuse(p, "PRIORITY", "有结果不在 outputValues 之列，没有次序",
					      "a result is not among outputValues and has no priority");
			ranked[i].rank[0] = ranked[i].rank[0] * (LIMIT_OUTCOMES + 1) + (int64_t)at;
		}
	}
	return some || refuse(p, "PRIORITY", "没有 outputValues，结果没有次序",
			      "there are no outputValues to order the results by");
}

static bool rank_by_number(struct plan *p, struct ranked *ranked, bool least)
{
	if (p->width != 1)
		return refuse(p, p->table->aggregation, "聚合只用于一个输出", "an aggregation is of one output");
	for (size_t i = 0; i < p->table->rules.count; i++) {
		const struct feel_value *value = &p->logic->results[i];
		if (value->kind != FEEL_NUMBER || !feel_is_comparable(value) ||
		    !feel_scaled(value, LIMIT_FEEL_DECIMALS, &ranked[i].rank[0]))
			return refuse(p, p->table->aggregation,
				      "聚合的结果应为数字（小数不超过 4 位，绝对值不超过 1000 亿）",
				      "an aggregation is of numbers (at most 4 decimals, at most 100,000,000,000)");
		ranked[i].rank[0] = least ? ranked[i].rank[0] : -ranked[i].rank[0];
	}
	return true;
}

static bool plan_columns(struct plan *p, const char *aggregation)
{
	size_t rules = p->table->rules.count;
	struct ranked *ranked = arena_new_array(p->book->arena, struct ranked, rules + 1);
	bool good = true;
	for (size_t i = 0; i < rules; i++)
		ranked[i] = (struct ranked){ (uint32_t)i, { 0, (int64_t)i } };
	if (p->policy == POLICY_PRIORITY && p->width > 8)
		return refuse(p, "PRIORITY", "输出超过 8 个", "more than 8 outputs");
	if (p->policy == POLICY_PRIORITY)
		good = rank_by_values(p, ranked);
	else if (aggregation)
		good = rank_by_number(p, ranked, strcmp(aggregation, "MIN") == 0);
	if (!good)
		return false;
	if (rules > 0)
		qsort(ranked, rules, sizeof *ranked, by_rank);
	for (size_t c = 0; c < p->width; c++)
		plan_column(p, c, ranked);
	for (uint32_t i = 0; i < p->logic->decision_count; i++)
		if (p->book->decisions.items[p->logic->first_decision + i].outcomes.count == 0)
			return refuse_empty(p, p->book->decisions.items[p->logic->first_decision + i].column);
	return true;
}

/* ---- one decision per result ---- */

static bool same_result(const struct plan *p, const struct feel_value *a, const struct feel_value *b)
{
	bool same = true;
	for (size_t c = 0; c < p->width; c++)
		same = same && feel_same(&a[c], &b[c]);
	return same;
}

static const char *result_words(const struct plan *p, const struct feel_value *result)
{
	const char *words = "";
	for (size_t c = 0; c < p->width; c++)
		words = arena_printf(p->book->arena, "%s%s%s", words, c > 0 ? ", " : "",
				     feel_words(p->book->arena, &result[c]));
	return words;
}

/* In the results if a rule gives it; the default, if it is this one, unless a rule gives another. */
static void plan_result(struct plan *p, const struct feel_value *result, const struct feel_value *fallback)
{
	static const struct feel_value words[] = { { .kind = FEEL_STRING, .text = "included" },
						   { .kind = FEEL_STRING, .text = "not included" } };
	struct dmn_decision *d =
		new_decision(p, arena_printf(p->book->arena, "%s: %s", p->logic->node->name, result_words(p, result)));
	bool is_default = fallback && same_result(p, fallback, result);
	d->is_collected = true;
	d->fallback = is_default ? 0 : 1;
	for (size_t i = 0; i < 2; i++)
		dmn_value_put(p->book->arena, &d->outcomes, &words[i]);
	for (size_t pass = 0; pass < (is_default ? 2 : 1); pass++) {
		struct dmn_group *group = NULL;
		for (uint32_t i = 0; i < p->table->rules.count; i++) {
			if (same_result(p, result, &p->logic->results[i * p->width]) != (pass == 0))
				continue;
			group = group ? group : new_group(p, d);
			add_row(p, group, i, pass);
		}
	}
}

/* The same text for the same result only: kinds and lengths stand in it. */
static const char *result_key(const struct plan *p, const struct feel_value *result)
{
	struct writer w;
	writer_init(&w, p->book->arena);
	for (size_t c = 0; c < p->width; c++) {
		const char *words = feel_words(p->book->arena, &result[c]);
		write_fmt(&w, "%d %zu %s ", (int)result[c].kind, strlen(words), words);
	}
	return writer_text(&w);
}

static const struct feel_value *default_result(struct plan *p)
{
	bool some = false;
	for (size_t c = 0; c < p->width; c++) {
		bool given = p->logic->fallbacks[c].kind != FEEL_ANY_KIND;
		some = some || given;
		if (!given)
			p->logic->fallbacks[c].kind = FEEL_NULL;
	}
	return some ? p->logic->fallbacks : NULL;
}

static bool plan_results(struct plan *p)
{
	const struct feel_value *fallback = default_result(p);
	struct map *seen = map_new_in(p->book->arena);
	for (uint32_t i = 0; i < p->table->rules.count; i++) {
		if (map_put_if_absent(seen, result_key(p, &p->logic->results[i * p->width]), i) != i)
			continue;
		if (p->logic->decision_count == LIMIT_OUTCOMES)
			return refuse(p, p->table->hit, "不同的结果超过 64 个", "more than 64 different results");
		plan_result(p, &p->logic->results[i * p->width], fallback);
	}
	if (fallback && map_get(seen, result_key(p, fallback)) < 0)
		plan_result(p, fallback, fallback);
	if (p->logic->decision_count == 0)
		return refuse_empty(p, NULL);
	dmn_remark(p->book, p->table->at, p->where,
		   (struct phrase){ "每个结果成为一个判定；结果列表的次序和重复没有表示",
				    "each result becomes a decision; the order of the list of results, and repetitions "
				    "in it, are not represented" });
	return true;
}

bool dmn_plan(struct dmn_book *book, struct dmn_logic *logic)
{
	struct plan p = {
		.book = book, .logic = logic, .table = logic->node->table, .width = logic->node->table->outputs.count
	};
	const char *aggregation = p.table->aggregation;
	p.where = dmn_where(book, logic->node, SIZE_MAX, NULL);
	logic->first_decision = (uint32_t)book->decisions.count;
	if (!read_policy(&p))
		return false;
	if (p.policy != POLICY_COLLECT || (aggregation && !*aggregation))
		aggregation = NULL;
	if (aggregation && strcmp(aggregation, "MIN") != 0 && strcmp(aggregation, "MAX") != 0)
		return refuse(&p, aggregation, "求和与计数的结果不是某一行的结果",
			      "a sum or a count is the result of no single rule");
	if (p.policy < POLICY_RULE_ORDER || aggregation)
		return plan_columns(&p, aggregation);
	return plan_results(&p);
}
