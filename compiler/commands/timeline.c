/* guiju graph --from: the timeline after an event. The state before it is --state, or the one into which --past leads
 * from the start, each event of the past taken by the same guiju_step. */
#include "commands/timeline.h"
#include "commands/asked.h"
#include "decide/one_record.h"
#include "diag/status.h"

#include <errno.h>
#include <string.h>

struct taking {
	struct asked a;
	struct guiju_move move;
	void *scratch;
	size_t scratch_size;
	struct guiju_stepped out;
	struct record *record;
	const struct facts *facts;
};

/* ---- why not ---- */

static const char *state_id(const struct taking *t, uint32_t state)
{
	struct guiju_state about;
	return guiju_state(t->a.table, t->a.procedure, state, &about) == GUIJU_OK ? about.id.bytes : "?";
}

static const char *event_id(const struct taking *t, uint32_t event)
{
	struct guiju_event about;
	return guiju_event(t->a.table, t->a.procedure, event, &about) == GUIJU_OK ? about.id.bytes : "?";
}

static void write_states(const struct taking *t, struct writer *w)
{
	struct guiju_procedure about;
	struct guiju_transition step;
	size_t written = 0;
	if (guiju_procedure(t->a.table, t->a.procedure, &about) != GUIJU_OK)
		return;
	for (uint32_t state = 0; state < about.states; state++) {
		bool takes = false;
		uint32_t from;
		for (uint32_t i = 0; guiju_transition(t->a.table, t->a.procedure, i, &step) == GUIJU_OK; i++)
			for (uint32_t k = 0; step.event == t->move.event &&
					     guiju_transition_from(t->a.table, t->a.procedure, i, k, &from) == GUIJU_OK;
			     k++)
				takes = takes || from == state;
		if (takes)
			write_fmt(w, "%s%s", written++ ? ", " : "", state_id(t, state));
	}
}

static void write_window(const struct taking *t, struct writer *w, const struct guiju_cause *cause)
{
	bool zh = is_chinese(t->a.c);
	const int64_t opens = cause->opens.earliest, closes = cause->closes.latest;
	struct arena *arena = t->a.c->model_arena;
	if (opens == GUIJU_NO_DAY && closes == GUIJU_NO_DAY) {
		write_str(w, zh ? "；它所依据的有效期、期限没有开始或者已经结束"
				: "; what it depends on has not begun, or is over");
		return;
	}
	if (opens != GUIJU_NO_DAY)
		write_fmt(w, zh ? "；%s起" : "; opens %s", date_text(arena, opens));
	if (closes != GUIJU_NO_DAY)
		write_fmt(w, zh ? "；%s止" : "; closes %s", date_text(arena, closes));
}

static void write_asked(const struct taking *t, struct writer *w)
{
	bool zh = is_chinese(t->a.c);
	for (uint32_t i = 0; i < t->out.ask_fact_count; i++)
		write_fmt(w, "%s%s",
			  i    ? ", "
			  : zh ? "；取决于事实："
			       : "; it depends on the facts: ",
			  facts_id(t->facts, t->out.ask_facts[i]));
	for (uint32_t i = 0; i < t->out.ask_event_count; i++)
		write_fmt(w, "%s%s",
			  i    ? ", "
			  : zh ? "；要用 --past 写明："
			       : "; to be given with --past: ",
			  event_id(t, t->out.ask_events[i]));
}

static bool write_refusal(const struct taking *t)
{
	struct writer *w = t->a.to->err;
	bool zh = is_chinese(t->a.c), unknown = t->out.accepted == GUIJU_UNKNOWN;
	const struct guiju_cause *cause = t->out.cause_count ? &t->out.causes[0] : NULL;
	write_fmt(w,
		  unknown ? zh ? "guiju: %s：不能确定状态 `%s` 是否受理 `%s`"
			       : "guiju: %s: the state `%s` may or may not take `%s`"
		  : zh	  ? "guiju: %s：状态 `%s` 不受理 `%s`"
			  : "guiju: %s: the state `%s` does not take `%s`",
		  date_text(t->a.c->model_arena, t->move.day), state_id(t, t->move.state), event_id(t, t->move.event));
	if (cause && cause->kind == GUIJU_WRONG_STATE) {
		write_str(w, zh ? "；受理它的状态：" : "; states that do: ");
		write_states(t, w);
		write_str(w, zh ? "（用 --state 写明，或者用 --past 写明此前的事件）"
				: " (give --state, or the events before with --past)");
	} else if (cause && cause->kind == GUIJU_CLOSED) {
		write_window(t, w, cause);
	} else if (cause && cause->kind == GUIJU_GUARD_FALSE) {
		write_str(w, zh ? "；条件不成立" : "; its condition does not hold");
	}
	if (unknown)
		write_asked(t, w);
	write_char(w, '\n');
	return false;
}

/* ---- taking ---- */

/* Guards with a period are judged on the day of each event. */
static void set_day(struct taking *t)
{
	uint32_t fact = facts_applicable_date(t->facts);
	if (fact == NO_FACT)
		return;
	t->record->values[fact] = t->move.day;
	t->record->known[fact / 64] |= UINT64_C(1) << fact % 64;
}

static bool take(struct taking *t)
{
	set_day(t);
	t->move.values = t->record->values;
	t->move.known = t->record->known;
	enum guiju_status status = guiju_step(t->a.table, &t->move, t->scratch, t->scratch_size, &t->out);
	if (status == GUIJU_OK)
		return t->out.accepted == GUIJU_ACCEPTED || write_refusal(t);
	write_fmt(t->a.to->err, "guiju: %s\n", phrase_in(status_phrase(status), t->a.c->opt->language));
	return false;
}

/* From the start through the past. */
static bool play_past(struct taking *t)
{
	const struct guiju_move whole = t->move;
	struct guiju_procedure about;
	if (guiju_procedure(t->a.table, t->a.procedure, &about) != GUIJU_OK)
		return false;
	t->move.state = about.start;
	for (uint32_t i = 0; i < whole.past_count; i++) {
		t->move.event = whole.past[i].event;
		t->move.day = whole.past[i].day;
		t->move.past_count = i;
		if (!take(t))
			return false;
		t->move.state = t->out.state;
	}
	t->move.event = whole.event;
	t->move.day = whole.day;
	t->move.past_count = whole.past_count;
	return true;
}

static bool facts_wrong(const struct taking *t, const char *zh, const char *en)
{
	write_fmt(t->a.to->err, is_chinese(t->a.c) ? "guiju: %s：%s\n" : "guiju: %s: %s\n", t->a.c->opt->facts,
		  is_chinese(t->a.c) ? zh : en);
	return false;
}

static bool read_facts(struct taking *t, enum exit_status *status)
{
	struct compiler *c = t->a.c;
	const char *why;
	if (!c->opt->facts)
		return true;
	*status = EXIT_IO;
	if (!compiler_open_records(c, c->opt->facts))
		return facts_wrong(t, arena_printf(c->model_arena, "无法打开：%s", strerror(errno)),
				   arena_printf(c->model_arena, "cannot be opened: %s", strerror(errno)));
	enum one_record read = record_read_one(c->model_arena, c->io, c->records, t->facts, t->record);
	why = read == ONE_RECORD_UNREAD ? strerror(errno) : "";
	compiler_close_records(c);
	record_set_on(t->record, t->facts, t->move.day);
	read = read == ONE_RECORD && t->record->failed ? ONE_RECORD_WRONG : read;
	switch (read) {
	case ONE_RECORD: return true;
	case ONE_RECORD_UNREAD: return facts_wrong(t, why, why);
	case ONE_RECORD_NOT: break;
	case ONE_RECORD_WRONG:
		*status = EXIT_WRONG;
		why = render_message(c->model_arena, t->record->error.message, t->record->error.args, c->opt->language);
		return facts_wrong(t, why, why);
	}
	*status = EXIT_WRONG;
	return facts_wrong(t, "应恰有一条记录", "exactly one record is wanted");
}

static void begin(struct taking *t)
{
	struct arena *arena = t->a.c->model_arena;
	t->facts = facts_new_in(arena, t->a.table);
	t->record = record_new_in(arena, t->facts);
	t->scratch_size = guiju_step_scratch_size(t->a.table);
	t->scratch = arena_alloc(arena, t->scratch_size);
}

static bool read_question(struct taking *t, enum exit_status *status)
{
	const struct options *opt = t->a.c->opt;
	if (!asked_name(&t->a, NAMED_PROCEDURE, opt->procedure, &t->a.procedure))
		return false;
	t->move.procedure = t->a.procedure;
	if (!asked_name(&t->a, NAMED_EVENT, opt->from, &t->move.event) || !asked_past(&t->a, &t->move))
		return false;
	begin(t);
	if (!read_facts(t, status))
		return false;
	return opt->state ? asked_name(&t->a, NAMED_STATE, opt->state, &t->move.state) : play_past(t);
}

enum exit_status command_timeline(struct compiler *c, const struct streams *to, picture_lists *lists)
{
	struct taking t = { .a = { .c = c, .to = to }, .move = { .budget = c->opt->nodes } };
	if (!command_date(c, to, c->opt->on, &t.move.day))
		return EXIT_USAGE;
	enum exit_status status = command_table(c, to, &t.a.table);
	if (status != EXIT_CLEAN)
		return status;
	status = EXIT_USAGE;
	if (!read_question(&t, &status) || !take(&t))
		return status;
	draw_timeline(c->model_arena, c->model, t.a.table, &t.move, c->opt->language, lists);
	return EXIT_CLEAN;
}
