/* Boxes: memory, three-valued evaluation, splitting. */
#include "partial.h"

/* ---- memory ---- */

static uint64_t *take_set(struct box *box, size_t words)
{
	return (uint64_t *)room_take(&box->room, words, sizeof(uint64_t));
}

static uint32_t *take_numbers(struct box *box, size_t count)
{
	return (uint32_t *)room_take(&box->room, count, sizeof(uint32_t));
}

static void add_form(struct box *box, uint32_t index)
{
	struct form_box f;
	f.form = form_at(box->table, index);
	f.first_axis = box->axis_count;
	f.words = (size_t)f.form.columns * f.form.block_words;
	f.word_at = take_numbers(box, f.words);
	f.stale = true;
	f.may = take_set(box, f.words);
	f.must = take_set(box, f.words);
	for (uint32_t i = 0; i < f.form.axis_count; i++) {
		struct axis_box a;
		a.record = axis_at(&f.form, i);
		a.form = box->form_count;
		a.next = NO_INDEX;
		a.is_dim = field(a.record, AXIS_KIND) == AXIS_DIM;
		a.stale = true;
		a.index = field(a.record, AXIS_INDEX);
		a.outcomes = 0;
		a.may = take_set(box, f.words);
		a.must = take_set(box, f.words);
		if (box->room.bytes)
			box->axes[box->axis_count] = a;
		box->axis_count++;
	}
	if (box->room.bytes)
		box->forms[box->form_count] = f;
	box->form_count++;
}

static void add_decision(struct box *box, uint32_t decision)
{
	const unsigned char *record = record_at(box->table, DECISIONS, decision);
	size_t words = words_of(field(record, DECISION_RULES));
	struct decision_box d;
	d.decision = decision;
	d.contest = box->contest;
	d.may = take_set(box, words);
	d.must = take_set(box, words);
	d.may_reason = take_set(box, words);
	d.must_reason = take_set(box, words);
	d.can = 0;
	d.single = d.live = d.touched = false;
	d.variation = VARIATION_UNKNOWN;
	d.varies_at = 0;
	add_form(box, field(record, DECISION_FORM));
	if (box->room.bytes) {
		contest_of(&d.contest, box->table, decision);
		box->chain[box->chain_count] = d;
		box->place[decision] = box->chain_count;
	}
	box->chain_count++;
}

static void add_constraint(struct box *box, uint32_t constraint)
{
	add_form(box, field(record_at(box->table, CONSTRAINTS, constraint), CONSTRAINT_FORM));
	box->constraints++;
}

static void take_arrays(struct box *box)
{
	const unsigned char *t = box->table, *book = record_at(t, BOOK, 0);
	size_t dims = section_count(t, SECTION_DIMS), decisions = section_count(t, SECTION_DECISIONS);
	size_t parts = dims + section_count(t, SECTION_CUTS), rules = words_of(field(book, BOOK_MAX_RULES));
	contest_room(&box->contest, &box->room, field(book, BOOK_MAX_CLASSES));
	box->forms = (struct form_box *)room_take(&box->room, section_count(t, SECTION_FORMS), sizeof(struct form_box));
	box->axes = (struct axis_box *)room_take(&box->room, section_count(t, SECTION_AXES), sizeof(struct axis_box));
	box->chain = (struct decision_box *)room_take(&box->room, decisions, sizeof(struct decision_box));
	box->splits = (struct split *)room_take(&box->room, 2 * parts + 2, sizeof(struct split));
	box->place = take_numbers(box, decisions);
	box->parts = take_numbers(box, dims);
	box->first_axis = take_numbers(box, dims);
	box->low = take_numbers(box, dims);
	box->high = take_numbers(box, dims);
	box->first = take_numbers(box, dims);
	box->kinds = take_numbers(box, dims);
	box->order = take_numbers(box, parts);
	box->marks = take_set(box, parts);
	box->excepted = take_set(box, 2 * rules);
	box->in_some = take_set(box, rules);
	box->in_all = take_set(box, rules);
}

void box_take(struct box *box, uint32_t decision)
{
	box->form_count = box->axis_count = box->chain_count = box->constraints = box->depth = 0;
	box->dims = box->first_dim = 0;
	take_arrays(box);
	if (decision == NO_INDEX) {
		for (uint32_t i = 0; i < section_count(box->table, SECTION_DECISIONS); i++)
			add_decision(box, i);
		for (uint32_t i = 0; i < section_count(box->table, SECTION_CONSTRAINTS); i++)
			add_constraint(box, i);
		return;
	}
	const unsigned char *record = record_at(box->table, DECISIONS, decision);
	for (uint32_t i = 0; i < field(record, DECISION_FED_BY); i++)
		add_decision(box, list_item(box->table, (size_t)field(record, DECISION_FIRST_FED_BY) + i));
	add_decision(box, decision);
	for (uint32_t i = 0; i < field(record, DECISION_CONSTRAINTS); i++)
		add_constraint(box, list_item(box->table, (size_t)field(record, DECISION_FIRST_CONSTRAINT) + i));
	box->first_dim = field(record, DECISION_FIRST_DIM);
	box->dims = field(record, DECISION_DIMS);
}

uint32_t box_dim(const struct box *box, uint32_t index)
{
	return list_item(box->table, (size_t)box->first_dim + index);
}

bool box_is_open(const struct box *box, uint32_t dim)
{
	return box->high[dim] - box->low[dim] > 1;
}

struct decision_box *box_target(const struct box *box)
{
	return &box->chain[box->chain_count - 1];
}

/* ---- three-valued evaluation ---- */

void box_touch(struct box *box, uint32_t dim)
{
	for (uint32_t a = box->first_axis[dim]; a != NO_INDEX; a = box->axes[a].next) {
		box->axes[a].stale = true;
		box->forms[box->axes[a].form].stale = true;
	}
}

/* Adds one part to what an axis allows. */
static void allow_part(const struct form_box *f, struct axis_box *a, uint32_t part)
{
	const unsigned char *row = axis_row(&f->form, a->record, part);
	for (size_t w = 0; w < f->words; w++) {
		uint64_t bits = row_word(f, row, w);
		a->may[w] |= bits;
		a->must[w] &= bits;
	}
}

static void look_at_axis(const struct box *box, const struct form_box *f, struct axis_box *a)
{
	for (size_t w = 0; w < f->words; w++) {
		a->may[w] = 0;
		a->must[w] = UINT64_MAX;
	}
	if (a->is_dim) {
		for (uint32_t i = box->low[a->index]; i < box->high[a->index]; i++)
			allow_part(f, a, box->order[i]);
	} else {
		for (uint64_t bits = a->outcomes; bits != 0; bits &= bits - 1)
			allow_part(f, a, lowest_bit(bits));
	}
	a->stale = false;
}

/* false: nothing has changed since the last look. */
static bool look_at_form(struct box *box, struct form_box *f)
{
	struct axis_box *axes = box->axes + f->first_axis;
	for (uint32_t i = 0; i < f->form.axis_count; i++) {
		if (!axes[i].is_dim && axes[i].outcomes != box->chain[box->place[axes[i].index]].can) {
			axes[i].outcomes = box->chain[box->place[axes[i].index]].can;
			axes[i].stale = f->stale = true;
		}
	}
	if (!f->stale)
		return false;
	for (size_t w = 0; w < f->words; w++)
		f->may[w] = f->must[w] = valid_terms(&f->form, f->word_at[w]);
	for (uint32_t i = 0; i < f->form.axis_count; i++) {
		if (axes[i].stale)
			look_at_axis(box, f, &axes[i]);
		for (size_t w = 0; w < f->words; w++) {
			f->may[w] &= axes[i].may[w];
			f->must[w] &= axes[i].must[w];
		}
	}
	f->stale = false;
	return true;
}

/* The rules of the terms: a rule holds when a term of its condition does and none of its exception. */
static void look_at_rules(struct box *box, const struct form_box *f, struct decision_box *d)
{
	size_t words = words_of(d->contest.rule_count);
	uint64_t *may_except = box->excepted, *must_except = box->excepted + words;
	clear_words(d->may, words);
	clear_words(d->must, words);
	clear_words(box->excepted, 2 * words);
	for (uint32_t t = 0; (t = next_bit(f->may, f->words, t)) != NO_INDEX; t++) {
		uint32_t entry = load_u32(f->form.terms + 4 * (size_t)form_term(f, t));
		bool surely = has_bit(f->must, t);
		set_bit(entry & 1 ? may_except : d->may, entry >> 1);
		if (surely)
			set_bit(entry & 1 ? must_except : d->must, entry >> 1);
	}
	for (size_t w = 0; w < words; w++) {
		d->may[w] &= ~must_except[w];
		d->must[w] &= ~may_except[w];
	}
}

static uint64_t outcomes_of(const struct decision_box *d, const uint64_t *rules)
{
	uint64_t outcomes = 0;
	size_t words = words_of(d->contest.rule_count);
	for (uint32_t r = 0; (r = next_bit(rules, words, r)) != NO_INDEX; r++)
		outcomes |= UINT64_C(1) << contest_outcome(&d->contest, r);
	return outcomes;
}

static void look_at_decision(struct box *box, uint32_t place)
{
	struct decision_box *d = &box->chain[place];
	if (!look_at_form(box, &box->forms[place]))
		return;
	look_at_rules(box, &box->forms[place], d);
	contest_run(&d->contest, d->must, d->may, d->may_reason);
	contest_run(&d->contest, d->may, d->must, d->must_reason);
	uint64_t may = outcomes_of(d, d->may_reason), must = outcomes_of(d, d->must_reason);
	d->can = must == 0 ? may : (must & (must - 1)) == 0 ? must : 0;
	d->single = must != 0 && d->can == may;
}

void box_look_constraints(struct box *box)
{
	box->looks++;
	if (box->budget > 0 && box->looks > box->budget)
		box->ended = true;
	box->dead = box->open = false;
	for (uint32_t i = 0; i < box->constraints && !box->dead; i++) {
		struct form_box *f = &box->forms[box->chain_count + i];
		(void)look_at_form(box, f);
		for (size_t w = 0; w < f->words; w++) {
			box->dead = box->dead || f->must[w] != 0;
			box->open = box->open || f->may[w] != 0;
		}
	}
}

void box_look(struct box *box)
{
	box_look_constraints(box);
	box->stuck = NO_INDEX;
	for (uint32_t i = 0; i < box->chain_count && !box->dead; i++) {
		if (box->stuck != NO_INDEX) {
			/* what was found for other boxes no longer counts */
			box->chain[i].can = 0;
			box->chain[i].single = false;
			box->forms[i].stale = true;
			continue;
		}
		look_at_decision(box, i);
		if (box->chain[i].can == 0 && i + 1 < box->chain_count)
			box->stuck = i;
	}
}

/* ---- splitting ---- */

void box_push(struct box *box, uint32_t dim, uint32_t mid)
{
	struct split *s = &box->splits[box->depth++];
	s->dim = dim;
	s->low = box->low[dim];
	s->mid = mid;
	s->high = box->high[dim];
	s->second = false;
	box->high[dim] = mid;
	box_touch(box, dim);
}

bool box_next(struct box *box, uint32_t base)
{
	while (box->depth > base) {
		struct split *s = &box->splits[box->depth - 1];
		box_touch(box, s->dim);
		box->high[s->dim] = s->high;
		if (!s->second) {
			s->second = true;
			box->low[s->dim] = s->mid;
			return true;
		}
		box->low[s->dim] = s->low;
		box->depth--;
	}
	return false;
}

void box_unwind(struct box *box, uint32_t base)
{
	for (; box->depth > base; box->depth--) {
		struct split *s = &box->splits[box->depth - 1];
		box->low[s->dim] = s->low;
		box->high[s->dim] = s->high;
		box_touch(box, s->dim);
	}
}

void box_split_by_term(struct box *box, const struct axis_box *axis, uint32_t term, bool allowed_first)
{
	const struct form_box *f = &box->forms[axis->form];
	uint32_t mid = box->low[axis->index];
	for (uint32_t i = mid; i < box->high[axis->index]; i++) {
		uint32_t part = box->order[i];
		if (term_allows(f, axis, term, part) != allowed_first)
			continue;
		box->order[i] = box->order[mid];
		box->order[mid++] = part;
	}
	box_push(box, axis->index, mid);
}

/* ---- the box of all completions ---- */

static void link_axes(struct box *box)
{
	for (uint32_t i = 0; i < box->dims; i++)
		box->first_axis[box_dim(box, i)] = NO_INDEX;
	for (uint32_t a = box->axis_count; a-- > 0;) {
		if (!box->axes[a].is_dim)
			continue;
		box->axes[a].next = box->first_axis[box->axes[a].index];
		box->first_axis[box->axes[a].index] = a;
	}
}

static uint32_t dim_parts(const struct box *box, uint32_t dim)
{
	return field(record_at(box->table, DIMS, dim), DIM_CUTS) + 1;
}

/* Known dimensions have their part, unknown ones all. */
static void fill_order(struct box *box)
{
	uint32_t at = 0;
	for (uint32_t i = 0; i < box->dims; i++) {
		uint32_t dim = box_dim(box, i), parts = dim_parts(box, dim);
		box->first[dim] = box->low[dim] = at;
		box->kinds[dim] = box->parts[dim] == NO_INDEX ? parts : 1;
		box->high[dim] = at + box->kinds[dim];
		for (uint32_t p = 0; p < parts; p++)
			box->marks[at + p] = 0;
		for (uint32_t p = 0; p < box->kinds[dim]; p++)
			box->order[at + p] = box->parts[dim] == NO_INDEX ? p : box->parts[dim];
		at += parts;
	}
}

/* What the terms that are still possible say of a part, as a number; equal parts have equal ones. */
static uint64_t part_digest(const struct box *box, uint32_t dim, uint32_t part)
{
	uint64_t digest = 0;
	for (uint32_t i = box->first_axis[dim]; i != NO_INDEX; i = box->axes[i].next) {
		const struct axis_box *a = &box->axes[i];
		const struct form_box *f = &box->forms[a->form];
		const unsigned char *row = axis_row(&f->form, a->record, part);
		for (size_t w = 0; w < f->words; w++) {
			digest ^= row_word(f, row, w) & f->may[w];
			digest *= UINT64_C(0x9e3779b97f4a7c15);
			digest ^= digest >> 29;
		}
	}
	return digest;
}

static bool parts_are_alike(const struct box *box, uint32_t dim, uint32_t one, uint32_t other)
{
	for (uint32_t i = box->first_axis[dim]; i != NO_INDEX; i = box->axes[i].next) {
		const struct axis_box *a = &box->axes[i];
		const struct form_box *f = &box->forms[a->form];
		const unsigned char *x = axis_row(&f->form, a->record, one), *y = axis_row(&f->form, a->record, other);
		for (size_t w = 0; w < f->words; w++) {
			if (((row_word(f, x, w) ^ row_word(f, y, w)) & f->may[w]) != 0)
				return false;
		}
	}
	return true;
}

enum { ALIKE_WINDOW = 64 }; /* kinds that a part is compared with: a kind listed twice does no harm */

/* Keeps one part of each kind; marks serve as memory for digests. */
static void keep_kinds(struct box *box, uint32_t dim)
{
	uint32_t at = box->first[dim], kinds = 0;
	for (uint32_t i = 0; i < box->kinds[dim]; i++) {
		uint32_t part = box->order[at + i], k = kinds;
		uint64_t digest = part_digest(box, dim, part);
		bool known = false;
		while (!known && k > 0 && k + ALIKE_WINDOW > kinds) {
			k--;
			known = box->marks[at + k] == digest && parts_are_alike(box, dim, box->order[at + k], part);
		}
		if (known)
			continue;
		box->marks[at + kinds] = digest;
		box->order[at + kinds++] = part;
	}
	for (uint32_t i = 0; i < kinds; i++)
		box->marks[at + i] = 0;
	box->kinds[dim] = kinds;
	box->high[dim] = at + kinds;
	box_touch(box, dim);
}

/* The terms that the known dimensions leave possible; words without any are dropped. */
static void keep_possible_terms(struct box *box, struct form_box *f)
{
	size_t kept = 0;
	for (size_t w = 0; w < f->words; w++) {
		f->word_at[w] = (uint32_t)w;
		f->may[w] = valid_terms(&f->form, w);
	}
	for (uint32_t i = 0; i < f->form.axis_count; i++) {
		const struct axis_box *a = &box->axes[f->first_axis + i];
		if (!a->is_dim || box->parts[a->index] == NO_INDEX)
			continue;
		const unsigned char *row = axis_row(&f->form, a->record, box->parts[a->index]);
		for (size_t w = 0; w < f->words; w++)
			f->may[w] &= f->may[w] != 0 ? row_word(f, row, w) : 0;
	}
	for (size_t w = 0; w < f->words; w++) {
		if (f->may[w] == 0)
			continue;
		f->word_at[kept] = (uint32_t)w;
		f->may[kept++] = f->may[w];
	}
	f->words = kept;
}

void box_begin(struct box *box)
{
	link_axes(box);
	fill_order(box);
	for (uint32_t i = 0; i < box->form_count; i++)
		keep_possible_terms(box, &box->forms[i]);
	for (uint32_t i = 0; i < box->dims; i++) {
		if (box->kinds[box_dim(box, i)] > 1)
			keep_kinds(box, box_dim(box, i));
	}
	for (uint32_t i = 0; i < box->form_count; i++)
		box->forms[i].stale = true;
}
