/* The names of a DMN model as names of a rulebook: a stable ASCII id and a label, the same for the same model. */
#include "import/dmn.h"

#include "grammar/characters.h"
#include "grammar/keywords.h"
#include "support/intern.h"
#include "support/writer.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { ID_MAX = 48, LABEL_MAX = 200, MARKS_MAX = 8 }; /* bytes, bytes, combining marks in a row */

/* ---- text ---- */

static const char *normal_form(struct arena *arena, const char *text)
{
	utf8proc_uint8_t *form = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, 0, &form,
					  UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	const char *copy = n >= 0 ? arena_strndup(arena, (const char *)form, (size_t)n) : "";
	free(form);
	return copy;
}

/* Bytes to the end of the text's first `most` bytes that end a character. */
static size_t cut(const char *text, size_t most)
{
	size_t size = strlen(text);
	if (size <= most)
		return size;
	while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
		most--;
	return most;
}

/* What no text of the language holds, in another writing; NULL: as it is. */
static const char *refused(const char *text, size_t size)
{
	return size == 1 && (unsigned char)*text <= ' ' ? " " : character_is_refused(text, size) ? "?" : NULL;
}

/* What a quoted text of the language cannot hold. */
static const char *not_in_quotes(const char *text, size_t size)
{
	static const char *const pairs[][2] = { { "「", "[" },	{ "」", "]" }, { "\"", "'" }, { "|", "/" },
						{ "〃", "''" }, { "\\", "/" }, { "`", "'" } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (strlen(pairs[i][0]) == size && memcmp(pairs[i][0], text, size) == 0)
			return pairs[i][1];
	return refused(text, size);
}

/* What a cell of text cannot hold: `\|` is its own way to write `|`. */
static const char *not_in_cell(const char *text, size_t size)
{
	return text[0] == '\\' && text[1] == '|' ? "/" : refused(text, size);
}

/* The first marks of a letter: a longer row of them is refused in a rulebook. */
static bool is_one_mark_too_many(const char *text, size_t *marks)
{
	utf8proc_int32_t c;
	utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
	*marks = c >= 0x300 && utf8proc_get_property(c)->combining_class != 0 ? *marks + 1 : 0;
	return *marks > MARKS_MAX;
}

/* NFC, on one line. */
static const char *one_line(struct arena *arena, const char *text, const char *(*replacement)(const char *, size_t))
{
	struct writer w;
	writer_init(&w, arena);
	size_t marks = 0;
	const char *form = normal_form(arena, text);
	for (size_t i = 0, n; form[i]; i += n) {
		n = utf8_sequence_size(form + i, strlen(form + i));
		n = n ? n : 1;
		const char *other = replacement(form + i, n);
		bool blank_again = other && *other == ' ' && (w.size == 0 || w.bytes[w.size - 1] == ' ');
		if (blank_again || is_one_mark_too_many(form + i, &marks))
			continue;
		if (other)
			write_str(&w, other);
		else
			write_bytes(&w, form + i, n);
	}
	while (w.size > 0 && w.bytes[w.size - 1] == ' ')
		w.bytes[--w.size] = '\0';
	return normal_form(arena, writer_text(&w));
}

const char *dmn_plain_text(struct arena *arena, const char *text)
{
	return one_line(arena, text, not_in_quotes);
}

const char *dmn_cell_text(struct arena *arena, const char *text)
{
	const char *line = one_line(arena, text, not_in_cell);
	return strcmp(line, "〃") == 0 ? "''" : line; /* the mark alone is the cell above */
}

static const char *label_text(struct arena *arena, const char *text)
{
	const char *plain = dmn_plain_text(arena, arena_strndup(arena, text, cut(text, (size_t)LABEL_MAX * 4)));
	size_t size = cut(plain, LABEL_MAX);
	while (size > 0 && plain[size - 1] == ' ')
		size--;
	return arena_strndup(arena, plain, size);
}

/* ---- ids ---- */

/* Latin letters without their marks, lower case; a capital after a small letter begins a word. */
static void write_id_parts(struct writer *w, const char *text)
{
	utf8proc_uint8_t *form = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, 0, &form,
					  UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
						  UTF8PROC_STRIPMARK);
	bool small = false;
	for (utf8proc_ssize_t i = 0; i < n && w->size < ID_MAX; i++) {
		char c = (char)form[i];
		bool capital = c >= 'A' && c <= 'Z',
		     letter = capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if ((!letter || (capital && small)) && w->size > 0 && w->bytes[w->size - 1] != '_')
			write_char(w, '_');
		if (letter)
			write_char(w, (char)(capital ? c - 'A' + 'a' : c));
		small = letter && !capital;
	}
	free(form);
}

static const char *wanted_id(struct arena *arena, const struct dmn_name *name)
{
	struct writer w;
	writer_init(&w, arena);
	write_id_parts(&w, name->source);
	while (w.size > 0 && w.bytes[w.size - 1] == '_')
		w.bytes[--w.size] = '\0';
	const char *id = writer_text(&w);
	if (!*id)
		return name->prefix;
	if (id[0] >= 'a' && id[0] <= 'z')
		return id;
	return arena_printf(arena, "%s_%s", name->source[0] == '-' ? "minus" : name->prefix, id);
}

struct namer {
	struct arena *arena;
	const struct keyword_index *keywords;
	struct map *ids, *labels; /* taken: index of its owner */
};

/* Words of the language and of its tables' headings are no names here, nor is the fact that periods make. */
static bool is_free(const struct namer *n, const char *id, int64_t owner)
{
	size_t size = strlen(id);
	int64_t label = map_get(n->labels, id);
	return !keyword_find(n->keywords, id, size) && !heading_find(id, size) && strcmp(id, "on") != 0 &&
	       map_get(n->ids, id) < 0 && (label < 0 || label == owner);
}

static void assign_id(struct namer *n, struct dmn_name *name, int64_t owner)
{
	const char *wanted = wanted_id(n->arena, name);
	size_t size = strlen(wanted);
	if (keyword_find(n->keywords, wanted, size) || heading_find(wanted, size))
		wanted = arena_printf(n->arena, "%s_%s", name->prefix, wanted);
	name->id = wanted;
	for (unsigned i = 2; !is_free(n, name->id, owner); i++)
		name->id = arena_printf(n->arena, "%s_%u", wanted, i);
	map_put(n->ids, name->id, owner);
}

static void assign_label(struct namer *n, struct dmn_name *name, int64_t owner, size_t *changed)
{
	const char *plain = label_text(n->arena, name->source);
	name->label = *plain ? plain : name->prefix;
	for (unsigned i = 2; map_get(n->labels, name->label) >= 0; i++)
		name->label = arena_printf(n->arena, "%s (%u)", plain, i);
	map_put(n->labels, name->label, owner);
	*changed += strcmp(name->label, name->source) != 0;
}

void dmn_names_assign(struct arena *arena, struct dmn_name *const *names, size_t count, size_t *changed)
{
	struct namer n = { arena, keyword_index_new_in(arena), map_new_in(arena), map_new_in(arena) };
	for (size_t i = 0; i < count; i++)
		assign_label(&n, names[i], (int64_t)i, changed);
	for (size_t i = 0; i < count; i++)
		assign_id(&n, names[i], (int64_t)i);
}
