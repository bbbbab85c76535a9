/* The openings of numbered lines: 第三条, 第二章, （一）, (1), 1. */
#include "text/text.h"

#include <string.h>

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Every Chinese digit and multiplier is three bytes; 0 bytes when there is none. */
static size_t han_digit(const char *text, uint32_t *value)
{
	static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
	for (uint32_t i = 0; i < 10; i++)
		if (starts(text, digits[i])) {
			*value = i;
			return strlen(digits[i]);
		}
	if (starts(text, "〇")) {
		*value = 0;
		return strlen("〇");
	}
	if (starts(text, "两")) {
		*value = 2;
		return strlen("两");
	}
	return 0;
}

static size_t han_multiplier(const char *text, uint32_t *value)
{
	static const struct {
		const char *word;
		uint32_t value;
	} multipliers[] = {
		{ "十", 10 },
		{ "百", 100 },
		{ "千", 1000 },
	};
	for (size_t i = 0; i < 3; i++)
		if (starts(text, multipliers[i].word)) {
			*value = multipliers[i].value;
			return strlen(multipliers[i].word);
		}
	return 0;
}

/* 一百二十三, 十五, 二〇: bytes read, 0 when no number stands here. */
static size_t han_number(const char *text, uint32_t *number)
{
	const char *at = text;
	uint32_t total = 0, digits = 0, value;
	bool pending = false;
	for (size_t size; at - text < 60; at += size) {
		if ((size = han_digit(at, &value)) != 0) {
			digits = pending ? digits * 10 + value : value;
			pending = true;
		} else if ((size = han_multiplier(at, &value)) != 0) {
			total += (pending ? digits : 1) * value;
			digits = 0;
			pending = false;
		} else {
			break;
		}
		if (total > 100000 || digits > 100000)
			return 0;
	}
	*number = total + (pending ? digits : 0);
	return (size_t)(at - text);
}

static size_t plain_number(const char *text, uint32_t *number)
{
	size_t size = 0;
	*number = 0;
	while (text[size] >= '0' && text[size] <= '9' && size < 6)
		*number = *number * 10 + (uint32_t)(text[size++] - '0');
	return size;
}

static size_t any_number(const char *text, uint32_t *number, bool *han)
{
	size_t size = han_number(text, number);
	*han = size != 0;
	return size ? size : plain_number(text, number);
}

size_t blank_at(const char *text, size_t left)
{
	if (left && (*text == ' ' || (*text >= '\t' && *text <= '\r')))
		return 1;
	if (left >= 3 && (memcmp(text, "\xe3\x80\x80", 3) == 0 || memcmp(text, "\xef\xbb\xbf", 3) == 0))
		return 3; /* ideographic space, byte order mark */
	return left >= 2 && memcmp(text, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static size_t skip_blanks(const char *text)
{
	size_t at = 0, size, left = strlen(text);
	while ((size = blank_at(text + at, left - at)) != 0)
		at += size;
	return at;
}

/* `第三条规定的…` opens a sentence, not an article: outside headings a blank must follow. */
size_t opening_article(const char *line, bool heading, uint32_t *number)
{
	bool han;
	const char *at = line;
	size_t size;
	if (starts(at, "Article ")) {
		size = plain_number(at += strlen("Article "), number);
		at += size;
	} else if (starts(at, "第")) {
		at += strlen("第") + skip_blanks(at + strlen("第"));
		size = any_number(at, number, &han);
		at += size + skip_blanks(at + size);
		if (!starts(at, "条"))
			return 0;
		at += strlen("条");
	} else {
		return 0;
	}
	size_t blank = skip_blanks(at);
	bool apart = heading || blank || !*at;
	return size && apart ? (size_t)(at - line) + blank : 0;
}

bool opening_chapter(const char *line)
{
	uint32_t number;
	bool han;
	if (starts(line, "Chapter ") || starts(line, "Section "))
		return plain_number(strchr(line, ' ') + 1, &number) != 0;
	if (!starts(line, "第"))
		return false;
	const char *at = line + strlen("第");
	at += skip_blanks(at);
	size_t size = any_number(at, &number, &han);
	at += size + skip_blanks(at + size);
	bool unit = starts(at, "章") || starts(at, "节") || starts(at, "编");
	return size && unit && (skip_blanks(at + 3) || !at[3]);
}

static size_t bracket(const char *text, bool opening)
{
	if (*text == (opening ? '(' : ')'))
		return 1;
	const char *wide = opening ? "（" : "）";
	return starts(text, wide) ? strlen(wide) : 0;
}

size_t opening_item(const char *line, uint32_t *number, bool *han)
{
	size_t open = bracket(line, true);
	if (!open)
		return 0;
	size_t size = any_number(line + open, number, han);
	size_t close = bracket(line + open + size, false);
	return size && close ? open + size + close : 0;
}

/* `1.5万` is a number, no opening. */
size_t opening_subitem(const char *line, uint32_t *number)
{
	size_t size = plain_number(line, number);
	if (!size)
		return 0;
	const char *mark = line + size;
	if (*mark == '.')
		return mark[1] >= '0' && mark[1] <= '9' ? 0 : size + 1;
	return starts(mark, "．") || starts(mark, "、") ? size + 3 : 0;
}
