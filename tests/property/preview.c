/* What an edit is said to change against what it changes: the edits of every finding of random rulebooks are made in the
 * text, the new text is compiled and decided case by case, and the cases with another answer are the preview's: its pairs of
 * old and new answer, its canonical regions, its counts. Of errors it brings none that the decision or the text had not.
 *
 *   property_preview FIRST COUNT [--show]     seeds FIRST … FIRST+COUNT-1; --show prints the texts of a failing one */
#include "driver.h"
#include "plain.h"

#include "guiju.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1 << 18, MOST_CASES = 4000, GAP = MAX_OUTCOMES, CONFLICT, FEEDING, NO_CASE, ANSWERS };

struct tally {
	size_t rulebooks, previews, orders, bounds, nothing, regions, several, missed;
};

static struct plain plain;
static char text[TEXT_SIZE], edited[TEXT_SIZE * 2];
static const char *context;

static int complain(uint64_t seed, const char *what, const char *one, const char *other)
{
	printf("seed %llu: %s: %s\n  naive:    %s\n  compiler: %s\n", (unsigned long long)seed, context ? context : "", what, one, other);
	return 1;
}

/* ---- the edited text ---- */

static int from_the_end(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;
	return (a->span.start < b->span.start) - (a->span.start > b->span.start);
}

static size_t apply(const struct finding *f, size_t size)
{
	struct edit edits[64];
	size_t count = f->edit_count < 64 ? f->edit_count : 64;
	memcpy(edits, f->edits, count * sizeof *edits);
	qsort(edits, count, sizeof *edits, from_the_end);
	memcpy(edited, text, size);
	for (size_t i = 0; i < count; i++) {
		size_t more = strlen(edits[i].text), end = edits[i].span.end;
		memmove(edited + edits[i].span.start + more, edited + end, size - end);
		memcpy(edited + edits[i].span.start, edits[i].text, more);
		size = size - (end - edits[i].span.start) + more;
	}
	edited[size] = '\0';
	return size;
}

static struct compiler *compile(uint64_t seed, const char *source, size_t size, bool check)
{
	static const struct options opt = { .verb = VERB_CHECK, .format = FORMAT_JSON, .show_notes = true };
	struct compiler *c = compiler_new(&io_system, &opt);
	if (!c || setjmp(c->memory_ends.back)) {
		(void)complain(seed, "out of memory", "", "");
		return NULL;
	}
	compiler_add_text(c, "random.rulebook.md", source, size);
	if (compile_parse(c) && compile_resolve(c)) {
		if (check)
			compile_check(c);
		if (check || compile_lower(c))
			return c;
	}
	struct writer w;
	writer_init(&w, c->source_arena);
	render_findings(&w, &c->diag, &(struct render_options){ .language = LANGUAGE_EN, .limit = 20 });
	(void)complain(seed, "the text does not compile", "", writer_text(&w));
	compiler_free(c);
	return NULL;
}

/* ---- all cases, before and after ---- */

struct cases {
	int decision;
	struct naive_space space;
	int64_t *weight;
	int *before, *after;
	uint64_t *in_conflict;       /* outcomes of the reasons, before */
};

static void case_values(const struct naive_space *space, size_t index, int64_t *values, int64_t *weight)
{
	*weight = 1;
	for (int d = space->dim_count - 1; d >= 0; d--) {
		const struct plain_dim *dim = &space->dims[d];
		size_t at = index % (size_t)dim->points;
		index /= (size_t)dim->points;
		if (plain.facts[dim->fact].kind == PLAIN_SET)
			values[dim->fact] |= (int64_t)at << dim->member;
		else
			values[dim->fact] = dim->low[at];
		*weight *= dim->high[at] - dim->low[at] + 1;
	}
}

static int naive_answer_of(int decision, const int64_t *values, uint64_t *outcomes)
{
	static const bool unknown[MAX_FACTS];
	struct naive_answer a;
	naive_decide(&plain, decision, values, unknown, &a);
	*outcomes = 0;
	for (int r = 0; r < plain.rule_count; r++)
		if (a.reasons >> r & 1)
			*outcomes |= (uint64_t)1 << plain.rules[r].outcome;
	switch (a.verdict) {
	case NAIVE_DECIDED: return a.outcome;
	case NAIVE_GAP: return GAP;
	case NAIVE_CONFLICT: return CONFLICT;
	case NAIVE_FEEDING: return FEEDING;
	default: return NO_CASE;
	}
}

static int number_of(const char *outcome)
{
	return atoi(strchr(outcome, '_') + 1);
}

static int table_answer_of(const struct compiler *c, const struct guiju_table *table, uint32_t decision, const int64_t *values,
			   void *scratch, size_t size)
{
	struct guiju_answer a = { 0 };
	if (guiju_decide(table, decision, values, scratch, size, &a) != GUIJU_OK)
		return NO_CASE;
	switch (a.verdict) {
	case GUIJU_DECIDED: return number_of(c->model->decisions[decision].outcomes[a.outcome].name.id);
	case GUIJU_GAP: return GAP;
	case GUIJU_CONFLICT: return CONFLICT;
	default: return FEEDING;
	}
}

static void decide_before(struct cases *all)
{
	for (size_t i = 0; i < all->space.cases; i++) {
		int64_t values[MAX_FACTS] = { 0 };
		for (int f = 0; f < plain.fact_count; f++)
			if (!all->space.facts[f])
				values[f] = plain.facts[f].low;
		case_values(&all->space, i, values, &all->weight[i]);
		all->before[i] = naive_answer_of(all->decision, values, &all->in_conflict[i]);
	}
}

/* Where a constraint or a feeding decision left no case, there is none to be previewed: the edit may take away the only rule
 * that read the fact, and then there is one. */
static bool was_case(const struct cases *all, size_t i)
{
	return all->before[i] != NO_CASE && all->before[i] != FEEDING;
}

static bool decide_after(struct cases *all, const struct compiler *c, const char *id)
{
	const struct guiju_table *table;
	uint32_t decision = model_decision(c->model, id);
	if (guiju_table_open(c->table->bytes, c->table->size, &table) != GUIJU_OK)
		return false;
	size_t size = guiju_scratch_size(table);
	void *scratch = malloc(size + 1);
	for (size_t i = 0; i < all->space.cases; i++) {
		int64_t values[MAX_FACTS] = { 0 }, weight;
		for (int f = 0; f < plain.fact_count; f++)
			if (!all->space.facts[f])
				values[f] = plain.facts[f].low;
		case_values(&all->space, i, values, &weight);
		all->after[i] = table_answer_of(c, table, decision, values, scratch, size);
	}
	free(scratch);
	return true;
}

/* ---- comparing ---- */

static void join_case(const struct case_words *words, char out[2048])
{
	size_t size = 0;
	out[0] = '\0';
	for (size_t i = 0; i < words->count; i++)
		size += (size_t)snprintf(out + size, 2048 - size, "%s=%s;", words->items[i].fact_id, words->items[i].json);
}

static bool is_change(const struct preview_change *change, int old, int new_)
{
	return (strcmp(change->undecided, "gap") == 0 ? GAP : CONFLICT) == old && number_of(change->new_outcome) == new_;
}

/* Between which outcomes: of every case, if it is said at all. */
static bool names_conflict(const struct cases *all, const struct preview_change *change, int new_)
{
	if (!change->outcomes[0])
		return true;
	uint64_t said = (uint64_t)1 << number_of(change->outcomes[0]) | (uint64_t)1 << number_of(change->outcomes[1]);
	for (size_t i = 0; i < all->space.cases; i++)
		if (all->before[i] == CONFLICT && all->after[i] == new_ && all->in_conflict[i] != said)
			return false;
	return true;
}

static int compare_change(uint64_t seed, const struct cases *all, const struct preview *preview, int old, int new_, struct tally *tally)
{
	static struct plain_finding f;
	char when[2048], title[60];
	bool *in = calloc(all->space.cases, sizeof *in);
	const struct preview_change *change = NULL;
	int failures = 0;
	memset(&f, 0, sizeof f);
	for (size_t i = 0; i < all->space.cases; i++)
		in[i] = all->before[i] == old && all->after[i] == new_;
	bool there = naive_regions(&plain, &all->space, all->weight, in, &f);
	free(in);
	for (size_t i = 0; i < preview->count; i++)
		if (is_change(&preview->items[i], old, new_))
			change = &preview->items[i];
	snprintf(title, sizeof title, "answer %d, then %d", old, new_);
	if (!there || !change)
		return there == (change != NULL) ? 0 : complain(seed, title, there ? f.count : "none", change ? change->count : "none");
	if (strcmp(f.count, change->count) != 0 || f.region_count != (int)change->region_count ||
	    strcmp(f.rest, change->rest_count ? change->rest_count : "") != 0)
		return complain(seed, title, f.count, change->count);
	if (!names_conflict(all, change, new_))
		failures += complain(seed, title, "other outcomes are in conflict", change->old.en);
	for (int i = 0; i < f.region_count; i++) {
		join_case(&change->regions[i].when, when);
		if (strcmp(when, f.regions[i].when) != 0 || strcmp(change->regions[i].count, f.regions[i].count) != 0)
			failures += complain(seed, title, f.regions[i].when, when);
		tally->regions++;
	}
	return failures;
}

static int compare(uint64_t seed, const struct cases *all, const struct finding *f, struct tally *tally)
{
	int failures = 0;
	long long differ = 0;
	char count[32];
	for (size_t i = 0; i < all->space.cases; i++)
		differ += was_case(all, i) && all->before[i] != all->after[i] ? all->weight[i] : 0;
	snprintf(count, sizeof count, "%lld", differ);
	if (strcmp(count, f->preview->total) != 0)
		return complain(seed, "cases that get another answer", count, f->preview->total);
	for (int old = 0; old < FEEDING; old++)
		for (int new_ = 0; new_ < ANSWERS; new_++)
			if (old != new_)
				failures += compare_change(seed, all, f->preview, old, new_, tally);
	tally->previews++;
	tally->nothing += f->preview->count == 0;
	tally->several += f->preview->count > 1;
	tally->bounds += f->kind == FINDING_GAP && f->preview->count > 0;
	tally->orders += f->kind == FINDING_CONFLICT && f->preview->count > 0;
	return failures;
}

/* ---- one seed ---- */

static struct cases *cases_of(struct cases *of[MAX_DECISIONS], const char *id)
{
	int d = 0;
	while (strcmp(plain.decisions[d].id, id) != 0)
		d++;
	if (of[d])
		return of[d];
	struct cases *all = of[d] = calloc(1, sizeof *all);
	all->decision = d;
	naive_space_of(&plain, d, &all->space);
	if (all->space.cases > MOST_CASES)
		return all;
	all->weight = calloc(all->space.cases, sizeof *all->weight);
	all->before = calloc(all->space.cases, sizeof *all->before);
	all->after = calloc(all->space.cases, sizeof *all->after);
	all->in_conflict = calloc(all->space.cases, sizeof *all->in_conflict);
	decide_before(all);
	return all;
}

/* ---- errors, before and after ---- */

/* What rests on the decision follows it: a case that had no outcome may be a gap there, or against a property. Findings of one
 * kind may become several; of a 完备 table a gap is one of its own. */
static bool has_error_like(const struct diag *diag, const struct finding *like)
{
	for (size_t i = 0; i < diag->findings.count; i++) {
		const struct finding *f = diag->findings.items[i];
		bool decision = f->decision && like->decision && strcmp(f->decision, like->decision) == 0;
		bool table = f->kind != FINDING_GAP || !f->rules || (like->rules && strcmp(f->rules[0], like->rules[0]) == 0);
		if (f->kind == like->kind && (decision || !f->decision) && table && !f->rules == !like->rules)
			return true;
	}
	return false;
}

static int check_errors(uint64_t seed, const struct compiler *before, const struct compiler *after, const char *decision)
{
	for (size_t i = 0; i < after->diag.findings.count; i++) {
		const struct finding *f = after->diag.findings.items[i];
		bool concerned = f->kind != FINDING_REFUTED && (!f->decision || strcmp(f->decision, decision) == 0);
		if (f->severity == SEVERITY_ERROR && concerned && !has_error_like(&before->diag, f))
			return complain(seed, "the edit brings an error", "none", finding_slug(f->kind));
	}
	return 0;
}

static int check_finding(uint64_t seed, const struct compiler *before, const struct finding *f, size_t size, struct cases *of[MAX_DECISIONS], struct tally *tally,
			 bool show)
{
	struct cases *all = cases_of(of, f->decision);
	if (all->space.cases > MOST_CASES)
		return 0;
	context = finding_slug(f->kind);
	struct compiler *c = compile(seed, edited, apply(f, size), true);
	int failures = c && compile_lower(c) && decide_after(all, c, f->decision) ? compare(seed, all, f, tally) : 1;
	failures = failures ? failures : check_errors(seed, before, c, f->decision);
	compiler_free(c);
	if (failures && show)
		printf("---- edited\n%s\n", edited);
	return failures;
}

static int try_seed(uint64_t seed, struct tally *tally, bool show)
{
	struct cases *of[MAX_DECISIONS] = { NULL };
	int failures = 0;
	if (!plain_generate(&plain, seed))
		return 0;
	context = NULL;
	plain.clauses = seed % 2 ? 0 : 1 + (int)(seed / 2 % (uint64_t)plain.rule_count);
	size_t size = plain_print(&plain, 0, text, sizeof text);
	struct compiler *c = compile(seed, text, size, true);
	for (size_t i = 0; c && i < c->diag.findings.count && failures == 0; i++) {
		const struct finding *f = c->diag.findings.items[i];
		if (f->preview)
			failures += check_finding(seed, c, f, size, of, tally, show);
		else if (f->kind == FINDING_REDUNDANT && f->help_args[1].zh && *f->help_args[1].zh)
			tally->missed++;
		else if (f->edit_count)
			failures += complain(seed, "an edit without a preview", "", finding_slug(f->kind));
	}
	for (int d = 0; d < MAX_DECISIONS; d++) {
		free(of[d] ? of[d]->weight : NULL);
		free(of[d] ? of[d]->before : NULL);
		free(of[d] ? of[d]->after : NULL);
		free(of[d] ? of[d]->in_conflict : NULL);
		free(of[d]);
	}
	compiler_free(c);
	tally->rulebooks++;
	if (failures && show)
		printf("---- text\n%s\n", text);
	return failures || !c ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct tally tally = { 0 };
	uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1, count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000;
	bool show = argc > 3 && strcmp(argv[3], "--show") == 0;
	int failed = 0;
	for (uint64_t seed = first; seed < first + count && failed < 10; seed++)
		failed += try_seed(seed, &tally, show);
	printf("%zu rulebooks, %zu previews: %zu orders, %zu bounds, %zu that change nothing, %zu with several pairs of answers; %zu regions; "
	       "%zu rules that would be missed\n",
	       tally.rulebooks, tally.previews, tally.orders, tally.bounds, tally.nothing, tally.several, tally.regions, tally.missed);
	if (count >= 1000 && (!tally.orders || !tally.bounds || !tally.nothing || !tally.several || !tally.missed)) {
		printf("no preview of some kind\n");
		failed++;
	}
	printf("%d disagreements\n", failed);
	return failed ? 1 : 0;
}
