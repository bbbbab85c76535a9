/* Finds a section in the document that the build has put into the program. */
#include "diag/explain.h"

#include "support/arena.h"

#include <stddef.h>
#include <string.h>

/* Made from docs/FINDINGS.md by embed.cmake; ends with a NUL that is not counted. */
extern const unsigned char findings_document[];
extern const size_t findings_document_size;

#define HEADING "\n## "

const char *explain_section(struct arena *arena, const char *slug)
{
	const char *text = (const char *)findings_document;
	size_t size = strlen(slug);
	for (const char *at = text; (at = strstr(at, HEADING)) != NULL; at++) {
		const char *title = at + strlen(HEADING);
		if (strncmp(title, slug, size) != 0 || title[size] != '\n')
			continue;
		const char *end = strstr(title, HEADING);
		size_t length = end ? (size_t)(end - at) - 1 : findings_document_size - (size_t)(at + 1 - text);
		while (length > 0 && at[length] == '\n')
			length--;
		return arena_printf(arena, "%.*s\n", (int)length, at + 1);
	}
	return NULL;
}
