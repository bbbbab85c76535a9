/* Writing a folder of artifacts, all or nothing (docs/decisions/0010). The new folder is made beside the old one under
 * a name of its own, and one system call gives each the other's name; then the old one is removed. What a killed build
 * left beside is removed by the next. Files that no manifest lists are never removed. */
#include "emit/emit.h"

#include "emit/generation.h"
#include "emit/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

struct place { /* where the folder is, with all links followed */
	const char *dir, *parent, *beside;
	bool exists, empty;
	int parent_fd;		/* open and locked while the build writes; -1: not yet */
	struct generation made; /* the new folder, under the name `beside` */
	struct generation old;	/* the old one, under the name `beside` after the exchange */
};

static bool failed(struct emit_error *error, const char *doing, const char *path)
{
	*error = (struct emit_error){ .io = { .error = errno, .doing = doing, .path = path } };
	return false;
}

static bool refused(struct emit_error *error, enum message message, const char *path)
{
	int saved = errno;
	*error = (struct emit_error){ .message = message };
	error->args[0].zh = path;
	error->args[1].zh = strerror(saved);
	return false;
}

/* ---- where ---- */

static const char *without_slashes(struct arena *arena, const char *path)
{
	size_t size = strlen(path);
	while (size > 1 && path[size - 1] == '/')
		size--;
	return arena_strndup(arena, path, size);
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return ".";
	return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

static const char *joined(struct arena *arena, const char *folder, const char *name)
{
	return arena_printf(arena, "%s%s%s", folder, strcmp(folder, "/") == 0 ? "" : "/", name);
}

/* A link to a folder is followed: exchanging the link itself would put a folder in its place. */
static bool find_folder(const struct io_ops *io, struct arena *arena, struct place *place, const char *dir,
			struct emit_error *error)
{
	char *found = arena_alloc(arena, PATH_MAX);
	dir = without_slashes(arena, dir);
	if (io->realpath(dir, found)) {
		place->dir = found;
		place->parent = folder_of(arena, found);
	} else {
		if (errno != ENOENT)
			return failed(error, "open", dir);
		const char *parent = folder_of(arena, dir);
		if (!io->realpath(parent, found))
			return failed(error, "open", parent);
		place->parent = found;
		place->dir = joined(arena, found, last_part(dir));
	}
	const char *beside = arena_printf(arena, ".%s.guiju-new", last_part(place->dir));
	place->beside = joined(arena, place->parent, beside);
	return true;
}

static bool is_current_folder(const struct io_ops *io, struct arena *arena, const char *dir)
{
	char *here = arena_alloc(arena, PATH_MAX);
	return io->realpath(".", here) && strcmp(here, dir) == 0;
}

/* Asked under the lock: a build that was waited for may have made it. */
static bool check_folder(const struct io_ops *io, struct arena *arena, struct place *place, struct emit_error *error)
{
	struct stat st;
	place->exists = io->lstat(place->dir, &st) == 0;
	if (!place->exists)
		return errno == ENOENT || failed(error, "open", place->dir);
	if (!S_ISDIR(st.st_mode))
		return refused(error, MESSAGE_EMIT_NOT_A_FOLDER, place->dir);
	if (strcmp(place->dir, "/") == 0 || is_current_folder(io, arena, place->dir))
		return refused(error, MESSAGE_EMIT_CURRENT_FOLDER, place->dir);
	return true;
}

/* Two builds that write into folders of one parent take turns; see io_ops.lock. */
static bool lock_parent(const struct io_ops *io, struct place *place, struct emit_error *error)
{
	place->parent_fd = io->open(place->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (place->parent_fd < 0)
		return failed(error, "open", place->parent);
	if (io->lock(place->parent_fd) == 0 || errno == EOPNOTSUPP || errno == ENOLCK || errno == EBADF)
		return true;
	return failed(error, "lock", place->parent);
}

/* ---- what is there ---- */

static bool found_foreign(const struct generation_check *check, struct emit_error *error)
{
	if (check->foreign)
		return refused(error, MESSAGE_EMIT_FOREIGN_FILE, check->foreign);
	*error = (struct emit_error){ .io = check->io };
	return false;
}

/* Removes what a killed build left beside, if it is what a build writes. */
static bool remove_leftovers(const struct io_ops *io, struct arena *arena, struct place *place,
			     struct emit_error *error)
{
	struct stat st;
	struct generation left;
	struct generation_check check;
	if (io->lstat(place->beside, &st) != 0)
		return errno == ENOENT || failed(error, "open", place->beside);
	if (!S_ISDIR(st.st_mode))
		return refused(error, MESSAGE_EMIT_FOREIGN_FILE, place->beside);
	if (!generation_find(io, arena, place->beside, place->beside, &left, &check))
		return found_foreign(&check, error);
	const char *stuck = generation_remove(io, &left);
	return !stuck || failed(error, "unlink", stuck);
}

static bool plan_old(const struct io_ops *io, struct arena *arena, struct place *place, struct emit_error *error)
{
	struct generation_check check;
	if (!place->exists)
		return true;
	if (!generation_find(io, arena, place->dir, place->beside, &place->old, &check))
		return found_foreign(&check, error);
	place->empty = place->old.files.count == 0 && place->old.folders.count == 0 && !place->old.has_manifest;
	return true;
}

static void plan_new(struct arena *arena, struct place *place, const emitted_files *files)
{
	generation_init(arena, place->beside, &place->made);
	for (size_t i = 0; i < files->count; i++)
		generation_add(arena, &place->made, files->items[i].path);
	place->made.has_manifest = true;
}

/* ---- writing: from here on no memory is taken ---- */

static bool write_file(const struct io_ops *io, const char *path, const struct emitted_file *file,
		       struct emit_error *error)
{
	const char *doing = "open";
	int fd = io->open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return failed(error, doing, path);
	doing = !io_write_all(io, fd, file->bytes, file->size) ? "write" : io->fsync(fd) != 0 ? "fsync" : NULL;
	bool good = !doing || failed(error, doing, path);
	if (io->close(fd) != 0 && good)
		good = failed(error, "close", path);
	return good;
}

static bool flush_folder(const struct io_ops *io, const char *path, struct emit_error *error)
{
	int fd = io->open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (fd < 0)
		return failed(error, "open", path);
	bool good = io->fsync(fd) == 0 || failed(error, "fsync", path);
	if (io->close(fd) != 0 && good)
		good = failed(error, "close", path);
	return good;
}

static bool make_folder(const struct io_ops *io, const char *path, struct emit_error *error)
{
	return io->mkdir(path, 0777) == 0 || failed(error, "mkdir", path);
}

/* The manifest first: what a killed build leaves is then known by it. */
static bool write_generation(const struct io_ops *io, const struct generation *made, const emitted_files *files,
			     struct emit_error *error)
{
	const struct emitted_file *manifest = &files->items[0];
	if (!make_folder(io, made->root, error) || !write_file(io, made->manifest, manifest, error))
		return false;
	for (size_t i = 0; i < made->folders.count; i++) {
		if (!make_folder(io, made->folders.items[i], error))
			return false;
	}
	for (size_t i = 0; i < made->files.count; i++) {
		if (!write_file(io, made->files.items[i], &files->items[i + 1], error))
			return false;
	}
	for (size_t i = 0; i < made->folders.count; i++) {
		if (!flush_folder(io, made->folders.items[i], error))
			return false;
	}
	return flush_folder(io, made->root, error);
}

static bool give_name(const struct io_ops *io, const struct place *place, struct emit_error *error)
{
	if (!place->exists || place->empty)
		return io->rename(place->beside, place->dir) == 0 || failed(error, "rename", place->dir);
	if (io->exchange(place->beside, place->dir) == 0)
		return true;
	if (errno == ENOSYS || errno == EINVAL || errno == EXDEV || errno == EBUSY || errno == EOPNOTSUPP)
		return refused(error, MESSAGE_EMIT_NO_EXCHANGE, place->dir);
	return failed(error, "rename", place->dir);
}

/* Undoes give_name: the parent could not be flushed, so the new name might not last. */
static bool take_name_back(const struct io_ops *io, const struct place *place)
{
	if (place->exists && !place->empty)
		return io->exchange(place->beside, place->dir) == 0;
	bool back = io->rename(place->dir, place->beside) == 0;
	if (back && place->exists)
		(void)io->mkdir(place->dir, 0777);
	return back;
}

static bool flush_parent(const struct io_ops *io, const struct place *place, struct emit_error *error)
{
	if (io->fsync(place->parent_fd) == 0)
		return true;
	(void)failed(error, "fsync", place->parent);
	int saved = errno;
	bool back = take_name_back(io, place);
	errno = saved;
	if (!back)
		return refused(error, MESSAGE_EMIT_NOT_FLUSHED, place->parent);
	(void)generation_remove(io, &place->made);
	return false;
}

static bool write_and_exchange(const struct io_ops *io, const struct place *place, const emitted_files *files,
			       struct emit_error *error)
{
	if (!write_generation(io, &place->made, files, error) || !give_name(io, place, error)) {
		(void)generation_remove(io, &place->made);
		return false;
	}
	if (!flush_parent(io, place, error))
		return false;
	if (!place->exists || place->empty)
		return true;
	return !generation_remove(io, &place->old) || refused(error, MESSAGE_EMIT_OLD_LEFT, place->beside);
}

/* ---- the whole ---- */

static bool write_folder(const struct io_ops *io, struct arena *arena, struct place *place, const emitted_files *files,
			 const char *dir, struct emit_error *error)
{
	return find_folder(io, arena, place, dir, error) && lock_parent(io, place, error) &&
	       check_folder(io, arena, place, error) && remove_leftovers(io, arena, place, error) &&
	       plan_old(io, arena, place, error) && (plan_new(arena, place, files), true) &&
	       write_and_exchange(io, place, files, error);
}

static void unlock_parent(const struct io_ops *io, struct place *place)
{
	if (place->parent_fd >= 0)
		(void)io->close(place->parent_fd);
	place->parent_fd = -1;
}

/* The error's texts outlive the scratch arena that they stand in. False: memory ended. */
static bool keep_text(struct arena *arena, const char **text)
{
	size_t size = *text ? strlen(*text) + 1 : 0;
	char *copy = size > 0 ? arena_try_alloc(arena, size) : NULL;
	if (copy)
		memcpy(copy, *text, size);
	bool kept = copy || size == 0;
	*text = copy;
	return kept;
}

static bool keep_error(struct arena *arena, struct emit_error *error)
{
	bool kept = keep_text(arena, &error->io.path);
	for (size_t i = 0; i < DIAG_ARGS; i++)
		kept = keep_text(arena, &error->args[i].zh) && kept;
	return kept;
}

bool emit_write(const struct io_ops *io, struct arena *arena, const emitted_files *files, const char *dir,
		struct emit_error *error)
{
	/* a lock is held meanwhile: when memory ends control must come back here first */
	struct out_of_memory ends;
	struct place *place = arena_new_of(arena, struct place);
	struct arena *scratch = arena_new(&ends);
	*error = (struct emit_error){ 0 };
	place->parent_fd = -1;
	if (!scratch)
		arena_out_of_memory(arena);
	if (setjmp(ends.back) != 0) {
		unlock_parent(io, place);
		arena_free(scratch);
		arena_out_of_memory(arena);
	}
	bool good = write_folder(io, scratch, place, files, dir, error);
	unlock_parent(io, place);
	bool kept = keep_error(arena, error);
	arena_free(scratch);
	if (!kept)
		arena_out_of_memory(arena);
	return good;
}
