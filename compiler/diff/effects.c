/* What a changed part does, as far as it can be told from what is said of it. */
#include "diff/say.h"

static bool same_unit(const struct limit *a, const struct limit *b)
{
	return a->kind == b->kind && a->period.unit == b->period.unit &&
	       (a->kind == LIMIT_KIND_WITHIN || a->kind == LIMIT_KIND_IN_THE_LAST || a->kind == LIMIT_KIND_AT_LEAST_BEFORE);
}

static struct phrase longer(struct arena *arena, struct period old, struct period new_)
{
	bool is_longer = new_.amount > old.amount;
	struct phrase words = period_words(arena, (struct period){ is_longer ? new_.amount - old.amount : old.amount - new_.amount, old.unit });
	return (struct phrase){ arena_printf(arena, "%s%s", is_longer ? "延长" : "缩短", words.zh),
				arena_printf(arena, "%s %s", words.en, is_longer ? "longer" : "shorter") };
}

static struct phrase limit_effect(struct arena *arena, const struct limit *old, const struct limit *new_)
{
	if (!same_unit(old, new_) || old->period.amount == new_->period.amount)
		return (struct phrase){ "", "" };
	return longer(arena, old->period, new_->period);
}

static struct phrase change_effect(struct arena *arena, const struct diff_part *part, const void *const of[2])
{
	if (part->kind == PART_DUTY)
		return limit_effect(arena, &((const struct duty *)of[0])->limit, &((const struct duty *)of[1])->limit);
	if (part->kind == PART_STEP)
		return limit_effect(arena, &((const struct step *)of[0])->limit, &((const struct step *)of[1])->limit);
	if (part->kind == PART_VALIDITY) {
		const struct validity *old = of[0], *new_ = of[1];
		if (old->period.unit == new_->period.unit && old->period.amount != new_->period.amount)
			return longer(arena, old->period, new_->period);
	}
	return (struct phrase){ "", "" };
}

static bool only_says(const struct diff_part *part, enum aspect_kind a, enum aspect_kind b)
{
	for (size_t i = 0; i < part->aspect_count; i++)
		if (part->aspects[i].id != aspect_id(a) && part->aspects[i].id != aspect_id(b))
			return false;
	return part->aspect_count > 0;
}

struct phrase part_effect(struct arena *arena, const struct diff_part *part, const void *const of[2])
{
	static const struct phrase added[PART_KINDS] = {
		[PART_STATE] = { "新增的状态", "a new state" },
		[PART_EVENT] = { "新增的事件", "may now happen" },
		[PART_DUTY] = { "新增的义务", "newly owed" },
		[PART_STEP] = { "新增的步骤", "may now be taken" },
		[PART_VALIDITY] = { "新增的期限", "now runs" },
	};
	static const struct phrase removed[PART_KINDS] = {
		[PART_DUTY] = { "不再负有", "no longer owed" },
		[PART_STEP] = { "不再可以", "may no longer be taken" },
		[PART_STATE] = { "处于此状态的须另定", "cases in it must be settled" },
		[PART_EVENT] = { "不再受理", "no longer taken" },
		[PART_VALIDITY] = { "不再有期限", "no longer runs" },
	};
	struct phrase none = { "", "" };
	if (diff_part_is_added(part))
		return added[part->kind].zh ? added[part->kind] : none;
	if (diff_part_is_removed(part))
		return removed[part->kind].zh ? removed[part->kind] : none;
	if (only_says(part, ASPECT_LABEL, ASPECT_ENGLISH))
		return (struct phrase){ "只改名称", "the name alone" };
	if (only_says(part, ASPECT_CITES, ASPECT_CITES))
		return (struct phrase){ "只改依据", "the clauses alone" };
	return change_effect(arena, part, of);
}
