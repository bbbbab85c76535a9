/* The long texts of docs/FINDINGS.md, which the program carries in itself. */
#ifndef GUIJU_DIAG_EXPLAIN_H
#define GUIJU_DIAG_EXPLAIN_H

struct arena;

/* The section of a finding with its heading, ending in a line end; NULL: there is no such slug. */
const char *explain_section(struct arena *arena, const char *slug);

#endif
