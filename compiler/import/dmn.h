/* DMN decision models (OMG Decision Model and Notation, 1.1 to 1.5) as rulebooks.
 *
 *   XML ─dmn_read─▶ struct dmn_model ─dmn_resolve─▶ struct dmn_book ─dmn_write─▶ a rulebook's text
 *
 * docs/DMN.md says what each construct becomes. What cannot be represented is a finding that names it; a decision is
 * imported whole or not at all. */
#ifndef GUIJU_IMPORT_DMN_H
#define GUIJU_IMPORT_DMN_H
#include "import/feel.h"

#include <stddef.h>

/* Limits, each with its own message. */
enum {
	LIMIT_DMN_SIZE = 16 * 1024 * 1024, /* bytes of a file */
	LIMIT_DMN_TAG = 65536,		   /* bytes of a start tag */
	LIMIT_DMN_ATTRIBUTES = 256,	   /* of a start tag */
	LIMIT_DMN_DEPTH = 128,		   /* of elements */
	LIMIT_DMN_DECISIONS = 1024,	   /* of a model */
	LIMIT_DMN_COLUMNS = 500,	   /* of a decision table */
	LIMIT_DMN_TYPE_DEPTH = 32	   /* of item definitions that rest on others */
};

/* ---- the model as written ---- */

struct dmn_text { /* the content of a `text` element; text NULL: absent. Trimmed */
	const char *text;
	const char *language; /* an expressionLanguage that is no FEEL, its own or that around it, or NULL */
	struct span at;
};

struct dmn_allowed { /* allowedValues, typeConstraint; text NULL: none */
	struct dmn_text text;
	bool parsed; /* when it is first needed: */
	struct feel_tests *tests;
	struct phrase why;	       /* there are no tests */
	struct map *strings;	       /* among the tests; NULL until needed */
	const struct feel_tests *left; /* of strings: what the types after it leave of the tests; NULL until needed */
};

struct dmn_type {		 /* itemDefinition, itemComponent */
	const char *name, *base; /* base: its typeRef, or NULL */
	struct dmn_allowed allowed, constraint;
	struct span at;
	bool collection;
	VEC(struct dmn_type) parts;
};
typedef VEC(struct dmn_type) dmn_types;

struct dmn_input {		  /* a column of conditions */
	const char *label, *type; /* or NULL */
	struct dmn_text expression, allowed;
	struct span at;
};
struct dmn_output {
	const char *name, *label, *type;   /* or NULL */
	struct dmn_text allowed, fallback; /* outputValues, defaultOutputEntry */
	struct span at;
};
struct dmn_rule {
	const char *id, *description; /* or NULL */
	VEC(struct dmn_text) inputs, outputs, notes;
	struct span at;
};
struct dmn_table {
	const char *hit, *aggregation; /* as written, or NULL */
	const char *language;	       /* that of a text of it that is no FEEL, or NULL */
	VEC(struct dmn_input) inputs;
	VEC(struct dmn_output) outputs;
	VEC(struct dmn_rule) rules;
	VEC(const char *) notes; /* names of the annotation columns */
	struct span at;
};

struct dmn_requirement { /* requiredDecision, requiredInput */
	const char *href;
	struct span at;
};
enum dmn_node_kind { DMN_INPUT_DATA, DMN_DECISION, DMN_OTHER };
struct dmn_node { /* inputData, decision; DMN_OTHER: businessKnowledgeModel, decisionService, import */
	enum dmn_node_kind kind;
	const char *element, *id, *name; /* never NULL */
	const char *variable, *type;	 /* name and type of its variable, or NULL */
	VEC(struct dmn_requirement) requires;
	const char *logic;	 /* the element that decides: decisionTable, literalExpression, …, or NULL */
	struct dmn_table *table; /* of a decisionTable */
	struct dmn_text literal; /* of a literalExpression */
	struct phrase fault;	 /* set by who reads what was written of it: why that is no rulebook; empty: it is */
	struct span at;
};

struct dmn_model {
	const char *id, *name, *namespace;
	dmn_types types;
	VEC(struct dmn_node) nodes;
};

/* Reads a document: any bytes are safe. NULL: it is no DMN, and findings say why. While it works, *held holds the XML
 * reader, which the caller releases when memory ends. */
struct _xmlTextReader;
struct dmn_model *dmn_read(struct arena *arena, struct diag *diag, uint32_t file, struct _xmlTextReader **held);
void dmn_release(struct _xmlTextReader *held); /* NULL is allowed */
/* Where each start tag begins, in order, and the last one without an end tag (names are not compared); false: a finding
 * says why the document is not read. */
#define NO_TAG UINT32_MAX
typedef VEC(uint32_t) dmn_tags;
bool dmn_guard(struct arena *arena, struct diag *diag, uint32_t file, dmn_tags *tags, uint32_t *open);

/* ---- the rulebook to be written ---- */

struct dmn_name {
	const char *source; /* as in the model */
	const char *prefix; /* of an id that the source gives no letter for */
	const char *id, *label;
};
typedef VEC(struct dmn_name) dmn_names;
/* Gives each an id that no other id or label of the list is, and no word of the language; and a label. *changed counts
 * labels that are not the source. */
void dmn_names_assign(struct arena *arena, struct dmn_name *const *names, size_t count, size_t *changed);
/* Text that a rulebook may hold between its quotes: NFC, one line, no quote. */
const char *dmn_plain_text(struct arena *arena, const char *text);
/* Text that a cell of text may hold, before `|` is written `\|`: NFC, one line. */
const char *dmn_cell_text(struct arena *arena, const char *text);

/* One value of a condition's subject: a member of a fact, an outcome of a decision. */
struct dmn_value {
	struct feel_value value;
	bool other;  /* any other string */
	bool listed; /* the model lists it among the values allowed */
	struct dmn_name name;
};
typedef VEC(struct dmn_value) dmn_values;

/* A type, by its name: a built-in one or an item definition; or a component of it, by its path (NULL: itself). */
struct dmn_kind {
	enum feel_kind kind;
	bool whole;
	VEC(struct dmn_allowed *) allowed; /* all of them hold */
};
struct dmn_range {
	int64_t low, high;
};
typedef VEC(struct dmn_range) dmn_ranges;

struct dmn_fact {
	const char *key; /* in the book's index */
	struct dmn_name name;
	const struct dmn_node *node; /* where it comes from, or NULL: a name that only tables have */
	struct span at;		     /* of the column that lists its values, if one does */
	struct dmn_kind type;	     /* as the model gives it */
	enum feel_kind kind;
	bool whole; /* numbers: the model says integer */
	bool tests_null;
	bool typed;			      /* its item definition lists or bounds its values */
	bool open;			      /* some table takes any value */
	dmn_values values;		      /* strings, booleans with null; else empty */
	struct map *index;		      /* of the strings among values */
	VEC(struct feel_tests) allowed;	      /* typed: what is allowed passes all of these; else one of them */
	VEC(const struct feel_tests *) tests; /* all that its columns say */
	/* numbers and dates, after dmn_domains(): scaled integers or days */
	int scale;
	bool finer;		    /* the scale has a digit more than the constants */
	int64_t low, high;	    /* null is low itself, if tests_null */
	bool low_given, high_given; /* by the model */
	dmn_ranges possible;	    /* the values that the model allows, null not among them */
};

struct dmn_group { /* rows of one rank: a table */
	const char *id;
	VEC(uint32_t) rows;	/* indices into the decision table's rules */
	VEC(uint32_t) outcomes; /* of each row */
};
enum dmn_hit { DMN_UNIQUE, DMN_ANY, DMN_FIRST };
struct dmn_decision {
	struct dmn_name name;
	uint32_t logic;	    /* index into the book's logics */
	const char *column; /* name of the output column, or NULL: the only one */
	bool is_collected;  /* whether one result is among the results */
	dmn_values outcomes;
	enum dmn_hit hit;
	VEC(struct dmn_group) groups; /* each over those after it */
	int64_t fallback;	      /* index into outcomes, or -1 */
};

/* What an input expression names. */
struct dmn_target {
	const struct dmn_node *node; /* or NULL */
	const char *text, *path;     /* the expression, evenly spaced; what follows the node's name, or NULL */
	const char *key;	     /* the same for the same value */
	const char *type;	     /* of the column, or NULL */
	bool several;		     /* another node is called so too */
	bool required;		     /* among the decision's requirements */
	bool by_output;		     /* it is called as its output is: as one tool has it, not the standard */
};
typedef VEC(uint32_t) dmn_indices;

struct dmn_subject {
	bool is_decision;
	uint32_t index; /* into the book's facts or decisions */
};
enum dmn_state { DMN_UNSEEN, DMN_BUSY, DMN_TAKEN, DMN_REFUSED };
struct dmn_logic { /* a decision of the model, parsed */
	const struct dmn_node *node;
	enum dmn_state state;
	uint32_t circle;	      /* of decisions that require each other: its number, or 0 */
	dmn_indices required;	      /* nodes of its informationRequirements, in this model */
	struct dmn_target *targets;   /* per input */
	struct feel_tests *tests;     /* per rule, per input */
	struct feel_value *results;   /* per rule, per output */
	struct feel_value *fallbacks; /* per output; kind FEEL_ANY_KIND: none */
	dmn_values *columns;	      /* per output: its values, in order of outputValues, then of the rules */
	struct feel_tests *allowed;   /* per output: what outputValues, or its type, says */
	size_t *listed;		      /* per output: how many of these outputValues lists; 0: none given */
	struct dmn_subject *subjects; /* per input */
	uint32_t first_decision, decision_count; /* in the book */
};

struct dmn_book {
	struct arena *arena;
	struct diag *diag;
	struct dmn_model *model;
	struct dmn_name name;
	VEC(struct dmn_fact) facts; /* the first `settled` are those that imported decisions test */
	size_t settled, judged;	    /* judged: decisions that are taken or refused */
	VEC(struct dmn_logic) logics;
	VEC(struct dmn_decision) decisions;
	struct map *ids, *types, *fact_index; /* indices, by a node's id, a type's name, a fact's key */
	uint32_t *logic_of;		      /* per node; UINT32_MAX: it is no decision */
	struct map *column_types;	      /* by a target's key: the first column that gives it a type */
	VEC(const char *) type_names;	      /* these types */
	bool has_requirements;		      /* the model states some */
	bool *marks;			      /* scratch: LIMIT_MEMBERS + 2 */
	size_t reported;		      /* findings; LIMIT_FINDINGS of them are kept */
	size_t changed;			      /* labels that are not as the model has them */
};

/* What of the model a rulebook can say. gives: a book; book->decisions is empty if nothing can be said. */
struct dmn_book *dmn_resolve(struct arena *arena, struct diag *diag, struct dmn_model *model);
/* Parts of dmn_resolve; false: the decision is refused, and findings say why. */
void dmn_scopes(struct dmn_book *book); /* dmn_scope.c: targets and circles, before all decisions */
bool dmn_parse_logic(struct dmn_book *book, struct dmn_logic *logic);	 /* dmn_logic.c: every cell */
bool dmn_resolve_inputs(struct dmn_book *book, struct dmn_logic *logic); /* dmn_inputs.c: what each column tests */
bool dmn_plan(struct dmn_book *book, struct dmn_logic *logic);		 /* dmn_plan.c: the decisions to be written */
void dmn_domains(struct dmn_book *book);				 /* dmn_domains.c: after all decisions */
/* Names requirements of a decision that is written which the rulebook does not show, and reads that it does not state.
 */
void dmn_report_requirements(struct dmn_book *book, const struct dmn_logic *logic);
/* Names what its columns say of the values of facts that is not taken over. */
void dmn_report_columns(struct dmn_book *book, const struct dmn_logic *logic);
struct dmn_logic *dmn_logic_of(struct dmn_book *book, const struct dmn_node *node); /* NULL: none */
/* dmn_columns.c, see note [drafts] there. What a column says of its fact, or tests of its decision; changes no fact. */
bool dmn_check_column(struct dmn_book *book, const struct dmn_logic *logic, size_t column);
void dmn_settle_inputs(struct dmn_book *book, const struct dmn_logic *logic); /* of a decision that is taken */
void dmn_forget_drafts(struct dmn_book *book);				      /* facts that are not settled */
/* Names strings that can never hold; after dmn_domains(). */
void dmn_report_unlisted(struct dmn_book *book, const struct dmn_logic *logic);
/* What the model allows: strings as a list, numbers and dates as tests. */
bool dmn_check_allowed(struct dmn_fact *fact, const struct feel_tests *tests, struct phrase *why);
/* Resolves a decision unless that was done. */
enum dmn_state dmn_take(struct dmn_book *book, struct dmn_logic *logic);

struct dmn_node *dmn_node_of(const struct dmn_book *book, const struct dmn_decision *decision);

/* The kind of a type, or of a component of it; false: *why. NULL and Any are a type of which nothing is said, nor of
 * its components. */
bool dmn_kind_of(struct dmn_book *book, const char *type, const char *path, struct dmn_kind *out, struct phrase *why);
/* The tests, worked out once for a type whose values many facts may have; NULL: *why. */
const struct feel_tests *dmn_allowed_tests(struct dmn_book *book, struct dmn_allowed *allowed, struct phrase *why);
/* Keeps of a list of strings, and null, those that pass the tests of `allowed` too, which were worked out; false: *why.
 */
bool dmn_narrow(struct dmn_book *book, struct feel_tests *list, struct dmn_allowed *allowed, struct phrase *why);
/* The values that the type of a result lists, of a collection those of its elements; text NULL: none. */
struct dmn_text dmn_results_allowed(struct dmn_book *book, const char *type, const char *path);

/* The index of a value, added if it is new. */
size_t dmn_value_put(struct arena *arena, dmn_values *values, const struct feel_value *value);

/* Findings: `where` names the element of the model, in its own words; `feel`, the text that cannot be represented. */
void dmn_refuse(struct dmn_book *book, struct span at, const char *where, const char *feel, struct phrase why);
void dmn_remark(struct dmn_book *book, struct span at, const char *where, struct phrase what);
/* At most 200 bytes of the model's text. */
const char *dmn_shown(struct arena *arena, const char *text);
/* "`a`, `b`": the first of them. */
const char *dmn_name_list(struct arena *arena, const char *const *names, size_t count);
/* "decision `X`, rule 3, `Age`"; rule or column may be left out: SIZE_MAX, NULL. */
const char *dmn_where(struct dmn_book *book, const struct dmn_node *node, size_t rule, const char *column);

/* The cell of a table that says these tests of the subject: "" any value. */
const char *dmn_cell(struct dmn_book *book, const struct dmn_subject *subject, const struct feel_tests *tests);
/* The values of a number or date that pass, ascending and apart. */
void dmn_ranges_of(struct arena *arena, const struct dmn_fact *fact, const struct feel_tests *tests, dmn_ranges *out);
/* Ranges of a number or date as conditions: `at_least 3 tenths`, joined by ` or `. `subject` stands before each. */
const char *dmn_bounds(struct arena *arena, const struct dmn_fact *fact, const dmn_ranges *ranges,
		       const struct feel_tests *tests, const char *subject);
/* After dmn_domains(): the tests rule out a value that the fact may have. */
bool dmn_rules_out(struct arena *arena, const struct dmn_fact *fact, const struct feel_tests *tests);
/* The unit of a scaled fact, or NULL. */
const char *dmn_unit(struct arena *arena, const struct dmn_fact *fact);

/* Text columns of a table: one for each annotation that a rule has, named or not. */
size_t dmn_note_count(const struct dmn_table *table);
bool dmn_has_descriptions(const struct dmn_table *table);
const char *const *dmn_note_headings(struct arena *arena, const struct dmn_table *table,
				     size_t count);		   /* all different */
const char *dmn_note_at(const struct dmn_rule *rule, size_t note); /* "" if the rule has none there */
/* Says how many of a decision's texts are not as the model has them. */
void dmn_report_notes(struct dmn_book *book, const struct dmn_logic *logic);

/* The rulebook in English keywords, before formatting; `chinese`: the explanations are in Chinese. */
const char *dmn_write(struct dmn_book *book, bool chinese, size_t *size);

#endif
