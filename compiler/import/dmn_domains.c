/* The values of facts: members of enumerations, scales and ranges of numbers.
 *
 * note [scale of a number]
 * A DMN number is a decimal; a fact of a rulebook is an integer, so numbers are scaled by the decimals of the constants
 * that they are compared with. That is exact, for between two neighbouring constants all numbers are alike, as long as
 * some scaled integer stands between them, or the numbers between them are like one of the two. If the tests tell
 * a constant, its neighbour one step above, and the numbers between the two apart (`<= 17`, `>= 18`: 17.5 is a gap),
 * the scale has one digit more. A type `integer` has no decimals. */
#include "import/dmn.h"

#include "model/model.h"
#include "support/intern.h"

#include <stdlib.h>
#include <string.h>

static const struct feel_value booleans[] = { { .kind = FEEL_BOOLEAN, .number = 0 },
					      { .kind = FEEL_BOOLEAN, .number = 1 } };

/* ---- enumerations ---- */

static void keep_listed(struct dmn_book *book, struct dmn_fact *fact)
{
	size_t kept = 0;
	fact->index = map_new_in(book->arena);
	for (size_t i = 0; i < fact->values.count; i++) {
		if (!fact->values.items[i].listed)
			continue;
		map_put(fact->index, fact->values.items[i].value.text, (int64_t)kept);
		fact->values.items[kept++] = fact->values.items[i];
	}
	fact->values.count = kept;
}

static void add_value(struct dmn_book *book, struct dmn_fact *fact, struct feel_value value, bool other,
		      const char *label, const char *prefix)
{
	struct dmn_value added = { .value = value, .other = other, .name = { .source = label, .prefix = prefix } };
	vec_push(book->arena, &fact->values, added);
}

static void name_values(struct dmn_book *book, dmn_values *values)
{
	struct dmn_name **names = arena_new_array(book->arena, struct dmn_name *, values->count + 1);
	for (size_t i = 0; i < values->count; i++)
		names[i] = &values->items[i].name;
	dmn_names_assign(book->arena, names, values->count, &book->changed);
}

static void enumerate(struct dmn_book *book, struct dmn_fact *fact)
{
	if (fact->kind == FEEL_STRING && !fact->open)
		keep_listed(book, fact);
	for (int i = 0; fact->kind == FEEL_BOOLEAN && fact->tests_null && i < 2; i++)
		add_value(book, fact, (struct feel_value){ .kind = FEEL_BOOLEAN, .number = i }, false,
			  i ? "true" : "false", i ? "yes" : "no");
	if (fact->kind == FEEL_STRING && (fact->open || fact->values.count == 0))
		add_value(book, fact, (struct feel_value){ .kind = FEEL_STRING, .text = "" }, true, "other", "other");
	if (fact->tests_null)
		add_value(book, fact, (struct feel_value){ .kind = FEEL_NULL }, false, "null", "null");
	name_values(book, &fact->values);
}

/* ---- scale ---- */

struct constant {
	int64_t at;
	bool parts_above, parts_below; /* some test changes between it and the next number above, or below */
};
typedef VEC(struct constant) constants;

static int by_value(const void *a, const void *b)
{
	int64_t x = ((const struct constant *)a)->at, y = ((const struct constant *)b)->at;
	return (x > y) - (x < y);
}

static void add_constant(struct arena *arena, const struct dmn_fact *fact, constants *list,
			 const struct feel_value *value, bool above, bool below)
{
	struct constant c = { 0, above, below };
	if (value->kind == FEEL_NULL || !feel_scaled(value, fact->scale, &c.at))
		return;
	vec_push(arena, list, c);
}

static void add_tests(struct arena *arena, const struct dmn_fact *fact, constants *list, const struct feel_tests *tests)
{
	for (size_t i = 0; i < tests->items.count; i++) {
		const struct feel_test *test = &tests->items.items[i];
		if (test->op != FEEL_RANGE)
			add_constant(arena, fact, list, &test->low, true, true);
		else if (test->has_low)
			add_constant(arena, fact, list, &test->low, test->low_open, !test->low_open);
		if (test->op == FEEL_RANGE && test->has_high)
			add_constant(arena, fact, list, &test->high, !test->high_open, test->high_open);
	}
}

/* All constants of a fact, ascending, each once. */
static constants collect(struct arena *arena, const struct dmn_fact *fact)
{
	constants list = { .items = NULL };
	size_t kept = 0;
	for (size_t i = 0; i < fact->tests.count; i++)
		add_tests(arena, fact, &list, fact->tests.items[i]);
	for (size_t i = 0; i < fact->allowed.count; i++)
		add_tests(arena, fact, &list, &fact->allowed.items[i]);
	if (list.count > 0)
		qsort(list.items, list.count, sizeof *list.items, by_value);
	for (size_t i = 0; i < list.count; i++) {
		struct constant *last = kept > 0 ? &list.items[kept - 1] : NULL;
		if (!last || last->at != list.items[i].at) {
			list.items[kept++] = list.items[i];
			continue;
		}
		last->parts_above = last->parts_above || list.items[i].parts_above;
		last->parts_below = last->parts_below || list.items[i].parts_below;
	}
	list.count = kept;
	return list;
}

static void widest_scale(const struct feel_tests *tests, int *scale)
{
	for (size_t i = 0; i < tests->items.count; i++) {
		const struct feel_test *test = &tests->items.items[i];
		*scale = test->low.kind == FEEL_NUMBER && test->low.scale > *scale ? test->low.scale : *scale;
		*scale = test->high.kind == FEEL_NUMBER && test->high.scale > *scale ? test->high.scale : *scale;
	}
}

static void choose_scale(struct arena *arena, struct dmn_fact *fact)
{
	for (size_t i = 0; i < fact->tests.count; i++)
		widest_scale(fact->tests.items[i], &fact->scale);
	for (size_t i = 0; i < fact->allowed.count; i++)
		widest_scale(&fact->allowed.items[i], &fact->scale);
	constants list = collect(arena, fact);
	for (size_t i = 0; i + 1 < list.count && !fact->whole; i++)
		fact->finer = fact->finer || (list.items[i].at + 1 == list.items[i + 1].at &&
					      list.items[i].parts_above && list.items[i + 1].parts_below);
	fact->scale += fact->finer;
}

/* ---- ranges ---- */

static int by_low(const void *a, const void *b)
{
	const struct dmn_range *x = a, *y = b;
	return x->low < y->low ? -1 : x->low > y->low;
}

static void join(dmn_ranges *ranges)
{
	size_t kept = 0;
	if (ranges->count > 0)
		qsort(ranges->items, ranges->count, sizeof *ranges->items, by_low);
	for (size_t i = 0; i < ranges->count; i++) {
		struct dmn_range next = ranges->items[i], *last = kept > 0 ? &ranges->items[kept - 1] : NULL;
		if (next.low > next.high)
			continue;
		if (last && next.low <= last->high + 1)
			last->high = next.high > last->high ? next.high : last->high;
		else
			ranges->items[kept++] = next;
	}
	ranges->count = kept;
}

static void add_range(struct arena *arena, const struct dmn_fact *fact, dmn_ranges *out, int64_t low, int64_t high)
{
	struct dmn_range range = { low > fact->low ? low : fact->low, high < fact->high ? high : fact->high };
	vec_push(arena, out, range);
}

/* Without null, which lies below: its own value. */
static int64_t lowest(const struct dmn_fact *fact)
{
	return fact->low + fact->tests_null;
}

static void add_test(struct arena *arena, const struct dmn_fact *fact, const struct feel_test *test, dmn_ranges *out)
{
	int64_t low = lowest(fact), high = fact->high, at = fact->low;
	if (test->op == FEEL_RANGE) {
		if (test->has_low && feel_scaled(&test->low, fact->scale, &at) && at + test->low_open > low)
			low = at + test->low_open;
		if (test->has_high && feel_scaled(&test->high, fact->scale, &at) && at - test->high_open < high)
			high = at - test->high_open;
		add_range(arena, fact, out, low, high);
		return;
	}
	if (test->low.kind != FEEL_NULL && !feel_scaled(&test->low, fact->scale, &at))
		return;
	bool outside = test->low.kind != FEEL_NULL && (at < low || at > high);
	if (test->op == FEEL_EQUAL && !outside)
		add_range(arena, fact, out, at, at);
	else if (test->op == FEEL_NOT_EQUAL && !outside)
		add_range(arena, fact, out, fact->low, at - 1);
	if (test->op == FEEL_NOT_EQUAL)
		add_range(arena, fact, out, outside ? fact->low : at + 1, fact->high);
}

static void negate(struct arena *arena, const struct dmn_fact *fact, int64_t low, dmn_ranges *ranges)
{
	dmn_ranges out = { .items = NULL };
	for (size_t i = 0; i < ranges->count; i++) {
		add_range(arena, fact, &out, low, ranges->items[i].low - 1);
		low = ranges->items[i].high + 1 > low ? ranges->items[i].high + 1 : low;
	}
	add_range(arena, fact, &out, low, fact->high);
	*ranges = out;
	join(ranges);
}

void dmn_ranges_of(struct arena *arena, const struct dmn_fact *fact, const struct feel_tests *tests, dmn_ranges *out)
{
	bool compares = false;
	*out = (dmn_ranges){ .items = NULL };
	if (tests->any)
		add_range(arena, fact, out, fact->low, fact->high);
	for (size_t i = 0; i < tests->items.count; i++) {
		add_test(arena, fact, &tests->items.items[i], out);
		compares = compares || tests->items.items[i].op == FEEL_RANGE;
	}
	join(out);
	if (tests->negated) /* null passes no comparison, and no negated one */
		negate(arena, fact, compares ? lowest(fact) : fact->low, out);
}

/* ---- domains of numbers and dates ---- */

static int64_t power_of_ten(int exponent)
{
	int64_t power = 1;
	while (exponent-- > 0)
		power *= 10;
	return power;
}

/* A bound that the model does not give: a power of ten, at least 1,000 and ten times any constant. */
static int64_t wide(const constants *list, int scale)
{
	int64_t bound = power_of_ten(3 + scale);
	for (size_t i = 0; i < list->count; i++) {
		int64_t size = list->items[i].at < 0 ? -list->items[i].at : list->items[i].at;
		while (bound < size * 10)
			bound *= 10;
	}
	return bound;
}

static dmn_ranges common(struct arena *arena, const struct dmn_fact *fact, const dmn_ranges *a, const dmn_ranges *b)
{
	dmn_ranges out = { .items = NULL };
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		const struct dmn_range *x = &a->items[i], *y = &b->items[k];
		add_range(arena, fact, &out, x->low > y->low ? x->low : y->low, x->high < y->high ? x->high : y->high);
		if (x->high < y->high)
			i++;
		else
			k++;
	}
	join(&out);
	return out;
}

/* Of a type, what passes all of its tests; of columns that list values, what passes one of their lists. */
static dmn_ranges allowed_ranges(struct arena *arena, const struct dmn_fact *fact, int64_t low, int64_t high)
{
	dmn_ranges out = { .items = NULL }, some;
	if (fact->open || fact->allowed.count == 0 || fact->typed)
		add_range(arena, fact, &out, low, high);
	dmn_ranges whole = { .items = NULL };
	add_range(arena, fact, &whole, low, high);
	for (size_t i = 0; i < fact->allowed.count && !fact->open; i++) {
		dmn_ranges_of(arena, fact, &fact->allowed.items[i], &some);
		some = common(arena, fact, fact->typed ? &out : &whole, &some);
		if (fact->typed)
			out = some;
		for (size_t k = 0; k < some.count && !fact->typed; k++)
			vec_push(arena, &out, some.items[k]);
	}
	join(&out);
	return out;
}

/* The values that the model allows, within the widest range. */
static void allow(struct dmn_book *book, struct dmn_fact *fact, int64_t low, int64_t high)
{
	fact->low = low - fact->tests_null;
	fact->high = high;
	fact->possible = allowed_ranges(book->arena, fact, low, high);
	if (fact->possible.count == 0) {
		add_range(book->arena, fact, &fact->possible, low, high);
		dmn_remark(book, fact->at, fact->name.source,
			   (struct phrase){ "没有一个值符合模型的全部限制，这些限制没有采用",
					    "no value is within all that the model allows; its bounds are not "
					    "taken over" });
	}
	fact->low_given = fact->possible.items[0].low > low;
	fact->high_given = fact->possible.items[fact->possible.count - 1].high < high;
	fact->low = fact->possible.items[0].low - fact->tests_null;
	fact->high = fact->possible.items[fact->possible.count - 1].high;
}

static bool are_comparable(const struct feel_tests *tests)
{
	bool good = true;
	for (size_t i = 0; i < tests->items.count; i++) {
		const struct feel_test *test = &tests->items.items[i];
		good = good && (test->low.kind == FEEL_NULL || feel_is_comparable(&test->low)) &&
		       (!test->has_high || feel_is_comparable(&test->high));
	}
	return good;
}

/* The fact counted as finely as the constants are. */
static struct dmn_fact refined(struct arena *arena, const struct dmn_fact *fact, const struct feel_tests *tests)
{
	struct dmn_fact fine = *fact;
	widest_scale(tests, &fine.scale);
	int64_t power = power_of_ten(fine.scale - fact->scale);
	fine.possible = (dmn_ranges){ .items = NULL };
	for (size_t i = 0; i < fact->possible.count; i++) {
		struct dmn_range range = { fact->possible.items[i].low * power, fact->possible.items[i].high * power };
		vec_push(arena, &fine.possible, range);
	}
	fine.low = (fact->low + fact->tests_null) * power - fact->tests_null;
	fine.high = fact->high * power;
	return fine;
}

static bool is_within(const struct dmn_range *range, const dmn_ranges *ranges)
{
	for (size_t i = 0; i < ranges->count; i++)
		if (ranges->items[i].low <= range->low && range->high <= ranges->items[i].high)
			return true;
	return false;
}

bool dmn_rules_out(struct arena *arena, const struct dmn_fact *fact, const struct feel_tests *tests)
{
	if (tests->any)
		return false;
	if (fact->kind == FEEL_NUMBER || fact->kind == FEEL_DATE) {
		struct dmn_fact fine = refined(arena, fact, tests);
		dmn_ranges some;
		dmn_ranges_of(arena, &fine, tests, &some);
		bool within = are_comparable(tests);
		for (size_t i = 0; i < fine.possible.count && within; i++)
			within = is_within(&fine.possible.items[i], &some);
		return !within;
	}
	bool out = false;
	for (size_t i = 0; i < fact->values.count; i++)
		out = out || !feel_holds(tests, &fact->values.items[i].value, 0);
	for (size_t i = 0; i < 2 && fact->kind == FEEL_BOOLEAN; i++)
		out = out || !feel_holds(tests, &booleans[i], 0);
	return out;
}

static void bound_fact(struct dmn_book *book, struct dmn_fact *fact)
{
	if (fact->kind == FEEL_DATE) {
		allow(book, fact, DATE_LOW + fact->tests_null, DATE_HIGH);
		return;
	}
	choose_scale(book->arena, fact);
	constants list = collect(book->arena, fact);
	int64_t bound = wide(&list, fact->scale);
	allow(book, fact, -bound, bound);
}

/* A boolean has both its values in a rulebook. */
static bool rules_out_a_boolean(const struct dmn_fact *fact)
{
	bool out = false;
	for (size_t value = 0; value < 2 && fact->kind == FEEL_BOOLEAN && !fact->open; value++) {
		size_t passed = 0;
		for (size_t i = 0; i < fact->allowed.count; i++)
			passed += feel_holds(&fact->allowed.items[i], &booleans[value], 0);
		out = out || (fact->typed ? passed < fact->allowed.count : fact->allowed.count > 0 && passed == 0);
	}
	return out;
}

void dmn_domains(struct dmn_book *book)
{
	for (size_t i = 0; i < book->facts.count; i++) {
		struct dmn_fact *fact = &book->facts.items[i];
		if (fact->kind == FEEL_ANY_KIND || fact->kind == FEEL_NULL) {
			fact->kind = FEEL_STRING; /* nothing is said of it */
			fact->open = true;
		}
		if (fact->open && fact->allowed.count > 0)
			dmn_remark(
				book, fact->at, fact->name.source,
				(struct phrase){
					"列出的取值没有采用：另有一张表取任何值",
					"the values listed here are not taken over: another table takes any value" });
		if (rules_out_a_boolean(fact))
			dmn_remark(book, fact->at, fact->name.source,
				   (struct phrase){ "模型只允许一个布尔值，这个限制没有采用",
						    "the model does not allow both booleans; that is not taken over" });
		if (fact->kind == FEEL_NUMBER || fact->kind == FEEL_DATE)
			bound_fact(book, fact);
		else
			enumerate(book, fact);
	}
}
