/* The canonical layout: tokens with their comments, printed again. */
#ifndef GUIJU_GRAMMAR_FORMAT_H
#define GUIJU_GRAMMAR_FORMAT_H
#include "grammar/reader.h"

#include "support/writer.h"

struct format_token {
	int kind;                        /* T_… */
	struct span at;
	const char *text;                /* as it will be printed */
	const struct keyword *keyword;   /* of keywords and bounds */
	bool spaced;                     /* blank before it in the source */
	bool line_first, column_1;
	unsigned blank_lines;            /* before its line */
};
typedef VEC(struct format_token) format_tokens;

struct formatter {
	struct reader *r;
	struct writer *w;
	char keywords;                   /* 'k' as written, 'z' 中文, 'e' English */
	const char *newline;
};

/* The tokens of a stretch of the text, keywords already in the language asked for. */
void format_read(struct formatter *f, struct span at, bool fence, format_tokens *tokens);
/* A blank stands between two tokens of one line. */
bool format_needs_space(const format_tokens *tokens, size_t right, unsigned depth);
/* format_table.c: `owner` is the token kind of the declaration that takes the table. */
void format_table(struct formatter *f, struct block_text inside, int owner);
/* Prints one line of tokens without its line end. */
void format_line(struct writer *w, const format_tokens *tokens, size_t from, size_t to, unsigned *depth);

#endif
