/* The table's layout (docs/TABLE_FORMAT.md), as offsets and sizes: what the runtime reads and the compiler writes. */
#ifndef GUIJU_FORMAT_H
#define GUIJU_FORMAT_H
#include <stddef.h>
#include <stdint.h>

#define FORMAT_VERSION 2u /* 0.2: the high half counts releases, the low half changes before release 1.0 */
#define FORM_BIT_SETS  1u /* the only decision part so far */

/* ---- header ---- */

#define MAGIC_SIZE 8u
#define MAGIC	   "\x89GUIJU\x1a\n"
enum {
	HEADER_VERSION = 8,
	HEADER_SECTIONS = 12,
	HEADER_TOTAL = 16,
	HEADER_CHECKSUM = 24,
	HEADER_DIRECTORY = 32,
	DIRECTORY_ENTRY = 8
};

/* In the order of the directory and of the file; the second column is the size of one item.
 * Sections of 64-bit items come first, so that they are aligned where the table is. */
#define SECTIONS(SECTION)        \
	SECTION(CUTS, 8)         \
	SECTION(BLOCKS, 8)       \
	SECTION(FACTS, 56)       \
	SECTION(BOOK, 32)        \
	SECTION(MEMBERS, 12)     \
	SECTION(DIMS, 16)        \
	SECTION(DECISIONS, 80)   \
	SECTION(OUTCOMES, 12)    \
	SECTION(RULES, 48)       \
	SECTION(CONSTRAINTS, 16) \
	SECTION(FORMS, 28)       \
	SECTION(AXES, 16)        \
	SECTION(OVER, 12)        \
	SECTION(CLAUSES, 8)      \
	SECTION(LISTS, 4)        \
	SECTION(STRING_ENDS, 4)  \
	SECTION(STRING_BYTES, 1) \
	SECTION(CALENDARS, 56)   \
	SECTION(CALENDAR_YEARS, 24) \
	SECTION(ROLES, 12)       \
	SECTION(PROCEDURES, 72)  \
	SECTION(STATES, 24)      \
	SECTION(EVENTS, 28)      \
	SECTION(STEPS, 96)       \
	SECTION(DUTIES, 148)     \
	SECTION(VALIDITIES, 76)  \
	SECTION(GUARDS, 4)

enum section {
#define SECTION(name, size) SECTION_##name,
	SECTIONS(SECTION)
#undef SECTION
		SECTION_COUNT
};
enum {
#define SECTION(name, size) SIZE_##name = (size),
	SECTIONS(SECTION)
#undef SECTION
		HEADER_SIZE = HEADER_DIRECTORY + DIRECTORY_ENTRY * SECTION_COUNT
};

/* ---- records: fields of 32 bits, counted from 0; a pair of fields FIRST, COUNT names a stretch ---- */

enum { NAME_ID, NAME_LABEL, NAME_ENGLISH }; /* the first three fields of whatever has a name */
enum { BOOK_EDITION = 3, BOOK_EDITION_LABEL, BOOK_DIGEST, BOOK_MAX_RULES, BOOK_MAX_CLASSES };
enum {
	FACT_UNIT = 3,
	FACT_KIND,
	FACT_FLAGS,
	FACT_LOW,
	FACT_HIGH = 8,
	FACT_FIRST_MEMBER = 10,
	FACT_MEMBERS,
	FACT_FIRST_DIM,
	FACT_DIMS
}; /* LOW and HIGH are 64 bits wide */
enum { FLAG_DISCRETION = 1, FLAG_APPLICABLE_DATE = 2 };
enum { DIM_FACT, DIM_MEMBER, DIM_FIRST_CUT, DIM_CUTS };
enum {
	DECISION_FIRST_OUTCOME = 3,
	DECISION_OUTCOMES,
	DECISION_FIRST_RULE,
	DECISION_RULES,
	DECISION_FIRST_FEED,
	DECISION_FEEDS,
	DECISION_FIRST_FED_BY,
	DECISION_FED_BY,
	DECISION_FIRST_DIM,
	DECISION_DIMS,
	DECISION_FIRST_CONSTRAINT,
	DECISION_CONSTRAINTS,
	DECISION_FIRST_CLASS,
	DECISION_CLASSES,
	DECISION_FIRST_OVER,
	DECISION_FORM_NUMBER,
	DECISION_FORM
};
enum {
	RULE_ITEM = 3,
	RULE_DECISION,
	RULE_OUTCOME,
	RULE_FIRST_CITE,
	RULE_CITES,
	RULE_FIRST_NAME,
	RULE_NAMES,
	RULE_FIRST_TEXT,
	RULE_TEXTS
};
enum { CONSTRAINT_FORM = 3 };
enum { FORM_FIRST_AXIS, FORM_AXES, FORM_FIRST_TERM, FORM_TERMS, FORM_BLOCK_WORDS, FORM_FIRST_BLOCK, FORM_BLOCKS };
enum { AXIS_KIND, AXIS_INDEX, AXIS_PARTS, AXIS_FIRST_ROW };
enum { AXIS_DIM, AXIS_DECISION }; /* kinds of axes */
enum { OVER_FIRST, OVER_LAST, OVER_MODE };
enum { OVER_ALWAYS, OVER_IF_EARLIER }; /* modes */
enum { CLAUSE_ID, CLAUSE_TEXT };
enum { BLOCK_NONE, BLOCK_ALL }; /* the first two blocks of every form */

/* ---- calendars and procedures; an index of UINT32_MAX says that there is none ---- */

enum {
	CALENDAR_FIRST_YEAR = 3,
	CALENDAR_YEARS_COUNT,
	CALENDAR_ASSUMES, /* 0: nothing is assumed of other years; 1: what follows, UINT32_MAX in it is no limit */
	CALENDAR_WEEKDAYS_OFF,
	CALENDAR_DAYS_MADE_UP,
	CALENDAR_REST,
	CALENDAR_WORK,
	CALENDAR_FIRST_ALWAYS_OFF, /* list: 100 × month + day */
	CALENDAR_ALWAYS_OFF,
	CALENDAR_FIRST_CITE,
	CALENDAR_CITES
};
enum { YEAR_YEAR, YEAR_NOTICE, YEAR_FIRST_OFF, YEAR_OFF, YEAR_FIRST_MADE_UP, YEAR_MADE_UP };
enum {
	PROCEDURE_CALENDAR = 3,
	PROCEDURE_START,
	PROCEDURE_FLAGS,
	PROCEDURE_FIRST_STATE,
	PROCEDURE_STATES,
	PROCEDURE_FIRST_EVENT,
	PROCEDURE_EVENTS,
	PROCEDURE_FIRST_STEP,
	PROCEDURE_STEPS,
	PROCEDURE_FIRST_DUTY,
	PROCEDURE_DUTIES,
	PROCEDURE_FIRST_VALIDITY,
	PROCEDURE_VALIDITIES,
	PROCEDURE_FIRST_CITE,
	PROCEDURE_CITES
};
enum { PROCEDURE_LAST_DAY_MOVES = 1 };
enum { STATE_FLAGS = 3, STATE_FIRST_CITE, STATE_CITES };
enum { STATE_START = 1, STATE_FINAL = 2, STATE_NO_STAY = 4 };
enum { EVENT_ACTOR = 3, EVENT_ROLE, EVENT_FIRST_CITE, EVENT_CITES };
/* When something may or must be done: six fields in steps and duties. */
enum { BOUND_KIND, BOUND_AMOUNT, BOUND_UNIT, BOUND_VALIDITY, BOUND_DATE, BOUND_WORDS, BOUND_FIELDS };
enum {
	STEP_EVENT = 3,
	STEP_ACTOR,
	STEP_ROLE,
	STEP_TO,
	STEP_GUARD, /* a decision */
	STEP_CIRCUMSTANCE,
	STEP_BOUND,
	STEP_EXPIRY_OF = STEP_BOUND + BOUND_FIELDS,
	STEP_FLAGS,
	STEP_MATERIALS_ROLE,
	STEP_FIRST_FROM,
	STEP_FROMS,
	STEP_FIRST_CITE,
	STEP_CITES,
	STEP_FIRST_MATERIAL,
	STEP_MATERIALS
};
enum { STEP_DISCRETION = 1, STEP_MATERIALS_OPEN = 2 };
/* Lists of events, five of every clock and two more of a duty. */
enum {
	CLOCK_FIRST_START = 0,
	CLOCK_STARTS,
	CLOCK_FIRST_RESTART,
	CLOCK_RESTARTS,
	CLOCK_FIRST_SUSPEND,
	CLOCK_SUSPENDS,
	CLOCK_FIRST_RESUME,
	CLOCK_RESUMES,
	CLOCK_FIRST_END,
	CLOCK_ENDS,
	CLOCK_FIELDS,
	DUTY_FIRST_DISCHARGE = CLOCK_FIELDS,
	DUTY_DISCHARGES,
	DUTY_FIRST_RELEASE,
	DUTY_RELEASES,
	DUTY_CLOCK_FIELDS
};
enum {
	DUTY_ROLE = 3,
	DUTY_TOWARD,
	DUTY_BOUND,
	DUTY_EVERY = DUTY_BOUND + BOUND_FIELDS, /* kind, amount, unit, words, anchor, 100 × month + day */
	DUTY_EVERY_AMOUNT,
	DUTY_EVERY_UNIT,
	DUTY_EVERY_WORDS,
	DUTY_ANCHOR,
	DUTY_ANCHOR_DAY,
	DUTY_LAPSE,
	DUTY_LAPSE_TO, /* event or state */
	DUTY_LAPSE_WORDS,
	DUTY_START_WORDS,
	DUTY_FIRST_CITE,
	DUTY_CITES,
	DUTY_CLOCK,
	DUTY_SIZE = DUTY_CLOCK + DUTY_CLOCK_FIELDS
};
enum {
	VALIDITY_AMOUNT = 3,
	VALIDITY_UNIT,
	VALIDITY_FLAGS,
	VALIDITY_START_WORDS,
	VALIDITY_FIRST_CITE,
	VALIDITY_CITES,
	VALIDITY_CLOCK,
	VALIDITY_SIZE = VALIDITY_CLOCK + CLOCK_FIELDS
};
enum { VALIDITY_SURVIVES = 1 };
enum { GUARD_FAILS, GUARD_HOLDS, GUARD_OUTCOMES }; /* outcomes of a decision that is a guard */
enum { REPEATED_NOT, REPEATED_PERIOD, REPEATED_VAGUE };
enum { ANCHORED_NOT, ANCHORED_DATE, ANCHORED_EVENT };

#define LIMIT_TABLE_RUN		31u /* of rest or work, and days made up in a year, that a calendar assumes */
#define LIMIT_TABLE_DAYS_OFF	63u
#define LIMIT_TABLE_AMOUNT	100000u /* of a period, in any unit */
#define LIMIT_TABLE_OUTCOMES	64u
#define LIMIT_TABLE_DECISIONS	1024u /* guards among them */
#define LIMIT_TABLE_SET_MEMBERS 63u
#define LIMIT_BLOCK_WORDS	8u

/* ---- loads: put together from bytes, so that neither alignment nor byte order matters ---- */

static inline uint32_t load_u32(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint64_t load_u64(const unsigned char *at)
{
	return (uint64_t)load_u32(at) | (uint64_t)load_u32(at + 4) << 32;
}

static inline int64_t load_i64(const unsigned char *at)
{
	uint64_t value = load_u64(at);
	return value <= (uint64_t)INT64_MAX ? (int64_t)value : -(int64_t)(UINT64_MAX - value) - 1;
}

/* XXH64 with seed 0 over the whole table but the eight bytes of the checksum itself (checksum.c). */
uint64_t table_checksum(const unsigned char *bytes, size_t size);

#endif
