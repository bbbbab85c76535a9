/* The grammar: shape and nothing else. Every action is one constructor; what names mean is decided later.
 *
 * The first token says what is read: the declarations of a fence, or one cell of a pipe table. The scanner ends a
 * declaration with END; after a mistake the parser goes on behind the next one. */
%code requires {
#include "grammar/scan.h"
}
%code {
#include "grammar/report.h"
#include "grammar/tokens.h"

int rulebook_lex(union RULEBOOK_STYPE *value, struct span *at, struct scan *s);
static void rulebook_error(const struct span *at, struct scan *s, struct ast_builder *b, const char *message);

/* Nesting is limited by the scanner (LIMIT_DEPTH), eight symbols a level at most. */
#define YYINITDEPTH 2400
#define YYMAXDEPTH YYINITDEPTH
#define YYLLOC_DEFAULT(current, rhs, n)                                                        \
	(current) = (n) ? span_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n))                        \
			: (struct span){ YYRHSLOC(rhs, 0).file, YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end }
}
%require "3.8"
%define api.pure full
%define api.prefix {rulebook_}
%define api.token.prefix {T_}
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param { struct scan *s }
%parse-param { struct ast_builder *b }
%initial-action { @$ = (struct span){ s->file, s->offset, s->offset }; }

%union {
	struct ast_word word;
	const struct keyword *bound;
	struct ast_number *number;
	struct ast_date *date;
	struct ast_name *name;
	ast_words *words;
	struct ast_value *value;
	ast_values *values;
	struct ast_cond *cond;
	struct ast_bounds *bounds;
	struct ast_member *member;
	ast_members *members;
	struct ast_rung *rung;
	const char *key;
	struct ast_limit *limit;
}

/* what is read */
%token START_FENCE START_CONDITION START_VALUE START_EXPECTED START_CLAUSES START_WORDS START_DATE START_WORD
/* layout and what is no word */
%token END INVALID COMMENT
%token OPEN CLOSE BEGIN END_OF_SET COLON SEMICOLON SEP SEP_REF STOP ITEM
%token <word> WORD LABEL STRING CLAUSE UNIT PATH
%token <number> NUMBER MONTH_DAY
%token <date> DATE
%token <bound> PRE_BOUND POST_BOUND
/* declarations: keywords.def has their spellings */
%token RULEBOOK EDITION CONVENTION INSTRUMENT STANDARD AMBIGUITY ROLE BASIS SOURCE_TEXT NUMBERED CLAUSE_OF
%token DECLARATORY DISCRETION PROCEDURAL DUTY FACT ENUMERATION DECISION DEFINE RULE DEFAULT TABLE ORDER PREFER
%token ASSUME ASSERT BASELINE CASE CASE_TABLE PUBLISHED CALENDAR CALENDAR_YEAR PROCEDURE EVENT STEP VALIDITY
/* other words */
%token ENGLISH_TITLE AUTHORITY INTERPRETER JOINTLY_WITH LEGAL_BASIS EFFECTIVE TRIAL REPEALED DOCUMENT_NUMBER FORCE
%token SUPERIOR EQUAL_RANK SUBORDINATE RELATION ADOPTS REFERS_TO ILLUSTRATES INCLUSIVE EXCLUSIVE
%token START_DAY_EXCLUDED CORRESPONDING_DAY CITES BECAUSE RESOLVES FROM TO BY QUOTES ALSO_CALLED
%token BOOLEAN SET INTEGER DATE_TYPE SEE PLUS TWO_LEVEL BELOW TAKEN_FROM FOR HIT UNIQUE ANY FIRST COMPLETE
%token WHEN EXCEPT THEN IS IS_NOT IN NOT_IN AND OR NOT CONTAINS LACKS CONTAINS_ANY CONTAINS_ALL IS_EMPTY
%token IS_NOT_EMPTY ANY_OF ALL_OF OVER BEFORE REST AS NEVER_FALLS RANKING BELOW_RANK GIVEN YES NO EMPTY_SET
%token CONFLICT GAP COLUMNS HEADED
/* words of procedures and calendars */
%token LAST_DAY_MOVES UNQUANTIFIED UNDETERMINED NOTICE DAYS_OFF MADE_UP ASSUMED LONGEST_REST LONGEST_WORK ALWAYS_OFF
%token INITIAL FINAL NO_STAY VIA TIME OUTSIDE AT_END SAME_STATE IN_CASE_OF LIMIT NO_LIMIT BEFORE_END IN_THE_LAST
%token AT_LEAST_BEFORE NO_LATER_THAN MATERIALS AND_THE_LIKE RESTARTS SUSPENDS RESUMES ENDS TOWARD EVERY BEGINNING_ON
%token DISCHARGED_BY RELEASED_BY IF_LATE NO_CONSEQUENCE DEEMED SURVIVES ONLY_AFTER AFTERWARDS REQUIRES ANSWERED MOVES
%token REFUSED

/* `断言 a 「b」 随 …`: a label behind a name is the name's */
%precedence SHORT_NAME
%precedence LABEL STRING
/* `材料 「…」 等 裁量 r`: the discretion behind 等 is over what else may be asked for */
%precedence AND_THE_LIKE
%precedence DISCRETION

%type <word> id reference text clause outcome column path unit label english day_name
%type <words> references clauses set named texts
%type <name> name
%type <number> number
%type <value> value element setting_value bound_value
%type <values> values value_set
%type <cond> cond conjunction disjunction operand test items cell cell_test cell_conjunction cell_disjunction
%type <bounds> bound bounds
%type <member> member member_begin group_begin plain_member state state_open
%type <members> members names states
%type <rung> rung
%type <key> head_key rank
%type <bound> head_word rank_word counting_word
/* words whose English spelling is what the tree keeps */
%type <bound> ENGLISH_TITLE AUTHORITY INTERPRETER JOINTLY_WITH LEGAL_BASIS PUBLISHED EFFECTIVE TRIAL REPEALED IN
%type <bound> DOCUMENT_NUMBER FORCE NUMBERED RELATION ALSO_CALLED SUPERIOR EQUAL_RANK SUBORDINATE ADOPTS REFERS_TO
%type <bound> ILLUSTRATES START_DAY_EXCLUDED CORRESPONDING_DAY LAST_DAY_MOVES UNQUANTIFIED
%type <limit> limit

%%

start
	: START_FENCE declarations
	| START_CONDITION cell                  { ast_cell_cond(b, $2); }
	| START_VALUE value                     { ast_cell_value(b, $2); }
	| START_VALUE references sep reference  { ast_cell_set(b, ast_word_more(b, ast_references(b, $2), $4), @$); }
	| START_EXPECTED reference              { ast_cell_value(b, ast_value_word(b, $2)); }
	| START_EXPECTED CONFLICT               { ast_cell_conflict(b, NULL); }
	| START_EXPECTED CONFLICT set           { ast_cell_conflict(b, $3); }
	| START_EXPECTED GAP                    { ast_cell_gap(b); }
	| START_CLAUSES clauses                 { ast_cell_clauses(b, $2); }
	| START_WORDS clauses                   { ast_cell_words(b, $2); }
	| START_DATE DATE                       { ast_cell_date(b, $2); }
	| START_WORD reference                  { ast_cell_value(b, ast_value_word(b, $2)); }
	;

declarations
	: %empty
	| declarations declaration END          { ast_end(b, @2); }
	| declarations error END                { ast_abandon(b, @2); yyerrok; }
	;

declaration
	: rulebook | edition | convention | instrument | standard | ambiguity | role | basis | source_text | numbering
	| clause_of | declaratory | discretion | procedural | duty | fact | enumeration | decision | definition
	| rule | default | table | order | prefer | assume | assert | baseline | case | case_table | publish
	| calendar | calendar_year | procedure | event | step | validity
	;

/* ---- words, names, lists ---- */
id: WORD | NUMBER { $$ = scan_plain(s, @1); };
text: LABEL | STRING;
reference: WORD | LABEL | STRING;              /* a name that something else declares; in the head also free words */
outcome: reference;
path: PATH | LABEL | STRING;
unit: UNIT | WORD;
sep: SEP | SEP_REF;

name
	: id %prec SHORT_NAME                   { $$ = ast_name_of(b, $1, ast_no_word, ast_no_word); }
	| id LABEL %prec SHORT_NAME             { $$ = ast_name_of(b, $1, $2, ast_no_word); }
	| id STRING                             { $$ = ast_name_of(b, $1, ast_no_word, $2); }
	| id LABEL STRING                       { $$ = ast_name_of(b, $1, $2, $3); }
	;
references
	: reference                             { $$ = ast_word_list(b, $1); }
	| references sep reference              { $$ = ast_word_more(b, $1, $3); }
	;
set: BEGIN references END_OF_SET                { $$ = ast_references(b, $2); };
named: set | reference                          { $$ = ast_word_list(b, ast_reference(b, $1)); };

clause: CLAUSE | WORD | NUMBER { $$ = scan_plain(s, @1); };
clauses
	: clause                                { $$ = ast_word_list(b, $1); }
	| clauses SEP_REF clause                { $$ = ast_word_more(b, $1, $3); }
	;

/* ---- attributes: what attaches to anything ---- */
note
	: CITES clauses                         { ast_cites(b, $2); }
	| BECAUSE text                          { ast_because(b, $2); }
	| RESOLVES clauses                      { ast_resolves(b, $2); }
	;
notes: %empty | notes note;
attribute
	: note
	| discretion_of
	| BASIS reference                       { ast_basis(b, $2); }
	| FROM DATE                             { ast_from(b, $2); }
	| TO DATE                               { ast_to(b, $2); }
	;
attributes: %empty | attributes attribute;

for: FOR reference                              { ast_for(b, $2); };
rule_part: for | attribute;
rule_parts: %empty | rule_parts rule_part;

/* ---- values ---- */
number
	: NUMBER
	| NUMBER unit                           { $$ = ast_with_unit($1, $2); }
	;
value
	: reference                             { $$ = ast_value_word(b, $1); }
	| number                                { $$ = ast_value_number(b, $1); }
	| DATE                                  { $$ = ast_value_date(b, $1); }
	| YES                                   { $$ = ast_value_constant(b, AST_VALUE_YES, @$); }
	| NO                                    { $$ = ast_value_constant(b, AST_VALUE_NO, @$); }
	| EMPTY_SET                             { $$ = ast_value_constant(b, AST_VALUE_SET, @$); }
	| set                                   { $$ = ast_value_set(b, $1, @$); }
	;
element: reference                              { $$ = ast_value_word(b, $1); };
values
	: value                                 { $$ = ast_value_list(b, $1); }
	| values sep value                      { $$ = ast_value_more(b, $1, $3); }
	;
value_set
	: BEGIN values END_OF_SET               { $$ = $2; }
	| element                               { $$ = ast_value_list(b, $1); }
	;

bound_value
	: number                                { $$ = ast_value_number(b, $1); }
	| DATE                                  { $$ = ast_value_date(b, $1); }
	;
bound
	: bound_value POST_BOUND                { $$ = ast_bound_one(b, $2->bound, $1, @$); }
	| PRE_BOUND bound_value                 { $$ = ast_bound_one(b, $1->bound, $2, @$); }
	;
bounds
	: bound
	| bound bound                           { $$ = ast_bound_two($1, $2); }
	;

/* ---- conditions: 且 and 或 never mix without brackets ---- */
cond: operand | conjunction | disjunction;
conjunction
	: operand AND operand                   { $$ = ast_join(b, AST_COND_AND, $1, $3, @$); }
	| conjunction AND operand               { $$ = ast_join_more(b, $1, $3); }
	;
disjunction
	: operand OR operand                    { $$ = ast_join(b, AST_COND_OR, $1, $3, @$); }
	| disjunction OR operand                { $$ = ast_join_more(b, $1, $3); }
	;
operand
	: NOT operand                           { $$ = ast_not(b, $2, @$); }
	| OPEN cond CLOSE                       { $$ = $2; }
	| test
	| ANY_OF COLON items STOP           { $$ = ast_group_end($3, AST_COND_OR, @$); }
	| ALL_OF COLON items STOP           { $$ = ast_group_end($3, AST_COND_AND, @$); }
	;
items
	: ITEM cond                             { $$ = ast_group(b, $2); }
	| items SEMICOLON ITEM cond         { $$ = ast_join_more(b, $1, $4); }
	;
test
	: reference                             { $$ = ast_test_name(b, $1); }
	| reference IS value                    { $$ = ast_test_value(b, AST_TEST_IS, $1, $3, @$); }
	| reference IS_NOT value                { $$ = ast_test_value(b, AST_TEST_IS_NOT, $1, $3, @$); }
	| reference IN value_set                { $$ = ast_test_values(b, AST_TEST_IN, $1, $3, @$); }
	| reference NOT_IN value_set            { $$ = ast_test_values(b, AST_TEST_NOT_IN, $1, $3, @$); }
	| reference bounds                      { $$ = ast_test_bounds(b, $1, $2, @$); }
	| reference CONTAINS element            { $$ = ast_test_value(b, AST_TEST_CONTAINS, $1, $3, @$); }
	| reference LACKS element               { $$ = ast_test_value(b, AST_TEST_LACKS, $1, $3, @$); }
	| reference CONTAINS_ANY set            { $$ = ast_test_words(b, AST_TEST_CONTAINS_ANY, $1, $3, @$); }
	| reference CONTAINS_ALL set            { $$ = ast_test_words(b, AST_TEST_CONTAINS_ALL, $1, $3, @$); }
	| reference IS_EMPTY                    { $$ = ast_test_plain(b, AST_TEST_EMPTY, $1, @$); }
	| reference IS_NOT_EMPTY                { $$ = ast_test_plain(b, AST_TEST_NOT_EMPTY, $1, @$); }
	;

/* A cell of a rule table: the same tests of the column's fact. */
cell: cell_test | cell_conjunction | cell_disjunction;
cell_conjunction
	: cell_test AND cell_test               { $$ = ast_join(b, AST_COND_AND, $1, $3, @$); }
	| cell_conjunction AND cell_test        { $$ = ast_join_more(b, $1, $3); }
	;
cell_disjunction
	: cell_test OR cell_test                { $$ = ast_join(b, AST_COND_OR, $1, $3, @$); }
	| cell_disjunction OR cell_test         { $$ = ast_join_more(b, $1, $3); }
	;
cell_test
	: values                                { $$ = ast_test_listed(b, $1, @$); }
	| IS value                              { $$ = ast_test_value(b, AST_TEST_IS, ast_no_word, $2, @$); }
	| IS_NOT value                          { $$ = ast_test_value(b, AST_TEST_IS_NOT, ast_no_word, $2, @$); }
	| IN value_set                          { $$ = ast_test_values(b, AST_TEST_IN, ast_no_word, $2, @$); }
	| NOT_IN value_set                      { $$ = ast_test_values(b, AST_TEST_NOT_IN, ast_no_word, $2, @$); }
	| bounds                                { $$ = ast_test_bounds(b, ast_no_word, $1, @$); }
	| CONTAINS element                      { $$ = ast_test_value(b, AST_TEST_CONTAINS, ast_no_word, $2, @$); }
	| LACKS element                         { $$ = ast_test_value(b, AST_TEST_LACKS, ast_no_word, $2, @$); }
	| CONTAINS_ANY set                      { $$ = ast_test_words(b, AST_TEST_CONTAINS_ANY, ast_no_word, $2, @$); }
	| CONTAINS_ALL set                      { $$ = ast_test_words(b, AST_TEST_CONTAINS_ALL, ast_no_word, $2, @$); }
	| IS_EMPTY                              { $$ = ast_test_plain(b, AST_TEST_EMPTY, ast_no_word, @$); }
	| IS_NOT_EMPTY                          { $$ = ast_test_plain(b, AST_TEST_NOT_EMPTY, ast_no_word, @$); }
	;

/* ---- the head, instruments, standards ---- */
set_name: name                                  { ast_set_name(b, $1); };

rulebook: rulebook_begin set_name notes heads;
rulebook_begin: RULEBOOK                        { ast_begin(b, AST_RULEBOOK, @1); };
edition: edition_begin set_name notes heads;
edition_begin: EDITION                          { ast_begin(b, AST_EDITION, @1); };
instrument: instrument_begin set_name notes heads;
instrument_begin: INSTRUMENT                    { ast_begin(b, AST_INSTRUMENT, @1); };
standard: standard_begin set_name notes heads;
standard_begin: STANDARD                        { ast_begin(b, AST_STANDARD, @1); };

heads: %empty | heads head;
head: head_begin head_values notes              { ast_head_end(b, @$); };
head_begin: head_key                            { ast_head(b, $1, @1); };
head_values
	: references                            { ast_head_words(b, $1); }
	| DATE                                  { ast_head_date(b, $1); }
	| number                                { ast_head_number(b, $1); }
	| rank                                  { ast_head_value(b, $1, @1); }
	;
head_key: head_word                             { $$ = $1->en; };
head_word
	: ENGLISH_TITLE | AUTHORITY | INTERPRETER | JOINTLY_WITH | LEGAL_BASIS | PUBLISHED | EFFECTIVE | TRIAL | REPEALED
	| DOCUMENT_NUMBER | FORCE | NUMBERED | RELATION | IN | ALSO_CALLED
	;
rank: rank_word                                 { $$ = $1->en; };
rank_word: SUPERIOR | EQUAL_RANK | SUBORDINATE | ADOPTS | REFERS_TO | ILLUSTRATES;

convention: convention_begin convention_words convention_rule notes;
convention_begin: CONVENTION                    { ast_begin(b, AST_CONVENTION, @1); };
convention_words
	: convention_word
	| convention_words sep convention_word
	;
convention_word
	: reference                             { scan_convention_word(s, $1); }
	| POST_BOUND                            { scan_convention_word(s, ast_bound_word($1->zh, @1)); }
	| PRE_BOUND                             { scan_convention_word(s, ast_bound_word($1->zh, @1)); }
	| AT_END                                { scan_convention_word(s, ast_bound_word("届满", @1)); }
	;
convention_rule
	: INCLUSIVE                             { ast_inclusive(b); }
	| EXCLUSIVE
	| counting_word                         { ast_head_line(b, $1->en, @1); }
	;
counting_word: START_DAY_EXCLUDED | CORRESPONDING_DAY | LAST_DAY_MOVES | UNQUANTIFIED;

/* ---- the legal text and its accounts ---- */
ambiguity: ambiguity_begin set_name notes;
ambiguity_begin: AMBIGUITY                      { ast_begin(b, AST_AMBIGUITY, @1); };
basis: basis_begin set_name notes;
basis_begin: BASIS                              { ast_begin(b, AST_BASIS, @1); };

role: role_begin set_name role_parts;
role_begin: ROLE                                { ast_begin(b, AST_ROLE, @1); };
role_parts: %empty | role_parts role_part;
role_part
	: attribute
	| ALSO_CALLED references                { ast_words_of(b, ast_references(b, $2)); }
	;

source_text: source_text_begin path             { ast_file_name(b, $2); };
source_text_begin: SOURCE_TEXT                  { ast_begin(b, AST_SOURCE_TEXT, @1); };
numbering: numbering_begin WORD                 { ast_set_plain_name(b, $2); };
numbering_begin: NUMBERED                       { ast_begin(b, AST_NUMBERING, @1); };

clause_of: clause_of_begin clause_text notes;
clause_of_begin: CLAUSE_OF                      { ast_begin(b, AST_CLAUSE, @1); };
clause_text: clauses_of notes QUOTES text       { ast_quote(b, $4); };
clauses_of: clauses                             { ast_clauses(b, $1); };

declaratory: declaratory_begin clauses_of notes;
declaratory_begin: DECLARATORY                  { ast_begin(b, AST_DECLARATORY, @1); };

discretion: discretion_begin clauses_of discretion_parts;
discretion_begin: DISCRETION                    { ast_begin(b, AST_DISCRETION, @1); };
discretion_parts: %empty | discretion_parts discretion_part;
discretion_part
	: note
	| BY reference                          { ast_role(b, $2); }
	;

procedural: procedural_begin clauses_of notes SEE reference notes { ast_see(b, $5); };
procedural_begin: PROCEDURAL                    { ast_begin(b, AST_PROCEDURAL, @1); };


/* ---- facts, enumerations, decisions, definitions ---- */
fact: fact_begin set_name attributes COLON type attributes;
fact_begin: FACT                                { ast_begin(b, AST_FACT, @1); };
type
	: BOOLEAN                               { ast_fact_kind(b, AST_FACT_BOOLEAN); }
	| enumeration_type members_source
	| set_type members_source
	| INTEGER                               { ast_fact_kind(b, AST_FACT_INTEGER); }
	| integer_type number TO number         { ast_range(b, $2, $4); }
	| DATE_TYPE                             { ast_fact_kind(b, AST_FACT_DATE); }
	| date_type DATE TO DATE                { ast_date_range(b, $2, $4); }
	;
enumeration_type: ENUMERATION                   { ast_fact_kind(b, AST_FACT_ENUMERATION); };
set_type: SET                                   { ast_fact_kind(b, AST_FACT_SET); };
integer_type: INTEGER                           { ast_fact_kind(b, AST_FACT_INTEGER); };
date_type: DATE_TYPE                            { ast_fact_kind(b, AST_FACT_DATE); };
members_source
	: member_set
	| seen
	| seen PLUS names                       { ast_members_of(b, $3); }
	;
seen: SEE reference                             { ast_see(b, $2); };
member_set: BEGIN members END_OF_SET            { ast_members_of(b, $2); };
names
	: plain_member                          { $$ = ast_member_list(b, $1); }
	| names SEP plain_member                { $$ = ast_member_more(b, $1, $3); }
	;
plain_member: member_begin                      { $$ = ast_member_end(b, $1); };
members
	: member                                { $$ = ast_member_list(b, $1); }
	| members SEP member                    { $$ = ast_member_more(b, $1, $3); }
	;
member
	: member_begin attributes               { $$ = ast_member_end(b, $1); }
	| group_begin members END_OF_SET        { $$ = ast_member_group(b, $1, $2); }
	;
member_begin: name                              { $$ = ast_member_begin(b, $1); };
group_begin: member_begin attributes BEGIN;

enumeration: enumeration_begin set_name enumeration_parts;
enumeration_begin: ENUMERATION                  { ast_begin(b, AST_ENUMERATION, @1); };
enumeration_parts: %empty | enumeration_parts enumeration_part;
enumeration_part
	: attribute
	| TWO_LEVEL                             { ast_two_level(b); }
	| member_set
	| rows
	;
rows
	: BELOW                                 { ast_below(b, @1); }
	| TAKEN_FROM path                       { ast_file_name(b, $2); }
	;

decision: decision_begin set_name attributes COLON member_set attributes;
decision_begin: DECISION                        { ast_begin(b, AST_DECISION, @1); };

definition: definition_begin set_name attributes IS when_cond notes;
definition_begin: DEFINE                        { ast_begin(b, AST_DEFINITION, @1); };
when_cond: cond                                 { ast_when(b, $1); };

/* ---- rules, tables, priority ---- */
rule: rule_begin set_name rule_parts condition conclusion;
rule_begin: RULE                                { ast_begin(b, AST_RULE, @1); };
condition: %empty | WHEN when_cond exception | exception_given;
exception: %empty | exception_given;
exception_given: EXCEPT cond                    { ast_except(b, $2); };
conclusion: THEN outcome                        { ast_then(b, $2); };

default: default_begin default_outcome rule_parts condition;
default_begin: DEFAULT                          { ast_begin(b, AST_DEFAULT, @1); };
default_outcome: outcome                        { ast_then(b, $1); };

table: table_begin set_name table_parts condition table_conclusion rows;
table_begin: TABLE                              { ast_begin(b, AST_TABLE, @1); };
table_parts: %empty | table_parts table_part;
table_part
	: rule_part
	| HIT UNIQUE                            { ast_hit(b, AST_HIT_UNIQUE); }
	| HIT ANY                               { ast_hit(b, AST_HIT_ANY); }
	| HIT FIRST                             { ast_hit(b, AST_HIT_FIRST); }
	| COMPLETE                              { ast_complete(b); }
	;
table_conclusion: %empty | conclusion notes;

order: order_begin set_name rule_parts COLON ladder;
order_begin: ORDER                              { ast_begin(b, AST_ORDER, @1); };
ladder: added_rung BEFORE added_rung | ladder BEFORE added_rung;
prefer: prefer_begin added_rung OVER added_rung rule_parts;
prefer_begin: PREFER                            { ast_begin(b, AST_ORDER, @1); };
added_rung: rung                                { ast_add_rung(b, $1); };
rung
	: named                                 { $$ = ast_rung_of(b, $1, @$); }
	| REST                                  { $$ = ast_rung_rest(b, @$); }
	| DEFAULT                               { $$ = ast_rung_default(b, @$); }
	;

/* ---- constraints, properties ---- */
assume: assume_begin set_name attributes premise THEN then_cond notes;
assume_begin: ASSUME                            { ast_begin(b, AST_ASSUME, @1); };
premise: %empty | WHEN when_cond;
then_cond: cond                                 { ast_then_cond(b, $1); };

assert
	: assert_begin set_name notes WHEN when_cond THEN claim notes
	| assert_begin set_name notes THEN claim notes
	| assert_begin set_name notes monotone notes
	| assert_begin set_name notes timed_claim notes
	;
assert_begin: ASSERT                            { ast_begin(b, AST_ASSERT, @1); };
claim: then_cond | monotone;
monotone: monotone_of NEVER_FALLS RANKING ranking;
monotone_of: reference AS references            { ast_monotone(b, $1, ast_references(b, $3)); };
ranking: rank_rung BELOW_RANK rank_rung | ranking BELOW_RANK rank_rung;
rank_rung: named                                { ast_add_rank(b, ast_rung_of(b, $1, @$)); };

/* ---- cases ---- */
baseline: baseline_begin set_name notes settings;
baseline_begin: BASELINE                        { ast_begin(b, AST_BASELINE, @1); };
settings: setting | settings sep setting | settings AND setting;
setting: reference setting_value                { ast_setting(b, $1, $2, @$); };
setting_value: value | IS value                 { $$ = $2; };

case
	: case_begin case_name notes case_baseline case_settings THEN expectations notes
	| case_begin case_name notes case_procedure case_baseline case_settings case_state MOVES moves THEN results notes
	;
case_begin: CASE                                { ast_begin(b, AST_CASE, @1); };
case_name
	: set_name
	| LABEL                                 { ast_set_name(b, ast_name_of(b, ast_no_word, $1, ast_no_word)); }
	| STRING                                { ast_set_name(b, ast_name_of(b, ast_no_word, ast_no_word, $1)); }
	;
case_baseline: %empty | baseline_of notes;
baseline_of: BASELINE reference                 { ast_baseline(b, $2); };
case_settings: %empty | GIVEN settings;
expectations: expectation | expectations sep expectation | expectations AND expectation;
expectation
	: reference IS outcome                  { ast_expect(b, $1, $3, @$); }
	| reference CONFLICT                    { ast_expect_conflict(b, $1, NULL, @$); }
	| reference CONFLICT set                { ast_expect_conflict(b, $1, $3, @$); }
	| reference GAP                         { ast_expect_gap(b, $1, @$); }
	;

case_table: case_table_begin set_name notes case_baseline rows;
case_table_begin: CASE_TABLE                    { ast_begin(b, AST_CASE_TABLE, @1); };

/* ---- publishing ---- */
publish: publish_begin set_name notes TABLE published_table notes COLUMNS columns;
publish_begin: PUBLISHED                        { ast_begin(b, AST_PUBLISH, @1); };
published_table: reference                      { ast_see(b, $1); };
columns: published_column | columns sep published_column;
published_column
	: column                                { ast_column_of(b, $1, ast_no_word); }
	| column HEADED text                    { ast_column_of(b, $1, $3); }
	;
column
	: LABEL | STRING
	| fixed_column                          { $$ = scan_heading(s, @1); }
	;
fixed_column: WORD | THEN | CITES | FROM | TO | STANDARD;

/* ---- calendars ---- */
calendar: calendar_begin set_name notes assumption;
calendar_begin: CALENDAR                        { ast_begin_timed(b, AST_CALENDAR, @1); };
assumption: %empty | assumption_begin assumed_parts notes { ast_attributes_end(b); };
assumption_begin: ASSUMED                       { ast_assumed(b, @1); };
assumed_parts: assumed_part | assumed_parts assumed_part;
assumed_part
	: DAYS_OFF number                       { ast_assumed_limit(b, AST_ASSUMED_OFF, $2); }
	| MADE_UP number                        { ast_assumed_limit(b, AST_ASSUMED_MADE_UP, $2); }
	| LONGEST_REST number                   { ast_assumed_limit(b, AST_ASSUMED_REST, $2); }
	| LONGEST_WORK number                   { ast_assumed_limit(b, AST_ASSUMED_WORK, $2); }
	| ALWAYS_OFF month_days
	;
month_days: month_day | month_days sep month_day;
month_day: MONTH_DAY                            { ast_always_off(b, $1); };
calendar_year: calendar_year_begin year year_parts;
calendar_year_begin: CALENDAR_YEAR              { ast_begin_timed(b, AST_CALENDAR_YEAR, @1); };
year: NUMBER                                    { ast_period(b, $1); };
year_parts: %empty | year_parts year_part;
year_part
	: timed_for | note
	| NOTICE text                           { ast_notice(b, $2); }
	| days_off days
	| made_up days
	;
days_off: DAYS_OFF                              { ast_made_up(b, false); };
made_up: MADE_UP                                { ast_made_up(b, true); };
days: day | days sep day;
day
	: day_name DATE                         { ast_holiday(b, $1, $2, NULL); }
	| day_name DATE TO DATE                 { ast_holiday(b, $1, $2, $4); }
	;
day_name: %empty                                { $$ = ast_no_word; } | text;

/* ---- procedures ---- */
procedure: procedure_begin set_name procedure_parts COLON state_set notes;
procedure_begin: PROCEDURE                      { ast_begin_timed(b, AST_PROCEDURE, @1); };
procedure_parts: %empty | procedure_parts note | procedure_parts procedure_calendar;
procedure_calendar: CALENDAR reference          { ast_calendar(b, $2); };
state_set: BEGIN states END_OF_SET              { ast_members_of(b, $2); };
states
	: state                                 { $$ = ast_member_list(b, $1); }
	| states SEP state                      { $$ = ast_member_more(b, $1, $3); }
	;
state: state_open                               { $$ = ast_member_end(b, $1); };
state_open
	: member_begin
	| state_open note
	| state_open INITIAL                    { $$ = ast_state_flag($1, AST_STATE_START); }
	| state_open FINAL                      { $$ = ast_state_flag($1, AST_STATE_FINAL); }
	| state_open NO_STAY                    { $$ = ast_state_flag($1, AST_STATE_NO_STAY); }
	;
event: event_begin set_name event_parts;
event_begin: EVENT                              { ast_begin_timed(b, AST_EVENT, @1); };
event_parts: %empty | event_parts timed_for | event_parts note;
timed_for: FOR reference                        { ast_timed_for(b, $2, @1); };
discretion_of
	: DISCRETION                            { ast_discretion(b, ast_no_word); }
	| DISCRETION reference                  { ast_discretion(b, $2); }
	;
timed_part: timed_for | note | discretion_of;   /* of steps, duties, validities */
by_role: BY reference                           { ast_actor(b, AST_ACTOR_ROLE, $2, @1); };
actor
	: by_role
	| BY TIME                               { ast_actor(b, AST_ACTOR_TIME, ast_no_word, @1); }
	| BY OUTSIDE                            { ast_actor(b, AST_ACTOR_OUTSIDE, ast_no_word, @1); }
	;
time_limit
	: LIMIT limit                           { ast_limit(b, $2, @$); }
	| NO_LIMIT                              { ast_limit(b, ast_limit_of(b, AST_LIMIT_UNLIMITED, NULL), @1); }
	;
limit
	: number                                { $$ = ast_limit_of(b, AST_LIMIT_WITHIN, $1); }
	| UNQUANTIFIED text                     { $$ = ast_limit_in_words(b, $2); }
	| NO_LATER_THAN DATE                    { $$ = ast_limit_by(b, $2); }
	| reference BEFORE_END number IN_THE_LAST { $$ = ast_limit_before(b, AST_LIMIT_IN_THE_LAST, $1, $3); }
	| reference BEFORE_END number AT_LEAST_BEFORE { $$ = ast_limit_before(b, AST_LIMIT_AT_LEAST_BEFORE, $1, $3); }
	;

step: step_begin set_name step_parts | step_begin set_name step_parts WHEN when_cond;
step_begin: STEP                                { ast_begin_timed(b, AST_STEP, @1); };
step_parts: %empty | step_parts step_part;
step_part
	: timed_part | actor | time_limit
	| VIA reference                         { ast_via(b, $2); }
	| AT_END reference                      { ast_expiry_of(b, $2); }
	| FROM references                       { ast_starts(b, ast_references(b, $2), @1); }
	| TO reference                          { ast_to_state(b, $2, @1); }
	| TO SAME_STATE                         { ast_to_state(b, ast_no_word, @1); }
	| IN_CASE_OF text                       { ast_in_case_of(b, $2); }
	| materials
	| RESTARTS references                   { ast_restarts(b, ast_references(b, $2)); }
	| SUSPENDS references                   { ast_suspends(b, ast_references(b, $2)); }
	| RESUMES references                    { ast_resumes(b, ast_references(b, $2)); }
	| ENDS references                       { ast_ends(b, ast_references(b, $2)); }
	;
materials
	: materials_listed
	| materials_listed AND_THE_LIKE %prec AND_THE_LIKE { ast_materials_open(b, ast_no_word); }
	| materials_listed AND_THE_LIKE DISCRETION reference { ast_materials_open(b, $4); }
	;
materials_listed: MATERIALS texts               { ast_materials(b, $2); };
texts
	: text                                  { $$ = ast_word_list(b, $1); }
	| texts sep text                        { $$ = ast_word_more(b, $1, $3); }
	;

duty: duty_begin duty_words duty_parts lapse    { ast_duty_end(b); };
duty_begin: DUTY                                { ast_begin(b, AST_DUTY, @1); };
duty_words: reference label english             { ast_duty_words(b, $1, $2, $3); };
label: %empty                                   { $$ = ast_no_word; } | LABEL;
english: %empty                                 { $$ = ast_no_word; } | STRING;
duty_parts: %empty | duty_parts duty_part;
duty_part
	: timed_part | by_role | time_limit | clock_start
	| TOWARD reference                      { ast_toward(b, $2); }
	| EVERY number                          { ast_every(b, $2, ast_no_word, @$); }
	| EVERY UNQUANTIFIED text               { ast_every(b, NULL, $3, @$); }
	| BEGINNING_ON MONTH_DAY                { ast_beginning_on(b, $2); }
	| DISCHARGED_BY references              { ast_discharged_by(b, ast_references(b, $2)); }
	| RELEASED_BY references                { ast_released_by(b, ast_references(b, $2)); }
	;
clock_start
	: FROM references                       { ast_starts(b, ast_references(b, $2), @$); }
	| FROM UNDETERMINED text                { ast_starts_in_words(b, $3, @$); }
	;
lapse: %empty | IF_LATE lapsed notes            { ast_attributes_end(b); };
lapsed
	: NO_CONSEQUENCE                        { ast_lapse(b, AST_LAPSE_NO_CONSEQUENCE, ast_no_word, @$); }
	| DEEMED reference                      { ast_lapse(b, AST_LAPSE_DEEMED, $2, @$); }
	| TO reference                          { ast_lapse(b, AST_LAPSE_STATE, $2, @$); }
	| text                                  { ast_lapse(b, AST_LAPSE_WORDS, $1, @$); }
	;

validity: validity_begin set_name validity_parts;
validity_begin: VALIDITY                        { ast_begin_timed(b, AST_VALIDITY, @1); };
validity_parts: %empty | validity_parts validity_part;
validity_part
	: timed_part | clock_start
	| number                                { ast_period(b, $1); }
	| SURVIVES                              { ast_survives(b); }
	;
timed_claim: claim_for notes time_property;
claim_for: FOR reference                        { ast_becomes_timed(b, AST_TIME_PROPERTY, $2); };
time_property
	: references ONLY_AFTER references { ast_time_property(b, AST_TIME_BEFORE, $1, NULL, $3); }
	| references AFTERWARDS references REQUIRES references { ast_time_property(b, AST_TIME_AFTER, $3, $1, $5); }
	| EVERY references ANSWERED { ast_time_property(b, AST_TIME_ANSWERED, NULL, NULL, $2); }
	;
case_procedure: case_procedure_of notes;
case_procedure_of: PROCEDURE reference          { ast_becomes_timed(b, AST_PROCEDURE_CASE, $2); };
case_state: FROM reference                      { ast_starts(b, ast_references(b, ast_word_list(b, $2)), @$); };
moves: move | moves sep move;
move: DATE reference                            { ast_move(b, $1, $2, @$); };
results: result | results sep result | results AND result;
result
	: reference                             { ast_result(b, $1, @$); }
	| REFUSED                               { ast_result(b, ast_no_word, @$); }
	| reference TO DATE                     { ast_due(b, $1, $3, $3, @$); }
	| reference FROM DATE TO DATE           { ast_due(b, $1, $3, $5, @$); }
	;

%%
#include "grammar/symbols.h"
