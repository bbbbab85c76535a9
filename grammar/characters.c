/* The policy on characters: what cannot be seen, or reads otherwise than it is stored, has no place in a law. */
#include "grammar/characters.h"

#include "grammar/parse.h"

#include <string.h>
#include <utf8proc.h>

struct text_check {
	struct arena *arena;
	struct diag *diag;
	uint32_t file;
	const char *text;
	size_t size;
	char *copy;
	size_t reported, encoding;
};

static struct finding *report(struct text_check *t, size_t at, size_t size, enum message message)
{
	struct span span = { t->file, (uint32_t)at, (uint32_t)(at + size) };
	if (t->reported > LIMIT_FINDINGS)
		return NULL;
	if (t->reported++ == LIMIT_FINDINGS) {
		struct finding *f = diag_add(t->diag, FINDING_LIMIT, span, MESSAGE_LIMIT_FINDINGS);
		diag_arg_int(t->diag, f, 0, LIMIT_FINDINGS);
		return NULL;
	}
	return diag_add(t->diag, FINDING_CHARACTER, span, message);
}

/* The code point that text opens with and its size; 0: not UTF-8. */
static size_t read_character(const char *text, size_t size, utf8proc_int32_t *c)
{
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, c);
	return n > 0 ? (size_t)n : 0;
}

static bool is_han(utf8proc_int32_t c)
{
	return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || c == 0x3005 || c == 0x3007 ||
	       (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool character_is_han(const char *text, size_t size)
{
	utf8proc_int32_t c;
	return read_character(text, size, &c) > 0 && is_han(c);
}

enum refusal { ALLOWED, CONTROL, BIDI, INVISIBLE, PRIVATE_USE, UNASSIGNED, SPACE };

static bool is_bidi(utf8proc_int32_t c)
{
	return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}

/* Characters that are drawn as nothing though their category says letter, mark or symbol. */
static bool draws_nothing(utf8proc_int32_t c)
{
	return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x2800 ||
	       c == 0x3164 || c == 0xFFA0 || (c >= 0x180B && c <= 0x180F) || (c >= 0xFE00 && c <= 0xFE0F) ||
	       (c >= 0xE0100 && c <= 0xE01EF);
}

static enum refusal refusal_of(utf8proc_int32_t c)
{
	if (c < 0x80)
		return c < 0x20 || c == 0x7F ? CONTROL : ALLOWED;
	if (is_han(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF5E))
		return ALLOWED;
	if (is_bidi(c))
		return BIDI;
	if (draws_nothing(c))
		return INVISIBLE;
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return CONTROL;
	case UTF8PROC_CATEGORY_CF:
		return INVISIBLE;
	case UTF8PROC_CATEGORY_CO:
		return PRIVATE_USE;
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CS:
		return UNASSIGNED;
	case UTF8PROC_CATEGORY_ZS:
		return SPACE;
	default:
		return ALLOWED;
	}
}

bool character_is_refused(const char *text, size_t size)
{
	utf8proc_int32_t c;
	return read_character(text, size, &c) == 0 || (refusal_of(c) != ALLOWED && c != '\t');
}

static void report_refused(struct text_check *t, size_t at, size_t size, utf8proc_int32_t c, enum refusal why)
{
	static const struct phrase kinds[] = {
		[CONTROL] = { "控制字符", "a control character" },
		[BIDI] = { "改变文字方向的控制字符", "a bidirectional control" },
		[INVISIBLE] = { "看不见的字符", "an invisible character" },
		[PRIVATE_USE] = { "私用字符", "a private-use character" },
		[UNASSIGNED] = { "没有编码的字符", "an unassigned character" },
		[SPACE] = { "特殊的空格", "a special space" },
	};
	struct finding *f = report(t, at, size, MESSAGE_CHARACTER_REFUSED);
	if (!f)
		return;
	diag_arg(t->diag, f, 0, arena_printf(t->arena, "U+%04X", (unsigned)c));
	diag_arg2(t->diag, f, 1, kinds[why].zh, kinds[why].en);
	diag_help(t->diag, f, MESSAGE_CHARACTER_REFUSED_HELP, NULL, NULL);
	diag_edit(t->diag, f, f->places[0].span, why == SPACE ? " " : "");
}

#define ENCODING_MAX 20 /* findings; a file in another encoding has one in every line, and the first say so */

/* Gives the end of the bytes that are not UTF-8: one finding for all of them. */
static size_t report_not_utf8(struct text_check *t, size_t at)
{
	utf8proc_int32_t c;
	size_t end = at;
	while (end < t->size && read_character(t->text + end, t->size - end, &c) == 0)
		t->copy[end++] = '?';
	struct finding *f = t->encoding++ < ENCODING_MAX ? report(t, at, end - at, MESSAGE_NOT_UTF8) : NULL;
	if (f) {
		diag_arg_int(t->diag, f, 0, (int64_t)at);
		diag_arg(t->diag, f, 1, arena_printf(t->arena, "%02X", (unsigned char)t->text[at]));
		diag_help(t->diag, f, MESSAGE_NOT_UTF8_HELP, NULL, NULL);
	}
	return end;
}

/* ---- normalisation form C ---- */

/* Below U+0300, Han and the marks of Chinese text never change under NFC whatever stands beside them. */
static bool never_composes(utf8proc_int32_t c)
{
	return c < 0x300 || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x3000 && c <= 0x3029) ||
	       (c >= 0x2010 && c <= 0x2027) || (c >= 0x2460 && c <= 0x2FFF) || (c >= 0xFF01 && c <= 0xFF5E);
}

#define MARKS_MAX 30 /* combining marks in a row, as in the stream-safe text format of UAX 15 */

/* A stretch of characters that may change, from `at`; reports it when it is not NFC. Gives its end. Longer runs of
 * marks are refused unread: ordering them takes time by the square of their number. */
static size_t check_stretch(struct text_check *t, size_t at, size_t first)
{
	size_t end = first, marks = 0;
	utf8proc_int32_t c;
	while (end < t->size) {
		size_t n = read_character(t->text + end, t->size - end, &c);
		if (n == 0 || never_composes(c))
			break;
		marks = utf8proc_get_property(c)->combining_class != 0 ? marks + 1 : 0;
		end += n;
		if (marks > MARKS_MAX) {
			report(t, at, end - at, MESSAGE_TOO_MANY_MARKS);
			return end;
		}
	}
	size_t room = (end - at) * 3 + 16;
	utf8proc_int32_t *points = arena_new_array(t->arena, utf8proc_int32_t, room);
	utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)t->text + at, (utf8proc_ssize_t)(end - at),
						points, (utf8proc_ssize_t)room,
						UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n < 0 || (size_t)n > room)
		return end;
	n = utf8proc_reencode(points, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	const char *form = (const char *)points;
	if (n < 0 || ((size_t)n == end - at && memcmp(form, t->text + at, end - at) == 0))
		return end;
	struct finding *f = report(t, at, end - at, MESSAGE_NOT_NFC);
	if (f) {
		diag_arg(t->diag, f, 0, arena_strndup(t->arena, form, (size_t)n));
		diag_help(t->diag, f, MESSAGE_NOT_NFC_HELP, form, NULL);
		diag_edit(t->diag, f, f->places[0].span, arena_strndup(t->arena, form, (size_t)n));
	}
	return end;
}

/* ---- the whole text ---- */

static bool is_line_break(const struct text_check *t, size_t i)
{
	return t->text[i] == '\n' || (t->text[i] == '\r' && i + 1 < t->size && t->text[i + 1] == '\n');
}

#define EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

/* Where a run of printable ASCII ends: there is nothing to say of it. Eight bytes at a time: of the first that is
 * none, the highest bit is set when 0x20 is taken from each, or when 1 is added. */
static size_t plain_end(const char *text, size_t size, size_t i)
{
	uint64_t word;
	for (; size - i >= sizeof word; i += sizeof word) {
		memcpy(&word, text + i, sizeof word);
		if (((word - EACH_BYTE(0x20)) | (word + EACH_BYTE(1))) & EACH_BYTE(0x80))
			break;
	}
	while (i < size && (unsigned char)text[i] >= 0x20 && (unsigned char)text[i] < 0x7F)
		i++;
	return i;
}

void check_characters(struct arena *arena, struct diag *diag, uint32_t file, const char *text, size_t size, char *copy,
		      bool mark_allowed)
{
	struct text_check t = { arena, diag, file, text, size, copy, 0, 0 };
	size_t before = 0, normal = 0; /* the character before; up to where NFC was checked */
	size_t start = mark_allowed && size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	for (size_t i = start; i < size;) {
		utf8proc_int32_t c;
		size_t plain = plain_end(text, size, i);
		if (plain > i) {
			before = plain - 1;
			i = plain;
			continue;
		}
		size_t n = read_character(text + i, size - i, &c);
		if (n == 0) {
			before = i = report_not_utf8(&t, i);
			continue;
		}
		enum refusal why = c == '\t' || is_line_break(&t, i) ? ALLOWED : refusal_of(c);
		if (why != ALLOWED)
			report_refused(&t, i, n, c, why);
		else if (i >= normal && !never_composes(c))
			normal = check_stretch(&t, before < normal ? i : before, i);
		before = i;
		i += n;
	}
}
