/* The model: what the rulebook means, every name resolved. Checks, drawings, lowering and the difference of editions
 * read it; nobody changes it after resolve_book().
 *
 * note [dimensions]
 * A case is one value for each fact. Every fact is one dimension of 64-bit integers, except a set, which is one
 * boolean dimension per member: booleans 0 and 1, enumerations 0…n-1 in order of declaration, integers as they are,
 * dates as days since 1970-01-01. The dimensions stand in order of declaration, a set's members in theirs, so that
 * "the least case" (docs/LANGUAGE.md) is the least vector of dimensions. Conditions test one dimension each. */
#ifndef GUIJU_MODEL_MODEL_H
#define GUIJU_MODEL_MODEL_H
#include "diag/diag.h"
#include "diag/source.h"
#include "support/arena.h"
#include "support/vec.h"
#include "text/text.h"

#include <stdbool.h>
#include <stdint.h>

#define NONE UINT32_MAX              /* no index */
#define LIMIT_INTEGER INT64_C(1000000000000000000) /* bounds of a fact, and minus it: what stands beside one is a number too */

/* Limits, each with its own message. */
enum {
	LIMIT_MEMBERS = 4096,        /* members of an enumeration */
	LIMIT_SET_MEMBERS = 63,      /* members of a set: a set of facts is one 64-bit word */
	LIMIT_OUTCOMES = 64,         /* outcomes of a decision */
	LIMIT_FACTS = 1024,
	LIMIT_DECISIONS = 256,
	LIMIT_CONDITION_DEPTH = 1024,      /* nesting of a condition, definitions put in */
	LIMIT_CONDITION_SIZE = 1000000,    /* tests of a condition, definitions put in */
	LIMIT_CYCLE_SHOWN = 8              /* names of a cycle that a message shows */
};

struct name {
	const char *id;              /* [a-z][a-z0-9_]* */
	const char *label;           /* Chinese; falls back to the id, never NULL */
	const char *english;         /* falls back to the id, never NULL */
	bool has_label, has_english;
};

struct cites {
	const char **clauses;        /* ids as cited, in order */
	struct span *spans;
	size_t count;
};

struct attributes {
	struct cites cites;
	const char *because;         /* 理由, or NULL */
	const char **resolves;       /* ambiguity ids */
	size_t resolve_count;
	uint32_t role;               /* 裁量: index into roles, or NONE */
	bool discretion;             /* 裁量 is written, with or without a role */
	const char *basis;           /* 口径: id, or NULL */
};

/* ---- facts ---- */

enum fact_kind { FACT_BOOLEAN, FACT_ENUMERATION, FACT_SET, FACT_INTEGER, FACT_DATE };

struct text_value {                  /* a carried text: column heading and cell */
	const char *column;
	const char *text;
};

struct member {
	struct name name;
	struct span span;
	uint32_t group;              /* index into the fact's groups, or NONE */
	struct attributes attributes;
	const char *clause;          /* its row's clause id, or NULL */
	const char *standard;        /* or NULL */
	struct text_value *texts;
	size_t text_count;
};

struct group {                       /* the first level of a two-level enumeration */
	struct name name;
	struct span span;
	uint32_t first, count;       /* its members: consecutive */
};

struct fact {
	struct name name;
	struct span span;            /* of the name */
	enum fact_kind kind;
	struct attributes attributes;
	int64_t low, high;           /* of one dimension: 0..1, 0..n-1, bounds, days; a set: 0..1 */
	const char *unit;            /* 人; NULL: none */
	struct member *members;      /* enumeration, set */
	size_t member_count;
	struct group *groups;
	size_t group_count;
	const char *enumeration;     /* 见 NAME, or NULL */
	uint32_t first_dim, dim_count;
	bool applicable_date;        /* the fact `on` 适用日, made by the resolver: always the last fact */
};

struct dim {
	uint32_t fact;
	uint32_t member;             /* of a set; else 0 */
	int64_t low, high;
};

/* ---- conditions ---- */

struct range {                       /* low..high, both included */
	int64_t low, high;
};
struct ranges {                      /* ascending, disjoint, not touching */
	struct range *items;
	size_t count;
};

enum cond_kind {
	COND_TRUE, COND_FALSE,
	COND_AND, COND_OR,           /* parts */
	COND_NOT,                    /* parts[0] */
	COND_FACT,                   /* the dimension's value lies in ranges */
	COND_DECISION,               /* the decision's outcome index lies in ranges */
	COND_DEFINITION              /* parts[0] is the definition's condition */
};
enum cond_op {                       /* how it was written: XML and words want it; meaning is in ranges and parts */
	OP_NONE, OP_HOLDS, OP_IS, OP_IS_NOT, OP_IN, OP_NOT_IN, OP_BOUNDS, OP_CONTAINS, OP_LACKS, OP_CONTAINS_ANY,
	OP_CONTAINS_ALL, OP_EMPTY, OP_NOT_EMPTY, OP_PERIOD
};
struct cond {
	enum cond_kind kind;
	enum cond_op op;
	struct span span;            /* in a row's cell it says nothing: ast_place_in_cell() does */
	const char *words;           /* as written, or NULL (made by the resolver) */
	struct cond **parts;
	size_t part_count;
	uint32_t dim;                /* COND_FACT */
	uint32_t decision;           /* COND_DECISION */
	uint32_t definition;         /* COND_DEFINITION */
	struct ranges ranges;        /* none: a test that no value passes, as 10万人以上不满10万人 */
};

struct definition {
	struct name name;
	struct span span;
	struct attributes attributes;
	struct cond *cond;
	bool used;
};

/* ---- decisions and rules ---- */

enum hit_policy { HIT_UNIQUE, HIT_ANY, HIT_FIRST };

#define NO_RUNG UINT32_MAX

struct rule {                        /* a rule, a row, or a default */
	const char *id;              /* NAME, TABLE.ROW, DECISION.default */
	struct name name;            /* of a row: id is the row's own */
	struct span span;            /* the whole of it */
	struct span name_span;       /* what is underlined: name, row id cell, 缺省 */
	uint32_t decision;
	uint32_t outcome;
	bool is_default;
	struct cond *when;           /* everything that must hold: 当, the table's 当, cells, the period. Never NULL */
	struct cond *except;         /* 除外, or NULL */
	struct attributes attributes;
	uint32_t table;              /* NONE for rules and defaults */
	uint32_t row;                /* index in its table */
	const char *item;            /* published number, or NULL */
	const char *standard;
	struct text_value *texts;    /* carried text columns */
	size_t text_count;
	bool has_from, has_to;
	int32_t from, to;            /* period, both days included */
	uint32_t *rungs;             /* per ladder of the decision: its rung (0 prevails), or NO_RUNG */
	struct span when_insert;     /* a point where ` 且 …` can be written, or start==end==0 */
};

struct rule_table {                  /* 表 */
	struct name name;
	struct span span, name_span;
	uint32_t decision;
	enum hit_policy hit;
	bool complete;
	struct cond *when;           /* C, or NULL */
	bool has_from, has_to;       /* the head's period: of rows that have no other */
	int32_t from, to;
	uint32_t *rules;             /* indices into model->rules, in row order */
	size_t rule_count;
	struct attributes attributes;
	bool published;
	struct ast_pipe_table *written;  /* as written, for drawing and XML */
	bool ids_given;              /* every row had an id */
};

struct ladder {                      /* 次序; 优先 a 于 b is one of two rungs */
	struct name name;
	struct span span;
	uint32_t decision;
	struct attributes attributes;
	uint32_t rung_count;
	bool is_pair;                /* written with 优先 */
	bool ranks_defaults;         /* names 缺省: its rungs, and not the general rule, order rules and defaults */
};

struct outcome {
	struct name name;
	struct span span;
	struct attributes attributes;
};

struct decision {
	struct name name;
	struct span span;
	struct attributes attributes;
	struct outcome *outcomes;
	size_t outcome_count;
	uint32_t *rules;             /* all its rules, rows and defaults, in source order */
	size_t rule_count;
	uint32_t *tables;
	size_t table_count;
	struct ladder *ladders;
	size_t ladder_count;
	uint32_t *feeds;             /* decisions that its conditions name, ascending; each before it in `order` */
	size_t feed_count;
	/* note [cases]: what a case of this decision is (docs/LANGUAGE.md, Meaning) */
	uint32_t *dims;              /* dimensions of its cases: read by it, by what feeds it, or tied by constraints */
	size_t dim_count;
	uint32_t *constraints;       /* the constraints that touch these dimensions */
	size_t constraint_count;
	uint32_t *fed_by;            /* feeds and what feeds them, in order of evaluation */
	size_t fed_by_count;
	uint32_t *read_facts;        /* facts that its own conditions read directly, ascending */
	size_t read_fact_count;
};

/* ---- constraints, properties, cases ---- */

struct constraint {
	struct name name;
	struct span span;
	struct attributes attributes;
	struct cond *when;           /* A, or NULL */
	struct cond *then;           /* B */
	struct cond *cond;           /* not A, or B: what every case satisfies */
};

struct property {
	struct name name;
	struct span span;
	struct attributes attributes;
	bool monotone;
	struct cond *when;           /* A, or NULL; over facts, decisions */
	struct cond *then;           /* over facts, decisions: at least one decision. Not of a monotone one */
	uint32_t decision;           /* monotone: whose outcome */
	uint32_t *facts;             /* monotone: integers, dates */
	size_t fact_count;
	uint32_t *rank;              /* monotone: per outcome its rank, or NONE: not compared */
	uint32_t *decisions;         /* all it names */
	size_t decision_count;
	uint32_t *dims;              /* of its cases, as for a decision */
	size_t dim_count;
	uint32_t *constraints;
	size_t constraint_count;
	uint32_t *fed_by;            /* all decisions it rests on, in order of evaluation */
	size_t fed_by_count;
};

struct fact_setting {
	bool known;
	int64_t value;               /* a set: bit i is member i */
};

enum expectation_kind { EXPECT_OUTCOME, EXPECT_CONFLICT, EXPECT_GAP };
struct expectation {
	uint32_t decision;
	enum expectation_kind kind;
	uint32_t outcome;
	uint32_t *outcomes;          /* of a conflict */
	size_t outcome_count;
	struct span span;
};
struct test_case {                   /* 案例, or a row of a 案例表 */
	const char *name;
	struct span span;
	struct attributes attributes;
	struct fact_setting *facts;  /* one per fact: baseline and settings */
	struct expectation *expectations;
	size_t expectation_count;
};

/* ---- the legal text ---- */

enum fate { FATE_UNACCOUNTED, FATE_IMPLEMENTED, FATE_DISCRETION, FATE_NO_EFFECT, FATE_PENDING };

struct clause {
	const char *id;
	enum clause_level level;
	const char *text;            /* whole text of it, without numbering marks where they are markup */
	struct span span;
	uint32_t parent;             /* index into clauses, or NONE */
	bool unit;                   /* a leaf: it needs an account */
	enum fate fate;
	const char **by;             /* ids of what implements it, in source order */
	size_t by_count;
	uint32_t role;               /* of a discretion */
	const char *reason;          /* of a discretion, without effect; the procedure of pending */
};

struct role {
	struct name name;
	const char **aliases;
	size_t alias_count;
	struct span span;
	struct attributes attributes;
};

struct named_text {                  /* instruments, standards, ambiguities, bases, conventions, duties */
	struct name name;
	const char *text;            /* a duty's or ambiguity's text, or NULL */
	const char **keys;           /* document_number, force, … with their values */
	const char **values;
	size_t key_count;
	struct attributes attributes;
	struct span span;
	uint32_t role;
};
typedef VEC(struct named_text) named_texts;

enum published_kind { PUBLISHED_FACT, PUBLISHED_ITEM, PUBLISHED_TEXT, PUBLISHED_OUTCOME, PUBLISHED_CITES,
		      PUBLISHED_STANDARD, PUBLISHED_ID };
struct published_column {
	enum published_kind kind;
	uint32_t fact;               /* PUBLISHED_FACT: index, else NONE */
	const char *column;          /* as the table's column is named: a fact id, "条目", or a text column */
	const char *heading;
};
struct publication {                 /* 公布 */
	struct name name;
	uint32_t table;
	struct published_column *columns;
	size_t column_count;
	struct attributes attributes;
	struct span span;
};

/* procedure.h */
struct calendar;
struct procedure;
struct procedure_case;
struct counting;
struct period;

struct model {
	struct arena *arena;
	const struct sources *sources;
	const char *digest;          /* sha256:… of the rulebook's files */
	struct name name;            /* 规则书 */
	struct span name_span;
	const char **head_keys;      /* authority, effective, … with their values as text */
	const char **head_values;
	size_t head_count;
	struct attributes attributes;
	struct name edition;         /* 版次: "2025"; id "" when not given */
	struct attributes edition_attributes;

	struct fact *facts;
	size_t fact_count;
	struct dim *dims;
	size_t dim_count;
	struct definition *definitions;
	size_t definition_count;
	struct decision *decisions;  /* in source order */
	size_t decision_count;
	uint32_t *order;             /* all decisions, each after what feeds it, else in source order */
	struct rule *rules;          /* in source order; defaults among them */
	size_t rule_count;
	struct rule_table *tables;
	size_t table_count;
	struct constraint *constraints;
	size_t constraint_count;
	struct property *properties;
	size_t property_count;
	struct test_case *cases;
	size_t case_count;
	struct clause *clauses;      /* in text order, parents before parts */
	size_t clause_count;
	struct map *clause_index;    /* id → index into clauses: model_clause() */
	struct role *roles;
	size_t role_count;
	named_texts instruments, standards, ambiguities, bases, conventions, duties;
	VEC(struct publication) publications;
	uint32_t applicable_date;    /* the fact `on`, or NONE */

	struct calendar *calendars;  /* procedure.h, in source order */
	size_t calendar_count;
	struct procedure *procedures;
	size_t procedure_count;
	struct procedure_case *procedure_cases;
	size_t procedure_case_count;
	const struct counting *counting;  /* never NULL */
	const struct period *trial;       /* 试行 of the head, or NULL */
	bool has_effective;
	int32_t effective;                /* 施行 of the head */
};

/* Looks every name up and builds the model; every mistake is reported.
 * needs: a tree without syntax errors (broken declarations are passed over); files: loads what 原文 names, or NULL
 * gives: a model; usable for the checks when the sink holds no error of resolve's own kinds */
struct ast_book;
struct model *resolve_book(struct arena *arena, struct diag *diag, const struct ast_book *book,
			   const struct csv_loader *files, const char *digest);

/* For a book whose rows are kept from one model to the next, of rulebooks that differ in rules alone (made_rows.c). */
struct made_rows *made_rows_new(struct arena *arena);          /* it lives in the arena, which grows */

/* a is over b (docs/LANGUAGE.md, Priority): where both hold with different outcomes, b is beaten.
 * Constant time but for the number of ladders. Rules of different decisions are never over each other. */
bool rule_is_over(const struct model *model, uint32_t a, uint32_t b);

/* A value of a fact in JSON and in words; `value` of a set is a word of bits. */
const char *fact_value_json(struct arena *arena, const struct fact *fact, int64_t value);
void write_fact_value(struct writer *w, const struct fact *fact, int64_t value);   /* the same, where text grows */
struct phrase fact_value_words(struct arena *arena, const struct fact *fact, int64_t value);
/* "10万" for 100000: a number in the words of the reader. */
const char *number_words(struct arena *arena, int64_t value, bool chinese);
const char *date_text(struct arena *arena, int64_t day);         /* 2026-02-27 */
bool date_parse(const char *text, int64_t *day);                 /* ISO 8601, 1900-01-01 … 2199-12-31 */
#define DATE_LOW (-25567)                                        /* 1900-01-01 */
#define DATE_HIGH 84005                                          /* 2199-12-31 */

/* Evaluates a condition on one complete case: values[dim], outcomes[decision]. For tests of one case only. */
bool cond_holds(const struct cond *cond, const int64_t *values, const uint32_t *outcomes);

/* Some test of it is of the decision, also within definitions. A condition that is NULL names none. */
bool cond_names(const struct cond *cond, uint32_t decision);

const struct clause *model_clause(const struct model *model, const char *id);  /* NULL: another instrument's */
uint32_t model_decision(const struct model *model, const char *id_or_label);   /* NONE */
uint32_t model_fact(const struct model *model, const char *id_or_label);       /* NONE */

/* ---- in words (words.c), both languages ---- */

/* A test of one dimension as a clause of a sentence: 入场人数10万人以上、不满100万人; 非会员;
 * 行业、领域为医药. `ranges` as in a condition. */
struct phrase dim_words(struct arena *arena, const struct model *model, uint32_t dim, const struct ranges *ranges);
/* The same without the fact's name: 10万人以上、不满100万人; 医药、零售; 是. */
struct phrase dim_values_words(struct arena *arena, const struct model *model, uint32_t dim,
			       const struct ranges *ranges);
/* 入场人数为1000万人: one value of a whole fact; of a set, its members. */
struct phrase fact_is_words(struct arena *arena, const struct fact *fact, int64_t value);
struct phrase cond_words(struct arena *arena, const struct model *model, const struct cond *cond);

struct writer;
void model_dump(struct writer *w, const struct model *model);
/* Asserts every invariant written above (debug builds, after resolve). */
void model_verify(const struct model *model);

#endif
