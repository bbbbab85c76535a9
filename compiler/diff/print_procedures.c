/* Procedures in the three forms of a difference. */
#include "diff/print.h"
#include "diff/procedures.h"

#include <string.h>

struct page {
	struct writer *w;
	const struct difference *d;
	enum language language;
	bool zh;
	bool cells;                  /* of a Markdown table: a bar would end it, a line end the row */
};

static void put(const struct page *p, const char *text)
{
	if (!p->cells)
		write_str(p->w, text);
	else
		diff_write_cell(p->w, text);
}

static void put_phrase(const struct page *p, struct phrase phrase)
{
	put(p, phrase_in(phrase, p->language));
}

/* ---- parts ---- */

static void write_clauses(const struct page *p, const struct cites *cites)
{
	for (size_t i = 0; i < cites->count; i++) {
		write_str(p->w, i == 0 ? "" : p->zh ? "、" : ", ");
		put(p, cites->clauses[i]);
	}
}

static bool is_shown_in_head(const struct diff_part *part, const struct diff_aspect *aspect)
{
	bool whole = diff_part_is_added(part) || diff_part_is_removed(part);
	return strcmp(aspect->id, "cites") == 0 || (whole && (strcmp(aspect->id, "label") == 0 || strcmp(aspect->id, "english") == 0));
}

static void write_value(const struct page *p, const struct diff_aspect *aspect, int edition)
{
	if (aspect->value[edition] && *aspect->value[edition])
		put_phrase(p, aspect->words[edition]);
	else
		write_str(p->w, "—");
}

static bool cites_differ(const struct diff_part *part)
{
	for (size_t i = 0; i < part->aspect_count; i++)
		if (strcmp(part->aspects[i].id, "cites") == 0)
			return part->name[0] && part->name[1];
	return false;
}

/* 职责「告知」（notify，12.1(1)）: the clauses of the edition that has it, or both where they differ. */
static void write_part_name(const struct page *p, const struct diff_part *part, bool clauses)
{
	const struct name *name = part->name[1] ? part->name[1] : part->name[0];
	const struct cites *cites = part->cites[part->name[1] ? 1 : 0];
	bool differ = cites_differ(part);
	put_phrase(p, diff_part_kind_words(part->kind));
	write_str(p->w, p->zh ? "「" : " \"");
	put(p, p->zh ? name->label : name->english);
	write_str(p->w, p->zh ? "」（" : "\" (");
	put(p, part->id);
	if (clauses && (cites->count > 0 || differ)) {
		write_str(p->w, p->zh ? "，" : ", ");
		if (differ) {
			write_clauses(p, part->cites[0]);
			write_str(p->w, " → ");
		}
		write_clauses(p, cites);
	}
	write_str(p->w, p->zh ? "）" : ")");
}

static void write_part_text(const struct page *p, const char *indent, const struct diff_part *part)
{
	bool added = diff_part_is_added(part), removed = diff_part_is_removed(part);
	size_t written = 0;
	write_fmt(p->w, "%s%s ", indent, added ? "+" : removed ? "-" : "~");
	write_part_name(p, part, true);
	for (size_t i = 0; i < part->aspect_count; i++) {
		const struct diff_aspect *aspect = &part->aspects[i];
		if (is_shown_in_head(part, aspect))
			continue;
		write_str(p->w, written++ ? (p->zh ? "；" : "; ") : p->zh ? "：" : ": ");
		put_phrase(p, aspect->name);
		write_char(p->w, ' ');
		if (!added)
			write_value(p, aspect, 0);
		write_str(p->w, added || removed ? "" : " → ");
		if (!removed)
			write_value(p, aspect, 1);
	}
	if (*phrase_in(part->effect, p->language)) {
		write_str(p->w, p->zh ? "（" : " (");
		put_phrase(p, part->effect);
		write_str(p->w, p->zh ? "）" : ")");
	}
	write_char(p->w, '\n');
}

/* ---- moves ---- */

static void write_move_name(const struct page *p, const struct diff_move *move)
{
	write_fmt(p->w, p->zh ? "「%s」自" : "%s from ", diff_name(&move->event->name, p->language));
	for (size_t i = 0; i < move->state_count; i++)
		write_fmt(p->w, p->zh ? "%s「%s」" : "%s%s", i == 0 ? "" : p->zh ? "、" : ", ", diff_name(&move->states[i]->name, p->language));
}

static const char *move_verdict(const struct page *p, const struct diff_decision *decision)
{
	struct arena *arena = p->w->arena;
	switch (decision->verdict) {
	case DIFF_EQUAL: return p->zh ? "去向相同（已证明）" : "leads to the same (proved)";
	case DIFF_NOT_DECIDED:
		return arena_printf(arena, p->zh ? "没有判明：%s" : "not decided: %s", diff_obstacle_words(arena, decision, p->language));
	case DIFF_DIFFERS: break;
	}
	return arena_printf(arena, p->zh ? "%s的去向不同" : "it leads elsewhere in %s", diff_cases(arena, decision->count, p->language));
}

/* Where the steps say the same, the regions are those of the decisions, which are told there. */
static void write_follows(const struct page *p, const struct diff_decision *decision, const char *indent, const char *end)
{
	write_fmt(p->w, "%s%s%s", indent, p->zh ? "步骤没有改动，随所依据的判定而变" : "the steps are unchanged: it follows from the decisions that they name", end);
	for (size_t i = 0; i < decision->pair_count; i++)
		write_fmt(p->w, p->zh ? "%s「%s」→「%s」：%s%s" : "%s%s → %s: %s%s", indent,
			  diff_status_words(p->d, decision, 0, decision->pairs[i].status[0], p->language),
			  diff_status_words(p->d, decision, 1, decision->pairs[i].status[1], p->language),
			  diff_cases(p->w->arena, decision->pairs[i].count, p->language), end);
}

static const char *verdict_of(const struct page *p, const struct diff_procedure *of)
{
	if (!of->of[0])
		return p->zh ? "新增" : "added";
	if (!of->of[1])
		return p->zh ? "删去" : "removed";
	switch (diff_procedure_verdict(of)) {
	case DIFF_EQUAL: return p->zh ? "相同（已证明）" : "equal (proved)";
	case DIFF_DIFFERS: return p->zh ? "不同" : "differs";
	default: return p->zh ? "没有全部判明" : "not all decided";
	}
}

/* In a paragraph of its own. */
static void write_sentence(const struct page *p, const char *words)
{
	bool small = *words >= 'a' && *words <= 'z';
	write_char(p->w, small ? (char)(*words - 'a' + 'A') : *words);
	write_fmt(p->w, p->zh ? "%s。\n" : "%s.\n", words + 1);
}

static const struct name *procedure_name(const struct diff_procedure *of)
{
	return of->of[1] ? &of->of[1]->name : &of->of[0]->name;
}

/* ---- what was not compared ---- */

static const char *not_compared(const struct page *p)
{
	return p->zh ? "判定表不载断言、裁量归属和约定的其余部分，没有比较" :
		       "a table holds neither properties nor whose discretion it is nor the other conventions: they were not compared";
}

static bool has_something(const struct difference *d)
{
	return d->procedures && (d->procedures->count > 0 || d->procedures->part_count > 0);
}

/* ---- text ---- */

void diff_write_procedures_text(struct writer *w, const struct difference *d, enum language language)
{
	const struct page p = { w, d, language, language == LANGUAGE_ZH, false };
	if (!has_something(d))
		return;
	for (size_t i = 0; i < d->procedures->part_count; i++)
		write_part_text(&p, "", &d->procedures->parts[i]);
	for (size_t i = 0; i < d->procedures->count; i++) {
		const struct diff_procedure *of = &d->procedures->items[i];
		const struct name *name = procedure_name(of);
		write_fmt(w, p.zh ? "程序「%s」（%s）：" : "procedure %s (%s): ", diff_name(name, language), name->id);
		write_fmt(w, "%s\n", verdict_of(&p, of));
		for (size_t k = 0; k < of->part_count; k++)
			write_part_text(&p, "  ", &of->parts[k]);
		for (size_t k = 0; k < of->move_count; k++) {
			if (of->moves[k].decision.verdict == DIFF_EQUAL)
				continue;
			write_str(w, "  ");
			write_move_name(&p, &of->moves[k]);
			write_str(w, p.zh ? "：" : ": ");
			write_fmt(w, "%s\n", move_verdict(&p, &of->moves[k].decision));
			if (of->moves[k].follows)
				write_follows(&p, &of->moves[k].decision, "    ", "\n");
			else
				diff_write_pairs_text(w, d, &of->moves[k].decision, language);
		}
	}
	if (d->procedures->of_tables)
		write_fmt(w, "%s\n", not_compared(&p));
}

/* ---- JSON ---- */

static void write_string_or_null(struct writer *w, const char *key, const char *text)
{
	write_fmt(w, ", \"%s\": ", key);
	if (text)
		write_json_string(w, text);
	else
		write_str(w, "null");
}

static void write_json_cites(struct writer *w, const char *key, const struct cites *cites)
{
	write_fmt(w, ", \"%s\": ", key);
	write_str(w, cites ? "[" : "null");
	for (size_t i = 0; cites && i < cites->count; i++) {
		write_str(w, i ? ", " : "");
		write_json_string(w, cites->clauses[i]);
	}
	write_str(w, cites ? "]" : "");
}

static void write_json_part(struct writer *w, const struct diff_part *part)
{
	write_fmt(w, "{\"kind\": \"%s\", \"id\": ", diff_part_kind_id(part->kind));
	write_json_string(w, part->id);
	write_fmt(w, ", \"change\": \"%s\"", diff_part_is_added(part) ? "added" : diff_part_is_removed(part) ? "removed" : "changed");
	write_json_cites(w, "old_cites", part->cites[0]);
	write_json_cites(w, "new_cites", part->cites[1]);
	write_str(w, ", \"aspects\": [");
	for (size_t i = 0; i < part->aspect_count; i++) {
		write_fmt(w, "%s{\"aspect\": \"%s\"", i ? ", " : "", part->aspects[i].id);
		write_string_or_null(w, "old", part->aspects[i].value[0]);
		write_string_or_null(w, "new", part->aspects[i].value[1]);
		write_char(w, '}');
	}
	write_str(w, "]}");
}

static void write_json_parts(struct writer *w, const char *indent, const struct diff_part *parts, size_t count)
{
	write_str(w, "[");
	for (size_t i = 0; i < count; i++) {
		write_fmt(w, "%s\n%s", i ? "," : "", indent);
		write_json_part(w, &parts[i]);
	}
	write_char(w, ']');
}

static void write_json_move(struct writer *w, const struct diff_move *move)
{
	write_str(w, "{\"event\": ");
	write_json_string(w, move->event->name.id);
	write_str(w, ", \"states\": [");
	for (size_t i = 0; i < move->state_count; i++) {
		write_str(w, i ? ", " : "");
		write_json_string(w, move->states[i]->name.id);
	}
	write_str(w, "], ");
	diff_write_regions_json(w, &move->decision);
	write_char(w, '}');
}

void diff_write_procedures_json(struct writer *w, const struct difference *d)
{
	static const char *const verdicts[] = { "equal", "differs", "not_decided" };
	const struct diff_procedures *all = d->procedures;
	write_str(w, ", \"procedures\": [");
	for (size_t i = 0; all && i < all->count; i++) {
		const struct diff_procedure *of = &all->items[i];
		write_fmt(w, "%s\n  {\"procedure\": ", i ? "," : "");
		write_json_string(w, procedure_name(of)->id);
		write_fmt(w, ", \"verdict\": \"%s\", \"change\": \"%s\", \"parts\": ", verdicts[diff_procedure_verdict(of)],
			  !of->of[0] ? "added" : !of->of[1] ? "removed" : diff_procedure_verdict(of) == DIFF_EQUAL ? "none" : "changed");
		write_json_parts(w, "   ", of->parts, of->part_count);
		write_str(w, ", \"moves\": [");
		for (size_t k = 0; k < of->move_count; k++) {
			write_fmt(w, "%s\n   ", k ? "," : "");
			write_json_move(w, &of->moves[k]);
		}
		write_str(w, "]}");
	}
	write_str(w, "], \"parts\": ");
	write_json_parts(w, "  ", all ? all->parts : NULL, all ? all->part_count : 0);
}

/* ---- Markdown ---- */

static void write_edition_cell(const struct page *p, const struct diff_part *part, int edition)
{
	size_t written = 0;
	if (!part->name[edition]) {
		write_str(p->w, "—");
		return;
	}
	for (size_t i = 0; i < part->aspect_count; i++) {
		const struct diff_aspect *aspect = &part->aspects[i];
		if (is_shown_in_head(part, aspect))
			continue;
		write_str(p->w, written++ ? "<br>" : "");
		put_phrase(p, aspect->name);
		write_char(p->w, ' ');
		write_value(p, aspect, edition);
	}
	if (written == 0)
		write_str(p->w, p->zh ? "有" : "yes");
	if (part->cites[edition]->count == 0)
		return;
	write_str(p->w, p->zh ? "（" : " (");
	write_clauses(p, part->cites[edition]);
	write_str(p->w, p->zh ? "）" : ")");
}

/* What a step changes is its window, and whether its event is taken. */
static const char *event_of_part(const struct diff_procedure *of, const struct diff_part *part)
{
	const struct procedure *p = of->of[part->name[1] ? 1 : 0];
	for (size_t i = 0; part->kind == PART_STEP && i < p->step_count; i++)
		if (strcmp(p->steps[i].name.id, part->id) == 0)
			return p->events[p->steps[i].event].name.id;
	return NULL;
}

/* Running cases that change by the part. */
static size_t cases_of(const struct diff_records *records, const struct diff_procedure *of, const struct diff_part *part)
{
	static const enum running_kind kinds[PART_KINDS] = { [PART_STATE] = RUNNING_STATE, [PART_EVENT] = RUNNING_EVENT,
							     [PART_STEP] = RUNNING_WINDOW, [PART_DUTY] = RUNNING_DUTY,
							     [PART_VALIDITY] = RUNNING_VALIDITY };
	enum running_kind kind = kinds[part->kind];
	if (kind == RUNNING_PROCEDURE)
		return 0;
	return diff_running_of(records, procedure_name(of)->id, kind, part->id, event_of_part(of, part));
}

/* `of`: the procedure of the parts; NULL: they are the rulebook's. */
static void write_effect_cell(const struct page *p, const struct diff_part *part, const struct diff_procedure *of,
			      const struct diff_records *records)
{
	size_t cases = records && of ? cases_of(records, of, part) : 0;
	bool has = *phrase_in(part->effect, p->language) != '\0';
	put_phrase(p, part->effect);
	if (cases)
		write_fmt(p->w, p->zh ? "%s涉及在办 %zu 件" : "%srunning cases that change by it: %zu",
			  has ? (p->zh ? "；" : "; ") : "", cases);
}

static void write_rows(const struct page *p, const struct diff_part *parts, size_t count,
		       const struct diff_procedure *of, const struct diff_records *records)
{
	const struct page row = { p->w, p->d, p->language, p->zh, true };
	for (size_t i = 0; i < count; i++) {
		write_str(p->w, "| ");
		write_part_name(&row, &parts[i], false);
		write_str(p->w, " | ");
		write_edition_cell(&row, &parts[i], 0);
		write_str(p->w, " | ");
		write_edition_cell(&row, &parts[i], 1);
		write_str(p->w, " | ");
		write_effect_cell(&row, &parts[i], of, records);
		write_str(p->w, " |\n");
	}
}

static void write_table(const struct page *p, const struct diff_part *parts, size_t count,
			const struct diff_procedure *of, const struct diff_records *records)
{
	if (count == 0)
		return;
	write_str(p->w, p->zh ? "\n| 条目 | 原 | 新 | 影响 |\n|---|---|---|---|\n"
			      : "\n| item | old | new | effect |\n|---|---|---|---|\n");
	write_rows(p, parts, count, of, records);
}

void diff_write_procedures_markdown(struct writer *w, const struct difference *d, const struct diff_records *records,
				    enum language language)
{
	const struct page p = { w, d, language, language == LANGUAGE_ZH, false };
	if (!has_something(d))
		return;
	write_str(w, p.zh ? "\n## 程序\n" : "\n## Procedures\n");
	write_table(&p, d->procedures->parts, d->procedures->part_count, NULL, records);
	for (size_t i = 0; i < d->procedures->count; i++) {
		const struct diff_procedure *of = &d->procedures->items[i];
		const struct name *name = procedure_name(of);
		diff_write_heading(w, name, language);
		write_sentence(&p, verdict_of(&p, of));
		write_table(&p, of->parts, of->part_count, of, records);
		for (size_t k = 0; k < of->move_count; k++) {
			if (of->moves[k].decision.verdict == DIFF_EQUAL)
				continue;
			write_str(w, "\n#### ");
			write_move_name(&p, &of->moves[k]);
			write_str(w, "\n\n");
			write_sentence(&p, move_verdict(&p, &of->moves[k].decision));
			if (of->moves[k].follows)
				write_follows(&p, &of->moves[k].decision, "\n- ", "");
			else
				diff_write_pairs_markdown(w, d, &of->moves[k].decision, language);
			write_str(w, of->moves[k].follows ? "\n" : "");
		}
	}
	if (d->procedures->of_tables)
		write_fmt(w, "\n%s%s\n", not_compared(&p), p.zh ? "。" : ".");
}
