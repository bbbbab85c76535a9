/* Source texts: lines and columns are counted when a place is shown, from the step before it. */
#include "diag/source.h"

#include "support/arena.h"
#include "support/vec.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#define STEP ((size_t)4096) /* bytes */

struct step { /* before its first byte */
	uint32_t points, newlines;
};

struct source_index {
	bool filled;
	struct step steps[]; /* so that a place costs no walk along a line of megabytes */
};

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

static uint32_t count_newlines(const char *text, size_t size)
{
	uint32_t count = 0;
	for (const char *p = text, *end = text + size; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		count++;
	return count;
}

static const struct step *steps_of(const struct source *source)
{
	struct source_index *index = source->index;
	for (size_t i = 0; (i + 1) * STEP <= source->size && !index->filled; i++) {
		const char *text = source->text + i * STEP;
		index->steps[i + 1] = (struct step){ index->steps[i].points + count_points(text, STEP),
						     index->steps[i].newlines + count_newlines(text, STEP) };
	}
	index->filled = true;
	return index->steps;
}

uint32_t sources_add(struct arena *arena, struct sources *sources, const char *path, const char *text, size_t size)
{
	assert(size < UINT32_MAX && sources->count < UINT32_MAX);
	struct source source = { .path = arena_strdup(arena, path), .text = text, .size = size };
	source.index = arena_alloc(arena, sizeof *source.index + (size / STEP + 1) * sizeof *source.index->steps);
	vec_push(arena, sources, source);
	return (uint32_t)(sources->count - 1);
}

/* Code points that begin before offset. */
static uint32_t points_before(const struct source *source, size_t offset)
{
	size_t step = offset / STEP;
	return steps_of(source)[step].points + count_points(source->text + step * STEP, offset - step * STEP);
}

static uint32_t newlines_before(const struct source *source, size_t offset)
{
	size_t step = offset / STEP;
	return steps_of(source)[step].newlines + count_newlines(source->text + step * STEP, offset - step * STEP);
}

/* The first step before which there are as many newlines as before `step`. */
static size_t first_alike(const struct step *steps, size_t step)
{
	size_t low = 0, high = step;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (steps[middle].newlines < steps[step].newlines)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of the line in which the offset lies; the steps on which nothing but this line stands are passed over. */
static size_t line_start(const struct source *source, size_t offset)
{
	size_t at = offset, step = offset / STEP * STEP;
	while (at > step && source->text[at - 1] != '\n')
		at--;
	if (at == step)
		at = first_alike(steps_of(source), step / STEP) * STEP;
	while (at > 0 && source->text[at - 1] != '\n')
		at--;
	return at;
}

struct position source_position(const struct source *source, uint32_t offset)
{
	if (offset > source->size)
		offset = (uint32_t)source->size;
	uint32_t column = 1 + points_before(source, offset) - points_before(source, line_start(source, offset));
	return (struct position){ newlines_before(source, offset) + 1, column };
}

uint32_t source_line(const struct source *source, size_t number)
{
	const char *at = source->text, *end = at + source->size;
	for (; number > 1 && at; number--) {
		at = memchr(at, '\n', (size_t)(end - at));
		at = at ? at + 1 : NULL;
	}
	return at ? (uint32_t)(at - source->text) : 0;
}

struct span span_join(struct span a, struct span b)
{
	assert(a.file == b.file);
	return (struct span){ a.file, a.start, b.end };
}
