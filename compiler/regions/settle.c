/* What an order not yet written would settle: cases in conflict that it leaves one outcome.
 *
 * note [settled] Being beaten takes a rule from the reasons and makes no other rule one, since beaten rules still beat. So
 * an order more can only end conflicts; and where it ends one, rules of both its sides hold. */
#include "regions/search.h"

struct said {                        /* by the rules listed, with the order or without */
	uint64_t possible, sure;     /* outcomes of rules that may be reasons, that are */
	bool certain;                /* some rule holds on the whole box */
};

static bool is_over(const struct search *s, uint32_t a, uint32_t b, bool ordered)
{
	if (plan_beats(s->regions, s->plan, a, b))
		return true;
	return ordered && (s->roles[a] & ROLE_OVER) && (s->roles[b] & ROLE_UNDER) &&
	       s->plan->rules[a].outcome != s->plan->rules[b].outcome;
}

/* How sure it is that the rule is beaten; `sure_only`: a rule that may hold is not asked. */
static enum tri beaten_by(const struct search *s, const uint32_t *entries, size_t count, uint32_t rule, bool ordered,
			  bool sure_only)
{
	enum tri beaten = NO;
	for (size_t i = 0; i < count && beaten != YES; i++)
		if ((ENTRY_CERTAIN(entries[i]) || (!sure_only && beaten == NO)) &&
		    is_over(s, ENTRY_RULE(entries[i]), rule, ordered))
			beaten = ENTRY_CERTAIN(entries[i]) ? YES : MAYBE;
	return beaten;
}

static struct said said_by(const struct search *s, const uint32_t *entries, size_t count, bool ordered)
{
	struct said said = { 0 };
	for (size_t i = 0; i < count; i++)
		said.certain |= ENTRY_CERTAIN(entries[i]);
	for (size_t i = 0; i < count; i++) {
		uint32_t rule = ENTRY_RULE(entries[i]);
		bool certain = ENTRY_CERTAIN(entries[i]);
		uint64_t bit = (uint64_t)1 << s->plan->rules[rule].outcome;
		if ((said.possible & bit) && (!certain || (said.sure & bit)))
			continue;
		enum tri beaten = said.certain ? beaten_by(s, entries, count, rule, ordered, !certain) : NO;
		if (beaten != YES)
			said.possible |= bit;
		if (beaten == NO && certain)
			said.sure |= bit;
	}
	return said;
}

static bool is_single(uint64_t bits)
{
	return (bits & (bits - 1)) == 0;
}

enum tri settled_on(const struct search *s, const uint32_t *entries, size_t count)
{
	uint64_t wanted = (uint64_t)1 << s->question->outcome;
	uint8_t roles = 0;
	for (size_t i = 0; i < count; i++)
		roles |= s->roles[ENTRY_RULE(entries[i])];
	if (!(roles & ROLE_OVER) || !(roles & ROLE_UNDER))
		return NO;
	struct said before = said_by(s, entries, count, false);
	if (is_single(before.possible) || !(before.possible & wanted))
		return NO;
	struct said after = said_by(s, entries, count, true);
	if (!(after.possible & wanted) || (after.sure & ~wanted))
		return NO;
	return !is_single(before.sure) && after.certain && after.possible == wanted ? YES : MAYBE;
}
