/* Each record read twice, once with the facts of each edition, and decided by both. */
#include "diff/records.h"

#include "decide/answer.h"
#include "decide/decide.h"
#include "decide/records.h"
#include "decide/running.h"
#include "diag/diag.h"
#include "support/intern.h"

#include <stdlib.h>
#include <string.h>

#define WINDOW (DECIDE_RECORD_LIMIT + ((size_t)1 << 16))
enum { LIMIT_ITEMS = 64 };           /* reasons whose clauses and items are named */

struct edition_of {
	const struct guiju_table *table;
	struct facts *facts;
	struct answerer *answerer;
	struct csv_header *header;   /* NULL: JSON */
	struct record record;
	bool there;                  /* the raw bytes were a record */
	bool gives_facts;
};

struct wanted {
	uint32_t decision[2];        /* UINT32_MAX: the edition has none */
};

struct redeciding {
	struct arena *arena, *scratch;         /* of the answer; of one record */
	const struct records_job *job;
	struct edition_of editions[2];
	VEC(struct wanted) wanted;
	VEC(struct diff_record) changed;
	struct runner *runner; /* NULL: one decision alone was asked for */
	VEC(struct diff_running) running;
	VEC(struct record_mistake) mistakes;
	bool json;
	size_t line; /* of the record at hand */
	struct diff_records *out;
};

/* ---- which decisions ---- */

static bool feeds_another(const struct guiju_table *table, uint32_t decision, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct guiju_decision d;
		uint32_t feed;
		if (guiju_decision(table, i, &d) != GUIJU_OK)
			continue;
		for (uint32_t k = 0; k < d.feeds; k++)
			if (guiju_decision_feed(table, i, k, &feed) == GUIJU_OK && feed == decision)
				return true;
	}
	return false;
}

static void choose_decisions(struct redeciding *r)
{
	struct guiju_about about;
	guiju_about(r->editions[1].table, &about);
	for (uint32_t i = 0; i < about.decisions; i++) {
		struct guiju_decision d;
		if (guiju_decision(r->editions[1].table, i, &d) != GUIJU_OK)
			continue;
		bool wanted = r->job->decision ? strcmp(d.id.bytes, r->job->decision) == 0 :
						 !feeds_another(r->editions[1].table, i, about.decisions);
		struct wanted w = { { guiju_find_decision(r->editions[0].table, d.id.bytes), i } };
		if (wanted && w.decision[0] != UINT32_MAX)
			vec_push(r->arena, &r->wanted, w);
	}
}

/* ---- reading ---- */

static void start_edition(struct redeciding *r, int e)
{
	struct edition_of *edition = &r->editions[e];
	edition->table = r->job->tables[e];
	edition->facts = facts_new_in(r->arena, edition->table);
	edition->answerer = answerer_new_in(r->arena, edition->table, edition->facts);
	edition->answerer->budget = r->job->budget;
	size_t count = facts_count(edition->facts);
	edition->record.arena = r->scratch;
	edition->record.values = arena_new_array(r->arena, int64_t, count + 1);
	edition->record.known = arena_new_array(r->arena, uint64_t, count / 64 + 1);
	edition->record.named = arena_new_array(r->arena, uint64_t, count / 64 + 1);
}

static void forget(struct edition_of *edition)
{
	size_t size = (facts_count(edition->facts) / 64 + 1) * sizeof(uint64_t);
	memset(edition->record.known, 0, size);
	memset(edition->record.named, 0, size);
	edition->record.failed = false;
	edition->record.copied.items = NULL;
	edition->record.copied.count = edition->record.copied.capacity = 0;
	answerer_forget(edition->answerer);
}

/* Reading changes the bytes, so that each edition reads a copy. */
static struct raw_record copy_of(struct arena *arena, const struct raw_record *raw)
{
	struct raw_record copy = *raw;
	copy.bytes = arena_alloc(arena, raw->size + 2);
	if (raw->size)
		memcpy(copy.bytes, raw->bytes, raw->size);
	return copy;
}

static void read_edition(struct redeciding *r, int e, const struct raw_record *raw)
{
	struct edition_of *edition = &r->editions[e];
	struct raw_record copy = copy_of(r->scratch, raw);
	forget(edition);
	edition->there = edition->header ? csv_record(&edition->record, edition->facts, edition->header, &copy) :
					   json_record(&edition->record, edition->facts, &copy);
	edition->gives_facts = false;
	for (size_t i = 0; i < facts_count(edition->facts) / 64 + 1; i++)
		edition->gives_facts |= edition->record.known[i] != 0;
	if (edition->there && r->job->has_on)
		record_set_on(&edition->record, edition->facts, r->job->on);
}

/* ---- what an edition says ---- */

typedef VEC(const char *) text_list;

struct naming {                      /* clauses and items of reasons, each once */
	struct redeciding *r;
	int edition;
	struct map *seen;
	text_list clauses, items;
	size_t rules;
};

static void add_once(struct naming *n, text_list *list, const char *text, const char *kind)
{
	const char *key = arena_printf(n->r->scratch, "%s %s", kind, text);
	if (map_get(n->seen, key) >= 0)
		return;
	map_put(n->seen, key, 0);
	vec_push(n->r->scratch, list, text);
}

static void name_reasons(struct naming *n, const struct decided *d, bool top)
{
	struct edition_of *edition = &n->r->editions[n->edition];
	for (uint32_t rule = 0; (rule = next_rule(edition->answerer, d->answer.reasons, rule)) != UINT32_MAX; rule++) {
		struct guiju_rule about;
		struct guiju_text clause;
		uint32_t decision;
		if (n->rules++ >= LIMIT_ITEMS || guiju_rule(edition->table, rule, &about) != GUIJU_OK)
			continue;
		for (uint32_t i = 0; top && i < about.cites; i++)
			if (guiju_rule_cite(edition->table, rule, i, &clause) == GUIJU_OK)
				add_once(n, &n->clauses, clause.bytes, "clause");
		if (about.item.size > 0)
			add_once(n, &n->items, about.item.bytes, "item");
		for (uint32_t i = 0; i < about.names; i++) {
			if (guiju_rule_names(edition->table, rule, i, &decision) != GUIJU_OK)
				continue;
			const struct decided *below = answer_decision(edition->answerer, &edition->record, decision);
			if (below->status == GUIJU_OK && below->answer.verdict == GUIJU_DECIDED)
				name_reasons(n, below, false);
		}
	}
}

static struct phrase named(struct arena *arena, const char *zh, const char *en, const text_list *list)
{
	struct writer w[2];
	for (int i = 0; i < 2; i++) {
		writer_init(&w[i], arena);
		write_fmt(&w[i], "%s ", i ? en : zh);
		for (size_t k = 0; k < list->count; k++)
			write_fmt(&w[i], "%s%s", k == 0 ? "" : i ? ", " : "、", list->items[k]);
	}
	return (struct phrase){ writer_text(&w[0]), writer_text(&w[1]) };
}

static struct phrase cites_of(struct redeciding *r, int e, const struct decided *d)
{
	struct naming n = { .r = r, .edition = e, .seen = map_new_in(r->scratch) };
	name_reasons(&n, d, true);
	struct phrase clauses = named(r->arena, "依据", "clauses", &n.clauses), items = named(r->arena, "条目", "items", &n.items);
	if (n.clauses.count == 0)
		return n.items.count == 0 ? (struct phrase){ "", "" } : items;
	if (n.items.count == 0)
		return clauses;
	return (struct phrase){ arena_printf(r->arena, "%s；%s", clauses.zh, items.zh),
				arena_printf(r->arena, "%s; %s", clauses.en, items.en) };
}

static struct phrase error_words(struct redeciding *r, const struct record *record)
{
	return (struct phrase){
		arena_strdup(r->arena, render_message(r->scratch, record->error.message, record->error.args, LANGUAGE_ZH)),
		arena_strdup(r->arena, render_message(r->scratch, record->error.message, record->error.args, LANGUAGE_EN)),
	};
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_joined(struct writer *w, const char *start, const char *item, const char *comma)
{
	write_fmt(w, "%s%s", w->size ? comma : start, item);
}

/* More than one outcome is possible: which, and what to find out first. Outcomes of two editions are compared by ids. */
static void describe_open(struct redeciding *r, const struct edition_of *edition, uint32_t decision, const struct decided *d,
			  struct diff_answer *out)
{
	const char *ids[64];
	size_t count = 0;
	struct writer zh, en, asked_zh, asked_en, key;
	struct writer *const writers[] = { &zh, &en, &asked_zh, &asked_en, &key };
	for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
		writer_init(writers[i], r->arena);
	for (uint32_t o = 0; o < 64; o++) {
		struct guiju_name name;
		if (!(d->answer.possible >> o & 1) || guiju_outcome(edition->table, decision, o, &name) != GUIJU_OK)
			continue;
		ids[count++] = name.id.bytes;
		write_joined(&zh, "可能为", name.label.size ? name.label.bytes : name.id.bytes, "、");
		write_joined(&en, "one of ", name.english.size ? name.english.bytes : name.id.bytes, ", ");
	}
	for (uint32_t i = 0; i < d->answer.ask_count; i++) {
		struct guiju_fact fact;
		if (guiju_fact(edition->table, d->answer.ask[i], &fact) != GUIJU_OK)
			continue;
		write_joined(&asked_zh, "，须先查明：", fact.label.bytes, "、");
		write_joined(&asked_en, "; to be found out first: ", fact.english.bytes, ", ");
	}
	write_str(&zh, writer_text(&asked_zh));
	write_str(&en, writer_text(&asked_en));
	out->label = (struct phrase){ writer_text(&zh), writer_text(&en) };
	qsort(ids, count, sizeof *ids, compare_ids);
	for (size_t i = 0; i < count; i++)
		write_joined(&key, "open ", ids[i], " ");
	out->undecided = writer_text(&key);
}

static struct diff_answer answer_of(struct redeciding *r, int e, uint32_t decision)
{
	static const struct phrase words[] = {
		[GUIJU_GAP] = { "空白", "a gap" },
		[GUIJU_CONFLICT] = { "冲突", "a conflict" },
		[GUIJU_FEEDING] = { "所依据的判定没有结论", "a decision that feeds it has no outcome" },
	};
	struct edition_of *edition = &r->editions[e];
	const struct decided *d = answer_record(edition->answerer, &edition->record, decision);
	struct diff_answer out = { .because = "[]", .cites = { "", "" }, .undecided = "" };
	struct guiju_name name;
	struct writer because;
	if (!d) {
		out.undecided = error_kind_word(edition->record.error.kind);
		out.label = error_words(r, &edition->record);
		edition->record.failed = edition->record.failed && edition->record.error.kind != RECORD_EXCLUDED;
		return out;
	}
	if (d->answer.verdict == GUIJU_OPEN) {
		describe_open(r, edition, decision, d, &out);
		return out;
	}
	writer_init(&because, r->arena);
	answer_write_reasons(edition->answerer, &because, &edition->record, d);
	out.because = writer_text(&because);
	if (is_undecided(d)) {
		out.undecided = undecided_word(d->answer.verdict);
		out.label = words[d->answer.verdict];
		return out;
	}
	if (guiju_outcome(edition->table, decision, d->answer.outcome, &name) == GUIJU_OK) {
		out.outcome = name.id.bytes;
		out.label = (struct phrase){ name.label.size ? name.label.bytes : name.id.bytes,
					     name.english.size ? name.english.bytes : name.id.bytes };
	}
	out.cites = cites_of(r, e, d);
	return out;
}

/* ---- records ---- */

static bool is_same(const struct diff_answer *a, const struct diff_answer *b)
{
	if (a->outcome && b->outcome)
		return strcmp(a->outcome, b->outcome) == 0;
	return !a->outcome && !b->outcome && strcmp(a->undecided, b->undecided) == 0;
}

static const char *id_of(struct redeciding *r)
{
	const struct edition_of *edition = &r->editions[1];
	for (size_t i = 0; i < edition->record.copied.count; i++) {
		const struct copied *copied = &edition->record.copied.items[i];
		struct writer w;
		if (strcmp(copied->name, "_id") != 0)
			continue;
		writer_init(&w, r->arena);
		if (edition->header)
			write_json_string(&w, copied->value);
		else
			write_str(&w, copied->value);
		return writer_text(&w);
	}
	return arena_printf(r->arena, "%zu", r->out->read);
}

static void decide_record(struct redeciding *r, const char **id)
{
	for (size_t i = 0; i < r->wanted.count; i++) {
		const struct wanted *w = &r->wanted.items[i];
		struct arena_mark mark = arena_save(r->arena);
		struct diff_record record = { .old = answer_of(r, 0, w->decision[0]), .new_ = answer_of(r, 1, w->decision[1]) };
		struct guiju_decision d;
		if (is_same(&record.old, &record.new_)) {
			arena_restore(r->arena, mark);
			continue;
		}
		(void)guiju_decision(r->editions[1].table, w->decision[1], &d);
		record.decision_id = d.id.bytes;
		record.decision = (struct phrase){ d.label.size ? d.label.bytes : d.id.bytes,
						   d.english.size ? d.english.bytes : d.id.bytes };
		record.id = *id = *id ? *id : id_of(r);
		vec_push(r->arena, &r->changed, record);
	}
}

static enum running_result step_record(struct redeciding *r, const char **id)
{
	struct record *const records[] = { &r->editions[0].record, &r->editions[1].record };
	struct diff_running running;
	bool inexact = false;
	enum running_result result = running_compare(r->runner, records, r->json, &running, &inexact);
	r->out->inexact |= inexact;
	if (result != RESULT_CHANGED)
		return result;
	running.id = *id = *id ? *id : id_of(r);
	running.line = r->line;
	vec_push(r->arena, &r->running, running);
	return result;
}

/* A record that failed is decided, since the editions may fail at different things. */
static void compare_record(struct redeciding *r)
{
	const struct edition_of *old = &r->editions[0], *new_ = &r->editions[1];
	bool failed = old->record.failed && new_->record.failed;
	enum running_result result = RESULT_NONE;
	const char *id = NULL;
	r->out->read++;
	bool running = r->runner && running_is(&new_->record, r->json);
	bool was_failed[] = { old->record.failed, new_->record.failed };
	if (!running || failed || old->gives_facts || new_->gives_facts)
		decide_record(r, &id);
	/* A decision that has no answer is no fault of a running case. */
	for (int e = 0; e < 2; e++)
		r->editions[e].record.failed = was_failed[e];
	if (running && !failed)
		result = step_record(r, &id);
	r->out->cases += result != RESULT_NONE;
	if (!failed && result != RESULT_WRONG)
		return;
	id = id ? id : id_of(r);
	vec_push(r->arena, &r->mistakes, ((struct record_mistake){ id, r->line, error_words(r, &new_->record) }));
}

/* Of a record that is too long its first line was passed over. */
static size_t line_ends(const struct raw_record *raw)
{
	size_t count = raw->too_long && raw->size == 0;
	for (const char *at = raw->bytes, *end = at + raw->size; (at = memchr(at, '\n', (size_t)(end - at))) != NULL;
	     at++)
		count++;
	return count;
}

static void read_header(struct redeciding *r, struct reader *reader)
{
	struct raw_record raw;
	if (!reader_next(reader, csv_extent, &raw))
		return;
	for (int e = 0; e < 2; e++) {
		struct raw_record copy = copy_of(r->arena, &raw);
		r->editions[e].header = csv_header_new_in(r->arena, r->editions[e].facts, &copy);
	}
	r->line += line_ends(&raw);
}

static void start_runner(struct redeciding *r)
{
	const struct records_job *job = r->job;
	struct runner_job runs = { .budget = job->budget, .has_on = job->has_on, .on = job->on };
	for (int e = 0; e < 2; e++) {
		runs.tables[e] = job->tables[e];
		runs.facts[e] = r->editions[e].facts;
	}
	r->runner = job->decision ? NULL : runner_new_in(r->arena, &runs);
}

bool diff_records_read(struct arena *arena, struct arena *scratch, const struct records_job *job, struct diff_records *out)
{
	struct redeciding r = { .arena = arena, .scratch = scratch, .job = job, .out = out };
	struct reader reader = { 0 };
	struct raw_record raw;
	*out = (struct diff_records){ 0 };
	reader_init(&reader, arena, job->io, job->input, WINDOW);
	start_edition(&r, 0);
	start_edition(&r, 1);
	facts_pass_over(r.editions[0].facts, r.editions[1].facts);
	facts_pass_over(r.editions[1].facts, r.editions[0].facts);
	choose_decisions(&r);
	start_runner(&r);
	r.json = records_are_json(&reader);
	r.line = reader.lines_passed + 1;
	if (!r.json)
		read_header(&r, &reader);
	while (reader_next(&reader, r.json ? json_extent : csv_extent, &raw)) {
		struct arena_mark mark = arena_save(scratch);
		read_edition(&r, 0, &raw);
		read_edition(&r, 1, &raw);
		if (r.editions[1].there)
			compare_record(&r);
		r.line += line_ends(&raw);
		arena_restore(scratch, mark);
	}
	out->items = r.changed.items;
	out->count = r.changed.count;
	out->running = r.running.items;
	out->running_count = r.running.count;
	out->mistakes = r.mistakes.items;
	out->mistake_count = r.mistakes.count;
	out->inexact |= r.editions[0].answerer->inexact || r.editions[1].answerer->inexact;
	if (reader.error != 0)
		out->error = (struct io_error){ .error = reader.error, .doing = "read" };
	return reader.error == 0;
}

static bool is_about(const struct running_change *change, enum running_kind kind, const char *id)
{
	return id && change->kind == kind && strcmp(change->id, id) == 0;
}

size_t diff_running_of(const struct diff_records *records, const char *procedure, enum running_kind kind, const char *id, const char *event)
{
	size_t count = 0;
	for (size_t i = 0; i < records->running_count; i++) {
		const struct diff_running *running = &records->running[i];
		bool found = false;
		for (size_t k = 0; k < running->change_count && !found; k++)
			found = is_about(&running->changes[k], kind, id) || is_about(&running->changes[k], RUNNING_EVENT, event);
		count += found && strcmp(running->procedure_id, procedure) == 0;
	}
	return count;
}
