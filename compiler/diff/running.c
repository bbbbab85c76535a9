/* Running cases: found in both editions, asked in both, and compared by ids. */
#include "diff/running.h"

#include "decide/running.h"
#include "diff/joint.h"
#include "diff/running_side.h"
#include "model/model.h"

#include <string.h>

struct runner {
	struct arena *arena;
	struct runner_job job;
	struct running_side sides[EDITIONS];
};

struct comparison {
	struct runner *r;
	struct arena *scratch; /* of the record */
	const struct running_case *said;
	struct diff_running *out;
	VEC(struct running_change) changes;
};

static const struct {
	const char *id;
	struct phrase words;
} kinds[RUNNING_KINDS] = {
	[RUNNING_PROCEDURE] = { "procedure", { "程序", "procedure" } },
	[RUNNING_STATE] = { "state", { "状态", "state" } },
	[RUNNING_FACTS] = { "facts", { "事实", "facts" } },
	[RUNNING_DUTY] = { "duty", { "职责", "duty" } },
	[RUNNING_VALIDITY] = { "validity", { "有效期", "validity" } },
	[RUNNING_WINDOW] = { "step", { "步骤", "step" } },
	[RUNNING_EVENT] = { "event", { "事件", "event" } },
};

const char *running_kind_id(enum running_kind kind)
{
	return kinds[kind].id;
}

struct phrase running_kind_words(enum running_kind kind)
{
	return kinds[kind].words;
}

struct runner *runner_new_in(struct arena *arena, const struct runner_job *job)
{
	struct runner *r = arena_new_of(arena, struct runner);
	r->arena = arena;
	r->job = *job;
	for (int e = 0; e < EDITIONS; e++) {
		struct running_side *side = &r->sides[e];
		side->table = job->tables[e];
		side->move.budget = job->budget;
		side->scratch_size = guiju_step_scratch_size(side->table);
		side->scratch = arena_alloc(arena, side->scratch_size);
	}
	return r;
}

/* ---- what changes ---- */

static struct phrase kept(struct arena *arena, struct phrase phrase)
{
	return (struct phrase){ arena_strdup(arena, phrase.zh), arena_strdup(arena, phrase_in(phrase, LANGUAGE_EN)) };
}

static struct running_answer answer_kept(struct arena *arena, const struct running_answer *answer)
{
	return (struct running_answer){ answer->json ? arena_strdup(arena, answer->json) : NULL,
					arena_strdup(arena, answer->key), kept(arena, answer->words),
					kept(arena, answer->cites), kept(arena, answer->must) };
}

static const struct running_item *item_of(const struct running_side *side, enum running_kind kind, const char *id)
{
	for (size_t i = 0; i < side->items.count; i++)
		if (side->items.items[i].kind == kind && strcmp(side->items.items[i].id, id) == 0)
			return &side->items.items[i];
	return NULL;
}

static bool is_taken(const struct running_item *item)
{
	return item && strncmp(item->answer.key, "taken", 5) == 0;
}

/* What the edition says where it has nothing of the id that the other one has. */
static struct running_answer nothing(struct comparison *c, const struct running_side *side,
				     const struct running_item *other)
{
	struct running_answer out = { .key = other->kind == RUNNING_EVENT ? RUNNING_REFUSED : "", .cites = { "", "" } };
	enum message words = MESSAGE_DIFF_NOTHING, must = MESSAGE_DIFF_DO_NO_LONGER;
	switch (other->kind) {
	case RUNNING_EVENT: words = MESSAGE_DIFF_NO_EVENT, must = MESSAGE_DIFF_EVENT_IS; break;
	case RUNNING_VALIDITY: must = MESSAGE_DIFF_NOT_IN_FORCE; break;
	case RUNNING_WINDOW:
		must = is_taken(item_of(side, RUNNING_EVENT, other->event)) ? MESSAGE_DIFF_WINDOW_FREE
									    : MESSAGE_DIFF_WINDOW_GONE;
		break;
	default: break;
	}
	out.words = running_say(c->scratch, words, NULL, NULL, NULL);
	out.must = running_say(c->scratch, must, &other->name, &out.words, NULL);
	return out;
}

static void add_change(struct comparison *c, enum running_kind kind, const char *id, struct phrase name,
		       const struct running_answer of[2])
{
	struct arena *arena = c->r->arena;
	struct running_change change = { .kind = kind, .id = arena_strdup(arena, id), .name = kept(arena, name) };
	for (int e = 0; e < EDITIONS; e++)
		change.of[e] = answer_kept(arena, &of[e]);
	vec_push(arena, &c->changes, change);
}

static void compare_items(struct comparison *c, const struct running_item *old, const struct running_item *new_)
{
	const struct running_item *any = new_ ? new_ : old, *const items[] = { old, new_ };
	struct running_answer of[EDITIONS];
	for (int e = 0; e < EDITIONS; e++)
		of[e] = items[e] ? items[e]->answer : nothing(c, &c->r->sides[e], any);
	if (strcmp(of[OLD].key, of[NEW].key) != 0)
		add_change(c, any->kind, any->id, any->name, of);
}

static void compare_sides(struct comparison *c)
{
	const struct running_side *old = &c->r->sides[OLD], *new_ = &c->r->sides[NEW];
	for (int kind = RUNNING_DUTY; kind < RUNNING_KINDS; kind++) {
		for (size_t i = 0; i < new_->items.count; i++)
			if (new_->items.items[i].kind == (enum running_kind)kind)
				compare_items(c, item_of(old, (enum running_kind)kind, new_->items.items[i].id),
					      &new_->items.items[i]);
		for (size_t i = 0; i < old->items.count; i++)
			if (old->items.items[i].kind == (enum running_kind)kind &&
			    !item_of(new_, (enum running_kind)kind, old->items.items[i].id))
				compare_items(c, &old->items.items[i], NULL);
	}
}

/* ---- where the case stands ---- */

/* A procedure, state or past event that only one edition has is no mistake. */
static bool fail(struct comparison *c, struct record *const records[EDITIONS], enum named kind, const char *text)
{
	const struct running_side *sides = c->r->sides;
	const struct running_side *side = &sides[sides[OLD].move.procedure == UINT32_MAX ? NEW : OLD];
	struct phrase words = named_missing(c->scratch, side->table, side->move.procedure, kind, text);
	for (int e = 0; e < EDITIONS; e++)
		record_fail(records[e], RECORD_NAME, MESSAGE_DIFF_DAY)->args[0] = words;
	return false;
}

static uint32_t find_in(const struct running_side *side, enum named kind, const char *text)
{
	bool in_procedure = kind != NAMED_PROCEDURE;
	if (in_procedure && side->move.procedure == UINT32_MAX)
		return UINT32_MAX;
	return named_find(side->table, side->move.procedure, kind, text);
}

static bool place_past(struct comparison *c, struct record *const records[EDITIONS])
{
	struct guiju_past *past[EDITIONS];
	struct running_side *sides = c->r->sides;
	for (int e = 0; e < EDITIONS; e++) {
		past[e] = arena_new_array(c->scratch, struct guiju_past, c->said->past_count + 1);
		sides[e].move.past = past[e];
		sides[e].move.past_count = 0;
	}
	for (size_t i = 0; i < c->said->past_count; i++) {
		bool found = false;
		for (int e = 0; e < EDITIONS; e++) {
			uint32_t event = find_in(&sides[e], NAMED_EVENT, c->said->past[i].event);
			found |= event != UINT32_MAX;
			if (event != UINT32_MAX)
				past[e][sides[e].move.past_count++] =
					(struct guiju_past){ event, c->said->past[i].day };
		}
		if (!found)
			return fail(c, records, NAMED_EVENT, c->said->past[i].event);
	}
	return true;
}

static bool place_case(struct comparison *c, struct record *const records[EDITIONS])
{
	struct running_side *sides = c->r->sides;
	for (int e = 0; e < EDITIONS; e++)
		sides[e].move.procedure = find_in(&sides[e], NAMED_PROCEDURE, c->said->procedure);
	if (sides[OLD].move.procedure == UINT32_MAX && sides[NEW].move.procedure == UINT32_MAX)
		return fail(c, records, NAMED_PROCEDURE, c->said->procedure);
	for (int e = 0; e < EDITIONS; e++)
		sides[e].move.state = find_in(&sides[e], NAMED_STATE, c->said->state);
	if (sides[OLD].move.state == UINT32_MAX && sides[NEW].move.state == UINT32_MAX)
		return fail(c, records, NAMED_STATE, c->said->state);
	return place_past(c, records);
}

/* ---- one record ---- */

static const char *name_json(struct arena *arena, const char *key, const char *id)
{
	struct writer w;
	writer_init(&w, arena);
	write_fmt(&w, "{\"%s\": ", key);
	write_json_string(&w, id);
	write_char(&w, '}');
	return writer_text(&w);
}

/* One edition has the procedure or the state and the other has not. */
static void tell_place(struct comparison *c, enum running_kind kind, const char *id, struct phrase name,
		       const bool there[EDITIONS])
{
	struct running_answer of[EDITIONS];
	enum message gone = kind == RUNNING_PROCEDURE ? MESSAGE_DIFF_NO_PROCEDURE : MESSAGE_DIFF_NO_STATE;
	for (int e = 0; e < EDITIONS; e++)
		of[e] = (struct running_answer){
			.json = there[e] ? name_json(c->scratch, running_kind_id(kind), id) : NULL,
			.key = there[e] ? id : "",
			.words = there[e] ? name : running_say(c->scratch, MESSAGE_DIFF_NOTHING, NULL, NULL, NULL),
			.cites = { "", "" },
			.must = running_say(c->scratch, there[e] ? MESSAGE_DIFF_NEW_PLACE : gone, &name, NULL, NULL),
		};
	add_change(c, kind, id, name, of);
}

static void tell_facts(struct comparison *c, struct record *const records[EDITIONS])
{
	struct running_answer of[EDITIONS];
	for (int e = 0; e < EDITIONS; e++) {
		const struct record_error *error = &records[e]->error;
		struct phrase why = { "", "" };
		if (records[e]->failed)
			why = (struct phrase){ render_message(c->scratch, error->message, error->args, LANGUAGE_ZH),
					       render_message(c->scratch, error->message, error->args, LANGUAGE_EN) };
		of[e] = (struct running_answer){
			.key = records[e]->failed ? "wrong" : "good",
			.words = running_say(c->scratch,
					     records[e]->failed ? MESSAGE_DIFF_FACTS_WRONG : MESSAGE_DIFF_FACTS_GOOD,
					     &why, NULL, NULL),
			.cites = { "", "" },
		};
		of[e].must = of[e].words;
	}
	add_change(c, RUNNING_FACTS, "facts", kinds[RUNNING_FACTS].words, of);
}

static void ask_sides(struct comparison *c, struct record *const records[EDITIONS])
{
	for (int e = 0; e < EDITIONS; e++) {
		struct running_side *side = &c->r->sides[e];
		side->arena = c->scratch;
		side->move.day = c->said->day;
		side->move.values = records[e]->values;
		side->move.known = records[e]->known;
		side->inexact = false;
		side_ask(side);
	}
	compare_sides(c);
}

static void name_case(struct comparison *c)
{
	const struct running_side *sides = c->r->sides;
	const struct running_side *p = &sides[sides[OLD].move.procedure != UINT32_MAX ? OLD : NEW];
	const struct running_side *s = &sides[sides[OLD].move.state != UINT32_MAX ? OLD : NEW];
	struct guiju_procedure procedure;
	struct guiju_state state;
	(void)guiju_procedure(p->table, p->move.procedure, &procedure);
	(void)guiju_state(s->table, s->move.procedure, s->move.state, &state);
	c->out->procedure_id = procedure.id.bytes;
	c->out->state_id = state.id.bytes;
	c->out->procedure = named_phrase(p->table, UINT32_MAX, NAMED_PROCEDURE, p->move.procedure);
	c->out->state = named_phrase(s->table, s->move.procedure, NAMED_STATE, s->move.state);
	c->out->day = date_text(c->r->arena, c->said->day);
}

static void compare_case(struct comparison *c, struct record *const records[EDITIONS])
{
	const struct guiju_move *old = &c->r->sides[OLD].move, *new_ = &c->r->sides[NEW].move;
	const bool has_procedure[] = { old->procedure != UINT32_MAX, new_->procedure != UINT32_MAX };
	const bool has_state[] = { old->state != UINT32_MAX, new_->state != UINT32_MAX };
	name_case(c);
	if (!has_procedure[OLD] || !has_procedure[NEW])
		tell_place(c, RUNNING_PROCEDURE, c->out->procedure_id, c->out->procedure, has_procedure);
	else if (!has_state[OLD] || !has_state[NEW])
		tell_place(c, RUNNING_STATE, c->out->state_id, c->out->state, has_state);
	else if (records[OLD]->failed || records[NEW]->failed)
		tell_facts(c, records);
	else
		ask_sides(c, records);
}

/* The day is the date of the rules too, unless the record gives that one itself and the day only follows from the past.
 */
static void set_day(struct record *record, const struct facts *facts, const struct running_case *said)
{
	uint32_t on = facts_applicable_date(facts);
	bool has_own = on != NO_FACT && (record->known[on / 64] >> on % 64 & 1) != 0;
	if (said->day_given || !has_own)
		record_set_on(record, facts, said->day);
}

enum running_result running_compare(struct runner *r, struct record *const records[EDITIONS], bool json,
				    struct diff_running *out, bool *inexact)
{
	struct running_case said;
	struct comparison c = { .r = r, .scratch = records[NEW]->arena, .said = &said, .out = out };
	enum running_reading reading = running_read(records[NEW], json, r->job.has_on ? &r->job.on : NULL, &said);
	*out = (struct diff_running){ 0 };
	if (reading == RUNNING_NONE)
		return RESULT_NONE;
	for (int e = 0; e < EDITIONS && reading == RUNNING_CASE; e++)
		set_day(records[e], r->job.facts[e], &said);
	if (reading == RUNNING_WRONG || (records[OLD]->failed && records[NEW]->failed) || !place_case(&c, records))
		return RESULT_WRONG;
	compare_case(&c, records);
	*inexact |= r->sides[OLD].inexact || r->sides[NEW].inexact;
	out->changes = c.changes.items;
	out->change_count = c.changes.count;
	return c.changes.count ? RESULT_CHANGED : RESULT_SAME;
}
