/* The naive decider: enumerates every case, one by one, and says what docs/LANGUAGE.md (Meaning) and docs/FINDINGS.md
 * say of it. Deliberately plain and slow. */
#include "survey.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- conditions on one case: values per fact (a set: bits), outcomes per decision (-1: none) ---- */

bool naive_holds(const struct plain *p, int node, const int64_t *values, const int *outcomes)
{
	if (node < 0)
		return true;
	const struct plain_cond *c = &p->nodes[node];
	int64_t v = values[c->fact];
	uint64_t bits = (uint64_t)v;
	switch (c->op) {
	case P_AND: return naive_holds(p, c->left, values, outcomes) && naive_holds(p, c->right, values, outcomes);
	case P_OR: return naive_holds(p, c->left, values, outcomes) || naive_holds(p, c->right, values, outcomes);
	case P_NOT: return !naive_holds(p, c->left, values, outcomes);
	case P_BOOL: return v == 1;
	case P_IS: return p->facts[c->fact].kind == PLAIN_ENUMERATION ? (c->mask >> v & 1) : v == c->low;
	case P_IN: return c->mask >> v & 1;
	case P_IS_NOT:
	case P_NOT_IN: return !(c->mask >> v & 1);
	case P_BOUNDS:
	case P_PERIOD: return (!c->has_low || v >= c->low) && (!c->has_high || v <= c->high);
	case P_CONTAINS:
	case P_ANY: return bits & c->mask;
	case P_LACKS: return !(bits & c->mask);
	case P_ALL: return (bits & c->mask) == c->mask;
	case P_EMPTY: return bits == 0;
	case P_NOT_EMPTY: return bits != 0;
	case P_DECISION_IS:
	case P_DECISION_IN: return outcomes[c->decision] >= 0 && (c->mask >> outcomes[c->decision] & 1);
	case P_DECISION_IS_NOT: return outcomes[c->decision] >= 0 && !(c->mask >> outcomes[c->decision] & 1);
	}
	return false;
}

static bool rule_holds(const struct plain *p, const struct plain_rule *r, const int64_t *values, const int *outcomes)
{
	if (!naive_holds(p, r->when, values, outcomes))
		return false;
	if (r->except >= 0 && naive_holds(p, r->except, values, outcomes))
		return false;
	if (r->table >= 0 && !naive_holds(p, p->tables[r->table].when, values, outcomes))
		return false;
	for (int f = 0; f < p->fact_count; f++)
		if (!naive_holds(p, r->cells[f], values, outcomes))
			return false;
	int on = p->fact_count - 1;
	if (r->has_from && values[on] < r->from)
		return false;
	return !r->has_to || values[on] <= r->to;
}

/* ---- priorities ---- */

static bool is_over(const struct plain *p, int a, int b)
{
	const struct plain_rule *x = &p->rules[a], *y = &p->rules[b];
	if (x->decision != y->decision || a == b)
		return false;
	if (!x->is_default && y->is_default)
		return true;
	if (x->table >= 0 && x->table == y->table && p->tables[x->table].hit == 2 && x->row < y->row)
		return true;
	for (int i = 0; i < p->ladder_count; i++) {
		const struct plain_ladder *l = &p->ladders[i];
		if (l->decision == x->decision && l->rung_of[a] >= 0 && l->rung_of[b] >= 0 && l->rung_of[a] < l->rung_of[b])
			return true;
	}
	return false;
}

static uint64_t beaten_by(const struct plain *p, int rule, uint64_t holding)
{
	uint64_t beaters = 0;
	for (int i = 0; i < p->rule_count; i++)
		if ((holding >> i & 1) && p->rules[i].outcome != p->rules[rule].outcome && is_over(p, i, rule))
			beaters |= (uint64_t)1 << i;
	return beaters;
}

static uint64_t reasons_among(const struct plain *p, uint64_t holding)
{
	uint64_t reasons = 0;
	for (int i = 0; i < p->rule_count; i++)
		if ((holding >> i & 1) && !beaten_by(p, i, holding))
			reasons |= (uint64_t)1 << i;
	return reasons;
}

enum { ANSWER_GAP = -1, ANSWER_CONFLICT = -2 };

static int answer_of(const struct plain *p, uint64_t reasons)
{
	int answer = ANSWER_GAP;
	for (int i = 0; i < p->rule_count; i++) {
		if (!(reasons >> i & 1))
			continue;
		if (answer != ANSWER_GAP && answer != p->rules[i].outcome)
			return ANSWER_CONFLICT;
		answer = p->rules[i].outcome;
	}
	return answer;
}

static uint64_t holding_rules(const struct plain *p, int decision, const int64_t *values, const int *outcomes)
{
	uint64_t holding = 0;
	for (int i = 0; i < p->rule_count; i++)
		if (p->rules[i].decision == decision && rule_holds(p, &p->rules[i], values, outcomes))
			holding |= (uint64_t)1 << i;
	return holding;
}

/* Answers of all decisions up to `decision` that it rests on; false: a feeding one has none. */
static bool feeding_answers(const struct plain *p, const bool *needed, int decision, const int64_t *values, int *outcomes,
			    int *failed)
{
	for (int d = 0; d < decision; d++) {
		if (!needed[d])
			continue;
		int answer = answer_of(p, reasons_among(p, holding_rules(p, d, values, outcomes)));
		outcomes[d] = answer;
		if (answer < 0) {
			*failed = d;
			return false;
		}
	}
	return true;
}

/* ---- what a decision reads ---- */

static void read_node(const struct plain *p, int node, bool *facts, bool *decisions)
{
	if (node < 0)
		return;
	const struct plain_cond *c = &p->nodes[node];
	if (c->op == P_AND || c->op == P_OR || c->op == P_NOT) {
		read_node(p, c->left, facts, decisions);
		if (c->op != P_NOT)
			read_node(p, c->right, facts, decisions);
	} else if (c->op == P_DECISION_IS || c->op == P_DECISION_IS_NOT || c->op == P_DECISION_IN) {
		decisions[c->decision] = true;
	} else {
		facts[c->fact] = true;
	}
}

static void read_decision(const struct plain *p, int decision, bool *facts, bool *decisions)
{
	bool named[MAX_DECISIONS] = { false };
	for (int i = 0; i < p->rule_count; i++) {
		const struct plain_rule *r = &p->rules[i];
		if (r->decision != decision)
			continue;
		read_node(p, r->when, facts, named);
		read_node(p, r->except, facts, named);
		if (r->table >= 0)
			read_node(p, p->tables[r->table].when, facts, named);
		for (int f = 0; f < p->fact_count; f++)
			read_node(p, r->cells[f], facts, named);
		if (r->has_from || r->has_to)
			facts[p->fact_count - 1] = true;
	}
	for (int d = 0; d < decision; d++)
		if (named[d] && !decisions[d]) {
			decisions[d] = true;
			read_decision(p, d, facts, decisions);
		}
}

static bool constraint_touches(const struct plain *p, int index, const bool *facts, bool *own)
{
	bool none[MAX_DECISIONS] = { false }, touches = false;
	memset(own, 0, MAX_FACTS * sizeof *own);
	read_node(p, p->constraints[index][0], own, none);
	read_node(p, p->constraints[index][1], own, none);
	for (int f = 0; f < p->fact_count; f++)
		touches |= own[f] && facts[f];
	return touches;
}

static void tie_by_constraints(const struct plain *p, bool *facts)
{
	bool own[MAX_FACTS];
	for (int again = 1; again;) {
		again = 0;
		for (int i = 0; i < p->constraint_count; i++)
			if (constraint_touches(p, i, facts, own))
				for (int f = 0; f < p->fact_count; f++)
					if (own[f] && !facts[f])
						facts[f] = true, again = 1;
	}
}

/* ---- the space of cases ---- */

static void fill_on(const struct plain *p, struct plain_dim *dim)
{
	int64_t cuts[2 * MAX_RULES + 2];
	int n = 0;
	const struct plain_fact *f = &p->facts[dim->fact];
	cuts[n++] = f->low;
	for (int i = 0; i < p->rule_count; i++) {
		if (p->rules[i].has_from)
			cuts[n++] = p->rules[i].from;
		if (p->rules[i].has_to)
			cuts[n++] = p->rules[i].to + 1;
	}
	for (int64_t at = f->low; at <= f->high;) {
		int64_t next = f->high + 1;
		for (int i = 0; i < n; i++)
			if (cuts[i] > at && cuts[i] < next)
				next = cuts[i];
		dim->low[dim->points] = at;
		dim->high[dim->points++] = next - 1;
		at = next;
	}
}

static void add_dim(const struct plain *p, struct naive_space *s, int fact, int member)
{
	struct plain_dim *dim = &s->dims[s->dim_count++];
	const struct plain_fact *f = &p->facts[fact];
	*dim = (struct plain_dim){ .fact = fact, .member = member };
	if (f->is_on) {
		fill_on(p, dim);
	} else {
		bool two = f->kind == PLAIN_BOOLEAN || f->kind == PLAIN_SET;
		int64_t low = two || f->kind == PLAIN_ENUMERATION ? 0 : f->low;
		dim->points = two ? 2 : f->kind == PLAIN_ENUMERATION ? f->members : (int)(f->high - f->low + 1);
		for (int i = 0; i < dim->points; i++)
			dim->low[i] = dim->high[i] = low + i;
	}
	s->cases *= (size_t)dim->points;
}

static void space_of_facts(const struct plain *p, const bool *facts, struct naive_space *s)
{
	memset(s, 0, sizeof *s);
	s->cases = 1;
	memcpy(s->facts, facts, sizeof s->facts);
	for (int f = 0; f < p->fact_count; f++)
		for (int m = 0; facts[f] && m < (p->facts[f].kind == PLAIN_SET ? p->facts[f].members : 1); m++)
			add_dim(p, s, f, m);
}

void naive_space_of(const struct plain *p, int decision, struct naive_space *s)
{
	bool facts[MAX_FACTS] = { false }, decisions[MAX_DECISIONS] = { false };
	read_decision(p, decision, facts, decisions);
	tie_by_constraints(p, facts);
	space_of_facts(p, facts, s);
}

static int64_t values_at(const struct plain *p, const struct naive_space *s, size_t index, int64_t *values)
{
	int64_t weight = 1;
	for (int f = 0; f < p->fact_count; f++)
		values[f] = p->facts[f].kind == PLAIN_INTEGER || p->facts[f].kind == PLAIN_DATE ? p->facts[f].low : 0;
	for (int d = s->dim_count - 1; d >= 0; d--) {
		const struct plain_dim *dim = &s->dims[d];
		size_t at = index % (size_t)dim->points;
		index /= (size_t)dim->points;
		if (p->facts[dim->fact].kind == PLAIN_SET)
			values[dim->fact] |= (int64_t)at << dim->member;
		else
			values[dim->fact] = dim->low[at];
		weight *= dim->high[at] - dim->low[at] + 1;
	}
	return weight;
}

static bool satisfies(const struct plain *p, const struct naive_space *s, const int64_t *values)
{
	bool own[MAX_FACTS];
	for (int i = 0; i < p->constraint_count; i++) {
		if (!constraint_touches(p, i, s->facts, own))
			continue;
		if (naive_holds(p, p->constraints[i][0], values, NULL) && !naive_holds(p, p->constraints[i][1], values, NULL))
			return false;
	}
	return true;
}

bool naive_contradiction(const struct plain *p)
{
	bool facts[MAX_FACTS] = { false }, own[MAX_FACTS], all[MAX_FACTS];
	struct naive_space s;
	memset(all, 1, sizeof all);
	for (int i = 0; i < p->constraint_count; i++) {
		constraint_touches(p, i, all, own);
		for (int f = 0; f < p->fact_count; f++)
			facts[f] |= own[f];
	}
	space_of_facts(p, facts, &s);
	for (size_t i = 0; i < s.cases && s.cases <= MAX_CASES; i++) {
		int64_t values[MAX_FACTS];
		values_at(p, &s, i, values);
		if (satisfies(p, &s, values))
			return false;
	}
	return true;
}

/* ---- one decision, all its cases ---- */

static void survey_make(struct survey *s, const struct plain *p, int decision)
{
	bool facts[MAX_FACTS] = { false }, needed[MAX_DECISIONS] = { false };
	*s = (struct survey){ .p = p, .decision = decision };
	naive_space_of(p, decision, &s->space);
	read_decision(p, decision, facts, needed);
	size_t n = s->space.cases;
	s->valid = calloc(n, sizeof *s->valid);
	s->weight = calloc(n, sizeof *s->weight);
	s->holding = calloc(n, sizeof *s->holding);
	s->reasons = calloc(n, sizeof *s->reasons);
	s->answer = calloc(n, sizeof *s->answer);
	s->in = calloc(n, sizeof *s->in);
	for (size_t i = 0; i < n; i++) {
		int64_t values[MAX_FACTS];
		int outcomes[MAX_DECISIONS], failed;
		s->weight[i] = values_at(p, &s->space, i, values);
		s->valid[i] = satisfies(p, &s->space, values) &&
			      feeding_answers(p, needed, decision, values, outcomes, &failed);
		if (!s->valid[i])
			continue;
		s->holding[i] = holding_rules(p, decision, values, outcomes);
		s->reasons[i] = reasons_among(p, s->holding[i]);
		s->answer[i] = answer_of(p, s->reasons[i]);
	}
}

static void survey_free(struct survey *s)
{
	free(s->valid);
	free(s->weight);
	free(s->holding);
	free(s->reasons);
	free(s->answer);
	free(s->in);
}

/* ---- canonical regions ---- */

struct box {
	uint64_t points[MAX_DIMS];   /* per dimension a set of points */
};

/* Calls every case of the box; stops when `visit` is false. */
static bool box_all(const struct naive_space *s, const struct box *box, int dim, size_t index, const bool *in, bool *clear)
{
	if (dim == s->dim_count) {
		if (clear)
			clear[index] = false;
		return in[index];
	}
	for (int i = 0; i < s->dims[dim].points; i++)
		if ((box->points[dim] >> i & 1) &&
		    !box_all(s, box, dim + 1, index * (size_t)s->dims[dim].points + (size_t)i, in, clear) && !clear)
			return false;
	return true;
}

static bool fits(const struct naive_space *s, const struct box *box, int dim, int point, const bool *in)
{
	struct box slice = *box;
	slice.points[dim] = (uint64_t)1 << point;
	return box_all(s, &slice, 0, 0, in, NULL);
}

static void widen(const struct plain *p, const struct naive_space *s, struct box *box, const int *least, const bool *in)
{
	for (int d = 0; d < s->dim_count; d++) {
		enum plain_kind kind = p->facts[s->dims[d].fact].kind;
		bool line = kind == PLAIN_INTEGER || kind == PLAIN_DATE;
		for (int i = least[d] + 1; i < s->dims[d].points; i++) {
			if (fits(s, box, d, i, in))
				box->points[d] |= (uint64_t)1 << i;
			else if (line)
				break;
		}
	}
}

void naive_append(char *text, size_t capacity, const char *more)
{
	size_t n = strlen(text);
	if (n + strlen(more) + 1 < capacity)
		memcpy(text + n, more, strlen(more) + 1);
}

static void date_json(int64_t day, char out[16])
{
	int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097, yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;
	snprintf(out, 16, "\"%04d-%02d-%02d\"", (int)(yoe + era * 400 + (month <= 2)) % 10000, (int)month % 100,
		 (int)(doy - (153 * mp + 2) / 5 + 1) % 100);
}

static void number_json(const struct plain_fact *f, int64_t v, char out[24])
{
	if (f->kind == PLAIN_DATE)
		date_json(v, out);
	else
		snprintf(out, 24, "%lld", (long long)v);
}

static bool whole(const struct naive_space *s, const struct box *box, int d)
{
	return box->points[d] == (s->dims[d].points == 64 ? ~(uint64_t)0 : ((uint64_t)1 << s->dims[d].points) - 1);
}

/* The stretch of numbers that a dimension of the box covers. */
static void stretch(const struct naive_space *s, const struct box *box, int d, int64_t *low, int64_t *high)
{
	bool first = true;
	for (int i = 0; i < s->dims[d].points; i++) {
		if (!(box->points[d] >> i & 1))
			continue;
		if (first)
			*low = s->dims[d].low[i];
		*high = s->dims[d].high[i];
		first = false;
	}
}

static void describe_set(const struct plain *p, const struct naive_space *s, const struct box *box, int *d, char *when,
			 char *witness)
{
	int fact = s->dims[*d].fact;
	char with[128] = "", without[128] = "", has[128] = "", item[64];
	bool any = true;
	for (; *d < s->dim_count && s->dims[*d].fact == fact; (*d)++) {
		snprintf(item, sizeof item, "\"m%d_%d\"", fact, s->dims[*d].member);
		if (box->points[*d] == 3)
			continue;
		any = false;
		char *to = box->points[*d] == 2 ? with : without;
		naive_append(to, 128, *to ? ", " : "");
		naive_append(to, 128, item);
		if (box->points[*d] == 2) {
			naive_append(has, 128, *has ? ", " : "");
			naive_append(has, 128, item);
		}
	}
	(*d)--;
	if (any)
		return;
	char line[400];
	snprintf(line, sizeof line, "%s={\"with\": [%s], \"without\": [%s]};", p->facts[fact].id, with, without);
	naive_append(when, 1024, line);
	snprintf(line, sizeof line, "%s=[%s];", p->facts[fact].id, has);
	naive_append(witness, 1024, line);
}

static void describe_members(const struct plain *p, const struct naive_space *s, const struct box *box, int d, char *when,
			     char *witness)
{
	const struct plain_fact *f = &p->facts[s->dims[d].fact];
	char line[64];
	int n = 0;
	snprintf(line, sizeof line, "%s=[", f->id);
	naive_append(when, 1024, line);
	for (int i = 0; i < s->dims[d].points; i++) {
		if (!(box->points[d] >> i & 1))
			continue;
		if (f->kind == PLAIN_BOOLEAN)
			snprintf(line, sizeof line, "%s", i ? "true" : "false");
		else
			snprintf(line, sizeof line, "\"m%d_%d\"", s->dims[d].fact, i);
		naive_append(when, 1024, n ? ", " : "");
		naive_append(when, 1024, line);
		if (!n++) {
			naive_append(witness, 1024, f->id);
			naive_append(witness, 1024, "=");
			naive_append(witness, 1024, line);
			naive_append(witness, 1024, ";");
		}
	}
	naive_append(when, 1024, "];");
}

static void describe(const struct plain *p, const struct naive_space *s, const struct box *box, char *when, char *witness)
{
	for (int d = 0; d < s->dim_count; d++) {
		const struct plain_fact *f = &p->facts[s->dims[d].fact];
		if (f->kind == PLAIN_SET) {
			describe_set(p, s, box, &d, when, witness);
		} else if (whole(s, box, d)) {
			continue;
		} else if (f->kind == PLAIN_INTEGER || f->kind == PLAIN_DATE) {
			int64_t low = 0, high = 0;
			char a[24], b[24], line[80];
			stretch(s, box, d, &low, &high);
			number_json(f, low, a);
			number_json(f, high, b);
			snprintf(line, sizeof line, "%s=[%s, %s];", f->id, a, b);
			naive_append(when, 1024, line);
			snprintf(line, sizeof line, "%s=%s;", f->id, low == f->low ? b : a);
			naive_append(witness, 1024, line);
		} else {
			describe_members(p, s, box, d, when, witness);
		}
	}
}

static int64_t box_weight(const struct naive_space *s, const struct box *box)
{
	int64_t weight = 1;
	for (int d = 0; d < s->dim_count; d++) {
		int64_t sum = 0;
		for (int i = 0; i < s->dims[d].points; i++)
			if (box->points[d] >> i & 1)
				sum += s->dims[d].high[i] - s->dims[d].low[i] + 1;
		weight *= sum;
	}
	return weight;
}

/* Fills count, regions, rest and witness from in[]; false: in[] is empty. in[] is used up. */
static bool canonical(const struct plain *p, const struct naive_space *s, const int64_t *weight, bool *in,
		      struct plain_finding *f)
{
	int64_t total = 0, listed = 0;
	size_t at = 0;
	for (size_t i = 0; i < s->cases; i++)
		total += in[i] ? weight[i] : 0;
	if (total == 0)
		return false;
	snprintf(f->count, sizeof f->count, "%lld", (long long)total);
	while (f->region_count < MAX_REGIONS) {
		while (at < s->cases && !in[at])
			at++;
		if (at == s->cases)
			break;
		struct box box;
		int least[MAX_DIMS];
		size_t rest = at;
		for (int d = s->dim_count - 1; d >= 0; d--) {
			least[d] = (int)(rest % (size_t)s->dims[d].points);
			rest /= (size_t)s->dims[d].points;
			box.points[d] = (uint64_t)1 << least[d];
		}
		widen(p, s, &box, least, in);
		struct plain_region *r = &f->regions[f->region_count++];
		char witness[1024] = "";
		describe(p, s, &box, r->when, witness);
		if (f->region_count == 1)
			memcpy(f->witness, witness, sizeof witness);
		memcpy(r->points, box.points, sizeof r->points);
		snprintf(r->count, sizeof r->count, "%lld", (long long)box_weight(s, &box));
		listed += box_weight(s, &box);
		box_all(s, &box, 0, 0, in, in);
	}
	if (listed < total)
		snprintf(f->rest, sizeof f->rest, "%lld", (long long)(total - listed));
	return true;
}

bool naive_regions(const struct plain *p, const struct naive_space *s, const int64_t *weight, bool *in, struct plain_finding *f)
{
	return canonical(p, s, weight, in, f);
}

/* ---- findings ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void naive_name_rules(const struct plain *p, uint64_t rules, struct plain_finding *f)
{
	const char *ids[MAX_RULES];
	int n = 0;
	for (int i = 0; i < p->rule_count; i++)
		if (rules >> i & 1)
			ids[n++] = p->rules[i].id;
	qsort(ids, (size_t)n, sizeof *ids, by_text);
	for (int i = 0; i < n; i++) {
		naive_append(f->rules, sizeof f->rules, i ? " " : "");
		naive_append(f->rules, sizeof f->rules, ids[i]);
	}
}

struct plain_finding *naive_finding(struct plain_findings *out, const char *slug, const char *decision)
{
	if (out->count == MAX_FINDINGS) {
		out->too_many = true;
		out->count--;
	}
	struct plain_finding *f = &out->items[out->count++];
	memset(f, 0, sizeof *f);
	f->slug = slug;
	snprintf(f->decision, sizeof f->decision, "%s", decision);
	return f;
}

/* Reports in[] of the survey as a finding about `rules`, if it is not empty. */
void naive_report(struct survey *s, struct plain_findings *out, const char *slug, uint64_t rules)
{
	struct plain_finding *f = naive_finding(out, slug, s->p->decisions[s->decision].id);
	naive_name_rules(s->p, rules, f);
	if (!canonical(s->p, &s->space, s->weight, s->in, f))
		out->count--;
}

static bool own_rule(const struct survey *s, int rule)
{
	return s->p->rules[rule].decision == s->decision;
}

static bool same_table(const struct plain *p, int a, int b)
{
	return p->rules[a].table >= 0 && p->rules[a].table == p->rules[b].table;
}

/* The cases of a pair: both reasons, or, where the table's hit policy forbids it, both holding. */
static bool pair_meets(const struct survey *s, size_t i, int a, int b, bool conflict)
{
	uint64_t both = BIT(a) | BIT(b);
	if (conflict && same_table(s->p, a, b) && s->p->tables[s->p->rules[a].table].hit < 2)
		return (s->holding[i] & both) == both;
	return (s->reasons[i] & both) == both;
}

static bool pair_concerns(const struct survey *s, int a, int b, bool conflict)
{
	bool same = s->p->rules[a].outcome == s->p->rules[b].outcome;
	bool unique = same_table(s->p, a, b) && s->p->tables[s->p->rules[a].table].hit == 0;
	if (conflict)
		return !same || unique;
	return same && !unique && !s->p->rules[a].is_default && !s->p->rules[b].is_default;
}

static void check_pair(struct survey *s, struct plain_findings *out, int a, int b, bool conflict)
{
	if (!pair_concerns(s, a, b, conflict))
		return;
	for (size_t i = 0; i < s->space.cases; i++)
		s->in[i] = s->valid[i] && pair_meets(s, i, a, b, conflict);
	naive_report(s, out, conflict ? "conflict" : "overlap", BIT(a) | BIT(b));
}

/* A rule against the rows of one table: one finding. */
static void check_against_table(struct survey *s, struct plain_findings *out, int rule, int table, bool conflict)
{
	const struct plain_table *t = &s->p->tables[table];
	uint64_t involved = BIT(rule);
	memset(s->in, 0, s->space.cases * sizeof *s->in);
	for (int row = t->first_rule; row < t->first_rule + t->rows; row++) {
		if (!pair_concerns(s, rule, row, conflict))
			continue;
		for (size_t i = 0; i < s->space.cases; i++)
			if (s->valid[i] && pair_meets(s, i, rule, row, conflict)) {
				s->in[i] = true;
				involved |= BIT(row);
			}
	}
	naive_report(s, out, conflict ? "conflict" : "overlap", involved);
}

static void check_pairs(struct survey *s, struct plain_findings *out, bool conflict)
{
	const struct plain *p = s->p;
	for (int a = 0; a < p->rule_count; a++) {
		if (!own_rule(s, a))
			continue;
		for (int b = a + 1; b < p->rule_count; b++)
			if (own_rule(s, b) && (p->rules[a].table < 0) == (p->rules[b].table < 0))
				check_pair(s, out, a, b, conflict);
		for (int t = 0; p->rules[a].table < 0 && t < p->table_count; t++)
			if (p->tables[t].decision == s->decision)
				check_against_table(s, out, a, t, conflict);
	}
}

/* One mistake, one message: a 完备 table whose rows are all that the decision has says its gap. */
static bool gap_is_a_tables(const struct survey *s)
{
	for (int t = 0; t < s->p->table_count; t++) {
		const struct plain_table *table = &s->p->tables[t];
		bool only = table->decision == s->decision && table->complete;
		for (int r = 0; r < s->p->rule_count; r++)
			only &= s->p->rules[r].decision != s->decision || s->p->rules[r].table == t;
		if (only)
			return true;
	}
	return false;
}

static void check_gaps(struct survey *s, struct plain_findings *out)
{
	for (size_t i = 0; i < s->space.cases; i++)
		s->in[i] = s->valid[i] && s->answer[i] == ANSWER_GAP;
	if (!gap_is_a_tables(s))
		naive_report(s, out, "gap", 0);
	for (int t = 0; t < s->p->table_count; t++) {
		const struct plain_table *table = &s->p->tables[t];
		uint64_t rows = (BIT(table->rows) - 1) << table->first_rule;
		if (table->decision != s->decision || !table->complete)
			continue;
		for (size_t i = 0; i < s->space.cases; i++)
			s->in[i] = s->valid[i] && !(s->holding[i] & rows);
		int before = out->count;
		naive_report(s, out, "gap", 0);
		if (out->count > before)
			naive_append(out->items[before].rules, sizeof out->items[before].rules, table->name);
	}
}

static bool ever(const struct survey *s, const uint64_t *masks, int rule)
{
	for (size_t i = 0; i < s->space.cases; i++)
		if (s->valid[i] && (masks[i] >> rule & 1))
			return true;
	return false;
}

static bool changes_nothing(const struct survey *s, int rule)
{
	for (size_t i = 0; i < s->space.cases; i++)
		if (s->valid[i] && (s->holding[i] >> rule & 1) &&
		    answer_of(s->p, reasons_among(s->p, s->holding[i] & ~BIT(rule))) != s->answer[i])
			return false;
	return true;
}

static bool first_hit_only(const struct plain *p, int beater, int rule)
{
	return same_table(p, beater, rule) && p->tables[p->rules[rule].table].hit == 2 &&
	       p->rules[beater].row < p->rules[rule].row;
}

static void check_overridden(struct survey *s, struct plain_findings *out, int rule)
{
	uint64_t beaters = 0;
	for (size_t i = 0; i < s->space.cases; i++) {
		s->in[i] = false;
		if (!s->valid[i] || !(s->holding[i] >> rule & 1))
			continue;
		uint64_t by = beaten_by(s->p, rule, s->holding[i]);
		for (int b = 0; b < s->p->rule_count; b++)
			if (first_hit_only(s->p, b, rule))
				by &= ~BIT(b);
		s->in[i] = by != 0;
		beaters |= by;
	}
	naive_report(s, out, "overridden", beaters | BIT(rule));
}

/* Rules that beat it somewhere. */
static uint64_t all_beaters(const struct survey *s, int rule)
{
	uint64_t beaters = 0;
	for (size_t i = 0; i < s->space.cases; i++)
		if (s->valid[i] && (s->holding[i] >> rule & 1))
			beaters |= beaten_by(s->p, rule, s->holding[i]);
	return beaters;
}

static void check_rules(struct survey *s, struct plain_findings *out)
{
	const char *id = s->p->decisions[s->decision].id;
	for (int r = 0; r < s->p->rule_count; r++) {
		if (!own_rule(s, r))
			continue;
		s->impossible |= ever(s, s->holding, r) ? 0 : BIT(r);
		s->unreachable |= ever(s, s->holding, r) && !ever(s, s->reasons, r) ? BIT(r) : 0;
		if (s->impossible & BIT(r))
			naive_name_rules(s->p, BIT(r), naive_finding(out, "impossible", id));
		if (s->unreachable & BIT(r))
			naive_name_rules(s->p, BIT(r) | naive_least_cover(s, r, all_beaters(s, r)),
					 naive_finding(out, "unreachable", id));
	}
	naive_masked(s, out);
	for (int r = 0; r < s->p->rule_count; r++) {
		if (!own_rule(s, r) || ((s->impossible | s->unreachable) & BIT(r)))
			continue;
		if (!((s->said | s->hides) & BIT(r)) && changes_nothing(s, r)) {
			naive_name_rules(s->p, BIT(r), naive_finding(out, "redundant", id));
			s->said |= BIT(r);
		}
		if (!s->p->rules[r].is_default)
			check_overridden(s, out, r);
	}
	naive_misleading(s, out);
	naive_mergeable(s, out);
}

/* ---- properties ---- */

static void check_implication(const struct plain *p, const struct plain_property *q, struct plain_findings *out)
{
	bool facts[MAX_FACTS] = { false }, needed[MAX_DECISIONS] = { false };
	struct naive_space space;
	read_node(p, q->when, facts, needed);
	needed[q->decision] = true;
	for (int d = p->decision_count - 1; d >= 0; d--)
		if (needed[d])
			read_decision(p, d, facts, needed);
	tie_by_constraints(p, facts);
	space_of_facts(p, facts, &space);
	if (space.cases > MAX_CASES * 4) {
		out->too_many = true;
		return;
	}
	bool *in = calloc(space.cases, sizeof *in);
	int64_t *weight = calloc(space.cases, sizeof *weight);
	for (size_t i = 0; i < space.cases; i++) {
		int64_t values[MAX_FACTS];
		int outcomes[MAX_DECISIONS], failed;
		weight[i] = values_at(p, &space, i, values);
		in[i] = satisfies(p, &space, values) &&
			feeding_answers(p, needed, p->decision_count, values, outcomes, &failed) &&
			naive_holds(p, q->when, values, outcomes) && !(q->outcomes >> outcomes[q->decision] & 1);
	}
	struct plain_finding *f = naive_finding(out, "refuted", "");
	naive_append(f->rules, sizeof f->rules, q->id);
	if (!canonical(p, &space, weight, in, f))
		out->count--;
	free(in);
	free(weight);
}

static void check_monotone(const struct plain *p, const struct plain_property *q, struct plain_findings *out)
{
	struct survey s;
	survey_make(&s, p, q->decision);
	int dim = -1;
	size_t step = 1;
	for (int d = s.space.dim_count - 1; d >= 0 && dim < 0; d--) {
		if (s.space.dims[d].fact == q->fact)
			dim = d;
		else
			step *= (size_t)s.space.dims[d].points;
	}
	int64_t count = 0;
	for (size_t i = 0; dim >= 0 && i < s.space.cases; i++) {
		int at = (int)(i / step % (size_t)s.space.dims[dim].points);
		if (!s.valid[i] || s.answer[i] < 0 || q->rank[s.answer[i]] < 0)
			continue;
		for (int k = at + 1; k < s.space.dims[dim].points; k++) {
			size_t other = i + (size_t)(k - at) * step;
			if (s.valid[other] && s.answer[other] >= 0 && q->rank[s.answer[other]] >= 0 &&
			    q->rank[s.answer[other]] < q->rank[s.answer[i]])
				count += s.weight[i];
		}
	}
	if (count) {
		struct plain_finding *f = naive_finding(out, "refuted", "");
		naive_append(f->rules, sizeof f->rules, q->id);
		snprintf(f->count, sizeof f->count, "%lld", (long long)count);
	}
	survey_free(&s);
}

void naive_findings(const struct plain *p, struct plain_findings *out)
{
	out->count = 0;
	out->too_many = false;
	for (int d = 0; d < p->decision_count; d++) {
		struct survey s;
		survey_make(&s, p, d);
		check_pairs(&s, out, true);
		check_pairs(&s, out, false);
		check_gaps(&s, out);
		check_rules(&s, out);
		survey_free(&s);
	}
	for (int i = 0; i < p->property_count; i++) {
		if (p->properties[i].monotone)
			check_monotone(p, &p->properties[i], out);
		else
			check_implication(p, &p->properties[i], out);
	}
}

/* ---- deciding, with unknown facts: every completion, one by one ---- */

struct completion {
	bool allowed;             /* satisfies the constraints */
	int answer;               /* an outcome, ANSWER_GAP, ANSWER_CONFLICT, or ANSWER_FEEDING */
	uint64_t reasons;
	int64_t values[MAX_FACTS];
};
enum { ANSWER_FEEDING = -3 };

struct completions {
	struct completion *items;
	size_t count, allowed;
};

static bool agrees(const struct plain *p, const struct naive_space *s, size_t index, const int64_t *values,
		   const bool *unknown, int64_t *out)
{
	values_at(p, s, index, out);
	for (int f = 0; f < p->fact_count; f++) {
		if (!s->facts[f] || unknown[f])
			continue;
		if (!p->facts[f].is_on && out[f] != values[f])
			return false;
	}
	int on = p->fact_count - 1;
	if (!p->has_on || !s->facts[on] || unknown[on])
		return true;
	for (int d = 0; d < s->dim_count; d++)  /* the stretch that holds the given day */
		for (int i = 0; s->dims[d].fact == on && i < s->dims[d].points; i++)
			if (values[on] >= s->dims[d].low[i] && values[on] <= s->dims[d].high[i] && out[on] != s->dims[d].low[i])
				return false;
	return true;
}

static void complete(const struct plain *p, int decision, const int64_t *values, const bool *unknown,
		     const struct naive_space *s, struct completions *all)
{
	bool facts[MAX_FACTS] = { false }, needed[MAX_DECISIONS] = { false };
	read_decision(p, decision, facts, needed);
	all->items = calloc(s->cases, sizeof *all->items);
	for (size_t i = 0; i < s->cases; i++) {
		struct completion *c = &all->items[all->count];
		int outcomes[MAX_DECISIONS], failed;
		if (!agrees(p, s, i, values, unknown, c->values))
			continue;
		all->count++;
		c->allowed = satisfies(p, s, c->values);
		if (!c->allowed)
			continue;
		all->allowed++;
		c->answer = ANSWER_FEEDING;
		if (!feeding_answers(p, needed, decision, c->values, outcomes, &failed))
			continue;
		c->reasons = reasons_among(p, holding_rules(p, decision, c->values, outcomes));
		c->answer = answer_of(p, c->reasons);
	}
}

static bool same_but(const struct plain *p, const struct naive_space *s, const struct completion *a,
		     const struct completion *b, int fact)
{
	for (int f = 0; f < p->fact_count; f++)
		if (s->facts[f] && f != fact && a->values[f] != b->values[f])
			return false;
	return true;
}

/* Possible outcomes among the completions in which the fact has this value; -1 in *count when there is none. */
static uint64_t possible_given(const struct completions *all, int fact, int64_t value, bool *any)
{
	uint64_t possible = 0;
	*any = false;
	for (size_t i = 0; i < all->count; i++) {
		const struct completion *c = &all->items[i];
		if (!c->allowed || (fact >= 0 && c->values[fact] != value))
			continue;
		*any = true;
		if (c->answer >= 0)
			possible |= BIT(c->answer);
	}
	return possible;
}

static int ones(uint64_t mask)
{
	int n = 0;
	for (; mask; mask &= mask - 1)
		n++;
	return n;
}

/* How the answer depends on a fact: whether to ask, and how many outcomes its worst value leaves. */
static bool depends_on(const struct plain *p, const struct naive_space *s, const struct completions *all, uint64_t possible,
		       int fact, int *worst)
{
	bool depends = false;
	*worst = 0;
	for (size_t i = 0; i < all->count; i++) {
		const struct completion *c = &all->items[i];
		bool any;
		if (!c->allowed)
			continue;
		uint64_t given = possible_given(all, fact, c->values[fact], &any);
		if (ones(given) > *worst)
			*worst = ones(given);
		depends |= given != possible;
		for (size_t k = i + 1; k < all->count && !depends; k++) {
			const struct completion *o = &all->items[k];
			depends = o->allowed && c->answer >= 0 && o->answer >= 0 && c->answer != o->answer &&
				  same_but(p, s, c, o, fact);
		}
	}
	return depends;
}

static void what_to_ask(const struct plain *p, const struct naive_space *s, const struct completions *all,
			const bool *unknown, struct naive_answer *out)
{
	int worst[MAX_FACTS];
	for (int pass = 0; pass < 2 && out->ask_count == 0; pass++)
		for (int f = 0; f < p->fact_count; f++)
			if (s->facts[f] && unknown[f] && (depends_on(p, s, all, out->possible, f, &worst[f]) || pass == 1))
				out->ask[out->ask_count++] = f;
	for (int i = 1; i < out->ask_count; i++)
		for (int k = i; k > 0 && worst[out->ask[k]] < worst[out->ask[k - 1]]; k--) {
			int swap = out->ask[k];
			out->ask[k] = out->ask[k - 1];
			out->ask[k - 1] = swap;
		}
}

static enum naive_verdict verdict_without_outcome(const struct completions *all)
{
	bool all_gaps = true, feeding = false;
	for (size_t i = 0; i < all->count; i++) {
		if (!all->items[i].allowed)
			continue;
		all_gaps &= all->items[i].answer == ANSWER_GAP;
		feeding |= all->items[i].answer == ANSWER_FEEDING;
	}
	return all_gaps ? NAIVE_GAP : feeding ? NAIVE_FEEDING : NAIVE_CONFLICT;
}

void naive_decide(const struct plain *p, int decision, const int64_t *values, const bool *unknown,
		  struct naive_answer *out)
{
	struct naive_space s;
	struct completions all = { 0 };
	bool any;
	*out = (struct naive_answer){ .outcome = -1, .reasons = ~(uint64_t)0 };
	naive_space_of(p, decision, &s);
	complete(p, decision, values, unknown, &s, &all);
	out->possible = possible_given(&all, -1, 0, &any);
	if (all.allowed == 0) {
		out->verdict = NAIVE_EXCLUDED;
	} else if (ones(out->possible) > 1) {
		out->verdict = NAIVE_OPEN;
		what_to_ask(p, &s, &all, unknown, out);
	} else {
		out->verdict = out->possible ? NAIVE_DECIDED : verdict_without_outcome(&all);
		uint64_t some = 0;
		for (size_t i = 0; i < all.count; i++) {
			const struct completion *c = &all.items[i];
			if (!c->allowed || (out->verdict == NAIVE_DECIDED && c->answer < 0))
				continue;
			out->reasons &= c->reasons;
			some |= c->reasons;
			if (c->answer >= 0)
				out->outcome = c->answer;
		}
		out->maybe = some & ~out->reasons;
	}
	free(all.items);
}
