/* The system calls that POSIX does not have: exchanging two names, and locks that end with their process. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* renameat2, flock, realpath */
#endif
#include "support/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>

#ifdef RENAME_EXCHANGE
int io_exchange(const char *one, const char *other)
{
	return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}
#else
int io_exchange(const char *one, const char *other)
{
	(void)one;
	(void)other;
	errno = ENOSYS;
	return -1;
}
#endif

char *io_realpath(const char *path, char *resolved)
{
	return realpath(path, resolved);
}

int io_lock(int fd)
{
	int result;
	do
		result = flock(fd, LOCK_EX);
	while (result != 0 && errno == EINTR);
	return result;
}
