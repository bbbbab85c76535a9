/* Questions that a search may not end, asked as formulas. note [hard] */
#include "regions/search.h"

enum { SEARCH_TRIED = 1000, FAILURES = 2 };

static struct hardness *hardness_of(const struct search *s)
{
	return s->plan ? &s->plan->hardness : &s->regions->hardness;
}

/* By a search of few boxes; false: they do not suffice. */
static bool try_search(struct search *s, search_question *by_search, void *into, enum reply *reply)
{
	struct regions *r = s->regions;
	if (hardness_of(s)->found)
		return false;
	regions_allow(r, SEARCH_TRIED);
	*reply = by_search(s, into);
	if (regions_allow_all(r))
		return true;
	hardness_of(s)->found = true;
	search_prepare(s, s->question);
	return false;
}

static bool answer(struct search *s, search_question *by_search, search_question *by_formula, void *into,
		   enum reply *reply)
{
	if (try_search(s, by_search, into, reply))
		return true;
	*reply = by_formula(s, into);
	return *reply != REPLY_ENDED || s->regions->ended;
}

enum reply search_hard(struct search *s, search_question *by_search, search_question *by_formula, void *into)
{
	struct regions *r = s->regions;
	uint64_t allowed = r->allowed, before = r->nodes;
	unsigned *failures = &hardness_of(s)->failures[allowed > 0];
	enum reply reply;
	if (!formula_suits(s) || *failures == FAILURES)
		return by_search(s, into);
	r->allowed = 0;
	bool answered = answer(s, by_search, by_formula, into, &reply);
	r->allowed = allowed ? allowed + (r->nodes - before) : 0;
	if (answered)
		return reply;
	++*failures;
	search_prepare(s, s->question);
	return by_search(s, into);
}
