/* Kinds and values of tokens: numbers, dates, clause ids, amounts, quotations. */
#include "grammar/tokens.h"

#include "grammar/characters.h"

#include <string.h>

const char *scan_text(const struct scan *s, struct span at)
{
	return s->text + (at.start - s->offset);
}

static size_t size_of(struct span at)
{
	return at.end - at.start;
}

struct finding *scan_report(struct scan *s, enum finding_kind kind, struct span at, enum message message)
{
	struct diag *diag = s->builder->diag;
	if (!diag || s->reported > LIMIT_FINDINGS)
		return NULL;
	if (s->reported++ == LIMIT_FINDINGS) {
		struct finding *f = diag_add(diag, FINDING_LIMIT, at, MESSAGE_LIMIT_FINDINGS);
		diag_arg_int(diag, f, 0, LIMIT_FINDINGS);
		return NULL;
	}
	return diag_add(diag, kind, at, message);
}

#define SHOWN 60 /* bytes of the author's text in a message */

void scan_arg_text(struct scan *s, struct finding *f, size_t index, struct span at)
{
	const char *text = scan_text(s, at);
	size_t size = size_of(at);
	if (size > SHOWN) {
		size = SHOWN;
		while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
			size--;
		diag_arg(s->builder->diag, f, index, arena_printf(s->arena, "%.*s…", (int)size, text));
		return;
	}
	diag_arg(s->builder->diag, f, index, arena_strndup(s->arena, text, size));
}

static struct ast_word word_at(struct scan *s, struct span at)
{
	return (struct ast_word){ arena_strndup(s->arena, scan_text(s, at), size_of(at)), at, false };
}

struct ast_word scan_plain(struct scan *s, struct span at)
{
	return word_at(s, at);
}

struct ast_word scan_heading(struct scan *s, struct span at)
{
	struct ast_word word = word_at(s, at);
	const struct heading_word *heading = heading_find(word.text, strlen(word.text));
	if (heading)
		word.text = heading->en;
	return word;
}

static int too_long(struct scan *s, struct span at)
{
	struct finding *f = scan_report(s, FINDING_LIMIT, at, MESSAGE_LIMIT_NAME);
	if (f) {
		diag_arg_int(s->builder->diag, f, 0, (int64_t)size_of(at));
		diag_arg_int(s->builder->diag, f, 1, LIMIT_NAME);
	}
	return T_INVALID;
}

static int bound_token(const struct keyword *k, const char *text)
{
	return k->follows && (unsigned char)text[0] >= 0x80 ? T_POST_BOUND : T_PRE_BOUND;
}

int scan_word(struct scan *s, struct span at, union RULEBOOK_STYPE *value)
{
	const char *text = scan_text(s, at);
	const struct keyword *k = keyword_find(s->keywords, text, size_of(at));
	if (k) {
		value->bound = k;
		return k->is_bound ? bound_token(k, text) : k->token;
	}
	if (size_of(at) > LIMIT_NAME)
		return too_long(s, at);
	if ((unsigned char)text[0] >= 0x80 && !ast_check_word(s->builder, text, size_of(at), at))
		return T_INVALID;
	value->word = word_at(s, at);
	return T_WORD;
}

int scan_path(struct scan *s, struct span at, union RULEBOOK_STYPE *value)
{
	if (size_of(at) > LIMIT_NAME)
		return too_long(s, at);
	value->word = word_at(s, at);
	return T_PATH;
}

int scan_quoted(struct scan *s, struct span at, uint32_t quote, union RULEBOOK_STYPE *value)
{
	struct span inside = { at.file, at.start + quote, at.end - quote };
	value->word = word_at(s, inside);
	value->word.span = at;
	value->word.quoted = true;
	return quote == 1 ? T_STRING : T_LABEL;
}

int scan_open_quote(struct scan *s, struct span at)
{
	struct span quote = { at.file, at.start, at.start + (*scan_text(s, at) == '"' ? 1 : 3) };
	struct finding *f = s->skipping ? NULL : scan_report(s, FINDING_SYNTAX, quote, MESSAGE_QUOTE_OPEN);
	if (f)
		scan_arg_text(s, f, 0, quote);
	return T_INVALID;
}

/* ---- numbers and dates ---- */

/* Reads digits and thousands commas; false: over the range of 64 bits. */
static bool read_digits(const char **text, const char *end, int64_t *value)
{
	*value = 0;
	for (; *text < end && (**text == ',' || (**text >= '0' && **text <= '9')); ++*text) {
		if (**text == ',')
			continue;
		if (__builtin_mul_overflow(*value, (int64_t)10, value) ||
		    __builtin_add_overflow(*value, (int64_t)(**text - '0'), value))
			return false;
	}
	return true;
}

static bool take(const char **text, const char *end, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(end - *text) < n || memcmp(*text, word, n) != 0)
		return false;
	*text += n;
	return true;
}

static bool read_number(const char *text, const char *end, int64_t *value)
{
	int64_t rest = 0;
	bool negative = take(&text, end, "-");
	if (!read_digits(&text, end, value))
		return false;
	int64_t factor = 1;
	if (take(&text, end, "万"))
		factor = take(&text, end, "亿") ? 1000000000000 : 10000;
	else if (take(&text, end, "亿"))
		factor = 100000000;
	if (__builtin_mul_overflow(*value, factor, value) || !read_digits(&text, end, &rest))
		return false;
	if (__builtin_mul_overflow(rest, (int64_t)10000, &rest) || __builtin_add_overflow(*value, rest, value))
		return false;
	if (negative)
		*value = -*value;
	return true;
}

int scan_number(struct scan *s, struct span at, union RULEBOOK_STYPE *value)
{
	const char *text = scan_text(s, at);
	int64_t number;
	s->after_bound = false;
	if (!read_number(text, text + size_of(at), &number)) {
		struct finding *f = scan_report(s, FINDING_LIMIT, at, MESSAGE_LIMIT_NUMBER);
		if (f)
			scan_arg_text(s, f, 0, at);
		return T_INVALID;
	}
	value->number = ast_number_at(s->builder, number, at);
	return T_NUMBER;
}

/* Days since 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static int32_t days_from_civil(int32_t y, int32_t m, int32_t d)
{
	y -= m <= 2;
	int32_t era = y / 400;
	int32_t year = y - era * 400;
	int32_t day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

static const int32_t month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

/* 02-29 is no day of every year, so it is none here. */
int scan_month_day(struct scan *s, struct span at, union RULEBOOK_STYPE *value)
{
	const char *text = scan_text(s, at);
	int32_t month = (text[0] - '0') * 10 + text[1] - '0', day = (text[3] - '0') * 10 + text[4] - '0';
	if (month < 1 || month > 12 || day < 1 || day > month_days[month - 1]) {
		struct finding *f = scan_report(s, FINDING_SYNTAX, at, MESSAGE_NO_MONTH_DAY);
		if (f)
			scan_arg_text(s, f, 0, at);
		return T_INVALID;
	}
	value->number = ast_number_at(s->builder, month * 100 + day, at);
	return T_MONTH_DAY;
}

static bool read_date(const char *text, size_t size, int32_t *day)
{
	if (size != 10 || text[4] != '-' || text[7] != '-')
		return false;
	int32_t part[3] = { 0, 0, 0 };
	for (size_t i = 0, at = 0; i < size; i++) {
		if (i == 4 || i == 7)
			at++;
		else
			part[at] = part[at] * 10 + (text[i] - '0');
	}
	if (part[0] < 1 || part[1] < 1 || part[1] > 12 || part[2] < 1)
		return false;
	bool leap = (part[0] % 4 == 0 && part[0] % 100 != 0) || part[0] % 400 == 0;
	if (part[2] > month_days[part[1] - 1] + (leap && part[1] == 2))
		return false;
	*day = days_from_civil(part[0], part[1], part[2]);
	return true;
}

int scan_date(struct scan *s, struct span at, union RULEBOOK_STYPE *value)
{
	int32_t day;
	if (!read_date(scan_text(s, at), size_of(at), &day)) {
		struct finding *f = scan_report(s, FINDING_SYNTAX, at, MESSAGE_NO_DATE);
		if (f)
			scan_arg_text(s, f, 0, at);
		return T_INVALID;
	}
	value->date = ast_date_at(s->builder, day, at);
	return T_DATE;
}

/* ---- what follows a number unspaced ---- */

static size_t character_size(const char *text)
{
	unsigned char c = (unsigned char)*text;
	return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static void report_glued(struct scan *s, struct span at, size_t keyword)
{
	struct span place = { at.file, at.start + (uint32_t)keyword, at.end };
	struct finding *f = scan_report(s, FINDING_SYNTAX, place, MESSAGE_SPACE_BEFORE);
	if (!f)
		return;
	scan_arg_text(s, f, 0, place);
	diag_help(s->builder->diag, f, MESSAGE_SPACE_HELP, NULL, NULL);
	diag_edit(s->builder->diag, f, (struct span){ place.file, place.start, place.start }, " ");
}

/* Where the unit ends: before a bound word, or before a keyword that the author forgot to space. */
static size_t unit_end(struct scan *s, struct span at, const char *text, size_t size)
{
	for (size_t i = character_size(text); i < size; i += character_size(text + i)) {
		if (bound_prefix(text + i, size - i))
			return i;
		if (keyword_find(s->keywords, text + i, size - i)) {
			report_glued(s, at, i);
			return i;
		}
	}
	return size;
}

int scan_amount(struct scan *s, struct span at, size_t *keep, union RULEBOOK_STYPE *value)
{
	const char *text = scan_text(s, at);
	size_t size = size_of(at);
	const struct keyword *bound = bound_prefix(text, size);
	*keep = 0;
	if (bound) {
		*keep = strlen(bound->zh);
		s->after_bound = true;
		value->bound = bound;
		return bound_token(bound, text);
	}
	if (keyword_find(s->keywords, text, size)) {
		if (s->after_bound)
			report_glued(s, at, 0);
		return 0;
	}
	if (s->after_bound)
		return 0;
	*keep = unit_end(s, at, text, size);
	value->word = word_at(s, (struct span){ at.file, at.start, at.start + (uint32_t)*keep });
	return T_UNIT;
}

/* ---- clause ids ---- */

size_t scan_clause_prefix(struct scan *s, struct span at)
{
	const char *text = scan_text(s, at);
	size_t n = 0;
	while (n < size_of(at) && (unsigned char)text[n] >= 0x80)
		n += character_size(text + n);
	return n > 0 && keyword_find(s->keywords, text, n) ? n : 0;
}

/* As it will be compared: half-width. */
static char *half_width(struct scan *s, const char *text, size_t size)
{
	static const struct {
		const char *wide;
		char narrow;
	} marks[] = { { "（", '(' }, { "）", ')' }, { "．", '.' }, { "＃", '#' } };
	char *out = arena_alloc(s->arena, size + 1);
	size_t n = 0;
	for (size_t i = 0; i < size;) {
		size_t k = 0;
		while (k < 4 && !(size - i >= 3 && memcmp(text + i, marks[k].wide, 3) == 0))
			k++;
		out[n++] = k < 4 ? marks[k].narrow : text[i];
		i += k < 4 ? 3 : 1;
	}
	return out;
}

int scan_clause(struct scan *s, struct span at, union RULEBOOK_STYPE *value)
{
	if (size_of(at) > LIMIT_NAME)
		return too_long(s, at);
	if (!ast_check_word(s->builder, scan_text(s, at), size_of(at), at))
		return T_INVALID;
	value->word = (struct ast_word){ half_width(s, scan_text(s, at), size_of(at)), at, false };
	return T_CLAUSE;
}

/* ---- separators ---- */

static bool is_ascii_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* note [two separators]
 * In `{ a 释疑 A06、 b }` the mark ends a member, in `{ a 释疑 A06、A07 }` it goes on with the ambiguities, and the
 * grammar must know at the mark. Ids begin with a small letter; clause ids and ambiguities do not, or go on with
 * a part: 7.1, U2.c, A06, 规定7. */
static bool reference_follows(const struct scan *s, const char *text, const char *end)
{
	for (;;) {
		while (text < end && (strchr(" \t\r\n", *text) || (end - text >= 3 && memcmp(text, "　", 3) == 0)))
			text += character_size(text);
		if (end - text < 2 || text[0] != '/' || text[1] != '/')
			break;
		while (text < end && *text != '\n')
			text++;
	}
	const char *word = text;
	if (text < end && ((*text >= '0' && *text <= '9') || (*text >= 'A' && *text <= 'Z')))
		return true;
	if (text < end && is_ascii_word(*text)) {
		while (text < end && is_ascii_word(*text))
			text++;
		return end - text >= 2 && ((*text == '.' && is_ascii_word(text[1])) || *text == '#' ||
					   (*text == '(' && text[1] >= '0' && text[1] <= '9'));
	}
	while (text < end && character_is_han(text, (size_t)(end - text)))
		text += character_size(text);
	return text > word && text < end && *text >= '0' && *text <= '9' &&
	       !keyword_find(s->keywords, word, (size_t)(text - word));
}

int scan_separator(struct scan *s, struct span at)
{
	const char *after = s->text + (at.end - s->offset);
	return reference_follows(s, after, s->text + s->size) ? T_SEP_REF : T_SEP;
}

int scan_other(struct scan *s, struct span at)
{
	const char *text = scan_text(s, at);
	if (s->skipping || character_is_refused(text, size_of(at)))
		return T_INVALID;            /* a finding has said why */
	bool quote = memcmp(text, "“", size_of(at)) == 0 || memcmp(text, "”", size_of(at)) == 0;
	bool table = *text == '|';
	struct finding *f = scan_report(s, table ? FINDING_SYNTAX : FINDING_CHARACTER, at,
					table ? MESSAGE_TABLE_IN_FENCE : MESSAGE_CHARACTER_UNUSED);
	if (!f)
		return T_INVALID;
	scan_arg_text(s, f, 0, at);
	if (table)
		diag_help(s->builder->diag, f, MESSAGE_TABLE_IN_FENCE_HELP, NULL, NULL);
	else if (strchr("<>=!", *text))
		diag_help(s->builder->diag, f, MESSAGE_SIGNS_HELP, NULL, NULL);
	else if (quote)
		diag_help(s->builder->diag, f, MESSAGE_QUOTE_MARKS_HELP, NULL, NULL);
	return T_INVALID;
}

void scan_convention_word(struct scan *s, struct ast_word word)
{
	const struct keyword *k = word.text ? keyword_find(s->keywords, word.text, strlen(word.text)) : NULL;
	ast_words_of(s->builder, ast_word_list(s->builder, word));
	if (k && (k->is_bound || k->token == T_AT_END))
		ast_fixed_word(s->builder, word.quoted ? word : word_at(s, word.span),
			       k->is_bound ? k->bound : AST_BOUND_AT_MOST);
}
