/* The naive decider on the rows of tables: masked, misleading, mergeable, and which rules together cover one, as
 * docs/FINDINGS.md defines them, case by case. */
#include "survey.h"

#include <stdio.h>
#include <string.h>

/* ---- covers ---- */

static bool covers(const struct survey *s, int rule, uint64_t others)
{
	for (size_t i = 0; i < s->space.cases; i++)
		if (s->valid[i] && (s->holding[i] & BIT(rule)) && !(s->holding[i] & others))
			return false;
	return true;
}

/* By name, rows of a table by number. */
static bool stands_behind(const struct plain *p, int a, int b)
{
	const struct plain_rule *x = &p->rules[a], *y = &p->rules[b];
	const char *one = x->table >= 0 ? p->tables[x->table].name : x->id;
	const char *other = y->table >= 0 ? p->tables[y->table].name : y->id;
	int order = strcmp(one, other);
	return order ? order > 0 : x->row > y->row;
}

/* The last by name first, what is not needed is left out. */
uint64_t naive_least_cover(const struct survey *s, int rule, uint64_t candidates)
{
	for (uint64_t left = candidates; left;) {
		int last = -1;
		for (int i = 0; i < s->p->rule_count; i++)
			if ((left & BIT(i)) && (last < 0 || stands_behind(s->p, i, last)))
				last = i;
		left &= ~BIT(last);
		if (covers(s, rule, candidates & ~BIT(last)))
			candidates &= ~BIT(last);
	}
	return candidates;
}

/* ---- tables ---- */

static uint64_t rows_of(const struct survey *s, int table)
{
	const struct plain_table *t = &s->p->tables[table];
	return lowest_bits(t->rows) << t->first_rule;
}

/* The first row of the table that holds in the case; -1: none. */
static int first_hit(const struct survey *s, int table, size_t i)
{
	const struct plain_table *t = &s->p->tables[table];
	for (int r = t->first_rule; r < t->first_rule + t->rows; r++)
		if (s->holding[i] & BIT(r))
			return r;
	return -1;
}

static bool is_here(const struct survey *s, int table)
{
	return s->p->tables[table].decision == s->decision;
}

/* ---- masked ---- */

static void check_masked_row(struct survey *s, struct plain_findings *out, int table, int row)
{
	const struct plain *p = s->p;
	uint64_t candidates = rows_of(s, table) & ~BIT(row);
	for (int i = 0; i < p->rule_count; i++) {
		bool goes = p->tables[table].hit == 2 ? i > row : p->rules[i].outcome != p->rules[row].outcome || (s->said & BIT(i));
		if (goes)
			candidates &= ~BIT(i);
	}
	if (((s->impossible | s->unreachable) & BIT(row)) || !covers(s, row, candidates))
		return;
	uint64_t cover = naive_least_cover(s, row, candidates);
	naive_name_rules(p, BIT(row) | cover, naive_finding(out, "masked", p->decisions[s->decision].id));
	s->said |= BIT(row);
	s->hides |= cover;
}

void naive_masked(struct survey *s, struct plain_findings *out)
{
	for (int t = 0; t < s->p->table_count; t++) {
		const struct plain_table *table = &s->p->tables[t];
		for (int row = table->first_rule + table->rows - 1; is_here(s, t) && table->hit > 0 && row >= table->first_rule; row--)
			check_masked_row(s, out, t, row);
	}
}

/* ---- misleading ---- */

/* Rows above with another outcome that are the first to hold where this one does, and hold elsewhere too. */
static uint64_t crossing_rows(const struct survey *s, int table, int row)
{
	uint64_t meets = 0, elsewhere = 0, crossing = 0;
	for (size_t i = 0; i < s->space.cases; i++) {
		if (!s->valid[i])
			continue;
		if (s->holding[i] & BIT(row))
			meets |= BIT(first_hit(s, table, i));
		else
			elsewhere |= s->holding[i];
	}
	for (int e = s->p->tables[table].first_rule; e < row; e++)
		if (s->p->rules[e].outcome != s->p->rules[row].outcome)
			crossing |= BIT(e) & meets & elsewhere;
	return crossing;
}

static void check_misleading_row(struct survey *s, struct plain_findings *out, int table, int row)
{
	uint64_t crossing = crossing_rows(s, table, row);
	if (!crossing || ((s->impossible | s->unreachable | s->said) & BIT(row)))
		return;
	for (size_t i = 0; i < s->space.cases; i++)
		s->in[i] = s->valid[i] && (s->holding[i] & BIT(row)) && (s->holding[i] & crossing);
	naive_report(s, out, "misleading", crossing | BIT(row));
}

static bool rows_meet(const struct survey *s, int table, bool differ)
{
	const struct plain_rule *rules = s->p->rules;
	uint64_t rows = rows_of(s, table);
	for (size_t i = 0; i < s->space.cases; i++)
		for (int a = 0; s->valid[i] && a < s->p->rule_count; a++)
			for (int b = a + 1; b < s->p->rule_count; b++)
				if ((BIT(a) & rows & s->holding[i]) && (BIT(b) & rows & s->holding[i]) &&
				    (!differ || rules[a].outcome != rules[b].outcome))
					return true;
	return false;
}

static void check_policy(struct survey *s, struct plain_findings *out, int table)
{
	const struct plain_table *t = &s->p->tables[table];
	if (t->rows < 2 || (rows_of(s, table) & (s->impossible | s->unreachable | s->said)) || rows_meet(s, table, t->hit == 2))
		return;
	struct plain_finding *f = naive_finding(out, "misleading", s->p->decisions[s->decision].id);
	naive_append(f->rules, sizeof f->rules, t->name);
}

void naive_misleading(struct survey *s, struct plain_findings *out)
{
	for (int t = 0; t < s->p->table_count; t++) {
		const struct plain_table *table = &s->p->tables[t];
		if (!is_here(s, t) || table->hit == 0)
			continue;
		check_policy(s, out, t);
		for (int row = table->first_rule; table->hit == 2 && row < table->first_rule + table->rows; row++)
			check_misleading_row(s, out, t, row);
	}
}

/* ---- mergeable ---- */

static int points_of(const struct plain_fact *f)
{
	switch (f->kind) {
	case PLAIN_BOOLEAN: return 2;
	case PLAIN_ENUMERATION: return f->members;
	case PLAIN_SET: return 1 << f->members;
	case PLAIN_INTEGER:
	case PLAIN_DATE: break;
	}
	return (int)(f->high - f->low + 1);
}

static bool is_line(const struct plain_fact *f)
{
	return f->kind == PLAIN_INTEGER || f->kind == PLAIN_DATE;
}

/* The values that a cell allows, as bits; a value of a set is its word of members. Facts of more than 64 values (days) are
 * no columns, so that their cells allow all, and the first 64 say so. */
static uint64_t values_of(const struct plain *p, int row, int fact)
{
	uint64_t in = 0;
	for (int i = 0; i < points_of(&p->facts[fact]) && i < 64; i++) {
		int64_t values[MAX_FACTS] = { 0 };
		values[fact] = i + (is_line(&p->facts[fact]) ? p->facts[fact].low : 0);
		in |= naive_holds(p, p->rules[row].cells[fact], values, NULL) ? BIT(i) : 0;
	}
	return in;
}

static uint64_t all_values(const struct plain_fact *f)
{
	return lowest_bits(points_of(f));
}

static bool is_stretch(uint64_t in)
{
	uint64_t low = in & ~(in - 1);
	return in && !(in & (in + low));
}

/* The sets that have one of some members. */
static bool asks_for_one_of(const struct plain_fact *f, uint64_t in)
{
	for (int members = 1; members < 1 << f->members; members++) {
		uint64_t one_of = 0;
		for (int v = 0; v < 1 << f->members; v++)
			one_of |= v & members ? BIT(v) : 0;
		if (one_of == in)
			return true;
	}
	return false;
}

static bool can_grow(const struct plain_fact *f, uint64_t in)
{
	if (!in || in == all_values(f))
		return false;
	if (f->kind == PLAIN_SET)
		return asks_for_one_of(f, in);
	return !is_line(f) || is_stretch(in);
}

static bool alike_but(const struct plain *p, int a, int b, int fact)
{
	const struct plain_rule *x = &p->rules[a], *y = &p->rules[b];
	for (int f = 0; f < p->fact_count; f++)
		if (f != fact && values_of(p, a, f) != values_of(p, b, f))
			return false;
	return x->outcome == y->outcome && x->has_from == y->has_from && x->has_to == y->has_to &&
	       (!x->has_from || x->from == y->from) && (!x->has_to || x->to == y->to);
}

static bool can_move_up(const struct survey *s, int table, int head, int row)
{
	if (s->p->tables[table].hit != 2)
		return true;
	for (size_t i = 0; i < s->space.cases; i++) {
		if (!s->valid[i] || !(s->holding[i] & BIT(row)))
			continue;
		int first = first_hit(s, table, i);
		if (first > head && first < row && s->p->rules[first].outcome != s->p->rules[row].outcome)
			return false;
	}
	return true;
}

/* Of the rows those whose stretches make one with the head's. */
static uint64_t joined_to(const struct plain *p, int head, uint64_t rows, int fact)
{
	uint64_t joined = BIT(head), in = values_of(p, head, fact);
	for (uint64_t before = 0; before != joined;) {
		before = joined;
		for (int i = 0; i < p->rule_count; i++)
			if ((rows & BIT(i)) && is_stretch(in | values_of(p, i, fact))) {
				joined |= BIT(i);
				in |= values_of(p, i, fact);
			}
	}
	return joined;
}

static uint64_t group_of(const struct survey *s, int table, int head, int fact, uint64_t taken)
{
	const struct plain *p = s->p;
	uint64_t rows = 0;
	if ((taken & BIT(head)) || !can_grow(&p->facts[fact], values_of(p, head, fact)))
		return 0;
	for (int i = head + 1; i < p->tables[table].first_rule + p->tables[table].rows; i++)
		if (!(taken & BIT(i)) && can_grow(&p->facts[fact], values_of(p, i, fact)) && alike_but(p, head, i, fact) &&
		    can_move_up(s, table, head, i))
			rows |= BIT(i);
	if (is_line(&p->facts[fact]))
		rows = joined_to(p, head, rows, fact) & ~BIT(head);
	return rows ? rows | BIT(head) : 0;
}

void naive_mergeable(struct survey *s, struct plain_findings *out)
{
	const struct plain *p = s->p;
	uint64_t taken = s->impossible | s->unreachable | s->said;
	for (int t = 0; t < p->table_count; t++)
		for (int f = 0; is_here(s, t) && f < p->fact_count; f++)
			for (int head = p->tables[t].first_rule; head < p->tables[t].first_rule + p->tables[t].rows; head++) {
				uint64_t group = p->tables[t].columns[f] && points_of(&p->facts[f]) <= 64 ? group_of(s, t, head, f, taken) : 0;
				taken |= group;
				if (group)
					naive_name_rules(p, group, naive_finding(out, "mergeable", p->decisions[s->decision].id));
			}
}
