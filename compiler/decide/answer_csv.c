/* Answers as CSV: the copied cells, then outcome,label,rules,cites,possible,ask,undecided,error; lists joined by `|`.
 */
#include "decide/answer.h"

#include "support/intern.h"

#include <string.h>

void write_csv_cell(struct writer *w, const char *text)
{
	if (!strpbrk(text, ",\"\r\n")) {
		write_str(w, text);
		return;
	}
	write_char(w, '"');
	for (const char *p = text; *p; p++)
		write_bytes(w, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
	write_char(w, '"');
}

/* A list in one cell. */
struct list {
	struct writer text;
	struct map *seen; /* NULL: what comes twice is written twice */
};

static struct list list_in(struct arena *arena, bool once)
{
	struct list list = { .seen = once ? map_new_in(arena) : NULL };
	writer_init(&list.text, arena);
	return list;
}

static void list_add(struct list *list, const char *text)
{
	if (list->seen && map_get(list->seen, text) >= 0)
		return;
	if (list->seen)
		map_put(list->seen, text, 0);
	if (list->text.size > 0)
		write_char(&list->text, '|');
	write_str(&list->text, text);
}

static const char *rules_of(const struct answerer *a, struct arena *arena, const struct decided *d)
{
	struct list list = list_in(arena, false);
	struct guiju_rule about;
	for (uint32_t rule = 0; (rule = next_rule(a, d->answer.reasons, rule)) != UINT32_MAX; rule++) {
		if (guiju_rule(a->table, rule, &about) == GUIJU_OK)
			list_add(&list, about.id.bytes);
	}
	return writer_text(&list.text);
}

static const char *cites_of(const struct answerer *a, struct arena *arena, const struct decided *d)
{
	struct list list = list_in(arena, true);
	struct guiju_rule about;
	struct guiju_text clause;
	for (uint32_t rule = 0; (rule = next_rule(a, d->answer.reasons, rule)) != UINT32_MAX; rule++) {
		if (guiju_rule(a->table, rule, &about) != GUIJU_OK)
			continue;
		for (uint32_t i = 0; i < about.cites; i++) {
			if (guiju_rule_cite(a->table, rule, i, &clause) == GUIJU_OK)
				list_add(&list, clause.bytes);
		}
	}
	return writer_text(&list.text);
}

static const char *possible_of(const struct answerer *a, struct arena *arena, uint32_t decision,
			       const struct decided *d)
{
	struct list list = list_in(arena, false);
	struct guiju_name name;
	for (uint32_t o = 0; o < 64; o++) {
		if (d->answer.possible >> o & 1 && guiju_outcome(a->table, decision, o, &name) == GUIJU_OK)
			list_add(&list, name.id.bytes);
	}
	return writer_text(&list.text);
}

static const char *ask_of(const struct answerer *a, struct arena *arena, const struct decided *d)
{
	struct list list = list_in(arena, false);
	for (uint32_t i = 0; i < d->answer.ask_count; i++)
		list_add(&list, facts_id(a->facts, d->answer.ask[i]));
	return writer_text(&list.text);
}

static const char *undecided_of(const struct answerer *a, struct arena *arena, const struct decided *d)
{
	struct guiju_decision feeding;
	if (!is_undecided(d))
		return "";
	if (d->answer.verdict == GUIJU_FEEDING && guiju_decision(a->table, d->answer.feeding, &feeding) == GUIJU_OK)
		return arena_printf(arena, "feeding:%s", feeding.id.bytes);
	return undecided_word(d->answer.verdict);
}

static void write_outcome(const struct answerer *a, struct writer *w, uint32_t decision, const struct decided *d)
{
	struct guiju_name name;
	if (d->answer.verdict != GUIJU_DECIDED ||
	    guiju_outcome(a->table, decision, d->answer.outcome, &name) != GUIJU_OK) {
		write_char(w, ',');
		return;
	}
	write_csv_cell(w, name.id.bytes);
	write_char(w, ',');
	write_csv_cell(w, name.label.size > 0 ? name.label.bytes : name.id.bytes);
}

static void write_answer(const struct answerer *a, struct writer *w, struct arena *arena, uint32_t decision,
			 const struct decided *d)
{
	bool open = d->answer.verdict == GUIJU_OPEN;
	write_outcome(a, w, decision, d);
	const char *const cells[] = {
		open ? "" : rules_of(a, arena, d),
		open ? "" : cites_of(a, arena, d),
		open ? possible_of(a, arena, decision, d) : "",
		open ? ask_of(a, arena, d) : "",
		undecided_of(a, arena, d),
		"",
	};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		write_char(w, ',');
		write_csv_cell(w, cells[i]);
	}
}

/* ---- answers written before ----
 * Records are many and answers few: what follows the copied cells depends on outcome and reasons alone, once the
 * record is decided. A slot is filled once and kept, so that memory stays bounded. */

#define MEMO_SLOTS 256

struct memo_slot {
	uint64_t *reasons; /* NULL: free */
	uint32_t decision, outcome;
	const char *text;
	size_t size;
};

struct csv_memo {
	struct memo_slot slots[MEMO_SLOTS];
};

static struct memo_slot *memo_slot(struct answerer *a, const struct decided *d)
{
	uint64_t hash = d->answer.outcome;
	if (!a->csv_memo)
		a->csv_memo = arena_new_of(a->arena, struct csv_memo);
	for (size_t i = 0; i < a->rule_words; i++)
		hash = (hash ^ d->answer.reasons[i]) * UINT64_C(0x9e3779b97f4a7c15);
	return &a->csv_memo->slots[(hash >> 56) % MEMO_SLOTS];
}

static void write_decided(struct answerer *a, struct writer *w, struct arena *arena, uint32_t decision,
			  const struct decided *d)
{
	size_t bytes = a->rule_words * sizeof(uint64_t), start = w->size;
	struct memo_slot *slot = memo_slot(a, d);
	if (slot->reasons && slot->decision == decision && slot->outcome == d->answer.outcome &&
	    memcmp(slot->reasons, d->answer.reasons, bytes) == 0) {
		write_bytes(w, slot->text, slot->size);
		return;
	}
	write_answer(a, w, arena, decision, d);
	if (slot->reasons)
		return;
	slot->decision = decision;
	slot->outcome = d->answer.outcome;
	slot->size = w->size - start;
	slot->text = arena_strndup(a->arena, w->bytes + start, slot->size);
	slot->reasons = arena_new_array(a->arena, uint64_t, a->rule_words);
	memcpy(slot->reasons, d->answer.reasons, bytes);
}

void answer_write_csv(struct answerer *a, struct writer *w, struct record *record, uint32_t decision,
		      const struct decided *d)
{
	for (size_t i = 0; i < record->copied.count; i++) {
		write_csv_cell(w, record->copied.items[i].value);
		write_char(w, ',');
	}
	if (d && d->answer.verdict == GUIJU_DECIDED && d->answer.reasons) {
		write_decided(a, w, record->arena, decision, d);
	} else if (d) {
		write_answer(a, w, record->arena, decision, d);
	} else {
		const struct record_error *error = &record->error;
		const char *text = render_message(record->arena, error->message, error->args, a->language);
		write_str(w, ",,,,,,,");
		write_csv_cell(w, arena_printf(record->arena, "%s: %s", error_kind_word(error->kind), text));
	}
	write_char(w, '\n');
}
