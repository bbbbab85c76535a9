#include "ast/headings.h"

#include <string.h>

enum { RULES = HEADING_RULES, MEMBERS = HEADING_MEMBERS, CASES = HEADING_CASES };

static const struct heading_word headings[] = {
#define HEADING(name, zh, en, places) { AST_COLUMN_##name, zh, en, places },
#include "ast/headings.def"
};

static bool spells(const char *word, const char *text, size_t size)
{
	return strlen(word) == size && memcmp(word, text, size) == 0;
}

const struct heading_word *heading_find(const char *text, size_t size)
{
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (spells(headings[i].zh, text, size) || spells(headings[i].en, text, size))
			return &headings[i];
	return NULL;
}

bool heading_belongs(enum ast_column_kind kind, enum heading_place place)
{
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (headings[i].kind == kind)
			return (headings[i].places & place) != 0;
	return true;
}

bool heading_is_name(const char *text, size_t size)
{
	size_t ascii = 0, han = 0;
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];
		ascii += c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		han += c >= 0x80;
	}
	return size > 0 && (ascii == size || han == size);
}
