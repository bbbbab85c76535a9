/* The model's decisions, rules and texts as the records of a table, section by section. */
#include "lower/table.h"

#include "lower/build.h"
#include "model/procedure.h"

#include <string.h>

/* ---- writing ---- */

uint32_t build_count(const struct builder *b, enum section section)
{
	static const uint32_t sizes[] = {
#define SECTION(name, size) (size),
		SECTIONS(SECTION)
#undef SECTION
	};
	return (uint32_t)(b->sections[section].size / sizes[section]);
}

void build_u32(struct builder *b, enum section section, uint32_t value)
{
	write_u32(&b->sections[section], value);
}

static void build_i64(struct builder *b, enum section section, int64_t value)
{
	write_u64(&b->sections[section], (uint64_t)value);
}

uint32_t build_list(struct builder *b, const uint32_t *items, size_t count)
{
	uint32_t first = build_count(b, SECTION_LISTS);
	for (size_t i = 0; i < count; i++)
		build_u32(b, SECTION_LISTS, items[i]);
	return first;
}

/* A list and the two fields that name it. */
static void build_listed(struct builder *b, enum section section, const uint32_t *items, size_t count)
{
	build_u32(b, section, build_list(b, items, count));
	build_u32(b, section, (uint32_t)count);
}

uint32_t build_string(struct builder *b, const char *text)
{
	uint32_t next = build_count(b, SECTION_STRING_ENDS);
	int64_t number = map_put_if_absent(b->strings, text ? text : "", next);
	if (number == next) {
		write_bytes(&b->sections[SECTION_STRING_BYTES], text ? text : "", text ? strlen(text) + 1 : 1);
		build_u32(b, SECTION_STRING_ENDS, (uint32_t)b->sections[SECTION_STRING_BYTES].size);
	}
	return (uint32_t)number;
}

static void build_text(struct builder *b, enum section section, const char *text)
{
	build_u32(b, section, build_string(b, text));
}

void build_name(struct builder *b, enum section section, const struct name *name)
{
	build_text(b, section, name->id);
	build_text(b, section, name->label);
	build_text(b, section, name->english);
}

/* ---- facts ---- */

static void build_dims(struct builder *b, const struct fact *fact)
{
	for (uint32_t i = 0; i < fact->dim_count; i++) {
		uint32_t dim = fact->first_dim + i;
		const struct cuts *cuts = &b->cuts[dim];
		build_u32(b, SECTION_DIMS, b->model->dims[dim].fact);
		build_u32(b, SECTION_DIMS, fact->kind == FACT_SET ? i : 0);
		build_u32(b, SECTION_DIMS, build_count(b, SECTION_CUTS));
		build_u32(b, SECTION_DIMS, cuts->count);
		for (uint32_t k = 0; k < cuts->count; k++)
			build_i64(b, SECTION_CUTS, cuts->items[k]);
	}
}

static void build_fact(struct builder *b, const struct fact *fact)
{
	int64_t high = fact->kind == FACT_SET ? (int64_t)(((uint64_t)1 << fact->member_count) - 1) : fact->high;
	bool has_members = fact->kind == FACT_SET || fact->kind == FACT_ENUMERATION;
	uint32_t first_member = build_count(b, SECTION_MEMBERS);
	for (size_t i = 0; has_members && i < fact->member_count; i++)
		build_name(b, SECTION_MEMBERS, &fact->members[i].name);
	build_name(b, SECTION_FACTS, &fact->name);
	build_text(b, SECTION_FACTS, fact->unit);
	build_u32(b, SECTION_FACTS, (uint32_t)fact->kind);
	build_u32(b, SECTION_FACTS,
		  (fact->attributes.discretion ? FLAG_DISCRETION : 0u) |
			  (fact->applicable_date ? FLAG_APPLICABLE_DATE : 0u));
	build_i64(b, SECTION_FACTS, fact->kind == FACT_SET ? 0 : fact->low);
	build_i64(b, SECTION_FACTS, high);
	build_u32(b, SECTION_FACTS, first_member);
	build_u32(b, SECTION_FACTS, has_members ? (uint32_t)fact->member_count : 0);
	build_u32(b, SECTION_FACTS, build_count(b, SECTION_DIMS));
	build_u32(b, SECTION_FACTS, fact->dim_count);
	build_dims(b, fact);
}

/* ---- decisions ---- */

static void build_decision(struct builder *b, size_t index, const entry_list *entries)
{
	const struct decision *d = &b->model->decisions[index];
	struct rule_classes classes;
	build_name(b, SECTION_DECISIONS, &d->name);
	build_u32(b, SECTION_DECISIONS, build_count(b, SECTION_OUTCOMES));
	build_u32(b, SECTION_DECISIONS, (uint32_t)d->outcome_count);
	for (size_t i = 0; i < d->outcome_count; i++)
		build_name(b, SECTION_OUTCOMES, &d->outcomes[i].name);
	build_listed(b, SECTION_DECISIONS, d->rules, d->rule_count);
	build_listed(b, SECTION_DECISIONS, d->feeds, d->feed_count);
	build_listed(b, SECTION_DECISIONS, d->fed_by, d->fed_by_count);
	build_listed(b, SECTION_DECISIONS, d->dims, d->dim_count);
	build_listed(b, SECTION_DECISIONS, d->constraints, d->constraint_count);
	build_u32(b, SECTION_DECISIONS, build_count(b, SECTION_LISTS));
	build_classes(b, d, &classes);
	build_u32(b, SECTION_DECISIONS, classes.count);
	build_u32(b, SECTION_DECISIONS, classes.first_over);
	build_u32(b, SECTION_DECISIONS, FORM_BIT_SETS);
	build_u32(b, SECTION_DECISIONS, build_form(b, entries));
}

static void build_constraint(struct builder *b, size_t index, const entry_list *entries)
{
	build_name(b, SECTION_CONSTRAINTS, &b->model->constraints[index].name);
	build_u32(b, SECTION_CONSTRAINTS, build_form(b, entries));
}

/* ---- rules ---- */

static void find_names(const struct cond *cond, bool *named)
{
	if (cond->kind == COND_DECISION)
		named[cond->decision] = true;
	for (size_t i = 0; i < cond->part_count; i++)
		find_names(cond->parts[i], named);
}

static void build_names(struct builder *b, const struct rule *rule, bool *named)
{
	size_t decisions = b->model->decision_count;
	uint32_t first = build_count(b, SECTION_LISTS), count = 0;
	memset(named, 0, decisions * sizeof *named);
	find_names(rule->when, named);
	if (rule->except)
		find_names(rule->except, named);
	for (size_t i = 0; i < decisions; i++) {
		if (!named[i])
			continue;
		build_u32(b, SECTION_LISTS, (uint32_t)i);
		count++;
	}
	build_u32(b, SECTION_RULES, first);
	build_u32(b, SECTION_RULES, count);
}

static void build_rule(struct builder *b, const struct rule *rule, bool *named)
{
	struct name name = rule->name;
	name.id = rule->id;
	build_name(b, SECTION_RULES, &name);
	build_text(b, SECTION_RULES, rule->item);
	build_u32(b, SECTION_RULES, rule->decision);
	build_u32(b, SECTION_RULES, rule->outcome);
	build_u32(b, SECTION_RULES, build_count(b, SECTION_LISTS));
	build_u32(b, SECTION_RULES, (uint32_t)rule->attributes.cites.count);
	for (size_t i = 0; i < rule->attributes.cites.count; i++)
		build_text(b, SECTION_LISTS, rule->attributes.cites.clauses[i]);
	build_names(b, rule, named);
	build_u32(b, SECTION_RULES, build_count(b, SECTION_LISTS));
	build_u32(b, SECTION_RULES, (uint32_t)rule->text_count);
	for (size_t i = 0; i < rule->text_count; i++) {
		build_text(b, SECTION_LISTS, rule->texts[i].column);
		build_text(b, SECTION_LISTS, rule->texts[i].text);
	}
}

static void build_rules(struct builder *b)
{
	bool *named = arena_new_array(b->arena, bool, b->model->decision_count + 1);
	for (size_t i = 0; i < b->model->rule_count; i++)
		build_rule(b, &b->model->rules[i], named);
}

/* The clauses that rules and procedures cite, in order of the text. */
static void build_clauses(struct builder *b)
{
	const struct model *m = b->model;
	struct map *cited = map_new_in(b->arena);
	for (size_t i = 0; i < m->rule_count; i++) {
		for (size_t k = 0; k < m->rules[i].attributes.cites.count; k++)
			(void)map_put_if_absent(cited, m->rules[i].attributes.cites.clauses[k], 1);
	}
	mark_time_cites(m, cited);
	for (size_t i = 0; i < m->clause_count; i++) {
		if (map_get(cited, m->clauses[i].id) < 0)
			continue;
		build_text(b, SECTION_CLAUSES, m->clauses[i].id);
		build_text(b, SECTION_CLAUSES, m->clauses[i].text);
	}
}

static void build_book(struct builder *b)
{
	const struct model *m = b->model;
	size_t rules = 0;
	for (size_t i = 0; i < m->decision_count; i++)
		rules = m->decisions[i].rule_count > rules ? m->decisions[i].rule_count : rules;
	build_name(b, SECTION_BOOK, &m->name);
	build_text(b, SECTION_BOOK, m->edition.id);
	build_text(b, SECTION_BOOK, m->edition.label);
	build_text(b, SECTION_BOOK, m->digest);
	build_u32(b, SECTION_BOOK, (uint32_t)rules);
	build_u32(b, SECTION_BOOK, (uint32_t)rules); /* classes: at most as many */
}

/* ---- boxes of all conditions ---- */

struct boxes {
	entry_list *decisions, *constraints;
	struct cut_maker *cuts;
};

static void report_limit(struct diag *diag, struct span span, enum message message, const char *name, int64_t limit)
{
	struct finding *f = diag_add(diag, FINDING_LIMIT, span, message);
	diag_arg(diag, f, 0, name);
	diag_arg_int(diag, f, 1, limit);
}

static bool expand_into(struct builder *b, struct boxes *boxes, const struct cond *cond, bool negated, uint32_t value,
			entry_list *entries)
{
	term_list terms;
	if (!terms_expand(b->arena, b->model, cond, negated, &terms))
		return false;
	cut_maker_add(boxes->cuts, &terms);
	for (size_t i = 0; i < terms.count; i++) {
		struct entry entry = { terms.items[i], value };
		vec_push(b->arena, entries, entry);
	}
	return true;
}

static bool expand_decision(struct builder *b, struct diag *diag, const struct decision *d, struct boxes *boxes,
			    entry_list *entries)
{
	for (size_t i = 0; i < d->rule_count; i++) {
		const struct rule *rule = &b->model->rules[d->rules[i]];
		bool fits = expand_into(b, boxes, rule->when, false, 2 * (uint32_t)i, entries);
		if (fits && rule->except)
			fits = expand_into(b, boxes, rule->except, false, 2 * (uint32_t)i + 1, entries);
		if (!fits) {
			report_limit(diag, rule->name_span, MESSAGE_LIMIT_RULE_TERMS, rule->id, LIMIT_RULE_TERMS);
			return false;
		}
		if (entries->count > LIMIT_DECISION_TERMS) {
			report_limit(diag, d->span, MESSAGE_LIMIT_DECISION_TERMS, d->name.id, LIMIT_DECISION_TERMS);
			return false;
		}
	}
	return true;
}

static bool expand_all_conditions(struct builder *b, struct diag *diag, struct boxes *boxes)
{
	const struct model *m = b->model;
	bool fits = true;
	boxes->decisions = arena_new_array(b->arena, entry_list, m->decision_count + 1);
	boxes->constraints = arena_new_array(b->arena, entry_list, m->constraint_count + 1);
	for (size_t i = 0; i < m->decision_count; i++)
		fits = expand_decision(b, diag, &m->decisions[i], boxes, &boxes->decisions[i]) && fits;
	for (size_t i = 0; i < m->constraint_count; i++) {
		const struct constraint *constraint = &m->constraints[i];
		if (expand_into(b, boxes, constraint->cond, true, 0, &boxes->constraints[i]))
			continue;
		report_limit(diag, constraint->span, MESSAGE_LIMIT_RULE_TERMS, constraint->name.id, LIMIT_RULE_TERMS);
		fits = false;
	}
	return fits;
}

/* ---- the whole ---- */

static bool put_together(struct builder *b, struct table *table)
{
	struct writer w;
	uint64_t at = HEADER_SIZE;
	for (unsigned i = 0; i < SECTION_COUNT; i++)
		at += b->sections[i].size;
	if (at > UINT32_MAX)
		return false;
	writer_init(&w, b->arena);
	write_bytes(&w, MAGIC, MAGIC_SIZE);
	write_u32(&w, FORMAT_VERSION);
	write_u32(&w, SECTION_COUNT);
	write_u64(&w, at);
	write_u64(&w, 0);
	at = HEADER_SIZE;
	for (unsigned i = 0; i < SECTION_COUNT; i++) {
		write_u32(&w, (uint32_t)at);
		write_u32(&w, build_count(b, (enum section)i));
		at += b->sections[i].size;
	}
	for (unsigned i = 0; i < SECTION_COUNT; i++)
		write_bytes(&w, b->sections[i].bytes, b->sections[i].size);
	uint64_t checksum = table_checksum((const unsigned char *)w.bytes, w.size);
	for (unsigned i = 0; i < 8; i++)
		w.bytes[HEADER_CHECKSUM + i] = (char)(unsigned char)(checksum >> (8 * i));
	table->bytes = (const unsigned char *)w.bytes;
	table->size = w.size;
	return true;
}

/* The order in which lists are written is part of the format: decisions, constraints, rules, calendars, procedures. */
static void build_sections(struct builder *b, const struct boxes *boxes)
{
	const struct model *m = b->model;
	(void)build_string(b, "");
	build_book(b);
	for (size_t i = 0; i < m->fact_count; i++)
		build_fact(b, &m->facts[i]);
	for (size_t i = 0; i < m->decision_count; i++)
		build_decision(b, i, &boxes->decisions[i]);
	for (size_t i = 0; i < m->constraint_count; i++)
		build_constraint(b, i, &boxes->constraints[i]);
	build_rules(b);
	build_clauses(b);
	build_time(b);
}

static bool fits_a_table(struct diag *diag, const struct model *model)
{
	const struct calendar *calendar = calendar_beyond_limits(model);
	if (calendar)
		report_limit(diag, calendar->assumption.span, MESSAGE_LIMIT_CALENDAR, calendar->name.id,
			     LIMIT_TABLE_RUN);
	if (model->decision_count > LIMIT_TABLE_DECISIONS)
		report_limit(diag, model->name_span, MESSAGE_LIMIT_GUARDS, model->name.id, LIMIT_TABLE_DECISIONS);
	return !calendar && model->decision_count <= LIMIT_TABLE_DECISIONS;
}

const struct table *lower(struct arena *arena, struct diag *diag, const struct model *model)
{
	struct builder *b = arena_new_of(arena, struct builder);
	struct boxes boxes = { 0 };
	struct table *table = arena_new_of(arena, struct table);
	size_t guards;
	model = model_with_guards(arena, model, &guards);
	if (!fits_a_table(diag, model))
		return NULL;
	*b = (struct builder){ .arena = arena, .model = model, .strings = map_new_in(arena) };
	b->first_guard = (uint32_t)(model->decision_count - guards);
	for (unsigned i = 0; i < SECTION_COUNT; i++)
		writer_init(&b->sections[i], arena);
	boxes.cuts = cut_maker_new_in(arena, model);
	if (!expand_all_conditions(b, diag, &boxes))
		return NULL;
	b->cuts = cut_maker_finish(boxes.cuts);
	build_sections(b, &boxes);
	if (put_together(b, table))
		return table;
	report_limit(diag, model->name_span, MESSAGE_LIMIT_TABLE_SIZE, model->name.id, (int64_t)UINT32_MAX);
	return NULL;
}
