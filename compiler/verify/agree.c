/* XML and table side by side: the same facts, decisions, rules, constraints and clauses, by id and in order. Calendars
 * and procedures are compared by programs that share nothing with this one (certificate.c). */
#include "verify/verifying.h"

#include <inttypes.h>
#include <string.h>

struct comparing {
	struct verifying *v;
	bool *named, *scratch;           /* of book_rule_names */
	const struct book *book;
	const struct guiju_table *table;
	const char *xml, *file;
	bool same;
};

/* What is compared, in words that need no translation: element and attribute of the XML. */
struct about {
	const char *element, *id, *what;
};
#define ABOUT(element, id, what) ((struct about){ element, id, what })

static bool differ(struct comparing *c, struct about about, const char *one, const char *other)
{
	c->same = false;
	refuse(c->v, MESSAGE_VERIFY_DIFFERS, c->file, c->xml,
	       arena_printf(c->v->arena, "%s %s %s", about.element, about.id, about.what), one, other);
	return false;
}

static bool same_text(struct comparing *c, struct about about, const char *one, struct guiju_text other)
{
	one = one ? one : "";
	return strcmp(one, other.bytes) == 0 || differ(c, about, one, other.bytes);
}

static bool same_number(struct comparing *c, struct about about, int64_t one, int64_t other)
{
	struct arena *arena = c->v->arena;
	return one == other ||
	       differ(c, about, arena_printf(arena, "%" PRId64, one), arena_printf(arena, "%" PRId64, other));
}

static bool same_name(struct comparing *c, const char *element, const struct book_name *one, struct guiju_text id,
		      struct guiju_text label, struct guiju_text english)
{
	const char *point = strcmp(element, "row") == 0 ? strchr(one->id, '.') : NULL;
	const char *unlabelled = point ? point + 1 : one->id;
	return same_text(c, ABOUT(element, one->id, "id"), one->id, id) &&
	       same_text(c, ABOUT(element, one->id, "label zh"), one->label ? one->label : unlabelled, label) &&
	       same_text(c, ABOUT(element, one->id, "label en"), one->english ? one->english : unlabelled, english);
}

/* ---- facts and decisions ---- */

static bool same_members(struct comparing *c, uint32_t index)
{
	const struct book_fact *fact = &c->book->facts.items[index];
	for (uint32_t i = 0; i < fact->members.count; i++) {
		struct guiju_name name;
		if (guiju_member(c->table, index, i, &name) != GUIJU_OK ||
		    !same_name(c, "value", &fact->members.items[i], name.id, name.label, name.english))
			return false;
	}
	return true;
}

static bool same_fact(struct comparing *c, uint32_t index)
{
	static const enum guiju_kind kinds[] = {
		[BOOK_BOOLEAN] = GUIJU_BOOLEAN, [BOOK_ENUMERATION] = GUIJU_ENUMERATION,
		[BOOK_SET] = GUIJU_SET,		[BOOK_INTEGER] = GUIJU_INTEGER,
		[BOOK_DATE] = GUIJU_DATE,
	};
	const struct book_fact *one = &c->book->facts.items[index];
	struct guiju_fact other;
	const char *id = one->name.id;
	if (guiju_fact(c->table, index, &other) != GUIJU_OK ||
	    !same_name(c, "fact", &one->name, other.id, other.label, other.english))
		return false;
	return same_number(c, ABOUT("fact", id, "kind"), kinds[one->kind], other.kind) &&
	       same_text(c, ABOUT("fact", id, "unit"), one->unit, other.unit) &&
	       same_number(c, ABOUT("fact", id, "low"), one->low, other.low) &&
	       same_number(c, ABOUT("fact", id, "high"), one->high, other.high) &&
	       same_number(c, ABOUT("fact", id, "discretion"), one->discretion, other.discretion) &&
	       same_number(c, ABOUT("fact", id, "applicable_date"), one->applicable_date, other.applicable_date) &&
	       same_number(c, ABOUT("fact", id, "value"), (int64_t)one->members.count, other.members) &&
	       same_members(c, index);
}

static bool same_feeds(struct comparing *c, uint32_t index)
{
	const struct book_decision *one = &c->book->decisions.items[index];
	for (uint32_t i = 0; i < one->feed_count; i++) {
		uint32_t feed;
		if (guiju_decision_feed(c->table, index, i, &feed) != GUIJU_OK ||
		    !same_number(c, ABOUT("decision", one->name.id, "feeds"), one->feeds[i], feed))
			return false;
	}
	return true;
}

static bool same_decision(struct comparing *c, uint32_t index)
{
	const struct book_decision *one = &c->book->decisions.items[index];
	struct guiju_decision other;
	if (guiju_decision(c->table, index, &other) != GUIJU_OK ||
	    !same_name(c, "decision", &one->name, other.id, other.label, other.english) ||
	    !same_number(c, ABOUT("decision", one->name.id, "outcome"), (int64_t)one->outcomes.count, other.outcomes) ||
	    !same_number(c, ABOUT("decision", one->name.id, "feeds"), (int64_t)one->feed_count, other.feeds))
		return false;
	for (uint32_t i = 0; i < one->outcomes.count; i++) {
		struct guiju_name name;
		if (guiju_outcome(c->table, index, i, &name) != GUIJU_OK ||
		    !same_name(c, "outcome", &one->outcomes.items[i], name.id, name.label, name.english))
			return false;
	}
	return same_feeds(c, index);
}

/* ---- rules ---- */

static bool same_cites(struct comparing *c, uint32_t index)
{
	const struct book_rule *one = &c->book->rules.items[index];
	for (uint32_t i = 0; i < one->cites.count; i++) {
		struct guiju_text clause;
		if (guiju_rule_cite(c->table, index, i, &clause) != GUIJU_OK ||
		    !same_text(c, ABOUT(one->element, one->name.id, "cite"), one->cites.items[i], clause))
			return false;
	}
	return true;
}

static bool same_texts(struct comparing *c, uint32_t index)
{
	const struct book_rule *one = &c->book->rules.items[index];
	for (uint32_t i = 0; i < one->texts.count; i++) {
		struct guiju_text column, text;
		struct about what = ABOUT(one->element, one->name.id, "text");
		if (guiju_rule_text(c->table, index, i, &column, &text) != GUIJU_OK ||
		    !same_text(c, what, one->texts.items[i].column, column) ||
		    !same_text(c, what, one->texts.items[i].text, text))
			return false;
	}
	return true;
}

/* The decisions that a rule names, ascending. */
static bool same_names(struct comparing *c, uint32_t index, uint32_t count)
{
	const struct book_rule *one = &c->book->rules.items[index];
	uint32_t named = 0;
	book_rule_names(c->book, one, c->named, c->scratch);
	for (uint32_t i = 0; i < c->book->decisions.count; i++) {
		uint32_t other;
		if (!c->named[i])
			continue;
		if (guiju_rule_names(c->table, index, named++, &other) != GUIJU_OK)
			other = NO_INDEX;
		if (!same_number(c, ABOUT(one->element, one->name.id, "decision"), i, other))
			return false;
	}
	return same_number(c, ABOUT(one->element, one->name.id, "decision"), named, count);
}

static bool same_rule(struct comparing *c, uint32_t index)
{
	const struct book_rule *one = &c->book->rules.items[index];
	struct guiju_rule other;
	const char *id = one->name.id;
	if (guiju_rule(c->table, index, &other) != GUIJU_OK ||
	    !same_name(c, one->element, &one->name, other.id, other.label, other.english))
		return false;
	return same_text(c, ABOUT(one->element, id, "item"), one->item, other.item) &&
	       same_number(c, ABOUT(one->element, id, "decision"), one->decision, other.decision) &&
	       same_number(c, ABOUT(one->element, id, "outcome"), one->outcome, other.outcome) &&
	       same_number(c, ABOUT(one->element, id, "cite"), (int64_t)one->cites.count, other.cites) &&
	       same_number(c, ABOUT(one->element, id, "text"), (int64_t)one->texts.count, other.texts) &&
	       same_cites(c, index) && same_texts(c, index) && same_names(c, index, other.names);
}

/* ---- the rest ---- */

static bool same_constraint(struct comparing *c, uint32_t index)
{
	struct guiju_name other;
	return guiju_constraint(c->table, index, &other) == GUIJU_OK &&
	       same_name(c, "constraint", &c->book->constraints.items[index].name, other.id, other.label,
			 other.english);
}

/* The table holds the clauses that are cited, in order of the text; those of other instruments have no text here. */
static void compare_clauses(struct comparing *c, uint32_t count)
{
	uint32_t cited = 0;
	for (size_t i = 0; i < c->book->clauses.count; i++) {
		const struct book_clause *one = &c->book->clauses.items[i];
		struct guiju_text id = { .bytes = "" }, text = { .bytes = "" };
		if (map_get(c->book->cited, one->id) < 0)
			continue;
		(void)guiju_clause(c->table, cited++, &id, &text);
		if (!same_text(c, ABOUT("clause", one->id, "id"), one->id, id) ||
		    !same_text(c, ABOUT("clause", one->id, "text"), one->text, text))
			return;
	}
	(void)same_number(c, ABOUT("rulebook", c->book->name.id, "clause"), cited, count);
}

static bool same_counts(struct comparing *c, const struct guiju_about *table)
{
	const struct book *b = c->book;
	return same_number(c, ABOUT("rulebook", b->name.id, "fact"), (int64_t)b->facts.count, table->facts) &&
	       same_number(c, ABOUT("rulebook", b->name.id, "decision"), (int64_t)b->decisions.count,
			   table->decisions) &&
	       same_number(c, ABOUT("rulebook", b->name.id, "rule"), (int64_t)b->rules.count, table->rules) &&
	       same_number(c, ABOUT("rulebook", b->name.id, "constraint"), (int64_t)b->constraints.count,
			   table->constraints);
}

static void each(struct comparing *c, size_t count, bool (*same)(struct comparing *c, uint32_t index))
{
	for (uint32_t i = 0; i < count && same(c, i); i++)
		;
}

bool check_same_things(struct verifying *v, const struct book *book, const char *xml, const struct guiju_table *table,
		       const char *file)
{
	struct comparing c = { .v = v, .book = book, .table = table, .xml = xml, .file = file, .same = true };
	struct guiju_about head;
	guiju_about(table, &head);
	c.named = arena_new_array(v->arena, bool, book->decisions.count + 1);
	c.scratch = arena_new_array(v->arena, bool, book->facts.count + book->definitions.count + 1);
	(void)same_text(&c, ABOUT("rulebook", book->name.id, "id"), book->name.id, head.rulebook);
	(void)same_text(&c, ABOUT("rulebook", book->name.id, "label zh"),
			book->name.label ? book->name.label : book->name.id, head.label);
	(void)same_text(&c, ABOUT("rulebook", book->name.id, "edition"), book->edition.id, head.edition);
	(void)same_text(&c, ABOUT("rulebook", book->name.id, "digest"), book->digest, head.digest);
	if (!same_counts(&c, &head))
		return false;
	each(&c, book->facts.count, same_fact);
	each(&c, book->decisions.count, same_decision);
	each(&c, book->rules.count, same_rule);
	each(&c, book->constraints.count, same_constraint);
	compare_clauses(&c, head.clauses);
	return c.same;
}
