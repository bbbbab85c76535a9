/* A cell of a decision table as a cell of a rulebook's table. */
#include "import/dmn.h"

#include "model/model.h"
#include "support/intern.h"
#include "support/writer.h"

#include <string.h>

/* ---- one of listed values ---- */

static bool passes(const struct feel_tests *tests, const struct dmn_value *value)
{
	if (!value->other)
		return feel_holds(tests, &value->value, LIMIT_FEEL_DECIMALS);
	bool some = false; /* another string is equal to no constant */
	for (size_t i = 0; i < tests->items.count; i++)
		some = some || tests->items.items[i].op == FEEL_NOT_EQUAL;
	return tests->any || some != tests->negated;
}

static bool only_strings(const struct feel_tests *tests)
{
	for (size_t i = 0; i < tests->items.count; i++)
		if (tests->items.items[i].op != FEEL_EQUAL || tests->items.items[i].low.kind != FEEL_STRING)
			return false;
	return !tests->any;
}

/* Which values pass. A list of strings is looked up, so that a table of many long lists stays cheap. */
static void mark(struct dmn_book *book, const dmn_values *values, const struct map *index,
		 const struct feel_tests *tests)
{
	if (!index || !only_strings(tests)) {
		for (size_t i = 0; i < values->count; i++)
			book->marks[i] = passes(tests, &values->items[i]);
		return;
	}
	memset(book->marks, tests->negated, values->count * sizeof *book->marks);
	for (size_t i = 0; i < tests->items.count; i++) {
		int64_t at = map_get(index, tests->items.items[i].low.text);
		if (at >= 0)
			book->marks[at] = !tests->negated;
	}
}

static void write_marked(struct writer *w, const dmn_values *values, const bool *marks, bool wanted)
{
	bool first = true;
	for (size_t i = 0; i < values->count; i++) {
		if (marks[i] != wanted)
			continue;
		write_fmt(w, first ? "%s" : ", %s", values->items[i].name.id);
		first = false;
	}
}

static const char *never(struct arena *arena, const dmn_values *values)
{
	const char *first = values->items[0].name.id;
	if (values->count == 1)
		return arena_printf(arena, "is_not %s", first);
	return arena_printf(arena, "is %s and is %s", first, values->items[1].name.id);
}

static const char *cell_of_values(struct dmn_book *book, const dmn_values *values, const struct map *index,
				  const struct feel_tests *tests)
{
	struct writer w;
	size_t count = 0;
	mark(book, values, index, tests);
	for (size_t i = 0; i < values->count; i++)
		count += book->marks[i];
	if (count == values->count)
		return "";
	if (count == 0)
		return never(book->arena, values);
	writer_init(&w, book->arena);
	if (!tests->negated || count == 1) {
		write_marked(&w, values, book->marks, true);
	} else if (values->count - count == 1) {
		write_str(&w, "is_not ");
		write_marked(&w, values, book->marks, false);
	} else {
		write_str(&w, "not_in { ");
		write_marked(&w, values, book->marks, false);
		write_str(&w, " }");
	}
	return writer_text(&w);
}

static const char *cell_of_boolean(const struct feel_tests *tests)
{
	static const struct feel_value no = { .kind = FEEL_BOOLEAN, .number = 0 },
				       yes = { .kind = FEEL_BOOLEAN, .number = 1 };
	bool takes_no = feel_holds(tests, &no, 0), takes_yes = feel_holds(tests, &yes, 0);
	return takes_no ? takes_yes ? "" : "no" : takes_yes ? "yes" : "yes and no";
}

/* ---- numbers and dates ---- */

const char *dmn_unit(struct arena *arena, const struct dmn_fact *fact)
{
	static const char *const units[] = { NULL, "tenths", "hundredths", "thousandths" };
	if (fact->kind != FEEL_NUMBER || fact->scale == 0)
		return NULL;
	return fact->scale < 4 ? units[fact->scale] : arena_printf(arena, "parts_of_1%0*d", fact->scale, 0);
}

static const char *number(struct arena *arena, const struct dmn_fact *fact, int64_t at)
{
	const char *unit = dmn_unit(arena, fact);
	if (fact->kind == FEEL_DATE)
		return date_text(arena, at);
	return arena_printf(arena, "%lld%s%s", (long long)at, unit ? " " : "", unit ? unit : "");
}

/* The model writes this number in these tests: bounds are said by its numbers, `under 18` and not `at_most 17`. */
static bool is_written(const struct dmn_fact *fact, const struct feel_tests *tests, int64_t at)
{
	int64_t value;
	for (size_t i = 0; tests && i < tests->items.count; i++) {
		const struct feel_test *test = &tests->items.items[i];
		if (((test->op != FEEL_RANGE || test->has_low) && feel_scaled(&test->low, fact->scale, &value) &&
		     value == at) ||
		    (test->has_high && feel_scaled(&test->high, fact->scale, &value) && value == at))
			return true;
	}
	return false;
}

static void write_range(struct writer *w, const struct dmn_fact *fact, const struct dmn_range *range,
			const struct feel_tests *tests)
{
	bool low = range->low > fact->low, high = range->high < fact->high;
	if (range->low == range->high) {
		write_fmt(w, "is %s", number(w->arena, fact, range->low));
		return;
	}
	if (low && !is_written(fact, tests, range->low) && is_written(fact, tests, range->low - 1))
		write_fmt(w, "more_than %s", number(w->arena, fact, range->low - 1));
	else if (low)
		write_fmt(w, "at_least %s", number(w->arena, fact, range->low));
	if (low && high)
		write_char(w, ' ');
	if (high && !is_written(fact, tests, range->high) && is_written(fact, tests, range->high + 1))
		write_fmt(w, "under %s", number(w->arena, fact, range->high + 1));
	else if (high)
		write_fmt(w, "at_most %s", number(w->arena, fact, range->high));
}

const char *dmn_bounds(struct arena *arena, const struct dmn_fact *fact, const dmn_ranges *ranges,
		       const struct feel_tests *tests, const char *subject)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < ranges->count; i++) {
		write_fmt(&w, i > 0 ? " or %s" : "%s", subject);
		write_range(&w, fact, &ranges->items[i], tests);
	}
	return writer_text(&w);
}

static bool all_single(const dmn_ranges *ranges)
{
	for (size_t i = 0; i < ranges->count; i++)
		if (ranges->items[i].low != ranges->items[i].high)
			return false;
	return true;
}

static const char *cell_of_number(struct dmn_book *book, const struct dmn_fact *fact, const struct feel_tests *tests)
{
	dmn_ranges ranges;
	struct writer w;
	dmn_ranges_of(book->arena, fact, tests, &ranges);
	if (ranges.count == 1 && ranges.items[0].low == fact->low && ranges.items[0].high == fact->high)
		return "";
	if (ranges.count == 0) { /* no value passes: check will say so */
		const char *top = number(book->arena, fact, fact->high);
		return arena_printf(book->arena, "at_least %s under %s", top, top);
	}
	if (!all_single(&ranges))
		return dmn_bounds(book->arena, fact, &ranges, tests, "");
	writer_init(&w, book->arena);
	for (size_t i = 0; i < ranges.count; i++)
		write_fmt(&w, i > 0 ? ", %s" : "%s", number(book->arena, fact, ranges.items[i].low));
	return writer_text(&w);
}

const char *dmn_cell(struct dmn_book *book, const struct dmn_subject *subject, const struct feel_tests *tests)
{
	if (tests->any)
		return "";
	if (subject->is_decision)
		return cell_of_values(book, &book->decisions.items[subject->index].outcomes, NULL, tests);
	const struct dmn_fact *fact = &book->facts.items[subject->index];
	if (fact->kind == FEEL_NUMBER || fact->kind == FEEL_DATE)
		return cell_of_number(book, fact, tests);
	if (fact->values.count == 0)
		return cell_of_boolean(tests);
	return cell_of_values(book, &fact->values, fact->kind == FEEL_STRING ? fact->index : NULL, tests);
}
