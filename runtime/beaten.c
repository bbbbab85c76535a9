/* Which rules are beaten. note [classes]
 *
 * Rules that nothing tells apart in priority form a class; a class is over stretches of classes, always, or if its rule
 * stands earlier (the rows of a first-hit table). A rule is beaten when a rule over it has another outcome, so it is
 * enough to know, per class, which outcomes come from above. */
#include "view.h"

void *room_take(struct room *room, size_t count, size_t size)
{
	size_t at = room->used;
	room->used += (count * size + 7) / 8 * 8;
	return room->bytes ? room->bytes + at : NULL;
}

void contest_room(struct contest *contest, struct room *room, uint32_t max_classes)
{
	contest->from = (uint64_t *)room_take(room, max_classes, sizeof(uint64_t));
	contest->before = (uint64_t *)room_take(room, max_classes, sizeof(uint64_t));
	contest->present = (uint32_t *)room_take(room, max_classes, sizeof(uint32_t));
}

void contest_of(struct contest *contest, const unsigned char *table, uint32_t decision)
{
	const unsigned char *record = record_at(table, DECISIONS, decision);
	contest->table = table;
	contest->decision = record;
	contest->rules = record_at(table, LISTS, field(record, DECISION_FIRST_RULE));
	contest->classes = record_at(table, LISTS, field(record, DECISION_FIRST_CLASS));
	contest->rule_count = field(record, DECISION_RULES);
	contest->class_count = field(record, DECISION_CLASSES);
	clear_words(contest->from, contest->class_count);
	clear_words(contest->before, contest->class_count);
}

uint32_t contest_rule(const struct contest *contest, uint32_t rule)
{
	return load_u32(contest->rules + 4 * (size_t)rule);
}

uint32_t contest_outcome(const struct contest *contest, uint32_t rule)
{
	return field(record_at(contest->table, RULES, contest_rule(contest, rule)), RULE_OUTCOME);
}

static uint32_t class_of(const struct contest *contest, uint32_t rule)
{
	return load_u32(contest->classes + 4 * (size_t)rule);
}

/* The stretches of classes that a class is over. */
struct stretches {
	const unsigned char *at;
	uint32_t count;
};

static struct stretches stretches_of(const struct contest *contest, uint32_t class_index)
{
	const unsigned char *starts = record_at(contest->table, LISTS, field(contest->decision, DECISION_FIRST_OVER));
	uint32_t first = load_u32(starts + 4 * (size_t)class_index);
	struct stretches s;
	s.at = record_at(contest->table, OVER, first);
	s.count = load_u32(starts + 4 * ((size_t)class_index + 1)) - first;
	return s;
}

/* What puts class `a` over class `b`: a mode, or NO_INDEX. */
static uint32_t mode_between(const struct contest *contest, uint32_t a, uint32_t b)
{
	struct stretches s = stretches_of(contest, a);
	for (; s.count > 0; s.count--, s.at += SIZE_OVER) {
		if (b >= field(s.at, OVER_FIRST) && b <= field(s.at, OVER_LAST))
			return field(s.at, OVER_MODE);
	}
	return NO_INDEX;
}

bool contest_is_over(const struct contest *contest, uint32_t a, uint32_t b)
{
	uint32_t mode = mode_between(contest, class_of(contest, a), class_of(contest, b));
	return mode == OVER_ALWAYS || (mode == OVER_IF_EARLIER && a < b);
}

static uint32_t gather(struct contest *contest, const uint64_t *beaters)
{
	size_t words = words_of(contest->rule_count);
	uint32_t count = 0;
	for (uint32_t r = 0; (r = next_bit(beaters, words, r)) != NO_INDEX; r++) {
		uint32_t c = class_of(contest, r);
		if (contest->from[c] == 0)
			contest->present[count++] = c;
		contest->from[c] |= UINT64_C(1) << contest_outcome(contest, r);
	}
	return count;
}

/* Outcomes over a rule of this class, from classes that are over it always or whose rule stood earlier. */
static uint64_t outcomes_over(const struct contest *contest, uint32_t count, uint32_t class_index)
{
	uint64_t outcomes = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t mode = mode_between(contest, contest->present[i], class_index);
		if (mode == OVER_ALWAYS)
			outcomes |= contest->from[contest->present[i]];
		else if (mode == OVER_IF_EARLIER)
			outcomes |= contest->before[contest->present[i]];
	}
	return outcomes;
}

void contest_run(struct contest *contest, const uint64_t *beaters, const uint64_t *victims, uint64_t *unbeaten)
{
	size_t words = words_of(contest->rule_count);
	uint32_t count = gather(contest, beaters);
	for (size_t w = 0; w < words; w++) {
		unbeaten[w] = victims[w];
		for (uint64_t bits = beaters[w] | victims[w]; bits != 0; bits &= bits - 1) {
			uint32_t r = (uint32_t)(w * 64) + lowest_bit(bits), c = class_of(contest, r);
			uint64_t own = UINT64_C(1) << contest_outcome(contest, r);
			if (has_bit(victims, r) && (outcomes_over(contest, count, c) & ~own) != 0)
				clear_bit(unbeaten, r);
			if (has_bit(beaters, r))
				contest->before[c] |= own;
		}
	}
	for (uint32_t i = 0; i < count; i++)
		contest->from[contest->present[i]] = contest->before[contest->present[i]] = 0;
}
