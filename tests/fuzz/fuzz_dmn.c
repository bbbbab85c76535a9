/* Any bytes as a DMN model; and, opening with `=`, as the text of one cell. Promised: nothing crashes or hangs; what is
 * refused is said; what is written is a rulebook in canonical layout, in which every name is declared. */
#include "fuzz.h"

#include "grammar/parse.h"
#include "import/dmn.h"
#include "model/model.h"

#include <libxml/xmlreader.h>
#include <string.h>

struct run {
	struct arena *arena;
	struct sources sources;
	struct diag diag;
};

static void run_init(struct run *r, struct arena *arena)
{
	*r = (struct run){ .arena = arena };
	r->diag.arena = arena;
	r->diag.sources = &r->sources;
}

static const char *no_file(void *context, const char *name, uint32_t *file, size_t *size)
{
	(void)context;
	(void)name;
	(void)file;
	(void)size;
	return NULL;
}

/* Only a limit of the language may stand in the way. */
static void is_rulebook(struct arena *arena, const char *text, size_t size)
{
	static const struct csv_loader none = { no_file, NULL };
	struct run r;
	run_init(&r, arena);
	uint32_t file = sources_add(arena, &r.sources, "made.rulebook.md", text, size);
	const struct ast_book *book = parse_book(arena, &r.diag, &file, 1, &none);
	if (r.diag.errors == 0)
		(void)resolve_book(arena, &r.diag, book, &none, NULL);
	for (size_t i = 0; i < r.diag.findings.count; i++) {
		const struct finding *f = r.diag.findings.items[i];
		if (f->severity == SEVERITY_ERROR && f->kind != FINDING_LIMIT)
			fprintf(stderr, "%s\n%s\n", finding_slug(f->kind), text);
		PROMISE(f->severity != SEVERITY_ERROR || f->kind == FINDING_LIMIT);
	}
}

static const char *laid_out(struct arena *arena, const char *text, char keywords, size_t *size)
{
	struct sources sources = { .items = NULL };
	uint32_t file = sources_add(arena, &sources, "made.rulebook.md", text, *size);
	return format_source(arena, &sources.items[file], keywords, size);
}

static void write_book(struct arena *arena, struct dmn_book *book)
{
	for (int chinese = 0; chinese < 2; chinese++) {
		size_t size, again;
		const char *made = dmn_write(book, chinese == 1, &size);
		const char *text = laid_out(arena, made, chinese ? 'z' : 'e', &size);
		again = size;
		const char *twice = laid_out(arena, text, 'k', &again);
		PROMISE(again == size && memcmp(text, twice, size) == 0);
		is_rulebook(arena, text, size);
	}
}

static void read_model(struct arena *arena, const char *bytes, size_t size, struct _xmlTextReader **held)
{
	struct run r;
	run_init(&r, arena);
	uint32_t file = sources_add(arena, &r.sources, "fuzz.dmn", arena_strndup(arena, bytes, size), size);
	struct dmn_model *model = dmn_read(arena, &r.diag, file, held);
	PROMISE(model != NULL || r.diag.errors > 0);
	if (!model)
		return;
	struct dmn_book *book = dmn_resolve(arena, &r.diag, model);
	PROMISE(book->decisions.count > 0 || book->logics.count == 0 || r.diag.errors > 0);
	if (book->decisions.count > 0)
		write_book(arena, book);
}

static void read_cell(struct arena *arena, const char *bytes, size_t size)
{
	struct feel_tests tests;
	struct phrase why = { NULL, NULL };
	static const struct feel_value null = { .kind = FEEL_NULL };
	if (feel_unary_tests(arena, arena_strndup(arena, bytes, size), &tests, &why)) {
		PROMISE(tests.any || tests.items.count > 0);
		(void)feel_holds(&tests, &null, 0);
	} else {
		PROMISE(why.zh != NULL && why.en != NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct out_of_memory end;
	struct _xmlTextReader *held = NULL;
	struct arena *arena = arena_new(&end);
	if (!arena)
		return 0;
	if (!setjmp(end.back)) {
		if (size > 0 && bytes[0] == '=')
			read_cell(arena, (const char *)bytes + 1, size - 1);
		else
			read_model(arena, (const char *)bytes, size, &held);
	} else {
		xmlFreeTextReader(held);
	}
	arena_free(arena);
	return 0;
}
