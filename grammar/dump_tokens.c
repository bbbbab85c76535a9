/* Tokens as `--dump tokens` shows them: the fences' tokens with the ends that layout adds. */
#include "grammar/reader.h"
#include "grammar/tokens.h"

#include <string.h>

int rulebook_lex(union RULEBOOK_STYPE *value, struct span *at, struct scan *s);

static const char *name_of(int kind)
{
	static const struct {
		int kind;
		const char *name;
	} names[] = {
		{ T_END, "END" }, { T_INVALID, "INVALID" }, { T_COMMENT, "COMMENT" },
		{ T_OPEN, "OPEN" }, { T_CLOSE, "CLOSE" }, { T_BEGIN, "BEGIN" }, { T_END_OF_SET, "END_OF_SET" },
		{ T_COLON, "COLON" }, { T_SEMICOLON, "SEMICOLON" }, { T_SEP, "SEP" }, { T_SEP_REF, "SEP_REF" },
		{ T_STOP, "STOP" }, { T_ITEM, "ITEM" }, { T_WORD, "WORD" }, { T_LABEL, "LABEL" },
		{ T_STRING, "STRING" }, { T_CLAUSE, "CLAUSE" }, { T_UNIT, "UNIT" }, { T_PATH, "PATH" },
		{ T_NUMBER, "NUMBER" }, { T_DATE, "DATE" }, { T_MONTH_DAY, "MONTH_DAY" }, { T_PRE_BOUND, "PRE_BOUND" },
		{ T_POST_BOUND, "POST_BOUND" },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].kind == kind)
			return names[i].name;
	return keyword_of_token(kind)->en;
}

static void dump_fence(struct writer *w, struct reader *r, const struct source *source, struct block_text inside)
{
	union RULEBOOK_STYPE value;
	struct span at;
	int kind;
	scan_aim(&r->scan, r->text + inside.start, r->copy + inside.start, inside.end - inside.start, 0, inside.start);
	r->scan.fence = true;
	while ((kind = rulebook_lex(&value, &at, &r->scan)) != 0) {
		struct position p = source_position(source, at.start);
		write_fmt(w, "%u:%u %s ", p.line, p.column, name_of(kind));
		write_bytes(w, source->text + at.start, at.end - at.start);
		write_char(w, '\n');
	}
	for (size_t i = inside.end; i < inside.end + 2 && i < r->size; i++)
		r->copy[i] = r->text[i];
}

void dump_tokens(struct writer *w, const struct source *source)
{
	struct arena *arena = w->arena;
	struct reader *r = arena_new_of(arena, struct reader);
	struct block_list list = { .blocks.items = NULL };
	r->arena = r->builder.arena = arena;
	r->text = source->text;
	r->size = source->size;
	r->copy = arena_alloc(arena, source->size + 2);
	if (source->size)
		memcpy(r->copy, source->text, source->size);
	scan_init(&r->scan, arena, &r->builder);
	split_blocks(arena, NULL, 0, source->text, source->size, &list);
	for (size_t i = 0; i < list.blocks.count; i++)
		if (list.blocks.items[i].kind == AST_BLOCK_FENCE)
			dump_fence(w, r, source, list.inside.items[i]);
}
