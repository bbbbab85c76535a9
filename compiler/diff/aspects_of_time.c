/* What is said of the parts of a rulebook: how time is counted, calendars, roles. */
#include "diff/say.h"

#include "support/writer.h"

static void counting_part(struct saying *s)
{
	static const struct name name = { "counting", "期间的约定", "how periods are counted", true, true };
	static const struct cites nothing = { 0 };
	const struct counting *c = s->m->counting;
	part_begin(s, PART_COUNTING, &name, &nothing, c);
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
	part_begin(s, PART_CALENDAR, &c->name, &c->assumption.attributes.cites, c);
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
		part_begin(&s, PART_ROLE, &m->roles[i].name, &m->roles[i].attributes.cites, &m->roles[i]);
		say_names(&s);
	}
}
