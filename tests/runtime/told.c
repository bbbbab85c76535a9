/* All that the runtime tells of a table: what every function gives of every part, of parts that there are and of one
 * beyond.
 *
 *   runtime_told FOLDER/RULEBOOK…     prints it; told.txt has it as it shall be */
#include "books.h"
#include "guiju.h"

#include <inttypes.h>
#include <stdio.h>

static const struct guiju_table *table;
static int filled; /* with what memory is filled before it is to be written */
static FILE *out;

#define GET(what, ...)	  (memset(&what, filled, sizeof what), guiju_##what(table, __VA_ARGS__, &what) == GUIJU_OK)
#define NUMBER(of, field) fprintf(out, " " #field " %" PRId64, (int64_t)(of).field)
#define TEXT(of, field)	  fprintf(out, " " #field " %.*s", (int)(of).field.size, (of).field.bytes)
#define NAME(of)	  (TEXT(of, id), TEXT(of, label), TEXT(of, english))

static void start(const char *part, uint32_t index)
{
	fprintf(out, "\n%s %" PRIu32 ":", part, index);
}

static void text(const char *what, struct guiju_text t)
{
	fprintf(out, " %s %.*s", what, (int)t.size, t.bytes);
}

/* ---- decisions ---- */

static void tell_facts(void)
{
	struct guiju_fact fact;
	struct guiju_name member;
	for (uint32_t i = 0; GET(fact, i); i++) {
		start("fact", i);
		NAME(fact), TEXT(fact, unit);
		NUMBER(fact, kind), NUMBER(fact, low), NUMBER(fact, high), NUMBER(fact, members),
			NUMBER(fact, discretion);
		NUMBER(fact, applicable_date);
		fprintf(out, " found %" PRIu32, guiju_find_fact(table, fact.id.bytes));
		for (uint32_t k = 0; GET(member, i, k); k++) {
			start("  member", k);
			NAME(member);
			fprintf(out, " found %" PRIu32, guiju_find_member(table, i, member.id.bytes));
		}
		fprintf(out, " %" PRIu32, guiju_find_member(table, i, "none such"));
	}
	fprintf(out, " %" PRIu32, guiju_find_fact(table, "none such"));
}

static void tell_decisions(void)
{
	struct guiju_decision decision;
	struct guiju_name outcome;
	uint32_t decision_feed;
	for (uint32_t i = 0; GET(decision, i); i++) {
		start("decision", i);
		NAME(decision), NUMBER(decision, outcomes), NUMBER(decision, feeds);
		fprintf(out, " found %" PRIu32, guiju_find_decision(table, decision.id.bytes));
		for (uint32_t k = 0; GET(outcome, i, k); k++)
			start("  outcome", k), NAME(outcome);
		for (uint32_t k = 0; GET(decision_feed, i, k); k++)
			fprintf(out, " fed by %" PRIu32, decision_feed);
	}
	fprintf(out, " %" PRIu32, guiju_find_decision(table, "none such"));
}

static void tell_rules(void)
{
	struct guiju_rule rule;
	struct guiju_text rule_cite, column, carried;
	uint32_t rule_names;
	for (uint32_t i = 0; GET(rule, i); i++) {
		start("rule", i);
		NAME(rule), TEXT(rule, item);
		NUMBER(rule, decision), NUMBER(rule, outcome), NUMBER(rule, cites), NUMBER(rule, names),
			NUMBER(rule, texts);
		for (uint32_t k = 0; GET(rule_cite, i, k); k++)
			text("cites", rule_cite);
		for (uint32_t k = 0; GET(rule_names, i, k); k++)
			fprintf(out, " names %" PRIu32, rule_names);
		for (uint32_t k = 0; guiju_rule_text(table, i, k, &column, &carried) == GUIJU_OK; k++)
			text("column", column), text("text", carried);
	}
}

static void tell_others(void)
{
	struct guiju_name constraint, role;
	struct guiju_text id, words;
	for (uint32_t i = 0; GET(constraint, i); i++)
		start("constraint", i), NAME(constraint);
	for (uint32_t i = 0; guiju_clause(table, i, &id, &words) == GUIJU_OK; i++)
		start("clause", i), text("id", id), text("text", words);
	for (uint32_t i = 0; GET(role, i); i++)
		start("role", i), NAME(role);
}

/* ---- time ---- */

static void tell_year(uint32_t calendar_index, uint32_t year)
{
	for (int made_up = 0; made_up < 2; made_up++) {
		int64_t calendar_day;
		for (uint32_t k = 0; GET(calendar_day, calendar_index, year, made_up, k); k++)
			fprintf(out, " %s %" PRId64, made_up ? "worked" : "off", calendar_day);
	}
}

static void tell_calendars(void)
{
	struct guiju_calendar calendar;
	struct guiju_calendar_year calendar_year;
	struct guiju_text calendar_cite;
	uint32_t month, day;
	for (uint32_t i = 0; GET(calendar, i); i++) {
		start("calendar", i);
		NAME(calendar), NUMBER(calendar, years), NUMBER(calendar, assumes), NUMBER(calendar, weekdays_off);
		NUMBER(calendar, days_made_up), NUMBER(calendar, rest), NUMBER(calendar, work),
			NUMBER(calendar, always_off);
		NUMBER(calendar, cites);
		for (uint32_t k = 0; GET(calendar_cite, i, k); k++)
			text("cites", calendar_cite);
		for (uint32_t k = 0; guiju_calendar_always(table, i, k, &month, &day) == GUIJU_OK; k++)
			fprintf(out, " always %" PRIu32 "-%" PRIu32, month, day);
		for (uint32_t k = 0; GET(calendar_year, i, k); k++) {
			start("  year", k);
			NUMBER(calendar_year, year), TEXT(calendar_year, notice), NUMBER(calendar_year, off);
			NUMBER(calendar_year, made_up);
			tell_year(i, k);
		}
	}
}

static void tell_limit(const struct guiju_limit *limit)
{
	NUMBER(*limit, kind), NUMBER(*limit, amount), NUMBER(*limit, unit), NUMBER(*limit, validity),
		NUMBER(*limit, date);
	TEXT(*limit, words);
}

static void tell_cites(uint32_t p, enum guiju_part part, uint32_t index)
{
	struct guiju_text part_cite;
	for (uint32_t k = 0; GET(part_cite, p, part, index, k); k++)
		text("cited", part_cite);
}

static void tell_states(uint32_t p)
{
	struct guiju_state state;
	struct guiju_event event;
	for (uint32_t i = 0; GET(state, p, i); i++) {
		start("  state", i);
		NAME(state), NUMBER(state, final), NUMBER(state, no_stay), NUMBER(state, cites);
		fprintf(out, " found %" PRIu32, guiju_find_state(table, p, state.id.bytes));
		tell_cites(p, GUIJU_STATE, i);
	}
	for (uint32_t i = 0; GET(event, p, i); i++) {
		start("  event", i);
		NAME(event), NUMBER(event, actor), NUMBER(event, role), NUMBER(event, cites);
		fprintf(out, " found %" PRIu32, guiju_find_event(table, p, event.id.bytes));
		tell_cites(p, GUIJU_EVENT, i);
	}
	fprintf(out, " %" PRIu32 " %" PRIu32, guiju_find_state(table, p, "none such"),
		guiju_find_event(table, p, "none such"));
}

static void tell_steps(uint32_t p)
{
	struct guiju_transition transition;
	struct guiju_text transition_material;
	uint32_t transition_from;
	for (uint32_t i = 0; GET(transition, p, i); i++) {
		start("  step", i);
		NAME(transition), NUMBER(transition, event), NUMBER(transition, to), NUMBER(transition, from);
		NUMBER(transition, actor), NUMBER(transition, role), NUMBER(transition, guarded),
			NUMBER(transition, discretion);
		TEXT(transition, circumstance), NUMBER(transition, expiry_of), NUMBER(transition, materials);
		NUMBER(transition, materials_open), NUMBER(transition, materials_role), NUMBER(transition, cites);
		tell_limit(&transition.limit);
		for (uint32_t k = 0; GET(transition_from, p, i, k); k++)
			fprintf(out, " from %" PRIu32, transition_from);
		for (uint32_t k = 0; GET(transition_material, p, i, k); k++)
			text("material", transition_material);
		tell_cites(p, GUIJU_TRANSITION, i);
	}
}

static void tell_clocks(uint32_t p)
{
	struct guiju_duty duty;
	struct guiju_validity validity;
	for (uint32_t i = 0; GET(duty, p, i); i++) {
		start("  duty", i);
		NAME(duty), NUMBER(duty, role), NUMBER(duty, toward), NUMBER(duty, repeated),
			NUMBER(duty, every_amount);
		NUMBER(duty, every_unit), TEXT(duty, every_words), NUMBER(duty, lapse), NUMBER(duty, lapse_to);
		TEXT(duty, lapse_words), TEXT(duty, start_words), NUMBER(duty, cites);
		tell_limit(&duty.limit);
		tell_cites(p, GUIJU_DUTY, i);
	}
	for (uint32_t i = 0; GET(validity, p, i); i++) {
		start("  validity", i);
		NAME(validity), NUMBER(validity, amount), NUMBER(validity, unit), NUMBER(validity, survives);
		TEXT(validity, start_words), NUMBER(validity, cites);
		tell_cites(p, GUIJU_VALIDITY, i);
	}
}

static void tell_procedures(void)
{
	struct guiju_procedure procedure;
	for (uint32_t i = 0; GET(procedure, i); i++) {
		start("procedure", i);
		NAME(procedure), NUMBER(procedure, calendar), NUMBER(procedure, start),
			NUMBER(procedure, last_day_moves);
		NUMBER(procedure, states), NUMBER(procedure, events), NUMBER(procedure, steps),
			NUMBER(procedure, duties);
		NUMBER(procedure, validities), NUMBER(procedure, cites);
		fprintf(out, " found %" PRIu32, guiju_find_procedure(table, procedure.id.bytes));
		tell_cites(i, GUIJU_PROCEDURE, 0);
		tell_states(i), tell_steps(i), tell_clocks(i);
	}
	fprintf(out, " %" PRIu32, guiju_find_procedure(table, "none such"));
}

static void tell_table(const char *name, unsigned char *bytes, size_t size)
{
	struct guiju_about about;
	struct guiju_time_about time;
	if (guiju_table_open(bytes, size, &table) != GUIJU_OK)
		return;
	memset(&about, filled, sizeof about);
	memset(&time, filled, sizeof time);
	guiju_about(table, &about);
	guiju_about_time(table, &time);
	fprintf(out, "\n%s: version %" PRIu32, name, guiju_format_version());
	TEXT(about, rulebook), TEXT(about, label), TEXT(about, edition), NUMBER(about, facts), NUMBER(about, decisions);
	NUMBER(about, rules), NUMBER(about, constraints), NUMBER(about, clauses);
	NUMBER(time, calendars), NUMBER(time, roles), NUMBER(time, procedures);
	fprintf(out, " digest of %zu", about.digest.size);
	tell_facts(), tell_decisions(), tell_rules(), tell_others(), tell_calendars(), tell_procedures();
}

/* What nothing writes is now 0, now 1. */
static char *tell_all(char **books, int count, int fill)
{
	char *told = NULL;
	size_t size = 0;
	out = open_memstream(&told, &size);
	filled = fill;
	for (int i = 0; i < count; i++)
		if (!with_table(books[i], NULL, tell_table))
			exit(1);
	fclose(out);
	return told;
}

int main(int argc, char **argv)
{
	char *told = tell_all(argv + 1, argc - 1, 0), *again = tell_all(argv + 1, argc - 1, 1);
	printf("%s\n", told + 1);
	for (int status = GUIJU_OK; status <= GUIJU_NOT_A_DAY; status++)
		printf("%d: %s\n", status, guiju_status_text((enum guiju_status)status));
	bool same = strcmp(told, again) == 0;
	if (!same)
		printf("something is not written\n");
	free(told);
	free(again);
	return same ? 0 : 1;
}
