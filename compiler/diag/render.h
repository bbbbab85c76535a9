/* Findings as people read them: the source line with carets under display columns; and as JSON (product.md). */
#ifndef GUIJU_DIAG_RENDER_H
#define GUIJU_DIAG_RENDER_H
#include "diag/diag.h"
#include "support/writer.h"

enum language { LANGUAGE_ZH, LANGUAGE_EN };

enum { FINDINGS_SHOWN = 1000 };      /* of a run; the others are counted (docs/LANGUAGE.md, Limits) */

struct render_options {
	enum language language;
	bool colour;
	bool all_regions;
	size_t limit;            /* findings shown as text; the rest is counted; 0: no limit */
	bool rows;               /* show regions as rows of a pipe table too */
	bool notes;              /* show notes too: otherwise they are counted */
	bool no_help;            /* of single findings */
};

/* The catalogue's text with its arguments put in. */
const char *render_message(struct arena *arena, enum message message, const struct phrase args[DIAG_ARGS],
			   enum language language);
/* The same for one to four plain texts (NULL: not given), the same in both languages. */
const char *render_words(struct arena *arena, enum message message, enum language language, const char *arg0,
			 const char *arg1, const char *arg2, const char *arg3);
/* What a finding says: its message, or its row's text when it has none. */
/* "a is 1, b is x", or "any case". */
const char *render_case(struct arena *arena, const struct case_words *words, enum language language);
const char *finding_text(struct arena *arena, const struct finding *f, enum language language);
const char *phrase_in(struct phrase phrase, enum language language); /* "" for an empty phrase */
/* What would mend it, or its cause; says so where no edit was worked out. NULL: nothing to say (notes). */
/* What its edits change, a line for each region; with \n between them. "": no preview. */
const char *finding_preview(struct arena *arena, const struct finding *f, enum language language);
/* The value of "preview" (docs/FINDINGS.md). needs: a preview */
void render_preview_json(struct writer *w, const struct preview *preview);
const char *finding_help(struct arena *arena, const struct finding *f, enum language language);
/* The help and what it changes, as text and as the keys of JSON. */
void render_help(struct writer *w, const struct finding *f, const struct render_options *opt);
void render_help_json(struct writer *w, const struct diag *diag, const struct finding *f, enum language language);
/* The first line: where, what. */
void render_header(struct writer *w, const struct diag *diag, const struct finding *f, const struct render_options *opt);
void render_finding(struct writer *w, struct diag *diag, const struct finding *f, const struct render_options *opt);
/* All of them, then what was not shown and how many there are; nothing at all where there is no finding. */
void render_findings(struct writer *w, struct diag *diag, const struct render_options *opt);
/* The array of "findings" of docs/FINDINGS.md, one finding a line; paths as in sources. */
void render_findings_json(struct writer *w, struct diag *diag, enum language language);
/* A whole SARIF 2.1.0 log with one run. */
void render_findings_sarif(struct writer *w, struct diag *diag, enum language language);
/* Display width in terminal columns of the bytes [text, text+size), starting at column `at` (for tabs, every 8). */
size_t display_width(const char *text, size_t size, size_t at);

#endif
