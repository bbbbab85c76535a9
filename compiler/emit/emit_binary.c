/* NAME.table: the table's bytes as they are. */
#include "emit/emit.h"

static bool emit_table_bytes(const struct artifacts *a, struct writer *w, const char **error)
{
	(void)error;
	write_bytes(w, a->table->bytes, a->table->size);
	return true;
}

const struct emitter emit_binary = { .name = "table", .suffix = ".table", .emit = emit_table_bytes };
