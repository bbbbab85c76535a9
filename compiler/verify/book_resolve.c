/* What follows from a book's rules: which definition a use means, which decisions feed which, which facts the cases of
 * a decision have. Circles and depths that the evaluation could not stand are refused here. */
#include "verify/book.h"

#include <string.h>

enum progress { STATE_NEW, STATE_OPEN, STATE_DONE };

struct resolving {
	struct book *book;
	struct map *definitions;
	enum progress *states; /* per definition, then per decision */
	size_t *depths;	       /* per definition */
	struct book_fault *fault;
};

static bool fault(struct resolving *r, enum book_fault_kind kind, const char *name)
{
	if (r->fault->kind == FAULT_NONE)
		*r->fault = (struct book_fault){ .kind = kind, .name = name };
	return false;
}

/* ---- definitions ---- */

static bool measure(struct resolving *r, struct book_cond *cond, size_t frames, size_t *depth);

static bool measure_definition(struct resolving *r, struct book_cond *use, size_t frames, size_t *depth)
{
	int64_t index = map_get(r->definitions, use->definition);
	if (index < 0)
		return fault(r, FAULT_UNKNOWN, use->definition);
	use->subject = (uint32_t)index;
	if (r->states[index] == STATE_OPEN)
		return fault(r, FAULT_CIRCLE, use->definition);
	if (r->states[index] == STATE_NEW) {
		r->states[index] = STATE_OPEN;
		if (!measure(r, r->book->definitions.items[index].cond, frames, &r->depths[index]))
			return false;
		r->states[index] = STATE_DONE;
	}
	*depth = r->depths[index] + 1;
	return frames + *depth <= LIMIT_BOOK_FRAMES || fault(r, FAULT_MANY, use->definition);
}

/* How many conditions stand within each other below this one; `frames` stand above it. */
static bool measure(struct resolving *r, struct book_cond *cond, size_t frames, size_t *depth)
{
	if (frames >= LIMIT_BOOK_FRAMES)
		return fault(r, FAULT_MANY, "when");
	if (cond->kind == BOOK_USE)
		return measure_definition(r, cond, frames + 1, depth);
	*depth = 1;
	for (size_t i = 0; i < cond->parts.count; i++) {
		size_t part = 0;
		if (!measure(r, cond->parts.items[i], frames + 1, &part))
			return false;
		*depth = part + 1 > *depth ? part + 1 : *depth;
	}
	return true;
}

static bool measure_all(struct resolving *r)
{
	struct book *b = r->book;
	size_t depth;
	for (size_t i = 0; i < b->definitions.count; i++) {
		if (map_put_if_absent(r->definitions, b->definitions.items[i].name.id, (int64_t)i) != (int64_t)i)
			return fault(r, FAULT_TWICE, b->definitions.items[i].name.id);
	}
	for (size_t i = 0; i < b->definitions.count; i++) {
		struct book_cond use = { .kind = BOOK_USE, .definition = b->definitions.items[i].name.id };
		if (!measure(r, &use, 0, &depth))
			return false;
	}
	for (size_t i = 0; i < b->rules.count; i++) {
		struct book_rule *rule = &b->rules.items[i];
		if (!measure(r, rule->when, 0, &depth) || (rule->except && !measure(r, rule->except, 0, &depth)))
			return false;
	}
	for (size_t i = 0; i < b->constraints.count; i++) {
		struct book_constraint *c = &b->constraints.items[i];
		if (!measure(r, c->then, 0, &depth) || (c->when && !measure(r, c->when, 0, &depth)))
			return false;
	}
	for (size_t i = 0; i < b->guards.count; i++) {
		if (!measure(r, b->guards.items[i].when, 0, &depth))
			return false;
	}
	return true;
}

/* ---- what conditions read ---- */

struct reads {
	bool *facts, *decisions, *definitions;
};

static void mark(const struct book *b, const struct book_cond *cond, struct reads *reads)
{
	if (!cond)
		return;
	if (cond->kind == BOOK_TEST_FACT || cond->kind == BOOK_TEST_MEMBER)
		reads->facts[cond->subject] = true;
	if (cond->kind == BOOK_TEST_DECISION)
		reads->decisions[cond->subject] = true;
	if (cond->kind == BOOK_USE && !reads->definitions[cond->subject]) {
		reads->definitions[cond->subject] = true;
		mark(b, b->definitions.items[cond->subject].cond, reads);
	}
	for (size_t i = 0; i < cond->parts.count; i++)
		mark(b, cond->parts.items[i], reads);
}

void book_rule_names(const struct book *b, const struct book_rule *rule, bool *decisions, bool *scratch)
{
	struct reads reads = { scratch, decisions, scratch + b->facts.count };
	memset(decisions, 0, b->decisions.count * sizeof *decisions);
	memset(scratch, 0, (b->facts.count + b->definitions.count) * sizeof *scratch);
	mark(b, rule->when, &reads);
	mark(b, rule->except, &reads);
}

static struct reads reads_new(const struct book *b)
{
	return (struct reads){ arena_new_array(b->arena, bool, b->facts.count + 1),
			       arena_new_array(b->arena, bool, b->decisions.count + 1),
			       arena_new_array(b->arena, bool, b->definitions.count + 1) };
}

static void find_feeds(struct book *b, uint32_t index, struct reads *reads)
{
	struct book_decision *decision = &b->decisions.items[index];
	decision->feeds = arena_new_array(b->arena, uint32_t, b->decisions.count + 1);
	decision->reads = reads->facts;
	for (uint32_t i = 0; i < b->decisions.count; i++) {
		if (reads->decisions[i])
			decision->feeds[decision->feed_count++] = i;
	}
}

static void find_reads(struct book *b)
{
	struct reads *reads = arena_new_array(b->arena, struct reads, b->decisions.count + 1);
	for (size_t i = 0; i < b->decisions.count; i++)
		reads[i] = reads_new(b);
	for (size_t i = 0; i < b->rules.count; i++) {
		mark(b, b->rules.items[i].when, &reads[b->rules.items[i].decision]);
		mark(b, b->rules.items[i].except, &reads[b->rules.items[i].decision]);
	}
	for (uint32_t i = 0; i < b->decisions.count; i++)
		find_feeds(b, i, &reads[i]);
}

static bool read_constraints(struct resolving *r)
{
	struct book *b = r->book;
	for (size_t i = 0; i < b->constraints.count; i++) {
		struct reads reads = reads_new(b);
		mark(b, b->constraints.items[i].when, &reads);
		mark(b, b->constraints.items[i].then, &reads);
		b->constraints.items[i].reads = reads.facts;
		for (size_t k = 0; k < b->decisions.count; k++) {
			if (reads.decisions[k])
				return fault(r, FAULT_SHAPE, b->constraints.items[i].name.id);
		}
	}
	return true;
}

/* ---- decisions ---- */

static bool share(const struct book *b, const bool *one, const bool *other)
{
	for (size_t i = 0; i < b->facts.count; i++) {
		if (one[i] && other[i])
			return true;
	}
	return false;
}

/* True: something was added. */
static bool join(const struct book *b, bool *to, const bool *from)
{
	bool grown = false;
	for (size_t i = 0; i < b->facts.count; i++) {
		grown = grown || (from[i] && !to[i]);
		to[i] = to[i] || from[i];
	}
	return grown;
}

/* A case has the facts that are read, those that a constraint ties to them, and so on. */
static void tie(const struct book *b, struct book_decision *decision)
{
	bool grown = true;
	while (grown) {
		grown = false;
		for (size_t i = 0; i < b->constraints.count; i++) {
			const bool *reads = b->constraints.items[i].reads;
			if (share(b, decision->reads, reads) && join(b, decision->reads, reads))
				grown = true;
		}
	}
}

static bool close_decision(struct resolving *r, uint32_t index)
{
	struct book *b = r->book;
	struct book_decision *decision = &b->decisions.items[index];
	enum progress *state = &r->states[b->definitions.count + index];
	if (*state == STATE_OPEN)
		return fault(r, FAULT_CIRCLE, decision->name.id);
	if (*state == STATE_DONE)
		return true;
	*state = STATE_OPEN;
	for (size_t i = 0; i < decision->feed_count; i++) {
		if (!close_decision(r, decision->feeds[i]))
			return false;
		join(b, decision->reads, b->decisions.items[decision->feeds[i]].reads);
	}
	tie(b, decision);
	*state = STATE_DONE;
	return true;
}

bool book_resolve(struct book *book, struct book_fault *why)
{
	struct resolving r = { .book = book, .fault = why, .definitions = map_new_in(book->arena) };
	*why = (struct book_fault){ .kind = FAULT_NONE };
	r.states = arena_new_array(book->arena, enum progress, book->definitions.count + book->decisions.count + 1);
	r.depths = arena_new_array(book->arena, size_t, book->definitions.count + 1);
	if (!measure_all(&r))
		return false;
	find_reads(book);
	if (!read_constraints(&r))
		return false;
	for (uint32_t i = 0; i < book->decisions.count; i++) {
		if (!close_decision(&r, i))
			return false;
	}
	return true;
}
