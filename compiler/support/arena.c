/* Arenas: chunks that double up to 256 KiB, newest first. What does not fit in a chunk gets one of its own size. */
#include "support/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CHUNK   ((size_t)4096)
#define LARGEST_CHUNK ((size_t)1 << 18)
#define ALIGNMENT     alignof(max_align_t)

/* Under AddressSanitizer only what was asked for may be touched; a gap behind each piece lies before the next. */
#if defined __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define GAP ALIGNMENT
#else
#define GAP					 ((size_t)0)
#define ASAN_POISON_MEMORY_REGION(bytes, size)	 ((void)(bytes), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(bytes, size) ((void)(bytes), (void)(size))
#endif

struct chunk {
	struct chunk *older;
	size_t size;  /* of the bytes that follow */
	size_t dirty; /* so many of them have been given out; behind them they are still zero, as calloc gave them */
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct out_of_memory *handler;
	struct chunk *newest;
	struct chunk
		*spare; /* one chunk kept after a restore, so that a loop of save and restore does not call malloc */
	size_t used;	/* of the newest chunk */
	size_t next_size;
	size_t held;
};

struct arena *arena_new(struct out_of_memory *handler)
{
	struct arena *arena = calloc(1, sizeof *arena);
	if (!arena)
		return NULL;
	arena->handler = handler;
	arena->next_size = FIRST_CHUNK;
	return arena;
}

static void free_chunk(struct arena *arena, struct chunk *chunk)
{
	arena->held -= chunk->size;
	free(chunk);
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	while (arena->newest) {
		struct chunk *chunk = arena->newest;
		arena->newest = chunk->older;
		free_chunk(arena, chunk);
	}
	free(arena->spare);
	free(arena);
}

void arena_out_of_memory(const struct arena *arena)
{
	assert(arena->handler);
	longjmp(arena->handler->back, 1);
}

static struct chunk *take_spare(struct arena *arena, size_t size)
{
	struct chunk *spare = arena->spare;
	if (!spare || spare->size < size)
		return NULL;
	arena->spare = NULL;
	return spare;
}

static struct chunk *make_chunk(struct arena *arena, size_t size, bool zeroed)
{
	size_t want = size > arena->next_size ? size : arena->next_size;
	if (want > SIZE_MAX - sizeof(struct chunk))
		return NULL;
	struct chunk *chunk = zeroed ? calloc(1, sizeof *chunk + want) : malloc(sizeof *chunk + want);
	if (!chunk)
		return NULL;
	chunk->size = want;
	chunk->dirty = zeroed ? 0 : want;
	arena->held += want;
	ASAN_POISON_MEMORY_REGION(chunk->bytes, want);
	if (arena->next_size < LARGEST_CHUNK)
		arena->next_size *= 2;
	return chunk;
}

static bool add_chunk(struct arena *arena, size_t size, bool zeroed)
{
	struct chunk *chunk = take_spare(arena, size);
	if (!chunk)
		chunk = make_chunk(arena, size, zeroed);
	if (!chunk)
		return false;
	chunk->older = arena->newest;
	arena->newest = chunk;
	arena->used = 0;
	return true;
}

/* Nothing still has an address of its own. */
static size_t rounded_size(size_t size)
{
	return (size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT) + GAP;
}

static void *try_alloc(struct arena *arena, size_t size, bool zeroed)
{
	if (size > SIZE_MAX - ALIGNMENT - GAP)
		return NULL;
	size_t rounded = rounded_size(size);
	if ((!arena->newest || arena->newest->size - arena->used < rounded) && !add_chunk(arena, rounded, zeroed))
		return NULL;
	struct chunk *chunk = arena->newest;
	void *memory = chunk->bytes + arena->used;
	ASAN_UNPOISON_MEMORY_REGION(memory, size);
	if (zeroed && arena->used < chunk->dirty)
		memset(memory, 0, size < chunk->dirty - arena->used ? size : chunk->dirty - arena->used);
	arena->used += rounded;
	if (chunk->dirty < arena->used)
		chunk->dirty = arena->used;
	return memory;
}

void *arena_try_alloc(struct arena *arena, size_t size)
{
	return try_alloc(arena, size, true);
}

void *arena_alloc_unset(struct arena *arena, size_t size)
{
	void *memory = try_alloc(arena, size, size <= LARGEST_CHUNK);
	if (!memory)
		arena_out_of_memory(arena);
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *memory = arena_try_alloc(arena, size);
	if (!memory)
		arena_out_of_memory(arena);
	return memory;
}

bool arena_resize(struct arena *arena, const void *memory, size_t size, size_t wanted)
{
	struct chunk *chunk = arena->newest;
	if (!chunk || size > arena->used || rounded_size(size) > arena->used || wanted > chunk->size)
		return false;
	size_t start = arena->used - rounded_size(size);
	if (memory != chunk->bytes + start || rounded_size(wanted) > chunk->size - start)
		return false;
	ASAN_POISON_MEMORY_REGION(memory, rounded_size(size));
	ASAN_UNPOISON_MEMORY_REGION(memory, wanted);
	arena->used = start + rounded_size(wanted);
	if (chunk->dirty < arena->used)
		chunk->dirty = arena->used;
	return true;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		arena_out_of_memory(arena);
	return arena_alloc(arena, count * size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t size)
{
	if (size == SIZE_MAX)
		arena_out_of_memory(arena);
	char *copy = arena_alloc(arena, size + 1);
	if (size > 0)
		memcpy(copy, text, size);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	char few[256];
	va_list again;
	va_copy(again, args);
	int size = vsnprintf(few, sizeof few, format, args);
	assert(size >= 0);
	char *text = arena_alloc(arena, (size_t)size + 1);
	if ((size_t)size < sizeof few)
		memcpy(text, few, (size_t)size);
	else
		(void)vsnprintf(text, (size_t)size + 1, format, again);
	va_end(again);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

struct arena_mark arena_save(const struct arena *arena)
{
	return (struct arena_mark){ arena->newest, arena->used };
}

static void retire_chunk(struct arena *arena, struct chunk *chunk)
{
	struct chunk *loser = chunk;
	/* A chunk of an unusual size is a single huge array: giving it back matters more than its reuse. */
	if (chunk->size <= LARGEST_CHUNK && (!arena->spare || arena->spare->size < chunk->size)) {
		loser = arena->spare;
		arena->spare = chunk;
		ASAN_POISON_MEMORY_REGION(chunk->bytes, chunk->size);
	}
	if (loser)
		free_chunk(arena, loser);
}

void arena_restore(struct arena *arena, struct arena_mark mark)
{
	while (arena->newest != mark.block) {
		struct chunk *chunk = arena->newest;
		assert(chunk);
		arena->newest = chunk->older;
		retire_chunk(arena, chunk);
	}
	arena->used = mark.used;
	if (arena->newest)
		ASAN_POISON_MEMORY_REGION(arena->newest->bytes + mark.used, arena->newest->size - mark.used);
}

size_t arena_bytes(const struct arena *arena)
{
	return arena->held;
}
