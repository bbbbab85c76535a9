/* What the files of the resolver share. Not for other folders: they read model.h. */
#ifndef GUIJU_MODEL_RESOLVE_H
#define GUIJU_MODEL_RESOLVE_H
#include "ast/ast.h"
#include "ast/headings.h"
#include "diag/diag.h"
#include "model/model.h"
#include "model/ranges.h"
#include "support/intern.h"
#include "support/writer.h"
#include "text/text.h"

/* ---- names (names.c) ---- */

struct scope_word { /* one spelling of a name: id, label or English label */
	const char *text;
	uint32_t index; /* what it names */
	struct span span;
	bool is_id;
	bool ambiguous; /* two things have this label */
};
struct scope {		 /* one namespace */
	struct map *map; /* spelling → index into words */
	VEC(struct scope_word) words;
};

enum thing {
	THING_FACT,
	THING_DECISION,
	THING_DEFINITION,
	THING_SUBJECT,
	THING_RULE,
	THING_OUTCOME,
	THING_MEMBER,
	THING_ROLE,
	THING_ENUMERATION,
	THING_BASELINE,
	THING_TABLE,
	THING_STANDARD,
	THING_AMBIGUITY,
	THING_BASIS,
	THING_CONSTRAINT,
	THING_PROPERTY,
	THING_INSTRUMENT,
	THING_COLUMN,
	THING_PUBLICATION,
	THING_ORDER,
	THING_CASE,
	THING_CALENDAR,
	THING_CALENDAR_YEAR,
	THING_PROCEDURE,
	THING_STATE,
	THING_EVENT,
	THING_STEP,
	THING_CLOCK,
	THING_VALIDITY,
	THING_COUNT
};

/* ---- the resolver ---- */

struct entry { /* a declaration; its index in `decls` is its place in source order */
	const struct ast_decl *decl;
	uint32_t file; /* index into book->files */
	uint32_t made; /* index of what was made of it, or NONE */
};

struct account { /* `by` implements a clause */
	uint32_t clause;
	uint32_t order; /* of the declaration */
	uint32_t step;	/* rows of one table in their order */
	const char *by;
};

struct definition_state {
	const struct ast_decl *decl;
	int state;	    /* 0 not begun, 1 under way, 2 done */
	size_t size, depth; /* of its condition, definitions put in */
	bool broken;
};

struct enumeration { /* 枚举 as a declaration of its own */
	const struct ast_decl *decl;
	struct member *members;
	size_t member_count;
	struct group *groups;
	size_t group_count;
	struct scope scope;
	bool used, broken;
};

struct baseline {
	const struct ast_decl *decl;
	struct fact_setting *facts;
	bool used;
};

struct resolver {
	struct arena *arena;
	struct diag *diag;
	const struct ast_book *book;
	struct model *model;
	const struct legal_text *text;
	VEC(struct entry) decls;
	struct scope facts, decisions, definitions, rules, roles, instruments, standards, ambiguities, bases,
		enumerations, baselines, constraints, properties, publications, calendars, procedures;
	struct scope *members;	/* per fact: members, and groups as GROUP_BIT + index */
	struct scope *outcomes; /* per decision */
	bool *fact_broken;	/* per fact: its declaration was reported; say nothing more */
	bool *fact_used;
	struct enumeration *enumeration_list;
	struct baseline *baseline_list;
	size_t enumeration_count, baseline_count;
	struct definition_state *definition_states;
	bool *outcomes_cut;	  /* per decision: it has more than the limit, so unknown ones are not reported */
	bool decision_lost;	  /* a rule is for an unknown decision: no outcome is reported as unused */
	bool *outcome_lost;	  /* per decision: a rule of it is broken, so unused outcomes are not reported */
	bool subject_lost;	  /* an unknown subject: unused facts and definitions are not reported */
	bool periods;		  /* some rule, row, default or constraint has 自 or 至 */
	bool no_text_reported;	  /* cites were found to have no text at all: said once */
	size_t suggestions;	  /* made so far: searching is bounded */
	bool size_reported;	  /* a condition is too large: said once */
	size_t depth, size;	  /* of the condition under way */
	const char *cell_words;	  /* the cell it stands in: its words need no copy; else NULL */
	struct map *cites_known;  /* citations of instruments that were found */
	struct rule_ids *rule_ids; /* every rule's full id (rules.c) */
	uint32_t *default_counts; /* per decision */
	bool **constraint_facts;  /* per constraint: the facts that it speaks of */
	VEC(struct account) accounts;
	uint32_t order, step; /* of the declaration under way, for accounts */
	bool *calendar_used;
	struct building *buildings; /* procedures.h: per procedure */
};

#define DECL_LOOP(r, entry_, kind_)                                                                           \
	for (struct entry *entry_ = (r)->decls.items; entry_ && entry_ < (r)->decls.items + (r)->decls.count; \
	     entry_++)                                                                                        \
		if (entry_->decl->kind == (kind_))

void scope_init(struct resolver *r, struct scope *scope);
/* Adds a name; an id that is there is `duplicate`, and so is a label where labels are values that people write. */
bool scope_add(struct resolver *r, struct scope *scope, enum thing thing, const struct ast_name *name, uint32_t index,
	       bool labels_must_differ);
bool scope_add_word(struct resolver *r, struct scope *scope, enum thing thing, const char *text, struct span span,
		    uint32_t index);
/* What a word names; NONE: nothing, AMBIGUOUS: more than one. Reports nothing. */
#define AMBIGUOUS (UINT32_MAX - 1)
uint32_t scope_find(const struct scope *scope, const char *text);
/* The same; reports what is not there, with the nearest name. */
uint32_t scope_look_up(struct resolver *r, const struct scope *scope, enum thing thing, const struct ast_word *word);
void report_undefined(struct resolver *r, const struct scope *const *scopes, size_t count, enum thing thing,
		      const struct ast_word *word);
void report_ambiguous(struct resolver *r, enum thing thing, const struct ast_word *word);
/* Adds the nearest name of these namespaces to a finding, as help and as an edit. */
void suggest(struct resolver *r, struct finding *f, const struct scope *const *scopes, size_t count,
	     const struct ast_word *word);
struct finding *report_duplicate(struct resolver *r, enum thing thing, const char *text, struct span span,
				 struct span first);
struct phrase thing_words(enum thing thing);
struct name name_of(struct resolver *r, const struct ast_name *name);
struct span name_span(const struct ast_name *name, struct span otherwise);

/* ---- reporting ---- */
struct finding *report(struct resolver *r, enum finding_kind kind, struct span span, enum message message,
		       const char *arg0, const char *arg1);
void report_limit(struct resolver *r, struct span span, const char *zh, const char *en, size_t limit, const char *name);

/* Gives every finding from the first on that has no help the one that goes with its message. */
void helps_fill(struct diag *diag, size_t first);

/* ---- attributes, citations (attributes.c), head (head.c), accounts (accounts.c) ---- */
void attributes_resolve(struct resolver *r, const struct ast_attributes *ast, struct attributes *out);
void cites_resolve(struct resolver *r, const ast_clause_ids *ids, struct cites *out);
void resolves_resolve(struct resolver *r, const ast_words *words, struct attributes *out);
/* A rule, default or row needs 依据 or 理由; in a fence of its own it cites the clause above. */
void attributes_of_rule(struct resolver *r, const struct entry *entry, struct attributes *out);
void cite_clause_above(struct resolver *r, const struct entry *entry, struct attributes *out);
uint32_t role_look_up(struct resolver *r, const struct ast_word *word);
void head_resolve(struct resolver *r);
void roles_resolve(struct resolver *r);	    /* roles are named by attributes: they come first */
void registers_resolve(struct resolver *r); /* instruments, standards, ambiguities, bases */
void clauses_resolve(struct resolver *r);   /* text → model->clauses, before anything cites */
void account_cites(struct resolver *r, const struct cites *cites, const char *by);
void accounts_resolve(struct resolver *r); /* 宣示, 裁量, 程序条款, then fates and `unaccounted` */

/* ---- facts and domains (facts.c, domains.c, domain_*.c) ---- */

struct domain { /* a kind of fact */
	enum fact_kind kind;
	struct phrase name;
	struct phrase tests;  /* what its conditions are written with */
	struct phrase values; /* how its values are written */
	void (*declare)(struct resolver *r, struct fact *fact, const struct ast_decl *decl);
	struct cond *(*test)(struct resolver *r, const struct fact *fact, const struct ast_cond *ast);
	bool (*value)(struct resolver *r, const struct fact *fact, const struct ast_value *value, int64_t *out);
	/* values of one dimension, without the fact's name (words.c has what several share) */
	void (*json)(struct writer *w, const struct fact *fact, int64_t value);
	struct phrase (*words)(struct arena *arena, const struct fact *fact, int64_t value);
	struct phrase (*ranges_words)(struct arena *arena, const struct fact *fact, const struct ranges *ranges);
	/* the fact's name and its values as a clause of a sentence */
	struct phrase (*statement)(struct arena *arena, const struct fact *fact, uint32_t member,
				   const struct ranges *ranges);
};
extern const struct domain domain_boolean, domain_enumeration, domain_set, domain_integer, domain_date;
const struct domain *domain_of(enum fact_kind kind);

/* Reads one value of a test: its first value, and how many follow each other. False after reporting. */
typedef bool value_reader(struct resolver *r, const struct fact *fact, const struct ast_value *value, int64_t *first,
			  uint32_t *count);
struct cond *test_of_values(struct resolver *r, const struct fact *fact, const struct ast_cond *ast,
			    value_reader *read);
struct cond *test_of_bounds(struct resolver *r, const struct fact *fact, const struct ast_cond *ast,
			    value_reader *read);
bool values_listed(struct resolver *r, const struct ast_cond *ast, ast_values *out);
bool is_value_test(enum ast_test test);
void value_type_error(struct resolver *r, struct span span, const struct fact *fact);
void cond_type_error(struct resolver *r, const struct ast_cond *ast, const struct fact *fact);
bool same_unit(const char *a, const char *b); /* 人 and persons are one unit in two languages (units.c) */
const char *unit_english(const char *unit);   /* persons for 人; the unit itself when it has no other name */
const char *unit_chinese(const char *unit);

#define GROUP_BIT (UINT32_C(1) << 30) /* in a scope of members: a group, not a member */
void enumerations_resolve(struct resolver *r);
void facts_resolve(struct resolver *r);
void dims_make(struct resolver *r);
uint32_t fact_index(const struct resolver *r, const struct fact *fact);
/* Members of a fact from inline members, a named enumeration, or both. */
void members_declare(struct resolver *r, struct fact *fact, const struct ast_decl *decl);
/* Finds a member or group; NONE after reporting. *count: 1, or a group's leaves. */
uint32_t member_look_up(struct resolver *r, const struct fact *fact, const struct ast_word *word, uint32_t *count);

/* ---- words (words.c) ---- */

struct phrase phrase_printf(struct arena *arena, const char *zh, const char *en, struct phrase a, struct phrase b);
/* The same of a set's name and members, with 含 in the Chinese format. */
struct phrase contains_words(struct arena *arena, const char *zh, const char *en, const struct name *set, struct phrase members);
struct phrase phrase_list(struct arena *arena, const struct phrase *items, size_t count, const char *zh,
			  const char *en);
struct phrase member_phrase(const struct member *member);
/* Ranges of numbers or dates: each by `one`, joined by or. */
struct phrase ranges_joined(struct arena *arena, const struct fact *fact, const struct ranges *ranges,
			    struct phrase (*one)(struct arena *arena, const struct fact *fact,
						 const struct range *range));
bool is_whole_domain(const struct fact *fact, const struct ranges *ranges);

/* ---- rows made before (made_rows.c) ---- */
/* What is made of the table's rows can be kept. */
bool made_rows_suit(const struct resolver *r, const struct ast_decl *decl);
struct arena *made_rows_arena(const struct resolver *r);       /* where what is kept of a row is made */
/* Keeps the rule, before its attributes are the table's. needs: nothing was to be reported of the row */
void made_rows_put(struct resolver *r, const struct ast_pipe_table *table, const struct ast_row *row, const struct rule *rule,
		   uint32_t claim);
/* The rule as it was put, at the row's place, and the claim of its id. false: it was not. */
bool made_rows_get(const struct resolver *r, const struct ast_row *row, struct rule *rule, uint32_t *claim);
struct rule_ids *made_rows_ids(const struct resolver *r);

/* ---- conditions (conditions.c, ranges.c) ---- */

enum subject_kind { SUBJECT_NONE, SUBJECT_FACT, SUBJECT_DECISION, SUBJECT_DEFINITION };
struct subject { /* what a test asks about */
	enum subject_kind kind;
	uint32_t index;
};
enum { NO_DECISIONS = 1 }; /* flags: constraints speak of facts only */

/* true, and reported: the heading, a word of the language, is read as that, but a fact has the same name, or in a table of
 * rules a decision or definition: a reader would take the column for a condition on it. (columns.c) */
bool column_clashes(struct resolver *r, const struct ast_word *heading, enum heading_place place);
/* false, and reported: it means nothing in such a table, or clashes and is not to be read. */
bool column_fits(struct resolver *r, const struct ast_column *column, enum heading_place place);
bool subject_look_up(struct resolver *r, const struct ast_word *word, struct subject *out);
/* `column`: the subject of a table's cells, or NULL. Never NULL: what was reported is a condition that is true. */
struct cond *cond_resolve(struct resolver *r, const struct ast_cond *ast, const struct subject *column, unsigned flags);
const char *words_at(struct resolver *r, struct span span);     /* of the source, white space made one blank */
struct cond *cond_new(struct resolver *r, enum cond_kind kind, enum cond_op op, struct span span);
struct cond *cond_true(struct resolver *r, struct span span);
struct cond *cond_test(struct resolver *r, enum cond_op op, struct span span, uint32_t dim, struct ranges ranges);
struct cond *cond_not(struct resolver *r, struct cond *part, enum cond_op op, struct span span);
struct cond *cond_join(struct resolver *r, enum cond_kind kind, struct cond *const *parts, size_t count,
		       struct span span);
struct cond *cond_period(struct resolver *r, const struct ast_date *from, const struct ast_date *to);
/* Both days in order and in the calendar; what is wrong is reported. */
bool period_check(struct resolver *r, const struct ast_date *from, const struct ast_date *to);
void definitions_resolve(struct resolver *r);

/* ---- decisions, rules, tables, priorities ---- */
void decisions_declare(struct resolver *r);
uint32_t outcome_look_up(struct resolver *r, uint32_t decision, const struct ast_word *word);
uint32_t decision_look_up(struct resolver *r, const struct ast_word *word);
void rules_resolve(struct resolver *r); /* rules, defaults and tables, in source order */
struct rule_ids *rule_ids_new(struct arena *arena);
uint32_t rule_claim(struct resolver *r, const char *id);	       /* note [claims] */
bool rule_add(struct resolver *r, const struct rule *rule, uint32_t claim); /* rule: also the model's next one */
void report_uncited(struct resolver *r, const struct rule *rule);
uint32_t decision_of(struct resolver *r, const struct ast_decl *decl); /* of 用于; NONE after reporting */
#define TABLE_BIT   (UINT32_C(1) << 30)				       /* in the scope of rules: a table */
#define BROKEN_RULE (UINT32_MAX - 2) /* in the scope of rules: one that was reported; say nothing more */
void table_resolve(struct resolver *r, const struct entry *entry);
void priorities_resolve(struct resolver *r);
void override_cycles_report(struct resolver *r);
void decisions_close(struct resolver *r); /* feeds, cycles, order, dims (closure.c) */

/* Which facts, decisions and definitions a condition names (reads.c). */
struct reads {
	bool *facts, *decisions, *definitions;
};
size_t cond_depth(const struct resolver *r, const struct cond *cond);
void reads_init(struct resolver *r, struct reads *reads);
void reads_add(const struct model *model, struct reads *reads, const struct cond *cond);

/* The closed set of facts of a question, as dims; its constraints; what feeds it, in order of evaluation. */
struct closure {
	uint32_t *dims, *constraints, *fed_by;
	size_t dim_count, constraint_count, fed_by_count;
};
void closure_of(struct resolver *r, const struct reads *direct, struct closure *out);

void constraints_resolve(struct resolver *r);
void properties_resolve(struct resolver *r);
void cases_resolve(struct resolver *r);
/* The facts of a case: its baseline and its settings. */
struct fact_setting *case_facts(struct resolver *r, const struct ast_decl *decl);
#define TIMED_BIT (UINT32_C(1) << 30) /* in the scope of properties: one of a procedure */
void procedures_resolve(struct resolver *r);
void procedures_verify(const struct model *model); /* for model_verify() */
void publications_resolve(struct resolver *r);
void unused_report(struct resolver *r);

#endif
