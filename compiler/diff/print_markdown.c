/* The amendment note: a table of what is written differently, with what it does, then the changed answers in words. */
#include "diff/print.h"

#include <string.h>

struct note {
	struct writer *w;
	const struct difference *d;
	enum language language;
	bool zh;
};

void diff_write_cell(struct writer *w, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '|')
			write_str(w, "\\|");
		else if (*p == '<')
			write_str(w, "&lt;");
		else
			write_char(w, *p == '\n' || *p == '\r' ? ' ' : *p);
	}
}

static void write_cell(const struct note *n, const char *text)
{
	diff_write_cell(n->w, text);
}

static void write_phrase(const struct note *n, struct phrase phrase)
{
	write_cell(n, phrase_in(phrase, n->language));
}

/* 3.1 名称…：条件 → 结论 */
static void write_rule(const struct note *n, int edition, const struct rule *rule)
{
	const struct model *m = n->d->editions[edition];
	if (!rule) {
		write_str(n->w, "—");
		return;
	}
	if (rule->item)
		write_fmt(n->w, n->zh ? "%s：" : "%s: ", rule->item);
	write_phrase(n, cond_words(n->w->arena, m, rule->when));
	if (rule->except) {
		write_str(n->w, n->zh ? "，除外：" : ", except: ");
		write_phrase(n, cond_words(n->w->arena, m, rule->except));
	}
	write_str(n->w, " → ");
	write_cell(n, diff_name(&m->decisions[rule->decision].outcomes[rule->outcome].name, n->language));
	for (size_t i = 0; i < rule->text_count; i++) {
		if (!rule->texts[i].text || !*rule->texts[i].text)
			continue;
		write_str(n->w, n->zh ? "；" : "; ");
		write_cell(n, rule->texts[i].text);
	}
}

/* ---- the effect of one rule: the pairs in whose regions it stands ---- */

static bool stands_in(const struct diff_reasons *reasons, const struct rule *rule)
{
	for (size_t i = 0; i < reasons->count; i++) {
		const struct diff_reason *reason = &reasons->items[i];
		if (reason->rule == rule)
			return true;
		for (size_t k = 0; k < reason->rest_count; k++)
			if (stands_in(&reason->rests_on[k].because, rule))
				return true;
	}
	return false;
}

static bool concerns(const struct diff_pair *pair, const struct diff_text *text)
{
	for (size_t i = 0; i < pair->region_count; i++)
		for (int e = 0; e < 2; e++)
			if (text->rule[e] && stands_in(&pair->regions[i].because[e], text->rule[e]))
				return true;
	return false;
}

static void write_effect(const struct note *n, const struct diff_text *text)
{
	size_t written = 0;
	for (size_t i = 0; i < n->d->decision_count; i++) {
		const struct diff_decision *decision = &n->d->decisions[i];
		for (size_t k = 0; k < decision->pair_count; k++) {
			const struct diff_pair *pair = &decision->pairs[k];
			if (!concerns(pair, text))
				continue;
			write_str(n->w, written++ ? "<br>" : "");
			write_cell(n, diff_name(&(decision->of[1] ? decision->of[1] : decision->of[0])->name, n->language));
			write_str(n->w, n->zh ? "：" : ": ");
			write_cell(n, diff_status_words(n->d, decision, 0, pair->status[0], n->language));
			write_str(n->w, " → ");
			write_cell(n, diff_status_words(n->d, decision, 1, pair->status[1], n->language));
		}
	}
	if (!written && diff_decided(n->d))
		write_str(n->w, n->zh ? "没有列出的结论因此改变" : "no listed answer changes by it");
}

/* ---- the parts ---- */

static void write_head(const struct note *n)
{
	const struct model *old = n->d->editions[0], *new_ = n->d->editions[1];
	write_str(n->w, n->zh ? "# 修改对照表\n\n" : "# Amendment note\n\n");
	write_cell(n, diff_name(&new_->name, n->language));
	write_str(n->w, n->zh ? "\n\n- 原：" : "\n\n- old: ");
	write_fmt(n->w, "%s `%s`\n", *old->edition.id ? old->edition.id : old->name.id, old->digest);
	write_str(n->w, n->zh ? "- 新：" : "- new: ");
	write_fmt(n->w, "%s `%s`\n", *new_->edition.id ? new_->edition.id : new_->name.id, new_->digest);
}

static void write_rules(const struct note *n)
{
	if (n->d->rule_count == 0)
		return;
	write_str(n->w, n->zh ? "\n## 条目和规则\n\n| 条目 | 原 | 新 | 影响 |\n|---|---|---|---|\n" :
				"\n## Items and rules\n\n| item | old | new | effect |\n|---|---|---|---|\n");
	for (size_t i = 0; i < n->d->rule_count; i++) {
		const struct diff_text *text = &n->d->rules[i];
		write_fmt(n->w, "| `%s` | ", text->id);
		write_rule(n, 0, text->rule[0]);
		write_str(n->w, " | ");
		write_rule(n, 1, text->rule[1]);
		write_str(n->w, " | ");
		write_effect(n, text);
		write_str(n->w, " |\n");
	}
}

static void write_clauses(const struct note *n)
{
	if (n->d->clause_count == 0)
		return;
	write_str(n->w, n->zh ? "\n## 条文\n\n| 条款 | 原 | 新 |\n|---|---|---|\n" : "\n## Clauses\n\n| clause | old | new |\n|---|---|---|\n");
	for (size_t i = 0; i < n->d->clause_count; i++) {
		const struct diff_text *text = &n->d->clauses[i];
		write_fmt(n->w, "| %s | ", text->id);
		write_cell(n, text->clause[0] ? text->clause[0]->text : "—");
		write_str(n->w, " | ");
		write_cell(n, text->clause[1] ? text->clause[1]->text : "—");
		write_str(n->w, " |\n");
	}
}

static void write_because(const struct note *n, const char *indent, int edition, const char *because)
{
	static const char *const zh[] = { "原：", "新：" }, *const en[] = { "old: ", "new: " };
	if (!because || !*because)
		return;
	write_fmt(n->w, "%s- %s", indent, n->zh ? zh[edition] : en[edition]);
	write_cell(n, because);
	write_char(n->w, '\n');
}

static void write_regions(const struct note *n, const struct diff_pair *pair)
{
	const struct pair_words words = diff_pair_words(n->w->arena, pair, n->language);
	bool alone = pair->region_count == 1;
	if (*words.common) {
		write_str(n->w, n->zh ? "- 都满足：" : "- in all of these: ");
		write_cell(n, words.common);
		write_char(n->w, '\n');
	}
	for (int e = 0; e < 2 && !alone; e++)
		write_because(n, "", e, words.because[e]);
	write_str(n->w, *words.common ? "\n" : "");
	for (size_t i = 0; i < pair->region_count; i++) {
		write_fmt(n->w, "%zu. ", i + 1);
		write_cell(n, words.when[i]);
		write_fmt(n->w, n->zh ? "（%s 种情形）\n" : " (%s cases)\n", pair->regions[i].count);
		for (int e = 0; e < 2; e++)
			if (alone || !words.because[e])
				write_because(n, "   ", e, words.because_of[e][i]);
	}
}

static void write_pair(const struct note *n, const struct diff_decision *decision, const struct diff_pair *pair)
{
	write_fmt(n->w, n->zh ? "\n**%s → %s**：%s 种情形\n\n" : "\n**%s → %s**: %s cases\n\n",
		  diff_status_words(n->d, decision, 0, pair->status[0], n->language),
		  diff_status_words(n->d, decision, 1, pair->status[1], n->language),
		  pair->count ? pair->count : n->zh ? "没有数完的" : "not counted");
	write_regions(n, pair);
	if (pair->rest)
		write_fmt(n->w, n->zh ? "\n另有 %s 种情形在其他区域。\n" : "\nAnd %s cases in other regions.\n", pair->rest);
}

static void write_decision(const struct note *n, const struct diff_decision *decision)
{
	const struct decision *of = decision->of[1] ? decision->of[1] : decision->of[0];
	write_fmt(n->w, n->zh ? "\n### %s（%s）\n\n" : "\n### %s (%s)\n\n", diff_name(&of->name, n->language), of->name.id);
	if (decision->verdict == DIFF_EQUAL)
		write_str(n->w, n->zh ? "每一种情形的结论都相同（已证明）。\n" : "Every case keeps its outcome (proved).\n");
	else if (decision->verdict == DIFF_NOT_DECIDED)
		write_fmt(n->w, n->zh ? "没有判明：%s。\n" : "Not decided: %s.\n", diff_obstacle_words(n->w->arena, decision, n->language));
	else
		write_fmt(n->w, n->zh ? "%s 种情形的结论不同。\n" : "%s cases differ.\n", decision->count);
	for (size_t i = 0; i < decision->pair_count; i++)
		write_pair(n, decision, &decision->pairs[i]);
}

void diff_write_pairs_markdown(struct writer *w, const struct difference *d, const struct diff_decision *decision,
			       enum language language)
{
	const struct note n = { w, d, language, language == LANGUAGE_ZH };
	for (size_t i = 0; i < decision->pair_count; i++)
		write_pair(&n, decision, &decision->pairs[i]);
}

static void write_records(const struct note *n, const struct diff_records *records)
{
	write_fmt(n->w, n->zh ? "\n## 已有的记录\n\n记录 %zu 条，结论改变 %zu 项。\n" : "\n## Existing records\n\n%zu records, %zu answers change.\n",
		  records->read, records->count);
	if (records->count == 0)
		return;
	write_str(n->w, n->zh ? "\n| 记录 | 判定 | 原 | 新 | 今后 |\n|---|---|---|---|---|\n" : "\n| record | decision | old | new | must |\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < records->count; i++) {
		const struct diff_record *r = &records->items[i];
		const char *cells[] = { r->id, phrase_in(r->decision, n->language), phrase_in(r->old.label, n->language),
					phrase_in(r->new_.label, n->language), diff_must(n->w->arena, r, n->language) };
		for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
			write_str(n->w, "| ");
			write_cell(n, cells[k]);
			write_char(n->w, ' ');
		}
		write_str(n->w, "|\n");
	}
}

void diff_write_markdown(struct writer *w, const struct difference *d, const struct diff_records *records, enum language language)
{
	struct writer plain;
	const struct note n = { &plain, d, language, language == LANGUAGE_ZH };
	writer_init(&plain, w->arena);
	write_head(&n);
	write_rules(&n);
	write_clauses(&n);
	write_str(&plain, n.zh ? "\n## 判定\n" : "\n## Decisions\n");
	for (size_t i = 0; i < d->decision_count; i++)
		write_decision(&n, &d->decisions[i]);
	diff_write_procedures_markdown(&plain, d, records, language);
	if (records) {
		write_records(&n, records);
		diff_write_running_markdown(&plain, records, language);
	}
	diff_write_visibly(w, writer_text(&plain));
}
