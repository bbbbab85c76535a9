/* Builds a decision's function from its rules, and from its feeding decisions and constraints which answers meet. */
#include "draw/questions.h"
#include "draw/conditions.h"
#include "draw/parts.h"
#include "support/vec.h"

#include <string.h>

enum {
	CHILD_LIMIT = 1500000, /* of the forest */
	VARIABLE_LIMIT = 400,
	SET_ANSWERS = 6, /* parts of a set that is one question; beyond, each member is one */
	RULE_LIMIT = 3000
};

struct builder {
	struct decision_function *df;
	struct conditions conditions;
	struct cuts *cuts;
	uint32_t *part_counts; /* of the forest */
	uint64_t *bits;
	unsigned char *seen; /* definitions looked through for sets */
};

typedef VEC(struct predicate) predicate_list;

/* ---- variables ---- */

static const struct rule *rule_of(const struct decision_function *df, const struct decision *d, size_t i)
{
	return &df->model->rules[d->rules[i]];
}

static void cut_decision(struct builder *b, const struct decision *d)
{
	for (size_t i = 0; i < d->rule_count; i++) {
		cuts_add(b->cuts, rule_of(b->df, d, i)->when);
		cuts_add(b->cuts, rule_of(b->df, d, i)->except);
	}
}

static void cut_everything(struct builder *b)
{
	const struct decision_function *df = b->df;
	const struct decision *d = df->decision;
	b->cuts = cuts_new(df->arena, df->model);
	for (size_t i = 0; i < d->fed_by_count; i++)
		cut_decision(b, &df->model->decisions[d->fed_by[i]]);
	cut_decision(b, d);
	for (size_t i = 0; i < d->constraint_count; i++)
		cuts_add(b->cuts, df->model->constraints[d->constraints[i]].cond);
}

static struct variable *add_variable(struct builder *b, enum variable_kind kind, uint32_t parts)
{
	struct decision_function *df = b->df;
	b->part_counts[df->variable_count] = parts;
	struct variable *v = &df->variables[df->variable_count++];
	*v = (struct variable){ .kind = kind, .part_count = parts, .fact = NONE, .dim = NONE, .decision = NONE };
	return v;
}

static bool add_dims(struct builder *b)
{
	struct decision_function *df = b->df;
	for (uint32_t dim = 0; dim < df->model->dim_count; dim++) {
		if (!cuts_reads(b->cuts, dim))
			continue;
		uint32_t count;
		struct ranges *parts = cuts_parts(b->cuts, dim, &count);
		if (!parts || df->variable_count >= VARIABLE_LIMIT)
			return false;
		b->conditions.dim_variable[dim] = df->variable_count;
		struct variable *v = add_variable(b, VARIABLE_DIM, count);
		v->dim = dim;
		v->fact = df->model->dims[dim].fact;
		v->parts = parts;
	}
	return true;
}

static void add_decisions(struct builder *b)
{
	const struct decision_function *df = b->df;
	for (size_t i = 0; i < df->decision->fed_by_count; i++) {
		uint32_t decision = df->decision->fed_by[i];
		b->conditions.decision_variable[decision] = df->variable_count;
		struct variable *v =
			add_variable(b, VARIABLE_DECISION, (uint32_t)df->model->decisions[decision].outcome_count);
		v->decision = decision;
	}
}

/* ---- sets that are one question ---- */

static void add_predicate(struct builder *b, predicate_list *list, const struct cond *cond)
{
	function holds = condition_plain(&b->conditions, cond);
	function fails = function_but_not(b->df->forest, ALWAYS_TRUE, holds);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].holds == holds || list->items[i].holds == fails)
			return;
	struct predicate p = { cond, holds };
	vec_push(b->df->arena, list, p);
}

/* Finds the largest conditions that speak of one set alone. */
static void find_predicates(struct builder *b, predicate_list *lists, const struct cond *cond)
{
	if (!cond)
		return;
	uint32_t set = condition_set(&b->conditions, cond);
	if (set == NONE)
		return;
	if (set != SET_MIXED) {
		add_predicate(b, &lists[set], cond);
		return;
	}
	if (cond->kind == COND_DEFINITION) {
		if (b->seen[cond->definition])
			return;
		b->seen[cond->definition] = 1;
	}
	for (size_t i = 0; i < cond->part_count; i++)
		find_predicates(b, lists, cond->parts[i]);
}

/* The answers to all predicates together that some set gives; false: too many for one question. */
static bool split_answers(struct builder *b, const predicate_list *list, struct variable *v)
{
	struct forest *f = b->df->forest;
	function parts[SET_ANSWERS + 1] = { ALWAYS_TRUE };
	uint64_t answers[SET_ANSWERS + 1] = { 0 };
	uint32_t count = 1;
	for (size_t i = 0; i < list->count; i++) {
		uint32_t had = count;
		for (uint32_t k = 0; k < had; k++) {
			function in = function_and(f, parts[k], list->items[i].holds);
			function out = function_but_not(f, parts[k], list->items[i].holds);
			if (in == ALWAYS_FALSE)
				continue;
			if (out == ALWAYS_FALSE) {
				answers[k] |= (uint64_t)1 << i;
				continue;
			}
			if (count > SET_ANSWERS)
				return false;
			parts[k] = out;
			parts[count] = in;
			answers[count++] = answers[k] | (uint64_t)1 << i;
		}
	}
	v->part_count = count;
	v->part_holds = arena_new_array(b->df->arena, function, count);
	v->answers = arena_new_array(b->df->arena, uint64_t, count);
	memcpy(v->part_holds, parts, count * sizeof *parts);
	memcpy(v->answers, answers, count * sizeof *answers);
	return count <= SET_ANSWERS;
}

static void add_set_questions(struct builder *b)
{
	struct decision_function *df = b->df;
	predicate_list *lists = arena_new_array(df->arena, predicate_list, df->model->fact_count + 1);
	for (size_t i = 0; i < df->decision->rule_count; i++) {
		find_predicates(b, lists, rule_of(df, df->decision, i)->when);
		find_predicates(b, lists, rule_of(df, df->decision, i)->except);
	}
	for (uint32_t fact = 0; fact < df->model->fact_count; fact++) {
		struct variable v = { .kind = VARIABLE_SET, .fact = fact, .dim = NONE, .decision = NONE };
		if (lists[fact].count == 0 || lists[fact].count > 60 || !split_answers(b, &lists[fact], &v))
			continue;
		v.predicates = lists[fact].items;
		v.predicate_count = lists[fact].count;
		b->conditions.set_variable[fact] = df->variable_count;
		*add_variable(b, VARIABLE_SET, v.part_count) = v;
	}
}

/* ---- rules ---- */

/* Where the rule is a reason: it holds, and nothing over it that says something else does. */
static function reason_of(struct builder *b, const struct decision *d, const function *holds, size_t i)
{
	const struct model *m = b->df->model;
	function beaten = ALWAYS_FALSE;
	for (size_t k = 0; k < d->rule_count; k++)
		if (m->rules[d->rules[k]].outcome != m->rules[d->rules[i]].outcome &&
		    rule_is_over(m, d->rules[k], d->rules[i]))
			beaten = function_or(b->df->forest, beaten, holds[k]);
	return function_but_not(b->df->forest, holds[i], beaten);
}

static function holds_of(struct builder *b, const struct rule *rule, bool asked)
{
	struct conditions *c = &b->conditions;
	function holds = asked ? condition_asked(c, rule->when) : condition_plain(c, rule->when);
	if (rule->except) {
		function except = asked ? condition_asked(c, rule->except) : condition_plain(c, rule->except);
		holds = function_but_not(b->df->forest, holds, except);
	}
	return holds;
}

/* The outcomes' bits; reasons[i] of rule i, if wanted. */
static function outcomes_of(struct builder *b, const struct decision *d, bool asked, function *reasons)
{
	struct forest *f = b->df->forest;
	function *holds = arena_new_array(b->df->arena, function, d->rule_count + 1);
	function sum = ALWAYS_FALSE;
	for (size_t i = 0; i < d->rule_count; i++)
		holds[i] = holds_of(b, rule_of(b->df, d, i), asked);
	for (size_t i = 0; i < d->rule_count && !forest_exhausted(f); i++) {
		function reason = reason_of(b, d, holds, i);
		if (reasons)
			reasons[i] = reason;
		uint64_t bit = (uint64_t)1 << rule_of(b->df, d, i)->outcome;
		sum = function_or(f, sum, function_scale(f, reason, bit));
	}
	return sum;
}

/* ---- which answers meet ---- */

static function in_part(struct builder *b, uint32_t variable, uint32_t part)
{
	unsigned char chosen[PART_LIMIT] = { 0 };
	chosen[part] = 1;
	return function_in(b->df->forest, variable, chosen);
}

static function link_set(struct builder *b, uint32_t variable)
{
	struct forest *f = b->df->forest;
	const struct variable *v = &b->df->variables[variable];
	function link = ALWAYS_FALSE;
	for (uint32_t i = 0; i < v->part_count; i++)
		link = function_or(f, link, function_and(f, in_part(b, variable, i), v->part_holds[i]));
	return link;
}

/* The decision's answer is its one outcome; cases without one are cases of that decision alone. */
static function link_decision(struct builder *b, uint32_t variable)
{
	struct forest *f = b->df->forest;
	const struct variable *v = &b->df->variables[variable];
	function outcomes = outcomes_of(b, &b->df->model->decisions[v->decision], false, NULL);
	function link = ALWAYS_FALSE;
	for (uint32_t i = 0; i < v->part_count; i++)
		link = function_or(
			f, link, function_and(f, in_part(b, variable, i), function_is(f, outcomes, (uint64_t)1 << i)));
	return link;
}

static function link_everything(struct builder *b)
{
	struct decision_function *df = b->df;
	function cases = ALWAYS_TRUE;
	for (size_t i = 0; i < df->decision->constraint_count; i++) {
		const struct constraint *c = &df->model->constraints[df->decision->constraints[i]];
		cases = function_and(df->forest, cases, condition_plain(&b->conditions, c->cond));
	}
	for (uint32_t i = 0; i < df->variable_count; i++) {
		if (df->variables[i].kind == VARIABLE_SET)
			cases = function_and(df->forest, cases, link_set(b, i));
		if (df->variables[i].kind == VARIABLE_DECISION)
			cases = function_and(df->forest, cases, link_decision(b, i));
	}
	for (uint32_t i = 0; i < df->variable_count; i++)
		if (!df->variables[i].question)
			cases = function_exists(df->forest, cases, i);
	return cases;
}

/* ---- the questions ---- */

static void mark_question(struct builder *b, const struct cond *cond)
{
	struct conditions *c = &b->conditions;
	uint32_t set = condition_set(c, cond);
	if (set != NONE && set != SET_MIXED && c->set_variable[set] != NONE) {
		b->df->variables[c->set_variable[set]].question = true;
		return;
	}
	if (cond->kind == COND_FACT && c->dim_variable[cond->dim] != NONE)
		b->df->variables[c->dim_variable[cond->dim]].question = true;
	if (cond->kind == COND_DECISION && c->decision_variable[cond->decision] != NONE)
		b->df->variables[c->decision_variable[cond->decision]].question = true;
	if (cond->kind == COND_DEFINITION) {
		if (b->seen[cond->definition])
			return;
		b->seen[cond->definition] = 1;
	}
	for (size_t i = 0; i < cond->part_count; i++)
		mark_question(b, cond->parts[i]);
}

/* Facts first, as declared, then decisions. */
static uint32_t declared_rank(const struct model *m, const struct variable *v)
{
	if (v->kind == VARIABLE_DECISION)
		return (uint32_t)m->dim_count + v->decision;
	return v->kind == VARIABLE_DIM ? v->dim : m->facts[v->fact].first_dim;
}

static void list_questions(struct builder *b)
{
	struct decision_function *df = b->df;
	df->questions = arena_new_array(df->arena, uint32_t, df->variable_count + 1);
	for (uint32_t i = 0; i < df->variable_count; i++) {
		df->variables[i].declared = declared_rank(df->model, &df->variables[i]);
		if (!df->variables[i].question)
			continue;
		uint32_t at = df->question_count++;
		for (; at > 0 && df->variables[df->questions[at - 1]].declared > df->variables[i].declared; at--)
			df->questions[at] = df->questions[at - 1];
		df->questions[at] = i;
	}
	for (uint32_t i = 0; i < df->question_count && i < QUESTION_LIMIT; i++)
		b->bits[df->questions[i]] = (uint64_t)1 << i;
}

/* Variables of sets come before those of decisions: a decision rests on members, and is looked up after them. */
static bool ask(struct builder *b)
{
	struct decision_function *df = b->df;
	add_set_questions(b);
	add_decisions(b);
	memset(b->seen, 0, df->model->definition_count);
	for (size_t i = 0; i < df->decision->rule_count; i++) {
		mark_question(b, rule_of(df, df->decision, i)->when);
		if (rule_of(df, df->decision, i)->except)
			mark_question(b, rule_of(df, df->decision, i)->except);
	}
	list_questions(b);
	return df->question_count <= QUESTION_LIMIT;
}

static bool build(struct builder *b)
{
	struct decision_function *df = b->df;
	size_t room = VARIABLE_LIMIT + df->model->fact_count + df->model->decision_count + 1;
	df->variables = arena_new_array(df->arena, struct variable, room);
	b->part_counts = arena_new_array(df->arena, uint32_t, room);
	b->bits = arena_new_array(df->arena, uint64_t, room);
	b->seen = arena_alloc(df->arena, df->model->definition_count + 1);
	if (df->decision->rule_count > RULE_LIMIT)
		return false;
	cut_everything(b);
	conditions_init(&b->conditions, df);
	if (!add_dims(b))
		return false;
	df->forest = forest_new(df->arena, b->part_counts, b->bits, CHILD_LIMIT);
	if (!ask(b))
		return false;
	df->cases = link_everything(b);
	df->reasons = arena_new_array(df->arena, function, df->decision->rule_count + 1);
	df->outcomes = function_where(df->forest, df->cases, outcomes_of(b, df->decision, true, df->reasons));
	return !b->conditions.too_deep && !forest_exhausted(df->forest);
}

struct decision_function *decision_function_of(struct arena *arena, const struct model *model, uint32_t decision)
{
	struct decision_function *df = arena_new_of(arena, struct decision_function);
	df->arena = arena;
	df->model = model;
	df->decision = &model->decisions[decision];
	struct builder b = { .df = df };
	df->too_large = !build(&b);
	return df;
}
