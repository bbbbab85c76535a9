/* Source texts: line starts are indexed once, columns are counted when a place is shown. */
#include "diag/source.h"

#include "support/arena.h"
#include "support/vec.h"

#include <assert.h>
#include <string.h>

#define POINT_STEP 4096

static uint32_t count_points_of_bytes(const char *text, size_t size)
{
	uint32_t count = 0;
	for (size_t i = 0; i < size; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

enum { WORDS = 128 };            /* not more than 255, so that the marks of their bytes can be added up */

/* Bytes that continue a code point, of so many words: the high bit without the one below it. */
static uint32_t count_continued(const char *text)
{
	uint64_t marks = 0;
	for (size_t i = 0; i < WORDS; i++) {
		uint64_t word;
		memcpy(&word, text + i * sizeof word, sizeof word);
		marks += word >> 7 & ~(word >> 6) & UINT64_C(0x0101010101010101);
	}
	marks = (marks & UINT64_C(0x00ff00ff00ff00ff)) + (marks >> 8 & UINT64_C(0x00ff00ff00ff00ff));
	return (uint32_t)(marks * UINT64_C(0x0001000100010001) >> 48);
}

static uint32_t count_points(const char *text, size_t size)
{
	uint32_t count = 0;
	size_t i = 0, step = WORDS * sizeof(uint64_t);
	for (; i + step <= size; i += step)
		count += (uint32_t)step - count_continued(text + i);
	return count + count_points_of_bytes(text + i, size - i);
}

static void index_points(struct arena *arena, struct source *source)
{
	size_t steps = source->size / POINT_STEP + 1;
	uint32_t count = 0;
	source->points = arena_new_array(arena, uint32_t, steps);
	for (size_t i = 0; i < steps; i++) {
		source->points[i] = count;
		if (i + 1 < steps)
			count += count_points(source->text + i * POINT_STEP, POINT_STEP);
	}
}

/* Code points that begin before offset. */
static uint32_t points_before(const struct source *source, size_t offset)
{
	size_t step = offset / POINT_STEP;
	return source->points[step] + count_points(source->text + step * POINT_STEP, offset - step * POINT_STEP);
}

static size_t count_lines(const char *text, size_t size)
{
	size_t count = 1;
	for (const char *p = text; (p = memchr(p, '\n', size - (size_t)(p - text))) != NULL; p++)
		count++;
	return count;
}

static void index_lines(struct arena *arena, struct source *source)
{
	const char *text = source->text, *end = text + source->size;
	size_t line = 1;
	source->line_count = count_lines(text, source->size);
	source->lines = arena_new_array(arena, uint32_t, source->line_count);
	for (const char *p = text; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		source->lines[line++] = (uint32_t)(p + 1 - text);
}

uint32_t sources_add(struct arena *arena, struct sources *sources, const char *path, const char *text, size_t size)
{
	assert(size < UINT32_MAX && sources->count < UINT32_MAX);
	struct source source = { .path = arena_strdup(arena, path), .text = text, .size = size };
	index_lines(arena, &source);
	index_points(arena, &source);
	vec_push(arena, sources, source);
	return (uint32_t)(sources->count - 1);
}

/* The last line that starts at or before offset. */
static size_t line_of(const struct source *source, uint32_t offset)
{
	size_t low = 0, high = source->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (source->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct position source_position(const struct source *source, uint32_t offset)
{
	if (offset > source->size)
		offset = (uint32_t)source->size;
	size_t line = line_of(source, offset);
	uint32_t column = 1 + points_before(source, offset) - points_before(source, source->lines[line]);
	return (struct position){ (uint32_t)line + 1, column };
}

struct span span_join(struct span a, struct span b)
{
	assert(a.file == b.file);
	return (struct span){ a.file, a.start, b.end };
}
