/* Findings as JSON: the array "findings" of every answer that has one. Keys that do not apply are left out. */
#include "diag/render.h"

#include <string.h>

static void write_key(struct writer *w, const char *key)
{
	write_fmt(w, ", \"%s\": ", key);
}

static void write_text(struct writer *w, const char *key, const char *text)
{
	if (!text)
		return;
	write_key(w, key);
	write_json_string(w, text);
}

static void write_list(struct writer *w, const char *key, const char **list)
{
	if (!list)
		return;
	write_key(w, key);
	write_char(w, '[');
	for (size_t i = 0; list[i]; i++) {
		write_str(w, i == 0 ? "" : ", ");
		write_json_string(w, list[i]);
	}
	write_char(w, ']');
}

static void write_places(struct writer *w, const struct diag *diag, const struct finding *f)
{
	size_t written = 0;
	write_key(w, "places");
	write_char(w, '[');
	for (size_t i = 0; i < f->place_count; i++) {
		struct span span = f->places[i].span;
		if (!diag->sources || span.file >= diag->sources->count)
			continue;
		const struct source *source = &diag->sources->items[span.file];
		struct position start = source_position(source, span.start), end = source_position(source, span.end);
		write_str(w, written++ == 0 ? "{\"file\": " : ", {\"file\": ");
		write_json_string(w, source->path);
		write_fmt(w, ", \"line\": %u, \"column\": %u, \"end_line\": %u, \"end_column\": %u}",
			  (unsigned)start.line, (unsigned)start.column, (unsigned)end.line, (unsigned)end.column);
	}
	write_char(w, ']');
}

static void write_case(struct writer *w, const char *key, const struct case_words *words)
{
	write_fmt(w, "\"%s\": {", key);
	for (size_t i = 0; i < words->count; i++) {
		write_str(w, i == 0 ? "" : ", ");
		write_json_string(w, words->items[i].fact_id);
		write_fmt(w, ": %s", words->items[i].json);
	}
	write_char(w, '}');
}

static void write_regions(struct writer *w, const struct finding *f)
{
	if (f->region_count == 0)
		return;
	write_key(w, "regions");
	for (size_t i = 0; i < f->region_count; i++) {
		const struct finding_region *r = &f->regions[i];
		write_str(w, i == 0 ? "[{" : ", {");
		write_case(w, "when", &r->when);
		write_text(w, "old", r->old_outcome);
		write_text(w, "new", r->new_outcome);
		write_text(w, "count", r->count);
		write_char(w, '}');
	}
	write_char(w, ']');
}

static void write_position(struct writer *w, const char *key, struct position at)
{
	write_fmt(w, ", \"%s\": {\"line\": %u, \"column\": %u}", key, (unsigned)at.line, (unsigned)at.column);
}

static void write_edits(struct writer *w, const struct diag *diag, const struct finding *f)
{
	if (f->edit_count == 0 || !diag->sources)
		return;
	write_key(w, "edits");
	for (size_t i = 0; i < f->edit_count; i++) {
		const struct edit *edit = &f->edits[i];
		const struct source *source = &diag->sources->items[edit->span.file];
		write_str(w, i == 0 ? "[{\"file\": " : ", {\"file\": ");
		write_json_string(w, source->path);
		write_position(w, "start", source_position(source, edit->span.start));
		write_position(w, "end", source_position(source, edit->span.end));
		write_text(w, "text", edit->text);
		write_char(w, '}');
	}
	write_char(w, ']');
}

/* `old`: without the edits. */
static void write_changed_region(struct writer *w, const struct preview_change *change, const struct finding_region *region)
{
	write_char(w, '{');
	write_case(w, "when", &region->when);
	write_fmt(w, ", \"old\": null, \"undecided\": \"%s\"", change->undecided);
	if (change->outcomes[0])
		write_list(w, "between", (const char *[]){ change->outcomes[0], change->outcomes[1], NULL });
	write_text(w, "new", change->new_outcome);
	write_text(w, "count", region->count);
	write_char(w, '}');
}

void render_preview_json(struct writer *w, const struct preview *preview)
{
	size_t written = 0;
	if (!preview->total) {
		write_str(w, "null");
		return;
	}
	write_fmt(w, "{\"count\": \"%s\", \"regions\": [", preview->total);
	for (size_t i = 0; i < preview->count; i++)
		for (size_t k = 0; k < preview->items[i].region_count; k++) {
			write_str(w, written++ ? ", " : "");
			write_changed_region(w, &preview->items[i], &preview->items[i].regions[k]);
		}
	write_str(w, "]}");
}

static void write_preview(struct writer *w, const struct finding *f)
{
	if (!f->preview)
		return;
	write_key(w, "preview");
	render_preview_json(w, f->preview);
}

void render_help_json(struct writer *w, const struct diag *diag, const struct finding *f, enum language language)
{
	write_text(w, "help", finding_help(w->arena, f, language));
	write_edits(w, diag, f);
	write_preview(w, f);
	if (f->mends)
		write_fmt(w, ", \"mends\": %zu", f->mends);
}

static void write_trace(struct writer *w, const struct finding *f)
{
	if (f->trace_count == 0)
		return;
	write_key(w, "trace");
	for (size_t i = 0; i < f->trace_count; i++) {
		const struct finding_move *move = &f->trace[i];
		write_fmt(w, "%s{\"on\": \"%s\", \"%s\": ", i == 0 ? "[" : ", ", move->on, move->lapse ? "lapse" : "event");
		write_json_string(w, move->event);
		write_text(w, "state", move->state);
		if (move->facts.count > 0) {
			write_str(w, ", ");
			write_case(w, "facts", &move->facts);
		}
		write_char(w, '}');
	}
	write_char(w, ']');
}

static void write_finding(struct writer *w, const struct diag *diag, const struct finding *f, enum language language)
{
	write_fmt(w, "{\"slug\": \"%s\", \"severity\": \"%s\"", finding_slug(f->kind), severity_slug(f->severity));
	write_text(w, "decision", f->decision);
	write_text(w, "procedure", f->procedure);
	write_list(w, "rules", f->rules);
	write_list(w, "clauses", f->clauses);
	write_text(w, "message", finding_text(w->arena, f, language));
	write_text(w, "help", finding_help(w->arena, f, language));
	write_places(w, diag, f);
	if (f->has_witness) {
		write_str(w, ", ");
		write_case(w, "witness", &f->witness);
	}
	write_text(w, "count", f->count);
	write_regions(w, f);
	write_text(w, "rest_count", f->rest_count);
	write_trace(w, f);
	write_list(w, "depends_on", f->depends_on);
	write_edits(w, diag, f);
	write_preview(w, f);
	write_text(w, "cause", f->cause);
	write_text(w, "fingerprint", finding_fingerprint(w->arena, f));
	write_char(w, '}');
}

void render_findings_json(struct writer *w, struct diag *diag, enum language language)
{
	write_char(w, '[');
	for (size_t i = 0; i < diag->findings.count; i++) {
		write_str(w, i == 0 ? "\n " : ",\n ");
		write_finding(w, diag, diag->findings.items[i], language);
	}
	write_str(w, diag->findings.count > 0 ? "\n]" : "]");
}
