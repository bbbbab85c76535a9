/* Parses a text and tells its findings and its tree; with in_fence(), the text is the inside of one fence, whose
 * first line is line 2 of the file. */
#ifndef GUIJU_TESTS_GRAMMAR_FIXTURE_H
#define GUIJU_TESTS_GRAMMAR_FIXTURE_H
#include "diag/diag.h"
#include "grammar/parse.h"
#include "support/writer.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct parsed {
	struct out_of_memory memory_ends;
	struct arena *arena;
	struct sources sources;
	struct diag diag;
	struct ast_book *book;
	const char *csv;         /* what 取自 loads, or NULL */
};

static const char *parsed_load(void *context, const char *name, uint32_t *file, size_t *size)
{
	struct parsed *p = context;
	if (!p->csv)
		return NULL;
	*size = strlen(p->csv);
	*file = sources_add(p->arena, &p->sources, name, p->csv, *size);
	return p->csv;
}

static inline void parse_bytes(struct parsed *p, const char *text, size_t size)
{
	const char *csv = p->csv;
	*p = (struct parsed){ .csv = csv };
	p->arena = arena_new(&p->memory_ends);
	ck_assert_ptr_nonnull(p->arena);
	p->diag = (struct diag){ .arena = p->arena, .sources = &p->sources };
	uint32_t file = sources_add(p->arena, &p->sources, "t.rulebook.md", arena_strndup(p->arena, text, size), size);
	const struct csv_loader files = { parsed_load, p };
	p->book = parse_book(p->arena, &p->diag, &file, 1, &files);
}

static inline void parse_text(struct parsed *p, const char *text)
{
	parse_bytes(p, text, strlen(text));
}

static inline void parsed_close(struct parsed *p)
{
	arena_free(p->arena);
	p->arena = NULL;
}

static inline char *in_fence(const char *declarations)
{
	static const char open[] = "```rulebook\n", close[] = "\n```\n";
	char *text = calloc(1, strlen(declarations) + sizeof open + sizeof close);
	ck_assert_ptr_nonnull(text);
	memcpy(text, open, sizeof open - 1);
	memcpy(text + sizeof open - 1, declarations, strlen(declarations));
	memcpy(text + sizeof open - 1 + strlen(declarations), close, sizeof close);
	return text;
}

static inline void parse_fence_text(struct parsed *p, const char *declarations)
{
	char *text = in_fence(declarations);
	parse_text(p, text);
	free(text);
}

static const char *const message_names[] = {
	"NONE",
#define MESSAGE(id, zh, en) #id,
#include "diag/messages.def"
#undef MESSAGE
};

/* "slug line:column MESSAGE" of every finding, one a line. */
static inline const char *parsed_findings(struct parsed *p)
{
	struct writer w;
	writer_init(&w, p->arena);
	for (size_t i = 0; i < p->diag.findings.count; i++) {
		const struct finding *f = p->diag.findings.items[i];
		struct span at = f->places[0].span;
		struct position place = source_position(&p->sources.items[at.file], at.start);
		write_fmt(&w, "%s%s %u:%u %s", i ? "\n" : "", finding_slug(f->kind), place.line, place.column,
			  message_names[f->message]);
	}
	return writer_text(&w);
}

static inline const char *parsed_dump(struct parsed *p)
{
	struct writer w;
	writer_init(&w, p->arena);
	ast_dump(&w, p->book);
	return writer_text(&w);
}

static inline const struct ast_decl *parsed_decl(const struct parsed *p, size_t n)
{
	for (size_t i = 0; i < p->book->files[0].blocks.count; i++) {
		const struct ast_block *block = &p->book->files[0].blocks.items[i];
		if (block->kind != AST_BLOCK_FENCE)
			continue;
		if (n < block->decls.count)
			return block->decls.items[n];
		n -= block->decls.count;
	}
	ck_abort_msg("no such declaration");
	return NULL;
}

/* The text with every edit of the findings put in. */
static inline const char *parsed_mended(struct parsed *p)
{
	struct writer w;
	const struct source *source = &p->sources.items[0];
	uint32_t done = 0;
	writer_init(&w, p->arena);
	for (size_t i = 0; i < p->diag.findings.count; i++)
		for (size_t e = 0; e < p->diag.findings.items[i]->edit_count; e++) {
			const struct edit *edit = &p->diag.findings.items[i]->edits[e];
			ck_assert_uint_ge(edit->span.start, done);
			write_bytes(&w, source->text + done, edit->span.start - done);
			write_str(&w, edit->text);
			done = edit->span.end;
		}
	write_bytes(&w, source->text + done, source->size - done);
	return writer_text(&w);
}

#endif
