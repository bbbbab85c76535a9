/* Findings of the checks: rules, clauses, places, the witness, the regions and their count. */
#include "analysis/checks.h"
#include "support/writer.h"

#include <string.h>

enum { LISTED_IDS = 6 };             /* rules that a message names; the finding itself names all */

/* ---- rules and clauses ---- */

static bool has_text(const char **list, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], text) == 0)
			return true;
	return false;
}

const char **clauses_of(struct checks *c, const uint32_t *rules, size_t count, const char **more, size_t more_count)
{
	size_t most = more_count, kept = 0;
	for (size_t i = 0; i < count; i++)
		most += rule_at(c, rules[i])->attributes.cites.count;
	const char **clauses = arena_new_array(c->diag->arena, const char *, most + 1);
	for (size_t i = 0; i < count; i++) {
		const struct cites *cites = &rule_at(c, rules[i])->attributes.cites;
		for (size_t k = 0; k < cites->count; k++)
			if (!has_text(clauses, kept, cites->clauses[k]))
				clauses[kept++] = cites->clauses[k];
	}
	for (size_t i = 0; i < more_count; i++)
		if (!has_text(clauses, kept, more[i]))
			clauses[kept++] = more[i];
	return clauses;
}

struct finding *report_rules(struct checks *c, enum finding_kind kind, enum message message, const uint32_t *rules,
			     size_t count)
{
	struct finding *f = diag_add(c->diag, kind, rule_at(c, rules[0])->name_span, message);
	f->decision = c->decision->name.id;
	f->rules = arena_new_array(c->diag->arena, const char *, count + 1);
	f->clauses = clauses_of(c, rules, count, NULL, 0);
	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = rule_at(c, rules[i]);
		f->rules[i] = rule->id;
		if (i > 0)
			diag_place(c->diag, f, rule->name_span, rule->name.label, rule->name.english);
		if (i < 2)
			diag_arg(c->diag, f, i, rule->id);
	}
	set_cause(c, f, rules, count);
	return f;
}

void set_outcome(struct checks *c, struct finding *f, size_t arg, uint32_t outcome)
{
	const struct name *name = &c->decision->outcomes[outcome].name;
	diag_arg2(c->diag, f, arg, name->label, name->english);
}

struct phrase id_list(const struct checks *c, struct arena *arena, const uint32_t *rules, size_t count)
{
	struct writer zh, en;
	size_t named = count > LISTED_IDS ? LISTED_IDS - 1 : count;
	writer_init(&zh, arena);
	writer_init(&en, arena);
	for (size_t i = 0; i < named; i++) {
		write_str(&zh, i ? "、`" : "`");
		write_str(&en, i ? ", `" : "`");
		write_str(&zh, rule_at(c, rules[i])->id);
		write_str(&en, rule_at(c, rules[i])->id);
		write_char(&zh, '`');
		write_char(&en, '`');
	}
	if (named < count) {
		write_fmt(&zh, " 等 %zu 条", count);
		write_fmt(&en, " and %zu more", count - named);
	}
	return (struct phrase){ writer_text(&zh), writer_text(&en) };
}

void set_id_list(struct checks *c, struct finding *f, size_t arg, const uint32_t *rules, size_t count)
{
	f->args[arg] = id_list(c, c->diag->arena, rules, count);
}

/* ---- cases ---- */

static bool tests_fact(const struct model *model, const struct cond *cond, uint32_t fact)
{
	if (cond->kind == COND_FACT)
		return model->dims[cond->dim].fact == fact;
	for (size_t i = 0; i < cond->part_count; i++)
		if (tests_fact(model, cond->parts[i], fact))
			return true;
	return false;
}

/* Constraints of the question that speak of a fact of the witness. */
static void set_depends(struct checks *c, struct finding *f, const uint32_t *constraints, size_t count)
{
	size_t kept = 0;
	const char **ids = arena_new_array(c->diag->arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct constraint *one = &c->model->constraints[constraints[i]];
		bool touches = false;
		for (size_t k = 0; k < f->witness.count && !touches; k++)
			touches = tests_fact(c->model, one->cond, f->witness.items[k].fact);
		if (touches)
			ids[kept++] = one->name.id;
	}
	if (kept)
		f->depends_on = ids;
}

struct finding_region *regions_told(struct diag *diag, const struct model *model, const struct region_list *list)
{
	struct finding_region *regions = arena_new_array(diag->arena, struct finding_region, list->count);
	for (size_t i = 0; i < list->count; i++) {
		regions[i].when = region_words(diag, model, list, &list->items[i]);
		regions[i].count = arena_strdup(diag->arena, list->items[i].count);
	}
	return regions;
}

void finding_set_regions(struct diag *diag, const struct model *model, struct finding *f, const struct region_list *list)
{
	f->regions = regions_told(diag, model, list);
	f->region_count = list->count;
	f->has_witness = true;
	f->witness = list->count ? witness_words(diag, model, list, &list->items[0]) : least_words(diag, model, list);
	f->count = list->total ? arena_strdup(diag->arena, list->total) : NULL;
	f->rest_count = list->rest ? arena_strdup(diag->arena, list->rest) : NULL;
}

static void *copy_of(struct checks *c, const void *items, size_t count, size_t size)
{
	return count ? memcpy(arena_alloc_array(c->arena, count, size), items, count * size) : NULL;
}

/* Lists live until the next question, and those who make rows of them (region_rows.c) or mend gaps ask some. */
static void keep_list(struct checks *c)
{
	struct region_list *list = &c->list;
	list->items = copy_of(c, list->items, list->count, sizeof *list->items);
	list->least = copy_of(c, list->least, list->dim_count, sizeof *list->least);
	list->total = list->total ? arena_strdup(c->arena, list->total) : NULL;
	list->rest = list->rest ? arena_strdup(c->arena, list->rest) : NULL;
	for (size_t i = 0; i < list->count; i++) {
		struct region *r = &list->items[i];
		r->values = copy_of(c, r->values, list->dim_count, sizeof *r->values);
		for (size_t k = 0; k < list->dim_count; k++)
			r->values[k].items = copy_of(c, r->values[k].items, r->values[k].count, sizeof *r->values[k].items);
	}
}

bool set_regions(struct checks *c, struct finding *f, const struct question *question)
{
	const struct region_list *list = &c->list;
	enum reply reply = regions_list(c->regions, question, c->shown, &c->list);
	if (reply != REPLY_YES)
		return reply == REPLY_NO;
	finding_set_regions(c->diag, c->model, f, list);
	if (f->kind == FINDING_GAP || c->rows)
		keep_list(c);
	if (c->rows)
		set_region_rows(c, f, list, question);
	if (question->property)
		set_depends(c, f, question->property->constraints, question->property->constraint_count);
	else
		set_depends(c, f, c->decision->constraints, c->decision->constraint_count);
	return !list->ended;
}

bool set_count(struct checks *c, struct finding *f, const struct question *question)
{
	struct region_list list;
	enum reply reply = regions_list(c->regions, question, 0, &list);
	if (reply != REPLY_YES)
		return reply == REPLY_NO;
	f->count = list.total ? arena_strdup(c->diag->arena, list.total) : NULL;
	return !list.ended;
}

/* ---- what a budget ended ---- */

static const struct phrase topics[TOPIC_COUNT] = {
	[TOPIC_IMPOSSIBLE] = { "有没有任何情形都不满足的规则", "impossible rules" },
	[TOPIC_CONFLICT] = { "冲突", "conflicts" },
	[TOPIC_HITS] = { "表的命中方式", "the tables' hit policies" },
	[TOPIC_GAP] = { "空白", "gaps" },
	[TOPIC_UNREACHABLE] = { "不起作用的规则", "unreachable rules" },
	[TOPIC_REDUNDANT] = { "多余的规则", "redundant rules" },
	[TOPIC_MASKED] = { "被遮盖的行", "masked rows" },
	[TOPIC_MISLEADING] = { "使人误解的行", "misleading rows" },
	[TOPIC_MERGEABLE] = { "可以合并的行", "mergeable rows" },
	[TOPIC_OVERLAP] = { "重叠", "overlaps" },
	[TOPIC_OVERRIDDEN] = { "被排除的规则", "overridden rules" },
	[TOPIC_PROPERTY] = { "断言", "the property" },
	[TOPIC_REGIONS] = { "所列发现的区域和情形个数", "regions and counts of the findings listed" },
};

struct phrase topic_words(enum topic topic)
{
	return topics[topic];
}

void report_not_decided(struct checks *c, struct span span, const char *id, const struct name *name)
{
	struct writer zh, en;
	writer_init(&zh, c->diag->arena);
	writer_init(&en, c->diag->arena);
	for (int i = 0; i < TOPIC_COUNT; i++) {
		if (!c->open[i])
			continue;
		write_fmt(&zh, "%s%s", zh.size ? "、" : "", topics[i].zh);
		write_fmt(&en, "%s%s", en.size ? ", " : "", topics[i].en);
	}
	if (!zh.size)
		return;
	struct finding *f = diag_add(c->diag, FINDING_NOT_DECIDED, span, MESSAGE_NOT_DECIDED);
	c->diag->incomplete = true;
	f->decision = c->decision ? id : NULL;
	if (!c->decision) {
		f->rules = arena_new_array(c->diag->arena, const char *, 2);
		f->rules[0] = id;
	}
	diag_arg2(c->diag, f, 0, name->label, name->english);
	diag_arg2(c->diag, f, 1, writer_text(&zh), writer_text(&en));
	diag_help(c->diag, f, MESSAGE_NOT_DECIDED_HELP, NULL, NULL);
}
