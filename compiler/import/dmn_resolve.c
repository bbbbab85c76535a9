/* What of a DMN model a rulebook can say: every decision in turn, each after those that it requires. */
#include "import/dmn.h"

#include "grammar/parse.h"
#include "model/model.h"
#include "support/intern.h"

#include <string.h>

enum { SHOWN = 200, SHOWN_NAMES = 8 }; /* bytes of the model's text in a finding; names of a list */

/* ---- findings ---- */

const char *dmn_shown(struct arena *arena, const char *text)
{
	size_t size = strlen(text);
	if (size <= SHOWN)
		return text;
	for (size = SHOWN; size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80;)
		size--;
	return arena_printf(arena, "%.*s…", (int)size, text);
}

const char *dmn_name_list(struct arena *arena, const char *const *names, size_t count)
{
	const char *list = "";
	for (size_t i = 0; i < count && i < SHOWN_NAMES; i++)
		list = arena_printf(arena, "%s%s`%s`", list, i > 0 ? ", " : "", dmn_shown(arena, names[i]));
	return count > SHOWN_NAMES ? arena_printf(arena, "%s, …", list) : list;
}

/* A finding, or NULL when LIMIT_FINDINGS were reported: a file of a million nodes has a million things to be said of.
 */
static struct finding *report(struct dmn_book *book, struct span at, enum message message)
{
	if (book->reported > LIMIT_FINDINGS)
		return NULL;
	if (book->reported++ < LIMIT_FINDINGS)
		return diag_add(book->diag, FINDING_NOT_IMPORTED, at, message);
	struct finding *f = diag_add(book->diag, FINDING_LIMIT, at, MESSAGE_LIMIT_FINDINGS);
	diag_arg_int(book->diag, f, 0, LIMIT_FINDINGS);
	return NULL;
}

void dmn_refuse(struct dmn_book *book, struct span at, const char *where, const char *feel, struct phrase why)
{
	struct finding *f = report(book, at, MESSAGE_DMN_REFUSED);
	if (!f)
		return;
	diag_arg(book->diag, f, 0, where);
	diag_arg(book->diag, f, 1, dmn_shown(book->arena, feel));
	diag_arg2(book->diag, f, 2, why.zh, why.en);
	diag_help(book->diag, f, MESSAGE_DMN_REFUSED_HELP, NULL, NULL);
}

void dmn_remark(struct dmn_book *book, struct span at, const char *where, struct phrase what)
{
	struct finding *f = report(book, at, MESSAGE_DMN_REMARK);
	if (!f)
		return;
	diag_severity(book->diag, f, SEVERITY_WARNING);
	diag_arg(book->diag, f, 0, where);
	diag_arg2(book->diag, f, 1, what.zh, what.en);
}

const char *dmn_where(struct dmn_book *book, const struct dmn_node *node, size_t rule, const char *column)
{
	const char *where = arena_printf(book->arena, "%s `%s`", node->element, dmn_shown(book->arena, node->name));
	if (rule != SIZE_MAX)
		where = arena_printf(book->arena, "%s, rule %zu", where, rule + 1);
	if (rule != SIZE_MAX && node->table && rule < node->table->rules.count && node->table->rules.items[rule].id)
		where = arena_printf(book->arena, "%s (%s)", where,
				     dmn_shown(book->arena, node->table->rules.items[rule].id));
	return column ? arena_printf(book->arena, "%s, `%s`", where, dmn_shown(book->arena, column)) : where;
}

/* ---- decisions ---- */

struct dmn_node *dmn_node_of(const struct dmn_book *book, const struct dmn_decision *decision)
{
	return &book->model->nodes.items[book->logics.items[decision->logic].node - book->model->nodes.items];
}

static bool take(struct dmn_book *book, struct dmn_logic *logic)
{
	const struct dmn_node *node = logic->node;
	if (node->fault.en) {
		dmn_refuse(book, node->at, dmn_where(book, node, SIZE_MAX, NULL), node->element, node->fault);
		return false;
	}
	if (!dmn_parse_logic(book, logic) || !dmn_resolve_inputs(book, logic) || !dmn_plan(book, logic))
		return false;
	if (book->decisions.count <= LIMIT_DECISIONS) {
		dmn_settle_inputs(book, logic);
		return true;
	}
	dmn_refuse(book, logic->node->at, dmn_where(book, logic->node, SIZE_MAX, NULL), logic->node->element,
		   (struct phrase){ "判定超过 256 个", "more than 256 decisions" });
	return false;
}

enum dmn_state dmn_take(struct dmn_book *book, struct dmn_logic *logic)
{
	if (logic->state != DMN_UNSEEN)
		return logic->state;
	logic->state = DMN_BUSY;
	bool taken = take(book, logic);
	book->judged++;
	if (taken) {
		logic->state = DMN_TAKEN;
		return DMN_TAKEN;
	}
	dmn_forget_drafts(book);
	if (logic->decision_count > 0)
		book->decisions.count = logic->first_decision;
	logic->decision_count = 0;
	logic->state = DMN_REFUSED;
	return DMN_REFUSED;
}

/* ---- what is left of the model ---- */

static bool is_tested(const struct dmn_book *book, const struct dmn_node *node)
{
	for (size_t i = 0; i < book->facts.count; i++)
		if (book->facts.items[i].node == node)
			return true;
	return false;
}

static void report_rest(struct dmn_book *book)
{
	for (size_t i = 0; i < book->model->nodes.count; i++) {
		const struct dmn_node *node = &book->model->nodes.items[i];
		const char *where = dmn_where(book, node, SIZE_MAX, NULL);
		if (node->kind == DMN_INPUT_DATA && !is_tested(book, node))
			dmn_remark(book, node->at, where,
				   (struct phrase){ "没有导入的决策读它，不写入规则书",
						    "no imported decision reads it; it is not written" });
		else if (node->kind == DMN_OTHER && strcmp(node->element, "decisionService") == 0)
			dmn_remark(book, node->at, where,
				   (struct phrase){ "不导入：决策本身已经导入",
						    "not imported: its decisions are, by themselves" });
		else if (node->kind == DMN_OTHER)
			dmn_refuse(book, node->at, where, node->element,
				   (struct phrase){ "不导入函数和别的模型",
						    "functions and other models are not imported" });
	}
	for (size_t i = 0; i < book->logics.count; i++) {
		if (book->logics.items[i].state != DMN_TAKEN)
			continue;
		dmn_report_requirements(book, &book->logics.items[i]);
		dmn_report_notes(book, &book->logics.items[i]);
		dmn_report_unlisted(book, &book->logics.items[i]);
		dmn_report_columns(book, &book->logics.items[i]);
	}
	for (size_t i = 0; i < book->facts.count; i++) {
		const struct dmn_fact *fact = &book->facts.items[i];
		if (fact->node && fact->node->kind == DMN_DECISION)
			dmn_remark(book, fact->node->at, dmn_where(book, fact->node, SIZE_MAX, NULL),
				   (struct phrase){
					   "没有导入：它的结果成为一个可以取任何值的事实",
					   "not imported: its result is taken for a fact that may have any value" });
	}
}

/* ---- names ---- */

static void name_outcomes(struct dmn_book *book, dmn_values *values)
{
	struct dmn_name **names = arena_new_array(book->arena, struct dmn_name *, values->count + 1);
	for (size_t i = 0; i < values->count; i++)
		names[i] = &values->items[i].name;
	dmn_names_assign(book->arena, names, values->count, &book->changed);
}

static void name_tables(struct dmn_book *book)
{
	struct map *taken = map_new_in(book->arena);
	for (size_t i = 0; i < book->decisions.count; i++) {
		struct dmn_decision *d = &book->decisions.items[i];
		for (size_t k = 0; k < d->groups.count; k++) {
			const char *wanted = d->groups.count == 1
						     ? d->name.id
						     : arena_printf(book->arena, "%s_rank%zu", d->name.id, k + 1),
				   *id = wanted;
			for (unsigned n = 2;
			     map_put_if_absent(taken, id, (int64_t)(i << 32 | k)) != (int64_t)(i << 32 | k); n++)
				id = arena_printf(book->arena, "%s_%u", wanted, n);
			d->groups.items[k].id = id;
		}
	}
}

static void name_all(struct dmn_book *book)
{
	size_t count = 0;
	struct dmn_name **names =
		arena_new_array(book->arena, struct dmn_name *, book->facts.count + book->decisions.count + 1);
	for (size_t i = 0; i < book->facts.count; i++)
		names[count++] = &book->facts.items[i].name;
	for (size_t i = 0; i < book->decisions.count; i++)
		names[count++] = &book->decisions.items[i].name;
	dmn_names_assign(book->arena, names, count, &book->changed);
	for (size_t i = 0; i < book->decisions.count; i++)
		name_outcomes(book, &book->decisions.items[i].outcomes);
	struct dmn_name *own = &book->name;
	own->source = book->model->name && *book->model->name ? book->model->name
		      : book->model->id			      ? book->model->id
							      : "";
	own->prefix = "dmn";
	dmn_names_assign(book->arena, &own, 1, &book->changed);
	name_tables(book);
}

/* ---- the whole ---- */

static void index_type(struct dmn_book *book, size_t i)
{
	const struct dmn_type *type = &book->model->types.items[i];
	if (map_put_if_absent(book->types, type->name, (int64_t)i) != (int64_t)i)
		dmn_remark(book, type->at,
			   arena_printf(book->arena, "itemDefinition `%s`", dmn_shown(book->arena, type->name)),
			   (struct phrase){ "名称重复，这一个没有采用",
					    "a second type of this name, which is not taken over" });
}

static bool index_model(struct dmn_book *book)
{
	struct map *names = map_new_in(book->arena);
	book->logic_of = arena_new_array(book->arena, uint32_t, book->model->nodes.count + 1);
	for (size_t i = 0; i < book->model->nodes.count; i++) {
		const struct dmn_node *node = &book->model->nodes.items[i];
		if (node->kind != DMN_OTHER && map_put_if_absent(names, node->name, (int64_t)i) != (int64_t)i)
			dmn_remark(book, node->at, dmn_where(book, node, SIZE_MAX, NULL),
				   (struct phrase){
					   "名称重复：读这个名称的表，分不清指哪一个的，不导入",
					   "a second node of this name: a table that reads the name is not imported "
					   "where it does not tell which is meant" });
		struct dmn_logic logic = { .node = node };
		book->logic_of[i] = node->kind == DMN_DECISION ? (uint32_t)book->logics.count : UINT32_MAX;
		if (node->kind == DMN_DECISION)
			vec_push(book->arena, &book->logics, logic);
	}
	for (size_t i = 0; i < book->model->types.count; i++)
		index_type(book, i);
	if (book->logics.count <= LIMIT_DMN_DECISIONS)
		return true;
	dmn_refuse(book, book->logics.items[LIMIT_DMN_DECISIONS].node->at, "definitions", "decision",
		   (struct phrase){ "决策超过 1024 个", "more than 1024 decisions" });
	return false;
}

struct dmn_book *dmn_resolve(struct arena *arena, struct diag *diag, struct dmn_model *model)
{
	struct dmn_book *book = arena_new_of(arena, struct dmn_book);
	book->arena = arena;
	book->diag = diag;
	book->model = model;
	book->ids = map_new_in(arena);
	book->column_types = map_new_in(arena);
	book->types = map_new_in(arena);
	book->fact_index = map_new_in(arena);
	book->marks = arena_new_array(arena, bool, LIMIT_MEMBERS + 2);
	if (!index_model(book))
		return book;
	dmn_scopes(book);
	for (size_t i = 0; i < book->logics.count; i++)
		(void)dmn_take(book, &book->logics.items[i]);
	dmn_domains(book);
	name_all(book);
	report_rest(book);
	return book;
}
