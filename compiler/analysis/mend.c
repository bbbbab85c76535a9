/* What would mend a finding, as edits of the text: the missing 优先, or the removal of a rule that does nothing. */
#include "analysis/mend.h"

#include "analysis/cells.h"
#include "ast/ast.h"

#include <string.h>

enum { SEARCHED_RULES = 2000 };      /* of a larger decision no priority is proposed: circles are not looked for */

/* What 优先 names: a rule, or a table for all its rows. */
static const char *ladder_name(const struct checks *c, uint32_t rule)
{
	const struct rule_table *table = table_of(c, rule);
	return table ? table->name.id : rule_at(c, rule)->name.id;
}

static bool is_named_by(const struct checks *c, uint32_t rule, uint32_t named)
{
	return rule == named || (table_of(c, named) && table_of(c, named) == table_of(c, rule));
}

/* A way of priorities leads from `from` (its table) to `to` (its table). */
static bool leads_to(struct checks *c, uint32_t from, uint32_t to)
{
	size_t count = c->decision->rule_count;
	bool *seen = arena_new_array(c->arena, bool, count);
	rule_list todo = { 0 };
	for (uint32_t i = 0; i < count; i++)
		if (is_named_by(c, i, from)) {
			seen[i] = true;
			vec_push(c->arena, &todo, i);
		}
	while (todo.count) {
		uint32_t x = todo.items[--todo.count];
		if (is_named_by(c, x, to))
			return true;
		for (uint32_t y = 0; y < count; y++) {
			if (seen[y] || !rule_is_over(c->model, c->decision->rules[x], c->decision->rules[y]))
				continue;
			seen[y] = true;
			vec_push(c->arena, &todo, y);
		}
	}
	return false;
}

const struct source *source_at(const struct checks *c, struct span span)
{
	return c->diag->sources && span.file < c->diag->sources->count ? &c->diag->sources->items[span.file] : NULL;
}

bool is_english(const struct source *source, struct span span)
{
	return span.start < source->size && (unsigned char)source->text[span.start] < 0x80;
}

static uint32_t next_line(const struct source *source, uint32_t at)
{
	const char *end = memchr(source->text + at, '\n', source->size - at);
	return end ? (uint32_t)(end - source->text) + 1 : (uint32_t)source->size;
}

/* After a rule a new line; before a table, since its pipe table follows it at once. */
static void insert_order(struct checks *c, struct finding *f, uint32_t later, const char *over, const char *under)
{
	const struct rule_table *table = table_of(c, later);
	struct span at = table ? table->span : rule_at(c, later)->span;
	const struct source *source = source_at(c, at);
	if (!source)
		return;
	const char *format = is_english(source, at) ? "prefer %s over %s because \"which prevails, and why\"\n" :
						      "优先 %s 于 %s 理由 「写明为什么优先」\n";
	const char *text = arena_printf(c->diag->arena, format, over, under);
	uint32_t offset = table ? at.start : next_line(source, at.end);
	if (offset > 0 && source->text[offset - 1] != '\n')
		text = arena_printf(c->diag->arena, "\n%s", text);
	diag_edit(c->diag, f, (struct span){ at.file, offset, offset }, text);
}

/* The rule is a reason somewhere, though each of `others` were over it; a question that a limit ended counts as yes. */
static bool has_case(const struct checks *c, uint32_t rule, const rule_list *others)
{
	struct question question = question_of(c, GOAL_REASON, &rule, 1, others->items, others->count);
	return regions_exist(c->regions, &question) != REPLY_NO;
}

/* `over` before `under` (their tables) takes from no rule the last case in which it is a reason. */
static bool leaves_cases(struct checks *c, uint32_t over, uint32_t under)
{
	static const rule_list none = { 0 };
	for (uint32_t i = 0; i < c->decision->rule_count; i++) {
		struct neighbours near;
		rule_list beaters = { 0 };
		if (!is_named_by(c, i, under) || !regions_neighbours(c->regions, c->index, i, &near))
			continue;
		for (size_t k = 0; k < near.count; k++)
			if (is_named_by(c, near.items[k], over) && rule_at(c, near.items[k])->outcome != rule_at(c, i)->outcome)
				vec_push(c->arena, &beaters, near.items[k]);
		if (beaters.count && !has_case(c, i, &beaters) && has_case(c, i, &none))
			return false;
	}
	return true;
}

/* Priorities stay without circles, and every rule keeps a case. */
static bool may_prevail(struct checks *c, uint32_t over, uint32_t under)
{
	return !leads_to(c, under, over) && leaves_cases(c, over, under);
}

/* Both ways change the same cases, those of the conflict: where both are possible the rule that is written first prevails. */
void mend_conflict(struct checks *c, struct finding *f, uint32_t a, uint32_t b)
{
	bool defaults = rule_at(c, a)->is_default || rule_at(c, b)->is_default;
	bool named = !defaults && !is_named_by(c, a, b) && c->decision->rule_count <= SEARCHED_RULES;
	bool first = named && may_prevail(c, a, b);
	if (!first && !(named && may_prevail(c, b, a))) {
		diag_help(c->diag, f, defaults ? MESSAGE_CONFLICT_DEFAULTS_HELP : MESSAGE_CONFLICT_NARROW_HELP, NULL, NULL);
		return;
	}
	const char *over = ladder_name(c, first ? a : b), *under = ladder_name(c, first ? b : a);
	report_order(c, first ? a : b, first ? b : a);
	diag_help(c->diag, f, MESSAGE_CONFLICT_HELP, over, under);
	insert_order(c, f, a > b ? a : b, over, under);
}

/* 〃 in the line from `at` on: it takes its cell from the line above. */
static bool takes_from_above(const struct source *source, uint32_t at)
{
	static const char ditto[] = "\xe3\x80\x83";
	const char *p = source->text + at, *end = source->text + next_line(source, at);
	for (; (p = memchr(p, (unsigned char)ditto[0], (size_t)(end - p))) != NULL && p + sizeof ditto - 1 <= end; p++)
		if (memcmp(p, ditto, sizeof ditto - 1) == 0)
			return true;
	return false;
}

/* The whole lines of the rule; a row's line likewise. false: a row may be what the next one repeats, and then its removal
 * alone is no mending. */
static bool lines_of(const struct checks *c, uint32_t rule, struct span *out)
{
	const struct rule *r = rule_at(c, rule);
	const struct source *source = source_at(c, r->span);
	if (!source || r->span.end <= r->span.start)
		return false;
	uint32_t start = r->span.start, end = next_line(source, r->span.end);
	if (r->table != NONE && takes_from_above(source, end))
		return false;
	while (start > 0 && source->text[start - 1] != '\n')
		start--;
	*out = (struct span){ r->span.file, start, end };
	return true;
}

/* Other declarations may name a rule: then it cannot go alone. */
static bool is_ranked(const struct checks *c, uint32_t rule)
{
	const struct rule *r = rule_at(c, rule);
	for (size_t i = 0; i < c->decision->ladder_count; i++)
		if (r->rungs && r->rungs[i] != NO_RUNG)
			return true;
	return false;
}

bool edit_removal(struct checks *c, struct finding *f, const uint32_t *rules, size_t count)
{
	struct span *lines = arena_new_array(c->arena, struct span, count);
	for (size_t i = 0; i < count; i++)
		if (is_ranked(c, rules[i]) || !lines_of(c, rules[i], &lines[i]))
			return false;
	if (*missed_without(c, rules, count).zh)
		return false;
	for (size_t i = 0; i < count; i++)
		diag_edit(c->diag, f, lines[i], "");
	return true;
}

void mend_by_removal(struct checks *c, struct finding *f, uint32_t rule, enum message help)
{
	diag_help(c->diag, f, help, rule_at(c, rule)->id, NULL);
	if (edit_removal(c, f, &rule, 1))
		preview_nothing(c, f);
	else
		f->help_args[1] = missed_without(c, &rule, 1);
}

void mend_by_merging(struct checks *c, struct finding *f, const uint32_t *rules, size_t count, struct span at,
		     struct phrase cell)
{
	const struct rule_table *table = table_of(c, rules[0]);
	const struct source *source = source_at(c, table->span);
	struct span *lines = arena_new_array(c->arena, struct span, count);
	bool english = source && is_english(source, table->span);
	for (size_t i = 0; i < count; i++)
		if (!lines_of(c, rules[i], &lines[i]))
			return;
	diag_edit(c->diag, f, at, english ? cell.en : cell.zh);
	for (size_t i = 1; i < count; i++)
		diag_edit(c->diag, f, lines[i], "");
	preview_nothing(c, f);
}

/* ---- one row ---- */

/* As it is written; NULL: not in the rulebook, or not one of the table's lines. */
static const struct ast_row *row_written(const struct checks *c, uint32_t row)
{
	const struct rule *r = rule_at(c, row);
	const struct ast_pipe_table *written = table_of(c, row) ? table_of(c, row)->written : NULL;
	if (!written || written->from_csv || r->row >= written->rows.count || !source_at(c, r->span))
		return NULL;
	const struct ast_row *found = &written->rows.items[r->row];
	return found->span.file == r->span.file && found->span.start <= r->span.start && r->span.end <= found->span.end ? found : NULL;
}

static size_t column_of(const struct checks *c, const struct ast_pipe_table *written, uint32_t fact)
{
	size_t at = 0;
	while (at < written->column_count && (written->columns[at].kind != AST_COLUMN_NAME ||
					      model_fact(c->model, written->columns[at].name.text) != fact))
		at++;
	return at;
}

bool is_repeated_below(const struct checks *c, uint32_t row, uint32_t fact)
{
	const struct ast_pipe_table *written = table_of(c, row)->written;
	size_t below = rule_at(c, row)->row + (size_t)1, only = fact == NONE ? written->column_count : column_of(c, written, fact);
	for (size_t i = 0; below < written->rows.count && i < written->column_count; i++)
		if ((only == written->column_count || i == only) && written->rows.items[below].cells[i].merged)
			return true;
	return false;
}

bool edit_cell(struct checks *c, struct finding *f, uint32_t row, uint32_t fact, const struct ranges *values, struct phrase *cell)
{
	const struct ast_row *written = row_written(c, row);
	const struct rule_table *table = table_of(c, row);
	size_t column = written ? column_of(c, table->written, fact) : 0;
	if (!written || column == table->written->column_count || written->cells[column].merged || is_repeated_below(c, row, fact))
		return false;
	struct span at = written->cells[column].span;
	bool english = is_english(source_at(c, table->span), table->span), tight = at.start == at.end;
	*cell = values_cell(c->diag->arena, &c->model->facts[fact], values);
	diag_edit(c->diag, f, at, arena_printf(c->diag->arena, tight ? " %s " : "%s", english ? cell->en : cell->zh));
	return true;
}

bool edit_to_end(struct checks *c, struct finding *f, uint32_t row)
{
	const struct ast_row *written = row_written(c, row);
	struct span lines;
	if (!written || !lines_of(c, row, &lines))
		return false;
	const struct ast_pipe_table *table = table_of(c, row)->written;
	for (size_t i = 0; i < table->column_count; i++)
		if (written->cells[i].merged)
			return false;
	const struct source *source = source_at(c, lines);
	uint32_t end = next_line(source, table->rows.items[table->rows.count - 1].span.end);
	bool whole = end > 0 && source->text[end - 1] == '\n';
	const char *text = arena_strndup(c->diag->arena, source->text + lines.start, lines.end - lines.start);
	diag_edit(c->diag, f, lines, "");
	diag_edit(c->diag, f, (struct span){ lines.file, end, end }, arena_printf(c->diag->arena, whole ? "%s" : "\n%s", text));
	return true;
}

/* ---- the hit policy of a table ---- */

/* Behind a quotation, a label or a comment that begins at `at`; `at` itself where none does. */
static uint32_t behind_text(const struct source *source, uint32_t at, uint32_t end)
{
	static const char *const pairs[][2] = { { "「", "」" }, { "\"", "\"" }, { "//", "\n" } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		size_t open = strlen(pairs[i][0]), close = strlen(pairs[i][1]);
		if (end - at < open || memcmp(source->text + at, pairs[i][0], open) != 0)
			continue;
		for (at += (uint32_t)open; at < end && strncmp(source->text + at, pairs[i][1], close) != 0;)
			at++;
		return at < end ? at + (uint32_t)close : end;
	}
	return at;
}

static bool is_word(const struct source *source, uint32_t at, const char *word)
{
	size_t size = strlen(word);
	return source->size - at >= size && memcmp(source->text + at, word, size) == 0;
}

/* The word after 命中 in the table's head, as it is written now. */
static bool policy_span(const struct source *source, struct span head, struct span *out, bool *english)
{
	static const char *const words[][2] = { { "任一", "any" }, { "首中", "first" } };
	bool hit = false;
	for (uint32_t at = head.start; at < head.end && at < source->size;) {
		uint32_t behind = behind_text(source, at, head.end);
		for (size_t i = 0; hit && behind == at && i < sizeof words / sizeof *words; i++)
			for (size_t k = 0; k < 2; k++)
				if (is_word(source, at, words[i][k])) {
					*out = (struct span){ head.file, at, at + (uint32_t)strlen(words[i][k]) };
					*english = k == 1;
					return true;
				}
		bool blank = source->text[at] == ' ' || source->text[at] == '\t' || source->text[at] == '\n' || source->text[at] == '\r';
		bool is_hit = is_word(source, at, "命中") || is_word(source, at, "hit ");
		hit = behind == at && (is_hit || (hit && blank));
		at = behind > at ? behind : is_hit ? at + (is_word(source, at, "hit ") ? 3 : 6) : at + 1;
	}
	return false;
}

void mend_policy(struct checks *c, struct finding *f, const struct rule_table *table, enum hit_policy policy)
{
	static const struct phrase names[] = { { "唯一", "unique" }, { "任一", "any" }, { "首中", "first" } };
	const struct source *source = source_at(c, table->span);
	struct span at;
	bool english;
	diag_help(c->diag, f, MESSAGE_MISLEADING_POLICY_HELP, NULL, NULL);
	f->help_args[0] = names[policy];
	if (!source || !policy_span(source, table->span, &at, &english))
		return;
	diag_edit(c->diag, f, at, english ? names[policy].en : names[policy].zh);
	preview_nothing(c, f);
}
