/* 整数: whole numbers between bounds, with a unit that every threshold repeats. */
#include "model/resolve.h"

#include <string.h>

static void declare(struct resolver *r, struct fact *fact, const struct ast_decl *decl)
{
	fact->low = decl->low.value;
	fact->high = decl->high.value;
	fact->unit = decl->high.unit ? decl->high.unit : decl->low.unit;
	if (fact->high > LIMIT_INTEGER || fact->low < -LIMIT_INTEGER) {
		struct span span = fact->high > LIMIT_INTEGER ? decl->high.span : decl->low.span;
		report_limit(r, span, "整数的界限", "the bound of an integer", LIMIT_INTEGER, fact->name.id);
		fact->low = fact->high = 0;
		r->fact_broken[fact_index(r, fact)] = true;
	}
	bool two = decl->low.unit && decl->high.unit && strcmp(decl->low.unit, decl->high.unit) != 0;
	if (two)
		report(r, FINDING_TYPE, decl->low.unit_span, MESSAGE_TWO_UNITS, decl->low.unit, decl->high.unit);
	if (fact->low > fact->high) {
		report(r, FINDING_TYPE, decl->high.span, MESSAGE_EMPTY_DOMAIN, fact->name.id, NULL);
		fact->high = fact->low;
		r->fact_broken[fact_index(r, fact)] = true;
	}
}

static void report_missing_unit(struct resolver *r, const struct fact *fact, const struct ast_number *number)
{
	struct finding *f = report(r, FINDING_TYPE, number->span, MESSAGE_UNIT_MISSING, fact->name.id, fact->unit);
	struct span end = { number->span.file, number->span.end, number->span.end };
	diag_help(r->diag, f, MESSAGE_UNIT_HELP, fact->unit, NULL);
	diag_edit(r->diag, f, end, fact->unit);
}

static void report_other_unit(struct resolver *r, const struct fact *fact, const struct ast_number *number)
{
	struct finding *f = report(r, FINDING_TYPE, number->unit_span,
				   fact->unit ? MESSAGE_UNIT_OTHER : MESSAGE_UNIT_NONE, fact->name.id, fact->unit);
	diag_arg(r->diag, f, 2, number->unit);
	diag_place(r->diag, f, fact->span, "声明在这里", "declared here");
	if (fact->unit)
		diag_help(r->diag, f, MESSAGE_UNIT_HELP, fact->unit, NULL);
	diag_edit(r->diag, f, number->unit_span, fact->unit ? fact->unit : "");
}

static bool check_unit(struct resolver *r, const struct fact *fact, const struct ast_number *number, bool needed)
{
	if (number->unit && fact->unit && same_unit(number->unit, fact->unit))
		return true;
	if (!number->unit && (!fact->unit || !needed))
		return true;
	if (!number->unit)
		report_missing_unit(r, fact, number);
	else
		report_other_unit(r, fact, number);
	return false;
}

static bool number_value(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out,
			 bool needed)
{
	if (v->kind != AST_VALUE_NUMBER) {
		value_type_error(r, v->span, fact);
		return false;
	}
	if (!check_unit(r, fact, &v->number, needed))
		return false;
	*out = v->number.value;
	if (*out >= fact->low && *out <= fact->high)
		return true;
	struct finding *f =
		report(r, FINDING_OUTSIDE_DOMAIN, v->number.span, MESSAGE_OUTSIDE_DOMAIN, fact->name.id, NULL);
	diag_arg_int(r->diag, f, 1, *out);
	diag_arg_int(r->diag, f, 2, fact->low);
	diag_arg_int(r->diag, f, 3, fact->high);
	diag_place(r->diag, f, fact->span, "声明在这里", "declared here");
	return false;
}

/* In cases a number may leave out its unit: it is a record, no threshold. */
static bool value(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out)
{
	return number_value(r, fact, v, out, false);
}

static bool read(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out, uint32_t *count)
{
	*count = 1;
	return number_value(r, fact, v, out, true);
}

/* Of two bounds that stand together one unit serves both: `at_least 1 under 10,000 persons`. */
static bool read_second(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out,
			uint32_t *count)
{
	*count = 1;
	return number_value(r, fact, v, out, false);
}

static bool some_unit(const struct ast_cond *ast)
{
	for (size_t i = 0; i < ast->bound_count; i++)
		if (ast->bounds[i].value.kind == AST_VALUE_NUMBER && ast->bounds[i].value.number.unit)
			return true;
	return false;
}

static struct cond *test(struct resolver *r, const struct fact *fact, const struct ast_cond *ast)
{
	if (is_value_test(ast->test))
		return test_of_values(r, fact, ast, read);
	if (ast->test == AST_TEST_BOUNDS)
		return test_of_bounds(r, fact, ast, some_unit(ast) ? read_second : read);
	cond_type_error(r, ast, fact);
	return NULL;
}

/* ---- in words ---- */

static void json(struct writer *w, const struct fact *fact, int64_t value_)
{
	(void)fact;
	write_number(w, value_);
}

static struct phrase with_unit(struct arena *arena, const struct fact *fact, int64_t number)
{
	const char *unit = fact->unit ? fact->unit : "";
	if (!*unit)
		return (struct phrase){ number_words(arena, number, true), number_words(arena, number, false) };
	struct phrase words_ = {
		arena_printf(arena, "%s%s", number_words(arena, number, true), unit_chinese(unit)),
		arena_printf(arena, "%s %s", number_words(arena, number, false), unit_english(unit)),
	};
	return words_;
}

static struct phrase words(struct arena *arena, const struct fact *fact, int64_t value_)
{
	return with_unit(arena, fact, value_);
}

static int trailing_zeros(int64_t number)
{
	int zeros = 0;
	for (; number && number % 10 == 0; number /= 10)
		zeros++;
	return zeros;
}

/* 9,999,999 and less is said as under 10,000,000: the rounder number is the one that the text has. */
static struct phrase upper_bound(struct arena *arena, const struct fact *fact, int64_t high)
{
	struct phrase none = { "", "" };
	if (high < INT64_MAX && trailing_zeros(high + 1) > trailing_zeros(high))
		return phrase_printf(arena, "不满%s%s", "under %s%s", with_unit(arena, fact, high + 1), none);
	return phrase_printf(arena, "%s以下%s", "at most %s%s", with_unit(arena, fact, high), none);
}

static struct phrase one_range(struct arena *arena, const struct fact *fact, const struct range *range)
{
	struct phrase none = { "", "" };
	bool from = range->low > fact->low, to = range->high < fact->high;
	if (range->low == range->high)
		return with_unit(arena, fact, range->low);
	if (!from && !to)
		return (struct phrase){ "任何数", "any number" };
	if (!from)
		return upper_bound(arena, fact, range->high);
	struct phrase lower =
		phrase_printf(arena, "%s以上%s", "at least %s%s", with_unit(arena, fact, range->low), none);
	if (!to)
		return lower;
	lower.en =
		arena_printf(arena, "at least %s", number_words(arena, range->low, false)); /* the unit stands once */
	return phrase_printf(arena, "%s、%s", "%s and %s", lower, upper_bound(arena, fact, range->high));
}

static struct phrase ranges_words(struct arena *arena, const struct fact *fact, const struct ranges *ranges)
{
	return ranges_joined(arena, fact, ranges, one_range);
}

static struct phrase statement(struct arena *arena, const struct fact *fact, uint32_t member,
			       const struct ranges *ranges)
{
	struct phrase name = { fact->name.label, fact->name.english };
	bool bounds =
		ranges->count == 1 && ranges->items[0].low != ranges->items[0].high && !is_whole_domain(fact, ranges);
	(void)member;
	if (bounds && fact->name.label == fact->name.id) /* a blank between Latin letters and the number */
		return phrase_printf(arena, "%s %s", "%s is %s", name, ranges_words(arena, fact, ranges));
	return phrase_printf(arena, bounds ? "%s%s" : "%s为%s", "%s is %s", name, ranges_words(arena, fact, ranges));
}

const struct domain domain_integer = {
	.kind = FACT_INTEGER,
	.name = { "整数", "integer" },
	.tests = { "以上、以下、超过、不满、为", "at_least, at_most, more_than, under, is" },
	.values = { "数字和单位", "a number and its unit" },
	.declare = declare,
	.test = test,
	.value = value,
	.json = json,
	.words = words,
	.ranges_words = ranges_words,
	.statement = statement,
};
