/* From source texts to the syntax tree.
 * needs: texts in c->sources, valid or not: every mistake is reported, with recovery at the next declaration
 * keeps: the texts                    gives: a tree; broken declarations are marked */
#ifndef GUIJU_GRAMMAR_PARSE_H
#define GUIJU_GRAMMAR_PARSE_H
#include "ast/ast.h"
#include "diag/diag.h"
#include "support/writer.h"

/* Limits, each with its own message. */
enum {
	LIMIT_DEPTH = 256,              /* nesting of conditions */
	LIMIT_NAME = 256,               /* bytes of a name */
	LIMIT_TOKENS = 1000000,         /* words and marks of one declaration */
	LIMIT_COLUMNS = 1000,           /* columns of a table */
	LIMIT_FILE = 64 * 1024 * 1024,  /* bytes of a file */
	LIMIT_FINDINGS = 1000           /* findings shown */
};

struct ast_book *parse_book(struct arena *arena, struct diag *diag, const uint32_t *files, size_t file_count,
			    const struct csv_loader *csv);

/* The canonical layout of one file's text; language: keep the keywords ('k'), or turn them into Chinese ('z') or
 * English ('e'). The text must parse. */
const char *format_source(struct arena *arena, const struct source *source, char keywords, size_t *size);

/* Tokens as `--dump tokens` shows them: line:column, name, text. */
void dump_tokens(struct writer *w, const struct source *source);

#endif
