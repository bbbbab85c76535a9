/* A difference as text. */
#include "diff/print.h"

struct text {
	struct writer *w;
	const struct difference *d;
	enum language language;
	bool zh;
};

static void write_because(const struct text *t, const char *indent, int edition, const char *because)
{
	static const char *const zh[] = { "原：", "新：" }, *const en[] = { "old: ", "new: " };
	if (because && *because)
		write_fmt(t->w, "%s%s%s\n", indent, t->zh ? zh[edition] : en[edition], because);
}

static void write_regions(const struct text *t, const struct diff_pair *pair)
{
	const struct pair_words words = diff_pair_words(t->w->arena, pair, t->language);
	if (*words.common)
		write_fmt(t->w, t->zh ? "    都满足：%s\n" : "    in all of these: %s\n", words.common);
	if (pair->region_count > 1)
		for (int e = 0; e < 2; e++)
			write_because(t, "    ", e, words.because[e]);
	for (size_t i = 0; i < pair->region_count; i++) {
		write_fmt(t->w, t->zh ? "    %zu. %s（%s）\n" : "    %zu. %s (%s)\n", i + 1, words.when[i],
			  diff_cases(t->w->arena, pair->regions[i].count, t->language));
		for (int e = 0; e < 2; e++)
			if (pair->region_count == 1 || !words.because[e])
				write_because(t, "       ", e, words.because_of[e][i]);
	}
}

static void write_pair(const struct text *t, const struct diff_decision *decision, const struct diff_pair *pair)
{
	write_fmt(t->w, t->zh ? "  「%s」→「%s」" : "  %s → %s", diff_status_words(t->d, decision, 0, pair->status[0], t->language),
		  diff_status_words(t->d, decision, 1, pair->status[1], t->language));
	write_fmt(t->w, t->zh ? "：%s\n" : ": %s\n", diff_cases(t->w->arena, pair->count, t->language));
	write_regions(t, pair);
	if (pair->rest)
		write_fmt(t->w, t->zh ? "    另有 %s在没有列出的区域（--regions all 全部列出）\n" : "    and %s in regions not listed (--regions all lists them)\n",
			  diff_cases(t->w->arena, pair->rest, t->language));
}

static void write_decision(const struct text *t, const struct diff_decision *decision)
{
	const struct decision *of = decision->of[1] ? decision->of[1] : decision->of[0];
	if (t->zh)
		write_fmt(t->w, "判定「%s」（%s）：", of->name.label, of->name.id);
	else
		write_fmt(t->w, "%s (%s): ", of->name.english, of->name.id);
	switch (decision->verdict) {
	case DIFF_EQUAL: write_str(t->w, t->zh ? "相同（已证明）\n" : "equal (proved)\n"); break;
	case DIFF_NOT_DECIDED:
		write_fmt(t->w, t->zh ? "没有判明：%s\n" : "not decided: %s\n", diff_obstacle_words(t->w->arena, decision, t->language));
		break;
	case DIFF_DIFFERS:
		write_fmt(t->w, t->zh ? "%s的结论不同\n" : "the answer differs in %s\n",
			  diff_cases(t->w->arena, decision->count, t->language));
		break;
	}
	for (size_t i = 0; i < decision->pair_count; i++)
		write_pair(t, decision, &decision->pairs[i]);
}

void diff_write_pairs_text(struct writer *w, const struct difference *d, const struct diff_decision *decision, enum language language)
{
	const struct text t = { w, d, language, language == LANGUAGE_ZH };
	for (size_t i = 0; i < decision->pair_count; i++)
		write_pair(&t, decision, &decision->pairs[i]);
}

static void write_edition(const struct text *t, const struct model *m)
{
	write_fmt(t->w, "%s", diff_name(&m->name, t->language));
	if (*m->edition.id)
		write_fmt(t->w, t->zh ? "（%s）" : " (%s)", m->edition.id);
}

static void write_texts(const struct text *t, const struct diff_text *items, size_t count, const char *zh, const char *en)
{
	static const char *const marks[] = { "+", "-", "~" };
	if (count == 0)
		return;
	write_fmt(t->w, t->zh ? "%s：" : "%s: ", t->zh ? zh : en);
	for (size_t i = 0; i < count; i++) {
		bool was = items[i].clause[0] || items[i].rule[0], is = items[i].clause[1] || items[i].rule[1];
		write_fmt(t->w, "%s%s%s", i == 0 ? "" : t->zh ? "、" : ", ", marks[was && is ? 2 : was ? 1 : 0], items[i].id);
	}
	write_char(t->w, '\n');
}

static void write_records(const struct text *t, const struct diff_records *records)
{
	write_fmt(t->w, t->zh ? "记录 %zu 条，结论改变 %zu 项\n" : "%zu records, %zu answers change\n", records->read,
		  records->count);
	for (size_t i = 0; i < records->count; i++) {
		const struct diff_record *r = &records->items[i];
		write_fmt(t->w, t->zh ? "  %s：%s：「%s」→「%s」\n" : "  %s: %s: %s → %s\n", r->id, phrase_in(r->decision, t->language),
			  phrase_in(r->old.label, t->language), phrase_in(r->new_.label, t->language));
		write_fmt(t->w, "     %s\n", diff_must(t->w->arena, r, t->language));
	}
}

void diff_write_text(struct writer *w, const struct difference *d, const struct diff_records *records, enum language language)
{
	struct writer plain;
	const struct text t = { &plain, d, language, language == LANGUAGE_ZH };
	writer_init(&plain, w->arena);
	write_edition(&t, d->editions[0]);
	write_str(&plain, " → ");
	write_edition(&t, d->editions[1]);
	write_char(&plain, '\n');
	write_texts(&t, d->clauses, d->clause_count, "条文不同", "clauses that differ");
	write_texts(&t, d->rules, d->rule_count, "规则和条目不同", "rules and items that differ");
	for (size_t i = 0; i < d->decision_count; i++)
		write_decision(&t, &d->decisions[i]);
	diff_write_procedures_text(&plain, d, language);
	if (records) {
		write_records(&t, records);
		diff_write_running_text(&plain, records, language);
	}
	diff_write_visibly(w, writer_text(&plain));
}
