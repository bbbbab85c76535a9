/* 日期: days of the calendar, from 1900 to 2199. */
#include "model/resolve.h"

static void declare(struct resolver *r, struct fact *fact, const struct ast_decl *decl)
{
	fact->low = decl->date_low.given ? decl->date_low.day : DATE_LOW;
	fact->high = decl->date_high.given ? decl->date_high.day : DATE_HIGH;
	if (fact->low <= fact->high && fact->low >= DATE_LOW && fact->high <= DATE_HIGH)
		return;
	report(r, FINDING_TYPE, decl->date_high.given ? decl->date_high.span : fact->span, MESSAGE_EMPTY_DOMAIN,
	       fact->name.id, NULL);
	fact->low = DATE_LOW;
	fact->high = DATE_HIGH;
	r->fact_broken[fact_index(r, fact)] = true;
}

static bool value(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out)
{
	if (v->kind != AST_VALUE_DATE) {
		value_type_error(r, v->span, fact);
		return false;
	}
	*out = v->date.day;
	if (*out >= fact->low && *out <= fact->high)
		return true;
	struct finding *f = report(r, FINDING_OUTSIDE_DOMAIN, v->span, MESSAGE_OUTSIDE_DOMAIN, fact->name.id,
				   date_text(r->arena, *out));
	diag_arg(r->diag, f, 2, date_text(r->arena, fact->low));
	diag_arg(r->diag, f, 3, date_text(r->arena, fact->high));
	if (!fact->applicable_date)
		diag_place(r->diag, f, fact->span, "声明在这里", "declared here");
	return false;
}

static bool read(struct resolver *r, const struct fact *fact, const struct ast_value *v, int64_t *out, uint32_t *count)
{
	*count = 1;
	return value(r, fact, v, out);
}

static struct cond *test(struct resolver *r, const struct fact *fact, const struct ast_cond *ast)
{
	if (is_value_test(ast->test))
		return test_of_values(r, fact, ast, read);
	if (ast->test == AST_TEST_BOUNDS)
		return test_of_bounds(r, fact, ast, read);
	cond_type_error(r, ast, fact);
	return NULL;
}

/* ---- in words ---- */

static void json(struct writer *w, const struct fact *fact, int64_t value_)
{
	(void)fact;
	write_json_string(w, date_text(w->arena, value_));
}

static struct phrase words(struct arena *arena, const struct fact *fact, int64_t value_)
{
	const char *text = date_text(arena, value_);
	(void)fact;
	return (struct phrase){ text, text };
}

static struct phrase one_range(struct arena *arena, const struct fact *fact, const struct range *range)
{
	struct phrase low = words(arena, fact, range->low), high = words(arena, fact, range->high), none = { "", "" };
	if (range->low == range->high)
		return low;
	if (range->low > fact->low && range->high < fact->high)
		return phrase_printf(arena, "自%s至%s", "from %s to %s", low, high);
	if (range->low > fact->low)
		return phrase_printf(arena, "自%s起%s", "from %s on%s", low, none);
	if (range->high < fact->high)
		return phrase_printf(arena, "至%s止%s", "until %s%s", high, none);
	return (struct phrase){ "任何日期", "any date" };
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
	return phrase_printf(arena, bounds ? "%s%s" : "%s为%s", "%s is %s", name, ranges_words(arena, fact, ranges));
}

const struct domain domain_date = {
	.kind = FACT_DATE,
	.name = { "日期", "date" },
	.tests = { "以上、以下、超过、不满、为", "at_least, at_most, more_than, under, is" },
	.values = { "2026-01-31", "2026-01-31" },
	.declare = declare,
	.test = test,
	.value = value,
	.json = json,
	.words = words,
	.ranges_words = ranges_words,
	.statement = statement,
};
