/* The command line: one table of verbs, one of options (options.c); help is printed from both. */
#ifndef GUIJU_OPTIONS_H
#define GUIJU_OPTIONS_H
#include "diag/render.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit status (docs/LANGUAGE.md, The command line); of several the largest. */
enum exit_status { EXIT_CLEAN = 0, EXIT_WRONG = 1, EXIT_USAGE = 2, EXIT_IO = 3, EXIT_NOT_DECIDED = 4 };

enum verb { VERB_NONE, VERB_CHECK, VERB_BUILD, VERB_GRAPH, VERB_DECIDE, VERB_TEST, VERB_TRACE, VERB_EXPLAIN, VERB_VERIFY,
	    VERB_FMT, VERB_DIFF, VERB_IMPORT, VERB_STEP, VERB_HELP, VERB_VERSION };
enum output_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF, FORMAT_MARKDOWN };

#define INPUTS_MAX 256
#define PAST_MAX   1024

struct options {
	enum verb verb;
	enum verb help_of;              /* VERB_HELP: of one verb, or VERB_NONE */
	enum language language;
	enum output_format format;
	const char *inputs[INPUTS_MAX]; /* what is no option: rulebooks, a folder, a slug */
	size_t input_count;
	const char *output;             /* -o */
	const char *decision;
	const char *domain;
	const char *facts;
	const char *records;            /* diff --records */
	const char *on;
	const char *procedure, *state, *event; /* step */
	const char *from;               /* graph: the event of a timeline */
	const char *past[PAST_MAX];     /* --past EVENT=DATE, as written */
	size_t past_count;
	const char *rulebook;           /* verify --rulebook */
	const char *keywords;           /* fmt, import --keywords */
	const char *dump;
	const char *regions;            /* "all" or NULL */
	const char *colour;             /* auto, always, never */
	uint64_t nodes, milliseconds, bytes;
	bool requirements, no_pictures, check_only, quiet_notes, show_notes, explain_region;
	const char *executable;         /* argv[0], to find guiju-draw beside it */
};

/* What was wrong with the command line: which word, and what is allowed. */
struct usage_error {
	const char *word;
	const char *zh, *en;
};

/* Reads the arguments; false: `error` says what is wrong. `locale` is LC_ALL, LC_MESSAGES or LANG, or NULL. */
bool options_parse(struct options *opt, int argc, char **argv, const char *locale, struct usage_error *error);
void options_help(struct writer *w, const struct options *opt);

#endif
