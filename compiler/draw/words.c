/* Statutory words for answers: 10万人以上、不满100万人; 是, 否; members and groups by their labels. */
#include "draw/words.h"

#include <string.h>

enum { NAMES_SHOWN = 4, REST_FROM = 4, TIP_CLAUSES = 24 };

const struct pairs *pairs_of(struct arena *arena, const struct model *m)
{
	struct pairs *pairs = pairs_new(arena);
	for (size_t i = 0; i < m->clause_count; i++)
		if (m->clauses[i].unit && m->clauses[i].text)
			pairs_count(pairs, m->clauses[i].text);
	for (size_t i = 0; i < m->fact_count; i++) {
		pairs_count(pairs, m->facts[i].name.label);
		for (size_t k = 0; k < m->facts[i].member_count; k++)
			pairs_count(pairs, m->facts[i].members[k].name.label);
	}
	for (size_t i = 0; i < m->decision_count; i++) {
		pairs_count(pairs, m->decisions[i].name.label);
		for (size_t k = 0; k < m->decisions[i].outcome_count; k++)
			pairs_count(pairs, m->decisions[i].outcomes[k].name.label);
	}
	for (size_t i = 0; i < m->rule_count; i++)
		pairs_count(pairs, m->rules[i].name.label);
	return pairs;
}

void add_wrapped(struct arena *arena, const struct pairs *pairs, drawing_lines *out, enum line_style style,
		 const char *text, uint32_t ems, size_t lines)
{
	drawing_texts texts = { 0 };
	text_wrap(arena, pairs, text, ems, lines, &texts);
	for (size_t i = 0; i < texts.count; i++) {
		struct drawing_line line = { style, texts.items[i] };
		vec_push(arena, out, line);
	}
}

/* ---- clauses ---- */

void add_clause(struct arena *arena, drawing_texts *clauses, const char *clause)
{
	for (size_t i = 0; i < clauses->count; i++)
		if (strcmp(clauses->items[i], clause) == 0)
			return;
	vec_push(arena, clauses, clause);
}

const char *cites_short(struct arena *arena, const char *const *clauses, size_t count, size_t shown)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < count && i < shown; i++)
		write_fmt(&w, "%s%s", i > 0 ? "、" : "", clauses[i]);
	if (count > shown)
		write_fmt(&w, " 等%zu条", count);
	return arena_strdup(arena, writer_text(&w));
}

static const char *cut_text(struct arena *arena, const char *text)
{
	drawing_texts lines = { 0 };
	text_wrap(arena, NULL, text, TIP_EMS, 1, &lines);
	return lines.count ? lines.items[0] : "";
}

void cites_tips(struct arena *arena, const struct model *model, const char *const *clauses, size_t count,
		drawing_texts *out)
{
	for (size_t i = 0; i < count && i < TIP_CLAUSES; i++) {
		const struct clause *clause = model_clause(model, clauses[i]);
		const char *tip = clause && clause->text
					  ? cut_text(arena, arena_printf(arena, "%s　%s", clauses[i], clause->text))
					  : clauses[i];
		vec_push(arena, out, tip);
	}
	if (count > TIP_CLAUSES) {
		const char *tip = arena_printf(arena, "…等%zu条", count);
		vec_push(arena, out, tip);
	}
}

/* ---- questions ---- */

static const struct attributes *question_attributes(const struct decision_function *df, const struct variable *v)
{
	if (v->kind == VARIABLE_DECISION)
		return &df->model->decisions[v->decision].attributes;
	return &df->model->facts[v->fact].attributes;
}

/* A member of a set that is asked for by itself; else NULL. */
static const struct member *member_asked(const struct decision_function *df, const struct variable *v)
{
	if (v->kind != VARIABLE_DIM || df->model->facts[v->fact].kind != FACT_SET)
		return NULL;
	return &df->model->facts[v->fact].members[df->model->dims[v->dim].member];
}

void question_lines(struct arena *arena, const struct decision_function *df, uint32_t variable, drawing_lines *out)
{
	const struct variable *v = &df->variables[variable];
	const struct attributes *attributes = question_attributes(df, v);
	const struct member *member = member_asked(df, v);
	if (v->kind == VARIABLE_DECISION)
		add_wrapped(arena, df->pairs, out, LINE_MAIN, df->model->decisions[v->decision].name.label, LABEL_EMS,
			    4);
	else
		add_wrapped(arena, df->pairs, out, LINE_MAIN, df->model->facts[v->fact].name.label, LABEL_EMS, 4);
	if (member)
		add_wrapped(arena, df->pairs, out, LINE_MAIN, arena_printf(arena, "：%s", member->name.label),
			    LABEL_EMS, 3);
	if (attributes->cites.count > 0)
		add_wrapped(arena, df->pairs, out, LINE_MINOR,
			    cites_short(arena, attributes->cites.clauses, attributes->cites.count, 3), CLAUSE_EMS, 2);
}

static const char *role_text(struct arena *arena, const struct model *m, const struct attributes *a)
{
	if (!a->discretion)
		return NULL;
	return a->role == NONE ? "裁量" : arena_printf(arena, "裁量：%s", m->roles[a->role].name.label);
}

void question_tips(struct arena *arena, const struct decision_function *df, uint32_t variable, drawing_texts *out)
{
	const struct variable *v = &df->variables[variable];
	const struct attributes *attributes = question_attributes(df, v);
	const struct name *name = v->kind == VARIABLE_DECISION ? &df->model->decisions[v->decision].name
							       : &df->model->facts[v->fact].name;
	const char *first = arena_printf(arena, "%s（%s）", name->label, name->id);
	const char *role = role_text(arena, df->model, attributes);
	vec_push(arena, out, first);
	if (role)
		vec_push(arena, out, role);
	cites_tips(arena, df->model, attributes->cites.clauses, attributes->cites.count, out);
}

/* ---- answers ---- */

/* The values of all parts of the edge, ascending, touching ranges joined. */
static struct ranges values_of(struct arena *arena, const struct variable *v, const struct answer_edge *edge)
{
	size_t room = 0;
	for (size_t i = 0; i < edge->parts.count; i++)
		room += v->parts[edge->parts.items[i]].count;
	struct ranges all = { arena_new_array(arena, struct range, room + 1), 0 };
	for (size_t i = 0; i < edge->parts.count; i++) {
		const struct ranges *part = &v->parts[edge->parts.items[i]];
		for (size_t k = 0; k < part->count; k++) {
			size_t at = all.count++;
			for (; at > 0 && all.items[at - 1].low > part->items[k].low; at--)
				all.items[at] = all.items[at - 1];
			all.items[at] = part->items[k];
		}
	}
	size_t count = 0;
	for (size_t i = 0; i < all.count; i++) {
		if (count > 0 && all.items[count - 1].high + 1 == all.items[i].low)
			all.items[count - 1].high = all.items[i].high;
		else
			all.items[count++] = all.items[i];
	}
	all.count = count;
	return all;
}

static const char *number_range(struct arena *arena, const struct fact *fact, struct range r)
{
	const char *unit = fact->unit ? fact->unit : "";
	const char *low = number_words(arena, r.low, true);
	if (r.low == r.high)
		return arena_printf(arena, "%s%s", low, unit);
	if (r.high >= fact->high)
		return arena_printf(arena, "%s%s以上", low, unit);
	const char *end = number_words(arena, r.high + 1, true);
	if (r.low <= fact->low)
		return arena_printf(arena, "不满%s%s", end, unit);
	return arena_printf(arena, "%s%s以上、不满%s%s", low, unit, end, unit);
}

static const char *date_range(struct arena *arena, const struct fact *fact, struct range r)
{
	const char *low = date_text(arena, r.low), *high = date_text(arena, r.high);
	if (r.low == r.high)
		return low;
	if (r.high >= fact->high)
		return arena_printf(arena, "%s起", low);
	if (r.low <= fact->low)
		return arena_printf(arena, "%s止", high);
	return arena_printf(arena, "%s至%s", low, high);
}

static void number_names(struct arena *arena, const struct fact *fact, const struct ranges *values, drawing_texts *out)
{
	for (size_t i = 0; i < values->count; i++) {
		const char *name = fact->kind == FACT_DATE ? date_range(arena, fact, values->items[i])
							   : number_range(arena, fact, values->items[i]);
		vec_push(arena, out, name);
	}
}

static bool holds(const struct ranges *values, int64_t value)
{
	for (size_t i = 0; i < values->count; i++)
		if (value >= values->items[i].low && value <= values->items[i].high)
			return true;
	return false;
}

static bool holds_group(const struct ranges *values, const struct group *group)
{
	for (uint32_t i = 0; i < group->count; i++)
		if (!holds(values, group->first + i))
			return false;
	return group->count > 1;
}

/* Members by label, a group that is whole by its own. */
static void member_names(struct arena *arena, const struct fact *fact, const struct ranges *values, drawing_texts *out)
{
	for (size_t i = 0; i < fact->member_count; i++) {
		const struct member *member = &fact->members[i];
		const struct group *group = member->group == NONE ? NULL : &fact->groups[member->group];
		if (!holds(values, (int64_t)i))
			continue;
		if (group && holds_group(values, group)) {
			if (group->first == i)
				vec_push(arena, out, group->name.label);
		} else {
			vec_push(arena, out, member->name.label);
		}
	}
}

/* What a predicate's answer is called: by how the condition was written. */
static const char *predicate_name(struct arena *arena, const struct fact *fact, const struct cond *cond, bool yes)
{
	switch (cond->op) {
	case OP_NOT_EMPTY: return yes ? "非空" : "空";
	case OP_EMPTY: return yes ? "空" : "非空";
	default: break;
	}
	if (cond->words)
		return arena_printf(arena, "%s%s", yes ? "" : "并非：", cond->words);
	(void)fact;
	return yes ? "是" : "否";
}

static const char *set_answer(struct arena *arena, const struct decision_function *df, const struct variable *v,
			      uint32_t part)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < v->predicate_count; i++)
		write_fmt(&w, "%s%s", i > 0 ? "，" : "",
			  predicate_name(arena, &df->model->facts[v->fact], v->predicates[i].cond,
					 v->answers[part] >> i & 1));
	return arena_strdup(arena, writer_text(&w));
}

static void answer_names(struct arena *arena, const struct decision_function *df, uint32_t variable,
			 const struct answer_edge *edge, drawing_texts *out)
{
	const struct variable *v = &df->variables[variable];
	for (size_t i = 0; v->kind != VARIABLE_DIM && i < edge->parts.count; i++) {
		uint32_t part = edge->parts.items[i];
		const char *name = v->kind == VARIABLE_SET
					   ? set_answer(arena, df, v, part)
					   : df->model->decisions[v->decision].outcomes[part].name.label;
		vec_push(arena, out, name);
	}
	if (v->kind != VARIABLE_DIM)
		return;
	const struct fact *fact = &df->model->facts[v->fact];
	struct ranges values = values_of(arena, v, edge);
	if (fact->kind == FACT_ENUMERATION) {
		member_names(arena, fact, &values, out);
	} else if (fact->kind == FACT_INTEGER || fact->kind == FACT_DATE) {
		number_names(arena, fact, &values, out);
	} else {
		const char *name = values.items[0].low == 1 ? "是" : "否";
		vec_push(arena, out, name);
	}
}

static const char *joined(struct arena *arena, const drawing_texts *names, size_t shown, const char *between)
{
	struct writer w;
	writer_init(&w, arena);
	for (size_t i = 0; i < names->count && i < shown; i++)
		write_fmt(&w, "%s%s", i > 0 ? between : "", names->items[i]);
	if (names->count > shown)
		write_fmt(&w, " 等%zu项", names->count);
	return arena_strdup(arena, writer_text(&w));
}

static const char *separator(const struct decision_function *df, const struct variable *v)
{
	if (v->kind == VARIABLE_DIM) {
		enum fact_kind kind = df->model->facts[v->fact].kind;
		return kind == FACT_INTEGER || kind == FACT_DATE ? "；" : "、";
	}
	return v->kind == VARIABLE_SET ? "；" : "、";
}

size_t answer_count(const struct decision_function *df, uint32_t variable, const struct answer_edge *edge)
{
	const struct variable *v = &df->variables[variable];
	size_t count = 0;
	if (v->kind != VARIABLE_DIM || df->model->facts[v->fact].kind != FACT_ENUMERATION)
		return edge->parts.count;
	for (size_t i = 0; i < edge->parts.count; i++)
		for (size_t k = 0; k < v->parts[edge->parts.items[i]].count; k++)
			count += (size_t)(v->parts[edge->parts.items[i]].items[k].high -
					  v->parts[edge->parts.items[i]].items[k].low + 1);
	return count;
}

const char *answer_text(struct arena *arena, const struct decision_function *df, uint32_t variable,
			const struct answer_edge *edge)
{
	drawing_texts names = { 0 };
	answer_names(arena, df, variable, edge, &names);
	return joined(arena, &names, 200, separator(df, &df->variables[variable]));
}

void answer_lines(struct arena *arena, const struct decision_function *df, uint32_t variable,
		  const struct answer_edge *edge, bool rest, drawing_texts *out)
{
	drawing_texts names = { 0 };
	answer_names(arena, df, variable, edge, &names);
	if (rest && answer_count(df, variable, edge) >= REST_FROM) {
		const char *word = "其余";
		vec_push(arena, out, word);
		return;
	}
	text_wrap(arena, df->pairs, joined(arena, &names, NAMES_SHOWN, separator(df, &df->variables[variable])),
		  ANSWER_EMS, 4, out);
}
