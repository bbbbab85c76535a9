/* Every system call stands behind one small table, so that tests can make any of them fail. */
#ifndef GUIJU_SUPPORT_IO_H
#define GUIJU_SUPPORT_IO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>

struct arena;

struct io_ops {
	int (*open)(const char *path, int flags, mode_t mode);
	ssize_t (*read)(int fd, void *bytes, size_t size);
	ssize_t (*write)(int fd, const void *bytes, size_t size);
	int (*close)(int fd);
	int (*fsync)(int fd);
	int (*rename)(const char *from, const char *to);
	int (*unlink)(const char *path);
	int (*rmdir)(const char *path);
	int (*mkdir)(const char *path, mode_t mode);
	int (*fstat)(int fd, struct stat *st);
	int (*stat)(const char *path, struct stat *st);
	int (*lstat)(const char *path, struct stat *st);
	int (*exchange)(const char *one, const char *other); /* each name is given what the other had, in one step */
	char *(*realpath)(const char *path, char *resolved); /* resolved: PATH_MAX bytes */
	int (*lock)(int fd); /* waits for the only lock on an open folder; closing it or dying gives it back */
};
extern const struct io_ops io_system;  /* the real ones */

/* What POSIX does not have (io_exchange.c). */
int io_exchange(const char *one, const char *other);
char *io_realpath(const char *path, char *resolved);
int io_lock(int fd);

/* The world's failures come back as a status with the place; the text is errno's. */
struct io_error {
	int error;            /* errno, or 0 */
	const char *doing;    /* "open", "read", "write", ... */
	const char *path;     /* in the arena given */
	bool too_large;       /* a file over its limit, `limit` bytes */
	size_t limit;
};

/* Reads a whole file ("-" is standard input) of at most `limit` bytes; NUL is appended, not counted. NULL on error. */
char *io_read_file(const struct io_ops *io, struct arena *arena, const char *path, size_t limit, size_t *size,
		   struct io_error *error);
/* Names of the entries of a folder in byte order, without "." and "..", NULL-terminated. NULL on error. */
const char **io_list_folder(const struct io_ops *io, struct arena *arena, const char *path, struct io_error *error);
bool io_is_folder(const struct io_ops *io, const char *path);
/* Writes path whole or not at all: a temporary file beside it, fsync, rename. */
bool io_write_file(const struct io_ops *io, struct arena *arena, const char *path, const void *bytes, size_t size,
		   struct io_error *error);
/* Writes everything to a descriptor, resuming after short writes. */
bool io_write_all(const struct io_ops *io, int fd, const void *bytes, size_t size);

#endif
