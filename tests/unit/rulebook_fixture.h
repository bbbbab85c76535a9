/* Parses and resolves a small rulebook from a string. A text is either the whole file, or, with in_fence(), the
 * declarations of one fence, whose first line is line 2 of the file. */
#ifndef GUIJU_TESTS_RULEBOOK_FIXTURE_H
#define GUIJU_TESTS_RULEBOOK_FIXTURE_H
#include "diag/diag.h"
#include "grammar/parse.h"
#include "model/model.h"
#include "support/writer.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct book {
	struct out_of_memory memory_ends;
	struct arena *arena;
	struct sources sources;
	struct diag diag;
	struct model *model;  /* NULL when the text does not parse */
	const char *original; /* what 原文 loads, or NULL */
};

static const char *fixture_load(void *context, const char *name, uint32_t *file, size_t *size)
{
	struct book *book = context;
	if (!book->original)
		return NULL;
	*size = strlen(book->original);
	*file = sources_add(book->arena, &book->sources, name, book->original, *size);
	return book->original;
}

static inline void book_open(struct book *book, const char *text)
{
	const char *original = book->original;
	memset(book, 0, sizeof *book);
	book->original = original;
	book->arena = arena_new(&book->memory_ends);
	book->diag = (struct diag){ .arena = book->arena, .sources = &book->sources };
	uint32_t file = sources_add(book->arena, &book->sources, "t.rulebook.md", text, strlen(text));
	const struct csv_loader files = { fixture_load, book };
	struct ast_book *tree = parse_book(book->arena, &book->diag, &file, 1, &files);
	if (!diag_failed(&book->diag))
		book->model = resolve_book(book->arena, &book->diag, tree, &files, "sha256:test");
	diag_sort(&book->diag);
}

static inline void book_close(struct book *book)
{
	arena_free(book->arena);
	book->arena = NULL;
}

/* "slug line text" of every finding, one a line, with the words that are underlined; `unused` only when asked for. */
static inline const char *book_findings(struct book *book, bool unused)
{
	struct writer w;
	writer_init(&w, book->arena);
	for (size_t i = 0; i < book->diag.findings.count; i++) {
		const struct finding *f = book->diag.findings.items[i];
		if (f->kind == FINDING_UNUSED && !unused)
			continue;
		struct span at = f->places[0].span;
		const struct source *source = &book->sources.items[at.file];
		write_fmt(&w, "%s %u %.*s\n", finding_slug(f->kind), source_position(source, at.start).line,
			  (int)(at.end - at.start), source->text + at.start);
	}
	return writer_text(&w);
}

#define PRELUDE                                                                              \
	"规则书 t\n"                                                                      \
	"事实 n「人数」 \"head count\": 整数 0 至 100万人\n"                      \
	"事实 b「开放」 \"is open\": 是否\n"                                         \
	"事实 e「行业」: 枚举 { x「甲」、 y「乙」、 z「丙」 }\n"          \
	"事实 s「账户」: 集合 { p「银行」、 q「保险」、 r「注册」 }\n" \
	"事实 day「入场日」: 日期\n"                                                \
	"判定 d「结果」: { one「一」、 two「二」、 three「三」 }\n"
#define PRELUDE_LINES 7 /* and the fence: the first line after it is line 9 */

/* The text of a file that is one fence: PRELUDE and the declarations. */
static inline const char *in_fence(struct arena *arena, const char *declarations)
{
	return arena_printf(arena, "```rulebook\n%s%s\n```\n", PRELUDE, declarations);
}

/* Resolves PRELUDE with declarations and compares the findings. */
static inline void expect_findings(const char *declarations, const char *expected)
{
	struct book book = { 0 };
	struct out_of_memory memory_ends;
	struct arena *arena = arena_new(&memory_ends);
	book_open(&book, in_fence(arena, declarations));
	ck_assert_msg(strcmp(book_findings(&book, false), expected) == 0, "of\n%s\nexpected\n%s\nfound\n%s",
		      declarations, expected, book_findings(&book, false));
	book_close(&book);
	arena_free(arena);
}

static inline void expect_findings_of_file(const char *text, const char *expected)
{
	struct book book = { 0 };
	book_open(&book, text);
	ck_assert_msg(strcmp(book_findings(&book, false), expected) == 0, "of\n%s\nexpected\n%s\nfound\n%s", text,
		      expected, book_findings(&book, false));
	book_close(&book);
}

static inline uint32_t rule_of(const struct model *model, const char *id)
{
	for (uint32_t i = 0; i < model->rule_count; i++)
		if (strcmp(model->rules[i].id, id) == 0)
			return i;
	ck_abort_msg("no rule %s", id);
	return NONE;
}

#endif
