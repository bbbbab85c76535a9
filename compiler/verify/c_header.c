/* NAME.h against the XML: its numbers for members, outcomes, facts and decisions are their places there, its struct is
 * spread over the values in the order of the facts, and each deciding function decides what it is named for. */
#include "verify/verifying.h"

#include <stdlib.h>
#include <string.h>

/* A header as the words and numbers that stand outside of comments. */
struct header {
	const char *at, *end;
	const char *word; /* the last one read, `size` bytes */
	size_t size;
};

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next word, number, or other single byte. */
static bool next_word(struct header *h)
{
	while (h->at < h->end) {
		if (h->end - h->at > 1 && h->at[0] == '/' && h->at[1] == '*') {
			const char *closing = strstr(h->at + 2, "*/");
			h->at = closing ? closing + 2 : h->end;
		} else if (*h->at == ' ' || *h->at == '\t' || *h->at == '\n') {
			h->at++;
		} else {
			break;
		}
	}
	h->word = h->at;
	while (h->at < h->end && is_word_byte(*h->at))
		h->at++;
	h->at += h->at == h->word && h->at < h->end;
	h->size = (size_t)(h->at - h->word);
	return h->size > 0;
}

static bool word_is(const struct header *h, const char *text)
{
	return strlen(text) == h->size && memcmp(h->word, text, h->size) == 0;
}

/* The word is this name, in capitals or not, perhaps with `_` or `_2`, … behind it: another had the name already. */
static bool word_names(const struct header *h, bool capitals, const char *name)
{
	size_t size = strlen(name);
	if (h->size < size)
		return false;
	for (size_t i = 0; i < size; i++) {
		bool lower = name[i] >= 'a' && name[i] <= 'z';
		if (h->word[i] != (capitals && lower ? (char)(name[i] - 'a' + 'A') : name[i]))
			return false;
	}
	const char *rest = h->word + size;
	size_t left = h->size - size;
	return left == 0 || (rest[0] == '_' && strspn(rest + 1, "0123456789") >= left - 1);
}

static bool reads(struct header *h, const char *const *words)
{
	for (; *words; words++) {
		if (!next_word(h) || !word_is(h, *words))
			return false;
	}
	return true;
}

static bool reads_number(struct header *h, size_t number)
{
	return next_word(h) && h->word[0] >= '0' && h->word[0] <= '9' && strtoull(h->word, NULL, 10) == number;
}

/* Goes behind the next word that begins with this prefix; the word is the one last read. */
static bool find(struct header *h, const char *prefix)
{
	size_t size = strlen(prefix);
	while (next_word(h)) {
		if (h->size > size && memcmp(h->word, prefix, size) == 0)
			return true;
	}
	return false;
}

/* ---- what must stand there ---- */

struct checking {
	struct verifying *v;
	const struct book *book;
	struct header h;
};

/* NAME = number, or NAME (UINT64_C(1) << number). */
static bool has_number(struct checking *c, const char *name, size_t number)
{
	static const char *const bit[] = { "UINT64_C", "(", "1", ")", "<", "<", NULL };
	if (!word_names(&c->h, true, name) || !next_word(&c->h))
		return false;
	if (word_is(&c->h, "("))
		return reads(&c->h, bit) && reads_number(&c->h, number);
	return word_is(&c->h, "=") && reads_number(&c->h, number);
}

static const char *capitals_of(struct checking *c)
{
	char *prefix = arena_printf(c->v->arena, "%s_", c->book->name.id);
	for (char *at = prefix; *at; at++)
		*at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
	return prefix;
}

static bool has_names(struct checking *c, const char *kind, const char *rest, const book_names *names)
{
	const char *prefix = capitals_of(c);
	for (size_t i = 0; i < names->count; i++) {
		const char *name =
			arena_printf(c->v->arena, "%s_%s%s_%s", c->book->name.id, kind, rest, names->items[i].id);
		if (!find(&c->h, prefix) || !has_number(c, name, i))
			return false;
	}
	return true;
}

static bool has_index(struct checking *c, const char *kind, const char *id, size_t index)
{
	const char *name = arena_printf(c->v->arena, "%s_%s_%s", c->book->name.id, kind, id);
	return find(&c->h, capitals_of(c)) && has_number(c, name, index);
}

static bool has_numbers(struct checking *c)
{
	const struct book *b = c->book;
	for (size_t i = 0; i < b->facts.count; i++) {
		if (!has_names(c, b->facts.items[i].name.id, "", &b->facts.items[i].members))
			return false;
	}
	for (size_t i = 0; i < b->decisions.count; i++) {
		if (!has_names(c, b->decisions.items[i].name.id, "_outcome", &b->decisions.items[i].outcomes))
			return false;
	}
	for (size_t i = 0; i < b->facts.count; i++) {
		if (!has_index(c, "fact", b->facts.items[i].name.id, i))
			return false;
	}
	for (size_t i = 0; i < b->decisions.count; i++) {
		if (!has_index(c, "decision", b->decisions.items[i].name.id, i))
			return false;
	}
	return has_index(c, "fact", "count", b->facts.count);
}

/* values[i] = … facts->ID …; */
static bool has_values(struct checking *c)
{
	static const char *const parameter[] = { ")", "{", NULL }, *const opening[] = { "values", "[", NULL };
	static const char *const closing[] = { "]", "=", NULL }, *const arrow[] = { "-", ">", NULL };
	const char *name = arena_printf(c->v->arena, "%s_values", c->book->name.id);
	while (next_word(&c->h) && !word_is(&c->h, name))
		;
	while (next_word(&c->h) && !word_is(&c->h, "values"))
		;
	if (!reads(&c->h, parameter))
		return false;
	for (size_t i = 0; i < c->book->facts.count; i++) {
		if (!reads(&c->h, opening) || !reads_number(&c->h, i) || !reads(&c->h, closing))
			return false;
		while (next_word(&c->h) && !word_is(&c->h, "facts") && !word_is(&c->h, ";"))
			;
		if (!reads(&c->h, arrow) || !next_word(&c->h) ||
		    !word_names(&c->h, false, c->book->facts.items[i].name.id))
			return false;
		while (!word_is(&c->h, ";") && next_word(&c->h))
			;
	}
	return true;
}

static bool has_functions(struct checking *c)
{
	static const char *const call[] = { "(", "table", ",", NULL };
	const char *prefix = arena_printf(c->v->arena, "%s_decide_", c->book->name.id);
	for (size_t i = 0; i < c->book->decisions.count; i++) {
		const char *name = arena_printf(c->v->arena, "%s%s", prefix, c->book->decisions.items[i].name.id);
		if (!find(&c->h, prefix) || !word_names(&c->h, false, name))
			return false;
		while (next_word(&c->h) && !word_is(&c->h, "guiju_decide"))
			;
		if (!reads(&c->h, call) || !reads_number(&c->h, i))
			return false;
	}
	return true;
}

void check_c_header(struct verifying *v, const struct loaded *header, const struct book *book)
{
	struct checking c = { .v = v, .book = book };
	c.h = (struct header){ .at = header->bytes, .end = header->bytes + header->size };
	bool good = has_numbers(&c);
	good = good && has_values(&c) && has_functions(&c);
	if (good)
		return;
	const char *word = arena_strndup(v->arena, c.h.word, c.h.size);
	refuse(v, MESSAGE_VERIFY_HEADER, header->listed->name, arena_printf(v->arena, "%s.xml", v->manifest.rulebook),
	       word);
}
