/* The rulebook's text: a section of facts, then one for each decision. Layout is left to the formatter. */
#include "import/dmn.h"

#include "model/model.h"
#include "support/writer.h"

#include <string.h>

struct writing {
	struct dmn_book *book;
	struct writer w;
	bool chinese;
};

static const char *say(const struct writing *t, const char *zh, const char *en)
{
	return t->chinese ? zh : en;
}

/* For a reason: 「…」 of pieces that hold no such marks. */
static const char *plain(const struct writing *t, const char *text)
{
	return dmn_plain_text(t->book->arena, text ? text : "");
}

static bool has_han(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0xE3 && (unsigned char)*text <= 0xE9)
			return true;
	return false;
}

/* id "label", or 「label」 where it is Chinese */
static void write_name(struct writing *t, const struct dmn_name *name)
{
	bool chinese = has_han(name->label);
	write_str(&t->w, name->id);
	if (strcmp(name->id, name->label) != 0)
		write_fmt(&t->w, chinese ? "「%s」" : " \"%s\"", name->label);
}

static void write_values(struct writing *t, const dmn_values *values)
{
	write_str(&t->w, "{ ");
	for (size_t i = 0; i < values->count; i++) {
		write_str(&t->w, i > 0 ? ", " : "");
		write_name(t, &values->items[i].name);
	}
	write_str(&t->w, " }");
}

/* ---- facts ---- */

static const char *decimal(struct arena *arena, const struct dmn_fact *fact, int64_t at)
{
	struct feel_value value = { .kind = fact->kind, .number = at, .scale = fact->scale };
	if (fact->kind == FEEL_DATE)
		return date_text(arena, at);
	for (; value.scale > 0 && value.number % 10 == 0; value.scale--)
		value.number /= 10;
	return feel_words(arena, &value);
}

static void write_bounds(struct writing *t, const struct dmn_fact *fact)
{
	const char *unit = dmn_unit(t->book->arena, fact);
	if (fact->kind == FEEL_DATE)
		write_fmt(&t->w, "date %s to %s", date_text(t->book->arena, fact->low),
			  date_text(t->book->arena, fact->high));
	else
		write_fmt(&t->w, "integer %lld to %lld%s%s", (long long)fact->low, (long long)fact->high,
			  unit ? " " : "", unit ? unit : "");
}

/* Nothing changes beyond a bound that is not the model's, but a record of a number beyond it is refused. */
static void explain_bounds(struct writing *t, const struct dmn_fact *fact)
{
	struct arena *arena = t->book->arena;
	const char *low = arena_printf(arena, "%lld", (long long)fact->low + fact->tests_null),
		   *high = arena_printf(arena, "%lld", (long long)fact->high);
	if (fact->low_given && fact->high_given)
		return;
	if (fact->low_given)
		write_fmt(&t->w,
			  say(t, "；上限不是模型给出的：更大的数写作 %s，判定相同",
			      "; the upper bound is not the model's: write %s for a greater number, which is decided "
			      "alike"),
			  high);
	else if (fact->high_given)
		write_fmt(&t->w,
			  say(t, "；下限不是模型给出的：更小的数写作 %s，判定相同",
			      "; the lower bound is not the model's: write %s for a smaller number, which is decided "
			      "alike"),
			  low);
	else
		write_fmt(&t->w,
			  say(t, "；上下限不是模型给出的：其外的数写作 %s 或者 %s，判定相同",
			      "; the bounds are not the model's: write %s or %s for a number beyond, which is decided "
			      "alike"),
			  low, high);
}

static void explain_number(struct writing *t, const struct dmn_fact *fact)
{
	struct arena *arena = t->book->arena;
	if (fact->scale > 0)
		write_fmt(&t->w, say(t, "；按 %s 计：%s 写作 %lld", "; counted in %s: %s is written %lld"),
			  dmn_unit(arena, fact), decimal(arena, fact, fact->high), (long long)fact->high);
	if (fact->finer)
		write_str(&t->w, say(t, "；比常数多一位小数，相邻常数之间的数也是一种情形",
				     "; one decimal more than the constants have: what lies between two neighbours is "
				     "a case of its own"));
	if (fact->kind == FEEL_NUMBER)
		explain_bounds(t, fact);
	if (fact->tests_null)
		write_fmt(&t->w, say(t, "；null 写作 %s", "; null is written %s"),
			  fact->kind == FEEL_DATE ? date_text(arena, fact->low)
						  : arena_printf(arena, "%lld", (long long)fact->low));
}

static void write_fact(struct writing *t, const struct dmn_fact *fact)
{
	write_str(&t->w, "fact ");
	write_name(t, &fact->name);
	write_str(&t->w, ": ");
	if (fact->kind == FEEL_NUMBER || fact->kind == FEEL_DATE)
		write_bounds(t, fact);
	else if (fact->values.count == 0)
		write_str(&t->w, "boolean");
	else
		write_str(&t->w, "enumeration ");
	if (fact->values.count > 0)
		write_values(t, &fact->values);
	write_fmt(&t->w, " because 「%s %s", fact->node ? fact->node->element : "inputExpression",
		  plain(t, fact->node && *fact->node->id ? fact->node->id : fact->name.source));
	if (fact->kind == FEEL_NUMBER || fact->kind == FEEL_DATE)
		explain_number(t, fact);
	if (fact->kind == FEEL_STRING && fact->open && fact->allowed.count > 0)
		write_str(&t->w,
			  say(t, "；列出的取值没有采用，因为有表取任何值：other 是其他任何字符串",
			      "; the values listed are not taken over, for a table takes any: other is any other "
			      "string"));
	else if (fact->kind == FEEL_STRING && fact->open)
		write_str(&t->w, say(t, "；模型没有列出取值，最后的 other 是其他任何字符串",
				     "; the model lists no values: other is any other string"));
	write_str(&t->w, "」\n");
}

/* Values that the model rules out inside the fact's range. */
static void write_constraint(struct writing *t, const struct dmn_fact *fact)
{
	if (fact->possible.count < 2)
		return;
	struct arena *arena = t->book->arena;
	dmn_ranges ranges = { .items = NULL };
	struct dmn_range null = { fact->low, fact->low };
	if (fact->tests_null)
		vec_push(arena, &ranges, null);
	for (size_t i = 0; i < fact->possible.count; i++)
		vec_push(arena, &ranges, fact->possible.items[i]);
	write_fmt(&t->w, "assume %s_allowed because 「allowedValues」\n  then %s\n", fact->name.id,
		  dmn_bounds(arena, fact, &ranges, NULL, arena_printf(arena, "%s ", fact->name.id)));
}

static void write_facts(struct writing *t)
{
	const struct dmn_book *book = t->book;
	write_fmt(&t->w, "# DMN: %s\n\n", book->name.label);
	write_str(&t->w, say(t, "由 guiju import dmn 从一个 DMN 决策模型作出；各种写法成为什么，见 docs/DMN.md。\n\n",
			     "Made by guiju import dmn from a DMN decision model; docs/DMN.md says what each construct "
			     "becomes.\n\n"));
	write_str(&t->w, "```rulebook\nrulebook ");
	write_name(t, &book->name);
	write_str(&t->w, "\n\n");
	for (size_t i = 0; i < book->facts.count; i++)
		write_fact(t, &book->facts.items[i]);
	for (size_t i = 0; i < book->facts.count; i++)
		write_constraint(t, &book->facts.items[i]);
	write_str(&t->w, "```\n");
}

/* ---- decisions ---- */

static const char *subject_id(const struct dmn_book *book, const struct dmn_subject *subject)
{
	return subject->is_decision ? book->decisions.items[subject->index].name.id
				    : book->facts.items[subject->index].name.id;
}

static void write_text_cell(struct writing *t, const char *text)
{
	write_char(&t->w, ' ');
	for (text = dmn_cell_text(t->book->arena, text); *text; text++) {
		if (*text == '|')
			write_char(&t->w, '\\');
		write_char(&t->w, *text);
	}
	write_str(&t->w, " |");
}

static void write_heading(struct writing *t, const struct dmn_logic *logic, bool description, size_t notes)
{
	const struct dmn_table *table = logic->node->table;
	const char *const *headings = dmn_note_headings(t->book->arena, table, notes);
	size_t columns = table->inputs.count + 3 + description + notes;
	write_str(&t->w, "\n| id |");
	for (size_t i = 0; i < table->inputs.count; i++)
		write_fmt(&t->w, " %s |", subject_id(t->book, &logic->subjects[i]));
	write_str(&t->w, description ? " then | because | 「description」 |" : " then | because |");
	for (size_t i = 0; i < notes; i++)
		write_fmt(&t->w, " 「%s」 |", headings[i]);
	write_str(&t->w, "\n|");
	for (size_t i = 0; i < columns; i++)
		write_str(&t->w, "---|");
	write_char(&t->w, '\n');
}

static void write_row(struct writing *t, const struct dmn_logic *logic, const struct dmn_decision *d, uint32_t rule,
		      uint32_t outcome, bool description, size_t notes)
{
	const struct dmn_table *table = logic->node->table;
	const struct dmn_rule *r = &table->rules.items[rule];
	size_t inputs = table->inputs.count;
	write_fmt(&t->w, "| r%u |", rule + 1);
	for (size_t i = 0; i < inputs; i++)
		write_fmt(&t->w, " %s |", dmn_cell(t->book, &logic->subjects[i], &logic->tests[rule * inputs + i]));
	write_fmt(&t->w, " %s | rule %u", d->outcomes.items[outcome].name.id, rule + 1);
	write_fmt(&t->w, r->id ? " (%s) |" : "%s |", plain(t, r->id));
	if (description)
		write_text_cell(t, r->description ? r->description : "");
	for (size_t i = 0; i < notes; i++)
		write_text_cell(t, dmn_note_at(r, i));
	write_char(&t->w, '\n');
}

static void write_group(struct writing *t, const struct dmn_decision *d, const struct dmn_group *group)
{
	static const char *const hits[] = { [DMN_UNIQUE] = "unique", [DMN_ANY] = "any", [DMN_FIRST] = "first" };
	const struct dmn_logic *logic = &t->book->logics.items[d->logic];
	const struct dmn_table *table = logic->node->table;
	bool description = dmn_has_descriptions(table);
	size_t notes = dmn_note_count(table);
	write_fmt(&t->w, "\n```rulebook\ntable %s for %s hit %s because 「decisionTable %s%s%s」 below\n```\n",
		  group->id, d->name.id, hits[d->hit], table->hit && *table->hit ? plain(t, table->hit) : "UNIQUE",
		  table->aggregation ? " " : "", plain(t, table->aggregation));
	write_heading(t, logic, description, notes);
	for (size_t i = 0; i < group->rows.count; i++)
		write_row(t, logic, d, group->rows.items[i], group->outcomes.items[i], description, notes);
}

static void write_order(struct writing *t, const struct dmn_decision *d)
{
	if (d->groups.count < 2)
		return;
	write_fmt(&t->w, "order %s_order for %s because 「decisionTable %s」: ", d->groups.items[0].id, d->name.id,
		  plain(t, t->book->logics.items[d->logic].node->table->hit));
	for (size_t i = 0; i < d->groups.count; i++)
		write_fmt(&t->w, i > 0 ? " before %s" : "%s", d->groups.items[i].id);
	write_char(&t->w, '\n');
}

static void write_decision(struct writing *t, const struct dmn_decision *d)
{
	const struct dmn_logic *logic = &t->book->logics.items[d->logic];
	const struct dmn_node *node = logic->node;
	write_fmt(&t->w, "\n## DMN: %s\n\n```rulebook\ndecision ", d->name.label);
	write_name(t, &d->name);
	write_str(&t->w, ": ");
	write_values(t, &d->outcomes);
	write_fmt(&t->w, " because 「decision %s」\n", plain(t, *node->id ? node->id : node->name));
	if (d->fallback >= 0)
		write_fmt(&t->w, "default %s for %s because 「%s」\n", d->outcomes.items[d->fallback].name.id,
			  d->name.id,
			  node->literal.text ? "literalExpression"
			  : d->is_collected && d->fallback == 1
				  ? say(t, "没有规则给出这个结果", "no rule gives this result")
				  : "defaultOutputEntry");
	write_order(t, d);
	write_str(&t->w, "```\n");
	for (size_t i = 0; i < d->groups.count; i++)
		write_group(t, d, &d->groups.items[i]);
}

const char *dmn_write(struct dmn_book *book, bool chinese, size_t *size)
{
	struct writing t = { .book = book, .chinese = chinese };
	writer_init(&t.w, book->arena);
	write_facts(&t);
	for (size_t i = 0; i < book->decisions.count; i++)
		write_decision(&t, &book->decisions.items[i]);
	*size = t.w.size;
	return writer_text(&t.w);
}
