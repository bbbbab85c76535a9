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
	v->v->derived = v->v->refusals.count - before;
}
