/* Deciding a record: complete facts by guiju_decide, unknown ones by guiju_decide_partial, each decision once. */
#include "decide/answer.h"

#include <string.h>

struct answerer *answerer_new_in(struct arena *arena, const struct guiju_table *table, const struct facts *facts)
{
	struct answerer *a = arena_new_of(arena, struct answerer);
	size_t single = guiju_scratch_size(table), partial = guiju_partial_scratch_size(table);
	a->arena = arena;
	a->table = table;
	a->facts = facts;
	guiju_about(table, &a->about);
	a->rule_words = ((size_t)a->about.rules + 63) / 64;
	a->scratch_size = single > partial ? single : partial;
	a->scratch = arena_alloc(arena, a->scratch_size);
	a->decided = arena_new_array(arena, struct decided *, a->about.decisions);
	return a;
}

void answerer_forget(struct answerer *a)
{
	memset(a->decided, 0, a->about.decisions * sizeof(struct decided *));
}

static bool all_known(const struct answerer *a, const struct record *record)
{
	uint32_t facts = a->about.facts;
	for (uint32_t i = 0; i < facts / 64; i++) {
		if (record->known[i] != UINT64_MAX)
			return false;
	}
	uint64_t rest = ((uint64_t)1 << (facts % 64)) - 1;
	return rest == 0 || (record->known[facts / 64] & rest) == rest;
}

static const uint64_t *copy_set(const struct answerer *a, struct arena *arena, const uint64_t *set)
{
	if (!set)
		return NULL;
	uint64_t *copy = arena_new_array(arena, uint64_t, a->rule_words);
	memcpy(copy, set, a->rule_words * sizeof *copy);
	return copy;
}

static const uint32_t *copy_ask(struct arena *arena, const struct guiju_answer *answer)
{
	uint32_t *copy = arena_new_array(arena, uint32_t, answer->ask_count);
	if (answer->ask_count > 0)
		memcpy(copy, answer->ask, answer->ask_count * sizeof *copy);
	return copy;
}

const struct decided *answer_decision(struct answerer *a, struct record *record, uint32_t decision)
{
	if (a->decided[decision])
		return a->decided[decision];
	struct decided *d = arena_new_of(record->arena, struct decided);
	struct guiju_answer *answer = &d->answer;
	bool complete = all_known(a, record);
	if (complete)
		d->status = guiju_decide(a->table, decision, record->values, a->scratch, a->scratch_size, answer);
	else
		d->status = guiju_decide_partial(a->table, decision, record->values, record->known, a->budget,
						 a->scratch, a->scratch_size, answer);
	if (d->status == GUIJU_OK) {
		answer->reasons = copy_set(a, record->arena, answer->reasons);
		answer->maybe = complete ? NULL : copy_set(a, record->arena, answer->maybe);
		answer->ask_count = complete || !answer->ask ? 0 : answer->ask_count;
		answer->ask = copy_ask(record->arena, answer);
		answer->exact |= complete;
		a->inexact |= !answer->exact;
	}
	a->decided[decision] = d;
	return d;
}

void answer_fail_excluded(const struct answerer *a, struct record *record, uint32_t constraint)
{
	struct guiju_name name;
	if (guiju_constraint(a->table, constraint, &name) != GUIJU_OK) {
		(void)record_fail(record, RECORD_EXCLUDED, MESSAGE_DECIDE_EXCLUDED_ALL);
		return;
	}
	struct record_error *error = record_fail(record, RECORD_EXCLUDED, MESSAGE_DECIDE_EXCLUDED);
	error->constraint = name.id.bytes;
	error->args[0].zh = name.id.bytes;
	error->args[1] = (struct phrase){ name.label.bytes, name.english.size > 0 ? name.english.bytes : NULL };
}

const struct decided *answer_record(struct answerer *a, struct record *record, uint32_t decision)
{
	if (record->failed)
		return NULL;
	const struct decided *d = answer_decision(a, record, decision);
	if (d->status == GUIJU_OK)
		return d;
	/* Values were checked when they were read, so that a constraint is all that is left to object. */
	answer_fail_excluded(a, record, d->status == GUIJU_EXCLUDED ? d->answer.constraint : UINT32_MAX);
	return NULL;
}

uint32_t next_rule(const struct answerer *a, const uint64_t *set, uint32_t from)
{
	for (size_t word = from / 64; set && word < a->rule_words; word++) {
		uint64_t bits = set[word];
		if (word == from / 64)
			bits &= UINT64_MAX << (from % 64);
		for (uint32_t bit = 0; bits != 0; bit++, bits >>= 1) {
			if (bits & 1)
				return (uint32_t)word * 64 + bit;
		}
	}
	return UINT32_MAX;
}

bool is_undecided(const struct decided *d)
{
	enum guiju_verdict verdict = d->answer.verdict;
	return verdict == GUIJU_GAP || verdict == GUIJU_CONFLICT || verdict == GUIJU_FEEDING;
}

const char *undecided_word(enum guiju_verdict verdict)
{
	return verdict == GUIJU_GAP ? "gap" : verdict == GUIJU_CONFLICT ? "conflict" : "feeding";
}

const char *error_kind_word(enum record_error_kind kind)
{
	static const char *const words[] = { "domain", "type", "name", "duplicate", "excluded" };
	return words[kind];
}
