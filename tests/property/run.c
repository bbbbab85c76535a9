/* The compiler against the naive decider on random rulebooks: every finding with its rules, count, regions and witness;
 * every answer with reasons; `possible` and `ask` for random unknown facts.
 *
 *   property_random FIRST COUNT [--show]     seeds FIRST … FIRST+COUNT-1; --show prints the text of a failing one */
#include "driver.h"
#include "plain.h"

#include "guiju.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1 << 18, SAMPLES = 6 };

static const char *const slugs[] = { "conflict", "gap", "impossible", "unreachable", "redundant", "overlap", "overridden", "refuted",
				   "masked", "misleading", "mergeable" };
enum { SLUGS = sizeof slugs / sizeof *slugs };

struct tally {
	size_t rulebooks, skipped, findings, regions, answers, partial, asked, by_slug[SLUGS];
};

static struct plain plain;
static struct plain_findings expected;
static char text[TEXT_SIZE];

static int complain(uint64_t seed, const char *what, const char *one, const char *other)
{
	printf("seed %llu: %s\n  naive:    %s\n  compiler: %s\n", (unsigned long long)seed, what, one, other);
	return 1;
}

/* ---- findings ---- */

static int slug_index(const char *slug)
{
	for (int i = 0; i < SLUGS; i++)
		if (strcmp(slugs[i], slug) == 0)
			return i;
	return -1;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void join_rules(const struct finding *f, char out[1200])
{
	const char *ids[MAX_RULES + 8];
	size_t n = 0, size = 0;
	out[0] = '\0';
	while (f->rules && f->rules[n] && n < MAX_RULES + 8) {
		ids[n] = f->rules[n];
		n++;
	}
	qsort(ids, n, sizeof *ids, by_text);
	for (size_t i = 0; i < n; i++)
		size += (size_t)snprintf(out + size, 1200 - size, "%s%s", i ? " " : "", ids[i]);
}

static void join_case(const struct case_words *words, char out[2048])
{
	size_t size = 0;
	out[0] = '\0';
	for (size_t i = 0; i < words->count; i++)
		size += (size_t)snprintf(out + size, 2048 - size, "%s=%s;", words->items[i].fact_id, words->items[i].json);
}

static int compare_regions(uint64_t seed, const struct plain_finding *e, const struct finding *f)
{
	char when[2048], title[1400];
	snprintf(title, sizeof title, "%s %s [%s]", e->slug, e->decision, e->rules);
	if (e->count[0] && strcmp(e->count, f->count ? f->count : "none") != 0)
		return complain(seed, title, e->count, f->count ? f->count : "no count");
	for (int i = 0; i < e->region_count && (size_t)i < f->region_count; i++) {
		join_case(&f->regions[i].when, when);
		if (strcmp(when, e->regions[i].when) != 0)
			return complain(seed, title, e->regions[i].when, when);
		if (strcmp(f->regions[i].count, e->regions[i].count) != 0)
			return complain(seed, title, e->regions[i].count, f->regions[i].count);
	}
	if (e->region_count != (int)f->region_count)
		return complain(seed, title, "another number of regions", "");
	if (e->region_count == 0)
		return 0;
	join_case(&f->witness, when);
	if (strcmp(when, e->witness) != 0)
		return complain(seed, title, e->witness, when);
	if (strcmp(e->rest, f->rest_count ? f->rest_count : "") != 0)
		return complain(seed, title, e->rest, f->rest_count ? f->rest_count : "no rest");
	return 0;
}

static bool is_same(const struct plain_finding *e, const struct finding *f)
{
	char rules[1200];
	join_rules(f, rules);
	if (strcmp(e->slug, finding_slug(f->kind)) != 0 || strcmp(e->rules, rules) != 0)
		return false;
	return !e->decision[0] || (f->decision && strcmp(e->decision, f->decision) == 0);
}

static int compare_findings(uint64_t seed, const struct diag *diag, struct tally *tally)
{
	bool *seen = calloc(diag->findings.count + 1, sizeof *seen);
	bool slug_seen[SLUGS] = { false };
	int failures = 0;
	for (int i = 0; i < expected.count; i++) {
		const struct plain_finding *e = &expected.items[i];
		size_t k = 0;
		while (k < diag->findings.count && (seen[k] || !is_same(e, diag->findings.items[k])))
			k++;
		slug_seen[slug_index(e->slug)] = true;
		if (k == diag->findings.count) {
			char title[1400];
			snprintf(title, sizeof title, "%s %s [%s] count %s", e->slug, e->decision, e->rules, e->count);
			failures += complain(seed, "a finding is missing", title, "");
			continue;
		}
		seen[k] = true;
		failures += compare_regions(seed, e, diag->findings.items[k]);
		tally->regions += (size_t)e->region_count;
	}
	for (size_t k = 0; k < diag->findings.count; k++) {
		char rules[1200];
		if (seen[k] || slug_index(finding_slug(diag->findings.items[k]->kind)) < 0)
			continue;
		join_rules(diag->findings.items[k], rules);
		failures += complain(seed, "a finding too many", "", finding_slug(diag->findings.items[k]->kind));
		printf("            %s [%s]\n", diag->findings.items[k]->decision ? diag->findings.items[k]->decision : "", rules);
	}
	for (int i = 0; i < SLUGS; i++)
		tally->by_slug[i] += slug_seen[i];
	tally->findings += (size_t)expected.count;
	free(seen);
	return failures;
}

/* ---- answers ---- */

static int64_t random_value(const struct plain_fact *f, uint64_t *state)
{
	uint64_t r = next_random(state);
	switch (f->kind) {
	case PLAIN_BOOLEAN: return (int64_t)(r % 2);
	case PLAIN_ENUMERATION: return (int64_t)(r % (uint64_t)f->members);
	case PLAIN_SET: return (int64_t)(r % ((uint64_t)1 << f->members));
	case PLAIN_INTEGER:
	case PLAIN_DATE: break;
	}
	if (f->is_on)
		return 20450 + (int64_t)(r % 600);
	return f->low + (int64_t)(r % (uint64_t)(f->high - f->low + 1));
}

/* Rules keep their declared order in text and model, but their numbers differ when the text was shuffled. */
static uint64_t plain_rules(const struct model *model, const uint64_t *rules)
{
	uint64_t mask = 0;
	for (size_t i = 0; rules && i < model->rule_count; i++)
		for (int k = 0; (rules[i / 64] >> (i % 64) & 1) && k < plain.rule_count; k++)
			if (strcmp(plain.rules[k].id, model->rules[i].id) == 0)
				mask |= (uint64_t)1 << k;
	return mask;
}

static void describe_answer(char *out, size_t size, int verdict, int outcome, uint64_t possible, uint64_t reasons,
			    uint64_t maybe)
{
	snprintf(out, size, "verdict %d outcome %d possible %llx reasons %llx maybe %llx", verdict, outcome,
		 (unsigned long long)possible, (unsigned long long)reasons, (unsigned long long)maybe);
}

static int compare_answer(uint64_t seed, const char *what, const struct model *model, const struct naive_answer *e,
			  enum guiju_status status, const struct guiju_answer *a, bool partial)
{
	static const int verdicts[] = { GUIJU_DECIDED, GUIJU_OPEN, GUIJU_GAP, GUIJU_CONFLICT, GUIJU_FEEDING };
	char one[200], other[200];
	bool excluded = status == GUIJU_EXCLUDED;
	if (e->verdict == NAIVE_EXCLUDED || excluded || status != GUIJU_OK)
		return e->verdict == NAIVE_EXCLUDED && excluded ? 0 :
		       complain(seed, what, e->verdict == NAIVE_EXCLUDED ? "excluded" : "not excluded", guiju_status_text(status));
	bool decided = e->verdict == NAIVE_DECIDED, reasons = decided || e->verdict == NAIVE_CONFLICT;
	uint64_t mine = reasons ? plain_rules(model, a->reasons) : 0;
	uint64_t maybe = partial && reasons ? plain_rules(model, a->maybe) : 0;
	describe_answer(one, sizeof one, verdicts[e->verdict], decided ? e->outcome : -1, e->possible, reasons ? e->reasons : 0,
			partial && reasons ? e->maybe : 0);
	describe_answer(other, sizeof other, (int)a->verdict, a->verdict == GUIJU_DECIDED ? (int)a->outcome : -1, a->possible, mine,
			maybe);
	if (strcmp(one, other) != 0)
		return complain(seed, what, one, other);
	if (e->verdict != NAIVE_OPEN)
		return 0;
	size_t n = 0, m = 0;
	one[0] = other[0] = '\0';
	for (int i = 0; i < e->ask_count; i++)
		n += (size_t)snprintf(one + n, sizeof one - n, "%s ", plain.facts[e->ask[i]].id);
	for (uint32_t i = 0; i < a->ask_count && i < MAX_FACTS; i++)
		m += (size_t)snprintf(other + m, sizeof other - m, "%s ", model->facts[a->ask[i]].name.id);
	return strcmp(one, other) == 0 ? 0 : complain(seed, "ask", one, other);
}

static int decide_once(uint64_t seed, const struct model *model, const struct guiju_table *table, int decision,
		       uint64_t *state, bool partial, void *scratch, size_t size)
{
	int64_t values[MAX_FACTS] = { 0 };
	bool unknown[MAX_FACTS] = { false };
	uint64_t known = 0;
	for (int f = 0; f < plain.fact_count; f++) {
		values[f] = random_value(&plain.facts[f], state);
		unknown[f] = partial && next_random(state) % 2;
		known |= (uint64_t)!unknown[f] << f;
	}
	struct naive_answer e;
	struct guiju_answer a = { 0 };
	naive_decide(&plain, decision, values, unknown, &e);
	enum guiju_status status =
		partial ? guiju_decide_partial(table, (uint32_t)decision, values, &known, 0, scratch, size, &a) :
			  guiju_decide(table, (uint32_t)decision, values, scratch, size, &a);
	return compare_answer(seed, partial ? "a partial decision" : "a decision", model, &e, status, &a, partial);
}

static int compare_answers(uint64_t seed, const struct compiler *c, struct tally *tally)
{
	const struct guiju_table *table;
	uint64_t state = seed ^ 0x5bd1e995;
	int failures = 0;
	if (guiju_table_open(c->table->bytes, c->table->size, &table) != GUIJU_OK)
		return complain(seed, "the table does not open", "", "");
	size_t size = guiju_partial_scratch_size(table) + guiju_scratch_size(table);
	void *scratch = malloc(size);
	for (int d = 0; d < plain.decision_count && failures == 0; d++)
		for (int i = 0; i < SAMPLES && failures == 0; i++) {
			failures += decide_once(seed, c->model, table, d, &state, i % 2, scratch, size);
			if (i % 2)
				tally->partial++;
			else
				tally->answers++;
		}
	free(scratch);
	return failures;
}

/* ---- one seed ---- */

static int compile_and_compare(uint64_t seed, struct compiler *c, struct tally *tally)
{
	const struct render_options render = { .language = LANGUAGE_EN, .limit = 20 };
	if (!compile_parse(c) || !compile_resolve(c)) {
		struct writer w;
		writer_init(&w, c->source_arena);
		render_findings(&w, &c->diag, &render);
		return complain(seed, "the text does not compile", "", writer_text(&w));
	}
	compile_check(c);
	int failures = compare_findings(seed, &c->diag, tally);
	if (!compile_lower(c))
		return failures + complain(seed, "the model does not lower", "", "");
	return failures + compare_answers(seed, c, tally);
}

/* Second defaults are numbered as they stand in the text: such a rulebook is not shuffled. */
static bool second_default(void)
{
	for (int i = 0; i < plain.rule_count; i++)
		if (strstr(plain.rules[i].id, ".default2"))
			return true;
	return false;
}

static int try_seed(uint64_t seed, struct tally *tally, bool show)
{
	static const struct options opt = { .verb = VERB_CHECK, .format = FORMAT_JSON, .show_notes = true };
	if (!plain_generate(&plain, seed)) {
		tally->skipped++;
		return 0;
	}
	naive_findings(&plain, &expected);
	if (expected.too_many) {
		tally->skipped++;
		return 0;
	}
	size_t size = plain_print(&plain, seed % 3 || second_default() ? 0 : seed, text, sizeof text);
	struct compiler *c = compiler_new(&io_system, &opt);
	if (!c || setjmp(c->memory_ends.back))
		return complain(seed, "out of memory", "", "");
	compiler_add_text(c, "random.rulebook.md", text, size);
	int failures = compile_and_compare(seed, c, tally);
	compiler_free(c);
	tally->rulebooks++;
	if (failures && show)
		printf("%s\n", text);
	return failures ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct tally tally = { 0 };
	uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1, count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000;
	bool show = argc > 3 && strcmp(argv[3], "--show") == 0;
	int failed = 0;
	for (uint64_t seed = first; seed < first + count && failed < 10; seed++)
		failed += try_seed(seed, &tally, show);
	printf("%zu rulebooks (%zu of the seeds too large or too many findings), %zu findings, %zu regions, %zu decisions, %zu partial decisions\n",
	       tally.rulebooks, tally.skipped, tally.findings, tally.regions, tally.answers, tally.partial);
	for (int i = 0; i < SLUGS; i++)
		printf("  %-12s in %5.2f %% of rulebooks\n", slugs[i],
		       100.0 * (double)tally.by_slug[i] / (double)(tally.rulebooks ? tally.rulebooks : 1));
	for (int i = 0; i < SLUGS; i++)
		if (count >= 1000 && tally.by_slug[i] == 0) {
			printf("no rulebook has the finding %s\n", slugs[i]);
			failed++;
		}
	printf("%d disagreements\n", failed);
	return failed ? 1 : 0;
}
