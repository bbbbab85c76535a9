/* Made by guiju from the rulebook `library`; not to be edited by hand.
 * 图书借阅办法（示例，虚构） */
#ifndef GUIJU_RULEBOOK_LIBRARY_H
#define GUIJU_RULEBOOK_LIBRARY_H
#include "guiju.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The table, in library.c: for guiju_table_open. */
extern const unsigned char library_table[];
extern const size_t library_table_size;

/* 读者类别 */
enum library_reader {
	LIBRARY_READER_ADULT = 0, /* 成人 */
	LIBRARY_READER_PUPIL = 1, /* 学生 */
	LIBRARY_READER_CHILD = 2 /* 儿童 */
};

struct library_facts {
	enum library_reader reader; /* 读者类别 */
	int64_t borrowed; /* 已借册数: 0 to 100 册 */
};

/* 借期 */
enum library_loan_outcome {
	LIBRARY_LOAN_OUTCOME_FOUR_WEEKS = 0, /* 四周 */
	LIBRARY_LOAN_OUTCOME_TWO_WEEKS = 1, /* 两周 */
	LIBRARY_LOAN_OUTCOME_REFUSED = 2 /* 不予借阅 */
};

/* Indices in the table: of facts, and of decisions. */
enum {
	LIBRARY_FACT_READER = 0, /* 读者类别 */
	LIBRARY_FACT_BORROWED = 1, /* 已借册数 */
	LIBRARY_DECISION_LOAN = 0, /* 借期 */
	LIBRARY_FACT_COUNT = 2
};

/* The facts as guiju_decide and guiju_decide_partial take them. */
static inline void library_values(const struct library_facts *facts, int64_t *values)
{
	values[0] = (int64_t)facts->reader;
	values[1] = (int64_t)facts->borrowed;
}

/* 借期 */
static inline enum guiju_status library_decide_loan(const struct guiju_table *table, const struct library_facts *facts,
	void *scratch, size_t scratch_size, struct guiju_answer *answer)
{
	int64_t values[2];
	library_values(facts, values);
	return guiju_decide(table, 0, values, scratch, scratch_size, answer);
}

#ifdef __cplusplus
}
#endif
#endif
