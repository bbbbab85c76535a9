/* Pictures: each has its drawing list beside it, whose hash the manifest gives. */
#include "verify/verifying.h"

#include "draw/list.h"
#include "support/digest.h"

#include <string.h>

static const struct loaded *list_of(struct verifying *v, const char *picture)
{
	const char *dot = strrchr(picture, '.');
	int stem = dot ? (int)(dot - picture) : (int)strlen(picture);
	const char *name = arena_printf(v->arena, "%.*s.list", stem, picture);
	for (size_t i = 0; i < v->manifest.count; i++) {
		if (strcmp(v->files[i].listed->name, name) == 0)
			return v->files[i].bytes ? &v->files[i] : NULL;
	}
	refuse(v, MESSAGE_VERIFY_MISSING, name, NULL);
	return NULL;
}

static void check_picture(struct verifying *v, const struct loaded *picture)
{
	const char *error;
	size_t line;
	const struct loaded *list = list_of(v, picture->listed->name);
	if (!list || !picture->bytes)
		return;
	if (strcmp(digest_hex(v->arena, list->bytes, list->size), picture->listed->sha256) != 0) {
		refuse(v, MESSAGE_VERIFY_HASH, list->listed->name, NULL);
		return;
	}
	const struct drawing *drawing = list_read(v->arena, list->bytes, list->size, &error, &line);
	if (!drawing)
		refuse(v, MESSAGE_VERIFY_LIST, list->listed->name, arena_printf(v->arena, "%zu", line), NULL);
}

void check_pictures(struct verifying *v)
{
	for (size_t i = 0; i < v->manifest.count; i++) {
		if (v->files[i].listed->picture)
			check_picture(v, &v->files[i]);
	}
}
