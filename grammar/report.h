/* Messages about syntax: what was expected, in the reader's language, and the edit that mends it. */
#ifndef GUIJU_GRAMMAR_REPORT_H
#define GUIJU_GRAMMAR_REPORT_H
#include "grammar/scan.h"

struct expected {
	const char *zh, *en;
	int token;
	bool spelled;         /* zh and en are what the author may write: shown in backticks */
};

/* The token just given (at) is none of those expected. */
void report_unexpected(struct scan *s, struct span at, const struct expected *expected, size_t count);
void report_too_deep(struct scan *s, struct span at);

#endif
