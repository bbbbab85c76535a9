/* guiju-plain-table: prints the plain form (docs/CERTIFICATE.md) of the table on standard input. Written from
 * docs/TABLE_FORMAT.md alone; shares no code with the compiler, the runtime, the other readers or the checker.
 * Exit status: 0; 1 for what is no table (its checksum is not looked at); 4 for one beyond a limit. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define LIMIT_STEPS (UINT64_C(1) << 33)
#define END	    UINT32_MAX
#define UNTOUCHED   (UINT32_MAX - 1)
#define LIST(first, index) field(LISTS, (uint64_t)(first) + (index), 0)
enum { LIMIT_INPUT = 1 << 28, LIMIT_ITEMS = 1 << 23, LIMIT_TERMS = 1 << 20, LIMIT_TEXT = 1 << 24 };
enum { CUTS, BLOCKS, FACTS, BOOK, MEMBERS, DIMS, DECISIONS, OUTCOMES, RULES, CONSTRAINTS, FORMS, AXES, OVER, CLAUSES, LISTS,
       STRING_ENDS, STRING_BYTES, SECTIONS };
struct run { uint32_t axis, low, high, next; }; /* parts of an axis that a term allows; its next run */
struct cursor { uint32_t run; bool negative; }; /* what is left of a term; negative: of an exception */
static const char LIMIT[] = "limit";
static unsigned char bytes[LIMIT_INPUT];
static uint64_t size, steps;
static uint32_t starts[SECTIONS], counts[SECTIONS], run_count, stack_count;
static struct run runs[LIMIT_ITEMS];
static struct cursor stack[LIMIT_TERMS];
static uint32_t heads[LIMIT_TERMS], tails[LIMIT_TERMS], opened[LIMIT_TERMS], next_term[LIMIT_TERMS]; /* per term */
static uint32_t first_term[LIMIT_TERMS], class_ends[LIMIT_TERMS]; /* per rule of a decision */
static void need(bool holds, const char *why)
{
	if (holds && ++steps < LIMIT_STEPS)
		return;
	fprintf(stderr, "guiju-plain-table: %s\n", holds ? LIMIT : why);
	exit(holds || why == LIMIT ? 4 : 1);
}

static uint64_t load(uint64_t at, unsigned width)
{
	uint64_t n = 0;
	need(at <= size && width <= size - at, "it ends too early");
	while (width-- > 0)
		n = n << 8 | bytes[at + width];
	return n;
}

static uint64_t wide(unsigned section, uint64_t item, unsigned number, unsigned width)
{
	static const unsigned sizes[] = { 8, 8, 56, 32, 12, 16, 80, 12, 48, 16, 28, 16, 12, 8, 4, 4, 1 };
	need(item < counts[section], "an index is out of range");
	return load(starts[section] + item * sizes[section] + 4 * number, width);
}

static uint32_t field(unsigned section, uint64_t item, unsigned number)
{
	return (uint32_t)wide(section, item, number, 4);
}

static uint32_t parts_of(uint32_t axis)
{
	return axis < counts[DIMS] ? field(DIMS, axis, 3) + 1 : field(DECISIONS, axis - counts[DIMS], 4);
}

/* The first value of a part; of the part behind the last one, the first value behind the axis's. */
static int64_t value_of(uint32_t axis, uint32_t part)
{
	if (axis >= counts[DIMS])
		return part;
	uint32_t fact = field(DIMS, axis, 0), cuts = field(DIMS, axis, 3);
	if (part > 0 && part <= cuts)
		return (int64_t)wide(CUTS, field(DIMS, axis, 2) + (uint64_t)part - 1, 0, 8);
	int64_t low = (int64_t)wide(FACTS, fact, 6, 8), high = field(FACTS, fact, 4) == 2 ? 1 : (int64_t)wide(FACTS, fact, 8, 8);
	need(low <= high && high < INT64_MAX, "a fact without values");
	return part == 0 ? low : high + 1;
}

/* Pushes what is left of the cursors from `first` to `end` at a part; gives the next part where something changes. */
static uint32_t enter_part(uint32_t first, uint32_t end, uint32_t axis, uint32_t part)
{
	uint32_t next = parts_of(axis);
	for (uint32_t i = first; i < end; i++) {
		uint32_t run = stack[i].run;
		bool inside = run == END || runs[run].axis != axis;
		for (; run != END && runs[run].axis == axis; run = runs[run].next, steps++) {
			uint32_t change = runs[run].low > part ? runs[run].low : runs[run].high + 1;
			inside = inside || (runs[run].low <= part && part <= runs[run].high);
			next = change > part && change < next ? change : next;
		}
		need(stack_count < LIMIT_TERMS, LIMIT);
		if (inside)
			stack[stack_count++] = (struct cursor){ run, stack[i].negative };
	}
	return next;
}

/* Appends the lines, each behind the stretch of parts, to a text of some size. */
static char *put_lines(char *text, size_t *text_size, uint32_t axis, uint32_t from, uint32_t to, const char *lines)
{
	char stretch[80];
	int64_t low = value_of(axis, from), high = value_of(axis, to) - 1;
	size_t width = (size_t)snprintf(stretch, sizeof stretch, low == high ? " %u:%" PRId64 : " %u:%" PRId64 "-%" PRId64, axis, low, high);
	for (size_t length; *lines != '\0'; lines += length, steps += length, *text_size += width + length) {
		length = strcspn(lines, "\n") + 1;
		text = realloc(text, *text_size + width + length + 1);
		need(text != NULL && *text_size < LIMIT_TEXT, LIMIT);
		snprintf(text + *text_size, width + length + 1, "%s%.*s", stretch, (int)length, lines);
	}
	return text;
}

/* The boxes of the cursors from `first` to the top, each a line. Stretches are as long as the same lines are behind them. */
static char *boxes(uint32_t first)
{
	uint32_t end = stack_count, axis = END, from = 0;
	bool any[2] = { false, false }, whole[2] = { false, false }; /* of conditions, of exceptions */
	for (uint32_t i = first; i < end; i++, steps++) {
		any[stack[i].negative] = true;
		if (stack[i].run == END)
			whole[stack[i].negative] = true;
		else if (runs[stack[i].run].axis < axis)
			axis = runs[stack[i].run].axis;
	}
	char *text = NULL, *last = NULL;
	size_t text_size = 0;
	if (!any[0] || whole[1] || (whole[0] && !any[1]))
		return strdup(!any[0] || whole[1] ? "" : "\n");
	for (uint32_t part = 0, next; part < parts_of(axis); part = next) {
		next = enter_part(first, end, axis, part);
		char *behind = boxes(end);
		stack_count = end;
		need(behind != NULL, LIMIT);
		if (last && behind && strcmp(last, behind) != 0) {
			text = put_lines(text, &text_size, axis, from, part, last);
			from = part;
		}
		free(last);
		last = behind;
	}
	if (from > 0)
		text = put_lines(text, &text_size, axis, from, parts_of(axis), last);
	free(from > 0 ? last : text);
	return from > 0 ? text : last;
}

static void turn_over(uint32_t term, uint32_t axis, uint32_t part)
{
	uint32_t low = opened[term];
	opened[term] = low >= UNTOUCHED ? part : END;
	if (low >= UNTOUCHED || (low == 0 && part == parts_of(axis)))
		return;
	need(run_count < LIMIT_ITEMS, LIMIT);
	runs[run_count] = (struct run){ axis, low, part - 1, END };
	*(tails[term] == END ? &heads[term] : &runs[tails[term]].next) = run_count;
	tails[term] = run_count++;
}

/* From part to part only terms whose bits turn over are looked at. */
static void read_axis(uint32_t form, uint64_t item, uint32_t axis, uint32_t terms)
{
	uint32_t words = field(FORMS, form, 4), block = field(FORMS, form, 5), row = field(AXES, item, 3), parts = parts_of(axis);
	need((words == 1 || words == 2 || words == 4 || words == 8) && field(AXES, item, 2) == parts, "a form is not as promised");
	uint64_t columns = ((uint64_t)terms + 64 * words - 1) / (64 * words);
	for (uint32_t term = 0; term < terms; term++)
		opened[term] = UNTOUCHED;
	for (uint64_t i = 0; i < (parts + UINT64_C(1)) * columns; i++) {
		uint64_t part = i / columns, now = part < parts ? LIST(row, i) : 0; /* block 0 has no bit */
		uint64_t before = part > 0 ? LIST(row, i - columns) : 0;
		for (uint32_t w = 0; w < words && now != before; w++) {
			uint64_t bits = wide(BLOCKS, block + now * words + w, 0, 8) ^ wide(BLOCKS, block + before * words + w, 0, 8);
			for (uint64_t term = (i % columns * words + w) * 64; bits != 0 && term < terms; bits >>= 1, term++)
				if (bits & 1)
					turn_over((uint32_t)term, axis, (uint32_t)part);
		}
	}
	for (uint32_t term = 0; term < terms; term++) /* one that allows nothing gets a run from 1 to 0 */
		for (uint32_t times = opened[term] == UNTOUCHED ? 2 : 0; times > 0; times--)
			turn_over(term, axis, 1);
}

/* The terms of a form, sorted by rule. */
static void read_form(uint32_t form, uint32_t rules)
{
	uint32_t terms = field(FORMS, form, 3), owners = field(FORMS, form, 2), next_axis = 0;
	need(terms <= LIMIT_TERMS && rules < LIMIT_TERMS, LIMIT);
	for (uint32_t i = 0; i < rules; i++)
		first_term[i] = END;
	for (uint32_t i = terms; i-- > 0;) {
		uint32_t rule = LIST(owners, i) / 2;
		need(rule < rules, "a term without a rule");
		heads[i] = tails[i] = END;
		next_term[i] = first_term[rule];
		first_term[rule] = i;
	}
	run_count = 0;
	for (uint32_t i = 0; i < field(FORMS, form, 1); i++) {
		uint64_t item = field(FORMS, form, 0) + (uint64_t)i;
		uint32_t kind = field(AXES, item, 0), index = field(AXES, item, 1), axis = index + (kind == 0 ? 0 : counts[DIMS]);
		need(kind <= 1 && index < counts[kind == 0 ? DIMS : DECISIONS] && axis >= next_axis, "axes do not ascend");
		next_axis = axis + 1;
		read_axis(form, item, axis, terms);
	}
}

static void put_boxes(uint32_t form, uint32_t rule)
{
	for (uint32_t t = first_term[rule]; t != END; t = next_term[t])
		stack[stack_count++] = (struct cursor){ heads[t], LIST(field(FORMS, form, 2), t) % 2 != 0 };
	char *text = boxes(0);
	for (const char *line = text; line && *line != '\0'; line = strchr(line, '\n') + 1)
		printf("box%.*s\n", (int)strcspn(line, "\n"), line);
	free(text);
	stack_count = 0;
}

static void put_id(const char *word, uint32_t number, const char *behind)
{
	uint32_t at = number == 0 ? 0 : field(STRING_ENDS, number - UINT64_C(1), 0), end = field(STRING_ENDS, number, 0);
	need(at + UINT64_C(1) < end, "an id is empty");
	for (fputs(word, stdout); at + 1 < end; at++) {
		uint64_t byte = wide(STRING_BYTES, at, 0, 1);
		need(byte > ' ' && byte < 127, "an id with other than visible ASCII characters");
		putchar((int)byte);
	}
	fputs(behind, stdout);
}

static uint32_t put_fact(uint32_t fact, uint32_t dim)
{
	static const char *const kinds[] = { " boolean\n", " enumeration\n", " set\n", " integer\n", " date\n" };
	uint32_t end = dim + field(FACTS, fact, 13);
	need(field(FACTS, fact, 4) < 5 && field(FACTS, fact, 12) == dim, "a fact is not as promised");
	put_id("fact ", field(FACTS, fact, 0), kinds[field(FACTS, fact, 4)]);
	for (uint32_t i = 0; i < field(FACTS, fact, 11); i++)
		put_id("member ", field(MEMBERS, field(FACTS, fact, 10) + (uint64_t)i, 0), "\n");
	for (; dim < end; dim++) {
		need(field(DIMS, dim, 0) == fact, "a dimension of another fact");
		printf("axis %" PRId64 " %" PRId64 "\n", value_of(dim, 0), value_of(dim, field(DIMS, dim, 3) + 1) - 1);
	}
	return dim;
}

/* Ranges of rules that rule a of the decision is over. class_ends: where the stretch of rules of one class ends. */
static void put_over(uint32_t decision, uint32_t a)
{
	uint32_t rules = field(DECISIONS, decision, 6), classes = field(DECISIONS, decision, 15), low = 0, high = 0;
	uint32_t own = field(DECISIONS, decision, 17) + LIST(classes, a), first = LIST(own, 0), end = LIST(own, 1);
	for (uint32_t b = 0; b <= rules && first < end; b = class_ends[b]) {
		uint32_t over = first, from = rules + 1, class = b < rules ? LIST(classes, b) : END;
		while (over < end && (field(OVER, over, 0) > class || field(OVER, over, 1) < class))
			over++;
		if (b < rules && over < end)
			from = field(OVER, over, 2) == 0 || b > a ? b : a + 1;
		if (low < high && from != high)
			printf(low + 1 < high ? "over %u-%u\n" : "over %u\n", low, high - 1);
		low = low < high && from == high ? low : from;
		high = from < class_ends[b] ? class_ends[b] : from;
	}
}

/* Of a decision, or of the guard of a step. */
static void put_rules(const char *word, uint32_t decision)
{
	uint32_t rules = field(DECISIONS, decision, 6), classes = field(DECISIONS, decision, 15), form = field(DECISIONS, decision, 19);
	put_id(word, field(DECISIONS, decision, 0), "\n");
	need(field(DECISIONS, decision, 18) == 1, "a form that is not in the format");
	read_form(form, rules);
	for (uint32_t i = rules + 1; i-- > 0;)
		class_ends[i] = i + 1 < rules && LIST(classes, i) == LIST(classes, i + UINT64_C(1)) ? class_ends[i + 1] : i + 1;
	for (uint32_t i = 0; i < rules; i++) {
		uint32_t rule = LIST(field(DECISIONS, decision, 5), i);
		printf("rule %u", field(RULES, rule, 5));
		put_id(" ", field(RULES, rule, 0), "\n");
		put_over(decision, i);
		put_boxes(form, i);
	}
}

int main(void)
{
	size = fread(bytes, 1, LIMIT_INPUT, stdin);
	need(size < LIMIT_INPUT, LIMIT);
	need(size >= 248 && memcmp(bytes, "\x89GUIJU\x1a\n\2\0\0\0\x1b\0\0\0", 16) == 0 && load(16, 8) == size, "no table 0.2");
	for (unsigned i = 0; i < 2 * SECTIONS; i++)
		(i % 2 == 0 ? starts : counts)[i / 2] = (uint32_t)load(32 + 4 * i, 4);
	uint32_t guards = (uint32_t)load(36 + 8 * 26, 4), decisions = counts[DECISIONS] - guards; /* guards come last */
	need(guards <= counts[DECISIONS] && puts("guiju-plain 0.2") >= 0, "more guards than decisions");
	for (uint32_t i = 0, dim = 0; i < counts[FACTS]; i++)
		dim = put_fact(i, dim);
	for (uint32_t i = 0; i < decisions; i++) {
		put_id("decision ", field(DECISIONS, i, 0), "\n");
		for (uint32_t k = 0; k < field(DECISIONS, i, 4); k++)
			put_id("outcome ", field(OUTCOMES, field(DECISIONS, i, 3) + (uint64_t)k, 0), "\n");
	}
	for (uint32_t i = 0; i < decisions; i++)
		put_rules("rules ", i);
	for (uint32_t i = 0; i < counts[CONSTRAINTS]; i++) {
		put_id("constraint ", field(CONSTRAINTS, i, 0), "\n");
		read_form(field(CONSTRAINTS, i, 3), 1);
		put_boxes(field(CONSTRAINTS, i, 3), 0);
	}
	for (uint32_t i = decisions; i < counts[DECISIONS]; i++)
		put_rules("guard ", i);
	return puts("end") >= 0 && fflush(stdout) == 0 ? 0 : 3;
}
