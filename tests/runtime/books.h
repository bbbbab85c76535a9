/* The table of a rulebook, made in this process. */
#ifndef RUNTIME_BOOKS_H
#define RUNTIME_BOOKS_H
#include "driver.h"

#include <stdlib.h>
#include <string.h>

typedef void use_table(const char *name, unsigned char *bytes, size_t size);

/* Of a folder's rulebook, or of a text as `rare`; false: it has no table. */
static inline bool with_table(const char *path, const char *text, use_table *use)
{
	static const struct options opt = { .verb = VERB_CHECK };
	struct compiler *c = compiler_new(&io_system, &opt);
	if (!c || setjmp(c->memory_ends.back))
		return false;
	if (text)
		compiler_add_text(c, "rare.rulebook.md", text, strlen(text));
	bool made = (text || compiler_load(c, path)) && compile_parse(c) && compile_resolve(c) && compile_lower(c);
	unsigned char *bytes = made ? malloc(c->table->size) : NULL;
	if (bytes) {
		memcpy(bytes, c->table->bytes, c->table->size);
		use(path ? strrchr(path, '/') + 1 : "rare", bytes, c->table->size);
	}
	free(bytes);
	compiler_free(c);
	return made;
}

#endif
