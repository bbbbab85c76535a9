/* The difference of random pairs of editions against both decided case by case: equal exactly where all answers are; counts
 * and canonical regions of every pair of old and new answer; the reasons behind each region; the rules that read otherwise.
 *
 *   property_diff FIRST COUNT [--show]     seeds FIRST … FIRST+COUNT-1; --show prints the texts of a failing pair */
#include "driver.h"
#include "diff/diff.h"
#include "mutate.h"
#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1 << 18, MOST_CASES = 1500, ANSWERS = MAX_OUTCOMES + 4 };
enum { GAP = MAX_OUTCOMES, CONFLICT, FEEDING, NO_CASE };

struct tally {
	size_t pairs, skipped, equal, differ, regions, reasons, missing, rules, rewritten, by_kind[MUTATIONS];
};

static struct plain editions[2], all;     /* `all`: the facts of both */
static char texts[2][TEXT_SIZE];

static int complain(uint64_t seed, const char *what, const char *one, const char *other)
{
	printf("seed %llu: %s\n  naive:    %s\n  compiler: %s\n", (unsigned long long)seed, what, one, other);
	return 1;
}

/* ---- the naive difference of one decision ---- */

struct naive_diff {
	struct naive_space space;
	int64_t *weight;
	int *answers[2];
	uint64_t *reasons[2];
};

static int fact_of(const struct plain *p, const char *id)
{
	for (int f = 0; f < p->fact_count; f++)
		if (strcmp(p->facts[f].id, id) == 0)
			return f;
	return -1;
}

/* NEW's facts, then those that only OLD has, each with the values of both. */
static void join_facts(void)
{
	all = editions[1];
	for (int f = 0; f < editions[0].fact_count; f++) {
		const struct plain_fact *old = &editions[0].facts[f];
		int at = fact_of(&all, old->id);
		if (at < 0) {
			all.facts[all.fact_count++] = *old;
			continue;
		}
		struct plain_fact *fact = &all.facts[at];
		fact->members = fact->members > old->members ? fact->members : old->members;
		fact->low = fact->low < old->low ? fact->low : old->low;
		fact->high = fact->high > old->high ? fact->high : old->high;
	}
}

static void add_points(struct plain_dim *dim, const struct naive_space spaces[2])
{
	const struct plain_fact *f = &all.facts[dim->fact];
	if (!f->is_on) {
		bool two = f->kind == PLAIN_BOOLEAN || f->kind == PLAIN_SET, line = f->kind == PLAIN_INTEGER || f->kind == PLAIN_DATE;
		dim->points = two ? 2 : line ? (int)(f->high - f->low + 1) : f->members;
		for (int i = 0; i < dim->points; i++)
			dim->low[i] = dim->high[i] = (line ? f->low : 0) + i;
		return;
	}
	for (int64_t at = f->low; at <= f->high && dim->points < MAX_POINTS;) {      /* stretches of both editions */
		int64_t next = f->high + 1;
		for (int e = 0; e < 2; e++)
			for (int d = 0; d < spaces[e].dim_count; d++)
				for (int i = 0; editions[e].facts[spaces[e].dims[d].fact].is_on && i < spaces[e].dims[d].points; i++)
					if (spaces[e].dims[d].low[i] > at && spaces[e].dims[d].low[i] < next)
						next = spaces[e].dims[d].low[i];
		dim->low[dim->points] = at;
		dim->high[dim->points++] = next - 1;
		at = next;
	}
}

static void join_space(struct naive_diff *n, const struct naive_space spaces[2])
{
	memset(&n->space, 0, sizeof n->space);
	n->space.cases = 1;
	for (int f = 0; f < all.fact_count; f++) {
		bool read = false;
		for (int e = 0; e < 2; e++) {
			int at = fact_of(&editions[e], all.facts[f].id);
			read |= at >= 0 && spaces[e].facts[at];
		}
		n->space.facts[f] = read;
		for (int m = 0; read && m < (all.facts[f].kind == PLAIN_SET ? all.facts[f].members : 1); m++) {
			struct plain_dim *dim = &n->space.dims[n->space.dim_count++];
			*dim = (struct plain_dim){ .fact = f, .member = m };
			add_points(dim, spaces);
			n->space.cases *= (size_t)dim->points;
			if (n->space.cases > MOST_CASES)
				return;
		}
	}
}

static int answer_on(int e, int decision, const struct naive_space *space, const int64_t *values, uint64_t *reasons)
{
	const struct plain *p = &editions[e];
	int64_t own[MAX_FACTS] = { 0 };
	bool unknown[MAX_FACTS] = { false };
	struct naive_answer a;
	*reasons = 0;
	for (int f = 0; f < p->fact_count; f++) {
		const struct plain_fact *fact = &p->facts[f];
		int at = fact_of(&all, fact->id);
		int64_t value = values[at];
		bool line = fact->kind == PLAIN_INTEGER || fact->kind == PLAIN_DATE;
		int64_t low = line ? fact->low : 0;
		int64_t high = line ? fact->high : fact->kind == PLAIN_BOOLEAN ? 1 : fact->kind == PLAIN_SET ? (1 << fact->members) - 1 : fact->members - 1;
		if (!space->facts[at])
			value = low;
		else if (value < low || value > high)
			return NO_CASE;
		own[f] = value;
	}
	naive_decide(p, decision, own, unknown, &a);
	*reasons = a.reasons;
	switch (a.verdict) {
	case NAIVE_DECIDED: return a.outcome;
	case NAIVE_GAP: return GAP;
	case NAIVE_CONFLICT: return CONFLICT;
	case NAIVE_FEEDING: return FEEDING;
	case NAIVE_EXCLUDED: return NO_CASE;
	case NAIVE_OPEN: break;
	}
	return -1;
}

static void decide_all(struct naive_diff *n, int decision)
{
	for (size_t i = 0; i < n->space.cases; i++) {
		int64_t values[MAX_FACTS] = { 0 };
		size_t index = i;
		n->weight[i] = 1;
		for (int d = n->space.dim_count - 1; d >= 0; d--) {
			const struct plain_dim *dim = &n->space.dims[d];
			size_t at = index % (size_t)dim->points;
			index /= (size_t)dim->points;
			if (all.facts[dim->fact].kind == PLAIN_SET)
				values[dim->fact] |= (int64_t)at << dim->member;
			else
				values[dim->fact] = dim->low[at];
			n->weight[i] *= dim->high[at] - dim->low[at] + 1;
		}
		for (int e = 0; e < 2; e++)
			n->answers[e][i] = answer_on(e, decision, &n->space, values, &n->reasons[e][i]);
	}
}

/* ---- comparing ---- */

static int plain_answer(const struct diff_decision *d, int e, uint32_t status)
{
	switch (status) {
	case STATUS_GAP: return GAP;
	case STATUS_CONFLICT: return CONFLICT;
	case STATUS_FEEDING: return FEEDING;
	case STATUS_NOT_A_CASE: return NO_CASE;
	default: return atoi(strchr(d->of[e]->outcomes[status].name.id, '_') + 1);
	}
}

static const struct diff_pair *pair_of(const struct diff_decision *d, int old, int new_)
{
	for (size_t i = 0; i < d->pair_count; i++)
		if (plain_answer(d, 0, d->pairs[i].status[0]) == old && plain_answer(d, 1, d->pairs[i].status[1]) == new_)
			return &d->pairs[i];
	return NULL;
}

static void join_case(const struct case_words *words, char out[2048])
{
	size_t size = 0;
	out[0] = '\0';
	for (size_t i = 0; i < words->count; i++)
		size += (size_t)snprintf(out + size, 2048 - size, "%s=%s;", words->items[i].fact_id, words->items[i].json);
}

static uint64_t rule_bits(int e, const struct diff_reasons *reasons)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < reasons->count; i++)
		for (int r = 0; reasons->items[i].rule && r < editions[e].rule_count; r++)
			if (strcmp(editions[e].rules[r].id, reasons->items[i].rule->id) == 0)
				bits |= (uint64_t)1 << r;
	return bits;
}

static bool is_inside(const struct naive_space *s, const struct plain_region *region, size_t index)
{
	for (int d = s->dim_count - 1; d >= 0; d--) {
		if (!(region->points[d] >> index % (size_t)s->dims[d].points & 1))
			return false;
		index /= (size_t)s->dims[d].points;
	}
	return true;
}

static int compare_reasons(uint64_t seed, const struct naive_diff *n, const struct diff_region *region,
			   const struct plain_region *naive, const int wanted[2], struct tally *tally)
{
	int failures = 0;
	for (int e = 0; e < 2; e++) {
		uint64_t bits = 0;
		char one[32], other[32];
		if (wanted[e] != CONFLICT && wanted[e] >= MAX_OUTCOMES)
			continue;
		for (size_t i = 0; i < n->space.cases; i++)
			if (is_inside(&n->space, naive, i))
				bits |= n->reasons[e][i];
		bits &= ((uint64_t)1 << editions[e].rule_count) - 1;
		snprintf(one, sizeof one, "%llx", (unsigned long long)bits);
		snprintf(other, sizeof other, "%llx", (unsigned long long)rule_bits(e, &region->because[e]));
		if (strcmp(one, other) != 0)
			failures += complain(seed, e ? "reasons of the new edition" : "reasons of the old edition", one, other);
		tally->reasons++;
	}
	return failures;
}

static int compare_pair(uint64_t seed, const struct naive_diff *n, const struct diff_decision *d, int old, int new_,
			struct tally *tally)
{
	static struct plain_finding f;
	char title[80], when[2048];
	bool *in = calloc(n->space.cases, sizeof *in);
	const struct diff_pair *pair = pair_of(d, old, new_);
	int failures = 0;
	memset(&f, 0, sizeof f);
	for (size_t i = 0; i < n->space.cases; i++)
		in[i] = n->answers[0][i] == old && n->answers[1][i] == new_;
	bool there = naive_regions(&all, &n->space, n->weight, in, &f);
	free(in);
	snprintf(title, sizeof title, "%s: answer %d, then %d", (d->of[1] ? d->of[1] : d->of[0])->name.id, old, new_);
	if (!there || !pair)
		return there == (pair != NULL) ? 0 : complain(seed, title, there ? f.count : "none", pair ? pair->count : "none");
	bool all_shown = pair->region_count > MAX_REGIONS && *f.rest && !pair->rest;
	if (strcmp(f.count, pair->count) != 0 || (!all_shown && (f.region_count != (int)pair->region_count ||
								 strcmp(f.rest, pair->rest ? pair->rest : "") != 0)))
		return complain(seed, title, f.count, pair->count);
	for (int i = 0; i < f.region_count; i++) {
		join_case(&pair->regions[i].when, when);
		if (strcmp(when, f.regions[i].when) != 0)
			failures += complain(seed, title, f.regions[i].when, when);
		if (strcmp(pair->regions[i].count, f.regions[i].count) != 0)
			failures += complain(seed, title, f.regions[i].count, pair->regions[i].count);
		tally->regions++;
	}
	tally->missing += old >= MAX_OUTCOMES || new_ >= MAX_OUTCOMES;
	for (int i = 0; i < f.region_count && failures == 0; i++)
		failures += compare_reasons(seed, n, &pair->regions[i], &f.regions[i], (const int[]){ old, new_ }, tally);
	return failures;
}

static int compare_decision(uint64_t seed, int decision, const struct diff_decision *d, struct tally *tally)
{
	struct naive_space spaces[2];
	struct naive_diff n;
	int failures = 0;
	int64_t differ = 0;
	naive_space_of(&editions[0], decision, &spaces[0]);
	naive_space_of(&editions[1], decision, &spaces[1]);
	join_space(&n, spaces);
	if (n.space.cases > MOST_CASES || d->verdict == DIFF_NOT_DECIDED) {
		tally->skipped++;
		return d->verdict == DIFF_NOT_DECIDED ? complain(seed, "not decided", "", "") : 0;
	}
	n.weight = calloc(n.space.cases, sizeof *n.weight);
	for (int e = 0; e < 2; e++) {
		n.answers[e] = calloc(n.space.cases, sizeof *n.answers[e]);
		n.reasons[e] = calloc(n.space.cases, sizeof *n.reasons[e]);
	}
	decide_all(&n, decision);
	for (size_t i = 0; i < n.space.cases; i++)
		differ += n.answers[0][i] != n.answers[1][i] ? n.weight[i] : 0;
	char count[32];
	snprintf(count, sizeof count, "%lld", (long long)differ);
	if (strcmp(count, d->count) != 0 || (differ == 0) != (d->verdict == DIFF_EQUAL))
		failures += complain(seed, d->of[1]->name.id, count, d->count);
	for (int old = 0; old < ANSWERS && failures == 0; old++)
		for (int new_ = 0; new_ < ANSWERS && failures == 0; new_++)
			if (old != new_)
				failures += compare_pair(seed, &n, d, old, new_, tally);
	tally->equal += differ == 0;
	tally->differ += differ != 0;
	free(n.weight);
	for (int e = 0; e < 2; e++) {
		free(n.answers[e]);
		free(n.reasons[e]);
	}
	return failures;
}

/* ---- rules as written ---- */

static bool is_listed(const struct difference *d, const struct rule *old, const struct rule *new_)
{
	for (size_t i = 0; i < d->rule_count; i++)
		if (d->rules[i].rule[0] == old && d->rules[i].rule[1] == new_)
			return true;
	return false;
}

/* Put in words without a shortcut. */
static bool reads_alike(struct arena *arena, const struct model *const m[2], const struct rule *const rule[2])
{
	const char *when[2], *except[2], *outcome[2];
	for (int e = 0; e < 2; e++) {
		when[e] = cond_words(arena, m[e], rule[e]->when).zh;
		except[e] = rule[e]->except ? cond_words(arena, m[e], rule[e]->except).zh : "";
		outcome[e] = m[e]->decisions[rule[e]->decision].outcomes[rule[e]->outcome].name.id;
	}
	return strcmp(when[0], when[1]) == 0 && strcmp(except[0], except[1]) == 0 && strcmp(outcome[0], outcome[1]) == 0;
}

static int compare_texts(uint64_t seed, struct arena *arena, const struct difference *d, struct tally *tally)
{
	const struct model *const m[2] = { d->editions[0], d->editions[1] };
	int failures = 0;
	for (size_t i = 0; i < m[0]->rule_count; i++)
		for (size_t k = 0; k < m[1]->rule_count; k++) {
			const struct rule *const rule[2] = { &m[0]->rules[i], &m[1]->rules[k] };
			if (strcmp(rule[0]->id, rule[1]->id) != 0)
				continue;
			bool alike = reads_alike(arena, m, rule);
			if (alike == is_listed(d, rule[0], rule[1]))
				failures += complain(seed, rule[0]->id, alike ? "reads alike" : "reads otherwise", alike ? "listed" : "not listed");
			tally->rules++;
			tally->rewritten += !alike;
		}
	return failures;
}

/* ---- one seed ---- */

static struct compiler *compile(uint64_t seed, int e)
{
	static const struct options opt = { .verb = VERB_DIFF };
	size_t size = plain_print(&editions[e], 0, texts[e], sizeof texts[e]);
	struct compiler *c = compiler_new(&io_system, &opt);
	if (!c || setjmp(c->memory_ends.back)) {
		(void)complain(seed, "out of memory", "", "");
		return NULL;
	}
	compiler_add_text(c, "random.rulebook.md", texts[e], size);
	if (compile_parse(c) && compile_resolve(c))
		return c;
	struct writer w;
	writer_init(&w, c->source_arena);
	render_findings(&w, &c->diag, &(struct render_options){ .language = LANGUAGE_EN, .limit = 20 });
	(void)complain(seed, "the text does not compile", "", writer_text(&w));
	compiler_free(c);
	return NULL;
}

static int compare_decisions(uint64_t seed, struct compiler *const c[2], struct tally *tally)
{
	const struct budget budget = { .regions_shown = seed % 2 ? SIZE_MAX : MAX_REGIONS };
	const struct difference *d = difference_new_in(c[1]->model_arena, c[0]->model, c[1]->model, NULL, &budget);
	join_facts();
	int failures = compare_texts(seed, c[1]->model_arena, d, tally);
	for (int i = 0; i < editions[1].decision_count && failures == 0; i++)
		for (size_t k = 0; k < d->decision_count; k++)
			if (strcmp((d->decisions[k].of[1])->name.id, editions[1].decisions[i].id) == 0)
				failures += compare_decision(seed, i, &d->decisions[k], tally);
	return failures;
}

static int compare(uint64_t seed, struct compiler *const c[2], struct tally *tally)
{
	if (setjmp(c[1]->memory_ends.back))
		return complain(seed, "out of memory", "", "");
	return compare_decisions(seed, c, tally);
}

static int try_seed(uint64_t seed, struct tally *tally, bool show)
{
	int second = seed & 1;            /* which of the two is the changed one */
	if (!plain_generate(&editions[0], seed)) {
		tally->skipped++;
		return 0;
	}
	editions[1] = editions[0];
	unsigned made = plain_mutate(&editions[second], seed);
	if (naive_contradiction(&editions[second])) {
		tally->skipped++;
		return 0;
	}
	struct compiler *c[2] = { compile(seed, 0), NULL };
	c[1] = c[0] ? compile(seed, 1) : NULL;
	int failures = c[1] ? compare(seed, c, tally) : 1;
	compiler_free(c[0]);
	compiler_free(c[1]);
	tally->pairs++;
	for (int i = 0; i < MUTATIONS; i++)
		tally->by_kind[i] += made >> i & 1;
	if (failures && show)
		printf("---- old\n%s\n---- new\n%s\n", texts[0], texts[1]);
	return failures ? 1 : 0;
}

int main(int argc, char **argv)
{
	static const char *const kinds[] = { "bound", "members", "outcome", "rule added", "rule dropped", "priority", "domain", "constraint", "reading" };
	struct tally tally = { 0 };
	uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1, count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000;
	bool show = argc > 3 && strcmp(argv[3], "--show") == 0;
	int failed = 0;
	for (uint64_t seed = first; seed < first + count && failed < 10; seed++)
		failed += try_seed(seed, &tally, show);
	printf("%zu pairs (%zu seeds or decisions too large), %zu decisions equal, %zu differ, %zu regions, %zu with a side without an outcome, %zu lists of reasons\n",
	       tally.pairs, tally.skipped, tally.equal, tally.differ, tally.regions, tally.missing, tally.reasons);
	printf("%zu rules of both read, %zu of them otherwise than before\n", tally.rules, tally.rewritten);
	for (int i = 0; i < MUTATIONS; i++) {
		printf("  %-12s in %5.2f %% of pairs\n", kinds[i], 100.0 * (double)tally.by_kind[i] / (double)(tally.pairs ? tally.pairs : 1));
		if (count >= 1000 && tally.by_kind[i] == 0 && ++failed)
			printf("no pair has this change: %s\n", kinds[i]);
	}
	printf("%d disagreements\n", failed);
	return failed ? 1 : 0;
}
