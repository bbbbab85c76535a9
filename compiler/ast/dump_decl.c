/* Printing declarations: every kind prints what it has. */
#include "ast/dump.h"

static const char *const kinds[] = {
	[AST_RULEBOOK] = "rulebook", [AST_EDITION] = "edition", [AST_CONVENTION] = "convention",
	[AST_INSTRUMENT] = "instrument", [AST_STANDARD] = "standard", [AST_AMBIGUITY] = "ambiguity",
	[AST_ROLE] = "role", [AST_BASIS] = "basis", [AST_SOURCE_TEXT] = "source_text",
	[AST_NUMBERING] = "numbering", [AST_CLAUSE] = "clause", [AST_DECLARATORY] = "declaratory",
	[AST_DISCRETION] = "discretion", [AST_PROCEDURAL] = "procedural", [AST_DUTY] = "duty", [AST_FACT] = "fact",
	[AST_ENUMERATION] = "enumeration", [AST_DECISION] = "decision", [AST_DEFINITION] = "definition",
	[AST_RULE] = "rule", [AST_DEFAULT] = "default", [AST_TABLE] = "table", [AST_ORDER] = "order",
	[AST_ASSUME] = "assume", [AST_ASSERT] = "assert", [AST_BASELINE] = "baseline", [AST_CASE] = "case",
	[AST_CASE_TABLE] = "case_table", [AST_PUBLISH] = "publish", [AST_CALENDAR] = "calendar",
	[AST_CALENDAR_YEAR] = "calendar_year", [AST_PROCEDURE] = "procedure", [AST_EVENT] = "event",
	[AST_STEP] = "step", [AST_TIMED_DUTY] = "timed_duty", [AST_VALIDITY] = "validity",
	[AST_TIME_PROPERTY] = "time_property", [AST_PROCEDURE_CASE] = "procedure_case",
};

static void dump_name(struct ast_printer *p, const struct ast_name *name)
{
	dump_word(p, "id", &name->id);
	dump_word(p, "label", &name->label);
	dump_word(p, "english", &name->english);
}

static void dump_member(struct ast_printer *p, const struct ast_member *member)
{
	dump_line(p, "member");
	p->depth++;
	dump_name(p, &member->name);
	dump_attributes(p, &member->attributes);
	dump_words(p, "text", &member->texts);
	dump_word(p, "parent", &member->parent);
	if (member->clause.text)
		dump_line(p, "clause %s", member->clause.text);
	dump_word(p, "standard", &member->standard);
	if (member->start || member->final || member->no_stay)
		dump_line(p, "flags%s%s%s", member->start ? " start" : "", member->final ? " final" : "",
			  member->no_stay ? " no_stay" : "");
	for (size_t i = 0; i < member->members.count; i++)
		dump_member(p, &member->members.items[i]);
	p->depth--;
}

static void dump_rung(struct ast_printer *p, const char *key, const struct ast_rung *rung)
{
	dump_line(p, "%s%s", key, rung->rest ? " rest" : rung->is_default ? " default" : "");
	p->depth++;
	dump_words(p, "name", &rung->names);
	p->depth--;
}

static void dump_head(struct ast_printer *p, const struct ast_head_line *line)
{
	dump_line(p, "head %s", line->key);
	p->depth++;
	dump_words(p, "value", &line->values);
	dump_date(p, "value", &line->date);
	if (line->number.span.end > 0)
		dump_number(p, "value", &line->number);
	dump_attributes(p, &line->attributes);
	p->depth--;
}

static void dump_setting(struct ast_printer *p, const struct ast_setting *setting)
{
	dump_word(p, "given", &setting->fact);
	p->depth++;
	dump_value(p, &setting->value);
	p->depth--;
}

static void dump_expectation(struct ast_printer *p, const struct ast_expectation *e)
{
	dump_word(p, "expect", &e->decision);
	p->depth++;
	dump_word(p, "outcome", &e->outcome);
	if (e->conflict)
		dump_line(p, "conflict");
	dump_words(p, "rule", &e->rules);
	if (e->gap)
		dump_line(p, "gap");
	p->depth--;
}

static void dump_fact(struct ast_printer *p, const struct ast_decl *decl)
{
	static const char *const facts[] = { "boolean", "enumeration", "set", "integer", "date" };
	dump_line(p, "kind %s", facts[decl->fact_kind]);
	if (decl->high.span.end > 0) {
		dump_number(p, "low", &decl->low);
		dump_number(p, "high", &decl->high);
	}
	dump_date(p, "low", &decl->date_low);
	dump_date(p, "high", &decl->date_high);
}

static void dump_logic(struct ast_printer *p, const struct ast_decl *decl)
{
	static const char *const hits[] = { "unique", "any", "first" };
	dump_word(p, "decision", &decl->decision);
	if (decl->kind == AST_TABLE)
		dump_line(p, "hit %s%s", hits[decl->hit], decl->complete ? " complete" : "");
	dump_cond(p, "when", decl->when);
	dump_cond(p, "except", decl->except);
	dump_word(p, "then", &decl->then);
	dump_cond(p, "then", decl->then_cond);
	for (size_t i = 0; i < decl->rungs.count; i++)
		dump_rung(p, "rung", &decl->rungs.items[i]);
	if (decl->monotone)
		dump_line(p, "never_falls");
	for (size_t i = 0; i < decl->ranking.count; i++)
		dump_rung(p, "rank", &decl->ranking.items[i]);
}

static void dump_text_parts(struct ast_printer *p, const struct ast_decl *decl)
{
	dump_clauses(p, "clause", &decl->clauses);
	dump_word(p, "quote", &decl->quote);
	dump_word(p, "role", &decl->role);
	dump_word(p, "see", &decl->see);
	dump_word(p, "file", &decl->file);
	dump_words(p, "word", &decl->words);
	if (decl->inclusive)
		dump_line(p, "inclusive");
	for (size_t i = 0; i < decl->head.count; i++)
		dump_head(p, &decl->head.items[i]);
}

static void dump_cases(struct ast_printer *p, const struct ast_decl *decl)
{
	dump_word(p, "baseline", &decl->baseline);
	for (size_t i = 0; i < decl->settings.count; i++)
		dump_setting(p, &decl->settings.items[i]);
	for (size_t i = 0; i < decl->expectations.count; i++)
		dump_expectation(p, &decl->expectations.items[i]);
	for (size_t i = 0; i < decl->headings.count; i++) {
		dump_word(p, "column", &decl->headings.items[i].column);
		dump_word(p, "headed", &decl->headings.items[i].heading);
	}
}

void dump_decl(struct ast_printer *p, const struct ast_decl *decl)
{
	dump_line(p, "%s%s%s", kinds[decl->kind], decl->alone_in_fence ? " alone" : "",
		  decl->broken ? " broken" : "");
	p->depth++;
	dump_name(p, &decl->name);
	dump_attributes(p, &decl->attributes);
	if (decl->kind == AST_FACT)
		dump_fact(p, decl);
	dump_text_parts(p, decl);
	dump_logic(p, decl);
	if (decl->two_level)
		dump_line(p, "two_level");
	for (size_t i = 0; i < decl->members.count; i++)
		dump_member(p, &decl->members.items[i]);
	dump_cases(p, decl);
	if (decl->timed)
		dump_timed(p, decl->timed);
	if (decl->table && decl->kind != AST_ENUMERATION)
		dump_table(p, decl->table);
	p->depth--;
}
