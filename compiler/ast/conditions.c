/* Constructors of conditions. */
#include "ast/build.h"

#include <string.h>

static struct ast_cond *cond_of(struct ast_builder *b, enum ast_cond_kind kind, struct span at)
{
	struct ast_cond *cond = arena_new_of(b->arena, struct ast_cond);
	cond->kind = kind;
	cond->span = at;
	return cond;
}

static struct ast_cond *test_of(struct ast_builder *b, enum ast_test test, struct ast_word subject, struct span at)
{
	struct ast_cond *cond = cond_of(b, AST_COND_TEST, at);
	cond->test = test;
	cond->subject = ast_reference(b, subject);
	return cond;
}

struct ast_cond *ast_test_name(struct ast_builder *b, struct ast_word subject)
{
	return test_of(b, AST_TEST_NAME, subject, subject.span);
}

struct ast_cond *ast_test_plain(struct ast_builder *b, enum ast_test test, struct ast_word subject, struct span at)
{
	return test_of(b, test, subject, at);
}

struct ast_cond *ast_test_values(struct ast_builder *b, enum ast_test test, struct ast_word subject,
				 const ast_values *values, struct span at)
{
	struct ast_cond *cond = test_of(b, test, subject, at);
	cond->values = *values;
	return cond;
}

struct ast_cond *ast_test_value(struct ast_builder *b, enum ast_test test, struct ast_word subject,
				const struct ast_value *value, struct span at)
{
	return ast_test_values(b, test, subject, ast_value_list(b, value), at);
}

struct ast_cond *ast_test_listed(struct ast_builder *b, const ast_values *values, struct span at)
{
	return ast_test_values(b, values->count > 1 ? AST_TEST_IN : AST_TEST_IS, ast_no_word, values, at);
}

struct ast_cond *ast_test_words(struct ast_builder *b, enum ast_test test, struct ast_word subject,
				const ast_words *words, struct span at)
{
	struct ast_cond *cond = test_of(b, test, subject, at);
	for (size_t i = 0; i < words->count; i++) {
		struct ast_value value = { .kind = AST_VALUE_WORD, .span = words->items[i].span };
		value.word = ast_reference(b, words->items[i]);
		vec_push(b->arena, &cond->values, value);
	}
	return cond;
}

struct ast_bounds *ast_bound_one(struct ast_builder *b, enum ast_bound bound, const struct ast_value *value,
				 struct span at)
{
	struct ast_bounds *bounds = ast_passing_new(b, struct ast_bounds);
	bounds->at[0] = (struct ast_bound_at){ bound, *value, at };
	bounds->count = 1;
	return bounds;
}

struct ast_bounds *ast_bound_two(struct ast_bounds *first, const struct ast_bounds *second)
{
	first->at[first->count++] = second->at[0];
	return first;
}

struct ast_cond *ast_test_bounds(struct ast_builder *b, struct ast_word subject, const struct ast_bounds *bounds,
				 struct span at)
{
	struct ast_cond *cond = test_of(b, AST_TEST_BOUNDS, subject, at);
	cond->bounds = arena_new_array(b->arena, struct ast_bound_at, bounds->count);
	memcpy(cond->bounds, bounds->at, bounds->count * sizeof *cond->bounds);
	cond->bound_count = bounds->count;
	return cond;
}

/* The parts have no capacity of their own: a list of 2, 4, 8 … parts is full. */
static void add_part(struct ast_builder *b, struct ast_cond *list, struct ast_cond *part)
{
	size_t n = list->part_count;
	if (n == 0 || (n >= 2 && (n & (n - 1)) == 0)) {
		struct ast_cond **parts = arena_new_array(b->arena, struct ast_cond *, n == 0 ? 2 : n * 2);
		if (n > 0)
			memcpy(parts, list->parts, n * sizeof *parts);
		list->parts = parts;
	}
	list->parts[list->part_count++] = part;
}

struct ast_cond *ast_not(struct ast_builder *b, struct ast_cond *part, struct span at)
{
	struct ast_cond *cond = cond_of(b, AST_COND_NOT, at);
	add_part(b, cond, part);
	return cond;
}

struct ast_cond *ast_join(struct ast_builder *b, enum ast_cond_kind kind, struct ast_cond *left,
			  struct ast_cond *right, struct span at)
{
	struct ast_cond *cond = cond_of(b, kind, at);
	add_part(b, cond, left);
	add_part(b, cond, right);
	return cond;
}

struct ast_cond *ast_join_more(struct ast_builder *b, struct ast_cond *list, struct ast_cond *part)
{
	add_part(b, list, part);
	list->span = span_join(list->span, part->span);
	return list;
}

struct ast_cond *ast_group(struct ast_builder *b, struct ast_cond *first)
{
	struct ast_cond *cond = cond_of(b, AST_COND_AND, first->span);
	add_part(b, cond, first);
	return cond;
}

struct ast_cond *ast_group_end(struct ast_cond *group, enum ast_cond_kind kind, struct span at)
{
	if (group->part_count == 1)
		return group->parts[0];
	group->kind = kind;
	group->span = at;
	return group;
}

struct ast_cond *ast_cond_broken(struct ast_builder *b, struct span at)
{
	return cond_of(b, AST_COND_BROKEN, at);
}
