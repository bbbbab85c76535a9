/* 是否: true or false. */
#include "model/resolve.h"

static void declare(struct resolver *r, struct fact *fact, const struct ast_decl *decl)
{
	(void)r;
	(void)decl;
	fact->low = 0;
	fact->high = 1;
}

static bool value(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out)
{
	if (v->kind != AST_VALUE_YES && v->kind != AST_VALUE_NO) {
		value_type_error(r, v->span, fact);
		return false;
	}
	*out = v->kind == AST_VALUE_YES;
	return true;
}

static bool read(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out, uint32_t *count)
{
	*count = 1;
	return value(r, fact, v, out);
}

static struct cond *test(struct resolver *r, const struct fact *fact, const struct ast_cond *ast)
{
	if (ast->test == AST_TEST_NAME)
		return cond_test(r, OP_HOLDS, ast->span, fact->first_dim, ranges_one(r->arena, 1, 1));
	if (is_value_test(ast->test))
		return test_of_values(r, fact, ast, read);
	cond_type_error(r, ast, fact);
	return NULL;
}

/* ---- in words ---- */

static void json(struct writer *w, const struct fact *fact, int64_t value_)
{
	(void)fact;
	write_str(w, value_ ? "true" : "false");
}

static struct phrase words(struct arena *arena, const struct fact *fact, int64_t value_)
{
	(void)arena;
	(void)fact;
	return value_ ? (struct phrase){ "是", "yes" } : (struct phrase){ "否", "no" };
}

static struct phrase ranges_words(struct arena *arena, const struct fact *fact, const struct ranges *ranges)
{
	if (ranges->count == 1 && ranges->items[0].low == ranges->items[0].high)
		return words(arena, fact, ranges->items[0].low);
	return ranges->count ? (struct phrase){ "是或者否", "yes or no" } : (struct phrase){ "没有取值", "no value" };
}

static struct phrase statement(struct arena *arena, const struct fact *fact, uint32_t member,
			       const struct ranges *ranges)
{
	struct phrase name = { fact->name.label, fact->name.english }, none = { "", "" };
	(void)member;
	if (ranges->count == 1 && ranges->items[0].low == 1)
		return name;
	if (ranges->count == 1 && ranges->items[0].high == 0)
		return phrase_printf(arena, "非%s%s", "not %s%s", name, none);
	return phrase_printf(arena, "%s为%s", "%s is %s", name, ranges_words(arena, fact, ranges));
}

const struct domain domain_boolean = {
	.kind = FACT_BOOLEAN,
	.name = { "是否", "boolean" },
	.tests = { "名称、非 名称", "NAME, 非 NAME" },
	.values = { "是、否", "是, 否 (yes, no)" },
	.declare = declare,
	.test = test,
	.value = value,
	.json = json,
	.words = words,
	.ranges_words = ranges_words,
	.statement = statement,
};
