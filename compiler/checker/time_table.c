/* guiju-time-table: prints the time form (docs/CERTIFICATE.md) of the table on standard input: its names, roles, calendars
 * and procedures, but for the conditions of steps. Written from docs/TABLE_FORMAT.md alone; shares no code with the compiler, the runtime, the
 * other readers or the checker. Exit status: 0; 1 for what is no table; 4 for one beyond a limit. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define LIMIT_STEPS (UINT64_C(1) << 32)
#define NONE	    UINT32_MAX
enum { LIMIT_INPUT = 1 << 28 };
enum { CUTS, BLOCKS, FACTS, BOOK, MEMBERS, DIMS, DECISIONS, OUTCOMES, RULES, CONSTRAINTS, FORMS, AXES, OVER, CLAUSES, LISTS,
       STRING_ENDS, STRING_BYTES, CALENDARS, YEARS, ROLES, PROCEDURES, STATES, EVENTS, STEPS, DUTIES, VALIDITIES, GUARDS, SECTIONS };
/* How a field is printed: a text, whether there is any, the day of a limit, a day of every year, a number or none, a word, flags, an amount and its
 * unit, the name of something of the whole table, of the procedure, or where a lapse leads; then lists, an item a line. */
enum kind { TEXT, SOME, DAY, MONTH_DAY, AT_MOST, WORD, FLAGS, AMOUNT, NAME, PART, LAPSE, TEXTS, MONTH_DAYS, DAYS, PARTS };
struct field { const char *word; enum kind kind; uint32_t at, of; const char *const *words; };
#define WORDS(...) (const char *const[]){ __VA_ARGS__, NULL }
#define LABELS	   { "label", TEXT, 1, 0, NULL }, { "english", TEXT, 2, 0, NULL }
#define ACTORS(at) { "actor", WORD, at, 0, WORDS("role", "time", "circumstances", "none") }, { "role", NAME, (at) + 1, ROLES, NULL }
#define LIMIT(at) \
	{ "limit", WORD, at, 0, WORDS("none", "unlimited", "within", "unquantified", "by_date", "in_the_last", "at_least_before") }, \
	{ "limit_amount", AMOUNT, (at) + 1, 0, NULL }, { "limit_validity", PART, (at) + 3, VALIDITIES, NULL }, \
	{ "limit_date", DAY, (at) + 4, 0, NULL }, { "limit_words", TEXT, (at) + 5, 0, NULL }
#define CLOCK(at) \
	{ "start", PARTS, at, EVENTS, NULL }, { "restart", PARTS, (at) + 2, EVENTS, NULL }, { "suspend", PARTS, (at) + 4, EVENTS, NULL }, \
	{ "resume", PARTS, (at) + 6, EVENTS, NULL }, { "end", PARTS, (at) + 8, EVENTS, NULL }
#define CITES(at) { "cite", TEXTS, at, 0, NULL }
#define LAST	  { NULL, TEXT, 0, 0, NULL }
static const struct field labels[] = { LABELS, LAST };
static const struct field of_book[] = { LABELS, { "edition", TEXT, 3, 0, NULL }, { "edition_label", TEXT, 4, 0, NULL },
	{ "digest", TEXT, 5, 0, NULL }, LAST };
static const struct field of_rule[] = { LABELS, { "item", TEXT, 3, 0, NULL }, { "decision", NAME, 4, DECISIONS, NULL },
	{ "texts", SOME, 11, 0, NULL }, CITES(6), LAST };
static const struct field of_calendar[] = { LABELS, { "assumed", FLAGS, 5, 0, WORDS("true") }, { "days_off", AT_MOST, 6, 0, NULL },
	{ "made_up", AT_MOST, 7, 0, NULL }, { "longest_rest", AT_MOST, 8, 0, NULL }, { "longest_work", AT_MOST, 9, 0, NULL },
	{ "always_off", MONTH_DAYS, 10, 0, NULL }, CITES(12), LAST };
static const struct field of_year[] = { { "notice", TEXT, 1, 0, NULL }, { "off", DAYS, 2, 0, NULL }, { "made_up", DAYS, 4, 0, NULL }, LAST };
static const struct field of_procedure[] = { LABELS, { "calendar", NAME, 3, CALENDARS, NULL }, { "start", PART, 4, STATES, NULL },
	{ "flags", FLAGS, 5, 0, WORDS("last_day_moves") }, CITES(16), LAST };
static const struct field of_state[] = { LABELS, { "flags", FLAGS, 3, 0, WORDS("initial", "final", "no_stay") }, CITES(4), LAST };
static const struct field of_event[] = { LABELS, ACTORS(3), CITES(5), LAST };
static const struct field of_step[] = { LABELS, { "event", PART, 3, EVENTS, NULL }, ACTORS(4), { "to", PART, 6, STATES, NULL },
	{ "guard", NAME, 7, DECISIONS, NULL }, { "in_case_of", TEXT, 8, 0, NULL }, LIMIT(9), { "at_end_of", PART, 15, VALIDITIES, NULL },
	{ "flags", FLAGS, 16, 0, WORDS("discretion", "and_the_like") }, { "and_the_like_role", NAME, 17, ROLES, NULL },
	{ "from", PARTS, 18, STATES, NULL }, CITES(20), { "material", TEXTS, 22, 0, NULL }, LAST };
static const struct field of_duty[] = { LABELS, { "role", NAME, 3, ROLES, NULL }, { "toward", NAME, 4, ROLES, NULL }, LIMIT(5),
	{ "every", WORD, 11, 0, WORDS("not", "period", "words") }, { "every_amount", AMOUNT, 12, 0, NULL }, { "every_words", TEXT, 14, 0, NULL },
	{ "anchor", WORD, 15, 0, WORDS("none", "date", "event") }, { "beginning_on", MONTH_DAY, 16, 0, NULL },
	{ "lapse", WORD, 17, 0, WORDS("none", "no_consequence", "deemed", "to_state", "words") }, { "lapse_to", LAPSE, 18, 0, NULL },
	{ "lapse_words", TEXT, 19, 0, NULL }, { "start_in_words", TEXT, 20, 0, NULL }, CITES(21), CLOCK(23),
	{ "discharged_by", PARTS, 33, EVENTS, NULL }, { "released_by", PARTS, 35, EVENTS, NULL }, LAST };
static const struct field of_validity[] = { LABELS, { "amount", AMOUNT, 3, 0, NULL }, { "flags", FLAGS, 5, 0, WORDS("survives") },
	{ "start_in_words", TEXT, 6, 0, NULL }, CITES(7), CLOCK(9), LAST };
/* The parts of a procedure: where its first and how many stand among the procedure's fields. */
static const struct { const char *word; uint32_t section, at; const struct field *fields; } parts[] = {
	{ "state", STATES, 6, of_state }, { "event", EVENTS, 8, of_event }, { "step", STEPS, 10, of_step },
	{ "duty", DUTIES, 12, of_duty }, { "validity", VALIDITIES, 14, of_validity } };
static unsigned char bytes[LIMIT_INPUT];
static uint64_t size, steps;
static uint32_t starts[SECTIONS], counts[SECTIONS], procedure;

static void need(bool holds, const char *why)
{
	if (holds && ++steps < LIMIT_STEPS)
		return;
	fprintf(stderr, "guiju-time-table: %s\n", holds ? "limit" : why);
	exit(holds || strcmp(why, "limit") == 0 ? 4 : 1);
}

static uint64_t load(uint64_t at, unsigned width)
{
	uint64_t n = 0;
	need(at <= size && width <= size - at, "it ends too early");
	while (width-- > 0)
		n = n << 8 | bytes[at + width];
	return n;
}

static uint32_t field(uint32_t section, uint64_t item, uint32_t number)
{
	static const unsigned sizes[] = { 8, 8, 56, 32, 12, 16, 80, 12, 48, 16, 28, 16, 12, 8, 4, 4, 1, 56, 24, 12, 72, 24, 28, 96, 148, 76, 4 };
	need(item < counts[section], "an index is out of range");
	return (uint32_t)load(starts[section] + item * sizes[section] + UINT64_C(4) * number, section == STRING_BYTES ? 1 : 4);
}

/* A newline as \n, a backslash as \\: a text is one line. */
static void put_text(uint32_t string)
{
	uint32_t at = string == 0 ? 0 : field(STRING_ENDS, string - UINT64_C(1), 0), end = field(STRING_ENDS, string, 0);
	need(at < end && field(STRING_BYTES, end - UINT64_C(1), 0) == 0, "a text does not end");
	for (; at + 1 < end; at++) {
		int byte = (int)field(STRING_BYTES, at, 0);
		need(byte != 0, "a text holds a NUL");
		if (byte == '\n' || byte == '\\')
			putchar('\\');
		putchar(byte == '\n' ? 'n' : byte);
	}
}

/* The id of an item, or - for none; of a procedure's parts: the stretch is the procedure's. */
static void put_name(uint32_t section, uint32_t index, bool part)
{
	uint64_t first = 0, count = counts[section];
	for (size_t i = 0; part && i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].section == section) {
			first = field(PROCEDURES, procedure, parts[i].at);
			count = field(PROCEDURES, procedure, parts[i].at + 1);
		}
	}
	need(index == NONE || index < count, "a name is out of range");
	if (index == NONE)
		putchar('-');
	else
		put_text(field(section, first + index, 0));
}

static bool is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* The day of a year, from 0; the year may be another when there are too few or too many days. */
static void put_date(int64_t year, int64_t day)
{
	static const int64_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int month = 0;
	for (; day < 0; steps++)
		day += is_leap(--year) ? 366 : 365;
	for (; day >= (is_leap(year) ? 366 : 365); steps++)
		day -= is_leap(year++) ? 366 : 365;
	for (; day >= lengths[month] + (month == 1 && is_leap(year)); month++)
		day -= lengths[month] + (month == 1 && is_leap(year));
	printf("%04" PRId64 "-%02d-%02" PRId64, year, month + 1, day + 1);
}

static void put_month_day(uint32_t value)
{
	printf(value == 0 ? "-" : "--%02u-%02u", value / 100, value % 100);
}

static void put_item(const struct field *f, uint32_t value, uint32_t year)
{
	printf(" %s ", f->word);
	if (f->kind == TEXTS)
		put_text(value);
	else if (f->kind == MONTH_DAYS)
		put_month_day(value);
	else if (f->kind == DAYS)
		put_date(year, value);
	else
		put_name(f->of, value, true);
	putchar('\n');
}

static void put_words(const struct field *f, uint32_t value)
{
	uint32_t count = 0;
	while (f->words[count])
		count++;
	if (f->kind == WORD) {
		need(value < count, "a word is out of range");
		fputs(f->words[value], stdout);
		return;
	}
	need(value >> count == 0, "a flag that means nothing");
	for (uint32_t i = 0, before = 0; i < count; before |= value & 1u << i, i++)
		if (value >> i & 1)
			printf(before ? " %s" : "%s", f->words[i]);
}

static void put_amount(uint32_t amount, uint32_t unit)
{
	static const char *const units[] = { "working_days", "days", "months", "years" };
	need(amount > 0 ? unit < 4 : unit == 0, "a unit is out of range");
	printf(amount > 0 ? "%u %s" : "-", amount, units[unit]);
}

static void put_field(const struct field *f, uint32_t section, uint64_t item)
{
	uint32_t value = field(section, item, f->at);
	if (f->kind >= TEXTS) {
		for (uint32_t i = 0; i < field(section, item, f->at + 1); i++)
			put_item(f, field(LISTS, (uint64_t)value + i, 0), field(section, item, 0));
		return;
	}
	printf(" %s ", f->word);
	switch (f->kind) {
	case TEXT: put_text(value); break;
	case SOME: putchar(value ? '+' : '-'); break;
	case MONTH_DAY: put_month_day(value); break;
	case DAY:
		need(field(section, item, f->at - 4) == 4 || value == 0, "a limit with a date that is none");
		if (field(section, item, f->at - 4) == 4)
			put_date(1970, (int32_t)value);
		else
			putchar('-');
		break;
	case AT_MOST: printf(value == NONE ? "-" : "%u", value); break;
	case AMOUNT: put_amount(value, field(section, item, f->at + 1)); break;
	case NAME: put_name(f->of, value, false); break;
	case PART: put_name(f->of, value, true); break;
	case LAPSE:
		need(value == NONE || field(section, item, f->at - 1) - 2 < 2, "a lapse leads somewhere");
		put_name(field(section, item, f->at - 1) == 2 ? EVENTS : STATES, value, true);
		break;
	default: put_words(f, value);
	}
	putchar('\n');
}

/* A line with what the thing is called, behind the name of what it belongs to; and a line for each of its fields. */
static void put_thing(const char *word, uint32_t owner, uint64_t owner_item, uint32_t section, uint64_t item, const struct field *fields)
{
	printf("%s ", word);
	if (owner != NONE) {
		put_text(field(owner, owner_item, 0));
		putchar('.');
	}
	if (section == YEARS)
		printf("%u", field(section, item, 0));
	else
		put_text(field(section, item, 0));
	putchar('\n');
	for (const struct field *f = fields; f->word; f++)
		put_field(f, section, item);
}

static void put_owned(const char *word, uint32_t owner, uint64_t owner_item, uint32_t at, uint32_t section, const struct field *fields)
{
	for (uint64_t i = field(owner, owner_item, at), end = i + field(owner, owner_item, at + 1); i < end; i++)
		put_thing(word, owner, owner_item, section, i, fields);
}

/* The condition of a step is a decision with two outcomes and two rules. */
static void put_guard(uint64_t step)
{
	uint32_t guard = field(STEPS, step, 7);
	if (guard == NONE)
		return;
	put_thing("guard", NONE, 0, DECISIONS, guard, labels);
	put_owned("outcome", DECISIONS, guard, 3, OUTCOMES, labels);
	for (uint32_t i = 0; i < field(DECISIONS, guard, 6); i++)
		put_thing("rule", NONE, 0, RULES, field(LISTS, (uint64_t)field(DECISIONS, guard, 5) + i, 0), of_rule);
}

static void put_procedure(void)
{
	put_thing("procedure", NONE, 0, PROCEDURES, procedure, of_procedure);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		for (uint64_t k = 0, first = field(PROCEDURES, procedure, parts[i].at); k < field(PROCEDURES, procedure, parts[i].at + 1); k++) {
			put_thing(parts[i].word, PROCEDURES, procedure, parts[i].section, first + k, parts[i].fields);
			if (parts[i].section == STEPS)
				put_guard(first + k);
		}
	}
}

int main(void)
{
	size = fread(bytes, 1, LIMIT_INPUT, stdin);
	need(size < LIMIT_INPUT, "limit");
	need(size >= 248 && memcmp(bytes, "\x89GUIJU\x1a\n\2\0\0\0\x1b\0\0\0", 16) == 0 && load(16, 8) == size, "no table 0.2");
	for (unsigned i = 0; i < 2 * SECTIONS; i++)
		(i % 2 == 0 ? starts : counts)[i / 2] = (uint32_t)load(32 + 4 * i, 4);
	puts("guiju-time 0.1");
	put_thing("rulebook", NONE, 0, BOOK, 0, of_book);
	for (uint32_t i = 0; i < counts[ROLES]; i++)
		put_thing("role", NONE, 0, ROLES, i, labels);
	for (uint32_t i = 0; i < counts[CALENDARS]; i++) {
		put_thing("calendar", NONE, 0, CALENDARS, i, of_calendar);
		put_owned("year", CALENDARS, i, 3, YEARS, of_year);
	}
	for (procedure = 0; procedure < counts[PROCEDURES]; procedure++)
		put_procedure();
	return puts("end") >= 0 && fflush(stdout) == 0 ? 0 : 3;
}
