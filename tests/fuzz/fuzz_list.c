/* Any bytes as a drawing list, which guiju-draw reads from a pipe.
 * Promised: nothing crashes; what was read is written to a list that reads and writes as itself. */
#include "draw/list.h"
#include "fuzz.h"
#include "support/writer.h"

#include <string.h>

static const char *write_again(struct arena *arena, const struct drawing *drawing, size_t *size)
{
	struct writer w;
	writer_init(&w, arena);
	list_write(&w, drawing);
	*size = w.size;
	return writer_text(&w);
}

static void check(struct arena *arena, const uint8_t *bytes, size_t size)
{
	const char *error = NULL;
	size_t line = 0, first_size, second_size;
	const struct drawing *drawing = list_read(arena, (const char *)bytes, size, &error, &line);
	if (!drawing) {
		PROMISE(error != NULL);
		return;
	}
	const char *first = write_again(arena, drawing, &first_size);
	drawing = list_read(arena, first, first_size, &error, &line);
	PROMISE(drawing != NULL);
	const char *second = write_again(arena, drawing, &second_size);
	PROMISE(first_size == second_size && memcmp(first, second, first_size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct out_of_memory end;
	struct arena *arena = arena_new(&end);
	if (!arena)
		return 0;
	if (!setjmp(end.back))
		check(arena, bytes, size);
	arena_free(arena);
	return 0;
}
