/* Line breaks: as few lines as the width allows, and among those the best places. */
#include "draw/wrap.h"

#include "draw/metrics.h"

#include <string.h>

enum {
	EM = 1000,
	PAIR_SLOTS = 1 << 16,
	MOST_CHARACTERS = 120, /* of a text whose breaks are weighed; longer ones are broken where the line is full */
	MOST_LINES = 8,
	MARK_BONUS = 40 /* of a break after a closing mark, or before an opening one */
};

/* ---- which characters belong together ---- */

struct pairs {
	uint16_t count[PAIR_SLOTS]; /* of two characters, by hash: a collision costs a worse break, no more */
};

struct pairs *pairs_new(struct arena *arena)
{
	return arena_new_of(arena, struct pairs);
}

static size_t step_of(const char *text)
{
	size_t step = utf8_sequence_size(text, strnlen(text, 4));
	return step ? step : 1;
}

static size_t pair_slot(const char *a, const char *b)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < step_of(a); i++)
		hash = (hash ^ (unsigned char)a[i]) * 16777619u;
	for (size_t i = 0; *b && i < step_of(b); i++)
		hash = (hash ^ (unsigned char)b[i]) * 16777619u;
	return (hash ^ hash >> 15) & (PAIR_SLOTS - 1);
}

static void count_slot(struct pairs *pairs, size_t slot)
{
	pairs->count[slot] = (uint16_t)(pairs->count[slot] + (pairs->count[slot] < UINT16_MAX));
}

void pairs_count(struct pairs *pairs, const char *text)
{
	for (; *text; text += step_of(text)) {
		const char *next = text + step_of(text);
		count_slot(pairs, pair_slot(text, ""));
		if (*next)
			count_slot(pairs, pair_slot(text, next));
	}
}

/* 0: the two characters happen to meet; 100: the rarer of them stands nowhere else. */
static long cohesion(const struct pairs *pairs, const char *a, const char *b)
{
	if (!pairs)
		return 0;
	long both = pairs->count[pair_slot(a, b)];
	long one = pairs->count[pair_slot(a, "")], other = pairs->count[pair_slot(b, "")];
	long rarer = one < other ? one : other;
	return both > rarer ? 100 : rarer ? both * 100 / rarer : 0;
}

/* ---- where a line may end ---- */

static bool begins_with_any(const char *text, const char *const *marks)
{
	for (; *marks; marks++)
		if (strncmp(text, *marks, strlen(*marks)) == 0)
			return true;
	return false;
}

static bool closes(const char *text)
{
	static const char *const marks[] = { "，", "。", "、", "；", "：", "）", "」", "》",
					     "”",  "…",	 "／", ")",  ",",  ";",	 NULL };
	return begins_with_any(text, marks);
}

static bool opens(const char *text)
{
	static const char *const marks[] = { "（", "「", "《", "“", NULL };
	return begins_with_any(text, marks);
}

static bool is_word(const char *text)
{
	return (unsigned char)*text > 0x20 && (unsigned char)*text < 0x7f;
}

/* Numbers keep their unit: 100万人 is one word. */
static bool is_number_unit(const char *text)
{
	static const char *const units[] = { "万", "亿", NULL };
	return begins_with_any(text, units);
}

static bool may_break(const char *last, const char *next)
{
	if (closes(next) || opens(last) || (is_word(last) && is_word(next)))
		return false;
	return !(is_word(last) && is_number_unit(next));
}

/* ---- as few lines as possible ---- */

static const char *line_end(const char *start, uint32_t width)
{
	const char *best = NULL, *last = start, *at = start;
	uint32_t used = 0;
	for (; *at; last = at, at += step_of(at)) {
		if (at > start && may_break(last, at))
			best = at;
		if (used + character_width(at) > width && at > start)
			return best ? best : at;
		used += character_width(at);
	}
	return at;
}

static const char *line_start(const char *end)
{
	return end + strspn(end, " ");
}

static size_t line_count(const char *text, uint32_t width)
{
	size_t count = 0;
	for (; *text; count++)
		text = line_start(line_end(text, width));
	return count;
}

static const char *cut_short(struct arena *arena, const char *start, uint32_t width)
{
	const char *at = start;
	uint32_t used = EM;
	while (*at && used + character_width(at) <= width) {
		used += character_width(at);
		at += step_of(at);
	}
	return arena_printf(arena, "%.*s…", (int)(at - start), start);
}

static void wrap_greedily(struct arena *arena, const char *text, uint32_t width, size_t lines, drawing_texts *out)
{
	for (size_t n = 1; *text; n++) {
		const char *end = line_end(text, width);
		if (n == lines && *end) {
			const char *cut = cut_short(arena, text, width);
			vec_push(arena, out, cut);
			return;
		}
		const char *line = arena_strndup(arena, text, (size_t)(end - text));
		vec_push(arena, out, line);
		text = line_start(end);
	}
}

/* ---- the best places ---- */

struct breaks {
	const char *at[MOST_CHARACTERS + 1]; /* each character; the end */
	uint32_t width[MOST_CHARACTERS + 1]; /* before it */
	long weak[MOST_CHARACTERS + 1];	     /* cost of breaking before it; -1: not there */
	size_t count;
};

static bool read_characters(struct breaks *b, const struct pairs *pairs, const char *text)
{
	uint32_t width = 0;
	b->count = 0;
	for (;; text += step_of(text)) {
		b->at[b->count] = text;
		b->width[b->count] = width;
		if (!*text)
			return true;
		if (b->count == MOST_CHARACTERS)
			return false;
		const char *last = b->count ? b->at[b->count - 1] : text;
		b->weak[b->count] = b->count && may_break(last, text)
					    ? cohesion(pairs, last, text) +
						      MARK_BONUS * !(closes(last) || opens(text) || *last == ' ')
					    : -1;
		width += character_width(text);
		b->count++;
	}
}

/* The cost of the line [from, to): how far it is from the mean, in ems squared. NO_LINE: too wide. */
#define NO_LINE 1000000000L

static long line_cost(const struct breaks *b, size_t from, size_t to, uint32_t width, uint32_t mean)
{
	uint32_t size = b->width[to] - b->width[from];
	long off = ((long)size - (long)mean) / (EM / 10);
	return size > width ? NO_LINE : off * off * 3 / 100;
}

/* best[n][i]: the least cost of the characters before i in n lines; from[n][i]: where the last of them begins. */
static void wrap_well(struct arena *arena, const struct breaks *b, uint32_t width, size_t lines, drawing_texts *out)
{
	static const long none = NO_LINE;
	long best[MOST_LINES + 1][MOST_CHARACTERS + 1];
	size_t from[MOST_LINES + 1][MOST_CHARACTERS + 1], ends[MOST_LINES + 1];
	uint32_t mean = b->width[b->count] / (uint32_t)lines;
	for (size_t i = 0; i <= b->count; i++)
		best[0][i] = i ? none : 0;
	for (size_t n = 1; n <= lines; n++) {
		for (size_t i = 0; i <= b->count; i++) {
			best[n][i] = none;
			from[n][i] = 0;
			for (size_t k = 0; k < i; k++) {
				long weak = k ? b->weak[k] : 0;
				if (best[n - 1][k] >= none || weak < 0)
					continue;
				long cost = best[n - 1][k] + weak + line_cost(b, k, i, width, mean);
				if (cost < best[n][i]) {
					best[n][i] = cost;
					from[n][i] = k;
				}
			}
		}
	}
	if (best[lines][b->count] >= none) {
		wrap_greedily(arena, b->at[0], width, lines, out);
		return;
	}
	ends[lines] = b->count;
	for (size_t n = lines; n > 0; n--)
		ends[n - 1] = from[n][ends[n]];
	for (size_t n = 0; n < lines; n++) {
		const char *start = line_start(b->at[ends[n]]);
		const char *line = arena_strndup(arena, start, (size_t)(b->at[ends[n + 1]] - start));
		vec_push(arena, out, line);
	}
}

void text_wrap(struct arena *arena, const struct pairs *pairs, const char *text, uint32_t width, size_t lines,
	       drawing_texts *out)
{
	struct breaks b;
	size_t count = line_count(text, width);
	if (count < 2 || count > lines || count > MOST_LINES || !read_characters(&b, pairs, text))
		wrap_greedily(arena, text, width, lines, out);
	else
		wrap_well(arena, &b, width, count, out);
}
