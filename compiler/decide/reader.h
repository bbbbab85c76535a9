/* Bytes from a descriptor, a record at a time: a window of fixed size that slides over the input. */
#ifndef GUIJU_DECIDE_READER_H
#define GUIJU_DECIDE_READER_H
#include "support/arena.h"
#include "support/io.h"

#include <stdbool.h>
#include <stddef.h>

struct reader {
	const struct io_ops *io;
	int fd;
	char *bytes;       /* capacity + 1 bytes: one more than is ever read, for a NUL */
	size_t capacity;
	size_t start, end; /* what is read and not yet taken */
	size_t lines_passed; /* line ends before the first record */
	bool ended;        /* end of file */
	int error;         /* errno of a failed read, or 0 */
	bool stopped;      /* before_read said so */
	bool (*before_read)(void *context); /* gives answers away before waiting for records; false: that failed */
	void *context;
};

enum extent_end {
	EXTENT_WHOLE,      /* a record of `size` bytes */
	EXTENT_BROKEN,     /* no record, but it ends after `size` bytes */
	EXTENT_OPEN        /* more bytes are needed */
};
struct extent {
	enum extent_end end;
	size_t size;
};

struct raw_record {
	char *bytes;       /* in the window, until the next call; may be changed; a byte after it may be written too */
	size_t size;
	bool broken;       /* its first line only */
	bool too_long;
};

/* Tells where the record at `bytes` ends; `ended`: no bytes follow. */
typedef struct extent (*extent_of)(const char *bytes, size_t size, bool ended);

void reader_init(struct reader *r, struct arena *arena, const struct io_ops *io, int fd, size_t capacity);
/* Reads more behind what is there; false: there is no more, no room, or an error. */
bool reader_fill(struct reader *r);
/* The next record; false: none is left, or an error. A record that never ends is cut after its first line, so that the
 * records after it are not lost. */
bool reader_next(struct reader *r, extent_of extent, struct raw_record *out);

#endif
