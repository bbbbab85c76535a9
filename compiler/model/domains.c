/* The list of kinds of facts, and what several of them share. */
#include "model/resolve.h"

static const struct domain *const domains[] = {
	&domain_boolean, &domain_enumeration, &domain_set, &domain_integer, &domain_date,
};

const struct domain *domain_of(enum fact_kind kind)
{
	for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
		if (domains[i]->kind == kind)
			return domains[i];
	return NULL;
}

static const struct phrase test_words[] = {
	[AST_TEST_NAME] = { "单独的名称", "a bare name" },
	[AST_TEST_IS] = { "为", "is" },
	[AST_TEST_IS_NOT] = { "不为", "is_not" },
	[AST_TEST_IN] = { "属于", "in" },
	[AST_TEST_NOT_IN] = { "不属于", "not_in" },
	[AST_TEST_BOUNDS] = { "以上、以下、超过、不满", "bounds" },
	[AST_TEST_CONTAINS] = { "含", "contains" },
	[AST_TEST_LACKS] = { "不含", "lacks" },
	[AST_TEST_CONTAINS_ANY] = { "含任一", "contains_any" },
	[AST_TEST_CONTAINS_ALL] = { "含全部", "contains_all" },
	[AST_TEST_EMPTY] = { "为空", "is_empty" },
	[AST_TEST_NOT_EMPTY] = { "非空", "is_not_empty" },
};

static void help_with(struct resolver *r, struct finding *f, enum message help, const struct fact *fact,
		      struct phrase words)
{
	diag_help(r->diag, f, help, fact->name.id, NULL);
	f->help_args[1] = words;
}

/* "`sector` is an enumeration and takes no bounds" */
void cond_type_error(struct resolver *r, const struct ast_cond *ast, const struct fact *fact)
{
	const struct domain *domain = domain_of(fact->kind);
	struct finding *f = report(r, FINDING_TYPE, ast->span, MESSAGE_TEST_OF_KIND, fact->name.id, NULL);
	diag_arg2(r->diag, f, 1, domain->name.zh, domain->name.en);
	diag_arg2(r->diag, f, 2, test_words[ast->test].zh, test_words[ast->test].en);
	help_with(r, f, MESSAGE_HELP_OF_TEST_OF_KIND, fact, domain->tests);
	diag_place(r->diag, f, fact->span, "声明在这里", "declared here");
}

void value_type_error(struct resolver *r, struct span span, const struct fact *fact)
{
	const struct domain *domain = domain_of(fact->kind);
	struct finding *f = report(r, FINDING_TYPE, span, MESSAGE_VALUE_OF_KIND, fact->name.id, NULL);
	help_with(r, f, MESSAGE_HELP_OF_VALUE_OF_KIND, fact, domain->values);
	diag_arg2(r->diag, f, 1, domain->name.zh, domain->name.en);
	diag_place(r->diag, f, fact->span, "声明在这里", "declared here");
}

struct values {
	VEC(int64_t) list;
};

static bool add_value(struct resolver *r, const struct fact *fact, const struct ast_value *value, value_reader *read,
		      struct values *values)
{
	int64_t first = 0;
	uint32_t count = 1;
	if (!read(r, fact, value, &first, &count))
		return false;
	for (uint32_t k = 0; k < count; k++)
		vec_push(r->arena, &values->list, first + k);
	return true;
}

/* In a cell `{ a、 b }` is a list of values; gives whether it was one. */
bool values_listed(struct resolver *r, const struct ast_cond *ast, ast_values *out)
{
	*out = ast->values;
	if (ast->subject.text || ast->values.count != 1 || ast->values.items[0].kind != AST_VALUE_SET)
		return false;
	const ast_words *words = &ast->values.items[0].set;
	*out = (ast_values){ 0 };
	for (size_t i = 0; i < words->count; i++) {
		struct ast_value value = { .kind = AST_VALUE_WORD,
					   .word = words->items[i],
					   .span = words->items[i].span };
		vec_push(r->arena, out, value);
	}
	return true;
}

/* 为, 不为, 属于, 不属于 over values of one dimension; `read` gives the values of one word, false after reporting. */
struct cond *test_of_values(struct resolver *r, const struct fact *fact, const struct ast_cond *ast, value_reader *read)
{
	struct values values = { 0 };
	ast_values listed;
	bool good = true, list = values_listed(r, ast, &listed);
	for (size_t i = 0; i < listed.count; i++)
		good = add_value(r, fact, &listed.items[i], read, &values) && good;
	if (!good)
		return NULL;
	static const enum cond_op ops[] = {
		[AST_TEST_IS] = OP_IS,
		[AST_TEST_IS_NOT] = OP_IS_NOT,
		[AST_TEST_IN] = OP_IN,
		[AST_TEST_NOT_IN] = OP_NOT_IN,
	};
	bool negative = ast->test == AST_TEST_IS_NOT || ast->test == AST_TEST_NOT_IN;
	struct ranges ranges = ranges_of(r->arena, values.list.items, values.list.count);
	if (negative)
		ranges = ranges_complement(r->arena, &ranges, fact->low, fact->high);
	enum cond_op op = list ? (negative ? OP_NOT_IN : OP_IN) : ops[ast->test];
	return cond_test(r, op, ast->span, fact->first_dim, ranges);
}

bool is_value_test(enum ast_test test)
{
	return test == AST_TEST_IS || test == AST_TEST_IS_NOT || test == AST_TEST_IN || test == AST_TEST_NOT_IN;
}

/* One or two bounds on one dimension; `read` checks a bound's value against the fact. */
struct cond *test_of_bounds(struct resolver *r, const struct fact *fact, const struct ast_cond *ast, value_reader *read)
{
	int64_t low = fact->low, high = fact->high;
	for (size_t i = 0; i < ast->bound_count; i++) {
		int64_t at = 0;
		uint32_t one = 1;
		if (!read(r, fact, &ast->bounds[i].value, &at, &one))
			return NULL;
		switch (ast->bounds[i].bound) {
		case AST_BOUND_AT_LEAST: low = at > low ? at : low; break;
		case AST_BOUND_MORE_THAN: low = at + 1 > low ? at + 1 : low; break;
		case AST_BOUND_AT_MOST: high = at < high ? at : high; break;
		case AST_BOUND_LESS_THAN: high = at - 1 < high ? at - 1 : high; break;
		}
	}
	return cond_test(r, OP_BOUNDS, ast->span, fact->first_dim, ranges_one(r->arena, low, high));
}
