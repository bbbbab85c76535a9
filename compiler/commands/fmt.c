/* guiju fmt: canonical layout, in place; --check only tells which files differ. */
#include "commands/command.h"

#include "grammar/parse.h"

#include <string.h>

static char keyword_choice(const char *keywords)
{
	return keywords ? keywords[0] : 'k';
}

enum exit_status command_fmt(struct compiler *c, const struct streams *to)
{
	enum exit_status status = EXIT_CLEAN;
	if (!command_load(c, to, &status))
		return status;
	if (!compile_parse(c))
		return command_findings(c, to);
	for (size_t i = 0; i < c->file_count; i++) {
		const struct source *source = &c->sources.items[c->files[i]];
		size_t size;
		const char *text = format_source(c->source_arena, source, keyword_choice(c->opt->keywords), &size);
		if (size == source->size && memcmp(text, source->text, size) == 0)
			continue;
		const char *file = strcmp(c->root, ".") == 0 ? source->path :
				   arena_printf(c->source_arena, "%s/%s", c->root, source->path);
		if (c->opt->check_only) {
			write_fmt(to->out, "%s\n", file);
			status = EXIT_WRONG;
		} else if (!io_write_file(c->io, c->source_arena, file, text, size, &c->io_error)) {
			write_io_error(to->err, &c->io_error, c->opt->language);
			return EXIT_IO;
		}
	}
	return status;
}
