/* Sentences about steps, duties and validities for those who read an export without the rulebook. */
#include "emit/procedure_words.h"

#include "support/writer.h"

const char *const unit_ids[] = { "working_days", "days", "months", "years" };
const char *const lapse_ids[] = { [LAPSE_UNSTATED] = "", [LAPSE_NONE] = "no_consequence", [LAPSE_EVENT] = "deemed",
				  [LAPSE_STATE] = "to_state", [LAPSE_WORDS] = "words" };

/* Both languages grow side by side. */
struct twin {
	struct writer zh, en;
};

static void twin_init(struct twin *t, struct arena *arena)
{
	writer_init(&t->zh, arena);
	writer_init(&t->en, arena);
}

static void twin_line(struct twin *t, const char *zh_word, const char *en_word, struct phrase said)
{
	if (!said.zh || !*said.zh)
		return;
	write_fmt(&t->zh, "%s%s：%s", t->zh.size ? "\n" : "", zh_word, said.zh);
	write_fmt(&t->en, "%s%s: %s", t->en.size ? "\n" : "", en_word, said.en ? said.en : said.zh);
}

static struct phrase twin_text(struct twin *t)
{
	return (struct phrase){ writer_text(&t->zh), writer_text(&t->en) };
}

/* ---- who ---- */

const char *actor_id(const struct model *m, enum actor_kind actor, uint32_t role)
{
	switch (actor) {
	case ACTOR_ROLE: return m->roles[role].name.id;
	case ACTOR_TIME: return "time";
	case ACTOR_OUTSIDE: return "circumstances";
	case ACTOR_NONE: break;
	}
	return NULL;
}

static struct phrase role_words(const struct model *m, uint32_t role)
{
	return role == NONE ? (struct phrase){ NULL, NULL } : actor_words(m, ACTOR_ROLE, role);
}

/* ---- clauses ---- */

const char *cite_ids(struct arena *arena, const struct attributes *attributes)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < attributes->cites.count; i++)
		write_fmt(&w, "%s%s", i ? " " : "", attributes->cites.clauses[i]);
	return w.size ? writer_text(&w) : NULL;
}

/* The legal text itself in Chinese, where the rulebook holds it; its clauses' ids for the others. */
static void say_attributes(struct twin *t, struct arena *arena, const struct model *m, const struct attributes *a)
{
	if (a->discretion)
		twin_line(t, "裁量", "discretion of", a->role == NONE ? (struct phrase){ "有", "whoever acts" } : role_words(m, a->role));
	twin_line(t, "理由", "because", (struct phrase){ a->because, a->because });
	twin_line(t, "依据", "cites", (struct phrase){ cite_ids(arena, a), NULL });
	for (size_t i = 0; i < a->cites.count; i++) {
		const struct clause *clause = model_clause(m, a->cites.clauses[i]);
		if (clause && clause->text)
			write_fmt(&t->zh, "\n%s　%s", clause->id, clause->text);
	}
}

/* ---- lists of names ---- */

static struct phrase event_words(struct arena *arena, const struct procedure *p, const uint32_t *events, size_t count)
{
	struct twin t;
	twin_init(&t, arena);
	for (size_t i = 0; i < count; i++) {
		write_fmt(&t.zh, "%s%s", i ? "、" : "", p->events[events[i]].name.label);
		write_fmt(&t.en, "%s%s", i ? ", " : "", p->events[events[i]].name.english);
	}
	return twin_text(&t);
}

static struct phrase clock_words(struct arena *arena, const struct procedure *p, const struct clock_ref *clocks, size_t count)
{
	struct twin t;
	twin_init(&t, arena);
	for (size_t i = 0; i < count; i++) {
		const struct name *name = clocks[i].kind == CLOCK_DUTY ? &p->duties[clocks[i].index].name
								       : &p->validities[clocks[i].index].name;
		write_fmt(&t.zh, "%s%s", i ? "、" : "", name->label);
		write_fmt(&t.en, "%s%s", i ? ", " : "", name->english);
	}
	return twin_text(&t);
}

static struct phrase from_words(struct arena *arena, const struct procedure *p, const struct step *step)
{
	struct twin t;
	twin_init(&t, arena);
	for (size_t i = 0; i < step->from_count; i++) {
		write_fmt(&t.zh, "%s%s", i ? "、" : "", p->states[step->from[i]].name.label);
		write_fmt(&t.en, "%s%s", i ? ", " : "", p->states[step->from[i]].name.english);
	}
	return twin_text(&t);
}

static struct phrase material_words(struct arena *arena, const struct model *m, const struct step *step)
{
	struct twin t;
	twin_init(&t, arena);
	for (size_t i = 0; i < step->material_count; i++) {
		write_fmt(&t.zh, "%s%s", i ? "；" : "", step->materials[i]);
		write_fmt(&t.en, "%s%s", i ? "; " : "", step->materials[i]);
	}
	if (step->materials_open) {
		struct phrase by = role_words(m, step->materials_role);
		write_fmt(&t.zh, "等%s%s%s", by.zh ? "（由" : "", by.zh ? by.zh : "", by.zh ? "裁量）" : "");
		write_fmt(&t.en, " and the like%s%s", by.en ? ", at the discretion of " : "", by.en ? by.en : "");
	}
	return twin_text(&t);
}

/* ---- parts ---- */

struct phrase state_words(struct arena *arena, const struct model *m, const struct state *state)
{
	struct twin t;
	twin_init(&t, arena);
	twin_line(&t, "状态", "state", (struct phrase){ state->name.label, state->name.english });
	if (state->final)
		twin_line(&t, "终止", "final", (struct phrase){ "可以在此终结", "it may end here" });
	if (state->no_stay)
		twin_line(&t, "不得停留", "no stay", (struct phrase){ "须立即离开", "it must be left at once" });
	say_attributes(&t, arena, m, &state->attributes);
	return twin_text(&t);
}

struct phrase step_words(struct arena *arena, const struct model *m, const struct procedure *p, const struct step *step)
{
	struct twin t;
	twin_init(&t, arena);
	twin_line(&t, "步骤", "step", (struct phrase){ step->name.label, step->name.english });
	twin_line(&t, "由", "by", actor_words(m, step->actor, step->role));
	twin_line(&t, "自", "from", from_words(arena, p, step));
	twin_line(&t, "限", "limit", limit_words(arena, p, &step->limit));
	if (step->guard)
		twin_line(&t, "当", "when", cond_words(arena, m, step->guard));
	twin_line(&t, "情形", "in case of", (struct phrase){ step->circumstance, NULL });
	twin_line(&t, "材料", "materials", material_words(arena, m, step));
	twin_line(&t, "重计", "restarts", clock_words(arena, p, step->restarts, step->restart_count));
	twin_line(&t, "中止", "suspends", clock_words(arena, p, step->suspends, step->suspend_count));
	twin_line(&t, "恢复", "resumes", clock_words(arena, p, step->resumes, step->resume_count));
	twin_line(&t, "终结", "ends", clock_words(arena, p, step->ends, step->end_count));
	say_attributes(&t, arena, m, &step->attributes);
	return twin_text(&t);
}

static struct phrase start_words(struct arena *arena, const struct procedure *p, const struct starts *from)
{
	if (from->words)
		return (struct phrase){ from->words, from->words };
	return event_words(arena, p, from->events, from->event_count);
}

struct phrase duty_words(struct arena *arena, const struct model *m, const struct procedure *p, const struct duty *duty)
{
	struct twin t;
	twin_init(&t, arena);
	twin_line(&t, "职责", "duty", (struct phrase){ duty->name.label, duty->name.english });
	twin_line(&t, "由", "of", actor_words(m, duty->role == NONE ? ACTOR_NONE : ACTOR_ROLE, duty->role));
	twin_line(&t, "对", "toward", role_words(m, duty->toward));
	twin_line(&t, "期限", "deadline", duty_due_words(arena, p, duty));
	twin_line(&t, "自", "from", start_words(arena, p, &duty->from));
	twin_line(&t, "履行于", "discharged by", event_words(arena, p, duty->discharged_by, duty->discharge_count));
	twin_line(&t, "免于", "released by", event_words(arena, p, duty->released_by, duty->release_count));
	twin_line(&t, "逾期", "if late", lapse_words(arena, p, &duty->lapse));
	say_attributes(&t, arena, m, &duty->attributes);
	return twin_text(&t);
}

struct phrase validity_words(struct arena *arena, const struct model *m, const struct procedure *p,
			     const struct validity *validity)
{
	struct twin t;
	twin_init(&t, arena);
	twin_line(&t, "有效期", "validity", (struct phrase){ validity->name.label, validity->name.english });
	twin_line(&t, "期间", "lasts", period_words(arena, validity->period));
	twin_line(&t, "自", "from", start_words(arena, p, &validity->from));
	say_attributes(&t, arena, m, &validity->attributes);
	return twin_text(&t);
}

/* ---- timers ---- */

static void write_starts(struct writer *w, const struct procedure *p, const struct starts *from)
{
	for (size_t i = 0; i < from->event_count; i++)
		write_fmt(w, "%s%s", i ? " | " : "", p->events[from->events[i]].name.id);
	if (from->event_count == 0)
		write_str(w, from->words ? "a day in words" : "a day not stated");
}

const char *deadline_expression(struct arena *arena, const struct procedure *p, const struct duty *duty)
{
	struct writer w;
	const struct limit *limit = &duty->limit;
	const struct every *every = &duty->every;
	writer_init(&w, arena);
	if (every->kind == EVERY_PERIOD) {
		write_fmt(&w, "every %u %s", every->period.amount, unit_ids[every->period.unit]);
		if (every->anchor == ANCHOR_DATE)
			write_fmt(&w, " from --%02u-%02u", every->month_day.month, every->month_day.day);
		if (limit->kind == LIMIT_KIND_WITHIN)
			write_fmt(&w, " + %u %s", limit->period.amount, unit_ids[limit->period.unit]);
		return writer_text(&w);
	}
	switch (limit->kind) {
	case LIMIT_KIND_WITHIN:
		write_fmt(&w, "%u %s after ", limit->period.amount, unit_ids[limit->period.unit]);
		write_starts(&w, p, &duty->from);
		return writer_text(&w);
	case LIMIT_KIND_BY_DATE: return date_text(arena, limit->date);
	case LIMIT_KIND_IN_THE_LAST:
	case LIMIT_KIND_AT_LEAST_BEFORE:
		write_fmt(&w, "%s%u %s before the end of %s", limit->kind == LIMIT_KIND_IN_THE_LAST ? "in the last " : "",
			  limit->period.amount, unit_ids[limit->period.unit], p->validities[limit->validity].name.id);
		return writer_text(&w);
	default: return NULL;
	}
}
