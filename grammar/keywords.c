/* Looking up words of the language: a table hashed by both spellings. */
#include "grammar/keywords.h"

#include "rulebook_parser.h"
#include "support/arena.h"

#include <string.h>

static const struct keyword keywords[] = {
#define DECLARATION(name, zh, en) { zh, en, T_##name, true, false, false, 0 },
#define KEYWORD(name, zh, en) { zh, en, T_##name, false, false, false, 0 },
#define BOUND(name, zh, en, follows) { zh, en, T_PRE_BOUND, false, true, follows, AST_BOUND_##name },
#include "grammar/keywords.def"
};
#define KEYWORD_COUNT (sizeof keywords / sizeof *keywords)

/* The bounds stand together in keywords.def. */
enum { WORDS_BEFORE_BOUNDS = 0
#define DECLARATION(name, zh, en) + 1
#define KEYWORD(name, zh, en) + 1
#include "grammar/keywords.def"
};
static const size_t bound_sizes[] = {
#define BOUND(name, zh, en, follows) sizeof zh - 1,
#include "grammar/keywords.def"
};
#define BOUND_COUNT (sizeof bound_sizes / sizeof *bound_sizes)

#define SLOTS 1024 /* over three times the spellings, a power of two */

struct keyword_index {
	struct slot {
		const char *spelling;
		size_t size;
		const struct keyword *keyword;
	} slots[SLOTS];
};

static size_t hash_of(const char *text, size_t size)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < size; i++)
		h = (h ^ (unsigned char)text[i]) * 16777619u;
	return (h ^ (h >> 15)) % SLOTS;
}

static struct slot *slot_of(struct keyword_index *index, const char *text, size_t size)
{
	size_t i = hash_of(text, size);
	while (index->slots[i].spelling &&
	       !(index->slots[i].size == size && memcmp(index->slots[i].spelling, text, size) == 0))
		i = (i + 1) % SLOTS;
	return &index->slots[i];
}

static void add(struct keyword_index *index, const char *spelling, const struct keyword *keyword)
{
	struct slot *slot = slot_of(index, spelling, strlen(spelling));
	if (!slot->spelling)
		*slot = (struct slot){ spelling, strlen(spelling), keyword };
}

struct keyword_index *keyword_index_new_in(struct arena *arena)
{
	struct keyword_index *index = arena_new_of(arena, struct keyword_index);
	for (size_t i = 0; i < KEYWORD_COUNT; i++) {
		add(index, keywords[i].zh, &keywords[i]);
		add(index, keywords[i].en, &keywords[i]);
	}
	return index;
}

#define LONGEST_KEYWORD 26 /* end_on_corresponding_day and seven Chinese characters are shorter */

const struct keyword *keyword_find(const struct keyword_index *index, const char *text, size_t size)
{
	if (size > LONGEST_KEYWORD)
		return NULL;
	size_t i = hash_of(text, size);
	for (; index->slots[i].spelling; i = (i + 1) % SLOTS)
		if (index->slots[i].size == size && memcmp(index->slots[i].spelling, text, size) == 0)
			return index->slots[i].keyword;
	return NULL;
}

const struct keyword *keyword_at(size_t i)
{
	return i < KEYWORD_COUNT ? &keywords[i] : NULL;
}

const struct keyword *keyword_of_token(int token)
{
	for (size_t i = 0; i < KEYWORD_COUNT; i++)
		if (keywords[i].token == token && !keywords[i].is_bound)
			return &keywords[i];
	return NULL;
}

const struct keyword *bound_prefix(const char *text, size_t size)
{
	static const struct keyword *const first = &keywords[WORDS_BEFORE_BOUNDS];
	const struct keyword *best = NULL;
	size_t longest = 0;
	for (size_t i = 0; i < BOUND_COUNT; i++) {
		size_t n = bound_sizes[i];
		if (n > size || n <= longest || memcmp(first[i].zh, text, n) != 0)
			continue;
		best = &first[i];
		longest = n;
	}
	return best;
}
