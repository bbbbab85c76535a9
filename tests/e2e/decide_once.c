/* A system that was built once and never again: loads a table, decides one case, prints the outcome and the reasons.
 *   decide_once TABLE DECISION FACT=NUMBER… */
#include "guiju.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_LIMIT = 1 << 20, FACTS_LIMIT = 64, SCRATCH_WORDS = 4096 };

static int fail(const char *what, enum guiju_status status)
{
	fprintf(stderr, "%s: %s\n", what, guiju_status_text(status));
	return 1;
}

static bool read_values(const struct guiju_table *table, int argc, char **argv, int64_t *values)
{
	for (int i = 0; i < argc; i++) {
		char *equals = strchr(argv[i], '=');
		if (!equals)
			return false;
		*equals = '\0';
		uint32_t fact = guiju_find_fact(table, argv[i]);
		if (fact >= FACTS_LIMIT)
			return false;
		values[fact] = strtoll(equals + 1, NULL, 10);
	}
	return true;
}

static void print_answer(const struct guiju_table *table, uint32_t decision, const struct guiju_answer *answer)
{
	struct guiju_about about;
	struct guiju_name outcome;
	struct guiju_rule rule;
	guiju_about(table, &about);
	if (answer->verdict == GUIJU_DECIDED && guiju_outcome(table, decision, answer->outcome, &outcome) == GUIJU_OK)
		printf("%s", outcome.id.bytes);
	for (uint32_t r = 0; r < about.rules; r++)
		if (answer->reasons[r / 64] >> r % 64 & 1 && guiju_rule(table, r, &rule) == GUIJU_OK)
			printf(" %s", rule.id.bytes);
	printf("\n");
}

int main(int argc, char **argv)
{
	static unsigned char bytes[TABLE_LIMIT];
	static uint64_t scratch[SCRATCH_WORDS];
	const struct guiju_table *table;
	struct guiju_answer answer;
	int64_t values[FACTS_LIMIT] = { 0 };
	FILE *file = argc > 2 ? fopen(argv[1], "rb") : NULL;
	if (!file)
		return fail("no table", GUIJU_TRUNCATED);
	size_t size = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	enum guiju_status status = guiju_table_open(bytes, size, &table);
	if (status != GUIJU_OK)
		return fail(argv[1], status);
	uint32_t decision = guiju_find_decision(table, argv[2]);
	if (!read_values(table, argc - 3, argv + 3, values))
		return fail("facts", GUIJU_NO_SUCH);
	status = guiju_decide(table, decision, values, scratch, sizeof scratch, &answer);
	if (status != GUIJU_OK)
		return fail("decide", status);
	print_answer(table, decision, &answer);
	return 0;
}
