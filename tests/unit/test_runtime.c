/* The runtime on tables lowered from small rulebooks: what a table says, complete and partial decisions, refusal of
 * what is no table, and the named limits of lowering. */
#include "format.h"
#include "guiju.h"
#include "lower/table.h"
#include "rulebook_fixture.h"

/* A rulebook with all that a table can hold: sets, periods, exceptions, ladders, a first-hit table, a decision that
 * feeds, constraints, discretion, a gap and a conflict. */
#define BOOK                                                                                                                               \
	"规则书 pool「游泳馆」 \"pool\"\n"                                                                                         \
	"事实 age「年龄」: 整数 0 至 120岁\n"                                                                                    \
	"事实 card「卡」 \"card\": 枚举 { none「无」、 day「日卡」、 year「年卡」 }\n"                                 \
	"事实 items「物品」: 集合 { food「食品」、 ball「球」、 knife「刀具」 }\n"                                    \
	"事实 sick「患病」: 是否 裁量\n"                                                                                         \
	"事实 member「会员」: 是否\n"                                                                                              \
	"前提 year_is_member 理由 「年卡即会员」\n  当 card 为 year 则 member 为 是\n"                                     \
	"前提 children_no_year 理由 「未满十二岁不办年卡」\n  当 age 不满12岁 则 card 不为 year\n"                   \
	"判定 group「年龄组」: { child「儿童」、 adult「成人」、 senior「老人」 }\n"                                  \
	"判定 entry「入场」: { free「免费」、 pay「付费」、 refused「不得入场」 }\n"                                 \
	"判定 odd「有缺口」: { a「甲」、 b「乙」 }\n"                                                                        \
	"判定 next「依赖」: { x「子」、 y「丑」 }\n"                                                                          \
	"规则 child「儿童」 用于 group 理由 「年龄」\n  当 age 不满18岁\n  则 child\n"                                  \
	"规则 adult「成人」 用于 group 理由 「年龄」\n  当 age 18岁以上不满65岁\n  则 adult\n"                       \
	"规则 senior「老人」 用于 group 理由 「年龄」\n  当 age 65岁以上\n  则 senior\n"                                \
	"规则 weapons「刀具」 用于 entry 理由 「安全」\n  当 items 含 knife\n  则 refused\n"                              \
	"规则 ill「患病」 用于 entry 理由 「卫生」\n  当 sick\n  除外 card 为 year 且 group 为 adult\n  则 refused\n" \
	"规则 members「会员」 用于 entry 理由 「会员」\n  当 member\n  则 free\n"                                          \
	"规则 young「老幼」 用于 entry 理由 「优待」\n  当 group 属于 { child、 senior } 且 items 不含 ball\n"        \
	"  则 free\n"                                                                                                                     \
	"缺省 pay 用于 entry 理由 「其他」\n"                                                                                    \
	"次序 safety 用于 entry 理由 「安全优先」： weapons 先于 ill 先于 其余\n"                                       \
	"规则 left「左」 用于 odd 理由 「甲」\n  当 age 不满30岁 且 member\n  则 a\n"                                    \
	"规则 right「右」 用于 odd 理由 「乙」\n  当 age 20岁以上不满50岁\n  则 b\n"                                   \
	"规则 up「上」 用于 next 理由 「子」\n  当 odd 为 a\n  则 x\n"                                                      \
	"规则 down「下」 用于 next 理由 「丑」\n  当 odd 为 b 且 sick\n  则 y\n"                                           \
	"规则 down2「下二」 用于 next 理由 「丑」\n  当 odd 为 b 且 非 sick\n  则 y\n"

enum { AGE, CARD, ITEMS, SICK, MEMBER, FACTS };
enum { GROUP, ENTRY, ODD, NEXT, DECISIONS };

struct opened {
	struct book book;
	const struct table *made;
	const struct guiju_table *table;
	void *scratch;
	size_t size;
};

static void open_text(struct opened *o, const char *text)
{
	memset(o, 0, sizeof *o);
	book_open(&o->book, text);
	ck_assert_msg(o->book.model != NULL, "%s", book_findings(&o->book, true));
	o->made = lower(o->book.arena, &o->book.diag, o->book.model);
	ck_assert_ptr_nonnull(o->made);
	ck_assert_int_eq(guiju_table_open(o->made->bytes, o->made->size, &o->table), GUIJU_OK);
	o->size = guiju_partial_scratch_size(o->table);
	if (guiju_scratch_size(o->table) > o->size)
		o->size = guiju_scratch_size(o->table);
	o->scratch = malloc(o->size);
}

static void close_text(struct opened *o)
{
	free(o->scratch);
	book_close(&o->book);
}

static void expect_text(struct guiju_text text, const char *expected)
{
	ck_assert_str_eq(text.bytes, expected);
	ck_assert_uint_eq(text.size, strlen(expected));
}

/* ---- what a table says ---- */

START_TEST(the_table_says_what_the_rulebook_says)
{
	struct opened o;
	struct guiju_about about;
	struct guiju_fact fact;
	struct guiju_name name;
	struct guiju_decision decision;
	open_text(&o, "```rulebook\n" BOOK "```\n");
	guiju_about(o.table, &about);
	expect_text(about.rulebook, "pool");
	expect_text(about.label, "游泳馆");
	expect_text(about.digest, "sha256:test");
	ck_assert_uint_eq(about.facts, FACTS);
	ck_assert_uint_eq(about.decisions, DECISIONS);
	ck_assert_uint_eq(about.constraints, 2);
	ck_assert_int_eq(guiju_fact(o.table, AGE, &fact), GUIJU_OK);
	ck_assert_int_eq(fact.kind, GUIJU_INTEGER);
	expect_text(fact.unit, "岁");
	ck_assert_int_eq(fact.high, 120);
	ck_assert_int_eq(guiju_fact(o.table, ITEMS, &fact), GUIJU_OK);
	ck_assert_int_eq(fact.high, 7);
	ck_assert_uint_eq(fact.members, 3);
	ck_assert_int_eq(guiju_fact(o.table, SICK, &fact), GUIJU_OK);
	ck_assert(fact.discretion && !fact.applicable_date);
	ck_assert_int_eq(guiju_member(o.table, CARD, 2, &name), GUIJU_OK);
	expect_text(name.id, "year");
	expect_text(name.label, "年卡");
	ck_assert_int_eq(guiju_decision(o.table, ENTRY, &decision), GUIJU_OK);
	ck_assert_uint_eq(decision.outcomes, 3);
	ck_assert_uint_eq(decision.feeds, 1);
	ck_assert_int_eq(guiju_outcome(o.table, ENTRY, 2, &name), GUIJU_OK);
	expect_text(name.label, "不得入场");
	ck_assert_uint_eq(guiju_find_fact(o.table, "card"), CARD);
	ck_assert_uint_eq(guiju_find_fact(o.table, "car"), UINT32_MAX);
	ck_assert_uint_eq(guiju_find_member(o.table, CARD, "day"), 1);
	ck_assert_uint_eq(guiju_find_decision(o.table, "next"), NEXT);
	close_text(&o);
}
END_TEST

START_TEST(an_index_beyond_the_table_is_refused)
{
	struct opened o;
	struct guiju_fact fact;
	struct guiju_rule rule;
	struct guiju_name name;
	struct guiju_text text;
	struct guiju_answer answer;
	int64_t values[FACTS] = { 0 };
	uint32_t index;
	open_text(&o, "```rulebook\n" BOOK "```\n");
	ck_assert_int_eq(guiju_fact(o.table, FACTS, &fact), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_member(o.table, CARD, 3, &name), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_member(o.table, AGE, 0, &name), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_outcome(o.table, ENTRY, 3, &name), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_rule(o.table, 1000, &rule), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_rule_cite(o.table, 0, 0, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_rule_names(o.table, 0, 0, &index), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_rule_text(o.table, 0, 0, &text, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_decision_feed(o.table, ENTRY, 1, &index), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_constraint(o.table, 2, &name), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_clause(o.table, 0, &text, &text), GUIJU_NO_SUCH);
	ck_assert_int_eq(guiju_decide(o.table, DECISIONS, values, o.scratch, o.size, &answer), GUIJU_NO_SUCH);
	close_text(&o);
}
END_TEST

START_TEST(scratch_too_small_or_misaligned_is_refused)
{
	struct opened o;
	struct guiju_answer answer;
	int64_t values[FACTS] = { 0 };
	uint64_t known = 0;
	open_text(&o, "```rulebook\n" BOOK "```\n");
	size_t single = guiju_scratch_size(o.table), partial = guiju_partial_scratch_size(o.table);
	char *room = malloc(partial + 8);
	ck_assert_int_eq(guiju_decide(o.table, ENTRY, values, room, single - 1, &answer), GUIJU_SCRATCH);
	ck_assert_int_eq(guiju_decide(o.table, ENTRY, values, room + 1, single, &answer), GUIJU_SCRATCH);
	ck_assert_int_eq(guiju_decide(o.table, ENTRY, values, NULL, single, &answer), GUIJU_SCRATCH);
	ck_assert_int_eq(guiju_decide_partial(o.table, ENTRY, values, &known, 0, room, partial - 1, &answer),
			 GUIJU_SCRATCH);
	ck_assert_int_eq(guiju_decide_partial(o.table, ENTRY, values, &known, 0, room + 1, partial, &answer),
			 GUIJU_SCRATCH);
	free(room);
	close_text(&o);
}
END_TEST

/* ---- deciding ---- */

static void expect_reasons(const struct opened *o, const struct guiju_answer *answer, const char *expected)
{
	struct writer w;
	struct guiju_rule rule;
	writer_init(&w, o->book.arena);
	for (uint32_t r = 0; guiju_rule(o->table, r, &rule) == GUIJU_OK; r++) {
		if (answer->reasons[r / 64] >> (r % 64) & 1)
			write_fmt(&w, "%s%s", w.size ? " " : "", rule.id.bytes);
	}
	ck_assert_str_eq(writer_text(&w), expected);
}

struct example {
	int64_t values[FACTS];
	uint32_t decision;
	enum guiju_verdict verdict;
	uint32_t outcome;
	const char *reasons;
};

START_TEST(complete_cases_are_decided_with_all_reasons)
{
	static const struct example examples[] = {
		{ { 30, 0, 0, 0, 0 }, ENTRY, GUIJU_DECIDED, 1, "entry.default" },
		{ { 10, 0, 0, 0, 1 }, ENTRY, GUIJU_DECIDED, 0, "members young" },
		{ { 65, 0, 2, 0, 0 }, ENTRY, GUIJU_DECIDED, 1, "entry.default" },
		{ { 30, 0, 4, 1, 1 }, ENTRY, GUIJU_DECIDED, 2, "weapons ill" },
		{ { 30, 2, 0, 1, 1 }, ENTRY, GUIJU_DECIDED, 0, "members" },
		{ { 64, 2, 4, 1, 1 }, ENTRY, GUIJU_DECIDED, 2, "weapons" },
		{ { 65, 2, 0, 1, 1 }, ENTRY, GUIJU_DECIDED, 2, "ill" },
		{ { 25, 0, 0, 0, 1 }, ODD, GUIJU_CONFLICT, UINT32_MAX, "left right" },
		{ { 50, 0, 0, 0, 1 }, ODD, GUIJU_GAP, UINT32_MAX, "" },
		{ { 50, 0, 0, 0, 1 }, NEXT, GUIJU_FEEDING, UINT32_MAX, "" },
		{ { 19, 0, 0, 0, 1 }, NEXT, GUIJU_DECIDED, 0, "up" },
	};
	struct opened o;
	open_text(&o, "```rulebook\n" BOOK "```\n");
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		const struct example *e = &examples[i];
		struct guiju_answer a;
		ck_assert_int_eq(guiju_decide(o.table, e->decision, e->values, o.scratch, o.size, &a), GUIJU_OK);
		ck_assert_int_eq(a.verdict, e->verdict);
		ck_assert_uint_eq(a.outcome, e->outcome);
		ck_assert_uint_eq(a.feeding, e->verdict == GUIJU_FEEDING ? (uint32_t)ODD : UINT32_MAX);
		ck_assert_uint_eq(a.possible, e->verdict == GUIJU_DECIDED ? (uint64_t)1 << e->outcome : 0);
		expect_reasons(&o, &a, e->reasons);
	}
	close_text(&o);
}
END_TEST

START_TEST(values_outside_their_domain_and_excluded_cases_are_refused)
{
	struct opened o;
	struct guiju_answer a;
	const int64_t too_old[FACTS] = { 121, 0, 0, 0, 0 }, no_card[FACTS] = { 1, 3, 0, 0, 0 },
		      no_set[FACTS] = { 1, 0, 8, 0, 0 };
	const int64_t not_read[FACTS] = { 1, 0, 8, 0, 0 }, both[FACTS] = { 1, 2, 0, 0, 0 },
		      second[FACTS] = { 1, 2, 0, 0, 1 };
	open_text(&o, "```rulebook\n" BOOK "```\n");
	ck_assert_int_eq(guiju_decide(o.table, ENTRY, too_old, o.scratch, o.size, &a), GUIJU_OUTSIDE_DOMAIN);
	ck_assert_uint_eq(a.fact, AGE);
	ck_assert_int_eq(guiju_decide(o.table, ENTRY, no_card, o.scratch, o.size, &a), GUIJU_OUTSIDE_DOMAIN);
	ck_assert_uint_eq(a.fact, CARD);
	ck_assert_int_eq(guiju_decide(o.table, ENTRY, no_set, o.scratch, o.size, &a), GUIJU_OUTSIDE_DOMAIN);
	ck_assert_uint_eq(a.fact, ITEMS);
	ck_assert_int_eq(guiju_decide(o.table, ODD, not_read, o.scratch, o.size, &a), GUIJU_OK);
	ck_assert_int_eq(guiju_decide(o.table, ENTRY, both, o.scratch, o.size, &a), GUIJU_EXCLUDED);
	ck_assert_uint_eq(a.constraint, 0);
	ck_assert_int_eq(guiju_decide(o.table, ENTRY, second, o.scratch, o.size, &a), GUIJU_EXCLUDED);
	ck_assert_uint_eq(a.constraint, 1);
	const uint64_t card_and_member = 1 << CARD | 1 << MEMBER, young_with_card = 1 << AGE | 1 << CARD, none = 0;
	ck_assert_int_eq(guiju_decide_partial(o.table, ENTRY, both, &card_and_member, 0, o.scratch, o.size, &a),
			 GUIJU_EXCLUDED);
	ck_assert_uint_eq(a.constraint, 0);
	ck_assert_int_eq(guiju_decide_partial(o.table, ENTRY, both, &young_with_card, 0, o.scratch, o.size, &a),
			 GUIJU_EXCLUDED);
	ck_assert_uint_eq(a.constraint, 1);
	ck_assert_int_eq(guiju_decide_partial(o.table, ENTRY, too_old, &none, 0, o.scratch, o.size, &a), GUIJU_OK);
	close_text(&o);
}
END_TEST

/* ---- unknown facts, against every completion ---- */

/* One value of each part of `age`, which is all that the rules can tell apart. */
static const int64_t ages[] = { 0, 12, 18, 20, 30, 50, 65 };
static const int64_t counts[FACTS] = { 7, 3, 8, 2, 2 };

static int64_t value_of(uint32_t fact, int64_t index)
{
	return fact == AGE ? ages[index] : index;
}

struct completed {
	int64_t indices[FACTS];
	struct guiju_answer answer;
	uint64_t reasons;
	bool allowed;
};

/* All completions of the known values, each decided by guiju_decide. */
static size_t complete(struct opened *o, uint32_t decision, const int64_t *indices, uint64_t known,
		       struct completed *out)
{
	size_t n = 0;
	for (int64_t all = 0; all < 7 * 3 * 8 * 2 * 2; all++) {
		struct completed *c = &out[n];
		int64_t rest = all, values[FACTS];
		bool agrees = true;
		for (uint32_t f = 0; f < FACTS; f++) {
			c->indices[f] = rest % counts[f];
			rest /= counts[f];
			values[f] = value_of(f, c->indices[f]);
			agrees = agrees && (!(known >> f & 1) || c->indices[f] == indices[f]);
		}
		if (!agrees)
			continue;
		enum guiju_status status = guiju_decide(o->table, decision, values, o->scratch, o->size, &c->answer);
		c->allowed = status == GUIJU_OK;
		c->reasons = c->allowed ? c->answer.reasons[0] : 0;
		n += c->allowed;
	}
	return n;
}

static uint64_t possible_with(const struct completed *all, size_t count, uint32_t fact, int64_t index)
{
	uint64_t possible = 0;
	for (size_t i = 0; i < count; i++)
		possible |= fact == FACTS || all[i].indices[fact] == index ? all[i].answer.possible : 0;
	return possible;
}

static bool differ_alone(const struct completed *all, size_t count, uint32_t fact)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = i + 1; k < count; k++) {
			bool same = all[i].answer.possible && all[k].answer.possible &&
				    all[i].answer.possible != all[k].answer.possible;
			for (uint32_t f = 0; same && f < FACTS; f++)
				same = f == fact || all[i].indices[f] == all[k].indices[f];
			if (same)
				return true;
		}
	}
	return false;
}

/* A fact that the decision's cases lack changes nothing, whatever value the completions give it. */
static bool asked_for(const struct completed *all, size_t count, uint32_t fact, uint64_t possible, int *worst)
{
	bool narrows = false;
	*worst = 0;
	for (size_t i = 0; i < count; i++) {
		uint64_t given = possible_with(all, count, fact, all[i].indices[fact]);
		int ones = __builtin_popcountll(given);
		narrows = narrows || given != possible;
		*worst = ones > *worst ? ones : *worst;
	}
	return narrows || differ_alone(all, count, fact);
}

static void check_ask(const struct completed *all, size_t count, uint64_t known, const struct guiju_answer *a)
{
	int worst[FACTS];
	uint32_t asked = 0;
	for (uint32_t f = 0; f < FACTS; f++) {
		bool there = false;
		for (uint32_t i = 0; i < a->ask_count; i++)
			there = there || a->ask[i] == f;
		bool expected = !(known >> f & 1) && asked_for(all, count, f, a->possible, &worst[f]);
		ck_assert_msg(there == expected, "fact %u known %llx", f, (unsigned long long)known);
		asked += expected;
	}
	ck_assert_uint_eq(a->ask_count, asked);
	for (uint32_t i = 1; i < a->ask_count; i++) {
		uint32_t one = a->ask[i - 1], next = a->ask[i];
		ck_assert_int_le(worst[one], worst[next]);
		if (worst[one] == worst[next])
			ck_assert((one == SICK) < (next == SICK) || ((one == SICK) == (next == SICK) && one < next));
	}
}

static void check_reasons(const struct completed *all, size_t count, const struct guiju_answer *a)
{
	uint64_t in_all = UINT64_MAX, in_some = 0;
	for (size_t i = 0; i < count; i++) {
		if (a->verdict == GUIJU_DECIDED && all[i].answer.verdict != GUIJU_DECIDED)
			continue;
		in_all &= all[i].reasons;
		in_some |= all[i].reasons;
	}
	ck_assert_uint_eq(a->reasons[0], in_some & in_all);
	ck_assert_uint_eq(a->maybe[0], in_some & ~in_all);
}

static enum guiju_verdict verdict_of(const struct completed *all, size_t count, uint64_t possible)
{
	bool gaps = true, feeding = false;
	if (possible)
		return possible & (possible - 1) ? GUIJU_OPEN : GUIJU_DECIDED;
	for (size_t i = 0; i < count; i++) {
		gaps = gaps && all[i].answer.verdict == GUIJU_GAP;
		feeding = feeding || all[i].answer.verdict == GUIJU_FEEDING;
	}
	return gaps ? GUIJU_GAP : feeding ? GUIJU_FEEDING : GUIJU_CONFLICT;
}

static void check_partial(struct opened *o, uint32_t decision, const int64_t *indices, uint64_t known)
{
	static struct completed all[7 * 3 * 8 * 2 * 2];
	int64_t values[FACTS];
	struct guiju_answer a;
	size_t count = complete(o, decision, indices, known, all);
	for (uint32_t f = 0; f < FACTS; f++)
		values[f] = known >> f & 1 ? value_of(f, indices[f]) : -1;
	enum guiju_status status = guiju_decide_partial(o->table, decision, values, &known, 0, o->scratch, o->size, &a);
	ck_assert_int_eq(status, count ? GUIJU_OK : GUIJU_EXCLUDED);
	if (!count)
		return;
	ck_assert(a.exact);
	ck_assert_uint_eq(a.possible, possible_with(all, count, FACTS, 0));
	ck_assert_int_eq(a.verdict, verdict_of(all, count, a.possible));
	if (a.verdict == GUIJU_OPEN)
		check_ask(all, count, known, &a);
	else
		check_reasons(all, count, &a);
}

START_TEST(partial_decisions_are_those_of_all_completions)
{
	struct opened o;
	uint32_t seed = 12345;
	open_text(&o, "```rulebook\n" BOOK "```\n");
	for (uint32_t decision = 0; decision < DECISIONS; decision++) {
		for (uint64_t known = 0; known < 1u << FACTS; known++) {
			for (int n = 0; n < 3; n++) {
				int64_t indices[FACTS];
				for (uint32_t f = 0; f < FACTS; f++) {
					seed = seed * 1664525u + 1013904223u;
					indices[f] = (int64_t)(seed >> 16) % counts[f];
				}
				check_partial(&o, decision, indices, known);
			}
		}
	}
	close_text(&o);
}
END_TEST

/* A budget that ends leaves too much, never too little, and says so. */
START_TEST(a_budget_only_adds)
{
	struct opened o;
	struct guiju_answer a;
	int64_t values[FACTS] = { 0 };
	uint64_t known = 0;
	open_text(&o, "```rulebook\n" BOOK "```\n");
	ck_assert_int_eq(guiju_decide_partial(o.table, ENTRY, values, &known, 0, o.scratch, o.size, &a), GUIJU_OK);
	uint64_t possible = a.possible, asked = 0;
	for (uint32_t i = 0; i < a.ask_count; i++)
		asked |= (uint64_t)1 << a.ask[i];
	bool ended = false, whole = false;
	for (uint64_t budget = 1; budget < 4000; budget += budget < 50 ? 1 : 50) {
		ck_assert_int_eq(guiju_decide_partial(o.table, ENTRY, values, &known, budget, o.scratch, o.size, &a),
				 GUIJU_OK);
		uint64_t now = 0;
		for (uint32_t i = 0; i < a.ask_count; i++)
			now |= (uint64_t)1 << a.ask[i];
		ck_assert_int_eq(a.verdict, GUIJU_OPEN);
		ck_assert_uint_eq(possible & ~a.possible, 0);
		ck_assert_uint_eq(asked & ~now, 0);
		ck_assert(!a.exact || (a.possible == possible && now == asked));
		ended = ended || !a.exact;
		whole = whole || a.exact;
	}
	ck_assert(ended && whole);
	close_text(&o);
}
END_TEST

/* ---- bytes that are no table ---- */

static void reseal(unsigned char *bytes, size_t size)
{
	uint64_t checksum = table_checksum(bytes, size);
	for (unsigned i = 0; i < 8; i++)
		bytes[HEADER_CHECKSUM + i] = (unsigned char)(checksum >> (8 * i));
}

/* Published values of XXH64 with seed 0; the table's own eight bytes are left out. */
START_TEST(the_checksum_is_xxh64)
{
	static const struct {
		const char *text;
		uint64_t hash;
	} known[] = {
		{ "", UINT64_C(0xef46db3751d8e999) },
		{ "a", UINT64_C(0xd24ec4f1a98c6e5b) },
		{ "as", UINT64_C(0x1c330fb2d66be179) },
		{ "asd", UINT64_C(0x631c37ce72a97393) },
		{ "asdf", UINT64_C(0x415872f599cea71e) },
		{ "Call me Ishmael. Some years ago--never mind how long precisely-", UINT64_C(0x02a2e85470d6fd96) },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t size = strlen(known[i].text), before = size < 24 ? size : 24;
		unsigned char bytes[80];
		memset(bytes, 0xee, sizeof bytes);
		memcpy(bytes, known[i].text, before);
		memcpy(bytes + 32, known[i].text + before, size - before);
		ck_assert_uint_eq(table_checksum(bytes, size + 8), known[i].hash);
	}
}
END_TEST

static enum guiju_status open_copy(const unsigned char *bytes, size_t size, bool use)
{
	const struct guiju_table *table;
	unsigned char *copy = malloc(size ? size : 1);
	if (size)
		memcpy(copy, bytes, size);
	enum guiju_status status = guiju_table_open(copy, size, &table);
	if (use && status == GUIJU_OK && guiju_partial_scratch_size(table) < (1 << 20)) {
		struct guiju_about about;
		guiju_about(table, &about);
		size_t room = guiju_partial_scratch_size(table) + guiju_scratch_size(table);
		void *scratch = malloc(room);
		int64_t *values = calloc(about.facts + 1, sizeof *values);
		uint64_t *known = calloc(about.facts / 64 + 1, sizeof *known);
		struct guiju_answer a;
		for (uint32_t d = 0; d < about.decisions; d++) {
			(void)guiju_decide(table, d, values, scratch, room, &a);
			(void)guiju_decide_partial(table, d, values, known, 50, scratch, room, &a);
		}
		free(scratch);
		free(values);
		free(known);
	}
	free(copy);
	return status;
}

START_TEST(every_truncation_and_every_bit_flip_is_refused)
{
	struct opened o;
	open_text(&o, "```rulebook\n" BOOK "```\n");
	unsigned char *bytes = malloc(o.made->size);
	memcpy(bytes, o.made->bytes, o.made->size);
	for (size_t size = 0; size < o.made->size; size++)
		ck_assert_int_eq(open_copy(bytes, size, false), GUIJU_TRUNCATED);
	for (size_t bit = 0; bit < o.made->size * 8; bit++) {
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
		enum guiju_status status = open_copy(bytes, o.made->size, false);
		ck_assert_int_ne(status, GUIJU_OK);
		if (bit < 64)
			ck_assert_int_eq(status, GUIJU_NOT_A_TABLE);
		else if (bit < 96)
			ck_assert_int_eq(status, GUIJU_OTHER_FORMAT);
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	ck_assert_int_eq(open_copy(bytes, o.made->size, true), GUIJU_OK);
	free(bytes);
	close_text(&o);
}
END_TEST

/* With the checksum set right again nothing but the checks of records stands between a wrong byte and deciding. */
START_TEST(every_resealed_byte_is_refused_or_harmless)
{
	static const unsigned char flips[] = { 1, 2, 4, 8, 16, 32, 64, 128, 255 };
	struct opened o;
	size_t opened = 0, refused = 0;
	open_text(&o, "```rulebook\n" BOOK "```\n");
	unsigned char *bytes = malloc(o.made->size);
	memcpy(bytes, o.made->bytes, o.made->size);
	for (size_t at = HEADER_DIRECTORY; at < o.made->size; at++) {
		for (size_t i = 0; i < sizeof flips; i++) {
			bytes[at] ^= flips[i];
			reseal(bytes, o.made->size);
			bool opens = open_copy(bytes, o.made->size, true) == GUIJU_OK;
			opened += opens;
			refused += !opens;
			bytes[at] ^= flips[i];
		}
	}
	ck_assert_uint_gt(opened, 0);
	ck_assert_uint_gt(refused, 0);
	free(bytes);
	close_text(&o);
}
END_TEST

START_TEST(a_table_works_at_any_alignment)
{
	struct opened o;
	const struct guiju_table *table;
	struct guiju_answer a;
	int64_t values[FACTS] = { 30, 0, 0, 0, 0 };
	open_text(&o, "```rulebook\n" BOOK "```\n");
	unsigned char *room = malloc(o.made->size + 8);
	for (size_t shift = 0; shift < 8; shift++) {
		memcpy(room + shift, o.made->bytes, o.made->size);
		ck_assert_int_eq(guiju_table_open(room + shift, o.made->size, &table), GUIJU_OK);
		ck_assert_int_eq(guiju_decide(table, ENTRY, values, o.scratch, o.size, &a), GUIJU_OK);
		ck_assert_uint_eq(a.outcome, 1);
	}
	free(room);
	close_text(&o);
}
END_TEST

START_TEST(every_status_has_a_text)
{
	for (int status = GUIJU_OK; status <= GUIJU_SCRATCH; status++)
		ck_assert_str_ne(guiju_status_text((enum guiju_status)status), "an unknown status");
	ck_assert_str_eq(guiju_status_text((enum guiju_status)99), "an unknown status");
	ck_assert_uint_eq(guiju_format_version(), FORMAT_VERSION);
}
END_TEST

/* ---- priorities, larger tables ---- */

/* Classes say what rule_is_over says: each pair of rules is put to the table by two rules that hold alone together. */
START_TEST(a_first_hit_table_of_many_rows_is_one_class)
{
	struct opened o;
	struct writer w;
	struct guiju_answer a;
	struct out_of_memory handler;
	struct arena *arena = arena_new(&handler);
	writer_init(&w, arena);
	write_str(&w, "```rulebook\n规则书 t\n事实 n「数」: 整数 0 至 100000\n判定 d「果」: { one「一」、 two「二」 }\n"
		      "表 rows「行」 用于 d 命中 首中 理由 「表」 见下表\n```\n\n| id | n | 则 |\n|---|---|---|\n");
	for (int i = 0; i < 300; i++)
		write_fmt(&w, "| r%d | %d以下 | %s |\n", i, 10 * i + 9, i % 2 ? "two" : "one");
	write_str(&w, "| rest |  | one |\n");
	open_text(&o, writer_text(&w));
	for (int64_t n = 0; n < 3010; n += 7) {
		ck_assert_int_eq(guiju_decide(o.table, 0, &n, o.scratch, o.size, &a), GUIJU_OK);
		ck_assert_int_eq(a.verdict, GUIJU_DECIDED);
		ck_assert_uint_eq(a.outcome, n < 3000 ? (uint64_t)(n / 10 % 2) : 0);
	}
	close_text(&o);
	arena_free(arena);
}
END_TEST

START_TEST(a_condition_of_too_many_boxes_is_a_finding)
{
	struct book book = { 0 };
	struct writer w;
	struct out_of_memory handler;
	struct arena *arena = arena_new(&handler);
	writer_init(&w, arena);
	write_str(&w, "```rulebook\n规则书 t\n");
	for (int i = 0; i < 26; i++)
		write_fmt(&w, "事实 f%d「甲%d」: 是否\n", i, i);
	write_str(&w, "判定 d「果」: { one「一」 }\n规则 many「多」 用于 d 理由 「多」\n  当 ");
	for (int i = 0; i < 26; i += 2)
		write_fmt(&w, "%s( f%d 或 f%d )", i ? " 且 " : "", i, i + 1);
	write_str(&w, "\n  则 one\n```\n");
	book_open(&book, writer_text(&w));
	ck_assert_msg(book.model != NULL, "%s", book_findings(&book, true));
	ck_assert_ptr_null(lower(book.arena, &book.diag, book.model));
	ck_assert_ptr_nonnull(strstr(book_findings(&book, false), "limit"));
	book_close(&book);
	arena_free(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("runtime");
	TCase *tcase = tcase_create("runtime");
	tcase_set_timeout(tcase, 300);
	tcase_add_test(tcase, the_table_says_what_the_rulebook_says);
	tcase_add_test(tcase, an_index_beyond_the_table_is_refused);
	tcase_add_test(tcase, scratch_too_small_or_misaligned_is_refused);
	tcase_add_test(tcase, complete_cases_are_decided_with_all_reasons);
	tcase_add_test(tcase, values_outside_their_domain_and_excluded_cases_are_refused);
	tcase_add_test(tcase, partial_decisions_are_those_of_all_completions);
	tcase_add_test(tcase, a_budget_only_adds);
	tcase_add_test(tcase, the_checksum_is_xxh64);
	tcase_add_test(tcase, every_truncation_and_every_bit_flip_is_refused);
	tcase_add_test(tcase, every_resealed_byte_is_refused_or_harmless);
	tcase_add_test(tcase, a_table_works_at_any_alignment);
	tcase_add_test(tcase, every_status_has_a_text);
	tcase_add_test(tcase, a_first_hit_table_of_many_rows_is_one_class);
	tcase_add_test(tcase, a_condition_of_too_many_boxes_is_a_finding);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
