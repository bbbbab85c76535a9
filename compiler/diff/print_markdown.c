/* The amendment note: a table of what is written differently, with what it does, then the changed answers in words. */
#include "diff/print.h"

#include <string.h>

struct note {
	struct writer *w;
	const struct difference *d;
	enum language language;
	bool zh;
};

static bool is_of_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* An underscore within an id does not begin emphasis. Backquotes stand around what messages quote. */
static bool is_markup(const char *text, const char *at)
{
	return strchr("\\*[|", *at) || (*at == '_' && !(at > text && is_of_word(at[-1]) && is_of_word(at[1])));
}

void diff_write_cell(struct writer *w, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '<' || *p == '&') {
			write_str(w, *p == '<' ? "&lt;" : "&amp;");
			continue;
		}
		if (is_markup(text, p))
			write_char(w, '\\');
		write_char(w, *p == '\n' || *p == '\r' ? ' ' : *p);
	}
}

void diff_write_heading(struct writer *w, const struct name *name, enum language language)
{
	write_str(w, "\n### ");
	diff_write_cell(w, diff_name(name, language));
	write_fmt(w, language == LANGUAGE_ZH ? "（%s）\n\n" : " (%s)\n\n", name->id);
}

static void write_cell(const struct note *n, const char *text)
{
	diff_write_cell(n->w, text);
}

static void write_phrase(const struct note *n, struct phrase phrase)
{
	write_cell(n, phrase_in(phrase, n->language));
}

/* 条件 → 结论 */
static void write_rule(const struct note *n, int edition, const struct rule *rule)
{
	const struct model *m = n->d->editions[edition];
	if (!rule) {
		write_str(n->w, "—");
		return;
	}
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

static bool has_rest(const struct difference *d)
{
	for (size_t i = 0; i < d->decision_count; i++)
		for (size_t k = 0; k < d->decisions[i].pair_count; k++)
			if (d->decisions[i].pairs[k].rest)
				return true;
	return false;
}

static void write_effect(const struct note *n, const struct diff_text *text)
{
	size_t written = 0;
	if (text->item_alone) {
		write_str(n->w, n->zh ? "只改编号" : "the number alone");
		return;
	}
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
	if (!written && has_rest(n->d))
		write_str(n->w, n->zh ? "列出的区域中没有" : "none in the regions listed");
	else if (!written && diff_decided(n->d))
		write_str(n->w, n->zh ? "结论不因此改变" : "no answer changes by it");
	else if (!written)
		write_str(n->w, n->zh ? "没有判明" : "not decided");
}

/* ---- the parts ---- */

/* 2025「清单（2025年版）」 */
static void write_edition(const struct note *n, const struct model *m)
{
	const struct name *edition = &m->edition;
	const char *label = n->zh || !edition->has_english ? edition->label : edition->english;
	write_cell(n, *edition->id ? edition->id : m->name.id);
	if (*edition->id && strcmp(label, edition->id) != 0) {
		write_str(n->w, n->zh ? "「" : " \"");
		write_cell(n, label);
		write_str(n->w, n->zh ? "」" : "\"");
	}
	write_fmt(n->w, " `%s`\n", m->digest);
}

static void write_head(const struct note *n)
{
	const struct model *old = n->d->editions[0], *new_ = n->d->editions[1];
	write_str(n->w, n->zh ? "# 修改对照表\n\n" : "# Amendment note\n\n");
	write_cell(n, diff_name(&new_->name, n->language));
	write_str(n->w, n->zh ? "\n\n- 原：" : "\n\n- old: ");
	write_edition(n, old);
	write_str(n->w, n->zh ? "- 新：" : "- new: ");
	write_edition(n, new_);
}

/* 4.1 → 5.1 `a_rule`; without an item the id alone. */
static void write_item(const struct note *n, const struct diff_text *text)
{
	const char *was = text->rule[0] && text->rule[0]->item ? text->rule[0]->item : "";
	const char *is = text->rule[1] && text->rule[1]->item ? text->rule[1]->item : "";
	write_cell(n, *was ? was : is);
	if (*was && *is && strcmp(was, is) != 0) {
		write_str(n->w, " → ");
		write_cell(n, is);
	}
	if (!text->rule[0] || !text->rule[1])
		write_str(n->w, !text->rule[0] ? (n->zh ? "（新增）" : " (added)") : n->zh ? "（删去）" : " (removed)");
	write_fmt(n->w, "%s`%s`", *was || *is || !text->rule[0] || !text->rule[1] ? "<br>" : "", text->id);
}

static void write_rules(const struct note *n)
{
	if (n->d->rule_count == 0)
		return;
	write_str(n->w, n->zh ? "\n## 条目和规则\n\n| 条目 | 原 | 新 | 影响 |\n|---|---|---|---|\n" :
				"\n## Items and rules\n\n| item | old | new | effect |\n|---|---|---|---|\n");
	for (size_t i = 0; i < n->d->rule_count; i++) {
		const struct diff_text *text = &n->d->rules[i];
		write_str(n->w, "| ");
		write_item(n, text);
		write_str(n->w, " | ");
		write_rule(n, 0, text->rule[0]);
		write_str(n->w, " | ");
		write_rule(n, 1, text->rule[1]);
		write_str(n->w, " | ");
		write_effect(n, text);
		write_str(n->w, " |\n");
	}
	if (has_rest(n->d))
		write_str(n->w, n->zh ? "\n「影响」按下文列出的区域写明；另有没有列出的区域，`--regions all` 列出全部。\n" :
					"\nEffects are those in the regions listed below; there are others, which `--regions all` lists.\n");
}

/* A sentence (12.1#2) of a clause that is listed whole. */
static bool is_listed_within(const struct note *n, const struct diff_text *sentence)
{
	size_t size = strcspn(sentence->id, "#");
	for (size_t i = 0; sentence->id[size] && i < n->d->clause_count; i++)
		if (strncmp(n->d->clauses[i].id, sentence->id, size) == 0 && !n->d->clauses[i].id[size])
			return true;
	return false;
}

static void write_clauses(const struct note *n)
{
	if (n->d->clause_count == 0)
		return;
	write_str(n->w, n->zh ? "\n## 条文\n\n| 条款 | 原 | 新 |\n|---|---|---|\n" : "\n## Clauses\n\n| clause | old | new |\n|---|---|---|\n");
	for (size_t i = 0; i < n->d->clause_count; i++) {
		const struct diff_text *text = &n->d->clauses[i];
		if (is_listed_within(n, text))
			continue;
		write_fmt(n->w, "| %s | ", text->id);
		write_cell(n, text->clause[0] ? text->clause[0]->text : "—");
		write_str(n->w, " | ");
		write_cell(n, text->clause[1] ? text->clause[1]->text : "—");
		write_str(n->w, " |\n");
	}
}

static bool is_said(const char *because)
{
	return because && *because;
}

static void write_because(const struct note *n, const char *indent, int edition, const char *because)
{
	static const char *const zh[] = { "原：", "新：" }, *const en[] = { "old: ", "new: " };
	if (!is_said(because))
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
	write_str(n->w, *words.common || (!alone && (is_said(words.because[0]) || is_said(words.because[1]))) ? "\n" : "");
	for (size_t i = 0; i < pair->region_count; i++) {
		write_fmt(n->w, "%zu. ", i + 1);
		write_cell(n, words.when[i]);
		write_fmt(n->w, n->zh ? "（%s）\n" : " (%s)\n", diff_cases(n->w->arena, pair->regions[i].count, n->language));
		for (int e = 0; e < 2; e++)
			if (alone || !words.because[e])
				write_because(n, "   ", e, words.because_of[e][i]);
	}
}

static void write_pair(const struct note *n, const struct diff_decision *decision, const struct diff_pair *pair)
{
	write_str(n->w, "\n**");
	write_cell(n, diff_status_words(n->d, decision, 0, pair->status[0], n->language));
	write_str(n->w, " → ");
	write_cell(n, diff_status_words(n->d, decision, 1, pair->status[1], n->language));
	write_fmt(n->w, n->zh ? "**：%s\n\n" : "**: %s\n\n", diff_cases(n->w->arena, pair->count, n->language));
	write_regions(n, pair);
	if (pair->rest)
		write_fmt(n->w, n->zh ? "\n另有 %s在没有列出的区域。\n" : "\nAnd %s in regions not listed.\n",
			  diff_cases(n->w->arena, pair->rest, n->language));
}

static void write_decision(const struct note *n, const struct diff_decision *decision)
{
	const struct decision *of = decision->of[1] ? decision->of[1] : decision->of[0];
	diff_write_heading(n->w, &of->name, n->language);
	if (decision->verdict == DIFF_EQUAL)
		write_str(n->w, n->zh ? "每一种情形的结论都相同（已证明）。\n" : "Every case keeps its outcome (proved).\n");
	else if (decision->verdict == DIFF_NOT_DECIDED)
		write_fmt(n->w, n->zh ? "没有判明：%s。\n" : "Not decided: %s.\n", diff_obstacle_words(n->w->arena, decision, n->language));
	else
		write_fmt(n->w, n->zh ? "%s的结论不同。\n" : "The answer differs in %s.\n", diff_cases(n->w->arena, decision->count, n->language));
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
	write_str(n->w, n->zh ? "\n| 记录 | 判定 | 原 | 新 | 要求 |\n|---|---|---|---|---|\n" : "\n| record | decision | old | new | asks |\n|---|---|---|---|---|\n");
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
