/* What the edits of a finding change: per pair of old and new answer the cases, as regions. Decisions that rest on this one
 * follow it and are not previewed. */
#include "analysis/checks.h"
#include "diag/causes.h"

/* A preview must not use up what the findings need; docs/FINDINGS.md says how much it may. */
enum { PREVIEW_BOXES = 20000 };

struct answer {
	struct phrase words;
	const char *undecided, *outcomes[2];
};

static struct phrase outcome_words(const struct checks *c, uint32_t outcome)
{
	const struct name *name = &c->decision->outcomes[outcome].name;
	return (struct phrase){ name->label, name->english };
}

static void add_change(struct checks *c, struct finding *f, struct answer old, uint32_t new_, const struct region_list *list)
{
	struct arena *arena = c->diag->arena;
	struct preview *p = arena_new_of(arena, struct preview);
	size_t before = f->preview ? f->preview->count : 0;
	p->items = arena_new_array(arena, struct preview_change, before + 1);
	for (size_t i = 0; i < before; i++)
		p->items[i] = f->preview->items[i];
	p->count = before + 1;
	p->items[before] = (struct preview_change){
		.old = old.words, .undecided = old.undecided, .outcomes = { old.outcomes[0], old.outcomes[1] },
		.new_ = outcome_words(c, new_), .new_outcome = c->decision->outcomes[new_].name.id,
		.regions = regions_told(c->diag, c->model, list), .region_count = list->count,
		.count = arena_strdup(arena, list->total), .rest_count = list->rest ? arena_strdup(arena, list->rest) : NULL };
	p->total = f->preview ? decimal_sum(arena, f->preview->total, list->total) : p->items[before].count;
	f->preview = p;
}

void preview_nothing(struct checks *c, struct finding *f)
{
	struct preview *p = arena_new_of(c->diag->arena, struct preview);
	p->total = "0";
	f->preview = p;
}

void preview_gap(struct checks *c, struct finding *f, uint32_t outcome)
{
	add_change(c, f, (struct answer){ .words = { "空白", "a gap" }, .undecided = "gap" }, outcome, &c->list);
}

/* ---- an order ---- */

/* The only other outcome of the rules; NONE: they have several. */
static uint32_t only_outcome(const struct checks *c, const rule_list *rules, uint32_t but)
{
	uint32_t only = NONE;
	for (size_t i = 0; i < rules->count; i++) {
		uint32_t outcome = rule_at(c, rules->items[i])->outcome;
		if (outcome == but || outcome == only)
			continue;
		if (only != NONE)
			return NONE;
		only = outcome;
	}
	return only;
}

/* A conflict that ends with `settled` was between it and outcomes of the rules under it, and no others. */
static struct answer conflict_of(struct checks *c, const rule_list *under, uint32_t settled)
{
	struct answer old = { .words = { "冲突", "a conflict" }, .undecided = "conflict" };
	uint32_t other = only_outcome(c, under, settled);
	if (other == NONE)
		return old;
	struct phrase one = outcome_words(c, settled), two = outcome_words(c, other);
	old.words.zh = arena_printf(c->diag->arena, "冲突（%s、%s）", one.zh, two.zh);
	old.words.en = arena_printf(c->diag->arena, "a conflict between %s and %s", one.en, two.en);
	old.outcomes[0] = c->decision->outcomes[settled].name.id;
	old.outcomes[1] = c->decision->outcomes[other].name.id;
	return old;
}

static rule_list rules_named_by(struct checks *c, uint32_t named)
{
	rule_list list = { 0 };
	const struct rule_table *table = table_of(c, named);
	for (uint32_t i = 0; i < c->decision->rule_count; i++)
		if (i == named || (table && table_of(c, i) == table))
			vec_push(c->arena, &list, i);
	return list;
}

static bool list_settled(struct checks *c, struct finding *f, struct question *question, const rule_list *under)
{
	for (question->outcome = 0; question->outcome < c->decision->outcome_count; question->outcome++) {
		struct region_list list;
		enum reply reply = regions_list(c->regions, question, c->shown, &list);
		if (reply == REPLY_ENDED || list.ended)
			return false;
		if (reply == REPLY_YES)
			add_change(c, f, conflict_of(c, under, question->outcome), question->outcome, &list);
	}
	return true;
}

bool preview_settled(struct checks *c, struct finding *f, const rule_list *over, const rule_list *under, const struct cond *within,
		     uint64_t boxes)
{
	struct question question = question_of(c, GOAL_SETTLED, over->items, over->count, under->items, under->count);
	question.within = within;
	f->preview = NULL;
	regions_allow(c->regions, boxes);
	bool listed = list_settled(c, f, &question, under), allowed = regions_allow_all(c->regions);
	if (!listed)
		f->preview = allowed ? NULL : arena_new_of(c->diag->arena, struct preview);
	else if (!f->preview)
		preview_nothing(c, f);
	return listed || !allowed;
}

bool preview_order(struct checks *c, struct finding *f, uint32_t over, uint32_t under)
{
	rule_list first = rules_named_by(c, over), second = rules_named_by(c, under);
	return preview_settled(c, f, &first, &second, NULL, PREVIEW_BOXES);
}
