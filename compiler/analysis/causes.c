/* What lies behind a finding, so that findings with one cause can be read as one: of conflicts and overlaps the two sides
 * that meet, of gaps the facts that bound them, else where the rules stand. A side is a table, or the article that the
 * rule cites first, or the rule itself. */
#include "analysis/blame.h"
#include "support/writer.h"

#include <string.h>

struct side {
	const char *key;
	struct phrase words, among;  /* beside another side, and where both are this one */
	enum finding_kind kind;
	const char *alone;           /* the cause of findings of that kind on this side alone; NULL: not made */
};

/* Most findings of a large table have one cause, which is written once. */
static struct side *table_side(struct checks *c, uint32_t index)
{
	struct arena *arena = c->diag->arena;
	const char *id = c->model->tables[index].name.id;
	if (!c->sides)
		c->sides = arena_new_array(c->arena, struct side, c->model->table_count);
	struct side *side = &c->sides[index];
	if (!side->key)
		*side = (struct side){ .key = arena_printf(arena, "table %s", id),
				       .words = { arena_printf(arena, "表 `%s`", id), arena_printf(arena, "table `%s`", id) },
				       .among = { arena_printf(arena, "表 `%s` 的行之间", id),
						  arena_printf(arena, "among the rows of table `%s`", id) } };
	return side;
}

static struct side *side_of(struct checks *c, uint32_t rule)
{
	struct arena *arena = c->diag->arena;
	const struct rule *r = rule_at(c, rule);
	if (r->table != NONE)
		return table_side(c, r->table);
	struct side *side = arena_new_of(c->arena, struct side);
	if (!r->attributes.cites.count) {
		side->key = arena_printf(arena, "rule %s", r->id);
		side->words = side->among = (struct phrase){ arena_printf(arena, "规则 `%s`", r->id), arena_printf(arena, "rule `%s`", r->id) };
		return side;
	}
	const char *clause = r->attributes.cites.clauses[0];
	const char *article = arena_strndup(arena, clause, strcspn(clause, ".#"));
	side->key = arena_printf(arena, "clause %s", article);
	side->words = (struct phrase){ arena_printf(arena, "依据 %s 的规则", article), arena_printf(arena, "rules that cite %s", article) };
	side->among = (struct phrase){ arena_printf(arena, "依据 %s 的规则之间", article), arena_printf(arena, "among rules that cite %s", article) };
	return side;
}

/* Of findings about rules that meet others: rules[0] and the others, which stand on one side. */
static bool has_two_sides(enum finding_kind kind)
{
	return kind == FINDING_CONFLICT || kind == FINDING_OVERLAP || kind == FINDING_OVERRIDDEN || kind == FINDING_UNREACHABLE;
}

/* Rows of one table: one mistake in it may lie behind many such findings (blame.c); behind one, it is its own cause. */
static bool set_own_cause(struct checks *c, struct finding *f, const uint32_t *rules, size_t count)
{
	const struct rule_table *table = table_of(c, rules[0]);
	if (!table || (count < 2 && f->kind != FINDING_REDUNDANT) || f->kind == FINDING_OVERRIDDEN || f->kind == FINDING_MERGEABLE)
		return false;
	for (size_t i = 1; i < count; i++)
		if (table_of(c, rules[i]) != table)
			return false;
	uint32_t *copy = arena_new_array(c->arena, uint32_t, count);
	memcpy(copy, rules, count * sizeof *copy);
	struct blamed one = { f, copy, count };
	vec_push(c->arena, &c->blamed, one);
	const char *a = rule_at(c, rules[0])->id, *b = rule_at(c, rules[count - 1])->id;
	bool pair = f->kind == FINDING_CONFLICT || f->kind == FINDING_OVERLAP;
	f->cause = !pair ? arena_printf(c->diag->arena, "%s: %s: %s", finding_slug(f->kind), c->decision->name.id, a) :
			   arena_printf(c->diag->arena, "%s: %s: %s, %s", finding_slug(f->kind), c->decision->name.id,
					strcmp(a, b) < 0 ? a : b, strcmp(a, b) < 0 ? b : a);
	f->cause_words = id_list(c, c->diag->arena, rules, pair ? 2 : 1);
	return true;
}

void set_cause(struct checks *c, struct finding *f, const uint32_t *rules, size_t count)
{
	struct arena *arena = c->diag->arena;
	if (set_own_cause(c, f, rules, count))
		return;
	struct side *a = side_of(c, rules[0]);
	const char *decision = c->decision->name.id;
	if (count < 2 || !has_two_sides(f->kind)) {
		if (!a->alone || a->kind != f->kind)
			a->alone = arena_printf(arena, "%s: %s: %s", finding_slug(f->kind), decision, a->key);
		a->kind = f->kind;
		f->cause = a->alone;
		f->cause_words = a->words;
		return;
	}
	struct side *b = side_of(c, rules[1]);
	bool directed = f->kind == FINDING_OVERRIDDEN || f->kind == FINDING_UNREACHABLE;
	if (!directed && strcmp(a->key, b->key) > 0) {
		struct side *swap = a;
		a = b;
		b = swap;
	}
	f->cause = arena_printf(arena, "%s: %s: %s, %s", finding_slug(f->kind), decision, a->key, b->key);
	f->cause_words = strcmp(a->key, b->key) == 0 ? a->among : (struct phrase){
		arena_printf(arena, directed ? "%s，由%s排除" : "%s、%s", a->words.zh, b->words.zh),
		arena_printf(arena, directed ? "%s, beaten by %s" : "%s and %s", a->words.en, b->words.en),
	};
}

/* A region's facts, in order of declaration; needs: the gap's regions */
void set_gap_cause(struct checks *c, struct finding *f)
{
	struct writer ids, zh, en;
	writer_init(&ids, c->diag->arena);
	writer_init(&zh, c->diag->arena);
	writer_init(&en, c->diag->arena);
	for (uint32_t fact = 0; fact < c->model->fact_count; fact++) {
		bool bounds = false;
		for (size_t i = 0; i < f->region_count; i++)
			for (size_t k = 0; k < f->regions[i].when.count; k++)
				bounds |= f->regions[i].when.items[k].fact == fact;
		if (!bounds)
			continue;
		const struct name *name = &c->model->facts[fact].name;
		write_fmt(&ids, "%s%s", ids.size ? ", " : "", name->id);
		write_fmt(&zh, "%s%s", zh.size ? "、" : "", name->label);
		write_fmt(&en, "%s%s", en.size ? ", " : "", name->english);
	}
	f->cause = arena_printf(c->diag->arena, "gap: %s: %s", f->decision, writer_text(&ids));
	f->cause_words = (struct phrase){ arena_printf(c->diag->arena, "判定 `%s`，以事实为界：%s", f->decision, writer_text(&zh)),
					  arena_printf(c->diag->arena, "decision `%s`, bounded by %s", f->decision, writer_text(&en)) };
}
