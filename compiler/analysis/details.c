/* Witness, regions and count of a finding. Whether there is a finding is asked first, of everything; where, and in how
 * many cases, only of those that will be shown, when all are known and stand in order. note [details]
 * Counting costs more than finding, and a large table can have more notes than anybody reads. */
#include "analysis/checks.h"
#include "diag/causes.h"

#include <stdlib.h>
#include <string.h>

struct detail {
	struct finding *finding;
	struct question question;
	uint32_t decision;
	uint32_t over, under;        /* an order to be previewed; or NONE */
};

static uint32_t *copy_rules(struct checks *c, const uint32_t *rules, size_t count)
{
	uint32_t *copy = arena_new_array(c->arena, uint32_t, count);
	if (count)
		memcpy(copy, rules, count * sizeof *copy);
	return copy;
}

/* What its caller goes on to ask of the regions (mend_gap.c) cannot wait. */
static bool can_wait(const struct finding *f)
{
	return f->kind != FINDING_GAP && f->kind != FINDING_REFUTED;
}

void report_regions(struct checks *c, enum topic topic, struct finding *f, const struct question *question)
{
	if (!can_wait(f)) {
		if (!set_regions(c, f, question))
			c->open[topic] = true;
		return;
	}
	struct detail d = { f, *question, c->index, NONE, NONE };
	d.question.rules = copy_rules(c, question->rules, question->rule_count);
	d.question.others = copy_rules(c, question->others, question->other_count);
	vec_push(c->arena, &c->details, d);
}

void report_order(struct checks *c, uint32_t over, uint32_t under)
{
	struct detail *last = &c->details.items[c->details.count - 1];
	last->over = over;
	last->under = under;
}

/* Found again by the finding's address, which decides nothing else. */
static int by_finding(const void *left, const void *right)
{
	uintptr_t a = (uintptr_t)((const struct detail *)left)->finding, b = (uintptr_t)((const struct detail *)right)->finding;
	return (a > b) - (a < b);
}

static bool is_shown(const struct budget *budget, enum severity severity, size_t *shown)
{
	if (severity == SEVERITY_NOTE && budget->hide_notes)
		return false;
	return budget->detailed == 0 || shown[severity == SEVERITY_NOTE]++ < budget->detailed;
}

static void tell(struct checks *c, size_t finding)
{
	struct progress *p = c->progress;
	if (!p)
		return;
	p->message = MESSAGE_PROGRESS_FINDING;
	p->subject = (struct phrase){ c->decision->name.label, c->decision->name.english };
	p->question = topic_words(TOPIC_REGIONS);
	p->at = finding + 1;
	p->of = c->diag->findings.count;
	progress_tick(p);
}

static void work_out(struct checks *c, const struct detail *d, size_t finding, bool whole)
{
	c->index = d->decision;
	c->decision = &c->model->decisions[d->decision];
	tell(c, finding);
	bool done = whole ? set_regions(c, d->finding, &d->question) : set_count(c, d->finding, &d->question);
	if (!done || (whole && d->over != NONE && !preview_order(c, d->finding, d->over, d->under)))
		c->verdicts_open[d->decision][TOPIC_REGIONS] = true;
}

/* needs: the findings in order */
void report_details(struct checks *c, const struct budget *budget)
{
	size_t shown[2] = { 0 };
	if (c->details.count == 0)
		return;
	cause_list causes = causes_of(c->arena, c->diag, !budget->hide_notes);
	bool by_cause = budget->by_cause && reads_as_causes(&causes);      /* and mend_causes() works out the examples */
	qsort(c->details.items, c->details.count, sizeof *c->details.items, by_finding);
	for (size_t i = 0; i < c->diag->findings.count; i++) {
		struct detail key = { .finding = c->diag->findings.items[i] };
		const struct detail *d =
			bsearch(&key, c->details.items, c->details.count, sizeof key, by_finding);
		if (is_shown(budget, key.finding->severity, shown) && d)
			work_out(c, d, i, !by_cause);
	}
}

void report_detail(struct checks *c, struct finding *f)
{
	struct detail key = { .finding = f };
	const struct detail *d = f->has_witness || c->details.count == 0 ?
					 NULL :
					 bsearch(&key, c->details.items, c->details.count, sizeof key, by_finding);
	if (d)
		work_out(c, d, 0, true);
}
