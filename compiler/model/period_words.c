/* Who, until when and what then, in the words of the reader. */
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

struct phrase actor_words(const struct model *m, enum actor_kind actor, uint32_t role)
{
	switch (actor) {
	case ACTOR_ROLE: return (struct phrase){ m->roles[role].name.label, m->roles[role].name.english };
	case ACTOR_TIME: return (struct phrase){ "时间", "time" };
	case ACTOR_OUTSIDE: return (struct phrase){ "外界", "circumstances" };
	case ACTOR_NONE: break;
	}
	return (struct phrase){ "未写明由谁", "nobody named" };
}

struct phrase duty_due_words(struct arena *arena, const struct procedure *p, const struct duty *duty)
{
	struct phrase limit = limit_words(arena, p, &duty->limit), every;
	if (duty->every.kind == EVERY_NOT)
		return limit;
	if (duty->every.kind == EVERY_VAGUE)
		return (struct phrase){ duty->every.vague, duty->every.vague };
	every = period_words(arena, duty->every.period);
	return (struct phrase){ arena_printf(arena, "每%s%s%s", every.zh, *limit.zh ? "，期满后" : "", limit.zh),
				arena_printf(arena, "every %s%s%s", every.en, *limit.en ? ", after its end " : "", limit.en) };
}

struct phrase lapse_words(struct arena *arena, const struct procedure *p, const struct lapse *lapse)
{
	switch (lapse->kind) {
	case LAPSE_NONE: return (struct phrase){ "无后果", "no consequence" };
	case LAPSE_WORDS: return (struct phrase){ lapse->words, lapse->words };
	case LAPSE_EVENT: {
		const struct name *event = &p->events[lapse->event].name;
		return (struct phrase){ arena_printf(arena, "视为%s", event->label), arena_printf(arena, "deemed: %s", event->english) };
	}
	case LAPSE_STATE: {
		const struct name *state = &p->states[lapse->state].name;
		return (struct phrase){ arena_printf(arena, "转为%s", state->label), arena_printf(arena, "becomes: %s", state->english) };
	}
	case LAPSE_UNSTATED: break;
	}
	return (struct phrase){ "后果未写明", "nothing is stated" };
}
