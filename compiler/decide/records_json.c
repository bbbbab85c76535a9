/* JSON records. Jansson says whether the bytes are JSON (and UTF-8, not too deep, without a key twice); what they say
 * is then read from the same bytes, because a number must be seen as it was written (9007199254740993, 1.0, 1e3) and
 * copied values must leave as they came. */
#include "decide/records.h"

#include "decide/decide.h"
#include "support/intern.h"
#include "support/writer.h"

#include <jansson.h>
#include <string.h>

/* ---- where a record ends ---- */

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t white_run(const char *bytes, size_t size)
{
	size_t i = 0;
	while (i < size && is_white(bytes[i]))
		i++;
	return i;
}

/* What is no object ends with its line, or before the next thing that looks like one. */
static struct extent garbage_extent(const char *bytes, size_t size, bool ended)
{
	for (size_t i = 1; i < size; i++) {
		if (bytes[i] == '{' || bytes[i - 1] == '\n')
			return (struct extent){ EXTENT_BROKEN, i };
	}
	return (struct extent){ ended || (size > 0 && bytes[size - 1] == '\n') ? EXTENT_BROKEN : EXTENT_OPEN, size };
}

/* The brackets of one object, no more. A line end in a string, or a second object where none can stand, shows that the
 * object was never closed: the next record begins there. */
struct bracket_scan {
	size_t depth;
	bool in_string, escaped;
	char last; /* outside of strings, not white */
};

enum scan_step { SCAN_ON, SCAN_CLOSED, SCAN_BROKEN };

static enum scan_step scan_string(struct bracket_scan *s, char c)
{
	if (c == '\n')
		return SCAN_BROKEN;
	if (s->escaped)
		s->escaped = false;
	else if (c == '\\')
		s->escaped = true;
	else if (c == '"')
		s->in_string = false;
	return SCAN_ON;
}

static enum scan_step scan_step(struct bracket_scan *s, char c)
{
	if (s->in_string)
		return scan_string(s, c);
	if (c == '{' && s->depth == 1 && s->last != ':')
		return SCAN_BROKEN;
	if (c == '"')
		s->in_string = true;
	else if (c == '{' || c == '[')
		s->depth++;
	else if ((c == '}' || c == ']') && --s->depth == 0)
		return SCAN_CLOSED;
	if (!is_white(c))
		s->last = c;
	return SCAN_ON;
}

struct extent json_extent(const char *bytes, size_t size, bool ended)
{
	size_t white = white_run(bytes, size);
	if (white > 0)
		return (struct extent){ EXTENT_WHOLE, white };
	if (size > 0 && bytes[0] != '{')
		return garbage_extent(bytes, size, ended);
	struct bracket_scan scan = { 0 };
	for (size_t i = 0; i < size; i++) {
		enum scan_step step = scan_step(&scan, bytes[i]);
		if (step != SCAN_ON)
			return (struct extent){ step == SCAN_CLOSED ? EXTENT_WHOLE : EXTENT_BROKEN,
						step == SCAN_CLOSED ? i + 1 : i };
	}
	return (struct extent){ EXTENT_OPEN, 0 };
}

/* ---- is it JSON? ---- */

static void fail_syntax(struct record *record, const struct raw_record *raw, int position)
{
	enum message message = raw->too_long ? MESSAGE_DECIDE_TOO_LONG : MESSAGE_DECIDE_NO_OBJECT;
	struct record_error *error = record_fail(record, RECORD_TYPE, message);
	size_t number = raw->too_long ? DECIDE_RECORD_LIMIT : position < 1 ? 1 : (size_t)position;
	error->args[0].zh = arena_printf(record->arena, "%zu", number);
}

/* Integers are read as reals here, since their size is judged later by the fact that they are for. */
static bool is_json(struct record *record, const struct raw_record *raw, size_t flags, bool *duplicate, int *position)
{
	json_error_t error;
	json_t *root = json_loadb(raw->bytes, raw->size, flags | JSON_DECODE_INT_AS_REAL, &error);
	json_decref(root);
	if (root)
		return true;
	if (json_error_code(&error) == json_error_out_of_memory)
		arena_out_of_memory(record->arena);
	*duplicate = json_error_code(&error) == json_error_duplicate_key;
	*position = error.position;
	return false;
}

/* ---- what it says: a walk over bytes that are JSON ---- */

struct cursor {
	struct record *record;
	const char *at;
	struct map *names; /* copied so far; NULL: Jansson has seen that none comes twice */
};

static void skip_white(struct cursor *c)
{
	while (is_white(*c->at))
		c->at++;
}

static void skip_string(struct cursor *c)
{
	for (c->at++; *c->at != '"'; c->at++) {
		if (*c->at == '\\')
			c->at++;
	}
	c->at++;
}

/* To the end of a value. */
static void skip_value(struct cursor *c)
{
	size_t depth = 0;
	do {
		skip_white(c);
		if (*c->at == '"') {
			skip_string(c);
			continue;
		}
		if (*c->at == '{' || *c->at == '[')
			depth++;
		else if (*c->at == '}' || *c->at == ']')
			depth--;
		c->at++;
		while (depth == 0 && !is_white(*c->at) && !strchr(",]}", *c->at))
			c->at++; /* the rest of a number or a word */
	} while (depth > 0);
}

static unsigned hex_digits(const char *p)
{
	unsigned value = 0;
	for (size_t i = 0; i < 4; i++) {
		char c = p[i];
		value = value * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return value;
}

static char *put_utf8(char *out, unsigned c)
{
	if (c < 0x80) {
		*out++ = (char)c;
	} else if (c < 0x800) {
		*out++ = (char)(0xc0 | c >> 6);
		*out++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*out++ = (char)(0xe0 | c >> 12);
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
		*out++ = (char)(0x80 | (c & 0x3f));
	} else {
		*out++ = (char)(0xf0 | c >> 18);
		*out++ = (char)(0x80 | (c >> 12 & 0x3f));
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
		*out++ = (char)(0x80 | (c & 0x3f));
	}
	return out;
}

/* The character of an escape; p is after the backslash. Surrogates come in pairs, since this is JSON. */
static char *put_escape(char *out, const char **p)
{
	static const char names[] = "bfnrt", controls[] = "\b\f\n\r\t";
	char c = *(*p)++;
	const char *name = strchr(names, c);
	if (name)
		*out++ = controls[name - names];
	else if (c != 'u')
		*out++ = c;
	else {
		unsigned unit = hex_digits(*p);
		*p += 4;
		if (unit >= 0xd800 && unit < 0xdc00) {
			unit = 0x10000 + ((unit - 0xd800) << 10) + (hex_digits(*p + 2) - 0xdc00);
			*p += 6;
		}
		out = put_utf8(out, unit);
	}
	return out;
}

static const char *decode_string(struct cursor *c)
{
	const char *p = c->at + 1;
	skip_string(c);
	const char *end = c->at - 1;
	char *text = arena_alloc(c->record->arena, (size_t)(end - p) + 1);
	char *out = text;
	while (p < end) {
		if (*p == '\\') {
			p++;
			out = put_escape(out, &p);
		} else {
			*out++ = *p++;
		}
	}
	*out = '\0';
	return text;
}

/* The value as written, on one line: outside of strings white space says nothing, and in strings there are no line
 * ends. */
static const char *copy_value(struct cursor *c)
{
	const char *from = c->at;
	skip_value(c);
	char *text = arena_strndup(c->record->arena, from, (size_t)(c->at - from));
	for (char *p = text; *p; p++) {
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	}
	return text;
}

static struct given read_scalar(struct cursor *c)
{
	struct given given = { 0 };
	if (*c->at == '"') {
		given.shape = SHAPE_STRING;
		given.text = decode_string(c);
		return given;
	}
	given.text = copy_value(c);
	switch (*given.text) {
	case 't':
	case 'f':
		given.shape = SHAPE_BOOLEAN;
		given.truth = *given.text == 't';
		break;
	case 'n': given.shape = SHAPE_UNKNOWN; break;
	case '{':
	case '[': given.shape = SHAPE_OTHER; break;
	default: given.shape = SHAPE_NUMBER;
	}
	return given;
}

static struct given read_list(struct cursor *c)
{
	struct cursor whole = *c;
	VEC(struct given) items = { 0 };
	c->at++;
	for (skip_white(c); *c->at != ']'; skip_white(c)) {
		struct given item = read_scalar(c);
		if (item.shape == SHAPE_UNKNOWN)
			item.shape = SHAPE_OTHER; /* null is no member */
		vec_push(c->record->arena, &items, item);
		skip_white(c);
		if (*c->at == ',')
			c->at++;
	}
	c->at++;
	return (struct given){ SHAPE_LIST, false, copy_value(&whole), items.items, items.count };
}

struct given json_given(struct record *record, const char *value)
{
	struct cursor c = { record, value, NULL };
	return *value == '[' ? read_list(&c) : read_scalar(&c);
}

static void copy_name(struct cursor *c, const char *name, const char *value)
{
	struct copied copied = { name, value };
	if (c->names && map_get(c->names, name) >= 0) {
		struct record_error *error = record_fail(c->record, RECORD_DUPLICATE, MESSAGE_DECIDE_GIVEN_TWICE);
		error->fact = name;
		error->args[0].zh = name;
		return;
	}
	if (c->names)
		map_put(c->names, name, 0);
	vec_push(c->record->arena, &c->record->copied, copied);
}

static void read_member(struct cursor *c, const struct facts *facts)
{
	const char *name = decode_string(c);
	skip_white(c);
	c->at++; /* : */
	skip_white(c);
	if (*name == '_') {
		copy_name(c, name, copy_value(c));
		return;
	}
	uint32_t fact = facts_find(facts, name);
	struct given given = *c->at == '[' ? read_list(c) : read_scalar(c);
	if (fact == NO_FACT && !facts_passes_over(facts, name))
		record_fail_name(c->record, name);
	else if (fact == NO_FACT)
		return;
	else if (record_name(c->record, facts, fact))
		record_set(c->record, facts, fact, &given);
}

static void read_members(struct cursor *c, const struct facts *facts)
{
	c->at++;
	for (skip_white(c); *c->at != '}'; skip_white(c)) {
		read_member(c, facts);
		skip_white(c);
		if (*c->at == ',')
			c->at++;
		skip_white(c);
	}
}

/* A key that stands twice within a copied value has no better place to be reported than the record. */
static void fail_inner_duplicate(struct record *record)
{
	if (!record->failed)
		record_fail(record, RECORD_DUPLICATE, MESSAGE_DECIDE_GIVEN_TWICE)->args[0].zh = "_";
}

bool json_record(struct record *record, const struct facts *facts, const struct raw_record *raw)
{
	bool duplicate = false, ignored;
	int position = 0;
	if (!raw->too_long && white_run(raw->bytes, raw->size) == raw->size)
		return false;
	bool good = !raw->broken && is_json(record, raw, JSON_REJECT_DUPLICATES, &duplicate, &position);
	if (!good && !(duplicate && is_json(record, raw, 0, &ignored, &position))) {
		if (raw->broken && !raw->too_long)
			(void)is_json(record, raw, 0, &ignored, &position);
		fail_syntax(record, raw, position);
		return true;
	}
	struct cursor c = { record, raw->bytes, duplicate ? map_new_in(record->arena) : NULL };
	read_members(&c, facts);
	if (duplicate)
		fail_inner_duplicate(record);
	return true;
}
