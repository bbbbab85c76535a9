/* Text that grows: every artifact and message is written into a writer and leaves as a whole. */
#ifndef GUIJU_SUPPORT_WRITER_H
#define GUIJU_SUPPORT_WRITER_H
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct writer {
	struct arena *arena;
	char *bytes; /* NUL-terminated after every call; NULL while empty */
	size_t size;
	size_t capacity;
};

void writer_init(struct writer *w, struct arena *arena);
void write_bytes(struct writer *w, const void *bytes, size_t size);
void write_str(struct writer *w, const char *text);
void write_char(struct writer *w, char c);
void write_number(struct writer *w, int64_t value);     /* in decimal digits */
void write_fmt(struct writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
void write_vfmt(struct writer *w, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void write_u16(struct writer *w, uint16_t value); /* little-endian */
void write_u32(struct writer *w, uint32_t value);
void write_u64(struct writer *w, uint64_t value);
/* A JSON string with its quotes: UTF-8 is kept, controls, quote and backslash are escaped; bytes that are
 * not UTF-8 become U+FFFD. */
void write_json_string(struct writer *w, const char *text);
void write_json_text(struct writer *w, const char *text, size_t size); /* the same of `size` bytes, NUL among them */
const char *writer_text(struct writer *w);        /* "" while empty; gives room back that is left */

/* Bytes of the well-formed UTF-8 character that text opens with, looking at `size` bytes (not 0); 0: none. */
size_t utf8_sequence_size(const char *text, size_t size);

#endif
