/* Printing words, values, conditions and attributes. */
#include "ast/dump.h"

#include <inttypes.h>
#include <stdarg.h>

void dump_line(struct ast_printer *p, const char *format, ...)
{
	va_list args;
	for (int i = 0; i < p->depth; i++)
		write_str(p->w, "  ");
	va_start(args, format);
	write_vfmt(p->w, format, args);
	va_end(args);
	write_char(p->w, '\n');
}

void dump_word(struct ast_printer *p, const char *key, const struct ast_word *word)
{
	if (!word->text)
		return;
	for (int i = 0; i < p->depth; i++)
		write_str(p->w, "  ");
	write_str(p->w, key);
	write_char(p->w, ' ');
	if (word->quoted)
		write_json_string(p->w, word->text);
	else
		write_str(p->w, word->text);
	write_char(p->w, '\n');
}

void dump_words(struct ast_printer *p, const char *key, const ast_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		dump_word(p, key, &words->items[i]);
}

void dump_clauses(struct ast_printer *p, const char *key, const ast_clause_ids *ids)
{
	for (size_t i = 0; i < ids->count; i++)
		dump_line(p, "%s %s", key, ids->items[i].text);
}

void dump_date(struct ast_printer *p, const char *key, const struct ast_date *date)
{
	if (date->given)
		dump_line(p, "%s day %" PRId32, key, date->day);
}

void dump_number(struct ast_printer *p, const char *key, const struct ast_number *number)
{
	dump_line(p, "%s %" PRId64 "%s%s", key, number->value, number->unit ? " " : "",
		  number->unit ? number->unit : "");
}

void dump_value(struct ast_printer *p, const struct ast_value *value)
{
	switch (value->kind) {
	case AST_VALUE_NONE:
		break;
	case AST_VALUE_WORD:
		dump_word(p, "value", &value->word);
		break;
	case AST_VALUE_NUMBER:
		dump_number(p, "value", &value->number);
		break;
	case AST_VALUE_DATE:
		dump_date(p, "value", &value->date);
		break;
	case AST_VALUE_YES:
	case AST_VALUE_NO:
		dump_line(p, "value %s", value->kind == AST_VALUE_YES ? "yes" : "no");
		break;
	case AST_VALUE_SET:
		dump_line(p, "set");
		p->depth++;
		dump_words(p, "member", &value->set);
		p->depth--;
		break;
	}
}

static const char *test_name(enum ast_test test)
{
	static const char *const names[] = {
		[AST_TEST_NAME] = "holds", [AST_TEST_IS] = "is", [AST_TEST_IS_NOT] = "is_not", [AST_TEST_IN] = "in",
		[AST_TEST_NOT_IN] = "not_in", [AST_TEST_BOUNDS] = "bounds", [AST_TEST_CONTAINS] = "contains",
		[AST_TEST_LACKS] = "lacks", [AST_TEST_CONTAINS_ANY] = "contains_any",
		[AST_TEST_CONTAINS_ALL] = "contains_all", [AST_TEST_EMPTY] = "empty",
		[AST_TEST_NOT_EMPTY] = "not_empty",
	};
	return names[test];
}

static void dump_test(struct ast_printer *p, const struct ast_cond *cond)
{
	static const char *const bounds[] = { "at_least", "at_most", "more_than", "less_than" };
	dump_word(p, "subject", &cond->subject);
	for (size_t i = 0; i < cond->values.count; i++)
		dump_value(p, &cond->values.items[i]);
	for (size_t i = 0; i < cond->bound_count; i++) {
		dump_line(p, "%s", bounds[cond->bounds[i].bound]);
		p->depth++;
		dump_value(p, &cond->bounds[i].value);
		p->depth--;
	}
}

void dump_cond(struct ast_printer *p, const char *key, const struct ast_cond *cond)
{
	static const char *const kinds[] = { "and", "or", "not", "test", "broken" };
	if (!cond)
		return;
	dump_line(p, "%s %s", key, cond->kind == AST_COND_TEST ? test_name(cond->test) : kinds[cond->kind]);
	p->depth++;
	if (cond->kind == AST_COND_TEST)
		dump_test(p, cond);
	for (size_t i = 0; i < cond->part_count; i++)
		dump_cond(p, "part", cond->parts[i]);
	p->depth--;
}

void dump_attributes(struct ast_printer *p, const struct ast_attributes *a)
{
	dump_clauses(p, "cites", &a->cites);
	dump_word(p, "because", &a->because);
	dump_words(p, "resolves", &a->resolves);
	if (a->discretion_given && !a->discretion.text)
		dump_line(p, "discretion");
	dump_word(p, "discretion", &a->discretion);
	dump_word(p, "basis", &a->basis);
	dump_date(p, "from", &a->from);
	dump_date(p, "to", &a->to);
}
