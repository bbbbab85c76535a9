/* Any bytes as a table. Their size and checksum are set right first, so that the checks behind them are reached.
 * Promised: nothing crashes; in a table that opens every name can be read and every decision decided, wholly and with
 * unknown facts, from any values; and steps can be taken in every procedure. */
#include "fuzz.h"
#include "fuzz_steps.h"
#include "guiju.h"
#include "table_seal.h"

#include <string.h>

enum { INPUT_LIMIT = 1 << 17, SCRATCH_LIMIT = 1 << 24, BUDGET = 200 };

static void read_text(struct guiju_text text)
{
	PROMISE(text.bytes != NULL && strlen(text.bytes) == text.size);
}

static void read_name(struct guiju_name name)
{
	read_text(name.id);
	read_text(name.label);
	read_text(name.english);
}

static void read_facts(const struct guiju_table *table, uint32_t count)
{
	struct guiju_fact fact;
	struct guiju_name name;
	for (uint32_t f = 0; f < count; f++) {
		PROMISE(guiju_fact(table, f, &fact) == GUIJU_OK);
		read_text(fact.unit);
		guiju_find_fact(table, fact.id.bytes);
		for (uint32_t m = 0; m < fact.members; m++) {
			PROMISE(guiju_member(table, f, m, &name) == GUIJU_OK);
			read_name(name);
			guiju_find_member(table, f, name.id.bytes);
		}
		PROMISE(guiju_member(table, f, fact.members, &name) == GUIJU_NO_SUCH);
	}
	PROMISE(guiju_fact(table, count, &fact) == GUIJU_NO_SUCH);
}

static void read_rules(const struct guiju_table *table, uint32_t count)
{
	struct guiju_rule rule;
	struct guiju_text one, other;
	uint32_t decision;
	for (uint32_t r = 0; r < count; r++) {
		PROMISE(guiju_rule(table, r, &rule) == GUIJU_OK);
		read_text(rule.id);
		read_text(rule.item);
		for (uint32_t i = 0; i < rule.cites; i++) {
			PROMISE(guiju_rule_cite(table, r, i, &one) == GUIJU_OK);
			read_text(one);
		}
		for (uint32_t i = 0; i < rule.names; i++)
			PROMISE(guiju_rule_names(table, r, i, &decision) == GUIJU_OK);
		for (uint32_t i = 0; i < rule.texts; i++) {
			PROMISE(guiju_rule_text(table, r, i, &one, &other) == GUIJU_OK);
			read_text(one);
			read_text(other);
		}
	}
	PROMISE(guiju_rule(table, count, &rule) == GUIJU_NO_SUCH);
}

static void read_rest(const struct guiju_table *table, const struct guiju_about *about)
{
	struct guiju_name name;
	struct guiju_text id, text;
	for (uint32_t i = 0; i < about->constraints; i++) {
		PROMISE(guiju_constraint(table, i, &name) == GUIJU_OK);
		read_name(name);
	}
	for (uint32_t i = 0; i < about->clauses; i++) {
		PROMISE(guiju_clause(table, i, &id, &text) == GUIJU_OK);
		read_text(id);
		read_text(text);
	}
}

/* Values at both ends of their domains, and one outside. */
static void decide_all(const struct guiju_table *table, const struct guiju_about *about)
{
	size_t whole = guiju_scratch_size(table), partial = guiju_partial_scratch_size(table);
	size_t size = whole > partial ? whole : partial;
	if (size > SCRATCH_LIMIT)
		return;
	int64_t *values = calloc(about->facts + 1, sizeof *values);
	uint64_t *known = calloc(about->facts / 64 + 1, sizeof *known);
	void *scratch = malloc(size + 8);
	struct guiju_answer answer;
	struct guiju_fact fact;
	if (!values || !known || !scratch)
		abort();
	for (uint32_t round = 0; round < 4; round++) {
		for (uint32_t f = 0; f < about->facts; f++) {
			guiju_fact(table, f, &fact);
			values[f] = (f + round) % 3 == 0   ? fact.low
				    : (f + round) % 3 == 1 ? fact.high
							   : (int64_t)round - 1;
			known[f / 64] ^= (uint64_t)((f + round) % 2) << f % 64;
		}
		for (uint32_t d = 0; d < about->decisions; d++) {
			guiju_decide(table, d, values, scratch, size, &answer);
			guiju_decide_partial(table, d, values, known, BUDGET, scratch, size, &answer);
		}
	}
	free(values);
	free(known);
	free(scratch);
}

static void use(const struct guiju_table *table)
{
	struct guiju_about about;
	guiju_about(table, &about);
	read_text(about.rulebook);
	read_text(about.edition);
	read_text(about.digest);
	read_facts(table, about.facts);
	read_rules(table, about.rules);
	read_rest(table, &about);
	decide_all(table, &about);
	take_steps(table, about.facts);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct guiju_table *table;
	if (size > INPUT_LIMIT)
		return 0;
	uint8_t *copy = calloc(size ? size : 1, 1);
	if (!copy)
		abort();
	if (size)
		memcpy(copy, bytes, size);
	if (guiju_table_open(copy, size, &table) == GUIJU_OK)
		use(table);
	table_seal(copy, size);
	if (guiju_table_open(copy, size, &table) == GUIJU_OK)
		use(table);
	free(copy);
	return 0;
}
