/* Periods and limits in the words of the reader. */
#include "model/procedure.h"

struct phrase period_words(struct arena *arena, struct period period)
{
	static const struct phrase units[] = { { "个工作日", "working day" }, { "日", "day" }, { "个月", "month" },
					       { "年", "year" } };
	return (struct phrase){ arena_printf(arena, "%u%s", period.amount, units[period.unit].zh),
				arena_printf(arena, "%u %s%s", period.amount, units[period.unit].en,
					     period.amount == 1 ? "" : "s") };
}

struct phrase limit_words(struct arena *arena, const struct procedure *p, const struct limit *limit)
{
	struct phrase period = period_words(arena, limit->period);
	switch (limit->kind) {
	case LIMIT_KIND_NONE: break;
	case LIMIT_KIND_UNLIMITED: return (struct phrase){ "不限期", "without limit" };
	case LIMIT_KIND_WITHIN:
		return (struct phrase){ arena_printf(arena, "%s内", period.zh), arena_printf(arena, "within %s", period.en) };
	case LIMIT_KIND_VAGUE: return (struct phrase){ limit->vague, limit->vague };
	case LIMIT_KIND_BY_DATE: {
		const char *date = date_text(arena, limit->date);
		return (struct phrase){ arena_printf(arena, "不迟于%s", date), arena_printf(arena, "by %s", date) };
	}
	case LIMIT_KIND_IN_THE_LAST:
	case LIMIT_KIND_AT_LEAST_BEFORE: {
		const struct name *v = &p->validities[limit->validity].name;
		bool last = limit->kind == LIMIT_KIND_IN_THE_LAST;
		return (struct phrase){ arena_printf(arena, "%s届满前%s%s", v->label, period.zh, last ? "之内" : "以前"),
					arena_printf(arena, last ? "in the last %s of %s" : "at least %s before the end of %s",
						     period.en, v->english) };
	}
	}
	return (struct phrase){ "", "" };
}
