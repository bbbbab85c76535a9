/* NAME.c: the table as one array of bytes, the same as in NAME.table. */
#include "emit/c_names.h"
#include "emit/emit.h"

enum { BYTES_IN_LINE = 24 };

static bool emit_c_source(const struct artifacts *a, struct writer *w, const char **error)
{
	const char *id = a->model->name.id;
	(void)error;
	write_c_first_line(w, id);
	if (*a->model->edition.id) {
		write_str(w, " * ");
		write_c_comment_text(w, a->model->edition.label);
		write_char(w, '\n');
	}
	write_fmt(w,
		  " * The decision table, the same bytes as %s.table. */\n"
		  "#include <stddef.h>\n\n"
		  "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n"
		  "extern const unsigned char %s_table[%zu];\n"
		  "extern const size_t %s_table_size;\n\n"
		  "const size_t %s_table_size = %zu;\n"
		  "const unsigned char %s_table[%zu] = {",
		  id, id, a->table->size, id, id, a->table->size, id, a->table->size);
	for (size_t i = 0; i < a->table->size; i++)
		write_fmt(w, "%s%u,", i % BYTES_IN_LINE == 0 ? "\n\t" : "", a->table->bytes[i]);
	write_str(w, "\n};\n\n#ifdef __cplusplus\n}\n#endif\n");
	return true;
}

const struct emitter emit_c = { .name = "c", .suffix = ".c", .emit = emit_c_source, .derived = true };
