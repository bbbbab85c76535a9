/* A rival: the sweep of the DMN literature, which finds overlapping and missing rules column by column. Written anew from
 * the idea of D. Calvanese, M. Dumas, Ü. Laurson, F. M. Maggi, M. Montali, I. Teinemaa, "Semantics and Analysis of DMN
 * Decision Tables" (BPM 2016, arXiv:1603.07466) and "Semantics, Analysis and Simplification of DMN Decision Tables"
 * (Information Systems 78, 2018): a line goes over the bounds of one column; the rules under it are swept by the next
 * column; in the last, two rules under the line overlap, and none is a missing rule.
 *
 *   sweep [--pairs] FILE        --pairs: instead each rule against each, overlaps only
 *
 * FILE: numbers; how many columns and rules, low and high of each column, low and high of each rule in each column.
 * Prints the overlapping pairs, one a line, and the number of missing cases (modulo 2^128). */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 big;

struct interval {
	int64_t low, high;           /* both included */
};

struct table {
	size_t columns, rules;
	struct interval *domains;
	struct interval *cells;      /* rule after rule */
};

struct bound {
	int64_t at;                  /* a rule is under the line from its low to its high + 1 */
	uint32_t rule;
	bool opens;
};

struct pair {
	uint32_t low, high;
};

static struct pair *pairs;
static size_t pair_count, pair_room;
static big missing;

static void *take(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);
	if (!memory)
		exit(3);
	return memory;
}

static const struct interval *cell(const struct table *t, uint32_t rule, size_t column)
{
	return &t->cells[rule * t->columns + column];
}

/* ---- pairs found, once each ---- */

static int by_rules(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return (x->high > y->high) - (x->high < y->high);
}

static void keep_once(void)
{
	size_t kept = 0;
	if (pair_count == 0)
		return;
	qsort(pairs, pair_count, sizeof *pairs, by_rules);
	for (size_t i = 1; i < pair_count; i++)
		if (by_rules(&pairs[kept], &pairs[i]) != 0)
			pairs[++kept] = pairs[i];
	pair_count = kept + 1;
}

static void add_pair(uint32_t a, uint32_t b)
{
	if (pair_count == pair_room) {
		keep_once();
		if (pair_count * 2 >= pair_room) {
			pair_room = pair_room ? pair_room * 2 : 1024;
			struct pair *more = realloc(pairs, pair_room * sizeof *pairs);
			if (!more)
				exit(3);
			pairs = more;
		}
	}
	pairs[pair_count++] = (struct pair){ a < b ? a : b, a < b ? b : a };
}

/* ---- the line over one column ---- */

static int by_place(const void *a, const void *b)
{
	const struct bound *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (int)x->opens - (int)y->opens;        /* what ends here goes before what begins */
}

static struct bound *bounds_of(const struct table *t, size_t column, const uint32_t *rules, size_t count)
{
	struct bound *bounds = take(2 * count, sizeof *bounds);
	for (size_t i = 0; i < count; i++) {
		const struct interval *c = cell(t, rules[i], column);
		bounds[2 * i] = (struct bound){ c->low, rules[i], true };
		bounds[2 * i + 1] = (struct bound){ c->high + 1, rules[i], false };
	}
	qsort(bounds, 2 * count, sizeof *bounds, by_place);
	return bounds;
}

static size_t move_line(uint32_t *under, size_t count, const struct bound *b)
{
	size_t i = 0;
	if (b->opens) {
		under[count] = b->rule;
		return count + 1;
	}
	while (under[i] != b->rule)
		i++;
	memmove(under + i, under + i + 1, (count - i - 1) * sizeof *under);
	return count - 1;
}

/* ---- overlapping rules: each largest set under the line, once it is about to lose a rule ---- */

static void find_overlapping(const struct table *t, size_t column, const uint32_t *rules, size_t count)
{
	if (count < 2)
		return;
	if (column == t->columns) {
		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < i; k++)
				add_pair(rules[i], rules[k]);
		return;
	}
	struct bound *bounds = bounds_of(t, column, rules, count);
	uint32_t *under = take(count, sizeof *under);
	size_t n = 0;
	for (size_t i = 0; i < 2 * count; i++) {
		if (!bounds[i].opens && i > 0 && bounds[i - 1].opens)
			find_overlapping(t, column + 1, under, n);
		n = move_line(under, n, &bounds[i]);
	}
	free(under);
	free(bounds);
}

/* ---- missing rules: every stretch of every column ---- */

static big cases_behind(const struct table *t, size_t column)
{
	big cases = 1;
	for (size_t i = column; i < t->columns; i++)
		cases *= (uint64_t)(t->domains[i].high - t->domains[i].low + 1);
	return cases;
}

/* `weight`: cases of the columns before. */
static void find_missing(const struct table *t, size_t column, const uint32_t *rules, size_t count, big weight)
{
	if (count == 0) {
		missing += weight * cases_behind(t, column);
		return;
	}
	if (column == t->columns)
		return;
	struct bound *bounds = bounds_of(t, column, rules, count);
	uint32_t *under = take(count, sizeof *under);
	int64_t from = t->domains[column].low;
	size_t n = 0;
	for (size_t i = 0; i <= 2 * count; i++) {
		int64_t to = i < 2 * count ? bounds[i].at : t->domains[column].high + 1;
		if (to > from)
			find_missing(t, column + 1, under, n, weight * (uint64_t)(to - from));
		from = to > from ? to : from;
		if (i < 2 * count)
			n = move_line(under, n, &bounds[i]);
	}
	free(under);
	free(bounds);
}

/* ---- each against each ---- */

static void compare_pairs(const struct table *t)
{
	for (uint32_t a = 0; a < t->rules; a++)
		for (uint32_t b = 0; b < a; b++) {
			size_t column = 0;
			while (column < t->columns && cell(t, a, column)->low <= cell(t, b, column)->high &&
			       cell(t, b, column)->low <= cell(t, a, column)->high)
				column++;
			if (column == t->columns)
				add_pair(a, b);
		}
}

/* ---- reading and printing ---- */

static bool read_intervals(FILE *file, struct interval *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (fscanf(file, "%" SCNd64 " %" SCNd64, &items[i].low, &items[i].high) != 2)
			return false;
	return true;
}

static bool read_table(const char *path, struct table *t)
{
	FILE *file = fopen(path, "r");
	bool good = file && fscanf(file, "%zu %zu", &t->columns, &t->rules) == 2 && t->columns < 1000 && t->rules < UINT32_MAX;
	if (good) {
		t->domains = take(t->columns, sizeof *t->domains);
		t->cells = take(t->columns * t->rules, sizeof *t->cells);
		good = read_intervals(file, t->domains, t->columns) && read_intervals(file, t->cells, t->columns * t->rules);
	}
	if (file)
		fclose(file);
	return good;
}

static void print_big(big value)
{
	if (value >= 10)
		print_big(value / 10);
	putchar('0' + (int)(value % 10));
}

int main(int argc, char **argv)
{
	struct table t = { 0 };
	bool only_pairs = argc == 3 && strcmp(argv[1], "--pairs") == 0;
	if (argc != 2 + only_pairs || !read_table(argv[argc - 1], &t))
		return 2;
	uint32_t *rules = take(t.rules, sizeof *rules);
	for (uint32_t i = 0; i < t.rules; i++)
		rules[i] = i;
	if (only_pairs) {
		compare_pairs(&t);
	} else {
		find_overlapping(&t, 0, rules, t.rules);
		find_missing(&t, 0, rules, t.rules, 1);
	}
	keep_once();
	for (size_t i = 0; i < pair_count; i++)
		printf("%" PRIu32 " %" PRIu32 "\n", pairs[i].low, pairs[i].high);
	printf("missing ");
	print_big(missing);
	printf("\n");
	free(rules);
	free(pairs);
	free(t.domains);
	free(t.cells);
	return 0;
}
