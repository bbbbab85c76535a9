/* guiju-checker: reads the plain form of a rulebook and behind it a certificate from standard input, and accepts or
 * names the first line that it does not. docs/CERTIFICATE.md says what that proves. Shares no code with the compiler.
 * Exit status: 0 every decision is proved, 4 the certificate leaves some out, 1 refused. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define LIMIT_INPUT  ((size_t)1 << 26)	/* bytes */
#define LIMIT_DEPTH  4000u		/* cuts within each other */
#define LIMIT_ALIVE  32u		/* boxes remembered on the way to a leaf, for each word of the input */
#define LIMIT_STEPS  (UINT64_C(1) << 36) /* tests and pairs of rules looked at */
struct test { uint32_t axis; int64_t low, high; };	 /* the axis has a value from low to high */
struct slice { uint32_t first, end; };
struct box { struct slice tests; uint32_t rule; };	 /* the cases in which all its tests hold */
struct rule { uint32_t outcome; struct slice boxes, over; uint32_t position; bool shown; };
struct decision { uint32_t outcomes; struct slice rules, boxes; bool proved; uint32_t nth; };
struct checker {
	const char *at, *stop;
	size_t line;
	bool in_plain, covering, settling, is_case;	  /* what a tree is about; or one case */
	uint32_t axes, dims, decision_count, rule_count, box_count, test_count, proved_count, shown_count, alive_count;
	struct test *whole, *node, *tests; /* per axis (dimensions, then decisions: outcomes) all; and the box that is looked at */
	struct box *boxes;				  /* of rules, then of constraints, which hold no case */
	struct rule *rules;
	struct decision *decisions, *current;		  /* decisions[i].nth: the decision proved as the i-th */
	struct slice constraints;
	uint32_t *alive;				  /* per node on the way: boxes of rules that meet it, ascending */
	uint64_t steps, alive_capacity;
};

static void need(struct checker *c, bool holds, const char *why)
{
	if (holds && c->steps <= LIMIT_STEPS)
		return;
	printf("%s:%zu: %s\n", c->in_plain ? "plain" : "certificate", c->line, holds ? "limit: too much work" : why);
	exit(1);
}

static bool take(struct checker *c, const char *word)
{
	size_t size = strlen(word);
	bool there = (size_t)(c->stop - c->at) >= size && memcmp(c->at, word, size) == 0;
	c->at += there ? size : 0;
	c->line += there && word[size - 1] == '\n';
	return there;
}

static void expect(struct checker *c, const char *word)
{
	need(c, take(c, word), "something else must stand here");
}

/* Digits without leading zeros, from low to high. */
static int64_t number(struct checker *c, int64_t low, int64_t high)
{
	bool negative = take(c, "-");
	const char *start = c->at;
	int64_t n = 0;
	for (; c->at < c->stop && *c->at >= '0' && *c->at <= '9'; c->at++) {
		need(c, (n > 0 || c->at == start) && n <= (INT64_MAX - 9) / 10, "a number that begins with 0, or is too large");
		n = 10 * n + (*c->at - '0');
	}
	need(c, c->at > start && (n > 0 || !negative), "a number is missing");
	need(c, negative ? -n >= low && -n <= high : n >= low && n <= high, "a number is out of range");
	return negative ? -n : n;
}

static void skip_line(struct checker *c)
{
	while (c->at < c->stop && *c->at != '\n')
		c->at++;
	expect(c, "\n");
}

/* `5-7` or `5`, from low to high. */
static void take_range(struct checker *c, uint32_t axis, int64_t low, int64_t high)
{
	struct test *test = &c->tests[c->test_count++];
	*test = (struct test){ axis, number(c, low, high), 0 };
	test->high = take(c, "-") ? number(c, test->low, high) : test->low;
}

static struct slice take_boxes(struct checker *c, uint32_t rule, uint32_t axes)
{
	struct slice out = { c->box_count, c->box_count };
	for (; take(c, "box"); expect(c, "\n"), out.end = c->box_count) {
		struct box *box = &c->boxes[c->box_count++];
		*box = (struct box){ { c->test_count, c->test_count }, rule };
		for (uint32_t next = 0; take(c, " "); box->tests.end = c->test_count) {
			uint32_t axis = (uint32_t)number(c, next, (int64_t)axes - 1);
			next = axis + 1;
			expect(c, ":");
			take_range(c, axis, c->whole[axis].low, c->whole[axis].high);
		}
	}
	return out;
}

static void take_rule(struct checker *c, struct decision *d)
{
	struct rule *rule = &c->rules[c->rule_count];
	rule->outcome = (uint32_t)number(c, 0, (int64_t)d->outcomes - 1);
	expect(c, " ");
	skip_line(c);
	for (rule->over.first = c->test_count; take(c, "over "); expect(c, "\n"))
		take_range(c, 0, 0, UINT32_MAX);
	rule->over.end = c->test_count;
	rule->boxes = take_boxes(c, c->rule_count++, c->axes);
	d->boxes.end = c->box_count;
	d->rules.end = c->rule_count;
}

static void take_plain(struct checker *c)
{
	expect(c, "guiju-plain 0.2\n");
	while (take(c, "fact ") || take(c, "member "))
		for (skip_line(c); take(c, "axis "); expect(c, "\n")) {
			int64_t low = number(c, -INT64_MAX, INT64_MAX - 1);
			expect(c, " ");
			c->whole[c->axes] = (struct test){ c->axes, low, number(c, low, INT64_MAX - 1) };
			c->axes++;
		}
	for (c->dims = c->axes; take(c, "decision "); c->axes++) {
		uint32_t *outcomes = &c->decisions[c->decision_count++].outcomes;
		for (skip_line(c); take(c, "outcome "); skip_line(c))
			(*outcomes)++;
		need(c, *outcomes > 0, "a decision without outcomes");
		c->whole[c->axes] = (struct test){ c->axes, 0, (int64_t)*outcomes - 1 };
	}
	for (struct decision *d = c->decisions; d < c->decisions + c->decision_count; d++) {
		expect(c, "rules ");
		skip_line(c);
		d->rules = (struct slice){ c->rule_count, c->rule_count };
		for (d->boxes = (struct slice){ c->box_count, c->box_count }; take(c, "rule ");)
			take_rule(c, d);
	}
	for (c->constraints.first = c->box_count; take(c, "constraint "); take_boxes(c, UINT32_MAX, c->dims))
		skip_line(c);
	c->constraints.end = c->box_count;
	for (bool more = take(c, "guard "); more; more = take(c, "guard ") || take(c, "rule ") || take(c, "over ") || take(c, "box"))
		skip_line(c); /* guards of steps are compared, not proved */
	expect(c, "end\n");
	c->line = 1;
	c->in_plain = false;
}

static struct test narrowed(struct checker *c, struct test x, const struct box *box)
{
	for (uint32_t i = box ? box->tests.first : 0; box && i < box->tests.end && c->tests[i].axis <= x.axis; i++, c->steps++) {
		x.low = c->tests[i].axis == x.axis && c->tests[i].low > x.low ? c->tests[i].low : x.low;
		x.high = c->tests[i].axis == x.axis && c->tests[i].high < x.high ? c->tests[i].high : x.high;
	}
	return x;
}

/* Whether a box contains all that lies in the node, in s and in t (NULL: no such box); or else, whether it meets it. */
static bool relates(struct checker *c, const struct box *box, const struct box *s, const struct box *t, bool contains)
{
	for (uint32_t i = box->tests.first; i < box->tests.end; i++, c->steps++) {
		const struct test *own = &c->tests[i];
		struct test x = narrowed(c, narrowed(c, c->node[own->axis], s), t);
		if (x.low > x.high)
			return contains; /* nothing lies there */
		if (contains ? own->low > x.low || own->high < x.high : own->low > x.high || own->high < x.low)
			return false;
	}
	return true;
}

static bool any_relates(struct checker *c, struct slice boxes, const struct box *s, const struct box *t, bool contain)
{
	while (boxes.first < boxes.end && !relates(c, &c->boxes[boxes.first], s, t, contain))
		boxes.first++;
	return boxes.first < boxes.end;
}

/* The boxes of a decision's rules that meet the node. */
static struct slice gather(struct checker *c, const struct decision *d)
{
	struct slice out = { c->alive_count, c->alive_count };
	for (uint32_t i = d->boxes.first; i < d->boxes.end; i++, out.end = c->alive_count)
		if (relates(c, &c->boxes[i], NULL, NULL, false))
			c->alive[c->alive_count++] = i;
	return out;
}

static struct rule *rule_at(const struct checker *c, uint32_t at)
{
	return &c->rules[c->boxes[c->alive[at]].rule];
}

/* Of two rules of d: in a case in which both hold, a beats b. */
static bool beats(struct checker *c, const struct decision *d, const struct rule *a, const struct rule *b)
{
	int64_t place = b - c->rules - (int64_t)d->rules.first;
	for (uint32_t i = a->over.first; i < a->over.end && a->outcome != b->outcome; i++, c->steps++)
		if (c->tests[i].low <= place && place <= c->tests[i].high)
			return true;
	return false;
}

/* In the node, s and t the rule is beaten everywhere. */
static bool beaten(struct checker *c, const struct decision *d, struct slice alive, const struct rule *rule,
		   const struct box *s, const struct box *t)
{
	for (uint32_t k = alive.first; k < alive.end; k++, c->steps++)
		if (beats(c, d, rule_at(c, k), rule) && relates(c, &c->boxes[c->alive[k]], s, t, true))
			return true;
	return false;
}

/* The rule is a reason everywhere in the node. */
static bool is_reason(struct checker *c, const struct decision *d, struct slice alive, const struct rule *rule)
{
	bool reason = any_relates(c, rule->boxes, NULL, NULL, true);
	for (; alive.first < alive.end && reason; alive.first++, c->steps++)
		reason = !beats(c, d, rule_at(c, alive.first), rule);
	return reason;
}

/* Of two boxes of rules: no case in both has both rules for reasons, or the rules agree. */
static bool settled(struct checker *c, struct slice alive, const struct box *s, const struct box *t)
{
	const struct rule *a = &c->rules[s->rule], *b = &c->rules[t->rule];
	return a->outcome == b->outcome || beats(c, c->current, a, b) || beats(c, c->current, b, a) ||
	       !relates(c, s, NULL, t, false) || beaten(c, c->current, alive, a, s, t) || beaten(c, c->current, alive, b, s, t);
}

/* The node holds no case: no rule of a feeding decision is a reason for an outcome that the node leaves to it. */
static void check_void(struct checker *c, uint32_t index)
{
	const struct decision *d = &c->decisions[index];
	const struct test *given = &c->node[c->dims + index];
	const struct slice alive = gather(c, d);
	need(c, d->proved, "the feeding decision is not proved before");
	for (uint32_t i = alive.first; i < alive.end; i++)
		if (rule_at(c, i)->outcome >= given->low && rule_at(c, i)->outcome <= given->high)
			need(c, beaten(c, d, alive, rule_at(c, i), NULL, NULL), "the feeding decision may give this here");
	c->alive_count = alive.first;
}

static struct rule *take_covering(struct checker *c)
{
	struct slice own = c->current->rules;
	struct rule *rule = &c->rules[own.first + number(c, 0, (int64_t)(own.end - own.first) - 1)];
	need(c, any_relates(c, rule->boxes, NULL, NULL, true), "the rule does not hold everywhere here");
	return rule;
}

/* `!I`: the node holds a case, and I is a reason everywhere in it. */
static void take_shown(struct checker *c, struct slice alive)
{
	struct rule *rule = take_covering(c);
	need(c, !rule->shown, "a case of this rule is shown already");
	for (uint32_t i = c->dims; i < c->axes && !c->is_case; i++)
		need(c, c->node[i].high - c->node[i].low == c->whole[i].high, "an outcome of a feeding decision may not occur");
	need(c, !any_relates(c, c->constraints, NULL, NULL, false), "a constraint may exclude this");
	need(c, is_reason(c, c->current, alive, rule), "the rule may be beaten here");
	rule->shown = true;
	c->shown_count++;
}

static void check_leaf(struct checker *c, struct slice alive)
{
	if (take(c, "x")) {
		need(c, any_relates(c, c->constraints, NULL, NULL, true), "no constraint excludes all of this");
	} else if (take(c, "v")) {
		check_void(c, (uint32_t)number(c, 0, (int64_t)c->decision_count - 1));
	} else {
		bool named = take(c, "=") ? take_covering(c) != NULL : !c->covering && take(c, "~");
		for (; take(c, "!"); named = true)
			take_shown(c, alive);
		need(c, named, "no rule is named that holds everywhere here");
		for (uint32_t i = alive.first; i < alive.end && c->settling; i++)
			for (uint32_t k = i + 1; k < alive.end; k++, c->steps++)
				need(c, settled(c, alive, &c->boxes[c->alive[i]], &c->boxes[c->alive[k]]), "two rules may conflict here");
	}
	expect(c, "\n");
}

/* A cut and the two nodes that it makes, or a leaf. */
static void check_node(struct checker *c, struct slice alive, uint32_t depth)
{
	if (c->is_case || c->at == c->stop || *c->at < '0' || *c->at > '9') {
		check_leaf(c, alive);
		return;
	}
	struct test *cut = &c->node[number(c, 0, (int64_t)c->axes - 1)], before = *cut;
	expect(c, "<");
	int64_t from = number(c, before.low + 1, before.high);
	need(c, depth < LIMIT_DEPTH && c->alive_count + 3 * (uint64_t)c->box_count < c->alive_capacity, "limit: too deep");
	need(c, cut->axis < c->dims || c->decisions[cut->axis - c->dims].proved, "the feeding decision is not proved before");
	expect(c, "\n");
	for (int side = 0; side < 2; side++) {
		struct slice left = { c->alive_count, c->alive_count };
		*cut = (struct test){ before.axis, side == 0 ? before.low : from, side == 0 ? from - 1 : before.high };
		for (uint32_t i = alive.first; i < alive.end; i++, left.end = c->alive_count) {
			struct test x = narrowed(c, *cut, &c->boxes[c->alive[i]]);
			if (x.low <= x.high)
				c->alive[c->alive_count++] = c->alive[i];
		}
		check_node(c, left, depth + 1);
		c->alive_count = left.first;
	}
	*cut = before;
}

/* The node becomes one case of all facts (one that is not named has its least value) with what the proved decisions give in it. */
static void take_case(struct checker *c)
{
	while (take(c, " ")) {
		struct test *fact = &c->node[number(c, 0, (int64_t)c->dims - 1)];
		expect(c, ":");
		fact->low = fact->high = number(c, c->whole[fact->axis].low, c->whole[fact->axis].high);
	}
	for (uint32_t i = 0; i < c->proved_count; i++) {
		const struct decision *d = &c->decisions[c->decisions[i].nth];
		struct slice alive = gather(c, d);
		struct test *given = &c->node[c->dims + c->decisions[i].nth];
		for (uint32_t k = alive.first; k < alive.end; k++)
			if (is_reason(c, d, alive, rule_at(c, k)))
				given->low = given->high = rule_at(c, k)->outcome;
		c->alive_count = 0;
	}
}

/* An order of the rules in which none beats an earlier one, so that of those that hold in a case one is not beaten. */
static void take_order(struct checker *c, const struct decision *d)
{
	uint32_t count = d->rules.end - d->rules.first;
	struct rule *rules = c->rules + d->rules.first;
	for (uint32_t i = 0; i < count; i++) {
		expect(c, i == 0 ? "order " : " ");
		struct rule *rule = &rules[number(c, 0, (int64_t)count - 1)];
		need(c, rule->position == 0, "a rule stands twice in the order");
		rule->position = i + 1;
	}
	for (struct rule *rule = rules; rule < rules + count; rule++)
		for (uint32_t i = rule->over.first; i < rule->over.end; i++)
			for (int64_t b = c->tests[i].low; b <= c->tests[i].high && b < count; b++, c->steps++)
				need(c, rule->position < rules[b].position || rule->outcome == rules[b].outcome, "a rule beats an earlier one");
	expect(c, "\n");
}

static void take_decision(struct checker *c)
{
	uint32_t index = (uint32_t)number(c, 0, (int64_t)c->decision_count - 1);
	struct decision *d = c->current = &c->decisions[index];
	bool covered = false, is_settled = false;
	need(c, take(c, "\n") && !d->proved, "a decision that is proved already");
	take_order(c, d);
	for (uint32_t i = d->boxes.first; i < d->boxes.end; i++) /* no decision feeds itself */
		for (uint32_t t = c->boxes[i].tests.first; t < c->boxes[i].tests.end; t++)
			need(c, c->tests[t].axis < c->dims || c->decisions[c->tests[t].axis - c->dims].proved, "what feeds it is not proved before");
	c->shown_count = 0;
	while ((c->is_case = take(c, "case")) || take(c, "tree")) {
		for (uint32_t i = 0; i < c->axes; i++)
			c->node[i] = (struct test){ i, c->whole[i].low, c->is_case && i < c->dims ? c->whole[i].low : c->whole[i].high };
		if (c->is_case)
			take_case(c);
		c->covering = c->is_case || take(c, " cover");
		c->settling = !c->is_case && take(c, " settle");
		expect(c, "\n");
		check_node(c, gather(c, d), 0);
		c->alive_count = 0;
		covered = covered || (c->covering && !c->is_case);
		is_settled = is_settled || c->settling;
	}
	need(c, covered && is_settled && c->shown_count == d->rules.end - d->rules.first, "a tree or a rule's case is missing");
	c->decisions[c->proved_count++].nth = index;
	d->proved = true;
}

int main(void)
{
	static char bytes[LIMIT_INPUT + 1];
	static struct checker c = { .at = bytes, .line = 1, .in_plain = true };
	size_t size = fread(bytes, 1, sizeof bytes, stdin), words = 2;
	need(&c, size <= LIMIT_INPUT, "limit: the input is too large");
	c.stop = bytes + size;
	for (size_t i = 0; i < size; i++)
		words += bytes[i] == ' ' || bytes[i] == '\n';
	c.tests = calloc(words, sizeof *c.tests);
	c.node = calloc(words, sizeof *c.node);
	c.whole = calloc(words, sizeof *c.whole);
	c.boxes = calloc(words, sizeof *c.boxes);
	c.rules = calloc(words, sizeof *c.rules);
	c.decisions = calloc(words, sizeof *c.decisions);
	c.alive = calloc(words, LIMIT_ALIVE * sizeof *c.alive);
	c.alive_capacity = LIMIT_ALIVE * words;
	need(&c, c.tests && c.node && c.whole && c.boxes && c.rules && c.decisions && c.alive, "limit: out of memory");
	take_plain(&c);
	for (expect(&c, "guiju-certificate 0.1\n"); take(&c, "decision ");)
		take_decision(&c);
	need(&c, take(&c, "end\n") && c.at == c.stop, "the end must stand here, and nothing behind it");
	printf("%u of %u decisions proved\n", c.proved_count, c.decision_count);
	return c.proved_count < c.decision_count ? 4 : 0;
}
