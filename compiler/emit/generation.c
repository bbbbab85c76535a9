/* Folders of artifacts: what they hold by their manifest, and their removal. */
#include "emit/generation.h"

#include "emit/manifest.h"

#include <errno.h>
#include <string.h>

void generation_init(struct arena *arena, const char *root, struct generation *g)
{
	*g = (struct generation){ .root = root };
	g->manifest = arena_printf(arena, "%s/%s", root, MANIFEST_NAME);
}

static void add_folder(struct arena *arena, struct generation *g, const char *folder)
{
	for (size_t i = 0; i < g->folders.count; i++) {
		if (strcmp(g->folders.items[i], folder) == 0)
			return;
	}
	vec_push(arena, &g->folders, folder);
}

void generation_add(struct arena *arena, struct generation *g, const char *name)
{
	if (strcmp(name, MANIFEST_NAME) == 0)
		return;
	const char *slash = strchr(name, '/');
	if (slash)
		add_folder(arena, g, arena_printf(arena, "%s/%.*s", g->root, (int)(slash - name), name));
	vec_push(arena, &g->files, arena_printf(arena, "%s/%s", g->root, name));
}

/* ---- finding ---- */

struct finding_files {
	const struct io_ops *io;
	struct arena *arena;
	const char *at;
	struct manifest manifest; /* empty when there is none or it is not whole */
	struct generation *g;
	struct generation_check *check;
};

static bool is_folder(const struct finding_files *f, const char *name)
{
	struct stat st;
	const char *path = arena_printf(f->arena, "%s/%s", f->at, name);
	return f->io->lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_foreign(struct finding_files *f, const char *name)
{
	f->check->foreign = arena_printf(f->arena, "%s/%s", f->at, name);
	return false;
}

static bool find_in_folder(struct finding_files *f, const char *folder)
{
	const char *path = arena_printf(f->arena, "%s/%s", f->at, folder);
	const char **names = io_list_folder(f->io, f->arena, path, &f->check->io);
	if (!names)
		return false;
	for (; *names; names++) {
		const char *name = arena_printf(f->arena, "%s/%s", folder, *names);
		if (!manifest_lists(&f->manifest, name) || is_folder(f, name))
			return is_foreign(f, name);
		generation_add(f->arena, f->g, name);
	}
	add_folder(f->arena, f->g, arena_printf(f->arena, "%s/%s", f->g->root, folder));
	return true;
}

static bool holds_listed_files(const struct manifest *manifest, const char *folder)
{
	size_t size = strlen(folder);
	for (size_t i = 0; i < manifest->count; i++) {
		const char *name = manifest->files[i].name;
		if (strncmp(name, folder, size) == 0 && name[size] == '/')
			return true;
	}
	return false;
}

static bool find_entry(struct finding_files *f, const char *name)
{
	bool folder = is_folder(f, name);
	if (strcmp(name, MANIFEST_NAME) == 0 && !folder)
		return f->g->has_manifest = true;
	if (folder && holds_listed_files(&f->manifest, name))
		return find_in_folder(f, name);
	if (folder || !manifest_lists(&f->manifest, name))
		return is_foreign(f, name);
	generation_add(f->arena, f->g, name);
	return true;
}

/* A manifest that is not whole lists nothing: a killed build wrote it, and nothing after it. */
static bool read_listing(struct finding_files *f, const char *const *names)
{
	const char *why;
	size_t size;
	for (; *names && strcmp(*names, MANIFEST_NAME) != 0; names++)
		;
	if (!*names || is_folder(f, MANIFEST_NAME))
		return true;
	const char *path = arena_printf(f->arena, "%s/%s", f->at, MANIFEST_NAME);
	const char *bytes = io_read_file(f->io, f->arena, path, LIMIT_MANIFEST, &size, &f->check->io);
	if (!bytes)
		return f->check->io.too_large;
	if (!manifest_read(f->arena, bytes, size, false, &f->manifest, &why))
		f->manifest = (struct manifest){ 0 };
	return true;
}

bool generation_find(const struct io_ops *io, struct arena *arena, const char *at, const char *root,
		     struct generation *g, struct generation_check *check)
{
	struct finding_files f = { .io = io, .arena = arena, .at = at, .g = g, .check = check };
	*check = (struct generation_check){ 0 };
	generation_init(arena, root, g);
	const char **names = io_list_folder(io, arena, at, &check->io);
	if (!names || !read_listing(&f, names))
		return false;
	for (; *names; names++) {
		if (!find_entry(&f, *names))
			return false;
	}
	return true;
}

/* ---- removing ---- */

/* Keeps the first path that is stuck, and its errno. */
struct removing {
	const char *stuck;
	int error;
};

static void removed(struct removing *r, int result, const char *path)
{
	if (result == 0 || errno == ENOENT || r->stuck)
		return;
	r->stuck = path;
	r->error = errno;
}

const char *generation_remove(const struct io_ops *io, const struct generation *g)
{
	struct removing r = { 0 };
	for (size_t i = 0; i < g->files.count; i++)
		removed(&r, io->unlink(g->files.items[i]), g->files.items[i]);
	for (size_t i = 0; i < g->folders.count; i++)
		removed(&r, io->rmdir(g->folders.items[i]), g->folders.items[i]);
	if (!r.stuck && g->has_manifest)
		removed(&r, io->unlink(g->manifest), g->manifest);
	if (!r.stuck)
		removed(&r, io->rmdir(g->root), g->root);
	errno = r.error;
	return r.stuck;
}
