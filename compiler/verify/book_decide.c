/* Deciding one case by the rules themselves, as docs/LANGUAGE.md says: which rules hold, which are beaten, which are
 * left. Deliberately plain, and no code of it is shared with the table's making. */
#include "verify/book.h"

#include <string.h>

void book_case_init(struct book_case *c, const struct book *book)
{
	*c = (struct book_case){ .book = book };
	c->answers = arena_new_array(book->arena, struct book_answer, book->decisions.count + 1);
	c->answered = arena_new_array(book->arena, bool, book->decisions.count + 1);
	c->definitions = arena_new_array(book->arena, signed char, book->definitions.count + 1);
	for (size_t i = 0; i < book->decisions.count; i++)
		c->answers[i].reasons = arena_new_array(book->arena, bool, book->rules.count + 1);
}

void book_case_start(struct book_case *c, const int64_t *values)
{
	c->values = values;
	memset(c->answered, 0, c->book->decisions.count * sizeof *c->answered);
	memset(c->definitions, -1, c->book->definitions.count);
}

bool book_cond_has(const struct book_cond *test, int64_t value)
{
	for (size_t i = 0; i < test->ranges.count; i++) {
		if (value >= test->ranges.items[i].low && value <= test->ranges.items[i].high)
			return true;
	}
	return false;
}

static bool definition_holds(struct book_case *c, uint32_t definition)
{
	if (c->definitions[definition] < 0)
		c->definitions[definition] = book_cond_holds(c, c->book->definitions.items[definition].cond);
	return c->definitions[definition] == 1;
}

static bool decision_is_in(struct book_case *c, const struct book_cond *test)
{
	const struct book_answer *answer = book_decide(c, test->subject);
	return answer->verdict == BOOK_DECIDED && book_cond_has(test, answer->outcome);
}

bool book_cond_holds(struct book_case *c, const struct book_cond *cond)
{
	c->steps++;
	switch (cond->kind) {
	case BOOK_TRUE: return true;
	case BOOK_FALSE: return false;
	case BOOK_ALL:
	case BOOK_ANY:
		for (size_t i = 0; i < cond->parts.count; i++) {
			if (book_cond_holds(c, cond->parts.items[i]) == (cond->kind == BOOK_ANY))
				return cond->kind == BOOK_ANY;
		}
		return cond->kind == BOOK_ALL;
	case BOOK_NOT: return !book_cond_holds(c, cond->parts.items[0]);
	case BOOK_TEST_FACT: return book_cond_has(cond, c->values[cond->subject]);
	case BOOK_TEST_MEMBER: return book_cond_has(cond, c->values[cond->subject] >> cond->member & 1);
	case BOOK_TEST_DECISION: return decision_is_in(c, cond);
	case BOOK_USE: return definition_holds(c, cond->subject);
	}
	return false;
}

bool book_constraint_holds(struct book_case *c, uint32_t constraint)
{
	const struct book_constraint *it = &c->book->constraints.items[constraint];
	return (it->when && !book_cond_holds(c, it->when)) || book_cond_holds(c, it->then);
}

/* ---- rules ---- */

static bool rule_holds(struct book_case *c, const struct book_rule *rule)
{
	return book_cond_holds(c, rule->when) && !(rule->except && book_cond_holds(c, rule->except));
}

/* Some ladder has a on a higher rung than b. *ranked: one that names the defaults has both. */
static bool ladder_puts_over(const struct book *book, const struct book_rule *a, const struct book_rule *b,
			     bool *ranked)
{
	bool over = false;
	*ranked = false;
	for (size_t i = 0; i < a->rungs.count; i++) {
		for (size_t k = 0; k < b->rungs.count; k++) {
			uint64_t one = a->rungs.items[i], other = b->rungs.items[k];
			if (one >> 32 != other >> 32)
				continue;
			over = over || one < other;
			*ranked = *ranked || book->orders.items[one >> 32];
		}
	}
	return over;
}

static bool is_over(const struct book *book, uint32_t a, uint32_t b)
{
	const struct book_rule *one = &book->rules.items[a], *other = &book->rules.items[b];
	bool ranked;
	if (ladder_puts_over(book, one, other, &ranked))
		return true;
	if (one->table != NO_INDEX && one->table == other->table && book->tables.items[one->table].first)
		return a < b;
	return !one->is_default && other->is_default && !ranked;
}

/* The rules of the decision that hold, as `reasons`; how many they are. */
static size_t find_holding(struct book_case *c, uint32_t decision, bool *reasons)
{
	size_t count = 0;
	for (size_t i = 0; i < c->book->rules.count; i++) {
		const struct book_rule *rule = &c->book->rules.items[i];
		reasons[i] = rule->decision == decision && rule_holds(c, rule);
		count += reasons[i];
	}
	return count;
}

/* Beaten rules still beat others: all beating is done before any rule is struck out. */
static void strike_beaten(const struct book *book, bool *reasons, size_t count)
{
	uint32_t *holding = arena_new_array(book->arena, uint32_t, count);
	bool *beaten = arena_new_array(book->arena, bool, count);
	for (uint32_t i = 0, n = 0; i < book->rules.count; i++) {
		if (reasons[i])
			holding[n++] = i;
	}
	for (size_t a = 0; a < count; a++) {
		for (size_t b = 0; b < count; b++) {
			bool differ = book->rules.items[holding[a]].outcome != book->rules.items[holding[b]].outcome;
			beaten[b] = beaten[b] || (differ && is_over(book, holding[a], holding[b]));
		}
	}
	for (size_t i = 0; i < count; i++)
		reasons[holding[i]] = !beaten[i];
}

static enum book_verdict verdict_of(const struct book *book, const bool *reasons, uint32_t *outcome)
{
	*outcome = NO_INDEX;
	for (size_t i = 0; i < book->rules.count; i++) {
		if (!reasons[i])
			continue;
		if (*outcome != NO_INDEX && *outcome != book->rules.items[i].outcome)
			return BOOK_CONFLICT;
		*outcome = book->rules.items[i].outcome;
	}
	return *outcome == NO_INDEX ? BOOK_GAP : BOOK_DECIDED;
}

static void decide(struct book_case *c, uint32_t decision, struct book_answer *answer)
{
	const struct book_decision *it = &c->book->decisions.items[decision];
	for (size_t i = 0; i < it->feed_count; i++) {
		if (book_decide(c, it->feeds[i])->verdict != BOOK_DECIDED) {
			answer->verdict = BOOK_FEEDING;
			return;
		}
	}
	size_t count = find_holding(c, decision, answer->reasons);
	c->steps += (uint64_t)count * count;
	struct arena_mark mark = arena_save(c->book->arena);
	if (count > 1)
		strike_beaten(c->book, answer->reasons, count);
	arena_restore(c->book->arena, mark);
	answer->verdict = verdict_of(c->book, answer->reasons, &answer->outcome);
}

const struct book_answer *book_decide(struct book_case *c, uint32_t decision)
{
	if (!c->answered[decision]) {
		decide(c, decision, &c->answers[decision]);
		c->answered[decision] = true;
	}
	return &c->answers[decision];
}
