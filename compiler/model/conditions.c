/* Conditions: names looked up, tests turned into ranges of dimensions or of outcomes. What is wrong is reported once
 * and becomes a condition that is true, so that what stands around it is still looked at. */
#include "model/resolve.h"

#include <string.h>

/* ---- making conditions ---- */

struct cond *cond_new(struct resolver *r, enum cond_kind kind, enum cond_op op, struct span span)
{
	struct cond *c = arena_new_of(r->arena, struct cond);
	c->kind = kind;
	c->op = op;
	c->span = span;
	c->dim = c->decision = c->definition = NONE;
	return c;
}

struct cond *cond_true(struct resolver *r, struct span span)
{
	return cond_new(r, COND_TRUE, OP_NONE, span);
}

struct cond *cond_test(struct resolver *r, enum cond_op op, struct span span, uint32_t dim, struct ranges ranges)
{
	struct cond *c = cond_new(r, COND_FACT, op, span);
	c->dim = dim;
	c->ranges = ranges;
	return c;
}

struct cond *cond_not(struct resolver *r, struct cond *part, enum cond_op op, struct span span)
{
	struct cond *c = cond_new(r, COND_NOT, op, span);
	c->parts = arena_new_array(r->arena, struct cond *, 1);
	c->parts[0] = part;
	c->part_count = 1;
	return c;
}

/* One part stands for itself; none is true for `and`, false for `or`. */
struct cond *cond_join(struct resolver *r, enum cond_kind kind, struct cond *const *parts, size_t count,
		       struct span span)
{
	if (count == 1)
		return parts[0];
	if (!count)
		return cond_new(r, kind == COND_AND ? COND_TRUE : COND_FALSE, OP_NONE, span);
	struct cond *c = cond_new(r, kind, OP_NONE, span);
	c->parts = arena_new_array(r->arena, struct cond *, count);
	memcpy(c->parts, parts, count * sizeof *c->parts);
	c->part_count = count;
	return c;
}

const char *words_at(struct resolver *r, struct span span)
{
	const struct source *source = &r->diag->sources->items[span.file];
	if (span.end > source->size || span.start >= span.end)
		return NULL;
	char *words = arena_alloc(r->arena, span.end - span.start + 1);
	size_t size = 0;
	for (uint32_t i = span.start; i < span.end; i++) {
		char c = source->text[i];
		bool blank = c == ' ' || (c >= '\t' && c <= '\r');
		if (!blank)
			words[size++] = c;
		else if (size && words[size - 1] != ' ')
			words[size++] = ' ';
	}
	return words;
}

/* ---- subjects ---- */

bool subject_look_up(struct resolver *r, const struct ast_word *word, struct subject *out)
{
	const struct scope *scopes[] = { &r->facts, &r->decisions, &r->definitions };
	const enum subject_kind kinds[] = { SUBJECT_FACT, SUBJECT_DECISION, SUBJECT_DEFINITION };
	size_t found = 0;
	bool ambiguous = false;
	out->kind = SUBJECT_NONE;
	for (size_t i = 0; i < 3; i++) {
		uint32_t index = scope_find(scopes[i], word->text);
		ambiguous = ambiguous || index == AMBIGUOUS;
		if (index >= AMBIGUOUS)
			continue;
		out->kind = kinds[i];
		out->index = index;
		found++;
	}
	if (found == 1 && !ambiguous) {
		if (out->kind == SUBJECT_FACT) /* a use even if the test turns out wrong: one mistake, one message */
			r->fact_used[out->index] = true;
		return true;
	}
	if (found || ambiguous)
		report_ambiguous(r, THING_SUBJECT, word);
	else
		report_undefined(r, scopes, 3, THING_SUBJECT, word);
	r->subject_lost = true;
	out->kind = SUBJECT_NONE;
	return false;
}

/* ---- tests ---- */

static struct cond *test_fact(struct resolver *r, uint32_t index, const struct ast_cond *ast)
{
	const struct fact *fact = &r->model->facts[index];
	return r->fact_broken[index] ? NULL : domain_of(fact->kind)->test(r, fact, ast);
}

static void report_decision_test(struct resolver *r, const struct ast_cond *ast, const struct decision *decision)
{
	struct finding *f = report(r, FINDING_TYPE, ast->span, MESSAGE_TEST_OF_DECISION, decision->name.id, NULL);
	diag_place(r->diag, f, decision->span, "声明在这里", "declared here");
}

static struct cond *test_decision(struct resolver *r, uint32_t index, const struct ast_cond *ast, unsigned flags)
{
	const struct decision *decision = &r->model->decisions[index];
	if (flags & NO_DECISIONS) {
		report(r, FINDING_TYPE, ast->span, MESSAGE_DECISION_IN_ASSUMPTION, decision->name.id, NULL);
		return NULL;
	}
	if (!is_value_test(ast->test)) {
		report_decision_test(r, ast, decision);
		return NULL;
	}
	VEC(int64_t) values = { 0 };
	ast_values listed;
	bool good = true, list = values_listed(r, ast, &listed);
	for (size_t i = 0; i < listed.count; i++) {
		const struct ast_value *v = &listed.items[i];
		uint32_t outcome = NONE;
		if (v->kind == AST_VALUE_WORD)
			outcome = outcome_look_up(r, index, &v->word);
		else
			report_decision_test(r, ast, decision);
		good = good && outcome != NONE;
		vec_push(r->arena, &values, (int64_t)outcome);
	}
	if (!good)
		return NULL;
	static const enum cond_op ops[] = {
		[AST_TEST_IS] = OP_IS,
		[AST_TEST_IS_NOT] = OP_IS_NOT,
		[AST_TEST_IN] = OP_IN,
		[AST_TEST_NOT_IN] = OP_NOT_IN,
	};
	bool negative = ast->test == AST_TEST_IS_NOT || ast->test == AST_TEST_NOT_IN;
	enum cond_op op = list ? (negative ? OP_NOT_IN : OP_IN) : ops[ast->test];
	struct cond *c = cond_new(r, COND_DECISION, op, ast->span);
	c->decision = index;
	c->ranges = ranges_of(r->arena, values.items, values.count);
	if (negative)
		c->ranges = ranges_complement(r->arena, &c->ranges, 0, (int64_t)decision->outcome_count - 1);
	return c;
}

static struct cond *definition_use(struct resolver *r, uint32_t index, struct span span);

/* A definition holds or not: its bare name, or 为 是, 为 否 in a table's cell. */
static struct cond *test_definition(struct resolver *r, uint32_t index, const struct ast_cond *ast)
{
	bool negative = ast->test == AST_TEST_IS_NOT;
	if (ast->test != AST_TEST_NAME) {
		bool one = (ast->test == AST_TEST_IS || negative) && ast->values.count == 1;
		enum ast_value_kind kind = one ? ast->values.items[0].kind : AST_VALUE_NONE;
		if (kind != AST_VALUE_YES && kind != AST_VALUE_NO) {
			report(r, FINDING_TYPE, ast->span, MESSAGE_TEST_OF_DEFINITION,
			       r->model->definitions[index].name.id, NULL);
			return NULL;
		}
		negative = negative != (kind == AST_VALUE_NO);
	}
	struct cond *use = definition_use(r, index, ast->span);
	return use && negative ? cond_not(r, use, OP_NONE, ast->span) : use;
}

static struct cond *resolve_test(struct resolver *r, const struct ast_cond *ast, const struct subject *column,
				 unsigned flags)
{
	struct subject subject = { SUBJECT_NONE, NONE };
	if (ast->subject.text)
		subject_look_up(r, &ast->subject, &subject);
	else if (column)
		subject = *column;
	switch (subject.kind) {
	case SUBJECT_FACT: return test_fact(r, subject.index, ast);
	case SUBJECT_DECISION: return test_decision(r, subject.index, ast, flags);
	case SUBJECT_DEFINITION: return test_definition(r, subject.index, ast);
	case SUBJECT_NONE: break;
	}
	return NULL;
}

/* ---- trees ---- */

static struct cond *resolve(struct resolver *r, const struct ast_cond *ast, const struct subject *column,
			    unsigned flags);

static struct cond *resolve_parts(struct resolver *r, const struct ast_cond *ast, const struct subject *column,
				  unsigned flags)
{
	enum cond_kind kind = ast->kind == AST_COND_AND ? COND_AND : ast->kind == AST_COND_OR ? COND_OR : COND_NOT;
	struct cond *c = cond_new(r, kind, OP_NONE, ast->span);
	c->parts = arena_new_array(r->arena, struct cond *, ast->part_count + 1);
	for (size_t i = 0; i < ast->part_count; i++)
		c->parts[c->part_count++] = resolve(r, ast->parts[i], column, flags);
	if (!c->part_count)
		return cond_true(r, ast->span);
	return c;
}

static struct cond *resolve(struct resolver *r, const struct ast_cond *ast, const struct subject *column,
			    unsigned flags)
{
	struct cond *c = NULL;
	if (r->depth >= LIMIT_CONDITION_DEPTH) {
		report_limit(r, ast->span, "条件的层数", "depth of a condition", LIMIT_CONDITION_DEPTH, "");
		return cond_true(r, ast->span);
	}
	r->depth++;
	r->size++;
	if (ast->kind == AST_COND_TEST)
		c = resolve_test(r, ast, column, flags);
	else if (ast->kind != AST_COND_BROKEN)
		c = resolve_parts(r, ast, column, flags);
	r->depth--;
	if (!c)
		return cond_true(r, ast->span);
	if (!c->words)
		c->words = r->depth == 0 && r->cell_words ? r->cell_words : words_at(r, ast->span);
	return c;
}

/* Once: what rests on a definition that is too large is too large as well. */
static void report_size(struct resolver *r, struct span span, const char *name)
{
	if (!r->size_reported)
		report_limit(r, span, "条件的大小（代入定义后）", "size of a condition with its definitions put in",
			     LIMIT_CONDITION_SIZE, name);
	r->size_reported = true;
}

struct cond *cond_resolve(struct resolver *r, const struct ast_cond *ast, const struct subject *column, unsigned flags)
{
	size_t depth = r->depth, size = r->size;
	r->depth = r->size = 0;
	struct cond *c = resolve(r, ast, column, flags);
	if (r->size > LIMIT_CONDITION_SIZE)
		report_size(r, ast->span, "");
	r->depth = depth;
	r->size = size;
	return c;
}

/* ---- definitions ---- */

static void report_definition_cycle(struct resolver *r, uint32_t index, struct span span)
{
	struct finding *f = report(r, FINDING_DECISION_CYCLE, span, MESSAGE_DEFINITION_CYCLE,
				   r->model->definitions[index].name.id, NULL);
	diag_place(r->diag, f, r->model->definitions[index].span, "定义在这里", "defined here");
}

/* Resolves a definition when something names it first, so that they may stand in any order. */
static void resolve_definition(struct resolver *r, uint32_t index)
{
	struct definition_state *state = &r->definition_states[index];
	struct definition *d = &r->model->definitions[index];
	size_t depth = r->depth, size = r->size;
	state->state = 1;
	r->size = 0;
	d->cond = state->decl->when ? resolve(r, state->decl->when, NULL, 0) : cond_true(r, d->span);
	state->size = r->size;
	state->depth = cond_depth(r, d->cond);
	state->broken = state->broken || !state->decl->when;
	if (state->size > LIMIT_CONDITION_SIZE) {
		report_size(r, d->span, d->name.id);
		state->broken = true;
	}
	state->state = 2;
	r->depth = depth;
	r->size = size;
}

static struct cond *definition_use(struct resolver *r, uint32_t index, struct span span)
{
	struct definition_state *state = &r->definition_states[index];
	r->model->definitions[index].used = true;
	if (state->state == 1) {
		report_definition_cycle(r, index, span);
		state->broken = true;
	}
	if (state->state == 0)
		resolve_definition(r, index);
	if (state->broken)
		return NULL;
	r->size += state->size;
	if (r->depth + state->depth > LIMIT_CONDITION_DEPTH) {
		report_limit(r, span, "条件的层数", "depth of a condition", LIMIT_CONDITION_DEPTH,
			     r->model->definitions[index].name.id);
		state->broken = true;
		return NULL;
	}
	struct cond *c = cond_new(r, COND_DEFINITION, OP_HOLDS, span);
	c->definition = index;
	c->parts = arena_new_array(r->arena, struct cond *, 1);
	c->parts[0] = r->model->definitions[index].cond;
	c->part_count = 1;
	return c;
}

static void declare_definitions(struct resolver *r)
{
	size_t count = 0;
	DECL_LOOP (r, entry, AST_DEFINITION)
		count++;
	r->model->definitions = arena_new_array(r->arena, struct definition, count + 1);
	r->definition_states = arena_new_array(r->arena, struct definition_state, count + 1);
	for (size_t i = 0; i < r->decls.count; i++) {
		struct entry *entry = &r->decls.items[i];
		if (entry->decl->kind != AST_DEFINITION)
			continue;
		entry->made = (uint32_t)r->model->definition_count++;
		struct definition *d = &r->model->definitions[entry->made];
		d->name = name_of(r, &entry->decl->name);
		d->span = name_span(&entry->decl->name, entry->decl->keyword);
		r->definition_states[entry->made].decl = entry->decl;
		r->definition_states[entry->made].broken = entry->decl->broken;
		r->order = (uint32_t)i;
		attributes_resolve(r, &entry->decl->attributes, &d->attributes);
		account_cites(r, &d->attributes.cites, d->name.id);
		scope_add(r, &r->definitions, THING_DEFINITION, &entry->decl->name, entry->made, true);
	}
}

void definitions_resolve(struct resolver *r)
{
	declare_definitions(r);
	for (uint32_t i = 0; i < r->model->definition_count; i++)
		if (r->definition_states[i].state == 0)
			resolve_definition(r, i);
}
