/* Reads the list, then has the picture compared with it. */
#include "draw/read_back.h"

bool picture_matches(struct arena *arena, const char *list, size_t list_size, const char *picture, size_t picture_size,
		     enum picture_form form, struct phrase *difference)
{
	const char *error;
	size_t line;
	const struct drawing *d = list_read(arena, list, list_size, &error, &line);
	if (!d) {
		*difference = (struct phrase){ arena_printf(arena, "清单第%zu行有误（%s）", line, error),
					       arena_printf(arena, "line %zu of the list: %s", line, error) };
		return false;
	}
	return form == PICTURE_DOT ? dot_matches(arena, d, picture, picture_size, difference)
				   : svg_matches(arena, d, picture, picture_size, difference);
}
