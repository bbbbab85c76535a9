/* Growing text. Bytes are kept NUL-terminated so that a writer's text can be passed on as a string. */
#include "support/writer.h"

#include "support/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define FIRST_CAPACITY ((size_t)64) /* most texts are words */

void writer_init(struct writer *w, struct arena *arena)
{
	*w = (struct writer){ .arena = arena };
}

/* Makes room for `size` more bytes and the NUL. */
static void reserve(struct writer *w, size_t size)
{
	if (size >= SIZE_MAX / 4 - w->size)
		arena_out_of_memory(w->arena);
	size_t need = w->size + size + 1;
	if (need <= w->capacity)
		return;
	size_t capacity = w->capacity == 0 ? FIRST_CAPACITY : w->capacity;
	while (capacity < need)
		capacity *= 2;
	if (!w->bytes || !arena_resize(w->arena, w->bytes, w->capacity, capacity)) {
		char *bytes = arena_alloc_unset(w->arena, capacity);
		if (w->bytes)
			memcpy(bytes, w->bytes, w->size);
		w->bytes = bytes;
	}
	w->capacity = capacity;
}

void write_bytes(struct writer *w, const void *bytes, size_t size)
{
	reserve(w, size);
	if (size > 0)
		memcpy(w->bytes + w->size, bytes, size);
	w->size += size;
	w->bytes[w->size] = '\0';
}

void write_str(struct writer *w, const char *text)
{
	write_bytes(w, text, strlen(text));
}

void write_char(struct writer *w, char c)
{
	write_bytes(w, &c, 1);
}

void write_number(struct writer *w, int64_t value)
{
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char digits[24], *at = digits + sizeof digits;
	do {
		*--at = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (value < 0)
		*--at = '-';
	write_bytes(w, at, (size_t)(digits + sizeof digits - at));
}

void write_vfmt(struct writer *w, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	reserve(w, 0);
	size_t room = w->capacity - w->size;
	int size = vsnprintf(w->bytes + w->size, room, format, args);
	assert(size >= 0);
	if ((size_t)size >= room) {
		reserve(w, (size_t)size);
		(void)vsnprintf(w->bytes + w->size, (size_t)size + 1, format, again);
	}
	va_end(again);
	w->size += (size_t)size;
}

void write_fmt(struct writer *w, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	write_vfmt(w, format, args);
	va_end(args);
}

static void write_little_endian(struct writer *w, uint64_t value, size_t size)
{
	unsigned char bytes[8];
	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)(value >> (8 * i) & 0xff);
	write_bytes(w, bytes, size);
}

void write_u16(struct writer *w, uint16_t value)
{
	write_little_endian(w, value, 2);
}

void write_u32(struct writer *w, uint32_t value)
{
	write_little_endian(w, value, 4);
}

void write_u64(struct writer *w, uint64_t value)
{
	write_little_endian(w, value, 8);
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t utf8_sequence_size(const char *text, size_t size)
{
	unsigned char c = (unsigned char)text[0];
	unsigned char next = size > 1 ? (unsigned char)text[1] : 0;
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return size > 1 && is_continuation(text[1]) ? 2 : 0;
	if (c >= 0xe0 && c <= 0xef) {
		bool shortest = c != 0xe0 || next >= 0xa0;
		bool surrogate = c == 0xed && next >= 0xa0;
		return size > 2 && shortest && !surrogate && is_continuation(text[1]) && is_continuation(text[2]) ? 3
														  : 0;
	}
	if (c >= 0xf0 && c <= 0xf4) {
		bool in_range = (c != 0xf0 || next >= 0x90) && (c != 0xf4 || next < 0x90);
		return size > 3 && in_range && is_continuation(text[1]) && is_continuation(text[2]) &&
				       is_continuation(text[3])
			       ? 4
			       : 0;
	}
	return 0;
}

static void write_json_control(struct writer *w, char c)
{
	static const char named[] = "\b\f\n\r\t";
	const char *at = strchr(named, c);
	if (c != '\0' && at)
		write_fmt(w, "\\%c", "bfnrt"[at - named]);
	else
		write_fmt(w, "\\u%04x", (unsigned)(unsigned char)c);
}

void write_json_text(struct writer *w, const char *text, size_t size)
{
	write_char(w, '"');
	for (size_t i = 0; i < size;) {
		size_t length = utf8_sequence_size(text + i, size - i);
		unsigned char c = (unsigned char)text[i];
		if (length == 0)
			write_str(w, "\xef\xbf\xbd"); /* not UTF-8: JSON has no other way to say so */
		else if (c == '"' || c == '\\')
			write_fmt(w, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			write_json_control(w, text[i]);
		else
			write_bytes(w, text + i, length);
		i += length == 0 ? 1 : length;
	}
	write_char(w, '"');
}

void write_json_string(struct writer *w, const char *text)
{
	write_json_text(w, text, strlen(text));
}

const char *writer_text(struct writer *w)
{
	if (w->bytes && arena_resize(w->arena, w->bytes, w->capacity, w->size + 1))
		w->capacity = w->size + 1;
	return w->bytes ? w->bytes : "";
}
