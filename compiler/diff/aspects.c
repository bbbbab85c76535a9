/* What is said of every part of a procedure, as canonical values and in words. Adding something that a part says is one
 * line here, and one row where it has a new name. */
#include "diff/procedures.h"

#include "support/vec.h"
#include "support/writer.h"

#include <stdlib.h>
#include <string.h>

enum aspect_kind {
	ASPECT_LABEL, ASPECT_ENGLISH, ASPECT_CITES, ASPECT_START, ASPECT_FINAL, ASPECT_NO_STAY, ASPECT_CALENDAR, ASPECT_BEGINS, ASPECT_BY,
	ASPECT_TOWARD, ASPECT_EVENT, ASPECT_FROM, ASPECT_TO, ASPECT_GUARD, ASPECT_CIRCUMSTANCE, ASPECT_LIMIT, ASPECT_EXPIRY, ASPECT_DISCRETION,
	ASPECT_MATERIALS, ASPECT_OPEN, ASPECT_EVERY, ASPECT_SINCE, ASPECT_DISCHARGED, ASPECT_RELEASED, ASPECT_RESTARTED, ASPECT_SUSPENDED,
	ASPECT_RESUMED, ASPECT_ENDED, ASPECT_LAPSE, ASPECT_PERIOD, ASPECT_SURVIVES, ASPECT_SAYS, ASPECT_START_DAY, ASPECT_CORRESPONDING,
	ASPECT_MOVES, ASPECT_VAGUE, ASPECT_TRIAL, ASPECT_EFFECTIVE, ASPECT_WEEKDAYS_OFF, ASPECT_MADE_UP, ASPECT_REST, ASPECT_WORK,
	ASPECT_ALWAYS_OFF
};

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

struct saying {
	struct arena *arena;
	const struct model *m;
	const struct procedure *p;
	struct part *part;           /* the one at hand */
	struct parts *out;
};

static void say(struct saying *s, enum aspect_kind kind, const char *value, struct phrase words)
{
	vec_push(s->arena, &s->part->aspects, ((struct aspect){ rows[kind].id, rows[kind].name, value, words, false }));
}

static void say_same(struct saying *s, enum aspect_kind kind, const char *text)
{
	if (text && *text)
		say(s, kind, text, (struct phrase){ text, text });
}

static void say_yes(struct saying *s, enum aspect_kind kind, bool is)
{
	if (is)
		say(s, kind, "true", (struct phrase){ "是", "yes" });
}

static void say_name(struct saying *s, enum aspect_kind kind, const struct name *name)
{
	say(s, kind, name->id, (struct phrase){ arena_printf(s->arena, "「%s」", name->label), name->english });
}

/* ---- lists ---- */

struct item {
	const char *value;
	struct phrase words;
};

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

static void say_list(struct saying *s, enum aspect_kind kind, struct item *items, size_t count)
{
	struct item all = joined(s, items, count);
	if (count > 0)
		say(s, kind, all.value, all.words);
}

static struct item item_of_name(struct saying *s, const struct name *name)
{
	return (struct item){ name->id, { arena_printf(s->arena, "「%s」", name->label), name->english } };
}

static struct item states_joined(struct saying *s, const uint32_t *list, size_t count)
{
	struct item *items = arena_new_array(s->arena, struct item, count + 1);
	for (size_t i = 0; i < count; i++)
		items[i] = item_of_name(s, &s->p->states[list[i]].name);
	return joined(s, items, count);
}

static struct item events_joined(struct saying *s, const uint32_t *list, size_t count)
{
	struct item *items = arena_new_array(s->arena, struct item, count + 1);
	for (size_t i = 0; i < count; i++)
		items[i] = item_of_name(s, &s->p->events[list[i]].name);
	return joined(s, items, count);
}

static void say_events(struct saying *s, enum aspect_kind kind, const uint32_t *list, size_t count)
{
	struct item all = events_joined(s, list, count);
	if (count > 0)
		say(s, kind, all.value, all.words);
}

static void say_texts(struct saying *s, enum aspect_kind kind, const char *const *texts, size_t count)
{
	struct item *items = arena_new_array(s->arena, struct item, count + 1);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct item){ texts[i], { arena_printf(s->arena, "「%s」", texts[i]), texts[i] } };
	say_list(s, kind, items, count);
}

/* ---- names, roles, periods ---- */

static void begin(struct saying *s, enum part_kind kind, const struct name *name, const struct cites *cites, const void *of)
{
	vec_push(s->arena, s->out, ((struct part){ .kind = kind, .name = name, .cites = cites, .of = of }));
	s->part = &s->out->items[s->out->count - 1];
}

static void say_names(struct saying *s)
{
	say_same(s, ASPECT_LABEL, s->part->name->label);
	say_same(s, ASPECT_ENGLISH, s->part->name->english);
}

static void say_cites(struct saying *s)
{
	const struct cites *cites = s->part->cites;
	struct item *items = arena_new_array(s->arena, struct item, cites->count + 1);
	for (size_t i = 0; i < cites->count; i++)
		items[i] = (struct item){ cites->clauses[i], { cites->clauses[i], cites->clauses[i] } };
	say_list(s, ASPECT_CITES, items, cites->count);
}

static void say_role(struct saying *s, enum aspect_kind kind, uint32_t role)
{
	if (role != NONE)
		say_name(s, kind, &s->m->roles[role].name);
}

static void say_actor(struct saying *s, enum actor_kind actor, uint32_t role)
{
	switch (actor) {
	case ACTOR_ROLE: say_role(s, ASPECT_BY, role); break;
	case ACTOR_TIME: say(s, ASPECT_BY, "(time)", (struct phrase){ "时间", "time" }); break;
	case ACTOR_OUTSIDE: say(s, ASPECT_BY, "(outside)", (struct phrase){ "外界", "the outside" }); break;
	case ACTOR_NONE: break;
	}
}

/* Discretion without a named role has the value of no role's id. */
static void say_discretion(struct saying *s, const struct attributes *attributes)
{
	if (attributes->role != NONE)
		say_role(s, ASPECT_DISCRETION, attributes->role);
	else
		say_yes(s, ASPECT_DISCRETION, attributes->discretion);
}

static void say_limit(struct saying *s, const struct limit *limit)
{
	struct phrase words = limit_words(s->arena, s->p, limit);
	const char *value = words.en;
	if (limit->kind == LIMIT_KIND_NONE)
		return;
	if (limit->kind == LIMIT_KIND_IN_THE_LAST || limit->kind == LIMIT_KIND_AT_LEAST_BEFORE)
		value = arena_printf(s->arena, "%s %s before the end of %s", limit->kind == LIMIT_KIND_IN_THE_LAST ? "in the last" : "at least",
				     period_words(s->arena, limit->period).en, s->p->validities[limit->validity].name.id);
	if (limit->kind == LIMIT_KIND_VAGUE)
		value = arena_printf(s->arena, "「%s」", limit->vague ? limit->vague : "");
	say(s, ASPECT_LIMIT, value, words);
}

static void say_period(struct saying *s, enum aspect_kind kind, struct period period)
{
	struct phrase words = period_words(s->arena, period);
	say(s, kind, words.en, words);
}

static void say_every(struct saying *s, const struct every *every)
{
	struct phrase words = period_words(s->arena, every->period);
	if (every->kind == EVERY_VAGUE)
		say(s, ASPECT_EVERY, arena_printf(s->arena, "「%s」", every->vague), (struct phrase){ every->vague, every->vague });
	if (every->kind != EVERY_PERIOD)
		return;
	if (every->anchor == ANCHOR_DATE) {
		unsigned month = every->month_day.month, day = every->month_day.day;
		words.zh = arena_printf(s->arena, "%s，起于%02u-%02u", words.zh, month, day);
		words.en = arena_printf(s->arena, "%s from %02u-%02u", words.en, month, day);
	} else if (every->anchor == ANCHOR_EVENT) {
		words.zh = arena_printf(s->arena, "%s，自事件起", words.zh);
		words.en = arena_printf(s->arena, "%s from the event", words.en);
	}
	say(s, ASPECT_EVERY, words.en, words);
}

static void say_starts(struct saying *s, const struct starts *starts)
{
	if (starts->words)
		say(s, ASPECT_SINCE, arena_printf(s->arena, "「%s」", starts->words), (struct phrase){ starts->words, starts->words });
	say_events(s, ASPECT_SINCE, starts->events, starts->event_count);
}

static void say_lapse(struct saying *s, const struct lapse *lapse)
{
	switch (lapse->kind) {
	case LAPSE_UNSTATED: break;
	case LAPSE_NONE: say(s, ASPECT_LAPSE, "(none)", (struct phrase){ "无后果", "no consequence" }); break;
	case LAPSE_EVENT: say_events(s, ASPECT_LAPSE, &lapse->event, 1); break;
	case LAPSE_STATE: {
		const struct name *name = &s->p->states[lapse->state].name;
		say(s, ASPECT_LAPSE, arena_printf(s->arena, "to %s", name->id),
		    (struct phrase){ arena_printf(s->arena, "至「%s」", name->label), arena_printf(s->arena, "to %s", name->english) });
		break;
	}
	case LAPSE_WORDS: say(s, ASPECT_LAPSE, arena_printf(s->arena, "「%s」", lapse->words), (struct phrase){ lapse->words, lapse->words }); break;
	}
}

/* ---- parts of a procedure ---- */

static void state_part(struct saying *s, const struct state *state)
{
	begin(s, PART_STATE, &state->name, &state->attributes.cites, state);
	say_names(s);
	say_yes(s, ASPECT_START, state->start);
	say_yes(s, ASPECT_FINAL, state->final);
	say_yes(s, ASPECT_NO_STAY, state->no_stay);
	say_cites(s);
}

/* An event is declared by itself or, more often, with a step of the same id: what is the same of both is said of the step
 * alone, so that one change is told once. */
static const struct step *own_step(const struct procedure *p, const struct event *event)
{
	for (size_t i = 0; i < event->step_count; i++)
		if (strcmp(p->steps[event->steps[i]].name.id, event->name.id) == 0)
			return &p->steps[event->steps[i]];
	return NULL;
}

static bool same_cites(const struct cites *a, const struct cites *b)
{
	for (size_t i = 0; a->count == b->count && i < a->count; i++)
		if (strcmp(a->clauses[i], b->clauses[i]) != 0)
			return false;
	return a->count == b->count;
}

static void event_part(struct saying *s, const struct event *event)
{
	const struct step *own = own_step(s->p, event);
	begin(s, PART_EVENT, &event->name, &event->attributes.cites, event);
	if (!own || strcmp(own->name.label, event->name.label) != 0 || strcmp(own->name.english, event->name.english) != 0)
		say_names(s);
	if (!own || own->actor != event->actor || own->role != event->role)
		say_actor(s, event->actor, event->role);
	if (!own || !same_cites(&own->attributes.cites, &event->attributes.cites))
		say_cites(s);
}

static void step_part(struct saying *s, const struct step *step)
{
	const struct event *event = &s->p->events[step->event];
	bool is_own = own_step(s->p, event) == step;
	begin(s, PART_STEP, &step->name, &step->attributes.cites, step);
	say_names(s);
	if (is_own || step->actor != event->actor || step->role != event->role)
		say_actor(s, step->actor, step->role);
	if (!is_own)
		say_name(s, ASPECT_EVENT, &event->name);
	struct item from = states_joined(s, step->from, step->from_count);
	say(s, ASPECT_FROM, from.value, from.words);
	if (step->to == NONE)
		say(s, ASPECT_TO, "(stays)", (struct phrase){ "原状态", "the same state" });
	else
		say_name(s, ASPECT_TO, &s->p->states[step->to].name);
	if (step->guard) {
		struct phrase words = cond_words(s->arena, s->m, step->guard);
		say(s, ASPECT_GUARD, words.zh, words);
	}
	say_same(s, ASPECT_CIRCUMSTANCE, step->circumstance);
	say_limit(s, &step->limit);
	if (step->expiry_of != NONE)
		say_name(s, ASPECT_EXPIRY, &s->p->validities[step->expiry_of].name);
	say_discretion(s, &step->attributes);
	say_texts(s, ASPECT_MATERIALS, step->materials, step->material_count);
	if (step->materials_role != NONE)
		say_role(s, ASPECT_OPEN, step->materials_role);
	else
		say_yes(s, ASPECT_OPEN, step->materials_open);
	say_cites(s);
}

static void duty_part(struct saying *s, const struct duty *duty)
{
	begin(s, PART_DUTY, &duty->name, &duty->attributes.cites, duty);
	say_names(s);
	say_role(s, ASPECT_BY, duty->role);
	say_role(s, ASPECT_TOWARD, duty->toward);
	say_limit(s, &duty->limit);
	say_every(s, &duty->every);
	say_starts(s, &duty->from);
	say_events(s, ASPECT_DISCHARGED, duty->discharged_by, duty->discharge_count);
	say_events(s, ASPECT_RELEASED, duty->released_by, duty->release_count);
	say_events(s, ASPECT_RESTARTED, duty->restarted_by, duty->restart_count);
	say_events(s, ASPECT_SUSPENDED, duty->suspended_by, duty->suspend_count);
	say_events(s, ASPECT_RESUMED, duty->resumed_by, duty->resume_count);
	say_events(s, ASPECT_ENDED, duty->ended_by, duty->end_count);
	say_lapse(s, &duty->lapse);
	say_discretion(s, &duty->attributes);
	say_cites(s);
}

static void validity_part(struct saying *s, const struct validity *validity)
{
	begin(s, PART_VALIDITY, &validity->name, &validity->attributes.cites, validity);
	say_names(s);
	say_period(s, ASPECT_PERIOD, validity->period);
	say_starts(s, &validity->from);
	say_yes(s, ASPECT_SURVIVES, validity->survives);
	say_events(s, ASPECT_RESTARTED, validity->restarted_by, validity->restart_count);
	say_events(s, ASPECT_SUSPENDED, validity->suspended_by, validity->suspend_count);
	say_events(s, ASPECT_RESUMED, validity->resumed_by, validity->resume_count);
	say_events(s, ASPECT_ENDED, validity->ended_by, validity->end_count);
	say_cites(s);
}

/* What a property says, in one sentence. */
static struct item sentence(struct saying *s, const struct time_property *property)
{
	struct item states = states_joined(s, property->states, property->state_count);
	struct item after = states_joined(s, property->after, property->after_count);
	struct item events = events_joined(s, property->events, property->event_count);
	struct item out = { arena_printf(s->arena, "%s before %s", events.value, states.value),
			    { arena_printf(s->arena, "%s之前须经%s", states.words.zh, events.words.zh),
			      arena_printf(s->arena, "%s before %s", events.words.en, states.words.en) } };
	switch (property->kind) {
	case TIME_BEFORE: break;
	case TIME_AFTER:
		out.value = arena_printf(s->arena, "after %s, %s", after.value, out.value);
		out.words.zh = arena_printf(s->arena, "%s之后，%s", after.words.zh, out.words.zh);
		out.words.en = arena_printf(s->arena, "after %s, %s", after.words.en, out.words.en);
		break;
	case TIME_ANSWERED:
		out = (struct item){ arena_printf(s->arena, "%s answered", events.value),
				     { arena_printf(s->arena, "%s有答复或者逾期有定", events.words.zh),
				       arena_printf(s->arena, "%s is answered or its lapse is stated", events.words.en) } };
		break;
	}
	return out;
}

static void property_part(struct saying *s, const struct time_property *property)
{
	struct item says = sentence(s, property);
	begin(s, PART_PROPERTY, &property->name, &property->attributes.cites, property);
	say_names(s);
	say(s, ASPECT_SAYS, says.value, says.words);
	say_cites(s);
}

void parts_of_procedure(struct arena *arena, const struct model *m, const struct procedure *p, struct parts *out)
{
	struct saying s = { .arena = arena, .m = m, .p = p, .out = out };
	begin(&s, PART_PROCEDURE, &p->name, &p->attributes.cites, p);
	say_names(&s);
	if (p->calendar != NONE)
		say_name(&s, ASPECT_CALENDAR, &m->calendars[p->calendar].name);
	if (p->start != NONE)
		say_name(&s, ASPECT_BEGINS, &p->states[p->start].name);
	say_cites(&s);
	for (size_t i = 0; i < p->state_count; i++)
		state_part(&s, &p->states[i]);
	for (size_t i = 0; i < p->event_count; i++)
		event_part(&s, &p->events[i]);
	for (size_t i = 0; i < p->step_count; i++)
		step_part(&s, &p->steps[i]);
	for (size_t i = 0; i < p->duty_count; i++)
		duty_part(&s, &p->duties[i]);
	for (size_t i = 0; i < p->validity_count; i++)
		validity_part(&s, &p->validities[i]);
	for (size_t i = 0; i < p->property_count; i++)
		property_part(&s, &p->properties[i]);
}

/* ---- parts of the rulebook ---- */

static void counting_part(struct saying *s)
{
	static const struct name name = { "counting", "期间的约定", "how periods are counted", true, true };
	static const struct cites nothing = { 0 };
	const struct counting *c = s->m->counting;
	begin(s, PART_COUNTING, &name, &nothing, c);
	say_yes(s, ASPECT_START_DAY, c->start_day_excluded);
	say_yes(s, ASPECT_CORRESPONDING, c->corresponding_day);
	say_yes(s, ASPECT_MOVES, c->last_day_moves);
	say_texts(s, ASPECT_VAGUE, c->vague_words, c->vague_word_count);
	if (s->m->trial)
		say_period(s, ASPECT_TRIAL, *s->m->trial);
	if (s->m->has_effective)
		say_same(s, ASPECT_EFFECTIVE, date_text(s->arena, s->m->effective));
}

static void say_most(struct saying *s, enum aspect_kind kind, uint32_t limit)
{
	if (limit != UNLIMITED)
		say(s, kind, arena_printf(s->arena, "%u", limit),
		    (struct phrase){ arena_printf(s->arena, "%u日", limit), arena_printf(s->arena, "%u days", limit) });
}

static void say_assumption(struct saying *s, const struct calendar_assumption *a)
{
	struct item *days = arena_new_array(s->arena, struct item, a->always_off_count + 1);
	if (!a->given)
		return;
	say_most(s, ASPECT_WEEKDAYS_OFF, a->weekdays_off);
	say_most(s, ASPECT_MADE_UP, a->made_up);
	say_most(s, ASPECT_REST, a->rest);
	say_most(s, ASPECT_WORK, a->work);
	for (size_t i = 0; i < a->always_off_count; i++) {
		const char *day = arena_printf(s->arena, "%02u-%02u", (unsigned)a->always_off[i].month, (unsigned)a->always_off[i].day);
		days[i] = (struct item){ day, { day, day } };
	}
	say_list(s, ASPECT_ALWAYS_OFF, days, a->always_off_count);
}

/* Days are compared one by one. */
static void say_days(struct saying *s, const struct calendar_year *year, enum day_kind kind)
{
	static const struct phrase kinds[] = { { "放假", "days off" }, { "上班", "days made up" } };
	static const char *const ids[] = { "off", "made_up" };
	struct writer w;
	writer_init(&w, s->arena);
	for (size_t i = 0; i < year->day_count; i++)
		if (year->days[i].kind == kind)
			write_fmt(&w, "%s%s", w.size ? ", " : "", date_text(s->arena, year->days[i].day));
	if (w.size == 0)
		return;
	const struct phrase name = { arena_printf(s->arena, "%d年%s", (int)year->year, kinds[kind].zh),
				     arena_printf(s->arena, "%s of %d", kinds[kind].en, (int)year->year) };
	const char *days = writer_text(&w), *id = arena_printf(s->arena, "year_%d_%s", (int)year->year, ids[kind]);
	vec_push(s->arena, &s->part->aspects, ((struct aspect){ id, name, days, { days, days }, true }));
}

static void say_year(struct saying *s, const struct calendar_year *year)
{
	const struct phrase name = { arena_printf(s->arena, "%d年历", (int)year->year), arena_printf(s->arena, "year %d", (int)year->year) };
	const struct phrase notice = { *year->notice ? year->notice : "没有写明通知", *year->notice ? year->notice : "no notice named" };
	const char *id = arena_printf(s->arena, "year_%d", (int)year->year);
	vec_push(s->arena, &s->part->aspects, ((struct aspect){ id, name, year->notice, notice, false }));
	say_days(s, year, DAY_OFF);
	say_days(s, year, DAY_MADE_UP);
}

static void calendar_part(struct saying *s, const struct calendar *c)
{
	begin(s, PART_CALENDAR, &c->name, &c->assumption.attributes.cites, c);
	say_names(s);
	say_assumption(s, &c->assumption);
	for (size_t i = 0; i < c->year_count; i++)
		say_year(s, &c->years[i]);
	say_cites(s);
}

void parts_of_model(struct arena *arena, const struct model *m, struct parts *out)
{
	struct saying s = { .arena = arena, .m = m, .out = out };
	if (m->procedure_count == 0)
		return;
	counting_part(&s);
	for (size_t i = 0; i < m->calendar_count; i++)
		calendar_part(&s, &m->calendars[i]);
	for (size_t i = 0; i < m->role_count; i++) {
		begin(&s, PART_ROLE, &m->roles[i].name, &m->roles[i].attributes.cites, &m->roles[i]);
		say_names(&s);
	}
}

/* ---- what a change does ---- */

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
		if (part->aspects[i].id != rows[a].id && part->aspects[i].id != rows[b].id)
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
