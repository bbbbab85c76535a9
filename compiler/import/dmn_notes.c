/* What rules say besides deciding: descriptions and annotations, as text columns of a rulebook's table. */
#include "import/dmn.h"

#include "support/intern.h"
#include "support/writer.h"

#include <string.h>

size_t dmn_note_count(const struct dmn_table *table)
{
	size_t count = table->notes.count;
	for (size_t i = 0; i < table->rules.count; i++) {
		const struct dmn_rule *rule = &table->rules.items[i];
		for (size_t k = rule->notes.count; k > count; k--)
			if (*rule->notes.items[k - 1].text)
				count = k;
	}
	return count;
}

bool dmn_has_descriptions(const struct dmn_table *table)
{
	for (size_t i = 0; i < table->rules.count; i++)
		if (table->rules.items[i].description)
			return true;
	return false;
}

/* A name that is there already gets a number; `description` is that of the rules. */
const char *const *dmn_note_headings(struct arena *arena, const struct dmn_table *table, size_t count)
{
	const char **headings = arena_new_array(arena, const char *, count + 1);
	struct map *taken = map_new_in(arena);
	map_put(taken, "description", -2);
	for (size_t i = 0; i < count; i++) {
		const char *given = i < table->notes.count ? table->notes.items[i] : "";
		const char *wanted = dmn_plain_text(arena, given);
		wanted = *wanted ? wanted : "annotation";
		headings[i] = wanted;
		for (unsigned n = 2; map_put_if_absent(taken, headings[i], (int64_t)i) != (int64_t)i; n++)
			headings[i] = arena_printf(arena, "%s %u", wanted, n);
	}
	return headings;
}

const char *dmn_note_at(const struct dmn_rule *rule, size_t note)
{
	return note < rule->notes.count ? rule->notes.items[note].text : "";
}

/* ---- what is written otherwise ---- */

static bool is_changed(struct arena *arena, const char *text)
{
	return text && strcmp(dmn_cell_text(arena, text), text) != 0;
}

void dmn_report_notes(struct dmn_book *book, const struct dmn_logic *logic)
{
	struct arena *arena = book->arena;
	const struct dmn_table *table = logic->node->table;
	size_t count = dmn_note_count(table), changed = 0;
	const char *const *headings = dmn_note_headings(arena, table, count);
	for (size_t i = 0; i < table->notes.count; i++)
		changed += *table->notes.items[i] && strcmp(headings[i], table->notes.items[i]) != 0;
	for (size_t i = 0; i < table->rules.count; i++) {
		const struct dmn_rule *rule = &table->rules.items[i];
		changed += is_changed(arena, rule->description);
		for (size_t k = 0; k < rule->notes.count; k++)
			changed += is_changed(arena, rule->notes.items[k].text);
	}
	if (changed == 0)
		return;
	dmn_remark(
		book, table->at, dmn_where(book, logic->node, SIZE_MAX, NULL),
		(struct phrase){
			arena_printf(arena,
				     "说明、批注和批注的标题有 %zu "
				     "处改了写法（格子是一行文字，没有控制字符等；标题各不相同）",
				     changed),
			arena_printf(
				arena,
				"of its descriptions, annotations and their headings %zu written otherwise (a cell is "
				"one line without control characters and the like, and no two headings are alike)",
				changed) });
}
