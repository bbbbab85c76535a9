/* The artifacts whose every byte follows from NAME.xml and NAME.table are made again from these two, by the emitters
 * that made them, and compared (decision 0094). */
#include "verify/verifying.h"

#include "lower/table.h"

#include <string.h>

static void compare(struct verifying *v, const struct emitted_file *made, const char *xml, const char *table)
{
	const struct loaded *file = need_file(v, made->path, NULL);
	if (!file || (file->size == made->size && memcmp(file->bytes, made->bytes, made->size) == 0))
		return;
	size_t line = first_different_line(file->bytes, file->size, made->bytes, made->size);
	refuse(v, MESSAGE_VERIFY_DERIVED, made->path, xml, table, arena_printf(v->arena, "%zu", line));
}

/* ---- what the manifest lists is an artifact ---- */

static bool is_fixed(const struct verifying *v, const char *name)
{
	for (const struct emitter *const *emitter = emitters; *emitter; emitter++) {
		const char *suffix = (*emitter)->suffix;
		if ((*emitter)->file ? strcmp((*emitter)->file, name) == 0
				     : !(*emitter)->emit_procedure &&
					       strcmp(arena_printf(v->arena, "%s%s", v->manifest.rulebook, suffix), name) == 0)
			return true;
	}
	return false;
}

static bool is_made(const emitted_files *made, const char *name)
{
	for (size_t i = 0; i < made->count; i++) {
		if (strcmp(made->items[i].path, name) == 0)
			return true;
	}
	return false;
}

/* "graphs/ID.list", where "graphs/ID.svg" or "graphs/ID.dot" is a picture. */
static bool is_drawing_list(const struct verifying *v, const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t stem = dot ? (size_t)(dot - name) + 1 : 0;
	for (size_t i = 0; dot && strcmp(dot, ".list") == 0 && i < v->manifest.count; i++) {
		const struct manifest_file *file = &v->manifest.files[i];
		if (file->picture && strncmp(file->name, name, stem) == 0 && !strchr(file->name + stem, '.'))
			return true;
	}
	return false;
}

static void refuse_foreign(struct verifying *v, const emitted_files *made)
{
	for (size_t i = 0; i < v->manifest.count; i++) {
		const struct manifest_file *file = &v->manifest.files[i];
		if (!file->picture && !is_fixed(v, file->name) && !is_made(made, file->name) && !is_drawing_list(v, file->name))
			refuse(v, MESSAGE_VERIFY_FOREIGN, file->name);
	}
}

void check_derived(struct verifying *v, const struct book *book, const struct loaded *xml, const struct loaded *table)
{
	emitted_files made = { 0 };
	struct emit_error error;
	const struct table bytes = { .bytes = (const unsigned char *)table->bytes, .size = table->size };
	const struct artifacts a = { .arena = v->arena, .model = book_model(book), .table = &bytes };
	size_t before = v->v->refusals.count;
	if (!emit_derived(&a, &made, &error))
		refuse(v, error.message, error.args[0].zh, error.args[1].zh);
	for (size_t i = 0; i < made.count; i++)
		compare(v, &made.items[i], xml->listed->name, table->listed->name);
	refuse_foreign(v, &made);
	v->v->derived = v->v->refusals.count - before;
}
