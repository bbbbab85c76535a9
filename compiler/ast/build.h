/* Making the tree: one constructor per grammar action. The grammar holds no logic, these hold no syntax.
 *
 * A declaration is open from its first word to its end; clauses and attributes go into what is open. A syntax error
 * leaves what was made so far, marked broken. */
#ifndef GUIJU_AST_BUILD_H
#define GUIJU_AST_BUILD_H
#include "ast/ast.h"
#include "diag/diag.h"

struct ast_builder {
	struct arena *arena;
	struct diag *diag;                  /* NULL: report nothing (fmt) */
	uint32_t file;
	struct ast_decl *decl;              /* the open one, or NULL */
	struct ast_attributes *attributes;  /* where 依据 and the like go: the declaration, a head line or a member */
	VEC(struct ast_decl *) decls;       /* the closed ones */
	struct ast_head_line line;          /* the open head line */
	bool made_up;                       /* days that follow are 上班 */
	struct ast_decl *below;             /* the last one that says 见下表, and where */
	struct span below_at;
	size_t below_count;
	struct ast_cell *cell;              /* the cell being parsed */
	struct ast_passing *passing;        /* see note [passing pieces] */
};

/* note [passing pieces]
 * Between two grammar actions a number, a value or a list's head is a piece of memory that its consumer copies. A
 * table of 10^5 rows makes millions of them, so their memory is used again for the next cell or declaration. */
void *ast_passing_alloc(struct ast_builder *b, size_t size);   /* zeroed */
void ast_passing_reset(struct ast_builder *b);
#define ast_passing_new(b, type) ((type *)ast_passing_alloc((b), sizeof(type)))

/* ---- names (names.c) ---- */

/* Reports a word that holds a character that compatibility normalisation would change; false: reported. */
bool ast_check_word(struct ast_builder *b, const char *text, size_t size, struct span at);
/* The same for a quoted label that stands for something, and the characters that a label in use may hold. */
bool ast_check_reference(struct ast_builder *b, struct ast_word word);
/* What a character would become beyond punctuation, or NULL. */
const char *ast_compatible_form(struct arena *arena, const char *text, size_t size);

/* ---- pieces (pieces.c) ---- */

ast_words *ast_word_list(struct ast_builder *b, struct ast_word word);
ast_words *ast_word_more(struct ast_builder *b, ast_words *list, struct ast_word word);
ast_words *ast_references(struct ast_builder *b, ast_words *list);     /* checks their characters */
struct ast_word ast_reference(struct ast_builder *b, struct ast_word word);
struct ast_name *ast_name_of(struct ast_builder *b, struct ast_word id, struct ast_word label, struct ast_word english);
struct ast_word ast_bound_word(const char *zh, struct span at);         /* 约定 以上、不满 … */
struct ast_number *ast_with_unit(struct ast_number *number, struct ast_word unit);
struct ast_number *ast_number_at(struct ast_builder *b, int64_t value, struct span at);
struct ast_date *ast_date_at(struct ast_builder *b, int32_t day, struct span at);

struct ast_value *ast_value_word(struct ast_builder *b, struct ast_word word);
struct ast_value *ast_value_number(struct ast_builder *b, const struct ast_number *number);
struct ast_value *ast_value_date(struct ast_builder *b, const struct ast_date *date);
struct ast_value *ast_value_constant(struct ast_builder *b, enum ast_value_kind kind, struct span at);
struct ast_value *ast_value_set(struct ast_builder *b, const ast_words *words, struct span at);
ast_values *ast_value_list(struct ast_builder *b, const struct ast_value *value);
ast_values *ast_value_more(struct ast_builder *b, ast_values *list, const struct ast_value *value);

/* ---- conditions (conditions.c) ---- */

struct ast_bounds {
	struct ast_bound_at at[2];
	size_t count;
};
struct ast_cond *ast_test_name(struct ast_builder *b, struct ast_word subject);
struct ast_cond *ast_test_value(struct ast_builder *b, enum ast_test test, struct ast_word subject,
				const struct ast_value *value, struct span at);
struct ast_cond *ast_test_values(struct ast_builder *b, enum ast_test test, struct ast_word subject,
				 const ast_values *values, struct span at);
/* A cell's list of values: one is 为, more are 属于. */
struct ast_cond *ast_test_listed(struct ast_builder *b, const ast_values *values, struct span at);
struct ast_cond *ast_test_words(struct ast_builder *b, enum ast_test test, struct ast_word subject,
				const ast_words *words, struct span at);
struct ast_cond *ast_test_plain(struct ast_builder *b, enum ast_test test, struct ast_word subject, struct span at);
struct ast_cond *ast_test_bounds(struct ast_builder *b, struct ast_word subject, const struct ast_bounds *bounds,
				 struct span at);
struct ast_bounds *ast_bound_one(struct ast_builder *b, enum ast_bound bound, const struct ast_value *value,
				 struct span at);
struct ast_bounds *ast_bound_two(struct ast_bounds *first, const struct ast_bounds *second);
struct ast_cond *ast_not(struct ast_builder *b, struct ast_cond *part, struct span at);
struct ast_cond *ast_join(struct ast_builder *b, enum ast_cond_kind kind, struct ast_cond *left,
			  struct ast_cond *right, struct span at);
struct ast_cond *ast_join_more(struct ast_builder *b, struct ast_cond *list, struct ast_cond *part);
/* 下列之一, 下列全部: a group of one item is the item itself once it ends */
struct ast_cond *ast_group(struct ast_builder *b, struct ast_cond *first);
struct ast_cond *ast_group_end(struct ast_cond *group, enum ast_cond_kind kind, struct span at);
struct ast_cond *ast_cond_broken(struct ast_builder *b, struct span at);
extern const struct ast_word ast_no_word;

/* ---- declarations (declarations.c) ---- */

/* Reports an id that is not [a-z][a-z0-9_]*. */
void ast_check_id(struct ast_builder *b, struct ast_word id);

void ast_begin(struct ast_builder *b, enum ast_decl_kind kind, struct span keyword);
void ast_end(struct ast_builder *b, struct span at);         /* closes it */
void ast_abandon(struct ast_builder *b, struct span at);     /* closes it as broken; nothing open: nothing */

void ast_set_name(struct ast_builder *b, const struct ast_name *name);
void ast_set_plain_name(struct ast_builder *b, struct ast_word id);
void ast_cites(struct ast_builder *b, const ast_words *clauses);
void ast_because(struct ast_builder *b, struct ast_word text);
void ast_resolves(struct ast_builder *b, const ast_words *ids);
void ast_discretion(struct ast_builder *b, struct ast_word role);
void ast_basis(struct ast_builder *b, struct ast_word basis);
void ast_from(struct ast_builder *b, const struct ast_date *date);
void ast_to(struct ast_builder *b, const struct ast_date *date);

void ast_for(struct ast_builder *b, struct ast_word decision);
void ast_when(struct ast_builder *b, struct ast_cond *cond);
void ast_except(struct ast_builder *b, struct ast_cond *cond);
void ast_then(struct ast_builder *b, struct ast_word outcome);
void ast_then_cond(struct ast_builder *b, struct ast_cond *cond);
void ast_hit(struct ast_builder *b, enum ast_hit hit);
void ast_complete(struct ast_builder *b);
void ast_below(struct ast_builder *b, struct span at);
void ast_file_name(struct ast_builder *b, struct ast_word path);
void ast_clauses(struct ast_builder *b, const ast_words *clauses);
void ast_quote(struct ast_builder *b, struct ast_word text);
void ast_role(struct ast_builder *b, struct ast_word role);
void ast_see(struct ast_builder *b, struct ast_word name);
void ast_words_of(struct ast_builder *b, const ast_words *words);
void ast_baseline(struct ast_builder *b, struct ast_word name);
void ast_inclusive(struct ast_builder *b);
void ast_fixed_word(struct ast_builder *b, struct ast_word word, enum ast_bound bound);

void ast_fact_kind(struct ast_builder *b, enum ast_fact_kind kind);
void ast_range(struct ast_builder *b, const struct ast_number *low, const struct ast_number *high);
void ast_date_range(struct ast_builder *b, const struct ast_date *low, const struct ast_date *high);
void ast_two_level(struct ast_builder *b);
void ast_members_of(struct ast_builder *b, const ast_members *members);

void ast_setting(struct ast_builder *b, struct ast_word fact, const struct ast_value *value, struct span at);
void ast_expect(struct ast_builder *b, struct ast_word decision, struct ast_word outcome, struct span at);
void ast_expect_conflict(struct ast_builder *b, struct ast_word decision, const ast_words *rules, struct span at);
void ast_expect_gap(struct ast_builder *b, struct ast_word decision, struct span at);

/* ---- their parts (members.c) ---- */

struct ast_member *ast_member_begin(struct ast_builder *b, const struct ast_name *name);
struct ast_member *ast_member_end(struct ast_builder *b, struct ast_member *member);
struct ast_member *ast_member_group(struct ast_builder *b, struct ast_member *member, const ast_members *members);
ast_members *ast_member_list(struct ast_builder *b, const struct ast_member *member);
ast_members *ast_member_more(struct ast_builder *b, ast_members *list, const struct ast_member *member);

struct ast_rung *ast_rung_of(struct ast_builder *b, const ast_words *names, struct span at);
struct ast_rung *ast_rung_rest(struct ast_builder *b, struct span at);
struct ast_rung *ast_rung_default(struct ast_builder *b, struct span at);
void ast_add_rung(struct ast_builder *b, const struct ast_rung *rung);
void ast_add_rank(struct ast_builder *b, const struct ast_rung *rung);   /* of 断言 … 不降 序 */
void ast_monotone(struct ast_builder *b, struct ast_word decision, const ast_words *facts);

void ast_head(struct ast_builder *b, const char *key, struct span at);   /* opens a head line */
void ast_head_words(struct ast_builder *b, const ast_words *words);
void ast_head_date(struct ast_builder *b, const struct ast_date *date);
void ast_head_number(struct ast_builder *b, const struct ast_number *number);
void ast_head_value(struct ast_builder *b, const char *english, struct span at);
void ast_head_end(struct ast_builder *b, struct span at);
void ast_head_line(struct ast_builder *b, const char *key, struct span at); /* a line without values */
void ast_column_of(struct ast_builder *b, struct ast_word column, struct ast_word heading);

/* ---- procedures and calendars (procedures.c) ---- */

/* What may stand once in a declaration is reported where it stands again. */
void ast_begin_timed(struct ast_builder *b, enum ast_decl_kind kind, struct span keyword);
void ast_timed_for(struct ast_builder *b, struct ast_word procedure, struct span at);
/* 职责 WORD [「label」] ["english"]: a role and its duty in words, or the name of a timed duty; which of them the end
 * of the declaration tells. */
void ast_duty_words(struct ast_builder *b, struct ast_word word, struct ast_word label, struct ast_word english);
void ast_duty_end(struct ast_builder *b);
/* 断言, 案例: what was begun is one of a procedure. */
void ast_becomes_timed(struct ast_builder *b, enum ast_decl_kind kind, struct ast_word procedure);

void ast_calendar(struct ast_builder *b, struct ast_word name);
void ast_actor(struct ast_builder *b, enum ast_actor actor, struct ast_word role, struct span at);
void ast_via(struct ast_builder *b, struct ast_word event);
void ast_expiry_of(struct ast_builder *b, struct ast_word validity);
void ast_starts(struct ast_builder *b, const ast_words *names, struct span at);
void ast_starts_in_words(struct ast_builder *b, struct ast_word text, struct span at);
void ast_to_state(struct ast_builder *b, struct ast_word state, struct span at);  /* no word: 原状态 */
struct ast_limit *ast_limit_of(struct ast_builder *b, enum ast_limit_kind kind, const struct ast_number *amount);
struct ast_limit *ast_limit_before(struct ast_builder *b, enum ast_limit_kind kind, struct ast_word validity,
				   const struct ast_number *amount);
struct ast_limit *ast_limit_in_words(struct ast_builder *b, struct ast_word text);
struct ast_limit *ast_limit_by(struct ast_builder *b, const struct ast_date *date);
void ast_limit(struct ast_builder *b, const struct ast_limit *limit, struct span at);
void ast_discharged_by(struct ast_builder *b, const ast_words *events);
void ast_released_by(struct ast_builder *b, const ast_words *events);
void ast_in_case_of(struct ast_builder *b, struct ast_word text);
void ast_materials(struct ast_builder *b, const ast_words *texts);
void ast_materials_open(struct ast_builder *b, struct ast_word role);
void ast_restarts(struct ast_builder *b, const ast_words *clocks);
void ast_suspends(struct ast_builder *b, const ast_words *clocks);
void ast_resumes(struct ast_builder *b, const ast_words *clocks);
void ast_ends(struct ast_builder *b, const ast_words *clocks);
void ast_toward(struct ast_builder *b, struct ast_word role);
void ast_every(struct ast_builder *b, const struct ast_number *amount, struct ast_word vague, struct span at);
void ast_beginning_on(struct ast_builder *b, const struct ast_number *month_day);
void ast_lapse(struct ast_builder *b, enum ast_lapse lapse, struct ast_word word, struct span at);
void ast_attributes_end(struct ast_builder *b);                   /* 依据 and the like go to the declaration again */
void ast_period(struct ast_builder *b, const struct ast_number *number);
void ast_survives(struct ast_builder *b);
void ast_notice(struct ast_builder *b, struct ast_word text);
void ast_holiday(struct ast_builder *b, struct ast_word name, const struct ast_date *from, const struct ast_date *to);
void ast_made_up(struct ast_builder *b, bool made_up);            /* what follows is 上班, else 放假 */
void ast_assumed(struct ast_builder *b, struct span at);
void ast_assumed_limit(struct ast_builder *b, enum ast_assumed which, const struct ast_number *number);
void ast_always_off(struct ast_builder *b, const struct ast_number *month_day);
enum ast_state_flag { AST_STATE_START, AST_STATE_FINAL, AST_STATE_NO_STAY };
struct ast_member *ast_state_flag(struct ast_member *state, enum ast_state_flag flag);
void ast_time_property(struct ast_builder *b, enum ast_time_property kind, const ast_words *states,
		       const ast_words *after, const ast_words *events);
void ast_move(struct ast_builder *b, const struct ast_date *date, struct ast_word event, struct span at);
void ast_result(struct ast_builder *b, struct ast_word state, struct span at);  /* no word: 不受理 */
void ast_due(struct ast_builder *b, struct ast_word clock, const struct ast_date *from, const struct ast_date *to,
	     struct span at);

/* ---- cells (cells.c) ---- */

void ast_cell_cond(struct ast_builder *b, struct ast_cond *cond);
void ast_cell_value(struct ast_builder *b, const struct ast_value *value);
void ast_cell_conflict(struct ast_builder *b, const ast_words *rules);
void ast_cell_gap(struct ast_builder *b);
void ast_cell_clauses(struct ast_builder *b, const ast_words *clauses);
void ast_cell_words(struct ast_builder *b, const ast_words *words);
void ast_cell_date(struct ast_builder *b, const struct ast_date *date);
/* A cell of a fact in a case table: several values are a set. */
void ast_cell_set(struct ast_builder *b, const ast_words *words, struct span at);

#endif
