/* What the scanner's actions ask: the kind and value of a token. */
#ifndef GUIJU_GRAMMAR_TOKENS_H
#define GUIJU_GRAMMAR_TOKENS_H
#include "grammar/scan.h"

#include "rulebook_parser.h"

/* A word: a keyword's token, or T_WORD. */
int scan_word(struct scan *s, struct span at, union RULEBOOK_STYPE *value);
int scan_path(struct scan *s, struct span at, union RULEBOOK_STYPE *value);
/* T_LABEL 「…」 or T_STRING "…", whose quotes have `quote` bytes each. */
int scan_quoted(struct scan *s, struct span at, uint32_t quote, union RULEBOOK_STYPE *value);
int scan_open_quote(struct scan *s, struct span at);
int scan_number(struct scan *s, struct span at, union RULEBOOK_STYPE *value);
int scan_month_day(struct scan *s, struct span at, union RULEBOOK_STYPE *value);
int scan_date(struct scan *s, struct span at, union RULEBOOK_STYPE *value);
/* What stands unspaced behind a number; *keep bytes of it are this token. 0: nothing of the number. */
int scan_amount(struct scan *s, struct span at, size_t *keep, union RULEBOOK_STYPE *value);
/* Bytes of the keyword that only seems part of a clause id (依据7.1), or 0. */
size_t scan_clause_prefix(struct scan *s, struct span at);
int scan_clause(struct scan *s, struct span at, union RULEBOOK_STYPE *value);
/* T_SEP, or T_SEP_REF when a clause id or a registered ambiguity follows; see note [two separators]. */
int scan_separator(struct scan *s, struct span at);
int scan_other(struct scan *s, struct span at);

/* For the grammar: a number used as a name (版次 2025); a fixed column by its English name (栏 条目). */
struct ast_word scan_plain(struct scan *s, struct span at);
struct ast_word scan_heading(struct scan *s, struct span at);
/* A word that 约定 speaks of: noted if its meaning is fixed, as that of bounds and of 届满, which ends with its last day. */
void scan_convention_word(struct scan *s, struct ast_word word);

int scan_raw_next(union RULEBOOK_STYPE *value, struct span *at, void *scanner);

#endif
