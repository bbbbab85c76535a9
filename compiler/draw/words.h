/* The words of a picture: what a question is called, what its answers are called, what a clause says. In Chinese:
 * artifacts never depend on --lang. */
#ifndef GUIJU_DRAW_WORDS_H
#define GUIJU_DRAW_WORDS_H
#include "draw/chart.h"
#include "draw/list.h"
#include "draw/wrap.h"

enum { LABEL_EMS = 12000, ANSWER_EMS = 11000, CLAUSE_EMS = 17000, TIP_EMS = 96000 };

/* The question's words, and its clauses below in small type. */
void question_lines(struct arena *arena, const struct decision_function *df, uint32_t variable, drawing_lines *out);
void question_tips(struct arena *arena, const struct decision_function *df, uint32_t variable, drawing_texts *out);
/* `rest`: this edge takes the most answers of its question, and may say 其余. */
void answer_lines(struct arena *arena, const struct decision_function *df, uint32_t variable,
		  const struct answer_edge *edge, bool rest, drawing_texts *out);
/* All answers in full. */
const char *answer_text(struct arena *arena, const struct decision_function *df, uint32_t variable,
			const struct answer_edge *edge);
/* How many members, outcomes or stretches the edge stands for. */
size_t answer_count(const struct decision_function *df, uint32_t variable, const struct answer_edge *edge);

/* The pairs of characters of a rulebook: its legal text and labels. note [where words end] */
const struct pairs *pairs_of(struct arena *arena, const struct model *model);
/* Adds the text wrapped to lines of a style. */
void add_wrapped(struct arena *arena, const struct pairs *pairs, drawing_lines *out, enum line_style style,
		 const char *text, uint32_t ems, size_t lines);
/* "8.1(1).2、规定7.1 等5条" */
const char *cites_short(struct arena *arena, const char *const *clauses, size_t count, size_t shown);
/* One line a clause: its id and its text, cut short. */
void cites_tips(struct arena *arena, const struct model *model, const char *const *clauses, size_t count,
		drawing_texts *out);
/* Puts a clause into a list that has each once. */
void add_clause(struct arena *arena, drawing_texts *clauses, const char *clause);

#endif
