/* guiju: deciding with a decision table.
 *
 * A table is bytes: the file NAME.table, or the array in the emitted NAME.c, which is the same bytes. Opening verifies
 * them once and for all; deciding then needs no checks, no memory of its own, no locks and no global state. Any thread
 * may use an open table. docs/TABLE_FORMAT.md describes every byte. */
#ifndef GUIJU_H
#define GUIJU_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"   /* functions that share a name with what they fill in, as in C */
#endif
#endif

#if defined(__GNUC__)
#define GUIJU_API __attribute__((visibility("default")))
#else
#define GUIJU_API
#endif

/* Status numbers never change their meaning. */
enum guiju_status {
	GUIJU_OK = 0,
	GUIJU_TRUNCATED = 1,        /* fewer bytes than the table says it has, or than a header */
	GUIJU_NOT_A_TABLE = 2,      /* the first bytes are not a table's */
	GUIJU_OTHER_FORMAT = 3,     /* a format version that this library does not read */
	GUIJU_CHECKSUM = 4,         /* the bytes changed after they were written */
	GUIJU_MALFORMED = 5,        /* an offset, count, range or order that a table cannot have */
	GUIJU_NO_SUCH = 6,          /* an index beyond what the table has */
	GUIJU_OUTSIDE_DOMAIN = 7,   /* a fact's value is not in its domain */
	GUIJU_EXCLUDED = 8,         /* a constraint rules the case out */
	GUIJU_SCRATCH = 9           /* the scratch memory is too small or misaligned */
};

/* A verified table: a view into the caller's bytes. */
struct guiju_table;

/* A text inside the table: NUL-terminated UTF-8, `size` without the NUL. */
struct guiju_text {
	const char *bytes;
	size_t size;
};

enum guiju_kind { GUIJU_BOOLEAN = 0, GUIJU_ENUMERATION = 1, GUIJU_SET = 2, GUIJU_INTEGER = 3, GUIJU_DATE = 4 };

struct guiju_fact {
	struct guiju_text id, label, english, unit;
	enum guiju_kind kind;
	int64_t low, high;          /* of its values; a set: 0 and 2^members - 1 */
	uint32_t members;           /* enumeration, set */
	bool discretion;            /* left to a named person to decide */
	bool applicable_date;       /* the fact `on` */
};

struct guiju_decision {
	struct guiju_text id, label, english;
	uint32_t outcomes;          /* at most 64 */
	uint32_t feeds;             /* how many decisions feed it directly */
};

struct guiju_name {
	struct guiju_text id, label, english;
};

struct guiju_rule {
	struct guiju_text id;       /* NAME, TABLE.ROW or DECISION.default */
	struct guiju_text label, english;
	struct guiju_text item;     /* published number, or empty */
	uint32_t decision, outcome;
	uint32_t cites;             /* how many clauses it cites */
	uint32_t names;             /* how many decisions its condition names */
	uint32_t texts;             /* how many text columns it carries */
};

struct guiju_about {
	struct guiju_text rulebook, label, edition, digest; /* digest: sha256:… of the rulebook's files */
	uint32_t facts, decisions, rules, constraints, clauses;
};

/* Verifies a table and gives a view into `bytes`: keep them alive and unchanged while the view is in use. `bytes` may
 * have any alignment. Any bytes are safe to pass; nothing is allocated. */
GUIJU_API enum guiju_status guiju_table_open(const void *bytes, size_t size, const struct guiju_table **table);
GUIJU_API const char *guiju_status_text(enum guiju_status status);  /* English, static */
GUIJU_API uint32_t guiju_format_version(void);

/* ---- what the table holds; an index beyond it gives GUIJU_NO_SUCH and leaves *out alone ---- */
GUIJU_API void guiju_about(const struct guiju_table *table, struct guiju_about *out);
GUIJU_API enum guiju_status guiju_fact(const struct guiju_table *table, uint32_t fact, struct guiju_fact *out);
GUIJU_API enum guiju_status guiju_member(const struct guiju_table *table, uint32_t fact, uint32_t member,
					 struct guiju_name *out);
GUIJU_API enum guiju_status guiju_decision(const struct guiju_table *table, uint32_t decision,
					   struct guiju_decision *out);
GUIJU_API enum guiju_status guiju_decision_feed(const struct guiju_table *table, uint32_t decision, uint32_t index,
						uint32_t *feeding);  /* feeding decision's index */
GUIJU_API enum guiju_status guiju_outcome(const struct guiju_table *table, uint32_t decision, uint32_t outcome,
					  struct guiju_name *out);
GUIJU_API enum guiju_status guiju_rule(const struct guiju_table *table, uint32_t rule, struct guiju_rule *out);
GUIJU_API enum guiju_status guiju_rule_cite(const struct guiju_table *table, uint32_t rule, uint32_t index,
					    struct guiju_text *clause);
GUIJU_API enum guiju_status guiju_rule_names(const struct guiju_table *table, uint32_t rule, uint32_t index,
					     uint32_t *decision);
GUIJU_API enum guiju_status guiju_rule_text(const struct guiju_table *table, uint32_t rule, uint32_t index,
					    struct guiju_text *column, struct guiju_text *text);
GUIJU_API enum guiju_status guiju_constraint(const struct guiju_table *table, uint32_t constraint,
					     struct guiju_name *out);
GUIJU_API enum guiju_status guiju_clause(const struct guiju_table *table, uint32_t clause, struct guiju_text *id,
					 struct guiju_text *text);
/* Index of a fact, decision or member by its id; UINT32_MAX: none. */
GUIJU_API uint32_t guiju_find_fact(const struct guiju_table *table, const char *id);
GUIJU_API uint32_t guiju_find_decision(const struct guiju_table *table, const char *id);
GUIJU_API uint32_t guiju_find_member(const struct guiju_table *table, uint32_t fact, const char *id);

/* ---- deciding ---- */

/* Values: one per fact, in the table's order. Boolean 0/1; enumeration: member index; set: bit i is member i;
 * integer as it is; date: days since 1970-01-01. */

enum guiju_verdict {
	GUIJU_DECIDED = 0,          /* one outcome */
	GUIJU_OPEN = 1,             /* facts are unknown and more than one outcome is possible */
	GUIJU_GAP = 2,              /* no reason (only in tables made of a rulebook with findings) */
	GUIJU_CONFLICT = 3,         /* reasons with two outcomes (likewise) */
	GUIJU_FEEDING = 4           /* a decision that feeds this one has no outcome (likewise): see `feeding` */
};

struct guiju_answer {
	enum guiju_verdict verdict;
	uint32_t outcome;           /* of GUIJU_DECIDED; else UINT32_MAX */
	uint32_t feeding;           /* of GUIJU_FEEDING: the lowest such decision; else UINT32_MAX */
	uint32_t constraint;        /* with GUIJU_EXCLUDED: the constraint broken; else UINT32_MAX */
	uint32_t fact;              /* with GUIJU_OUTSIDE_DOMAIN: the fact; else UINT32_MAX */
	uint64_t possible;          /* bit i: outcome i is possible */
	/* In the caller's scratch memory, valid until its next use. Bit r of a set of rules is rule r. */
	const uint64_t *reasons;    /* the reasons: in every completion */
	const uint64_t *maybe;      /* reasons in some completions but not all (partial decisions); else NULL */
	const uint32_t *ask;        /* partial, GUIJU_OPEN: the facts to ask for, best first */
	uint32_t ask_count;
	bool exact;                 /* false: the budget ended; possible and ask may hold too much, never too little */
};

/* Bytes of scratch memory that deciding needs, aligned to 8: guiju_decide, and guiju_decide_partial. */
GUIJU_API size_t guiju_scratch_size(const struct guiju_table *table);
GUIJU_API size_t guiju_partial_scratch_size(const struct guiju_table *table);

/* Decides one complete case. values: one per fact of the table; only facts that the decision's cases have are read.
 * Checks domains and constraints. */
GUIJU_API enum guiju_status guiju_decide(const struct guiju_table *table, uint32_t decision, const int64_t *values,
					 void *scratch, size_t scratch_size, struct guiju_answer *answer);

/* Decides with unknown facts. known: bit f says that values[f] is given. `budget` bounds the search in boxes visited
 * (0: none). An outcome is possible if and only if some completion of the given facts, within the constraints, gets
 * it. GUIJU_EXCLUDED: no completion satisfies the constraints. */
GUIJU_API enum guiju_status guiju_decide_partial(const struct guiju_table *table, uint32_t decision,
						 const int64_t *values, const uint64_t *known, uint64_t budget,
						 void *scratch, size_t scratch_size, struct guiju_answer *answer);

#ifdef __cplusplus
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
}
#endif
#endif
