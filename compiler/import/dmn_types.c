/* The types of a model: item definitions, followed down to a built-in type. What each of them allows holds for the
 * value: all of it. */
#include "import/dmn.h"

#include "model/model.h"
#include "support/intern.h"

#include <string.h>

struct walk {
	struct dmn_book *book;
	struct dmn_kind *out;
	bool lists; /* a collection is taken for its elements */
	struct phrase *why;
};

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

/* Types of FEEL, and vendors' words for them, whose values no rulebook has. */
static const char *const unsupported[] = {
	"time",
	"date and time",
	"dateTime",
	"days and time duration",
	"dayTimeDuration",
	"years and months duration",
	"yearMonthDuration",
	"duration",
	"context",
	"list",
	"function",
	"range",
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

static struct dmn_type *type_named(const struct dmn_book *book, const char *name)
{
	int64_t index = name ? map_get(book->types, name) : -1;
	return index >= 0 ? &book->model->types.items[index] : NULL;
}

/* The name follows the words. */
static bool refuse_name(const struct walk *w, const char *zh, const char *en, const char *name)
{
	const char *shown = dmn_shown(w->book->arena, name);
	*w->why = (struct phrase){ arena_printf(w->book->arena, "%s`%s`", zh, shown),
				   arena_printf(w->book->arena, "%s`%s`", en, shown) };
	return false;
}

static bool refuse_missing(const struct walk *w, const char *name)
{
	for (size_t i = 0; i < sizeof unsupported / sizeof *unsupported; i++) {
		if (strcmp(unsupported[i], name) != 0)
			continue;
		*w->why = (struct phrase){ "不支持的类型（时间、时刻、时长等）",
					   "its type is not supported (time, date and time, durations and the like)" };
		return false;
	}
	return refuse_name(w, "模型没有定义它的类型 ", "the model does not define its type ", name);
}

static void take_allowed(const struct walk *w, struct dmn_allowed *allowed)
{
	if (allowed->text.text && *allowed->text.text)
		vec_push(w->book->arena, &w->out->allowed, allowed);
}

/* From a type to the one of its typeRefs that is built in, or has components; NULL: *why. */
static struct dmn_type *settle(const struct walk *w, struct dmn_type *type)
{
	for (int depth = 0; depth < LIMIT_DMN_TYPE_DEPTH; depth++) {
		if (type->collection && !w->lists) {
			refuse_name(w, "列表类型：", "its type is a collection: ", type->name);
			return NULL;
		}
		take_allowed(w, &type->allowed);
		take_allowed(w, &type->constraint);
		if (type->parts.count > 0 || !type->base || built_in_kind(type->base, w->out))
			return type;
		struct dmn_type *next = type_named(w->book, type->base);
		if (!next) {
			refuse_missing(w, type->base);
			return NULL;
		}
		type = next;
	}
	refuse_name(w, "类型互相引用成环，或者超过 32 层：",
		    "types that refer to each other in a circle, or more than 32 of them: ", type->name);
	return NULL;
}

/* The component that the path begins with: of the names that fit, the longest, since a name may hold points. *path is
 * what follows, or NULL. */
static struct dmn_type *part_of(const struct dmn_type *type, const char **path)
{
	struct dmn_type *found = NULL;
	const char *after = *path;
	for (size_t i = 0; i < type->parts.count; i++) {
		const char *end = feel_after(*path, type->parts.items[i].name);
		if (!end || (found && end <= after))
			continue;
		found = &type->parts.items[i];
		after = end;
	}
	if (found)
		*path = *after == '.' ? after + 1 : NULL;
	return found;
}

static const char *part_names(struct arena *arena, const struct dmn_type *type)
{
	const char **names = arena_new_array(arena, const char *, type->parts.count + 1);
	for (size_t i = 0; i < type->parts.count; i++)
		names[i] = type->parts.items[i].name;
	return dmn_name_list(arena, names, type->parts.count);
}

static bool refuse_parts(const struct walk *w, const struct dmn_type *type, const char *zh, const char *en)
{
	const char *names = part_names(w->book->arena, type);
	*w->why = (struct phrase){ arena_printf(w->book->arena, "%s：%s", zh, names),
				   arena_printf(w->book->arena, "%s: %s", en, names) };
	return false;
}

static bool follow(const struct walk *w, struct dmn_type *type, const char *path)
{
	int steps = 0;
	for (type = settle(w, type); type && path; type = settle(w, type)) {
		if (steps++ == LIMIT_DMN_TYPE_DEPTH)
			return refuse_name(w, "组成部分超过 32 层：", "more than 32 components deep: ", path);
		if (type->parts.count == 0 && w->out->kind == FEEL_ANY_KIND)
			return true; /* of a structure of which nothing is said, any component */
		if (type->parts.count == 0)
			return refuse_name(w, "没有组成部分的类型，取不到 ", "its type has no components, so no ",
					   path);
		if (w->out->allowed.count > 0)
			return refuse_name(w, "对整个结构的 allowedValues：",
					   "allowedValues of a whole structure: ", type->name);
		struct dmn_type *part = part_of(type, &path);
		if (!part)
			return refuse_parts(w, type, "没有这样的组成部分，有的是", "no such component; there are");
		type = part;
	}
	if (type && type->parts.count > 0)
		return refuse_parts(w, type, "有组成部分的类型，应指明一个",
				    "its type has components, and one is to be named");
	return type != NULL;
}

static bool follow_named(const struct walk *w, const char *type, const char *path)
{
	if (!type || !*type)
		return true;
	struct dmn_type plain = { .name = type, .base = type };
	struct dmn_type *definition = type_named(w->book, type);
	return follow(w, definition ? definition : &plain, path);
}

bool dmn_kind_of(struct dmn_book *book, const char *type, const char *path, struct dmn_kind *out, struct phrase *why)
{
	*out = (struct dmn_kind){ .kind = FEEL_ANY_KIND };
	struct walk w = { book, out, false, why };
	return follow_named(&w, type, path);
}

struct dmn_text dmn_results_allowed(struct dmn_book *book, const char *type, const char *path)
{
	struct dmn_kind kind = { .kind = FEEL_ANY_KIND };
	struct phrase why = { NULL, NULL };
	struct walk w = { book, &kind, true, &why };
	(void)follow_named(&w, type, path);
	return kind.allowed.count > 0 ? kind.allowed.items[0]->text : (struct dmn_text){ .text = NULL };
}

/* ---- what types allow ---- */

static bool refuse(struct phrase *why, const char *zh, const char *en)
{
	*why = (struct phrase){ zh, en };
	return false;
}

static bool parse(struct dmn_book *book, const struct dmn_text *text, struct feel_tests *tests, struct phrase *why)
{
	if (!text->language)
		return feel_unary_tests(book->arena, text->text, tests, why);
	return refuse(why, "allowedValues 的表达式语言不是 FEEL", "its allowedValues are not in FEEL");
}

const struct feel_tests *dmn_allowed_tests(struct dmn_book *book, struct dmn_allowed *allowed, struct phrase *why)
{
	struct feel_tests tests;
	if (!allowed->parsed && parse(book, &allowed->text, &tests, &allowed->why)) {
		allowed->tests = arena_new_of(book->arena, struct feel_tests);
		*allowed->tests = tests;
	}
	allowed->parsed = true;
	*why = allowed->why;
	return allowed->tests;
}

static const struct map *strings_of(struct dmn_book *book, struct dmn_allowed *allowed)
{
	if (allowed->strings)
		return allowed->strings;
	allowed->strings = map_new_in(book->arena);
	for (size_t i = 0; i < allowed->tests->items.count; i++)
		if (allowed->tests->items.items[i].low.kind == FEEL_STRING)
			map_put(allowed->strings, allowed->tests->items.items[i].low.text, 0);
	return allowed->strings;
}

bool dmn_narrow(struct dmn_book *book, struct feel_tests *list, struct dmn_allowed *allowed, struct phrase *why)
{
	struct feel_tests kept = { .any = false };
	if (list->items.count > LIMIT_MEMBERS)
		return refuse(why, "列出的字符串超过 4096 个", "more than 4096 strings are listed");
	for (size_t i = 0; i < list->items.count; i++) {
		const struct feel_value *value = &list->items.items[i].low;
		if (value->kind == FEEL_STRING ? map_get(strings_of(book, allowed), value->text) >= 0
					       : feel_holds(allowed->tests, value, 0))
			vec_push(book->arena, &kept.items, list->items.items[i]);
	}
	*list = kept;
	return kept.items.count > 0 ||
	       refuse(why, "它的各层类型没有共同允许的值", "its types allow no value in common");
}
