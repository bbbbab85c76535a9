/* Periods with their units, and how the head says that they are counted. */
#include "model/procedures.h"

#include <string.h>

static const struct {
	const char *words[6]; /* the first is what a message shows in Chinese, the second in English */
	enum time_unit unit;
	int64_t most;
} units[] = {
	{ { "个工作日", "working_days", "工作日", "working_day" }, UNIT_WORKING_DAYS, LIMIT_DAYS },
	{ { "日", "days", "天", "day" }, UNIT_DAYS, LIMIT_DAYS },
	{ { "个月", "months", "month" }, UNIT_MONTHS, LIMIT_MONTHS },
	{ { "年", "years", "year" }, UNIT_YEARS, LIMIT_YEARS },
};
#define UNITS (sizeof units / sizeof *units)

static size_t unit_row(const char *text)
{
	for (size_t i = 0; i < UNITS; i++)
		for (size_t k = 0; k < 6 && units[i].words[k]; k++)
			if (strcmp(units[i].words[k], text) == 0)
				return i;
	return UNITS;
}

bool period_of(const struct ast_number *number, struct period *out)
{
	size_t row = number->unit ? unit_row(number->unit) : UNITS;
	if (row == UNITS || number->value < 1 || number->value > units[row].most)
		return false;
	*out = (struct period){ .amount = (uint32_t)number->value, .unit = units[row].unit };
	return true;
}

bool period_resolve(struct resolver *r, const struct ast_number *number, struct period *out)
{
	if (period_of(number, out))
		return true;
	if (!number->unit) {
		report(r, FINDING_TYPE, number->span, MESSAGE_PERIOD_WITHOUT_UNIT, NULL, NULL);
	} else if (unit_row(number->unit) == UNITS) {
		report(r, FINDING_TYPE, number->unit_span, MESSAGE_PERIOD_UNIT, number->unit, NULL);
	} else {
		struct finding *f = diag_add(r->diag, FINDING_LIMIT, number->span, MESSAGE_PERIOD_RANGE);
		diag_arg_int(r->diag, f, 0, number->value);
		diag_arg_int(r->diag, f, 1, units[unit_row(number->unit)].most);
	}
	return false;
}

/* ---- 约定, 试行, 施行 ---- */

static const char **texts_of(struct resolver *r, const ast_words *words)
{
	const char **texts = arena_new_array(r->arena, const char *, words->count + 1);
	for (size_t i = 0; i < words->count; i++)
		texts[i] = words->items[i].text;
	return texts;
}

static void read_convention(struct resolver *r, const struct ast_decl *decl, struct counting *counting)
{
	for (size_t i = 0; i < decl->head.count; i++) {
		const char *key = decl->head.items[i].key;
		if (strcmp(key, "start_day_excluded") == 0)
			counting->start_day_excluded = true;
		else if (strcmp(key, "end_on_corresponding_day") == 0)
			counting->corresponding_day = true;
		else if (strcmp(key, "moves_to_a_working_day") == 0)
			counting->last_day_moves = true;
		else if (strcmp(key, "unquantified") == 0) {
			counting->vague_words = texts_of(r, &decl->words);
			counting->vague_word_count = decl->words.count;
		}
	}
}

static void read_head(struct resolver *r, const struct ast_decl *decl)
{
	struct model *m = r->model;
	for (size_t i = 0; i < decl->head.count; i++) {
		const struct ast_head_line *line = &decl->head.items[i];
		struct period *trial = arena_new_of(r->arena, struct period);
		if (strcmp(line->key, "trial") == 0 && period_of(&line->number, trial))
			m->trial = trial;
		if (strcmp(line->key, "effective") == 0 && line->date.given) {
			m->has_effective = true;
			m->effective = line->date.day;
		}
	}
}

void counting_resolve(struct resolver *r)
{
	struct counting *counting = arena_new_of(r->arena, struct counting);
	r->model->counting = counting;
	DECL_LOOP (r, entry, AST_CONVENTION)
		read_convention(r, entry->decl, counting);
	DECL_LOOP (r, entry, AST_RULEBOOK)
		read_head(r, entry->decl);
}
