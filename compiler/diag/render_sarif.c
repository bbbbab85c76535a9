/* Findings as SARIF 2.1.0 (OASIS standard of 27 March 2020), for code review tools. Columns count code points, from 1,
 * and an end column is the one after the last character, as SARIF says. */
#include "diag/render.h"

#include <string.h>

/* RFC 3986: whatever is neither unreserved nor '/' is written %XX. */
static void write_uri(struct writer *w, const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	write_char(w, '"');
	for (const char *p = path; *p; p++) {
		if (strchr(plain, *p))
			write_char(w, *p);
		else
			write_fmt(w, "%%%02X", (unsigned)(unsigned char)*p);
	}
	write_char(w, '"');
}

static void write_text(struct writer *w, const char *key, const char *text)
{
	write_fmt(w, "\"%s\": {\"text\": ", key);
	write_json_string(w, text);
	write_char(w, '}');
}

static void write_rules(struct writer *w, enum language language)
{
	write_str(w, "\"rules\": [");
	for (size_t i = 0; i < FINDING_COUNT; i++) {
		enum finding_kind kind = (enum finding_kind)i;
		write_fmt(w, "%s\n   {\"id\": \"%s\", ", i == 0 ? "" : ",", finding_slug(kind));
		write_text(w, "shortDescription", phrase_in(finding_summary(kind), language));
		write_fmt(w, ", \"defaultConfiguration\": {\"level\": \"%s\"}}", severity_slug(finding_severity(kind)));
	}
	write_str(w, "]");
}

static void write_region(struct writer *w, const struct source *source, struct span span)
{
	struct position start = source_position(source, span.start), end = source_position(source, span.end);
	write_fmt(w, "{\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, \"endColumn\": %u}",
		  (unsigned)start.line, (unsigned)start.column, (unsigned)end.line, (unsigned)end.column);
}

static void write_location(struct writer *w, const struct source *source, const struct label *label,
			   enum language language)
{
	const char *text = phrase_in(label->text, language);
	write_str(w, "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
	write_uri(w, source->path);
	write_str(w, "}, \"region\": ");
	write_region(w, source, label->span);
	write_char(w, '}');
	if (*text) {
		write_str(w, ", ");
		write_text(w, "message", text);
	}
	write_char(w, '}');
}

/* The places [from, to) that lie in a known source; nothing when there is none. */
static void write_locations(struct writer *w, const struct diag *diag, const struct finding *f, const char *key,
			    size_t from, size_t to, enum language language)
{
	size_t written = 0;
	for (size_t i = from; i < to; i++) {
		const struct label *label = &f->places[i];
		if (!diag->sources || label->span.file >= diag->sources->count)
			continue;
		if (written++ == 0)
			write_fmt(w, ", \"%s\": [", key);
		else
			write_str(w, ", ");
		write_location(w, &diag->sources->items[label->span.file], label, language);
	}
	if (written > 0)
		write_char(w, ']');
}

/* One change per edit: SARIF lets one file have several. */
static void write_fixes(struct writer *w, const struct diag *diag, const struct finding *f, enum language language)
{
	if (f->edit_count == 0 || !diag->sources)
		return;
	write_str(w, ", \"fixes\": [{");
	if (f->help != MESSAGE_NONE) {
		const char *help = render_message(w->arena, f->help, f->help_args, language);
		write_text(w, "description", arena_printf(w->arena, f->preview ? "%s\n%s" : "%s", help, finding_preview(w->arena, f, language)));
		write_str(w, ", ");
	}
	write_str(w, "\"artifactChanges\": [");
	for (size_t i = 0; i < f->edit_count; i++) {
		const struct source *source = &diag->sources->items[f->edits[i].span.file];
		write_fmt(w, "%s{\"artifactLocation\": {\"uri\": ", i == 0 ? "" : ", ");
		write_uri(w, source->path);
		write_str(w, "}, \"replacements\": [{\"deletedRegion\": ");
		write_region(w, source, f->edits[i].span);
		write_str(w, ", ");
		write_text(w, "insertedContent", f->edits[i].text);
		write_str(w, "}]}");
	}
	write_char(w, ']');
	if (f->preview) {
		write_str(w, ", \"properties\": {\"preview\": ");
		render_preview_json(w, f->preview);
		write_char(w, '}');
	}
	write_str(w, "}]");
}

static void write_list(struct writer *w, const char *key, const char **list)
{
	if (!list)
		return;
	write_fmt(w, ", \"%s\": [", key);
	for (size_t i = 0; list[i]; i++) {
		write_str(w, i == 0 ? "" : ", ");
		write_json_string(w, list[i]);
	}
	write_char(w, ']');
}

static void write_properties(struct writer *w, const struct finding *f)
{
	if (!f->decision)
		return;
	write_str(w, ", \"properties\": {\"decision\": ");
	write_json_string(w, f->decision);
	write_list(w, "rules", f->rules);
	write_list(w, "clauses", f->clauses);
	if (f->count)
		write_fmt(w, ", \"count\": \"%s\"", f->count);
	write_char(w, '}');
}

static void write_result(struct writer *w, const struct diag *diag, const struct finding *f, enum language language)
{
	write_fmt(w, "{\"ruleId\": \"%s\", \"ruleIndex\": %d, \"level\": \"%s\", ", finding_slug(f->kind), (int)f->kind,
		  severity_slug(f->severity));
	write_text(w, "message", finding_text(w->arena, f, language));
	write_locations(w, diag, f, "locations", 0, 1, language);
	write_locations(w, diag, f, "relatedLocations", 1, f->place_count, language);
	write_fmt(w, ", \"partialFingerprints\": {\"guiju/v1\": \"%s\"}", finding_fingerprint(w->arena, f));
	write_fixes(w, diag, f, language);
	write_properties(w, f);
	write_char(w, '}');
}

void render_findings_sarif(struct writer *w, struct diag *diag, enum language language)
{
	write_str(w, "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", "
		     "\"runs\": [{\n");
	write_str(w, " \"tool\": {\"driver\": {\"name\": \"guiju\", ");
	write_rules(w, language);
	write_fmt(w, "}},\n \"language\": \"%s\", \"columnKind\": \"unicodeCodePoints\",\n \"results\": [",
		  language == LANGUAGE_ZH ? "zh-CN" : "en");
	for (size_t i = 0; i < diag->findings.count; i++) {
		write_str(w, i == 0 ? "\n  " : ",\n  ");
		write_result(w, diag, diag->findings.items[i], language);
	}
	write_str(w, "]\n}]}\n");
}
