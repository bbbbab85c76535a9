/* Names: the namespaces, what a word refers to, and what the author may have meant.
 *
 * An id, a label or an English label refers. Facts, decisions, rules with tables, outcomes and members are namespaces
 * of their own; a label that two things share is an error where it is used, or where it is declared if people write it
 * as a value (members, outcomes) or as the head of a column (facts, decisions). */
#include "model/resolve.h"

#include <string.h>

static const struct phrase things[THING_COUNT] = {
	[THING_FACT] = { "事实", "fact" },
	[THING_DECISION] = { "判定", "decision" },
	[THING_DEFINITION] = { "定义", "definition" },
	[THING_SUBJECT] = { "事实、判定或者定义", "fact, decision or definition" },
	[THING_RULE] = { "规则或者表", "rule or table" },
	[THING_OUTCOME] = { "结论", "outcome" },
	[THING_MEMBER] = { "取值", "member" },
	[THING_ROLE] = { "角色", "role" },
	[THING_ENUMERATION] = { "枚举", "enumeration" },
	[THING_BASELINE] = { "基准", "baseline" },
	[THING_TABLE] = { "表", "table" },
	[THING_STANDARD] = { "标准", "standard" },
	[THING_AMBIGUITY] = { "疑义", "ambiguity" },
	[THING_BASIS] = { "口径", "basis" },
	[THING_CONSTRAINT] = { "前提", "assumption" },
	[THING_PROPERTY] = { "断言", "assertion" },
	[THING_INSTRUMENT] = { "法规", "instrument" },
	[THING_COLUMN] = { "栏", "column" },
	[THING_PUBLICATION] = { "公布", "publication" },
	[THING_ORDER] = { "次序", "order" },
	[THING_CASE] = { "案例", "case" },
	[THING_CALENDAR] = { "日历", "calendar" },
	[THING_CALENDAR_YEAR] = { "年历", "calendar year" },
	[THING_PROCEDURE] = { "程序", "procedure" },
	[THING_STATE] = { "状态", "state" },
	[THING_EVENT] = { "事件", "event" },
	[THING_STEP] = { "步骤", "step" },
	[THING_CLOCK] = { "职责或者有效期", "duty or validity" },
	[THING_VALIDITY] = { "有效期", "validity" },
};

struct phrase thing_words(enum thing thing)
{
	return things[thing];
}

struct finding *report(struct resolver *r, enum finding_kind kind, struct span span, enum message message,
		       const char *arg0, const char *arg1)
{
	struct finding *f = diag_add(r->diag, kind, span, message);
	if (arg0)
		diag_arg(r->diag, f, 0, arg0);
	if (arg1)
		diag_arg(r->diag, f, 1, arg1);
	return f;
}

void report_limit(struct resolver *r, struct span span, const char *zh, const char *en, size_t limit, const char *name)
{
	struct finding *f = diag_add(r->diag, FINDING_LIMIT, span, MESSAGE_MODEL_LIMIT);
	diag_arg2(r->diag, f, 0, zh, en);
	diag_arg_int(r->diag, f, 1, (int64_t)limit);
	diag_arg(r->diag, f, 2, name);
}

static void arg_thing(struct resolver *r, struct finding *f, size_t index, enum thing thing)
{
	diag_arg2(r->diag, f, index, things[thing].zh, things[thing].en);
}

struct finding *report_duplicate(struct resolver *r, enum thing thing, const char *text, struct span span,
				 struct span first)
{
	struct finding *f = diag_add(r->diag, FINDING_DUPLICATE, span, MESSAGE_DECLARED_TWICE);
	diag_arg(r->diag, f, 0, text);
	arg_thing(r, f, 1, thing);
	diag_place(r->diag, f, first, "先在这里声明", "first declared here");
	return f;
}

struct name name_of(struct resolver *r, const struct ast_name *ast)
{
	const char *any = ast->id.text ? ast->id.text : ast->label.text ? ast->label.text : ast->english.text;
	struct name name = { .id = any ? arena_strdup(r->arena, any) : "" };
	name.has_label = ast->label.text != NULL;
	name.has_english = ast->english.text != NULL;
	name.label = name.has_label ? arena_strdup(r->arena, ast->label.text) : name.id;
	name.english = name.has_english ? arena_strdup(r->arena, ast->english.text) : name.id;
	return name;
}

struct span name_span(const struct ast_name *name, struct span otherwise)
{
	if (name->id.text)
		return name->id.span;
	if (name->label.text)
		return name->label.span;
	return name->english.text ? name->english.span : otherwise;
}

/* ---- namespaces ---- */

void scope_init(struct resolver *r, struct scope *scope)
{
	memset(scope, 0, sizeof *scope);
	scope->map = map_new_in(r->arena);
}

static bool add(struct resolver *r, struct scope *scope, enum thing thing, const struct scope_word *word,
		bool report_it)
{
	int64_t index = (int64_t)scope->words.count;
	int64_t there = map_put_if_absent(scope->map, word->text, index);
	if (there == index) {
		vec_push(r->arena, &scope->words, *word);
		return true;
	}
	struct scope_word *first = &scope->words.items[there];
	if (first->index == word->index)
		return true; /* id and label of one thing are the same */
	if (report_it)
		report_duplicate(r, thing, word->text, word->span, first->span);
	else if (!first->is_id)
		first->ambiguous = true; /* an id goes before a label */
	return !report_it;
}

bool scope_add_word(struct resolver *r, struct scope *scope, enum thing thing, const char *text, struct span span,
		    uint32_t index)
{
	struct scope_word word = { .text = text, .index = index, .span = span, .is_id = true };
	return add(r, scope, thing, &word, true);
}

bool scope_add(struct resolver *r, struct scope *scope, enum thing thing, const struct ast_name *name, uint32_t index,
	       bool labels_must_differ)
{
	const struct ast_word *spellings[3] = { &name->id, &name->label, &name->english };
	bool new = true;
	for (size_t i = 0; i < 3 && new; i++) {
		if (!spellings[i]->text || !*spellings[i]->text)
			continue;
		struct scope_word word = {
			.text = spellings[i]->text, .index = index, .span = spellings[i]->span, .is_id = i == 0
		};
		new = add(r, scope, thing, &word, i == 0 || (i == 1 && labels_must_differ));
	}
	return new;
}

uint32_t scope_find(const struct scope *scope, const char *text)
{
	int64_t found = text && scope->map ? map_get(scope->map, text) : -1;
	if (found < 0)
		return NONE;
	const struct scope_word *word = &scope->words.items[found];
	return word->ambiguous ? AMBIGUOUS : word->index;
}

/* ---- did you mean ---- */

#define CODE_POINTS 64	/* longer names are not compared */
#define SUGGESTIONS 200 /* searches of one run: a text full of unknown names stays fast */

static size_t code_points(const char *text, uint32_t out[CODE_POINTS])
{
	size_t count = 0;
	for (const unsigned char *p = (const unsigned char *)text; *p; count++) {
		size_t size = *p < 0xc0 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
		uint32_t value = 0;
		if (count == CODE_POINTS)
			return 0;
		for (size_t i = 0; i < size && *p; i++)
			value = value << 8 | *p++;
		out[count] = value;
	}
	return count;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;
	return ab < c ? ab : c;
}

static size_t edit_distance(const uint32_t *a, size_t m, const uint32_t *b, size_t n)
{
	size_t row[CODE_POINTS + 1];
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t above = row[j];
			row[j] = least(row[j - 1] + 1, above + 1, diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[n];
}

static const struct scope_word *nearest(const struct scope *const *scopes, size_t count, const char *text)
{
	uint32_t wanted[CODE_POINTS], other[CODE_POINTS];
	size_t size = code_points(text, wanted);
	size_t best = size < 3 ? 2 : size / 3 + 2; /* a distance must be below this */
	const struct scope_word *found = NULL;
	for (size_t s = 0; s < count && size > 1; s++)
		for (size_t i = 0; i < scopes[s]->words.count; i++) {
			const struct scope_word *word = &scopes[s]->words.items[i];
			size_t length = code_points(word->text, other);
			size_t gap = length > size ? length - size : size - length;
			if (!length || gap >= best)
				continue;
			size_t distance = edit_distance(wanted, size, other, length);
			if (distance < best && distance < size) {
				best = distance;
				found = word;
			}
		}
	return found;
}

/* How the nearest name is written in place of the unknown word: with the quotes that were there. */
static const char *as_written(struct resolver *r, const struct ast_word *word, const struct scope_word *found)
{
	uint32_t start = word->span.start, end = word->span.end;
	const struct source *source = &r->diag->sources->items[word->span.file];
	size_t size = strlen(word->text);
	bool quoted = word->quoted && end - start > size && end <= source->size;
	if (found->is_id || !quoted)
		return found->text;
	size_t before = (end - start - size) / 2;
	return arena_printf(r->arena, "%.*s%s%.*s", (int)before, source->text + start, found->text,
			    (int)(end - start - size - before), source->text + end - (end - start - size - before));
}

void suggest(struct resolver *r, struct finding *f, const struct scope *const *scopes, size_t count,
	     const struct ast_word *word)
{
	if (r->suggestions++ >= SUGGESTIONS)
		return;
	const struct scope_word *found = nearest(scopes, count, word->text);
	if (found) {
		const char *text = as_written(r, word, found);
		diag_help(r->diag, f, MESSAGE_DID_YOU_MEAN, text, NULL);
		diag_edit(r->diag, f, word->span, text);
	}
}

void report_undefined(struct resolver *r, const struct scope *const *scopes, size_t count, enum thing thing,
		      const struct ast_word *word)
{
	struct finding *f = diag_add(r->diag, FINDING_UNDEFINED, word->span, MESSAGE_UNDEFINED);
	diag_arg(r->diag, f, 0, word->text);
	arg_thing(r, f, 1, thing);
	suggest(r, f, scopes, count, word);
}

void report_ambiguous(struct resolver *r, enum thing thing, const struct ast_word *word)
{
	struct finding *f = report(r, FINDING_DUPLICATE, word->span, MESSAGE_AMBIGUOUS, word->text, NULL);
	arg_thing(r, f, 1, thing);
}

uint32_t scope_look_up(struct resolver *r, const struct scope *scope, enum thing thing, const struct ast_word *word)
{
	if (!word->text)
		return NONE;
	uint32_t found = scope_find(scope, word->text);
	if (found == NONE)
		report_undefined(r, &scope, 1, thing, word);
	if (found == AMBIGUOUS)
		report_ambiguous(r, thing, word);
	return found < AMBIGUOUS ? found : NONE;
}
