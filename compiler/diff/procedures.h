/* The difference of two editions' procedures: what is said of every part, by ids, and to which state an event leads.
 *
 * note [parts] A part (a state, a duty, a calendar …) is compared by what is said of it: a list of aspects, each with a
 * canonical value made of ids, numbers and days, and with words. Parts are matched by kind and id. Where every aspect of
 * every part has the same value, and every move is equal, the procedures are equal. The order in which parts, states,
 * events and materials stand means nothing. What a step does to clocks is said of the clocks (note [clocks] in
 * model/procedure.h), what a guard says is an aspect only where some move differs.
 *
 * note [moves] To which state an event leads from a state, if its steps have guards, is a decision over facts: its outcomes
 * are the states, and `(refused)` where no guard holds. Both editions' are compared like every other decision, so that
 * steps that are put otherwise and lead everywhere to the same state are equal. Windows and discretion are aspects of the
 * steps: a move says where the event may lead, and not when or whether somebody lets it. */
#ifndef GUIJU_DIFF_PROCEDURES_H
#define GUIJU_DIFF_PROCEDURES_H
#include "diff/diff.h"
#include "model/procedure.h"

enum part_kind { PART_COUNTING, PART_CALENDAR, PART_ROLE, PART_PROCEDURE, PART_STATE, PART_EVENT, PART_STEP, PART_DUTY, PART_VALIDITY,
		 PART_PROPERTY, PART_KINDS };

struct diff_aspect {
	const char *id;              /* "limit" */
	struct phrase name;          /* 期限 */
	const char *value[2];        /* old, new: canonical; NULL: nothing is said */
	struct phrase words[2];
};

struct diff_part {
	enum part_kind kind;
	const char *id;
	const struct name *name[2];  /* NULL: that edition has no such part */
	const struct cites *cites[2];
	struct diff_aspect *aspects; /* that differ; of a part that only one edition has: all */
	size_t aspect_count;
	struct phrase effect;        /* what that does, or empty */
};

struct diff_move {                   /* an event from states, wherever its steps have guards in one of the editions */
	const struct event *event;   /* NEW's */
	const struct state **states; /* NEW's, alike in both editions */
	size_t state_count;
	struct diff_decision decision;
	bool follows;                /* its steps say the same: what differs comes from the decisions that guards name */
	/* for the comparison */
	size_t procedure;            /* index into items */
	uint32_t at;                 /* place of its decision behind the models' own; NONE: a limit is passed */
};

struct diff_procedure {
	const struct procedure *of[2];         /* NULL: that edition has no such procedure */
	struct diff_part *parts;
	size_t part_count;
	struct diff_move *moves;
	size_t move_count;
};

struct diff_procedures {
	struct diff_part *parts;               /* of the rulebook: how time is counted, calendars, roles */
	size_t part_count;
	struct diff_procedure *items;          /* NEW's in order, then those that only OLD has */
	size_t count;
	bool of_tables;                        /* what a table does not hold was not compared */
};

/* What the parts say. */
struct diff_procedures *procedures_difference_in(struct arena *arena, const struct model *old, const struct model *new_);
/* The models with a decision for each move behind their own; as many in both. */
void moves_add(struct arena *arena, struct diff_procedures *all, const struct model *models[2]);
/* Takes the moves' decisions, from `first` on, out of those compared, and guards that lead everywhere to the same out of
 * the parts. */
void moves_take(struct difference *d, size_t first);

uint32_t procedure_of_id(const struct model *m, const char *id);       /* NONE; by id alone */
enum diff_verdict diff_procedure_verdict(const struct diff_procedure *p);
bool diff_part_is_added(const struct diff_part *part);
bool diff_part_is_removed(const struct diff_part *part);
const char *diff_part_kind_id(enum part_kind kind);        /* "duty" */
struct phrase diff_part_kind_words(enum part_kind kind);   /* 职责 */

/* ---- what the files share ---- */

struct aspect {
	const char *id;
	struct phrase name;
	const char *value;
	struct phrase words;
	bool by_item;                /* a list `a, b`: of one that differs only the items that differ are told */
};
struct aspects {
	struct aspect *items;        /* a vec */
	size_t count, capacity;
};
struct part {                        /* of one edition */
	enum part_kind kind;
	const struct name *name;
	const struct cites *cites;
	const void *of;              /* struct state, duty … */
	struct aspects aspects;
};
struct parts {
	struct part *items;          /* a vec */
	size_t count, capacity;
};
void parts_of_model(struct arena *arena, const struct model *m, struct parts *out);
void parts_of_procedure(struct arena *arena, const struct model *m, const struct procedure *p, struct parts *out);
/* What a changed part does, as far as it can be told from the parts. */
struct phrase part_effect(struct arena *arena, const struct diff_part *part, const void *const of[2]);

#endif
