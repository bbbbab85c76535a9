/* Source texts and places in them. A span is three numbers; lines and columns are computed when they are shown. */
#ifndef GUIJU_DIAG_SOURCE_H
#define GUIJU_DIAG_SOURCE_H
#include <stddef.h>
#include <stdint.h>

struct arena;

struct span {
	uint32_t file;  /* index into sources */
	uint32_t start; /* byte offset of the first byte */
	uint32_t end;   /* byte offset after the last byte; start == end is a point */
};

struct source_index;

struct source {
	const char *path; /* relative to the rulebook's folder, '/'-separated */
	const char *text; /* NUL-terminated; may hold no other NUL once scanned */
	size_t size;
	struct source_index *index; /* filled when the first place is asked for: most texts are never shown */
};

struct sources {
	struct source *items;
	size_t count;
	size_t capacity;
};

/* Gives the text of another file of the rulebook's folder (取自, 原文), or NULL; registers it in sources. */
struct csv_loader {
	const char *(*load)(void *context, const char *name, uint32_t *file, size_t *size);
	void *context;
};

struct position {
	uint32_t line;   /* from 1 */
	uint32_t column; /* from 1, in code points */
};

/* Adds a text; returns its file number. */
uint32_t sources_add(struct arena *arena, struct sources *sources, const char *path, const char *text, size_t size);
struct position source_position(const struct source *source, uint32_t offset);
/* Where a line begins; 0: there is none of this number. */
uint32_t source_line(const struct source *source, size_t number);
struct span span_join(struct span a, struct span b); /* from the start of a to the end of b, same file */

#endif
