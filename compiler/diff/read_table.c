/* A binary table as a model (docs/TABLE_FORMAT.md). The table is open, so that every index in it is good. */
#include "diff/read_table.h"

#include "diff/table_reader.h"
#include "runtime/view.h"
#include "support/vec.h"

#include <string.h>

const char *string_of(const struct table_reader *r, const unsigned char *record, unsigned index)
{
	return string_at(r->table, field(record, index)).bytes;
}

struct name name_at(const struct table_reader *r, const unsigned char *record)
{
	const char *id = string_of(r, record, NAME_ID), *label = string_of(r, record, NAME_LABEL);
	const char *english = string_of(r, record, NAME_ENGLISH);
	struct name name = { id, *label ? label : id, *english ? english : id, false, false };
	name.has_label = strcmp(name.label, id) != 0;
	name.has_english = strcmp(name.english, id) != 0 && strcmp(name.english, name.label) != 0;
	return name;
}

uint32_t *list_at(const struct table_reader *r, const unsigned char *record, unsigned first, size_t *count)
{
	size_t start = field(record, first);
	*count = field(record, first + 1);
	uint32_t *list = arena_new_array(r->arena, uint32_t, *count + 1);
	for (size_t i = 0; i < *count; i++)
		list[i] = list_item(r->table, start + i);
	return list;
}

struct cites cites_at(const struct table_reader *r, const unsigned char *record, unsigned first)
{
	struct cites cites = { 0 };
	const uint32_t *strings = list_at(r, record, first, &cites.count);
	cites.clauses = arena_new_array(r->arena, const char *, cites.count + 1);
	for (size_t i = 0; i < cites.count; i++)
		cites.clauses[i] = string_at(r->table, strings[i]).bytes;
	return cites;
}

/* ---- facts ---- */

static void read_members(struct table_reader *r, const unsigned char *record, struct fact *fact)
{
	uint32_t first = field(record, FACT_FIRST_MEMBER);
	fact->member_count = field(record, FACT_MEMBERS);
	fact->members = arena_new_array(r->arena, struct member, fact->member_count + 1);
	for (uint32_t i = 0; i < fact->member_count; i++) {
		fact->members[i].name = name_at(r, record_at(r->table, MEMBERS, first + i));
		fact->members[i].group = NONE;
	}
}

static void read_fact(struct table_reader *r, uint32_t index)
{
	static const enum fact_kind kinds[] = { FACT_BOOLEAN, FACT_ENUMERATION, FACT_SET, FACT_INTEGER, FACT_DATE };
	const unsigned char *record = record_at(r->table, FACTS, index);
	struct fact *fact = &r->model->facts[index];
	const char *unit = string_of(r, record, FACT_UNIT);
	fact->name = name_at(r, record);
	fact->kind = kinds[field(record, FACT_KIND)];
	fact->unit = *unit ? unit : NULL;
	fact->low = load_i64(record + 4 * FACT_LOW);
	fact->high = fact->kind == FACT_SET ? 1 : load_i64(record + 4 * FACT_HIGH);
	fact->attributes.role = NONE;
	fact->attributes.discretion = (field(record, FACT_FLAGS) & FLAG_DISCRETION) != 0;
	fact->applicable_date = (field(record, FACT_FLAGS) & FLAG_APPLICABLE_DATE) != 0;
	fact->first_dim = field(record, FACT_FIRST_DIM);
	fact->dim_count = field(record, FACT_DIMS);
	if (fact->applicable_date)
		r->model->applicable_date = index;
	read_members(r, record, fact);
	for (uint32_t i = 0; i < fact->dim_count; i++)
		r->model->dims[fact->first_dim + i] = (struct dim){ index, i, fact->low, fact->high };
}

/* ---- boxes ---- */

struct term_of {                     /* a box under way */
	uint32_t entry;              /* as in the table: 2 × rule, + 1 for an exception */
	uint32_t start;              /* the part where the stretch under way began */
	VEC(struct range) parts;     /* of the axis under way */
	VEC(struct cond *) tests;
};

static struct range values_of(const struct table_reader *r, const unsigned char *axis, struct range parts)
{
	if (field(axis, AXIS_KIND) == AXIS_DECISION)
		return parts;
	uint32_t index = field(axis, AXIS_INDEX);
	const unsigned char *record = record_at(r->table, DIMS, index);
	const unsigned char *cuts = record_at(r->table, CUTS, field(record, DIM_FIRST_CUT));
	const struct dim *dim = &r->model->dims[index];
	int64_t last = (int64_t)field(record, DIM_CUTS);
	return (struct range){ parts.low == 0 ? dim->low : load_i64(cuts + 8 * (parts.low - 1)),
			       parts.high == last ? dim->high : load_i64(cuts + 8 * parts.high) - 1 };
}

static void end_stretch(struct table_reader *r, struct term_of *term, uint32_t next)
{
	vec_push(r->arena, &term->parts, ((struct range){ term->start, (int64_t)next - 1 }));
}

/* Between neighbouring parts only the terms that begin or end there change. */
static void read_parts(struct table_reader *r, const struct form *form, const unsigned char *axis, struct term_of *terms)
{
	size_t words = words_of(form->term_count);
	uint64_t *before = arena_new_array(r->arena, uint64_t, words + 1);
	uint32_t parts = field(axis, AXIS_PARTS);
	for (uint32_t part = 0; part <= parts; part++) {
		const unsigned char *row = part < parts ? axis_row(form, axis, part) : NULL;
		for (size_t w = 0; w < words; w++) {
			uint32_t column = (uint32_t)(w / form->block_words), word = (uint32_t)(w % form->block_words);
			uint64_t now = row ? block_word(form, load_u32(row + 4 * (size_t)column), word) & valid_terms(form, w) : 0;
			for (uint64_t changed = now ^ before[w]; changed; changed &= changed - 1) {
				size_t term = w * 64 + lowest_bit(changed);
				if (now >> (term % 64) & 1)
					terms[term].start = part;
				else
					end_stretch(r, &terms[term], part);
			}
			before[w] = now;
		}
	}
}

static void read_axis(struct table_reader *r, const struct form *form, const unsigned char *axis, struct term_of *terms)
{
	bool of_decision = field(axis, AXIS_KIND) == AXIS_DECISION;
	read_parts(r, form, axis, terms);
	for (uint32_t t = 0; t < form->term_count; t++) {
		struct cond *test = arena_new_of(r->arena, struct cond);
		size_t count = terms[t].parts.count;
		bool whole = count == 1 && terms[t].parts.items[0].low == 0 &&
			     terms[t].parts.items[0].high == (int64_t)field(axis, AXIS_PARTS) - 1;
		test->kind = of_decision ? COND_DECISION : COND_FACT;
		test->dim = test->decision = field(axis, AXIS_INDEX);
		test->ranges.items = arena_new_array(r->arena, struct range, count + 1);
		for (size_t i = 0; i < count; i++)
			test->ranges.items[i] = values_of(r, axis, terms[t].parts.items[i]);
		test->ranges.count = count;
		terms[t].parts.count = 0;
		if (!whole)
			vec_push(r->arena, &terms[t].tests, test);
	}
}

static struct cond *joined(struct table_reader *r, enum cond_kind kind, struct cond **parts, size_t count)
{
	struct cond *cond = arena_new_of(r->arena, struct cond);
	if (count == 1)
		return parts[0];
	cond->kind = count ? kind : kind == COND_AND ? COND_TRUE : COND_FALSE;
	cond->parts = parts;
	cond->part_count = count;
	return cond;
}

static struct term_of *read_form(struct table_reader *r, uint32_t index, uint32_t *count)
{
	const struct form form = form_at(r->table, index);
	struct term_of *terms = arena_new_array(r->arena, struct term_of, (size_t)form.term_count + 1);
	for (uint32_t t = 0; t < form.term_count; t++)
		terms[t].entry = load_u32(form.terms + 4 * (size_t)t);
	for (uint32_t i = 0; i < form.axis_count; i++)
		read_axis(r, &form, axis_at(&form, i), terms);
	*count = form.term_count;
	return terms;
}

typedef VEC(struct cond *) box_list;

/* The union of the boxes of every entry, up to `entries`. */
static box_list *unions_of(struct table_reader *r, uint32_t form, size_t entries)
{
	uint32_t count;
	struct term_of *terms = read_form(r, form, &count);
	box_list *boxes = arena_new_array(r->arena, box_list, entries + 1);
	for (uint32_t t = 0; t < count; t++) {
		struct cond *box = joined(r, COND_AND, terms[t].tests.items, terms[t].tests.count);
		vec_push(r->arena, &boxes[terms[t].entry], box);
	}
	return boxes;
}

/* ---- rules and priorities ---- */

static void read_rule(struct table_reader *r, uint32_t index)
{
	const unsigned char *record = record_at(r->table, RULES, index);
	struct rule *rule = &r->model->rules[index];
	const char *item = string_of(r, record, RULE_ITEM);
	size_t pairs;
	rule->name = name_at(r, record);
	rule->id = rule->name.id;
	rule->item = *item ? item : NULL;
	rule->decision = field(record, RULE_DECISION);
	rule->outcome = field(record, RULE_OUTCOME);
	rule->table = NONE;
	rule->attributes.role = NONE;
	rule->attributes.cites = cites_at(r, record, RULE_FIRST_CITE);
	rule->text_count = field(record, RULE_TEXTS);
	rule->texts = arena_new_array(r->arena, struct text_value, rule->text_count + 1);
	pairs = field(record, RULE_FIRST_TEXT);
	for (size_t i = 0; i < rule->text_count; i++) {
		rule->texts[i].column = string_at(r->table, list_item(r->table, pairs + 2 * i)).bytes;
		rule->texts[i].text = string_at(r->table, list_item(r->table, pairs + 2 * i + 1)).bytes;
	}
}

static struct name ladder_name(const struct table_reader *r, size_t at)
{
	const char *id = arena_printf(r->arena, "%zu", at);
	return (struct name){ id, id, id, false, false };
}

/* Each stretch of classes that a class is over is a ladder of two rungs; where the order of rows decides, the classes are
 * rows of one first-hit table. */
static void read_over(struct table_reader *r, struct decision *d, const unsigned char *record, uint32_t class_index, uint32_t over,
		      const uint32_t *classes)
{
	const unsigned char *item = record_at(r->table, OVER, over);
	uint32_t first = field(item, OVER_FIRST), last = field(item, OVER_LAST);
	size_t at = d->ladder_count;
	(void)record;
	if (field(item, OVER_MODE) == OVER_ALWAYS) {
		d->ladders[at] = (struct ladder){ .name = ladder_name(r, at), .rung_count = 2, .ranks_defaults = true };
		d->ladder_count++;
	}
	for (size_t i = 0; i < d->rule_count; i++) {
		struct rule *rule = &r->model->rules[d->rules[i]];
		bool over_class = classes[i] == class_index, under_class = classes[i] >= first && classes[i] <= last;
		if (field(item, OVER_MODE) == OVER_ALWAYS)
			rule->rungs[at] = over_class ? 0 : under_class ? 1 : NO_RUNG;
		else if (over_class || under_class)
			rule->row = (uint32_t)i + 1;
	}
}

/* Rows that order alone tells apart are one table a decision: classes of two first-hit tables are never over each other
 * by order, but neither are they both in one stretch, so that they need tables of their own. */
static void join_tables(struct table_reader *r, const struct decision *d, const uint32_t *classes, uint32_t class_count,
			const unsigned char *record)
{
	uint32_t *table_of = arena_new_array(r->arena, uint32_t, (size_t)class_count + 1);
	uint32_t starts = field(record, DECISION_FIRST_OVER);
	for (uint32_t c = 0; c < class_count; c++)
		table_of[c] = c;
	for (bool grown = true; grown;) {
		grown = false;
		for (uint32_t c = 0; c < class_count; c++)
			for (uint32_t o = list_item(r->table, starts + c); o < list_item(r->table, starts + c + 1); o++) {
				const unsigned char *item = record_at(r->table, OVER, o);
				for (uint32_t k = field(item, OVER_FIRST); field(item, OVER_MODE) == OVER_IF_EARLIER && k <= field(item, OVER_LAST); k++) {
					uint32_t least = table_of[c] < table_of[k] ? table_of[c] : table_of[k];
					grown |= table_of[c] != least || table_of[k] != least;
					table_of[c] = table_of[k] = least;
				}
			}
	}
	for (size_t i = 0; i < d->rule_count; i++) {
		struct rule *rule = &r->model->rules[d->rules[i]];
		if (rule->row > 0)
			rule->table = (uint32_t)r->model->table_count + table_of[classes[i]];
	}
	for (uint32_t c = 0; c < class_count; c++)
		r->model->tables[r->model->table_count + c] = (struct rule_table){ .name = { "", "", "", false, false }, .hit = HIT_FIRST };
	r->model->table_count += class_count;
}

static void read_priorities(struct table_reader *r, struct decision *d, const unsigned char *record)
{
	uint32_t class_count = field(record, DECISION_CLASSES), starts = field(record, DECISION_FIRST_OVER);
	uint32_t overs = list_item(r->table, starts + class_count) - list_item(r->table, starts);
	uint32_t *classes = arena_new_array(r->arena, uint32_t, d->rule_count + 1);
	for (size_t i = 0; i < d->rule_count; i++) {
		classes[i] = list_item(r->table, field(record, DECISION_FIRST_CLASS) + i);
		r->model->rules[d->rules[i]].rungs = arena_new_array(r->arena, uint32_t, (size_t)overs + 1);
		memset(r->model->rules[d->rules[i]].rungs, 0xff, overs * sizeof(uint32_t));
	}
	d->ladders = arena_new_array(r->arena, struct ladder, (size_t)overs + 1);
	for (uint32_t c = 0; c < class_count; c++)
		for (uint32_t o = list_item(r->table, starts + c); o < list_item(r->table, starts + c + 1); o++)
			read_over(r, d, record, c, o, classes);
	join_tables(r, d, classes, class_count, record);
}

/* ---- decisions ---- */

static void read_outcomes(struct table_reader *r, struct decision *d, const unsigned char *record)
{
	d->outcome_count = field(record, DECISION_OUTCOMES);
	d->outcomes = arena_new_array(r->arena, struct outcome, d->outcome_count + 1);
	for (uint32_t i = 0; i < d->outcome_count; i++)
		d->outcomes[i].name = name_at(r, record_at(r->table, OUTCOMES, field(record, DECISION_FIRST_OUTCOME) + i));
}

static void read_decision(struct table_reader *r, uint32_t index)
{
	const unsigned char *record = record_at(r->table, DECISIONS, index);
	struct decision *d = &r->model->decisions[index];
	d->name = name_at(r, record);
	read_outcomes(r, d, record);
	d->rules = list_at(r, record, DECISION_FIRST_RULE, &d->rule_count);
	d->feeds = list_at(r, record, DECISION_FIRST_FEED, &d->feed_count);
	d->fed_by = list_at(r, record, DECISION_FIRST_FED_BY, &d->fed_by_count);
	d->dims = list_at(r, record, DECISION_FIRST_DIM, &d->dim_count);
	d->constraints = list_at(r, record, DECISION_FIRST_CONSTRAINT, &d->constraint_count);
	box_list *boxes = unions_of(r, field(record, DECISION_FORM), 2 * d->rule_count);
	for (size_t i = 0; i < d->rule_count; i++) {
		struct rule *rule = &r->model->rules[d->rules[i]];
		rule->when = joined(r, COND_OR, boxes[2 * i].items, boxes[2 * i].count);
		if (boxes[2 * i + 1].count)
			rule->except = joined(r, COND_OR, boxes[2 * i + 1].items, boxes[2 * i + 1].count);
	}
	read_priorities(r, d, record);
}

/* Each after what feeds it: after all that its order of evaluation lists. */
static void order_decisions(struct model *m)
{
	bool *done = arena_new_array(m->arena, bool, m->decision_count + 1);
	size_t count = 0;
	for (uint32_t d = 0; d < m->decision_count; d++) {
		for (size_t i = 0; i <= m->decisions[d].fed_by_count; i++) {
			uint32_t next = i < m->decisions[d].fed_by_count ? m->decisions[d].fed_by[i] : d;
			if (!done[next])
				m->order[count++] = next;
			done[next] = true;
		}
	}
}

static void read_constraint(struct table_reader *r, uint32_t index)
{
	const unsigned char *record = record_at(r->table, CONSTRAINTS, index);
	struct constraint *c = &r->model->constraints[index];
	box_list *boxes = unions_of(r, field(record, CONSTRAINT_FORM), 1);
	c->name = name_at(r, record);
	c->cond = arena_new_of(r->arena, struct cond);
	c->cond->kind = COND_NOT;
	c->cond->parts = arena_new_of(r->arena, struct cond *);
	c->cond->parts[0] = joined(r, COND_OR, boxes[0].items, boxes[0].count);
	c->cond->part_count = 1;
	c->then = c->cond;
}

/* ---- the whole ---- */

static void read_book(struct table_reader *r)
{
	const unsigned char *book = record_at(r->table, BOOK, 0);
	struct model *m = r->model;
	m->name = name_at(r, book);
	m->edition.id = string_of(r, book, BOOK_EDITION);
	m->edition.label = m->edition.english = string_of(r, book, BOOK_EDITION_LABEL);
	m->digest = string_of(r, book, BOOK_DIGEST);
	for (uint32_t i = 0; i < m->clause_count; i++) {
		const unsigned char *record = record_at(r->table, CLAUSES, i);
		m->clauses[i].id = string_of(r, record, CLAUSE_ID);
		m->clauses[i].text = string_of(r, record, CLAUSE_TEXT);
		m->clauses[i].parent = m->clauses[i].role = NONE;
	}
}

static bool is_too_large(const struct table_reader *r)
{
	if (r->model->fact_count > LIMIT_FACTS || r->model->decision_count - section_count(r->table, SECTION_GUARDS) > LIMIT_DECISIONS)
		return true;
	for (uint32_t i = 0; i < r->model->fact_count; i++)
		if (field(record_at(r->table, FACTS, i), FACT_MEMBERS) > LIMIT_MEMBERS)
			return true;
	return false;
}

struct model *model_of_table(struct arena *arena, const struct guiju_table *table)
{
	struct model *m = arena_new_of(arena, struct model);
	struct table_reader r = { arena, table_bytes(table), m };
	size_t classes = 0;
	m->arena = arena;
	m->applicable_date = NONE;
	m->fact_count = section_count(r.table, SECTION_FACTS);
	m->dim_count = section_count(r.table, SECTION_DIMS);
	m->decision_count = section_count(r.table, SECTION_DECISIONS);
	m->rule_count = section_count(r.table, SECTION_RULES);
	m->constraint_count = section_count(r.table, SECTION_CONSTRAINTS);
	m->clause_count = section_count(r.table, SECTION_CLAUSES);
	if (is_too_large(&r))
		return NULL;
	for (uint32_t i = 0; i < m->decision_count; i++)
		classes += field(record_at(r.table, DECISIONS, i), DECISION_CLASSES);
	m->facts = arena_new_array(arena, struct fact, m->fact_count + 1);
	m->dims = arena_new_array(arena, struct dim, m->dim_count + 1);
	m->decisions = arena_new_array(arena, struct decision, m->decision_count + 1);
	m->order = arena_new_array(arena, uint32_t, m->decision_count + 1);
	m->rules = arena_new_array(arena, struct rule, m->rule_count + 1);
	m->tables = arena_new_array(arena, struct rule_table, classes + 1);
	m->constraints = arena_new_array(arena, struct constraint, m->constraint_count + 1);
	m->clauses = arena_new_array(arena, struct clause, m->clause_count + 1);
	read_book(&r);
	for (uint32_t i = 0; i < m->fact_count; i++)
		read_fact(&r, i);
	for (uint32_t i = 0; i < m->rule_count; i++)
		read_rule(&r, i);
	for (uint32_t i = 0; i < m->decision_count; i++)
		read_decision(&r, i);
	for (uint32_t i = 0; i < m->constraint_count; i++)
		read_constraint(&r, i);
	order_decisions(m);
	return read_procedures(&r) ? m : NULL;
}
