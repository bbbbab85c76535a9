/* 集合: any of its members, one boolean dimension for each. */
#include "model/resolve.h"

static void declare(struct resolver *r, struct fact *fact, const struct ast_decl *decl)
{
	members_declare(r, fact, decl);
	fact->low = 0;
	fact->high = 1;
	if (fact->member_count > LIMIT_SET_MEMBERS) {
		report_limit(r, fact->span, "集合的成员", "members of a set", LIMIT_SET_MEMBERS, fact->name.id);
		r->fact_broken[fact_index(r, fact)] = true;
		fact->member_count = LIMIT_SET_MEMBERS;
	}
}

static bool add_words(struct resolver *r, const struct fact *fact, const ast_words *words, uint64_t *bits)
{
	bool good = true;
	for (size_t i = 0; i < words->count; i++) {
		uint32_t count = 1, member = member_look_up(r, fact, &words->items[i], &count);
		good = good && member != NONE;
		for (uint32_t k = 0; member != NONE && k < count; k++)
			*bits |= UINT64_C(1) << (member + k);
	}
	return good;
}

/* A set in braces, or one member alone. */
static bool value(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out)
{
	uint64_t bits = 0;
	if (v->kind == AST_VALUE_WORD) {
		struct ast_word word = v->word;
		ast_words one = { .items = &word, .count = 1 };
		if (!add_words(r, fact, &one, &bits))
			return false;
	} else if (v->kind != AST_VALUE_SET) {
		value_type_error(r, v->span, fact);
		return false;
	} else if (!add_words(r, fact, &v->set, &bits)) {
		return false;
	}
	*out = (int64_t)bits;
	return true;
}

static struct cond *member_test(struct resolver *r, const struct fact *fact, struct span span, size_t member, bool in,
				enum cond_op op)
{
	uint32_t dim = fact->first_dim + (uint32_t)member;
	return cond_test(r, op, span, dim, ranges_one(r->arena, in, in));
}

/* Members as one condition: of those in `which`, all or any is there, or none. */
static struct cond *join(struct resolver *r, const struct fact *fact, const struct ast_cond *ast, uint64_t which,
			 enum cond_kind kind, bool in, enum cond_op op)
{
	VEC(struct cond *) parts = { 0 };
	for (size_t i = 0; i < fact->member_count; i++)
		if (which >> i & 1)
			vec_push(r->arena, &parts, member_test(r, fact, ast->span, i, in, OP_NONE));
	struct cond *joined = cond_join(r, kind, parts.items, parts.count, ast->span);
	if (joined->kind == COND_FACT || !joined->op)
		joined->op = op;
	return joined;
}

/* 为 { a、 b }: exactly these. */
static struct cond *exactly(struct resolver *r, const struct fact *fact, const struct ast_cond *ast)
{
	int64_t bits = 0;
	bool set = ast->values.count == 1 && ast->values.items[0].kind == AST_VALUE_SET;
	if (!set) {
		cond_type_error(r, ast, fact);
		return NULL;
	}
	if (!value(r, fact, &ast->values.items[0], &bits))
		return NULL;
	VEC(struct cond *) parts = { 0 };
	for (size_t i = 0; i < fact->member_count; i++)
		vec_push(r->arena, &parts, member_test(r, fact, ast->span, i, (uint64_t)bits >> i & 1, OP_NONE));
	struct cond *all = cond_join(r, COND_AND, parts.items, parts.count, ast->span);
	all->op = OP_IS;
	return ast->test == AST_TEST_IS ? all : cond_not(r, all, OP_IS_NOT, ast->span);
}

/* The members that a test names: words in its values, each a value or in braces. */
static bool named_members(struct resolver *r, const struct fact *fact, const struct ast_cond *ast, uint64_t *bits)
{
	bool good = true;
	*bits = 0;
	for (size_t i = 0; i < ast->values.count; i++) {
		int64_t one = 0;
		good = value(r, fact, &ast->values.items[i], &one) && good;
		*bits |= (uint64_t)one;
	}
	return good;
}

static struct cond *test_members(struct resolver *r, const struct fact *fact, const struct ast_cond *ast)
{
	uint64_t bits;
	if (!named_members(r, fact, ast, &bits))
		return NULL;
	switch (ast->test) {
	case AST_TEST_CONTAINS: return join(r, fact, ast, bits, COND_AND, true, OP_CONTAINS);
	case AST_TEST_LACKS: return join(r, fact, ast, bits, COND_AND, false, OP_LACKS);
	case AST_TEST_CONTAINS_ANY: return join(r, fact, ast, bits, COND_OR, true, OP_CONTAINS_ANY);
	default: return join(r, fact, ast, bits, COND_AND, true, OP_CONTAINS_ALL);
	}
}

static struct cond *test(struct resolver *r, const struct fact *fact, const struct ast_cond *ast)
{
	switch (ast->test) {
	case AST_TEST_EMPTY: return join(r, fact, ast, UINT64_MAX, COND_AND, false, OP_EMPTY);
	case AST_TEST_NOT_EMPTY: return join(r, fact, ast, UINT64_MAX, COND_OR, true, OP_NOT_EMPTY);
	case AST_TEST_IS:
	case AST_TEST_IS_NOT: return exactly(r, fact, ast);
	case AST_TEST_CONTAINS:
	case AST_TEST_LACKS:
	case AST_TEST_CONTAINS_ANY:
	case AST_TEST_CONTAINS_ALL: return test_members(r, fact, ast);
	default: break;
	}
	cond_type_error(r, ast, fact);
	return NULL;
}

/* ---- in words ---- */

static void json(struct writer *w, const struct fact *fact, int64_t value_)
{
	bool first = true;
	write_char(w, '[');
	for (size_t i = 0; i < fact->member_count; i++) {
		if (!((uint64_t)value_ >> i & 1))
			continue;
		write_str(w, first ? "" : ", ");
		write_json_string(w, fact->members[i].name.id);
		first = false;
	}
	write_char(w, ']');
}

static struct phrase words(struct arena *arena, const struct fact *fact, int64_t value_)
{
	struct phrase *items = arena_new_array(arena, struct phrase, fact->member_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < fact->member_count; i++)
		if ((uint64_t)value_ >> i & 1)
			items[count++] = member_phrase(&fact->members[i]);
	return count ? phrase_list(arena, items, count, "、", ", ") : (struct phrase){ "空", "empty" };
}

/* Of one member: there or not. */
static struct phrase ranges_words(struct arena *arena, const struct fact *fact, const struct ranges *ranges)
{
	return domain_boolean.ranges_words(arena, fact, ranges);
}

static struct phrase statement(struct arena *arena, const struct fact *fact, uint32_t member,
			       const struct ranges *ranges)
{
	struct phrase one = member_phrase(&fact->members[member]);
	if (ranges->count == 1 && ranges->items[0].low == 1)
		return contains_words(arena, "%s含%s", "%s contains %s", &fact->name, one);
	if (ranges->count == 1 && ranges->items[0].high == 0)
		return contains_words(arena, "%s不含%s", "%s lacks %s", &fact->name, one);
	return contains_words(arena, "%s是否含%s不论", "%s contains %s or not", &fact->name, one);
}

const struct domain domain_set = {
	.kind = FACT_SET,
	.name = { "集合", "set" },
	.tests = { "含、不含、含任一 { }、含全部 { }、为空、非空",
		   "contains, lacks, contains_any { }, contains_all { }, is_empty, is_not_empty" },
	.values = { "{ 甲、 乙 }，没有的写 空", "{ a, b }, or empty" },
	.declare = declare,
	.test = test,
	.value = value,
	.json = json,
	.words = words,
	.ranges_words = ranges_words,
	.statement = statement,
};
