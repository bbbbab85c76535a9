/* Plain rules as the text of a rulebook: Chinese and English keywords, numerals and punctuation mixed at random, so that
 * scanner, parser and resolver are under test too. */
#include "plain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct printer {
	const struct plain *p;
	uint64_t state;
	char *text;
	size_t size, capacity;
};

__attribute__((format(printf, 2, 3))) static void put(struct printer *w, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int n = vsnprintf(w->text + w->size, w->capacity - w->size, format, args);
	va_end(args);
	if (n > 0 && (size_t)n < w->capacity - w->size)
		w->size += (size_t)n;
}

static bool coin(struct printer *w)
{
	return next_random(&w->state) & 1;
}

static const char *kw(struct printer *w, const char *zh, const char *en)
{
	return coin(w) ? zh : en;
}

static void put_date(struct printer *w, int64_t day)
{
	/* Civil from days, after Hinnant, "chrono-Compatible Low-Level Date Algorithms" */
	int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097, yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t d = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
	put(w, "%04lld-%02lld-%02lld", (long long)(yoe + era * 400 + (month <= 2)), (long long)month, (long long)d);
}

/* `tight`: a bound word follows, so the unit stands unspaced behind the number. */
static void put_value(struct printer *w, const struct plain_fact *f, int64_t value, bool tight)
{
	if (f->kind == PLAIN_DATE)
		put_date(w, value);
	else if (value >= 10000 && value % 10000 == 0 && coin(w))
		put(w, "%lld万", (long long)(value / 10000));
	else
		put(w, "%lld", (long long)value);
	if (f->unit)
		put(w, "%s", tight || coin(w) ? "人" : " 人");
}

static void put_names(struct printer *w, char prefix, int owner, uint64_t mask)
{
	put(w, "{ ");
	for (int i = 0, n = 0; i < 64; i++)
		if (mask >> i & 1)
			put(w, "%s%c%d_%d", n++ ? kw(w, "、", ", ") : "", prefix, owner, i);
	put(w, " }");
}

static void put_first_name(struct printer *w, char prefix, int owner, uint64_t mask)
{
	for (int i = 0; i < 64; i++)
		if (mask >> i & 1) {
			put(w, "%c%d_%d", prefix, owner, i);
			return;
		}
}

static void put_low(struct printer *w, const struct plain_cond *c, const struct plain_fact *f, bool chinese)
{
	if (!chinese)
		put(w, "%s ", c->low_strict ? "more_than" : "at_least");
	put_value(w, f, c->low_strict ? c->low - 1 : c->low, chinese);
	if (chinese)
		put(w, "%s", c->low_strict ? "超过" : "以上");
}

static void put_high(struct printer *w, const struct plain_cond *c, const struct plain_fact *f, bool chinese)
{
	if (!chinese)
		put(w, "%s ", c->high_strict ? "under" : "at_most");
	else if (c->high_strict)
		put(w, "不满");
	put_value(w, f, c->high_strict ? c->high + 1 : c->high, chinese);
	if (chinese && !c->high_strict)
		put(w, "以下");
}

/* 超过 stands before its number in Chinese, like 不满; 以上 and 以下 stand behind. */
static void put_bounds(struct printer *w, const struct plain_cond *c, const struct plain_fact *f)
{
	bool chinese = coin(w);
	if (c->has_low && chinese && c->low_strict) {
		put(w, "超过");
		put_value(w, f, c->low - 1, true);
	} else if (c->has_low) {
		put_low(w, c, f, chinese);
	}
	if (c->has_low && c->has_high)
		put(w, " ");
	if (c->has_high)
		put_high(w, c, f, chinese);
}

/* The test without its subject: what a table cell holds too. */
static void put_test(struct printer *w, const struct plain_cond *c, bool cell)
{
	const struct plain_fact *f = &w->p->facts[c->fact];
	switch (c->op) {
	case P_IS:
		put(w, "%s", cell ? "" : kw(w, "为 ", "is "));
		if (f->kind == PLAIN_ENUMERATION)
			put_first_name(w, 'm', c->fact, c->mask);
		else
			put_value(w, f, c->low, false);
		break;
	case P_IS_NOT:
		put(w, "%s ", kw(w, "不为", "is_not"));
		put_first_name(w, 'm', c->fact, c->mask);
		break;
	case P_IN:
	case P_NOT_IN:
		put(w, "%s ", c->op == P_IN ? kw(w, "属于", "in") : kw(w, "不属于", "not_in"));
		if (c->group)
			put(w, "{ g%d_%d }", c->fact, c->group - 1);
		else
			put_names(w, 'm', c->fact, c->mask);
		break;
	case P_CONTAINS:
	case P_LACKS:
		put(w, "%s ", c->op == P_CONTAINS ? kw(w, "含", "contains") : kw(w, "不含", "lacks"));
		put_first_name(w, 'm', c->fact, c->mask);
		break;
	case P_ANY:
	case P_ALL:
		put(w, "%s ", c->op == P_ANY ? kw(w, "含任一", "contains_any") : kw(w, "含全部", "contains_all"));
		put_names(w, 'm', c->fact, c->mask);
		break;
	case P_EMPTY: put(w, "%s", kw(w, "为空", "is_empty")); break;
	case P_NOT_EMPTY: put(w, "%s", kw(w, "非空", "is_not_empty")); break;
	default: put_bounds(w, c, f); break;
	}
}

static const char *const labels[MAX_FACTS] = { "事实甲", "事实乙", "事实丙", "事实丁", "事实戊", "事实己", "事实庚", "事实辛" };

/* Its id or its label, with quotes or without. */
static void put_subject(struct printer *w, int fact)
{
	const struct plain_fact *f = &w->p->facts[fact];
	switch (f->is_on ? 0 : next_random(&w->state) % 6) {
	case 1: put(w, "%s", labels[fact]); break;
	case 2: put(w, "「%s」", labels[fact]); break;
	case 3: put(w, "\"fact number %d\"", fact); break;
	default: put(w, "%s", f->id); break;
	}
}

static void put_decision_test(struct printer *w, const struct plain_cond *c)
{
	put(w, "d%d ", c->decision);
	if (c->op == P_DECISION_IN) {
		put(w, "%s ", kw(w, "属于", "in"));
		put_names(w, 'o', c->decision, c->mask);
		return;
	}
	put(w, "%s ", c->op == P_DECISION_IS ? kw(w, "为", "is") : kw(w, "不为", "is_not"));
	put_first_name(w, 'o', c->decision, c->mask);
}

static void put_cond(struct printer *w, int node, bool brackets)
{
	const struct plain_cond *c = &w->p->nodes[node];
	switch (c->op) {
	case P_AND:
	case P_OR:
		put(w, "%s", brackets ? kw(w, "( ", "（") : "");
		put_cond(w, c->left, true);
		put(w, " %s ", c->op == P_AND ? kw(w, "且", "and") : kw(w, "或", "or"));
		put_cond(w, c->right, true);
		put(w, "%s", brackets ? kw(w, " )", "）") : "");
		break;
	case P_NOT:
		put(w, "%s ", kw(w, "非", "not"));
		if (w->p->nodes[c->left].op == P_BOOL) {
			put_subject(w, w->p->nodes[c->left].fact);
			break;
		}
		put(w, "( ");
		put_cond(w, c->left, false);
		put(w, " )");
		break;
	case P_BOOL: put_subject(w, c->fact); break;
	case P_DECISION_IS:
	case P_DECISION_IS_NOT:
	case P_DECISION_IN: put_decision_test(w, c); break;
	default:
		put_subject(w, c->fact);
		put(w, " ");
		put_test(w, c, false);
		break;
	}
}

/* ---- declarations ---- */

static void put_fact(struct printer *w, int index)
{
	const struct plain_fact *f = &w->p->facts[index];
	if (f->is_on)
		return;
	put(w, "%s %s「%s」\"fact number %d\": ", kw(w, "事实", "fact"), f->id, labels[index], index);
	switch (f->kind) {
	case PLAIN_BOOLEAN: put(w, "%s", kw(w, "是否", "boolean")); break;
	case PLAIN_ENUMERATION:
		put(w, "%s { ", kw(w, "枚举", "enumeration"));
		for (int i = 0; i < f->members; i++) {
			if (f->groups && (i == 0 || f->group_of[i] != f->group_of[i - 1]))
				put(w, "%sg%d_%d「组%d」 { ", i ? " }、 " : "", index, f->group_of[i], f->group_of[i]);
			else
				put(w, "%s", i ? "、 " : "");
			put(w, "m%d_%d", index, i);
		}
		put(w, "%s }", f->groups ? " }" : "");
		break;
	case PLAIN_SET:
		put(w, "%s { ", kw(w, "集合", "set"));
		for (int i = 0; i < f->members; i++)
			put(w, "%sm%d_%d", i ? ", " : "", index, i);
		put(w, " }");
		break;
	case PLAIN_INTEGER:
		put(w, "%s %lld %s %lld%s", kw(w, "整数", "integer"), (long long)f->low, kw(w, "至", "to"), (long long)f->high,
		    f->unit ? "人" : "");
		break;
	case PLAIN_DATE:
		put(w, "%s ", kw(w, "日期", "date"));
		put_date(w, f->low);
		put(w, " %s ", kw(w, "至", "to"));
		put_date(w, f->high);
		break;
	}
	put(w, "\n");
}

static void put_decision(struct printer *w, int index)
{
	const struct plain_decision *d = &w->p->decisions[index];
	put(w, "%s %s「判定%d号」: { ", kw(w, "判定", "decision"), d->id, index);
	for (int o = 0; o < d->outcomes; o++)
		put(w, "%so%d_%d「结论%d」", o ? kw(w, "、", ", ") : "", index, o, o);
	put(w, " }\n");
}

static void put_because(struct printer *w)
{
	put(w, " %s 「示例」", kw(w, "理由", "because"));
}

/* Every clause is some rule's. */
static int clause_of(const struct plain *p, int rule)
{
	return 1 + rule % p->clauses;
}

static void put_reason(struct printer *w, int rule)
{
	if (w->p->clauses)
		put(w, " %s 1.%d", kw(w, "依据", "cites"), clause_of(w->p, rule));
	else
		put_because(w);
}

static void put_period(struct printer *w, const struct plain_rule *r)
{
	if (r->has_from) {
		put(w, " %s ", kw(w, "自", "from"));
		put_date(w, r->from);
	}
	if (r->has_to) {
		put(w, " %s ", kw(w, "至", "to"));
		put_date(w, r->to);
	}
}

static void put_rule(struct printer *w, int index)
{
	const struct plain_rule *r = &w->p->rules[index];
	if (r->is_default) {
		put(w, "%s o%d_%d %s d%d", kw(w, "缺省", "default"), r->decision, r->outcome, kw(w, "用于", "for"), r->decision);
		put_reason(w, index);
		put_period(w, r);
		if (r->when >= 0) {
			put(w, "\n  %s ", kw(w, "当", "when"));
			put_cond(w, r->when, false);
		}
		put(w, "\n");
		return;
	}
	put(w, "%s %s「规则%d号」 %s d%d", kw(w, "规则", "rule"), r->name, index, kw(w, "用于", "for"), r->decision);
	put_reason(w, index);
	put_period(w, r);
	put(w, "\n  %s ", kw(w, "当", "when"));
	put_cond(w, r->when, false);
	if (r->except >= 0) {
		put(w, "\n  %s ", kw(w, "除外", "except"));
		put_cond(w, r->except, false);
	}
	put(w, "\n  %s o%d_%d\n", kw(w, "则", "then"), r->decision, r->outcome);
}

static void put_table_head(struct printer *w, const struct plain_table *t)
{
	static const char *const hits[][2] = { { "唯一", "unique" }, { "任一", "any" }, { "首中", "first" } };
	put(w, "%s %s「表」 %s d%d %s %s", kw(w, "表", "table"), t->name, kw(w, "用于", "for"), t->decision,
	    kw(w, "命中", "hit"), kw(w, hits[t->hit][0], hits[t->hit][1]));
	if (t->complete)
		put(w, " %s", kw(w, "完备", "complete"));
	put_because(w);
	if (t->when >= 0) {
		put(w, " %s ", kw(w, "当", "when"));
		put_cond(w, t->when, false);
	}
	if (t->outcome >= 0)
		put(w, " %s o%d_%d", kw(w, "则", "then"), t->decision, t->outcome);
	put(w, " %s\n```\n\n", kw(w, "见下表", "below"));
}

static void put_table(struct printer *w, int index)
{
	const struct plain *p = w->p;
	const struct plain_table *t = &p->tables[index];
	put_table_head(w, t);
	put(w, "| id |");
	for (int f = 0; f < p->fact_count; f++)
		if (t->columns[f])
			put(w, " %s |", coin(w) ? p->facts[f].id : labels[f]);
	put(w, "%s%s 自 | to |\n|----|", t->outcome < 0 ? " 则 |" : "", p->clauses ? " 依据 |" : "");
	for (int f = 0; f < p->fact_count; f++)
		if (t->columns[f])
			put(w, "----|");
	put(w, "%s%s----|----|\n", t->outcome < 0 ? "----|" : "", p->clauses ? "----|" : "");
	for (int i = 0; i < t->rows; i++) {
		const struct plain_rule *r = &p->rules[t->first_rule + i];
		put(w, "| %s |", r->name);
		for (int f = 0; f < p->fact_count; f++) {
			if (!t->columns[f])
				continue;
			put(w, " ");
			if (r->cells[f] >= 0) {
				const struct plain_cond *c = &p->nodes[r->cells[f]];
				if (c->op == P_BOOL)
					put(w, "%s", kw(w, "是", "yes"));
				else if (c->op == P_NOT)
					put(w, "%s", kw(w, "否", "no"));
				else
					put_test(w, c, true);
			}
			put(w, " |");
		}
		if (t->outcome < 0)
			put(w, " o%d_%d |", r->decision, r->outcome);
		if (p->clauses)
			put(w, " 1.%d |", clause_of(p, t->first_rule + i));
		put(w, " ");
		if (r->has_from)
			put_date(w, r->from);
		put(w, " | ");
		if (r->has_to)
			put_date(w, r->to);
		put(w, " |\n");
	}
	put(w, "\n```rulebook\n");
}

static const char *ladder_name(const struct plain *p, int rule)
{
	return p->rules[rule].table >= 0 ? p->tables[p->rules[rule].table].name : p->rules[rule].name;
}

static void put_rung(struct printer *w, const struct plain_ladder *l, int rung)
{
	int named[MAX_RULES], n = 0;
	for (int i = 0; i < w->p->rule_count; i++)
		if (l->rung_of[i] == rung && l->named[i] && w->p->rules[i].row <= 0)
			named[n++] = i;
	if (rung == l->rest) {
		put(w, "%s", kw(w, "其余", "rest"));
		return;
	}
	if (rung == l->default_rung) {
		put(w, "%s", kw(w, "缺省", "default"));
		return;
	}
	put(w, "%s", n > 1 ? "{ " : "");
	for (int i = 0; i < n; i++)
		put(w, "%s%s", i ? "、 " : "", ladder_name(w->p, named[i]));
	put(w, "%s", n > 1 ? " }" : "");
}

static void put_ladder(struct printer *w, int index)
{
	const struct plain_ladder *l = &w->p->ladders[index];
	if (l->pair) {
		put(w, "%s %s %s %s", kw(w, "优先", "prefer"), ladder_name(w->p, l->pair_high), kw(w, "于", "over"),
		    ladder_name(w->p, l->pair_low));
		put_because(w);
		put(w, "\n");
		return;
	}
	put(w, "%s l%d %s d%d", kw(w, "次序", "order"), index, kw(w, "用于", "for"), l->decision);
	put_because(w);
	put(w, "%s\n  ", kw(w, "：", ":"));
	for (int i = 0; i < l->rungs; i++) {
		put(w, "%s%s%s", i ? " " : "", i ? kw(w, "先于", "before") : "", i ? " " : "");
		put_rung(w, l, i);
	}
	put(w, "\n");
}

static void put_constraint(struct printer *w, int index)
{
	put(w, "%s c%d", kw(w, "前提", "assume"), index);
	put_because(w);
	if (w->p->constraints[index][0] >= 0) {
		put(w, " %s ", kw(w, "当", "when"));
		put_cond(w, w->p->constraints[index][0], false);
	}
	put(w, " %s ", kw(w, "则", "then"));
	put_cond(w, w->p->constraints[index][1], false);
	put(w, "\n");
}

static void put_property(struct printer *w, int index)
{
	const struct plain_property *q = &w->p->properties[index];
	const struct plain_decision *d = &w->p->decisions[q->decision];
	put(w, "%s %s「断言」", kw(w, "断言", "assert"), q->id);
	put_because(w);
	if (!q->monotone) {
		if (q->when >= 0) {
			put(w, "\n  %s ", kw(w, "当", "when"));
			put_cond(w, q->when, false);
		}
		put(w, " %s %s %s ", kw(w, "则", "then"), d->id, q->negated ? kw(w, "不为", "is_not") : kw(w, "为", "is"));
		put_first_name(w, 'o', q->decision, q->negated ? ~q->outcomes : q->outcomes);
		put(w, "\n");
		return;
	}
	put(w, "\n  %s %s %s %s %s ", d->id, kw(w, "随", "as"), w->p->facts[q->fact].id, kw(w, "不降", "never_falls"),
	    kw(w, "序", "ranking"));
	for (int rank = 0, n = 0; rank < 2; rank++) {
		uint64_t mask = 0;
		for (int o = 0; o < d->outcomes; o++)
			if (q->rank[o] == rank)
				mask |= (uint64_t)1 << o;
		put(w, "%s%s%s", n ? " " : "", n ? kw(w, "低于", "below_rank") : "", n ? " " : "");
		n++;
		put_names(w, 'o', q->decision, mask);
	}
	put(w, "\n");
}

enum { OF_RULE, OF_TABLE, OF_LADDER, OF_CONSTRAINT, OF_PROPERTY };

static void put_declaration(struct printer *w, int kind, int index)
{
	switch (kind) {
	case OF_RULE: put_rule(w, index); break;
	case OF_TABLE: put_table(w, index); break;
	case OF_LADDER: put_ladder(w, index); break;
	case OF_CONSTRAINT: put_constraint(w, index); break;
	default: put_property(w, index); break;
	}
}

size_t plain_print(const struct plain *p, uint64_t shuffle, char *text, size_t capacity)
{
	struct printer w = { .p = p, .state = shuffle + 7, .text = text, .capacity = capacity };
	struct { int kind, index; } list[MAX_RULES + 20];
	int n = 0;
	put(&w, "# 示例\n\n%s", p->clauses ? "### 第一条\n\n" : "");
	for (int i = 0; i < p->clauses; i++)
		put(&w, "照此办理。\n\n");
	put(&w, "```rulebook\n%s random「随机」\n", kw(&w, "规则书", "rulebook"));
	for (int f = 0; f < p->fact_count; f++)
		put_fact(&w, f);
	for (int d = 0; d < p->decision_count; d++)
		put_decision(&w, d);
	for (int i = 0; i < p->rule_count; i++)
		if (p->rules[i].table < 0)
			list[n].kind = OF_RULE, list[n++].index = i;
	for (int i = 0; i < p->table_count; i++)
		list[n].kind = OF_TABLE, list[n++].index = i;
	for (int i = 0; i < p->ladder_count; i++)
		list[n].kind = OF_LADDER, list[n++].index = i;
	for (int i = 0; i < p->constraint_count; i++)
		list[n].kind = OF_CONSTRAINT, list[n++].index = i;
	for (int i = 0; i < p->property_count; i++)
		list[n].kind = OF_PROPERTY, list[n++].index = i;
	for (int i = n - 1; shuffle && i > 0; i--) {
		int k = (int)(next_random(&w.state) % (uint64_t)(i + 1)), kind = list[i].kind, index = list[i].index;
		list[i] = list[k];
		list[k].kind = kind, list[k].index = index;
	}
	for (int i = 0; i < n; i++)
		put_declaration(&w, list[i].kind, list[i].index);
	put(&w, "```\n");
	return w.size;
}
