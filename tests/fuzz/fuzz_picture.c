/* Any bytes as a picture, DOT or SVG, which is compared with the drawing list that stands before it.
 * Promised: nothing crashes; a picture that is refused is refused with a difference. */
#include "draw/read_back.h"
#include "fuzz.h"

#include <string.h>

/* The list ends with the line `end …`; the picture follows it. */
static size_t size_of_list(const uint8_t *bytes, size_t size)
{
	static const char end[] = "\nend\t";
	for (size_t i = 0; i + sizeof end <= size; i++) {
		if (memcmp(bytes + i, end, sizeof end - 1) != 0)
			continue;
		const uint8_t *line = memchr(bytes + i + 1, '\n', size - i - 1);
		return line ? (size_t)(line - bytes) + 1 : size;
	}
	return size / 2;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct out_of_memory end;
	struct arena *arena = arena_new(&end);
	if (!arena)
		return 0;
	if (!setjmp(end.back)) {
		size_t list = size_of_list(bytes, size);
		const char *text = (const char *)bytes;
		for (int form = PICTURE_DOT; form <= PICTURE_SVG; form++) {
			struct phrase difference = { NULL, NULL };
			bool matches = picture_matches(arena, text, list, text + list, size - list,
						       (enum picture_form)form, &difference);
			PROMISE(matches || (difference.zh && difference.en));
		}
	}
	arena_free(arena);
	return 0;
}
