/* Headings that could be read in two ways: a word that heads columns of a fixed kind and is a name as well. A heading
 * in quotes is text, whatever else has that name. */
#include "model/resolve.h"

#include <string.h>

struct clash {
	const char *written; /* as the heading stands */
	enum thing thing;
	const struct scope *scope;
	const struct scope_word *word;
};

static const struct scope_word *spelled(const struct scope *scope, const char *text)
{
	int64_t found = scope->map ? map_get(scope->map, text) : -1;
	return found < 0 ? NULL : &scope->words.items[found];
}

/* Another spelling of the name that heads its column and no other. */
static const char *other_name(const struct clash *clash)
{
	for (size_t i = 0; i < clash->scope->words.count; i++) {
		const struct scope_word *word = &clash->scope->words.items[i];
		size_t size = strlen(word->text);
		if (word->index == clash->word->index && !word->ambiguous && heading_is_name(word->text, size) &&
		    !heading_find(word->text, size))
			return word->text;
	}
	return NULL;
}

/* The heading in the other language, unless that is a name too. */
static const char *other_heading(const struct resolver *r, const struct clash *clash)
{
	const struct heading_word *heading = heading_find(clash->written, strlen(clash->written));
	const char *other = strcmp(heading->zh, clash->written) == 0 ? heading->en : heading->zh;
	bool free = !spelled(&r->facts, other) && !spelled(&r->decisions, other) && !spelled(&r->definitions, other);
	return free ? other : NULL;
}

static void report_clash(struct resolver *r, struct span at, const struct clash *clash)
{
	struct phrase thing = thing_words(clash->thing);
	const char *name = other_name(clash), *heading = other_heading(r, clash);
	struct finding *f = report(r, FINDING_DUPLICATE, at, MESSAGE_HEADING_IS_NAME, clash->written, NULL);
	diag_arg2(r->diag, f, 1, thing.zh, thing.en);
	diag_place(r->diag, f, clash->word->span, "声明在这里", "declared here");
	diag_help(r->diag, f,
		  name && heading ? MESSAGE_HEADING_OR_NAME_HELP
		  : name	  ? MESSAGE_HEADED_BY_NAME_HELP
		  : heading	  ? MESSAGE_HEADED_BY_HEADING_HELP
				  : MESSAGE_NAME_OTHERWISE_HELP,
		  name ? name : heading, name ? heading : NULL);
}

bool column_clashes(struct resolver *r, const struct ast_word *heading, enum heading_place place)
{
	const struct scope *scopes[] = { &r->facts, &r->decisions, &r->definitions };
	const enum thing things[] = { THING_FACT, THING_DECISION, THING_DEFINITION };
	for (size_t i = 0; i < (place == HEADING_RULES ? 3 : 1); i++) {
		const struct scope_word *word = spelled(scopes[i], heading->text);
		if (!word)
			continue;
		report_clash(r, heading->span, &(struct clash){ heading->text, things[i], scopes[i], word });
		r->subject_lost = true;
		return true;
	}
	return false;
}

/* Cells that are meant as conditions would each be a name that nothing declares. */
static bool holds_names(enum ast_column_kind kind)
{
	return kind == AST_COLUMN_STANDARD || kind == AST_COLUMN_RESOLVES || kind == AST_COLUMN_DISCRETION;
}

bool column_fits(struct resolver *r, const struct ast_column *column, enum heading_place place)
{
	static const struct phrase tables[] = {
		[HEADING_RULES] = { "规则表", "a table of rules" },
		[HEADING_MEMBERS] = { "枚举的表", "an enumeration's table" },
		[HEADING_CASES] = { "案例表", "a table of cases" },
	};
	bool fits = heading_belongs(column->kind, place);
	bool is_fixed = column->kind != AST_COLUMN_NAME && column->kind != AST_COLUMN_TEXT &&
			column->kind != AST_COLUMN_EXPECTED;
	bool clashes = is_fixed && place != HEADING_MEMBERS && column_clashes(r, &column->name, place);
	if (!fits && !clashes) {
		struct finding *f =
			report(r, FINDING_TYPE, column->name.span, MESSAGE_COLUMN_NOT_HERE, column->name.text, NULL);
		diag_arg2(r->diag, f, 1, tables[place].zh, tables[place].en);
	}
	return fits && !(clashes && holds_names(column->kind));
}
