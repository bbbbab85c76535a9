/* XML and table, asked the same cases: the XML decides by its own conditions, rule by rule, and the table must give the
 * same answer with the same reasons, and exclude the same cases. */
#include "verify/boundary.h"
#include "verify/verifying.h"

#include <inttypes.h>

/* Conditions that may be looked at: one case is put for every rule and constraint before the second limit, more before
 * the first. */
#define STEPS_ALLOWED UINT64_C(40000000)
#define STEPS_ALWAYS  UINT64_C(1000000000)

struct asking {
	struct verifying *v;
	const struct book *book;
	const struct guiju_table *table;
	const char *xml, *file;
	struct book_case c;
	int64_t *values;
	void *scratch;
	size_t scratch_size;
	bool differs;
};

/* ---- how it is said ---- */

static const char *value_text(struct arena *arena, const struct book_fact *fact, int64_t value)
{
	if (fact->kind == BOOK_BOOLEAN)
		return value ? "true" : "false";
	if (fact->kind == BOOK_ENUMERATION)
		return fact->members.items[value].id;
	if (fact->kind == BOOK_DATE)
		return date_text(arena, value);
	if (fact->kind == BOOK_INTEGER)
		return arena_printf(arena, "%" PRId64, value);
	struct writer w;
	writer_init(&w, arena);
	write_str(&w, "{");
	for (size_t i = 0; i < fact->members.count; i++) {
		if (value >> i & 1)
			write_fmt(&w, " %s", fact->members.items[i].id);
	}
	write_str(&w, " }");
	return writer_text(&w);
}

static const char *case_text(const struct asking *a, uint32_t decision)
{
	struct writer w;
	writer_init(&w, a->v->arena);
	for (size_t i = 0; i < a->book->facts.count; i++) {
		const struct book_fact *fact = &a->book->facts.items[i];
		if (a->book->decisions.items[decision].reads[i])
			write_fmt(&w, "%s%s %s", w.size ? ", " : "", fact->name.id,
				  value_text(a->v->arena, fact, a->values[i]));
	}
	return writer_text(&w);
}

static const char *xml_says(const struct asking *a, uint32_t decision, const struct book_answer *answer)
{
	static const char *const words[] = {
		[BOOK_GAP] = "gap", [BOOK_CONFLICT] = "conflict", [BOOK_FEEDING] = "feeding"
	};
	struct writer w;
	if (!answer)
		return "excluded";
	writer_init(&w, a->v->arena);
	write_str(&w, answer->verdict == BOOK_DECIDED
			      ? a->book->decisions.items[decision].outcomes.items[answer->outcome].id
			      : words[answer->verdict]);
	for (size_t i = 0; answer->verdict != BOOK_FEEDING && i < a->book->rules.count; i++) {
		if (answer->reasons[i])
			write_fmt(&w, " %s", a->book->rules.items[i].name.id);
	}
	return writer_text(&w);
}

static bool is_reason(const struct guiju_answer *answer, size_t rule)
{
	return answer->reasons[rule / 64] >> (rule % 64) & 1;
}

static const char *table_says(const struct asking *a, uint32_t decision, enum guiju_status status,
			      const struct guiju_answer *answer)
{
	static const char *const words[] = { [GUIJU_DECIDED] = "",
					     [GUIJU_OPEN] = "open",
					     [GUIJU_GAP] = "gap",
					     [GUIJU_CONFLICT] = "conflict",
					     [GUIJU_FEEDING] = "feeding" };
	struct writer w;
	if (status != GUIJU_OK)
		return status == GUIJU_EXCLUDED ? "excluded" : guiju_status_text(status);
	writer_init(&w, a->v->arena);
	write_str(&w, answer->verdict == GUIJU_DECIDED
			      ? a->book->decisions.items[decision].outcomes.items[answer->outcome].id
			      : words[answer->verdict]);
	for (size_t i = 0; answer->verdict != GUIJU_FEEDING && i < a->book->rules.count; i++) {
		if (is_reason(answer, i))
			write_fmt(&w, " %s", a->book->rules.items[i].name.id);
	}
	return writer_text(&w);
}

/* ---- one case ---- */

static bool touches(const struct book *book, const bool *one, const bool *other)
{
	for (size_t i = 0; i < book->facts.count; i++) {
		if (one[i] && other[i])
			return true;
	}
	return false;
}

/* A constraint of the decision's cases does not hold. */
static bool is_excluded(struct asking *a, uint32_t decision)
{
	for (uint32_t i = 0; i < a->book->constraints.count; i++) {
		const bool *reads = a->book->constraints.items[i].reads;
		if (touches(a->book, reads, a->book->decisions.items[decision].reads) &&
		    !book_constraint_holds(&a->c, i))
			return true;
	}
	return false;
}

static bool same_reasons(const struct asking *a, const struct book_answer *one, const struct guiju_answer *other)
{
	for (size_t i = 0; i < a->book->rules.count; i++) {
		if (one->reasons[i] != is_reason(other, i))
			return false;
	}
	return true;
}

static bool same_answer(const struct asking *a, uint32_t decision, const struct book_answer *one,
			const struct guiju_answer *other)
{
	static const enum guiju_verdict verdicts[] = {
		[BOOK_DECIDED] = GUIJU_DECIDED,
		[BOOK_GAP] = GUIJU_GAP,
		[BOOK_CONFLICT] = GUIJU_CONFLICT,
		[BOOK_FEEDING] = GUIJU_FEEDING,
	};
	if (verdicts[one->verdict] != other->verdict || one->verdict == BOOK_FEEDING)
		return verdicts[one->verdict] == other->verdict;
	if (other->verdict == GUIJU_DECIDED && other->outcome >= a->book->decisions.items[decision].outcomes.count)
		return false;
	return (one->verdict != BOOK_DECIDED || one->outcome == other->outcome) && same_reasons(a, one, other);
}

static void ask(struct asking *a, uint32_t decision)
{
	struct guiju_answer other;
	const struct book_answer *one = NULL;
	enum guiju_status status = guiju_decide(a->table, decision, a->values, a->scratch, a->scratch_size, &other);
	bool same;
	if (is_excluded(a, decision)) {
		same = status == GUIJU_EXCLUDED && other.constraint < a->book->constraints.count &&
		       !book_constraint_holds(&a->c, other.constraint);
	} else {
		one = book_decide(&a->c, decision);
		same = status == GUIJU_OK && same_answer(a, decision, one, &other);
	}
	if (same)
		return;
	a->differs = true;
	refuse(a->v, MESSAGE_VERIFY_ANSWER, a->file, a->xml, a->book->decisions.items[decision].name.id,
	       case_text(a, decision), xml_says(a, decision, one), table_says(a, decision, status, &other));
}

static void ask_all(struct asking *a)
{
	book_case_start(&a->c, a->values);
	a->v->v->cases++;
	for (uint32_t i = 0; i < a->book->decisions.count && !a->differs; i++)
		ask(a, i);
}

void check_same_answers(struct verifying *v, const struct book *book, const char *xml, const struct guiju_table *table,
			const char *file)
{
	struct asking a = { .v = v, .book = book, .table = table, .xml = xml, .file = file };
	struct boundary *cases = boundary_new_in(v->arena, book);
	book_case_init(&a.c, book);
	a.values = arena_new_array(v->arena, int64_t, book->facts.count + 1);
	a.scratch_size = guiju_scratch_size(table);
	a.scratch = arena_alloc(v->arena, a.scratch_size + 1);
	for (unsigned round = 0; round < BOUNDARY_ROUNDS; round++) {
		for (size_t i = 0; i < boundary_targets(cases) && !a.differs; i++) {
			if (a.c.steps > (round > 0 ? STEPS_ALLOWED : STEPS_ALWAYS))
				return;
			boundary_aim(cases, i, round, a.values);
			ask_all(&a);
		}
	}
}
