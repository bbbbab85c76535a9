/* Printing the tree: one node a line, children indented. */
#ifndef GUIJU_AST_DUMP_H
#define GUIJU_AST_DUMP_H
#include "ast/ast.h"
#include "support/writer.h"

struct ast_printer {
	struct writer *w;
	int depth;
};

void dump_line(struct ast_printer *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line `key "text"` for what was written; nothing for what was not. */
void dump_word(struct ast_printer *p, const char *key, const struct ast_word *word);
void dump_words(struct ast_printer *p, const char *key, const ast_words *words);
void dump_clauses(struct ast_printer *p, const char *key, const ast_clause_ids *ids);
void dump_date(struct ast_printer *p, const char *key, const struct ast_date *date);
void dump_number(struct ast_printer *p, const char *key, const struct ast_number *number);
void dump_value(struct ast_printer *p, const struct ast_value *value);
void dump_cond(struct ast_printer *p, const char *key, const struct ast_cond *cond);
void dump_attributes(struct ast_printer *p, const struct ast_attributes *a);
void dump_table(struct ast_printer *p, const struct ast_pipe_table *table);
void dump_timed(struct ast_printer *p, const struct ast_timed *timed);
void dump_decl(struct ast_printer *p, const struct ast_decl *decl);

#endif
