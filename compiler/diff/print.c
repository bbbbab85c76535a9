/* Names, outcomes and reasons in words: what the three forms of a difference share. */
#include "diff/print.h"

#include "diag/excerpt.h"
#include "diff/procedures.h"

#include <string.h>

static bool is_zh(enum language language)
{
	return language == LANGUAGE_ZH;
}

const char *diff_name(const struct name *name, enum language language)
{
	return is_zh(language) ? name->label : name->english;
}

const char *diff_cases(struct arena *arena, const char *count, enum language language)
{
	if (!count)
		return is_zh(language) ? "情形没有数完" : "cases not counted";
	if (is_zh(language))
		return arena_printf(arena, "%s 种情形", count);
	return strcmp(count, "1") == 0 ? "1 case" : arena_printf(arena, "%s cases", count);
}

const char *diff_status_reason(uint32_t status)
{
	static const char *const words[] = { "gap", "conflict", "feeding", "not_a_case", "no_decision" };
	return status >= STATUS_GAP ? words[status - STATUS_GAP] : NULL;
}

const char *diff_status_id(const struct diff_decision *decision, int edition, uint32_t status)
{
	return status < STATUS_GAP ? decision->of[edition]->outcomes[status].name.id : NULL;
}

const char *diff_status_words(const struct difference *d, const struct diff_decision *decision, int edition, uint32_t status,
			      enum language language)
{
	static const struct phrase words[] = {
		{ "空白", "a gap" },
		{ "冲突", "a conflict" },
		{ "所依据的判定没有结论", "a decision that feeds it has no outcome" },
		{ "无此情形", "no such case" },
		{ "无此判定", "no such decision" },
	};
	(void)d;
	if (status >= STATUS_GAP)
		return phrase_in(words[status - STATUS_GAP], language);
	return diff_name(&decision->of[edition]->outcomes[status].name, language);
}

static void write_list(struct writer *w, const struct cites *cites, enum language language)
{
	for (size_t i = 0; i < cites->count; i++)
		write_fmt(w, "%s%s", i == 0 ? "" : is_zh(language) ? "、" : ", ", cites->clauses[i]);
}

static void write_rule(struct writer *w, const struct rule *rule, enum language language)
{
	bool zh = is_zh(language);
	const char *label = zh ? rule->name.label : rule->name.english;
	bool has_label = (zh ? rule->name.has_label : rule->name.has_english) && !strstr(rule->id, ".default");
	write_str(w, rule->id);
	if (has_label)
		write_fmt(w, zh ? "「%s」" : " \"%s\"", label);
	if (rule->item)
		write_fmt(w, zh ? "，条目 %s" : ", item %s", rule->item);
	if (rule->attributes.cites.count == 0)
		return;
	write_str(w, zh ? "（" : " (");
	write_list(w, &rule->attributes.cites, language);
	write_str(w, zh ? "）" : ")");
}

static void write_rests(struct writer *w, const struct diff_reason *reason, enum language language)
{
	bool zh = is_zh(language);
	for (size_t i = 0; i < reason->rest_count; i++) {
		const struct diff_rest *rest = &reason->rests_on[i];
		write_fmt(w, zh ? "%s%s为%s：" : "%s%s is %s: ", i ? (zh ? "；" : "; ") : (zh ? "，因为" : ", since "),
			  diff_name(&rest->decision->name, language), diff_name(&rest->decision->outcomes[rest->outcome].name, language));
		diff_write_reasons(w, &rest->because, language);
	}
}

void diff_write_reasons(struct writer *w, const struct diff_reasons *reasons, enum language language)
{
	bool zh = is_zh(language);
	for (size_t i = 0; i < reasons->count; i++) {
		const struct diff_reason *reason = &reasons->items[i];
		write_str(w, i == 0 ? "" : zh ? "；" : "; ");
		if (reason->fact) {
			write_fmt(w, zh ? "%s没有这个取值" : "%s has no such value", diff_name(&reason->fact->name, language));
		} else if (reason->constraint) {
			write_fmt(w, zh ? "前提 %s 排除" : "the constraint %s rules it out", reason->constraint->name.id);
		} else {
			write_rule(w, reason->rule, language);
			write_rests(w, reason, language);
		}
	}
}

/* ---- a pair ---- */

static bool says(const struct case_words *words, const struct fact_values *item)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->items[i].fact == item->fact && strcmp(words->items[i].json, item->json) == 0)
			return true;
	return false;
}

static bool is_common(const struct diff_pair *pair, const struct fact_values *item)
{
	for (size_t i = 0; i < pair->region_count; i++)
		if (!says(&pair->regions[i].when, item))
			return false;
	return pair->region_count > 1;
}

/* The conditions of a region that are common to all, or those that are not. */
static const char *case_text(struct arena *arena, const struct diff_pair *pair, size_t region, bool common, enum language language)
{
	const struct case_words *words = &pair->regions[region].when;
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < words->count; i++)
		if (is_common(pair, &words->items[i]) == common)
			write_fmt(&w, "%s%s", w.size == 0 ? "" : is_zh(language) ? "，" : ", ", phrase_in(words->items[i].words, language));
	if (w.size == 0 && !common)
		write_str(&w, is_zh(language) ? "任何情形" : "every case");
	return writer_text(&w);
}

struct pair_words diff_pair_words(struct arena *arena, const struct diff_pair *pair, enum language language)
{
	struct pair_words out = { .common = "" };
	out.when = arena_new_array(arena, const char *, pair->region_count + 1);
	if (pair->region_count > 0)
		out.common = case_text(arena, pair, 0, true, language);
	for (size_t i = 0; i < pair->region_count; i++)
		out.when[i] = case_text(arena, pair, i, false, language);
	for (int e = 0; e < 2; e++) {
		out.because_of[e] = arena_new_array(arena, const char *, pair->region_count + 1);
		for (size_t i = 0; i < pair->region_count; i++) {
			struct writer w;
			writer_init(&w, arena);
			diff_write_reasons(&w, &pair->regions[i].because[e], language);
			out.because_of[e][i] = writer_text(&w);
			if (i == 0)
				out.because[e] = out.because_of[e][0];
			else if (out.because[e] && strcmp(out.because[e], out.because_of[e][i]) != 0)
				out.because[e] = NULL;
		}
	}
	return out;
}

void diff_write_visibly(struct writer *w, const char *text)
{
	while (*text) {
		size_t size = strcspn(text, "\n");
		write_visible(w, arena_strndup(w->arena, text, size));
		write_str(w, text[size] ? "\n" : "");
		text += size + (text[size] == '\n');
	}
}

const char *diff_must(struct arena *arena, const struct diff_record *record, enum language language)
{
	bool zh = is_zh(language);
	const struct diff_answer *now = &record->new_;
	const char *label = phrase_in(now->label, language), *cites = phrase_in(now->cites, language);
	if (!now->outcome)
		return arena_printf(arena, zh ? "新版次没有结论：%s" : "the new edition gives no outcome: %s", label);
	if (!*cites)
		return arena_printf(arena, zh ? "今后：%s" : "from now on: %s", label);
	return arena_printf(arena, zh ? "今后：%s（%s）" : "from now on: %s (%s)", label, cites);
}

/* Decisions, then moves of procedures. */
static bool any_decision(const struct difference *d, bool (*is)(const struct diff_decision *))
{
	for (size_t i = 0; i < d->decision_count; i++)
		if (is(&d->decisions[i]))
			return true;
	for (size_t i = 0; d->procedures && i < d->procedures->count; i++)
		for (size_t k = 0; k < d->procedures->items[i].move_count; k++)
			if (is(&d->procedures->items[i].moves[k].decision))
				return true;
	return false;
}

static bool is_not_equal(const struct diff_decision *decision)
{
	return decision->verdict != DIFF_EQUAL;
}

static bool is_not_decided(const struct diff_decision *decision)
{
	return decision->verdict == DIFF_NOT_DECIDED;
}

static bool has_ended(const struct diff_decision *decision)
{
	return decision->obstacle == OBSTACLE_BUDGET;
}

bool diff_equal(const struct difference *d)
{
	if (d->procedures && d->procedures->part_count > 0)
		return false;
	for (size_t i = 0; d->procedures && i < d->procedures->count; i++)
		if (diff_procedure_verdict(&d->procedures->items[i]) != DIFF_EQUAL)
			return false;
	return !any_decision(d, is_not_equal);
}

bool diff_decided(const struct difference *d)
{
	return !any_decision(d, is_not_decided);
}

bool diff_ended(const struct difference *d)
{
	return any_decision(d, has_ended);
}

/* Why the two cannot be compared. */
static const char *fact_words(struct arena *arena, const struct fact *const fact[2], bool zh)
{
	const char *id = fact[1]->name.id, *old = fact[0]->unit, *new_ = fact[1]->unit;
	const char *words = zh ? "事实 `%s` 的单位原为%s，改为%s，两个版次的数不能相比" :
				 "the fact `%s` was in %s and is in %s: numbers of the two editions do not compare";
	if (fact[0]->kind != fact[1]->kind)
		return arena_printf(arena, zh ? "事实 `%s` 在两个版次中种类不同" : "the fact `%s` is of another kind in the other edition", id);
	if (old && new_ && strcmp(old, new_) != 0)
		return arena_printf(arena, words, id, old, new_);
	old = fact[0]->attributes.basis;
	new_ = fact[1]->attributes.basis;
	words = zh ? "事实 `%s` 的口径原为 `%s`，改为 `%s`，两个版次的数不能相比" :
		     "the fact `%s` was counted as `%s` and is counted as `%s`: numbers of the two editions do not compare";
	if (old && new_ && strcmp(old, new_) != 0)
		return arena_printf(arena, words, id, old, new_);
	return arena_printf(arena, zh ? "事实 `%s` 在两个版次中的取值合计太多" : "the fact `%s` has too many values in both editions together", id);
}

const char *diff_obstacle_words(struct arena *arena, const struct diff_decision *decision, enum language language)
{
	bool zh = is_zh(language);
	switch (decision->obstacle) {
	case OBSTACLE_BUDGET: return zh ? "限额用尽" : "a budget ended it";
	case OBSTACLE_LIMIT:
		return zh ? "有空白或者冲突的情形，而结论多于61个或者冲突多于4096对" :
			    "it has gaps or conflicts, and more than 61 outcomes or 4096 pairs of rules in conflict";
	case OBSTACLE_FACT: return fact_words(arena, decision->fact, zh);
	case OBSTACLE_MOVES:
		return zh ? "通往多于60个状态，或者有条件的去向多于256组" : "it leads to more than 60 states, or there are more than 256 such moves";
	case OBSTACLE_NONE: break;
	}
	return "";
}
