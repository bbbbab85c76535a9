/* Constructors of words, names, numbers, dates and values. */
#include "ast/build.h"

#include <stddef.h>
#include <string.h>

const struct ast_word ast_no_word = { NULL, { 0, 0, 0 }, false };

#define PASSING_SIZE 4096

struct ast_passing {
	size_t used, size;
	max_align_t bytes[];
};

void *ast_passing_alloc(struct ast_builder *b, size_t size)
{
	size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!b->passing || b->passing->size - b->passing->used < size) {
		size_t room = size > PASSING_SIZE ? size : PASSING_SIZE;
		b->passing = arena_alloc(b->arena, sizeof *b->passing + room);
		b->passing->size = room;
	}
	void *piece = (char *)b->passing->bytes + b->passing->used;
	b->passing->used += size;
	return memset(piece, 0, size);
}

void ast_passing_reset(struct ast_builder *b)
{
	if (b->passing)
		b->passing->used = 0;
}

/* A list of one is the usual case: room for exactly one. */
ast_words *ast_word_list(struct ast_builder *b, struct ast_word word)
{
	ast_words *list = ast_passing_new(b, ast_words);
	list->items = arena_new_of(b->arena, struct ast_word);
	list->items[0] = word;
	list->count = list->capacity = 1;
	return list;
}

ast_words *ast_word_more(struct ast_builder *b, ast_words *list, struct ast_word word)
{
	vec_push(b->arena, list, word);
	return list;
}

struct ast_word ast_reference(struct ast_builder *b, struct ast_word word)
{
	ast_check_reference(b, word);
	return word;
}

ast_words *ast_references(struct ast_builder *b, ast_words *list)
{
	for (size_t i = 0; i < list->count; i++)
		ast_check_reference(b, list->items[i]);
	return list;
}

struct ast_name *ast_name_of(struct ast_builder *b, struct ast_word id, struct ast_word label, struct ast_word english)
{
	struct ast_name *name = ast_passing_new(b, struct ast_name);
	const struct ast_word *last = english.text ? &english : label.text ? &label : &id;
	const struct ast_word *first = id.text ? &id : label.text ? &label : &english;
	*name = (struct ast_name){ id, label, english, span_join(first->span, last->span) };
	if (label.text && label.span.end - label.span.start >= 6) {
		struct span inside = { label.span.file, label.span.start + 3, label.span.end - 3 };
		ast_check_word(b, label.text, strlen(label.text), inside);
	}
	return name;
}

struct ast_word ast_bound_word(const char *zh, struct span at)
{
	return (struct ast_word){ zh, at, false };
}

struct ast_number *ast_with_unit(struct ast_number *number, struct ast_word unit)
{
	number->unit = unit.text;
	number->unit_span = unit.span;
	number->span = span_join(number->span, unit.span);
	return number;
}

struct ast_number *ast_number_at(struct ast_builder *b, int64_t value, struct span at)
{
	struct ast_number *number = ast_passing_new(b, struct ast_number);
	number->value = value;
	number->span = at;
	return number;
}

struct ast_date *ast_date_at(struct ast_builder *b, int32_t day, struct span at)
{
	struct ast_date *date = ast_passing_new(b, struct ast_date);
	*date = (struct ast_date){ true, day, at };
	return date;
}

struct ast_value *ast_value_constant(struct ast_builder *b, enum ast_value_kind kind, struct span at)
{
	struct ast_value *value = ast_passing_new(b, struct ast_value);
	value->kind = kind;
	value->span = at;
	return value;
}

struct ast_value *ast_value_word(struct ast_builder *b, struct ast_word word)
{
	struct ast_value *value = ast_value_constant(b, AST_VALUE_WORD, word.span);
	value->word = ast_reference(b, word);
	return value;
}

struct ast_value *ast_value_number(struct ast_builder *b, const struct ast_number *number)
{
	struct ast_value *value = ast_value_constant(b, AST_VALUE_NUMBER, number->span);
	value->number = *number;
	return value;
}

struct ast_value *ast_value_date(struct ast_builder *b, const struct ast_date *date)
{
	struct ast_value *value = ast_value_constant(b, AST_VALUE_DATE, date->span);
	value->date = *date;
	return value;
}

struct ast_value *ast_value_set(struct ast_builder *b, const ast_words *words, struct span at)
{
	struct ast_value *value = ast_value_constant(b, AST_VALUE_SET, at);
	value->set = *words;
	return value;
}

ast_values *ast_value_list(struct ast_builder *b, const struct ast_value *value)
{
	ast_values *list = ast_passing_new(b, ast_values);
	list->items = arena_new_of(b->arena, struct ast_value);
	list->items[0] = *value;
	list->count = list->capacity = 1;
	return list;
}

ast_values *ast_value_more(struct ast_builder *b, ast_values *list, const struct ast_value *value)
{
	vec_push(b->arena, list, *value);
	return list;
}
