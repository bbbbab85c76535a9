/* Findings as text: what, where, the lines, the case, the counts, the help; in Chinese or English. */
#include "diag/render.h"

#include "diag/causes.h"

#include "diag/excerpt.h"

#include <stdio.h>
#include <string.h>

#define REGIONS_SHOWN 8
#define GUTTER	      5 /* columns for line numbers */

static const struct phrase catalogue[MESSAGE_COUNT] = {
#define MESSAGE(id, zh, en) [MESSAGE_##id] = { zh, en },
#include "diag/messages.def"
#undef MESSAGE
};

const char *phrase_in(struct phrase phrase, enum language language)
{
	const char *text = language == LANGUAGE_EN && phrase.en ? phrase.en : phrase.zh;
	return text ? text : "";
}

static const char *expand(struct arena *arena, const char *pattern, const struct phrase *args, enum language language)
{
	struct writer w;
	writer_init(&w, arena);
	for (const char *p = pattern; *p; p++) {
		if (p[0] == '{' && p[1] >= '0' && p[1] < '0' + DIAG_ARGS && p[2] == '}') {
			write_str(&w, phrase_in(args[p[1] - '0'], language));
			p += 2;
		} else {
			write_char(&w, *p);
		}
	}
	return writer_text(&w);
}

const char *render_message(struct arena *arena, enum message message, const struct phrase args[DIAG_ARGS],
			   enum language language)
{
	return expand(arena, phrase_in(catalogue[message], language), args, language);
}

const char *render_words(struct arena *arena, enum message message, enum language language, const char *arg0,
			 const char *arg1, const char *arg2, const char *arg3)
{
	const struct phrase args[DIAG_ARGS] = { { arg0, NULL }, { arg1, NULL }, { arg2, NULL }, { arg3, NULL } };
	return render_message(arena, message, args, language);
}

const char *finding_text(struct arena *arena, const struct finding *f, enum language language)
{
	if (f->message == MESSAGE_NONE)
		return phrase_in(finding_summary(f->kind), language);
	return render_message(arena, f->message, f->args, language);
}

/* ---- colour ---- */

static const char *paint(const struct render_options *opt, const char *code)
{
	return opt->colour ? code : "";
}

static const char *severity_colour(const struct render_options *opt, enum severity severity)
{
	static const char *const colours[] = { "\033[1;36m", "\033[1;33m", "\033[1;31m" };
	return paint(opt, colours[severity]);
}

#define PLAIN "\033[0m"
#define BOLD  "\033[1m"
#define BLUE  "\033[1;34m"

/* ---- parts ---- */

static const struct source *source_of(const struct diag *diag, struct span span)
{
	const struct sources *sources = diag->sources;
	return sources && span.file < sources->count ? &sources->items[span.file] : NULL;
}

void render_header(struct writer *w, const struct diag *diag, const struct finding *f, const struct render_options *opt)
{
	static const struct phrase names[] = { { "提示", "note" }, { "警告", "warning" }, { "错误", "error" } };
	const struct source *source = source_of(diag, f->places[0].span);
	if (source) {
		struct position at = source_position(source, f->places[0].span.start);
		write_str(w, paint(opt, BOLD));
		write_visible(w, source->path);
		write_fmt(w, ":%u:%u: ", (unsigned)at.line, (unsigned)at.column);
	}
	write_fmt(w, "%s%s[%s]%s%s", severity_colour(opt, f->severity), phrase_in(names[f->severity], opt->language),
		  finding_slug(f->kind), paint(opt, PLAIN), opt->language == LANGUAGE_ZH ? "：" : ": ");
	write_str(w, paint(opt, BOLD));
	write_visible(w, finding_text(w->arena, f, opt->language));
	write_fmt(w, "%s\n", paint(opt, PLAIN));
}

static void write_gutter(struct writer *w, const struct render_options *opt, const char *number)
{
	write_fmt(w, "%s%*s |%s ", paint(opt, BLUE), GUTTER, number, paint(opt, PLAIN));
}

static void write_place(struct writer *w, const struct diag *diag, const struct finding *f, size_t index,
			const struct render_options *opt)
{
	const struct label *label = &f->places[index];
	const struct source *source = source_of(diag, label->span);
	struct excerpt e = excerpt_of(source, label->span.start, label->span.end);
	write_gutter(w, opt, "");
	write_str(w, severity_colour(opt, f->severity));
	excerpt_write_mark(w, &e, source, label->span.start, label->span.end, index == 0 ? '^' : '~');
	const char *text = phrase_in(label->text, opt->language);
	write_str(w, *text ? " " : "");
	write_visible(w, text);
	write_fmt(w, "%s\n", paint(opt, PLAIN));
}

static void write_source_line(struct writer *w, const struct source *source, struct span span, uint32_t line,
			      const struct render_options *opt)
{
	char number[16];
	(void)snprintf(number, sizeof number, "%u", (unsigned)line);
	struct excerpt e = excerpt_of(source, span.start, span.end);
	write_gutter(w, opt, number);
	excerpt_write_line(w, &e);
	write_char(w, '\n');
}

static bool same_excerpt(const struct diag *diag, struct span a, struct span b)
{
	if (a.file != b.file)
		return false;
	const struct source *source = source_of(diag, a);
	struct excerpt x = excerpt_of(source, a.start, a.end), y = excerpt_of(source, b.start, b.end);
	return x.line == y.line && x.first == y.first;
}

static void write_other_file(struct writer *w, const struct source *source, struct position at)
{
	write_fmt(w, "%*s ", GUTTER, "");
	write_visible(w, source->path);
	write_fmt(w, ":%u:%u\n", (unsigned)at.line, (unsigned)at.column);
}

/* A line with several places is shown once, with all its marks under it. */
static void write_places(struct writer *w, const struct diag *diag, const struct finding *f,
			 const struct render_options *opt)
{
	bool done[DIAG_PLACES] = { false };
	uint32_t file = f->places[0].span.file;
	for (size_t i = 0; i < f->place_count; i++) {
		struct span span = f->places[i].span;
		const struct source *source = source_of(diag, span);
		if (done[i] || !source)
			continue;
		struct position at = source_position(source, span.start);
		if (span.file != file)
			write_other_file(w, source, at);
		file = span.file;
		write_source_line(w, source, span, at.line, opt);
		for (size_t j = i; j < f->place_count; j++) {
			if (done[j] || !source_of(diag, f->places[j].span) ||
			    !same_excerpt(diag, span, f->places[j].span))
				continue;
			write_place(w, diag, f, j, opt);
			done[j] = true;
		}
	}
}

static const char *join(struct arena *arena, const char **list, enum language language)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; list[i]; i++)
		write_fmt(&w, "%s%s", i == 0 ? "" : language == LANGUAGE_ZH ? "、" : ", ", list[i]);
	return writer_text(&w);
}

const char *render_case(struct arena *arena, const struct case_words *words, enum language language)
{
	struct writer w;
	if (words->count == 0)
		return render_words(arena, MESSAGE_RENDER_ANY_CASE, language, NULL, NULL, NULL, NULL);
	writer_init(&w, arena);
	for (size_t i = 0; i < words->count; i++) {
		write_str(&w, i == 0 ? "" : language == LANGUAGE_ZH ? "，" : ", ");
		write_str(&w, phrase_in(words->items[i].words, language));
	}
	return writer_text(&w);
}

static void write_line(struct writer *w, const char *text)
{
	write_str(w, "   ");
	write_visible(w, text);
	write_char(w, '\n');
}

static void write_lines(struct writer *w, const char *text)
{
	for (size_t size; *text; text += size + (text[size] == '\n')) {
		size = strcspn(text, "\n");
		write_line(w, arena_strndup(w->arena, text, size));
	}
}

static void write_note(struct writer *w, const struct render_options *opt, enum message message, const char *arg0,
		       const char *arg1)
{
	write_line(w, render_words(w->arena, message, opt->language, arg0, arg1, NULL, NULL));
}

static const struct fact_values *values_of(const struct case_words *words, uint32_t fact)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->items[i].fact == fact)
			return &words->items[i];
	return NULL;
}

/* What a region says otherwise than the one above it: regions of one finding are alike for most facts. */
static const char *changes_text(struct arena *arena, const struct case_words *before, const struct case_words *now,
				enum language language)
{
	struct writer w;
	const char *comma = language == LANGUAGE_ZH ? "，" : ", ";
	writer_init(&w, arena);
	for (size_t i = 0; i < now->count; i++) {
		const struct fact_values *old = values_of(before, now->items[i].fact);
		if (!old || strcmp(old->json, now->items[i].json) != 0)
			write_fmt(&w, "%s%s", w.size ? comma : "", phrase_in(now->items[i].words, language));
	}
	for (size_t i = 0; i < before->count; i++)
		if (!values_of(now, before->items[i].fact))
			write_fmt(&w, "%s%s", w.size ? comma : "",
				  render_words(arena, MESSAGE_RENDER_ANY_VALUE, language, before->items[i].fact_id, NULL, NULL, NULL));
	return writer_text(&w);
}

static void write_region(struct writer *w, const struct finding_region *above, const struct finding_region *r,
			 const struct render_options *opt)
{
	enum message message = r->old_outcome ? MESSAGE_RENDER_REGION_CHANGE :
			       above	      ? MESSAGE_RENDER_REGION_ELSE :
						MESSAGE_RENDER_REGION;
	const char *when = above && !r->old_outcome ? changes_text(w->arena, &above->when, &r->when, opt->language) :
						      render_case(w->arena, &r->when, opt->language);
	write_line(w, render_words(w->arena, message, opt->language, when, r->count, r->old_outcome, r->new_outcome));
}

/* A region that is just the case shown above it, or whose count is the whole, says nothing twice. */
static void write_regions(struct writer *w, const struct finding *f, const struct render_options *opt)
{
	size_t shown = opt->all_regions || f->region_count < REGIONS_SHOWN ? f->region_count : REGIONS_SHOWN;
	bool alone = f->region_count == 1 && !f->rest_count;
	bool is_witness = alone && f->has_witness &&
			  strcmp(render_case(w->arena, &f->witness, opt->language),
				 render_case(w->arena, &f->regions[0].when, opt->language)) == 0;
	for (size_t i = 0; i < shown && !is_witness; i++)
		write_region(w, i ? &f->regions[i - 1] : NULL, &f->regions[i], opt);
	if (f->count && f->rest_count)
		write_note(w, opt, MESSAGE_RENDER_COUNT_REST, f->count, f->rest_count);
	else if (f->count && (!alone || is_witness))
		write_note(w, opt, MESSAGE_RENDER_COUNT, f->count, NULL);
}

/* Ready to be pasted: what must be said by the author, such as the outcome, is left empty. */
static void write_rows(struct writer *w, const struct finding *f, const struct render_options *opt)
{
	if (!opt->rows || !f->row_head)
		return;
	if (f->row_count > 0) {
		write_note(w, opt, MESSAGE_RENDER_ROWS, NULL, NULL);
		write_line(w, f->row_head);
		write_line(w, f->row_rule);
	}
	for (size_t i = 0; i < f->row_count && (opt->all_regions || i < REGIONS_SHOWN); i++)
		write_line(w, phrase_in(f->rows[i], opt->language));
	if (f->rows_left & LEFT_OUTSIDE)
		write_note(w, opt, MESSAGE_RENDER_ROWS_OUTSIDE, f->rows_of, NULL);
	if (f->rows_left & LEFT_COSTLY)
		write_note(w, opt, MESSAGE_RENDER_ROWS_COSTLY, f->rows_of, NULL);
	else if (f->rows_left & LEFT_ALIKE)
		write_note(w, opt, MESSAGE_RENDER_ROWS_ALIKE, f->rows_of, NULL);
}

static void write_trace(struct writer *w, const struct finding *f, const struct render_options *opt)
{
	struct writer moves;
	if (f->trace_count == 0)
		return;
	writer_init(&moves, w->arena);
	for (size_t i = 0; i < f->trace_count; i++) {
		const struct case_words *facts = &f->trace[i].facts;
		bool zh = opt->language == LANGUAGE_ZH;
		write_fmt(&moves, "%s%s", i == 0 ? "" : zh ? "；" : "; ", phrase_in(f->trace[i].words, opt->language));
		if (facts->count > 0)
			write_fmt(&moves, zh ? "（%s）" : " (%s)", render_case(w->arena, facts, opt->language));
	}
	write_note(w, opt, MESSAGE_RENDER_TRACE, writer_text(&moves), NULL);
}

/* Of its cause, or why there is none. */
static const char *edit_elsewhere(struct arena *arena, const struct finding *f, enum language language)
{
	const struct finding *behind = f->behind;
	if (!behind || behind->edit_count == 0)
		return render_words(arena, MESSAGE_RENDER_NO_EDIT, language, finding_slug(f->kind), NULL, NULL, NULL);
	const char *help = render_message(arena, behind->help, behind->help_args, language);
	return render_words(arena, MESSAGE_RENDER_CAUSE_EDIT, language, help, NULL, NULL, NULL);
}

const char *finding_help(struct arena *arena, const struct finding *f, enum language language)
{
	const char *help = f->help == MESSAGE_NONE ? NULL : render_message(arena, f->help, f->help_args, language);
	if (f->edit_count > 0 || f->severity == SEVERITY_NOTE)
		return help;
	const char *elsewhere = edit_elsewhere(arena, f, language);
	return help ? arena_printf(arena, language == LANGUAGE_ZH ? "%s。%s" : "%s; %s", help, elsewhere) : elsewhere;
}

void render_help(struct writer *w, const struct finding *f, const struct render_options *opt)
{
	const char *help = finding_help(w->arena, f, opt->language);
	if (help)
		write_note(w, opt, MESSAGE_RENDER_HELP, help, NULL);
	write_lines(w, finding_preview(w->arena, f, opt->language));
}

void render_finding(struct writer *w, struct diag *diag, const struct finding *f, const struct render_options *opt)
{
	render_header(w, diag, f, opt);
	write_places(w, diag, f, opt);
	if (f->clauses && f->clauses[0])
		write_note(w, opt, MESSAGE_RENDER_CLAUSES, join(w->arena, f->clauses, opt->language), NULL);
	if (f->has_witness)
		write_note(w, opt, MESSAGE_RENDER_CASE, render_case(w->arena, &f->witness, opt->language), NULL);
	write_regions(w, f, opt);
	write_rows(w, f, opt);
	write_trace(w, f, opt);
	if (f->depends_on && f->depends_on[0])
		write_note(w, opt, MESSAGE_RENDER_DEPENDS, join(w->arena, f->depends_on, opt->language), NULL);
	if (!opt->no_help)
		render_help(w, f, opt);
}

static void write_total(struct writer *w, const struct render_options *opt, enum message message, size_t count)
{
	if (count == 0)
		return;
	const char *number = arena_printf(w->arena, "%zu", count);
	write_fmt(w, "%s\n", render_words(w->arena, message, opt->language, number, NULL, NULL, NULL));
}

static size_t render_each(struct writer *w, struct diag *diag, const struct render_options *opt)
{
	size_t shown = 0;
	for (size_t i = 0; i < diag->findings.count && (opt->limit == 0 || shown < opt->limit); i++) {
		const struct finding *f = diag->findings.items[i];
		if (f->severity == SEVERITY_NOTE && !opt->notes)
			continue;
		render_finding(w, diag, f, opt);
		shown++;
	}
	return shown;
}

void render_findings(struct writer *w, struct diag *diag, const struct render_options *opt)
{
	size_t hidden = opt->notes ? 0 : diag->notes, shown;
	if (!render_causes(w, diag, opt, &shown))
		shown = render_each(w, diag, opt);
	write_total(w, opt, MESSAGE_RENDER_MORE, diag->findings.count - hidden - shown);
	write_total(w, opt, MESSAGE_RENDER_HIDDEN_NOTES, hidden);
	if (diag->findings.count > 0)
		write_fmt(w, "%s\n",
			  render_words(w->arena, MESSAGE_RENDER_TOTALS, opt->language,
				       arena_printf(w->arena, "%zu", diag->errors),
				       arena_printf(w->arena, "%zu", diag->warnings),
				       arena_printf(w->arena, "%zu", diag->notes), NULL));
}
