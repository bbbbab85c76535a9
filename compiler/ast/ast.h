/* The syntax tree: what the author wrote, in order, every node with its span. Names are not looked up here.
 *
 * A file is a list of blocks in source order: headings and paragraphs of the legal text, declarations from the
 * fences, pipe tables. A book is the list of its files. */
#ifndef GUIJU_AST_AST_H
#define GUIJU_AST_AST_H
#include "diag/source.h"
#include "support/arena.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>

/* ---- small pieces ---- */

struct ast_word {            /* a word or quoted text; text NULL: not written */
	const char *text;    /* UTF-8 without its quotes; `…` in a quotation stays as written */
	struct span span;    /* with its quotes */
	bool quoted;
};
typedef VEC(struct ast_word) ast_words;

struct ast_name {            /* id「中文」"english": any part may be missing */
	struct ast_word id, label, english;
	struct span span;
};

struct ast_clause_id {       /* 12.1(2)#3, U2.c, 规定7.1(2): half-width, as it will be compared */
	const char *text;
	struct span span;
};
typedef VEC(struct ast_clause_id) ast_clause_ids;

struct ast_date {
	bool given;
	int32_t day;         /* days since 1970-01-01 (proleptic Gregorian) */
	struct span span;
};

struct ast_attributes {      /* what attaches to anything */
	ast_clause_ids cites;        /* 依据 */
	struct ast_word because;     /* 理由 */
	ast_words resolves;          /* 释疑 */
	struct ast_word discretion;  /* 裁量 ROLE */
	bool discretion_given;       /* 裁量 without a role is allowed for facts */
	struct ast_word basis;       /* 口径 */
	struct ast_date from, to;    /* 自, 至 */
};

struct ast_number {
	int64_t value;       /* after 万 and 亿 */
	const char *unit;    /* 人; NULL: none written */
	struct span span, unit_span;
};

enum ast_value_kind { AST_VALUE_NONE, AST_VALUE_WORD, AST_VALUE_NUMBER, AST_VALUE_DATE, AST_VALUE_YES, AST_VALUE_NO,
		      AST_VALUE_SET /* { … } or 空 */ };
struct ast_value {           /* a table has a million: only the member that kind names may be read */
	enum ast_value_kind kind;
	struct span span;
	union {
		struct ast_word word;
		struct ast_number number;
		struct ast_date date;
		ast_words set;       /* AST_VALUE_SET */
	};
};
typedef VEC(struct ast_value) ast_values;

/* ---- conditions ---- */

enum ast_cond_kind { AST_COND_AND, AST_COND_OR, AST_COND_NOT, AST_COND_TEST,
		     AST_COND_BROKEN /* after a syntax error: says nothing */ };
enum ast_test {              /* what one test asks of its subject */
	AST_TEST_NAME,       /* the bare name: a boolean fact or a definition */
	AST_TEST_IS, AST_TEST_IS_NOT,            /* 为 不为: one value (a set value: exactly these) */
	AST_TEST_IN, AST_TEST_NOT_IN,            /* 属于 不属于 { } */
	AST_TEST_BOUNDS,                         /* one or two bounds */
	AST_TEST_CONTAINS, AST_TEST_LACKS,       /* 含 不含: one member */
	AST_TEST_CONTAINS_ANY, AST_TEST_CONTAINS_ALL,
	AST_TEST_EMPTY, AST_TEST_NOT_EMPTY
};
enum ast_bound { AST_BOUND_AT_LEAST, AST_BOUND_AT_MOST, AST_BOUND_MORE_THAN, AST_BOUND_LESS_THAN };
struct ast_fixed_word {           /* in 约定: a word whose meaning the language fixes */
	struct ast_word word;
	enum ast_bound bound;
};
struct ast_bound_at {
	enum ast_bound bound;
	struct ast_value value;  /* a number or a date */
	struct span span;        /* number, unit and bound word */
};
struct ast_cond {
	enum ast_cond_kind kind;
	struct span span;
	struct ast_cond **parts;     /* and, or: two or more; not: one */
	size_t part_count;
	enum ast_test test;
	struct ast_word subject;     /* of a test; text NULL in a table cell: the column's heading */
	ast_values values;
	struct ast_bound_at *bounds; /* one or two */
	size_t bound_count;
};

/* ---- pipe tables ---- */

/* note [cells alike]
 * Of a large table's cells most stand in their column several times. Equal text is held once; where the grammar had
 * nothing to report of it, equal cells of a rule table share what was made of it, with the places of the first; and so do
 * the model's rules. */

enum ast_column_kind {
	AST_COLUMN_NAME,        /* a fact (cells are conditions or values) */
	AST_COLUMN_EXPECTED,    /* 应为 DECISION, in case tables */
	AST_COLUMN_THEN,        /* 则 */
	AST_COLUMN_CITES,       /* 依据 */
	AST_COLUMN_FROM, AST_COLUMN_TO, /* 自 至 */
	AST_COLUMN_ID,          /* id */
	AST_COLUMN_ITEM,        /* 条目 */
	AST_COLUMN_STANDARD,    /* 标准 */
	AST_COLUMN_TEXT,        /* 「…」 */
	AST_COLUMN_PARENT,      /* 上级 */
	AST_COLUMN_LABEL,       /* 标签 */
	AST_COLUMN_ENGLISH,     /* 英文 */
	AST_COLUMN_CLAUSE,      /* 条款 */
	AST_COLUMN_CASE,        /* 案例 */
	AST_COLUMN_RESOLVES,    /* 释疑 */
	AST_COLUMN_BECAUSE,     /* 理由 */
	AST_COLUMN_DISCRETION   /* 裁量 */
};
struct ast_column {
	enum ast_column_kind kind;
	struct ast_word name;        /* the heading (of EXPECTED: the decision; of TEXT: without quotes) */
};
struct ast_cell {
	const char *text;            /* trimmed, `\|` undone; "" when empty */
	struct span span;
	uint32_t like;               /* first row whose cell of this column has the same text. note [cells alike] */
	bool merged;                 /* 〃: text and content are those of the cell above */
	bool mistaken;               /* the grammar has reported something of it */
	bool expects_conflict, expects_gap;
	/* parsed by the column's kind; of the kinds not named below text says all */
	struct ast_cond *cond;       /* AST_COLUMN_NAME in rule tables: NULL when empty (any) */
	union {                      /* only the member of the column's kind may be read */
		struct {
			const struct ast_value *value;  /* AST_COLUMN_NAME in case tables; THEN and EXPECTED as
			                                   a word; NULL: none */
			const ast_words *conflict;      /* EXPECTED: 冲突 { a、b }; NULL: none named */
		};
		ast_clause_ids clauses;      /* CITES, CLAUSE */
		ast_words words;             /* RESOLVES */
		struct ast_date date;        /* FROM, TO */
	};
};
struct ast_row {
	struct ast_cell *cells;      /* one per column */
	struct span span;
};
struct ast_pipe_table {
	struct span span;
	struct ast_column *columns;
	size_t column_count;
	VEC(struct ast_row) rows;
	bool from_csv;               /* 取自: spans point into the CSV file */
};

/* A place in what the cell shares with the first of its text, in this cell. A merged cell's content is that of the one
 * above. note [cells alike] */
struct span ast_place_in_cell(const struct ast_pipe_table *table, uint32_t row, size_t column, struct span at);

/* ---- declarations ---- */

enum ast_decl_kind {
	AST_RULEBOOK, AST_EDITION, AST_CONVENTION, AST_INSTRUMENT, AST_STANDARD, AST_AMBIGUITY, AST_ROLE, AST_BASIS,
	AST_SOURCE_TEXT,   /* 原文 FILE */
	AST_NUMBERING,     /* 编号 U */
	AST_CLAUSE,        /* 条款 ID 引 「…」 */
	AST_DECLARATORY,   /* 宣示 IDS 理由 */
	AST_DISCRETION,    /* 裁量 IDS 由 ROLE 理由 */
	AST_PROCEDURAL,    /* 程序条款 IDS 见 PROCEDURE */
	AST_DUTY,          /* 职责 ROLE 「…」 依据: untimed; as a part of a procedure see AST_TIMED_DUTY */
	AST_FACT, AST_ENUMERATION, AST_DECISION, AST_DEFINITION,
	AST_RULE, AST_DEFAULT, AST_TABLE, AST_ORDER, /* 次序; 优先 a 于 b is an order of two rungs */
	AST_ASSUME, AST_ASSERT,
	AST_BASELINE, AST_CASE, AST_CASE_TABLE,
	AST_PUBLISH,       /* 公布 as a declaration: which table appears in the published list */
	AST_CALENDAR, AST_CALENDAR_YEAR,
	AST_PROCEDURE,     /* its states are members */
	AST_EVENT, AST_STEP,
	AST_TIMED_DUTY,    /* 职责 D 用于 PROCEDURE … */
	AST_VALIDITY,
	AST_TIME_PROPERTY, /* 断言 … 用于 PROCEDURE */
	AST_PROCEDURE_CASE /* 案例 … 程序 PROCEDURE */
};

enum ast_fact_kind { AST_FACT_BOOLEAN, AST_FACT_ENUMERATION, AST_FACT_SET, AST_FACT_INTEGER, AST_FACT_DATE };

struct ast_member {
	struct ast_name name;
	struct ast_attributes attributes;
	bool start, final, no_stay;  /* of a state: 起始, 终止, 不得停留 */
	ast_words texts;             /* of a text table: the 「」 columns' cells, in column order */
	struct ast_word parent;      /* two-level: the group's id; text NULL at the first level */
	struct ast_clause_id clause; /* column 条款 */
	struct ast_word standard;
	VEC(struct ast_member) members; /* inline second level: group { … } */
};
typedef VEC(struct ast_member) ast_members;

enum ast_hit { AST_HIT_UNIQUE, AST_HIT_ANY, AST_HIT_FIRST };

struct ast_rung {                /* one rung of a ladder */
	ast_words names;         /* rules or tables */
	bool rest;               /* 其余 */
	bool is_default;         /* 缺省: all defaults of the decision */
	struct span span;
};

struct ast_setting {             /* in a case or baseline: NAME 是/VALUE */
	struct ast_word fact;
	struct ast_value value;
	struct span span;
};
struct ast_expectation {
	struct ast_word decision;
	struct ast_word outcome;
	bool conflict, gap;
	ast_words rules;         /* 冲突 { a、b } */
	struct span span;
};
struct ast_head_line {           /* 制定机关, 施行 … of 规则书, 版次, 法规, 标准 */
	const char *key;         /* English keyword: "authority", "interpreter", "legal_basis", "published",
	                            "effective", "trial", "repealed", "english_title", "document_number", "force",
	                            "number", "relation", "in", "jointly_with", "also_called"; of 约定 the rule
	                            that is no matter of bounds: "start_day_excluded", "end_on_corresponding_day",
	                            "moves_to_a_working_day", "unquantified".
	                            Values that are keywords are their English spelling: "superior", "adopts" … */
	ast_words values;
	struct ast_date date;
	struct ast_number number; /* 试行 2年 */
	struct ast_attributes attributes;
	struct span span;
};
struct ast_heading_of {          /* 公布 … 栏 COLUMN 题 「heading」 */
	struct ast_word column;  /* a fact, 「text」, or a heading's English spelling: "item", "then", "cites" … */
	struct ast_word heading; /* text NULL: the column's own */
};

/* ---- procedures and calendars ---- */

enum ast_actor { AST_ACTOR_NONE, AST_ACTOR_ROLE, AST_ACTOR_TIME, AST_ACTOR_OUTSIDE }; /* 由 */

enum ast_limit_kind {
	AST_LIMIT_NONE,
	AST_LIMIT_UNLIMITED,         /* 不限期 */
	AST_LIMIT_WITHIN,            /* 限 5个工作日 */
	AST_LIMIT_VAGUE,             /* 限 无确数 「…」 */
	AST_LIMIT_BY_DATE,           /* 限 不迟于 DATE */
	AST_LIMIT_IN_THE_LAST,       /* 限 V 届满前 60个工作日 之内 */
	AST_LIMIT_AT_LEAST_BEFORE    /* 限 V 届满前 60个工作日 以前 */
};
struct ast_limit {
	enum ast_limit_kind kind;
	struct ast_number amount;
	struct ast_word validity, vague;
	struct ast_date date;
	struct span span;
};

struct ast_month_day {               /* 01-01 */
	int month, day;              /* 0: not given */
	struct span span;
};

struct ast_every {                   /* 每 6个月, 每 无确数 「定期」 */
	bool given;
	struct ast_number amount;    /* of the first */
	struct ast_word vague;       /* of the second */
	struct span span;
};

enum ast_lapse { AST_LAPSE_NONE, AST_LAPSE_NO_CONSEQUENCE, AST_LAPSE_DEEMED, AST_LAPSE_STATE, AST_LAPSE_WORDS };

struct ast_holiday {                 /* 「春节」 2026-02-15 至 2026-02-23 */
	struct ast_word name;        /* text NULL: none */
	struct ast_date from, to;    /* to: not given for one day */
	bool made_up;                /* 上班, else 放假 */
	struct span span;
};

enum ast_assumed { AST_ASSUMED_OFF, AST_ASSUMED_MADE_UP, AST_ASSUMED_REST, AST_ASSUMED_WORK, AST_ASSUMED_COUNT };

enum ast_time_property { AST_TIME_BEFORE, AST_TIME_AFTER, AST_TIME_ANSWERED };

struct ast_move {                    /* 依次 2026-02-10 apply */
	struct ast_date date;
	struct ast_word event;
	struct span span;
};
struct ast_due {                     /* 则 … notify 至 DATE; notify 自 DATE 至 DATE */
	struct ast_word clock;
	struct ast_date from, to;
	struct span span;
};

struct ast_timed {                   /* what only declarations of procedures and calendars have */
	unsigned parts;              /* which parts were written; for procedures.c only */
	struct ast_word calendar;    /* 日历 of 程序 */
	enum ast_actor actor;        /* the role is the declaration's */
	struct ast_word via;         /* 经 EVENT */
	struct ast_word expiry_of;   /* 届满 VALIDITY */
	ast_words from;              /* 自: states of a step, events of a clock; of a case its first state */
	struct ast_word from_words;  /* 自 无确指 「…」 */
	struct span from_span;
	struct ast_word to;          /* 至 STATE */
	bool same_state;             /* 至 原状态 */
	struct ast_limit limit;
	struct ast_word circumstance;
	ast_words materials;
	bool materials_open;         /* 等 */
	struct ast_word materials_role;
	ast_words restarts, suspends, resumes, ends;

	struct ast_word toward;      /* 对 */
	struct ast_every every;
	struct ast_month_day anchor; /* 起于 */
	ast_words discharged_by, released_by;
	enum ast_lapse lapse;
	struct ast_word lapse_word;  /* the event, the state or the words */
	struct ast_attributes lapse_attributes;
	struct span lapse_span;

	struct ast_number period;    /* of 有效期; of 年历 the year */
	bool survives;               /* 存续 */

	struct ast_word notice;      /* 载于 */
	VEC(struct ast_holiday) days;
	bool assumed;                /* 假定 */
	struct ast_number limits[AST_ASSUMED_COUNT]; /* span.end 0: not given */
	VEC(struct ast_month_day) always_off;
	struct ast_attributes assumed_attributes;
	struct span assumed_span;

	enum ast_time_property property;
	ast_words states, after, events;

	VEC(struct ast_move) moves;
	struct ast_word result;      /* 则 STATE; text NULL: not said */
	bool refused;                /* 则 不受理 */
	VEC(struct ast_due) dues;
	struct span result_span;
};

struct ast_decl {
	enum ast_decl_kind kind;
	struct span span;                /* the whole declaration, without trailing blanks and comments */
	struct span keyword;             /* its first word */
	struct ast_name name;
	struct ast_attributes attributes;
	size_t block;                    /* index of the fence's block in its file (which clause stands above) */
	bool alone_in_fence;             /* the only rule in its fence: may leave out 依据 */
	bool broken;                     /* had a syntax error: resolve it as far as it goes, report nothing of it */

	struct ast_word decision;        /* 用于 */
	struct ast_cond *when, *except;  /* 当, 除外; NULL: not written. Of 定义: when is its condition */
	struct ast_word then;            /* 则 OUTCOME */
	enum ast_hit hit;
	bool complete;                   /* 完备 */
	struct ast_pipe_table *table;    /* 见下表 or 取自: NULL only when broken */
	struct ast_word file;            /* 取自, 原文 */
	VEC(struct ast_rung) rungs;

	enum ast_fact_kind fact_kind;
	struct ast_number low, high;     /* 整数 LOW 至 HIGH */
	struct ast_date date_low, date_high;
	struct ast_word see;             /* 见 NAME; of 公布 the table: 表 NAME */
	ast_members members;             /* inline, then those of 加, then one per row of `table` (枚举 … 见下表);
	                                    of a decision: its outcomes */
	bool two_level;

	ast_clause_ids clauses;          /* 条款, 宣示, 裁量, 程序条款 */
	struct ast_word quote;           /* 引; of 职责 its text */
	struct ast_word role;            /* 由, 职责 ROLE, or a first role */
	ast_words words;                 /* aliases (又称), 约定's words, 随's facts … by kind */
	VEC(struct ast_head_line) head;  /* attribute lines of 规则书, 版次, 法规, 标准, 角色 */
	bool inclusive;                  /* 约定 … 含本数 */
	VEC(struct ast_fixed_word) fixed;        /* of its words those that the language itself has */

	/* 断言 */
	bool monotone;                   /* 随 FACTS 不降 序 … */
	struct ast_cond *then_cond;      /* 则 CONDITION over decisions: `pathway 不为 X`; of 前提 its 则 */
	VEC(struct ast_rung) ranking;    /* 序 { a、b } 低于 c 低于 d: lowest first, names are outcomes */

	struct ast_word baseline;        /* 基准 */
	VEC(struct ast_setting) settings;
	VEC(struct ast_expectation) expectations;

	VEC(struct ast_heading_of) headings; /* 公布 */

	struct ast_timed *timed;         /* procedures and calendars; NULL for all others. Their PROCEDURE, or the
	                                    CALENDAR of a year, is `decision` */
};

/* ---- blocks and files ---- */

enum ast_block_kind {
	AST_BLOCK_HEADING,   /* # …: text without marks */
	AST_BLOCK_LINE,      /* one non-blank line of prose */
	AST_BLOCK_FENCE,     /* a rulebook fence: its declarations */
	AST_BLOCK_OTHER,     /* another fence (```text): no text of the law, not read */
	AST_BLOCK_TABLE      /* a pipe table */
};
struct ast_block {
	enum ast_block_kind kind;
	struct span span;
	int level;                       /* heading: number of # */
	const char *text;                /* heading, line: without marks and outer blanks */
	struct span text_span;
	VEC(struct ast_decl *) decls;    /* fence */
	struct ast_pipe_table *table;    /* table; raw when no declaration took it */
};
struct ast_file {
	uint32_t source;                 /* index into sources */
	VEC(struct ast_block) blocks;
};
struct made_rows;
struct ast_book {
	struct ast_file *files;
	size_t file_count;
	struct made_rows *made;          /* what models were made of its rows (model/model.h); or NULL */
};

/* Prints the tree without spans, one node a line, children indented: what --dump ast shows and what the
 * fmt-then-parse test compares. */
struct writer;
void ast_dump(struct writer *w, const struct ast_book *book);

#endif
