/* Running cases in the three forms of a difference, and the records that are mistakes. */
#include "diff/print.h"

struct page {
	struct writer *w;
	enum language language;
	bool zh;
};

static const char *text_of(const struct page *p, struct phrase phrase)
{
	return phrase_in(phrase, p->language);
}

/* 服务台，至 2026-03-17（3.1#2） */
static const char *answer_text(const struct page *p, const struct running_answer *answer)
{
	const char *words = text_of(p, answer->words), *cites = text_of(p, answer->cites);
	if (!*cites)
		return words;
	return arena_printf(p->w->arena, p->zh ? "%s（%s）" : "%s (%s)", words, cites);
}

/* 职责「答复」 */
static const char *change_text(const struct page *p, const struct running_change *change)
{
	return arena_printf(p->w->arena, p->zh ? "%s「%s」" : "%s \"%s\"", text_of(p, running_kind_words(change->kind)),
			    text_of(p, change->name));
}

/* What the new edition asks, with its clauses; the old edition's where it is asked no longer. */
static const char *must_text(const struct page *p, const struct running_change *change)
{
	const char *cites = text_of(p, change->of[change->of[1].json ? 1 : 0].cites);
	return render_words(p->w->arena, *cites ? MESSAGE_DIFF_MUST_CITED : MESSAGE_DIFF_MUST, p->language,
			    text_of(p, change->of[1].must), cites, NULL, NULL);
}

/* ---- text ---- */

static void write_mistakes_text(const struct page *p, const struct diff_records *records)
{
	if (records->mistake_count == 0)
		return;
	write_fmt(p->w, p->zh ? "有误的记录 %zu 条\n" : "records that are errors: %zu\n", records->mistake_count);
	for (size_t i = 0; i < records->mistake_count; i++) {
		const struct record_mistake *m = &records->mistakes[i];
		write_fmt(p->w, p->zh ? "  第 %zu 行，%s：%s\n" : "  line %zu, %s: %s\n", m->line, m->id,
			  text_of(p, m->why));
	}
}

static void write_case_text(const struct page *p, const struct diff_running *running)
{
	write_fmt(p->w, p->zh ? "  %s：程序「%s」，状态「%s」，%s\n" : "  %s: procedure \"%s\", state \"%s\", %s\n",
		  running->id, text_of(p, running->procedure), text_of(p, running->state), running->day);
	for (size_t i = 0; i < running->change_count; i++) {
		const struct running_change *change = &running->changes[i];
		write_fmt(p->w, p->zh ? "     %s：%s → %s\n" : "     %s: %s → %s\n", change_text(p, change),
			  answer_text(p, &change->of[0]), answer_text(p, &change->of[1]));
		write_fmt(p->w, "        %s\n", must_text(p, change));
	}
}

void diff_write_running_text(struct writer *w, const struct diff_records *records, enum language language)
{
	const struct page p = { w, language, language == LANGUAGE_ZH };
	if (records->cases)
		write_fmt(w, p.zh ? "在办的 %zu 件，改变的 %zu 件\n" : "%zu running cases, %zu change\n",
			  records->cases, records->running_count);
	for (size_t i = 0; i < records->running_count; i++)
		write_case_text(&p, &records->running[i]);
	write_mistakes_text(&p, records);
}

/* ---- JSON ---- */

static void write_change_json(const struct page *p, const struct running_change *change)
{
	write_fmt(p->w, "{\"kind\": \"%s\", \"id\": ", running_kind_id(change->kind));
	write_json_string(p->w, change->id);
	for (int e = 0; e < 2; e++)
		write_fmt(p->w, ", \"%s\": %s", e == 0 ? "old" : "new",
			  change->of[e].json ? change->of[e].json : "null");
	write_str(p->w, ", \"must\": ");
	write_json_string(p->w, must_text(p, change));
	write_char(p->w, '}');
}

static void write_case_json(const struct page *p, const struct diff_running *running)
{
	write_fmt(p->w, "{\"_id\": %s, \"line\": %zu, \"procedure\": ", running->id, running->line);
	write_json_string(p->w, running->procedure_id);
	write_str(p->w, ", \"state\": ");
	write_json_string(p->w, running->state_id);
	write_fmt(p->w, ", \"on\": \"%s\", \"changes\": [", running->day);
	for (size_t i = 0; i < running->change_count; i++) {
		write_str(p->w, i ? ",\n   " : "\n   ");
		write_change_json(p, &running->changes[i]);
	}
	write_str(p->w, "]}");
}

void diff_write_running_json(struct writer *w, const struct diff_records *records, enum language language)
{
	const struct page p = { w, language, language == LANGUAGE_ZH };
	write_str(w, ", \"running\": [");
	for (size_t i = 0; records && i < records->running_count; i++) {
		write_str(w, i ? ",\n  " : "\n  ");
		write_case_json(&p, &records->running[i]);
	}
	write_str(w, "], \"errors\": [");
	for (size_t i = 0; records && i < records->mistake_count; i++) {
		const struct record_mistake *m = &records->mistakes[i];
		write_fmt(w, "%s{\"_id\": %s, \"line\": %zu, \"error\": ", i ? ",\n  " : "\n  ", m->id, m->line);
		write_json_string(w, text_of(&p, m->why));
		write_char(w, '}');
	}
	write_char(w, ']');
}

/* ---- Markdown ---- */

static void write_row(const struct page *p, const char *const cells[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		write_str(p->w, "| ");
		diff_write_cell(p->w, cells[i]);
		write_char(p->w, ' ');
	}
	write_str(p->w, "|\n");
}

/* The case is named in the first of its rows. */
static void write_case_rows(const struct page *p, const struct diff_running *running)
{
	const char *state = arena_printf(p->w->arena, p->zh ? "%s：%s" : "%s: %s", text_of(p, running->procedure),
					 text_of(p, running->state));
	for (size_t i = 0; i < running->change_count; i++) {
		const struct running_change *change = &running->changes[i];
		const char *const cells[] = { i ? "" : running->id,
					      i ? "" : state,
					      i ? "" : running->day,
					      change_text(p, change),
					      answer_text(p, &change->of[0]),
					      answer_text(p, &change->of[1]),
					      must_text(p, change) };
		write_row(p, cells, sizeof cells / sizeof *cells);
	}
}

static void write_mistakes_markdown(const struct page *p, const struct diff_records *records)
{
	if (records->mistake_count == 0)
		return;
	write_fmt(p->w, p->zh ? "\n有误的记录 %zu 条：\n\n" : "\nRecords that are errors: %zu\n\n",
		  records->mistake_count);
	for (size_t i = 0; i < records->mistake_count; i++) {
		const struct record_mistake *m = &records->mistakes[i];
		write_fmt(p->w, p->zh ? "- 第 %zu 行，" : "- line %zu, ", m->line);
		diff_write_cell(p->w, m->id);
		write_str(p->w, p->zh ? "：" : ": ");
		diff_write_cell(p->w, text_of(p, m->why));
		write_char(p->w, '\n');
	}
}

void diff_write_running_markdown(struct writer *w, const struct diff_records *records, enum language language)
{
	const struct page p = { w, language, language == LANGUAGE_ZH };
	if (records->cases)
		write_fmt(w,
			  p.zh ? "\n## 在办事项\n\n在办的 %zu 件，改变的 %zu 件。\n"
			       : "\n## Running cases\n\n%zu running cases, %zu change.\n",
			  records->cases, records->running_count);
	if (records->running_count)
		write_str(
			w,
			p.zh ? "\n| 记录 | 程序：状态 | 日期 | 事项 | 原 | 新 | 要求 |\n|---|---|---|---|---|---|---|\n"
			     : "\n| record | procedure: state | day | item | old | new | asks "
			       "|\n|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < records->running_count; i++)
		write_case_rows(&p, &records->running[i]);
	write_mistakes_markdown(&p, records);
}
