/* The sliding window: filled at its end, taken from its start, moved to the front when its end is reached. */
#include "decide/reader.h"

#include "support/arena.h"

#include <errno.h>
#include <string.h>

#define READ_STEP ((size_t)1 << 16)

void reader_init(struct reader *r, struct arena *arena, const struct io_ops *io, int fd, size_t capacity)
{
	*r = (struct reader){ .io = io, .fd = fd, .bytes = arena_alloc(arena, capacity + 1), .capacity = capacity };
}

static void move_to_front(struct reader *r)
{
	memmove(r->bytes, r->bytes + r->start, r->end - r->start);
	r->end -= r->start;
	r->start = 0;
}

bool reader_fill(struct reader *r)
{
	if (r->ended || r->error != 0)
		return false;
	if (r->capacity - r->end < READ_STEP && r->start > 0)
		move_to_front(r);
	if (r->end == r->capacity)
		return false;
	if (r->before_read && !r->before_read(r->context)) {
		r->stopped = true;
		return false;
	}
	ssize_t got;
	do
		got = r->io->read(r->fd, r->bytes + r->end, r->capacity - r->end);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		r->error = errno;
	else if (got == 0)
		r->ended = true;
	else
		r->end += (size_t)got;
	return got > 0;
}

/* Takes all up to and with the next line end, reading on without keeping anything. */
static void skip_line(struct reader *r)
{
	for (;;) {
		char *from = r->bytes + r->start;
		char *line_end = memchr(from, '\n', r->end - r->start);
		if (line_end) {
			r->start += (size_t)(line_end - from) + 1;
			return;
		}
		r->start = r->end = 0;
		if (!reader_fill(r))
			return;
	}
}

/* The record at the front never ends within the window or the file. */
static void take_first_line(struct reader *r, struct raw_record *out)
{
	size_t size = r->end - r->start;
	char *from = r->bytes + r->start;
	char *line_end = memchr(from, '\n', size);
	*out = (struct raw_record){ .bytes = from, .size = size, .broken = true, .too_long = !r->ended };
	if (line_end) {
		out->size = (size_t)(line_end - from) + 1;
		r->start += out->size;
	} else if (r->ended) {
		r->start = r->end;
	} else {
		out->size = 0; /* its bytes go with the skipping */
		skip_line(r);
	}
}

static bool may_end_a_record(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '\n' || bytes[i] == '{' || bytes[i] == '}' || bytes[i] == ']')
			return true;
	}
	return false;
}

/* Fills until something comes that may end a record: a long record in many small reads is not looked at again and
 * again. */
static bool fill_to_end(struct reader *r)
{
	size_t old;
	do {
		old = r->end - r->start;
		if (!reader_fill(r))
			return false;
	} while (!may_end_a_record(r->bytes + r->start + old, r->end - r->start - old));
	return true;
}

bool reader_next(struct reader *r, extent_of extent, struct raw_record *out)
{
	for (;;) {
		size_t size = r->end - r->start;
		bool ended = r->ended;
		struct extent e = extent(r->bytes + r->start, size, ended);
		if (e.end != EXTENT_OPEN) {
			*out = (struct raw_record){ .bytes = r->bytes + r->start,
						    .size = e.size,
						    .broken = e.end == EXTENT_BROKEN };
			r->start += e.size;
			return true;
		}
		if (fill_to_end(r) || r->ended != ended)
			continue; /* ask again, with more bytes or knowing that none follow */
		if (r->error != 0 || r->stopped || size == 0)
			return false;
		take_first_line(r, out);
		return true;
	}
}
