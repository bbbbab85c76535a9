/* Constructors of what declarations are made of: members, rungs, head lines, published columns. */
#include "ast/build.h"

struct ast_member *ast_member_begin(struct ast_builder *b, const struct ast_name *name)
{
	struct ast_member *member = ast_passing_new(b, struct ast_member);
	member->name = *name;
	if (name->id.text)
		ast_check_id(b, name->id);
	b->attributes = &member->attributes;
	return member;
}

struct ast_member *ast_member_end(struct ast_builder *b, struct ast_member *member)
{
	b->attributes = &b->decl->attributes;
	return member;
}

struct ast_member *ast_member_group(struct ast_builder *b, struct ast_member *member, const ast_members *members)
{
	for (size_t i = 0; i < members->count; i++)
		vec_push(b->arena, &member->members, members->items[i]);
	b->attributes = &b->decl->attributes;
	return member;
}

ast_members *ast_member_list(struct ast_builder *b, const struct ast_member *member)
{
	return ast_member_more(b, ast_passing_new(b, ast_members), member);
}

ast_members *ast_member_more(struct ast_builder *b, ast_members *list, const struct ast_member *member)
{
	vec_push(b->arena, list, *member);
	return list;
}

static struct ast_rung *rung_of(struct ast_builder *b, struct span at)
{
	struct ast_rung *rung = ast_passing_new(b, struct ast_rung);
	rung->span = at;
	return rung;
}

struct ast_rung *ast_rung_of(struct ast_builder *b, const ast_words *names, struct span at)
{
	struct ast_rung *rung = rung_of(b, at);
	rung->names = *names;
	return rung;
}

struct ast_rung *ast_rung_rest(struct ast_builder *b, struct span at)
{
	struct ast_rung *rung = rung_of(b, at);
	rung->rest = true;
	return rung;
}

struct ast_rung *ast_rung_default(struct ast_builder *b, struct span at)
{
	struct ast_rung *rung = rung_of(b, at);
	rung->is_default = true;
	return rung;
}

void ast_add_rung(struct ast_builder *b, const struct ast_rung *rung)
{
	vec_push(b->arena, &b->decl->rungs, *rung);
}

void ast_add_rank(struct ast_builder *b, const struct ast_rung *rung)
{
	vec_push(b->arena, &b->decl->ranking, *rung);
}

void ast_monotone(struct ast_builder *b, struct ast_word decision, const ast_words *facts)
{
	b->decl->monotone = true;
	b->decl->decision = ast_reference(b, decision);
	ast_words_of(b, facts);
}

void ast_head(struct ast_builder *b, const char *key, struct span at)
{
	b->line = (struct ast_head_line){ .key = key, .span = at };
	b->attributes = &b->line.attributes;
}

void ast_head_words(struct ast_builder *b, const ast_words *words)
{
	b->line.values = *words;
}

void ast_head_date(struct ast_builder *b, const struct ast_date *date)
{
	b->line.date = *date;
}

void ast_head_number(struct ast_builder *b, const struct ast_number *number)
{
	b->line.number = *number;
}

void ast_head_value(struct ast_builder *b, const char *english, struct span at)
{
	b->line.values = *ast_word_list(b, (struct ast_word){ english, at, false });
}

void ast_head_end(struct ast_builder *b, struct span at)
{
	b->line.span = at;
	vec_push(b->arena, &b->decl->head, b->line);
	b->attributes = &b->decl->attributes;
}

void ast_head_line(struct ast_builder *b, const char *key, struct span at)
{
	ast_head(b, key, at);
	ast_head_end(b, at);
}

void ast_column_of(struct ast_builder *b, struct ast_word column, struct ast_word heading)
{
	struct ast_heading_of h = { column, heading };
	vec_push(b->arena, &b->decl->headings, h);
}
