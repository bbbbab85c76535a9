/* Answers as JSON objects, keys always in one order; keys that do not apply are left out. */
#include "decide/answer.h"

#include <string.h>

/* A rulebook can be written whose decisions name each other so often that the account of one answer would not end in
 * this life; beyond this many entries "because" is left out of what a rule rests on. */
#define RESTS_LIMIT 4096

struct account {
	struct answerer *a;
	struct writer *w;
	struct record *record;
	size_t rests;
};

static void write_key(struct writer *w, const char *key)
{
	write_fmt(w, ", \"%s\": ", key);
}

static void write_cites(struct writer *w, const struct guiju_table *table, uint32_t rule, uint32_t count)
{
	struct guiju_text clause;
	write_key(w, "cites");
	write_char(w, '[');
	for (uint32_t i = 0; i < count; i++) {
		write_str(w, i == 0 ? "" : ", ");
		if (guiju_rule_cite(table, rule, i, &clause) == GUIJU_OK)
			write_json_string(w, clause.bytes);
	}
	write_char(w, ']');
}

static void write_because(struct account *out, const struct decided *d);

static void write_outcome_name(struct account *out, uint32_t decision, const struct decided *d, bool label)
{
	struct guiju_name name;
	write_key(out->w, "outcome");
	if (d->answer.verdict != GUIJU_DECIDED ||
	    guiju_outcome(out->a->table, decision, d->answer.outcome, &name) != GUIJU_OK) {
		write_str(out->w, "null");
		return;
	}
	write_json_string(out->w, name.id.bytes);
	if (label) {
		write_key(out->w, "label");
		write_json_string(out->w, name.label.size > 0 ? name.label.bytes : name.id.bytes);
	}
}

static void write_possible(struct account *out, uint32_t decision, const struct decided *d)
{
	struct guiju_decision about;
	struct guiju_name name;
	size_t written = 0;
	if (guiju_decision(out->a->table, decision, &about) != GUIJU_OK)
		return;
	write_key(out->w, "possible");
	write_char(out->w, '[');
	for (uint32_t o = 0; o < about.outcomes && o < 64; o++) {
		if (!(d->answer.possible >> o & 1) || guiju_outcome(out->a->table, decision, o, &name) != GUIJU_OK)
			continue;
		write_str(out->w, written++ == 0 ? "" : ", ");
		write_json_string(out->w, name.id.bytes);
	}
	write_char(out->w, ']');
}

static void write_undecided(struct account *out, const struct decided *d)
{
	struct guiju_decision feeding;
	write_key(out->w, "undecided");
	write_fmt(out->w, "\"%s\"", undecided_word(d->answer.verdict));
	if (d->answer.verdict != GUIJU_FEEDING ||
	    guiju_decision(out->a->table, d->answer.feeding, &feeding) != GUIJU_OK)
		return;
	write_key(out->w, "feeding");
	write_json_string(out->w, feeding.id.bytes);
}

static bool has_reasons(const struct decided *d)
{
	enum guiju_verdict verdict = d->answer.verdict;
	return verdict == GUIJU_DECIDED || verdict == GUIJU_CONFLICT || verdict == GUIJU_GAP;
}

/* What a decision came to on which a reason rests. */
static void write_rest(struct account *out, uint32_t decision)
{
	struct guiju_decision about;
	const struct decided *d = answer_decision(out->a, out->record, decision);
	if (guiju_decision(out->a->table, decision, &about) != GUIJU_OK)
		return;
	write_str(out->w, "{\"decision\": ");
	write_json_string(out->w, about.id.bytes);
	if (d->status == GUIJU_OK) {
		write_outcome_name(out, decision, d, false);
		if (has_reasons(d) && out->rests++ < RESTS_LIMIT)
			write_because(out, d);
		if (d->answer.verdict == GUIJU_OPEN)
			write_possible(out, decision, d);
		if (is_undecided(d))
			write_undecided(out, d);
	}
	write_char(out->w, '}');
}

static void write_rests(struct account *out, uint32_t rule, uint32_t count)
{
	uint32_t decision;
	if (count == 0)
		return;
	write_key(out->w, "rests_on");
	for (uint32_t i = 0; i < count; i++) {
		write_str(out->w, i == 0 ? "[" : ", ");
		if (guiju_rule_names(out->a->table, rule, i, &decision) == GUIJU_OK)
			write_rest(out, decision);
	}
	write_char(out->w, ']');
}

static void write_reason(struct account *out, uint32_t rule)
{
	struct guiju_rule about;
	if (guiju_rule(out->a->table, rule, &about) != GUIJU_OK)
		return;
	write_str(out->w, "{\"rule\": ");
	write_json_string(out->w, about.id.bytes);
	if (about.item.size > 0) {
		write_key(out->w, "item");
		write_json_string(out->w, about.item.bytes);
	}
	write_cites(out->w, out->a->table, rule, about.cites);
	write_rests(out, rule, about.names);
	write_char(out->w, '}');
}

static void write_reasons(struct account *out, const struct decided *d)
{
	size_t written = 0;
	write_char(out->w, '[');
	for (uint32_t rule = 0; (rule = next_rule(out->a, d->answer.reasons, rule)) != UINT32_MAX; rule++) {
		write_str(out->w, written++ == 0 ? "" : ", ");
		write_reason(out, rule);
	}
	write_char(out->w, ']');
}

static void write_because(struct account *out, const struct decided *d)
{
	write_key(out->w, "because");
	write_reasons(out, d);
}

void answer_write_reasons(struct answerer *a, struct writer *w, struct record *record, const struct decided *d)
{
	struct account out = { a, w, record, 0 };
	write_reasons(&out, d);
}

static void write_maybe(struct account *out, const struct decided *d)
{
	struct guiju_rule about;
	size_t written = 0;
	for (uint32_t rule = 0; (rule = next_rule(out->a, d->answer.maybe, rule)) != UINT32_MAX; rule++) {
		if (guiju_rule(out->a->table, rule, &about) != GUIJU_OK)
			continue;
		if (written == 0)
			write_key(out->w, "maybe");
		write_str(out->w, written++ == 0 ? "[" : ", ");
		write_json_string(out->w, about.id.bytes);
	}
	if (written > 0)
		write_char(out->w, ']');
}

static void write_ask(struct account *out, const struct decided *d)
{
	write_key(out->w, "ask");
	write_char(out->w, '[');
	for (uint32_t i = 0; i < d->answer.ask_count; i++) {
		write_str(out->w, i == 0 ? "" : ", ");
		write_json_string(out->w, facts_id(out->a->facts, d->answer.ask[i]));
	}
	write_char(out->w, ']');
}

static void write_answer(struct account *out, uint32_t decision, const struct decided *d)
{
	struct guiju_decision about;
	if (guiju_decision(out->a->table, decision, &about) == GUIJU_OK) {
		write_str(out->w, "\"decision\": ");
		write_json_string(out->w, about.id.bytes);
	}
	write_outcome_name(out, decision, d, true);
	if (has_reasons(d))
		write_because(out, d);
	if (d->answer.verdict == GUIJU_DECIDED)
		write_maybe(out, d);
	if (d->answer.verdict == GUIJU_OPEN) {
		write_possible(out, decision, d);
		write_ask(out, d);
	}
	if (!d->answer.exact)
		write_str(out->w, ", \"exact\": false");
	if (is_undecided(d))
		write_undecided(out, d);
	write_key(out->w, "edition");
	write_json_string(out->w, out->a->about.edition.bytes);
	write_key(out->w, "rulebook");
	write_json_string(out->w, out->a->about.digest.bytes);
}

static void write_error_text(struct writer *w, const char *key, const char *text)
{
	if (!text)
		return;
	write_key(w, key);
	write_json_string(w, text);
}

void answer_write_error(const struct answerer *a, struct writer *w, struct record *record)
{
	const struct record_error *error = &record->error;
	write_fmt(w, "\"error\": {\"kind\": \"%s\"", error_kind_word(error->kind));
	write_error_text(w, "fact", error->fact);
	write_error_text(w, "value", error->value);
	write_error_text(w, "allowed", error->allowed);
	write_error_text(w, "constraint", error->constraint);
	write_error_text(w, "message", render_message(record->arena, error->message, error->args, a->language));
	write_char(w, '}');
}

void answer_write_copied(struct writer *w, const struct record *record)
{
	for (size_t i = 0; i < record->copied.count; i++) {
		write_json_string(w, record->copied.items[i].name);
		write_fmt(w, ": %s, ", record->copied.items[i].value);
	}
}

void answer_write_json(struct answerer *a, struct writer *w, struct record *record, uint32_t decision,
		       const struct decided *d)
{
	struct account out = { a, w, record, 0 };
	write_char(w, '{');
	answer_write_copied(w, record);
	if (d)
		write_answer(&out, decision, d);
	else
		answer_write_error(a, w, record);
	write_str(w, "}\n");
}
