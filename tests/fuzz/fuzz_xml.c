/* Any bytes as a NAME.xml, which `guiju verify` reads from a stranger's folder; and, opening with `{`, as a manifest.
 * Promised: nothing crashes or hangs; what is valid and resolves decides some cases and makes what follows from it. */
#include "emit/manifest.h"
#include "emit/xml_validate.h"
#include "fuzz.h"
#include "verify/book.h"
#include "verify/boundary.h"

static void decide_some(struct arena *arena, const struct book *book)
{
	struct book_case c;
	struct boundary *cases = boundary_new_in(arena, book);
	int64_t *values = arena_new_array(arena, int64_t, book->facts.count + 1);
	book_case_init(&c, book);
	for (size_t i = 0; i < boundary_targets(cases) && i < 8; i++) {
		boundary_aim(cases, i, (unsigned)i, values);
		book_case_start(&c, values);
		for (uint32_t k = 0; k < book->decisions.count; k++)
			(void)book_decide(&c, k);
		for (uint32_t k = 0; k < book->constraints.count; k++)
			(void)book_constraint_holds(&c, k);
	}
}

static void make_derived(struct arena *arena, const struct book *book)
{
	emitted_files files;
	struct emit_error error;
	const struct table none = { (const unsigned char *)"", 0 };
	const struct artifacts a = { .arena = arena, .model = book_model(book), .table = &none };
	PROMISE(emit_derived(&a, &files, &error));
	PROMISE(files.count == 3 + 2 * book->procedures.count);
}

static void read_manifest(struct arena *arena, const char *bytes, size_t size)
{
	struct manifest strict, names;
	const char *why = NULL;
	bool taken = manifest_read(arena, bytes, size, true, &strict, &why);
	PROMISE(taken || why != NULL);
	PROMISE(!taken || manifest_read(arena, bytes, size, false, &names, &why));
}

static void read_xml(struct arena *arena, const char *bytes, size_t size)
{
	char why[XML_WHY_SIZE];
	struct book book;
	struct book_fault fault;
	struct _xmlTextReader *held = NULL;
	if (!xml_is_valid(bytes, size, why)) {
		PROMISE(why[0] != '\0');
		return;
	}
	if (!book_read(arena, bytes, size, &held, &book, &fault) || !book_resolve(&book, &fault)) {
		PROMISE(fault.kind != FAULT_NONE && fault.name != NULL && held == NULL);
		return;
	}
	decide_some(arena, &book);
	make_derived(arena, &book);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct out_of_memory end;
	struct arena *arena = arena_new(&end);
	if (!arena)
		return 0;
	if (!setjmp(end.back)) {
		if (size > 0 && bytes[0] == '{')
			read_manifest(arena, (const char *)bytes, size);
		else
			read_xml(arena, (const char *)bytes, size);
	}
	arena_free(arena);
	return 0;
}
