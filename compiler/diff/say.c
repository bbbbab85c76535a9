/* How something is said of a part: names of aspects, canonical values, words. */
#include "diff/say.h"

#include "support/writer.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *id;
	struct phrase name;
} rows[] = {
	[ASPECT_LABEL] = { "label", { "名称", "name in Chinese" } },
	[ASPECT_ENGLISH] = { "english", { "英文名称", "name in English" } },
	[ASPECT_CITES] = { "cites", { "依据", "clauses" } },
	[ASPECT_START] = { "start", { "起始状态", "a start" } },
	[ASPECT_FINAL] = { "final", { "终止状态", "an end" } },
	[ASPECT_NO_STAY] = { "no_stay", { "不得停留", "no stay" } },
	[ASPECT_CALENDAR] = { "calendar", { "日历", "calendar" } },
	[ASPECT_BEGINS] = { "begins", { "起始于", "begins in" } },
	[ASPECT_BY] = { "by", { "由", "by" } },
	[ASPECT_TOWARD] = { "toward", { "对", "toward" } },
	[ASPECT_EVENT] = { "event", { "经", "event" } },
	[ASPECT_FROM] = { "from", { "自", "from" } },
	[ASPECT_TO] = { "to", { "至", "to" } },
	[ASPECT_GUARD] = { "guard", { "当", "when" } },
	[ASPECT_CIRCUMSTANCE] = { "circumstance", { "情形", "circumstance" } },
	[ASPECT_LIMIT] = { "limit", { "限", "limit" } },
	[ASPECT_EXPIRY] = { "expiry_of", { "届满", "at the end of" } },
	[ASPECT_DISCRETION] = { "discretion", { "裁量", "discretion" } },
	[ASPECT_MATERIALS] = { "materials", { "材料", "materials" } },
	[ASPECT_OPEN] = { "materials_open", { "材料等", "others of the kind" } },
	[ASPECT_EVERY] = { "every", { "每", "every" } },
	[ASPECT_SINCE] = { "starts", { "起算于", "runs from" } },
	[ASPECT_DISCHARGED] = { "discharged_by", { "履行于", "done by" } },
	[ASPECT_RELEASED] = { "released_by", { "免于", "released by" } },
	[ASPECT_RESTARTED] = { "restarted_by", { "重计于", "begins anew with" } },
	[ASPECT_SUSPENDED] = { "suspended_by", { "中止于", "suspended by" } },
	[ASPECT_RESUMED] = { "resumed_by", { "恢复于", "resumed by" } },
	[ASPECT_ENDED] = { "ended_by", { "终结于", "ended by" } },
	[ASPECT_LAPSE] = { "lapse", { "逾期", "when it lapses" } },
	[ASPECT_PERIOD] = { "period", { "期间", "lasts" } },
	[ASPECT_SURVIVES] = { "survives", { "存续", "outlasts the rulebook" } },
	[ASPECT_SAYS] = { "says", { "断言", "says" } },
	[ASPECT_START_DAY] = { "start_day_excluded", { "开始当日不计入", "the day of the event is not counted" } },
	[ASPECT_CORRESPONDING] = { "corresponding_day", { "止于对应日", "ends on the corresponding day" } },
	[ASPECT_MOVES] = { "last_day_moves", { "末日遇休假日顺延", "the last day moves to a working day" } },
	[ASPECT_VAGUE] = { "vague_words", { "无确数", "words without a number" } },
	[ASPECT_TRIAL] = { "trial", { "试行", "on trial for" } },
	[ASPECT_EFFECTIVE] = { "effective", { "施行", "in force from" } },
	[ASPECT_WEEKDAYS_OFF] = { "weekdays_off", { "假定放假至多", "assumed weekdays off, at most" } },
	[ASPECT_MADE_UP] = { "made_up", { "假定上班至多", "assumed days made up, at most" } },
	[ASPECT_REST] = { "rest", { "假定连休至多", "assumed rest, at most" } },
	[ASPECT_WORK] = { "work", { "假定连班至多", "assumed work on end, at most" } },
	[ASPECT_ALWAYS_OFF] = { "always_off", { "假定必休", "assumed always off" } },
};

void say(struct saying *s, enum aspect_kind kind, const char *value, struct phrase words)
{
	vec_push(s->arena, &s->part->aspects, ((struct aspect){ rows[kind].id, rows[kind].name, value, words, false }));
}

void say_same(struct saying *s, enum aspect_kind kind, const char *text)
{
	if (text && *text)
		say(s, kind, text, (struct phrase){ text, text });
}

void say_yes(struct saying *s, enum aspect_kind kind, bool is)
{
	if (is)
		say(s, kind, "true", (struct phrase){ "是", "yes" });
}

void say_name(struct saying *s, enum aspect_kind kind, const struct name *name)
{
	say(s, kind, name->id, (struct phrase){ arena_printf(s->arena, "「%s」", name->label), name->english });
}

const char *aspect_id(enum aspect_kind kind)
{
	return rows[kind].id;
}

/* ---- lists ---- */

static int compare_items(const void *a, const void *b)
{
	return strcmp(((const struct item *)a)->value, ((const struct item *)b)->value);
}

/* The value of a list has its items in order, the words as they are written. */
static struct item joined(struct saying *s, struct item *items, size_t count)
{
	struct writer zh, en, value;
	writer_init(&zh, s->arena);
	writer_init(&en, s->arena);
	writer_init(&value, s->arena);
	for (size_t i = 0; i < count; i++) {
		write_fmt(&zh, "%s%s", i ? "、" : "", items[i].words.zh);
		write_fmt(&en, "%s%s", i ? ", " : "", items[i].words.en);
	}
	if (count > 0)
		qsort(items, count, sizeof *items, compare_items);
	for (size_t i = 0; i < count; i++)
		write_fmt(&value, "%s%s", i ? ", " : "", items[i].value);
	return (struct item){ writer_text(&value), { writer_text(&zh), writer_text(&en) } };
}

void say_list(struct saying *s, enum aspect_kind kind, struct item *items, size_t count)
{
	struct item all = joined(s, items, count);
	if (count > 0)
		say(s, kind, all.value, all.words);
}

static struct item item_of_name(struct saying *s, const struct name *name)
{
	return (struct item){ name->id, { arena_printf(s->arena, "「%s」", name->label), name->english } };
}

struct item item_of_states(struct saying *s, const uint32_t *list, size_t count)
{
	struct item *items = arena_new_array(s->arena, struct item, count + 1);
	for (size_t i = 0; i < count; i++)
		items[i] = item_of_name(s, &s->p->states[list[i]].name);
	return joined(s, items, count);
}

struct item item_of_events(struct saying *s, const uint32_t *list, size_t count)
{
	struct item *items = arena_new_array(s->arena, struct item, count + 1);
	for (size_t i = 0; i < count; i++)
		items[i] = item_of_name(s, &s->p->events[list[i]].name);
	return joined(s, items, count);
}

void say_events(struct saying *s, enum aspect_kind kind, const uint32_t *list, size_t count)
{
	struct item all = item_of_events(s, list, count);
	if (count > 0)
		say(s, kind, all.value, all.words);
}

void say_texts(struct saying *s, enum aspect_kind kind, const char *const *texts, size_t count)
{
	struct item *items = arena_new_array(s->arena, struct item, count + 1);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct item){ texts[i], { arena_printf(s->arena, "「%s」", texts[i]), texts[i] } };
	say_list(s, kind, items, count);
}

/* ---- parts ---- */

void part_begin(struct saying *s, enum part_kind kind, const struct name *name, const struct cites *cites, const void *of)
{
	vec_push(s->arena, s->out, ((struct part){ .kind = kind, .name = name, .cites = cites, .of = of }));
	s->part = &s->out->items[s->out->count - 1];
}

void say_names(struct saying *s)
{
	say_same(s, ASPECT_LABEL, s->part->name->label);
	say_same(s, ASPECT_ENGLISH, s->part->name->english);
}

void say_cites(struct saying *s)
{
	const struct cites *cites = s->part->cites;
	struct item *items = arena_new_array(s->arena, struct item, cites->count + 1);
	for (size_t i = 0; i < cites->count; i++)
		items[i] = (struct item){ cites->clauses[i], { cites->clauses[i], cites->clauses[i] } };
	say_list(s, ASPECT_CITES, items, cites->count);
}

void say_period(struct saying *s, enum aspect_kind kind, struct period period)
{
	struct phrase words = period_words(s->arena, period);
	say(s, kind, words.en, words);
}
