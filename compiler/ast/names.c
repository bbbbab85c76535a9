/* Which characters may stand in a name: two names that look alike must be alike. */
#include "ast/build.h"

#include <string.h>
#include <utf8proc.h>

#define FORM_MAX 32 /* code points of the longest compatibility form (U+FDFA has 18) */

static bool is_letter_or_number(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* The usual characters of a rulebook, which nothing changes. */
static bool is_plain(utf8proc_int32_t c)
{
	return c < 0x80 || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x3001 && c <= 0x3011);
}

const char *ast_compatible_form(struct arena *arena, const char *text, size_t size)
{
	utf8proc_int32_t c, form[FORM_MAX];
	int boundary = 0;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, &c);
	if (used <= 0 || is_plain(c))
		return NULL;
	utf8proc_ssize_t n = utf8proc_decompose_char(c, form, FORM_MAX,
						     UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &boundary);
	if (n <= 0 || n > FORM_MAX)
		return NULL;
	n = utf8proc_normalize_utf32(form, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	bool says_more = false;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		says_more = says_more || is_letter_or_number(form[i]);
	if ((n == 1 && form[0] == c) || !says_more)
		return NULL;
	char out[FORM_MAX * 4];
	size_t length = 0;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		length += (size_t)utf8proc_encode_char(form[i], (utf8proc_uint8_t *)out + length);
	return arena_strndup(arena, out, length);
}

static size_t sequence_size(const char *text, size_t size)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, &c);
	return used > 0 ? (size_t)used : 1;
}

static void report_lookalike(struct ast_builder *b, const char *text, size_t size, const char *form, struct span at)
{
	if (!b->diag)
		return;
	struct finding *f = diag_add(b->diag, FINDING_CHARACTER, at, MESSAGE_CHARACTER_LOOKALIKE);
	diag_arg(b->diag, f, 0, arena_strndup(b->arena, text, size));
	diag_arg(b->diag, f, 1, form);
	diag_help(b->diag, f, MESSAGE_CHARACTER_LOOKALIKE_HELP, form, NULL);
	diag_edit(b->diag, f, at, form);
}

bool ast_check_word(struct ast_builder *b, const char *text, size_t size, struct span at)
{
	for (size_t i = 0; i < size;) {
		size_t n = sequence_size(text + i, size - i);
		const char *form = n > 1 ? ast_compatible_form(b->arena, text + i, n) : NULL;
		if (form) {
			struct span place = { at.file, at.start + (uint32_t)i, at.start + (uint32_t)(i + n) };
			report_lookalike(b, text + i, n, form, place);
			return false;
		}
		i += n;
	}
	return true;
}

/* Han characters, ASCII letters and digits and （）、《》「」·- may stand in a label that a rule names. */
static bool may_stand_in_label(const char *text, size_t size)
{
	static const char *const marks[] = { "（", "）", "(", ")", "、", "《", "》", "「", "」", "·", "-" };
	unsigned char c = (unsigned char)text[0];
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		return true;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strlen(marks[i]) == size && memcmp(marks[i], text, size) == 0)
			return true;
	utf8proc_int32_t point;
	if (utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, &point) <= 0)
		return false;
	return (point >= 0x3400 && point <= 0x4DBF) || (point >= 0x4E00 && point <= 0x9FFF) || point == 0x3005 ||
	       point == 0x3007 || (point >= 0x20000 && point <= 0x3FFFF);
}

static void report_in_label(struct ast_builder *b, struct ast_word word, uint32_t where, size_t at, size_t size)
{
	struct span place = { word.span.file, where, where + (uint32_t)size };
	if (!b->diag)
		return;
	struct finding *f = diag_add(b->diag, FINDING_CHARACTER, place, MESSAGE_CHARACTER_IN_LABEL);
	diag_arg(b->diag, f, 0, arena_strndup(b->arena, word.text + at, size));
	diag_arg(b->diag, f, 1, word.text);
	diag_help(b->diag, f, MESSAGE_CHARACTER_IN_LABEL_HELP, NULL, NULL);
}

bool ast_check_reference(struct ast_builder *b, struct ast_word word)
{
	if (!word.quoted || word.span.end - word.span.start < 6)
		return true;                 /* an English label in "" is matched as it stands */
	size_t size = strlen(word.text);
	struct span inside = { word.span.file, word.span.start + 3, word.span.end - 3 };
	if (inside.end - inside.start != size)
		return true;
	if (!ast_check_word(b, word.text, size, inside))
		return false;
	for (size_t i = 0; i < size;) {
		size_t n = sequence_size(word.text + i, size - i);
		if (!may_stand_in_label(word.text + i, n)) {
			report_in_label(b, word, inside.start + (uint32_t)i, i, n);
			return false;
		}
		i += n;
	}
	return true;
}
