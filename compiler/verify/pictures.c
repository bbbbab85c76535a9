/* Pictures: each has its drawing list beside it, whose hash the manifest gives, and shows what the list says. */
#include "verify/verifying.h"

#include "draw/read_back.h"
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
	refuse(v, MESSAGE_VERIFY_MISSING, name);
	return NULL;
}

static bool ends_with(const char *text, const char *end)
{
	size_t size = strlen(text), length = strlen(end);
	return size >= length && strcmp(text + size - length, end) == 0;
}

static void check_picture(struct verifying *v, const struct loaded *picture)
{
	const char *name = picture->listed->name;
	const struct loaded *list = list_of(v, name);
	struct phrase difference = { "?", "?" };
	if (!list || !picture->bytes)
		return;
	if (strcmp(digest_hex(v->arena, list->bytes, list->size), picture->listed->sha256) != 0) {
		refuse(v, MESSAGE_VERIFY_HASH, list->listed->name);
		return;
	}
	bool is_dot = ends_with(name, ".dot");
	if ((!is_dot && !ends_with(name, ".svg")) ||
	    !picture_matches(v->arena, list->bytes, list->size, picture->bytes, picture->size,
			     is_dot ? PICTURE_DOT : PICTURE_SVG, &difference))
		refuse_for(v, MESSAGE_VERIFY_PICTURE, difference, name, list->listed->name);
}

void check_pictures(struct verifying *v)
{
	for (size_t i = 0; i < v->manifest.count; i++) {
		if (v->files[i].listed->picture)
			check_picture(v, &v->files[i]);
	}
}
