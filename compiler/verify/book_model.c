/* A book as a model, for the emitters of the artifacts that follow from it. */
#include "verify/book.h"

#include "model/ranges.h"

struct name book_name_of(const struct book_name *name)
{
	return (struct name){ name->id, name->label ? name->label : name->id, name->english ? name->english : name->id,
			      name->label != NULL, name->english != NULL };
}

/* ---- facts and decisions ---- */

static void add_dims(struct model *m, struct fact *fact, uint32_t index)
{
	fact->first_dim = (uint32_t)m->dim_count;
	fact->dim_count = fact->kind == FACT_SET ? (uint32_t)fact->member_count : 1;
	for (uint32_t i = 0; i < fact->dim_count; i++)
		m->dims[m->dim_count++] = (struct dim){ index, i, fact->low, fact->high };
}

static void make_fact(struct model *m, const struct book_fact *from, uint32_t index)
{
	static const enum fact_kind kinds[] = {
		[BOOK_BOOLEAN] = FACT_BOOLEAN, [BOOK_ENUMERATION] = FACT_ENUMERATION,
		[BOOK_SET] = FACT_SET,	       [BOOK_INTEGER] = FACT_INTEGER,
		[BOOK_DATE] = FACT_DATE,
	};
	struct fact *fact = &m->facts[index];
	fact->name = book_name_of(&from->name);
	fact->kind = kinds[from->kind];
	fact->low = from->low;
	fact->high = from->kind == BOOK_SET ? 1 : from->high;
	fact->unit = from->unit;
	fact->applicable_date = from->applicable_date;
	fact->member_count = from->members.count;
	fact->members = arena_new_array(m->arena, struct member, fact->member_count + 1);
	for (size_t i = 0; i < fact->member_count; i++)
		fact->members[i] = (struct member){ .name = book_name_of(&from->members.items[i]), .group = NONE };
	add_dims(m, fact, index);
}

static void make_facts(struct model *m, const struct book *b)
{
	size_t dims = b->facts.count;
	for (size_t i = 0; i < b->facts.count; i++)
		dims += b->facts.items[i].members.count;
	m->facts = arena_new_array(m->arena, struct fact, b->facts.count + 1);
	m->fact_count = b->facts.count;
	m->dims = arena_new_array(m->arena, struct dim, dims + 1);
	for (uint32_t i = 0; i < m->fact_count; i++)
		make_fact(m, &b->facts.items[i], i);
}

static void make_decisions(struct model *m, const struct book *b)
{
	m->decisions = arena_new_array(m->arena, struct decision, b->decisions.count + 1);
	m->decision_count = b->decisions.count;
	for (size_t i = 0; i < m->decision_count; i++) {
		const book_names *outcomes = &b->decisions.items[i].outcomes;
		struct decision *decision = &m->decisions[i];
		decision->name = book_name_of(&b->decisions.items[i].name);
		decision->outcome_count = outcomes->count;
		decision->outcomes = arena_new_array(m->arena, struct outcome, outcomes->count + 1);
		for (size_t k = 0; k < outcomes->count; k++)
			decision->outcomes[k].name = book_name_of(&outcomes->items[k]);
	}
}

/* ---- conditions ---- */

/* Bounds stand as they are; values that are named are joined to ranges. */
static struct ranges ranges_of_test(struct arena *arena, const struct book_cond *from, bool measured)
{
	int64_t *values = arena_new_array(arena, int64_t, from->ranges.count + 1);
	struct ranges ranges = { arena_new_array(arena, struct range, from->ranges.count + 1), from->ranges.count };
	for (size_t i = 0; i < from->ranges.count; i++) {
		values[i] = from->ranges.items[i].low;
		ranges.items[i] = (struct range){ from->ranges.items[i].low, from->ranges.items[i].high };
	}
	return measured ? ranges : ranges_of(arena, values, from->ranges.count);
}

static void make_test(struct model *m, const struct book_cond *from, struct cond *cond)
{
	bool of_decision = from->kind == BOOK_TEST_DECISION;
	const struct fact *fact = of_decision ? NULL : &m->facts[from->subject];
	cond->kind = of_decision ? COND_DECISION : COND_FACT;
	cond->decision = from->subject;
	cond->dim = fact ? fact->first_dim + from->member : 0;
	cond->ranges = ranges_of_test(m->arena, from, fact && (fact->kind == FACT_INTEGER || fact->kind == FACT_DATE));
}

static void make_cond(struct model *m, const struct book_cond *from, struct cond *cond)
{
	static const enum cond_kind kinds[] = {
		[BOOK_TRUE] = COND_TRUE, [BOOK_FALSE] = COND_FALSE, [BOOK_ALL] = COND_AND,
		[BOOK_ANY] = COND_OR,	 [BOOK_NOT] = COND_NOT,	    [BOOK_USE] = COND_DEFINITION,
	};
	cond->op = from->op;
	if (from->kind == BOOK_TEST_FACT || from->kind == BOOK_TEST_MEMBER || from->kind == BOOK_TEST_DECISION) {
		make_test(m, from, cond);
		return;
	}
	bool use = from->kind == BOOK_USE;
	cond->kind = kinds[from->kind];
	cond->definition = from->subject;
	cond->part_count = use ? 1 : from->parts.count;
	cond->parts = arena_new_array(m->arena, struct cond *, cond->part_count + 1);
	if (use)
		cond->parts[0] = m->definitions[from->subject].cond;
	for (size_t i = 0; !use && i < cond->part_count; i++) {
		cond->parts[i] = arena_new_of(m->arena, struct cond);
		make_cond(m, from->parts.items[i], cond->parts[i]);
	}
}

/* A definition may use a later one, so that all are there before any is filled. */
static void make_definitions(struct model *m, const struct book *b)
{
	m->definitions = arena_new_array(m->arena, struct definition, b->definitions.count + 1);
	m->definition_count = b->definitions.count;
	for (size_t i = 0; i < m->definition_count; i++) {
		m->definitions[i].name = book_name_of(&b->definitions.items[i].name);
		m->definitions[i].cond = arena_new_of(m->arena, struct cond);
	}
	for (size_t i = 0; i < m->definition_count; i++)
		make_cond(m, b->definitions.items[i].cond, m->definitions[i].cond);
}

static void make_guards(struct model *m, const struct book *b)
{
	for (size_t i = 0; i < b->guards.count; i++) {
		const struct book_guard *guard = &b->guards.items[i];
		struct step *step = &m->procedures[guard->procedure].steps[guard->step];
		step->guard = arena_new_of(m->arena, struct cond);
		make_cond(m, guard->when, step->guard);
	}
}

/* ---- the whole ---- */

static void make_clauses(struct model *m, const struct book *b)
{
	m->clause_index = map_new_in(m->arena);
	m->clauses = arena_new_array(m->arena, struct clause, b->clauses.count + 1);
	m->clause_count = b->clauses.count;
	for (size_t i = 0; i < m->clause_count; i++) {
		m->clauses[i] = (struct clause){ .id = b->clauses.items[i].id, .text = b->clauses.items[i].text };
		(void)map_put_if_absent(m->clause_index, m->clauses[i].id, (int64_t)i);
	}
}

struct model *book_model(const struct book *b)
{
	struct model *m = arena_new_of(b->arena, struct model);
	m->arena = b->arena;
	m->digest = b->digest;
	m->name = book_name_of(&b->name);
	m->edition = book_name_of(&b->edition);
	m->roles = b->roles.items;
	m->role_count = b->roles.count;
	m->calendars = b->calendars.items;
	m->calendar_count = b->calendars.count;
	m->procedures = b->procedures.items;
	m->procedure_count = b->procedures.count;
	m->counting = arena_new_of(b->arena, struct counting);
	make_clauses(m, b);
	make_facts(m, b);
	make_decisions(m, b);
	make_definitions(m, b);
	make_guards(m, b);
	return m;
}
