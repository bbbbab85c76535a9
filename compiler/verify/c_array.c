/* NAME.c read as text: the one array of bytes in it must be the table. */
#include "verify/verifying.h"

#include <string.h>

struct c_text {
	const char *at, *end;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool opens(const struct c_text *c, const char *text)
{
	size_t size = strlen(text);
	return (size_t)(c->end - c->at) >= size && memcmp(c->at, text, size) == 0;
}

static void skip_behind(struct c_text *c, const char *text)
{
	while (c->at < c->end && !opens(c, text))
		c->at++;
	c->at += c->at < c->end ? (ptrdiff_t)strlen(text) : 0;
}

/* A comment, or a string or character constant; false: neither stands here. */
static bool skip_passive(struct c_text *c)
{
	if (opens(c, "/*") || opens(c, "//")) {
		bool line = c->at[1] == '/';
		c->at += 2;
		skip_behind(c, line ? "\n" : "*/");
		return true;
	}
	if (c->at == c->end || (*c->at != '"' && *c->at != '\''))
		return false;
	char quote = *c->at;
	for (c->at++; c->at < c->end && *c->at != quote; c->at++)
		c->at += *c->at == '\\' && c->at + 1 < c->end;
	c->at += c->at < c->end;
	return true;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

/* One number of at most 255, decimal or hexadecimal, and the comma behind it. */
static bool read_byte(struct c_text *c, unsigned *value)
{
	int base = opens(c, "0x") ? 16 : 10;
	const char *start = c->at += base == 16 ? 2 : 0;
	for (*value = 0; c->at < c->end && digit(*c->at) < base; c->at++) {
		*value = *value * (unsigned)base + (unsigned)digit(*c->at);
		if (*value > 255)
			return false;
	}
	if (c->at == start)
		return false;
	while (c->at < c->end && (is_space(*c->at) || *c->at == ','))
		c->at++;
	return true;
}

/* Behind the brace of an initialiser: whether it is one of bytes alone, and how far they are those of the table. */
static bool compare_bytes(struct c_text *c, const struct loaded *table, size_t *count, size_t *same)
{
	unsigned value;
	*count = *same = 0;
	while (c->at < c->end && is_space(*c->at))
		c->at++;
	while (read_byte(c, &value)) {
		if (*same == *count && *count < table->size && (unsigned char)table->bytes[*count] == value)
			++*same;
		++*count;
	}
	return c->at < c->end && *c->at == '}' && *count > 1;
}

void check_c_array(struct verifying *v, const struct loaded *c_file, const struct loaded *table)
{
	struct c_text c = { c_file->bytes, c_file->bytes + c_file->size };
	const char *name = c_file->listed->name;
	size_t arrays = 0;
	bool assigned = false; /* `=` was the last thing read */
	while (c.at < c.end) {
		size_t count, same;
		if (skip_passive(&c) || is_space(*c.at)) {
			c.at += c.at < c.end && is_space(*c.at);
			continue;
		}
		bool opens_list = assigned && *c.at == '{';
		assigned = *c.at++ == '=';
		if (!opens_list || !compare_bytes(&c, table, &count, &same))
			continue;
		arrays++;
		if (count != table->size || same != count)
			refuse(v, MESSAGE_VERIFY_C_ARRAY, name, table->listed->name,
			       arena_printf(v->arena, "%zu", same));
	}
	if (arrays != 1)
		refuse(v, MESSAGE_VERIFY_NO_ARRAY, name);
}
