/* Memory by lifetime: an arena hands out zeroed memory that lives until the arena ends.
 * There are three: source (texts, syntax trees), model (what resolve makes) and scratch (one question at a time). */
#ifndef GUIJU_SUPPORT_ARENA_H
#define GUIJU_SUPPORT_ARENA_H
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* What happens when memory ends: control returns to where the driver called setjmp. note [out of memory]
 * A stage cannot go on without memory and has nothing of its own to free, so the driver sets one return point and
 * every arena jumps to it. Functions that hold a library object take no arena memory while they hold it, or free
 * it by the driver's clean-up list. */
struct out_of_memory {
	jmp_buf back;
};

/* Makes an empty arena, or NULL when there is no memory. `handler` is borrowed and must outlive the arena. */
struct arena *arena_new(struct out_of_memory *handler);
void arena_free(struct arena *arena);                     /* NULL is allowed */
void *arena_alloc(struct arena *arena, size_t size);      /* zeroed, aligned for any type; never NULL */
void *arena_try_alloc(struct arena *arena, size_t size);  /* the same, but NULL when memory ends */
/* The same, not zeroed when it is large: for what is written before it is read. */
void *arena_alloc_unset(struct arena *arena, size_t size);
void *arena_alloc_array(struct arena *arena, size_t count, size_t size); /* checks the product */
/* More room, not zeroed, or less, for what was taken last; false: it was not, or its chunk has no room. */
bool arena_resize(struct arena *arena, const void *memory, size_t size, size_t wanted);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* A mark and a return to it: everything taken since is given back (scratch arenas). */
struct arena_mark {
	void *block;
	size_t used;
};
struct arena_mark arena_save(const struct arena *arena);
void arena_restore(struct arena *arena, struct arena_mark mark);
size_t arena_bytes(const struct arena *arena);            /* bytes held, for --memory */
/* Goes where arena_alloc goes when memory ends: for a library call that failed for want of memory. */
_Noreturn void arena_out_of_memory(const struct arena *arena);

#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_new_array(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))

#endif
