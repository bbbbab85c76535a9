/* Between text and grammar: what the scanner keeps, and the tokens that layout adds (ends of declarations). */
#ifndef GUIJU_GRAMMAR_SCAN_H
#define GUIJU_GRAMMAR_SCAN_H
#include "ast/build.h"
#include "grammar/keywords.h"
#include "grammar/parse.h"

struct scan {
	struct arena *arena;
	struct ast_builder *builder;      /* its diag is NULL when nothing is to be reported */
	void *raw;                        /* flex's scanner, made once and aimed at one text after another */
	const struct keyword_index *keywords;
	/* `text` is as the author wrote it; `buffer` is the scanner's own copy. Their first byte is byte `offset`
	 * of the file. */
	const char *text;
	char *buffer;
	size_t size;
	uint32_t file, offset;
	uint32_t line_start;              /* file offset of the current line */
	bool fence;                       /* declarations begin in column 1 (else a table's cell) */
	bool comments;                    /* give comments as tokens (fmt, dump) */
	bool open;                        /* a declaration is open */
	bool skipping;                    /* drop what comes before the next declaration */
	bool after_bound;                 /* 10万人以上: what follows unspaced is another bound */
	int first;                        /* token that chooses the grammar's start; 0: given already */
	int held;                         /* token held back behind the end of a declaration; 0: none */
	struct span held_at;
	struct ast_word held_word;
	int last;                         /* the last token given, and where */
	struct span last_at;
	int before;                       /* the one before it, and where */
	struct span before_at;
	bool decided;                     /* 当 or 则 of the open declaration has come */
	struct span first_at;             /* the first token of the open declaration */
	/* note [nesting]
	 * Brackets, 下列之一 and 非 open a level each; a 非 ends with what it denies. denied[i] is how many 非 the
	 * i-th open bracket ends. */
	unsigned depth, denials;
	unsigned denied[LIMIT_DEPTH + 1];
	size_t brackets;
	size_t tokens;                    /* of the open declaration or cell */
	size_t reported;                  /* findings of syntax so far */
};

void scan_init(struct scan *s, struct arena *arena, struct ast_builder *builder);
/* Aims at `size` bytes of text. `buffer` holds the same bytes, is changed, and has room for two more. */
void scan_aim(struct scan *s, const char *text, char *buffer, size_t size, uint32_t file, uint32_t offset);

/* The author's bytes at a place of the text aimed at. */
const char *scan_text(const struct scan *s, struct span at);
/* A finding, or NULL when nothing is to be reported or LIMIT_FINDINGS were. */
struct finding *scan_report(struct scan *s, enum finding_kind kind, struct span at, enum message message);
struct phrase;
/* Argument `index` is the author's text at a place, cut to a readable length. */
void scan_arg_text(struct scan *s, struct finding *f, size_t index, struct span at);

#endif
