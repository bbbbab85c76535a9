/* A rulebook that is being edited, for editors: its texts are given as often as they change, and each check finds what
 * `guiju check` would find in the same texts, at the cost of what the change touches. Reads no file and writes none.
 *
 * A session serves one thread at a time; sessions share nothing. Where memory ends, a call says so, gives back all but
 * the texts, and the session can be used again. */
#ifndef GUIJU_SESSION_H
#define GUIJU_SESSION_H
#include "analysis/analysis.h"
#include "diag/diag.h"
#include "options.h"

struct session;

/* Of the options the limits and what is shown matter, as for `guiju check`; they are copied. A limit (--nodes, --time,
 * --memory) is one of each check: where one ends a question, what is decided may differ from a fresh check, which asks
 * more. NULL: there is no memory. */
struct session *session_new(const struct options *opt);
void session_free(struct session *s);             /* NULL is allowed */

/* Gives the text of a file, copied; a path is relative to the rulebook's folder. Files that end in .rulebook.md and lie in
 * the folder itself are the rulebook; others are what declarations name (取自, 原文). `bytes` NULL: the file is gone.
 * false: memory ended, or the text is larger than LIMIT_FILE (grammar/parse.h); the file is as it was. */
bool session_text(struct session *s, const char *path, const char *bytes, size_t size);

struct session_answer {
	const struct diag *diag;          /* in the order of `check`; to render it, copy it and give the copy an arena */
	const struct model *model;        /* its digest is empty; NULL: the texts do not parse, or there are none */
	struct verdicts verdicts;         /* none: names or types are wrong */
};

/* What there is to find in the texts as they are. The answer lives until the next call of the session.
 * false: memory ended, *out is untouched. */
bool session_check(struct session *s, struct session_answer *out);

#endif
