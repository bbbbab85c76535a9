/* A rulebook as NAME.xml holds it, read without the model: what verify compares with the table, and decides by. */
#ifndef GUIJU_VERIFY_BOOK_H
#define GUIJU_VERIFY_BOOK_H
#include "model/procedure.h"
#include "support/arena.h"
#include "support/intern.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>

#define NO_INDEX UINT32_MAX

enum {
	LIMIT_BOOK_FRAMES = 8192     /* conditions within each other, through definitions too */
};

struct book_name {
	const char *id, *label, *english;  /* NULL: not given */
};
typedef VEC(struct book_name) book_names;
struct name book_name_of(const struct book_name *name); /* as the model has it */

enum book_kind { BOOK_BOOLEAN, BOOK_ENUMERATION, BOOK_SET, BOOK_INTEGER, BOOK_DATE };

struct book_fact {
	struct book_name name;
	enum book_kind kind;
	const char *unit;
	int64_t low, high;               /* of its values; a set: 0 and 2^members - 1 */
	bool discretion, applicable_date;
	book_names members;
};

struct book_decision {
	struct book_name name;
	bool discretion;
	book_names outcomes;
	uint32_t *feeds;                 /* decisions that its rules' conditions name, ascending */
	size_t feed_count;
	bool *reads;                     /* per fact: its cases have it */
};

enum book_cond_kind { BOOK_TRUE, BOOK_FALSE, BOOK_ALL, BOOK_ANY, BOOK_NOT, BOOK_TEST_FACT, BOOK_TEST_MEMBER,
		      BOOK_TEST_DECISION, BOOK_USE };
struct book_range {
	int64_t low, high;
};
struct book_cond {
	enum book_cond_kind kind;
	enum cond_op op;                 /* how it was written */
	uint32_t subject;                /* fact, decision or definition */
	uint32_t member;
	const char *definition;          /* BOOK_USE, until all are read */
	VEC(struct book_cond *) parts;
	VEC(struct book_range) ranges;   /* values, member or outcome indices; of a member: 1 is contained */
};

struct book_text {
	const char *column, *text;
};
struct book_rule {
	const char *element;             /* rule, row, default */
	struct book_name name;           /* id: NAME, TABLE.ROW or DECISION.default */
	const char *item;
	uint32_t decision, outcome, table;
	bool is_default;
	struct book_cond *when, *except;
	VEC(const char *) cites;
	VEC(struct book_text) texts;
	VEC(uint64_t) rungs;             /* order << 32 | rung */
};

struct book_table {
	const char *id;
	uint32_t decision;
	bool first;                      /* hit policy: each row is over those below it */
};
struct book_definition {
	struct book_name name;
	struct book_cond *cond;
};
struct book_constraint {
	struct book_name name;
	struct book_cond *when, *then;   /* when may be NULL */
	bool *reads;                     /* per fact */
};
struct book_clause {
	const char *id, *text;           /* text: NULL: not given */
};
struct book_guard {
	uint32_t procedure, step;
	struct book_cond *when;
};

struct book {
	struct arena *arena;
	struct book_name name;
	struct book_name edition;        /* id: "" when not given */
	const char *digest;
	VEC(struct book_fact) facts;
	VEC(struct book_decision) decisions;
	VEC(struct book_definition) definitions;
	VEC(struct book_constraint) constraints;
	VEC(struct book_table) tables;
	VEC(struct book_rule) rules;
	VEC(struct book_clause) clauses;
	/* As the model has them, but for guards and what the exports do not say: properties, days of calendars. */
	VEC(struct role) roles;
	VEC(struct calendar) calendars;
	VEC(struct procedure) procedures;
	VEC(struct book_guard) guards;
	struct map *cited;               /* clauses that rules, what calendars assume and parts of procedures cite */
	VEC(bool) orders;                /* whether it ranks defaults: then nothing else orders them and rules */
};

/* What a valid document can still get wrong. */
enum book_fault_kind {
	FAULT_NONE,
	FAULT_UNKNOWN,                   /* a name that nothing declares */
	FAULT_TWICE,                     /* an id that stands twice */
	FAULT_NUMBER,                    /* a number or date that is none, or bounds without a value between them */
	FAULT_SHAPE,                     /* parts that do not belong together, or a part that is missing */
	FAULT_MANY,                      /* a limit on counts or depth is passed */
	FAULT_CIRCLE                     /* definitions or decisions that rest on themselves */
};
struct book_fault {
	enum book_fault_kind kind;
	int line;                        /* 0: of the whole */
	const char *name;                /* of the element, or the id */
};

/* Reads a document that is valid against rulebook.xsd (xml_is_valid). While it works, *held holds the reader, which
 * the caller releases when memory ends. */
struct _xmlTextReader;
bool book_read(struct arena *arena, const char *bytes, size_t size, struct _xmlTextReader **held, struct book *book,
	       struct book_fault *fault);

/* What follows from the rules: definitions, feeds, the facts of each decision's cases. */
bool book_resolve(struct book *book, struct book_fault *fault);
/* Fills decisions, a flag each, with those that the rule's conditions name; scratch: a flag for each fact and definition. */
void book_rule_names(const struct book *book, const struct book_rule *rule, bool *decisions, bool *scratch);

/* What the artifacts that are made again are printed from (emit_derived): facts, decisions, definitions, clauses, roles,
 * procedures. It has no rules and no sources. Lives in the book's arena; the book is resolved and not changed after. */
struct model *book_model(const struct book *book);

/* ---- deciding, as docs/LANGUAGE.md says, rule by rule ---- */

enum book_verdict { BOOK_DECIDED, BOOK_GAP, BOOK_CONFLICT, BOOK_FEEDING };
struct book_answer {
	enum book_verdict verdict;
	uint32_t outcome;
	bool *reasons;                   /* per rule */
};
struct book_case {
	const struct book *book;
	const int64_t *values;           /* per fact; a set: bit i is member i */
	struct book_answer *answers;     /* per decision */
	bool *answered;
	signed char *definitions;        /* per definition: -1 unknown, 0 does not hold, 1 holds */
	uint64_t steps;                  /* conditions looked at, over all cases */
};
void book_case_init(struct book_case *c, const struct book *book);
void book_case_start(struct book_case *c, const int64_t *values);
const struct book_answer *book_decide(struct book_case *c, uint32_t decision);
bool book_constraint_holds(struct book_case *c, uint32_t constraint);
bool book_cond_holds(struct book_case *c, const struct book_cond *cond);
bool book_cond_has(const struct book_cond *test, int64_t value);   /* value lies in the test's ranges */

#endif
