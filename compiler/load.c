/* Loading a rulebook: its files, the files that they name, and the digest of them all. */
#include "driver.h"

#include "grammar/parse.h"
#include "support/digest.h"

#include <stdlib.h>
#include <string.h>

static const char suffix[] = ".rulebook.md";

bool compiler_is_rulebook(const char *name)
{
	size_t n = strlen(name), m = sizeof suffix - 1;
	return n >= m && strcmp(name + n - m, suffix) == 0 && !strchr(name, '/');
}

static bool read_source(struct compiler *c, const char *path, const char *name, uint32_t *file)
{
	size_t size;
	const char *text = io_read_file(c->io, c->source_arena, path, LIMIT_FILE, &size, &c->io_error);
	if (!text)
		return false;
	*file = sources_add(c->source_arena, &c->sources, arena_strdup(c->source_arena, name), text, size);
	return true;
}

static void add_file(struct compiler *c, uint32_t file)
{
	uint32_t *files = arena_new_array(c->source_arena, uint32_t, c->file_count + 1);
	if (c->file_count)
		memcpy(files, c->files, c->file_count * sizeof *files);
	files[c->file_count++] = file;
	c->files = files;
}

static bool load_folder(struct compiler *c, const char *path)
{
	c->root = path;
	const char **names = io_list_folder(c->io, c->source_arena, path, &c->io_error);
	if (!names)
		return false;
	for (; *names; names++) {
		uint32_t file;
		if (!compiler_is_rulebook(*names))
			continue;
		if (!read_source(c, arena_printf(c->source_arena, "%s/%s", path, *names), *names, &file))
			return false;
		add_file(c, file);
	}
	if (c->file_count == 0)
		c->io_error = (struct io_error){ .doing = "find a .rulebook.md in", .path = path };
	return c->file_count > 0;
}

bool compiler_load(struct compiler *c, const char *path)
{
	if (io_is_folder(c->io, path)) {
		size_t n = strlen(path);
		while (n > 1 && path[n - 1] == '/')
			n--;
		return load_folder(c, arena_strndup(c->source_arena, path, n));
	}
	const char *slash = strrchr(path, '/');
	uint32_t file;
	c->root = slash ? arena_strndup(c->source_arena, path, (size_t)(slash - path)) : ".";
	if (slash == path)
		c->root = "/";
	if (!read_source(c, path, slash ? slash + 1 : path, &file))
		return false;
	add_file(c, file);
	return true;
}

void compiler_add_source(struct compiler *c, const char *name, const char *text, size_t size)
{
	add_file(c, sources_add(c->source_arena, &c->sources, name, text, size));
	if (!c->root)
		c->root = "";
}

void compiler_add_text(struct compiler *c, const char *name, const char *text, size_t size)
{
	compiler_add_source(c, name, arena_strndup(c->source_arena, text, size), size);
}

/* The name stays inside the folder: plain parts separated by '/', none of them hidden, empty or "..". */
static bool is_inside(const char *name)
{
	if (!*name)
		return false;
	for (const char *part = name;; part++) {
		size_t n = strcspn(part, "/");
		if (n == 0 || part[0] == '.')
			return false;
		part += n;
		if (!*part)
			return true;
	}
}

const char *load_companion(void *compiler, const char *name, uint32_t *file, size_t *size)
{
	struct compiler *c = compiler;
	if (!is_inside(name))
		return NULL;
	if (c->companions)
		return c->companions->load(c->companions->context, name, file, size);
	if (!c->root || !*c->root)
		return NULL;
	if (!read_source(c, arena_printf(c->source_arena, "%s/%s", c->root, name), name, file))
		return NULL;
	*size = c->sources.items[*file].size;
	return c->sources.items[*file].text;
}

static int by_path(const void *a, const void *b)
{
	const struct source *const *x = a, *const *y = b;
	return strcmp((*x)->path, (*y)->path);
}

const char *rulebook_digest(struct compiler *c)
{
	const struct source **files = arena_new_array(c->source_arena, const struct source *, c->sources.count + 1);
	for (size_t i = 0; i < c->sources.count; i++)
		files[i] = &c->sources.items[i];
	qsort(files, c->sources.count, sizeof *files, by_path);
	struct writer w;
	writer_init(&w, c->source_arena);
	for (size_t i = 0; i < c->sources.count; i++)
		write_fmt(&w, "%s  %s\n", digest_hex(c->source_arena, files[i]->text, files[i]->size), files[i]->path);
	return arena_printf(c->source_arena, "sha256:%s", digest_hex(c->source_arena, writer_text(&w), w.size));
}
