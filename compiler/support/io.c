/* Files: whole reads with a limit, whole writes or none. Every failure says what was being done to which path. */
#include "support/io.h"

#include "support/arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_STEP	((size_t)1 << 16)
#define TEMPORARY_NAMES 64

/* open has three forms in C, so that its address needs a function of one form. */
static int system_open(const char *path, int flags, mode_t mode)
{
	return open(path, flags, mode);
}

const struct io_ops io_system = {
	.open = system_open,
	.read = read,
	.write = write,
	.close = close,
	.fsync = fsync,
	.rename = rename,
	.unlink = unlink,
	.rmdir = rmdir,
	.mkdir = mkdir,
	.fstat = fstat,
	.stat = stat,
	.lstat = lstat,
	.exchange = io_exchange,
	.realpath = io_realpath,
	.lock = io_lock,
};

static void set_error(struct arena *arena, struct io_error *error, const char *doing, const char *path)
{
	*error = (struct io_error){ .error = errno, .doing = doing, .path = arena_strdup(arena, path) };
}

static int open_again(const struct io_ops *io, const char *path, int flags, mode_t mode)
{
	int fd;
	do
		fd = io->open(path, flags, mode);
	while (fd < 0 && errno == EINTR);
	return fd;
}

/* ---- reading ---- */

/* While a descriptor or a folder is open, arena memory is only asked for with arena_try_alloc: the jump of
 * arena_alloc would leave it open. */
struct buffer {
	struct arena *arena;
	char *bytes;
	size_t size, capacity;
};

static bool buffer_grow(struct buffer *b, size_t capacity)
{
	char *bytes = capacity > b->capacity ? arena_try_alloc(b->arena, capacity) : NULL;
	if (!bytes) {
		errno = ENOMEM;
		return false;
	}
	if (b->size > 0)
		memcpy(bytes, b->bytes, b->size);
	b->bytes = bytes;
	b->capacity = capacity;
	return true;
}

/* Reads to the end or to one byte over the limit; keeps one byte of room for the NUL. False with errno. */
static bool read_to_end(const struct io_ops *io, int fd, size_t limit, struct buffer *b)
{
	while (b->size <= limit) {
		if (b->size + 1 >= b->capacity && !buffer_grow(b, b->capacity * 2))
			return false;
		ssize_t got = io->read(fd, b->bytes + b->size, b->capacity - 1 - b->size);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			return true;
		b->size += (size_t)got;
	}
	return true;
}

/* A first guess of the size, so that a regular file is read in one step: one byte more shows the end of file. */
static size_t guess_capacity(const struct io_ops *io, int fd, size_t limit)
{
	struct stat st;
	if (io->fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0 || (uintmax_t)st.st_size > limit)
		return READ_STEP;
	return (size_t)st.st_size + 2;
}

static bool read_open_file(const struct io_ops *io, int fd, size_t limit, struct buffer *b)
{
	return buffer_grow(b, guess_capacity(io, fd, limit)) && read_to_end(io, fd, limit, b);
}

char *io_read_file(const struct io_ops *io, struct arena *arena, const char *path, size_t limit, size_t *size,
		   struct io_error *error)
{
	bool standard_input = strcmp(path, "-") == 0;
	struct buffer b = { .arena = arena };
	int fd = standard_input ? STDIN_FILENO : open_again(io, path, O_RDONLY | O_CLOEXEC, 0);
	bool good = fd >= 0 && read_open_file(io, fd, limit, &b);
	int saved = errno;
	if (fd >= 0 && !standard_input)
		(void)io->close(fd); /* nothing was written: a failure to close loses nothing */
	errno = saved;
	if (!good) {
		set_error(arena, error, fd < 0 ? "open" : "read", path);
		return NULL;
	}
	if (b.size > limit) {
		*error = (struct io_error){ EFBIG, "read", arena_strdup(arena, path), true, limit };
		return NULL;
	}
	b.bytes[b.size] = '\0';
	*size = b.size;
	return b.bytes;
}

/* ---- folders ---- */

/* The names, one after the other with their NULs, and how many they are. */
struct names {
	struct buffer text;
	size_t count;
};

static bool add_name(struct names *names, const char *name)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return true;
	struct buffer *b = &names->text;
	size_t size = strlen(name) + 1;
	while (b->capacity - b->size < size) {
		if (!buffer_grow(b, b->capacity == 0 ? 1024 : b->capacity * 2))
			return false;
	}
	memcpy(b->bytes + b->size, name, size);
	b->size += size;
	names->count++;
	return true;
}

static bool read_names(DIR *folder, struct names *names)
{
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(folder);
		if (!entry)
			return errno == 0;
		if (!add_name(names, entry->d_name))
			return false;
	}
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **sort_names(struct arena *arena, const struct names *names)
{
	const char **list = arena_alloc_array(arena, names->count + 1, sizeof *list);
	const char *name = names->text.bytes;
	for (size_t i = 0; i < names->count; i++) {
		list[i] = name;
		name += strlen(name) + 1;
	}
	qsort(list, names->count, sizeof *list, compare_names);
	return list;
}

const char **io_list_folder(const struct io_ops *io, struct arena *arena, const char *path, struct io_error *error)
{
	struct names names = { .text = { .arena = arena } };
	int fd = open_again(io, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	if (!folder) {
		int saved = errno;
		if (fd >= 0)
			(void)io->close(fd);
		errno = saved;
		set_error(arena, error, "open", path);
		return NULL;
	}
	bool good = read_names(folder, &names);
	int saved = errno;
	(void)closedir(folder);
	errno = saved;
	if (!good) {
		set_error(arena, error, "read", path);
		return NULL;
	}
	return sort_names(arena, &names);
}

bool io_is_folder(const struct io_ops *io, const char *path)
{
	struct stat st;
	return io->stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* ---- writing ---- */

bool io_write_all(const struct io_ops *io, int fd, const void *bytes, size_t size)
{
	const char *rest = bytes;
	while (size > 0) {
		ssize_t put = io->write(fd, rest, size);
		if (put < 0 && errno == EINTR)
			continue;
		if (put == 0)
			errno = ENOSPC; /* POSIX gives no reason; going on would never end */
		if (put <= 0)
			return false;
		rest += put;
		size -= (size_t)put;
	}
	return true;
}

/* Writes, flushes and closes; every one of them may be the first to know that the disk is full. */
static const char *write_and_close(const struct io_ops *io, int fd, const void *bytes, size_t size, bool flush)
{
	const char *failed = NULL;
	if (!io_write_all(io, fd, bytes, size))
		failed = "write";
	else if (flush && io->fsync(fd) != 0)
		failed = "fsync";
	int saved = errno;
	if (io->close(fd) != 0 && !failed) {
		failed = "close";
		saved = errno;
	}
	errno = saved;
	return failed;
}

/* Opens a new file beside path; its name is put in *name, which has room for `room` bytes. */
static int open_temporary(const struct io_ops *io, const char *path, char *name, size_t room)
{
	for (int i = 0; i < TEMPORARY_NAMES; i++) {
		(void)snprintf(name, room, "%s.guiju-%ld-%d", path, (long)getpid(), i);
		int fd = open_again(io, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

/* A rename is durable when its folder is; a file system that cannot flush folders loses nothing but that. */
static void flush_folder_of(const struct io_ops *io, char *path)
{
	char *slash = strrchr(path, '/');
	if (slash)
		slash[slash == path ? 1 : 0] = '\0';
	int fd = open_again(io, slash ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (fd < 0)
		return;
	(void)io->fsync(fd);
	(void)io->close(fd);
}

/* The name of the step that failed, with errno, or NULL. */
static const char *replace_file(const struct io_ops *io, struct arena *arena, const char *path, const void *bytes,
				size_t size)
{
	size_t room = strlen(path) + 64;
	char *temporary = arena_alloc(arena, room);
	int fd = open_temporary(io, path, temporary, room);
	if (fd < 0)
		return "open";
	const char *failed = write_and_close(io, fd, bytes, size, true);
	if (!failed && io->rename(temporary, path) != 0)
		failed = "rename";
	if (failed) {
		int saved = errno;
		(void)io->unlink(temporary);
		errno = saved;
		return failed;
	}
	flush_folder_of(io, temporary);
	return NULL;
}

/* A device or pipe (-o /dev/stdout) is written to: a rename would put a file in its place. */
static const char *write_device(const struct io_ops *io, const char *path, const void *bytes, size_t size)
{
	int fd = open_again(io, path, O_WRONLY | O_CLOEXEC, 0);
	return fd < 0 ? "open" : write_and_close(io, fd, bytes, size, false);
}

bool io_write_file(const struct io_ops *io, struct arena *arena, const char *path, const void *bytes, size_t size,
		   struct io_error *error)
{
	struct stat st;
	bool device = io->stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
	const char *failed = device ? write_device(io, path, bytes, size) : replace_file(io, arena, path, bytes, size);
	if (!failed)
		return true;
	set_error(arena, error, failed, path);
	return false;
}
